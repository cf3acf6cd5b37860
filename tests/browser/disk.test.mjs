// Nothing that is typed, chosen, pasted or opened is on disk: a real profile of Chromium, while it runs, after it crashed and
// after it was closed. Firefox: disk.engine.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { FLAGS, browser, chromiumPath, fileOpened, open, routes, serve, visit } from './harness.mjs';
import { KEPT, MARKS, PASTED, READ, addKept, fillEverything, leaked, profile, uncovered, written } from './disk.mjs';

const id = name => `[data-testid="${name}"]`;

/** Chromium as a person has it, but without a window: with a profile that stays. */
const start = folder =>
  chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), headless: false, args: FLAGS, locale: 'en-GB' });

/** The processes of a browser with this profile. */
const running = folder =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(folder))
    .map(line => Number(line.trim().split(/\s+/)[0]));

/** Ends a browser as a power cut does. */
async function crash(folder) {
  for (let left = running(folder); left.length > 0; left = running(folder)) {
    for (const each of left) {
      try {
        process.kill(each, 'SIGKILL');
      } catch {
        // It went with another one.
      }
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('what Chromium keeps on disk', () => {
  let site;
  before(async () => (site = await serve()));
  after(() => site?.stop());

  /** Each page with something in all its controls; gives the names of the controls. */
  async function used(context, kept) {
    const names = [];
    const each = async (route, act) => {
      const page = await context.newPage();
      await visit(page, site, route);
      await act?.(page);
      names.push(...(await page.evaluate(fillEverything, MARKS.typed)));
      await page.evaluate(addKept);
      await written(kept.folder, KEPT + names.length, mark => page.locator('[name="kept"]').pressSequentially(mark));
      assert.deepEqual(leaked(kept.folder, names), [], route);
      return page;
    };
    await each('stratify/#patients', async page => {
      await page.getByRole('button', { name: /enter my patient/i }).first().click();
      await page.fill('input[name="wbc"]', MARKS.typed);
      await page.selectOption('select[name="kmt2a_partner"]', { index: 2 });
      await page.click(id('copy-note'));
      await page.setInputFiles(id('csv-input'), kept.file);
      await page.locator(id('csv-summary')).or(page.locator(id('refused'))).waitFor();
    });
    await each('analyse/', async page => {
      await page.locator(`${id('paste')} > summary`).click();
      await page.locator('[data-testid="rows-pasted"]').pressSequentially(PASTED.slice(0, 90));
    });
    await each('analyse/', async page => {
      await page.locator(`${id('paste')} > summary`).click();
      await page.fill('[data-testid="rows-pasted"]', READ);
      await page.click('[data-testid="read-pasted"]');
      await fileOpened(page);
      assert.equal(await page.inputValue('[data-testid="rows-pasted"]'), '', 'rows that were read do not stay in the page');
    });
    await each('analyse/', async page => {
      await page.setInputFiles(id('cohort-input'), kept.file);
      await fileOpened(page);
    });
    await each('protocols/own/', async page => {
      await page.selectOption('select[name="copy"]', 'interfant-06');
      await page.locator('[name="find:wbc"]').fill(MARKS.typed);
    });
    for (const view of ['check', 'reconstruct']) {
      await each(`evidence/#${view}`, page => page.locator('[data-view]:not([hidden]) input').first().waitFor());
    }
    return names;
  }

  /** A browser on a profile of its own, which is ended and forgotten whatever happens. */
  async function inProfile(act) {
    const kept = profile();
    const context = await start(kept.folder);
    context.setDefaultTimeout(15_000);
    try {
      await act(context, kept);
    } finally {
      await crash(kept.folder);
      kept.forget();
    }
  }

  test('after a crash [claims: disk]', () =>
    inProfile(async (context, kept) => {
      const names = await used(context, kept);
      await crash(kept.folder);
      assert.deepEqual(leaked(kept.folder, names), []);
    }));

  test('after it was closed, and opened again', () =>
    inProfile(async (context, kept) => {
      const names = await used(context, kept);
      await context.close();
      assert.deepEqual(leaked(kept.folder, names), []);
      const again = await start(kept.folder);
      const page = await again.newPage();
      await visit(page, site, 'analyse/');
      assert.equal(await page.inputValue('[data-testid="rows-pasted"]'), '');
      await again.close();
      assert.deepEqual(leaked(kept.folder, names), []);
    }));

  test('every control of every page has autocomplete off [claims: disk]', async () => {
    const chrome = await browser();
    try {
      const { page, close } = await open(chrome);
      for (const route of routes()) {
        await visit(page, site, route);
        assert.deepEqual(await page.evaluate(uncovered), [], route);
      }
      await visit(page, site, 'analyse/');
      await page.click(id('load-registry'));
      await page.locator(`${id('results')} figure svg`).first().waitFor();
      await page.locator('[data-waiting]').first().waitFor({ state: 'detached' });
      assert.deepEqual(await page.evaluate(uncovered), [], 'analyse with a cohort');
      await close();
    } finally {
      await chrome.close();
    }
  });
});

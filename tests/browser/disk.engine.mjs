// Nothing that is typed, chosen, pasted or opened is on disk: a real profile of Firefox, while it runs, after it crashed and
// after it was closed. Chromium: disk.test.mjs. WebKit's driver has no profile that stays.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { base, dist } from './harness.mjs';
import { host } from './hosts.mjs';
import { KEPT, MARKS, PASTED, READ, addKept, fillEverything, leaked, profile, written } from './disk.mjs';
import { drive } from './webdriver.mjs';

const id = name => `[data-testid="${name}"]`;

/** As a person has them; only the state of pages is written every second instead of every 15. */
const PREFERENCES = {
  'browser.sessionstore.interval': 1000,
  'browser.sessionstore.resume_from_crash': true,
  'browser.sessionstore.privacy_level': 0,
  'browser.startup.page': 3,
};

describe('what Firefox keeps on disk', { skip: process.env.COTSIDE_ENGINE !== 'firefox' && 'another engine' }, () => {
  let site;
  before(async () => (site = await host(dist, base)));
  after(() => site?.stop());

  /** Each page in turn with something in all its controls; gives the names of the controls. */
  async function used(window, kept) {
    const names = [];
    const call = (code, ...args) => window.run(`return (${code})(...arguments)`, ...args);
    const each = async (route, act) => {
      await window.goto(site.url + route);
      await window.gone('#boot');
      await window.gone('main [aria-busy="true"]');
      await act?.();
      names.push(...(await call(fillEverything, MARKS.typed)));
      await call(addKept);
      await written(kept.folder, KEPT + names.length, mark => window.type('[name="kept"]', mark));
      assert.deepEqual(leaked(kept.folder, names), [], route);
    };
    await each('stratify/#patients', async () => {
      await window.click('input[name="wbc"]');
      await window.type('input[name="wbc"]', MARKS.typed);
      await window.click('label:has(> input[name="kmt2a"][value="rearranged"])');
      await window.type(id('csv-input'), kept.file);
      await window.appears(`${id('csv-summary')}, ${id('refused')}`);
    });
    await each('analyse/', async () => {
      await window.click(`${id('paste')} > summary`);
      await window.type('[data-testid="rows-pasted"]', PASTED);
    });
    await each('analyse/?again', async () => {
      await window.click(`${id('paste')} > summary`);
      await window.type('[data-testid="rows-pasted"]', READ);
      await window.click('[data-testid="read-pasted"]');
      await window.gone('.open-file');
      await window.appears(`${id('results')} figure svg`);
      assert.equal(await window.run('return document.querySelector("[data-testid=rows-pasted]").value'), '');
    });
    await each('analyse/?file', async () => {
      await window.type(id('cohort-input'), kept.file);
      await window.gone('.open-file');
      await window.appears(`${id('results')} figure svg`);
    });
    await each('protocols/own/', async () => {
      await window.appears('select[name="copy"]');
      await window.run(`const copy = document.querySelector('select[name="copy"]');
        copy.value = 'interfant-06';
        copy.dispatchEvent(new Event('change', { bubbles: true }));`);
      await window.appears('[name="find:wbc"]');
      await window.type('[name="find:wbc"]', MARKS.typed);
    });
    for (const view of ['check', 'reconstruct']) {
      await each(`evidence/?${view}#${view}`, () => window.appears(`[data-view="${view}"]:not([hidden]) input`));
    }
    return names;
  }

  for (const [how, end] of [
    ['after a crash [claims: disk]', async window => {
      process.kill(window.process, 'SIGKILL');
      await window.close();
    }],
    ['after it was closed [claims: disk]', window => window.close()],
  ]) {
    test(how, async () => {
      const kept = profile();
      const window = await drive('firefox', { folder: kept.folder, preferences: PREFERENCES });
      try {
        const names = await used(window, kept);
        await end(window);
        assert.deepEqual(leaked(kept.folder, names), []);
      } finally {
        await window.close();
        kept.forget();
      }
    });
  }
});

// Printing: nothing of a page lies beyond the paper, and no heading is the last line of a sheet.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browser, open, serve, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
/** A4 without its margins, in CSS pixels. */
const PAPER = { width: 688, height: 1010 };
const ROUTES = ['', 'stratify/', 'protocols/', 'protocols/mll-10/', 'protocols/own/', 'evidence/', 'evidence/#studies', 'evidence/#compare', 'about/', 'privacy/', 'changes/', 'validation/'];

describe('print', () => {
  let site;
  let chrome;
  before(async () => {
    site = await serve();
    chrome = await browser();
  });
  after(async () => {
    await chrome?.close();
    site?.stop();
  });

  /** Texts that are cut at the edge of the paper, and headings that may be parted from what they head. */
  async function faults(page) {
    await page.emulateMedia({ media: 'print' });
    const found = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth + 1;
      const shown = selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility());
      const isCut = each => {
        const { right, width } = each.getBoundingClientRect();
        return each.childElementCount === 0 && each.textContent.trim() && width > 1 && right > edge;
      };
      const cut = shown('body *').filter(isCut);
      const loose = shown('h1, h2, h3, h4').filter(each => getComputedStyle(each).breakAfter !== 'avoid');
      return [...cut.map(each => `cut: ${each.textContent.slice(0, 40)}`), ...loose.map(each => `heading: ${each.textContent.slice(0, 40)}`)].slice(0, 5);
    });
    assert.ok((await page.pdf({ format: 'A4' })).length > 5_000);
    await page.emulateMedia({ media: 'screen' });
    return found;
  }

  test('no text is cut and no heading stands alone, on every page', async () => {
    const { page, close } = await open(chrome, { viewport: PAPER });
    for (const route of ROUTES) {
      if (route === 'validation/') {
        await page.goto(site.url + route);
        await page.locator('h1').waitFor();
      } else {
        await visit(page, site, route);
      }
      assert.deepEqual(await faults(page), [], `/${route}`);
    }
    await close();
  });

  test('no text of an analysis of three groups is cut', async () => {
    const { page, close } = await open(chrome, { viewport: PAPER });
    await visit(page, site, 'analyse/');
    await page.click(id('load-registry'));
    await page.locator('[data-part="curves"] svg').first().waitFor({ state: 'attached' });
    await page.locator('.worked:not(.busy)').waitFor();
    await page.selectOption('[name="group"]', 'finding:kmt2a');
    await page.locator(`${id('key-numbers')} >> text=undetermined`).waitFor({ state: 'attached' });
    await page.locator('.worked:not(.busy)').waitFor();
    assert.deepEqual(await faults(page), []);
    await close();
  });
});

// The handbook: chapters without the program, a search that shows the sections with every word, the rows of the exercise.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browser, open, routes, serve, visit } from './harness.mjs';

describe('the handbook', () => {
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

  test('leads from chapter to chapter and loads no program', async () => {
    const { page, requests, faults, close } = await open(chrome);
    await visit(page, site, 'handbook/');
    const chapters = await page.locator('.chapters ol a').count();
    assert.equal(chapters, routes().filter(route => route.startsWith('handbook/')).length - 1);
    for (let step = 1; step < chapters; step += 1) await page.locator('a[rel="next"]').click();
    assert.match(page.url(), /\/handbook\/accessibility\/$/);
    assert.equal(await page.locator('a[rel="next"]').count(), 0);
    assert.deepEqual(requests.filter(url => url.endsWith('.wasm')), []);
    assert.deepEqual(faults, []);
    await close();
  });

  test('shows the sections that have every word', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'handbook/search/');
    const shown = () => page.locator('[data-section]:visible').count();
    const all = await shown();
    assert.ok(all > 20, `${all}`);
    await page.fill('input[type="search"]', 'gray incidence');
    const found = await shown();
    assert.ok(found > 0 && found < 5, `${found}`);
    assert.match(await page.locator('[role="status"]').innerText(), new RegExp(`^${found} of ${all} `));
    await page.fill('input[type="search"]', '');
    assert.equal(await shown(), all);
    assert.deepEqual(faults, []);
    await close();
  });

  test('gives the rows of the exercise', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'handbook/exercise/');
    const link = page.locator('main a[href$="severance-transplant.csv"]');
    const answer = await page.request.get(new URL(await link.getAttribute('href'), site.url).href);
    assert.match(await answer.text(), /^id,efs_months,efs_event,transplant_months\n/);
    await close();
  });
});

// The page of validation: readable without scripts, wide tables in their place, the numbers of the tests and no program.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axe, browser, dist, open, serve, shows, visit } from './harness.mjs';

const ROUTE = 'validation/';

describe('the page of validation', () => {
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

  test('shows the numbers of each method, without the program', async () => {
    const { page, requests, faults, close } = await open(chrome);
    await visit(page, site, ROUTE);
    assert.equal(await page.locator('h1').innerText(), 'Validation');
    const methods = await page.locator('main > section').count();
    assert.ok(methods >= 14, `${methods} methods`);
    assert.equal(await page.locator('main > section td').first().isVisible(), false, 'tables are folded');
    const rows = await page.locator('main > section tbody tr').count();
    assert.ok(rows > 1000, `${rows} rows`);
    const counted = Number(/^([\d,]+) numbers are compared/m.exec(await page.locator('main').innerText())[1].replace(/,/g, ''));
    assert.ok(counted > 40_000, `${counted} numbers`);
    // The first table's sum is what the page says, and no method is without numbers.
    const numbers = await page.locator('main > .wide').first().locator('tbody td:nth-child(3)').allInnerTexts();
    const sizes = numbers.map(text => Number(text.replace(/,/g, '')));
    assert.ok(sizes.every(size => size > 20), numbers.join());
    assert.equal(sizes.reduce((sum, size) => sum + size), counted);
    assert.ok(requests.every(url => !/\.wasm$/.test(url)), 'loads the program');
    assert.deepEqual(faults, []);
    await close();
  });

  test('names for each number its quantity, R’s value, ours and the difference', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, ROUTE);
    const cox = page.locator('#cox');
    await cox.locator('summary').click();
    const head = await cox.locator('thead th').allInnerTexts();
    assert.deepEqual(head, ['Data set', 'Quantity', 'Numbers', 'Least close at', 'R', 'Cotside', 'Difference']);
    const row = await cox.locator('tbody tr', { has: page.locator('td', { hasText: /^coef$/ }) }).first().locator('td').allInnerTexts();
    const value = text => Number(text.replace('−', '-'));
    assert.ok(Math.abs(value(row[4]) / value(row[5]) - 1) < 1e-8, row.join(' | '));
    await close();
  });

  test('offers the scripts and all digits', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, ROUTE);
    const links = await page.locator('main > section p a').evaluateAll(all => all.map(link => link.getAttribute('href')));
    assert.ok(links.length >= 28);
    for (const link of links) assert.ok(readFileSync(join(dist, link), 'utf8').length > 500, link);
    const table = readFileSync(join(dist, ROUTE, 'cox.csv'), 'utf8').trim().split('\n');
    assert.ok(table.length > 10_000 && table[0] === 'data,quantity,place,expected,cotside,difference', table[0]);
    await close();
  });

  test('can be read without scripts, and on a phone', async () => {
    const { page, close } = await open(chrome, { javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    await page.goto(site.url + ROUTE);
    await shows(page.locator('main'), /Not compared with any other program/);
    await close();
    const open360 = await open(chrome, { viewport: { width: 360, height: 800 } });
    await visit(open360.page, site, ROUTE);
    for (const closed of await open360.page.locator('main > section summary').all()) await closed.click();
    const over = await open360.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px wider than the window`);
    await open360.close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing where every table is open, ${colorScheme}`, async () => {
      const { page, close } = await open(chrome, { colorScheme });
      await visit(page, site, ROUTE);
      for (const id of ['gray', 'fine-gray', 'transplant', 'cure']) await page.locator(`#${id} summary`).click();
      assert.deepEqual(await axe(page), []);
      await close();
    });
  }

  test('is reached from About, and leads back to the program', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'about/');
    await page.locator('main a', { hasText: 'validation' }).click();
    await page.locator('h1', { hasText: 'Validation' }).waitFor();
    await page.locator('header a', { hasText: 'Stratify' }).click();
    await page.locator('h1', { hasText: 'Stratify' }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });
});

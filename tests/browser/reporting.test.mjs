// The reporting checklist of the page for cohorts, over the built site: filled from the analysis, linked, saved.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, visit } from './harness.mjs';

const part = '[data-part="reporting"]';

describe('reporting', () => {
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

  async function opened(options = {}) {
    const fresh = await open(chrome, options);
    await visit(fresh.page, site, 'analyse/#reporting');
    await fresh.page.locator(`${part} table.reporting`).nth(1).waitFor();
    return fresh;
  }
  const item = (page, table, number) =>
    page.locator(`${part} table.reporting`).nth(table).locator('tr', { has: page.locator(`th:text-is("${number}")`) });

  test('items change with the groups that are compared', async () => {
    const { page, faults, close } = await opened();
    await shows(item(page, 1, '1'), /✗ lacking.*No groups are compared/s);
    await page.selectOption('select[name="group"]', 'finding:kmt2a');
    await shows(item(page, 1, '1'), /Compared by .*reference/s);
    await shows(item(page, 0, '15'), /By group \(patients\/events\)/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a value leads to its result', async () => {
    const { page, close } = await opened();
    await item(page, 0, '14c').locator('a', { hasText: 'Survival' }).first().click();
    await page.locator('[data-result="survival"]:not([hidden])').waitFor();
    assert.match(page.url(), /analyse\/#survival$/);
    await close();
  });

  test('the list is saved', async () => {
    const { page, close } = await opened();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click(`${part} button[data-export="reporting.csv"]`)]);
    const text = readFileSync(await saved.path(), 'utf8');
    assert.match(text, /^statement,item,topic,state,in_this_analysis,by_the_author/);
    assert.match(text, /Median follow-up \(reverse Kaplan–Meier\) \d/);
    await close();
  });

  for (const [name, options] of [
    ['wide', { viewport: { width: 1440, height: 900 } }],
    ['a phone in the dark', { viewport: { width: 375, height: 700 }, colorScheme: 'dark' }],
  ]) {
    test(`axe finds nothing and nothing overflows, ${name}`, async () => {
      const { page, close } = await opened(options);
      assert.deepEqual(await axe(page), []);
      const [inside, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      assert.ok(whole <= inside, `${whole} of ${inside}`);
      await close();
    });
  }
});

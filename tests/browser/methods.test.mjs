// Adjusted curves and the fraction cured, over the built site.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('adjusted curves and cure', () => {
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

  const settled = page =>
    page.waitForFunction(() => !document.querySelector('.worked').classList.contains('busy'), null, { timeout: 60_000 });
  /** The sample registry by KMT2A with a result shown. */
  async function loaded(result) {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.locator('[name="group"]').selectOption('finding:kmt2a');
    await settled(opened.page);
    await toResult(opened.page, result);
    return opened;
  }
  const says = (page, result, text) =>
    page.locator(`[data-result="${result}"]`).getByText(text).first().waitFor({ timeout: 60_000 });

  test('curves are adjusted for the variables that are ticked here, and the groups can be strata', async () => {
    const { page, faults, close } = await loaded('adjusted');
    const pane = page.locator('[data-result="adjusted"]');
    await says(page, 'adjusted', 'Choose the variables to adjust for');
    await pane.locator('[name="model:finding:wbc"]').check();
    await pane.locator('figure[data-figure="adjusted"] svg').waitFor({ timeout: 60_000 });
    // The reference has no difference; the others have one with its interval and P at each year.
    const row = pane.locator('table.adjusted tbody tr', { has: page.locator('th', { hasText: 'rearranged' }) });
    assert.equal(await row.count(), 3);
    assert.match(await row.first().locator('td').nth(3).innerText(), /^[−+][\d.]+ \([−+]?[\d.]+ to [−+]?[\d.]+\)$/);
    const before = await row.first().locator('td').nth(2).innerText();
    await pane.locator('[name="group-as"]').selectOption('strata');
    await page.waitForFunction(text => {
      const rows = [...document.querySelectorAll('[data-result="adjusted"] table.adjusted tbody tr')];
      const own = rows.find(row => row.querySelector('th').textContent === 'rearranged');
      return own && own.querySelectorAll('td')[2].innerText !== text;
    }, before, { timeout: 60_000 });
    // The variables are those of Cox's regression: ticked there as well.
    await toResult(page, 'cox');
    assert.equal(await page.locator('[data-result="cox"] [name="model:finding:wbc"]').isChecked(), true);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('the plateau is told first, a cure model on request, with the keyboard on a phone', async () => {
    const { page, close } = await loaded('cure');
    await page.setViewportSize({ width: 375, height: 800 });
    const pane = page.locator('[data-result="cure"]');
    await says(page, 'cure', 'Is there a plateau?');
    assert.equal(await pane.locator('svg').count(), 0);
    await pane.locator('[name="cure-distribution"]').focus();
    await page.keyboard.press('ArrowDown');
    await pane.locator('figure[data-figure="cure"] g.curves path').first().waitFor({ state: 'attached', timeout: 60_000 });
    await says(page, 'cure', 'Distributions compared');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
    assert.deepEqual(await axe(page), []);
    await close();
  });
});

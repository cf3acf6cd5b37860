// The models of Cox's regression, over the built site: variables, scales, interactions, a spline, one cause, entry and strata.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('models', () => {
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
  /** The sample registry with Cox's regression shown. */
  async function loaded() {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.click(id('load-registry'));
    await opened.page.locator(id('methods')).waitFor({ state: 'attached', timeout: 60_000 });
    await settled(opened.page);
    await toResult(opened.page, 'cox');
    return opened;
  }
  const pane = page => page.locator('[data-result="cox"]');
  /** Waits until the result says it. */
  const says = (page, text) => pane(page).getByText(text).first().waitFor({ timeout: 60_000 });
  const tick = (page, variable) => page.locator(`[data-result=\"cox\"] [name=\"model:${variable}"]`).check();

  test('a model of several variables, with tests of each and a sentence to copy', async () => {
    const { page, faults, close } = await loaded();
    await tick(page, 'finding:sex');
    await tick(page, 'finding:cns');
    await says(page, 'Tests of variables in the adjusted model');
    const table = pane(page).locator('table.cox');
    const heads = await table.locator('thead th').allInnerTexts();
    assert.deepEqual(heads, [
      'Variable', 'n / events', 'Unadjusted HR (95% CI)', 'P (unadjusted)', 'Adjusted HR (95% CI)', 'P (adjusted)', 'P (PH)',
    ]);
    assert.equal(await table.locator('tr', { has: page.locator('th', { hasText: /^female$/ }) }).locator('td').nth(3).innerText(), 'reference');
    await page.locator('[data-copy="cox-sentence"]').waitFor();
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('the scale of a number, by list and by number', async () => {
    const { page, close } = await loaded();
    await tick(page, 'finding:age_days');
    await says(page, 'Adjusted model');
    await page.locator(`${id('scales')} summary`).click();
    await page.locator(`${id('scales')} select[name="scale"]`).selectOption('log2');
    await says(page, 'Age in days, per doubling');
    const units = page.locator(`${id('scales')} input[name="scale-per"]`);
    await units.fill('14');
    await units.press('Enter');
    await says(page, 'Age in days, per 14');
    assert.match(await page.locator(`${id('scales')} summary`).innerText(), /\(1\)/);
    await close();
  });

  test('an interaction is added and removed with the keyboard', async () => {
    const { page, close } = await loaded();
    await tick(page, 'finding:sex');
    await tick(page, 'finding:age_days');
    await settled(page);
    const fold = page.locator(id('interactions'));
    await fold.locator('summary').focus();
    await page.keyboard.press('Enter');
    await fold.locator('select[name="interaction-of"]').selectOption('finding:age_days');
    await fold.locator('select[name="interaction-within"]').selectOption('finding:sex');
    await fold.locator(id('add-interaction')).focus();
    await page.keyboard.press('Enter');
    await says(page, 'Hazard ratios within levels');
    const rows = await pane(page).locator('table.within tbody tr').allInnerTexts();
    assert.equal(rows.length, 2);
    assert.match(rows[0], /Age, per month\s+Sex: female/);
    await fold.getByRole('button', { name: /^Remove / }).press('Enter');
    await page.waitForFunction(() => !document.querySelector('[data-result="cox"] table.within'));
    await close();
  });

  test('a spline with its figure, one cause, and strata', async () => {
    const { page, close } = await loaded();
    await tick(page, 'finding:kmt2a');
    await settled(page);
    await page.locator('select[name="spline"]').selectOption('finding:wbc');
    await page.locator('[data-figure="spline"] > svg').waitFor({ timeout: 60_000 });
    assert.match(await page.locator(id('spline-sentence')).innerText(), /Departure from a straight line: χ²/);
    await page.locator('input[name="reference"]').fill('1000000');
    await page.locator('input[name="reference"]').press('Enter');
    await says(page, /lies outside of the values/);
    await page.locator('select[name="cause"]').selectOption('relapse');
    await says(page, 'The same model for one cause: relapse');
    await page.locator(`${id('model-design')} summary`).click();
    await page.locator('[name="strata:finding:sex"]').check();
    await says(page, /weighted Cox model of the intervals/);
    await page.locator('select[name="entry"]').selectOption('first_remission_date');
    await says(page, /Delayed entry: .* left out of every model/);
    await close();
  });
});

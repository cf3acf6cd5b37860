// Parametric models, pairs of groups and differences of incidences, over the built site.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('parametric models and competing risks', () => {
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
  /** The sample registry with a result shown. */
  async function loaded(result) {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.click(id('load-registry'));
    await opened.page.locator(id('methods')).waitFor({ state: 'attached', timeout: 60_000 });
    await settled(opened.page);
    await toResult(opened.page, result);
    return opened;
  }
  const choose = async (page, name, value) => {
    await page.locator(`select[name="${name}"]`).first().selectOption(value);
    await settled(page);
  };
  const part = (page, name) => page.locator(`[data-part="${name}"]`);
  const says = (page, name, text) => part(page, name).getByText(text).first().waitFor({ timeout: 60_000 });

  test('the distribution is chosen by keyboard; curves, ratios, methods follow', async () => {
    const { page, faults, close } = await loaded('parametric');
    await says(page, 'parametric', /Weibull model of/);
    await says(page, 'parametric', /taken as half a day/);
    await choose(page, 'group', 'finding:kmt2a');
    await page.locator('[data-figure="parametric"] svg').waitFor();
    const distribution = page.locator('select[name="distribution"]');
    await distribution.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await says(page, 'parametric', /Log-logistic model of/);
    const heads = await part(page, 'parametric').locator('table.parametric-groups thead th').allInnerTexts();
    assert.deepEqual(heads, ['Group', 'n / events', 'Time ratio (95% CI)', 'P', 'HR (95% CI)']);
    assert.equal(await part(page, 'parametric').locator('table.distributions tbody tr').count(), 4);
    await page.locator('[data-result="parametric"]').locator(id('view-methods')).click();
    await page.locator(id('parametric-methods')).getByText(/log-logistic, accelerated failure time/).waitFor();
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('pairs of groups and differences of incidences, with a correction', async () => {
    const { page, close } = await loaded('competing');
    await page.locator('[data-result="competing"]').locator(id('view-table')).click();
    assert.equal(await page.locator('select[name="correction"]').count(), 0);
    await choose(page, 'group', 'finding:cns');
    await says(page, 'competing', /Pairs of groups, Gray/);
    await says(page, 'competing', /corrected by Holm/);
    await choose(page, 'correction', 'none');
    await says(page, 'competing', /not corrected for the number of pairs/);
    assert.ok((await part(page, 'competing').locator('table.incidence-differences tbody tr').count()) > 3);
    assert.deepEqual(await axe(page), []);
    await close();
  });
});

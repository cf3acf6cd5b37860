// Intervals, quantiles, conditional survival, bands and the cumulative hazard, over the built site.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axe, browser, dist, fileOpened, open, serve, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');

describe('settings of curves', () => {
  let site;
  let chrome;
  let opened;
  before(async () => {
    site = await serve();
    chrome = await browser();
    opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.setInputFiles(id('cohort-input'), REGISTRY);
    await fileOpened(opened.page);
    await opened.page.locator(`${id('curve-settings')} > summary`).click();
  });
  after(async () => {
    await opened?.close();
    await chrome?.close();
    site?.stop();
  });

  const survival = '[data-result="survival"]';
  const within = text => opened.page.locator(survival, { hasText: text }).waitFor({ state: 'attached' });
  /** Types into a field and leaves it with the keyboard. */
  async function type(name, text) {
    const field = opened.page.locator(`input[name="${name}"]`);
    await field.fill(text);
    await field.press('Tab');
  }

  test('one level and scale for all intervals, and why a level is not taken', async () => {
    const { page } = opened;
    await page.locator(`${survival} ${id('view-options')}`).click();
    await page.check('input[name="bands"]');
    await page.locator(`${survival} ${id('view-chart')}`).click();
    await type('level', '90');
    await within('90% CI');
    await page.selectOption('select[name="interval"]', 'logit');
    await within('pointwise 90% CIs (logit scale)');
    assert.doesNotMatch(await page.locator(survival).innerText(), /95% CI/);
    await type('level', '20');
    const refusal = page.locator(`${id('curve-settings')} [role="alert"]`);
    assert.equal(await refusal.innerText(), 'Give a level from 50 to 99.9.');
    assert.match(await page.locator(survival).innerText(), /90% CI/);
    await type('level', '95');
    await refusal.waitFor({ state: 'detached' });
    await within('pointwise 95% CIs (logit scale)');
  });

  test('quantiles beside the curves, conditional survival in the table', async () => {
    const { page } = opened;
    await type('quantiles', '10, 50');
    await page.locator(id('quantiles'), { hasText: '10%' }).waitFor();
    const quantiles = page.locator(id('quantiles'));
    assert.match(await quantiles.innerText(), /50% \(median\)/);
    assert.doesNotMatch(await quantiles.innerText(), /75%/);
    await type('conditional', '1');
    await page.locator(`${survival} ${id('view-table')}`).click();
    await page.locator(`${survival} table`, { hasText: 'Event-free at (years)' }).waitFor();
    await page.locator(`${survival} [data-part="comparison"] table`, { hasText: 'With event' }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.locator(`${survival} ${id('view-chart')}`).click();
  });

  test('a simultaneous band with its range, and the cumulative hazard', async () => {
    const { page } = opened;
    assert.equal(await page.locator('input[name="band-from"]').count(), 0);
    await page.selectOption('select[name="simultaneous"]', 'equal-precision');
    await type('band-from', '0.5');
    await type('band-to', '5');
    await within('equal-precision bands (Nair) (logit scale) from 0.5 years to 5 years');
    await page.locator(`${survival} ${id('view-options')}`).click();
    await page.selectOption('select[name="shown"]', 'hazard');
    await within('Nelson–Aalen estimates of the cumulative hazard');
    await page.selectOption('select[name="hazard"]', 'fleming-harrington');
    await within('Fleming–Harrington estimates of the cumulative hazard');
    assert.match(await page.locator(`${survival} figure svg`).first().innerHTML(), /Cumulative hazard/);
    assert.deepEqual(await axe(page), []);
  });
});

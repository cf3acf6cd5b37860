// Predictions for given values, over the built site: the fold, its controls, the answer, what is said of it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('predictions', () => {
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
  const pane = page => page.locator('[data-result="cox"]');
  const fold = page => pane(page).locator(id('predictions'));
  const part = page => pane(page).locator('[data-part="predicted"]');
  const profile = (page, number) => fold(page).locator(id(`profile-${number}`));
  /** The sample registry with Cox's regression of two variables, and the fold open. */
  async function loaded() {
    const opened = await open(chrome);
    const { page } = opened;
    await visit(page, site, 'analyse/');
    await page.click(id('load-registry'));
    await page.locator(id('methods')).waitFor({ state: 'attached', timeout: 60_000 });
    await settled(page);
    await toResult(page, 'cox');
    for (const variable of ['finding:sex', 'finding:age_days']) {
      await pane(page).locator(`[name="model:${variable}"]`).check();
    }
    await settled(page);
    assert.equal(await fold(page).getAttribute('open'), null, 'folded at first');
    await fold(page).locator('summary').click();
    return opened;
  }
  async function give(page, number, sex, age) {
    await profile(page, number).getByLabel('Sex').selectOption(sex);
    const days = profile(page, number).getByLabel('Age in days');
    await days.fill(age);
    await days.press('Enter');
  }

  test('nothing is predicted until values are given; then a figure, a table and a warning', async () => {
    const { page, faults, close } = await loaded();
    assert.equal(await part(page).innerText(), '');
    await profile(page, 1).getByLabel('Sex').selectOption('male');
    await part(page).getByText('Profile 1: give a value for Age in days.').waitFor({ timeout: 60_000 });
    await give(page, 1, 'male', '60');
    await page.locator('[data-figure="predicted"] svg').waitFor({ timeout: 60_000 });
    await part(page).getByText(/has not been validated for a child/).waitFor();
    const row = part(page).locator('table.predicted tbody tr');
    assert.match(await row.innerText(), /Profile 1: Age in days 60; Sex male\s+[\d.]+ \([\d.]+–[\d.]+\)/);
    assert.match(await fold(page).locator('summary').innerText(), /\(1\)$/);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('the focus stays while values are given with the keyboard', async () => {
    const { page, close } = await loaded();
    await profile(page, 1).getByLabel('Age in days').focus();
    await page.keyboard.type('60');
    await page.keyboard.press('Tab');
    await part(page).getByText('Profile 1: give a value for Sex.').waitFor({ timeout: 60_000 });
    assert.equal(await page.evaluate(() => document.activeElement.closest('label')?.innerText.split('\n')[0].trim()), 'Sex');
    await close();
  });

  test('profiles are added and taken away; an extrapolation is named', async () => {
    const { page, close } = await loaded();
    await give(page, 1, 'male', '60');
    await part(page).locator('table.predicted').waitFor({ timeout: 60_000 });
    await fold(page).locator(id('add-profile')).click();
    // With the values of the one before.
    await give(page, 2, 'female', '900');
    await part(page).getByText(/Profile 2: Age in days 900 is outside the range of this cohort \(\d+ to \d+\)/).first().waitFor({ timeout: 60_000 });
    assert.equal(await part(page).locator('table.predicted tbody tr').count(), 2);
    await profile(page, 1).getByRole('button', { name: 'Remove Profile 1' }).click();
    await part(page).getByText('Profile 1: Age in days 900; Sex female').first().waitFor({ timeout: 60_000 });
    assert.equal(await part(page).locator('table.predicted tbody tr').count(), 1);
    await close();
  });

  test('one cause and strata ask for what they need; the parametric model takes the same values', async () => {
    const { page, close } = await loaded();
    await give(page, 1, 'male', '60');
    await part(page).locator('table.predicted').waitFor({ timeout: 60_000 });
    await pane(page).locator('select[name="cause"]').selectOption('relapse');
    await page.locator('[data-figure="predicted-incidence"] svg').waitFor({ timeout: 60_000 });
    await pane(page).locator(`${id('model-design')} summary`).click();
    await pane(page).locator('[name="strata:finding:cns"]').check();
    await part(page).getByText(/Profile 1: give a value for Stratum: CNS/).waitFor({ timeout: 60_000 });
    await profile(page, 1).getByLabel(/^Stratum: CNS/).selectOption('1');
    await page.locator('[data-figure="predicted"] svg').waitFor({ timeout: 60_000 });
    await toResult(page, 'parametric');
    await page.locator('[data-part="parametric"]').getByText('Predicted survival for given values, Weibull model').waitFor({ timeout: 60_000 });
    await close();
  });
});

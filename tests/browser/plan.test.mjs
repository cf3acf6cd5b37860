// The page on which a study is planned, over the built site: every question, faults beside their fields, a published
// estimate with its source, files, from the keyboard, on a phone and in the dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { axe, browser, clickInResult, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('plan', () => {
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
    await visit(fresh.page, site, 'plan/');
    await fresh.page.locator(id('plan-sentence')).waitFor();
    return fresh;
  }

  test('the number of patients, the power and what is detected', async () => {
    const { page, faults, close } = await opened();
    await shows(page.locator(id('plan-sentence')), /121 events are needed \(Schoenfeld’s formula\)/);
    await page.selectOption('[name="plan.sought"]', 'power');
    await shows(page.locator(id('plan-sentence')), /^With 200 patients .* has \d/);
    await page.selectOption('[name="plan.sought"]', 'effect');
    await shows(page.locator(id('plan-sentence')), /hazard ratio nearest to 1/);
    assert.equal(await page.locator('[name="hazard-ratio"]').count(), 0);
    await page.selectOption('[name="plan.design"]', 'one-group');
    await shows(page.locator(id('plan-sentence')), /complementary log-log scale/);
    await page.selectOption('[name="plan.sought"]', 'size');
    await page.fill('[name="second-survival"]', '70');
    await shows(page.locator(id('plan-sentence')), /survival at 4 years of 70% against a fixed 50%/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a fault stands beside its field, and the result goes', async () => {
    const { page, close } = await opened();
    for (const [name, text, says] of [
      ['hazard-ratio', '1', /Out of range\. Enter a number above 0 other than 1/],
      ['hazard-ratio', '0,6', /Not a number.*decimal point/],
      ['survival', '', /Needed: a number above 0 and below 100/],
      ['power', '4', /Not above the significance level/],
    ]) {
      const field = page.locator(`[name="${name}"]`);
      const before = await field.inputValue();
      await field.fill(text);
      await shows(page.locator(`#fault-${name}`), says);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.equal(await field.getAttribute('aria-describedby'), `fault-${name}`);
      await shows(page.locator(id('plan')), /No result/);
      assert.equal(await page.locator(id('plan-sentence')).count(), 0);
      await field.fill(before);
      await page.locator(id('plan-sentence')).waitFor();
    }
    await close();
  });

  test('a published estimate fills survival and time, and is cited until they are changed', async () => {
    const { page, close } = await opened();
    await page.selectOption('[name="plan.study"]', 'interfant-06');
    const first = await page.locator('[name="plan.baseline"] option').nth(1).getAttribute('value');
    await page.selectOption('[name="plan.baseline"]', first);
    await page.locator(id('plan-baseline')).waitFor();
    await shows(page.locator(id('plan-baseline')), /Interfant-06.*%/s);
    const survival = Number(await page.inputValue('[name="survival"]'));
    assert.ok(survival > 0 && survival < 100, `${survival}`);
    await page.fill('[name="survival"]', '55');
    await page.locator(id('plan-baseline')).waitFor({ state: 'detached' });
    assert.equal(await page.inputValue('[name="plan.baseline"]'), '');
    await close();
  });

  test('figure, table and code are saved', async () => {
    const { page, close } = await opened();
    for (const [file, name, pattern] of [
      ['power.svg', /^cotside-power-\d+mm\.svg$/, /<svg/],
      ['power.csv', /^cotside-power-data\.csv$/, /^effect,size,power/],
      ['nearby.csv', /^cotside-nearby\.csv$/, /^Hazard ratio,First 40%/],
      ['plan.R', /^cotside-plan\.R$/, /stopifnot\(abs\(events/],
    ]) {
      const [saved] = await Promise.all([page.waitForEvent('download'), clickInResult(page, `button[data-export="${file}"]`)]);
      assert.match(saved.suggestedFilename(), name);
      assert.match(readFileSync(await saved.path(), 'utf8'), pattern);
    }
    await close();
  });

  test('from the keyboard', async () => {
    const { page, close } = await opened();
    await page.focus('[name="plan.design"]');
    const reached = new Set();
    for (let stop = 0; stop < 30; stop += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement.getAttribute('name')));
    }
    for (const name of ['survival', 'time', 'hazard-ratio', 'power', 'alpha', 'second', 'per-year', 'accrual', 'follow-up', 'loss']) {
      assert.ok(reached.has(name), name);
    }
    await close();
  });

  for (const [name, options] of [
    ['wide', { viewport: { width: 1440, height: 900 } }],
    ['a phone', { viewport: { width: 375, height: 700 } }],
    ['a phone in the dark', { viewport: { width: 375, height: 700 }, colorScheme: 'dark' }],
  ]) {
    test(`axe finds nothing and nothing overflows, ${name}`, async () => {
      const { page, close } = await opened(options);
      await page.fill('[name="loss"]', '100');
      await shows(page.locator('#fault-loss'), /Out of range/);
      assert.deepEqual(await axe(page), []);
      await page.fill('[name="loss"]', '2');
      await page.locator(id('plan-sentence')).waitFor();
      await page.click(`${id('plan-r')} summary`);
      assert.deepEqual(await axe(page), []);
      const [inside, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      assert.ok(whole <= inside, `${whole} of ${inside}`);
      await close();
    });
  }
});

// Groups of a variable, cut-points and filters on the built site: by mouse and by keyboard.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('levels', () => {
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

  /** The page with the example open. */
  async function example(size) {
    const opened = await open(chrome);
    if (size) await opened.page.setViewportSize(size);
    await visit(opened.page, site, 'analyse/');
    await opened.page.click(id('load-registry'));
    await opened.page.locator(`${id('results')} figure svg`).first().waitFor();
    return opened;
  }
  const part = (page, name) => page.locator(`[data-part="${name}"]`);
  const strip = page => part(page, 'key_numbers').locator(id('key-numbers'));
  const level = (page, name) => page.locator(`${id('levels')} > ul > li`).filter({ has: page.locator('label', { hasText: name }) });
  const names = page => page.locator(`${id('levels')} > ul > li > label`).allInnerTexts();

  test('KMT2A without the undetermined: choose it, untick them', async () => {
    const { page, close } = await example();
    await page.selectOption('[name="group"]', 'finding:kmt2a');
    await level(page, 'undetermined').locator('input').uncheck();
    await shows(strip(page), /9 left out: 3 undetermined, 6 unknown/);
    await shows(strip(page), /rearranged vs germline[\s\S]*2\.75 \(1\.36–5\.56\)[\s\S]*P = 0\.003/);
    await shows(level(page, 'rearranged').locator('.count'), /^87$/);
    await shows(page.locator(id('levels')), /germline ref\./);
    assert.deepEqual(await axe(page), []);
    await page.click(id('reset-levels'));
    await shows(strip(page), /6 left out: 6 unknown/);
    await close();
  });

  test('levels are renamed, moved, merged, split, and one is the reference', async () => {
    const { page, close } = await example();
    await page.selectOption('[name="group"]', 'finding:kmt2a');
    const row = level(page, 'rearranged');
    await row.getByRole('button', { name: 'Edit rearranged' }).click();
    const edit = page.locator(`${id('levels')} .edit`);
    await edit.getByLabel('Name').fill('KMT2A-r');
    await edit.getByLabel('Name').press('Enter');
    await shows(part(page, 'curves'), /KMT2A-r/);
    await edit.getByRole('button', { name: 'Make reference' }).click();
    await shows(part(page, 'comparison'), /Difference from KMT2A-r at fixed times/);
    await edit.getByRole('button', { name: 'Move up' }).click();
    await shows(page.locator(`${id('levels')} > ul > li`).first(), /KMT2A-r/);
    await page.waitForFunction(() => document.activeElement?.textContent === 'Move up');
    assert.match((await names(page))[1], /germline/);
    await edit.getByLabel('Merge with').selectOption({ label: 'undetermined' });
    await shows(page.locator(id('levels')), /undetermined or KMT2A-r/);
    assert.equal((await names(page)).length, 2);
    await page.getByRole('button', { name: 'Edit undetermined or KMT2A-r' }).click();
    await page.getByRole('button', { name: 'Split' }).click();
    await page.waitForFunction(([list, count]) => document.querySelectorAll(list).length === count, [`${id('levels')} > ul > li`, 3]);
    await close();
  });

  test('a number is cut at usual limits and at typed ones, and its default says where it comes from', async () => {
    const { page, close } = await example();
    await page.selectOption('[name="group"]', 'finding:age_days');
    const cut = page.locator(id('cut-points')).first();
    await shows(cut.locator('summary'), /Cut-points: 6 months \(the limit of Interfant-06\)/);
    await cut.locator('summary').click();
    await cut.locator('[data-limit="90"]').click();
    await shows(part(page, 'curves'), /≥ 90 days/);
    await cut.locator('[data-limit="6 months"]').click();
    await shows(page.locator(id('levels')), /90 days to < 6 months/);
    await cut.getByLabel('Cut-points', { exact: true }).fill('60; 120,5');
    await cut.getByLabel('Cut-points', { exact: true }).press('Enter');
    await shows(page.locator(id('levels')), /≥ 120\.5 days/);
    await cut.getByLabel('A value at the limit').selectOption('lower');
    await shows(part(page, 'curves'), /≤ 60 days/);
    await cut.getByLabel('Cut-points', { exact: true }).fill('x');
    await cut.getByLabel('Cut-points', { exact: true }).press('Enter');
    await shows(cut.getByRole('alert'), /Give numbers separated by commas/);
    assert.deepEqual(await axe(page), []);
    await close();
  });

  test('conditions are added with the keyboard, joined by and and or, and taken away', async () => {
    const { page, close } = await example();
    const form = page.locator(id('filter-form'));
    await page.locator(id('add-filter')).press('Enter');
    await page.locator('[name="filter-variable"]').selectOption('finding:age_days');
    await page.locator('[name="filter-number"]').fill('6 months');
    await form.getByRole('button', { name: 'Add filter' }).press('Enter');
    await shows(part(page, 'included'), /Restricted to age < 6 months: \d+ others are excluded/);
    await page.locator(id('add-filter')).press('Enter');
    await form.getByRole('button', { name: 'Add filter' }).press('Enter');
    await shows(form.getByRole('alert'), /Choose at least one value/);
    await page.locator('[name="filter-variable"]').selectOption('finding:kmt2a');
    await form.getByLabel('rearranged').press('Space');
    await page.locator('[name="filter-place"]').selectOption('0');
    await form.getByRole('button', { name: 'Add filter' }).press('Enter');
    await shows(part(page, 'included'), /Restricted to age < 6 months or KMT2A rearranged: /);
    await page.locator(id('add-filter')).press('Enter');
    await page.locator('[name="filter-variable"]').selectOption('finding:wbc');
    await page.locator('[name="filter-test"]').selectOption('at_least');
    await page.locator('[name="filter-number"]').fill('50');
    await form.getByRole('button', { name: 'Add filter' }).press('Enter');
    await shows(part(page, 'included'), /Restricted to \(age < 6 months or KMT2A rearranged\) and WBC ≥ 50: /);
    assert.deepEqual(await axe(page), []);
    for (const name of ['Remove WBC ≥ 50', 'Remove KMT2A rearranged', 'Remove age < 6 months']) {
      await page.getByRole('button', { name }).press('Enter');
    }
    await shows(page.locator(id('filters')), /All patients/);
    await shows(part(page, 'included'), /^(?!.*Restricted)[\s\S]*$/);
    await close();
  });

  test('groups of a variable that is not compared count in models and tables; nothing is wider than a phone', async () => {
    const { page, close } = await example({ width: 375, height: 700 });
    await page.locator(`${id('other-levels')} > summary`).click();
    await page.selectOption('[name="other-levels"]', 'finding:wbc');
    const own = page.locator(id('other-levels'));
    await own.locator(`${id('cut-points')} > summary`).click();
    await own.locator('[data-limit="100"]').click();
    await shows(part(page, 'describe'), /≥ 100/);
    await shows(part(page, 'models'), /≥ 100/);
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.equal(wide, seen);
    await close();
  });
});

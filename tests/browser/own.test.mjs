// A custom protocol: from a copy or from nothing to a file, beside the others, and back from the file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('a user-defined protocol', () => {
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

  async function editor(options) {
    const opened = await open(chrome, options);
    await visit(opened.page, site, 'protocols/own/');
    await opened.page.locator('select[name="copy"]').waitFor();
    return opened;
  }
  const state = page => page.locator(id('own-state'));
  const control = (page, name) => page.locator(`[name="${name}"]`);
  async function fill(page, name, value) {
    await control(page, name).fill(value);
    await control(page, name).blur();
  }
  async function saved(page) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(id('own-save'))]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  }
  const asFile = ({ name, text }) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

  test('a copy with another limit: answers, differs from the original, is saved and read again', async () => {
    const { page, faults, requests, close } = await editor();
    await page.selectOption('select[name="copy"]', 'interfant-06');
    await state(page).getByText('No errors').waitFor();
    const sent = requests.length;
    const name = await page.evaluate(() => [...document.querySelectorAll('input')].find(input => input.value === '300').name);
    await fill(page, name, 'three hundred');
    await state(page).getByText('Fix one problem before').waitFor();
    assert.equal(await control(page, name).getAttribute('aria-invalid'), 'true');
    await shows(page.locator(id('own-problems')), /A number is needed here/);
    // The problem leads to its control.
    await page.locator(`${id('own-problems')} button`).click();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), name);
    await fill(page, name, '10');
    await state(page).getByText('No errors').waitFor();
    await shows(page.locator(id('own-examples')), /differs/);
    await shows(page.locator(id('own-problems')), /still has its published outcomes/);
    await shows(page.locator(`${id('own-rows')} > details`).first(), /yours, not checked/);
    const file = await saved(page);
    assert.equal(file.name, 'my-interfant-06.json');
    assert.equal(JSON.parse(file.text).clauses.find(clause => clause.test === 'wbc').limit, 10);
    await page.selectOption('select[name="copy"]', '');
    await page.setInputFiles(id('own-input'), asFile(file));
    await page.waitForFunction(name => document.querySelector(`[name="${name}"]`)?.value === '10', name);
    assert.equal(await page.locator('select[name="copy"]').inputValue(), 'file');
    assert.deepEqual(requests.slice(sent).filter(url => !/^(blob|data):/.test(url)), [], 'nothing is sent');
    assert.deepEqual(faults, []);
    await close();
  });

  test('from an empty form, with keyboard and menus, to a working rule', async () => {
    const { page, faults, close } = await editor();
    await page.selectOption('select[name="copy"]', '');
    await state(page).getByText(/To complete \(\d+\)/).waitFor();
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 0, 'nothing is wrong before a field was left');
    await control(page, '/name').focus();
    await control(page, '/name').blur();
    await page.locator('.own-field', { has: control(page, '/name') }).getByText('Required.').waitFor();
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 1);
    await fill(page, '/name', 'Ward rule');
    await page.locator('[aria-invalid="true"]').waitFor({ state: 'detached' });
    await fill(page, '/organisation', 'Ward 3');
    await fill(page, '/summary', 'Infants with many white cells are high risk.');
    await fill(page, '/era/text', 'Since 2026.');
    await page.click(id('add:/sources'));
    await fill(page, '/sources/0/short', 'Ward rule');
    await fill(page, '/sources/0/reference', 'Ward 3, rule of May 2026');
    await page.focus(id('add:/clauses'));
    await page.keyboard.press('Enter');
    await control(page, '/clauses/0/limit').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'add:/clauses', 'the focus stays');
    await page.keyboard.press('Enter');
    await control(page, '/clauses/1/limit').waitFor();
    assert.equal(await control(page, '/clauses/0/unit').inputValue(), 'days');
    const older = page.locator(id('own-form')).getByText('would take children who are no longer infants');
    await fill(page, '/clauses/0/limit', '400');
    await older.waitFor();
    await fill(page, '/clauses/0/limit', '365');
    await older.waitFor({ state: 'detached' });
    await page.selectOption('[name="/clauses/1/test"]', 'wbc');
    await control(page, '/clauses/1/operator').waitFor();
    await fill(page, '/clauses/1/limit', '300');
    await page.click(id('add:/eligible'));
    await page.selectOption('[name="/eligible/0/clause"]', 'clause-1');
    for (const [index, name, when] of [[0, 'high risk', 'is:clause-2'], [1, 'standard risk', 'always']]) {
      await page.click(id('add:/groups'));
      await fill(page, `/groups/${index}/name`, name);
      await page.selectOption(`[name="/groups/${index}/when"]`, when);
    }
    await fill(page, '/hsct/text', 'None.');
    await state(page).getByText('No errors').waitFor();
    await shows(page.locator(id('own-answer')), /high risk\s+yours, not checked/);
    await fill(page, 'find:wbc', '20');
    await page.locator(id('own-answer')).getByText('standard risk').waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  test('opens on a template; conditions of a transplant and folds stay through changes', async () => {
    const { page, faults, close } = await editor();
    await state(page).getByText(/To complete \(\d+\)/).waitFor();
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 0);
    for (const [name, value] of [['/name', 'Ward rule'], ['/organisation', 'Ward 3'], ['/summary', 'By age and white cells.'],
      ['/era/text', 'Since 2026.'], ['/sources/0/short', 'Ward rule'], ['/sources/0/reference', 'Ward 3, May 2026'],
      ['/clauses/2/limit', '180'], ['/clauses/3/limit', '300'], ['/hsct/text', 'High risk infants in remission.']]) {
      await fill(page, name, value);
    }
    await state(page).getByText('No errors').waitFor();
    await shows(page.locator(id('own-answer')), /high risk/);
    const fold = page.locator('.own-details', { has: page.locator('[name="/clauses/3/note"]') });
    await fold.locator('summary').click();
    await fill(page, '/clauses/3/note', 'At diagnosis.');
    await page.click(id('add:/clauses'));
    await page.selectOption('[name="/clauses/4/test"]', 'in_remission');
    await page.selectOption('[name="/hsct/when"]', 'group:high');
    await page.click(id('add:/hsct/conditions'));
    await page.selectOption('[name="/hsct/conditions/0/when"]', 'is:clause-1');
    await state(page).getByText('No errors').waitFor();
    assert.ok(await fold.getAttribute('open') !== null, 'a fold stays open');
    await page.selectOption('[name="/hsct/conditions/0/when"]', 'all');
    await page.click(id('add:/hsct/conditions/0/when/all'));
    await page.selectOption('[name="/hsct/conditions/0/when/all/1"]', 'not-is:infant');
    const { text } = await saved(page);
    assert.deepEqual(JSON.parse(text).hsct.conditions[0].when, { all: [{ is: 'clause-1' }, { not: { is: 'infant' } }] });
    await page.click(id('remove:/hsct/conditions/0'));
    await page.locator('[name="/hsct/conditions/0/when"]').waitFor({ state: 'detached' });
    await page.click(id('add:/outcomes'));
    await fill(page, '/outcomes/0/population', 'High risk infants');
    await fill(page, '/outcomes/0/estimate', '41.7');
    await page.selectOption('[name="/outcomes/0/spread"]', 'interval95');
    await fill(page, '/outcomes/0/spread/interval95/0', '50');
    await fill(page, '/outcomes/0/spread/interval95/1', '60');
    await shows(page.locator(id('own-problems')), /outside its interval/);
    // The problem leads into the form, to what is nearest.
    await page.locator(`${id('own-problems')} button`).first().click();
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('name')), /^\/outcomes\/0\/spread/);
    await fill(page, '/outcomes/0/spread/interval95/0', '30');
    await state(page).getByText('It can be used').waitFor();
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults, []);
    await close();
  });

  test('four criteria, two groups and a transplant rule take at most 30 clicks', async () => {
    const { page, faults, close } = await editor();
    // Each press of the mouse counts, and each choice in a menu as two.
    await page.evaluate(() => {
      globalThis.clicks = 0;
      addEventListener('click', event => event.isTrusted && (globalThis.clicks += 1), true);
      addEventListener('change', event => event.target.tagName === 'SELECT' && (globalThis.clicks += 2), true);
    });
    for (const [name, value] of [['/name', 'Ward rule'], ['/organisation', 'Ward 3'], ['/summary', 'By age, KMT2A and white cells.'],
      ['/era/text', 'Since 2026.'], ['/sources/0/short', 'Ward rule'], ['/sources/0/reference', 'Ward 3, May 2026'],
      ['/clauses/2/limit', '90'], ['/clauses/3/limit', '300'], ['/hsct/text', 'High risk infants.']]) {
      await control(page, name).click();
      await page.keyboard.type(value);
      await page.keyboard.press('Tab');
    }
    await page.selectOption('[name="/hsct/when"]', 'group:high');
    await state(page).getByText('No errors').waitFor();
    await page.locator('.own-form').getByText('younger than 90 days').first().waitFor();
    const { text } = await saved(page);
    const written = JSON.parse(text);
    assert.deepEqual([written.clauses.length, written.groups.length, written.hsct.when], [4, 2, { in_group: 'high' }]);
    assert.deepEqual(written.clauses[2].limit, 90);
    assert.equal(written.clauses[2].unit, 'days');
    const clicks = await page.evaluate(() => globalThis.clicks);
    assert.ok(clicks <= 30, `${clicks} clicks`);
    assert.deepEqual(faults, []);
    await close();
  });

  test('on the stratify page a file is listed with the others, follows the findings, and a faulty one is explained', async () => {
    const { page: writing, close: done } = await editor();
    await writing.selectOption('select[name="copy"]', 'mll-10');
    await state(writing).getByText('No errors').waitFor();
    const file = await saved(writing);
    await done();

    const { page, faults, requests, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    assert.ok(!requests.some(url => url.includes('js/worker_pages')), 'loaded only when asked for');
    await page.click(id('tab-custom'));
    await page.selectOption('select[name="rules"]', '2026.11.1');
    await page.getByRole('heading', { name: 'Corrected since' }).waitFor();
    await page.setInputFiles(id('own-input'), asFile(file));
    const row = page.locator(`${id('own-rows')} ${id('row-my-mll-10')}`);
    await row.getByText('yours, not checked', { exact: true }).waitFor();
    const same = async () => {
      const answer = await page.locator(id('answer-mll-10')).innerText();
      await page.locator(id('answer-my-mll-10')).getByText(answer, { exact: true }).waitFor();
    };
    await same();
    await page.selectOption(id('examples'), '1');
    await same();
    const long = 'A'.repeat(2000);
    const named = JSON.stringify({ ...JSON.parse(file.text), id: 'long', name: long });
    await page.setInputFiles(id('own-input'), asFile({ ...file, text: named }));
    await page.locator(`${id('own-rows')} ${id('row-long')}`).getByText('yours, not checked', { exact: true }).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'a long name widens the page');
    await page.setInputFiles(id('own-input'), asFile({ ...file, text: file.text.replace('younger_than', 'older_than') }));
    await page.locator(id('own-problems')).getByText('is not known here').waitFor();
    await page.setInputFiles(id('own-input'), asFile({ name: 'photo.png', text: 'PNG' }));
    await page.locator(id('own-problems')).getByText('It is not JSON from line 1').waitFor();
    assert.equal(await row.count(), 1, 'the good one stays');
    assert.deepEqual(await axe(page), []);
    await page.locator(id('remove:my-mll-10')).click();
    await row.waitFor({ state: 'detached' });
    assert.deepEqual(faults, []);
    await close();
  });

  test('accessible, and no sideways scroll on a phone, light and dark', async () => {
    for (const [width, colorScheme] of [[1280, 'light'], [360, 'dark']]) {
      const { page, faults, close } = await editor({ viewport: { width, height: 800 }, colorScheme });
      await page.selectOption('select[name="copy"]', 'interfant-21');
      await state(page).getByText('No errors').waitFor();
      await page.locator(`${id('own-rows')} > details > summary`).first().click();
      assert.deepEqual(await axe(page), [], `${width} px`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide at ${width}`);
      assert.deepEqual(faults, []);
      await close();
    }
  });
});

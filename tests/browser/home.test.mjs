// The first page: three jobs with live content, and the ways from them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('the first page', () => {
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

  test('three columns in one screen of 1440 × 900', async () => {
    const { page, faults, close } = await open(chrome, { viewport: { width: 1440, height: 900 } });
    await visit(page, site);
    await shows(page.locator('h1'), /how each protocol in the catalogue classifies this child/);
    const jobs = await page.locator('.job').evaluateAll(all => all.map(each => each.getBoundingClientRect().toJSON()));
    assert.equal(jobs.length, 3);
    assert.equal(new Set(jobs.map(job => Math.round(job.top))).size, 1);
    const primary = await page.locator('.job .button').evaluateAll(all => all.map(each => each.getBoundingClientRect().bottom));
    assert.ok(Math.max(...primary) <= 900, `${Math.max(...primary)} px`);
    assert.deepEqual(faults, []);
    await close();
  });

  test('the three fields answer at once, and what is typed is there on Stratify', async () => {
    const { page, requests, close } = await open(chrome);
    await visit(page, site);
    await shows(page.locator(id('home-whose')), /Example, not your patient/);
    await page.locator(`${id('home-whose')} button`).click();
    await page.locator(id('home-whose')).waitFor({ state: 'detached' });
    await shows(page.locator(id('home-mll-10')), /needs/);
    const sent = requests.length;
    await page.fill('[name="age_days"]', '179');
    await page.fill('[name="wbc"]', '45');
    await page.locator('input[name="kmt2a"][value="rearranged"], select[name="kmt2a"]').first().evaluate(element => {
      if (element.tagName === 'SELECT') {
        element.value = 'rearranged';
        element.dispatchEvent(new Event('change', { bubbles: true }));
      } else element.click();
    });
    await shows(page.locator(id('home-mll-10')), /high risk/);
    assert.deepEqual(requests.slice(sent).filter(url => url.includes('179')), [], 'nothing typed is sent');
    await page.getByRole('link', { name: 'Stratify an infant' }).click();
    await page.waitForURL('**/stratify/');
    await page.locator('[name="age_days"]').waitFor();
    assert.equal(await page.inputValue('[name="age_days"]'), '179');
    assert.equal(await page.inputValue('[name="wbc"]'), '45');
    await page.goBack();
    await page.locator('.jobs').waitFor();
    assert.equal(await page.inputValue('[name="age_days"]'), '179');
    await close();
  });

  test('a protocol in the answers leads to its opened row', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site);
    await page.locator('.first-answers a', { hasText: 'MLL-10' }).click();
    await page.locator(`${id('row-mll-10')}[open]`).waitFor();
    await close();
  });

  test('the example opens in one click, and only where no cohort is open', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site);
    await page.getByRole('link', { name: 'Open example' }).click();
    await page.locator(`${id('results')} figure svg`).first().waitFor({ timeout: 60_000 });
    assert.equal(new URL(page.url()).hash, '', 'loading the page again opens nothing');
    await close();
  });

  test('three published estimates with their time and size, and the ways into the evidence', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site);
    const rows = await page.locator('.estimates-of-home tbody tr').allInnerTexts();
    assert.equal(rows.length, 3);
    for (const row of rows) assert.match(row, /\d+(\.\d)?%[\s\S]*\d y[\s\S]*n = \d+/);
    await page.getByRole('link', { name: 'Check reported numbers' }).click();
    await page.locator('[data-view="check"]').waitFor();
    await close();
  });

  test('what is proven is the run that the build made', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site);
    const [numbers, hand] = (await page.getAttribute('meta[name="validation"]', 'content')).split(' ').map(Number);
    assert.ok(numbers > 10_000 && hand > 100, `${numbers}, ${hand}`);
    const text = await page.locator('.proven').innerText();
    assert.ok(text.includes(numbers.toLocaleString('en-GB')) && text.includes(String(hand)), text);
    assert.match(text, /Not a medical device/);
    await close();
  });

  test('the curve can be read in the dark, and axe finds nothing', async () => {
    const { page, close } = await open(chrome, { colorScheme: 'dark' });
    await visit(page, site);
    const fill = await page.locator('.picture svg text').first().evaluate(text => getComputedStyle(text).fill);
    assert.ok(/rgb\((\d+)/.exec(fill)[1] > 128, fill);
    assert.deepEqual(await axe(page), []);
    await close();
  });
});

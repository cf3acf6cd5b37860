// The list of protocols and the pages of single ones.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrivedAhead, axe, browser, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('protocols', () => {
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

  const names = page => page.locator('.catalogue tbody tr:not(.section) th > a:first-child:visible').allInnerTexts();
  const row = (page, name) => page.locator('.catalogue tr:not(.section)', { has: page.locator('th > a:first-child', { hasText: new RegExp(`^${name}$`) }) });

  test('the newest first, in three sections, with the limits of each rule', async () => {
    const { page, faults, close } = await open(chrome, { viewport: { width: 1440, height: 900 } });
    await visit(page, site, 'protocols/');
    assert.deepEqual(await page.locator('.catalogue .section').allInnerTexts(), ['Most recent', 'Earlier protocols', 'Prognostic groupings and series']);
    const all = await names(page);
    assert.equal(all[0], 'Interfant-21');
    assert.ok(all.length >= 17);
    const cells = async name => (await row(page, name).locator('td').allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());
    const mll10 = await cells('MLL-10');
    assert.match(mll10[1], /^< 180 days$/);
    assert.equal(mll10[2], '–');
    assert.match(mll10[3], /^CNS3/);
    const interfant = await cells('Interfant-06');
    assert.match(interfant[1], /^< 6 months$/);
    assert.match(interfant[2], /^≥ 300$/);
    assert.equal(interfant[3], '–');
    assert.match((await cells('COG AALL0631'))[4], /rule not found/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('systems without a rule: what is known and what is missing, and no answer about a child', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'protocols/');
    const notYet = page.locator(id('not-yet'));
    await shows(page.locator(id('in-catalogue')), /Interfant-06.*Not yet: AALL2321/);
    await notYet.locator('a', { hasText: /^AALL2321$/ }).click();
    await shows(page.locator('article.rule h1'), /^AALL2321$/);
    await shows(page.locator('article.rule'), /answers nothing about a child[\s\S]*What is missing[\s\S]*NCT06317662/);
    await visit(page, site, 'stratify/');
    assert.equal(await page.locator(id('row-aall2321')).count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a rule is read before the program has started and without it, and after a file has sealed the page', async () => {
    const without = await open(chrome, { javaScriptEnabled: false });
    await without.page.goto(`${site.url}protocols/mll-10/`);
    await shows(without.page.locator('article.rule'), /MLL-10[\s\S]*180 days[\s\S]*Transplant/);
    assert.equal(await without.page.locator('h1').count(), 1);
    await without.close();
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    await arrivedAhead(page);
    await page.setInputFiles(id('cohort-input'), { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('id,os_time,os_event\n1,10,1\n2,20,0\n') });
    await shows(page.locator(id('seal')), /^Sealed/);
    await page.click('#pages a[href$="/protocols/"]');
    await row(page, 'Interfant-06').locator('th > a').first().click();
    await shows(page.locator('article.rule h1'), /^Interfant-06$/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('chips and search leave what fits', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'protocols/');
    const chip = name => page.locator(id('filters')).getByRole('button', { name, exact: true });
    await chip('Recruiting').click();
    assert.deepEqual(await names(page), ['Interfant-21']);
    assert.equal(await chip('Recruiting').getAttribute('aria-pressed'), 'true');
    await chip('Prognostic groupings and series').click();
    assert.ok(!(await names(page)).includes('Interfant-06'));
    await chip('Treatment protocols').click();
    assert.ok((await names(page)).includes('Interfant-06'));
    await chip('All').click();
    await page.fill(id('search'), 'mll 180');
    assert.ok((await names(page)).includes('MLL-10'));
    await page.fill(id('search'), 'no such protocol');
    await shows(page.locator(id('protocol-list')), /No protocol matches/);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'search', 'the focus stays');
    await close();
  });

  test('a rule on transplant is two clicks away, without scrolling, with its source', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 1440, height: 900 } });
    await visit(page, site);
    await page.click('#pages a[href$="/protocols/"]');
    await row(page, 'MLL-10').locator('th > a').first().click();
    const rule = page.locator('#transplant + p');
    await rule.waitFor();
    const box = await rule.boundingBox();
    assert.ok(box.y + box.height <= 900, `${box.y + box.height} px`);
    assert.ok((await rule.locator('cite').innerText()).length > 0);
    await close();
  });

  test('a protocol’s page: two columns, contents that lead, boundaries at the criteria, neighbours, a trial', async () => {
    const { page, faults, close } = await open(chrome, { viewport: { width: 1440, height: 900 } });
    await visit(page, site, 'protocols/mll-10/');
    const [left, right] = await Promise.all(['.rule-left', '.rule-right'].map(part => page.locator(part).boundingBox()));
    assert.ok(right.x > left.x + left.width && Math.abs(right.y - left.y) < 2);
    await shows(page.locator('.criteria'), /179 d\s+holds[\s\S]*180 d\s+does not hold/);
    await page.locator('.contents a', { hasText: 'Sources' }).click();
    assert.match(page.url(), /protocols\/mll-10\/#sources$/);
    const missing = await page.locator('.contents a').evaluateAll(all => all.filter(link => !document.getElementById(link.hash.slice(1))).length);
    assert.equal(missing, 0);
    assert.ok((await page.locator('.neighbours a').count()) === 2);
    await page.locator('.rule-head .button').click();
    await page.locator(`${id('row-mll-10')}[open]`).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  for (const [width, colorScheme] of [[1440, 'dark'], [720, 'light'], [360, 'dark']]) {
    test(`the list and a page at ${width} px, ${colorScheme}: nothing is wider than the window, axe finds nothing`, async () => {
      const { page, close } = await open(chrome, { viewport: { width, height: 800 }, colorScheme });
      for (const route of ['protocols/', 'protocols/interfant-06/', 'changes/', '']) {
        await visit(page, site, route);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `/${route}`);
        assert.deepEqual(await axe(page), [], `/${route}`);
      }
      await close();
    });
  }
});

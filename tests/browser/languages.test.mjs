// The site in its other languages: what is translated is, what is quoted says so, and nothing is wider than a phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axe, browser, dist, languages, open, routes, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const NOTICE = { ja: /臨床医による確認を受けていない/, ko: /임상의의 검토를 받지 않았습니다/ };
// Names of variables, levels and protocols are those of the file, of the data dictionary and of the catalogue in every language.
const NAMES = new RegExp(
  [
    'Complete remission, end of induction',
    'MRD, end of (?:induction|consolidation)',
    'relapsed or refractory',
    'rule as worded in',
    'White cells, per doubling',
    'per doubling of count',
    'prednisone (?:poor|good) response',
    'no risk groups',
    '(?:no )?second remission',
    'not high risk',
    'remaining infants',
    'poor prognostic subgroup',
  ].join('|'),
  'g',
);
const SCRIPT = { ja: /[\u3040-\u30ff\u4e00-\u9fff]/, ko: /[\uac00-\ud7a3]/ };

/** Runs of three or more English words in what is not marked as English, from the text and the names of things. */
const english = (page, names = /(?!)/g) =>
  page.evaluate(names => {
    const found = new Set();
    const run = text => /(?<![\w-])[a-z]{2,}(?:[ ,]+[a-z]{2,}){2,}/.exec(text.replace(new RegExp(names, 'g'), '–'))?.[0];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (parentElement.closest('[lang="en"], svg, cite, code, script')) continue;
      if (run(data)) found.add(data.trim());
    }
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
      if (element.closest('[lang="en"], svg, cite')) continue;
      for (const name of ['title', 'aria-label', 'placeholder']) {
        const text = element.getAttribute(name) ?? '';
        if (run(text)) found.add(`${name}: ${text}`);
      }
    }
    return [...found];
  }, names.source);

/** Texts of figures in the script of a language: figures are printed in English. */
const inFigures = (page, script) =>
  page.evaluate(
    source =>
      [...document.querySelectorAll('main svg text, main svg title, main svg desc')]
        .map(each => each.textContent)
        .filter(text => new RegExp(source).test(text)),
    script.source,
  );

const unfold = page => page.locator('main details').evaluateAll(all => all.forEach(each => (each.open = true)));

const overflow = page =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('languages', { skip: languages.length === 0 && 'the site was built in English alone' }, () => {
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

  test('each has the routes of English in its own language', () => {
    for (const language of languages) {
      // The page of validation and the handbook are English alone.
      const shared = routes().filter(route => !/^(validation|handbook)\//.test(route));
      assert.deepEqual(routes(language), shared);
      for (const route of shared) {
        const html = readFileSync(join(dist, language, route, 'index.html'), 'utf8');
        assert.match(html, new RegExp(`<html lang="${language}">`));
        assert.match(/<meta name="description" content="(.*?)"/.exec(html)[1], SCRIPT[language]);
        assert.match(/<p id="boot-status"[^>]*>(.*?)</.exec(html)[1], SCRIPT[language]);
        // Search engines want whole addresses; this build does not know where it will stand.
        assert.doesNotMatch(html, /<link rel="alternate"/);
      }
    }
  });

  for (const language of languages) {
    test(`${language}: every route starts without a fault, in its language, within 360 px`, async () => {
      const { page, requests, faults, close } = await open(chrome, { viewport: { width: 360, height: 800 } });
      for (const route of routes(language)) {
        await visit(page, site, `${language}/${route}`);
        assert.equal(await page.getAttribute('html', 'lang'), language);
        await shows(page.locator(id('unreviewed')), NOTICE[language]);
        await shows(page.locator('footer'), SCRIPT[language]);
        assert.ok((await overflow(page)) <= 0, `/${language}/${route} is wider than the window`);
      }
      await page.waitForLoadState('networkidle');
      // A page that is left while its module loads leaves that off.
      assert.deepEqual(faults.filter(fault => !fault.includes('ERR_ABORTED')), []);
      assert.deepEqual(requests.filter(url => !url.startsWith(site.url) && !/^(data|blob):/.test(url)), []);
      await close();
    });

    test(`${language}: the stratify page has no English but quotations`, async () => {
      const { page, faults, close } = await open(chrome);
      await visit(page, site, `${language}/stratify/`);
      const examples = await page.locator(`${id('examples')} option:not([value=""])`).evaluateAll(all => all.map(each => each.value));
      assert.ok(examples.length > 10);
      await page.click(id('open-all'));
      for (const example of examples) {
        await page.selectOption(id('examples'), example);
        await page.locator('.reason').first().waitFor();
        assert.deepEqual(await english(page), [], `example ${example}`);
      }
      // Everything that is folded, every unit, an error in every field, and a file.
      await page.locator('details').evaluateAll(all => all.forEach(each => (each.open = true)));
      await page.click(id('clear'));
      // Findings that few rules ask for are folded again with the empty form.
      await page.locator('.findings details').evaluateAll(all => all.forEach(each => (each.open = true)));
      for (const input of await page.locator('form input[type="text"]').all()) await input.fill('x');
      assert.ok((await page.locator('.remark.invalid').count()) > 5);
      assert.deepEqual((await english(page)).filter(text => !/rearranged|female/.test(text)), []);
      await page.click(id('tab-patients'));
      await page.click(id('load-severance'));
      await page.locator(id('csv-table')).waitFor();
      await page.click(id('copy-link'));
      assert.deepEqual(await english(page), []);
      assert.ok((await page.locator('[lang="en"]').count()) > 50, 'quotations are marked');
      assert.match(await page.title(), SCRIPT[language]);
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${language}: home, about and privacy have no English`, async () => {
      const { page, close } = await open(chrome);
      for (const route of ['', 'about/', 'privacy/', 'protocols/', 'protocols/mll-10/']) {
        await visit(page, site, `${language}/${route}`);
        await shows(page.locator('h1'), route.endsWith('mll-10/') ? /MLL-10/ : SCRIPT[language]);
        assert.deepEqual(await english(page), [], `/${language}/${route}`);
      }
      await close();
    });

    test(`${language}: an open row and a table of patients fit a phone`, async () => {
      const { page, close } = await open(chrome, { viewport: { width: 360, height: 800 } });
      await visit(page, site, `${language}/stratify/`);
      await page.click(id('to-answers'));
      await page.click(id('open-all'));
      await page.locator('details').evaluateAll(all => all.forEach(each => (each.open = true)));
      await page.locator('.reason').first().waitFor();
      assert.ok((await overflow(page)) <= 0);
      await page.click(id('tab-patients'));
      await page.click(id('load-severance'));
      await page.locator(id('csv-table')).waitFor();
      assert.ok((await overflow(page)) <= 0);
      await close();
    });

    for (const colorScheme of ['light', 'dark']) {
      test(`${language}: axe finds nothing, ${colorScheme}`, async () => {
        const { page, close } = await open(chrome, { colorScheme });
        for (const route of ['', 'stratify/', 'about/', 'protocols/mll-10/']) {
          await visit(page, site, `${language}/${route}`);
          assert.deepEqual(await axe(page), [], `on /${language}/${route}`);
        }
        await close();
      });
    }
  }

  test('the switch keeps the route, and findings in the address', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'stratify/#case=1&age_days=179&kmt2a=rearranged');
    await page.click('[data-testid="menu-languages"]');
    await page.click('#languages a[hreflang="ja"]');
    await page.waitForURL('**/ja/stratify/#case=1&age_days=179&kmt2a=rearranged');
    assert.equal(await page.inputValue('input[name="age_days"]'), '179');
    await shows(page.locator(id('answer-mll-10')), /高リスク/);
    await page.click('[data-testid="menu-about"]');
    await page.click('#about a[href$="/about/"]');
    await page.waitForURL('**/ja/about/');
    await page.click('[data-testid="menu-languages"]');
    await page.click('#languages a[hreflang="ko"]');
    await page.waitForURL('**/ko/about/');
    await page.click('[data-testid="menu-languages"]');
    await page.click('#languages a[hreflang="en"]');
    await page.waitForURL(`${site.url}about/`);
    await shows(page.locator('h1'), /About/);
    // What is needed later is fetched meanwhile; leaving the page breaks that off.
    assert.deepEqual(faults.filter(fault => !/^failed: .* net::ERR_ABORTED$/.test(fault)), []);
    await close();
  });

  for (const language of languages) {
    test(`${language}: Analyse says all results in its language, and draws them in English`, async () => {
      const { page, faults, close } = await open(chrome);
      await visit(page, site, `${language}/analyse/`);
      await page.locator('[data-testid="results"] svg').first().waitFor({ timeout: 60_000 });
      const addresses = await page.locator('.index a').evaluateAll(all => all.map(each => each.hash));
      assert.ok(addresses.length > 12, `${addresses}`);
      const found = [];
      for (const hash of addresses) {
        await page.evaluate(to => (location.hash = to), hash);
        await page.locator(`[data-result="${hash.slice(1)}"]`).waitFor();
        await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
        await unfold(page);
        for (const text of await english(page, NAMES)) found.push(`${hash}: ${text}`);
        for (const text of await inFigures(page, SCRIPT[language])) found.push(`figure of ${hash}: ${text}`);
        if ((await overflow(page)) > 0) found.push(`${hash} is wider than the window`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${language}: a file with questions is asked about in its language`, async () => {
      const { page, faults, close } = await open(chrome);
      await visit(page, site, `${language}/analyse/`);
      const rows = ['ID,性別,age,WBC,診断日,last,転帰', '1,1,30,"12,000",2001/02/03,2004/05/06,生存', '2,2,200,33,2002/03/04,2003/01/02,死亡'];
      await page.setInputFiles('input[type="file"]', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
      await page.locator(id('columns')).first().waitFor({ timeout: 60_000 });
      await unfold(page);
      assert.deepEqual(await english(page, NAMES), []);
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${language}: Evidence, Combine, planning and custom protocols have no English but quotations`, async () => {
      const { page, faults, close } = await open(chrome);
      const found = [];
      for (const [route, button] of [
        ['evidence/', null],
        ['evidence/#check', null],
        ['evidence/#compare', null],
        ['evidence/#digitise', null],
        ['evidence/#own', null],
        ['combine/#example', id('open-example')],
        ['combine/#plan', null],
        ['plan/', null],
        ['protocols/own/', null],
      ]) {
        await visit(page, site, `${language}/${route}`);
        await page.locator('main h1').waitFor();
        if (button) await page.click(button);
        await page.waitForLoadState('networkidle');
        await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
        await unfold(page);
        for (const text of await english(page, NAMES)) found.push(`${route}: ${text}`);
        for (const text of await inFigures(page, SCRIPT[language])) found.push(`figure of ${route}: ${text}`);
        if ((await overflow(page)) > 0) found.push(`${route} is wider than the window`);
        found.push(...(await axe(page)).map(fault => `${route}: ${fault}`));
      }
      assert.deepEqual(found, []);
      assert.deepEqual(faults, []);
      await close();
    });
  }
});

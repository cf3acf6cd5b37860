// The frame of every page: a head of one line, its menus by mouse and keyboard, the page of changes.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axe, browser, dist, languages, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const ROUTES = ['', 'stratify/', 'analyse/', 'combine/', 'protocols/', 'protocols/mll-10/', 'evidence/', 'changes/', 'validation/'];

describe('the frame of every page', () => {
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

  for (const [width, most] of [[1920, 48], [1440, 48], [900, 48], [896, 44], [720, 44], [360, 44]]) {
    test(`the head is one line of ${most} px at ${width} px`, async () => {
      const { page, close } = await open(chrome, { viewport: { width, height: 800 } });
      for (const language of ['', ...languages.map(code => `${code}/`)]) {
        for (const route of ROUTES.filter(route => !language || route !== 'validation/')) {
          await page.goto(site.url + language + route);
          await page.locator('.head').waitFor();
          const head = await page.locator('.head').evaluate(element => {
            const shown = [...element.querySelectorAll('a, button')].filter(each => each.checkVisibility() && !each.closest('.menu-list'));
            const nav = element.querySelector('nav.plain');
            const boxes = shown.map(each => each.getBoundingClientRect()).filter(box => !nav || box.right <= innerWidth);
            return {
              height: element.getBoundingClientRect().height,
              lines: new Set(boxes.map(box => Math.round(box.top + box.height / 2))).size,
              right: Math.max(...boxes.map(box => box.right)),
              overlaps: boxes.some((box, at) => boxes.slice(at + 1).some(other => box.left < other.right - 1 && other.left < box.right - 1)),
              wide: document.documentElement.scrollWidth > innerWidth,
            };
          });
          assert.ok(head.height <= most, `/${language}${route}: ${head.height} px`);
          assert.ok(head.lines <= 2 && head.right <= width && !head.overlaps && !head.wide, `/${language}${route}: ${JSON.stringify(head)}`);
        }
      }
      await close();
    });
  }

  test('a menu opens, and closes by Escape, by leaving it, by a click elsewhere and by going to a page', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'protocols/');
    const button = page.locator(id('menu-about'));
    const list = page.locator('#about');
    const state = () => button.getAttribute('aria-expanded');
    assert.equal(await state(), 'false');
    await button.focus();
    await page.keyboard.press('Enter');
    await list.waitFor();
    assert.equal(await state(), 'true');
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.closest('#about') !== null), true, 'Tab goes into the menu');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-controls')), 'about', 'the focus is back');
    await button.click();
    await page.locator(id('search')).focus();
    await list.waitFor({ state: 'hidden' });
    await button.click();
    await page.locator('h1').click();
    await list.waitFor({ state: 'hidden' });
    await button.click();
    await list.locator('a[href$="/changes/"]').click();
    await list.waitFor({ state: 'hidden' });
    await shows(page.locator('h1'), /Changes of the rules/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('on a phone the pages are a menu with targets of 44 px', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 360, height: 740 }, hasTouch: true });
    await visit(page, site, 'stratify/');
    await shows(page.locator('.head .here'), /Stratify/);
    assert.equal(await page.locator('#pages').isVisible(), false);
    await page.locator('.menu-pages').tap();
    await page.locator('#pages').waitFor();
    assert.deepEqual(await axe(page), []);
    const small = await page.locator('.head a, .head button').evaluateAll(all =>
      all.filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect()).filter(box => box.height < 43 || box.width < 43).length);
    assert.equal(small, 0);
    await page.locator('#pages a[href$="/privacy/"]').tap();
    await shows(page.locator('h1'), /Privacy/);
    assert.equal(await page.locator('#pages').isVisible(), false);
    await close();
  });

  test('Validation opens in a tab of its own, so that a case is not lost', async () => {
    const { page, context, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    const [tab] = await Promise.all([context.waitForEvent('page'), page.click('#pages a[href$="/validation/"]')]);
    await tab.locator('h1').waitFor();
    assert.match(tab.url(), /\/validation\/$/);
    assert.match(page.url(), /\/stratify\/$/);
    await close();
  });

  test('the badge of the head says whether the page is sealed, and how many requests it made since', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    const badge = page.locator('.head cotside-seal');
    await shows(badge, /no file open/);
    await page.locator(id('cohort-input')).waitFor({ state: 'attached' });
    await page.setInputFiles(id('cohort-input'), join(dist, 'samples', 'severance-follow-up.csv'));
    await shows(badge, /sealed · 0 requests/);
    await close();
  });

  test('the changes name each corrected protocol, its source, and the date of the evidence', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'changes/');
    const text = await page.locator('main').innerText();
    assert.match(text, /Rules \d{4}\.\d+\.\d+ · \d{4}-\d\d-\d\d/);
    assert.match(text, /Published evidence was last read on \d{4}-\d\d-\d\d/);
    assert.ok((await page.locator('main li a[href*="/protocols/"]').count()) >= 4);
    assert.ok((await page.locator('main li .sure').count()) >= 4);
    await close();
  });

  test('prose keeps to a readable width, the rest uses the page', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 1920, height: 900 } });
    await visit(page, site, 'protocols/');
    const list = await page.locator('.catalogue').boundingBox();
    assert.ok(list.width >= 1920 * 0.9, `${list.width} px`);
    const prose = await page.locator('p.prose').first().boundingBox();
    assert.ok(prose.width <= 800, `${prose.width} px`);
    await close();
  });
});

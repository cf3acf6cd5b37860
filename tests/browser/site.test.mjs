// Every address of the built site, as a visitor who follows a deep link meets it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browser, dist, open, routes, serve, shows, visit } from './harness.mjs';

const FIXED = ['', 'about/', 'analyse/', 'combine/', 'privacy/', 'protocols/', 'stratify/'];

describe('the built site', () => {
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

  const served = route => readFileSync(join(dist, route, 'index.html'), 'utf8');
  const title = html => /<title>(.*?)<\/title>/.exec(html)?.[1];

  test('is served under a sub-path', () => {
    assert.notEqual(new URL(site.url).pathname, '/');
  });

  test('has the fixed routes and a page for each protocol', () => {
    const all = routes();
    for (const route of FIXED) assert.ok(all.includes(route), `no page for /${route}`);
    assert.ok(all.some(route => /^protocols\/[a-z0-9-]+\/$/.test(route)), 'no protocol has a page');
  });

  test('gives each route its own title and description', () => {
    const pages = routes().map(served);
    const description = html => /<meta name="description" content="(.*?)"/.exec(html)?.[1];
    for (const part of [title, description]) {
      const texts = pages.map(part);
      assert.ok(texts.every(text => text?.length > 5));
      assert.equal(new Set(texts).size, texts.length);
    }
  });

  for (const route of routes()) {
    test(`/${route} starts, without a fault, from its own site alone [claims: nothing-from-others]`, async () => {
      const { page, requests, faults, close } = await open(chrome);
      const answer = await visit(page, site, route);
      assert.equal(answer.status(), 200);
      assert.ok((await page.locator('h1').first().innerText()).trim().length > 0, 'no heading');
      assert.ok((await page.title()).length > 0, 'no title');
      await page.waitForLoadState('networkidle');
      assert.deepEqual(faults, []);
      const foreign = requests.filter(url => !url.startsWith(site.url) && !/^(data|blob):/.test(url));
      assert.deepEqual(foreign, []);
      await close();
    });
  }

  test('answers a link without its last slash', async () => {
    const { page, faults, close } = await open(chrome);
    const answer = await visit(page, site, 'stratify');
    assert.equal(answer.status(), 200);
    assert.equal(new URL(page.url()).pathname, new URL('stratify/', site.url).pathname);
    assert.deepEqual(faults, []);
    await close();
  });

  test('reports a missing page with status 404', async () => {
    const { page, close } = await open(chrome);
    const answer = await visit(page, site, 'no/such/page');
    assert.equal(answer.status(), 404);
    await shows(page.locator('body'), /no.{0,20}page|not found/i);
    await close();
  });

  test('can be read without scripts', async () => {
    const { page, close } = await open(chrome, { javaScriptEnabled: false });
    await page.goto(`${site.url}stratify/`);
    const text = await page.locator('body').innerText();
    assert.match(text, /Stratify an infant/);
    assert.match(text, /JavaScript/);
    await close();
  });

  test('keeps its links inside its own path', async () => {
    const { page, close } = await open(chrome);
    for (const route of FIXED) {
      await visit(page, site, route);
      const links = await page.locator('a[href]').evaluateAll(all => all.map(link => link.href));
      const strays = links.filter(link => link.startsWith(site.origin) && !link.startsWith(site.url));
      assert.deepEqual(strays, [], `on /${route}`);
    }
    await close();
  });

  test('refuses requests that its policy does not allow [claims: own-site-only]', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site);
    const reached = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      const fetched = await fetch('http://127.0.0.1:9/elsewhere').then(() => true, () => false);
      return { inline: globalThis.inlineRan === true, fetched };
    });
    assert.deepEqual(reached, { inline: false, fetched: false });
    await assert.doesNotReject(page.waitForTimeout(50));
    const refused = faults.filter(fault => fault.startsWith('policy:')).join('\n');
    assert.match(refused, /script-src/);
    assert.match(refused, /connect-src/);
    await close();
  });
});

// Without a network: the service worker keeps the site, the whole way from a cohort to its figures works, and the seal holds.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { base, browser, dist, open, routes, shows, started, visit } from './harness.mjs';
import { host } from './hosts.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');

describe('offline', () => {
  let site;
  let chrome;
  before(async () => {
    site = await host(dist, base);
    chrome = await browser();
  });
  after(async () => {
    await chrome?.close();
    site?.stop();
  });

  /** A page whose site is kept by its service worker. */
  async function kept(where = site) {
    const opened = await open(chrome, { serviceWorkers: 'allow' });
    await visit(opened.page, where);
    await opened.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller) return;
      await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    });
    return opened;
  }

  test('every route opens without a network', async () => {
    const { page, context, faults, close } = await kept();
    await context.setOffline(true);
    for (const route of routes()) {
      await visit(page, site, route);
      assert.ok((await page.locator('h1').first().innerText()).length > 0, route);
    }
    await page.goto(`${site.url}stratify`);
    await started(page);
    assert.equal(new URL(page.url()).pathname, `${base}stratify/`);
    // A page that is left while its module loads leaves that off.
    assert.deepEqual(faults.filter(fault => !fault.includes('ERR_ABORTED')), []);
    await close();
  });

  test('a cohort becomes curves and files without a network [claims: works-offline]', async () => {
    const { page, context, faults, close } = await kept();
    await context.setOffline(true);
    await visit(page, site, 'analyse/');
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    for (const what of ['curves.svg', 'curves.csv', 'curves.png']) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-export="${what}"]`)]);
      assert.ok(readFileSync(await file.path()).length > 500, what);
    }
    await shows(page.locator(id('seal')), /^Sealed\. The browser refuses requests of this page: 0 refused so far What/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('the sample is there without a network', async () => {
    const { page, context, close } = await kept();
    await context.setOffline(true);
    await visit(page, site, 'analyse/');
    await page.click(id('load-registry'));
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    await close();
  });

  test('under the service worker the seal holds, and the host hears nothing', async () => {
    const { page, close } = await kept();
    await visit(page, site, 'analyse/');
    await page.waitForLoadState('networkidle');
    const before = site.log.length;
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    const reached = await page.evaluate(async () => {
      const ways = [fetch(location.href), fetch('samples/severance.csv'), fetch('js/remote.js', { mode: 'no-cors' })];
      return (await Promise.allSettled(ways)).map(({ status }) => status);
    });
    assert.deepEqual(reached, ['rejected', 'rejected', 'rejected']);
    await page.waitForTimeout(1500);
    // The browser itself looks for a new service worker some time after a visit; the page has no part in that.
    assert.deepEqual(site.log.slice(before).filter(line => line !== `GET ${base}sw.js`), []);
    await close();
  });

  test('answers carry the policy as a header, and the site stands in no frame', async () => {
    const { page, close } = await kept();
    const answer = await visit(page, site, 'about/');
    assert.ok(answer.fromServiceWorker());
    assert.match(await answer.headerValue('content-security-policy'), /default-src 'none'.*frame-ancestors 'none'/);
    await close();
  });

  test('a new version is announced, and shown after a reload', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cotside-version-'));
    cpSync(dist, folder, { recursive: true });
    const changing = await host(folder, base);
    try {
      const { page, close } = await kept(changing);
      const page404 = join(folder, 'about', 'index.html');
      writeFileSync(page404, readFileSync(page404, 'utf8').replace('<title>', '<title>New · '));
      const worker = join(folder, 'sw.js');
      writeFileSync(worker, readFileSync(worker, 'utf8').replace(/BUILD = "/, 'BUILD = "new'));
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
      await page.getByRole('link', { name: 'Reload to use it' }).click();
      await started(page);
      const html = await page.evaluate(() => fetch('about/').then(answer => answer.text()));
      assert.match(html, /<title>New · /);
      assert.equal(await page.getByRole('link', { name: 'Reload to use it' }).count(), 0);
      await close();
    } finally {
      changing.stop();
      rmSync(folder, { recursive: true });
    }
  });

  test('without the service worker the page works', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cotside-plain-'));
    cpSync(dist, folder, { recursive: true });
    rmSync(join(folder, 'sw.js'));
    const plain = await host(folder, base);
    try {
      const { page, close } = await open(chrome, { serviceWorkers: 'allow' });
      await visit(page, plain, 'stratify/');
      await shows(page.locator(id('rows')), /Interfant-06/);
      await close();
    } finally {
      plain.stop();
      rmSync(folder, { recursive: true });
    }
  });
});

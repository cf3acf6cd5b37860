// Without a network: the service worker keeps the site, the whole way from a cohort to its figures works, and the seal holds.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { base, browser, clickInResult, dist, fileOpened, open, routes, shows, started, visit } from './harness.mjs';
import { elsewhere, host, rewrite } from './hosts.mjs';

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

  test('every route opens offline', async () => {
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

  test('a cohort becomes curves and files offline [claims: works-offline]', async () => {
    const { page, context, faults, close } = await kept();
    await context.setOffline(true);
    await visit(page, site, 'analyse/');
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    for (const what of ['curves.svg', 'curves.csv', 'curves.png']) {
      const [file] = await Promise.all([page.waitForEvent('download'), clickInResult(page, `[data-export="${what}"]`)]);
      assert.ok(readFileSync(await file.path()).length > 500, what);
    }
    await shows(page.locator(id('seal')), /^Sealed\. The browser refuses requests of this page: 0 refused so far What/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('the sample is available offline', async () => {
    const { page, context, close } = await kept();
    await context.setOffline(true);
    await visit(page, site, 'analyse/');
    await page.click(id('load-registry'));
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    await close();
  });

  test('under the service worker the seal holds, and the host gets no request', async () => {
    const { page, close } = await kept();
    await visit(page, site, 'analyse/');
    await page.waitForLoadState('networkidle');
    const before = site.log.length;
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    const reached = await page.evaluate(async () => {
      const ways = [fetch(location.href), fetch('samples/severance.csv'), fetch('manifest.webmanifest', { mode: 'no-cors' })];
      return (await Promise.allSettled(ways)).map(({ status }) => status);
    });
    assert.deepEqual(reached, ['rejected', 'rejected', 'rejected']);
    await page.waitForTimeout(1500);
    // The browser itself looks for a new service worker some time after a visit; the page has no part in that.
    assert.deepEqual(site.log.slice(before).filter(line => line !== `GET ${base}sw.js`), []);
    await close();
  });

  test('responses have the policy as a header, and the site cannot be framed', async () => {
    const { page, close } = await kept();
    const answer = await visit(page, site, 'about/');
    assert.ok(answer.fromServiceWorker());
    assert.match(await answer.headerValue('content-security-policy'), /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(await answer.headerValue('cross-origin-opener-policy'), 'same-origin');
    assert.match(await answer.headerValue('connection-allowlist'), /^\(response-origin "https:\/\/doi\.org"/);
    await close();
  });

  test('a new version is announced, and shown after a reload', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cotside-version-'));
    cpSync(dist, folder, { recursive: true });
    const changing = await host(folder, base);
    try {
      const { page, close } = await kept(changing);
      rewrite(folder, join('about', 'index.html'), text => text.replace('<title>', '<title>New · '));
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

  /** A copy of the site that can be changed, on a host of its own. */
  async function changeable(act) {
    const folder = mkdtempSync(join(tmpdir(), 'cotside-copy-'));
    cpSync(dist, folder, { recursive: true });
    const where = await host(folder, base);
    try {
      await act({ folder, where });
    } finally {
      where.stop();
      rmSync(folder, { recursive: true });
    }
  }

  const part = (folder, start) => readdirSync(join(folder, 'js')).find(name => name.startsWith(`${start}.`));
  const anew = (folder, change) => rewrite(folder, 'sw.js', text => change(text.replace(/BUILD = "/, 'BUILD = "new')));

  test('a file changed in a cache is fetched again, and refused where the host has another [claims: files-compared]', () =>
    changeable(async ({ folder, where }) => {
      const { page, context, close } = await kept(where);
      const script = `js/${part(folder, 'seal')}`;
      /** As a sibling of the origin would: in the site's own cache, and in one that is asked before it. */
      const spoil = file =>
        page.evaluate(async file => {
          const bad = () => new Response('globalThis.spoilt = true', { headers: { 'Content-Type': 'text/javascript' } });
          for (const name of ['a sibling', ...(await caches.keys())]) {
            await (await caches.open(name)).put(new URL(file, document.baseURI), bad());
          }
        }, file);
      const spoilt = () => page.evaluate(() => globalThis.spoilt === true);
      await spoil(script);
      const before = where.log.length;
      await context.addCookies([{ name: 'leak', value: 'x', url: where.url }]);
      await visit(page, where, 'analyse/');
      await page.locator('.worked [data-testid="cohort-input"]').waitFor({ state: 'attached' });
      assert.equal(await spoilt(), false);
      assert.ok(where.log.slice(before).includes(`GET ${base}${script}`), 'fetched anew');
      assert.deepEqual(where.cookies.filter(line => !line.includes('sw.js')), []);
      // The host has another file too, and so has the page: nothing of either is shown.
      await spoil(script);
      await spoil('about/index.html');
      writeFileSync(join(folder, script), 'globalThis.spoilt = true');
      writeFileSync(join(folder, 'about', 'index.html'), '<script>globalThis.spoilt = true</script>');
      await visit(page, where, 'analyse/');
      assert.equal(await spoilt(), false);
      await page.goto(`${where.url}about/`);
      await shows(page.locator('body'), /about\/index\.html is not the one of this version/);
      assert.equal(await spoilt(), false);
      await close();
    }));

  test('the worker answers nothing but the files of the site [claims: files-only]', () =>
    changeable(async ({ where }) => {
      const other = await elsewhere();
      const { page, close } = await kept(where);
      await visit(page, where, 'about/');
      await page.waitForLoadState('networkidle');
      const before = where.log.length;
      const answers = await page.evaluate(async () => {
        const ways = [
          fetch('about/?leak'),
          fetch('leak'),
          fetch('leak/', { method: 'POST', body: 'x' }),
          fetch('about/', { method: 'POST', body: 'x' }),
          fetch('/leak-of-root'),
          fetch('samples/severance.csv?leak'),
        ];
        return (await Promise.allSettled(ways)).map(({ value }) => value?.status ?? 'refused');
      });
      assert.deepEqual(answers, [200, 404, 'refused', 'refused', base === '/' ? 404 : 'refused', 200]);
      assert.deepEqual(where.log.slice(before).filter(line => /leak|POST/.test(line)), []);
      assert.equal((await page.goto(`${where.url}leak/leak`)).status(), 404);
      assert.deepEqual(where.log.slice(before).filter(line => /leak/.test(line)), []);
      // Numbers to download are not kept, and are compared when they come.
      const tables = readdirSync(join(dist, 'validation')).filter(name => name.endsWith('.csv'));
      const loaded = await page.evaluate(file => fetch(`validation/${file}`).then(answer => answer.text()), tables[0]);
      assert.equal(loaded, readFileSync(join(dist, 'validation', tables[0]), 'utf8'));
      assert.deepEqual(other.log, []);
      other.stop();
      await close();
    }));

  test('a page of the version before opens its first workbook with its own module', () =>
    changeable(async ({ folder, where }) => {
      const { page, close } = await kept(where);
      await visit(page, where, 'analyse/');
      await page.waitForLoadState('networkidle');
      // In the new version the module has another name and other content.
      const old = part(folder, 'workbooks');
      const made = old.replace(/\.[0-9a-f]{16}\./, '.0123456789abcdef.');
      renameSync(join(folder, 'js', old), join(folder, 'js', made));
      writeFileSync(join(folder, 'js', made), 'other');
      const hash = createHash('sha256').update('other').digest('hex');
      anew(folder, text => text.replace(new RegExp(`"js/${old}":"[0-9a-f]+"`), `"js/${made}":"${hash}"`));
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
      await page.getByRole('link', { name: 'Reload to use it' }).waitFor();
      const workbook = fileURLToPath(new URL('../workbooks/merged.xlsx', import.meta.url));
      await page.setInputFiles(id('cohort-input'), workbook);
      await shows(page.locator(id('seal')), /^Sealed/);
      await page.locator('.worked:not(.busy)').waitFor();
      assert.equal(await page.locator(id('refused')).count(), 0);
      await close();
    }));

  test('where the module no longer exists, the page announces a new version', () =>
    changeable(async ({ folder, where }) => {
      rmSync(join(folder, 'js', part(folder, 'workbooks')));
      const { page, close } = await open(chrome, { serviceWorkers: 'block' });
      await visit(page, where, 'analyse/');
      await shows(page.locator(id('refused')), /a new version of Cotside is here.*Reload the page/);
      await close();
    }));

  test('nothing is stored but the files of the site [claims: no-storage]', async () => {
    const { page, context, close } = await kept();
    await visit(page, site, 'stratify/#patients');
    await page.fill('input[name="wbc"]', '77.125');
    await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await page.locator(id('csv-table')).waitFor();
    const stored = await page.evaluate(async () => {
      const names = await caches.keys();
      const inside = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
      const root = await navigator.storage.getDirectory();
      const files = [];
      for await (const name of root.keys()) files.push(name);
      return {
        local: localStorage.length + sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        files,
        kept: inside.flat().map(({ url }) => url.slice(document.baseURI.length)),
      };
    });
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual([stored.local, stored.databases, stored.files], [0, 0, []]);
    const built = readdirSync(dist, { recursive: true }).map(name => name.replaceAll('\\', '/'));
    assert.deepEqual(stored.kept.filter(name => !built.includes(name)), []);
    await close();
  });

  test('findings and files are gone after a reload [claims: gone-on-reload]', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/#patients');
    await page.getByRole('button', { name: /enter my patient/i }).first().click();
    await page.fill('input[name="wbc"]', '77.125');
    await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await page.locator(id('csv-table')).waitFor();
    await page.reload();
    await started(page);
    assert.notEqual(await page.inputValue('input[name="wbc"]'), '77.125');
    assert.equal(await page.locator(id('csv-table')).count(), 0);
    await visit(page, site, 'analyse/');
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await fileOpened(page);
    await shows(page.locator(id('file')), /^synthetic-registry\.csv: 120 rows/);
    await page.reload();
    await started(page);
    await page.waitForLoadState('networkidle');
    // The example is there again.
    await shows(page.locator(id('file')), /^Synthetic registry: 120 rows/);
    await shows(page.locator(id('example')), /^Example data/);
    await shows(page.locator(id('seal')), /Before a file is opened/);
    await close();
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

// The seal: after a file is opened nothing leaves the page, as the hosts themselves saw it. Then the same for a copy of the
// site with a script in page and worker that tries every way out.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browser, dist, open, visit } from './harness.mjs';
import { elsewhere, host } from './hosts.mjs';
import { available, drive } from './webdriver.mjs';

const id = name => `[data-testid="${name}"]`;
const HOSTILE = readFileSync(new URL('./hostile.js', import.meta.url), 'utf8');
const BASE = /<base href="(.*?)"/.exec(readFileSync(join(dist, 'index.html'), 'utf8'))[1];
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');
/** Time in which what was asked for would have arrived. */
const SETTLE = 1500;

/** A copy of the built site with the hostile script in each page and in the worker. */
function hostileCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'cotside-hostile-'));
  cpSync(dist, copy, { recursive: true });
  const hash = createHash('sha256').update(HOSTILE).digest('base64');
  for (const entry of readdirSync(copy, { recursive: true })) {
    if (!entry.endsWith('.html')) continue;
    const page = readFileSync(join(copy, entry), 'utf8')
      .replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`)
      .replace('</title>', () => `</title><script>${HOSTILE}</script>`);
    writeFileSync(join(copy, entry), page);
  }
  const worker = join(copy, 'js', 'analyse.js');
  writeFileSync(worker, HOSTILE + readFileSync(worker, 'utf8'));
  // Without its service worker: each load asks the host.
  rmSync(join(copy, 'sw.js'), { force: true });
  return copy;
}

const pause = time => new Promise(resolve => setTimeout(resolve, time));
const leaks = log => log.filter(line => line.includes('/leak/'));

describe('sealed page', () => {
  let site;
  let other;
  let chrome;
  before(async () => {
    site = await host(dist, BASE);
    other = await elsewhere();
    chrome = await browser();
  });
  after(async () => {
    await chrome?.close();
    site?.stop();
    other?.stop();
  });

  test('a cohort is opened, analysed and exported, and neither host hears of it', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'analyse/');
    await page.waitForLoadState('networkidle');
    assert.match(await page.locator(id('seal')).innerText(), /Before a file is opened, the page is sealed/);
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    const before = site.log.length;
    assert.ok(before > 0);
    await everything(page);
    await page.waitForTimeout(SETTLE);
    assert.deepEqual(site.log.slice(before), []);
    assert.deepEqual(other.log, []);
    assert.match(await page.locator(id('seal')).innerText(), /^Sealed: no connection possible · 0 requests since What/);
    await close();
  });

  test('the host hears nothing between choosing a file and the end', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'stratify/');
    await page.waitForLoadState('networkidle');
    const before = site.log.length;
    await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await page.locator(id('csv-table')).waitFor();
    await page.waitForTimeout(SETTLE);
    assert.deepEqual(site.log.slice(before), []);
    assert.match(await page.locator(id('seal')).innerText(), /^Sealed/);
    const reached = await page.evaluate(url => fetch(url).then(() => true, () => false), site.url);
    assert.equal(reached, false);
    assert.match(await page.locator(id('seal')).innerText(), /1 refused/);
    await close();
  });

  test('the pages of the site are still there, and what cannot be loaded says how to leave', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'stratify/');
    await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await page.locator(id('csv-table')).waitFor();
    for (const name of ['Protocols', 'About', 'Privacy', 'Analyse']) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await page.locator('h1').first().waitFor();
    }
    await page.locator(id('refused')).waitFor();
    assert.match(await page.locator(id('refused')).innerText(), /sealed and can load nothing more/);
    await page.getByRole('link', { name: /Reload to leave/ }).click();
    await page.locator(id('refused')).waitFor({ state: 'detached' });
    await page.click(id('load-registry'));
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    // The same page works again under the seal: its modules are kept.
    await page.getByRole('link', { name: 'About' }).click();
    await page.getByRole('link', { name: 'Analyse' }).click();
    await page.click(id('load-registry'));
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    await close();
  });
});

/** Every choice of every setting once, and every file that can be asked for. */
async function everything(page) {
  const controls = `${id('settings')} select, ${id('results')} select`;
  for (let at = 0; at < (await page.locator(controls).count()); at += 1) {
    const values = await page.locator(controls).nth(at).locator('option').evaluateAll(all => all.map(option => option.value));
    for (const value of values.slice(0, 3)) {
      await page.locator(controls).nth(at).selectOption(value);
      await page.locator('cotside-remote:not(.busy)').waitFor();
    }
  }
  const wanted = page.locator('[data-export]:visible');
  const count = await wanted.count();
  assert.ok(count > 3, `${count} exports`);
  for (let at = 0; at < count; at += 1) {
    await Promise.all([page.waitForEvent('download'), wanted.nth(at).click()]);
  }
}

describe('hostile build', () => {
  let folder;
  let site;
  let other;
  before(async () => {
    folder = hostileCopy();
    site = await host(folder, BASE);
    other = await elsewhere();
  });
  after(() => {
    site?.stop();
    other?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  /** Before the seal the attack is heard, so that silence after it means something. */
  async function heard() {
    await pause(3 * SETTLE);
    const ways = new Set(leaks(site.log).map(line => line.split('/leak/')[1]));
    const page = ['fetch', 'xhr', 'webSocket', 'eventSource', 'dynamicImport', 'beacon', 'script', 'style', 'image', 'worker'];
    const worker = ['fetch', 'xhr', 'webSocket', 'eventSource', 'nestedTwice'];
    const must = [...page.map(way => `page-before/${way}`), ...worker.map(way => `worker-before/${way}`)];
    assert.deepEqual(must.filter(way => !ways.has(way)), [], 'not heard before the seal, so its silence would prove nothing');
  }
  function silent() {
    assert.deepEqual(site.log, []);
    assert.deepEqual(other.log, []);
  }
  const origins = () => [site.origin, other.origin];

  test('gets nothing out in Chromium', async () => {
    const chrome = await browser();
    try {
      const { page } = await open(chrome, { serviceWorkers: 'block' });
      await visit(page, site, 'analyse/');
      await page.waitForLoadState('networkidle');
      // From a timer: what is evaluated by the debugger would count as a person's click.
      const attack = when =>
        page.evaluate(([to, when]) => setTimeout(() => globalThis.hostile.attack(to, when)), [origins(), when]);
      await page.evaluate(([to]) => setTimeout(() => {
        globalThis.hostile.attack([to], 'before');
        globalThis.hostile.attackFromWorker([to], 'before');
      }), origins());
      await heard();
      await visit(page, site, 'analyse/');
      await page.waitForLoadState('networkidle');
      await page.setInputFiles(id('cohort-input'), REGISTRY);
      await page.locator(`${id('results')} figure svg`).first().waitFor();
      site.log.length = 0;
      other.log.length = 0;
      assert.equal(await page.evaluate(() => globalThis.hostile.workers.length), 1);
      await attack('after');
      await pause(3 * SETTLE);
      silent();
      await page.evaluate(to => setTimeout(() => to.forEach(each => globalThis.hostile.leave(each))), origins());
      await page.waitForTimeout(SETTLE);
      silent();
      assert.match(await page.locator(id('seal')).innerText(), /0 requests since, \d+ refused/);
    } finally {
      await chrome.close();
    }
  });

  test('gets nothing out in Firefox', { skip: available('firefox') }, async () => {
    const firefox = await drive('firefox');
    try {
      await firefox.goto(`${site.url}analyse/`);
      await firefox.gone('#boot');
      await firefox.run('setTimeout(() => { hostile.attack([arguments[0]], "before"); hostile.attackFromWorker([arguments[0]], "before"); })', site.origin);
      await heard();
      await firefox.goto(`${site.url}analyse/`);
      await firefox.gone('#boot');
      await firefox.type(id('cohort-input'), REGISTRY);
      await firefox.appears(`${id('results')} figure svg`);
      site.log.length = 0;
      other.log.length = 0;
      assert.equal(await firefox.run('return hostile.workers.length'), 1);
      await firefox.run('setTimeout(() => hostile.attack(arguments[0], "after"))', origins());
      await pause(3 * SETTLE);
      silent();
      assert.match(await firefox.text(id('seal')), /Sealed/);
    } finally {
      await firefox.close();
    }
  });
});

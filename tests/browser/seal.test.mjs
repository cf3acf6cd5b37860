// The seal: after a file is opened nothing leaves the page, as the hosts themselves saw it. Then the same for a copy of the
// site with a script in page and worker that tries every way out.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { base, browser, dist, fileOpened, open, profiled, shows, underWorker, visit } from './harness.mjs';
import { elsewhere, host } from './hosts.mjs';
import { SETTLE, forget, heard, hostileSite, pause, silent } from './hostile.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');

/** Follows a link of the head; some are in a menu. */
async function follow(page, name) {
  if (['About', 'Privacy'].includes(name)) {
    await page.click(id('menu-about'));
    await page.click(`#about a[href$="/${name.toLowerCase()}/"]`);
  } else {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  }
}

describe('sealed page', () => {
  let site;
  let other;
  let chrome;
  before(async () => {
    site = await host(dist, base);
    other = await elsewhere();
    chrome = await browser();
  });
  after(async () => {
    await chrome?.close();
    site?.stop();
    other?.stop();
  });

  test('a cohort is opened, analysed and exported, and neither host gets a request [claims: hosts-hear-nothing]', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'analyse/');
    await page.waitForLoadState('networkidle');
    await shows(page.locator(id('seal')), /Before a file is opened, the page is sealed/);
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await fileOpened(page);
    const before = site.log.length;
    assert.ok(before > 0);
    // Translators of browsers send what they read.
    const read = all => all.filter(part => part.translate && part.textContent && part.dataset.part !== 'example');
    assert.deepEqual(await page.locator('.worked [data-part]').evaluateAll(read), []);
    await everything(page);
    await page.waitForTimeout(SETTLE);
    assert.deepEqual(site.log.slice(before), []);
    assert.deepEqual(other.log, []);
    await shows(page.locator(id('seal')), /^Sealed\. The browser refuses requests of this page: 0 refused so far What this means$/);
    await close();
  });

  test('the host gets no request between choosing a file and the end', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'stratify/#patients');
    await page.waitForLoadState('networkidle');
    const before = site.log.length;
    await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await page.locator(id('csv-table')).waitFor();
    assert.equal(await page.locator(id('csv-table')).evaluate(table => table.translate), false);
    await page.waitForTimeout(SETTLE);
    assert.deepEqual(site.log.slice(before), []);
    await shows(page.locator(id('seal')), /^Sealed/);
    const reached = await page.evaluate(url => fetch(url).then(() => true, () => false), site.url);
    assert.equal(reached, false);
    await shows(page.locator(id('seal')), /: 1 refused so far/);
    await close();
  });

  test('the pages of the site still work, and pages that cannot be loaded say how to leave', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'stratify/#patients');
    await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await page.locator(id('csv-table')).waitFor();
    for (const name of ['Protocols', 'About', 'Privacy', 'Evidence']) {
      await follow(page, name);
      await page.locator('h1').first().waitFor({ state: 'attached' });
    }
    await page.locator(id('refused')).waitFor();
    await shows(page.locator(id('refused')), /sealed and can load nothing more/);
    // The page for cohorts has the same reader, which is kept.
    await page.getByRole('link', { name: 'Analyse' }).click();
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    await page.getByRole('link', { name: 'Evidence' }).click();
    await page.getByRole('link', { name: /Reload to leave/ }).click();
    await page.locator(id('refused')).waitFor({ state: 'detached' });
    await page.locator(`${id('estimates')} table`).waitFor();
    await close();
  });

  test('every page that reads something is sealed before it reads [claims: sealed-before-reading]', async () => {
    const csv = text => ({ name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const drawn = page => page.evaluate(() => document.createElement('canvas').toDataURL('image/png'));
    const places = [
      ['stratify/#patients', page => page.setInputFiles(id('csv-input'), csv('id,wbc\n1,20\n'))],
      ['analyse/', page => page.setInputFiles(id('cohort-input'), csv('id,os_time,os_event\n1,2,0\n'))],
      ['analyse/', async page => {
        await page.locator(`${id('paste')} > summary`).click();
        // Before anything is pasted.
        await page.locator('[data-testid="rows-pasted"]').focus();
      }],
      ['combine/', page => page.setInputFiles(id('combine-input'), csv('id,os_time,os_event\n1,2,0\n'))],
      ['protocols/own/', page => page.setInputFiles(id('own-input'), csv('{}'))],
      ['stratify/#custom', async page => {
        await page.setInputFiles(id('own-input'), csv('{}'));
      }],
      ['evidence/#reconstruct', page => page.setInputFiles(id('points-input'), csv('0,100\n1,90\n'))],
      ['evidence/#reconstruct', async page => {
        const picture = Buffer.from((await drawn(page)).split(',')[1], 'base64');
        await page.setInputFiles(id('picture'), { name: 'curve.png', mimeType: 'image/png', buffer: picture });
      }],
    ];
    for (const [route, read] of places) {
      const { page, close } = await open(chrome);
      await visit(page, site, route);
      await page.waitForLoadState('networkidle');
      await shows(page.locator(id('seal')), /Before a file is opened/);
      const before = site.log.length;
      await read(page);
      await shows(page.locator(id('seal')), /^Sealed/);
      // What reads the file was loaded before the seal.
      const reached = await page.evaluate(() => fetch(location.href).then(() => true, () => false));
      assert.equal(reached, false, route);
      assert.deepEqual(site.log.slice(before).filter(line => !/\/(samples|js)\//.test(line)), [], route);
      await close();
    }
  });

  test('entered findings remain after the seal has replaced the worker', async () => {
    const { page, faults, close } = await open(chrome);
    await visit(page, site, 'protocols/own/');
    await page.locator('select[name="copy"]').waitFor();
    await page.selectOption('select[name="copy"]', 'interfant-06');
    await page.click(id('add:/sources'));
    await page.click(id('add:/sources'));
    const sources = '[name^="/sources/"][name$="/short"]';
    await page.waitForTimeout(SETTLE);
    const count = await page.locator(sources).count();
    await page.setInputFiles(id('own-input'), { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('PNG') });
    await shows(page.locator(id('seal')), /^Sealed/);
    await page.locator('[name="find:wbc"]').fill('20');
    await page.locator('[name="find:wbc"]').blur();
    await page.locator('.worked:not(.busy)').waitFor();
    await page.waitForTimeout(SETTLE);
    assert.equal(await page.locator(sources).count(), count);
    assert.ok(count > 2);
    assert.equal(await page.inputValue('[name="find:wbc"]'), '20');
    assert.deepEqual(faults, []);
    await close();
  });

  for (const serviceWorkers of ['block', 'allow']) {
    test(`each attempt counts once, and the browser's own icons do not (workers: ${serviceWorkers}) [claims: badge-counts]`, async () => {
      const { page, close } = await open(chrome, { serviceWorkers });
      await (serviceWorkers === 'allow' ? underWorker : visit)(page, site, 'stratify/#patients');
      await page.setInputFiles(id('csv-input'), join(dist, 'samples', 'severance.csv'));
      await shows(page.locator(id('seal')), /: 0 refused so far/);
      for (const name of ['Protocols', 'About', 'Privacy', 'Stratify', 'Protocols', 'Stratify']) {
        await follow(page, name);
        await page.locator('h1').first().waitFor({ state: 'attached' });
      }
      await page.click(id('tab-patients'));
      await page.waitForTimeout(SETTLE);
      await shows(page.locator(id('seal')), /: 0 refused so far What/);
      const attempt = url => page.evaluate(to => fetch(to).catch(() => {}), url);
      await attempt(`${other.origin}/x`);
      await shows(page.locator(id('seal')), /: 1 refused so far What/);
      await attempt(site.url);
      await page.evaluate(to => void (new Image().src = to), `${other.origin}/y`);
      await shows(page.locator(id('seal')), /: 3 refused so far What/);
      await page.waitForTimeout(SETTLE);
      await shows(page.locator(id('seal')), /: 3 refused so far What/);
      assert.deepEqual(other.log, []);
      await close();
    });
  }

  test('inside another page there is only a sentence and a link [claims: not-framed]', async () => {
    const { page, close } = await open(chrome);
    for (const around of [other.origin, `${site.url}icons/icon-32.png`]) {
      await page.goto(around);
      await page.evaluate(to => document.body.appendChild(document.createElement('iframe')).setAttribute('src', to), `${site.url}stratify/#case=1&wbc=20`);
      const frame = page.frameLocator('iframe');
      await shows(frame.locator('body'), /^Cotside does not run inside another page.*Open it by itself$/);
      assert.equal(await frame.locator('a').getAttribute('href'), `${site.url}stratify/`);
      await page.waitForTimeout(SETTLE);
      assert.equal(await frame.locator('input, main').count(), 0);
    }
    await close();
  });
});

/** Opens whatever is folded. */
const unfold = page => page.locator('details').evaluateAll(all => all.forEach(each => (each.open = true)));

/** Every choice of every setting once, and every file that can be asked for, result by result. */
async function everything(page) {
  let files = 0;
  const routes = await page.locator('.index a').count();
  for (let route = 0; route < routes; route += 1) {
    const link = page.locator('.index a').nth(route);
    const name = (await link.getAttribute('href')).split('#')[1];
    await link.click();
    await page.locator(`[data-result="${name}"]:not([hidden])`).waitFor({ state: 'attached' });
    const controls = route === 0 ? `${id('settings')} select` : `${id('results')} > section:not([hidden]) select`;
    for (let at = 0; at < (await page.locator(controls).count()); at += 1) {
      await unfold(page);
      const values = await page.locator(controls).nth(at).locator('option:enabled').evaluateAll(all => all.map(option => option.value));
      for (const value of values.slice(0, 3)) {
        await page.locator(controls).nth(at).selectOption(value);
        await page.locator('.worked:not(.busy)').waitFor();
      }
    }
    await unfold(page);
    // A list of files closes behind each. Of a picture one resolution is enough.
    const wanted = page.locator(`${id('results')} [data-export]:visible:not([data-dpi="600"], [data-dpi="1200"])`);
    for (let at = 0; at < (await wanted.count()); at += 1) {
      await Promise.all([page.waitForEvent('download'), wanted.nth(at).click()]);
      files += 1;
      // Chromium saves no more than ten files at once.
      await page.waitForTimeout(250);
      await unfold(page);
    }
  }
  assert.ok(files > 3, `${files} files`);
}

test('a hostile build can send nothing [claims: hostile-script]', async () => {
  const hosts = await hostileSite();
  const chrome = await browser();
  try {
    const { page } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, hosts, 'analyse/');
    await page.waitForLoadState('networkidle');
    // From a timer: what the debugger evaluates counts as a person's click.
    await page.evaluate(to => setTimeout(() => {
      globalThis.hostile.attack([to], 'before');
      globalThis.hostile.attackFromWorker([to], 'before');
    }), hosts.site.origin);
    await heard(hosts);
    await visit(page, hosts, 'analyse/');
    await page.waitForLoadState('networkidle');
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await fileOpened(page);
    forget(hosts);
    // The worker of the example, which the seal has ended, and the one under it.
    assert.equal(await page.evaluate(() => globalThis.hostile.workers.length), 2);
    await page.evaluate(to => setTimeout(() => globalThis.hostile.attack(to, 'after')), hosts.origins);
    await silent(hosts);
    await page.evaluate(to => setTimeout(() => to.forEach(each => globalThis.hostile.leave(each))), hosts.origins);
    await silent(hosts);
    await shows(page.locator(id('seal')), /^Sealed\. .*: [1-9]\d* refused so far What/);
  } finally {
    await chrome.close();
    hosts.stop();
  }
});

test('a hostile build can send nothing of a pooled analysis: patients, keys and log are open [claims: hostile-script]', async () => {
  const hosts = await hostileSite();
  const chrome = await browser();
  try {
    const { page } = await open(chrome, { serviceWorkers: 'block', acceptDownloads: true });
    await visit(page, hosts, 'combine/#plan');
    await page.fill('[name="combine.expected_n"]', '110');
    await page.fill('[name="combine.expected_events"]', '71');
    await page.press('[name="combine.expected_events"]', 'Enter');
    const [plan] = await Promise.all([page.waitForEvent('download'), page.click('[data-export="plan.json"]')]);
    await page.setInputFiles(id('combine-input'), [REGISTRY, await plan.path()].map((path, place) => ({
      name: ['registry.csv', 'plan.json'][place],
      mimeType: 'text/plain',
      buffer: readFileSync(path),
    })));
    await page.selectOption('[name="combine.site"]', 'A');
    await page.click(id('new-log'));
    await page.click(id('new-key'));
    await page.locator(id('save-key')).waitFor();
    await page.waitForLoadState('networkidle');
    forget(hosts);
    await page.evaluate(to => setTimeout(() => globalThis.hostile.attack(to, 'after')), hosts.origins);
    await silent(hosts);
    await page.evaluate(to => setTimeout(() => to.forEach(each => globalThis.hostile.leave(each))), hosts.origins);
    await silent(hosts);
  } finally {
    await chrome.close();
    hosts.stop();
  }
});

/** A hostile site of which a browser on a profile of its own has a page under the service worker. */
async function hostileProfile(act) {
  const hosts = await hostileSite({ worker: true });
  const folder = mkdtempSync(join(tmpdir(), 'cotside-profile-'));
  const { context, page } = await profiled(folder);
  const udp = createSocket('udp4');
  const packets = [];
  udp.on('message', packet => packets.push(packet.length));
  await new Promise(resolve => udp.bind(0, '127.0.0.1', resolve));
  try {
    await act({ hosts, page, udp: udp.address().port, packets });
  } finally {
    await context.close();
    udp.close();
    hosts.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the page for cohorts, prepares what is to outlive the seal, and seals it by opening a file. */
async function sealedAfter(page, prepare) {
  await page.waitForLoadState('networkidle');
  const impossible = await page.evaluate(prepare);
  await page.waitForTimeout(SETTLE);
  await page.setInputFiles(id('cohort-input'), REGISTRY);
  await fileOpened(page);
  await shows(page.locator(id('seal')), /^Sealed/);
  return impossible;
}

const MADE = () => globalThis.hostile.prepare(['listener', 'originals']);
const LEFT = () => globalThis.hostile.prepare(['worker', 'sharedWorker', 'frame', 'frameOfRoot', 'frameWorker', 'hiddenFrame']);

for (const worker of [false, true]) {
  const how = worker ? 'under the service worker' : 'on a first visit';

  test(`workers and frames from before the seal do not outlive it, ${how} [claims: workers-under-seal]`, () =>
    hostileProfile(async ({ hosts, page }) => {
      await (worker ? underWorker : visit)(page, hosts, 'analyse/');
      if (!worker) await page.evaluate(() => navigator.serviceWorker.getRegistration().then(found => found?.unregister()));
      // All of them are heard before.
      await visit(page, hosts, 'analyse/');
      await page.waitForLoadState('networkidle');
      if (!worker) {
        await page.evaluate(MADE);
        forget(hosts);
        await page.evaluate(to => globalThis.hostile.useEarly(to), [hosts.site.origin]);
        await pause(2 * SETTLE);
        const ways = new Set(hosts.site.log.map(line => /leak\/(?:worker-)?(early-\d+)/.exec(line)?.[1]).filter(Boolean));
        assert.ok(ways.size >= 5, `${[...ways]} heard before`);
        await visit(page, hosts, 'analyse/');
      }
      const impossible = await sealedAfter(page, MADE);
      assert.deepEqual(impossible, ['sharedWorker']);
      forget(hosts);
      await page.evaluate(to => globalThis.hostile.useEarly(to), hosts.origins);
      await silent(hosts);
      // What stands in the page has outlived it.
      await page.locator(`${id('results')} figure svg`).first().waitFor();
    }));
}

test('no listener or changed function lets a sealed page navigate away [claims: no-leaving]', () =>
  hostileProfile(async ({ hosts, page }) => {
    await page.addInitScript(() => delete navigator.serviceWorker);
    await visit(page, hosts, 'analyse/');
    await sealedAfter(page, LEFT);
    forget(hosts);
    await page.evaluate(to => setTimeout(() => to.forEach(each => globalThis.hostile.leave(each))), hosts.origins);
    await silent(hosts);
    assert.equal(new URL(page.url()).pathname, `${base}analyse/`);
  }));

test('requests of the browser carry no cookies or headers of a page', () =>
  hostileProfile(async ({ hosts, page }) => {
    await underWorker(page, hosts, 'analyse/');
    await sealedAfter(page, () => []);
    forget(hosts);
    await page.evaluate(() => globalThis.hostile.cookie());
    await pause(2 * SETTLE);
    await page.goto(`${hosts.url}stratify/`);
    await silent(hosts);
  }));

test('in Chromium the headers of the service worker hold early connections and WebRTC [claims: header-in-chromium]', () =>
  hostileProfile(async ({ hosts, page, udp, packets }) => {
    // As a script that came before the guard would have it.
    await page.context().addInitScript(() => (globalThis.keptConnection = RTCPeerConnection));
    /** Each time in a tab of its own: Chromium may end one whose WebRTC it has refused. */
    const reach = async open => {
      const tab = await page.context().newPage();
      await open(tab);
      forget(hosts);
      packets.length = 0;
      const reached = tab.evaluate(([to, port]) => globalThis.hostile.connect(to, port), [hosts.other.origin, udp]);
      await Promise.race([reached.catch(() => {}), pause(SETTLE)]);
      await pause(2 * SETTLE);
      await Promise.race([tab.close().catch(() => {}), pause(SETTLE)]);
      return { early: hosts.other.connections.length > 0, rtc: packets.length > 0 };
    };
    const first = await reach(tab => visit(tab, hosts, 'analyse/'));
    assert.deepEqual(first, { early: true, rtc: true }, 'else its silence proves nothing');
    assert.deepEqual(await reach(tab => underWorker(tab, hosts, 'analyse/')), { early: false, rtc: false });
    const sealed = async tab => {
      await underWorker(tab, hosts, 'analyse/');
      await sealedAfter(tab, () => []);
    };
    assert.deepEqual(await reach(sealed), { early: false, rtc: false });
  }));

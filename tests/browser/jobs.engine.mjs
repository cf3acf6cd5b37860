// The main jobs, and the seal against a hostile build, in the engine that COTSIDE_ENGINE names (firefox, webkit).
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { base, dist } from './harness.mjs';
import { host } from './hosts.mjs';
import { SETTLE, forget, heard, hostileSite, pause, silent } from './hostile.mjs';
import { drive } from './webdriver.mjs';

/** What a file of the first figure of the sample is called. */
const FIGURE = 'cotside-efs-120mm';

const ENGINE = process.env.COTSIDE_ENGINE ?? 'firefox';
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');
const id = name => `[data-testid="${name}"]`;

describe(`in ${ENGINE}`, () => {
  let site;
  let window;
  /** Where Firefox saves files. */
  let saved;
  before(async () => {
    site = await host(dist, base);
    saved = mkdtempSync(join(tmpdir(), 'cotside-saved-'));
    window = await drive(ENGINE, { preferences: { 'browser.download.folderList': 2, 'browser.download.dir': saved } });
    console.log(window.version);
  });
  after(async () => {
    await window?.close();
    site?.stop();
    rmSync(saved, { recursive: true, force: true });
  });

  const visit = async (url, route) => {
    await window.goto(url + route);
    await window.gone('#boot');
    // The stratify page comes in stages, what works with a file is a program of its own.
    await window.gone('main [aria-busy="true"]');
  };

  test('an infant is stratified', async () => {
    await visit(site.url, 'stratify/');
    const rows = () => window.text(id('rows'));
    const before = await rows();
    assert.match(before, /Interfant-06/);
    await window.run('document.querySelector("input[name=age_days]").select()');
    await window.type('input[name="age_days"]', '300');
    await window.until(`return document.querySelector('${id('rows')}').innerText !== ${JSON.stringify(before)}`);
    await window.click('.row summary');
    await window.appears('.row[open] .clauses');
  });

  test('a table of patients is read, and the page is sealed', async () => {
    await visit(site.url, 'stratify/');
    await window.click(id('tab-patients'));
    await window.gone('main [aria-busy="true"]');
    await window.type(id('csv-input'), join(dist, 'samples', 'severance.csv'));
    await window.appears(id('csv-table'));
    await window.until(`return /^Sealed/.test(document.querySelector('${id('seal')}').innerText)`);
    const reached = await window.wait('return fetch(location.href).then(() => true, () => false)');
    assert.equal(reached, false);
  });

  test('the sample cohort becomes an exported figure', async () => {
    await visit(site.url, 'analyse/');
    await window.click(id('load-registry'));
    await window.appears(`${id('results')} figure svg`);
    // What the page hands to the browser as a file, seen on its way.
    await window.run(`
      window.made = [];
      const create = window.URL.createObjectURL;
      window.URL.createObjectURL = blob => { window.made.push(blob); return create.call(window.URL, blob); };`);
    const list = '[data-figure="curves"] details.files > summary';
    await window.click(list);
    await window.click('[data-export="curves.svg"]');
    await window.until('return window.made.length === 1');
    const svg = await window.wait('return window.made[0].text()');
    assert.match(svg, /<svg [\s\S]*<title>[\s\S]*<\/svg>\s*$/);
    await window.click(list);
    await window.click('[data-export="curves.png"][data-dpi="300"]');
    await window.until('return window.made.some(blob => blob.type === "image/png")');
    const start = await window.wait(`
      const picture = window.made.find(blob => blob.type === 'image/png');
      return [...new Uint8Array(await picture.arrayBuffer())].slice(1, 4);`);
    assert.deepEqual(start, [...Buffer.from('PNG')]);
    for (const end = Date.now() + 10_000; ENGINE === 'firefox' && readdirSync(saved).length < 2 && Date.now() < end; ) await pause(100);
    // A sealed page still saves files.
    if (ENGINE === 'firefox') {
      assert.deepEqual(readdirSync(saved).sort(), [`${FIGURE}-300dpi.png`, `${FIGURE}.svg`]);
      assert.match(readFileSync(join(saved, `${FIGURE}.svg`), 'utf8'), /<svg [\s\S]*<\/svg>\s*$/);
    }
    assert.match(await window.text(id('seal')), /Sealed\. The browser refuses requests of this page: 0 refused so far/);
  });

  test('a hostile build can send nothing [claims: hostile-script, no-leaving]', async () => {
    const hosts = await hostileSite();
    try {
      await visit(hosts.url, 'analyse/');
      await window.run(
        'setTimeout(() => { hostile.attack([arguments[0]], "before"); hostile.attackFromWorker([arguments[0]], "before"); })',
        hosts.site.origin,
      );
      await heard(hosts);
      await visit(hosts.url, 'analyse/');
      // Once the page is loaded: what is changed would otherwise stop it from loading.
      await window.until('return document.querySelector("cotside-seal:defined") !== null');
      await pause(SETTLE);
      // Asked before a script can pretend that it has one.
      const decides = await window.run('return "navigation" in globalThis');
      await window.run('hostile.prepare()');
      await pause(SETTLE);
      await window.type(id('cohort-input'), REGISTRY);
      await window.gone('.open-file');
      await window.appears(`${id('results')} figure svg`);
      forget(hosts);
      // The worker of the file, and that of the example where it was there before: the seal has ended it.
      const workers = await window.run('return hostile.workers.length');
      assert.ok(workers === 1 || workers === 2, `${workers} workers`);
      await window.run('setTimeout(() => hostile.attack(arguments[0], "after"))', hosts.origins);
      await window.run('setTimeout(() => hostile.useEarly(arguments[0]))', hosts.origins);
      await silent(hosts);
      assert.match(await window.text(id('seal')), /Sealed/);
      if (!decides) return;
      await window.run('setTimeout(() => arguments[0].forEach(each => hostile.leave(each)))', hosts.origins);
      await silent(hosts);
    } finally {
      hosts.stop();
    }
  });
});

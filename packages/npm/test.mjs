// Installs the packed package in an empty folder and uses it under Node and in a browser.
// node packages/npm/test.mjs PACKED.tgz; COTSIDE_CHROMIUM is the browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';

const packed = resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'cotside-npm-'));

/** What is asked in both; a text, so that both run the same. */
const USE = `
  await init();
  await init();
  const close = (found, expected) => {
    if (!(Math.abs(found - expected) < 1e-9)) throw new Error(found + ' is not ' + expected);
  };
  const answer = stratify({ age_days: 179, wbc: 10, kmt2a: 'rearranged', cns: 1, sex: null });
  const group = id => answer.results.find(result => result.protocol === id).group;
  if (group('mll-10') !== 'high' || group('interfant-06') !== null) throw new Error('groups');
  // R: summary(survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1, conf.type = "log-log"), times = 3)
  const rows = { time: Float64Array.of(1, 2, 3, 4, 5), event: [1, 0, true, 1, false] };
  const [curve] = km({ ...rows, at: [3] }).groups;
  close(curve.at[0].lower, 0.068332087847);
  close(curve.at[0].upper, 0.863071182739);
  // Worked by hand, as in crates/bindings/tests/answers.rs.
  close(logrank({ time: [1, 2, 3], event: [1, 1, 1], group: [1, 2, 1] }).groups[0].expected, 2 / 3 + 0.5 + 1);
  const model = cox({ time: [1, 2, 3], event: [1, 1, 1], covariates: { z: [0, 1, 0] } });
  if (Math.abs(model.coefficients[0].hazard_ratio - Math.SQRT2) > 1e-8) throw new Error('cox');
  // R: cmprsk::cuminc(time, cause, group)$Tests
  const causes = cif({
    time: [1, 3, 4, 4, 6, 7, 8, 9, 11, 12], event: [1, 2, 1, 0, 1, 2, 0, 1, 2, 0],
    group: ['high', 'low', 'high', 'high', 'high', 'low', 'high', 'low', 'low', 'low'],
  });
  close(causes.gray[0].chi2, 4.1998206341);
  if (km({ time: [1, NaN, 3], event: [1, 1, null] }).n_excluded !== 2) throw new Error('missing values');
  let thrown = '';
  try { km({ time: [1, -2], event: [1, 1] }); } catch (error) { thrown = error.message; }
  if (!thrown.includes('position 1')) throw new Error('no error: ' + thrown);
  if (protocols().length < 10 || !version().includes('rules')) throw new Error('rules');
`;

/** A server of the folder, for this test alone. */
function serve() {
  const kinds = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };
  const server = createServer((request, response) => {
    try {
      const path = join(folder, new URL(request.url, 'http://x').pathname);
      response.setHeader('Content-Type', kinds[extname(path)] ?? 'text/plain');
      response.end(readFileSync(path));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise(done => server.listen(0, '127.0.0.1', () => done(server)));
}

try {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  const imports = 'import init, { cif, cox, km, logrank, protocols, stratify, version }';
  writeFileSync(join(folder, 'use.mjs'), `${imports} from 'cotside';${USE} console.log(version());`);
  const said = execFileSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' });
  console.log(`Node ${process.version}: ${said.trim()}`);
  assert.ok(said.startsWith(JSON.parse(readFileSync(join(folder, 'node_modules/cotside/package.json'), 'utf8')).version));

  const { chromium } = await import('playwright-core');
  const executablePath = process.env.COTSIDE_CHROMIUM;
  assert.ok(executablePath, 'COTSIDE_CHROMIUM names no browser');
  writeFileSync(join(folder, 'index.html'), `<!doctype html><title>waiting</title><script type="module">
    ${imports} from './node_modules/cotside/cotside.js';
    try { ${USE} document.title = version(); } catch (error) { document.title = 'failed: ' + error; }
  </script>`);
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/index.html`);
    await page.waitForFunction(() => document.title !== 'waiting');
    assert.match(await page.title(), /rules/);
    console.log(`Browser ${browser.version()}: ${await page.title()}`);
  } finally {
    await browser.close();
    server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

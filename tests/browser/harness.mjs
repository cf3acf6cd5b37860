// What every test of the built site needs: a server, Chromium, a record of all that the page asks for and complains of.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(import.meta.url);

/** The folder of the built site. */
export const dist = process.env.COTSIDE_DIST ?? join(root, 'target', 'site');

/** The path under which the built site stands, with a slash at both ends. */
export const base = existsSync(join(dist, 'index.html'))
  ? /<base href="(.*?)"/.exec(readFileSync(join(dist, 'index.html'), 'utf8'))[1]
  : '/';

export const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The folders of the languages other than English that the built site has. */
export const languages = ['ja', 'ko'].filter(code => existsSync(join(dist, code, 'index.html')));

/** The routes that have a page of their own, read from the built site; '' is the first page. English, or a language's. */
export function routes(language = '') {
  const top = join(dist, language);
  const found = [];
  const walk = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (folder === dist && languages.includes(entry.name)) continue;
      if (entry.isDirectory()) walk(join(folder, entry.name));
      else if (entry.name === 'index.html') {
        const route = relative(top, folder).split(sep).join('/');
        found.push(route === '' ? '' : `${route}/`);
      }
    }
  };
  walk(top);
  return found.sort();
}

/** Serves the built site on a free port; `url` ends with the site's path and a slash. */
export async function serve() {
  const options = ['serve', '--no-build', '--port', '0', '--dist', dist];
  const script = process.env.COTSIDE_XTASK;
  const server = script
    ? spawn(script, options, { cwd: root })
    : spawn('cargo', ['run', '--quiet', '--package', 'xtask', '--', ...options], { cwd: root });
  let complaint = '';
  server.stderr.on('data', piece => (complaint += piece));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', line => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line);
      if (found) resolve(found[0]);
    });
    server.on('exit', code => reject(new Error(`The server ended with status ${code}. ${complaint}`)));
  });
  return { url, origin: new URL(url).origin, stop: () => server.kill() };
}

export function chromiumPath() {
  const candidates = [process.env.COTSIDE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  return candidates.find(path => path && existsSync(path));
}

/** Chromium as a person has it, on a profile of its own: with early connections, which a private window has not. */
export async function profiled(folder) {
  const options = { executablePath: chromiumPath(), headless: true, locale: 'en-GB' };
  const without = '--disable-background-networking';
  const context = await chromium.launchPersistentContext(folder, {
    ...options,
    args: FLAGS.filter(flag => flag !== without),
    ignoreDefaultArgs: [without],
  });
  return { context, page: await context.newPage() };
}

/** Waits until the site's service worker has a page, and loads the page anew, so that it carries the worker's headers. */
export async function underWorker(page, site, route) {
  await visit(page, site, route);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });
  return visit(page, site, route);
}

/** Chromium without a window. */
export async function browser(more = []) {
  return chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...more] });
}

/**
 * A fresh page in a context of its own, with what it asked for (`requests`) and what went wrong (`faults`:
 * console errors, exceptions, violations of the security policy, failed requests).
 */
export async function open(chrome, options = {}) {
  // Without the service worker each test loads the site as a first visitor does.
  const usual = { viewport: { width: 1280, height: 900 }, locale: 'en-GB', serviceWorkers: 'block' };
  const context = await chrome.newContext({ ...usual, ...options });
  const requests = [];
  const faults = [];
  context.on('request', request => requests.push(request.url()));
  context.on('requestfailed', request => faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  await context.exposeBinding('reportViolation', (_, text) => faults.push(`policy: ${text}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', event => {
      // The seal tries itself with an address that needs no network.
      if (event.blockedURI === 'data' && event.violatedDirective === 'connect-src') return;
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.on('console', message => {
    if (/error|warning/.test(message.type()) && !/data:,|blocked by Playwright/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => faults.push(`exception: ${error.message}`));
  page.on('websocket', socket => requests.push(socket.url()));
  return { page, context, requests, faults, close: () => context.close() };
}

/** Waits until the program has replaced the text that stands in the page before it starts. */
export async function started(page) {
  await page.locator('#boot').waitFor({ state: 'detached', timeout: 10_000 });
  // The stratify page comes in stages, what works with a file is a program of its own.
  await page.locator('main:not(:has([aria-busy="true"]))').waitFor({ timeout: 30_000 });
}

/** Opens a route of the site and waits for the program, and on the page for cohorts for the example that it shows. */
export async function visit(page, site, route = '') {
  const answer = await page.goto(site.url + route, { waitUntil: 'load' });
  await started(page);
  if (/^analyse\//.test(route)) await exampleShown(page);
  return answer;
}

/** Waits until the page for cohorts shows its example, or cannot: without network it says so. */
async function exampleShown(page) {
  const there = page.locator('.worked:not(.busy) [data-part="curves"] svg, [data-testid="refused"]');
  await there.first().waitFor({ state: 'attached', timeout: 15_000 }).catch(() => {});
}

/** Waits until a file of the reader is open on the page for cohorts, in place of the example, and its results are there. */
export async function fileOpened(page) {
  await page.locator('.open-file').waitFor({ state: 'detached', timeout: 60_000 });
  await page.locator('.worked:not(.busy)').waitFor({ timeout: 120_000 });
}

/** Shows how figures look, beside the result that is shown. */
export async function showOptions(page) {
  await page.locator('[data-result]:not([hidden]) [data-testid="view-options"]').click();
  await page.locator('.options').waitFor();
}

/** Waits until all has come that the program for files loads ahead, a little after its start: from then on it asks for nothing. */
export async function arrivedAhead(page) {
  await page.waitForFunction(() => {
    const come = performance.getEntriesByType('resource').filter(each => each.responseEnd > 0).map(each => each.name);
    // In the order in which they are asked for.
    return ['cohort', 'evidence', 'workbooks', 'exports'].every(name => come.some(each => each.includes(`/js/${name}.`) && each.endsWith('.wasm')))
      && come.some(each => /\/js\/exports\.[^/]*js$/.test(each))
      && come.some(each => /\/js\/documents\.[^/]*json$/.test(each));
  });
}

/** Waits until what a part of the page says matches, and judges it as it stands after 10 s. */
export async function shows(part, pattern) {
  const end = Date.now() + 10_000;
  let text = await part.innerText();
  while (!pattern.test(text) && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 50));
    text = await part.innerText();
  }
  assert.match(text, pattern);
}

/** The accessibility faults that axe finds, one line each; empty when there is none. */
export async function axe(page) {
  // Evaluated through the browser's debugger, since the page's policy rightly refuses a foreign script tag.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations.map(fault => `${fault.id}: ${fault.help} — ${fault.nodes.map(node => node.target).join(' | ')}`);
}

/** The text of all results of the page for cohorts, also of those that are not shown. */
export const resultsText = page =>
  page.locator('[data-testid="results"] [data-part]').evaluateAll(all => all.map(each => each.innerText).join('\n'));

/** Goes to a result of the page for cohorts. */
export async function toResult(page, route) {
  await page.click(`.index a[href$="#${route}"]`);
  await page.locator(`[data-result="${route}"]`).waitFor();
}

/** Goes to the columns of the file on the page for cohorts. */
export async function toColumns(page) {
  await page.click('.data a[href$="#columns"]');
  await page.locator('[data-result="columns"]').waitFor();
}

/** Clicks what stands in a result of the page for cohorts, which is shown first, or in a list of files, which is opened. */
export async function clickInResult(page, selector) {
  const button = page.locator(selector).first();
  await button.waitFor({ state: 'attached' });
  const route = await button.evaluate(element => element.closest('[data-result]')?.dataset.result);
  const folded = () => button.evaluate(element => element.closest('details.files:not([open])') !== null);
  if (route && !(await page.locator(`[data-result="${route}"]`).isVisible())) await toResult(page, route);
  if (await folded()) await button.locator('xpath=ancestor::details[1]/summary').click();
  await button.click();
}

// Times on this computer: start-up, from a keystroke on the stratify page until the rows are updated and laid out, from a
// cohort's file to its figures. `cargo xtask bench` runs it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { browser, open, serve, showOptions, visit } from './harness.mjs';
import { large, otherResults, timesOf } from './large.mjs';

const BUDGET_MS = 16;
const REDRAW_MS = 50;
const FIRST_RESULT_MS = 2_000;
const OTHER_RESULT_MS = 3_000;
const KEYSTROKES = 300;
/** What is typed, digit by digit: values around the boundaries of the protocols, so that rows really change. */
const ENTRIES = [
  ['age_days', ['89', '90', '179', '180', '183', '364', '28']],
  ['wbc', ['99', '100', '299', '300', '1100', '12.5']],
];

const site = await serve();
const chrome = await browser();
try {
  const { page } = await open(chrome);
  await visit(page, site, 'stratify/');
  await watch(page);
  const times = [];
  for (let round = 0; times.length < KEYSTROKES && round < 200; round += 1) {
    const [name, values] = ENTRIES[round % ENTRIES.length];
    const value = values[Math.floor(round / ENTRIES.length) % values.length];
    const field = page.locator(`input[name="${name}"]`);
    await field.focus();
    await field.selectText();
    for (const key of value) times.push(await timed(page, key));
  }
  report(times.filter(time => time !== null), times.length, chrome.version());
  await starts(chrome);
  await cohort(chrome);
  await redraw(chrome);
  await many(chrome);
} finally {
  await chrome.close();
  site.stop();
}

/** From the request for the page to its first answers: nothing in the cache, then from the service worker. */
async function starts(chrome) {
  const ready = async page => {
    await visit(page, site, 'stratify/');
    await page.locator('[data-testid="rows"] .row').first().waitFor();
    return page.evaluate(() => performance.now());
  };
  const [cold, warm] = [[], []];
  for (let round = 0; round < 5; round += 1) {
    const { page, close } = await open(chrome, { serviceWorkers: 'allow' });
    cold.push(await ready(page));
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise(done => setTimeout(done, 20));
    });
    warm.push(await ready(page));
    await close();
  }
  console.log(`Start of the stratify page to its rows: median ${median(cold)} ms first, ${median(warm)} ms when kept`);
}

/** From choosing the sample registry to the first curve, and to the end of all parts; from a setting to new results. */
async function cohort(chrome) {
  const [first, whole, setting] = [[], [], []];
  for (let round = 0; round < 3; round += 1) {
    const { page, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    await page.waitForLoadState('networkidle');
    let start = Date.now();
    await page.click('[data-testid="load-registry"]');
    await page.locator('[data-testid="results"] figure svg').first().waitFor();
    first.push(Date.now() - start);
    await page.locator('.worked:not(.busy)').waitFor();
    whole.push(Date.now() - start);
    start = Date.now();
    await page.selectOption('select[name="endpoint"]', 'os');
    await page.locator('.worked:not(.busy)').waitFor();
    setting.push(Date.now() - start);
    await close();
  }
  console.log(`Sample registry: first curve ${median(first)} ms, everything ${median(whole)} ms; another endpoint ${median(setting)} ms (medians)`);
}

/** From an option of figures to the new drawing of the curves, laid out. */
async function redraw(chrome) {
  const { page, close } = await open(chrome);
  await visit(page, site, 'analyse/');
  await page.click('[data-testid="load-registry"]');
  await page.locator('.worked:not(.busy)').waitFor();
  await showOptions(page);
  const times = await page.evaluate(async () => {
    const part = document.querySelector('[data-part="curves"]');
    const control = document.querySelector('select[name="width"]');
    const found = [];
    for (let round = 0; round < 30; round += 1) {
      control.value = ['89', '183', '120'][round % 3];
      const start = performance.now();
      await new Promise(done => {
        const drawn = new MutationObserver(() => {
          part.getBoundingClientRect();
          drawn.disconnect();
          done();
        });
        drawn.observe(part, { childList: true });
        control.dispatchEvent(new Event('change', { bubbles: true }));
      });
      found.push(performance.now() - start);
      while (document.querySelector('.worked.busy')) await new Promise(requestAnimationFrame);
    }
    return found;
  });
  await close();
  times.sort((a, b) => a - b);
  console.log(`Option of figures to the curves drawn anew: median ${median(times)} ms, longest ${times.at(-1).toFixed(0)} ms (budget ${REDRAW_MS} ms)`);
}

/** 100,000 rows: from the file to the first curve, to the whole result and to each other one, and whether the page waits. */
async function many(chrome) {
  const folder = mkdtempSync(join(tmpdir(), 'cotside-bench-'));
  const file = join(folder, 'many.csv');
  writeFileSync(file, large(100_000));
  const { page, close } = await open(chrome);
  await visit(page, site, 'analyse/');
  await page.waitForLoadState('networkidle');
  const { first, all, long } = await timesOf(page, file);
  const others = await otherResults(page);
  await close();
  rmSync(folder, { recursive: true });
  const longest = Math.max(0, ...long.map(([, lasted]) => lasted));
  console.log(
    `100,000 rows: first curve ${first.toFixed(0)} ms (budget ${FIRST_RESULT_MS} ms), the whole result ${all.toFixed(0)} ms, longest task of the page ${longest} ms (budget 50 ms)`,
  );
  const each = Object.entries(others).map(([route, ms]) => `${route} ${ms}`);
  console.log(`  other results when chosen, ms (budget ${OTHER_RESULT_MS}): ${each.join(', ')}`);
}

function median(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)].toFixed(0);
}

/** Notes when a key goes down, and when the rows were last changed before the page came to rest. */
async function watch(page) {
  await page.evaluate(() => {
    const rows = document.querySelector('[data-testid="rows"]');
    if (!rows) throw new Error('The stratify page has no [data-testid="rows"].');
    const seen = { down: 0, updated: 0 };
    addEventListener('keydown', () => Object.assign(seen, { down: performance.now(), updated: 0 }), true);
    new MutationObserver(() => {
      rows.getBoundingClientRect();
      seen.updated = performance.now();
    }).observe(rows, { subtree: true, childList: true, characterData: true, attributes: true });
    globalThis.keystroke = seen;
  });
}

/** Milliseconds for one key, or null where it changed no row. */
async function timed(page, key) {
  await page.keyboard.press(key);
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const { down, updated } = globalThis.keystroke;
    return updated > 0 ? updated - down : null;
  });
}

function report(times, typed, version) {
  if (times.length < typed / 4) throw new Error(`Only ${times.length} of ${typed} keystrokes changed a row.`);
  times.sort((a, b) => a - b);
  const at = share => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)].toFixed(1);
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'} × ${cpus().length}, ${platform()} ${release()}`;
  console.log(`Keystroke to updated rows, ${times.length} of ${typed} keystrokes changed a row`);
  console.log(`  on ${machine}, Chromium ${version}`);
  console.log(`  median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms (budget ${BUDGET_MS} ms at the 95th)`);
  if (at(0.95) > BUDGET_MS) console.log('  over the budget');
}

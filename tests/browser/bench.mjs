// Time from a keystroke on the stratify page until the rows are updated and laid out. `cargo xtask bench` runs it.
import { cpus, platform, release } from 'node:os';
import { browser, open, serve, visit } from './harness.mjs';

const BUDGET_MS = 16;
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
} finally {
  await chrome.close();
  site.stop();
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

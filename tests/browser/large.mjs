// A cohort of many patients, and how long the page takes with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './harness.mjs';

/** A file of many patients: the synthetic registry over and over, with ids, counts and days of its own. */
export function large(rows) {
  const [header, ...base] = readFileSync(join(dist, 'samples', 'synthetic-registry.csv'), 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const lines = [header];
  const shifted = (day, by) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
  for (let row = 0; row < rows; row += 1) {
    const cells = base[row % base.length].split(',');
    const by = Math.floor(row / base.length) % 400;
    names.forEach((name, column) => {
      if (!cells[column]) return;
      if (name === 'id') cells[column] = `L${row}`;
      else if (name.endsWith('_date')) cells[column] = shifted(cells[column], name === 'birth_date' ? by - (row % 3) : by);
      else if (name === 'wbc') cells[column] = (Number(cells[column]) * (1 + (row % 997) / 5000)).toFixed(2);
    });
    lines.push(cells.join(','));
  }
  return lines.join('\n');
}

/**
 * Gives the page a file of at least 10,000 patients: ms to the first curve and until the result that is shown is there, and
 * the tasks of the page above 50 ms.
 */
export async function timesOf(page, file) {
  await page.locator('[data-testid="cohort-input"]').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    globalThis.long = [];
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries()) globalThis.long.push([Math.round(startTime), Math.round(duration)]);
    }).observe({ type: 'longtask', buffered: false });
    globalThis.first = new Promise(seen => {
      const place = document.querySelector('.worked');
      const drawn = () => /\d{5,} patients/.test(place.querySelector('[data-part="curves"] svg desc')?.textContent ?? '');
      new MutationObserver(() => drawn() && seen(performance.now())).observe(place, { childList: true, subtree: true });
    });
    document.querySelector('[data-testid="cohort-input"]').addEventListener('change', () => (globalThis.start = performance.now()), true);
  });
  await page.setInputFiles('[data-testid="cohort-input"]', file);
  const first = await page.evaluate(async () => (await globalThis.first) - globalThis.start);
  await page.locator('.worked:not(.busy)').waitFor({ timeout: 120_000 });
  const all = await page.evaluate(() => performance.now() - globalThis.start);
  return { first, all, long: await page.evaluate(() => globalThis.long) };
}

/** Compares two groups and goes to each other result: ms from choosing it until it is there. */
export async function otherResults(page) {
  // Without groups some results are empty.
  await page.selectOption('[name="group"]', 'finding:sex');
  await page.locator('.worked:not(.busy)').waitFor({ timeout: 60_000 });
  const routes = await page.locator('[data-result]').evaluateAll(all => all.map(each => each.dataset.result));
  const times = {};
  for (const route of routes.filter(each => !['survival', 'columns'].includes(each))) {
    times[route] = await page.evaluate(async route => {
      const start = performance.now();
      location.hash = route;
      const result = document.querySelector(`[data-result="${route}"]`);
      const there = () => {
        const parts = [...result.querySelectorAll('[data-part]')];
        const waits = parts.some(part => part.hasAttribute('data-waiting'));
        return !result.hidden && !waits && parts.some(part => part.textContent) && !document.querySelector('.worked.busy');
      };
      while (!there() && performance.now() - start < 60_000) await new Promise(done => setTimeout(done, 5));
      return Math.round(performance.now() - start);
    }, route);
  }
  return times;
}

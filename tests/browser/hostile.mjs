// A copy of the built site with a script in page and worker that tries every way out (hostile.js), and what the hosts must
// have heard of it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base, dist } from './harness.mjs';
import { elsewhere, host, rewrite } from './hosts.mjs';

const SCRIPT = readFileSync(new URL('./hostile.js', import.meta.url), 'utf8');
/** Time in which what was asked for would have arrived. */
export const SETTLE = 1500;
export const pause = time => new Promise(resolve => setTimeout(resolve, time));

/** The copy on a host of its own, beside another origin; with its service worker, or so that each load asks the host. */
export async function hostileSite({ worker = false } = {}) {
  const folder = copy();
  if (!worker) rmSync(join(folder, 'sw.js'), { force: true });
  const site = await host(folder, base);
  const other = await elsewhere();
  const stop = () => {
    site.stop();
    other.stop();
    rmSync(folder, { recursive: true });
  };
  return { site, other, url: site.url, origins: [site.origin, other.origin], stop };
}

/** The script is allowed by its hash, as one of the site's own would be. */
function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'cotside-hostile-'));
  cpSync(dist, folder, { recursive: true });
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith('.html')) continue;
    rewrite(folder, entry, page =>
      page
        .replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`)
        .replace('</title>', () => `</title><script>${SCRIPT}</script>`),
    );
  }
  rewrite(folder, 'sw.js', worker => worker.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`));
  const worker = readdirSync(join(folder, 'js')).find(name => /^cohort\..*js$/.test(name));
  rewrite(folder, join('js', worker), script => SCRIPT + script);
  return folder;
}

/** Before the seal the attack is heard, so that silence after it means something. */
export async function heard({ site }) {
  await pause(3 * SETTLE);
  const ways = new Set(site.log.map(line => line.split('/leak/')[1]));
  const page = ['fetch', 'xhr', 'webSocket', 'eventSource', 'dynamicImport', 'beacon', 'script', 'style', 'image', 'worker'];
  const worker = ['fetch', 'xhr', 'webSocket', 'eventSource', 'nestedTwice'];
  const must = [...page.map(way => `page-before/${way}`), ...worker.map(way => `worker-before/${way}`)];
  assert.deepEqual(must.filter(way => !ways.has(way)), [], 'not heard before the seal, so its silence would prove nothing');
}

export function forget({ site, other }) {
  for (const heard of [site.log, site.cookies, other.log, other.connections]) heard.length = 0;
}

/** Neither host has heard anything since it was told to forget. */
export async function silent({ site, other }) {
  await pause(3 * SETTLE);
  // The browser itself looks for a new service worker; the page has no part in that.
  assert.deepEqual(site.log.filter(line => line !== `GET ${base}sw.js`), []);
  assert.deepEqual(other.log, []);
  assert.deepEqual(site.cookies, []);
}

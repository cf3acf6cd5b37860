// A copy of the built site with a script in page and worker that tries every way out (hostile.js), and what the hosts must
// have heard of it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base, dist } from './harness.mjs';
import { elsewhere, host } from './hosts.mjs';

const SCRIPT = readFileSync(new URL('./hostile.js', import.meta.url), 'utf8');
/** Time in which what was asked for would have arrived. */
export const SETTLE = 1500;
export const pause = time => new Promise(resolve => setTimeout(resolve, time));

/** The copy on a host of its own, beside another origin. */
export async function hostileSite() {
  const folder = copy();
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
    const page = readFileSync(join(folder, entry), 'utf8')
      .replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`)
      .replace('</title>', () => `</title><script>${SCRIPT}</script>`);
    writeFileSync(join(folder, entry), page);
  }
  const worker = join(folder, 'js', readdirSync(join(folder, 'js')).find(name => /^analyse\..*js$/.test(name)));
  writeFileSync(worker, SCRIPT + readFileSync(worker, 'utf8'));
  // Without its service worker: each load asks the host.
  rmSync(join(folder, 'sw.js'), { force: true });
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
  site.log.length = 0;
  other.log.length = 0;
}

/** Neither host has heard anything since it was told to forget. */
export async function silent({ site, other }) {
  await pause(3 * SETTLE);
  assert.deepEqual(site.log, []);
  assert.deepEqual(other.log, []);
}

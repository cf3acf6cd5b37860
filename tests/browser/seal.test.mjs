// The seal: after a file is opened nothing leaves the page, as the hosts themselves saw it. Then the same for a copy of the
// site with a script in page and worker that tries every way out.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { base, browser, dist, open, shows, visit } from './harness.mjs';
import { elsewhere, host } from './hosts.mjs';
import { SETTLE, forget, heard, hostileSite, silent } from './hostile.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');

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

  test('a cohort is opened, analysed and exported, and neither host hears of it', async () => {
    const { page, close } = await open(chrome, { serviceWorkers: 'block' });
    await visit(page, site, 'analyse/');
    await page.waitForLoadState('networkidle');
    await shows(page.locator(id('seal')), /Before a file is opened, the page is sealed/);
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    const before = site.log.length;
    assert.ok(before > 0);
    await everything(page);
    await page.waitForTimeout(SETTLE);
    assert.deepEqual(site.log.slice(before), []);
    assert.deepEqual(other.log, []);
    await shows(page.locator(id('seal')), /^Sealed\. The browser refuses requests of this page: 0 refused so far What this means$/);
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
    await shows(page.locator(id('seal')), /^Sealed/);
    const reached = await page.evaluate(url => fetch(url).then(() => true, () => false), site.url);
    assert.equal(reached, false);
    await shows(page.locator(id('seal')), /: 1 refused so far/);
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
    await shows(page.locator(id('refused')), /sealed and can load nothing more/);
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

/** Opens whatever is folded. */
const unfold = page => page.locator('details').evaluateAll(all => all.forEach(each => (each.open = true)));

/** Every choice of every setting once, and every file that can be asked for. */
async function everything(page) {
  const controls = `${id('settings')} select, ${id('results')} select`;
  for (let at = 0; at < (await page.locator(controls).count()); at += 1) {
    await unfold(page);
    const values = await page.locator(controls).nth(at).locator('option').evaluateAll(all => all.map(option => option.value));
    for (const value of values.slice(0, 3)) {
      await page.locator(controls).nth(at).selectOption(value);
      await page.locator('cotside-remote:not(.busy)').waitFor();
      await unfold(page);
    }
  }
  await unfold(page);
  const wanted = page.locator('[data-export]:visible');
  const count = await wanted.count();
  assert.ok(count > 3, `${count} exports`);
  for (let at = 0; at < count; at += 1) {
    await Promise.all([page.waitForEvent('download'), wanted.nth(at).click()]);
  }
}

test('a hostile build gets nothing out', async () => {
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
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    forget(hosts);
    assert.equal(await page.evaluate(() => globalThis.hostile.workers.length), 1);
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

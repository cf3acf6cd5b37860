// Pooled analyses by files over the built site: the teaching example, a plan, the sums of hospitals on pages of their own, their
// combination, a corrupted file; the page is sealed before the first file is read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = readFileSync(new URL('../../www/samples/synthetic-registry.csv', import.meta.url), 'utf8');

/** The rows of one centre as a file. */
function rowsOf(site) {
  const [header, ...rows] = REGISTRY.trim().split('\n');
  const centre = header.split(',').indexOf('centre');
  return file(`${site}.csv`, [header, ...rows.filter(row => row.split(',')[centre] === site)].join('\n') + '\n');
}

const file = (name, text) => ({ name, mimeType: name.endsWith('.csv') ? 'text/csv' : 'application/json', buffer: Buffer.from(text) });

/** The files that a click saves, as they could be opened again. */
async function saved(page, selector, count = 1) {
  const files = [];
  const all = new Promise(resolve => {
    page.on('download', async download => {
      const stream = await download.createReadStream();
      const parts = [];
      for await (const part of stream) parts.push(part);
      files.push(file(download.suggestedFilename(), Buffer.concat(parts).toString()));
      if (files.length === count) resolve();
    });
  });
  await page.click(selector);
  await all;
  page.removeAllListeners('download');
  return files;
}

describe('combine', () => {
  let site;
  let chrome;
  before(async () => {
    site = await serve();
    chrome = await browser();
  });
  after(async () => {
    await chrome?.close();
    site?.stop();
  });

  async function opened(options = {}, view = '') {
    const fresh = await open(chrome, { acceptDownloads: true, ...options });
    await visit(fresh.page, site, `combine/${view}`);
    await fresh.page.locator(id('drop')).waitFor();
    return fresh;
  }

  for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: { width: 360, height: 800 } }]) {
    test(`the example in one click, in two ways, ${options.colorScheme}`, async () => {
      const { page, faults, close } = await opened(options, '#example');
      await page.click(id('open-example'));
      await shows(page.locator(id('example-n')), /110 infants with 71 events at 4 hospitals/);
      // Both fits end by their own rule, within 1e-8 of one another.
      await shows(page.locator(id('example-distance')), /\de-(?:9|1\d) standard errors/);
      // R's coxph stratified by centre gives 2.07 for KMT2A.
      await shows(page.locator(`${id('example-result')} table.distance`), /kmt2a=rearranged[\s\S]*2\.07 \(0\.93 to 4\.57\)[\s\S]*2\.07 \(0\.93 to 4\.57\)/);
      await page.locator(`${id('example-result')} figure svg`).first().waitFor();
      await page.click('[name="example.sharing"][value="per_site"]');
      await shows(page.locator(id('example-n')), /77 infants with 50 events at 2 hospitals/);
      await shows(page.locator(id('example-sites')), /D: 10 infants, 6 events\. No file/);
      await page.click(`${id('coordinator-saw')} > summary`);
      await shows(page.locator(id('coordinator-saw')), /"score":\[/);
      assert.deepEqual(await axe(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test('a plan, two hospitals, and their combination', async () => {
    const coordinator = await opened({}, '#plan');
    const form = coordinator.page;
    await form.fill('[name="combine.sites"]', 'A, B');
    await form.press('[name="combine.sites"]', 'Tab');
    await form.selectOption('[name="combine.sharing"]', 'per_site');
    await form.fill('[name="combine.expected_n"]', '77');
    await shows(form.locator(id('plan-made')), /Events expected in all: enter a whole number/);
    await form.fill('[name="combine.expected_events"]', '50');
    await form.press('[name="combine.expected_events"]', 'Enter');
    await shows(form.locator(id('plan-made')), /Plan infant-all, round 1\s+Hospitals\s+A, B\s/);
    const [plan] = await saved(form, '[data-export="plan.json"]');
    assert.equal(plan.name, 'infant-all-plan-r1.json');

    const sums = [];
    for (const name of ['A', 'B']) {
      const { page, faults, close } = await opened();
      await shows(page.locator(id('seal')), /Before a file is opened/);
      // In any order, several at once.
      await page.setInputFiles(id('combine-input'), [rowsOf(name), plan]);
      await shows(page.locator(id('seal')), /^Sealed/);
      await page.selectOption('[name="combine.site"]', name);
      await page.click(id('new-log'));
      await shows(page.locator(id('before-saving')), /about the \d\d infants in your file/);
      await shows(page.locator(id('sums')), /data protection officer/);
      await page.click(`${id('every-number')} > summary`);
      await shows(page.locator('table.every-number'), /wbc/);
      const files = await saved(page, id('save-file'), 2);
      const [own] = files.filter(each => each.name === `infant-all-r1-${name}.json`);
      assert.ok(files.some(each => each.name === `${name}-log.json`));
      assert.doesNotMatch(own.buffer.toString(), /S0\d\d|20\d\d-\d\d/);
      sums.push(own);
      await page.click(id('do-not-save'));
      await shows(page.locator(id('sums')), /Nothing was saved/);
      assert.deepEqual(faults, []);
      await close();
    }

    await form.setInputFiles(id('combine-input'), [sums[1], plan]);
    await shows(form.locator(id('combined')), /No file of this round from A\./);
    // A number that was changed on the way.
    const changed = file('changed.json', sums[0].buffer.toString().replace('"n":45', '"n":46'));
    await form.setInputFiles(id('combine-input'), changed);
    await shows(form.locator(id('refused')), /^changed\.json: sha256 .* ask for the file again/);
    await form.setInputFiles(id('combine-input'), sums[0]);
    await shows(form.locator(id('combine-status')), /1 round\. The Cox model needs another round/);
    await shows(form.locator(id('combined-cox')), /Patients: 77; events: 50/);
    const [next] = await saved(form, '[data-export="next-plan.json"]');
    assert.equal(next.name, 'infant-all-plan-r2.json');
    const [result] = await saved(form, '[data-export="result.json"]');
    assert.equal(JSON.parse(result.buffer).cox.n, 77);
    await form.click(`${id('open-files')} button[aria-label="Remove infant-all-r1-A.json"]`);
    await shows(form.locator(id('combined')), /No file of this round from A/);
    assert.deepEqual(await axe(form), []);
    await coordinator.close();
  });

  test('is reached from the page for cohorts', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    await page.locator(id('to-combine')).first().click();
    await page.locator(`${id('drop')} input[data-testid="combine-input"]`).waitFor({ state: 'attached' });
    assert.match(page.url(), /\/combine\/$/);
    await close();
  });
});

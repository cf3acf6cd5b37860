// A cohort from the file to figures, over the built site; the file stays in the browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { arrivedAhead, axe, browser, clickInResult, dist, fileOpened, open, resultsText, serve, shows, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');

describe('analyse', () => {
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

  /** The page with the sample registry read from a file. */
  async function loaded() {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.setInputFiles(id('cohort-input'), REGISTRY);
    await fileOpened(opened.page);
    return opened;
  }
  /** Until all parts of the results are there. */
  async function finished(page) {
    await page.locator(`${id('results')} h2`).first().waitFor({ state: 'attached' });
    await page.locator('.worked:not(.busy)').waitFor();
  }
  const results = resultsText;
  /** Chooses a setting and waits until the results are those of it. */
  async function choose(page, name, value) {
    const before = await page.locator(id('results')).innerHTML();
    await page.selectOption(`select[name="${name}"]`, value);
    await page.waitForFunction(
      ([selector, text]) => document.querySelector(selector).innerHTML !== text,
      [id('results'), before],
    );
    await finished(page);
  }

  test('from a file to curves, hazards, causes, transplant and protocols', async () => {
    const { page, faults, close } = await loaded();
    const text = await results(page);
    for (const part of [/120 of 120 patients with follow-up/, /missing \d/, /Unadjusted HR \(95% CI\)/, /Competing risks/, /Mantel–Byar/, /Interfant-06/]) {
      assert.match(text, part);
    }
    assert.ok((await page.locator(`${id('results')} figure svg`).count()) >= 3);
    assert.deepEqual(await axe(page), []);
    // The seal tries one connection, to see it refused.
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('a cohort, its settings and the chosen result stay while one visits other pages, without a request', async () => {
    const { page, requests, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    // What the other pages need is loaded ahead, as long as the page is not sealed.
    await arrivedAhead(page);
    await page.setInputFiles(id('cohort-input'), REGISTRY);
    await fileOpened(page);
    await choose(page, 'group', 'protocol:mll-10');
    await toResult(page, 'cox');
    const before = await page.locator(id('results')).innerHTML();
    const asked = requests.length;
    await page.locator('nav a[href$="/protocols/"]').first().click();
    await page.locator('h1', { hasText: /Protocols/ }).waitFor();
    assert.equal(await page.locator(id('results')).count(), 0);
    await page.locator('nav a[href$="/evidence/"]').first().click();
    await page.locator(id('estimates')).waitFor({ state: 'attached' });
    await page.goBack();
    await page.goBack();
    await page.locator(id('results')).waitFor();
    assert.equal(await page.locator(id('results')).innerHTML(), before);
    assert.equal(await page.locator('select[name="group"]').inputValue(), 'protocol:mll-10');
    assert.match(page.url(), /analyse\/#cox$/);
    assert.deepEqual(requests.slice(asked).filter(url => !/^(blob|data):/.test(url)), []);
    // Another result is still computed and shown.
    await choose(page, 'endpoint', 'os');
    await close();
  });

  test('groups of a protocol are compared, with the test between them', async () => {
    const { page, close } = await loaded();
    await choose(page, 'group', 'protocol:mll-10');
    const text = await results(page);
    assert.match(text, /Log-rank test of event-free survival \(\d+ patients, \d+ events.*χ² = [\d.]+, df = [12], P [=<]/);
    assert.match(text, /\d+ without a known group are excluded/);
    await choose(page, 'endpoint', 'os');
    assert.match(await results(page), /Overall survival/i);
    await close();
  });

  const part = (page, name) => page.locator(`[data-part="${name}"]`);
  /** Ticks or clicks what is in a part and waits until that part is another. */
  async function change(page, name, act) {
    const before = await part(page, name).innerHTML();
    await act(part(page, name));
    await page.waitForFunction(
      ([selector, html]) => document.querySelector(selector).innerHTML !== html,
      [`[data-part="${name}"]`, before],
    );
    await finished(page);
    return part(page, name).innerText();
  }

  test('variables ticked together give a model and its check; nothing else is recomputed', async () => {
    const { page, close } = await loaded();
    const patients = await part(page, 'describe').innerHTML();
    await part(page, 'describe').evaluate(element => (element.dataset.seen = 'yes'));
    await toResult(page, 'cox');
    await change(page, 'models', () => page.locator('[data-result=\"cox\"] [name=\"model:finding:sex"]').check());
    const told = await change(page, 'models', () => page.locator('[data-result=\"cox\"] [name=\"model:finding:wbc"]').check());
    assert.match(told, /on Sex, White cells, per doubling: \d+ patients, \d+ events; \d+ left out/);
    assert.match(told, /Likelihood ratio χ² = [\d.]+, df = 2[\s\S]*Concordance 0\.\d+ \(SE/);
    assert.match(told, /Proportional hazards/);
    assert.equal(await part(page, 'models').locator('figure svg').count(), 3, 'alone, together, residuals');
    assert.equal(await part(page, 'describe').innerHTML(), patients);
    await change(page, 'models', () => page.locator('[name="firth"]').check());
    assert.equal(await page.isChecked('[name="firth"]'), true);
    assert.deepEqual(await axe(page), []);
    await close();
  });

  test('groups compared by another test, within subgroups, and in a subset of the patients', async () => {
    const { page, close } = await loaded();
    await choose(page, 'group', 'finding:sex');
    const told = await change(page, 'comparison', () => page.locator('[name="test"]').selectOption('peto', { force: true }));
    assert.match(told, /Peto–Peto test of event-free survival \(120 patients, 79 events\): χ² = [\d.]+, df = 1/);
    await shows(part(page, 'subgroups'), /Hazard ratio of male vs female/);
    await shows(part(page, 'causes'), /Subdistribution HR \(Fine–Gray\)/);
    await page.click(id('add-filter'));
    await page.selectOption('[name="filter-variable"]', 'finding:kmt2a');
    await page.locator(id('filter-form')).getByLabel('rearranged').check();
    await page.click(id('filter-add'));
    await shows(part(page, 'included'), /Restricted to KMT2A rearranged: \d+ others are excluded/);
    await close();
  });

  test('published points over the curve, and two protocols side by side', async () => {
    const { page, close } = await loaded();
    await page.click(id('view-published'));
    const told = await change(page, 'curves', () => page.locator('[name="published:interfant-06/2"]').check());
    assert.match(told, /not two arms of a trial/);
    assert.match(await part(page, 'curves').locator('figure svg').first().textContent(), /Interfant-06, KMT2A rearranged/);
    await toResult(page, 'risk-groups');
    const matrix = await change(page, 'protocols', () => page.locator('[name="from"]').selectOption('mll98'));
    assert.match(matrix, /MLL98 \(rows\), MLL-10 \(columns\)/);
    await shows(part(page, 'discrimination'), /1000 bootstrap resamples \(seed 1\)/);
    await close();
  });

  test('figures and their numbers are separate files, and nothing is sent', async () => {
    const { page, requests, close } = await loaded();
    const before = requests.length;
    const take = async (what, dpi = '') => {
      const [file] = await Promise.all([page.waitForEvent('download'), clickInResult(page, `[data-export="${what}"]${dpi}`)]);
      return readFileSync(await file.path());
    };
    const svg = (await take('curves.svg')).toString('utf8');
    assert.ok(/^<\?xml[^>]*>\s*<svg [\s\S]*<title>[\s\S]*<\/svg>\s*$/.test(svg), svg.slice(0, 200));
    assert.ok(!/class=|style=|<script|https?:\/\/(?!www\.w3\.org)/.test(svg), 'the drawing stands alone');
    assert.match((await take('curves.csv')).toString('utf8'), /^group,time_years,at_risk,/);
    const png = await take('curves.png', '[data-dpi="600"]');
    assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.ok(png.readUInt32BE(16) > 2000, 'wide enough for print');
    assert.deepEqual(requests.slice(before).filter(url => !/^(blob|data):/.test(url)), []);
    await close();
  });

  test('the sample is one click, and an invalid file gives the reason', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    await page.click(id('load-registry'));
    await page.locator(`${id('results')} figure svg`).first().waitFor();
    await page.setInputFiles(id('cohort-input'), { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
    await page.locator(id('refused')).waitFor();
    await shows(page.locator(id('refused')), /empty\.csv: the file is empty/);
    await close();
  });
});

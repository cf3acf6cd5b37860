// What leaves the cohort page: figures as journals want them, the report, the script, the project file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { arrivedAhead, axe, browser, clickInResult, open, serve, showOptions, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const MM = 96 / 25.4;

describe('outputs', () => {
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

  const settled = page =>
    page.waitForFunction(() => !document.querySelector('.worked').classList.contains('busy'), null, { timeout: 60_000 });
  /** The page with the sample registry. */
  async function loaded(options) {
    const opened = await open(chrome, options);
    await visit(opened.page, site, 'analyse/');
    await opened.page.click(id('load-registry'));
    await opened.page.locator('[data-testid="methods"]').waitFor({ state: 'attached', timeout: 60_000 });
    await settled(opened.page);
    return opened;
  }
  async function taken(page, click) {
    const [file] = await Promise.all([page.waitForEvent('download'), click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }
  const take = (page, what) => taken(page, () => clickInResult(page, `[data-export="${what}"]`));
  const drawn = (page, figure = 'curves') => page.locator(`[data-figure="${figure}"] > svg`).innerHTML();
  async function choose(page, name, value) {
    const before = await drawn(page);
    const control = page.locator(`.options [name="${name}"]`);
    if ((await control.getAttribute('type')) === 'checkbox') await control.setChecked(value === 'yes');
    else if (await control.evaluate(element => element.tagName === 'SELECT')) await control.selectOption(value);
    else {
      await control.fill(value);
      await control.press('Tab');
    }
    await page.waitForFunction(was => document.querySelector('[data-figure="curves"] > svg').innerHTML !== was, before);
    await settled(page);
  }

  test('from the sample to a figure for a journal in three clicks', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    let clicks = 0;
    const click = selector => {
      clicks += 1;
      return page.click(selector);
    };
    await click(id('load-registry'));
    await page.locator('[data-figure="curves"] > svg').waitFor();
    await click('[data-figure="curves"] details.files > summary');
    const { bytes } = await taken(page, () => click('[data-export="curves.svg"]'));
    const svg = bytes.toString('utf8');
    assert.match(svg, /width="120mm"/);
    for (const part of ['No. at risk', 'Years', 'Event-free survival (%)', 'Simulated data']) {
      assert.ok(svg.includes(`>${part}`), part);
    }
    assert.ok(!/class=|style=|<script/.test(svg));
    assert.ok(clicks <= 3, `${clicks} clicks`);
    await close();
  });

  test('each option changes the drawing, on the page as in the file', async () => {
    const { page, faults, close } = await loaded();
    await showOptions(page);
    await page.click(`${id('look')} > summary`);
    for (const [name, value] of [
      // What KMunicate proposes first: its bands and rows are among what the others change.
      ['preset', 'kmunicate'], ['width', '89'], ['text', '6'], ['title', 'yes'], ['caption', 'yes'], ['table', 'at-risk'], ['panel', 'B'],
      ['few', '20'], ['where-few', 'end'], ['shown', 'incidence'], ['values', 'fraction'], ['unit', 'months'], ['time-to', '72'], ['time-step', '18'],
      ['low', '10'], ['value-step', '10'], ['bands', 'no'], ['censored', 'no'], ['lines', 'grey'],
    ]) {
      await choose(page, name, value);
    }
    const svg = (await take(page, 'curves.svg')).bytes.toString('utf8');
    assert.match(svg, /width="89mm"/);
    const texts = source => [...source.matchAll(/<text[^>]*>([^<]*)/g)].map(found => found[1]);
    assert.deepEqual(texts(svg), texts(await drawn(page)), 'the file is the drawing on the page');
    for (const text of ['B', '72', '0.1', '1.0', 'Months since diagnosis', 'No. at risk']) assert.ok(texts(svg).includes(text), text);
    assert.ok(!svg.includes('id="bands"') && !svg.includes('id="censored"'));
    // A value axis that does not begin at 0 is marked, columns stand under their ticks.
    const ticks = [...svg.matchAll(/id="axis-time">(.*?)<\/g>/gs)][0][1];
    const columns = [...svg.matchAll(/id="table">(.*?)<\/g>/gs)][0][1];
    const places = part => [...part.matchAll(/<text x="([\d.]+)"/g)].map(found => found[1]);
    assert.deepEqual(places(columns), places(ticks));
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults, []);
    await close();
  });

  test('pictures have their size in millimetres, a figure is printed alone at its true size', async () => {
    const { page, close } = await loaded();
    for (const dpi of [300, 600, 1200]) {
      const { name, bytes } = await taken(page, () => clickInResult(page, `[data-export="curves.png"][data-dpi="${dpi}"]`));
      assert.equal(name, `cotside-efs-120mm-${dpi}dpi.png`);
      assert.equal(bytes.readUInt32BE(16), Math.round((120 / 25.4) * dpi));
      const at = bytes.indexOf('pHYs');
      assert.equal(at, 37, 'the resolution stands behind the header');
      assert.equal(bytes.readUInt32BE(at + 4), Math.round((dpi * 1000) / 25.4));
    }
    await page.evaluate(() => {
      globalThis.print = () => {};
    });
    await page.click('[data-print="curves"]');
    await page.emulateMedia({ media: 'print' });
    const svg = page.locator('[data-figure="curves"] > svg');
    const { width } = await svg.boundingBox();
    assert.ok(Math.abs(width - 120 * MM) < 1, `${width / MM} mm`);
    assert.deepEqual(await page.locator('h1:visible, h2:visible, table:visible, button:visible, [data-figure="incidence"]:visible').count(), 0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g).length, 1);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    assert.ok((await page.locator('h2:visible').count()) > 2);
    await close();
  });

  test('methods, report, script, numbers: each a self-contained file', async () => {
    const { page, requests, close } = await loaded();
    await arrivedAhead(page);
    const before = requests.length;
    await shows(page.locator(id('methods')), /^Event-free survival: from diagnosis .* Kaplan–Meier .* Cotside \d/s);
    const report = (await take(page, 'report.html')).bytes.toString('utf8');
    assert.ok(!/<script|<button|href=/.test(report));
    assert.match(report, /Simulated data: no row is a patient/);
    assert.match(report, /Made on \d{4}-\d\d-\d\d with Cotside/);
    const other = await open(chrome);
    await other.page.setContent(report);
    assert.ok((await other.page.locator('svg').count()) >= 3);
    assert.deepEqual(await axe(other.page), []);
    await other.close();
    const script = await take(page, 'script.R');
    assert.equal(script.name, 'cotside-script.R');
    assert.match(script.bytes.toString('utf8'), /^# Made by Cotside[\s\S]*survfit\([\s\S]*coxph\(/);
    assert.match((await take(page, 'numbers.csv')).bytes.toString('utf8'), /survival,all,5,0\.38/);
    assert.match((await take(page, 'values.csv')).bytes.toString('utf8'), /^row,finding:age_days,/);
    assert.deepEqual(requests.slice(before).filter(url => !/^(blob|data):/.test(url)), []);
    await close();
  });

  test('a project restores settings and columns, and reports what does not fit', async () => {
    const { page, close } = await loaded();
    await page.selectOption('select[name="endpoint"]', 'os');
    await page.selectOption('select[name="group"]', 'finding:sex');
    await settled(page);
    const svg = await drawn(page);
    const { bytes } = await take(page, 'project.json');
    const project = JSON.parse(bytes.toString('utf8'));
    assert.equal(project.kind, 'cotside project');
    assert.ok(!bytes.toString('utf8').includes('S001'), 'no row is in it');
    await close();

    const fresh = await open(chrome);
    await visit(fresh.page, site, 'analyse/');
    const choose = (name, text) =>
      fresh.page.setInputFiles(id('cohort-input'), { name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await choose('plan.json', bytes);
    await fresh.page.getByText('The settings are kept').waitFor();
    await fresh.page.click(id('load-registry'));
    await fresh.page.getByText('All saved settings were applied').waitFor();
    await settled(fresh.page);
    assert.equal(await fresh.page.locator('select[name="endpoint"]').inputValue(), 'os');
    assert.equal(await drawn(fresh.page), svg);
    await choose('other.csv', 'id,diagnosis_date,death_date,last_follow_up_date\na,2020-01-01,,2022-01-01\nb,2020-01-01,2021-01-01,2021-01-01\n');
    await settled(fresh.page);
    await choose('plan.json', bytes);
    await fresh.page.getByText('The settings were saved with another file').waitFor();
    await choose('x.json', '{');
    await fresh.page.getByText('this is not a project or settings file').waitFor();
    await fresh.close();
  });

  test('an invalid project gives the reason, and the next file is read', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    const choose = (name, value) =>
      page.setInputFiles(id('cohort-input'), { name, mimeType: 'text/plain', buffer: Buffer.from(JSON.stringify(value)) });
    const kind = 'cotside project';
    for (const [project, told] of [
      [[], /not a project or settings file of Cotside/],
      ['x', /not a project or settings file of Cotside/],
      [{ kind, columns: 'x' }, /“columns” is a text, where a list belongs/],
      [{ kind, columns: null }, /“columns” is null, where a list belongs/],
      [{ kind, columns: [['a', 'role', 'id'], [['a', 'b', 'c']]] }, /“columns” has at place 2 a list of a list \(1\), where a list of 3 texts belongs/],
      [{ kind, columns: [], settings: { a: 1 } }, /“settings” is an object, where a list belongs/],
      [{ kind, columns: [], settings: [['at', 5]] }, /“settings” has at place 1 a list of a text, a number \(2\)/],
    ]) {
      await choose('x.json', project);
      await page.locator(id('refused')).getByText(told).waitFor();
    }
    await page.click(id('load-registry'));
    await settled(page);
    assert.equal(await page.locator(id('refused')).count(), 0);
    assert.ok(await page.locator('[data-figure="curves"]').count());
    await close();
  });

  test('controls and figures fit a phone, in dark mode', async () => {
    const { page, close } = await loaded({ viewport: { width: 360, height: 800 }, colorScheme: 'dark' });
    await showOptions(page);
    await page.click(`${id('look')} > summary`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
    const box = await page.locator('[data-figure="curves"] > svg').boundingBox();
    assert.ok(box.width <= 340, `${box.width}`);
    assert.deepEqual(await axe(page), []);
    await close();
  });
});

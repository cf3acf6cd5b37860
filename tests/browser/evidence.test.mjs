// Published evidence over the built site: filtered, sorted, drawn, checked, pooled, a curve clicked and taken back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { arrivedAhead, axe, browser, clickInResult, open, serve, shows, started, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const VIEWS = ['', '#studies', '#study/mll-10', '#five-studies', '#history', '#check', '#compare', '#pool', '#reconstruct'];

describe('evidence', () => {
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

  async function opened(fragment = '', options = {}) {
    const fresh = await open(chrome, options);
    await visit(fresh.page, site, `evidence/${fragment}`);
    await fresh.page.locator('[data-view]:not([hidden]) h2').waitFor();
    // Made by the worker, whatever is shown.
    await fresh.page.locator(`${id('estimates')} tbody tr`).first().waitFor({ state: 'attached' });
    return fresh;
  }
  const rows = page => page.locator(`${id('estimates')} tbody tr`);
  const count = (page, wanted) =>
    page.waitForFunction(
      ([selector, wanted]) => document.querySelectorAll(selector).length === wanted,
      [`${id('estimates')} tbody tr`, wanted],
    );
  const answer = (page, part, pattern) =>
    page.waitForFunction(
      ([selector, source]) => new RegExp(source, 's').test(document.querySelector(selector)?.innerText ?? ''),
      [id(part), pattern.source],
    );

  test('rows are filtered and sorted, missing numbers are marked, each links to its study', async () => {
    const { page, faults, close } = await opened();
    const all = await rows(page).count();
    assert.ok(all > 100, `${all} rows`);
    await page.click('button[name="endpoint-OS"]');
    await page.waitForFunction(([selector, all]) => document.querySelectorAll(selector).length < all, [
      `${id('estimates')} tbody tr`,
      all,
    ]);
    const some = await rows(page).count();
    await shows(page.locator(`${id('estimates-summary')} .tally`), new RegExp(`^${some} of ${all} estimates`));
    await page.click(`${id('estimates')} button[name="sort-estimate"]`);
    const sorted = page.locator(`${id('estimates')} th[aria-sort="ascending"]`);
    await page.waitForFunction(() => document.querySelector('[aria-sort="ascending"] [name="sort-estimate"]'));
    await shows(sorted, /^Estimate, %/);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'sort-estimate');
    const estimates = (await page.locator(`${id('estimates')} td[data-label="Estimate, %"] strong`).allInnerTexts()).map(Number);
    assert.deepEqual(estimates, [...estimates].sort((a, b) => a - b));
    // An endpoint of few rows is in a list.
    await page.selectOption('select[name="list.endpoint"]', 'CR or CRh');
    await count(page, 1);
    await page.click(id('clear-filters'));
    assert.equal(await page.locator('select[name="list.endpoint"]').inputValue(), '');
    await count(page, all);
    await page.fill('input[name="list.words"]', 'second-line');
    await page.fill('input[name="list.words"]', 'chemotherapy alone interfant-99');
    await count(page, 1);
    await shows(rows(page), /not reported/);
    await rows(page).locator('th a').click();
    await page.locator('[data-view="studies"]:not([hidden]) h3').waitFor();
    assert.match(page.url(), /evidence\/#study\/interfant-99$/);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.view), 'studies');
    await page.goBack();
    await page.locator('[data-view="estimates"]:not([hidden])').waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  test('a study, its arithmetic, and the link to its protocol', async () => {
    const { page, close } = await opened('#study/ccg-1953');
    await page.locator(`${id('studies')} h3`).waitFor();
    const text = await page.locator(id('studies')).innerText();
    for (const part of [/1996–2000/, /79 of 115/, /√\(0\.417 · 0\.583\/115\) = 4\.6 %/, /Sources and how they were read/]) {
      assert.match(text, part);
    }
    await page.click(`${id('studies')} a[href="protocols/ccg-1953/"]`);
    await page.locator('article.rule h1').waitFor();
    await close();
  });

  test('figures of one endpoint, and files of the listed rows; no network request', async () => {
    const { page, requests, close } = await opened();
    // What other pages need is loaded ahead.
    await arrivedAhead(page);
    const before = requests.length;
    await page.click('button[name="figure-forest"]');
    await shows(page.locator(id('estimates-summary')), /Choose one endpoint/);
    assert.equal(await page.locator(`${id('estimates')} .row-interval:visible`).count(), 0, 'one axis holds one endpoint');
    await page.click('button[name="endpoint-OS"]');
    await page.locator('figure[data-figure="forest"] svg').waitFor();
    const take = async what => {
      const [file] = await Promise.all([page.waitForEvent('download'), clickInResult(page, `[data-export="${what}"]`)]);
      return readFileSync(await file.path());
    };
    const shown = await rows(page).count();
    assert.equal(await page.locator(`${id('estimates')} .row-interval:visible`).count(), shown, 'a row is text and interval');
    const csv = (await take('estimates.csv')).toString('utf8').trim().split('\r\n');
    assert.match(csv[0], /^id,study,/);
    assert.equal(csv.length, 1 + shown);
    assert.match((await take('forest.svg')).toString('utf8'), /stroke-dasharray/);
    assert.deepEqual([...(await take('forest.png')).subarray(1, 4)], [...Buffer.from('PNG')]);
    await page.click('button[name="figure-points"]');
    await page.locator('figure[data-figure="points"] svg').waitFor();
    assert.equal(await page.locator('figure[data-figure="points"] [data-group="curves"]').count(), 0);
    await page.goto(`${site.url}evidence/#five-studies`);
    assert.deepEqual(requests.slice(before).filter(url => !/^(blob|data):/.test(url)), []);
    await close();
  });

  test('the examples of the checker, and typed numbers', async () => {
    const { page, close } = await opened('#check');
    const verdict = page.locator(`${id('check')} tr[data-verdict]`);
    for (const [example, expected, text] of [
      [0, 'conditional', /9\.2 is 2 times that/],
      [1, 'conditional', /3 of 5 is 60/],
      [2, 'does_not_follow', /6 of 9/],
      [3, 'does_not_follow', /\(10 \+ 23\)\/2 = 16\.5/],
      [4, 'does_not_follow', /called 5-year/],
      [5, 'follows', /log-log scale/],
      [6, 'follows', /centre of/],
    ]) {
      await page.click(`button[name="example-${example}"]`);
      await answer(page, 'check', text);
      assert.equal(await verdict.last().getAttribute('data-verdict'), expected);
    }
    await page.click('button[name="check.clear"]');
    await page.fill('input[name="check.estimate"]', '41.7');
    await page.fill('input[name="check.n"]', '115');
    await page.fill('input[name="check.se"]', '4.6');
    await page.press('input[name="check.se"]', 'Tab');
    await answer(page, 'check', /possible with 115 patients/);
    await close();
  });

  test('a reported result is pasted, split into fields and corrected there', async () => {
    const { page, close } = await opened('#check');
    await page.fill('[name="check.paste"]', '41.7 (SE 9.2), n=115');
    await answer(page, 'check', /implausible unless most were censored early/);
    const field = name => page.inputValue(`input[name="check.${name}"]`);
    assert.deepEqual([await field('estimate'), await field('se'), await field('n')], ['41.7', '9.2', '115']);
    await page.fill('input[name="check.se"]', '4.6');
    await page.press('input[name="check.se"]', 'Tab');
    await answer(page, 'check', /possible with 115 patients/);
    await page.fill('[name="check.paste"]', 'HR 1.969 (0.903–4.291), p = .088, 12 months');
    await shows(page.locator(id('not-used')), /12 months/);
    assert.deepEqual([await field('hr'), await field('hr-ci'), await field('p'), await field('se')], ['1.969', '0.903–4.291', '.088', '']);
    await close();
  });

  test('several pasted results are each answered, with what was not understood', async () => {
    const { page, close } = await opened('#check');
    await page.fill('[name="check.paste"]', '41.7 (SE 9.2), n = 115\n0,417 (0,092)\n41.7 (SD 9.2)\n43 (30,55)');
    const lines = page.locator(`${id('check-lines')} tbody tr`);
    await answer(page, 'check-lines', /implausible unless most were censored early/);
    assert.equal(await lines.count(), 4);
    await shows(lines.nth(1), /0\.417 is read as a fraction, 41\.7%/);
    await shows(lines.nth(2), /Not used: sd 9\.2/);
    await shows(lines.nth(3), /Not used: 30,55/);
    await page.click('button[name="check.clear"]');
    assert.equal(await lines.count(), 0);
    await close();
  });

  test('own estimates are added, marked, pooled, saved, opened again and taken out', async () => {
    const { page, faults, close } = await opened();
    const all = await rows(page).count();
    await page.click(`${id('own-estimates')} summary`);
    await page.click('button[name="own-add"]');
    await shows(page.locator(id('own-read')), /No row was added/);
    for (const [name, text] of [
      ['study', 'Registry A'],
      ['enrolled_from', '2006'],
      ['enrolled_to', '2014'],
      ['years', '6'],
      ['population', 'all infants'],
      ['n', '60'],
      ['estimate', '45.0'],
      ['standard_error', '6.4'],
      ['source', '=HYPERLINK("x")'],
    ]) {
      await page.fill(`input[name="own.${name}"]`, text);
      await page.press(`input[name="own.${name}"]`, 'Tab');
    }
    await page.selectOption('select[name="own.endpoint"]', 'EFS');
    await page.click('button[name="own-add"]');
    await count(page, all + 1);
    const own = page.locator(`${id('estimates')} tr[data-id="own/1"]`);
    await shows(own, /Registry A \(yours, not checked\)/);
    await page.click('button[name="endpoint-EFS"]');
    await page.click('button[name="figure-forest"]');
    await page.locator('figure[data-figure="forest"] svg').waitFor();
    assert.match(await page.locator('figure[data-figure="forest"] svg').innerHTML(), /yours, not checked/);
    for (const name of ['own/1', 'interfant-06/1', 'mll03/1']) await page.check(`input[name="choose:${name}"]`);
    await page.click('button[name="tray-pool"]');
    await answer(page, 'pool', /were not checked against a source/);
    await page.goto(`${site.url}evidence/#estimates`);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('button[name="own-save"]')]);
    const saved = await file.path();
    const text = readFileSync(saved, 'utf8');
    assert.match(text, /'=HYPERLINK\(/);
    await page.click('button[name="own-remove-all"]');
    await page.click(id('clear-filters'));
    await count(page, all);
    const csv = (name, content) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.setInputFiles(id('own-estimates-input'), csv('own.csv', text));
    await count(page, all + 1);
    const wrong = csv('wrong.csv', 'study,endpoint,population,estimate,source\nB,EFS,all,0.4,S\n');
    await page.setInputFiles(id('own-estimates-input'), wrong);
    await shows(page.locator(id('own-read')), /Row 1, column estimate: “0\.4” may be a fraction/);
    await page.click(`${id('own-added')} button`);
    await count(page, all);
    assert.deepEqual(faults, []);
    await close();
  });

  for (const width of [375, 1280]) {
    test(`nothing of Evidence is cut or wider than the window at ${width} pixels`, async () => {
      const { page, close } = await opened('', { viewport: { width, height: 800 } });
      await page.click(`${id('own-estimates')} summary`);
      for (const endpoint of ['', 'EFS']) {
        await page.click(`button[name="endpoint-${endpoint}"]`);
        await page.waitForTimeout(300);
        const wide = await page.evaluate(() => ({
          page: document.documentElement.scrollWidth - window.innerWidth,
          table: (list => list.scrollWidth - list.clientWidth)(document.querySelector('[data-testid="estimates"]')),
        }));
        assert.ok(wide.page <= 0 && wide.table <= 0, JSON.stringify(wide));
      }
      await page.goto(`${site.url}evidence/#check`);
      await page.fill('[name="check.paste"]', '41.7 (SE 9.2), n = 115\n43.2% (95% CI 30.7–55.1), n = 62');
      await answer(page, 'check-lines', /log-log scale/);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
      await close();
    });
  }

  for (const fragment of ['#100%', '#%', '#checks%2', '#%E0%A4%A']) {
    test(`a truncated link still shows a page: ${fragment}`, async () => {
      const opened = await open(chrome);
      for (const route of ['evidence/', 'stratify/', 'analyse/', 'protocols/own/']) {
        await visit(opened.page, site, route + fragment);
        await opened.page.locator('h1').first().waitFor();
      }
      // Who leaves a page stops what it was loading.
      assert.deepEqual(opened.faults.filter(fault => !/ERR_ABORTED/.test(fault)), []);
      await opened.close();
      const alone = await open(chrome);
      await visit(alone.page, site, `evidence/${fragment}`);
      await alone.page.locator('[data-view]:not([hidden])').first().waitFor();
      await alone.page.locator(`${id('estimates')} tbody tr`).first().waitFor();
      assert.ok((await alone.page.locator('main').innerText()).length > 500);
      assert.deepEqual(alone.faults, []);
      await alone.close();
    });
  }

  /** Picks an estimate in two steps. */
  async function pick(page, name, estimate) {
    await page.selectOption(`select[name="${name}-study"]`, estimate.split('/')[0]);
    await page.selectOption(`select[name="${name}"]`, estimate);
  }

  test('two rates are compared, cautions first, without P where times differ; pooling needs three', async () => {
    const { page, close } = await opened('#compare');
    await pick(page, 'compare.first', 'interfant-06/2');
    await pick(page, 'compare.second', 'mll-10/4');
    await answer(page, 'compare', /not two arms of a trial.*Times: 6 and 3 years.*−29\.8.*2\.45.*No P value: the times differ/);
    assert.doesNotMatch(await page.locator(id('compare')).innerText(), /p [=<]/i);
    for (const estimate of ['interfant-99/2', 'interfant-06/2']) {
      await pick(page, 'pool.add', estimate);
      await answer(page, 'pool', /too few to pool/);
    }
    await pick(page, 'pool.add', 'mll-10/4');
    await answer(page, 'pool', /not two arms of a trial.*Hartung–Knapp.*I² = .*Leave-one-out.*Needs 4 estimates/);
    await page.locator('figure[data-figure="pool"] svg').waitFor();
    await pick(page, 'pool.add', 'mll03/1');
    await answer(page, 'pool', /Study left out.*MLL03/);
    await page.locator(`${id('chosen')} button`).first().click();
    await answer(page, 'pool', /Needs 4 estimates/);
    await close();
  });

  test('chosen rows stay in the tray, which links to both', async () => {
    const { page, faults, close } = await opened();
    const tray = page.locator(id('tray'));
    assert.equal(await tray.isVisible(), false);
    for (const estimate of ['mll-10/4', 'interfant-99/2', 'interfant-06/2']) await page.check(`[name="choose:${estimate}"]`);
    await shows(tray, /^3 chosen/);
    // The row that is moved is the same element, and keeps the focus.
    await page.locator('[name="choose:mll-10/4"]').focus();
    await page.evaluate(() => document.querySelector('[name="sort-estimate"]').click());
    await page.locator('[aria-sort="ascending"] [name="sort-estimate"]').waitFor();
    await page.click('button[name="endpoint-EFS"]');
    await page.click(id('clear-filters'));
    await count(page, await page.locator('[name^="choose:"]').count());
    assert.equal(await page.isChecked('[name="choose:mll-10/4"]'), true);
    await tray.locator('[name="tray-compare"]').click();
    await answer(page, 'compare', /Interfant-99.*Interfant-06/);
    assert.equal(await page.inputValue('select[name="compare.first"]'), 'interfant-99/2');
    assert.equal(await tray.isVisible(), false);
    await page.goBack();
    await tray.locator('[name="tray-pool"]').click();
    await answer(page, 'pool', /3 estimates/);
    assert.match(page.url(), /#pool$/);
    await page.waitForFunction(() => document.activeElement.id === 'pool');
    assert.deepEqual(faults, []);
    await close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing in any view, ${colorScheme}`, async () => {
      const { page, close } = await opened('', { colorScheme });
      for (const view of VIEWS) {
        await page.goto(`${site.url}evidence/${view}`);
        // Without a view the page is loaded again.
        await started(page);
        await page.locator('[data-view]:not([hidden]) h2').waitFor();
        assert.deepEqual(await axe(page), [], `in ${view}`);
      }
      await page.click('button[name="curve.example"]');
      await page.locator(id('reconstructed')).waitFor();
      assert.deepEqual(await axe(page), []);
      await close();
    });
  }

  test('no view is wider than a phone', async () => {
    const { page, close } = await opened('', { viewport: { width: 360, height: 800 } });
    for (const view of VIEWS) {
      await page.goto(`${site.url}evidence/${view}`);
      await page.waitForTimeout(200);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${view} is ${wide} px wide`);
    }
    await close();
  });

  /** Twenty-four patients who all have the event, in years: the curve falls by a twenty-fourth at each. */
  const TIMES = [0.2, 0.5, 0.7, 1, 1.3, 1.6, 1.8, 2.1, 2.5, 2.9, 3.2, 3.6, 4.1, 4.4, 4.8, 5.3, 5.9, 6.2, 6.8, 7.4, 8, 8.7, 9.3, 9.8];
  const LAST = 10;
  const AXES = { left: 60, right: 660, top: 20, bottom: 420 };
  const across = time => AXES.left + ((AXES.right - AXES.left) * time) / LAST;
  const down = survival => AXES.bottom - (AXES.bottom - AXES.top) * survival;
  const surviving = events => 1 - events / TIMES.length;

  /** The figure as a journal would print it. */
  async function picture(page) {
    const corners = TIMES.flatMap((time, event) => [
      [across(time), down(surviving(event))],
      [across(time), down(surviving(event + 1))],
    ]);
    const address = await page.evaluate(
      ([axes, corners]) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 700, height: 460 });
        const brush = canvas.getContext('2d');
        brush.fillStyle = 'white';
        brush.fillRect(0, 0, 700, 460);
        brush.strokeStyle = 'black';
        brush.strokeRect(axes.left, axes.top, axes.right - axes.left, axes.bottom - axes.top);
        brush.strokeStyle = '#0072b2';
        brush.lineWidth = 2;
        brush.beginPath();
        brush.moveTo(axes.left, axes.top);
        corners.forEach(([x, y]) => brush.lineTo(x, y));
        brush.stroke();
        return canvas.toDataURL('image/png');
      },
      [AXES, corners],
    );
    return { file: { name: 'figure.png', mimeType: 'image/png', buffer: Buffer.from(address.split(',')[1], 'base64') }, corners };
  }

  /** The page with the picture opened and its axes marked; `click` takes places of the picture. */
  async function marked() {
    const fresh = await opened('#reconstruct', { viewport: { width: 1280, height: 1000 } });
    const { page } = fresh;
    // The picture seals the page, whatever is still on its way.
    await arrivedAhead(page);
    const { file, corners } = await picture(page);
    await page.setInputFiles(id('picture'), file);
    const canvas = page.locator(`${id('digitiser')} canvas`);
    await canvas.waitFor();
    await canvas.scrollIntoViewIfNeeded();
    const size = await canvas.evaluate(({ clientWidth, clientHeight, clientLeft }) => [clientWidth, clientHeight, clientLeft]);
    const zoom = Math.min(size[0] / 700, size[1] / 460);
    // What arrives above the picture may move it.
    const click = async (x, y) => {
      const box = await canvas.boundingBox();
      await page.mouse.click(box.x + size[2] + x * zoom, box.y + size[2] + y * zoom);
    };
    await page.fill('input[name="curve.time1"]', String(LAST));
    await page.press('input[name="curve.time1"]', 'Tab');
    await click(AXES.left, AXES.bottom);
    await click(AXES.right, AXES.bottom);
    await click(AXES.left, AXES.top);
    return { ...fresh, click, corners };
  }

  async function recovered(page, { rootMeanSquare }) {
    await page.fill('textarea[name="curve.at-risk"]', `0: ${TIMES.length}`);
    await page.press('textarea[name="curve.at-risk"]', 'Tab');
    await page.locator(id('reconstructed')).waitFor();
    const text = await page.locator(id('curve')).innerText();
    const number = pattern => Number(pattern.exec(text)?.[1]);
    assert.equal(number(/Patients\s+(\d+)/), TIMES.length, text);
    assert.ok(Math.abs(number(/Events\s+(\d+)/) - TIMES.length) <= 1, text);
    const median = (TIMES[11] + TIMES[12]) / 2;
    assert.ok(Math.abs(number(/Median\s+([\d.]+) years/) - median) <= 0.01 * LAST + (TIMES[12] - TIMES[11]) / 2, text);
    assert.ok(number(/root mean square\)\s+([\d.]+) %/) <= rootMeanSquare, text);
  }

  test('a curve drawn from known data is clicked and recovered', async () => {
    const { page, faults, requests, click, corners, close } = await marked();
    const before = requests.length;
    await click(AXES.left, AXES.top);
    for (const [x, y] of corners) await click(x, y);
    await recovered(page, { rootMeanSquare: 1 });
    // The reconstruction is drawn over the picture, in a colour that nothing else of it has.
    await page.waitForFunction(() => {
      const canvas = document.querySelector('cotside-digitiser canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4) found += data[at] === 11 && data[at + 1] === 90 && data[at + 2] === 138;
      return found > 100;
    });
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-export="reconstructed.csv"]')]);
    const csv = readFileSync(await file.path(), 'utf8').trim().split('\n');
    assert.equal(csv[0], 'follow_up_years,event_status,origin');
    assert.ok(csv.slice(1).every(row => row.endsWith(',reconstructed')));
    assert.deepEqual(requests.slice(before).filter(url => !/^(blob|data):/.test(url)), []);
    // The file is read by the page for cohorts.
    await visit(page, site, 'analyse/');
    await page.setInputFiles(id('cohort-input'), await file.path());
    await page.locator(`${id('results')} h2`).first().waitFor({ state: 'attached' });
    assert.deepEqual(faults, []);
    await close();
  });

  test('the same curve followed by its colour with one click', async () => {
    const { page, click, close } = await marked();
    await page.click('[data-mode="follow"]');
    await click(across(4.6), down(surviving(14)));
    await page.waitForFunction(() => document.querySelector('[name="curve.points"]').value.split('\n').length > 20);
    await recovered(page, { rootMeanSquare: 1.5 });
    await close();
  });

  test('keys set, zoom and undo', async () => {
    const { page, close } = await marked();
    const points = () => page.inputValue('textarea[name="curve.points"]');
    const canvas = page.locator(`${id('digitiser')} canvas`);
    await canvas.focus();
    for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Enter', 'Shift+ArrowDown', '+', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await page.waitForFunction(() => document.querySelector('[name="curve.points"]').value.split('\n').length === 2);
    const both = await points();
    await page.keyboard.press('Backspace');
    await page.waitForFunction(() => document.querySelector('[name="curve.points"]').value.split('\n').length === 1);
    assert.ok(both.startsWith(await points()));
    await shows(page.locator(`${id('digitiser')} output`), /Undone/);
    await close();
  });
});

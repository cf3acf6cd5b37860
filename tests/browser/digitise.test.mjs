// Several curves of one picture digitised over the built site, saved with their source, opened again, and two readings compared.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { arrivedAhead, axe, browser, open, serve, shows, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

/** Patients who all have the event, in years: each curve falls by the same step at each. */
const GROUPS = {
  standard: { colour: '#0072b2', times: [0.8, 1.5, 2.4, 3.1, 4.2, 5.2, 6.1, 7.3, 8.4, 9.6] },
  high: { colour: '#d55e00', times: [0.3, 0.6, 1.1, 1.3, 1.9, 2.2, 2.8, 3.6, 4.7, 6.6] },
};
const AXES = { left: 60, right: 660, top: 20, bottom: 420 };
const LAST = 10;
const across = time => AXES.left + ((AXES.right - AXES.left) * time) / LAST;
const down = survival => AXES.bottom - (AXES.bottom - AXES.top) * survival;

describe('digitise', () => {
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

  async function opened(options = {}) {
    const fresh = await open(chrome, { viewport: { width: 1280, height: 1000 }, ...options });
    await visit(fresh.page, site, 'evidence/#reconstruct');
    await fresh.page.locator(`${id('estimates')} tbody tr`).first().waitFor({ state: 'attached' });
    // A picture seals the page, whatever is still on its way.
    await arrivedAhead(fresh.page);
    return fresh;
  }

  const answer = (page, part, pattern) =>
    page.waitForFunction(
      ([selector, source]) => new RegExp(source, 's').test(document.querySelector(selector)?.innerText ?? ''),
      [id(part), pattern.source],
    );

  async function fill(page, name, text) {
    await page.fill(`[name="${name}"]`, text);
    await page.press(`[name="${name}"]`, 'Tab');
  }

  /** The figure with both curves, its axes marked; `click` takes places of the picture. */
  async function marked(page) {
    const curves = Object.values(GROUPS).map(({ colour, times }) => ({
      colour,
      // A curve goes on for a little where it has come to zero.
      corners: times.flatMap((time, event) => [
        [across(time), down(1 - event / times.length)],
        [across(time), down(1 - (event + 1) / times.length)],
        ...(event + 1 === times.length ? [[across(time) + 12, down(0)]] : []),
      ]),
    }));
    const address = await page.evaluate(
      ([axes, curves]) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 700, height: 460 });
        const brush = canvas.getContext('2d');
        brush.fillStyle = 'white';
        brush.fillRect(0, 0, 700, 460);
        brush.strokeStyle = 'black';
        brush.strokeRect(axes.left, axes.top, axes.right - axes.left, axes.bottom - axes.top);
        for (const { colour, corners } of curves) {
          brush.strokeStyle = colour;
          brush.lineWidth = 2;
          brush.beginPath();
          brush.moveTo(axes.left, axes.top);
          corners.forEach(([x, y]) => brush.lineTo(x, y));
          brush.stroke();
        }
        return canvas.toDataURL('image/png');
      },
      [AXES, curves],
    );
    await page.setInputFiles(id('picture'), {
      name: 'figure.png',
      mimeType: 'image/png',
      buffer: Buffer.from(address.split(',')[1], 'base64'),
    });
    const canvas = page.locator(`${id('digitiser')} canvas`);
    await canvas.waitFor();
    const size = await canvas.evaluate(({ clientWidth, clientHeight, clientLeft }) => [clientWidth, clientHeight, clientLeft]);
    const zoom = Math.min(size[0] / 700, size[1] / 460);
    const click = async (x, y) => {
      await canvas.scrollIntoViewIfNeeded();
      const box = await canvas.boundingBox();
      await page.mouse.click(box.x + size[2] + x * zoom, box.y + size[2] + y * zoom);
    };
    await fill(page, 'curve.time1', String(LAST));
    await click(AXES.left, AXES.bottom);
    await click(AXES.right, AXES.bottom);
    await click(AXES.left, AXES.top);
    return click;
  }

  /** Follows the curve of a group by its colour into the curve that is shown. */
  async function traced(page, click, name) {
    const { times } = GROUPS[name];
    await page.click('[data-mode="follow"]');
    await click(across((times[3] + times[4]) / 2), down(1 - 4 / times.length));
    await page.waitForFunction(() => document.querySelector('[name="curve.points"]').value.split('\n').length > 10);
    await fill(page, 'curve.group', name);
    await fill(page, 'curve.at-risk', `0: ${times.length}`);
  }

  async function sourced(page, by) {
    for (const [name, text] of Object.entries({ study: 'Simulated', figure: 'Figure 1', by, date: '2026-11-30' })) {
      await fill(page, `source.${name}`, text);
    }
  }

  test('two curves of a picture, saved with their source, opened again, compared with a second reading', async () => {
    const { page, faults, requests, close } = await opened();
    const click = await marked(page);
    const before = requests.length;
    await traced(page, click, 'standard');
    await page.click('[name="curve.add"]');
    await page.waitForFunction(() => document.querySelector('[name="curve.points"]').value === '');
    await traced(page, click, 'high');
    await answer(page, 'curve', /Of reconstructed patients.*Log-rank test.*high against standard/);
    const text = await page.locator(id('curve')).innerText();
    assert.match(text, /To save the figure, name study/);
    // Times of both groups are in the picture: HR of these patients by R 4.2.2, survival 3.5.3 is 2.73.
    const ratio = Number(/high against standard\s+([\d.]+) \(/.exec(text)?.[1]);
    assert.ok(Math.abs(ratio - 2.73) < 0.3, text);
    await fill(page, 'printed.ratio', '2.5');
    await answer(page, 'curve', /printed 2\.5; reconstructed over printed/);
    // Each curve keeps its points.
    const points = () => page.inputValue('[name="curve.points"]');
    const second = await points();
    await page.focus('[name="curve.show-0"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(second => document.querySelector('[name="curve.points"]').value !== second, second);
    assert.equal(await page.getAttribute('[name="curve.show-0"]', 'aria-pressed'), 'true');
    await page.click('[name="curve.show-1"]');
    await page.waitForFunction(second => document.querySelector('[name="curve.points"]').value === second, second);

    await sourced(page, 'A. Reader');
    await page.locator('[data-export="figure.json"]').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-export="figure.json"]')]);
    const saved = readFileSync(await file.path(), 'utf8');
    const figure = JSON.parse(saved);
    assert.deepEqual([figure.format, figure.version, figure.study], ['cotside-digitised-figure', 1, 'Simulated']);
    assert.ok(figure.groups[1].curves[0].places.length > 10 && figure.axes, 'places in the picture are kept');
    await page.click('[name="library.add"]');
    await shows(page.locator(`${id('shelf')} tbody`), /Simulated.*Figure 1.*standard, high.*20.*A\. Reader, 2026-11-30/s);

    // The second reader misses the last drop of one curve.
    await fill(page, 'curve.points', second.split('\n').slice(0, -2).join('\n'));
    await sourced(page, 'B. Reader');
    await answer(page, 'curve', /Save this figure/);
    await page.click('[name="library.add"]');
    await page.locator('[name="library.draw-1"]').waitFor();
    for (const place of [0, 1]) await page.check(`[name="library.draw-${place}"]`);
    await answer(page, 'library', /Agreement of two readings.*high.*points at.*Second \/ first.*Drawn together/);
    await page.locator('figure[data-figure="agreement"] svg').waitFor();
    await page.locator('figure[data-figure="together"] svg').waitFor();
    assert.deepEqual(await axe(page), []);
    const [library] = await Promise.all([page.waitForEvent('download'), page.click('[data-export="library.json"]')]);
    const all = readFileSync(await library.path(), 'utf8');
    assert.deepEqual(requests.slice(before).filter(url => !/^(blob|data):/.test(url)), []);
    assert.deepEqual(faults, []);
    await close();

    const again = await opened();
    const json = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await again.page.setInputFiles(id('figures-input'), [json('one.json', saved), json('library.json', all)]);
    // The first of the library is the file itself.
    await again.page.locator('[name="library.draw-1"]').waitFor();
    assert.equal(await again.page.locator(`${id('shelf')} tbody tr`).count(), 2);
    await again.page.click('[name="library.edit-0"]');
    await answer(again.page, 'curve', /high against standard/);
    assert.equal(await again.page.inputValue('[name="source.by"]'), 'A. Reader');
    assert.equal(await again.page.inputValue('[name="curve.time1"]'), String(LAST));
    const [twin] = await Promise.all([again.page.waitForEvent('download'), again.page.click('[data-export="figure.json"]')]);
    assert.equal(readFileSync(await twin.path(), 'utf8'), saved);
    await again.page.click('[name="library.remove-0"]');
    await again.page.waitForFunction(selector => document.querySelectorAll(selector).length === 1, `${id('shelf')} tbody tr`);
    await again.page.setInputFiles(id('figures-input'), json('changed.json', saved.replace('"events": 10', '"events": 9')));
    await shows(again.page.locator(id('refused')), /changed\.json: .*the file was changed/);
    assert.deepEqual(again.faults, []);
    await again.close();
  });

  test('cumulative incidence, and what one cause alone does not tell', async () => {
    const { page, faults, close } = await opened({ viewport: { width: 360, height: 800 } });
    await page.selectOption('[name="curve.kind"]', 'incidence');
    await fill(page, 'curve.points', '0, 0\n1, 0\n1, 20\n3, 20\n3, 35\n5, 35');
    await fill(page, 'curve.at-risk', '0: 20\n2: 8\n4: 3');
    await answer(page, 'curve', /Competing events cannot be told from censoring.*up to 7/);
    await page.click('[name="curve.add"]');
    await page.selectOption('[name="curve.shows"]', 'competing');
    await fill(page, 'curve.points', '0, 0\n2, 0\n2, 10\n5, 10');
    await answer(page, 'curve', /Aalen–Johansen/);
    const text = await page.locator(id('curve')).innerText();
    assert.doesNotMatch(text, /cannot be told/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px wide`);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults, []);
    await close();
  });
});

// A figure for a journal, from the example to the file: counted clicks, measured millimetres, what stands in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import UTIF from 'utif2';
import { browser, open, serve, toResult, visit } from './harness.mjs';

/** The widths in pixels of a PNG file. */
const sizeOf = bytes => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

/** Its resolution in pixels a metre (chunk pHYs). */
function pixelsPerMetre(bytes) {
  const at = bytes.indexOf('pHYs');
  return at > 0 ? bytes.readUInt32BE(at + 4) : undefined;
}

describe('journal', () => {
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
  const settled = page => page.locator('.worked:not(.busy)').waitFor({ timeout: 120_000 });

  /** The example by KMT2A without the undetermined: two groups. */
  async function twoGroups() {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.selectOption('select[name="group"]', 'finding:kmt2a');
    await settled(opened.page);
    await opened.page.locator('.settings').getByRole('checkbox', { name: /undetermined/ }).uncheck();
    await settled(opened.page);
    return opened;
  }
  const figure = page => page.locator('[data-result="survival"] figure[data-figure="curves"]');
  async function saved(page, kind, dpi) {
    const button = figure(page).locator(`[data-export="curves.${kind}"][data-dpi="${dpi}"]`);
    const [file] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), button.click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  test('a PNG of 600 dpi is two clicks away, and the figure says what a journal asks for [acceptance 7]', async () => {
    const { page, close } = await twoGroups();
    const texts = (await figure(page).locator('svg text').allTextContents()).join('\n');
    for (const said of [/KMT2A germline \(n = 24\)/, /KMT2A rearranged \(n = 87\)/, /HR 2\.75 \(95% CI 1\.36–5\.56\)/, /P = 0\.0\d+/]) {
      assert.match(texts, said);
    }
    // At the last tick at least a tenth of the largest group is at risk.
    const rows = await figure(page).locator('svg g.table text').allTextContents();
    const counts = rows.map(Number).filter(Number.isFinite);
    const columns = counts.length / 2;
    const largest = Math.max(counts[0], counts[columns]);
    const row = counts[0] === largest ? 0 : columns;
    assert.equal(largest, 87);
    assert.ok(counts[row + columns - 1] >= 0.1 * largest, `${counts}`);
    // First click: the list; second: the file.
    await figure(page).locator('details.files > summary').click();
    const { name, bytes } = await saved(page, 'png', 600);
    assert.match(name, /^cotside-efs-by-kmt2a-120mm-600dpi\.png$/);
    assert.ok(Math.abs((sizeOf(bytes)[0] / 600) * 25.4 - 120) <= 0.1, `${sizeOf(bytes)}`);
    assert.ok(Math.abs(pixelsPerMetre(bytes) - 600 / 0.0254) <= 1, `${pixelsPerMetre(bytes)}`);
    await close();
  });

  test('the widths are 89, 120 and 183 mm within a tenth, and 2 mm along each edge are empty', async () => {
    const { page, close } = await twoGroups();
    await page.locator('[data-result="survival"] [data-testid="view-options"]').click();
    for (const width of [89, 120, 183]) {
      await page.selectOption('select[name="width"]', String(width));
      await settled(page);
      await figure(page).locator('details.files > summary').click();
      const { bytes } = await saved(page, 'tiff', 300);
      const [image] = UTIF.decode(bytes);
      UTIF.decodeImage(bytes, image);
      assert.ok(Math.abs((image.width / 300) * 25.4 - width) <= 0.1, `${image.width} pixels for ${width} mm`);
      const pixels = UTIF.toRGBA8(image);
      const edge = Math.floor((2 / 25.4) * 300);
      const inked = [];
      for (let y = 0; y < image.height; y += 1) {
        for (let x = 0; x < image.width; x += 1) {
          const near = x < edge || y < edge || x >= image.width - edge || y >= image.height - edge;
          const at = 4 * (y * image.width + x);
          if (near && pixels[at] + pixels[at + 1] + pixels[at + 2] < 700) inked.push([x, y]);
        }
      }
      assert.deepEqual(inked.slice(0, 3), [], `${inked.length} pixels within 2 mm of an edge at ${width} mm`);
    }
    await close();
  });

  test('four endpoints in panels with letters, and the difference over time under them', async () => {
    const { page, close } = await twoGroups();
    await toResult(page, 'panels');
    const difference = page.locator('[data-result="panels"] figure[data-figure="difference"] > svg');
    await difference.scrollIntoViewIfNeeded();
    assert.match((await difference.locator('text').allTextContents()).join(' '), /rearranged − germline/);
    const panels = page.locator('[data-result="panels"] figure[data-figure="panels"]');
    await panels.locator('svg').waitFor();
    const texts = await panels.locator('svg text').allTextContents();
    for (const text of ['A', 'B', 'C', 'D', 'Event-free survival', 'Overall survival', 'Relapse', 'Death without relapse']) {
      assert.ok(texts.includes(text), `${text}: ${texts}`);
    }
    assert.ok(texts.some(text => /^KMT2A germline \(n = 24\)$/.test(text)));
    assert.ok(texts.some(text => /^Log-rank P = 0\.00\d+$/.test(text)) && texts.some(text => /^Gray’s test P/.test(text)));
    await panels.locator('details.files > summary').click();
    const [file] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), panels.locator('[data-export="panels.svg"]').click()]);
    assert.match(file.suggestedFilename(), /^cotside-efs-panels-by-kmt2a-183mm\.svg$/);
    await close();
  });

  test('a group is given a colour of the palette, which it has in every figure, and the other takes its own', async () => {
    const { page, close } = await twoGroups();
    const level = name => page.locator('[data-testid="levels"] > ul > li').filter({ has: page.locator('label', { hasText: name }) });
    const swatches = () => page.locator('[data-testid="levels"] .swatch[data-series]').evaluateAll(all => all.map(each => each.dataset.series));
    assert.deepEqual(await swatches(), ['1', '2']);
    await level('rearranged').getByRole('button', { name: 'Edit rearranged' }).click();
    await page.selectOption('select[name="level-colour"]', { label: 'blue' });
    await settled(page);
    assert.deepEqual(await swatches(), ['2', '1']);
    await page.selectOption('select[name="level-colour"]', { label: 'mauve' });
    await settled(page);
    assert.deepEqual(await swatches(), ['2', '4']);
    const curves = figure(page).locator('svg g.curves path');
    assert.deepEqual(await curves.evaluateAll(all => [...new Set(all.map(each => /ink-s\d/.exec(each.getAttribute('class'))[0]))]), ['ink-s2', 'ink-s4']);
    // The group under the pointer is marked by its colour in the figure and by its place in the table.
    await page.locator('[data-part="estimates"] th[data-group="1"], [data-part="estimates"] tr[data-group="1"]').first().hover();
    assert.equal(await page.locator('.workbench').getAttribute('data-lit'), '2');
    assert.equal(await page.locator('.workbench').getAttribute('data-lit-ink'), '4');
    await close();
  });
});

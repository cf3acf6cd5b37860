// Files of figures and tables, opened by programs that are not ours: pdf.js, mammoth (Word), UTIF (TIFF).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import mammoth from 'mammoth';
import UTIF from 'utif2';
import { axe, browser, clickInResult, open, serve, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const COHORT = `id,diagnosis_date,relapse_date,death_date,last_follow_up_date,sex
${Array.from({ length: 12 }, (_, at) => `p${at},2015-01-${10 + at},${at % 3 ? '' : '2015-10-01'},,2020-0${1 + (at % 9)}-01,${at % 2 ? 'male' : 'female'}`).join('\n')}\n`;

const PDF_JS = fileURLToPath(new URL('legacy/build/', import.meta.resolve('pdfjs-dist/package.json')));

/** What pdf.js reads of a PDF, in a page of its own: the size of its page in points, its texts, its drawing. */
async function readPdf(chrome, bytes) {
  const { page, context, close } = await open(chrome);
  await context.route('http://pdf.test/**', route => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (!name) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>pdf.js</title>' });
    return route.fulfill({ contentType: 'text/javascript', body: readFileSync(PDF_JS + name) });
  });
  await page.goto('http://pdf.test/');
  const read = await page.evaluate(async base64 => {
    const { getDocument, GlobalWorkerOptions, OPS } = await import('/pdf.min.mjs');
    GlobalWorkerOptions.workerSrc = '/pdf.worker.min.mjs';
    const file = await getDocument({ data: Uint8Array.from(atob(base64), each => each.charCodeAt(0)), verbosity: 0 }).promise;
    const page = await file.getPage(1);
    const { items } = await page.getTextContent();
    const { fnArray } = await page.getOperatorList();
    const count = name => fnArray.filter(each => each === OPS[name]).length;
    const { info } = await file.getMetadata();
    // Texts that lie beyond the paper, of all pages.
    const beyond = [];
    for (let at = 1; at <= file.numPages; at += 1) {
      const each = await file.getPage(at);
      const [left, low, right, high] = each.view;
      for (const { str, transform, width } of (await each.getTextContent()).items) {
        const [, , , , x, y] = transform;
        const upright = transform[1] === 0;
        if (str.trim() && (x < left - 1 || y < low - 1 || y > high + 1 || (upright ? x + width : x) > right + 1)) beyond.push(`${at}: ${str}`);
      }
    }
    return { pages: file.numPages, size: page.view.slice(2), texts: items.map(({ str }) => str), paths: count('constructPath'), images: count('paintImageXObject'), creator: info.Creator, beyond };
  }, Buffer.from(bytes).toString('base64'));
  await close();
  return read;
}

describe('exports', () => {
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
  /** The page with the sample registry in groups, which may use the clipboard. */
  async function loaded(options) {
    const opened = await open(chrome, options);
    await opened.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visit(opened.page, site, 'analyse/');
    await opened.page.click(id('load-registry'));
    await opened.page.locator(id('methods')).waitFor({ state: 'attached', timeout: 60_000 });
    await settled(opened.page);
    return opened;
  }
  async function taken(page, click) {
    const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }
  const take = (page, selector) => taken(page, () => clickInResult(page, selector));
  /** What the clipboard holds, by kinds. */
  const clipboard = page =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const kinds = {};
      for (const kind of item.types) {
        const blob = await item.getType(kind);
        kinds[kind] = kind.startsWith('text/') ? await blob.text() : [...new Uint8Array(await blob.slice(0, 24).arrayBuffer())];
      }
      return kinds;
    });

  test('a figure as PDF has vectors and every text of the drawing', async () => {
    const { page, faults, close } = await loaded();
    await page.selectOption('select[name="group"]', 'finding:sex');
    await settled(page);
    const { name, bytes } = await take(page, '[data-export="curves.pdf"]');
    assert.equal(name, 'cotside-efs-by-sex-120mm.pdf');
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
    assert.deepEqual(faults, []);
    const read = await readPdf(chrome, bytes);
    assert.equal(read.pages, 1);
    assert.ok(Math.abs(read.size[0] - (120 / 25.4) * 72) < 0.1, `${read.size}`);
    assert.equal(read.images, 0);
    assert.ok(read.paths > 10, `${read.paths} paths`);
    const drawn = await page.locator('[data-figure="curves"] > svg text').allTextContents();
    const all = read.texts.join('').replace(/\s/g, '');
    for (const text of drawn) assert.ok(all.includes(text.replace(/\s/g, '')), text);
    assert.match(read.creator, /Cotside/);
    await close();
  });

  test('a figure as TIFF has the pixels of its PNG, and its resolution', async () => {
    const { page, close } = await loaded();
    for (const dpi of [300, 600, 1200]) {
      const { name, bytes } = await take(page, `[data-export="curves.tiff"][data-dpi="${dpi}"]`);
      assert.equal(name, `cotside-efs-120mm-${dpi}dpi.tiff`);
      const [image] = UTIF.decode(bytes);
      UTIF.decodeImage(bytes, image);
      assert.equal(image.width, Math.round((120 / 25.4) * dpi));
      // Numbers of pixels to the unit, which 2 says is the inch.
      assert.deepEqual([image.t282[0], image.t283[0], image.t296[0]], [[dpi, 1], [dpi, 1], 2]);
      const pixels = UTIF.toRGBA8(image);
      assert.equal(pixels.length, image.width * image.height * 4);
      let [dark, white] = [0, 0];
      for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at] + pixels[at + 1] + pixels[at + 2] < 200) dark += 1;
        if (pixels[at] + pixels[at + 1] + pixels[at + 2] === 765) white += 1;
      }
      assert.ok(dark > 1000 && white > pixels.length / 8, `${dark} dark, ${white} white of ${pixels.length / 4}`);
    }
    await close();
  });

  test('a table as document has the cells of the page, with title and source', async () => {
    const { page, close } = await loaded();
    await page.selectOption('select[name="group"]', 'finding:sex');
    await settled(page);
    const { name, bytes } = await take(page, '[data-table="cotside-table1-by-sex"][data-as="docx"]');
    assert.equal(name, 'cotside-table1-by-sex.docx');
    const { value, messages } = await mammoth.convertToHtml({ buffer: bytes });
    assert.deepEqual(messages.filter(({ type }) => type === 'error'), []);
    const plain = text => text.replace(/\s+/g, ' ').trim();
    const cells = await page.locator('table.describe th, table.describe td').evaluateAll(all => all.map(each => each.innerText));
    const read = [...value.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      plain(cell.replace(/<[^>]*>/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')));
    assert.deepEqual(read, cells.map(plain));
    assert.match(value, /<p><strong>[^<]+<\/strong><\/p><table>/);
    assert.match(value, /Event-free survival, by .*Simulated data: no row is a patient\. Cotside \d/);
    const csv = (await take(page, '[data-table="cotside-table1-by-sex"][data-as="csv"]')).bytes.toString('utf8');
    assert.equal(csv.trim().split('\r\n').length, await page.locator('table.describe tr').count());
    await close();
  });

  test('every table shown has its tools; a copy pastes cells into documents and spreadsheets', async () => {
    const { page, faults, close } = await loaded();
    const bare = await page.locator('[data-testid="results"] table:not(.csv)').evaluateAll(tables =>
      tables.filter(table => !(table.closest('.wide') ?? table).nextElementSibling?.matches('.of-table')).map(table => table.className));
    assert.deepEqual(bare, []);
    await clickInResult(page, '[data-table="cotside-table1"][data-as="copy"]');
    await page.getByText('The table is in the clipboard').waitFor();
    const held = await clipboard(page);
    const rows = await page.locator('table.describe tr').count();
    assert.equal(held['text/plain'].split('\n').length, rows);
    assert.ok(held['text/plain'].split('\n').every(line => line.includes('\t')));
    assert.equal(held['text/html'].match(/<tr>/g).length, rows);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a figure is copied, and files are chosen, with the keyboard', async () => {
    const { page, close } = await loaded();
    const figure = page.locator('[data-figure="curves"]');
    await figure.locator('[data-copy-figure]').focus();
    await page.keyboard.press('Enter');
    await page.getByText('The figure is in the clipboard').waitFor();
    assert.deepEqual((await clipboard(page))['image/png'].slice(1, 4), [...Buffer.from('PNG')]);
    const list = figure.locator('details.files');
    await list.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await list.locator('[data-export="curves.pdf"]').isVisible());
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.ok(!(await list.locator('[data-export="curves.pdf"]').isVisible()));
    assert.ok(await list.locator('summary').evaluate(element => element === document.activeElement));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const { name } = await taken(page, () => page.keyboard.press('Enter'));
    assert.equal(name, 'cotside-efs-120mm.svg');
    await close();
  });

  test('a sealed page makes them all without a request; letters that the font has not are told', async () => {
    const { page, requests, close } = await open(chrome);
    await visit(page, site, 'analyse/');
    const group = COHORT.replace(/,sex$/m, ',危険群').replaceAll('female', '高危険').replaceAll('male', '標準');
    await page.setInputFiles(id('cohort-input'), { name: 'Meier.csv', mimeType: 'text/csv', buffer: Buffer.from(group) });
    await page.locator('.open-file').waitFor({ state: 'detached', timeout: 60_000 });
    await settled(page);
    const before = requests.length;
    const names = [];
    for (const selector of ['[data-export="curves.pdf"]', '[data-export="curves.tiff"][data-dpi="300"]', '[data-table^="cotside-table1"][data-as="docx"]']) {
      const { name, bytes } = await take(page, selector);
      assert.ok(bytes.length > 1000, selector);
      names.push(name);
    }
    await page.selectOption('select[name="group"]', 'column:5');
    await settled(page);
    await toResult(page, 'curves').catch(() => {});
    await clickInResult(page, '[data-export="curves.pdf"]');
    await page.locator(id('refused')).getByText(/The font of PDF files .*SVG or PNG/).waitFor();
    names.push((await take(page, '[data-export="curves.svg"]')).name);
    for (const name of names) {
      assert.match(name, /^cotside-[a-z0-9-]+\.(pdf|tiff|docx|svg)$/);
      assert.ok(!/meier/i.test(name));
    }
    assert.deepEqual(requests.slice(before).filter(url => !/^(blob|data):/.test(url)), []);
    await close();
  });

  test('a report prints whole on A4 and Letter', async () => {
    const { page, close } = await loaded();
    await page.selectOption('select[name="group"]', 'protocol:mll-10');
    await settled(page);
    const report = (await take(page, '[data-export="report.html"]')).bytes.toString('utf8');
    assert.ok(!/of-table|data-table=/.test(report));
    const other = await open(chrome);
    await other.page.setContent(report);
    for (const [format, width, height] of [['A4', 210, 297], ['Letter', 215.9, 279.4]]) {
      // The page without its margins of 15 mm.
      await other.page.setViewportSize({ width: Math.floor(((width - 30) * 96) / 25.4), height: Math.floor(((height - 30) * 96) / 25.4) });
      await other.page.emulateMedia({ media: 'print' });
      const cut = await other.page.evaluate(() => {
        const { clientWidth } = document.documentElement;
        const places = [...document.querySelectorAll('table, figure > svg, p, td, th')].filter(each => each.checkVisibility());
        return places.filter(each => each.getBoundingClientRect().right > clientWidth + 1 || each.getBoundingClientRect().height > innerHeight * (each.localName === 'svg' ? 1 : 99))
          .map(each => `${each.localName} ${each.textContent.slice(0, 30)}`);
      });
      assert.deepEqual(cut, [], format);
      const read = await readPdf(chrome, await other.page.pdf({ format, preferCSSPageSize: false }));
      assert.ok(read.pages > 1);
      assert.deepEqual(read.beyond, [], format);
    }
    await other.close();
    await close();
  });

  test('sources for programs that manage literature, and the script as a Quarto document', async () => {
    const { page, close } = await loaded();
    const ris = (await take(page, '[data-export="sources.ris"]')).bytes.toString('utf8');
    assert.match(ris, /^TY {2}- JOUR\r\nAU {2}- Kaplan, E\. L\.\r\nAU {2}- Meier, P\.\r\nPY {2}- 1958\r\n/);
    assert.match((await take(page, '[data-export="sources.bib"]')).bytes.toString('utf8'), /^@article\{kaplan1958,\n {2}author = \{Kaplan, E\. L\. and Meier, P\.\},/);
    const { name, bytes } = await take(page, '[data-export="script.qmd"]');
    assert.equal(name, 'cotside-script.qmd');
    const script = (await take(page, '[data-export="script.R"]')).bytes.toString('utf8');
    const chunks = [...bytes.toString('utf8').matchAll(/^```\{r\}\n([\s\S]*?)\n```$/gm)].map(([, code]) => code);
    assert.ok(chunks.length > 5);
    const lines = text => text.split('\n').filter(line => line.trim() && !line.startsWith('# ---- '));
    assert.deepEqual(chunks.flatMap(lines), lines(script), 'the same script');
    await close();
  });

  test('tables of published evidence are copied, and saved as CSV and for Word', async () => {
    const { page, context, close } = await open(chrome);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visit(page, site, 'evidence/#studies');
    const tools = page.locator(`${id('studies')} .of-table`).first();
    await tools.waitFor();
    const { name, bytes } = await taken(page, () => tools.locator('[data-as="docx"]').click());
    assert.match(name, /^cotside-published-[a-z-]+\.docx$/);
    const { value } = await mammoth.convertToHtml({ buffer: bytes });
    assert.match(value, /<table>[\s\S]*Interfant-06[\s\S]*<\/table>/);
    assert.match(value, /Published estimates as in the catalogue of Cotside/);
    const csv = await taken(page, () => tools.locator('[data-as="csv"]').click());
    assert.match(csv.bytes.toString('utf8'), /Interfant-06/);
    await tools.locator('[data-as="copy"]').click();
    await page.waitForFunction(() => navigator.clipboard.readText().then(text => text.includes('Interfant-06')));
    await close();
  });

  test('figures of published evidence have the same files', async () => {
    const { page, close } = await open(chrome, { viewport: { width: 360, height: 800 } });
    await visit(page, site, 'evidence/');
    await page.click('button[name="endpoint-OS"]');
    await page.click('button[name="figure-forest"]');
    await page.locator('figure[data-figure="forest"] svg').waitFor();
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.locator('figure[data-figure="forest"] details.files > summary').click();
    assert.ok((await wide()) <= 0, 'the list fits a phone');
    await page.locator('figure[data-figure="forest"] details.files > summary').click();
    const { name, bytes } = await take(page, '[data-export="forest.pdf"]');
    assert.match(name, /^cotside-published-forest-\d+mm\.pdf$/);
    const read = await readPdf(chrome, bytes);
    assert.ok(read.texts.length > 10);
    const ris = (await take(page, '[data-export="references.ris"]')).bytes.toString('utf8');
    assert.match(ris, /DO {2}- 10\.1002\/pbc\.25322\r\n/);
    assert.ok(!/^TI/m.test(ris), 'the catalogue has no titles');
    await close();
  });
});

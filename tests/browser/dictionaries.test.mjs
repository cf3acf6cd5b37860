// A dictionary beside a file: chosen or dropped with it, after it, taken away again; the template.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, toColumns, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

const CODES = [
  'id,v1,v2,st,sx',
  'P1,2018-05-10,2019-08-01,0,2',
  'P2,2018-12-03,2023-04-11,1,1',
  'P3,2019-09-02,2024-01-09,1,1',
  'P4,2017-04-04,2022-06-06,1,2',
  'P5,2020-08-08,2020-09-30,0,2',
].join('\n');

const SYNTAX = [
  "VARIABLE LABELS v1 'Date of diagnosis' /v2 'Date of last contact' /st 'Vital status' /sx 'Sex'.",
  "VALUE LABELS st 0 'Dead' 1 'Alive' /sx 1 'Female' 2 'Male'.",
].join('\n');

describe('dictionaries', () => {
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

  async function page() {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    return opened;
  }
  const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const give = (p, ...files) => p.setInputFiles(id('cohort-input'), files);
  const read = async p => {
    await p.locator('.worked:not(.busy)').waitFor({ timeout: 60_000 });
    await toColumns(p);
  };
  const tally = p => p.locator(id('columns-tally'));
  const ALL_READ = /^5 columns recognised$/;

  for (const [order, files] of [
    ['data first', [file('codes.csv', CODES), file('labels.sps', SYNTAX)]],
    ['dictionary first', [file('labels.sps', SYNTAX), file('codes.csv', CODES)]],
  ]) {
    test(`both chosen at once, ${order}`, async () => {
      const { page: p, close } = await page();
      await give(p, ...files);
      await p.locator(id('beside')).waitFor({ timeout: 60_000 });
      await read(p);
      await shows(p.locator(id('beside')), /labels\.sps.*SPSS syntax: describes 4 of 5 columns/);
      await shows(tally(p), ALL_READ);
      await shows(p.locator(id('column-3')), /Vital status/);
      await shows(p.locator(id('column-3')), /0 = Dead/);
      assert.deepEqual(await axe(p), []);
      await close();
    });
  }

  test('both dropped at once', async () => {
    const { page: p, close } = await page();
    const data = await p.evaluateHandle(([codes, syntax]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([codes], 'codes.csv', { type: 'text/csv' }));
      transfer.items.add(new File([syntax], 'labels.sps'));
      return transfer;
    }, [CODES, SYNTAX]);
    await p.dispatchEvent('.worked', 'drop', { dataTransfer: data });
    await p.locator(id('beside')).waitFor({ timeout: 60_000 });
    await read(p);
    await shows(tally(p), ALL_READ);
    await close();
  });

  test('a dictionary after the file, and taken away again', async () => {
    const { page: p, close } = await page();
    await give(p, file('codes.csv', CODES));
    await p.locator(id('seal')).first().waitFor({ state: 'attached' });
    await read(p);
    await p.locator(id('replace')).locator('summary', { hasText: 'Replace file' }).click();
    await give(p, file('labels.sps', SYNTAX));
    await p.locator(id('beside')).waitFor({ timeout: 60_000 });
    await read(p);
    await shows(tally(p), ALL_READ);
    await p.locator(id('without-beside')).click();
    await p.locator(id('beside')).waitFor({ state: 'detached', timeout: 60_000 });
    await read(p);
    assert.doesNotMatch(await tally(p).innerText(), ALL_READ);
    await close();
  });

  test('two files of patients at once: the second is said to be no dictionary', async () => {
    const { page: p, close } = await page();
    await give(p, file('codes.csv', CODES), file('other.csv', 'id,wbc,sex\n1,2,m\n2,3,f\n'));
    await p.getByText(/other\.csv is no dictionary/).waitFor({ timeout: 60_000 });
    await close();
  });

  test('the template can be saved as a workbook', async () => {
    const { page: p, close } = await page();
    const link = p.locator(id('template-xlsx')).first();
    await link.waitFor();
    const bytes = await p.evaluate(async address => [...new Uint8Array(await (await fetch(address)).arrayBuffer()).slice(0, 2)], await link.getAttribute('href'));
    assert.deepEqual(bytes, [0x50, 0x4b]);
    await close();
  });
});

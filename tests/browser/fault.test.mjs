// What the reader sees when the program does not start, stops, or cannot run at all.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, serve, shows, started, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;

describe('faults', () => {
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

  test('a program that stops keeps what was entered, and its report has none of it', async () => {
    const { page, close } = await open(chrome);
    // The program hands itself to the page with this event; a wish for more memory than there is makes it stop.
    await page.addInitScript(() => {
      addEventListener('TrunkApplicationStarted', event => (globalThis.program = event.detail.wasm));
    });
    await visit(page, site, 'stratify/');
    await page.getByRole('button', { name: /enter my patient/i }).first().click();
    await page.fill('input[name="age_days"]', '123');
    await page.fill('input[name="wbc"]', '77');
    await page.evaluate(() => setTimeout(() => globalThis.program.__wbindgen_malloc(0xfffffff0, 1)));
    const notice = page.getByRole('alert');
    await notice.waitFor();
    await shows(notice, /stopped because of a fault/);
    assert.equal(await page.inputValue('input[name="age_days"]'), '123');
    const report = await notice.getByLabel('Diagnostic').inputValue();
    assert.match(report, /Rules \S+.*Cotside \d.*build [0-9a-f]{10}/);
    assert.match(report, /Chrome/);
    assert.ok(!/123|77\b/.test(report.replace(/Mozilla.*/s, '')), report);
    assert.deepEqual(await axe(page), []);
    await notice.getByRole('link', { name: 'Start again with these findings' }).click();
    await page.waitForURL(/again/);
    await started(page);
    assert.equal(await page.inputValue('input[name="age_days"]'), '123');
    assert.equal(await page.inputValue('input[name="wbc"]'), '77');
    await close();
  });

  test('the place of a panic is reported', async () => {
    const { page, close } = await open(chrome);
    await visit(page, site, 'stratify/');
    await page.evaluate(() => {
      document.documentElement.setAttribute('data-stopped', 'crates/app/src/x.rs:7');
      setTimeout(() => {
        throw new WebAssembly.RuntimeError('unreachable');
      });
    });
    assert.match(await page.getByLabel('Diagnostic').inputValue(), /crates\/app\/src\/x\.rs:7/);
    await close();
  });

  test('a browser without WebAssembly gets a message', async () => {
    const { page, close } = await open(chrome);
    await page.addInitScript(() => delete globalThis.WebAssembly);
    await page.goto(`${site.url}stratify/`);
    await shows(page.locator('#boot'), /too old for Cotside/);
    await close();
  });

  for (const file of ['*_bg.wasm', 'cotside-app-*.js']) {
    test(`a failed start gives a message: ${file}`, async () => {
      const { page, close } = await open(chrome);
      await page.route(`**/${file}`, route => route.abort());
      await page.goto(`${site.url}stratify/`);
      await page.getByText('Cotside could not start').waitFor();
      assert.equal(await page.locator(id('rows')).count(), 0);
      await close();
    });
  }
});

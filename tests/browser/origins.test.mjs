// From when time is counted, transplant beside other covariates, and the layouts of competing risks, over the built site.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, browser, dist, open, resultsText, serve, toResult, visit } from './harness.mjs';

const id = name => `[data-testid="${name}"]`;
const REGISTRY = join(dist, 'samples', 'synthetic-registry.csv');
const TRANSPLANT = fileURLToPath(new URL('../reference/workbench/transplant_file.csv', import.meta.url));

describe('origins', () => {
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

  const finished = async page => {
    await page.locator(`${id('results')} h2`).first().waitFor({ state: 'attached' });
    await page.locator('.worked:not(.busy)').waitFor();
  };
  async function loaded(file) {
    const opened = await open(chrome);
    await visit(opened.page, site, 'analyse/');
    await opened.page.setInputFiles(id('cohort-input'), file);
    await finished(opened.page);
    return opened;
  }
  /** Does something and waits until the results are those of it. */
  async function changed(page, act) {
    const before = await page.locator(id('results')).innerHTML();
    await act();
    await page.waitForFunction(
      ([selector, text]) => document.querySelector(selector).innerHTML !== text,
      [id('results'), before],
    );
    await finished(page);
  }
  const choose = (page, name, value) => changed(page, () => page.selectOption(`select[name="${name}"]`, value));
  const options = (page, name) =>
    page.locator(`select[name="${name}"] option`).evaluateAll(found => found.map(option => [option.value, option.disabled, option.textContent]));

  test('each day has its endpoints, and what cannot be followed says why', async () => {
    const { page, faults, close } = await loaded(REGISTRY);
    assert.deepEqual((await options(page, 'origin')).map(([code, disabled]) => [code, disabled]), [
      ['diagnosis', false], ['first_remission', false], ['transplant', false], ['relapse', false],
    ]);
    assert.match(await resultsText(page), /Years since diagnosis/);
    // By the keyboard alone.
    await page.locator('select[name="origin"]').focus();
    await changed(page, () => page.keyboard.press('t'));
    assert.equal(await page.inputValue('select[name="origin"]'), 'transplant');
    const endpoints = await options(page, 'endpoint');
    assert.deepEqual(endpoints.map(([code, disabled]) => [code, disabled]), [
      ['os', false], ['lfs', false], ['relapse', false], ['grfs', true],
    ]);
    assert.match(endpoints[3][2], /nobody: no column has the date of acute GVHD grade III–IV/);
    const text = await resultsText(page);
    assert.match(text, /Years since transplantation/);
    assert.match(text, /not transplanted, so not at risk after transplantation/);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(faults.filter(fault => !/data:,|connect-src data/.test(fault)), []);
    await close();
  });

  test('dates of graft-versus-host disease are confirmed, and counted', async () => {
    const { page, close } = await loaded(TRANSPLANT);
    await choose(page, 'origin', 'transplant');
    await choose(page, 'endpoint', 'grfs');
    await toResult(page, 'competing');
    assert.match(await resultsText(page), /acute GVHD grade III–IV/i);
    await close();
  });

  test('competing risks in panels and as stacked areas', async () => {
    const { page, close } = await loaded(REGISTRY);
    await choose(page, 'group', 'finding:kmt2a');
    await toResult(page, 'competing');
    const figure = page.locator('[data-figure="incidence"] svg');
    const text = () => figure.evaluate(svg => svg.textContent);
    assert.match(await text(), /Relapse.*Gray’s test P.*Death without relapse/s);
    assert.equal((await text()).match(/No\. at risk/g).length, 4);
    await choose(page, 'incidence', 'stacked');
    assert.doesNotMatch(await text(), /Gray/);
    await choose(page, 'incidence', 'together');
    assert.match(await text(), /rearranged \(n = 87\), relapse/);
    await close();
  });

  test('transplant is adjusted for the variables of the Cox model', async () => {
    const { page, close } = await loaded(REGISTRY);
    await toResult(page, 'transplant');
    assert.match(await resultsText(page), /choose them under Cox regression/);
    await toResult(page, 'cox');
    await changed(page, () => page.locator('[data-result="cox"] input[name="model:finding:wbc"]').check());
    await toResult(page, 'transplant');
    const part = await page.locator('[data-part="transplant"]').innerText();
    assert.match(part, /Time-dependent covariate, adjusted/);
    assert.match(part, /Landmark at 0.5 years, adjusted/);
    assert.deepEqual(await axe(page), []);
    await close();
  });
});

// Every route, light and dark, on a phone and on a wide screen: axe finds nothing, nothing overflows, Tab moves on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, browser, open, routes, serve, visit } from './harness.mjs';

/** One page of each kind: the pages of single protocols share their parts, so the first of them stands for all. */
function kinds() {
  const all = routes();
  const protocol = all.find(route => /^protocols\/.+/.test(route));
  return all.filter(route => !/^protocols\/.+/.test(route) || route === protocol);
}

describe('accessibility', () => {
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

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`axe finds nothing, ${colorScheme}, ${width} px`, async () => {
        const { page, close } = await open(chrome, { colorScheme, viewport: { width, height: 900 } });
        for (const route of kinds()) {
          await visit(page, site, route);
          assert.deepEqual(await axe(page), [], `on /${route}`);
        }
        await close();
      });
    }
  }

  test('every protocol page passes axe', async () => {
    const { page, close } = await open(chrome);
    for (const route of routes().filter(route => /^protocols\/.+/.test(route))) {
      await visit(page, site, route);
      assert.deepEqual(await axe(page), [], `on /${route}`);
    }
    await close();
  });

  // 640 CSS pixels are a screen of 1280 at 200 %, 320 the same at 400 %.
  for (const width of [1280, 640, 360, 320]) {
    test(`nothing is wider than a window of ${width} px`, async () => {
      const { page, close } = await open(chrome, { viewport: { width, height: 900 } });
      for (const route of kinds()) {
        await visit(page, site, route);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `/${route} is ${wide} px wide`);
      }
      await close();
    });
  }

  test('Tab reaches something new each time, and the focus is visible', async () => {
    const { page, close } = await open(chrome);
    for (const route of kinds()) {
      await visit(page, site, route);
      const visited = await tabThrough(page, 12);
      assert.ok(visited.length > 1, `/${route}: Tab reaches ${visited.length} elements`);
      assert.equal(new Set(visited.map(stop => stop.which)).size, visited.length, `/${route}: Tab is caught`);
      const unseen = visited.filter(stop => !stop.visible).map(stop => stop.which);
      assert.deepEqual(unseen, [], `/${route}: focus cannot be seen`);
    }
    await close();
  });
});

/** The elements that Tab reaches, until it leaves the page, comes round to the first, or `most` are visited. */
async function tabThrough(page, most) {
  const visited = [];
  while (visited.length < most) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const all = [...document.querySelectorAll('*')];
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      const text = (element.textContent || element.getAttribute('name') || '').trim().slice(0, 40);
      return {
        which: `${all.indexOf(element)} ${element.tagName.toLowerCase()} ${text}`,
        visible: outlined || style.boxShadow !== 'none',
      };
    });
    if (!stop || (visited.length > 1 && stop.which === visited[0].which)) break;
    visited.push(stop);
  }
  return visited;
}

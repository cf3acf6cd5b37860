// The pictures of README.md, of the built site: `node tests/browser/picture.mjs` after `cargo xtask test --only size`, or with
// COTSIDE_DIST naming the folder of another build. Run it again when the pages look otherwise.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { browser, open, serve, visit } from './harness.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs');
/** Bytes of a picture, so that the repository stays small. */
const MOST = 150_000;

/** Name, width, and what is done before the picture is taken. */
const PICTURES = [
  ['stratify.png', 1280, async (page, site) => {
    await visit(page, site, 'stratify/');
    await page.locator('.row').first().waitFor();
  }],
  ['analyse.png', 1280, async (page, site) => {
    await visit(page, site, 'analyse/');
    await page.click('[data-testid="load-registry"]');
    const figure = page.locator('[data-result="survival"] figure svg').first();
    await figure.waitFor();
    await page.locator('.worked:not(.busy)').waitFor();
    await page.selectOption('select[name="group"]', 'finding:kmt2a');
    await page.locator('figure svg', { hasText: 'germline' }).first().waitFor();
    await page.locator('.worked:not(.busy)').waitFor();
    await page.locator('.workbench').evaluate(each => scrollTo(0, each.getBoundingClientRect().top + scrollY));
  }],
];

/** The pixels of a picture, four bytes each, as the browser reads it. */
async function pixels(chrome, png) {
  const page = await chrome.newPage();
  const [width, height, data] = await page.evaluate(async text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let all = '';
    for (let at = 0; at < data.length; at += 8192) all += String.fromCharCode(...data.subarray(at, at + 8192));
    return [image.width, image.height, btoa(all)];
  }, png.toString('base64'));
  await page.close();
  return { width, height, data: Buffer.from(data, 'base64') };
}

/** A PNG with a palette: the 256 colours that occur most often; the rest of them, edges of letters, are the nearest. */
function encode({ width, height, data }) {
  const count = new Map();
  const colour = at => data.readUIntBE(at * 4, 3);
  for (let at = 0; at < width * height; at += 1) count.set(colour(at), (count.get(colour(at)) ?? 0) + 1);
  const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([each]) => each);
  const parts = each => [each >> 16, (each >> 8) & 255, each & 255];
  const distance = (a, b) => parts(a).reduce((sum, part, at) => sum + (part - parts(b)[at]) ** 2, 0);
  const nearest = each => palette.reduce((best, other, at) => (distance(each, other) < distance(each, palette[best]) ? at : best), 0);
  const index = new Map([...count.keys()].map(each => [each, nearest(each)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) rows[at + Math.floor(at / width) + 1] = index.get(colour(at));
  const chunk = (name, content) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const number = value => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map(byte => byte & 255));
    return Buffer.concat([number(content.length), body, number(crc32(body))]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

mkdirSync(folder, { recursive: true });
const site = await serve();
const chrome = await browser();
for (const [name, width, prepare] of PICTURES) {
  const { page, close } = await open(chrome, { viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  await prepare(page, site);
  const picture = encode(await pixels(chrome, await page.screenshot({ animations: 'disabled', clip: { x: 0, y: 0, width, height: 860 } })));
  console.log(`docs/${name}: ${picture.length} bytes`);
  if (picture.length > MOST) throw new Error(`docs/${name} is larger than ${MOST} bytes`);
  writeFileSync(join(folder, name), picture);
  await close();
}
await chrome.close();
site.stop();

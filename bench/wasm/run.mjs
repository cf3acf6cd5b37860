// Times the survival methods in Chromium: node bench/wasm/run.mjs FOLDER [rows …]
// FOLDER holds what `wasm-bindgen --target web` made of this crate.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, ...sizes] = process.argv.slice(2);
const types = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };
const server = createServer((request, answer) => {
  const name = request.url === '/' ? '' : request.url.slice(1);
  if (name === '') return answer.setHeader('content-type', types.html).end('<!doctype html><title>bench</title>');
  try {
    answer.setHeader('content-type', types[name.split('.').pop()] ?? 'text/plain').end(readFileSync(join(folder, name)));
  } catch {
    answer.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
const browser = await chromium.launch({
  executablePath: process.env.COTSIDE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const rows of sizes.map(Number)) {
    const times = await page.evaluate(async rows => {
      const { default: init, Bench } = await import('/cotside_bench_wasm.js');
      await init();
      const bench = new Bench(rows);
      return ['kaplan_meier', 'log_rank', 'cox', 'concordance'].map(method => {
        let [best, spent, runs] = [Infinity, 0, 0];
        while (runs < 3 || (spent < 500 && runs < 200)) {
          const start = performance.now();
          bench[method]();
          const time = performance.now() - start;
          [best, spent, runs] = [Math.min(best, time), spent + time, runs + 1];
        }
        return best / 1000;
      });
    }, rows);
    console.log(`${rows} ${times.join(' ')}`);
  }
} finally {
  await browser.close();
  server.close();
}

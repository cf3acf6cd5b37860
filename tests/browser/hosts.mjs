// Two hosts on this computer that write down every request: one serves a built site, the other is somewhere else.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.csv': 'text/csv; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

async function listening(answer) {
  const log = [];
  /** What came with a cookie, and connections, with or without a request. */
  const cookies = [];
  const connections = [];
  const server = createServer((request, response) => {
    log.push(`${request.method} ${request.url}`);
    for (const name of ['cookie', 'service-worker-navigation-preload']) {
      if (request.headers[name]) cookies.push(`${request.url} ${request.headers[name]}`);
    }
    // Nothing is refused on this side: what does not come was not sent.
    response.setHeader('Access-Control-Allow-Origin', '*');
    answer(request, response);
  });
  server.on('upgrade', (request, socket) => {
    log.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  server.on('connection', socket => connections.push(socket.remotePort));
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, log, cookies, connections, stop };
}

/** Serves a built site under `base`; `log` has every request that arrived. */
export async function host(folder, base) {
  const found = path => {
    const inside = normalize(decodeURIComponent(path).slice(base.length));
    if (inside.split(sep).includes('..')) return undefined;
    const file = join(folder, inside);
    const page = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file;
    return existsSync(page) ? page : undefined;
  };
  const served = await listening((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const file = pathname.startsWith(base) ? found(pathname) : undefined;
    const page = file ?? join(folder, '404.html');
    response.writeHead(file ? 200 : 404, { 'Content-Type': TYPES[extname(page)] ?? 'application/octet-stream' });
    createReadStream(page).pipe(response);
  });
  return { ...served, url: served.origin + base };
}

/** Rewrites a file of a copy of the site, as another version would have it: the service worker knows its hash. */
export function rewrite(folder, file, change) {
  const hash = text => createHash('sha256').update(text).digest('hex');
  const path = join(folder, file);
  const before = readFileSync(path);
  const after = change(before.toString());
  writeFileSync(path, after);
  const worker = join(folder, 'sw.js');
  if (existsSync(worker)) writeFileSync(worker, readFileSync(worker, 'utf8').replaceAll(hash(before), hash(after)));
}

/** Another origin, which answers whatever it is asked. */
export const elsewhere = () =>
  listening((_, response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end('heard'));

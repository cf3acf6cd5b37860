// Keeps the site for use without a network, answers nothing but the site's own files as this version has them, and adds
// headers, which bind more than the policy in a page can. Before this text the build writes BUILD, FILES (all that is kept)
// and OTHERS (all else), each with its SHA-256 in hexadecimal digits, HEADERS and LANGUAGES.
// Nothing here listens to a page: what a page knows cannot leave through this.

const ROOT = new URL('./', self.location).href;
const NAME = `cotside ${new URL(ROOT).pathname} `;
const KEPT = NAME + BUILD;
const HASHES = { __proto__: null, ...OTHERS, ...FILES };

/** By the name and not by what a cache says, which a page can write to. */
const TYPES = {
  __proto__: null,
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  csv: 'text/csv; charset=utf-8',
  png: 'image/png',
  xml: 'text/xml; charset=utf-8',
  md: 'text/plain; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  ts: 'text/plain; charset=utf-8',
  R: 'text/plain; charset=utf-8',
};

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** A file from the host, if it is the one of this version. Cookies, which a page can set, stay here, but for a host that
 *  gives its files to those alone who have signed in. */
async function fetched(file) {
  const ask = credentials => fetch(ROOT + file, { cache: 'no-cache', credentials });
  let answer = await ask('omit');
  if (answer.status === 401 || answer.status === 403) answer = await ask('same-origin');
  const bytes = await answer.arrayBuffer();
  if (!answer.ok || (await hashOf(bytes)) !== HASHES[file]) throw new Error(`${file} is not the one of this version.`);
  return bytes;
}

/** Whole or not at all: a version is kept only when all its files have come. */
async function keep() {
  const cache = await caches.open(KEPT);
  await Promise.all(Object.keys(FILES).map(async file => cache.put(ROOT + file, new Response(await fetched(file)))));
  await self.skipWaiting();
}

/** The caches of the versions before. */
const before = async () => (await caches.keys()).filter(name => name.startsWith(NAME) && name !== KEPT);

/** Pages that are open go on with the version before, so that one stays too. */
async function take() {
  const names = await before();
  await Promise.all(names.slice(0, -1).map(name => caches.delete(name)));
  await unload();
  await self.clients.claim();
}

/** A page could have the browser send a header of its own before each visit. */
const unload = () => self.registration.navigationPreload?.disable();

/** What a cache holds under a file's name, if it is what it should be: every page of the origin can write to it. */
async function kept(name, file, right) {
  const found = await (await caches.open(name)).match(ROOT + file);
  const bytes = await found?.arrayBuffer();
  return bytes && right(await hashOf(bytes)) ? bytes : undefined;
}

/** The content of a file of this version, or of a part of the version before, whose name says its hash. */
async function content(file) {
  if (HASHES[file]) {
    const bytes = FILES[file] && (await kept(KEPT, file, hash => hash === HASHES[file]));
    if (bytes) return bytes;
    const anew = await fetched(file);
    if (FILES[file]) await (await caches.open(KEPT)).put(ROOT + file, new Response(anew));
    return anew;
  }
  const [, start] = /^js\/[a-z]+\.([0-9a-f]{16})\.(?:js|wasm)$/.exec(file) ?? [];
  if (!start) return undefined;
  for (const name of await before()) {
    const bytes = await kept(name, file, hash => hash.startsWith(start));
    if (bytes) return bytes;
  }
  return undefined;
}

/** The file for an address below the site's root: a folder is its page. */
function fileOf(pathname) {
  const inside = decodeURIComponent(pathname.slice(new URL(ROOT).pathname.length));
  return inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
}

/** Whatever is not a file of the site is refused, so nothing that a page writes into an address reaches the host. */
async function answer({ method, mode, url }) {
  if (method !== 'GET' || !url.startsWith(ROOT)) return Response.error();
  const { origin, pathname, search } = new URL(url);
  const file = fileOf(pathname);
  if (file === 'sw.js') return fetch(ROOT + file, { cache: 'no-cache', credentials: 'omit' });
  if (HASHES[`${file}/index.html`]) return Response.redirect(`${origin}${pathname}/${search}`, 301);
  try {
    const bytes = await content(file);
    if (bytes) return served(file, bytes);
    const page = mode === 'navigate' && (await content('404.html'));
    return page ? served('404.html', page, 404) : new Response('', { status: 404 });
  } catch (error) {
    // Perhaps a newer version is there.
    self.registration.update().catch(() => {});
    if (mode !== 'navigate') return Response.error();
    return served('refused.txt', `${error.message} Cotside did not open it. Check the network and reload this page.`, 502);
  }
}

function served(file, content, status = 200) {
  const type = TYPES[file.split('.').at(-1)] ?? 'application/octet-stream';
  return new Response(content, { status, headers: { ...HEADERS, 'Content-Type': type } });
}

/** A page of another language before it has a worker of its own loads its own files. */
async function passed({ clientId, request }, folder) {
  const client = await self.clients.get(clientId);
  return client?.url.startsWith(ROOT + folder) ? fetch(request) : Response.error();
}

addEventListener('install', event => event.waitUntil(keep()));
addEventListener('activate', event => event.waitUntil(take()));
addEventListener('fetch', event => {
  const { request } = event;
  const visit = request.mode === 'navigate';
  if (visit) event.waitUntil(unload());
  // The other languages are sites of their own, with a policy and a worker of their own.
  const folder = LANGUAGES.find(folder => request.url.startsWith(ROOT + folder));
  if (folder && visit) return;
  event.respondWith(folder ? passed(event, folder) : answer(request));
});

// Keeps the site for use without a network, and adds the site's policy as a header, which binds more than the policy in
// a page can. Before this text the build writes BUILD, FILES (all that is kept), POLICY and LANGUAGES.
// Nothing here listens to a page: what a page knows cannot leave through this.

const ROOT = new URL('./', self.location).href;
const NAME = `cotside ${new URL(ROOT).pathname} `;
const KEPT = NAME + BUILD;

/** Whole or not at all: a version is kept only when all its files have come. */
async function keep() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES.map(file => new Request(ROOT + file, { cache: 'no-cache' })));
  await self.skipWaiting();
}

/** Pages that are open go on with the version before, so that one stays too. */
async function take() {
  const names = (await caches.keys()).filter(name => name.startsWith(NAME) && name !== KEPT);
  await Promise.all(names.slice(0, -1).map(name => caches.delete(name)));
  await self.clients.claim();
}

/** The file for an address below the site's root: a folder is its page. */
function fileOf({ pathname }) {
  const inside = pathname.slice(new URL(ROOT).pathname.length);
  return inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
}

async function answer(request) {
  const url = new URL(request.url);
  const file = fileOf(url);
  if (FILES.includes(`${file}/index.html`)) return Response.redirect(`${url.origin}${url.pathname}/${url.search}`, 301);
  const cache = await caches.open(KEPT);
  const kept = (await cache.match(ROOT + file)) ?? (await caches.match(ROOT + file));
  if (kept) return guarded(kept);
  try {
    return guarded(await fetch(request));
  } catch (error) {
    const missing = request.mode === 'navigate' && (await cache.match(`${ROOT}404.html`));
    if (!missing) throw error;
    return guarded(missing, 404);
  }
}

function guarded(response, status = response.status) {
  if (response.type === 'opaque' || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', POLICY);
  return new Response(response.body, { status, statusText: response.statusText, headers });
}

addEventListener('install', event => event.waitUntil(keep()));
addEventListener('activate', event => event.waitUntil(take()));
addEventListener('fetch', event => {
  const { request } = event;
  // The other languages are sites of their own, with a policy and a worker of their own.
  const other = LANGUAGES.some(folder => request.url.startsWith(ROOT + folder));
  if (request.method === 'GET' && request.url.startsWith(ROOT) && !other) event.respondWith(answer(request));
});

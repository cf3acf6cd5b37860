// The seal: after it the browser refuses every request of this page, and of every worker made after it, its own site's
// included. A policy can be added to a page but never taken away, so only loading the page anew breaks the seal.
// www/scripts/guard.js, which runs before every other script, does it.
//
// <cotside-seal> shows it. <cotside-seal guard> also keeps it: a file that is chosen or dropped in the element's parent
// seals the page before anybody else hears of the file. Its words are English, or those of its attributes says-open,
// says-sealed (with {n} for how many were refused), says-broken and says-more. <cotside-seal short> is one link, and its {n}
// is how many requests were not refused.

const POLICY = [
  "default-src 'none'",
  "script-src 'wasm-unsafe-eval'",
  'worker-src blob:',
  'img-src blob: data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const WORDS = {
  open: 'Before a file is opened, the page is sealed: the browser then refuses every request of it.',
  sealed: 'Sealed. The browser refuses requests of this page: {n} refused so far',
  broken: 'This browser does not keep to the seal. The page still connects to its own site alone.',
  more: 'What this means',
};

/** This site, for links in the badge. */
const site = document.baseURI;
/** The browser asks for these again at each move inside the page; nobody tried that. */
const icons = new Set([...document.querySelectorAll('link[rel~="icon"], link[rel~="apple-touch-icon"]')].map(({ href }) => href));
/** The icon as data: on a sealed page the browser asks for it again at each move, and is refused. */
let icon;
fetch(document.querySelector('link[rel="icon"][type="image/svg+xml"]')?.href ?? '', { priority: 'low' })
  .then(async answer => answer.ok && (icon = `data:image/svg+xml,${encodeURIComponent(await answer.text())}`))
  .catch(() => {});
const badges = new Set();
const waiting = new Set();
let asked;
let holds;
/** What browsers say was asked for since, refused or not, and what they say was refused. */
const wanted = [];
const unheard = new Set();
let left = 0;
/** Refusals by the policy that refused: an attempt is told once for each policy that it breaks. */
const refusals = new Map();

/** Whether the page has been sealed. */
const sealed = () => asked !== undefined;

/** Calls `back` when the page is sealed, which ends the workers that were made before. */
function onSeal(back) {
  waiting.add(back);
  return () => waiting.delete(back);
}

/** Seals the page at once; what comes later says whether the browser keeps to it. */
export function seal() {
  asked ??= close();
  return asked;
}

async function close() {
  const since = performance.now();
  if (icon) {
    for (const link of document.querySelectorAll('link[rel~="icon"], link[rel="apple-touch-icon"]')) link.remove();
    document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: icon }));
  }
  const held = globalThis.cotsideGuard.close(POLICY, () => show((left += 1)));
  for (const back of waiting) back();
  holds = await held;
  addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective, originalPolicy }) => {
    if (blockedURI === 'data' || icons.has(blockedURI)) return;
    unheard.add(named(blockedURI, effectiveDirective === 'frame-src'));
    show(refusals.set(originalPolicy, (refusals.get(originalPolicy) ?? 0) + 1));
  });
  new PerformanceObserver(list => {
    const entries = list.getEntries().filter(({ name, startTime }) => startTime > since && /^(http|ws)/.test(name) && !icons.has(name));
    show(wanted.push(...entries.map(({ name, initiatorType }) => named(name, initiatorType === 'iframe'))));
  }).observe({ type: 'resource', buffered: true });
  show();
  return holds;
}

// For the program of the page, which cannot import; nobody can put something else in its place.
Object.defineProperty(globalThis, 'cotsideSeal', { value: Object.freeze({ seal, sealed, onSeal }) });

/** Of a frame's address browsers report the origin only. */
const named = (address, frame) => (frame ? `frame ${address.split('/', 3).join('/')}` : address);

function show() {
  for (const badge of badges) badge.show();
}

class Seal extends HTMLElement {
  connectedCallback() {
    badges.add(this);
    this.setAttribute('role', 'status');
    this.show();
    if (!this.hasAttribute('guard')) return;
    const place = this.closest('.drop');
    for (const event of ['change', 'drop']) place.addEventListener(event, seal, true);
    // Without this script no file can be chosen.
    for (const input of place.querySelectorAll('input[type="file"]')) input.disabled = false;
  }

  disconnectedCallback() {
    badges.delete(this);
  }

  #says = what => this.getAttribute(`says-${what}`) ?? WORDS[what];

  show() {
    const state = holds === undefined ? 'open' : holds ? 'sealed' : 'broken';
    const through = wanted.filter(name => !unheard.has(name)).length;
    const refused = left + Math.max(0, ...refusals.values());
    // A request that was not refused is a fault, and is said.
    const short = this.hasAttribute('short');
    const more = state === 'sealed' && through && !short ? ` · ${through} not refused` : '';
    const text = this.#says(state).replace('{n}', short ? through : refused) + more;
    if (this.firstChild?.textContent === text) return;
    const link = document.createElement('a');
    link.href = new URL('privacy/', site).pathname;
    link.textContent = short ? text : this.#says('more');
    this.dataset.state = state;
    this.replaceChildren(...(short ? [link] : [text, ' ', link]));
  }
}

// Where the guard did not come, no file is read.
if (globalThis.cotsideGuard) customElements.define('cotside-seal', Seal);

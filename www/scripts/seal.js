// The seal: after it this page, and every worker made after it, can connect to nothing, its own site included.
// A policy can be added to a page but never taken away, so only loading the page anew breaks the seal.
//
// <cotside-seal> shows it. <cotside-seal guard> also keeps it: a file that is chosen or dropped in the element's parent
// seals the page before anybody else hears of the file.

const POLICY = [
  "default-src 'none'",
  "script-src 'wasm-unsafe-eval'",
  'worker-src blob:',
  'img-src blob: data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** This site, for links in the badge. */
const site = document.baseURI;
const badges = new Set();
let asked;
let holds;
/** What was asked for since, refused or not: browsers list both. */
const wanted = [];
const unheard = new Set();
let refused = 0;

/** Whether the page has been sealed. */
export const sealed = () => asked !== undefined;

/** Seals the page at once; what comes later says whether the browser keeps to it. */
export function seal() {
  asked ??= close();
  return asked;
}

async function close() {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  document.head.append(policy);
  const since = performance.now();
  globalThis.navigation?.addEventListener('navigate', stay);
  // The page's first policy allows this, which needs no network; a browser that keeps to the seal refuses it.
  holds = await fetch('data:,').then(() => false, () => true);
  addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (blockedURI === 'data') return;
    unheard.add(named(blockedURI, effectiveDirective === 'frame-src'));
    show((refused += 1));
  });
  new PerformanceObserver(list => {
    const asked = list.getEntries().filter(({ name, startTime }) => startTime > since && /^(http|ws)/.test(name));
    show(wanted.push(...asked.map(({ name, initiatorType }) => named(name, initiatorType === 'iframe'))));
  }).observe({ type: 'resource', buffered: true });
  // A part of the page that was not loaded before the seal cannot be loaded any more.
  if (!customElements.get('cotside-remote')) customElements.define('cotside-remote', Closed);
  show();
  return holds;
}

/** Says what is missing on a sealed page, and how to leave it: a link with a target is left to the browser. */
export function missing(place, why) {
  const line = document.createElement('p');
  const link = document.createElement('a');
  Object.assign(line, { className: 'remark invalid', textContent: `${why} ` });
  Object.assign(link, { href: location.pathname, target: '_self', textContent: 'Reload to leave the sealed page' });
  line.dataset.testid = 'refused';
  line.append(link, '.');
  place.replaceChildren(line);
}

class Closed extends HTMLElement {
  connectedCallback() {
    missing(this, 'This page is sealed and can load nothing more, so this part of it is missing.');
  }
}

/** Of a frame's address browsers report the origin only. */
const named = (address, frame) => (frame ? `frame ${address.split('/', 3).join('/')}` : address);

/** A policy does not forbid leaving the page. Only a person's click may; a script's own wish may not. */
function stay(event) {
  const { sameDocument, url } = event.destination;
  if (sameDocument || event.userInitiated || url.startsWith('blob:') || !event.cancelable) return;
  event.preventDefault();
  show((refused += 1));
}

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

  show() {
    const state = holds === undefined ? 'open' : holds ? 'sealed' : 'broken';
    const requests = wanted.filter(name => !unheard.has(name)).length;
    const more = refused ? `, ${refused} refused` : '';
    const text = {
      open: 'Before a file is opened, the page is sealed: it can then connect to nothing.',
      sealed: `Sealed: no connection possible · ${requests} ${requests === 1 ? 'request' : 'requests'} since${more}`,
      broken: 'This browser does not keep to the seal. The page still connects to its own site alone.',
    }[state];
    if (this.firstChild?.data === text) return;
    const link = document.createElement('a');
    link.href = new URL('privacy/', site).pathname;
    link.textContent = 'What this means';
    this.dataset.state = state;
    this.replaceChildren(text, ' ', link);
  }
}

customElements.define('cotside-seal', Seal);

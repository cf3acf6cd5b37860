// <cotside-remote name="analyse" modules="intake curves">: a page that is made in a worker. The page carries messages; the
// worker reads, computes and writes HTML. Script and modules are loaded first; then the worker is made from the script's
// text, so that it lives under the page's own policy.
//
// Before the first file is opened everything is loaded and the page is sealed; then the file is read. With the attribute
// `late` the worker is made only then. Else it is made at once, and at the seal another takes its place, which is told what
// the first one was: settings by their last value, or with the attribute `ordered` all of them in their order.
//
// Inside the element: [data-part] is filled by the worker; a control in a part is a setting by its name; a button with
// data-set="name:value" is a setting by click; one with data-export="curves.svg" asks for a file (.png is painted here, at
// data-dpi), one with data-print="curves" prints that figure alone, one with data-copy copies the text of that test id;
// input[type=file], a button with data-sample="path" and one with data-paste (the text in data-rows, which is emptied once
// it has been read) open one; a button with data-focus="name" leads to a control. A control with data-live is sent at every
// stroke.
//
// The element's attribute `findings`, where it has one, is a setting whenever it changes; `narrow="width 89"` is a setting
// that a phone makes before the first file.
//
// elements="digitiser": scripts that define further elements, loaded with the rest. An element with a name and a value
// that says "change" is a control like any other; the worker may set values of controls by name.
// views: what stands behind # in the address is the setting `fragment`; of [data-view], the one that the worker names is
// shown.
//
// Long work can be cancelled, and a worker may stop for want of memory: then it is made anew and gets the file, which the
// page keeps, and the settings that it had answered.

import { painted, printOne } from './picture.js';
import { missing, onSeal, seal, sealed } from './seal.js';

/** The name of rows that were typed or pasted. */
const PASTED = 'Pasted rows';

/** Work that is done before this many milliseconds is not spoken of. */
const SHORT = 250;

/** The names of the files in js/ with the hash of their content, of the version that this page is of. */
const FILES = Object.fromEntries(
  document.querySelector('meta[name="files"]').content.split(' ').map(name => [name.replace(/\.[0-9a-f]{16}\./, '.'), name]),
);

/** An address of this site, wherever it stands. */
const at = path => new URL(path, document.baseURI).href;
const inJs = name => `js/${FILES[name]}`;

async function loaded(path) {
  // What can be read already comes first.
  const answer = await fetch(at(path), { priority: 'low' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** What was loaded serves again on a sealed page, which can load nothing more. */
const kept = new Map();

function once(path, read) {
  if (!kept.has(path)) {
    const answer = loaded(path).then(read);
    kept.set(path, answer);
    answer.catch(() => kept.delete(path));
  }
  return kept.get(path);
}

const script = name => once(inJs(`${name}.js`), answer => answer.text());
const compiled = module =>
  once(inJs(`${module}.wasm`), answer => answer.arrayBuffer().then(bytes => WebAssembly.compile(bytes)));
const bytes = path => once(path, answer => answer.arrayBuffer());

/** The text behind # in the address; as it stands where it cannot be decoded, as in a link that was cut. */
function decoded(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** A button that the page itself makes. */
function button(text, id, act) {
  const made = document.createElement('button');
  Object.assign(made, { type: 'button', textContent: text, onclick: act });
  made.dataset.testid = id;
  return made;
}

/** What holds after work was cancelled: a change that the worker had not taken yet is undone, one that it had taken stays. */
function cancelledText(kind, kept) {
  if (kind === 'set') return `Cancelled: this change was not made.${kept}`;
  if (kind === 'export') return `Cancelled: no file was made.${kept}`;
  if (kind) return `Cancelled.${kept}`;
  return 'Cancelled. What was opened and set holds; the parts that were not computed say so.';
}

/** Why the worker stopped; an engine that is out of memory says so, or nothing. */
function stoppedText(why, kept) {
  if (why && !/memory|RangeError|RuntimeError|unreachable/i.test(why)) {
    return `The computation stopped because of a fault in Cotside (${why}).${kept}`;
  }
  const remedy = 'If it happens again: close other tabs, leave out columns that are not needed, or use the command-line program cotside.';
  return `The computation stopped${why && ` (${why})`}, perhaps because the browser had no more memory.${kept} ${remedy}`;
}

/** Events of the worker (crates/messages) as one answer; what does not end with `done` is a piece of one. */
function joined(events) {
  const reply = { parts: {}, values: {}, part: true };
  for (const { kind, value } of events) {
    if (kind === 'part') reply.parts[value.name] = value.html;
    else if (kind === 'control') reply.values[value.name] = value.value;
    else if (kind === 'ready') reply.restores = value.restores;
    else if (kind === 'done') Object.assign(reply, { part: false, ofFile: value.of_file, restored: value.restored });
    else reply[kind === 'progress' ? 'step' : kind] = value;
  }
  return reply;
}

class Remote extends HTMLElement {
  static observedAttributes = ['findings'];
  #worker;
  /** The modules of the worker, by name. */
  #modules = {};
  /** Messages that are not answered yet, and whether the worker can still come. */
  #queue = [];
  #given_up = false;
  /** Files that are being loaded for or read. */
  #opening = 0;
  /** Whether parts of the last answer are still to come. */
  #more = false;
  /** The file that the worker has, and what was set since, as far as it was answered. */
  #file;
  #said = [];
  #opened = Promise.resolve();
  #status;
  #spoken;
  /** Whether the worker can take a file and settings at once, without computing. */
  #restores = false;
  /** How often it stopped since it last answered. */
  #failures = 0;
  /** Parts that wait until a pressed button or key is let go, so that what is pressed is still there. */
  #held;
  /** The worker that takes the place of one that the seal has ended. */
  #renewed;
  /** While it is told what the other one was: how many answers are to come, and the parts that they make. */
  #renewal;
  /** What each part was last written as. */
  #written = new Map();
  /** Takes back that a seal of the page replaces the worker. */
  #unsealed;

  attributeChangedCallback(name, _, value) {
    if (this.#status) this.#set(name, value);
  }

  connectedCallback() {
    // It was taken out and put back at once.
    if (this.#unsealed) return;
    this.#unsealed = onSeal(() => this.#renew());
    this.#status = this.querySelector('[role="status"]:not(cotside-seal)');
    for (const [event, listener] of [
      ['change', this.#changed],
      ['input', this.#typed],
      ['focusin', this.#entered],
      ['click', this.#clicked],
      ['pointerdown', this.#pressed],
      ['dragover', this.#dragged],
      ['drop', this.#dropped],
    ]) {
      this.addEventListener(event, listener);
    }
    if (this.hasAttribute('findings')) this.#set('findings', this.getAttribute('findings'));
    if (this.hasAttribute('views')) {
      addEventListener('hashchange', this.#went);
      this.#went();
    }
    // Who was faster than this script is served now.
    for (const input of this.querySelectorAll('input[type="file"]')) this.#changed({ target: input });
    this.#start().catch(() => {
      this.#given_up = true;
      this.#lacking(
        'This page is sealed and can load nothing more, so this part of it is missing.',
        'This part of the page could not be loaded: the network is away, a new version of Cotside is here, or the browser is too old. Reload the page, or update the browser.',
      );
    });
  }

  async disconnectedCallback() {
    await undefined;
    if (this.isConnected) return;
    this.#unsealed();
    this.#unsealed = undefined;
    removeEventListener('hashchange', this.#went);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start() {
    const elements = this.getAttribute('elements')?.split(' ') ?? [];
    const [modules] = await Promise.all([this.#load(), ...elements.map(element => import(at(inJs(`${element}.js`))))]);
    if (this.isConnected && !this.hasAttribute('late')) await this.#employ(modules);
  }

  /** Loads what the worker is made of: its modules by name, and its script. */
  async #load() {
    const names = this.getAttribute('modules').split(' ');
    const modules = await Promise.all([...names.map(compiled), this.#script()]);
    return Object.fromEntries(names.map((name, index) => [name, modules[index]]));
  }

  /** The script of the worker has the name of the module that answers. */
  #script = () => script(this.getAttribute('modules').split(' ')[0]);

  /** Makes the worker, under the policy that the page has now. */
  async #employ(modules) {
    const text = await this.#script();
    this.#worker?.terminate();
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const worker = new Worker(address);
    // The first message says that it is ready.
    let started = false;
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#take(joined(data), started);
      if (!started) URL.revokeObjectURL(address);
      started = true;
    };
    // Chromium has no property onmessageerror on a worker.
    for (const event of ['error', 'messageerror']) {
      worker.addEventListener(event, ({ message }) => worker === this.#worker && this.#stopped(message ?? ''));
    }
    worker.postMessage({ page: this.getAttribute('name'), modules });
    this.#queue.forEach(message => worker.postMessage(message));
    this.#modules = modules;
    this.#worker = worker;
  }

  /** The seal has ended the worker: one that lives under it is told the same. */
  #renew() {
    if (!this.#worker) return;
    this.#worker = undefined;
    this.#renewal = { left: this.#said.length, parts: new Map() };
    this.#queue.unshift(...this.#said.map(({ message }) => message));
    this.#said = [];
    this.#renewed = this.#employ(this.#modules);
  }

  /** Before a file is opened: loads what it needs, seals the page, and makes the worker. */
  async #prepare() {
    const modules = await this.#load();
    if (!sealed()) {
      // What is asked for next cannot be loaded then.
      const samples = [...this.querySelectorAll('[data-sample]')].map(button => bytes(button.dataset.sample));
      await Promise.allSettled(samples);
      await seal();
    }
    await this.#renewed;
    if (!this.#worker) await this.#employ(modules);
  }

  /** Text, or a picture to be traced. */
  #set(name, value) {
    const kind = typeof value === 'string' ? 'set' : 'trace';
    this.#send({ kind, name, value });
  }

  /** A message is a `Request` of crates/messages; what else is in it the worker does not look at. */
  #send(message) {
    if (this.#given_up) return;
    this.#forget();
    this.#queue.push(message);
    this.#worker?.postMessage(message);
    this.#busy(message.kind === 'export' ? 'Making the file' : 'Computing');
  }

  /** Says what is being done, once it lasts, with a way to stop it. */
  #busy(step) {
    const busy = this.#queue.length > 0 || this.#opening > 0 || this.#more;
    this.classList.toggle('busy', busy);
    clearTimeout(this.#spoken);
    // Why something was refused or stopped stays until something else is asked for.
    if (this.#kept) return;
    if (!busy) {
      this.#say('');
      return;
    }
    if (this.#queue[0]?.kind === 'restore') return;
    const say = () => {
      const can = this.#worker && !this.#opening;
      this.#say(`${step} …`, can ? [button('Cancel', 'cancel', () => this.#stopped())] : []);
    };
    if (this.#status.firstChild) say();
    else this.#spoken = setTimeout(say, SHORT);
  }

  get #kept() {
    return this.#status.querySelector('[data-kept]');
  }

  #forget() {
    if (this.#kept) this.#say('');
  }

  #refuse(why) {
    this.#more = false;
    this.#busy('');
    this.#say(why, [], true);
  }

  /** Something could not be loaded, on a sealed page or on another. */
  #lacking(whenSealed, otherwise) {
    this.#refuse(otherwise);
    if (sealed()) missing(this.#status, whenSealed);
  }

  #say(text, more = [], refused = false, kept = refused) {
    clearTimeout(this.#spoken);
    const line = document.createElement('p');
    line.append(text);
    if (kept) line.dataset.kept = '';
    if (refused) {
      line.className = 'remark invalid';
      line.dataset.testid = 'refused';
    }
    for (const each of more) line.append(' ', each);
    this.#status.replaceChildren(...(text ? [line] : []));
  }

  #take({ step, parts, part, more, waiting, view, values, refused, file, ofFile, restored, restores }, started) {
    if (this.#renewal) return this.#retold(parts, started);
    const shown = restored && this.querySelector('[data-part="results"]')?.firstChild;
    for (const [name, html] of Object.entries(parts ?? {})) {
      if (name !== 'results' || !shown) this.#write(name, html);
    }
    for (const [name, value] of Object.entries(values ?? {})) {
      const control = this.querySelector(`[name="${CSS.escape(name)}"]`);
      if (control) control.value = value;
    }
    if (view) this.#show(view);
    if (step) return this.#busy(step);
    const picture = this.#queue[0]?.picture;
    if (file && picture) this.#paint(file.text, picture);
    else if (file) this.#save(file.name, new Blob([file.text], { type: file.media_type }));
    if (!started) this.#restores = Boolean(restores);
    else if (!part) this.#answered(this.#queue.shift(), refused, ofFile);
    if (refused || more !== undefined) this.#more = Boolean(more);
    if (waiting && !restored) this.#mark(waiting);
    const next = waiting?.length && this.querySelector(`[data-part="${waiting[0]}"] h2`)?.textContent;
    this.#busy(next ? `Computing: ${next}` : 'Computing');
    if (refused) this.#say(refused, [], true);
  }

  /** An answer to what the worker before was told already: what it changed stands in the page, with what was typed since. */
  #retold(parts, started) {
    for (const [name, html] of Object.entries(parts ?? {})) this.#renewal.parts.set(name, html);
    if (started) {
      this.#answered(this.#queue.shift());
      this.#renewal.left -= 1;
    }
    if (this.#renewal.left > 0) return;
    const made = this.#renewal.parts;
    this.#renewal = undefined;
    for (const [name, html] of made) if (this.#written.get(name) !== html) this.#write(name, html);
    this.#busy('Computing');
  }

  /** Remembers what the worker has been told, for one that may have to take its place. */
  #answered(message = {}, refused, ofFile) {
    const { kind, name, bytes, source } = message;
    this.#failures = 0;
    if (refused) return;
    const project = kind === 'open' && /\.json$/i.test(name);
    if (kind === 'open' && !project) {
      // Rows that were read are not kept in the page; rows that were refused can be corrected.
      if (name === PASTED) this.querySelector('[data-rows]').value = '';
      // What was said of another file's columns does not hold for this one; a project may have been waiting for it.
      this.#said = this.#said.filter(said => (said.project ? !this.#file : !said.ofFile));
      this.#file = { name, bytes, source };
    } else if (kind === 'set' || project) {
      // Settings by their last value; what is said of a file in its order.
      const ordered = this.hasAttribute('ordered');
      if (!ofFile && !project && !ordered) this.#said = this.#said.filter(said => said.ofFile || said.message.name !== name);
      this.#said.push({ message, ofFile, project });
    }
  }

  /** The worker is to stop (`why` is undefined), or has stopped: another takes its place. */
  async #stopped(why) {
    const { kind, name, bytes, source } = this.#queue[0] ?? {};
    const cancelled = why === undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#queue = [];
    this.#renewal = undefined;
    this.#more = false;
    if (!cancelled) this.#failures += 1;
    if (kind === 'restore') {
      // What was put back may be what stops it.
      this.#file = undefined;
      this.#said = [];
    }
    const again = ['open', 'restore'].includes(kind) && { name, bytes, source };
    for (const late of this.querySelectorAll('[data-waiting]')) {
      late.removeAttribute('data-waiting');
      late.textContent = cancelled ? 'Not computed: cancelled. Change a setting to compute it again.' : 'Not computed.';
    }
    const file = this.#file;
    const steps = this.#said.map(({ message }) => message);
    if (file && this.#restores) {
      this.#queue.push({ kind: 'restore', ...file, steps });
    } else {
      if (file) this.#queue.push({ kind: 'open', ...file });
      this.#queue.push(...steps);
      // They are remembered again when they are answered.
      this.#said = [];
    }
    this.#given_up = this.#failures > 3;
    if (this.#given_up) return this.#refuse('This part of the page does not run in this browser. Reload the page, or update the browser.');
    await this.#employ(this.#modules);
    const kept = file ? ` ${file.source ? 'The sample' : file.name} and the settings before are as they were.` : '';
    const text = cancelled ? cancelledText(kind, kept) : stoppedText(why, kept);
    const retry = () => this.#open(new File([again.bytes], again.name), again.source);
    this.#busy('Putting the file back');
    this.#say(text, again ? [button('Try again', 'again', retry)] : [], !cancelled, true);
  }

  /** Shows which parts are still to come. */
  #mark(waiting) {
    for (const part of this.querySelectorAll('[data-waiting]')) part.removeAttribute('data-waiting');
    for (const name of waiting) this.querySelector(`[data-part="${name}"]`)?.setAttribute('data-waiting', '');
  }

  /** Writes a part anew; who stood in one of its controls stays there, with what was typed since,
   *  and what was unfolded stays so. */
  #write(part, html) {
    const element = this.querySelector(`[data-part="${part}"]`);
    if (!element) return;
    if (this.#held) {
      this.#held.set(part, html);
      return;
    }
    this.#written.set(part, html);
    const before = element.contains(document.activeElement) ? document.activeElement : undefined;
    // Buttons are known by what they set.
    const known = ['name', 'data-set'].find(each => before?.hasAttribute(each));
    const name = known && before.getAttribute(known);
    const value = before?.type === 'radio' ? `[value="${CSS.escape(before.value)}"]` : '';
    const typed = before?.type === 'text' && before.value !== before.defaultValue ? before.value : undefined;
    const open = [...element.querySelectorAll('details[open][data-testid]')].map(each => each.dataset.testid);
    element.innerHTML = html;
    for (const each of element.querySelectorAll('details[data-testid]')) {
      if (open.includes(each.dataset.testid)) each.open = true;
    }
    const after = name && element.querySelector(`[${known}="${CSS.escape(name)}"]${value}`);
    if (!after) return;
    after.focus({ preventScroll: true });
    if (typed !== undefined) after.value = typed;
  }

  #pressed = () => {
    this.#held ??= new Map();
    const released = () => {
      // Behind the click that follows.
      setTimeout(() => {
        const parts = this.#held ?? [];
        this.#held = undefined;
        for (const [part, html] of parts) this.#write(part, html);
      });
    };
    addEventListener('pointerup', released, { once: true });
    addEventListener('pointercancel', released, { once: true });
  };

  /** Shows one view; who came from another one stands at its beginning. */
  #show(view) {
    const before = this.dataset.shown;
    this.dataset.shown = view;
    for (const each of this.querySelectorAll('[data-view]')) {
      each.hidden = each.dataset.view !== view;
      if (!each.hidden && before && before !== view) each.focus();
    }
  }

  /** A sealed page lets through what no browser takes for a page: see www/scripts/guard.js. */
  #save(name, blob) {
    const file = blob.type === 'image/png' ? blob : new Blob([blob], { type: 'application/octet-stream' });
    const address = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  /** Paints a drawing with the browser and saves it. */
  async #paint(svg, { name, dpi }) {
    try {
      this.#save(name, await painted(svg, dpi));
    } catch {
      this.#refuse('The browser could not paint this picture. Save it as SVG instead.');
    }
  }

  /** Puts a text into the clipboard, or selects it where the browser does not let it. */
  async #copy(element) {
    try {
      await navigator.clipboard.writeText(element.innerText);
      this.#say('Copied.');
    } catch {
      getSelection().selectAllChildren(element);
      this.#say('Selected: copy it with the keyboard.');
    }
  }

  /** Opens files one after the other. */
  #open(file, source = '') {
    if (file) this.#opened = this.#opened.then(() => this.#hand(file, source));
    return this.#opened;
  }

  async #hand(file, source) {
    this.#opening += 1;
    this.#forget();
    this.#busy('Loading what reads the file');
    let bytes;
    try {
      await this.#prepare();
      this.#busy('Reading the file');
      bytes = await file.arrayBuffer().catch(() => undefined);
    } catch {
      this.#opening -= 1;
      this.#lacking(
        'This page is sealed and cannot load what reads this file.',
        'What reads this file could not be loaded: the network is away, or a new version of Cotside is here. Reload the page and open it again.',
      );
      return;
    }
    this.#opening -= 1;
    if (bytes) {
      this.#first();
      this.#send({ kind: 'open', name: file.name, bytes, source });
      return;
    }
    this.#refuse(`The browser could not read ${file.name}: it was moved or changed, or is larger than the browser can hold.`);
  }

  /** On a narrow screen what the element says of it is set before the first file. */
  #first() {
    const [name, value] = this.getAttribute('narrow')?.split(' ') ?? [];
    if (name && !this.#file && this.#said.length === 0 && matchMedia('(max-width: 32rem)').matches) this.#set(name, value);
  }

  #changed = ({ target }) => {
    if (target.type === 'file') {
      this.#open(target.files[0]).then(() => (target.value = ''));
    } else if (target.name) {
      const value = target.type === 'checkbox' ? (target.checked ? 'yes' : 'no') : target.value;
      this.#set(target.name, value);
    }
  };

  #typed = ({ target }) => {
    if (target.dataset.live !== undefined) this.#changed({ target });
  };

  #went = () => this.#set('fragment', decoded(location.hash.slice(1)));

  #clicked = async ({ target }) => {
    const button = target.closest('button');
    const { export: wanted, print, copy, set, sample, name, dpi, focus, paste } = button?.dataset ?? {};
    if (print) {
      printOne(this.querySelector(`[data-figure="${CSS.escape(print)}"]`));
    } else if (copy) {
      await this.#copy(this.querySelector(`[data-testid="${CSS.escape(copy)}"]`));
    } else if (wanted) {
      // The worker draws, the browser paints.
      const picture = wanted.endsWith('.png') && { name: `cotside-${wanted}`, dpi: Number(dpi ?? 600) };
      this.#send({ kind: 'export', name: wanted.replace(/\.png$/, '.svg'), picture });
    } else if (set) {
      const colon = set.indexOf(':');
      this.#set(set.slice(0, colon), set.slice(colon + 1));
    } else if (focus) {
      this.#lead(focus);
    } else if (sample) {
      try {
        await this.#open(new File([await bytes(sample)], name), name);
      } catch {
        this.#lacking('This page is sealed and cannot load the sample.', 'The sample could not be loaded.');
      }
    } else if (paste !== undefined) {
      this.#open(new File([this.querySelector('[data-rows]').value], PASTED));
    }
  };

  /** To the control of this name, or to the first one of what stands under it. */
  #lead(name) {
    const within = [...this.querySelectorAll('[name]')].filter(control => {
      const place = control.getAttribute('name').replace(/^[a-z]+:/, '');
      return place === name || place.startsWith(`${name}/`);
    });
    within[0]?.scrollIntoView({ block: 'center' });
    within[0]?.focus();
  }

  /** Rows are typed or pasted on a sealed page. */
  #entered = ({ target }) => {
    if (target.dataset?.rows === undefined || sealed()) return;
    this.#opened = this.#opened.then(() => this.#prepare()).catch(() => {});
  };

  #dragged = event => event.preventDefault();

  #dropped = event => {
    event.preventDefault();
    this.#open(event.dataTransfer?.files[0]);
  };
}

customElements.define('cotside-remote', Remote);

// <cotside-remote name="analyse" modules="workbench">: a page that is made in a worker. The page carries messages; the
// worker reads, computes and writes HTML. Script and modules are loaded first; then the worker is made from the script's
// text, so that it lives under the page's own policy. A module with a question mark is loaded only for files that need it.
//
// Where a <cotside-seal> stands in the element, the worker is made when the first file is opened: everything is loaded,
// the page is sealed, the worker is made under the seal, and then the file is read.
//
// Inside the element: [data-part] is filled by the worker; a control in a part is a setting by its name; a button with
// data-set="name:value" is a setting by click; one with data-export="curves.svg" asks for a file (.png is painted here);
// input[type=file] and a button with data-sample="path" open one; a button with data-focus="name" leads to a control. A
// control with data-live is sent at every stroke. The element's attribute `findings`, where it has one, is a setting
// whenever it changes.
//
// elements="digitiser": scripts that define further elements, loaded with the rest. An element with a name and a value
// that says "change" is a control like any other; the worker may set values of controls by name.
// views: what stands behind # in the address is the setting `fragment`; of [data-view], the one that the worker names is
// shown.

import { missing, seal, sealed } from './seal.js';

/** CSS pixels of a drawing to the inch. */
const INCH = 96;

/** The files for which an optional module is loaded, by their names. */
const OPTIONAL = { spreadsheet: /\.(xlsx|xlsm|xlsb|xls|ods)$/i };

/** An address of this site, wherever it stands. */
const at = path => new URL(path, document.baseURI).href;

async function loaded(path) {
  const answer = await fetch(at(path));
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

const script = name => once(`js/${name}.js`, answer => answer.text());
const compiled = module =>
  once(`js/${module}.wasm`, answer => answer.arrayBuffer().then(bytes => WebAssembly.compile(bytes)));
const bytes = path => once(path, answer => answer.arrayBuffer());

class Remote extends HTMLElement {
  static observedAttributes = ['findings'];
  #worker;
  /** The modules of the worker, by name. */
  #modules = {};
  /** Messages for a worker that is still loading; undefined where there will be none. */
  #waiting = [];
  #awaited = 0;
  /** Whether parts of the last answer are still to come. */
  #more = false;
  #opened = Promise.resolve();
  #status;
  /** Parts that wait until a pressed button or key is let go, so that what is pressed is still there. */
  #held;

  attributeChangedCallback(name, _, value) {
    if (this.#status) this.#send('set', name, value);
  }

  connectedCallback() {
    this.#status = this.querySelector('[role="status"]:not(cotside-seal)');
    for (const [event, listener] of [
      ['change', this.#changed],
      ['input', this.#typed],
      ['click', this.#clicked],
      ['pointerdown', this.#pressed],
      ['dragover', this.#dragged],
      ['drop', this.#dropped],
    ]) {
      this.addEventListener(event, listener);
    }
    this.#await(1);
    if (this.hasAttribute('findings')) this.#send('set', 'findings', this.getAttribute('findings'));
    if (this.hasAttribute('views')) {
      addEventListener('hashchange', this.#went);
      this.#went();
    }
    // Who was faster than this script is served now.
    for (const input of this.querySelectorAll('input[type="file"]')) this.#changed({ target: input });
    this.#start().catch(() => {
      this.#waiting = undefined;
      this.#lacking(
        'This page is sealed and can load nothing more, so this part of it is missing.',
        'This part of the page could not be loaded. Reload the page, or update the browser.',
      );
    });
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.#went);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start() {
    const elements = this.getAttribute('elements')?.split(' ') ?? [];
    const [modules] = await Promise.all([this.#load(''), ...elements.map(element => import(at(`js/${element}.js`)))]);
    if (!this.isConnected) return;
    if (this.querySelector('cotside-seal')) this.#await(this.#awaited - 1);
    else await this.#employ(modules);
  }

  /** Loads what the worker needs for a file of this name. */
  async #load(file) {
    const wanted = this.getAttribute('modules').split(' ');
    const names = wanted.map(name => name.replace('?', ''));
    const needed = names.filter((name, index) => name === wanted[index] || OPTIONAL[name]?.test(file));
    const modules = await Promise.all([...needed.map(compiled), script(this.getAttribute('name'))]);
    return Object.fromEntries(needed.map((name, index) => [name, modules[index]]));
  }

  /** Makes the worker, under the policy that the page has now. */
  async #employ(modules) {
    const text = await script(this.getAttribute('name'));
    this.#worker?.terminate();
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    worker.onmessage = ({ data }) => this.#take(data);
    worker.onerror = () => {
      this.#refuse('The worker stopped, perhaps for want of memory. Reload the page and open the file again.');
    };
    worker.postMessage(modules);
    this.#waiting.forEach(message => worker.postMessage(message));
    this.#waiting = [];
    this.#modules = modules;
    this.#worker = worker;
  }

  /** Before a file is opened: loads what it needs, seals the page where it is to be sealed, and makes the worker. */
  async #prepare(file) {
    const modules = await this.#load(file);
    if (this.querySelector('cotside-seal') && !sealed()) {
      const samples = [...this.querySelectorAll('[data-sample]')].map(button => bytes(button.dataset.sample));
      await Promise.allSettled(samples);
      await seal();
    }
    const more = Object.keys(modules).some(name => !(name in this.#modules));
    if (!this.#worker || more) {
      this.#await(this.#awaited + 1);
      await this.#employ(modules);
    }
  }

  #send(kind, name, value) {
    const message = [kind, name, value];
    if (this.#worker) this.#worker.postMessage(message);
    else if (this.#waiting) this.#waiting.push(message);
    else return;
    this.#await(this.#awaited + 1);
  }

  #await(count) {
    this.#awaited = Math.max(0, count);
    const busy = this.#awaited > 0 || this.#more;
    this.classList.toggle('busy', busy);
    // Why something was refused stays until something else is asked for.
    if (busy || !this.#status.querySelector('.invalid')) this.#say(busy ? 'Computing …' : '');
  }

  #refuse(why) {
    this.#more = false;
    this.#await(0);
    this.#say(why, true);
  }

  /** Something could not be loaded, on a sealed page or on another. */
  #lacking(whenSealed, otherwise) {
    this.#refuse(otherwise);
    if (sealed()) missing(this.#status, whenSealed);
  }

  #say(text, refused) {
    const line = document.createElement('p');
    line.textContent = text;
    if (refused) {
      line.className = 'remark invalid';
      line.dataset.testid = 'refused';
    }
    this.#status.replaceChildren(...(text ? [line] : []));
  }

  #take({ parts, part, more, view, values, refused, file, picture }) {
    for (const [part, html] of Object.entries(parts ?? {})) this.#write(part, html);
    for (const [name, value] of Object.entries(values ?? {})) {
      const control = this.querySelector(`[name="${CSS.escape(name)}"]`);
      if (control) control.value = value;
    }
    if (view) this.#show(view);
    if (file && picture) this.#paint(file.text, picture);
    else if (file) this.#save(file.name, new Blob([file.text], { type: file.media_type }));
    if (refused || more !== undefined) this.#more = Boolean(more);
    if (!part || !more) this.#await(this.#awaited - (part ? 0 : 1));
    if (refused) this.#say(refused, true);
  }

  /** Writes a part anew; who stood in one of its controls stays there, with what was typed since. */
  #write(part, html) {
    const element = this.querySelector(`[data-part="${part}"]`);
    if (!element) return;
    if (this.#held) {
      this.#held.set(part, html);
      return;
    }
    const before = element.contains(document.activeElement) ? document.activeElement : undefined;
    const name = before?.getAttribute('name');
    const typed = before?.type === 'text' && before.value !== before.defaultValue ? before.value : undefined;
    element.innerHTML = html;
    const after = name && element.querySelector(`[name="${CSS.escape(name)}"]`);
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

  #save(name, blob) {
    const address = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  /** Paints a drawing with the browser and saves it. */
  async #paint(svg, { name, dpi }) {
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    const image = new Image();
    image.src = address;
    try {
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = (image.width * dpi) / INCH;
      canvas.height = (image.height * dpi) / INCH;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
      if (!blob) throw new Error('no picture');
      this.#save(name, blob);
    } catch {
      this.#refuse('The browser could not paint this picture. Save it as SVG instead.');
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** Opens files one after the other. */
  #open(file) {
    if (file) this.#opened = this.#opened.then(() => this.#hand(file));
    return this.#opened;
  }

  async #hand(file) {
    try {
      await this.#prepare(file.name);
    } catch {
      this.#lacking(
        'This page is sealed and cannot load what reads this file.',
        'What reads this file could not be loaded. Reload the page and open it again.',
      );
      return;
    }
    try {
      this.#send('open', file.name, await file.arrayBuffer());
    } catch {
      this.#refuse('The browser could not read this file.');
    }
  }

  #changed = ({ target }) => {
    if (target.type === 'file') {
      this.#open(target.files[0]).then(() => (target.value = ''));
    } else if (target.name) {
      const value = target.type === 'checkbox' ? (target.checked ? 'yes' : 'no') : target.value;
      this.#send('set', target.name, value);
    }
  };

  #typed = ({ target }) => {
    if (target.dataset.live !== undefined) this.#changed({ target });
  };

  #went = () => this.#send('set', 'fragment', decodeURIComponent(location.hash.slice(1)));

  #clicked = async ({ target }) => {
    const button = target.closest('button');
    const { export: wanted, set, sample, name, dpi, focus } = button?.dataset ?? {};
    if (wanted) {
      // The worker draws, the browser paints.
      const picture = wanted.endsWith('.png') && { name: `cotside-${wanted}`, dpi: Number(dpi ?? 600) };
      this.#send('export', wanted.replace(/\.png$/, '.svg'), picture);
    } else if (set) {
      const colon = set.indexOf(':');
      this.#send('set', set.slice(0, colon), set.slice(colon + 1));
    } else if (focus) {
      this.#lead(focus);
    } else if (sample) {
      try {
        await this.#open(new File([await bytes(sample)], name));
      } catch {
        this.#lacking('This page is sealed and cannot load the sample.', 'The sample could not be loaded.');
      }
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

  #dragged = event => event.preventDefault();

  #dropped = event => {
    event.preventDefault();
    this.#open(event.dataTransfer?.files[0]);
  };
}

customElements.define('cotside-remote', Remote);

// <cotside-remote name="analyse" modules="workbench">: a page that is made in a worker. The page carries messages; the
// worker reads, computes and writes HTML. Script and modules are loaded first; then the worker is made from the script's
// text, so that it lives under the page's own policy.
//
// Inside the element: [data-part] is filled by the worker; a control in a part is a setting by its name; a button with
// data-set="name:value" is a setting by click; one with data-export="curves.svg" asks for a file (.png is painted here);
// input[type=file] and a button with data-sample="path" open one. A control with data-live is sent at every stroke.
//
// elements="digitiser": scripts that define further elements, loaded with the rest. An element with a name and a value
// that says "change" is a control like any other; the worker may set values of controls by name.
// views: what stands behind # in the address is the setting `fragment`; of [data-view], the one that the worker names is
// shown.

/** CSS pixels of a drawing to the inch. */
const INCH = 96;

/** An address of this site, wherever it stands. */
const at = path => new URL(path, document.baseURI).href;

async function loaded(path) {
  const answer = await fetch(at(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

class Remote extends HTMLElement {
  #worker;
  /** Messages for a worker that is still loading; undefined where there will be none. */
  #waiting = [];
  #awaited = 0;
  #status;

  connectedCallback() {
    this.#status = this.querySelector('[role="status"]');
    for (const [event, listener] of [
      ['change', this.#changed],
      ['input', this.#typed],
      ['click', this.#clicked],
      ['dragover', this.#dragged],
      ['drop', this.#dropped],
    ]) {
      this.addEventListener(event, listener);
    }
    this.#await(1);
    if (this.hasAttribute('views')) {
      addEventListener('hashchange', this.#went);
      this.#went();
    }
    // Who was faster than this script is served now.
    for (const input of this.querySelectorAll('input[type="file"]')) this.#changed({ target: input });
    this.#start().catch(() => {
      this.#waiting = undefined;
      this.#refuse('This part of the page could not be loaded. Reload the page, or update the browser.');
    });
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.#went);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start() {
    const name = this.getAttribute('name');
    const modules = this.getAttribute('modules').split(' ');
    const elements = this.getAttribute('elements')?.split(' ') ?? [];
    const compile = async module => WebAssembly.compile(await (await loaded(`js/${module}.wasm`)).arrayBuffer());
    const [script, ...compiled] = await Promise.all([
      loaded(`js/${name}.js`).then(answer => answer.text()),
      ...modules.map(compile),
      ...elements.map(element => import(at(`js/${element}.js`))),
    ]);
    if (!this.isConnected) return;
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => this.#take(data);
    worker.onerror = () => {
      this.#refuse('The worker stopped, perhaps for want of memory. Reload the page and open the file again.');
    };
    worker.postMessage(Object.fromEntries(modules.map((module, index) => [module, compiled[index]])));
    this.#waiting.forEach(message => worker.postMessage(message));
    this.#worker = worker;
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
    this.classList.toggle('busy', this.#awaited > 0);
    this.#say(this.#awaited > 0 ? 'Computing …' : '');
  }

  #refuse(why) {
    this.#await(0);
    this.#say(why, true);
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

  #take({ parts, view, values, refused, file, picture }) {
    for (const [part, html] of Object.entries(parts ?? {})) this.#write(part, html);
    for (const [name, value] of Object.entries(values ?? {})) {
      const control = this.querySelector(`[name="${CSS.escape(name)}"]`);
      if (control) control.value = value;
    }
    if (view) this.#show(view);
    if (file && picture) this.#paint(file.text, picture);
    else if (file) this.#save(file.name, new Blob([file.text], { type: file.media_type }));
    this.#await(this.#awaited - 1);
    if (refused) this.#say(refused, true);
  }

  /** Writes a part anew; who stood in one of its controls stays there. */
  #write(part, html) {
    const element = this.querySelector(`[data-part="${part}"]`);
    if (!element) return;
    const held = element.contains(document.activeElement) && document.activeElement.getAttribute('name');
    element.innerHTML = html;
    if (held) element.querySelector(`[name="${CSS.escape(held)}"]`)?.focus();
  }

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

  async #open(file) {
    if (!file) return;
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
    const { export: wanted, set, sample, name, dpi } = button?.dataset ?? {};
    if (wanted) {
      // The worker draws, the browser paints.
      const picture = wanted.endsWith('.png') && { name: `cotside-${wanted}`, dpi: Number(dpi ?? 600) };
      this.#send('export', wanted.replace(/\.png$/, '.svg'), picture);
    } else if (set) {
      const colon = set.indexOf(':');
      this.#send('set', set.slice(0, colon), set.slice(colon + 1));
    } else if (sample) {
      try {
        this.#send('open', name, await (await loaded(sample)).arrayBuffer());
      } catch {
        this.#refuse('The sample could not be loaded.');
      }
    }
  };

  #dragged = event => event.preventDefault();

  #dropped = event => {
    event.preventDefault();
    this.#open(event.dataTransfer?.files[0]);
  };
}

customElements.define('cotside-remote', Remote);

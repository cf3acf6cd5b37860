// <cotside-remote name="analyse" modules="workbench">: a page that is made in a worker. The page carries messages; the
// worker reads, computes and writes HTML. Script and modules are loaded first; then the worker is made from the script's
// text, so that it lives under the page's own policy.
//
// Inside the element: [data-part] is filled by the worker; a control in a part is a setting by its name; a button with
// data-set="name:value" is a setting by click; one with data-export="curves.svg" asks for a file (.png is painted here, at
// data-dpi); one with data-print="curves" prints that figure alone;
// input[type=file] and a button with data-sample="path" open one.

const MM_OF_INCH = 25.4;

/** An address of this site, wherever it stands. */
const at = path => new URL(path, document.baseURI).href;

async function loaded(path) {
  const answer = await fetch(at(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** The PNG with its resolution, so that it is placed at its true size: a pHYs chunk behind the header (PNG, 11.3.4.3). */
async function withResolution(blob, dpi) {
  const HEADER_END = 33;
  const chunk = new DataView(new ArrayBuffer(21));
  const perMetre = Math.round((dpi * 1000) / MM_OF_INCH);
  chunk.setUint32(0, 9);
  [...'pHYs'].forEach((letter, index) => chunk.setUint8(4 + index, letter.charCodeAt(0)));
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1);
  let rest = ~0;
  for (let index = 4; index < 17; index += 1) {
    rest ^= chunk.getUint8(index);
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  chunk.setUint32(17, ~rest >>> 0);
  return new Blob([blob.slice(0, HEADER_END), chunk.buffer, blob.slice(HEADER_END)], { type: blob.type });
}

class Remote extends HTMLElement {
  #worker;
  /** Messages for a worker that is still loading; undefined where there will be none. */
  #waiting = [];
  #awaited = 0;
  /** Whether parts of the last answer are still to come. */
  #more = false;
  #status;

  connectedCallback() {
    this.#status = this.querySelector('[role="status"]');
    for (const [event, listener] of [
      ['change', this.#changed],
      ['click', this.#clicked],
      ['dragover', this.#dragged],
      ['drop', this.#dropped],
    ]) {
      this.addEventListener(event, listener);
    }
    this.#await(1);
    // Who was faster than this script is served now.
    for (const input of this.querySelectorAll('input[type="file"]')) this.#changed({ target: input });
    this.#start().catch(() => {
      this.#waiting = undefined;
      this.#refuse('This part of the page could not be loaded. Reload the page, or update the browser.');
    });
  }

  disconnectedCallback() {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start() {
    const name = this.getAttribute('name');
    const modules = this.getAttribute('modules').split(' ');
    const compile = async module => WebAssembly.compile(await (await loaded(`js/${module}.wasm`)).arrayBuffer());
    const [script, ...compiled] = await Promise.all([
      loaded(`js/${name}.js`).then(answer => answer.text()),
      ...modules.map(compile),
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

  #say(text, refused) {
    const line = document.createElement('p');
    line.textContent = text;
    if (refused) {
      line.className = 'remark invalid';
      line.dataset.testid = 'refused';
    }
    this.#status.replaceChildren(...(text ? [line] : []));
  }

  #take({ parts, part, more, refused, file, picture }) {
    for (const [part, html] of Object.entries(parts ?? {})) this.#write(part, html);
    if (file && picture) this.#paint(file.text, picture);
    else if (file) this.#save(file.name, new Blob([file.text], { type: file.media_type }));
    if (refused || more !== undefined) this.#more = Boolean(more);
    if (!part || !more) this.#await(this.#awaited - (part ? 0 : 1));
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
      // The size in millimetres as the drawing says it: an image knows whole pixels only.
      const [width, height] = ['width', 'height'].map(side => Number(new RegExp(`<svg[^>]* ${side}="([\\d.]+)mm"`).exec(svg)[1]));
      canvas.width = Math.round((width * dpi) / MM_OF_INCH);
      canvas.height = Math.round((height * dpi) / MM_OF_INCH);
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
      if (!blob) throw new Error('no picture');
      this.#save(name, await withResolution(blob, dpi));
    } catch {
      this.#refuse('The browser could not paint this picture. Save it as SVG instead.');
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** Prints one figure alone, at its true size: the drawing's CSS pixels are 96 to the inch of paper. */
  #print(figure) {
    if (!figure) return;
    const [root, done] = [document.documentElement, new AbortController()];
    const change = on => {
      root.classList.toggle('printing-one', on);
      for (let node = figure; node && node !== root; node = node.parentElement) node.classList.toggle('to-print', on);
    };
    change(true);
    const back = () => {
      change(false);
      done.abort();
    };
    addEventListener('afterprint', back, { signal: done.signal });
    print();
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

  #clicked = async ({ target }) => {
    const button = target.closest('button');
    const { export: wanted, print, set, sample, name, dpi } = button?.dataset ?? {};
    if (print) {
      this.#print(this.querySelector(`[data-figure="${CSS.escape(print)}"]`));
    } else if (wanted) {
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

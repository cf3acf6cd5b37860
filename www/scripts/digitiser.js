// <cotside-digitiser name="curve.marks">: a picture that the reader opens, axes and points marked on it by pointer or
// keys. The picture stays in this page, which is sealed before it is read; what leaves the element are places in pixels, as its value:
//   corner 60 420 / along 660 420 / up 60 20 / point 130.5 24 …
// Which times and heights that are, and where a curve runs, the worker computes: to follow a curve, the pixels go to it
// as { width, height, pixels, marks, x, y }, which is then the value, and points come back as this element's value. A curve
// that the worker reconstructed is drawn over the picture: `overlay`, places in pixels, a line each, with an empty line between
// two curves. Its words are those of the attribute `words`, JSON by name. Where a figure has several, `points` are those of the one that is shown and `others` those of the rest.

import { seal } from './seal.js';

/** Modes in the order in which they are needed, by what a click sets. */
const MODES = ['corner', 'along', 'up', 'point', 'follow'];

const MOST_ZOOM = 32;
/** CSS pixels: nearer than this a click takes a point away; further than this a press is a drag. */
const NEAR = 6;
const DRAG = 4;
/** Marks lie over the picture, whose paper is as it was printed, whatever the page's colours are. */
const MARK = '#b8005c';
const HALO = '#ffffff';
/** Points of other curves. */
const OTHER = '#5c5c5c';
/** The reconstructed curves. */
const OVERLAY = '#0b5a8a';

/** What is said where, by its name among the words of the attribute `words`. */
const CONTROLS = `
  <div class="tools">
    <label class="button"><input type="file" autocomplete="off" accept="image/*" data-testid="picture"><span data-says="open"></span></label>
    <span data-says="stays"></span>
  </div>
  <div data-hidden hidden>
    <div class="tools" role="group" data-called="sets"><span class="units">${MODES.map(
      mode => `<button type="button" data-mode="${mode}" data-says="${mode}"></button>`,
    ).join('')}</span></div>
    <canvas tabindex="0" role="application" data-called="picture"></canvas>
    <div class="tools">
      <button type="button" data-do="in" data-says="zoom_in"></button>
      <button type="button" data-do="out" data-says="zoom_out"></button>
      <button type="button" data-do="fit" data-says="fit"></button>
      <button type="button" data-do="undo" data-says="undo"></button>
      <button type="button" data-do="clear" data-says="clear"></button>
    </div>
  </div>
  <output></output>`;

/** Places in pixels, `x y` one a line, as lists that empty lines part. */
const lists = text =>
  text
    .split('\n\n')
    .filter(Boolean)
    .map(list => list.split('\n').map(line => line.split(' ').map(Number)));

class Digitiser extends HTMLElement {
  #picture;
  /** Pixels of the picture, kept for following a colour. */
  #pixels;
  #canvas;
  #mode = 'corner';
  #marks = { points: [] };
  #before = [];
  /** CSS pixels to a pixel of the picture, and which of its places is at the upper left. */
  #zoom = 1;
  #left = 0;
  #top = 0;
  #cross = { x: 0, y: 0 };
  #press;
  #told = ['', ''];
  #overlay = [];
  #others = [];
  /** What is said, by name; what stands in braces is filled in. */
  #words;

  get name() {
    return this.#told[0];
  }

  get value() {
    return this.#told[1];
  }

  /** Points from the worker take the place of those that were there. */
  set value(text) {
    const points = text.split('\n').map(line => line.split(' ').slice(1).map(Number));
    this.#change(marks => (marks.points = points.map(([x, y]) => ({ x, y }))));
    this.#say('traced', { n: points.length });
  }

  /** Another curve is shown: its points take the place of those of the one before, which are kept elsewhere. */
  set points(text) {
    this.#marks.points = lists(text).flat().map(([x, y]) => ({ x, y }));
    this.#before = [];
    this.#draw();
  }

  /** Points of the curves that are not shown. */
  set others(text) {
    this.#others = lists(text);
    this.#draw();
  }

  /** The reconstructed curves; empty where there is none. */
  set overlay(text) {
    this.#overlay = lists(text);
    this.#draw();
  }

  connectedCallback() {
    // What the page set before this script had come.
    for (const name of ['overlay', 'others', 'points']) delete this[name];
    this.innerHTML = CONTROLS;
    this.#words = JSON.parse(this.getAttribute('words'));
    for (const each of this.querySelectorAll('[data-says]')) each.textContent = this.#words[each.dataset.says];
    for (const each of this.querySelectorAll('[data-called]')) each.setAttribute('aria-label', this.#words[each.dataset.called]);
    this.#canvas = this.querySelector('canvas');
    const file = this.querySelector('input[type="file"]');
    file.addEventListener('change', event => {
      event.stopPropagation();
      this.#open(file.files[0]);
      file.value = '';
    });
    this.addEventListener('drop', event => {
      const [dropped] = event.dataTransfer?.files ?? [];
      if (!dropped?.type.startsWith('image/')) return;
      event.preventDefault();
      event.stopPropagation();
      this.#open(dropped);
    });
    this.addEventListener('click', this.#clicked);
    const on = (event, listener) => this.#canvas.addEventListener(event, listener);
    on('pointerdown', this.#pressed);
    on('pointermove', this.#moved);
    on('pointerup', this.#released);
    on('keydown', this.#typed);
    on('wheel', this.#wheeled);
    on('focus', () => this.#draw());
    on('blur', () => this.#draw());
    addEventListener('paste', this.#pasted);
    addEventListener('resize', this.#draw);
  }

  disconnectedCallback() {
    removeEventListener('paste', this.#pasted);
    removeEventListener('resize', this.#draw);
  }

  async #open(file) {
    if (!file) return;
    await seal();
    const address = URL.createObjectURL(file);
    const image = new Image();
    image.src = address;
    try {
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth || 1200;
      canvas.height = image.naturalHeight || 900;
      const brush = canvas.getContext('2d', { willReadFrequently: true });
      brush.drawImage(image, 0, 0, canvas.width, canvas.height);
      this.#pixels = new Uint8Array(brush.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      this.#picture = canvas;
    } catch {
      this.#say('unreadable');
      return;
    } finally {
      URL.revokeObjectURL(address);
    }
    this.querySelector('[data-hidden]').hidden = false;
    this.#marks = { points: [] };
    this.#before = [];
    this.#choose('corner');
    this.#cross = { x: this.#picture.width / 2, y: this.#picture.height / 2 };
    this.#fit();
    this.#tell('curve.marks', this.#text());
  }

  #tell(name, value) {
    this.#told = [name, value];
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #text() {
    const { points, ...axes } = this.#marks;
    const line = (name, { x, y }) => `${name} ${x.toFixed(2)} ${y.toFixed(2)}`;
    return [...Object.entries(axes).map(([name, at]) => line(name, at)), ...points.map(at => line('point', at))].join('\n');
  }

  /** Changes the marks so that it can be undone. */
  #change(how) {
    this.#before.push(structuredClone(this.#marks));
    how(this.#marks);
    this.#draw();
    this.#tell('curve.marks', this.#text());
  }

  #undo() {
    if (!this.#before.length) return;
    this.#marks = this.#before.pop();
    this.#draw();
    this.#tell('curve.marks', this.#text());
    this.#say('undone');
  }

  #say(name, filled = {}) {
    const text = this.#words[name].replace(/\{(\w+)\}/g, (_, what) => filled[what]);
    this.querySelector('output').textContent = text;
  }

  #choose(mode) {
    this.#mode = mode;
    for (const button of this.querySelectorAll('[data-mode]')) {
      button.setAttribute('aria-pressed', String(button.dataset.mode === mode));
    }
  }

  /** Sets what the mode says at a place of the picture. */
  #set(at) {
    const { width, height } = this.#picture;
    if (!(at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height)) return;
    const mode = this.#mode;
    if (mode === 'follow') {
      this.#tell('curve.trace', { width, height, pixels: this.#pixels, marks: this.#text(), ...at });
    } else if (mode === 'point') {
      const near = this.#marks.points.findIndex(point => Math.hypot(point.x - at.x, point.y - at.y) * this.#zoom < NEAR);
      this.#change(({ points }) => (near < 0 ? points.push(at) : points.splice(near, 1)));
      this.#say('points', { n: this.#marks.points.length });
    } else {
      this.#change(marks => (marks[mode] = at));
      this.#say('set', { what: this.#words[mode], x: at.x.toFixed(0), y: at.y.toFixed(0) });
      this.#choose(MODES[MODES.indexOf(mode) + 1]);
    }
  }

  /** Zooms about a place of the picture that stays where it is. */
  #scale(factor, about = this.#cross) {
    const smallest = Math.min(1, this.#smallest());
    const zoom = Math.min(MOST_ZOOM, Math.max(smallest, this.#zoom * factor));
    this.#left = about.x - ((about.x - this.#left) * this.#zoom) / zoom;
    this.#top = about.y - ((about.y - this.#top) * this.#zoom) / zoom;
    this.#zoom = zoom;
    this.#draw();
  }

  #smallest() {
    const { clientWidth, clientHeight } = this.#canvas;
    return Math.min(clientWidth / this.#picture.width, clientHeight / this.#picture.height);
  }

  #fit() {
    this.#zoom = this.#smallest();
    this.#left = 0;
    this.#top = 0;
    this.#draw();
  }

  #clicked = ({ target }) => {
    const { mode, do: wanted } = target.closest('button')?.dataset ?? {};
    if (mode) this.#choose(mode);
    else if (wanted === 'in') this.#scale(1.5);
    else if (wanted === 'out') this.#scale(1 / 1.5);
    else if (wanted === 'fit') this.#fit();
    else if (wanted === 'undo') this.#undo();
    else if (wanted === 'clear') this.#change(marks => (marks.points = []));
  };

  #place({ offsetX, offsetY }) {
    return { x: this.#left + offsetX / this.#zoom, y: this.#top + offsetY / this.#zoom };
  }

  #pressed = event => {
    this.#press = { x: event.offsetX, y: event.offsetY, dragged: false };
    this.#canvas.setPointerCapture(event.pointerId);
  };

  #moved = event => {
    this.#cross = this.#place(event);
    const press = this.#press;
    if (press) {
      const [x, y] = [event.offsetX - press.x, event.offsetY - press.y];
      if (press.dragged || Math.hypot(x, y) > DRAG) {
        this.#left -= x / this.#zoom;
        this.#top -= y / this.#zoom;
        this.#press = { x: event.offsetX, y: event.offsetY, dragged: true };
      }
    }
    this.#draw();
  };

  #released = event => {
    const dragged = this.#press?.dragged;
    this.#press = undefined;
    if (!dragged) this.#set(this.#place(event));
  };

  #wheeled = event => {
    // The wheel alone scrolls the page, as everywhere.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#scale(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.#place(event));
  };

  #typed = event => {
    const step = (event.shiftKey ? 10 : 1) / this.#zoom;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[event.key];
    if (way) this.#walk(...way);
    else if (event.key === 'Enter' || event.key === ' ') this.#set({ ...this.#cross });
    else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) this.#undo();
    else if (event.key === '+' || event.key === '=') this.#scale(1.5);
    else if (event.key === '-') this.#scale(1 / 1.5);
    else if (event.key === '0') this.#fit();
    else return;
    event.preventDefault();
  };

  /** Moves the cross, and the picture with it where it would leave the sight. */
  #walk(x, y) {
    const { width, height } = this.#picture;
    const within = (value, most) => Math.min(most, Math.max(0, value));
    this.#cross = { x: within(this.#cross.x + x, width), y: within(this.#cross.y + y, height) };
    const [wide, high] = [this.#canvas.clientWidth / this.#zoom, this.#canvas.clientHeight / this.#zoom];
    this.#left = Math.min(this.#cross.x, Math.max(this.#cross.x - wide, this.#left));
    this.#top = Math.min(this.#cross.y, Math.max(this.#cross.y - high, this.#top));
    this.#draw();
  }

  #pasted = ({ clipboardData }) => {
    const file = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file && this.checkVisibility()) this.#open(file);
  };

  #draw = () => {
    const canvas = this.#canvas;
    if (!this.#picture || !canvas?.clientWidth) return;
    const sharp = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * sharp;
    canvas.height = canvas.clientHeight * sharp;
    const brush = canvas.getContext('2d');
    const zoom = this.#zoom * sharp;
    brush.imageSmoothingEnabled = this.#zoom < 2;
    brush.setTransform(zoom, 0, 0, zoom, -this.#left * zoom, -this.#top * zoom);
    brush.drawImage(this.#picture, 0, 0);
    brush.setTransform(sharp, 0, 0, sharp, 0, 0);
    const at = ({ x, y }) => [(x - this.#left) * this.#zoom, (y - this.#top) * this.#zoom];
    const stroke = (path, mark = MARK, width = 1.5) => {
      for (const [colour, wide] of [
        [HALO, width + 2],
        [mark, width],
      ]) {
        brush.strokeStyle = colour;
        brush.lineWidth = wide;
        brush.stroke(path);
      }
    };
    const curve = new Path2D();
    for (const places of this.#overlay) {
      places.forEach(([x, y], place) => (place ? curve.lineTo(...at({ x, y })) : curve.moveTo(...at({ x, y }))));
    }
    stroke(curve, OVERLAY, 2.5);
    const others = new Path2D();
    for (const place of this.#others.flat()) {
      const [x, y] = at({ x: place[0], y: place[1] });
      others.moveTo(x + 3, y);
      others.arc(x, y, 3, 0, 2 * Math.PI);
    }
    stroke(others, OTHER);
    const path = new Path2D();
    const { corner, along, up, points } = this.#marks;
    const line = (from, to) => {
      path.moveTo(...at(from));
      path.lineTo(...at(to));
    };
    const plus = (place, size) => {
      const [x, y] = at(place);
      path.moveTo(x - size, y);
      path.lineTo(x + size, y);
      path.moveTo(x, y - size);
      path.lineTo(x, y + size);
    };
    if (corner && along) line(corner, along);
    if (corner && up) line(corner, up);
    for (const mark of [corner, along, up]) if (mark) plus(mark, 7);
    for (const point of points) {
      const [x, y] = at(point);
      path.moveTo(x + 3, y);
      path.arc(x, y, 3, 0, 2 * Math.PI);
    }
    if (document.activeElement === canvas) plus(this.#cross, 12);
    stroke(path);
  };
}

customElements.define('cotside-digitiser', Digitiser);

// The first script that runs in every page, before any other can change what it uses. It hides a page that stands in
// another one, takes from scripts what no policy can forbid, and closes the page when www/scripts/seal.js asks for it.
// What it uses later is kept as it is now, and called without looking anything up that a later script can replace.
(() => {
  'use strict';
  const script = document.currentScript;

  /** A page in another one can be read there, or covered by it: only a sentence and a link are shown. */
  function alone() {
    const body = document.createElement('body');
    const line = document.createElement('p');
    const link = document.createElement('a');
    Object.assign(link, { href: location.href.split('#')[0], target: '_blank', rel: 'noopener', textContent: script.dataset.open });
    line.append(`${script.dataset.framed} `, link);
    body.append(line);
    document.documentElement.replaceChildren(body);
  }

  if (self.top !== self) {
    self.stop();
    alone();
    for (const event of ['DOMContentLoaded', 'load']) addEventListener(event, alone);
    return;
  }

  const { apply, construct } = Reflect;
  const getter = (of, name) => Object.getOwnPropertyDescriptor(of.prototype, name).get;
  const doc = document;
  const request = self.fetch;
  const { then } = Promise.prototype;
  const { preventDefault } = Event.prototype;
  const { startsWith } = String.prototype;
  const { isPrototypeOf } = Object.prototype;
  const { createElement } = Document.prototype;
  const { appendChild } = Node.prototype;
  const { remove, setAttribute, querySelectorAll, attachShadow } = Element.prototype;
  const { focus } = HTMLElement.prototype;
  const { scrollTo } = self;
  const { observe, takeRecords } = MutationObserver.prototype;
  const { terminate } = Worker.prototype;
  const of = {
    cancelable: getter(Event, 'cancelable'),
    head: getter(Document, 'head'),
    body: getter(Document, 'body'),
    root: getter(Document, 'documentElement'),
    focused: getter(Document, 'activeElement'),
    localName: getter(Element, 'localName'),
    nodeType: getter(Node, 'nodeType'),
    next: getter(Element, 'nextElementSibling'),
    first: getter(Element, 'firstElementChild'),
    length: getter(NodeList, 'length'),
    added: getter(MutationRecord, 'addedNodes'),
    type: getter(Blob, 'type'),
  };
  const read = (what, from) => apply(of[what], from, []);

  /** Whether the page has been closed: from the policy on. */
  let closed = false;
  /** Resolves to whether the browser keeps to the policy. */
  let held;
  /** Who is told of each navigation that is refused. */
  let told;

  // A file that is saved leads to an address of its own too. One that could be a page is not let through, whoever says that
  // it is saved: browsers tell of it twice, and the second time do not say that it is.
  const SAVED = {
    __proto__: null,
    'application/octet-stream': 1,
    'application/json': 1,
    'image/png': 1,
    'text/csv': 1,
    'text/plain': 1,
  };
  let files;
  const ofBlob = Blob.prototype;
  const { createObjectURL } = URL;
  URL.createObjectURL = content => {
    const url = apply(createObjectURL, URL, [content]);
    if (apply(isPrototypeOf, ofBlob, [content]) && SAVED[read('type', content)]) files = { url, next: files };
    return url;
  };
  function isFile(url, isSaved) {
    let file = files;
    while (file && file.url !== url) file = file.next;
    if (file && isSaved) file.isSaved = true;
    return file !== undefined && file.isSaved === true;
  }

  // Leaving the page is a request that no policy in a page forbids. This listener is the first of those that
  // hear the event first, so none can stop it.
  if (self.navigation) {
    of.destination = getter(NavigateEvent, 'destination');
    of.byPerson = getter(NavigateEvent, 'userInitiated');
    of.within = getter(NavigationDestination, 'sameDocument');
    of.url = getter(NavigationDestination, 'url');
    const knowsDownloads = 'downloadRequest' in NavigateEvent.prototype;
    if (knowsDownloads) of.download = getter(NavigateEvent, 'downloadRequest');
    self.navigation.addEventListener('navigate', event => {
      if (!closed) return;
      const to = read('destination', event);
      if (read('within', to)) return;
      const url = read('url', to);
      // A document of this kind would be a page without this script.
      const leaves = apply(startsWith, url, ['blob:'])
        ? !isFile(url, !knowsDownloads || read('download', event) !== null)
        : !read('byPerson', event);
      if (!leaves || !read('cancelable', event)) return;
      apply(preventDefault, event, []);
      for (let one = told; one; one = one.next) one.refuses();
    }, true);
  }

  // Workers that were made before the policy do not live under it. Shared ones cannot be ended by a page.
  let workers;
  const Real = Worker;
  self.Worker = new Proxy(Real, {
    construct(target, words, made) {
      const worker = construct(target, words, made);
      if (!closed) workers = { worker, next: workers };
      return worker;
    },
  });
  Real.prototype.constructor = self.Worker;
  // What no page of Cotside uses, and what no policy forbids.
  for (const name of ['SharedWorker', 'RTCPeerConnection', 'webkitRTCPeerConnection']) delete self[name];

  // Cookies, and a header that a page can set, go along with the browser's own requests to the site.
  const taken = () => Promise.reject(new TypeError('Cotside takes this from scripts of its pages.'));
  Object.defineProperty(Document.prototype, 'cookie', { get: getter(Document, 'cookie'), set() {} });
  for (const [owner, methods] of [
    ['CookieStore', ['set', 'delete']],
    ['NavigationPreloadManager', ['enable', 'setHeaderValue']],
  ]) {
    for (const method of methods) if (self[owner]) self[owner].prototype[method] = taken;
  }

  // A frame has functions of its own, and one from before the policy does not live under it. No page of Cotside has any.
  const KINDS = 'iframe,frame,fencedframe,object,embed';
  const FRAMES = { __proto__: null, iframe: 1, frame: 1, fencedframe: 1, object: 1, embed: 1 };
  let framed = false;

  /** Notes the frames in a node that was added; on a closed page they are taken out. */
  function note(node) {
    if (read('nodeType', node) !== 1) return;
    if (FRAMES[read('localName', node)]) {
      framed = true;
      if (closed) apply(remove, node, []);
      return;
    }
    const found = apply(querySelectorAll, node, [KINDS]);
    const count = read('length', found);
    if (count > 0) framed = true;
    for (let at = 0; closed && at < count; at += 1) apply(remove, found[at], []);
  }

  function look(records) {
    for (let at = 0; at < records.length; at += 1) {
      const added = read('added', records[at]);
      const count = read('length', added);
      for (let each = 0; each < count; each += 1) note(added[each]);
    }
  }

  const observer = new MutationObserver(look);
  const everywhere = { childList: true, subtree: true };
  observer.observe(doc, everywhere);
  Element.prototype.attachShadow = function (...words) {
    const shadow = apply(attachShadow, this, words);
    apply(observe, observer, [shadow, everywhere]);
    return shadow;
  };
  // These make roots in which a frame would stand unseen.
  for (const name of ['write', 'writeln', 'open']) Document.prototype[name] = undefined;
  for (const place of [Element.prototype, ShadowRoot.prototype]) if ('setHTMLUnsafe' in place) place.setHTMLUnsafe = undefined;
  if ('parseHTMLUnsafe' in Document) Document.parseHTMLUnsafe = undefined;

  /** Ends every frame from before: what is taken out of a document loses the frames in it, seen and unseen. */
  function unframe() {
    look(apply(takeRecords, observer, []));
    if (!framed) return;
    const root = read('root', doc);
    const head = read('head', doc);
    const body = read('body', doc);
    const focused = read('focused', doc);
    for (let part = read('first', root), next; part; part = next) {
      next = read('next', part);
      if (part !== head && part !== body) apply(remove, part, []);
    }
    note(head);
    const { scrollX, scrollY } = self;
    apply(remove, body, []);
    note(body);
    apply(appendChild, root, [body]);
    if (focused && focused !== body) apply(focus, focused, [{ preventScroll: true }]);
    apply(scrollTo, self, [scrollX, scrollY]);
  }

  /** Adds the policy `content`, which can never be taken away, and ends what was made before it. `refuses` is called for
   *  each navigation that is refused. Resolves to whether the browser keeps to the policy. */
  function close(content, refuses) {
    told = { refuses, next: told };
    if (held) return held;
    const policy = apply(createElement, doc, ['meta']);
    apply(setAttribute, policy, ['http-equiv', 'Content-Security-Policy']);
    apply(setAttribute, policy, ['content', content]);
    apply(appendChild, read('head', doc), [policy]);
    closed = true;
    for (let one = workers; one; one = one.next) apply(terminate, one.worker, []);
    workers = undefined;
    unframe();
    // The page's first policy allows this, which needs no network; a browser that keeps to the new one refuses it.
    held = apply(then, apply(request, self, ['data:,']), [() => false, () => true]);
    return held;
  }

  Object.defineProperty(self, 'cotsideGuard', { value: Object.freeze({ close }) });
})();

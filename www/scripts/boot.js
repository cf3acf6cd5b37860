// What must work when the program does not: old browsers, a start that fails, a program that stops, a new version.
// Written for old browsers too.
(function () {
  var root = document.documentElement;
  var failed = false;
  var able = typeof WebAssembly === 'object' && 'noModule' in document.createElement('script');

  function boot(text) {
    var status = document.getElementById('boot-status');
    if (status) status.textContent = text;
    return status;
  }

  function part(name, text, inside) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (inside) inside.appendChild(made);
    return made;
  }

  /** A piece of text above the page. */
  function notice(role) {
    var made = part('div');
    made.className = 'banner';
    made.lang = 'en';
    made.setAttribute('role', role);
    document.body.insertBefore(made, document.body.firstChild);
    return part('p', '', made);
  }

  /** This page's address, so that a link to it loads it anew although only the part behind # would differ. */
  function anew(hash) {
    return location.pathname + (location.search ? '' : '?again') + hash;
  }

  function link(text, address, inside) {
    var made = part('a', text, inside);
    made.href = address;
    // With a target the browser loads the page anew.
    made.target = '_self';
  }

  /** The findings that stand in the form, as the page's own links hold them; a label and dates are left out. */
  function findings() {
    var text = '';
    var controls = document.querySelectorAll('.clock [name]');
    for (var at = 0; at < controls.length; at += 1) {
      var control = controls[at];
      var chosen = (control.type !== 'radio' || control.checked) && control.value;
      if (chosen && !/^(id|birth_date|diagnosis_date)$/.test(control.name)) {
        text += '&' + control.name + '=' + encodeURIComponent(control.value);
      }
    }
    return text && '#case=1' + text;
  }

  function stopped(error) {
    if (failed) return;
    failed = true;
    var foot = document.querySelector('.foot .quiet');
    var line = notice('alert');
    part('strong', 'Cotside stopped because of a fault in it. ', line);
    line.appendChild(document.createTextNode('What you entered still stands below, but is no longer computed with. '));
    link('Start again with these findings', anew(findings() || location.hash), line);
    line.appendChild(document.createTextNode('. To report the fault, this text has no data of patients:'));
    var report = part('textarea', '', line);
    report.readOnly = true;
    report.autocomplete = 'off';
    report.rows = 5;
    report.setAttribute('aria-label', 'Diagnostic');
    report.value = [
      foot ? foot.textContent : '',
      location.pathname,
      root.getAttribute('data-stopped') || String(error && error.name),
      navigator.userAgent,
    ].join('\n');
  }

  function fault(error) {
    var wasm = typeof WebAssembly === 'object' ? WebAssembly : {};
    if (document.getElementById('boot')) {
      if (able) boot('Cotside could not start. Reload the page; if this stays, update the browser or use a current Firefox, Chrome, Edge or Safari.');
    } else if (root.hasAttribute('data-stopped') || (wasm.RuntimeError && error instanceof wasm.RuntimeError)) {
      stopped(error);
    }
  }

  // Firefox writes every tick to disk that the page did not have at first, whatever autocomplete says: so each tick becomes
  // the page's own.
  document.addEventListener('change', function (event) {
    if (!/^(checkbox|radio)$/.test(event.target.type)) return;
    var ticks = document.querySelectorAll('input[type="checkbox"], input[type="radio"]');
    for (var at = 0; at < ticks.length; at += 1) {
      if (ticks[at].defaultChecked !== ticks[at].checked) ticks[at].defaultChecked = ticks[at].checked;
    }
  }, true);

  addEventListener('error', function (event) {
    // A script that did not come has no error of its own.
    if (event.error || event.target.nodeName === 'SCRIPT') fault(event.error);
  }, true);
  addEventListener('unhandledrejection', function (event) { fault(event.reason); });

  if (!able) {
    boot('This browser is too old for Cotside, which needs WebAssembly. Use a current Firefox, Chrome, Edge or Safari, or the program cotside.');
    return;
  }

  var workers = navigator.serviceWorker;
  if (!workers) return;
  var before = workers.controller;
  workers.addEventListener('controllerchange', function () {
    // The worker of the site's root gives way to a language's own: nothing new in that.
    if (before && before.scriptURL === (workers.controller || before).scriptURL) {
      var line = notice('status');
      line.textContent = 'A new version of Cotside is here. ';
      link('Reload to use it', anew(location.hash), line);
    }
    before = workers.controller;
  });
  addEventListener('load', function () {
    // Without it the page works as well, with a network.
    workers.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' }).catch(function () {});
  });
})();

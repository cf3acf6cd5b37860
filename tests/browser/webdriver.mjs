// Firefox and WebKit (the engine of Safari) through their own drivers, with the few calls of the WebDriver protocol that
// the tests need: https://www.w3.org/TR/webdriver2/
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const ENGINES = {
  firefox: {
    command: port => [process.env.COTSIDE_FIREFOX_DRIVER, '--port', port, '--websocket-port', '0'],
    capabilities: ({ folder, preferences } = {}) => ({
      'moz:firefoxOptions': {
        binary: process.env.COTSIDE_FIREFOX,
        args: ['-headless', ...(folder ? ['-profile', folder] : [])],
        prefs: { 'browser.shell.checkDefaultBrowser': false, 'app.update.enabled': false, ...preferences },
      },
    }),
  },
  webkit: {
    command: port => ['xvfb-run', '--auto-servernum', process.env.COTSIDE_WEBKIT_DRIVER, `--port=${port}`],
    capabilities: () => ({
      'webkitgtk:browserOptions': {
        binary: process.env.COTSIDE_WEBKIT,
        args: ['--automation'],
      },
    }),
  },
};

const freePort = () =>
  new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const pause = time => new Promise(resolve => setTimeout(resolve, time));

/** A window of an engine; `close` ends it and its driver. Firefox takes a profile: a `folder` that stays, `preferences`. */
export async function drive(engine, profile) {
  const port = await freePort();
  const { command, capabilities } = ENGINES[engine];
  const [program, ...options] = command(String(port));
  const driver = spawn(program, options, { detached: true, stdio: 'ignore' });
  const root = `http://127.0.0.1:${port}`;
  const call = async (method, path, body) => {
    const answer = await fetch(root + path, {
      method,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: body && JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until(() => call('GET', '/status'), 15_000, 'the driver answers');
  const alwaysMatch = capabilities(profile);
  const { sessionId, capabilities: known } = await call('POST', '/session', { capabilities: { alwaysMatch } });
  const at = `/session/${sessionId}`;
  await call('POST', `${at}/timeouts`, { script: 60_000, pageLoad: 60_000 });

  const run = (code, ...args) => call('POST', `${at}/execute/sync`, { script: code, args });
  const element = async selector => {
    const found = await call('POST', `${at}/element`, { using: 'css selector', value: selector });
    return `${at}/element/${found[ELEMENT]}`;
  };
  /** Does something to what a selector finds; finds it again where the page drew it anew in between. */
  const act = async (selector, what, body) => {
    for (let again = 20; ; again -= 1) {
      try {
        return await call('POST', `${await element(selector)}/${what}`, body);
      } catch (error) {
        if (!again || !/: (stale element reference|no such element): /.test(error.message)) throw error;
        await pause(50);
      }
    }
  };
  const seen = selector => run('return Boolean(document.querySelector(arguments[0]))', selector);
  return {
    version: `${known.browserName} ${known.browserVersion}`,
    process: known['moz:processID'],
    goto: url => call('POST', `${at}/url`, { url }),
    run,
    /** As `run`, for code that gives a promise. */
    wait: (code, ...args) => {
      const script = `const done = arguments[arguments.length - 1];
        (async (...args) => { ${code} })(...arguments).then(value => done({ value }), error => done({ error: String(error) }));`;
      return call('POST', `${at}/execute/async`, { script, args }).then(({ value, error }) => {
        if (error) throw new Error(error);
        return value;
      });
    },
    text: selector => run('return document.querySelector(arguments[0])?.innerText', selector),
    click: async selector => {
      await run('document.querySelector(arguments[0]).scrollIntoView({ block: "center" })', selector);
      await act(selector, 'click', {});
    },
    type: (selector, text) => act(selector, 'value', { text }),
    /** Waits until something is in the page. */
    appears: (selector, time = 20_000) => until(() => seen(selector), time, selector),
    gone: (selector, time = 20_000) => until(async () => !(await seen(selector)), time, `no ${selector}`),
    until: (code, time = 20_000) => until(() => run(code), time, code),
    close: async () => {
      await call('DELETE', at).catch(() => {});
      // The whole group: the driver may stand under a wrapper that gives it a screen.
      try {
        process.kill(-driver.pid, 'SIGTERM');
      } catch {
        driver.kill();
      }
    },
  };
}

async function until(holds, time, what) {
  const end = Date.now() + time;
  let last;
  while (Date.now() < end) {
    try {
      last = await holds();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(`Not within ${time} ms: ${what}. ${last instanceof Error ? last.message : ''}`);
}

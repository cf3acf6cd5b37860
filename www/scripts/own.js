// The worker for protocols of the reader's own. Before this text stands the glue of its module, as `glue.own`.
// Messages in: first the compiled module by name, then [kind, name, value]. Messages out: what Reply says, or `file`.
let own;

function answer([kind, name, value]) {
  switch (kind) {
    case 'open':
      return own.open(name, new Uint8Array(value));
    case 'set':
      return own.set(name, value);
    case 'export':
      return { file: own.file() };
    default:
      return {};
  }
}

function start(modules) {
  glue.own.initSync({ module: modules.own });
  own = new glue.own.Own();
  return own.start();
}

onmessage = ({ data }) => {
  try {
    postMessage(own ? answer(data) : start(data));
  } catch (error) {
    postMessage({ refused: `This part of the page stopped: ${error}. Reload the page and open the file again.` });
  }
};

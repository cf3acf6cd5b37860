// The worker of the cohort page. Before this text stand the glues of its modules, as `glue.<module>`.
// Messages in: first the compiled modules by name, then [kind, name, value]. Messages out: what Reply says,
// or `file` with what the page needs to know to paint it as a picture.
let bench;

function answer([kind, name, value]) {
  switch (kind) {
    case 'open':
      return bench.open(name, new Uint8Array(value));
    case 'set':
      return bench.set(name, value);
    case 'export':
      return { file: bench.export(name), picture: value };
    default:
      return {};
  }
}

onmessage = ({ data }) => {
  try {
    if (bench) {
      postMessage(answer(data));
    } else {
      glue.workbench.initSync({ module: data.workbench });
      bench = new glue.workbench.Workbench();
      postMessage({});
    }
  } catch (error) {
    postMessage({ refused: `The analysis stopped: ${error}. Open the file again.` });
  }
};

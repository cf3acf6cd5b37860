// The worker of the page of published evidence. Before this text stand the glues of its modules, as `glue.<module>`.
// Messages in: first the compiled modules by name, then [kind, name, value]. Messages out: what Reply says,
// or `file` with what the page needs to know to paint it as a picture.
let explorer;

function answer([kind, name, value]) {
  switch (kind) {
    case 'open':
      return explorer.open(name, new Uint8Array(value));
    case 'set':
      // The digitiser sends a picture to be traced; everything else is text.
      return typeof value === 'string'
        ? explorer.set(name, value)
        : explorer.trace(value.width, value.height, value.pixels, value.marks, value.x, value.y);
    case 'export':
      return { file: explorer.export(name), picture: value };
    default:
      return {};
  }
}

onmessage = ({ data }) => {
  try {
    if (explorer) {
      postMessage(answer(data));
    } else {
      glue.explorer.initSync({ module: data.explorer });
      explorer = new glue.explorer.Explorer();
      postMessage({});
    }
  } catch (error) {
    postMessage({ refused: `This part of the page stopped: ${error}. Reload it.` });
  }
};

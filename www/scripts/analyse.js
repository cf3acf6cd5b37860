// The worker of the cohort page. Before this text stand the glues of its modules, as `glue.<module>`.
// Messages in: first the compiled modules by name, then [kind, name, value]. Messages out: what Reply says,
// or `file` with what the page needs to know to paint it as a picture.
let intake;
let bench;

/** The intake's answer with what the workbench makes of its patients. */
function taken(reply) {
  if (reply.changed) Object.assign(reply.parts, bench.take(intake.study()).parts);
  return reply;
}

function answer([kind, name, value, source = '']) {
  switch (kind) {
    case 'open':
      return taken(intake.open(name, source, new Uint8Array(value)));
    case 'set': {
      const reply = intake.set(name, value);
      return reply ? taken(reply) : bench.set(name, value);
    }
    case 'export':
      return { file: intake.export(name) ?? bench.export(name), picture: value };
    default:
      return {};
  }
}

onmessage = ({ data }) => {
  try {
    if (bench) {
      postMessage(answer(data));
    } else {
      for (const [name, module] of Object.entries(data)) glue[name].initSync({ module });
      intake = new glue.intake.Intake();
      bench = new glue.workbench.Workbench();
      postMessage({});
    }
  } catch (error) {
    postMessage({ refused: `The analysis stopped: ${error}. Open the file again.` });
  }
};

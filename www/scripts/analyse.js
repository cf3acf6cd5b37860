// The worker of the cohort page. Before this text stand the glues of its modules, as `glue.<module>`.
// Messages in: first the compiled modules by name, then [kind, name, value]. Messages out: what Reply says,
// or `file` with what the page needs to know to paint it as a picture; to each message one, then, as `part`, the parts of
// the results one by one, until `more` is false.
let intake;
let bench;

/** Between two parts other messages have their turn. */
const turn = new MessageChannel();
turn.port1.onmessage = () => send(() => ({ part: true, ...(bench.wants_protocols() ? protocols() : bench.next_part()) }));

/** Posts what `make` gives, and sees to the parts that are waiting. */
function send(make) {
  try {
    const reply = make();
    postMessage(reply);
    if (reply.more) turn.port2.postMessage(0);
  } catch (error) {
    postMessage({ refused: `The analysis stopped: ${error}. Open the file again.` });
  }
}

/** The intake's answer with what the workbench makes of its patients. */
function taken(reply) {
  if (reply.changed) {
    const { parts, more } = bench.take(intake.study());
    Object.assign(reply.parts, parts);
    reply.more = more;
  }
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
    case 'modules':
      return init(name);
    case 'export':
      if (bench.wants_protocols()) protocols();
      return { file: intake.export(name) ?? bench.export(name), picture: value };
    default:
      return {};
  }
}

/** What protocols make of the patients, which takes longest. */
const protocols = () => bench.take_protocols(intake.protocols());

function init(modules) {
  for (const [name, module] of Object.entries(modules)) glue[name].initSync({ module });
  return {};
}

function start(modules) {
  init(modules);
  intake = new glue.intake.Intake();
  bench = new glue.workbench.Workbench();
  bench.publish(intake.published());
  return {};
}

onmessage = ({ data }) => send(() => (bench ? answer(data) : start(data)));

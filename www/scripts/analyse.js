// The worker of the cohort page. Before this text stand the glues of its modules, as `glue.<module>`.
// Messages in: first the compiled modules by name, then [kind, name, value, source]. Messages out: what Reply says,
// or `file` with what the page needs to know to paint it as a picture; to each message one, then, as `part`, the parts of
// the results one by one, until `more` is false.
let intake;
let bench;
/** Settings of a project file that wait for the file that they are for. */
let project;

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

/** A reply with what another adds to it. */
function joined(reply, { parts, more }) {
  Object.assign(reply.parts, parts);
  reply.more = more;
  return reply;
}

/** The intake's answer with what the workbench makes of its patients. */
function taken(reply) {
  return reply.changed ? joined(reply, bench.take(intake.study())) : reply;
}

/** Settings of a project go to the columns, then to the analyses; without a file they wait for one. */
function apply({ columns, settings }) {
  const texts = lines => (lines ?? []).flat().map(String);
  return joined(taken(intake.load(texts(columns))), bench.load(texts(settings)));
}

function open(name, value, source) {
  if (/\.json$/i.test(name)) {
    try {
      project = JSON.parse(new TextDecoder().decode(value));
    } catch {
      project = {};
    }
    if (project.kind !== 'cotside project') {
      project = undefined;
      return { refused: `${name}: this is no project file of Cotside.` };
    }
    if (!intake.has_file()) return intake.load([]);
    const applied = apply(project);
    project = undefined;
    return applied;
  }
  const reply = taken(intake.open(name, source, new Uint8Array(value)));
  if (!project || reply.refused) return reply;
  const applied = apply(project);
  project = undefined;
  return { ...applied, parts: { ...reply.parts, ...applied.parts } };
}

/** A file: of the intake, of the workbench, or of both. */
function file(name) {
  switch (name) {
    case 'project.json': {
      const { columns, settings, version } = { columns: intake.project(), ...bench.project() };
      const text = JSON.stringify({ kind: 'cotside project', version, columns, settings }, null, 1);
      return { name: 'cotside-project.json', media_type: 'application/json', text };
    }
    case 'script.R':
      return bench.export(name, intake.script());
    case 'report.html':
      return bench.export(name, intake.report(new Date().toISOString().slice(0, 10)));
    default:
      return intake.export(name) ?? bench.export(name, '');
  }
}

function answer([kind, name, value, source = '']) {
  switch (kind) {
    case 'open':
      return open(name, value, source);
    case 'set': {
      const reply = intake.set(name, value);
      return reply ? taken(reply) : bench.set(name, value);
    }
    case 'modules':
      return init(name);
    case 'export':
      if (bench.wants_protocols()) protocols();
      return { file: file(name), picture: value };
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

// The worker of the cohort page. Before this text stand the glues of its modules, as `glue.<module>`.
// Messages in: first the compiled modules by name, then [kind, name, value, source]. Messages out, for each of them: any
// number with `step` (what is being done, and parts that are ready), then one with the answer: what Reply says, or `file`
// with what the page needs to know to paint it as a picture. Then, as `part`, the parts of the results one by one, until
// `more` is false. `stopped` is the last message of a worker whose modules can no longer be trusted.
let intake;
/** The first module of the statistics, which keeps the settings and knows what is to be made next. */
let desk;
let workbook;
/** The patients for the other modules of the statistics, and what protocols make of them. */
let study;
let groups;
/** The modules that are loaded, and compiled ones that wait until they are needed. */
const ready = new Set();
let compiled = {};
/** Settings of a project file that wait for the file that they are for. */
let project;

/** Between two parts other messages have their turn. */
const turn = new MessageChannel();
turn.port1.onmessage = () => send(() => ({ part: true, ...(desk.wants_protocols() ? protocols() : nextPart()) }));

/** The modules of the statistics behind the first one, in the order in which their parts stand; each is made when
 *  something is first asked of it. */
const OTHERS = ['cohort', 'risks', 'models', 'subgroups'];
const others = new Map();

/** A module of the statistics, with the patients and the settings that the first one has. */
function bench(name) {
  if (name === 'curves') return desk;
  if (!others.has(name)) {
    load(name, compiled[name]);
    others.set(name, { made: new glue[name].Workbench() });
  }
  const other = others.get(name);
  if (other.study !== study) {
    other.made.receive(study);
    other.study = study;
    other.groups = undefined;
  }
  if (other.groups !== groups) {
    other.made.receive_protocols(groups);
    other.groups = groups;
  }
  other.made.adopt(desk.asked());
  return other.made;
}

/** What the modules behind the first one say in a part or a file to which all contribute: of each piece, the module that
 *  has it. */
function pieces(what) {
  if (!study || !GATHERED.includes(what)) return [];
  return OTHERS.map(name => bench(name).pieces(what)).reduce((all, more) => all.map((piece, index) => piece + (more[index] ?? '')));
}

const GATHERED = ['outputs', 'numbers.csv', 'script.R', 'report.html'];

/** Makes the next part, or does some of the work for it. */
function nextPart() {
  const [part, module] = desk.next();
  const html = part && bench(module).make(part, pieces(part));
  const reply = desk.done(html === undefined ? '' : part);
  if (html !== undefined) reply.parts[part] = html;
  return reply;
}

/** Posts what `make` gives, and sees to the parts that are waiting. */
function send(make) {
  try {
    const reply = make();
    postMessage(reply);
    if (reply.more) turn.port2.postMessage(0);
  } catch (error) {
    postMessage({ stopped: String(error) });
  }
}

const step = (text, parts) => postMessage({ step: text, parts });

/** A reply with what another adds to it. */
function joined(reply, { parts, more, waiting }) {
  Object.assign(reply.parts, parts);
  return Object.assign(reply, { more, waiting });
}

/** The intake's answer with what the statistics make of its patients. */
function taken(reply) {
  if (!reply.changed) return reply;
  step('Following the patients', reply.parts);
  return joined(reply, take());
}

/** Hands the patients over; the modules behind the first one get them when they are asked for something. */
function take() {
  study = intake.study();
  groups = undefined;
  return desk.take(study);
}

const texts = lines => (lines ?? []).flat();

/** Settings of a project go to the columns, then to the analyses; without a file they wait for one. */
function apply({ columns, settings }) {
  return joined(taken(intake.load(texts(columns))), desk.load(texts(settings)));
}

/** What a project file says, or why it is refused. Those without a number as their version are of the first; those of the
 *  command line have columns alone. */
function projectOf(name, value) {
  let read;
  try {
    read = JSON.parse(new TextDecoder().decode(value));
  } catch {
    // Not a project file.
  }
  if (!read || read.columns === undefined || (read.kind ?? KIND) !== KIND) {
    return { refused: `${name}: this is not a project file of Cotside.` };
  }
  const wrong = misshapen('columns', read.columns, 3) ?? misshapen('settings', read.settings ?? [], 2);
  if (wrong) return { refused: `${name} is a project file whose ${wrong}. Save the project again, or mend this in the file.` };
  if (read.version > glue.intake.settings_version()) {
    return { refused: `${name} was saved by a later version of Cotside, which this page cannot read. Reload the page to get the current version.` };
  }
  return { read };
}

const KIND = 'cotside project';

/** What is wrong with a list of lines in a project file, each so many texts; nothing where it is as it should be. */
function misshapen(name, lines, texts) {
  if (!Array.isArray(lines)) return `“${name}” is ${kindOf(lines)}, where a list belongs`;
  const isLine = line => Array.isArray(line) && line.length === texts && line.every(text => typeof text === 'string');
  const at = lines.findIndex(line => !isLine(line));
  if (at < 0) return undefined;
  const line = lines[at];
  const found = Array.isArray(line) ? `a list of ${[...new Set(line.map(kindOf))].join(', ') || 'nothing'} (${line.length})` : kindOf(line);
  return `“${name}” has at place ${at + 1} ${found}, where a list of ${texts} texts belongs`;
}

function kindOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value] ?? 'an object';
}

function open(name, value, source) {
  if (/\.json$/i.test(name)) {
    const { read, refused } = projectOf(name, value);
    if (refused) return { refused };
    if (!intake.has_file()) {
      project = read;
      return intake.load([]);
    }
    project = undefined;
    return apply(read);
  }
  return withProject(taken(rows(name, source, new Uint8Array(value))));
}

/** The answer with a project that was waiting for a file. */
function withProject(reply) {
  if (!project || !reply.changed) return reply;
  const applied = apply(project);
  project = undefined;
  return { ...applied, parts: { ...reply.parts, ...applied.parts } };
}

/** The rows of a file, of pasted text, or of a workbook where only one sheet holds some. */
function rows(name, source, bytes) {
  if (ready.has('workbooks') && /\.(xlsx|xlsm|xlsb|xls|ods|fods)$/i.test(name)) {
    step('Reading the workbook');
    workbook ??= new glue.workbooks.Workbook();
    const reply = workbook.open(name, bytes);
    return reply.sheet === null ? reply : sheet(reply.sheet);
  }
  step('Reading the rows');
  const reply = intake.open(name, source, bytes);
  if (!reply.refused) reply.parts.workbook = '';
  return reply;
}

/** The rows of a sheet of the workbook. */
function sheet(index) {
  step('Reading the sheet');
  const { parts, name, rows, report, refused } = workbook.rows(index);
  if (refused) return { refused, parts: {} };
  step('Reading the rows', parts);
  return intake.open_rows(name, report, rows);
}

/** The intake's answer to a setting; null where it is none of a file's. */
const said = (name, value) => (name === 'sheet' && workbook ? sheet(Number(value)) : intake.set(name, value));

/** A file and what was said of it and set, as it was before the worker was replaced; nothing is computed before it is asked
 *  for. Settings of a project are made on the patients that its columns give. */
function restore(name, value, { source, steps }) {
  const reply = rows(name, source, new Uint8Array(value));
  for (const [kind, control, setting] of steps) {
    if (kind === 'open') {
      const { columns, settings } = JSON.parse(new TextDecoder().decode(setting));
      Object.assign(reply.parts, intake.load(texts(columns)).parts);
      joined(reply, take());
      Object.assign(reply.parts, desk.load(texts(settings)).parts);
    } else {
      const answer = said(control, setting);
      if (answer) Object.assign(reply.parts, answer.parts);
      else desk.set(control, setting);
    }
  }
  if (intake.has_file()) joined(reply, take());
  return { ...reply, restored: true, more: false };
}

/** A file: of the intake, of the statistics, or of both. */
function file(name) {
  switch (name) {
    case 'project.json': {
      const { settings, version: cotside } = desk.project();
      const version = glue.intake.settings_version();
      const text = JSON.stringify({ kind: KIND, version, cotside, columns: intake.project(), settings }, null, 1);
      return { name: 'cotside-project.json', media_type: 'application/json', text };
    }
    case 'numbers.csv':
      return desk.file(name, '', pieces(name));
    case 'script.R':
      return desk.file(name, intake.script(), pieces(name));
    case 'report.html':
      for (let more = true; more; ) {
        const reply = nextPart();
        step('Making the file', reply.parts);
        more = reply.more;
      }
      return desk.file(name, intake.report(new Date().toISOString().slice(0, 10)), pieces(name));
    default:
      return intake.export(name) ?? ownFile(name);
  }
}

/** A file of one module of the statistics. */
function ownFile(name) {
  for (const module of study ? ['curves', ...OTHERS] : []) {
    const file = bench(module).own_file(name);
    if (file) return file;
  }
  return null;
}

function answer([kind, name, value, source = '']) {
  switch (kind) {
    case 'open':
      return open(name, value, source);
    case 'set': {
      const reply = said(name, value);
      return reply ? { ...withProject(taken(reply)), ofFile: true } : desk.set(name, value);
    }
    case 'restore':
      return restore(name, value, source);
    case 'modules':
      return init(name);
    case 'export':
      if (desk.wants_protocols_for(name)) protocols();
      return { file: file(name), picture: value };
    default:
      return {};
  }
}

/** What protocols make of the patients, which takes longest. */
function protocols() {
  step('Applying the protocols');
  groups = intake.protocols();
  return desk.take_protocols(groups);
}

function load(name, module) {
  glue[name].initSync({ module });
  ready.add(name);
}

/** The day on the reader's clock, as 2026-11-29. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}

function init(modules) {
  for (const [name, module] of Object.entries(modules)) {
    if (OTHERS.includes(name)) compiled[name] = module;
    else load(name, module);
  }
  return {};
}

function start(modules) {
  init(modules);
  intake = new glue.intake.Intake();
  intake.set_today(today());
  desk = new glue.curves.Workbench();
  desk.publish(intake.published());
  return { restores: true };
}

onmessage = ({ data }) => send(() => (desk ? answer(data) : start(data)));

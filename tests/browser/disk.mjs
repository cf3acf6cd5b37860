// What browsers keep of a page on disk, to restore it after a crash or a restart: the places of a real profile are searched
// for marks that were typed, chosen, pasted and opened.
//
// Each page gets one control of the test's own, without autocomplete="off". Once its mark is found on disk, the browser has
// written the state of that page, and everything else of it would be there too; so no time is waited for, and a browser that
// keeps nothing at all, or a search that finds nothing, fails.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The mark of the test's own control, with a number for each page. */
export const KEPT = 'KEPT4417';

/** What must not be found; numbers so that fields for numbers take them too. */
export const MARKS = { typed: '771130925', pasted: 'PASTED8852', read: 'READ6694', opened: 'OPENED3371', file: 'FILENAME5523' };

const rows = mark => `id,diagnosis_date,first_event,first_event_date,last_follow_up_date
${mark},2020-01-01,none,,2022-01-01
${mark}b,2020-01-01,relapse,2020-07-01,2021-01-01
`;

/** What is typed and left unread, what is read, and what is opened. */
export const PASTED = rows(MARKS.pasted);
export const READ = rows(MARKS.read);

/** A profile of its own with a file of patients beside it; `forget` takes both away. */
export function profile() {
  const folder = mkdtempSync(join(tmpdir(), 'cotside-profile-'));
  const beside = mkdtempSync(join(tmpdir(), 'cotside-patients-'));
  const file = join(beside, `${MARKS.file}.csv`);
  writeFileSync(file, rows(MARKS.opened));
  const forget = () => {
    for (const each of [folder, beside]) rmSync(each, { recursive: true, force: true, maxRetries: 20 });
  };
  return { folder, file, forget };
}

/** Runs in the page: the mark goes into every control that is there, a choice of its own into each menu, and all that can
 *  be ticked is ticked. Returns the names of the controls. */
export function fillEverything(mark) {
  const controls = [...document.querySelectorAll('input, select, textarea')];
  for (const control of controls) {
    if (control.type === 'file' || control.disabled) continue;
    if (control.nodeName === 'SELECT') control.add(new Option(mark, mark));
    if (/^(checkbox|radio)$/.test(control.type)) control.checked = true;
    else control.value = mark;
    // As after a click, but nothing is computed from it.
    control.dispatchEvent(new Event('change'));
  }
  return controls.map(control => control.name).filter(Boolean);
}

/** Runs in the page: adds the control of the test's own, to be typed into as a person does: Firefox takes no notice of what a
 *  script says. */
export function addKept() {
  const area = document.createElement('textarea');
  area.name = 'kept';
  document.body.append(area);
}

/** Runs in the page: the controls that a browser may keep. */
export const uncovered = () =>
  [...document.querySelectorAll('input, select, textarea, [contenteditable]')]
    .filter(control => control.getAttribute('autocomplete') !== 'off')
    .map(control => control.outerHTML.slice(0, 160));

/** Of some texts those that are in files of the profile, each with the files: as one byte a letter or two, also where Firefox
 *  has packed them. `only` leaves files out. */
export function found(folder, texts, only = () => true) {
  const wanted = texts.map(text => [text, [Buffer.from(text), Buffer.from(text, 'utf16le')], []]);
  for (const file of files(folder).filter(only)) {
    const bytes = content(file);
    for (const [, forms, places] of wanted) {
      if (bytes && forms.some(form => bytes.includes(form))) places.push(relative(folder, file));
    }
  }
  return wanted.filter(([, , places]) => places.length > 0).map(([text, , places]) => [text, places]);
}

function files(folder) {
  const inside = [];
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // A browser that is running takes folders away too.
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) inside.push(...files(path));
    else if (entry.isFile()) inside.push(path);
  }
  return inside;
}

function content(file) {
  try {
    const bytes = readFileSync(file);
    return bytes.subarray(0, 8).toString('latin1') === 'mozLz40\0' ? unpacked(bytes) : bytes;
  } catch {
    return undefined;
  }
}

/** A file of Firefox's: a block of LZ4 behind its length.
 *  https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
export function unpacked(bytes) {
  const made = Buffer.alloc(bytes.readUInt32LE(8));
  let from = 12;
  let to = 0;
  const length = first => {
    let sum = first;
    if (first === 15) for (let more = 255; more === 255; sum += more) more = bytes[from++];
    return sum;
  };
  while (from < bytes.length) {
    const token = bytes[from++];
    const literals = length(token >> 4);
    bytes.copy(made, to, from, from + literals);
    from += literals;
    to += literals;
    if (from >= bytes.length) break;
    const start = to - bytes.readUInt16LE(from);
    from += 2;
    const end = to + length(token & 15) + 4;
    // Byte by byte: a match may reach into what it makes.
    for (let at = start; to < end; at += 1) made[to++] = made[at];
  }
  return made.subarray(0, to);
}

/** Where a browser keeps the state of its pages. */
const isState = file => /session/i.test(file);

/** Waits until the browser has written the state of the page that is open, with the mark that `type` types into the test's
 *  own control. */
export async function written(folder, mark, type) {
  for (let round = 0; round < 30; round += 1) {
    await type(mark);
    for (let look = 0; look < 10; look += 1) {
      if (found(folder, [mark], isState).length > 0) return;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }
  throw new Error('The browser did not write the state of the page: nothing can be said of what it keeps.');
}

/** Which marks are on disk, and which names of controls are in the state of pages. Short names are words of other things
 *  too. */
export function leaked(folder, names) {
  const long = [...new Set(names)].filter(name => name.length > 5);
  return [...found(folder, Object.values(MARKS)), ...found(folder, long, isState)];
}

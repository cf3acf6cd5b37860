//! Which rows of a file are patients: rows of one patient, means and notes below a table, one row for each endpoint.
//!
//! Rows keep their position: one that is not read as a patient is set aside with the reason. Nothing is decided without
//! a question.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::column::is_missing;
use super::course::{Milestone, TimeUnit};
use super::header::Header;
use super::kind::{ColumnKind, Profile, profiles};
use super::lenient::{Conflict, Import, RowFault, SetAside};
use super::role::Role;
use super::role_guess::guess_roles_of;
use super::sheet::Sheet;
use super::totals::totals;
use super::visits::Visits;
use super::word_lists::{cell_meaning, words};
use crate::infant::Field;

/// How rows become patients.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// Rows with the same id.
    pub repeated: Repeated,
    /// The column of ids by which rows belong together.
    pub id: Option<usize>,
    /// Columns whose last cell counts where rows are merged: of the last contact, whether the patient lives, events and
    /// times.
    pub follow_up: Vec<usize>,
    /// Rows that are read as means, totals, legends, notes or another table, with their kind; empty where a person says
    /// that they are patients.
    pub not_patients: Vec<SetAside>,
    /// Only rows with this text in this column.
    pub chosen: Option<(usize, String)>,
    /// The columns of a file with one row for each patient and endpoint (CDISC ADaM time-to-event: ADTTE).
    pub endpoints: Option<EndpointRows>,
    /// The rules of an export of a database with a row for each visit.
    pub visits: Option<Visits>,
}

/// What happens to rows with the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Repeated {
    /// Each row is a patient.
    #[default]
    Separate,
    /// One patient: of findings the first cell that is not empty, of follow-up the last.
    Merge,
    /// The first row is the patient, the others are not used.
    First,
}

impl Repeated {
    /// Every way, with its code in settings.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Merge, "merge"),
        (Self::First, "first"),
        (Self::Separate, "separate"),
    ];

    /// The code in settings.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == self)
            .map_or("", |(_, code)| code)
    }

    /// The way with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(way, _)| *way)
    }
}

/// The columns of an ADTTE file, and its endpoints in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointRows {
    /// `PARAMCD`.
    pub parameter: usize,
    /// `AVAL`.
    pub time: usize,
    /// `CNSR`: 0 is an event, anything else censored.
    pub censor: usize,
    /// `AVALU`, or the unit in which the parameters are described.
    pub unit: Option<String>,
    /// The codes of endpoints that occur.
    pub names: Vec<String>,
    /// The description of each, where the file has one (`PARAM`).
    pub labels: Vec<String>,
    /// The column of units, where they differ between rows: times are converted to days.
    pub units: Option<usize>,
    /// True if every endpoint, unit and censoring is written as the standard has it, each endpoint once a patient.
    pub is_standard: bool,
}

/// A question about the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowsQuestion {
    /// Several rows have the same id.
    Repeated {
        /// Number of ids that occur in more than one row.
        ids: usize,
        /// Rows that have one of them.
        rows: usize,
        /// Cells of columns that are used which differ between rows of one id.
        differ: usize,
    },
    /// Rows that look like means, totals, legends, notes or another table: their first texts.
    NotPatients(Vec<String>),
    /// One row for each patient and endpoint.
    Endpoints(Vec<String>),
}

impl Shape {
    /// Guesses which rows are patients; returns also the questions for a person.
    #[must_use]
    pub fn guess(import: &Import) -> (Self, Vec<RowsQuestion>) {
        let (shape, open, _) = Self::guess_and_profile(import);
        (shape, open)
    }

    /// The same, with the profiles of the columns where each row is a patient, so that they are not made again.
    #[must_use]
    pub fn guess_and_profile(import: &Import) -> (Self, Vec<RowsQuestion>, Option<Vec<Profile>>) {
        let mut shape = Self {
            not_patients: not_patients(import),
            ..Self::default()
        };
        let mut open = Vec::new();
        if !shape.not_patients.is_empty() {
            let text = |aside: &SetAside| first_text(&import.sheet, aside.row).to_owned();
            open.push(RowsQuestion::NotPatients(shape.not_patients.iter().map(text).collect()));
        }
        let shaped = (!shape.not_patients.is_empty()).then(|| shape.apply(import));
        let read = shaped.as_ref().unwrap_or(import);
        let profiles = read.profiles();
        let guesses = guess_roles_of(&read.names(), &profiles);
        let roles: Vec<Role> = guesses.into_iter().map(|guess| guess.role).collect();
        shape.endpoints = endpoint_rows(read);
        shape.visits = Visits::of(read.sheet.header(), &roles, &profiles);
        shape.id = id_column(read, &roles);
        shape.follow_up = (0..roles.len())
            .filter(|&column| is_of_follow_up(roles[column]))
            .collect();
        if let Some(id) = shape.id {
            if let Some(endpoints) = &shape.endpoints {
                open.push(RowsQuestion::Endpoints(endpoints.names.clone()));
            } else {
                open.extend(shape.guess_repeated(read, &roles, id));
            }
        }
        let is_plain = open.is_empty();
        (shape, open, is_plain.then_some(profiles))
    }

    fn guess_repeated(&mut self, read: &Import, roles: &[Role], id: usize) -> Option<RowsQuestion> {
        let groups = rows_by_id(read, id);
        let repeated: Vec<&Vec<usize>> = groups.iter().filter(|rows| rows.len() > 1).collect();
        if repeated.is_empty() {
            return None;
        }
        let (differ, strangers) = differences(&read.sheet, roles, &repeated);
        // Ids of several hospitals, each numbered from 1, are those of different patients.
        let different = self.visits.is_none()
            && (strangers * 2 > repeated.len() || repeated.iter().any(|rows| rows.len() > MOST_ROWS));
        self.repeated = if different { Repeated::Separate } else { Repeated::Merge };
        Some(RowsQuestion::Repeated {
            ids: repeated.len(),
            rows: repeated.iter().map(|rows| rows.len()).sum(),
            differ,
        })
    }

    /// True if the answer to a question follows from what the file is, so that it is not asked: an export of a database
    /// with a row for each visit, a file of endpoints by the standard.
    #[must_use]
    pub fn settles(&self, question: &RowsQuestion) -> bool {
        match question {
            RowsQuestion::Repeated { .. } => self.visits.is_some() && self.repeated == Repeated::Merge,
            RowsQuestion::Endpoints(_) => self.endpoints.as_ref().is_some_and(|rows| rows.is_standard),
            RowsQuestion::NotPatients(_) => false,
        }
    }

    /// The rows as patients: the same rows at their place, those that are none of their own set aside.
    #[must_use]
    pub fn apply(&self, import: &Import) -> Import {
        let mut read = import.clone();
        let mut aside: Vec<SetAside> = self.not_patients.clone();
        if let Some((column, text)) = &self.chosen {
            let others = (0..read.sheet.rows()).filter(|&row| read.sheet.cell(row, *column).trim() != text);
            aside.extend(others.map(|row| SetAside {
                row,
                fault: RowFault::NotChosen,
            }));
        }
        read.set_more_aside(aside);
        let (Some(id), true) = (self.id, self.endpoints.is_some() || self.repeated != Repeated::Separate) else {
            return read;
        };
        let groups = rows_by_id(&read, id);
        let mut aside = Vec::new();
        let mut cells: Vec<(usize, usize, String)> = Vec::new();
        let mut conflicts = Vec::new();
        for rows in &groups {
            let Some((&first, others)) = rows.split_first() else {
                continue;
            };
            let merged = self.repeated == Repeated::Merge || self.endpoints.is_some();
            let fault = |row| SetAside {
                row,
                fault: if merged {
                    RowFault::Merged { into: first }
                } else {
                    RowFault::Repeated { first }
                },
            };
            aside.extend(others.iter().map(|&row| fault(row)));
            for column in (0..read.sheet.header().len()).filter(|_| merged && !others.is_empty()) {
                let is_filled = |row: &usize| !is_missing(read.sheet.cell(*row, column));
                let filled: Vec<usize> = rows.iter().copied().filter(is_filled).collect();
                let by_rule = self
                    .visits
                    .as_ref()
                    .and_then(|rules| rules.pick(&read.sheet, column, &filled));
                let from = by_rule.or_else(|| {
                    if self.follow_up.contains(&column) {
                        filled.last().copied()
                    } else {
                        filled.first().copied()
                    }
                });
                if let (Some(rules), Some(used)) = (&self.visits, from) {
                    let others = rules.others(&read.sheet, column, &filled).into_iter();
                    conflicts.extend(others.map(|row| Conflict { row, column, used }));
                }
                if let Some(from) = from.filter(|&from| from != first) {
                    cells.push((first, column, read.sheet.cell(from, column).to_owned()));
                }
            }
        }
        if let Some(endpoints) = &self.endpoints {
            let added = endpoints.columns(&read.sheet, &groups);
            read.sheet = read.sheet.with_columns(&added);
            read.taken_apart
                .extend([endpoints.parameter, endpoints.time, endpoints.censor]);
            let names = ["PARAM", "AVALU", "EVNTDESC", "CNSDTDSC", "ADT", "ADY", "PARAMN"];
            let described = |name: &String| names.contains(&name.trim().to_uppercase().as_str());
            let header = import.sheet.header().iter();
            read.taken_apart.extend(
                header
                    .enumerate()
                    .filter(|(_, name)| described(name))
                    .map(|(column, _)| column),
            );
        }
        read.sheet = read.sheet.with_cells(&cells);
        read.conflicts = conflicts;
        read.set_more_aside(aside);
        read
    }
}

const fn is_of_follow_up(role: Role) -> bool {
    matches!(
        role,
        Role::Milestone(Milestone::LastFollowUp)
            | Role::VitalStatus
            | Role::FirstEvent
            | Role::Event(_)
            | Role::Time(_)
    )
}

/// A column with more rows for one value than this is not a column of ids.
const MOST_ROWS: usize = 60;

impl EndpointRows {
    /// The header of the time and the event of an endpoint.
    #[must_use]
    pub fn headers(&self, name: &str) -> (String, String) {
        let place = self.names.iter().position(|known| known == name);
        let label = place
            .and_then(|place| self.labels.get(place))
            .map_or("", String::as_str);
        let role = known_endpoint(name, label).unwrap_or(name);
        let role = if role == AS_IN_FILE { "" } else { role };
        let unit = self.unit.as_deref().map_or(String::new(), |unit| format!(" ({unit})"));
        (
            format!("{role} time{unit}").trim_start().to_owned(),
            format!("{role} event").trim_start().to_owned(),
        )
    }

    /// The time of a row; in days where units differ between rows.
    fn time_in(&self, sheet: &Sheet, row: usize) -> String {
        let text = sheet.cell(row, self.time).trim();
        let Some(units) = self.units else {
            return text.to_owned();
        };
        let unit = Header::of(sheet.cell(row, units)).unit;
        match (crate::decimal::parse(text), unit) {
            (Some(time), Some(unit)) => (time * unit.days()).to_string(),
            _ if is_missing(text) => String::new(),
            _ => format!("{text} {}", sheet.cell(row, units).trim()),
        }
    }

    /// The columns that its rows become, in the first row of each patient.
    fn columns(&self, sheet: &Sheet, groups: &[Vec<usize>]) -> Vec<(String, Vec<String>)> {
        let mut columns = Vec::new();
        for name in &self.names {
            let (time, event) = self.headers(name);
            let (mut times, mut events) = (vec![String::new(); sheet.rows()], vec![String::new(); sheet.rows()]);
            for rows in groups {
                let of = rows.iter().find(|&&row| sheet.cell(row, self.parameter).trim() == name);
                let (Some(&first), Some(&row)) = (rows.first(), of) else {
                    continue;
                };
                times[first] = self.time_in(sheet, row);
                let censor = sheet.cell(row, self.censor).trim();
                let event = match crate::decimal::parse(censor) {
                    _ if is_missing(censor) => "",
                    Some(0.0) => "event",
                    Some(_) => "censored",
                    None => censor,
                };
                event.clone_into(&mut events[first]);
            }
            columns.extend([(time, times), (event, events)]);
        }
        columns
    }
}

fn endpoint_rows(import: &Import) -> Option<EndpointRows> {
    let header = import.sheet.header();
    let at = |name: &str| header.iter().position(|each| each.trim().eq_ignore_ascii_case(name));
    let (parameter, time, censor) = (at("PARAMCD")?, at("AVAL")?, at("CNSR")?);
    let usable = import.usable();
    let mut names: Vec<String> = Vec::new();
    let mut labels: Vec<String> = Vec::new();
    let mut units: Vec<String> = Vec::new();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut is_standard = true;
    let subject = at("USUBJID");
    for row in (0..import.sheet.rows()).filter(|&row| usable[row]) {
        let note = |list: &mut Vec<String>, column: usize| {
            let text = import.sheet.cell(row, column).trim().to_owned();
            if !text.is_empty() && !list.contains(&text) && list.len() < 30 {
                list.push(text);
            }
        };
        let known = names.len();
        note(&mut names, parameter);
        let label = at("PARAM").map_or("", |column| import.sheet.cell(row, column).trim());
        if names.len() > known {
            labels.push(label.to_owned());
        }
        match at("AVALU") {
            Some(column) => note(&mut units, column),
            None => {
                let unit = Header::of(label).unit.map_or("", TimeUnit::code).to_owned();
                if !unit.is_empty() && !units.contains(&unit) {
                    units.push(unit);
                }
            }
        }
        let cell = |column: usize| import.sheet.cell(row, column).trim();
        // A dictionary may have put words in the place of the numbers.
        let is_word = |text: &str| ["event", "censored"].iter().any(|word| text.eq_ignore_ascii_case(word));
        let censor = cell(censor);
        let censor = crate::decimal::parse(censor).is_some() || is_missing(censor) || is_word(censor);
        let once = subject.is_some_and(|subject| seen.insert((cell(subject), cell(parameter))));
        is_standard &= censor && once && known_endpoint(cell(parameter), label).is_some();
    }
    let lengths: Vec<Option<TimeUnit>> = units.iter().map(|unit| Header::of(unit).unit).collect();
    let differ = lengths.len() > 1;
    is_standard &= !lengths.is_empty() && lengths.iter().all(Option::is_some);
    Some(EndpointRows {
        parameter,
        time,
        censor,
        unit: match &units[..] {
            [unit] => Some(unit.to_lowercase()),
            _ => differ.then(|| TimeUnit::Days.code().to_owned()),
        },
        names,
        labels,
        units: at("AVALU").filter(|_| differ),
        is_standard,
    })
}

/// The code of a time that names no endpoint.
const AS_IN_FILE: &str = "TTE";

/// The endpoint that a code or a description names, as its columns are called; `None` where it is none of those that
/// columns have roles for.
fn known_endpoint(code: &str, label: &str) -> Option<&'static str> {
    let code = code.to_uppercase();
    let label = label.to_lowercase().replace('-', " ");
    let named = |name: &str| label.contains(name);
    match code.as_str() {
        "OS" | "TTDEATH" | "OVSURV" => Some("OS"),
        "EFS" => Some("EFS"),
        "DFS" => Some("DFS"),
        "RFS" => Some("RFS"),
        "LFS" => Some("LFS"),
        AS_IN_FILE => Some(AS_IN_FILE),
        code if code.starts_with("EFS") || named("event free survival") => Some("EFS"),
        code if code.starts_with("OS") || named("overall survival") => Some("OS"),
        _ if named("disease free survival") => Some("DFS"),
        _ if named("relapse free survival") => Some("RFS"),
        _ if named("leukaemia free survival") || named("leukemia free survival") => Some("LFS"),
        _ => None,
    }
}

/// The column of ids; of an ADTTE file that of subjects.
fn id_column(import: &Import, roles: &[Role]) -> Option<usize> {
    let header = import.sheet.header();
    let subject = header
        .iter()
        .position(|name| name.trim().eq_ignore_ascii_case("USUBJID"));
    subject.or_else(|| roles.iter().position(|role| *role == Role::Finding(Field::Id)))
}

/// Rows that are used, by id, in the order of the file; a row without an id is a group of its own.
fn rows_by_id(import: &Import, id: usize) -> Vec<Vec<usize>> {
    let mut place: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let usable = import.usable();
    for row in (0..import.sheet.rows()).filter(|&row| usable[row]) {
        let text = import.sheet.cell(row, id).trim();
        if is_missing(text) {
            groups.push(vec![row]);
            continue;
        }
        let at = *place.entry(text).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(rows) => rows.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

/// Cells of used columns that differ between rows of one id, and ids whose birth, diagnosis or sex does.
fn differences(sheet: &Sheet, roles: &[Role], repeated: &[&Vec<usize>]) -> (usize, usize) {
    let (mut differ, mut strangers) = (0, 0);
    for rows in repeated {
        let mut stranger = false;
        for (column, role) in roles
            .iter()
            .enumerate()
            .filter(|(_, role)| !matches!(role, Role::Ignored | Role::Group))
        {
            let mut texts: Vec<&str> = rows.iter().map(|&row| sheet.cell(row, column).trim()).collect();
            texts.retain(|text| !is_missing(text));
            let different = texts.windows(2).any(|two| two[0] != two[1]);
            differ += usize::from(different);
            stranger |= different
                && matches!(
                    role,
                    Role::Milestone(Milestone::Birth | Milestone::Diagnosis) | Role::Finding(Field::Sex)
                );
        }
        strangers += usize::from(stranger);
    }
    (differ, strangers)
}

fn first_text(sheet: &Sheet, row: usize) -> &str {
    sheet
        .cells(row)
        .map(str::trim)
        .find(|cell| !cell.is_empty())
        .unwrap_or_default()
}

/// Rows of means, totals, legends and notes, and those of another table below.
fn not_patients(import: &Import) -> Vec<SetAside> {
    let sheet = &import.sheet;
    let width = sheet.header().len();
    // Kinds of columns by the first rows, without those that may belong to the header.
    let usable = import.usable();
    let counts =
        |row: usize| usable[row] && (row < LOOKED_AT) && (row >= ROWS_OF_HEADER || sheet.rows() <= ROWS_OF_HEADER);
    let counted: Vec<bool> = (0..sheet.rows()).map(counts).collect();
    let kinds: Vec<ColumnKind> = profiles(sheet, &counted)
        .into_iter()
        .map(|profile| profile.kind)
        .collect();
    let totals = totals(sheet, &usable, &kinds);
    let filled = |row: usize| sheet.cells(row).filter(|cell| !cell.trim().is_empty()).count();
    // After a repeated header the table continues if the first cells look as before.
    let first_cells = |row: usize| skeleton(first_text(sheet, row));
    let known: BTreeSet<String> = (0..sheet.rows())
        .take_while(|&row| !repeats_the_header(sheet, row))
        .map(first_cells)
        .collect();
    let begins_another =
        |row: usize| repeats_the_header(sheet, row) && row + 1 < sheet.rows() && !known.contains(&first_cells(row + 1));
    let mut found = Vec::new();
    let mut second_table = false;
    let mut after_blank = false;
    for row in 0..sheet.rows() {
        let is_blank = filled(row) == 0;
        after_blank |= follows_an_empty_line(sheet, row);
        // A second header after an empty row: texts where the columns hold numbers and dates.
        let begins_a_table = |row| is_header_like(sheet, row, &kinds) || repeats_the_header(sheet, row);
        second_table |= after_blank && !is_blank && begins_a_table(row) || begins_another(row);
        after_blank = is_blank;
        if is_blank {
            continue;
        }
        let is_note = width >= 4 && filled(row) == 1 && first_text(sheet, row).contains(' ');
        let is_of_header = row < ROWS_OF_HEADER && describes_columns(sheet, row, &kinds);
        let fault = if second_table {
            Some(RowFault::SecondTable)
        } else if begins_with_a_summary(sheet, row)
            || totals.contains(&row)
            || is_note
            || is_of_header
            || repeats_the_header(sheet, row)
        {
            Some(RowFault::NotAPatient)
        } else {
            None
        };
        // A row that was already set aside keeps its fault, unless it is not a patient.
        if let Some(fault) = fault {
            found.push(SetAside { row, fault });
        }
    }
    found
}

/// True if lines without any cell stand above a row; the reader of CSV text passes over them.
fn follows_an_empty_line(sheet: &Sheet, row: usize) -> bool {
    let Some(before) = row.checked_sub(1) else {
        return false;
    };
    let within = sheet
        .cells(before)
        .map(|cell| cell.matches('\n').count() as u64)
        .sum::<u64>();
    sheet.line(row) > sheet.line(before) + within + 1
}

/// Number of rows examined for the kinds of columns.
const LOOKED_AT: usize = 300;

/// Rows below the names of columns that may hold their units or descriptions.
const ROWS_OF_HEADER: usize = 2;

/// The digits of a text as one `9`, the rest as it is: `P007` is `P9`.
fn skeleton(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        let c = if c.is_numeric() { '9' } else { c };
        if c != '9' || !plain.ends_with('9') {
            plain.push(c);
        }
    }
    plain
}

/// True if a row holds units or descriptions: it has no number or date where the columns hold these.
fn describes_columns(sheet: &Sheet, row: usize, kinds: &[ColumnKind]) -> bool {
    let (mut fits, mut others, mut columns) = (0, 0, 0);
    for (cell, kind) in sheet.cells(row).zip(kinds) {
        let is_read = match kind {
            ColumnKind::Number { form, .. } => form.read(cell.trim()).is_some(),
            ColumnKind::Date { form, .. } => form.read(cell.trim()).is_some(),
            _ => continue,
        };
        columns += 1;
        fits += usize::from(is_read);
        others += usize::from(!is_read && !is_missing(cell));
    }
    columns >= 3 && fits == 0 && others > 0
}

/// True if a word begins a row of means, totals, counts or notes.
fn is_summary(word: &str) -> bool {
    cell_meaning("row", word).is_some()
}

fn begins_with_a_summary(sheet: &Sheet, row: usize) -> bool {
    let text = first_text(sheet, row);
    // An id has digits, a summary has none but in its numbers.
    if text.starts_with(|c: char| c.is_ascii_digit())
        || (text.contains(|c: char| c.is_ascii_digit()) && !text.contains([' ', '=', '*']))
    {
        return false;
    }
    let words = words(text);
    let known = |length| {
        words
            .get(..length)
            .is_some_and(|start: &[String]| is_summary(&start.join(" ")))
    };
    // "n = 40", "N=40", "* p < 0.05".
    let count = matches!(words.first().map(String::as_str), Some("n")) && text.contains('=');
    count || text.starts_with(['*', '†', '‡', '§']) || (words.len() <= 4 && (1..=2).any(known))
}

fn repeats_the_header(sheet: &Sheet, row: usize) -> bool {
    sheet.header().len() > 1
        && sheet
            .cells(row)
            .zip(sheet.header())
            .all(|(cell, name)| cell.trim() == name)
}

fn is_header_like(sheet: &Sheet, row: usize, kinds: &[ColumnKind]) -> bool {
    let (mut texts, mut others) = (0, 0);
    for (cell, kind) in sheet.cells(row).zip(kinds) {
        let cell = cell.trim();
        if is_missing(cell) {
            continue;
        }
        let fits = match kind {
            ColumnKind::Number { form, .. } => form.read(cell).is_some(),
            ColumnKind::Date { form, .. } => form.read(cell).is_some(),
            _ => false,
        };
        let is_text = !fits && !cell.contains(|c: char| c.is_ascii_digit());
        texts += usize::from(is_text);
        others += usize::from(!is_text);
    }
    texts > 0 && others == 0
}

impl Import {
    /// Sets more rows aside; one that is set aside already keeps its fault.
    fn set_more_aside(&mut self, more: Vec<SetAside>) {
        let known = self.usable();
        self.set_aside
            .extend(more.into_iter().filter(|aside| known.get(aside.row) == Some(&true)));
        self.set_aside.sort_by_key(|aside| aside.row);
        self.set_aside.dedup_by_key(|aside| aside.row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shaped(text: &str) -> (Shape, Vec<RowsQuestion>, Import) {
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let (shape, open) = Shape::guess(&import);
        let read = shape.apply(&import);
        (shape, open, read)
    }

    #[test]
    fn rows_of_one_patient_are_merged_and_follow_up_is_the_last() {
        let (shape, open, read) = shaped(
            "id,sex,wbc,visit,last_follow_up,vital_status\n1,m,33.9,base,2015-01-01,alive\n2,f,5.2,base,2015-02-01,alive\n\
             1,,,fu,2016-01-01,dead\n",
        );
        assert_eq!((shape.repeated, open.len()), (Repeated::Merge, 1));
        assert_eq!(
            open[0],
            RowsQuestion::Repeated {
                ids: 1,
                rows: 2,
                differ: 2
            }
        );
        assert_eq!(
            read.sheet.cells(0).collect::<Vec<_>>(),
            ["1", "m", "33.9", "base", "2016-01-01", "dead"]
        );
        assert_eq!(
            read.set_aside,
            [SetAside {
                row: 2,
                fault: RowFault::Merged { into: 0 }
            }]
        );
        let first = Shape {
            repeated: Repeated::First,
            ..shape.clone()
        };
        let import = Sheet::read_lenient(b"id,x\n1,a\n1,b\n").unwrap();
        assert_eq!(
            first.apply(&import).set_aside,
            [SetAside {
                row: 1,
                fault: RowFault::Repeated { first: 0 }
            }]
        );
    }

    #[test]
    fn ids_of_two_hospitals_are_not_merged() {
        let (shape, open, read) =
            shaped("id,birth_date,sex\n1,2010-01-01,m\n2,2011-02-01,f\n1,2015-05-05,f\n2,2016-06-06,m\n");
        assert_eq!(
            (shape.repeated, open.len(), read.set_aside.len()),
            (Repeated::Separate, 1, 0)
        );
    }

    #[test]
    fn means_notes_and_second_tables_are_not_patients() {
        let (_, open, read) = shaped(
            "id,sex,wbc,diagnosis_date\nP1,m,33.9,2015-01-01\nP2,f,5.2,2015-01-01\nMean,,19.5,\nn = 2,,,\n* by flow cytometry,,,\n\
             ,,,\ncentre,name,,\nA,x,3,\n",
        );
        assert_eq!(open.len(), 1);
        let rows: Vec<usize> = read.set_aside.iter().map(|aside| aside.row).collect();
        assert_eq!(rows, [2, 3, 4, 5, 6, 7]);
        let (_, open, read) = shaped("id,sex,wbc\nP1,m,33.9\nMeanwell,f,5.2\n");
        assert_eq!((open.len(), read.set_aside.len()), (0, 0));
        // A row of units below the names; the header again on every page, and before another table.
        let rows = "P1,m,33.9,2015-01-01,2016-01-01\nP2,f,5.2,2015-01-01,2016-01-01\n";
        let header = "id,sex,wbc,diagnosis_date,last_follow_up\n";
        for (text, aside) in [
            (format!("{header},,10^9/L,,\n{rows}"), vec![0]),
            (format!("{header}text,m/f,10^9/L,date,date\n{rows}"), vec![0]),
            (
                format!("{header}{rows}{header}P3,m,3.9,2015-01-01,2016-01-01\n"),
                vec![2],
            ),
            (
                format!("{header}{rows}{header}C1,m,3.9,2015-01-01,2016-01-01\n"),
                vec![2, 3],
            ),
        ] {
            let (_, open, read) = shaped(&text);
            let rows: Vec<usize> = read.set_aside.iter().map(|aside| aside.row).collect();
            assert_eq!((open.len(), rows), (1, aside), "{text}");
        }
    }

    #[test]
    fn one_row_for_each_endpoint_becomes_one_patient() {
        let (_, open, read) = shaped(
            "STUDYID,USUBJID,PARAMCD,AVAL,AVALU,CNSR\nS,1,OS,297,DAYS,0\nS,1,EFS,267,DAYS,0\nS,2,OS,1620,DAYS,2\nS,2,EFS,1590,DAYS,1\n",
        );
        assert_eq!(open, [RowsQuestion::Endpoints(vec!["OS".into(), "EFS".into()])]);
        assert_eq!(
            read.sheet.header()[6..],
            ["OS time (days)", "OS event", "EFS time (days)", "EFS event"]
        );
        assert_eq!(
            read.sheet.cells(0).skip(6).collect::<Vec<_>>(),
            ["297", "event", "267", "event"]
        );
        assert_eq!(
            read.sheet.cells(2).skip(6).collect::<Vec<_>>(),
            ["1620", "censored", "1590", "censored"]
        );
        assert_eq!(read.set_aside.len(), 2);
    }
}

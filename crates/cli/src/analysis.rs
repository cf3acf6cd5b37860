//! Common parts of the survival commands: their flags, and the complete rows of a file as columns.

use std::collections::BTreeMap;
use std::io::Read;

use clap::Args;
use cotside_core::cohort::{CellError, Cells, ChosenColumns, Expected, Opened, ReadError, RowLines, Texts, Wanted};
use cotside_core::survival::{FollowUp, FollowUpError, Labels};
use cotside_words::en;
use serde::Serialize;

use crate::causes::{CauseFlags, Causes};
use crate::flags::{names, present};
use crate::grouping::{Grouped, GroupingFlags, labels};
use crate::{Refusal, output};

/// Flags that every survival command needs.
#[derive(Debug, Args)]
pub struct Source {
    /// CSV file; - reads standard input
    #[arg(long, value_name = "FILE", value_parser = present)]
    pub input: String,
    /// Column of times
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    pub time: String,
    /// Column of events
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    pub event: String,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// The values of the event column that count as the event.
#[derive(Debug, Args)]
pub struct EventValues {
    /// Values of the event column that are the event; every other value is censored [default: 1]
    #[arg(long, value_name = "V", num_args = 1.., value_parser = present)]
    event_value: Vec<String>,
}

/// Flags common to several survival commands, as given.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// Name of the command, for messages.
    pub command: &'static str,
    /// Path of the file; `-` is standard input.
    pub input: String,
    /// Column of times.
    pub time: String,
    /// Column of events.
    pub event: String,
    /// Values of the event column that are the event; empty where the flag was not given (then 1).
    pub event_values: Vec<String>,
    /// Column of delayed entry.
    pub entry: Option<String>,
    /// Column of weights.
    pub weights: Option<String>,
    /// Column of groups.
    pub group: Option<String>,
    /// Columns of strata; several are crossed.
    pub strata: Vec<String>,
    /// How columns are grouped, and which rows are used.
    pub grouping: GroupingFlags,
    /// Whether `--levels` may stand without a column, as the order of groups.
    pub orders_groups: bool,
    /// The words of an event column with causes.
    pub causes: CauseFlags,
}

impl Common {
    /// The flags that every command needs.
    pub fn new(command: &'static str, source: &Source) -> Self {
        Self {
            command,
            input: source.input.clone(),
            time: source.time.clone(),
            event: source.event.clone(),
            ..Self::default()
        }
    }

    /// The same with these values of the event.
    pub fn with_events(self, values: &EventValues) -> Self {
        Self {
            event_values: values.event_value.clone(),
            ..self
        }
    }

    /// Returns the flags with lists of columns split by the names of the file's columns.
    pub fn resolved(self, file: &File) -> Self {
        Self {
            strata: file.names(&self.strata),
            ..self
        }
    }

    /// The flags that group columns and choose rows, with the columns of the file.
    pub fn grouped(&self, file: &File) -> Result<Grouped, Refusal> {
        self.grouping.resolved(self, file, self.orders_groups)
    }

    /// A refusal of flags in this command's name.
    pub fn refusal(&self, what: &str) -> Refusal {
        Refusal(format!("cotside {}: {what}", self.command))
    }
}

/// A file of which the header has been read.
pub struct File {
    name: String,
    opened: Opened<Box<dyn Read>>,
}

impl File {
    /// Opens a file, or standard input for `-`.
    pub fn open(input: &str) -> Result<Self, Refusal> {
        let name = if input == "-" { "standard input" } else { input }.to_owned();
        let source: std::io::Result<Box<dyn Read>> = if input == "-" {
            Ok(Box::new(std::io::stdin().lock()))
        } else {
            std::fs::File::open(input).map(|file| Box::new(file) as Box<dyn Read>)
        };
        let opened = source.map_err(ReadError::Input).and_then(Opened::new);
        match opened {
            Ok(opened) => Ok(Self { name, opened }),
            Err(error) => Err(unreadable(&name, error)),
        }
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        self.opened.header()
    }

    /// Whether there is a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.opened.header().iter().any(|each| each == name)
    }

    /// Returns the columns listed by flags. The name of a column is not split at its commas.
    pub fn names(&self, given: &[String]) -> Vec<String> {
        names(given, |name| self.has(name))
    }

    /// Reads the rows: of the columns only those that are wanted.
    pub fn read(self, wanted: &[Wanted<'_>]) -> Result<(Table, ChosenColumns), Refusal> {
        let name = self.name;
        let columns = self.opened.read(wanted).map_err(|error| unreadable(&name, error))?;
        let lines = columns.lines().clone();
        Ok((Table { name, lines }, columns))
    }
}

fn unreadable(name: &str, error: ReadError) -> Refusal {
    match error {
        ReadError::Input(error) => Refusal(format!("{name}: cannot be read: {error}")),
        ReadError::Table(error) => Refusal(format!("{name}: {}", en::table_error(&error))),
    }
}

/// A file that has been read, as far as messages need it.
pub struct Table {
    name: String,
    lines: RowLines,
}

impl Table {
    /// Reads a file, or standard input for `-`: of the columns only those that are wanted.
    pub fn read(input: &str, wanted: &[Wanted<'_>]) -> Result<(Self, ChosenColumns), Refusal> {
        File::open(input)?.read(wanted)
    }

    /// Returns the rows of this file, none excluded yet.
    pub fn rows(&self, columns: ChosenColumns) -> Rows<'_> {
        Rows {
            table: self,
            complete: vec![true; columns.rows()],
            chosen: vec![Some(true); columns.rows()],
            left_out: vec![false; columns.rows()],
            grouped: Grouped::default(),
            columns,
        }
    }

    /// A refusal in the name of this file.
    pub fn refusal(&self, what: &str) -> Refusal {
        Refusal(format!("{}: {what}", self.name))
    }

    /// A refusal of one row (from 0) in one column.
    pub fn row_refusal(&self, row: usize, column: &str, what: &str) -> Refusal {
        let line = self.lines.line(row);
        let word = if column.contains(", ") { "columns" } else { "column" };
        self.refusal(&format!("row {} (line {line}), {word} {column}: {what}", row + 1))
    }

    /// Something about this file that does not stop the analysis.
    fn note(&self, what: &str) -> String {
        format!("{}: {what}", self.name)
    }
}

/// Rows of a file while columns are chosen: a row is complete as long as it has a value in every chosen column.
pub struct Rows<'a> {
    /// The file.
    pub table: &'a Table,
    columns: ChosenColumns,
    complete: Vec<bool>,
    /// Whether each row meets the filter.
    chosen: Vec<Option<bool>>,
    /// Whether a level of each row is left out by choice.
    left_out: Vec<bool>,
    grouped: Grouped,
}

/// The complete rows, which are used.
pub struct Complete<'a> {
    /// The file.
    pub table: &'a Table,
    /// True if each row of the file is used.
    complete: Vec<bool>,
    /// Positions of the rows used, from 0, ascending, where not all are.
    rows: Option<Vec<usize>>,
    /// How many rows are used.
    used: usize,
    /// How many rows lack a value, of those that were chosen.
    pub n_excluded: usize,
    /// How many rows were not chosen.
    pub not_chosen: NotChosen,
    /// How columns are grouped.
    pub grouped: Grouped,
}

/// Rows that are not used because of what was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotChosen {
    /// Outside `--filter`.
    pub n_filtered: usize,
    /// Those of them for which that hangs on a missing value.
    pub n_filter_unknown: usize,
    /// Of a level that `--levels` leaves out.
    pub n_left_out: usize,
}

impl NotChosen {
    /// A line for people; nothing where all rows were chosen.
    pub fn line(&self) -> String {
        let mut parts = Vec::new();
        if self.n_filtered > 0 {
            let unknown = match self.n_filter_unknown {
                0 => String::new(),
                count => format!(" ({count} of them for a missing value)"),
            };
            parts.push(format!("outside --filter: {}{unknown}", self.n_filtered));
        }
        if self.n_left_out > 0 {
            parts.push(format!("left out by --levels: {}", self.n_left_out));
        }
        if parts.is_empty() {
            String::new()
        } else {
            parts.join("; ") + "\n"
        }
    }
}

impl<'a> Rows<'a> {
    /// Returns a column of numbers, one for each row of the file; a row without a value is excluded (and NaN here).
    pub fn numbers(&mut self, column: &str, expected: Expected) -> Result<Vec<f64>, Refusal> {
        let numbers = self.numbers_or_error(column, expected);
        numbers.map_err(|error| self.refusal(&error))
    }

    /// Returns the same with the error itself, for a caller with a better remedy; [`Rows::refusal`] makes a line of it.
    pub fn numbers_or_error(&mut self, column: &str, expected: Expected) -> Result<Vec<f64>, CellError> {
        let values = self.columns.numbers(column, expected)?;
        for (complete, value) in self.complete.iter_mut().zip(&values) {
            *complete &= !value.is_nan();
        }
        Ok(values)
    }

    /// Returns a column of labels, one for each row of the file; a row without a value is excluded.
    pub fn texts(&mut self, column: &str) -> Result<Texts, Refusal> {
        let texts = self.columns.texts(column).map_err(|error| self.refusal(&error))?;
        for (complete, code) in self.complete.iter_mut().zip(texts.codes()) {
            *complete &= code.is_some();
        }
        Ok(texts)
    }

    /// How many rows the file has.
    pub fn len(&self) -> usize {
        self.complete.len()
    }

    /// A column of numbers that excludes no row.
    pub fn take_numbers(&mut self, column: &str, expected: Expected) -> Result<Vec<f64>, Refusal> {
        let numbers = self.columns.numbers(column, expected);
        numbers.map_err(|error| self.refusal(&error))
    }

    /// A column of labels that excludes no row.
    pub fn take_texts(&mut self, column: &str) -> Result<Texts, Refusal> {
        self.columns.texts(column).map_err(|error| self.refusal(&error))
    }

    /// Groups columns and chooses rows as the flags say; `used` are the columns that are used as groups.
    pub fn group(&mut self, common: &Common, mut grouped: Grouped, used: &[&String]) -> Result<(), Refusal> {
        grouped.check(common, used)?;
        grouped.read(common, self)?;
        self.chosen = grouped.meets();
        for factor in used.iter().filter_map(|column| grouped.factor(column)) {
            for (row, left_out) in self.left_out.iter_mut().enumerate() {
                *left_out |= factor.is_left_out(row);
            }
        }
        self.grouped = grouped;
        Ok(())
    }

    /// A refusal of a cell or a column.
    pub fn refusal(&self, error: &CellError) -> Refusal {
        self.table.refusal(&en::cell_error(error))
    }

    /// No more columns.
    pub fn finish(self) -> Complete<'a> {
        let mut not_chosen = NotChosen::default();
        let mut n_excluded = 0;
        let mut is_used = self.complete;
        let choices = self.chosen.iter().zip(&self.left_out);
        for (is_used, (chosen, &is_left_out)) in is_used.iter_mut().zip(choices) {
            if *chosen != Some(true) {
                not_chosen.n_filtered += 1;
                not_chosen.n_filter_unknown += usize::from(chosen.is_none());
            } else if is_left_out {
                not_chosen.n_left_out += 1;
            } else if !*is_used {
                n_excluded += 1;
            }
            *is_used &= *chosen == Some(true) && !is_left_out;
        }
        let used = is_used.iter().filter(|is_used| **is_used).count();
        let rows = || (0..is_used.len()).filter(|&row| is_used[row]).collect();
        Complete {
            table: self.table,
            rows: (used < is_used.len()).then(rows),
            used,
            n_excluded,
            not_chosen,
            grouped: self.grouped,
            complete: is_used,
        }
    }
}

impl Complete<'_> {
    /// How many rows are used.
    pub fn len(&self) -> usize {
        self.used
    }

    /// The row of the file that is used at this place, both from 0.
    pub fn row(&self, place: usize) -> usize {
        let rows = self.rows.as_ref();
        rows.map_or(place, |rows| rows.get(place).copied().unwrap_or(place))
    }

    /// The rows of the file that are used.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).map(|place| self.row(place))
    }

    /// Returns the values of a column in the rows used.
    pub fn pick<T>(&self, mut column: Vec<T>) -> Vec<T> {
        if self.used < self.complete.len() {
            let mut complete = self.complete.iter();
            column.retain(|_| complete.next().copied().unwrap_or(false));
        }
        column
    }

    /// Returns labels of a column in the rows used.
    pub fn labels(&self, column: &Texts) -> Labels {
        column.labels(self.rows())
    }
}

/// Columns of the common flags, before the rows are known that are used.
pub struct Chosen {
    time: Vec<f64>,
    /// Of no meaning where the row is not complete.
    event: Vec<u32>,
    cause_words: Vec<String>,
    entry: Option<Vec<f64>>,
    weights: Option<Vec<f64>>,
    group: Option<Texts>,
    strata: Vec<Texts>,
    notes: Vec<String>,
}

/// How the event column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventCodes {
    /// 1 where the cell is one of `--event-value`, else 0.
    Values,
    /// 0 is censored, 1, 2, … are causes; or words as `--causes` and `--censored` name them.
    Causes,
}

/// The columns of the common flags in the complete rows.
pub struct Data {
    /// Times, events, entries, weights.
    pub follow_up: FollowUp,
    /// Groups, where requested.
    pub group: Option<Labels>,
    /// Strata, where requested; several columns are crossed.
    pub strata: Option<Labels>,
    /// Number of rows excluded because a value is missing.
    pub n_excluded: usize,
    /// Rows that were not chosen.
    pub not_chosen: NotChosen,
    /// The order of the groups for a test for trend, as `--levels` without a column names it.
    pub order: Vec<String>,
    /// Whether `--levels` or `--cut` made the groups.
    pub is_grouped: bool,
    /// The group that `--reference` names.
    pub reference: Option<String>,
    /// The group with which others are compared, as a code of the groups: the first where none is named.
    pub reference_code: u32,
    /// The words of the causes 1, 2, …; empty where the event column holds numbers.
    pub cause_words: Vec<String>,
    /// Notes to print with a result, but not with a refusal.
    notes: Vec<String>,
}

impl Data {
    /// The groups with the reference first, as models take them; `None` where none are requested.
    pub fn against_reference(&self) -> Option<Labels> {
        Some(self.group.clone()?.with_reference(self.reference_code))
    }

    /// Prints the notes to standard error, before the result.
    pub fn say_notes(&self) {
        self.notes.iter().for_each(|note| output::say(note));
    }

    /// Returns the notes as sentences for the result, with the number of excluded rows.
    pub fn warnings(&self) -> Vec<String> {
        self.notes.iter().cloned().chain(left_out(self.n_excluded)).collect()
    }
}

/// Returns a sentence on the number of excluded rows, if any.
pub fn left_out(n_excluded: usize) -> Option<String> {
    match n_excluded {
        0 => None,
        1 => Some("1 row left out: a value is missing".to_owned()),
        more => Some(format!("{more} rows left out: a value is missing")),
    }
}

impl Common {
    /// The columns that the common flags name.
    pub fn wanted(&self, codes: EventCodes) -> Vec<Wanted<'_>> {
        let texts = [&self.group].into_iter().flatten().chain(&self.strata);
        let event = match codes {
            EventCodes::Values => Cells::Texts,
            EventCodes::Causes if self.causes.are_words() => Cells::Texts,
            EventCodes::Causes => Cells::Numbers(Expected::WholeNumber),
        };
        let numbers = [(&self.entry, Expected::Number), (&self.weights, Expected::Positive)];
        let numbers = numbers
            .into_iter()
            .filter_map(|(name, expected)| Some((name.as_deref()?, Cells::Numbers(expected))));
        [
            (self.time.as_str(), Cells::Numbers(self.time_holds())),
            (&self.event, event),
        ]
        .into_iter()
        .chain(numbers)
        .chain(texts.map(|name| (name.as_str(), Cells::Texts)))
        .map(|(name, cells)| Wanted { name, cells })
        .collect()
    }

    /// The columns that the common flags use as groups.
    pub fn columns_of_groups(&self) -> Vec<&String> {
        self.group.iter().chain(&self.strata).collect()
    }

    fn time_holds(&self) -> Expected {
        if self.entry.is_some() {
            Expected::Number
        } else {
            Expected::NotNegative
        }
    }
}

impl Chosen {
    /// Takes the columns that the common flags name.
    pub fn read(common: &Common, rows: &mut Rows<'_>, codes: EventCodes) -> Result<Self, Refusal> {
        let optional = |rows: &mut Rows<'_>, column: &Option<String>, expected| {
            column.as_ref().map(|name| rows.numbers(name, expected)).transpose()
        };
        let time = rows.numbers(&common.time, common.time_holds())?;
        let (Causes { event, words }, mut notes) = events(common, rows, codes)?;
        let group = common.group.as_ref().map(|name| rows.texts(name)).transpose()?;
        let strata = common
            .strata
            .iter()
            .map(|name| rows.texts(name))
            .collect::<Result<Vec<_>, _>>()?;
        for (name, texts) in common.group.iter().zip(&group).chain(common.strata.iter().zip(&strata)) {
            notes.extend(spellings(texts).map(|same| rows.table.note(&format!("column {name}: {same}"))));
        }
        Ok(Self {
            time,
            event,
            cause_words: words,
            notes,
            entry: optional(rows, &common.entry, Expected::Number)?,
            weights: optional(rows, &common.weights, Expected::Positive)?,
            group,
            strata,
        })
    }

    /// The columns in the complete rows.
    pub fn data(self, common: &Common, complete: &Complete) -> Result<Data, Refusal> {
        let NotChosen {
            n_filtered, n_left_out, ..
        } = complete.not_chosen;
        if complete.len() == 0 && n_filtered + n_left_out > 0 {
            return Err(complete.table.refusal(&format!(
                "no row is left: {n_filtered} outside --filter, {n_left_out} left out by --levels, {} without a value in a column that \
                 is used; ask for less",
                complete.n_excluded
            )));
        }
        let (time, event) = (complete.pick(self.time), complete.pick(self.event));
        let made = match self.entry {
            Some(entry) => FollowUp::with_entry(complete.pick(entry), time, event),
            None => FollowUp::new(time, event),
        };
        let follow_up = match self.weights {
            Some(weights) => made.and_then(|made| made.weighted(complete.pick(weights))),
            None => made,
        };
        let group = common.group.as_ref().zip(self.group);
        let group = group.map(|(name, column)| (name, labels(complete, name, &column)));
        let reference = group.as_ref().and_then(|(name, labels)| {
            let factor = complete.grouped.factor(name)?;
            Some(factor.reference_in(labels))
        });
        Ok(Data {
            follow_up: follow_up.map_err(|error| refusal_of(error, common, complete))?,
            group: group.map(|(_, labels)| labels),
            reference_code: reference.unwrap_or_default(),
            cause_words: self.cause_words,
            strata: crossed(&common.strata, &self.strata, complete),
            n_excluded: complete.n_excluded,
            not_chosen: complete.not_chosen,
            order: Vec::new(),
            is_grouped: common.group.as_ref().is_some_and(|name| complete.grouped.orders(name)),
            reference: common
                .group
                .as_ref()
                .and_then(|name| complete.grouped.reference(name))
                .map(str::to_owned),
            notes: self.notes,
        })
    }
}

/// Reads a file and the columns of the common flags: all that a command without further columns needs.
pub fn data(common: &Common, codes: EventCodes) -> Result<Data, Refusal> {
    let file = File::open(&common.input)?;
    let common = common.clone().resolved(&file);
    let grouped = common.grouped(&file)?;
    let order = common.grouping.order(&file);
    let wanted = [common.wanted(codes), grouped.wanted()].concat();
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    rows.group(&common, grouped, &common.columns_of_groups())?;
    let chosen = Chosen::read(&common, &mut rows, codes)?;
    let data = chosen.data(&common, &rows.finish())?;
    Ok(Data { order, ..data })
}

fn refusal_of(error: FollowUpError, common: &Common, complete: &Complete) -> Refusal {
    let column = |name: &Option<String>| name.clone().unwrap_or_default();
    let (row, column) = match error {
        FollowUpError::BadTime { row } => (row, common.time.clone()),
        FollowUpError::BadEntry { row } => (row, column(&common.entry)),
        FollowUpError::EmptyInterval { row } => (row, format!("{}, {}", column(&common.entry), common.time)),
        FollowUpError::BadWeight { row } => (row, column(&common.weights)),
        FollowUpError::NoRows | FollowUpError::Length { .. } | FollowUpError::TooManyRows => {
            return complete.table.refusal(en::follow_up_error(error));
        }
    };
    complete
        .table
        .row_refusal(complete.row(row), &column, en::follow_up_error(error))
}

/// Returns a note on numbers with several spellings in a column of labels, which are one label.
fn spellings(texts: &Texts) -> Option<String> {
    let names: Vec<&str> = texts.names().iter().map(String::as_str).collect();
    let labels = Labels::of(&names);
    if labels.len() == names.len() {
        return None;
    }
    let mut spelt = vec![0; labels.len()];
    labels.codes.iter().for_each(|&code| spelt[code as usize] += 1);
    let several = names
        .iter()
        .zip(&labels.codes)
        .filter(|(_, code)| spelt[**code as usize] > 1);
    let shown: Vec<&str> = several.take(5).map(|(name, _)| *name).collect();
    Some(format!(
        "numbers spelt in several ways are one label each: {}",
        shown.join(", ")
    ))
}

/// Several columns of labels as one, by the labels of each: no two combinations are one stratum, whatever their names.
fn crossed(names: &[String], columns: &[Texts], complete: &Complete<'_>) -> Option<Labels> {
    let columns = names.iter().zip(columns);
    let columns: Vec<Labels> = columns.map(|(name, column)| labels(complete, name, column)).collect();
    let [first, rest @ ..] = &columns[..] else {
        return None;
    };
    Some(
        rest.iter()
            .fold(first.clone(), |crossed, column| cross(&crossed, column)),
    )
}

/// Two columns of labels as one: `a, b`.
pub fn cross(first: &Labels, second: &Labels) -> Labels {
    let pairs: Vec<(u32, u32)> = first.codes.iter().copied().zip(second.codes.iter().copied()).collect();
    let mut places: BTreeMap<(u32, u32), u32> = pairs.iter().map(|&pair| (pair, 0)).collect();
    for (place, code) in (0..).zip(places.values_mut()) {
        *code = place;
    }
    let name = |labels: &Labels, code: u32| match labels.names.get(code as usize) {
        Some(name) if name.contains(',') => format!("“{name}”"),
        name => name.cloned().unwrap_or_default(),
    };
    Labels {
        codes: pairs.iter().filter_map(|pair| places.get(pair).copied()).collect(),
        names: places
            .keys()
            .map(|&(one, two)| format!("{}, {}", name(first, one), name(second, two)))
            .collect(),
    }
}

/// Returns the event column (meaningless where the row is not complete), and a note on unusual codes.
fn events(common: &Common, rows: &mut Rows, codes: EventCodes) -> Result<(Causes, Vec<String>), Refusal> {
    let numbered = |event: Vec<u32>| Causes {
        event,
        words: Vec::new(),
    };
    if codes == EventCodes::Causes {
        if common.causes.are_words() {
            return Ok((common.causes.read(common, rows)?, Vec::new()));
        }
        let causes = rows
            .numbers_or_error(&common.event, Expected::WholeNumber)
            .map_err(|error| {
                let Refusal(line) = rows.refusal(&error);
                match error {
                    CellError::BadCell { .. } => Refusal(format!("{line}; {NAME_WORDS}")),
                    CellError::NoColumn { .. } | CellError::TwoColumns(_) | CellError::Comma { .. } => Refusal(line),
                }
            })?;
        if let Some(row) = causes.iter().position(|&cause| cause > MOST_CAUSES) {
            return Err(rows.table.row_refusal(
                row,
                &common.event,
                &format!("a cause is a whole number from 0 (censored) to {MOST_CAUSES}"),
            ));
        }
        return Ok((
            numbered(causes.into_iter().map(|cause| cause as u32).collect()),
            Vec::new(),
        ));
    }
    let texts = rows.texts(&common.event)?;
    let is_cell = |value: &str| texts.names().iter().any(|name| name == value);
    let named = names(&common.event_values, is_cell);
    if named.is_empty() && !common.event_values.is_empty() {
        return Err(common.refusal("--event-value names no value; give the value of the event, such as 1"));
    }
    let default = ["1".to_owned()];
    let values = if named.is_empty() { &default[..] } else { &named[..] };
    let values: Vec<EventValue<'_>> = values.iter().map(|text| EventValue::new(text)).collect();
    let is_event = |name: &String| values.iter().any(|value| value.is(name));
    let is_events: Vec<bool> = texts.names().iter().map(is_event).collect();
    let event = |code: Option<usize>| code.is_some_and(|code| is_events[code]);
    let events = texts.codes().map(|code| u32::from(event(code))).collect();
    let unknown = named
        .iter()
        .filter(|value| !texts.names().iter().any(|name| EventValue::new(value).is(name)))
        .map(|value| {
            rows.table
                .note(&format!("column {}: no cell is “{value}”", common.event))
        });
    let either = common
        .event_values
        .iter()
        .filter(|value| value.contains(',') && is_cell(value) && value.split(',').all(|part| is_cell(part.trim())))
        .map(|value| {
            rows.table.note(&format!(
                "column {}: “{value}” is taken as one value, though its parts are values too; to count these name them \
                 one by one",
                common.event
            ))
        });
    let odd = odd_codes(common, rows.table, &texts, &is_events);
    Ok((numbered(events), unknown.chain(either).chain(odd).collect()))
}

/// A value that counts as the event: a text, or a number however it is written.
pub struct EventValue<'a> {
    text: &'a str,
    number: Option<f64>,
}

impl<'a> EventValue<'a> {
    /// The value of a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            number: text.parse().ok(),
        }
    }

    /// Whether a cell is this value.
    pub fn is(&self, cell: &str) -> bool {
        cell == self.text || (self.number.is_some() && self.number == cell.parse().ok())
    }
}

/// The remedy where an event column holds words.
const NAME_WORDS: &str = "or, where the column holds words, name them: --causes relapse,death for the causes, --censored none,alive for the censored";

/// Causes are numbered to here.
const MOST_CAUSES: f64 = 1000.0;

/// Returns a note on an event column with a probably unintended coding: no event but codes other than 0, or codes other
/// than 0 and 1 where no value was given.
fn odd_codes(common: &Common, table: &Table, texts: &Texts, is_event: &[bool]) -> Option<String> {
    let is_zero = |cell: &str| cell.parse::<f64>().is_ok_and(|number| number == 0.0);
    let others = texts.names().iter().zip(is_event);
    let others = others.filter(|(name, is_event)| !**is_event && !is_zero(name));
    let codes: Vec<&str> = others.take(5).map(|(name, _)| name.as_str()).collect();
    let none = !is_event.contains(&true);
    let odd = !codes.is_empty() && (none || common.event_values.is_empty());
    odd.then(|| {
        table.note(&format!(
            "column {}: {} {} as censored; name the value of the event with --event-value",
            common.event,
            codes.join(", "),
            if codes.len() == 1 { "counts" } else { "count" },
        ))
    })
}

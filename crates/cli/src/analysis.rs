//! What the survival commands share: their common flags, and the complete rows of a file as columns.

use std::io::Read as _;

use cotside_core::cohort::{CellError, Expected, Labels, Sheet};
use cotside_core::survival::{FollowUp, FollowUpError};
use cotside_words::en;

use crate::Refusal;

/// Flags that every survival command knows.
#[derive(Debug, Default)]
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
    /// As JSON.
    pub json: bool,
}

impl Common {
    /// No flag read yet.
    pub fn new(command: &'static str) -> Self {
        Self {
            command,
            ..Self::default()
        }
    }

    /// Reads the value of the long flag `name` where it is a common one; `false` where it is not.
    ///
    /// A command allows `--entry`, `--weights`, `--group` and `--strata` by naming them in `allowed`.
    pub fn accept(&mut self, name: &str, allowed: &[&str], parser: &mut lexopt::Parser) -> Result<bool, Refusal> {
        let mut value = || -> Result<String, Refusal> { Ok(text_value(parser)?) };
        match name {
            "input" => self.input = value()?,
            "time" => self.time = value()?,
            "event" => self.event = value()?,
            "event-value" => {
                let text = value()?;
                self.event_values.extend(
                    text.split(',')
                        .map(|each| each.trim().to_owned())
                        .filter(|each| !each.is_empty()),
                );
            }
            "entry" if allowed.contains(&name) => self.entry = Some(value()?),
            "weights" if allowed.contains(&name) => self.weights = Some(value()?),
            "group" if allowed.contains(&name) => self.group = Some(value()?),
            "strata" if allowed.contains(&name) => self.strata.extend(comma_list(&value()?)),
            "json" => self.json = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Refuses where a flag that every command needs was not given.
    pub fn check(&self) -> Result<(), Refusal> {
        for (flag, value, what) in [
            ("input", &self.input, "FILE (- for standard input)"),
            ("time", &self.time, "COLUMN"),
            ("event", &self.event, "COLUMN"),
        ] {
            if value.is_empty() {
                return Err(self.refusal(&format!("--{flag} {what} is needed")));
            }
        }
        Ok(())
    }

    /// A refusal of flags in this command's name.
    pub fn refusal(&self, what: &str) -> Refusal {
        Refusal(format!("cotside {}: {what}", self.command))
    }

    /// A number given with a flag.
    pub fn number(&self, flag: &str, text: &str) -> Result<f64, Refusal> {
        text.trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .ok_or_else(|| self.refusal(&format!("--{flag} “{text}” is not a number; give one such as 1.5")))
    }

    /// Numbers given with a flag, separated by commas.
    pub fn numbers(&self, flag: &str, text: &str) -> Result<Vec<f64>, Refusal> {
        comma_list(text).iter().map(|each| self.number(flag, each)).collect()
    }
}

/// The value of a flag as text.
pub fn text_value(parser: &mut lexopt::Parser) -> Result<String, lexopt::Error> {
    use lexopt::ValueExt as _;
    parser.value()?.string()
}

/// The parts of a list separated by commas, trimmed; empty parts are none.
pub fn comma_list(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// A file that has been read, with the name by which messages call it.
pub struct Table {
    name: String,
    sheet: Sheet,
}

impl Table {
    /// Reads a file, or standard input for `-`.
    pub fn read(input: &str) -> Result<Self, Refusal> {
        let name = if input == "-" { "standard input" } else { input }.to_owned();
        let mut bytes = Vec::new();
        let read = if input == "-" {
            std::io::stdin().lock().read_to_end(&mut bytes)
        } else {
            std::fs::File::open(input).and_then(|mut file| file.read_to_end(&mut bytes))
        };
        read.map_err(|error| Refusal(format!("{name}: cannot be read: {error}")))?;
        let sheet = Sheet::read(&bytes).map_err(|error| Refusal(format!("{name}: {}", en::table_error(&error))))?;
        Ok(Self { name, sheet })
    }

    /// The rows of this file, none left out yet.
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            table: self,
            complete: vec![true; self.sheet.rows()],
        }
    }

    /// A refusal in the name of this file.
    pub fn refusal(&self, what: &str) -> Refusal {
        Refusal(format!("{}: {what}", self.name))
    }

    /// A refusal of one row (from 0) in one column.
    pub fn row_refusal(&self, row: usize, column: &str, what: &str) -> Refusal {
        let line = self.sheet.line(row);
        let word = if column.contains(", ") { "columns" } else { "column" };
        self.refusal(&format!("row {} (line {line}), {word} {column}: {what}", row + 1))
    }

    /// Something about this file that does not stop the analysis.
    fn note(&self, what: &str) -> String {
        format!("{}: {what}", self.name)
    }
}

/// A column as read, one value a row of the file.
pub type Column<T> = Vec<Option<T>>;

/// Rows of a file while columns are chosen: a row stays complete as long as no column chosen lacks its value.
pub struct Rows<'a> {
    table: &'a Table,
    complete: Vec<bool>,
}

/// The complete rows: what is used of a file.
pub struct Complete<'a> {
    /// The file.
    pub table: &'a Table,
    /// Positions of the rows used, from 0, ascending.
    pub rows: Vec<usize>,
    /// How many rows lack a value.
    pub n_excluded: usize,
}

impl<'a> Rows<'a> {
    /// A column of numbers; a row without one is left out.
    pub fn numbers(&mut self, column: &str, expected: Expected) -> Result<Column<f64>, Refusal> {
        let values = self.table.sheet.numbers(column, expected);
        self.chosen(values)
    }

    /// A column of labels; a row without one is left out.
    pub fn texts(&mut self, column: &str) -> Result<Column<&'a str>, Refusal> {
        let values = self.table.sheet.texts(column);
        self.chosen(values)
    }

    fn chosen<T>(&mut self, values: Result<Column<T>, CellError>) -> Result<Column<T>, Refusal> {
        let values = values.map_err(|error| self.table.refusal(&en::cell_error(&error)))?;
        for (complete, value) in self.complete.iter_mut().zip(&values) {
            *complete &= value.is_some();
        }
        Ok(values)
    }

    /// No more columns.
    pub fn finish(self) -> Complete<'a> {
        let rows: Vec<usize> = (0..self.complete.len()).filter(|&row| self.complete[row]).collect();
        Complete {
            table: self.table,
            n_excluded: self.complete.len() - rows.len(),
            rows,
        }
    }
}

impl Complete<'_> {
    /// The values of a column in the rows used.
    pub fn pick<T: Copy>(&self, column: &[Option<T>]) -> Vec<T> {
        self.rows.iter().filter_map(|&row| column[row]).collect()
    }

    /// Labels of a column in the rows used.
    pub fn labels(&self, column: &[Option<&str>]) -> Labels {
        Labels::of(&self.pick(column))
    }
}

/// Columns of the common flags, before the rows are known that are used.
pub struct Chosen<'a> {
    time: Column<f64>,
    event: Column<u32>,
    entry: Option<Column<f64>>,
    weights: Option<Column<f64>>,
    group: Option<Column<&'a str>>,
    strata: Vec<Column<&'a str>>,
    note: Option<String>,
}

/// How the event column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventCodes {
    /// 1 where the cell is one of `--event-value`, else 0.
    Values,
    /// 0 is censored, 1, 2, … are causes.
    Causes,
}

/// The columns of the common flags in the complete rows.
pub struct Data {
    /// Times, events, entries, weights.
    pub follow_up: FollowUp,
    /// Groups, where asked for.
    pub group: Option<Labels>,
    /// Strata, where asked for; several columns crossed.
    pub strata: Option<Labels>,
    /// How many rows were left out because a value is missing.
    pub n_excluded: usize,
    /// What should be said beside an answer, though not beside a refusal.
    note: Option<String>,
}

impl Data {
    /// Says on standard error what should be known beside the answer, which is about to be printed.
    pub fn say_note(&self) {
        self.note.iter().for_each(|note| eprintln!("{note}"));
    }
}

impl<'a> Chosen<'a> {
    /// Reads the columns that the common flags name.
    pub fn read(common: &Common, rows: &mut Rows<'a>, codes: EventCodes) -> Result<Self, Refusal> {
        let time_holds = if common.entry.is_some() {
            Expected::Number
        } else {
            Expected::NotNegative
        };
        let optional = |rows: &mut Rows<'a>, column: &Option<String>, expected| {
            column.as_ref().map(|name| rows.numbers(name, expected)).transpose()
        };
        let time = rows.numbers(&common.time, time_holds)?;
        let (event, note) = events(common, rows, codes)?;
        Ok(Self {
            time,
            event,
            note,
            entry: optional(rows, &common.entry, Expected::Number)?,
            weights: optional(rows, &common.weights, Expected::Positive)?,
            group: common.group.as_ref().map(|name| rows.texts(name)).transpose()?,
            strata: common
                .strata
                .iter()
                .map(|name| rows.texts(name))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The columns in the complete rows.
    pub fn data(&self, common: &Common, complete: &Complete) -> Result<Data, Refusal> {
        let (time, event) = (complete.pick(&self.time), complete.pick(&self.event));
        let made = match &self.entry {
            Some(entry) => FollowUp::with_entry(complete.pick(entry), time, event),
            None => FollowUp::new(time, event),
        };
        let follow_up = match &self.weights {
            Some(weights) => made.and_then(|made| made.weighted(complete.pick(weights))),
            None => made,
        };
        Ok(Data {
            follow_up: follow_up.map_err(|error| refusal_of(error, common, complete))?,
            group: self.group.as_deref().map(|column| complete.labels(column)),
            strata: crossed(&self.strata, complete),
            n_excluded: complete.n_excluded,
            note: self.note.clone(),
        })
    }
}

/// Reads a file and the columns of the common flags: all that a command without further columns needs.
pub fn data(common: &Common, codes: EventCodes) -> Result<Data, Refusal> {
    let table = Table::read(&common.input)?;
    let mut rows = table.rows();
    let chosen = Chosen::read(common, &mut rows, codes)?;
    chosen.data(common, &rows.finish())
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
    let row = complete.rows.get(row).copied().unwrap_or(row);
    complete.table.row_refusal(row, &column, en::follow_up_error(error))
}

/// Several columns of labels as one: `a, b`.
fn crossed(columns: &[Column<&str>], complete: &Complete) -> Option<Labels> {
    match columns {
        [] => None,
        [one] => Some(complete.labels(one)),
        several => {
            let picked: Vec<Vec<&str>> = several.iter().map(|column| complete.pick(column)).collect();
            let joined: Vec<String> = (0..complete.rows.len())
                .map(|row| picked.iter().map(|column| column[row]).collect::<Vec<_>>().join(", "))
                .collect();
            Some(Labels::of(&joined.iter().map(String::as_str).collect::<Vec<_>>()))
        }
    }
}

/// The event column, and what is odd about its codes.
fn events(common: &Common, rows: &mut Rows, codes: EventCodes) -> Result<(Column<u32>, Option<String>), Refusal> {
    if codes == EventCodes::Causes {
        let causes = rows.numbers(&common.event, Expected::WholeNumber)?;
        if let Some(row) = causes
            .iter()
            .position(|cause| cause.is_some_and(|cause| cause > MOST_CAUSES))
        {
            return Err(rows.table.row_refusal(
                row,
                &common.event,
                &format!("a cause is a whole number from 0 (censored) to {MOST_CAUSES}"),
            ));
        }
        let causes = causes.into_iter().map(|cause| cause.map(|cause| cause as u32));
        return Ok((causes.collect(), None));
    }
    let default = ["1".to_owned()];
    let values: &[String] = if common.event_values.is_empty() {
        &default
    } else {
        &common.event_values
    };
    let values: Vec<(&str, Option<f64>)> = values.iter().map(|text| (text.as_str(), text.parse().ok())).collect();
    let is_event = |cell: &str| {
        let number: Option<f64> = cell.parse().ok();
        values
            .iter()
            .any(|(text, value)| *text == cell || (value.is_some() && *value == number))
    };
    let texts = rows.texts(&common.event)?;
    let events: Column<u32> = texts
        .iter()
        .map(|cell| cell.map(|cell| u32::from(is_event(cell))))
        .collect();
    let note = odd_codes(common, rows.table, &texts, &events);
    Ok((events, note))
}

/// Causes are numbered to here.
const MOST_CAUSES: f64 = 1000.0;

/// An event column whose coding was probably not meant: no event at all beside other codes than 0, or codes that are
/// neither 0 nor 1 where no value was named.
fn odd_codes(common: &Common, table: &Table, texts: &[Option<&str>], events: &[Option<u32>]) -> Option<String> {
    let is_zero = |cell: &str| cell.parse::<f64>().is_ok_and(|number| number == 0.0);
    let others = texts.iter().zip(events).filter_map(|(cell, event)| {
        let cell = (*cell)?;
        (*event == Some(0) && !is_zero(cell)).then_some(cell)
    });
    let mut codes: Vec<&str> = Vec::new();
    for other in others {
        if !codes.contains(&other) {
            codes.push(other);
        }
        if codes.len() == 5 {
            break;
        }
    }
    let none = !events.contains(&Some(1));
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

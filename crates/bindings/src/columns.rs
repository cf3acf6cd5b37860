//! Columns of a request: values that may be missing, and which rows have all of them.

use cotside_core::survival::{Confidence, FollowUp, FollowUpError, Labels, Scale};
use cotside_words::en;
use serde::Deserialize;

/// Why there is no answer, with what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(String);

impl Refused {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// A value of a column that may hold words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Cell {
    /// The value as a person would type it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Truth(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// True if it stands for a value that is not known: NaN.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Number(number) if number.is_nan())
    }
}

/// Whether there was an event: 0 or 1, or yes or no; where causes compete, the number of the cause.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// Yes or no.
    Truth(bool),
    /// 0 for none, and the number of the event.
    Code(f64),
}

/// Numbers, some of which may be missing.
pub(crate) type Numbers = Vec<Option<f64>>;

/// The level of intervals of a request that names none.
pub(crate) const fn level() -> f64 {
    0.95
}

/// The scale of intervals of a request that names none.
pub(crate) fn scale() -> String {
    "log-log".to_owned()
}

/// Scales of intervals by name, as in the command line.
const SCALES: [(&str, Scale); 5] = [
    ("log-log", Scale::LogLog),
    ("log", Scale::Log),
    ("plain", Scale::Plain),
    ("logit", Scale::Logit),
    ("arcsin", Scale::Arcsin),
];

/// The value of a name in a list.
pub(crate) fn named<T: Copy>(list: &[(&str, T)], field: &str, name: &str) -> Result<T, Refused> {
    let found = list.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(|(known, _)| *known).collect();
        Refused::new(format!(
            "{field}: “{name}” is not known; there are {}",
            names.join(", ")
        ))
    })
}

/// Scale and level of intervals.
pub(crate) fn confidence(scale: &str, level: f64) -> Result<Confidence, Refused> {
    let scale = named(&SCALES, "conf_type", scale)?;
    Confidence::new(scale, level).ok_or_else(|| Refused::new("conf_level must lie between 0 and 1, such as 0.95"))
}

/// Which rows have a value in every column that was looked at.
pub(crate) struct Rows {
    complete: Vec<bool>,
}

impl Rows {
    /// The rows of a table whose times are these.
    pub fn of(time: &Numbers) -> Result<Self, Refused> {
        let mut rows = Self {
            complete: vec![true; time.len()],
        };
        rows.look("time", time.iter().map(|time| is_number(*time)))?;
        Ok(rows)
    }

    /// Looks at a column: its length, and which of its rows have a value.
    pub fn look(&mut self, name: &str, known: impl ExactSizeIterator<Item = bool>) -> Result<(), Refused> {
        if known.len() != self.complete.len() {
            return Err(Refused::new(format!(
                "{name} has {} values, time has {}; give one for each row",
                known.len(),
                self.complete.len()
            )));
        }
        for (complete, known) in self.complete.iter_mut().zip(known) {
            *complete &= known;
        }
        Ok(())
    }

    /// Looks at a column of numbers, where there is one.
    pub fn numbers(&mut self, name: &str, column: Option<&Numbers>) -> Result<(), Refused> {
        column.map_or(Ok(()), |column| {
            self.look(name, column.iter().map(|value| is_number(*value)))
        })
    }

    /// Looks at a column of words, where there is one.
    pub fn cells(&mut self, name: &str, column: Option<&Vec<Option<Cell>>>) -> Result<(), Refused> {
        let is_known = |cell: &Option<Cell>| cell.as_ref().is_some_and(|cell| !cell.is_missing());
        column.map_or(Ok(()), |column| self.look(name, column.iter().map(is_known)))
    }

    /// Looks at the column of events.
    pub fn events(&mut self, column: &[Option<Event>]) -> Result<(), Refused> {
        let is_known = |event: &Option<Event>| match event {
            Some(Event::Code(code)) => !code.is_nan(),
            other => other.is_some(),
        };
        self.look("event", column.iter().map(is_known))
    }

    /// How many rows lack a value.
    pub fn excluded(&self) -> usize {
        self.complete.iter().filter(|complete| !**complete).count()
    }

    /// The values of the complete rows.
    pub fn kept<'a, T>(&'a self, column: &'a [Option<T>]) -> impl Iterator<Item = (usize, &'a T)> {
        let complete = column.iter().zip(&self.complete).enumerate();
        complete.filter_map(|(row, (value, complete))| value.as_ref().filter(|_| *complete).map(|value| (row, value)))
    }

    /// The numbers of the complete rows.
    pub fn kept_numbers(&self, column: &Numbers) -> Vec<f64> {
        self.kept(column).map(|(_, value)| *value).collect()
    }

    /// The labels of the complete rows.
    pub fn labels(&self, column: &[Option<Cell>]) -> Labels {
        let texts: Vec<String> = self.kept(column).map(|(_, cell)| cell.text()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Labels::of(&texts)
    }

    /// The events of the complete rows: with `causes` any number, else 0 and 1.
    fn kept_events(&self, column: &[Option<Event>], causes: bool) -> Result<Vec<u32>, Refused> {
        let code = |(row, event): (usize, &Event)| {
            let code = match event {
                Event::Truth(yes) => f64::from(u8::from(*yes)),
                Event::Code(code) => *code,
            };
            let most = if causes { f64::from(u32::MAX) } else { 1.0 };
            let is_code = code.fract() == 0.0 && (0.0..=most).contains(&code);
            if is_code {
                return Ok(code as u32);
            }
            let wanted = if causes {
                "0 for censored, 1, 2 … for the causes"
            } else {
                "0 or 1 (causes are for cif)"
            };
            Err(Refused::new(format!(
                "event holds {code} at position {row}, counted from 0; give {wanted}"
            )))
        };
        self.kept(column).map(code).collect()
    }

    /// The follow-up of the complete rows.
    pub fn follow_up(&self, asked: &Asked<'_>, causes: bool) -> Result<FollowUp, Refused> {
        let time = self.kept_numbers(asked.time);
        let event = self.kept_events(asked.event, causes)?;
        let made = match asked.entry {
            Some(entry) => FollowUp::with_entry(self.kept_numbers(entry), time, event),
            None => FollowUp::new(time, event),
        };
        let made = match (made, asked.weights) {
            (Ok(made), Some(weights)) => made.weighted(self.kept_numbers(weights)),
            (made, _) => made,
        };
        made.map_err(|error| self.refusal(error))
    }

    /// The error of a row, by its position in the request.
    fn refusal(&self, error: FollowUpError) -> Refused {
        let row = match error {
            FollowUpError::BadTime { row }
            | FollowUpError::BadEntry { row }
            | FollowUpError::EmptyInterval { row }
            | FollowUpError::BadWeight { row } => Some(row),
            _ => None,
        };
        let why = en::follow_up_error(error);
        let place = row.and_then(|row| {
            let mut complete = self.complete.iter().enumerate().filter(|(_, complete)| **complete);
            complete.nth(row).map(|(place, _)| place)
        });
        match place {
            Some(place) => Refused::new(format!("position {place}, counted from 0: {why}")),
            None => Refused::new(why),
        }
    }
}

fn is_number(value: Option<f64>) -> bool {
    value.is_some_and(|value| !value.is_nan())
}

/// The columns of follow-up of a request.
pub(crate) struct Asked<'a> {
    pub time: &'a Numbers,
    pub event: &'a [Option<Event>],
    pub entry: Option<&'a Numbers>,
    pub weights: Option<&'a Numbers>,
}

impl Asked<'_> {
    /// The rows that have a value in all of these columns.
    pub fn rows(&self) -> Result<Rows, Refused> {
        let mut rows = Rows::of(self.time)?;
        rows.events(self.event)?;
        rows.numbers("entry", self.entry)?;
        rows.numbers("weights", self.weights)?;
        Ok(rows)
    }
}

/// Labels of a column of groups, or one for all rows.
pub(crate) fn groups(rows: &Rows, column: Option<&Vec<Option<Cell>>>, n: usize) -> Labels {
    column.map_or_else(|| Labels::single(n, "all"), |column| rows.labels(column))
}

//! Open questions of a guessed mapping.

use super::course::TimeUnit;
use super::date_form::DateForm;
use super::number_form::NumberForm;
use super::role::Role;
use super::sanity::FollowedLonger;
use crate::infant::Date;

/// Something in a guessed mapping that a person should settle.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Index of the column, from 0.
    pub column: usize,
    /// Other columns with the same question: one answer is for all.
    pub also: Vec<usize>,
    /// The kind of question.
    pub kind: QuestionKind,
}

impl Question {
    /// A question about one column.
    #[must_use]
    pub const fn of(column: usize, kind: QuestionKind) -> Self {
        Self {
            column,
            also: Vec::new(),
            kind,
        }
    }

    /// True if it is about a column.
    #[must_use]
    pub fn is_about(&self, column: usize) -> bool {
        self.column == column || self.also.contains(&column)
    }
}

/// A question about a column.
#[derive(Debug, Clone, PartialEq)]
pub enum QuestionKind {
    /// The role was guessed from a part of the name, or from an ambiguous name.
    Role,
    /// Dates of some grades of a disease only, as this role wants them: the name may be that of every grade.
    Grades(Role),
    /// The name gives this role, but the cells are of another kind: the column is not used.
    Unsuited(Role),
    /// Dates read in two orders.
    DateOrder(DateForm, DateForm),
    /// So many dates are of a Japanese era that had ended by then; read as if it had gone on.
    PastEra(usize),
    /// So many dates have years of another calendar.
    Calendar(DateForm, usize),
    /// Cells that can only be read day first, only month first, and both ways as different dates.
    DateOrdersMixed([usize; 3]),
    /// So many dates have years of two digits: 70–99 were read as 1970–1999.
    ShortYears(usize),
    /// So many dates have no day; read as the 15th.
    PartialDates(usize),
    /// Texts in a column of dates, with their numbers of cells, that were read as "no such date".
    NoDate(Vec<(String, usize)>),
    /// Dates that cannot be of a patient, with their numbers of cells, read as "no such date".
    OutOfRangeDates(Vec<(String, usize)>),
    /// Dates after today; read as they are written.
    FutureDates {
        /// Number of dates.
        cells: usize,
        /// The latest date.
        latest: Date,
        /// Today's date.
        today: Date,
    },
    /// Follow-up longer than patients are followed; read as it is written.
    LongFollowUp {
        /// Number of patients.
        patients: usize,
        /// The longest follow-up, in years.
        years: f64,
    },
    /// Numbers read in several forms.
    NumberForm(NumberForm, Vec<NumberForm>),
    /// The unit of a time was guessed from the numbers' size, or not at all.
    Unit(TimeUnit),
    /// Fractions or percentages: the name does not say, or the values contradict it.
    Percent(Percent),
    /// So many cells are written as 10e-4, which is 0.001 to programs and 10⁻⁴ in some texts.
    TenE(usize),
    /// So many white cell counts are too high for the unit of the column.
    HighCounts(usize),
    /// A number was read as a code by convention.
    Assumed(String, &'static str),
    /// The meaning of yes and no in a column of death, event or censoring.
    Direction(Direction),
    /// A text has no meaning yet.
    NoMeaning(String),
    /// A text that may mean a missing value.
    MayBeMissing(String),
    /// Texts in a column of numbers that is not used for findings, with their numbers of cells: they are not used.
    NotNumbers(Vec<(String, usize)>),
    /// Texts that make up many cells of a column, with their numbers of cells, and are not a date or number in its
    /// format.
    NotUnderstood(Vec<(String, usize)>),
}

/// Why it is open whether fractions of cells are given in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    /// Some values are above 1, and the name does not say.
    SomeAboveOne,
    /// The name says per cent, but no value is above 1.
    NamedButSmall,
    /// The name does not say, and the values fit both.
    Either,
}

/// How a column of death, event or censoring was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction {
    /// Texts that were read as dead or as an event.
    pub yes: Vec<String>,
    /// Texts that were read as alive or as censored.
    pub no: Vec<String>,
    /// Number of cells with the event.
    pub events: usize,
    /// Number of cells with either answer.
    pub total: usize,
    /// True if the column is of death; else of an event.
    pub of_death: bool,
    /// True if this reading is proposed; false where the name gives one direction and the rest of the file the other.
    pub proposed: bool,
    /// Evidence against the reading.
    pub doubt: Option<Doubt>,
}

/// Evidence against the direction of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// Those with the event would have been followed longer than those without.
    FollowedLonger(FollowedLonger),
    /// Numbers of patients with a date of death among those who would be alive and those who would be dead.
    DatesOfDeath {
        /// Alive, with a date of death.
        alive: usize,
        /// Dead, with a date of death.
        dead: usize,
    },
}

impl QuestionKind {
    /// True if it is about unlikely follow-up: [`unlikely_follow_up`](super::unlikely_follow_up).
    #[must_use]
    pub const fn is_of_follow_up(&self) -> bool {
        matches!(self, Self::FutureDates { .. } | Self::LongFollowUp { .. })
    }
}

//! Estimates of the reader's own beside the published ones: typed in a form or read from a CSV file, never checked against
//! a source here.
//!
//! An [`OwnEstimate`] is a row of texts, one for each [`OwnColumn`], as it was typed. [`read_own`] reads a file, [`add_own`]
//! checks rows and gives them ids, and [`own_estimates`] makes [`Estimate`](super::Estimate)s of them, which obey every rule
//! of the published ones: no p where times, endpoints or eras differ, no pool of two endpoints, one figure counted once
//! (`same_as`).
//!
//! **Invariant: a row of the reader's own is marked.** It was read as [`Read::Unchecked`](super::Read::Unchecked), its id
//! begins with `own/`, and the name of its study ends with the mark that the caller gives, so that no table, figure or file
//! shows it as a published one.

mod kept;
mod reading;
mod row;

use serde::{Deserialize, Serialize};

use super::PublishedEndpoint;
use crate::cohort::TableError;
use crate::export;

pub use kept::own_estimates;
pub use reading::{OwnRead, add_own, read_own};

/// What the id of a row of the reader's own begins with.
pub const OWN_PREFIX: &str = "own/";
/// Rows that are taken at most.
pub const MOST_OWN: usize = 500;
/// Letters of a cell at most.
pub const LONGEST_CELL: usize = 300;

/// A column of a file of own estimates, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnColumn {
    /// Its id; a number is given where it is empty.
    Id,
    /// Name of the study.
    Study,
    /// First year of enrolment.
    EnrolledFrom,
    /// Last year of enrolment.
    EnrolledTo,
    /// Code of the endpoint.
    Endpoint,
    /// Whom it describes.
    Population,
    /// KMT2A of that population: `rearranged`, `germline`, or empty where not stated.
    Kmt2a,
    /// `remission` or `transplant` where only infants who came so far are counted.
    Reached,
    /// Time of the estimate in years.
    Years,
    /// Number of patients.
    N,
    /// The estimate in per cent.
    Estimate,
    /// Its standard error, percentage points.
    StandardError,
    /// Lower end of its 95 % interval, per cent.
    Lower,
    /// Upper end.
    Upper,
    /// A ± of which it is not certain that it is a standard error.
    UnclearSpread,
    /// Where it was read.
    Source,
    /// The place in the source.
    Place,
    /// Ids of rows that print the same figure of the same infants, separated by spaces.
    SameAs,
    /// Remark.
    Note,
}

impl OwnColumn {
    /// All columns.
    pub const ALL: [Self; 19] = [
        Self::Id,
        Self::Study,
        Self::EnrolledFrom,
        Self::EnrolledTo,
        Self::Endpoint,
        Self::Population,
        Self::Kmt2a,
        Self::Reached,
        Self::Years,
        Self::N,
        Self::Estimate,
        Self::StandardError,
        Self::Lower,
        Self::Upper,
        Self::UnclearSpread,
        Self::Source,
        Self::Place,
        Self::SameAs,
        Self::Note,
    ];

    /// The columns without which there is no estimate.
    pub const NEEDED: [Self; 5] = [
        Self::Study,
        Self::Endpoint,
        Self::Population,
        Self::Estimate,
        Self::Source,
    ];

    /// The name in the header of a file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Study => "study",
            Self::EnrolledFrom => "enrolled_from",
            Self::EnrolledTo => "enrolled_to",
            Self::Endpoint => "endpoint",
            Self::Population => "population",
            Self::Kmt2a => "kmt2a",
            Self::Reached => "reached",
            Self::Years => "years",
            Self::N => "n",
            Self::Estimate => "estimate",
            Self::StandardError => "standard_error",
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::UnclearSpread => "unclear_spread",
            Self::Source => "source",
            Self::Place => "place",
            Self::SameAs => "same_as",
            Self::Note => "note",
        }
    }

    /// The column of this name, also of the names that the exported table of published estimates has.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        let code = match code.as_str() {
            "estimate_percent" => "estimate",
            "lower95" => "lower",
            "upper95" => "upper",
            "from" => "enrolled_from",
            "to" => "enrolled_to",
            other => other,
        };
        Self::ALL.into_iter().find(|column| column.code() == code)
    }
}

/// An estimate of the reader's own, as texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OwnEstimate {
    /// Columns with a text, each once, in the order of the columns.
    cells: Vec<(OwnColumn, String)>,
}

impl OwnEstimate {
    /// The text of a column, empty where there is none.
    #[must_use]
    pub fn text(&self, column: OwnColumn) -> &str {
        let mut cells = self.cells.iter();
        cells.find(|(each, _)| *each == column).map_or("", |(_, text)| text)
    }

    /// Sets the text of a column.
    pub fn set(&mut self, column: OwnColumn, text: &str) {
        self.cells.retain(|(each, _)| *each != column);
        if !text.trim().is_empty() {
            self.cells.push((column, text.trim().to_owned()));
            self.cells.sort_by_key(|(each, _)| *each);
        }
    }

    /// True if no column has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The same without the id.
    fn without_id(&self) -> Self {
        let mut row = self.clone();
        row.set(OwnColumn::Id, "");
        row
    }
}

/// Why a cell of an own estimate is not accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OwnFault {
    /// It is empty and needed.
    #[error("empty")]
    Missing,
    /// It is no number.
    #[error("no number")]
    NotNumber,
    /// It is no whole number.
    #[error("no whole number")]
    NotWhole,
    /// It is outside these limits.
    #[error("not between {0} and {1}")]
    OutOfRange(f64, f64),
    /// A rate of 1 or less without a per cent sign, perhaps a fraction.
    #[error("a fraction or a percentage")]
    Fraction,
    /// It is none of these codes.
    #[error("not one of {0:?}")]
    NotOneOf(Vec<&'static str>),
    /// More than one of standard error, interval and unclear ± is given.
    #[error("two spreads")]
    TwoSpreads,
    /// One end of an interval without the other.
    #[error("one end")]
    OneEnd,
    /// The estimate is outside its interval.
    #[error("outside the interval")]
    OutsideInterval,
    /// One year of enrolment without the other, or the last before the first.
    #[error("years of enrolment")]
    YearsOfEnrolment,
    /// An id with other signs than letters, digits, `-`, `_` and `.`.
    #[error("no id")]
    NoId,
    /// Another row has this id.
    #[error("an id of another row")]
    IdTaken,
    /// No row has this id.
    #[error("no such row")]
    NoSuchRow,
    /// It is longer than [`LONGEST_CELL`] letters.
    #[error("too long")]
    TooLong,
    /// It has characters that are not seen.
    #[error("unseen characters")]
    Unseen,
    /// There are [`MOST_OWN`] rows already.
    #[error("too many rows")]
    TooMany,
}

/// A cell that is not accepted, with its row. The row is not taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("row {row}, column {}: {why}", column.code())]
pub struct OwnProblem {
    /// The row, the first behind the header being 1.
    pub row: usize,
    /// Its column.
    pub column: OwnColumn,
    /// What it says.
    pub found: String,
    /// Why it is not accepted.
    pub why: OwnFault,
}

/// What should be known of a row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnRemark {
    /// The row is there already, with the same texts; it was not taken again.
    There {
        /// The row, from 1.
        row: usize,
        /// The id of the row that is there.
        id: String,
    },
    /// The row prints the numbers of another row that it does not name in `same_as`.
    LooksLike {
        /// Its id.
        id: String,
        /// The id of the other row.
        other: String,
    },
    /// A column that is not known was not read.
    NotRead(String),
}

/// Why a file of own estimates cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnFileError {
    /// It is no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Columns that are needed are missing.
    #[error("no column {0:?}")]
    NoColumn(Vec<&'static str>),
    /// Two columns have this name.
    #[error("two columns are named {0:?}")]
    TwoColumns(&'static str),
    /// It has more rows than are taken.
    #[error("{0} rows")]
    TooManyRows(usize),
}

/// The rows as a file that [`read_own`] reads again, with a header. No spreadsheet runs a cell of it.
#[must_use]
pub fn own_csv(rows: &[OwnEstimate]) -> String {
    let header = export::row(OwnColumn::ALL.map(OwnColumn::code));
    let line = |row: &OwnEstimate| export::row(OwnColumn::ALL.map(|column| row.text(column)));
    let lines = std::iter::once(header).chain(rows.iter().map(line));
    lines.map(|line| line + "\r\n").collect()
}

/// A file to begin with: the header and one row of numbers that no study published.
#[must_use]
pub fn own_template() -> String {
    let mut row = OwnEstimate::default();
    for (column, text) in [
        (OwnColumn::Study, "Example, replace this row"),
        (OwnColumn::EnrolledFrom, "2001"),
        (OwnColumn::EnrolledTo, "2008"),
        (OwnColumn::Endpoint, PublishedEndpoint::EventFreeSurvival.code()),
        (OwnColumn::Population, "all infants"),
        (OwnColumn::Years, "5"),
        (OwnColumn::N, "60"),
        (OwnColumn::Estimate, "45.0"),
        (OwnColumn::StandardError, "6.4"),
        (OwnColumn::Source, "Author, journal, year"),
        (OwnColumn::Place, "table 2"),
    ] {
        row.set(column, text);
    }
    own_csv(&[row])
}

//! Problems of a protocol's file, with their places.

/// Whether the protocol can be used in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// It can; the reader should look at it.
    Remark,
    /// An error: the definition cannot be used.
    Error,
}

/// The expected kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A JSON string.
    Text,
    /// A JSON number.
    Number,
    /// A whole number, 0 or more.
    WholeNumber,
    /// A JSON array.
    List,
    /// An object with keys.
    Object,
}

/// A fault of a definition.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The file has more bytes than are read.
    TooLarge {
        /// The most that are read.
        most: usize,
    },
    /// Not JSON: the place where it stops being that.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON, but not this kind of file, or of another version.
    OtherFormat,
    /// A value is needed.
    Missing,
    /// A value of another kind.
    WrongShape(Shape),
    /// A key that the format does not have here.
    UnknownKey(String),
    /// The code is not one of the allowed ones.
    UnknownCode {
        /// The text found.
        found: String,
        /// The allowed codes.
        known: Vec<&'static str>,
    },
    /// An id of other characters than small letters, digits and hyphens, or a too long one.
    BadId,
    /// The id of a protocol of the catalogue.
    IdTaken,
    /// A name that looks like this one of the catalogue.
    NameTaken(&'static str),
    /// An id that is already used.
    Duplicate(String),
    /// A text longer than is read.
    TextTooLong {
        /// Largest number of characters.
        most: usize,
    },
    /// A tabulator, a line break or another control character.
    ControlCharacter,
    /// A character that is not seen, or that turns text around.
    UnseenCharacter(char),
    /// More entries than are read.
    TooMany {
        /// Largest number.
        most: usize,
    },
    /// Conditions within conditions, deeper than is read.
    TooDeep {
        /// Largest number.
        most: usize,
    },
    /// A number outside the range of the data dictionary.
    OutOfRange {
        /// Smallest accepted value.
        low: f64,
        /// Largest accepted value.
        high: f64,
    },
    /// No source of the list has this id.
    NoSuchSource(String),
    /// No clause of the list has this id.
    NoSuchClause(String),
    /// No group has this id.
    NoSuchGroup(String),
    /// A statement without source.
    NoCitation,
    /// There is no criterion of eligibility.
    NoEligibility,
    /// There is no group.
    NoGroups,
    /// "All of" or "any of" without parts.
    EmptyCondition,
    /// The condition of a group refers to a group, which is not yet decided there.
    GroupWithinGroup,
    /// Too many ways in which the findings can turn out.
    TooManyWays {
        /// Number of combinations.
        ways: u64,
        /// The most that are tried.
        most: u64,
    },
    /// The criteria of eligibility exclude each other.
    NobodyEnters,
    /// No child comes into this group: earlier groups take all, or its clauses exclude each other.
    GroupNeverReached,
    /// Some children may enter and come into no group.
    SomeInNoGroup,
    /// A group of "all others" is followed by other groups.
    OthersNotLast,
    /// A clause is not used.
    ClauseNotUsed,
    /// A source is not cited.
    SourceNotUsed,
    /// The name of a group suggests another level of risk.
    LevelUnlikeName,
    /// The interval does not hold the estimate.
    IntervalBesideEstimate,
}

impl Fault {
    /// Whether the protocol can be used in spite of it.
    #[must_use]
    pub const fn gravity(&self) -> Gravity {
        match self {
            Self::ClauseNotUsed | Self::SourceNotUsed | Self::LevelUnlikeName => Gravity::Remark,
            _ => Gravity::Error,
        }
    }

    /// True if a value is still to be filled in, and none is wrong.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(
            self,
            Self::Missing | Self::NoCitation | Self::NoEligibility | Self::NoGroups | Self::EmptyCondition
        )
    }
}

/// Something wrong at a place of the file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{place}: {fault:?}")]
pub struct Problem {
    /// Where: a JSON pointer (RFC 6901) such as `/groups/1/when`; empty for the file as a whole.
    pub place: String,
    /// The kind of fault.
    pub fault: Fault,
}

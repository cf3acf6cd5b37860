//! What can be wrong with a protocol's file, and where.

/// Whether the protocol can be used in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// It can; the reader should look at it.
    Remark,
    /// It cannot.
    Error,
}

/// What a value should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number, 0 or more.
    WholeNumber,
    /// A list.
    List,
    /// An object with keys.
    Object,
}

/// What is wrong.
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
    /// None of the codes that can stand here.
    UnknownCode {
        /// What stands there.
        found: String,
        /// What can stand there.
        known: Vec<&'static str>,
    },
    /// An id of other characters than small letters, digits and hyphens, or a too long one.
    BadId,
    /// The id of a protocol of the catalogue.
    IdTaken,
    /// A name that cannot be told from this one of the catalogue.
    NameTaken(&'static str),
    /// An id that stands before for another.
    Duplicate(String),
    /// A text longer than is read.
    TextTooLong {
        /// The most characters.
        most: usize,
    },
    /// A tabulator, a line break or another control character.
    ControlCharacter,
    /// A character that is not seen, or that turns text around.
    UnseenCharacter(char),
    /// More entries than are read.
    TooMany {
        /// The most.
        most: usize,
    },
    /// Conditions within conditions, deeper than is read.
    TooDeep {
        /// The most.
        most: usize,
    },
    /// A number outside what the data dictionary accepts.
    OutOfRange {
        /// Smallest.
        low: f64,
        /// Largest.
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
    /// Nothing says who may enter.
    NoEligibility,
    /// No group.
    NoGroups,
    /// "All of" or "any of" nothing.
    EmptyCondition,
    /// The condition of a group names a group: which one it is is not yet known there.
    GroupWithinGroup,
    /// Too many ways in which the findings can turn out.
    TooManyWays {
        /// How many there are.
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
    /// A group of "all others" with groups behind it.
    OthersNotLast,
    /// A clause that nothing reads.
    ClauseNotUsed,
    /// A source that nothing cites.
    SourceNotUsed,
    /// The name of a group says another place on the scale.
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

    /// True if something is still to be filled in, and nothing that was is wrong.
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
    /// What.
    pub fault: Fault,
}

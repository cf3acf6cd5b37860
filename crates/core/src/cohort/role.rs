//! The role of a column.

use super::course::{Endpoint, EventKind, Milestone, Vital};
use crate::infant::{Field, Kind};

/// The role of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// The column is not used.
    #[default]
    Ignored,
    /// A finding of the data dictionary (birth and diagnosis date are milestones).
    Finding(Field),
    /// A date in the course.
    Milestone(Milestone),
    /// The kind of the first event.
    FirstEvent,
    /// Alive or dead.
    VitalStatus,
    /// A time to an endpoint.
    Time(Endpoint),
    /// The event at the end of that time.
    Event(Endpoint),
    /// A group to compare; several columns may be.
    Group,
}

impl Role {
    /// True if only one column can have this role.
    #[must_use]
    pub fn is_single(self) -> bool {
        !matches!(self, Self::Ignored | Self::Group)
    }

    /// Returns the codes that a cell can mean; empty where cells are numbers, dates or free text.
    #[must_use]
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Finding(field) => match field.kind() {
                Kind::Code(codes) => codes,
                _ => &[],
            },
            Self::FirstEvent | Self::Event(_) => EventKind::CODES,
            Self::VitalStatus => Vital::CODES,
            Self::Ignored | Self::Milestone(_) | Self::Time(_) | Self::Group => &[],
        }
    }

    /// True if cells are numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        match self {
            Self::Finding(field) => matches!(field.kind(), Kind::Number { .. } | Kind::Fraction),
            Self::Time(_) => true,
            _ => false,
        }
    }
}

/// The meaning of `yes`, `1` and `true` in a column that answers with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// What the role names: dead, an event, the positive finding.
    AsNamed,
    /// The opposite: alive, censored, the negative finding.
    Reversed,
}

impl Polarity {
    /// Returns the opposite meaning.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::AsNamed => Self::Reversed,
            Self::Reversed => Self::AsNamed,
        }
    }
}

//! What a column is for.

use super::course::{Endpoint, EventKind, Milestone, Vital};
use super::kind::{ColumnKind, Profile};
use crate::infant::{Field, Kind};

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Nothing.
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
    /// How that time ended.
    Event(Endpoint),
    /// A group to compare; several columns may be.
    Group,
}

impl Role {
    /// Whether only one column can have this role.
    #[must_use]
    pub fn is_single(self) -> bool {
        !matches!(self, Self::Ignored | Self::Group)
    }

    /// The codes that a cell can mean; empty where cells are numbers, dates or free text.
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

    /// Whether cells are numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        match self {
            Self::Finding(field) => matches!(field.kind(), Kind::Number { .. } | Kind::Fraction),
            Self::Time(_) => true,
            _ => false,
        }
    }

    /// Whether a column that holds this can have this role.
    #[must_use]
    pub fn suits(self, profile: &Profile) -> bool {
        let kind = &profile.kind;
        let is_number = matches!(kind, ColumnKind::Number { .. } | ColumnKind::Id | ColumnKind::Category);
        let few_codes = matches!(kind, ColumnKind::Category | ColumnKind::YesNo)
            || (matches!(kind, ColumnKind::Number { .. }) && has_few_whole_numbers(profile));
        let is_days = || {
            let within = |from: f64, to: f64| profile.range.is_some_and(|(low, high)| low >= from && high <= to);
            within(EARLIEST_DAY, LATEST_DAY) || within(EARLIEST_SECOND, LATEST_SECOND)
        };
        match (self, kind) {
            (_, ColumnKind::Empty) | (Self::Ignored, _) | (Self::Milestone(_), ColumnKind::Date { .. }) => true,
            (Self::Milestone(_), ColumnKind::Number { .. }) => is_days(),
            (Self::Milestone(_), _) | (_, ColumnKind::Date { .. }) => false,
            (Self::Finding(Field::Id), _) => true,
            (role, _) if role.is_number() => is_number,
            (Self::Group, _) => few_codes,
            _ => few_codes || matches!(kind, ColumnKind::Text),
        }
    }
}

/// Days since 1899-12-30 that a column of dates may hold: from 1964 to 2064.
pub(super) const EARLIEST_DAY: f64 = 23_500.0;
const LATEST_DAY: f64 = 60_000.0;

/// Seconds since 1970 that a column of dates may hold: from 1980 to 2059.
const EARLIEST_SECOND: f64 = 315_532_800.0;
const LATEST_SECOND: f64 = 2_840_140_799.0;

/// Whether the column holds at most ten different numbers, all of one or two digits, as codes are.
fn has_few_whole_numbers(profile: &Profile) -> bool {
    let short = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    !profile.more_levels && profile.levels.len() <= 10 && profile.levels.iter().all(|(text, _)| short(text))
}

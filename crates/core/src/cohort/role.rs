//! The role of a column.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::course::{Endpoint, EventKind, Milestone, Vital};
use crate::infant::{Field, Kind};

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
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
    /// Every role that a column can be given, in the order of a list.
    pub fn all() -> impl Iterator<Item = Self> {
        // Of dates the course is told: birth and diagnosis are milestones.
        let findings = Field::ALL
            .iter()
            .filter(|field| !matches!(field, Field::BirthDate | Field::DiagnosisDate));
        let times = Endpoint::WITH_TIMES.iter();
        [Self::Ignored, Self::Group]
            .into_iter()
            .chain(findings.map(|&field| Self::Finding(field)))
            .chain(Milestone::ALL.iter().map(|&day| Self::Milestone(day)))
            .chain([Self::FirstEvent, Self::VitalStatus])
            .chain(times.flat_map(|&endpoint| [Self::Time(endpoint), Self::Event(endpoint)]))
    }

    /// The code in settings.
    #[must_use]
    pub fn code(self) -> Cow<'static, str> {
        match self {
            Self::Ignored => "ignored".into(),
            Self::Group => "group".into(),
            Self::Finding(field) => field.column().into(),
            Self::Milestone(day) => day.code().into(),
            Self::FirstEvent => "first_event".into(),
            Self::VitalStatus => "vital_status".into(),
            Self::Time(endpoint) => format!("time:{}", endpoint.code()).into(),
            Self::Event(endpoint) => format!("event:{}", endpoint.code()).into(),
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|role| role.code() == code)
    }

    /// Whether a person must confirm the role whatever the name of the column is: its dates are of some grades of
    /// graft-versus-host disease only.
    #[must_use]
    pub fn is_always_asked(self) -> bool {
        matches!(self, Self::Milestone(Milestone::AcuteGvhd | Milestone::ChronicGvhd))
    }

    /// Whether only one column can have this role.
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
            Self::FirstEvent | Self::Event(_) => EventKind::FILE_CODES,
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

/// What `yes`, `1` and `true` stand for in a column that answers with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_a_code_of_its_own() {
        let mut codes: Vec<_> = Role::all().map(Role::code).collect();
        assert!(Role::all().all(|role| Role::from_code(&role.code()) == Some(role)));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), Role::all().count());
        assert_eq!(Role::from_code("time:none"), None);
    }
}

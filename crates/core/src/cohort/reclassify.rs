//! Every patient under every protocol, and how two protocols sort the same patients.

use crate::infant::Infant;
use crate::protocols::{PROTOCOLS, Protocol, Status, status_of};
use serde::{Deserialize, Serialize};

/// What a protocol makes of a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Placement {
    /// The group with this position in [`Protocol::groups`].
    Group(u8),
    /// Several answers are left.
    Undetermined,
    /// The protocol is not for this child.
    NotApplicable,
}

/// Placements of patients under one protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// One a patient.
    pub placements: Vec<Placement>,
}

impl Placement {
    /// What `protocol` makes of an infant.
    #[must_use]
    pub fn of(protocol: &'static Protocol, infant: &Infant) -> Self {
        match status_of(protocol, infant) {
            Status::Assigned(group) => {
                let position = protocol.groups.iter().position(|known| known.id == group.id);
                position
                    .and_then(|position| u8::try_from(position).ok())
                    .map_or(Self::Undetermined, Self::Group)
            }
            Status::Undetermined(_) => Self::Undetermined,
            Status::NotApplicable(_) => Self::NotApplicable,
        }
    }

    /// Row or column among the groups of a protocol, undetermined, not applicable.
    pub(super) fn place(self, groups: usize) -> usize {
        match self {
            Self::Group(position) => usize::from(position),
            Self::Undetermined => groups,
            Self::NotApplicable => groups + 1,
        }
    }
}

/// All patients under every protocol, in the order of [`PROTOCOLS`].
#[must_use]
pub fn classify<'a>(infants: impl Iterator<Item = &'a Infant> + Clone) -> Vec<Classification> {
    let one = |protocol: &'static Protocol| Classification {
        protocol,
        placements: infants.clone().map(|infant| Placement::of(protocol, infant)).collect(),
    };
    PROTOCOLS.iter().map(|&protocol| one(protocol)).collect()
}

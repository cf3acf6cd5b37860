//! Every patient under every protocol, and how two protocols sort the same patients.

use crate::infant::Infant;
use crate::protocols::{PROTOCOLS, Protocol, Status, status_of};

/// What a protocol makes of a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// How many patients two protocols put where.
#[derive(Debug, Clone, PartialEq)]
pub struct Reclassification {
    /// The protocol of the rows.
    pub from: &'static Protocol,
    /// The protocol of the columns.
    pub to: &'static Protocol,
    /// Rows: groups of `from`, undetermined, not applicable. Columns: the same of `to`.
    pub counts: Vec<Vec<usize>>,
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

    /// Row or column of a [`Reclassification`].
    fn place(self, protocol: &Protocol) -> usize {
        match self {
            Self::Group(position) => usize::from(position),
            Self::Undetermined => protocol.groups.len(),
            Self::NotApplicable => protocol.groups.len() + 1,
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

impl Classification {
    /// How many patients there are in each group (in the order of the protocol), undetermined, not applicable.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.protocol.groups.len() + 2];
        for placement in &self.placements {
            if let Some(count) = counts.get_mut(placement.place(self.protocol)) {
                *count += 1;
            }
        }
        counts
    }

    /// The group of each patient for a comparison; `None` where the protocol gives none.
    #[must_use]
    pub fn groups(&self) -> Vec<Option<u32>> {
        let group = |placement: &Placement| match placement {
            Placement::Group(position) => Some(u32::from(*position)),
            Placement::Undetermined | Placement::NotApplicable => None,
        };
        self.placements.iter().map(group).collect()
    }

    /// How the same patients, in the same order, are placed by another protocol.
    #[must_use]
    pub fn against(&self, other: &Self) -> Reclassification {
        let mut counts = vec![vec![0; other.protocol.groups.len() + 2]; self.protocol.groups.len() + 2];
        for (from, to) in self.placements.iter().zip(&other.placements) {
            let row = counts.get_mut(from.place(self.protocol));
            if let Some(count) = row.and_then(|row| row.get_mut(to.place(other.protocol))) {
                *count += 1;
            }
        }
        Reclassification {
            from: self.protocol,
            to: other.protocol,
            counts,
        }
    }
}

impl Reclassification {
    /// Patients to whom both protocols give a group.
    #[must_use]
    pub fn placed_by_both(&self) -> usize {
        let (rows, columns) = (self.from.groups.len(), self.to.groups.len());
        let row = |row: &Vec<usize>| row.iter().take(columns).sum::<usize>();
        self.counts.iter().take(rows).map(row).sum()
    }
}

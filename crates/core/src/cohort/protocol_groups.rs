//! Patients sorted into the groups of protocols: plain columns, which the module that has the rules fills
//! ([`protocol_groups`](crate::protocols::protocol_groups)).

/// The group of a patient in a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placement {
    /// The group with this position in the protocol's list.
    Group(u8),
    /// Several groups are possible.
    Undetermined,
    /// The protocol is not for this child.
    NotApplicable,
}

/// The groups of all patients in one protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct ProtocolGroups {
    /// Code of the protocol.
    pub id: String,
    /// Name of the protocol.
    pub name: String,
    /// Names of its groups, the lowest risk first, those without a level last.
    pub groups: Vec<String>,
    /// True if each group has a different level of risk.
    pub is_ordered: bool,
    /// One a patient; positions are those in `groups`, not those in the protocol's definition.
    pub placements: Vec<Placement>,
}

impl Placement {
    /// Row or column among the groups of a protocol, undetermined, not applicable.
    fn place(self, groups: usize) -> usize {
        match self {
            Self::Group(position) => usize::from(position),
            Self::Undetermined => groups,
            Self::NotApplicable => groups + 1,
        }
    }
}

impl ProtocolGroups {
    /// The group of a patient; `None` where the protocol gives none.
    #[must_use]
    pub fn group(&self, patient: usize) -> Option<&str> {
        self.groups.get(self.position(patient)? as usize).map(String::as_str)
    }

    /// The same as a position in `groups`.
    #[must_use]
    pub fn position(&self, patient: usize) -> Option<u32> {
        match self.placements.get(patient)? {
            Placement::Group(position) => Some(u32::from(*position)),
            Placement::Undetermined | Placement::NotApplicable => None,
        }
    }

    /// How many patients there are in each group (in the order of `groups`), undetermined, not applicable.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.groups.len() + 2];
        for placement in &self.placements {
            if let Some(count) = counts.get_mut(placement.place(self.groups.len())) {
                *count += 1;
            }
        }
        counts
    }

    /// How many patients this protocol (rows) and another (columns) put where; the last two rows and columns are
    /// undetermined and not applicable.
    #[must_use]
    pub fn against(&self, other: &Self) -> Vec<Vec<usize>> {
        let mut counts = vec![vec![0; other.groups.len() + 2]; self.groups.len() + 2];
        for (from, to) in self.placements.iter().zip(&other.placements) {
            let row = counts.get_mut(from.place(self.groups.len()));
            if let Some(count) = row.and_then(|row| row.get_mut(to.place(other.groups.len()))) {
                *count += 1;
            }
        }
        counts
    }
}

//! Every patient under every protocol.

use super::assess::Settler;
use super::{PROTOCOLS, Protocol, Status, status_of};
use crate::cohort::{Cohort, Placement, ProtocolGroups};
use crate::infant::Infant;
use std::collections::BTreeSet;

/// Placements of patients under one protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// The protocol by which the patients were classified.
    pub protocol: &'static Protocol<'static>,
    /// One for each patient; a group is its position in [`Protocol::groups`].
    pub placements: Vec<Placement>,
}

/// Classifies an infant by `protocol`; a group is its position in [`Protocol::groups`].
#[must_use]
pub fn placement(protocol: &Protocol, infant: &Infant) -> Placement {
    placed(protocol, status_of(protocol, infant))
}

fn placed(protocol: &Protocol, status: Status) -> Placement {
    match status {
        Status::Assigned(group) => {
            let position = protocol.groups.iter().position(|known| known.id == group.id);
            position
                .and_then(|position| u8::try_from(position).ok())
                .map_or(Placement::Undetermined, Placement::Group)
        }
        Status::Undetermined(_) => Placement::Undetermined,
        Status::NotApplicable(_) => Placement::NotApplicable,
    }
}

/// All patients under every protocol, in the order of [`PROTOCOLS`].
#[must_use]
pub fn classify<'a>(infants: impl Iterator<Item = &'a Infant> + Clone) -> Vec<Classification> {
    let one = |protocol: &'static Protocol<'static>| {
        let mut settler = Settler::new(protocol);
        let place = |infant| placed(protocol, settler.status_of(infant));
        Classification {
            protocol,
            placements: infants.clone().map(place).collect(),
        }
    };
    PROTOCOLS.iter().map(|&protocol| one(protocol)).collect()
}

/// Classifies the patients of a cohort by each protocol, in the order of [`PROTOCOLS`].
#[must_use]
pub fn protocol_groups(cohort: &Cohort) -> Vec<ProtocolGroups> {
    let infants = cohort.patients.iter().map(|patient| &patient.infant);
    classify(infants).into_iter().map(Classification::groups).collect()
}

impl Classification {
    /// Returns the groups with the protocol's names, ordered by level: definitions list them in the order of decision.
    #[must_use]
    pub fn groups(self) -> ProtocolGroups {
        let protocol = self.protocol;
        let level = |&group: &usize| protocol.groups.get(group).and_then(|group| group.level);
        let mut order: Vec<usize> = (0..protocol.groups.len()).collect();
        order.sort_by_key(|group| (level(group).is_none(), level(group)));
        let place = |group: u8| order.iter().position(|&each| each == usize::from(group));
        let placement = |placement: &Placement| match placement {
            Placement::Group(group) => place(*group)
                .and_then(|place| u8::try_from(place).ok())
                .map_or(Placement::Undetermined, Placement::Group),
            other => *other,
        };
        let levels: BTreeSet<_> = order.iter().filter_map(level).collect();
        ProtocolGroups {
            id: protocol.id.to_owned(),
            name: protocol.name.to_owned(),
            groups: order
                .iter()
                .map(|&group| protocol.groups[group].name.to_owned())
                .collect(),
            is_ordered: levels.len() == protocol.groups.len(),
            placements: self.placements.iter().map(placement).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_ordered_by_level_and_patients_keep_theirs() {
        for &protocol in PROTOCOLS {
            let placements: Vec<Placement> = (0..protocol.groups.len())
                .filter_map(|group| u8::try_from(group).ok())
                .map(Placement::Group)
                .chain([Placement::Undetermined])
                .collect();
            let count = placements.len() - 1;
            let found = Classification { protocol, placements }.groups();
            for (patient, group) in protocol.groups.iter().enumerate() {
                assert_eq!(found.group(patient), Some(group.name), "{}", protocol.id);
            }
            assert_eq!(found.group(count), None);
            let level = |name: &String| {
                protocol
                    .groups
                    .iter()
                    .find(|group| group.name == name)
                    .and_then(|group| group.level)
            };
            let levels: Vec<_> = found.groups.iter().filter_map(level).collect();
            assert!(levels.is_sorted(), "{} {levels:?}", protocol.id);
            assert!(
                !found.is_ordered || levels.windows(2).all(|two| two[0] < two[1]),
                "{}",
                protocol.id
            );
        }
    }
}

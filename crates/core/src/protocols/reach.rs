//! The reach of a rule over all possible children: whether each group is reached and each child is classified.

use super::assess::{ReadingOf, advance, readings};
use super::case::{Answer, Axes, case_at};
use super::rule::{AtLimit, Outside, Protocol, Test};
use crate::infant::Infant;

/// The results over all possible children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    /// True if some child is eligible.
    pub anybody: bool,
    /// For each group, true if some child is classified into it.
    pub groups: Vec<bool>,
    /// True if some eligible child is in no group.
    pub left_over: bool,
}

/// Returns the number of combinations for a child with no known finding: the values of each finding, times two for each
/// clause on which the sources may be silent.
pub(super) fn ways(protocol: &Protocol) -> u64 {
    let dimensions = Axes::of(protocol).dimensions(protocol, &Infant::default());
    let values = dimensions.iter().map(|dimension| dimension.values.len() as u64);
    let open = protocol
        .clauses_with_outcomes()
        .into_iter()
        .filter(|(_, clause)| match clause.test {
            Test::CnsDisease | Test::YoungerThanOpen(_) | Test::NotAsked(Outside::Donor) => true,
            Test::Wbc(threshold) | Test::Mrd(_, threshold) => threshold.at_limit == AtLimit::Undefined,
            _ => false,
        });
    values.chain(open.map(|_| 2)).fold(1, u64::saturating_mul)
}

/// Tries every child. The caller has seen that [`ways`] are not too many.
pub(super) fn reach(protocol: &Protocol) -> Reach {
    let dimensions = Axes::of(protocol).dimensions(protocol, &Infant::default());
    let clauses = protocol.clauses_that_combine();
    let mut reach = Reach {
        anybody: false,
        groups: vec![false; protocol.groups.len()],
        left_over: false,
    };
    let total: usize = dimensions.iter().map(|dimension| dimension.values.len()).product();
    let mut indexes = vec![0; dimensions.len()];
    for _ in 0..total {
        let case = case_at(&dimensions, &indexes);
        let open = clauses.iter().map(|(_, clause)| clause);
        let open = open.filter(|clause| case.answer(&clause.test) == Answer::Open && !clause.test.is_treatment());
        let open: Vec<&str> = open.map(|clause| clause.id).collect();
        for met in readings(&open) {
            let reading = ReadingOf::new(&case, &met);
            if !protocol
                .eligible
                .iter()
                .all(|criterion| reading.clause(criterion.clause))
            {
                continue;
            }
            reach.anybody = true;
            match protocol.groups.iter().position(|group| reading.holds(&group.when)) {
                Some(index) => reach.groups[index] = true,
                None => reach.left_over = true,
            }
        }
        advance(&mut indexes, &dimensions);
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::super::{PROTOCOLS, own};
    use super::*;

    #[test]
    fn every_protocol_places_everybody_in_few_ways() {
        for protocol in PROTOCOLS {
            let reach = reach(protocol);
            assert!(reach.anybody && !reach.left_over, "{}", protocol.id);
            assert!(reach.groups.iter().all(|reached| *reached), "{}", protocol.id);
            assert!(ways(protocol) * 2 < own::MOST_WAYS, "{}", protocol.id);
        }
    }
}

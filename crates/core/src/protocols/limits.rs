//! What the groups of a protocol are compared by, for a list of protocols: read from the clauses of its rule.

use super::rule::{Clause, Protocol, Role, Test, Threshold};
use crate::infant::AgeLimit;

/// How a group limits the age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeBound {
    /// Younger than the limit.
    YoungerThan(AgeLimit),
    /// The limit or younger.
    AtMost(AgeLimit),
}

/// What CNS disease is to a rule that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CnsDisease {
    /// CNS3 alone.
    Cns3,
    /// CNS3; its sources do not say whether CNS2 is.
    Cns2Open,
}

/// The limits by which a protocol tells its groups apart, in the order in which the groups are tried. Those of eligibility
/// and of the transplant rule are not among them.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupLimits {
    /// Of the age.
    pub age: Vec<AgeBound>,
    /// Of the white cells, 10⁹/L.
    pub white_cells: Vec<Threshold>,
    /// CNS disease, where a group depends on it.
    pub cns: Option<CnsDisease>,
}

impl GroupLimits {
    /// Reads the clauses that decide a group.
    #[must_use]
    pub fn of(protocol: &Protocol) -> Self {
        let clauses = protocol.clauses();
        let deciding: Vec<&Clause> = clauses
            .iter()
            .filter(|(role, _)| *role == Role::Group)
            .map(|(_, clause)| *clause)
            .collect();
        let tests = || deciding.iter().map(|clause| clause.test);
        Self {
            age: tests().filter_map(age_bound).collect(),
            white_cells: tests().filter_map(white_cells).collect(),
            cns: tests().find_map(cns),
        }
    }
}

fn age_bound(test: Test) -> Option<AgeBound> {
    match test {
        Test::YoungerThan(limit) | Test::YoungerThanOpen(limit) => Some(AgeBound::YoungerThan(limit)),
        Test::AtMostAged(limit) => Some(AgeBound::AtMost(limit)),
        _ => None,
    }
}

fn white_cells(test: Test) -> Option<Threshold> {
    match test {
        Test::Wbc(threshold) => Some(threshold),
        _ => None,
    }
}

fn cns(test: Test) -> Option<CnsDisease> {
    match test {
        Test::Cns3 => Some(CnsDisease::Cns3),
        Test::CnsDisease => Some(CnsDisease::Cns2Open),
        _ => None,
    }
}

/// Protocols of the catalogue that recruit, by what `Protocol::era` states.
const RECRUITING: [&str; 1] = ["interfant-21"];

/// Whether a protocol was recruiting when its register entry was last read.
#[must_use]
pub fn is_recruiting(protocol: &Protocol) -> bool {
    RECRUITING.contains(&protocol.id)
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::{Operator, PROTOCOLS, protocol};
    use super::*;

    fn limits(id: &str) -> GroupLimits {
        GroupLimits::of(protocol(id).expect("in the catalogue"))
    }

    #[test]
    fn the_limits_of_groups_are_those_of_the_rule() {
        let mll_10 = limits("mll-10");
        assert_eq!(mll_10.age, [AgeBound::YoungerThan(AgeLimit::Days(180))]);
        assert!(mll_10.white_cells.is_empty());
        assert!(mll_10.cns.is_some());
        let interfant_06 = limits("interfant-06");
        assert_eq!(interfant_06.age, [AgeBound::YoungerThan(AgeLimit::Months(6))]);
        let white_cells = interfant_06.white_cells.first().expect("a limit");
        assert_eq!((white_cells.operator, white_cells.limit), (Operator::AtLeast, 300.0));
        assert_eq!(interfant_06.cns, None);
        assert_eq!(limits("cog-aall0631").age, [AgeBound::YoungerThan(AgeLimit::Days(90))]);
    }

    #[test]
    fn no_limit_of_eligibility_is_taken_for_one_of_a_group() {
        let one_group = GroupLimits::of(protocol("mll03").expect("in the catalogue"));
        assert!(one_group.age.is_empty() && one_group.white_cells.is_empty() && one_group.cns.is_none());
    }

    #[test]
    fn a_protocol_recruits_where_its_years_of_enrolment_say_so() {
        for protocol in PROTOCOLS {
            assert_eq!(
                is_recruiting(protocol),
                protocol.era.text.contains("recruiting"),
                "{}",
                protocol.id
            );
        }
    }
}

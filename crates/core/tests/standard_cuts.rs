//! Limits at which numbers are cut where none was chosen are those of a protocol of the catalogue.
#![allow(clippy::unwrap_used, clippy::panic)]

use cotside_core::cohort::{Limit, STANDARD_CUTS, StandardCut};
use cotside_core::infant::{AgeLimit, Field};
use cotside_core::protocols::{PROTOCOLS, Protocol, Test};

/// Whether a clause of the protocol compares the finding with the limit.
fn has_clause(protocol: &Protocol, cut: &StandardCut) -> bool {
    protocol
        .clauses()
        .iter()
        .any(|(_, clause)| match (clause.test, cut.limit) {
            (Test::YoungerThan(AgeLimit::Months(months)), Limit::Months(limit)) => {
                cut.field == Field::AgeDays && months == limit
            }
            (Test::Wbc(threshold), Limit::Number(limit)) => cut.field == Field::Wbc && threshold.limit == limit,
            (Test::Mrd(point, threshold), Limit::Number(limit)) => {
                cut.field == Field::of_mrd(point) && threshold.limit == limit
            }
            _ => false,
        })
}

#[test]
fn every_standard_cut_is_a_limit_of_its_protocol() {
    for cut in STANDARD_CUTS {
        let protocol = PROTOCOLS.iter().find(|each| each.id == cut.protocol).unwrap();
        // The response to prednisone is defined by its count of blasts.
        let by_response = cut.field == Field::Day8Blasts
            && cut.limit == Limit::Number(cotside_core::infant::POOR_RESPONSE_BLASTS_PER_UL)
            && protocol
                .clauses()
                .iter()
                .any(|(_, clause)| matches!(clause.test, Test::ResponseIs(_)));
        assert!(has_clause(protocol, cut) || by_response, "{cut:?}");
    }
}

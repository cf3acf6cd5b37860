//! Seventeen infants worked out by hand from the published texts, under the four rules that differ most.

mod ledger;

use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{Notice, Status, assess, protocol};

/// KMT2A, age in days, white cells × 10⁹/L, prednisone response, CNS; then the groups under Interfant-06, MLL-10,
/// AALL0631 and Severance.
type Vector = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    [&'static str; 4],
);

#[rustfmt::skip]
const VECTORS: &[Vector] = &[
    ("rearranged", "100", "350",    "good", "1", ["high", "high", "intermediate", "high"]),
    ("rearranged", "100", "299.9",  "good", "1", ["medium", "high", "intermediate", "high"]),
    ("rearranged", "100", "300.0",  "good", "1", ["high", "high", "intermediate", "high"]),
    ("rearranged", "100", "20",     "poor", "1", ["high", "high", "intermediate", "high"]),
    ("rearranged", "300", "500",    "poor", "1", ["medium", "intermediate", "intermediate", "high"]),
    ("rearranged", "300", "10",     "good", "3", ["medium", "high", "intermediate", "high"]),
    ("rearranged", "89",  "10",     "good", "1", ["medium", "high", "high", "high"]),
    ("rearranged", "90",  "10",     "good", "1", ["medium", "high", "intermediate", "high"]),
    ("rearranged", "179", "10",     "good", "1", ["medium", "high", "intermediate", "high"]),
    ("rearranged", "180", "10",     "good", "1", ["medium", "intermediate", "intermediate", "high"]),
    ("germline",   "60",  "400",    "poor", "3", ["low", "low", "standard", "high"]),
    ("germline",   "250", "49.999", "good", "1", ["low", "low", "standard", "not-high"]),
    ("germline",   "250", "50.0",   "good", "1", ["low", "low", "standard", "high"]),
    ("rearranged", "100", "100",    "",     "1", ["high or medium", "high", "intermediate", "high"]),
    ("rearranged", "300", "10",     "good", "2", ["medium", "intermediate", "intermediate", "high"]),
    ("rearranged", "182", "400",    "good", "1", ["high or medium", "intermediate", "intermediate", "high"]),
    ("rearranged", "365", "10",     "good", "1", ["medium", "not applicable", "", ""]),
];

const PROTOCOLS: [&str; 4] = ["interfant-06", "mll-10", "cog-aall0631", "severance"];

#[test]
fn all_vectors() {
    for (number, &(kmt2a, age, wbc, response, cns, expected)) in VECTORS.iter().enumerate() {
        let infant = read(&Entry::from_pairs([
            (Field::Kmt2a, kmt2a),
            (Field::AgeDays, age),
            (Field::Wbc, wbc),
            (Field::PrednisoneResponse, response),
            (Field::Cns, cns),
        ]))
        .infant;
        for (id, expected) in PROTOCOLS.iter().zip(expected) {
            let Some(protocol) = protocol(id) else {
                panic!("no protocol {id}")
            };
            let assessment = assess(protocol, &infant);
            let mut groups: Vec<&str> = assessment.possible().iter().map(|group| group.id).collect();
            groups.sort_unstable();
            let found = match assessment.status {
                Status::NotApplicable(_) => "not applicable".to_owned(),
                _ => groups.join(" or "),
            };
            if !expected.is_empty() {
                let place = ledger::Place {
                    topic: "vectors",
                    data: id,
                    quantity: "group",
                    at: &format!("vector {}", number + 1),
                };
                ledger::words(place, &found, expected);
            }
            let disputed = assessment
                .notices
                .iter()
                .any(|notice| matches!(notice, Notice::DisputedLimit(_)));
            let at_disputed_limit = (*id == "interfant-06" && wbc == "300.0") || (*id == "severance" && wbc == "50.0");
            assert_eq!(
                disputed,
                at_disputed_limit,
                "vector {}: warning of {id} at the limit",
                number + 1
            );
        }
    }
}

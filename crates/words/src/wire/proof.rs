//! The shape of a proof sheet.

use cotside_core::protocols::{OppositePair, Proof};
use serde_json::{Value, json};

use crate::en;

/// The proof sheet of a rule, with the pairs that other rules rank in opposite order.
#[must_use]
pub fn proof(proof: &Proof, opposite: &[OppositePair]) -> Value {
    let groups = proof
        .groups
        .iter()
        .map(|(group, children)| json!({ "group": group.id, "children": children, "reachable": *children > 0 }));
    let open = proof.open.iter().map(|(why, children)| {
        let why: Vec<String> = why.iter().map(|why| en::why(*why)).collect();
        json!({ "children": children, "why": why })
    });
    let overlaps = proof.overlaps.iter().map(
        |(first, later, children)| json!({ "groups": [first.id, later.id], "children": children, "decides": first.id }),
    );
    let findings: Vec<&str> = proof.findings.iter().map(|finding| finding.field().column()).collect();
    json!({
        "protocol": proof.protocol.id, "name": proof.protocol.name, "findings": findings, "children": proof.children,
        "one_answer": proof.settled(), "not_applicable": proof.not_eligible, "no_group": proof.no_group,
        "groups": groups.collect::<Vec<Value>>(), "n_open": proof.open(), "open": open.collect::<Vec<Value>>(),
        "overlaps": overlaps.collect::<Vec<Value>>(), "opposite": opposite.iter().map(pair).collect::<Vec<Value>>(),
    })
}

fn pair(pair: &OppositePair) -> Value {
    json!({
        "protocol": pair.other.id, "differences": pair.differences,
        "higher": { "child": en::proof_child(&pair.higher.0), "groups": pair.higher.1.map(|group| group.id) },
        "lower": { "child": en::proof_child(&pair.lower.0), "groups": pair.lower.1.map(|group| group.id) },
    })
}

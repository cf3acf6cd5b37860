//! The proof sheet of a rule in words, for the command line.

use cotside_core::protocols::{OppositePair, Proof, ProofChild};

use super::answer::{span, why};
use super::{finding_label, group_name, protocol_name, site};

/// The proof sheet, a line each.
#[must_use]
pub fn proof_lines(proof: &Proof) -> Vec<String> {
    let mut lines = vec![site::proof_counts(proof.children, proof.settled(), proof.open())];
    if proof.no_group > 0 {
        lines.push(site::proof_no_group(proof.no_group));
    }
    for (group, children) in &proof.groups {
        let children = match children {
            0 => site::PROOF_UNREACHED.to_owned(),
            children => children.to_string(),
        };
        lines.push(format!("{}: {children}", group_name(group)));
    }
    lines.push(format!("{}: {}", site::PROOF_NOT_ELIGIBLE, proof.not_eligible));
    for (reasons, children) in &proof.open {
        let reasons: Vec<String> = reasons.iter().map(|reason| why(*reason)).collect();
        lines.push(format!("open, {children}: {}", reasons.join(site::PROOF_AND)));
    }
    for (first, later, children) in &proof.overlaps {
        lines.push(site::proof_overlap(group_name(first), group_name(later), *children));
    }
    if proof.overlaps.is_empty() {
        lines.push(site::PROOF_NO_OVERLAP.to_owned());
    }
    lines
}

/// The findings of a child of a pair: "age below 6 months, white cells > 300 × 10⁹/L".
#[must_use]
pub fn proof_child(child: &ProofChild) -> String {
    let finding = |(finding, value): &(_, _)| format!("{} {}", finding_label(*finding), span(*finding, value));
    child.iter().map(finding).collect::<Vec<String>>().join(", ")
}

/// Two children whom two rules rank in opposite order.
#[must_use]
pub fn opposite_line(pair: &OppositePair) -> String {
    let groups = |[first, second]: [&_; 2]| format!("{} here, {} there", group_name(first), group_name(second));
    let (higher, lower) = (&pair.higher, &pair.lower);
    let noun = if pair.differences == 1 { "finding" } else { "findings" };
    format!(
        "opposite order in {}, two children who differ in {} {noun}: {} ({}); {} ({})",
        protocol_name(pair.other),
        pair.differences,
        proof_child(&higher.0),
        groups(higher.1),
        proof_child(&lower.0),
        groups(lower.1)
    )
}

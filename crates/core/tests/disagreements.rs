//! On what two protocols disagree for a child, worked out by hand from their rules.

use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{Assessment, Disagreement, Finding, assess, disagreements, protocol};

#[test]
fn a_disagreement_needs_a_finding_that_decided_and_is_not_seen_alike() {
    let between = |ids: [&str; 2], pairs: &[(Field, &str)]| {
        let infant = read(&Entry::from_pairs(pairs.iter().copied())).infant;
        let protocols = ids.iter().filter_map(|id| protocol(id));
        let assessments: Vec<Assessment> = protocols.map(|protocol| assess(protocol, &infant)).collect();
        disagreements(&assessments)
    };
    let findings =
        |found: &[Disagreement]| -> Vec<Finding> { found.iter().map(|disagreement| disagreement.finding).collect() };
    // Both ask whether the child is younger than 6 months. It decides in Severance only: Interfant-06 decides by white
    // cells and response; Severance uses another white cell limit, which decides nothing.
    let young = [
        (Field::Kmt2a, "rearranged"),
        (Field::AgeDays, "100"),
        (Field::Wbc, "20"),
        (Field::PrednisoneResponse, "good"),
    ];
    let found = between(["interfant-06", "severance"], &young);
    assert_eq!(
        findings(&found),
        [Finding::Age, Finding::Wbc, Finding::Kmt2a, Finding::Response]
    );
    let views = |finding: Finding| -> Vec<(&str, Vec<&str>)> {
        let of_it = found.iter().filter(|disagreement| disagreement.finding == finding);
        let views = of_it.flat_map(|disagreement| &disagreement.views);
        views
            .map(|view| (view.clause.id, view.protocols.iter().map(|who| who.id).collect()))
            .collect()
    };
    assert_eq!(views(Finding::Age), [("younger-than-6-months", vec!["severance"])]);
    assert_eq!(views(Finding::Wbc), [("wbc-at-least-300", vec!["interfant-06"])]);
    assert_eq!(views(Finding::Kmt2a), [("kmt2a-rearranged", vec!["interfant-06"])]);
    // Where both decide by the same question, it is none on which they disagree.
    let old = [
        (Field::Kmt2a, "rearranged"),
        (Field::AgeDays, "300"),
        (Field::Wbc, "20"),
        (Field::Cns, "3"),
        (Field::PrednisoneResponse, "good"),
    ];
    let found = between(["interfant-06", "mll-10"], &old);
    assert_eq!(findings(&found), [Finding::Age, Finding::Cns]);
}

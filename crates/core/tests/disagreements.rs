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
    // Both ask whether the child is younger than 6 months: on age they do not disagree.
    let young = [
        (Field::Kmt2a, "rearranged"),
        (Field::AgeDays, "100"),
        (Field::Wbc, "20"),
        (Field::PrednisoneResponse, "good"),
    ];
    let found = between(["interfant-06", "severance"], &young);
    assert_eq!(findings(&found), [Finding::Wbc, Finding::Kmt2a, Finding::Response]);
    // White cells decided that Interfant-06 is not high, and nothing in Severance.
    let views: Vec<_> = found
        .iter()
        .filter(|disagreement| disagreement.finding == Finding::Wbc)
        .flat_map(|disagreement| &disagreement.views)
        .flat_map(|view| {
            view.protocols
                .iter()
                .map(|(who, decided)| (view.clause.id, who.id, *decided))
        })
        .collect();
    assert_eq!(
        views,
        [
            ("wbc-at-least-300", "interfant-06", true),
            ("wbc-at-least-50", "severance", false)
        ]
    );
    // CNS disease is looked at by one of them only, and decided there; white cells and response decided nowhere.
    let old = [
        (Field::Kmt2a, "rearranged"),
        (Field::AgeDays, "300"),
        (Field::Wbc, "20"),
        (Field::Cns, "3"),
        (Field::PrednisoneResponse, "good"),
    ];
    let found = between(["interfant-06", "mll-10"], &old);
    assert_eq!(findings(&found), [Finding::Age, Finding::Kmt2a, Finding::Cns]);
}

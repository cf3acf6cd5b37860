//! What the words say of why: over all children of each protocol, in every language.

#[path = "../../core/tests/children/mod.rs"]
mod children;

use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{Assessment, Clause, PROTOCOLS, Role, Status, Truth, assess, protocol};
use cotside_words::{en, ja, ko};

/// How a language says a clause and the reasons, and what it puts between them.
type Words = (fn(&Clause) -> String, fn(&Assessment) -> String, &'static str);

const LANGUAGES: [Words; 3] = [
    (en::clause, en::decided, ", "),
    (ja::clause, ja::decided, "、"),
    (ko::clause, ko::decided, ", "),
];

#[test]
fn no_clause_is_said_of_a_child_of_whom_it_does_not_hold() {
    for protocol in PROTOCOLS {
        let decides = |role| matches!(role, Role::Eligibility | Role::Group);
        children::all(protocol, decides, |child| {
            let assessment = assess(protocol, child);
            if !matches!(assessment.status, Status::Assigned(_)) {
                return;
            }
            for (clause, decided, between) in LANGUAGES {
                let said = format!("{between}{}{between}", decided(&assessment));
                for result in assessment.clauses.iter().filter(|result| result.truth != Truth::True) {
                    let as_if_it_held = format!("{between}{}{between}", clause(result.clause));
                    assert!(!said.contains(&as_if_it_held), "{}: {said} of {child:?}", protocol.id);
                }
            }
        });
    }
}

#[test]
fn the_reasons_of_an_unknown_response() {
    let said = |response| {
        let young = [
            (Field::Kmt2a, "rearranged"),
            (Field::AgeDays, "90"),
            (Field::Wbc, "100"),
            (Field::Lineage, "b"),
            (Field::PrednisoneResponse, response),
        ];
        let child = read(&Entry::from_pairs(young)).infant;
        protocol("interfant-21")
            .map(|protocol| en::reason(&assess(protocol, &child)))
            .unwrap_or_default()
    };
    assert_eq!(
        ["", "good", "poor", "not_assessed"].map(said),
        [
            "Interfant-21 may be medium risk (MR) or high risk (HR); it depends on prednisone response.",
            "Interfant-21 assigns medium risk (MR): white cells below 300 × 10⁹/L, good prednisone response.",
            "Interfant-21 assigns high risk (HR): younger than 6 months, poor prednisone response.",
            "Interfant-21 assigns medium risk (MR): white cells below 300 × 10⁹/L, an unknown response counts as not poor.",
        ]
    );
}

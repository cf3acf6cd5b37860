//! The cases that a clinician can read and edit: one Markdown table for each protocol in `tests/cases`.
//!
//! Each row is an infant, the group that the protocol's own text gives, the result of its transplant rule, and the
//! sentence shown; this test only compares.

#[path = "../../../tests/case_tables.rs"]
mod case_tables;
mod ledger;

use std::collections::BTreeMap;

use case_tables::each_case;
use cotside_core::infant::{Entry, Field, Severity, read};
use cotside_core::protocols::{Assessment, PROTOCOLS, Status, assess};

/// The answer in the words of the tables.
fn answer(assessment: &Assessment) -> String {
    match assessment.status {
        Status::NotApplicable(_) => "not applicable".to_owned(),
        _ => {
            let mut groups: Vec<&str> = assessment.possible().iter().map(|group| group.id).collect();
            groups.sort_unstable();
            groups.join(" or ")
        }
    }
}

fn sorted(expected: &str) -> String {
    let mut groups: Vec<&str> = expected.split(" or ").map(str::trim).collect();
    groups.sort_unstable();
    groups.join(" or ")
}

#[test]
fn every_case_of_every_protocol() {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    each_case(|protocol, at, line, row| {
        let mut entry = Entry::default();
        let (mut expected, mut transplant) = ("", "");
        for &(column, cell) in row {
            match column {
                "group" => expected = cell,
                "transplant" => transplant = cell,
                // The sentence is compared where the words are: crates/words/tests/cases.rs.
                "why" | "sentence" => {}
                _ => {
                    let field = Field::from_column(column)
                        .unwrap_or_else(|| panic!("{at}: no column {column} in the dictionary"));
                    entry.set(field, cell);
                }
            }
        }
        let reading = read(&entry);
        let sound = reading
            .issues
            .iter()
            .all(|issue| issue.kind.severity() == Severity::Notice);
        assert!(sound, "{at}: {:?}", reading.issues);
        let assessment = assess(protocol, &reading.infant);
        let undetermined = matches!(assessment.status, Status::Undetermined(_));
        if assessment.hsct.status.code() != transplant {
            wrong.push(format!(
                "{}:{line}: transplant {} instead of {transplant}",
                protocol.id,
                assessment.hsct.status.code()
            ));
        }
        if answer(&assessment) != sorted(expected) || undetermined != (expected.contains(" or ") || undetermined) {
            wrong.push(format!(
                "{}:{line}: {} instead of {expected}",
                protocol.id,
                answer(&assessment)
            ));
        } else {
            let place = ledger::Place {
                topic: "cases",
                data: protocol.id,
                quantity: "group",
                at: &format!("line {line}"),
            };
            ledger::words(place, &answer(&assessment), &sorted(expected));
        }
        *counted.entry(protocol.id).or_default() += 1;
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        counted.len() == PROTOCOLS.len() && counted.values().all(|&rows| rows >= 5),
        "{counted:?}"
    );
}

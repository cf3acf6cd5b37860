//! The cases that a clinician can read and edit: one Markdown table a protocol in `tests/cases`.
//!
//! Each row is an infant, the group that the protocol's own text gives, what its transplant rule reads, and the sentence
//! that is said of it; this test only compares.

mod ledger;

use std::collections::BTreeMap;
use std::path::Path;

use cotside_core::infant::{Entry, Field, Severity, read};
use cotside_core::protocols::{Assessment, PROTOCOLS, Status, assess};

/// The cells of a table row, or nothing for a rule line or other text.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let is_rule = cells
        .iter()
        .all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':'));
    (!is_rule).then_some(cells)
}

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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for protocol in PROTOCOLS {
        let path = folder.join(format!("{}.md", protocol.id));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut rows = text
            .lines()
            .enumerate()
            .filter_map(|(line, text)| Some((line + 1, cells(text)?)));
        let (_, header) = rows.next().unwrap_or_else(|| panic!("{}: no table", path.display()));
        for (line, row) in rows {
            assert_eq!(row.len(), header.len(), "{}:{line}: number of cells", path.display());
            let mut entry = Entry::default();
            let (mut expected, mut transplant) = ("", "");
            for (&column, &cell) in header.iter().zip(&row) {
                match column {
                    "group" => expected = cell,
                    "transplant" => transplant = cell,
                    // The sentence is compared where the words are: crates/words/tests/cases.rs.
                    "why" | "sentence" => {}
                    _ => {
                        let field = Field::from_column(column)
                            .unwrap_or_else(|| panic!("{}: no column {column} in the dictionary", path.display()));
                        entry.set(field, cell);
                    }
                }
            }
            let reading = read(&entry);
            let sound = reading
                .issues
                .iter()
                .all(|issue| issue.kind.severity() == Severity::Notice);
            assert!(sound, "{}:{line}: {:?}", path.display(), reading.issues);
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
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        counted.len() == PROTOCOLS.len() && counted.values().all(|&rows| rows >= 5),
        "{counted:?}"
    );
}

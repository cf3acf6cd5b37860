//! The sentence of each case in `tests/cases`, beside its group and its transplant state, which
//! `crates/core/tests/cases.rs` compares.

#[path = "../../../tests/case_tables.rs"]
mod case_tables;

use case_tables::each_case;
use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::assess;
use cotside_words::en;

#[test]
fn the_sentence_of_every_case() {
    let mut wrong = Vec::new();
    each_case(|protocol, _, line, row| {
        let mut entry = Entry::default();
        let mut expected = "";
        for &(column, cell) in row {
            match Field::from_column(column) {
                Some(field) => entry.set(field, cell),
                None if column == "sentence" => expected = cell,
                None => {}
            }
        }
        let said = en::reason(&assess(protocol, &read(&entry).infant));
        if said != expected {
            wrong.push(format!("{}:{line}: {said} instead of {expected}", protocol.id));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The sentence of each case in `tests/cases`, beside its group and its transplant state, which
//! `crates/core/tests/cases.rs` compares.

use std::path::Path;

use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{PROTOCOLS, assess};
use cotside_words::en;

/// The cells of a table row, or nothing for a rule line or other text.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let is_rule = cells
        .iter()
        .all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':'));
    (!is_rule).then_some(cells)
}

#[test]
fn the_sentence_of_every_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
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
            let mut entry = Entry::default();
            let mut expected = "";
            for (&column, &cell) in header.iter().zip(&row) {
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
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The tables of `tests/cases`, for the tests that compare them; they include this file by its path.

#![allow(clippy::panic)] // What helps tests may fail as tests do.

use std::path::Path;

use cotside_core::protocols::{PROTOCOLS, Protocol};

/// Calls `run` for every row of every protocol's table, with the file and line and the cells by the names of their columns.
pub fn each_case(mut run: impl FnMut(&'static Protocol, &str, usize, &[(&str, &str)])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    for protocol in PROTOCOLS {
        let path = folder.join(format!("{}.md", protocol.id));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut rows = text
            .lines()
            .zip(1..)
            .filter_map(|(text, line)| Some((line, cells(text)?)));
        let (_, header) = rows.next().unwrap_or_else(|| panic!("{}: no table", path.display()));
        for (line, row) in rows {
            let place = format!("{}:{line}", path.display());
            assert_eq!(row.len(), header.len(), "{place}: number of cells");
            let named: Vec<(&str, &str)> = header.iter().copied().zip(row).collect();
            run(protocol, &place, line, &named);
        }
    }
}

/// The cells of a table row, or nothing for a rule line or other text.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let is_rule = cells
        .iter()
        .all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':'));
    (!is_rule).then_some(cells)
}

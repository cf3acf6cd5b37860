//! The history of the table of published outcomes: in which version each row came, and what was corrected since; and what
//! was searched for.
//!
//! `published/history.csv`, one row for each change: `version` and `date` (YYYY-MM-DD) of the evidence, `kind` of the row
//! (`source`, `study`, `estimate`), its `id`, `change` (`added`, `corrected`, `removed`), `what` (column by column the text
//! before and now; empty for a row that was added), `fingerprint` of the row after the change. A row of the table cannot
//! change without an entry: a test compares fingerprints, and prints the entry that is missing.
//!
//! `published/searches.csv`, one row for each search: `date`, `subject`, `where`, what was `found`, what is `left_open`.

use std::sync::OnceLock;

use super::PublishedError;
use super::published::{File, Row};
use crate::cohort::Sheet;

const HISTORY: &str = include_str!("published/history.csv");
const SEARCHES: &str = include_str!("published/searches.csv");

/// Version of the table of published outcomes: raised whenever a row is added, corrected or removed.
pub const EVIDENCE_VERSION: &str = "2026.11.3";

/// Under which terms the table is released: those of the program.
pub const EVIDENCE_LICENCE: &str = "MIT OR Apache-2.0";

/// What a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A source.
    Source,
    /// A study.
    Study,
    /// An estimate.
    Estimate,
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowChange {
    /// It came.
    Added,
    /// Some of its cells changed.
    Corrected,
    /// It went.
    Removed,
}

/// A change of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Version of the evidence that brought it.
    pub version: &'static str,
    /// Date of that version, YYYY-MM-DD.
    pub date: &'static str,
    /// What the row is.
    pub kind: RowKind,
    /// Its id; of a source its short name.
    pub id: &'static str,
    /// What happened.
    pub change: RowChange,
    /// Column by column the text before and now; empty for a row that was added or removed.
    pub what: &'static str,
    /// Fingerprint of the row after the change.
    pub fingerprint: &'static str,
}

/// A search for evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// Its date, YYYY-MM-DD.
    pub date: &'static str,
    /// What was looked for.
    pub subject: &'static str,
    /// Where.
    pub place: &'static str,
    /// What was found.
    pub found: &'static str,
    /// What could not be found.
    pub left_open: &'static str,
}

impl RowKind {
    /// The code in the file and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Study => "study",
            Self::Estimate => "estimate",
        }
    }
}

impl RowChange {
    /// The code in the file and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Corrected => "corrected",
            Self::Removed => "removed",
        }
    }
}

/// Every change, in the order of the versions. Empty if the file could not be read, which a test excludes.
#[must_use]
pub fn history() -> &'static [HistoryEntry] {
    static SHEET: OnceLock<Sheet> = OnceLock::new();
    static ENTRIES: OnceLock<Vec<HistoryEntry>> = OnceLock::new();
    ENTRIES.get_or_init(|| read(&SHEET).unwrap_or_default())
}

/// Every search, in the order of the file. Empty if the file could not be read, which a test excludes.
#[must_use]
pub fn searches() -> &'static [Search] {
    static SHEET: OnceLock<Sheet> = OnceLock::new();
    static ENTRIES: OnceLock<Vec<Search>> = OnceLock::new();
    ENTRIES.get_or_init(|| read_searches(&SHEET).unwrap_or_default())
}

/// The versions of the evidence with their dates, the first one first.
#[must_use]
pub fn evidence_versions() -> Vec<(&'static str, &'static str)> {
    let mut versions: Vec<(&'static str, &'static str)> = Vec::new();
    for entry in history() {
        if versions.iter().all(|(version, _)| *version != entry.version) {
            versions.push((entry.version, entry.date));
        }
    }
    versions
}

/// The changes after a version; `None` where there is no such version.
#[must_use]
pub fn changes_since(version: &str) -> Option<Vec<&'static HistoryEntry>> {
    let versions = evidence_versions();
    let place = |version: &str| versions.iter().position(|(each, _)| *each == version);
    let known = place(version)?;
    let later = |entry: &&HistoryEntry| place(entry.version).is_some_and(|place| place > known);
    Some(history().iter().filter(later).collect())
}

fn read(place: &'static OnceLock<Sheet>) -> Result<Vec<HistoryEntry>, PublishedError> {
    File::open("history.csv", HISTORY, place)?.rows(entry)
}

fn read_searches(place: &'static OnceLock<Sheet>) -> Result<Vec<Search>, PublishedError> {
    File::open("searches.csv", SEARCHES, place)?.rows(|row| {
        Ok(Search {
            date: row.needed("date")?,
            subject: row.needed("subject")?,
            place: row.needed("where")?,
            found: row.needed("found")?,
            left_open: row.needed("left_open")?,
        })
    })
}

fn entry(row: Row) -> Result<HistoryEntry, PublishedError> {
    Ok(HistoryEntry {
        version: row.needed("version")?,
        date: row.needed("date")?,
        kind: match row.one_of("kind", &["source", "study", "estimate"])? {
            "source" => RowKind::Source,
            "study" => RowKind::Study,
            _ => RowKind::Estimate,
        },
        id: row.needed("id")?,
        change: match row.one_of("change", &["added", "corrected", "removed"])? {
            "added" => RowChange::Added,
            "corrected" => RowChange::Corrected,
            _ => RowChange::Removed,
        },
        what: row.text("what")?,
        fingerprint: row.needed("fingerprint")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::published;
    use crate::evidence::published::TABLES;

    /// FNV-1a of the cells that are not empty, each with its column: an empty column more changes no row.
    fn fingerprint(sheet: &Sheet, row: usize) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for (position, column) in sheet.header().iter().enumerate() {
            let cell = sheet.cell(row, position).trim();
            let text = if cell.is_empty() {
                String::new()
            } else {
                format!("{column}={cell}\u{1f}")
            };
            for byte in text.bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }

    #[test]
    fn both_files_are_read() {
        assert_eq!(history().len(), HISTORY.lines().count() - 1);
        assert_eq!(searches().len(), SEARCHES.lines().count() - 1);
        assert_eq!(
            evidence_versions().last().map(|(version, _)| *version),
            Some(EVIDENCE_VERSION)
        );
    }

    /// Every row has a history, and none changed, came or went without an entry of its present state.
    #[test]
    fn no_row_changes_without_an_entry() {
        let mut missing = Vec::new();
        for (kind, key, text) in TABLES {
            let sheet = Sheet::read(text.as_bytes()).unwrap();
            let key = sheet.column(key).unwrap();
            for row in 0..sheet.rows() {
                let (id, found) = (sheet.cell(row, key).trim(), fingerprint(&sheet, row));
                let last = history()
                    .iter()
                    .rfind(|entry| entry.kind.code() == kind && entry.id == id);
                let known = last.is_some_and(|entry| entry.fingerprint == found && entry.change != RowChange::Removed);
                if !known {
                    missing.push(format!("VERSION,DATE,{kind},{id},CHANGE,WHAT,{found}"));
                }
            }
        }
        assert!(missing.is_empty(), "history.csv lacks:\n{}", missing.join("\n"));
        for entry in history() {
            let there = match entry.kind {
                RowKind::Source => {
                    published()
                        .estimates
                        .iter()
                        .any(|row| row.cite.source.short == entry.id)
                        || published().studies.iter().any(|row| row.source.short == entry.id)
                }
                RowKind::Study => published().study(entry.id).is_some(),
                RowKind::Estimate => published().estimate(entry.id).is_some(),
            };
            let last = history()
                .iter()
                .rfind(|each| each.kind == entry.kind && each.id == entry.id);
            let removed = last.is_some_and(|entry| entry.change == RowChange::Removed);
            assert!(there != removed, "{}", entry.id);
        }
    }

    /// A row comes once, before it is corrected; a correction says what changed.
    #[test]
    fn entries_are_in_order() {
        let versions: Vec<&str> = evidence_versions().iter().map(|(version, _)| *version).collect();
        for (position, entry) in history().iter().enumerate() {
            let before = history()[..position]
                .iter()
                .rfind(|each| each.kind == entry.kind && each.id == entry.id);
            let is_there = before.is_some_and(|each| each.change != RowChange::Removed);
            assert_eq!(
                entry.change == RowChange::Added,
                !is_there,
                "{} {}",
                entry.version,
                entry.id
            );
            assert_eq!(
                entry.change == RowChange::Corrected,
                !entry.what.is_empty(),
                "{}",
                entry.id
            );
        }
        assert!(history().is_sorted_by_key(|entry| versions.iter().position(|each| *each == entry.version)));
    }

    #[test]
    fn changes_after_a_version() {
        assert_eq!(changes_since("2026.11"), None);
        assert_eq!(changes_since(EVIDENCE_VERSION), Some(Vec::new()));
        let first = evidence_versions()[0].0;
        let later = changes_since(first).unwrap();
        assert_eq!(
            later.len(),
            history().iter().filter(|entry| entry.version != first).count()
        );
        assert!(
            later
                .iter()
                .any(|entry| entry.id == "blinatumomab-pilot/4" && entry.change == RowChange::Added)
        );
    }
}

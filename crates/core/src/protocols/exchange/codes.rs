//! Codes of public terminologies for fields, values and answers: `codes.csv`, a row for each.
//!
//! Columns: `field` and `value` (a field of the data dictionary and its code; of answers `risk_assessment`, `level`,
//! `open`), `system`, `code`, `display`, `read` (`read`: in a source that could be read; `recalled`: from memory, not
//! verified), `source` and `date` of what was read, `note`. **Invariant: a recalled code is in no exported resource**; it
//! is in the table alone, marked.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::cohort::Sheet;

/// The table as a file.
pub const CODES_CSV: &str = include_str!("codes.csv");

/// A code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminologyCode {
    /// The field that it is of, or the part of an answer.
    pub field: &'static str,
    /// Its value; empty for the field itself.
    pub value: &'static str,
    /// The code system.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// Its name in the code system.
    pub display: &'static str,
    /// Where it was read; empty where it was recalled and not verified.
    pub source: &'static str,
    /// When it was read.
    pub date: &'static str,
    /// What should be known of it.
    pub note: &'static str,
}

impl TerminologyCode {
    /// True if it was read in a source, so that it may be exported.
    #[must_use]
    pub const fn is_read(&self) -> bool {
        !self.source.is_empty()
    }

    /// As a `Coding` of FHIR; `None` for one that was recalled.
    #[must_use]
    pub fn coding(&self) -> Option<Value> {
        let coding = || json!({ "system": self.system, "code": self.code, "display": self.display });
        self.is_read().then(coding)
    }
}

/// All codes, in the order of the file. Empty if the file could not be read, which a test excludes.
#[must_use]
pub fn terminology() -> &'static [TerminologyCode] {
    static SHEET: OnceLock<Option<Sheet>> = OnceLock::new();
    static CODES: OnceLock<Vec<TerminologyCode>> = OnceLock::new();
    CODES.get_or_init(|| {
        let sheet = SHEET.get_or_init(|| Sheet::read(CODES_CSV.as_bytes()).ok());
        sheet.as_ref().map(rows).unwrap_or_default()
    })
}

fn rows(sheet: &'static Sheet) -> Vec<TerminologyCode> {
    let row = |row: usize| {
        let cell = |name: &str| {
            let column = sheet.header().iter().position(|each| each == name);
            column.map_or("", |column| sheet.cell(row, column))
        };
        TerminologyCode {
            field: cell("field"),
            value: cell("value"),
            system: cell("system"),
            code: cell("code"),
            display: cell("display"),
            source: if cell("read") == "read" { cell("source") } else { "" },
            date: cell("date"),
            note: cell("note"),
        }
    };
    (0..sheet.rows()).map(row).collect()
}

/// The code of a value of a field.
#[must_use]
pub fn code_for(field: &str, value: &str) -> Option<&'static TerminologyCode> {
    terminology()
        .iter()
        .find(|code| code.field == field && code.value == value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infant::{Field, Kind};

    #[test]
    fn every_code_is_of_a_field_and_says_where_it_was_read() {
        assert_eq!(terminology().len(), CODES_CSV.lines().count() - 1);
        for (place, code) in terminology().iter().enumerate() {
            let field = Field::ALL.iter().find(|field| field.column() == code.field);
            let fits = match field.map(|field| field.kind()) {
                Some(Kind::Code(codes)) => code.value.is_empty() || codes.contains(&code.value),
                Some(_) => code.value.is_empty(),
                None => ["risk_assessment", "level", "open"].contains(&code.field),
            };
            assert!(fits, "{code:?}");
            assert!(
                !code.system.is_empty() && !code.code.is_empty() && !code.display.is_empty(),
                "{code:?}"
            );
            assert_eq!(code.is_read(), code.date.len() == 10, "{code:?}");
            assert_eq!(code.coding().is_some(), code.is_read());
            let same = terminology()
                .iter()
                .position(|each| (each.field, each.value) == (code.field, code.value));
            assert_eq!(same, Some(place), "{code:?} twice");
        }
        assert!(code_for("kmt2a_partner", "AFF1").is_some_and(|code| code.coding().is_none()));
    }
}

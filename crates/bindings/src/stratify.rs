//! What each protocol calls a patient.

use std::collections::BTreeMap;

use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{EVIDENCE_DATE, PROTOCOLS, RULES_VERSION};
use cotside_words::wire;

use crate::columns::{Cell, Refused};

/// A patient by column of the data dictionary; what is not known is missing.
pub type Record = BTreeMap<String, Option<Cell>>;

/// Returns the answers of every protocol for each patient, in the order of the patients. Invalid and contradictory values
/// are reported in `notices` and not used.
///
/// # Errors
/// [`Refused`] where a column is not in the data dictionary.
pub fn stratify(patients: &[Record]) -> Result<Vec<wire::PatientAnswer<'static>>, Refused> {
    let answer = |(row, cells): (usize, &Record)| {
        let mut entry = Entry::default();
        for (column, cell) in cells {
            let field = Field::from_column(column)
                .ok_or_else(|| Refused::new(format!("“{column}” is not a column of the data dictionary")))?;
            let known = cell.as_ref().filter(|cell| !cell.is_missing());
            entry.set(field, &known.map(Cell::text).unwrap_or_default());
        }
        let reading = read(&entry);
        let row = (patients.len() > 1).then_some(row + 1);
        Ok(wire::patient(&reading.infant, row, &reading.issues, PROTOCOLS))
    };
    patients.iter().enumerate().map(answer).collect()
}

/// Returns every rule, boundary and citation.
#[must_use]
pub fn protocols() -> Vec<wire::ProtocolWire<'static>> {
    PROTOCOLS.iter().map(|protocol| wire::protocol(protocol)).collect()
}

/// Returns the version of the program, of the rules, and the date on which the evidence was last read.
#[must_use]
pub fn version() -> String {
    format!(
        "{} · rules {RULES_VERSION} · evidence {EVIDENCE_DATE}",
        env!("CARGO_PKG_VERSION")
    )
}

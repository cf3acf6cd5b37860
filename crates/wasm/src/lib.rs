//! Cotside for JavaScript: the same answers as the page and the command line, as plain values.
//!
//! The door is thin: values in, one call of the core, values out. Types for TypeScript stand below.

use std::collections::BTreeMap;

use cotside_core::cohort::read_table;
use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{EVIDENCE_DATE, PROTOCOLS, RULES_VERSION};
use cotside_words::{en, wire};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A patient by column.
    #[wasm_bindgen(typescript_type = "Patient")]
    pub type Patient;
    /// The answers for one patient.
    #[wasm_bindgen(typescript_type = "PatientAnswer")]
    pub type PatientAnswer;
    /// The answers for a file.
    #[wasm_bindgen(typescript_type = "FileAnswer")]
    pub type FileAnswer;
    /// Every rule.
    #[wasm_bindgen(typescript_type = "Protocol[]")]
    pub type Protocols;
}

/// A value of a patient's column.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Truth(bool),
    Number(f64),
    Text(String),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Truth(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The answers for the rows of a file that could be read, and those that could not.
#[derive(Serialize)]
struct File {
    patients: Vec<wire::PatientAnswer<'static>>,
    /// Rows that are invalid or contradict themselves.
    refused: Vec<Refused>,
    ignored_columns: Vec<String>,
}

#[derive(Serialize)]
struct Refused {
    row: usize,
    line: u64,
    issues: Vec<wire::IssueWire>,
}

/// What every protocol calls a patient, given as an object by column of the data dictionary.
///
/// # Errors
/// Throws where a column is unknown. Invalid and contradictory values are reported in `notices` and not used.
#[wasm_bindgen]
pub fn stratify(patient: &Patient) -> Result<PatientAnswer, JsError> {
    let cells: BTreeMap<String, Option<Cell>> =
        serde_wasm_bindgen::from_value(AsRef::<JsValue>::as_ref(patient).clone())?;
    let mut entry = Entry::default();
    for (column, cell) in &cells {
        let field = Field::from_column(column)
            .ok_or_else(|| JsError::new(&format!("“{column}” is not a column of the data dictionary")))?;
        entry.set(field, &cell.as_ref().map(Cell::text).unwrap_or_default());
    }
    let reading = read(&entry);
    Ok(value(&wire::patient(&reading.infant, None, &reading.issues, PROTOCOLS))?.unchecked_into())
}

/// What every protocol calls each patient of a CSV file.
///
/// # Errors
/// Throws where the file as a whole cannot be read.
#[wasm_bindgen(js_name = stratifyCsv)]
pub fn stratify_csv(bytes: &[u8]) -> Result<FileAnswer, JsError> {
    let table = read_table(bytes).map_err(|error| JsError::new(&en::table_error(&error)))?;
    let mut file = File {
        patients: Vec::new(),
        refused: Vec::new(),
        ignored_columns: table.ignored_columns,
    };
    for patient in &table.patients {
        let reading = &patient.reading;
        if reading.is_sound() {
            file.patients.push(wire::patient(
                &reading.infant,
                Some(patient.row),
                &reading.issues,
                PROTOCOLS,
            ));
        } else {
            let issues = reading.issues.iter().map(wire::issue).collect();
            file.refused.push(Refused {
                row: patient.row,
                line: patient.line,
                issues,
            });
        }
    }
    Ok(value(&file)?.unchecked_into())
}

/// Every rule, boundary and citation.
///
/// # Errors
/// Throws where the engine cannot make the value.
#[wasm_bindgen]
pub fn protocols() -> Result<Protocols, JsError> {
    let all: Vec<wire::ProtocolWire> = PROTOCOLS.iter().map(|protocol| wire::protocol(protocol)).collect();
    Ok(value(&all)?.unchecked_into())
}

/// Version of the program, of the rules, and the date on which the evidence was last read.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    format!(
        "{} · rules {RULES_VERSION} · evidence {EVIDENCE_DATE}",
        env!("CARGO_PKG_VERSION")
    )
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

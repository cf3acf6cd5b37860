//! Cotside for JavaScript: the same answers as the page and the command line, as plain values.
//!
//! The door is thin: values in, one call of the core, values out. Types for TypeScript stand below.

use cotside_bindings::{Record, Refused as NotAnswered};
use cotside_core::cohort::read_table;
use cotside_core::protocols::PROTOCOLS;
use cotside_words::{en, wire};
use serde::Serialize;
use serde::de::DeserializeOwned;
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
    /// What is asked of curves.
    #[wasm_bindgen(typescript_type = "KmRequest")]
    pub type KmRequest;
    /// Curves.
    #[wasm_bindgen(typescript_type = "KmAnswer")]
    pub type KmAnswer;
    /// What is asked of a rank test.
    #[wasm_bindgen(typescript_type = "LogRankRequest")]
    pub type LogRankRequest;
    /// A rank test.
    #[wasm_bindgen(typescript_type = "LogRankAnswer")]
    pub type LogRankAnswer;
    /// What is asked of a model.
    #[wasm_bindgen(typescript_type = "CoxRequest")]
    pub type CoxRequest;
    /// A model.
    #[wasm_bindgen(typescript_type = "CoxAnswer")]
    pub type CoxAnswer;
    /// What is asked of competing causes.
    #[wasm_bindgen(typescript_type = "CifRequest")]
    pub type CifRequest;
    /// Incidences of causes.
    #[wasm_bindgen(typescript_type = "CifAnswer")]
    pub type CifAnswer;
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
    let record: Record = request(patient)?;
    let mut answers = cotside_bindings::stratify(&[record]).map_err(thrown)?;
    let answer = answers.pop().ok_or_else(|| JsError::new("there is no answer"))?;
    Ok(value(&answer)?.unchecked_into())
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
    Ok(value(&cotside_bindings::protocols())?.unchecked_into())
}

/// Version of the program, of the rules, and the date on which the evidence was last read.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    cotside_bindings::version()
}

/// Kaplan–Meier curves, one for each group, with R's intervals.
///
/// # Errors
/// Throws where a column cannot be used; the message names column and position.
#[wasm_bindgen]
pub fn km(request: &KmRequest) -> Result<KmAnswer, JsError> {
    Ok(value(&cotside_bindings::km(&self::request(request)?).map_err(thrown)?)?.unchecked_into())
}

/// The log-rank test and its weighted relatives.
///
/// # Errors
/// Throws where a column cannot be used; the message names column and position.
#[wasm_bindgen]
pub fn logrank(request: &LogRankRequest) -> Result<LogRankAnswer, JsError> {
    Ok(value(&cotside_bindings::log_rank(&self::request(request)?).map_err(thrown)?)?.unchecked_into())
}

/// Cox's regression.
///
/// # Errors
/// Throws where a column cannot be used; the message names column and position.
#[wasm_bindgen]
pub fn cox(request: &CoxRequest) -> Result<CoxAnswer, JsError> {
    Ok(value(&cotside_bindings::cox(&self::request(request)?).map_err(thrown)?)?.unchecked_into())
}

/// Cumulative incidence of competing causes, with Gray's test.
///
/// # Errors
/// Throws where a column cannot be used; the message names column and position.
#[wasm_bindgen]
pub fn cif(request: &CifRequest) -> Result<CifAnswer, JsError> {
    Ok(value(&cotside_bindings::cif(&self::request(request)?).map_err(thrown)?)?.unchecked_into())
}

/// The values of a request.
fn request<T: DeserializeOwned>(from: &impl AsRef<JsValue>) -> Result<T, JsError> {
    Ok(serde_wasm_bindgen::from_value(from.as_ref().clone())?)
}

/// Why there is no answer, as an error to throw.
fn thrown(why: NotAnswered) -> JsError {
    JsError::new(&why.to_string())
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

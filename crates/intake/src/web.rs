//! The intake for the worker's script.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A file of patients: bytes in, columns confirmed, a study out.
#[wasm_bindgen]
#[derive(Default)]
pub struct Intake(crate::Intake);

#[wasm_bindgen]
impl Intake {
    /// Without a file.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file of patients: `{ parts, changed, refused }`, HTML by part, whether patients may have changed, text or
    /// null. `source` is empty, the code of a sample, or how the rows came out of a workbook.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open(&mut self, name: &str, source: &str, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.open(name, source, bytes))
    }

    /// Takes a setting of a column; null where it is none.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn set(&mut self, name: &str, setting: &str) -> Result<JsValue, JsError> {
        value(&self.0.set(name, setting))
    }

    /// A file for the reader to keep (`problems.csv`): `{ name, media_type, text }` or null.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn export(&self, what: &str) -> Result<JsValue, JsError> {
        value(&self.0.export(what))
    }

    /// The patients as bytes for the workbench; empty without a file.
    #[must_use]
    pub fn study(&self) -> Vec<u8> {
        self.0.study().map(|study| study.to_bytes()).unwrap_or_default()
    }
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

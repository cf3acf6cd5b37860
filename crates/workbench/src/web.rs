//! The workbench for the worker's script.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A cohort: a file in, settings, results as HTML and figures.
#[wasm_bindgen]
#[derive(Default)]
pub struct Workbench(crate::Workbench);

#[wasm_bindgen]
impl Workbench {
    /// Without a file.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file of patients: `{ parts, refused }`, HTML by part, text or null.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.open(name, bytes))
    }

    /// Takes a setting by the name of its control.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn set(&mut self, name: &str, setting: &str) -> Result<JsValue, JsError> {
        value(&self.0.set(name, setting))
    }

    /// A figure (`curves.svg`) or its numbers (`curves.csv`): `{ name, media_type, text }` or null.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn export(&self, what: &str) -> Result<JsValue, JsError> {
        value(&self.0.export(what))
    }
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

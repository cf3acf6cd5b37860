//! Workbooks for the worker's script.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A workbook, of which one sheet at a time is read.
#[wasm_bindgen]
#[derive(Default)]
pub struct Workbook(crate::Workbook);

#[wasm_bindgen]
impl Workbook {
    /// Without a file.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks into a workbook: a `WorkbookOpened` of `crates/messages`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open(&mut self, name: &str, bytes: Vec<u8>) -> Result<JsValue, JsError> {
        value(&self.0.open(name, bytes))
    }

    /// The rows of a sheet: a `SheetRows` of `crates/messages`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn rows(&self, sheet: usize) -> Result<JsValue, JsError> {
        value(&self.0.rows(sheet))
    }
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

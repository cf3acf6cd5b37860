//! Protocols of the reader's own for the worker's script.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A protocol of the reader's own, written or shown beside the others.
#[wasm_bindgen]
#[derive(Default)]
pub struct Own(crate::Own);

#[wasm_bindgen]
impl Own {
    /// With nothing in it.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What the page shows first: `{ parts, refused }`, HTML by part, text or null.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn start(&self) -> Result<JsValue, JsError> {
        value(&self.0.start())
    }

    /// Takes a setting by the name of its control.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn set(&mut self, name: &str, setting: &str) -> Result<JsValue, JsError> {
        value(&self.0.set(name, setting))
    }

    /// Opens a file of a protocol.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.open(name, bytes))
    }

    /// The definition as a file: `{ name, media_type, text }`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn file(&self) -> Result<JsValue, JsError> {
        value(&self.0.file())
    }
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

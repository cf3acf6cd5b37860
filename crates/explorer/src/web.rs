//! The explorer for the worker's script.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::Traced;

/// The page of published evidence.
#[wasm_bindgen]
#[derive(Default)]
pub struct Explorer(crate::Explorer);

#[wasm_bindgen]
impl Explorer {
    /// At its beginning.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a setting by the name of its control: `{ parts, values, view, refused }`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn set(&mut self, name: &str, setting: &str) -> Result<JsValue, JsError> {
        value(&self.0.set(name, setting))
    }

    /// Reads a file of points of a curve.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.open(name, bytes))
    }

    /// Follows the curve at a place of a picture (four bytes a pixel) with marked axes.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn trace(
        &mut self,
        width: usize,
        height: usize,
        pixels: &[u8],
        marks: &str,
        x: f64,
        y: f64,
    ) -> Result<JsValue, JsError> {
        value(&self.0.trace(&Traced {
            width,
            height,
            pixels,
            marks,
            place: (x, y),
        }))
    }

    /// A file: `{ name, media_type, text }` or null.
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

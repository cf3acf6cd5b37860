//! The workbench for the worker's script.

use cotside_core::cohort::{ProtocolGroups, Study};
use cotside_core::evidence::OverCurve;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A cohort: a study in, settings, results as HTML and figures.
#[wasm_bindgen]
#[derive(Default)]
pub struct Workbench(crate::Workbench);

#[wasm_bindgen]
impl Workbench {
    /// Without a study.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the patients from the intake: `{ parts, more, refused }`, HTML by part, whether parts are waiting, text or
    /// null.
    ///
    /// # Errors
    /// Throws where the bytes are no study, or the engine cannot make the value.
    pub fn take(&mut self, study: &[u8]) -> Result<JsValue, JsError> {
        let study = Study::from_bytes(study).ok_or_else(|| JsError::new("the patients could not be handed over"))?;
        value(&self.0.take(study))
    }

    /// Takes the published estimates from the intake.
    pub fn publish(&mut self, published: &[u8]) {
        self.0.publish(OverCurve::from_bytes(published));
    }

    /// Whether what protocols make of the patients is needed next and is not there.
    #[must_use]
    pub fn wants_protocols(&self) -> bool {
        self.0.wants_protocols()
    }

    /// Whether a file of this name needs what protocols make of the patients, and it is not there.
    #[must_use]
    pub fn wants_protocols_for(&self, what: &str) -> bool {
        self.0.wants_protocols_for(what)
    }

    /// Takes what protocols make of the patients, from the intake.
    ///
    /// # Errors
    /// Throws where the bytes are something else, or the engine cannot make the value.
    pub fn take_protocols(&mut self, groups: &[u8]) -> Result<JsValue, JsError> {
        let groups =
            ProtocolGroups::from_bytes(groups).ok_or_else(|| JsError::new("the groups could not be handed over"))?;
        value(&self.0.take_protocols(groups))
    }

    /// Takes a setting by the name of its control.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn set(&mut self, name: &str, setting: &str) -> Result<JsValue, JsError> {
        value(&self.0.set(name, setting))
    }

    /// Makes the next of the parts that are waiting.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn next_part(&mut self) -> Result<JsValue, JsError> {
        value(&self.0.next_part())
    }

    /// A file by its name: `{ name, media_type, text }` or null; `beside` is what the intake gives for it.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn export(&mut self, what: &str, beside: &str) -> Result<JsValue, JsError> {
        value(&self.0.export(what, beside))
    }

    /// The settings that were made, for a project file: `{ version, settings: [[name, value], …] }`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn project(&self) -> Result<JsValue, JsError> {
        value(&self.0.project())
    }

    /// Makes settings again: name and value of each, one after the other.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn load(&mut self, settings: Vec<String>) -> Result<JsValue, JsError> {
        let mut texts = settings.into_iter();
        let mut pairs = Vec::new();
        while let (Some(name), Some(setting)) = (texts.next(), texts.next()) {
            pairs.push((name, setting));
        }
        value(&self.0.load(&pairs))
    }
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

//! The workbench for the worker's script: what every module does, then what the first does, and what the others do.

use cotside_core::cohort::{ProtocolGroups, Study};
#[cfg(feature = "curves")]
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

    /// Makes a part of the results, or does a part of the work for it and gives nothing yet; `others` are the pieces of the
    /// other modules for it.
    pub fn make(&mut self, part: &str, others: Vec<String>) -> Option<String> {
        self.0.make(part, &others)
    }

    /// What this module says in a part or a file to which all modules contribute.
    pub fn pieces(&mut self, what: &str) -> Vec<String> {
        self.0.pieces(what)
    }

    /// A file of this module alone: `{ name, media_type, text }` or null.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn own_file(&mut self, what: &str) -> Result<JsValue, JsError> {
        value(&self.0.own_file(what))
    }
}

/// The first module.
#[cfg(feature = "curves")]
#[wasm_bindgen]
impl Workbench {
    /// Takes the patients from the intake: `{ parts, more, waiting, refused }`, HTML by part, whether parts are waiting and
    /// which, text or null.
    ///
    /// # Errors
    /// Throws where the bytes are no study, or the engine cannot make the value.
    pub fn take(&mut self, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.take(study(bytes)?))
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
    pub fn take_protocols(&mut self, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.take_protocols(groups(bytes)?))
    }

    /// Takes a setting by the name of its control.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn set(&mut self, name: &str, setting: &str) -> Result<JsValue, JsError> {
        value(&self.0.set(name, setting))
    }

    /// All settings as they are, for another module: name and value of each, one after the other.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.0
            .asked()
            .into_iter()
            .flat_map(|(name, value)| [name, value])
            .collect()
    }

    /// The part that is made next and the module that makes it; nothing where none is waiting.
    #[must_use]
    pub fn next(&self) -> Vec<String> {
        self.0.next().into_iter().flatten().map(str::to_owned).collect()
    }

    /// What is to come after a part that was made: the answer is that of `take`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn done(&mut self, part: &str) -> Result<JsValue, JsError> {
        value(&self.0.done(part))
    }

    /// A file to which all modules contribute: `{ name, media_type, text }` or null; `beside` is what the intake gives for
    /// it, `others` are the pieces of the other modules.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn file(&mut self, what: &str, beside: &str, others: Vec<String>) -> Result<JsValue, JsError> {
        value(&self.0.file(what, beside, &others))
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
        let pairs: Vec<_> = pairs(settings).collect();
        value(&self.0.load(&pairs))
    }
}

/// The others.
#[cfg(not(feature = "curves"))]
#[wasm_bindgen]
impl Workbench {
    /// Takes the patients that the first module has.
    ///
    /// # Errors
    /// Throws where the bytes are no study.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        self.0.receive(study(bytes)?);
        Ok(())
    }

    /// Takes what protocols make of them.
    ///
    /// # Errors
    /// Throws where the bytes are something else.
    pub fn receive_protocols(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        self.0.receive_protocols(groups(bytes)?);
        Ok(())
    }

    /// Takes the settings of the first module: name and value of each, one after the other.
    pub fn adopt(&mut self, asked: Vec<String>) {
        self.0.adopt(pairs(asked));
    }
}

fn study(bytes: &[u8]) -> Result<Study, JsError> {
    Study::from_bytes(bytes).ok_or_else(|| JsError::new("the patients could not be handed over"))
}

fn groups(bytes: &[u8]) -> Result<Vec<ProtocolGroups>, JsError> {
    ProtocolGroups::from_bytes(bytes).ok_or_else(|| JsError::new("the groups could not be handed over"))
}

/// Texts two by two.
fn pairs(texts: Vec<String>) -> impl Iterator<Item = (String, String)> {
    let mut texts = texts.into_iter();
    std::iter::from_fn(move || texts.next().zip(texts.next()))
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

//! The intake for the worker's script.

use cotside_core::cohort::ProtocolGroups;
use cotside_core::evidence::OverCurve;
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

    /// Says which day it is (2026-11-29), so that days in the future are asked about.
    pub fn set_today(&mut self, today: &str) {
        self.0.set_today(today);
    }

    /// Reads a file of patients: `{ parts, changed, refused }`, HTML by part, whether patients may have changed, text or
    /// null. `source` is the code of a sample, or empty.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open(&mut self, name: &str, source: &str, bytes: &[u8]) -> Result<JsValue, JsError> {
        value(&self.0.open(name, source, bytes))
    }

    /// Takes rows out of a workbook, separated by commas, with how they came out of it; the answer is that of `open`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn open_rows(&mut self, name: &str, report: &str, text: &str) -> Result<JsValue, JsError> {
        value(&self.0.open_rows(name, report, text))
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

    /// The published estimates as bytes for the statistics, which does not have their table.
    #[must_use]
    pub fn published(&self) -> Vec<u8> {
        OverCurve::to_bytes(&OverCurve::all())
    }

    /// What each protocol makes of the patients, as bytes for the statistics.
    #[must_use]
    pub fn protocols(&self) -> Vec<u8> {
        ProtocolGroups::to_bytes(&self.0.protocols())
    }

    /// Whether there is a file.
    #[must_use]
    pub fn has_file(&self) -> bool {
        self.0.has_file()
    }

    /// What is said of the columns, for a project file: `[[header, what, how], …]`.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn project(&self) -> Result<JsValue, JsError> {
        value(&self.0.project())
    }

    /// Says it again: header, what and how of each line, one after the other.
    ///
    /// # Errors
    /// Throws where the engine cannot make the value.
    pub fn load(&mut self, lines: Vec<String>) -> Result<JsValue, JsError> {
        let mut texts = lines.into_iter();
        let mut triples = Vec::new();
        while let (Some(header), Some(what), Some(how)) = (texts.next(), texts.next(), texts.next()) {
            triples.push([header, what, how]);
        }
        value(&self.0.load(&triples))
    }

    /// The first part of the script in R; empty without a file.
    #[must_use]
    pub fn script(&self) -> String {
        self.0.script().unwrap_or_default()
    }

    /// What a report of this day says of the file; empty without one.
    #[must_use]
    pub fn report(&self, date: &str) -> String {
        self.0.report(date).unwrap_or_default()
    }

    /// The patients as bytes for the statistics; empty without a file.
    #[must_use]
    pub fn study(&self) -> Vec<u8> {
        self.0.study().map(|study| study.to_bytes()).unwrap_or_default()
    }
}

/// The version of project files; one of a later version is refused.
#[wasm_bindgen]
#[must_use]
pub fn settings_version() -> u32 {
    crate::SETTINGS_VERSION
}

/// A plain JavaScript value, with `null` for what does not exist.
fn value(answer: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

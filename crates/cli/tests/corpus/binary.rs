//! Files of statistics programs, with the truth that the script that made them wrote beside them.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::reading::Truth;

/// A file of `tests/import`.
pub struct BinaryFile {
    pub name: String,
    pub layout: String,
    pub language: String,
    pub coding: String,
    pub format: String,
    /// Whether the file says which of its codes is which.
    pub says: bool,
    pub bytes: Vec<u8>,
    pub truth: Vec<Truth>,
}

/// A file as `files.json` lists it.
#[derive(Deserialize)]
struct Listed {
    file: String,
    layout: String,
    language: String,
    coding: String,
    format: String,
    says: bool,
    /// Codes of the findings that it holds.
    findings: Vec<String>,
    /// Patients without a white cell count.
    unknown: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/import")
}

fn json<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

/// All that `files.json` lists.
pub fn all() -> Vec<BinaryFile> {
    let truth: Vec<Truth> = json("truth.json");
    let listed: Vec<Listed> = json("files.json");
    listed.into_iter().map(|listed| file(listed, &truth)).collect()
}

fn file(listed: Listed, truth: &[Truth]) -> BinaryFile {
    let held = |patient: &Truth| {
        let mut held = patient.clone();
        let is_known = |code: &str| code != "wbc" || !listed.unknown.contains(&patient.id);
        held.findings
            .retain(|code, _| listed.findings.contains(code) && is_known(code));
        held
    };
    BinaryFile {
        bytes: std::fs::read(folder().join(&listed.file)).unwrap(),
        truth: truth.iter().map(held).collect(),
        name: listed.file,
        layout: listed.layout,
        language: listed.language,
        coding: listed.coding,
        format: listed.format,
        says: listed.says,
    }
}

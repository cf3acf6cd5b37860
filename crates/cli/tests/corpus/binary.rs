//! Files of statistics programs, with the truth that the script that made them wrote beside them.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::reading::Truth;

/// A file of `tests/import`.
pub struct BinaryFile {
    pub name: String,
    pub layout: String,
    pub language: String,
    pub coding: String,
    pub format: String,
    pub says: bool,
    pub bytes: Vec<u8>,
    pub truth: Vec<Truth>,
}

/// A line of `files.json`.
#[derive(Deserialize)]
struct Listed {
    file: String,
    layout: String,
    language: String,
    coding: String,
    format: String,
    says: bool,
    truth: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/import")
}

/// All that `files.json` lists.
pub fn all() -> Vec<BinaryFile> {
    let text = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap();
    let listed: Vec<Listed> = serde_json::from_str(&text("files.json")).unwrap();
    listed
        .into_iter()
        .map(|listed| BinaryFile {
            bytes: std::fs::read(folder().join(&listed.file)).unwrap(),
            truth: serde_json::from_str(&text(&listed.truth)).unwrap(),
            name: listed.file,
            layout: listed.layout,
            language: listed.language,
            coding: listed.coding,
            format: listed.format,
            says: listed.says,
        })
        .collect()
}

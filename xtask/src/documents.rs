//! The pages that are read (`crates/documents`), in one language.

use crate::build::Build;
use crate::failure::{Explain, Failure, Outcome};
use crate::shell;
use cotside_documents::Document;
use cotside_words::languages::Language;
use std::path::Path;

/// The file of all pages, from which the program shows them.
const FILE: &str = "documents.json";

/// The pages of a build in a language, as JSON.
pub struct Documents {
    json: String,
    pub all: Vec<Document>,
}

impl Documents {
    /// Makes the pages. Only the words and what depends on them are compiled again for a language.
    pub fn make(build: &Build, language: Language) -> Outcome<Self> {
        let mut cargo = shell::cargo();
        cargo.args(["run", "--quiet", "--package", "cotside-documents"]);
        if language.code != "en" {
            cargo.args(["--features", &format!("lang-{}", language.code)]);
        }
        let base = format!("{}{}", build.public_url, language.folder);
        cargo.args(["--", &base, &build.public_url]);
        let made = shell::output(&mut cargo).ok_or_else(|| {
            Failure::new(
                format!("The pages of protocols could not be made ({}).", language.code),
                "run `cargo test -p cotside-documents` and mend what it names",
            )
        })?;
        let all = serde_json::from_str(&made).explain("read what cotside-documents printed")?;
        Ok(Self { json: made, all })
    }

    /// Writes the file of all pages.
    pub fn write(&self, js: &Path) -> Outcome<()> {
        shell::write(&js.join(FILE), &self.json)
    }
}

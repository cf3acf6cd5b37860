//! A file of patients on the page: bytes go in, a person confirms what the columns mean, a [`Study`] comes out.
//!
//! It lives in the page's worker and has no browser in it. **Invariant: nothing here sends or stores anything.**

mod columns;
mod problems;
mod script;
#[cfg(target_family = "wasm")]
mod web;

use std::collections::BTreeMap;

use cotside_core::cohort::{Cohort, Import, Mapping, Profile, Question, Sheet, Study};
use cotside_words::en;
use cotside_words::html::{Html, span};
use serde::Serialize;

/// A file of patients and how its columns are read.
#[derive(Default)]
pub struct Intake {
    file: Option<Loaded>,
}

/// A file that could be read.
struct Loaded {
    name: String,
    import: Import,
    profiles: Vec<Profile>,
    mapping: Mapping,
    questions: Vec<Question>,
    /// What the mapping makes of the file.
    cohort: Cohort,
    /// Whether somebody is looking at the columns.
    confirming: bool,
}

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// HTML by part: `file` (how it was read, its columns, what could not be used).
    pub parts: BTreeMap<&'static str, String>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
}

impl Intake {
    /// Reads a file and guesses what its columns are.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        let import = match Sheet::read_lenient(bytes) {
            Ok(import) => import,
            Err(error) => {
                return Reply {
                    refused: Some(format!("{name}: {}.", en::table_error(&error))),
                    ..Reply::default()
                };
            }
        };
        let profiles = import.profiles();
        let (mapping, questions) = Mapping::guess(import.sheet.header(), &profiles);
        let cohort = mapping.read(&import);
        self.file = Some(Loaded {
            name: name.to_owned(),
            import,
            profiles,
            mapping,
            questions,
            cohort,
            confirming: false,
        });
        self.reply()
    }

    /// Takes a setting of a column by the name of its control; `None` where it is none of a column.
    pub fn set(&mut self, name: &str, value: &str) -> Option<Reply> {
        let file = self.file.as_mut()?;
        if !columns::set(file, name, value) {
            return None;
        }
        file.cohort = file.mapping.read(&file.import);
        Some(self.reply())
    }

    /// The patients as columns, for the statistics.
    #[must_use]
    pub fn study(&self) -> Option<Study> {
        let file = self.file.as_ref()?;
        Some(Study::of(
            &file.name,
            &file.import,
            &file.profiles,
            &file.mapping,
            &file.cohort,
        ))
    }

    /// The first part of a script in R that reproduces the run: it reads the same file in the same way.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        let study = self.study()?;
        self.file.as_ref().map(|file| script::script(file, &study))
    }

    fn reply(&self) -> Reply {
        let Some(file) = &self.file else {
            return Reply::default();
        };
        let report = en::import_report(&file.import).join(" ");
        let html = Html::all([
            span(
                "p",
                "tally",
                &format!("{}: {} rows.", file.name, file.import.sheet.rows()),
            ),
            span("p", "quiet", &report),
            columns::html(file),
            problems::html(file),
        ]);
        Reply {
            parts: BTreeMap::from([("file", html.into_string())]),
            refused: None,
        }
    }
}

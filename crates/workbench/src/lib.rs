//! A cohort on the page: a file goes in, a person confirms what its columns mean and chooses what is compared, and
//! results come out as HTML and figures.
//!
//! It lives in the page's worker, so that the page never waits for it. It has no browser in it: bytes and settings in,
//! text out. **Invariant: nothing here sends or stores anything, and every number comes from `core`.**

mod analysis;
mod curves;
mod hazards;
mod incidence;
mod included;
mod protocols;
mod settings;
mod setup;
mod transplant;
#[cfg(target_family = "wasm")]
mod web;

use std::collections::BTreeMap;

use cotside_core::cohort::{Import, Mapping, Profile, Question, Sheet};
use cotside_words::en;
use cotside_words::html::{Html, span};
use serde::Serialize;

use analysis::Analysis;
use settings::Settings;

/// A file of patients, how its columns are read, and what is asked of it.
#[derive(Default)]
pub struct Workbench {
    file: Option<Loaded>,
    settings: Settings,
}

/// A file that could be read.
struct Loaded {
    name: String,
    import: Import,
    profiles: Vec<Profile>,
    mapping: Mapping,
    questions: Vec<Question>,
    /// Whether somebody is looking at the columns.
    confirming: bool,
}

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// HTML by part: `setup` (columns and settings), `results`.
    pub parts: BTreeMap<&'static str, String>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
}

/// A file for the reader to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its text.
    pub text: String,
}

impl Workbench {
    /// Reads a file. Settings start anew.
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
        let file = Loaded {
            name: name.to_owned(),
            import,
            profiles,
            mapping,
            questions,
            confirming: false,
        };
        self.settings = Settings::default();
        self.file = Some(file);
        self.reply(true)
    }

    /// Takes a setting by the name of its control.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        let Some(file) = &mut self.file else {
            return Reply::default();
        };
        let mapped = setup::set_role(file, name, value);
        if !mapped {
            self.settings.set(name, value);
        }
        self.reply(mapped)
    }

    fn reply(&self, with_setup: bool) -> Reply {
        let Some(file) = &self.file else {
            return Reply::default();
        };
        let analysis = Analysis::new(file, &self.settings);
        let mut parts = BTreeMap::from([("results", results(&analysis).into_string())]);
        if with_setup {
            parts.insert("setup", setup::html(file, &self.settings).into_string());
        }
        Reply { parts, refused: None }
    }

    /// A figure as SVG (`curves.svg`, `incidence.svg`, `transplant.svg`) or the numbers behind it (`curves.csv` …).
    #[must_use]
    pub fn export(&self, what: &str) -> Option<Export> {
        let file = self.file.as_ref()?;
        let analysis = Analysis::new(file, &self.settings);
        let (figure, kind) = what.split_once('.')?;
        let drawn = match figure {
            "curves" => curves::figure(&analysis)?.into(),
            "incidence" => incidence::figure(&analysis)?.into(),
            "transplant" => transplant::figure(&analysis)?.into(),
            _ => return None,
        };
        let text = analysis::exported(&drawn, kind)?;
        Some(Export {
            name: format!("cotside-{what}"),
            media_type: if kind == "svg" { "image/svg+xml" } else { "text/csv" },
            text,
        })
    }
}

fn results(analysis: &Analysis<'_>) -> Html {
    if analysis.followed.time.is_empty() {
        return Html::all([
            included::html(analysis),
            span(
                "p",
                "remark invalid",
                "No row can be used for this endpoint: say above what the columns are.",
            ),
        ]);
    }
    Html::all([
        included::html(analysis),
        curves::html(analysis),
        hazards::html(analysis),
        incidence::html(analysis),
        transplant::html(analysis),
        protocols::html(analysis),
    ])
}

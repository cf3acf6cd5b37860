//! A cohort on the page: a [`Study`] and settings go in, results come out as HTML and figures.
//!
//! It lives in the page's worker, so that the page never waits for it. It has no browser in it, and neither files nor
//! protocols: `crates/intake` has applied both. **Invariant: nothing here sends or stores anything, and every number comes
//! from `core`.**

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

use cotside_core::cohort::Study;
use cotside_words::html::{Html, span};
use serde::Serialize;

use analysis::Analysis;
use settings::Settings;

/// A study and what is asked of it.
#[derive(Default)]
pub struct Workbench {
    study: Option<Study>,
    settings: Settings,
}

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// HTML by part: `settings` (the controls), `results`.
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
    /// Takes patients: another file, or the same whose columns are read in another way. Settings stay where they still fit.
    pub fn take(&mut self, study: Study) -> Reply {
        if study.variable(&self.settings.group).is_none() && !self.settings.group.starts_with("protocol:") {
            self.settings.group.clear();
        }
        self.study = Some(study);
        self.reply(true)
    }

    /// Takes a setting by the name of its control.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        self.settings.set(name, value);
        self.reply(false)
    }

    fn reply(&self, with_settings: bool) -> Reply {
        let Some(study) = &self.study else {
            return Reply::default();
        };
        let analysis = Analysis::new(study, &self.settings);
        let mut parts = BTreeMap::from([("results", results(&analysis).into_string())]);
        if with_settings {
            parts.insert("settings", setup::html(study, &self.settings).into_string());
        }
        Reply { parts, refused: None }
    }

    /// A figure as SVG (`curves.svg`, `incidence.svg`, `transplant.svg`) or the numbers behind it (`curves.csv` …).
    #[must_use]
    pub fn export(&self, what: &str) -> Option<Export> {
        let analysis = Analysis::new(self.study.as_ref()?, &self.settings);
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

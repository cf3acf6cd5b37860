//! A cohort on the page: a [`Study`] and settings go in, results come out as HTML and figures.
//!
//! It lives in the page's worker, so that the page never waits for it. It has no browser in it, and neither files nor
//! protocols: `crates/intake` has applied both. **Invariant: nothing here sends or stores anything, and every number comes
//! from `core`.**
//!
//! The worker has it in several [modules](Module), each a build with a part of the statistics, so that none is large. The
//! first one keeps the settings and knows what is to be made next; each makes the parts that it holds, and what gathers
//! over all of them is joined from [`pieces`](Workbench::pieces).

mod analysis;
mod causes;
mod checks;
mod comparison;
mod covariates;
mod curves;
mod describe;
mod desk;
mod discrimination;
mod drawn;
mod hazards;
mod incidence;
mod included;
mod look;
mod methods;
mod modules;
mod numbers;
mod outputs;
mod project;
mod protocols;
mod published;
mod reach;
mod script;
mod sections;
mod settings;
mod setup;
mod subgroups;
mod transplant;
#[cfg(target_family = "wasm")]
mod web;

use cotside_core::cohort::{ProtocolGroups, Study};
use cotside_core::evidence::OverCurve;
use serde::Serialize;
use std::collections::BTreeMap;

pub use desk::Reply;
pub use modules::Module;

use analysis::{Analysis, Selection};
use drawn::Drawn;
use modules::Modules;
use reach::Reach;
use sections::SECTIONS;
use settings::Settings;

/// A study and what is asked of it.
///
/// Results come in parts: [`take`](Self::take) and [`set`](Self::set) note which parts a change touches, and
/// [`next_part`](Self::next_part) makes one of them at a time, the quick ones first, so that whoever calls can answer
/// something else between two parts.
#[derive(Default)]
pub struct Workbench {
    modules: Modules,
    study: Option<Study>,
    settings: Settings,
    published: Vec<OverCurve>,
    /// To which endpoints its patients can be followed.
    reach: Reach,
    /// Made anew where a setting changes who is followed.
    selection: Option<Selection>,
    /// Positions in [`SECTIONS`] of the parts to be made, ascending.
    waiting: Vec<usize>,
    /// Whether the page has the places of the parts.
    has_places: bool,
    /// The parts as they were made last.
    made: BTreeMap<&'static str, String>,
    /// Every setting that was made, by its name.
    chosen: BTreeMap<String, String>,
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
    /// With one module alone, as the worker's builds are.
    #[must_use]
    pub fn of(module: Module) -> Self {
        Self {
            modules: Modules::only(module),
            ..Self::default()
        }
    }

    /// Takes patients. Settings stay where they still fit.
    pub fn receive(&mut self, study: Study) {
        if study.variable(&self.settings.group).is_none() && !self.settings.group.starts_with("protocol:") {
            self.settings.group.clear();
        }
        let only = self.settings.only.split('=').next().unwrap_or_default();
        if study.factor(only).is_none() && !only.starts_with("protocol:") {
            self.settings.only.clear();
        }
        self.study = Some(study);
        self.selection = None;
    }

    /// Takes what protocols make of the patients.
    pub fn receive_protocols(&mut self, groups: Vec<ProtocolGroups>) {
        if let Some(study) = &mut self.study {
            study.protocols = groups;
        }
    }

    /// Takes all settings of another module, by [`asked`](Self::asked).
    pub fn adopt(&mut self, asked: impl IntoIterator<Item = (String, String)>) {
        let mut settings = Settings::default();
        for (name, value) in asked {
            settings.set(&name, &value);
        }
        if !settings.follows_as(&self.settings) {
            self.selection = None;
        }
        self.settings = settings;
    }

    /// Makes a part, or does a part of the work for it and gives nothing yet; empty where another module holds it. `others`
    /// are the [`pieces`](Self::pieces) of the other modules for it.
    pub fn make(&mut self, part: &str, others: &[String]) -> Option<String> {
        let section = SECTIONS.iter().find(|section| section.part == part)?;
        if !self.modules.has(section.module) {
            return Some(String::new());
        }
        let Some(analysis) = self.analysis(others) else {
            return Some(String::new());
        };
        if !section.is_prepared(&analysis) {
            return None;
        }
        let html = section.html(&analysis).into_string();
        self.made.insert(section.part, html.clone());
        Some(html)
    }

    /// What this module says in a part or a file to which all modules contribute; nothing for any other. The pieces of
    /// two modules stand at the same places, and one of them is empty: they are joined one by one.
    pub fn pieces(&mut self, what: &str) -> Vec<String> {
        let made = std::mem::take(&mut self.made);
        let pieces = self.analysis(&[]).map(|analysis| match what {
            "outputs" => methods::pieces(&analysis).to_vec(),
            "numbers.csv" => numbers::pieces(&analysis).to_vec(),
            "script.R" => script::pieces(&analysis).to_vec(),
            "report.html" => outputs::report_pieces(&analysis, &made),
            _ => Vec::new(),
        });
        self.made = made;
        pieces.unwrap_or_default()
    }

    fn analysis<'a>(&'a mut self, others: &'a [String]) -> Option<Analysis<'a>> {
        let study = self.study.as_ref()?;
        let settings = &self.settings;
        let selection = self.selection.get_or_insert_with(|| Selection::new(study, settings));
        Some(Analysis {
            study,
            settings,
            published: &self.published,
            modules: self.modules,
            others,
            selection,
        })
    }

    /// A file of this module alone: a figure as SVG (`curves.svg` …), the numbers behind it (`curves.csv` …), `values.csv`.
    pub fn own_file(&mut self, what: &str) -> Option<Export> {
        let analysis = self.analysis(&[])?;
        if analysis.modules.has(Module::Cohort) && what == "values.csv" {
            return Some(Export::new(what, "text/csv", numbers::values(&analysis).to_csv()));
        }
        let (figure, kind) = what.split_once('.')?;
        let text = drawn::exported(&drawn_by_name(&analysis, figure)?, kind)?;
        let media_type = if kind == "svg" { "image/svg+xml" } else { "text/csv" };
        Some(Export::new(what, media_type, text))
    }
}

/// A figure that is held here.
fn drawn_by_name(analysis: &Analysis<'_>, figure: &str) -> Option<Drawn> {
    let modules = analysis.modules;
    if modules.has(Module::Curves) && figure == "curves" {
        return Some(curves::figure(analysis)?.into());
    }
    if modules.has(Module::Risks) && figure == "incidence" {
        return Some(incidence::figure(analysis)?.into());
    }
    if modules.has(Module::Subgroups) {
        match figure {
            "transplant" => return Some(transplant::figure(analysis)?.into()),
            "subgroups" => return Some(subgroups::figure(analysis)?.into()),
            _ => {}
        }
    }
    if !modules.has(Module::Models) {
        return None;
    }
    match figure {
        "alone" | "together" => Some(hazards::figure(analysis, figure)?.into()),
        "schoenfeld" => Some(checks::schoenfeld(analysis)?.into()),
        "loglog" => Some(checks::loglog(analysis)?.into()),
        _ => None,
    }
}

impl Export {
    fn new(what: &str, media_type: &'static str, text: String) -> Self {
        Self {
            name: ["cotside-", what].concat(),
            media_type,
            text,
        }
    }
}

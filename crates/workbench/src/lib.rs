//! A cohort on the page: a [`Study`] and settings go in, results come out as HTML and figures.
//!
//! It lives in the page's worker, so that the page never waits for it. It has no browser in it, and neither files nor
//! protocols: `crates/intake` has applied both. **Invariant: nothing here sends or stores anything, and every number comes
//! from `core`.**

mod analysis;
mod causes;
mod checks;
mod comparison;
mod covariates;
mod curves;
mod describe;
mod discrimination;
mod drawn;
mod hazards;
mod incidence;
mod included;
mod look;
mod methods;
mod numbers;
mod outputs;
mod project;
mod protocols;
mod published;
mod script;
mod sections;
mod settings;
mod setup;
mod subgroups;
mod transplant;
#[cfg(target_family = "wasm")]
mod web;

use std::collections::BTreeMap;

use cotside_core::cohort::{ProtocolGroups, Study};
use cotside_core::evidence::OverCurve;
use serde::Serialize;

use analysis::{Analysis, Selection};
use sections::SECTIONS;
use settings::{Concern, Settings};

/// A study and what is asked of it.
///
/// Results come in parts: [`take`](Self::take) and [`set`](Self::set) note which parts a change touches, and
/// [`next_part`](Self::next_part) makes one of them at a time, the quick ones first, so that whoever calls can answer
/// something else between two parts.
#[derive(Default)]
pub struct Workbench {
    study: Option<Study>,
    settings: Settings,
    published: Vec<OverCurve>,
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

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// HTML by part: `settings` (the controls), `results` (the places of the other parts), and those of the results.
    pub parts: BTreeMap<&'static str, String>,
    /// Whether parts are still to be made.
    pub more: bool,
    /// Which parts these are, the next one first.
    pub waiting: Vec<&'static str>,
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
        let only = self.settings.only.split('=').next().unwrap_or_default();
        if study.factor(only).is_none() && !only.starts_with("protocol:") {
            self.settings.only.clear();
        }
        let mut parts = BTreeMap::from([("settings", setup::html(&study, &self.settings).into_string())]);
        if !self.has_places {
            parts.insert("results", sections::places().into_string());
        }
        self.has_places = true;
        self.study = Some(study);
        self.touch(Concern::Patients);
        self.reply(parts)
    }

    /// Takes the published estimates that can be set over a curve.
    pub fn publish(&mut self, published: Vec<OverCurve>) {
        self.published = published;
        self.touch(Concern::Part("curves"));
    }

    /// Whether what protocols make of the patients is needed for what comes next and is not there: it takes longest, and
    /// the first results need not wait for it.
    #[must_use]
    pub fn wants_protocols(&self) -> bool {
        let missing = self.study.as_ref().is_some_and(|study| study.protocols.is_empty());
        let compared = self.compares_protocols();
        let next = self.waiting.first().map(|&next| SECTIONS[next].part);
        missing && next.is_some_and(|part| compared || ["protocols", "discrimination"].contains(&part))
    }

    /// Whether a file of this name needs what protocols make of the patients, and it is not there.
    #[must_use]
    pub fn wants_protocols_for(&self, what: &str) -> bool {
        let missing = self.study.as_ref().is_some_and(|study| study.protocols.is_empty());
        missing && (self.compares_protocols() || ["values.csv", "report.html"].contains(&what))
    }

    fn compares_protocols(&self) -> bool {
        let ids = [&self.settings.group, &self.settings.only];
        ids.iter().any(|id| id.starts_with("protocol:"))
    }

    /// Takes what protocols make of the patients.
    pub fn take_protocols(&mut self, groups: Vec<ProtocolGroups>) -> Reply {
        let Some(study) = &mut self.study else {
            return Reply::default();
        };
        study.protocols = groups;
        let settings = setup::html(study, &self.settings).into_string();
        self.reply(BTreeMap::from([("settings", settings)]))
    }

    /// Takes a setting by the name of its control.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        let before = self.settings.clone();
        self.settings.set(name, value);
        if self.settings != before {
            self.touch(Settings::concern(name));
            self.chosen.insert(name.to_owned(), value.to_owned());
        }
        self.reply(BTreeMap::new())
    }

    /// Makes the next of the parts that are waiting, or does a part of the work for it and gives nothing yet.
    pub fn next_part(&mut self) -> Reply {
        if self.study.is_none() || self.waiting.is_empty() {
            return Reply::default();
        }
        let section = &SECTIONS[self.waiting[0]];
        if !self.analysis().is_none_or(|analysis| section.is_prepared(&analysis)) {
            return self.reply(BTreeMap::new());
        }
        self.waiting.remove(0);
        let html = self.analysis().map(|analysis| section.html(&analysis).into_string());
        let html = html.unwrap_or_default();
        self.made.insert(section.part, html.clone());
        self.reply(BTreeMap::from([(section.part, html)]))
    }

    fn touch(&mut self, concern: Concern) {
        if concern == Concern::Patients {
            self.selection = None;
        }
        let touched = (0..SECTIONS.len()).filter(|&each| SECTIONS[each].is_touched(concern));
        self.waiting.extend(touched);
        self.waiting.sort_unstable();
        self.waiting.dedup();
    }

    fn reply(&self, parts: BTreeMap<&'static str, String>) -> Reply {
        Reply {
            parts,
            more: self.study.is_some() && !self.waiting.is_empty(),
            waiting: self.waiting.iter().map(|&each| SECTIONS[each].part).collect(),
            refused: None,
        }
    }

    fn analysis(&mut self) -> Option<Analysis<'_>> {
        let study = self.study.as_ref()?;
        let settings = &self.settings;
        let selection = self.selection.get_or_insert_with(|| Selection::new(study, settings));
        Some(Analysis {
            study,
            settings,
            published: &self.published,
            selection,
        })
    }

    /// A file by its name: a figure as SVG (`curves.svg` …) or the numbers behind it (`curves.csv` …), `numbers.csv`,
    /// `values.csv`, `script.R`, `report.html`. `beside` is what the intake gives for it: the first part of the script, what
    /// a report says of the file.
    pub fn export(&mut self, what: &str, beside: &str) -> Option<Export> {
        if what == "report.html" {
            while self.next_part().more {}
        }
        let made: Vec<String> = SECTIONS
            .iter()
            .filter(|section| what == "report.html" && section.part != "outputs")
            .filter_map(|section| self.made.get(section.part).cloned())
            .collect();
        let analysis = self.analysis()?;
        let (figure, kind) = what.split_once('.')?;
        let file = |media_type, text| {
            Some(Export {
                name: ["cotside-", what].concat(),
                media_type,
                text,
            })
        };
        match what {
            "numbers.csv" => return file("text/csv", numbers::numbers(&analysis).to_csv()),
            "values.csv" => return file("text/csv", numbers::values(&analysis).to_csv()),
            "script.R" => return file("text/x-r", [beside, &script::script(&analysis)].concat()),
            "report.html" => return file("text/html", outputs::report(&analysis, beside, &made)),
            _ => {}
        }
        let drawn = match figure {
            "curves" => curves::figure(&analysis)?.into(),
            "incidence" => incidence::figure(&analysis)?.into(),
            "transplant" => transplant::figure(&analysis)?.into(),
            "alone" | "together" => hazards::figure(&analysis, figure)?.into(),
            "subgroups" => subgroups::figure(&analysis)?.into(),
            "schoenfeld" => checks::schoenfeld(&analysis)?.into(),
            "loglog" => checks::loglog(&analysis)?.into(),
            _ => return None,
        };
        let text = drawn::exported(&drawn, kind)?;
        file(if kind == "svg" { "image/svg+xml" } else { "text/csv" }, text)
    }
}

//! A cohort on the page: a [`Study`] and settings go in, results come out as HTML and figures.
//!
//! It lives in the page's worker, so that the page never waits for it. It has no browser in it, and neither files nor
//! protocols: `crates/intake` has applied both. **Invariant: nothing here sends or stores anything, and every number comes
//! from `core`.**

mod adjusted;
mod by_cause;
mod causes;
mod checks;
mod choices;
mod comparison;
mod confidence;
mod covariates;
mod cox_table;
mod cure;
mod curve_numbers;
mod curve_options;
mod curves;
mod describe;
mod difference;
mod discrimination;
mod drawn;
mod effects;
mod endpoint_panels;
mod estimates;
mod figure_options;
mod files;
mod grouping;
mod hazards;
mod incidence;
mod incidence_comparison;
mod included;
mod key_numbers;
mod methods;
mod model_choices;
mod model_data;
mod numbers;
mod outputs;
mod parametric;
mod predicted;
mod profiles;
mod project;
mod protocols;
mod published;
mod quarto;
mod reach;
mod reporting;
mod scheduler;
mod script;
mod script_curves;
mod script_levels;
mod script_models;
mod sections;
mod selection;
mod settings;
mod spline;
mod subgroups;
mod transplant;
mod transplant_models;

use cotside_core::cohort::{ProtocolGroups, Study};
use cotside_core::evidence::OverCurve;
use cotside_messages::{Choices, Export, Settings};
use std::collections::BTreeMap;

pub use project::Project;
pub use scheduler::Reply;

use crate::bibliography::{Reference, entries};
use drawn::Drawn;
use reach::Reach;
use sections::Section;
use selection::{Analysis, Selection};

/// A study and what is asked of it.
///
/// Results come in parts: [`take`](Self::take) and [`change`](Self::change) note which parts a change touches, and
/// [`next_part`](Self::next_part) makes one of them at a time, the quick ones first, so that whoever calls can answer
/// something else between two parts.
pub struct Results {
    study: Option<Study>,
    settings: Settings,
    published: Vec<OverCurve>,
    /// To which endpoints its patients can be followed.
    reach: Reach,
    /// Made anew where a setting changes who is followed.
    selection: Option<Selection>,
    /// Positions in [`SECTIONS`] of the parts to be made, ascending.
    waiting: Vec<usize>,
    /// The parts that are shown.
    shown: Vec<&'static str>,
    /// The parts as they were made last.
    made: BTreeMap<&'static str, String>,
    /// The settings as they were asked for: a file may not allow them.
    requested: Settings,
    /// What the page knows of what can be chosen.
    sent_choices: Option<Choices>,
}

impl Default for Results {
    /// Without patients.
    fn default() -> Self {
        Self {
            study: None,
            settings: Settings::default(),
            published: OverCurve::all(),
            reach: Reach::default(),
            selection: None,
            waiting: Vec::new(),
            shown: vec!["key_numbers", "curves", "estimates"],
            made: BTreeMap::new(),
            requested: Settings::default(),
            sent_choices: None,
        }
    }
}

impl Results {
    /// Takes patients. Settings stay where they still fit.
    pub fn receive(&mut self, study: Study) {
        if study.variable(&self.settings.group).is_none() && !self.settings.group.starts_with("protocol:") {
            self.settings.group.clear();
        }
        let has = |id: &str| study.variable(id).is_some() || id.starts_with("protocol:");
        self.settings.only = self.settings.only.retained(|condition| has(&condition.variable));
        self.settings.levels.retain(|id, _| has(id));
        let is_known = |id: &str| id.starts_with("protocol:") || study.column(id).is_some();
        self.settings.model_options.keep(is_known);
        self.settings.predictions.keep(is_known);
        self.study = Some(study);
        self.selection = None;
    }

    /// Takes what protocols make of the patients.
    pub fn receive_protocols(&mut self, groups: Vec<ProtocolGroups>) {
        if let Some(study) = &mut self.study {
            study.protocols = groups;
            // Who is chosen may depend on them.
            self.selection = None;
        }
    }

    /// Makes a part, or does a part of the work for it and gives nothing yet.
    pub(crate) fn make(&mut self, section: &Section) -> Option<String> {
        let Some(analysis) = self.analysis() else {
            return Some(String::new());
        };
        if !section.is_prepared(&analysis) {
            return None;
        }
        let html = section.html(&analysis).into_string();
        let with_tools = files::with_table_tools(&analysis, section.part, &html);
        self.made.insert(section.part, html);
        Some(with_tools)
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

    /// A file of the results: a figure as SVG (`curves.svg` …), its marks (`curves.scene` …), the numbers behind it
    /// (`curves.csv` …), `values.csv`.
    fn figure_or_values(&mut self, what: &str) -> Option<Export> {
        let analysis = self.analysis()?;
        if what == "values.csv" {
            return Some(export(what, "text/csv", numbers::values(&analysis).to_csv()));
        }
        if let Some(kind) = what.strip_prefix("sources.") {
            let sources = Reference::of_methods(&methods::sources(&analysis));
            return Some(export(what, "application/octet-stream", entries(sources, kind)?));
        }
        if what == "cox-table.csv" {
            return Some(export(what, "text/csv", cox_table::data(&analysis).to_csv()));
        }
        if what == "reporting.csv" {
            return Some(export(what, "text/csv", reporting::data(&analysis).to_csv()));
        }
        let (figure, kind) = what.split_once('.')?;
        let drawn = drawn_by_name(&analysis, figure)?;
        Some(Export {
            name: files::of_figure(&analysis, figure, drawn.width(), kind),
            media_type: crate::media_type(kind).into(),
            text: drawn::exported(&drawn, kind)?,
        })
    }
}

/// A figure of the results.
fn drawn_by_name(analysis: &Analysis<'_>, figure: &str) -> Option<Drawn> {
    Some(match figure {
        "curves" => curves::figure(analysis)?.into(),
        "difference" => difference::figure(analysis)?.into(),
        "panels" => endpoint_panels::figure(analysis)?.into(),
        "incidence" => incidence::figure(analysis)?.into(),
        "transplant" => transplant::figure(analysis)?.into(),
        "subgroups" => subgroups::figure(analysis)?.into(),
        "alone" | "together" => hazards::figure(analysis, figure)?.into(),
        "schoenfeld" => checks::schoenfeld(analysis)?.into(),
        "loglog" => checks::loglog(analysis)?.into(),
        "predicted" => predicted::figure(analysis)?.into(),
        "predicted-incidence" => predicted::incidence_figure(analysis)?.into(),
        "adjusted" => adjusted::figure(analysis)?.into(),
        "cure" => cure::figure(analysis)?.into(),
        "spline" => spline::figure(analysis)?.into(),
        "parametric" => parametric::figure(analysis)?.into(),
        _ => return None,
    })
}

/// A file of the results.
fn export(what: &str, media_type: &'static str, text: String) -> Export {
    Export {
        name: ["cotside-", what].concat(),
        media_type: media_type.into(),
        text,
    }
}

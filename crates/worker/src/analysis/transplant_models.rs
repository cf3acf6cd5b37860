//! Hazard ratios of transplant, alone and beside other covariates: as a covariate that changes with time, and from a
//! landmark on.

use cotside_core::survival::cox::{CoxError, CoxFit, Design, Estimate, Model, Term, fit};
use cotside_core::survival::{FollowUp, Transplants};
use cotside_views::{Columns, note};
use cotside_words::en::transplant as printed;
use cotside_words::lang;
use cotside_words::lang::cox_results::no_cox_model;
use cotside_words::lang::transplant as words;
use maud::{Markup, html};

use crate::analysis::covariates::Covariate;
use crate::analysis::hazards::{Alone, p_or_dash, ratio};
use crate::analysis::selection::Analysis;
use crate::analysis::transplant::Waiting;

/// How transplant enters a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// 0 until the day of transplant, 1 after it.
    TimeDependent,
    /// 1 for those transplanted by the landmark, of those followed beyond it.
    Landmark,
}

impl Timing {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::TimeDependent, Self::Landmark];

    /// The name of transplant among the terms; that of files.
    fn term(self) -> &'static str {
        match self {
            Self::TimeDependent => printed::TIME_DEPENDENT_TERM,
            Self::Landmark => printed::LANDMARK_TERM,
        }
    }
}

/// A model of transplant.
pub struct TransplantModel {
    /// Patients in it.
    pub patients: usize,
    /// Their follow-up: a row a patient, or two where transplant changes within it.
    follow_up: FollowUp,
    /// Transplant, and the covariates that differ.
    design: Design,
    /// Of each covariate whether it differs among these patients, and so is in the model.
    pub used: Vec<bool>,
    found: Result<CoxFit, CoxError>,
}

impl TransplantModel {
    /// Fits transplant beside some covariates to the patients of whom all of them are known; `None` where nobody is left.
    pub fn new(waiting: &Waiting, landmark: f64, timing: Timing, covariates: &[&Covariate]) -> Option<Self> {
        let is_known = |&row: &usize| {
            covariates
                .iter()
                .all(|covariate| covariate.is_known(waiting.places[row]))
        };
        let known: Vec<usize> = (0..waiting.places.len()).filter(is_known).collect();
        let patients = waiting.patients.as_ref().ok()?.subset(&known)?;
        let (rows, transplanted, follow_up) = split(&patients, landmark, timing)?;
        let places: Vec<usize> = rows.iter().map(|&row| waiting.places[known[row as usize]]).collect();
        let column = transplanted.iter().map(|&yes| f64::from(u8::from(yes))).collect();
        let mut used = Vec::new();
        let design =
            covariates.iter().fold(
                Design::new().numeric(timing.term(), column),
                |design, covariate| match covariate.added_to(design, &places) {
                    Ok(design) => {
                        used.push(true);
                        design
                    }
                    Err(design) => {
                        used.push(false);
                        design
                    }
                },
            );
        let mut distinct = rows;
        distinct.dedup();
        let found = fit(&Model {
            conf_level: waiting.level,
            ..Model::new(&follow_up, &design)
        });
        Some(Self {
            patients: distinct.len(),
            follow_up,
            design,
            used,
            found,
        })
    }

    /// Terms with a finite estimate, with it.
    pub fn finite(&self) -> Vec<(String, Estimate)> {
        let terms = self.terms().into_iter();
        let finite = terms.filter_map(|(term, estimate)| Some((term, estimate?)));
        finite.filter(|(_, estimate)| estimate.hazard_ratio.is_some()).collect()
    }

    fn terms(&self) -> Vec<(String, Option<Estimate>)> {
        let estimates = self
            .found
            .as_ref()
            .map(|found| found.estimates.as_slice())
            .unwrap_or_default();
        let terms = self.design.terms().iter().enumerate();
        terms
            .map(|(place, term)| (term.to_string(), estimates.get(place).copied().flatten()))
            .collect()
    }

    /// The estimate of transplant itself.
    fn transplant(&self) -> Option<Estimate> {
        let estimate = self.found.as_ref().ok()?.estimates.first().copied().flatten();
        estimate.filter(|estimate| estimate.hazard_ratio.is_some())
    }

    /// Patients and events.
    fn counts(&self) -> String {
        let events = self.follow_up.n_events();
        words::patients_and_events(self.patients, events)
    }

    /// The terms with transplant as the page names it.
    fn told_terms(&self) -> Vec<Term> {
        let told = |term: &Term| Term {
            column: match term.column.as_str() {
                printed::TIME_DEPENDENT_TERM => words::TIME_DEPENDENT_TERM.to_owned(),
                printed::LANDMARK_TERM => words::LANDMARK_TERM.to_owned(),
                own => own.to_owned(),
            },
            level: term.level.clone(),
        };
        self.design.terms().iter().map(told).collect()
    }

    /// What is to be known of it.
    fn remarks(&self) -> String {
        let terms = self.told_terms();
        match &self.found {
            Ok(found) => {
                let warnings = found.warnings.iter();
                let warnings: Vec<String> = warnings.map(|each| lang::cox_warning(each, &terms)).collect();
                warnings.join("; ")
            }
            Err(error) => no_cox_model(error, &terms),
        }
    }
}

/// The rows of a model: the patient of each, whether transplanted, and the follow-up.
fn split(patients: &Transplants, landmark: f64, timing: Timing) -> Option<(Vec<u32>, Vec<bool>, FollowUp)> {
    match timing {
        Timing::TimeDependent => {
            let rows = patients.counting_rows().ok()?;
            Some((rows.patient, rows.transplanted, rows.follow_up))
        }
        Timing::Landmark => {
            let rows = patients.landmark(landmark).ok()?;
            Some((rows.patient, rows.transplanted, rows.follow_up))
        }
    }
}

/// The covariates that were chosen under Cox regression.
pub fn chosen<'a>(analysis: &Analysis<'a>) -> Vec<&'a Covariate> {
    let covariates = Alone::of(analysis).covariates.iter();
    covariates
        .filter(|covariate| analysis.settings.model.contains(&covariate.id))
        .collect()
}

/// The models without and with the chosen covariates; of the second none where nothing is chosen.
pub fn models(
    analysis: &Analysis<'_>,
    waiting: &Waiting,
    timing: Timing,
) -> (Option<TransplantModel>, Option<TransplantModel>) {
    let landmark = analysis.settings.landmark;
    let chosen = chosen(analysis);
    let alone = TransplantModel::new(waiting, landmark, timing, &[]);
    let adjusted = (!chosen.is_empty())
        .then(|| TransplantModel::new(waiting, landmark, timing, &chosen))
        .flatten();
    (alone, adjusted)
}

/// The hazard ratios in a table, the terms of the adjusted model, and what they mean.
pub fn html(analysis: &Analysis<'_>, waiting: &Waiting) -> Markup {
    let chosen = chosen(analysis);
    let names: Vec<&str> = chosen.iter().map(|covariate| covariate.name.as_str()).collect();
    let hazard_ratio = words::hazard_ratio(&analysis.ci());
    let columns = Columns::new(words::TRANSPLANT_AS).numbers([words::PATIENTS_EVENTS, hazard_ratio.as_str(), words::P]);
    let made = Timing::ALL.map(|timing| (timing, models(analysis, waiting, timing)));
    let rows = made.iter().flat_map(|(timing, (alone, adjusted))| {
        let name = match timing {
            Timing::TimeDependent => words::AS_TIME_DEPENDENT.to_owned(),
            Timing::Landmark => words::as_landmark(analysis.settings.landmark),
        };
        let unadjusted = row(&columns, &words::unadjusted(&name), alone.as_ref());
        let adjusted = (!names.is_empty()).then(|| row(&columns, &words::adjusted(&name), adjusted.as_ref()));
        std::iter::once(unadjusted).chain(adjusted)
    });
    let [(_, (_, time_dependent)), _] = &made;
    html! {
        (columns.table("transplant-models", rows))
        p.quiet.key { (words::MEANING) }
        @if names.is_empty() {
            p.quiet.key { (words::CHOOSE_VARIABLES) }
        } @else {
            p.quiet.key { (words::adjusted_for(&names)) }
        }
        @if let Some(model) = time_dependent { (terms(model, &chosen, &hazard_ratio)) }
    }
}

/// Patients, hazard ratio and P of a model.
fn row(columns: &Columns<'_>, name: &str, model: Option<&TransplantModel>) -> Markup {
    let Some(model) = model else {
        return columns.row(name, [String::new(), words::NOBODY_LEFT.to_owned(), p_or_dash(None)]);
    };
    let estimate = model.transplant();
    let heading = html! { (name) " " (note(&model.remarks())) };
    let shown = estimate.as_ref().map_or_else(|| words::NOT_ESTIMABLE.to_owned(), ratio);
    let p = p_or_dash(estimate.as_ref().map(|estimate| estimate.p));
    columns.row(heading, [model.counts(), shown, p])
}

/// Every term of the adjusted model.
fn terms(model: &TransplantModel, chosen: &[&Covariate], hazard_ratio: &str) -> Markup {
    let columns = Columns::new(words::TERM).numbers([hazard_ratio, words::P]);
    let told = model.told_terms().into_iter().zip(model.terms());
    let rows = told.map(|(term, (_, estimate))| {
        let estimate = estimate.filter(|estimate| estimate.hazard_ratio.is_some());
        let shown = estimate.as_ref().map_or_else(|| words::NOT_ESTIMABLE.to_owned(), ratio);
        columns.row(
            term.to_string().replace('=', ": "),
            [shown, p_or_dash(estimate.map(|estimate| estimate.p))],
        )
    });
    let left_out: Vec<&str> = chosen
        .iter()
        .zip(&model.used)
        .filter(|(_, used)| !**used)
        .map(|(covariate, _)| covariate.name.as_str())
        .collect();
    html! {
        details.more data-testid="transplant-terms" {
            summary { (words::TERMS) }
            (columns.table("transplant-terms", rows))
            @if !left_out.is_empty() { p.quiet { (words::one_level(&left_out)) } }
        }
    }
}

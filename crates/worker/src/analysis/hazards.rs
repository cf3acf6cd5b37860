//! Cox's regression: each variable alone, and those that were chosen together.

use std::cell::OnceCell;
use std::rc::Rc;

use cotside_core::cohort::{Endpoint, Origin, Values};
use cotside_core::infant::{Field, Stage};
use cotside_core::survival::cox::{CoxFit, Estimate, Fitted};
use cotside_core::survival::{Concordance, concordance};
use cotside_figures::Lettering;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow};
use cotside_views::{Columns, list, note, notice};
use cotside_words::en::cox_results as words;
use cotside_words::{capital, en, fixed};
use maud::{Markup, html};

use crate::analysis::checks;
use crate::analysis::covariates::{Covariate, Fit, covariates, is_separated};
use crate::analysis::drawn::with_data_table;
use crate::analysis::selection::Analysis;

/// Every covariate with the model of it alone.
pub struct Alone {
    /// The covariates.
    pub covariates: Vec<Covariate>,
    /// Their models by the plain likelihood; `None` where nothing is known or nothing differs.
    pub fits: Vec<Option<Fit>>,
    /// The same with Firth's penalty, made where they are asked for.
    penalised: Vec<OnceCell<Option<Fit>>>,
}

impl Alone {
    fn new(analysis: &Analysis<'_>) -> Self {
        let covariates = covariates(analysis);
        let fit = |each: &Covariate| Fit::new(analysis.follow_up()?, &[each], false);
        Self {
            fits: covariates.iter().map(fit).collect(),
            penalised: covariates.iter().map(|_| OnceCell::new()).collect(),
            covariates,
        }
    }

    /// Each covariate with the model that is reported: with Firth's penalty where that is set and the plain likelihood has no
    /// finite maximum.
    pub fn reported<'a>(
        &'a self,
        analysis: &'a Analysis<'_>,
    ) -> impl Iterator<Item = (&'a Covariate, Option<&'a Fit>)> {
        let fits = self.fits.iter().zip(&self.penalised);
        self.covariates.iter().zip(fits).map(|(covariate, (plain, penalised))| {
            let wanted = |fit: &&Fit| analysis.settings.firth && fit.found.as_ref().is_ok_and(is_separated);
            let firth = plain.as_ref().filter(wanted).and_then(|_| {
                let made = penalised.get_or_init(|| Fit::new(analysis.follow_up()?, &[covariate], true));
                made.as_ref()
            });
            (covariate, firth.or(plain.as_ref()))
        })
    }

    /// Those of this analysis, which are made once.
    pub fn of<'a>(analysis: &Analysis<'a>) -> &'a Self {
        analysis.selection.alone.get_or_init(|| Self::new(analysis))
    }
}

/// The model of the chosen variables together, with what was asked of it.
pub struct Together {
    /// The model.
    pub fit: Fit,
    /// Names of the variables that are in it.
    pub names: Vec<String>,
    concordance: Option<Concordance>,
}

/// That model, made again only where it is another; `None` where no variable is chosen.
pub fn together(analysis: &Analysis<'_>) -> Option<Rc<Together>> {
    let alone = Alone::of(analysis);
    let chosen: Vec<&Covariate> = alone
        .covariates
        .iter()
        .filter(|each| analysis.settings.model.contains(&each.id))
        .collect();
    let key: Vec<&str> = chosen.iter().map(|each| each.id.as_str()).collect();
    let key = format!("{} {}", analysis.settings.firth, key.join(" "));
    let cache = &analysis.selection.together;
    if let Some((known, made)) = cache.borrow().as_ref()
        && *known == key
    {
        return made.clone();
    }
    let make = || {
        let fit = Fit::new(analysis.follow_up()?, &chosen, analysis.settings.firth)?;
        let complete = fit.found.as_ref().ok().filter(|found| found.has_all_estimates());
        let concordance = complete.and_then(|found| {
            let score = Fitted::new(&fit.model(), found).ok()?.linear_predictors();
            concordance(&fit.follow_up, &score, None, None)
        });
        let names = chosen.iter().map(|each| &each.name);
        Some(Rc::new(Together {
            names: names.filter(|name| !fit.left_out.contains(name)).cloned().collect(),
            concordance,
            fit,
        }))
    };
    let made = if chosen.is_empty() { None } else { make() };
    *cache.borrow_mut() = Some((key, made.clone()));
    made
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    if analysis.events() == 0 {
        return html! { h2 { (words::COX) } (notice(words::NO_EVENT)) };
    }
    let alone = Alone::of(analysis);
    let together = together(analysis);
    let both = Both {
        analysis,
        together: together.as_deref(),
        columns: columns(together.is_some()),
    };
    let rows = alone
        .reported(analysis)
        .map(|(covariate, fit)| both.rows(covariate, fit));
    let drawn = |name: &str| {
        figure(analysis, name).map_or_else(Markup::default, |figure| with_data_table(name, &figure.into()))
    };
    html! {
        h2 { (words::COX) }
        (both.columns.table("cox", rows))
        p.quiet.key { (words::KEY) }
        (not_listed(alone))
        @if can_penalise(analysis) { p.remark { (words::penalty(analysis.settings.firth)) } }
        (drawn("alone"))
        (model(analysis, together.as_deref()))
        (drawn("together"))
        (checks::html(analysis))
    }
}

/// n, hazard ratio and P of each variable alone, and with several variables those of the model of them.
fn columns(is_joint: bool) -> Columns<'static> {
    let columns = Columns::new(words::VARIABLE).numbers([words::N_EVENTS, words::UNADJUSTED, words::P_UNADJUSTED]);
    if is_joint {
        columns.numbers([words::ADJUSTED, words::P_ADJUSTED])
    } else {
        columns
    }
}

/// The variables that have no model, and so no row.
fn not_listed(alone: &Alone) -> Markup {
    let pairs = alone.covariates.iter().zip(&alone.fits);
    let names: Vec<&str> = pairs
        .filter(|(_, fit)| fit.is_none())
        .map(|(covariate, _)| covariate.name.as_str())
        .collect();
    html! { @if !names.is_empty() { p.quiet.key { (words::not_listed(&names)) } } }
}

/// Whether a plain likelihood has no finite maximum, so that Firth's penalty changes an estimate.
pub fn can_penalise(analysis: &Analysis<'_>) -> bool {
    let separated = |fit: &Fit| {
        fit.found
            .as_ref()
            .is_ok_and(|found| is_separated(found) || found.is_penalised)
    };
    let alone = Alone::of(analysis);
    alone.fits.iter().flatten().any(separated) || together(analysis).is_some_and(|each| separated(&each.fit))
}

/// What the model of several variables found, in a sentence.
fn model(analysis: &Analysis<'_>, together: Option<&Together>) -> Markup {
    let Some(together) = together else {
        let mut chosen = Alone::of(analysis).covariates.iter();
        let any = chosen.any(|each| analysis.settings.model.contains(&each.id));
        return html! {
            @if any { h3 { (words::ADJUSTED_MODEL) } p.reason { (words::NOTHING_DIFFERS) } }
        };
    };
    html! {
        h3 { (words::ADJUSTED_MODEL) }
        p.reason { (model_sentence(analysis, together)) }
        (list(remarks(&together.fit).iter().map(|remark| capital(remark))))
    }
}

fn model_sentence(analysis: &Analysis<'_>, together: &Together) -> String {
    let terms = together.fit.design.terms();
    let found = match &together.fit.found {
        Ok(found) => found,
        Err(error) => return words::no_model(&words::no_cox_model(error, terms)),
    };
    let left_out = analysis.grouped.len() - together.fit.rows.len();
    let model = words::cox_model(
        analysis.endpoint(),
        &together.names,
        found,
        left_out,
        together.concordance,
    );
    let ratios = terms.iter().zip(&found.estimates).filter_map(|(term, estimate)| {
        let estimate = estimate.as_ref()?;
        Some(words::ratio_of(&term.to_string(), &ratio(estimate), estimate.p))
    });
    words::with_ratios(&model, &ratios.collect::<Vec<_>>())
}

/// What a reader of a fit must know: what is not in it, what has no estimate, whose estimates they are.
fn remarks(fit: &Fit) -> Vec<String> {
    let terms = fit.design.terms();
    let mut remarks: Vec<String> = fit
        .left_out
        .iter()
        .map(|name| words::one_value(name, fit.rows.len()))
        .collect();
    if let Ok(found) = &fit.found {
        remarks.extend(found.warnings.iter().map(|each| en::cox_warning(each, terms)));
        if found.is_penalised {
            remarks.push(words::FIRTH_ESTIMATES.to_owned());
        }
    }
    remarks.extend(fit.firth_refused.iter().map(|error| words::firth_refused(error, terms)));
    remarks
}

/// An estimate of a fit with its interval, marked where it is Firth's, or that there is none.
fn told_ratio(found: &CoxFit, estimate: Option<&Estimate>) -> String {
    match estimate.filter(|estimate| estimate.hazard_ratio.is_some()) {
        None => words::NO_ESTIMATE.to_owned(),
        Some(estimate) if found.is_penalised => format!("{} {}", ratio(estimate), words::FIRTH),
        Some(estimate) => ratio(estimate),
    }
}

/// Alone and together side by side.
struct Both<'a> {
    analysis: &'a Analysis<'a>,
    together: Option<&'a Together>,
    columns: Columns<'static>,
}

/// The estimate of a level of a variable, or of a number.
fn estimate<'a>(fit: &'a Fit, found: &'a CoxFit, name: &str, level: Option<&str>) -> Option<&'a Estimate> {
    let mut terms = fit.design.terms().iter();
    let place = terms.position(|term| term.column == name && term.level.as_deref() == level)?;
    found.estimates.get(place)?.as_ref()
}

/// "2.93 (1.57–5.47)".
pub fn ratio(estimate: &Estimate) -> String {
    let Some(ratio) = estimate.hazard_ratio else {
        return words::NONE.to_owned();
    };
    let end = |end: Option<f64>| end.map_or_else(|| words::NOT_FOUND.to_owned(), ratio_text);
    words::ratio_with(&ratio_text(ratio), &end(estimate.lower), &end(estimate.upper))
}

/// A ratio with two decimals, or three where it is small.
pub fn ratio_text(ratio: f64) -> String {
    fixed(ratio, if ratio < 0.095 { 3 } else { 2 })
}

/// P in a cell, or a dash where there is none.
pub fn p_or_dash(p: Option<f64>) -> String {
    p.map_or_else(|| words::NONE.to_owned(), en::p_cell)
}

/// Patients and events of a variable, or of one of its levels, among the rows of a fit.
fn counted(fit: &Fit, covariate: &Covariate, level: Option<&str>) -> String {
    let (mut patients, mut events) = (0, 0);
    for (&row, &event) in fit.rows.iter().zip(fit.follow_up.event()) {
        if level.is_none() || covariate.values.level(row) == level {
            patients += 1;
            events += usize::from(event != 0);
        }
    }
    format!("{patients} ({events})")
}

impl Both<'_> {
    /// The model of a variable alone, and its part in that of several.
    fn rows(&self, covariate: &Covariate, fit: Option<&Fit>) -> Markup {
        let Some(fit) = fit else {
            return Markup::default();
        };
        let found = match &fit.found {
            Ok(found) => found,
            Err(error) => {
                let why = words::no_cox_model(error, fit.design.terms());
                return self.columns.row(self.heading(covariate, fit, &why), [const { "" }; 5]);
            }
        };
        let later = self.is_known_later(covariate).then(|| words::KNOWN_LATER.to_owned());
        let remarks: Vec<String> = remarks(fit).into_iter().chain(later).collect();
        let heading = self.heading(covariate, fit, &remarks.join("; "));
        let texts = |level: Option<&str>| {
            let own = estimate(fit, found, &covariate.name, level);
            let joint = self.together.filter(|_| self.is_in_model(covariate));
            let joint = joint.map(|each| {
                let found = each.fit.found.as_ref().ok();
                let own = found.and_then(|found| estimate(&each.fit, found, &covariate.name, level));
                let ratio = found.map_or_else(|| words::NO_ESTIMATE.to_owned(), |found| told_ratio(found, own));
                (ratio, p_or_dash(own.map(|each| each.p)))
            });
            let (joint, joint_p) = joint.unwrap_or_default();
            [
                counted(fit, covariate, level),
                told_ratio(found, own),
                p_or_dash(own.map(|each| each.p)),
                joint,
                joint_p,
            ]
        };
        let Values::Levels { .. } = &covariate.values else {
            return self.columns.row(heading, texts(None));
        };
        let several = found.likelihood_ratio.p.filter(|_| found.likelihood_ratio.df > 1);
        let over_all = several.map_or_else(String::new, |p| p_or_dash(Some(p)));
        let first = [
            counted(fit, covariate, None),
            String::new(),
            over_all,
            String::new(),
            String::new(),
        ];
        let reference = reference(covariate, fit);
        let of_reference = |level: &str| {
            let own = words::REFERENCE.to_owned();
            let joint = if self.is_in_model(covariate) {
                own.clone()
            } else {
                String::new()
            };
            let texts = [
                counted(fit, covariate, Some(level)),
                own,
                String::new(),
                joint,
                String::new(),
            ];
            self.columns.level(level, texts)
        };
        let levels = levels(covariate, fit).into_iter().map(|level| {
            if reference == Some(level) {
                of_reference(level)
            } else {
                self.columns.level(level, texts(Some(level)))
            }
        });
        html! {
            (self.columns.row(heading, first))
            @for level in levels { (level) }
        }
    }

    /// Whether the finding comes after the start of follow-up.
    fn is_known_later(&self, covariate: &Covariate) -> bool {
        let field = covariate.id.strip_prefix("finding:").and_then(Field::from_column);
        let from_diagnosis = matches!(
            self.analysis.settings.endpoint,
            Endpoint::EventFreeSurvival | Endpoint::OverallSurvival
        );
        let from_diagnosis = from_diagnosis && self.analysis.settings.origin == Origin::Diagnosis;
        from_diagnosis && field.is_some_and(|field| field.stage() != Stage::Diagnosis)
    }

    fn is_in_model(&self, covariate: &Covariate) -> bool {
        self.analysis.settings.model.contains(&covariate.id)
    }

    /// The name of a variable with what to know.
    fn heading(&self, covariate: &Covariate, fit: &Fit, remark: &str) -> Markup {
        let missing = self.analysis.grouped.len() - fit.rows.len();
        html! { (covariate.name) " " (note(&words::missing(missing))) (note(remark)) }
    }
}

/// Names of the variables that have estimates by Firth's penalised likelihood, alone or together.
pub fn penalised_names(analysis: &Analysis<'_>) -> Vec<String> {
    let is_penalised = |fit: &Fit| fit.found.as_ref().is_ok_and(|found| found.is_penalised);
    let own = Alone::of(analysis).reported(analysis);
    let own = own.filter(|(_, fit)| fit.is_some_and(is_penalised));
    let mut names: Vec<String> = own
        .map(|(covariate, _)| words::penalised_unadjusted(&covariate.name))
        .collect();
    if let Some(joint) = together(analysis).filter(|joint| is_penalised(&joint.fit)) {
        names.push(words::penalised_adjusted(&joint.names));
    }
    names
}

/// The levels that occur among the rows of a fit, in their order.
fn levels<'a>(covariate: &'a Covariate, fit: &Fit) -> Vec<&'a str> {
    let Values::Levels { names, .. } = &covariate.values else {
        return Vec::new();
    };
    let occurs = |name: &&str| fit.rows.iter().any(|&row| covariate.values.level(row) == Some(*name));
    names.iter().map(String::as_str).filter(occurs).collect()
}

/// The level with which the others are compared: the chosen one where it occurs, else the first.
fn reference<'a>(covariate: &'a Covariate, fit: &Fit) -> Option<&'a str> {
    let levels = levels(covariate, fit);
    let chosen = levels
        .iter()
        .find(|level| Some(**level) == covariate.reference.as_deref());
    chosen.or(levels.first()).copied()
}

/// The forest of the models of each variable (`alone`) or of the variables together (`together`).
pub fn figure(analysis: &Analysis<'_>, name: &str) -> Option<ForestFigure> {
    let joint = together(analysis).filter(|_| name == "together");
    if joint.is_none() && name == "together" {
        return None;
    }
    let alone = Alone::of(analysis);
    let mut rows = Vec::new();
    let mut marked = false;
    for (covariate, own) in alone.reported(analysis) {
        let fit = match &joint {
            Some(_) if !analysis.settings.model.contains(&covariate.id) => None,
            Some(joint) => Some(&joint.fit),
            None => own,
        };
        if let Some((fit, found)) = fit.and_then(|fit| Some((fit, fit.found.as_ref().ok()?))) {
            marked |= found.is_penalised;
            forest_rows(covariate, fit, found, &mut rows);
        }
    }
    let kind = words::model_kind(joint.is_some());
    (!rows.is_empty()).then(|| ForestFigure {
        lettering: Lettering {
            title: words::forest_title(analysis.endpoint(), kind),
            description: words::forest_description(kind),
            caption: vec![words::forest_caption(kind, marked)],
        },
        style: analysis.wide(),
        label_head: words::VARIABLE.to_owned(),
        axis_label: words::HAZARD_RATIO.to_owned(),
        sides: Some(words::SIDES.map(str::to_owned).into()),
        columns: vec![
            ForestColumn {
                head: words::N_EVENTS.to_owned(),
                after: false,
            },
            ForestColumn {
                head: words::HR.to_owned(),
                after: true,
            },
        ],
        rows,
        ..ForestFigure::default()
    })
}

fn forest_rows(covariate: &Covariate, fit: &Fit, found: &CoxFit, rows: &mut Vec<ForestRow>) {
    let row = |label: &str, level: Option<&str>| {
        let own = estimate(fit, found, &covariate.name, level);
        ForestRow {
            label: label.to_owned(),
            indented: level.is_some(),
            cells: vec![counted(fit, covariate, level), told_ratio(found, own)],
            estimate: own.and_then(|each| each.hazard_ratio),
            interval: own.and_then(|each| each.lower.zip(each.upper)),
            ..ForestRow::default()
        }
    };
    let Some(reference) = reference(covariate, fit) else {
        rows.push(row(&covariate.name, None));
        return;
    };
    rows.push(ForestRow {
        label: covariate.name.clone(),
        heading: true,
        ..ForestRow::default()
    });
    let of_reference = || ForestRow {
        cells: vec![
            counted(fit, covariate, Some(reference)),
            words::REFERENCE_RATIO.to_owned(),
        ],
        estimate: Some(1.0),
        interval: None,
        ..row(reference, Some(reference))
    };
    let levels = levels(covariate, fit).into_iter();
    rows.extend(levels.map(|level| {
        if level == reference {
            of_reference()
        } else {
            row(level, Some(level))
        }
    }));
}

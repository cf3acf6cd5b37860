//! Cox's regression: each variable alone, and those that were chosen together.

use std::cell::OnceCell;
use std::rc::Rc;

use cotside_core::survival::cox::{CoxFit, Estimate, Fitted};
use cotside_core::survival::{Concordance, concordance};
use cotside_figures::Lettering;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow};
use cotside_views::{copy_button, english, export_button, list, notice};
use cotside_words::en::cox_results as printed;
use cotside_words::en::figure_results as figure_words;
use cotside_words::lang::cox_results as words;
use cotside_words::lang::model_results;
use cotside_words::{capital, fixed, lang};
use maud::{Markup, html};

use crate::analysis::covariates::{Covariate, Fit, Parts, covariates, is_separated};
use crate::analysis::cox_table::{self, counted, estimate};
use crate::analysis::drawn::with_data_table;
use crate::analysis::model_data::{ModelData, column_name, strata};
use crate::analysis::selection::Analysis;
use crate::analysis::{by_cause, checks, effects, spline};

/// Every covariate with the model of it alone.
pub struct Alone {
    /// What models take beside covariates, or why there is none.
    pub data: Result<ModelData, String>,
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
        let data = ModelData::of(analysis);
        let fit = |each: &Covariate| Fit::new(data.as_ref().ok()?, analysis.follow_up()?, &Parts::alone(each, false));
        Self {
            fits: covariates.iter().map(fit).collect(),
            penalised: covariates.iter().map(|_| OnceCell::new()).collect(),
            covariates,
            data,
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
                let parts = Parts::alone(covariate, true);
                let made = || Fit::new(self.data.as_ref().ok()?, analysis.follow_up()?, &parts);
                penalised.get_or_init(made).as_ref()
            });
            (covariate, firth.or(plain.as_ref()))
        })
    }

    /// How many patients have what models take beside covariates.
    pub fn usable(&self) -> usize {
        let usable = self
            .data
            .as_ref()
            .map(|data| data.usable.as_slice())
            .unwrap_or_default();
        usable.iter().filter(|usable| **usable).count()
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

/// The variables of the adjusted model, in the order of the table.
pub fn chosen<'a>(analysis: &Analysis<'a>) -> Vec<&'a Covariate> {
    let all = Alone::of(analysis).covariates.iter();
    all.filter(|each| analysis.settings.model.contains(&each.id)).collect()
}

/// Pairs of these covariates that interact, by their positions.
pub fn interactions(analysis: &Analysis<'_>, among: &[&Covariate]) -> Vec<[usize; 2]> {
    let place = |id: &String| among.iter().position(|each| each.id == *id);
    let pairs = analysis.settings.model_options.interactions.iter();
    let found = pairs.filter_map(|pair| Some([place(&pair.of)?, place(&pair.within)?]));
    let mut kept: Vec<[usize; 2]> = Vec::new();
    for pair in found.filter(|[of, within]| of != within) {
        if !kept
            .iter()
            .any(|[of, within]| pair == [*of, *within] || pair == [*within, *of])
        {
            kept.push(pair);
        }
    }
    kept
}

/// That model, made again only where it is another; `None` where no variable is chosen.
pub fn together(analysis: &Analysis<'_>) -> Option<Rc<Together>> {
    let options = &analysis.settings.model_options;
    let key = format!(
        "{} {:?} {:?} {:?}",
        analysis.settings.firth, analysis.settings.model, options.interactions, options.strata
    );
    let cache = &analysis.selection.together;
    if let Some((known, made)) = cache.borrow().as_ref()
        && *known == key
    {
        return made.clone();
    }
    let made = adjusted(analysis).map(Rc::new);
    *cache.borrow_mut() = Some((key, made.clone()));
    made
}

fn adjusted(analysis: &Analysis<'_>) -> Option<Together> {
    let chosen = chosen(analysis);
    let strata = strata(analysis).ok()?;
    let parts = Parts {
        interactions: interactions(analysis, &chosen),
        covariates: chosen,
        strata: strata.as_ref(),
        firth: analysis.settings.firth,
        spline: None,
    };
    let fit = Fit::new(Alone::of(analysis).data.as_ref().ok()?, analysis.follow_up()?, &parts)?;
    let complete = fit.found.as_ref().ok().filter(|found| found.has_all_estimates());
    let concordance = complete.and_then(|found| {
        let score = Fitted::new(&fit.model(), found).ok()?.linear_predictors();
        concordance(&fit.follow_up, &score, fit.strata.as_ref(), fit.cluster.as_ref())
    });
    let names = parts.covariates.iter().map(|each| &each.name);
    Some(Together {
        names: names.filter(|name| !fit.left_out.contains(name)).cloned().collect(),
        concordance,
        fit,
    })
}

/// Names of the strata of the adjusted model.
pub fn strata_names(analysis: &Analysis<'_>) -> Vec<String> {
    let ids = analysis.settings.model_options.strata.iter();
    ids.map(|id| column_name(analysis.study, id)).collect()
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    if analysis.events() == 0 {
        return html! { h2 { (words::COX) } (notice(words::NO_EVENT)) };
    }
    let alone = Alone::of(analysis);
    let data = alone.data.as_ref().map_err(String::clone);
    let data = match data.and_then(|data| strata(analysis).map(|_| data)) {
        Ok(data) => data,
        Err(why) => return html! { h2 { (words::COX) } (notice(why)) },
    };
    let together = together(analysis);
    let drawn = |name: &str| {
        figure(analysis, name).map_or_else(Markup::default, |figure| with_data_table(name, &figure.into()))
    };
    let is_penalised = together
        .as_ref()
        .is_some_and(|joint| joint.fit.found.as_ref().is_ok_and(|found| found.is_penalised));
    let adjusted = together.as_ref().map(|joint| {
        let events = joint.fit.follow_up.n_events();
        (joint.names.as_slice(), [joint.fit.rows.len(), events])
    });
    let patients = alone.usable();
    let events = analysis.follow_up().map_or(0, |all| {
        let used = all.event().iter().zip(&data.usable);
        used.filter(|(event, usable)| **event != 0 && **usable).count()
    });
    html! {
        h2 { (words::COX) }
        p.quiet.key data-testid="cox-caption" { (model_results::caption(analysis.endpoint(), [patients, events], adjusted)) }
        (cox_table::html(analysis))
        p.quiet.key { (model_results::key(data.ties, data.is_robust, is_penalised)) }
        @if !data.remarks.is_empty() { (list(&data.remarks)) }
        (not_listed(alone))
        @if can_penalise(analysis) { p.remark { (words::penalty(analysis.settings.firth)) } }
        div.tools { (export_button("cox-table.csv", model_results::TABLE_FILE)) }
        (model(analysis, together.as_deref()))
        @if let Some(together) = &together { (effects::html(together, &analysis.ci())) }
        (drawn("together"))
        (drawn("alone"))
        (spline::html(analysis))
        (by_cause::html(analysis))
        (checks::html(analysis))
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
        return html! {
            @if !chosen(analysis).is_empty() { h3 { (words::ADJUSTED_MODEL) } p.reason { (words::NOTHING_DIFFERS) } }
        };
    };
    let language = english().filter(|_| together.fit.found.is_ok());
    html! {
        h3 { (words::ADJUSTED_MODEL) }
        p.reason data-testid="cox-sentence" lang=[language] { (model_sentence(analysis, together)) }
        div.tools { (copy_button("cox-sentence", model_results::COPY_SENTENCE)) }
        (list(remarks(&together.fit).iter().chain(&not_in_model(analysis, together)).map(|remark| capital(remark))))
    }
}

/// Interactions that were asked for and are not in the model.
fn not_in_model(analysis: &Analysis<'_>, together: &Together) -> Vec<String> {
    let chosen = chosen(analysis);
    let is_in = |id: &String| {
        chosen
            .iter()
            .any(|each| each.id == *id && together.names.contains(&each.name))
    };
    let name = |id: &String| {
        let covariate = Alone::of(analysis).covariates.iter().find(|each| each.id == *id);
        covariate.map_or_else(|| column_name(analysis.study, id), |each| each.name.clone())
    };
    let pairs = analysis.settings.model_options.interactions.iter();
    let lacking = pairs.filter(|pair| pair.of == pair.within || !is_in(&pair.of) || !is_in(&pair.within));
    lacking
        .map(|pair| model_results::no_interaction(&name(&pair.of), &name(&pair.within)))
        .collect()
}

/// In English, for the paper; in the language of the page where there is no model.
fn model_sentence(analysis: &Analysis<'_>, together: &Together) -> String {
    let terms = together.fit.design.terms();
    let found = match &together.fit.found {
        Ok(found) => found,
        Err(error) => return words::no_model(&words::no_cox_model(error, terms)),
    };
    let left_out = Alone::of(analysis).usable() - together.fit.rows.len();
    let model = printed::cox_model(
        analysis.printed_endpoint(),
        &together.names,
        found,
        left_out,
        together.concordance,
    );
    let ratios = terms.iter().zip(&found.estimates).filter_map(|(term, estimate)| {
        let estimate = estimate.as_ref()?;
        Some(printed::ratio_of(
            &term.to_string(),
            &printed_ratio(estimate),
            estimate.p,
        ))
    });
    printed::with_ratios(&model, &ratios.collect::<Vec<_>>(), &analysis.printed_ci())
}

/// What a reader of a fit must know: what is not in it, what has no estimate, whose estimates they are.
pub fn remarks(fit: &Fit) -> Vec<String> {
    let terms = fit.design.terms();
    let mut remarks: Vec<String> = fit
        .left_out
        .iter()
        .map(|name| words::one_value(name, fit.rows.len()))
        .collect();
    if let Ok(found) = &fit.found {
        remarks.extend(found.warnings.iter().map(|each| lang::cox_warning(each, terms)));
        if found.is_penalised {
            remarks.push(words::FIRTH_ESTIMATES.to_owned());
        }
    }
    remarks.extend(fit.firth_refused.iter().map(|error| words::firth_refused(error, terms)));
    remarks
}

/// An estimate of a fit with its interval, marked where it is Firth's, or that there is none.
pub fn told_ratio(found: &CoxFit, estimate: Option<&Estimate>) -> String {
    told_ratio_in(found, estimate, [words::NO_ESTIMATE, words::NOT_FOUND])
}

/// The same, with the words for no estimate and for an end that was not found.
fn told_ratio_in(found: &CoxFit, estimate: Option<&Estimate>, [no_estimate, not_found]: [&str; 2]) -> String {
    match estimate.filter(|estimate| estimate.hazard_ratio.is_some()) {
        None => no_estimate.to_owned(),
        Some(estimate) if found.is_penalised => format!("{} {}", ratio_in(estimate, not_found), words::FIRTH),
        Some(estimate) => ratio_in(estimate, not_found),
    }
}

/// "2.93 (1.57–5.47)", on the page.
pub fn ratio(estimate: &Estimate) -> String {
    ratio_in(estimate, words::NOT_FOUND)
}

/// The same in print.
pub fn printed_ratio(estimate: &Estimate) -> String {
    ratio_in(estimate, printed::NOT_FOUND)
}

fn ratio_in(estimate: &Estimate, not_found: &str) -> String {
    let Some(ratio) = estimate.hazard_ratio else {
        return words::NONE.to_owned();
    };
    let end = |end: Option<f64>| end.map_or_else(|| not_found.to_owned(), ratio_text);
    words::ratio_with(&ratio_text(ratio), &end(estimate.lower), &end(estimate.upper))
}

/// A ratio with two decimals, or three where it is small.
pub fn ratio_text(ratio: f64) -> String {
    fixed(ratio, if ratio < 0.095 { 3 } else { 2 })
}

/// P in a cell, or a dash where there is none.
pub fn p_or_dash(p: Option<f64>) -> String {
    p.map_or_else(|| words::NONE.to_owned(), lang::p_cell)
}

/// Names of the variables that have estimates by Firth's penalised likelihood, alone or together.
pub fn penalised_names(analysis: &Analysis<'_>) -> Vec<String> {
    let is_penalised = |fit: &Fit| fit.found.as_ref().is_ok_and(|found| found.is_penalised);
    let own = Alone::of(analysis).reported(analysis);
    let own = own.filter(|(_, fit)| fit.is_some_and(is_penalised));
    let mut names: Vec<String> = own
        .map(|(covariate, _)| printed::penalised_unadjusted(&covariate.name))
        .collect();
    if let Some(joint) = together(analysis).filter(|joint| is_penalised(&joint.fit)) {
        names.push(printed::penalised_adjusted(&joint.names));
    }
    names
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
    let interacts = joint.as_ref().is_some_and(|joint| !joint.fit.products.is_empty());
    let kind = printed::model_kind(joint.is_some());
    (!rows.is_empty()).then(|| ForestFigure {
        lettering: Lettering {
            title: printed::forest_title(analysis.printed_endpoint(), kind),
            description: printed::forest_description(kind, &analysis.printed_ci()),
            caption: std::iter::once(printed::forest_caption(kind, marked, &analysis.printed_ci()))
                .chain(interacts.then(|| cotside_words::en::model_results::INTERACTS_CAPTION.to_owned()))
                .collect(),
        },
        style: analysis.wide(),
        label_head: printed::VARIABLE.to_owned(),
        axis_label: printed::HAZARD_RATIO.to_owned(),
        sides: Some(printed::SIDES.map(str::to_owned).into()),
        columns: vec![
            ForestColumn {
                head: printed::N_EVENTS.to_owned(),
                after: false,
            },
            ForestColumn {
                head: printed::hr(&analysis.printed_ci()),
                after: true,
            },
            ForestColumn {
                head: printed::P.to_owned(),
                after: true,
            },
        ],
        rows,
        ..ForestFigure::default()
    })
}

/// Patients and events in a cell of a forest.
fn forest_count(fit: &Fit, covariate: &Covariate, level: Option<&str>) -> String {
    let (patients, events) = counted(fit, covariate, level);
    format!("{patients} ({events})")
}

fn forest_rows(covariate: &Covariate, fit: &Fit, found: &CoxFit, rows: &mut Vec<ForestRow>) {
    let row = |label: &str, level: Option<&str>| {
        let own = estimate(fit, found, &covariate.name, level);
        ForestRow {
            label: figure_words::level_in_full(&covariate.id, label),
            indented: level.is_some(),
            cells: vec![
                forest_count(fit, covariate, level),
                told_ratio_in(found, own, [printed::NO_ESTIMATE, printed::NOT_FOUND]),
                own.map(|each| lang::p_cell(each.p)).unwrap_or_default(),
            ],
            estimate: own.and_then(|each| each.hazard_ratio),
            interval: own.and_then(|each| each.lower.zip(each.upper)),
            ..ForestRow::default()
        }
    };
    let Some(reference) = covariate.reference_among(&fit.rows) else {
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
            forest_count(fit, covariate, Some(reference)),
            printed::REFERENCE_RATIO.to_owned(),
            String::new(),
        ],
        estimate: Some(1.0),
        interval: None,
        ..row(reference, Some(reference))
    };
    let levels = covariate.levels_among(&fit.rows).into_iter();
    rows.extend(levels.map(|level| {
        if level == reference {
            of_reference()
        } else {
            row(level, Some(level))
        }
    }));
}

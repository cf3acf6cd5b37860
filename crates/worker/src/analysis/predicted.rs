//! Predictions for given values from the adjusted models: survival by Cox's regression, the cumulative incidence of one cause by
//! Fine and Gray's. Nothing is computed until values are given.

use std::rc::Rc;

use cotside_core::survival::cox::{AdjustedAt, AdjustedSurvival, CoxError, Fitted, Population};
use cotside_core::survival::{Interval, Labels, PredictedIncidence, SurvivalCurve, kaplan_meier_by};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput};
use cotside_figures::{Few, Followed, Lettering, PlotOptions, TableForm};
use cotside_views::{Columns, list, notice};
use cotside_words::lang::predicted as words;
use cotside_words::lang::survival_results::{TOO_SHORT, interval};
use cotside_words::lang::{self, cox_results, risks_results};
use cotside_words::{capital, en};
use maud::{Markup, html};

use crate::analysis::adjusted::{followed, times_of, without_estimate};
use crate::analysis::by_cause::{ByCause, by_cause};
use crate::analysis::covariates::Fit;
use crate::analysis::curves::percent;
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, Together, together};
use crate::analysis::model_data::strata;
use crate::analysis::profiles::{self, Profile};
use crate::analysis::selection::Analysis;

/// The adjusted model with the profiles that it is asked about.
pub struct Asked {
    /// The model.
    pub joint: Rc<Together>,
    /// The profiles that fit it.
    pub profiles: Vec<Profile>,
    /// What is to be given for the others, in sentences.
    pub refused: Vec<String>,
}

/// What is asked; `None` where no value is given.
///
/// # Errors
/// A sentence where there is no model.
pub fn asked(analysis: &Analysis<'_>) -> Option<Result<Asked, String>> {
    analysis.settings.predictions.asked().next()?;
    Some(model_of(analysis).map(|joint| {
        let (mut profiles, mut refused) = (Vec::new(), Vec::new());
        for made in profiles::of(analysis, &joint.fit) {
            match made {
                Ok(profile) => profiles.push(profile),
                Err(why) => refused.push(why),
            }
        }
        Asked {
            joint,
            profiles,
            refused,
        }
    }))
}

fn model_of(analysis: &Analysis<'_>) -> Result<Rc<Together>, String> {
    if let Err(why) = &Alone::of(analysis).data {
        return Err(why.clone());
    }
    strata(analysis)?;
    together(analysis).ok_or_else(|| words::NO_MODEL.to_owned())
}

/// What is predicted, or a sentence with what is needed.
pub type PredictedOrWhy = Result<Rc<Predicted>, String>;

/// Survival as Cox's model predicts it, one population a profile.
pub struct Predicted {
    /// The model, and the profiles whose stratum it has.
    pub asked: Asked,
    survival: AdjustedSurvival,
    times: Vec<f64>,
}

/// The predictions, which are made once; `None` where no value is given.
///
/// # Errors
/// A sentence where there is no model, or it has no finite estimate of a coefficient.
pub fn predicted(analysis: &Analysis<'_>) -> Option<PredictedOrWhy> {
    analysis.settings.predictions.asked().next()?;
    let settings = analysis.settings;
    let key = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        settings.model, settings.model_options, settings.firth, settings.predictions, settings.at
    );
    let cache = &analysis.selection.predicted;
    if let Some((known, made)) = cache.borrow().as_ref()
        && *known == key
    {
        return Some(made.clone());
    }
    let made = asked(analysis)?
        .and_then(|asked| of_model(analysis, asked))
        .map(Rc::new);
    *cache.borrow_mut() = Some((key, made.clone()));
    Some(made)
}

/// What is predicted, where it is for any profile.
pub fn of_profiles(analysis: &Analysis<'_>) -> Option<Rc<Predicted>> {
    let found = predicted(analysis)?.ok()?;
    (!found.asked.profiles.is_empty()).then_some(found)
}

fn of_model(analysis: &Analysis<'_>, mut asked: Asked) -> Result<Predicted, String> {
    let joint = Rc::clone(&asked.joint);
    let fit = &joint.fit;
    let no_model = |error: &CoxError| words::no_prediction(&cox_results::no_cox_model(error, fit.design.terms()));
    let found = fit.found.as_ref().map_err(no_model)?;
    if !found.has_all_estimates() {
        return Err(words::not_finite(&without_estimate(fit)));
    }
    let lacking = asked
        .profiles
        .iter()
        .filter_map(|profile| profile.stratum.clone().err());
    asked.refused.extend(lacking);
    asked.profiles.retain(|profile| profile.stratum.is_ok());
    let population = |profile: &Profile| Population {
        columns: profile.row.iter().map(|&value| vec![value]).collect(),
        strata: fit
            .strata
            .as_ref()
            .and(profile.stratum.as_ref().ok())
            .map(|&code| vec![code]),
        weight: None,
    };
    let populations: Vec<Population<'_>> = asked.profiles.iter().map(population).collect();
    let (times, _) = times_of(&fit.follow_up, &analysis.settings.at);
    let model = fit.model();
    let fitted = Fitted::new(&model, found).map_err(|error| no_model(&error))?;
    let survival = fitted
        .adjusted(&populations, &times)
        .map_err(|error| no_model(&error))?;
    Ok(Predicted { asked, survival, times })
}

impl Predicted {
    /// Survival of a profile, by its place, at a year; `None` beyond the follow-up of its stratum.
    pub fn at(&self, analysis: &Analysis<'_>, place: usize, year: f64) -> Option<AdjustedAt> {
        let known = self.survival.last(place).is_some_and(|last| year <= last);
        self.survival.at(place, year, analysis.confidence()).filter(|_| known)
    }
}

/// The cumulative incidence of a cause for a profile, by Fine and Gray's model.
pub struct Incidence {
    /// Its curve, one step a time of the cause.
    curve: Vec<PredictedIncidence>,
    /// The end of follow-up in its stratum.
    last: f64,
    /// The same at the years of the setting up to there.
    pub at: Vec<PredictedIncidence>,
}

/// The incidences of the chosen cause, one a profile of these; `None` where no cause is chosen, or the model does not exist.
pub fn incidences<'a>(analysis: &Analysis<'a>, asked: &Asked) -> Option<(ByCause<'a>, Vec<Option<Incidence>>)> {
    let found = by_cause(analysis)?.ok()?;
    let model = found.subdistribution.as_ref().ok()?;
    // The same patients, so that the profiles are rows of its design too.
    if found.own.rows != asked.joint.fit.rows {
        return None;
    }
    let of = |profile: &Profile| {
        let stratum = *profile.stratum.as_ref().ok()?;
        let last = last_of(&asked.joint.fit, stratum);
        let confidence = analysis.confidence();
        let years = analysis.settings.at.iter().filter(|&&year| year <= last);
        let at = years.map(|&year| model.predicted_at(stratum, year, &profile.row, confidence));
        Some(Incidence {
            curve: model.predicted(stratum, &profile.row, confidence)?,
            last,
            at: at.collect::<Option<_>>()?,
        })
    };
    let made = asked.profiles.iter().map(of).collect();
    Some((found, made))
}

/// The incidences as they are told in files: where every coefficient has a finite estimate.
pub fn told_incidences<'a>(analysis: &Analysis<'a>, asked: &Asked) -> Option<(ByCause<'a>, Vec<Option<Incidence>>)> {
    let all = asked.joint.fit.design.len();
    incidences(analysis, asked).filter(|(found, _)| found.subdistribution_estimates().len() == all)
}

/// The end of follow-up in a stratum of a model.
fn last_of(fit: &Fit, stratum: u32) -> f64 {
    let is_in = |row: usize| {
        let strata = fit.strata.as_ref();
        strata.is_none_or(|strata| strata.codes.get(row) == Some(&stratum))
    };
    let times = fit.follow_up.time().iter().enumerate();
    times
        .filter(|(row, _)| is_in(*row))
        .map(|(_, time)| *time)
        .fold(0.0, f64::max)
}

/// The part; nothing where no value is given.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(found) = predicted(analysis) else {
        return Markup::default();
    };
    let found = match found {
        Ok(found) => found,
        Err(why) => return html! { h2 { (words::HEADING) } (notice(&why)) },
    };
    let asked = &found.asked;
    let beyond: Vec<String> = asked.profiles.iter().flat_map(Profile::extrapolated).collect();
    html! {
        h2 { (words::HEADING) }
        p.remark data-testid="prediction-warning" { (words::WARNING) }
        @for why in &asked.refused { (notice(why)) }
        @if !beyond.is_empty() { (list(&beyond)) }
        @if let Some(figure) = drawn(analysis, &found) {
            (with_data_table("predicted", &figure.into()))
            (table(analysis, &found))
            p.quiet.key { (words::SURVIVAL_KEY) }
            (of_cause(analysis, asked))
        }
    }
}

/// A table with a row for each profile and a column for each year.
fn years_table(analysis: &Analysis<'_>, name: &str, asked: &Asked, cell: impl Fn(usize, f64) -> String) -> Markup {
    let at = &analysis.settings.at;
    let heads: Vec<String> = at
        .iter()
        .map(|&year| risks_results::at_years(year, &analysis.ci()))
        .collect();
    let columns = Columns::new(words::PROFILE).numbers(heads.iter().map(String::as_str));
    let rows = asked.profiles.iter().enumerate().map(|(place, profile)| {
        let cells = at.iter().map(|&year| cell(place, year));
        columns.row(words::told(profile.number, &profile.values), cells)
    });
    columns.table(name, rows)
}

fn with_interval(estimate: f64, ends: Option<Interval>) -> String {
    let ends = ends.map(|ends| interval(&percent(ends.lower), &percent(ends.upper)));
    percent(estimate) + &ends.map_or_else(String::new, |ends| format!(" ({ends})"))
}

fn table(analysis: &Analysis<'_>, found: &Predicted) -> Markup {
    years_table(analysis, "predicted", &found.asked, |place, year| {
        let at = found.at(analysis, place, year);
        at.map_or_else(|| TOO_SHORT.to_owned(), |at| with_interval(at.survival, at.interval))
    })
}

/// The predicted incidence of the chosen cause.
fn of_cause(analysis: &Analysis<'_>, asked: &Asked) -> Markup {
    let Some((found, made)) = incidences(analysis, asked) else {
        return Markup::default();
    };
    let without = asked.profiles.iter().zip(&made).filter(|(_, made)| made.is_none());
    let without: Vec<String> = without
        .map(|(profile, _)| words::of_profile(profile.number, words::NO_INCIDENCE))
        .collect();
    let cell = |place: usize, year: f64| {
        let Some(found) = &made[place] else {
            return cox_results::NONE.to_owned();
        };
        let at = found.at.iter().find(|at| at.time == year);
        at.map_or_else(|| TOO_SHORT.to_owned(), |at| with_interval(at.estimate, at.interval))
    };
    html! {
        h3 { (words::incidence_heading(lang::event_kind(found.cause))) }
        @for why in &without { (notice(why)) }
        @if let Some(figure) = incidence_drawn(analysis, asked, (&found, &made)) {
            (with_data_table("predicted-incidence", &figure.into()))
            (years_table(analysis, "predicted-incidence", asked, cell))
            p.quiet.key { (words::INCIDENCE_KEY) }
        }
    }
}

/// The figure of predicted survival.
pub fn figure(analysis: &Analysis<'_>) -> Option<CurveFigure> {
    drawn(analysis, predicted(analysis)?.ok()?.as_ref())
}

/// The figure of the predicted incidence of the chosen cause.
pub fn incidence_figure(analysis: &Analysis<'_>) -> Option<IncidenceFigure> {
    let predicted = predicted(analysis)?.ok()?;
    let (found, made) = incidences(analysis, &predicted.asked)?;
    incidence_drawn(analysis, &predicted.asked, (&found, &made))
}

/// The patients of the model in each of its strata as they were observed, by the code of the stratum.
fn observed(fit: &Fit) -> Vec<SurvivalCurve> {
    let single = Labels::single(fit.rows.len(), "");
    kaplan_meier_by(&fit.follow_up, fit.strata.as_ref().unwrap_or(&single)).unwrap_or_default()
}

/// Those of the stratum of a profile at the times of its curve.
fn followed_with(observed: &[SurvivalCurve], profile: &Profile, times: &[f64]) -> Followed {
    let stratum = *profile.stratum.as_ref().unwrap_or(&0) as usize;
    observed
        .get(stratum)
        .map_or_else(Followed::default, |curve| followed(curve, times))
}

/// How predicted curves are drawn: no patients stand under their axis, none is censored, and none is at risk.
fn options(analysis: &Analysis<'_>, what: &str, names: &[String]) -> PlotOptions {
    PlotOptions {
        colours: analysis.colours(names),
        table: TableForm::None,
        censor_ticks: false,
        few: Few::Never,
        ..analysis.plot(what)
    }
}

/// The caption of a figure of these profiles.
fn caption(analysis: &Analysis<'_>, (model, events): (&str, usize), asked: &Asked, is_shaded: bool) -> String {
    let told = |profile: &Profile| en::predicted::told(profile.number, &profile.values);
    let told: Vec<String> = asked.profiles.iter().map(told).collect();
    let extrapolated: Vec<String> = asked.profiles.iter().flat_map(Profile::extrapolated_in_print).collect();
    let shaded = is_shaded.then(|| analysis.printed_ci());
    en::predicted::caption(
        model,
        &asked.joint.names,
        [asked.joint.fit.rows.len(), events],
        &told,
        &extrapolated,
        shaded.as_deref(),
    )
}

/// Ends the axis where few of the patients of the model remain; what the caption has to say of it.
fn matured(analysis: &Analysis<'_>, options: &mut PlotOptions, groups: &[(&str, &Followed)]) -> String {
    let said = figure_options::matured(options, &analysis.settings.figure, groups, None);
    said + &analysis.origin_in_caption()
}

fn drawn(analysis: &Analysis<'_>, found: &Predicted) -> Option<CurveFigure> {
    let asked = &found.asked;
    let observed = observed(&asked.joint.fit);
    let curve = |(place, profile): (usize, &Profile)| {
        let last = found.survival.last(place).unwrap_or(0.0);
        let times: Vec<f64> = found.times.iter().copied().filter(|&time| time <= last).collect();
        let step = |at: usize| found.survival.step(place, at, analysis.confidence());
        let steps: Vec<AdjustedAt> = (0..times.len()).filter_map(step).collect();
        CurveInput {
            label: en::predicted::profile(profile.number),
            followed: followed_with(&observed, profile, &times),
            survival: steps.iter().map(|step| step.survival).collect(),
            interval: steps
                .iter()
                .map(|step| step.interval.map(|ends| (ends.lower, ends.upper)))
                .collect(),
            ..CurveInput::default()
        }
    };
    let curves: Vec<CurveInput> = asked.profiles.iter().enumerate().map(curve).collect();
    if curves.is_empty() {
        return None;
    }
    let names: Vec<String> = curves.iter().map(|curve| curve.label.clone()).collect();
    let what = en::predicted::predicted(analysis.printed_endpoint());
    let mut options = options(analysis, &what, &names);
    let groups: Vec<(&str, &Followed)> = curves
        .iter()
        .map(|curve| (curve.label.as_str(), &curve.followed))
        .collect();
    let is_shaded = options.bands;
    let said = matured(analysis, &mut options, &groups);
    let by_cox = (en::predicted::BY_COX, asked.joint.fit.follow_up.n_events());
    Some(CurveFigure {
        lettering: Lettering {
            title: capital(&what),
            description: en::predicted::DESCRIPTION.to_owned(),
            caption: vec![caption(analysis, by_cox, asked, is_shaded) + &said],
        },
        curves,
        shown: figure_options::shown_probability(&analysis.settings.figure),
        options,
        ..CurveFigure::default()
    })
}

fn incidence_drawn(
    analysis: &Analysis<'_>,
    asked: &Asked,
    (found, made): (&ByCause<'_>, &[Option<Incidence>]),
) -> Option<IncidenceFigure> {
    let settings = analysis.settings;
    let events = found.subdistribution.as_ref().map_or(0, |model| model.n_events);
    let cause = en::incidence::cause(settings.endpoint, settings.origin, found.cause);
    let observed = observed(&asked.joint.fit);
    let group = |(profile, made): (&Profile, &Option<Incidence>)| {
        let made = made.as_ref()?;
        let mut times: Vec<f64> = made.curve.iter().map(|at| at.time).collect();
        let mut steps = made.curve.clone();
        // Carried on to the end of follow-up.
        if let Some(last) = made.curve.last().filter(|last| last.time < made.last) {
            times.push(made.last);
            steps.push(*last);
        }
        Some(IncidenceInput {
            label: en::predicted::profile(profile.number),
            followed: followed_with(&observed, profile, &times),
            causes: vec![CauseInput {
                label: capital(cause),
                incidence: steps.iter().map(|at| at.estimate).collect(),
                interval: steps
                    .iter()
                    .map(|at| at.interval.map(|ends| (ends.lower, ends.upper)))
                    .collect(),
            }],
            ..IncidenceInput::default()
        })
    };
    let groups: Vec<IncidenceInput> = asked.profiles.iter().zip(made).filter_map(group).collect();
    if groups.is_empty() {
        return None;
    }
    let names: Vec<String> = groups.iter().map(|group| group.label.clone()).collect();
    let what = en::predicted::predicted_incidence(cause);
    let mut options = options(analysis, &what, &names);
    let followed: Vec<(&str, &Followed)> = groups
        .iter()
        .map(|group| (group.label.as_str(), &group.followed))
        .collect();
    let is_shaded = options.bands;
    let said = matured(analysis, &mut options, &followed);
    Some(IncidenceFigure {
        lettering: Lettering {
            title: capital(&what),
            description: en::predicted::INCIDENCE_DESCRIPTION.to_owned(),
            caption: vec![caption(analysis, (en::predicted::BY_FINE_GRAY, events), asked, is_shaded) + &said],
        },
        groups,
        options,
        ..IncidenceFigure::default()
    })
}

/// The methods; none where nothing is predicted.
pub fn methods(analysis: &Analysis<'_>) -> Vec<String> {
    let Some(found) = of_profiles(analysis) else {
        return Vec::new();
    };
    let fit = &found.asked.joint.fit;
    let confidence = analysis.confidence();
    let level = analysis.settings.curve_options.level;
    let ties = analysis.settings.model_options.ties.ties();
    let own = en::predicted::method(ties, fit.strata.is_some(), level, confidence.scale());
    let cause = incidences(analysis, &found.asked)
        .filter(|(_, made)| made.iter().any(Option::is_some))
        .map(|(found, _)| en::predicted::incidence_method(en::event_kind(found.cause)));
    std::iter::once(own).chain(cause).collect()
}

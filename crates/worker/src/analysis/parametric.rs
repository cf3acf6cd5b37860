//! Parametric models: the groups, and the variables of Cox's adjusted model, as accelerated-failure-time models.

use cotside_core::survival::cox::Design;
use cotside_core::survival::{
    FollowUp, Labels, LogRatio, Parametric, PredictedSurvival, PredictedTime, SurvivalCurve, TimeDistribution, Z,
    kaplan_meier_by, parametric,
};
use cotside_figures::curve::CurveInput;
use cotside_figures::fitted::{FittedCurve, FittedFigure};
use cotside_figures::{Followed, Lettering};
use cotside_messages::TimesDistribution;
use cotside_views::{Columns, list, notice};
use cotside_words::en::parametric_results as printed;
use cotside_words::lang;
use cotside_words::lang::cox_results as cox;
use cotside_words::lang::model_results;
use cotside_words::lang::parametric_results as words;
use cotside_words::lang::predicted as predicted_words;
use cotside_words::lang::survival_results as survival;
use cotside_words::{decimal, en, signed};
use maud::{Markup, html};

use crate::analysis::cure::half_a_day;
use crate::analysis::curves::{curve_input, full_name, percent};
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, p_or_dash, ratio_text, together};
use crate::analysis::numbers::finite;
use crate::analysis::predicted;
use crate::analysis::profiles::Profile;
use crate::analysis::selection::Analysis;

/// Points of a fitted curve.
const POINTS: u32 = 200;

/// The four distributions, in the order of the comparison.
pub const DISTRIBUTIONS: [TimeDistribution; 4] = [
    TimeDistribution::Exponential,
    TimeDistribution::Weibull,
    TimeDistribution::LogNormal,
    TimeDistribution::LogLogistic,
];

/// Patients and covariates of parametric models, whatever their distribution.
pub struct Sample {
    /// Rows of the analysis that are in it.
    pub rows: Vec<usize>,
    /// Their follow-up.
    pub follow_up: FollowUp,
    /// The covariates; there may be none.
    pub design: Design,
    /// Patients whose time of 0 is taken as half a day.
    pub at_zero: usize,
    /// Names of the variables.
    pub names: Vec<String>,
}

impl Sample {
    /// Those of the variables of Cox's adjusted model; `None` where none is chosen or nothing differs.
    pub fn adjusted(analysis: &Analysis<'_>) -> Option<Self> {
        let joint = together(analysis)?;
        let own = &joint.fit.design;
        let mut design = Design::new();
        // Every column is a number of its own name here: the order of the terms stays.
        for (term, column) in own.terms().iter().zip(own.columns()) {
            design = design.numeric(&term.to_string(), column.clone());
        }
        let data = Alone::of(analysis).data.as_ref().ok()?;
        let (rows, follow_up) = data.follow_up(analysis.follow_up()?, joint.fit.rows.clone())?;
        let (follow_up, at_zero) = follow_up.with_least_time(half_a_day())?;
        (rows.len() == joint.fit.rows.len()).then(|| Self {
            rows,
            follow_up,
            design,
            at_zero,
            names: joint.names.clone(),
        })
    }

    /// Those of the groups alone; without covariates where nothing is compared. `None` where nobody is left.
    pub fn of_groups(analysis: &Analysis<'_>) -> Option<Self> {
        let data = Alone::of(analysis).data.as_ref().ok()?;
        let usable: Vec<usize> = (0..data.usable.len()).filter(|&row| data.usable[row]).collect();
        let (rows, follow_up) = data.follow_up(analysis.follow_up()?, usable)?;
        let (follow_up, at_zero) = follow_up.with_least_time(half_a_day())?;
        let mut design = Design::new();
        if let Some(groups) = groups_of(analysis, &rows) {
            for (name, values) in groups.names.iter().skip(1).zip(groups.indicators()) {
                design = design.numeric(name, values);
            }
        }
        Some(Self {
            rows,
            follow_up,
            names: design.variables().to_vec(),
            design,
            at_zero,
        })
    }

    /// The model of a distribution.
    ///
    /// # Errors
    /// A sentence with the remedy.
    pub fn fit(&self, distribution: TimeDistribution) -> Result<Parametric, String> {
        let names: Vec<String> = self.design.terms().iter().map(ToString::to_string).collect();
        parametric(&self.follow_up, self.design.columns(), distribution)
            .map_err(|error| lang::parametric_error(error, &names))
    }

    /// Patients with an event.
    fn events(&self) -> usize {
        self.follow_up.n_events()
    }
}

/// The groups of some rows, the reference first; `None` where fewer than two have rows.
pub fn groups_of(analysis: &Analysis<'_>, rows: &[usize]) -> Option<Labels> {
    let all = analysis.against_reference();
    let codes: Vec<u32> = rows.iter().filter_map(|&row| all.codes.get(row).copied()).collect();
    let groups = Labels::present(&all.names, &codes);
    (analysis.compares() && groups.len() > 1).then_some(groups)
}

/// The chosen distribution.
pub fn chosen(analysis: &Analysis<'_>) -> TimeDistribution {
    analysis.settings.risks.distribution.distribution()
}

/// The code of a distribution in files.
pub fn code(of: TimeDistribution) -> &'static str {
    let all = TimesDistribution::ALL.iter();
    all.copied()
        .find(|each| each.distribution() == of)
        .unwrap_or_default()
        .code()
}

/// The terms of a model that have a coefficient, with its place among them.
pub fn terms<'a>(sample: &'a Sample, model: &'a Parametric) -> impl Iterator<Item = (String, usize)> + use<'a> {
    let kept = model.kept.iter().enumerate();
    kept.map(|(place, &column)| (sample.design.terms()[column].to_string(), place))
}

/// The values of the covariates of a group, by its position among [`groups_of`].
pub fn values_of_group(model: &Parametric, group: usize) -> Vec<f64> {
    let values = model
        .kept
        .iter()
        .map(|&column| f64::from(u8::from(column + 1 == group)));
    values.collect()
}

/// The model that distributions are compared by: of the variables together where there are any, else of the groups.
pub fn compared(analysis: &Analysis<'_>) -> Option<Sample> {
    Sample::adjusted(analysis).or_else(|| Sample::of_groups(analysis))
}

/// The variables together as they are told in files: as those of Cox's model, where that has a finite estimate.
pub fn told_adjusted(analysis: &Analysis<'_>) -> Option<Sample> {
    let joint = together(analysis)?;
    let sample = Sample::adjusted(analysis).filter(|_| !finite(&joint.fit).is_empty())?;
    DISTRIBUTIONS
        .iter()
        .any(|&each| sample.fit(each).is_ok())
        .then_some(sample)
}

/// The groups as they are told in files, with their model.
pub fn told_groups(analysis: &Analysis<'_>) -> Option<(Sample, Parametric)> {
    let sample = Sample::of_groups(analysis)?;
    let model = sample.fit(chosen(analysis)).ok()?;
    Some((sample, model))
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    if analysis.events() == 0 {
        return html! { h2 { (words::PARAMETRIC) } (notice(cox::NO_EVENT)) };
    }
    if let Err(why) = &Alone::of(analysis).data {
        return html! { h2 { (words::PARAMETRIC) } (notice(why)) };
    }
    let Some(groups) = Sample::of_groups(analysis) else {
        return html! { h2 { (words::PARAMETRIC) } (notice(words::NOBODY)) };
    };
    let of = chosen(analysis);
    let model = groups.fit(of);
    let said = remarks(analysis, &groups);
    html! {
        h2 { (words::PARAMETRIC) }
        p.quiet.key data-testid="parametric-caption" {
            (words::caption(analysis.endpoint(), of, groups.rows.len(), groups.events()))
        }
        @if !said.is_empty() { (list(&said)) }
        @match &model {
            Err(why) => { (notice(words::no_model_of(of, why))) }
            Ok(model) => {
                @if let Some(figure) = drawn(analysis, &groups, model) { (with_data_table("parametric", &figure.into())) }
                (group_ratios(analysis, &groups, model))
                (survival_at(analysis, &groups, model))
            }
        }
        (adjusted(analysis, of))
        (distributions(analysis, of))
        p.quiet.key { (words::KEY) }
    }
}

/// Who and what is not in the models.
fn remarks(analysis: &Analysis<'_>, sample: &Sample) -> Vec<String> {
    let options = &analysis.settings.model_options;
    let mut remarks = Vec::new();
    if sample.at_zero > 0 {
        remarks.push(lang::adjusted::at_zero(sample.at_zero));
    }
    if let Ok(data) = &Alone::of(analysis).data {
        remarks.extend(data.remarks.iter().cloned());
    }
    if !options.strata.is_empty() {
        remarks.push(words::NO_STRATA.to_owned());
    }
    if !options.cluster.is_empty() {
        remarks.push(words::NO_CLUSTERS.to_owned());
    }
    remarks
}

/// Time ratio, its P, and where there is one the hazard ratio of a coefficient.
fn cells(model: &Parametric, place: usize, z: f64) -> [String; 3] {
    let told = |ratio: Option<LogRatio>| {
        let [ratio, lower, upper] = ratio?.ratio(z);
        Some(cox::ratio_with(
            &ratio_text(ratio?),
            &ratio_text(lower?),
            &ratio_text(upper?),
        ))
    };
    let dash = || cox::NONE.to_owned();
    [
        told(model.time_ratio(place)).unwrap_or_else(dash),
        p_or_dash(p_of(model, place)),
        told(model.hazard_ratio(place)).unwrap_or_else(dash),
    ]
}

/// Wald's P of a coefficient.
pub fn p_of(model: &Parametric, place: usize) -> Option<f64> {
    model.z(place + 1).map(|Z { p, .. }| p)
}

fn counted(codes: &[u32], event: &[u32], group: usize) -> String {
    let own = || codes.iter().zip(event).filter(|(code, _)| **code as usize == group);
    format!(
        "{} / {}",
        own().count(),
        own().filter(|(_, event)| **event != 0).count()
    )
}

fn group_ratios(analysis: &Analysis<'_>, sample: &Sample, model: &Parametric) -> Markup {
    let Some(groups) = groups_of(analysis, &sample.rows) else {
        return Markup::default();
    };
    let ci = analysis.ci();
    let (time_ratio, hazard_ratio) = (words::time_ratio(&ci), words::hazard_ratio(&ci));
    let columns = Columns::new(survival::GROUP).numbers([model_results::N_EVENTS, &time_ratio, cox::P, &hazard_ratio]);
    let event = sample.follow_up.event();
    let rows = groups.names.iter().enumerate().map(|(group, name)| {
        let own = counted(&groups.codes, event, group);
        let Some(column) = group.checked_sub(1) else {
            let told = model_results::REFERENCE.to_owned();
            return columns.row(name, [own, told, String::new(), String::new()]);
        };
        let place = model.kept.iter().position(|&kept| kept == column);
        let [time, p, hazard] = place.map_or_else(
            || [(); 3].map(|()| cox::NONE.to_owned()),
            |place| cells(model, place, analysis.confidence().z()),
        );
        columns.row(name, [own, time, p, hazard])
    });
    let reference = groups.names.first().map_or("", String::as_str);
    html! {
        h3 { (words::groups_against(reference)) }
        (columns.table("parametric-groups", rows))
    }
}

/// Names of the curves with their values of the covariates.
pub fn profiles(analysis: &Analysis<'_>, sample: &Sample, model: &Parametric) -> Vec<(String, Vec<f64>)> {
    match groups_of(analysis, &sample.rows) {
        Some(groups) => {
            let names = groups.names.into_iter().enumerate();
            names
                .map(|(group, name)| (name, values_of_group(model, group)))
                .collect()
        }
        None => vec![(analysis.groups.names.first().cloned().unwrap_or_default(), Vec::new())],
    }
}

/// Kaplan–Meier curves of the groups in the model, in the order of [`profiles`].
fn estimates(analysis: &Analysis<'_>, sample: &Sample) -> Vec<SurvivalCurve> {
    let single = Labels::single(sample.rows.len(), "");
    let groups = groups_of(analysis, &sample.rows).unwrap_or(single);
    kaplan_meier_by(&sample.follow_up, &groups).unwrap_or_default()
}

/// Survival at the years of the setting by the model and, below, by Kaplan–Meier.
fn survival_at(analysis: &Analysis<'_>, sample: &Sample, model: &Parametric) -> Markup {
    let years: Vec<f64> = analysis
        .settings
        .at
        .iter()
        .copied()
        .filter(|&year| year > 0.0)
        .collect();
    let heads: Vec<String> = years
        .iter()
        .map(|&year| lang::risks_results::at_years(year, &analysis.ci()))
        .collect();
    let columns = Columns::new(survival::GROUP).numbers(heads.iter().map(String::as_str));
    let curves = estimates(analysis, sample);
    let confidence = analysis.confidence();
    let with_ends = |estimate: f64, lower: f64, upper: f64| {
        percent(estimate) + &lang::risks_results::interval_behind(&percent(lower), &percent(upper))
    };
    let rows = profiles(analysis, sample, model);
    let rows = rows.iter().zip(&curves).flat_map(|((name, values), curve)| {
        let shown = if analysis.compares() {
            name.as_str()
        } else {
            survival::ALL_PATIENTS
        };
        let by_model = years.iter().map(|&year| {
            let found = model.survival_with_interval(year, values, confidence.z());
            found.map_or_else(String::new, |found| {
                with_ends(found.survival, found.interval.lower, found.interval.upper)
            })
        });
        let by_curve = years.iter().map(|&year| {
            let known = curve.at(year, confidence).filter(|_| curve.is_known_at(year));
            known.map_or_else(
                || survival::TOO_SHORT.to_owned(),
                |at| match at.spread() {
                    Ok((_, interval)) => with_ends(at.survival, interval.lower, interval.upper),
                    Err(_) => percent(at.survival),
                },
            )
        });
        [
            columns.row(words::by_model(shown, model.distribution), by_model),
            columns.level(words::BY_KAPLAN_MEIER, by_curve),
        ]
    });
    html! {
        h3 { (words::SURVIVAL_HEADING) }
        (columns.table("parametric-survival", rows))
    }
}

/// The variables of Cox's adjusted model in this one.
fn adjusted(analysis: &Analysis<'_>, of: TimeDistribution) -> Markup {
    let Some(sample) = Sample::adjusted(analysis) else {
        return html! { p.quiet.key { (words::NO_VARIABLES) } };
    };
    let ci = analysis.ci();
    let (time_ratio, hazard_ratio) = (words::time_ratio(&ci), words::hazard_ratio(&ci));
    let columns = Columns::new(cox::VARIABLE).numbers([&time_ratio, cox::P, &hazard_ratio]);
    let model = sample.fit(of);
    html! {
        h3 { (words::ADJUSTED_HEADING) }
        @match &model {
            Err(why) => { (notice(words::no_model_of(of, why))) }
            Ok(model) => {
                p.reason { (words::caption(analysis.endpoint(), of, sample.rows.len(), sample.events())) }
                (columns.table("parametric", adjusted_rows(analysis, model, &columns)))
                (predictions(analysis, model))
            }
        }
    }
}

/// What the model of the variables together predicts for a profile.
pub struct Prediction {
    /// Survival at the years of the setting that are above 0.
    pub survival: Vec<(f64, Option<PredictedSurvival>)>,
    /// The times by which the percentages of the setting have had the event.
    pub quantiles: Vec<(f64, Option<PredictedTime>)>,
}

/// The profiles that are asked for with what this model predicts for each, and what is to be given for the others, in
/// sentences. Strata of Cox's model are not in it.
pub fn predicted_by(analysis: &Analysis<'_>, model: &Parametric) -> (Vec<(Profile, Prediction)>, Vec<String>) {
    let Some(Ok(asked)) = predicted::asked(analysis) else {
        return (Vec::new(), Vec::new());
    };
    let z = analysis.confidence().z();
    let of = |profile: Profile| {
        let values: Vec<f64> = model
            .kept
            .iter()
            .filter_map(|&column| profile.row.get(column).copied())
            .collect();
        let years = analysis.settings.at.iter().copied().filter(|&year| year > 0.0);
        let percents = analysis.settings.curve_options.quantiles.iter().copied();
        let prediction = Prediction {
            survival: years
                .map(|year| (year, model.survival_with_interval(year, &values, z)))
                .collect(),
            quantiles: percents
                .map(|percent| (percent, model.quantile(percent / 100.0, &values, z)))
                .collect(),
        };
        (profile, prediction)
    };
    (asked.profiles.into_iter().map(of).collect(), asked.refused)
}

/// Survival and quantiles for the given values; nothing where none is given.
fn predictions(analysis: &Analysis<'_>, model: &Parametric) -> Markup {
    let (found, refused) = predicted_by(analysis, model);
    let Some((_, first)) = found.first() else {
        return html! { @for why in &refused { (notice(why)) } };
    };
    let ci = analysis.ci();
    let years = first
        .survival
        .iter()
        .map(|(year, _)| lang::risks_results::at_years(*year, &ci));
    let quantiles = first
        .quantiles
        .iter()
        .map(|(percent, _)| predicted_words::quantile_years(*percent, &ci));
    let heads: Vec<String> = years.chain(quantiles).collect();
    let columns = Columns::new(predicted_words::PROFILE).numbers(heads.iter().map(String::as_str));
    let told = |estimate: String, lower: String, upper: String| {
        estimate + &lang::risks_results::interval_behind(&lower, &upper)
    };
    let rows = found.iter().map(|(profile, prediction)| {
        let survival = prediction.survival.iter().map(|(_, at)| {
            at.map(|at| {
                told(
                    percent(at.survival),
                    percent(at.interval.lower),
                    percent(at.interval.upper),
                )
            })
        });
        let quantiles = prediction.quantiles.iter().map(|(_, at)| {
            at.map(|at| {
                told(
                    decimal(at.time, 2),
                    decimal(at.interval.lower, 2),
                    decimal(at.interval.upper, 2),
                )
            })
        });
        let cells = survival
            .chain(quantiles)
            .map(|cell| cell.unwrap_or_else(|| cox::NONE.to_owned()));
        columns.row(predicted_words::told(profile.number, &profile.values), cells)
    });
    let beyond: Vec<String> = found.iter().flat_map(|(profile, _)| profile.extrapolated()).collect();
    html! {
        h3 { (predicted_words::times_heading(model.distribution)) }
        p.remark { (predicted_words::WARNING) }
        @for why in &refused { (notice(why)) }
        @if !beyond.is_empty() { (list(&beyond)) }
        (columns.table("predicted-times", rows))
    }
}

/// A line a variable, and a line a level.
fn adjusted_rows(analysis: &Analysis<'_>, model: &Parametric, columns: &Columns<'_>) -> Vec<Markup> {
    let Some(joint) = together(analysis) else {
        return Vec::new();
    };
    let design = &joint.fit.design;
    let dashes = || [(); 3].map(|()| cox::NONE.to_owned());
    let of = |column: usize| {
        let place = model.kept.iter().position(|&kept| kept == column);
        place.map_or_else(dashes, |place| cells(model, place, analysis.confidence().z()))
    };
    let mut rows = Vec::new();
    for (variable, name) in design.variables().iter().enumerate() {
        let own = design.columns_of(variable);
        let level = |column: usize| design.terms()[column].level.as_deref();
        if own.first().and_then(|&column| level(column)).is_none() {
            rows.extend(
                own.iter()
                    .map(|&column| columns.row(design.terms()[column].to_string(), of(column))),
            );
            continue;
        }
        rows.push(columns.row(name, ["", "", ""]));
        if let Some((_, reference)) = joint.fit.references.iter().find(|(of, _)| of == name) {
            rows.push(columns.level(reference, [model_results::REFERENCE, "", ""]));
        }
        rows.extend(
            own.iter()
                .map(|&column| columns.level(level(column).unwrap_or_default(), of(column))),
        );
    }
    rows
}

/// The four distributions by their likelihoods.
fn distributions(analysis: &Analysis<'_>, of: TimeDistribution) -> Markup {
    let Some(sample) = compared(analysis) else {
        return Markup::default();
    };
    let models: Vec<_> = DISTRIBUTIONS.iter().map(|&each| (each, sample.fit(each))).collect();
    let found = models.iter().filter_map(|(_, model)| model.as_ref().ok());
    let smallest = found.map(|model| model.aic).fold(f64::INFINITY, f64::min);
    let columns =
        Columns::new(words::DISTRIBUTION_HEAD).numbers([words::LOGLIK, words::PARAMETERS, words::AIC, words::BIC]);
    let rows = models.iter().map(|(each, model)| {
        let best = model.as_ref().is_ok_and(|model| model.aic <= smallest);
        let name = words::distribution(*each);
        let heading = html! {
            (name)
            @if *each == of { (words::SHOWN_HERE) }
            @if best { (words::LOWEST_AIC) }
        };
        let cells = match model {
            Ok(model) => [
                signed(model.loglik, 2),
                model.std_err.len().to_string(),
                signed(model.aic, 2),
                signed(model.bic, 2),
            ],
            Err(_) => [(); 4].map(|()| cox::NONE.to_owned()),
        };
        columns.row(heading, cells)
    });
    let failed = models
        .iter()
        .filter_map(|(each, model)| Some(words::no_model_of(*each, model.as_ref().err()?)));
    let failed: Vec<String> = failed.collect();
    html! {
        h3 { (words::WHICH_FITS) }
        (columns.table("distributions", rows))
        @if !failed.is_empty() { (list(&failed)) }
        p.quiet.key { (words::AIC_KEY) }
    }
}

/// The figure.
pub fn figure(analysis: &Analysis<'_>) -> Option<FittedFigure> {
    let sample = Sample::of_groups(analysis).filter(|_| analysis.events() > 0)?;
    let model = sample.fit(chosen(analysis)).ok()?;
    drawn(analysis, &sample, &model)
}

fn drawn(analysis: &Analysis<'_>, sample: &Sample, model: &Parametric) -> Option<FittedFigure> {
    let curves = estimates(analysis, sample);
    let profiles = profiles(analysis, sample, model);
    let label = |name: &str| {
        if profiles.len() > 1 {
            name.to_owned()
        } else {
            String::new()
        }
    };
    let last = sample.follow_up.time().iter().copied().fold(0.0, f64::max);
    let z = analysis.confidence().z();
    let mut options = analysis.plot(analysis.printed_endpoint());
    let names: Vec<String> = profiles.iter().map(|(name, _)| name.to_string()).collect();
    options.colours = analysis.colours(&names);
    let fitted = profiles.iter().map(|(name, values)| {
        let times = (1..=POINTS).map(|point| last * f64::from(point) / f64::from(POINTS));
        let points = times.filter_map(|time| Some((time, model.survival_with_interval(time, values, z)?)));
        let points: Vec<_> = points.collect();
        FittedCurve {
            label: label(name),
            time: points.iter().map(|(time, _)| *time).collect(),
            survival: points.iter().map(|(_, at)| at.survival).collect(),
            interval: points
                .iter()
                .map(|(_, at)| Some((at.interval.lower, at.interval.upper)))
                .collect(),
        }
    });
    let (patients, events) = (sample.rows.len(), sample.events());
    let shaded = options.bands.then(|| analysis.printed_ci());
    let inputs = profiles
        .iter()
        .zip(&curves)
        .enumerate()
        .map(|(group, ((name, _), curve))| CurveInput {
            full_name: full_name(analysis, &label(name), curve.rows()),
            ..curve_input(
                &label(name),
                0.0,
                curve,
                entered(analysis, sample, group),
                analysis.confidence(),
            )
        });
    let inputs: Vec<CurveInput> = inputs.collect();
    let followed: Vec<(&str, &Followed)> = inputs
        .iter()
        .map(|curve| (curve.label.as_str(), &curve.followed))
        .collect();
    let fitted: Vec<FittedCurve> = fitted.collect();
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &followed, None);
    Some(FittedFigure {
        lettering: Lettering {
            title: printed::title(analysis.printed_endpoint(), model.distribution),
            description: printed::description(model.distribution, patients, events),
            caption: vec![
                printed::figure_caption(
                    model.distribution,
                    patients,
                    events,
                    profiles.len() > 1,
                    shaded.as_deref(),
                ) + &said
                    + &analysis.origin_in_caption(),
            ],
        },
        fitted,
        curves: inputs,
        shown: figure_options::shown_probability(&analysis.settings.figure),
        options,
    })
}

/// When patients of each group come under observation, ascending, and how many; empty where nobody does so late.
fn entered(analysis: &Analysis<'_>, sample: &Sample, group: usize) -> Vec<(f64, f64)> {
    let groups = groups_of(analysis, &sample.rows);
    let is_in = |row: &usize| {
        groups
            .as_ref()
            .is_none_or(|groups| groups.codes.get(*row).is_some_and(|&code| code as usize == group))
    };
    let entry = sample.follow_up.entry().unwrap_or_default();
    let mut own: Vec<f64> = (0..entry.len()).filter(is_in).map(|row| entry[row]).collect();
    own.sort_by(f64::total_cmp);
    let tied = own.chunk_by(|a, b| a == b);
    tied.map(|tied| (tied[0], tied.len() as f64)).collect()
}

/// The methods; nothing where there is no model.
pub fn methods(analysis: &Analysis<'_>) -> Option<String> {
    let of = chosen(analysis);
    let groups = Sample::of_groups(analysis).filter(|_| analysis.events() > 0)?;
    let adjusted = Sample::adjusted(analysis).filter(|sample| sample.fit(of).is_ok());
    if adjusted.is_none() && groups.fit(of).is_err() {
        return None;
    }
    let model = adjusted.as_ref().and_then(|sample| sample.fit(of).ok());
    let is_asked = model.is_some_and(|model| !predicted_by(analysis, &model).0.is_empty());
    let names = adjusted.map(|sample| sample.names).unwrap_or_default();
    let entered = groups.follow_up.entry().is_some();
    let method = printed::methods(of, &names, entered, groups.follow_up.weight().is_some());
    Some(if is_asked {
        [&method, " ", en::predicted::TIMES_METHOD].concat()
    } else {
        method
    })
}

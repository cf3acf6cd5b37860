//! The fraction that is cured: is there a plateau, and what a mixture cure model makes of it.

use std::rc::Rc;

use cotside_core::cohort::TimeUnit;
use cotside_core::survival::{
    CureError, CureModel, CureWarning, FollowUp, Labels, Plateau, Z, cure_model, is_fraction_determined,
    kaplan_meier_by, plateau,
};
use cotside_figures::curve::CurveInput;
use cotside_figures::fitted::{FittedCurve, FittedFigure};
use cotside_figures::{Followed, Lettering, PlotOptions};
use cotside_messages::{CureDistribution, CureTimes};
use cotside_views::{Columns, list, notice};
use cotside_words::en::adjusted as printed;
use cotside_words::lang::adjusted as words;
use cotside_words::lang::survival_results::{ALL_PATIENTS, GROUP, P, interval};
use cotside_words::{capital, decimal, fixed, lang};
use maud::{Markup, html};

use crate::analysis::curves::{curve_input, full_name, percent};
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::hazards::p_or_dash;
use crate::analysis::selection::Analysis;

/// The models of every distribution, with the patients they were fitted to.
pub struct Cured {
    /// Times as the models take them: 0 as half a day.
    pub follow_up: FollowUp,
    /// How many times were 0.
    pub at_zero: usize,
    /// The groups, that of the reference first.
    pub groups: Labels,
    /// One model a distribution.
    pub models: Vec<(CureDistribution, Result<CureModel, CureError>)>,
}

/// What a model has for a group.
pub struct OfGroup {
    /// The fraction cured, with its limits.
    pub fraction: (f64, Option<(f64, f64)>),
    /// The median time of those not cured, in years.
    pub median: f64,
    /// The odds ratio of not being cured against the reference, with its limits and test; `None` for the reference.
    pub ratio: Option<OddsRatio>,
}

/// An odds ratio.
pub struct OddsRatio {
    /// The ratio.
    pub ratio: f64,
    /// Its limits.
    pub limits: Option<(f64, f64)>,
    /// The p value of Wald's test.
    pub p: Option<f64>,
}

/// What stands in place of times of 0, which have no logarithm, in years: half a day.
pub fn half_a_day() -> f64 {
    0.5 / TimeUnit::Years.days()
}

/// The models of this analysis, made once; `None` where none is asked for or nobody is followed.
pub fn cured(analysis: &Analysis<'_>) -> Option<Rc<Cured>> {
    analysis.settings.cure_distribution.distribution()?;
    let key = analysis.settings.cure_times;
    let cache = &analysis.selection.cured;
    if let Some((known, made)) = cache.borrow().as_ref()
        && *known == key
    {
        return Some(Rc::clone(made));
    }
    let (follow_up, at_zero) = analysis.follow_up()?.with_least_time(half_a_day())?;
    let groups = analysis.against_reference();
    let indicators = groups.indicators();
    let latency = match key {
        CureTimes::ByGroup => indicators.clone(),
        CureTimes::Same => Vec::new(),
    };
    let distributions = CureDistribution::ALL
        .iter()
        .filter_map(|each| Some((*each, each.distribution()?)));
    let model = |(code, distribution)| (code, cure_model(&follow_up, &indicators, &latency, distribution));
    let made = Rc::new(Cured {
        models: distributions.map(model).collect(),
        follow_up,
        at_zero,
        groups,
    });
    *cache.borrow_mut() = Some((key, Rc::clone(&made)));
    Some(made)
}

impl Cured {
    /// The model of a distribution.
    pub fn model(&self, distribution: CureDistribution) -> Result<&CureModel, CureError> {
        let of = self.models.iter().find(|(each, _)| *each == distribution);
        of.map_or(Err(CureError::NoConvergence), |(_, model)| {
            model.as_ref().map_err(|error| *error)
        })
    }

    /// The covariates of a group, in a part of a model with this many coefficients.
    fn covariates(group: usize, coefficients: usize) -> Vec<f64> {
        (1..coefficients)
            .map(|code| f64::from(u8::from(code == group)))
            .collect()
    }

    /// What a model has for a group.
    pub fn of_group(model: &CureModel, group: usize, z: f64) -> Option<OfGroup> {
        let fraction = model.cured_fraction(&Self::covariates(group, model.incidence.len()), z)?;
        let ratio = (group > 0).then(|| {
            let (ratio, limits) = model.odds_ratio(group - 1, z)?;
            let std_err = model.std_err().map(|all| all[group]);
            let test = std_err.and_then(|std_err| Z::new(model.incidence[group], std_err));
            Some(OddsRatio {
                ratio,
                limits,
                p: test.map(|test| test.p),
            })
        });
        Some(OfGroup {
            fraction,
            median: model.latency_quantile(0.5, &Self::covariates(group, model.latency.len()))?,
            ratio: ratio.flatten(),
        })
    }

    /// Survival of a group by a model at a time.
    pub fn survival(model: &CureModel, group: usize, time: f64) -> Option<f64> {
        let [incidence, latency] = [&model.incidence, &model.latency].map(|part| Self::covariates(group, part.len()));
        model.survival(time, &incidence, &latency)
    }
}

/// Whether a model has one maximum inside its space, which another program finds as well.
pub fn is_told(model: &CureModel) -> bool {
    let doubts = [
        CureWarning::NoCuredFraction,
        CureWarning::MayBeInfinite,
        CureWarning::NotIdentified,
    ];
    !model.warnings.iter().any(|warning| doubts.contains(warning))
}

/// "41.2 (32.1–50.9)", in per cent.
fn fraction(found: (f64, Option<(f64, f64)>)) -> String {
    let (share, limits) = found;
    let ends = limits.map(|(lower, upper)| {
        if is_fraction_determined((lower, upper)) {
            interval(&percent(lower), &percent(upper))
        } else {
            words::NOT_DETERMINED.to_owned()
        }
    });
    percent(share) + &ends.map_or_else(String::new, |ends| format!(" ({ends})"))
}

fn group_name<'a>(analysis: &Analysis<'_>, name: &'a str) -> &'a str {
    if analysis.compares() { name } else { ALL_PATIENTS }
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    if analysis.events() == 0 {
        return html! { h2 { (words::CURE) } (notice(words::NO_EVENT)) };
    }
    html! {
        h2 { (words::CURE) }
        (notice(words::WARNING))
        h3 { (words::PLATEAU) }
        (plateaus(analysis))
        p.quiet.key { (words::PLATEAU_KEY) }
        @match cured(analysis) {
            None => { p.quiet { (words::NO_MODEL) } }
            Some(found) => {
                @if found.at_zero > 0 { p.remark { (words::at_zero(found.at_zero)) } }
                (of_model(analysis, &found))
                h3 { (words::DISTRIBUTIONS) }
                (distributions(analysis, &found))
                p.quiet.key { (words::DISTRIBUTIONS_KEY) }
            }
        }
    }
}

/// The model of the setting.
fn of_model(analysis: &Analysis<'_>, found: &Cured) -> Markup {
    let distribution = analysis.settings.cure_distribution;
    let model = match found.model(distribution) {
        Ok(model) => model,
        Err(error) => {
            let names = found.groups.names.get(1..).unwrap_or_default();
            return notice(words::no_cure_model(&lang::cure_error(error, names, names)));
        }
    };
    let warnings = model.warnings.iter().map(|each| capital(lang::cure_warning(*each)));
    let warnings: Vec<String> = warnings.chain(short_follow_up(analysis, found)).collect();
    let figure = drawn(analysis, found, model);
    html! {
        h3 { (words::FRACTIONS) }
        @if let Some(without) = model.aic_as_good_without_cure() {
            (notice(words::not_needed(&fixed(model.aic, 1), &fixed(without, 1))))
        }
        @if !warnings.is_empty() { (notice(list(warnings))) }
        (with_data_table("cure", &figure.into()))
        (fractions(analysis, found, model))
        (list(sentences(analysis, found, model)))
    }
}

/// The groups whose own follow-up does not support a cured fraction.
fn short_follow_up(analysis: &Analysis<'_>, found: &Cured) -> Option<String> {
    let names = found.groups.names.iter().enumerate();
    let is_short = |group: usize| {
        let end = plateau_of(&found.follow_up, &found.groups, group);
        end.is_some_and(Plateau::is_insufficient)
    };
    let short: Vec<String> = names
        .filter(|(group, _)| analysis.compares() && is_short(*group))
        .map(|(_, name)| name.clone())
        .collect();
    (!short.is_empty()).then(|| words::short_follow_up_of(&short))
}

/// The ends of the curves of the groups, that of the reference first.
fn plateaus(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.follow_up() else {
        return Markup::default();
    };
    let groups = analysis.against_reference();
    let columns = Columns::new(GROUP).numbers([words::LAST_EVENT, words::LAST_TIME, words::BEYOND, words::ALPHA]);
    let rows = groups.names.iter().enumerate().map(|(group, name)| {
        let end = plateau_of(follow_up, &groups, group);
        let cells = match end {
            None => [words::NONE; 4].map(str::to_owned),
            Some(end) => [
                decimal(end.last_event, 2),
                decimal(end.last_time, 2),
                end.censored_beyond.to_string(),
                lang::p_cell(end.alpha),
            ],
        };
        columns.row(group_name(analysis, name), cells)
    });
    columns.table("plateau", rows)
}

/// The end of the curve of a group.
pub fn plateau_of(follow_up: &FollowUp, groups: &Labels, group: usize) -> Option<Plateau> {
    let is_of = |row: &usize| groups.codes[*row] as usize == group;
    let rows: Vec<usize> = (0..groups.codes.len()).filter(is_of).collect();
    plateau(&follow_up.subset(&rows)?)
}

fn fractions(analysis: &Analysis<'_>, found: &Cured, model: &CureModel) -> Markup {
    let names = found.groups.names.iter().enumerate();
    let ci = analysis.ci();
    let (fraction_head, ratio_head) = (words::fraction(&ci), words::odds_ratio(&ci));
    let columns = Columns::new(GROUP).numbers([&fraction_head, words::MEDIAN]);
    let columns = if analysis.compares() {
        columns.numbers([&ratio_head, P])
    } else {
        columns
    };
    let rows = names.filter_map(|(group, name)| {
        let of_group = Cured::of_group(model, group, analysis.confidence().z())?;
        let mut cells = vec![fraction(of_group.fraction), decimal(of_group.median, 2)];
        if analysis.compares() {
            let ratio = of_group.ratio.as_ref();
            let told = ratio.map(|found| words::ratio(found.ratio, found.limits, None));
            cells.push(told.unwrap_or_else(|| words::REFERENCE.to_owned()));
            cells.push(ratio.map_or_else(String::new, |found| p_or_dash(found.p)));
        }
        Some(columns.row(group_name(analysis, name), cells))
    });
    columns.table("fractions", rows)
}

/// Every distribution with its criterion and its fractions.
fn distributions(analysis: &Analysis<'_>, found: &Cured) -> Markup {
    let heads: Vec<String> = found
        .groups
        .names
        .iter()
        .map(|name| words::fraction_of(if analysis.compares() { name } else { "" }, &analysis.ci()))
        .collect();
    let columns = Columns::new(words::DISTRIBUTION_COLUMN).numbers([words::AIC, words::AIC_WITHOUT]);
    let columns = columns.numbers(heads.iter().map(String::as_str));
    let rows = found.models.iter().map(|(each, model)| {
        let mut cells = Vec::new();
        match model {
            Err(_) => cells.extend(vec![words::NONE.to_owned(); 2 + heads.len()]),
            Ok(model) => {
                cells.push(fixed(model.aic, 1));
                let without = model.aic_without_cure();
                cells.push(without.map_or_else(|| words::NONE.to_owned(), |aic| fixed(aic, 1)));
                let fractions = (0..heads.len()).map(|group| Cured::of_group(model, group, analysis.confidence().z()));
                cells.extend(fractions.map(|of| of.map_or_else(String::new, |of| fraction(of.fraction))));
            }
        }
        let name = capital(words::value(each.code()));
        let is_chosen = *each == analysis.settings.cure_distribution;
        columns.row(html! { @if is_chosen { strong { (name) } } @else { (name) } }, cells)
    });
    columns.table("distributions", rows)
}

fn sentences(analysis: &Analysis<'_>, found: &Cured, model: &CureModel) -> Vec<String> {
    if !is_told(model) {
        return Vec::new();
    }
    let names = found.groups.names.iter().enumerate();
    let sentence = |(group, name): (usize, &String)| {
        let (share, limits) = Cured::of_group(model, group, analysis.confidence().z())?.fraction;
        let told = words::percent_with_interval(
            &percent(share),
            limits.map(|(low, high)| (percent(low), percent(high))),
            &analysis.ci(),
        );
        let group = if analysis.compares() { name.as_str() } else { "" };
        Some(words::cure_sentence(analysis.endpoint(), group, &told))
    };
    names.filter_map(sentence).collect()
}

/// The figure.
pub fn figure(analysis: &Analysis<'_>) -> Option<FittedFigure> {
    let found = cured(analysis).filter(|_| analysis.events() > 0)?;
    let model = found.model(analysis.settings.cure_distribution).ok()?;
    Some(drawn(analysis, &found, model))
}

/// Kaplan–Meier curves of the groups; the curves of the model are over them.
fn drawn(analysis: &Analysis<'_>, found: &Cured, model: &CureModel) -> FittedFigure {
    let label = |name: &str| {
        if analysis.compares() {
            name.to_owned()
        } else {
            String::new()
        }
    };
    let curves = kaplan_meier_by(&found.follow_up, &found.groups).unwrap_or_default();
    let curves = found.groups.names.iter().zip(&curves);
    let distribution = printed::value(analysis.settings.cure_distribution.code());
    let size = [model.n, model.n_events];
    let inputs = curves.map(|(name, curve)| CurveInput {
        full_name: full_name(analysis, name, curve.rows()),
        ..curve_input(&label(name), 0.0, curve, Vec::new(), analysis.confidence())
    });
    let inputs: Vec<CurveInput> = inputs.collect();
    let groups: Vec<(&str, &Followed)> = inputs
        .iter()
        .map(|curve| (curve.label.as_str(), &curve.followed))
        .collect();
    // The model has no intervals.
    let mut options = PlotOptions {
        bands: false,
        colours: analysis.colours(&found.groups.names),
        ..analysis.plot(analysis.printed_endpoint())
    };
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &groups, None);
    FittedFigure {
        lettering: Lettering {
            title: printed::cure_title(&capital(analysis.printed_endpoint())),
            description: printed::CURE_DESCRIPTION.to_owned(),
            caption: vec![printed::cure_caption(distribution, size) + &said + &analysis.origin_in_caption()],
        },
        fitted: (0..)
            .zip(&found.groups.names)
            .map(|(group, name)| fitted(found, model, group, &label(name)))
            .collect(),
        curves: inputs,
        shown: figure_options::shown_probability(&analysis.settings.figure),
        options,
    }
}

/// Points of a curve of a model.
const POINTS: u32 = 200;

/// The curve of the model for a group, as far as it was followed.
fn fitted(found: &Cured, model: &CureModel, group: usize, label: &str) -> FittedCurve {
    let rows = found.groups.codes.iter().zip(found.follow_up.time());
    let own = rows.filter(|(code, _)| **code as usize == group);
    let last = own.map(|(_, &time)| time).fold(0.0, f64::max);
    let time = |point: u32| last * f64::from(point) / f64::from(POINTS);
    let points = (1..=POINTS).filter_map(|point| Some((time(point), Cured::survival(model, group, time(point))?)));
    let (time, survival) = points.unzip();
    FittedCurve {
        label: label.to_owned(),
        time,
        survival,
        interval: Vec::new(),
    }
}

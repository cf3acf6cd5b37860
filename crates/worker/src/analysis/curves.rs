//! Survival curves, and survival at some times in full.

use cotside_core::shortest;
use cotside_core::survival::{Confidence, SurvivalCurve, reverse_kaplan_meier};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::{Followed, Lettering, PlotOptions};
use cotside_views::{Columns, list};
use cotside_words::en::curve_results;
use cotside_words::en::figure_results as figure_words;
use cotside_words::en::survival_results as printed;
use cotside_words::lang::survival_results as words;
use cotside_words::{capital, decimal, en, fixed, lang};
use maud::{Markup, html};

use crate::analysis::choices::id_name;
use crate::analysis::curve_options;
use crate::analysis::drawn::with_data_table;
use crate::analysis::estimates::rank_test;
use crate::analysis::figure_options;
use crate::analysis::hazards::ratio_text;
use crate::analysis::key_numbers;
use crate::analysis::published;
use crate::analysis::selection::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(figure) = figure(analysis) else {
        return Markup::default();
    };
    html! {
        (with_data_table("curves", &figure.into()))
        (curve_options::without_band(analysis))
        (published::html(analysis))
    }
}

/// How many of a curve were followed for how long, all from its start.
pub fn followed(curve: &SurvivalCurve) -> Followed {
    Followed {
        time: curve.time().to_vec(),
        at_risk: curve.at_risk().to_vec(),
        events: curve.events().to_vec(),
        censored: curve.censored().to_vec(),
        entered: Vec::new(),
    }
}

/// A curve as the figure takes it.
///
/// `entered` are the times at which patients come under observation, ascending, and how many, where some do so after
/// the start.
pub fn curve_input(
    label: &str,
    start: f64,
    curve: &SurvivalCurve,
    entered: Vec<(f64, f64)>,
    confidence: Confidence,
) -> CurveInput {
    CurveInput {
        label: label.to_owned(),
        start,
        followed: Followed {
            entered,
            ..followed(curve)
        },
        survival: curve.survival().to_vec(),
        interval: (0..curve.len())
            .map(|step| {
                curve
                    .interval(step, confidence)
                    .map(|interval| (interval.lower, interval.upper))
            })
            .collect(),
        ..CurveInput::default()
    }
}

/// The same of a curve of survival, with its band or its hazard where these are drawn.
fn input(analysis: &Analysis<'_>, label: &str, curve: &SurvivalCurve) -> CurveInput {
    let hazard = if curve_options::shows_hazard(analysis) {
        curve_options::hazard_of(analysis, curve)
    } else {
        Vec::new()
    };
    CurveInput {
        band: curve_options::drawn_band(analysis, curve),
        band_to: analysis.settings.curve_options.band_to,
        hazard: hazard.iter().map(|step| step.hazard).collect(),
        hazard_interval: hazard.iter().map(curve_options::hazard_interval).collect(),
        ..curve_input(label, 0.0, curve, Vec::new(), analysis.confidence())
    }
}

/// The name of a group at its curve, with the variable and how many patients it has; empty where nothing is compared.
pub fn full_name(analysis: &Analysis<'_>, group: &str, patients: usize) -> String {
    if !analysis.compares() {
        return String::new();
    }
    let id = &analysis.settings.group;
    figure_words::full_name(
        &id_name(analysis.study, id),
        &figure_words::level_in_full(id, group),
        patients,
    )
}

/// Hazard ratio of two groups and P of the test, as they stand in the panel; nothing where nothing is compared or they are not
/// wanted.
fn annotation(analysis: &Analysis<'_>) -> Vec<String> {
    if !analysis.settings.figure.annotation || !analysis.compares() {
        return Vec::new();
    }
    let groups = analysis.against_reference();
    let ratio = match groups.names.as_slice() {
        [reference, other] => analysis
            .group_model()
            .and_then(|found| found.estimates.first()?.as_ref())
            .filter(|found| found.hazard_ratio.is_some() && found.lower.is_some() && found.upper.is_some())
            .map(|found| {
                let [ratio, lower, upper] = [found.hazard_ratio, found.lower, found.upper]
                    .map(|number| number.map(ratio_text).unwrap_or_default());
                let which = printed::ratio_of_groups(other, reference);
                [
                    figure_words::ratio(&ratio, [&lower, &upper], &analysis.printed_ci()),
                    which,
                ]
            }),
        _ => None,
    };
    ratio.into_iter().flatten().chain(rank_test_note(analysis)).collect()
}

/// The rank test between the groups with its P, as it stands in a panel.
pub fn rank_test_note(analysis: &Analysis<'_>) -> Option<String> {
    let test = rank_test(analysis)?;
    let name = capital(&printed::rank_test_name(analysis.settings.test.weight()));
    Some(printed::key_test(&name, &en::p_in_sentence(test.p)))
}

/// How the curves are drawn; the axis of a cumulative hazard ends above its highest value.
fn plot(analysis: &Analysis<'_>, curves: &[CurveInput]) -> PlotOptions {
    let plain = analysis.plot(analysis.printed_endpoint());
    let options = PlotOptions {
        bands: plain.bands || curve_options::band_kind(analysis).is_some(),
        annotation: annotation(analysis),
        ..plain
    };
    if !curve_options::shows_hazard(analysis) {
        return options;
    }
    let highest = curves
        .iter()
        .flat_map(|curve| &curve.hazard)
        .copied()
        .fold(0.0, f64::max);
    let figure = &analysis.settings.figure;
    PlotOptions {
        value_label: curve_results::hazard_axis(analysis.printed_endpoint()),
        fraction: true,
        open_top: true,
        percent: (
            figure.value_from.unwrap_or(0.0),
            figure.value_to.unwrap_or_else(|| 100.0 * round_above(1.1 * highest)),
        ),
        ..options
    }
}

/// The next of 0.1, 0.2, 0.5, 1, 2, 5, … at or above a number; 1 of nothing.
fn round_above(value: f64) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 1.0;
    }
    let mut power = 1.0;
    while power < value {
        power *= 10.0;
    }
    while power / 10.0 >= value {
        power /= 10.0;
    }
    let steps = [power / 5.0, power / 2.0, power];
    steps.into_iter().find(|step| *step >= value).unwrap_or(power)
}

/// The figure of the curves.
pub fn figure(analysis: &Analysis<'_>) -> Option<CurveFigure> {
    let follow_up = analysis.follow_up()?;
    let curves = analysis.curves();
    let named = analysis.groups.names.iter().zip(curves);
    let label = |name: &str| {
        if analysis.compares() {
            name.to_owned()
        } else {
            String::new()
        }
    };
    let events = shortest(curves.iter().map(SurvivalCurve::all_events).sum());
    let inputs: Vec<CurveInput> = named
        .map(|(name, curve)| CurveInput {
            full_name: full_name(analysis, name, curve.rows()),
            ..input(analysis, &label(name), curve)
        })
        .collect();
    let published = if curve_options::shows_hazard(analysis) {
        Vec::new()
    } else {
        published::points(analysis)
    };
    let mut options = plot(analysis, &inputs);
    let groups = inputs.iter().map(|input| (input.label.as_str(), &input.followed));
    let groups: Vec<(&str, &Followed)> = groups.collect();
    let latest = published.iter().map(|point| point.time).reduce(f64::max);
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &groups, latest);
    Some(CurveFigure {
        options,
        curves: inputs,
        lettering: Lettering {
            title: capital(analysis.printed_endpoint()),
            description: printed::curves_description(analysis.printed_endpoint(), follow_up.len(), &events),
            caption: vec![
                printed::curves_caption(
                    &key_numbers::printed_title(analysis),
                    &curve_options::drawn(analysis),
                    analysis.settings.figure.censoring_marks,
                    follow_up.len(),
                    &events,
                ) + &said
                    + &analysis.origin_in_caption(),
            ],
        },
        published,
        shown: figure_options::shown(&analysis.settings.figure),
    })
}

/// A fraction as a percentage with one decimal.
pub fn percent(share: f64) -> String {
    fixed(share * 100.0, 1)
}

/// Survival at the years of the setting in full: at risk, estimate, standard error, interval; as a table and in sentences.
pub fn at_times(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.follow_up() else {
        return Markup::default();
    };
    let ci = analysis.ci();
    let columns = Columns::new(words::GROUP).numbers([words::YEARS, words::AT_RISK, words::ESTIMATE, words::SE, &ci]);
    let rows = analysis.groups.names.iter().zip(analysis.curves());
    let rows = rows.flat_map(|(name, curve)| {
        let columns = &columns;
        let group = if analysis.compares() { name } else { words::ALL_PATIENTS };
        let at = analysis.settings.at.iter();
        at.filter_map(move |&year| Some(columns.row(group, at_time(curve, year, analysis.confidence())?)))
    });
    let quantiles = reverse_kaplan_meier(follow_up).quantiles(&[0.5], analysis.confidence());
    let median = quantiles.first().and_then(|quantile| quantile.time);
    html! {
        (columns.table("at", rows))
        (curve_options::quantile_table(analysis))
        (curve_options::conditional_table(analysis))
        p.quiet { (median.map_or_else(|| words::NO_MEDIAN_FOLLOW_UP.to_owned(), words::median_follow_up)) }
        (list(sentences(analysis)))
    }
}

/// Time, number at risk, estimate, standard error and interval of a curve at a time; the last two are empty beyond the
/// last observation.
fn at_time(curve: &SurvivalCurve, year: f64, confidence: Confidence) -> Option<[Markup; 5]> {
    let at = curve.at(year, confidence)?;
    let is_known = curve.is_known_at(year);
    let estimate = if is_known {
        percent(at.survival)
    } else {
        words::TOO_SHORT.to_owned()
    };
    let (std_err, interval) = match at.spread() {
        _ if !is_known => (String::new(), String::new()),
        Ok((std_err, interval)) => (
            percent(std_err),
            words::interval(&percent(interval.lower), &percent(interval.upper)),
        ),
        Err(why) => (words::NONE.to_owned(), words::no_interval(&lang::no_variance("", why))),
    };
    Some([
        html! { (decimal(year, 2)) },
        html! { (decimal(at.at_risk, 1)) },
        html! { strong { (estimate) } },
        html! { (std_err) },
        html! { (interval) },
    ])
}

/// The estimates at the last of the years, in sentences.
fn sentences(analysis: &Analysis<'_>) -> Vec<String> {
    let sentence = |(name, curve): (&String, &SurvivalCurve)| {
        let year = analysis.settings.at.last().copied()?;
        let at = curve
            .at(year, analysis.confidence())
            .filter(|_| curve.is_known_at(year))?;
        let behind = match at.spread() {
            Ok((_, interval)) => {
                words::interval_behind(&percent(interval.lower), &percent(interval.upper), &analysis.ci())
            }
            Err(why) => words::no_interval_behind(&lang::no_variance("", why)),
        };
        let estimate = words::percent_with(&percent(at.survival), &behind);
        let group = if analysis.compares() { name.as_str() } else { "" };
        let all = (curve.rows() as f64, curve.all_events());
        Some(words::survival_at(
            analysis.endpoint(),
            group,
            year,
            &estimate,
            all,
            at.at_risk,
        ))
    };
    let curves = analysis.groups.names.iter().zip(analysis.curves());
    curves.filter_map(sentence).collect()
}

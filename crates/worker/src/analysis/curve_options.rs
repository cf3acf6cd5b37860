//! What is asked of curves beside survival at some times: quantiles, conditional survival, simultaneous bands, the cumulative
//! hazard; and the sentences and sources of the methods.

use cotside_core::survival::{
    Band, BandKind, Conditional, HazardStep, NoVariance, Quantile, SurvivalCurve, band, cumulative_hazard,
};
use cotside_messages::{CurveOptions, Direction, HazardEstimate};
use cotside_views::{Columns, notice};
use cotside_words::en::curve_results as printed;
use cotside_words::lang::curve_results as words;
use cotside_words::lang::survival_results;
use cotside_words::{capital, decimal};
use maud::{Markup, html};

use crate::analysis::curves::percent;
use crate::analysis::estimates::MOST_COLUMNS;
use crate::analysis::selection::Analysis;

/// Whether the figure shows the cumulative hazard.
pub fn shows_hazard(analysis: &Analysis<'_>) -> bool {
    analysis.settings.figure.direction == Direction::CumulativeHazard
}

/// The kind of the simultaneous band of the figure, which is drawn wherever one is chosen; `None` where it has pointwise
/// intervals, or none.
pub fn band_kind(analysis: &Analysis<'_>) -> Option<BandKind> {
    let kind = analysis.settings.curve_options.band.kind()?;
    (!shows_hazard(analysis)).then_some(kind)
}

/// The band of a curve; `None` where none is asked for, or none of its times has one.
pub fn band_of(analysis: &Analysis<'_>, curve: &SurvivalCurve) -> Option<Band> {
    let options = &analysis.settings.curve_options;
    band(
        curve,
        options.band.kind()?,
        options.scale.scale(),
        options.fraction(),
        options.band_from.unwrap_or(f64::NEG_INFINITY),
        options.band_to.unwrap_or(f64::INFINITY),
    )
}

/// The band of each step of a curve; empty where none is drawn.
pub fn drawn_band(analysis: &Analysis<'_>, curve: &SurvivalCurve) -> Vec<Option<(f64, f64)>> {
    if band_kind(analysis).is_none() {
        return Vec::new();
    }
    let mut steps = vec![None; curve.len()];
    if let Some(band) = band_of(analysis, curve) {
        for (place, interval) in steps.iter_mut().skip(band.first).zip(&band.intervals) {
            *place = interval.map(|interval| (interval.lower, interval.upper));
        }
    }
    steps
}

/// The cumulative hazard of a curve at each of its steps, by the chosen estimate.
pub fn hazard_of(analysis: &Analysis<'_>, curve: &SurvivalCurve) -> Vec<HazardStep> {
    let ties = analysis.settings.curve_options.hazard.ties();
    cumulative_hazard(curve, ties, analysis.confidence())
}

/// The interval of a hazard; none before the first event.
pub fn hazard_interval(step: &HazardStep) -> Option<(f64, f64)> {
    let interval = step.hazard_interval().filter(|_| step.std_err > 0.0)?;
    Some((interval.lower, interval.upper))
}

/// Which curves have no band though one is asked for; nothing where all have one.
pub fn without_band(analysis: &Analysis<'_>) -> Markup {
    if band_kind(analysis).is_none() {
        return Markup::default();
    }
    let named = analysis.groups.names.iter().zip(analysis.curves());
    let without = named.filter(|(_, curve)| band_of(analysis, curve).is_none());
    let names: Vec<&str> = without.map(|(name, _)| name.as_str()).collect();
    let is_all = names.len() == analysis.groups.names.len();
    html! {
        @if is_all { (notice(words::no_band(&[]))) } @else if !names.is_empty() { (notice(words::no_band(&names))) }
    }
}

/// What the figure draws, for its caption: the estimates with their intervals or bands.
pub fn drawn(analysis: &Analysis<'_>) -> String {
    let options = &analysis.settings.curve_options;
    let scale = options.scale.scale();
    let estimates = if shows_hazard(analysis) {
        match options.hazard {
            HazardEstimate::NelsonAalen => printed::NELSON_AALEN_ESTIMATES,
            HazardEstimate::FlemingHarrington => printed::FLEMING_HARRINGTON_ESTIMATES,
        }
    } else {
        printed::KAPLAN_MEIER_ESTIMATES
    };
    let intervals = match band_kind(analysis) {
        None if !analysis.settings.figure.bands => String::new(),
        None => printed::with_pointwise(&analysis.printed_ci(), scale),
        Some(kind) => printed::with_bands(kind, options.level, scale, &range(analysis)),
    };
    [estimates, &intervals].concat()
}

/// Over which times the band lies.
fn range(analysis: &Analysis<'_>) -> String {
    let options = &analysis.settings.curve_options;
    printed::band_range(options.band_from, options.band_to)
}

/// The chosen quantiles of a curve.
pub fn quantiles(analysis: &Analysis<'_>, curve: &SurvivalCurve) -> Vec<Quantile> {
    let options = &analysis.settings.curve_options;
    let fractions: Vec<f64> = options.quantiles.iter().map(|percent| percent / 100.0).collect();
    curve.quantiles(&fractions, options.confidence())
}

fn quantile_cell(found: &Quantile) -> Markup {
    let years = |time: Option<f64>| time.map(|time| decimal(time, 2));
    let (time, interval) = words::quantile_with(years(found.time), years(found.lower), years(found.upper));
    html! { strong { (time) } @if let Some(interval) = interval { " " span.nobreak { "(" (interval) ")" } } }
}

/// Beside the curves, folded unless other quantiles are asked for than those of the beginning: a row for each and a column for
/// each group, or the reverse where there are many.
pub fn quantile_fold(analysis: &Analysis<'_>) -> Markup {
    let percents = &analysis.settings.curve_options.quantiles;
    if percents.is_empty() {
        return Markup::default();
    }
    let of_groups: Vec<Vec<Quantile>> = analysis
        .curves()
        .iter()
        .map(|curve| quantiles(analysis, curve))
        .collect();
    let is_reached = |found: &Quantile| found.time.is_some() && found.lower.is_some() && found.upper.is_some();
    let all_reached = of_groups.iter().flatten().all(is_reached);
    let is_own = *percents != CurveOptions::default().quantiles;
    html! {
        details.more open[is_own] data-testid="quantiles" {
            summary { (words::QUANTILES) }
            @if analysis.groups.len() > MOST_COLUMNS {
                (a_row_for_each_group(analysis, &of_groups))
            } @else {
                (a_column_for_each_group(analysis, &of_groups))
            }
            @if !all_reached { p.quiet.key { (words::NOT_REACHED_KEY) } }
        }
    }
}

/// Names of the chosen quantiles.
fn quantile_names(analysis: &Analysis<'_>) -> Vec<String> {
    let percents = analysis.settings.curve_options.quantiles.iter();
    percents.map(|&percent| words::quantile(percent)).collect()
}

fn a_row_for_each_group(analysis: &Analysis<'_>, of_groups: &[Vec<Quantile>]) -> Markup {
    let labels = quantile_names(analysis);
    let years = words::years_ci(&analysis.ci());
    html! {
        table.estimates {
            thead { tr {
                th scope="col" { (survival_results::GROUP) }
                @for label in &labels { th.number scope="col" { (label) br; span.quiet { (years) } } }
            } }
            tbody {
                @for (at, (group, found)) in analysis.groups.names.iter().zip(of_groups).enumerate() {
                    tr data-group=(at) {
                        th scope="row" { (group) }
                        @for (label, each) in labels.iter().zip(found) { td.number data-label=(label) { (quantile_cell(each)) } }
                    }
                }
            }
        }
    }
}

fn a_column_for_each_group(analysis: &Analysis<'_>, of_groups: &[Vec<Quantile>]) -> Markup {
    let names = &analysis.groups.names;
    let years = words::years_ci(&analysis.ci());
    let name = |name: &str| {
        if analysis.compares() {
            name.to_owned()
        } else {
            capital(analysis.endpoint())
        }
    };
    html! {
        table.estimates.stacked[names.len() > 2] {
            thead { tr {
                th scope="col" { (words::WITH_EVENT) }
                @for (at, group) in names.iter().enumerate() {
                    th.number scope="col" data-group=(at) { (name(group)) br; span.quiet { (years) } }
                }
            } }
            tbody {
                @for (row, label) in quantile_names(analysis).iter().enumerate() {
                    tr {
                        th scope="row" { (label) }
                        @for (at, (group, found)) in names.iter().zip(of_groups).enumerate() {
                            td.number data-label=(name(group)) data-group=(at) {
                                @if let Some(each) = found.get(row) { (quantile_cell(each)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The chosen quantiles in full; nothing where none is chosen.
pub fn quantile_table(analysis: &Analysis<'_>) -> Markup {
    if analysis.settings.curve_options.quantiles.is_empty() {
        return Markup::default();
    }
    let ci = analysis.ci();
    let labels = quantile_names(analysis);
    let columns = Columns::new(survival_results::GROUP).numbers([words::WITH_EVENT, survival_results::YEARS, &ci]);
    let reached =
        |time: Option<f64>| time.map_or_else(|| survival_results::NOT_REACHED.to_owned(), |time| decimal(time, 2));
    let rows = analysis
        .groups
        .names
        .iter()
        .zip(analysis.curves())
        .flat_map(|(name, curve)| {
            let (columns, labels) = (&columns, &labels);
            let group = if analysis.compares() {
                name
            } else {
                survival_results::ALL_PATIENTS
            };
            quantiles(analysis, curve)
                .into_iter()
                .zip(labels)
                .map(move |(found, label)| {
                    let interval = survival_results::from_to(&reached(found.lower), &reached(found.upper));
                    columns.row(group, [label.clone(), reached(found.time), interval])
                })
        });
    html! {
        h3 { (words::QUANTILES) }
        (columns.table("quantiles", rows))
    }
}

/// The pairs of times of conditional survival: from each of the chosen ones to every later time of the estimates.
pub fn conditional_times(analysis: &Analysis<'_>) -> Vec<(f64, f64)> {
    let to = &analysis.settings.at;
    let from = analysis.settings.curve_options.conditional.iter();
    from.flat_map(|&from| to.iter().filter(move |to| **to > from).map(move |&to| (from, to)))
        .collect()
}

/// Survival of a curve from one time to another, where it is known at both.
pub fn conditional(analysis: &Analysis<'_>, curve: &SurvivalCurve, (from, to): (f64, f64)) -> Option<Conditional> {
    let found = curve.conditional(from, to, analysis.confidence())?;
    (curve.is_known_at(from) && curve.is_known_at(to)).then_some(found)
}

/// Conditional survival in full; nothing where none is asked for.
pub fn conditional_table(analysis: &Analysis<'_>) -> Markup {
    let times = conditional_times(analysis);
    if times.is_empty() {
        let is_asked = !analysis.settings.curve_options.conditional.is_empty();
        return html! { @if is_asked { (notice(words::NO_LATER_TIME)) } };
    }
    let ci = analysis.ci();
    let columns = Columns::new(survival_results::GROUP).numbers([
        words::EVENT_FREE_AT,
        words::TO,
        survival_results::ESTIMATE,
        survival_results::SE,
        &ci,
    ]);
    let rows = analysis
        .groups
        .names
        .iter()
        .zip(analysis.curves())
        .flat_map(|(name, curve)| {
            let group = if analysis.compares() {
                name
            } else {
                survival_results::ALL_PATIENTS
            };
            let columns = &columns;
            times.iter().map(move |&(from, to)| {
                let [estimate, std_err, interval] = conditional_cells(conditional(analysis, curve, (from, to)));
                columns.row(group, [decimal(from, 2), decimal(to, 2), estimate, std_err, interval])
            })
        });
    html! {
        h3 { (words::conditional_heading(analysis.endpoint())) }
        (columns.table("conditional", rows))
        p.quiet.key { (words::CONDITIONAL) }
    }
}

fn conditional_cells(found: Option<Conditional>) -> [String; 3] {
    let Some(found) = found else {
        return [survival_results::TOO_SHORT.to_owned(), String::new(), String::new()];
    };
    let estimate = percent(found.survival);
    match found.spread() {
        Ok((std_err, interval)) => [
            estimate,
            percent(std_err),
            survival_results::interval(&percent(interval.lower), &percent(interval.upper)),
        ],
        Err(why) => [estimate, survival_results::NONE.to_owned(), no_interval(why)],
    }
}

fn no_interval(why: NoVariance) -> String {
    survival_results::no_interval(words::conditional_no_variance(why))
}

/// How curves were estimated.
pub fn methods(analysis: &Analysis<'_>) -> Vec<String> {
    let options = &analysis.settings.curve_options;
    let scale = options.scale.scale();
    let mut sentences = vec![printed::kaplan_meier(options.level, scale)];
    if !options.quantiles.is_empty() {
        sentences.push(printed::QUANTILE_METHOD.to_owned());
    }
    if !conditional_times(analysis).is_empty() {
        sentences.push(printed::CONDITIONAL_METHOD.to_owned());
    }
    if let Some(kind) = band_kind(analysis) {
        sentences.push(printed::band_method(kind, options.level, scale, &range(analysis)));
    }
    if shows_hazard(analysis) {
        let method = match options.hazard {
            HazardEstimate::NelsonAalen => printed::HAZARD_METHOD,
            HazardEstimate::FlemingHarrington => printed::FLEMING_HARRINGTON_METHOD,
        };
        sentences.push(method.to_owned());
    }
    sentences
}

/// The sources of these methods.
pub fn sources(analysis: &Analysis<'_>) -> Vec<&'static str> {
    let mut sources = Vec::new();
    if !analysis.settings.curve_options.quantiles.is_empty() {
        sources.push(printed::source::QUANTILES);
    }
    match band_kind(analysis) {
        Some(BandKind::EqualPrecision) => sources.push(printed::source::EQUAL_PRECISION),
        Some(BandKind::HallWellner) => sources.push(printed::source::HALL_WELLNER),
        None => {}
    }
    if shows_hazard(analysis) {
        sources.push(match analysis.settings.curve_options.hazard {
            HazardEstimate::NelsonAalen => printed::source::NELSON_AALEN,
            HazardEstimate::FlemingHarrington => printed::source::FLEMING_HARRINGTON,
        });
    }
    sources
}

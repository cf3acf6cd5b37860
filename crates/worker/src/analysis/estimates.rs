//! Beside the curves: estimates at the years of the setting, the tests of the groups, and the sentence for the paper.

use cotside_core::survival::cox::Estimate;
use cotside_core::survival::{
    ChiSquare, SurvivalCurve, difference_at, log_rank, restricted_mean_difference, reverse_kaplan_meier,
};
use cotside_views::{copy_button, english};
use cotside_words::en::cox_results;
use cotside_words::en::estimates as printed;
use cotside_words::lang::estimates as words;
use cotside_words::lang::survival_results::{self, NONE, TOO_SHORT};
use cotside_words::{capital, decimal, en, lang, signed};
use maud::{Markup, html};

use crate::analysis::comparison::{horizon, others, points};
use crate::analysis::curve_options;
use crate::analysis::curves::percent;
use crate::analysis::hazards::{ratio, ratio_text};
use crate::analysis::selection::{Analysis, GroupModel};

/// More groups than this have a row for each group and year.
pub const MOST_COLUMNS: usize = 3;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let test = rank_test(analysis);
    html! {
        (table(analysis))
        (curve_options::quantile_fold(analysis))
        (tests(analysis, test))
        (for_the_paper(analysis, test))
    }
}

/// An estimate with its interval, where it has one; `None` where nobody was followed for so long.
pub fn estimate(analysis: &Analysis<'_>, curve: &SurvivalCurve, year: f64) -> Option<(String, Option<String>)> {
    let at = curve
        .at(year, analysis.confidence())
        .filter(|_| curve.is_known_at(year))?;
    let interval = at
        .spread()
        .ok()
        .map(|(_, interval)| survival_results::interval(&percent(interval.lower), &percent(interval.upper)));
    Some((percent(at.survival), interval))
}

fn cell(analysis: &Analysis<'_>, curve: &SurvivalCurve, year: f64) -> Markup {
    match estimate(analysis, curve, year) {
        None => html! { span.quiet { (TOO_SHORT) } },
        Some((share, interval)) => html! {
            strong { (share) } @if let Some(interval) = interval { " " span.nobreak { "(" (interval) ")" } }
        },
    }
}

/// A column for each group, with the difference of two; a row for each group where there are many.
fn table(analysis: &Analysis<'_>) -> Markup {
    let names = &analysis.groups.names;
    let years = || analysis.settings.at.iter().copied();
    let name = |name: &str| {
        if analysis.compares() {
            name.to_owned()
        } else {
            capital(analysis.endpoint())
        }
    };
    let groups = || names.iter().zip(analysis.curves()).enumerate();
    if names.len() > MOST_COLUMNS {
        return html! {
            table.estimates {
                thead { tr {
                    th scope="col" { (survival_results::GROUP) }
                    @for year in years() { th.number scope="col" { (words::at(year)) } }
                } }
                tbody {
                    @for (at, (group, curve)) in groups() {
                        tr data-group=(at) {
                            th scope="row" { (group) }
                            @for year in years() { td.number data-label=(words::at(year)) { (cell(analysis, curve, year)) } }
                        }
                    }
                }
            }
        };
    }
    let difference = |year: f64| match in_order(analysis).as_slice() {
        [first, other] => difference_at(other, first, year, analysis.confidence())
            .map_or_else(|_| NONE.to_owned(), |found| points(found.estimate)),
        _ => String::new(),
    };
    let two = names.len() == 2;
    let of_reference = words::difference_from(analysis.against_reference().names.first().map_or("", String::as_str));
    html! {
        table.estimates.stacked[names.len() > 2] {
            thead { tr {
                th scope="col" { (survival_results::YEARS) }
                @for (at, (group, _)) in groups() {
                    th.number scope="col" data-group=(at) { (name(group)) br; span.quiet { (words::percent_ci(&analysis.ci())) } }
                }
                @if two { th.number scope="col" { (&of_reference) } }
            } }
            tbody {
                @for year in years() {
                    tr {
                        th scope="row" { (decimal(year, 2)) }
                        @for (at, (group, curve)) in groups() {
                            td.number data-label=(name(group)) data-group=(at) { (cell(analysis, curve, year)) }
                        }
                        @if two { td.number data-label=(of_reference) { (difference(year)) } }
                    }
                }
            }
        }
    }
}

/// The curves, that of the reference first.
fn in_order<'a>(analysis: &'a Analysis<'_>) -> Vec<&'a SurvivalCurve> {
    others(analysis).map(|(_, curve)| curve).collect()
}

/// The rank test of the setting between the groups, where there is one.
pub fn rank_test(analysis: &Analysis<'_>) -> Option<ChiSquare> {
    let follow_up = analysis.follow_up().filter(|_| analysis.compares())?;
    let weight = analysis.settings.test.weight();
    let found = log_rank(follow_up, &analysis.groups, None, weight).ok()?;
    found.tested().ok()
}

/// The test between groups, hazard ratios, proportional hazards, restricted means, follow-up.
fn tests(analysis: &Analysis<'_>, test: Option<ChiSquare>) -> Markup {
    let mut rows: Vec<(String, String)> = Vec::new();
    if let Some(test) = test {
        let name = capital(&survival_results::rank_test_name(analysis.settings.test.weight()));
        rows.push((
            name,
            survival_results::chi_square(test.chi2, test.df as usize, Some(test.p)),
        ));
    }
    if let Some(found) = analysis.group_model() {
        rows.extend(ratios(analysis, found, words::hazard_ratio, ratio));
        let p = found.p_proportional.map(lang::p_in_sentence);
        rows.extend(p.map(|p| (words::PROPORTIONAL_HAZARDS.to_owned(), p)));
    }
    rows.extend(restricted_means(analysis));
    let follow_up = analysis.follow_up().map(|follow_up| {
        let found = reverse_kaplan_meier(follow_up).quantiles(&[0.5], analysis.confidence());
        let years = found.first().and_then(|quantile| quantile.time);
        let shown = years.map_or_else(|| words::NOT_REACHED.to_owned(), words::years);
        (words::MEDIAN_FOLLOW_UP.to_owned(), shown)
    });
    rows.extend(follow_up);
    html! {
        table.compact.tests {
            tbody { @for (name, shown) in &rows { tr { th scope="row" { (name) } td { (shown) } } } }
        }
    }
}

/// The hazard ratio of each group against the first, as `told` has it, with the name that `named` gives it.
fn ratios(
    analysis: &Analysis<'_>,
    found: &GroupModel,
    named: fn(&str, &str) -> String,
    told: fn(&Estimate) -> String,
) -> Vec<(String, String)> {
    let groups = analysis.against_reference();
    let Some((reference, others)) = groups.names.split_first() else {
        return Vec::new();
    };
    let shown = found.estimates.iter().map(|each| each.as_ref().map(told));
    let name = |other: &String| named(other, reference);
    others
        .iter()
        .zip(shown)
        .map(|(other, shown)| (name(other), shown.unwrap_or_else(|| NONE.to_owned())))
        .collect()
}

/// A hazard ratio in print: "2.93 (1.57–5.47)".
fn printed_ratio(estimate: &Estimate) -> String {
    let Some(ratio) = estimate.hazard_ratio else {
        return NONE.to_owned();
    };
    let end = |end: Option<f64>| end.map_or_else(|| cox_results::NOT_FOUND.to_owned(), ratio_text);
    cox_results::ratio_with(&ratio_text(ratio), &end(estimate.lower), &end(estimate.upper))
}

/// The restricted mean of one group, or the difference of two.
fn restricted_means(analysis: &Analysis<'_>) -> Option<(String, String)> {
    let tau = horizon(analysis)?;
    let mean = |curve: &SurvivalCurve| curve.restricted_mean(tau);
    match in_order(analysis).as_slice() {
        [only] => Some((words::rmst(tau), words::years(mean(only)?.estimate))),
        [first, other] => {
            let found = restricted_mean_difference(mean(other)?, mean(first)?, analysis.confidence());
            let written = |value: f64| signed(value, 2);
            let shown = match found.test {
                Ok(test) => survival_results::estimate_to(
                    &written(found.estimate),
                    &written(test.interval.lower),
                    &written(test.interval.upper),
                ),
                Err(_) => written(found.estimate),
            };
            Some((words::rmst_difference(tau), words::in_years(&shown)))
        }
        _ => None,
    }
}

/// One sentence in print with what a reader of the paper looks for: the estimates at the last of the years, the ratio, the test.
fn for_the_paper(analysis: &Analysis<'_>, test: Option<ChiSquare>) -> Markup {
    let Some(sentence) = sentence(analysis, test) else {
        return Markup::default();
    };
    html! {
        div.for-paper {
            h3 { (words::SENTENCE) }
            p data-testid="sentence" lang=[english()] { (sentence) }
            (copy_button("sentence", words::COPY))
        }
    }
}

fn sentence(analysis: &Analysis<'_>, test: Option<ChiSquare>) -> Option<String> {
    let year = analysis.settings.at.last().copied()?;
    let curves = analysis.groups.names.iter().zip(analysis.curves());
    let groups: Vec<String> = curves
        .filter_map(|(name, curve)| {
            let (share, interval) = estimate(analysis, curve, year)?;
            let whom = if analysis.compares() { name.as_str() } else { "" };
            Some(printed::of_group(
                &share,
                (&analysis.printed_ci(), interval.as_deref()),
                whom,
                curve.rows(),
            ))
        })
        .collect();
    if groups.is_empty() {
        return None;
    }
    let test = test.map(|test| {
        let name = en::survival_results::rank_test_name(analysis.settings.test.weight());
        printed::tested(&name, &en::p_in_sentence(test.p))
    });
    let ratio = analysis.group_model().and_then(|found| {
        match ratios(analysis, found, printed::hazard_ratio, printed_ratio).as_slice() {
            [(name, shown)] if shown != NONE => Some(printed::with_ratio(name, shown, &analysis.printed_ci())),
            _ => None,
        }
    });
    let behind: Vec<String> = ratio.into_iter().chain(test).collect();
    Some(printed::sentence(year, analysis.printed_endpoint(), &groups, &behind))
}

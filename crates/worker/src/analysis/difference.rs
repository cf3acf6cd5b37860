//! The difference of survival from the reference over time, with pointwise intervals.

use cotside_core::survival::{SurvivalCurve, difference_at};
use cotside_figures::difference::{DifferenceFigure, DifferenceInput};
use cotside_figures::{Followed, Lettering};
use cotside_words::en::panel_results as printed;
use cotside_words::lang::panel_results as words;
use maud::{Markup, html};

use crate::analysis::comparison::others;
use crate::analysis::curves::followed;
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::selection::Analysis;

/// Most times at which a difference is computed; of more, these are regularly spaced among them.
const MOST_TIMES: usize = 1_000;

/// The part; nothing where nothing is compared, or no two curves are known at the same time.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(figure) = figure(analysis) else {
        return Markup::default();
    };
    html! {
        h2 { (words::difference_heading(analysis.endpoint())) }
        (with_data_table("difference", &figure.into()))
    }
}

/// The figure of the differences.
pub fn figure(analysis: &Analysis<'_>) -> Option<DifferenceFigure> {
    if !analysis.compares() {
        return None;
    }
    let (first_name, first) = others(analysis).next()?;
    let all = analysis.groups.names.iter().zip(analysis.curves());
    let all: Vec<(&str, Followed)> = all.map(|(name, curve)| (name.as_str(), followed(curve))).collect();
    let inputs = others(analysis)
        .skip(1)
        .map(|(name, curve)| input(analysis, &all, (name, curve), (first_name, first)));
    let groups: Vec<DifferenceInput> = inputs.filter(|input| !input.time.is_empty()).collect();
    if groups.is_empty() {
        return None;
    }
    let mut options = analysis.plot(analysis.printed_endpoint());
    options.value_label = printed::DIFFERENCE_AXIS.to_owned();
    options.bands = true;
    options.fraction = false;
    options.from = None;
    let named: Vec<(&str, &Followed)> = all.iter().map(|(name, followed)| (*name, followed)).collect();
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &named, None);
    let (patients, events) = (analysis.grouped.len(), analysis.events());
    Some(DifferenceFigure {
        lettering: Lettering {
            title: printed::difference_heading(analysis.printed_endpoint()),
            description: printed::difference_description(analysis.printed_endpoint(), first_name),
            caption: vec![
                printed::difference_caption(first_name, &analysis.printed_ci(), patients, events)
                    + &said
                    + &analysis.origin_in_caption(),
            ],
        },
        groups,
        options,
    })
}

/// The difference of a group from the reference at each time at which one of both curves falls, as far as both are known.
fn input(
    analysis: &Analysis<'_>,
    all: &[(&str, Followed)],
    (name, curve): (&str, &SurvivalCurve),
    (first_name, first): (&str, &SurvivalCurve),
) -> DifferenceInput {
    let place_of = |name: &str| all.iter().position(|(each, _)| *each == name).unwrap_or(0);
    let followed_of = |name: &str| {
        all.get(place_of(name))
            .map(|(_, followed)| followed.clone())
            .unwrap_or_default()
    };
    let mut times: Vec<f64> = [curve, first]
        .into_iter()
        .flat_map(|curve| curve.time().iter().zip(curve.events()))
        .filter_map(|(time, events)| (*events > 0.0).then_some(*time))
        .collect();
    // The difference stays to the end of the shorter follow-up.
    let last = |curve: &SurvivalCurve| curve.time().last().copied().unwrap_or_default();
    let end = last(curve).min(last(first));
    times.push(end);
    times.sort_unstable_by(f64::total_cmp);
    times.dedup();
    let every = times.len().div_ceil(MOST_TIMES).max(1);
    let mut made = DifferenceInput {
        label: name.to_owned(),
        full_name: printed::less(name, first_name),
        place: place_of(name),
        followed: [followed_of(name), followed_of(first_name)],
        ..DifferenceInput::default()
    };
    for time in times.into_iter().step_by(every) {
        if let Ok(found) = difference_at(curve, first, time, analysis.confidence()) {
            made.time.push(time);
            made.difference.push(found.estimate);
            let interval = found.test.ok().map(|test| test.interval);
            made.interval
                .push(interval.map(|interval| (interval.lower, interval.upper)));
        }
    }
    made
}

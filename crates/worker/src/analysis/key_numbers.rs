//! What a reader looks for first, over the curves: patients and events, survival and median of each group, hazard ratio and P.

use cotside_core::cohort::Nature;
use cotside_core::survival::SurvivalCurve;
use cotside_words::lang::estimates;
use cotside_words::lang::levels_results::left_out_in_short;
use cotside_words::lang::survival_results as words;
use cotside_words::{capital, decimal, en, lang};
use maud::{Markup, html};

use crate::analysis::choices::id_name;
use crate::analysis::estimates::{estimate, rank_test};
use crate::analysis::hazards::ratio;
use crate::analysis::selection::Analysis;

/// More groups than this are in the table below the figure only.
const MOST_GROUPS: usize = 3;

/// The strip; nothing where nobody is followed.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.follow_up() else {
        return Markup::default();
    };
    let count = format!("{} / {}", follow_up.len(), analysis.events());
    let is_left_out = analysis.without_group > 0 || !analysis.left_out.is_empty();
    let without = is_left_out.then(|| left_out_in_short(&analysis.left_out, analysis.without_group));
    let groups = analysis.groups.names.iter().zip(analysis.curves());
    html! {
        h2 {
            (title(analysis))
            @if analysis.study.nature != Nature::Patients { " " span.chip { (estimates::nature_chip(analysis.study.nature)) } }
        }
        dl.key-numbers data-testid="key-numbers" {
            (number(words::PATIENTS_EVENTS, &count, &without.unwrap_or_default()))
            @if analysis.groups.len() <= MOST_GROUPS { @for (name, curve) in groups { (group(analysis, name, curve)) } }
            (compared(analysis))
        }
    }
}

/// What is estimated, and of which groups, on the page: "Event-free survival by KMT2A".
pub fn title(analysis: &Analysis<'_>) -> String {
    estimates::title(analysis.endpoint(), &compared_by(analysis))
}

/// The same in print.
pub fn printed_title(analysis: &Analysis<'_>) -> String {
    en::estimates::title(analysis.printed_endpoint(), &compared_by(analysis))
}

fn compared_by(analysis: &Analysis<'_>) -> String {
    if analysis.compares() {
        id_name(analysis.study, &analysis.settings.group)
    } else {
        String::new()
    }
}

/// A number with what it is above and what belongs to it below.
fn number(what: &str, shown: &str, below: &str) -> Markup {
    html! {
        div {
            dt { (what) }
            dd { strong { (shown) } @if !below.is_empty() { span.quiet { (below) } } }
        }
    }
}

/// Survival at the last of the chosen times, with its interval, and the median.
fn group(analysis: &Analysis<'_>, name: &str, curve: &SurvivalCurve) -> Markup {
    let Some(year) = analysis.settings.at.last().copied() else {
        return Markup::default();
    };
    let group = if analysis.compares() { name } else { "" };
    let what = words::at_year(
        &decimal(year, 2),
        lang::endpoint_short(analysis.settings.endpoint),
        group,
    );
    let at = estimate(analysis, curve, year);
    let short = at.is_none().then(|| words::TOO_SHORT.to_owned());
    let (share, interval) = at.unzip();
    let shown = share.map_or_else(|| words::NONE.to_owned(), |share| words::percent_with(&share, ""));
    let interval = interval
        .flatten()
        .map(|interval| words::key_interval(&interval, &analysis.ci()));
    let found = curve.quantiles(&[0.5], analysis.confidence());
    let median = found.first().map(|found| {
        let years = |years: Option<f64>| years.map(|years| decimal(years, 1));
        words::median(years(found.time), years(found.lower), years(found.upper))
    });
    let below: Vec<String> = short.into_iter().chain(interval).chain(median).collect();
    number(&what, &shown, &below.join(" · "))
}

/// The hazard ratio of two groups, and the P of the rank test.
fn compared(analysis: &Analysis<'_>) -> Markup {
    if !analysis.compares() {
        return Markup::default();
    }
    let weight = analysis.settings.test.weight();
    let p = rank_test(analysis).map(|test| lang::p_in_sentence(test.p));
    let groups = analysis.against_reference();
    let hazard_ratio = match groups.names.as_slice() {
        [reference, other] => {
            let found = analysis.group_model();
            let estimate = found.and_then(|found| found.estimates.first()?.as_ref());
            estimate.map(|estimate| (ratio(estimate), words::ratio_of_groups(other, reference)))
        }
        _ => None,
    };
    let proportional = analysis.group_model().and_then(|found| found.p_proportional).map(|p| {
        let p = lang::p_in_sentence(p);
        words::key_test(words::PROPORTIONAL, &p)
    });
    let test = words::rank_test_name(weight);
    let with_test = |shown: Option<&String>| -> String {
        let test = shown.map(|p| words::key_test(&test, p));
        test.into_iter()
            .chain(proportional.clone())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    html! {
        @match &hazard_ratio {
            Some((shown, which)) => (number(&words::key_ratio(which, &analysis.ci()), shown, &with_test(p.as_ref()))),
            None => { @if let Some(p) = &p { (number(&capital(&test), p, &with_test(None))) } }
        }
    }
}

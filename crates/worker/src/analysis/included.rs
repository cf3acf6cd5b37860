//! Who is in the analysis and who is not, with the reason; and what looks wrong with it.

use cotside_core::cohort::{Endpoint, EventKind, LeftOut, Origin, Unusable, followed_longer, left_out};
use cotside_views::{list, notice};
use cotside_words::lang::survival_results as words;
use cotside_words::{decimal, en, lang};
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::analysis::grouping;
use crate::analysis::reach::times_of;
use crate::analysis::selection::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    if analysis.nobody {
        return nobody(analysis);
    }
    let endpoint = analysis.settings.endpoint;
    html! {
        h2 { (words::PATIENTS_ANALYSED) }
        p.tally { (tally(analysis)) }
        p.quiet { (analysis.definition()) }
        @if endpoint == Endpoint::EventFreeSurvival {
            p.quiet { (words::failure_at(analysis.settings.induction_failure.at())) }
        }
        @if !analysis.followed.excluded.is_empty() {
            p.quiet { (not_followed(analysis)) }
            (list(reasons(analysis)))
        }
        @for remark in grouping::remarks(analysis) { (notice(remark)) }
        @for remark in remarks_on_follow_up(analysis) { (notice(remark)) }
    }
}

/// What stands out: of the events of those left out, and of the follow-up of those with an event; on the page.
pub fn remarks_on_follow_up(analysis: &Analysis<'_>) -> Vec<String> {
    remarks(analysis, lang::events_left_out, lang::followed_longer)
}

/// The same in print.
pub fn printed_remarks_on_follow_up(analysis: &Analysis<'_>) -> Vec<String> {
    remarks(analysis, en::events_left_out, en::followed_longer)
}

fn remarks(
    analysis: &Analysis<'_>,
    left_out: fn(LeftOut) -> String,
    longer: fn(Endpoint, &[String; 2]) -> String,
) -> Vec<String> {
    let with_event = longer_with_event(analysis).map(|medians| longer(analysis.settings.endpoint, &medians));
    let left_out = events_left_out(analysis).map(left_out);
    left_out.into_iter().chain(with_event).collect()
}

/// Over the reasons.
fn not_followed(analysis: &Analysis<'_>) -> String {
    match analysis.origin() {
        None | Some(Origin::Diagnosis) => words::NOT_FOLLOWED_UP.to_owned(),
        Some(origin) => lang::origin::not_followed(origin),
    }
}

/// How many can be followed, and who of them is not analysed.
fn tally(analysis: &Analysis<'_>) -> String {
    let followed = &analysis.followed;
    let events = followed.event.iter().filter(|event| **event != EventKind::None).count();
    let mut sentences = vec![words::with_follow_up(
        analysis.endpoint(),
        followed.time.len(),
        analysis.study.rows,
        events,
    )];
    sentences.extend(grouping::told(analysis));
    if analysis.without_group > 0 {
        sentences.push(words::without_group(analysis.without_group));
    }
    sentences.join(words::BETWEEN)
}

/// Why patients cannot be followed, with their numbers, on the page.
pub fn reasons(analysis: &Analysis<'_>) -> Vec<String> {
    let counts = counts(analysis).into_iter();
    counts
        .map(|(why, count)| words::excluded(count, &lang::unusable(why)))
        .collect()
}

/// The same in print.
pub fn printed_reasons(analysis: &Analysis<'_>) -> Vec<String> {
    let counts = counts(analysis).into_iter();
    counts
        .map(|(why, count)| en::survival_results::excluded(count, &en::unusable(why)))
        .collect()
}

fn counts(analysis: &Analysis<'_>) -> BTreeMap<Unusable, usize> {
    let mut counts = BTreeMap::default();
    for excluded in &analysis.followed.excluded {
        *counts.entry(excluded.why).or_default() += 1;
    }
    counts
}

/// What a file lacks in which nobody can be followed to any endpoint.
fn nobody(analysis: &Analysis<'_>) -> Markup {
    let obstacles = |endpoint| analysis.study.obstacles(endpoint, times_of(analysis.settings));
    // Where the file has a time of its own, what keeps it from being used comes first.
    let own = obstacles(Endpoint::AsInFile);
    let has_own = !own.iter().any(|(why, _)| *why == Unusable::NoTimeColumn);
    let endpoints = [Endpoint::EventFreeSurvival, Endpoint::OverallSurvival];
    let own = has_own.then_some((Endpoint::AsInFile, own)).into_iter();
    let missing = own
        .chain(endpoints.map(|endpoint| (endpoint, obstacles(endpoint))))
        .map(|(endpoint, obstacles)| lang::not_drawn(endpoint, &obstacles));
    html! {
        h2 { (words::NO_SURVIVAL_ANALYSIS) }
        p.tally { (words::NOBODY_FOLLOWED) }
        (list(missing))
        p { (lang::GIVE_FOLLOW_UP) }
    }
}

/// That those left out had more or fewer events than those followed.
fn events_left_out(analysis: &Analysis<'_>) -> Option<LeftOut> {
    left_out(analysis.study, analysis.settings.endpoint, &analysis.followed)
}

/// That those with an event were followed longer than the others: at least three patients in each group, the longer median,
/// and the longer time in two of three pairs. Where events and censoring come at random, half of the pairs are expected, and
/// fewer where events come early and the others are seen until the study closes. The medians in years, of those with an event
/// first.
fn longer_with_event(analysis: &Analysis<'_>) -> Option<[String; 2]> {
    let followed = &analysis.followed;
    let event: Vec<bool> = followed.event.iter().map(|event| *event != EventKind::None).collect();
    let found = followed_longer(&followed.time, &event)?;
    let events = event.iter().filter(|event| **event).count();
    let is_enough = events.min(event.len() - events) >= 3;
    let is_clear = found.share >= 2.0 / 3.0 && found.median_event > found.median_censored;
    let medians = [found.median_event, found.median_censored].map(|years| decimal(years, 1));
    (is_enough && is_clear).then_some(medians)
}

//! Who is in the analysis and who is not, with the reason; and what looks wrong with it.

use cotside_core::cohort::{Endpoint, EventKind, Unusable, followed_longer, left_out};
use cotside_views::untyped::{Html, list, plain, span, text};
use cotside_words::{capital, decimal, en};
use std::collections::BTreeMap;

use crate::analysis::choices;
use crate::analysis::reach::times;
use crate::analysis::selection::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    if analysis.nobody {
        return nobody(analysis);
    }
    let followed = &analysis.followed;
    let events = followed.event.iter().filter(|event| **event != EventKind::None).count();
    let without_group = analysis.without_group;
    let mut line = format!(
        "{}: {} of {} patients followed, {events} events.",
        capital(analysis.endpoint()),
        followed.time.len(),
        analysis.study.rows
    );
    if let Some((id, level)) = analysis.settings.only.split_once('=') {
        line.push_str(&format!(
            " Restricted to {} {level}: {} others are left out of what follows.",
            choices::id_name(analysis.study, id),
            analysis.outside
        ));
    }
    if without_group > 0 {
        line.push_str(&format!(
            " {without_group} have no known group and are left out of what follows."
        ));
    }
    let mut reasons: BTreeMap<Unusable, usize> = BTreeMap::default();
    for excluded in &followed.excluded {
        *reasons.entry(excluded.why).or_default() += 1;
    }
    let reasons = reasons
        .iter()
        .map(|(why, count)| text(&format!("{count}: {}", en::unusable(*why))));
    let remark = |sentence: Option<String>| sentence.map(|sentence| span("p", "remark notice", &sentence));
    Html::all([
        plain("h2", "Who is in"),
        span("p", "tally", &line),
        span("p", "quiet", en::endpoint_definition(analysis.settings.endpoint)),
        Html::when(analysis.settings.endpoint == Endpoint::EventFreeSurvival, || {
            span("p", "quiet", en::failure_at(analysis.settings.induction_failure.at()))
        }),
        Html::when(!followed.excluded.is_empty(), || {
            Html::all([span("p", "quiet", "Not followed:"), list("", reasons)])
        }),
        remark(events_left_out(analysis)).unwrap_or_default(),
        remark(longer_with_event(analysis)).unwrap_or_default(),
    ])
}

/// What a file lacks in which nobody can be followed to any endpoint.
fn nobody(analysis: &Analysis<'_>) -> Html {
    let obstacles = |endpoint| {
        analysis
            .study
            .obstacles(endpoint, times(analysis.settings.induction_failure.at()))
    };
    // Where the file has a time of its own, what keeps it from being used comes first.
    let own = obstacles(Endpoint::AsInFile);
    let has_own = !own.iter().any(|(why, _)| *why == Unusable::NoTimeColumn);
    let endpoints = [Endpoint::EventFreeSurvival, Endpoint::OverallSurvival];
    let own = has_own.then_some((Endpoint::AsInFile, own)).into_iter();
    let missing = own
        .chain(endpoints.map(|endpoint| (endpoint, obstacles(endpoint))))
        .map(|(endpoint, obstacles)| text(&en::not_drawn(endpoint, &obstacles)));
    Html::all([
        plain("h2", "No survival analysis"),
        span("p", "tally", "No patient of this file can be followed to any endpoint."),
        list("", missing),
        plain("p", en::GIVE_FOLLOW_UP),
    ])
}

/// That those left out had more or fewer events than those followed.
fn events_left_out(analysis: &Analysis<'_>) -> Option<String> {
    left_out(analysis.study, analysis.settings.endpoint, &analysis.followed).map(en::events_left_out)
}

/// That those with an event were followed longer than the others: at least three patients in each group, the longer median,
/// and the longer time in two of three pairs. Where events and censoring come at random, half of the pairs are expected, and
/// fewer where events come early and the others are seen until the study closes.
fn longer_with_event(analysis: &Analysis<'_>) -> Option<String> {
    let followed = &analysis.followed;
    let event: Vec<bool> = followed.event.iter().map(|event| *event != EventKind::None).collect();
    let found = followed_longer(&followed.time, &event)?;
    let events = event.iter().filter(|event| **event).count();
    let is_enough = events.min(event.len() - events) >= 3;
    let is_clear = found.share >= 2.0 / 3.0 && found.median_event > found.median_censored;
    let medians = [found.median_event, found.median_censored].map(|years| decimal(years, 1));
    (is_enough && is_clear).then(|| en::followed_longer(analysis.settings.endpoint, &medians))
}

//! Who is in the analysis and who is not, with the reason.

use cotside_core::cohort::{Endpoint, EventKind, Unusable};
use cotside_core::few::Few;
use cotside_words::html::{Html, list, plain, span, text};
use cotside_words::{capital, en};

use crate::analysis::Analysis;
use crate::setup;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
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
            setup::id_name(analysis.study, id),
            analysis.outside
        ));
    }
    if without_group > 0 {
        line.push_str(&format!(
            " {without_group} have no known group and are left out of what follows."
        ));
    }
    let mut reasons: Few<Unusable, usize> = Few::default();
    for excluded in &followed.excluded {
        *reasons.entry(excluded.why) += 1;
    }
    let reasons = reasons
        .iter()
        .map(|(why, count)| text(&format!("{count}: {}", en::unusable(*why))));
    Html::all([
        plain("h2", "Who is in"),
        span("p", "tally", &line),
        span("p", "quiet", en::endpoint_definition(analysis.settings.endpoint)),
        Html::when(analysis.settings.endpoint == Endpoint::EventFreeSurvival, || {
            span("p", "quiet", en::failure_at(analysis.settings.failure_at))
        }),
        Html::when(!followed.excluded.is_empty(), || {
            Html::all([span("p", "quiet", "Not followed:"), list("", reasons)])
        }),
    ])
}

//! Who is in the analysis and who is not, with the reason.

use std::collections::BTreeMap;

use cotside_core::cohort::{EventKind, Unusable};
use cotside_words::en;
use cotside_words::html::{Html, list, plain, span, text};

use crate::analysis::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let followed = &analysis.followed;
    let events = followed.event.iter().filter(|event| **event != EventKind::None).count();
    let without_group = followed.time.len() - analysis.grouped.len();
    let mut line = format!(
        "{}: {} of {} patients followed, {events} events.",
        analysis.endpoint(),
        followed.time.len(),
        analysis.study.rows
    );
    if without_group > 0 {
        line.push_str(&format!(
            " {without_group} have no known group and are left out of what follows."
        ));
    }
    let mut reasons: BTreeMap<Unusable, usize> = BTreeMap::new();
    for excluded in &followed.excluded {
        *reasons.entry(excluded.why).or_default() += 1;
    }
    let reasons = reasons
        .iter()
        .map(|(why, count)| text(&format!("{count}: {}", en::unusable(*why))));
    Html::all([
        plain("h2", "Who is in"),
        span("p", "tally", &line),
        span("p", "quiet", en::endpoint_definition(analysis.settings.endpoint)),
        Html::when(!followed.excluded.is_empty(), || {
            Html::all([span("p", "quiet", "Not followed:"), list("", reasons)])
        }),
    ])
}

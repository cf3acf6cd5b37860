//! The cohort under every protocol.

use cotside_words::html::{Html, cell, element, head, plain, span, table, text};

use crate::analysis::Analysis;

/// How many patients each protocol puts into each of its groups.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let rows = analysis.study.protocols.iter().map(|one| {
        let counts = one.counts();
        let groups = one.groups.len();
        let placed: Vec<String> = one
            .groups
            .iter()
            .zip(&counts)
            .map(|(group, count)| format!("{group} {count}"))
            .collect();
        let count = |index: usize| counts.get(index).copied().unwrap_or_default().to_string();
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(&one.name)]),
                cell("Groups", "", &[text(&placed.join("; "))]),
                cell("Open", "number", &[text(&count(groups))]),
                cell("Not applicable", "number", &[text(&count(groups + 1))]),
            ],
        )
    });
    let head = head(&[
        ("Protocol", ""),
        ("Groups", ""),
        ("Open", "number"),
        ("Not applicable", "number"),
    ]);
    Html::all([
        plain("h2", "What each protocol calls these patients"),
        table("by-protocol", head, rows),
        span(
            "p",
            "quiet key",
            "“Compare by” above draws curves by a protocol’s groups. These patients were not treated by these protocols: \
             how they fared says nothing of the treatments.",
        ),
    ])
}

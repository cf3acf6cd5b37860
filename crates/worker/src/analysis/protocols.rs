//! The cohort under every protocol, and under two protocols side by side.

use cotside_core::cohort::ProtocolGroups;
use cotside_views::untyped::{Html, cell, element, head, plain, span, table, text};
use cotside_words::en;

use crate::analysis::selection::Analysis;

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
        Html::when(!analysis.nobody, || {
            span(
                "p",
                "quiet key",
                "“Compare by” above draws curves by a protocol’s groups.",
            )
        }),
        span("p", "remark notice", en::NOT_TREATED_ON_IT),
        reclassification(analysis),
    ])
}

/// Which patients two protocols put where.
fn reclassification(analysis: &Analysis<'_>) -> Html {
    let study = analysis.study;
    let with_groups: Vec<&ProtocolGroups> = study.protocols.iter().filter(|each| each.groups.len() > 1).collect();
    let chosen = |id: &str, default: usize| study.protocol(id).or_else(|| with_groups.get(default).copied());
    let settings = analysis.settings;
    let (Some(from), Some(to)) = (
        chosen(&settings.reclassified[0], 0),
        chosen(&settings.reclassified[1], 1),
    ) else {
        return Html::default();
    };
    let names = |protocol: &ProtocolGroups| -> Vec<String> {
        let more = ["open", "not applicable"].map(str::to_owned);
        protocol.groups.iter().cloned().chain(more).collect()
    };
    let (rows, columns) = (names(from), names(to));
    let counts = from.against(to);
    // A group that holds nobody says nothing; the ways of having no group are shown where somebody has none.
    let is_used =
        |column: usize| column < to.groups.len() || counts.iter().any(|row| row.get(column).is_some_and(|&n| n > 0));
    let used: Vec<usize> = (0..columns.len()).filter(|&column| is_used(column)).collect();
    let line = |(name, counts): (&String, &Vec<usize>)| {
        let cells = used.iter().map(|&column| {
            let count = counts.get(column).copied().unwrap_or_default();
            cell(&columns[column], "number", &[text(&count.to_string())])
        });
        element(
            "tr",
            &[],
            &[element("th", &[("scope", "row")], &[text(name)]), Html::all(cells)],
        )
    };
    let some = |(row, counts): &(usize, &Vec<usize>)| *row < from.groups.len() || counts.iter().any(|&count| count > 0);
    let shown = counts.iter().enumerate().filter(some);
    let lines = shown.map(|(row, counts)| line((&rows[row], counts)));
    let corner = format!("{} (rows), {} (columns)", from.name, to.name);
    let heads: Vec<(&str, &str)> = std::iter::once((corner.as_str(), ""))
        .chain(used.iter().map(|&column| (columns[column].as_str(), "number")))
        .collect();
    Html::all([
        plain("h3", "Two protocols side by side"),
        table("reclassified", head(&heads), lines),
        span(
            "p",
            "quiet key",
            "All patients of the file who could be read, followed or not.",
        ),
    ])
}

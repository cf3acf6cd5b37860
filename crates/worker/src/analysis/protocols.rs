//! The cohort under every protocol, and under two protocols side by side.

use cotside_core::cohort::ProtocolGroups;
use cotside_views::{Columns, notice};
use cotside_words::lang::cohort_results as words;
use maud::{Markup, html};

use crate::analysis::selection::Analysis;

/// How many patients each protocol puts into each of its groups.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let columns = Columns::new(words::PROTOCOL)
        .text(words::GROUPS)
        .numbers([words::UNDECIDED, words::NOT_APPLICABLE]);
    let rows = analysis.study.protocols.iter().map(|one| {
        let counts = one.counts();
        let groups = one.groups.iter().zip(&counts);
        let groups: Vec<String> = groups.map(|(group, count)| format!("{group} {count}")).collect();
        let count = |index: usize| counts.get(index).copied().unwrap_or_default().to_string();
        let without = one.groups.len();
        columns.row(&one.name, [groups.join("; "), count(without), count(without + 1)])
    });
    html! {
        h2 { (words::BY_PROTOCOL) }
        (columns.table("by-protocol", rows))
        @if !analysis.nobody { p.quiet.key { (words::GROUP_BY) } }
        (notice(words::NOT_TREATED_ON_IT))
        (reclassification(analysis))
    }
}

/// Which patients two protocols put where.
fn reclassification(analysis: &Analysis<'_>) -> Markup {
    let study = analysis.study;
    let with_groups: Vec<&ProtocolGroups> = study.protocols.iter().filter(|each| each.groups.len() > 1).collect();
    let chosen = |id: &str, default: usize| study.protocol(id).or_else(|| with_groups.get(default).copied());
    let settings = analysis.settings;
    let (Some(from), Some(to)) = (
        chosen(&settings.reclassified[0], 0),
        chosen(&settings.reclassified[1], 1),
    ) else {
        return Markup::default();
    };
    let names = |protocol: &ProtocolGroups| -> Vec<String> {
        let more = [words::UNDECIDED, words::NOT_APPLICABLE].map(str::to_owned);
        protocol.groups.iter().cloned().chain(more).collect()
    };
    let (names_of_rows, names_of_columns) = (names(from), names(to));
    let counts = from.against(to);
    // A group that holds nobody says nothing; the ways of having no group are shown where somebody has none.
    let is_used =
        |column: usize| column < to.groups.len() || counts.iter().any(|row| row.get(column).is_some_and(|&n| n > 0));
    let used: Vec<usize> = (0..names_of_columns.len()).filter(|&column| is_used(column)).collect();
    let corner = words::rows_and_columns(&from.name, &to.name);
    let columns = Columns::new(&corner).numbers(used.iter().map(|&column| names_of_columns[column].as_str()));
    let occurs =
        |(row, counts): &(usize, &Vec<usize>)| *row < from.groups.len() || counts.iter().any(|&count| count > 0);
    let lines = counts.iter().enumerate().filter(occurs).map(|(row, counts)| {
        let cells = used
            .iter()
            .map(|&column| counts.get(column).copied().unwrap_or_default());
        columns.row(&names_of_rows[row], cells)
    });
    html! {
        h3 { (words::RECLASSIFICATION) }
        (columns.table("reclassified", lines))
        p.quiet.key { (words::RECLASSIFICATION_KEY) }
    }
}

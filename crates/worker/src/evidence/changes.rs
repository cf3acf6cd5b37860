//! What each version of the evidence added and corrected, and what was searched for.

use cotside_core::evidence::{
    EVIDENCE_LICENCE, EVIDENCE_VERSION, HistoryEntry, RowChange, RowKind, evidence_versions, history, published,
    searches,
};
use cotside_views::{Columns, export_button, original};
use cotside_words::lang::evidence_page as words;
use maud::{Markup, html};

use crate::evidence::listing::study_link;

/// The part `history`: the versions, the latest first, then the searches.
pub fn html() -> Markup {
    let mut versions = evidence_versions();
    versions.reverse();
    html! {
        div.tools { (export_button("readme.txt", words::ABOUT_DATA)) }
        @for (version, date) in versions { (of_version(version, date)) }
        h3 { (words::SEARCHES) }
        (searched())
    }
}

/// The text that goes with the table as a file.
pub fn about() -> String {
    let date = evidence_versions().last().map_or("", |(_, date)| *date);
    let held = [published().estimates.len(), published().studies.len()];
    words::about_data(EVIDENCE_VERSION, date, EVIDENCE_LICENCE, held)
}

fn of_version(version: &str, date: &str) -> Markup {
    let entries: Vec<&HistoryEntry> = history().iter().filter(|entry| entry.version == version).collect();
    let count = |change: RowChange| entries.iter().filter(|entry| entry.change == change).count();
    let tally = words::changed_rows(
        count(RowChange::Added),
        count(RowChange::Corrected),
        count(RowChange::Removed),
    );
    let [row, change, what] = words::CHANGE_HEADS;
    let columns = Columns::new(row).text(change).text(what);
    let rows = entries.iter().map(|entry| {
        let cells = [html! { (words::row_change(entry.change)) }, original(entry.what)];
        columns.row(named(entry), cells)
    });
    html! {
        h3 { (words::evidence_version(version, date)) }
        details open[version == EVIDENCE_VERSION] {
            summary { (tally) }
            (columns.table("changes", rows))
        }
    }
}

/// A row of the table: an estimate by its id and population, a study as a link, a source by its name.
fn named(entry: &HistoryEntry) -> Markup {
    let kind = words::row_kind(entry.kind);
    let study = published().study(entry.id).filter(|_| entry.kind == RowKind::Study);
    let estimate = published()
        .estimate(entry.id)
        .filter(|_| entry.kind == RowKind::Estimate);
    html! {
        @if let Some(study) = study {
            (kind) " " (study_link(study))
        } @else if let Some(row) = estimate {
            code { (row.id) } " " (words::short_endpoint(row.endpoint)) ", " (original(row.study.name)) ": "
            (original(row.population))
        } @else {
            (kind) " " (entry.id)
        }
    }
}

fn searched() -> Markup {
    let [date, subject, place, found, open] = words::SEARCH_HEADS;
    let columns = Columns::new(date).text(subject).text(place).text(found).text(open);
    let rows = searches().iter().map(|each| {
        let cells = [each.subject, each.place, each.found, each.left_open];
        columns.row(each.date, cells.map(original))
    });
    columns.table("searches", rows)
}

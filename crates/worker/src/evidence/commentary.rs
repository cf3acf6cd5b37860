//! The commentary's table of five studies, whole, with its footnotes.

use cotside_core::evidence::{COMMENTARY, CommentaryRow, RateCell, published};
use cotside_views::citing::cite;
use cotside_views::{Columns, english, notice, original};
use cotside_words::lang;
use cotside_words::lang::evidence_results as results;
use maud::{Markup, html};

use crate::evidence::listing::study_link;

fn rate(cell: &RateCell) -> String {
    let subgroup = if cell.subgroup.is_empty() {
        String::new()
    } else {
        format!("{}: ", cell.subgroup)
    };
    let time = results::summary_time(cell.years);
    format!("{subgroup}{} ({}) {time}", cell.estimate, cell.standard_error)
}

fn row(columns: &Columns<'_>, row: &CommentaryRow) -> Markup {
    let kmt2a = format!("{}/{} ({})", row.kmt2a_rearranged, row.kmt2a_tested, row.kmt2a_percent);
    let mark = row.death_in_remission_note.map_or("", |note| note.mark());
    let cells = [
        original(row.years),
        html! { (row.n) },
        html! { (kmt2a) },
        html! { (row.complete_remission) },
        html! { (row.induction_death) },
        html! { (row.death_in_remission) (mark) },
        html! { (rate(&row.event_free_all)) },
        html! { @for cell in row.event_free_rearranged { div { (rate(cell)) } } },
        html! { (rate(&row.overall_all)) },
        html! { (row.transplanted) },
    ];
    let name = html! {
        @match published().study(row.study) {
            Some(study) => { (study_link(study)) }
            None => { (original(row.name)) }
        }
    };
    columns.row(name, cells)
}

/// The table.
pub fn html() -> Markup {
    let columns = Columns::new(results::STUDY).numbers(results::SUMMARY_HEADS);
    let rows = COMMENTARY.rows.iter().map(|each| row(&columns, each));
    let notes = COMMENTARY.rows.iter().filter_map(|row| row.death_in_remission_note);
    let short = COMMENTARY.abbreviations.iter();
    let short: Vec<String> = short.map(|(short, long)| format!("{short}, {long}")).collect();
    html! {
        p { (original(COMMENTARY.title)) ". " (cite(&COMMENTARY.cite)) }
        (columns.table("commentary", rows))
        @for note in notes { p.quiet { (note.mark()) " " (lang::footnote(note)) } }
        p.quiet.prose lang=[english()] { (short.join("; ")) "." }
        (notice(results::SUMMARY_AS_PRINTED))
    }
}

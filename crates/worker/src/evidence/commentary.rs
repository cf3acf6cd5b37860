//! The commentary's table of five studies, whole, with its footnotes.

use cotside_core::evidence::{COMMENTARY, CommentaryRow, RateCell, published};
use cotside_words::citing::cite;
use cotside_words::en;
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};

use crate::evidence::listing::study_link;

fn rate(cell: &RateCell) -> String {
    let subgroup = if cell.subgroup.is_empty() {
        String::new()
    } else {
        format!("{}: ", cell.subgroup)
    };
    format!(
        "{subgroup}{} ({}) ({}-y)",
        cell.estimate, cell.standard_error, cell.years
    )
}

fn row(row: &CommentaryRow) -> Html {
    let name = published().study(row.study).map_or_else(|| text(row.name), study_link);
    let rearranged = row.event_free_rearranged.iter().map(|cell| plain("div", &rate(cell)));
    let kmt2a = format!("{}/{} ({})", row.kmt2a_rearranged, row.kmt2a_tested, row.kmt2a_percent);
    let mark = row.death_in_remission_note.map_or("", |note| note.mark());
    let number = |label: &str, value: &str| cell(label, "number", &[text(value)]);
    element(
        "tr",
        &[],
        &[
            element("th", &[("scope", "row")], &[name]),
            number("Years", row.years),
            number("N", &row.n.to_string()),
            number("KMT2Ar/tested (%)", &kmt2a),
            number("Complete remission, %", row.complete_remission),
            number("Induction death, %", row.induction_death),
            number("Death in remission, %", &format!("{}{mark}", row.death_in_remission)),
            number("EFS (SE), all", &rate(&row.event_free_all)),
            cell("EFS (SE), KMT2Ar", "number", &[Html::all(rearranged)]),
            number("OS (SE), all", &rate(&row.overall_all)),
            number("HCT, %", row.transplanted),
        ],
    )
}

/// The table.
pub fn html() -> Html {
    let head = head(&[
        ("Study", ""),
        ("Years", "number"),
        ("N", "number"),
        ("KMT2Ar/tested (%)", "number"),
        ("Complete remission, %", "number"),
        ("Induction death, %", "number"),
        ("Death in remission, %", "number"),
        ("EFS (SE) (years), all", "number"),
        ("EFS (SE) (years), KMT2Ar", "number"),
        ("OS (SE) (years), all", "number"),
        ("HCT, %", "number"),
    ]);
    let notes = COMMENTARY
        .rows
        .iter()
        .filter_map(|row| row.death_in_remission_note)
        .map(|note| span("p", "quiet", &format!("{} {}", note.mark(), en::footnote(note))));
    let short: Vec<String> = COMMENTARY
        .abbreviations
        .iter()
        .map(|(short, long)| format!("{short}, {long}"))
        .collect();
    Html::all([
        element("p", &[], &[text(COMMENTARY.title), text(". "), cite(&COMMENTARY.cite)]),
        table("commentary", head, COMMENTARY.rows.iter().map(row)),
        Html::all(notes),
        span("p", "quiet prose", &format!("{}.", short.join("; "))),
        span(
            "p",
            "remark notice",
            "As printed. The abstract of MLL-10 calls 66.2 (5.6) % a 3-year rate, and CCG-1953’s own abstract calls 9.2 a \
             standard deviation: the pages of the studies show the arithmetic.",
        ),
    ])
}

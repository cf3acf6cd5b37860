//! What in the file could not be used, by row and column, with the remedy.

use cotside_words::en;
use cotside_words::html::{Html, element, list, plain, span, text};

use crate::Loaded;

/// Problems that are listed; the others are counted.
const LISTED: usize = 200;

/// The part; nothing where all could be used.
pub fn html(file: &Loaded) -> Html {
    let problems = &file.cohort.problems;
    let header = file.import.sheet.header();
    let listed = problems
        .iter()
        .take(LISTED)
        .map(|problem| text(&en::problem(problem, header)));
    let rest = problems.len().saturating_sub(LISTED);
    Html::when(!problems.is_empty(), || {
        element(
            "details",
            &[("class", "more"), ("data-testid", "problems")],
            &[
                plain(
                    "summary",
                    &format!("{} cells or rows that could not be used", problems.len()),
                ),
                list("", listed),
                Html::when(rest > 0, || span("p", "quiet", &format!("and {rest} more"))),
            ],
        )
    })
}

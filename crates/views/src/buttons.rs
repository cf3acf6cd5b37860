//! The buttons of a result, which the page takes; see `Worked` in `crates/app/src/part.rs`.

use cotside_words::lang::figures as words;
use maud::{Markup, html};

/// A button that asks the worker for a file.
#[must_use]
pub fn export_button(file: &str, label: &str) -> Markup {
    html! { button type="button" data-export=(file) { (label) } }
}

/// The buttons of the table that stands before them: to the clipboard, as CSV, for Word. `file` is the name of its files
/// without an ending, `title` and `source` stand over and under it in a document.
#[must_use]
pub fn table_tools(file: &str, title: &str, source: &str) -> Markup {
    let button = |form: &str, label: &str, name: String| {
        html! { button.link type="button" data-table=(file) data-as=(form) aria-label=(name) { (label) } }
    };
    html! {
        div class="tools of-table" data-title=(title) data-source=(source) {
            (button("copy", words::COPY_TABLE, words::of_table(words::COPY_TABLE, title)))
            (button("csv", words::CSV, words::of_table(words::CSV, title)))
            (button("docx", words::WORD, words::of_table(words::WORD, title)))
        }
    }
}

/// A button that copies the text of the element with this `data-testid`.
#[must_use]
pub fn copy_button(of: &str, label: &str) -> Markup {
    html! { button type="button" data-copy=(of) { (label) } }
}

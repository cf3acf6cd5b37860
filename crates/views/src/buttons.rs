//! The buttons of a result, which the page takes; see `Worked` in `crates/app/src/part.rs`.

use maud::{Markup, html};

/// A button that asks the worker for a file.
#[must_use]
pub fn export_button(file: &str, label: &str) -> Markup {
    html! { button type="button" data-export=(file) { (label) } }
}

/// A button that copies the text of the element with this `data-testid`.
#[must_use]
pub fn copy_button(of: &str, label: &str) -> Markup {
    html! { button type="button" data-copy=(of) { (label) } }
}

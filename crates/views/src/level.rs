//! The letter of a risk level.

use cotside_core::protocols::Level;
use cotside_words::lang::page;
use maud::{Markup, html};

/// The letter of a group's level, before its name; nothing where the group has none.
#[must_use]
pub fn letter(level: Option<Level>) -> Markup {
    html! {
        @if let Some(level) = level {
            span class={ "letter " (level.code()) } aria-hidden="true" { (letter_of(level)) }
        }
    }
}

/// In the letter's place where the group is not settled.
#[must_use]
pub fn open_letter() -> Markup {
    html! { span class="letter open" aria-hidden="true" { "?" } }
}

/// The letter of a level.
#[must_use]
pub fn letter_of(level: Level) -> &'static str {
    let [low, intermediate, high] = page::LETTERS;
    match level {
        Level::Low => low,
        Level::Intermediate => intermediate,
        Level::High => high,
    }
}

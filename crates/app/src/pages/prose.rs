//! Pages of prose: each a piece of HTML among the words of its language, with a few places to fill.

use cotside_core::evidence::Read;
use cotside_core::protocols::PROTOCOLS;
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use crate::links::{self, base};
use cotside_views::citing::sure;
use cotside_views::list;
use maud::html as markup;

/// A page's HTML with its places filled: `{base}`, `{count}`, `{intended_use}`, `{marks}`, `{versions}`.
fn filled(page: &'static str) -> String {
    let mark = |read| markup! { (sure(read)) ": " (lang::read_mark(read).1) };
    let marks = || list(Read::ALL.map(mark)).into_string();
    page.replace("{base}", &base())
        .replace("{count}", &PROTOCOLS.len().to_string())
        .replace("{intended_use}", lang::INTENDED_USE)
        .replace("{marks}", &marks())
        .replace("{versions}", &links::versions())
}

fn prose(title: &str, page: &'static str) -> impl IntoView {
    links::set_title(title);
    view! { <div class="prose" inner_html=filled(page)></div> }
}

/// `/about`: what it is for, and what it is not; how answers are made.
#[component]
pub fn About() -> impl IntoView {
    prose(page::ABOUT, page::ABOUT_PROSE)
}

/// `/privacy`: what is sent (nothing), what is stored (nothing), what is not closed.
#[component]
pub fn Privacy() -> impl IntoView {
    prose(page::PRIVACY, page::PRIVACY_PROSE)
}

/// An address without a page: says so, and where to go.
#[component]
pub fn NotFound() -> impl IntoView {
    prose(page::NOT_FOUND, page::NOT_FOUND_PROSE)
}

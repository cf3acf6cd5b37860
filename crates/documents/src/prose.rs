//! Pages of prose: each a piece of HTML among the words of its language, with a few places to fill.

use cotside_core::evidence::Read;
use cotside_core::protocols::PROTOCOLS;
use cotside_views::citing::sure;
use cotside_views::list;
use cotside_words::lang::{self, page};
use maud::html;

use crate::{BUILD, Document, Places};

/// A page with its places filled: `{base}`, `{root}`, `{count}`, `{intended_use}`, `{marks}`, `{versions}`.
fn prose(route: &str, title: &str, prose: &str, places: &Places) -> Document {
    let mark = |read| html! { (sure(read)) ": " (lang::read_mark(read).1) };
    let filled = prose
        .replace("{base}", &places.base)
        .replace("{root}", &places.root)
        .replace("{count}", &PROTOCOLS.len().to_string())
        .replace("{intended_use}", lang::INTENDED_USE)
        .replace("{marks}", &list(Read::ALL.map(mark)).into_string())
        .replace("{versions}", &cotside_words::versions(BUILD));
    Document {
        route: route.to_owned(),
        title: title.to_owned(),
        html: format!("<div class=\"prose\">{filled}</div>"),
    }
}

/// `/about`: what it is for, and what it is not; how answers are made.
pub(crate) fn about(places: &Places) -> Document {
    prose("about", page::ABOUT, page::ABOUT_PROSE, places)
}

/// `/privacy`: what is sent (nothing), what is stored (nothing), what is not closed.
pub(crate) fn privacy(places: &Places) -> Document {
    prose("privacy", page::PRIVACY, page::PRIVACY_PROSE, places)
}

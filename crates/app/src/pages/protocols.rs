//! `/protocols`: every rule in a line; `/protocols/:id`: one rule as a reviewer reads it.

use cotside_core::protocols::{PROTOCOLS, Protocol, protocol};
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use super::NotFound;
use crate::links::{self, href, protocol_href};
use cotside_views::citing::sure;
use cotside_views::{Columns, original, original_note, rule};
use maud::{Markup, html as markup};

/// The list of protocols.
#[component]
pub fn Protocols() -> impl IntoView {
    links::set_title(page::PROTOCOLS);
    view! { <div inner_html=page().into_string()></div> }
}

fn page() -> Markup {
    let [name, by, kind, rule, groups, clauses] = page::PROTOCOL_HEADS;
    let columns = Columns::new(name)
        .text(by)
        .text(kind)
        .text(rule)
        .text(groups)
        .text(clauses);
    markup! {
        h1 { (page::PROTOCOLS) }
        p.prose { (page::PROTOCOLS_LEAD) }
        p { a href=(href("protocols/own/")) { (page::OWN) } (page::OWN_MORE) }
        (columns.table("protocols", PROTOCOLS.iter().map(|protocol| row(&columns, protocol))))
    }
}

fn row(columns: &Columns<'_>, protocol: &'static Protocol) -> Markup {
    let groups: Vec<&str> = protocol.groups.iter().map(|group| lang::group_name(group)).collect();
    // A protocol is as sure as the least sure of the clauses that sort a child.
    let least = protocol.clauses().iter().map(|(_, clause)| clause.cite.read).min();
    let cells = [
        markup! { (original(protocol.organisation)) (original_note(protocol.era.text)) },
        markup! { (lang::family(protocol.family)) },
        original(protocol.summary),
        markup! { (groups.join("; ")) },
        least.map(sure).unwrap_or_default(),
    ];
    let name = markup! { a href=(protocol_href(protocol.id)) { (lang::protocol_name(protocol)) } };
    columns.row(name, cells)
}

/// The page of the protocol with this id.
#[component]
pub fn ProtocolPage(
    /// The id, as the address has it.
    id: String,
) -> impl IntoView {
    let Some(protocol) = protocol(&id) else {
        return NotFound().into_any();
    };
    links::set_title(lang::protocol_name(protocol));
    view! { <article class="rule" inner_html=rule::page(protocol, &href("protocols/")).into_string()></article> }
        .into_any()
}

//! `/protocols`: every rule in a line; `/protocols/:id`: one rule as a reviewer reads it.

use cotside_core::protocols::{PROTOCOLS, Protocol, protocol};
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use super::NotFound;
use crate::links::{self, href, protocol_href};
use cotside_answers::parts::sure;
use cotside_answers::rule;
use cotside_words::html::{Html, cell, element, head, original, original_note, plain, span, table, text};

/// The list of protocols.
#[component]
pub fn Protocols() -> impl IntoView {
    links::set_title(page::PROTOCOLS);
    view! { <div inner_html=page().into_string()></div> }
}

fn page() -> Html {
    let [_, by, kind, rule, groups_head, clauses] = page::PROTOCOL_HEADS;
    let each = |protocol: &&'static Protocol| {
        let groups: Vec<&str> = protocol.groups.iter().map(|group| lang::group_name(group)).collect();
        // A protocol is as sure as the least sure of the clauses that sort a child.
        let least = protocol.clauses().iter().map(|(_, clause)| clause.cite.read).min();
        let name = element(
            "a",
            &[("href", &protocol_href(protocol.id))],
            &[text(lang::protocol_name(protocol))],
        );
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[name]),
                cell(
                    by,
                    "",
                    &[original(protocol.organisation), original_note(protocol.era.text)],
                ),
                cell(kind, "", &[text(lang::family(protocol.family))]),
                cell(rule, "", &[original(protocol.summary)]),
                cell(groups_head, "", &[text(&groups.join("; "))]),
                cell(clauses, "", &[least.map(sure).unwrap_or_default()]),
            ],
        )
    };
    let head = head(&page::PROTOCOL_HEADS.map(|name| (name, "")));
    let own = element("a", &[("href", &href("protocols/own/"))], &[text(page::OWN)]);
    Html::all([
        plain("h1", page::PROTOCOLS),
        span("p", "prose", page::PROTOCOLS_LEAD),
        element("p", &[], &[own, text(page::OWN_MORE)]),
        table("protocols", head, PROTOCOLS.iter().map(each)),
    ])
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

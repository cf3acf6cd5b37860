//! `/protocols`: every rule in a line; `/protocols/:id`: one rule as a reviewer reads it.

use cotside_core::protocols::{PROTOCOLS, Protocol, protocol};
use cotside_words::en;
use leptos::prelude::*;

use super::NotFound;
use crate::links::{self, href, protocol_href};
use cotside_answers::parts::sure;
use cotside_answers::rule;
use cotside_words::html::{Html, cell, element, head, note, plain, span, table, text};

/// The list of protocols.
#[component]
pub fn Protocols() -> impl IntoView {
    links::set_title("Protocols");
    view! { <div inner_html=page().into_string()></div> }
}

fn page() -> Html {
    let each = |protocol: &&'static Protocol| {
        let groups: Vec<&str> = protocol.groups.iter().map(|group| group.name).collect();
        // A protocol is as sure as the least sure of the clauses that sort a child.
        let least = protocol.clauses().iter().map(|(_, clause)| clause.cite.read).min();
        let name = element("a", &[("href", &protocol_href(protocol.id))], &[text(protocol.name)]);
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[name]),
                cell("By", "", &[text(protocol.organisation), note(protocol.era.text)]),
                cell("Kind", "", &[text(en::family(protocol.family))]),
                cell("Rule", "", &[text(protocol.summary)]),
                cell("Groups", "", &[text(&groups.join("; "))]),
                cell("Clauses", "", &[least.map(sure).unwrap_or_default()]),
            ],
        )
    };
    let head = head(&[
        ("Name", ""),
        ("By", ""),
        ("Kind", ""),
        ("Rule", ""),
        ("Groups", ""),
        ("Clauses", ""),
    ]);
    let lead = "How published protocols and series sort infants with acute lymphoblastic leukaemia. Each name opens the \
                whole rule: clauses, boundaries, transplant rule, outcomes, pitfalls, sources. The last column says how \
                the least certain of its clauses was read.";
    let own = element(
        "a",
        &[("href", &href("protocols/own/"))],
        &[text("A protocol of your own")],
    );
    Html::all([
        plain("h1", "Protocols"),
        span("p", "prose", lead),
        element(
            "p",
            &[],
            &[own, text(": written from the same clauses, beside these, as a file.")],
        ),
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
    links::set_title(protocol.name);
    view! { <article class="rule" inner_html=rule::page(protocol, &href("protocols/")).into_string()></article> }
        .into_any()
}

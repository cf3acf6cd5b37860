//! `/protocols`: every rule in a line.

use cotside_core::protocols::PROTOCOLS;
use cotside_words::en;
use leptos::prelude::*;

use crate::links::{self, protocol_href};
use crate::parts::Sure;

/// The list of protocols.
#[component]
pub fn Protocols() -> impl IntoView {
    links::set_title("Protocols");
    let each = |protocol: &&'static cotside_core::protocols::Protocol| {
        let groups: Vec<&str> = protocol.groups.iter().map(|group| group.name).collect();
        // A protocol is as sure as the least sure of the clauses that sort a child.
        let least = protocol.clauses().iter().map(|(_, clause)| clause.cite.read).min();
        view! {
            <tr>
                <th scope="row"><a href=protocol_href(protocol.id)>{protocol.name}</a></th>
                <td data-label="By">{protocol.organisation}<span class="note">{protocol.era.text}</span></td>
                <td data-label="Kind">{en::family(protocol.family)}</td>
                <td data-label="Rule">{protocol.summary}</td>
                <td data-label="Groups">{groups.join("; ")}</td>
                <td data-label="Clauses">{least.map(|read| view! { <Sure read/> })}</td>
            </tr>
        }
    };
    view! {
        <h1>"Protocols"</h1>
        <p class="prose">
            "How published protocols and series sort infants with acute lymphoblastic leukaemia. Each name opens the whole rule: \
             clauses, boundaries, transplant rule, outcomes, pitfalls, sources. The last column says how the least certain of \
             its clauses was read."
        </p>
        <div class="wide">
            <table class="protocols">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"By"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"Rule"</th>
                        <th scope="col">"Groups"</th>
                        <th scope="col">"Clauses"</th>
                    </tr>
                </thead>
                <tbody>{PROTOCOLS.iter().map(each).collect_view()}</tbody>
            </table>
        </div>
    }
}

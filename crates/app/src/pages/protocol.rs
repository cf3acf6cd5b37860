//! `/protocols/:id`: one rule as a reviewer reads it.

use cotside_core::evidence::Outcome;
use cotside_core::protocols::{Handling, IfUnknown, Protocol, Truth, protocol};
use cotside_words::en;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::NotFound;
use crate::links::{self, href};
use crate::parts::{Cite, Facts, Outcomes, Sources};

/// The page of the protocol that the address names.
#[component]
pub fn ProtocolPage() -> impl IntoView {
    let params = use_params_map();
    move || match params.with(|params| params.get("id")).as_deref().and_then(protocol) {
        Some(protocol) => view! { <Rule protocol/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn Rule(protocol: &'static Protocol) -> impl IntoView {
    links::set_title(protocol.name);
    let outcomes: Vec<(&'static Outcome, Truth)> =
        protocol.outcomes.iter().map(|outcome| (outcome, Truth::True)).collect();
    view! {
        <article class="rule">
            <p class="crumb"><a href=href("protocols/")>"Protocols"</a></p>
            <h1>{protocol.name}</h1>
            <p class="lead">{protocol.summary}</p>
            <p class="quiet">
                {protocol.organisation}"; "{en::family(protocol.family)}". "{protocol.era.text}" "<Cite cite=protocol.era.cite/>
            </p>
            <p class="remark notice">"Not yet reviewed by a clinician of the study group. Id: "<code>{protocol.id}</code>"."</p>
            <h2>"Who may enter"</h2>
            <Eligibility protocol/>
            <h2>"Groups"</h2>
            <p class="quiet">"Tried in this order; the first whose condition holds is the child's."</p>
            <Groups protocol/>
            <h2>"Clauses"</h2>
            <ClauseList protocol/>
            <Boundaries protocol/>
            <h2>"KMT2A results that are neither rearranged nor germline"</h2>
            <dl>
                <dt>"Partial tandem duplication"</dt>
                <dd><Reading handling=protocol.ptd/></dd>
                <dt>"Could not be established"</dt>
                <dd><Reading handling=protocol.undetermined_kmt2a/></dd>
                {protocol.unknown_response_is_not_poor.map(|fact| view! {
                    <dt>"Unknown prednisone response"</dt>
                    <dd>{fact.text}" "<Cite cite=fact.cite/></dd>
                })}
            </dl>
            <h2>"Transplant in first remission"</h2>
            <p>{protocol.hsct.text}" "<Cite cite=protocol.hsct.cite/></p>
            {protocol.hsct.when.as_ref().map(|when| view! {
                <p class="quiet">"Read as: transplant if "{en::condition(when, protocol)}"."</p>
            })}
            <h2>"Published outcomes"</h2>
            {if outcomes.is_empty() {
                view! { <p class="quiet">"None was found."</p> }.into_any()
            } else {
                view! { <Outcomes outcomes/> }.into_any()
            }}
            {(!protocol.pitfalls.is_empty()).then(|| view! { <h2>"Pitfalls"</h2><Facts facts=protocol.pitfalls/> })}
            {(!protocol.facts.is_empty()).then(|| view! { <h2>"What else is known"</h2><Facts facts=protocol.facts/> })}
            {(!protocol.open_questions.is_empty()).then(|| view! {
                <h2>"What could not be found"</h2>
                <ul>{protocol.open_questions.iter().map(|text| view! { <li>{*text}</li> }).collect_view()}</ul>
            })}
            <h2>"Sources"</h2>
            <Sources protocol/>
        </article>
    }
}

#[component]
fn Eligibility(protocol: &'static Protocol) -> impl IntoView {
    let each = |criterion: &'static cotside_core::protocols::Criterion| {
        let unknown = match criterion.if_unknown {
            IfUnknown::Ask => "While it is not known, no group is assigned.",
            IfUnknown::SayCondition => "While it is not known, the answer is given on this condition, and says so.",
            IfUnknown::Wait => "Until it is reported, the protocol does not apply.",
        };
        let note = criterion.clause.note;
        view! {
            <li>
                {en::clause(criterion.clause)}". "<span class="quiet">{unknown}</span>" "<Cite cite=criterion.clause.cite/>
                {(!note.is_empty()).then_some(view! { <span class="note">{note}</span> })}
            </li>
        }
    };
    view! { <ul>{protocol.eligible.iter().map(each).collect_view()}</ul> }
}

#[component]
fn Groups(protocol: &'static Protocol) -> impl IntoView {
    let each = |group: &'static cotside_core::protocols::Group| {
        view! {
            <tr>
                <th scope="row">{group.name}</th>
                <td data-label="If">{en::condition(&group.when, protocol)}</td>
                <td data-label="On the common scale">{group.level.map_or("not on it", en::level)}</td>
                <td data-label="In files"><code>{group.id}</code></td>
            </tr>
        }
    };
    view! {
        <div class="wide">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Group"</th>
                        <th scope="col">"If"</th>
                        <th scope="col">"On the common scale"</th>
                        <th scope="col">"In files"</th>
                    </tr>
                </thead>
                <tbody>{protocol.groups.iter().map(each).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn ClauseList(protocol: &'static Protocol) -> impl IntoView {
    let each = |(role, clause): (cotside_core::protocols::Role, &'static cotside_core::protocols::Clause)| {
        view! {
            <tr>
                <th scope="row">{en::clause(clause)}</th>
                <td data-label="For">{en::role(role)}</td>
                <td data-label="Source">
                    <Cite cite=clause.cite/>
                    {(!clause.note.is_empty()).then_some(view! { <span class="note">{clause.note}</span> })}
                </td>
            </tr>
        }
    };
    view! {
        <div class="wide">
            <table>
                <thead>
                    <tr><th scope="col">"Clause"</th><th scope="col">"For"</th><th scope="col">"Source"</th></tr>
                </thead>
                <tbody>{protocol.clauses_with_outcomes().into_iter().map(each).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Boundaries(protocol: &'static Protocol) -> impl IntoView {
    let rows = en::boundary_rows(protocol);
    (!rows.is_empty()).then(|| {
        let each = |(clause, cells): (&'static cotside_core::protocols::Clause, en::BoundaryCells)| {
            let labels = ["Below", "At", "Above"];
            let cells = cells.into_iter().zip(labels).map(|((value, verdict), label)| {
                view! { <td data-label=label>{value}<span class="note">{verdict}</span></td> }
            });
            view! { <tr><th scope="row">{en::clause(clause)}</th>{cells.collect_view()}</tr> }
        };
        view! {
            <h2>"Boundaries"</h2>
            <div class="wide">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Clause"</th>
                            <th scope="col">"Just below"</th>
                            <th scope="col">"At the limit"</th>
                            <th scope="col">"Just above"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(each).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}

#[component]
fn Reading(handling: Handling) -> impl IntoView {
    let cite = match handling {
        Handling::Stated(fact) => Some(view! { " " <Cite cite=fact.cite/> }),
        Handling::NotStated => None,
    };
    view! { {en::kmt2a_handling(&handling)}{cite} }
}

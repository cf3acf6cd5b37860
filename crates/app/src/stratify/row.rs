//! One protocol's answer: a line on the common scale that opens into clauses, rule, outcomes and pitfalls.

use cotside_core::evidence::Read;
use cotside_core::infant::Infant;
use cotside_core::protocols::{
    Assessment, Change, ClauseResult, Decider, Family, HsctStatus, Level, PROTOCOLS, Role, Status, Truth,
};
use cotside_figures::strip;
use cotside_words::en;
use leptos::prelude::*;

use super::Case;
use crate::links::protocol_href;
use crate::parts::{Cite, Facts, Outcomes, Sources, Sure, brief, estimate};

/// Width of the drawn outcome in CSS pixels.
const STRIP: f64 = 180.0;

/// A row. It is drawn anew only where its own answer changes.
#[component]
pub fn Row(
    /// Position of the protocol in the catalogue.
    position: usize,
    /// Which rows are open.
    opened: RwSignal<Vec<bool>>,
) -> impl IntoView {
    let case = Case::here();
    let protocol = PROTOCOLS[position];
    let assessment = Memo::new(move |_| case.assessments.with(|all| all[position].clone()));
    let open = Memo::new(move |_| opened.with(|opened| opened[position]));
    let follow = move |event: leptos::ev::Event| {
        let now = event_target::<web_sys::HtmlDetailsElement>(&event).open();
        if open.get_untracked() != now {
            opened.update(|opened| opened[position] = now);
        }
    };
    view! {
        <details class="row" data-testid=format!("row-{}", protocol.id) prop:open=open on:toggle=follow>
            <summary>
                <span class="name">
                    {protocol.name}
                    {(protocol.family != Family::Trial).then(|| view! {
                        <span class="quiet kind">{match protocol.family {
                            Family::Series => "series",
                            Family::Prognostic | Family::Trial => "prognostic",
                        }}</span>
                    })}
                </span>
                {move || assessment.with(|assessment| view! { <Line assessment=assessment.clone()/> })}
            </summary>
            {move || open.get().then(|| {
                case.reading.with(|reading| assessment.with(|assessment| {
                    view! { <Detail assessment=assessment.clone() infant=reading.infant.clone()/> }
                }))
            })}
        </details>
    }
}

/// Scale, answer, deciding clause and outcome.
#[component]
fn Line(assessment: Assessment) -> impl IntoView {
    let protocol = assessment.protocol;
    let (state, answer) = answer(&assessment);
    let why = match assessment.status {
        Status::Assigned(_) => en::decided(&assessment),
        Status::Undetermined(_) => en::open_on(&assessment),
        Status::NotApplicable(criterion) => format!("it asks for {}", en::clause(criterion.clause)),
    };
    let least = assessment.decided_by.iter().map(|clause| clause.cite.read).min();
    let doubtful = least.filter(|read| *read != Read::Primary);
    let drawn = assessment.leading_outcomes();
    let figure = (!drawn.is_empty()).then(|| {
        let estimates: Vec<_> = drawn
            .iter()
            .map(|matched| estimate(matched.outcome, matched.truth))
            .collect();
        view! { <span class="figure" aria-hidden="true" inner_html=strip(&estimates, STRIP).to_svg()></span> }
    });
    let numbers = drawn.iter().map(|matched| {
        let outcome = matched.outcome;
        let whom = if matched.truth == Truth::True { "" } else { "if " };
        view! { <span>{brief(outcome)}<span class="whom">{whom}{outcome.population}</span></span> }
    });
    view! {
        <Scale assessment=assessment.clone()/>
        <span class=format!("answer {state}") data-testid=format!("answer-{}", protocol.id)>{answer}</span>
        <span class="why">
            {why}
            {doubtful.map(|read| view! { " " <Sure read/> })}
        </span>
        <span class="published">
            {figure}
            <span class="numbers">{numbers.collect_view()}</span>
        </span>
    }
}

/// A class for how the answer looks, and the answer in a few words.
fn answer(assessment: &Assessment) -> (&'static str, String) {
    match assessment.status {
        Status::Assigned(group) => (group.level.map_or("plain", level_class), group.name.to_owned()),
        Status::Undetermined(possible) => ("open", format!("{}?", en::possibility(possible, assessment.protocol))),
        Status::NotApplicable(_) => ("none", "not applicable".to_owned()),
    }
}

const fn level_class(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Intermediate => "intermediate",
        Level::High => "high",
    }
}

/// The child's place, or possible places, on low – intermediate – high.
#[component]
fn Scale(assessment: Assessment) -> impl IntoView {
    let possible = assessment.possible();
    let settled = matches!(assessment.status, Status::Assigned(_));
    if matches!(assessment.status, Status::NotApplicable(_)) {
        return view! { <span class="scale empty" aria-hidden="true"></span> }.into_any();
    }
    if possible.iter().all(|group| group.level.is_none()) {
        return view! { <span class="scale off" aria-hidden="true">"not on this scale"</span> }.into_any();
    }
    let used = |level| {
        assessment
            .protocol
            .groups
            .iter()
            .any(|group| group.level == Some(level))
    };
    let slots = [(Level::Low, "L"), (Level::Intermediate, "M"), (Level::High, "H")].map(|(level, letter)| {
        let here = possible.iter().any(|group| group.level == Some(level));
        let class = match (here, settled, used(level)) {
            (true, true, _) => format!("slot at {}", level_class(level)),
            (true, false, _) => "slot maybe".to_owned(),
            (false, _, true) => "slot free".to_owned(),
            (false, _, false) => "slot".to_owned(),
        };
        view! { <span class=class>{if here { letter } else { "" }}</span> }
    });
    view! { <span class="scale" aria-hidden="true">{slots.into_iter().collect_view()}</span> }.into_any()
}

/// What an open row shows.
#[component]
fn Detail(assessment: Assessment, infant: Infant) -> impl IntoView {
    let protocol = assessment.protocol;
    let outcomes = assessment
        .outcomes
        .iter()
        .map(|matched| (matched.outcome, matched.truth))
        .collect::<Vec<_>>();
    view! {
        <div class="detail">
            <p class="reason">{en::reason(&assessment)}</p>
            {assessment.notices.iter().map(|notice| view! { <p class="remark notice">{en::notice(notice)}</p> }).collect_view()}
            <h4>"Clause by clause"</h4>
            <Clauses results=assessment.clauses.clone() infant/>
            <Deciders deciders=assessment.deciders.clone() position=position_of(protocol.id)/>
            <Changes changes=assessment.changes.clone() position=position_of(protocol.id)/>
            <h4>"Transplant in first remission"</h4>
            <Hsct assessment=assessment.clone()/>
            <h4>"Published for such infants"</h4>
            {if outcomes.is_empty() {
                view! { <p class="quiet">"No published outcome for this group was found."</p> }.into_any()
            } else {
                view! { <Outcomes outcomes/> }.into_any()
            }}
            {(!protocol.pitfalls.is_empty()).then(|| view! {
                <h4>"Pitfalls"</h4>
                <Facts facts=protocol.pitfalls/>
            })}
            <details class="more">
                <summary>"Sources"</summary>
                <Sources protocol/>
            </details>
            <p><a href=protocol_href(protocol.id)>"The whole rule of "{protocol.name}</a></p>
        </div>
    }
}

fn position_of(id: &str) -> usize {
    PROTOCOLS
        .iter()
        .position(|protocol| protocol.id == id)
        .unwrap_or_default()
}

/// Each clause with its mark, what was found, and its source.
#[component]
fn Clauses(results: Vec<ClauseResult>, infant: Infant) -> impl IntoView {
    let each = |result: &ClauseResult| {
        let (mark, word, class) = match result.truth {
            Truth::True => ("✓", "holds", "yes"),
            Truth::False => ("✗", "does not hold", "no"),
            Truth::Unknown => ("?", "unknown", "unknown"),
        };
        let note = result.clause.note;
        view! {
            <tr class=class>
                <td class="mark"><span aria-hidden="true">{mark}</span><span class="hidden">{word}</span></td>
                <th scope="row">{en::clause(result.clause)}</th>
                <td data-label="This child">
                    {en::found(result, &infant)}
                    {result.why.map(|why| view! { <span class="note">{en::why(why)}</span> })}
                </td>
                <td data-label="For">{en::role(result.role)}</td>
                <td data-label="Source">
                    <Cite cite=result.clause.cite/>
                    {(!note.is_empty()).then_some(view! { <span class="note">{note}</span> })}
                </td>
            </tr>
        }
    };
    let shown = results.iter().filter(|result| result.role != Role::Outcome);
    view! {
        <div class="wide">
            <table class="clauses">
                <thead>
                    <tr>
                        <th scope="col"><span class="hidden">"Holds"</span></th>
                        <th scope="col">"Clause"</th>
                        <th scope="col">"This child"</th>
                        <th scope="col">"For"</th>
                        <th scope="col">"Source"</th>
                    </tr>
                </thead>
                <tbody>{shown.map(each).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// The missing findings and what each of their values would lead to.
#[component]
fn Deciders(deciders: Vec<Decider>, position: usize) -> impl IntoView {
    let protocol = PROTOCOLS[position];
    (!deciders.is_empty()).then(|| {
        let item = |decider: &Decider| view! { <li>{en::decider(decider, protocol)}</li> };
        view! {
            <h4>"What is missing, and what it would decide"</h4>
            <ul>{deciders.iter().map(item).collect_view()}</ul>
        }
    })
}

/// The nearest boundaries and the single findings that would change the answer.
#[component]
fn Changes(changes: Vec<Change>, position: usize) -> impl IntoView {
    let protocol = PROTOCOLS[position];
    (!changes.is_empty()).then(|| {
        let item = |change: &Change| view! { <li>{en::change(change, protocol)}</li> };
        view! {
            <h4>"What would change it"</h4>
            <ul>{changes.iter().map(item).collect_view()}</ul>
        }
    })
}

/// The transplant rule as the protocol reads, and what it says here.
#[component]
fn Hsct(assessment: Assessment) -> impl IntoView {
    let rule = &assessment.protocol.hsct;
    let class = match assessment.hsct.status {
        HsctStatus::Met => "state met",
        HsctStatus::NotMet => "state",
        HsctStatus::Undetermined => "state open",
        HsctStatus::NotSpecified => "state none",
    };
    view! {
        <p>
            <span class=class>{en::hsct_status(assessment.hsct.status)}</span>
            " Its rule reads: "
            {rule.text}
            " "
            <Cite cite=rule.cite/>
        </p>
    }
}

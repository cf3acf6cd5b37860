//! One rule as a reviewer reads it.

use cotside_core::evidence::Outcome;
use cotside_core::protocols::{Clause, Criterion, Group, Handling, IfUnknown, Protocol, Role, Truth};
use cotside_words::en;

use crate::parts::{cite, fact, facts, outcomes, sources};
use cotside_words::html::{Html, cell, element, head, list, note, plain, span, table, text};

/// The page of a protocol of the catalogue; `catalogue` is the address of the list.
#[must_use]
pub fn page(protocol: &'static Protocol, catalogue: &str) -> Html {
    let up = element("a", &[("href", catalogue)], &[text("Protocols")]);
    let by = format!(
        "{}; {}. {} ",
        protocol.organisation,
        en::family(protocol.family),
        protocol.era.text
    );
    let reviewed = [
        text("Not yet reviewed by a clinician of the study group. Id: "),
        plain("code", protocol.id),
        text("."),
    ];
    Html::all([
        element("p", &[("class", "crumb")], &[up]),
        plain("h1", protocol.name),
        span("p", "lead", protocol.summary),
        element("p", &[("class", "quiet")], &[text(&by), cite(&protocol.era.cite)]),
        element("p", &[("class", "remark notice")], &reviewed),
        body(protocol),
    ])
}

/// The rule itself: who may enter, groups, clauses, boundaries, transplant, outcomes, sources.
#[must_use]
pub fn body(protocol: &'static Protocol) -> Html {
    let published: Vec<(&'static Outcome, Truth)> =
        protocol.outcomes.iter().map(|outcome| (outcome, Truth::True)).collect();
    Html::all([
        plain("h2", "Who may enter"),
        list("", protocol.eligible.iter().map(criterion)),
        plain("h2", "Groups"),
        span(
            "p",
            "quiet",
            "Tried in this order; the first whose condition holds is the child’s.",
        ),
        groups(protocol),
        plain("h2", "Clauses"),
        clauses(protocol),
        boundaries(protocol),
        plain("h2", "KMT2A results that are neither rearranged nor germline"),
        readings(protocol),
        plain("h2", "Transplant in first remission"),
        element(
            "p",
            &[],
            &[text(protocol.hsct.text), text(" "), cite(&protocol.hsct.cite)],
        ),
        protocol.hsct.when.as_ref().map_or_else(Html::default, |when| {
            span(
                "p",
                "quiet",
                &format!("Read as: transplant if {}.", en::condition(when, protocol)),
            )
        }),
        plain("h2", "Published outcomes"),
        if published.is_empty() {
            span("p", "quiet", "None was found.")
        } else {
            outcomes(&published)
        },
        section("Pitfalls", !protocol.pitfalls.is_empty(), || facts(protocol.pitfalls)),
        section("What else is known", !protocol.facts.is_empty(), || {
            facts(protocol.facts)
        }),
        section("What could not be found", !protocol.open_questions.is_empty(), || {
            list("", protocol.open_questions.iter().map(|question| text(question)))
        }),
        plain("h2", "Sources"),
        sources(protocol),
    ])
}

fn section(title: &str, shown: bool, content: impl FnOnce() -> Html) -> Html {
    Html::when(shown, || Html::all([plain("h2", title), content()]))
}

fn criterion(criterion: &Criterion) -> Html {
    let unknown = match criterion.if_unknown {
        IfUnknown::Ask => "While it is not known, no group is assigned. ",
        IfUnknown::SayCondition => "While it is not known, the answer is given on this condition, and says so. ",
        IfUnknown::Wait => "Until it is reported, the protocol does not apply. ",
    };
    Html::all([
        text(&format!("{}. ", en::clause(criterion.clause))),
        span("span", "quiet", unknown),
        cite(&criterion.clause.cite),
        note(criterion.clause.note),
    ])
}

fn groups(protocol: &Protocol) -> Html {
    let each = |group: &Group| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(group.name)]),
                cell("If", "", &[text(&en::condition(&group.when, protocol))]),
                cell(
                    "On the common scale",
                    "",
                    &[text(group.level.map_or("not on it", en::level))],
                ),
                cell("In files", "", &[plain("code", group.id)]),
            ],
        )
    };
    let head = head(&[("Group", ""), ("If", ""), ("On the common scale", ""), ("In files", "")]);
    table("", head, protocol.groups.iter().map(each))
}

fn clauses(protocol: &Protocol) -> Html {
    let each = |(role, clause): (Role, &'static Clause)| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(&en::clause(clause))]),
                cell("For", "", &[text(en::role(role))]),
                cell("Source", "", &[cite(&clause.cite), note(clause.note)]),
            ],
        )
    };
    let head = head(&[("Clause", ""), ("For", ""), ("Source", "")]);
    table("", head, protocol.clauses_with_outcomes().into_iter().map(each))
}

fn boundaries(protocol: &Protocol) -> Html {
    let rows = en::boundary_rows(protocol);
    let each = |(clause, cells): &(&'static Clause, en::BoundaryCells)| {
        let cells = cells.iter().zip(["Below", "At", "Above"]);
        let cells = cells.map(|((value, verdict), label)| cell(label, "", &[text(value), note(verdict)]));
        let name = element("th", &[("scope", "row")], &[text(&en::clause(clause))]);
        element("tr", &[], &[name, Html::all(cells)])
    };
    let head = head(&[
        ("Clause", ""),
        ("Just below", ""),
        ("At the limit", ""),
        ("Just above", ""),
    ]);
    section("Boundaries", !rows.is_empty(), || {
        table("", head, rows.iter().map(each))
    })
}

fn readings(protocol: &Protocol) -> Html {
    let reading = |handling: &Handling| match handling {
        Handling::Stated(stated) => fact(stated),
        Handling::NotStated => text(en::kmt2a_handling(handling)),
    };
    let mut pairs = vec![
        ("Partial tandem duplication", reading(&protocol.ptd)),
        ("Could not be established", reading(&protocol.undetermined_kmt2a)),
    ];
    if let Some(stated) = &protocol.unknown_response_is_not_poor {
        pairs.push(("Unknown prednisone response", fact(stated)));
    }
    let pair = |(name, content): (&str, Html)| Html::all([plain("dt", name), element("dd", &[], &[content])]);
    element("dl", &[], &[Html::all(pairs.into_iter().map(pair))])
}

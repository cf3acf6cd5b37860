//! One rule as a reviewer reads it.

use cotside_core::protocols::{Clause, Criterion, Group, Handling, OutcomeMatch, Protocol, Role, Truth};
use cotside_words::capital;
use cotside_words::lang::{self, page};

use crate::parts::{cite, fact, facts, outcomes, sources};
use cotside_words::html::{Html, cell, element, head, list, note, original, original_note, plain, span, table, text};

/// The page of a protocol of the catalogue; `catalogue` is the address of the list.
#[must_use]
pub fn page(protocol: &Protocol, catalogue: &str) -> Html {
    let up = element("a", &[("href", catalogue)], &[text(page::PROTOCOLS)]);
    let by = [
        original(protocol.organisation),
        text("; "),
        text(lang::family(protocol.family)),
        text(". "),
        fact(&protocol.era),
    ];
    let reviewed = [text(page::NOT_REVIEWED), plain("code", protocol.id), text(".")];
    Html::all([
        element("p", &[("class", "crumb")], &[up]),
        plain("h1", lang::protocol_name(protocol)),
        element("p", &[("class", "lead")], &[original(protocol.summary)]),
        element("p", &[("class", "quiet")], &by),
        element("p", &[("class", "remark notice")], &reviewed),
        body(protocol),
    ])
}

/// The rule itself: who may enter, groups, clauses, boundaries, transplant, outcomes, sources.
#[must_use]
pub fn body(protocol: &Protocol) -> Html {
    // A protocol's own page draws every population for itself.
    let published: Vec<OutcomeMatch> = protocol
        .outcomes
        .iter()
        .map(|outcome| OutcomeMatch {
            outcome,
            truth: Truth::True,
            wider: false,
        })
        .collect();
    Html::all([
        plain("h2", page::WHO),
        list("", protocol.eligible.iter().map(criterion)),
        plain("h2", page::GROUPS),
        span("p", "quiet", page::GROUPS_ORDER),
        groups(protocol),
        plain("h2", page::CLAUSES),
        clauses(protocol),
        boundaries(protocol),
        plain("h2", page::KMT2A_READINGS),
        readings(protocol),
        plain("h2", page::TRANSPLANT),
        element(
            "p",
            &[],
            &[original(protocol.hsct.text), text(" "), cite(&protocol.hsct.cite)],
        ),
        protocol.hsct.when.as_ref().map_or_else(Html::default, |when| {
            span("p", "quiet", &page::transplant_if(&lang::condition(when, protocol)))
        }),
        list(
            "",
            protocol.hsct.conditions.iter().map(|condition| {
                Html::all([
                    text(&capital(&lang::condition(&condition.when, protocol))),
                    text(" "),
                    cite(&condition.cite),
                ])
            }),
        ),
        plain("h2", page::OUTCOMES),
        if published.is_empty() {
            span("p", "quiet", page::OUTCOMES_NONE)
        } else {
            outcomes(&published)
        },
        section(page::PITFALLS, !protocol.pitfalls.is_empty(), || {
            facts(protocol.pitfalls)
        }),
        section(page::FACTS, !protocol.facts.is_empty(), || facts(protocol.facts)),
        section(page::OPEN_QUESTIONS, !protocol.open_questions.is_empty(), || {
            list("", protocol.open_questions.iter().map(|question| original(question)))
        }),
        plain("h2", page::SOURCES),
        sources(protocol),
    ])
}

fn section(title: &str, shown: bool, content: impl FnOnce() -> Html) -> Html {
    Html::when(shown, || Html::all([plain("h2", title), content()]))
}

fn criterion(criterion: &Criterion) -> Html {
    Html::all([
        text(&format!("{}. ", lang::clause(criterion.clause))),
        span("span", "quiet", page::if_unknown(criterion.if_unknown)),
        cite(&criterion.clause.cite),
        original_note(criterion.clause.note),
    ])
}

fn groups(protocol: &Protocol) -> Html {
    let [_, condition, level, code] = page::GROUP_HEADS;
    let each = |group: &Group| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(lang::group_name(group))]),
                cell(condition, "", &[text(&lang::condition(&group.when, protocol))]),
                cell(level, "", &[text(group.level.map_or(page::NO_LEVEL, lang::level))]),
                cell(code, "", &[plain("code", group.id)]),
            ],
        )
    };
    let head = head(&page::GROUP_HEADS.map(|name| (name, "")));
    table("", head, protocol.groups.iter().map(each))
}

fn clauses(protocol: &Protocol) -> Html {
    let each = |(role, clause): (Role, &Clause)| {
        element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(&lang::clause(clause))]),
                cell(page::FOR, "", &[text(lang::role(role))]),
                cell(page::SOURCE, "", &[cite(&clause.cite), original_note(clause.note)]),
            ],
        )
    };
    let head = head(&[(page::CLAUSE, ""), (page::FOR, ""), (page::SOURCE, "")]);
    table("", head, protocol.clauses_with_outcomes().into_iter().map(each))
}

fn boundaries(protocol: &Protocol) -> Html {
    let rows = lang::boundary_rows(protocol);
    let each = |(clause, cells): &(&Clause, lang::BoundaryCells)| {
        let cells = cells.iter().zip(page::BOUNDARY_CELLS);
        let cells = cells.map(|((value, verdict), label)| cell(label, "", &[text(value), note(verdict)]));
        let name = element("th", &[("scope", "row")], &[text(&lang::clause(clause))]);
        element("tr", &[], &[name, Html::all(cells)])
    };
    let head = head(&page::BOUNDARY_HEADS.map(|name| (name, "")));
    section(page::BOUNDARIES, !rows.is_empty(), || {
        table("", head, rows.iter().map(each))
    })
}

fn readings(protocol: &Protocol) -> Html {
    let reading = |handling: &Handling| match handling {
        Handling::Stated(stated) => fact(stated),
        Handling::NotStated | Handling::NotStatedNeitherToo => text(lang::kmt2a_handling(handling)),
    };
    let mut pairs = vec![
        (page::READINGS[0], reading(&protocol.ptd)),
        (page::READINGS[1], reading(&protocol.undetermined_kmt2a)),
    ];
    if let Some(stated) = &protocol.unknown_response_is_not_poor {
        pairs.push((page::READINGS[2], fact(stated)));
    }
    let pair = |(name, content): (&str, Html)| Html::all([plain("dt", name), element("dd", &[], &[content])]);
    element("dl", &[], &[Html::all(pairs.into_iter().map(pair))])
}

//! One rule as a reviewer reads it.

use cotside_core::protocols::{Clause, Criterion, Group, Handling, OutcomeMatch, Protocol, Role, Truth};
use cotside_words::capital;
use cotside_words::lang::{self, page};
use maud::{Markup, html};

use crate::citing::cite;
use crate::parts::{fact, facts, outcomes, sources};
use crate::{Columns, list, note, original, original_note};

/// The page of a protocol of the catalogue; `catalogue` is the address of the list.
#[must_use]
pub fn page(protocol: &Protocol, catalogue: &str) -> Markup {
    html! {
        p.crumb { a href=(catalogue) { (page::PROTOCOLS) } }
        h1 { (lang::protocol_name(protocol)) }
        p.lead { (original(protocol.summary)) }
        p.quiet {
            (original(protocol.organisation)) "; " (lang::family(protocol.family)) ". " (fact(&protocol.era))
        }
        p.remark.notice { (page::NOT_REVIEWED) code { (protocol.id) } "." }
        (body(protocol))
    }
}

/// The rule itself: who may enter, groups, clauses, boundaries, transplant, outcomes, sources.
#[must_use]
pub fn body(protocol: &Protocol) -> Markup {
    html! {
        h2 { (page::WHO) }
        (list(protocol.eligible.iter().map(criterion)))
        h2 { (page::GROUPS) }
        p.quiet { (page::GROUPS_ORDER) }
        (groups(protocol))
        h2 { (page::CLAUSES) }
        (clauses(protocol))
        (boundaries(protocol))
        h2 { (page::KMT2A_READINGS) }
        (readings(protocol))
        h2 { (page::TRANSPLANT) }
        (transplant(protocol))
        h2 { (page::OUTCOMES) }
        (published(protocol))
        @if !protocol.pitfalls.is_empty() { h2 { (page::PITFALLS) } (facts(protocol.pitfalls)) }
        @if !protocol.facts.is_empty() { h2 { (page::FACTS) } (facts(protocol.facts)) }
        @if !protocol.open_questions.is_empty() {
            h2 { (page::OPEN_QUESTIONS) }
            (list(protocol.open_questions.iter().map(|question| original(question))))
        }
        h2 { (page::SOURCES) }
        (sources(protocol))
    }
}

/// The outcomes of every population: a protocol's own page draws each for itself.
fn published(protocol: &Protocol) -> Markup {
    let all = protocol.outcomes.iter().map(|outcome| OutcomeMatch {
        outcome,
        truth: Truth::True,
        wider: false,
    });
    let all: Vec<OutcomeMatch> = all.collect();
    html! { @if all.is_empty() { p.quiet { (page::OUTCOMES_NONE) } } @else { (outcomes(&all)) } }
}

fn transplant(protocol: &Protocol) -> Markup {
    let rule = &protocol.hsct;
    let conditions = rule.conditions.iter().map(|condition| {
        html! { (capital(&lang::condition(&condition.when, protocol))) " " (cite(&condition.cite)) }
    });
    html! {
        p { (original(rule.text)) " " (cite(&rule.cite)) }
        @if let Some(when) = &rule.when {
            p.quiet { (page::transplant_if(&lang::condition(when, protocol))) }
        }
        (list(conditions))
    }
}

fn criterion(criterion: &Criterion) -> Markup {
    html! {
        (lang::clause(criterion.clause)) ". "
        span.quiet { (page::if_unknown(criterion.if_unknown)) }
        (cite(&criterion.clause.cite)) (original_note(criterion.clause.note))
    }
}

fn groups(protocol: &Protocol) -> Markup {
    let columns = named_columns(&page::GROUP_HEADS);
    let row = |group: &Group| {
        let cells = [
            html! { (lang::condition(&group.when, protocol)) },
            html! { (group.level.map_or(page::NO_LEVEL, lang::level)) },
            html! { code { (group.id) } },
        ];
        columns.row(lang::group_name(group), cells)
    };
    columns.table("", protocol.groups.iter().map(row))
}

/// Columns of texts.
fn named_columns<'a>(names: &[&'a str]) -> Columns<'a> {
    let (first, rest) = names
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (*first, rest));
    rest.iter()
        .fold(Columns::new(first), |columns, name| columns.text(name))
}

fn clauses(protocol: &Protocol) -> Markup {
    let columns = Columns::new(page::CLAUSE).text(page::FOR).text(page::SOURCE);
    let row = |(role, clause): (Role, &Clause)| {
        let cells = [
            html! { (lang::role(role)) },
            html! { (cite(&clause.cite)) (original_note(clause.note)) },
        ];
        columns.row(lang::clause(clause), cells)
    };
    columns.table("", protocol.clauses_with_outcomes().into_iter().map(row))
}

fn boundaries(protocol: &Protocol) -> Markup {
    let rows = lang::boundary_rows(protocol);
    // Cells are named in short where rows are stacked.
    let heads = named_columns(&page::BOUNDARY_HEADS);
    let row = |(clause, cells): &(&Clause, lang::BoundaryCells)| {
        html! {
            tr {
                th scope="row" { (lang::clause(clause)) }
                @for ((value, verdict), label) in cells.iter().zip(page::BOUNDARY_CELLS) {
                    td data-label=(label) { (value) (note(verdict)) }
                }
            }
        }
    };
    html! {
        @if !rows.is_empty() { h2 { (page::BOUNDARIES) } (heads.table("", rows.iter().map(row))) }
    }
}

fn readings(protocol: &Protocol) -> Markup {
    let reading = |handling: &Handling| match handling {
        Handling::Stated(stated) => fact(stated),
        Handling::NotStated | Handling::NotStatedNeitherToo => html! { (lang::kmt2a_handling(handling)) },
    };
    html! {
        dl {
            dt { (page::READINGS[0]) } dd { (reading(&protocol.ptd)) }
            dt { (page::READINGS[1]) } dd { (reading(&protocol.undetermined_kmt2a)) }
            @if let Some(stated) = &protocol.unknown_response_is_not_poor {
                dt { (page::READINGS[2]) } dd { (fact(stated)) }
            }
        }
    }
}

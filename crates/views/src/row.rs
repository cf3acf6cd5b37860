//! One protocol's answer: a line on the common scale that opens into clauses, rule, outcomes and pitfalls.

use cotside_core::infant::Infant;
use cotside_core::protocols::{Assessment, ClauseResult, Family, HsctStatus, Level, Notice, Role, Status, Truth};
use cotside_words::capital;
use cotside_words::lang::{self, page};
use maud::{Markup, html};

use crate::citing::{cite, sure};
use crate::parts::{brief, drawing, facts, outcomes, sources};
use crate::{Columns, list, note, original, original_note};

/// Width of the drawn outcome in CSS pixels.
const STRIP: f64 = 180.0;

/// Name, scale, answer, deciding clause and outcome.
///
/// `mark` stands under the name, where there is something to say of the definition itself.
#[must_use]
pub fn line(assessment: &Assessment, mark: &str) -> Markup {
    let protocol = assessment.protocol;
    let (state, answer) = answer(assessment);
    let why = match assessment.status {
        Status::Assigned(_) => lang::decided(assessment),
        Status::Undetermined(_) => lang::open_on(assessment),
        Status::NotApplicable(criterion) => page::asks_for(&lang::clause(criterion.clause)),
    };
    let least = assessment.decided_by.iter().map(|clause| clause.cite.read).min();
    let doubt = least.filter(|read| !read.is_own_word());
    html! {
        span.name {
            bdi { (lang::protocol_name(protocol)) }
            @match protocol.family {
                Family::Trial => {}
                Family::Series => { span.quiet.kind { (page::SERIES) } }
                Family::Prognostic => { span.quiet.kind { (page::PROGNOSTIC) } }
            }
            @if !mark.is_empty() { span.mark { (mark) } }
        }
        (scale(assessment))
        span class={ "answer " (state) } data-testid={ "answer-" (protocol.id) } { (answer) }
        span.why {
            (why) @if let Some(read) = doubt { " " (sure(read)) }
            (transplant(assessment))
        }
        (published(assessment))
    }
}

/// The leading outcomes, drawn and in a few words.
fn published(assessment: &Assessment) -> Markup {
    let leading = assessment.leading_outcomes();
    html! {
        span.published {
            @if !leading.is_empty() { (drawing(&leading, STRIP)) }
            span.numbers {
                @for matched in &leading {
                    span {
                        (brief(matched.outcome))
                        span.whom {
                            @match (matched.truth, matched.wider) {
                                (Truth::True, false) => { " " }
                                (Truth::True, true) => { (page::WIDER) }
                                _ => { (page::IF) }
                            }
                            (original(matched.outcome.population))
                        }
                    }
                }
            }
        }
    }
}

/// What the transplant rule reads, where the protocol applies.
fn transplant(assessment: &Assessment) -> Markup {
    let applies = !matches!(assessment.status, Status::NotApplicable(_));
    html! {
        @if applies {
            span.transplant data-testid={ "hsct-" (assessment.protocol.id) } {
                (page::TRANSPLANT_SHORT) (lang::hsct_state(assessment))
            }
        }
    }
}

/// A class for how the answer looks, and the answer in a few words.
fn answer(assessment: &Assessment) -> (&'static str, String) {
    match assessment.status {
        Status::Assigned(group) => (
            group.level.map_or("plain", Level::code),
            lang::group_name(group).to_owned(),
        ),
        Status::Undetermined(possible) => ("open", format!("{}?", lang::possibility(possible, assessment.protocol))),
        Status::NotApplicable(_) => ("none", page::NOT_APPLICABLE.to_owned()),
    }
}

/// A row that is drawn once and opens by itself.
#[must_use]
pub fn whole(assessment: &Assessment, infant: &Infant, mark: &str, whole_rule: Option<&str>) -> Markup {
    html! {
        details.row data-testid={ "row-" (assessment.protocol.id) } {
            summary { (line(assessment, mark)) }
            div.detail { (detail(assessment, infant, whole_rule)) }
        }
    }
}

/// The child's place, or possible places, on low – intermediate – high.
fn scale(assessment: &Assessment) -> Markup {
    let possible = assessment.possible();
    if matches!(assessment.status, Status::NotApplicable(_)) {
        return html! { span.scale.empty aria-hidden="true" {} };
    }
    if possible.iter().all(|group| group.level.is_none()) {
        return html! { span.scale.off aria-hidden="true" { (page::OFF_SCALE) } };
    }
    let settled = matches!(assessment.status, Status::Assigned(_));
    let used = |level| {
        assessment
            .protocol
            .groups
            .iter()
            .any(|group| group.level == Some(level))
    };
    let slots = [Level::Low, Level::Intermediate, Level::High]
        .iter()
        .zip(page::LETTERS)
        .map(|(&level, letter)| {
            let here = possible.iter().any(|group| group.level == Some(level));
            let class = match (here, settled, used(level)) {
                (true, true, _) => format!("slot at {}", level.code()),
                (true, false, _) => "slot maybe".to_owned(),
                (false, _, true) => "slot free".to_owned(),
                (false, _, false) => "slot".to_owned(),
            };
            (class, if here { letter } else { "" })
        });
    html! {
        span.scale aria-hidden="true" {
            @for (class, letter) in slots { span class=(class) { (letter) } }
        }
    }
}

/// What an open row shows; `whole_rule` is the address of the protocol's page, where it has one.
#[must_use]
pub fn detail(assessment: &Assessment, infant: &Infant, whole_rule: Option<&str>) -> Markup {
    let protocol = assessment.protocol;
    let deciders = assessment.deciders.iter();
    let changes = assessment.changes.iter();
    html! {
        p.reason { (lang::reason(assessment)) }
        @for notice in &assessment.notices { p.remark.notice { (sentence(notice)) } }
        h3 { (page::CLAUSE_BY_CLAUSE) }
        (clauses(&assessment.clauses, infant))
        (titled(page::MISSING, deciders.map(|decider| lang::decider(decider, protocol))))
        (titled(page::CHANGES, changes.map(|change| lang::change(change, protocol))))
        h3 { (page::TRANSPLANT) }
        (hsct(assessment))
        h3 { (page::PUBLISHED_FOR) }
        @if assessment.outcomes.is_empty() {
            p.quiet { (page::PUBLISHED_NONE) }
        } @else {
            (outcomes(&assessment.outcomes))
        }
        @if !protocol.pitfalls.is_empty() {
            h3 { (page::PITFALLS) }
            (facts(protocol.pitfalls))
        }
        details.more { summary { (page::SOURCES) } (sources(protocol)) }
        @if let Some(address) = whole_rule {
            p {
                a href=(address) { (page::WHOLE_RULE.0) (lang::protocol_name(protocol)) (page::WHOLE_RULE.1) }
            }
        }
    }
}

/// A list under a title, or nothing where it is empty.
fn titled(title: &str, items: impl ExactSizeIterator<Item = String>) -> Markup {
    html! { @if items.len() > 0 { h3 { (title) } (list(items)) } }
}

/// Each clause with its mark, what was found, and its source.
fn clauses(results: &[ClauseResult], infant: &Infant) -> Markup {
    let columns = Columns::new(page::CLAUSE)
        .text(page::THIS_CHILD)
        .text(page::FOR)
        .text(page::SOURCE);
    let row = |result: &ClauseResult| {
        let (mark, class) = match result.truth {
            Truth::True => ("✓", "yes"),
            Truth::False => ("✗", "no"),
            Truth::Unknown => ("?", "unknown"),
        };
        let why = result.why.map(lang::why).unwrap_or_default();
        let cells = [
            html! { (lang::found(result, infant)) (note(&why)) },
            html! { (lang::role(result.role)) },
            html! { (cite(&result.clause.cite)) (original_note(result.clause.note)) },
        ];
        html! {
            tr class=(class) {
                td.mark { span aria-hidden="true" { (mark) } span.hidden { (page::truth(result.truth)) } }
                th scope="row" { (lang::clause(result.clause)) }
                (columns.cells(cells))
            }
        }
    };
    html! {
        div.wide {
            table.clauses {
                thead {
                    tr { th.holds scope="col" { (page::HOLDS) } (columns.heads()) }
                }
                tbody {
                    @for result in results { @if result.role != Role::Outcome { (row(result)) } }
                }
            }
        }
    }
}

/// The sentence of a notice, its quotation marked as such.
fn sentence(notice: &Notice) -> Markup {
    let (own, quoted) = lang::notice_parts(notice);
    html! { (own) (original(quoted)) }
}

/// The transplant rule as the protocol reads, and what it says here.
fn hsct(assessment: &Assessment) -> Markup {
    let rule = &assessment.protocol.hsct;
    let class = match assessment.hsct.status {
        HsctStatus::Met => "state met",
        HsctStatus::Depends | HsctStatus::Waiting | HsctStatus::NotMet => "state",
        HsctStatus::Undetermined => "state open",
        HsctStatus::NotSpecified | HsctStatus::NoneByProtocol | HsctStatus::NotApplicable => "state none",
    };
    let conditions = assessment.hsct.conditions.iter().map(|(condition, truth)| {
        let condition_text = capital(&lang::condition(&condition.when, assessment.protocol));
        html! { (condition_text) ": " (page::truth(*truth)) " " (cite(&condition.cite)) }
    });
    html! {
        p {
            span class=(class) { (lang::hsct_state(assessment)) }
            (page::ITS_RULE) (original(rule.text)) " " (cite(&rule.cite))
        }
        (list(conditions))
    }
}

//! One protocol's answer: a line on the common scale that opens into clauses, rule, outcomes and pitfalls.

use cotside_core::evidence::PublishedEndpoint;
use cotside_core::infant::Infant;
use cotside_core::protocols::{
    Assessment, ClauseResult, Family, HsctStatus, Level, Notice, OutcomeMatch, Role, Status, Truth,
};
use cotside_words::lang::{self, page};
use cotside_words::{capital, decimal};
use maud::{Markup, html};

use crate::citing::{cite, sure};
use crate::parts::{brief, drawing, facts, outcomes, sources};
use crate::{Columns, letter_of, list, note, original, original_note};

/// Width of the drawn outcome in CSS pixels.
const STRIP: f64 = 150.0;

/// A protocol's answer as one line: name, risk group, because, transplant, published event-free survival and its axis.
///
/// `mark` stands under the name, where there is something to say of the definition itself.
#[must_use]
pub fn line(assessment: &Assessment, mark: &str) -> Markup {
    let protocol = assessment.protocol;
    let (state, answer) = answer(assessment);
    let (why, whole) = because(assessment);
    let least = assessment.decided_by.iter().map(|clause| clause.cite.read).min();
    let doubt = least.filter(|read| !read.is_own_word());
    let outcomes = shown_outcomes(assessment);
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
        span.risk {
            (letters(assessment))
            span class={ "answer " (state) } data-testid={ "answer-" (protocol.id) } title=(answer) { (answer) }
        }
        span.why title=(whole) { (why) @if let Some(read) = doubt { " " (sure(read)) } }
        (transplant(assessment))
        span.published {
            @for matched in &outcomes { (published(matched)) }
            @if outcomes.is_empty() && !matches!(assessment.status, Status::NotApplicable(_)) {
                span.quiet { (page::NONE_PUBLISHED) }
            }
        }
        span.drawn {
            @let drawn: Vec<OutcomeMatch> = outcomes.iter().filter(|each| is_drawn(each)).copied().collect();
            @if !drawn.is_empty() { (drawing(&drawn, STRIP)) }
        }
    }
}

/// Why the answer is what it is, in a few signs and in full.
fn because(assessment: &Assessment) -> (String, String) {
    match assessment.status {
        Status::Assigned(_) => (lang::decided_brief(assessment), lang::decided(assessment)),
        Status::Undetermined(_) => (lang::needs(assessment), lang::open_on(assessment)),
        Status::NotApplicable(criterion) => (
            page::asks_for(&lang::test_brief(&criterion.clause.test, true)),
            page::asks_for(&lang::clause(criterion.clause)),
        ),
    }
}

/// The outcomes that a row shows: those that lead, of one endpoint.
#[must_use]
pub fn shown_outcomes<'p>(assessment: &Assessment<'p>) -> Vec<OutcomeMatch<'p>> {
    if matches!(assessment.status, Status::NotApplicable(_)) {
        return Vec::new();
    }
    assessment.leading_outcomes()
}

/// Whether an outcome has a mark on the axis of the rows, which is of event-free survival.
#[must_use]
pub fn is_drawn(matched: &OutcomeMatch) -> bool {
    matched.outcome.endpoint == PublishedEndpoint::EventFreeSurvival
}

/// An outcome in a few words: "36.4 (31.9–40.9) 6 y · wider group: KMT2A rearranged, n = 476".
fn published(matched: &OutcomeMatch) -> Markup {
    let outcome = matched.outcome;
    let interval = outcome.interval95();
    html! {
        span.outcome title=[(lang::CODE == "en").then(|| lang::outcome(outcome))] {
            @if is_drawn(matched) {
                strong { (decimal(outcome.estimate, 1)) }
                @if let Some(interval) = interval {
                    " (" (decimal(interval.low, 1)) "–" (decimal(interval.high, 1)) ")"
                }
                @if let Some(years) = outcome.years { " " (page::years(&decimal(years, 1))) }
            } @else {
                (brief(outcome))
            }
            span.whom {
                @match (matched.truth, matched.wider) {
                    (Truth::True, false) => { " · " }
                    (Truth::True, true) => { " ·" (page::WIDER) }
                    _ => { " ·" (page::IF) }
                }
                (original(outcome.population))
                @if is_drawn(matched) && let Some(n) = outcome.n { ", n = " (n) }
            }
        }
    }
}

/// What the transplant rule reads, where the protocol applies.
fn transplant(assessment: &Assessment) -> Markup {
    let applies = !matches!(assessment.status, Status::NotApplicable(_));
    html! {
        span.transplant data-testid={ "hsct-" (assessment.protocol.id) } {
            @if applies {
                span class=(hsct_class(assessment.hsct.status)) title=(lang::hsct_state(assessment)) {
                    (lang::hsct_brief(assessment))
                }
            }
        }
    }
}

/// How a state of a transplant rule looks.
const fn hsct_class(status: HsctStatus) -> &'static str {
    match status {
        HsctStatus::Met => "state met",
        HsctStatus::Waiting | HsctStatus::Depends => "state if",
        HsctStatus::Undetermined => "state open",
        HsctStatus::NotMet | HsctStatus::NotSpecified | HsctStatus::NoneByProtocol | HsctStatus::NotApplicable => {
            "state none"
        }
    }
}

/// A class for how the answer looks, and the answer in a few words.
pub(crate) fn answer(assessment: &Assessment) -> (&'static str, String) {
    match assessment.status {
        Status::Assigned(group) => (
            group.level.map_or("plain", Level::code),
            lang::group_name(group).to_owned(),
        ),
        Status::Undetermined(possible) => ("open", format!("{}?", lang::possibility(possible, assessment.protocol))),
        Status::NotApplicable(_) => ("none", page::NOT_APPLICABLE.to_owned()),
    }
}

/// The sign and the class of a clause that holds, does not hold, or is not known.
pub(crate) const fn mark_of(truth: Truth) -> (&'static str, &'static str) {
    match truth {
        Truth::True => ("✓", "yes"),
        Truth::False => ("✗", "no"),
        Truth::Unknown => ("?", "unknown"),
    }
}

/// The letter of the child's level, or those of the levels that are possible.
fn letters(assessment: &Assessment) -> Markup {
    let settled = matches!(assessment.status, Status::Assigned(_));
    let mut levels: Vec<Level> = assessment.possible().iter().filter_map(|group| group.level).collect();
    levels.sort_unstable();
    levels.dedup();
    html! {
        span.letters aria-hidden="true" {
            @for level in levels {
                @if settled { span class={ "level " (level.code()) } { (letter_of(level)) } }
                @else { span class="level maybe" { (letter_of(level)) } }
            }
        }
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

/// What an open row shows; `whole_rule` is the address of the protocol's page, where it has one.
#[must_use]
pub fn detail(assessment: &Assessment, infant: &Infant, whole_rule: Option<&str>) -> Markup {
    let protocol = assessment.protocol;
    let deciders = assessment.deciders.iter();
    let changes = assessment.changes.iter();
    html! {
        p.reason { (lang::reason(assessment)) }
        @for notice in &assessment.notices { p.remark.notice { (sentence(notice)) } }
        div.detail-columns {
            div {
                h3 { (page::CLAUSE_BY_CLAUSE) }
                (clauses(&assessment.clauses, infant))
            }
            div {
                h3 { (page::TRANSPLANT) }
                (hsct(assessment))
                (titled(page::MISSING, deciders.map(|decider| lang::decider(decider, protocol))))
                (titled(page::CHANGES, changes.map(|change| lang::change(change, protocol))))
                @if !protocol.pitfalls.is_empty() {
                    h3 { (page::PITFALLS) }
                    (facts(protocol.pitfalls))
                }
            }
        }
        h3 { (page::PUBLISHED_FOR) }
        @if assessment.outcomes.is_empty() {
            p.quiet { (page::PUBLISHED_NONE) }
        } @else {
            (outcomes(&assessment.outcomes))
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
        let (mark, class) = mark_of(result.truth);
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
    let conditions = assessment.hsct.conditions.iter().map(|(condition, truth)| {
        let condition_text = capital(&lang::condition(&condition.when, assessment.protocol));
        html! { (condition_text) ": " (page::truth(*truth)) " " (cite(&condition.cite)) }
    });
    html! {
        p {
            span class=(hsct_class(assessment.hsct.status)) { (lang::hsct_state(assessment)) }
            (page::ITS_RULE) (original(rule.text)) " " (cite(&rule.cite))
        }
        (list(conditions))
    }
}

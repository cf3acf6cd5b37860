//! Small parts that several pages show: facts, lists of sources, published outcomes.

use cotside_core::evidence::{Fact, IntervalOrigin};
use cotside_core::protocols::{Outcome, OutcomeMatch, Protocol, Truth};
use cotside_figures::{Estimate, strip};
use cotside_words::decimal;
use cotside_words::lang::{self, page};
use maud::{Markup, html};

use crate::citing::{cite, source};
use crate::{named_list, original, original_note, trusted};

/// Width of an outcome drawn in its row of the table, in CSS pixels.
const STRIP: f64 = 140.0;

/// A fact with its source.
#[must_use]
pub fn fact(fact: &Fact) -> Markup {
    html! { (original(fact.text)) " " (cite(&fact.cite)) }
}

/// Sentences of fact with their sources.
#[must_use]
pub fn facts(facts: &[Fact]) -> Markup {
    named_list("facts", facts.iter().map(fact))
}

/// The full reference of each source that a protocol's file cites, once.
#[must_use]
pub fn sources(protocol: &Protocol) -> Markup {
    named_list("sources", protocol.sources().into_iter().map(source))
}

/// An outcome as an estimate that can be drawn.
fn estimate(matched: &OutcomeMatch) -> Estimate {
    let outcome = matched.outcome;
    let interval = outcome.interval95();
    Estimate {
        label: outcome.population.to_owned(),
        value_text: brief(outcome),
        value: outcome.estimate,
        interval: interval.map(|interval| (interval.low, interval.high)),
        computed: interval.is_some_and(|interval| interval.origin == IntervalOrigin::FromStandardError),
        emphasised: matched.truth == Truth::True,
        own: matched.is_own(),
    }
}

/// Some outcomes drawn below each other on one axis of 0–100 %.
#[must_use]
pub fn drawing(outcomes: &[OutcomeMatch], width: f64) -> Markup {
    let estimates: Vec<Estimate> = outcomes.iter().map(estimate).collect();
    html! { span.figure aria-hidden="true" { (trusted(strip(&estimates, width).to_svg())) } }
}

/// An outcome in a few words: "EFS 36.4 % at 6 y, n = 476".
#[must_use]
pub fn brief(outcome: &Outcome) -> String {
    let years = outcome.years.map(|years| decimal(years, 1));
    page::brief(
        outcome.endpoint.code(),
        &decimal(outcome.estimate, 1),
        years.as_deref(),
        outcome.n,
    )
}

/// Published outcomes as a table, each drawn on one axis of 0–100 %.
#[must_use]
pub fn outcomes(outcomes: &[OutcomeMatch]) -> Markup {
    html! {
        div.wide {
            table.outcomes {
                thead {
                    tr {
                        th scope="col" { (page::POPULATION) }
                        th scope="col" { (page::ENDPOINT) }
                        th.number scope="col" { (page::TIME) }
                        th.number scope="col" { "n" }
                        th.number scope="col" { (page::ESTIMATE) }
                        td.axis aria-hidden="true" { span { "0" } span { "50" } span { "100 %" } }
                        th scope="col" { (page::UNCERTAINTY) }
                        th scope="col" { (page::SOURCE) }
                    }
                }
                tbody { @for matched in outcomes { (outcome_row(matched)) } }
            }
        }
        p.quiet.key { (page::OUTCOMES_KEY) }
    }
}

fn outcome_row(matched: &OutcomeMatch) -> Markup {
    let outcome = matched.outcome;
    let open = matched.truth == Truth::Unknown;
    html! {
        tr class=[open.then_some("open")] {
            th scope="row" { (population(matched)) }
            (measured_cells(matched))
            td.drawn { @if outcome.endpoint.is_survival() { (drawing(&[*matched], STRIP)) } }
            td data-label=(page::UNCERTAINTY) { (lang::outcome_spread(outcome)) }
            td data-label=(page::SOURCE) { (cite(&outcome.cite)) (original_note(outcome.note)) }
        }
    }
}

/// The population of an outcome, and whether the child is certainly one of it and others are too.
fn population(matched: &OutcomeMatch) -> Markup {
    html! {
        (original(matched.outcome.population))
        @if matched.truth == Truth::Unknown { span.quiet { (page::IF_SO) } }
        @else if matched.wider { span.quiet { (page::WIDER_SO) } }
    }
}

/// Cells of an outcome: population, endpoint, time, n, estimate.
#[must_use]
pub fn outcome_cells(matched: &OutcomeMatch) -> Markup {
    html! {
        td data-label=(page::POPULATION) { (population(matched)) }
        (measured_cells(matched))
    }
}

fn measured_cells(matched: &OutcomeMatch) -> Markup {
    let outcome = matched.outcome;
    let not_stated = || page::NOT_STATED.to_owned();
    let years = outcome.years.map(|years| page::years(&decimal(years, 1)));
    let n = outcome.n.map(|n| n.to_string());
    html! {
        td data-label=(page::ENDPOINT) {
            abbr title=(lang::endpoint(outcome.endpoint)) { (outcome.endpoint.code()) }
        }
        td.number data-label=(page::TIME) { (years.unwrap_or_else(not_stated)) }
        td.number data-label="n" { (n.unwrap_or_else(not_stated)) }
        td.number data-label=(page::ESTIMATE) {
            strong { (decimal(outcome.estimate, 1)) } span.unit { (page::PERCENT) }
        }
    }
}

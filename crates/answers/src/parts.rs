//! Small parts that several pages show: sources, marks of trust, published outcomes.

use cotside_core::evidence::{Fact, IntervalOrigin};
use cotside_core::protocols::{Outcome, OutcomeMatch, Protocol, Truth};
use cotside_figures::{Estimate, strip};
use cotside_words::decimal;
use cotside_words::lang::{self, page};

use cotside_words::citing::source;
pub use cotside_words::citing::{cite, sure};
use cotside_words::html::{Html, cell, element, list, original, original_note, plain, span, table, text};

/// A fact with its source.
#[must_use]
pub fn fact(fact: &Fact) -> Html {
    Html::all([original(fact.text), text(" "), cite(&fact.cite)])
}

/// Sentences of fact with their sources.
#[must_use]
pub fn facts(facts: &[Fact]) -> Html {
    list("facts", facts.iter().map(fact))
}

/// The full reference of each source that a protocol's file cites, once.
#[must_use]
pub fn sources(protocol: &Protocol) -> Html {
    list("sources", protocol.sources().into_iter().map(source))
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
pub fn drawing(outcomes: &[OutcomeMatch], width: f64) -> Html {
    let estimates: Vec<Estimate> = outcomes.iter().map(estimate).collect();
    let svg = Html::trusted(strip(&estimates, width).to_svg());
    element("span", &[("class", "figure"), ("aria-hidden", "true")], &[svg])
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
pub fn outcomes(outcomes: &[OutcomeMatch]) -> Html {
    const AXIS: &str = "<td class=\"axis\" aria-hidden=\"true\"><span>0</span><span>50</span><span>100 %</span></td>";
    let column = |name: &str, class: &str| element("th", &[("scope", "col"), ("class", class)], &[text(name)]);
    let head = Html::all([
        column(page::POPULATION, ""),
        column(page::ENDPOINT, ""),
        column(page::TIME, "number"),
        column("n", "number"),
        column(page::ESTIMATE, "number"),
        Html::trusted(AXIS.to_owned()),
        column(page::UNCERTAINTY, ""),
        column(page::SOURCE, ""),
    ]);
    let head = element("thead", &[], &[element("tr", &[], &[head])]);
    let each = |matched: &OutcomeMatch| {
        let outcome = matched.outcome;
        let not_stated = || page::NOT_STATED.to_owned();
        let years = outcome
            .years
            .map_or_else(not_stated, |years| page::years(&decimal(years, 1)));
        let n = outcome.n.map_or_else(not_stated, |n| n.to_string());
        let maybe = matched.truth == Truth::Unknown;
        let endpoint = element(
            "abbr",
            &[("title", lang::endpoint(outcome.endpoint))],
            &[text(outcome.endpoint.code())],
        );
        element(
            "tr",
            &[("class", if maybe { "open" } else { "" })],
            &[
                element(
                    "th",
                    &[("scope", "row")],
                    &[
                        original(outcome.population),
                        Html::when(maybe, || span("span", "quiet", page::IF_SO)),
                        Html::when(!maybe && matched.wider, || span("span", "quiet", page::WIDER_SO)),
                    ],
                ),
                cell(page::ENDPOINT, "", &[endpoint]),
                cell(page::TIME, "number", &[text(&years)]),
                cell("n", "number", &[text(&n)]),
                cell(
                    page::ESTIMATE,
                    "number",
                    &[
                        plain("strong", &decimal(outcome.estimate, 1)),
                        span("span", "unit", page::PERCENT),
                    ],
                ),
                element(
                    "td",
                    &[("class", "drawn")],
                    &[Html::when(outcome.endpoint.is_survival(), || {
                        drawing(&[*matched], 140.0)
                    })],
                ),
                cell(page::UNCERTAINTY, "", &[text(&lang::outcome_spread(outcome))]),
                cell(page::SOURCE, "", &[cite(&outcome.cite), original_note(outcome.note)]),
            ],
        )
    };
    Html::all([
        table("outcomes", head, outcomes.iter().map(each)),
        span("p", "quiet key", page::OUTCOMES_KEY),
    ])
}

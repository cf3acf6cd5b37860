//! Small parts that several pages show: sources, marks of trust, published outcomes.

use cotside_core::evidence::{Fact, IntervalOrigin, Outcome};
use cotside_core::protocols::{Protocol, Truth};
use cotside_figures::{Estimate, strip};
use cotside_words::{decimal, en};

use cotside_words::citing::source;
pub use cotside_words::citing::{cite, sure};
use cotside_words::html::{Html, cell, element, list, note, plain, span, table, text};

/// A fact with its source.
#[must_use]
pub fn fact(fact: &Fact) -> Html {
    Html::all([text(fact.text), text(" "), cite(&fact.cite)])
}

/// Sentences of fact with their sources.
#[must_use]
pub fn facts(facts: &[Fact]) -> Html {
    list("facts", facts.iter().map(fact))
}

/// The full reference of each source that a protocol's file cites, once.
#[must_use]
pub fn sources(protocol: &'static Protocol) -> Html {
    list("sources", protocol.sources().into_iter().map(source))
}

/// An outcome as an estimate that can be drawn.
fn estimate(outcome: &Outcome, truth: Truth) -> Estimate {
    let interval = outcome.interval95();
    Estimate {
        label: outcome.population.to_owned(),
        value_text: brief(outcome),
        value: outcome.estimate,
        interval: interval.map(|interval| (interval.low, interval.high)),
        computed: interval.is_some_and(|interval| interval.origin == IntervalOrigin::FromStandardError),
        emphasised: truth == Truth::True,
    }
}

/// Some outcomes drawn below each other on one axis of 0–100 %.
#[must_use]
pub fn drawing(outcomes: &[(&'static Outcome, Truth)], width: f64) -> Html {
    let estimates: Vec<Estimate> = outcomes
        .iter()
        .map(|(outcome, truth)| estimate(outcome, *truth))
        .collect();
    let svg = Html::trusted(strip(&estimates, width).to_svg());
    element("span", &[("class", "figure"), ("aria-hidden", "true")], &[svg])
}

/// An outcome in a few words: "EFS 36.4 % at 6 y, n = 476".
#[must_use]
pub fn brief(outcome: &Outcome) -> String {
    let years = outcome.years.map_or_else(
        || ", time not stated".to_owned(),
        |years| format!(" at {} y", decimal(years, 1)),
    );
    let n = outcome
        .n
        .map_or_else(|| "n not stated".to_owned(), |n| format!("n = {n}"));
    format!(
        "{} {} %{years}, {n}",
        outcome.endpoint.code(),
        decimal(outcome.estimate, 1)
    )
}

/// Published outcomes as a table, each drawn on one axis of 0–100 %.
#[must_use]
pub fn outcomes(outcomes: &[(&'static Outcome, Truth)]) -> Html {
    const AXIS: &str = "<td class=\"axis\" aria-hidden=\"true\"><span>0</span><span>50</span><span>100 %</span></td>";
    let column = |name: &str, class: &str| element("th", &[("scope", "col"), ("class", class)], &[text(name)]);
    let head = Html::all([
        column("Population", ""),
        column("Endpoint", ""),
        column("Time", "number"),
        column("n", "number"),
        column("Estimate", "number"),
        Html::trusted(AXIS.to_owned()),
        column("Uncertainty", ""),
        column("Source", ""),
    ]);
    let head = element("thead", &[], &[element("tr", &[], &[head])]);
    let each = |&(outcome, truth): &(&'static Outcome, Truth)| {
        let not_stated = || "not stated".to_owned();
        let years = outcome
            .years
            .map_or_else(not_stated, |years| format!("{} y", decimal(years, 1)));
        let n = outcome.n.map_or_else(not_stated, |n| n.to_string());
        let maybe = truth == Truth::Unknown;
        let endpoint = element(
            "abbr",
            &[("title", en::endpoint(outcome.endpoint))],
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
                        text(outcome.population),
                        Html::when(maybe, || span("span", "quiet", " (if so)")),
                    ],
                ),
                cell("Endpoint", "", &[endpoint]),
                cell("Time", "number", &[text(&years)]),
                cell("n", "number", &[text(&n)]),
                cell(
                    "Estimate",
                    "number",
                    &[
                        plain("strong", &decimal(outcome.estimate, 1)),
                        span("span", "unit", " %"),
                    ],
                ),
                element("td", &[("class", "drawn")], &[drawing(&[(outcome, truth)], 140.0)]),
                cell("Uncertainty", "", &[text(&en::outcome_spread(outcome))]),
                cell("Source", "", &[cite(&outcome.cite), note(outcome.note)]),
            ],
        )
    };
    let key = "Point: the published estimate. Line: 95 % interval as printed; dashed: computed here from the printed \
               standard error on the log(−log) scale. Hollow point: no uncertainty that could be drawn. Populations, \
               eras and endpoints differ: these are not comparisons.";
    Html::all([
        table("outcomes", head, outcomes.iter().map(each)),
        span("p", "quiet key", key),
    ])
}

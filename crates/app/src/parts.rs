//! Small parts that several pages show: sources, marks of trust, published outcomes.

use cotside_core::evidence::{Citation, Fact, IntervalOrigin, Outcome, Read, Source};
use cotside_core::protocols::{Protocol, Truth};
use cotside_figures::{Estimate, strip};
use cotside_words::decimal;
use cotside_words::lang::{self, page};

use cotside_words::html::{Html, cell, element, list, original, original_note, plain, span, table, text};

/// How sure we are, as a word; its meaning on hover and for a screen reader.
#[must_use]
pub fn sure(read: Read) -> Html {
    let (word, meaning) = lang::read_mark(read);
    let class = format!("sure {}", read.code());
    element("abbr", &[("class", &class), ("title", meaning)], &[text(word)])
}

/// A source in short, the place in it, and how sure we are.
#[must_use]
pub fn cite(cite: &Citation) -> Html {
    let place = if cite.place.is_empty() {
        " ".to_owned()
    } else {
        format!(", {} ", cite.place)
    };
    let source = element("cite", &[("title", &lang::citation(cite))], &[text(cite.source.short)]);
    element("span", &[("class", "cite")], &[source, text(&place), sure(cite.read)])
}

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
pub fn sources(protocol: &'static Protocol) -> Html {
    let each = |source: &'static Source| {
        let identifier = match address(source.identifier) {
            Some(link) => element(
                "a",
                &[("href", &link), ("rel", "noreferrer")],
                &[text(source.identifier)],
            ),
            None => text(source.identifier),
        };
        Html::all([
            plain("cite", source.short),
            text(": "),
            text(source.reference),
            text(" "),
            identifier,
        ])
    };
    list("sources", protocol.sources().into_iter().map(each))
}

/// Where an identifier can be looked up.
fn address(identifier: &str) -> Option<String> {
    if let Some(doi) = identifier.strip_prefix("doi:") {
        return Some(format!("https://doi.org/{doi}"));
    }
    if let Some(pmid) = identifier.strip_prefix("PMID ") {
        return Some(format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"));
    }
    if identifier.starts_with("NCT") {
        return Some(format!("https://clinicaltrials.gov/study/{identifier}"));
    }
    identifier
        .starts_with("PMC")
        .then(|| format!("https://pmc.ncbi.nlm.nih.gov/articles/{identifier}/"))
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
pub fn outcomes(outcomes: &[(&'static Outcome, Truth)]) -> Html {
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
    let each = |&(outcome, truth): &(&'static Outcome, Truth)| {
        let not_stated = || page::NOT_STATED.to_owned();
        let years = outcome
            .years
            .map_or_else(not_stated, |years| page::years(&decimal(years, 1)));
        let n = outcome.n.map_or_else(not_stated, |n| n.to_string());
        let maybe = truth == Truth::Unknown;
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
                element("td", &[("class", "drawn")], &[drawing(&[(outcome, truth)], 140.0)]),
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

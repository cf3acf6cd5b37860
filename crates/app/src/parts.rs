//! Small parts that several pages show: sources, marks of trust, published outcomes.

use cotside_core::evidence::{Citation, Fact, Outcome, Read};
use cotside_core::protocols::{Protocol, Truth};
use cotside_figures::{Estimate, strip};
use cotside_words::{decimal, en};
use leptos::prelude::*;

/// How sure we are, as a word; its meaning on hover and for a screen reader.
#[component]
pub fn Sure(
    /// How it was read.
    read: Read,
) -> impl IntoView {
    let (word, meaning) = en::read_mark(read);
    view! { <abbr class=format!("sure {}", read.code()) title=meaning>{word}</abbr> }
}

/// A source in short, the place in it, and how sure we are.
#[component]
pub fn Cite(
    /// The citation.
    cite: Citation,
) -> impl IntoView {
    let place = if cite.place.is_empty() {
        String::new()
    } else {
        format!(", {}", cite.place)
    };
    view! {
        <span class="cite">
            <cite title=en::citation(&cite)>{cite.source.short}</cite>
            {place}
            " "
            <Sure read=cite.read/>
        </span>
    }
}

/// Sentences of fact with their sources.
#[component]
pub fn Facts(
    /// The facts.
    facts: &'static [Fact],
) -> impl IntoView {
    let each = |fact: &Fact| view! { <li>{fact.text} " " <Cite cite=fact.cite/></li> };
    view! { <ul class="facts">{facts.iter().map(each).collect_view()}</ul> }
}

/// The full reference of each source that a protocol's file cites, once.
#[component]
pub fn Sources(
    /// The protocol.
    protocol: &'static Protocol,
) -> impl IntoView {
    let each = |source: &'static cotside_core::evidence::Source| {
        let link = address(source.identifier);
        view! {
            <li>
                <cite>{source.short}</cite>": " {source.reference}
                {(!source.identifier.is_empty()).then(|| match link {
                    Some(link) => view! { " " <a href=link rel="noreferrer">{source.identifier}</a> }.into_any(),
                    None => view! { " " {source.identifier} }.into_any(),
                })}
            </li>
        }
    };
    view! { <ul class="sources">{protocol.sources().into_iter().map(each).collect_view()}</ul> }
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
    (identifier.starts_with("PMC")).then(|| format!("https://pmc.ncbi.nlm.nih.gov/articles/{identifier}/"))
}

/// An outcome as an estimate that can be drawn.
#[must_use]
pub fn estimate(outcome: &Outcome, truth: Truth) -> Estimate {
    let interval = outcome.interval95();
    Estimate {
        label: outcome.population.to_owned(),
        value_text: brief(outcome),
        value: outcome.estimate,
        interval: interval.map(|interval| (interval.low, interval.high)),
        computed: interval
            .is_some_and(|interval| interval.origin == cotside_core::evidence::IntervalOrigin::FromStandardError),
        emphasised: truth == Truth::True,
    }
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
#[component]
pub fn Outcomes(
    /// Each with whether this child belongs to the population.
    outcomes: Vec<(&'static Outcome, Truth)>,
) -> impl IntoView {
    let each = |(outcome, truth): (&'static Outcome, Truth)| {
        let years = outcome
            .years
            .map_or_else(|| "not stated".to_owned(), |years| format!("{} y", decimal(years, 1)));
        let n = outcome.n.map_or_else(|| "not stated".to_owned(), |n| n.to_string());
        view! {
            <tr class:open=truth == Truth::Unknown>
                <th scope="row">
                    {outcome.population}
                    {(truth == Truth::Unknown).then_some(view! { <span class="quiet">" (if so)"</span> })}
                </th>
                <td data-label="Endpoint"><abbr title=en::endpoint(outcome.endpoint)>{outcome.endpoint.code()}</abbr></td>
                <td data-label="Time" class="number">{years}</td>
                <td data-label="n" class="number">{n}</td>
                <td data-label="Estimate" class="number"><strong>{decimal(outcome.estimate, 1)}</strong><span class="unit">" %"</span></td>
                <td class="figure" aria-hidden="true" inner_html=strip(&[estimate(outcome, truth)], 140.0).to_svg()></td>
                <td data-label="Uncertainty">{en::outcome_spread(outcome)}</td>
                <td data-label="Source">
                    <Cite cite=outcome.cite/>
                    {(!outcome.note.is_empty()).then_some(view! { <span class="note">{outcome.note}</span> })}
                </td>
            </tr>
        }
    };
    view! {
        <div class="wide">
            <table class="outcomes">
                <thead>
                    <tr>
                        <th scope="col">"Population"</th>
                        <th scope="col">"Endpoint"</th>
                        <th scope="col" class="number">"Time"</th>
                        <th scope="col" class="number">"n"</th>
                        <th scope="col" class="number">"Estimate"</th>
                        <td class="axis" aria-hidden="true"><span>"0"</span><span>"50"</span><span>"100 %"</span></td>
                        <th scope="col">"Uncertainty"</th>
                        <th scope="col">"Source"</th>
                    </tr>
                </thead>
                <tbody>{outcomes.into_iter().map(each).collect_view()}</tbody>
            </table>
        </div>
        <p class="quiet key">
            "Point: the published estimate. Line: 95 % interval as printed; dashed: computed here from the printed standard \
             error on the log(−log) scale. Hollow point: no uncertainty that could be drawn. Populations, eras and endpoints \
             differ: these are not comparisons."
        </p>
    }
}

//! Sources as HTML: in short beside a fact, in full in a list, with the mark of trust.

use cotside_core::evidence::{Citation, Read, Source};
use cotside_words::lang::{self, site};
use maud::{Markup, html};

use crate::original;

/// How sure we are, as a word; its meaning on hover and for a screen reader.
#[must_use]
pub fn sure(read: Read) -> Markup {
    let (word, meaning) = lang::read_mark(read);
    html! { abbr class={ "sure " (read.code()) } title=(meaning) { (word) } }
}

/// A source in short, the place in it, and how sure we are.
#[must_use]
pub fn cite(cite: &Citation) -> Markup {
    let place = match cite.place_to_name() {
        "" => " ".to_owned(),
        place => format!(", {place} "),
    };
    html! {
        span.cite {
            cite title=(lang::citation(cite)) { (cite.source.short) }
            (original(&place)) (sure(cite.read))
        }
    }
}

/// A source in full, with the address where its identifier leads.
#[must_use]
pub fn source(source: &Source) -> Markup {
    html! {
        cite { (source.short) } ": " (original(source.reference)) " "
        @if let Some(address) = address(source.identifier) {
            a href=(address) rel="noreferrer" { (source.identifier) }
        } @else if source.identifier.is_empty() {
            span.quiet { (site::NO_IDENTIFIER) }
        } @else {
            (source.identifier)
        }
    }
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

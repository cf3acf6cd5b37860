//! Sources as HTML: in short beside a fact, in full in a list, with the mark of trust.

use cotside_core::evidence::{Citation, Read, Source};

use crate::html::{Html, element, original, plain, text};
use crate::lang;

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
    let place = match cite.place_to_name() {
        "" => " ".to_owned(),
        place => format!(", {place} "),
    };
    let source = element("cite", &[("title", &lang::citation(cite))], &[text(cite.source.short)]);
    element(
        "span",
        &[("class", "cite")],
        &[source, original(&place), sure(cite.read)],
    )
}

/// A source in full, with the address where its identifier leads.
#[must_use]
pub fn source(source: &Source) -> Html {
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
        original(source.reference),
        text(" "),
        identifier,
    ])
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

//! `/changes`: the versions of the rules, and what each corrected.

use cotside_core::protocols::{Correction, EVIDENCE_DATE, RULES, protocol};
use cotside_views::list;
use cotside_views::parts::fact;
use cotside_words::lang::{self, site};
use leptos::prelude::*;
use maud::{Markup, html as markup};

use crate::links::{self, protocol_href};

/// The page.
#[component]
pub fn Changes() -> impl IntoView {
    links::set_title(site::CHANGES);
    view! { <div class="prose" inner_html=page().into_string()></div> }
}

fn page() -> Markup {
    let versions = RULES.versions();
    markup! {
        h1 { (site::CHANGES) }
        p.lead { (site::CHANGES_LEAD) }
        p { (site::evidence_read(EVIDENCE_DATE)) }
        @for version in versions.iter().rev() { (of_version(version)) }
    }
}

/// What a version corrected; the first one corrected nothing.
fn of_version(version: &str) -> Markup {
    let corrections: Vec<&Correction> = RULES
        .corrections
        .iter()
        .filter(|correction| correction.version == version)
        .collect();
    let date = corrections.first().map(|correction| correction.date);
    markup! {
        h2 { (site::rules_version(version, date)) }
        @if corrections.is_empty() { p { (site::FIRST_RULES) } }
        (list(corrections.into_iter().map(correction)))
    }
}

/// A correction: the protocol, what was changed and why, the source.
fn correction(correction: &Correction) -> Markup {
    let name = protocol(correction.protocol).map_or(correction.protocol, lang::protocol_name);
    markup! {
        a href=(protocol_href(correction.protocol)) { (name) } ": " (fact(&correction.changed))
    }
}

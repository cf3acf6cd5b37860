//! `/changes`: the versions of the rules, and what each corrected.

use cotside_core::protocols::{Correction, EVIDENCE_DATE, RULES, protocol};
use cotside_views::list;
use cotside_views::parts::fact;
use cotside_words::lang::{self, site};
use maud::{Markup, html};

use crate::{Document, Places};

/// The page.
pub(crate) fn document(places: &Places) -> Document {
    let versions = RULES.versions();
    let page = html! {
        div.prose {
            h1 { (site::CHANGES) }
            p.lead { (site::CHANGES_LEAD) }
            p { (site::evidence_read(EVIDENCE_DATE)) }
            @for version in versions.iter().rev() { (of_version(version, places)) }
        }
    };
    Document {
        route: "changes".to_owned(),
        title: site::CHANGES.to_owned(),
        html: page.into_string(),
    }
}

/// What a version corrected; the first one corrected nothing.
fn of_version(version: &str, places: &Places) -> Markup {
    let corrections: Vec<&Correction> = RULES
        .corrections
        .iter()
        .filter(|correction| correction.version == version)
        .collect();
    let date = corrections.first().map(|correction| correction.date);
    html! {
        h2 { (site::rules_version(version, date)) }
        @if corrections.is_empty() { p { (site::FIRST_RULES) } }
        (list(corrections.into_iter().map(|each| correction(each, places))))
    }
}

/// A correction: the protocol, what was changed and why, the source.
fn correction(correction: &Correction, places: &Places) -> Markup {
    let name = protocol(correction.protocol).map_or(correction.protocol, lang::protocol_name);
    html! {
        a href=(places.protocol(correction.protocol)) { (name) } ": " (fact(&correction.changed))
    }
}

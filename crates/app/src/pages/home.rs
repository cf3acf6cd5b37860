//! `/`: what this is, and the way to the main page.

use cotside_core::protocols::PROTOCOLS;
use leptos::prelude::*;

use crate::links::{self, href};

/// The first page.
#[component]
pub fn Home() -> impl IntoView {
    links::set_title("");
    view! {
        <div class="prose home">
            <h1>"Infant leukaemia: what every published protocol would call this child"</h1>
            <p class="lead">
                "Acute lymphoblastic leukaemia before the first birthday is rare, and each study group has sorted these infants \
                 by its own rule. Cotside reads "{PROTOCOLS.len()}" published rules on one child's findings and shows where \
                 they agree, where they do not, and which clause decides."
            </p>
            <p><a class="button primary" href=href("stratify/")>"Stratify an infant"</a> " or " <a href=href("protocols/")>"read the rules"</a></p>
            <h2>"What you get"</h2>
            <ul>
                <li>"Every protocol's answer on one scale, each with its deciding clause and its source."</li>
                <li>"What is missing and what it would decide; how near the child is to each boundary."</li>
                <li>"What the protocol's transplant rule reads, and how such children fared as published: n, estimate, interval."</li>
                <li>"A mark on every fact that says whether it was read in the study's own publication, second-hand, or could not be verified."</li>
                <li>"A file of patients as a table, one column a protocol."</li>
            </ul>
            <h2>"What it does not do"</h2>
            <p>
                "It gives no advice and computes no dose. A finding that is not known is never read as “no”: the answer then says \
                 which groups are still possible. Nothing that you enter leaves your device: "<a href=href("privacy/")>"how to check that"</a>"."
            </p>
        </div>
    }
}

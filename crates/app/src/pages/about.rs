//! `/about`: what it is for, and what it is not.

use leptos::prelude::*;

use cotside_core::evidence::Read;
use cotside_words::en;

use crate::links::{self, href};
use crate::parts::Sure;

/// Intended use, and how answers are made.
#[component]
pub fn About() -> impl IntoView {
    links::set_title("About and intended use");
    let mark = |read: Read| view! { <li><Sure read/>": "{en::read_mark(read).1}</li> };
    view! {
        <div class="prose">
            <h1>"About and intended use"</h1>
            <p class="lead">{en::INTENDED_USE}</p>
            <p>
                "Cotside is for paediatric haematologists, trial statisticians, guideline writers and residents who want to see \
                 what published protocols say of an infant with acute lymphoblastic leukaemia. It quotes rules; it does not \
                 advise. It is not a medical device, it has not been validated for treatment decisions, and it calculates no dose."
            </p>
            <h2>"How an answer is made"</h2>
            <p>
                "Each protocol is written down as clauses with limits and sources. For one child, every way in which the unknown \
                 findings could turn out is tried. If one group is left, the protocol assigns it; if several are left, the answer \
                 lists them and the findings that would decide. Findings that contradict each other are reported, and none of \
                 them is used."
            </p>
            <p>
                "Where a protocol's source says nothing about a case (a partial tandem duplication, CNS2, a value exactly at a \
                 limit), the answer stays open and says so."
            </p>
            <h2>"How sure we are"</h2>
            <ul>{[Read::Primary, Read::Secondary, Read::Unverified].map(mark).into_iter().collect_view()}</ul>
            <p>
                "No rule here has been reviewed by the study group that wrote it. The current protocol document decides; this page \
                 does not."
            </p>
            <h2>"Published outcomes"</h2>
            <p>
                "Estimates stand as printed, with n, time, uncertainty and source. Where a paper prints only a standard error, a \
                 95 % interval is computed from it on the log(−log) scale and drawn dashed. No curve is drawn that nobody \
                 published. Eras, populations and endpoints differ: outcomes of two protocols side by side are not a comparison \
                 of treatments."
            </p>
            <h2>"The common scale"</h2>
            <p>
                "Low and standard stand left, medium and intermediate in the middle, high right. Protocols do not mean the same \
                 by these words: the scale shows where a rule puts a child among its own groups, not how great the risk is."
            </p>
            <h2>"Versions"</h2>
            <p>{links::versions()}" The rules can be read on "<a href=href("protocols/")>"their own pages"</a>"."</p>
        </div>
    }
}

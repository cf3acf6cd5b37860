//! The main page: one infant's findings in the order in which they become known, and how each protocol classifies the child.

mod case;
mod examples;
pub mod field;
mod form;
mod insights;
mod rows;
mod share;

pub use case::{Case, Origin};
pub use share::{fragment, from_fragment};

use std::time::Duration;

use cotside_core::protocols::PROTOCOLS;
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use crate::links;
use examples::{Banner, Examples};
use form::Form;
use insights::{Bar, Headline, Strip, Tabs};
use rows::Rows;
use share::Share;

/// `/stratify`: the findings on the left, the answers on the right; on a phone one at a time.
#[component]
pub fn Stratify() -> impl IntoView {
    links::set_title(page::STRATIFY);
    let case = Case::here();
    let stage = stages();
    let answers = RwSignal::new(false);
    let help = field::Help::default();
    provide_context(help);
    view! {
        <h1 class="hidden">{page::STRATIFY}</h1>
        <div class="work" class:answers-first=answers>
            <section class="findings" aria-labelledby="findings-title">
                <h2 id="findings-title" class="hidden" tabindex="-1">{page::FINDINGS}</h2>
                <Banner/>
                <Examples/>
                <p class="printed">{share::today()}" · "{links::versions()}</p>
                <p class="printed">{move || case.reading.with(|reading| lang::findings(&reading.infant))}</p>
                {since(stage, 1, move || view! { <Form stage/> }.into_any())}
                {since(stage, 2, || view! { <Share/> }.into_any())}
                <field::HelpLine/>
            </section>
            <section class="answers" aria-labelledby="answers-title" aria-busy=move || (stage.get() < LAST).to_string()>
                {since(stage, 3, || view! { <Headline/><Strip/> }.into_any())}
                {since(stage, FIRST_ROWS, move || view! { <Rows stage/> }.into_any())}
                {since(stage, LAST, || view! { <Tabs/> }.into_any())}
            </section>
        </div>
        <Bar answers/>
    }
}

/// What is there from a stage on. Each stage adds below what is there, so that nothing moves.
fn since(stage: ReadSignal<usize>, first: usize, view: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let is_there = Memo::new(move |_| stage.get() >= first);
    move || is_there.get().then(&view)
}

/// The stage with the first rows; before it come the form, in two, and the headline.
const FIRST_ROWS: usize = 4;
/// Rows that come with each stage from then on.
const ROWS_A_STAGE: usize = 6;
/// Somewhat more than the time between two pictures of a screen: what a stage brings is laid out before the next one.
const FRAME: Duration = Duration::from_millis(20);
/// The stage with all of the page.
const LAST: usize = PROTOCOLS.len().div_ceil(ROWS_A_STAGE) + FIRST_ROWS;

/// The page comes in stages, each a task of its own, so that the browser can paint and hear between two: on a phone all of
/// it at once would take a third of a second.
fn stages() -> ReadSignal<usize> {
    fn next(stage: RwSignal<usize>) {
        let go_on = move || {
            if stage.try_update(|stage| *stage += 1).is_some() && stage.get_untracked() < LAST {
                next(stage);
            }
        };
        set_timeout(go_on, FRAME);
    }
    let stage = RwSignal::new(0);
    next(stage);
    stage.read_only()
}

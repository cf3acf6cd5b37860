//! The main page: one infant's findings along the treatment's clock, and what every protocol makes of them.

mod case;
mod examples;
pub(crate) mod field;
mod form;
mod insights;
mod rows;
mod share;

pub use case::{Case, Origin};
pub use share::{fragment, from_fragment};

use std::time::Duration;

use cotside_core::protocols::{PROTOCOLS, Status};
use cotside_words::lang::{self, page};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::links;
use crate::worker_pages::{WorkerPage, WorkerPart};
use examples::{Banner, Examples};
use form::Form;
use insights::{Disagreements, Next};
use rows::Rows;
use share::Share;

/// `/stratify`: the form on one side, the answers on the other.
#[component]
pub fn Stratify() -> impl IntoView {
    links::set_title(page::STRATIFY);
    let case = Case::here();
    let stage = stages();
    view! {
        <div class="title-line">
            <h1>{page::STRATIFY}</h1>
            <Examples/>
        </div>
        <Banner/>
        <div class="work">
            <section class="findings" aria-labelledby="findings-title">
                <h2 id="findings-title">{page::FINDINGS}</h2>
                <p class="printed">{move || case.reading.with(|reading| lang::findings(&reading.infant))}</p>
                {since(stage, 1, move || view! { <Form stage/> }.into_any())}
            </section>
            <section class="answers" aria-labelledby="answers-title" aria-busy=move || (stage.get() < LAST).to_string()>
                {since(stage, 3, || view! { <h2 id="answers-title">{page::ANSWERS}</h2><Tally/> }.into_any())}
                {since(stage, FIRST_ROWS, move || view! { <Next/><Rows stage/> }.into_any())}
                {since(stage, LAST, || view! { <Beside/><Disagreements/><Share/> }.into_any())}
            </section>
        </div>
        {since(stage, LAST, move || patients(case))}
    }
}

/// Several patients, from a file; a row opens in the form.
fn patients(case: Case) -> AnyView {
    let open = move |(entry, label)| {
        case.load(entry, Origin::Row(label));
        window().scroll_to_with_x_and_y(0.0, 0.0);
        if let Some(title) = document().query_selector("h1").ok().flatten() {
            let _ = title.set_attribute("tabindex", "-1");
            if let Ok(title) = title.dyn_into::<web_sys::HtmlElement>() {
                let _ = title.focus();
            }
        }
    };
    view! { <WorkerPart part=WorkerPage::Patients on_patient=Callback::new(open)/> }.into_any()
}

/// What is there from a stage on. Each stage adds below what is there, so that nothing moves.
fn since(stage: ReadSignal<usize>, first: usize, view: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let is_there = Memo::new(move |_| stage.get() >= first);
    move || is_there.get().then(&view)
}

/// The stage with the first rows; before it come the form, in two, and the tally.
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

/// A protocol of the reader's own beside the others, and earlier versions of the rules: loaded when they are asked for.
#[component]
fn Beside() -> impl IntoView {
    let case = Case::here();
    let opened = RwSignal::new(false);
    let open = move |_| opened.set(true);
    view! {
        <details class="more" data-testid="beside" on:toggle=open>
            <summary>{page::BESIDE}</summary>
            {move || opened.get().then(|| view! {
                <WorkerPart
                    part=WorkerPage::Beside
                    findings=Signal::derive(move || case.form.with(|form| form.entry.lines()))
                />
            })}
        </details>
    }
}

/// How many protocols say what, in one line; screen readers hear it after each change.
#[component]
fn Tally() -> impl IntoView {
    let case = Case::here();
    let text = Memo::new(move |_| {
        case.assessments.with(|all| {
            let count = |wanted: fn(&Status) -> bool| all.iter().filter(|each| wanted(&each.status)).count();
            page::tally(
                all.len(),
                count(|status| matches!(status, Status::Assigned(_))),
                count(|status| matches!(status, Status::Undetermined(_))),
                count(|status| matches!(status, Status::NotApplicable(_))),
            )
        })
    });
    let to_answers = move |_| {
        if let Some(title) = document().get_element_by_id("answers-title") {
            title.scroll_into_view();
        }
    };
    view! {
        <p class="tally" role="status" aria-live="polite" data-testid="tally">{text}</p>
        // On a narrow screen the answers stand below the form: this stays in sight.
        <div class="jump"><button type="button" on:click=to_answers>{text}{page::TO_ANSWERS}</button></div>
    }
}

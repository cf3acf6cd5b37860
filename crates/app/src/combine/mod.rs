//! `/combine`: pooled analyses by files. A coordinator writes a plan, hospitals give sums, the coordinator combines them; an
//! example shows all of it. The page owns the form of the plan; the rest is what its worker holds ([`CombineView`]).

mod example;
mod plan_form;
mod sums;

use cotside_messages::{CombineFile, CombineRequest, CombineView, Request};
use cotside_words::lang::combine_page::{self as words, View};
use cotside_words::lang::page;
use leptos::prelude::*;

use crate::analyse::ACCEPTED;
use crate::links;
use crate::part::{FileButton, Part, Worked, Working};
use crate::seal::Seal;
use crate::worker_link::{Link, Work};
use crate::worker_pages::{WorkerPage, is_shown};

use example::Example;
use plan_form::PlanView;
use sums::Sums;

const WORK: Work = Work {
    page: "combine",
    modules: &["cohort", "workbooks"],
    samples: &[REGISTRY],
    late: false,
    ordered: false,
    makes_files: true,
    several: true,
    keeps: true,
    narrow: None,
};

const REGISTRY: &str = "samples/synthetic-registry.csv";

const VIEWS: [View; 4] = [words::PLAN, words::SUMS, words::COMBINE, words::EXAMPLE];

/// What the page holds. A copy is the same page.
#[derive(Clone, Copy)]
struct Held {
    link: Link,
    view: Memo<CombineView>,
}

impl Held {
    fn ask(self, value: CombineRequest) {
        self.link.send(Request::Combine { value });
    }

    /// Something of what the worker holds.
    fn of<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&CombineView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&pick))
    }
}

/// The page.
#[component]
pub fn Combine() -> impl IntoView {
    let link = Link::new(WORK);
    let held = Held {
        link,
        view: Memo::new(move |_| link.combine.get().unwrap_or_default()),
    };
    let route = RwSignal::new(route_of_address());
    let moved = window_event_listener(leptos::ev::hashchange, move |_| {
        if is_shown(WorkerPage::Combine) {
            route.set(route_of_address());
        }
    });
    on_cleanup(move || moved.remove());
    lead(held, route);
    let pane = move |view: View| {
        let hidden = Memo::new(move |_| route.with(|route| *route != view.route));
        let content = match view.route {
            "plan" => view! { <PlanView held/> }.into_any(),
            "sums" => view! { <Sums held/> }.into_any(),
            "combine" => view! { <Part link name="combined" testid="combined" of_file=true/> }.into_any(),
            _ => view! { <Example held/> }.into_any(),
        };
        view! {
            <section data-view=view.route hidden=hidden aria-label=view.name>
                <h2 class="hidden">{view.name}</h2>
                <p class="prose">{view.lead}</p>
                {content}
            </section>
        }
    };
    view! {
        <div class="combine">
            <h1>{page::COMBINE}</h1>
            <p class="prose">{words::LEAD}</p>
            <Worked link>
                <div class="drop" data-testid="drop">
                    <FileButton link accept=ACCEPTED testid="combine-input" label=words::CHOOSE_FILES/>
                    <span>{words::DROP}</span>
                    <Seal/>
                </div>
                <Working link/>
                <Files held/>
                <nav class="views" aria-label=words::VIEWS>{VIEWS.map(|view| tab(view, route)).collect_view()}</nav>
                {VIEWS.map(pane).collect_view()}
            </Worked>
        </div>
    }
}

/// A link to a view.
fn tab(view: View, route: RwSignal<String>) -> impl IntoView {
    let current = move || route.with(|route| route == view.route).then_some("page");
    view! { <a href=format!("combine/#{}", view.route) aria-current=current data-testid=format!("view-{}", view.route)>{view.name}</a> }
}

/// The view that the address names; the sums of a hospital where it names none.
fn route_of_address() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let wanted = hash.trim_start_matches('#');
    let known = VIEWS.iter().find(|view| view.route == wanted);
    known.map_or(words::SUMS.route, |view| view.route).to_owned()
}

/// Sums of hospitals lead to their combination, patients to the sums of their hospital, as long as the address names no view.
fn lead(held: Held, route: RwSignal<String>) {
    let has_sums = held.of(|view| view.has_sums);
    let has_patients = held.of(|view| view.has_patients);
    Effect::new(move |before: Option<(bool, bool)>| {
        let now = (has_sums.get(), has_patients.get());
        let before = before.unwrap_or(now);
        if now.0 && !before.0 {
            show(route, words::COMBINE);
        } else if now.1 && !before.1 {
            show(route, words::SUMS);
        }
        now
    });
}

/// Shows a view without a step in the history of the browser.
fn show(route: RwSignal<String>, view: View) {
    let here = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history()
        && is_shown(WorkerPage::Combine)
    {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&format!("{here}#{}", view.route)));
    }
    route.set(view.route.to_owned());
}

/// The files that are open, each of which can be taken away.
#[component]
fn Files(held: Held) -> impl IntoView {
    let files = held.of(|view| view.files.clone());
    let row = move |file: CombineFile| {
        let (name, label) = (file.name.clone(), words::take_away(&file.name));
        let take = move |_| {
            held.ask(CombineRequest::TakeAway(name.clone()));
            // The button goes with the file.
            links::focus_main();
        };
        view! {
            <li class:invalid=file.refused data-refused=file.refused.then_some("")>
                <strong translate="no">{file.name.clone()}</strong>
                ": "
                {file.text.clone()}
                " "
                <button type="button" class="link" aria-label=label data-testid="take-away" on:click=take>{words::TAKE_AWAY}</button>
            </li>
        }
    };
    view! {
        {move || (!files.with(Vec::is_empty)).then(|| view! {
            <ul class="open-files" data-testid="open-files" aria-label=words::FILES>{files.get().into_iter().map(row).collect_view()}</ul>
        })}
    }
}

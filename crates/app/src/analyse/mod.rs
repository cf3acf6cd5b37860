//! `/analyse`: a cohort's file, what is asked of it, and what comes out.

mod columns;
mod control;
mod model;
pub mod result;
mod settings;

use cotside_messages::{FileColumns, Request, Settings, Width};
use cotside_words::en::cohort_page::{self as words, heading};
use cotside_words::en::columns_page::TO_RESULTS;
use cotside_words::en::working::PASTED;
use cotside_words::lang::page;
use leptos::html::Textarea;
use leptos::prelude::*;

use columns::{Columns, of_file, tally};
pub use columns::{ColumnsFold, SheetChoice};
use result::{RESULTS, ResultPane, Shown};
use settings::{AnalysisSettings, Asked, FigureSettings};

use crate::part::{FileButton, Part, Worked, Working};
use crate::worker_link::{Link, Work};
use crate::worker_pages::{WorkerPage, is_shown};

const WORK: Work = Work {
    page: "analyse",
    modules: &["cohort", "workbooks"],
    samples: &[SEVERANCE, REGISTRY],
    late: true,
    ordered: false,
    narrow: Some(narrow),
};

const SEVERANCE: &str = "samples/severance-follow-up.csv";
const REGISTRY: &str = "samples/synthetic-registry.csv";

/// What the page can read.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.fods,.json,text/csv";

/// The page: file and settings on the left, one result or the columns in the middle, the index of results on the right.
#[component]
pub fn Analyse() -> impl IntoView {
    let link = Link::new(WORK);
    let asked = Asked::of(link);
    let address = RwSignal::new(route_of_address());
    let moved = window_event_listener(leptos::ev::hashchange, move |_| {
        if is_shown(WorkerPage::Analyse) {
            address.set(route_of_address());
        }
    });
    on_cleanup(move || moved.remove());
    let has_file = Memo::new(move |_| asked.choices.with(Option::is_some));
    open_example(link, has_file, address);
    let follows = Memo::new(move |_| {
        asked
            .choices
            .with(|choices| choices.as_ref().is_some_and(|choices| !choices.endpoints.is_empty()))
    });
    lead_to_columns(link, address);
    // Without follow-up there are no curves.
    let route = Memo::new(move |_| {
        let to = address.get();
        if to == words::SURVIVAL.route && has_file.get() && !follows.get() {
            words::PATIENTS.route.to_owned()
        } else {
            to
        }
    });
    let panes = result::all().map(move |shown| view! { <ResultPane link asked shown route/> });
    view! {
        <div lang="en">
            <h1>{page::ANALYSE}</h1>
            <Worked link>
                <OpenCohort link/>
                <Working link/>
                <Part link name="project-columns" of_file=true/>
                <Part link name="project" of_file=true/>
                <Part link name="example"/>
                <SheetChoice link/>
                <div class="workbench" translate="no" hidden=move || !has_file.get()>
                    <Data link route/>
                    <form class="settings" data-testid="settings" on:submit=|event| event.prevent_default()>
                        <h2>{heading::ANALYSIS}</h2>
                        <AnalysisSettings asked/>
                        {move || follows.get().then(|| view! { <FigureSettings asked/> })}
                    </form>
                    <div class="result">
                        <ColumnsPane link route/>
                        <div data-testid="results">{panes.collect_view()}</div>
                    </div>
                    <Index link route/>
                </div>
            </Worked>
        </div>
    }
}

/// The address that opens the example, as the first page links to it.
const EXAMPLE: &str = "#example";

/// Opens the example where the address asks for it. A cohort that is open stays.
fn open_example(link: Link, has_file: Memo<bool>, address: RwSignal<String>) {
    Effect::new(move |_| {
        address.track();
        let hash = window().location().hash().unwrap_or_default();
        if hash != EXAMPLE || has_file.get_untracked() {
            return;
        }
        let here = window().location().pathname().unwrap_or_default();
        if let Ok(history) = window().history() {
            // Loading the page again is not to open the example over a file.
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
        }
        link.open_sample(REGISTRY, "registry");
    });
}

/// The result that the address names, or the columns; survival where it names none.
fn route_of_address() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let wanted = hash.trim_start_matches('#');
    let mut routes = result::all()
        .map(|shown| shown.result.route)
        .chain([words::COLUMNS.route]);
    let known = routes.find(|route| *route == wanted);
    known.unwrap_or(words::SURVIVAL.route).to_owned()
}

/// A file that leaves open what results depend on shows its columns first; another one leads from them to the results.
fn lead_to_columns(link: Link, address: RwSignal<String>) {
    let opened = of_file(link, |file| file.number);
    Effect::new(move |before: Option<u32>| {
        let number = opened.get();
        if number > 0 && before != Some(number) {
            let blocks = link
                .columns
                .with_untracked(|file| file.as_ref().is_some_and(FileColumns::blocks));
            if blocks {
                lead(address, words::COLUMNS.route);
            } else if address.get_untracked() == words::COLUMNS.route {
                lead(address, words::SURVIVAL.route);
            }
        }
        number
    });
}

/// Shows a result without a step in the history of the browser.
fn lead(address: RwSignal<String>, route: &str) {
    let here = window().location().pathname().unwrap_or_default();
    // Meanwhile another page may be shown, whose address this is not.
    if let Ok(history) = window().history()
        && is_shown(WorkerPage::Analyse)
    {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&format!("{here}#{route}")));
    }
    address.set(route.to_owned());
}

/// The file that is open, and how far its columns are understood.
#[component]
fn Data(link: Link, route: Memo<String>) -> impl IntoView {
    let is_open = of_file(link, |file| file.counts.to_confirm + file.rows_open() > 0);
    let current = move || route.with(|route| route == words::COLUMNS.route).then_some("page");
    view! {
        <section class="data" aria-label=heading::DATA>
            <h2>{heading::DATA}</h2>
            <Part link name="file" testid="file" of_file=true/>
            <p class:open=is_open>{move || tally(link)}</p>
            <p><a href=format!("analyse/#{}", words::COLUMNS.route) aria-current=current>{words::COLUMNS.name}</a></p>
        </section>
    }
}

/// The columns of the file and the cells that could not be used.
#[component]
fn ColumnsPane(link: Link, route: Memo<String>) -> impl IntoView {
    let name = words::COLUMNS.route;
    let hidden = Memo::new(move |_| route.with(|route| route != name));
    view! {
        <section data-result=name hidden=hidden aria-label=words::COLUMNS.name>
            <Columns link follow_up=true/>
            <Part link name="problems" of_file=true/>
            <p><a href=format!("analyse/#{}", words::SURVIVAL.route)>{TO_RESULTS}</a></p>
        </section>
    }
}

/// The results, the one that is shown marked.
#[component]
fn Index(link: Link, route: Memo<String>) -> impl IntoView {
    let entry = move |shown: &Shown| {
        let (name, to) = (shown.result.name, shown.result.route);
        let current = move || route.with(|route| route == to).then_some("page");
        let waits = move || shown_waits(link, to).then_some("");
        view! { <li><a href=format!("analyse/#{to}") aria-current=current data-waiting=waits>{name}</a></li> }
    };
    let group = move |(heading, shown): (&'static str, &'static [Shown])| {
        view! {
            <h2>{heading}</h2>
            <ul>{shown.iter().map(entry).collect_view()}</ul>
        }
    };
    view! {
        <nav class="index" aria-label=words::INDEX>{RESULTS.map(group)}</nav>
    }
}

/// Whether parts of a result are still to come.
fn shown_waits(link: Link, route: &str) -> bool {
    let shown = result::all().find(|shown| shown.result.route == route);
    shown.is_some_and(|shown| link.waiting.with(|waiting| shown.has_any(waiting)))
}

/// The box for files: dropped, chosen, pasted, or an example.
#[component]
fn OpenCohort(link: Link) -> impl IntoView {
    let rows = NodeRef::<Textarea>::new();
    let read = move |_| {
        if let Some(rows) = rows.get_untracked() {
            link.open_text(PASTED, &rows.value());
        }
    };
    // Rows that were read are not kept in the page; rows that were refused can be corrected.
    Effect::new(move |_| {
        if link.pasted.get() > 0
            && let Some(rows) = rows.get_untracked()
        {
            rows.set_value("");
        }
    });
    view! {
        <div class="drop" data-testid="drop">
            <p>{words::DROP}</p>
            <FileButton link accept=ACCEPTED testid="cohort-input" label=words::CHOOSE_FILE/>
            <details class="more" data-testid="paste">
                <summary>{words::PASTE}</summary>
                <textarea
                    node_ref=rows
                    translate="no"
                    data-testid="rows-pasted"
                    rows="6"
                    spellcheck="false"
                    autocomplete="off"
                    aria-label=words::PASTE_LABEL
                    on:focusin=move |_| link.seal()
                ></textarea>
                <button type="button" data-testid="read-pasted" on:click=read>{words::PASTE_READ}</button>
            </details>
            <p class="quiet">
                {words::EXAMPLES[0]}
                <button type="button" data-testid="load-severance" on:click=move |_| link.open_sample(SEVERANCE, "severance")>
                    {words::SEVERANCE}
                </button>
                {words::EXAMPLES[1]}
                <button type="button" data-testid="load-registry" on:click=move |_| link.open_sample(REGISTRY, "registry")>
                    {words::REGISTRY}
                </button>
                {words::EXAMPLES[2]}
            </p>
            <cotside-seal class="seal" data-testid="seal"></cotside-seal>
        </div>
    }
}

/// On a phone figures are as wide as one column of a journal.
fn narrow() -> Request {
    let mut settings = Settings::default();
    settings.figure.width = Width::OneColumn;
    Request::Settings(Box::new(settings))
}

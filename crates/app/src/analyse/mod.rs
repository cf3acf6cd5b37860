//! `/analyse`: a cohort's file, what is asked of it, and what comes out.

mod adjusted;
mod columns;
pub mod control;
mod curve_settings;
mod file_box;
mod filters;
mod incidence;
mod levels;
mod lit;
mod model;
mod origin;
mod predictions;
pub mod result;
mod risks;
mod settings;
mod test_settings;
mod views;

use cotside_messages::{FileColumns, Request, Settings, Width};
use cotside_words::lang::cohort_page::{self as words, heading};
use cotside_words::lang::columns_page::TO_RESULTS;
use cotside_words::lang::page;
use leptos::prelude::*;

use columns::{Columns, of_file, tally};
pub use columns::{ColumnsFold, SheetChoice};
use curve_settings::CurveSettings;
pub use file_box::{ACCEPTED, Beside};
use file_box::{ExampleBanner, FileBox};
use result::{RESULTS, ResultPane, Shown};
use settings::{AnalysisSettings, Asked};
use test_settings::TestSettings;
use views::View;

use crate::links;
use crate::part::{Part, Worked, Working};
use crate::seal::Seal;
use crate::worker_link::{Link, Work};
use crate::worker_pages::{WorkerPage, is_shown, own_estimates};

const WORK: Work = Work {
    page: "analyse",
    modules: &["cohort", "workbooks"],
    samples: &[SEVERANCE, REGISTRY],
    late: true,
    ordered: false,
    makes_files: true,
    several: true,
    keeps: false,
    narrow: Some(narrow),
};

const SEVERANCE: &str = "samples/severance-follow-up.csv";
const REGISTRY: &str = "samples/synthetic-registry.csv";

/// The page: file and settings on the left, one result or the columns in the middle, the index of results on the right.
/// Until a file is open it shows an example.
#[component]
pub fn Analyse() -> impl IntoView {
    let link = Link::new(WORK);
    let asked = Asked::of(link);
    // Those that are added under Evidence.
    let own_rows = own_estimates();
    Effect::new(move |_| {
        let rows = own_rows.get();
        asked.change(|settings| settings.own_estimates = rows);
    });
    let address = RwSignal::new(route_of_address());
    let moved = window_event_listener(leptos::ev::hashchange, move |_| {
        if is_shown(WorkerPage::Analyse) {
            address.set(route_of_address());
        }
    });
    on_cleanup(move || moved.remove());
    let has_file = Memo::new(move |_| asked.choices.with(Option::is_some));
    link.show_sample(REGISTRY, "registry");
    let own = Memo::new(move |_| link.source.with(|source| source.as_deref() == Some("")));
    lead_to_file(own);
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
    tell_what_is_shown(link, has_file, route);
    let tab = RwSignal::new(View::Chart);
    let panes = result::all().map(move |shown| view! { <ResultPane link asked shown route tab/> });
    let lit = lit::Lit::new(levels::colours_of_groups(asked));
    view! {
        <div>
            <h1 class="hidden">{page::ANALYSE}</h1>
            <Worked link>
                {move || (!own.get()).then(|| view! { <ExampleBanner link has_file/> })}
                <Working link/>
                <Part link name="project-columns" of_file=true/>
                <Part link name="project" of_file=true/>
                <SheetChoice link/>
                <div
                    class="workbench"
                    translate="no"
                    hidden=move || !has_file.get()
                    data-lit=lit.shown
                    data-lit-ink=move || lit.ink()
                    on:pointerover=move |event| lit.over(&event)
                    on:focusin=move |event| lit.over(&event)
                >
                    <Data link route own/>
                    <form class="settings" data-testid="settings" on:submit=|event| event.prevent_default()>
                        <h2>{heading::ANALYSIS}</h2>
                        <AnalysisSettings asked/>
                        {move || follows.get().then(|| view! { <CurveSettings asked/><TestSettings asked/> })}
                    </form>
                    <div class="result" id="result" tabindex="-1">
                        <ColumnsPane link route/>
                        <div data-testid="results">{panes.collect_view()}</div>
                    </div>
                    <Index link route/>
                </div>
            </Worked>
        </div>
    }
}

/// A file of the reader is open: from there on the results are what is read.
fn lead_to_file(own: Memo<bool>) {
    Effect::new(move |before: Option<bool>| {
        let own = own.get();
        if own && before == Some(false) {
            links::focus_id("result");
        }
        own
    });
}

/// Tells the worker which parts are shown: they are made first.
fn tell_what_is_shown(link: Link, has_file: Memo<bool>, route: Memo<String>) {
    Effect::new(move |_| {
        if has_file.get() {
            let shown = route.with(|route| result::all().find(|shown| shown.result.route == route));
            let parts = shown.map(|shown| shown.all_parts().map(str::to_owned).collect());
            link.send(Request::Show {
                parts: parts.unwrap_or_default(),
            });
        }
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
fn Data(
    link: Link,
    route: Memo<String>,
    /// Whether a file of the reader is open.
    own: Memo<bool>,
) -> impl IntoView {
    let is_open = of_file(link, |file| file.counts.to_confirm + file.rows_open() > 0);
    let current = move || route.with(|route| route == words::COLUMNS.route).then_some("page");
    view! {
        <section class="data" aria-label=heading::DATA>
            <h2>{heading::DATA}</h2>
            <Part link name="file" testid="file" of_file=true/>
            <Beside link/>
            <p class:open=is_open>{move || tally(link)}</p>
            <p><a href=format!("analyse/#{}", words::COLUMNS.route) aria-current=current>{words::COLUMNS.name}</a></p>
            {move || own.get().then(|| view! {
                <Seal/>
                <details class="more" data-testid="replace">
                    <summary>{words::REPLACE_FILE}</summary>
                    <FileBox link/>
                </details>
            })}
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
    // On a narrow screen one list of all results.
    let option = move |shown: Shown| {
        let to = shown.result.route;
        let is_shown = move || route.with(|route| route == to);
        view! { <option value=to prop:selected=is_shown>{shown.result.name}</option> }
    };
    let go = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event);
        // Nothing but a result comes into the address.
        if result::all().any(|shown| shown.result.route == wanted) {
            let _ = window().location().set_hash(&wanted);
        }
    };
    view! {
        <nav class="index" aria-label=words::INDEX>
            {RESULTS.map(group)}
            <label class="index-list">
                <span class="hidden">{words::INDEX}</span>
                <select autocomplete="off" data-testid="index-list" on:change=go>{result::all().map(option).collect_view()}</select>
            </label>
        </nav>
    }
}

/// Whether parts of a result are still to come.
fn shown_waits(link: Link, route: &str) -> bool {
    let shown = result::all().find(|shown| shown.result.route == route);
    shown.is_some_and(|shown| link.waiting.with(|waiting| shown.has_any(waiting)))
}

/// On a phone figures are as wide as one column of a journal.
fn narrow() -> Request {
    let mut settings = Settings::default();
    settings.figure.width = Width::OneColumn;
    Request::Settings(Box::new(settings))
}

//! The page of Cotside: forms, rows and routes, as two programs (`worker_pages.rs` says why and how).
//!
//! **Invariant: no arithmetic and no rule.** Findings go into the core as typed text; what comes back is laid out here
//! with the sentences of the `words` crate. Nothing is stored and nothing is sent.

pub mod analyse;
pub mod combine;
pub mod custom_protocol;
pub mod download;
pub mod evidence;
pub mod file_maker;
pub mod leaving;
pub mod links;
pub mod pages;
pub mod part;
pub mod patients;
pub mod plan;
pub mod result_table;
pub mod seal;
pub mod shell;
pub mod site_files;
pub mod stratify;
pub mod worker_link;
pub mod worker_pages;

use std::time::Duration;

use cotside_words::lang::page;
use leptos::prelude::*;

use links::current_route;
use pages::{DocumentPage, Home};
use shell::{Foot, Head};
use stratify::{Case, Stratify};
use worker_pages::{WorkerPage, WorkerPart};

/// Notes where the program stops, if it does, for `www/scripts/boot.js`, which says so to the reader: a place in the source
/// and nothing of what was entered.
pub fn note_a_panic() {
    std::panic::set_hook(Box::new(|panic| {
        if let (Some(place), Some(root)) = (panic.location(), document().document_element()) {
            let _ = root.set_attribute("data-stopped", &format!("{}:{}", place.file(), place.line()));
        }
    }));
}

/// Takes away what stands in the page before the program runs, and mounts the program: as a task of its own, so that the
/// browser has a moment after it has made the program ready.
pub fn start() {
    note_a_panic();
    let mount = || {
        leptos::mount::mount_to_body(App);
        if let Some(boot) = document().get_element_by_id("boot") {
            boot.remove();
        }
    };
    set_timeout(mount, Duration::ZERO);
}

/// The whole page: skip link, head, the route's page, foot.
#[component]
pub fn App() -> impl IntoView {
    let route = current_route();
    // The findings outlive the visit of another page, and nothing else.
    provide_context(Case::opening());
    let unreviewed = (!page::UNREVIEWED.is_empty())
        .then(|| view! { <p class="unreviewed" data-testid="unreviewed">{page::UNREVIEWED}</p> });
    let shown = move || {
        let route = route.get();
        match route.as_str() {
            "" => Home().into_any(),
            "stratify" => Stratify().into_any(),
            "analyse" => worker_page(WorkerPage::Analyse, page::ANALYSE),
            "protocols/own" => worker_page(WorkerPage::CustomProtocol, page::OWN),
            "evidence" => worker_page(WorkerPage::Evidence, page::EVIDENCE),
            "combine" => worker_page(WorkerPage::Combine, page::COMBINE),
            "plan" => worker_page(WorkerPage::Plan, page::PLAN),
            _ => view! { <DocumentPage route/> }.into_any(),
        }
    };
    let skip = |event: leptos::ev::MouseEvent| {
        // The link's own address would be read against the site's root.
        event.prevent_default();
        links::focus_main();
    };
    view! {
        <a class="skip" href="#main" on:click=skip>{page::SKIP}</a>
        <Head route/>
        <main id="main" tabindex="-1">{unreviewed}{shown}</main>
        <Foot/>
    }
}

/// A page of the second program.
fn worker_page(part: WorkerPage, title: &str) -> AnyView {
    links::set_title(title);
    view! { <WorkerPart part/> }.into_any()
}

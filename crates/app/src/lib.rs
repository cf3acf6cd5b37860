//! The page of Cotside: forms, rows and routes.
//!
//! **Invariant: no arithmetic and no rule.** Findings go into the core as typed text; what comes back is laid out here
//! with the sentences of the `words` crate. Nothing is stored and nothing is sent.

pub mod links;
pub mod pages;
pub mod parts;
pub mod stratify;

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;
use wasm_bindgen::JsCast as _;

use links::{base, href};
use pages::{About, Home, NotFound, Privacy, ProtocolPage, Protocols};
use stratify::Stratify;

/// Takes away what stands in the page before the program runs, and mounts the program.
pub fn start() {
    leptos::mount::mount_to_body(App);
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// Moves the focus to the content. (The link's own address would be read against the site's root.)
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    if let Some(main) = document().get_element_by_id("main")
        && let Ok(main) = main.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = main.focus();
    }
}

/// The whole page: skip link, head, the route's page, foot.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router base=base()>
            <a class="skip" href="#main" on:click=skip>"Skip to content"</a>
            <Head/>
            <main id="main" tabindex="-1">
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Home/>
                    <Route path=path!("/stratify") view=Stratify/>
                    <Route path=path!("/protocols") view=Protocols/>
                    <Route path=path!("/protocols/:id") view=ProtocolPage/>
                    <Route path=path!("/about") view=About/>
                    <Route path=path!("/privacy") view=Privacy/>
                </Routes>
            </main>
            <footer class="foot">
                <p>{cotside_words::en::INTENDED_USE}</p>
                <p class="quiet">{links::versions()}</p>
            </footer>
        </Router>
    }
}

/// The brand and the pages, the current one marked.
#[component]
fn Head() -> impl IntoView {
    let path = use_location().pathname;
    let link = move |route: &'static str, name: &'static str| {
        let address = href(route);
        let own = address.trim_end_matches('/').to_owned();
        let current = move || path.with(|path| path.starts_with(&own)).then_some("page");
        view! { <a href=address aria-current=current>{name}</a> }
    };
    view! {
        <header class="head">
            <a class="brand" href=href("")>"Cotside"</a>
            <nav aria-label="Pages">
                {link("stratify/", "Stratify")}
                {link("protocols/", "Protocols")}
                {link("about/", "About")}
                {link("privacy/", "Privacy")}
            </nav>
        </header>
    }
}

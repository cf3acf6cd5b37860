//! Pages that are read (`crates/documents`): HTML that was made when the site was built. The page that was opened has its own
//! in it; the others are in one file, loaded once.

use cotside_words::lang::page;
use cotside_words::languages::BUILD;
use js_sys::Reflect;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use super::{NotFound, not_loaded, protocol_list};
use crate::{links, site_files};

/// A page: its title and its HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Document {
    title: String,
    html: String,
}

/// What there is of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Loading,
    NotLoaded,
    /// No page has this address.
    Unknown,
    Here(Document),
}

/// A page of this route.
#[component]
pub fn DocumentPage(
    /// Below the site's root, without slashes at its ends.
    route: String,
) -> impl IntoView {
    let state = RwSignal::new(State::Loading);
    let load = {
        let route = route.clone();
        move || {
            let route = route.clone();
            state.set(State::Loading);
            spawn_local(async move {
                let loaded = from_file(&route).await;
                // The reader may have left in the meantime.
                let _ = state.try_set(loaded.unwrap_or(State::NotLoaded));
            });
        }
    };
    match in_this_page(&route) {
        Some(document) => state.set(State::Here(document)),
        None => load(),
    }
    let place = NodeRef::<Div>::new();
    let shown = move || match state.get() {
        State::Loading => view! { <p class="quiet" role="status">{page::LOADING}</p> }.into_any(),
        State::NotLoaded => not_loaded(load.clone()).into_any(),
        State::Unknown => NotFound().into_any(),
        State::Here(document) => {
            links::set_title(&document.title);
            links::show_place();
            let html = document.html.replace(BUILD, &links::build());
            view! {
                <div
                    class="document"
                    node_ref=place
                    inner_html=html
                    on:click=move |event| protocol_list::press(place, &event)
                    on:input=move |_| protocol_list::filter(place)
                ></div>
            }
            .into_any()
        }
    };
    view! { {shown} }
}

/// The page that the address had when the program was started: it stands in the page, until the program takes its place.
fn in_this_page(route: &str) -> Option<Document> {
    let place = document().get_element_by_id("boot-more")?;
    let is_it = place.get_attribute("data-document").as_deref() == Some(route);
    let title = document().title();
    is_it.then(|| Document {
        title: title.strip_suffix(" · Cotside").unwrap_or(&title).to_owned(),
        html: place.inner_html(),
    })
}

/// Loads the file of all pages, which a sealed page cannot do any more.
///
/// # Errors
/// Where it cannot be loaded or read.
pub async fn all() -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&site_files::text("documents.json").await?)
}

async fn from_file(route: &str) -> Result<State, JsValue> {
    let text = |of: &JsValue, key: &str| Ok::<_, JsValue>(Reflect::get(of, &key.into())?.as_string());
    let find = |each: &JsValue| text(each, "route").ok().flatten().as_deref() == Some(route);
    let all: js_sys::Array = all().await?.dyn_into()?;
    let Some(found) = all.iter().find(find) else {
        return Ok(State::Unknown);
    };
    Ok(State::Here(Document {
        title: text(&found, "title")?.unwrap_or_default(),
        html: text(&found, "html")?.unwrap_or_default(),
    }))
}

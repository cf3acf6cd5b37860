//! The pages beside the main one.

mod document;
mod home;
mod protocol_list;

pub use document::{DocumentPage, all as load_documents};
pub use home::Home;

use cotside_words::lang::page;
use leptos::prelude::*;

use crate::links::{self, base};

/// That a part could not be loaded, with a button that tries `again`.
pub fn not_loaded(again: impl Fn() + 'static) -> impl IntoView {
    view! {
        <p class="remark invalid" role="alert">
            {page::NOT_LOADED}" "<button type="button" on:click=move |_| again()>{page::LOAD_AGAIN}</button>
        </p>
    }
}

/// An address without a page: says so, and where to go.
#[component]
pub fn NotFound() -> impl IntoView {
    links::set_title(page::NOT_FOUND);
    let words = page::NOT_FOUND_PROSE.replace("{base}", &base());
    view! { <div class="prose" inner_html=words></div> }
}

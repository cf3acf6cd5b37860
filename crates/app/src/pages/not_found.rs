//! An address without a page.

use leptos::prelude::*;

use crate::links::{self, href};

/// Says so, and where to go.
#[component]
pub fn NotFound() -> impl IntoView {
    links::set_title("Page not found");
    view! {
        <div class="prose">
            <h1>"Page not found"</h1>
            <p>"There is no page at this address. "<a href=href("stratify/")>"Stratify an infant"</a>" or "
                <a href=href("protocols/")>"read the rules"</a>"."</p>
        </div>
    }
}

//! The page of Cotside.
use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! { <Router><main><Routes fallback=|| "Not found">
        <Route path=path!("/") view=|| view! { <h1>"Cotside"</h1> }/>
    </Routes></main></Router> }
}

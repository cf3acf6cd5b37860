//! A page that is made in a worker: `www/scripts/remote.js` carries the messages, the worker reads, computes and writes
//! HTML (`crates/workbench`). Here stands only what is shown before the worker answers, so that the first load of the
//! other pages stays small.

use cotside_words::lang::page;
use leptos::prelude::*;

use crate::links::{self, shared};

/// `/analyse`: a cohort.
#[component]
pub fn Analyse() -> impl IntoView {
    links::set_title(page::ANALYSE);
    load();
    view! { <div lang="en" inner_html=page::ANALYSE_PROSE></div> }
}

/// Loads the script that defines `<cotside-remote>`, once.
fn load() {
    const ID: &str = "remote-script";
    if document().get_element_by_id(ID).is_some() {
        return;
    }
    let Some((head, script)) = document().head().zip(document().create_element("script").ok()) else {
        return;
    };
    for (name, value) in [("id", ID), ("type", "module"), ("src", &shared("js/remote.js"))] {
        let _ = script.set_attribute(name, value);
    }
    let _ = head.append_child(&script);
}

//! A page that is made in a worker: `www/scripts/remote.js` carries the messages, the worker reads, computes and writes
//! HTML (`crates/workbench`). Here stands only what is shown before the worker answers, so that the first load of the
//! other pages stays small.

use cotside_words::lang::page;
use leptos::prelude::*;

use crate::links::{self, href};

/// What the page of a protocol of the reader's own shows before the worker answers.
const OWN: &str = include_str!("pages/own.html");

/// What the first part of `/evidence` says.
const EVIDENCE: &str = include_str!("pages/evidence.html");

/// `/analyse`: a cohort.
#[component]
pub fn Analyse() -> impl IntoView {
    part(page::ANALYSE, page::ANALYSE_PROSE)
}

/// `/protocols/own`: a protocol of the reader's own.
#[component]
pub fn Own() -> impl IntoView {
    part(page::OWN, OWN)
}

/// A page whose modules speak English in every language.
fn part(title: &str, html: &'static str) -> AnyView {
    links::set_title(title);
    load();
    view! { <div lang="en" inner_html=html></div> }.into_any()
}

/// `/evidence`: published outcomes.
#[component]
pub fn Evidence() -> impl IntoView {
    part(page::EVIDENCE, EVIDENCE)
}

/// Loads the script that defines `<cotside-remote>`, once.
pub fn load() {
    const ID: &str = "remote-script";
    if document().get_element_by_id(ID).is_some() {
        return;
    }
    let Some((head, script)) = document().head().zip(document().create_element("script").ok()) else {
        return;
    };
    let Some(name) = file("remote") else {
        return;
    };
    for (name, value) in [("id", ID), ("type", "module"), ("src", &href(&format!("js/{name}")))] {
        let _ = script.set_attribute(name, value);
    }
    let _ = head.append_child(&script);
}

/// The name of a script in the folder `js` with the hash of its content, as this page's own version has it.
fn file(script: &str) -> Option<String> {
    let list = document().query_selector("meta[name='files']").ok().flatten()?;
    let list = list.get_attribute("content")?;
    let begins = |name: &&str| {
        let rest = name.strip_prefix(script).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| rest.ends_with(".js"))
    };
    list.split(' ').find(begins).map(str::to_owned)
}

//! Published outcomes of a protocol's groups.

use cotside_core::evidence::PublishedEndpoint;
use cotside_core::protocols::own::SpreadKind;
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::condition::{Of, condition};
use super::controls::{MenuField, Options, RemoveButton, TextField, coded, fixed};
use super::editor::Editor;
use super::form::citation;

/// An outcome: its line, and its controls folded below it.
pub fn outcome(index: usize) -> AnyView {
    let editor = Editor::here();
    let place = format!("/outcomes/{index}");
    let line = {
        let place = place.clone();
        editor.now(move |draft| {
            let at = |key: &str| draft.shown(&format!("{place}/{key}"));
            words::outcome(&at("population"), &at("endpoint"), &at("estimate"), &at("years"))
        })
    };
    // One that was just added is open.
    let is_new = editor
        .draft
        .with_untracked(|draft| draft.text(&format!("{place}/population")).is_empty());
    let endpoints = coded(&PublishedEndpoint::ALL, PublishedEndpoint::code, lang::endpoint);
    let note = view! { <TextField place=format!("{place}/note") label=words::NOTE class="broad"/> };
    let controls = view! {
        <div class="own-line">
            <TextField place=format!("{place}/population") label=words::POPULATION class="broad"/>
            <MenuField place=format!("{place}/endpoint") label=words::ENDPOINT options=fixed(endpoints)/>
        </div>
        <div class="own-line">
            <TextField place=format!("{place}/estimate") label=words::ESTIMATE class="narrow"/>
            <TextField place=format!("{place}/years") label=words::YEARS class="narrow"/>
            <TextField place=format!("{place}/n") label=words::PATIENTS class="narrow"/>
            {spread(format!("{place}/spread"))}
            <RemoveButton place=place.clone() number=index + 1/>
        </div>
        <p class="quiet">{words::APPLIES}</p>
        {condition(format!("{place}/applies"), Of::Outcome)}
        {citation(format!("{place}/cite"), note.into_any())}
    };
    view! { <details class="own-outcome" open=is_new><summary>{line}</summary>{controls}</details> }.into_any()
}

/// The uncertainty of an estimate: its kind, then its values.
fn spread(place: String) -> AnyView {
    let editor = Editor::here();
    let kind = {
        let place = place.clone();
        editor.now(move |draft| SpreadKind::of(draft.at(&place)))
    };
    let kinds: Options = SpreadKind::ALL
        .iter()
        .zip(words::UNCERTAINTIES)
        .map(|(kind, words)| (kind.code().to_owned(), words.to_owned()))
        .collect();
    let choose = {
        let place = place.clone();
        Callback::new(move |code: String| {
            let kind = SpreadKind::ALL.into_iter().find(|kind| kind.code() == code);
            editor.change(|draft| draft.choose_spread(&place, kind.unwrap_or(SpreadKind::NotStated)));
        })
    };
    let chosen = Signal::derive(move || kind.get().code().to_owned());
    let name = place.clone();
    let values = move || match kind.get() {
        SpreadKind::NotStated => ().into_any(),
        kind @ (SpreadKind::StandardError | SpreadKind::Unclear) => {
            view! { <TextField place=format!("{place}/{}", kind.code()) label=words::SPREAD class="narrow"/> }
                .into_any()
        }
        SpreadKind::Interval95 => view! {
            <TextField place=format!("{place}/interval95/0") label=words::FROM class="narrow"/>
            <TextField place=format!("{place}/interval95/1") label=words::TO class="narrow"/>
        }
        .into_any(),
    };
    view! {
        <MenuField place=name label=words::UNCERTAINTY options=fixed(kinds) chosen choose/>
        {values}
    }
    .into_any()
}

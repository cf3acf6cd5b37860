//! The reader's own estimates: a form, a file, the rows that were added, and how they are taken out.

use cotside_core::evidence::{OwnColumn as Column, OwnEstimate, PublishedEndpoint};
use cotside_messages::EvidenceRequest;
use cotside_words::lang::evidence_page::{CHOOSE_ONE, short_endpoint};
use cotside_words::lang::own_estimates as words;
use leptos::prelude::*;

use super::control::{Choice, Select, Text};
use super::{Awaited, Page};
use crate::part::{FileButton, Part};

/// Columns of the form, in its order. An id is given to each row.
const FIELDS: [Column; 18] = [
    Column::Study,
    Column::EnrolledFrom,
    Column::EnrolledTo,
    Column::Endpoint,
    Column::Years,
    Column::Population,
    Column::Kmt2a,
    Column::Reached,
    Column::N,
    Column::Estimate,
    Column::StandardError,
    Column::Lower,
    Column::Upper,
    Column::UnclearSpread,
    Column::Source,
    Column::Place,
    Column::SameAs,
    Column::Note,
];

/// Files that the browser offers.
const ACCEPTED: &str = ".csv,.txt,text/csv,text/plain";

/// The fold with the form and the list of what was added.
#[component]
pub fn Own(page: Page) -> impl IntoView {
    let count = Memo::new(move |_| page.own_names.with(Vec::len));
    let save = move |name: &'static str| move |_| page.link.export(name, 0);
    view! {
        <details class="own-estimates" data-testid="own-estimates">
            <summary>{move || words::summary(count.get())}</summary>
            <p class="quiet">{words::LEAD}</p>
            <Form page/>
            <div class="tools" on:change=move |_| page.awaits.set_value(Some(Awaited::Estimates))>
                <FileButton link=page.link accept=ACCEPTED testid="own-estimates-input" label=words::OPEN/>
                <button type="button" name="own-template" on:click=save("own-template.csv")>{words::TEMPLATE}</button>
                <button type="button" name="own-save" hidden=move || count.get() == 0 on:click=save("own-estimates.csv")>
                    {words::SAVE}
                </button>
                <button
                    type="button"
                    name="own-remove-all"
                    hidden=move || count.get() == 0
                    on:click=move |_| page.remove_own(|id| id.starts_with(cotside_core::evidence::OWN_PREFIX))
                >{words::REMOVE_ALL}</button>
            </div>
            <div role="status"><Part link=page.link name="own-read" testid="own-read"/></div>
            <Added page/>
            <Part link=page.link name="own" testid="own"/>
        </details>
    }
}

/// A row of fields that becomes an estimate.
#[component]
fn Form(page: Page) -> impl IntoView {
    let draft = RwSignal::new(OwnEstimate::default());
    let field = move |column: Column| {
        let (label, hint, size) = words::label(column);
        let value = Signal::derive(move || draft.with(|draft| draft.text(column).to_owned()));
        let set = Callback::new(move |text: String| draft.update(|draft| draft.set(column, &text)));
        let name = format!("own.{}", column.code());
        match choices(column) {
            None => view! { <Text name label value set hint size/> }.into_any(),
            Some(choices) => {
                let choices = Signal::stored(choices);
                view! { <Select name=name label=label choices value set/> }.into_any()
            }
        }
    };
    let add = move |_| {
        page.awaits.set_value(Some(Awaited::Estimates));
        page.ask(EvidenceRequest::AddOwn(draft.get_untracked()));
    };
    // What was added leaves the form.
    Effect::new(move |before: Option<usize>| {
        let count = page.own.with(Vec::len);
        if before.is_some_and(|before| before < count) {
            draft.set(OwnEstimate::default());
        }
        count
    });
    view! {
        <fieldset class="group">
            <legend>{words::TITLE}</legend>
            <div class="picker">
                {FIELDS.into_iter().map(field).collect_view()}
                <button type="button" name="own-add" on:click=add>{words::ADD}</button>
            </div>
        </fieldset>
    }
}

/// The codes of a column that takes one of some.
fn choices(column: Column) -> Option<Vec<Choice>> {
    let named = |code: &str| (code.to_owned(), words::code_name(code).to_owned());
    let named: Vec<Choice> = match column {
        Column::Endpoint => PublishedEndpoint::ALL
            .iter()
            .map(|&endpoint| (endpoint.code().to_owned(), short_endpoint(endpoint).to_owned()))
            .collect(),
        Column::Kmt2a => ["rearranged", "germline"].map(named).into(),
        Column::Reached => ["remission", "transplant"].map(named).into(),
        _ => return None,
    };
    let none = match column {
        Column::Endpoint => CHOOSE_ONE,
        Column::Reached => words::ALL_COUNTED,
        _ => words::NOT_STATED,
    };
    Some(std::iter::once((String::new(), none.to_owned())).chain(named).collect())
}

/// The rows that were added, each with the button that takes it out.
#[component]
fn Added(page: Page) -> impl IntoView {
    let row = move |row: cotside_messages::OwnName| {
        let label = words::remove_name(&row.id, &row.study);
        let id = row.id.clone();
        view! {
            <li>
                <code>{row.id}</code>" "<strong>{row.study}</strong>", "{row.name}" "
                <button
                    type="button"
                    class="link"
                    aria-label=label
                    on:click=move |_| page.remove_own(|each| each == id)
                >{words::REMOVE}</button>
            </li>
        }
    };
    view! {
        <div hidden=move || page.own_names.with(Vec::is_empty)>
            <h3>{words::LISTED}</h3>
            <ul class="facts" data-testid="own-added">
                <For each=move || page.own_names.get() key=|row| row.id.clone() children=row/>
            </ul>
        </div>
    }
}

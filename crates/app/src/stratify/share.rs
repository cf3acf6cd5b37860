//! Taking the answer along: text for the notes, print, and a link that holds the findings in its fragment.

use cotside_core::infant::{Entry, Field, read};
use cotside_words::lang::{self, page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Case;
use crate::links;

/// Version of the fragment: links of another version are not opened.
const MARK: &str = "#case=1";

/// The findings as a fragment, which browsers never send. A label and dates are left out: they may identify a child;
/// the age in days or completed months stands in for the dates.
#[must_use]
pub fn fragment(entry: &Entry) -> String {
    let mut entry = entry.clone();
    if entry.get(Field::AgeDays).is_empty()
        && !entry.get(Field::BirthDate).is_empty()
        && let Some(days) = read(&entry).infant.age.and_then(cotside_core::infant::Age::days)
    {
        entry.set(Field::AgeDays, &days.to_string());
    }
    let mut text = MARK.to_owned();
    for &field in Field::ALL {
        let value = entry.get(field);
        if !value.is_empty() && !matches!(field, Field::Id | Field::BirthDate | Field::DiagnosisDate) {
            text.push('&');
            text.push_str(field.column());
            text.push('=');
            text.push_str(&js_sys::encode_uri_component(value).as_string().unwrap_or_default());
        }
    }
    text
}

/// The findings of a fragment; `None` where it holds none. Columns that the dictionary does not know are passed over.
#[must_use]
pub fn from_fragment(hash: &str) -> Option<Entry> {
    let rest = hash.strip_prefix(MARK)?;
    let mut entry = Entry::default();
    for (column, value) in rest.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = js_sys::decode_uri_component(value)
            .ok()
            .and_then(|text| text.as_string());
        if let (Some(field), Some(value)) = (Field::from_column(column), value) {
            entry.set(field, &value);
        }
    }
    (!entry.is_empty()).then_some(entry)
}

/// What the reader took along last.
#[derive(Clone, PartialEq)]
enum Taken {
    Nothing,
    Note(String),
    Link(String),
}

/// Copy, print, link.
#[component]
pub fn Share() -> impl IntoView {
    let case = Case::here();
    let taken = RwSignal::new(Taken::Nothing);
    let copied = RwSignal::new(false);
    let take = move |what: Taken| {
        copied.set(false);
        if let Taken::Note(text) | Taken::Link(text) = &what {
            copy(text.clone(), copied);
        }
        taken.set(what);
    };
    // What was taken is of findings that are no longer shown.
    Effect::new(move |before: Option<()>| {
        case.entry.track();
        if before.is_some() {
            taken.set(Taken::Nothing);
        }
    });
    let summary = move |_| {
        let text = case.reading.with(|reading| {
            case.assessments
                .with(|all| lang::summary(&reading.infant, all, &today(), &links::versions()))
        });
        take(Taken::Note(text));
    };
    let note = move |_| {
        let text = case.reading.with(|reading| {
            case.assessments
                .with(|all| lang::note_for_records(&reading.infant, all, &links::versions()))
        });
        take(Taken::Note(text));
    };
    let link = move |_| {
        let location = window().location();
        let here = format!(
            "{}{}",
            location.origin().unwrap_or_default(),
            location.pathname().unwrap_or_default()
        );
        take(Taken::Link(format!(
            "{here}{}",
            case.form.with(|form| fragment(&form.entry))
        )));
    };
    let state = move || if copied.get() { page::COPIED } else { "" };
    view! {
        <div class="share">
            <button type="button" class="primary" data-testid="copy-summary" on:click=summary>{page::COPY_SUMMARY}</button>
            <button type="button" data-testid="print" on:click=move |_| { let _ = window().print(); }>{page::PRINT}</button>
            <button type="button" data-testid="copy-link" on:click=link>{page::COPY_LINK}</button>
            <button type="button" data-testid="copy-note" on:click=note>{page::FULL_TEXT}</button>
            <div role="status" aria-live="polite" data-testid="share-notice">
                {move || match taken.get() {
                    Taken::Nothing => ().into_any(),
                    Taken::Note(text) => view! {
                        <p>{state}{page::PLAIN_TEXT}</p>
                        <textarea readonly autocomplete="off" rows="12" aria-label=page::SUMMARY_LABEL prop:value=text/>
                    }.into_any(),
                    Taken::Link(address) => view! {
                        <p>{state}{page::LINK_ABOUT}</p>
                        <input type="text" readonly autocomplete="off" aria-label=page::COPY_LINK prop:value=address/>
                    }.into_any(),
                }}
            </div>
        </div>
    }
}

/// Today's date, as on the computer's calendar: year, month, day.
#[must_use]
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

/// Copies a text, and says when it was done; where the browser refuses, the text stands on the page.
fn copy(text: String, done: RwSignal<bool>) {
    let Some(clipboard) = clipboard() else { return };
    spawn_local(async move {
        if JsFuture::from(clipboard.write_text(&text)).await.is_ok() {
            done.set(true);
        }
    });
}

/// The clipboard; browsers have none on pages that were not loaded securely.
fn clipboard() -> Option<web_sys::Clipboard> {
    let clipboard = window().navigator().clipboard();
    (!wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined()).then_some(clipboard)
}

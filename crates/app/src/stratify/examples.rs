//! The menu of examples, and the banner that says whose findings are shown.

use cotside_core::cohort::read_table;
use cotside_core::infant::Field;
use cotside_views::examples::{EXAMPLES, SEVERANCE_CSV};
use cotside_words::lang::page;
use leptos::prelude::*;

use super::{Case, Origin};

/// How many patients the Severance series has.
const SEVERANCE_PATIENTS: usize = 9;

/// The menu of examples.
#[component]
pub fn Examples() -> impl IntoView {
    let case = Case::here();
    let series = StoredValue::new(
        read_table(SEVERANCE_CSV.as_bytes())
            .map(|table| table.patients)
            .unwrap_or_default(),
    );
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some(row) = value
            .strip_prefix("severance-")
            .and_then(|row| row.parse::<usize>().ok())
        {
            if let Some(entry) = series.with_value(|rows| rows.get(row).map(|patient| patient.entry.clone())) {
                case.load(entry, Origin::Row(severance_label(row)));
            }
        } else if let Some((position, example)) = value
            .parse::<usize>()
            .ok()
            .and_then(|position| Some((position, EXAMPLES.get(position)?)))
        {
            case.load(example.entry(), Origin::Example(position));
        }
    };
    let chosen = move |value: &str| match case.origin.get() {
        Origin::Example(position) => value == position.to_string(),
        Origin::Row(label) => value
            .strip_prefix("severance-")
            .and_then(|row| row.parse().ok())
            .is_some_and(|row: usize| label == severance_label(row)),
        Origin::Typed | Origin::Link => value.is_empty(),
    };
    let option = move |value: String, name: String| {
        let own = value.clone();
        view! { <option value=value prop:selected=move || chosen(&own)>{name}</option> }
    };
    let rows = series.with_value(Vec::len);
    view! {
        <label class="examples">
            <span>{page::EXAMPLES}</span>
            <select autocomplete="off" data-testid="examples" on:change=choose>
                {option(String::new(), page::CHOOSE.to_owned())}
                <optgroup label=page::PUBLISHED>
                    {option("0".to_owned(), page::EXAMPLE_WORDS[0].0.to_owned())}
                    {(0..rows).map(|row| option(format!("severance-{row}"), severance_label(row))).collect_view()}
                </optgroup>
                <optgroup label=page::MADE_UP>
                    {page::EXAMPLE_WORDS.iter().enumerate().skip(1).map(|(position, (name, _))| {
                        option(position.to_string(), (*name).to_owned())
                    }).collect_view()}
                </optgroup>
            </select>
        </label>
    }
}

fn severance_label(row: usize) -> String {
    page::severance_patient(row + 1)
}

/// Says whose findings these are, unless they were typed here, and offers an empty form.
#[component]
pub fn Banner() -> impl IntoView {
    let case = Case::here();
    let text = move || match case.origin.get() {
        Origin::Typed => None,
        Origin::Example(position) => Some((page::EXAMPLE, page::EXAMPLE_WORDS[position].1.to_owned())),
        Origin::Link => Some((page::FROM_LINK, page::FROM_LINK_MORE.to_owned())),
        Origin::Row(label) if (0..SEVERANCE_PATIENTS).any(|row| label == severance_label(row)) => {
            Some((page::EXAMPLE, page::severance_about(&label)))
        }
        Origin::Row(label) => Some((page::FROM_FILE, label)),
    };
    view! {
        {move || match text() {
            Some((title, about)) => view! {
                <div class="banner" data-testid="banner">
                    <p>
                        <strong>
                            {title}
                            {move || case.changed.get().then_some(page::CHANGED)}
                            {page::STOP}
                        </strong>
                        {about}
                    </p>
                    <button type="button" class="primary" data-testid="clear" on:click=move |_| {
                        case.clear();
                        focus_first();
                    }>{page::CLEAR_FOR_MINE}</button>
                </div>
            }.into_any(),
            None => view! {
                <div class="banner own">
                    <p><strong>{page::YOURS}</strong>{page::YOURS_MORE}</p>
                    <button type="button" data-testid="clear" on:click=move |_| {
                        case.clear();
                        focus_first();
                    }>{page::CLEAR}</button>
                </div>
            }.into_any(),
        }}
    }
}

/// Puts the cursor where a new patient begins.
fn focus_first() {
    super::field::focus(Field::AgeDays);
}

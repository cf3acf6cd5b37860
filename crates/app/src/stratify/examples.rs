//! The menu of examples, and the banner that says whose findings are shown.

use cotside_answers::examples::{EXAMPLES, SEVERANCE_CSV};
use cotside_core::infant::{Field, read_table};
use leptos::prelude::*;

use super::{Case, Origin};

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
            <span>"Examples"</span>
            <select data-testid="examples" on:change=choose>
                {option(String::new(), "choose …".to_owned())}
                <optgroup label="Published">
                    {option("0".to_owned(), EXAMPLES[0].name.to_owned())}
                    {(0..rows).map(|row| option(format!("severance-{row}"), severance_label(row))).collect_view()}
                </optgroup>
                <optgroup label="Made up, at boundaries">
                    {EXAMPLES.iter().enumerate().skip(1).map(|(position, example)| {
                        option(position.to_string(), example.name.to_owned())
                    }).collect_view()}
                </optgroup>
            </select>
        </label>
    }
}

fn severance_label(row: usize) -> String {
    format!("Severance series, patient {}", row + 1)
}

/// Says whose findings these are, unless they were typed here, and offers an empty form.
#[component]
pub fn Banner() -> impl IntoView {
    let case = Case::here();
    let text = move || match case.origin.get() {
        Origin::Typed => None,
        Origin::Example(position) => Some(("Example, not your patient", EXAMPLES[position].about.to_owned())),
        Origin::Link => Some((
            "Opened from a link",
            "Check each finding before you read the answers.".to_owned(),
        )),
        Origin::Row(label) if label.starts_with("Severance") => Some((
            "Example, not your patient",
            format!("{label} (Lee et al. 2011, as printed in its tables)."),
        )),
        Origin::Row(label) => Some(("A row of your file", label)),
    };
    view! {
        {move || match text() {
            Some((title, about)) => view! {
                <div class="banner" data-testid="banner">
                    <p>
                        <strong>
                            {title}
                            {move || case.changed.get().then_some(", changed here")}
                            ". "
                        </strong>
                        {about}
                    </p>
                    <button type="button" class="primary" data-testid="clear" on:click=move |_| {
                        case.clear();
                        focus_first();
                    }>"Clear, enter my patient"</button>
                </div>
            }.into_any(),
            None => view! {
                <div class="banner own">
                    <p><strong>"Your patient. "</strong>"Stays in this tab: nothing is stored, nothing is sent."</p>
                    <button type="button" data-testid="clear" on:click=move |_| {
                        case.clear();
                        focus_first();
                    }>"Clear"</button>
                </div>
            }.into_any(),
        }}
    }
}

/// Puts the cursor where a new patient begins.
fn focus_first() {
    super::field::focus(Field::AgeDays);
}

//! The infant on whom the draft is tried: an example, or other findings.

use cotside_core::infant::{Entry, Field, Kind};
use cotside_messages::ProtocolRequest;
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::ask;
use super::controls::{Options, fixed, options_of};
use super::editor::Editor;
use crate::part::Part;
use crate::worker_link::Link;

/// The infant that is tried.
#[derive(Clone, Copy)]
struct Tried {
    entry: RwSignal<Entry>,
    /// The example that it is, by its position; `None` once something was changed.
    example: RwSignal<Option<usize>>,
}

/// The menu of examples, the findings, and what the draft answers.
#[component]
pub fn Trial(link: Link) -> impl IntoView {
    let editor = Editor::here();
    let tried = Tried {
        entry: RwSignal::default(),
        example: RwSignal::new(None),
    };
    // The first example, once it is known.
    Effect::new(move |_| {
        let first = editor
            .examples
            .with(|examples| examples.first().map(|first| first.findings.clone()));
        if let Some(first) = first {
            tried.entry.set(Entry::from_lines(&first));
            tried.example.set(Some(0));
        }
    });
    Effect::new(move |_| ask(link, ProtocolRequest::Try(tried.entry.with(Entry::lines))));
    let chosen = Signal::derive(move || {
        tried
            .example
            .get()
            .map(|position| position.to_string())
            .unwrap_or_default()
    });
    let options = Signal::derive(move || {
        let mut options: Options = vec![(String::new(), words::OTHER_INFANT.to_owned())];
        editor.examples.with(|examples| {
            let named = examples.iter().enumerate();
            options.extend(named.map(|(position, example)| (position.to_string(), example.name.clone())));
        });
        options
    });
    let choose = move |event: leptos::ev::Event| {
        let position = event_target_value(&event).parse::<usize>().ok();
        let findings = position.and_then(|position| {
            let examples = editor.examples.read_untracked();
            examples.get(position).map(|example| example.findings.clone())
        });
        tried.example.set(position);
        tried.entry.set(
            findings
                .map(|findings| Entry::from_lines(&findings))
                .unwrap_or_default(),
        );
    };
    let asked = move || {
        let columns = editor.asked.get();
        columns
            .iter()
            .filter_map(|column| Field::from_column(column))
            .collect::<Vec<_>>()
    };
    view! {
        <div data-testid="own-trial">
            <h2>{words::TRY}</h2>
            <label>
                <span>{words::FINDINGS_OF}</span>
                <select name="example" autocomplete="off" on:change=choose>{options_of(options, chosen)}</select>
            </label>
            <div class="own-fields">
                <For each=asked key=|field| field.column() let:field><Finding tried field/></For>
            </div>
            <Part link name="trial"/>
        </div>
    }
}

/// A finding of the infant.
#[component]
fn Finding(tried: Tried, field: Field) -> impl IntoView {
    let value = Memo::new(move |_| tried.entry.with(|entry| entry.typed(field).to_owned()));
    let changed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        tried.example.set(None);
        tried.entry.update(|entry| entry.set(field, &typed));
    };
    let label = match field.kind() {
        Kind::Number { unit, .. } if field != Field::AgeDays && field != Field::AgeMonths => {
            format!("{} ({unit})", lang::field_label(field))
        }
        _ => lang::field_label(field).to_owned(),
    };
    let name = format!("find:{}", field.column());
    let control = match field.kind() {
        Kind::Code(codes) => {
            let mut options: Options = vec![(String::new(), words::UNKNOWN.to_owned())];
            let known = codes.iter();
            options.extend(known.map(|code| ((*code).to_owned(), lang::option_label(field, code).to_owned())));
            view! {
                <select name=name autocomplete="off" on:change=changed>{options_of(fixed(options), value.into())}</select>
            }
            .into_any()
        }
        _ => view! { <input type="text" autocomplete="off" name=name prop:value=value on:change=changed/> }.into_any(),
    };
    view! { <label><span>{label}</span>{control}</label> }
}

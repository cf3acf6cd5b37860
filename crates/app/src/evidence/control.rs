//! Controls of this page: a list, a text field, a box, buttons of which one is pressed. None is kept by the browser.

use cotside_core::evidence::{OWN_PREFIX, OWN_STUDY_PREFIX};
use cotside_views::english;
use leptos::prelude::*;

/// A choice: its code and its name.
pub type Choice = (String, String);

/// A list of choices.
#[component]
pub fn Select(
    /// Its name.
    #[prop(into)]
    name: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The code of the one that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the code of another one. The list goes back to `value` where that stays.
    set: Callback<String>,
    /// Whether the choices are studies or estimates, whose names are quoted in English; those of the reader are not.
    #[prop(optional)]
    quoted: bool,
) -> impl IntoView {
    let list = NodeRef::<leptos::html::Select>::new();
    let option = move |(code, name): Choice| {
        let known = code.clone();
        let is_quoted =
            quoted && !code.is_empty() && ![OWN_PREFIX, OWN_STUDY_PREFIX].iter().any(|own| code.starts_with(own));
        let language = english().filter(|_| is_quoted);
        view! { <option lang=language value=code prop:selected=move || value.with(|value| *value == known)>{name}</option> }
    };
    let changed = move |event| {
        set.run(event_target_value(&event));
        if let Some(list) = list.get_untracked() {
            list.set_value(&value.get_untracked());
        }
    };
    view! {
        <label class="labelled">
            <span>{label}</span>
            <select node_ref=list name=name autocomplete="off" on:change=changed>
                <For each=move || choices.get() key=|(code, _)| code.clone() children=option/>
            </select>
        </label>
    }
}

/// A line of text, taken when the reader leaves it.
#[component]
pub fn Text(
    /// Its name.
    name: String,
    /// Its label.
    label: &'static str,
    /// What it says.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another text.
    set: Callback<String>,
    /// An example.
    #[prop(optional)]
    hint: &'static str,
    /// Letters that it has room for.
    size: u8,
) -> impl IntoView {
    view! {
        <label class="labelled">
            <span>{label}</span>
            <input
                type="text"
                autocomplete="off"
                name=name
                size=size.to_string()
                placeholder=hint
                prop:value=value
                on:change=move |event| set.run(event_target_value(&event))
            />
        </label>
    }
}

/// Several lines of text, taken when the reader leaves them.
#[component]
pub fn Lines(
    /// Its name.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What it says.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another text.
    set: Callback<String>,
    /// An example.
    hint: &'static str,
) -> impl IntoView {
    view! {
        <label class="labelled">
            <span>{label}</span>
            <textarea
                name=name
                rows="6"
                autocomplete="off"
                spellcheck="false"
                placeholder=hint
                prop:value=value
                on:change=move |event| set.run(event_target_value(&event).trim_end().to_owned())
            ></textarea>
        </label>
    }
}

/// A box.
#[component]
pub fn Tick(
    /// Its name.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Whether it is ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// Takes whether it is ticked now.
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <label>
            <input
                type="checkbox"
                autocomplete="off"
                name=name
                prop:checked=value
                // Firefox writes to disk what the page did not have at first.
                prop:defaultChecked=value
                on:change=move |event| set.run(event_target_checked(&event))
            />
            " "{label}
        </label>
    }
}

/// Buttons side by side, of which one is pressed.
#[component]
pub fn Buttons(
    /// What the names of the buttons begin with; their codes follow.
    name: &'static str,
    /// The label of the group.
    label: &'static str,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The code of the one that is pressed.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the code of another one.
    set: Callback<String>,
) -> impl IntoView {
    let button = move |(code, text): Choice| {
        let (pressed, sent) = (code.clone(), code.clone());
        let is_pressed = move || value.with(|value| *value == pressed).to_string();
        view! {
            <button
                type="button"
                name=format!("{name}-{code}")
                aria-pressed=is_pressed
                on:click=move |_| set.run(sent.clone())
            >{text}</button>
        }
    };
    view! {
        <div class="labelled" role="group" aria-label=label>
            <span>{label}</span>
            <div class="chips">{move || choices.get().into_iter().map(button).collect_view()}</div>
        </div>
    }
}

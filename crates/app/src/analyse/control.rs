//! Controls of a setting: a label above, the control below.

use leptos::prelude::*;

/// A list of values.
#[component]
pub fn Select(
    /// The name of the control.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Codes and words of the values, and whether one can be chosen.
    #[prop(into)]
    options: Signal<Vec<(String, String, bool)>>,
    /// The code of the value.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the code of what was chosen.
    choose: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    let option = move |(code, words, enabled): (String, String, bool)| {
        let is_chosen = {
            let code = code.clone();
            move || value.with(|value| *value == code)
        };
        view! { <option value=code prop:selected=is_chosen disabled=!enabled>{words}</option> }
    };
    view! {
        <label class="setting">
            <span>{label}</span>
            <select name=name autocomplete="off" on:change=move |event| choose(event_target_value(&event))>
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// A text that is taken when the reader leaves it or presses Enter.
#[component]
pub fn Text(
    /// The name of the control.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was typed.
    choose: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <label class="setting">
            <span>{label}</span>
            <input
                type="text"
                name=name
                autocomplete="off"
                prop:value=value
                on:change=move |event| choose(event_target_value(&event))
            />
        </label>
    }
}

/// A tick.
#[component]
pub fn Tick(
    /// The name of the control.
    #[prop(into)]
    name: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Whether it is set.
    #[prop(into)]
    value: Signal<bool>,
    /// Takes whether it is set now.
    choose: impl Fn(bool) + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input
                type="checkbox"
                name=name
                autocomplete="off"
                prop:checked=value
                // Firefox writes to disk what the page did not have at first.
                prop:defaultChecked=value
                on:change=move |event| choose(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}

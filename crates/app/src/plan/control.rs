//! Controls of the form: a choice as buttons or a list, and a number with what is wrong with it below.

use cotside_views::english;
use leptos::prelude::*;

/// Codes and names of a choice.
pub type Choices = Vec<(String, String)>;

/// A list of a choice.
#[component]
pub fn Select(
    /// The name of the control.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Codes and names.
    #[prop(into)]
    choices: Signal<Choices>,
    /// The code of the one that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the code of another one.
    choose: impl Fn(String) + Send + Sync + 'static,
    /// Whether the names but that of the empty code are quoted in English.
    #[prop(optional)]
    quoted: bool,
) -> impl IntoView {
    let option = move |(code, words): (String, String)| {
        let known = code.clone();
        let language = english().filter(|_| quoted && !code.is_empty());
        view! { <option value=code lang=language prop:selected=move || value.with(|value| *value == known)>{words}</option> }
    };
    view! {
        <label class="setting">
            <span>{label}</span>
            <select name=name autocomplete="off" on:change=move |event| choose(event_target_value(&event))>
                {move || choices.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// A number, taken as it is typed, with what is wrong with it, or what follows where it is empty, below.
#[component]
pub fn Number(
    /// The name of the control.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Its text.
    #[prop(into)]
    value: Signal<String>,
    /// What is wrong with it; empty where nothing is.
    #[prop(into)]
    fault: Signal<String>,
    /// What follows where it is empty.
    hint: &'static str,
    /// Takes what was typed.
    typed: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    let fault_id = format!("fault-{name}");
    let described = fault_id.clone();
    let is_wrong = move || fault.with(|fault| !fault.is_empty());
    view! {
        <div class="setting entry">
            <label>
                <span>{label}</span>
                <input
                    type="text"
                    inputmode="decimal"
                    name=name
                    autocomplete="off"
                    prop:value=value
                    aria-invalid=move || is_wrong().then_some("true")
                    aria-describedby=described
                    on:input=move |event| typed(event_target_value(&event))
                />
            </label>
            <span id=fault_id class=move || if is_wrong() { "fault" } else { "quiet" } role="status">
                {move || if is_wrong() { fault.get() } else { hint.to_owned() }}
            </span>
        </div>
    }
}

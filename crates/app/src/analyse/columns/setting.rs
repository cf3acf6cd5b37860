//! A setting of how a file is read: a list, or all options to be seen. Its options say themselves what choosing them means.

use cotside_messages::{FileSetting, SettingPlace};
use leptos::prelude::*;

use crate::worker_link::Link;

/// Chooses an option.
fn choose(link: Link, setting: Memo<FileSetting>, place: usize) {
    let request = setting.with_untracked(|setting| setting.options.get(place).map(|option| option.request.clone()));
    if let Some(request) = request {
        link.say_of_file(request);
    }
}

/// The words of an option.
fn name_of(setting: Memo<FileSetting>, place: usize) -> String {
    setting.with(|setting| {
        let option = setting.options.get(place);
        option.map(|option| option.name.clone()).unwrap_or_default()
    })
}

fn places(setting: Memo<FileSetting>) -> std::ops::Range<usize> {
    0..setting.with(|setting| setting.options.len())
}

/// The list of options.
#[component]
pub fn SettingList(
    /// Whose file.
    link: Link,
    /// The setting.
    setting: Memo<FileSetting>,
    /// Its name for those who do not see where it is.
    spoken: String,
) -> impl IntoView {
    let name = setting.with_untracked(|setting| setting.name.clone());
    let chosen = Memo::new(move |_| setting.with(|setting| setting.chosen));
    let changed = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            choose(link, setting, place);
        }
    };
    view! {
        <select name=name aria-label=spoken autocomplete="off" on:change=changed>
            <For each=move || places(setting) key=|place| *place let:place>
                <option value=place.to_string() prop:selected=move || chosen.get() == Some(place)>
                    {move || name_of(setting, place)}
                </option>
            </For>
        </select>
    }
}

/// All options side by side.
#[component]
fn SettingChoices(
    /// Whose file.
    link: Link,
    /// The setting.
    setting: Memo<FileSetting>,
    /// Its name for those who do not see where it is.
    spoken: String,
) -> impl IntoView {
    let name = StoredValue::new(setting.with_untracked(|setting| setting.name.clone()));
    let chosen = Memo::new(move |_| setting.with(|setting| setting.chosen));
    let option = move |place: usize| {
        let is_chosen = move || chosen.get() == Some(place);
        view! {
            <label>
                <input
                    type="radio"
                    name=name.get_value()
                    value=place.to_string()
                    autocomplete="off"
                    prop:checked=is_chosen
                    // Firefox writes to disk what the page did not have at first.
                    prop:defaultChecked=is_chosen
                    on:change=move |_| choose(link, setting, place)
                />
                <span>{move || name_of(setting, place)}</span>
            </label>
        }
    };
    view! {
        <div class="choices" role="radiogroup" aria-label=spoken>
            <For each=move || places(setting) key=|place| *place children=option/>
        </div>
    }
}

/// A setting under a label, with what is open about it.
#[component]
pub fn SettingLine(
    /// Whose file.
    link: Link,
    /// The setting.
    setting: Memo<FileSetting>,
    /// Its name for those who do not see where it is.
    spoken: String,
) -> impl IntoView {
    let control = match setting.with_untracked(|setting| setting.place) {
        SettingPlace::BelowOpen => view! { <SettingChoices link setting spoken/> }.into_any(),
        SettingPlace::Row | SettingPlace::Below => view! { <SettingList link setting spoken/> }.into_any(),
    };
    view! {
        <div class="line">
            <span class="quiet">{move || setting.with(|setting| setting.label.clone())}</span>
            <Questions questions=Signal::derive(move || setting.with(|setting| setting.questions.clone()))/>
            {control}
        </div>
    }
}

/// What is open.
#[component]
pub fn Questions(
    /// One sentence each.
    questions: Signal<Vec<String>>,
) -> impl IntoView {
    let question = |question: String| view! { <p class="remark invalid">{question}</p> };
    move || questions.get().into_iter().map(question).collect_view()
}

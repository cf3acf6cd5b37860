//! Values for which the adjusted models predict: a fold with a control for each variable, of a few profiles.

use cotside_messages::{GivenVariable, MOST_PROFILES, Profiles};
use cotside_words::lang::model_page::with_count;
use cotside_words::lang::predicted as words;
use leptos::prelude::*;

use super::control::{Select, Text};
use super::settings::Asked;

/// Changes the profiles.
fn give(asked: Asked, change: impl FnOnce(&mut Profiles)) {
    asked.change(|settings| change(&mut settings.predictions));
}

/// The control of a variable in the profile at a place.
fn control(asked: Asked, at: usize, variable: GivenVariable) -> AnyView {
    let (id, shown) = (variable.id.clone(), variable.id);
    let value = asked.text(move |settings| settings.predictions.value(at, &shown).to_owned());
    let choose = move |text: String| give(asked, |profiles| profiles.set(at, &id, &text));
    if variable.levels.is_empty() {
        return view! { <Text name="predict" label=variable.name value choose/> }.into_any();
    }
    let none = (String::new(), words::CHOOSE.to_owned(), true);
    let levels = variable.levels.clone();
    let options = Signal::derive(move || {
        let listed = levels.iter().map(|level| (level.clone(), level.clone(), true));
        let now = value.get();
        // A level that this file, or this grouping, does not have: it can be seen and undone.
        let other = (!now.is_empty() && !levels.contains(&now)).then(|| (now.clone(), now, true));
        std::iter::once(none.clone())
            .chain(listed)
            .chain(other)
            .collect::<Vec<_>>()
    });
    view! { <Select name="predict" label=variable.name options value choose/> }.into_any()
}

/// The fold: the profiles side by side, and the buttons that add one and take one away.
#[component]
pub fn Predictions(asked: Asked) -> impl IntoView {
    let variables = asked.list(|choices| choices.model.given.clone());
    let profiles = Memo::new(move |_| asked.settings.with(|settings| settings.predictions.len()));
    // One is there from the beginning; the first value does not make the controls anew, so that the focus stays.
    let rows = Memo::new(move |_| profiles.get().max(1));
    let set = move || asked.settings.with(|settings| settings.predictions.asked().count());
    let profile = move |at: usize| {
        let name = words::profile(at + 1);
        let spoken = name.clone();
        let label = format!("{} {name}", words::REMOVE);
        let remove = move || {
            let label = label.clone();
            (at < profiles.get()).then(|| {
                view! {
                    <button type="button" aria-label=label on:click=move |_| give(asked, |profiles| profiles.remove(at))>
                        {words::REMOVE}
                    </button>
                }
            })
        };
        let controls = variables.get().into_iter().map(|variable| control(asked, at, variable));
        view! {
            <div class="tools" role="group" aria-label=spoken data-testid=format!("profile-{}", at + 1)>
                <span>{name}</span>
                {controls.collect_view()}
                {remove}
            </div>
        }
    };
    view! {
        <details class="more" data-testid="predictions">
            <summary>{move || with_count(words::HEADING, set())}</summary>
            {move || {
                if variables.with(Vec::is_empty) {
                    return view! { <p class="quiet">{words::NEEDS_VARIABLES}</p> }.into_any();
                }
                view! {
                    <p class="quiet">{words::NOTE}</p>
                    {(0..rows.get()).map(profile).collect_view()}
                    <button
                        type="button"
                        data-testid="add-profile"
                        disabled=move || !(1..MOST_PROFILES).contains(&profiles.get())
                        on:click=move |_| give(asked, Profiles::add)
                    >
                        {words::ADD}
                    </button>
                }
                .into_any()
            }}
        </details>
    }
}

//! From when time is counted.

use cotside_core::cohort::Origin;
use cotside_messages::OriginChoice;
use cotside_words::lang::origin as words;
use leptos::prelude::*;

use super::control::Select;
use super::settings::Asked;

/// The days from which time can be counted; one from which nobody can be followed says why.
#[component]
pub fn OriginSelect(asked: Asked) -> impl IntoView {
    let origins = asked.list(|choices| choices.origins.iter().map(option).collect());
    let offered = Memo::new(move |_| origins.with(|origins| !origins.is_empty()));
    move || {
        offered.get().then(|| {
            view! {
                <Select
                    name="origin"
                    label=words::LABEL
                    options=origins
                    value=asked.text(|settings| settings.origin.code().to_owned())
                    choose=move |code| {
                        if let Some(origin) = Origin::from_code(&code) {
                            asked.change(|settings| settings.set_origin(origin));
                        }
                    }
                />
            }
        })
    }
}

/// Its code, its name, whether it can be chosen.
fn option(origin: &OriginChoice) -> (String, String, bool) {
    let name = match &origin.obstacle {
        Some(why) => words::not_offered(&origin.name, why),
        None => origin.name.clone(),
    };
    (origin.code.clone(), name, origin.obstacle.is_none())
}

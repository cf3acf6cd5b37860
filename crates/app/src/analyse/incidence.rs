//! How the figure of competing risks is laid out.

use cotside_messages::IncidenceLayout;
use cotside_words::lang::incidence as words;
use leptos::prelude::*;

use super::control::Select;
use super::settings::Asked;

/// A panel for each cause, one panel, or stacked areas.
#[component]
pub fn IncidenceSettings(asked: Asked) -> impl IntoView {
    let layouts: Vec<(String, String, bool)> = IncidenceLayout::ALL
        .iter()
        .map(|layout| (layout.code().to_owned(), words::layout(layout.code()).to_owned(), true))
        .collect();
    view! {
        <div class="tools">
            <Select
                name="incidence"
                label=words::LAYOUT
                options=layouts
                value=asked.text(|settings| settings.incidence.code().to_owned())
                choose=move |code| asked.change(|settings| {
                    settings.incidence = IncidenceLayout::from_code(&code).unwrap_or_default();
                })
            />
        </div>
    }
}

//! Settings of tests and of analyses with a time: less used, and folded.

use cotside_messages::{GroupTest, number};
use cotside_words::lang::cohort_page::{heading, label};
use leptos::prelude::*;

use super::control::{Select, Text};
use super::settings::{Asked, codes};

/// The test between groups, the horizon of restricted means, the landmark.
#[component]
pub fn TestSettings(asked: Asked) -> impl IntoView {
    let horizon = Signal::derive(move || {
        let horizon = asked
            .choices
            .with(|choices| choices.as_ref().and_then(|choices| choices.horizon));
        horizon
            .map(|years| ((years * 100.0).round() / 100.0).to_string())
            .unwrap_or_default()
    });
    view! {
        <details class="more" data-testid="tests">
            <summary>{heading::TESTS}</summary>
            <Select
                name="test"
                label=label::TEST
                options=codes(GroupTest::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.test.code().to_owned())
                choose=move |code| asked.change(|settings| settings.test = GroupTest::from_code(&code).unwrap_or_default())
            />
            <Text
                name="tau"
                label=label::HORIZON
                value=horizon
                choose=move |text| asked.change(|settings| settings.tau = number(&text).filter(|years| *years > 0.0))
            />
            <Text
                name="landmark"
                label=label::LANDMARK
                value=asked.text(|settings| settings.landmark.to_string())
                choose=move |text| {
                    if let Some(years) = number(&text) {
                        asked.change(|settings| settings.landmark = years);
                    }
                }
            />
        </details>
    }
}

//! What adjusted curves and mixture cure models ask for.

use cotside_messages::{CureDistribution, CureTimes, GroupAs};
use cotside_words::lang::adjusted as words;
use leptos::prelude::*;

use super::control::Select;
use super::model::Variables;
use super::settings::Asked;

fn listed(codes: impl IntoIterator<Item = &'static str>) -> Vec<(String, String, bool)> {
    let with_words = |code: &'static str| (code.to_owned(), words::value(code).to_owned(), true);
    codes.into_iter().map(with_words).collect()
}

/// The variables of the model, and how the groups enter it.
#[component]
pub fn AdjustedSettings(asked: Asked) -> impl IntoView {
    view! {
        <Variables asked/>
        <div class="tools">
            <Select
                name="group-as"
                label=words::GROUP_AS
                options=listed(GroupAs::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.group_as.code().to_owned())
                choose=move |code| asked.change(|settings| settings.group_as = GroupAs::from_code(&code).unwrap_or_default())
            />
        </div>
    }
}

/// The distribution of the times of those not cured, and whether groups differ in them.
#[component]
pub fn CureSettings(asked: Asked) -> impl IntoView {
    view! {
        <div class="tools">
            <Select
                name="cure-distribution"
                label=words::DISTRIBUTION
                options=listed(CureDistribution::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.cure_distribution.code().to_owned())
                choose=move |code| asked.change(|settings| {
                    settings.cure_distribution = CureDistribution::from_code(&code).unwrap_or_default();
                })
            />
            <Select
                name="cure-times"
                label=words::TIMES
                options=listed(CureTimes::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.cure_times.code().to_owned())
                choose=move |code| asked.change(|settings| settings.cure_times = CureTimes::from_code(&code).unwrap_or_default())
            />
        </div>
    }
}

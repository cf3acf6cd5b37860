//! What competing risks and parametric models ask for themselves.

use cotside_messages::{PairCorrection, TimesDistribution};
use cotside_words::lang::incidence_comparison as pairs;
use cotside_words::lang::parametric_results as parametric;
use leptos::prelude::*;

use super::control::Select;
use super::settings::Asked;

/// How P values of pairs are corrected, where groups are compared.
#[component]
pub fn PairSettings(asked: Asked) -> impl IntoView {
    let compares = asked.truth(|settings| !settings.group.is_empty());
    let all = PairCorrection::ALL.iter().map(|each| each.code());
    let options: Vec<_> = all
        .map(|code| (code.to_owned(), pairs::correction(code).to_owned(), true))
        .collect();
    move || {
        let options = options.clone();
        compares.get().then(|| {
            view! {
                <div class="tools">
                    <Select
                        name="correction"
                        label=pairs::CORRECTION
                        options=options
                        value=asked.text(|settings| settings.risks.correction.code().to_owned())
                        choose=move |code| asked.change(|settings| {
                            settings.risks.correction = PairCorrection::from_code(&code).unwrap_or_default();
                        })
                    />
                </div>
            }
        })
    }
}

/// The distribution of times.
#[component]
pub fn ParametricSettings(asked: Asked) -> impl IntoView {
    let all = TimesDistribution::ALL.iter().map(|each| each.code());
    let options: Vec<_> = all
        .map(|code| (code.to_owned(), parametric::distribution_choice(code).to_owned(), true))
        .collect();
    view! {
        <div class="tools">
            <Select
                name="distribution"
                label=parametric::DISTRIBUTION
                options=options
                value=asked.text(|settings| settings.risks.distribution.code().to_owned())
                choose=move |code| asked.change(|settings| {
                    settings.risks.distribution = TimesDistribution::from_code(&code).unwrap_or_default();
                })
            />
        </div>
    }
}

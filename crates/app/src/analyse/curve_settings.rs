//! Settings of intervals, quantiles, conditional survival, simultaneous bands and the cumulative hazard: less used, and folded.

use cotside_messages::{
    CurveOptions, HazardEstimate, IntervalScale, SimultaneousBand, conditional, level, number, quantiles,
};
use cotside_words::lang::curve_page as words;
use leptos::prelude::*;

use super::control::{Select, Text};
use super::settings::{Asked, listed};

/// Codes with their words.
fn options(codes: impl Iterator<Item = &'static str>) -> Vec<(String, String, bool)> {
    let option = |code: &'static str| (code.to_owned(), words::value(code).to_owned(), true);
    codes.map(option).collect()
}

/// A number, or nothing.
fn shown(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Takes what was typed where it is understood; whether it is.
fn take<T>(asked: Asked, typed: Option<T>, change: impl FnOnce(&mut CurveOptions, T)) -> bool {
    let is_understood = typed.is_some();
    if let Some(value) = typed {
        asked.change(|settings| change(&mut settings.curve_options, value));
    }
    is_understood
}

/// Why what was typed is not taken.
fn refusal(is_refused: RwSignal<bool>, why: &'static str) -> impl IntoView {
    move || {
        is_refused
            .get()
            .then(|| view! { <p class="remark invalid" role="alert">{why}</p> })
    }
}

/// Scale and level of intervals, quantiles, conditional survival, bands.
#[component]
pub fn CurveSettings(asked: Asked) -> impl IntoView {
    let (bad_level, bad_quantiles) = (RwSignal::new(false), RwSignal::new(false));
    let has_band = Memo::new(move |_| {
        let band = asked.settings.with(|settings| settings.curve_options.band);
        band != SimultaneousBand::Pointwise
    });
    view! {
        <details class="more" data-testid="curve-settings">
            <summary>{words::HEADING}</summary>
            <Select
                name="interval"
                label=words::INTERVAL
                options=options(IntervalScale::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.curve_options.scale.code().to_owned())
                choose=move |code| asked.change(|settings| {
                    settings.curve_options.scale = IntervalScale::from_code(&code).unwrap_or_default();
                })
            />
            <Text
                name="level"
                label=words::LEVEL
                value=asked.text(|settings| settings.curve_options.level.to_string())
                choose=move |text| bad_level.set(!take(asked, level(&text), |options, level| options.level = level))
            />
            {refusal(bad_level, words::LEVEL_REFUSED)}
            <Text
                name="quantiles"
                label=words::QUANTILES
                value=asked.text(|settings| listed(&settings.curve_options.quantiles))
                choose=move |text| {
                    bad_quantiles.set(!take(asked, quantiles(&text), |options, percents| options.quantiles = percents));
                }
            />
            {refusal(bad_quantiles, words::QUANTILES_REFUSED)}
            <Text
                name="conditional"
                label=words::CONDITIONAL
                value=asked.text(|settings| listed(&settings.curve_options.conditional))
                choose=move |text| asked.change(|settings| settings.curve_options.conditional = conditional(&text))
            />
            <Select
                name="simultaneous"
                label=words::BAND
                options=options(SimultaneousBand::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.curve_options.band.code().to_owned())
                choose=move |code| asked.change(|settings| {
                    settings.curve_options.band = SimultaneousBand::from_code(&code).unwrap_or_default();
                })
            />
            {move || has_band.get().then(|| view! {
                <div class="pair">
                    <Text
                        name="band-from"
                        label=words::BAND_FROM
                        value=asked.text(|settings| shown(settings.curve_options.band_from))
                        choose=move |text| asked.change(|settings| settings.curve_options.band_from = number(&text))
                    />
                    <Text
                        name="band-to"
                        label=words::BAND_TO
                        value=asked.text(|settings| shown(settings.curve_options.band_to))
                        choose=move |text| asked.change(|settings| settings.curve_options.band_to = number(&text))
                    />
                </div>
            })}
            <Select
                name="hazard"
                label=words::HAZARD
                options=options(HazardEstimate::ALL.iter().map(|each| each.code()))
                value=asked.text(|settings| settings.curve_options.hazard.code().to_owned())
                choose=move |code| asked.change(|settings| {
                    settings.curve_options.hazard = HazardEstimate::from_code(&code).unwrap_or_default();
                })
            />
        </details>
    }
}

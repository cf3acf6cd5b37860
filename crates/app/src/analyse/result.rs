//! One result at a time: which parts it consists of, and the settings that are its own.

use cotside_messages::{GroupTest, number};
use cotside_words::en::cohort_page::{self as words, Result, label};
use leptos::prelude::*;

use super::control::{Select, Text, Tick};
use super::model::CoxSettings;
use super::settings::{Asked, codes, options};
use crate::part::Part;
use crate::worker_link::Link;

/// A result: its place in the index, and the parts that it consists of.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Route and name.
    pub result: Result,
    /// Its parts.
    parts: &'static [&'static str],
}

impl Shown {
    /// Whether any of these parts is one of its.
    pub fn has_any(&self, parts: &[String]) -> bool {
        parts.iter().any(|part| self.parts.contains(&part.as_str()))
    }
}

const fn shown(result: Result, parts: &'static [&'static str]) -> Shown {
    Shown { result, parts }
}

/// The results in the order of the index, in groups.
pub const RESULTS: [(&str, &[Shown]); 3] = [
    (
        words::heading::RESULTS,
        &[
            shown(words::PATIENTS, &["included", "describe"]),
            shown(words::SURVIVAL, &["curves", "comparison"]),
            shown(words::COMPETING, &["competing", "causes"]),
            shown(words::TRANSPLANT, &["transplant"]),
            shown(words::COX, &["models"]),
            shown(words::SUBGROUPS, &["subgroups"]),
        ],
    ),
    (
        words::heading::PROTOCOLS,
        &[
            shown(words::RISK_GROUPS, &["protocols"]),
            shown(words::DISCRIMINATION, &["discrimination"]),
        ],
    ),
    (words::heading::EXPORT, &[shown(words::OUTPUTS, &["outputs"])]),
];

/// All results.
pub fn all() -> impl Iterator<Item = Shown> {
    RESULTS.into_iter().flat_map(|(_, shown)| shown.iter().copied())
}

/// A result, which is there while its route is shown.
#[component]
pub fn ResultPane(
    /// Whose parts.
    link: Link,
    /// The settings.
    asked: Asked,
    /// Which result.
    shown: Shown,
    /// The route that is shown.
    route: Memo<String>,
) -> impl IntoView {
    let name = shown.result.route;
    let hidden = Memo::new(move |_| route.with(|route| route != name));
    // Curves are read before the test between them is chosen.
    let (before, after) = shown.parts.split_at(usize::from(name == words::SURVIVAL.route));
    let parts = move |names: &'static [&'static str]| {
        let part = move |name: &'static str| view! { <Part link name/> };
        names.iter().copied().map(part).collect_view()
    };
    view! {
        <section data-result=name hidden=hidden aria-label=shown.result.name>
            {parts(before)}
            {settings_of(asked, name)}
            {parts(after)}
        </section>
    }
}

/// The settings that one result alone reads.
fn settings_of(asked: Asked, route: &str) -> AnyView {
    match route {
        "survival" => view! { <SurvivalSettings asked/> }.into_any(),
        "transplant" => view! {
            <div class="tools">
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
            </div>
        }
        .into_any(),
        "cox" => view! { <CoxSettings asked/> }.into_any(),
        "risk-groups" => view! { <Reclassified asked/> }.into_any(),
        _ => ().into_any(),
    }
}

/// The test between groups, the horizon of means, published estimates over the curve.
#[component]
fn SurvivalSettings(asked: Asked) -> impl IntoView {
    let horizon = Signal::derive(move || {
        let horizon = asked
            .choices
            .with(|choices| choices.as_ref().and_then(|choices| choices.horizon));
        horizon
            .map(|years| ((years * 100.0).round() / 100.0).to_string())
            .unwrap_or_default()
    });
    let compares = Memo::new(move |_| asked.settings.with(|settings| !settings.group.is_empty()));
    let published = asked.list(|choices| choices.published.clone());
    let chosen = move || asked.settings.with(|settings| settings.published.len());
    let estimate = move |choice: cotside_messages::Choice| {
        let (id, name) = (choice.id.clone(), format!("published:{}", choice.id));
        let known = choice.id.clone();
        view! {
            <Tick
                name=name
                label=choice.name
                value=asked.truth(move |settings| settings.published.contains(&known))
                choose=move |set| asked.change(|settings| put(&mut settings.published, &id, set))
            />
        }
    };
    let study = move |study: cotside_messages::PublishedChoice| {
        view! {
            <fieldset class="published">
                <legend>{study.study}</legend>
                {study.estimates.into_iter().map(estimate).collect_view()}
            </fieldset>
        }
    };
    view! {
        {move || compares.get().then(|| view! {
            <div class="tools">
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
            </div>
        })}
        {move || published.with(|published| !published.is_empty()).then(|| view! {
            <details class="more" data-testid="published-choice">
                <summary>{label::PUBLISHED}" ("{chosen}")"</summary>
                {move || published.get().into_iter().map(study).collect_view()}
            </details>
        })}
    }
}

/// Two protocols side by side.
#[component]
fn Reclassified(asked: Asked) -> impl IntoView {
    let protocols = asked.list(|choices| options(None, choices.protocols.clone()));
    let choose = move |name: &'static str, label: &'static str, place: usize| {
        view! {
            <Select
                name=name
                label=label
                options=protocols
                value=asked.text(move |settings| settings.reclassified[place].clone())
                choose=move |id| asked.change(|settings| settings.reclassified[place] = id)
            />
        }
    };
    view! {
        <div class="tools">
            {choose("from", label::FROM, 0)}
            {choose("to", label::TO, 1)}
        </div>
    }
}

/// Takes an id into a set, or out of it.
fn put(set: &mut std::collections::BTreeSet<String>, id: &str, is_in: bool) {
    if is_in {
        set.insert(id.to_owned());
    } else {
        set.remove(id);
    }
}

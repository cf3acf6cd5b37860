//! One result at a time: which parts it consists of, and the settings that are its own.

use cotside_views::english;
use cotside_words::lang::cohort_page::{self as words, Result, label};
use cotside_words::lang::own_estimates::UNDER_EVIDENCE;
use cotside_words::lang::reporting::REPORTING;
use leptos::prelude::*;

use super::adjusted::{AdjustedSettings, CureSettings};
use super::control::{Select, Tick};
use super::incidence::IncidenceSettings;
use super::model::CoxSettings;
use super::predictions::Predictions;
use super::risks::{PairSettings, ParametricSettings};
use super::settings::{Asked, FigureSettings, options};
use super::views::{View, Views, shown_view};
use crate::part::Part;
use crate::worker_link::Link;

/// A result: its place in the index, and the parts that it consists of.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Route and name.
    pub result: Result,
    /// Its parts.
    parts: &'static [&'static str],
    /// The part with its methods.
    methods: Option<&'static str>,
}

impl Shown {
    /// Its parts with that of its methods.
    pub fn all_parts(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.parts.iter().copied().chain(self.methods)
    }

    /// Whether any of these parts is one of its.
    pub fn has_any(&self, parts: &[String]) -> bool {
        self.all_parts().any(|own| parts.iter().any(|part| part == own))
    }
}

const fn shown(result: Result, parts: &'static [&'static str]) -> Shown {
    Shown {
        result,
        parts,
        methods: None,
    }
}

const fn with_methods(result: Result, parts: &'static [&'static str], methods: &'static str) -> Shown {
    Shown {
        result,
        parts,
        methods: Some(methods),
    }
}

/// The results in the order of the index, in groups.
pub const RESULTS: [(&str, &[Shown]); 3] = [
    (
        words::heading::RESULTS,
        &[
            shown(words::PATIENTS, &["included", "describe"]),
            with_methods(
                words::SURVIVAL,
                &["key_numbers", "curves", "estimates", "comparison"],
                "survival_methods",
            ),
            shown(words::PANELS, &["panels", "difference"]),
            with_methods(words::COMPETING, &["competing", "causes"], "competing_methods"),
            with_methods(words::TRANSPLANT, &["transplant"], "transplant_methods"),
            with_methods(words::COX, &["models", "predicted"], "cox_methods"),
            with_methods(words::ADJUSTED, &["adjusted"], "adjusted_methods"),
            with_methods(words::CURE, &["cure"], "cure_methods"),
            with_methods(words::PARAMETRIC, &["parametric"], "parametric_methods"),
            with_methods(words::SUBGROUPS, &["subgroups"], "subgroups_methods"),
        ],
    ),
    (
        words::heading::PROTOCOLS,
        &[
            shown(words::RISK_GROUPS, &["protocols"]),
            shown(words::DISCRIMINATION, &["discrimination"]),
        ],
    ),
    (
        words::heading::EXPORT,
        &[shown(REPORTING, &["reporting"]), shown(words::OUTPUTS, &["outputs"])],
    ),
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
    /// The view of results.
    tab: RwSignal<View>,
) -> impl IntoView {
    let name = shown.result.route;
    let hidden = Memo::new(move |_| route.with(|route| route != name));
    let view = Memo::new(move |_| shown_view(name, tab.get()));
    let part = move |name: &'static str| view! { <Part link name/> };
    let beside = move || {
        let is_shown = !hidden.get();
        match view.get() {
            View::Options if is_shown => view! { <div class="options"><FigureSettings asked/></div> }.into_any(),
            View::Published if is_shown => view! { <Published asked/> }.into_any(),
            _ => ().into_any(),
        }
    };
    let methods = shown.methods.map(part);
    let all: Vec<_> = shown.parts.iter().map(|name| link.part(name)).collect();
    let is_empty = move || !link.busy.get() && all.iter().all(|part| part.with(String::is_empty));
    let nothing = move || is_empty().then(|| view! { <p class="quiet" data-testid="no-result">{words::NO_RESULT}</p> });
    // Curves and estimates are side by side; the view Table has all numbers.
    let content = if name == words::SURVIVAL.route {
        view! {
            {part("key_numbers")}
            {part("comparison")}
            <div class="beside">
                {part("curves")}
                <div class="side">{beside}{part("estimates")}{methods}</div>
            </div>
        }
        .into_any()
    } else {
        let parts = shown.parts.iter().copied().map(part).collect_view();
        view! {
            {settings_of(asked, name)}
            {beside}
            {parts}
            {methods}
        }
        .into_any()
    };
    view! {
        <section data-result=name data-shown=move || view.get().code() hidden=hidden aria-label=shown.result.name>
            <Views route=name tab/>
            {nothing}
            {content}
        </section>
    }
}

/// The settings that one result alone reads.
fn settings_of(asked: Asked, route: &str) -> AnyView {
    match route {
        "competing" => view! { <IncidenceSettings asked/> <PairSettings asked/> }.into_any(),
        "adjusted" => view! { <AdjustedSettings asked/> }.into_any(),
        "cure" => view! { <CureSettings asked/> }.into_any(),
        "parametric" => view! { <ParametricSettings asked/> <Predictions asked/> }.into_any(),
        "cox" => view! { <CoxSettings asked/> }.into_any(),
        "risk-groups" => view! { <Reclassified asked/> }.into_any(),
        _ => ().into_any(),
    }
}

/// Published estimates to be set over the curve, in English as they are quoted.
#[component]
fn Published(asked: Asked) -> impl IntoView {
    let published = asked.list(|choices| choices.published.clone());
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
            <fieldset class="published" lang=english()>
                <legend>{study.study}</legend>
                {study.estimates.into_iter().map(estimate).collect_view()}
            </fieldset>
        }
    };
    view! {
        <div class="published-choice" data-testid="published-choice">
            <h3>{label::PUBLISHED}</h3>
            {move || published.with(Vec::is_empty).then(|| view! { <p class="quiet">{words::NO_PUBLISHED}</p> })}
            {move || published.get().into_iter().map(study).collect_view()}
            <p class="quiet">{UNDER_EVIDENCE}</p>
        </div>
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

//! The controls of Cox's regression: variables and their scales, interactions, a spline, one cause, what models take beside
//! covariates, values for which is predicted.

use cotside_core::survival::CovariateScale;
use cotside_messages::{
    Choice, EntryUnit, Interaction, Knots, ModelChoices, ModelOptions, ModelVariable, Settings, TieMethod, number,
};
use cotside_words::lang::model_page as words;
use leptos::prelude::*;

use super::control::{Select, Text, Tick};
use super::predictions::Predictions;
use super::settings::{Asked, options};

/// All controls of the models.
#[component]
pub fn CoxSettings(asked: Asked) -> impl IntoView {
    view! {
        <Variables asked/>
        <Shown asked/>
        <Scales asked/>
        <Interactions asked/>
        <Design asked/>
        <Predictions asked/>
    }
}

/// A list of what can be chosen for the models.
fn listed<T: Clone + PartialEq + Send + Sync + 'static>(
    asked: Asked,
    list: impl Fn(&ModelChoices) -> Vec<T> + Send + Sync + 'static,
) -> Memo<Vec<T>> {
    asked.list(move |choices| list(&choices.model))
}

/// Changes how models are built.
fn build(asked: Asked, change: impl FnOnce(&mut ModelOptions)) {
    asked.change(|settings| change(&mut settings.model_options));
}

/// A list of choices, none of which may be chosen; with what is chosen where it is not among them, so that it can be undone.
fn chosen_from(
    asked: Asked,
    first: &'static str,
    list: Memo<Vec<Choice>>,
    value: fn(&ModelOptions) -> &String,
) -> Memo<Vec<(String, String, bool)>> {
    Memo::new(move |_| {
        let mut all = options(Some(first), list.get());
        let chosen = asked.settings.with(|settings| value(&settings.model_options).clone());
        if all.iter().all(|(id, ..)| *id != chosen) {
            all.push((chosen, words::NOT_OFFERED.to_owned(), true));
        }
        all
    })
}

/// Codes with their words.
fn coded(codes: impl IntoIterator<Item = &'static str>) -> Vec<(String, String, bool)> {
    let with_words = |code: &'static str| (code.to_owned(), words::value(code).to_owned(), true);
    codes.into_iter().map(with_words).collect()
}

/// The variables that are in the model, of those that can be.
fn in_model(asked: Asked) -> Memo<Vec<ModelVariable>> {
    let all = listed(asked, |model| model.variables.clone());
    Memo::new(move |_| {
        let mut variables = all.get();
        asked
            .settings
            .with(|settings| variables.retain(|each| settings.model.contains(&each.id)));
        variables
    })
}

/// A tick for each variable.
#[component]
pub fn Variables(asked: Asked) -> impl IntoView {
    let variables = asked.list(|choices| choices.variables.clone());
    let variable = move |choice: Choice| {
        let (id, name, known) = (choice.id.clone(), format!("model:{}", choice.id), choice.id);
        view! {
            <Tick
                name=name
                label=choice.name
                value=asked.truth(move |settings| settings.model.contains(&known))
                choose=move |set| asked.change(|settings| put(&mut settings.model, id.clone(), set))
            />
        }
    };
    view! {
        <fieldset class="ticks" data-testid="model">
            <legend>{words::MODEL}</legend>
            {move || variables.get().into_iter().map(variable).collect_view()}
        </fieldset>
    }
}

/// What is shown of the model: one cause, a spline, a coefficient over time; Firth's penalty.
#[component]
fn Shown(asked: Asked) -> impl IntoView {
    let causes = listed(asked, |model| model.causes.clone());
    let cause_options = chosen_from(asked, words::NO_CAUSE, causes, |options| &options.cause);
    let numbers = listed(asked, |model| {
        let numbers = model.variables.iter().filter(|each| each.scale.is_some());
        let named = numbers.map(|each| Choice {
            id: each.id.clone(),
            name: each.name.clone(),
        });
        named.collect()
    });
    let number_options = chosen_from(asked, words::NO_SPLINE, numbers, |options| &options.spline);
    let has_spline = Memo::new(move |_| {
        asked
            .settings
            .with(|settings| !settings.model_options.spline.is_empty())
    });
    let terms = asked.list(|choices| {
        let option = |term: &String| (term.clone(), term.clone(), true);
        choices.terms.iter().map(option).collect::<Vec<_>>()
    });
    let several = Memo::new(move |_| terms.with(|terms| terms.len() > 1));
    let can_penalise = Memo::new(move |_| {
        asked
            .choices
            .with(|choices| choices.as_ref().is_some_and(|choices| choices.can_penalise))
    });
    let reference = asked.text(|settings| {
        let reference = settings.model_options.reference;
        reference.map(|number| number.to_string()).unwrap_or_default()
    });
    view! {
        <div class="tools">
            {move || numbers.with(|numbers| !numbers.is_empty()).then(|| view! {
                <Select
                    name="spline"
                    label=words::SPLINE
                    options=number_options
                    value=asked.text(|settings| settings.model_options.spline.clone())
                    choose=move |id| build(asked, |options| { options.spline = id; options.reference = None; })
                />
            })}
            {move || has_spline.get().then(|| view! {
                <Select
                    name="knots"
                    label=words::KNOTS
                    options=coded(["3", "4", "5"])
                    value=asked.text(|settings| settings.model_options.knots.code().to_owned())
                    choose=move |code| build(asked, |options| options.knots = Knots::from_code(&code).unwrap_or_default())
                />
                <Text
                    name="reference"
                    label=words::REFERENCE
                    value=reference
                    choose=move |text| build(asked, |options| options.reference = signed(&text))
                />
            })}
            {move || causes.with(|causes| !causes.is_empty()).then(|| view! {
                <Select
                    name="cause"
                    label=words::CAUSE
                    options=cause_options
                    value=asked.text(|settings| settings.model_options.cause.clone())
                    choose=move |cause| build(asked, |options| options.cause = cause)
                />
            })}
            {move || several.get().then(|| view! {
                <Select
                    name="residuals"
                    label=words::TERM
                    options=terms
                    value=asked.text(|settings| settings.residuals.clone())
                    choose=move |term| asked.change(|settings| settings.residuals = term)
                />
            })}
            {move || can_penalise.get().then(|| view! {
                <Tick
                    name="firth"
                    label=words::FIRTH
                    value=asked.truth(|settings| settings.firth)
                    choose=move |set| asked.change(|settings| settings.firth = set)
                />
            })}
        </div>
    }
}

/// What one unit of each number of the model is.
#[component]
fn Scales(asked: Asked) -> impl IntoView {
    let numbers = Memo::new(move |_| {
        let mut variables = in_model(asked).get();
        variables.retain(|each| each.scale.is_some());
        variables
    });
    let set = move || asked.settings.with(|settings| settings.model_options.scales.len());
    let of_number = move |variable: ModelVariable| {
        let usual = words::usual(variable.scale.as_deref().unwrap_or_default());
        let (own, shown, listed, typed) = (
            variable.id.clone(),
            variable.id.clone(),
            variable.id.clone(),
            variable.id,
        );
        let scale = move |settings: &Settings, id: &str| settings.model_options.scales.get(id).copied();
        let choices = Signal::derive(move || {
            let now = asked.settings.with(|settings| scale(settings, &listed));
            let more = now.filter(|now| !words::LISTED.contains(now));
            let scales = words::LISTED.iter().copied().chain(more);
            let scales = scales.map(|scale| (scale.code(), words::scale(scale), true));
            std::iter::once((String::new(), usual.clone(), true))
                .chain(scales)
                .collect::<Vec<_>>()
        });
        let set = move |id: &str, scale: Option<CovariateScale>| {
            build(asked, |options| {
                match scale {
                    Some(scale) => options.scales.insert(id.to_owned(), scale),
                    None => options.scales.remove(id),
                };
            });
        };
        let typed_value = typed.clone();
        let label = variable.name.clone();
        view! {
            <div class="tools" role="group" aria-label=label>
                <span>{variable.name}</span>
                <Select
                    name="scale"
                    label=words::SCALE
                    options=choices
                    value=asked.text(move |settings| scale(settings, &shown).map(CovariateScale::code).unwrap_or_default())
                    choose=move |code| set(&own, CovariateScale::from_code(&code))
                />
                <Text
                    name="scale-per"
                    label=words::UNITS
                    value=asked.text(move |settings| match scale(settings, &typed_value) {
                        Some(CovariateScale::Per(unit)) => unit.to_string(),
                        _ => String::new(),
                    })
                    choose=move |text| {
                        if let Some(unit) = number(&text).filter(|unit| *unit > 0.0) {
                            set(&typed, Some(CovariateScale::Per(unit)));
                        }
                    }
                />
            </div>
        }
    };
    view! {
        <details class="more" data-testid="scales">
            <summary>{move || words::with_count(words::SCALES, set())}</summary>
            {move || {
                let numbers = numbers.get();
                if numbers.is_empty() {
                    view! { <p class="quiet">{words::SCALES_NEED_NUMBERS}</p> }.into_any()
                } else {
                    numbers.into_iter().map(of_number).collect_view().into_any()
                }
            }}
        </details>
    }
}

/// Pairs of variables whose effects depend on each other.
#[component]
fn Interactions(asked: Asked) -> impl IntoView {
    let variables = in_model(asked);
    let choices = Memo::new(move |_| {
        let named = variables.get().into_iter().map(|each| Choice {
            id: each.id,
            name: each.name,
        });
        options(Some(words::CHOOSE), named.collect())
    });
    let (of, within) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let add = move |_| {
        let pair = Interaction {
            of: of.get_untracked(),
            within: within.get_untracked(),
        };
        if !pair.of.is_empty() && !pair.within.is_empty() && pair.of != pair.within {
            build(asked, |options| {
                options
                    .interactions
                    .retain(|each| each.of != pair.within || each.within != pair.of);
                options.interactions.insert(pair);
            });
            of.set(String::new());
            within.set(String::new());
        }
    };
    let cannot = move || of.with(|of| within.with(|within| of.is_empty() || within.is_empty() || of == within));
    let all = listed(asked, |model| model.variables.clone());
    let name = move |id: &str| {
        all.with(|all| {
            all.iter()
                .find(|each| each.id == id)
                .map_or_else(|| id.to_owned(), |each| each.name.clone())
        })
    };
    let pairs = Memo::new(move |_| {
        asked
            .settings
            .with(|settings| settings.model_options.interactions.iter().cloned().collect::<Vec<_>>())
    });
    let pair = move |pair: Interaction| {
        let words = format!("{} × {}", name(&pair.of), name(&pair.within));
        let label = format!("{} {words}", words::REMOVE);
        let remove = move |_| {
            build(asked, |options| {
                options.interactions.remove(&pair);
            });
        };
        view! { <li>{words}" "<button type="button" aria-label=label on:click=remove>{words::REMOVE}</button></li> }
    };
    view! {
        <details class="more" data-testid="interactions">
            <summary>{move || words::with_count(words::INTERACTIONS, pairs.with(Vec::len))}</summary>
            {move || {
                if variables.with(|variables| variables.len() < 2) {
                    return view! { <p class="quiet">{words::INTERACTIONS_NEED_TWO}</p> }.into_any();
                }
                view! {
                    <div class="tools">
                        <Select name="interaction-of" label=words::OF options=choices value=of choose=move |id| of.set(id)/>
                        <Select
                            name="interaction-within"
                            label=words::WITHIN
                            options=choices
                            value=within
                            choose=move |id| within.set(id)
                        />
                        <button type="button" data-testid="add-interaction" disabled=cannot on:click=add>{words::ADD}</button>
                    </div>
                }
                .into_any()
            }}
            <ul>{move || pairs.get().into_iter().map(pair).collect_view()}</ul>
        </details>
    }
}

/// Strata, entry, weights, clusters, ties.
#[component]
fn Design(asked: Asked) -> impl IntoView {
    let strata = listed(asked, |model| model.strata.clone());
    let stratum = move |choice: Choice| {
        let (id, name, known) = (choice.id.clone(), format!("strata:{}", choice.id), choice.id);
        view! {
            <Tick
                name=name
                label=choice.name
                value=asked.truth(move |settings| settings.model_options.strata.contains(&known))
                choose=move |set| build(asked, |options| put(&mut options.strata, id.clone(), set))
            />
        }
    };
    let has_column = Memo::new(move |_| {
        asked
            .settings
            .with(|settings| settings.model_options.entry.starts_with("column:"))
    });
    let set = move || {
        asked.settings.with(|settings| {
            let options = &settings.model_options;
            let texts = [&options.entry, &options.cluster, &options.weights];
            let chosen = texts.iter().filter(|id| !id.is_empty()).count();
            chosen + options.strata.len() + usize::from(options.ties != TieMethod::default())
        })
    };
    let entries = listed(asked, |model| model.entries.clone());
    let entries = chosen_from(asked, words::NO_ENTRY, entries, |options| &options.entry);
    let weights = listed(asked, |model| model.weights.clone());
    let weights = chosen_from(asked, words::NONE, weights, |options| &options.weights);
    let clusters = listed(asked, |model| model.clusters.clone());
    let clusters = chosen_from(asked, words::NONE, clusters, |options| &options.cluster);
    view! {
        <details class="more" data-testid="model-design">
            <summary>{move || words::with_count(words::DESIGN, set())}</summary>
            <p class="quiet">{words::DESIGN_NOTE}</p>
            <div class="tools">
                <Select
                    name="entry"
                    label=words::ENTRY
                    options=entries
                    value=asked.text(|settings| settings.model_options.entry.clone())
                    choose=move |id| build(asked, |options| options.entry = id)
                />
                {move || has_column.get().then(|| view! {
                    <Select
                        name="entry-unit"
                        label=words::ENTRY_UNIT
                        options=coded(EntryUnit::ALL.iter().map(|unit| unit.code()))
                        value=asked.text(|settings| settings.model_options.entry_unit.code().to_owned())
                        choose=move |code| {
                            build(asked, |options| options.entry_unit = EntryUnit::from_code(&code).unwrap_or_default());
                        }
                    />
                })}
                <Select
                    name="weights"
                    label=words::WEIGHTS
                    options=weights
                    value=asked.text(|settings| settings.model_options.weights.clone())
                    choose=move |id| build(asked, |options| options.weights = id)
                />
                <Select
                    name="cluster"
                    label=words::CLUSTER
                    options=clusters
                    value=asked.text(|settings| settings.model_options.cluster.clone())
                    choose=move |id| build(asked, |options| options.cluster = id)
                />
                <Select
                    name="ties"
                    label=words::TIES
                    options=coded(TieMethod::ALL.iter().map(|each| each.code()))
                    value=asked.text(|settings| settings.model_options.ties.code().to_owned())
                    choose=move |code| build(asked, |options| options.ties = TieMethod::from_code(&code).unwrap_or_default())
                />
            </div>
            <fieldset class="ticks">
                <legend>{words::STRATA}</legend>
                {move || strata.get().into_iter().map(stratum).collect_view()}
            </fieldset>
        </details>
    }
}

/// A number with its sign; none where the text is empty or no number.
fn signed(text: &str) -> Option<f64> {
    let value: f64 = text.trim().replace(',', ".").replace('−', "-").parse().ok()?;
    value.is_finite().then_some(value)
}

/// Takes an id into a set, or out of it.
fn put(set: &mut std::collections::BTreeSet<String>, id: String, is_in: bool) {
    if is_in {
        set.insert(id);
    } else {
        set.remove(&id);
    }
}

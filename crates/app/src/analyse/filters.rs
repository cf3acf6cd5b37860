//! The subset: conditions as chips, and the form that adds one.

use cotside_core::cohort::{AGE_ID, Condition, Filter, Join, Limit, Test};
use cotside_messages::{FactorChoice, add_condition, remove_condition};
use cotside_words::lang::levels_page as words;
use cotside_words::lang::levels_results::{condition as told, short_name};
use leptos::prelude::*;

use super::control::{Select, Text, Tick};
use super::settings::Asked;

/// A condition in words.
fn condition_told(asked: Asked, condition: &Condition) -> String {
    let id = condition.variable.as_str();
    let name = match id.strip_prefix("finding:") {
        Some(finding) => short_name(finding),
        None => asked.choices.with(|choices| {
            let factors = choices.iter().flat_map(|choices| &choices.factors);
            let mut own = factors.filter(|factor| factor.id == id);
            own.next().map_or_else(|| id.to_owned(), |factor| factor.name.clone())
        }),
    };
    told(&name, &condition.test, id == AGE_ID)
}

/// The conditions, how they are joined, and the form of another one.
#[component]
pub fn Filters(asked: Asked) -> impl IntoView {
    let filter = Memo::new(move |_| asked.settings.with(|settings| settings.only.clone()));
    let is_open = RwSignal::new(false);
    let joins =
        [("all", words::ALL_OF), ("any", words::ANY_OF)].map(|(code, name)| (code.to_owned(), name.to_owned(), true));
    let several = Memo::new(move |_| filter.with(|filter| filter.parts.len() > 1));
    let join = move |code: String| {
        asked.change(|settings| settings.only.join = if code == "any" { Join::Any } else { Join::All });
    };
    view! {
        <fieldset class="filters" data-testid="filters">
            <legend>{words::SUBSET}</legend>
            {move || several.get().then(|| view! {
                <Select
                    name="filter-join"
                    label=words::JOIN
                    options=joins.to_vec()
                    value=Signal::derive(move || if filter.with(|filter| filter.join) == Join::Any { "any" } else { "all" }.to_owned())
                    choose=join
                />
            })}
            {move || {
                let filter = filter.get();
                if filter.is_empty() {
                    view! { <p class="quiet">{words::ALL_PATIENTS}</p> }.into_any()
                } else {
                    chips(asked, &filter).into_any()
                }
            }}
            {move || if is_open.get() {
                view! { <FilterForm asked filter is_open/> }.into_any()
            } else {
                view! {
                    <button type="button" data-testid="add-filter" on:click=move |_| is_open.set(true)>{words::ADD_FILTER}</button>
                }.into_any()
            }}
        </fieldset>
    }
}

/// A line a part; conditions joined within one stand side by side.
fn chips(asked: Asked, filter: &Filter) -> impl IntoView + use<> {
    let inner = words::joined_by(filter.join.other());
    let chip = move |part: usize, place: usize, condition: &Condition| {
        let text = condition_told(asked, condition);
        let spoken = words::remove(&text);
        let remove = move |_| asked.change(|settings| remove_condition(&mut settings.only, part, place));
        view! {
            {(place > 0).then(|| view! { <span class="quiet">{inner}</span> })}
            <span class="filter-chip">
                {text}
                <button type="button" class="link" aria-label=spoken on:click=remove>"×"</button>
            </span>
        }
    };
    let line = move |(part, conditions): (usize, &Vec<Condition>)| {
        let chips: Vec<_> = conditions
            .iter()
            .enumerate()
            .map(|(place, condition)| chip(part, place, condition))
            .collect();
        view! { <li>{chips}</li> }
    };
    let lines: Vec<_> = filter.parts.iter().enumerate().map(line).collect();
    view! { <ul class="filter-list">{lines}</ul> }
}

/// The form of a new condition.
#[component]
fn FilterForm(asked: Asked, filter: Memo<Filter>, is_open: RwSignal<bool>) -> impl IntoView {
    let variable = RwSignal::new(String::new());
    let test = RwSignal::new("is".to_owned());
    let values = RwSignal::new(Vec::<String>::new());
    let number = RwSignal::new(String::new());
    let within = RwSignal::new(String::new());
    let wrong = RwSignal::new("");
    let variables = asked.list(|choices| {
        let none = (String::new(), words::CHOOSE.to_owned(), true);
        let all = choices
            .factors
            .iter()
            .map(|factor| (factor.id.clone(), factor.name.clone(), true));
        std::iter::once(none).chain(all).collect()
    });
    let factor = Memo::new(move |_| {
        let id = variable.get();
        asked.choices.with(|choices| {
            let factors = &choices.as_ref()?.factors;
            factors.iter().find(|factor| factor.id == id).cloned()
        })
    });
    let is_number =
        Memo::new(move |_| factor.with(|factor| factor.as_ref().is_some_and(|each| each.numbers.is_some())));
    let asks_values = Memo::new(move |_| test.with(|test| test.starts_with("is")));
    let choose = move |id: String| {
        variable.set(id);
        values.set(Vec::new());
        wrong.set("");
        test.set(if is_number.get_untracked() { "below" } else { "is" }.to_owned());
    };
    let tests = move || {
        let shown = if is_number.get() {
            &words::TESTS[..]
        } else {
            &words::TESTS[..2]
        };
        let option = |(code, name): &(&str, &str)| ((*code).to_owned(), (*name).to_owned(), true);
        shown.iter().map(option).collect::<Vec<_>>()
    };
    let places = move || {
        filter.with(|filter| {
            let word = words::joined_by(filter.join);
            let beside = (String::new(), words::beside(word), true);
            let parts = filter.parts.iter().enumerate().map(|(place, part)| {
                let texts: Vec<String> = part.iter().map(|condition| condition_told(asked, condition)).collect();
                let inner = words::joined_by(filter.join.other());
                let text = texts.join(&format!(" {inner} "));
                (place.to_string(), words::within(inner, &text), true)
            });
            std::iter::once(beside).chain(parts).collect::<Vec<_>>()
        })
    };
    let add = move |_| match made(
        &variable.get_untracked(),
        &test.get_untracked(),
        &values.get_untracked(),
        &number.get_untracked(),
    ) {
        Ok(condition) => {
            let part = within.get_untracked().parse().ok();
            asked.change(|settings| add_condition(&mut settings.only, condition, part));
            is_open.set(false);
        }
        Err(why) => wrong.set(why),
    };
    let joined = Memo::new(move |_| filter.with(|filter| !filter.is_empty()));
    let level = move |name: String| {
        let (known, own) = (name.clone(), name.clone());
        view! {
            <Tick
                name="filter-value"
                label=name
                value=Signal::derive(move || values.with(|values| values.contains(&known)))
                choose=move |set| values.update(|values| {
                    values.retain(|value| *value != own);
                    if set {
                        values.push(own.clone());
                    }
                })
            />
        }
    };
    let levels = move || {
        let groups = factor.with(|factor| factor.as_ref().map(names).unwrap_or_default());
        groups.into_iter().map(level).collect_view()
    };
    view! {
        <div class="edit" data-testid="filter-form">
            <Select name="filter-variable" label=words::VARIABLE options=variables value=variable choose=choose/>
            {move || factor.with(Option::is_some).then(|| view! {
                <Select name="filter-test" label=words::TEST options=Signal::derive(tests) value=test choose=move |code| test.set(code)/>
                {move || if asks_values.get() {
                    view! { <fieldset class="values"><legend>{words::VALUES}</legend>{levels}</fieldset> }.into_any()
                } else {
                    view! { <Text name="filter-number" label=words::NUMBER value=number choose=move |text| number.set(text)/> }.into_any()
                }}
                {move || joined.get().then(|| view! {
                    <Select
                        name="filter-place"
                        label=words::COMBINE
                        options=Signal::derive(places)
                        value=within
                        choose=move |place| within.set(place)
                    />
                })}
            })}
            <p role="alert" class="invalid">{move || wrong.get()}</p>
            <div class="buttons">
                <button type="button" data-testid="filter-add" on:click=add>{words::ADD}</button>
                <button type="button" on:click=move |_| is_open.set(false)>{words::CANCEL}</button>
            </div>
        </div>
    }
}

/// The groups of a factor by name.
fn names(factor: &FactorChoice) -> Vec<String> {
    factor.groups.iter().map(|group| group.name.clone()).collect()
}

/// The condition that the form holds, or why there is none.
fn made(variable: &str, test: &str, values: &[String], number: &str) -> Result<Condition, &'static str> {
    let limit = || match Limit::parse(number) {
        Ok(Limit::Months(_)) if !matches!(test, "below" | "at_least") => Err(words::NO_NUMBER),
        Ok(limit) if limit != Limit::Median => Ok(limit),
        _ => Err(words::NO_NUMBER),
    };
    let values = || {
        if values.is_empty() {
            Err(words::NO_VALUE)
        } else {
            Ok(values.to_vec())
        }
    };
    let test = match test {
        "below" => Test::Below(limit()?),
        "at_least" => Test::AtLeast(limit()?),
        "at_most" => Test::AtMost(limit()?),
        "above" => Test::Above(limit()?),
        "is_not" => Test::IsNot(values()?),
        _ => Test::Is(values()?),
    };
    Ok(Condition {
        variable: variable.to_owned(),
        test,
    })
}

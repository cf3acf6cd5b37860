//! A hospital's part: which hospital it is, its file of patients, its log and keys; then its sums, read before they are saved.

use cotside_core::federated::{Sharing, hex};
use cotside_messages::{CombineLess, CombinePlan, CombineRequest};
use cotside_words::lang::combine_files::analysis;
use cotside_words::lang::combine_page as words;
use cotside_words::lang::federated;
use leptos::prelude::*;

use super::Held;
use crate::analyse::control::Tick;
use crate::analyse::{Beside, ColumnsFold, SheetChoice};
use crate::part::Part;

/// 32 random bytes of the browser as 64 hexadecimal digits; nothing where it has none.
fn random_digits() -> Option<String> {
    let mut bytes = [0; 32];
    let crypto = window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// The view.
#[component]
pub(super) fn Sums(held: Held) -> impl IntoView {
    let link = held.link;
    let plan = held.of(|view| view.plan.clone());
    let has_plan = held.of(|view| view.plan.is_some());
    let has_patients = held.of(|view| view.has_patients);
    view! {
        <div class="give">
            <section aria-labelledby="give-plan">
                <h2 id="give-plan">{words::THE_PLAN}</h2>
                <Part link name="combine-plan" testid="combine-plan" of_file=true/>
                {move || has_plan.get().then(|| view! { <Own held/> })}
            </section>
            <section aria-labelledby="give-patients" hidden=move || !has_patients.get() && link.sheets.with(|sheets| sheets.sheets.is_empty())>
                <h2 id="give-patients">{words::YOUR_PATIENTS}</h2>
                <Part link name="project-columns" of_file=true/>
                <Part link name="combine-settings" of_file=true/>
                <SheetChoice link/>
                <Part link name="file" testid="combine-file" of_file=true/>
                <Beside link/>
                <ColumnsFold link/>
                <Part link name="problems" of_file=true/>
            </section>
            <section aria-labelledby="give-sums">
                <h2 id="give-sums">{words::YOUR_SUMS}</h2>
                {move || plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.sharing == Sharing::PerSite)).then(|| view! { <Less held/> })}
                <Part link name="sums" testid="sums" of_file=true/>
                <Save held/>
            </section>
        </div>
    }
}

/// Which hospital, its log, its keys.
#[component]
fn Own(held: Held) -> impl IntoView {
    let sites = held.of(|view| view.plan.as_ref().map(|plan| plan.sites.clone()).unwrap_or_default());
    let site = held.of(|view| view.site.clone());
    let is_masked = held.of(|view| view.plan.as_ref().is_some_and(|plan| plan.sharing == Sharing::Masked));
    let has_log = held.of(|view| view.has_log);
    let has_key = held.of(|view| view.has_own_key);
    let option = move |name: String| {
        let (known, value) = (name.clone(), name.clone());
        view! { <option value=value prop:selected=move || site.with(|site| *site == known)>{name}</option> }
    };
    let begin = move |_| {
        if let Some(salt) = random_digits() {
            held.ask(CombineRequest::NewLog(salt));
        }
    };
    let make = move |_| {
        if let Some(digits) = random_digits() {
            held.ask(CombineRequest::NewKey(digits));
        }
    };
    let no_site = move || site.with(String::is_empty);
    view! {
        <div class="own" translate="no">
            <label class="setting">
                <span>{words::WHICH_SITE}</span>
                <select
                    name="combine.site"
                    autocomplete="off"
                    on:change=move |event| held.ask(CombineRequest::Site(event_target_value(&event)))
                >
                    <option value="" prop:selected=no_site>{words::CHOOSE}</option>
                    {move || sites.get().into_iter().map(option).collect_view()}
                </select>
            </label>
            {move || (!no_site() && !has_log.get()).then(|| view! {
                <p>
                    <button type="button" data-testid="new-log" on:click=begin>{words::NEW_LOG}</button>
                    " "<span class="quiet">{words::NEW_LOG_MEANS}</span>
                </p>
            })}
            {move || (!no_site() && is_masked.get()).then(|| view! {
                <p>
                    {move || (!has_key.get()).then(|| view! {
                        <button type="button" data-testid="new-key" on:click=make>{words::NEW_KEY}</button>
                    })}
                    {move || has_key.get().then(|| view! {
                        <button type="button" data-export="key.json" data-testid="save-key">{words::SAVE_KEY}</button>
                    })}
                    " "<span class="quiet">{words::KEY_MEANS}</span>
                </p>
            })}
        </div>
    }
}

/// What the hospital gives less: analyses, levels taken together, an earlier end of follow-up.
#[component]
fn Less(held: Held) -> impl IntoView {
    let analyses = held.of(|view| view.plan.as_ref().map(|plan| plan.analyses.clone()).unwrap_or_default());
    let merges = held.of(|view| view.plan.as_ref().map(lists).unwrap_or_default());
    let less = held.of(|view| view.less.clone());
    let change = move |change: &dyn Fn(&mut CombineLess)| {
        let mut next = less.get_untracked();
        change(&mut next);
        held.ask(CombineRequest::Less(next));
    };
    let analysis_tick = move |code: String| {
        let (name, label) = (format!("without.{code}"), analysis(&code));
        let of_check = code.clone();
        let is_out = Signal::derive(move || less.with(|less| less.without.contains(&of_check)));
        let choose = move |is_out: bool| {
            change(&|less| {
                less.without.retain(|each| *each != code);
                if is_out {
                    less.without.push(code.clone());
                }
            });
        };
        view! { <Tick name label value=is_out choose/> }
    };
    let merge_tick = move |(field, levels): (String, Vec<String>)| {
        let label = words::levels_together(&field, &levels);
        let name = format!("together.{field}.{}", levels.join("."));
        let of_check = (field.clone(), levels.clone());
        let is_together = Signal::derive(move || {
            less.with(|less| {
                less.merges
                    .get(&of_check.0)
                    .is_some_and(|lists| lists.contains(&of_check.1))
            })
        });
        let choose = move |is_together: bool| {
            change(&|less| {
                let lists = less.merges.entry(field.clone()).or_default();
                lists.retain(|each| *each != levels);
                if is_together {
                    lists.push(levels.clone());
                }
                less.merges.retain(|_, lists| !lists.is_empty());
            });
        };
        view! { <Tick name label value=is_together choose/> }
    };
    let has_merges = move || !merges.with(Vec::is_empty);
    view! {
        <details class="more" data-testid="leave-out">
            <summary>{words::LEAVE_OUT}</summary>
            <fieldset class="group">
                <legend>{words::WITHOUT}</legend>
                {move || analyses.get().into_iter().map(analysis_tick).collect_view()}
            </fieldset>
            {move || has_merges().then(|| view! {
                <fieldset class="group" data-testid="take-together">
                    <legend>{words::TAKE_TOGETHER}</legend>
                    {move || merges.get().into_iter().map(merge_tick).collect_view()}
                </fieldset>
            })}
            <End held change/>
        </details>
    }
}

/// The lists of levels that a plan lets a hospital take together, each with its variable.
fn lists(plan: &CombinePlan) -> Vec<(String, Vec<String>)> {
    let all = plan.merges.iter();
    all.flat_map(|(field, lists)| lists.iter().map(|levels| (field.clone(), levels.clone())))
        .collect()
}

/// Where the hospital's follow-up ends: an end of the plan's intervals.
#[component]
fn End(held: Held, change: impl Fn(&dyn Fn(&mut CombineLess)) + Copy + Send + 'static) -> impl IntoView {
    let ends = held.of(|view| {
        let plan = view.plan.as_ref();
        plan.map(|plan| (plan.ends.clone(), plan.time_unit.clone()))
            .unwrap_or_default()
    });
    let chosen = held.of(|view| view.less.end_follow_up);
    let option = move |end: f64, unit: &str| {
        view! { <option value=end.to_string() prop:selected=move || chosen.get() == Some(end)>{words::time_of(end, unit)}</option> }
    };
    let choose = move |event| {
        let end: Option<f64> = event_target_value(&event).parse().ok();
        change(&|less| less.end_follow_up = end);
    };
    view! {
        <label class="setting">
            <span>{words::END_FOLLOW_UP}</span>
            <select name="combine.end_follow_up" autocomplete="off" on:change=choose>
                <option value="" prop:selected=move || chosen.get().is_none()>{words::WHOLE_FOLLOW_UP}</option>
                {move || ends.with(|(ends, unit)| ends.iter().filter(|end| **end > 0.0).map(|end| option(*end, unit)).collect_view())}
            </select>
        </label>
        <p class="quiet">{words::END_FOLLOW_UP_MEANS}</p>
    }
}

/// Saves the sums with the log, or drops them.
#[component]
fn Save(held: Held) -> impl IntoView {
    let may_save = held.of(|view| view.may_save);
    let save = move |_| {
        held.link.export("sums.json", 0);
        held.link.export("site-log.json", 0);
        held.ask(CombineRequest::LogSaved);
    };
    view! {
        {move || may_save.get().then(|| view! {
            <div class="tools" data-testid="save-sums">
                <button type="button" class="primary" data-testid="save-file" on:click=save>{federated::SAVE_FILE}</button>
                <button type="button" data-testid="do-not-save" on:click=move |_| held.ask(CombineRequest::Decline)>{federated::DO_NOT_SAVE}</button>
                <button type="button" data-testid="save-log" on:click=move |_| held.link.export("site-log.json", 0)>{words::SAVE_LOG}</button>
            </div>
        })}
    }
}

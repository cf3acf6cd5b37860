//! The form of a plan. Each change goes to the worker, which says what is wrong, or shows the plan.

use cotside_core::cohort::{Endpoint, Origin};
use cotside_core::federated::Sharing;
use cotside_messages::{ANALYSES, COVARIATE_FORMS, CombineRequest, CovariateForm, PlanForm, events_of};
use cotside_words::lang;
use cotside_words::lang::combine_files::analysis;
use cotside_words::lang::combine_page as words;
use leptos::prelude::*;

use super::Held;
use crate::analyse::control::{Select, Text, Tick};
use crate::part::Part;

/// The form. A copy is the same form.
#[derive(Clone, Copy)]
struct Form(RwSignal<PlanForm>);

impl Form {
    fn new(held: Held) -> Self {
        let form = RwSignal::new(PlanForm::default());
        let filled = held.of(|view| view.filled.clone());
        // A plan that is opened fills the form in.
        Effect::new(move |before: Option<String>| {
            let now = filled.get();
            if before.is_some_and(|before| before != now)
                && !now.is_empty()
                && let Some(opened) = held.view.with_untracked(|view| view.form.clone())
            {
                form.set(*opened);
            }
            now
        });
        Effect::new(move |_| held.ask(CombineRequest::Plan(Box::new(form.get()))));
        Self(form)
    }

    fn change(self, change: impl FnOnce(&mut PlanForm)) {
        self.0.update(change);
    }

    fn text(self, pick: fn(&PlanForm) -> &String) -> Signal<String> {
        Signal::derive(move || self.0.with(|form| pick(form).clone()))
    }
}

/// A text of the form.
fn text(
    form: Form,
    name: &'static str,
    label: &'static str,
    place: fn(&mut PlanForm) -> &mut String,
    pick: fn(&PlanForm) -> &String,
) -> impl IntoView {
    view! { <Text name label value=form.text(pick) choose=move |typed| form.change(|form| *place(form) = typed)/> }
}

/// A text of several lines.
fn lines(
    form: Form,
    name: &'static str,
    label: &'static str,
    rows: u32,
    place: fn(&mut PlanForm) -> &mut String,
    pick: fn(&PlanForm) -> &String,
) -> impl IntoView {
    view! {
        <label class="setting">
            <span>{label}</span>
            <textarea
                name=name
                rows=rows
                spellcheck="false"
                autocomplete="off"
                prop:value=form.text(pick)
                on:change=move |event| form.change(|form| *place(form) = event_target_value(&event))
            ></textarea>
        </label>
    }
}

/// A text of a field, by its name.
macro_rules! field {
    ($form:expr, $field:ident, $label:expr) => {
        text(
            $form,
            concat!("combine.", stringify!($field)),
            $label,
            |form| &mut form.$field,
            |form| &form.$field,
        )
    };
}

/// The view: form and plan.
#[component]
pub(super) fn PlanView(held: Held) -> impl IntoView {
    let form = Form::new(held);
    view! {
        <div class="plan">
            <form class="plan-form" data-testid="combine-form" on:submit=|event| event.prevent_default()>
                <General form/>
                <Patients form/>
                <Limits form/>
                <Covariates form/>
                <Analyses form/>
            </form>
            <section aria-labelledby="combine-plan-made">
                <h2 id="combine-plan-made">{words::THE_PLAN}</h2>
                <Part link=held.link name="plan-made" testid="plan-made" of_file=true/>
            </section>
        </div>
    }
}

fn options(all: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String, bool)> {
    all.into_iter().map(|(code, name)| (code, name, true)).collect()
}

#[component]
fn General(form: Form) -> impl IntoView {
    let sharing = [(Sharing::Masked, words::MASKED), (Sharing::PerSite, words::PER_SITE)];
    let sharing = options(sharing.map(|(way, name)| (way.code().to_owned(), name.to_owned())));
    view! {
        {field!(form, study, words::STUDY)}
        {field!(form, sites, words::SITES)}
        <Select
            name="combine.sharing"
            label=words::SHARING
            options=Signal::stored(sharing)
            value=form.text(|form| &form.sharing)
            choose=move |code| form.change(|form| form.sharing = code)
        />
        {field!(form, expected_n, words::EXPECTED_N)}
        {field!(form, expected_events, words::EXPECTED_EVENTS)}
    }
}

#[component]
fn Patients(form: Form) -> impl IntoView {
    let origins = Origin::ALL.iter().filter(|origin| !origin.endpoints().is_empty());
    let origins = options(origins.map(|origin| (origin.code().to_owned(), lang::origin::name(*origin).to_owned())));
    let endpoints = Signal::derive(move || {
        let origin = form.0.with(|form| Origin::from_code(&form.origin));
        let offered = origin.map(Origin::endpoints).unwrap_or_default();
        let each = offered
            .iter()
            .map(|endpoint| (endpoint.code().to_owned(), lang::endpoint_name(*endpoint).to_owned()));
        options(each)
    });
    let choose_endpoint = move |code: String| {
        form.change(|form| {
            form.causes = events_of(&code);
            form.endpoint = code;
        });
    };
    let choose_origin = move |code: String| {
        form.change(|form| {
            let origin = Origin::from_code(&code);
            let offered = origin.map(Origin::endpoints).unwrap_or_default();
            let is_offered = Endpoint::from_code(&form.endpoint).is_some_and(|endpoint| offered.contains(&endpoint));
            if let Some(first) = offered.first().filter(|_| !is_offered) {
                form.endpoint = first.code().to_owned();
                form.causes = events_of(first.code());
            }
            form.origin = code;
        });
    };
    view! {
        <fieldset class="group">
            <legend>{words::WHO_AND_WHAT}</legend>
            {field!(form, age_below, words::AGE_BELOW)}
            <Select
                name="combine.origin"
                label=words::ORIGIN
                options=Signal::stored(origins)
                value=form.text(|form| &form.origin)
                choose=choose_origin
            />
            <Select
                name="combine.endpoint"
                label=words::ENDPOINT
                options=endpoints
                value=form.text(|form| &form.endpoint)
                choose=choose_endpoint
            />
            {field!(form, causes, words::CAUSES)}
            {field!(form, horizon, words::HORIZON)}
            {field!(form, groups, words::GROUPS)}
            {field!(form, group_levels, words::GROUP_LEVELS)}
            {field!(form, strata, words::STRATA)}
            {field!(form, strata_levels, words::STRATA_LEVELS)}
            {lines(form, "combine.merges", words::MERGES, 2, |form| &mut form.merges, |form| &form.merges)}
        </fieldset>
    }
}

#[component]
fn Covariates(form: Form) -> impl IntoView {
    let count = Memo::new(move |_| form.0.with(|form| form.covariates.len()));
    let add = move |_| form.change(|form| form.covariates.push(CovariateForm::of("")));
    view! {
        <fieldset class="group">
            <legend>{words::COVARIATES}</legend>
            {move || (0..count.get()).map(|place| view! { <OneCovariate form place/> }).collect_view()}
            <p><button type="button" data-testid="add-covariate" on:click=add>{words::ADD}</button></p>
            <p class="quiet">{words::TIES}</p>
        </fieldset>
    }
}

/// One covariate with the settings that its form takes.
#[component]
fn OneCovariate(form: Form, place: usize) -> impl IntoView {
    let of = move |pick: fn(&CovariateForm) -> &String| {
        Signal::derive(move || {
            form.0.with(|form| {
                form.covariates
                    .get(place)
                    .map(|each| pick(each).clone())
                    .unwrap_or_default()
            })
        })
    };
    let set = move |put: fn(&mut CovariateForm, String), typed: String| {
        form.change(|form| {
            if let Some(each) = form.covariates.get_mut(place) {
                put(each, typed);
            }
        });
    };
    let kind = Memo::new(move |_| {
        form.0.with(|form| {
            form.covariates
                .get(place)
                .map(|each| each.form.clone())
                .unwrap_or_default()
        })
    });
    let input = move |name: &'static str,
                      label: &'static str,
                      pick: fn(&CovariateForm) -> &String,
                      put: fn(&mut CovariateForm, String)| {
        view! { <Text name label value=of(pick) choose=move |typed| set(put, typed)/> }
    };
    let forms = options(COVARIATE_FORMS.map(|code| (code.to_owned(), words::form(code).to_owned())));
    let settings = move || {
        match kind.get().as_str() {
        "below" => view! {
            {input("covariate.cut", words::CUT, |each| &each.cut, |each, typed| each.cut = typed)}
            {input("covariate.unit", words::UNIT, |each| &each.unit, |each, typed| each.unit = typed)}
        }
        .into_any(),
        "level" => view! {
            {input("covariate.reference", words::REFERENCE, |each| &each.reference, |each, typed| each.reference = typed)}
            {input("covariate.levels", words::LEVELS, |each| &each.levels, |each, typed| each.levels = typed)}
        }
        .into_any(),
        _ => view! {
            {input("covariate.lo", words::LO, |each| &each.lo, |each, typed| each.lo = typed)}
            {input("covariate.hi", words::HI, |each| &each.hi, |each, typed| each.hi = typed)}
            {input("covariate.centre", words::CENTRE, |each| &each.centre, |each, typed| each.centre = typed)}
            {input("covariate.scale", words::SCALE, |each| &each.scale, |each, typed| each.scale = typed)}
            {input("covariate.unit", words::UNIT, |each| &each.unit, |each, typed| each.unit = typed)}
        }
        .into_any(),
    }
    };
    let named = move |each: &mut CovariateForm, typed: String| {
        // A variable of the data dictionary brings its usual form.
        let name = typed.trim().to_owned();
        *each = CovariateForm {
            name: name.clone(),
            ..CovariateForm::of(&name)
        };
    };
    let remove = move |_| {
        form.change(|form| {
            if place < form.covariates.len() {
                form.covariates.remove(place);
            }
        });
    };
    let label = move || words::without_covariate(&of(|each| &each.name).get());
    view! {
        <div class="covariate" data-testid="covariate">
            {input("covariate.name", words::VARIABLE, |each| &each.name, named)}
            <Select
                name="covariate.form"
                label=words::FORM
                options=Signal::stored(forms)
                value=of(|each| &each.form)
                choose=move |code| set(|each, code| each.form = code, code)
            />
            {settings}
            <button type="button" class="link" aria-label=label on:click=remove>{words::TAKE_AWAY}</button>
        </div>
    }
}

#[component]
fn Analyses(form: Form) -> impl IntoView {
    let tick = move |code: &'static str| {
        let is_set = Signal::derive(move || form.0.with(|form| form.analyses.iter().any(|each| each == code)));
        let choose = move |is_set: bool| {
            form.change(|form| {
                form.analyses.retain(|each| each != code);
                if is_set {
                    form.analyses.push(code.to_owned());
                }
            });
        };
        view! { <Tick name=format!("combine.analyses.{code}") label=cotside_words::capital(analysis(code)) value=is_set choose/> }
    };
    view! {
        <fieldset class="group">
            <legend>{words::ANALYSES}</legend>
            {ANALYSES.map(|analysis| tick(analysis.code())).collect_view()}
            {field!(form, grid, words::GRID)}
            {lines(form, "combine.table1", words::TABLE1, 3, |form| &mut form.table1, |form| &form.table1)}
            {field!(form, protocols, words::PROTOCOLS)}
        </fieldset>
    }
}

#[component]
fn Limits(form: Form) -> impl IntoView {
    let publish = Signal::derive(move || form.0.with(|form| form.publish_sites));
    view! {
        <fieldset class="group">
            <legend>{words::LIMITS}</legend>
            {field!(form, smallest_cell, words::SMALLEST_CELL)}
            {field!(form, smallest_n, words::SMALLEST_N)}
            {field!(form, smallest_events, words::SMALLEST_EVENTS)}
            <Tick
                name="combine.publish_sites"
                label=words::PUBLISH_SITES
                value=publish
                choose=move |is_set| form.change(|form| form.publish_sites = is_set)
            />
        </fieldset>
    }
}

//! `/plan`: events, patients and power of a study that is planned. The page owns the form ([`PlanSettings`]); the answer is
//! HTML of its worker, placed by `Part`.

mod control;

use cotside_core::evidence::published;
use cotside_messages::{
    EvidenceRequest, PlanDesign, PlanDirection, PlanEffect, PlanFault, PlanField, PlanFormula, PlanSettings, PlanSides,
    PlanSize, PlanSought, Request, plan_baselines,
};
use cotside_words::lang::evidence_page::estimate_name;
use cotside_words::lang::page;
use cotside_words::lang::planning_page as words;
use leptos::prelude::*;

use crate::part::{Part, Worked, Working};
use crate::worker_link::{Link, Work};

use control::{Choices, Number, Select};

const WORK: Work = Work {
    page: "plan",
    modules: &["evidence"],
    samples: &[],
    late: false,
    ordered: false,
    makes_files: true,
    several: false,
    keeps: false,
    narrow: None,
};

/// The form. A copy is the same form.
#[derive(Clone, Copy)]
struct Form {
    settings: RwSignal<PlanSettings>,
    faults: Memo<Vec<(PlanField, PlanFault)>>,
    asked: Memo<Vec<PlanField>>,
}

impl Form {
    fn new(link: Link) -> Self {
        let settings = RwSignal::new(PlanSettings::default());
        Effect::new(move |_| {
            let value = EvidenceRequest::Plan(Box::new(settings.get()));
            link.send(Request::Evidence { value });
        });
        Self {
            settings,
            faults: Memo::new(move |_| settings.with(|settings| settings.read().err().unwrap_or_default())),
            asked: Memo::new(move |_| settings.with(PlanSettings::asked)),
        }
    }

    /// Changes the form; nothing is asked where it stays as it is.
    fn change(self, change: impl FnOnce(&mut PlanSettings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        if self.settings.with_untracked(|before| *before != settings) {
            self.settings.set(settings);
        }
    }

    fn is_two(self) -> bool {
        self.settings.with(|settings| settings.design == PlanDesign::TwoGroups)
    }

    /// What is wrong with a field, in words.
    fn fault(self, field: PlanField) -> String {
        let code = field.code();
        let found = self
            .faults
            .with(|faults| faults.iter().find(|(each, _)| *each == field).map(|(_, fault)| *fault));
        match found {
            None => String::new(),
            Some(PlanFault::Missing) => words::missing(code),
            Some(PlanFault::NotNumber) => words::not_a_number(code),
            Some(PlanFault::Range) => words::out_of_range(code),
            Some(PlanFault::Same) => words::SAME.to_owned(),
            Some(PlanFault::BelowAlpha) => words::BELOW_ALPHA.to_owned(),
        }
    }
}

/// The page.
#[component]
pub fn Plan() -> impl IntoView {
    let link = Link::new(WORK);
    let form = Form::new(link);
    view! {
        <h1>{page::PLAN}</h1>
        <p class="prose">{words::LEAD}</p>
        <Worked link>
            <Working link/>
            <div class="plan">
                <section class="plan-form" aria-labelledby="plan-assumptions" data-testid="plan-form">
                    <h2 id="plan-assumptions">{words::ASSUMPTIONS}</h2>
                    <Questions form/>
                    <FirstGroup form/>
                    <Comparison form/>
                    <Recruitment form/>
                </section>
                <section aria-labelledby="plan-result">
                    <h2 id="plan-result">{words::ANSWER}</h2>
                    <Part link name="plan" testid="plan"/>
                </section>
            </div>
        </Worked>
    }
}

/// Codes and names of all values of a choice.
fn choices<T: Copy>(all: &[T], code: fn(T) -> &'static str, name: fn(&str) -> &'static str) -> Choices {
    let each = all.iter().map(|value| code(*value));
    each.map(|code| (code.to_owned(), name(code).to_owned())).collect()
}

/// Design, and what is sought.
#[component]
fn Questions(form: Form) -> impl IntoView {
    let design = Signal::derive(move || form.settings.with(|settings| settings.design.code().to_owned()));
    let sought = Signal::derive(move || form.settings.with(|settings| settings.sought.code().to_owned()));
    view! {
        <Select
            name="plan.design"
            label=words::DESIGN
            choices=choices(PlanDesign::ALL, PlanDesign::code, words::design)
            value=design
            choose=move |code| form.change(|settings| settings.design = PlanDesign::from_code(&code).unwrap_or_default())
        />
        <Select
            name="plan.sought"
            label=words::SOUGHT
            choices=choices(PlanSought::ALL, PlanSought::code, words::sought)
            value=sought
            choose=move |code| form.change(|settings| settings.sought = PlanSought::from_code(&code).unwrap_or_default())
        />
    }
}

/// The fields of a list that are asked now, in its order.
fn fields(form: Form, all: &'static [PlanField]) -> impl IntoView {
    let asked = move || {
        let asked = form.asked.get();
        all.iter()
            .copied()
            .filter(|field| asked.contains(field))
            .collect::<Vec<_>>()
    };
    view! { <For each=asked key=|field| field.code() children=move |field| view! { <Field form field/> }/> }
}

/// A number of the form.
#[component]
fn Field(form: Form, field: PlanField) -> impl IntoView {
    let label = Signal::derive(move || {
        let name = words::field(field.code(), form.is_two());
        if form.settings.with(|settings| settings.is_optional(field)) {
            words::optional(name)
        } else {
            name.to_owned()
        }
    });
    let value = Signal::derive(move || form.settings.with(|settings| settings.text(field).to_owned()));
    view! {
        <Number
            name=field.code()
            label=label
            value=value
            fault=Signal::derive(move || form.fault(field))
            hint=words::hint(field.code())
            typed=move |text| form.change(|settings| settings.set(field, &text))
        />
    }
}

/// Survival of the first group, or the fixed one, typed or taken from a published estimate.
#[component]
fn FirstGroup(form: Form) -> impl IntoView {
    let legend = move || {
        if form.is_two() {
            words::FIRST_GROUP
        } else {
            words::FIXED
        }
    };
    view! {
        <fieldset class="group">
            <legend>{legend}</legend>
            <Baseline form/>
            <div class="pair two">{fields(form, &[PlanField::Survival, PlanField::Time])}</div>
        </fieldset>
    }
}

/// A study of the catalogue, then one of its estimates.
#[component]
fn Baseline(form: Form) -> impl IntoView {
    let study = RwSignal::new(String::new());
    let taken = Memo::new(move |_| {
        form.settings
            .with(|settings| settings.baseline.clone())
            .unwrap_or_default()
    });
    let none = || (String::new(), words::NO_BASELINE.to_owned());
    let studies = published().studies.iter().filter(|study| {
        let mut rows = plan_baselines();
        rows.any(|row| row.study.id == study.id)
    });
    let studies = studies.map(|study| (study.id.to_owned(), study.name.to_owned()));
    let studies: Choices = std::iter::once(none()).chain(studies).collect();
    let estimates = Signal::derive(move || {
        let study = study.get();
        let rows = plan_baselines().filter(move |row| row.study.id == study);
        let rows = rows.map(|row| (row.id.to_owned(), estimate_name(row)));
        std::iter::once(none()).chain(rows).collect::<Choices>()
    });
    let forget = move || form.change(|settings| settings.baseline = None);
    let choose_study = move |id: String| {
        study.set(id);
        forget();
    };
    let choose = move |id: String| match published().estimate(&id) {
        Some(estimate) => form.change(|settings| settings.take(estimate)),
        None => forget(),
    };
    view! {
        <Select name="plan.study" label=words::BASELINE_STUDY choices=Signal::stored(studies) value=study choose=choose_study quoted=true/>
        <div hidden=move || study.with(String::is_empty)>
            <Select name="plan.baseline" label=words::BASELINE choices=estimates value=taken choose=choose quoted=true/>
        </div>
    }
}

/// Effect, size, power and test.
#[component]
fn Comparison(form: Form) -> impl IntoView {
    const FIELDS: &[PlanField] = &[
        PlanField::HazardRatio,
        PlanField::SecondSurvival,
        PlanField::Patients,
        PlanField::Events,
        PlanField::Power,
        PlanField::Alpha,
        PlanField::Second,
    ];
    let is_effect = Memo::new(move |_| form.settings.with(|settings| settings.sought == PlanSought::Effect));
    let is_size = Memo::new(move |_| form.settings.with(|settings| settings.sought == PlanSought::Size));
    let two = Memo::new(move |_| form.is_two());
    let effect = move || {
        let value = Signal::derive(move || form.settings.with(|settings| settings.effect.code().to_owned()));
        view! {
            <Select
                name="plan.effect"
                label=words::EFFECT
                choices=choices(PlanEffect::ALL, PlanEffect::code, words::effect)
                value=value
                choose=move |code| form.change(|settings| settings.effect = PlanEffect::from_code(&code).unwrap_or_default())
            />
        }
    };
    let direction = move || {
        let value = Signal::derive(move || form.settings.with(|settings| settings.direction.code().to_owned()));
        view! {
            <Select
                name="plan.direction"
                label=words::DIRECTION
                choices=choices(PlanDirection::ALL, PlanDirection::code, words::direction)
                value=value
                choose=move |code| form.change(|settings| settings.direction = PlanDirection::from_code(&code).unwrap_or_default())
            />
        }
    };
    let size = move || {
        let value = Signal::derive(move || form.settings.with(|settings| settings.size.code().to_owned()));
        view! {
            <Select
                name="plan.size"
                label=words::SIZE
                choices=choices(PlanSize::ALL, PlanSize::code, words::size)
                value=value
                choose=move |code| form.change(|settings| settings.size = PlanSize::from_code(&code).unwrap_or_default())
            />
        }
    };
    view! {
        <fieldset class="group">
            <legend>{words::COMPARISON}</legend>
            {move || (two.get() && !is_effect.get()).then(effect)}
            {move || is_effect.get().then(direction)}
            {move || (two.get() && !is_size.get()).then(size)}
            <div class="pair">{fields(form, FIELDS)}</div>
            <Test form two/>
        </fieldset>
    }
}

/// Sides of the test and formula of the number of events.
#[component]
fn Test(form: Form, two: Memo<bool>) -> impl IntoView {
    let sides = Signal::derive(move || form.settings.with(|settings| settings.sides.code().to_owned()));
    let formula = Signal::derive(move || form.settings.with(|settings| settings.formula.code().to_owned()));
    view! {
        <Select
            name="plan.sides"
            label=words::SIDES
            choices=choices(PlanSides::ALL, PlanSides::code, words::sides)
            value=sides
            choose=move |code| form.change(|settings| settings.sides = PlanSides::from_code(&code).unwrap_or_default())
        />
        {move || two.get().then(|| view! {
            <Select
                name="plan.formula"
                label=words::FORMULA
                choices=choices(PlanFormula::ALL, PlanFormula::code, words::formula)
                value=formula
                choose=move |code| form.change(|settings| settings.formula = PlanFormula::from_code(&code).unwrap_or_default())
            />
        })}
    }
}

/// Recruitment and follow-up.
#[component]
fn Recruitment(form: Form) -> impl IntoView {
    const FIELDS: &[PlanField] = &[
        PlanField::PerYear,
        PlanField::Accrual,
        PlanField::FollowUp,
        PlanField::Loss,
    ];
    view! {
        <fieldset class="group">
            <legend>{words::RECRUITMENT}</legend>
            <div class="pair">{fields(form, FIELDS)}</div>
        </fieldset>
    }
}

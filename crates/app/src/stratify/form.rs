//! The form: stages in the order in which a clinician learns of things.

use cotside_core::infant::{Field, Stage};
use cotside_words::lang::{self, page};
use leptos::prelude::*;

use super::field::{AgeInput, Input, WhiteCells};
use super::{Case, since};

/// Fields of a stage, without the label of the row and without the ways to give the age and the white cells.
fn fields(stage: Stage) -> Vec<Field> {
    let all = Field::ALL.iter().copied();
    all.filter(|field| field.stage() == stage && !is_special(*field))
        .collect()
}

const fn is_special(field: Field) -> bool {
    matches!(
        field,
        Field::Id
            | Field::AgeDays
            | Field::AgeMonths
            | Field::BirthDate
            | Field::DiagnosisDate
            | Field::Wbc
            | Field::WbcPerUl
    )
}

/// Findings at diagnosis that few rules ask for: folded until one of them is known.
const fn is_rare(field: Field) -> bool {
    matches!(
        field,
        Field::Sex | Field::Cd10 | Field::CsfWbc | Field::CsfBlasts | Field::Testis | Field::DownSyndrome
    )
}

/// Every stage.
#[component]
pub fn Form(
    /// How much of the page is there.
    stage: ReadSignal<usize>,
) -> impl IntoView {
    let fields = |stages: &'static [Stage]| {
        stages
            .iter()
            .map(|&stage| view! { <StageFields stage/> })
            .collect_view()
    };
    let (first, later) = Stage::ALL.split_at(1);
    view! {
        <form class="clock" autocomplete="off" on:submit=|event| event.prevent_default()>
            {fields(first)}
            {since(stage, 2, move || fields(later).into_any())}
        </form>
    }
}

#[component]
fn StageFields(stage: Stage) -> impl IntoView {
    let case = Case::here();
    let known = Memo::new(move |_| {
        case.form.with(|form| {
            let mine = Field::ALL
                .iter()
                .filter(|field| field.stage() == stage && **field != Field::Id);
            mine.filter(|field| !form.entry.get(**field).is_empty()).count()
        })
    });
    let count = move || page::known(known.get());
    let (mut common, rare): (Vec<Field>, Vec<Field>) = fields(stage).into_iter().partition(|field| !is_rare(*field));
    // The lineage follows the findings that more rules ask for.
    common.sort_by_key(|field| *field == Field::Lineage);
    // Later stages are folded until something is known of them.
    let open = matches!(stage, Stage::Diagnosis | Stage::Day8) || known.get_untracked() > 0;
    view! {
        <details class="stage" open=open data-testid=format!("stage-{stage:?}")>
            <summary>
                <h3>{lang::stage_label(stage)}</h3>
                <span class="quiet">{count}</span>
            </summary>
            <div class="fields">
                {(stage == Stage::Diagnosis).then(|| view! { <AgeInput/><WhiteCells/> })}
                {common.into_iter().map(|field| view! { <Input field/> }).collect_view()}
            </div>
            {(!rare.is_empty()).then(|| view! { <Rare fields=rare/> })}
        </details>
    }
}

/// Findings that few rules ask for.
#[component]
fn Rare(fields: Vec<Field>) -> impl IntoView {
    let case = Case::here();
    let mine = fields.clone();
    let known = Memo::new(move |_| {
        case.form
            .with(|form| mine.iter().any(|field| !form.entry.get(*field).is_empty()))
    });
    let count = fields.len();
    view! {
        <details class="more rare" prop:open=move || known.get()>
            <summary>{format!("{count} {}", page::MORE_FINDINGS)}</summary>
            <div class="fields">{fields.into_iter().map(|field| view! { <Input field/> }).collect_view()}</div>
        </details>
    }
}

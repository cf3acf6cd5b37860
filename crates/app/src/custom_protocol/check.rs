//! What is wrong with the draft and what is missing, each with a way to its control.

use cotside_messages::{DraftRead, PlacedProblem, ProblemGravity};
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::editor::{self, Editor};

/// The state of the draft.
#[component]
pub fn Check() -> impl IntoView {
    let editor = Editor::here();
    let state = move || {
        editor.read.with(|read| {
            read.as_ref().map(|read| {
                let (class, text) = said(read);
                view! { <p class=class data-testid="own-state">{text}</p> }
            })
        })
    };
    let list = move || {
        let problems = editor
            .read
            .with(|read| read.as_ref().map(|read| read.problems.clone()).unwrap_or_default());
        (!problems.is_empty())
            .then(|| view! { <ul class="own-problems">{problems.into_iter().map(item).collect_view()}</ul> })
    };
    let outcomes = move || {
        let original = editor.read.with(|read| read.as_ref()?.outcomes_of.clone());
        original.map(|original| view! { <p class="remark notice">{words::outcomes_of(&original)}</p> })
    };
    view! { <div data-testid="own-problems"><h2>{words::CHECK}</h2>{state}{list}{outcomes}</div> }
}

/// The state in a sentence: what is to be fixed, else what is missing, else that it can be used.
fn said(read: &DraftRead) -> (&'static str, String) {
    let count = |gravity| {
        read.problems
            .iter()
            .filter(|problem| problem.gravity == gravity)
            .count()
    };
    match (
        count(ProblemGravity::Error),
        count(ProblemGravity::Missing),
        read.problems.len(),
    ) {
        (0, 0, 0) => ("remark", words::NO_ERRORS.to_owned()),
        (0, 0, _) => ("remark", words::USABLE.to_owned()),
        (0, missing, _) => ("remark", words::to_complete(missing)),
        (errors, ..) => ("remark invalid", words::to_fix(errors)),
    }
}

fn item(problem: PlacedProblem) -> impl IntoView {
    let PlacedProblem {
        place, name, sentence, ..
    } = problem;
    let way = if place.is_empty() {
        name.into_any()
    } else {
        view! { <button type="button" class="link" on:click=move |_| editor::focus(&place)>{name}</button> }.into_any()
    };
    view! { <li>{way}{words::COLON}{sentence}</li> }
}

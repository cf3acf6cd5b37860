//! Conditions as menus within each other: a criterion, its opposite, all of, any of.

use cotside_core::protocols::own::{Choice, Draft};
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::controls::{MenuField, Options, SmallButton};
use super::editor::Editor;

/// Of what a condition is, and so what may be chosen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Of a group: no groups can be named, all others can be.
    Group,
    /// Of the transplant rule: groups can be named, and there may be none.
    Transplant,
    /// A further condition of the transplant rule: criteria alone.
    TransplantCondition,
    /// Of an outcome: groups can be named, all patients can be.
    Outcome,
}

impl Of {
    const fn names_groups(self) -> bool {
        matches!(self, Self::Transplant | Self::Outcome)
    }

    /// What may be chosen for the condition as a whole alone.
    const fn whole(self) -> Option<(Choice, &'static str)> {
        match self {
            Self::Group => Some((Choice::Always, words::ALL_OTHERS)),
            Self::Transplant => Some((Choice::NoRule, words::NO_RULE)),
            Self::TransplantCondition => None,
            Self::Outcome => Some((Choice::Always, words::ALL_PATIENTS)),
        }
    }
}

/// How deep menus are drawn; deeper conditions are in the file alone.
const MOST_DEPTH: usize = 10;

/// What stands below a condition's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    Nothing,
    Opposite,
    Parts(&'static str),
}

impl Below {
    fn of(choice: &Choice) -> Self {
        match choice {
            Choice::All => Self::Parts("all"),
            Choice::Any => Self::Parts("any"),
            Choice::Not => Self::Opposite,
            _ => Self::Nothing,
        }
    }
}

/// The condition at a place.
pub fn condition(place: String, of: Of) -> AnyView {
    node(place, of, 0)
}

fn node(place: String, of: Of, depth: usize) -> AnyView {
    if depth > MOST_DEPTH {
        return words::TOO_DEEP.into_any();
    }
    let editor = Editor::here();
    let choice = {
        let place = place.clone();
        editor.now(move |draft| chosen(draft, &place, of, depth))
    };
    let options = Signal::derive(move || options(editor, of, depth, &choice.get()));
    let code = Signal::derive(move || choice.with(Choice::code));
    let choose = {
        let place = place.clone();
        Callback::new(move |code: String| {
            editor.change_list(&place, |draft| draft.choose(&place, &Choice::from_code(&code)));
        })
    };
    let also = ["is", "in_group", "not/is", "not/in_group", "not", "all", "any"];
    let also = also.map(|key| format!("{place}/{key}")).to_vec();
    let removal = (depth > 0 && !place.ends_with("/not")).then(|| {
        let part = place.clone();
        let act = Callback::new(move |()| {
            let list = part.rsplit_once('/').map_or("", |(list, _)| list);
            editor.change_list(list, |draft| draft.remove(&part));
        });
        let testid = format!("remove:{place}");
        view! { <SmallButton label="×" what=words::REMOVE_PART testid act/> }
    });
    let below = Memo::new(move |_| choice.with(Below::of));
    let name = place.clone();
    let parts = move || match below.get() {
        Below::Nothing => ().into_any(),
        Below::Opposite => view! { <div class="parts">{node(format!("{place}/not"), of, depth + 1)}</div> }.into_any(),
        Below::Parts(key) => parts(format!("{place}/{key}"), of, depth),
    };
    let label = if depth == 0 { words::CONDITION } else { words::PART };
    view! {
        <div class="condition">
            <MenuField place=name label bare=true options chosen=code choose also/>
            {removal}
            {parts}
        </div>
    }
    .into_any()
}

fn parts(list: String, of: Of, depth: usize) -> AnyView {
    let editor = Editor::here();
    let count = editor.count(&list);
    let testid = format!("add:{list}");
    let add = {
        let list = list.clone();
        Callback::new(move |()| editor.change(|draft| draft.add(&list)))
    };
    view! {
        <div class="parts">
            <For each=move || 0..count.get() key=|index| *index let:index>
                {node(format!("{list}/{index}"), of, depth + 1)}
            </For>
            <SmallButton label=words::ADD_PART what=words::ADD_PART_TO testid act=add/>
        </div>
    }
    .into_any()
}

/// What the condition at a place is; nothing at all is a choice only where there may be no rule.
fn chosen(draft: &Draft, place: &str, of: Of, depth: usize) -> Choice {
    match Choice::of(draft.at(place)) {
        Choice::NoRule if depth > 0 || of != Of::Transplant => Choice::Open,
        choice => choice,
    }
}

fn options(editor: Editor, of: Of, depth: usize, chosen: &Choice) -> Options {
    let mut options = Vec::new();
    let mut offer = |choice: Choice, words: String| options.push((choice.code(), words));
    if let Some((choice, words)) = of.whole().filter(|_| depth == 0) {
        offer(choice, words.to_owned());
    }
    if of.names_groups() {
        let groups = editor.named("/groups", "name");
        for (id, name) in &groups {
            offer(Choice::InGroup(id.clone()), words::group(name));
        }
        for (id, name) in groups {
            offer(Choice::NotInGroup(id), words::not(&words::group(&name)));
        }
    }
    let clauses = editor.clauses();
    for (id, asked) in &clauses {
        offer(Choice::Is(id.clone()), asked.clone());
    }
    for (id, asked) in clauses {
        offer(Choice::IsNot(id), words::not(&asked));
    }
    for (choice, words) in [
        (Choice::All, words::ALL_OF),
        (Choice::Any, words::ANY_OF),
        (Choice::Not, words::NOT),
    ] {
        offer(choice, words.to_owned());
    }
    if *chosen == Choice::Not {
        offer(Choice::WithoutNot, words::WITHOUT_NOT.to_owned());
    }
    options
}

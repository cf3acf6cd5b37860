//! Controls of the form. Each is named by the place of its value, where what is wrong with it is said too.

use cotside_messages::{PlacedProblem, ProblemGravity};
use cotside_words::lang::own_page as words;
use leptos::prelude::*;

use super::editor::Editor;

/// Options of a menu: value and words.
pub type Options = Vec<(String, String)>;

/// The options as elements; what is chosen and is not an option is shown as such.
pub fn options_of(options: Signal<Options>, chosen: Signal<String>) -> impl IntoView {
    move || {
        let chosen = chosen.get();
        let mut options = options.get();
        if options.iter().all(|(value, _)| *value != chosen) {
            let strange = if chosen.is_empty() { words::CHOOSE } else { &chosen };
            options.insert(0, (chosen.clone(), strange.to_owned()));
        }
        let each = |(value, words): (String, String)| {
            let is_chosen = value == chosen;
            view! { <option value=value prop:selected=is_chosen>{words}</option> }
        };
        options.into_iter().map(each).collect_view()
    }
}

/// Options that do not change.
pub fn fixed(options: Options) -> Signal<Options> {
    Signal::stored(options)
}

/// Options of codes with their words.
pub fn coded<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str, words: impl Fn(T) -> &'static str) -> Options {
    let each = all
        .iter()
        .map(|&value| (code(value).to_owned(), words(value).to_owned()));
    each.collect()
}

/// What is wrong with a control, below it.
#[component]
fn Problem(problem: Memo<Option<PlacedProblem>>) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            let class = match problem.gravity {
                ProblemGravity::Remark => "remark notice",
                ProblemGravity::Error | ProblemGravity::Missing => "remark invalid",
            };
            view! { <p class=class>{problem.sentence}</p> }
        })
    }
}

fn invalid(problem: Memo<Option<PlacedProblem>>) -> impl Fn() -> Option<&'static str> + Copy {
    move || {
        let wrong = problem.with(|problem| {
            let gravity = problem.as_ref().map(|problem| problem.gravity);
            gravity.is_some_and(|gravity| gravity != ProblemGravity::Remark)
        });
        wrong.then_some("true")
    }
}

/// An input of text for the value at a place.
#[component]
pub fn TextField(
    /// The place.
    #[prop(into)]
    place: String,
    /// What stands above it.
    label: &'static str,
    /// How wide it is.
    #[prop(optional)]
    class: &'static str,
    /// Whether it is an id: what names it follows a change.
    #[prop(optional)]
    id: bool,
) -> impl IntoView {
    let editor = Editor::here();
    let value = editor.shown(&place);
    let problem = editor.problem(vec![place.clone()]);
    let changed = {
        let place = place.clone();
        move |event: leptos::ev::Event| {
            let typed = event_target_value(&event);
            editor.change(|draft| {
                if id {
                    draft.rename(&place, &typed);
                } else {
                    draft.type_into(&place, &typed);
                }
            });
        }
    };
    let name = place.clone();
    view! {
        <div class=format!("own-field {class}")>
            <label>
                <span>{label}</span>
                <input
                    type="text"
                    autocomplete="off"
                    name=name
                    prop:value=value
                    aria-invalid=invalid(problem)
                    on:change=changed
                    on:blur=move |_| editor.leave(&place)
                />
            </label>
            <Problem problem/>
        </div>
    }
}

/// A menu for the value at a place; without `choose` its option's value is the value.
#[component]
pub fn MenuField(
    /// The place.
    #[prop(into)]
    place: String,
    /// What it is called.
    label: &'static str,
    /// Its options.
    options: Signal<Options>,
    /// How wide it is.
    #[prop(optional)]
    class: &'static str,
    /// Whether its label is not shown.
    #[prop(optional)]
    bare: bool,
    /// What is chosen, where that is not the value itself.
    #[prop(optional)]
    chosen: Option<Signal<String>>,
    /// Takes a choice, where that is not the value itself.
    #[prop(optional)]
    choose: Option<Callback<String>>,
    /// Further places where what is wrong with the choice is reported.
    #[prop(optional)]
    also: Vec<String>,
) -> impl IntoView {
    let editor = Editor::here();
    let chosen = chosen.unwrap_or_else(|| editor.shown(&place).into());
    let problem = editor.problem([vec![place.clone()], also].concat());
    let changed = {
        let place = place.clone();
        move |event: leptos::ev::Event| {
            let value = event_target_value(&event);
            match choose {
                Some(choose) => choose.run(value),
                None => editor.change(|draft| draft.type_into(&place, &value)),
            }
        }
    };
    let name = place.clone();
    let select = view! {
        <select
            name=name
            autocomplete="off"
            aria-label=bare.then_some(label)
            aria-invalid=invalid(problem)
            on:change=changed
            on:blur=move |_| editor.leave(&place)
        >{options_of(options, chosen)}</select>
    };
    let control = if bare {
        select.into_any()
    } else {
        view! { <label><span>{label}</span>{select}</label> }.into_any()
    };
    view! { <div class=format!("own-field {class}")>{control}<Problem problem/></div> }
}

/// A check-box.
#[component]
pub fn Tick(
    /// Its name.
    #[prop(into)]
    name: String,
    /// What it says.
    label: &'static str,
    /// Whether it is ticked.
    ticked: Memo<bool>,
    /// Takes a change.
    tick: Callback<bool>,
) -> impl IntoView {
    let changed = move |event: leptos::ev::Event| tick.run(event_target_checked(&event));
    view! {
        <label class="tick">
            <input type="checkbox" autocomplete="off" name=name prop:checked=ticked prop:defaultChecked=ticked on:change=changed/>
            {label}
        </label>
    }
}

/// A small button; `what` says what it does to those who do not see where it stands.
#[component]
pub fn SmallButton(
    /// What it says.
    label: &'static str,
    /// What it does.
    #[prop(optional, into)]
    what: Option<String>,
    /// Its name for tests.
    #[prop(into)]
    testid: String,
    /// Does it.
    act: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="small" aria-label=what data-testid=testid on:click=move |_| act.run(())>{label}</button>
    }
}

/// Takes an entry out of its list.
#[component]
pub fn RemoveButton(
    /// The place of the entry.
    #[prop(into)]
    place: String,
    /// Its number, from 1.
    number: usize,
) -> impl IntoView {
    let editor = Editor::here();
    let testid = format!("remove:{place}");
    let list = place.rsplit_once('/').map_or("", |(list, _)| list).to_owned();
    let what = words::remove(&list, number);
    let act = Callback::new(move |()| editor.change_list(&list, |draft| draft.remove(&place)));
    view! { <SmallButton label=words::REMOVE what testid act/> }
}

/// Adds an entry to a list.
#[component]
pub fn AddButton(
    /// The place of the list.
    list: &'static str,
) -> impl IntoView {
    let editor = Editor::here();
    let label = words::ADD
        .iter()
        .find(|(place, _)| *place == list)
        .map_or("", |(_, label)| label);
    let add = move |_| editor.change_list(list, |draft| draft.add(list));
    view! {
        <button type="button" class="small" data-adds=list data-testid=format!("add:{list}") on:click=add>{label}</button>
    }
}

/// The entries of a list, with the button that adds one.
#[component]
pub fn Entries(
    /// The place of the list.
    list: &'static str,
    /// The controls of an entry: its position.
    entry: fn(usize) -> AnyView,
) -> impl IntoView {
    let count = Editor::here().count(list);
    view! {
        <For each=move || 0..count.get() key=|index| *index let:index>
            <div class="own-entry">{entry(index)}</div>
        </For>
        <AddButton list/>
    }
}

//! One column as a row of the table, and what unfolds beneath it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cotside_core::cohort::Role;
use cotside_messages::{
    CellView, ColumnRequest, ColumnState, ColumnView, FileRequest, FileSetting, SettingPlace, TextMeaning, TextView,
};
use cotside_words::lang;
use cotside_words::lang::columns_page as words;
use leptos::html::Button;
use leptos::prelude::*;
use maud::html as markup;

use super::setting::{Questions, SettingLine, SettingList};
use crate::worker_link::Link;

/// The value of the option that a text stands for no value.
const NO_VALUE: &str = "missing";

/// The options of the list of roles, in groups. They are the same for every column, and a file has many.
static ROLES: LazyLock<String> = LazyLock::new(|| {
    let mut families: Vec<(&str, Vec<Role>)> = Vec::new();
    for role in Role::all() {
        let family = lang::role_family(role);
        match families.iter_mut().find(|(known, _)| *known == family) {
            Some((_, roles)) => roles.push(role),
            None => families.push((family, vec![role])),
        }
    }
    let options = markup! {
        @for (family, roles) in families {
            optgroup label=(family) {
                @for role in roles { option value=(role.code()) { (lang::role_of_column(role)) } }
            }
        }
    };
    options.into_string()
});

/// A column: its row, and what is open about it beneath.
#[component]
pub fn ColumnRow(
    /// Whose file.
    link: Link,
    /// Its place in the file.
    column: usize,
    /// How often all that was assumed was confirmed.
    confirmed: RwSignal<u32>,
) -> impl IntoView {
    let view = Memo::new(move |before: Option<&ColumnView>| {
        let known = link.columns.with(|file| {
            let columns = &file.as_ref()?.columns;
            let place = columns.binary_search_by_key(&column, |known| known.column).ok()?;
            columns.get(place).cloned()
        });
        known.or_else(|| before.cloned()).unwrap_or_default()
    });
    let name = Memo::new(move |_| view.with(|view| view.name.clone()));
    let state = Memo::new(move |_| view.with(|view| view.state));
    let asks = Memo::new(move |_| view.with(has_question));
    let open = RwSignal::new(asks.get_untracked());
    // What is asked unfolds; nothing is folded away by an answer, so that it can be taken back.
    Effect::new(move |_| {
        if asks.get() {
            open.set(true);
        }
    });
    Effect::new(move |before: Option<u32>| {
        let times = confirmed.get();
        if before.is_some_and(|before| before != times) && state.get_untracked() != ColumnState::ToAnswer {
            open.set(false);
        }
        times
    });
    let has_below = Memo::new(move |_| view.with(has_below));
    let fold = NodeRef::<Button>::new();
    let say = move |request| link.say_of_file(FileRequest::Column { column, request });
    let confirm = Callback::new(move |()| {
        say(ColumnRequest::Confirm);
        // The button goes with what it confirmed.
        if let Some(fold) = fold.get_untracked() {
            let _ = fold.focus();
        }
        if state.get_untracked() == ColumnState::ToConfirm {
            open.set(false);
        }
    });
    let role = move |event| {
        if let Some(role) = Role::from_code(&event_target_value(&event)) {
            say(ColumnRequest::Role(role));
        }
    };
    let below = format!("below-{column}");
    let controls = below.clone();
    view! {
        <tbody data-testid=format!("column-{column}")>
            <tr>
                <th scope="row">
                    <Show when=move || has_below.get() fallback=move || name.get()>
                        <button
                            node_ref=fold
                            type="button"
                            class="fold"
                            aria-expanded=move || if open.get() { "true" } else { "false" }
                            aria-controls=controls.clone()
                            on:click=move |_| open.update(|open| *open = !*open)
                        >{name}</button>
                    </Show>
                    {move || view.with(|view| view.label.clone()).map(|label| view! { <div class="quiet">{label}</div> })}
                    {move || {
                        let notes = view.with(|view| view.notes.clone());
                        notes.into_iter().map(|note| view! { <div class="quiet">{note}</div> }).collect_view()
                    }}
                </th>
                <td data-label=words::CONTENT><Content view/></td>
                <td data-label=words::VARIABLE>
                    <select
                        name=format!("role:{column}")
                        aria-label=move || words::variable_of(&name.get())
                        autocomplete="off"
                        inner_html=ROLES.as_str()
                        prop:value=move || view.with(|view| view.role.code().into_owned())
                        on:change=role
                    ></select>
                </td>
                <td data-label=words::READ_AS><ReadAs link view/></td>
                <td data-label=words::MISSING class="number brief">{move || view.with(|view| view.missing)}</td>
                <td data-label=words::STATE class="brief"><State state/></td>
            </tr>
            {move || (open.get() && has_below.get()).then(|| view! {
                <tr class="below" id=below.clone()>
                    <td colspan="6"><Below link view confirm/></td>
                </tr>
            })}
        </tbody>
    }
}

/// Whether something is asked here.
fn has_question(view: &ColumnView) -> bool {
    view.can_confirm || view.state == ColumnState::ToAnswer
}

/// Whether there is anything to unfold.
fn has_below(view: &ColumnView) -> bool {
    view.state != ColumnState::Ignored || !view.texts.is_empty()
}

/// How far the column is understood.
#[component]
fn State(state: Memo<ColumnState>) -> impl IntoView {
    let class = move || match state.get() {
        ColumnState::Ignored => "state ignored",
        ColumnState::Read => "state",
        ColumnState::ToConfirm | ColumnState::ToAnswer => "state open",
    };
    let words = move || match state.get() {
        ColumnState::Ignored => words::IGNORED,
        ColumnState::Read => words::READ,
        ColumnState::ToConfirm => words::TO_CONFIRM,
        ColumnState::ToAnswer => words::TO_ANSWER,
    };
    view! { <span class=class>{words}</span> }
}

/// What the cells seem to hold, and the first of them.
#[component]
fn Content(view: Memo<ColumnView>) -> impl IntoView {
    let cells = Memo::new(move |_| {
        view.with(|view| {
            let regular = view.cells.iter().filter(|cell| !cell.odd);
            regular.map(|cell| cell.text.clone()).collect::<Vec<_>>()
        })
    });
    let cell = |text: String| view! { " "<span class="cell-text">{text}</span> };
    view! {
        <span class="quiet">{move || view.with(|view| view.kind.clone())}</span>
        <span class="preview">{move || cells.get().into_iter().map(cell).collect_view()}</span>
    }
}

/// The settings shown in the row, and what the first cell is read as.
#[component]
fn ReadAs(link: Link, view: Memo<ColumnView>) -> impl IntoView {
    let first = Memo::new(move |_| {
        view.with(|view| {
            let cell = view.cells.iter().find(|cell| !cell.read_as.is_empty());
            cell.map(|cell| cell.read_as.clone())
        })
    });
    let list = move |name: String| {
        let setting = setting_of(view, name);
        let spoken = spoken(setting, view);
        view! { <SettingList link setting spoken/> }
    };
    view! {
        <For each=move || names_of(view, |place| place == SettingPlace::Row) key=String::clone children=list/>
        {move || first.get().map(|read| view! { <span class="reading">{read}</span> })}
    }
}

/// The names of the settings that are shown at a place.
fn names_of(view: Memo<ColumnView>, is_here: impl Fn(SettingPlace) -> bool) -> Vec<String> {
    view.with(|view| {
        let here = view.settings.iter().filter(|setting| is_here(setting.place));
        here.map(|setting| setting.name.clone()).collect()
    })
}

/// A setting by its name, as it is now.
fn setting_of(view: Memo<ColumnView>, name: String) -> Memo<FileSetting> {
    Memo::new(move |before: Option<&FileSetting>| {
        let known = view.with(|view| view.settings.iter().find(|setting| setting.name == name).cloned());
        known.or_else(|| before.cloned()).unwrap_or_default()
    })
}

fn spoken(setting: Memo<FileSetting>, view: Memo<ColumnView>) -> String {
    setting.with_untracked(|setting| view.with_untracked(|view| words::setting_of(&setting.label, &view.name)))
}

/// What is open, how the cells are read, what the texts mean.
#[component]
fn Below(link: Link, view: Memo<ColumnView>, confirm: Callback<()>) -> impl IntoView {
    let questions = Signal::derive(move || {
        view.with(|view| {
            let of_row = view
                .settings
                .iter()
                .filter(|setting| setting.place == SettingPlace::Row);
            let of_row = of_row.flat_map(|setting| setting.questions.clone());
            view.questions.iter().cloned().chain(of_row).collect::<Vec<_>>()
        })
    });
    let asked_at = Memo::new(move |_| view.with(|view| view.asked_at.clone()));
    let can_confirm = Memo::new(move |_| view.with(|view| view.can_confirm));
    let line = move |name: String| {
        let setting = setting_of(view, name);
        let spoken = spoken(setting, view);
        view! { <SettingLine link setting spoken/> }
    };
    let holds = move || view.with(|view| words::holds(view.filled, view.missing, &view.kind));
    view! {
        <div class="asked">
            <div>
                <p class="quiet">{holds}</p>
                <Readings view/>
            </div>
            <div>
                <Questions questions/>
                {move || asked_at.get().map(|column| view! { <p class="quiet">{words::asked_at(&column)}</p> })}
                <For each=move || names_of(view, |place| place != SettingPlace::Row) key=String::clone children=line/>
                <Texts link view/>
                {move || can_confirm.get().then(|| view! {
                    <p>
                        <button
                            type="button"
                            aria-label=move || view.with(|view| words::confirm_column(&view.name))
                            on:click=move |_| confirm.run(())
                        >{words::CONFIRM}</button>
                    </p>
                })}
            </div>
        </div>
    }
}

/// The first cells, each with what it is read as.
#[component]
fn Readings(view: Memo<ColumnView>) -> impl IntoView {
    let cells = Memo::new(move |_| {
        view.with(|view| {
            let read = view.cells.iter().filter(|cell| !cell.read_as.is_empty());
            read.cloned().collect::<Vec<_>>()
        })
    });
    let cell = |cell: CellView| view! { <li><span class="cell-text">{cell.text}</span>" → "{cell.read_as}</li> };
    view! { <ul class="understood">{move || cells.get().into_iter().map(cell).collect_view()}</ul> }
}

/// The texts with their meaning. Those whose meaning follows from a setting are folded away; one that was shown stays where
/// it is when it is answered.
#[component]
fn Texts(link: Link, view: Memo<ColumnView>) -> impl IntoView {
    let shown = Memo::new(move |before: Option<&(Role, BTreeSet<String>)>| {
        view.with(|view| {
            let kept = before.filter(|(role, _)| *role == view.role);
            let mut shown = kept.map(|(_, shown)| shown.clone()).unwrap_or_default();
            let now = view.texts.iter().filter(|text| !text.follows);
            shown.extend(now.map(|text| text.text.clone()));
            (view.role, shown)
        })
    });
    let keys = move |is_shown: bool| {
        Memo::new(move |_| {
            let known = |text: &&TextView| shown.with(|(_, shown)| shown.contains(&text.text)) == is_shown;
            view.with(|view| {
                let texts = view.texts.iter().filter(known);
                let key = |text: &TextView| (view.role, text.text.clone());
                texts.map(key).collect::<Vec<_>>()
            })
        })
    };
    let (direct, folded) = (keys(true), keys(false));
    let has_direct = Memo::new(move |_| direct.with(|keys| !keys.is_empty()));
    let has_folded = Memo::new(move |_| folded.with(|keys| !keys.is_empty()));
    let more_texts = Memo::new(move |_| view.with(|view| view.more_texts));
    let name = view.with_untracked(|view| format!("values-{}", view.column));
    view! {
        {move || has_direct.get().then(|| view! { <TextTable link view keys=direct/> })}
        {move || has_folded.get().then(|| view! {
            <details class="more" data-testid=name.clone()>
                <summary>{words::EACH_TEXT}</summary>
                <TextTable link view keys=folded/>
            </details>
        })}
        {move || more_texts.get().then(|| view! { <p class="remark invalid">{words::MORE_TEXTS}</p> })}
    }
}

/// Texts with their meaning, a row each.
#[component]
fn TextTable(link: Link, view: Memo<ColumnView>, keys: Memo<Vec<(Role, String)>>) -> impl IntoView {
    view! {
        <table class="texts">
            <thead>
                <tr>
                    <th scope="col">{words::TEXT}</th>
                    <th scope="col" class="number">{words::CELLS}</th>
                    <th scope="col">{words::MEANS}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || keys.get() key=|key| key.clone() let:key>
                    <TextRow link view role=key.0 text=key.1/>
                </For>
            </tbody>
        </table>
    }
}

/// A text, how many cells have it, and its meaning.
#[component]
fn TextRow(link: Link, view: Memo<ColumnView>, role: Role, text: String) -> impl IntoView {
    let (column, name) = view.with_untracked(|view| (view.column, view.name.clone()));
    let place = view.with_untracked(|view| view.texts.iter().position(|known| known.text == text));
    let is_empty = text.is_empty();
    let shown = if is_empty {
        words::EMPTY.to_owned()
    } else {
        text.clone()
    };
    let wanted = text.clone();
    let known = Memo::new(move |before: Option<&TextView>| {
        let known = view.with(|view| view.texts.iter().find(|known| known.text == wanted).cloned());
        known.or_else(|| before.cloned()).unwrap_or_default()
    });
    let meaning = Memo::new(move |_| known.with(|known| known.meaning.clone()));
    let said = StoredValue::new(text.clone());
    let changed = move |event| {
        let meaning = match event_target_value(&event) {
            unsaid if unsaid.is_empty() => TextMeaning::Unsaid,
            missing if missing == NO_VALUE => TextMeaning::Missing,
            code => TextMeaning::Code(code),
        };
        let text = said.get_value();
        let request = ColumnRequest::Text { text, meaning };
        link.say_of_file(FileRequest::Column { column, request });
    };
    let code = move |&code: &&'static str| {
        let is_it = move || meaning.with(|meaning| matches!(meaning, TextMeaning::Code(known) if known == code));
        view! { <option value=code prop:selected=is_it>{lang::code_meaning(role, code)}</option> }
    };
    let unsaid = move || meaning.get() == TextMeaning::Unsaid;
    let missing = move || meaning.get() == TextMeaning::Missing;
    let question = Memo::new(move |_| known.with(|known| known.question.clone()));
    view! {
        <tr>
            <th scope="row"><span class="cell-text">{shown.clone()}</span></th>
            <td class="number">{move || known.with(|known| known.cells)}</td>
            <td>
                <select
                    name=format!("value:{column}:{}", place.unwrap_or_default())
                    aria-label=words::meaning_of(&shown, &name)
                    autocomplete="off"
                    on:change=changed
                >
                    <option value="" prop:selected=unsaid>{words::unsaid(role, &text)}</option>
                    {(!is_empty).then(|| view! {
                        <option value=NO_VALUE prop:selected=missing>{words::no_value(role)}</option>
                    })}
                    {role.codes().iter().map(code).collect_view()}
                </select>
                {move || question.get().map(|question| view! { <p class="remark invalid">{question}</p> })}
            </td>
        </tr>
    }
}

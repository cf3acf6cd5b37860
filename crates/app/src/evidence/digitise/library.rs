//! The library: figures of this session, which of them are drawn together, and files of them.

use cotside_messages::{EvidenceRequest, LibraryRow};
use cotside_words::lang::digitise_page as digitise;
use leptos::prelude::*;

use crate::evidence::Page;
use crate::part::{FileButton, Part};

const ACCEPTED: &str = ".json,application/json";

impl Page {
    /// Puts files into the library that are not in it.
    pub(in crate::evidence) fn shelve(self, files: Vec<String>) {
        self.library.update(|library| {
            for file in files {
                if !library.figures.contains(&file) {
                    library.figures.push(file);
                }
            }
        });
    }

    fn choose_figure(self, place: usize, chosen: bool) {
        self.library.update(|library| {
            library.chosen.retain(|each| *each != place);
            if chosen {
                library.chosen.push(place);
            }
        });
    }

    fn remove_figure(self, place: usize) {
        // A worker that takes the place of another one opens the last file again.
        self.awaits_figures.set_value(false);
        self.library.update(|library| {
            if place < library.figures.len() {
                library.figures.remove(place);
            }
            library.chosen.retain(|each| *each != place);
            for each in &mut library.chosen {
                *each -= usize::from(*each > place);
            }
        });
    }

    fn edit_figure(self, place: usize) {
        let file = self
            .library
            .with_untracked(|library| library.figures.get(place).cloned());
        if let Some(file) = file {
            self.ask(EvidenceRequest::Edit(file));
        }
    }
}

/// The list, its files, and what the worker draws of it.
#[component]
pub fn Library(page: Page) -> impl IntoView {
    let is_empty = Memo::new(move |_| page.shelf.with(Vec::is_empty));
    let rows = move || {
        let rows = page.shelf.get().into_iter().enumerate();
        rows.map(|(place, row)| view! { <Row page place row/> }).collect_view()
    };
    let heads = digitise::HEADS.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <section class="library" aria-labelledby="library-head">
            <h3 id="library-head">{digitise::LIBRARY}</h3>
            <p class="prose">{digitise::LIBRARY_LEAD}</p>
            <div class="tools" on:change=move |_| page.awaits_figures.set_value(true)>
                <FileButton link=page.link accept=ACCEPTED testid="figures-input" label=digitise::OPEN_FILES/>
                <button type="button" data-export="library.json" hidden=is_empty>{digitise::SAVE_LIBRARY}</button>
            </div>
            <p class="quiet" hidden=move || !is_empty.get()>{digitise::NO_FIGURE}</p>
            <div class="wide" hidden=is_empty>
                <table data-testid="shelf"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            </div>
            <Part link=page.link name="library" testid="library"/>
        </section>
    }
}

/// A figure of the library.
#[component]
fn Row(page: Page, place: usize, row: LibraryRow) -> impl IntoView {
    let named = |action: &str| digitise::of_figure(action, &row.study, &row.figure, &row.digitised);
    let (draw, edit, remove) = (
        named(digitise::HEADS[0]),
        named(digitise::EDIT),
        named(digitise::REMOVE),
    );
    let chosen = move || page.library.with(|library| library.chosen.contains(&place));
    let [_, _, figure, groups, patients, fit, digitised, actions] = digitise::HEADS;
    view! {
        <tr>
            <td data-label=digitise::HEADS[0]>
                <input
                    type="checkbox"
                    autocomplete="off"
                    name=format!("library.draw-{place}")
                    aria-label=draw
                    prop:checked=chosen
                    prop:defaultChecked=chosen
                    on:change=move |event| page.choose_figure(place, event_target_checked(&event))
                />
            </td>
            <th scope="row">{row.study}</th>
            <td data-label=figure>{row.figure}</td>
            <td data-label=groups>{row.groups}</td>
            <td data-label=patients class="number">{row.patients}</td>
            <td data-label=fit>{row.fit}</td>
            <td data-label=digitised>{row.digitised}</td>
            <td data-label=actions>
                <button type="button" name=format!("library.edit-{place}") aria-label=edit on:click=move |_| page.edit_figure(place)>
                    {digitise::EDIT}
                </button>
                " "
                <button type="button" name=format!("library.remove-{place}") aria-label=remove on:click=move |_| page.remove_figure(place)>
                    {digitise::REMOVE}
                </button>
            </td>
        </tr>
    }
}

//! Which sheet of a workbook is read, in which code page a text is, and which rows are patients.

use cotside_messages::{FileRequest, FileSetting, WorkbookSheet};
use cotside_words::lang::columns_page as words;
use leptos::prelude::*;

use super::of_file;
use super::setting::SettingLine;
use crate::worker_link::Link;

/// The sheets of a workbook, where several hold something.
#[component]
pub fn SheetChoice(
    /// Whose workbook.
    link: Link,
) -> impl IntoView {
    let sheets = Memo::new(move |_| link.sheets.with(|book| book.sheets.clone()));
    let chosen = Memo::new(move |_| link.sheets.with(|book| book.chosen));
    let question = move || {
        link.sheets
            .with(|book| words::sheets(&book.file, book.sheets.len(), book.chosen.is_some()))
    };
    let sheet = move |(place, sheet): (usize, WorkbookSheet)| {
        let pressed = move || if chosen.get() == Some(place) { "true" } else { "false" };
        view! {
            <button
                type="button"
                aria-pressed=pressed
                on:click=move |_| link.say_of_file(FileRequest::Sheet(place))
            >{words::sheet(&sheet.name, sheet.size)}</button>
            " "
        }
    };
    move || {
        let sheets = sheets.get();
        (!sheets.is_empty()).then(|| {
            view! {
                <div class="next" data-testid="sheets" translate="no">
                    <p>{question}</p>
                    <p class="choose">{sheets.into_iter().enumerate().map(sheet).collect_view()}</p>
                </div>
            }
        })
    }
}

/// In which code page the file is read, where its bytes do not say.
#[component]
pub fn EncodingChoice(
    /// Whose file.
    link: Link,
) -> impl IntoView {
    let has_choice = of_file(link, |file| file.encoding.is_some());
    let setting = of_file(link, |file| file.encoding.clone().unwrap_or_default());
    let is_open = Memo::new(move |_| setting.with(|setting| !setting.questions.is_empty()));
    let confirm = move |_| {
        let now = setting.with_untracked(|setting| Some(setting.options.get(setting.chosen?)?.request.clone()));
        if let Some(now) = now {
            link.say_of_file(now);
        }
    };
    move || {
        has_choice.get().then(|| {
            view! {
                <section class="asked one" data-testid="encoding">
                    <SettingLine link setting spoken=words::label::ENCODING.to_owned()/>
                    {move || is_open.get().then(|| view! {
                        <p><button type="button" on:click=confirm>{words::CONFIRM}</button></p>
                    })}
                </section>
            }
        })
    }
}

/// Which rows are patients, where there is a question.
#[component]
pub fn RowsChoice(
    /// Whose file.
    link: Link,
) -> impl IntoView {
    let has_choice = of_file(link, |file| file.rows.is_some());
    let names = of_file(link, |file| {
        let settings = file.rows.iter().flat_map(|rows| &rows.settings);
        settings.map(|setting| setting.name.clone()).collect::<Vec<_>>()
    });
    let tally = of_file(link, |file| {
        file.rows
            .as_ref()
            .map(|rows| words::rows_tally(rows.rows, rows.patients))
    });
    let is_open = of_file(link, |file| file.rows_open() > 0);
    let line = move |name: String| {
        let setting = of_file(link, move |file| {
            let mut settings = file.rows.iter().flat_map(|rows| &rows.settings);
            settings
                .find(|setting| setting.name == name)
                .cloned()
                .unwrap_or_default()
        });
        let spoken = setting.with_untracked(|setting: &FileSetting| setting.label.clone());
        view! { <SettingLine link setting spoken/> }
    };
    move || {
        has_choice.get().then(|| {
            view! {
                <h3>{words::ROWS}</h3>
                <section class="asked" data-testid="rows">
                    <div><p class="tally">{tally}</p></div>
                    <div>
                        <For each=move || names.get() key=String::clone children=line/>
                        {move || is_open.get().then(|| view! {
                            <p>
                                <button type="button" on:click=move |_| link.say_of_file(FileRequest::ConfirmRows)>
                                    {words::CONFIRM}
                                </button>
                            </p>
                        })}
                    </div>
                </section>
            }
        })
    }
}

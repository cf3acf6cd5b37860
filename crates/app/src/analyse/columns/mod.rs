//! The columns of a file: one table, a row a column. What is open about a column and what its texts mean unfold beneath its
//! row; no control is replaced by an answer.

mod row;
mod setting;
mod source;

use cotside_messages::{FileColumns, FileRequest};
use cotside_words::lang;
use cotside_words::lang::columns_page as words;
use leptos::html::{Details, Div};
use leptos::prelude::*;

use crate::worker_link::Link;
use row::ColumnRow;
use source::{EncodingChoice, RowsChoice};

pub use source::SheetChoice;

/// The columns with everything that is open about them.
#[component]
pub fn Columns(
    /// Whose file.
    link: Link,
    /// Whether patients are to be followed: what is missing for that is said, under a heading.
    #[prop(optional)]
    follow_up: bool,
) -> impl IntoView {
    let region = NodeRef::<Div>::new();
    let confirmed = RwSignal::new(0_u32);
    let keys = of_file(link, |file| {
        let column = |column: &cotside_messages::ColumnView| (file.number, column.column);
        file.columns.iter().map(column).collect::<Vec<_>>()
    });
    let not_shown = of_file(link, |file| file.not_shown);
    let can_confirm = of_file(link, |file| {
        file.columns.iter().filter(|column| column.can_confirm).count() > 1
    });
    let confirm_all = move |_| {
        confirmed.update(|times| *times += 1);
        link.say_of_file(FileRequest::ConfirmColumns);
        // The button goes with what it confirmed.
        if let Some(region) = region.get_untracked() {
            let _ = region.focus();
        }
    };
    view! {
        <div node_ref=region class="columns" data-testid="columns" translate="no" tabindex="-1">
            {follow_up.then(|| view! {
                <h2>{words::COLUMNS}</h2>
                <p class="tally" data-testid="columns-tally">{move || tally(link)}</p>
                <Missing link/>
            })}
            <EncodingChoice link/>
            <RowsChoice link/>
            {move || can_confirm.get().then(|| view! {
                <p><button type="button" name="confirm-all" on:click=confirm_all>{words::CONFIRM_ALL}</button></p>
            })}
            <div class="wide">
                <table class="mapping">
                    <thead>
                        <tr>
                            <th scope="col">{words::COLUMN}</th>
                            <th scope="col">{words::CONTENT}</th>
                            <th scope="col">{words::VARIABLE}</th>
                            <th scope="col">{words::READ_AS}</th>
                            <th scope="col" class="number">{words::MISSING}</th>
                            <th scope="col">{words::STATE}</th>
                        </tr>
                    </thead>
                    <For each=move || keys.get() key=|key| *key let:key>
                        <ColumnRow link column=key.1 confirmed/>
                    </For>
                </table>
            </div>
            {move || Some(not_shown.get()).filter(|rest| *rest > 0).map(|rest| view! {
                <p class="remark">{lang::columns_not_shown(rest, keys.with(Vec::len))}</p>
            })}
        </div>
    }
}

/// The same, folded away where nothing is open.
#[component]
pub fn ColumnsFold(
    /// Whose file.
    link: Link,
) -> impl IntoView {
    let fold = NodeRef::<Details>::new();
    let has_file = of_file(link, |_| true);
    // A file that leaves something open shows it; nothing is folded away by an answer.
    let asks = of_file(link, |file| (file.number, is_open(file)));
    Effect::new(move |_| {
        let (_, asks) = asks.get();
        if let Some(fold) = fold.get().filter(|_| asks) {
            fold.set_open(true);
        }
    });
    move || {
        has_file.get().then(|| {
            view! {
                <details class="more" data-testid="columns-fold" node_ref=fold>
                    <summary data-testid="columns-tally">{move || tally(link)}</summary>
                    <Columns link/>
                </details>
            }
        })
    }
}

/// Whether anything is open about a file.
fn is_open(file: &FileColumns) -> bool {
    let of_encoding = file.encoding.iter().any(|setting| !setting.questions.is_empty());
    file.counts.to_confirm > 0 || file.rows_open() > 0 || of_encoding
}

/// Something of the file; the default without one.
pub fn of_file<T: Default + PartialEq + Send + Sync + 'static>(
    link: Link,
    read: impl Fn(&FileColumns) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| link.columns.with(|file| file.as_ref().map(&read).unwrap_or_default()))
}

/// How far the columns are understood.
pub fn tally(link: Link) -> String {
    link.columns.with(|file| {
        let told = file.as_ref().map(|file| {
            lang::columns_tally(lang::ColumnsTally {
                recognised: file.counts.recognised,
                to_confirm: file.counts.to_confirm,
                ignored: file.counts.ignored,
                of_rows: file.rows_open(),
            })
        });
        told.unwrap_or_default()
    })
}

/// What nobody can be followed without.
#[component]
pub fn Missing(
    /// Whose file.
    link: Link,
) -> impl IntoView {
    let missing = of_file(link, |file| file.missing.clone());
    move || {
        missing.get().map(|missing| {
            view! {
                <p class="remark invalid" data-testid="missing">
                    {words::missing_for(&missing.endpoint, &missing.columns)}
                </p>
            }
        })
    }
}

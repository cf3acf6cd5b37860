//! The ways to open a cohort, and the banner over the example.

use cotside_messages::{BesideView, FileRequest};
use cotside_words::lang::cohort_page as words;
use cotside_words::lang::combine_page::FROM_ANALYSE as COMBINE;
use cotside_words::lang::working::PASTED;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::{REGISTRY, SEVERANCE};
use crate::links::href;
use crate::part::{FileButton, Part};
use crate::seal::Seal;
use crate::worker_link::Link;

/// What the page can read.
pub const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.fods,.html,.htm,.xml,.sav,.zsav,.por,.dta,.xpt,.sas7bdat,.rds,\
                        .rdata,.rda,.omv,.json,.sps,.do,.sas,.r,text/csv";

/// Over the workbench until a file of the reader is open: what is shown is an example, and how to open a file.
#[component]
pub fn ExampleBanner(
    link: Link,
    /// Whether the example is there.
    has_file: Memo<bool>,
) -> impl IntoView {
    view! {
        <div class="open-file">
            {move || has_file.get().then(|| view! { <Part link name="example"/> })}
            <FileBox link/>
            <Seal/>
        </div>
    }
}

/// What stands beside the file: dictionaries, a table of subjects. Each can be taken away.
#[component]
pub fn Beside(link: Link) -> impl IntoView {
    let files = Memo::new(move |_| {
        link.columns
            .with(|file| file.as_ref().map(|file| file.beside.clone()).unwrap_or_default())
    });
    let row = move |(place, file): (usize, BesideView)| {
        let name = words::without_beside(&file.name);
        view! {
            <li>
                <span translate="no">{file.name}</span>
                ": "
                {file.text}
                " "
                <button
                    type="button"
                    class="link"
                    aria-label=name
                    data-testid="without-beside"
                    on:click=move |_| link.say_of_file(FileRequest::WithoutBeside(place))
                >{words::TAKE_AWAY}</button>
            </li>
        }
    };
    let list = move || files.get().into_iter().enumerate().map(row).collect_view();
    view! {
        {move || (!files.with(Vec::is_empty)).then(|| view! { <ul class="quiet" data-testid="beside">{list()}</ul> })}
    }
}

/// The ways to open a file: chosen, pasted, or an example. A file can also be dropped anywhere on the page.
#[component]
pub fn FileBox(link: Link) -> impl IntoView {
    let rows = NodeRef::<Textarea>::new();
    let read = move |_| {
        if let Some(rows) = rows.get_untracked() {
            link.open_text(PASTED, &rows.value());
        }
    };
    // Rows that were read are not kept in the page; rows that were refused can be corrected.
    Effect::new(move |_| {
        if link.pasted.get() > 0
            && let Some(rows) = rows.get_untracked()
        {
            rows.set_value("");
        }
    });
    view! {
        <div class="drop" data-testid="drop">
            <FileButton link accept=ACCEPTED testid="cohort-input" label=words::CHOOSE_FILE/>
            <span>{words::DROP}</span>
            <details class="more" data-testid="paste">
                <summary>{words::PASTE}</summary>
                <textarea
                    node_ref=rows
                    translate="no"
                    data-testid="rows-pasted"
                    rows="6"
                    spellcheck="false"
                    autocomplete="off"
                    aria-label=words::PASTE_LABEL
                    on:focusin=move |_| link.seal()
                ></textarea>
                <button type="button" data-testid="read-pasted" on:click=read>{words::PASTE_READ}</button>
            </details>
            <a href=href("samples/template.csv") download="cotside-template.csv" target="_self">{words::TEMPLATE}</a>
            <a href=href("samples/template.xlsx") download="cotside-template.xlsx" target="_self" data-testid="template-xlsx">
                {words::TEMPLATE_XLSX}
            </a>
            <span class="quiet">{words::WITH_DICTIONARY}</span>
            <a href=href("combine/") data-testid="to-combine">{COMBINE}</a>
            <span class="quiet">
                {words::EXAMPLES}" "
                <button type="button" class="link" data-testid="load-severance" on:click=move |_| link.open_sample(SEVERANCE, "severance")>
                    {words::SEVERANCE}
                </button>
                " · "
                <button type="button" class="link" data-testid="load-registry" on:click=move |_| link.open_sample(REGISTRY, "registry")>
                    {words::REGISTRY}
                </button>
            </span>
        </div>
    }
}

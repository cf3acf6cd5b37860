//! The ways to open a cohort, and the banner over the example.

use cotside_words::en::cohort_page as words;
use cotside_words::en::working::PASTED;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::{REGISTRY, SEVERANCE};
use crate::links::href;
use crate::part::{FileButton, Part};
use crate::worker_link::Link;

/// What the page can read.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.fods,.html,.htm,.xml,.sav,.zsav,.por,.dta,.xpt,.sas7bdat,.rds,\
                        .rdata,.rda,.omv,.json,text/csv";

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
            <cotside-seal class="seal" data-testid="seal"></cotside-seal>
        </div>
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

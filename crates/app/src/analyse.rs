//! `/analyse`: a cohort's file, what is asked of it, and what comes out.

use cotside_messages::RESULT_PARTS;
use cotside_words::en::cohort_page as words;
use cotside_words::en::working::PASTED;
use cotside_words::lang::page;
use leptos::html::Textarea;
use leptos::prelude::*;

use crate::links;
use crate::part::{FileButton, Part, Worked, Working};
use crate::worker_link::{Link, Work};

const WORK: Work = Work {
    page: "analyse",
    modules: &["cohort", "workbooks"],
    samples: &[SEVERANCE, REGISTRY],
    late: true,
    ordered: false,
    narrow: Some(("width", "89")),
};

const SEVERANCE: &str = "samples/severance-follow-up.csv";
const REGISTRY: &str = "samples/synthetic-registry.csv";

/// What the page can read.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.fods,.json,text/csv";

/// The page.
#[component]
pub fn Analyse() -> impl IntoView {
    links::set_title(page::ANALYSE);
    let link = Link::new(WORK);
    let result = move |name: &'static str| view! { <Part link name/> };
    view! {
        <div lang="en">
            <h1>{page::ANALYSE}</h1>
            <Worked link>
                <OpenCohort link/>
                <Working link/>
                <Part link name="project-columns" of_file=true/>
                <Part link name="project" of_file=true/>
                <Part link name="example"/>
                <Part link name="workbook" of_file=true/>
                <Part link name="file" testid="file" of_file=true/>
                <Part link name="columns" of_file=true/>
                <Part link name="problems" of_file=true/>
                <Part link name="settings" testid="settings" of_file=true/>
                <div translate="no" data-testid="results">{RESULT_PARTS.map(result)}</div>
            </Worked>
        </div>
    }
}

/// The box for files: dropped, chosen, pasted, or an example.
#[component]
fn OpenCohort(link: Link) -> impl IntoView {
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
            <p>{words::DROP}</p>
            <FileButton link accept=ACCEPTED testid="cohort-input" label=words::CHOOSE_FILE/>
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
            <p class="quiet">
                {words::EXAMPLES[0]}
                <button type="button" data-testid="load-severance" on:click=move |_| link.open_sample(SEVERANCE, "severance")>
                    {words::SEVERANCE}
                </button>
                {words::EXAMPLES[1]}
                <button type="button" data-testid="load-registry" on:click=move |_| link.open_sample(REGISTRY, "registry")>
                    {words::REGISTRY}
                </button>
                {words::EXAMPLES[2]}
            </p>
            <cotside-seal class="seal" data-testid="seal"></cotside-seal>
        </div>
    }
}

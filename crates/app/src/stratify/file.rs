//! Several patients: a CSV file gives a table, one row a patient, one column a protocol. The file stays in the browser.

use cotside_core::cohort::{PatientRow, read_table};
use cotside_core::export;
use cotside_core::infant::{Entry, Severity};
use cotside_core::protocols::{Assessment, Group, Level, PROTOCOLS, Protocol, Status, assess_all};
use cotside_words::lang::{self, page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

use super::{Case, Origin};
use crate::download;
use crate::links::{href, protocol_href};
use cotside_answers::examples::SEVERANCE_CSV;
use cotside_words::html::{Html, element, plain, span, text};

/// A file that was read, or why it could not be.
#[derive(Clone)]
enum Loaded {
    Nothing,
    Refused { name: String, why: String },
    Table(StoredValue<Table>),
}

/// The rows of a file with their answers.
struct Table {
    name: String,
    rows: Vec<(PatientRow, Vec<Assessment<'static>>)>,
    ignored: Vec<String>,
}

/// Files above this many bytes are refused: the table would not be readable.
const LARGEST: f64 = 5e6;

/// What seals the page, and shows it; `www/scripts/seal.js` explains its attributes.
fn seal() -> String {
    let attributes = [
        ("class", "seal"),
        ("guard", ""),
        ("data-testid", "seal"),
        ("says-open", page::SEAL_OPEN),
        ("says-sealed", page::SEAL_SEALED),
        ("says-broken", page::SEAL_BROKEN),
        ("says-more", page::SEAL_MORE),
    ];
    element("cotside-seal", &attributes, &[]).into_string()
}

/// The drop zone, and the table.
#[component]
pub fn Patients() -> impl IntoView {
    let loaded = RwSignal::new(Loaded::Nothing);
    let over = RwSignal::new(false);
    let load = move |name: String, bytes: &[u8]| {
        loaded.set(match read_table(bytes) {
            Err(error) => Loaded::Refused {
                name,
                why: lang::table_error(&error),
            },
            Ok(table) => {
                let answered = |patient: PatientRow| {
                    let answers = assess_all(&patient.reading.infant);
                    (patient, answers)
                };
                Loaded::Table(StoredValue::new(Table {
                    name,
                    rows: table.patients.into_iter().map(answered).collect(),
                    ignored: table.ignored_columns,
                }))
            }
        });
    };
    let take = move |file: web_sys::File| {
        let name = file.name();
        if file.size() > LARGEST {
            let why = page::TOO_LARGE.to_owned();
            loaded.set(Loaded::Refused { name, why });
            return;
        }
        spawn_local(async move {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => load(name, &js_sys::Uint8Array::new(&buffer).to_vec()),
                Err(_) => loaded.set(Loaded::Refused {
                    name,
                    why: page::UNREADABLE.to_owned(),
                }),
            }
        });
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0))
        {
            take(file);
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take(file);
        }
        input.set_value("");
    };
    view! {
        <section class="patients" aria-labelledby="patients-title">
            <h2 id="patients-title">{page::PATIENTS}</h2>
            <div
                class="drop"
                class:over=over
                data-testid="drop"
                on:dragover=move |event| { event.prevent_default(); over.set(true); }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <p>
                    {page::DROP.0}<code>"age_days"</code>", "
                    <code>"wbc"</code>", "<code>"kmt2a"</code>{page::DROP.1}
                </p>
                <label class="button">
                    // www/scripts/seal.js enables it, and seals the page before a file is read.
                    <input type="file" autocomplete="off" disabled accept=".csv,.tsv,.txt,text/csv" data-testid="csv-input" on:change=chosen/>
                    <span>{page::CHOOSE_FILE}</span>
                </label>
                <button type="button" data-testid="load-severance" on:click=move |_| {
                    load(page::SEVERANCE_FILE.to_owned(), SEVERANCE_CSV.as_bytes());
                }>{page::LOAD_SEVERANCE}</button>
                <a href=href("samples/severance.csv") download="severance.csv" rel="external">{page::SAMPLE_FILE}</a>
                <span inner_html=seal()></span>
            </div>
            <div role="status" aria-live="polite">
                {move || match loaded.get() {
                    Loaded::Refused { name, why } => view! { <p class="remark invalid" data-testid="csv-error">{page::refused(&name, &why)}</p> }.into_any(),
                    Loaded::Table(table) => {
                        let text = table.with_value(|table| page::patients(&table.name, table.rows.len()));
                        view! { <p data-testid="csv-summary">{text}</p> }.into_any()
                    }
                    Loaded::Nothing => ().into_any(),
                }}
            </div>
            {move || match loaded.get() {
                Loaded::Table(table) => view! { <Answers table/> }.into_any(),
                Loaded::Nothing | Loaded::Refused { .. } => ().into_any(),
            }}
        </section>
    }
}

/// The table, what is to be said of its rows, and its download.
#[component]
fn Answers(table: StoredValue<Table>) -> impl IntoView {
    let case = Case::here();
    // The buttons of the table name their row.
    let open = move |event: leptos::ev::MouseEvent| {
        let clicked = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(row) = clicked.and_then(|element| element.get_attribute("data-row")?.parse::<usize>().ok()) else {
            return;
        };
        if let Some((entry, origin)) = table.with_value(|table| table.opened(row)) {
            show(case, entry, origin);
        }
    };
    view! {
        <div
            class="wide"
            translate="no"
            tabindex="0"
            role="region"
            aria-label=page::PATIENTS_TABLE
            on:click=open
            inner_html=table.with_value(answers).into_string()
        ></div>
        <div translate="no" inner_html=table.with_value(said).into_string()></div>
        <button type="button" data-testid="csv-download" on:click=move |_| {
            let text = table.with_value(as_csv);
            download::text("cotside-answers.csv", &text, "text/csv");
        }>{page::DOWNLOAD_TABLE}</button>
    }
}

impl Table {
    /// The findings of a row and what the banner says of them.
    fn opened(&self, row: usize) -> Option<(Entry, String)> {
        let (patient, _) = self.rows.get(row)?;
        let origin = if self.name == page::SEVERANCE_FILE {
            page::severance_patient(patient.row)
        } else {
            format!("{}, {}", self.name, label(patient))
        };
        Some((patient.entry.clone(), origin))
    }
}

/// One row a patient, one column a protocol.
fn answers(table: &Table) -> Html {
    let name = |protocol: &&'static Protocol| {
        let link = element(
            "a",
            &[("href", &protocol_href(protocol.id))],
            &[text(lang::protocol_name(protocol))],
        );
        element("th", &[("scope", "col")], &[link])
    };
    let head = Html::all([
        element("th", &[("scope", "col")], &[text(page::PATIENT)]),
        Html::all(PROTOCOLS.iter().map(name)),
    ]);
    let row = |(number, (patient, answers)): (usize, &(PatientRow, Vec<Assessment>))| {
        let label = label(patient);
        let open = element(
            "button",
            &[
                ("type", "button"),
                ("class", "link"),
                ("data-row", &number.to_string()),
                ("aria-label", &page::open_row(&label)),
            ],
            &[text(&label)],
        );
        let first = element("th", &[("scope", "row")], &[open]);
        element("tr", &[], &[first, Html::all(answers.iter().map(answer_cell))])
    };
    let rows = table.rows.iter().enumerate().map(row);
    element(
        "table",
        &[("class", "csv"), ("data-testid", "csv-table")],
        &[
            element("thead", &[], &[element("tr", &[], &[head])]),
            element("tbody", &[], &[Html::all(rows)]),
        ],
    )
}

/// What is to be said of the rows and of the columns.
fn said(table: &Table) -> Html {
    let remarks: Vec<String> = table.rows.iter().flat_map(|(patient, _)| remarks(patient)).collect();
    let ignored = page::ignored(&table.ignored.join(", "));
    Html::all([
        Html::when(!remarks.is_empty(), || {
            let items = remarks.iter().map(|remark| plain("li", remark));
            let list = element("ul", &[("data-testid", "csv-remarks")], &[Html::all(items)]);
            Html::all([plain("h3", page::ROW_REMARKS), list])
        }),
        Html::when(!table.ignored.is_empty(), || span("p", "quiet", &ignored)),
    ])
}

/// Shows a row in the form, above.
fn show(case: Case, entry: Entry, origin: String) {
    case.load(entry, Origin::Row(origin));
    window().scroll_to_with_x_and_y(0.0, 0.0);
    if let Some(title) = document().query_selector("h1").ok().flatten() {
        let _ = title.set_attribute("tabindex", "-1");
        if let Ok(title) = title.dyn_into::<web_sys::HtmlElement>() {
            let _ = title.focus();
        }
    }
}

fn label(patient: &PatientRow) -> String {
    patient
        .reading
        .infant
        .id
        .clone()
        .unwrap_or_else(|| page::row(patient.row))
}

/// What is wrong or worth saying about a row.
fn remarks(patient: &PatientRow) -> Vec<String> {
    let each = |issue: &cotside_core::infant::Issue| {
        let columns: Vec<&str> = issue.fields.iter().map(|field| field.column()).collect();
        let used = issue.kind.severity() == Severity::Notice;
        page::row_remark(
            patient.row,
            patient.line,
            &columns.join(", "),
            &lang::issue(issue),
            used,
        )
    };
    patient.reading.issues.iter().map(each).collect()
}

/// An answer in a cell.
fn answer_cell(answer: &Assessment) -> Html {
    let class = match answer.status {
        Status::Assigned(group) => group.level.map_or("plain", Level::code),
        Status::Undetermined(_) => "open",
        Status::NotApplicable(_) => "none",
    };
    element(
        "td",
        &[("class", class), ("title", &lang::reason(answer))],
        &[text(&brief(answer))],
    )
}

/// An answer in the table on the page: where all of several groups are open, that says less than a word.
fn brief(answer: &Assessment) -> String {
    match answer.status {
        Status::Undetermined(possible)
            if answer.protocol.groups.len() > 2
                && !possible.may_not_apply()
                && possible.groups(answer.protocol).len() == answer.protocol.groups.len() =>
        {
            page::ANY_GROUP.to_owned()
        }
        _ => cell(answer, page::group, page::OR, page::N_A),
    }
}

/// An answer in a few letters: the group, "a or b?", "n/a".
fn cell(answer: &Assessment, name: for<'p> fn(&Group<'p>) -> &'p str, or: &str, none: &str) -> String {
    match answer.status {
        Status::Assigned(group) => name(group).to_owned(),
        Status::Undetermined(possible) => {
            let groups = possible.groups(answer.protocol);
            let mut names: Vec<&str> = groups.iter().map(|group| name(group)).collect();
            if possible.may_not_apply() {
                names.push(none);
            }
            format!("{}?", names.join(or))
        }
        Status::NotApplicable(_) => none.to_owned(),
    }
}

/// The table as CSV: one row a patient, one column a protocol, and the rows that were not used as they stand.
fn as_csv(table: &Table) -> String {
    let mut head = vec!["patient".to_owned()];
    head.extend(PROTOCOLS.iter().map(|protocol| protocol.id.to_owned()));
    head.extend(PROTOCOLS.iter().map(|protocol| [protocol.id, "_hsct"].concat()));
    head.push("remarks".to_owned());
    let row = |(patient, answers): &(PatientRow, Vec<Assessment>)| {
        let mut cells = vec![label(patient)];
        cells.extend(
            answers
                .iter()
                .map(|answer| cell(answer, |group| group.id, " or ", "n/a")),
        );
        cells.extend(answers.iter().map(|answer| answer.hsct.status.code().to_owned()));
        cells.push(remarks(patient).join(" "));
        export::row(&cells) + "\n"
    };
    let rows = table.rows.iter().map(row);
    std::iter::once(export::row(&head) + "\n").chain(rows).collect()
}

//! Several patients: a file gives a table, one row a patient, one column a protocol. The worker reads it by the same door
//! as the page for cohorts.

use cotside_core::export;
use cotside_core::infant::{Entry, Field, Reading, Severity, read};
use cotside_core::protocols::{Assessment, Group, Level, PROTOCOLS, Status, assess_all};
use cotside_words::lang::{self, page};
use leptos::prelude::*;
use maud::{Markup, html as markup};
use wasm_bindgen::JsCast as _;

use crate::analyse::{ACCEPTED, Beside, ColumnsFold, SheetChoice};
use crate::download;
use crate::links::{href, protocol_href};
use crate::part::{FileButton, Part, Worked, Working};
use crate::worker_link::{Link, Work};
use crate::worker_pages::open_patient;
use cotside_messages::Patient;
use cotside_views::examples::SEVERANCE_CSV;

const WORK: Work = Work {
    page: "patients",
    modules: &["cohort", "workbooks"],
    samples: &[],
    late: true,
    ordered: false,
    makes_files: false,
    several: true,
    keeps: false,
    narrow: None,
};

/// More rows than this are not shown; the file for download holds all.
const MOST_ROWS: usize = 500;

/// The rows of a file with their answers.
struct Table {
    name: String,
    rows: Vec<(PatientRow, Vec<Assessment<'static>>)>,
}

/// A patient of a file.
struct PatientRow {
    /// The line of the file on which the row starts.
    line: u64,
    /// The number of the row, the first patient being 1.
    row: usize,
    /// The findings, as they would be typed.
    entry: Entry,
    /// What was understood of them.
    reading: Reading,
}

impl Table {
    fn of(name: &str, patients: &[Patient]) -> Self {
        let row = |patient: &Patient| {
            let known = |(column, text): &(String, String)| Some((Field::from_column(column)?, text.clone()));
            let findings: Vec<_> = patient.findings.iter().filter_map(known).collect();
            let entry = Entry::from_pairs(findings.iter().map(|(field, text)| (*field, text.as_str())));
            let reading = read(&entry);
            let answers = assess_all(&reading.infant);
            let patient = PatientRow {
                line: patient.line,
                row: patient.row,
                entry,
                reading,
            };
            (patient, answers)
        };
        Self {
            name: name.to_owned(),
            rows: patients.iter().map(row).collect(),
        }
    }
}

/// What shows the seal; `www/scripts/seal.js` explains its attributes.
fn seal() -> String {
    let seal = markup! {
        cotside-seal class="seal" data-testid="seal" says-open=(page::SEAL_OPEN) says-sealed=(page::SEAL_SEALED)
            says-broken=(page::SEAL_BROKEN) says-more=(page::SEAL_MORE) {}
    };
    seal.into_string()
}

/// The drop zone, how the file is read, and the table.
#[component]
pub fn Patients() -> impl IntoView {
    let link = Link::new(WORK);
    let table = move || {
        link.patients.with(|patients| {
            patients
                .as_ref()
                .map(|(name, patients)| StoredValue::new(Table::of(name, patients)))
        })
    };
    view! {
        <section class="patients" aria-labelledby="patients-title">
            <h2 id="patients-title">{page::PATIENTS}</h2>
            <Worked link>
                <div class="drop" data-testid="drop">
                    <p>{page::DROP}</p>
                    <FileButton link accept=ACCEPTED testid="csv-input" label=page::CHOOSE_FILE/>
                    <button type="button" data-testid="load-severance" on:click=move |_| {
                        link.open_text(page::SEVERANCE_FILE, SEVERANCE_CSV);
                    }>{page::LOAD_SEVERANCE}</button>
                    <a href=href("samples/severance.csv") download="severance.csv" rel="external">{page::SAMPLE_FILE}</a>
                    <span inner_html=seal()></span>
                </div>
                <Working link/>
                <Part link name="project-columns" of_file=true/>
                <SheetChoice link/>
                <Part link name="file" testid="patients-file" of_file=true/>
                <Beside link/>
                <ColumnsFold link/>
                <Part link name="problems" of_file=true/>
            </Worked>
            {move || table().map(|table| {
                if table.with_value(Table::has_findings) {
                    view! { <Answers table/> }.into_any()
                } else {
                    view! { <p class="remark notice" role="status" data-testid="no-findings">{page::NO_FINDINGS}</p> }.into_any()
                }
            })}
        </section>
    }
}

/// The table, what is to be said of its rows, and its download.
#[component]
fn Answers(table: StoredValue<Table>) -> impl IntoView {
    // The buttons of the table name their row.
    let open = move |event: leptos::ev::MouseEvent| {
        let clicked = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(row) = clicked.and_then(|element| element.get_attribute("data-row")?.parse::<usize>().ok()) else {
            return;
        };
        if let Some((entry, origin)) = table.with_value(|table| table.opened(row)) {
            open_patient(&entry, &origin);
        }
    };
    let (name, count) = table.with_value(|table| (table.name.clone(), table.rows.len()));
    view! {
        <p role="status" data-testid="csv-summary">{page::patients(&name, count)}</p>
        {(count > MOST_ROWS).then(|| view! { <p class="quiet">{page::first_rows(MOST_ROWS)}</p> })}
        <div
            class="wide"
            translate="no"
            tabindex="0"
            role="region"
            aria-label=page::PATIENTS_TABLE
            on:click=open
            inner_html=table.with_value(answers).into_string()
        ></div>
        <div translate="no" inner_html=table.with_value(remarks_on).into_string()></div>
        <button type="button" data-testid="csv-download" on:click=move |_| {
            let text = table.with_value(as_csv);
            download::text("cotside-answers.csv", &text);
        }>{page::DOWNLOAD_TABLE}</button>
    }
}

impl Table {
    /// Whether anything but ids is known of anybody.
    fn has_findings(&self) -> bool {
        self.rows.iter().any(|(patient, _)| !patient.entry.is_empty())
    }

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
fn answers(table: &Table) -> Markup {
    let row = |(number, (patient, answers)): (usize, &(PatientRow, Vec<Assessment>))| {
        let label = label(patient);
        markup! {
            tr {
                th scope="row" {
                    button type="button" class="link" data-row=(number) aria-label=(page::open_row(&label)) { (label) }
                }
                @for answer in answers { (answer_cell(answer)) }
            }
        }
    };
    let rows = table.rows.iter().take(MOST_ROWS).enumerate().map(row);
    markup! {
        table.csv data-testid="csv-table" {
            thead {
                tr {
                    th scope="col" { (page::PATIENT) }
                    @for protocol in PROTOCOLS {
                        th scope="col" { a href=(protocol_href(protocol.id)) { (lang::protocol_name(protocol)) } }
                    }
                }
            }
            tbody { @for row in rows { (row) } }
        }
    }
}

/// What is to be said of the rows.
fn remarks_on(table: &Table) -> Markup {
    let remarks: Vec<String> = table.rows.iter().flat_map(|(patient, _)| remarks(patient)).collect();
    markup! {
        @if !remarks.is_empty() {
            h3 { (page::ROW_REMARKS) }
            ul data-testid="csv-remarks" { @for remark in remarks { li { (remark) } } }
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
fn answer_cell(answer: &Assessment) -> Markup {
    let class = match answer.status {
        Status::Assigned(group) => group.level.map_or("plain", Level::code),
        Status::Undetermined(_) => "open",
        Status::NotApplicable(_) => "none",
    };
    markup! { td class=(class) title=(lang::reason(answer)) { (brief(answer)) } }
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

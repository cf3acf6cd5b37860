//! What runs beside the page, so that the page never waits: a file of patients is read ([`cohort_file`]) and analysed
//! ([`analysis`]); published evidence is searched, compared and pooled ([`evidence`]); a custom protocol is written, checked
//! and tried ([`custom_protocol`]); a study is planned ([`planning`]);
//! hospitals pool their analyses by files ([`CombinePage`]).
//!
//! Requests come in and replies with HTML, figures and files go out ([`dispatch`]). There is no browser in it but for the
//! worker's own scope. **Invariants: nothing here sends or stores anything; every number comes from `core`.**

pub mod analysis;
mod bibliography;
pub mod cohort_file;
mod cohort_page;
mod combine;
pub mod custom_protocol;
pub mod dispatch;
pub mod evidence;
mod file_reader;
mod patients_page;
pub mod planning;
mod project_file;
mod reply;
#[cfg(target_family = "wasm")]
pub mod scope;
mod table_tools;
mod today;
mod workbook;

pub use cohort_page::CohortPage;
pub use combine::CombinePage;
pub use patients_page::PatientsPage;
pub use project_file::{ProjectFile, SETTINGS_SCHEMA, SETTINGS_VERSION};
pub use reply::Reply;
pub use today::today;
pub use workbook::is_workbook;

/// The media type of a file by the ending of its name.
fn media_type(kind: &str) -> &'static str {
    match kind {
        "svg" => "image/svg+xml",
        "scene" | "json" => "application/json",
        _ => "text/csv",
    }
}

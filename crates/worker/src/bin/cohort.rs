//! The module of files of patients: for the page for cohorts, for pooled analyses, and for the table of patients on the page that stratifies.

#[cfg(target_family = "wasm")]
use cotside_worker::{CohortPage, CombinePage, PatientsPage, dispatch::Page, scope};

fn main() {
    #[cfg(target_family = "wasm")]
    {
        let page: Box<dyn Page> = match scope::page_name().as_str() {
            "combine" => Box::<CombinePage>::default(),
            "patients" => Box::<PatientsPage>::default(),
            _ => Box::<CohortPage>::default(),
        };
        scope::serve(page);
    }
}

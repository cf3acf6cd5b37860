//! The module of the page for cohorts: files of patients and their analysis.

fn main() {
    #[cfg(target_family = "wasm")]
    cotside_worker::scope::serve(Box::<cotside_worker::CohortPage>::default());
}

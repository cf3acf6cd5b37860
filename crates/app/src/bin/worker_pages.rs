//! The second program: the pages and parts that work with a worker. `crates/app/src/worker_pages.rs` says how the two
//! programs work together; what is here is what the first one calls.

use cotside_app::worker_pages::{self, WorkerPage};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

fn main() {
    cotside_app::note_a_panic();
}

/// Puts a part into its place.
#[wasm_bindgen]
pub fn show(part: WorkerPage, place: &HtmlElement) {
    worker_pages::show(part, place);
}

/// Takes what is to be done with a patient whose row is opened: a function of the findings, as lines, and the label.
#[wasm_bindgen(js_name = onPatient)]
pub fn on_patient(open: Function) {
    worker_pages::on_patient(open);
}

/// Takes the findings of the form, as lines.
#[wasm_bindgen(js_name = setFindings)]
pub fn set_findings(lines: String) {
    worker_pages::set_findings(lines);
}

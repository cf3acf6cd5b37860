//! The second program of the page: everything that works with a worker (Analyse, Combine, Evidence, planning, custom protocols, files
//! of patients). It is loaded when the first of these is opened, so that the page for one infant loads without it.
//!
//! Both programs are built from this crate: `src/main.rs` has the frame and the pages without a worker,
//! `src/bin/worker_pages.rs` the rest. [`WorkerPart`] puts a part of the second program into a page of the first.
//! The second program keeps each part once it was shown, with its worker and what was opened in it: a cohort stays while
//! one moves within the site.

use std::cell::{Cell, RefCell};

use cotside_core::evidence::OwnEstimate;
use cotside_core::infant::Entry;
use cotside_words::lang::page;
use js_sys::{Function, Promise};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::{analyse, combine, custom_protocol, evidence, pages, patients, plan, site_files};

/// A part of the second program.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerPage {
    /// `/analyse`.
    Analyse,
    /// `/combine`.
    Combine,
    /// `/evidence`.
    Evidence,
    /// `/plan`.
    Plan,
    /// `/protocols/own`.
    CustomProtocol,
    /// Several patients, on `/stratify`.
    Patients,
    /// Custom protocols beside those of the catalogue, on `/stratify`.
    Beside,
}

// ---- The first program's side

#[wasm_bindgen]
extern "C" {
    /// Loads a module of JavaScript (`www/scripts/import.js`).
    #[wasm_bindgen(js_name = cotsideImport)]
    fn import(address: &str) -> Promise;

    /// What `src/bin/worker_pages.rs` exports, as wasm-bindgen writes it.
    #[derive(Clone)]
    type Program;
    #[wasm_bindgen(method, js_name = default)]
    fn start(this: &Program, module: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn show(this: &Program, part: WorkerPage, place: &HtmlElement);
    #[wasm_bindgen(method, js_name = onPatient)]
    fn on_patient(this: &Program, open: &Function);
    #[wasm_bindgen(method, js_name = setFindings)]
    fn set_findings(this: &Program, lines: &str);
}

/// The second program, loaded and started once.
///
/// # Errors
/// Where it cannot be loaded: no network, or a sealed page that has not loaded it before.
async fn program() -> Result<Program, JsValue> {
    /// Starts the program and gives what it exports.
    async fn started() -> Result<JsValue, JsValue> {
        let address = site_files::address("worker_pages.js")?;
        site_files::run("import").await?;
        let compiled = site_files::module("worker_pages").await?;
        let program: Program = JsFuture::from(import(&address)).await?.unchecked_into();
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"module_or_path".into(), &compiled)?;
        JsFuture::from(program.start(&options)).await?;
        Ok(program.into())
    }
    thread_local! {
        static PROGRAM: RefCell<Option<Promise>> = const { RefCell::new(None) };
    }
    let promise = PROGRAM.with_borrow_mut(|kept| {
        kept.get_or_insert_with(|| wasm_bindgen_futures::future_to_promise(started()))
            .clone()
    });
    let program = JsFuture::from(promise).await;
    if program.is_err() {
        // The next attempt loads it again.
        PROGRAM.take();
    }
    program.map(JsCast::unchecked_into)
}

/// A part of the second program in a page of this one.
#[component]
pub fn WorkerPart(
    /// Which.
    part: WorkerPage,
    /// What to do with a patient whose row is opened: the findings, as lines of text, and the label of the row.
    #[prop(optional)]
    on_patient: Option<Callback<(Entry, String)>>,
    /// The findings of the form, as lines of text.
    #[prop(optional, into)]
    findings: Option<Signal<String>>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let program_here = RwSignal::new_local(None::<Program>);
    let failed = RwSignal::new(false);
    let load = move || {
        failed.set(false);
        spawn_local(async move {
            match program().await {
                // The reader may have left in the meantime.
                Ok(program) => drop(program_here.try_set(Some(program))),
                Err(_) => drop(failed.try_set(true)),
            }
        });
    };
    load();
    // A page that is sealed can load nothing, and the reader may want to read a rule.
    spawn_local(async {
        let _ = pages::load_documents().await;
    });
    Effect::new(move |_| {
        if let (Some(program), Some(place)) = (program_here.get(), place.get()) {
            if let Some(open) = on_patient {
                let open = Closure::<dyn Fn(String, String)>::new(move |lines: String, label: String| {
                    open.run((Entry::from_lines(&lines), label));
                });
                // The second program holds it for as long as the page is open.
                program.on_patient(open.into_js_value().unchecked_ref());
            }
            program.show(part, &place);
        }
    });
    if let Some(findings) = findings {
        Effect::new(move |_| {
            let lines = findings.get();
            if let Some(program) = program_here.get() {
                program.set_findings(&lines);
            }
        });
    }
    let waiting = move || {
        let here = program_here.with(Option::is_some);
        (!here).then(|| {
            if failed.get() {
                pages::not_loaded(load).into_any()
            } else {
                view! { <p class="quiet" role="status">{page::LOADING}</p> }.into_any()
            }
        })
    };
    view! {
        {waiting}
        <div node_ref=place data-testid="worker-part" aria-busy=move || (program_here.with(Option::is_none) && !failed.get()).to_string()></div>
    }
}

// ---- The second program's side

thread_local! {
    /// The parts that were shown, each with the element that holds it.
    static SHOWN: RefCell<Vec<(WorkerPage, HtmlElement)>> = const { RefCell::new(Vec::new()) };
    /// What the first program does with a patient whose row is opened.
    static ON_PATIENT: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// The findings of the form.
    static FINDINGS: Cell<Option<ArcRwSignal<String>>> = const { Cell::new(None) };
    /// The reader's own estimates, which Evidence takes and Analyse shows too.
    static OWN_ESTIMATES: Cell<Option<ArcRwSignal<Vec<OwnEstimate>>>> = const { Cell::new(None) };
}

/// Puts a part into its place: as it was left, or new.
pub fn show(part: WorkerPage, place: &HtmlElement) {
    let kept = SHOWN.with_borrow(|all| all.iter().find(|(each, _)| *each == part).map(|(_, host)| host.clone()));
    if let Some(host) = kept {
        let _ = place.append_child(&host);
        // The address may name another result or view than when the part was left; without a name the part is as it was.
        let names = window().location().hash().is_ok_and(|hash| !hash.is_empty());
        if names && let Ok(event) = web_sys::Event::new("hashchange") {
            let _ = window().dispatch_event(&event);
        }
        return;
    }
    let Some(host) = new_host(place) else { return };
    SHOWN.with_borrow_mut(|all| all.push((part, host.clone())));
    if matches!(part, WorkerPage::Analyse | WorkerPage::Combine | WorkerPage::Evidence) {
        site_files::load_ahead();
    }
    match part {
        WorkerPage::Analyse => leptos::mount::mount_to(host, analyse::Analyse).forget(),
        WorkerPage::Combine => leptos::mount::mount_to(host, combine::Combine).forget(),
        WorkerPage::Evidence => leptos::mount::mount_to(host, evidence::Evidence).forget(),
        WorkerPage::Plan => leptos::mount::mount_to(host, plan::Plan).forget(),
        WorkerPage::CustomProtocol => leptos::mount::mount_to(host, custom_protocol::Own).forget(),
        WorkerPage::Patients => leptos::mount::mount_to(host, patients::Patients).forget(),
        WorkerPage::Beside => leptos::mount::mount_to(host, move || {
            view! { <custom_protocol::Beside findings=findings()/> }
        })
        .forget(),
    }
}

fn new_host(place: &HtmlElement) -> Option<HtmlElement> {
    let host: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    place.append_child(&host).ok()?;
    Some(host)
}

/// Whether the part is on the page now. Only then does the part of the address behind `#` speak of it.
#[must_use]
pub fn is_shown(part: WorkerPage) -> bool {
    SHOWN.with_borrow(|all| all.iter().any(|(each, host)| *each == part && host.is_connected()))
}

/// Tells the second program what to do with a patient whose row is opened.
pub fn on_patient(open: Function) {
    ON_PATIENT.replace(Some(open));
}

/// Shows a patient of a file in the form of the first program.
pub fn open_patient(entry: &Entry, label: &str) {
    ON_PATIENT.with_borrow(|open| {
        if let Some(open) = open {
            let _ = open.call2(&JsValue::NULL, &entry.lines().into(), &label.into());
        }
    });
}

/// Tells the second program the findings of the form.
pub fn set_findings(lines: String) {
    findings().set(lines);
}

/// The reader's own estimates, for as long as the tab is open.
#[must_use]
pub fn own_estimates() -> ArcRwSignal<Vec<OwnEstimate>> {
    let kept = OWN_ESTIMATES.take().unwrap_or_default();
    OWN_ESTIMATES.set(Some(kept.clone()));
    kept
}

fn findings() -> ArcRwSignal<String> {
    let kept = FINDINGS.take().unwrap_or_default();
    FINDINGS.set(Some(kept.clone()));
    kept
}

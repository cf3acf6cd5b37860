//! `/analyse`: a cohort. The page only carries messages; a worker reads, computes and draws (`crates/workbench`).

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::download;
use crate::links::{self, href};

/// The worker's program. It is made from a text so that it lives under the page's own policy.
const WORKER: &str = r#"import init, { Workbench } from "{module}";
const bench = init().then(() => new Workbench());
onmessage = async ({ data: [kind, name, value] }) => {
  try {
    const open = await bench;
    if (kind === "fetch") value = await (await fetch(value)).arrayBuffer();
    if (kind === "set") postMessage(open.set(name, value));
    else if (kind === "export") postMessage({ export: open.export(value), picture: name });
    else postMessage(open.open(name, new Uint8Array(value)));
  } catch (error) {
    postMessage({ refused: `The analysis stopped: ${error}. Open the file again.` });
  }
};
"#;

/// What the page shows.
#[derive(Clone, Copy)]
struct Shown {
    setup: RwSignal<String>,
    results: RwSignal<String>,
    refused: RwSignal<String>,
    busy: RwSignal<bool>,
}

impl Shown {
    /// Takes a message of the worker.
    fn take(self, message: &JsValue) {
        let text = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok().and_then(|value| value.as_string());
        let export = Reflect::get(message, &"export".into()).unwrap_or(JsValue::UNDEFINED);
        if let (Some(name), Some(content)) = (text(&export, "name"), text(&export, "text")) {
            match text(message, "picture") {
                Some(picture) => download::picture(&picture, &content),
                None => download::text(&name, &content, &text(&export, "media_type").unwrap_or_default()),
            }
        }
        if let Some(setup) = text(message, "setup") {
            self.setup.set(setup);
        }
        if let Some(results) = text(message, "results") {
            self.results.set(results);
        }
        self.refused.set(text(message, "refused").unwrap_or_default());
        self.busy.set(false);
    }
}

/// The page.
#[component]
pub fn Analyse() -> impl IntoView {
    links::set_title("Analyse a cohort");
    let shown = Shown {
        setup: RwSignal::new(String::new()),
        results: RwSignal::new(String::new()),
        refused: RwSignal::new(String::new()),
        busy: RwSignal::new(false),
    };
    let worker = StoredValue::new_local(start(shown));
    on_cleanup(move || {
        worker.try_with_value(|worker| worker.iter().for_each(web_sys::Worker::terminate));
    });
    let send = move |kind: &str, name: JsValue, value: &JsValue| {
        shown.busy.set(true);
        let message = Array::of3(&kind.into(), &name, value);
        let sent = worker.with_value(|worker| {
            worker
                .as_ref()
                .is_some_and(|worker| worker.post_message(&message).is_ok())
        });
        if !sent {
            shown
                .refused
                .set("This browser did not start the worker; update it, or use the program cotside.".to_owned());
        }
    };
    let read = move |file: web_sys::File| {
        let name = file.name();
        leptos::task::spawn_local(async move {
            if let Ok(bytes) = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await {
                send("open", name.into(), &bytes);
            }
        });
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            read(file);
        }
        input.set_value("");
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        if let Some(file) = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0))
        {
            read(file);
        }
    };
    let sample = move |_| {
        let address = format!(
            "{}{}",
            window().location().origin().unwrap_or_default(),
            href("samples/synthetic-registry.csv")
        );
        send(
            "fetch",
            "Synthetic registry (made up, 120 infants)".into(),
            &address.into(),
        );
    };
    let changed = move |event: leptos::ev::Event| {
        if let Some((name, value)) = control(&event) {
            send("set", name.into(), &value.into());
        }
    };
    let exported = move |event: leptos::ev::MouseEvent| {
        let clicked = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(what) = clicked.and_then(|element| element.get_attribute("data-export")) else {
            return;
        };
        match what.strip_suffix(".png") {
            Some(figure) => send(
                "export",
                format!("cotside-{what}").into(),
                &format!("{figure}.svg").into(),
            ),
            None => send("export", JsValue::UNDEFINED, &what.into()),
        }
    };
    view! {
        <h1>"Analyse a cohort"</h1>
        <div class="drop" data-testid="drop" on:dragover=|event| event.prevent_default() on:drop=dropped>
            <p>
                "Drop a CSV file here, one row a patient: dates of birth, diagnosis, remission, relapse, transplant, death and last \
                 follow-up, or times and events, and the findings at diagnosis. It is read in this tab and sent nowhere."
            </p>
            <label class="button">
                <input type="file" accept=".csv,.tsv,.txt,text/csv" data-testid="cohort-input" on:change=chosen/>
                <span>"Choose a file"</span>
            </label>
            <button type="button" data-testid="load-registry" on:click=sample>"Load the synthetic registry"</button>
        </div>
        <div role="status" aria-live="polite">
            {move || shown.busy.get().then_some("Computing …")}
            {move || {
                let refused = shown.refused.get();
                (!refused.is_empty()).then(|| view! { <p class="remark invalid" data-testid="refused">{refused}</p> })
            }}
        </div>
        <div on:change=changed inner_html=move || shown.setup.get() data-testid="setup"></div>
        <div on:click=exported inner_html=move || shown.results.get() data-testid="results" class:busy=move || shown.busy.get()></div>
    }
}

/// Name and value of the control that was changed.
fn control(event: &leptos::ev::Event) -> Option<(String, String)> {
    let target = event.target()?;
    if let Some(select) = target.dyn_ref::<web_sys::HtmlSelectElement>() {
        return Some((select.name(), select.value()));
    }
    let input = target.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    Some((input.name(), input.value()))
}

/// Starts the worker, whose messages go to the page.
fn start(shown: Shown) -> Option<web_sys::Worker> {
    let module = format!("{}{}", window().location().origin().ok()?, href("js/cotside.js"));
    let parts = Array::of1(&WORKER.replace("{module}", &module).into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let options = web_sys::WorkerOptions::new();
    options.set_type(web_sys::WorkerType::Module);
    let worker = web_sys::Worker::new_with_options(&address, &options).ok()?;
    let take =
        Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| shown.take(&event.data()));
    worker.set_onmessage(Some(take.as_ref().unchecked_ref()));
    take.forget();
    let failed = Closure::<dyn FnMut()>::new(move || {
        shown.busy.set(false);
        shown
            .refused
            .set("The worker stopped. Reload the page and open the file again.".to_owned());
    });
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    failed.forget();
    Some(worker)
}

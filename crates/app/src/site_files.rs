//! Files of this site that are loaded when a part of the page asks for them, and kept: a sealed page can load nothing more.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use js_sys::{ArrayBuffer, Promise, Reflect, WebAssembly};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use crate::links::href;
use crate::worker_link::is_sealed;

/// What is shown comes first.
const LATER: Duration = Duration::from_millis(300);

thread_local! {
    /// What was asked for, by its path: the same promise answers again.
    static KEPT: RefCell<HashMap<String, Promise>> = RefCell::default();
}

/// What became of a file.
enum As {
    Text,
    Bytes,
    Module,
}

/// The text of a script in the folder `js`, by its plain name.
///
/// # Errors
/// Where it cannot be loaded.
pub async fn script(name: &str) -> Result<String, JsValue> {
    text(&format!("{name}.js")).await
}

/// The text of a file of the folder `js`, by its plain name.
///
/// # Errors
/// Where it cannot be loaded.
pub async fn text(plain: &str) -> Result<String, JsValue> {
    let text = once(&in_js(plain)?, As::Text).await?;
    Ok(text.as_string().unwrap_or_default())
}

/// A compiled WebAssembly module of the folder `js`, by its plain name.
///
/// # Errors
/// Where it cannot be loaded or compiled.
pub async fn module(name: &str) -> Result<JsValue, JsValue> {
    once(&in_js(&format!("{name}.wasm"))?, As::Module).await
}

/// The bytes of a file of the site.
///
/// # Errors
/// Where it cannot be loaded.
pub async fn bytes(path: &str) -> Result<ArrayBuffer, JsValue> {
    once(path, As::Bytes).await?.dyn_into()
}

/// Runs a script of the folder `js` in the page, once.
///
/// # Errors
/// Where it cannot be loaded.
pub async fn run(name: &str) -> Result<(), JsValue> {
    let path = in_js(&format!("{name}.js"))?;
    if let Some(kept) = kept(&path) {
        return JsFuture::from(kept).await.map(drop);
    }
    let script = document().create_element("script")?;
    for (attribute, value) in [("type", "module"), ("src", &href(&path))] {
        script.set_attribute(attribute, value)?;
    }
    let promise = Promise::new(&mut |resolve, reject| {
        for (event, then) in [("load", resolve), ("error", reject)] {
            let _ = script.add_event_listener_with_callback(event, &then);
        }
    });
    keep(&path, &promise);
    if let Some(head) = document().head() {
        head.append_child(&script)?;
    }
    settled(&path, promise).await.map(drop)
}

/// Loads what the other pages of this program need, a little later: once the page is sealed, nothing can be loaded.
pub fn load_ahead() {
    async fn load() -> Result<(), JsValue> {
        let unsealed = || (!is_sealed()).then_some(()).ok_or(JsValue::UNDEFINED);
        unsealed()?;
        run("digitiser").await?;
        for name in ["cohort", "evidence"] {
            unsealed()?;
            script(name).await?;
            unsealed()?;
            module(name).await?;
        }
        unsealed()?;
        module("workbooks").await?;
        unsealed()?;
        crate::file_maker::load().await.map(drop)
    }
    let later = || {
        spawn_local(async {
            // What is missing is asked for again, and said, by the page that needs it.
            let _ = load().await;
        });
    };
    set_timeout(later, LATER);
}

/// The address of a file of the folder `js`, by its plain name.
///
/// # Errors
/// Where this version has no such file.
pub fn address(plain: &str) -> Result<String, JsValue> {
    let path = in_js(plain)?;
    // A module is imported by its whole address.
    Ok(web_sys::Url::new_with_base(&href(&path), &document().base_uri()?.unwrap_or_default())?.href())
}

/// The path of a file of the folder `js`, whose name has the hash of its content, as this page's own version has it.
fn in_js(plain: &str) -> Result<String, JsValue> {
    let list = document()
        .query_selector("meta[name='files']")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default();
    let (stem, kind) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let is_it = |name: &&str| {
        let hash = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(kind));
        hash.is_some_and(|hash| hash.len() > 2 && hash.starts_with('.') && hash.ends_with('.'))
    };
    let found = list.split(' ').find(is_it);
    found
        .map(|name| format!("js/{name}"))
        .ok_or_else(|| JsError::new(&format!("this version has no {plain}")).into())
}

fn kept(path: &str) -> Option<Promise> {
    KEPT.with_borrow(|kept| kept.get(path).cloned())
}

fn keep(path: &str, promise: &Promise) {
    KEPT.with_borrow_mut(|kept| kept.insert(path.to_owned(), promise.clone()));
}

async fn once(path: &str, wanted: As) -> Result<JsValue, JsValue> {
    let promise = kept(path).unwrap_or_else(|| {
        let address = href(path);
        let promise = wasm_bindgen_futures::future_to_promise(async move { loaded(&address, wanted).await });
        keep(path, &promise);
        promise
    });
    settled(path, promise).await
}

/// What failed is asked for again the next time.
async fn settled(path: &str, promise: Promise) -> Result<JsValue, JsValue> {
    let answer = JsFuture::from(promise).await;
    if answer.is_err() {
        KEPT.with_borrow_mut(|kept| kept.remove(path));
    }
    answer
}

async fn loaded(address: &str, wanted: As) -> Result<JsValue, JsValue> {
    let options = RequestInit::new();
    // What can be read already comes first.
    Reflect::set(&options, &"priority".into(), &"low".into())?;
    let answer: Response = JsFuture::from(window().fetch_with_str_and_init(address, &options))
        .await?
        .dyn_into()?;
    if !answer.ok() {
        return Err(JsError::new(&format!("{address}: {}", answer.status())).into());
    }
    match wanted {
        As::Text => JsFuture::from(answer.text()?).await,
        As::Bytes => JsFuture::from(answer.array_buffer()?).await,
        As::Module => {
            let bytes = JsFuture::from(answer.array_buffer()?).await?;
            JsFuture::from(WebAssembly::compile(&bytes)).await
        }
    }
}

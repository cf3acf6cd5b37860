//! The worker that makes files of other programs' formats (crates/exports): one worker for each file. Its script and module
//! are loaded before the page is sealed, and kept.

use cotside_messages::{FileMade, FileOrder, Table, Unmade};
use cotside_words::lang::working as words;
use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use crate::worker_link::{is_sealed, made_of, serialized};
use crate::{download, site_files};

/// The module, and the script of its worker.
const MODULE: &str = "exports";

/// Loads what makes files.
///
/// # Errors
/// Where it cannot be loaded.
pub async fn load() -> Result<(JsValue, String), JsValue> {
    Ok((site_files::module(MODULE).await?, site_files::script(MODULE).await?))
}

/// The PDF of a scene.
///
/// # Errors
/// Why there is none, in words.
pub async fn pdf(scene: String) -> Result<Uint8Array, String> {
    let maker = Maker::new().await?;
    maker.order(&FileOrder::Pdf { scene }).map_err(|_| not_made())?;
    maker.file().await
}

/// The document of a table.
///
/// # Errors
/// Why there is none, in words.
pub async fn word(table: Table) -> Result<Uint8Array, String> {
    let maker = Maker::new().await?;
    maker.order(&FileOrder::Word { table }).map_err(|_| not_made())?;
    maker.file().await
}

/// The TIFF of a drawing at its true size, of so many pixels to the inch.
///
/// # Errors
/// Why there is none, in words.
pub async fn tiff(svg: &str, dpi: u32) -> Result<Uint8Array, String> {
    let maker = Maker::new().await?;
    let begin = |width: u32| maker.order(&FileOrder::Tiff { width, dpi });
    let add = |rows: &ArrayBuffer| maker.rows(rows);
    download::pixels(svg, dpi, begin, add)
        .await
        .map_err(|_| words::NOT_PAINTED.to_owned())?;
    maker.order(&FileOrder::End).map_err(|_| not_made())?;
    maker.file().await
}

fn not_made() -> String {
    words::NOT_MADE.to_owned()
}

/// A worker that makes one file.
struct Maker {
    worker: Worker,
    /// What it says: one message.
    said: Promise,
}

impl Drop for Maker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.terminate();
    }
}

impl Maker {
    async fn new() -> Result<Self, String> {
        let lacking = |_| {
            if is_sealed() {
                words::NO_MAKER_WHEN_SEALED
            } else {
                words::NO_MAKER
            }
            .to_owned()
        };
        let (module, script) = load().await.map_err(lacking)?;
        Self::of(&module, &script).map_err(|_| not_made())
    }

    fn of(module: &JsValue, script: &str) -> Result<Self, JsValue> {
        let worker = made_of(script)?;
        let modules = Object::new();
        Reflect::set(&modules, &MODULE.into(), module)?;
        let first = Object::new();
        Reflect::set(&first, &"modules".into(), &modules)?;
        worker.post_message(&first)?;
        let said = Promise::new(&mut |resolve: Function, reject: Function| {
            worker.set_onmessage(Some(&resolve));
            worker.set_onerror(Some(&reject));
        });
        Ok(Self { worker, said })
    }

    fn order(&self, order: &FileOrder) -> Result<(), JsValue> {
        self.worker.post_message(&serialized(order)?)
    }

    /// Hands over rows of a picture, which are the worker's from now on.
    fn rows(&self, rows: &ArrayBuffer) -> Result<(), JsValue> {
        let order = Object::new();
        Reflect::set(&order, &"kind".into(), &"rows".into())?;
        Reflect::set(&order, &"pixels".into(), &Uint8Array::new(rows))?;
        self.worker
            .post_message_with_transfer(&order, &js_sys::Array::of1(rows))
    }

    /// The file, whose bytes stay the browser's.
    async fn file(self) -> Result<Uint8Array, String> {
        let event: MessageEvent = JsFuture::from(self.said.clone())
            .await
            .and_then(|event| event.dyn_into())
            .map_err(|_| not_made())?;
        let said = event.data();
        let bytes = Reflect::get(&said, &"bytes".into()).ok();
        if let Some(bytes) = bytes.and_then(|bytes| bytes.dyn_into().ok()) {
            return Ok(bytes);
        }
        Err(match serde_wasm_bindgen::from_value(said) {
            Ok(FileMade::Not {
                fault: Unmade::Letters(letters),
            }) => words::no_letters(&letters),
            _ => not_made(),
        })
    }
}

//! The worker of file formats: orders of the page in, one file out.

use std::cell::RefCell;

use cotside_messages::FileOrder;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::Maker;

/// Answers every message of the page from now on. What the page sent before it came here is kept by the browser.
#[wasm_bindgen(start)]
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let maker = RefCell::new(Maker::default());
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let order: FileOrder =
            serde_wasm_bindgen::from_value(event.data()).unwrap_or_else(|error| wasm_bindgen::throw_val(error.into()));
        if let Some(made) = maker.borrow_mut().take(order) {
            match made.serialize(&serde_wasm_bindgen::Serializer::new()) {
                Ok(value) => {
                    let _ = answering.post_message(&value);
                }
                Err(error) => wasm_bindgen::throw_val(error.into()),
            }
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

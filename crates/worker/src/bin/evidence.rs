//! The module of published evidence and of custom protocols.

#[cfg(target_family = "wasm")]
use {
    cotside_worker::{custom_protocol::CustomProtocol, dispatch::Page, evidence::EvidencePage},
    wasm_bindgen::prelude::*,
};

#[cfg(target_family = "wasm")]
#[wasm_bindgen]
extern "C" {
    /// Which page this worker is for, defined in `www/scripts/worker.js`.
    #[wasm_bindgen(js_name = pageName)]
    fn page_name() -> String;
}

fn main() {
    #[cfg(target_family = "wasm")]
    {
        let page: Box<dyn Page> = match page_name().as_str() {
            "own" => Box::<CustomProtocol>::default(),
            _ => Box::<EvidencePage>::default(),
        };
        cotside_worker::scope::serve(page);
    }
}

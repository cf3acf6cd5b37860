//! The module of published evidence and of custom protocols.

#[cfg(target_family = "wasm")]
use cotside_worker::{custom_protocol::CustomProtocol, dispatch::Page, evidence::EvidencePage, scope};

fn main() {
    #[cfg(target_family = "wasm")]
    {
        let page: Box<dyn Page> = match scope::page_name().as_str() {
            "own" => Box::<CustomProtocol>::default(),
            _ => Box::<EvidencePage>::default(),
        };
        scope::serve(page);
    }
}

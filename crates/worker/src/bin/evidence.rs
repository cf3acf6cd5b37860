//! The module of published evidence, of custom protocols and of planning.

#[cfg(target_family = "wasm")]
use cotside_worker::{
    custom_protocol::CustomProtocol, dispatch::Page, evidence::EvidencePage, planning::PlanPage, scope,
};

fn main() {
    #[cfg(target_family = "wasm")]
    {
        let page: Box<dyn Page> = match scope::page_name().as_str() {
            "own" => Box::<CustomProtocol>::default(),
            "plan" => Box::<PlanPage>::default(),
            _ => Box::<EvidencePage>::default(),
        };
        scope::serve(page);
    }
}

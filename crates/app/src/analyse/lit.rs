//! The group under the pointer or the focus, which every figure and table of the workbench marks.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

/// The number of colours of a figure: groups beyond it are not highlighted.
const SERIES: u32 = 8;

/// The group that is marked.
#[derive(Clone, Copy)]
pub struct Lit {
    /// Its place in the order of the groups, from 1; nothing where none is marked.
    pub shown: RwSignal<Option<String>>,
}

impl Lit {
    /// No group.
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
        }
    }

    /// Takes what the pointer or the focus is on.
    pub fn over(self, event: &web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let group = target.and_then(|target| group_of(&target));
        if self.shown.with_untracked(|shown| *shown != group) {
            self.shown.set(group);
        }
    }
}

/// The group of a curve (by the class of its colour) or of a cell, row or control (`data-group`, from 0).
fn group_of(element: &Element) -> Option<String> {
    if let Ok(Some(marked)) = element.closest("[data-group]") {
        let place: u32 = marked.get_attribute("data-group")?.parse().ok()?;
        return (place < SERIES).then(|| (place + 1).to_string());
    }
    let classes = element.class_list();
    let series = (1..=SERIES).find(|place| classes.contains(&format!("ink-s{place}")));
    series.map(|place| place.to_string())
}

//! The group under the pointer or the focus, which every figure and table of the workbench marks.

use cotside_messages::COLOURS_OF_GROUPS;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

/// Groups beyond the number of colours are not highlighted.
const SERIES: usize = COLOURS_OF_GROUPS;

/// The group that is marked.
#[derive(Clone, Copy)]
pub struct Lit {
    /// Its place in the order of the groups, from 1; nothing where none is marked.
    pub shown: RwSignal<Option<usize>>,
    /// The colours of the groups, as places in the palette from 0.
    colours: Memo<Vec<usize>>,
}

impl Lit {
    /// No group, of groups with these colours.
    pub fn new(colours: Memo<Vec<usize>>) -> Self {
        Self {
            shown: RwSignal::new(None),
            colours,
        }
    }

    /// The colour of the group that is marked, from 1.
    pub fn ink(self) -> Option<usize> {
        let place = self.shown.get()?.checked_sub(1)?;
        self.colours
            .with(|colours| Some(colours.get(place).copied().unwrap_or(place) + 1))
    }

    /// Takes what the pointer or the focus is on.
    pub fn over(self, event: &web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let group = target.and_then(|target| self.group_of(&target));
        if self.shown.with_untracked(|shown| *shown != group) {
            self.shown.set(group);
        }
    }

    /// The group of a curve (by the class of its colour) or of a cell, row or control (`data-group`, from 0), from 1.
    fn group_of(self, element: &Element) -> Option<usize> {
        if let Ok(Some(marked)) = element.closest("[data-group]") {
            let place: usize = marked.get_attribute("data-group")?.parse().ok()?;
            return (place < SERIES).then_some(place + 1);
        }
        let classes = element.class_list();
        let has =
            |place: &usize| classes.contains(&format!("ink-s{place}")) || classes.contains(&format!("ink-t{place}"));
        let colour = (1..=SERIES).find(has)? - 1;
        let place = self
            .colours
            .with_untracked(|colours| colours.iter().position(|each| *each == colour));
        Some(place.unwrap_or(colour) + 1)
    }
}

//! The chips and the search above the list of protocols, which hide the rows that do not fit (`crates/documents` makes the list).

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

/// A chip is chosen, if one was pressed.
pub(super) fn press(place: NodeRef<Div>, event: &leptos::ev::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let chip = target.and_then(|target| target.closest("[data-filter]").ok().flatten());
    if let (Some(chip), Some(list)) = (chip, place.get_untracked()) {
        for each in all(&list, "[data-filter]") {
            let _ = each.set_attribute("aria-pressed", if each == chip { "true" } else { "false" });
        }
        filter(place);
    }
}

/// Shows the rows that fit the chosen chip and hold each word of the search.
pub(super) fn filter(place: NodeRef<Div>) {
    let Some(list) = place.get_untracked() else { return };
    let kind = all(&list, "[data-filter][aria-pressed=true]")
        .next()
        .and_then(|chip| chip.get_attribute("data-filter"))
        .unwrap_or_default();
    let search = all(&list, "input[type=search]")
        .next()
        .and_then(|search| search.dyn_into::<HtmlInputElement>().ok())
        .map_or_else(String::new, |search| search.value().to_lowercase());
    let of = |row: &Element, name: &str| row.get_attribute(name).unwrap_or_default();
    let mut found = false;
    for section in all(&list, ".catalogue tbody") {
        let mut shown = false;
        for row in all(&section, "tr[data-words]") {
            let of_kind = kind.is_empty() || of(&row, "data-kinds").split(' ').any(|each| each == kind);
            let words = of(&row, "data-words");
            let fits = of_kind && search.split_whitespace().all(|word| words.contains(word));
            hide(&row, !fits);
            shown |= fits;
        }
        hide(&section, !shown);
        found |= shown;
    }
    for (part, hidden) in [("[data-none]", found), ("[data-testid=protocol-list] .wide", !found)] {
        for each in all(&list, part) {
            hide(&each, hidden);
        }
    }
}

fn hide(element: &Element, hidden: bool) {
    let _ = element.toggle_attribute_with_force("hidden", hidden);
}

fn all(inside: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found = inside.query_selector_all(selector).ok();
    let found = found
        .into_iter()
        .flat_map(|found| (0..found.length()).filter_map(move |at| found.get(at)));
    found.filter_map(|node| node.dyn_into().ok())
}

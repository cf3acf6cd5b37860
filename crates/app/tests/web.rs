//! Parts of the page, inside a browser.

use cotside_app::stratify::{Case, Origin, fragment, from_fragment};
use cotside_app::{analyse::result, links};
use cotside_core::infant::{Age, Entry, Field};
use cotside_core::protocols::{PROTOCOLS, Status};
use leptos::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn entry() -> Entry {
    Entry::from_pairs([
        (Field::AgeDays, "179"),
        (Field::Wbc, "45"),
        (Field::Kmt2a, "rearranged"),
        (Field::Cns, "1"),
    ])
}

/// Runs `test` with a case whose signals live as long.
fn with_case(entry: Entry, test: impl FnOnce(Case)) {
    let owner = Owner::new();
    owner.with(|| test(Case::new(entry, Origin::Example(0))));
}

fn group(case: Case, protocol: &str) -> Option<&'static str> {
    let position = PROTOCOLS.iter().position(|each| each.id == protocol)?;
    match case.assessments.with_untracked(|all| all[position].status) {
        Status::Assigned(group) => Some(group.id),
        _ => None,
    }
}

#[wasm_bindgen_test]
fn answers_follow_the_findings() {
    with_case(entry(), |case| {
        assert_eq!(group(case, "mll-10"), Some("high"));
        case.set(Field::AgeDays, "180");
        assert_eq!(group(case, "mll-10"), Some("intermediate"));
        assert!(case.changed.get_untracked());
        case.clear();
        assert_eq!(group(case, "mll-10"), None);
        assert_eq!(case.origin.get_untracked(), Origin::Typed);
        assert!(!case.changed.get_untracked());
    });
}

#[wasm_bindgen_test]
fn typing_the_same_text_changes_nothing() {
    with_case(entry(), |case| {
        case.set(Field::Wbc, "45");
        assert!(!case.changed.get_untracked());
        case.set(Field::Wbc, "45 ");
        assert_eq!(
            case.typed(Field::Wbc).get_untracked(),
            "45 ",
            "what was typed stays as it was typed"
        );
    });
}

#[wasm_bindgen_test]
fn a_held_age_is_unknown_until_a_reading_is_chosen() {
    with_case(entry(), |case| {
        case.set(Field::AgeDays, "4");
        assert_eq!(case.reading.with_untracked(|reading| reading.infant.age), None);
        let choices = case.form.with_untracked(|form| form.questions[0].choices.clone());
        case.choose(&choices[1]);
        assert_eq!(
            case.reading.with_untracked(|reading| reading.infant.age),
            Some(Age::CompletedMonths(4))
        );
        case.load(Entry::from_pairs([(Field::AgeDays, "4")]), Origin::Link);
        assert_eq!(
            case.reading.with_untracked(|reading| reading.infant.age),
            Some(Age::Days(4)),
            "its column names the unit"
        );
    });
}

#[wasm_bindgen_test]
fn a_fragment_gives_back_what_went_in() {
    let mut typed = entry();
    typed.set(Field::MrdEoi, "0.01 %");
    typed.set(Field::Id, "a label & more");
    let text = fragment(&typed);
    assert!(text.starts_with("#case=1&") && !text.contains("label"), "{text}");
    let back = from_fragment(&text).unwrap_or_default();
    for &field in Field::ALL.iter().filter(|field| **field != Field::Id) {
        assert_eq!(back.get(field), typed.get(field), "{field:?}");
    }
}

#[wasm_bindgen_test]
fn what_is_no_fragment_of_ours_is_passed_over() {
    for text in [
        "",
        "#",
        "#case=2&wbc=3",
        "#main",
        "#case=1",
        "#case=1&nonsense=3",
        "#case=1&wbc=%E0%A4%A",
    ] {
        assert_eq!(from_fragment(text), None, "{text}");
    }
    let kept = from_fragment("#case=1&nonsense=3&wbc=7").unwrap_or_default();
    assert_eq!(kept.get(Field::Wbc), "7");
}

#[wasm_bindgen_test]
fn links_stay_inside_the_site() {
    let head = document().head();
    let base = document().create_element("base").ok();
    if let (Some(head), Some(base)) = (head, &base) {
        let _ = base.set_attribute("href", "/repo/");
        let _ = head.append_child(base);
    }
    assert_eq!(links::base(), "/repo");
    assert_eq!(links::href(""), "/repo/");
    assert_eq!(links::protocol_href("mll-10"), "/repo/protocols/mll-10/");
    if let Some(base) = base {
        base.remove();
    }
}

#[wasm_bindgen_test]
fn each_part_of_the_results_has_one_place() {
    for part in cotside_messages::RESULT_PARTS {
        let places = result::all().filter(|shown| shown.has_any(&[part.to_owned()]));
        assert_eq!(places.count(), 1, "{part}");
    }
}

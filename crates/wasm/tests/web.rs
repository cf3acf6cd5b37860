//! The bindings in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::panic, clippy::unwrap_used)] // What helps tests may fail as tests do.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SEVERANCE: &[u8] = include_bytes!("../../../www/samples/severance.csv");

/// A value behind a path such as `results.0.group`.
fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| {
        Reflect::get(&value, &key.into()).unwrap_or_else(|_| panic!("no {key} in {path}"))
    })
}

fn patient(json: &str) -> cotside_wasm::Patient {
    JSON::parse(json).unwrap_or_else(|_| panic!("{json}")).unchecked_into()
}

/// The answer of one protocol for one patient.
fn answer(answers: &JsValue, protocol: &str) -> JsValue {
    let results: Array = at(answers, "results").unchecked_into();
    let found = results.iter().find(|result| at(result, "protocol") == protocol);
    found.unwrap_or_else(|| panic!("no {protocol}"))
}

#[wasm_bindgen_test]
fn a_patient_as_an_object_is_answered_with_plain_values() {
    let json = r#"{"age_days": 179, "wbc": 10, "kmt2a": "rearranged", "cns": 1, "csf_blasts": false, "sex": null}"#;
    let answers: JsValue = cotside_wasm::stratify(&patient(json))
        .unwrap_or_else(|_| panic!())
        .into();
    let mll10 = answer(&answers, "mll-10");
    assert_eq!(at(&mll10, "status"), "assigned");
    assert_eq!(at(&mll10, "group"), "high");
    assert!(at(&answers, "id").is_null());
    let interfant = answer(&answers, "interfant-06");
    assert_eq!(at(&interfant, "status"), "undetermined");
    assert!(at(&interfant, "group").is_null());
    assert_eq!(at(&interfant, "missing.0"), "prednisone_response");
}

#[wasm_bindgen_test]
fn an_unknown_column_is_refused_and_a_contradiction_reported() {
    assert!(cotside_wasm::stratify(&patient(r#"{"age": 100}"#)).is_err());
    let answers: JsValue = cotside_wasm::stratify(&patient(r#"{"cns": 1, "csf_blasts": "yes"}"#))
        .unwrap_or_else(|_| panic!())
        .into();
    assert_eq!(at(&answers, "notices.0.severity"), "contradiction");
}

#[wasm_bindgen_test]
fn exactly_seven_of_the_severance_series_are_high_by_its_own_rule() {
    let file: JsValue = cotside_wasm::stratify_csv(SEVERANCE)
        .unwrap_or_else(|_| panic!())
        .into();
    let patients: Array = at(&file, "patients").unchecked_into();
    let high: Vec<String> = patients
        .iter()
        .filter(|patient| at(&answer(patient, "severance"), "group") == "high")
        .filter_map(|patient| at(&patient, "id").as_string())
        .collect();
    assert_eq!(high, ["1", "4", "5", "6", "7", "8", "9"]);
}

#[wasm_bindgen_test]
fn a_file_that_cannot_be_read_throws_and_a_bad_row_does_not() {
    assert!(cotside_wasm::stratify_csv(b"x,y\n1,2\n").is_err());
    let file: JsValue = cotside_wasm::stratify_csv(b"id,wbc\na,1\nb,many\n")
        .unwrap_or_else(|_| panic!())
        .into();
    assert_eq!(at(&file, "patients.length"), 1);
    assert_eq!(at(&file, "refused.0.row"), 2);
}

#[wasm_bindgen_test]
fn every_rule_is_exported() {
    let rules: JsValue = cotside_wasm::protocols().unwrap_or_else(|_| panic!()).into();
    let rules: Array = rules.unchecked_into();
    assert_eq!(rules.length() as usize, cotside_core::protocols::PROTOCOLS.len());
    for rule in rules {
        assert!(Object::keys(&rule.clone().unchecked_into::<Object>()).length() > 10);
        assert!(at(&rule, "clauses.length").as_f64() > Some(0.0));
    }
}

//! Answers against R's numbers, and refusals that name what is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_bindings::{FUNCTIONS, call};
use serde_json::{Value, json};

fn answer(name: &str, request: Value) -> Value {
    let answer = call(name, &request.to_string()).unwrap_or_else(|why| panic!("{name}: {why}"));
    serde_json::from_str(&answer).unwrap()
}

fn refused(name: &str, request: Value) -> String {
    call(name, &request.to_string()).unwrap_err().to_string()
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} is no number"));
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        "{found}, not {expected}"
    );
}

#[test]
fn a_curve_has_the_interval_of_r() {
    // R: summary(survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1, conf.type = "log-log"), times = 3)
    let found = answer(
        "km",
        json!({ "time": [1, 2, 3, 4, 5], "event": [true, 0, 1, 1, 0], "at": [3, 0.5], "rmst": 4 }),
    );
    let group = &found["groups"][0];
    close(&group["at"][0]["std_err"], 0.248_253_156_334);
    close(&group["at"][0]["lower"], 0.068_332_087_847);
    close(&group["at"][0]["upper"], 0.863_071_182_739);
    // Before the first event there is no variance, and the answer says so.
    assert!(group["at"][1]["lower"].is_null() && group["at"][1]["no_interval"].is_string());
    // By hand: the area under 1, 0.8, 0.8, 1.6/3 up to 4.
    close(&group["rmst"]["estimate"], 1.0 + 0.8 + 0.8 + 1.6 / 3.0);
    assert_eq!(
        (&found["n"], &group["group"], &group["median"]["time"]),
        (&json!(5), &json!("all"), &json!(4.0))
    );
}

#[test]
fn rows_without_a_value_are_counted_and_left_out() {
    let with = answer(
        "km",
        json!({ "time": [1, null, 3, 4], "event": [1, 1, null, 0], "group": ["a", "a", "a", "b"] }),
    );
    assert_eq!((&with["n"], &with["n_excluded"]), (&json!(2), &json!(2)));
    let without = answer("km", json!({ "time": [1, 4], "event": [1, 0], "group": ["a", "b"] }));
    assert_eq!(with["groups"], without["groups"]);
}

#[test]
fn tests_and_models_have_the_numbers_of_r() {
    // R: survdiff(Surv(time, event) ~ group), time 1 to 6, all with the event, groups alternating: worked by hand.
    let found = answer(
        "logrank",
        json!({ "time": [1, 2, 3], "event": [1, 1, 1], "group": [1, 2, 1] }),
    );
    // Expected in group 1: 2/3 + 1/2 + 1; variance 2/9 + 1/4.
    close(&found["groups"][0]["expected"], 2.0 / 3.0 + 0.5 + 1.0);
    let difference: f64 = 2.0 - (2.0 / 3.0 + 0.5 + 1.0);
    close(&found["chi2"], difference * difference / (2.0 / 9.0 + 0.25));
    // By hand, as in the documentation of the core: the hazard ratio is √2.
    let found = answer(
        "cox",
        json!({ "time": [1, 2, 3], "event": [1, 1, 1], "covariates": { "marrow": [0, 1, 0] }, "zph": true }),
    );
    let ratio = found["coefficients"][0]["hazard_ratio"].as_f64().unwrap();
    assert!((ratio - 2.0_f64.sqrt()).abs() < 1e-8);
    assert_eq!(found["zph"][1]["variable"], "GLOBAL");
    // R: cmprsk::cuminc(time, cause, group)$Tests, as in the documentation of the core.
    let found = answer(
        "cif",
        json!({
            "time": [1, 3, 4, 4, 6, 7, 8, 9, 11, 12], "event": [1, 2, 1, 0, 1, 2, 0, 1, 2, 0],
            "group": ["high", "low", "high", "high", "high", "low", "high", "low", "low", "low"], "at": [6],
        }),
    );
    let gray = &found["gray"][0];
    assert!((gray["chi2"].as_f64().unwrap() - 4.199_820_634_1).abs() < 1e-9);
    assert_eq!(found["groups"][0]["causes"][0]["at"]["time"], json!([6.0]));
}

#[test]
fn levels_of_words_are_compared_with_the_reference() {
    let request = |reference: Value| {
        json!({
            "time": [1, 2, 3, 4, 5, 6], "event": [1, 1, 0, 1, 1, 0],
            "covariates": { "z": [3, 1, 2, 6, 4, 5], "arm": ["new", "old", "new", "old", "new", "old"] },
            "reference": reference,
        })
    };
    let terms = |found: &Value| {
        let rows = found["coefficients"].as_array().unwrap().iter();
        rows.map(|row| row["term"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    // In the order of the request, not of the alphabet.
    assert_eq!(terms(&answer("cox", request(json!({})))), ["z", "arm=old"]);
    assert_eq!(
        terms(&answer("cox", request(json!({ "arm": "old" })))),
        ["z", "arm=new"]
    );
    assert!(refused("cox", request(json!({ "arm": "none" }))).contains("no level “none”; there are new, old"));
    assert!(refused("cox", request(json!({ "sex": "old" }))).contains("sex is not a covariate"));
}

#[test]
fn a_coefficient_without_an_estimate_is_null_with_a_reason() {
    let found = answer(
        "cox",
        json!({ "time": [1, 2, 3, 4], "event": [1, 1, 0, 0], "covariates": { "x": [true, true, false, false] } }),
    );
    assert!(found["coefficients"][0]["hazard_ratio"].is_null());
    assert!(!found["warnings"].as_array().unwrap().is_empty());
}

#[test]
fn a_child_is_answered_by_every_protocol() {
    let found = answer(
        "stratify",
        json!([{ "age_days": 179, "wbc": 10, "kmt2a": "rearranged", "cns": 1, "sex": null }]),
    );
    let results = found[0]["results"].as_array().unwrap();
    assert_eq!(
        results.len(),
        answer("protocols", json!(null)).as_array().unwrap().len()
    );
    let group = |protocol: &str| results.iter().find(|result| result["protocol"] == protocol).unwrap()["group"].clone();
    assert_eq!(group("mll-10"), "high");
    assert!(group("interfant-06").is_null());
}

#[test]
fn what_cannot_be_used_is_refused_with_its_place() {
    for (name, request, part) in [
        (
            "km",
            json!({ "time": [1, -2], "event": [1, 1] }),
            "position 1, counted from 0",
        ),
        (
            "km",
            json!({ "time": [null, 1, -2], "event": [1, 1, 1] }),
            "position 2, counted from 0",
        ),
        ("km", json!({ "time": [1, 2], "event": [1, 2] }), "causes are for cif"),
        ("km", json!({ "time": [1], "event": [0.5] }), "position 0"),
        (
            "km",
            json!({ "time": [1, 2], "event": [1] }),
            "event has 1 values, time has 2",
        ),
        ("km", json!({ "time": [1], "event": [1], "groups": ["a"] }), "groups"),
        (
            "km",
            json!({ "time": [1], "event": [1], "conf_level": 95 }),
            "conf_level",
        ),
        (
            "km",
            json!({ "time": [1], "event": [1], "conf_type": "log_log" }),
            "there are log-log",
        ),
        ("km", json!({ "time": [], "event": [] }), "row"),
        (
            "logrank",
            json!({ "time": [1], "event": [1], "group": ["a"], "weight": "wilcoxon" }),
            "gehan",
        ),
        ("cif", json!({ "time": [1], "event": [-1] }), "0 for censored"),
        (
            "cox",
            json!({ "time": [1, 2], "event": [1, 1], "covariates": { "x": [1, "a"] } }),
            "numbers and words",
        ),
        (
            "cox",
            json!({ "time": [1, 2], "event": [1, 1], "covariates": { "x": ["a", "a"] } }),
            "one level",
        ),
        ("stratify", json!([{ "age": 3 }]), "“age” is not a column"),
        ("survfit", json!({}), "there are stratify, protocols"),
    ] {
        let why = refused(name, request.clone());
        assert!(why.contains(part), "{name} {request}: {why}");
    }
    for name in FUNCTIONS.iter().filter(|name| !["protocols", "version"].contains(name)) {
        assert!(call(name, "{").is_err(), "{name}");
    }
}

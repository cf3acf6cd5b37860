//! Predictions for given values on the page: what is asked for, what is refused, what is said of it; the numbers are held against R
//! in `script.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
const MODELS: &[u8] = include_bytes!("../../../tests/reference/workbench/models_file.csv");

/// A model of three variables.
const MODEL: [(&str, &str); 3] = [
    ("model:finding:sex", "yes"),
    ("model:finding:age_days", "yes"),
    ("model:column:6", "yes"),
];
/// Values for it.
const VALUES: [(&str, &str); 3] = [
    ("predict:1:finding:sex", "male"),
    ("predict:1:finding:age_days", "90"),
    ("predict:1:column:6", "B"),
];

fn opened(file: &[u8], settings: &[(&str, &str)]) -> Results {
    let mut intake = CohortFile::default();
    assert_eq!(intake.open("cohort.csv", "", file).refused, None);
    let mut results = Results::default();
    let _ = results.take(intake.study().unwrap());
    set(&mut results, settings);
    results
}

fn set(results: &mut Results, settings: &[(&str, &str)]) {
    for (name, value) in settings {
        let _ = named::set(results, name, value);
    }
}

/// The parts that are made now.
fn parts(results: &mut Results) -> BTreeMap<&'static str, String> {
    let mut made = BTreeMap::new();
    while results.has_waiting() {
        made.extend(results.next_of_all().parts);
    }
    made
}

/// One part, made before all others.
fn part(results: &mut Results, name: &str) -> String {
    let _ = results.show(&[name.to_owned()]);
    results.next_part().parts.remove(name).unwrap()
}

fn predicted(results: &mut Results) -> String {
    part(results, "predicted")
}

#[test]
fn nothing_is_predicted_until_values_are_given() {
    let mut results = opened(MODELS, &MODEL);
    let before = parts(&mut results);
    assert_eq!(before["predicted"], "");
    assert!(!before["cox_methods"].contains("predicted"));
    let numbers = results.export("numbers.csv", "").unwrap().text;
    let script = results.export("script.R", "").unwrap().text;
    assert!(!numbers.contains("predicted") && !script.contains("profiles"));
    assert!(results.export("predicted.svg", "").is_none());
    // A change of them touches what tells of them and nothing else.
    set(&mut results, &VALUES);
    let after = parts(&mut results);
    let touched: Vec<&str> = after.keys().copied().collect();
    assert_eq!(
        touched,
        [
            "cox_methods",
            "outputs",
            "parametric",
            "parametric_methods",
            "predicted",
            "reporting"
        ]
    );
    let html = &after["predicted"];
    for words in [
        "Predicted survival for given values",
        "It is no advice for treatment, and it has not been validated for a child.",
        "Profile 1: Age in days 90; Sex male; arm B",
        "At 5 y, % (95% CI)",
        "Each curve is that of the group with these values in this cohort.",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("extrapolation") && !html.contains("incidence"), "{html}");
    assert!(after["cox_methods"].contains("with Efron’s estimate of the baseline hazard; its variance (Tsiatis)"));
    assert!(after["parametric"].contains("Predicted survival for given values, Weibull model"));
    assert!(after["parametric"].contains("Median, y (95% CI)"));
    assert!(after["parametric_methods"].contains("quantiles for given values"));
}

#[test]
fn what_is_given_can_be_exported_and_saved() {
    let settings = [&MODEL[..], &VALUES, &[("cause", "relapse")]].concat();
    let mut results = opened(MODELS, &settings);
    let html = predicted(&mut results);
    assert!(html.contains("Predicted cumulative incidence: relapse"), "{html}");
    let mut text = |what: &str| results.export(what, "").unwrap().text;
    assert!(text("predicted.svg").contains("Predicted event-free survival"));
    assert!(text("predicted-incidence.svg").contains("Predicted cumulative incidence of relapse"));
    assert!(text("predicted.csv").contains("Profile 1"));
    assert!(text("predicted-incidence.csv").starts_with("group,cause,time_years"));
    let numbers = text("numbers.csv");
    assert!(numbers.contains("predicted_survival,Profile 1,5,") && numbers.contains("predicted_incidence,"));
    let report = text("report.html");
    assert!(report.contains("has not been validated for a child") && report.contains("Tsiatis AA. Ann Stat 1981"));
    // Columns are saved by their names, values as they were typed.
    let saved = results.project().settings;
    let given: Vec<_> = saved.iter().filter(|(name, _)| name.starts_with("predict:")).collect();
    let names: Vec<&str> = given.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "predict:1:named:arm\u{1f}",
            "predict:1:finding:age_days",
            "predict:1:finding:sex"
        ]
    );
    let mut again = opened(MODELS, &[]);
    let told = again.load(&saved).parts["project"].clone();
    assert!(!told.contains("predict"), "{told}");
    assert_eq!(again.requested(), results.requested());
    // Another file has no such column.
    let mut other = opened(REGISTRY, &[]);
    let told = other.load(&saved).parts["project"].clone();
    assert!(told.contains("predict:1:named:arm = B"), "{told}");
}

#[test]
fn what_is_missing_or_does_not_fit_is_said_with_the_remedy() {
    let mut results = opened(MODELS, &VALUES);
    let html = predicted(&mut results);
    assert!(
        html.contains("No prediction: no variable is in the adjusted model."),
        "{html}"
    );
    set(&mut results, &MODEL);
    for (name, value, words) in [
        ("predict:1:column:6", "", "Profile 1: give a value for arm."),
        (
            "predict:1:column:6",
            "D",
            "Profile 1: no patient of the model has arm “D”. Choose one of A, B, C.",
        ),
        (
            "predict:1:finding:age_days",
            "x",
            "Profile 1: “x” is no number. Give Age in days as a number such as 1.5.",
        ),
        (
            "predict:1:finding:age_days",
            "4000",
            "Profile 1: Age in days 4000 is outside the range of this cohort (",
        ),
    ] {
        set(&mut results, &VALUES);
        set(&mut results, &[(name, value)]);
        let html = predicted(&mut results);
        assert!(html.contains(words), "{words}: {html}");
        assert_eq!(html.contains("<svg"), value == "4000", "{html}");
        // On the page and in the caption.
        assert_eq!(
            html.matches("its prediction is an extrapolation").count(),
            if value == "4000" { 2 } else { 0 }
        );
    }
    // Of several profiles those that fit are predicted.
    set(&mut results, &VALUES);
    set(&mut results, &[("predict:2:column:6", "A")]);
    let html = predicted(&mut results);
    assert!(
        html.contains("Profile 2: give a value for Age in days; Sex.") && html.contains("<svg"),
        "{html}"
    );
    set(
        &mut results,
        &[("model:finding:wbc", "yes"), ("predict:1:finding:wbc", "0")],
    );
    let html = predicted(&mut results);
    assert!(
        html.contains("White cell count (10⁹/L) is on a logarithmic scale"),
        "{html}"
    );
}

#[test]
fn a_model_with_strata_asks_for_the_stratum() {
    let settings = [&MODEL[..], &VALUES, &[("strata:finding:kmt2a", "yes")]].concat();
    let mut results = opened(MODELS, &settings);
    let html = predicted(&mut results);
    assert!(
        html.contains("Profile 1: give a value for Stratum: KMT2A (MLL)."),
        "{html}"
    );
    // The parametric model has no strata.
    assert!(part(&mut results, "parametric").contains("Profile 1: Age in days 90; Sex male; arm B"));
    let choices = results.choices().unwrap();
    let offered: Vec<(&str, usize)> = choices
        .model
        .given
        .iter()
        .map(|each| (each.id.as_str(), each.levels.len()))
        .collect();
    assert_eq!(
        offered,
        [
            ("finding:age_days", 0),
            ("finding:sex", 2),
            ("column:6", 3),
            ("strata:finding:kmt2a", 2)
        ]
    );
    set(&mut results, &[("predict:1:strata:finding:kmt2a", "rearranged")]);
    let html = predicted(&mut results);
    assert!(
        html.contains("Stratum: KMT2A (MLL) rearranged") && html.contains("<svg"),
        "{html}"
    );
    set(&mut results, &[("predict:1:strata:finding:kmt2a", "x")]);
    assert!(predicted(&mut results).contains("no patient of the model is in the stratum x"));
}

#[test]
fn what_cannot_be_estimated_is_not_predicted() {
    let nobody = String::from_utf8(MODELS.to_vec()).unwrap();
    let mut lines = nobody.lines();
    let head = lines.next().unwrap().to_owned();
    // Arm D without an event.
    let without =
        |at: usize| format!("X{at},2010-01-01,male,100,50,germline,D,Hospital 01,90,1,0,2010-02-01,,,,2016-01-01,F01");
    let more: Vec<String> = (0..8).map(without).collect();
    let rows: Vec<String> = lines.map(str::to_owned).chain(more).collect();
    let file = format!("{head}\n{}\n", rows.join("\n"));
    let settings = [&MODEL[..], &VALUES, &[("cause", "relapse")]].concat();
    let mut results = opened(file.as_bytes(), &settings);
    let html = predicted(&mut results);
    assert!(html.contains("No prediction: arm=D has no finite estimate."), "{html}");
    let numbers = results.export("numbers.csv", "").unwrap().text;
    assert!(!numbers.contains("\npredicted_"));
    // By Firth's penalised likelihood it is; the script in R has no such model.
    set(&mut results, &[("firth", "yes")]);
    assert!(predicted(&mut results).contains("<svg"));
    let numbers = results.export("numbers.csv", "").unwrap().text;
    assert!(!numbers.contains("\npredicted_survival"), "{numbers}");
}

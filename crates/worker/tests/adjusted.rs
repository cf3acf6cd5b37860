//! Adjusted curves and the fraction cured on the page where something is missing, does not fit or cannot be estimated; numbers
//! are compared with R in `script.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::fmt::Write as _;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
const CENSORED: &[u8] = include_bytes!("../../../tests/reference/workbench/censored_file.csv");

fn opened(file: &[u8]) -> Results {
    let mut intake = CohortFile::default();
    assert_eq!(intake.open("cohort.csv", "", file).refused, None);
    let mut results = Results::default();
    let _ = results.take(intake.study().unwrap());
    results
}

/// A part under some settings.
fn part(results: &mut Results, name: &str, settings: &[(&str, &str)]) -> String {
    for (name, value) in settings {
        let _ = named::set(results, name, value);
    }
    let mut html = String::new();
    loop {
        let mut reply = results.next_part();
        if let Some(part) = reply.parts.remove(name) {
            html = part;
        }
        if !reply.more {
            return html;
        }
    }
}

/// Made-up patients: the cells of a row behind its id.
fn made(rows: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut text = "id,diagnosis_date,first_event,event_date,last_contact,status,age_days,wbc,sex\n".to_owned();
    for (row, cells) in rows.into_iter().enumerate() {
        let _ = writeln!(text, "p{row},{cells}");
    }
    text.into_bytes()
}

#[test]
fn adjusted_curves_say_what_they_need() {
    let mut results = opened(REGISTRY);
    let html = part(&mut results, "adjusted", &[]);
    assert!(html.contains("Choose what to group by"));
    let html = part(&mut results, "adjusted", &[("group", "finding:kmt2a")]);
    assert!(html.contains("Choose the variables to adjust for"));
    // The groups themselves are no variable to adjust for.
    let html = part(&mut results, "adjusted", &[("model:finding:kmt2a", "yes")]);
    assert!(html.contains("Choose the variables to adjust for"));
    let html = part(&mut results, "adjusted", &[("model:finding:wbc", "yes")]);
    assert!(
        html.contains("<svg") && html.contains("White cells, per doubling"),
        "{html}"
    );
    // 114 of 120 have a known KMT2A status; the table has the groups at the years of the setting.
    assert_eq!(html.matches("<th scope=\"row\">germline").count(), 3);
}

#[test]
fn a_report_has_adjusted_curves_and_cure_only_where_they_were_asked_for() {
    let mut results = opened(REGISTRY);
    let report = |results: &mut Results| results.export("report.html", "").unwrap().text;
    let plain = report(&mut results);
    assert!(!plain.contains("Adjusted survival") && !plain.contains("Fraction cured"));
    assert!(!plain.contains("mixture cure"));
    for (name, value) in [
        ("group", "finding:kmt2a"),
        ("model:finding:wbc", "yes"),
        ("cure-distribution", "weibull"),
    ] {
        let _ = named::set(&mut results, name, value);
    }
    let asked = report(&mut results);
    assert!(asked.contains("Adjusted survival") && asked.contains("Fraction cured"));
    // The methods name both, and nothing is said twice.
    for words in [
        "Adjusted survival curves are averages",
        "estimated by a mixture cure model",
    ] {
        assert_eq!(asked.matches(words).count(), 1, "{words}");
    }
}

#[test]
fn where_a_coefficient_is_infinite_there_are_no_adjusted_curves() {
    // No girl has an event.
    let rows = (0..40).map(|row| {
        let (sex, event) = if row % 2 == 0 {
            ("female", "none")
        } else {
            ("male", "relapse")
        };
        let date = if event == "none" { "" } else { "2020-06-01" };
        format!(
            "2020-01-01,{event},{date},2023-01-{:02},alive,{},{},{sex}",
            1 + row % 28,
            50 + row,
            20 + 3 * row
        )
    });
    let file = made(rows);
    let settings = [("group", "finding:sex"), ("model:finding:wbc", "yes")];
    let html = part(&mut opened(&file), "adjusted", &settings);
    let begin: String = html.chars().take(400).collect();
    assert!(html.contains("no finite estimate") && !html.contains("<svg"), "{begin}");
}

#[test]
fn strata_without_a_group_are_named() {
    // All of one group are in one stratum.
    let rows = (0..60).map(|row| {
        let (sex, age) = if row % 3 == 0 {
            ("female", 30)
        } else {
            ("male", if row % 2 == 0 { 30 } else { 300 })
        };
        format!(
            "2020-01-01,relapse,2020-{:02}-{:02},2023-01-01,alive,{age},{},{sex}",
            2 + row % 9,
            1 + row % 28,
            20 + row
        )
    });
    let file = made(rows);
    let settings = [
        ("group", "finding:sex"),
        ("model:finding:wbc", "yes"),
        ("group-as", "strata"),
        ("levels:finding:age_days", r#"{"cut":{"at":["90"]}}"#),
        ("strata:finding:age_days", "yes"),
    ];
    let html = part(&mut opened(&file), "adjusted", &settings);
    assert!(html.contains("there is nobody of female"));
    let html = part(&mut opened(&file), "adjusted", &settings[..3]);
    assert!(html.contains("<svg"));
}

#[test]
fn the_plateau_comes_before_the_model_and_a_model_only_on_request() {
    let mut results = opened(REGISTRY);
    let html = part(&mut results, "cure", &[]);
    assert!(
        html.contains("cannot be tested by it") && html.contains("Is there a plateau?"),
        "{html}"
    );
    assert!(html.contains("No model is fitted") && !html.contains("<svg"));
    for distribution in ["weibull", "exponential", "lognormal", "loglogistic"] {
        let html = part(&mut results, "cure", &[("cure-distribution", distribution)]);
        let places = [
            "Is there a plateau?",
            "Fraction cured by the model",
            "Distributions compared",
        ];
        let places = places.map(|words| html.find(words).expect(words));
        assert!(places.is_sorted(), "{distribution}: {places:?}");
        assert!(html.contains("times of 0 are taken as half a day"));
    }
    let nobody = made((0..12).map(|row| format!("2020-01-01,none,,2023-01-{:02},alive,50,{row},male", row + 1)));
    let html = part(&mut opened(&nobody), "cure", &[("cure-distribution", "weibull")]);
    assert!(
        html.contains("there is nothing to model") && !html.contains("<svg"),
        "{html}"
    );
}

#[test]
fn without_anybody_censored_there_is_no_cure_model() {
    let rows = (0..12).map(|row| {
        format!(
            "2020-01-01,death,2020-{:02}-05,2020-{:02}-05,dead,50,20,male",
            row + 1,
            row + 1
        )
    });
    let file = made(rows);
    let html = part(&mut opened(&file), "cure", &[("cure-distribution", "weibull")]);
    assert!(html.contains("nobody is censored"));
    // The exponential's table of distributions has no numbers either.
    assert!(html.contains("Distributions compared"));
}

/// Where a likelihood rises towards no cure at all there is no interval to tell, and no sentence.
#[test]
fn a_fraction_that_is_not_determined_is_not_told() {
    let html = part(&mut opened(CENSORED), "cure", &[("cure-distribution", "weibull")]);
    assert!(html.contains("no sign of cure") && html.contains("0.0 (not determined)"));
    assert!(!html.contains("the fraction cured was") && !html.contains("0.0–100.0"));
}

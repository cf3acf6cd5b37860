//! Parametric models, pairs of groups and differences of incidences on the page where something is missing, does not fit or
//! cannot be estimated; numbers are compared with R in `script.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const FILE: &[u8] = include_bytes!("../../../tests/reference/workbench/models_file.csv");
const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");

fn opened(file: &[u8]) -> Results {
    let mut intake = CohortFile::default();
    assert_eq!(intake.open("cohort.csv", "", file).refused, None);
    let mut results = Results::default();
    let _ = results.take(intake.study().unwrap());
    results
}

/// A part under some settings.
fn part(file: &[u8], name: &str, settings: &[(&str, &str)]) -> String {
    let mut results = opened(file);
    for (name, value) in settings {
        let _ = named::set(&mut results, name, value);
    }
    made(&mut results, name).unwrap_or_default()
}

/// A part as it is made anew; `None` where it is not.
fn made(results: &mut Results, name: &str) -> Option<String> {
    let mut html = None;
    loop {
        let mut reply = results.next_part();
        html = reply.parts.remove(name).or(html);
        if !reply.more {
            return html;
        }
    }
}

fn says(html: &str, words: &[&str]) {
    for word in words {
        assert!(html.contains(word), "{word} is not in {html}");
    }
}

#[test]
fn groups_have_ratios_and_the_four_distributions_their_aic() {
    let html = part(FILE, "parametric", &[("group", "column:6")]);
    says(
        &html,
        &[
            "Weibull model of",
            "Groups, reference",
            "Time ratio (95% CI)",
            "smallest AIC",
            "log-logistic",
            "Choose variables of the adjusted model",
            "Kaplan–Meier</th>",
        ],
    );
    let normal = part(
        FILE,
        "parametric",
        &[("group", "column:6"), ("distribution", "lognormal")],
    );
    says(&normal, &["Log-normal model of"]);
}

#[test]
fn a_time_of_zero_is_left_out_and_said() {
    let html = part(REGISTRY, "parametric", &[]);
    says(&html, &["taken as half a day"]);
    let on_its_date = part(REGISTRY, "parametric", &[("failure", "date")]);
    assert!(!on_its_date.contains("taken as half a day"), "{on_its_date}");
}

#[test]
fn what_cox_takes_and_this_does_not_is_said() {
    let settings = [
        ("model:finding:wbc", "yes"),
        ("strata:finding:sex", "yes"),
        ("cluster", "column:7"),
        ("entry", "column:10"),
    ];
    let html = part(FILE, "parametric", &settings);
    says(
        &html,
        &[
            "Strata of the Cox model are not in this model",
            "clusters are not used",
            "Delayed entry",
        ],
    );
    let methods = part(FILE, "parametric_methods", &settings);
    says(
        &methods,
        &["given survival to entry", "White cells, per doubling", "delta method"],
    );
    let exact = [("ties", "exact"), ("weights", "column:9")];
    says(
        &part(FILE, "parametric", &exact),
        &["The exact likelihood takes neither"],
    );
}

#[test]
fn nobody_with_an_event_and_groups_without_one() {
    let text = std::str::from_utf8(FILE).unwrap();
    let censored = text.lines().enumerate().map(|(row, line)| {
        let cells = line.split(',').enumerate();
        // Nobody has a date of relapse or death.
        let cells = cells.map(|(column, cell)| {
            if row > 0 && [13, 14].contains(&column) {
                ""
            } else {
                cell
            }
        });
        cells.collect::<Vec<_>>().join(",") + "\n"
    });
    let censored: String = censored.collect();
    let of = |name: &str| part(censored.as_bytes(), name, &[("group", "finding:sex")]);
    says(&of("parametric"), &["No patient has an event"]);
    assert_eq!(of("parametric_methods"), "");
    // Nobody of one arm has an event.
    let parted = text.lines().enumerate().map(|(row, line)| {
        let is_c = line.split(',').nth(6) == Some("C");
        let cells = line.split(',').enumerate();
        let cells = cells.map(|(column, cell)| {
            if row > 0 && is_c && [13, 14].contains(&column) {
                ""
            } else {
                cell
            }
        });
        cells.collect::<Vec<_>>().join(",") + "\n"
    });
    let parted: String = parted.collect();
    let html = part(parted.as_bytes(), "parametric", &[("group", "column:6")]);
    says(
        &html,
        &[
            "no model: the coefficient of C is infinite",
            "one of its values has no event",
        ],
    );
    assert!(!html.contains("data-figure"), "{html}");
}

#[test]
fn pairs_are_of_three_groups_and_differences_of_two() {
    let cns = part(REGISTRY, "competing", &[("group", "finding:cns")]);
    says(
        &cns,
        &[
            "Pairs of groups, Gray’s test",
            "corrected by Holm",
            "Differences of incidences, each group less",
        ],
    );
    let plain = part(
        REGISTRY,
        "competing",
        &[("group", "finding:cns"), ("correction", "none")],
    );
    says(&plain, &["not corrected for the number of pairs"]);
    let sex = part(REGISTRY, "competing", &[("group", "finding:sex")]);
    assert!(!sex.contains("Pairs of groups"), "{sex}");
    says(&sex, &["Differences of incidences"]);
    let none = part(REGISTRY, "competing", &[]);
    assert!(!none.contains("Differences of incidences"));
    let methods = part(
        REGISTRY,
        "competing_methods",
        &[("group", "finding:cns"), ("correction", "bonferroni")],
    );
    says(
        &methods,
        &["Bonferroni’s correction within each cause", "by their difference"],
    );
}

#[test]
fn a_choice_changes_what_tells_of_it_and_no_more() {
    let mut results = opened(FILE);
    let _ = named::set(&mut results, "group", "column:6");
    while results.next_part().more {}
    let _ = named::set(&mut results, "distribution", "loglogistic");
    let mut touched = Vec::new();
    loop {
        let reply = results.next_part();
        touched.extend(reply.parts.into_keys());
        if !reply.more {
            break;
        }
    }
    touched.sort();
    assert_eq!(touched, ["outputs", "parametric", "parametric_methods", "reporting"]);
}

#[test]
fn fine_gray_has_ratios_with_strata_entry_clusters_and_weights() {
    let base = [
        ("model:finding:wbc", "yes"),
        ("model:finding:kmt2a", "yes"),
        ("cause", "relapse"),
    ];
    for asked in [
        ("strata:finding:sex", "yes"),
        ("entry", "column:10"),
        ("cluster", "column:7"),
        ("weights", "column:9"),
    ] {
        let html = part(FILE, "models", &[&base[..], &[asked]].concat());
        says(&html, &["weighted Cox model of the intervals"]);
        let row = html.split("by-cause").nth(1).unwrap();
        let row = row.split("</table>").next().unwrap();
        assert!(row.matches('–').count() > 4, "{asked:?}: {row}");
    }
    let exact = [("ties", "exact"), ("strata:finding:sex", "yes")];
    let html = part(FILE, "models", &[&base[..], &exact].concat());
    says(&html, &["no exact ties"]);
}

//! The models of Cox's regression on the page where something is missing, does not fit or cannot be estimated; numbers are
//! compared with R in `script.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const FILE: &[u8] = include_bytes!("../../../tests/reference/workbench/models_file.csv");

/// Columns of the file.
const SITE: &str = "column:7";
const WEIGHT: &str = "column:9";
const DELAY: &str = "column:10";

fn opened(file: &[u8]) -> Results {
    let mut intake = CohortFile::default();
    assert_eq!(intake.open("cohort.csv", "", file).refused, None);
    let mut results = Results::default();
    let _ = results.take(intake.study().unwrap());
    results
}

/// The part of the models under some settings.
fn models(results: &mut Results, settings: &[(&str, &str)]) -> String {
    for (name, value) in settings {
        let _ = named::set(results, name, value);
    }
    let mut html = String::new();
    loop {
        let mut reply = results.next_part();
        if let Some(part) = reply.parts.remove("models") {
            html = part;
        }
        if !reply.more {
            return html;
        }
    }
}

fn of_file(settings: &[(&str, &str)]) -> String {
    models(&mut opened(FILE), settings)
}

/// The file with other cells in a column.
fn with(column: usize, cell: impl Fn(usize, &str) -> String) -> Vec<u8> {
    let text = std::str::from_utf8(FILE).unwrap();
    let lines = text.lines().enumerate().map(|(row, line)| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if row > 0 {
            cells[column] = cell(row, &cells[column]);
        }
        cells.join(",") + "\n"
    });
    lines.collect::<String>().into_bytes()
}

#[test]
fn controls_offer_what_the_file_has() {
    let mut results = opened(FILE);
    while results.next_part().more {}
    let model = &results.choices().unwrap().model;
    let ids = |list: &[cotside_messages::Choice]| list.iter().map(|each| each.id.clone()).collect::<Vec<_>>();
    assert_eq!(
        ids(&model.entries),
        ["first_remission_date", "hsct_date", "column:8", WEIGHT, DELAY]
    );
    assert_eq!(ids(&model.weights), ["column:8", WEIGHT, DELAY]);
    assert!(ids(&model.clusters).contains(&SITE.to_owned()) && ids(&model.strata).contains(&SITE.to_owned()));
    assert_eq!(ids(&model.causes), ["relapse", "death"]);
    // A column of texts that is no variable can tell who belongs together; an id of one row each cannot.
    assert!(
        ids(&model.clusters).contains(&"column:16".to_owned())
            && !ids(&model.clusters).contains(&"column:0".to_owned())
    );
    let age = model
        .variables
        .iter()
        .find(|each| each.id == "finding:age_days")
        .unwrap();
    assert_eq!(
        (age.name.as_str(), age.scale.as_deref()),
        ("Age in days", Some("Age, per month"))
    );
    // From first remission on an entry at first remission has no meaning.
    let _ = named::set(&mut results, "endpoint", "dfs");
    while results.next_part().more {}
    let entries = ids(&results.choices().unwrap().model.entries);
    assert!(!entries.contains(&"first_remission_date".to_owned()) && entries.contains(&"hsct_date".to_owned()));
}

#[test]
fn who_is_left_out_is_told() {
    let html = of_file(&[
        ("entry", DELAY),
        ("weights", WEIGHT),
        ("cluster", SITE),
        ("model:finding:kmt2a", "yes"),
    ]);
    for words in [
        "without a time of entry",
        "without a weight",
        "1 patient with a weight that is not above 0",
        "without a cluster",
        "robust variance",
        "there is no likelihood ratio test",
    ] {
        assert!(html.contains(words) || words.starts_with("there is"), "{words}: {html}");
    }
    let late = with(10, |row, _| (400 + row % 50).to_string());
    let html = models(&mut opened(&late), &[("entry", DELAY)]);
    assert!(html.contains("whose follow-up ends at or before entry"), "{html}");
}

#[test]
fn a_column_of_few_numbers_can_hold_weights() {
    let whole = with(9, |row, _| (1 + row % 2).to_string());
    let mut results = opened(&whole);
    let html = models(&mut results, &[("weights", WEIGHT), ("model:finding:sex", "yes")]);
    let model = &results.choices().unwrap().model;
    assert!(model.weights.iter().any(|each| each.id == WEIGHT));
    // Whole numbers count patients: the variance is the usual one.
    assert!(
        html.contains("table class=\"cox\"") && !html.contains("robust variance"),
        "{html}"
    );
}

#[test]
fn missing_is_counted_among_those_who_enter() {
    let mut results = opened(FILE);
    let html = models(&mut results, &[("entry", "hsct_date"), ("model:finding:sex", "yes")]);
    assert!(html.contains("without a time of entry"), "{html}");
    // Sex is known of all.
    let heading = html
        .split("<th scope=\"row\">Sex ")
        .nth(1)
        .unwrap()
        .split("</th>")
        .next()
        .unwrap();
    assert!(!heading.contains("missing"), "{heading}");
    assert!(!html.contains("left out because a value is missing"), "{html}");
    // Where there is one cause only, the models of a cause have no meaning.
    let html = models(&mut results, &[("endpoint", "os"), ("cause", "relapse"), ("entry", "")]);
    assert!(!html.contains("The same model for one cause"), "{html}");
}

#[test]
fn another_file_leaves_out_what_it_does_not_have() {
    let mut results = opened(FILE);
    let _ = models(
        &mut results,
        &[
            ("cluster", SITE),
            ("strata:column:7", "yes"),
            ("spline", "column:8"),
            ("ties", "breslow"),
        ],
    );
    let mut other = CohortFile::default();
    let file = "id,sex,diagnosis_date,death_date,last_follow_up_date\n1,male,2020-01-01,,2021-01-01\n";
    assert_eq!(other.open("other.csv", "", file.as_bytes()).refused, None);
    let _ = results.take(other.study().unwrap());
    let options = &results.choices().unwrap().settings.model_options;
    assert_eq!(options.ids().count(), 0, "{options:?}");
    assert_eq!(options.ties.code(), "breslow");
}

#[test]
fn where_nobody_is_left_the_reason_is_told_with_the_remedy() {
    let never = with(10, |row, _| (20_000 + row).to_string());
    let html = models(
        &mut opened(&never),
        &[("entry", DELAY), ("model:finding:sex", "yes"), ("cause", "relapse")],
    );
    assert!(
        html.contains("No patient has all that the models ask for") && !html.contains("<table"),
        "{html}"
    );
    let html = of_file(&[("endpoint", "dfs"), ("entry", "first_remission_date")]);
    assert!(html.contains("has no meaning for disease-free survival"), "{html}");
    for (name, value) in [
        ("entry", "column:99"),
        ("weights", SITE),
        ("cluster", "column:99"),
        ("strata:column:99", "yes"),
    ] {
        let html = of_file(&[(name, value), ("model:finding:sex", "yes")]);
        assert!(html.contains("Choose another column, or none."), "{name}: {html}");
    }
    let html = of_file(&[("ties", "exact"), ("weights", WEIGHT)]);
    assert!(html.contains("Choose Efron’s or Breslow’s method"), "{html}");
}

#[test]
fn nothing_to_estimate_is_said() {
    // All are censored.
    let text = std::str::from_utf8(FILE).unwrap();
    let censored: String = text
        .lines()
        .enumerate()
        .map(|(row, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if row > 0 {
                (cells[13], cells[14]) = ("", "");
            }
            cells.join(",") + "\n"
        })
        .collect();
    let all = [
        ("model:finding:sex", "yes"),
        ("model:column:6", "yes"),
        ("interaction:finding:sex*column:6", "yes"),
        ("spline", "finding:wbc"),
        ("cause", "relapse"),
        ("strata:column:7", "yes"),
    ];
    let html = models(&mut opened(censored.as_bytes()), &all);
    assert!(html.contains("No patient has an event"), "{html}");
    // One sex, and a covariate that nobody has.
    let one = with(2, |_, _| "male".into());
    let html = models(&mut opened(&one), &all);
    assert!(html.contains("Sex has one value among these"), "{html}");
    assert!(html.contains("both variables must be in it, and differ"), "{html}");
    // One age: R's exact likelihood stops at a constant column, so that the script leaves it out as the model does.
    let same = with(3, |_, _| "100".into());
    let mut results = opened(&same);
    let html = models(
        &mut results,
        &[
            ("model:finding:age_days", "yes"),
            ("model:finding:sex", "yes"),
            ("ties", "exact"),
        ],
    );
    assert!(html.contains("Age, per month has one value among these"), "{html}");
    assert!(results.export("script.R", "").unwrap().text.contains("left_out = TRUE"));
    let empty = with(4, |_, _| String::new());
    let html = models(&mut opened(&empty), &all);
    assert!(html.contains("A spline needs a variable with numbers"), "{html}");
}

#[test]
fn a_subset_may_leave_one_level_or_nobody_who_is_known() {
    // The arm is that to which the analysis is restricted.
    let html = of_file(&[
        ("only", "column:6=A"),
        ("model:column:6", "yes"),
        ("model:finding:wbc", "yes"),
    ]);
    assert!(html.contains("has one value among these"), "{html}");
    let html = of_file(&[("only", "column:6=A"), ("model:column:6", "yes")]);
    assert!(html.contains("none of the chosen variables has two values"), "{html}");
    // Nobody of arm B has a white cell count, a weight or an entry.
    for (column, name, value, words) in [
        (
            4,
            "model:finding:wbc",
            "yes",
            "none of the chosen variables has two values",
        ),
        (4, "spline", "finding:wbc", "No patient has a value of it"),
        (9, "weights", WEIGHT, "No patient has all that the models ask for"),
        (10, "entry", DELAY, "No patient has all that the models ask for"),
        (7, "cluster", SITE, "No patient has all that the models ask for"),
    ] {
        let text = std::str::from_utf8(FILE).unwrap();
        let of_b = |row: usize| text.lines().nth(row).unwrap().split(',').nth(6) == Some("B");
        let file = with(
            column,
            |row, cell| if of_b(row) { String::new() } else { cell.to_owned() },
        );
        let html = models(&mut opened(&file), &[("only", "column:6=B"), (name, value)]);
        assert!(html.contains(words), "{name}: {html}");
    }
}

#[test]
fn a_stratum_that_is_a_variable_leaves_no_contrast() {
    let html = of_file(&[
        ("model:column:6", "yes"),
        ("model:finding:wbc", "yes"),
        ("strata:column:6", "yes"),
    ]);
    assert!(
        html.contains("not estimable") && html.contains("Tests of variables"),
        "{html}"
    );
}

#[test]
fn scales_name_the_unit_and_leave_other_numbers_as_they_are() {
    let mut results = opened(FILE);
    let usual = models(
        &mut results,
        &[("model:finding:wbc", "yes"), ("model:finding:sex", "yes")],
    );
    let tenfold = models(&mut results, &[("scale:finding:wbc", "log10")]);
    assert!(usual.contains("White cells, per doubling") && tenfold.contains("White cell count, per tenfold increase"));
    let told = |html: &str| {
        html.split("Likelihood ratio χ²")
            .nth(1)
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap()
            .to_owned()
    };
    assert_eq!(told(&usual), told(&tenfold));
    // Without a logarithm.
    let zero = with(4, |row, cell| if row < 6 { "0".into() } else { cell.to_owned() });
    let html = models(&mut opened(&zero), &[("model:finding:wbc", "yes")]);
    assert!(html.contains("left out because a value is missing"), "{html}");
}

#[test]
fn the_table_says_which_level_is_the_reference() {
    let mut results = opened(FILE);
    let html = models(
        &mut results,
        &[("model:column:6", "yes"), ("model:finding:kmt2a", "yes")],
    );
    let row = html.split("<th scope=\"row\" class=\"level\">A</th>").nth(1).unwrap();
    assert_eq!(row.split("</tr>").next().unwrap().matches(">reference<").count(), 2);
    let file = results.export("cox-table.csv", "").unwrap().text;
    let lines: Vec<&str> = file.lines().filter(|line| line.starts_with("arm,")).collect();
    assert_eq!(lines.len(), 4, "{file}");
    assert!(lines[1].contains(",reference,,,,reference,"), "{}", lines[1]);
    assert!(file.starts_with("variable,level,n,events,unadjusted_hazard_ratio"));
    // Caption, sentence, proportional hazards beside.
    for words in [
        "data-testid=\"cox-caption\"",
        "data-copy=\"cox-sentence\"",
        "P (PH)",
        "Tests of variables in the adjusted model",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn a_spline_says_what_is_wrong_with_it() {
    let html = of_file(&[("spline", "finding:wbc"), ("reference", "100000")]);
    assert!(html.contains("lies outside of the values"), "{html}");
    let html = of_file(&[("spline", "finding:sex")]);
    assert!(html.contains("A spline needs a variable with numbers"), "{html}");
    let few = with(4, |row, _| if row % 40 == 0 { row.to_string() } else { "50".into() });
    let html = models(&mut opened(&few), &[("spline", "finding:wbc"), ("knots", "5")]);
    assert!(html.contains("Choose fewer knots"), "{html}");
    let mut results = opened(FILE);
    let html = models(
        &mut results,
        &[
            ("spline", "finding:wbc"),
            ("model:finding:wbc", "yes"),
            ("model:finding:sex", "yes"),
        ],
    );
    assert!(
        html.contains("Departure from a straight line: χ²") && html.contains("adjusted for Sex"),
        "{html}"
    );
    let csv = results.export("spline.csv", "").unwrap().text;
    assert!(
        csv.starts_with("kind,value,hazard_ratio,lower,upper\r\ncurve,"),
        "{csv}"
    );
    assert!(
        results
            .export("spline.svg", "")
            .unwrap()
            .text
            .contains("Hazard ratio (reference")
    );
}

#[test]
fn one_cause_beside_the_other() {
    let html = of_file(&[("cause", "relapse")]);
    assert!(html.contains("Choose the variables of the adjusted model"), "{html}");
    let model = ("model:column:6", "yes");
    let html = of_file(&[model, ("cause", "second_malignancy")]);
    assert!(html.contains("No patient in the model has the event"), "{html}");
    let html = of_file(&[model, ("cause", "relapse")]);
    assert!(
        html.contains("Subdistribution HR (Fine–Gray)") && html.contains("with this event first"),
        "{html}"
    );
    for more in [
        ("entry", DELAY),
        ("weights", WEIGHT),
        ("cluster", SITE),
        ("strata:finding:sex", "yes"),
    ] {
        let html = of_file(&[model, ("cause", "relapse"), more]);
        assert!(html.contains("weighted Cox model of the intervals"), "{more:?}");
    }
}

#[test]
fn a_project_keeps_both_columns_of_an_interaction() {
    let mut results = opened(FILE);
    let settings = [
        ("model:column:6", "yes"),
        ("model:column:8", "yes"),
        ("interaction:column:6*column:8", "yes"),
        ("cluster", SITE),
        ("strata:column:6", "yes"),
        ("scale:column:8", "sd"),
        ("entry", "hsct_date"),
    ];
    let before = models(&mut results, &settings);
    let saved = results.project().settings;
    assert!(
        saved
            .iter()
            .all(|(name, value)| !name.contains("column:") && !value.contains("column:")),
        "{saved:?}"
    );
    let mut other = opened(FILE);
    let reply = other.load(&saved);
    assert!(!reply.parts["project"].contains("<ul>"), "{}", reply.parts["project"]);
    assert_eq!(models(&mut other, &[]), before);
    // Another file has no such columns.
    let mut other = opened(b"id,sex,diagnosis_date,death_date,last_follow_up_date\n1,male,2020-01-01,,2021-01-01\n");
    let reply = other.load(&saved);
    assert!(
        reply.parts["project"].contains("interaction:"),
        "{}",
        reply.parts["project"]
    );
}

#[test]
fn a_change_of_scale_touches_the_models_and_what_is_adjusted_like_them() {
    let mut results = opened(FILE);
    while results.next_part().more {}
    let reply = named::set(&mut results, "scale:finding:wbc", "log10");
    assert_eq!(
        reply.waiting,
        [
            "transplant",
            "models",
            "predicted",
            "adjusted",
            "parametric",
            "transplant_methods",
            "cox_methods",
            "adjusted_methods",
            "parametric_methods",
            "reporting",
            "outputs"
        ]
    );
}

#[test]
fn the_methods_tell_what_was_asked() {
    let mut results = opened(FILE);
    let _ = models(
        &mut results,
        &[
            ("model:finding:sex", "yes"),
            ("model:column:6", "yes"),
            ("interaction:finding:sex*column:6", "yes"),
            ("strata:column:7", "yes"),
            ("entry", "first_remission_date"),
            ("ties", "breslow"),
            ("spline", "finding:age_days"),
            ("cause", "death"),
        ],
    );
    let report = results.export("report.html", "").unwrap().text;
    for words in [
        "Breslow’s method for ties",
        "interaction Sex × arm",
        "at risk from first remission on",
        "stratified by site",
        "restricted cubic spline with 4 knots",
        "For death as the cause",
        "Harrell FE.",
    ] {
        assert!(report.contains(words), "{words}");
    }
}

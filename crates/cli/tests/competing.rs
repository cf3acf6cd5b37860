//! Competing risks and parametric models on the command line, beyond the keys that `risks.rs` tests: pairs, differences, words,
//! strata, entry, clusters, weights, predictions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use serde_json::Value;

/// The rows of a data set that R's values are of.
macro_rules! rows {
    ($name:literal) => {
        include_str!(concat!("../../../tests/reference/risks/", $name))
            .split_once('\n')
            .unwrap()
            .1
    };
}

fn answer(arguments: &[&str], input: &str) -> Value {
    common::json(&[arguments, &["--input", "-", "--json"]].concat(), input)
}

fn refused(arguments: &[&str], input: &str, words: &[&str]) {
    common::assert_refused(&[arguments, &["--input", "-", "--json"]].concat(), input, words);
}

#[track_caller]
fn near(found: &Value, expected: f64) {
    let value = found
        .as_f64()
        .unwrap_or_else(|| panic!("{found} is no number, {expected} expected"));
    assert!(
        (value - expected).abs() <= 1e-7 * expected.abs().max(1e-3),
        "{value} {expected}"
    );
}

/// The cells of the rows of an expected table that have these values.
fn expected(table: &str, keys: &[(&str, &str)], column: &str) -> Vec<f64> {
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let place = |name: &str| header.iter().position(|each| *each == name).unwrap();
    let rows = lines.map(|line| line.split(',').collect::<Vec<_>>());
    let rows = rows.filter(|cells| keys.iter().all(|(name, value)| cells[place(name)] == *value));
    rows.map(|cells| cells[place(column)].parse().unwrap()).collect()
}

const WORDS: &str =
    "t,e,g\n1,relapse,a\n2,death,a\n2,none,b\n3,relapse,b\n4,death,b\n5,alive,a\n6,relapse,a\n7,none,b\n,relapse,a\n";
const NUMBERS: &str = "t,e,g\n1,1,a\n2,2,a\n2,0,b\n3,1,b\n4,2,b\n5,0,a\n6,1,a\n7,0,b\n,1,a\n";

#[test]
fn words_are_causes() {
    let flags = ["cif", "--time", "t", "--event", "e", "--group", "g"];
    let numbers = answer(&flags, NUMBERS);
    let listed = ["--causes", "relapse,death", "--censored", "none,alive"];
    let words = answer(&[&flags[..], &listed].concat(), WORDS);
    assert_eq!(
        words["groups"][0]["causes"][1]["steps"],
        numbers["groups"][0]["causes"][1]["steps"]
    );
    assert_eq!(words["groups"][0]["causes"][0]["name"], "relapse");
    assert_eq!(
        (&words["gray"][1]["cause"], &words["gray"][1]["name"]),
        (&2.into(), &"death".into())
    );
    assert_eq!(words["gray"][0]["p"], numbers["gray"][0]["p"]);
    assert_eq!(numbers["gray"][0]["name"], Value::Null);
    // Without --causes every word that is not censored is one, sorted.
    let sorted = answer(&[&flags[..], &["--censored", "none,alive"]].concat(), WORDS);
    assert_eq!(sorted["groups"][0]["causes"][0]["name"], "death");
}

#[test]
fn a_word_that_is_not_named_is_refused() {
    let flags = ["cif", "--time", "t", "--event", "e"];
    let with = |more: &[&'static str]| [&flags[..], more].concat();
    refused(
        &with(&["--causes", "relapse,death"]),
        WORDS,
        &["row 3 (line 4)", "column e", "“none”", "--censored"],
    );
    refused(
        &with(&["--causes", "relapse,death", "--censored", "none"]),
        WORDS,
        &["row 6", "“alive”"],
    );
    refused(&with(&["--causes", "relapse,relapse"]), WORDS, &["twice"]);
    refused(
        &with(&["--causes", "relapse", "--censored", "relapse"]),
        WORDS,
        &["--censored"],
    );
    refused(
        &with(&["--causes", "relapse,dead", "--censored", "none"]),
        WORDS,
        &["“dead”", "“death”"],
    );
    // Without flags, the remedy names them.
    refused(
        &flags,
        WORDS,
        &[
            "row 1",
            "column e",
            "“relapse”",
            "--causes relapse,death",
            "--censored none,alive",
        ],
    );
    let model = ["finegray", "--time", "t", "--event", "e", "--covariates", "t"];
    refused(&model, WORDS, &["column e", "--causes", "--censored"]);
    refused(&with(&["--pairwise"]), NUMBERS, &["--pairwise", "--group"]);
    refused(
        &with(&["--difference", "--at", "1"]),
        NUMBERS,
        &["--difference", "--group"],
    );
    refused(
        &with(&["--difference", "--group", "g"]),
        NUMBERS,
        &["--difference", "--at"],
    );
    refused(
        &with(&["--group", "g", "--pairwise", "--correction", "x"]),
        NUMBERS,
        &["holm", "bonferroni"],
    );
}

#[test]
fn pairs_and_differences_as_r() {
    let data = rows!("gray_pairs_pbc.csv");
    let flags = ["cif", "--time", "time", "--event", "event", "--group", "group"];
    let more = [
        "--pairwise",
        "--difference",
        "--at",
        "1000,3000",
        "--reference",
        "group=1",
    ];
    let cif = answer(&[&flags[..], &more].concat(), data);
    let pairs = cif["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 12);
    let r = |column: &str| expected(rows!("gray_pairs.csv"), &[("stratified", "0")], column);
    for (place, (p, holm)) in r("p").into_iter().zip(r("holm")).enumerate() {
        near(&pairs[place]["p"], p);
        near(&pairs[place]["adjusted_p"], holm);
    }
    assert_eq!(
        (&pairs[0]["correction"], &pairs[0]["groups"]),
        (&"holm".into(), &serde_json::json!(["1", "2"]))
    );
    let plain = answer(&[&flags[..], &["--pairwise", "--correction", "none"]].concat(), data);
    assert_eq!(plain["pairs"][3]["adjusted_p"], plain["pairs"][3]["p"]);
    let differences = cif["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 12);
    let of = |cause: u64, time: f64, group: &str| {
        let is_it = |each: &&Value| each["cause"] == cause && each["time"] == time && each["group"] == group;
        differences.iter().find(is_it).unwrap()
    };
    let keys = [("first", "3"), ("cause", "2"), ("time", "3000")];
    let r = |column: &str| expected(rows!("incidence_differences.csv"), &keys, column)[0];
    let found = of(2, 3000.0, "3");
    for key in ["estimate", "std_err", "lower", "upper", "p"] {
        near(&found[key], r(key));
    }
    // Nobody of stage 1 had a transplant: a difference, but no interval, and the reason.
    let none = of(1, 3000.0, "2");
    assert!(none["estimate"].is_number() && none["lower"].is_null() && none["p"].is_null());
    assert!(none["no_test"].as_str().unwrap().contains("no event in 1"));
}

#[test]
fn awkward_groups_are_told_and_not_guessed() {
    let flags = [
        "cif",
        "--time",
        "t",
        "--event",
        "e",
        "--group",
        "g",
        "--pairwise",
        "--difference",
        "--at",
        "1,9",
    ];
    let one = answer(&flags, "t,e,g\n1,1,a\n2,2,a\n3,0,a\n");
    assert_eq!(one["pairs"], Value::Null);
    assert_eq!(one["differences"], serde_json::json!([]));
    assert!(one["warnings"].to_string().contains("two groups"));
    let censored = answer(&flags, "t,e,g\n1,0,a\n2,0,b\n");
    assert_eq!(
        (&censored["pairs"], &censored["differences"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
    let late = answer(&flags, "t,e,g\n1,1,a\n2,0,a\n3,1,b\n9,0,b\n");
    let last = &late["differences"][1];
    assert_eq!((&last["time"], &last["estimate"]), (&9.0.into(), &Value::Null));
    assert!(last["no_test"].as_str().unwrap().contains("follow-up of a"));
}

#[test]
fn steps_are_csv() {
    let flags = [
        "cif",
        "--time",
        "t",
        "--event",
        "e",
        "--group",
        "g",
        "--causes",
        "relapse,death",
        "--censored",
        "none,alive",
    ];
    let text = common::text(&[&flags[..], &["--input", "-", "--csv"]].concat(), WORDS);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "group,cause,name,time,at_risk,estimate,std_err,lower,upper");
    assert!(
        lines[1].starts_with("a,1,relapse,1,4,0.25,0.2165063509461"),
        "{}",
        lines[1]
    );
    // No variance before the first event of a cause.
    assert!(lines.iter().any(|line| line.starts_with("a,2,death,1,4,0,,,")));
    refused(&[&flags[..], &["--csv"]].concat(), WORDS, &["--csv", "--json"]);
}

/// The text for people has steps only where they are asked for.
#[test]
fn steps_are_asked_for() {
    let flags = ["cif", "--time", "t", "--event", "e", "--input", "-"];
    let text = |more: &[&'static str]| common::text(&[&flags[..], more].concat(), NUMBERS);
    let (plain, steps) = (text(&[]), text(&["--steps"]));
    assert!(
        !plain.contains("std. err.") && plain.contains("at the end, 7: "),
        "{plain}"
    );
    assert!(
        plain.contains("cause 1: n = 8, events = 3") && plain.contains("--steps"),
        "{plain}"
    );
    let lines = |text: &str| text.lines().count();
    assert!(steps.contains("std. err.") && !steps.contains("at the end"), "{steps}");
    assert_eq!(lines(&steps), lines(&plain) + 2 * 7);
    let at = text(&["--at", "3"]);
    assert!(at.contains("at risk") && !at.contains("at the end"), "{at}");
    assert_eq!(lines(&text(&["--at", "3", "--steps"])), lines(&at) + 2 * 8);
}

#[test]
fn differences_name_their_scale_and_level_and_pairs_their_correction() {
    let flags = [
        "cif", "--time", "t", "--event", "e", "--group", "g", "--input", "-", "--at", "4",
    ];
    let rows = "t,e,g\n1,1,a\n2,2,a\n3,1,a\n2,2,b\n3,1,b\n4,2,b\n5,0,a\n6,1,a\n7,0,b\n8,0,b\n";
    let text = |more: &[&'static str]| common::text(&[&flags[..], more].concat(), rows);
    let found = text(&["--difference", "--pairwise", "--conf-level", "0.9"]);
    assert!(found.contains("log-log intervals of 90 %"), "{found}");
    assert!(
        found.contains("cause 1 at 4, b less a: -0.2000 (plain 90 % interval "),
        "{found}"
    );
    assert!(found.contains(", after Holm "), "{found}");
    let other = text(&["--pairwise", "--correction", "bonferroni"]);
    assert!(other.contains(", after Bonferroni "), "{other}");
    assert!(!text(&["--pairwise", "--correction", "none"]).contains("after"));
}

/// Events are counted as those at risk are.
#[test]
fn weighted_events_are_sums_of_weights() {
    let rows = "t,e,w\n1,1,0.5\n2,2,2\n3,1,1.75\n4,0,1\n5,2,0.25\n";
    let flags = ["cif", "--time", "t", "--event", "e", "--weights", "w"];
    let found = answer(&flags, rows);
    let causes = &found["groups"][0]["causes"];
    assert_eq!(
        (&causes[0]["events"], &causes[1]["events"]),
        (&2.25.into(), &2.25.into())
    );
    assert_eq!(found["groups"][0]["n"], 5);
    let text = common::text(&[&flags[..], &["--input", "-"]].concat(), rows);
    assert!(text.contains("cause 1: n = 5, events = 2.25"), "{text}");
    let whole = answer(&flags[..5], rows);
    assert_eq!(whole["groups"][0]["causes"][0]["events"], 2);
}

/// Predicted incidences as CSV are those of the JSON, with all digits.
#[test]
fn predicted_incidences_are_csv() {
    let data = rows!("subdistribution_mgus.csv");
    let header = data.lines().next().unwrap();
    assert!(header.contains("age"), "{header}");
    let flags = [
        "finegray",
        "--time",
        "time",
        "--event",
        "event",
        "--covariates",
        "age",
        "--predict",
        "age=60",
        "--at",
        "50,150",
    ];
    let found = answer(&flags, data);
    let csv = common::text(&[&flags[..], &["--csv", "--input", "-"]].concat(), data);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "age,time,estimate,std_err,lower,upper,carried_on");
    for (line, at) in lines[1..].iter().zip(found["predictions"][0]["at"].as_array().unwrap()) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((cells[0], cells[6]), ("\"60\"", "0"));
        for (cell, key) in cells[1..6]
            .iter()
            .zip(["time", "estimate", "std_err", "lower", "upper"])
        {
            assert_eq!(cell.parse::<f64>().unwrap(), at[key].as_f64().unwrap(), "{key}");
        }
    }
    assert_eq!(lines.len(), 3);
    common::assert_refused(
        &[&flags[..7], &["--csv", "--input", "-"]].concat(),
        data,
        &["--csv", "--predict"],
    );
    refused(&[&flags[..], &["--csv"]].concat(), data, &["--csv", "--json"]);
}

/// Nothing asked for is the quartiles, and not an empty heading.
#[test]
fn a_prediction_without_times_is_that_of_the_quartiles() {
    let rows = "t,e,x\n1,1,0\n2,1,1\n3,0,0\n4,1,1\n5,1,0\n6,0,1\n,1,0\n7,1,\n";
    let flags = [
        "parametric",
        "--time",
        "t",
        "--event",
        "e",
        "--dist",
        "weibull",
        "--covariates",
        "x",
        "--predict",
        "x=1",
    ];
    let plain = answer(&flags, rows);
    let asked = answer(&[&flags[..], &["--quantiles"]].concat(), rows);
    assert_eq!(plain["predictions"], asked["predictions"]);
    let fractions: Vec<&Value> = plain["predictions"][0]["quantiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| &each["p"])
        .collect();
    assert_eq!(fractions, [0.25, 0.5, 0.75]);
    let at = answer(&[&flags[..], &["--at", "2"]].concat(), rows);
    assert_eq!(at["predictions"][0]["quantiles"], serde_json::json!([]));
    let text = common::text(&[&flags[..], &["--input", "-"]].concat(), rows);
    assert!(
        text.contains("predicted for x = 1\ntime by which 0.25 have had the event: "),
        "{text}"
    );
    assert_eq!(text.matches("2 rows left out").count(), 1, "{text}");
}

#[test]
fn an_abbreviated_flag_names_the_one_that_was_meant() {
    for (flag, meant) in [
        ("--grp", "--group"),
        ("--gro", "--group"),
        ("--pairw", "--pairwise"),
        ("--diff", "--difference"),
    ] {
        let line = common::refusal(&["cif", flag, "g"], b"");
        assert!(
            line.contains(&format!("no flag {flag} (did you mean {meant}")),
            "{line}"
        );
    }
    let line = common::refusal(&["power", "one-group", "--ref", "0.5"], b"");
    assert!(line.contains("did you mean --reference?"), "{line}");
    let line = common::refusal(&["cif", "--qzx"], b"");
    assert!(!line.contains("did you mean"), "{line}");
}

const ALL: [&str; 8] = [
    "--entry",
    "entry",
    "--strata",
    "stratum",
    "--cluster",
    "site",
    "--weights",
    "weight",
];

#[test]
fn finegray_by_rows_as_r() {
    let data = rows!("subdistribution_mgus.csv");
    let flags = [
        "finegray",
        "--time",
        "time",
        "--event",
        "event",
        "--covariates",
        "age,male",
    ];
    let predict = ["--predict", "age=60,male=1", "--at", "24,120,240"];
    for (model, more) in [
        ("entry", &ALL[..2]),
        ("strata", &ALL[2..4]),
        ("strata+pooled", &["--strata", "stratum", "--censoring", "pooled"][..]),
        ("cluster", &ALL[4..6]),
        ("weights", &ALL[6..]),
        ("plain", &["--ties", "efron"]),
        ("entry+strata+cluster+weights", &ALL[..]),
        (
            "entry+strata+cluster+weights+breslow",
            &[&ALL[..], &["--ties", "breslow"]].concat(),
        ),
    ] {
        for cause in ["1", "2"] {
            let found = answer(&[&flags[..], more, &predict, &["--cause", cause]].concat(), data);
            let keys = [("set", "mgus"), ("model", model), ("cause", cause)];
            let r = |column: &str| expected(rows!("subdistribution_coefficients.csv"), &keys, column);
            for (k, (coef, std_err)) in r("coef").into_iter().zip(r("std_err")).enumerate() {
                near(&found["coefficients"][k]["coef"], coef);
                near(&found["coefficients"][k]["robust_std_err"], std_err);
            }
            assert_eq!(found["method"], "finegray");
            let r = |column: &str| expected(rows!("subdistribution_predicted.csv"), &keys, column);
            let strata = found["predictions"].as_array().unwrap();
            let rows: Vec<&Value> = strata.iter().flat_map(|each| each["at"].as_array().unwrap()).collect();
            assert_eq!(rows.len(), r("estimate").len());
            for key in ["estimate", "std_err", "lower", "upper"] {
                r(key)
                    .into_iter()
                    .zip(&rows)
                    .for_each(|(value, row)| near(&row[key], value));
            }
        }
    }
}

#[test]
fn finegray_takes_words_and_refuses_what_is_wrong() {
    let rows = "t,e,x,c\n1,relapse,0,a\n2,death,1,b\n3,relapse,1,b\n4,none,0,a\n5,relapse,3,b\n6,relapse,2,c\n7,death,0,a\n8,relapse,1,c\n";
    let flags = [
        "finegray",
        "--time",
        "t",
        "--event",
        "e",
        "--covariates",
        "x",
        "--censored",
        "none",
    ];
    let with = |more: &[&'static str]| [&flags[..], more].concat();
    let found = answer(&with(&["--cause", "relapse", "--predict", "x=1"]), rows);
    assert_eq!((&found["cause"], &found["cause_name"]), (&2.into(), &"relapse".into()));
    assert_eq!((&found["method"], &found["ties"]), (&"crr".into(), &"breslow".into()));
    // Without --at every time of the cause.
    assert_eq!(found["predictions"][0]["at"].as_array().map(Vec::len), Some(5));
    refused(&with(&["--cause", "lost"]), rows, &["“lost”", "death, relapse"]);
    refused(&with(&["--cause", "3"]), rows, &["“3”"]);
    refused(
        &with(&["--cause", "relapse", "--at", "1"]),
        rows,
        &["--at", "--predict"],
    );
    refused(
        &with(&["--cause", "relapse", "--predict", "y=1"]),
        rows,
        &["--predict", "no column"],
    );
    refused(
        &with(&["--cause", "relapse", "--predict", "c=a"]),
        rows,
        &["missing for x"],
    );
    refused(
        &with(&["--cause", "relapse", "--predict", "x=a"]),
        rows,
        &["“a” of x is no number"],
    );
    refused(
        &with(&["--cause", "relapse", "--factor", "c", "--predict", "x=1,c=z"]),
        rows,
        &["no level “z”", "“b”"],
    );
    refused(
        &with(&["--cause", "relapse", "--censoring", "pooled"]),
        rows,
        &["--strata"],
    );
    refused(
        &with(&["--cause", "relapse", "--ties", "exact"]),
        rows,
        &["efron", "breslow"],
    );
    let lost = "t,e,x,n\n1,1,0,0\n2,2,1,0\n4,1,0,3\n5,1,1,3\n";
    refused(
        &[
            "finegray",
            "--time",
            "t",
            "--event",
            "e",
            "--covariates",
            "x",
            "--entry",
            "n",
        ],
        lost,
        &["has just entered", "--entry"],
    );
    // All in one cluster: no standard error is told.
    let one = answer(
        &with(&["--cause", "relapse", "--cluster", "one"]),
        &rows.replace("c\n", "one\n"),
    );
    assert_eq!(
        one["coefficients"][0]["std_err"].is_null(),
        one["coefficients"][0]["coef"].is_null()
    );
}

#[test]
fn parametric_with_entry_as_r() {
    let data = rows!("truncated_veteran.csv");
    let flags = [
        "parametric",
        "--time",
        "time",
        "--event",
        "event",
        "--covariates",
        "trt,karno",
    ];
    let first = data.lines().nth(1).unwrap().split(',').collect::<Vec<_>>();
    let profile = format!("trt={},karno={}", first[3], first[4]);
    for dist in ["exponential", "weibull", "lognormal", "loglogistic"] {
        let keys = [("set", "veteran"), ("dist", dist)];
        let of = [&keys[..], &[("what", "survival")]].concat();
        let at = expected(rows!("truncated_predicted.csv"), &of, "at");
        let at = format!("{},{}", at[0], at[1]);
        let more = [
            "--dist",
            dist,
            "--entry",
            "entry",
            "--weights",
            "weight",
            "--predict",
            &profile,
            "--at",
            &at,
        ];
        let found = answer(&[&flags[..], &more, &["--quantiles", "0.25,0.5"]].concat(), data);
        let r = |column: &str| expected(rows!("truncated_coefficients.csv"), &keys, column);
        for (k, (coef, std_err)) in r("coef").into_iter().zip(r("std_err")).enumerate() {
            near(&found["coefficients"][k]["coef"], coef);
            near(&found["coefficients"][k]["std_err"], std_err);
        }
        near(
            &found["loglik"],
            expected(rows!("truncated_fits.csv"), &keys, "loglik")[0],
        );
        let ratio = &found["coefficients"][2]["time_ratio"];
        let table = rows!("truncated_ratios.csv");
        for (key, column) in [
            ("estimate", "time_ratio"),
            ("lower", "time_lower"),
            ("upper", "time_upper"),
        ] {
            near(
                &ratio[key],
                expected(table, &[&keys[..], &[("name", "karno")]].concat(), column)[0],
            );
        }
        let hazard = &found["coefficients"][2]["hazard_ratio"];
        assert_eq!(hazard.is_null(), dist.starts_with("log"), "{dist}");
        for (what, key) in [("survival", "at"), ("quantile", "quantiles")] {
            let keys = [&keys[..], &[("what", what)]].concat();
            let value = if what == "survival" { "survival" } else { "time" };
            for (key_of, column) in [
                (value, "estimate"),
                ("std_err", "std_err"),
                ("lower", "lower"),
                ("upper", "upper"),
            ] {
                let r = expected(rows!("truncated_predicted.csv"), &keys, column);
                for (k, each) in r.into_iter().enumerate() {
                    near(&found["predictions"][0][key][k][key_of], each);
                }
            }
        }
    }
}

#[test]
fn parametric_without_covariates_predicts_for_everybody() {
    let rows = "t,e,n\n1,1,0\n3,1,2\n5,0,1\n6,1,3\n";
    let flags = ["parametric", "--time", "t", "--event", "e", "--dist", "exponential"];
    let with = |more: &[&'static str]| [&flags[..], more].concat();
    // 3 events over 15 years; with entry over 9.
    let found = answer(&with(&["--at", "5", "--quantiles"]), rows);
    near(&found["predictions"][0]["at"][0]["survival"], 0.367_879_441_171_442_3);
    assert_eq!(found["predictions"][0]["quantiles"].as_array().map(Vec::len), Some(3));
    let found = answer(&with(&["--at", "3", "--entry", "n"]), rows);
    near(&found["predictions"][0]["at"][0]["survival"], 0.367_879_441_171_442_3);
    refused(&with(&["--at", "0"]), rows, &["--at", "above 0"]);
    refused(&with(&["--quantiles", "2"]), rows, &["--quantiles", "between 0 and 1"]);
    refused(&with(&["--covariates", "n", "--at", "1"]), rows, &["--predict"]);
    refused(
        &with(&["--entry", "n"]),
        &rows.replace("5,0,1", "5,0,-1"),
        &["row 3", "column n", "below 0"],
    );
    let chosen = answer(&with(&["--filter", "n>0"]), rows);
    assert_eq!((&chosen["n"], &chosen["n_filtered"]), (&3.into(), &1.into()));
}

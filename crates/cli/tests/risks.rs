//! Competing risks on the command line: flags, exit statuses, keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use serde_json::Value;

fn answer(arguments: &[&str], input: &str) -> Value {
    common::json(&[arguments, &["--input", "-", "--json"]].concat(), input)
}

fn assert_refused(arguments: &[&str], input: &str, words: &[&str]) {
    common::assert_refused(&[arguments, &["--input", "-", "--json"]].concat(), input, words);
}

const FOUR: &str = "t,e,g\n1,1,a\n2,2,a\n2,0,b\n3,1,b\n,1,a\n";

#[test]
fn cif_keys_of_the_contract() {
    let cif = answer(&["cif", "--time", "t", "--event", "e", "--at", "0.5,2.5,9"], FOUR);
    assert_eq!((&cif["n_excluded"], &cif["gray"]), (&Value::from(1), &Value::Null));
    let group = &cif["groups"][0];
    assert_eq!((&group["group"], &group["n"]), (&Value::from("all"), &Value::from(4)));
    let cause = &group["causes"][0];
    assert_eq!((&cause["cause"], &cause["events"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(cause["steps"][2]["estimate"], 0.75);
    assert_eq!(cause["at"][0]["estimate"], 0.0);
    assert_eq!(cause["at"][0]["lower"], Value::Null);
    assert_eq!(cause["at"][1]["estimate"], 0.25);
    // After the last time the last value holds, and nobody is at risk.
    assert_eq!(
        (&cause["at"][2]["estimate"], &cause["at"][2]["at_risk"]),
        (&0.75.into(), &0.0.into())
    );
    for key in ["time", "estimate", "std_err", "lower", "upper"] {
        assert!(cause["steps"][1].get(key).is_some(), "{key}");
    }
}

#[test]
fn cif_compares_groups() {
    let cif = answer(&["cif", "--time", "t", "--event", "e", "--group", "g"], FOUR);
    assert_eq!(cif["groups"][1]["group"], "b");
    // Group b has no event of cause 2, but it is requested.
    assert_eq!(cif["groups"][1]["causes"][1]["events"], 0);
    let gray = cif["gray"].as_array().expect("tests");
    assert_eq!((gray.len(), &gray[0]["df"]), (2, &Value::from(1)));
    assert!(gray[0]["p"].as_f64().is_some_and(|p| p > 0.0 && p <= 1.0));
}

#[test]
fn cif_refuses_unreadable_input() {
    let flags = ["cif", "--time", "t", "--event", "e"];
    assert_refused(&flags, "t,e\n1,1.5\n", &["standard input", "row 1", "column e"]);
    assert_refused(&flags, "t,e\n-1,1\n", &["row 1", "column t"]);
    assert_refused(&flags, "t\n1\n", &["no column “e”"]);
    assert_refused(&flags, "t,e\n,1\n", &["no row"]);
    assert_refused(&["cif", "--time", "t"], FOUR, &["--event"]);
    assert_refused(&[&flags[..], &["--at", "x"]].concat(), FOUR, &["--at", "x"]);
    assert_refused(&[&flags[..], &["--conf-level", "1"]].concat(), FOUR, &["0.95"]);
    assert_refused(
        &[&flags[..], &["--conf-type", "x"]].concat(),
        FOUR,
        &["log-log", "plain"],
    );
    assert_refused(&[&flags[..], &["--event-value", "2"]].concat(), FOUR, &["causes"]);
    assert_refused(&[&flags[..], &["--nonsense"]].concat(), FOUR, &["nonsense"]);
}

const MODEL: &str = "t,e,x,c\n1,1,0,a\n2,2,1,b\n3,1,1,b\n4,0,0,a\n5,1,3,b\n6,1,2,c\n7,2,0,a\n8,1,1,c\n9,,2,c\n";

#[test]
fn finegray_keys_of_the_contract() {
    let flags = ["finegray", "--time", "t", "--event", "e", "--cause", "1"];
    let model = answer(&[&flags[..], &["--covariates", "x", "--factor", "c"]].concat(), MODEL);
    let numbers = ["n", "n_events", "n_competing", "n_excluded", "cause"].map(|key| model[key].as_u64());
    assert_eq!(numbers, [8, 5, 2, 1, 1].map(Some));
    let coefficients = model["coefficients"].as_array().expect("coefficients");
    let names: Vec<&str> = coefficients.iter().filter_map(|each| each["name"].as_str()).collect();
    assert_eq!(names, ["x", "c=b", "c=c"]);
    for key in ["coef", "hr", "std_err", "robust_std_err", "z", "p", "lower", "upper"] {
        assert!(coefficients[0][key].is_number(), "{key}");
    }
    for key in ["lr", "wald", "score"] {
        assert_eq!(model[key]["df"], 3, "{key}");
    }
    for key in ["ties", "loglik_null", "loglik", "concordance", "zph", "warnings"] {
        assert!(model.get(key).is_some(), "{key}");
    }
}

#[test]
fn finegray_refuses_data_without_a_model() {
    let flags = ["finegray", "--time", "t", "--event", "e"];
    let with = |more: &[&'static str]| [&flags[..], more].concat();
    assert_refused(&flags, MODEL, &["--covariates"]);
    assert_refused(&with(&["--covariates", "c"]), MODEL, &["column c", "--factor"]);
    assert_refused(&with(&["--covariates", "x", "--cause", "0"]), MODEL, &["--cause"]);
    assert_refused(&with(&["--covariates", "x", "--cause", "7"]), MODEL, &["cause 7"]);
    assert_refused(&with(&["--covariates", "x,x"]), MODEL, &["twice"]);
    assert_refused(
        &with(&["--covariates", "x"]),
        "t,e,x\n1,1,2\n2,0,2\n",
        &["column x", "constant"],
    );
    assert_refused(&with(&["--covariates", "x", "--entry", "t"]), MODEL, &["entry"]);
}

#[test]
fn parametric_keys_of_the_contract() {
    let flags = [
        "parametric",
        "--time",
        "t",
        "--event",
        "e",
        "--event-value",
        "1,2",
        "--covariates",
        "x",
    ];
    let model = answer(&[&flags[..], &["--dist", "weibull"]].concat(), MODEL);
    assert_eq!(
        (&model["dist"], &model["n_excluded"]),
        (&Value::from("weibull"), &Value::from(1))
    );
    let coefficients = model["coefficients"].as_array().expect("coefficients");
    let names: Vec<&str> = coefficients.iter().filter_map(|each| each["name"].as_str()).collect();
    assert_eq!(names, ["(Intercept)", "x", "log_scale"]);
    assert!(
        coefficients
            .iter()
            .all(|each| each["coef"].is_number() && each["std_err"].is_number())
    );
    for key in ["loglik", "scale", "aic", "bic"] {
        assert!(model[key].is_number(), "{key}");
    }
    let exponential = answer(&[&flags[..], &["--dist", "exponential"]].concat(), MODEL);
    assert_eq!(exponential["scale"], 1.0);
    assert_eq!(exponential["coefficients"].as_array().map(Vec::len), Some(2));
}

#[test]
fn parametric_refuses_data_without_a_model() {
    let flags = ["parametric", "--time", "t", "--event", "e"];
    let with = |more: &[&'static str]| [&flags[..], more].concat();
    assert_refused(&flags, MODEL, &["--dist", "weibull"]);
    assert_refused(&with(&["--dist", "gamma"]), MODEL, &["gamma", "weibull"]);
    let zero = "t,e\n,1\n1,1\n0,1\n";
    assert_refused(
        &with(&["--dist", "weibull"]),
        zero,
        &["row 3 (line 4)", "column t", "above 0"],
    );
    assert_refused(&with(&["--dist", "weibull"]), "t,e\n1,0\n2,0\n", &["--event-value"]);
}

/// As in `cox`: a covariate with one value has no coefficient, and there is a warning.
#[test]
fn a_constant_covariate_is_null_and_said() {
    let rows: String = MODEL
        .lines()
        .enumerate()
        .map(|(line, text)| format!("{text},{}\n", if line == 0 { "one" } else { "7" }))
        .collect();
    let flags = ["--time", "t", "--event", "e", "--covariates", "one,x"];
    let with = |command: &'static str, more: &[&'static str]| answer(&[&[command][..], &flags, more].concat(), &rows);
    let alone = |command: &'static str, more: &[&'static str]| {
        answer(&[&[command][..], &flags[..5], &["x"], more].concat(), &rows)
    };
    let weibull = ["--dist", "weibull", "--event-value", "1,2"];
    for (command, more, skipped) in [("finegray", &[][..], 0), ("parametric", &weibull[..], 1)] {
        let (both, one) = (with(command, more), alone(command, more));
        let row = &both["coefficients"][skipped];
        assert_eq!(
            (&row["name"], &row["coef"], &row["std_err"]),
            (&Value::from("one"), &Value::Null, &Value::Null)
        );
        let text = both["warnings"][0].as_str().expect("a warning");
        assert!(text.contains("one has one value"), "{text}");
        assert_eq!(both["coefficients"][skipped + 1], one["coefficients"][skipped]);
        assert_eq!(both["lr"], one["lr"]);
    }
}

#[test]
fn a_coefficient_that_may_be_infinite_is_null_and_said() {
    let rows = "t,e,x,y\n1,1,1,3\n2,1,1,1\n3,1,1,2\n4,2,0,1\n5,0,0,4\n6,2,0,2\n7,1,1,2\n";
    let model = answer(
        &["finegray", "--time", "t", "--event", "e", "--covariates", "x,y"],
        rows,
    );
    let [x, y] = [0, 1].map(|k| &model["coefficients"][k]);
    for key in ["coef", "hr", "std_err", "z", "p", "lower", "upper"] {
        assert_eq!(x[key], Value::Null, "{key}");
    }
    assert!(y["coef"].is_number());
    assert_eq!(model["wald"]["chi2"], Value::Null);
    let warnings = model["warnings"].to_string();
    assert!(warnings.contains("of x may be infinite"), "{warnings}");
}

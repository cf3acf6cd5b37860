//! `cotside cox` as scripts see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use serde_json::Value;

const ROWS: &str = "\
id,enter,time,status,age,arm,w,site
1,0,5,1,50,b,1,x
2,0,8,1,61,a,2,x
3,1,9,0,45,c,1,y
4,0,12,1,70,a,0.5,y
5,2,12,1,66,b,1,x
6,0,15,0,58,c,1,y
7,0,18,1,49,c,1.5,x
8,3,20,0,52,a,1,y
9,0,21,1,73,b,1,x
10,0,25,0,40,a,1,y
11,0,,1,50,a,1,x
12,0,30,1,NA,b,1,y
";

fn cox<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["cox", "--input", "-"], arguments].concat()
}

const COLUMNS: [&str; 4] = ["--time", "time", "--event", "status"];

fn answer(arguments: &[&str], input: &str) -> Value {
    let all: Vec<&str> = COLUMNS.iter().chain(arguments).copied().chain(["--json"]).collect();
    common::json(&cox(&all), input)
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["name"].as_str())
        .collect()
}

fn assert_refused(arguments: &[&str], input: &str, words: &[&str]) {
    common::assert_refused(&cox(arguments), input, words);
}

#[test]
fn keys_of_the_contract() {
    let found = answer(&["--covariates", "age", "--factor", "arm", "--zph", "km"], ROWS);
    assert_eq!(
        (&found["n"], &found["n_events"], &found["n_excluded"]),
        (&10.into(), &6.into(), &2.into())
    );
    assert_eq!(found["ties"], "efron");
    assert_eq!(names(&found["coefficients"]), ["age", "arm=b", "arm=c"]);
    assert_eq!(names(&found["zph"]), ["age", "arm", "GLOBAL"]);
    for key in ["loglik_null", "loglik"] {
        assert!(found[key].is_f64(), "{key}");
    }
    for key in ["lr", "wald", "score"] {
        assert!(
            found[key]["chi2"].is_f64() && found[key]["p"].is_f64() && found[key]["df"] == 3,
            "{key}"
        );
    }
    assert!(found["concordance"]["c"].is_f64() && found["concordance"]["std_err"].is_f64());
    let row = &found["coefficients"][0];
    for key in ["coef", "hr", "std_err", "z", "p", "lower", "upper"] {
        assert!(row[key].is_f64(), "{key}");
    }
    assert!(row["robust_std_err"].is_null() && found["warnings"].is_array());
    let plain = answer(&["--covariates", "age"], ROWS);
    assert!(plain["zph"].is_null());
}

#[test]
fn factors_may_be_covariates() {
    let one = answer(&["--covariates", "age,arm", "--factor", "arm"], ROWS);
    let two = answer(&["--covariates", "age", "--factor", "arm"], ROWS);
    assert_eq!(one, two);
}

#[test]
fn clusters_and_broken_weights_are_robust() {
    for flags in [
        &["--cluster", "id"][..],
        &["--weights", "w"],
        &["--weights", "w", "--cluster", "id"],
    ] {
        let all: Vec<&str> = [&["--covariates", "age"], flags].concat();
        let found = answer(&all, ROWS);
        assert!(found["coefficients"][0]["robust_std_err"].is_f64(), "{flags:?}");
    }
    let all = [
        "--covariates",
        "age",
        "--entry",
        "enter",
        "--strata",
        "site",
        "--ties",
        "breslow",
    ];
    assert_eq!(answer(&all, ROWS)["ties"], "breslow");
    assert!(answer(&["--covariates", "age", "--ties", "exact"], ROWS)["coefficients"][0]["coef"].is_f64());
}

/// The residuals of one cluster sum to 0 at the maximum: rounding noise gave a standard error of 1e-13 and a p of 0.
#[test]
fn one_cluster_has_no_robust_variance_and_says_so() {
    let found = answer(&["--covariates", "age", "--cluster", "all"], &with_column("all", "1"));
    let row = &found["coefficients"][0];
    for key in ["std_err", "robust_std_err", "p", "lower", "upper"] {
        assert!(row[key].is_null(), "{key}: {row}");
    }
    assert!(
        found["warnings"].to_string().contains("all rows are of one cluster"),
        "{found}"
    );
    let two = ["--covariates", "age,w", "--cluster", "site"];
    assert!(
        answer(&two, ROWS)["warnings"]
            .to_string()
            .contains("2 clusters are too few")
    );
    // Two clusters are enough for one coefficient.
    assert!(answer(&["--covariates", "age", "--cluster", "site"], ROWS)["coefficients"][0]["p"].is_f64());
}

/// Returns the rows with an added column of one value.
fn with_column(name: &str, value: &str) -> String {
    let mut lines = ROWS.lines();
    let head = format!("{},{name}\n", lines.next().expect("a head"));
    head + &lines.map(|line| format!("{line},{value}\n")).collect::<String>()
}

/// With Firth's penalty, weights that are not whole numbers give no robust variance, and there is a warning.
#[test]
fn firth_says_that_it_has_no_robust_variance_for_broken_weights() {
    let warned = |weights: &str| {
        let found = answer(&["--covariates", "age", "--firth", "--weights", weights], ROWS);
        found["warnings"].to_string().contains("not whole numbers")
    };
    assert!(warned("w") && !warned("id"));
}

#[test]
fn what_separates_has_no_number_and_firth_has_one() {
    let rows = "time,status,g\n1,1,1\n2,1,1\n3,0,1\n4,0,0\n5,0,0\n6,0,0\n";
    let found = answer(&["--covariates", "g"], rows);
    let row = found["coefficients"][0].as_object().expect("a row");
    assert!(
        row.iter().all(|(key, value)| key == "name" || value.is_null()),
        "{row:?}"
    );
    assert!(found["wald"]["chi2"].is_null() && found["concordance"]["c"].is_null());
    let warning = found["warnings"].to_string();
    assert!(
        warning.contains("g separates") && warning.contains("Firth"),
        "{warning}"
    );
    let firth = answer(&["--covariates", "g", "--firth"], rows);
    let row = &firth["coefficients"][0];
    assert!(
        row["hr"].is_f64() && row["lower"].is_f64() && row["p"].is_f64(),
        "{row}"
    );
    // No variation.
    let constant = answer(&["--covariates", "g"], "time,status,g\n1,1,1\n2,0,1\n");
    assert!(constant["coefficients"][0]["coef"].is_null() && constant["lr"]["p"].is_null());
}

#[test]
fn refusals_name_the_fault() {
    let with = |flags: &[&'static str]| -> Vec<&'static str> { COLUMNS.iter().chain(flags).copied().collect() };
    assert_refused(&["--covariates", "age"], ROWS, &["--time"]);
    assert_refused(&with(&[]), ROWS, &["--covariates"]);
    assert_refused(&with(&["--covariates", "size"]), ROWS, &["no column", "size", "age"]);
    assert_refused(
        &with(&["--covariates", "arm"]),
        ROWS,
        &["row 1", "column arm", "--factor"],
    );
    assert_refused(&with(&["--covariates", "age,age"]), ROWS, &["age", "twice"]);
    assert_refused(
        &with(&["--covariates", "age", "--ties", "best"]),
        ROWS,
        &["best", "efron"],
    );
    assert_refused(
        &with(&["--covariates", "age", "--zph", "sqrt"]),
        ROWS,
        &["sqrt", "identity"],
    );
    assert_refused(
        &with(&["--covariates", "age", "--ties", "exact", "--weights", "w"]),
        ROWS,
        &["exact"],
    );
    assert_refused(
        &with(&["--covariates", "age", "--firth", "--cluster", "id"]),
        ROWS,
        &["Firth"],
    );
    assert_refused(&with(&["--covariates", "age", "--conf-level", "2"]), ROWS, &["0.95"]);
    assert_refused(
        &with(&["--covariates", "age", "--event-value", "9"]),
        ROWS,
        &["--event-value"],
    );
    assert_refused(
        &with(&["--factor", "status"]),
        "time,status\n1,1\n2,1\n",
        &["one level"],
    );
    let large = "time,status,age\n1,1,1\n2,1,1e300\n3,0,2\n";
    assert_refused(&with(&["--covariates", "age"]), large, &["row 2", "age", "units"]);
    let late = "time,status,age,enter\n1,1,1,0\n2,1,4,3\n";
    assert_refused(
        &with(&["--covariates", "age", "--entry", "enter"]),
        late,
        &["row 2", "entry"],
    );
}

#[test]
fn a_column_of_words_is_named_as_a_factor_whatever_the_columns_are_called() {
    let whole = |column| [&COLUMNS[..], &["--covariates", column][..]].concat();
    assert_refused(
        &whole("site"),
        ROWS,
        &["“x” is not accepted", "; or name the column with --factor"],
    );
    let line = common::refusal(&cox(&whole("is not accepted")), ROWS.as_bytes());
    assert!(
        line.contains("there is no column") && !line.contains("--factor"),
        "{line}"
    );
}

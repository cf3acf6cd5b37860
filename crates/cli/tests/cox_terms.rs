//! `cotside cox` and `finegray` with scales, interactions and splines, against R (tests/reference/cox/terms.R).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use serde_json::Value;

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/");

fn data(name: &str) -> String {
    let text = std::fs::read_to_string(format!("{REFERENCE}{name}")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    lines.join("\n") + "\n"
}

/// A number of R.
fn r(case: &str, quantity: &str, at: &str) -> f64 {
    let wanted = format!("\"{case}\",\"{quantity}\",\"{at}\",");
    let all = data("cox/terms.csv");
    let line = all.lines().find_map(|line| line.strip_prefix(&wanted)).expect(&wanted);
    line.parse().unwrap()
}

fn answer(command: &str, file: &str, arguments: &[&str]) -> Value {
    let columns = [command, "--input", "-", "--time", "time", "--json"];
    common::json(&[&columns[..], arguments].concat(), &data(file))
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().expect("a number");
    assert!(
        (found - expected).abs() <= 1e-6 * expected.abs().max(1e-3),
        "{found} {expected}"
    );
}

const VETERAN: [&str; 2] = ["--event", "status"];

#[test]
fn a_factor_is_tested_as_a_whole() {
    let arguments = [&VETERAN[..], &["--covariates", "karno,trt", "--factor", "celltype"]].concat();
    let found = answer("cox", "cox/veteran.csv", &arguments);
    let joint = &found["joint"][0];
    assert_eq!((&joint["name"], &joint["df"]), (&"celltype".into(), &3.into()));
    close(&joint["wald"]["chi2"], r("factor", "wald chi2", "celltype"));
    close(&joint["wald"]["p"], r("factor", "wald p", "celltype"));
    close(&joint["lr"]["chi2"], r("factor", "likelihood ratio chi2", "celltype"));
    close(&joint["lr"]["p"], r("factor", "likelihood ratio p", "celltype"));
    assert_eq!(found["within"], Value::Array(Vec::new()));
    assert!(found["spline"].is_null());
    let robust = answer(
        "cox",
        "cox/veteran.csv",
        &[&arguments[..], &["--cluster", "age"]].concat(),
    );
    assert!(robust["joint"][0]["lr"].is_null() && robust["joint"][0]["wald"]["chi2"].is_f64());
}

#[test]
fn ratios_within_levels_of_an_interaction() {
    let terms = ["--covariates", "karno,trt", "--factor", "celltype"];
    // Whichever is named first, the ratio is that of the number.
    for pair in ["trt:celltype", "celltype:trt"] {
        let arguments = [&VETERAN[..], &terms, &["--interaction", pair]].concat();
        let found = answer("cox", "cox/veteran.csv", &arguments);
        let names = found["joint"].as_array().unwrap();
        assert_eq!(names.len(), 1, "{names:?}");
        close(
            &names[0]["lr"]["chi2"],
            r("interaction", "likelihood ratio chi2", "trt:celltype"),
        );
        let within = found["within"].as_array().unwrap();
        assert_eq!(within.len(), 4);
        for row in within {
            assert_eq!((&row["of"], &row["within"]), (&"trt".into(), &"celltype".into()));
            let level = row["level"].as_str().unwrap();
            close(&row["hr"], r("interaction", "hazard ratio", level));
            close(&row["lower"], r("interaction", "lower", level));
            close(&row["upper"], r("interaction", "upper", level));
        }
    }
    let text = common::text(
        &[
            &["cox", "--input", "-", "--time", "time"][..],
            &VETERAN,
            &terms,
            &["--interaction", "trt:celltype"],
        ]
        .concat(),
        &data("cox/veteran.csv"),
    );
    assert!(
        text.contains("hazard ratio of trt within celltype = adeno: 0.80"),
        "{text}"
    );
}

#[test]
fn a_spline_with_its_curve() {
    for (df, case) in [
        ("", "spline of 4 knots"),
        (":2", "spline of 3 knots"),
        (":4", "spline of 5 knots"),
    ] {
        let spline = format!("age{df}");
        let arguments = ["--event", "status", "--covariates", "sex", "--spline", &spline];
        let found = answer("cox", "cox/lung.csv", &arguments);
        let splined = &found["spline"];
        assert_eq!(splined["column"], "age");
        for (place, knot) in splined["knots"].as_array().unwrap().iter().enumerate() {
            close(knot, r(case, "knot", &(place + 1).to_string()));
        }
        let curved = &splined["nonlinearity"];
        close(&curved["wald"]["chi2"], r(case, "wald chi2", "not linear"));
        close(&curved["lr"]["p"], r(case, "likelihood ratio p", "not linear"));
        assert_eq!(splined["curve"].as_array().unwrap().len(), 101);
        let whole = found["joint"].as_array().unwrap();
        close(&whole[0]["wald"]["p"], r(case, "wald p", "age"));
    }
    let only = [
        "cox", "--input", "-", "--time", "time", "--event", "status", "--spline", "age",
    ];
    assert!(common::text(&only, &data("cox/lung.csv")).contains("spline of age: knots"));
}

#[test]
fn a_scale_is_a_unit_of_the_ratio() {
    let plain = answer("cox", "cox/lung.csv", &["--event", "status", "--covariates", "age,sex"]);
    let scaled = |scale: &str| {
        let arguments = ["--event", "status", "--covariates", "age,sex", "--scale", scale];
        answer("cox", "cox/lung.csv", &arguments)
    };
    let tens = scaled("age=per:10");
    assert_eq!(tens["coefficients"][0]["name"], "age per 10");
    close(
        &tens["coefficients"][0]["coef"],
        10.0 * plain["coefficients"][0]["coef"].as_f64().unwrap(),
    );
    assert_eq!(
        tens["coefficients"][1]["hr"].as_f64().map(|hr| (hr * 1e6).round()),
        plain["coefficients"][1]["hr"].as_f64().map(|hr| (hr * 1e6).round())
    );
    let [twofold, tenfold] = ["age=log2", "age=log10"].map(scaled);
    assert_eq!(twofold["coefficients"][0]["name"], "log2(age)");
    let ratio = std::f64::consts::LOG2_10;
    close(
        &tenfold["coefficients"][0]["coef"],
        ratio * twofold["coefficients"][0]["coef"].as_f64().unwrap(),
    );
    assert_eq!(scaled("age=sd")["coefficients"][0]["name"], "age per SD");
    let both = scaled("age=log2,sex=per:2");
    assert_eq!(
        (&both["coefficients"][0]["name"], &both["coefficients"][1]["name"]),
        (&"log2(age)".into(), &"sex per 2".into())
    );
    let grey = answer(
        "finegray",
        "risks/fine_gray_mgus.csv",
        &[
            "--event",
            "event",
            "--cause",
            "1",
            "--covariates",
            "age,male",
            "--scale",
            "age=per:10",
        ],
    );
    assert_eq!(grey["coefficients"][0]["name"], "age per 10");
}

#[test]
fn fine_gray_has_joint_tests() {
    let found = answer(
        "finegray",
        "risks/fine_gray_mgus.csv",
        &[
            "--event",
            "event",
            "--cause",
            "2",
            "--covariates",
            "male,mspike",
            "--spline",
            "age:2",
        ],
    );
    let names: Vec<&str> = found["joint"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert_eq!(names, ["age", "age, not linear"]);
    assert!(found["joint"][0]["wald"]["p"].is_f64());
    assert_eq!(found["spline"]["knots"].as_array().unwrap().len(), 3);
    // A spline never comes without its knots.
    let columns = [
        "--input", "-", "--time", "time", "--event", "status", "--spline", "age:2",
    ];
    let text = common::text(
        &[&["parametric", "--dist", "weibull"][..], &columns].concat(),
        &data("cox/lung.csv"),
    );
    assert!(text.contains("spline of age: knots 50"), "{text}");
}

#[test]
fn what_does_not_fit_is_refused_with_the_remedy() {
    let rows = "time,status,age,arm,n:o\n1,1,0,a,3\n2,0,4,b,4\n3,1,5,a,1\n4,1,2,b,7\n";
    let refused = |arguments: &[&str], words: &[&str]| {
        let columns = ["cox", "--input", "-", "--time", "time", "--event", "status"];
        common::assert_refused(&[&columns[..], arguments].concat(), rows, words);
    };
    let age = ["--covariates", "age", "--factor", "arm"];
    let with = |more: &[&'static str]| -> Vec<&'static str> { [&age[..], more].concat() };
    refused(&with(&["--scale", "age"]), &["names no scale", "wbc=log2"]);
    refused(&with(&["--scale", "age=ln"]), &["“ln” is no scale", "log2"]);
    refused(&with(&["--scale", "age=per:0"]), &["is no scale"]);
    refused(&with(&["--scale", "arm=log2"]), &["--covariates"]);
    refused(&with(&["--scale", "age=log2"]), &["row 1", "age", "no logarithm"]);
    refused(&with(&["--scale", "age=sd", "--scale", "age=log2"]), &["twice"]);
    refused(&with(&["--interaction", "age:x"]), &["--covariates or --factor"]);
    refused(&with(&["--interaction", "age:age"]), &["itself"]);
    refused(
        &with(&["--interaction", "age:arm", "--interaction", "arm:age"]),
        &["twice"],
    );
    refused(&with(&["--spline", "arm"]), &["factor"]);
    refused(&with(&["--spline", "age:9"]), &["2, 3 or 4"]);
    refused(&with(&["--spline", "age", "--interaction", "age:arm"]), &["spline"]);
    refused(&["--spline", "status:4"], &["Too few different values"]);
    refused(&["--spline", "none"], &["none"]);
    // A colon may belong to the name of a column.
    refused(
        &["--covariates", "n:o", "--factor", "arm", "--interaction", "n:o:none"],
        &["--interaction"],
    );
    let found = common::json(
        &[
            "cox",
            "--input",
            "-",
            "--time",
            "time",
            "--event",
            "status",
            "--covariates",
            "n:o",
            "--factor",
            "arm",
            "--interaction",
            "n:o:arm",
            "--json",
        ],
        rows,
    );
    assert_eq!(found["coefficients"][2]["name"], "n:o:arm=b");
}

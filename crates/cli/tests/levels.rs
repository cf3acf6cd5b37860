//! `--levels`, `--cut`, `--reference` and `--filter`. Numbers are R's: tests/reference/command-line/levels_expected.csv, made by
//! levels.R there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{assert_refused, json, text};
use serde_json::{Value, json as value};

const ROWS: &str = include_str!("../../../tests/reference/command-line/levels.csv");
const EXPECTED: &str = include_str!("../../../tests/reference/command-line/levels_expected.csv");

fn expected(name: &str) -> f64 {
    let lines = EXPECTED.lines().filter_map(|line| line.split_once(','));
    let mut found = lines.filter(|(key, _)| *key == name);
    let number = found.next().unwrap_or_else(|| panic!("no {name}")).1;
    number.parse().unwrap()
}

fn close(found: &Value, name: &str) {
    let number = found.as_f64().unwrap_or_else(|| panic!("{name}: {found}"));
    let wanted = expected(name);
    assert!(
        (number - wanted).abs() < 1e-8 * wanted.abs().max(1.0),
        "{name}: {number} {wanted}"
    );
}

fn flags<'a>(command: &'a str, event: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command, "--input", "-", "--time", "time", "--event", event][..], more].concat()
}

fn answer(command: &str, more: &[&str]) -> Value {
    let event = if ["cif", "finegray"].contains(&command) {
        "cause"
    } else {
        "event"
    };
    json(&[&flags(command, event, more)[..], &["--json"]].concat(), ROWS)
}

fn names(answer: &Value) -> Vec<String> {
    let groups = answer["groups"].as_array().unwrap();
    groups
        .iter()
        .map(|group| group["group"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn levels_are_chosen_put_in_order_and_merged() {
    let two = answer(
        "logrank",
        &["--group", "kmt2a", "--levels", "kmt2a=rearranged,germline"],
    );
    close(&two["chi2"], "two_chi2");
    close(&two["df"], "two_df");
    close(&two["n"], "two_n");
    close(&two["n_left_out"], "two_left_out");
    close(&two["n_excluded"], "two_excluded");
    assert_eq!(names(&two), ["rearranged", "germline"]);
    let merged = answer(
        "logrank",
        &["--group", "kmt2a", "--levels", "kmt2a=germline,rearranged+ptd:KMT2A-r"],
    );
    close(&merged["chi2"], "merged_chi2");
    close(&merged["n"], "merged_n");
    assert_eq!(names(&merged), ["germline", "KMT2A-r"]);
    let unnamed = answer("km", &["--group", "kmt2a", "--levels", "kmt2a=rearranged+ptd"]);
    assert_eq!(names(&unnamed), ["rearranged+ptd"]);
    let median = answer("logrank", &["--group", "wbc", "--cut", "wbc=median"]);
    close(&median["chi2"], "median_chi2");
    let all = text(
        &flags("km", "event", &["--group", "kmt2a", "--levels", "kmt2a=germline"]),
        ROWS,
    );
    assert!(all.contains("left out by --levels: "), "{all}");
}

#[test]
fn the_value_at_a_limit_belongs_where_the_name_says() {
    for (side, flag, group_names) in [
        ("upper", "age_days=90,180", ["< 90", "90 to < 180", "≥ 180"]),
        ("lower", "age_days=90,180:lower", ["≤ 90", "> 90 to ≤ 180", "> 180"]),
    ] {
        let found = answer("km", &["--group", "age_days", "--cut", flag, "--at", "3"]);
        assert_eq!(names(&found), group_names);
        for place in 0..3 {
            let group = &found["groups"][place];
            close(&group["n"], &format!("{side}_{}_n", place + 1));
            close(&group["at"][0]["survival"], &format!("{side}_{}_at_3", place + 1));
        }
    }
    let trend = answer(
        "logrank",
        &["--group", "age_days", "--cut", "age_days=90,180", "--trend"],
    );
    close(&trend["trend"]["chi2"], "trend_chi2");
    assert_eq!(trend["trend"]["scores"][2], value!({"group": "≥ 180", "score": 3.0}));
}

#[test]
fn a_reference_is_the_denominator_of_every_ratio() {
    let found = answer(
        "cox",
        &[
            "--factor",
            "kmt2a",
            "--covariates",
            "wbc",
            "--reference",
            "kmt2a=rearranged",
        ],
    );
    close(&found["n"], "cox_n");
    let coefficients = found["coefficients"].as_array().unwrap();
    for (place, name) in [
        ("cox_1", "kmt2a=germline"),
        ("cox_2", "kmt2a=ptd"),
        ("cox_3", "kmt2a=undetermined"),
        ("cox_4", "wbc"),
    ] {
        let row = coefficients.iter().find(|row| row["name"] == name);
        close(&row.unwrap_or_else(|| panic!("{found}"))["coef"], place);
    }
    let cut = answer(
        "cox",
        &[
            "--factor",
            "age_days",
            "--cut",
            "age_days=90,180",
            "--reference",
            "age_days=≥ 180",
            "--filter",
            "kmt2a=rearranged",
        ],
    );
    close(&cut["n"], "cut_cox_n");
    close(&cut["coefficients"][0]["coef"], "cut_cox_1");
    close(&cut["coefficients"][1]["coef"], "cut_cox_2");
    let model = answer(
        "finegray",
        &["--factor", "kmt2a", "--levels", "kmt2a=rearranged,germline"],
    );
    close(&model["coefficients"][0]["coef"], "fine_gray");
    assert_eq!(model["coefficients"][0]["name"], "kmt2a=germline");
    let incidence = answer("cif", &["--group", "kmt2a", "--levels", "kmt2a=rearranged,germline"]);
    close(&incidence["gray"][0]["chi2"], "gray_1");
    close(&incidence["gray"][1]["chi2"], "gray_2");
}

#[test]
fn a_filter_is_met_only_where_it_is_known_to_be() {
    for (name, filter) in [
        ("and", "age_days<90 and kmt2a=rearranged"),
        ("or", "age_days < 90 d or kmt2a=rearranged"),
        ("nested", "(wbc>=100 or mrd>1e-4) and kmt2a!=germline"),
        ("several", "kmt2a=rearranged|ptd and \"sex, at birth\"=male"),
    ] {
        let found = answer("km", &["--filter", filter, "--at", "3"]);
        close(&found["n"], &format!("{name}_n"));
        close(&found["groups"][0]["at"][0]["survival"], &format!("{name}_at_3"));
        if name != "several" {
            close(&found["n_filter_unknown"], &format!("{name}_unknown"));
        }
        let all = found["n"].as_u64().unwrap() + found["n_filtered"].as_u64().unwrap();
        assert_eq!(all + found["n_excluded"].as_u64().unwrap(), 160);
    }
    let shown = text(&flags("km", "event", &["--filter", "age_days<90", "--at", "3"]), ROWS);
    assert!(
        shown.contains("outside --filter: ") && shown.contains("for a missing value"),
        "{shown}"
    );
    // Groups of a cut can be asked for, and merged levels by both names.
    let by_group = answer(
        "km",
        &[
            "--filter",
            "age_days=\"< 90\"",
            "--group",
            "age_days",
            "--cut",
            "age_days=90",
        ],
    );
    assert_eq!(names(&by_group), ["< 90"]);
}

#[test]
fn what_is_wrong_is_named_with_the_remedy() {
    let refused = |command: &str, more: &[&str], words: &[&str]| {
        assert_refused(&flags(command, "event", more), ROWS, words);
    };
    let group = ["--group", "kmt2a"];
    let with = |more: &[&'static str]| [&group[..], more].concat();
    refused(
        "km",
        &with(&["--levels", "gone=a"]),
        &["--levels gone=a", "names no column", "“kmt2a”"],
    );
    refused(
        "km",
        &with(&["--levels", "germline"]),
        &["--levels germline", "names no column"],
    );
    refused(
        "km",
        &with(&["--levels", "kmt2a=germ"]),
        &["no level “germ”", "“germline”"],
    );
    refused("km", &with(&["--levels", "kmt2a="]), &["names no level", "“germline”"]);
    refused("km", &with(&["--levels", "age_days=1"]), &["age_days", "--group"]);
    refused(
        "km",
        &with(&["--cut", "wbc=50"]),
        &["--cut names column wbc", "--group"],
    );
    refused(
        "km",
        &["--group", "wbc", "--cut", "wbc=x"],
        &["--cut wbc=x", "such as 90,180"],
    );
    refused(
        "km",
        &["--group", "wbc", "--cut", "wbc=50,median"],
        &["median stands alone"],
    );
    refused(
        "km",
        &["--group", "age_days", "--cut", "age_days=6 months"],
        &["give days"],
    );
    refused("km", &with(&["--cut", "kmt2a=3"]), &["column kmt2a", "number"]);
    refused(
        "km",
        &with(&["--reference", "kmt2a=x"]),
        &["no such group", "“germline”"],
    );
    refused(
        "km",
        &with(&["--levels", "kmt2a=germline", "--levels", "kmt2a=ptd"]),
        &["kmt2a twice"],
    );
    refused("km", &["--filter", "gone<3"], &["no column “gone”", "“age_days”"]);
    refused("km", &["--filter", "age_days<x"], &["“x” is no number"]);
    refused("km", &["--filter", "kmt2a<3"], &["column kmt2a", "number"]);
    refused("km", &["--filter", "age_days<3 and"], &["a name is missing"]);
    refused(
        "km",
        &["--filter", "((wbc<3 or wbc>4) and mrd=0) or wbc=5"],
        &["brackets"],
    );
    refused(
        "km",
        &["--filter", "age_days>400"],
        &["no row is left", "160 outside --filter", "ask for less"],
    );
    refused("logrank", &with(&["--levels", "low,high"]), &["names no column"]);
    refused("logrank", &with(&["--levels", "kmt2a=germline"]), &["one group"]);
    refused(
        "cox",
        &["--factor", "kmt2a", "--levels", "kmt2a=germline"],
        &["one level only"],
    );
}

#[test]
fn edges_of_columns_that_are_grouped() {
    let rows = "time,event,g,x\n1,1,a,1\n2,0,a,2\n3,1,,3\n4,0,b,\n";
    let run = |more: &[&str]| json(&[&flags("km", "event", more)[..], &["--json"]].concat(), rows);
    // Nobody has the event; a level of one row; a value that is missing.
    let one = run(&["--group", "g", "--levels", "g=b,a"]);
    assert_eq!(
        (names(&one), one["n_excluded"].as_u64()),
        (vec!["b".to_owned(), "a".to_owned()], Some(1))
    );
    let censored = run(&["--filter", "g=b"]);
    assert_eq!(censored["groups"][0]["events"], 0.0);
    // All values are missing.
    let all = "time,event,g\n1,1,\n2,0,NA\n";
    assert_refused(
        &flags("km", "event", &["--group", "g", "--cut", "g=3"]),
        all,
        &["no row"],
    );
    assert_refused(&flags("km", "event", &["--filter", "g=a"]), all, &["no row"]);
    // One level only.
    let same = "time,event,g\n1,1,a\n2,0,a\n";
    let alone = json(
        &[
            &flags("km", "event", &["--group", "g", "--levels", "g=a"])[..],
            &["--json"],
        ]
        .concat(),
        same,
    );
    assert_eq!(names(&alone), ["a"]);
    let wide = "time,event,g\n1,1,1\n2,0,2\n3,1,2.0\n";
    let merged = json(
        &[
            &flags("km", "event", &["--group", "g", "--levels", "g=2,1"])[..],
            &["--json"],
        ]
        .concat(),
        wide,
    );
    assert_eq!(
        (names(&merged), merged["groups"][0]["n"].as_u64()),
        (vec!["2".to_owned(), "1".to_owned()], Some(2))
    );
}

//! `cotside evidence`, `check`, `pool` and `reconstruct` as scripts see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{assert_refused, cotside, text};
use serde_json::{Value, json};

fn answer(arguments: &[&str], input: &str) -> Value {
    common::json(&[arguments, &["--json"]].concat(), input)
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found}"));
    assert!(
        (found - expected).abs() < 1e-8 * expected.abs().max(1.0),
        "{found} {expected}"
    );
}

/// The only check of these numbers: its verdict and its sentence.
fn check(flags: &[&str]) -> (String, String) {
    let all = answer(&[&["check"], flags].concat(), "");
    let [one] = &all["checks"].as_array().unwrap()[..] else {
        panic!("{all}")
    };
    (
        one["verdict"].as_str().unwrap().to_owned(),
        one["text"].as_str().unwrap().to_owned(),
    )
}

fn assert_check(flags: &[&str], verdict: &str, words: &[&str]) {
    let (found, text) = check(flags);
    assert_eq!(found, verdict, "{flags:?}: {text}");
    for word in words {
        assert!(text.contains(word), "{text:?} does not say {word:?}");
    }
}

#[test]
fn the_table() {
    let all = answer(&["evidence"], "");
    assert_eq!(all["estimates"].as_array().unwrap().len(), 198);
    assert_eq!(all["studies"].as_array().unwrap().len(), 44);
    for estimate in all["estimates"].as_array().unwrap() {
        assert!(
            estimate["source"].as_str().is_some_and(|source| !source.is_empty()),
            "{estimate}"
        );
        assert!(estimate["confidence"].is_string() && estimate["estimate"].is_number());
    }
    let koh = answer(&["evidence", "--study", "mll03", "--endpoint", "EFS"], "");
    assert_eq!(koh["studies"][0]["n"], json!(62));
    assert_eq!(koh["estimates"][0]["interval95"], json!([30.7, 55.1]));
    assert_eq!(koh["estimates"][0]["standard_error"], Value::Null);
    let ccg = answer(&["evidence", "--study", "ccg-1953"], "");
    assert_eq!(
        (&ccg["estimates"][0]["unclear_spread"], &ccg["estimates"][0]["drawn95"]),
        (&json!(9.2), &Value::Null)
    );
    assert!(text(&["evidence", "--study", "severance"], "").contains("60 % (SE 21.9), n = 6"));
}

#[test]
fn the_commentary_with_its_footnote() {
    let table = answer(&["evidence", "--commentary"], "");
    assert_eq!(table["rows"].as_array().unwrap().len(), 5);
    assert_eq!(table["rows"][1]["death_in_remission_mark"], json!("*"));
    assert_eq!(
        table["footnotes"][0]["text"],
        json!("Any toxic death including induction therapy.")
    );
    assert_eq!(table["rows"][0]["efs_kmt2a_rearranged"][1]["subgroup"], json!("PPR"));
    assert_eq!(table["abbreviations"].as_array().unwrap().len(), 10);
    let shown = text(&["evidence", "--commentary"], "");
    for part in [
        "34.8*",
        "* Any toxic death",
        "PPR: 9 (9) (6-y)",
        "476/643 (74.0 %)",
        "NA, not available",
    ] {
        assert!(shown.contains(part), "{part}");
    }
}

#[test]
fn two_rows_compared() {
    let all = answer(&["evidence", "--compare", "interfant-06/2,mll-10/4"], "");
    close(&all["difference"]["estimate"], -29.8);
    close(&all["difference"]["std_err"], (2.3_f64 * 2.3 + 5.6 * 5.6).sqrt());
    assert!(all["cumulative_hazard_ratio"]["estimate"].as_f64().unwrap() > 2.4);
    let codes: Vec<&str> = all["cautions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"time") && codes.contains(&"time_origin"), "{codes:?}");
    let none = answer(&["evidence", "--compare", "ccg-1953/2,mll-10/4"], "");
    assert_eq!((&none["difference"], &none["first_rate"]), (&Value::Null, &Value::Null));
    let least = answer(&["evidence", "--compare", "ccg-1953/2,mll-10/4", "--binomial"], "");
    assert_eq!(least["first_rate"]["origin"], json!("binomial_minimum"));
    // Times differ: a difference without a test.
    assert_eq!(all["difference"]["p"], Value::Null);
    assert_eq!(all["no_test"], json!("No P value: the times differ."));
    let shown = text(&["evidence", "--compare", "interfant-06/2,mll-10/4"], "");
    assert!(
        shown.contains("No P value: the times differ.") && !shown.contains("p <"),
        "{shown}"
    );
    let tested = answer(&["evidence", "--compare", "forum-under-4/1,forum-under-4/2"], "");
    assert!(
        tested["difference"]["p"].as_f64().is_some() && tested["no_test"].is_null(),
        "{tested}"
    );
    let unlike = answer(&["evidence", "--compare", "interfant-06/1,interfant-06/3"], "");
    assert_eq!(unlike["difference"], Value::Null, "two endpoints");
}

/// What was added and corrected after a version, and the table as it is released.
#[test]
fn the_history_of_the_table() {
    let later = answer(&["evidence", "--since", "2026.11.2"], "");
    assert_eq!(
        (&later["since"], &later["version"]),
        (&json!("2026.11.2"), &json!("2026.11.3"))
    );
    let changes = later["changes"].as_array().unwrap();
    let of = |id: &str| {
        changes
            .iter()
            .find(|each| each["id"] == json!(id))
            .unwrap_or_else(|| panic!("{id}"))
    };
    assert_eq!(of("blinatumomab-pilot/4")["change"], json!("added"));
    assert_eq!(of("blinatumomab-pilot/4")["estimate"]["estimate"], json!(83.3));
    assert_eq!(of("interfant-06/7")["change"], json!("corrected"));
    assert!(of("interfant-06/7")["what"].as_str().unwrap().contains("16 of 111"));
    assert!(changes.iter().all(|each| each["version"] == json!("2026.11.3")));
    let none = answer(&["evidence", "--since", "2026.11.3"], "");
    assert_eq!(none["changes"], json!([]));
    assert!(text(&["evidence", "--since", "2026.11.3"], "").contains("Nothing was added or corrected"));
    assert!(text(&["evidence", "--since", "2026.11.1"], "").contains("corrected: estimate bfm/3, sure:"));
    assert_refused(
        &["evidence", "--since", "2025"],
        "",
        &["--since", "2026.11.1, 2026.11.2, 2026.11.3"],
    );
    let csv = text(&["evidence", "--csv"], "");
    assert_eq!(csv.lines().count(), 1 + 198);
    assert!(text(&["evidence", "--readme"], "").contains("Licence: MIT OR Apache-2.0"));
}

/// Systems without a rule say what is known and what is missing, and never answer.
#[test]
fn systems_without_a_rule() {
    let all = answer(&["protocols", "--not-yet"], "");
    let all = all.as_array().unwrap();
    let ids: Vec<&str> = all.iter().map(|each| each["id"].as_str().unwrap()).collect();
    for id in [
        "aall2321",
        "aall15p1",
        "interfant-registry",
        "aieop-all95",
        "all-mb-2002",
        "uk-infant",
        "tini",
        "aall2121",
    ] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    for each in all {
        assert!(
            each["missing"].as_array().is_some_and(|missing| !missing.is_empty()),
            "{each}"
        );
    }
    let patients = "id,age_days,kmt2a\n1,100,rearranged\n";
    let answers = answer(&["stratify", "--input", "-"], patients);
    for result in answers[0]["results"].as_array().unwrap() {
        assert!(!ids.contains(&result["protocol"].as_str().unwrap()), "{result}");
    }
    assert!(text(&["protocols", "--not-yet"], "").contains("missing: "));
}

/// Every child of a rule has one answer or a reason why it stays open; other rules may rank two children the other way.
#[test]
fn the_proof_sheet_of_a_rule() {
    let sheets = answer(&["protocols", "--proof", "interfant-06"], "");
    let sheet = &sheets[0];
    let number = |key: &str| sheet[key].as_u64().unwrap();
    assert_eq!(
        number("children"),
        number("one_answer") + number("n_open") + number("no_group")
    );
    assert_eq!(number("no_group"), 0);
    assert!(
        sheet["groups"]
            .as_array()
            .unwrap()
            .iter()
            .all(|group| group["reachable"] == json!(true))
    );
    let why = sheet["open"].to_string();
    assert!(
        why.contains("partial tandem duplication") && why.contains("not assessed"),
        "{why}"
    );
    let opposite = sheet["opposite"].as_array().unwrap();
    let mll = opposite
        .iter()
        .find(|pair| pair["protocol"] == json!("mll-10"))
        .unwrap();
    assert!(
        mll["higher"]["child"]
            .as_str()
            .unwrap()
            .contains("age exactly 180 days"),
        "{mll}"
    );
    let shown = text(&["protocols", "--proof", "interfant-06"], "");
    assert!(
        shown.contains("possible children") && shown.contains("opposite order in MLL-10"),
        "{shown}"
    );
    assert_refused(&["protocols", "--proof", "aall2321"], "", &["is not a protocol"]);
    let file = std::env::temp_dir().join(format!("cotside-proof-{}.json", std::process::id()));
    std::fs::write(&file, text(&["protocols", "--as-file", "mll-10"], "")).unwrap();
    let own = answer(&["protocols", "--proof-of-file", file.to_str().unwrap()], "");
    let catalogue = answer(&["protocols", "--proof", "mll-10"], "");
    assert_eq!(own[0]["children"], catalogue[0]["children"]);
    std::fs::remove_file(file).unwrap();
}

/// Numbers printed in papers.
#[test]
fn numbers_that_do_not_follow() {
    assert_check(
        &["--estimate", "41.7", "--se", "9.2", "--n", "115"],
        "conditional",
        &["does not follow from 115", "= 4.6 %", "2 times"],
    );
    assert_check(
        &["--estimate", "60", "--se", "21.9", "--n", "6"],
        "conditional",
        &["does not follow from 6", "3 of 5 is 60 %", "4 of 6 is 66.7 %"],
    );
    assert_check(
        &["--count", "6/7", "--percent", "66.7"],
        "does_not_follow",
        &["does not follow from 6 of 7", "85.71", "6 of 9"],
    );
    for (median, range, values) in [
        ("16.5", "10,23", "12,15,23,11,12,10"),
        ("38", "10,66", "30,66,29,24,18,10"),
        ("14", "10.0,18.0", "18,17,10,13,16,16"),
        ("13.8", "9.6,18.0", "13,6,5,5,5,7"),
    ] {
        assert_check(
            &["--median", median, "--range", range, "--values", values],
            "does_not_follow",
            &["midpoint of the range"],
        );
    }
    let all = answer(&["check"], "");
    let pair = all["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["check"] == "same_numbers")
        .unwrap();
    assert!(
        pair["text"]
            .as_str()
            .unwrap()
            .contains("called 5-year in Blood commentary 2020 (table) and 3-year")
    );
    assert_eq!(pair["numbers"]["ids"], json!(["mll-10/2", "mll-10/4"]));
}

#[test]
fn numbers_that_follow() {
    assert_check(
        &["--hr", "1.969", "--ci", "0.903,4.291", "--p", "0.088"],
        "follows",
        &["p = 0.0884"],
    );
    assert_check(
        &["--estimate", "43.2", "--ci", "30.7,55.1", "--n", "62"],
        "follows",
        &["log-log"],
    );
    assert_check(
        &["--estimate", "48.8", "--ci", "33.9,63.7"],
        "compatible",
        &["plain (standard error 7.6)"],
    );
    assert_check(
        &["--parts", "19:94.4,56:56.6", "--estimate", "66.2"],
        "follows",
        &["66.18"],
    );
    assert_check(&["--percent", "82.5", "--n", "115"], "conditional", &["94 of 114"]);
    assert_check(&["--id", "mll03/1"], "follows", &["62 patients"]);
    let all = answer(&["check", "--estimate", "41.7", "--se", "9.2", "--n", "115"], "");
    let numbers = &all["checks"][0]["numbers"];
    close(&numbers["binomial"], 100.0 * (0.417 * 0.583 / 115.0_f64).sqrt());
    assert_eq!(numbers["kind"], json!("far_above"));
}

#[test]
fn check_refuses_with_one_line() {
    assert_refused(&["check", "--estimate", "x"], "", &["--estimate", "“x”"]);
    assert_refused(&["check", "--estimate", "5"], "", &["do not determine"]);
    assert_refused(
        &["check", "--estimate", "150", "--se", "1", "--n", "9"],
        "",
        &["0 to 100"],
    );
    assert_refused(
        &["check", "--count", "9/7", "--percent", "5"],
        "",
        &["at most its total"],
    );
    assert_refused(&["check", "--count", "9", "--percent", "5"], "", &["6/7"]);
    assert_refused(&["check", "--id", "nothing/1"], "", &["nothing/1"]);
    assert_refused(&["check", "--hr", "1", "--ci", "2"], "", &["--ci"]);
    assert_refused(&["check", "--p", "2"], "", &["--p"]);
    assert_refused(&["check", "--level", "95", "--estimate", "5"], "", &["0.95"]);
    assert_refused(&["check", "--banana", "1"], "", &["banana"]);
    assert_refused(&["evidence", "--study", "x"], "", &["“x”", "mll-10"]);
    assert_refused(&["evidence", "--endpoint", "x"], "", &["“x”", "EFS"]);
    assert_refused(&["evidence", "--compare", "mll03/1"], "", &["two ids"]);
}

/// R: rma(yi, vi, method = "REML", test = "knha") of the case "three" in tests/reference/pooling.
#[test]
fn pool_has_its_keys() {
    let csv = "study,y,se\na,0.1,0.2\nb,0.5,0.3\nc,0.9,0.141421356237309515\nd,NA,1\n";
    let flags = [
        "pool",
        "--input",
        "-",
        "--estimate",
        "y",
        "--std-err",
        "se",
        "--label",
        "study",
    ];
    let all = answer(&flags, csv);
    assert_eq!(
        (&all["k"], &all["n_excluded"], &all["scale"]),
        (&json!(3), &json!(1), &json!("identity"))
    );
    close(&all["estimate"], 0.516_512_777_292_023_7);
    close(&all["std_err"], 0.241_191_519_498_380_14);
    close(&all["lower"], -0.521_250_572_470_102_6);
    close(&all["p"], 0.165_537_600_035_021_02);
    close(&all["heterogeneity"]["tau2"], 0.146_559_290_886_371_5);
    assert!(all["prediction"]["lower"].is_number() && all["heterogeneity"]["tau2_upper"].is_number());
    assert_eq!((&all["back"], &all["leave_one_out"]), (&Value::Null, &Value::Null));
    assert_eq!(all["studies"][2]["study"], json!("c"));
    let fixed = answer(&[&flags[..], &["--method", "fixed"]].concat(), csv);
    assert_eq!((&fixed["prediction"], &fixed["test"]), (&Value::Null, &json!("normal")));
    close(&fixed["estimate"], 0.616_129_032_258_064_4);
}

#[test]
fn rates_and_ratios() {
    let ids = "interfant-99/2,interfant-06/2,mll-10/4,mll03/1";
    let all = answer(&["pool", "--ids", ids, "--leave-one-out"], "");
    assert_eq!((&all["scale"], &all["p"]), (&json!("log-log"), &Value::Null));
    let back = all["back"]["estimate"].as_f64().unwrap();
    assert!((30.0..60.0).contains(&back), "{back}");
    assert_eq!(all["leave_one_out"].as_array().unwrap().len(), 4);
    assert_eq!(all["leave_one_out"][2]["without"], json!("mll-10/4"));
    assert!(
        all["cautions"]
            .as_array()
            .unwrap()
            .iter()
            .any(|each| each["code"] == "era")
    );
    let csv = "hr,l,u\n2,1,4\n2,1.6,2.5\n2,0.5,8\n";
    let all = answer(
        &[
            "pool", "--input", "-", "--ratio", "hr", "--lower", "l", "--upper", "u", "--test", "normal",
        ],
        csv,
    );
    assert_eq!(all["scale"], json!("log-ratio"));
    close(&all["back"]["estimate"], 2.0);
    // The level is that of the answer, not of the intervals read.
    let flags = [
        "pool", "--input", "-", "--ratio", "hr", "--lower", "l", "--upper", "u", "--level", "0.5",
    ];
    close(
        &answer(&flags, csv)["studies"][0]["std_err"],
        all["studies"][0]["std_err"].as_f64().unwrap(),
    );
    let shown = text(&["pool", "--ids", ids], "");
    assert!(
        shown.contains("Hartung–Knapp") && shown.contains("I² =") && !shown.contains("p = 0.3"),
        "{shown}"
    );
}

#[test]
fn pool_refuses_with_one_line() {
    let csv = "y,se\n1,1\n2,1\n";
    let flags = ["pool", "--input", "-", "--estimate", "y", "--std-err", "se"];
    assert_refused(&flags, csv, &["2 estimates", "at least 3"]);
    assert_refused(&["pool", "--ids", "mll03/1,mll-10/4"], "", &["at least 3"]);
    assert_refused(
        &["pool", "--ids", "ccg-1953/1,mll03/1,mll-10/4"],
        "",
        &["ccg-1953/1", "--binomial"],
    );
    assert_refused(&["pool"], "", &["--ids", "--input"]);
    assert_refused(&flags, "y,se\n1,1\n2,0\n3,1\n", &["row 2 (line 3)", "column se"]);
    let scaled = [&flags[..], &["--scale", "log-log"]].concat();
    assert_refused(&scaled, "y,se\n50,1\n100,1\n30,1\n", &["row 2 (line 3)", "below 100"]);
    assert_refused(&[&flags[..], &["--method", "x"]].concat(), csv, &["reml"]);
    assert_refused(&[&flags[..], &["--test", "x"]].concat(), csv, &["hartung-knapp"]);
    assert_refused(&[&flags[..], &["--scale", "x"]].concat(), csv, &["log-log"]);
    let three = "y,se\n1,1\n2,1\n3,1\n";
    assert_refused(&[&flags[..], &["--leave-one-out"]].concat(), three, &["one more"]);
}

/// The curve of ten patients: two die at 1, three of seven at 3, four are left; in per cent and as a fraction.
#[test]
fn reconstructed_patients_are_marked_and_usable() {
    let points = "t,s\n0,100\n1,100\n1,80\n3,80\n3,45.714\n5,45.714\n";
    let flags = [
        "reconstruct",
        "--input",
        "-",
        "--time",
        "t",
        "--survival",
        "s",
        "--at-risk",
        "0:10,2:7,4:4",
    ];
    let all = answer(&flags, points);
    assert_eq!(
        (&all["reconstructed"], &all["n"], &all["events"]),
        (&json!(true), &json!(10), &json!(5))
    );
    assert_eq!(
        (&all["survival_in"], &all["censoring_unknown"]),
        (&json!("percent"), &json!(false))
    );
    assert!(all["fit"]["largest"].as_f64().unwrap() < 1e-4);
    assert_eq!(
        all["fit"]["at_risk"][1],
        json!({ "time": 2.0, "published": 7, "reconstructed": 7 })
    );
    let fraction = "t,s\n0,1\n1,1\n1,0.8\n3,0.8\n3,0.45714\n5,0.45714\n";
    assert_eq!(answer(&flags, fraction)["rows"], all["rows"]);
    let csv = text(&[&flags[..], &["--group", "A, \"x\""]].concat(), points);
    assert!(
        csv.lines().skip(1).all(|line| line.ends_with(",reconstructed")),
        "{csv}"
    );
    let curve = answer(
        &[
            "km", "--input", "-", "--time", "time", "--event", "event", "--group", "group",
        ],
        &csv,
    );
    assert_eq!(curve["groups"][0]["group"], json!("A, \"x\""));
    let last = curve["groups"][0]["at"].as_array().map(Vec::len);
    assert_eq!((last, &curve["n"]), (Some(0), &json!(10)));
    let given = answer(&[&flags[..], &["--events", "4"]].concat(), points);
    assert_eq!(given["fit"]["published_events"], json!(4));
}

/// Published numbers that are not reproduced are on standard error, and in the JSON.
#[test]
fn reconstruct_reports_missed_numbers() {
    let flags = [
        "reconstruct",
        "--input",
        "-",
        "--time",
        "t",
        "--survival",
        "s",
        "--at-risk",
        "0:10,4:10",
    ];
    let missed = |events: &'static str, more: &[&'static str]| {
        let all = [&flags[..], &["--events", events], more].concat();
        let output = cotside(&all, "t,s\n0,1\n5,0.5\n");
        assert_eq!(output.status.code(), Some(0));
        output
    };
    let error = |events| String::from_utf8_lossy(&missed(events, &[]).stderr).into_owned();
    assert_eq!(error("5"), "");
    assert!(error("9").contains("9 events were published"), "{}", error("9"));
    let all: Value = serde_json::from_slice(&missed("9", &["--json"]).stdout).expect("JSON");
    assert!(
        all["missed"][0].as_str().is_some_and(|text| text.contains("9 events")),
        "{all}"
    );
}

#[test]
fn reconstruct_refuses_with_one_line() {
    let flags = |at_risk: &'static str| {
        [
            "reconstruct",
            "--input",
            "-",
            "--time",
            "t",
            "--survival",
            "s",
            "--at-risk",
            at_risk,
        ]
    };
    let good = "t,s\n0,1\n1,0.5\n";
    assert_refused(&["reconstruct", "--input", "-"], good, &["--time"]);
    assert_refused(&flags("0:10")[..7], good, &["--at-risk"]);
    assert_refused(&flags("0-10"), good, &["“0-10”", "12:40"]);
    assert_refused(&flags("1:10"), good, &["time 0"]);
    assert_refused(&flags("0:10,1:11"), good, &["entry 2"]);
    assert_refused(&flags("0:10"), "t,s\n0,1\n", &["too few"]);
    assert_refused(
        &flags("0:10"),
        "t,s\n0,1\n1,-0.5\n",
        &["row 2 (line 3)", "columns t, s"],
    );
    assert_refused(&flags("0:10"), "t,s\n0,1\n-1,0.5\n", &["row 2 (line 3)", "column t"]);
    let slip = "t,s\n0,1\n5,0.8\n10,1.06\n";
    assert_refused(&flags("0:10"), slip, &["row 3 (line 4)", "fractions", "per cent"]);
    let incidence = "t,s\n0,0\n5,0.2\n10,0.5\n";
    assert_refused(&flags("0:10"), incidence, &["row 2 (line 3)", "cannot rise", "1 − F"]);
    let events = [&flags("0:10")[..], &["--events", "11"]].concat();
    assert_refused(&events, good, &["11 events", "10 patients"]);
}

const OWN: &str = "study,enrolled_from,enrolled_to,endpoint,population,years,n,estimate,standard_error,source,same_as\n\
    Registry A,2006,2014,EFS,all infants,6,60,45.0,6.4,Report 2016,\n\
    Registry B,1990,1995,EFS,all infants,6,50,30.0,6.5,Report 1998,\n\
    Registry A,2006,2014,OS,all infants,6,60,55.0,6.4,Report 2016,\n\
    Registry A,2006,2014,EFS,all infants,6,60,45.0,6.4,Report 2017,1\n";

/// Own estimates stand beside the table, marked, under the same rules.
#[test]
fn own_estimates() {
    let all = answer(&["evidence", "--own", "-"], OWN);
    let rows = all["estimates"].as_array().unwrap();
    assert_eq!(rows.len(), 202);
    let own: Vec<&Value> = rows
        .iter()
        .filter(|row| row["confidence"] == "yours-not-checked")
        .collect();
    assert_eq!(own.len(), 4);
    assert_eq!((&own[0]["id"], &own[3]["id"]), (&json!("own/1"), &json!("own/4")));
    let studies = all["studies"].as_array().unwrap();
    assert_eq!(studies.len(), 46);
    assert_eq!(studies[44]["name"], "Registry A (yours, not checked)");
    let compared = |ids: &str| answer(&["evidence", "--own", "-", "--compare", ids], OWN);
    let codes = |found: &Value| -> Vec<String> {
        let cautions = found["cautions"].as_array().unwrap().iter();
        cautions.map(|each| each["code"].as_str().unwrap().to_owned()).collect()
    };
    let like = compared("own/1,interfant-06/1");
    assert!(codes(&like).contains(&"unchecked".to_owned()), "{like}");
    let apart = compared("own/2,interfant-06/1");
    assert_eq!(apart["difference"]["p"], Value::Null);
    assert!(codes(&apart).contains(&"era".to_owned()), "{apart}");
    assert_eq!(compared("own/3,interfant-06/1")["difference"], Value::Null);
    assert!(codes(&compared("own/1,own/4")).contains(&"same_estimate".to_owned()));
    let pooled = answer(&["pool", "--own", "-", "--ids", "own/1,own/2,interfant-06/1"], OWN);
    assert_eq!(pooled["k"], 3);
    assert!(pooled.to_string().contains("own/1 (yours, not checked)"), "{pooled}");
    for (ids, word) in [
        ("own/1,own/4,interfant-06/1", "same estimate"),
        ("own/1,own/3,interfant-06/1", "another endpoint"),
        ("own/9,own/1,mll03/1", "own/9 is not in the file"),
    ] {
        assert_refused(&["pool", "--own", "-", "--ids", ids], OWN, &[word]);
    }
    assert_refused(&["pool", "--ids", "own/1,own/2,mll03/1"], "", &["--own FILE"]);
    assert_eq!(
        answer(&["check", "--own", "-", "--id", "own/1"], OWN)["checks"][0]["id"],
        "own/1"
    );
    let csv = text(&["evidence", "--own", "-", "--csv"], OWN);
    let last = csv.lines().last().unwrap();
    assert!(last.contains("yours-not-checked") && last.ends_with(",,"), "{last}");
}

/// A wrong row is named with its column and the remedy; the template is accepted.
#[test]
fn own_estimates_that_are_wrong() {
    let wrong = OWN.replace("45.0,6.4,Report 2016", "0.45,6.4,Report 2016");
    let output = cotside(&["evidence", "--own", "-"], &wrong);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(
        said.contains("Row 1, column estimate: “0.45” may be a fraction"),
        "{said}"
    );
    assert!(
        said.contains("Row 4, column same_as"),
        "what it names is not there: {said}"
    );
    assert_refused(
        &["evidence", "--own", "-"],
        "a,b\n1,2\n",
        &["study, endpoint, population, estimate, source"],
    );
    assert_refused(&["evidence", "--own", "no-such-file.csv"], "", &["cannot be read"]);
    let template = text(&["evidence", "--own-template"], "");
    assert_eq!(
        answer(&["evidence", "--own", "-"], &template)["estimates"][198]["id"],
        "own/1"
    );
}

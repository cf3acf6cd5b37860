//! Edge cases of files: labels spelt in several ways, names with commas, orders, odd quotes and numbers.
//! Numbers are R's: tests/reference/command-line/edges_expected.csv, made by edges.R there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{assert_refused, cotside, json, text};
use serde_json::{Value, json as value};

const ROWS: &str = include_str!("../../../tests/reference/command-line/edges.csv");
const EXPECTED: &str = include_str!("../../../tests/reference/command-line/edges_expected.csv");

fn expected(name: &str) -> f64 {
    let lines = EXPECTED.lines().filter_map(|line| line.split_once(','));
    let found = lines
        .filter(|(key, _)| *key == name)
        .find_map(|(_, number)| number.parse().ok());
    found.unwrap_or_else(|| panic!("no {name}"))
}

fn close(found: &Value, name: &str) {
    let (found, expected) = (
        found.as_f64().unwrap_or_else(|| panic!("{name}: {found}")),
        expected(name),
    );
    assert!(
        (found - expected).abs() < 1e-8 * expected.abs().max(1.0),
        "{name}: {found} {expected}"
    );
}

const COLUMNS: [&str; 6] = ["--input", "-", "--time", "time", "--event", "event"];

fn flags<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command][..], &COLUMNS, more].concat()
}

fn answer(command: &str, more: &[&str]) -> Value {
    json(&[&flags(command, more)[..], &["--json"]].concat(), ROWS)
}

#[test]
fn a_value_with_a_comma_is_one_value() {
    let cns = answer("km", &["--event-value", "relapse, CNS", "--at", "10"]);
    close(&cns["groups"][0]["events"], "cns_events");
    close(&cns["groups"][0]["at"][0]["survival"], "cns_survival_at_10");
    let all = answer("km", &["--event-value", "relapse, CNS", "relapse"]);
    assert_eq!(
        all["groups"],
        answer("km", &["--event-value", "relapse,relapse, CNS"])["groups"]
    );
    assert_eq!(
        all["groups"],
        answer("km", &["--event-value", "relapse", "--event-value", "relapse, CNS"])["groups"]
    );
    assert_eq!(all["warnings"], value!([]));
    let either = "time,event\n1,a\n2,b\n3,\"a, b\"\n4,0\n";
    let whole = json(&flags("km", &["--event-value", "a, b", "--json"]), either);
    assert_eq!(whole["groups"][0]["events"], 1.0);
    assert!(whole["warnings"].to_string().contains("taken as one value"), "{whole}");
    let unknown = answer("km", &["--event-value", "relapse,CNS"]);
    assert!(
        unknown["warnings"].to_string().contains("no cell is “CNS”"),
        "{unknown}"
    );
    assert_refused(&flags("km", &["--event-value", ""]), ROWS, &["--event-value", "empty"]);
    assert_refused(&flags("km", &["--event-value", " , "]), ROWS, &["--event-value"]);
    assert_refused(&flags("km", &["--group", ""]), ROWS, &["--group", "empty"]);
}

#[test]
fn a_column_with_a_comma_is_one_column() {
    let relapse = ["--event-value", "relapse, CNS", "relapse"];
    let with = |more: &[&'static str]| answer("cox", &[&relapse[..], more].concat());
    let one = with(&["--covariates", "age, days"]);
    assert_eq!(one["coefficients"][0]["name"], "age, days");
    let two = with(&["--covariates", "age, days,dose"]);
    assert_eq!(two["coefficients"][1]["name"], "dose");
    assert_eq!(
        two["coefficients"],
        with(&["--covariates", "age, days", "dose"])["coefficients"]
    );
    assert_eq!(
        two["coefficients"],
        with(&["--covariates", "age, days", "--covariates", "dose"])["coefficients"]
    );
    assert_eq!(
        with(&["--factor", "risk", "site"])["coefficients"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn two_columns_of_strata_never_run_together() {
    let relapse = ["--event-value", "relapse, CNS", "relapse"];
    let test = answer(
        "logrank",
        &[&relapse[..], &["--group", "risk", "--strata", "site,unit"]].concat(),
    );
    close(&test["chi2"], "strata_chi2");
    let model = answer(
        "cox",
        &[&relapse[..], &["--covariates", "age, days", "--strata", "unit", "site"]].concat(),
    );
    close(&model["loglik"], "strata_loglik");
}

#[test]
fn a_number_spelt_in_several_ways_is_one_group() {
    let all = answer("km", &["--event-value", "relapse, CNS", "relapse", "--group", "spelt"]);
    let groups = all["groups"].as_array().unwrap();
    assert_eq!(groups.len() as f64, expected("spelt_groups"));
    close(&groups[0]["n"], "spelt_first_n");
    let names: Vec<&str> = groups.iter().map(|group| group["group"].as_str().unwrap()).collect();
    assert_eq!(names, ["1", "2", "10"]);
    let said = all["warnings"].to_string();
    assert!(
        said.contains("column spelt: numbers spelt in several ways are one label each: 1, 1.0, 01, 2, +2"),
        "{said}"
    );
}

#[test]
fn a_trend_has_an_order() {
    let relapse = ["--event-value", "relapse, CNS", "relapse", "--trend", "--group"];
    let with = |more: &[&'static str]| [&relapse[..], more].concat();
    let levels = answer("logrank", &with(&["risk", "--levels", "low,medium,high"]));
    close(&levels["trend"]["chi2"], "trend_levels");
    assert_eq!(levels["trend"]["scores"][0], value!({ "group": "high", "score": 3.0 }));
    let doses = answer("logrank", &with(&["dose"]));
    close(&doses["trend"]["chi2"], "trend_doses");
    assert_eq!(doses["trend"]["scores"][2], value!({ "group": "10", "score": 10.0 }));
    let places = answer("logrank", &with(&["dose", "--levels", "1", "2", "10"]));
    close(&places["trend"]["chi2"], "trend_levels");
    let shown = text(&flags("logrank", &with(&["dose"])), ROWS);
    assert!(shown.contains("scores 1 = 1, 2 = 2, 10 = 10"), "{shown}");
    for (more, words) in [
        (&["risk"][..], &["--levels", "“high”, “low”, “medium”"][..]),
        (&["risk", "--levels", "low,high"], &["--levels", "medium"]),
        (&["risk", "--levels", "low,medium,high,low"], &["once"]),
        (&["risk", "--levels", "low,mid,high"], &["“medium”"]),
    ] {
        assert_refused(&flags("logrank", &with(more)), ROWS, words);
    }
    assert_refused(
        &flags("logrank", &["--group", "risk", "--levels", "low"]),
        ROWS,
        &["--trend"],
    );
}

#[test]
fn a_parametric_model_has_intervals() {
    let relapse = ["--event-value", "relapse, CNS", "relapse", "--dist", "weibull"];
    let more = ["--covariates", "age, days", "--conf-level", "0.9"];
    let model = answer("parametric", &[&relapse[..], &more].concat());
    let [_, age, log_scale] = &model["coefficients"].as_array().unwrap()[..] else {
        panic!("{model}")
    };
    for (row, end, name) in [
        (age, "lower", "weibull_age_lower"),
        (age, "upper", "weibull_age_upper"),
        (log_scale, "lower", "weibull_log_scale_lower"),
        (log_scale, "upper", "weibull_log_scale_upper"),
    ] {
        close(&row[end], name);
    }
}

/// No reader of the command line loses rows to a quote: the line where it opened is named.
#[test]
fn a_stray_quote_is_refused_by_every_reader() {
    let bodies = [
        // Never closed, closed by a later opening quote, at the end of a later row, alone in a cell.
        "1,1,x\n2,0,\"open\n3,1,y\n4,1,z\n",
        "1,1,x\n2,0,\"open\n3,1,y\n4,1,\"z\n5,1,w\n",
        "1,1,x\n2,0,\"open\n3,1,y\n4,1,z\"\n5,1,w\n",
        "1,1,x\n2,0,\"\n3,1,\"\n4,1,w\n",
    ];
    for body in bodies {
        let follow_up = format!("time,event,note\n{body}");
        for command in ["km", "cif"] {
            assert_refused(&flags(command, &[]), &follow_up, &["line 3", "quotation mark"]);
        }
        let grouped = ["--group", "note"];
        assert_refused(&flags("logrank", &grouped), &follow_up, &["line 3", "quotation mark"]);
        let patients = format!("age_days,cns,id\n{body}");
        for more in [&[][..], &["--keep-going"]] {
            let all = [&["stratify", "--input", "-"], more].concat();
            assert_refused(&all, &patients, &["line 3", "quotation mark"]);
        }
        let studies = format!("y,se,study\n{body}");
        let pool = ["pool", "--input", "-", "--estimate", "y", "--std-err", "se"];
        assert_refused(&pool, &studies, &["line 3", "quotation mark"]);
        let points = format!("t,s,note\n{body}");
        let curve = [
            "reconstruct",
            "--input",
            "-",
            "--time",
            "t",
            "--survival",
            "s",
            "--at-risk",
            "0:10",
        ];
        assert_refused(&curve, &points, &["line 3", "quotation mark"]);
    }
    // Quoted cells of several lines, quotes within cells and old ends of lines cost no row.
    for good in [
        "time,event,note\n1,1,\"two\nlines, of prose\"\n2,0,5\" tall\n3,1,\"say \"\"x\"\"\"\n",
        "time,event,note\r1,1,a\r2,0,b\r3,1,c\r",
        "time,event,note\r\n1,1,a\n2,0,b\r3,1,c",
    ] {
        assert_eq!(json(&flags("km", &["--json"]), good)["n"], 3, "{good:?}");
    }
    assert_refused(&flags("km", &[]), "time,event\n1,1\n2,\0\n", &["line 3", "NUL"]);
    assert_refused(&flags("km", &[]), "time,event\n1,1\n2,\r0\n", &["row 3 (line 4)"]);
}

/// Whether a comma is a decimal mark is determined by the file, or must be given.
#[test]
fn a_comma_in_a_number_is_not_guessed() {
    let both = &["row 1 (line 2)", "column time", "“1,096”", "1096 or 1.096"];
    for file in ["time,event\n\"1,096\",1\n985,0\n", "time,event\n\"1,096\",1\n900.5,0\n"] {
        for command in [
            "km",
            "cif",
            "cox --covariates event",
            "finegray --covariates event",
            "parametric --dist weibull",
        ] {
            let words: Vec<&str> = command.split(' ').collect();
            assert_refused(&flags(words[0], &words[1..]), file, both);
        }
    }
    assert_refused(
        &flags("km", &[]),
        "time;event\n33,900;1\n900.5;0\n",
        &["row 1", "33900 or 33.900"],
    );
    for decimal in ["time;event\n1,096;1\n985,5;0\n", "time\tevent\n1,096\t1\n985,5\t0\n"] {
        assert_eq!(
            json(&flags("km", &["--json"]), decimal)["groups"][0]["steps"][0]["time"],
            1.096
        );
    }
    let studies = "y,se\n\"1,096\",1\n2,1\n3,1\n";
    let pool = ["pool", "--input", "-", "--estimate", "y", "--std-err", "se"];
    assert_refused(&pool, studies, &["row 1", "column y", "1096 or 1.096"]);
    let curve = [
        "reconstruct",
        "--input",
        "-",
        "--time",
        "t",
        "--survival",
        "s",
        "--at-risk",
        "0:10",
    ];
    assert_refused(&curve, "t,s\n\"1,096\",1\n", &["row 1", "column t", "1096 or 1.096"]);
    assert_refused(&["check", "--estimate", "1,096"], "", &["--estimate", "“1,096”"]);
    assert_refused(&["check", "--hr", "1", "--ci", "1,096"], "", &["--ci", "“1,096”"]);
    assert_refused(
        &["check", "--median", "3", "--values", "1,096"],
        "",
        &["--values", "“096”", "thousands"],
    );
    assert_refused(&flags("km", &["--at", "1,096"]), ROWS, &["--at", "“096”", "thousands"]);
}

#[test]
fn warnings_are_in_the_json() {
    let coded = "time,event,g\n1,TRUE,1\n2,FALSE,2\n3,TRUE,1\n4,,2\n";
    for command in ["km", "logrank --group g"] {
        let words: Vec<&str> = command.split(' ').chain(["--json"]).collect();
        let warnings = json(&flags(words[0], &words[1..]), coded)["warnings"].to_string();
        assert!(
            warnings.contains("TRUE, FALSE count as censored"),
            "{command}: {warnings}"
        );
        assert!(warnings.contains("1 row left out"), "{command}: {warnings}");
    }
    let counted = "time,event,x\n1,1,1\n2,2,0\n3,1,2\n4,0,1\n5,1,\n";
    for command in [
        "cif",
        "cox --covariates x",
        "finegray --covariates x",
        "parametric --dist weibull --covariates x",
    ] {
        let words: Vec<&str> = command.split(' ').chain(["--json"]).collect();
        let warnings = json(
            &flags(words[0], &words[1..]),
            if command == "cif" {
                "time,event\n1,1\n2,\n"
            } else {
                counted
            },
        );
        assert!(
            warnings["warnings"].to_string().contains("1 row left out"),
            "{command}: {warnings}"
        );
    }
}

#[test]
fn tables_hide_nothing() {
    let wbc = "time,event,wbc\n1,1,310000\n2,1,52000\n3,0,4100\n4,1,120000\n5,0,33000\n6,1,8000\n7,0,250000\n";
    for command in ["cox", "finegray", "parametric --dist weibull"] {
        let words: Vec<&str> = command.split(' ').chain(["--covariates", "wbc"]).collect();
        let shown = text(&flags(words[0], &words[1..]), wbc);
        let row = shown.lines().find(|line| line.starts_with("wbc")).unwrap();
        assert!(!row.contains("0.0000") && !row.contains("1.0000 "), "{row}");
        assert!(shown.contains("Wald intervals of 95 %"), "{shown}");
    }
    let weighted = text(
        &flags("km", &["--weights", "w", "--steps"]),
        "time,event,w\n1,1,0.45\n2,0,0.9\n",
    );
    assert!(weighted.contains(" 1.35 ") && !weighted.contains("999"), "{weighted}");
    let alive = "time,event\n1,0\n2,0\n";
    assert!(text(&flags("cif", &[]), alive).contains("no event, all 2 are censored"));
    assert!(
        json(&flags("cif", &["--json"]), alive)["warnings"]
            .to_string()
            .contains("no event")
    );
    let at = text(&flags("cif", &["--at", "2"]), "time,event\n1,1\n2,0\n3,2\n");
    assert!(
        at.contains("at risk") && at.contains("log-log intervals of 95 %"),
        "{at}"
    );
}

/// Neither an answer nor a refusal moves the terminal's cursor, colours it or turns its direction.
#[test]
fn names_of_a_file_are_not_played_on_a_terminal() {
    let odd = "\u{1b}[31mred\u{9b}2J\u{202e}\u{7}";
    let rows = format!("time,event,g\n1,1,{odd}\n2,0,b\n3,1,{odd}\n4,1,b\n");
    let grouped = |command: &'static str| flags(command, &["--group", "g"]);
    let quiet = |output: &std::process::Output| {
        let said = [&output.stdout[..], &output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        let raw = said
            .chars()
            .find(|each| *each != '\n' && (each.is_control() || *each == '\u{202e}'));
        assert_eq!(raw, None, "{said:?}");
        said
    };
    for command in ["km", "logrank", "cif"] {
        let said = quiet(&cotside(&grouped(command), &rows));
        assert!(said.contains("\\u{1b}[31mred\\u{9b}2J\\u{202e}\\u{7}"), "{said}");
    }
    let raw = format!("\"group\": \"{}", "\\u001b[31mred\\u009b2J\\u202e\\u0007");
    assert!(quiet(&cotside(&flags("km", &["--group", "g", "--json"]), &rows)).contains(&raw));
    assert_eq!(
        json(&flags("km", &["--group", "g", "--json"]), &rows)["groups"][0]["group"],
        odd
    );
    quiet(&cotside(&flags("cox", &["--factor", "g"]), &rows));
    quiet(&cotside(&flags("km", &["--group", odd]), &rows));
    quiet(&cotside(&[odd, "x"], ""));
    // A line feed within a name does not start a new line.
    let two_lines = "time,event,g\n1,1,\"a\nwarning: forged\"\n2,0,b\n";
    let said = quiet(&cotside(&grouped("km"), two_lines));
    assert!(!said.lines().any(|line| line.starts_with("warning: forged")), "{said}");
    let patients = format!("id,age_days,note{odd}\n{odd},10,\n");
    quiet(&cotside(&["stratify", "--input", "-"], &patients));
    quiet(&cotside(
        &["stratify", "--input", "-"],
        &format!("id,cns\n{odd},{odd}\n"),
    ));
    quiet(&cotside(&["import", "--input", "-"], &patients));
    let studies = format!("y,se,study\n1,1,{odd}\n2,1,b\n3,1,c\n");
    let pool = [
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
    quiet(&cotside(&pool, &studies));
}

#[test]
fn a_pooled_ratio_lies_in_its_interval_and_a_rate_is_per_cent() {
    let ratios = [
        "pool", "--input", "-", "--ratio", "hr", "--lower", "l", "--upper", "u", "--label", "id",
    ];
    let outside = "id,hr,l,u\nA,0.7,0.5,0.98\nB,0.8,0.9,1.2\nC,0.9,0.7,1.16\n";
    assert_refused(
        &ratios,
        outside,
        &["row 2 (line 3)", "columns hr, l, u", "0.8", "0.9 to 1.2"],
    );
    let skewed = "id,hr,l,u\nA,0.7,0.5,0.98\nB,0.8,0.6,3\nC,0.9,0.7,1.16\n";
    let warnings = json(&[&ratios[..], &["--json"]].concat(), skewed)["warnings"].clone();
    assert_eq!(warnings.as_array().map(Vec::len), Some(1), "{warnings}");
    assert!(
        warnings[0]
            .as_str()
            .unwrap()
            .starts_with("B: 0.8 does not follow from 0.6–3"),
        "{warnings}"
    );
    assert!(text(&ratios, skewed).contains("- B: 0.8 does not follow"));
    let rates = ["pool", "--input", "-", "--estimate", "y", "--std-err", "se", "--scale"];
    let fractions = "y,se\n0.8,0.04\n0.7,0.05\n0.65,0.06\n";
    for scale in ["log-log", "plain", "logit", "log", "arcsin"] {
        assert_refused(
            &[&rates[..], &[scale]].concat(),
            fractions,
            &["column y", "fractions", "per cent"],
        );
    }
    let mixed = "y,se\n0.8,0.4\n70,5\n65,6\n";
    let answer = json(&[&rates[..], &["plain", "--json"]].concat(), mixed);
    assert!(answer["warnings"].to_string().contains("0.8 per cent"), "{answer}");
}

#[test]
fn help_is_of_one_command_and_a_slip_gets_a_suggestion() {
    let help = text(&["km", "--help"], "");
    assert!(
        help.contains("[default: log-log]") && help.contains("Example") && !help.contains("--covariates"),
        "{help}"
    );
    assert_eq!(text(&["help", "km"], ""), help);
    assert!(!text(&[], "").contains("--conf-type"));
    assert_refused(&["km", "--inptu", "x"], "", &["--inptu", "did you mean --input"]);
    assert_refused(&["kmm"], "", &["kmm", "did you mean km"]);
    assert_refused(
        &flags("km", &["--conf-type", "logg"]),
        "",
        &["logg", "did you mean log?", "arcsin"],
    );
    let entered = "from,time,event\n-3,-1,1\n-2,2,0\n";
    let at = json(&flags("km", &["--entry", "from", "--at", "-1,1", "--json"]), entered);
    assert_eq!(at["groups"][0]["at"].as_array().map(Vec::len), Some(2), "{at}");
}

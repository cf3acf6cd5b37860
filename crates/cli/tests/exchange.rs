//! What leaves for other programs and hospitals comes back the same: ADTTE, and one settings file for several files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod common;

use std::path::PathBuf;

use serde_json::{Value, json};

const DATED: &str = "id,diagnosis_date,first_remission_date,relapse_date,death_date,vital_status,last_follow_up\n\
    P001,2018-05-10,2018-06-12,2019-02-01,2019-08-01,dead,2019-08-01\nP002,2018-12-03,2019-01-05,,,alive,2023-04-11\n\
    P004,2017-04-04,2017-05-05,2017-12-24,,alive,2022-06-06\nP005,2020-08-08,,,2020-09-30,dead,2020-09-30\n";

const TIMED: &str = "id,time (days),event\nA,267,event\nB,1590,censored\nC,53.5,event\nD,1700,censored\n";

fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn file(name: &str, text: &str) -> String {
    let path = folder("exchange").join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

fn import(arguments: &[&str]) -> Value {
    common::json(&[&["import", "--json"], arguments].concat(), "")
}

/// Times and events by id.
fn followed(report: &Value) -> Vec<Value> {
    let patients = report["patients"].as_array().unwrap();
    let of = |patient: &Value| json!([patient["id"], patient["efs"], patient["os"], patient["as_in_file"]]);
    patients.iter().map(of).collect()
}

#[test]
fn adtte_opens_again_without_a_question_and_with_the_same_times() {
    for (name, text) in [("dated.csv", DATED), ("timed.csv", TIMED)] {
        let input = file(name, text);
        let out = folder(&format!("adam-{name}"));
        let printed = common::run(
            &["export-adtte", "--input", &input, "--out", out.to_str().unwrap()],
            b"",
        );
        assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
        let (data, define) = (out.join("adtte.csv"), out.join("adtte-define.csv"));
        let (data, define) = (data.to_str().unwrap(), define.to_str().unwrap());
        let wanted = import(&["--input", &input]);
        for arguments in [&["--input", data][..], &["--input", data, "--dictionary", define]] {
            let found = import(arguments);
            assert_eq!(found["questions"], json!([]), "{name}");
            assert_eq!(followed(&found), followed(&wanted), "{name}");
        }
        let text = std::fs::read_to_string(data).unwrap();
        let first = text.lines().nth(1).unwrap();
        let dated = name == "dated.csv";
        assert_eq!(
            first.contains("2018-05-10") && first.contains("2019-02-01"),
            dated,
            "{first}"
        );
    }
}

#[test]
fn one_settings_file_opens_the_files_of_several_hospitals() {
    let hospital = |rows: &str| format!("patient,dx,lfu,died,kmt2a,sex\n{rows}");
    let one = file(
        "one.csv",
        &hospital("1,05/02/2018,01/08/2019,1,1,1\n2,03/04/2018,11/04/2023,0,2,2\n3,02/09/2019,09/01/2024,0,1,1\n"),
    );
    let two = file(
        "two.csv",
        &hospital("1,04/04/2017,06/06/2022,0,2,2\n2,08/08/2020,30/09/2020,1,1,1\n3,07/07/2016,03/03/2021,0,1,2\n"),
    );
    let settings = file("settings.json", "");
    let asked = import(&["--input", &one, "--mapping-out", &settings]);
    assert!(asked["questions"].as_array().unwrap().len() > 2);
    for input in [&one, &two] {
        let found = import(&["--input", input, "--mapping", &settings]);
        assert_eq!(found["questions"], json!([]));
        assert_eq!(found["patients"].as_array().unwrap().len(), 3);
    }
    let second = import(&["--input", &two, "--mapping", &settings]);
    assert_eq!(second["patients"][1]["os"], json!({ "days": 53.0, "event": true }));
}

#[test]
fn the_template_is_written_in_both_forms() {
    let out = folder("template");
    let (csv, xlsx) = (out.join("t.csv"), out.join("t.xlsx"));
    let printed = common::run(
        &[
            "template",
            "--csv",
            csv.to_str().unwrap(),
            "--xlsx",
            xlsx.to_str().unwrap(),
        ],
        b"",
    );
    assert!(printed.status.success());
    assert!(std::fs::read_to_string(&csv).unwrap().starts_with("id,birth_date"));
    assert!(std::fs::read(&xlsx).unwrap().starts_with(b"PK"));
    assert_eq!(common::run(&["template"], b"").status.code(), Some(2));
}

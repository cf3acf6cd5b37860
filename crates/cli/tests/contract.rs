//! The command line as scripts and checks see it: flags, exit statuses, keys.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use std::process::Command;

use common::{assert_refused, cotside};
use serde_json::Value;

fn stratify(csv: &str) -> Vec<Value> {
    let output = cotside(&["stratify", "--input", "-", "--json"], csv);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("a JSON list")
}

fn result<'a>(patient: &'a Value, protocol: &str) -> &'a Value {
    let results = patient["results"].as_array().expect("results");
    results
        .iter()
        .find(|result| result["protocol"] == protocol)
        .unwrap_or_else(|| panic!("no {protocol}"))
}

#[test]
fn keys_of_the_contract() {
    let patients = stratify("id,age_days,kmt2a,wbc\na,100,rearranged,100\n");
    let patient = &patients[0];
    assert_eq!(patient["id"], "a");
    let answer = result(patient, "interfant-06");
    assert_eq!(answer["status"], "undetermined");
    assert_eq!(answer["group"], Value::Null);
    assert_eq!(answer["possible"], serde_json::json!(["medium", "high"]));
    assert_eq!(answer["missing"], serde_json::json!(["prednisone_response"]));
    assert!(
        answer["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("prednisone response"))
    );
    assert_eq!(answer["hsct"]["status"], "undetermined");
    assert!(answer["hsct"]["text"].is_string() && answer["hsct"]["source"].is_string());
    for clause in answer["clauses"].as_array().expect("clauses") {
        assert!(clause["id"].is_string() && clause["text"].is_string() && clause["source"].is_string());
        assert!(clause["holds"].is_boolean() || clause["holds"].is_null());
    }
    let holds = |id: &str| {
        answer["clauses"]
            .as_array()
            .and_then(|all| all.iter().find(|clause| clause["id"] == id))
            .map(|clause| &clause["holds"])
    };
    assert_eq!(holds("younger-than-6-months"), Some(&Value::Bool(true)));
    assert_eq!(holds("poor-prednisone-response"), Some(&Value::Null));
    assert_eq!(result(patient, "mll-10")["group"], "high");
}

#[test]
fn an_empty_cell_is_never_no() {
    let patients = stratify("id,age_days,wbc,kmt2a,cns,prednisone_response,relapse\nx,,,,,,\n");
    for answer in patients[0]["results"].as_array().expect("results") {
        assert_ne!(answer["status"], "assigned", "{}", answer["protocol"]);
    }
}

/// The nine published patients of the Severance series: exactly seven are high risk by the series' own rule, a
/// duplication is not counted as rearranged, and the other protocols differ as worked out by hand.
#[test]
fn the_severance_series() {
    let patients = stratify(include_str!("../../../www/samples/severance.csv"));
    let ids = |protocol: &str, group: &str| -> Vec<String> {
        let in_group = |patient: &&Value| result(patient, protocol)["group"] == group;
        patients
            .iter()
            .filter(in_group)
            .map(|patient| patient["id"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(patients.len(), 9);
    assert_eq!(ids("severance", "high"), ["1", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(ids("severance", "not-high"), ["2", "3"]);
    assert_eq!(ids("interfant-06", "medium"), ["1", "8", "9"]);
    assert_eq!(ids("interfant-06", "high"), Vec::<String>::new());
    assert_eq!(ids("interfant-06", "low"), ["2", "7"]);
    assert_eq!(ids("mll-10", "intermediate"), ["1", "8", "9"]);
    assert_eq!(ids("mll-10", "low"), ["2", "7"]);
    for duplicated in ["3", "4", "5", "6"] {
        let patient = patients
            .iter()
            .find(|patient| patient["id"] == duplicated)
            .expect("there");
        assert_eq!(result(patient, "interfant-06")["status"], "undetermined");
        assert_eq!(result(patient, "mll03")["status"], "undetermined");
    }
}

#[test]
fn one_protocol_or_several_can_be_asked_for() {
    let csv = "age_days,kmt2a\n10,germline\n";
    for arguments in [
        &["--protocol", "mll-10", "--protocol", "interfant-06"][..],
        &["--protocol", "mll-10", "interfant-06"][..],
    ] {
        let all = [&["stratify", "--input", "-", "--json"][..], arguments].concat();
        let output = cotside(&all, csv);
        let patients: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
        let protocols: Vec<&Value> = patients[0]["results"]
            .as_array()
            .expect("results")
            .iter()
            .map(|answer| &answer["protocol"])
            .collect();
        assert_eq!(protocols, ["interfant-06", "mll-10"]);
    }
}

#[test]
fn wrong_input_is_refused_in_one_line() {
    let stdin = &["stratify", "--input", "-", "--json"];
    assert_refused(stdin, "", &["standard input", "empty"]);
    assert_refused(stdin, "a,b\n1,2\n", &["header", "age_days"]);
    assert_refused(stdin, "wbc,cns\n1\n", &["row 1", "line 2"]);
    assert_refused(stdin, "id,cns\na,1\nb,4\n", &["row 2", "line 3", "cns", "1, 2 or 3"]);
    assert_refused(stdin, "id,cns,csf_blasts\na,1,yes\n", &["row 1", "cns", "csf_blasts"]);
    assert_refused(
        stdin,
        "prednisone_response,day8_blasts\ngood,1500\n",
        &["row 1", "prednisone_response", "day8_blasts"],
    );
    assert_refused(&["stratify", "--input", "no-such-file.csv"], "", &["no-such-file.csv"]);
    assert_refused(&["stratify"], "", &["--input"]);
    assert_refused(
        &["stratify", "--input", "-", "--protocol", "x"],
        "wbc\n1\n",
        &["x", "interfant-06"],
    );
    assert_refused(&["stratify", "--input", "-", "--nonsense"], "", &["nonsense"]);
    assert_refused(&["nonsense"], "", &["nonsense", "stratify"]);
}

#[test]
fn keep_going_answers_the_good_rows_and_reports_the_bad() {
    let arguments = &["stratify", "--input", "-", "--json", "--keep-going"];
    let output = cotside(arguments, "id,cns\ngood,1\nbad,9\n");
    assert_eq!(output.status.code(), Some(0));
    let patients: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((patients.len(), &patients[0]["id"]), (1, &Value::from("good")));
    assert!(String::from_utf8_lossy(&output.stderr).contains("row 2 (line 3), column cns"));
    assert_refused(arguments, "id,cns\nbad,9\n", &["row 1"]);
}

#[test]
fn the_table_for_people_has_notices_transplant_and_the_flag_at_a_limit() {
    let csv = "id,age_days,wbc,kmt2a,prednisone_response\nx,100,300,rearranged,good\n";
    let output = cotside(&["stratify", "--input", "-", "--protocol", "interfant-06"], csv);
    let text = String::from_utf8_lossy(&output.stdout);
    for said in [
        "Interfant-06 assigns high risk (HR): KMT2A rearranged, younger than 6 months, white cells ≥ 300 × 10⁹/L.",
        "transplant: indicated, waiting for remission",
        "note: Exactly at a limit on which sources differ.",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let [not_assessed, pending] = ["not_assessed", ""].map(|response| {
        let csv = format!("age_days,wbc,kmt2a,lineage,prednisone_response\n90,100,rearranged,b,{response}\n");
        let answers = stratify(&csv);
        answers[0]["results"]
            .as_array()
            .and_then(|all| all.iter().find(|each| each["protocol"] == "interfant-21").cloned())
            .unwrap_or_default()
    });
    assert_eq!(not_assessed["group"], "medium");
    assert_eq!(pending["possible"], serde_json::json!(["medium", "high"]));
    assert_eq!(pending["missing"], serde_json::json!(["prednisone_response"]));
    let conditions = pending["hsct"]["conditions"].as_array().map(Vec::len);
    assert_eq!(
        (pending["hsct"]["status"].as_str(), conditions),
        (Some("undetermined"), Some(3))
    );
}

#[test]
fn without_json_people_get_a_table() {
    let output = cotside(&["stratify", "--input", "-"], "id,age_days,kmt2a\nx,10,germline\n");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        text.contains("Interfant-06 assigns low risk") && text.contains("Not a medical device"),
        "{text}"
    );
}

#[test]
fn every_rule_is_exported_with_its_sources() {
    let output = cotside(&["protocols", "--json"], "");
    let rules: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(rules.len(), cotside_core::protocols::PROTOCOLS.len());
    for rule in &rules {
        assert!(rule["id"].is_string() && rule["groups"].as_array().is_some_and(|groups| !groups.is_empty()));
        for clause in rule["clauses"].as_array().expect("clauses") {
            assert!(
                clause["source"].as_str().is_some_and(|source| !source.is_empty()),
                "{}",
                rule["id"]
            );
        }
    }
    let text = cotside(&["protocols"], "").stdout;
    assert!(String::from_utf8_lossy(&text).contains("younger than 6 months"));
}

#[test]
fn a_closed_pipe_is_not_a_failure_and_help_and_version_exist() {
    assert!(String::from_utf8_lossy(&cotside(&["--help"], "").stdout).contains("--keep-going"));
    assert!(String::from_utf8_lossy(&cotside(&["--version"], "").stdout).starts_with("cotside "));
    let shell = format!(
        "{} protocols --json | head -c 10 > /dev/null; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_cotside")
    );
    let status = Command::new("bash").args(["-c", &shell]).status().expect("bash");
    assert_eq!(status.code(), Some(0));
}

/// Writes a file in a new folder; returns its path.
fn file(name: &str, text: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("own");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

fn printed(arguments: &[&str]) -> String {
    let output = cotside(arguments, "");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_user_defined_protocol_is_listed_with_the_others_and_marked() {
    let copy = printed(&["protocols", "--as-file", "interfant-06"]);
    let path = file("copy.json", &copy.replace("\"limit\": 300", "\"limit\": 100"));
    assert!(printed(&["protocols", "--check", &path]).contains("my-interfant-06) can be used"));
    let csv = "id,age_days,kmt2a,wbc,prednisone_response\na,100,rearranged,150,good\n";
    let output = cotside(&["stratify", "--input", "-", "--json", "--own", &path], csv);
    let patients: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a JSON list");
    let (own, published) = (
        result(&patients[0], "my-interfant-06"),
        result(&patients[0], "interfant-06"),
    );
    assert_eq!((&own["group"], &own["own"]), (&Value::from("high"), &Value::from(true)));
    assert_eq!(
        (&published["group"], published.get("own")),
        (&Value::from("medium"), None)
    );
    let output = cotside(&["stratify", "--input", "-", "--own", &path], csv);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("[yours, not checked]"), "{text}");
}

#[test]
fn a_definition_printed_exactly_is_the_catalogue_s_own() {
    let exact = printed(&["protocols", "--as-file", "mll-10", "--exact"]);
    assert!(exact.contains("\"id\": \"mll-10\""));
    let path = file("taken.json", &exact);
    assert_refused(
        &["stratify", "--input", "-", "--own", &path],
        "age_days\n100\n",
        &["taken.json", "/id", "catalogue"],
    );
}

#[test]
fn a_bad_file_is_refused_with_its_place() {
    let copy = printed(&["protocols", "--as-file", "interfant-06"]);
    let path = file("bad.json", &copy.replace("younger_than", "older_than"));
    let refused = &["bad.json", "what it asks", "/test", "older_than", "younger_than"];
    assert_refused(
        &["stratify", "--input", "-", "--own", &path],
        "age_days\n100\n",
        refused,
    );
    let output = cotside(&["protocols", "--check", &path], "");
    assert_eq!(output.status.code(), Some(2));
    let lines = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        lines.contains("older_than") && lines.contains("cannot be used"),
        "{lines}"
    );
    assert_refused(
        &["stratify", "--input", "-", "--own", "/nowhere.json"],
        "age_days\n1\n",
        &["/nowhere.json"],
    );
}

#[test]
fn versions_of_the_rules_can_be_named() {
    let now = cotside_core::protocols::RULES_VERSION;
    let output = cotside(&["stratify", "--input", "-", "--rules", now], "age_days\n100\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains(&format!("Rules {now}.")));
    assert_refused(
        &["stratify", "--input", "-", "--rules", "1999.1.1"],
        "age_days\n100\n",
        &["1999.1.1", now],
    );
    assert!(printed(&["protocols", "--corrections"]).contains("the first version of the rules"));
}

/// Each shell's script contains every command, a flag, and the values of a flag.
#[test]
fn completions_name_commands_flags_and_values() {
    let help = common::text(&["--help"], "");
    let listed = help
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    let commands = listed.expect("a list of commands").lines();
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        commands.contains(&"km") && commands.contains(&"completions"),
        "{commands:?}"
    );
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = common::text(&["completions", shell], "");
        for word in commands.iter().chain(&["keep-going"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
        // The script of Windows' shell has commands and flags only.
        assert!(shell == "powershell" || script.contains("weibull"), "{shell}");
    }
    assert_refused(&["completions", "tcsh"], "", &["tcsh", "bash", "fish", "zsh"]);
    assert_refused(&["completions"], "", &["SHELL", "is needed"]);
}

/// bash accepts its script.
#[cfg(unix)]
#[test]
fn bash_completes_a_command() {
    let script = common::text(&["completions", "bash"], "");
    let asked = format!(
        "{script}\nCOMP_WORDS=(cotside logr)\nCOMP_CWORD=1\n_cotside cotside logr cotside\necho \"${{COMPREPLY[*]}}\"\n"
    );
    let Ok(output) = Command::new("bash").args(["--norc", "-c", &asked]).output() else {
        return;
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "logrank");
}

//! Competing risks on the command line: flags, exit statuses, keys.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn cotside(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cotside"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    // A command that refuses its flags does not read its input.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("ends")
}

fn answer(arguments: &[&str], input: &str) -> Value {
    let output = cotside(&[arguments, &["--input", "-", "--json"]].concat(), input);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A refusal: status 2, one line on standard error that has all the words, nothing on standard output.
fn assert_refused(arguments: &[&str], input: &str, words: &[&str]) {
    let output = cotside(&[arguments, &["--input", "-", "--json"]].concat(), input);
    let line = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {line}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    for word in words {
        assert!(line.contains(word), "{line:?} does not name {word:?}");
    }
}

const FOUR: &str = "t,e,g\n1,1,a\n2,2,a\n2,0,b\n3,1,b\n,1,a\n";

#[test]
fn cif_keys_of_the_contract() {
    let cif = answer(&["cif", "--time", "t", "--event", "e", "--at", "0.5,2.5,9"], FOUR);
    assert_eq!((&cif["n_excluded"], &cif["gray"]), (&Value::from(1), &Value::Null));
    let group = &cif["groups"][0];
    assert_eq!((&group["group"], &group["n"]), (&Value::Null, &Value::from(4)));
    let cause = &group["causes"][0];
    assert_eq!((&cause["cause"], &cause["events"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(cause["steps"][2]["estimate"], 0.75);
    assert_eq!(cause["at"][0]["estimate"], 0.0);
    assert_eq!(cause["at"][0]["lower"], Value::Null);
    assert_eq!(cause["at"][1]["estimate"], 0.25);
    assert_eq!(cause["at"][2]["estimate"], Value::Null);
    for key in ["time", "estimate", "std_err", "lower", "upper"] {
        assert!(cause["steps"][1].get(key).is_some(), "{key}");
    }
}

#[test]
fn cif_compares_groups() {
    let cif = answer(&["cif", "--time", "t", "--event", "e", "--group", "g"], FOUR);
    assert_eq!(cif["groups"][1]["group"], "b");
    // The third row has no cause 2 in group b, but it is asked about.
    assert_eq!(cif["groups"][1]["causes"][1]["events"], 0);
    let gray = cif["gray"].as_array().expect("tests");
    assert_eq!((gray.len(), &gray[0]["df"]), (2, &Value::from(1)));
    assert!(gray[0]["p"].as_f64().is_some_and(|p| p > 0.0 && p <= 1.0));
}

#[test]
fn cif_refuses_what_it_cannot_read() {
    let flags = ["cif", "--time", "t", "--event", "e"];
    assert_refused(&flags, "t,e\n1,1.5\n", &["standard input", "row 1", "column e"]);
    assert_refused(&flags, "t,e\n-1,1\n", &["row 1", "column t"]);
    assert_refused(&flags, "t\n1\n", &["no column “e”"]);
    assert_refused(&flags, "t,e\n,1\n", &["no row"]);
    assert_refused(&["cif", "--time", "t"], FOUR, &["--event"]);
    assert_refused(&[&flags[..], &["--at", "x"]].concat(), FOUR, &["--at", "x"]);
    assert_refused(&[&flags[..], &["--conf-level", "1"]].concat(), FOUR, &["0.95"]);
    assert_refused(&[&flags[..], &["--event-value", "2"]].concat(), FOUR, &["causes"]);
    assert_refused(&[&flags[..], &["--nonsense"]].concat(), FOUR, &["nonsense"]);
}

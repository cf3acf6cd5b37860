//! The command line as a process: its answer, its refusals, files for it.
#![allow(dead_code, clippy::expect_used, clippy::panic)] // Each file of tests uses a part.

pub mod schema;

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs `cotside` with these arguments and this standard input. What it prints with `--json` is as its schema says.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cotside"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    // A command that refuses its flags does not read its input.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("ends");
    if output.status.success() && arguments.contains(&"--json") {
        schema::check(arguments, &output.stdout);
    }
    output
}

/// Runs `cotside` with a text on standard input.
pub fn cotside(arguments: &[&str], input: &str) -> Output {
    run(arguments, input.as_bytes())
}

/// The JSON of a command that succeeds; `arguments` hold `--json`.
pub fn json(arguments: &[&str], input: &str) -> Value {
    let output = cotside(arguments, input);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Returns the output of a command that succeeds.
pub fn text(arguments: &[&str], input: &str) -> String {
    let output = cotside(arguments, input);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

/// Returns the line of a refusal: status 2, one line on standard error, nothing on standard output.
pub fn refusal(arguments: &[&str], input: &[u8]) -> String {
    let output = run(arguments, input);
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {line}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    line
}

/// A refusal that has all the words.
pub fn assert_refused(arguments: &[&str], input: &str, words: &[&str]) {
    let line = refusal(arguments, input.as_bytes());
    for word in words {
        assert!(line.contains(word), "{line:?} does not name {word:?}");
    }
}

//! The numbers in the handbook's exercise are those that the command gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn handbook() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/handbook")
}

fn transplant(landmark: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cotside"));
    command.args([
        "transplant",
        "--time",
        "efs_months",
        "--event",
        "efs_event",
        "--json",
        "--input",
    ]);
    command.arg(handbook().join("severance-transplant.csv"));
    command.args(["--transplant", "transplant_months", "--landmark", landmark]);
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

#[test]
fn the_exercise_prints_what_the_command_gives() {
    let text = std::fs::read_to_string(handbook().join("exercise.md")).unwrap();
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| landmark"));
    let mut seen = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, months, years, by_then, followed, events, ratio, _] = cells[..] else {
            panic!("{row}");
        };
        let found = transplant(months);
        let landmark = &found["landmark"];
        let number = |key: &str| landmark[key].to_string();
        assert_eq!(years.parse::<f64>().unwrap() * 12.0, months.parse::<f64>().unwrap());
        assert_eq!(
            (number("n_transplanted"), number("n"), number("n_events")),
            (by_then.to_owned(), followed.to_owned(), events.to_owned()),
            "{row}"
        );
        let estimated = landmark["regression"]["coefficients"][0]["hr"].as_f64();
        let estimated = estimated.map_or("not estimable".to_owned(), |ratio| format!("{ratio:.2}"));
        assert_eq!(estimated, ratio, "{row}");
        seen += 1;
    }
    assert_eq!(seen, 4);
    let found = transplant("6");
    let whole = &found["time_dependent"]["coefficients"][0];
    let [ratio, lower, upper] = ["hr", "lower", "upper"].map(|key| whole[key].as_f64().unwrap());
    assert!(text.contains(&format!("{ratio:.2} ({lower:.2} to {upper:.2})")));
    let immortal = &found["immortal_time"];
    let share = immortal["share"].as_f64().unwrap() * 100.0;
    assert!(text.contains(&format!("{} months", immortal["waiting_time"].as_f64().unwrap())));
    assert!(text.contains(&format!("{share:.0} % of the follow-up of the transplanted")));
}

//! The corpus: some 370 registries whose truth is known, read through the one door as `cotside import` does. None may be
//! wrong in silence, and nearly all are right as proposed.
//!
//! Where `COTSIDE_LEDGER` names a folder, what became of each is written there, and `xtask/src/validation/` makes a chapter
//! of the page of validation of it. Where `COTSIDE_CORPUS` names a folder, the files are left there to be looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

#[path = "corpus/binary.rs"]
mod binary;
mod common;
#[path = "corpus/files.rs"]
mod files;
#[path = "corpus/languages.rs"]
mod languages;
#[path = "corpus/patients.rs"]
mod patients;
#[path = "corpus/reading.rs"]
mod reading;
#[path = "corpus/registries.rs"]
mod registries;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use reading::{Outcome, Reading};
use registries::Registry;

/// The share of the registries, in per cent, that is right as proposed.
const RIGHT: usize = 95;
/// How many are read without any question, at least.
const UNASKED: usize = 100;

#[test]
fn no_registry_is_wrong_in_silence_and_nearly_all_are_right_as_proposed() {
    let readings = all();
    let count = |outcomes: &[Outcome]| {
        readings
            .iter()
            .filter(|reading| outcomes.contains(&reading.outcome))
            .count()
    };
    let told = told(&readings);
    // For `--nocapture`.
    println!("{told}");
    if let Some(folder) = std::env::var_os("COTSIDE_LEDGER") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join("reading.tsv"), ledger(&readings)).unwrap();
    }
    assert!(readings.len() >= 100, "{}", readings.len());
    assert_eq!(count(&[Outcome::Silent]), 0, "wrong in silence:\n{told}");
    assert_eq!(count(&[Outcome::Refused]), 0, "refused:\n{told}");
    let right = count(&[Outcome::Unasked, Outcome::Asked, Outcome::Open]);
    let read = readings.len();
    assert!(right * 100 >= read * RIGHT, "{right} of {read} are right:\n{told}");
    let unasked = count(&[Outcome::Unasked]);
    assert!(unasked >= UNASKED, "{unasked} are read without a question:\n{told}");
}

/// What became of every registry.
fn all() -> Vec<Reading> {
    let patients = patients::forty();
    let made = registries::all(&patients);
    if let Some(folder) = std::env::var_os("COTSIDE_CORPUS") {
        save(&PathBuf::from(folder), &made);
    }
    let mut readings: Vec<Reading> = made
        .iter()
        .map(|registry| reading::of_registry(registry, &patients))
        .collect();
    readings.extend(binary::all().iter().map(reading::of_file));
    readings
}

/// Leaves the files in a folder, named for what they are.
fn save(folder: &Path, registries: &[Registry]) {
    std::fs::create_dir_all(folder).unwrap();
    for registry in registries {
        let name: String = registry
            .name()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        std::fs::write(folder.join(format!("{name}.{}", registry.ending)), &registry.bytes).unwrap();
    }
}

/// What is not right or not read, with the first difference.
fn told(readings: &[Reading]) -> String {
    let mut counts = BTreeMap::<&str, usize>::new();
    for reading in readings {
        *counts.entry(reading.outcome.code()).or_default() += 1;
    }
    let mut text = format!("{counts:?}\n");
    for reading in readings {
        if !matches!(reading.outcome, Outcome::Unasked | Outcome::Asked | Outcome::Open) {
            let _ = writeln!(text, "{:?}: {}: {}", reading.outcome, reading.name(), reading.why);
        }
    }
    text
}

/// A line for each: layout, language, coding, format, outcome.
fn ledger(readings: &[Reading]) -> String {
    readings
        .iter()
        .map(|reading| {
            let Reading {
                layout,
                language,
                coding,
                format,
                outcome,
                ..
            } = reading;
            format!("{layout}\t{language}\t{coding}\t{format}\t{}\n", outcome.code())
        })
        .collect()
}

//! What the reference tests compare, number by number. Where `COTSIDE_LEDGER` names a folder each comparison is also
//! written there, one file for each topic, and `xtask/src/validation/` makes the site's page of it: the page shows the
//! comparisons of the tests, with the numbers computed then.
//!
//! A line holds, with tabs between: data set, quantity, place, expected, found, unit, tolerance. Numbers have all their
//! digits; an empty number is one that does not exist on that side. A line without unit and tolerance compares words.
#![allow(dead_code)] // Not every test compares both numbers and words.
#![allow(clippy::unwrap_used)] // What helps tests may fail as tests do.

use std::collections::BTreeMap;
use std::fs::{File, create_dir_all};
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;

/// Files that were begun, by topic.
static FILES: Mutex<BTreeMap<String, File>> = Mutex::new(BTreeMap::new());

/// The place of a comparison: a topic of the page, a data set, a quantity, and its position.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub topic: &'a str,
    pub data: &'a str,
    pub quantity: &'a str,
    pub at: &'a str,
}

/// Numbers are close when they differ by no more than `tolerance` times the larger of the expected one and `unit`.
#[derive(Clone, Copy)]
pub struct Close {
    pub unit: f64,
    pub tolerance: f64,
}

/// Holds a number against the expected one and writes both down; fails where they are not close, or only one exists.
#[track_caller]
pub fn number(place: Place<'_>, found: Option<f64>, expected: Option<f64>, close: Close) {
    write(
        place,
        &[
            expected.map_or_else(String::new, digits),
            found.map_or_else(String::new, digits),
            digits(close.unit),
            digits(close.tolerance),
        ],
    );
    let agree = match (found, expected) {
        (None, None) => true,
        (Some(found), Some(expected)) => (found - expected).abs() <= close.tolerance * expected.abs().max(close.unit),
        _ => false,
    };
    let Place { data, quantity, at, .. } = place;
    assert!(agree, "{data} {quantity} {at}: {found:?}, expected {expected:?}");
}

/// Holds words against the expected ones and writes both down; fails where they differ.
#[track_caller]
pub fn words(place: Place<'_>, found: &str, expected: &str) {
    write(
        place,
        &[expected.to_owned(), found.to_owned(), String::new(), String::new()],
    );
    let Place { data, quantity, at, .. } = place;
    assert_eq!(found, expected, "{data} {quantity} {at}");
}

/// The fewest digits that are this number and no other.
fn digits(value: f64) -> String {
    if value == 0.0 || (1e-4..1e15).contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

fn write(place: Place<'_>, values: &[String]) {
    let Some(folder) = std::env::var_os("COTSIDE_LEDGER") else {
        return;
    };
    let folder = Path::new(&folder);
    let mut files = FILES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let file = files.entry(place.topic.to_owned()).or_insert_with(|| {
        create_dir_all(folder).unwrap();
        let mut append = File::options();
        append
            .create(true)
            .append(true)
            .open(folder.join(format!("{}.tsv", place.topic)))
            .unwrap()
    });
    let line = [&[place.data, place.quantity, place.at].map(str::to_owned), values].concat();
    writeln!(file, "{}", line.join("\t")).unwrap();
}

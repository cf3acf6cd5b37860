//! The cases of tests/reference/curves.

use std::path::PathBuf;

use cotside_core::cohort::{Expected, Sheet};
use cotside_core::survival::{FollowUp, Labels};

/// A file of that folder without its first line, which names the versions that made it.
pub fn read(file: &str) -> Sheet {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/reference/curves")
        .join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (banner, rest) = text.split_once('\n').unwrap();
    assert!(banner.starts_with("# R version"), "{file}");
    Sheet::read(rest.as_bytes()).unwrap()
}

fn column(sheet: &Sheet, name: &str) -> Option<Vec<f64>> {
    let column = sheet.numbers(name, Expected::Number).ok()?;
    Some(column.into_iter().map(Option::unwrap).collect())
}

/// Follow-up, groups and strata of a case.
pub fn input(case: &str) -> (FollowUp, Option<Labels>, Option<Labels>) {
    let sheet = read(&format!("{case}.csv"));
    let time = column(&sheet, "time").unwrap();
    let event = column(&sheet, "event")
        .unwrap()
        .into_iter()
        .map(|event| event as u32)
        .collect();
    let made = match column(&sheet, "entry") {
        Some(entry) => FollowUp::with_entry(entry, time, event),
        None => FollowUp::new(time, event),
    }
    .unwrap();
    let follow_up = match column(&sheet, "weight") {
        Some(weight) => made.weighted(weight).unwrap(),
        None => made,
    };
    let labels = |name| {
        sheet.texts(name).ok().map(|texts| {
            let texts: Vec<&str> = texts.into_iter().map(Option::unwrap).collect();
            Labels::of(&texts)
        })
    };
    (follow_up, labels("group"), labels("stratum"))
}

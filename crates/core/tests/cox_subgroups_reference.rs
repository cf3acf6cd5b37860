//! Two groups within the levels of a variable against R: tests/reference/cox/subgroups.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use std::collections::BTreeMap;

use cotside_core::cohort::Sheet;
use cotside_core::survival::cox::{NoInteraction, TwoGroups};
use cotside_core::survival::{FollowUp, Labels};
use ledger::{Close, Place, number as compare};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/cox/");

fn sheet(name: &str) -> Sheet {
    let text = std::fs::read_to_string(format!("{DIRECTORY}{name}")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    Sheet::read(lines.join("\n").as_bytes()).unwrap()
}

fn texts(sheet: &Sheet, name: &str) -> Vec<String> {
    let cells = sheet.texts(name).unwrap().into_iter();
    cells.map(|cell| cell.unwrap_or_default().to_owned()).collect()
}

/// A case of the script: its file, the columns of the groups and the levels, the groups, the level of the intervals.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    [&'static str; 2],
    &'static str,
    f64,
);

const CASES: [Case; 3] = [
    ("veteran", "veteran.csv", "trt", ["1", "2"], "celltype", 0.95),
    ("lung", "lung.csv", "sex", ["1", "2"], "ph.ecog", 0.9),
    ("colon", "colon.csv", "rx", ["Obs", "Lev+5FU"], "etype", 0.99),
];

#[test]
fn ratios_and_tests_are_those_of_r() {
    let wanted = sheet("subgroups.csv");
    let [case, quantity, level, value] = ["case", "quantity", "level", "value"].map(|name| texts(&wanted, name));
    let mut wanted: BTreeMap<[String; 3], f64> = (0..case.len())
        .map(|row| {
            let key = [&case, &quantity, &level].map(|column| column[row].clone());
            (key, value[row].parse().unwrap())
        })
        .collect();
    let mut same = |key: [&str; 3], found: Option<f64>, tolerance: f64| {
        let place = Place {
            topic: "subgroups",
            data: key[0],
            quantity: key[1],
            at: key[2],
        };
        compare(
            place,
            found,
            wanted.remove(&key.map(str::to_owned)),
            Close { unit: 1e-6, tolerance },
        );
    };
    for (case, file, group, names, by, conf_level) in CASES {
        let sheet = sheet(file);
        let [time, status, group, by] = ["time", "status", group, by].map(|name| texts(&sheet, name));
        let row_is_used = |row: &usize| {
            [&time, &status, &by]
                .iter()
                .all(|column| !["", "NA"].contains(&column[*row].as_str()))
                && names.contains(&group[*row].as_str())
        };
        let used: Vec<usize> = (0..time.len()).filter(row_is_used).collect();
        let number = |column: &[String], row: usize| column[row].parse::<f64>().unwrap();
        let follow_up = FollowUp::new(
            used.iter().map(|&row| number(&time, row)).collect(),
            used.iter().map(|&row| number(&status, row) as u32).collect(),
        );
        let follow_up = follow_up.unwrap();
        let is_other: Vec<bool> = used.iter().map(|&row| group[row] == names[1]).collect();
        let two = TwoGroups::new(&follow_up, &is_other, conf_level);
        let labels = Labels::of(&used.iter().map(|&row| by[row].as_str()).collect::<Vec<_>>());
        for (code, level) in (0..).zip(&labels.names) {
            let rows: Vec<usize> = (0..used.len()).filter(|&row| labels.codes[row] == code).collect();
            let found = two.within(&rows);
            for (place, name) in ["of the reference", "of the other"].into_iter().enumerate() {
                same(
                    [case, &format!("n {name}"), level],
                    Some(found.patients[place] as f64),
                    0.0,
                );
                same(
                    [case, &format!("events {name}"), level],
                    Some(found.events[place] as f64),
                    0.0,
                );
            }
            if !found.has_both() {
                assert_eq!(found.estimate, None, "{case} {level}: one group has no ratio");
                continue;
            }
            let estimate = found.estimate.unwrap();
            // Coefficients are iterated on both sides.
            same([case, "hazard ratio", level], estimate.hazard_ratio, 1e-8);
            same([case, "lower", level], estimate.lower, 1e-8);
            same([case, "upper", level], estimate.upper, 1e-8);
            // A p value multiplies what the coefficient is off by z.
            same([case, "p", level], Some(estimate.p), 1e-7);
        }
        let rows: Vec<usize> = (0..used.len()).collect();
        let test = two.interaction(&rows, &labels).unwrap();
        same([case, "interaction chi2", ""], Some(test.chi2), 1e-9);
        same([case, "interaction df", ""], Some(test.df as f64), 0.0);
        same([case, "interaction p", ""], Some(test.p), 1e-9);
        assert!(!test.at_limit);
    }
    assert!(wanted.is_empty(), "not compared: {:?}", wanted.keys());
}

#[test]
fn what_cannot_be_tested_says_why() {
    let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![1, 1, 0, 1, 1, 1]).unwrap();
    let rows: Vec<usize> = (0..6).collect();
    let test = |is_other: [bool; 6], levels: [&str; 6]| {
        TwoGroups::new(&follow_up, &is_other, 0.95).interaction(&rows, &Labels::of(&levels))
    };
    let mixed = [true, false, true, false, true, false];
    assert_eq!(test(mixed, ["a"; 6]), Err(NoInteraction::OneLevel));
    // The levels are the groups: nothing is left to be tested.
    assert_eq!(
        test(mixed, ["a", "b", "a", "b", "a", "b"]),
        Err(NoInteraction::NoLevelWithBoth)
    );
    let few = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![1, 0, 0, 1, 0, 0]).unwrap();
    let levels = Labels::of(&["a", "a", "a", "b", "b", "b"]);
    let found = TwoGroups::new(&few, &mixed, 0.95).interaction(&rows, &levels);
    assert_eq!(found, Err(NoInteraction::FewEvents));
    let nobody = TwoGroups::new(&few, &mixed, 0.95).within(&[]);
    assert_eq!(
        (nobody.patients, nobody.events, nobody.estimate),
        ([0, 0], [0, 0], None)
    );
}

//! Digitised figures against R's survival and cmprsk: `tests/reference/digitised/digitised.R` draws curves of known
//! patients and computes the values from the patients themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use cotside_core::evidence::{
    AtRisk, BetweenGroups, CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureInput, FigureKind,
    HeightUnit, between_groups,
};
use ledger::{Close, Place, number as compare};

const POINTS: &str = include_str!("../../../tests/reference/digitised/points.csv");
const AT_RISK: &str = include_str!("../../../tests/reference/digitised/at_risk.csv");
const EXPECTED: &str = include_str!("../../../tests/reference/digitised/expected.csv");

fn rows(csv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    csv.lines().skip(2).map(|line| line.split(',').collect())
}

/// The figure of a case, as it would be read.
fn figure(case: &str) -> DigitisedFigure {
    let mut groups: Vec<DigitisedGroup> = Vec::new();
    for row in rows(POINTS).filter(|row| row[0] == case) {
        if groups.last().is_none_or(|group| group.name != row[1]) {
            let entries = rows(AT_RISK).filter(|entry| entry[0] == case && entry[1] == row[1]);
            let at_risk = entries.map(|entry| AtRisk::at(entry[2].parse().unwrap(), entry[3].parse().unwrap()));
            groups.push(DigitisedGroup {
                name: row[1].to_owned(),
                at_risk: at_risk.collect(),
                ..DigitisedGroup::default()
            });
        }
        let curves = &mut groups.last_mut().unwrap().curves;
        let of = CurveOf::from_code(row[2]).unwrap();
        if curves.last().is_none_or(|curve| curve.of != of) {
            curves.push(DigitisedCurve {
                of,
                ..DigitisedCurve::default()
            });
        }
        let point = (row[3].parse().unwrap(), row[4].parse().unwrap());
        curves.last_mut().unwrap().points.push(point);
    }
    let survival = groups.iter().all(|group| group.curves[0].of == CurveOf::Survival);
    let input = FigureInput {
        kind: if survival {
            FigureKind::Survival
        } else {
            FigureKind::Incidence
        },
        heights: HeightUnit::Fraction,
        groups,
        ..FigureInput::default()
    };
    DigitisedFigure::new(input).unwrap()
}

fn value(figure: &DigitisedFigure, between: &BetweenGroups, name: &str) -> Option<f64> {
    let (name, group) = name.split_once(':').unwrap_or((name, ""));
    let place = figure.group(group).unwrap_or(0);
    let rebuilt = &figure.rebuilt()[place];
    let ratio = || between.ratios.iter().find(|ratio| ratio.group == place);
    let (hazard, sub) = (
        ratio().and_then(|each| each.hazard),
        ratio().and_then(|each| each.subdistribution),
    );
    match name {
        "events" => Some(rebuilt.events(1) as f64),
        "competing" => Some(rebuilt.events(2) as f64),
        "median" => rebuilt.median(),
        "chi2" => Some(between.test?.chi2),
        "p" => Some(between.test?.p),
        "hr" => Some(hazard?.ratio),
        "lower" => Some(hazard?.lower),
        "upper" => Some(hazard?.upper),
        "sub-hr" => Some(sub?.ratio),
        "sub-lower" => Some(sub?.lower),
        "sub-upper" => Some(sub?.upper),
        other => panic!("{other}"),
    }
}

/// Holds the values of a table against ours; how many there were.
fn compare_with(expected: &'static str) -> usize {
    let mut seen = 0;
    for case in ["closed-two", "closed-three", "closed-causes"] {
        let figure = figure(case);
        let between = between_groups(&figure, 0).unwrap();
        for row in rows(expected).filter(|row| row[0] == case) {
            let (quantity, at) = row[1].split_once(':').unwrap_or((row[1], ""));
            let place = Place {
                topic: "digitised",
                data: case,
                quantity,
                at,
            };
            let close = Close {
                unit: 1.0,
                tolerance: 1e-8,
            };
            compare(place, value(&figure, &between, row[1]), row[2].parse().ok(), close);
            seen += 1;
        }
    }
    seen
}

/// Nobody was censored before the end: the patients come back, and with them every number.
#[test]
fn equal_to_survival_and_cmprsk() {
    assert_eq!(compare_with(EXPECTED), 35);
}

#[test]
fn a_changed_value_is_noticed() {
    let changed: &'static str = EXPECTED
        .replacen("closed-two,chi2,12.938", "closed-two,chi2,12.939", 1)
        .leak();
    assert_ne!(changed, EXPECTED);
    assert!(std::panic::catch_unwind(|| compare_with(changed)).is_err());
}

/// Patients were censored in between: the numbers come near those of the patients themselves.
#[test]
fn near_where_patients_were_censored() {
    for case in ["veteran", "liver"] {
        let figure = figure(case);
        let between = between_groups(&figure, 0).unwrap();
        for row in rows(EXPECTED).filter(|row| row[0] == case && row[1] != "p" && row[1] != "chi2") {
            let (found, expected): (f64, f64) = (value(&figure, &between, row[1]).unwrap(), row[2].parse().unwrap());
            let near = match row[1].split_once(':').unwrap().0 {
                "events" | "competing" => (found - expected).abs() <= 2.0,
                "median" => (found - expected).abs() <= 1.0,
                _ => (found / expected - 1.0).abs() < 0.03,
            };
            assert!(near, "{case} {}: {found}, expected {expected}", row[1]);
        }
        for rebuilt in figure.rebuilt() {
            assert!(rebuilt.error().1 < 0.02, "{:?}", rebuilt.error());
            assert_eq!(rebuilt.largest_at_risk_difference(), 0);
        }
    }
}

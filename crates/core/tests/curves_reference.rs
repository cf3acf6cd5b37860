//! Curves against R's `survival`: tests/reference/curves/kaplan_meier_expected.csv, made by kaplan_meier.R there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use cotside_core::survival::{
    BandKind, Confidence, FollowUp, HazardTies, Scale, SurvivalCurve, band, compare_at, cumulative_hazard,
    equal_precision_quantile, hall_wellner_quantile, kaplan_meier, kaplan_meier_by, restricted_mean_difference,
    reverse_kaplan_meier,
};

#[path = "curves_reference/cases.rs"]
mod cases;
mod ledger;

use cases::{input, read};
use ledger::{Close, Place, number as compare};

/// A line of the expected values: setting, x, and five values.
type Line = (String, Option<f64>, [Option<f64>; 5]);

/// Lines by case and group, then by quantity.
fn expected() -> BTreeMap<(String, String), BTreeMap<String, Vec<Line>>> {
    let sheet = read("kaplan_meier_expected.csv");
    let number = |row, column| sheet.cell(row, column).parse::<f64>().ok();
    let mut all: BTreeMap<_, BTreeMap<_, Vec<Line>>> = BTreeMap::new();
    for row in 0..sheet.rows() {
        let text = |column| sheet.cell(row, column).to_owned();
        let values = [5, 6, 7, 8, 9].map(|column| number(row, column));
        let line = (text(2), number(row, 4), values);
        let group = all.entry((text(0), text(3))).or_default();
        group.entry(text(1)).or_default().push(line);
    }
    all
}

/// The quantities that were compared.
struct Agreement {
    topic: &'static str,
    quantities: BTreeSet<String>,
}

impl Agreement {
    fn of(topic: &'static str) -> Self {
        let quantities = BTreeSet::new();
        Self { topic, quantities }
    }

    /// `place` is the data set and, after its first space, the rest.
    fn check(&mut self, place: &str, quantity: &str, found: Option<f64>, expected: Option<f64>) {
        let (data, at) = place.split_once(' ').unwrap_or((place, ""));
        self.quantities.insert(quantity.to_owned());
        let place = Place {
            topic: self.topic,
            data,
            quantity,
            at: at.trim(),
        };
        let close = Close {
            unit: 1e-3,
            tolerance: 1e-11,
        };
        compare(place, found, expected, close);
    }
}

fn confidence(setting: &str) -> Confidence {
    let (scale, level) = setting.split_once(':').unwrap();
    let scale = match scale {
        "log-log" => Scale::LogLog,
        "log" => Scale::Log,
        "plain" => Scale::Plain,
        "logit" => Scale::Logit,
        "arcsin" => Scale::Arcsin,
        other => panic!("{other}"),
    };
    Confidence::new(scale, level.parse().unwrap()).unwrap()
}

#[test]
fn curves_equal_r() {
    let mut agreement = Agreement::of("kaplan-meier");
    for ((case, group), quantities) in expected() {
        let (follow_up, labels, _) = input(&case);
        let rows: Vec<usize> = (0..follow_up.len())
            .filter(|&row| {
                group.is_empty()
                    || labels
                        .as_ref()
                        .is_some_and(|all| all.names[all.codes[row] as usize] == group)
            })
            .collect();
        let part = follow_up.subset(&rows).unwrap();
        let curve = kaplan_meier(&part);
        if let (false, Some(labels)) = (group.is_empty(), &labels) {
            let position = labels.names.iter().position(|name| *name == group).unwrap();
            assert_eq!(
                kaplan_meier_by(&follow_up, labels).unwrap()[position],
                curve,
                "{case} {group}"
            );
        }
        let place = format!("{case} {group}");
        for (quantity, lines) in quantities {
            check(&mut agreement, &place, &quantity, &lines, &curve, &part);
        }
    }
    assert!(agreement.quantities.len() >= 20, "{:?}", agreement.quantities);
}

fn check(
    agreement: &mut Agreement,
    place: &str,
    quantity: &str,
    lines: &[Line],
    curve: &SurvivalCurve,
    part: &FollowUp,
) {
    match quantity {
        "step" => assert_eq!(lines.len(), curve.len(), "{place}"),
        "hazard" => assert_eq!(lines.len(), 2 * curve.len(), "{place}"),
        _ => {}
    }
    for (index, (setting, x, values)) in lines.iter().enumerate() {
        let confidence = if quantity == "interval" || quantity == "quantile" {
            confidence(setting)
        } else {
            Confidence::default()
        };
        let x = x.unwrap();
        let place = format!("{place} {setting} at {x}");
        let mut each = |names: &[&str], found: &[Option<f64>]| {
            for ((name, found), expected) in names.iter().zip(found).zip(values) {
                agreement.check(&place, &format!("{quantity} {name}"), *found, *expected);
            }
        };
        match quantity {
            "step" => {
                let column = |values: &[f64]| Some(values[index]);
                assert_eq!(curve.time()[index], x, "{place}");
                each(
                    &["at_risk", "events", "censored", "survival", "std_err"],
                    &[
                        column(curve.at_risk()),
                        column(curve.events()),
                        column(curve.censored()),
                        column(curve.survival()),
                        curve.std_err(index),
                    ],
                );
            }
            "interval" => {
                let found = curve.interval(curve.step_at(x).unwrap(), confidence);
                each(&["lower", "upper"], &[found.map(|i| i.lower), found.map(|i| i.upper)]);
            }
            "quantile" | "follow_up" => {
                let of = if quantity == "quantile" {
                    curve.clone()
                } else {
                    reverse_kaplan_meier(part)
                };
                let all = of.quantiles(&[0.25, 0.5, 0.75], confidence);
                let found = all.iter().find(|quantile| quantile.p == x).unwrap();
                each(&["time", "lower", "upper"], &[found.time, found.lower, found.upper]);
            }
            "at" => {
                let found = curve.at(x, confidence).unwrap();
                let (lower, upper) = (found.interval.map(|i| i.lower), found.interval.map(|i| i.upper));
                each(
                    &["at_risk", "survival", "std_err", "lower", "upper"],
                    &[Some(found.at_risk), Some(found.survival), found.std_err, lower, upper],
                );
            }
            "rmst" => {
                let found = curve.restricted_mean(x).unwrap();
                each(&["estimate", "std_err"], &[Some(found.estimate), Some(found.std_err)]);
            }
            "hazard" => {
                let ties = if setting == "1" {
                    HazardTies::NelsonAalen
                } else {
                    HazardTies::FlemingHarrington
                };
                let found = cumulative_hazard(curve, ties, Confidence::default())[index % curve.len()];
                assert_eq!(found.time, x, "{place}");
                let (lower, upper) = (found.interval.map(|i| i.lower), found.interval.map(|i| i.upper));
                each(
                    &["hazard", "std_err", "survival", "lower", "upper"],
                    &[
                        Some(found.hazard),
                        Some(found.std_err),
                        Some(found.survival),
                        lower,
                        upper,
                    ],
                );
            }
            "conditional" => {
                let found = curve
                    .conditional(setting.parse().unwrap(), x, Confidence::default())
                    .unwrap();
                let (lower, upper) = (found.interval.map(|i| i.lower), found.interval.map(|i| i.upper));
                each(
                    &["survival", "std_err", "lower", "upper"],
                    &[Some(found.survival), found.std_err, lower, upper],
                );
            }
            other => panic!("{other}"),
        }
    }
}

/// comparison_expected.csv, made by comparison.R.
#[test]
fn comparisons_equal_r() {
    let sheet = read("comparison_expected.csv");
    let mut agreement = Agreement::of("two-curves");
    for row in 0..sheet.rows() {
        let text = |column| sheet.cell(row, column);
        let number = |column| text(column).parse::<f64>().ok();
        let (follow_up, labels, _) = input(text(0));
        let labels = labels.unwrap();
        let curves = kaplan_meier_by(&follow_up, &labels).unwrap();
        let curve = |name: &str| &curves[labels.names.iter().position(|each| each == name).unwrap()];
        let (first, second, x) = (curve(text(2)), curve(text(3)), number(4).unwrap());
        let place = format!("{} at {x}", text(0));
        let found = if text(1) == "rmst" {
            let mean = |curve: &SurvivalCurve| curve.restricted_mean(x).unwrap();
            let difference = restricted_mean_difference(mean(first), mean(second), Confidence::default());
            {
                let test = difference.test.ok();
                [
                    Some(difference.estimate),
                    test.map(|test| test.std_err),
                    test.map(|test| test.p),
                ]
            }
        } else {
            let scale = confidence(&format!("{}:0.95", text(1))).scale();
            let test = compare_at(first, second, x, scale).unwrap();
            [Some(test.chi2), Some(test.p), None]
        };
        for (value, column) in found.into_iter().zip(5..) {
            agreement.check(&place, text(1), value, number(column));
        }
    }
    assert_eq!(agreement.quantities.len(), 6);
}

/// bands_expected.csv, made by bands.R.
#[test]
fn bands_equal_r() {
    let sheet = read("bands_expected.csv");
    let (veteran, ..) = input("veteran");
    let curve = kaplan_meier(&veteran);
    let mut compared = 0;
    let mut bands = BTreeMap::new();
    for row in 0..sheet.rows() {
        let number = |column| sheet.cell(row, column).parse::<f64>().ok();
        let (kind, level, x) = (sheet.cell(row, 0), number(2).unwrap(), number(3).unwrap());
        let close = |quantity: &str, found: f64, column| {
            let place = Place {
                topic: "bands",
                data: kind,
                quantity,
                at: &format!("{} level {level}, {x} {}", sheet.cell(row, 1), sheet.cell(row, 4)),
            };
            let close = Close {
                unit: 1.0,
                tolerance: 1e-9,
            };
            compare(place, Some(found), number(column), close);
        };
        if let Some(end) = number(4) {
            let quantile = match kind {
                "equal-precision" => equal_precision_quantile(x, end, level),
                _ => hall_wellner_quantile(x, end, level),
            };
            close("quantile", quantile.unwrap(), 5);
        } else {
            let scale = confidence(&format!("{}:0.95", sheet.cell(row, 1))).scale();
            let band = bands.entry((kind, sheet.cell(row, 1))).or_insert_with(|| {
                let kind = match kind {
                    "equal-precision" => BandKind::EqualPrecision,
                    _ => BandKind::HallWellner,
                };
                band(&curve, kind, scale, level, 10.0, 300.0).unwrap()
            });
            let interval = band.intervals[curve.step_at(x).unwrap() - band.first].unwrap();
            close("lower", interval.lower, 5);
            close("upper", interval.upper, 6);
        }
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

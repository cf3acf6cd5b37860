//! Curves under every scale and several levels against R's `survival`: tests/reference/curves/curve_options_expected.csv,
//! made by curve_options.R there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use cotside_core::survival::{
    Confidence, HazardTies, Interval, Scale, SurvivalCurve, cumulative_hazard, kaplan_meier_by, restricted_mean_ratio,
};

#[path = "curves_reference/cases.rs"]
mod cases;
mod ledger;

use cases::{input, read};
use ledger::{Close, Place, number as compare};

/// The fractions that R was asked for in one call.
const FRACTIONS: [f64; 4] = [0.1, 0.33, 0.5, 0.9];

fn confidence(scale: &str, level: f64) -> Confidence {
    let scale = match scale {
        "log" => Scale::Log,
        "plain" => Scale::Plain,
        "logit" => Scale::Logit,
        "arcsin" => Scale::Arcsin,
        _ => Scale::LogLog,
    };
    Confidence::new(scale, level).unwrap()
}

/// The two ends of an interval.
fn ends(interval: Option<Interval>) -> [Option<f64>; 2] {
    [
        interval.map(|interval| interval.lower),
        interval.map(|interval| interval.upper),
    ]
}

/// What the engine has for one line: names and values. `before` are the curve of the first group, and the earlier of the
/// two times of the case.
fn found(
    quantity: &str,
    curve: &SurvivalCurve,
    x: f64,
    confidence: Confidence,
    before: (&SurvivalCurve, f64),
) -> [(&'static str, Option<f64>); 4] {
    let named = |names: [&'static str; 4], values: [Option<f64>; 4]| [0, 1, 2, 3].map(|at| (names[at], values[at]));
    match quantity {
        "at" => {
            let at = curve.at(x, confidence).unwrap();
            let [lower, upper] = ends(at.interval);
            let values = [Some(at.survival), at.std_err, lower, upper];
            named(["survival", "std_err", "lower", "upper"], values)
        }
        "quantile" => {
            let all = curve.quantiles(&FRACTIONS, confidence);
            let one = all.iter().find(|quantile| quantile.p == x).unwrap();
            named(["time", "lower", "upper", ""], [one.time, one.lower, one.upper, None])
        }
        "hazard" => {
            let steps = cumulative_hazard(curve, HazardTies::NelsonAalen, confidence);
            let step = steps.iter().find(|step| step.time == x).unwrap();
            let [lower, upper] = ends(step.hazard_interval());
            let values = [Some(step.hazard), Some(step.std_err), lower, upper];
            named(["hazard", "std_err", "lower", "upper"], values)
        }
        "conditional" => {
            let found = curve.conditional(before.1, x, confidence).unwrap();
            let [lower, upper] = ends(found.interval);
            let values = [Some(found.survival), found.std_err, lower, upper];
            named(["survival", "std_err", "lower", "upper"], values)
        }
        "rmst_ratio" => {
            let mean = |curve: &SurvivalCurve| curve.restricted_mean(x).unwrap();
            let ratio = restricted_mean_ratio(mean(before.0), mean(curve), confidence).unwrap();
            let test = ratio.test.ok();
            let [lower, upper] = ends(test.map(|test| test.interval));
            let values = [Some(ratio.estimate), lower, upper, test.map(|test| test.p)];
            named(["estimate", "lower", "upper", "p"], values)
        }
        other => panic!("{other}"),
    }
}

#[test]
fn options_of_curves_equal_r() {
    let sheet = read("curve_options_expected.csv");
    let mut quantities = BTreeSet::new();
    for row in 0..sheet.rows() {
        let text = |column| sheet.cell(row, column);
        let number = |column: usize| text(column).parse::<f64>().ok();
        let (case, quantity, level, x) = (text(0), text(1), number(3).unwrap(), number(5).unwrap());
        let (follow_up, labels, _) = input(case);
        let labels = labels.unwrap();
        let curves = kaplan_meier_by(&follow_up, &labels).unwrap();
        let place = labels.names.iter().position(|name| name == text(4)).unwrap();
        let first_time = (0..sheet.rows())
            .find(|&other| sheet.cell(other, 0) == case && sheet.cell(other, 1) == "at")
            .and_then(|other| sheet.cell(other, 5).parse().ok())
            .unwrap();
        let confidence = confidence(text(2), level);
        let values = found(quantity, &curves[place], x, confidence, (&curves[0], first_time));
        for ((name, value), column) in values.into_iter().zip(6..) {
            if name.is_empty() {
                continue;
            }
            let quantity = format!("{quantity} {name}");
            let place = Place {
                topic: "curve-options",
                data: case,
                quantity: &quantity,
                at: &format!("{} {} level {level} at {x}", text(4), text(2)),
            };
            let close = Close {
                unit: 1e-3,
                tolerance: 1e-11,
            };
            compare(place, value, number(column), close);
            quantities.insert(quantity);
        }
    }
    assert_eq!(quantities.len(), 19);
}

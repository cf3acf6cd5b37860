//! Pooling against R's metafor: `tests/reference/pooling/pooling.R` makes the values.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use cotside_core::evidence::{Effect, Pool, PoolMethod, PoolTest, leave_one_out, pool};
use ledger::{Close, Place, number as compare};
use proptest::prelude::*;

const INPUTS: &str = include_str!("../../../tests/reference/pooling/inputs.csv");
const EXPECTED: &str = include_str!("../../../tests/reference/pooling/expected.csv");

fn effects(case: &str) -> Vec<Effect> {
    let rows = INPUTS.lines().skip(2).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|row| row[0] == case)
        .map(|row| Effect {
            estimate: row[1].parse().unwrap(),
            std_err: row[2].parse::<f64>().unwrap().sqrt(),
        })
        .collect()
}

/// The quantity by the name that the script gives it.
fn quantity(pool: &Pool, name: &str) -> f64 {
    let heterogeneity = &pool.heterogeneity;
    match name {
        "estimate" => pool.estimate,
        "std_err" => pool.std_err,
        "statistic" => pool.statistic.unwrap(),
        "p" => pool.p.unwrap(),
        "lower" => pool.interval.unwrap().lower,
        "upper" => pool.interval.unwrap().upper,
        "tau2" => heterogeneity.tau2,
        "q" => heterogeneity.q,
        "q_p" => heterogeneity.p,
        "i2" => heterogeneity.i2,
        "h2" => heterogeneity.h2,
        "prediction_lower" => pool.prediction.unwrap().lower,
        "prediction_upper" => pool.prediction.unwrap().upper,
        "tau2_lower" => heterogeneity.tau2_interval.lower,
        "tau2_upper" => heterogeneity.tau2_interval.upper,
        weight => pool.weights[weight.strip_prefix("weight").unwrap().parse::<usize>().unwrap() - 1],
    }
}

#[test]
fn equal_to_metafor() {
    let checked = compare_with(EXPECTED);
    assert!(checked > 800, "{checked}");
}

/// The seventh digit of one expected value is enough.
#[test]
fn a_changed_value_is_noticed() {
    for (value, changed) in [
        ("0.043632885900040032", "0.043632985900040032"),
        ("0.41636948804078672", ""),
    ] {
        assert!(EXPECTED.contains(value));
        let fixture = EXPECTED.replacen(value, changed, 1);
        assert!(std::panic::catch_unwind(|| compare_with(&fixture)).is_err(), "{value}");
    }
}

/// Holds every value of the table against the engine's; how many there were.
fn compare_with(expected: &str) -> usize {
    let mut checked = 0;
    for line in expected.lines().skip(2) {
        let [case, code, by, name, value] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}")
        };
        let method = match code {
            "FE" => PoolMethod::Fixed,
            "REML" => PoolMethod::Reml,
            _ => PoolMethod::DerSimonianLaird,
        };
        let test = if by == "knha" {
            PoolTest::HartungKnapp
        } else {
            PoolTest::Normal
        };
        let effects = effects(case);
        let found = match name.strip_prefix("without") {
            Some(row) => {
                let all = leave_one_out(&effects, method, test, 0.95).unwrap();
                all[row.parse::<usize>().unwrap() - 1].estimate
            }
            None => quantity(&pool(&effects, method, test, 0.95).unwrap(), name),
        };
        let number = name
            .strip_prefix("weight")
            .or(name.strip_prefix("without"))
            .unwrap_or("");
        let at = format!("{code}, {by} {number}");
        let place = Place {
            topic: "pooling",
            data: case,
            quantity: if number.is_empty() {
                name
            } else {
                name.trim_end_matches(number)
            },
            at: at.trim(),
        };
        let close = Close {
            unit: 1.0,
            tolerance: 1e-8,
        };
        compare(place, Some(found), value.parse().ok(), close);
        checked += 1;
    }
    checked
}

proptest! {
    /// For all numbers, a pooled estimate is in the range of the estimates, weights are shares, heterogeneity is not
    /// negative, and order does not matter.
    #[test]
    fn laws(rows in prop::collection::vec((-50.0..50.0_f64, 0.01..20.0_f64), 3..12), reml: bool) {
        let effects: Vec<Effect> = rows.iter().map(|&(estimate, std_err)| Effect { estimate, std_err }).collect();
        let method = if reml { PoolMethod::Reml } else { PoolMethod::DerSimonianLaird };
        let found = pool(&effects, method, PoolTest::HartungKnapp, 0.95).unwrap();
        let (low, high) = rows.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), row| (low.min(row.0), high.max(row.0)));
        prop_assert!(found.estimate >= low - 1e-9 && found.estimate <= high + 1e-9);
        prop_assert!((found.weights.iter().sum::<f64>() - 100.0).abs() < 1e-9);
        prop_assert!((0.0..=100.0).contains(&found.heterogeneity.i2));
        let tau2 = found.heterogeneity.tau2_interval;
        prop_assert!(tau2.lower >= 0.0 && tau2.lower <= tau2.upper);
        let mut turned = effects.clone();
        turned.reverse();
        let again = pool(&turned, method, PoolTest::HartungKnapp, 0.95).unwrap();
        prop_assert!((again.estimate - found.estimate).abs() < 1e-6 * (1.0 + found.estimate.abs()));
    }

    /// No numbers make it panic or give results that are not finite.
    #[test]
    fn any_numbers(rows in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..6), level in prop::num::f64::ANY) {
        let effects: Vec<Effect> = rows.iter().map(|&(estimate, std_err)| Effect { estimate, std_err }).collect();
        for method in [PoolMethod::Fixed, PoolMethod::DerSimonianLaird, PoolMethod::Reml] {
            if let Ok(found) = pool(&effects, method, PoolTest::Normal, level) {
                prop_assert!(found.estimate.is_finite() && found.interval.is_some_and(|interval| interval.lower.is_finite()));
            }
        }
    }
}

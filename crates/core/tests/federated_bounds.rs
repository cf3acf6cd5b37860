//! The bounds of counts in intervals of time hold whatever the order within them: on seven grids of the registry and on 500
//! random sets.
#![allow(clippy::disallowed_methods, clippy::panic)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail as tests do"
)]

#[path = "federated_sites/mod.rs"]
mod federated_sites;
#[path = "../../../tests/fuzz/random.rs"]
#[allow(dead_code)]
mod random;

use cotside_core::federated::{Analysis, BoundedAt, Outcome, STANDARD_CELLS};
use federated_sites::{Sites, base, combined};
use random::Random;

const FIVE_YEARS: f64 = 1826.0;

/// Everything that has bounds, from cells with these ends.
fn on_grid(sites: &Sites, ends: Vec<f64>) -> Outcome {
    let mut design = base(sites);
    design.analyses = vec![Analysis::Km, Analysis::Cif, Analysis::Rmst, Analysis::Logrank];
    design.grid = ends;
    combined(design, sites)
}

fn lies(what: &str, found: f64, low: f64, high: f64, tolerance: f64) {
    assert!(
        low <= found + tolerance && found <= high + tolerance,
        "{what}: {found} is not in {low} to {high}"
    );
}

/// Holds the printed bounds of coarse cells against what the days give; returns the widest bounds of all patients' survival to
/// five years.
fn holds(name: &str, exact: &Outcome, coarse: &Outcome) -> f64 {
    let mut widest = 0.0_f64;
    let day = |at: &[BoundedAt], time: f64| at.iter().find(|at| at.time == time).copied().unwrap().survival;
    let (days, cells) = (exact.km.as_ref().unwrap(), coarse.km.as_ref().unwrap());
    assert_eq!(days.groups.len(), cells.groups.len());
    for (true_curve, curve) in days.groups.iter().zip(&cells.groups) {
        for at in &curve.at {
            let survival = day(&true_curve.at, at.time);
            lies(
                &format!("{name}: survival {at:?}"),
                survival,
                at.lower_bound,
                at.upper_bound,
                1e-12,
            );
            lies(
                &format!("{name}: estimate {at:?}"),
                at.survival,
                at.lower_bound,
                at.upper_bound,
                1e-12,
            );
            assert!(
                !at.exact || (at.survival - survival).abs() < 1e-9,
                "{name}: {at:?} {survival}"
            );
            if curve.group.is_none() && at.time <= FIVE_YEARS {
                widest = widest.max(at.upper_bound - at.lower_bound);
            }
        }
        // Means are compared up to the same end.
        let (mean, bounds) = (true_curve.rmst.unwrap(), curve.rmst.unwrap());
        if mean.tau == bounds.tau {
            lies(
                &format!("{name}: mean"),
                mean.estimate,
                bounds.lower_bound,
                bounds.upper_bound,
                1e-9,
            );
        }
    }
    let groups = |of: &Outcome| of.cif.clone().unwrap().groups;
    for (true_group, group) in groups(exact).iter().zip(groups(coarse)) {
        for (true_cause, cause) in true_group.causes.iter().zip(group.causes) {
            for at in cause.at {
                let found = true_cause.at.iter().find(|each| each.time == at.time).unwrap().estimate;
                lies(
                    &format!("{name}: incidence {at:?}"),
                    found,
                    at.lower_bound,
                    at.upper_bound,
                    1e-12,
                );
            }
        }
    }
    let test = |of: &Outcome| of.logrank.as_ref().and_then(|test| test.grid.clone());
    if let Some((true_test, test)) = test(exact).zip(test(coarse)) {
        for (g, &found) in true_test.difference.iter().enumerate() {
            lies(
                &format!("{name}: observed less expected {g}"),
                found,
                test.lower_bound[g],
                test.upper_bound[g],
                1e-9,
            );
        }
    }
    widest
}

#[test]
fn seven_grids_of_the_registry() {
    let last = 3653.0;
    let each = |step: f64| {
        (1..)
            .map(|at| f64::from(at) * step)
            .take_while(|&end| end < last)
            .chain([last])
            .collect()
    };
    let plan: Vec<f64> = STANDARD_CELLS.into_iter().chain([last]).collect();
    let grids: [(&str, Vec<f64>); 7] = [
        ("week", each(7.0)),
        ("month", each(30.0)),
        ("quarter", each(91.0)),
        ("half-year", each(183.0)),
        ("plan", plan),
        ("year", each(365.0)),
        ("two years", each(731.0)),
    ];
    let sites = Sites::read("registry", "s3");
    // The log-rank test looks at all events, so the days go on to the last one.
    assert!(sites.last_time() <= last * 2.0);
    let end = sites.last_time().max(last);
    let exact = on_grid(&sites, (0..=end as u32).map(f64::from).collect());
    let mut largest = 0.0;
    for (name, mut ends) in grids {
        if end > last {
            ends.push(end);
        }
        let widest = holds(name, &exact, &on_grid(&sites, ends));
        println!("{name}: bounds of survival to five years at most {widest:.4} apart");
        assert!(widest < 0.1, "{name}: {widest}");
        largest = widest.max(largest);
    }
    assert!(largest > 0.0, "coarse cells have bounds that differ");
}

#[test]
fn five_hundred_random_sets() {
    let mut random = Random::seeded(2_025);
    for set in 0..500 {
        let n = 8 + random.below(52);
        let rows: Vec<(f64, usize, usize)> = (0..n)
            .map(|_| (random.below(30) as f64, random.below(3), random.below(2)))
            .collect();
        let sites = Sites::of_rows(rows.into_iter());
        let width = 2 + random.below(10);
        let exact = on_grid(&sites, (0..=30).map(f64::from).collect());
        let ends = (1..=30_u8).filter(|day| usize::from(*day) % width == 0 || *day == 30);
        holds(
            &format!("set {set}"),
            &exact,
            &on_grid(&sites, ends.map(f64::from).collect()),
        );
    }
}

//! Properties of the curves and rank tests of all cohorts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::survival::{
    BandKind, Confidence, CurveVariance, FollowUp, Labels, RankWeight, Scale, SurvivalCurve, band, compare_at,
    difference_at, kaplan_meier, kaplan_meier_by, log_rank, permutation_test, restricted_mean_difference,
    reverse_kaplan_meier,
};
use proptest::prelude::*;

const SCALES: [Scale; 5] = [Scale::LogLog, Scale::Log, Scale::Plain, Scale::Logit, Scale::Arcsin];
const WEIGHTS: [RankWeight; 5] = [
    RankWeight::LogRank,
    RankWeight::Gehan,
    RankWeight::TaroneWare,
    RankWeight::Peto,
    RankWeight::FlemingHarrington { rho: 1.0, gamma: 0.5 },
];

#[derive(Debug, Clone)]
struct Row {
    entry: f64,
    time: f64,
    event: u32,
    weight: f64,
    group: usize,
}

/// Rows on a coarse grid of time, so that ties, emptied risk sets and groups without events come up.
fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let row =
        (0_u32..6, 1_u32..9, 0_u32..2, 1_u32..20, 0_usize..3).prop_map(|(entry, length, event, weight, group)| Row {
            entry: f64::from(entry),
            time: f64::from(entry + length),
            event,
            weight: f64::from(weight) / 4.0,
            group,
        });
    prop::collection::vec(row, 1..most)
}

fn column<T>(rows: &[Row], value: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

fn follow_up(rows: &[Row], entered: bool) -> FollowUp {
    let (time, event) = (column(rows, |row| row.time), column(rows, |row| row.event));
    if entered {
        FollowUp::with_entry(column(rows, |row| row.entry), time, event).unwrap()
    } else {
        FollowUp::new(time, event).unwrap()
    }
}

fn labels(rows: &[Row]) -> Labels {
    let names = ["a", "b", "c"];
    Labels {
        codes: column(rows, |row| row.group as u32),
        names: names.iter().map(ToString::to_string).collect(),
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn survival_never_rises_and_intervals_hold_it(rows in rows(40), entered: bool, weighted: bool) {
        let mut follow_up = follow_up(&rows, entered);
        if weighted {
            follow_up = follow_up.weighted(column(&rows, |row| row.weight)).unwrap();
        }
        for curve in [kaplan_meier(&follow_up), reverse_kaplan_meier(&follow_up)] {
            let survival = curve.survival();
            prop_assert!(survival.iter().all(|s| (0.0..=1.0).contains(s)));
            prop_assert!(survival.windows(2).all(|pair| pair[1] <= pair[0]));
            prop_assert!(curve.time().windows(2).all(|pair| pair[0] < pair[1]));
            let ended: f64 = curve.events().iter().chain(curve.censored()).sum();
            let all = follow_up.weight().map_or(rows.len() as f64, |weight| weight.iter().sum());
            prop_assert!(close(ended, all));
            for (step, &survival) in survival.iter().enumerate() {
                // R's standard error of a robust variance is 0 where survival is.
                let robust = curve.variance() == CurveVariance::Robust;
                prop_assert_eq!(curve.std_err(step).is_none(), survival == 0.0 && !robust);
                prop_assert!(curve.std_err(step).is_none_or(f64::is_finite));
                for scale in SCALES {
                    let confidence = Confidence::new(scale, 0.9).unwrap();
                    if let Some(interval) = curve.interval(step, confidence) {
                        let (low, high) = (interval.lower, interval.upper);
                        prop_assert!(0.0 <= low && low <= survival + 1e-12 && survival <= high + 1e-12 && high <= 1.0 + 1e-12);
                    }
                }
            }
            for quantile in curve.quantiles(&[0.25, 0.5, 0.75], Confidence::default()) {
                for time in [quantile.time, quantile.lower, quantile.upper].into_iter().flatten() {
                    prop_assert!(time >= 0.0 && time <= curve.time()[curve.len() - 1]);
                }
            }
            for tau in [0.5, 3.0, 50.0] {
                let mean = curve.restricted_mean(tau).unwrap();
                prop_assert!(mean.estimate >= 0.0 && mean.estimate <= tau + 1e-12 && mean.std_err.is_finite());
            }
            for kind in [BandKind::EqualPrecision] {
                if let Some(band) = band(&curve, kind, Scale::LogLog, 0.95, 0.0, 50.0) {
                    prop_assert!(band.quantile > 1.9 && band.from <= band.to);
                }
            }
        }
    }

    /// Fractional weights have no unit: intervals of both curves stay as they are where all are multiplied.
    #[test]
    fn a_robust_interval_does_not_depend_on_the_unit_of_the_weights(rows in rows(40), factor in 0.01_f64..50.0) {
        let weight: Vec<f64> = rows.iter().map(|row| row.weight + 0.3).collect();
        let with = |factor: f64| follow_up(&rows, false).weighted(weight.iter().map(|weight| weight * factor).collect()).unwrap();
        let (one, other) = (with(1.0), with(factor));
        for curve in [kaplan_meier, reverse_kaplan_meier] {
            let curves = [curve(&one), curve(&other)];
            prop_assume!(curves.iter().all(|curve| curve.variance() == CurveVariance::Robust));
            let [found, expected] = curves.each_ref().map(|curve| curve.quantiles(&[0.5], Confidence::default()));
            prop_assert_eq!(found, expected);
            for step in 0..curves[0].len() {
                let limits = |curve: &cotside_core::survival::SurvivalCurve| curve.interval(step, Confidence::default());
                match (limits(&curves[0]), limits(&curves[1])) {
                    (Some(found), Some(expected)) => {
                        prop_assert!(close(found.lower, expected.lower) && close(found.upper, expected.upper));
                    }
                    (found, expected) => prop_assert_eq!(found.is_none(), expected.is_none()),
                }
            }
        }
    }

    /// Every comparison of two estimates needs a variance of both, on every scale.
    #[test]
    fn a_test_exists_only_where_both_sides_have_a_variance(rows in rows(12), time in 0.0_f64..16.0) {
        let curves = kaplan_meier_by(&follow_up(&rows, false), &labels(&rows)).unwrap();
        let curves: Vec<_> = curves.iter().filter(|curve| !curve.is_empty()).collect();
        let confidence = Confidence::default();
        for (first, second) in curves.iter().flat_map(|first| curves.iter().map(move |second| (first, second))) {
            let at = |curve: &SurvivalCurve| curve.at(time, confidence).unwrap();
            let varies = |curve: &SurvivalCurve| at(curve).survival > 0.0 && at(curve).survival < 1.0;
            prop_assert_eq!(at(first).no_variance.is_none(), varies(first));
            let both = varies(first) && varies(second);
            for scale in SCALES {
                prop_assert_eq!(compare_at(first, second, time, scale).is_ok(), both);
            }
            match difference_at(first, second, time, confidence) {
                Err(why) => prop_assert_eq!((why.first, why.second), (!first.is_known_at(time), !second.is_known_at(time))),
                Ok(found) => {
                    prop_assert_eq!(found.test.is_ok(), both);
                    if let Ok(test) = found.test {
                        prop_assert!(test.std_err > 0.0 && test.interval.lower < test.interval.upper);
                        prop_assert!((0.0..=1.0).contains(&test.p));
                        // Interval and p agree.
                        let edge = (test.p - 0.05).abs() < 1e-12;
                        let inside = test.interval.lower <= 0.0 && 0.0 <= test.interval.upper;
                        prop_assert!(edge || (test.p > 0.05) == inside, "{test:?}");
                    }
                }
            }
            if time > 0.0 {
                let mean = |curve: &SurvivalCurve| curve.restricted_mean(time).unwrap();
                let (one, other) = (mean(first), mean(second));
                prop_assert_eq!(one.no_variance.is_some(), one.std_err == 0.0);
                let found = restricted_mean_difference(one, other, confidence);
                prop_assert_eq!(found.test.is_ok(), one.std_err > 0.0 && other.std_err > 0.0);
                prop_assert!(found.test.is_ok_and(|test| test.interval.lower < test.interval.upper) || found.test.is_err());
            }
        }
    }

    #[test]
    fn order_of_rows_does_not_matter(rows in rows(30), entered: bool, turn in 0_usize..30) {
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        let curves = |rows: &[Row]| kaplan_meier_by(&follow_up(rows, entered), &labels(rows)).unwrap();
        prop_assert_eq!(curves(&rows), curves(&turned));
        for weight in WEIGHTS {
            let test = |rows: &[Row]| log_rank(&follow_up(rows, entered), &labels(rows), None, weight).unwrap();
            prop_assert_eq!(test(&rows), test(&turned));
        }
    }

    #[test]
    fn doubled_rows_are_weights_of_two(rows in rows(30), entered: bool) {
        let doubled: Vec<Row> = rows.iter().chain(&rows).cloned().collect();
        let twice = kaplan_meier(&follow_up(&doubled, entered));
        let weighted = kaplan_meier(&follow_up(&rows, entered).weighted(vec![2.0; rows.len()]).unwrap());
        prop_assert_eq!(twice.at_risk(), weighted.at_risk());
        prop_assert_eq!(twice.events(), weighted.events());
        prop_assert_eq!(twice.survival(), weighted.survival());
        for step in 0..twice.len() {
            prop_assert_eq!(twice.std_err(step), weighted.std_err(step));
        }
    }

    /// Weights with fractions have no unit: estimates, standard errors, intervals, quantiles and means stay as they
    /// are.
    #[test]
    fn fractional_weights_have_no_unit(rows in rows(30), entered: bool, factor in 0.01_f64..100.0) {
        let weighted = |factor: f64| {
            let weights = column(&rows, |row| (row.weight + 0.1) * factor);
            kaplan_meier(&follow_up(&rows, entered).weighted(weights).unwrap())
        };
        let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1e-3),
            (a, b) => a == b,
        };
        let (curve, scaled) = (weighted(1.0), weighted(factor));
        prop_assert_eq!(curve.variance(), CurveVariance::Robust);
        for step in 0..curve.len() {
            prop_assert!(same(scaled.std_err(step), curve.std_err(step)));
        }
        for tau in [2.5, 6.0, 50.0] {
            let mean = |curve: &SurvivalCurve| curve.restricted_mean(tau).map(|mean| mean.std_err);
            prop_assert!(same(mean(&scaled), mean(&curve)));
        }
    }

    /// Equal weights are like no weights: the robust variance of right-censored rows is Greenwood's.
    #[test]
    fn equal_fractional_weights_give_the_variance_of_none(rows in rows(30)) {
        let plain = kaplan_meier(&follow_up(&rows, false));
        let equal = kaplan_meier(&follow_up(&rows, false).weighted(vec![0.75; rows.len()]).unwrap());
        for step in 0..plain.len() {
            if let (Some(greenwood), Some(robust)) = (plain.std_err(step), equal.std_err(step)) {
                prop_assert!(close(greenwood, robust), "{greenwood} {robust}");
            }
        }
    }

    #[test]
    fn scaling_time_changes_no_p(rows in rows(30), entered: bool, scale in 0.01_f64..100.0) {
        let mut scaled = rows.clone();
        for row in &mut scaled {
            row.entry *= scale;
            row.time *= scale;
        }
        for weight in WEIGHTS {
            let p = |rows: &[Row]| log_rank(&follow_up(rows, entered), &labels(rows), None, weight).unwrap().test;
            prop_assert_eq!(p(&rows), p(&scaled));
        }
        let survival = |rows: &[Row]| kaplan_meier(&follow_up(rows, entered)).survival().to_vec();
        prop_assert_eq!(survival(&rows), survival(&scaled));
    }

    #[test]
    fn tests_are_numbers_or_nothing(rows in rows(20), entered: bool) {
        let (follow_up, groups) = (follow_up(&rows, entered), labels(&rows));
        for weight in WEIGHTS {
            let test = log_rank(&follow_up, &groups, None, weight).unwrap();
            let events: f64 = test.groups.iter().map(|group| group.observed).sum();
            let expected: f64 = test.groups.iter().map(|group| group.expected).sum();
            prop_assert!(close(events, expected));
            for found in test.test.into_iter().chain(test.trend(&[1.0, 2.0, 3.0])) {
                prop_assert!(found.chi2 >= 0.0 && found.chi2.is_finite() && (0.0..=1.0).contains(&found.p));
            }
            // One stratum for all is none.
            let one = Labels::single(rows.len(), "all");
            prop_assert_eq!(log_rank(&follow_up, &groups, Some(&one), weight).unwrap(), test);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The permutation p compared with separate tests for every choice of the second group's rows.
    #[test]
    fn permutation_p_is_that_of_brute_enumeration(rows in rows(8), entered: bool, which in 0_usize..5) {
        let follow_up = follow_up(&rows, entered);
        let weight = WEIGHTS[which];
        let codes: Vec<u32> = rows.iter().map(|row| u32::from(row.group == 1)).collect();
        let names = vec!["a".to_owned(), "b".to_owned()];
        let chi2 = |codes: Vec<u32>| {
            let labels = Labels { codes, names: names.clone() };
            log_rank(&follow_up, &labels, None, weight).unwrap().test.map(|test| test.chi2)
        };
        let observed = chi2(codes.clone());
        let labels = Labels { codes: codes.clone(), names: names.clone() };
        let found = permutation_test(&follow_up, &labels, None, weight, 1, 1).unwrap();
        prop_assert_eq!(found.is_some(), observed.is_some());
        if let (Some(found), Some(observed)) = (found, observed) {
            let ones: u32 = codes.iter().sum();
            let all: Vec<f64> = (0_u32..1 << rows.len())
                .filter(|subset| subset.count_ones() == ones)
                .map(|subset| chi2((0..rows.len()).map(|row| subset >> row & 1).collect()).unwrap_or(0.0))
                .collect();
            let reached = all.iter().filter(|&&each| each >= observed * (1.0 - 1e-12) - 1e-15).count();
            prop_assert_eq!((found.assignments, found.reached), (all.len() as u64, reached as u64));
        }
    }
}

//! Laws of the competing-risks engine, over random follow-up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::survival::{
    Confidence, CumulativeIncidence, CureError, FineGrayEstimate, FineGrayWarning, FollowUp, IncidenceAt,
    IncidenceVariance, Interval, Labels, ParametricError, TimeDistribution, TransplantComparison, TransplantError,
    Transplants, causes, cumulative_incidence, cure_model, fine_gray, gray_test, kaplan_meier, parametric,
};
use proptest::prelude::*;

/// Time (coarse, so that there are ties), event, entry, weight, group, covariate.
type Row = (f64, u32, f64, f64, u32, f64);

fn rows(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Row>> {
    let row = (0_u32..25, 0_u32..4, 1_u32..12, 1_u32..6, 0_u32..3, -20_i32..20).prop_map(|row| {
        let time = f64::from(row.0) / 2.0;
        (
            time,
            row.1,
            time - f64::from(row.2) / 2.0,
            f64::from(row.3) / 3.0,
            row.4,
            f64::from(row.5) / 7.0,
        )
    });
    prop::collection::vec(row, n)
}

fn plain(rows: &[Row]) -> FollowUp {
    FollowUp::new(
        rows.iter().map(|row| row.0).collect(),
        rows.iter().map(|row| row.1).collect(),
    )
    .unwrap()
}

fn entered(rows: &[Row]) -> FollowUp {
    let entry = rows.iter().map(|row| row.2).collect();
    let made = FollowUp::with_entry(
        entry,
        rows.iter().map(|row| row.0).collect(),
        rows.iter().map(|row| row.1).collect(),
    );
    made.unwrap().weighted(rows.iter().map(|row| row.3).collect()).unwrap()
}

fn groups(rows: &[Row]) -> Labels {
    let names: Vec<String> = rows.iter().map(|row| row.4.to_string()).collect();
    Labels::of(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn single(follow_up: &FollowUp) -> CumulativeIncidence {
    let one = Labels::single(follow_up.len(), "");
    cumulative_incidence(follow_up, &one, IncidenceVariance::Jackknife)
        .unwrap()
        .remove(0)
}

fn close(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within * (1.0 + a.abs().max(b.abs()))
}

/// Weights at risk and of the events of each cause, time by time, from the definition.
fn at_risk_and_events(follow_up: &FollowUp, causes: &[u32], time: f64) -> (f64, Vec<f64>) {
    let weight = |row: usize| follow_up.weight().map_or(1.0, |weight| weight[row]);
    let is_in =
        |row: &usize| follow_up.time()[*row] >= time && follow_up.entry().is_none_or(|entry| entry[*row] < time);
    let n = 0..follow_up.len();
    let failed = |cause: u32, row: &usize| follow_up.time()[*row] == time && follow_up.event()[*row] == cause;
    (
        n.clone().filter(is_in).map(weight).sum(),
        causes
            .iter()
            .map(|&cause| n.clone().filter(|row| failed(cause, row)).map(weight).sum())
            .collect(),
    )
}

/// The jackknife of cause `k` by its definition, subject by subject: O(n · times).
fn jackknife(follow_up: &FollowUp, curve: &CumulativeIncidence, k: usize) -> Vec<f64> {
    let causes: Vec<u32> = curve.causes.iter().map(|each| each.cause).collect();
    let mut squares = vec![0.0; curve.time.len()];
    for row in 0..follow_up.len() {
        let weight = follow_up.weight().map_or(1.0, |weight| weight[row]);
        // The derivatives of S and F by this subject's weight.
        let (mut free, mut slope, mut influence) = (1.0, 0.0, 0.0);
        for (index, &time) in curve.time.iter().enumerate() {
            let (at_risk, events) = at_risk_and_events(follow_up, &causes, time);
            let here = follow_up.time()[row] >= time && follow_up.entry().is_none_or(|entry| entry[row] < time);
            let own = |cause: u32| {
                f64::from(u8::from(
                    here && follow_up.time()[row] == time && follow_up.event()[row] == cause,
                ))
            };
            let change = |cause: usize| {
                if here {
                    (own(causes[cause]) - events[cause] / at_risk) / at_risk
                } else {
                    0.0
                }
            };
            let total: f64 = events.iter().sum::<f64>() / at_risk;
            let total_change: f64 = (0..causes.len()).map(change).sum();
            influence += slope * events[k] / at_risk + free * change(k);
            slope = slope * (1.0 - total) - free * total_change;
            free = curve.event_free[index];
            squares[index] += weight * weight * influence * influence;
        }
    }
    squares.into_iter().map(f64::sqrt).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn incidences_and_survival_sum_to_one(rows in rows(1..60)) {
        for follow_up in [plain(&rows), entered(&rows)] {
            let curve = single(&follow_up);
            for index in 0..curve.time.len() {
                let sum: f64 = curve.causes.iter().map(|cause| cause.estimate[index]).sum();
                prop_assert!(close(sum + curve.event_free[index], 1.0, 1e-13));
            }
            for cause in &curve.causes {
                prop_assert!(cause.estimate.windows(2).all(|pair| pair[0] <= pair[1]));
                for (&estimate, &std_err) in cause.estimate.iter().zip(&cause.std_err) {
                    prop_assert!((0.0..=1.0 + 1e-12).contains(&estimate) && std_err.is_finite());
                    let at = IncidenceAt { at_risk: 1.0, estimate, std_err };
                    if let Some(Interval { lower, upper }) = at.interval(Confidence::default()) {
                        prop_assert!(lower <= estimate + 1e-12 && estimate <= upper + 1e-12 && upper <= 1.0);
                    }
                    // With a variance there is an interval of positive width.
                    let varies = estimate > 0.0 && estimate < 1.0 - 1e-12 && std_err > 0.0;
                    prop_assert_eq!(at.no_variance().is_none(), varies);
                    if varies {
                        prop_assert!(at.interval(Confidence::default()).is_some_and(|ends| ends.lower < ends.upper));
                    }
                }
            }
        }
    }

    #[test]
    fn one_cause_is_one_minus_kaplan_meier(rows in rows(1..60)) {
        let rows: Vec<Row> = rows.into_iter().map(|row| (row.0, row.1.min(1), row.2, row.3, row.4, row.5)).collect();
        let follow_up = entered(&rows);
        let curve = single(&follow_up);
        let mut survival = 1.0;
        let shared = kaplan_meier(&follow_up);
        prop_assert_eq!(shared.time(), &curve.time);
        for (index, &shared) in shared.survival().iter().enumerate() {
            prop_assert!(close(curve.event_free[index], shared, 1e-12));
        }
        for (index, &time) in curve.time.iter().enumerate() {
            let (at_risk, events) = at_risk_and_events(&follow_up, &[1], time);
            survival *= 1.0 - events[0] / at_risk;
            prop_assert!(close(curve.event_free[index], survival, 1e-12));
            if let Some(cause) = curve.causes.first() {
                prop_assert!(close(cause.estimate[index], 1.0 - survival, 1e-12));
            }
        }
    }

    #[test]
    fn the_jackknife_is_its_definition(rows in rows(1..30)) {
        for follow_up in [plain(&rows), entered(&rows)] {
            let curve = single(&follow_up);
            for (k, cause) in curve.causes.iter().enumerate() {
                let expected = jackknife(&follow_up, &curve, k);
                for (index, (&found, expected)) in cause.std_err.iter().zip(expected).enumerate() {
                    prop_assert!((found * found - expected * expected).abs() <= 1e-13, "{index} {found} {expected}");
                }
            }
        }
    }

    #[test]
    fn rows_twice_are_weights_of_two(rows in rows(1..40)) {
        let twice: Vec<Row> = rows.iter().chain(&rows).copied().collect();
        let once = plain(&rows);
        let heavy = once.clone().weighted(vec![2.0; rows.len()]).unwrap();
        let (once, twice, heavy) = (single(&once), single(&plain(&twice)), single(&heavy));
        prop_assert_eq!(&twice.at_risk, &heavy.at_risk);
        for (k, cause) in once.causes.iter().enumerate() {
            for index in 0..once.time.len() {
                prop_assert!(close(cause.estimate[index], twice.causes[k].estimate[index], 1e-13));
                prop_assert!(close(cause.estimate[index], heavy.causes[k].estimate[index], 1e-13));
                // Two patients alike halve the variance; one patient that weighs two does not.
                let variance = cause.std_err[index] * cause.std_err[index];
                let halved = twice.causes[k].std_err[index] * twice.causes[k].std_err[index];
                prop_assert!((variance - 2.0 * halved).abs() < 1e-13);
                let same = heavy.causes[k].std_err[index] * heavy.causes[k].std_err[index];
                prop_assert!((variance - same).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(2..60)) {
        let back: Vec<Row> = rows.iter().rev().copied().collect();
        let (one, other) = (single(&entered(&rows)), single(&entered(&back)));
        for (a, b) in one.causes.iter().zip(&other.causes) {
            prop_assert!(a.estimate.iter().zip(&b.estimate).all(|(a, b)| close(*a, *b, 1e-12)));
            prop_assert!(a.std_err.iter().zip(&b.std_err).all(|(a, b)| close(a * a, b * b, 1e-12)));
        }
        let strata = Labels::single(rows.len(), "");
        for cause in causes(&plain(&rows)) {
            let one = gray_test(&plain(&rows), &groups(&rows), &strata, cause);
            let other = gray_test(&plain(&back), &groups(&back), &strata, cause);
            match (one, other) {
                (Ok(a), Ok(b)) => prop_assert!(close(a.chi_square, b.chi_square, 1e-7), "{a:?} {b:?}"),
                (a, b) => prop_assert!(a.is_err() || b.is_err()),
            }
        }
    }

    #[test]
    fn gray_does_not_know_names_or_units(rows in rows(10..60), factor in 0.01..1000.0_f64) {
        let strata = Labels::single(rows.len(), "");
        let scaled: Vec<Row> = rows.iter().map(|row| (row.0 * factor, row.1, row.2, row.3, row.4, row.5)).collect();
        let renamed: Vec<Row> = rows.iter().map(|row| (row.0, row.1, row.2, row.3, (row.4 + 1) % 3, row.5)).collect();
        for cause in causes(&plain(&rows)) {
            let test = |rows: &[Row]| gray_test(&plain(rows), &groups(rows), &strata, cause);
            if let Ok(found) = test(&rows) {
                prop_assert!(found.p.is_finite() && (0.0..=1.0).contains(&found.p));
                prop_assert!(test(&scaled).is_ok_and(|other| close(other.p, found.p, 1e-9)));
                if let Ok(other) = test(&renamed) {
                    prop_assert!(close(other.chi_square, found.chi_square, 1e-6), "{found:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn fine_gray_knows_neither_units_nor_order(rows in rows(20..80), factor in 0.01..1000.0_f64) {
        let fit = |rows: &[Row], unit: f64| {
            let x = rows.iter().map(|row| row.5 * unit + 3.0).collect();
            fine_gray(&plain(rows), &[x], 1)
        };
        let back: Vec<Row> = rows.iter().rev().map(|row| (row.0 * factor, row.1, row.2, row.3, row.4, row.5)).collect();
        if let (Ok(one), Ok(other)) = (fit(&rows, 1.0), fit(&back, factor))
            && one.warnings.is_empty() && other.warnings.is_empty()
        {
            let (a, b) = (one.estimates[0].unwrap(), other.estimates[0].unwrap());
            prop_assert!(close(a.coef, b.coef * factor, 1e-8) && close(a.std_err, b.std_err * factor, 1e-8));
            prop_assert!(close(one.loglik, other.loglik, 1e-10));
        }
    }

    /// Rows censored before the first event of the cause are at risk at none: their values do not count.
    #[test]
    fn a_row_never_at_risk_does_not_matter_to_fine_gray(
        rows in rows(20..80), huge in prop_oneof![Just(99_999.0), Just(-1e8), Just(1e15), Just(1e200)],
    ) {
        let follow_up = plain(&rows);
        let events = rows.iter().filter(|row| row.1 == 1).map(|row| row.0);
        let first = events.fold(f64::INFINITY, f64::min);
        let fit = |value: f64| {
            let x = rows.iter().map(|row| if row.1 == 0 && row.0 < first { value } else { row.5 });
            fine_gray(&follow_up, &[x.collect()], 1)
        };
        prop_assert_eq!(fit(0.0), fit(huge));
    }

    /// A constant covariate is omitted, and the estimates of the others are those without it.
    #[test]
    fn a_constant_covariate_is_left_out(rows in rows(20..80), place in 0_usize..2) {
        let x: Vec<f64> = rows.iter().map(|row| row.5).collect();
        let mut both = vec![x.clone()];
        both.insert(place, vec![7.0; rows.len()]);
        let follow_up = plain(&rows);
        if let Ok(one) = fine_gray(&follow_up, std::slice::from_ref(&x), 1) && one.estimates[0].is_some() {
            let all = fine_gray(&follow_up, &both, 1).unwrap();
            prop_assert_eq!((all.estimates[1 - place], all.estimates[place]), (one.estimates[0], None));
            prop_assert_eq!(all.warnings[0], FineGrayWarning::Constant { covariate: place });
            prop_assert_eq!(all.incidence(5.0, &[0.5, 0.5]), one.incidence(5.0, &[0.5]));
        }
        let time = rows.iter().map(|row| row.0 + 0.5).collect();
        let follow_up = FollowUp::new(time, rows.iter().map(|row| row.1).collect()).unwrap();
        let one = parametric(&follow_up, &[x], TimeDistribution::Weibull);
        let all = parametric(&follow_up, &both, TimeDistribution::Weibull);
        prop_assert_eq!(all.as_ref().map(|all| &all.coefficients).ok(), one.as_ref().map(|one| &one.coefficients).ok());
        if let Ok(all) = all {
            prop_assert_eq!(all.kept, vec![1 - place]);
        }
    }

    /// A level without events has an infinite coefficient under every distribution, and all report it.
    #[test]
    fn a_level_without_events_is_named(rows in rows(20..60), many in 1_usize..6) {
        let time = rows.iter().map(|row| row.0 + 0.5).collect();
        let level: Vec<f64> = (0..rows.len()).map(|row| f64::from(u8::from(row < many))).collect();
        let event = rows.iter().enumerate().map(|(row, each)| if row < many { 0 } else { each.1 }).collect();
        let follow_up = FollowUp::new(time, event).unwrap();
        let x: Vec<f64> = rows.iter().map(|row| row.5).collect();
        for distribution in
            [TimeDistribution::Exponential, TimeDistribution::Weibull, TimeDistribution::LogNormal, TimeDistribution::LogLogistic]
        {
            if parametric(&follow_up, std::slice::from_ref(&x), distribution).is_ok() {
                let found = parametric(&follow_up, &[x.clone(), level.clone()], distribution);
                prop_assert_eq!(found.err(), Some(ParametricError::Separation { covariate: 1 }), "{:?}", distribution);
            }
        }
    }

    #[test]
    fn parametric_models_shift_with_the_unit_of_time(rows in rows(10..60), factor in 0.01..1000.0_f64) {
        let fit = |factor: f64, distribution| {
            let time = rows.iter().map(|row| (row.0 + 0.5) * factor).collect();
            let follow_up = FollowUp::new(time, rows.iter().map(|row| row.1).collect()).unwrap();
            parametric(&follow_up, &[rows.iter().map(|row| row.5).collect()], distribution)
        };
        for distribution in
            [TimeDistribution::Exponential, TimeDistribution::Weibull, TimeDistribution::LogNormal, TimeDistribution::LogLogistic]
        {
            if let (Ok(one), Ok(other)) = (fit(1.0, distribution), fit(factor, distribution)) {
                prop_assert!(close(one.coefficients[0] + libm::log(factor), other.coefficients[0], 1e-8));
                prop_assert!(close(one.coefficients[1], other.coefficients[1], 1e-8));
                prop_assert!(close(one.std_err[1], other.std_err[1], 1e-8));
                prop_assert!(one.loglik >= one.loglik_null - 1e-9);
            }
        }
    }

    /// Nothing panics, and no result is NaN.
    #[test]
    fn whatever_comes_in(
        time in prop::collection::vec(prop_oneof![0.0..10.0_f64, Just(0.0), Just(1e-300), Just(1e300), 0.0..1e-9_f64], 1..20),
        seed in prop::collection::vec((0_u32..4, prop_oneof![-1e3..1e3_f64, Just(0.0), Just(1e300), Just(-1e300)]), 20),
    ) {
        let event: Vec<u32> = seed.iter().take(time.len()).map(|each| each.0).collect();
        let x: Vec<f64> = seed.iter().take(time.len()).map(|each| each.1).collect();
        let follow_up = FollowUp::new(time.clone(), event.clone()).unwrap();
        for cause in single(&follow_up).causes {
            prop_assert!(cause.std_err.iter().chain(&cause.estimate).all(|value| value.is_finite()));
        }
        if let Ok(model) = fine_gray(&follow_up, std::slice::from_ref(&x), 1) {
            let finite = |each: &FineGrayEstimate| each.coef.is_finite() && each.std_err.is_finite();
            prop_assert!(model.estimates.iter().flatten().all(finite), "{model:?}");
            prop_assert!(model.loglik.is_finite() && model.score.p.is_finite());
        }
        for distribution in [TimeDistribution::Exponential, TimeDistribution::Weibull, TimeDistribution::LogNormal, TimeDistribution::LogLogistic] {
            if let Ok(model) = parametric(&follow_up, std::slice::from_ref(&x), distribution) {
                prop_assert!(model.coefficients.iter().chain(&model.std_err).all(|value| value.is_finite()), "{model:?}");
                prop_assert!(model.loglik.is_finite() && model.scale().is_finite(), "{model:?}");
            }
            match cure_model(&follow_up, std::slice::from_ref(&x), &[], distribution) {
                Ok(model) => {
                    let numbers = model.incidence.iter().chain(&model.latency);
                    prop_assert!(numbers.chain(&model.log_scale).all(|value| value.is_finite()), "{model:?}");
                    prop_assert!(model.std_err().is_none_or(|all| all.iter().all(|value| value.is_finite())), "{model:?}");
                }
                Err(CureError::DelayedEntry) => prop_assert!(false),
                Err(_) => {}
            }
        }
        let waits = seed.iter().zip(&time).map(|(each, &time)| (each.0 > 1).then(|| time * f64::from(each.0 - 1) / 2.0));
        let patients = Transplants::new(time.clone(), event, waits.collect());
        prop_assert!(!matches!(patients, Err(TransplantError::Length | TransplantError::NoRows)));
        if let Ok(patients) = patients {
            for comparison in [TransplantComparison::MantelByar, TransplantComparison::Landmark(2.0)] {
                if let Ok(test) = patients.compare(comparison) {
                    prop_assert!(test.chi_square.is_finite() && test.p.is_finite());
                    prop_assert!(close(test.observed.iter().sum(), test.expected.iter().sum(), 1e-12));
                }
            }
        }
    }
}

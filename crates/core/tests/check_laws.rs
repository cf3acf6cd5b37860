//! Properties of the checker for all numbers: nothing fails, no result is infinite, and numbers that were computed from
//! each other and then rounded are consistent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::evidence::check::{
    PrintedP, StandardErrorVerdict, Verdict, check_count, check_hazard_ratio, check_interval, check_median,
    check_percent, check_standard_error, check_weighted_mean,
};
use cotside_core::evidence::{Printed, compare, published};
use cotside_core::survival::{Confidence, FollowUp, Scale, kaplan_meier, normal_two_sided};
use proptest::prelude::*;

/// A number as it would be printed.
fn rounded(value: f64, places: u8) -> Printed {
    Printed::read(&format!("{value:.*}", usize::from(places))).unwrap()
}

fn any_printed() -> impl Strategy<Value = Printed> {
    (prop::num::f64::NORMAL | prop::num::f64::ZERO, 0_u8..12)
        .prop_map(|(value, places)| Printed::new(value, places).unwrap())
}

const SCALES: [Scale; 5] = [Scale::LogLog, Scale::Log, Scale::Plain, Scale::Logit, Scale::Arcsin];

proptest! {
    /// Greenwood's standard error of any censored sample is never called too small for its n, at any time.
    #[test]
    fn a_kaplan_meier_error_is_never_too_small(
        rows in prop::collection::vec((1_u32..60, prop::bool::weighted(0.5)), 2..60),
        places in 0_u8..4,
    ) {
        let time = rows.iter().map(|row| f64::from(row.0)).collect();
        let event = rows.iter().map(|row| u32::from(row.1)).collect();
        let curve = kaplan_meier(&FollowUp::new(time, event).unwrap());
        for (step, &survival) in curve.survival().iter().enumerate() {
            let Some(error) = curve.std_err(step) else { continue };
            let (estimate, error) = (rounded(100.0 * survival, places), rounded(100.0 * error, places));
            let found = check_standard_error(rows.len() as u32, estimate, error).unwrap();
            prop_assert!(found.verdict() != Verdict::DoesNotFollow, "{found:?}");
        }
    }

    /// An interval computed on a scale and rounded follows on that scale, from its standard error and from its n.
    #[test]
    fn computed_intervals_follow(count in 1_u32..200, more in 1_u32..200, scale in 0_usize..5, places in 0_u8..3) {
        let n = count + more;
        let share = f64::from(count) / f64::from(n);
        let error = (share * (1.0 - share) / f64::from(n)).sqrt();
        let interval = Confidence::new(SCALES[scale], 0.95).unwrap().interval(share, error / share).unwrap();
        let percent = |value: f64| rounded(100.0 * value, places);
        let ends = (percent(interval.lower), percent(interval.upper));
        let estimate = percent(share);
        prop_assume!((0.0..100.0).contains(&estimate.value()) && estimate.value() > 0.0);
        for given in [None, Some(percent(error))] {
            let found = check_interval(estimate, ends, given, Some(n), 0.95).unwrap();
            prop_assert!(found.followed().any(|fit| fit.scale == SCALES[scale]), "{found:?}");
            prop_assert_eq!(found.verdict(), Verdict::Follows);
        }
    }

    /// A Wald interval and its p, rounded, follow from each other.
    #[test]
    fn computed_ratios_follow(log in -2.0..2.0_f64, error in 0.05..1.5_f64, places in 2_u8..4) {
        let at = |reach: f64| rounded(libm::exp(log + reach * 1.959_963_984_540_054 * error), places);
        let p = rounded(normal_two_sided(log / error), places);
        prop_assume!(at(-1.0).value() > 0.0);
        let found = check_hazard_ratio(at(0.0), (at(-1.0), at(1.0)), Some(PrintedP::Equal(p)), 0.95).unwrap();
        prop_assert!(found.centred && found.p_follows == Some(true), "{found:?}");
        prop_assert!(found.agree_on_one != Some(false));
    }

    /// A rounded share follows from its count, and the count is among those of its percentage.
    #[test]
    fn rounded_shares_follow(count in 0_u32..300, more in 0_u32..300, places in 0_u8..3) {
        let total = count + more;
        prop_assume!(total > 0);
        let percent = rounded(100.0 * f64::from(count) / f64::from(total), places);
        prop_assert_eq!(check_count(count, total, percent).unwrap().verdict(), Verdict::Follows);
        let found = check_percent(percent, total).unwrap();
        prop_assert!(found.counts.contains(&count) || found.counts.len() >= 12, "{found:?}");
    }

    /// A rate of few patients, all followed, is recognised.
    #[test]
    fn counts_of_few_are_recognised(count in 0_u32..16, more in 1_u32..15) {
        let total = count + more;
        let share = f64::from(count) / f64::from(total);
        let error = (share * (1.0 - share) / f64::from(total)).sqrt();
        let found = check_standard_error(total, rounded(100.0 * share, 1), rounded(100.0 * error, 1)).unwrap();
        prop_assert!(matches!(found.verdict, StandardErrorVerdict::OfAll(of) if of.count == count), "{found:?}");
    }

    /// No numbers make a check panic or give an infinite result.
    #[test]
    fn any_numbers(
        a in any_printed(), b in any_printed(), c in any_printed(), d in any_printed(),
        n in any::<u32>(), k in any::<u32>(), level in prop::num::f64::ANY,
        values in prop::collection::vec(prop::num::f64::ANY, 0..6),
    ) {
        if let Some(found) = check_standard_error(n, a, b) {
            prop_assert!(found.binomial.is_finite() && found.ratio.is_none_or(f64::is_finite));
            prop_assert!(found.effective_n.is_none_or(f64::is_finite));
        }
        if let Some(found) = check_interval(a, (b, c), Some(d), Some(n), level) {
            for fit in &found.scales {
                prop_assert!(fit.from_lower.is_none_or(f64::is_finite) && fit.from_upper.is_none_or(f64::is_finite));
            }
        }
        if let Some(found) = check_hazard_ratio(a, (b, c), Some(PrintedP::Equal(d)), level) {
            prop_assert!(found.std_err.is_finite() && found.z.is_finite() && found.centre.is_finite());
            prop_assert!(found.p_range.low.is_finite() && found.p_range.high.is_finite());
        }
        if let Some(found) = check_median(a, (b, c), &values) {
            prop_assert!(found.midpoint.is_finite() && found.median_of_values.is_none_or(f64::is_finite));
        }
        if let Some(found) = check_weighted_mean(&[(n, a), (k, b)], c) {
            prop_assert!(found.mean.is_finite());
        }
        let _ = check_count(k, n, a);
        let _ = check_percent(a, n);
    }

    /// Any two rows of the table can be compared; turned round, the difference changes its sign.
    #[test]
    fn any_two_rows(first in 0_usize..198, second in 0_usize..198, binomial: bool) {
        let rows = &published().estimates;
        let one = compare(&rows[first], &rows[second], binomial, 0.95).unwrap();
        let other = compare(&rows[second], &rows[first], binomial, 0.95).unwrap();
        prop_assert_eq!(one.plain.map(|found| found.estimate), other.plain.map(|found| -found.estimate));
        prop_assert_eq!(one.cautions.len(), other.cautions.len());
        if let Some(found) = one.plain {
            prop_assert!(found.std_err > 0.0 && found.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }
    }
}

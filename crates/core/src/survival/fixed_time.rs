//! Comparison of survival at one fixed time (Klein, Logan, Harhoff and Andersen 2007).

use super::{ChiSquare, Confidence, Difference, NoVariance, NotTested, Scale, SurvivalCurve, normal_two_sided};

/// Which of two curves are not known at a time: the curve ends before it, with survival above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a curve ends before this time with survival above 0")]
pub struct NotFollowed {
    /// True if the first curve is not known.
    pub first: bool,
    /// True if the second curve is not known.
    pub second: bool,
}

/// Tests that two independent curves agree at `time`: the squared difference of Ŝ on a scale, divided by the sum of its
/// variances there, as chi-square on one degree of freedom.
///
/// Scale by scale these are the paper's tests; [`Scale::LogLog`] keeps its nominal level best in small samples;
/// [`Scale::Plain`] is the naive test. O(log n).
///
/// ```
/// use cotside_core::survival::{FollowUp, Scale, compare_at, kaplan_meier};
///
/// // Survival at 6 years, two groups of five. R: s <- summary(survfit(Surv(time, event) ~ group), times = 6,
/// //   extend = TRUE); v <- (s$std.err/s$surv)^2/log(s$surv)^2; diff(log(-log(s$surv)))^2/sum(v)
/// let high = FollowUp::new(vec![1.0, 4.0, 4.0, 6.0, 8.0], vec![1, 1, 0, 1, 1]).unwrap();
/// let low = FollowUp::new(vec![3.0, 7.0, 9.0, 11.0, 12.0], vec![1, 0, 1, 0, 1]).unwrap();
/// let test = compare_at(&kaplan_meier(&high), &kaplan_meier(&low), 6.0, Scale::LogLog).unwrap();
/// assert!((test.chi2 - 1.971_541_024_17).abs() < 1e-10 && (test.p - 0.160_284_385_913).abs() < 1e-10);
/// ```
///
/// # Errors
/// [`NotTested`] where Ŝ of a curve is 1 or 0 there, on every scale: the curve has no variance, and the test would
/// depend on the other curve alone.
pub fn compare_at(
    first: &SurvivalCurve,
    second: &SurvivalCurve,
    time: f64,
    scale: Scale,
) -> Result<ChiSquare, NotTested> {
    match (on_scale(first, time, scale), on_scale(second, time, scale)) {
        (Ok((one, its_variance)), Ok((other, other_variance))) => {
            let gap = one - other;
            Ok(ChiSquare::new(gap * gap / (its_variance + other_variance), 1))
        }
        (one, other) => Err(NotTested {
            first: one.err(),
            second: other.err(),
        }),
    }
}

/// Returns Ŝ on a scale and its variance there.
fn on_scale(curve: &SurvivalCurve, time: f64, scale: Scale) -> Result<(f64, f64), NoVariance> {
    let step = curve.step_at(time).ok_or(NoVariance::NoEvent)?;
    let log_std_err = curve.log_std_err(step).ok_or(NoVariance::AllEvents)?;
    let (value, slope) = scale.transform(curve.survival()[step]).ok_or(NoVariance::NoEvent)?;
    let std_err = slope * log_std_err;
    if std_err == 0.0 {
        return Err(NoVariance::NoEvent);
    }
    Ok((value, std_err * std_err))
}

/// Returns the difference of two independent curves at `time`, first less second, with the curves' variances and a
/// normal interval; `p` is that of [`compare_at`] on the plain scale, so that it is below 1 − level if and only if the
/// interval excludes 0. O(log n).
///
/// ```
/// use cotside_core::survival::{Confidence, FollowUp, NoVariance, difference_at, kaplan_meier};
///
/// let curve = |time: [f64; 4], event: [u32; 4]| kaplan_meier(&FollowUp::new(time.to_vec(), event.to_vec()).unwrap());
/// // Three quarters alive against half, without censoring: variances 3/64 and 4/64.
/// let (many, few) = (curve([1.0, 9.0, 9.0, 9.0], [1, 0, 0, 0]), curve([1.0, 2.0, 9.0, 9.0], [1, 1, 0, 0]));
/// let found = difference_at(&many, &few, 5.0, Confidence::default()).unwrap();
/// assert_eq!((found.estimate, found.test.map(|test| test.std_err)), (0.25, Ok((7.0_f64 / 64.0).sqrt())));
/// // Against four survivors there is a difference, but it has no standard error.
/// let all = curve([9.0; 4], [0; 4]);
/// let found = difference_at(&all, &few, 5.0, Confidence::default()).unwrap();
/// assert_eq!(found.estimate, 0.5);
/// assert_eq!(found.test.map_err(|why| (why.first, why.second)), Err((Some(NoVariance::NoEvent), None)));
/// ```
///
/// # Errors
/// [`NotFollowed`] where a curve is not known at `time`.
pub fn difference_at(
    first: &SurvivalCurve,
    second: &SurvivalCurve,
    time: f64,
    confidence: Confidence,
) -> Result<Difference, NotFollowed> {
    let at = |curve: &SurvivalCurve| {
        let found = curve.at(time, confidence).filter(|_| curve.is_known_at(time))?;
        Some((found.survival, found.spread().map(|(std_err, _)| std_err * std_err)))
    };
    match (at(first), at(second)) {
        (Some(one), Some(other)) => {
            let p = |estimate: f64, std_err: f64| Ok(normal_two_sided(estimate / std_err));
            Ok(Difference::of(one, other, confidence, p))
        }
        (one, other) => Err(NotFollowed {
            first: one.is_none(),
            second: other.is_none(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{FollowUp, kaplan_meier};

    /// Ten each without censoring; 8 and 4 alive at 5: plain (0.4)²/(0.016 + 0.024) = 4.
    #[test]
    fn by_hand() {
        let dying = |deaths: usize| {
            let time = (0..10).map(|row| if row < deaths { 1.0 + row as f64 / 10.0 } else { 9.0 });
            let event = (0..10).map(|row| u32::from(row < deaths));
            kaplan_meier(&FollowUp::new(time.collect(), event.collect()).unwrap())
        };
        let (many, few) = (dying(2), dying(6));
        let plain = compare_at(&many, &few, 5.0, Scale::Plain).unwrap();
        assert!((plain.chi2 - 4.0).abs() < 1e-12);
        let log_log = compare_at(&many, &few, 5.0, Scale::LogLog).unwrap();
        let (a, b) = (libm::log(0.8), libm::log(0.4));
        let gap = libm::log(a / b);
        let variance = 0.2 / 8.0 / (a * a) + 0.6 / 4.0 / (b * b);
        assert!((log_log.chi2 - gap * gap / variance).abs() < 1e-12);
        let difference = difference_at(&many, &few, 5.0, Confidence::default()).unwrap();
        // 0.8 − 0.4 with variances 0.016 and 0.024.
        let test = difference.test.unwrap();
        assert!((difference.estimate - 0.4).abs() < 1e-12 && (test.std_err - 0.2).abs() < 1e-12);
        assert!((test.interval.lower - (0.4 - 1.959_963_984_540_054 * 0.2)).abs() < 1e-12);
        assert!((test.p - plain.p).abs() < 1e-14 && test.p < 0.05 && test.interval.lower > 0.0);
        let late = difference_at(&many, &few, 9.5, Confidence::default());
        let both = NotFollowed {
            first: true,
            second: true,
        };
        assert_eq!(late, Err(both));
    }

    /// All pairs of: nobody has had the event, some have, everybody has.
    #[test]
    fn where_one_side_has_no_variance_there_is_no_test_on_any_scale() {
        let of = |time: [f64; 4], event: [u32; 4]| kaplan_meier(&FollowUp::new(time.to_vec(), event.to_vec()).unwrap());
        let none = (of([7.0; 4], [0; 4]), Some(NoVariance::NoEvent));
        let censored_before = (of([1.0, 7.0, 7.0, 7.0], [0; 4]), Some(NoVariance::NoEvent));
        let some = (of([1.0, 2.0, 7.0, 7.0], [1, 1, 0, 0]), None);
        let all = (of([1.0, 2.0, 3.0, 4.0], [1; 4]), Some(NoVariance::AllEvents));
        let at_once = (of([1.0; 4], [1; 4]), Some(NoVariance::AllEvents));
        let sides = [none, censored_before, some, all, at_once];
        for (first, first_lacks) in &sides {
            for (second, second_lacks) in &sides {
                let why = NotTested {
                    first: *first_lacks,
                    second: *second_lacks,
                };
                let tested = first_lacks.is_none() && second_lacks.is_none();
                for scale in [Scale::LogLog, Scale::Log, Scale::Plain, Scale::Logit, Scale::Arcsin] {
                    let found = compare_at(first, second, 5.0, scale);
                    assert_eq!(found.map(|_| ()), if tested { Ok(()) } else { Err(why) }, "{scale:?}");
                }
                let found = difference_at(first, second, 5.0, Confidence::default()).unwrap();
                assert_eq!(found.test.map(|_| ()), if tested { Ok(()) } else { Err(why) });
                let mean = |curve: &SurvivalCurve| curve.restricted_mean(5.0).unwrap();
                let found =
                    crate::survival::restricted_mean_difference(mean(first), mean(second), Confidence::default());
                assert_eq!(
                    found.test.is_ok(),
                    mean(first).no_variance.or(mean(second).no_variance).is_none()
                );
            }
        }
    }
}

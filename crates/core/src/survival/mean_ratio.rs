//! The ratio of two restricted mean survival times.

use super::{Confidence, Difference, DifferenceTest, Interval, NotTested, RestrictedMean, normal_two_sided};

/// A ratio of two independent restricted means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanRatio {
    /// First mean divided by the second.
    pub estimate: f64,
    /// Standard error of the logarithm of the ratio, interval of the ratio, test of a ratio of 1; or why there are none.
    pub test: Result<DifferenceTest, NotTested>,
}

/// Returns the ratio of two restricted means of independent groups (first by second) with the interval and the test of
/// its logarithm, of which the variance is σ₁²/μ₁² + σ₂²/μ₂² (delta method), as R's `survRM2::rmst2` has it; there is
/// no test where one of the means has no variance. `None` where a mean is not above 0.
///
/// ```
/// use cotside_core::survival::{Confidence, FollowUp, kaplan_meier, restricted_mean_ratio};
///
/// // Two groups of five infants, restricted to 8 years. R: print(survfit(Surv(time, event) ~ group), rmean = 8) has the
/// // means 5.2 (SE 1.15412304) and 7.0 (SE 0.89442719); log(5.2/7), sqrt((1.15412304/5.2)^2 + (0.89442719/7)^2).
/// let high = FollowUp::new(vec![1.0, 4.0, 4.0, 6.0, 8.0], vec![1, 1, 0, 1, 1]).unwrap();
/// let low = FollowUp::new(vec![3.0, 7.0, 9.0, 11.0, 12.0], vec![1, 0, 1, 0, 1]).unwrap();
/// let mean = |group| kaplan_meier(group).restricted_mean(8.0).unwrap();
/// let found = restricted_mean_ratio(mean(&high), mean(&low), Confidence::default()).unwrap();
/// let test = found.test.unwrap();
/// assert!((found.estimate - 5.2 / 7.0).abs() < 1e-12);
/// assert!((test.std_err - 0.256_099_366_735).abs() < 1e-9 && (test.p - 0.245_768_705_644).abs() < 1e-9);
/// assert!((test.interval.lower - 0.449_689_893_769).abs() < 1e-9 && (test.interval.upper - 1.227_149_514_232).abs() < 1e-9);
/// ```
#[must_use]
pub fn restricted_mean_ratio(
    first: RestrictedMean,
    second: RestrictedMean,
    confidence: Confidence,
) -> Option<MeanRatio> {
    if !(first.estimate > 0.0 && second.estimate > 0.0) {
        return None;
    }
    let on_log = |mean: RestrictedMean| {
        let relative = mean.std_err / mean.estimate;
        let variance = mean.no_variance.map_or(Ok(relative * relative), Err);
        (libm::log(mean.estimate), variance)
    };
    let found = Difference::of(on_log(first), on_log(second), confidence, |estimate, std_err| {
        Ok(normal_two_sided(estimate / std_err))
    });
    Some(MeanRatio {
        estimate: first.estimate / second.estimate,
        test: found.test.map(|test| DifferenceTest {
            interval: Interval {
                lower: libm::exp(test.interval.lower),
                upper: libm::exp(test.interval.upper),
            },
            ..test
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{FollowUp, NoVariance, kaplan_meier};

    fn mean(time: &[f64], event: &[u32], tau: f64) -> RestrictedMean {
        let curve = kaplan_meier(&FollowUp::new(time.to_vec(), event.to_vec()).unwrap());
        curve.restricted_mean(tau).unwrap()
    }

    /// Turning the ratio over turns its interval over, and leaves the test.
    #[test]
    fn a_ratio_turned_over() {
        let one = mean(&[1.0, 2.0, 5.0, 6.0], &[1, 1, 0, 1], 4.0);
        let other = mean(&[2.0, 3.0, 4.0, 6.0], &[1, 0, 1, 1], 4.0);
        let found = restricted_mean_ratio(one, other, Confidence::default()).unwrap();
        let turned = restricted_mean_ratio(other, one, Confidence::default()).unwrap();
        let (test, back) = (found.test.unwrap(), turned.test.unwrap());
        assert!((found.estimate * turned.estimate - 1.0).abs() < 1e-14);
        assert!((test.interval.lower * back.interval.upper - 1.0).abs() < 1e-14);
        assert_eq!(test.p, back.p);
        assert!(test.interval.lower < found.estimate && found.estimate < test.interval.upper);
    }

    #[test]
    fn without_a_variance_or_a_mean_above_0() {
        let some = mean(&[1.0, 2.0, 5.0], &[1, 0, 1], 4.0);
        let nobody = mean(&[5.0, 6.0], &[0, 0], 4.0);
        let found = restricted_mean_ratio(nobody, some, Confidence::default()).unwrap();
        assert!(found.estimate > 1.0);
        let why = found.test.unwrap_err();
        assert_eq!((why.first, why.second), (Some(NoVariance::NoEvent), None));
        // Everybody has the event at time 0.
        let at_once = mean(&[0.0, 0.0], &[1, 1], 4.0);
        assert_eq!(at_once.estimate, 0.0);
        assert_eq!(restricted_mean_ratio(some, at_once, Confidence::default()), None);
        assert_eq!(restricted_mean_ratio(at_once, some, Confidence::default()), None);
    }
}

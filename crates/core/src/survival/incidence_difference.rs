//! Difference of the cumulative incidences of two groups at one time.

use super::{Confidence, CumulativeIncidence, Difference, NotFollowed, normal_two_sided};

/// Returns the difference of the incidences of a cause (by its index in `causes`) in two independent groups at `time`, first
/// less second. The variance is the sum of the two of the curves, whichever they have; the interval is the normal one, and
/// `p` that of the difference over its standard error. O(log n).
///
/// ```
/// use cotside_core::survival::{
///     Confidence, FollowUp, IncidenceVariance, Labels, cumulative_incidence, incidence_difference,
/// };
///
/// // R: s <- summary(survfit(Surv(time, factor(cause, 0:2)) ~ group), times = 6, extend = TRUE)
/// //    diff(rev(s$pstate[, 2])); sqrt(sum(s$std.err[, 2]^2))
/// let time = vec![1.0, 4.0, 4.0, 6.0, 8.0, 3.0, 5.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 0, 1, 0, 2, 1, 1, 2, 0]).unwrap();
/// let groups = Labels::of(&["high", "high", "high", "high", "high", "low", "low", "low", "low", "low"]);
/// let curves = cumulative_incidence(&follow_up, &groups, IncidenceVariance::Jackknife).unwrap();
/// let found = incidence_difference(&curves[0], &curves[1], 0, 6.0, Confidence::default()).unwrap();
/// assert!((found.estimate - 0.5).abs() < 1e-10);
/// assert!((found.test.unwrap().std_err - 0.298_328_677_804).abs() < 1e-10);
/// ```
///
/// # Errors
/// [`NotFollowed`] where a curve is not known at `time`, or has no such cause.
pub fn incidence_difference(
    first: &CumulativeIncidence,
    second: &CumulativeIncidence,
    cause: usize,
    time: f64,
    confidence: Confidence,
) -> Result<Difference, NotFollowed> {
    let at = |curve: &CumulativeIncidence| {
        let found = curve.at(cause, time).filter(|_| curve.is_known_at(time))?;
        let variance = found.std_err * found.std_err;
        Some((found.estimate, found.no_variance().map_or(Ok(variance), Err)))
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
    use crate::survival::{FollowUp, IncidenceVariance, Labels, NoVariance, NotTested, cumulative_incidence};

    fn curve(time: [f64; 4], event: [u32; 4]) -> CumulativeIncidence {
        let follow_up = FollowUp::new(time.to_vec(), event.to_vec()).unwrap();
        let groups = Labels::single(4, "");
        cumulative_incidence(&follow_up, &groups, IncidenceVariance::Jackknife)
            .unwrap()
            .remove(0)
    }

    /// Without censoring an incidence is a proportion: 2/4 and 1/4 with variances p(1 − p)/4.
    #[test]
    fn proportions_by_hand() {
        let (two, one) = (
            curve([1.0, 2.0, 3.0, 9.0], [1, 1, 2, 0]),
            curve([1.0, 2.0, 3.0, 9.0], [1, 2, 2, 0]),
        );
        let found = incidence_difference(&two, &one, 0, 4.0, Confidence::default()).unwrap();
        let test = found.test.unwrap();
        assert!((found.estimate - 0.25).abs() < 1e-15);
        assert!((test.std_err - (7.0_f64 / 64.0).sqrt()).abs() < 1e-14);
        assert!((test.interval.upper - 0.25 - 1.959_963_984_540_054 * test.std_err).abs() < 1e-14);
    }

    #[test]
    fn a_group_without_a_variance_or_follow_up_has_no_test() {
        let (some, none) = (
            curve([1.0, 2.0, 3.0, 9.0], [1, 2, 1, 0]),
            curve([5.0, 6.0, 7.0, 8.0], [1, 2, 0, 0]),
        );
        let found = incidence_difference(&some, &none, 0, 4.0, Confidence::default()).unwrap();
        let why = NotTested {
            first: None,
            second: Some(NoVariance::NoEvent),
        };
        assert_eq!((found.estimate, found.test), (0.5, Err(why)));
        let late = incidence_difference(&some, &none, 0, 8.5, Confidence::default());
        assert_eq!(
            late,
            Err(NotFollowed {
                first: false,
                second: true
            })
        );
        let unknown = incidence_difference(&some, &none, 7, 4.0, Confidence::default());
        assert_eq!(
            unknown,
            Err(NotFollowed {
                first: true,
                second: true
            })
        );
    }
}

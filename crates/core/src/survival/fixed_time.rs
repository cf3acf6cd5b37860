//! Comparison of survival at one fixed time (Klein, Logan, Harhoff and Andersen 2007).

use super::{ChiSquare, Confidence, Difference, Interval, Scale, SurvivalCurve, normal_two_sided};

/// Tests that two independent curves agree at `time`: the squared difference of Ŝ on a scale, divided by the sum of its
/// variances there, as chi-square on one degree of freedom.
///
/// Scale by scale these are the paper's tests; [`Scale::LogLog`] keeps its level best in small samples,
/// [`Scale::Plain`] is the naive one. `None` where a curve has no rows, or Ŝ is 0 or 1 on a scale that is infinite
/// there, or the variance is 0. O(log n).
#[must_use]
pub fn compare_at(first: &SurvivalCurve, second: &SurvivalCurve, time: f64, scale: Scale) -> Option<ChiSquare> {
    let on_scale = |curve: &SurvivalCurve| {
        if curve.is_empty() || time.is_nan() {
            return None;
        }
        let (survival, log_std_err) = match curve.step_at(time) {
            None => (1.0, 0.0),
            Some(step) => (curve.survival()[step], curve.log_std_err(step)?),
        };
        let (value, slope) = scale.transform(survival)?;
        let std_err = slope * log_std_err;
        Some((value, std_err * std_err))
    };
    let ((one, its_variance), (other, other_variance)) = (on_scale(first)?, on_scale(second)?);
    let variance = its_variance + other_variance;
    let gap = one - other;
    (variance > 0.0).then(|| ChiSquare::new(gap * gap / variance, 1))
}

/// The difference of two independent curves at `time`, first less second, with Greenwood's variances and a normal
/// interval; `p` is that of [`compare_at`] on the log(−log) scale where it exists there, else on the plain one.
///
/// `None` where a curve has no rows, has ended before `time`, or where the difference has no variance. O(log n).
#[must_use]
pub fn difference_at(
    first: &SurvivalCurve,
    second: &SurvivalCurve,
    time: f64,
    confidence: Confidence,
) -> Option<Difference> {
    let at = |curve: &SurvivalCurve| {
        let found = curve.at(time, confidence)?;
        (*curve.time().last()? >= time).then_some((found.survival, found.std_err?))
    };
    let ((one, its_error), (other, other_error)) = (at(first)?, at(second)?);
    let std_err = (its_error * its_error + other_error * other_error).sqrt();
    let estimate = one - other;
    let reach = confidence.z() * std_err;
    (std_err > 0.0).then(|| Difference {
        estimate,
        std_err,
        interval: Interval {
            lower: estimate - reach,
            upper: estimate + reach,
        },
        p: Some(
            compare_at(first, second, time, Scale::LogLog).map_or(normal_two_sided(estimate / std_err), |test| test.p),
        ),
    })
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
        assert!((difference.estimate - 0.4).abs() < 1e-12 && (difference.std_err - 0.2).abs() < 1e-12);
        assert!((difference.interval.lower - (0.4 - 1.959_963_984_540_054 * 0.2)).abs() < 1e-12);
        assert_eq!(difference.p, Some(log_log.p));
        assert_eq!(difference_at(&many, &few, 9.5, Confidence::default()), None);
        assert_eq!(difference_at(&many, &few, 0.5, Confidence::default()), None);
        assert_eq!(compare_at(&many, &few, 0.5, Scale::LogLog), None);
        assert_eq!(compare_at(&many, &few, 0.5, Scale::Plain), None);
    }
}

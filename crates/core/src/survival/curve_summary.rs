//! Summaries of a survival curve: values at given times, quantiles, restricted mean, conditional survival.

use super::follow_up::snapped;
use super::{Confidence, CurveVariance, Difference, Interval, NoVariance, Scale, SurvivalCurve, normal_two_sided};

/// Probabilities that differ by less than this count as equal: `tolerance` of R's `quantile.survfit`.
const SAME_PROBABILITY: f64 = 1.490_116_119_384_765_6e-8;

/// A survival curve at a given time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtTime {
    /// The requested time, in the unit of the follow-up.
    pub time: f64,
    /// Weight at risk at the first step at or after that time; 0 after the last step.
    pub at_risk: f64,
    /// Estimated survival probability Ŝ.
    pub survival: f64,
    /// Standard error of Ŝ. Where Ŝ is 0 it is `None`, or 0 as in R for a robust variance.
    pub std_err: Option<f64>,
    /// Confidence interval, where R has one; from 1 to 1 before the first event, where `no_variance` is given.
    pub interval: Option<Interval>,
    /// Why there is no variance, and so no meaningful interval.
    pub no_variance: Option<NoVariance>,
    /// True if the curve ends before this time with Ŝ above 0, so that the last value is carried forward.
    pub carried_on: bool,
}

/// A quantile of survival time with its Brookmeyer–Crowley interval; each part exists where the curve, or the end of
/// its intervals, reaches 1 − p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The fraction with the event, from 0 to 1.
    pub p: f64,
    /// The time by which this fraction has had the event.
    pub time: Option<f64>,
    /// Lower end of the interval of the time.
    pub lower: Option<f64>,
    /// Upper end of the interval of the time.
    pub upper: Option<f64>,
}

/// A restricted mean survival time, in the unit of the follow-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The horizon τ to which the mean is restricted.
    pub tau: f64,
    /// Area under Ŝ from the start to τ, plus the start.
    pub estimate: f64,
    /// Its standard error; 0, as in R, where `no_variance` is given.
    pub std_err: f64,
    /// Why there is no variance: no event before τ, or everybody at risk has the event at one time.
    pub no_variance: Option<NoVariance>,
    /// True if the curve ends before τ with Ŝ above 0, so that the last value is carried forward.
    pub carried_on: bool,
}

/// Conditional survival: survival to a time of those who are event-free at an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditional {
    /// The estimate Ŝ(to)/Ŝ(from).
    pub survival: f64,
    /// Its standard error; `None` where the estimate is 0.
    pub std_err: Option<f64>,
    /// Its confidence interval, where there is one.
    pub interval: Option<Interval>,
}

impl AtTime {
    /// Returns standard error and interval, or why there are none. Unlike R it never returns those of a variance of 0.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, NoVariance, kaplan_meier};
    ///
    /// // R: summary(survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1, conf.type = "log-log"), times = 3)
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
    /// let (std_err, interval) = curve.at(3.0, Confidence::default()).unwrap().spread().unwrap();
    /// assert!((std_err - 0.248_253_156_334).abs() < 1e-11);
    /// assert!((interval.lower - 0.068_332_087_847).abs() < 1e-11 && (interval.upper - 0.863_071_182_739).abs() < 1e-11);
    /// // Before the first event R has a standard error of 0 and an interval from 1 to 1.
    /// assert_eq!(curve.at(0.5, Confidence::default()).unwrap().spread(), Err(NoVariance::NoEvent));
    /// ```
    ///
    /// # Errors
    /// [`NoVariance`].
    pub fn spread(&self) -> Result<(f64, Interval), NoVariance> {
        match (self.no_variance, self.std_err, self.interval) {
            (None, Some(std_err), Some(interval)) => Ok((std_err, interval)),
            (why, ..) => Err(why.unwrap_or(NoVariance::AllEvents)),
        }
    }
}

impl Conditional {
    /// Returns standard error and interval, or why there are none: nobody has the event between the two times, or
    /// everybody at risk has. R has an interval from 1 to 1 for the former.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, NoVariance, kaplan_meier};
    ///
    /// // R: summary(survfit(Surv(c(4, 5), c(1, 0)) ~ 1), times = 3): of those who pass 3, nobody has the event by 3.5.
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 4.0, 5.0], vec![1, 1, 1, 0]).unwrap());
    /// let of = |to| curve.conditional(3.0, to, Confidence::default()).unwrap();
    /// assert_eq!((of(3.5).survival, of(3.5).spread()), (1.0, Err(NoVariance::NoEvent)));
    /// // By hand: one event of two, 1/2 with a standard error of √(1/8).
    /// assert!((of(4.5).spread().unwrap().0 - 0.125_f64.sqrt()).abs() < 1e-12);
    /// ```
    ///
    /// # Errors
    /// [`NoVariance`].
    pub fn spread(&self) -> Result<(f64, Interval), NoVariance> {
        match (self.std_err, self.interval) {
            (Some(std_err), Some(interval)) if std_err > 0.0 && self.survival > 0.0 => Ok((std_err, interval)),
            (Some(std_err), _) if std_err <= 0.0 && self.survival > 0.0 => Err(NoVariance::NoEvent),
            _ => Err(NoVariance::AllEvents),
        }
    }
}

impl SurvivalCurve {
    /// Returns the curve at `time`, as R's `summary(survfit, times = time, extend = TRUE)`: Ŝ steps at a time itself;
    /// before the first step Ŝ and both ends are 1; after the last time the last values hold and nobody is at risk.
    /// Unlike in R a time that differs from that of a step only by floating-point noise is that step's. `None` for a
    /// curve without rows or a time that is not a number. O(log n).
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, kaplan_meier};
    ///
    /// // Four infants, in years. By hand: 3/4 at 1 year; 3/4 · 1/2 at 3 years, when two were left.
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 0, 1, 0]).unwrap());
    /// let three = curve.at(3.0, Confidence::default()).unwrap();
    /// assert_eq!((three.at_risk, three.survival, three.carried_on), (2.0, 0.375, false));
    /// // At 5 years nobody was followed any more.
    /// let five = curve.at(5.0, Confidence::default()).unwrap();
    /// assert_eq!((five.at_risk, five.survival, five.carried_on), (0.0, 0.375, true));
    /// ```
    #[must_use]
    pub fn at(&self, time: f64, confidence: Confidence) -> Option<AtTime> {
        if self.is_empty() || time.is_nan() {
            return None;
        }
        let asked = snapped(self.time(), time);
        let next = self.time().partition_point(|&each| each < asked);
        let at_risk = self.at_risk().get(next).copied().unwrap_or(0.0);
        let one = Interval { lower: 1.0, upper: 1.0 };
        let (survival, std_err, interval) = match self.step_at(time) {
            None => (1.0, Some(0.0), Some(one)),
            Some(step) => (
                self.survival()[step],
                self.std_err(step),
                self.interval(step, confidence),
            ),
        };
        Some(AtTime {
            time,
            at_risk,
            survival,
            std_err,
            interval,
            no_variance: match std_err {
                _ if survival <= 0.0 => Some(NoVariance::AllEvents),
                None => Some(NoVariance::AllEvents),
                Some(std_err) => (std_err <= 0.0).then_some(NoVariance::NoEvent),
            },
            carried_on: survival > 0.0 && self.ends_before(time),
        })
    }

    /// True if nobody was followed until `time`.
    fn ends_before(&self, time: f64) -> bool {
        self.time().last().is_none_or(|&last| last < snapped(self.time(), time))
    }

    /// True if the curve is known at `time`: somebody was followed until then, or everybody has had the event.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, kaplan_meier};
    ///
    /// let censored_last = kaplan_meier(&FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap());
    /// assert!(censored_last.is_known_at(2.0) && !censored_last.is_known_at(3.0));
    /// // Where the last patient has the event, survival is 0 from then on.
    /// let event_last = kaplan_meier(&FollowUp::new(vec![1.0, 2.0], vec![1, 1]).unwrap());
    /// assert!(event_last.is_known_at(3.0));
    /// ```
    #[must_use]
    pub fn is_known_at(&self, time: f64) -> bool {
        !self.is_empty() && (!self.ends_before(time) || self.survival().last().is_some_and(|&last| last <= 0.0))
    }

    /// Returns the interval at a step; `None` where R has NA ([`Confidence::interval`]). At Ŝ = 0 the plain interval of
    /// a robust variance is from 0 to 0, as in R.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, kaplan_meier};
    ///
    /// // R: survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1, conf.type = "log-log"), first step
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
    /// let interval = curve.interval(0, Confidence::default()).unwrap();
    /// assert!((interval.lower - 0.203_809_263_268).abs() < 1e-11 && (interval.upper - 0.969_179_788_867).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn interval(&self, step: usize, confidence: Confidence) -> Option<Interval> {
        let robust = self.variance() == CurveVariance::Robust;
        if robust && confidence.scale() == Scale::Plain && self.survival().get(step) == Some(&0.0) {
            return Some(Interval { lower: 0.0, upper: 0.0 });
        }
        confidence.interval(*self.survival().get(step)?, self.log_std_err(step)?)
    }

    /// Returns the times by which the fractions `p` have had the event, with the interval that inverts the pointwise
    /// intervals (Brookmeyer and Crowley 1982), as R's `quantile(survfit, probs = p)`: the first time with Ŝ ≤ 1 − p;
    /// where Ŝ equals 1 − p within 1.5e-8 over a period, its midpoint (up to the last time, where the curve ends
    /// there). O(n) for each fraction.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, kaplan_meier};
    ///
    /// // R: quantile(survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1, conf.type = "log-log"), c(0.25, 0.5))
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
    /// let found = curve.quantiles(&[0.25, 0.5], Confidence::default());
    /// assert_eq!((found[0].time, found[0].lower, found[0].upper), (Some(3.0), Some(1.0), Some(4.0)));
    /// assert_eq!((found[1].time, found[1].lower, found[1].upper), (Some(4.0), Some(1.0), None));
    /// ```
    #[must_use]
    pub fn quantiles(&self, p: &[f64], confidence: Confidence) -> Vec<Quantile> {
        let intervals: Vec<Option<Interval>> = (0..self.len()).map(|step| self.interval(step, confidence)).collect();
        let failed = |ends: &dyn Fn(usize) -> Option<f64>| -> Vec<Option<f64>> {
            (0..self.len()).map(|step| ends(step).map(|end| 1.0 - end)).collect()
        };
        let estimate = failed(&|step| Some(self.survival()[step]));
        let low = failed(&|step| intervals[step].map(|interval| interval.lower));
        let high = failed(&|step| intervals[step].map(|interval| interval.upper));
        let least = p.iter().copied().fold(f64::INFINITY, f64::min);
        let time = |failed: &[Option<f64>], p: f64| self.first_time(failed, p, least);
        p.iter()
            .map(|&p| Quantile {
                p,
                time: time(&estimate, p),
                lower: time(&low, p),
                upper: time(&high, p),
            })
            .collect()
    }

    /// Applies R's `survival:::findq` to one fraction; `least` is the smallest requested fraction.
    fn first_time(&self, failed: &[Option<f64>], p: f64, least: f64) -> Option<f64> {
        if !(p > 0.0 && p < 1.0) || failed.iter().flatten().all(|&each| each < least) {
            return None;
        }
        // The first (or, on a limit that is not monotone, the lowest) value at or above p, with the tolerance.
        let reached = |tolerance: f64| {
            let mut best: Option<(f64, f64)> = (tolerance >= p).then_some((0.0, self.start()));
            for (value, &time) in failed.iter().zip(self.time()) {
                if let Some(value) = *value
                    && value + tolerance >= p
                    && best.is_none_or(|(lowest, _)| value < lowest)
                {
                    best = Some((value, time));
                }
            }
            best.map(|(_, time)| time)
        };
        let start = reached(SAME_PROBABILITY)?;
        let last_time = *self.time().last()?;
        if last_distinct(failed).is_some_and(|last| (p - last).abs() < SAME_PROBABILITY) {
            return Some(f64::midpoint(start, last_time));
        }
        Some(f64::midpoint(start, reached(-SAME_PROBABILITY)?))
    }

    /// Returns the mean survival time restricted to τ: the area under Ŝ up to τ; its variance is Σ over t_j ≤ τ of
    /// (area from t_j to τ)²·d_j/(n_j(n_j − d_j)), with 0 for the term at which Ŝ becomes 0, as R's `print(survfit,
    /// rmean = tau)` (`survival:::survmean`). Where the variance of the curve is robust, so is this one: √Σ (wᵢ·rᵢ)²
    /// over R's `residuals(fit, times = tau, type = "auc")`; `survmean` of survival 3.5 keeps Greenwood's, which then
    /// depends on the unit of the weights. `None` for a curve without rows, or a τ that is not finite or not after the
    /// start, or so large that the variance overflows. O(n).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, NoVariance, kaplan_meier};
    ///
    /// // One of two dies at 1: the area to 3 is 1 + 2 · 1/2, its variance 1² · 1/(2 · 1).
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 4.0], vec![1, 0]).unwrap());
    /// let mean = curve.restricted_mean(3.0).unwrap();
    /// assert_eq!((mean.estimate, mean.std_err, mean.no_variance), (2.0, 0.5_f64.sqrt(), None));
    /// // Before 1 nobody has died: the mean is τ itself and has no variance.
    /// let mean = curve.restricted_mean(0.5).unwrap();
    /// assert_eq!((mean.estimate, mean.no_variance), (0.5, Some(NoVariance::NoEvent)));
    /// ```
    #[must_use]
    pub fn restricted_mean(&self, tau: f64) -> Option<RestrictedMean> {
        let last = *self.time().last()?;
        if !(tau.is_finite() && tau > self.start()) {
            return None;
        }
        let steps = self.time().partition_point(|&time| time <= tau);
        let (mut area, mut variance, mut right) = (0.0, 0.0, tau);
        let mut areas = vec![0.0; self.len()];
        for step in (0..steps).rev() {
            area += self.survival()[step] * (right - self.time()[step]);
            areas[step] = area;
            let (at_risk, events) = (self.at_risk()[step], self.events()[step]);
            if at_risk > events {
                variance += area * area * events / (at_risk * (at_risk - events));
            }
            right = self.time()[step];
        }
        if let Some(influence) = self.influence() {
            variance = influence.variance(|step| areas[step]);
        }
        let (estimate, std_err) = (area + right, variance.sqrt());
        let before = self.time().partition_point(|&time| time < tau);
        let has_event = self.events()[..before].iter().any(|&events| events > 0.0);
        let no_variance = match has_event {
            _ if std_err > 0.0 => None,
            true => Some(NoVariance::AllEvents),
            false => Some(NoVariance::NoEvent),
        };
        (estimate.is_finite() && std_err.is_finite()).then(|| RestrictedMean {
            tau,
            estimate,
            std_err,
            no_variance,
            carried_on: snapped(self.time(), tau) > last
                && self.survival().last().is_some_and(|&survival| survival > 0.0),
        })
    }

    /// Returns the survival to `to` of those who are event-free at `from`: Ŝ(to)/Ŝ(from). The variance of its logarithm
    /// is the part of Greenwood's sum (or of the robust influences) over `(from, to]`, as in `survfit` of the subjects
    /// with time > `from`, entered there. `None` where nobody is event-free at `from`, where `to` is before `from`, or
    /// for a curve without rows.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, kaplan_meier};
    ///
    /// // R: survfit(Surv(rep(1, 4), c(2, 3, 4, 5), c(0, 1, 1, 0)) ~ 1, conf.type = "log-log") at 3: of those who pass 1
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
    /// let found = curve.conditional(1.0, 3.0, Confidence::default()).unwrap();
    /// assert!((found.survival - 2.0 / 3.0).abs() < 1e-12);
    /// assert!((found.std_err.unwrap() - 0.272_165_526_976).abs() < 1e-11);
    /// assert!((found.interval.unwrap().lower - 0.054_073_426_787).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn conditional(&self, from: f64, to: f64, confidence: Confidence) -> Option<Conditional> {
        if self.is_empty() || from.is_nan() || to.is_nan() || to < from {
            return None;
        }
        let value = |time| match self.step_at(time) {
            None => (1.0, Some(0.0)),
            Some(step) => (self.survival()[step], self.log_std_err(step)),
        };
        let ((reached, before), (survival, after)) = (value(from), value(to));
        if reached <= 0.0 {
            return None;
        }
        let survival = survival / reached;
        let (first, last) = (self.step_at(from), self.step_at(to));
        let between = |step: usize| f64::from(first < Some(step) && Some(step) <= last);
        let log_std_err = match (before, after, self.influence()) {
            (Some(_), Some(_), Some(influence)) => Some(influence.variance(between).sqrt()),
            (Some(before), Some(after), None) => Some((after * after - before * before).max(0.0).sqrt()),
            _ => None,
        };
        Some(Conditional {
            survival,
            std_err: log_std_err.map(|error| error * survival),
            interval: log_std_err.and_then(|error| confidence.interval(survival, error)),
        })
    }
}

/// Returns the last value after removal of repeated values, as R does before it looks at the end; `None` where it does
/// not exist.
fn last_distinct(failed: &[Option<f64>]) -> Option<f64> {
    // Values rise, or do not exist at the two ends (Ŝ = 1 and Ŝ = 0); only a second gap is removed.
    let last = *failed.last()?;
    let first_gap = failed.iter().position(Option::is_none);
    let last_value = failed.iter().rposition(Option::is_some);
    match (last, first_gap, last_value) {
        (None, Some(gap), Some(value)) if gap < value => failed[value],
        (last, ..) => last,
    }
}

/// Returns the difference of two restricted means of independent groups (first less second), √(σ₁² + σ₂²), normal test
/// on the plain scale; there is no test where one of them has no variance.
///
/// ```
/// use cotside_core::survival::{Confidence, FollowUp, kaplan_meier, restricted_mean_difference};
///
/// // Two groups of five infants, restricted to 8 years. R: print(survfit(Surv(time, event) ~ group), rmean = 8)
/// // has the means 5.2 (SE 1.15412304) and 7.0 (SE 0.89442719).
/// let high = FollowUp::new(vec![1.0, 4.0, 4.0, 6.0, 8.0], vec![1, 1, 0, 1, 1]).unwrap();
/// let low = FollowUp::new(vec![3.0, 7.0, 9.0, 11.0, 12.0], vec![1, 0, 1, 0, 1]).unwrap();
/// let mean = |group| kaplan_meier(group).restricted_mean(8.0).unwrap();
/// let found = restricted_mean_difference(mean(&high), mean(&low), Confidence::default());
/// let test = found.test.unwrap();
/// assert!((found.estimate + 1.8).abs() < 1e-12);
/// assert!((test.std_err - 1.460_136_979_876).abs() < 1e-10);
/// assert!((test.interval.lower + 4.661_815_893_051).abs() < 1e-10 && (test.p - 0.217_664_926_232).abs() < 1e-10);
/// ```
#[must_use]
pub fn restricted_mean_difference(first: RestrictedMean, second: RestrictedMean, confidence: Confidence) -> Difference {
    let side = |mean: RestrictedMean| {
        let variance = mean.no_variance.map_or(Ok(mean.std_err * mean.std_err), Err);
        (mean.estimate, variance)
    };
    Difference::of(side(first), side(second), confidence, |estimate, std_err| {
        Ok(normal_two_sided(estimate / std_err))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{FollowUp, kaplan_meier};

    fn curve(time: &[f64], event: &[u32]) -> SurvivalCurve {
        kaplan_meier(&FollowUp::new(time.to_vec(), event.to_vec()).unwrap())
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-14, "{found} {expected}");
    }

    /// S is 1 to 1, 3/4 to 2, 1/2 to 3, 1/4 to 4, then 0. The mean to 2.5 is 1 + 0.75 + 0.25.
    #[test]
    fn by_hand() {
        let curve = curve(&[1.0, 2.0, 3.0, 4.0], &[1; 4]);
        let mean = curve.restricted_mean(2.5).unwrap();
        close(mean.estimate, 2.0);
        // Areas to 2.5: from 1 on 1, from 2 on 1/4; hazards 1/(4·3) and 1/(3·2).
        close(mean.std_err, (1.0 / 12.0 + 0.0625 / 6.0_f64).sqrt());
        let quantiles = curve.quantiles(&[0.25, 0.5, 0.6], Confidence::default());
        // Flat at exactly 3/4 from 1 to 2.
        let times: Vec<_> = quantiles.iter().map(|quantile| quantile.time).collect();
        assert_eq!(times, [Some(1.5), Some(2.5), Some(3.0)]);
        let conditional = curve.conditional(1.0, 3.0, Confidence::default()).unwrap();
        close(conditional.survival, 1.0 / 3.0);
        close(
            conditional.std_err.unwrap(),
            (1.0 / 3.0) * (1.0 / 6.0 + 1.0 / 2.0_f64).sqrt(),
        );
        assert_eq!(curve.conditional(4.0, 5.0, Confidence::default()), None);
        assert!(!curve.restricted_mean(9.0).unwrap().carried_on);
    }

    #[test]
    fn a_time_is_met_within_noise() {
        let curve = curve(&[0.1 + 0.2, 0.7, 0.1 * 9.0], &[1, 1, 0]);
        for (asked, survival, at_risk) in [(0.3, 2.0 / 3.0, 3.0), (0.9, 1.0 / 3.0, 1.0), (0.2999, 1.0, 3.0)] {
            let found = curve.at(asked, Confidence::default()).unwrap();
            close(found.survival, survival);
            assert_eq!((found.time, found.at_risk, found.carried_on), (asked, at_risk, false));
        }
        assert!(curve.is_known_at(0.9 + 1e-12) && !curve.is_known_at(0.91));
    }

    #[test]
    fn before_the_first_step_and_after_the_last() {
        let curve = curve(&[1.0, 2.0], &[1, 0]);
        let before = curve.at(0.5, Confidence::default()).unwrap();
        assert_eq!((before.at_risk, before.survival, before.std_err), (2.0, 1.0, Some(0.0)));
        assert_eq!(before.interval.map(|interval| interval.lower), Some(1.0));
        let behind = curve.at(9.0, Confidence::default()).unwrap();
        assert_eq!((behind.at_risk, behind.survival), (0.0, 0.5));
        assert!(curve.restricted_mean(9.0).unwrap().carried_on);
        assert_eq!(curve.restricted_mean(0.0), None);
        assert_eq!(SurvivalCurve::default().at(1.0, Confidence::default()), None);
    }
}

//! The cumulative hazard (Nelson–Aalen), and the survival derived from it.

use super::{Confidence, Interval, SurvivalCurve};

/// How events at one time share the risk set: `ctype` of R's `survfit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HazardTies {
    /// All events against the whole risk set, d/n: Nelson–Aalen (`ctype = 1`).
    #[default]
    NelsonAalen,
    /// One after the other, 1/n + 1/(n − 1) + …: Fleming–Harrington (`ctype = 2`).
    FlemingHarrington,
}

/// The cumulative hazard at one step of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HazardStep {
    /// Time of the step, in the unit of the follow-up.
    pub time: f64,
    /// Cumulative hazard Λ̂.
    pub hazard: f64,
    /// Its standard error (Aalen; also called Tsiatis'): √Σ d/n², or its form for the second treatment of ties.
    pub std_err: f64,
    /// e^(−Λ̂), the Breslow or Fleming–Harrington estimate of survival.
    pub survival: f64,
    /// The interval of that survival; `None` as in [`Confidence::interval`].
    pub interval: Option<Interval>,
}

impl HazardStep {
    /// Returns the interval of the cumulative hazard that belongs to that of e^(−Λ̂): the ends −log of its ends, so that
    /// the scale of survival decides (log-log: symmetric in log Λ, log: in Λ itself). `None` where the interval of
    /// survival does not exist or reaches 0.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, HazardTies, cumulative_hazard, kaplan_meier};
    ///
    /// // R: f <- survfit(Surv(c(1, 2, 2, 4), c(1, 1, 1, 0)) ~ 1, stype = 2, ctype = 1, conf.type = "log-log"), step 2:
    /// //   -log(f$upper), -log(f$lower); by hand 11/12·exp(∓1.96·0.533593686/(11/12)).
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 2.0, 4.0], vec![1, 1, 1, 0]).unwrap());
    /// let steps = cumulative_hazard(&curve, HazardTies::NelsonAalen, Confidence::default());
    /// let interval = steps[1].hazard_interval().unwrap();
    /// assert!((interval.lower - 0.292_903_893_888).abs() < 1e-10 && (interval.upper - 2.868_783_226_557).abs() < 1e-10);
    /// ```
    #[must_use]
    pub fn hazard_interval(&self) -> Option<Interval> {
        let interval = self.interval.filter(|interval| interval.lower > 0.0)?;
        // −log 1 is 0, not −0.
        let hazard = |survival: f64| -libm::log(survival) + 0.0;
        Some(Interval {
            lower: hazard(interval.upper),
            upper: hazard(interval.lower),
        })
    }
}

/// Returns the cumulative hazard at each step of a curve: R's `survfit(..., stype = 2, ctype = 1 or 2)`. D rows with
/// events of weight d in all: Σ d/n with variance Σ d/n²; or, for ties one after the other, the sum over k = 0 … D − 1
/// of (d/D)/(n − k·d/D), and of (d/D)/(n − k·d/D)². Variances are those of case weights (`robust = FALSE`), also where
/// the variance of the curve is robust. O(number of rows).
///
/// ```
/// use cotside_core::survival::{Confidence, FollowUp, HazardTies, cumulative_hazard, kaplan_meier};
///
/// // One event of four at 1, two of three at 2. By hand: 1/4 + 2/3, or 1/4 + 1/3 + 1/2 with the ties one by one.
/// // R: survfit(Surv(c(1, 2, 2, 4), c(1, 1, 1, 0)) ~ 1, stype = 2, ctype = 1)[c("cumhaz", "std.chaz")], or ctype = 2
/// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 2.0, 4.0], vec![1, 1, 1, 0]).unwrap());
/// let at_two = |ties| cumulative_hazard(&curve, ties, Confidence::default())[1];
/// let together = at_two(HazardTies::NelsonAalen);
/// assert!((together.hazard - 11.0 / 12.0).abs() < 1e-12 && (together.std_err - 0.533_593_686_453).abs() < 1e-11);
/// let one_by_one = at_two(HazardTies::FlemingHarrington);
/// assert!((one_by_one.hazard - 13.0 / 12.0).abs() < 1e-12 && (one_by_one.std_err - 0.650_854_139_659).abs() < 1e-11);
/// ```
#[must_use]
pub fn cumulative_hazard(curve: &SurvivalCurve, ties: HazardTies, confidence: Confidence) -> Vec<HazardStep> {
    let (mut hazard, mut variance) = (0.0, 0.0);
    (0..curve.len())
        .map(|step| {
            let (at_risk, events, rows) = (curve.at_risk()[step], curve.events()[step], curve.event_rows()[step]);
            let rows = match ties {
                HazardTies::NelsonAalen => rows.min(1),
                HazardTies::FlemingHarrington => rows,
            };
            let share = events / f64::from(rows.max(1));
            for k in 0..rows {
                let left = at_risk - f64::from(k) * share;
                hazard += share / left;
                variance += share / (left * left);
            }
            let survival = libm::exp(-hazard);
            HazardStep {
                time: curve.time()[step],
                hazard,
                std_err: variance.sqrt(),
                survival,
                interval: confidence.interval(survival, variance.sqrt()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{FollowUp, kaplan_meier};

    /// Four at risk, two die at 1, one of the other two at 2: 2/4 + 1/2, or 1/4 + 1/3 + 1/2.
    #[test]
    fn by_hand() {
        let curve = kaplan_meier(&FollowUp::new(vec![1.0, 1.0, 2.0, 3.0], vec![1, 1, 1, 0]).unwrap());
        let last = |ties| cumulative_hazard(&curve, ties, Confidence::default())[2];
        assert_eq!(last(HazardTies::NelsonAalen).hazard, 1.0);
        let error = (2.0 / 16.0 + 1.0 / 4.0_f64).sqrt();
        assert!((last(HazardTies::NelsonAalen).std_err - error).abs() < 1e-15);
        assert!((last(HazardTies::FlemingHarrington).hazard - 13.0 / 12.0).abs() < 1e-15);
    }
}

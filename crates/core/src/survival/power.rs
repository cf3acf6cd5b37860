//! Sample size and power: the log-rank test (Schoenfeld, Freedman), survival at one time in one group.

use super::{normal_lower, normal_quantile};

/// Level and power of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// Significance level: probability of a type I error, over both sides where the test is two-sided.
    pub alpha: f64,
    /// Power: probability of rejecting the hypothesis if the effect is real, from 0 to 1.
    pub power: f64,
    /// One-sided or two-sided.
    pub sides: Sides,
}

/// Whether a test is one-sided or two-sided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// One-sided.
    One,
    /// Two-sided.
    Two,
}

/// Formula for the number of events of a log-rank test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventsFormula {
    /// (z_α + z_β)²/(π(1 − π)(log HR)²): Schoenfeld 1981, 1983.
    Schoenfeld,
    /// (z_α + z_β)²(1 + r·HR)²/(r(1 − HR)²), r = π/(1 − π): Freedman 1982.
    Freedman,
}

/// A trial of two groups, compared by the log-rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoGroups {
    /// Hazard of the second group over that of the first; above 0 and not 1.
    pub hazard_ratio: f64,
    /// Proportion of subjects in the second group, between 0 and 1.
    pub second: f64,
    /// Formula for the number of events.
    pub formula: EventsFormula,
}

impl Sides {
    pub(super) fn quantile(self, alpha: f64) -> f64 {
        match self {
            Self::One => normal_quantile(1.0 - alpha),
            Self::Two => normal_quantile(1.0 - alpha / 2.0),
        }
    }
}

impl Demand {
    /// Returns z_α + z_β; `None` where α or the power is not between 0 and 1, or the power does not exceed α.
    pub(super) fn distance(self) -> Option<f64> {
        let between = |x: f64| x > 0.0 && x < 1.0;
        let distance = self.sides.quantile(self.alpha) + normal_quantile(self.power);
        (between(self.alpha) && between(self.power) && self.power > self.alpha && distance > 0.0).then_some(distance)
    }
}

impl TwoGroups {
    /// Returns the contribution of one event to (z_α + z_β)².
    fn worth(self) -> Option<f64> {
        let Self {
            hazard_ratio: ratio,
            second,
            formula,
        } = self;
        if !(ratio > 0.0 && ratio.is_finite() && ratio != 1.0 && second > 0.0 && second < 1.0) {
            return None;
        }
        Some(match formula {
            EventsFormula::Schoenfeld => {
                let log = libm::log(ratio);
                second * (1.0 - second) * log * log
            }
            EventsFormula::Freedman => {
                let r = second / (1.0 - second);
                let part = (1.0 - ratio) / (1.0 + r * ratio);
                r * part * part
            }
        })
    }

    /// Returns the number of events needed, not rounded. `None` where an argument is out of range.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, EventsFormula, Sides, TwoGroups};
    ///
    /// // Hazard ratio 0.5, groups of equal size, 80 % power at 5 % two-sided.
    /// // R: z <- qnorm(0.975) + qnorm(0.8); z^2/(0.25*log(0.5)^2); z^2*1.5^2/0.5^2
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::Two };
    /// let events = |formula| TwoGroups { hazard_ratio: 0.5, second: 0.5, formula }.events_needed(demand).unwrap();
    /// assert!((events(EventsFormula::Schoenfeld) - 65.345_659_258_9).abs() < 1e-9);
    /// assert!((events(EventsFormula::Freedman) - 70.639_917_609_1).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn events_needed(self, demand: Demand) -> Option<f64> {
        let distance = demand.distance()?;
        Some(distance * distance / self.worth()?)
    }

    /// Returns the power with a number of events: Φ(√(events·worth) − z_α), where worth is (z_α + z_β)² for one event.
    /// `None` where an argument is out of range.
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, Sides, TwoGroups};
    ///
    /// // R: pnorm(sqrt(66*0.25*log(0.5)^2) - qnorm(0.975))
    /// let trial = TwoGroups { hazard_ratio: 0.5, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// assert!((trial.power(66.0, 0.05, Sides::Two).unwrap() - 0.803_894_109_429).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn power(self, events: f64, alpha: f64, sides: Sides) -> Option<f64> {
        if !(events > 0.0 && events.is_finite() && alpha > 0.0 && alpha < 1.0) {
            return None;
        }
        Some(normal_lower((events * self.worth()?).sqrt() - sides.quantile(alpha)))
    }

    /// Returns the number of subjects in both groups in whom this many events are expected, given the probability of an
    /// event in each group; not rounded. `None` where an argument is out of range.
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, TwoGroups};
    ///
    /// // By hand: with events in 60 % and 40 % of two equal groups, 50 events need 100 subjects.
    /// let trial = TwoGroups { hazard_ratio: 0.5, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// assert!((trial.subjects(50.0, 0.6, 0.4).unwrap() - 100.0).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn subjects(self, events: f64, first_fails: f64, second_fails: f64) -> Option<f64> {
        let probability = |x: f64| x > 0.0 && x <= 1.0;
        (probability(first_fails) && probability(second_fails) && events > 0.0 && self.worth().is_some())
            .then(|| events / ((1.0 - self.second) * first_fails + self.second * second_fails))
    }
}

/// Returns the probability that a subject with constant `hazard` has an event, with uniform entry over `accrual` and
/// `follow_up` after the last entry (same unit of time): 1 − e^(−λf)(1 − e^(−λa))/(λa).
///
/// ```
/// use cotside_core::survival::event_probability;
///
/// // Two years of accrual, three more of follow-up. R: integrate(function(u) 1 - exp(-0.2*(3 + u)), 0, 2)$value/2
/// assert!((event_probability(0.2, 2.0, 3.0).unwrap() - 0.547_669_512_694).abs() < 1e-11);
/// ```
#[must_use]
pub fn event_probability(hazard: f64, accrual: f64, follow_up: f64) -> Option<f64> {
    let valid = |x: f64| x >= 0.0 && x.is_finite();
    if !(valid(hazard) && valid(accrual) && valid(follow_up)) {
        return None;
    }
    let exposed = hazard * accrual;
    let mean = if exposed > 0.0 {
        -libm::expm1(-exposed) / exposed
    } else {
        1.0
    };
    Some(1.0 - libm::exp(-hazard * follow_up) * mean)
}

/// A single-group trial that tests S(t) against a fixed value on the complementary log-log scale, everyone followed to
/// t: θ = log(−log S), Var θ̂ = (1 − S)/(n·S·(log S)²) at the alternative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneGroup {
    /// S(t) under the hypothesis, between 0 and 1.
    pub reference: f64,
    /// S(t) under the alternative, between 0 and 1 and different from `reference`.
    pub alternative: f64,
}

impl OneGroup {
    /// Returns (θ₁ − θ₀)² over the variance for one subject.
    pub(super) fn worth(self) -> Option<f64> {
        let between = |x: f64| x > 0.0 && x < 1.0;
        if !(between(self.reference) && between(self.alternative) && self.reference != self.alternative) {
            return None;
        }
        let (reference, alternative) = (libm::log(self.reference), libm::log(self.alternative));
        let gap = libm::log(alternative / reference);
        let variance = (1.0 - self.alternative) / (self.alternative * alternative * alternative);
        Some(gap * gap / variance)
    }

    /// Returns the number of subjects needed, not rounded: (z_α + z_β)²·Var/(θ₁ − θ₀)².
    ///
    /// ```
    /// use cotside_core::survival::{Demand, OneGroup, Sides};
    ///
    /// // 70 % hoped for against 50 %, 80 % power at 5 % one-sided.
    /// // R: v <- 0.3/(0.7*log(0.7)^2); d <- (log(-log(0.7)) - log(-log(0.5)))^2; (qnorm(0.95) + qnorm(0.8))^2*v/d
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::One };
    /// let trial = OneGroup { reference: 0.5, alternative: 0.7 };
    /// assert!((trial.subjects_needed(demand).unwrap() - 47.180_660_318_6).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn subjects_needed(self, demand: Demand) -> Option<f64> {
        let distance = demand.distance()?;
        Some(distance * distance / self.worth()?)
    }

    /// Returns the power with a number of subjects. `None` where an argument is out of range.
    ///
    /// ```
    /// use cotside_core::survival::{OneGroup, Sides};
    ///
    /// // R: v and d as in `subjects_needed`, pnorm(sqrt(40*d/v) - qnorm(0.95))
    /// let trial = OneGroup { reference: 0.5, alternative: 0.7 };
    /// assert!((trial.power(40.0, 0.05, Sides::One).unwrap() - 0.740_407_140_758).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn power(self, subjects: f64, alpha: f64, sides: Sides) -> Option<f64> {
        if !(subjects > 0.0 && subjects.is_finite() && alpha > 0.0 && alpha < 1.0) {
            return None;
        }
        Some(normal_lower((subjects * self.worth()?).sqrt() - sides.quantile(alpha)))
    }
}

#[cfg(test)]
#[allow(clippy::excessive_precision)] // Seventeen digits as R prints them.
mod tests {
    use super::*;

    const USUAL: Demand = Demand {
        alpha: 0.05,
        power: 0.8,
        sides: Sides::Two,
    };

    fn close(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
    }

    /// R 4.2.2, the formulas written out: see tests/reference/curves/power.R.
    #[test]
    fn as_in_r() {
        let half = |formula| TwoGroups {
            hazard_ratio: 0.5,
            second: 0.5,
            formula,
        };
        let third = |formula| TwoGroups {
            second: 1.0 / 3.0,
            hazard_ratio: 1.8,
            formula,
        };
        let one_sided = Demand {
            sides: Sides::One,
            power: 0.9,
            ..USUAL
        };
        use EventsFormula::{Freedman, Schoenfeld};
        close(half(Schoenfeld).events_needed(USUAL), SCHOENFELD_HALF);
        close(half(Freedman).events_needed(USUAL), FREEDMAN_HALF);
        close(third(Schoenfeld).events_needed(one_sided), SCHOENFELD_THIRD);
        close(third(Freedman).events_needed(one_sided), FREEDMAN_THIRD);
        close(half(Schoenfeld).power(50.0, 0.05, Sides::Two), POWER_50);
        close(half(Schoenfeld).subjects(66.0, 0.6, 0.4), 132.0);
        close(event_probability(0.25, 3.0, 2.0), EVENT_PROBABILITY);
        let one = OneGroup {
            reference: 0.432,
            alternative: 0.6,
        };
        close(one.subjects_needed(one_sided), ONE_GROUP);
        close(one.power(40.0, 0.05, Sides::Two), ONE_GROUP_POWER);
    }

    #[test]
    fn power_and_size_agree() {
        let trial = TwoGroups {
            hazard_ratio: 1.4,
            second: 0.4,
            formula: EventsFormula::Freedman,
        };
        let events = trial.events_needed(USUAL).unwrap();
        close(trial.power(events, USUAL.alpha, USUAL.sides), USUAL.power);
        let same = TwoGroups {
            hazard_ratio: 1.0,
            ..trial
        };
        assert_eq!(same.events_needed(USUAL), None);
        let weak = Demand { power: 0.01, ..USUAL };
        assert_eq!(trial.events_needed(weak), None);
    }

    const SCHOENFELD_HALF: f64 = 65.345659258870896;
    const FREEDMAN_HALF: f64 = 70.639917609141776;
    const SCHOENFELD_THIRD: f64 = 111.54291070381859;
    const FREEDMAN_THIRD: f64 = 96.610902924723078;
    const POWER_50: f64 = 0.68817408892017828;
    const EVENT_PROBABILITY: f64 = 0.57329884953007559;
    const ONE_GROUP: f64 = 88.728284451834881;
    const ONE_GROUP_POWER: f64 = 0.50195646965791951;
}

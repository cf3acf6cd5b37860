//! Planning a study of two groups: subjects, power, the hazard ratio that can be detected and the time of recruitment,
//! with constant hazards, uniform entry and loss to follow-up (Lachin & Foulkes 1986); and what one group can detect.

use super::{Demand, OneGroup, Sides, TwoGroups};

/// Entry and observation of subjects; times and rates in one unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schedule {
    /// Time over which subjects enter, uniformly; 0 where each is followed for `follow_up` and no longer.
    pub accrual: f64,
    /// Time from the last entry to the analysis.
    pub follow_up: f64,
    /// Constant hazard of loss to follow-up, the same in both groups.
    pub loss: f64,
}

/// Two groups of constant hazards, followed as scheduled and compared by the log-rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoGroupStudy {
    /// Hazard ratio, allocation and formula.
    pub trial: TwoGroups,
    /// Hazard of the first group: above 0.
    pub hazard: f64,
    /// Entry and observation.
    pub schedule: Schedule,
}

/// On which side of no difference an effect is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detectable {
    /// A hazard ratio below 1; in one group, survival above the reference.
    Better,
    /// A hazard ratio above 1; in one group, survival below the reference.
    Worse,
}

/// Steps of the search on the log scale, and how far it goes: a hazard ratio of 1,000 or 1/1,000.
const STEPS: usize = 700;
const STEP: f64 = 0.01;
/// Halvings of a bracket: more than a double has digits.
const HALVINGS: usize = 200;
/// The longest recruitment that is searched, in units of 1 over the hazard of the first group.
const LONGEST: f64 = 1e6;

/// Returns the constant hazard with which `survival` is left at `time`: −log S/t. `None` unless S lies between 0 and 1
/// and the time is positive.
///
/// ```
/// use cotside_core::survival::constant_hazard;
///
/// // R: -log(0.5)/4
/// assert!((constant_hazard(0.5, 4.0).unwrap() - 0.173_286_795_140).abs() < 1e-11);
/// ```
#[must_use]
pub fn constant_hazard(survival: f64, time: f64) -> Option<f64> {
    let valid = survival > 0.0 && survival < 1.0 && time > 0.0 && time.is_finite();
    valid.then(|| -libm::log(survival) / time)
}

/// Returns the hazard ratio of two survival proportions at one time under proportional hazards: log S₂/log S₁. `None`
/// unless both lie between 0 and 1.
///
/// ```
/// use cotside_core::survival::hazard_ratio_of;
///
/// // R: log(0.7)/log(0.5)
/// assert!((hazard_ratio_of(0.5, 0.7).unwrap() - 0.514_573_172_830).abs() < 1e-11);
/// ```
#[must_use]
pub fn hazard_ratio_of(first: f64, second: f64) -> Option<f64> {
    let between = |x: f64| x > 0.0 && x < 1.0;
    (between(first) && between(second)).then(|| libm::log(second) / libm::log(first))
}

/// Returns the survival of the second group where that of the first is `survival`: S₁^HR.
///
/// ```
/// use cotside_core::survival::survival_with_ratio;
///
/// // R: 0.5^0.6
/// assert!((survival_with_ratio(0.5, 0.6) - 0.659_753_955_386).abs() < 1e-11);
/// ```
#[must_use]
pub fn survival_with_ratio(survival: f64, hazard_ratio: f64) -> f64 {
    libm::pow(survival, hazard_ratio)
}

/// Returns the constant hazard at which a proportion is lost in a unit of time: −log(1 − p). `None` unless 0 ≤ p < 1.
///
/// ```
/// use cotside_core::survival::loss_hazard;
///
/// // R: -log1p(-0.05)
/// assert!((loss_hazard(0.05).unwrap() - 0.051_293_294_387_6).abs() < 1e-12);
/// ```
#[must_use]
pub fn loss_hazard(proportion: f64) -> Option<f64> {
    (0.0..1.0)
        .contains(&proportion)
        .then(|| 0.0_f64.max(-libm::log1p(-proportion)))
}

/// Returns the proportion lost in a unit of time at a constant hazard of loss: the inverse of [`loss_hazard`].
///
/// ```
/// use cotside_core::survival::lost_proportion;
///
/// // R: -expm1(-0.05)
/// assert!((lost_proportion(0.05) - 0.048_770_575_499_3).abs() < 1e-12);
/// ```
#[must_use]
pub fn lost_proportion(hazard: f64) -> f64 {
    -libm::expm1(-hazard)
}

impl Schedule {
    /// Returns the probability that an event is observed in a subject with constant `hazard`, before loss to follow-up and
    /// the end of the study: λ/(λ + η)·(1 − e^(−(λ + η)f)(1 − e^(−(λ + η)a))/((λ + η)a)), η the hazard of loss. `None` where
    /// an argument is negative or not finite.
    ///
    /// ```
    /// use cotside_core::survival::Schedule;
    ///
    /// // R: seen <- function(u) sapply(u, function(x) integrate(function(s) 0.2*exp(-0.25*s), 0, 3 + x)$value)
    /// //    integrate(seen, 0, 2)$value/2
    /// let schedule = Schedule { accrual: 2.0, follow_up: 3.0, loss: 0.05 };
    /// assert!((schedule.event_probability(0.2).unwrap() - 0.502_621_190_591).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn event_probability(self, hazard: f64) -> Option<f64> {
        let Self {
            accrual,
            follow_up,
            loss,
        } = self;
        let valid = |x: f64| x >= 0.0 && x.is_finite();
        if !(valid(loss) && valid(hazard)) {
            return None;
        }
        let leaves = super::event_probability(hazard + loss, accrual, follow_up)?;
        Some(if hazard > 0.0 {
            leaves * hazard / (hazard + loss)
        } else {
            0.0
        })
    }
}

impl TwoGroups {
    /// Returns the hazard ratio nearest to 1 that so many events detect with this level and power; the ratio of `self` is
    /// not used. `None` where an argument is out of range or, with Freedman's formula, no ratio of that side has the power.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, Detectable, EventsFormula, Sides, TwoGroups};
    ///
    /// // R: z <- qnorm(0.975) + qnorm(0.8); exp(-z/sqrt(66*0.25)); k <- z/sqrt(66); (1 - k)/(1 + k)
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::Two };
    /// let found = |formula| {
    ///     let trial = TwoGroups { hazard_ratio: f64::NAN, second: 0.5, formula };
    ///     trial.detectable(66.0, demand, Detectable::Better).unwrap()
    /// };
    /// assert!((found(EventsFormula::Schoenfeld) - 0.501_725_258_364).abs() < 1e-9);
    /// assert!((found(EventsFormula::Freedman) - 0.487_153_261_937).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn detectable(self, events: f64, demand: Demand, side: Detectable) -> Option<f64> {
        nearest(demand, side, |hazard_ratio| {
            Self { hazard_ratio, ..self }.power(events, demand.alpha, demand.sides)
        })
    }
}

impl TwoGroupStudy {
    /// Returns the probability of an observed event in the first and in the second group. `None` where an argument is out of
    /// range.
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, Schedule, TwoGroupStudy, TwoGroups};
    ///
    /// // Everybody followed to the time of S = 0.5 and 0.5^0.6. R: 1 - 0.5; 1 - 0.5^0.6
    /// let trial = TwoGroups { hazard_ratio: 0.6, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 4.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// let (first, second) = study.event_probabilities().unwrap();
    /// assert!((first - 0.5).abs() < 1e-12 && (second - 0.340_246_044_611).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn event_probabilities(self) -> Option<(f64, f64)> {
        let ratio = self.trial.hazard_ratio;
        if !(self.hazard > 0.0 && ratio > 0.0 && ratio.is_finite()) {
            return None;
        }
        let first = self.schedule.event_probability(self.hazard)?;
        Some((first, self.schedule.event_probability(self.hazard * ratio)?))
    }

    /// Returns the events expected in `subjects` of both groups. `None` where an argument is out of range.
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, Schedule, TwoGroupStudy, TwoGroups};
    ///
    /// // R: 100*((1 - 0.5)/2 + (1 - 0.5^0.6)/2)
    /// let trial = TwoGroups { hazard_ratio: 0.6, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 4.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// assert!((study.events(100.0).unwrap() - 42.012_302_230_7).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn events(self, subjects: f64) -> Option<f64> {
        let second = self.trial.second;
        let (first_fails, second_fails) = self.event_probabilities()?;
        let valid = subjects > 0.0 && subjects.is_finite() && second > 0.0 && second < 1.0;
        valid.then_some(subjects * ((1.0 - second) * first_fails + second * second_fails))
    }

    /// Returns the number of subjects needed, not rounded. `None` where an argument is out of range, or nobody is followed.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, EventsFormula, Schedule, Sides, TwoGroupStudy, TwoGroups};
    ///
    /// // R: z <- qnorm(0.975) + qnorm(0.8); 4*z^2/log(0.6)^2/((1 - 0.5)/2 + (1 - 0.5^0.6)/2)
    /// let trial = TwoGroups { hazard_ratio: 0.6, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 4.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::Two };
    /// assert!((study.subjects_needed(demand).unwrap() - 286.382_078_556).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn subjects_needed(self, demand: Demand) -> Option<f64> {
        let (first_fails, second_fails) = self.event_probabilities()?;
        self.trial
            .subjects(self.trial.events_needed(demand)?, first_fails, second_fails)
    }

    /// Returns the power with `subjects` in both groups. `None` where an argument is out of range, or no event is expected.
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, Schedule, Sides, TwoGroupStudy, TwoGroups};
    ///
    /// // R: d <- 100*((1 - 0.5)/2 + (1 - 0.5^0.6)/2); pnorm(sqrt(d*0.25*log(0.6)^2) - qnorm(0.975))
    /// let trial = TwoGroups { hazard_ratio: 0.6, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 4.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// assert!((study.power(100.0, 0.05, Sides::Two).unwrap() - 0.380_389_730_849).abs() < 1e-10);
    /// ```
    #[must_use]
    pub fn power(self, subjects: f64, alpha: f64, sides: Sides) -> Option<f64> {
        self.trial.power(self.events(subjects)?, alpha, sides)
    }

    /// Returns the hazard ratio nearest to 1 that so many subjects detect with this level and power; the ratio of `self` is
    /// not used. `None` where an argument is out of range or no ratio of that side, from 0.001 to 1,000, has the power.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, Detectable, EventsFormula, Schedule, Sides, TwoGroupStudy, TwoGroups};
    ///
    /// // R: d <- function(h) 100*((1 - 0.5)/2 + (1 - 0.5^h)/2)
    /// //    uniroot(function(h) pnorm(sqrt(d(h)*0.25*log(h)^2) - qnorm(0.975)) - 0.8, c(0.01, 0.99), tol = 1e-14)$root
    /// let trial = TwoGroups { hazard_ratio: f64::NAN, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 4.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::Two };
    /// assert!((study.detectable(100.0, demand, Detectable::Better).unwrap() - 0.398_377_898_225).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn detectable(self, subjects: f64, demand: Demand, side: Detectable) -> Option<f64> {
        nearest(demand, side, |hazard_ratio| {
            let trial = TwoGroups {
                hazard_ratio,
                ..self.trial
            };
            Self { trial, ..self }.power(subjects, demand.alpha, demand.sides)
        })
    }

    /// Returns the time of recruitment, at `rate` subjects in a unit of time, after which the events needed are expected at
    /// the end of follow-up; the accrual of the schedule is not used. `None` where an argument is out of range or the time
    /// would exceed a million over the hazard.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, EventsFormula, Schedule, Sides, TwoGroupStudy, TwoGroups};
    ///
    /// // R: p <- function(l, a) 1 - exp(-l*2)*(1 - exp(-l*a))/(l*a); l <- log(2)/4; z <- qnorm(0.975) + qnorm(0.8)
    /// //    uniroot(function(a) 40*a*(p(l, a) + p(0.6*l, a))/2 - 4*z^2/log(0.6)^2, c(0.1, 50), tol = 1e-13)$root
    /// let trial = TwoGroups { hazard_ratio: 0.6, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 2.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::Two };
    /// assert!((study.accrual_needed(40.0, demand).unwrap() - 6.211_031_244_97).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn accrual_needed(self, rate: f64, demand: Demand) -> Option<f64> {
        self.accrual_for(rate, self.trial.events_needed(demand)?)
    }

    /// Returns the time of recruitment, at `rate` subjects in a unit of time, after which so many events are expected at the
    /// end of follow-up; as [`Self::accrual_needed`].
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, Schedule, TwoGroupStudy, TwoGroups};
    ///
    /// // R: p <- function(l, a) 1 - exp(-l*2)*(1 - exp(-l*a))/(l*a); l <- log(2)/4
    /// //    uniroot(function(a) 40*a*(p(l, a) + p(0.6*l, a))/2 - 60, c(0.1, 50), tol = 1e-13)$root
    /// let trial = TwoGroups { hazard_ratio: 0.6, second: 0.5, formula: EventsFormula::Schoenfeld };
    /// let schedule = Schedule { accrual: 0.0, follow_up: 2.0, loss: 0.0 };
    /// let study = TwoGroupStudy { trial, hazard: 2.0_f64.ln() / 4.0, schedule };
    /// assert!((study.accrual_for(40.0, 60.0).unwrap() - 3.724329872094).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn accrual_for(self, rate: f64, events: f64) -> Option<f64> {
        if !(rate > 0.0 && rate.is_finite() && events > 0.0 && self.event_probabilities().is_some()) {
            return None;
        }
        let enough = |accrual: f64| {
            let schedule = Schedule {
                accrual,
                ..self.schedule
            };
            let expected = Self { schedule, ..self }.events(rate * accrual);
            expected.is_some_and(|expected| expected >= events)
        };
        let longest = LONGEST / self.hazard;
        enough(longest).then(|| halved(0.0, longest, enough))
    }
}

impl OneGroup {
    /// Returns the survival nearest to the reference that so many subjects detect with this level and power; the alternative
    /// of `self` is not used. `None` where an argument is out of range or no survival of that side has the power.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, Detectable, OneGroup, Sides};
    ///
    /// // R: w <- function(s) (log(-log(s)) - log(-log(0.5)))^2*s*log(s)^2/(1 - s)
    /// //    uniroot(function(s) pnorm(sqrt(40*w(s)) - qnorm(0.95)) - 0.8, c(0.55, 0.85), tol = 1e-14)$root
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::One };
    /// let trial = OneGroup { reference: 0.5, alternative: f64::NAN };
    /// assert!((trial.detectable(40.0, demand, Detectable::Better).unwrap() - 0.719_872_949_123).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn detectable(self, subjects: f64, demand: Demand, side: Detectable) -> Option<f64> {
        let log = libm::log(self.reference);
        let survival = |ratio: f64| libm::exp(log * ratio);
        let ratio = nearest(demand, side, |ratio| {
            let alternative = survival(ratio);
            Self { alternative, ..self }.power(subjects, demand.alpha, demand.sides)
        })?;
        Some(survival(ratio))
    }
}

/// The ratio nearest to 1 on a side with at least the demanded power: stepped over, then halved.
fn nearest(demand: Demand, side: Detectable, power: impl Fn(f64) -> Option<f64>) -> Option<f64> {
    demand.distance()?;
    let step = match side {
        Detectable::Better => -STEP,
        Detectable::Worse => STEP,
    };
    let enough = |log: f64| power(libm::exp(log)).is_some_and(|power| power >= demand.power);
    let reached = (1..STEPS).map(|at| at as f64 * step).find(|&log| enough(log))?;
    Some(libm::exp(halved(reached - step, reached, enough)))
}

/// The point between one that is not enough and one that is, from which on it is.
fn halved(mut not: f64, mut enough: f64, is_enough: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = not + (enough - not) / 2.0;
        if is_enough(middle) {
            enough = middle;
        } else {
            not = middle;
        }
    }
    enough
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::EventsFormula;

    const DEMAND: Demand = Demand {
        alpha: 0.05,
        power: 0.8,
        sides: Sides::Two,
    };

    fn study() -> TwoGroupStudy {
        TwoGroupStudy {
            trial: TwoGroups {
                hazard_ratio: 0.6,
                second: 0.5,
                formula: EventsFormula::Freedman,
            },
            hazard: 0.2,
            schedule: Schedule {
                accrual: 3.0,
                follow_up: 2.0,
                loss: 0.02,
            },
        }
    }

    #[test]
    fn what_is_detected_needs_that_many() {
        for side in [Detectable::Better, Detectable::Worse] {
            let hazard_ratio = study().detectable(250.0, DEMAND, side).unwrap();
            assert_eq!(hazard_ratio < 1.0, side == Detectable::Better);
            let trial = TwoGroups {
                hazard_ratio,
                ..study().trial
            };
            let subjects = TwoGroupStudy { trial, ..study() }.subjects_needed(DEMAND).unwrap();
            assert!((subjects - 250.0).abs() < 1e-6, "{subjects}");
        }
    }

    #[test]
    fn recruitment_gives_the_subjects() {
        let accrual = study().accrual_needed(30.0, DEMAND).unwrap();
        let schedule = Schedule {
            accrual,
            ..study().schedule
        };
        let subjects = TwoGroupStudy { schedule, ..study() }.subjects_needed(DEMAND).unwrap();
        assert!((subjects / (30.0 * accrual) - 1.0).abs() < 1e-9);
    }

    /// Out of range, or beyond what any number can give: none, and no number that is wrong.
    #[test]
    fn nothing_where_there_is_no_answer() {
        assert_eq!(study().detectable(4.0, DEMAND, Detectable::Better), None);
        assert_eq!(study().detectable(f64::NAN, DEMAND, Detectable::Better), None);
        assert_eq!(study().accrual_needed(0.0, DEMAND), None);
        assert_eq!(study().accrual_needed(f64::INFINITY, DEMAND), None);
        let lost = Schedule {
            loss: -0.1,
            ..study().schedule
        };
        assert_eq!(lost.event_probability(0.1), None);
        assert_eq!(study().schedule.event_probability(0.0), Some(0.0));
        let nobody = Schedule {
            accrual: 0.0,
            follow_up: 0.0,
            loss: 0.0,
        };
        let nobody = TwoGroupStudy {
            schedule: nobody,
            ..study()
        };
        assert_eq!(nobody.subjects_needed(DEMAND), None);
        assert_eq!(nobody.power(100.0, 0.05, Sides::Two), None);
        for (survival, time) in [(0.0, 1.0), (1.0, 1.0), (0.5, 0.0), (f64::NAN, 1.0)] {
            assert_eq!(constant_hazard(survival, time), None);
        }
        assert_eq!(hazard_ratio_of(0.5, 1.0), None);
        let one = OneGroup {
            reference: 1.0,
            alternative: 0.5,
        };
        assert_eq!(one.detectable(40.0, DEMAND, Detectable::Worse), None);
        let high = OneGroup {
            reference: 0.98,
            alternative: 0.5,
        };
        assert_eq!(high.detectable(20.0, DEMAND, Detectable::Better), None);
        assert!(high.detectable(20.0, DEMAND, Detectable::Worse).is_some());
    }
}

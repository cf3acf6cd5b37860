//! Planning a study of two groups: subjects, power, the hazard ratio that can be detected and the time of recruitment,
//! with constant hazards, uniform entry and loss to follow-up (Lachin & Foulkes 1986); and what one group can detect, also
//! where follow-up ends before the time of the survival (Nagashima et al. 2021).

use super::{Demand, OneGroup, Sides, TwoGroups, normal_lower};

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

/// One group whose survival at a time is tested against a fixed value on the complementary log-log scale, with a constant
/// hazard to that time, followed as scheduled: the variance of the Kaplan–Meier estimate is Greenwood's integral
/// ∫₀ᵗ λ/(S(u)·G(u)) du, G(u) the probability that follow-up lasts to u (Nagashima et al. 2021; Fleming & Harrington 1991,
/// example 6.3.1). Where everybody is followed to the time it is (1 − S)/S, as in [`OneGroup`], whatever the hazard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneGroupStudy {
    /// The fixed survival and the alternative.
    pub trial: OneGroup,
    /// The time of both: above 0.
    pub time: f64,
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
/// The longest recruitment that is searched, in units of 1 over the hazard of the first group, or of the time of the survival.
const LONGEST: f64 = 1e6;
/// Widest part of Greenwood's integral, on the scale of the log of the time left to the end of the study.
const PART: f64 = 0.25;
/// Nodes above 0 and weights of Gauss and Legendre's rule of 10 points.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

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

impl Schedule {
    /// Returns the probability that a subject is followed to a time or has the event before: that entry was early enough, and
    /// follow-up is not lost. `None` where an argument is negative or not finite.
    ///
    /// ```
    /// use cotside_core::survival::Schedule;
    ///
    /// // Entry over 2 years, 3 more of follow-up: half of the subjects entered more than 4 years before the end.
    /// let schedule = Schedule { accrual: 2.0, follow_up: 3.0, loss: 0.0 };
    /// assert_eq!(schedule.followed(4.0), Some(0.5));
    /// assert_eq!((schedule.followed(3.0), schedule.followed(5.0)), (Some(1.0), Some(0.0)));
    /// ```
    #[must_use]
    pub fn followed(self, time: f64) -> Option<f64> {
        let Self {
            accrual,
            follow_up,
            loss,
        } = self;
        let valid = |x: f64| x >= 0.0 && x.is_finite();
        if !(valid(accrual) && valid(follow_up) && valid(loss) && valid(time)) {
            return None;
        }
        let entered = if time <= follow_up {
            1.0
        } else {
            ((accrual + follow_up - time) / accrual).max(0.0)
        };
        // Without an accrual and after the follow-up it is 0/0 or a negative number over 0.
        Some(if entered > 0.0 {
            entered * libm::exp(-loss * time)
        } else {
            0.0
        })
    }

    /// Greenwood's integral to `time` with a constant hazard; `None` where nobody is followed beyond the time, so that it is
    /// infinite.
    fn greenwood(self, hazard: f64, time: f64) -> Option<f64> {
        let Self {
            accrual,
            follow_up,
            loss,
        } = self;
        if self.followed(time)? <= 0.0 {
            return None;
        }
        let leaves = hazard + loss;
        let mut sum = hazard / leaves * libm::expm1(leaves * time.min(follow_up));
        if time > follow_up {
            // ∫ λ·e^(ku)·a/(a + f − u) du over the times after f; smooth in the log of the time left, w = log(a + f − u).
            let left = accrual + follow_up - time;
            // Of the two forms the one that rounding leaves finite and exact.
            let range = if left < accrual / 2.0 {
                libm::log(accrual / left)
            } else {
                -libm::log1p(-(time - follow_up) / accrual)
            };
            if !range.is_finite() {
                return None;
            }
            let parts = (range / PART).ceil().max(1.0);
            let half = range / parts / 2.0;
            let at = |w: f64| libm::exp(leaves * (time - left * libm::expm1(w)));
            let part = |index: usize| {
                let middle = (2.0 * index as f64 + 1.0) * half;
                let pair = |(node, weight): (f64, f64)| weight * (at(middle - half * node) + at(middle + half * node));
                NODES.map(pair).iter().sum::<f64>()
            };
            let after: f64 = (0..parts as usize).map(part).sum();
            sum += hazard * accrual * half * after;
        }
        sum.is_finite().then_some(sum)
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
        self.nearest(demand, side, |alternative| {
            Self { alternative, ..self }.power(subjects, demand.alpha, demand.sides)
        })
    }

    /// The survival nearest to the reference with at least the demanded power.
    fn nearest(self, demand: Demand, side: Detectable, power: impl Fn(f64) -> Option<f64>) -> Option<f64> {
        let log = libm::log(self.reference);
        let survival = |ratio: f64| libm::exp(log * ratio);
        nearest(demand, side, |ratio| power(survival(ratio))).map(survival)
    }
}

impl OneGroupStudy {
    /// Returns (θ₁ − θ₀)² over the variance for one subject.
    fn worth(self) -> Option<f64> {
        let Self { trial, time, schedule } = self;
        let followed = trial.worth()?;
        let survival = trial.alternative;
        if schedule.loss == 0.0 && schedule.follow_up >= time {
            return schedule.followed(time).map(|_| followed);
        }
        let greenwood = schedule.greenwood(constant_hazard(survival, time)?, time)?;
        Some(followed * ((1.0 - survival) / survival / greenwood))
    }

    /// Returns the number of subjects needed, not rounded: (z_α + z_β)²·Var/(θ₁ − θ₀)². `None` where an argument is out of range,
    /// or nobody is followed beyond the time.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, OneGroup, OneGroupStudy, Schedule, Sides};
    ///
    /// // 70 % at 2 years hoped for against 50 %; entry over 3 years, 1 more of follow-up.
    /// // R: l <- -log(0.7)/2; G <- function(u) pmin(1, (4 - u)/3)
    /// //    v <- integrate(function(u) l*exp(l*u)/G(u), 0, 1, rel.tol = 1e-13)$value
    /// //    v <- v + integrate(function(u) l*exp(l*u)/G(u), 1, 2, rel.tol = 1e-13)$value
    /// //    (qnorm(0.95) + qnorm(0.8))^2*v/log(0.7)^2/(log(-log(0.7)) - log(-log(0.5)))^2
    /// let study = OneGroupStudy {
    ///     trial: OneGroup { reference: 0.5, alternative: 0.7 },
    ///     time: 2.0,
    ///     schedule: Schedule { accrual: 3.0, follow_up: 1.0, loss: 0.0 },
    /// };
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::One };
    /// assert!((study.subjects_needed(demand).unwrap() - 52.927_613_870_1).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn subjects_needed(self, demand: Demand) -> Option<f64> {
        let distance = demand.distance()?;
        Some(distance * distance / self.worth()?)
    }

    /// Returns the power with a number of subjects. `None` where an argument is out of range, or nobody is followed beyond the
    /// time.
    ///
    /// ```
    /// use cotside_core::survival::{OneGroup, OneGroupStudy, Schedule, Sides};
    ///
    /// // R: v as in `subjects_needed`, pnorm(sqrt(40*(log(-log(0.7)) - log(-log(0.5)))^2*log(0.7)^2/v) - qnorm(0.95))
    /// let study = OneGroupStudy {
    ///     trial: OneGroup { reference: 0.5, alternative: 0.7 },
    ///     time: 2.0,
    ///     schedule: Schedule { accrual: 3.0, follow_up: 1.0, loss: 0.0 },
    /// };
    /// assert!((study.power(40.0, 0.05, Sides::One).unwrap() - 0.697_329_183_783).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn power(self, subjects: f64, alpha: f64, sides: Sides) -> Option<f64> {
        if !(subjects > 0.0 && subjects.is_finite() && alpha > 0.0 && alpha < 1.0) {
            return None;
        }
        Some(normal_lower((subjects * self.worth()?).sqrt() - sides.quantile(alpha)))
    }

    /// Returns the survival nearest to the reference that so many subjects detect with this level and power; the alternative
    /// of `self` is not used. `None` as in [`Self::power`], or where no survival of that side has the power.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, Detectable, OneGroup, OneGroupStudy, Schedule, Sides};
    ///
    /// // R: with v of `subjects_needed` as a function of the alternative, uniroot() for the one whose power is 0.8.
    /// let study = OneGroupStudy {
    ///     trial: OneGroup { reference: 0.5, alternative: f64::NAN },
    ///     time: 2.0,
    ///     schedule: Schedule { accrual: 3.0, follow_up: 1.0, loss: 0.0 },
    /// };
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::One };
    /// assert!((study.detectable(40.0, demand, Detectable::Better).unwrap() - 0.734_961_590_776).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn detectable(self, subjects: f64, demand: Demand, side: Detectable) -> Option<f64> {
        let reference = self.trial.reference;
        self.trial.nearest(demand, side, |alternative| {
            let trial = OneGroup { reference, alternative };
            Self { trial, ..self }.power(subjects, demand.alpha, demand.sides)
        })
    }

    /// Returns the time of recruitment, at `rate` subjects in a unit of time, after which so many have entered as are needed; the
    /// accrual of the schedule is not used. `None` as in [`Self::subjects_needed`], or where it would exceed a million times the
    /// time of the survival.
    ///
    /// ```
    /// use cotside_core::survival::{Demand, OneGroup, OneGroupStudy, Schedule, Sides};
    ///
    /// // R: the a at which 12*a is the number that v of `subjects_needed` gives, by uniroot().
    /// let study = OneGroupStudy {
    ///     trial: OneGroup { reference: 0.5, alternative: 0.7 },
    ///     time: 2.0,
    ///     schedule: Schedule { accrual: 0.0, follow_up: 1.0, loss: 0.0 },
    /// };
    /// let demand = Demand { alpha: 0.05, power: 0.8, sides: Sides::One };
    /// assert!((study.accrual_needed(12.0, demand).unwrap() - 4.242_100_230_807).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn accrual_needed(self, rate: f64, demand: Demand) -> Option<f64> {
        if !(rate > 0.0 && rate.is_finite()) {
            return None;
        }
        let enough = |accrual: f64| {
            let schedule = Schedule {
                accrual,
                ..self.schedule
            };
            let needed = Self { schedule, ..self }.subjects_needed(demand);
            needed.is_some_and(|needed| rate * accrual >= needed)
        };
        let longest = LONGEST * self.time;
        enough(longest).then(|| halved(0.0, longest, enough))
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

//! Questions of planning and their answers: of size, power and effect two are given and the third is sought.

use super::{Demand, Detectable, EventsFormula, OneGroup, OneGroupStudy, Schedule, Sides, TwoGroupStudy, TwoGroups};

/// What is sought, with what is given for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sought {
    /// Events and subjects, for a power.
    Size {
        /// The power, from 0 to 1.
        power: f64,
    },
    /// The power.
    Power {
        /// The size of the study.
        size: StudySize,
    },
    /// The effect nearest to none that is detected.
    Effect {
        /// The size of the study.
        size: StudySize,
        /// The power, from 0 to 1.
        power: f64,
        /// On which side.
        side: Detectable,
    },
}

/// The size of a study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StudySize {
    /// Subjects in all groups.
    Subjects(f64),
    /// Events in all groups.
    Events(f64),
}

/// A question about two groups. Times and rates are in one unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoGroupQuestion {
    /// Hazard of the second group over that of the first; not used where the effect is sought.
    pub hazard_ratio: f64,
    /// Proportion of subjects in the second group.
    pub second: f64,
    /// Formula for the number of events.
    pub formula: EventsFormula,
    /// Significance level.
    pub alpha: f64,
    /// One-sided or two-sided.
    pub sides: Sides,
    /// What is sought.
    pub sought: Sought,
    /// Hazard of the first group and observation; without it there are events and no subjects.
    pub observed: Option<Observed>,
    /// Subjects that enter in a unit of time.
    pub rate: Option<f64>,
}

/// How the subjects of two groups are observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    /// Hazard of the first group.
    pub hazard: f64,
    /// Time over which subjects enter; `None` where it follows from the rate, or without a rate is 0.
    pub accrual: Option<f64>,
    /// Time from the last entry to the analysis.
    pub follow_up: f64,
    /// Hazard of loss to follow-up.
    pub loss: f64,
}

/// The answer: what was given, and what follows. Numbers are not rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoGroupAnswer {
    /// Hazard ratio.
    pub hazard_ratio: f64,
    /// Power.
    pub power: f64,
    /// Events: needed, given, or expected in the subjects.
    pub events: f64,
    /// Subjects: needed or given.
    pub subjects: Option<f64>,
    /// Probability of an observed event in the first and in the second group.
    pub event_probabilities: Option<(f64, f64)>,
    /// Entry and observation.
    pub schedule: Option<Schedule>,
    /// Time in which the subjects enter at the rate.
    pub recruitment: Option<f64>,
}

/// A question about one group. Times and rates are in one unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneGroupQuestion {
    /// Survival under the hypothesis.
    pub reference: f64,
    /// Survival under the alternative; not used where the effect is sought.
    pub alternative: f64,
    /// Significance level.
    pub alpha: f64,
    /// One-sided or two-sided.
    pub sides: Sides,
    /// What is sought; the size is of subjects.
    pub sought: Sought,
    /// Time of the survival and observation; without it everybody is followed to the time or has the event before.
    pub observed: Option<ObservedTo>,
    /// Subjects that enter in a unit of time.
    pub rate: Option<f64>,
}

/// How the subjects of one group are observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ObservedTo {
    /// Time of the survival.
    pub time: f64,
    /// Time over which subjects enter; `None` where it follows from the rate, or without a rate is 0.
    pub accrual: Option<f64>,
    /// Time from the last entry to the analysis.
    pub follow_up: f64,
    /// Hazard of loss to follow-up.
    pub loss: f64,
}

/// The answer. Numbers are not rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneGroupAnswer {
    /// Survival under the alternative.
    pub alternative: f64,
    /// Power.
    pub power: f64,
    /// Subjects.
    pub subjects: f64,
    /// Entry and observation.
    pub schedule: Option<Schedule>,
    /// Time in which they enter at the rate.
    pub recruitment: Option<f64>,
}

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The level is not between 0 and 1.
    #[error("alpha is not between 0 and 1")]
    Alpha,
    /// The power is not between the level and 1.
    #[error("power is not between alpha and 1")]
    Power,
    /// The hazard ratio is not above 0, or is 1.
    #[error("the hazard ratio is not above 0 or is 1")]
    HazardRatio,
    /// The proportion in the second group is not between 0 and 1.
    #[error("the proportion in the second group is not between 0 and 1")]
    Allocation,
    /// The size is not above 0.
    #[error("the size is not above 0")]
    Size,
    /// A survival is not between 0 and 1, or the two are equal.
    #[error("a survival is not between 0 and 1, or both are equal")]
    Survival,
    /// Hazard, times or loss are out of range, or nobody is followed.
    #[error("hazard, times or loss are out of range, or nobody is followed")]
    Schedule,
    /// Times or loss are out of range, or nobody is followed beyond the time of the survival.
    #[error("times or loss are out of range, or nobody is followed beyond the time of the survival")]
    NotFollowed,
    /// The rate of recruitment is not above 0.
    #[error("the rate of recruitment is not above 0")]
    Rate,
    /// Subjects are given without a hazard, or events for one group.
    #[error("this size needs the survival of the first group")]
    NoSurvival,
    /// No effect on that side is detected with that size and power.
    #[error("no effect on that side is detected")]
    NotDetected,
}

/// Effects beyond any study: the largest number of subjects or events that is a size.
const LARGEST: f64 = 1e9;

fn between(x: f64) -> bool {
    x > 0.0 && x < 1.0
}

fn positive(x: f64) -> bool {
    x > 0.0 && x < LARGEST
}

/// Checks level, power and size; returns the demand, whose power is not used where the power is sought.
fn demand(alpha: f64, sides: Sides, sought: Sought) -> Result<Demand, PlanError> {
    if !between(alpha) {
        return Err(PlanError::Alpha);
    }
    let (power, size) = match sought {
        Sought::Size { power } => (Some(power), None),
        Sought::Power { size } => (None, Some(size)),
        Sought::Effect { size, power, .. } => (Some(power), Some(size)),
    };
    if power.is_some_and(|power| !(between(power) && power > alpha)) {
        return Err(PlanError::Power);
    }
    if let Some(StudySize::Subjects(size) | StudySize::Events(size)) = size
        && !positive(size)
    {
        return Err(PlanError::Size);
    }
    Ok(Demand {
        alpha,
        power: power.unwrap_or(0.5),
        sides,
    })
}

impl TwoGroupQuestion {
    /// Returns the answer.
    ///
    /// Where the rate is given without an accrual and subjects are not given, the accrual is the time after which the events
    /// are expected ([`TwoGroupStudy::accrual_for`]); where subjects are given, it is their number over the rate.
    ///
    /// # Errors
    /// What is out of range, or that no effect is detected.
    ///
    /// ```
    /// use cotside_core::survival::{EventsFormula, Sides, Sought, StudySize, TwoGroupQuestion};
    ///
    /// // R: pnorm(sqrt(66*0.25*log(0.5)^2) - qnorm(0.975))
    /// let question = TwoGroupQuestion {
    ///     hazard_ratio: 0.5,
    ///     second: 0.5,
    ///     formula: EventsFormula::Schoenfeld,
    ///     alpha: 0.05,
    ///     sides: Sides::Two,
    ///     sought: Sought::Power { size: StudySize::Events(66.0) },
    ///     observed: None,
    ///     rate: None,
    /// };
    /// assert!((question.answer().unwrap().power - 0.803_894_109_429).abs() < 1e-11);
    /// ```
    pub fn answer(self) -> Result<TwoGroupAnswer, PlanError> {
        let demand = demand(self.alpha, self.sides, self.sought)?;
        if !between(self.second) {
            return Err(PlanError::Allocation);
        }
        if self.rate.is_some_and(|rate| !positive(rate)) {
            return Err(PlanError::Rate);
        }
        let is_ratio = |ratio: f64| ratio > 0.0 && ratio.is_finite() && ratio != 1.0;
        if !matches!(self.sought, Sought::Effect { .. }) && !is_ratio(self.hazard_ratio) {
            return Err(PlanError::HazardRatio);
        }
        match self.sought {
            Sought::Size { .. } => self.size(demand),
            Sought::Power { size } => self.power(size),
            Sought::Effect { size, side, .. } => self.effect(size, demand, side),
        }
    }

    fn trial(&self) -> TwoGroups {
        TwoGroups {
            hazard_ratio: self.hazard_ratio,
            second: self.second,
            formula: self.formula,
        }
    }

    /// The study with its schedule, where it is observed; `subjects` are given or not.
    fn study(&self, subjects: Option<f64>) -> Result<Option<TwoGroupStudy>, PlanError> {
        let Some(observed) = self.observed else { return Ok(None) };
        let by_rate = subjects.zip(self.rate).map(|(subjects, rate)| subjects / rate);
        let schedule = Schedule {
            accrual: observed.accrual.or(by_rate).unwrap_or(0.0),
            follow_up: observed.follow_up,
            loss: observed.loss,
        };
        let valid = observed.hazard > 0.0 && schedule.event_probability(observed.hazard).is_some();
        if !valid {
            return Err(PlanError::Schedule);
        }
        Ok(Some(TwoGroupStudy {
            trial: self.trial(),
            hazard: observed.hazard,
            schedule,
        }))
    }

    fn size(self, demand: Demand) -> Result<TwoGroupAnswer, PlanError> {
        let events = self.trial().events_needed(demand).ok_or(PlanError::Power)?;
        let Some(study) = self.study(None)? else {
            return Ok(self.answered(self.hazard_ratio, demand.power, events, None, None));
        };
        let (subjects, study) = self.recruited(study, events)?;
        Ok(self.answered(self.hazard_ratio, demand.power, events, Some(subjects), Some(study)))
    }

    fn power(self, size: StudySize) -> Result<TwoGroupAnswer, PlanError> {
        let (events, subjects, study) = self.counted(size)?;
        let power = self.trial().power(events, self.alpha, self.sides);
        let power = power.ok_or(PlanError::Schedule)?;
        Ok(self.answered(self.hazard_ratio, power, events, subjects, study))
    }

    fn effect(self, size: StudySize, demand: Demand, side: Detectable) -> Result<TwoGroupAnswer, PlanError> {
        let hazard_ratio = match size {
            StudySize::Events(events) => self.trial().detectable(events, demand, side),
            StudySize::Subjects(subjects) => {
                let study = self.study(Some(subjects))?.ok_or(PlanError::NoSurvival)?;
                study.detectable(subjects, demand, side)
            }
        };
        let hazard_ratio = hazard_ratio.ok_or(PlanError::NotDetected)?;
        let (events, subjects, study) = Self { hazard_ratio, ..self }.counted(size)?;
        Ok(self.answered(hazard_ratio, demand.power, events, subjects, study))
    }

    /// Events, subjects and the study of a given size.
    fn counted(&self, size: StudySize) -> Result<(f64, Option<f64>, Option<TwoGroupStudy>), PlanError> {
        match size {
            StudySize::Events(events) => {
                let Some(study) = self.study(None)? else {
                    return Ok((events, None, None));
                };
                let (subjects, study) = self.recruited(study, events)?;
                Ok((events, Some(subjects), Some(study)))
            }
            StudySize::Subjects(subjects) => {
                let study = self.study(Some(subjects))?.ok_or(PlanError::NoSurvival)?;
                let events = study.events(subjects).filter(|events| *events > 0.0);
                Ok((events.ok_or(PlanError::Schedule)?, Some(subjects), Some(study)))
            }
        }
    }

    /// The subjects in whom the events are expected, and the study with the accrual that follows from the rate.
    fn recruited(&self, mut study: TwoGroupStudy, events: f64) -> Result<(f64, TwoGroupStudy), PlanError> {
        if let (Some(rate), Some(Observed { accrual: None, .. })) = (self.rate, self.observed) {
            study.schedule.accrual = study.accrual_for(rate, events).ok_or(PlanError::Schedule)?;
        }
        let (first_fails, second_fails) = study.event_probabilities().ok_or(PlanError::Schedule)?;
        let subjects = study.trial.subjects(events, first_fails, second_fails);
        Ok((subjects.ok_or(PlanError::Schedule)?, study))
    }

    fn answered(
        &self,
        hazard_ratio: f64,
        power: f64,
        events: f64,
        subjects: Option<f64>,
        study: Option<TwoGroupStudy>,
    ) -> TwoGroupAnswer {
        TwoGroupAnswer {
            hazard_ratio,
            power,
            events,
            subjects,
            event_probabilities: study.and_then(TwoGroupStudy::event_probabilities),
            schedule: study.map(|study| study.schedule),
            recruitment: subjects.zip(self.rate).map(|(subjects, rate)| subjects / rate),
        }
    }
}

impl OneGroupQuestion {
    /// Returns the answer.
    ///
    /// Where the subjects are observed at a rate without an accrual, it is the time in which they enter.
    ///
    /// # Errors
    /// What is out of range, that nobody is followed beyond the time, or that no survival is detected.
    ///
    /// ```
    /// use cotside_core::survival::{OneGroupQuestion, Sides, Sought};
    ///
    /// // R: v <- 0.3/(0.7*log(0.7)^2); d <- (log(-log(0.7)) - log(-log(0.5)))^2; (qnorm(0.95) + qnorm(0.8))^2*v/d
    /// let question = OneGroupQuestion {
    ///     reference: 0.5,
    ///     alternative: 0.7,
    ///     alpha: 0.05,
    ///     sides: Sides::One,
    ///     sought: Sought::Size { power: 0.8 },
    ///     observed: None,
    ///     rate: Some(12.0),
    /// };
    /// let answer = question.answer().unwrap();
    /// assert!((answer.subjects - 47.180_660_318_6).abs() < 1e-9);
    /// assert!((answer.recruitment.unwrap() - 3.931_721_693_21).abs() < 1e-9);
    /// ```
    pub fn answer(self) -> Result<OneGroupAnswer, PlanError> {
        let demand = demand(self.alpha, self.sides, self.sought)?;
        if self.rate.is_some_and(|rate| !positive(rate)) {
            return Err(PlanError::Rate);
        }
        let sought_effect = matches!(self.sought, Sought::Effect { .. });
        let valid = between(self.reference) && (sought_effect || between(self.alternative));
        if !valid || (!sought_effect && self.alternative == self.reference) {
            return Err(PlanError::Survival);
        }
        let subjects = |size| match size {
            StudySize::Subjects(subjects) => Ok(subjects),
            StudySize::Events(_) => Err(PlanError::NoSurvival),
        };
        let (alternative, power, subjects, study) = match self.sought {
            Sought::Size { power } => {
                let (subjects, study) = self.recruited(demand)?;
                (self.alternative, power, subjects, study)
            }
            Sought::Power { size } => {
                let subjects = subjects(size)?;
                let study = self.study(Some(subjects))?;
                let power = study.power(subjects, self.alpha, self.sides);
                (self.alternative, power.ok_or(PlanError::NotFollowed)?, subjects, study)
            }
            Sought::Effect { size, power, side } => {
                let subjects = subjects(size)?;
                let study = self.study(Some(subjects))?;
                let alternative = study.detectable(subjects, demand, side);
                (alternative.ok_or(PlanError::NotDetected)?, power, subjects, study)
            }
        };
        Ok(OneGroupAnswer {
            alternative,
            power,
            subjects,
            schedule: self.observed.map(|_| study.schedule),
            recruitment: self.rate.map(|rate| subjects / rate),
        })
    }

    /// The study with its schedule; `subjects` are given or not. Without an observation everybody is followed to the time.
    fn study(&self, subjects: Option<f64>) -> Result<OneGroupStudy, PlanError> {
        let by_rate = subjects.zip(self.rate).map(|(subjects, rate)| subjects / rate);
        let ObservedTo {
            time,
            accrual,
            follow_up,
            loss,
        } = self.observed.unwrap_or(ObservedTo {
            time: 1.0,
            accrual: None,
            follow_up: 1.0,
            loss: 0.0,
        });
        let schedule = Schedule {
            accrual: accrual.or(by_rate).unwrap_or(0.0),
            follow_up,
            loss,
        };
        // An accrual that is still to follow from the rate can be as long as it takes.
        let follows = accrual.is_none() && self.rate.is_some() && subjects.is_none();
        let is_followed = schedule.followed(time).is_some_and(|share| share > 0.0 || follows);
        if !(positive(time) && is_followed) {
            return Err(PlanError::NotFollowed);
        }
        Ok(OneGroupStudy {
            trial: OneGroup {
                reference: self.reference,
                alternative: self.alternative,
            },
            time,
            schedule,
        })
    }

    /// The subjects needed, and the study with the accrual that follows from the rate.
    fn recruited(&self, demand: Demand) -> Result<(f64, OneGroupStudy), PlanError> {
        let mut study = self.study(None)?;
        if let (Some(rate), Some(ObservedTo { accrual: None, .. })) = (self.rate, self.observed) {
            study.schedule.accrual = study.accrual_needed(rate, demand).ok_or(PlanError::NotFollowed)?;
        }
        let subjects = study.subjects_needed(demand).ok_or(PlanError::NotFollowed)?;
        Ok((subjects, study))
    }
}

/// Returns a number of subjects or events as a study can have it: the next whole number, except above one by rounding.
///
/// ```
/// use cotside_core::survival::whole_number;
///
/// // R: ceiling(c(47.18, 48))
/// assert_eq!((whole_number(47.18), whole_number(48.0)), (48.0, 48.0));
/// ```
#[must_use]
pub fn whole_number(size: f64) -> f64 {
    (size - 1e-9 * size.max(1.0)).ceil()
}

/// Returns the subjects of the first and of the second group, each rounded up, so that both have their share.
///
/// ```
/// use cotside_core::survival::whole_groups;
///
/// // R: ceiling(286.4*c(1/2, 1/2))
/// assert_eq!(whole_groups(286.4, 0.5), (144.0, 144.0));
/// ```
#[must_use]
pub fn whole_groups(subjects: f64, second: f64) -> (f64, f64) {
    (whole_number(subjects * (1.0 - second)), whole_number(subjects * second))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: TwoGroupQuestion = TwoGroupQuestion {
        hazard_ratio: 0.6,
        second: 0.5,
        formula: EventsFormula::Schoenfeld,
        alpha: 0.05,
        sides: Sides::Two,
        sought: Sought::Size { power: 0.8 },
        observed: Some(Observed {
            hazard: 0.2,
            accrual: None,
            follow_up: 2.0,
            loss: 0.02,
        }),
        rate: Some(30.0),
    };

    #[test]
    fn the_accrual_follows_from_the_rate() {
        let size = QUESTION.answer().unwrap();
        let accrual = size.schedule.unwrap().accrual;
        assert!((size.recruitment.unwrap() / accrual - 1.0).abs() < 1e-9);
        let given = Sought::Power {
            size: StudySize::Subjects(size.subjects.unwrap()),
        };
        let power = TwoGroupQuestion {
            sought: given,
            ..QUESTION
        };
        assert!((power.answer().unwrap().power - 0.8).abs() < 1e-9);
        let effect = Sought::Effect {
            size: StudySize::Subjects(size.subjects.unwrap()),
            power: 0.8,
            side: Detectable::Better,
        };
        let effect = TwoGroupQuestion {
            sought: effect,
            ..QUESTION
        };
        assert!((effect.answer().unwrap().hazard_ratio - 0.6).abs() < 1e-9);
    }

    #[test]
    fn each_fault_is_named() {
        let fault = |question: TwoGroupQuestion| question.answer().unwrap_err();
        let with = |sought| TwoGroupQuestion { sought, ..QUESTION };
        assert_eq!(fault(TwoGroupQuestion { alpha: 0.0, ..QUESTION }), PlanError::Alpha);
        assert_eq!(
            fault(TwoGroupQuestion {
                alpha: f64::NAN,
                ..QUESTION
            }),
            PlanError::Alpha
        );
        assert_eq!(fault(with(Sought::Size { power: 0.04 })), PlanError::Power);
        assert_eq!(fault(with(Sought::Size { power: 1.0 })), PlanError::Power);
        assert_eq!(
            fault(TwoGroupQuestion {
                hazard_ratio: 1.0,
                ..QUESTION
            }),
            PlanError::HazardRatio
        );
        assert_eq!(
            fault(TwoGroupQuestion {
                second: 1.0,
                ..QUESTION
            }),
            PlanError::Allocation
        );
        assert_eq!(
            fault(TwoGroupQuestion {
                rate: Some(0.0),
                ..QUESTION
            }),
            PlanError::Rate
        );
        let size = StudySize::Subjects(0.0);
        assert_eq!(fault(with(Sought::Power { size })), PlanError::Size);
        let size = StudySize::Subjects(100.0);
        let unobserved = TwoGroupQuestion {
            observed: None,
            ..with(Sought::Power { size })
        };
        assert_eq!(fault(unobserved), PlanError::NoSurvival);
        let nobody = Observed {
            hazard: 0.2,
            accrual: Some(0.0),
            follow_up: 0.0,
            loss: 0.0,
        };
        for sought in [QUESTION.sought, Sought::Power { size }] {
            let nobody = TwoGroupQuestion {
                observed: Some(nobody),
                ..with(sought)
            };
            assert_eq!(fault(nobody), PlanError::Schedule);
        }
        let few = Sought::Effect {
            size: StudySize::Events(3.0),
            power: 0.8,
            side: Detectable::Better,
        };
        let few = TwoGroupQuestion {
            formula: EventsFormula::Freedman,
            ..with(few)
        };
        assert_eq!(fault(few), PlanError::NotDetected);
    }

    #[test]
    fn one_group_at_its_limits() {
        let question = OneGroupQuestion {
            reference: 0.5,
            alternative: 0.7,
            alpha: 0.05,
            sides: Sides::One,
            sought: Sought::Size { power: 0.8 },
            observed: None,
            rate: None,
        };
        for (reference, alternative) in [(0.0, 0.5), (0.5, 1.0), (0.5, 0.5), (1.0, 0.5), (f64::NAN, 0.5)] {
            let question = OneGroupQuestion {
                reference,
                alternative,
                ..question
            };
            assert_eq!(question.answer(), Err(PlanError::Survival));
        }
        let events = Sought::Power {
            size: StudySize::Events(10.0),
        };
        let events = OneGroupQuestion {
            sought: events,
            ..question
        };
        assert_eq!(events.answer(), Err(PlanError::NoSurvival));
        assert_eq!(question.answer().unwrap().recruitment, None);
    }

    const ONE: OneGroupQuestion = OneGroupQuestion {
        reference: 0.5,
        alternative: 0.7,
        alpha: 0.05,
        sides: Sides::One,
        sought: Sought::Size { power: 0.8 },
        observed: None,
        rate: None,
    };

    fn observed(accrual: Option<f64>, follow_up: f64, loss: f64) -> OneGroupQuestion {
        let observed = ObservedTo {
            time: 4.0,
            accrual,
            follow_up,
            loss,
        };
        OneGroupQuestion {
            observed: Some(observed),
            ..ONE
        }
    }

    /// From a follow-up as long as the time on, entry changes nothing; below it, and with loss, more subjects are needed.
    #[test]
    fn follow_up_below_at_and_above_the_time() {
        let needed = |question: OneGroupQuestion| question.answer().unwrap().subjects;
        let all = needed(ONE);
        for follow_up in [4.0, 4.5, 40.0] {
            assert_eq!(needed(observed(Some(3.0), follow_up, 0.0)), all);
            assert_eq!(needed(observed(None, follow_up, 0.0)), all);
        }
        let just_below = needed(observed(Some(3.0), 4.0 - 1e-9, 0.0));
        assert!(just_below > all && just_below < all * (1.0 + 1e-6));
        assert!(needed(observed(Some(3.0), 3.0, 0.0)) > just_below);
        assert!(needed(observed(Some(3.0), 4.0, 0.05)) > all);
    }

    /// The integral is infinite where the last subject who could be followed to the time is the first who enters.
    #[test]
    fn nobody_followed_beyond_the_time_has_no_answer() {
        for sought in [
            Sought::Size { power: 0.8 },
            Sought::Power {
                size: StudySize::Subjects(50.0),
            },
        ] {
            let fault = |question: OneGroupQuestion| OneGroupQuestion { sought, ..question }.answer();
            assert!(fault(observed(Some(3.0), 1.001, 0.0)).is_ok());
            assert_eq!(fault(observed(Some(3.0), 1.0, 0.0)), Err(PlanError::NotFollowed));
            assert_eq!(fault(observed(Some(3.0), 0.5, 0.0)), Err(PlanError::NotFollowed));
            assert_eq!(fault(observed(Some(0.0), 3.9, 0.0)), Err(PlanError::NotFollowed));
            assert_eq!(fault(observed(None, 3.9, 0.0)), Err(PlanError::NotFollowed));
            assert_eq!(fault(observed(Some(-1.0), 5.0, 0.0)), Err(PlanError::NotFollowed));
            assert_eq!(fault(observed(Some(1.0), f64::NAN, 0.0)), Err(PlanError::NotFollowed));
        }
    }

    /// The time left to the end of the study may be all but nothing, or nothing beside the accrual: an answer or none, and an end.
    #[test]
    fn the_integral_ends_where_rounding_is_all_that_is_left() {
        for (accrual, follow_up) in [
            (3.0, 1.0 + 2.3e-16),
            (3.0, 1.0 + 1e-15),
            (1e308, 0.0),
            (4.0 + 1e-12, 0.0),
            (1e-300, 4.0 - 1e-15),
        ] {
            let subjects = observed(Some(accrual), follow_up, 0.01)
                .answer()
                .map(|answer| answer.subjects);
            assert!(
                subjects.is_ok_and(|subjects| subjects.is_finite() && subjects > 47.0)
                    || subjects == Err(PlanError::NotFollowed),
                "{accrual} {follow_up}: {subjects:?}"
            );
        }
    }

    #[test]
    fn the_accrual_of_one_group_follows_from_the_rate() {
        let size = OneGroupQuestion {
            rate: Some(10.0),
            ..observed(None, 1.0, 0.02)
        };
        let answer = size.answer().unwrap();
        let accrual = answer.schedule.unwrap().accrual;
        assert!((answer.recruitment.unwrap() / accrual - 1.0).abs() < 1e-9);
        assert!(accrual > 3.0);
        let given = StudySize::Subjects(answer.subjects);
        let power = OneGroupQuestion {
            sought: Sought::Power { size: given },
            ..size
        };
        assert!((power.answer().unwrap().power - 0.8).abs() < 1e-9);
        let effect = OneGroupQuestion {
            sought: Sought::Effect {
                size: given,
                power: 0.8,
                side: Detectable::Better,
            },
            ..size
        };
        assert!((effect.answer().unwrap().alternative - 0.7).abs() < 1e-9);
    }

    #[test]
    fn whole_numbers_are_not_above_what_is_needed_by_rounding() {
        assert_eq!(whole_number(100.000_000_001), 100.0);
        assert_eq!(whole_number(100.01), 101.0);
        assert_eq!(whole_groups(286.4, 0.5), (144.0, 144.0));
        assert_eq!(whole_groups(90.0, 2.0 / 3.0), (30.0, 60.0));
    }
}

//! What the page on which a study is planned asks: numbers as they were typed, and what is sought.

use cotside_core::evidence::{Estimate, published};
use cotside_core::survival::{
    Detectable, EventsFormula, Observed, ObservedTo, OneGroupQuestion, Sides, Sought, StudySize, TwoGroupQuestion,
    constant_hazard, hazard_ratio_of, loss_hazard,
};
use serde::{Deserialize, Serialize};

choice! {
    /// The design of the study.
    PlanDesign {
        /// Two groups, compared by the log-rank test.
        TwoGroups = "two-groups",
        /// One group against a fixed survival.
        OneGroup = "one-group",
    }
}

choice! {
    /// What is sought; of effect, size and power the two others are given.
    PlanSought {
        /// Events and patients.
        Size = "size",
        /// The power.
        Power = "power",
        /// The effect that is detected.
        Effect = "effect",
    }
}

choice! {
    /// How the effect between two groups is given.
    PlanEffect {
        /// A hazard ratio.
        Ratio = "ratio",
        /// The survival of the second group.
        Survival = "survival",
    }
}

choice! {
    /// What the size of a study of two groups counts.
    PlanSize {
        /// Patients.
        Patients = "patients",
        /// Events.
        Events = "events",
    }
}

choice! {
    /// On which side an effect is sought.
    PlanDirection {
        /// A hazard ratio below 1, a higher survival.
        Better = "better",
        /// A hazard ratio above 1, a lower survival.
        Worse = "worse",
    }
}

choice! {
    /// Sides of the test.
    PlanSides {
        /// Two-sided.
        Two = "two",
        /// One-sided.
        One = "one",
    }
}

choice! {
    /// Formula of the number of events.
    PlanFormula {
        /// Schoenfeld's.
        Schoenfeld = "schoenfeld",
        /// Freedman's.
        Freedman = "freedman",
    }
}

choice! {
    /// A number of the form.
    PlanField {
        /// Survival of the first group, or the fixed one, in per cent.
        Survival = "survival",
        /// Its time in years.
        Time = "time",
        /// Hazard of the second group over that of the first.
        HazardRatio = "hazard-ratio",
        /// Survival of the second group, or the one to detect, in per cent.
        SecondSurvival = "second-survival",
        /// Power in per cent.
        Power = "power",
        /// Patients in all groups.
        Patients = "patients",
        /// Events in all groups.
        Events = "events",
        /// Significance level.
        Alpha = "alpha",
        /// Patients in the second group in per cent.
        Second = "second",
        /// Patients that enter in a year.
        PerYear = "per-year",
        /// Years of entry.
        Accrual = "accrual",
        /// Years of follow-up after the last entry.
        FollowUp = "follow-up",
        /// Per cent lost to follow-up in a year.
        Loss = "loss",
    }
}

/// Why a number of the form cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFault {
    /// It is needed and empty.
    Missing,
    /// It is no number.
    NotNumber,
    /// It is out of its range.
    Range,
    /// It is the same as the survival of the first group.
    Same,
    /// The power does not exceed the significance level.
    BelowAlpha,
}

/// The form. A field that is not set is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSettings {
    /// The design.
    pub design: PlanDesign,
    /// What is sought.
    pub sought: PlanSought,
    /// How the effect is given.
    pub effect: PlanEffect,
    /// What the size counts.
    pub size: PlanSize,
    /// On which side an effect is sought.
    pub direction: PlanDirection,
    /// Sides of the test.
    pub sides: PlanSides,
    /// Formula of the number of events.
    pub formula: PlanFormula,
    /// The id of the published estimate from which survival and time were taken.
    pub baseline: Option<String>,
    /// Fields with a text, each once.
    pub fields: Vec<(PlanField, String)>,
}

impl Default for PlanSettings {
    /// An example that can be changed: survival of 50% at 4 years, a hazard ratio of 0.6, 20 patients a year.
    fn default() -> Self {
        use PlanField as F;
        let fields = [
            (F::Survival, "50"),
            (F::Time, "4"),
            (F::HazardRatio, "0.6"),
            (F::SecondSurvival, "66"),
            (F::Power, "80"),
            (F::Patients, "200"),
            (F::Events, "80"),
            (F::Alpha, "0.05"),
            (F::Second, "50"),
            (F::PerYear, "20"),
            (F::FollowUp, "3"),
        ];
        Self {
            design: PlanDesign::default(),
            sought: PlanSought::default(),
            effect: PlanEffect::default(),
            size: PlanSize::default(),
            direction: PlanDirection::default(),
            sides: PlanSides::default(),
            formula: PlanFormula::default(),
            baseline: None,
            fields: fields.map(|(field, text)| (field, text.to_owned())).into(),
        }
    }
}

/// A question of the form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlanQuestion {
    /// Two groups, with the survival of the first and its time in years.
    TwoGroups(TwoGroupQuestion, Option<(f64, f64)>),
    /// One group, with the time of the survival in years.
    OneGroup(OneGroupQuestion, Option<f64>),
}

/// Fields that cannot be used, each with the reason.
pub type PlanFaults = Vec<(PlanField, PlanFault)>;

/// Numbers from one on are sizes; those of a study are below this.
const LARGEST: f64 = 1e9;

impl PlanField {
    /// Whether it is given in per cent.
    #[must_use]
    pub const fn is_percent(self) -> bool {
        matches!(
            self,
            Self::Survival | Self::SecondSurvival | Self::Power | Self::Second | Self::Loss
        )
    }

    /// Reads a text of the field; per cent become a proportion.
    fn read(self, text: &str) -> Result<f64, PlanFault> {
        let text = text.trim();
        let text = if self.is_percent() {
            text.strip_suffix('%').unwrap_or(text).trim_end()
        } else {
            text
        };
        let value: f64 = text.parse().map_err(|_| PlanFault::NotNumber)?;
        let value = if self.is_percent() { value / 100.0 } else { value };
        let valid = match self {
            Self::Survival | Self::SecondSurvival | Self::Power | Self::Second | Self::Alpha => {
                value > 0.0 && value < 1.0
            }
            Self::HazardRatio => value > 0.0 && value < LARGEST && value != 1.0,
            Self::Time | Self::PerYear => value > 0.0 && value < LARGEST,
            Self::Patients | Self::Events => (1.0..LARGEST).contains(&value) && value.fract() == 0.0,
            Self::Accrual | Self::FollowUp => (0.0..LARGEST).contains(&value),
            Self::Loss => (0.0..1.0).contains(&value),
        };
        if valid { Ok(value) } else { Err(PlanFault::Range) }
    }
}

impl PlanSettings {
    /// The text of a field, or nothing.
    #[must_use]
    pub fn text(&self, field: PlanField) -> &str {
        let mut fields = self.fields.iter();
        fields.find(|(each, _)| *each == field).map_or("", |(_, text)| text)
    }

    /// Sets a field. Survival and time are not those of a published estimate any more where they differ from it.
    pub fn set(&mut self, field: PlanField, text: &str) {
        let text = text.trim();
        if self.text(field) == text {
            return;
        }
        if matches!(field, PlanField::Survival | PlanField::Time) {
            self.baseline = None;
        }
        self.put(field, text);
    }

    fn put(&mut self, field: PlanField, text: &str) {
        self.fields.retain(|(each, _)| *each != field);
        if !text.is_empty() {
            self.fields.push((field, text.to_owned()));
        }
    }

    /// Takes survival and time from a published estimate.
    pub fn take(&mut self, estimate: &Estimate) {
        if let Some((percent, years)) = of_estimate(estimate) {
            self.put(PlanField::Survival, &percent.to_string());
            self.put(PlanField::Time, &years.to_string());
            self.baseline = Some(estimate.id.to_owned());
        }
    }

    /// The published estimate from which survival and time were taken.
    #[must_use]
    pub fn published(&self) -> Option<&'static Estimate> {
        published().estimate(self.baseline.as_deref()?)
    }

    /// The fields that are asked, in the order of the form.
    #[must_use]
    pub fn asked(&self) -> Vec<PlanField> {
        use PlanField as F;
        let two = self.design == PlanDesign::TwoGroups;
        let effect = match (two, self.effect) {
            (true, PlanEffect::Ratio) => F::HazardRatio,
            _ => F::SecondSurvival,
        };
        let size = match (two, self.size) {
            (true, PlanSize::Events) => F::Events,
            _ => F::Patients,
        };
        let mut asked = vec![F::Survival, F::Time];
        asked.extend(Some(effect).filter(|_| self.sought != PlanSought::Effect));
        asked.extend(Some(size).filter(|_| self.sought != PlanSought::Size));
        asked.extend(Some(F::Power).filter(|_| self.sought != PlanSought::Power));
        asked.push(F::Alpha);
        asked.extend(Some(F::Second).filter(|_| two));
        asked.extend([F::PerYear, F::Accrual, F::FollowUp, F::Loss]);
        asked
    }

    /// Whether a field may be empty.
    #[must_use]
    pub fn is_optional(&self, field: PlanField) -> bool {
        use PlanField as F;
        match field {
            F::PerYear | F::Accrual | F::FollowUp | F::Loss => true,
            F::Time => self.design == PlanDesign::OneGroup && !self.is_observed(),
            _ => false,
        }
    }

    /// Whether entry, follow-up or loss is given.
    fn is_observed(&self) -> bool {
        let fields = [PlanField::Accrual, PlanField::FollowUp, PlanField::Loss];
        fields.iter().any(|field| !self.text(*field).is_empty())
    }

    /// Reads the form.
    ///
    /// # Errors
    /// The fields that cannot be used.
    pub fn read(&self) -> Result<PlanQuestion, PlanFaults> {
        let mut reader = Reader {
            settings: self,
            faults: Vec::new(),
        };
        let question = match self.design {
            PlanDesign::TwoGroups => reader.two_groups(),
            PlanDesign::OneGroup => reader.one_group(),
        };
        match question {
            Some(question) if reader.faults.is_empty() => Ok(question),
            _ => Err(reader.faults),
        }
    }
}

/// Survival in per cent and years of an estimate that can be a baseline.
fn of_estimate(estimate: &Estimate) -> Option<(f64, f64)> {
    let percent = estimate.estimate.value();
    let is_baseline = estimate.endpoint.is_survival() && percent > 0.0 && percent < 100.0;
    estimate
        .years
        .filter(|years| is_baseline && *years > 0.0)
        .map(|years| (percent, years))
}

/// The published estimates that can be a baseline, in the order of the table.
pub fn plan_baselines() -> impl Iterator<Item = &'static Estimate> {
    let estimates = published().estimates.iter();
    estimates.filter(|estimate| of_estimate(estimate).is_some())
}

/// Reads fields and keeps those that cannot be used.
struct Reader<'a> {
    settings: &'a PlanSettings,
    faults: PlanFaults,
}

impl Reader<'_> {
    fn fault(&mut self, field: PlanField, fault: PlanFault) {
        self.faults.push((field, fault));
    }

    /// A number that may be empty.
    fn optional(&mut self, field: PlanField) -> Option<f64> {
        let text = self.settings.text(field);
        if text.is_empty() {
            return None;
        }
        match field.read(text) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.fault(field, fault);
                None
            }
        }
    }

    /// A number that may not.
    fn needed(&mut self, field: PlanField) -> Option<f64> {
        if self.settings.text(field).is_empty() {
            self.fault(field, PlanFault::Missing);
        }
        self.optional(field)
    }

    fn is_empty(&self, field: PlanField) -> bool {
        self.settings.text(field).is_empty()
    }

    fn two_groups(&mut self) -> Option<PlanQuestion> {
        let baseline = self.baseline();
        let hazard_ratio = self.effect(baseline);
        let observed = self.observed(baseline);
        let (alpha, sought) = self.sought(PlanSize::Patients == self.settings.size);
        let second = self.needed(PlanField::Second);
        let rate = self.optional(PlanField::PerYear);
        let question = TwoGroupQuestion {
            hazard_ratio: hazard_ratio?,
            second: second?,
            formula: match self.settings.formula {
                PlanFormula::Schoenfeld => EventsFormula::Schoenfeld,
                PlanFormula::Freedman => EventsFormula::Freedman,
            },
            alpha: alpha?,
            sides: self.sides(),
            sought: sought?,
            observed,
            rate,
        };
        Some(PlanQuestion::TwoGroups(question, baseline))
    }

    /// Survival of the first group and its time; both may be empty where events alone are asked for.
    fn baseline(&mut self) -> Option<(f64, f64)> {
        use PlanField as F;
        let settings = self.settings;
        let counts_patients = settings.sought != PlanSought::Size && settings.size == PlanSize::Patients;
        let by_survival = settings.sought != PlanSought::Effect && settings.effect == PlanEffect::Survival;
        let observes = [F::Time, F::Accrual, F::FollowUp, F::Loss, F::PerYear];
        let is_needed = counts_patients || by_survival || observes.iter().any(|field| !self.is_empty(*field));
        if !is_needed && self.is_empty(F::Survival) {
            return None;
        }
        let survival = self.needed(F::Survival);
        survival.zip(self.needed(F::Time))
    }

    /// The hazard ratio; one that is not used where the effect is sought.
    fn effect(&mut self, baseline: Option<(f64, f64)>) -> Option<f64> {
        match (self.settings.sought, self.settings.effect) {
            (PlanSought::Effect, _) => Some(f64::NAN),
            (_, PlanEffect::Ratio) => self.needed(PlanField::HazardRatio),
            (_, PlanEffect::Survival) => {
                let second = self.needed(PlanField::SecondSurvival)?;
                let ratio = hazard_ratio_of(baseline?.0, second)?;
                if ratio == 1.0 {
                    self.fault(PlanField::SecondSurvival, PlanFault::Same);
                }
                Some(ratio)
            }
        }
    }

    /// Accrual, follow-up and the hazard of loss.
    fn schedule(&mut self) -> (Option<f64>, Option<f64>, f64) {
        use PlanField as F;
        let (accrual, follow_up) = (self.optional(F::Accrual), self.optional(F::FollowUp));
        if !self.is_empty(F::Accrual) && self.is_empty(F::FollowUp) {
            self.fault(F::FollowUp, PlanFault::Missing);
        }
        let loss = self.optional(F::Loss).and_then(loss_hazard).unwrap_or(0.0);
        (accrual, follow_up, loss)
    }

    fn observed(&mut self, baseline: Option<(f64, f64)>) -> Option<Observed> {
        let (accrual, follow_up, loss) = self.schedule();
        let (survival, time) = baseline?;
        Some(Observed {
            hazard: constant_hazard(survival, time)?,
            accrual,
            follow_up: follow_up.unwrap_or(time),
            loss,
        })
    }

    fn sides(&self) -> Sides {
        match self.settings.sides {
            PlanSides::One => Sides::One,
            PlanSides::Two => Sides::Two,
        }
    }

    /// The significance level, and what is sought.
    fn sought(&mut self, of_patients: bool) -> (Option<f64>, Option<Sought>) {
        let alpha = self.needed(PlanField::Alpha);
        let is_sought = |sought| self.settings.sought == sought;
        let (size, power) = (!is_sought(PlanSought::Size), !is_sought(PlanSought::Power));
        let size = size.then(|| {
            if of_patients {
                self.needed(PlanField::Patients).map(StudySize::Subjects)
            } else {
                self.needed(PlanField::Events).map(StudySize::Events)
            }
        });
        let power = power.then(|| self.needed(PlanField::Power));
        if let (Some(alpha), Some(Some(power))) = (alpha, power)
            && power <= alpha
        {
            self.fault(PlanField::Power, PlanFault::BelowAlpha);
        }
        let side = match self.settings.direction {
            PlanDirection::Better => Detectable::Better,
            PlanDirection::Worse => Detectable::Worse,
        };
        let sought = match (size, power) {
            (None, Some(power)) => power.map(|power| Sought::Size { power }),
            (Some(size), None) => size.map(|size| Sought::Power { size }),
            (Some(size), Some(power)) => size
                .zip(power)
                .map(|(size, power)| Sought::Effect { size, power, side }),
            (None, None) => None,
        };
        (alpha, sought)
    }

    fn one_group(&mut self) -> Option<PlanQuestion> {
        let reference = self.needed(PlanField::Survival);
        let is_observed = self.settings.is_observed();
        let time = if is_observed {
            self.needed(PlanField::Time)
        } else {
            self.optional(PlanField::Time)
        };
        let alternative = match self.settings.sought {
            PlanSought::Effect => Some(f64::NAN),
            PlanSought::Size | PlanSought::Power => self.needed(PlanField::SecondSurvival),
        };
        if alternative.is_some() && alternative == reference {
            self.fault(PlanField::SecondSurvival, PlanFault::Same);
        }
        let (alpha, sought) = self.sought(true);
        let rate = self.optional(PlanField::PerYear);
        let (accrual, follow_up, loss) = self.schedule();
        let observed = time.filter(|_| is_observed).map(|time| ObservedTo {
            time,
            accrual,
            follow_up: follow_up.unwrap_or(time),
            loss,
        });
        let question = OneGroupQuestion {
            reference: reference?,
            alternative: alternative?,
            alpha: alpha?,
            sides: self.sides(),
            sought: sought?,
            observed,
            rate,
        };
        Some(PlanQuestion::OneGroup(question, time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(settings: &PlanSettings) -> PlanFaults {
        settings.read().unwrap_err()
    }

    fn with(fields: &[(PlanField, &str)]) -> PlanSettings {
        let mut settings = PlanSettings::default();
        for (field, text) in fields {
            settings.set(*field, text);
        }
        settings
    }

    #[test]
    fn the_form_gives_a_question_in_every_state() {
        for design in PlanDesign::ALL {
            for sought in PlanSought::ALL {
                for effect in PlanEffect::ALL {
                    for size in PlanSize::ALL {
                        let settings = PlanSettings {
                            design: *design,
                            sought: *sought,
                            effect: *effect,
                            size: *size,
                            ..PlanSettings::default()
                        };
                        match settings.read().unwrap() {
                            PlanQuestion::TwoGroups(question, _) => assert!(question.answer().is_ok()),
                            PlanQuestion::OneGroup(question, _) => assert!(question.answer().is_ok()),
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn each_field_has_its_own_fault() {
        use PlanFault as W;
        use PlanField as F;
        assert_eq!(faults(&with(&[(F::HazardRatio, "")])), [(F::HazardRatio, W::Missing)]);
        assert_eq!(
            faults(&with(&[(F::HazardRatio, "0,6")])),
            [(F::HazardRatio, W::NotNumber)]
        );
        assert_eq!(faults(&with(&[(F::HazardRatio, "1")])), [(F::HazardRatio, W::Range)]);
        assert_eq!(faults(&with(&[(F::HazardRatio, "inf")])), [(F::HazardRatio, W::Range)]);
        assert_eq!(faults(&with(&[(F::Survival, "100")])), [(F::Survival, W::Range)]);
        assert_eq!(faults(&with(&[(F::Survival, "")])), [(F::Survival, W::Missing)]);
        assert_eq!(faults(&with(&[(F::Time, "0")])), [(F::Time, W::Range)]);
        assert_eq!(faults(&with(&[(F::Power, "4")])), [(F::Power, W::BelowAlpha)]);
        assert_eq!(faults(&with(&[(F::Second, "100")])), [(F::Second, W::Range)]);
        assert_eq!(faults(&with(&[(F::Loss, "100")])), [(F::Loss, W::Range)]);
        let no_follow_up = with(&[(F::FollowUp, ""), (F::Accrual, "3")]);
        assert_eq!(faults(&no_follow_up), [(F::FollowUp, W::Missing)]);
        let one = PlanSettings {
            design: PlanDesign::OneGroup,
            ..with(&[(F::SecondSurvival, "50 %"), (F::PerYear, "x")])
        };
        assert_eq!(faults(&one), [(F::SecondSurvival, W::Same), (F::PerYear, W::NotNumber)]);
        let timeless = PlanSettings {
            design: PlanDesign::OneGroup,
            ..with(&[(F::Time, ""), (F::Accrual, "2"), (F::FollowUp, "")])
        };
        assert_eq!(faults(&timeless), [(F::Time, W::Missing), (F::FollowUp, W::Missing)]);
        let power = PlanSettings {
            sought: PlanSought::Power,
            ..with(&[(F::Patients, "10.5")])
        };
        assert_eq!(faults(&power), [(F::Patients, W::Range)]);
    }

    #[test]
    fn events_alone_need_no_survival() {
        use PlanField as F;
        let empty = [F::Survival, F::Time, F::PerYear, F::FollowUp].map(|field| (field, ""));
        let settings = with(&empty);
        let Ok(PlanQuestion::TwoGroups(question, None)) = settings.read() else {
            panic!("a question without a baseline");
        };
        assert_eq!(question.observed, None);
    }

    /// Nothing of entry, follow-up and loss: everybody is followed to the time, which need not be known.
    #[test]
    fn one_group_is_observed_where_something_of_it_is_given() {
        use PlanField as F;
        let observed = |fields: &[(F, &str)]| {
            let settings = PlanSettings {
                design: PlanDesign::OneGroup,
                ..with(fields)
            };
            let Ok(PlanQuestion::OneGroup(question, _)) = settings.read() else {
                panic!("a question about one group");
            };
            question.observed
        };
        assert_eq!(observed(&[(F::FollowUp, ""), (F::Time, "")]), None);
        let lost = observed(&[(F::FollowUp, ""), (F::Loss, "5")]).unwrap();
        assert_eq!((lost.time, lost.accrual, lost.follow_up), (4.0, None, 4.0));
        let entered = observed(&[(F::Accrual, "2")]).unwrap();
        assert_eq!(
            (entered.accrual, entered.follow_up, entered.loss),
            (Some(2.0), 3.0, 0.0)
        );
    }

    #[test]
    fn a_published_estimate_is_cited_until_its_numbers_are_changed() {
        let estimate = plan_baselines().next().unwrap();
        let mut settings = PlanSettings::default();
        settings.take(estimate);
        assert_eq!(settings.published().map(|each| each.id), Some(estimate.id));
        settings.set(PlanField::HazardRatio, "0.7");
        let same = settings.text(PlanField::Survival).to_owned();
        settings.set(PlanField::Survival, &same);
        assert!(settings.published().is_some());
        settings.set(PlanField::Survival, "51");
        assert!(settings.published().is_none());
    }
}

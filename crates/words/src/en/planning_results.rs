//! Sentences of planning: for the protocol, what they assume, the formulas with their sources, and what cannot be answered.

use cotside_core::survival::{
    EventsFormula, OneGroupAnswer, OneGroupQuestion, PlanError, Schedule, Sides, Sought, StudySize, TwoGroupAnswer,
    TwoGroupQuestion, lost_proportion, survival_with_ratio, whole_groups, whole_number,
};

use crate::{capital, decimal, significant};

/// A source: what is cited, and its DOI.
pub type PlanSource = (&'static str, &'static str);

const SCHOENFELD: [PlanSource; 2] = [
    (
        "Schoenfeld D. The asymptotic properties of nonparametric tests for comparing survival distributions. Biometrika \
         1981;68:316–319",
        "10.1093/biomet/68.1.316",
    ),
    (
        "Schoenfeld DA. Sample-size formula for the proportional-hazards regression model. Biometrics 1983;39:499–503",
        "10.2307/2531021",
    ),
];
const FREEDMAN: PlanSource = (
    "Freedman LS. Tables of the number of patients required in clinical trials using the logrank test. Stat Med \
     1982;1:121–129",
    "10.1002/sim.4780010204",
);
const LACHIN: PlanSource = (
    "Lachin JM, Foulkes MA. Evaluation of sample size and power for analyses of survival with allowance for nonuniform \
     patient entry, losses to follow-up, noncompliance, and stratification. Biometrics 1986;42:507–519",
    "10.2307/2531201",
);
const NAGASHIMA: PlanSource = (
    "Nagashima K, Noma H, Sato Y, Gosho M. Sample size calculations for single-arm survival studies using transformations \
     of the Kaplan–Meier estimator. Pharm Stat 2021;20:499–511",
    "10.1002/pst.2090",
);

/// What an answer on two groups assumes.
pub const TWO_GROUPS_ASSUME: &str = "Assumed: proportional hazards, constant hazards in both groups, uniform entry, and loss to follow-up \
     that is independent of events and equal in both groups. The power counts rejection in the direction of the effect. Survival in \
     infant ALL often reaches a plateau; then fewer late events occur than constant hazards give.";
/// What an answer on one group assumes.
pub const ONE_GROUP_ASSUMES: &str = "Assumed: every patient is followed to the time of the survival or has the event before; the fixed value \
     is taken as known without error, although a published estimate has an interval, and its patients may differ. The power counts \
     rejection in the direction of the effect.";

/// What an answer on one group assumes where entry, follow-up or loss is given.
pub const ONE_GROUP_OBSERVED_ASSUMES: &str = "Assumed: a constant hazard up to the time of the survival, uniform entry, and loss to \
     follow-up that is independent of events. Where most events occur early, as often in infant ALL, fewer patients are needed than \
     with a constant hazard. The fixed value is taken as known without error, although a published estimate has an interval, and its \
     patients may differ. The power counts rejection in the direction of the effect.";

/// The formula of the number of events.
#[must_use]
pub const fn events_formula(formula: EventsFormula) -> &'static str {
    match formula {
        EventsFormula::Schoenfeld => {
            "Schoenfeld: events = (z₁₋α + z₁₋β)² / (p(1 − p)(log HR)²), p the proportion in the second group"
        }
        EventsFormula::Freedman => {
            "Freedman: events = (z₁₋α + z₁₋β)²(1 + r·HR)² / (r(1 − HR)²), r the ratio of patients, second to first group"
        }
    }
}

/// From events to patients.
pub const SUBJECTS_FORMULA: &str = "Patients = events / mean probability of an observed event; with hazard λ, loss η, accrual a and follow-up f it is \
     λ/(λ + η)·[1 − e^(−(λ + η)f)(1 − e^(−(λ + η)a))/((λ + η)a)]";
/// One group.
pub const ONE_GROUP_FORMULA: &str = "n = (z₁₋α + z₁₋β)²·V / (θ₁ − θ₀)², θ = log(−log S), V = (1 − S₁)/(S₁(log S₁)²)";
/// One group with entry, follow-up and loss: Greenwood's integral.
pub const ONE_GROUP_OBSERVED_FORMULA: &str = "n = (z₁₋α + z₁₋β)²·V / (θ₁ − θ₀)², θ = log(−log S), V = ∫₀ᵗ λe^(λu)/G(u) du / (log S₁)², \
     λ = −log S₁/t; G(u) = e^(−ηu)·min(1, (a + f − u)/a) is the probability that follow-up lasts to u, with loss η, accrual a and \
     follow-up f. With f ≥ t and without loss the integral is (1 − S₁)/S₁, whatever the hazard";

/// What an answer on one group assumes; `observed` where entry, follow-up or loss is given.
#[must_use]
pub const fn one_group_assumes(observed: bool) -> &'static str {
    if observed {
        ONE_GROUP_OBSERVED_ASSUMES
    } else {
        ONE_GROUP_ASSUMES
    }
}

/// The formula for one group; `observed` as in [`one_group_assumes`].
#[must_use]
pub const fn one_group_formula(observed: bool) -> &'static str {
    if observed {
        ONE_GROUP_OBSERVED_FORMULA
    } else {
        ONE_GROUP_FORMULA
    }
}

/// The sources of the formulas for two groups; `subjects` where patients follow from events.
#[must_use]
pub fn two_group_sources(formula: EventsFormula, subjects: bool) -> Vec<PlanSource> {
    let mut sources = match formula {
        EventsFormula::Schoenfeld => SCHOENFELD.to_vec(),
        EventsFormula::Freedman => vec![FREEDMAN],
    };
    if subjects {
        sources.push(LACHIN);
    }
    sources
}

/// The source of the formula for one group.
#[must_use]
pub fn one_group_sources() -> Vec<PlanSource> {
    vec![NAGASHIMA]
}

/// Why a question has no answer, with the remedy.
#[must_use]
pub const fn plan_error(error: PlanError) -> &'static str {
    match error {
        PlanError::Alpha => "the significance level must lie between 0 and 1, such as 0.05",
        PlanError::Power => "the power must lie between the significance level and 1 (100%), such as 0.8 (80%)",
        PlanError::HazardRatio => "the hazard ratio must be above 0 and other than 1, such as 0.6",
        PlanError::Allocation => "the proportion in the second group must lie between 0 and 1, such as 0.5",
        PlanError::Size => "the number must be above 0",
        PlanError::Survival => "both survival proportions must lie between 0 and 1 and differ from each other",
        PlanError::Schedule => {
            "no event can be expected with these times; give a follow-up or an accrual above 0, or a higher rate of recruitment"
        }
        PlanError::NotFollowed => {
            "no patient is followed beyond the time of the survival; accrual and follow-up together must be longer than that time"
        }
        PlanError::Rate => "the patients a year must be above 0",
        PlanError::NoSurvival => {
            "a number of patients needs the survival of the first group at a time; for one group, give patients instead of events"
        }
        PlanError::NotDetected => {
            "no effect of that direction is detected with this size and power; give a larger number or a lower power"
        }
    }
}

/// The same as a sentence of its own.
#[must_use]
pub fn refused(error: PlanError) -> String {
    format!("{}.", capital(plan_error(error)))
}

/// Two groups: what was asked and answered, and the survival of the first group with its time in years.
#[derive(Debug, Clone, Copy)]
pub struct TwoGroupPlan {
    /// The question.
    pub question: TwoGroupQuestion,
    /// Its answer.
    pub answer: TwoGroupAnswer,
    /// Survival of the first group, and its time in years.
    pub survival: Option<(f64, f64)>,
}

/// One group: what was asked and answered, and the time of the survival in years.
#[derive(Debug, Clone, Copy)]
pub struct OneGroupPlan {
    /// The question.
    pub question: OneGroupQuestion,
    /// Its answer.
    pub answer: OneGroupAnswer,
    /// Time of the survival in years.
    pub time: Option<f64>,
}

/// A proportion in per cent: 66%; one so near to 0 or 100% that it would be rounded there is below 0.1% or above 99.9%.
#[must_use]
pub fn plan_percent(share: f64) -> String {
    if share > 0.9995 && share < 1.0 {
        return "above 99.9%".to_owned();
    }
    if share < 0.0005 && share > 0.0 {
        return "below 0.1%".to_owned();
    }
    format!("{}%", decimal(100.0 * share, 1))
}

/// Years: 1 year, 2.5 years.
#[must_use]
pub fn plan_years(years: f64) -> String {
    match decimal(years, 1).as_str() {
        "1" => "1 year".to_owned(),
        text => format!("{text} years"),
    }
}

fn counted(number: f64, one: &str, several: &str) -> String {
    match decimal(number, 1).as_str() {
        "1" => format!("1 {one}"),
        text => format!("{text} {several}"),
    }
}

fn patients(number: f64) -> String {
    counted(number, "patient", "patients")
}

fn sides(sides: Sides) -> &'static str {
    match sides {
        Sides::One => "one-sided",
        Sides::Two => "two-sided",
    }
}

fn level(alpha: f64) -> String {
    format!("{}%", decimal(100.0 * alpha, 3))
}

/// Who the groups consist of: "100 in each group", "80 in the first group and 40 in the second".
fn groups((first, second): (f64, f64)) -> String {
    if first == second {
        format!("{} in each group", decimal(first, 1))
    } else {
        format!(
            "{} in the first group and {} in the second",
            decimal(first, 1),
            decimal(second, 1)
        )
    }
}

/// That recruitment takes longer than the years of entry that are assumed.
#[must_use]
pub fn longer_than_assumed(years: f64, given: f64) -> String {
    format!(
        "At this rate recruitment takes {}, longer than the {} of entry that are assumed. Leave the accrual empty to let it \
         follow from the patients a year.",
        plan_years(years),
        plan_years(given)
    )
}

impl TwoGroupPlan {
    /// The sentences for a protocol.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { question, answer, .. } = self;
        let test = format!(
            "{} log-rank test at the {} level",
            sides(question.sides),
            level(question.alpha)
        );
        let formula = match question.formula {
            EventsFormula::Schoenfeld => "Schoenfeld’s formula",
            EventsFormula::Freedman => "Freedman’s formula",
        };
        let power = plan_percent(answer.power);
        let mut text = match question.sought {
            Sought::Size { .. } => {
                let needed = counted(whole_number(answer.events), "event is", "events are");
                let patients = self.whole_patients().map(|(first, second)| {
                    format!(
                        " With {}, they are expected in {} ({}).",
                        self.schedule(),
                        patients(first + second),
                        groups((first, second))
                    )
                });
                format!(
                    "To detect a hazard ratio of {} with {power} power by a {test}, {needed} needed ({formula}).{}",
                    self.effect(),
                    patients.unwrap_or_default()
                )
            }
            Sought::Power { .. } => format!(
                "{} a {test} ({formula}) has {power} power to detect a hazard ratio of {}.",
                self.given(),
                self.effect()
            ),
            Sought::Effect { .. } => format!(
                "{} the hazard ratio nearest to 1 that a {test} ({formula}) detects with {power} power is {}.",
                self.given(),
                self.effect()
            ),
        };
        if let Some((rate, years)) = question.rate.zip(self.recruitment()) {
            text.push_str(&recruitment(rate, years));
        }
        text
    }

    /// Patients of the first and of the second group as whole numbers: rounded up where they follow, and with the sum that is
    /// given where it is.
    #[must_use]
    pub fn whole_patients(&self) -> Option<(f64, f64)> {
        let subjects = self.answer.subjects?;
        if self.are_patients_given() {
            let second = (subjects * self.question.second).round();
            return Some((subjects - second, second));
        }
        Some(whole_groups(subjects, self.question.second))
    }

    /// Patients in all: as given, or whole numbers.
    #[must_use]
    pub fn patients(&self) -> Option<f64> {
        if self.are_patients_given() {
            return self.answer.subjects;
        }
        self.whole_patients().map(|(first, second)| first + second)
    }

    /// Years in which these patients enter at the rate.
    #[must_use]
    pub fn recruitment(&self) -> Option<f64> {
        Some(self.patients()? / self.question.rate?)
    }

    /// Years of recruitment, and the years of entry that the number of events assumes, where recruitment takes longer.
    #[must_use]
    pub fn longer(&self) -> Option<(f64, f64)> {
        longer(self.question.observed?.accrual?, self.recruitment()?)
    }

    /// A remark where recruitment takes longer than the accrual that the number of events assumes.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        self.longer().map(|(years, given)| longer_than_assumed(years, given))
    }

    /// The hazard ratio, and survival in both groups where that of the first is known.
    fn effect(&self) -> String {
        let ratio = significant(self.answer.hazard_ratio);
        match self.survival {
            Some((survival, time)) => format!(
                "{ratio} (survival at {}: {} in the first group, {} in the second)",
                plan_years(time),
                plan_percent(survival),
                plan_percent(self.second_survival().unwrap_or(survival)),
            ),
            None => ratio,
        }
    }

    /// Survival of the second group at the time of that of the first.
    #[must_use]
    pub fn second_survival(&self) -> Option<f64> {
        self.survival
            .map(|(survival, _)| survival_with_ratio(survival, self.answer.hazard_ratio))
    }

    /// What is given, up to the comma before what follows from it.
    fn given(&self) -> String {
        let share = self.question.second;
        let allocated = if share == 0.5 {
            "half of them in each group".to_owned()
        } else {
            format!("{} of them in the second group", plan_percent(share))
        };
        let events = self.answer.events;
        match self.answer.subjects {
            Some(subjects) if self.are_patients_given() => format!(
                "With {} ({allocated}), {}, {} expected, and",
                patients(subjects),
                self.schedule(),
                counted(events, "event is", "events are")
            ),
            Some(_) => {
                let (first, second) = self.whole_patients().unwrap_or_default();
                format!(
                    "With {}, expected in {} ({allocated}) with {},",
                    counted(events, "event", "events"),
                    patients(first + second),
                    self.schedule()
                )
            }
            None => format!("With {} (patients: {allocated}),", counted(events, "event", "events")),
        }
    }

    /// Whether the number of patients is given, and not what follows.
    #[must_use]
    pub const fn are_patients_given(&self) -> bool {
        matches!(
            self.question.sought,
            Sought::Power {
                size: StudySize::Subjects(_),
            } | Sought::Effect {
                size: StudySize::Subjects(_),
                ..
            }
        )
    }

    /// Entry, follow-up and loss: "uniform entry over 4 years and …".
    fn schedule(&self) -> String {
        let Some(schedule) = self.answer.schedule else {
            return String::new();
        };
        let follows = self
            .question
            .observed
            .is_some_and(|observed| observed.accrual.is_none());
        scheduled(schedule, self.recruitment().filter(|_| follows))
    }
}

/// Entry, follow-up and loss. An accrual that follows from the rate is that of whole patients, as the recruitment is.
fn scheduled(schedule: Schedule, recruitment: Option<f64>) -> String {
    let accrual = recruitment.unwrap_or(schedule.accrual);
    let lost = lost_proportion(schedule.loss);
    let lost = (lost > 0.0).then(|| format!("{} lost to follow-up in a year", plan_percent(lost)));
    let parts = if accrual == 0.0 {
        vec![format!("every patient followed for {}", plan_years(schedule.follow_up))]
    } else {
        vec![
            format!("uniform entry over {}", plan_years(accrual)),
            format!("{} of follow-up after the last entry", plan_years(schedule.follow_up)),
        ]
    };
    listed(&parts.into_iter().chain(lost).collect::<Vec<_>>())
}

/// Years of recruitment, and the accrual that is assumed, where recruitment takes longer.
fn longer(assumed: f64, recruitment: f64) -> Option<(f64, f64)> {
    (recruitment > assumed * 1.05).then_some((recruitment, assumed))
}

/// "a", "a and b", "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

fn recruitment(rate: f64, years: f64) -> String {
    format!(" At {} a year recruitment takes {}.", patients(rate), plan_years(years))
}

impl OneGroupPlan {
    /// The sentences for a protocol.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { question, answer, time } = self;
        let at = time.map(|time| format!(" at {}", plan_years(time))).unwrap_or_default();
        let test = format!("{} test at the {} level", sides(question.sides), level(question.alpha));
        let power = plan_percent(answer.power);
        let (reference, alternative) = (plan_percent(question.reference), plan_percent(answer.alternative));
        let n = patients(match question.sought {
            Sought::Size { .. } => whole_number(answer.subjects),
            Sought::Power { .. } | Sought::Effect { .. } => answer.subjects,
        });
        let scale = "on the complementary log-log scale";
        let schedule = self.schedule();
        let given = match &schedule {
            Some(schedule) => format!("With {n}, {schedule},"),
            None => format!("With {n},"),
        };
        let mut text = match question.sought {
            Sought::Size { .. } => format!(
                "To detect a survival{at} of {alternative} against a fixed {reference} with {power} power by a {test} {scale}, {n} \
                 {} needed{}.",
                if whole_number(answer.subjects) == 1.0 {
                    "is"
                } else {
                    "are"
                },
                schedule
                    .map(|schedule| format!(", with {schedule}"))
                    .unwrap_or_default()
            ),
            Sought::Power { .. } => format!(
                "{given} a {test} {scale} has {power} power to detect a survival{at} of {alternative} against a fixed \
                 {reference}."
            ),
            Sought::Effect { .. } => format!(
                "{given} the survival{at} nearest to a fixed {reference} that a {test} {scale} detects with {power} power is \
                 {alternative}."
            ),
        };
        if let Some((rate, years)) = question.rate.zip(self.recruitment()) {
            text.push_str(&recruitment(rate, years));
        }
        text
    }

    /// Years in which the patients enter at the rate: of the whole number where it is sought.
    #[must_use]
    pub fn recruitment(&self) -> Option<f64> {
        let subjects = match self.question.sought {
            Sought::Size { .. } => whole_number(self.answer.subjects),
            Sought::Power { .. } | Sought::Effect { .. } => self.answer.subjects,
        };
        Some(subjects / self.question.rate?)
    }

    /// Years of recruitment, and the years of entry that the number of patients assumes, where recruitment takes longer.
    #[must_use]
    pub fn longer(&self) -> Option<(f64, f64)> {
        longer(self.question.observed?.accrual?, self.recruitment()?)
    }

    /// A remark where recruitment takes longer than the accrual that the number of patients assumes.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        self.longer().map(|(years, given)| longer_than_assumed(years, given))
    }

    /// Probability that follow-up lasts to the time of the survival, where it is given.
    #[must_use]
    pub fn followed(&self) -> Option<f64> {
        self.answer.schedule?.followed(self.question.observed?.time)
    }

    fn schedule(&self) -> Option<String> {
        let follows = self.question.observed?.accrual.is_none();
        let recruitment = self.recruitment().filter(|_| follows);
        Some(scheduled(self.answer.schedule?, recruitment))
    }
}

#[cfg(test)]
mod tests {
    use cotside_core::survival::{Detectable, Observed, ObservedTo, constant_hazard};

    use super::*;

    fn question(sought: Sought) -> TwoGroupQuestion {
        TwoGroupQuestion {
            hazard_ratio: 0.6,
            second: 0.5,
            formula: EventsFormula::Schoenfeld,
            alpha: 0.05,
            sides: Sides::Two,
            sought,
            observed: Some(Observed {
                hazard: constant_hazard(0.5, 4.0).unwrap(),
                accrual: Some(4.0),
                follow_up: 2.0,
                loss: 0.0,
            }),
            rate: Some(12.0),
        }
    }

    fn plan(question: TwoGroupQuestion) -> TwoGroupPlan {
        TwoGroupPlan {
            question,
            answer: question.answer().unwrap(),
            survival: question.observed.map(|_| (0.5, 4.0)),
        }
    }

    #[test]
    fn sentences_for_a_protocol() {
        let size = plan(question(Sought::Size { power: 0.8 }));
        assert_eq!(
            size.sentence(),
            "To detect a hazard ratio of 0.6 (survival at 4 years: 50% in the first group, 66% in the second) with 80% power by a \
             two-sided log-rank test at the 5% level, 121 events are needed (Schoenfeld’s formula). With uniform entry over 4 \
             years and 2 years of follow-up after the last entry, they are expected in 292 patients (146 in each group). At 12 \
             patients a year recruitment takes 24.3 years."
        );
        assert!(size.remark().unwrap().contains("longer than the 4 years"));
        let events = StudySize::Events(80.0);
        let bare = TwoGroupQuestion {
            observed: None,
            rate: None,
            ..question(Sought::Power { size: events })
        };
        assert_eq!(
            plan(bare).sentence(),
            "With 80 events (patients: half of them in each group), a two-sided log-rank test at the 5% level (Schoenfeld’s \
             formula) has 62.7% power to detect a hazard ratio of 0.6."
        );
        let effect = Sought::Effect {
            size: StudySize::Subjects(200.0),
            power: 0.8,
            side: Detectable::Better,
        };
        let text = plan(question(effect)).sentence();
        assert!(
            text.contains("is 0.533 (survival at 4 years: 50% in the first group, 69.1% in the second)"),
            "{text}"
        );
    }

    #[test]
    fn one_group_in_words() {
        let question = OneGroupQuestion {
            reference: 0.5,
            alternative: 0.7,
            alpha: 0.05,
            sides: Sides::One,
            sought: Sought::Size { power: 0.8 },
            observed: None,
            rate: Some(12.0),
        };
        let plan = OneGroupPlan {
            question,
            answer: question.answer().unwrap(),
            time: Some(1.0),
        };
        assert_eq!(
            plan.sentence(),
            "To detect a survival at 1 year of 70% against a fixed 50% with 80% power by a one-sided test at the 5% level on the \
             complementary log-log scale, 48 patients are needed. At 12 patients a year recruitment takes 4 years."
        );
        let observed = ObservedTo {
            time: 2.0,
            accrual: Some(3.0),
            follow_up: 1.0,
            loss: 0.0,
        };
        let question = OneGroupQuestion {
            observed: Some(observed),
            ..question
        };
        let plan = OneGroupPlan {
            question,
            answer: question.answer().unwrap(),
            time: Some(2.0),
        };
        assert_eq!(
            plan.sentence(),
            "To detect a survival at 2 years of 70% against a fixed 50% with 80% power by a one-sided test at the 5% level on the \
             complementary log-log scale, 53 patients are needed, with uniform entry over 3 years and 1 year of follow-up after the \
             last entry. At 12 patients a year recruitment takes 4.4 years."
        );
        assert_eq!(plan.followed(), Some(2.0 / 3.0));
        assert!(plan.remark().unwrap().contains("longer than the 3 years"));
        let given = Sought::Power {
            size: StudySize::Subjects(40.0),
        };
        let question = OneGroupQuestion {
            sought: given,
            observed: Some(ObservedTo {
                accrual: None,
                ..observed
            }),
            ..question
        };
        let plan = OneGroupPlan {
            question,
            answer: question.answer().unwrap(),
            time: Some(2.0),
        };
        assert!(plan.sentence().starts_with(
            "With 40 patients, uniform entry over 3.3 years and 1 year of follow-up after the last entry, a one-sided test"
        ));
        assert_eq!(plan.remark(), None);
    }

    #[test]
    fn shares_near_the_ends_are_not_rounded_to_them() {
        assert_eq!(plan_percent(0.99999), "above 99.9%");
        assert_eq!(plan_percent(0.0001), "below 0.1%");
        assert_eq!((plan_percent(1.0), plan_percent(0.66)), ("100%".into(), "66%".into()));
    }
}

//! `cotside power`: events, patients, power and detectable effects of a study that is planned.

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use cotside_core::evidence::Estimate;
use cotside_core::survival::{
    Detectable, EventsFormula, Observed, ObservedTo, OneGroupQuestion, PlanError, Sides, Sought, StudySize,
    TwoGroupQuestion, constant_hazard, hazard_ratio_of, loss_hazard, whole_number,
};
use cotside_words::en;
use cotside_words::en::planning_results::{self as words, OneGroupPlan, PlanSource, TwoGroupPlan};
use cotside_words::wire::evidence as wire;
use cotside_worker::planning::r;
use serde_json::{Value, json};

use crate::evidence::known_estimate;
use crate::flags::{level, name_of, named, number};
use crate::{Refusal, output, people};

/// Options of `power`.
#[derive(Debug, Args)]
#[command(after_help = "\
Proportions lie between 0 and 1; times are in years. Of effect, size and power two are given and the third is answered.

Examples:
  cotside power two-groups --hazard-ratio 0.6 --survival 0.5 --time 4 --accrual 4 --follow-up 2
  cotside power two-groups --baseline interfant-06/2 --hazard-ratio 0.7 --per-year 60 --follow-up 3
  cotside power two-groups --hazard-ratio 0.6 --events 80
  cotside power one-group --reference 0.5 --alternative 0.7 --sides one --n 40
  cotside power one-group --reference 0.5 --alternative 0.7 --time 2 --accrual 3 --follow-up 1

One group: the Kaplan-Meier estimate at the time is tested on the complementary log-log scale. With --accrual, --follow-up or
--loss, some patients are censored before the time; its variance then assumes a constant hazard (Nagashima et al. 2021).")]
pub struct Power {
    #[command(subcommand)]
    design: Design,
}

/// The design of the study.
#[derive(Debug, Subcommand)]
enum Design {
    /// Two groups, compared by the log-rank test
    TwoGroups(TwoGroupsOptions),
    /// One group against a fixed survival at a time
    OneGroup(OneGroupOptions),
}

/// Options of both designs.
#[derive(Debug, Args)]
struct Common {
    /// Significance level
    #[arg(long, value_name = "LEVEL", default_value = "0.05", value_parser = level)]
    alpha: f64,
    /// One-sided or two-sided test
    #[arg(long, value_name = "SIDES", default_value = "two", value_parser = named(&SIDES))]
    sides: Sides,
    /// Power; 0.8 where it is not sought
    #[arg(long, value_name = "POWER", value_parser = level)]
    power: Option<f64>,
    /// Patients in all groups
    #[arg(long, value_name = "N", value_parser = size)]
    n: Option<f64>,
    /// Side of the effect where it is sought: better is a hazard ratio below 1
    #[arg(long, value_name = "SIDE", default_value = "better", value_parser = named(&DETECTABLE))]
    direction: Detectable,
    /// Patients that enter in a year
    #[arg(long, value_name = "N", value_parser = positive)]
    per_year: Option<f64>,
    /// A row of the table of published outcomes that gives survival and time of the first or fixed group
    #[arg(long, value_name = "ID", value_parser = known_estimate)]
    baseline: Option<&'static Estimate>,
    /// Print code for base R that computes the answer again
    #[arg(long, conflicts_with = "json")]
    r: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Entry, follow-up and loss of both designs.
#[derive(Debug, Args)]
struct Entry {
    /// Years over which patients enter; where it is left out it follows from --per-year, or is 0
    #[arg(long, value_name = "YEARS", value_parser = not_negative)]
    accrual: Option<f64>,
    /// Years of follow-up after the last entry; the time of the survival where it is left out without an accrual
    #[arg(long, value_name = "YEARS", value_parser = not_negative)]
    follow_up: Option<f64>,
    /// Proportion lost to follow-up in a year
    #[arg(long, value_name = "P", value_parser = lost)]
    loss: Option<f64>,
}

impl Entry {
    /// The follow-up, which is the time of the survival where neither it nor an accrual is given; and the hazard of loss.
    fn follow_up(&self, time: f64) -> Result<(f64, f64), &'static str> {
        let loss = self.loss.and_then(loss_hazard).unwrap_or(0.0);
        match (self.follow_up, self.accrual) {
            (Some(follow_up), _) => Ok((follow_up, loss)),
            (None, None) => Ok((time, loss)),
            (None, Some(_)) => Err("--accrual needs --follow-up: years after the last entry"),
        }
    }

    /// The flags that are given.
    fn given(&self) -> Option<&'static str> {
        let flags = [
            ("--accrual", self.accrual),
            ("--follow-up", self.follow_up),
            ("--loss", self.loss),
        ];
        flags.iter().find(|(_, value)| value.is_some()).map(|(flag, _)| *flag)
    }
}

/// Options of `power two-groups`.
#[derive(Debug, Args)]
struct TwoGroupsOptions {
    /// Hazard of the second group over that of the first
    #[arg(long, value_name = "HR", value_parser = ratio)]
    hazard_ratio: Option<f64>,
    /// Survival of the first group
    #[arg(long, value_name = "S", value_parser = proportion, conflicts_with = "baseline")]
    survival: Option<f64>,
    /// Survival of the second group, instead of a hazard ratio
    #[arg(long, value_name = "S", value_parser = proportion, conflicts_with = "hazard_ratio")]
    second_survival: Option<f64>,
    /// Time of the survival, in years
    #[arg(long, value_name = "YEARS", value_parser = positive)]
    time: Option<f64>,
    /// Proportion of patients in the second group
    #[arg(long, value_name = "P", default_value = "0.5", value_parser = proportion)]
    second: f64,
    /// Events in both groups, instead of patients
    #[arg(long, value_name = "E", value_parser = size, conflicts_with = "n")]
    events: Option<f64>,
    #[command(flatten)]
    entry: Entry,
    /// Formula of the number of events
    #[arg(long, value_name = "FORMULA", default_value = "schoenfeld", value_parser = named(&FORMULAS))]
    formula: EventsFormula,
    #[command(flatten)]
    common: Common,
}

/// Options of `power one-group`.
#[derive(Debug, Args)]
struct OneGroupOptions {
    /// The fixed survival
    #[arg(long, value_name = "S", value_parser = proportion, conflicts_with = "baseline")]
    reference: Option<f64>,
    /// The survival to detect
    #[arg(long, value_name = "S", value_parser = proportion)]
    alternative: Option<f64>,
    /// Time of both, in years; needed with --accrual, --follow-up or --loss, else only for the sentence
    #[arg(long, value_name = "YEARS", value_parser = positive, conflicts_with = "baseline")]
    time: Option<f64>,
    #[command(flatten)]
    entry: Entry,
    #[command(flatten)]
    common: Common,
}

const SIDES: [(&str, Sides); 2] = [("one", Sides::One), ("two", Sides::Two)];
const DETECTABLE: [(&str, Detectable); 2] = [("better", Detectable::Better), ("worse", Detectable::Worse)];
const FORMULAS: [(&str, EventsFormula); 2] = [
    ("schoenfeld", EventsFormula::Schoenfeld),
    ("freedman", EventsFormula::Freedman),
];

/// The power where it is neither given nor sought.
const USUAL_POWER: f64 = 0.8;

fn proportion(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value > 0.0 && value < 1.0 {
        return Ok(value);
    }
    Err("is not between 0 and 1; give a proportion such as 0.5 for 50%".into())
}

fn lost(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if (0.0..1.0).contains(&value) {
        return Ok(value);
    }
    Err("is not between 0 and 1; give a proportion such as 0.05 for 5% a year".into())
}

fn ratio(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value > 0.0 && value != 1.0 {
        return Ok(value);
    }
    Err("is not a hazard ratio above 0 other than 1; give one such as 0.6".into())
}

fn positive(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value > 0.0 {
        return Ok(value);
    }
    Err("is not above 0; give a number such as 4".into())
}

fn not_negative(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value >= 0.0 {
        return Ok(value);
    }
    Err("is below 0; give a number such as 2".into())
}

fn size(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value >= 1.0 && value.fract() == 0.0 && value < 1e9 {
        return Ok(value);
    }
    Err("is not a whole number from 1 to 999999999; give one such as 200".into())
}

/// Prints the answer.
///
/// # Errors
/// Flags that do not go together, or a question without an answer.
pub fn run(options: &Power) -> Result<(), Refusal> {
    match &options.design {
        Design::TwoGroups(options) => two_groups(options),
        Design::OneGroup(options) => one_group(options),
    }
}

fn refusal(design: &str, what: &str) -> Refusal {
    Refusal(format!("cotside power {design}: {what}"))
}

/// What is sought: of effect, size and power the one that is not given.
fn sought(common: &Common, size: Option<StudySize>, effect: bool, how: &str) -> Result<Sought, String> {
    let power = common.power.unwrap_or(USUAL_POWER);
    match (size, effect) {
        (Some(_), true) if common.power.is_some() => Err(format!(
            "effect, size and power are all given; leave out {how}, the number, or --power"
        )),
        (Some(size), true) => Ok(Sought::Power { size }),
        (Some(size), false) => Ok(Sought::Effect {
            size,
            power,
            side: common.direction,
        }),
        (None, true) => Ok(Sought::Size { power }),
        (None, false) => Err(format!(
            "{how} is needed for the number of patients, or a number (--n) for the effect that is detected"
        )),
    }
}

/// Survival and time of a row of the table.
fn of_table(estimate: &Estimate) -> Result<(f64, Option<f64>), String> {
    let survival = estimate.estimate.value() / 100.0;
    if survival > 0.0 && survival < 1.0 && estimate.endpoint.is_survival() {
        return Ok((survival, estimate.years));
    }
    Err(format!(
        "--baseline {} is not a survival between 0 and 100%; choose another row of cotside evidence",
        estimate.id
    ))
}

impl TwoGroupsOptions {
    /// Survival of the first group and its time.
    fn baseline(&self) -> Result<Option<(f64, f64)>, String> {
        let (survival, time) = match (self.common.baseline, self.survival) {
            (Some(estimate), _) => {
                let (survival, years) = of_table(estimate)?;
                (survival, years.or(self.time))
            }
            (None, Some(survival)) => (survival, self.time),
            (None, None) => return Ok(None),
        };
        let printed = self.common.baseline.and_then(|estimate| estimate.years);
        if let (Some(years), Some(time)) = (printed, self.time)
            && years != time
        {
            return Err(format!(
                "--time {time} is not the time of the row of --baseline, {years} years; leave --time out"
            ));
        }
        match time {
            Some(time) => Ok(Some((survival, time))),
            None => Err("--time is needed: the years at which the survival of the first group holds".into()),
        }
    }

    fn question(&self) -> Result<(TwoGroupQuestion, Option<(f64, f64)>), String> {
        let baseline = self.baseline()?;
        let hazard_ratio = match (self.hazard_ratio, self.second_survival, baseline) {
            (Some(ratio), _, _) => Some(ratio),
            (None, Some(second), Some((first, _))) => {
                let ratio = hazard_ratio_of(first, second).filter(|ratio| *ratio != 1.0);
                Some(ratio.ok_or("--second-survival is the survival of the first group; give another one")?)
            }
            (None, Some(_), None) => {
                return Err("--second-survival needs --survival and --time, or --baseline".into());
            }
            (None, None, _) => None,
        };
        let observed = self.observed(baseline)?;
        let by_n = self.common.n.map(StudySize::Subjects);
        let size = by_n.or(self.events.map(StudySize::Events));
        let sought = sought(&self.common, size, hazard_ratio.is_some(), "--hazard-ratio")?;
        let question = TwoGroupQuestion {
            hazard_ratio: hazard_ratio.unwrap_or(f64::NAN),
            second: self.second,
            formula: self.formula,
            alpha: self.common.alpha,
            sides: self.common.sides,
            sought,
            observed,
            rate: self.common.per_year,
        };
        Ok((question, baseline))
    }

    fn observed(&self, baseline: Option<(f64, f64)>) -> Result<Option<Observed>, String> {
        let Some((survival, time)) = baseline else {
            let unused = self.time.map(|_| "--time").or(self.entry.given());
            return match unused.or(self.common.per_year.map(|_| "--per-year")) {
                Some(flag) => Err(format!(
                    "{flag} needs the survival of the first group; give --survival and --time, or --baseline"
                )),
                None => Ok(None),
            };
        };
        let (follow_up, loss) = self.entry.follow_up(time)?;
        let hazard = constant_hazard(survival, time).ok_or("--survival and --time give no hazard")?;
        Ok(Some(Observed {
            hazard,
            accrual: self.entry.accrual,
            follow_up,
            loss,
        }))
    }
}

fn two_groups(options: &TwoGroupsOptions) -> Result<(), Refusal> {
    let refuse = |what: &str| refusal("two-groups", what);
    let (question, survival) = options.question().map_err(|what| refuse(&what))?;
    let answer = question.answer().map_err(|error| refuse(words::plan_error(error)))?;
    let plan = TwoGroupPlan {
        question,
        answer,
        survival,
    };
    if options.common.r {
        return output::file(&r::two_groups(&plan));
    }
    let sources = words::two_group_sources(question.formula, answer.subjects.is_some());
    if options.common.json {
        return output::json(&two_groups_json(&plan, options, &sources));
    }
    let mut lines = vec![plan.sentence()];
    lines.extend(plan.remark());
    lines.extend([
        words::TWO_GROUPS_ASSUME.to_owned(),
        words::events_formula(question.formula).to_owned(),
    ]);
    if answer.subjects.is_some() {
        lines.push(words::SUBJECTS_FORMULA.to_owned());
    }
    let numbers = [
        ("hazard ratio", Some(answer.hazard_ratio)),
        ("events", Some(answer.events)),
        ("patients", answer.subjects),
        ("power", Some(answer.power)),
    ];
    output::print(&for_people(&numbers, &lines, &sources, options.common.baseline))
}

fn two_groups_json(plan: &TwoGroupPlan, options: &TwoGroupsOptions, sources: &[PlanSource]) -> Value {
    let TwoGroupPlan {
        question,
        answer,
        survival,
    } = plan;
    let whole = plan.whole_patients();
    json!({
        "design": "two-groups",
        "sought": sought_code(question.sought, "hazard_ratio"),
        "formula": name_of(&FORMULAS, question.formula),
        "alpha": question.alpha,
        "sides": name_of(&SIDES, question.sides),
        "second": question.second,
        "hazard_ratio": answer.hazard_ratio,
        "survival": survival.map(|(survival, _)| survival),
        "second_survival": plan.second_survival(),
        "time": survival.map(|(_, time)| time),
        "power": answer.power,
        "events": answer.events,
        "events_whole": count(whole_number(answer.events)),
        "subjects": answer.subjects,
        "n": plan.patients().map(count),
        "n_first": whole.map(|(first, _)| count(first)),
        "n_second": whole.map(|(_, second)| count(second)),
        "event_probability": answer.event_probabilities.map(|(first, second)| json!({ "first": first, "second": second })),
        "accrual": answer.schedule.map(|schedule| schedule.accrual),
        "follow_up": answer.schedule.map(|schedule| schedule.follow_up),
        "loss": answer.schedule.map(|_| options.entry.loss.unwrap_or(0.0)),
        "per_year": question.rate,
        "recruitment_years": plan.recruitment(),
        "baseline": options.common.baseline.map(wire::estimate),
        "sentence": plan.sentence(),
        "remark": plan.remark(),
        "assumptions": words::TWO_GROUPS_ASSUME,
        "sources": sources.iter().map(cited).collect::<Vec<_>>(),
        "r": r::two_groups(plan),
    })
}

impl OneGroupOptions {
    fn observed(&self, time: Option<f64>) -> Result<Option<ObservedTo>, String> {
        let Some(flag) = self.entry.given() else {
            return Ok(None);
        };
        let time = time.ok_or_else(|| format!("{flag} needs --time: the years at which the survival holds"))?;
        let (follow_up, loss) = self.entry.follow_up(time)?;
        Ok(Some(ObservedTo {
            time,
            accrual: self.entry.accrual,
            follow_up,
            loss,
        }))
    }
}

fn one_group(options: &OneGroupOptions) -> Result<(), Refusal> {
    let refuse = |what: &str| refusal("one-group", what);
    let common = &options.common;
    let (reference, time) = match (common.baseline, options.reference) {
        (Some(estimate), _) => of_table(estimate).map_err(|what| refuse(&what))?,
        (None, Some(reference)) => (reference, options.time),
        (None, None) => return Err(refuse("--reference, the fixed survival, is needed, or --baseline")),
    };
    let size = common.n.map(StudySize::Subjects);
    let sought = sought(common, size, options.alternative.is_some(), "--alternative").map_err(|what| refuse(&what))?;
    let question = OneGroupQuestion {
        reference,
        alternative: options.alternative.unwrap_or(f64::NAN),
        alpha: common.alpha,
        sides: common.sides,
        sought,
        observed: options.observed(time).map_err(|what| refuse(&what))?,
        rate: common.per_year,
    };
    let answer = question.answer().map_err(|error| match error {
        PlanError::Survival => refuse("--alternative is the fixed survival; give another one"),
        error => refuse(words::plan_error(error)),
    })?;
    let plan = OneGroupPlan { question, answer, time };
    if common.r {
        return output::file(&r::one_group(&plan));
    }
    let sources = words::one_group_sources();
    if common.json {
        return output::json(&one_group_json(&plan, options, &sources));
    }
    let mut lines = vec![plan.sentence()];
    lines.extend(plan.remark());
    let observed = plan.question.observed.is_some();
    lines.extend([
        words::one_group_assumes(observed).to_owned(),
        words::one_group_formula(observed).to_owned(),
    ]);
    let numbers = [
        ("fixed survival", Some(question.reference)),
        ("survival to detect", Some(answer.alternative)),
        ("patients", Some(answer.subjects)),
        ("power", Some(answer.power)),
    ];
    let followed = plan.followed().map(|share| ("followed to the time", Some(share)));
    let numbers: Vec<_> = numbers.into_iter().chain(followed).collect();
    output::print(&for_people(&numbers, &lines, &sources, common.baseline))
}

fn one_group_json(plan: &OneGroupPlan, options: &OneGroupOptions, sources: &[PlanSource]) -> Value {
    let OneGroupPlan { question, answer, time } = plan;
    json!({
        "design": "one-group",
        "sought": sought_code(question.sought, "alternative"),
        "alpha": question.alpha,
        "sides": name_of(&SIDES, question.sides),
        "reference": question.reference,
        "alternative": answer.alternative,
        "time": time,
        "power": answer.power,
        "subjects": answer.subjects,
        "n": count(whole_number(answer.subjects)),
        "accrual": answer.schedule.map(|schedule| schedule.accrual),
        "follow_up": answer.schedule.map(|schedule| schedule.follow_up),
        "loss": answer.schedule.map(|_| options.entry.loss.unwrap_or(0.0)),
        "followed": plan.followed(),
        "per_year": question.rate,
        "recruitment_years": plan.recruitment(),
        "baseline": options.common.baseline.map(wire::estimate),
        "sentence": plan.sentence(),
        "remark": plan.remark(),
        "assumptions": words::one_group_assumes(question.observed.is_some()),
        "sources": sources.iter().map(cited).collect::<Vec<_>>(),
        "r": r::one_group(plan),
    })
}

/// A whole number as JSON has it, where it is one that counts.
fn count(whole: f64) -> Value {
    const LARGEST: f64 = 9e15;
    if whole < LARGEST {
        json!(whole as u64)
    } else {
        json!(whole)
    }
}

fn sought_code(sought: Sought, effect: &'static str) -> &'static str {
    match sought {
        Sought::Size { .. } => "n",
        Sought::Power { .. } => "power",
        Sought::Effect { .. } => effect,
    }
}

fn cited(&(reference, doi): &PlanSource) -> String {
    format!("{reference} [doi:{doi}]")
}

fn for_people(
    numbers: &[(&str, Option<f64>)],
    lines: &[String],
    sources: &[PlanSource],
    baseline: Option<&Estimate>,
) -> String {
    let mut text = String::new();
    for (name, value) in numbers {
        let _ = writeln!(text, "{name:<22}{:>12}", people::shown(*value));
    }
    for line in lines {
        let _ = writeln!(text, "\n{line}");
    }
    if let Some(estimate) = baseline {
        let _ = writeln!(
            text,
            "\nBaseline {}: {} [{}]",
            estimate.id,
            estimate.population,
            en::citation(&estimate.cite)
        );
    }
    let _ = writeln!(text);
    for source in sources {
        let _ = writeln!(text, "{}", cited(source));
    }
    text
}

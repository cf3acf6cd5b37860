//! `cotside cif`: cumulative incidence of competing causes, and Gray's test.

use std::fmt::Write as _;

use cotside_core::cohort::Labels;
use cotside_core::survival::{
    Confidence, CumulativeIncidence, GrayError, IncidenceAt, IncidenceVariance, Scale, causes, cumulative_incidence,
    gray_test,
};
use cotside_words::en;
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::{self, Common, Data, EventCodes, text_value};
use crate::arguments::{Command, HELP};
use crate::km::{CARRIED_ON, scale_code, scale_named};
use crate::{Refusal, output};

/// Name of the only group where none is asked for.
const ALL: &str = "all";

/// Options of `cif`.
pub struct Cif {
    common: Common,
    at: Vec<f64>,
    confidence: Confidence,
    variance: IncidenceVariance,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Cif {
        common: Common::new("cif"),
        at: Vec::new(),
        confidence: Confidence::default(),
        variance: IncidenceVariance::default(),
    };
    let (mut scale, mut level) = (Scale::LogLog, 0.95);
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            Long(name) => name.to_owned(),
            other => return Err(other.unexpected().into()),
        };
        let common = &mut options.common;
        match name.as_str() {
            "at" => options.at.extend(common.numbers("at", &text_value(parser)?)?),
            "conf-type" => scale = scale_named(common, &text_value(parser)?)?,
            "conf-level" => level = common.number("conf-level", &text_value(parser)?)?,
            "variance" => {
                options.variance = match text_value(parser)?.as_str() {
                    "jackknife" => IncidenceVariance::Jackknife,
                    "aalen" => IncidenceVariance::Aalen,
                    other => {
                        return Err(common.refusal(&format!("--variance “{other}” is neither jackknife nor aalen")));
                    }
                };
            }
            "event-value" => {
                return Err(common.refusal("--event-value has no meaning here: 0 is censored, 1, 2, … are the causes"));
            }
            name if common.accept(name, &["entry", "weights", "group", "strata"], parser)? => {}
            _ => return Err(Long(&name).unexpected().into()),
        }
    }
    options.common.check()?;
    if !options.common.strata.is_empty() && options.common.group.is_none() {
        return Err(options
            .common
            .refusal("--strata needs --group: strata are those of Gray's test"));
    }
    options.confidence = Confidence::new(scale, level).ok_or_else(|| {
        let common = &options.common;
        common.refusal(&format!("--conf-level {level} is not accepted; give one such as 0.95"))
    })?;
    Ok(Command::Cif(options))
}

#[derive(Serialize)]
struct Answer {
    n: usize,
    n_excluded: usize,
    conf_type: &'static str,
    conf_level: f64,
    /// Of the standard errors.
    variance: &'static str,
    groups: Vec<Group>,
    gray: Option<Vec<Gray>>,
}

#[derive(Serialize)]
struct Group {
    group: String,
    n: usize,
    causes: Vec<Cause>,
}

#[derive(Serialize)]
struct Cause {
    cause: u32,
    events: usize,
    steps: Vec<Step>,
    at: Vec<At>,
}

#[derive(Serialize)]
struct Step {
    time: f64,
    estimate: f64,
    std_err: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    /// Why there is no variance, and so no interval that says anything.
    #[serde(skip)]
    no_interval: Option<String>,
}

#[derive(Serialize)]
struct At {
    at_risk: f64,
    /// Why there is no variance, and so no interval that says anything.
    no_interval: Option<String>,
    /// Whether the last time lies before this one while some are without an event, so that the last value was carried on.
    carried_on: bool,
    #[serde(flatten)]
    step: Step,
}

#[derive(Serialize)]
struct Gray {
    cause: u32,
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<String>,
}

/// Reads the file, prints the incidences.
pub fn run(options: &Cif) -> Result<(), Refusal> {
    let common = &options.common;
    let data = analysis::data(common, EventCodes::Causes)?;
    let refuse = |error| common.refusal(&en::incidence_error(error));
    let single = Labels::single(data.follow_up.len(), ALL);
    let groups = data.group.as_ref().unwrap_or(&single);
    let curves = cumulative_incidence(&data.follow_up, groups, options.variance).map_err(refuse)?;
    let answer = Answer {
        n: data.follow_up.len(),
        n_excluded: data.n_excluded,
        conf_type: scale_code(options.confidence.scale()),
        conf_level: options.confidence.level(),
        variance: match options.variance {
            IncidenceVariance::Jackknife => "jackknife",
            IncidenceVariance::Aalen => "aalen",
        },
        gray: gray(common, &data)?,
        groups: groups
            .names
            .iter()
            .zip(&curves)
            .map(|(name, curves)| group(name, curves, options))
            .collect(),
    };
    data.say_note();
    if common.json {
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer))
    }
}

fn gray(common: &Common, data: &Data) -> Result<Option<Vec<Gray>>, Refusal> {
    let Some(groups) = &data.group else { return Ok(None) };
    let single = Labels::single(data.follow_up.len(), "");
    let strata = data.strata.as_ref().unwrap_or(&single);
    let mut tests = Vec::new();
    for cause in causes(&data.follow_up) {
        match gray_test(&data.follow_up, groups, strata, cause) {
            Ok(test) => tests.push(Gray {
                cause,
                chi2: Some(test.chi_square),
                df: test.df,
                p: Some(test.p),
                no_test: None,
            }),
            Err(error @ GrayError::NoVariance) => tests.push(Gray {
                cause,
                chi2: None,
                df: groups.len() - 1,
                p: None,
                no_test: Some(en::gray_error(error)),
            }),
            Err(error @ (GrayError::OneGroup | GrayError::NeedsPlainRows | GrayError::TooManyGroups { .. })) => {
                eprintln!("cotside cif: {}", en::gray_error(error));
                return Ok(None);
            }
            Err(error @ GrayError::Labels) => return Err(common.refusal(&en::gray_error(error))),
        }
    }
    Ok(Some(tests))
}

fn group(name: &str, curves: &CumulativeIncidence, options: &Cif) -> Group {
    let step = |time, at: IncidenceAt| {
        let limits = at.interval(options.confidence);
        Step {
            time,
            estimate: at.estimate,
            std_err: at.std_err,
            lower: limits.map(|limits| limits.lower),
            upper: limits.map(|limits| limits.upper),
            no_interval: at.no_variance().map(|why| en::no_variance("", why)),
        }
    };
    let cause = |k: usize| {
        let column = &curves.causes[k];
        let steps = (0..curves.time.len()).filter_map(|index| Some(step(curves.time[index], curves.step(k, index)?)));
        let asked = options.at.iter().filter_map(|&time| Some((time, curves.at(k, time)?)));
        Cause {
            cause: column.cause,
            events: column.events,
            steps: steps.collect(),
            at: asked
                .map(|(time, at)| At {
                    at_risk: at.at_risk,
                    no_interval: at.no_variance().map(|why| en::no_variance("", why)),
                    carried_on: !curves.is_known_at(time),
                    step: step(time, at),
                })
                .collect(),
        }
    };
    Group {
        group: name.to_owned(),
        n: curves.n,
        causes: (0..curves.causes.len()).map(cause).collect(),
    }
}

fn table_for_people(answer: &Answer) -> String {
    let mut text = format!(
        "Aalen–Johansen, {} intervals of {} %, variance: {}\n",
        answer.conf_type,
        answer.conf_level * 100.0,
        answer.variance
    );
    for group in &answer.groups {
        for cause in &group.causes {
            let _ = writeln!(
                text,
                "{}, cause {}: {} of {}",
                group.group, cause.cause, cause.events, group.n
            );
            let _ = writeln!(
                text,
                "{:>12} {:>10} {:>10} {:>10} {:>10}",
                "time", "incidence", "std_err", "lower", "upper"
            );
            let asked: Vec<(&Step, bool)> = cause.at.iter().map(|at| (&at.step, at.carried_on)).collect();
            let rows = if asked.is_empty() {
                cause.steps.iter().map(|step| (step, false)).collect()
            } else {
                asked
            };
            for (row, carried_on) in rows {
                let known = row.no_interval.is_none();
                let cell = |value: Option<f64>| {
                    value
                        .filter(|_| known)
                        .map_or("-".to_owned(), |value| format!("{value:.4}"))
                };
                let _ = writeln!(
                    text,
                    "{:>12} {:>10.4} {:>10} {:>10} {:>10}{}{}",
                    row.time,
                    row.estimate,
                    cell(Some(row.std_err)),
                    cell(row.lower),
                    cell(row.upper),
                    row.no_interval
                        .as_ref()
                        .map_or_else(String::new, |why| format!("  no interval: {why}")),
                    if carried_on { CARRIED_ON } else { "" }
                );
            }
        }
    }
    for test in answer.gray.iter().flatten() {
        let _ = match (test.chi2, test.p) {
            (Some(chi2), Some(p)) => {
                writeln!(
                    text,
                    "Gray's test, cause {}: chi2 {chi2:.3}, df {}, p {p:.4e}",
                    test.cause, test.df
                )
            }
            _ => writeln!(
                text,
                "Gray's test, cause {}: no test: {}",
                test.cause,
                test.no_test.as_deref().unwrap_or_default()
            ),
        };
    }
    if answer.n_excluded > 0 {
        let _ = writeln!(text, "{} rows left out: a value is missing", answer.n_excluded);
    }
    text
}

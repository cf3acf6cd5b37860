//! `cotside check`: whether published numbers follow from each other.

use std::fmt::Write as _;

use cotside_core::evidence::check::{
    Finding, PrintedP, TypedNumbers, Verdict, check_estimate, check_same_numbers, check_study,
};
use cotside_core::evidence::{Estimate, Printed, published};
use cotside_words::en;
use cotside_words::wire::evidence as wire;
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::comma_list;
use crate::arguments::{Command, HELP};
use crate::evidence::{known_estimate, level};
use crate::{Refusal, output};

/// Options of `check`: numbers as printed.
#[derive(Default)]
pub struct Check {
    ids: Vec<&'static Estimate>,
    typed: TypedNumbers,
    level: Option<f64>,
    json: bool,
}

/// Level of the intervals that publications print.
const PRINTED_LEVEL: f64 = 0.95;

#[derive(Serialize)]
struct Answer {
    checks: Vec<wire::FindingWire>,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Check::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => options.json = true,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            Long(name) => {
                let name = name.to_owned();
                if !FLAGS.contains(&name.as_str()) {
                    return Err(Long(&name).unexpected().into());
                }
                options.accept(&name, &parser.value()?.string()?)?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Check(options))
}

/// Flags with a value.
const FLAGS: [&str; 14] = [
    "id", "estimate", "se", "n", "ci", "hr", "p", "count", "percent", "median", "range", "values", "parts", "level",
];

fn refusal(flag: &str, text: &str, accepted: &str) -> Refusal {
    Refusal(format!(
        "cotside check: --{flag} “{text}” is not accepted; give {accepted}"
    ))
}

fn number(flag: &str, text: &str) -> Result<Printed, Refusal> {
    Printed::read(text).ok_or_else(|| refusal(flag, text, "a number as printed, such as 41.7"))
}

fn pair(flag: &str, text: &str) -> Result<(Printed, Printed), Refusal> {
    match &comma_list(text)[..] {
        [low, high] => Ok((number(flag, low)?, number(flag, high)?)),
        _ => Err(refusal(flag, text, "two numbers as printed, such as 30.7,55.1")),
    }
}

fn whole(flag: &str, text: &str) -> Result<u32, Refusal> {
    text.trim()
        .parse()
        .map_err(|_| refusal(flag, text, "a whole number such as 62"))
}

impl Check {
    fn accept(&mut self, flag: &str, text: &str) -> Result<(), Refusal> {
        let typed = &mut self.typed;
        match flag {
            "id" => {
                for id in comma_list(text) {
                    self.ids.push(known_estimate("check", &id)?);
                }
            }
            "estimate" => typed.estimate = Some(number(flag, text)?),
            "se" => typed.standard_error = Some(number(flag, text)?),
            "n" => typed.n = Some(whole(flag, text)?),
            "ci" => typed.interval = Some(pair(flag, text)?),
            "hr" => typed.hazard_ratio = Some(number(flag, text)?),
            "p" => {
                let p = PrintedP::read(text);
                typed.p = Some(p.ok_or_else(|| refusal(flag, text, "a probability such as 0.088 or <0.001"))?);
            }
            "count" => {
                let (count, total) = text
                    .split_once('/')
                    .ok_or_else(|| refusal(flag, text, "a count of a total, such as 6/7"))?;
                typed.count = Some((whole(flag, count)?, whole(flag, total)?));
            }
            "percent" => typed.percent = Some(number(flag, text)?),
            "median" => typed.median = Some(number(flag, text)?),
            "range" => typed.range = Some(pair(flag, text)?),
            "values" => {
                for each in comma_list(text) {
                    typed.values.push(number(flag, &each)?.value());
                }
            }
            "parts" => {
                for part in comma_list(text) {
                    let (n, rate) = part.split_once(':').ok_or_else(|| {
                        refusal(flag, &part, "patients and rate of each part, such as 19:94.4,56:56.6")
                    })?;
                    typed.parts.push((whole(flag, n)?, number(flag, rate)?));
                }
            }
            _ => self.level = Some(level("check", text)?),
        }
        Ok(())
    }
}

/// Runs the checks and prints what was found.
pub fn run(options: &Check) -> Result<(), Refusal> {
    let mut checks = Vec::new();
    if !options.typed.is_empty() {
        let found = options.typed.findings(options.level.unwrap_or(PRINTED_LEVEL));
        if found.is_empty() {
            return Err(Refusal(
                "cotside check: these numbers do not determine each other; give --estimate with --se and --n, --estimate \
                 or --hr with --ci, --percent with --count or --n, --median with --range, or --parts with --estimate"
                    .into(),
            ));
        }
        for finding in found {
            let finding = finding.ok_or_else(|| {
                Refusal(
                    "cotside check: these numbers are no rates, counts, ratios or ranges; rates are per cent from 0 to \
                     100, a ratio and its interval lie above 0, the lower end comes first, and a count is at most its total"
                        .into(),
                )
            })?;
            checks.push(wire::finding(None, &finding));
        }
    }
    for estimate in &options.ids {
        checks.extend(
            check_estimate(estimate)
                .iter()
                .map(|finding| wire::finding(Some(estimate.id), finding)),
        );
    }
    if options.typed.is_empty() && options.ids.is_empty() {
        whole_table(&mut checks);
    }
    if options.json {
        return output::json(&Answer { checks });
    }
    let mut text = String::new();
    for check in &checks {
        let id = check.id.map_or_else(String::new, |id| format!("{id}: "));
        let _ = writeln!(text, "[{}] {id}{}", check.verdict.replace('_', " "), check.text);
    }
    let _ = writeln!(
        text,
        "\n{} {}, {} “{}”. Rounding is allowed for; what does not follow may have a reason that is not printed.",
        checks.len(),
        if checks.len() == 1 { "check" } else { "checks" },
        checks
            .iter()
            .filter(|check| check.verdict == Verdict::DoesNotFollow.code())
            .count(),
        en::verdict(Verdict::DoesNotFollow)
    );
    output::print(&text)
}

/// Every row and study of the published table.
fn whole_table(checks: &mut Vec<wire::FindingWire>) {
    for estimate in &published().estimates {
        checks.extend(
            check_estimate(estimate)
                .iter()
                .map(|finding| wire::finding(Some(estimate.id), finding)),
        );
    }
    for study in published().studies {
        for (column, finding) in check_study(study) {
            let mut wire = wire::finding(Some(study.id), &finding);
            wire.text = format!("{}: {}", column.replace('_', " "), wire.text);
            checks.push(wire);
        }
    }
    for pair in check_same_numbers(&published().estimates) {
        checks.push(wire::finding(Some(pair.first.id), &Finding::SameNumbers(pair)));
    }
}

//! `cotside check`: whether published numbers follow from each other.

use std::fmt::Write as _;

use cotside_core::evidence::check::{
    Finding, PrintedP, Verdict, check_count, check_estimate, check_hazard_ratio, check_interval, check_median,
    check_percent, check_same_numbers, check_standard_error, check_study, check_weighted_mean,
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
pub struct Check {
    ids: Vec<&'static Estimate>,
    estimate: Option<Printed>,
    standard_error: Option<Printed>,
    n: Option<u32>,
    interval: Option<(Printed, Printed)>,
    hazard_ratio: Option<Printed>,
    p: Option<PrintedP>,
    count: Option<(u32, u32)>,
    percent: Option<Printed>,
    median: Option<Printed>,
    range: Option<(Printed, Printed)>,
    values: Vec<f64>,
    parts: Vec<(u32, Printed)>,
    level: f64,
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    checks: Vec<wire::FindingWire>,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Check {
        ids: Vec::new(),
        estimate: None,
        standard_error: None,
        n: None,
        interval: None,
        hazard_ratio: None,
        p: None,
        count: None,
        percent: None,
        median: None,
        range: None,
        values: Vec::new(),
        parts: Vec::new(),
        level: 0.95,
        json: false,
    };
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
        match flag {
            "id" => {
                for id in comma_list(text) {
                    self.ids.push(known_estimate("check", &id)?);
                }
            }
            "estimate" => self.estimate = Some(number(flag, text)?),
            "se" => self.standard_error = Some(number(flag, text)?),
            "n" => self.n = Some(whole(flag, text)?),
            "ci" => self.interval = Some(pair(flag, text)?),
            "hr" => self.hazard_ratio = Some(number(flag, text)?),
            "p" => {
                let p = PrintedP::read(text);
                self.p = Some(p.ok_or_else(|| refusal(flag, text, "a probability such as 0.088 or <0.001"))?);
            }
            "count" => {
                let (count, total) = text
                    .split_once('/')
                    .ok_or_else(|| refusal(flag, text, "a count of a total, such as 6/7"))?;
                self.count = Some((whole(flag, count)?, whole(flag, total)?));
            }
            "percent" => self.percent = Some(number(flag, text)?),
            "median" => self.median = Some(number(flag, text)?),
            "range" => self.range = Some(pair(flag, text)?),
            "values" => {
                for each in comma_list(text) {
                    self.values.push(number(flag, &each)?.value());
                }
            }
            "parts" => {
                for part in comma_list(text) {
                    let (n, rate) = part.split_once(':').ok_or_else(|| {
                        refusal(flag, &part, "patients and rate of each part, such as 19:94.4,56:56.6")
                    })?;
                    self.parts.push((whole(flag, n)?, number(flag, rate)?));
                }
            }
            _ => self.level = level("check", text)?,
        }
        Ok(())
    }

    /// Whether numbers were typed in.
    fn typed(&self) -> bool {
        self.estimate.is_some()
            || self.standard_error.is_some()
            || self.n.is_some()
            || self.interval.is_some()
            || self.hazard_ratio.is_some()
            || self.p.is_some()
            || self.count.is_some()
            || self.percent.is_some()
            || self.median.is_some()
            || self.range.is_some()
            || !self.values.is_empty()
            || !self.parts.is_empty()
    }

    /// Every check that the numbers typed in allow.
    fn findings(&self) -> Vec<Option<Finding>> {
        let mut found = Vec::new();
        if let (Some(estimate), None) = (self.estimate, self.hazard_ratio) {
            if let (Some(n), Some(error)) = (self.n, self.standard_error) {
                found.push(check_standard_error(n, estimate, error).map(Finding::StandardError));
            }
            if let Some(interval) = self.interval {
                let check = check_interval(estimate, interval, self.standard_error, self.n, self.level);
                found.push(check.map(Finding::Interval));
            }
            if !self.parts.is_empty() {
                found.push(check_weighted_mean(&self.parts, estimate).map(Finding::WeightedMean));
            }
        }
        if let (Some(ratio), Some(interval)) = (self.hazard_ratio, self.interval) {
            found.push(check_hazard_ratio(ratio, interval, self.p, self.level).map(Finding::HazardRatio));
        }
        match (self.percent, self.count, self.n) {
            (Some(percent), Some((count, total)), _) => {
                found.push(check_count(count, total, percent).map(Finding::Count));
            }
            (Some(percent), None, Some(n)) => found.push(check_percent(percent, n).map(Finding::Percent)),
            _ => {}
        }
        if let (Some(median), Some(range)) = (self.median, self.range) {
            found.push(check_median(median, range, &self.values).map(Finding::Median));
        }
        found
    }
}

/// Runs the checks and prints what was found.
pub fn run(options: &Check) -> Result<(), Refusal> {
    let mut checks = Vec::new();
    if options.typed() {
        let found = options.findings();
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
    if !options.typed() && options.ids.is_empty() {
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

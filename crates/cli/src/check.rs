//! `cotside check`: whether published numbers follow from each other.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::evidence::check::{
    Finding, PrintedP, TypedNumbers, Verdict, check_estimate, check_same_numbers, check_study,
};
use cotside_core::evidence::{Printed, published};
use cotside_words::en;
use cotside_words::wire::evidence as wire;
use serde::Serialize;

use crate::flags::{REST, is_rest, level, present};
use crate::own_estimates::{OwnRows, RowId, row_id};
use crate::{Refusal, output};

/// Options of `check`: numbers as printed.
#[derive(Debug, Args)]
#[command(after_help = "\
Numbers are given as they are printed, since their last digit says how they were rounded; rates are per cent. Without
numbers and ids the whole table of published outcomes is checked.

Examples:
  cotside check --estimate 41.7 --se 9.2 --n 115
  cotside check --hr 1.969 --ci 0.903,4.291 --p 0.088")]
pub struct Check {
    /// Rows of the table by their ids, or of --own
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',', value_parser = row_id)]
    id: Vec<RowId>,
    /// CSV file of own estimates; without --id all of its rows are checked
    #[arg(long, value_name = "FILE", value_parser = present)]
    own: Option<String>,
    /// A rate in per cent
    #[arg(long, value_name = "RATE", value_parser = printed)]
    estimate: Option<Printed>,
    /// Its standard error in percentage points
    #[arg(long, value_name = "SE", value_parser = printed)]
    se: Option<Printed>,
    /// Number of patients
    #[arg(long, value_name = "N", value_parser = whole)]
    n: Option<u32>,
    /// Interval of the rate or the ratio
    #[arg(long, value_name = "LOWER,UPPER", value_parser = two)]
    ci: Option<(Printed, Printed)>,
    /// A hazard ratio
    #[arg(long, value_name = "RATIO", value_parser = printed)]
    hr: Option<Printed>,
    /// Its p value, such as 0.088 or <0.001
    #[arg(long, value_name = "P", value_parser = p_value)]
    p: Option<PrintedP>,
    /// A count of a total
    #[arg(long, value_name = "K/N", value_parser = count)]
    count: Option<(u32, u32)>,
    /// The count in per cent
    #[arg(long, value_name = "PERCENT", value_parser = printed)]
    percent: Option<Printed>,
    /// A median
    #[arg(long, value_name = "MEDIAN", value_parser = printed)]
    median: Option<Printed>,
    /// Its range
    #[arg(long, value_name = "LOWER,UPPER", value_parser = two)]
    range: Option<(Printed, Printed)>,
    /// The values that the median is of
    #[arg(long, value_name = "VALUE", num_args = 1.., value_delimiter = ',', value_parser = printed)]
    values: Vec<Printed>,
    /// Patients and rate of each part of a whole
    #[arg(long, value_name = "N:RATE", num_args = 1.., value_delimiter = ',', value_parser = part)]
    parts: Vec<(u32, Printed)>,
    /// Level of the interval
    #[arg(long, value_name = "LEVEL", default_value_t = PRINTED_LEVEL, value_parser = level)]
    level: f64,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Level of the intervals that publications print.
const PRINTED_LEVEL: f64 = 0.95;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckAnswer {
    checks: Vec<wire::FindingWire>,
}

fn printed(text: &str) -> Result<Printed, String> {
    if is_rest(text) {
        return Err(REST.into());
    }
    Printed::read(text).ok_or_else(|| "is not accepted; give a number as printed, such as 41.7".into())
}

fn two(text: &str) -> Result<(Printed, Printed), String> {
    let ends = text
        .split_once(',')
        .and_then(|(low, high)| Some((printed(low).ok()?, printed(high).ok()?)));
    ends.ok_or_else(|| "is not accepted; give two numbers as printed, such as 30.7,55.1".into())
}

fn whole(text: &str) -> Result<u32, String> {
    let number = text.trim().parse();
    number.map_err(|_| "is not accepted; give a whole number such as 62".into())
}

fn p_value(text: &str) -> Result<PrintedP, String> {
    PrintedP::read(text).ok_or_else(|| "is not accepted; give a probability such as 0.088 or <0.001".into())
}

fn count(text: &str) -> Result<(u32, u32), String> {
    let parts = text
        .split_once('/')
        .and_then(|(count, total)| Some((whole(count).ok()?, whole(total).ok()?)));
    parts.ok_or_else(|| "is not accepted; give a count of a total, such as 6/7".into())
}

fn part(text: &str) -> Result<(u32, Printed), String> {
    let part = text
        .split_once(':')
        .and_then(|(n, rate)| Some((whole(n).ok()?, Printed::read(rate)?)));
    part.ok_or_else(|| "is not accepted; give patients and rate of each part, such as 19:94.4,56:56.6".into())
}

impl Check {
    fn typed(&self) -> TypedNumbers {
        TypedNumbers {
            estimate: self.estimate,
            standard_error: self.se,
            n: self.n,
            interval: self.ci,
            hazard_ratio: self.hr,
            p: self.p,
            count: self.count,
            percent: self.percent,
            median: self.median,
            range: self.range,
            values: self.values.iter().map(|value| value.value()).collect(),
            parts: self.parts.clone(),
        }
    }
}

/// Runs the checks and prints what was found.
pub fn run(options: &Check) -> Result<(), Refusal> {
    let mut checks = Vec::new();
    let typed = options.typed();
    if !typed.is_empty() {
        let found = typed.findings(options.level);
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
                    "cotside check: these numbers are not rates, counts, ratios or ranges; rates are per cent from 0 to \
                     100, a ratio and its interval lie above 0, the lower end comes first, and a count is at most its total"
                        .into(),
                )
            })?;
            checks.push(wire::finding(None, &finding));
        }
    }
    let own = OwnRows::read(options.own.as_deref())?;
    let rows = if options.id.is_empty() {
        own.rows.clone()
    } else {
        own.named(&options.id)?
    };
    for estimate in &rows {
        checks.extend(
            check_estimate(estimate)
                .iter()
                .map(|finding| wire::finding(Some(estimate.id), finding)),
        );
    }
    if typed.is_empty() && rows.is_empty() {
        whole_table(&mut checks);
    }
    if options.json {
        return output::json(&CheckAnswer { checks });
    }
    let mut text = String::new();
    for check in &checks {
        let id = check.id.map_or_else(String::new, |id| format!("{id}: "));
        let _ = writeln!(text, "[{}] {id}{}", check.verdict.replace('_', " "), check.text);
    }
    let _ = writeln!(
        text,
        "\n{} {}, {} “{}”. Rounding is allowed for; a number that does not follow may have a reason that is not printed.",
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

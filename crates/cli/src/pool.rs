//! `cotside pool`: fixed and random effects of published estimates.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::cohort::{Cells, Expected, Wanted};
use cotside_core::evidence::check::{Finding, TypedNumbers};
use cotside_core::evidence::{
    Effect, ErrorOrigin, Estimate, NoEffect, Pool as Pooled, PoolMethod, PoolTest, Printed, Rate, cautions_among,
    leave_one_out, pool, rates_on,
};
use cotside_core::survival::Scale;
use cotside_words::en;
use cotside_words::wire::evidence::{self as wire, PoolScale};
use serde_json::{Value, json};

use crate::analysis::{Complete, Table, left_out};
use crate::flags::{level, named, present};
use crate::own_estimates::{OwnRows, RowId, label, row_id};
use crate::people::name;
use crate::{Refusal, output, people};

/// Options of `pool`.
#[derive(Debug, Args)]
#[command(after_help = "\
With a scale of rates the columns are per cent; --lower and --upper are of 95 % intervals, --level is that of the answer.
Rows of the table are pooled on the log-log scale, a file on the identity scale, unless --scale is given; ratios are
pooled as their logarithms.

Examples:
  cotside pool --ids interfant-99/2,interfant-06/2,mll03/1
  cotside pool --own own.csv --ids own/1,own/2,mll03/1
  cotside pool --input trials.csv --ratio hr --lower low --upper high --label trial")]
pub struct Pool {
    /// Rows of the table of published outcomes, or of --own
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',', value_parser = row_id)]
    ids: Vec<RowId>,
    /// CSV file of own estimates beside the table, marked as not checked (cotside evidence --own-template)
    #[arg(long, value_name = "FILE", value_parser = present, conflicts_with = "input")]
    own: Option<String>,
    /// CSV file of estimates; - reads standard input
    #[arg(long, value_name = "FILE", value_parser = present)]
    input: Option<String>,
    /// Column of names
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    label: Option<String>,
    /// Column of estimates
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    estimate: Option<String>,
    /// Column of their standard errors
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    std_err: Option<String>,
    /// Column of ratios
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    ratio: Option<String>,
    /// Column of the lower ends of their intervals
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    lower: Option<String>,
    /// Column of the upper ends
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    upper: Option<String>,
    /// Scale on which estimates are pooled
    #[arg(long, value_name = "SCALE", value_parser = named(&SCALES))]
    scale: Option<PoolScale>,
    /// Estimate of the variance between studies
    #[arg(long, value_name = "METHOD", default_value = "reml", value_parser = named(&METHODS))]
    method: PoolMethod,
    /// Test and interval of the pooled estimate
    #[arg(long, value_name = "TEST", default_value = "hartung-knapp", value_parser = named(&TESTS))]
    test: PoolTest,
    /// For a row of the table without a standard error, use the smallest that its number of patients allows
    #[arg(long)]
    binomial: bool,
    /// Add the estimates without each study
    #[arg(long)]
    leave_one_out: bool,
    /// Level of the answer's intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    level: f64,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

const SCALES: [(&str, PoolScale); 6] = [
    ("log-log", PoolScale::Rate(Scale::LogLog)),
    ("plain", PoolScale::Rate(Scale::Plain)),
    ("log", PoolScale::Rate(Scale::Log)),
    ("logit", PoolScale::Rate(Scale::Logit)),
    ("arcsin", PoolScale::Rate(Scale::Arcsin)),
    ("identity", PoolScale::Identity),
];

const METHODS: [(&str, PoolMethod); 3] = [
    ("reml", PoolMethod::Reml),
    ("dersimonian-laird", PoolMethod::DerSimonianLaird),
    ("fixed", PoolMethod::Fixed),
];

const TESTS: [(&str, PoolTest); 2] = [("hartung-knapp", PoolTest::HartungKnapp), ("normal", PoolTest::Normal)];

/// Level of the intervals that a file gives.
const PRINTED_LEVEL: f64 = 0.95;

/// The estimates to pool.
struct Studies {
    labels: Vec<String>,
    effects: Vec<Effect>,
    scale: PoolScale,
    n_excluded: usize,
    cautions: Vec<wire::CautionWire>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

fn refusal(what: &str) -> Refusal {
    Refusal(format!("cotside pool: {what}"))
}

/// Columns of a file that are pooled.
#[derive(Debug, Clone, Copy)]
enum Columns<'a> {
    /// Estimates and standard errors.
    Estimates { estimate: &'a str, std_err: &'a str },
    /// Ratios and the ends of their intervals.
    Ratios {
        ratio: &'a str,
        lower: &'a str,
        upper: &'a str,
    },
}

/// The numbers of the same in the complete rows.
enum Numbers {
    Estimates {
        estimate: Vec<f64>,
        std_err: Vec<f64>,
    },
    Ratios {
        ratio: Vec<f64>,
        lower: Vec<f64>,
        upper: Vec<f64>,
    },
}

impl Columns<'_> {
    fn wanted(&self) -> Vec<(&str, Expected)> {
        match *self {
            Self::Estimates { estimate, std_err } => {
                vec![(estimate, Expected::Number), (std_err, Expected::Positive)]
            }
            Self::Ratios { ratio, lower, upper } => {
                [ratio, lower, upper].map(|name| (name, Expected::Positive)).to_vec()
            }
        }
    }
}

/// Error message where a file and its columns are not both given.
const WHAT_TO_GIVE: &str = "give --ids of rows of the table, or --input FILE with --estimate and --std-err COLUMN, or with --ratio, --lower and \
     --upper COLUMN";

impl Pool {
    fn columns(&self) -> Option<Columns<'_>> {
        match (&self.estimate, &self.std_err, &self.ratio, &self.lower, &self.upper) {
            (Some(estimate), Some(std_err), None, None, None) => Some(Columns::Estimates { estimate, std_err }),
            (None, None, Some(ratio), Some(lower), Some(upper)) => Some(Columns::Ratios { ratio, lower, upper }),
            _ => None,
        }
    }

    fn studies(&self) -> Result<Studies, Refusal> {
        match (&self.ids[..], &self.input, self.columns()) {
            ([], Some(input), Some(columns)) => self.rows_of_a_file(input, columns),
            ([_, ..], None, _) if self.scale == Some(PoolScale::Identity) => Err(refusal(
                "rates of the table are pooled on a scale of rates; use --scale plain",
            )),
            ([_, ..], None, _) => self.rows_of_the_table(),
            _ => Err(refusal(WHAT_TO_GIVE)),
        }
    }

    fn rows_of_a_file(&self, input: &str, columns: Columns<'_>) -> Result<Studies, Refusal> {
        let scale = match columns {
            Columns::Ratios { .. } if self.scale.is_some() => {
                return Err(refusal(
                    "--scale is not used with --ratio, which is pooled as its logarithm",
                ));
            }
            Columns::Ratios { .. } => PoolScale::LogRatio,
            Columns::Estimates { .. } => self.scale.unwrap_or(PoolScale::Identity),
        };
        let texts = self.label.iter().map(|name| (name.as_str(), Cells::Texts));
        let numbers = columns.wanted();
        let all = numbers.iter().map(|&(name, expected)| (name, Cells::Numbers(expected)));
        let wanted: Vec<Wanted<'_>> = texts.chain(all).map(|(name, cells)| Wanted { name, cells }).collect();
        let (table, read) = Table::read(input, &wanted)?;
        let mut rows = table.rows(read);
        let labels = self.label.as_ref().map(|column| rows.texts(column)).transpose()?;
        let mut number = |name: &str, expected| rows.numbers(name, expected);
        let read = match columns {
            Columns::Estimates { estimate, std_err } => Numbers::Estimates {
                estimate: number(estimate, Expected::Number)?,
                std_err: number(std_err, Expected::Positive)?,
            },
            Columns::Ratios { ratio, lower, upper } => Numbers::Ratios {
                ratio: number(ratio, Expected::Positive)?,
                lower: number(lower, Expected::Positive)?,
                upper: number(upper, Expected::Positive)?,
            },
        };
        let complete = rows.finish();
        let labels: Vec<String> = match labels {
            Some(labels) => complete
                .rows()
                .filter_map(|row| labels.get(row).map(str::to_owned))
                .collect(),
            None => complete.rows().map(|row| format!("row {}", row + 1)).collect(),
        };
        let (effects, mut warnings) = match (read, columns) {
            (Numbers::Estimates { estimate, std_err }, _) => {
                let (estimate, std_err) = (complete.pick(estimate), complete.pick(std_err));
                let effects = self.estimates(&estimate, &std_err, scale, &complete)?;
                (effects, low_rates(&estimate, &labels, scale))
            }
            (Numbers::Ratios { ratio, lower, upper }, columns) => {
                let ratios: [Vec<f64>; 3] = [ratio, lower, upper].map(|column| complete.pick(column));
                let effects = ratios_of(&ratios, columns, &complete)?;
                (effects, off_centre(&ratios, &labels))
            }
        };
        warnings.extend(left_out(complete.n_excluded));
        Ok(Studies {
            labels,
            effects,
            scale,
            n_excluded: complete.n_excluded,
            cautions: Vec::new(),
            warnings,
        })
    }

    fn estimates(
        &self,
        estimate: &[f64],
        std_err: &[f64],
        scale: PoolScale,
        complete: &Complete<'_>,
    ) -> Result<Vec<Effect>, Refusal> {
        let column = self.estimate.as_deref().unwrap_or_default();
        let is_rate = matches!(scale, PoolScale::Rate(_));
        if is_rate && !estimate.is_empty() && estimate.iter().all(|&rate| rate <= 1.0) {
            return Err(complete.table.row_refusal(
                complete.row(0),
                column,
                "every rate of the column is 1 or less, as fractions are; give rates in per cent, such as 70 for 0.7, with \
                 standard errors in percentage points",
            ));
        }
        let effect = |row: usize| match scale {
            PoolScale::Rate(scale) => Rate {
                percent: estimate[row],
                std_err: std_err[row],
                origin: ErrorOrigin::Printed,
            }
            .on(scale),
            _ => Effect::new(estimate[row], std_err[row]),
        };
        let accepted = if is_rate {
            "give a rate above 0 and below 100 per cent with its standard error in percentage points"
        } else {
            "give a finite estimate with a standard error above 0"
        };
        let one = |row| effect(row).ok_or_else(|| complete.table.row_refusal(complete.row(row), column, accepted));
        (0..estimate.len()).map(one).collect()
    }

    fn rows_of_the_table(&self) -> Result<Studies, Refusal> {
        let scale = match self.scale {
            Some(PoolScale::Rate(scale)) => scale,
            _ => Scale::LogLog,
        };
        let rows = OwnRows::read(self.own.as_deref())?.named(&self.ids)?;
        let effects = rates_on(&rows, scale, self.binomial).map_err(|error| {
            refusal(&format!(
                "{}; leave it out{}",
                en::effect_error(&error),
                match error.why {
                    NoEffect::NoStandardError => ", or give --binomial to use the least that its n allows",
                    NoEffect::NoVariance
                    | NoEffect::OffTheScale(_)
                    | NoEffect::SameAs(_)
                    | NoEffect::OtherEndpoint(_) => "",
                }
            ))
        })?;
        Ok(Studies {
            labels: rows.iter().map(|row| label(row)).collect(),
            effects,
            scale: PoolScale::Rate(scale),
            n_excluded: 0,
            cautions: self.cautions(&rows),
            warnings: Vec::new(),
        })
    }

    /// Cautions of every pair, each kind once.
    fn cautions(&self, rows: &[&'static Estimate]) -> Vec<wire::CautionWire> {
        let found = cautions_among(rows, self.binomial);
        found
            .iter()
            .flat_map(|(first, second, caution)| wire::cautions(first, second, std::slice::from_ref(caution)))
            .collect()
    }
}

/// Ratios on the log scale; a ratio outside its own interval is refused.
fn ratios_of(
    [ratio, lower, upper]: &[Vec<f64>; 3],
    columns: Columns<'_>,
    complete: &Complete<'_>,
) -> Result<Vec<Effect>, Refusal> {
    let names: Vec<&str> = columns.wanted().into_iter().map(|(name, _)| name).collect();
    let one = |row: usize| {
        let (ratio, lower, upper) = (ratio[row], lower[row], upper[row]);
        let refuse = |why: &str| Err(complete.table.row_refusal(complete.row(row), &names.join(", "), why));
        if lower < upper && !(lower..=upper).contains(&ratio) {
            return refuse(&format!(
                "the ratio {ratio} lies outside its own interval {lower} to {upper}; give the three of one estimate"
            ));
        }
        match Effect::of_ratio(ratio, lower, upper, PRINTED_LEVEL) {
            Some(effect) => Ok(effect),
            None => refuse("give a ratio with an interval whose lower end lies below its upper end"),
        }
    };
    (0..ratio.len()).map(one).collect()
}

/// Returns a warning on ratios that are not at the centre of their interval on the log scale, as `check` finds them:
/// the standard error is derived from the interval, and the two may be of different models.
fn off_centre([ratio, lower, upper]: &[Vec<f64>; 3], labels: &[String]) -> Vec<String> {
    let printed = |value: f64| Printed::read(&value.to_string());
    let finding = |row: usize| {
        let typed = TypedNumbers {
            hazard_ratio: printed(ratio[row]),
            interval: printed(lower[row]).zip(printed(upper[row])),
            ..TypedNumbers::default()
        };
        match &typed.findings(PRINTED_LEVEL)[..] {
            [Some(finding @ Finding::HazardRatio(check))] if !check.centred => Some(en::finding(finding)),
            _ => None,
        }
    };
    let rows = labels.iter().enumerate();
    rows.filter_map(|(row, label)| Some(format!("{label}: {}", finding(row)?)))
        .collect()
}

/// Returns a warning on rates of 1 per cent or less among higher ones, which may be fractions.
fn low_rates(rates: &[f64], labels: &[String], scale: PoolScale) -> Vec<String> {
    let low = rates.iter().zip(labels).filter(|(rate, _)| **rate <= 1.0);
    low.filter(|_| matches!(scale, PoolScale::Rate(_)))
        .map(|(rate, label)| format!("{label}: {rate} is read as {rate} per cent, not as a fraction"))
        .collect()
}

/// Pools and prints.
pub fn run(options: &Pool) -> Result<(), Refusal> {
    let studies = options.studies()?;
    let (method, test, level) = (options.method, options.test, options.level);
    let refuse = |error| refusal(&en::pool_error(error));
    let found = pool(&studies.effects, method, test, level).map_err(refuse)?;
    let without = if options.leave_one_out {
        Some(leave_one_out(&studies.effects, method, test, level).map_err(refuse)?)
    } else {
        None
    };
    if options.json {
        let mut answer = wire::pool(
            &found,
            studies.scale,
            &studies.labels,
            &studies.effects,
            without.as_deref(),
        );
        if let Value::Object(object) = &mut answer {
            object.insert("level".to_owned(), json!(level));
            object.insert("n_excluded".to_owned(), json!(studies.n_excluded));
            object.insert("cautions".to_owned(), json!(studies.cautions));
            object.insert("warnings".to_owned(), json!(studies.warnings));
        }
        return output::json(&answer);
    }
    output::print(&for_people(&found, &studies, without.as_deref(), level))
}

/// "36.9 (30.1 to 43.5)" as rate or ratio where the scale has one, else on the scale.
fn shown(pooled: &Pooled, scale: PoolScale) -> String {
    let (unit, back) = match scale {
        PoolScale::Rate(_) => (" %", scale.back(pooled.estimate, pooled.interval)),
        _ => ("", scale.back(pooled.estimate, pooled.interval)),
    };
    let number = |key: &str, own: f64| {
        let value = back.as_ref().and_then(|back| back[key].as_f64()).unwrap_or(own);
        people::rounded(value, if unit.is_empty() { 3 } else { 1 })
    };
    let estimate = number("estimate", pooled.estimate);
    match pooled.interval {
        None => format!("{estimate}{unit} ({})", en::ALL_ALIKE),
        Some(interval) => format!(
            "{estimate}{unit} ({} to {})",
            number("lower", interval.lower),
            number("upper", interval.upper)
        ),
    }
}

fn for_people(found: &Pooled, studies: &Studies, without: Option<&[Pooled]>, level: f64) -> String {
    let mut text = String::new();
    for ((label, effect), weight) in studies.labels.iter().zip(&studies.effects).zip(&found.weights) {
        let _ = writeln!(
            text,
            "{:<28} {:>9} (SE {}) on the {} scale, weight {} %",
            name(label),
            people::number(effect.estimate),
            people::number(effect.std_err),
            studies.scale.code(),
            people::rounded(*weight, 1)
        );
    }
    let heterogeneity = &found.heterogeneity;
    // For rates, 0 on the scale is not a meaningful hypothesis.
    let tested = found.p.filter(|_| !matches!(studies.scale, PoolScale::Rate(_)));
    let p = tested.map_or_else(String::new, |p| format!(", {}", en::p_value(p)));
    let _ = writeln!(
        text,
        "\n{} studies, {}, {} of {} % on the {} scale: {}{p}",
        found.k,
        en::pool_method(found.method),
        en::pool_test(found.test),
        people::level(level),
        studies.scale.code(),
        shown(found, studies.scale)
    );
    if let Some(prediction) = found.prediction {
        let range = Pooled {
            interval: Some(prediction),
            ..found.clone()
        };
        let _ = writeln!(text, "a further study, predicted: {}", shown(&range, studies.scale));
    }
    let _ = writeln!(
        text,
        "Q = {} on {} df, {}; I² = {} %; τ² = {} ({} to {})",
        people::rounded(heterogeneity.q, 2),
        heterogeneity.df,
        en::p_value(heterogeneity.p),
        people::rounded(heterogeneity.i2, 1),
        people::rounded(heterogeneity.tau2, 4),
        people::rounded(heterogeneity.tau2_interval.lower, 4),
        people::rounded(heterogeneity.tau2_interval.upper, 4)
    );
    for (label, pooled) in studies.labels.iter().zip(without.unwrap_or_default()) {
        let _ = writeln!(text, "without {}: {}", name(label), shown(pooled, studies.scale));
    }
    for warning in &studies.warnings {
        let _ = writeln!(text, "- {}", name(warning));
    }
    for caution in &studies.cautions {
        let _ = writeln!(text, "- {} ({}, {})", caution.text, caution.of[0], caution.of[1]);
    }
    text
}

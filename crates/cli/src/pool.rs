//! `cotside pool`: fixed and random effects of published estimates.

use std::fmt::Write as _;

use cotside_core::cohort::{Cells, Expected, Wanted};
use cotside_core::evidence::{
    Effect, ErrorOrigin, Estimate, NoEffect, Pool as Pooled, PoolMethod, PoolTest, Rate, cautions_among, leave_one_out,
    pool, rates_on,
};
use cotside_core::survival::Scale;
use cotside_words::wire::evidence::{self as wire, PoolScale};
use cotside_words::{decimal, en};
use lexopt::prelude::*;
use serde_json::{Value, json};

use crate::analysis::{Complete, Table, comma_list};
use crate::arguments::{Command, HELP};
use crate::evidence::{known_estimate, level};
use crate::{Refusal, output};

/// Options of `pool`.
#[derive(Default)]
pub struct Pool {
    ids: Vec<&'static Estimate>,
    input: String,
    label: Option<String>,
    estimate: String,
    std_err: String,
    ratio: String,
    lower: String,
    upper: String,
    scale: Option<PoolScale>,
    method: Option<PoolMethod>,
    test: Option<PoolTest>,
    binomial: bool,
    leave_one_out: bool,
    level: Option<f64>,
    json: bool,
}

/// Level of the intervals that a file gives.
const PRINTED_LEVEL: f64 = 0.95;

/// What is pooled.
struct Studies {
    labels: Vec<String>,
    effects: Vec<Effect>,
    scale: PoolScale,
    n_excluded: usize,
    cautions: Vec<wire::CautionWire>,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Pool::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("ids") => {
                for id in comma_list(&parser.value()?.string()?) {
                    options.ids.push(known_estimate("pool", &id)?);
                }
            }
            Long("input") => options.input = parser.value()?.string()?,
            Long("label") => options.label = Some(parser.value()?.string()?),
            Long("estimate") => options.estimate = parser.value()?.string()?,
            Long("std-err") => options.std_err = parser.value()?.string()?,
            Long("ratio") => options.ratio = parser.value()?.string()?,
            Long("lower") => options.lower = parser.value()?.string()?,
            Long("upper") => options.upper = parser.value()?.string()?,
            Long("scale") => options.scale = Some(scale_named(&parser.value()?.string()?)?),
            Long("method") => options.method = Some(method_named(&parser.value()?.string()?)?),
            Long("test") => options.test = Some(test_named(&parser.value()?.string()?)?),
            Long("level") => options.level = Some(level("pool", &parser.value()?.string()?)?),
            Long("binomial") => options.binomial = true,
            Long("leave-one-out") => options.leave_one_out = true,
            Long("json") => options.json = true,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            other => return Err(other.unexpected().into()),
        }
    }
    options.check()?;
    Ok(Command::Pool(Box::new(options)))
}

fn refusal(what: &str) -> Refusal {
    Refusal(format!("cotside pool: {what}"))
}

fn scale_named(text: &str) -> Result<PoolScale, Refusal> {
    let rates = [Scale::LogLog, Scale::Plain, Scale::Log, Scale::Logit, Scale::Arcsin].map(PoolScale::Rate);
    let mut known = rates.into_iter().chain([PoolScale::Identity]);
    known.find(|scale| scale.code() == text).ok_or_else(|| {
        refusal(&format!(
            "--scale “{text}” is not known; there are log-log, plain, log, logit, arcsin, identity"
        ))
    })
}

fn method_named(text: &str) -> Result<PoolMethod, Refusal> {
    let known = [PoolMethod::Fixed, PoolMethod::DerSimonianLaird, PoolMethod::Reml];
    known.into_iter().find(|method| method.code() == text).ok_or_else(|| {
        refusal(&format!(
            "--method “{text}” is not known; there are fixed, dersimonian-laird, reml"
        ))
    })
}

fn test_named(text: &str) -> Result<PoolTest, Refusal> {
    let known = [PoolTest::Normal, PoolTest::HartungKnapp];
    known.into_iter().find(|test| test.code() == text).ok_or_else(|| {
        refusal(&format!(
            "--test “{text}” is not known; there are normal, hartung-knapp"
        ))
    })
}

impl Pool {
    fn check(&self) -> Result<(), Refusal> {
        let from_ratio = !self.ratio.is_empty();
        let fits = if self.ids.is_empty() {
            let columns = if from_ratio {
                !self.lower.is_empty() && !self.upper.is_empty() && self.estimate.is_empty()
            } else {
                !self.estimate.is_empty() && !self.std_err.is_empty()
            };
            !self.input.is_empty() && columns
        } else {
            self.input.is_empty()
        };
        if !fits {
            return Err(refusal(
                "give --ids of rows of the table, or --input FILE with --estimate and --std-err COLUMN, or with --ratio, \
                 --lower and --upper COLUMN",
            ));
        }
        if from_ratio && self.scale.is_some() {
            return Err(refusal(
                "--scale is not used with --ratio, which is pooled as its logarithm",
            ));
        }
        if matches!(self.scale, Some(PoolScale::Identity)) && !self.ids.is_empty() {
            return Err(refusal(
                "rates of the table are pooled on a scale of rates; use --scale plain",
            ));
        }
        Ok(())
    }

    fn studies(&self) -> Result<Studies, Refusal> {
        if !self.ids.is_empty() {
            return self.rows_of_the_table();
        }
        let ratio = !self.ratio.is_empty();
        let numbers = if ratio {
            let names = [&self.ratio, &self.lower, &self.upper];
            names.map(|name| (name, Expected::Positive)).to_vec()
        } else {
            vec![(&self.estimate, Expected::Number), (&self.std_err, Expected::Positive)]
        };
        let texts = self.label.iter().map(|name| (name, Cells::Texts));
        let all = numbers.iter().map(|&(name, expected)| (name, Cells::Numbers(expected)));
        let wanted: Vec<Wanted<'_>> = texts.chain(all).map(|(name, cells)| Wanted { name, cells }).collect();
        let (table, columns) = Table::read(&self.input, &wanted)?;
        let mut rows = table.rows(columns);
        let labels = self.label.as_ref().map(|column| rows.texts(column)).transpose()?;
        let columns = numbers
            .into_iter()
            .map(|(name, expected)| rows.numbers(name, expected))
            .collect::<Result<Vec<_>, _>>()?;
        let complete = rows.finish();
        let scale = if ratio {
            PoolScale::LogRatio
        } else {
            self.scale.unwrap_or(PoolScale::Identity)
        };
        let picked: Vec<Vec<f64>> = columns.into_iter().map(|column| complete.pick(column)).collect();
        let effects = (0..complete.len())
            .map(|row| self.effect(&picked, row, scale, &complete))
            .collect::<Result<Vec<Effect>, Refusal>>()?;
        let labels = match labels {
            Some(labels) => complete
                .rows()
                .filter_map(|row| labels.get(row).map(str::to_owned))
                .collect(),
            None => complete.rows().map(|row| format!("row {}", row + 1)).collect(),
        };
        Ok(Studies {
            labels,
            effects,
            scale,
            n_excluded: complete.n_excluded,
            cautions: Vec::new(),
        })
    }

    fn effect(
        &self,
        columns: &[Vec<f64>],
        row: usize,
        scale: PoolScale,
        complete: &Complete,
    ) -> Result<Effect, Refusal> {
        let (found, column, accepted) = match (scale, columns) {
            (PoolScale::LogRatio, [ratio, lower, upper]) => (
                Effect::of_ratio(ratio[row], lower[row], upper[row], PRINTED_LEVEL),
                format!("{}, {}, {}", self.ratio, self.lower, self.upper),
                "give a ratio with an interval whose lower end lies below its upper end",
            ),
            (PoolScale::Rate(scale), [percent, std_err]) => {
                let rate = Rate {
                    percent: percent[row],
                    std_err: std_err[row],
                    origin: ErrorOrigin::Printed,
                };
                let accepted =
                    "give a rate above 0 and below 100 per cent with its standard error in percentage points";
                (rate.on(scale), self.estimate.clone(), accepted)
            }
            (_, [estimate, std_err, ..]) => (
                Effect::new(estimate[row], std_err[row]),
                self.estimate.clone(),
                "give a finite estimate with a standard error above 0",
            ),
            _ => (None, self.estimate.clone(), "give an estimate and its standard error"),
        };
        found.ok_or_else(|| complete.table.row_refusal(complete.row(row), &column, accepted))
    }

    fn rows_of_the_table(&self) -> Result<Studies, Refusal> {
        let scale = match self.scale {
            Some(PoolScale::Rate(scale)) => scale,
            _ => Scale::LogLog,
        };
        let effects = rates_on(&self.ids, scale, self.binomial).map_err(|error| {
            refusal(&format!(
                "{}; leave it out{}",
                en::effect_error(&error),
                match error.why {
                    NoEffect::NoStandardError => ", or give --binomial to use the least that its n allows",
                    NoEffect::NoVariance | NoEffect::OffTheScale(_) | NoEffect::SameAs(_) => "",
                }
            ))
        })?;
        Ok(Studies {
            labels: self.ids.iter().map(|estimate| estimate.id.to_owned()).collect(),
            effects,
            scale: PoolScale::Rate(scale),
            n_excluded: 0,
            cautions: self.cautions(),
        })
    }

    /// Cautions of every pair, each kind once.
    fn cautions(&self) -> Vec<wire::CautionWire> {
        let found = cautions_among(&self.ids, self.binomial);
        found
            .iter()
            .flat_map(|(first, second, caution)| wire::cautions(first, second, std::slice::from_ref(caution)))
            .collect()
    }
}

/// Pools and prints.
pub fn run(options: &Pool) -> Result<(), Refusal> {
    let studies = options.studies()?;
    let (method, test, level) = (
        options.method.unwrap_or(PoolMethod::Reml),
        options.test.unwrap_or(PoolTest::HartungKnapp),
        options.level.unwrap_or(0.95),
    );
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
        }
        return output::json(&answer);
    }
    output::print(&for_people(&found, &studies, without.as_deref()))
}

/// "36.9 (30.1 to 43.5)" as rate or ratio where the scale has one, else on the scale.
fn shown(pooled: &Pooled, scale: PoolScale) -> String {
    let (unit, back) = match scale {
        PoolScale::Rate(_) => (" %", scale.back(pooled.estimate, pooled.interval)),
        _ => ("", scale.back(pooled.estimate, pooled.interval)),
    };
    let number = |key: &str, own: f64| {
        let value = back.as_ref().and_then(|back| back[key].as_f64()).unwrap_or(own);
        decimal(value, if unit.is_empty() { 3 } else { 1 })
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

fn for_people(found: &Pooled, studies: &Studies, without: Option<&[Pooled]>) -> String {
    let mut text = String::new();
    for ((label, effect), weight) in studies.labels.iter().zip(&studies.effects).zip(&found.weights) {
        let _ = writeln!(
            text,
            "{label:<28} {:>9} (SE {}) on the {} scale, weight {} %",
            decimal(effect.estimate, 4),
            decimal(effect.std_err, 4),
            studies.scale.code(),
            decimal(*weight, 1)
        );
    }
    let heterogeneity = &found.heterogeneity;
    // Of a rate, 0 on the scale is no hypothesis.
    let tested = found.p.filter(|_| !matches!(studies.scale, PoolScale::Rate(_)));
    let p = tested.map_or_else(String::new, |p| format!(", {}", en::p_value(p)));
    let _ = writeln!(
        text,
        "\n{} studies, {}, {}: {}{p}",
        found.k,
        en::pool_method(found.method),
        en::pool_test(found.test),
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
        decimal(heterogeneity.q, 2),
        heterogeneity.df,
        en::p_value(heterogeneity.p),
        decimal(heterogeneity.i2, 1),
        decimal(heterogeneity.tau2, 4),
        decimal(heterogeneity.tau2_interval.lower, 4),
        decimal(heterogeneity.tau2_interval.upper, 4)
    );
    for (label, pooled) in studies.labels.iter().zip(without.unwrap_or_default()) {
        let _ = writeln!(text, "without {label}: {}", shown(pooled, studies.scale));
    }
    for caution in &studies.cautions {
        let _ = writeln!(text, "- {} ({}, {})", caution.text, caution.of[0], caution.of[1]);
    }
    text
}

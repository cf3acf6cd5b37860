//! `cotside reconstruct`: times of single patients from a published curve.

use cotside_core::cohort::{Cells, Expected, Wanted};
use cotside_core::evidence::{AtRisk, ReconstructError, curve_points, reconstruct};
use cotside_words::en;
use cotside_words::wire::evidence as wire;
use lexopt::prelude::*;
use serde_json::{Value, json};

use crate::analysis::{Complete, Table, comma_list};
use crate::arguments::{Command, HELP};
use crate::{Refusal, output};

/// Options of `reconstruct`.
#[derive(Default)]
pub struct Reconstruct {
    input: String,
    time: String,
    survival: String,
    at_risk: String,
    events: Option<u32>,
    group: Option<String>,
    json: bool,
}

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut options = Reconstruct::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("input") => options.input = parser.value()?.string()?,
            Long("time") => options.time = parser.value()?.string()?,
            Long("survival") => options.survival = parser.value()?.string()?,
            Long("at-risk") => options.at_risk = parser.value()?.string()?,
            Long("events") => {
                let text = parser.value()?.string()?;
                let events = text.trim().parse();
                options.events =
                    Some(events.map_err(|_| {
                        refusal(&format!("--events “{text}” is not a whole number; give one such as 35"))
                    })?);
            }
            Long("group") => options.group = Some(parser.value()?.string()?),
            Long("json") => options.json = true,
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            other => return Err(other.unexpected().into()),
        }
    }
    for (flag, value, what) in [
        ("input", &options.input, "FILE (- for standard input)"),
        ("time", &options.time, "COLUMN"),
        ("survival", &options.survival, "COLUMN"),
        ("at-risk", &options.at_risk, "TIME:PATIENTS,… such as 0:62,12:40,24:31"),
    ] {
        if value.is_empty() {
            return Err(refusal(&format!("--{flag} {what} is needed")));
        }
    }
    Ok(Command::Reconstruct(options))
}

fn refusal(what: &str) -> Refusal {
    Refusal(format!("cotside reconstruct: {what}"))
}

/// The table of numbers at risk: `0:62,12:40,24:31`.
fn at_risk(text: &str) -> Result<Vec<AtRisk>, Refusal> {
    comma_list(text)
        .iter()
        .map(|entry| {
            let parts = entry.split_once(':').and_then(|(time, patients)| {
                let time: f64 = time.trim().parse().ok()?;
                Some(AtRisk::at(time, patients.trim().parse().ok()?)).filter(|_| time.is_finite())
            });
            parts.ok_or_else(|| {
                refusal(&format!(
                    "--at-risk “{entry}” is not accepted; give TIME:PATIENTS such as 12:40"
                ))
            })
        })
        .collect()
}

/// Reconstructs and prints: JSON, or CSV that the other commands read.
pub fn run(options: &Reconstruct) -> Result<(), Refusal> {
    let at_risk = at_risk(&options.at_risk)?;
    let wanted = [
        (&options.time, Expected::NotNegative),
        (&options.survival, Expected::Number),
    ];
    let (table, columns) = Table::read(
        &options.input,
        &wanted.map(|(name, expected)| Wanted {
            name,
            cells: Cells::Numbers(expected),
        }),
    )?;
    let mut rows = table.rows(columns);
    let time = rows.numbers(&options.time, Expected::NotNegative)?;
    let survival = rows.numbers(&options.survival, Expected::Number)?;
    let complete = rows.finish();
    let (time, survival) = (complete.pick(time), complete.pick(survival));
    let read: Vec<(f64, f64)> = time.into_iter().zip(survival).collect();
    let refused = |error| refuse(error, options, &complete);
    let (points, percent) = curve_points(&read).map_err(refused)?;
    let found = reconstruct(&points, &at_risk, options.events).map_err(refused)?;
    for miss in found.missed() {
        eprintln!("cotside reconstruct: {}", en::reconstruction_miss(miss));
    }
    if options.json {
        let mut answer = wire::reconstruction(&found);
        if let Value::Object(object) = &mut answer {
            object.insert("n_excluded".to_owned(), json!(complete.n_excluded));
            object.insert(
                "survival_in".to_owned(),
                json!(if percent { "percent" } else { "fraction" }),
            );
            object.insert("group".to_owned(), json!(options.group));
        }
        return output::json(&answer);
    }
    if found.censoring_unknown {
        eprintln!("cotside reconstruct: {}", en::CENSORING_UNKNOWN);
    }
    output::print(&wire::reconstruction_csv(&found, None, options.group.as_deref()))
}

fn refuse(error: ReconstructError, options: &Reconstruct, complete: &Complete) -> Refusal {
    match error {
        ReconstructError::BadPoint { row }
        | ReconstructError::MixedHeights { row }
        | ReconstructError::Rises { row } => {
            let columns = format!("{}, {}", options.time, options.survival);
            complete
                .table
                .row_refusal(complete.row(row), &columns, &en::reconstruct_error(error))
        }
        _ => refusal(&en::reconstruct_error(error)),
    }
}

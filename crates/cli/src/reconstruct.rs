//! `cotside reconstruct`: times of single patients from a published curve.

use clap::Args;
use cotside_core::cohort::{Cells, Expected, Wanted};
use cotside_core::evidence::{AtRisk, ReconstructError, curve_points, reconstruct};
use cotside_words::en;
use cotside_words::wire::evidence as wire;
use serde_json::{Value, json};

use crate::analysis::{Complete, Table};
use crate::flags::present;
use crate::{Refusal, output};

/// Options of `reconstruct`.
#[derive(Debug, Args)]
#[command(after_help = "\
The points are digitised from a published curve; survival is a fraction or per cent. Without --json the answer is a CSV
file that the other commands read, every row marked as reconstructed.

Example:
  cotside reconstruct --input points.csv --time years --survival survival --at-risk 0:62,12:40,24:31")]
pub struct Reconstruct {
    /// CSV file of points; - reads standard input
    #[arg(long, value_name = "FILE", value_parser = present)]
    input: String,
    /// Column of times
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    time: String,
    /// Column of survival
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    survival: String,
    /// Published numbers at risk
    #[arg(long, value_name = "TIME:PATIENTS", required = true, num_args = 1.., value_delimiter = ',', value_parser = at_risk)]
    at_risk: Vec<AtRisk>,
    /// Published number of events
    #[arg(long, value_name = "N", value_parser = events)]
    events: Option<u32>,
    /// Name of the group, for a column of the CSV file
    #[arg(long, value_name = "NAME", value_parser = present)]
    group: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

fn events(text: &str) -> Result<u32, String> {
    let events = text.trim().parse();
    events.map_err(|_| "is not a whole number; give one such as 35".into())
}

fn refusal(what: &str) -> Refusal {
    Refusal(format!("cotside reconstruct: {what}"))
}

/// An entry of the table of numbers at risk: `12:40`.
fn at_risk(entry: &str) -> Result<AtRisk, String> {
    let parts = entry.split_once(':').and_then(|(time, patients)| {
        let time: f64 = time.trim().parse().ok()?;
        Some(AtRisk::at(time, patients.trim().parse().ok()?)).filter(|_| time.is_finite())
    });
    parts.ok_or_else(|| "is not accepted; give TIME:PATIENTS such as 12:40".into())
}

/// Reconstructs and prints: JSON, or CSV that the other commands read.
pub fn run(options: &Reconstruct) -> Result<(), Refusal> {
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
    let found = reconstruct(&points, &options.at_risk, options.events).map_err(refused)?;
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
    output::file(&wire::reconstruction_csv(&found, None, options.group.as_deref()))
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

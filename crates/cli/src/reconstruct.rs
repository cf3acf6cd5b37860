//! `cotside reconstruct`: times of single patients from a published curve, or from the curves of a figure (`digitised.rs`).

use clap::Args;
use cotside_core::cohort::{Cells, Expected, Wanted};
use cotside_core::evidence::{AtRisk, ReconstructError, curve_points, reconstruct};
use cotside_words::en;
use cotside_words::wire::evidence as wire;
use serde_json::{Value, json};

use crate::analysis::{Complete, Table};
use crate::digitised::{self, FigureFlags};
use crate::flags::present;
use crate::{Refusal, output};

/// Options of `reconstruct`.
#[derive(Debug, Args)]
#[command(after_help = "\
The points are digitised from a published curve; survival is a fraction or per cent. Without --json the answer is a CSV
file that the other commands read, every row marked as reconstructed. Several curves of one figure are read from one file
with --groups; what the groups differ by is told on standard error, and is of the reconstruction. --save keeps a figure with
its source as a file that --open and the page read again.

Examples:
  cotside reconstruct --input points.csv --time years --survival survival --at-risk 0:62,12:40,24:31
  cotside reconstruct --input points.csv --time years --survival survival --groups arm --at-risk-file at_risk.csv \\
    --reference standard --printed-hr 1.97,0.90,4.29 --unit years --save mll03.json --study MLL03 --figure 'Figure 2A' \\
    --digitised-by 'A. Reader' --date 2026-01-31
  cotside reconstruct --input points.csv --time years --incidence percent --cause cause --height-unit percent --at-risk 0:62,1:40
  cotside reconstruct --open mll03.json mll03-second.json --agreement")]
pub struct Reconstruct {
    /// CSV file of points; - reads standard input
    #[arg(long, value_name = "FILE", required_unless_present = "open", value_parser = present)]
    pub input: Option<String>,
    /// Column of times
    #[arg(long, value_name = "COLUMN", required_unless_present = "open", value_parser = present)]
    pub time: Option<String>,
    /// Column of survival
    #[arg(long, value_name = "COLUMN", required_unless_present_any = ["open", "incidence"], value_parser = present)]
    pub survival: Option<String>,
    /// Published numbers at risk
    #[arg(long, value_name = "TIME:PATIENTS", required_unless_present_any = ["open", "at_risk_file"], num_args = 1.., value_delimiter = ',', value_parser = at_risk)]
    pub at_risk: Vec<AtRisk>,
    /// Published number of events
    #[arg(long, value_name = "N", value_parser = events)]
    pub events: Option<u32>,
    /// Name of the group, for a column of the CSV file
    #[arg(long, value_name = "NAME", value_parser = present)]
    pub group: Option<String>,
    #[command(flatten)]
    pub figure: FigureFlags,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

pub fn events(text: &str) -> Result<u32, String> {
    let events = text.trim().parse();
    events.map_err(|_| "is not a whole number; give one such as 35".into())
}

pub fn refusal(what: &str) -> Refusal {
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
    if options.figure.is_given() {
        return digitised::run(options);
    }
    let (Some(input), Some(time_column), Some(survival_column)) = (&options.input, &options.time, &options.survival)
    else {
        return Err(refusal("--input, --time and --survival are required"));
    };
    let wanted = [
        (time_column, Expected::NotNegative),
        (survival_column, Expected::Number),
    ];
    let (table, columns) = Table::read(
        input,
        &wanted.map(|(name, expected)| Wanted {
            name,
            cells: Cells::Numbers(expected),
        }),
    )?;
    let mut rows = table.rows(columns);
    let time = rows.numbers(time_column, Expected::NotNegative)?;
    let survival = rows.numbers(survival_column, Expected::Number)?;
    let complete = rows.finish();
    let (time, survival) = (complete.pick(time), complete.pick(survival));
    let read: Vec<(f64, f64)> = time.into_iter().zip(survival).collect();
    let columns = format!("{time_column}, {survival_column}");
    let refused = |error| refuse(error, &columns, &complete);
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

fn refuse(error: ReconstructError, columns: &str, complete: &Complete) -> Refusal {
    match error {
        ReconstructError::BadPoint { row }
        | ReconstructError::MixedHeights { row }
        | ReconstructError::Rises { row } => {
            complete
                .table
                .row_refusal(complete.row(row), columns, &en::reconstruct_error(error))
        }
        _ => refusal(&en::reconstruct_error(error)),
    }
}

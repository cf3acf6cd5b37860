//! The command line: the same engine as the page, without a browser, for batches, scripts and checks.
//!
//! Exit status 0: done. 2: the input or the flags are wrong; one line on standard error, nothing on standard output.

mod adjusted;
mod analysis;
mod arguments;
mod causes;
mod check;
mod cif;
mod cif_comparison;
mod completions;
mod cox;
mod cox_prediction;
mod csv;
mod cure;
mod digitised;
mod digitised_report;
mod effects;
mod evidence;
mod export_adtte;
mod federate;
mod finegray;
mod flags;
mod grouping;
mod import;
mod km;
mod km_csv;
mod km_pairs;
mod km_text;
mod logrank;
mod output;
mod own;
mod own_estimates;
mod parametric;
mod people;
mod pool;
mod power;
mod predict;
mod protocols;
mod reconstruct;
mod schema;
mod stratify;
mod subgroups;
mod template;
mod terms;
mod transplant;

use std::process::ExitCode;

use arguments::{Command, Wanted};

/// Something wrong with the input or the flags: one line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

fn run(wanted: Wanted) -> Result<(), Refusal> {
    match wanted {
        Wanted::Text(text) => output::print(&text),
        Wanted::Run(command) => match *command {
            Command::Stratify(options) => stratify::run(&options),
            Command::Protocols(options) => protocols::run(&options),
            Command::Km(options) => km::run(&options),
            Command::Logrank(options) => logrank::run(&options),
            Command::Cox(options) => cox::run(&options),
            Command::Adjusted(options) => adjusted::run(&options),
            Command::Cure(options) => cure::run(&options),
            Command::Transplant(options) => transplant::run(&options),
            Command::Subgroups(options) => subgroups::run(&options),
            Command::Cif(options) => cif::run(&options),
            Command::Finegray(options) => finegray::run(&options),
            Command::Parametric(options) => parametric::run(&options),
            Command::Evidence(options) => evidence::run(&options),
            Command::Check(options) => check::run(&options),
            Command::Pool(options) => pool::run(&options),
            Command::Power(options) => power::run(&options),
            Command::Reconstruct(options) => reconstruct::run(&options),
            Command::Import(options) => import::run(&options),
            Command::ExportAdtte(options) => export_adtte::run(&options),
            Command::Federate(options) => federate::run(&options),
            Command::Template(options) => template::run(&options),
            Command::Schema(options) => schema::run(&options),
            Command::Completions(options) => completions::run(&options, arguments::program()),
        },
    }
}

fn main() -> ExitCode {
    match arguments::parse().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal(line)) => {
            output::say(&line.replace(['\n', '\r'], " "));
            ExitCode::from(2)
        }
    }
}

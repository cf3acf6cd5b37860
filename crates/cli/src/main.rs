//! The command-line twin of the page: the same core, no browser, for batches, scripts and checking.
//!
//! Exit status 0: done. 2: the input or the flags are wrong; one line on standard error, nothing on standard output.

mod analysis;
mod arguments;
mod check;
mod cif;
mod cox;
mod evidence;
mod finegray;
mod import;
mod km;
mod logrank;
mod output;
mod own;
mod parametric;
mod pool;
mod protocols;
mod reconstruct;
mod stratify;
mod terms;

use std::process::ExitCode;

use arguments::Command;

/// Something wrong with the input or the flags: one line.
#[derive(Debug)]
pub struct Refusal(String);

fn main() -> ExitCode {
    let done = arguments::parse().and_then(|command| match command {
        Command::Help(text) => output::print(text),
        Command::Protocols(what) => protocols::run(&what),
        Command::Cif(options) => cif::run(&options),
        Command::FineGray(options) => finegray::run(&options),
        Command::Parametric(options) => parametric::run(&options),
        Command::Stratify(options) => stratify::run(&options),
        Command::Cox(options) => cox::run(&options),
        Command::Km(options) => km::run(&options),
        Command::LogRank(options) => logrank::run(&options),
        Command::Evidence(options) => evidence::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Pool(options) => pool::run(&options),
        Command::Reconstruct(options) => reconstruct::run(&options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal(line)) => {
            eprintln!("{}", line.replace(['\n', '\r'], " "));
            ExitCode::from(2)
        }
    }
}

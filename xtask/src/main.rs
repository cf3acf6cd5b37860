//! Every script of the project. `cargo xtask help` lists them.

mod args;
mod bench;
mod build;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod docs;
mod failure;
mod fuzz;
mod lighthouse;
mod mutants;
mod offline;
mod pages;
mod parts;
mod policy;
mod scripts;
mod serve;
mod setup;
mod shell;
mod short;
mod size;
mod test;
mod validation;
#[cfg(test)]
mod workflows;
mod zip;

use args::Args;
use failure::{Failure, Outcome};
use std::process::ExitCode;

const HELP: &str = "\
Cotside's scripts. The first run of each installs what it needs and says so.

  cargo xtask serve [--port 8080] [--public-url /] [--no-build]
      builds the page (release) and serves it on this computer
  cargo xtask test [--only lint|deny|native|fuzz|wasm|browser|size] [--no-build]
      formatting, lints, dependencies (licences, sources, advisories), native tests, a minute of fuzzing, tests in the browser engine, the built site in Chromium, Firefox and WebKit, size
  cargo xtask build [--public-url /repo/] [--site-url https://…/repo/] [--languages en,ja,ko] [--debug] [--dist dist]
      the page as static files, ready for any static host, each language but English in a folder of its own; the
      site's own address is for search engines
  cargo xtask zip [--public-url /] [--out cotside-site.zip] [--no-build] [--dist dist]
      the site in one file for a server of your own, with checksums
  cargo xtask reproduce [--keep]
      two clean builds, compared byte by byte
  cargo xtask setup [--test]
      only installs what `serve` (or, with --test, `test`) needs
  cargo xtask size [--dist dist]
      bytes of the first load of the stratify page and of each module, as a static host sends them (gzip); fails over
      the budgets
  cargo xtask bench [--no-build]
      times of start-up, of a keystroke, of a cohort, in Chromium
  cargo xtask lighthouse [--no-build]
      Lighthouse's marks for the pages on a phone; fails below 95 for performance and 100 for the rest
  cargo xtask fuzz [--seconds 60] [--seed 1]
      files of patients, protocols and workbooks with faults, and every command on such files
  cargo xtask scripts
      the page's script in R for every choice on the samples and on awkward files, run by R (needs R; some minutes)
  cargo xtask mutants [-- OPTIONS]
      cargo-mutants on the protocol modules
  cargo xtask help
";

fn main() -> ExitCode {
    let mut args = Args::new(std::env::args().skip(1).collect());
    let outcome = match args.command().as_deref() {
        Some("setup") => setup::command(args),
        Some("build") => build::command(args),
        Some("serve") => serve::command(args),
        Some("test") => test::command(args),
        Some("size") => size::command(args),
        Some("bench") => bench::command(args),
        Some("fuzz") => fuzz::command(args),
        Some("lighthouse") => lighthouse::command(args),
        Some("zip") => zip::command(args),
        Some("reproduce") => zip::reproduce(args),
        Some("scripts") => scripts::command(args),
        Some("mutants") => mutants::command(args),
        None | Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => unknown_command(other),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn unknown_command(name: &str) -> Outcome<()> {
    Err(Failure::new(
        format!("There is no script `{name}`."),
        "`cargo xtask help` lists them.",
    ))
}

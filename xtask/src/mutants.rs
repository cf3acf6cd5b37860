//! cargo-mutants on the protocol modules: each small change to a rule must be noticed by a test.

use crate::failure::{Failure, Outcome};
use crate::shell;

/// Options of `cargo xtask mutants`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Options of cargo-mutants
    #[arg(last = true)]
    more: Vec<String>,
}

/// `cargo xtask mutants`.
pub fn command(options: &Options) -> Outcome<()> {
    if shell::find("cargo-mutants").is_none() {
        return Err(Failure::new(
            "cargo-mutants is not installed.",
            "run `cargo install cargo-mutants --locked` (some minutes), then this again",
        ));
    }
    let mut mutants = shell::cargo();
    mutants.args([
        "mutants",
        "--package",
        "cotside-core",
        "--file",
        "crates/core/src/protocols/**",
        "--output",
    ]);
    mutants.arg(shell::target_dir()).args(&options.more);
    shell::run(
        &mut mutants,
        "cargo-mutants",
        "read target/mutants.out/missed.txt and write the test that is missing",
    )
}

//! Files and commands with faults, for a bounded time: `crates/*/tests/fuzz.rs`.

use crate::failure::Outcome;
use crate::shell;
use std::process::Command;

/// The crates that have such tests, and how many each has; one after the other, each has its share of the time.
const CRATES: [(&str, u64); 3] = [("cotside-cli", 4), ("cotside-core", 3), ("cotside-workbooks", 3)];

/// Variables that the tests read: duration and seed.
const SECONDS: &str = "COTSIDE_FUZZ_SECONDS";
const SEED: &str = "COTSIDE_FUZZ_SEED";

/// Options of `cargo xtask fuzz`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How long in all
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where the search starts
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// `cargo xtask fuzz`.
pub fn command(options: &Options) -> Outcome<()> {
    run(options.seconds, options.seed)
}

/// Looks for `seconds` in all, from a seed.
pub fn run(seconds: u64, seed: u64) -> Outcome<()> {
    let tests: u64 = CRATES.iter().map(|(_, tests)| tests).sum();
    let mut test = shell::cargo();
    test.arg("test");
    for (name, _) in CRATES {
        test.args(["--package", name]);
    }
    test.args([
        "--test",
        "fuzz",
        "--no-fail-fast",
        "--",
        "--nocapture",
        "--test-threads=1",
    ]);
    test.env(SECONDS, (seconds / tests).to_string())
        .env(SEED, seed.to_string());
    shell::run(
        &mut test,
        "A fuzz test",
        &format!("`cargo xtask fuzz --seconds {seconds} --seed {seed}` repeats it; make a test of what it printed"),
    )
}

/// Without looking any longer than the files that are the same in every run.
pub fn shortest(test: &mut Command) {
    test.env(SECONDS, "0").env_remove(SEED);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_with_such_tests_is_named() {
        let crates = shell::root().join("crates");
        for entry in std::fs::read_dir(&crates).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(text) = shell::read(&entry.path().join("tests").join("fuzz.rs")) else {
                continue;
            };
            let package = format!("cotside-{name}");
            let long = text.matches("    fuzz(").count() as u64;
            assert!(CRATES.contains(&(package.as_str(), long)), "{package} has {long}");
        }
    }
}

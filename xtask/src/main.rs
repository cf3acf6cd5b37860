//! Every script of the project. `cargo xtask help` lists them.

mod archive;
mod bench;
mod build;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod docs;
mod documents;
mod failure;
mod fuzz;
mod handbook;
mod lighthouse;
mod mutants;
mod offline;
mod packages;
mod pages;
mod parts;
mod policy;
#[cfg(test)]
mod pooled_files;
mod release;
mod rule_files;
mod sbom;
mod scripts;
mod serve;
mod setup;
mod shell;
mod short;
mod size;
#[cfg(test)]
mod structure;
#[cfg(test)]
mod templates;
mod test;
mod validation;
#[cfg(test)]
mod workflows;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Cotside's scripts. The first run of each installs what it needs and says so.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Line {
    #[command(subcommand)]
    script: Script,
}

#[derive(Debug, Subcommand)]
enum Script {
    /// Build the page (release) and serve it on this computer
    Serve(serve::Options),
    /// Formatting, lints, dependencies, native tests, a minute of fuzzing, tests in browsers, size
    Test(test::Options),
    /// The page as static files, ready for any static host, each language but English in a folder of its own
    Build(build::Options),
    /// The site in one file for a server of your own, with checksums
    Zip(archive::Zip),
    /// The files of a release: site, command line, evidence, list of parts (SBOM), notes, checksums
    Release(release::Options),
    /// The packages for npm, Python and R: built, installed in an empty place and tested. Nothing is published
    Packages(packages::Options),
    /// Two clean builds, compared byte by byte
    Reproduce(archive::Reproduce),
    /// Only install what `serve` (or, with --test, `test`) needs
    Setup(setup::Options),
    /// Bytes of the first load of the stratify page and of each module, as a static host sends them (gzip); fails over
    /// the budgets
    Size(build::Folder),
    /// Times of start-up, of a keystroke, of a cohort, in Chromium
    Bench(test::Ready),
    /// Lighthouse's marks for the pages on a phone; fails below 95 for performance and 100 for the rest
    Lighthouse(test::Ready),
    /// Files of patients, protocols and workbooks with faults, and every command on such files
    Fuzz(fuzz::Options),
    /// The page's script in R for every choice on the samples and on awkward files, run by R (needs R; some minutes)
    Scripts,
    /// cargo-mutants on the protocol modules
    Mutants(mutants::Options),
}

fn main() -> ExitCode {
    let outcome = match Line::parse().script {
        Script::Serve(options) => serve::command(&options),
        Script::Test(options) => test::command(&options),
        Script::Build(options) => build::command(&options),
        Script::Zip(options) => archive::command(&options),
        Script::Release(options) => release::command(&options),
        Script::Packages(options) => packages::command(&options),
        Script::Reproduce(options) => archive::reproduce(&options),
        Script::Setup(options) => setup::command(&options),
        Script::Size(folder) => size::command(&folder),
        Script::Bench(site) => bench::command(&site),
        Script::Lighthouse(site) => lighthouse::command(&site),
        Script::Fuzz(options) => fuzz::command(&options),
        Script::Scripts => scripts::command(),
        Script::Mutants(options) => mutants::command(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Line::command().debug_assert();
    }

    /// The commands in the documents and the workflows are valid.
    #[test]
    fn every_command_that_is_written_down_is_one() {
        let mut files: Vec<_> = [
            "README.md",
            "CONTRIBUTING.md",
            "ARCHITECTURE.md",
            "DESIGN.md",
            "SECURITY.md",
            ".ci/run",
        ]
        .map(|file| shell::root().join(file))
        .into();
        files.extend(shell::files_under(&shell::root().join(".github")));
        files.extend(shell::files_under(&shell::root().join("docs")));
        let mut seen = 0;
        for file in files {
            let Ok(text) = shell::read(&file) else { continue };
            for rest in text.split("cargo xtask ").skip(1) {
                let words = rest.split(['\n', '`', '#', ')']).next().unwrap_or_default();
                // A placeholder in a command is replaced by a number, as `--seconds` needs.
                let words = words
                    .split_whitespace()
                    .map(|word| if word.starts_with("\"$") { "1" } else { word });
                let line = ["cargo xtask"].into_iter().chain(words);
                if let Err(error) = Line::try_parse_from(line) {
                    assert!(!error.use_stderr(), "{}: {error}", shell::shown(&file));
                }
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }

    #[test]
    fn a_misspelt_word_is_named_and_the_likely_one_proposed() {
        for (line, meant) in [
            ("xtask sevre", "serve"),
            ("xtask serve --prot 9", "--port"),
            ("xtask test --only lints", "lint"),
        ] {
            let error = Line::try_parse_from(line.split(' ')).unwrap_err().to_string();
            assert!(
                error.contains("similar") && error.contains(&format!("'{meant}'")),
                "{error}"
            );
        }
        let joined = Line::try_parse_from(["xtask", "serve", "--port=9", "--public-url", "/x/", "--no-build"]);
        assert!(joined.is_ok());
        assert!(Line::try_parse_from(["xtask", "serve", "--port"]).is_err());
        assert!(Line::try_parse_from(["xtask", "build", "--languages", "en,xx"]).is_err());
        assert!(Line::try_parse_from(["xtask", "mutants", "--", "--list", "--file", "x"]).is_ok());
    }
}

//! Subcommands, and error messages for invalid ones.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::{
    Refusal, adjusted, check, cif, completions, cox, cure, evidence, export_adtte, federate, finegray, import, km,
    logrank, parametric, pool,
};
use crate::{power, protocols, reconstruct, schema, stratify, subgroups, template, transplant};

/// The request of a command line.
pub enum Wanted {
    /// A text: help, or the version.
    Text(String),
    /// A command.
    Run(Box<Command>),
}

#[derive(Debug, Parser)]
#[command(
    name = "cotside",
    version,
    about = "How published protocols classify an infant with acute lymphoblastic leukaemia, and survival analysis",
    after_help = AFTER,
    args_override_self = true,
    disable_help_flag = false
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Files are CSV with a header (UTF-8; comma, semicolon or tab); --input - reads standard input. Empty cells, NA, NaN and .
are missing. Flags that end in ... take several values behind one flag, separated by commas, or with the flag again; a column
or a value of the file that holds a comma is taken whole. --json prints one JSON document. Exit status 0: done; 2: the input or the flags are wrong.

Examples:
  cotside stratify --input patients.csv --keep-going
  cotside km --input cohort.csv --time years --event death --group arm --at 1,2,5
  cotside help km

For education, research and reference to published protocols. Not a medical device.
Verify in the protocol.";

/// The command to run.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// How the protocols classify each patient of a file
    Stratify(stratify::Stratify),
    /// Every rule, boundary and citation; a rule as a file; corrections of the rules
    Protocols(protocols::Protocols),
    /// Kaplan–Meier curves
    Km(km::Km),
    /// Rank tests of groups
    Logrank(logrank::LogRank),
    /// Cox's regression
    Cox(cox::Cox),
    /// Survival of groups adjusted for covariates
    Adjusted(adjusted::Adjusted),
    /// Mixture cure models, and whether the curve has a plateau
    Cure(cure::Cure),
    /// Transplantation as an event in time: time-dependent covariate, Mantel–Byar test, landmark
    Transplant(transplant::Transplant),
    /// The effect of a group within subgroups, with tests for interaction
    Subgroups(subgroups::Subgroups),
    /// Cumulative incidence of competing causes, and Gray's test between groups
    Cif(cif::Cif),
    /// Fine and Gray's model of one cause's subdistribution hazard
    Finegray(finegray::FineGrayOptions),
    /// Accelerated-failure-time models
    Parametric(parametric::ParametricOptions),
    /// Published outcomes, each with its source; two rows compared
    Evidence(evidence::Evidence),
    /// Whether numbers as printed follow from each other
    Check(check::Check),
    /// Pooled estimates of three or more studies
    Pool(pool::Pool),
    /// Events, patients and power of a study that is planned
    Power(power::Power),
    /// Times and events that draw a published curve
    Reconstruct(reconstruct::Reconstruct),
    /// How the page reads a cohort's file (CSV, .xlsx, .ods)
    Import(import::Import),
    /// A cohort's file as times to events like ADTTE
    ExportAdtte(export_adtte::ExportAdtte),
    /// Pooled analyses of several hospitals by files: sums, never rows
    Federate(federate::Federate),
    /// An empty file with the columns that are read without a question
    Template(template::Template),
    /// The JSON Schemas of what --json prints, and of the files that are read and written
    Schema(schema::SchemaOptions),
    /// Completion of commands and flags, for a shell
    Completions(completions::Completions),
}

/// The whole command line, for a shell's completion.
pub fn program() -> clap::Command {
    CommandLine::command()
}

/// Reads the command line.
pub fn parse() -> Result<Wanted, Refusal> {
    let words: Vec<OsString> = with_negative_numbers(std::env::args_os().collect());
    if words.len() < 2 {
        return Ok(Wanted::Text(CommandLine::command().render_help().to_string()));
    }
    let command = words
        .get(1)
        .and_then(|word| word.to_str())
        .unwrap_or_default()
        .to_owned();
    match CommandLine::try_parse_from(&words) {
        Ok(line) => Ok(Wanted::Run(Box::new(line.command))),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Ok(Wanted::Text(error.render().to_string()))
        }
        Err(error) => Err(refusal(&error, &command, &words)),
    }
}

/// A number below 0 is the value of the flag before it, not a flag.
fn with_negative_numbers(words: Vec<OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for word in words {
        let is_number = word.to_str().and_then(|text| text.strip_prefix('-'));
        let is_number =
            is_number.is_some_and(|text| text.starts_with(|each: char| each.is_ascii_digit() || each == '.'));
        let is_flag = |before: &&mut OsString| {
            before
                .to_str()
                .is_some_and(|text| text.starts_with("--") && !text.contains('='))
        };
        match joined.last_mut().filter(is_flag) {
            Some(flag) if is_number => {
                flag.push("=");
                flag.push(word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Returns one line with the fault and the accepted values.
fn refusal(error: &clap::Error, command: &str, words: &[OsString]) -> Refusal {
    let known = CommandLine::command().find_subcommand(command).is_some();
    let caller = if known {
        format!("cotside {command}")
    } else {
        "cotside".to_owned()
    };
    Refusal(format!("{caller}: {}", what_is_wrong(error, &caller, words)))
}

fn what_is_wrong(error: &clap::Error, caller: &str, words: &[OsString]) -> String {
    let context = |kind| context(error, kind);
    let flag = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let names: Vec<String> = CommandLine::command()
                .get_subcommands()
                .map(|each| each.get_name().to_owned())
                .collect();
            let meant = meant(&context(ContextKind::SuggestedSubcommand));
            let name = context(ContextKind::InvalidSubcommand).join(" ");
            format!("no command “{name}”{meant}; the commands are {}", names.join(", "))
        }
        ErrorKind::UnknownArgument => {
            let what = flag.join(" ");
            let flags = flags_of(words);
            let lists = [
                begun(&what, &flags),
                context(ContextKind::SuggestedArg),
                shortened(&what, &flags),
            ];
            let meant = lists
                .iter()
                .find(|list| !list.is_empty())
                .map_or_else(String::new, |list| meant(list));
            let what = if what.starts_with('-') {
                format!("no flag {what}")
            } else {
                format!("“{what}” belongs to no flag")
            };
            format!("{what}{meant}; see {caller} --help")
        }
        ErrorKind::MissingRequiredArgument => {
            let needed: Vec<String> = flag
                .iter()
                .map(|flag| format!("{flag}{}", values_of(flag, caller)))
                .collect();
            format!("{} is needed; see {caller} --help", needed.join(", "))
        }
        ErrorKind::ArgumentConflict => {
            format!(
                "{} and {} exclude each other",
                short(&flag),
                context(ContextKind::PriorArg).join(", ")
            )
        }
        ErrorKind::InvalidValue if value.concat().is_empty() => {
            let known = context(ContextKind::ValidValue);
            let known = if known.is_empty() {
                String::new()
            } else {
                format!(": one of {}", known.join(", "))
            };
            format!("{} needs a value{known}", flag.join(" "))
        }
        ErrorKind::InvalidValue => {
            let meant = meant(&context(ContextKind::SuggestedValue));
            let known = context(ContextKind::ValidValue).join(", ");
            format!(
                "{} “{}” is not known{meant}; there are {known}",
                short(&flag),
                value.concat()
            )
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)
                .map(ToString::to_string)
                .unwrap_or_default();
            format!("{} “{}” {why}", short(&flag), value.concat())
        }
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            format!("{}; see {caller} --help", line.trim_start_matches("error: "))
        }
    }
}

/// The flags of the command that the words name, with the subcommands of a command.
fn flags_of(words: &[OsString]) -> Vec<String> {
    let program = CommandLine::command();
    let mut command = &program;
    for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
        match command.find_subcommand(word) {
            Some(found) => command = found,
            None => break,
        }
    }
    let shown = command.get_arguments().filter(|flag| !flag.is_hide_set());
    shown.filter_map(|flag| flag.get_long().map(str::to_owned)).collect()
}

/// Most flags that are suggested.
const MOST_SUGGESTED: usize = 3;

/// The flags that begin with a text.
fn begun(text: &str, flags: &[String]) -> Vec<String> {
    suggested(text, flags, |short, flag| flag.starts_with(short))
}

/// The flags of the same first letter that have the other letters of a text in their order, as `--grp` is of `--group`.
fn shortened(text: &str, flags: &[String]) -> Vec<String> {
    suggested(text, flags, |short, flag| {
        let mut rest = flag.chars();
        flag.chars().next() == short.chars().next() && short.chars().all(|letter| rest.any(|each| each == letter))
    })
}

/// The shortest flags that a text may stand for; one letter stands for none.
fn suggested(text: &str, flags: &[String], is_of: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let short = text.strip_prefix("--").filter(|short| short.chars().count() > 1);
    let mut found: Vec<&String> = flags
        .iter()
        .filter(|flag| short.is_some_and(|short| is_of(short, flag)))
        .collect();
    found.sort_by_key(|flag| flag.len());
    found
        .into_iter()
        .take(MOST_SUGGESTED)
        .map(|flag| format!("--{flag}"))
        .collect()
}

/// Returns the accepted values of a flag, where there is a list: ` (one of a, b)`.
fn values_of(flag: &str, caller: &str) -> String {
    let program = CommandLine::command();
    let command = caller
        .split_whitespace()
        .last()
        .and_then(|name| program.find_subcommand(name));
    let name = flag.split_whitespace().next().and_then(|flag| flag.strip_prefix("--"));
    let known = command.and_then(|command| command.get_arguments().find(|each| each.get_long() == name));
    let values = known.map(clap::Arg::get_possible_values).unwrap_or_default();
    let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    match values[..] {
        [] => String::new(),
        _ => format!(" (one of {})", values.join(", ")),
    }
}

fn meant(suggested: &[String]) -> String {
    match suggested {
        [] => String::new(),
        some => format!(" (did you mean {}?)", some.join(" or ")),
    }
}

/// The flag alone: of `--at <TIME>...`, `--at`.
fn short(flag: &[String]) -> String {
    let name = flag.first().and_then(|flag| flag.split_whitespace().next());
    name.unwrap_or_default().to_owned()
}

fn context(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_well_formed() {
        CommandLine::command().debug_assert();
    }

    /// Every command needs an example, and every flag a description.
    #[test]
    fn every_command_has_an_example_and_describes_its_flags() {
        for command in CommandLine::command().get_subcommands() {
            let example = format!("cotside {} ", command.get_name());
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(after.contains(&example), "{}", command.get_name());
            for flag in command.get_arguments().filter(|flag| !flag.is_hide_set()) {
                assert!(flag.get_help().is_some(), "{} --{}", command.get_name(), flag.get_id());
            }
        }
    }

    #[test]
    fn an_abbreviated_flag_is_suggested() {
        let flags: Vec<String> = ["group", "group-as", "strata", "steps", "at"].map(str::to_owned).into();
        assert_eq!(begun("--gro", &flags), ["--group", "--group-as"]);
        assert_eq!(begun("--st", &flags), ["--steps", "--strata"]);
        assert_eq!(shortened("--grp", &flags), ["--group", "--group-as"]);
        assert_eq!(shortened("--strt", &flags), ["--strata"]);
        for none in ["--g", "--roup", "--gpr", "grp", "--"] {
            assert!(
                begun(none, &flags).is_empty() && shortened(none, &flags).is_empty(),
                "{none}"
            );
        }
        let words = ["cotside", "power", "one-group", "--ref"].map(OsString::from);
        let of_power = flags_of(&words);
        assert!(of_power.iter().any(|flag| flag == "reference"), "{of_power:?}");
    }

    #[test]
    fn a_negative_number_is_a_value() {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(
            with_negative_numbers(words(&["km", "--at", "-1,2", "--time=t", "-.5", "--input", "-"])),
            words(&["km", "--at=-1,2", "--time=t", "-.5", "--input", "-"])
        );
    }
}

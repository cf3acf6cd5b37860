//! `cotside federate`: pooled analyses by files. A coordinator writes plans and combines; a site makes summaries.

mod plan;
mod show;

use std::path::Path;

use clap::{Args, Subcommand};
use cotside_core::federated::log::Log;
use cotside_core::federated::{
    Analysis, Choices, Combined, Fault, Key, Plan, R_SCRIPT, SiteInput, combine, hex, site_file,
};
use cotside_words::en;

use crate::flags::{named, number, present};
use crate::import::{Input, opened};
use crate::{Refusal, output};

/// Options of `federate`.
#[derive(Debug, Args)]
#[command(after_help = "\
A plan says what is computed. Each site makes a summary of its own file: sums, never a row. The coordinator combines the
summaries of a round into the result and, while Cox's model needs another step, the plan of the next round. Files go by the
users' own ways; this program sends nothing.

Example:
  cotside federate plan --study pilot --sites A,B,C --covariate 'age_days<183' --grid 365,731,1826 --out pilot-plan-r1.json
  cotside federate summary --input registry.csv --plan pilot-plan-r1.json --site A --new-log A-log.json --out pilot-r1-A.json
  cotside federate combine --plan pilot-plan-r1.json --input pilot-r1-A.json pilot-r1-B.json pilot-r1-C.json --out pilot-plan-r2.json")]
pub struct Federate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The plan of a pooled analysis, written once by the coordinator
    Plan(Box<plan::PlanOptions>),
    /// The key of a site for the next site, where sums are masked; it never goes to the coordinator
    Key(KeyOptions),
    /// The sums of a site; shown first, saved with --out
    Summary(Box<SummaryOptions>),
    /// The result of a round, and the plan of the next one
    Combine(CombineOptions),
}

#[derive(Debug, Args)]
struct KeyOptions {
    /// The plan
    #[arg(long, value_name = "FILE", value_parser = present)]
    plan: String,
    /// The site whose key it is
    #[arg(long, value_name = "NAME", value_parser = present)]
    site: String,
    /// Where to write the key
    #[arg(long, value_name = "FILE", value_parser = present)]
    out: String,
}

#[derive(Debug, Args)]
struct SummaryOptions {
    #[command(flatten)]
    input: Input,
    /// The plan
    #[arg(long, value_name = "FILE", value_parser = present)]
    plan: String,
    /// Name of this site in the plan
    #[arg(long, value_name = "NAME", value_parser = present)]
    site: String,
    /// Where to write the summary; without it the numbers are shown and nothing is written
    #[arg(long, value_name = "FILE", value_parser = present)]
    out: Option<String>,
    /// The site's log of earlier files; it is replaced when the summary is written
    #[arg(long, value_name = "FILE", value_parser = present)]
    log: Option<String>,
    /// Begin a log in a new file
    #[arg(long, value_name = "FILE", value_parser = present, conflicts_with = "log")]
    new_log: Option<String>,
    /// The site's own key, where sums are masked
    #[arg(long, value_name = "FILE", value_parser = present)]
    own_key: Option<String>,
    /// The key received from the site before
    #[arg(long, value_name = "FILE", value_parser = present)]
    received_key: Option<String>,
    /// Analyses that this site leaves out (repeatable)
    #[arg(long, value_name = "ANALYSIS", value_parser = named(&plan::ANALYSES))]
    without: Vec<Analysis>,
    /// Levels that the plan lets the site take together: kmt2a_partner=MLLT1,MLLT10 (repeatable)
    #[arg(long, value_name = "FIELD=LEVELS")]
    merge: Vec<String>,
    /// This site's follow-up ends here, in the plan's unit; the same in all rounds
    #[arg(long, value_name = "TIME", value_parser = number)]
    end_follow_up: Option<f64>,
    /// The smallest count that leaves, where the site wants more than the plan
    #[arg(long, value_name = "N")]
    smallest_cell: Option<u64>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct CombineOptions {
    /// The plan of the round
    #[arg(long, value_name = "FILE", value_parser = present)]
    plan: String,
    /// The summaries of the sites
    #[arg(long, value_name = "FILE", value_parser = present, num_args = 1..)]
    input: Vec<String>,
    /// Where to write the plan of the next round, where one is needed
    #[arg(long, value_name = "FILE", value_parser = present)]
    out: Option<String>,
    /// Where to write the result
    #[arg(long, value_name = "FILE", value_parser = present)]
    result: Option<String>,
    /// Where to write an R script that computes the result again from the files
    #[arg(long, value_name = "FILE", value_parser = present)]
    r_script: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Does what is asked.
pub fn run(options: &Federate) -> Result<(), Refusal> {
    match &options.what {
        What::Plan(options) => plan::run(options),
        What::Key(options) => key(options),
        What::Summary(options) => summary(options),
        What::Combine(options) => combined(options),
    }
}

/// A refusal with the file, the field and what helps.
fn refused(fault: Fault) -> Refusal {
    Refusal(fault.to_string())
}

fn read(path: &str) -> Result<String, Refusal> {
    std::fs::read_to_string(path).map_err(|error| Refusal(format!("{path}: {error}")))
}

fn write(path: &str, text: &str) -> Result<(), Refusal> {
    std::fs::write(path, text).map_err(|error| Refusal(format!("{path}: {error}")))
}

/// The name of a file without its folder.
fn shown(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

fn read_plan(path: &str) -> Result<Plan, Refusal> {
    Plan::read(&shown(path), &read(path)?).map_err(refused)
}

/// 32 bytes that nobody can guess.
fn random() -> Result<[u8; 32], Refusal> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Refusal(format!("cotside federate: no random numbers: {error}")))?;
    Ok(bytes)
}

fn key(options: &KeyOptions) -> Result<(), Refusal> {
    let plan = read_plan(&options.plan)?;
    let key = Key::of(&plan, &options.site, &hex(&random()?)).map_err(refused)?;
    if Path::new(&options.out).exists() {
        let why = "there is a file of this name; a key is made once, so give another name or delete it";
        return Err(Refusal(format!("{}: {why}", options.out)));
    }
    write(&options.out, &key.text())?;
    output::print(&format!(
        "{}: for {}, never for the coordinator\n",
        shown(&options.out),
        key.to
    ))
}

fn log_of(options: &SummaryOptions) -> Result<Log, Refusal> {
    if let Some(path) = &options.log {
        let wrong = |error| Refusal(format!("{}: {error}", shown(path)));
        return Log::read(&read(path)?, &options.site).map_err(wrong);
    }
    if let Some(path) = options.new_log.as_ref().filter(|path| Path::new(path).exists()) {
        let why = "there is a file of this name; continue it with --log, or give another name";
        return Err(Refusal(format!("{path}: {why}")));
    }
    Ok(Log::new(&options.site, random()?))
}

fn summary(options: &SummaryOptions) -> Result<(), Refusal> {
    let plan = read_plan(&options.plan)?;
    let log = log_of(options)?;
    let key = |path: &Option<String>| -> Result<Option<Key>, Refusal> {
        let Some(path) = path else { return Ok(None) };
        Key::read(&plan, &shown(path), &read(path)?).map(Some).map_err(refused)
    };
    let (own, received) = (key(&options.own_key)?, key(&options.received_key)?);
    let file = opened(&options.input)?;
    let Some(mut study) = file.file().study() else {
        return Err(Refusal("cotside federate: nothing was read from the input".into()));
    };
    if plan.design.uses_protocols() {
        study.protocols = file.file().protocols();
    }
    let mut limits = plan.design.limits.clone();
    limits.smallest_cell = options.smallest_cell.unwrap_or(limits.smallest_cell);
    let choices = Choices {
        without: options.without.clone(),
        merges: plan::merges("federate summary", "merge", &options.merge)?,
        end_follow_up: options.end_follow_up,
    };
    let input = SiteInput {
        site: &options.site,
        study: &study,
        limits: Some(&limits),
        choices: &choices,
        log: &log,
        keys: own.as_ref().zip(received.as_ref()),
    };
    let made = site_file(&plan, &input).map_err(refused)?;
    let log_path = options.log.as_ref().or(options.new_log.as_ref());
    if log_path.is_none() {
        output::say("no --log or --new-log: files that left before this one cannot be checked against it");
    }
    if let Some((sent, values)) = made.many_numbers {
        output::say(&en::federated::many_numbers(sent, values));
    }
    if let Some(path) = &options.out {
        // The log first: a file that left is never missing from it, and the same file may be written again.
        if let Some(path) = log_path {
            write(path, &made.log.text())?;
        }
        write(path, &made.text)?;
        let line = format!("{}  sha256 {}\n", shown(path), made.sha256);
        return if options.json {
            output::json(&made.shown)
        } else {
            output::print(&line)
        };
    }
    if options.json {
        return output::json(&made.shown);
    }
    output::print(&show::summary(&plan, &made))
}

fn combined(options: &CombineOptions) -> Result<(), Refusal> {
    let plan = read_plan(&options.plan)?;
    let mut files = Vec::new();
    for path in &options.input {
        files.push((shown(path), read(path)?));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let Combined { outcome, next, missing } = combine(&plan, &files).map_err(refused)?;
    if !missing.is_empty() {
        output::say(&format!("without a file: {}", missing.join(", ")));
    }
    match (&options.out, &next) {
        (Some(path), Some(next)) => write(path, &next.text())?,
        (Some(path), None) => output::say(&format!(
            "{path} is not written: no further round is needed or would help"
        )),
        _ => {}
    }
    if let Some(path) = &options.result {
        write(path, &outcome.text())?;
    }
    if let Some(path) = &options.r_script {
        write(path, R_SCRIPT)?;
    }
    if options.json {
        return output::json(&outcome);
    }
    let methods = en::pooled_files::methods(&plan, &outcome);
    output::print(&show::outcome(&plan, &outcome, next.is_some(), &methods))
}

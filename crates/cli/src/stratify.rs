//! `cotside stratify`: how the protocols classify each patient of a file.

use std::fmt::Write as _;
use std::io::Read as _;
use std::rc::Rc;

use clap::Args;
use cotside_core::cohort::{PatientRow, PatientTable, read_table};
use cotside_core::infant::Severity;
use cotside_core::protocols::exchange::{ObservationTexts, observation, observations};
use cotside_core::protocols::own::OwnProtocol;
use cotside_core::protocols::{Protocol, RULES, RULES_VERSION, assess};
use cotside_words::en::{self, observation as words};
use cotside_words::wire::{self, PatientAnswer};

use serde_json::Value;

use crate::flags::present;
use crate::people::name as shown_name;
use crate::protocols::known;
use crate::{Refusal, output, own};

/// Options of `stratify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Columns are those of the data dictionary (age_days, wbc, kmt2a, …). Empty cells, NA, NaN and . are unknown. A file with a
row that is not valid is refused, unless --keep-going is given.

Examples:
  cotside stratify --input patients.csv --protocol interfant-06 mll-10 --json
  cotside stratify --input patients.csv --protocol mll-10 --fhir > bundle.json")]
pub struct Stratify {
    /// CSV file of patients; - reads standard input
    #[arg(long, value_name = "FILE", value_parser = present)]
    input: String,
    /// Protocols by their ids [default: all]
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',', value_parser = known)]
    protocol: Vec<&'static Protocol<'static>>,
    /// Files of user-defined protocols, assessed with the others and marked
    #[arg(long, value_name = "FILE", num_args = 1.., value_parser = present)]
    own: Vec<String>,
    /// Version of the rules
    #[arg(long, value_name = "VERSION", default_value = RULES_VERSION, value_parser = version)]
    rules: &'static str,
    /// Answer the good rows of a file that has bad ones, which are reported on standard error
    #[arg(long)]
    keep_going: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Print a FHIR R4 Bundle with an Observation for each patient and protocol, in the shape of mCODE's assessment of risk
    #[arg(long, conflicts_with = "json")]
    fhir: bool,
}

/// A version of the rules.
fn version(wanted: &str) -> Result<&'static str, String> {
    let versions = RULES.versions();
    let found = versions.iter().find(|version| **version == wanted).copied();
    found.ok_or_else(|| format!("is not a version of the rules; there are {}", versions.join(", ")))
}

impl Stratify {
    /// Returns the requested protocols in the order of the catalogue, then the user-defined ones.
    fn protocols<'a>(&self, own: &'a [Rc<OwnProtocol>]) -> Result<Vec<&'a Protocol<'a>>, Refusal> {
        let asked =
            |protocol: &&Protocol| self.protocol.is_empty() || self.protocol.iter().any(|each| each.id == protocol.id);
        let catalogue = RULES.catalogue(self.rules).unwrap_or_default();
        let mut protocols: Vec<&Protocol> = catalogue.into_iter().filter(asked).collect();
        for (file, own) in self.own.iter().zip(own) {
            let own = own.protocol();
            if let Some(twice) = protocols.iter().find(|known| known.id == own.id) {
                return Err(Refusal(format!(
                    "{file}: another file has the id “{}” too; change one",
                    twice.id
                )));
            }
            protocols.push(own);
        }
        Ok(protocols)
    }
}

/// Reads the file, refuses or reports bad rows, prints the answers.
pub fn run(options: &Stratify) -> Result<(), Refusal> {
    let own: Vec<Rc<OwnProtocol>> = options
        .own
        .iter()
        .map(|file| own::read_file(file))
        .collect::<Result<_, _>>()?;
    let protocols = options.protocols(&own)?;
    let name = if options.input == "-" {
        "standard input"
    } else {
        &options.input
    };
    let bytes = bytes(&options.input).map_err(|error| Refusal(format!("{name}: cannot be read: {error}")))?;
    let table = read_table(&bytes).map_err(|error| Refusal(format!("{name}: {}", en::table_error(&error))))?;
    let (good, bad): (Vec<&PatientRow>, Vec<&PatientRow>) =
        table.patients.iter().partition(|patient| patient.reading.is_sound());
    let problems: Vec<String> = bad.iter().flat_map(|patient| problems(name, patient)).collect();
    if let [first, rest @ ..] = &problems[..]
        && (!options.keep_going || good.is_empty())
    {
        let more = if rest.is_empty() {
            String::new()
        } else {
            format!(" ({} more)", rest.len())
        };
        return Err(Refusal(format!("{first}{more}")));
    }
    problems.iter().for_each(|problem| output::say(problem));
    warn_of_ignored_columns(name, &table);
    if options.fhir {
        return output::json(&bundle(&good, &protocols, options.rules));
    }
    let answers: Vec<PatientAnswer> = good
        .iter()
        .map(|patient| {
            wire::patient(
                &patient.reading.infant,
                Some(patient.row),
                &patient.reading.issues,
                &protocols,
            )
        })
        .collect();
    if options.json {
        output::json(&answers)
    } else {
        output::print(&table_for_people(&answers, options.rules))
    }
}

/// An observation for each patient and protocol.
fn bundle(patients: &[&PatientRow], protocols: &[&Protocol], rules: &str) -> Value {
    let one = |patient: &PatientRow, protocol: &Protocol| {
        let infant = &patient.reading.infant;
        let assessment = assess(protocol, infant);
        let subject = infant.id.clone().unwrap_or_else(|| patient.row.to_string());
        let texts = ObservationTexts {
            title: &words::title(protocol),
            answer: &en::reason(&assessment),
            no_code: words::NO_CODE,
            intended_use: en::INTENDED_USE,
        };
        observation(&assessment, rules, &subject, &texts)
    };
    let of_patient = |patient: &&PatientRow| {
        protocols
            .iter()
            .map(|protocol| one(patient, protocol))
            .collect::<Vec<_>>()
    };
    observations(patients.iter().flat_map(of_patient).collect())
}

/// The bytes of a file or of standard input.
pub fn bytes(input: &str) -> std::io::Result<Vec<u8>> {
    if input == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(input)
}

/// Prints the problems of a row, one line each: file, row, column, remedy.
fn problems(name: &str, patient: &PatientRow) -> Vec<String> {
    let issues = patient
        .reading
        .issues
        .iter()
        .filter(|issue| issue.kind.severity() != Severity::Notice);
    issues
        .map(|issue| {
            let columns: Vec<&str> = issue.fields.iter().map(|field| field.column()).collect();
            let word = if columns.len() == 1 { "column" } else { "columns" };
            let (row, line) = (patient.row, patient.line);
            format!(
                "{name}: row {row} (line {line}), {word} {}: {}",
                columns.join(", "),
                en::issue(issue)
            )
        })
        .collect()
}

fn warn_of_ignored_columns(name: &str, table: &PatientTable) {
    if !table.ignored_columns.is_empty() {
        output::say(&format!(
            "{name}: not in the dictionary and left out: {}",
            table.ignored_columns.join(", ")
        ));
    }
}

fn table_for_people(answers: &[PatientAnswer], rules: &str) -> String {
    let mut text = String::new();
    for answer in answers {
        let row = answer.row.map(|row| format!("row {row}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "{}",
            answer
                .id
                .as_deref()
                .map_or_else(|| row.clone(), |id| format!("{} ({row})", shown_name(id)))
        );
        for notice in &answer.notices {
            let _ = writeln!(text, "  {}: {}", notice.fields.join(", "), shown_name(&notice.text));
        }
        for result in &answer.results {
            let group = result.group.map_or_else(
                || match result.status {
                    "not_applicable" => "not applicable".to_owned(),
                    _ => format!("{}?", result.possible.join(" or ")),
                },
                ToOwned::to_owned,
            );
            let mark = if result.own {
                format!("[{}] ", en::OWN_MARK)
            } else {
                String::new()
            };
            let _ = writeln!(
                text,
                "  {:<16} {group:<28} {mark}{}",
                result.protocol,
                result.reason.as_deref().unwrap_or_default()
            );
            if result.status != "not_applicable" {
                let _ = writeln!(text, "  {:<16} transplant: {}", "", result.hsct.state);
            }
            for notice in &result.notices {
                let _ = writeln!(text, "  {:<16} note: {notice}", "");
            }
        }
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "{} Rules {rules}{}.",
        en::INTENDED_USE,
        if rules == RULES_VERSION {
            ""
        } else {
            ", an earlier version"
        }
    );
    text
}

//! `cotside protocols`: every rule, boundary and citation; a rule as a file; what was corrected.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use cotside_core::protocols::exchange;
use cotside_core::protocols::own::{copy_of, schema, text, values};
use cotside_core::protocols::{
    NOTHING_READ, PROTOCOLS, Protocol, RULES, RULES_VERSION, SYSTEMS, opposite, proof, protocol,
};
use cotside_words::{en, wire};

use crate::flags::present;
use crate::{Refusal, output, own};

/// Options of `protocols`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cotside protocols --json
  cotside protocols --as-file interfant-06 > mine.json
  cotside protocols --check mine.json
  cotside protocols --schema > protocol.schema.json
  cotside protocols --proof interfant-06")]
pub struct Protocols {
    /// Print every rule as one JSON document
    #[arg(long, conflicts_with_all = ["as_file", "check", "corrections"])]
    json: bool,
    /// Print a rule as a file to start a protocol of your own from
    #[arg(long, value_name = "ID", value_parser = known, conflicts_with_all = ["check", "corrections"])]
    as_file: Option<&'static Protocol<'static>>,
    /// With --as-file: under the rule's own id, as the catalogue has it
    #[arg(long, requires = "as_file")]
    exact: bool,
    /// Check such a file: list its problems, each with its place
    #[arg(long, value_name = "FILE", value_parser = present, conflicts_with = "corrections")]
    check: Option<String>,
    /// The systems of which no rule could be evaluated: what is known and what is missing
    #[arg(long, conflicts_with_all = ["as_file", "check", "corrections"])]
    not_yet: bool,
    /// What a rule answers over all possible children, and where others rank two children in opposite order; all rules
    /// without an id
    #[arg(long, value_name = "ID", num_args = 0..=1, value_parser = known, conflicts_with_all = ["as_file", "check", "corrections", "not_yet"])]
    proof: Option<Option<&'static Protocol<'static>>>,
    /// The same of a protocol of your own, from its file
    #[arg(long, value_name = "FILE", value_parser = present, conflicts_with_all = ["as_file", "check", "corrections", "not_yet", "proof"])]
    proof_of_file: Option<String>,
    /// Print the JSON Schema of the file of a protocol
    #[arg(long, conflicts_with_all = ["json", "as_file", "check", "corrections", "not_yet", "proof", "proof_of_file", "export", "codes"])]
    schema: bool,
    /// Print the codes of public terminologies for fields, values and answers as CSV, each with where it was read
    #[arg(long, conflicts_with_all = ["json", "as_file", "check", "corrections", "not_yet", "proof", "proof_of_file", "export"])]
    codes: bool,
    /// List the versions of the rules and the changes of each
    #[arg(long)]
    corrections: bool,
    /// Print a rule for other programs: a library of CQL, FHIR resources (Library, PlanDefinition), or infants with the
    /// answer of this engine
    #[arg(long, value_name = "FORM", requires = "id", conflicts_with_all = ["json", "as_file", "check", "corrections"])]
    export: Option<Form>,
    /// With --export: the protocol
    #[arg(long, value_name = "ID", value_parser = known, requires = "export")]
    id: Option<&'static Protocol<'static>>,
    /// With --export test-cases: at most this many infants
    #[arg(long, value_name = "N", default_value_t = 500, requires = "export")]
    most: usize,
}

/// In which form a rule is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A library of CQL 1.5
    Cql,
    /// A bundle of a FHIR R4 Library and PlanDefinition
    Fhir,
    /// Infants with the answer of this engine, as JSON
    TestCases,
}

/// Prints a rule for other programs.
fn export(protocol: &'static Protocol<'static>, form: Form, most: usize) -> Result<(), Refusal> {
    match form {
        Form::Cql => output::print(&exchange::library(protocol)),
        Form::Fhir => output::json(&exchange::bundle(protocol)),
        Form::TestCases => output::json(&exchange::test_document(protocol, most)),
    }
}

/// A protocol of the catalogue.
pub fn known(id: &str) -> Result<&'static Protocol<'static>, String> {
    protocol(id.trim()).ok_or_else(|| {
        let ids: Vec<&str> = PROTOCOLS.iter().map(|protocol| protocol.id).collect();
        format!(
            "is not a protocol of rules {RULES_VERSION}; there are {}",
            ids.join(", ")
        )
    })
}

/// Prints the requested list or definition.
pub fn run(options: &Protocols) -> Result<(), Refusal> {
    if let (Some(form), Some(protocol)) = (options.export, options.id) {
        return export(protocol, form, options.most);
    }
    if options.schema {
        return output::json(&schema());
    }
    if options.codes {
        return output::file(exchange::CODES_CSV);
    }
    if let Some(protocol) = options.as_file {
        let file = if options.exact {
            values(protocol)
        } else {
            copy_of(protocol)
        };
        return output::file(&text(&file));
    }
    if let Some(file) = &options.proof_of_file {
        let own = own::read_file(file)?;
        return proofs(&[own.protocol()], options.json);
    }
    if let Some(chosen) = options.proof {
        return chosen.map_or_else(
            || proofs(PROTOCOLS, options.json),
            |protocol| proofs(&[protocol], options.json),
        );
    }
    match &options.check {
        Some(file) => own::check(file),
        None if options.corrections => corrections(),
        None if options.not_yet => not_yet(options.json),
        None => all(options.json),
    }
}

/// Prints the versions, and the changes of each.
fn corrections() -> Result<(), Refusal> {
    let mut text = format!("{}: the first version of the rules\n", RULES.first);
    for correction in RULES.corrections {
        let fact = &correction.changed;
        let _ = writeln!(
            text,
            "{} ({}), {}: {} [{}]",
            correction.version,
            correction.date,
            correction.protocol,
            fact.text,
            en::citation(&fact.cite)
        );
    }
    if RULES.corrections.is_empty() {
        text.push_str("No rule has been corrected since.\n");
    }
    output::print(&text)
}

/// Prints the proof sheets of some rules.
fn proofs(protocols: &[&Protocol], json: bool) -> Result<(), Refusal> {
    let sheet = |protocol: &&Protocol| {
        let others = PROTOCOLS.iter().filter(|other| other.id != protocol.id);
        let pairs = others.filter_map(|other| opposite(protocol, other)).collect::<Vec<_>>();
        let proof = proof(protocol);
        if json {
            return (wire::proof::proof(&proof, &pairs), String::new());
        }
        let mut text = format!("{} ({})\n", protocol.name, protocol.id);
        let pairs = pairs.iter().map(en::opposite_line);
        for line in en::proof_lines(&proof).into_iter().chain(pairs) {
            let _ = writeln!(text, "  {line}");
        }
        (serde_json::Value::Null, text)
    };
    let sheets: Vec<_> = protocols.iter().map(sheet).collect();
    if json {
        return output::json(&sheets.into_iter().map(|(sheet, _)| sheet).collect::<Vec<_>>());
    }
    output::print(&sheets.into_iter().map(|(_, text)| text).collect::<String>())
}

/// Prints what is known of the systems that answer nothing, and what is missing.
fn not_yet(json: bool) -> Result<(), Refusal> {
    if json {
        let all: Vec<wire::SystemWire> = SYSTEMS.iter().map(wire::system).collect();
        return output::json(&all);
    }
    let mut text = String::new();
    for system in SYSTEMS {
        let _ = writeln!(text, "{} ({}), {}", system.name, system.id, system.organisation);
        let _ = writeln!(text, "  {}", system.summary);
        for fact in system.rule_facts().iter().chain(system.facts) {
            let _ = writeln!(text, "  - {} [{}]", fact.text, en::marked(&fact.cite));
        }
        for missing in system.missing {
            let _ = writeln!(text, "  missing: {missing}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{} {}.", en::site::NOTHING_READ, NOTHING_READ.join("; "));
    output::print(&text)
}

/// Prints the rules.
fn all(json: bool) -> Result<(), Refusal> {
    if json {
        let all: Vec<wire::ProtocolWire> = PROTOCOLS.iter().map(|protocol| wire::protocol(protocol)).collect();
        return output::json(&all);
    }
    let mut text = String::new();
    for protocol in PROTOCOLS {
        let _ = writeln!(text, "{} ({}), {}", protocol.name, protocol.id, protocol.organisation);
        let _ = writeln!(text, "  {}", protocol.summary);
        for group in protocol.groups {
            let _ = writeln!(text, "  {:<22} {}", group.id, en::condition(&group.when, protocol));
        }
        let _ = writeln!(text, "  transplant: {}", protocol.hsct.text);
        for (_, clause) in protocol.clauses() {
            let _ = writeln!(text, "  - {}: {}", en::clause(clause), en::marked(&clause.cite));
        }
        text.push('\n');
    }
    output::print(&text)
}

//! `cotside protocols`: every rule, boundary and citation; a rule as a file; what was corrected.

use std::fmt::Write as _;

use cotside_core::protocols::own::{copy_of, text, values};
use cotside_core::protocols::{PROTOCOLS, RULES};
use cotside_words::{en, wire};

use crate::arguments::Protocols;
use crate::{Refusal, output, own};

/// Prints what is asked for.
pub fn run(what: &Protocols) -> Result<(), Refusal> {
    match what {
        Protocols::All { json } => all(*json),
        Protocols::AsFile { protocol, exact: true } => output::print(&text(&values(protocol))),
        Protocols::AsFile { protocol, exact: false } => output::print(&text(&copy_of(protocol))),
        Protocols::Check(file) => own::check(file),
        Protocols::Corrections => corrections(),
    }
}

/// The versions, and what each changed.
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

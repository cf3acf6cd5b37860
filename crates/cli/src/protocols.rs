//! `cotside protocols`: every rule, boundary and citation.

use std::fmt::Write as _;

use cotside_core::protocols::PROTOCOLS;
use cotside_words::{en, wire};

use crate::{Refusal, output};

/// Prints the rules.
pub fn run(json: bool) -> Result<(), Refusal> {
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
            let (sure, _) = en::read_mark(clause.cite.read);
            let _ = writeln!(
                text,
                "  - {}: {} ({sure})",
                en::clause(clause),
                en::citation(&clause.cite)
            );
        }
        text.push('\n');
    }
    output::print(&text)
}

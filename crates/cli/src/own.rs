//! Protocols of the reader's own, from files.

use std::rc::Rc;

use cotside_core::protocols::own::{self, Definition, Gravity, OwnProtocol};
use cotside_words::{capital, en};

use crate::stratify::bytes;
use crate::{Refusal, output};

/// Reads the protocol of a file; a refusal contains the first problem.
pub fn read_file(file: &str) -> Result<Rc<OwnProtocol>, Refusal> {
    let definition = read(file)?;
    definition.kept.ok_or_else(|| {
        let first = definition.problems.first().map(en::own_problem).unwrap_or_default();
        let more = match definition.problems.len() {
            0 | 1 => "",
            _ => " (cotside protocols --check lists all that is wrong)",
        };
        Refusal(format!("{file}: {first}{more}"))
    })
}

/// `cotside protocols --check FILE`: all that is wrong with a file, a line each. It fails where the file cannot be
/// used.
pub fn check(file: &str) -> Result<(), Refusal> {
    let definition = read(file)?;
    let errors = definition
        .problems
        .iter()
        .filter(|problem| problem.fault.gravity() == Gravity::Error)
        .count();
    let Some(protocol) = definition.protocol() else {
        for problem in &definition.problems {
            output::say(&format!("{file}: {}", en::own_problem(problem)));
        }
        let noun = if errors == 1 { "error" } else { "errors" };
        return Err(Refusal(format!("{file}: {errors} {noun}; the protocol cannot be used")));
    };
    let mut text = String::new();
    for problem in &definition.problems {
        text.push_str(&format!("{file}: {}\n", en::own_problem(problem)));
    }
    let clauses = protocol.clauses().len();
    let groups: Vec<&str> = protocol.groups.iter().map(|group| group.id).collect();
    text.push_str(&format!(
        "{file}: {} ({}) can be used: {clauses} clauses; groups {}. {}.\n",
        protocol.name,
        protocol.id,
        groups.join(", "),
        capital(en::OWN_MARK)
    ));
    output::print(&text)
}

fn read(file: &str) -> Result<Definition, Refusal> {
    let bytes = bytes(file).map_err(|error| Refusal(format!("{file}: cannot be read: {error}")))?;
    Ok(own::read(&bytes))
}

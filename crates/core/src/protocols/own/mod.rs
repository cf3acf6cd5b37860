//! Protocols as files: user-defined ones, and earlier definitions of those in the catalogue.
//!
//! The file is JSON (UTF-8) and holds what `rule.rs` holds and nothing else: sources, clauses, groups, transplant
//! rule, outcomes, each statement with its citation and how it was read. Clauses and sources are listed once and named
//! by their ids. The result is a [`Protocol`] as in the catalogue, so that the same engine evaluates, explains and
//! draws it.

mod alike;
mod check;
mod codes;
mod draft;
mod node;
mod problem;
mod reader;
mod schema;
mod write;

use std::rc::Rc;

use bumpalo::Bump;
use self_cell::self_cell;
use serde_json::Value;

pub use codes::Asks;
pub use draft::{Choice, Draft, SpreadKind};
pub use problem::{Fault, Gravity, Problem, Shape};
pub use schema::schema;
pub use write::{number, slug, values};

use super::rule::{Protocol, Test};
use crate::evidence::Read;
use node::Node;
use reader::Reader;

/// The name of this kind of file, with its version.
pub const FORMAT: &str = "cotside-protocol-1";

/// The most bytes of a file.
pub const MOST_BYTES: usize = 256 * 1024;

/// The most ways in which the findings of a protocol may turn out; those of the catalogue have fewer.
pub const MOST_WAYS: u64 = 20_000;

/// The data from which a protocol that was read borrows.
#[derive(Debug)]
struct Kept {
    /// The values of its file.
    values: Value,
    /// Lists built from them.
    lists: Bump,
}

self_cell! {
    /// A protocol read from a file, together with the data from which it borrows.
    pub struct OwnProtocol {
        owner: Kept,
        #[covariant]
        dependent: Protocol,
    }

    impl {Debug}
}

impl OwnProtocol {
    /// The protocol, as the catalogue has them.
    #[must_use]
    pub fn protocol(&self) -> &Protocol<'_> {
        self.borrow_dependent()
    }
}

/// The result of reading a file.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The protocol, to be kept; `None` where something is wrong that forbids its use.
    pub kept: Option<Rc<OwnProtocol>>,
    /// Problems, errors first, each with its place.
    pub problems: Vec<Problem>,
}

impl Definition {
    /// The protocol; `None` where something is wrong that forbids its use.
    #[must_use]
    pub fn protocol(&self) -> Option<&Protocol<'_>> {
        self.kept.as_deref().map(OwnProtocol::protocol)
    }
}

/// The kind of definition that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The reader's: it may not call itself as one of the catalogue does.
    Own,
    /// An earlier one of a protocol in the catalogue.
    Catalogue,
}

/// Reads a protocol of the reader's own.
#[must_use]
pub fn read(bytes: &[u8]) -> Definition {
    match parse(bytes) {
        Ok(values) => read_values(&values),
        Err(problem) => failed(problem),
    }
}

/// Reads a protocol of the reader's own from the values of its file.
#[must_use]
pub fn read_values(values: &Value) -> Definition {
    definition(values, Whose::Own)
}

/// Reads an earlier definition of a protocol in the catalogue.
#[must_use]
pub fn read_earlier(bytes: &[u8]) -> Definition {
    match parse(bytes) {
        Ok(values) => definition(&values, Whose::Catalogue),
        Err(problem) => failed(problem),
    }
}

/// The values of a file.
///
/// # Errors
/// A [`Problem`] where the file is too large ([`MOST_BYTES`]) or not JSON.
pub fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let fault = if bytes.len() > MOST_BYTES {
        Fault::TooLarge { most: MOST_BYTES }
    } else {
        match serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)) {
            Ok(mut values) => {
                rename_ways_of_reading(&mut values);
                return Ok(values);
            }
            Err(error) => Fault::NotJson {
                line: error.line(),
                column: error.column(),
            },
        }
    };
    Err(Problem {
        place: String::new(),
        fault,
    })
}

/// Older files have `primary-source` for a paper, an abstract and a register alike: it becomes the least reliable of
/// them that the place allows.
fn rename_ways_of_reading(values: &mut Value) {
    match values {
        Value::Array(entries) => entries.iter_mut().for_each(rename_ways_of_reading),
        Value::Object(entries) => {
            let place = entries.get("place").and_then(Value::as_str).unwrap_or_default();
            let read = match entries.get("read").and_then(Value::as_str) {
                Some("primary-source") if place.contains("abstract") => Some(Read::Abstract),
                Some("primary-source") => Some(Read::Register),
                Some("secondary-source") => Some(Read::Secondary),
                _ => None,
            };
            if let Some(read) = read {
                entries.insert("read".to_owned(), Value::from(read.code()));
            }
            entries.values_mut().for_each(rename_ways_of_reading);
        }
        _ => {}
    }
}

/// A file's text from its values, with a line for each.
#[must_use]
pub fn text(values: &Value) -> String {
    // Values that were read or made here can always be written.
    let mut text = serde_json::to_string_pretty(values).unwrap_or_default();
    text.push('\n');
    text
}

/// Returns a copy of a protocol's definition as a template: with a new id and name, else unchanged.
#[must_use]
pub fn copy_of(protocol: &Protocol) -> Value {
    let mut values = values(protocol);
    values["id"] = Value::String(format!("my-{}", protocol.id));
    values["name"] = Value::String(format!("{} (copy)", protocol.name));
    values
}

/// Returns an empty definition.
#[must_use]
pub fn empty() -> Value {
    let mut values = serde_json::Map::new();
    for &key in reader::KEYS {
        let value = match key {
            "format" => Value::String(FORMAT.to_owned()),
            "id" => Value::String("my-protocol".to_owned()),
            "family" => Value::String("trial".to_owned()),
            "name" | "organisation" | "summary" => Value::String(String::new()),
            "era" => {
                serde_json::json!({ "text": "", "cite": { "source": "", "place": "", "read": Read::Paper.code() } })
            }
            "hsct" => {
                serde_json::json!({ "when": null, "text": "", "cite": { "source": "", "place": "", "read": Read::Paper.code() } })
            }
            "ptd" | "undetermined_kmt2a" | "unknown_response_is_not_poor" => Value::Null,
            _ => Value::Array(Vec::new()),
        };
        values.insert(key.to_owned(), value);
    }
    Value::Object(values)
}

/// Applies `read` to the test of a clause of a file; `None` where the clause cannot be read.
#[must_use]
pub fn clause_test<T>(clause: &Value, read: impl FnOnce(Test<'_>) -> T) -> Option<T> {
    let asks = Asks::from_code(clause.get("test")?.as_str()?)?;
    let lists = Bump::new();
    let mut reader = Reader::new(&lists);
    let test = reader.test(asks, &Node::root(clause));
    test.filter(|_| reader.problems.0.is_empty()).map(read)
}

/// True if a protocol is one of the reader's own.
#[must_use]
pub fn is_own(protocol: &Protocol) -> bool {
    super::protocol(protocol.id).is_none()
}

fn failed(problem: Problem) -> Definition {
    Definition {
        kept: None,
        problems: vec![problem],
    }
}

fn definition(values: &Value, whose: Whose) -> Definition {
    if values.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return failed(Problem {
            place: "/format".to_owned(),
            fault: Fault::OtherFormat,
        });
    }
    let kept = Kept {
        values: values.clone(),
        lists: Bump::new(),
    };
    let mut problems = Vec::new();
    let protocol = OwnProtocol::new(kept, |kept| read_kept(kept, whose, &mut problems));
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.fault.gravity()));
    Definition {
        kept: (!has_errors(&problems)).then(|| Rc::new(protocol)),
        problems,
    }
}

/// Returns the protocol, as far as it could be read, and its problems.
fn read_kept<'a>(kept: &'a Kept, whose: Whose, problems: &mut Vec<Problem>) -> Protocol<'a> {
    let root = Node::root(&kept.values);
    let mut reader = Reader::new(&kept.lists);
    let protocol = reader.protocol(&root);
    if whose == Whose::Own && (super::protocol(protocol.id).is_some() || alike::name_taken(protocol.id).is_some()) {
        reader.problems.at("/id", Fault::IdTaken);
    }
    if whose == Whose::Own
        && let Some(name) = alike::name_taken(protocol.name)
    {
        reader.problems.at("/name", Fault::NameTaken(name));
    }
    reader.unused(&root);
    check::written(&protocol, &mut reader.problems);
    // The rule can only be evaluated where all of it could be read.
    if !has_errors(&reader.problems.0) {
        check::tried(&protocol, &mut reader.problems);
    }
    *problems = reader.problems.0;
    protocol
}

fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.fault.gravity() == Gravity::Error)
}

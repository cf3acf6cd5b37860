//! Custom protocols: a draft is read, tried on an infant and on the examples, and shown beside the catalogue. On the page
//! that stratifies an infant the same module shows such files beside the catalogue, and earlier versions of the rules.
//!
//! The form and the draft are the page's; here is what reading it gives. It lives in the page's worker and has no browser
//! in it. **Invariant: nothing here sends or stores anything.**

mod beside;
mod problems;
mod trial;
mod versions;

use std::rc::Rc;

use crate::Reply;
use cotside_core::infant::{AgeLimit, Entry, LAST_DAY_IN_SCOPE};
use cotside_core::protocols::own::{self, Asks, Definition, Fault, OwnProtocol};
use cotside_core::protocols::{Protocol, Test, protocol};
use cotside_messages::{ClauseRead, DraftRead, DraftValues, ProtocolEvent, ProtocolRequest};
use cotside_views::{notice, rule};
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use maud::html;
use serde_json::Value;

use beside::Beside;
use trial::Trial;

/// The draft of the page, or, once findings are handed over, what is beside the catalogue.
#[derive(Default)]
pub struct CustomProtocol {
    draft: Option<Rc<OwnProtocol>>,
    /// The protocol of the catalogue of which the draft is a copy.
    original: Option<&'static Protocol<'static>>,
    trial: Trial,
    beside: Option<Beside>,
}

impl CustomProtocol {
    /// Answers what the page asks.
    pub fn ask(&mut self, request: ProtocolRequest) -> Reply {
        match request {
            ProtocolRequest::Examples => saying(ProtocolEvent::Examples(trial::example_infants())),
            ProtocolRequest::CopyOf(id) => protocol(&id).map_or_else(Reply::default, copied),
            ProtocolRequest::Draft(values) => self.read(&values),
            ProtocolRequest::Try(findings) => {
                self.trial = Trial::on(Entry::from_lines(&findings));
                self.tried()
            }
            ProtocolRequest::Findings(findings) => {
                let entry = Entry::from_lines(&findings);
                self.beside.get_or_insert_default().enter(entry)
            }
            ProtocolRequest::Rules(version) => self.beside.get_or_insert_default().compare(version),
            ProtocolRequest::Remove(id) => self.beside.get_or_insert_default().remove(&id),
        }
    }

    /// Opens a file: a draft for the page, or one more beside the catalogue.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        if let Some(beside) = &mut self.beside {
            return beside.open(name, bytes);
        }
        match values_of(bytes) {
            Ok(values) => saying(ProtocolEvent::Draft(DraftValues {
                json: own::text(&values),
                copied_from: None,
            })),
            Err(problem) => Reply {
                refused: Some([name, words::COLON, &lang::own_problem(&problem)].concat()),
                ..Reply::default()
            },
        }
    }

    /// Reads a draft: what is wrong, and what it answers.
    fn read(&mut self, draft: &DraftValues) -> Reply {
        let values: Value = serde_json::from_str(&draft.json).unwrap_or_default();
        let definition = own::read_values(&values);
        self.original = draft.copied_from.as_deref().and_then(protocol);
        let read = DraftRead {
            problems: problems::placed(&definition.problems),
            clauses: clauses(&values),
            asked: definition.protocol().map(trial::asked),
            outcomes_of: self
                .outcomes_of(&definition)
                .map(|original| lang::protocol_name(original).to_owned()),
        };
        self.draft = definition.kept;
        let rule = html! {
            @if let Some(own) = self.own() {
                h2 { (words::whole_rule(own.name)) }
                (notice(words::NOT_CHECKED))
                (rule::body(own))
            }
        };
        let examples = trial::on_examples(self.own(), self.original);
        Reply {
            protocol: Some(ProtocolEvent::Read(read)),
            ..self.tried()
        }
        .part("rule", rule)
        .part("examples", examples)
    }

    fn own(&self) -> Option<&Protocol<'_>> {
        self.draft.as_deref().map(OwnProtocol::protocol)
    }

    /// The protocol of which the draft is a copy, where it sorts otherwise by now and still has that protocol's outcomes.
    fn outcomes_of(&self, definition: &Definition) -> Option<&'static Protocol<'static>> {
        let (own, original) = (definition.protocol()?, self.original?);
        let same = own.groups == original.groups && own.eligible == original.eligible;
        (!same && !own.outcomes.is_empty()).then_some(original)
    }

    fn tried(&self) -> Reply {
        Reply::default()
            .part("trial", self.trial.answer(self.own()))
            .part("beside", self.trial.beside(self.own()))
    }
}

fn saying(event: ProtocolEvent) -> Reply {
    Reply {
        protocol: Some(event),
        ..Reply::default()
    }
}

fn copied(protocol: &Protocol) -> Reply {
    saying(ProtocolEvent::Draft(DraftValues {
        json: own::text(&own::copy_of(protocol)),
        copied_from: Some(protocol.id.to_owned()),
    }))
}

/// The values of a file, with or without faults in them.
fn values_of(bytes: &[u8]) -> Result<Value, own::Problem> {
    let values = own::parse(bytes)?;
    match own::read_values(&values).problems.into_iter().next() {
        Some(problem) if problem.fault == Fault::OtherFormat => Err(problem),
        _ => Ok(values),
    }
}

/// What each clause of a file asks.
fn clauses(values: &Value) -> Vec<ClauseRead> {
    let clauses = values["clauses"].as_array().map(Vec::as_slice).unwrap_or_default();
    clauses.iter().map(clause).collect()
}

fn clause(clause: &Value) -> ClauseRead {
    let read = own::clause_test(clause, |test| ClauseRead {
        words: lang::test(&test),
        takes_older_children: takes_older_children(&test),
    });
    read.unwrap_or_else(|| {
        let asks = clause["test"].as_str().and_then(Asks::from_code);
        ClauseRead {
            words: asks.map_or_else(
                || words::UNFINISHED.to_owned(),
                |asks| words::unfinished(lang::asks(asks)),
            ),
            takes_older_children: false,
        }
    })
}

/// Whether a limit of age takes children who are older than infants.
fn takes_older_children(test: &Test) -> bool {
    match test {
        Test::YoungerThan(AgeLimit::Days(days)) | Test::YoungerThanOpen(AgeLimit::Days(days)) => {
            *days > LAST_DAY_IN_SCOPE + 1
        }
        Test::AtMostAged(AgeLimit::Days(days)) => *days > LAST_DAY_IN_SCOPE,
        Test::YoungerThan(AgeLimit::Months(months))
        | Test::YoungerThanOpen(AgeLimit::Months(months))
        | Test::AtMostAged(AgeLimit::Months(months)) => *months > 12,
        _ => false,
    }
}

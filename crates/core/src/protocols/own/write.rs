//! A protocol as a file.

use serde_json::{Map, Number, Value};

use super::super::rule::{
    AtLimit, Clause, Condition, Group, Handling, HsctCondition, Outcome, Outside, Protocol, Test, Threshold,
};
use super::FORMAT;
use super::codes::{Asks, CELLS, Coded, DAYS, FRACTION, MONTHS, NEITHER_TOO};
use crate::evidence::{Citation, Fact, Source, Spread};
use crate::infant::AgeLimit;

/// Returns a protocol as the values of a file, from which the reader makes the same protocol.
#[must_use]
pub fn values(protocol: &Protocol) -> Value {
    let writer = Writer::of(protocol);
    let sources = writer.sources.iter().map(|(id, source)| {
        object([
            ("id", text(id)),
            ("short", text(source.short)),
            ("reference", text(source.reference)),
            ("identifier", text(source.identifier)),
        ])
    });
    let clauses = protocol.clauses_with_outcomes();
    let eligible = protocol.eligible.iter().map(|criterion| {
        object([
            ("clause", text(criterion.clause.id)),
            ("if_unknown", text(criterion.if_unknown.code_of())),
        ])
    });
    let further = |each: &HsctCondition| {
        object([
            ("id", text(each.id)),
            ("when", condition(&each.when)),
            ("cite", writer.cite(&each.cite)),
        ])
    };
    object([
        ("format", text(FORMAT)),
        ("id", text(protocol.id)),
        ("name", text(protocol.name)),
        ("organisation", text(protocol.organisation)),
        ("family", text(protocol.family.code_of())),
        ("era", writer.fact(&protocol.era)),
        ("summary", text(protocol.summary)),
        ("sources", Value::Array(sources.collect())),
        (
            "clauses",
            clauses.iter().map(|(_, clause)| writer.clause(clause)).collect(),
        ),
        ("eligible", eligible.collect()),
        ("groups", protocol.groups.iter().map(group).collect()),
        ("ptd", writer.handling(&protocol.ptd)),
        ("undetermined_kmt2a", writer.handling(&protocol.undetermined_kmt2a)),
        (
            "unknown_response_is_not_poor",
            optional(protocol.unknown_response_is_not_poor.map(|fact| writer.fact(&fact))),
        ),
        (
            "hsct",
            object([
                ("when", optional(protocol.hsct.when.as_ref().map(condition))),
                ("conditions", protocol.hsct.conditions.iter().map(further).collect()),
                ("none_by_protocol", Value::Bool(protocol.hsct.none_by_protocol)),
                ("text", text(protocol.hsct.text)),
                ("cite", writer.cite(&protocol.hsct.cite)),
            ]),
        ),
        (
            "outcomes",
            protocol.outcomes.iter().map(|each| writer.outcome(each)).collect(),
        ),
        ("facts", protocol.facts.iter().map(|each| writer.fact(each)).collect()),
        (
            "pitfalls",
            protocol.pitfalls.iter().map(|each| writer.fact(each)).collect(),
        ),
        (
            "open_questions",
            protocol.open_questions.iter().map(|each| text(each)).collect(),
        ),
    ])
}

struct Writer<'a> {
    sources: Vec<(String, &'a Source<'a>)>,
}

impl<'a> Writer<'a> {
    fn of(protocol: &Protocol<'a>) -> Self {
        let mut sources: Vec<(String, &'a Source<'a>)> = Vec::new();
        for source in protocol.sources() {
            let plain = slug(source.short);
            let numbered = (2..).map(|number| format!("{plain}-{number}"));
            let mut free = std::iter::once(plain.clone()).chain(numbered);
            let id = free.find(|id| sources.iter().all(|(known, _)| known != id));
            sources.push((id.unwrap_or(plain), source));
        }
        Self { sources }
    }

    fn cite(&self, cite: &Citation) -> Value {
        let known = self.sources.iter().find(|(_, source)| *source == cite.source);
        object([
            ("source", text(known.map_or("", |(id, _)| id))),
            ("place", text(cite.place)),
            ("read", text(cite.read.code_of())),
        ])
    }

    fn fact(&self, fact: &Fact) -> Value {
        object([("text", text(fact.text)), ("cite", self.cite(&fact.cite))])
    }

    fn handling(&self, handling: &Handling) -> Value {
        match handling {
            Handling::Stated(fact) => self.fact(fact),
            Handling::NotStated => Value::Null,
            Handling::NotStatedNeitherToo => text(NEITHER_TOO),
        }
    }

    fn clause(&self, clause: &Clause) -> Value {
        let (asks, more) = test(&clause.test);
        let mut entries = vec![("id", text(clause.id)), ("test", text(asks.code_of()))];
        entries.extend(more);
        entries.push(("cite", self.cite(&clause.cite)));
        if !clause.note.is_empty() {
            entries.push(("note", text(clause.note)));
        }
        if !clause.note_said_of.is_empty() {
            let codes = clause.note_said_of.iter().map(|code| text(code));
            entries.push(("note_said_of", codes.collect()));
        }
        object(entries)
    }

    fn outcome(&self, outcome: &Outcome) -> Value {
        let spread = match outcome.spread {
            Spread::StandardError(error) => object([("standard_error", number(error))]),
            Spread::Interval95(low, high) => object([("interval95", Value::Array(vec![number(low), number(high)]))]),
            Spread::Unclear(spread) => object([("unclear", number(spread))]),
            Spread::NotStated => Value::Null,
        };
        object([
            ("population", text(outcome.population)),
            ("applies", condition(&outcome.applies)),
            ("endpoint", text(outcome.endpoint.code_of())),
            ("years", optional(outcome.years.map(number))),
            ("n", optional(outcome.n.map(|n| Value::Number(n.into())))),
            ("estimate", number(outcome.estimate)),
            ("spread", spread),
            ("cite", self.cite(&outcome.cite)),
            ("note", text(outcome.note)),
        ])
    }
}

/// Returns the kind of a test, and the values of its keys.
fn test(test: &Test) -> (Asks, Vec<(&'static str, Value)>) {
    let value = |code: &str| vec![("value", text(code))];
    match *test {
        Test::YoungerThan(limit) => (Asks::YoungerThan, age_limit(limit)),
        Test::YoungerThanOpen(limit) => {
            let undefined = vec![("at_limit", text(AtLimit::Undefined.code_of()))];
            (Asks::YoungerThan, [age_limit(limit), undefined].concat())
        }
        Test::AtMostAged(limit) => (Asks::AtMostAged, age_limit(limit)),
        Test::Wbc(limit) => (Asks::Wbc, threshold(limit, CELLS)),
        Test::Kmt2aIs(status) => (Asks::Kmt2aIs, value(status.code())),
        Test::Kmt2aEstablished => (Asks::Kmt2aEstablished, Vec::new()),
        Test::PartnerIs(partner) => (Asks::PartnerIs, value(partner.code())),
        Test::LineageIn(lineages) => {
            let codes = lineages.iter().map(|lineage| text(lineage.code()));
            (Asks::LineageIn, vec![("values", codes.collect())])
        }
        Test::CnsDisease => (Asks::CnsDisease, Vec::new()),
        Test::Cns3 => (Asks::Cns3, Vec::new()),
        Test::NoDownSyndrome => (Asks::NoDownSyndrome, Vec::new()),
        Test::ResponseIs(response) => (Asks::ResponseIs, value(response.code())),
        Test::InRemission => (Asks::InRemission, Vec::new()),
        Test::Mrd(point, limit) => {
            let more = threshold(limit, FRACTION);
            (Asks::Mrd, [vec![("point", text(point.code()))], more].concat())
        }
        Test::Relapsed => (Asks::Relapsed, Vec::new()),
        Test::SecondRemission => (Asks::SecondRemission, Vec::new()),
        Test::NotAsked(Outside::Donor) => (Asks::Donor, Vec::new()),
        Test::NotAsked(Outside::Treatment) => (Asks::Treatment, Vec::new()),
    }
}

fn age_limit(limit: AgeLimit) -> Vec<(&'static str, Value)> {
    let (limit, unit) = match limit {
        AgeLimit::Days(days) => (days, DAYS),
        AgeLimit::Months(months) => (months, MONTHS),
    };
    vec![("limit", Value::Number(limit.into())), ("unit", text(unit))]
}

fn threshold(threshold: Threshold, unit: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("operator", text(threshold.operator.code_of())),
        ("limit", number(threshold.limit)),
        ("unit", text(unit)),
        ("at_limit", text(threshold.at_limit.code_of())),
    ]
}

fn group(group: &Group) -> Value {
    object([
        ("id", text(group.id)),
        ("name", text(group.name)),
        ("level", optional(group.level.map(|level| text(level.code_of())))),
        ("when", condition(&group.when)),
    ])
}

fn condition(when: &Condition) -> Value {
    match when {
        Condition::Is(clause) => object([("is", text(clause.id))]),
        Condition::Not(inner) => object([("not", condition(inner))]),
        Condition::All(parts) => object([("all", parts.iter().map(condition).collect())]),
        Condition::Any(parts) => object([("any", parts.iter().map(condition).collect())]),
        Condition::InGroup(id) => object([("in_group", text(id))]),
        Condition::Always => text("always"),
    }
}

fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let entries = entries.into_iter().map(|(key, value)| (key.to_owned(), value));
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn optional(value: Option<Value>) -> Value {
    value.unwrap_or(Value::Null)
}

/// A number as the file has it, without a point where it is whole; null where it is not finite.
#[must_use]
pub fn number(number: f64) -> Value {
    if number.fract() == 0.0 && (0.0..1e15).contains(&number) {
        return Value::Number((number as u64).into());
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// A name as an id: its letters and digits in small letters, hyphens between the words.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut id = String::new();
    for letter in name.chars().map(|letter| letter.to_ascii_lowercase()) {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
            id.push(letter);
        } else if !id.ends_with('-') && !id.is_empty() && id.len() < 40 {
            id.push('-');
        }
    }
    let id = id.get(..id.len().min(40)).unwrap_or_default().trim_end_matches('-');
    if id.is_empty() { "own".to_owned() } else { id.to_owned() }
}

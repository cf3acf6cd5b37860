//! Converts a file's values to the types of the engine.
//!
//! A value that cannot be read is reported at its place and replaced by a placeholder; a definition with an error is
//! never returned.

use bumpalo::Bump;

use super::super::rule::{
    AtLimit, Clause, Condition, Criterion, Group, Handling, HsctCondition, HsctRule, IfUnknown, Level, Outcome,
    Outside, Protocol, Test, Threshold,
};
use super::codes::{self, Asks, Coded};
use super::node::{MOST_ENTRIES, Node, Problems};
use super::problem::{Fault, Shape};
use crate::evidence::{Citation, Fact, PublishedEndpoint, Read, Source, Spread};
use crate::infant::{AgeLimit, Field, Kind, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};

/// The keys of the file, in the order in which it is written.
pub(super) const KEYS: &[&str] = &[
    "format",
    "id",
    "name",
    "organisation",
    "family",
    "era",
    "summary",
    "sources",
    "clauses",
    "eligible",
    "groups",
    "ptd",
    "undetermined_kmt2a",
    "unknown_response_is_not_poor",
    "hsct",
    "outcomes",
    "facts",
    "pitfalls",
    "open_questions",
];

/// Largest number of groups.
pub(super) const MOST_GROUPS: usize = 12;
/// Largest depth of nested conditions.
const MOST_DEPTH: usize = 10;

/// The place of a condition: only after the groups may it name one.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    InGroup,
    Behind,
}

/// Reads the values of a file.
pub(super) struct Reader<'a> {
    /// The arena of the lists built while reading.
    lists: &'a Bump,
    pub problems: Problems,
    sources: Vec<(&'a str, &'a Source<'a>)>,
    clauses: Vec<(&'a str, &'a Clause<'a>)>,
    group_ids: Vec<&'a str>,
    /// Ids of the sources and clauses that something reads.
    pub cited: Vec<&'a str>,
    pub used: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// Starts reading; lists are built in `lists`.
    pub fn new(lists: &'a Bump) -> Self {
        Self {
            lists,
            problems: Problems::default(),
            sources: Vec::new(),
            clauses: Vec::new(),
            group_ids: Vec::new(),
            cited: Vec::new(),
            used: Vec::new(),
        }
    }

    fn list<T: Copy>(&self, values: &[T]) -> &'a [T] {
        self.lists.alloc_slice_copy(values)
    }

    /// The protocol, as far as it could be read.
    pub fn protocol(&mut self, root: &Node<'a>) -> Protocol<'a> {
        self.problems.object(root, KEYS);
        self.sources(&root.key("sources"));
        self.clauses(&root.key("clauses"));
        let groups = root.key("groups");
        let group_nodes = self.problems.entries(&groups, MOST_GROUPS);
        for node in &group_nodes {
            let id = node.key("id").value.as_str().unwrap_or_default();
            self.group_ids.push(id);
        }
        Protocol {
            id: self.problems.id(&root.key("id")),
            name: self.problems.text(&root.key("name")),
            organisation: self.problems.text(&root.key("organisation")),
            family: self.coded(&root.key("family")).unwrap_or(super::super::Family::Series),
            era: self.fact(&root.key("era")),
            summary: self.problems.text(&root.key("summary")),
            eligible: self.eligible(&root.key("eligible")),
            groups: self.groups(&group_nodes),
            ptd: self.handling(&root.key("ptd")),
            undetermined_kmt2a: self.handling(&root.key("undetermined_kmt2a")),
            unknown_response_is_not_poor: self.optional_fact(&root.key("unknown_response_is_not_poor")),
            hsct: self.hsct(&root.key("hsct")),
            outcomes: self.each(&root.key("outcomes"), Self::outcome),
            facts: self.each(&root.key("facts"), Self::fact),
            pitfalls: self.each(&root.key("pitfalls"), Self::fact),
            open_questions: self.each(&root.key("open_questions"), |reader, node| reader.problems.text(node)),
        }
    }

    /// Reports the clauses and sources that are not used.
    pub fn unused(&mut self, root: &Node<'a>) {
        for (list, known, fault) in [
            ("clauses", &self.used, Fault::ClauseNotUsed),
            ("sources", &self.cited, Fault::SourceNotUsed),
        ] {
            for node in Problems::default().entries(&root.key(list), MOST_ENTRIES) {
                let id = node.key("id").value.as_str().unwrap_or_default().trim();
                if !known.contains(&id) {
                    self.problems.add(&node, fault.clone());
                }
            }
        }
    }

    fn coded<T: Coded>(&mut self, node: &Node<'a>) -> Option<T> {
        let codes = T::CODES.iter().map(|(_, code)| *code);
        self.problems.code(node, T::with_code, codes)
    }

    fn each<T: Copy>(&mut self, node: &Node<'a>, read: impl Fn(&mut Self, &Node<'a>) -> T) -> &'a [T] {
        let nodes = self.problems.entries(node, MOST_ENTRIES);
        let values: Vec<T> = nodes.iter().map(|node| read(self, node)).collect();
        self.list(&values)
    }

    fn sources(&mut self, list: &Node<'a>) {
        for node in self.problems.entries(list, MOST_ENTRIES) {
            if !self.problems.object(&node, &["id", "short", "reference", "identifier"]) {
                continue;
            }
            let id = self.problems.id(&node.key("id"));
            if self.sources.iter().any(|(known, _)| *known == id) {
                self.problems.add(&node.key("id"), Fault::Duplicate(id.to_owned()));
            }
            let source = Source {
                short: self.problems.text(&node.key("short")),
                reference: self.problems.text(&node.key("reference")),
                identifier: self.problems.optional_text(&node.key("identifier")),
            };
            self.sources.push((id, self.lists.alloc(source)));
        }
    }

    fn citation(&mut self, node: &Node<'a>) -> Citation<'a> {
        static NOWHERE: Source = Source {
            short: "",
            reference: "",
            identifier: "",
        };
        let nothing = Citation {
            source: &NOWHERE,
            place: "",
            read: Read::Unverified,
        };
        let source = node.key("source");
        if node.is_null() || (node.value.is_object() && source.value.as_str().unwrap_or_default().trim().is_empty()) {
            let at = if node.is_null() { node } else { &source };
            self.problems.add(at, Fault::NoCitation);
            return nothing;
        }
        if !self.problems.object(node, &["source", "place", "read"]) {
            return nothing;
        }
        let id = self.problems.text(&source);
        let known = self.sources.iter().find(|(known, _)| *known == id);
        match known {
            Some((id, _)) => self.cited.push(id),
            None => self.problems.add(&source, Fault::NoSuchSource(id.to_owned())),
        }
        Citation {
            source: known.map_or(&NOWHERE, |(_, source)| source),
            place: self.problems.optional_text(&node.key("place")),
            read: self.coded(&node.key("read")).unwrap_or(Read::Unverified),
        }
    }

    fn fact(&mut self, node: &Node<'a>) -> Fact<'a> {
        self.problems.object(node, &["text", "cite"]);
        Fact {
            text: self.problems.text(&node.key("text")),
            cite: self.citation(&node.key("cite")),
        }
    }

    fn optional_fact(&mut self, node: &Node<'a>) -> Option<Fact<'a>> {
        (!node.is_null()).then(|| self.fact(node))
    }

    fn handling(&mut self, node: &Node<'a>) -> Handling<'a> {
        if node.value.as_str() == Some(codes::NEITHER_TOO) {
            return Handling::NotStatedNeitherToo;
        }
        self.optional_fact(node).map_or(Handling::NotStated, Handling::Stated)
    }

    fn clauses(&mut self, list: &Node<'a>) {
        for node in self.problems.entries(list, MOST_ENTRIES) {
            let asks = self.coded::<Asks>(&node.key("test"));
            let keys = [
                &["id", "test", "cite", "note", "note_said_of"][..],
                asks.map_or(&[][..], Asks::keys),
            ]
            .concat();
            if asks.is_some() && !self.problems.object(&node, &keys) {
                continue;
            }
            let id = self.problems.id(&node.key("id"));
            if self.clauses.iter().any(|(known, _)| *known == id) {
                self.problems.add(&node.key("id"), Fault::Duplicate(id.to_owned()));
            }
            let clause = Clause {
                id,
                // Whatever could not be read was reported, and the definition is not given out.
                test: asks.and_then(|asks| self.test(asks, &node)).unwrap_or(Test::CnsDisease),
                cite: self.citation(&node.key("cite")),
                note: self.problems.optional_text(&node.key("note")),
                note_said_of: self.codes(&node.key("note_said_of")),
            };
            self.clauses.push((id, self.lists.alloc(clause)));
        }
    }

    /// Reads the codes of values for which a clause's note is shown with the result.
    fn codes(&mut self, list: &Node<'a>) -> &'a [&'a str] {
        let mut codes = Vec::new();
        for node in self.problems.entries(list, MOST_ENTRIES) {
            codes.push(self.problems.text(&node));
        }
        self.list(&codes)
    }

    /// Reads the test of a clause from its keys.
    pub fn test(&mut self, asks: Asks, node: &Node<'a>) -> Option<Test<'a>> {
        let value = node.key("value");
        Some(match asks {
            Asks::YoungerThan => {
                let limit = self.age_limit(node)?;
                let at_limit = node.key("at_limit");
                match (!at_limit.is_null()).then(|| self.coded(&at_limit)) {
                    None | Some(Some(AtLimit::Stated)) => Test::YoungerThan(limit),
                    Some(Some(AtLimit::Undefined)) => Test::YoungerThanOpen(limit),
                    Some(Some(AtLimit::Disputed)) => {
                        let known = vec!["stated", "undefined"];
                        let found = "disputed".to_owned();
                        self.problems.add(&at_limit, Fault::UnknownCode { found, known });
                        return None;
                    }
                    Some(None) => return None,
                }
            }
            Asks::AtMostAged => Test::AtMostAged(self.age_limit(node)?),
            Asks::Wbc => {
                let Kind::Number { high, .. } = Field::Wbc.kind() else {
                    return None;
                };
                Test::Wbc(self.threshold(node, codes::CELLS, high)?)
            }
            Asks::Mrd => {
                let point = self.category(&node.key("point"), MrdPoint::from_code, MrdPoint::CODES);
                let threshold = self.threshold(node, codes::FRACTION, 1.0);
                Test::Mrd(point?, threshold?)
            }
            Asks::Kmt2aIs => Test::Kmt2aIs(self.category(&value, Kmt2a::from_code, Kmt2a::CODES)?),
            Asks::Kmt2aEstablished => Test::Kmt2aEstablished,
            Asks::PartnerIs => Test::PartnerIs(self.category(&value, Partner::from_code, Partner::CODES)?),
            Asks::LineageIn => Test::LineageIn(self.lineages(&node.key("values"))?),
            Asks::CnsDisease => Test::CnsDisease,
            Asks::Cns3 => Test::Cns3,
            Asks::NoDownSyndrome => Test::NoDownSyndrome,
            Asks::ResponseIs => {
                let codes = PrednisoneResponse::CODES;
                Test::ResponseIs(self.category(&value, PrednisoneResponse::from_code, codes)?)
            }
            Asks::InRemission => Test::InRemission,
            Asks::Relapsed => Test::Relapsed,
            Asks::SecondRemission => Test::SecondRemission,
            Asks::Donor => Test::NotAsked(Outside::Donor),
            Asks::Treatment => Test::NotAsked(Outside::Treatment),
        })
    }

    fn category<T>(&mut self, node: &Node<'a>, of: fn(&str) -> Option<T>, codes: &'static [&'static str]) -> Option<T> {
        self.problems.code(node, of, codes.iter().copied())
    }

    fn lineages(&mut self, list: &Node<'a>) -> Option<&'a [Lineage]> {
        let nodes = self.problems.entries(list, Lineage::ALL.len());
        if nodes.is_empty() {
            self.problems.add(list, Fault::Missing);
        }
        let mut lineages = Vec::new();
        for node in &nodes {
            let lineage = self.category(node, Lineage::from_code, Lineage::CODES)?;
            if lineages.contains(&lineage) {
                self.problems.add(node, Fault::Duplicate(lineage.code().to_owned()));
            }
            lineages.push(lineage);
        }
        (!lineages.is_empty()).then(|| self.list(&lineages))
    }

    fn unit(&mut self, node: &Node<'a>, units: &'static [&'static str]) -> Option<&'static str> {
        let of = |code: &str| units.iter().copied().find(|unit| *unit == code);
        self.problems.code(&node.key("unit"), of, units.iter().copied())
    }

    fn age_limit(&mut self, node: &Node<'a>) -> Option<AgeLimit> {
        let limit = node.key("limit");
        let in_months = self.unit(node, &[codes::DAYS, codes::MONTHS])? == codes::MONTHS;
        let field = if in_months { Field::AgeMonths } else { Field::AgeDays };
        let Kind::Number { high, .. } = field.kind() else {
            return None;
        };
        let limit = self.problems.whole(&limit, 1, high as u32)?;
        Some(if in_months {
            AgeLimit::Months(limit)
        } else {
            AgeLimit::Days(limit)
        })
    }

    fn threshold(&mut self, node: &Node<'a>, unit: &'a str, high: f64) -> Option<Threshold> {
        let operator = self.coded(&node.key("operator"));
        let at_limit = self.coded(&node.key("at_limit"));
        let limit = self.problems.number(&node.key("limit"), 0.0, high);
        let units = if unit == codes::CELLS {
            &[codes::CELLS]
        } else {
            &[codes::FRACTION]
        };
        self.unit(node, units)?;
        Some(Threshold {
            operator: operator?,
            limit: limit?,
            at_limit: at_limit?,
        })
    }

    fn clause(&mut self, node: &Node<'a>) -> Option<&'a Clause<'a>> {
        let id = self.problems.text(node);
        let found = self.clauses.iter().find(|(known, _)| *known == id).copied();
        match found {
            Some((id, clause)) => {
                self.used.push(id);
                Some(clause)
            }
            None => {
                if !id.is_empty() {
                    self.problems.add(node, Fault::NoSuchClause(id.to_owned()));
                }
                None
            }
        }
    }

    fn eligible(&mut self, list: &Node<'a>) -> &'a [Criterion<'a>] {
        let mut criteria: Vec<Criterion<'a>> = Vec::new();
        for node in self.problems.entries(list, MOST_ENTRIES) {
            if !self.problems.object(&node, &["clause", "if_unknown"]) {
                continue;
            }
            let clause = self.clause(&node.key("clause"));
            let if_unknown = self.coded(&node.key("if_unknown")).unwrap_or(IfUnknown::Ask);
            let Some(clause) = clause else { continue };
            if criteria.iter().any(|known| known.clause.id == clause.id) {
                let fault = Fault::Duplicate(clause.id.to_owned());
                self.problems.add(&node.key("clause"), fault);
            }
            criteria.push(Criterion { clause, if_unknown });
        }
        self.list(&criteria)
    }

    fn groups(&mut self, nodes: &[Node<'a>]) -> &'a [Group<'a>] {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for node in nodes {
            self.problems.object(node, &["id", "name", "level", "when"]);
            let id = self.problems.id(&node.key("id"));
            if groups.iter().any(|known| known.id == id) {
                self.problems.add(&node.key("id"), Fault::Duplicate(id.to_owned()));
            }
            let level = node.key("level");
            groups.push(Group {
                id,
                name: self.problems.text(&node.key("name")),
                level: if level.is_null() {
                    None
                } else {
                    self.coded::<Level>(&level)
                },
                when: self.condition(&node.key("when"), Where::InGroup, 0),
            });
        }
        self.list(&groups)
    }

    fn condition(&mut self, node: &Node<'a>, place: Where, depth: usize) -> Condition<'a> {
        if depth > MOST_DEPTH {
            self.problems.add(node, Fault::TooDeep { most: MOST_DEPTH });
            return Condition::Always;
        }
        if node.value.as_str() == Some("always") {
            return Condition::Always;
        }
        let Some((key, inner)) = node.only_entry() else {
            let fault = if node.is_null() {
                Fault::Missing
            } else {
                Fault::WrongShape(Shape::Object)
            };
            self.problems.add(node, fault);
            return Condition::Always;
        };
        match key {
            "is" => self.clause(&inner).map_or(Condition::Always, Condition::Is),
            "not" => {
                let inner = self.condition(&inner, place, depth + 1);
                Condition::Not(self.lists.alloc(inner))
            }
            "all" => Condition::All(self.parts(&inner, place, depth)),
            "any" => Condition::Any(self.parts(&inner, place, depth)),
            "in_group" => {
                let id = self.problems.text(&inner);
                if place == Where::InGroup {
                    self.problems.add(&inner, Fault::GroupWithinGroup);
                } else if !id.is_empty() && !self.group_ids.contains(&id) {
                    self.problems.add(&inner, Fault::NoSuchGroup(id.to_owned()));
                }
                Condition::InGroup(id)
            }
            _ => {
                let known = vec!["is", "not", "all", "any", "in_group", "always"];
                let found = key.chars().take(20).collect();
                self.problems.add(node, Fault::UnknownCode { found, known });
                Condition::Always
            }
        }
    }

    fn parts(&mut self, list: &Node<'a>, place: Where, depth: usize) -> &'a [Condition<'a>] {
        let nodes = self.problems.entries(list, MOST_ENTRIES);
        if nodes.is_empty() {
            self.problems.add(list, Fault::EmptyCondition);
        }
        let parts = nodes.iter().map(|node| self.condition(node, place, depth + 1));
        let parts: Vec<Condition<'a>> = parts.collect();
        self.list(&parts)
    }

    fn hsct(&mut self, node: &Node<'a>) -> HsctRule<'a> {
        self.problems
            .object(node, &["when", "conditions", "none_by_protocol", "text", "cite"]);
        let when = node.key("when");
        HsctRule {
            conditions: self.each(&node.key("conditions"), Self::hsct_condition),
            none_by_protocol: node.key("none_by_protocol").value == &serde_json::Value::Bool(true),
            when: (!when.is_null()).then(|| self.condition(&when, Where::Behind, 0)),
            text: self.problems.text(&node.key("text")),
            cite: self.citation(&node.key("cite")),
        }
    }

    fn hsct_condition(&mut self, node: &Node<'a>) -> HsctCondition<'a> {
        self.problems.object(node, &["id", "when", "cite"]);
        HsctCondition {
            id: self.problems.id(&node.key("id")),
            when: self.condition(&node.key("when"), Where::InGroup, 0),
            cite: self.citation(&node.key("cite")),
        }
    }

    fn outcome(&mut self, node: &Node<'a>) -> Outcome<'a> {
        const KEYS: &[&str] = &[
            "population",
            "applies",
            "endpoint",
            "years",
            "n",
            "estimate",
            "spread",
            "cite",
            "note",
        ];
        self.problems.object(node, KEYS);
        let (years, n) = (node.key("years"), node.key("n"));
        let estimate = self.problems.number(&node.key("estimate"), 0.0, 100.0).unwrap_or(0.0);
        Outcome {
            population: self.problems.text(&node.key("population")),
            applies: self.condition(&node.key("applies"), Where::Behind, 0),
            endpoint: self.coded(&node.key("endpoint")).unwrap_or(PublishedEndpoint::Unnamed),
            years: if years.is_null() {
                None
            } else {
                self.problems.number(&years, 0.0, 50.0)
            },
            n: if n.is_null() {
                None
            } else {
                self.problems.whole(&n, 1, 1_000_000)
            },
            estimate,
            spread: self.spread(&node.key("spread"), estimate),
            cite: self.citation(&node.key("cite")),
            note: self.problems.optional_text(&node.key("note")),
        }
    }

    fn spread(&mut self, node: &Node<'a>, estimate: f64) -> Spread {
        if node.is_null() {
            return Spread::NotStated;
        }
        let Some((key, inner)) = node.only_entry() else {
            self.problems.add(node, Fault::WrongShape(Shape::Object));
            return Spread::NotStated;
        };
        let percent = |reader: &mut Self, node: &Node<'a>| reader.problems.number(node, 0.0, 100.0);
        match key {
            "standard_error" => percent(self, &inner).map_or(Spread::NotStated, Spread::StandardError),
            "unclear" => percent(self, &inner).map_or(Spread::NotStated, Spread::Unclear),
            "interval95" => {
                let ends = self.problems.entries(&inner, 2);
                let ends: Vec<Option<f64>> = ends.iter().map(|end| percent(self, end)).collect();
                match ends[..] {
                    [Some(low), Some(high)] if low <= estimate && estimate <= high => Spread::Interval95(low, high),
                    [Some(_), Some(_)] => {
                        self.problems.add(&inner, Fault::IntervalBesideEstimate);
                        Spread::NotStated
                    }
                    [_, _] => Spread::NotStated,
                    _ => {
                        self.problems.add(&inner, Fault::Missing);
                        Spread::NotStated
                    }
                }
            }
            _ => {
                let known = vec!["standard_error", "interval95", "unclear"];
                let found = key.chars().take(20).collect();
                self.problems.add(node, Fault::UnknownCode { found, known });
                Spread::NotStated
            }
        }
    }
}

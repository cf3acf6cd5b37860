//! The parts of a protocol's rule: typed data for one engine.
//!
//! The same definition decides, explains, draws the reviewer's table, gives the boundary cases of the tests, shows
//! which changes alter the result, and is exported. A rule written as an `if` could only decide.

use crate::evidence::{Citation, Fact, Interval95, PublishedEndpoint, Source, Spread};
use crate::infant::{AgeLimit, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};

/// The test of a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Test<'a> {
    /// Younger than the limit.
    YoungerThan(AgeLimit),
    /// Younger than the limit; the protocol's sources do not say how to classify the day of the limit itself.
    YoungerThanOpen(AgeLimit),
    /// The limit or younger (a day limit counts completed days).
    AtMostAged(AgeLimit),
    /// White cells against a limit, 10⁹/L.
    Wbc(Threshold),
    /// KMT2A status is this one.
    Kmt2aIs(Kmt2a),
    /// KMT2A status could be established.
    Kmt2aEstablished,
    /// KMT2A is rearranged with this partner.
    PartnerIs(Partner),
    /// Lineage is one of these.
    LineageIn(&'a [Lineage]),
    /// CNS disease: CNS3 is, CNS1 is not; the protocol's sources do not say how to classify CNS2.
    CnsDisease,
    /// CNS disease: CNS3 is, CNS1 and CNS2 are not.
    Cns3,
    /// The child does not have Down syndrome.
    NoDownSyndrome,
    /// Response to the prednisone prephase.
    ResponseIs(PrednisoneResponse),
    /// Complete remission at the end of induction.
    InRemission,
    /// Minimal residual disease against a limit, as a fraction.
    Mrd(MrdPoint, Threshold),
    /// Relapse, or disease that never went into remission.
    Relapsed,
    /// Second remission after salvage therapy.
    SecondRemission,
    /// Something that the dictionary has no field for; always unknown.
    NotAsked(Outside),
}

/// A condition outside the data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outside {
    /// A suitable stem cell donor within the protocol's time.
    Donor,
    /// The treatment by which a published population was chosen: a transplant, chemotherapy alone, one arm.
    Treatment,
}

impl<'a> Test<'a> {
    /// True if it is about the treatment of a published population, on which no group and no rule depends.
    #[must_use]
    pub const fn is_treatment(&self) -> bool {
        matches!(self, Self::NotAsked(Outside::Treatment))
    }
}

/// A limit of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// How the number is compared.
    pub operator: Operator,
    /// The limit, in the unit of the finding.
    pub limit: f64,
    /// How sources treat the limit itself.
    pub at_limit: AtLimit,
}

/// How a number is compared with a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// At the limit or above.
    AtLeast,
    /// Above the limit.
    MoreThan,
}

/// How a protocol's sources treat a value exactly at the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtLimit {
    /// They agree with the operator.
    Stated,
    /// The operator is the best reading, and another source differs: met, with a warning.
    Disputed,
    /// Nothing: the clause is unknown there.
    Undefined,
}

/// Makes a threshold: at the limit or above.
#[must_use]
pub const fn at_least(limit: f64) -> Threshold {
    Threshold {
        operator: Operator::AtLeast,
        limit,
        at_limit: AtLimit::Stated,
    }
}

/// Makes a threshold: above the limit.
#[must_use]
pub const fn more_than(limit: f64) -> Threshold {
    Threshold {
        operator: Operator::MoreThan,
        limit,
        at_limit: AtLimit::Stated,
    }
}

impl Threshold {
    /// Sets how sources treat the limit itself.
    #[must_use]
    pub const fn at_limit(self, at_limit: AtLimit) -> Self {
        Self { at_limit, ..self }
    }
}

/// One clause of a rule, with its source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clause<'a> {
    /// Unique within the protocol: "younger-than-6-months".
    pub id: &'a str,
    /// The test of a finding.
    pub test: Test<'a>,
    /// The source.
    pub cite: Citation<'a>,
    /// Remark for the reader, or empty.
    pub note: &'a str,
    /// Values of its finding (codes of the dictionary) for which the note is also shown with the result, because the
    /// sources word them differently or not at all.
    pub note_said_of: &'a [&'a str],
}

/// Makes a clause.
#[must_use]
pub const fn clause<'a>(id: &'a str, test: Test<'a>, cite: Citation<'a>) -> Clause<'a> {
    Clause {
        id,
        test,
        cite,
        note: "",
        note_said_of: &[],
    }
}

impl<'a> Clause<'a> {
    /// With a note for the reader.
    #[must_use]
    pub const fn note(self, note: &'a str) -> Self {
        Self { note, ..self }
    }

    /// Sets the values of the finding for which the note is shown with the result.
    #[must_use]
    pub const fn said_of(self, note_said_of: &'a [&'a str]) -> Self {
        Self { note_said_of, ..self }
    }
}

/// A condition built from clauses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Condition<'a> {
    /// The clause holds.
    Is(&'a Clause<'a>),
    /// The condition does not hold.
    Not(&'a Condition<'a>),
    /// All of them hold.
    All(&'a [Condition<'a>]),
    /// At least one of them holds.
    Any(&'a [Condition<'a>]),
    /// The protocol puts the child in this group.
    InGroup(&'a str),
    /// Holds for every child; as the last group of a rule it reads "all others".
    Always,
}

/// A place on the scale that all protocols share. Protocols do not mean the same by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Low or standard risk.
    Low,
    /// Medium or intermediate risk.
    Intermediate,
    /// High risk.
    High,
}

impl Level {
    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Intermediate => "intermediate",
            Self::High => "high",
        }
    }
}

/// One group of a protocol. Groups are tried in order; the first whose condition holds is the child's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group<'a> {
    /// The name that answers use.
    pub id: &'a str,
    /// As the protocol calls it: "high risk (HR)".
    pub name: &'a str,
    /// Its place on the common scale; `None` where it has none (a single arm, a relapse group).
    pub level: Option<Level>,
    /// The condition for belonging to the group.
    pub when: Condition<'a>,
}

/// Makes a group.
#[must_use]
pub const fn group<'a>(id: &'a str, name: &'a str, level: Option<Level>, when: Condition<'a>) -> Group<'a> {
    Group { id, name, level, when }
}

/// How an unknown criterion of eligibility is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfUnknown {
    /// No group is assigned before it is known.
    Ask,
    /// The result is given under the stated condition that it holds.
    SayCondition,
    /// The protocol does not apply before it is reported (a relapse).
    Wait,
}

/// A criterion of eligibility.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion<'a> {
    /// The condition.
    pub clause: &'a Clause<'a>,
    /// How it is handled while unknown.
    pub if_unknown: IfUnknown,
}

/// A criterion without which no group is assigned.
#[must_use]
pub const fn required<'a>(clause: &'a Clause<'a>) -> Criterion<'a> {
    Criterion {
        clause,
        if_unknown: IfUnknown::Ask,
    }
}

/// A criterion that the answer names as its condition while it is not known.
#[must_use]
pub const fn presumed<'a>(clause: &'a Clause<'a>) -> Criterion<'a> {
    Criterion {
        clause,
        if_unknown: IfUnknown::SayCondition,
    }
}

/// A criterion that has not happened until it is reported: without it the protocol does not apply.
#[must_use]
pub const fn once<'a>(clause: &'a Clause<'a>) -> Criterion<'a> {
    Criterion {
        clause,
        if_unknown: IfUnknown::Wait,
    }
}

/// How a protocol classifies a KMT2A result that is neither rearranged nor germline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Handling<'a> {
    /// Its sources say: the clauses read the value as it is (it is neither rearranged nor germline).
    Stated(Fact<'a>),
    /// Its sources do not say: it may be read as rearranged or as germline.
    NotStated,
    /// Its sources do not say: it may be read as rearranged, as germline, or as neither.
    NotStatedNeitherToo,
}

/// The rule on transplant in first remission.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HsctRule<'a> {
    /// The infants to whom it applies; `None` where there is no rule, or none could be read.
    pub when: Option<Condition<'a>>,
    /// Further conditions for transplant of an infant to whom it applies.
    pub conditions: &'a [HsctCondition<'a>],
    /// True if the protocol is known to have had no transplant rule, where `when` is `None`.
    pub none_by_protocol: bool,
    /// The rule, or other information where there is none, in our words.
    pub text: &'a str,
    /// The source.
    pub cite: Citation<'a>,
}

impl<'a> HsctRule<'a> {
    /// Makes a transplant rule.
    #[must_use]
    pub const fn rule(
        when: Condition<'a>,
        conditions: &'a [HsctCondition<'a>],
        text: &'a str,
        cite: Citation<'a>,
    ) -> Self {
        Self {
            when: Some(when),
            conditions,
            none_by_protocol: false,
            text,
            cite,
        }
    }

    /// No rule that could be read, or an analysis in its place.
    #[must_use]
    pub const fn not_specified(text: &'a str, cite: Citation<'a>) -> Self {
        Self {
            when: None,
            conditions: &[],
            none_by_protocol: false,
            text,
            cite,
        }
    }

    /// A protocol that is known to have had none.
    #[must_use]
    pub const fn none_by_protocol(text: &'a str, cite: Citation<'a>) -> Self {
        Self {
            none_by_protocol: true,
            ..Self::not_specified(text, cite)
        }
    }
}

/// A further condition of a transplant rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HsctCondition<'a> {
    /// Unique within the rule: "first-remission".
    pub id: &'a str,
    /// The condition.
    pub when: Condition<'a>,
    /// The source.
    pub cite: Citation<'a>,
}

impl<'a> HsctCondition<'a> {
    /// True if it uses a finding that is not in the data dictionary.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        let mut outside = false;
        self.when
            .visit(&mut |clause| outside |= matches!(clause.test, Test::NotAsked(_)));
        outside
    }
}

/// A published estimate of a population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome<'a> {
    /// The population, in the words of the study.
    pub population: &'a str,
    /// When a child belongs to that population.
    pub applies: Condition<'a>,
    /// The endpoint of the estimate.
    pub endpoint: PublishedEndpoint,
    /// Years from the study's time origin; `None` where the source does not state it.
    pub years: Option<f64>,
    /// Number of patients in the population.
    pub n: Option<u32>,
    /// The estimate in per cent.
    pub estimate: f64,
    /// Its uncertainty as printed.
    pub spread: Spread,
    /// The source.
    pub cite: Citation<'a>,
    /// Remark for the reader, or empty.
    pub note: &'a str,
}

impl<'a> Outcome<'a> {
    /// The 95 % interval: see [`Spread::interval95`].
    #[must_use]
    pub fn interval95(&self) -> Option<Interval95> {
        self.spread.interval95(self.estimate)
    }
}

/// The kind of a classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A treatment protocol that allocated by these groups.
    Trial,
    /// A retrospective series with its own grouping.
    Series,
    /// Groups found by analysis: they describe prognosis and allocated nothing.
    Prognostic,
}

impl Family {
    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::Series => "series",
            Self::Prognostic => "prognostic",
        }
    }
}

/// A protocol: definition, boundaries, citations, transplant rule, outcomes and pitfalls, in one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Protocol<'a> {
    /// The name that answers use: "interfant-06".
    pub id: &'a str,
    /// As it is called: "Interfant-06".
    pub name: &'a str,
    /// The group or organisation that ran it.
    pub organisation: &'a str,
    /// The kind of classification.
    pub family: Family,
    /// Years of enrolment, or that they were not found.
    pub era: Fact<'a>,
    /// One sentence: how it sorts infants.
    pub summary: &'a str,
    /// Criteria of eligibility.
    pub eligible: &'a [Criterion<'a>],
    /// Its groups, in the order of evaluation; together they contain every eligible child.
    pub groups: &'a [Group<'a>],
    /// How it classifies a partial tandem duplication.
    pub ptd: Handling<'a>,
    /// How it classifies a KMT2A status that could not be established.
    pub undetermined_kmt2a: Handling<'a>,
    /// Where its text itself counts an unknown prednisone response as not poor.
    pub unknown_response_is_not_poor: Option<Fact<'a>>,
    /// Its rule on transplant.
    pub hsct: HsctRule<'a>,
    /// Published outcomes, the most specific population first.
    pub outcomes: &'a [Outcome<'a>],
    /// Further information with sources: size, prognostic factors, timing.
    pub facts: &'a [Fact<'a>],
    /// Misprints and traps.
    pub pitfalls: &'a [Fact<'a>],
    /// Open questions, and how they could be answered.
    pub open_questions: &'a [&'a str],
}

impl<'a> Protocol<'a> {
    /// The group with this id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&'a Group<'a>> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Every clause once: eligibility, then groups, then transplant, each with the part it plays.
    #[must_use]
    pub fn clauses(&self) -> Vec<(Role, &'a Clause<'a>)> {
        let mut clauses: Vec<(Role, &'a Clause<'a>)> = Vec::new();
        for criterion in self.eligible {
            push_once(&mut clauses, Role::Eligibility, criterion.clause);
        }
        for group in self.groups {
            group
                .when
                .visit(&mut |clause| push_once(&mut clauses, Role::Group, clause));
        }
        if let Some(when) = &self.hsct.when {
            when.visit(&mut |clause| push_once(&mut clauses, Role::Hsct, clause));
        }
        for condition in self.hsct.conditions {
            condition
                .when
                .visit(&mut |clause| push_once(&mut clauses, Role::Hsct, clause));
        }
        clauses
    }

    /// Returns every clause once, those that only select a published outcome last.
    #[must_use]
    pub fn clauses_with_outcomes(&self) -> Vec<(Role, &'a Clause<'a>)> {
        let mut clauses = self.clauses();
        self.push_outcomes(&mut clauses);
        clauses
    }

    /// Returns once every clause on which the group, an outcome, or the infants of the transplant rule depend: without
    /// those that are only in [`HsctRule::conditions`].
    pub(super) fn clauses_that_combine(&self) -> Vec<(Role, &'a Clause<'a>)> {
        let mut clauses = Self {
            hsct: HsctRule {
                conditions: &[],
                ..self.hsct
            },
            ..*self
        }
        .clauses();
        self.push_outcomes(&mut clauses);
        clauses
    }

    fn push_outcomes(&self, clauses: &mut Vec<(Role, &'a Clause<'a>)>) {
        for outcome in self.outcomes {
            outcome
                .applies
                .visit(&mut |clause| push_once(clauses, Role::Outcome, clause));
        }
    }

    /// Returns every cited source once, in the order of citation.
    #[must_use]
    pub fn sources(&self) -> Vec<&'a Source<'a>> {
        let clauses = self.clauses_with_outcomes();
        let stated = |handling: &Handling<'a>| match handling {
            Handling::Stated(fact) => Some(fact.cite),
            Handling::NotStated | Handling::NotStatedNeitherToo => None,
        };
        let cites = std::iter::once(self.era.cite)
            .chain(clauses.iter().map(|(_, clause)| clause.cite))
            .chain(stated(&self.ptd))
            .chain(stated(&self.undetermined_kmt2a))
            .chain(self.unknown_response_is_not_poor.map(|fact| fact.cite))
            .chain(std::iter::once(self.hsct.cite))
            .chain(self.hsct.conditions.iter().map(|condition| condition.cite))
            .chain(self.outcomes.iter().map(|outcome| outcome.cite))
            .chain(self.facts.iter().chain(self.pitfalls).map(|fact| fact.cite));
        let mut sources: Vec<&'a Source<'a>> = Vec::new();
        for cite in cites {
            if !sources.contains(&cite.source) {
                sources.push(cite.source);
            }
        }
        sources
    }
}

fn push_once<'a>(clauses: &mut Vec<(Role, &'a Clause<'a>)>, role: Role, clause: &'a Clause<'a>) {
    if clauses.iter().all(|(_, seen)| seen.id != clause.id) {
        clauses.push((role, clause));
    }
}

/// The part that a clause plays in a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Decides eligibility.
    Eligibility,
    /// Decides the group.
    Group,
    /// Decides the transplant rule.
    Hsct,
    /// Only selects the population of a published outcome.
    Outcome,
}

impl Role {
    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eligibility => "eligibility",
            Self::Group => "group",
            Self::Hsct => "hsct",
            Self::Outcome => "outcome",
        }
    }
}

impl<'a> Condition<'a> {
    /// Calls `each` with every clause, in reading order.
    pub fn visit(&self, each: &mut impl FnMut(&'a Clause<'a>)) {
        match self {
            Self::Is(clause) => each(clause),
            Self::Not(inner) => inner.visit(each),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(each)),
            Self::InGroup(_) | Self::Always => {}
        }
    }
}

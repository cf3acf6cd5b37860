//! The shapes in which answers leave Cotside: as JSON from the command line, as values from the JavaScript bindings.
//!
//! The keys are a contract; more may be added, none is renamed or removed.

pub mod digitised;
pub mod evidence;
pub mod proof;

use cotside_core::evidence::{Citation, Fact, Spread};
use cotside_core::infant::{Infant, Issue, Severity};
use cotside_core::protocols::{Assessment, Outcome, Protocol, Status, System, SystemRule, Truth, assess, own};
use serde::Serialize;

use crate::en;

/// The answers for one patient.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PatientAnswer<'p> {
    /// The patient's label.
    pub id: Option<String>,
    /// Number of the row in its file, from 1.
    pub row: Option<usize>,
    /// What is to be said about the entry.
    pub notices: Vec<IssueWire>,
    /// One answer a protocol.
    pub results: Vec<ProtocolAnswer<'p>>,
}

/// An issue of the entry.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueWire {
    /// The columns concerned.
    pub fields: Vec<&'static str>,
    /// `notice`, `contradiction` or `invalid`.
    pub severity: &'static str,
    /// The sentence.
    pub text: String,
}

/// The answer of one protocol.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProtocolAnswer<'p> {
    /// Id of the protocol.
    pub protocol: &'p str,
    /// Whether it is one of the reader's own, which nobody has checked; absent where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// `assigned`, `undetermined` or `not_applicable`.
    pub status: &'static str,
    /// The group, where one is assigned.
    pub group: Option<&'p str>,
    /// Groups that are still possible.
    pub possible: Vec<&'p str>,
    /// Whether the protocol may turn out not to apply.
    pub may_not_apply: bool,
    /// Every clause.
    pub clauses: Vec<ClauseWire<'p>>,
    /// Ids of the clauses that decided.
    pub decided_by: Vec<&'p str>,
    /// Columns on which an undetermined answer depends.
    pub missing: Vec<&'static str>,
    /// What each value of a missing finding would lead to.
    pub would_decide: Vec<WouldDecideWire>,
    /// What would change the answer, in words.
    pub would_change: Vec<String>,
    /// The answer in a sentence.
    pub reason: Option<String>,
    /// What else is to be said.
    pub notices: Vec<String>,
    /// What the transplant rule reads.
    pub hsct: HsctWire<'p>,
    /// Published outcomes of populations that the child belongs, or may belong, to.
    pub outcomes: Vec<OutcomeWire<'p>>,
}

/// A clause for one child.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClauseWire<'p> {
    /// Unique within the protocol.
    pub id: &'p str,
    /// What it asks.
    pub text: String,
    /// Whether it holds; `null` where unknown.
    pub holds: Option<bool>,
    /// Where it was read.
    pub source: String,
    /// `eligibility`, `group` or `hsct`.
    pub role: &'static str,
    /// How sure we are of the source.
    pub confidence: &'static str,
    /// The child's finding and how far it is from the limit.
    pub found: String,
    /// Why unknown.
    pub why: Option<String>,
    /// A note for the reader.
    pub note: Option<&'p str>,
}

/// A missing finding and what its values lead to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WouldDecideWire {
    /// The column.
    pub field: &'static str,
    /// Whether it settles the answer whatever it turns out to be.
    pub settles: bool,
    /// In words.
    pub text: String,
}

/// The transplant rule for one child.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HsctWire<'p> {
    /// `met`, `depends`, `waiting`, `undetermined`, `not_met`, `not_specified`, `none_by_protocol` or `not_applicable`.
    pub status: &'static str,
    /// The state in words.
    pub state: String,
    /// Whom the rule is for (`indicated`), and its further conditions; empty where there is no rule, or none that applies.
    pub conditions: Vec<HsctConditionWire<'p>>,
    /// The rule in our words.
    pub text: &'p str,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
    /// Columns that would settle it.
    pub missing: Vec<&'static str>,
}

/// A condition of a transplant rule for one child.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HsctConditionWire<'p> {
    /// Unique within the rule.
    pub id: &'p str,
    /// What it asks.
    pub text: String,
    /// Whether it holds; `null` where unknown.
    pub holds: Option<bool>,
    /// Where it was read.
    pub source: String,
}

/// A published estimate.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutcomeWire<'p> {
    /// Whom it describes.
    pub population: &'p str,
    /// Whether the child belongs to it; `null` where that is not known, absent in the export of rules.
    pub applies: Option<bool>,
    /// Whether children of other groups belong to it too; absent in the export of rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wider: Option<bool>,
    /// Abbreviation of the endpoint.
    pub endpoint: &'static str,
    /// Years.
    pub years: Option<f64>,
    /// Patients.
    pub n: Option<u32>,
    /// Per cent.
    pub estimate: f64,
    /// Standard error as printed, percentage points.
    pub standard_error: Option<f64>,
    /// 95 % interval as printed.
    pub interval95: Option<[f64; 2]>,
    /// A printed spread of uncertain meaning.
    pub unclear_spread: Option<f64>,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
    /// What a reader must know.
    pub note: Option<&'p str>,
}

/// A protocol as exported.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProtocolWire<'p> {
    /// Id.
    pub id: &'p str,
    /// Name.
    pub name: &'p str,
    /// Who ran it.
    pub organisation: &'p str,
    /// `trial`, `series` or `prognostic`.
    pub family: &'static str,
    /// Version of the rules.
    pub rules_version: &'static str,
    /// Years.
    pub era: FactWire<'p>,
    /// One sentence.
    pub summary: &'p str,
    /// The rule in words, a group a line.
    pub groups: Vec<GroupWire<'p>>,
    /// Who may enter.
    pub eligible: Vec<String>,
    /// Every clause with its boundary.
    pub clauses: Vec<RuleClauseWire<'p>>,
    /// What a partial tandem duplication counts as.
    pub ptd: &'p str,
    /// What a KMT2A status that could not be established counts as.
    pub undetermined_kmt2a: &'p str,
    /// The transplant rule.
    pub hsct: HsctRuleWire<'p>,
    /// Published outcomes.
    pub outcomes: Vec<OutcomeWire<'p>>,
    /// What else is known.
    pub facts: Vec<FactWire<'p>>,
    /// Misprints and traps.
    pub pitfalls: Vec<FactWire<'p>>,
    /// What could not be found.
    pub open_questions: &'p [&'p str],
}

/// A system of which no rule could be evaluated, as exported.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SystemWire {
    /// Id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Who ran it.
    pub organisation: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// What could be read of its rule: `same_as`, `in_part` or `not_read`.
    pub rule: &'static str,
    /// The protocol whose rule it has.
    pub same_as: Option<&'static str>,
    /// What could be read of its rule, with sources.
    pub rule_facts: Vec<FactWire<'static>>,
    /// What else is known.
    pub facts: Vec<FactWire<'static>>,
    /// What is missing.
    pub missing: &'static [&'static str],
    /// Studies of the table of published outcomes.
    pub studies: &'static [&'static str],
}

/// A fact with its source.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactWire<'p> {
    /// The sentence.
    pub text: &'p str,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
}

/// A group of a rule.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupWire<'p> {
    /// The name that answers use.
    pub id: &'p str,
    /// As the protocol calls it.
    pub name: &'p str,
    /// Place on the common scale.
    pub level: Option<&'static str>,
    /// Who belongs to it.
    pub when: String,
}

/// A clause of a rule.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleClauseWire<'p> {
    /// Unique within the protocol.
    pub id: &'p str,
    /// What it asks.
    pub text: String,
    /// The part it plays.
    pub role: &'static str,
    /// The column that it looks at.
    pub field: Option<&'static str>,
    /// Just below, at and just above its limit.
    pub boundary: Option<Vec<BoundaryWire>>,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
    /// A note for the reader.
    pub note: Option<&'p str>,
}

/// One side of a boundary.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoundaryWire {
    /// The value.
    pub value: String,
    /// What the clause says of it.
    pub says: &'static str,
}

/// A transplant rule.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HsctRuleWire<'p> {
    /// Whom it is for, or `null` where there is no rule or none could be read.
    pub when: Option<String>,
    /// What must hold besides.
    pub conditions: Vec<RuleConditionWire<'p>>,
    /// Whether the protocol is known to have had none.
    pub none_by_protocol: bool,
    /// In our words.
    pub text: &'p str,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
}

/// A further condition of a transplant rule.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleConditionWire<'p> {
    /// Unique within the rule.
    pub id: &'p str,
    /// What it asks.
    pub text: String,
    /// Where it was read.
    pub source: String,
    /// How sure we are.
    pub confidence: &'static str,
}

/// The answers for one infant under some protocols.
#[must_use]
pub fn patient<'p>(
    infant: &Infant,
    row: Option<usize>,
    issues: &[Issue],
    protocols: &[&'p Protocol<'p>],
) -> PatientAnswer<'p> {
    PatientAnswer {
        id: infant.id.clone(),
        row,
        notices: issues.iter().map(issue).collect(),
        results: protocols
            .iter()
            .map(|protocol| answer(&assess(protocol, infant), infant))
            .collect(),
    }
}

/// An issue.
#[must_use]
pub fn issue(issue: &Issue) -> IssueWire {
    IssueWire {
        fields: issue.fields.iter().map(|field| field.column()).collect(),
        severity: match issue.kind.severity() {
            Severity::Notice => "notice",
            Severity::Contradiction => "contradiction",
            Severity::Invalid => "invalid",
        },
        text: en::issue(issue),
    }
}

/// The answer of one protocol.
#[must_use]
pub fn answer<'p>(assessment: &Assessment<'p>, infant: &Infant) -> ProtocolAnswer<'p> {
    let protocol = assessment.protocol;
    let (status, group) = match assessment.status {
        Status::Assigned(group) => ("assigned", Some(group.id)),
        Status::Undetermined(_) => ("undetermined", None),
        Status::NotApplicable(_) => ("not_applicable", None),
    };
    let may_not_apply = matches!(assessment.status, Status::Undetermined(possible) if possible.may_not_apply());
    ProtocolAnswer {
        protocol: protocol.id,
        own: own::is_own(protocol),
        status,
        group,
        possible: assessment.possible().iter().map(|group| group.id).collect(),
        may_not_apply,
        clauses: assessment
            .clauses
            .iter()
            .map(|result| ClauseWire {
                id: result.clause.id,
                text: en::clause(result.clause),
                holds: result.truth.known(),
                source: en::citation(&result.clause.cite),
                role: result.role.code(),
                confidence: result.clause.cite.read.code(),
                found: en::found(result, infant),
                why: result.why.map(en::why),
                note: some(result.clause.note),
            })
            .collect(),
        decided_by: assessment.decided_by.iter().map(|clause| clause.id).collect(),
        missing: assessment.missing().iter().map(|field| field.column()).collect(),
        would_decide: assessment
            .deciders
            .iter()
            .map(|decider| WouldDecideWire {
                field: decider.field.column(),
                settles: decider.settles(),
                text: en::decider(decider, protocol),
            })
            .collect(),
        would_change: assessment
            .changes
            .iter()
            .map(|change| en::change(change, protocol))
            .collect(),
        reason: Some(en::reason(assessment)),
        notices: assessment.notices.iter().map(en::notice).collect(),
        hsct: HsctWire {
            status: assessment.hsct.status.code(),
            state: en::hsct_state(assessment),
            conditions: hsct_conditions(assessment),
            text: protocol.hsct.text,
            source: en::citation(&protocol.hsct.cite),
            confidence: protocol.hsct.cite.read.code(),
            missing: assessment.hsct.missing.iter().map(|field| field.column()).collect(),
        },
        outcomes: assessment
            .outcomes
            .iter()
            .map(|matched| OutcomeWire {
                wider: Some(matched.wider),
                ..outcome(matched.outcome, matched.truth)
            })
            .collect(),
    }
}

/// Whom the rule is for, then its further conditions.
fn hsct_conditions<'p>(assessment: &Assessment<'p>) -> Vec<HsctConditionWire<'p>> {
    let protocol = assessment.protocol;
    let wire = |id, when, truth: Truth, cite| HsctConditionWire {
        id,
        text: en::condition(when, protocol),
        holds: truth.known(),
        source: en::citation(cite),
    };
    let rule = protocol.hsct.when.as_ref().zip(assessment.hsct.indicated);
    let indicated = rule.map(|(when, truth)| wire("indicated", when, truth, &protocol.hsct.cite));
    let further = assessment.hsct.conditions.iter();
    let further = further.map(|(each, truth)| wire(each.id, &each.when, *truth, &each.cite));
    indicated.into_iter().chain(further).collect()
}

/// A protocol with everything in it.
#[must_use]
pub fn protocol<'p>(protocol: &'p Protocol<'p>) -> ProtocolWire<'p> {
    ProtocolWire {
        id: protocol.id,
        name: protocol.name,
        organisation: protocol.organisation,
        family: protocol.family.code(),
        rules_version: cotside_core::protocols::RULES_VERSION,
        era: fact(&protocol.era),
        summary: protocol.summary,
        groups: protocol
            .groups
            .iter()
            .map(|group| GroupWire {
                id: group.id,
                name: group.name,
                level: group.level.map(|level| level.code()),
                when: en::condition(&group.when, protocol),
            })
            .collect(),
        eligible: protocol
            .eligible
            .iter()
            .map(|criterion| en::clause(criterion.clause))
            .collect(),
        clauses: rule_clauses(protocol),
        ptd: en::kmt2a_handling(&protocol.ptd),
        undetermined_kmt2a: en::kmt2a_handling(&protocol.undetermined_kmt2a),
        hsct: HsctRuleWire {
            when: protocol.hsct.when.as_ref().map(|when| en::condition(when, protocol)),
            conditions: protocol
                .hsct
                .conditions
                .iter()
                .map(|each| RuleConditionWire {
                    id: each.id,
                    text: en::condition(&each.when, protocol),
                    source: en::citation(&each.cite),
                    confidence: each.cite.read.code(),
                })
                .collect(),
            none_by_protocol: protocol.hsct.none_by_protocol,
            text: protocol.hsct.text,
            source: en::citation(&protocol.hsct.cite),
            confidence: protocol.hsct.cite.read.code(),
        },
        outcomes: protocol
            .outcomes
            .iter()
            .map(|each| outcome(each, Truth::Unknown))
            .collect(),
        facts: protocol.facts.iter().map(fact).collect(),
        pitfalls: protocol.pitfalls.iter().map(fact).collect(),
        open_questions: protocol.open_questions,
    }
}

fn rule_clauses<'p>(protocol: &'p Protocol<'p>) -> Vec<RuleClauseWire<'p>> {
    let boundaries = en::boundary_rows(protocol);
    let clauses = protocol.clauses().into_iter();
    clauses
        .map(|(role, clause)| RuleClauseWire {
            id: clause.id,
            text: en::clause(clause),
            role: role.code(),
            field: clause.test.finding().map(|finding| finding.field().column()),
            boundary: boundaries
                .iter()
                .find(|(known, _)| known.id == clause.id)
                .map(|(_, cells)| {
                    cells
                        .iter()
                        .map(|(value, says)| BoundaryWire {
                            value: value.clone(),
                            says,
                        })
                        .collect()
                }),
            source: en::citation(&clause.cite),
            confidence: clause.cite.read.code(),
            note: some(clause.note),
        })
        .collect()
}

fn fact<'p>(fact: &Fact<'p>) -> FactWire<'p> {
    FactWire {
        text: fact.text,
        source: source(&fact.cite),
        confidence: fact.cite.read.code(),
    }
}

/// A system of which no rule could be evaluated.
#[must_use]
pub fn system(system: &'static System) -> SystemWire {
    let (rule, same_as) = match system.rule {
        SystemRule::SameAs(id, _) => ("same_as", Some(id)),
        SystemRule::InPart(_) => ("in_part", None),
        SystemRule::NotRead => ("not_read", None),
    };
    SystemWire {
        id: system.id,
        name: system.name,
        organisation: system.organisation,
        summary: system.summary,
        rule,
        same_as,
        rule_facts: system.rule_facts().iter().map(fact).collect(),
        facts: system.facts.iter().map(fact).collect(),
        missing: system.missing,
        studies: system.studies,
    }
}

fn source(cite: &Citation) -> String {
    en::citation(cite)
}

fn outcome<'p>(outcome: &Outcome<'p>, applies: Truth) -> OutcomeWire<'p> {
    OutcomeWire {
        population: outcome.population,
        applies: applies.known(),
        wider: None,
        endpoint: outcome.endpoint.code(),
        years: outcome.years,
        n: outcome.n,
        estimate: outcome.estimate,
        standard_error: match outcome.spread {
            Spread::StandardError(se) => Some(se),
            _ => None,
        },
        interval95: match outcome.spread {
            Spread::Interval95(low, high) => Some([low, high]),
            _ => None,
        },
        unclear_spread: match outcome.spread {
            Spread::Unclear(spread) => Some(spread),
            _ => None,
        },
        source: source(&outcome.cite),
        confidence: outcome.cite.read.code(),
        note: some(outcome.note),
    }
}

/// A text, or nothing where it is empty.
fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

//! The engine: classifies an infant by a protocol.
//!
//! All possible values of the unknown findings are tried (see [`super::case`]). One remaining group means assigned;
//! several mean undetermined, and the findings that separate them are the missing ones to report.

use std::collections::HashMap;

use super::case::{
    Answer, Axes, Case, Dimension, Edge, Finding, KeyPart, Span, SpanValue, Value, alternatives, case_at, code_of,
};
use super::reasons;
use super::rule::{
    AtLimit, Clause, Condition, Criterion, Group, Handling, HsctCondition, IfUnknown, Outcome, Protocol, Role, Test,
    Threshold,
};
use crate::evidence::{Fact, PublishedEndpoint};
use crate::infant::{Age, Cns, Field, Infant, Kmt2a, PrednisoneResponse};

/// Whether something holds, ordered: *and* is the minimum, *or* the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It may or may not.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// `null` in JSON where unknown.
    #[must_use]
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::True => Some(true),
            Self::False => Some(false),
            Self::Unknown => None,
        }
    }
}

/// The possible results for an infant: some of the protocol's groups, perhaps also "not applicable".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Possibility {
    /// Bit g means group g; the bit after the last group means "not applicable".
    bits: u32,
    groups: u32,
}

impl Possibility {
    fn none(protocol: &Protocol) -> Self {
        Self {
            bits: 0,
            groups: protocol.groups.len() as u32,
        }
    }

    fn add_group(&mut self, index: usize) {
        self.bits |= 1 << index;
    }

    fn add_not_applicable(&mut self) {
        self.bits |= 1 << self.groups;
    }

    fn add(&mut self, other: Self) {
        self.bits |= other.bits;
    }

    /// The groups among it, from low to high.
    #[must_use]
    pub fn groups<'p>(self, protocol: &Protocol<'p>) -> Vec<&'p Group<'p>> {
        let groups = protocol.groups.iter().enumerate();
        let mut groups: Vec<&'p Group<'p>> = groups
            .filter(|(index, _)| self.bits & (1 << index) != 0)
            .map(|(_, group)| group)
            .collect();
        groups.sort_by_key(|group| group.level);
        groups
    }

    /// True if the protocol may not apply.
    #[must_use]
    pub fn may_not_apply(self) -> bool {
        self.bits & (1 << self.groups) != 0
    }

    /// True if only one answer is left.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.bits.count_ones() == 1
    }
}

/// The result of an assessment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Status<'p> {
    /// The protocol puts the child in this group.
    Assigned(&'p Group<'p>),
    /// Several results are possible.
    Undetermined(Possibility),
    /// The protocol is not for this child: the criterion that fails.
    NotApplicable(&'p Criterion<'p>),
}

/// Why a clause is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The finding is not known yet.
    Missing(Field),
    /// The age is not known precisely enough; this field would settle it.
    AgeImprecise(Field),
    /// The protocol's sources do not say how to classify this KMT2A result.
    Kmt2aNotStated(Kmt2a),
    /// The protocol's sources do not say how to classify CNS2.
    Cns2NotStated,
    /// The response was not assessed, and the protocol's sources do not say how to classify that.
    ResponseNotAssessed,
    /// The protocol's sources do not define the value exactly at the limit.
    UndefinedAtLimit,
    /// The data dictionary has no field for it.
    NotAsked,
}

/// The result of one clause for this child.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClauseResult<'p> {
    /// The clause as defined by the protocol.
    pub clause: &'p Clause<'p>,
    /// Its part in the protocol.
    pub role: Role,
    /// Its truth for this child.
    pub truth: Truth,
    /// Why not known, where it is unknown.
    pub why: Option<Why>,
}

/// A missing finding, and the result for each of its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Decider {
    /// A finding of the data dictionary.
    pub finding: Finding,
    /// The field that would settle it.
    pub field: Field,
    /// Its values, joined where they lead to the same.
    pub cases: Vec<(SpanValue, Possibility)>,
}

impl Decider {
    /// True if knowing it settles the answer, whatever it turns out to be.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.cases.iter().all(|(_, possibility)| possibility.is_settled())
    }

    /// True if some value of it settles the answer.
    #[must_use]
    pub fn may_settle(&self) -> bool {
        self.cases.iter().any(|(_, possibility)| possibility.is_settled())
    }
}

/// A known finding that would change the answer if it were different.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// A finding of the data dictionary.
    pub finding: Finding,
    /// The values that change the answer: for a number, the nearest boundary on one side.
    pub when: SpanValue,
    /// The result for these values.
    pub leads_to: Possibility,
    /// How far away the boundary is, in the unit of the finding (days for age); `None` for a category.
    pub distance: Option<f64>,
}

/// A remark to show with a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Notice<'p> {
    /// The value is exactly at a limit on which sources differ.
    DisputedLimit(&'p Clause<'p>),
    /// The answer is given under the condition that this criterion holds.
    OnCondition(&'p Criterion<'p>),
    /// The protocol's text itself counts a response that was not assessed as not poor.
    UnknownResponseCounted(Fact<'p>),
    /// The protocol says how to classify this KMT2A result.
    Kmt2aHandled(Fact<'p>),
    /// The KMT2A status could not be established, and rearranged would lead, or could lead, to this other group.
    IfRearranged {
        /// The group that the child would be in.
        group: &'p Group<'p>,
        /// True if it would for certain.
        certain: bool,
    },
    /// The clause's sources word the child's value differently or not at all; its note gives the interpretation.
    ReadAs(&'p Clause<'p>),
}

/// The transplant rule for this child; the last variant that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsctStatus {
    /// The rule is for this child, and every further condition is known to hold.
    Met,
    /// The rule is for this child, and a further condition is not in the data dictionary.
    Depends,
    /// The rule is for this child, and a further condition is not known yet or does not hold yet.
    Waiting,
    /// Whether the rule is for this child depends on unknown findings.
    Undetermined,
    /// The rule is not for this child.
    NotMet,
    /// No rule could be read.
    NotSpecified,
    /// The protocol is known to have had no rule.
    NoneByProtocol,
    /// The protocol does not apply, or its rule is for first remission and the child has relapsed.
    NotApplicable,
}

impl HsctStatus {
    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Depends => "depends",
            Self::Waiting => "waiting",
            Self::Undetermined => "undetermined",
            Self::NotMet => "not_met",
            Self::NotSpecified => "not_specified",
            Self::NoneByProtocol => "none_by_protocol",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// The transplant rule for this child.
#[derive(Debug, Clone, PartialEq)]
pub struct HsctReading<'p> {
    /// Its result for this child.
    pub status: HsctStatus,
    /// Whether the rule is for this child, where there is a rule and the protocol applies.
    pub indicated: Option<Truth>,
    /// Its further conditions, in its order; none where the protocol does not apply.
    pub conditions: Vec<(&'p HsctCondition<'p>, Truth)>,
    /// Fields that would settle it.
    pub missing: Vec<Field>,
}

/// A published outcome, and whether this child belongs to its population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutcomeMatch<'p> {
    /// The published estimate.
    pub outcome: &'p Outcome<'p>,
    /// Whether the child belongs to it; never `False`.
    pub truth: Truth,
    /// True if children of other groups than this child's belong to it too.
    pub wider: bool,
}

impl OutcomeMatch<'_> {
    /// True if it is of the child's own group: no child of another group belongs to it, and this child certainly does.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.truth == Truth::True && !self.wider
    }
}

/// The assessment of an infant by a protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment<'p> {
    /// The protocol by which the infant was assessed.
    pub protocol: &'p Protocol<'p>,
    /// The result.
    pub status: Status<'p>,
    /// Every clause of eligibility, groups and transplant.
    pub clauses: Vec<ClauseResult<'p>>,
    /// The clauses that decided, where one group is assigned or the protocol does not apply: none is unknown, a false
    /// one decides by its negation, and without any of them the answer would be open.
    pub decided_by: Vec<&'p Clause<'p>>,
    /// The KMT2A status, which is more informative than a false clause on another status.
    pub kmt2a: Option<Kmt2a>,
    /// The prednisone response, which may not have been assessed where a clause on it does not hold.
    pub response: Option<PrednisoneResponse>,
    /// The findings on which an undetermined result depends, with the result for each value.
    pub deciders: Vec<Decider>,
    /// Single changes that would alter an assigned result.
    pub changes: Vec<Change>,
    /// The transplant rule.
    pub hsct: HsctReading<'p>,
    /// Remarks to show with the result.
    pub notices: Vec<Notice<'p>>,
    /// The published outcomes of populations that this child belongs, or may belong, to.
    pub outcomes: Vec<OutcomeMatch<'p>>,
}

impl<'p> Assessment<'p> {
    /// Groups that are still possible: one where assigned, none where the protocol does not apply.
    #[must_use]
    pub fn possible(&self) -> Vec<&'p Group<'p>> {
        match self.status {
            Status::Assigned(group) => vec![group],
            Status::Undetermined(possibility) => possibility.groups(self.protocol),
            Status::NotApplicable(_) => Vec::new(),
        }
    }

    /// The fields on which an undetermined answer depends.
    #[must_use]
    pub fn missing(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = self.deciders.iter().map(|decider| decider.field).collect();
        fields.sort_by_key(|field| *field);
        fields
    }

    /// The published survival that speaks for this child first: of the most specific population that it certainly
    /// belongs to, event-free survival before the others; where it belongs to none for certain, the first two that it
    /// may belong to.
    #[must_use]
    pub fn leading_outcomes(&self) -> Vec<OutcomeMatch<'p>> {
        let survival = || {
            self.outcomes
                .iter()
                .filter(|matched| matched.outcome.endpoint.is_survival())
        };
        let certain = || survival().filter(|matched| matched.truth == Truth::True);
        let event_free = |matched: &&OutcomeMatch| matched.outcome.endpoint == PublishedEndpoint::EventFreeSurvival;
        match certain().find(event_free).or_else(|| certain().next()) {
            Some(matched) => vec![*matched],
            None => survival().take(2).copied().collect(),
        }
    }

    /// The result of a clause.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&ClauseResult<'p>> {
        self.clauses.iter().find(|result| result.clause.id == id)
    }
}

/// Assesses an infant by every protocol, in the order of [`super::PROTOCOLS`].
#[must_use]
pub fn assess_all(infant: &Infant) -> Vec<Assessment<'static>> {
    super::PROTOCOLS
        .iter()
        .map(|protocol| assess(protocol, infant))
        .collect()
}

/// Assesses an infant by a protocol.
#[must_use]
pub fn assess<'p>(protocol: &'p Protocol<'p>, infant: &Infant) -> Assessment<'p> {
    let axes = Axes::of(protocol);
    let dimensions = axes.dimensions(protocol, infant);
    let worlds = Worlds::of(protocol, &dimensions);
    let clauses = clause_results(protocol, infant, &worlds);
    let (status, possibility, kept, mut notices) = settle(protocol, &worlds);
    let undetermined = matches!(status, Status::Undetermined(_));
    let decided_by = reasons::decided_by(protocol, status, &dimensions, &clauses);
    notices.retain(|notice| !matches!((notice, status), (Notice::OnCondition(_), Status::NotApplicable(_))));
    notices.extend(response_counted(protocol, infant, status, &decided_by));
    notices.extend(value_notices(protocol, infant, status, &clauses, &decided_by));

    Assessment {
        protocol,
        status,
        decided_by,
        kmt2a: infant.kmt2a,
        response: infant.prednisone_response,
        deciders: if undetermined {
            deciders(infant, &dimensions, &worlds, &kept)
        } else {
            Vec::new()
        },
        changes: changes(protocol, infant, status, possibility, &dimensions),
        hsct: hsct(infant, status, &dimensions, &worlds, &kept, &clauses),
        outcomes: outcomes(protocol, status, &worlds, &kept),
        notices,
        clauses,
    }
}

/// Returns the result without the reasons ([`Assessment::status`] alone), for many infants.
#[must_use]
pub fn status_of<'p>(protocol: &'p Protocol<'p>, infant: &Infant) -> Status<'p> {
    let dimensions = Axes::of(protocol).dimensions(protocol, infant);
    settle(protocol, &Worlds::of(protocol, &dimensions)).0
}

/// [`status_of`] of many infants under one protocol. Most of them differ in nothing that the protocol looks at: each kind is
/// settled once.
pub(super) struct Settler<'p> {
    protocol: &'p Protocol<'p>,
    axes: Axes<'p>,
    seen: HashMap<Vec<KeyPart>, Status<'p>>,
}

impl<'p> Settler<'p> {
    pub(super) fn new(protocol: &'p Protocol<'p>) -> Self {
        Self {
            protocol,
            axes: Axes::of(protocol),
            seen: HashMap::new(),
        }
    }

    /// The same as [`status_of`].
    pub(super) fn status_of(&mut self, infant: &Infant) -> Status<'p> {
        let dimensions = self.axes.dimensions(self.protocol, infant);
        let protocol = self.protocol;
        let settled = self.seen.entry(self.axes.key(&dimensions));
        *settled.or_insert_with(|| settle(protocol, &Worlds::of(protocol, &dimensions)).0)
    }
}

/// Returns the result, the possible groups, the remaining combinations, and remarks.
fn settle<'p>(protocol: &'p Protocol<'p>, worlds: &Worlds) -> (Status<'p>, Possibility, Vec<bool>, Vec<Notice<'p>>) {
    let (kept, notices) = presumptions(protocol, worlds);
    let waits = protocol.eligible.iter().find(|criterion| {
        criterion.if_unknown == IfUnknown::Wait && worlds.truth_of(criterion.clause) != Some(Truth::True)
    });
    let possibility = worlds.possibility(|world| kept[world]);
    let status = match waits {
        Some(criterion) => Status::NotApplicable(criterion),
        None => status(protocol, possibility, worlds),
    };
    (status, possibility, kept, notices)
}

/// All combinations of the dimensions' values, with the result of each.
struct Worlds<'a, 'p> {
    protocol: &'p Protocol<'p>,
    clauses: Vec<(Role, &'p Clause<'p>)>,
    dimensions: &'a [Dimension],
    worlds: Vec<World>,
    clause_truths: Vec<TruthSet>,
}

/// The results of one combination; rules with open questions are read in every way.
struct World {
    case: Case,
    possibility: Possibility,
    hsct: TruthSet,
    /// One for each published outcome.
    outcomes: Vec<TruthSet>,
}

/// The set of truth values that occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct TruthSet {
    yes: bool,
    no: bool,
}

impl TruthSet {
    fn add(&mut self, holds: bool) {
        if holds { self.yes = true } else { self.no = true }
    }

    fn join(&mut self, other: Self) {
        self.yes |= other.yes;
        self.no |= other.no;
    }

    fn truth(self) -> Truth {
        match (self.yes, self.no) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }
}

impl<'a, 'p> Worlds<'a, 'p> {
    fn of(protocol: &'p Protocol<'p>, dimensions: &'a [Dimension]) -> Self {
        let clauses = protocol.clauses_that_combine();
        let mut clause_truths = vec![TruthSet::default(); clauses.len()];
        let total: usize = dimensions.iter().map(|dimension| dimension.values.len()).product();
        let mut worlds = Vec::with_capacity(total);
        let mut indexes = vec![0; dimensions.len()];
        for _ in 0..total {
            let case = case_at(dimensions, &indexes);
            worlds.push(World::of(protocol, &clauses, case, &mut clause_truths));
            advance(&mut indexes, dimensions);
        }
        Self {
            protocol,
            clauses,
            dimensions,
            worlds,
            clause_truths,
        }
    }

    /// The truth of a clause; `None` where it is not one of those that are combined.
    fn truth_of(&self, clause: &Clause) -> Option<Truth> {
        let position = self.clauses.iter().position(|(_, known)| known.id == clause.id)?;
        Some(self.clause_truths[position].truth())
    }

    /// Returns the possible results of the chosen worlds.
    fn possibility(&self, chosen: impl Fn(usize) -> bool) -> Possibility {
        let mut all = Possibility::none(self.protocol);
        for (index, world) in self.worlds.iter().enumerate() {
            if chosen(index) {
                all.add(world.possibility);
            }
        }
        all
    }

    /// The index of the value that a dimension has in a world.
    fn digit(&self, world: usize, dimension: usize) -> usize {
        world / self.stride(dimension) % self.dimensions[dimension].values.len()
    }

    /// Returns the distance between worlds that differ by one in this dimension only.
    fn stride(&self, dimension: usize) -> usize {
        self.dimensions[..dimension]
            .iter()
            .map(|earlier| earlier.values.len())
            .product()
    }

    /// True if two kept worlds that differ in this dimension only have different results.
    fn depends_on<T: PartialEq>(&self, dimension: usize, kept: &[bool], what: impl Fn(&World) -> T) -> bool {
        let stride = self.stride(dimension);
        let count = self.dimensions[dimension].values.len();
        (0..self.worlds.len()).filter(|&world| kept[world]).any(|world| {
            let digit = self.digit(world, dimension);
            (digit..count).skip(1).any(|other| {
                let other = world + (other - digit) * stride;
                kept[other] && what(&self.worlds[world]) != what(&self.worlds[other])
            })
        })
    }
}

/// Counts on, the first dimension fastest.
pub(super) fn advance(indexes: &mut [usize], dimensions: &[Dimension]) {
    for (index, dimension) in indexes.iter_mut().zip(dimensions) {
        *index += 1;
        if *index < dimension.values.len() {
            return;
        }
        *index = 0;
    }
}

impl World {
    fn of(protocol: &Protocol, clauses: &[(Role, &Clause)], case: Case, clause_truths: &mut [TruthSet]) -> Self {
        let mut open: Vec<&str> = Vec::new();
        for ((_, clause), truths) in clauses.iter().zip(clause_truths) {
            match case.answer(&clause.test) {
                Answer::Yes => truths.add(true),
                Answer::No => truths.add(false),
                Answer::Open => {
                    truths.join(TruthSet { yes: true, no: true });
                    if !clause.test.is_treatment() {
                        open.push(clause.id);
                    }
                }
            }
        }
        let mut world = Self {
            case,
            possibility: Possibility::none(protocol),
            hsct: TruthSet::default(),
            outcomes: vec![TruthSet::default(); protocol.outcomes.len()],
        };
        for taken_as_met in readings(&open) {
            world.read(protocol, &taken_as_met);
        }
        world
    }

    /// Adds the result of one reading of the open clauses: those named are met, the others are not.
    fn read(&mut self, protocol: &Protocol, taken_as_met: &[&str]) {
        let reading = ReadingOf::new(&self.case, taken_as_met);
        let eligible = protocol
            .eligible
            .iter()
            .all(|criterion| reading.clause(criterion.clause));
        let index = protocol
            .groups
            .iter()
            .position(|group| reading.holds(&group.when))
            .filter(|_| eligible);
        match index {
            Some(index) => self.possibility.add_group(index),
            None => self.possibility.add_not_applicable(),
        }
        let reading = ReadingOf {
            group: index.map(|index| protocol.groups[index].id),
            ..reading
        };
        if let Some(when) = &protocol.hsct.when {
            self.hsct.add(reading.holds(when));
        }
        for (outcome, truths) in protocol.outcomes.iter().zip(&mut self.outcomes) {
            truths.add(eligible && reading.holds(&outcome.applies));
            let treated = ReadingOf {
                treated: true,
                ..reading
            };
            truths.add(eligible && treated.holds(&outcome.applies));
        }
    }
}

/// Returns every reading of some open clauses, each as the list of those that count as met.
pub(super) fn readings<'a>(open: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut readings = vec![Vec::new()];
    for &clause in open {
        let met: Vec<_> = readings
            .iter()
            .map(|others| [&others[..], &[clause]].concat())
            .collect();
        readings.extend(met);
    }
    readings
}

/// A complete child under one reading of the clauses that a protocol leaves open.
#[derive(Clone, Copy)]
pub(super) struct ReadingOf<'a> {
    case: &'a Case,
    /// The open clauses that count as met.
    taken_as_met: &'a [&'a str],
    group: Option<&'a str>,
    /// True if the child was treated as a published population was.
    treated: bool,
}

impl<'a> ReadingOf<'a> {
    /// Of a child whose group is not yet known.
    pub(super) fn new(case: &'a Case, taken_as_met: &'a [&'a str]) -> Self {
        Self {
            case,
            taken_as_met,
            group: None,
            treated: false,
        }
    }

    pub(super) fn clause(&self, clause: &Clause) -> bool {
        match self.case.answer(&clause.test) {
            Answer::Yes => true,
            Answer::No => false,
            Answer::Open if clause.test.is_treatment() => self.treated,
            Answer::Open => self.taken_as_met.contains(&clause.id),
        }
    }

    pub(super) fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Is(clause) => self.clause(clause),
            Condition::Not(inner) => !self.holds(inner),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::InGroup(id) => self.group == Some(id),
            Condition::Always => true,
        }
    }
}

fn clause_results<'p>(protocol: &Protocol<'p>, infant: &Infant, worlds: &Worlds) -> Vec<ClauseResult<'p>> {
    let clauses = protocol.clauses().into_iter();
    clauses
        .map(|(role, clause)| {
            let truth = worlds
                .truth_of(clause)
                .unwrap_or_else(|| truth_alone(protocol, infant, clause));
            let why = (truth == Truth::Unknown).then(|| why(clause, infant));
            ClauseResult {
                clause,
                role,
                truth,
                why,
            }
        })
        .collect()
}

/// Returns why a clause is unknown. A KMT2A result that the protocol's sources classify makes no clause unknown.
fn why(clause: &Clause, infant: &Infant) -> Why {
    let Some(finding) = clause.test.finding() else {
        return Why::NotAsked;
    };
    match finding {
        Finding::Age if on_the_day(clause, infant) => Why::UndefinedAtLimit,
        Finding::Age if infant.age.is_some() => Why::AgeImprecise(finding.settling_field(infant)),
        Finding::Kmt2a | Finding::Partner => match infant.kmt2a {
            Some(kmt2a @ (Kmt2a::Ptd | Kmt2a::Undetermined)) => Why::Kmt2aNotStated(kmt2a),
            _ => Why::Missing(finding.field()),
        },
        Finding::Cns if infant.cns == Some(Cns::Cns2) => Why::Cns2NotStated,
        Finding::Response if infant.prednisone_response == Some(PrednisoneResponse::NotAssessed) => {
            Why::ResponseNotAssessed
        }
        Finding::Wbc if infant.wbc.is_some() => Why::UndefinedAtLimit,
        Finding::Mrd(point) if infant.mrd_at(point).is_some() => Why::UndefinedAtLimit,
        _ => Why::Missing(finding.field()),
    }
}

/// True if a child is known to be exactly at a limit of age that is not defined.
fn on_the_day(clause: &Clause, infant: &Infant) -> bool {
    let Test::YoungerThanOpen(limit) = clause.test else {
        return false;
    };
    let mut ages = Age::completions(infant.age, &[limit]).into_iter();
    infant.age.is_some() && ages.all(|age| age.is_on_day_of(limit))
}

fn handling<'p>(protocol: &Protocol<'p>, kmt2a: Kmt2a) -> Option<Handling<'p>> {
    match kmt2a {
        Kmt2a::Ptd => Some(protocol.ptd),
        Kmt2a::Undetermined => Some(protocol.undetermined_kmt2a),
        Kmt2a::Rearranged | Kmt2a::Germline => None,
    }
}

/// The worlds that count, with the conditions under which the answer is given.
fn presumptions<'p>(protocol: &'p Protocol<'p>, worlds: &Worlds) -> (Vec<bool>, Vec<Notice<'p>>) {
    let mut kept = vec![true; worlds.worlds.len()];
    let mut notices = Vec::new();
    for criterion in protocol.eligible {
        let unknown = worlds.truth_of(criterion.clause) == Some(Truth::Unknown);
        if unknown && criterion.if_unknown == IfUnknown::SayCondition {
            notices.push(Notice::OnCondition(criterion));
            for (kept, world) in kept.iter_mut().zip(&worlds.worlds) {
                *kept &= world.case.answer(&criterion.clause.test) == Answer::Yes;
            }
        }
    }
    (kept, notices)
}

fn status<'p>(protocol: &'p Protocol<'p>, possibility: Possibility, worlds: &Worlds) -> Status<'p> {
    let failing = || {
        protocol
            .eligible
            .iter()
            .find(|criterion| worlds.truth_of(criterion.clause) == Some(Truth::False))
    };
    match (&possibility.groups(protocol)[..], possibility.may_not_apply()) {
        ([group], false) => Status::Assigned(group),
        ([], _) => failing().map_or(Status::Undetermined(possibility), Status::NotApplicable),
        _ => Status::Undetermined(possibility),
    }
}

/// Returns the protocol's text on a response that was not assessed, where the result depends on it.
fn response_counted<'p>(
    protocol: &Protocol<'p>,
    infant: &Infant,
    status: Status<'p>,
    decided_by: &[&'p Clause<'p>],
) -> Option<Notice<'p>> {
    let not_assessed = infant.prednisone_response == Some(PrednisoneResponse::NotAssessed);
    let fact = protocol.unknown_response_is_not_poor.filter(|_| not_assessed)?;
    let on_it = |clause: &&Clause| clause.test.finding() == Some(Finding::Response);
    let matters = match status {
        Status::Assigned(_) => decided_by.iter().any(on_it),
        Status::Undetermined(_) => true,
        Status::NotApplicable(_) => false,
    };
    matters.then_some(Notice::UnknownResponseCounted(fact))
}

/// Where a child whose KMT2A status could not be established would belong if it were rearranged, if not where it does.
fn if_rearranged<'p>(protocol: &'p Protocol<'p>, infant: &Infant, status: Status<'p>) -> Option<Notice<'p>> {
    let (Status::Assigned(assigned), Some(Kmt2a::Undetermined)) = (status, infant.kmt2a) else {
        return None;
    };
    let rearranged = Infant {
        kmt2a: Some(Kmt2a::Rearranged),
        ..infant.clone()
    };
    let dimensions = Axes::of(protocol).dimensions(protocol, &rearranged);
    let (_, possibility, ..) = settle(protocol, &Worlds::of(protocol, &dimensions));
    let others = possibility
        .groups(protocol)
        .into_iter()
        .filter(|group| group.id != assigned.id);
    others
        .max_by_key(|group| group.level)
        .map(|group| Notice::IfRearranged {
            group,
            certain: possibility.is_settled(),
        })
}

/// Notices that follow from single values.
fn value_notices<'p>(
    protocol: &'p Protocol<'p>,
    infant: &Infant,
    status: Status<'p>,
    clauses: &[ClauseResult<'p>],
    decided_by: &[&'p Clause<'p>],
) -> Vec<Notice<'p>> {
    let mut notices = Vec::new();
    for result in clauses {
        let value = match result.clause.test {
            Test::Wbc(threshold) => infant.wbc.map(|wbc| (threshold, wbc)),
            Test::Mrd(point, threshold) => infant.mrd_at(point).map(|fraction| (threshold, fraction)),
            _ => None,
        };
        if let Some((
            Threshold {
                limit,
                at_limit: AtLimit::Disputed,
                ..
            },
            value,
        )) = value
            && value == limit
        {
            notices.push(Notice::DisputedLimit(result.clause));
        }
    }
    if let Some(Handling::Stated(fact)) = infant.kmt2a.and_then(|kmt2a| handling(protocol, kmt2a)) {
        notices.push(Notice::Kmt2aHandled(fact));
    }
    notices.extend(if_rearranged(protocol, infant, status));
    for result in clauses.iter().filter(|result| !result.clause.note_said_of.is_empty()) {
        let finding = result.clause.test.finding();
        let code = finding.and_then(|finding| code_of(finding, protocol, infant));
        let decided = decided_by.iter().any(|clause| clause.id == result.clause.id);
        let counts = match (result.role, status) {
            _ if decided => true,
            (Role::Eligibility, _) => !matches!(status, Status::NotApplicable(_)),
            (Role::Group, Status::Undetermined(_)) => true,
            _ => false,
        };
        if counts && code.is_some_and(|code| result.clause.note_said_of.contains(&code)) {
            notices.push(Notice::ReadAs(result.clause));
        }
    }
    notices
}

/// The missing findings on which the answer depends.
fn deciders(infant: &Infant, dimensions: &[Dimension], worlds: &Worlds, kept: &[bool]) -> Vec<Decider> {
    dimensions
        .iter()
        .enumerate()
        .filter(|(_, dimension)| dimension.is_missing)
        .filter_map(|(index, dimension)| {
            let presumed = worlds.protocol.eligible.iter().any(|criterion| {
                criterion.if_unknown == IfUnknown::SayCondition
                    && criterion.clause.test.finding() == Some(dimension.finding)
            });
            if presumed || !worlds.depends_on(index, kept, |world| world.possibility) {
                return None;
            }
            let leads_to = |digit| worlds.possibility(|world| kept[world] && worlds.digit(world, index) == digit);
            let leading = dimension
                .values
                .iter()
                .enumerate()
                .map(|(digit, &value)| (value, leads_to(digit)));
            let cases = joined(leading.collect(), &dimension.limits);
            Some(Decider {
                finding: dimension.finding,
                field: dimension.finding.settling_field(infant),
                cases,
            })
        })
        .collect()
}

/// Joins values that lead to the same: neighbouring stretches of a number, or categories.
fn joined(leading: Vec<(Value, Possibility)>, limits: &[super::case::Limit]) -> Vec<(SpanValue, Possibility)> {
    let mut stretches: Vec<(usize, Possibility)> = Vec::new();
    let mut categories: Vec<(Vec<&'static str>, Possibility)> = Vec::new();
    for (value, possibility) in leading {
        if let Some(position) = value.position(limits) {
            stretches.push((position, possibility));
        } else if let Some(code) = value.code() {
            match categories.iter_mut().find(|(_, known)| *known == possibility) {
                Some((codes, _)) => codes.push(code),
                None => categories.push((vec![code], possibility)),
            }
        }
    }
    stretches.sort_by_key(|(position, _)| *position);
    stretches.dedup_by_key(|(_, possibility)| *possibility);
    let starts: Vec<usize> = stretches.iter().map(|(position, _)| *position).collect();
    let ends = starts.iter().skip(1).map(Some).chain([None]);
    let spans = stretches
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(index, ((start, possibility), end))| {
            let from = if index == 0 { None } else { edge_from(*start, limits) };
            let to = end.and_then(|&end| edge_from(end, limits)).map(|edge| Edge {
                inclusive: !edge.inclusive,
                ..edge
            });
            (SpanValue::Stretch(Span { from, to }), *possibility)
        });
    spans
        .chain(
            categories
                .into_iter()
                .map(|(codes, possibility)| (SpanValue::Codes(codes), possibility)),
        )
        .collect()
}

/// The lower edge of the stretch that starts at a position among limits; none before the first.
fn edge_from(position: usize, limits: &[super::case::Limit]) -> Option<Edge> {
    // Position 2k + 1 is at limit k, 2k + 2 after it.
    let index = position.checked_sub(1)? / 2;
    Some(Edge {
        limit: *limits.get(index)?,
        inclusive: position % 2 == 1,
    })
}

/// Returns the changes that would alter an assigned result: one finding at a time, for a number the nearest limit on
/// each side.
fn changes<'p>(
    protocol: &'p Protocol<'p>,
    infant: &Infant,
    status: Status<'p>,
    now: Possibility,
    dimensions: &[Dimension],
) -> Vec<Change> {
    if matches!(status, Status::Undetermined(_)) || !now.is_settled() {
        return Vec::new();
    }
    let mut deciding: Vec<Finding> = protocol
        .clauses()
        .iter()
        .filter(|(role, _)| *role != Role::Hsct)
        .filter_map(|(_, clause)| clause.test.finding())
        .collect();
    // Only a rearranged gene has a partner, so a rule on the partner depends on the gene.
    if deciding.contains(&Finding::Partner) {
        deciding.push(Finding::Kmt2a);
    }
    let mut changes = Vec::new();
    for (index, dimension) in dimensions.iter().enumerate() {
        if dimension.is_missing || !deciding.contains(&dimension.finding) {
            continue;
        }
        let mut changed = dimensions.to_vec();
        let mut leading: Vec<(Value, Possibility)> = Vec::new();
        for value in alternatives(dimension, protocol) {
            changed[index].values = vec![value];
            let worlds = Worlds::of(protocol, &changed);
            let (kept, _) = presumptions(protocol, &worlds);
            leading.push((value, worlds.possibility(|world| kept[world])));
        }
        changes.extend(nearest_changes(dimension, infant, leading, now));
    }
    changes
}

fn nearest_changes(
    dimension: &Dimension,
    infant: &Infant,
    leading: Vec<(Value, Possibility)>,
    now: Possibility,
) -> Vec<Change> {
    let finding = dimension.finding;
    let limits = &dimension.limits;
    let Some(here) = dimension.values[0].position(limits) else {
        let mut others = joined(leading, limits);
        others.retain(|(_, possibility)| *possibility != now);
        let change = |(when, leads_to)| Change {
            finding,
            when,
            leads_to,
            distance: None,
        };
        return others.into_iter().map(change).collect();
    };
    // Several calendars can share one position: the results of all of them count.
    let mut positions: Vec<Option<Possibility>> = Vec::new();
    for (value, possibility) in leading {
        let position = value.position(limits).unwrap_or(here);
        if positions.len() <= position {
            positions.resize(position + 1, None);
        }
        positions[position].get_or_insert(possibility).add(possibility);
    }
    let at = |position: usize| Some((position, positions.get(position).copied()??));
    let differs = |(_, possibility): &(usize, Possibility)| *possibility != now;
    let up = (here..positions.len()).filter_map(at).find(differs);
    let down = (0..here).rev().filter_map(at).find(differs);
    let distance = |edge: Edge| distance(dimension, infant, edge);
    let up = up.and_then(|(position, leads_to)| {
        let edge = edge_from(position, limits)?;
        let when = SpanValue::Stretch(Span {
            from: Some(edge),
            to: None,
        });
        Some(Change {
            finding,
            when,
            leads_to,
            distance: distance(edge),
        })
    });
    let down = down.and_then(|(position, leads_to)| {
        let edge = edge_from(position + 1, limits).map(|edge| Edge {
            inclusive: !edge.inclusive,
            ..edge
        })?;
        let when = SpanValue::Stretch(Span {
            from: None,
            to: Some(edge),
        });
        Some(Change {
            finding,
            when,
            leads_to,
            distance: distance(edge),
        })
    });
    down.into_iter().chain(up).collect()
}

/// How far this child is from an edge: exact for numbers, for an age in days the fewest days over all calendars.
fn distance(dimension: &Dimension, infant: &Infant, edge: Edge) -> Option<f64> {
    match (dimension.finding, edge.limit) {
        (Finding::Age, super::case::Limit::Age(limit)) => {
            infant.age.and_then(Age::days)?;
            let days = dimension.values.iter().filter_map(|value| match value {
                Value::Age(age) => Some(f64::from(age.days.abs_diff(age.limit_day(limit)))),
                _ => None,
            });
            days.reduce(f64::min)
        }
        (Finding::Wbc, super::case::Limit::Number(limit)) => infant.wbc.map(|wbc| (wbc - limit).abs()),
        (Finding::Mrd(point), super::case::Limit::Number(limit)) => {
            infant.mrd_at(point).map(|fraction| (fraction - limit).abs())
        }
        _ => None,
    }
}

fn hsct<'p>(
    infant: &Infant,
    status: Status<'p>,
    dimensions: &[Dimension],
    worlds: &Worlds<'_, 'p>,
    kept: &[bool],
    clauses: &[ClauseResult<'p>],
) -> HsctReading<'p> {
    let protocol = worlds.protocol;
    let rule = &protocol.hsct;
    let reading = |status| HsctReading {
        status,
        indicated: None,
        conditions: Vec::new(),
        missing: Vec::new(),
    };
    if matches!(status, Status::NotApplicable(_)) {
        return reading(HsctStatus::NotApplicable);
    }
    let mut all = TruthSet::default();
    for (world, _) in worlds.worlds.iter().zip(kept).filter(|(_, kept)| **kept) {
        all.join(world.hsct);
    }
    let indicated = all.truth();
    let conditions: Vec<(&'p HsctCondition<'p>, Truth)> = rule
        .conditions
        .iter()
        .map(|condition| (condition, truth_of(&condition.when, clauses)))
        .collect();
    // A rule for relapsed children asks for a relapse.
    let for_relapse = protocol.eligible.iter().any(|each| each.clause.test == Test::Relapsed);
    let open = |outside| {
        let not_true =
            |(condition, truth): &(&HsctCondition, Truth)| *truth != Truth::True && condition.is_outside() == outside;
        conditions.iter().any(not_true)
    };
    let status = match (rule.when, indicated) {
        _ if infant.relapse == Some(true) && !for_relapse => HsctStatus::NotApplicable,
        (None, _) if rule.none_by_protocol => HsctStatus::NoneByProtocol,
        (None, _) => return reading(HsctStatus::NotSpecified),
        (Some(_), Truth::False) => HsctStatus::NotMet,
        (Some(_), Truth::Unknown) => HsctStatus::Undetermined,
        (Some(_), Truth::True) if open(false) => HsctStatus::Waiting,
        (Some(_), Truth::True) if open(true) => HsctStatus::Depends,
        (Some(_), Truth::True) => HsctStatus::Met,
    };
    let missing = match status {
        HsctStatus::Undetermined => dimensions
            .iter()
            .enumerate()
            .filter(|(index, dimension)| dimension.is_missing && worlds.depends_on(*index, kept, |world| world.hsct))
            .map(|(_, dimension)| dimension.finding.settling_field(infant))
            .collect(),
        HsctStatus::Waiting => missing_of(&conditions, clauses),
        _ => Vec::new(),
    };
    HsctReading {
        indicated: rule.when.map(|_| indicated),
        conditions,
        missing,
        ..reading(status)
    }
}

/// The fields to fill in before the conditions that are open are known.
fn missing_of(conditions: &[(&HsctCondition, Truth)], clauses: &[ClauseResult]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (condition, _) in conditions.iter().filter(|(_, truth)| *truth == Truth::Unknown) {
        condition.when.visit(&mut |clause| {
            let result = clauses.iter().find(|result| result.clause.id == clause.id);
            if let Some(Why::Missing(field)) = result.and_then(|result| result.why)
                && !fields.contains(&field)
            {
                fields.push(field);
            }
        });
    }
    fields.sort_by_key(|field| *field);
    fields
}

/// The truth of a condition from those of its clauses.
fn truth_of(condition: &Condition, clauses: &[ClauseResult]) -> Truth {
    match condition {
        Condition::Is(clause) => {
            let result = clauses.iter().find(|result| result.clause.id == clause.id);
            result.map_or(Truth::Unknown, |result| result.truth)
        }
        Condition::Not(inner) => match truth_of(inner, clauses) {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        },
        Condition::All(parts) => {
            let truths = parts.iter().map(|part| truth_of(part, clauses));
            truths.min().unwrap_or(Truth::True)
        }
        Condition::Any(parts) => {
            let truths = parts.iter().map(|part| truth_of(part, clauses));
            truths.max().unwrap_or(Truth::False)
        }
        Condition::InGroup(_) => Truth::Unknown,
        Condition::Always => Truth::True,
    }
}

/// Returns the truth of a clause over all possible values of this infant.
fn truth_alone(protocol: &Protocol, infant: &Infant, clause: &Clause) -> Truth {
    let mut all = TruthSet::default();
    let dimensions = Axes::of_clauses(std::iter::once(clause)).dimensions(protocol, infant);
    let mut indexes = vec![0; dimensions.len()];
    let total: usize = dimensions.iter().map(|dimension| dimension.values.len()).product();
    for _ in 0..total {
        match case_at(&dimensions, &indexes).answer(&clause.test) {
            Answer::Yes => all.add(true),
            Answer::No => all.add(false),
            Answer::Open => all.join(TruthSet { yes: true, no: true }),
        }
        advance(&mut indexes, &dimensions);
    }
    all.truth()
}

/// True if only children of one group fulfil a condition.
fn only_of(condition: &Condition, group: &Group, protocol: &Protocol) -> bool {
    let is_enough = match &group.when {
        // All children who are in no other group.
        Condition::Always => false,
        Condition::Any(parts) => parts.contains(condition),
        when => when == condition,
    };
    if protocol.groups.len() == 1 || is_enough {
        return true;
    }
    match condition {
        Condition::InGroup(id) => *id == group.id,
        Condition::All(parts) => parts.iter().any(|part| only_of(part, group, protocol)),
        Condition::Any(parts) => parts.iter().all(|part| only_of(part, group, protocol)),
        Condition::Is(_) | Condition::Not(_) | Condition::Always => false,
    }
}

fn outcomes<'p>(
    protocol: &'p Protocol<'p>,
    status: Status<'p>,
    worlds: &Worlds,
    kept: &[bool],
) -> Vec<OutcomeMatch<'p>> {
    if matches!(status, Status::NotApplicable(_)) {
        return Vec::new();
    }
    let matches = protocol.outcomes.iter().enumerate().map(|(index, outcome)| {
        let mut all = TruthSet::default();
        let chosen = worlds
            .worlds
            .iter()
            .zip(kept)
            .filter(|(world, kept)| **kept && !world.possibility.groups(protocol).is_empty());
        for (world, _) in chosen {
            all.join(world.outcomes[index]);
        }
        OutcomeMatch {
            outcome,
            truth: all.truth(),
            wider: match status {
                Status::Assigned(group) => !only_of(&outcome.applies, group, protocol),
                Status::Undetermined(_) | Status::NotApplicable(_) => true,
            },
        }
    });
    // A population selected by findings after diagnosis applies only to a child with these findings known.
    let after_diagnosis = |matched: &OutcomeMatch| {
        let mut open = false;
        matched.outcome.applies.visit(&mut |clause| {
            let later = matches!(clause.test, Test::InRemission | Test::Relapsed | Test::SecondRemission);
            open |= later && worlds.truth_of(clause) == Some(Truth::Unknown);
        });
        open
    };
    matches
        .filter(|matched| matched.truth != Truth::False && !after_diagnosis(matched))
        .collect()
}

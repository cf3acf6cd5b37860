//! One combination of all findings that a protocol uses, and the list of all possible combinations.
//!
//! The findings that a protocol uses have few distinct cases: the values of a category, and for a number the ranges
//! between its limits and the limits themselves. All combinations that agree with the known findings are tried; there
//! is no special code for "unknown".

use super::rule::{AtLimit, Clause, Handling, Operator, Outside, Protocol, Test, Threshold};
use crate::infant::{
    Age, AgeLimit, Cns, ExactAge, Field, Infant, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse, month_span,
};

/// A finding that a clause uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // As in the data dictionary.
pub enum Finding {
    Age,
    Wbc,
    Kmt2a,
    Partner,
    Lineage,
    Cns,
    Response,
    Remission,
    Mrd(MrdPoint),
    Relapse,
    SecondRemission,
    DownSyndrome,
}

impl Finding {
    /// The field to fill in when the finding is not known.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Age => Field::AgeDays,
            Self::Wbc => Field::Wbc,
            Self::Kmt2a => Field::Kmt2a,
            Self::Partner => Field::Kmt2aPartner,
            Self::Lineage => Field::Lineage,
            Self::Cns => Field::Cns,
            Self::Response => Field::PrednisoneResponse,
            Self::Remission => Field::RemissionEoi,
            Self::Mrd(point) => Field::of_mrd(point),
            Self::Relapse => Field::Relapse,
            Self::SecondRemission => Field::SalvageRemission,
            Self::DownSyndrome => Field::DownSyndrome,
        }
    }

    /// The field that would settle it for this infant: dates where an age in days is not precise enough.
    #[must_use]
    pub fn settling_field(self, infant: &Infant) -> Field {
        match (self, infant.age) {
            (Self::Age, Some(Age::Days(_))) => Field::BirthDate,
            _ => self.field(),
        }
    }
}

impl Test<'_> {
    /// Returns the finding that the test uses; `None` for tests that are not in the data dictionary.
    #[must_use]
    pub const fn finding(&self) -> Option<Finding> {
        Some(match self {
            Self::YoungerThan(_) | Self::YoungerThanOpen(_) | Self::AtMostAged(_) => Finding::Age,
            Self::Wbc(_) => Finding::Wbc,
            Self::Kmt2aIs(_) | Self::Kmt2aEstablished => Finding::Kmt2a,
            Self::PartnerIs(_) => Finding::Partner,
            Self::LineageIn(_) => Finding::Lineage,
            Self::CnsDisease | Self::Cns3 => Finding::Cns,
            Self::NoDownSyndrome => Finding::DownSyndrome,
            Self::ResponseIs(_) => Finding::Response,
            Self::InRemission => Finding::Remission,
            Self::Mrd(point, _) => Finding::Mrd(*point),
            Self::Relapsed => Finding::Relapse,
            Self::SecondRemission => Finding::SecondRemission,
            Self::NotAsked(Outside::Donor | Outside::Treatment) => return None,
        })
    }

    /// The limit that the test compares with, if it compares.
    #[must_use]
    pub const fn limit(&self) -> Option<Limit> {
        match self {
            Self::YoungerThan(limit) | Self::YoungerThanOpen(limit) | Self::AtMostAged(limit) => {
                Some(Limit::Age(*limit))
            }
            Self::Wbc(threshold) | Self::Mrd(_, threshold) => Some(Limit::Number(threshold.limit)),
            _ => None,
        }
    }
}

/// A limit on the axis of a finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// A limit of age.
    Age(AgeLimit),
    /// Of a number, in the unit of the finding.
    Number(f64),
}

/// One end of a stretch of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The limit at this end.
    pub limit: Limit,
    /// True if the limit itself belongs to the stretch.
    pub inclusive: bool,
}

/// A stretch of values; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Span {
    /// Lower end.
    pub from: Option<Edge>,
    /// Upper end.
    pub to: Option<Edge>,
}

/// Some values of a finding: a stretch of numbers, or categories by their codes.
#[derive(Debug, Clone, PartialEq)]
pub enum SpanValue {
    /// A range of a number.
    Stretch(Span),
    /// One or more categories.
    Codes(Vec<&'static str>),
}

/// A child with a value for every finding that rules use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Case {
    pub age: ExactAge,
    pub wbc: f64,
    pub kmt2a: Kmt2a,
    pub partner: Partner,
    pub lineage: Lineage,
    pub cns: Cns,
    pub response: Response,
    pub remission: bool,
    pub mrd: [f64; MrdPoint::COUNT],
    pub relapse: bool,
    pub second_remission: bool,
    pub down_syndrome: bool,
}

/// The response of a complete child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Response {
    Is(PrednisoneResponse),
    /// Not assessed, under a protocol whose text counts that as not poor.
    CountedAsNotPoor,
}

impl Response {
    fn answer(self, asked: PrednisoneResponse) -> Answer {
        match (self, asked) {
            (Self::Is(response), _) => (response == asked).into(),
            (Self::CountedAsNotPoor, PrednisoneResponse::Good) => Answer::Open,
            (Self::CountedAsNotPoor, PrednisoneResponse::Poor) => Answer::No,
            (Self::CountedAsNotPoor, PrednisoneResponse::NotAssessed) => Answer::Yes,
        }
    }
}

/// How a test answers for a complete child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Answer {
    Yes,
    No,
    /// The rule's sources do not say; both readings are possible.
    Open,
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl Case {
    pub fn answer(&self, test: &Test) -> Answer {
        match *test {
            Test::YoungerThan(limit) => (self.age.days < self.age.limit_day(limit)).into(),
            Test::YoungerThanOpen(limit) if self.age.is_on_day_of(limit) => Answer::Open,
            Test::YoungerThanOpen(limit) => (self.age.days < self.age.limit_day(limit)).into(),
            Test::AtMostAged(limit) => (self.age.days <= self.age.limit_day(limit)).into(),
            Test::Wbc(threshold) => threshold.answer(self.wbc),
            Test::Kmt2aIs(status) => (self.kmt2a == status).into(),
            Test::Kmt2aEstablished => (self.kmt2a != Kmt2a::Undetermined).into(),
            Test::PartnerIs(partner) => (self.kmt2a == Kmt2a::Rearranged && self.partner == partner).into(),
            Test::LineageIn(lineages) => lineages.contains(&self.lineage).into(),
            Test::CnsDisease => match self.cns {
                Cns::Cns1 => Answer::No,
                Cns::Cns2 => Answer::Open,
                Cns::Cns3 => Answer::Yes,
            },
            Test::Cns3 => (self.cns == Cns::Cns3).into(),
            Test::NoDownSyndrome => (!self.down_syndrome).into(),
            Test::ResponseIs(asked) => self.response.answer(asked),
            Test::InRemission => self.remission.into(),
            Test::Mrd(point, threshold) => threshold.answer(self.mrd[point.index()]),
            Test::Relapsed => self.relapse.into(),
            Test::SecondRemission => self.second_remission.into(),
            Test::NotAsked(Outside::Donor | Outside::Treatment) => Answer::Open,
        }
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Age(age) => self.age = age,
            Value::Wbc(wbc) => self.wbc = wbc,
            Value::Kmt2a(kmt2a) => self.kmt2a = kmt2a,
            Value::Partner(partner) => self.partner = partner,
            Value::Lineage(lineage) => self.lineage = lineage,
            Value::Cns(cns) => self.cns = cns,
            Value::Response(response) => self.response = response,
            Value::Remission(remission) => self.remission = remission,
            Value::Mrd(point, fraction) => self.mrd[point.index()] = fraction,
            Value::Relapse(relapse) => self.relapse = relapse,
            Value::SecondRemission(remission) => self.second_remission = remission,
            Value::DownSyndrome(has) => self.down_syndrome = has,
        }
    }
}

impl Threshold {
    fn answer(self, value: f64) -> Answer {
        if value == self.limit && self.at_limit == AtLimit::Undefined {
            return Answer::Open;
        }
        match self.operator {
            Operator::AtLeast => (value >= self.limit).into(),
            Operator::MoreThan => (value > self.limit).into(),
        }
    }
}

/// One value of one finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Age(ExactAge),
    Wbc(f64),
    Kmt2a(Kmt2a),
    Partner(Partner),
    Lineage(Lineage),
    Cns(Cns),
    Response(Response),
    Remission(bool),
    Mrd(MrdPoint, f64),
    Relapse(bool),
    SecondRemission(bool),
    DownSyndrome(bool),
}

impl Value {
    /// Returns the position of the value among the sorted limits: 2k between limits, 2k + 1 at limit k; `None` for
    /// categories.
    pub fn position(self, limits: &[Limit]) -> Option<usize> {
        let place = |compare: &dyn Fn(Limit) -> std::cmp::Ordering| {
            limits
                .iter()
                .enumerate()
                .fold(0, |position, (k, &limit)| match compare(limit) {
                    std::cmp::Ordering::Less => position,
                    std::cmp::Ordering::Equal => 2 * k + 1,
                    std::cmp::Ordering::Greater => 2 * k + 2,
                })
        };
        match self {
            Self::Age(age) => Some(place(&|limit| match limit {
                Limit::Age(limit) => age.days.cmp(&age.limit_day(limit)),
                Limit::Number(_) => std::cmp::Ordering::Less,
            })),
            Self::Wbc(number) | Self::Mrd(_, number) => Some(place(&|limit| match limit {
                Limit::Number(limit) => number.total_cmp(&limit),
                Limit::Age(_) => std::cmp::Ordering::Less,
            })),
            _ => None,
        }
    }

    /// The code of a category.
    pub fn code(self) -> Option<&'static str> {
        let yes_no = |yes| if yes { "yes" } else { "no" };
        Some(match self {
            Self::Kmt2a(value) => value.code(),
            Self::Partner(value) => value.code(),
            Self::Lineage(value) => value.code(),
            Self::Cns(value) => value.code(),
            Self::Response(Response::Is(value)) => value.code(),
            Self::Response(Response::CountedAsNotPoor) => PrednisoneResponse::NotAssessed.code(),
            Self::Remission(value)
            | Self::Relapse(value)
            | Self::SecondRemission(value)
            | Self::DownSyndrome(value) => yes_no(value),
            Self::Age(_) | Self::Wbc(_) | Self::Mrd(..) => return None,
        })
    }
}

/// One finding as one dimension of the combinations.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    pub finding: Finding,
    /// The values that are still possible; never empty.
    pub values: Vec<Value>,
    /// The limits on its axis, ascending.
    pub limits: Vec<Limit>,
    /// True if something is not known of it (and not merely unstated by the protocol).
    pub is_missing: bool,
}

impl Dimension {
    /// The value at an index: its category, or the stretch between two limits in which it lies.
    pub fn span_at(&self, index: usize) -> SpanValue {
        let value = self.values[index];
        match (value.code(), value.position(&self.limits)) {
            (Some(code), _) => SpanValue::Codes(vec![code]),
            (None, position) => SpanValue::Stretch(stretch(position.unwrap_or_default(), &self.limits)),
        }
    }
}

/// The values at a position among limits: see [`Value::position`].
fn stretch(position: usize, limits: &[Limit]) -> Span {
    let is_limit = position % 2 == 1;
    let edge = |index: usize| {
        limits.get(index).map(|&limit| Edge {
            limit,
            inclusive: is_limit,
        })
    };
    let above = position / 2;
    Span {
        from: if is_limit {
            edge(above)
        } else {
            above.checked_sub(1).and_then(edge)
        },
        to: edge(above),
    }
}

/// The findings that a protocol uses, and the tests on each.
pub(super) struct Axes<'p> {
    axes: Vec<(Finding, Vec<&'p Test<'p>>)>,
}

impl<'p> Axes<'p> {
    pub fn of(protocol: &Protocol<'p>) -> Self {
        Self::of_clauses(protocol.clauses_that_combine().into_iter().map(|(_, clause)| clause))
    }

    /// Those of some clauses alone.
    pub fn of_clauses(clauses: impl Iterator<Item = &'p Clause<'p>>) -> Self {
        let mut axes: Vec<(Finding, Vec<&'p Test<'p>>)> = Vec::new();
        for clause in clauses {
            let Some(finding) = clause.test.finding() else { continue };
            match axes.iter_mut().find(|(known, _)| *known == finding) {
                Some((_, tests)) => tests.push(&clause.test),
                None => axes.push((finding, vec![&clause.test])),
            }
        }
        let looks_at = |wanted| axes.iter().any(|(finding, _)| *finding == wanted);
        // Only a rearranged gene has a partner.
        if looks_at(Finding::Partner) && !looks_at(Finding::Kmt2a) {
            axes.push((Finding::Kmt2a, Vec::new()));
        }
        Self { axes }
    }

    /// The findings, in the order of their dimensions.
    pub fn findings(&self) -> impl Iterator<Item = Finding> + '_ {
        self.axes.iter().map(|(finding, _)| *finding)
    }

    /// Returns one dimension for each finding, with the values possible for this infant.
    pub fn dimensions(&self, protocol: &Protocol, infant: &Infant) -> Vec<Dimension> {
        self.axes
            .iter()
            .map(|(finding, tests)| {
                let limits = limits(tests);
                let (mut values, is_missing) = possible_values(*finding, &limits, protocol, infant);
                values.sort_by_key(|value| value.position(&limits));
                Dimension {
                    finding: *finding,
                    values: distinct(values, tests),
                    limits,
                    is_missing,
                }
            })
            .collect()
    }
}

impl Axes<'_> {
    /// What of an infant's dimensions the result depends on: infants with the same key have the same status. A number counts
    /// by the answers of the tests on it, a category by itself.
    pub fn key(&self, dimensions: &[Dimension]) -> Vec<KeyPart> {
        let mut key = Vec::new();
        for ((_, tests), dimension) in self.axes.iter().zip(dimensions) {
            for value in &dimension.values {
                match *value {
                    Value::Response(Response::CountedAsNotPoor) => key.push(KeyPart::Category("counted as not poor")),
                    value => match value.code() {
                        Some(code) => key.push(KeyPart::Category(code)),
                        None => {
                            let mut case = anyone();
                            case.set(value);
                            key.extend(tests.iter().map(|test| KeyPart::Number(case.answer(test))));
                        }
                    },
                }
            }
            key.push(KeyPart::End);
        }
        key
    }
}

/// A part of [`Axes::key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum KeyPart {
    /// The code of a category.
    Category(&'static str),
    /// The answer of a test on a number.
    Number(Answer),
    /// The end of a dimension.
    End,
}

/// The limits of some tests, ascending, each once.
fn limits(tests: &[&Test]) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for limit in tests.iter().filter_map(|test| test.limit()) {
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    let rank = |limit: &Limit| match *limit {
        Limit::Age(AgeLimit::Days(days)) => f64::from(days),
        // Behind the same number of days: 365 days come before 12 months.
        Limit::Age(AgeLimit::Months(months)) => f64::from(month_span(months).0) + 0.5,
        Limit::Number(number) => number,
    };
    limits.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    limits
}

/// Keeps one value of those that no test separates.
fn distinct(values: Vec<Value>, tests: &[&Test]) -> Vec<Value> {
    let numeric = values.first().is_some_and(|value| value.code().is_none());
    if !numeric {
        return values;
    }
    let mut kept: Vec<(Vec<Answer>, Value)> = Vec::new();
    for value in values {
        let mut case = anyone();
        case.set(value);
        let answers: Vec<Answer> = tests.iter().map(|test| case.answer(test)).collect();
        if kept.iter().all(|(seen, _)| *seen != answers) {
            kept.push((answers, value));
        }
    }
    kept.into_iter().map(|(_, value)| value).collect()
}

/// Numbers just below, at and just above each limit.
fn around(limits: &[Limit]) -> Vec<f64> {
    let numbers = limits.iter().filter_map(|limit| match limit {
        Limit::Number(number) => Some(*number),
        Limit::Age(_) => None,
    });
    numbers
        .flat_map(|limit| [limit.next_down(), limit, limit.next_up()])
        .collect()
}

/// The age limits among limits.
fn age_limits(limits: &[Limit]) -> Vec<AgeLimit> {
    limits
        .iter()
        .filter_map(|limit| match limit {
            Limit::Age(limit) => Some(*limit),
            Limit::Number(_) => None,
        })
        .collect()
}

/// Returns the values of a finding possible for an infant, and whether the finding is (partly) unknown.
fn possible_values(finding: Finding, limits: &[Limit], protocol: &Protocol, infant: &Infant) -> (Vec<Value>, bool) {
    fn category<T: Copy>(known: Option<T>, all: &[T], value: fn(T) -> Value) -> (Vec<Value>, bool) {
        match known {
            Some(known) => (vec![value(known)], false),
            None => (all.iter().map(|&each| value(each)).collect(), true),
        }
    }
    const BOTH: &[bool] = &[true, false];
    match finding {
        Finding::Age => {
            let ages = Age::completions(infant.age, &age_limits(limits));
            let precise = infant.age.is_some() && ages.iter().all(|age| same_side(*age, ages[0], limits));
            (ages.into_iter().map(Value::Age).collect(), !precise)
        }
        Finding::Wbc => match infant.wbc {
            Some(wbc) => (vec![Value::Wbc(wbc)], false),
            None => (around(limits).into_iter().map(Value::Wbc).collect(), true),
        },
        Finding::Mrd(point) => match infant.mrd_at(point) {
            Some(fraction) => (vec![Value::Mrd(point, fraction)], false),
            None => (
                around(limits)
                    .into_iter()
                    .map(|fraction| Value::Mrd(point, fraction))
                    .collect(),
                true,
            ),
        },
        Finding::Kmt2a => {
            let readings = kmt2a_readings(protocol, infant.kmt2a);
            (readings.into_iter().map(Value::Kmt2a).collect(), infant.kmt2a.is_none())
        }
        Finding::Partner => {
            let (values, unknown) = category(infant.kmt2a_partner, Partner::ALL, Value::Partner);
            let has_partner = matches!(infant.kmt2a, None | Some(Kmt2a::Rearranged));
            (values, unknown && has_partner)
        }
        Finding::Lineage => category(infant.lineage, Lineage::ALL, Value::Lineage),
        Finding::Cns => {
            let possible = infant.possible_cns();
            let unknown = possible.len() > 1;
            (possible.into_iter().map(Value::Cns).collect(), unknown)
        }
        Finding::Response => {
            let (readings, unknown) = response_readings(protocol, infant.prednisone_response);
            (readings.into_iter().map(Value::Response).collect(), unknown)
        }
        Finding::Remission => category(infant.remission_eoi, BOTH, Value::Remission),
        Finding::Relapse => category(infant.relapse, BOTH, Value::Relapse),
        Finding::SecondRemission => category(infant.salvage_remission, BOTH, Value::SecondRemission),
        Finding::DownSyndrome => category(infant.down_syndrome, BOTH, Value::DownSyndrome),
    }
}

/// Returns the code of an infant's finding, where it is known and a category.
pub(super) fn code_of(finding: Finding, protocol: &Protocol, infant: &Infant) -> Option<&'static str> {
    match possible_values(finding, &[], protocol, infant) {
        (values, false) => match values[..] {
            [value] => value.code(),
            _ => None,
        },
        _ => None,
    }
}

/// True if two ages have the same position among the limits.
fn same_side(a: ExactAge, b: ExactAge, limits: &[Limit]) -> bool {
    Value::Age(a).position(limits) == Value::Age(b).position(limits)
}

/// Returns the statuses as which this KMT2A result can be read under this protocol.
fn kmt2a_readings(protocol: &Protocol, known: Option<Kmt2a>) -> Vec<Kmt2a> {
    let stated = |kmt2a| match kmt2a {
        Kmt2a::Rearranged | Kmt2a::Germline => true,
        Kmt2a::Ptd => matches!(protocol.ptd, Handling::Stated(_)),
        Kmt2a::Undetermined => matches!(protocol.undetermined_kmt2a, Handling::Stated(_)),
    };
    match known {
        Some(kmt2a) if stated(kmt2a) => vec![kmt2a],
        Some(Kmt2a::Ptd) if protocol.ptd == Handling::NotStatedNeitherToo => {
            vec![Kmt2a::Rearranged, Kmt2a::Germline, Kmt2a::Ptd]
        }
        Some(Kmt2a::Undetermined) if protocol.undetermined_kmt2a == Handling::NotStatedNeitherToo => {
            vec![Kmt2a::Rearranged, Kmt2a::Germline, Kmt2a::Undetermined]
        }
        Some(_) => vec![Kmt2a::Rearranged, Kmt2a::Germline],
        None => Kmt2a::ALL.iter().copied().filter(|&kmt2a| stated(kmt2a)).collect(),
    }
}

/// Returns the responses possible under this protocol, and whether an assessment could still determine it.
fn response_readings(protocol: &Protocol, known: Option<PrednisoneResponse>) -> (Vec<Response>, bool) {
    use PrednisoneResponse::NotAssessed;
    let asks = |(_, clause): &(_, &Clause)| clause.test == Test::ResponseIs(NotAssessed);
    let asked = protocol.clauses_that_combine().iter().any(asks);
    let assessed = PrednisoneResponse::ASSESSED
        .iter()
        .map(|&response| Response::Is(response));
    match known {
        None if asked => (assessed.chain([Response::Is(NotAssessed)]).collect(), true),
        None => (assessed.collect(), true),
        Some(NotAssessed) if asked => (vec![Response::Is(NotAssessed)], false),
        Some(NotAssessed) if protocol.unknown_response_is_not_poor.is_some() => {
            (vec![Response::CountedAsNotPoor], false)
        }
        Some(NotAssessed) => (assessed.collect(), false),
        Some(response) => (vec![Response::Is(response)], false),
    }
}

/// Returns the values of one finding as if it were unknown, on this infant's calendar.
pub(super) fn alternatives(dimension: &Dimension, protocol: &Protocol) -> Vec<Value> {
    let limits = &dimension.limits;
    if dimension.finding != Finding::Age {
        return possible_values(dimension.finding, limits, protocol, &Infant::default()).0;
    }
    let mut ages = Vec::new();
    for value in &dimension.values {
        let Value::Age(age) = *value else { continue };
        for day in age_limits(limits).into_iter().map(|limit| age.limit_day(limit)) {
            ages.extend([day.saturating_sub(1), day, day + 1].map(|day| Value::Age(age.on_day(day))));
        }
    }
    ages
}

/// Returns a case with arbitrary values, each of which is set by its dimension before a test uses it.
pub(super) fn anyone() -> Case {
    Case {
        age: ExactAge::newborn(),
        wbc: 0.0,
        kmt2a: Kmt2a::Undetermined,
        partner: Partner::Other,
        lineage: Lineage::B,
        cns: Cns::Cns1,
        response: Response::Is(PrednisoneResponse::Good),
        remission: true,
        mrd: [0.0; MrdPoint::COUNT],
        relapse: false,
        second_remission: false,
        down_syndrome: false,
    }
}

/// The case in which each dimension has the value at its index.
pub(super) fn case_at(dimensions: &[Dimension], indexes: &[usize]) -> Case {
    let mut case = anyone();
    for (dimension, &index) in dimensions.iter().zip(indexes) {
        case.set(dimension.values[index]);
    }
    case
}

//! Statements about other values, compared with trying them: each value replaces the known or missing one, and the
//! child is assessed again.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cotside_core::cohort::Placement;
use cotside_core::infant::{
    Age, AgeLimit, Cns, Date, Field, Infant, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse,
};
use cotside_core::protocols::{
    Assessment, Change, Edge, Finding, Handling, IfUnknown, Limit, Notice, PROTOCOLS, Possibility, Protocol, Role,
    Span, SpanValue, Status, Test, Truth, Why, assess, classify, placement, protocol,
};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

const FINDINGS: &[Finding] = &[
    Finding::Wbc,
    Finding::Kmt2a,
    Finding::Partner,
    Finding::Lineage,
    Finding::Cns,
    Finding::Response,
    Finding::Remission,
    Finding::Mrd(MrdPoint::EndOfInduction),
    Finding::Mrd(MrdPoint::EndOfConsolidation),
    Finding::Mrd(MrdPoint::BeforeOctadad),
    Finding::Mrd(MrdPoint::AfterBlinatumomab),
    Finding::Relapse,
    Finding::SecondRemission,
    Finding::DownSyndrome,
];

/// Births whose half year is short and long, one with a 29 February ahead.
const BIRTHS: &[(i32, u8, u8)] = &[(2022, 9, 1), (2023, 3, 1), (2024, 2, 29)];
const DAYS: &[u32] = &[0, 25, 89, 90, 100, 179, 180, 183, 200, 364, 365, 366, 380, 400];
const WBC: &[f64] = &[0.0, 20.0, 50.0, 120.0, 300.0, 310.0];
const MRD: &[f64] = &[0.0, 5e-5, 1e-4, 3e-4, 0.02];

fn date((year, month, day): (i32, u8, u8)) -> Date {
    Date::new(year, month, day).expect("a date")
}

/// A child born on a date, on a day of life.
fn aged(birth: Date, days: u32) -> Age {
    static DATES: LazyLock<BTreeMap<i64, Date>> = LazyLock::new(|| {
        let months = (2022..2028).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let dates = months.flat_map(|(year, month)| (1..=31).filter_map(move |day| Date::new(year, month, day)));
        dates.map(|date| (date.day_number(), date)).collect()
    });
    Age::Dates {
        birth,
        diagnosis: DATES[&(birth.day_number() + i64::from(days))],
    }
}

/// Makes a child of known age, with each other finding known or unknown.
fn child() -> impl Strategy<Value = Infant> {
    let first = (
        (select(BIRTHS), select(DAYS)),
        weighted(0.8, select(WBC)),
        weighted(0.9, select(Kmt2a::ALL)),
        weighted(0.8, select(Partner::ALL)),
        weighted(0.8, select(Lineage::ALL)),
        weighted(0.7, select(Cns::ALL)),
        weighted(0.8, select(PrednisoneResponse::ALL)),
    );
    let second = (
        weighted(0.3, any::<bool>()),
        weighted(0.8, any::<bool>()),
        proptest::array::uniform4(weighted(0.7, select(MRD))),
        weighted(0.9, any::<bool>()),
        weighted(0.8, any::<bool>()),
    );
    (first, second).prop_map(
        |(((birth, days), wbc, kmt2a, partner, lineage, cns, response), (blasts, remission, mrd, relapse, salvage))| {
            Infant {
                age: Some(aged(date(birth), days)),
                wbc,
                kmt2a,
                kmt2a_partner: partner.filter(|_| kmt2a == Some(Kmt2a::Rearranged)),
                lineage,
                cns,
                csf_blasts: blasts.filter(|_| cns.is_none()),
                prednisone_response: response,
                remission_eoi: remission,
                mrd,
                relapse,
                salvage_remission: salvage.filter(|_| relapse == Some(true)),
                ..Infant::default()
            }
        },
    )
}

/// A value to try.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value {
    Number(f64),
    Code(&'static str),
}

impl Value {
    fn lies_in(self, values: &SpanValue) -> bool {
        match (self, values) {
            (Self::Code(code), SpanValue::Codes(codes)) => codes.contains(&code),
            (Self::Number(number), SpanValue::Stretch(Span { from, to })) => {
                let beyond = |edge: &Edge, ahead: fn(f64, f64) -> bool| match edge.limit {
                    Limit::Number(limit) => ahead(number, limit) || (edge.inclusive && number == limit),
                    Limit::Age(_) => false,
                };
                from.iter().all(|edge| beyond(edge, |number, limit| number > limit))
                    && to.iter().all(|edge| beyond(edge, |number, limit| number < limit))
            }
            _ => false,
        }
    }
}

/// Every code of a finding, or numbers on both sides of and at every limit that some protocol has on it.
fn values(finding: Finding) -> Vec<Value> {
    let codes = |codes: &'static [&'static str]| codes.iter().map(|&code| Value::Code(code)).collect();
    match finding {
        Finding::Kmt2a => codes(Kmt2a::CODES),
        Finding::Partner => codes(Partner::CODES),
        Finding::Lineage => codes(Lineage::CODES),
        Finding::Cns => codes(Cns::CODES),
        Finding::Response => vec![Value::Code("good"), Value::Code("poor")],
        Finding::Remission | Finding::Relapse | Finding::SecondRemission | Finding::DownSyndrome => {
            codes(&["yes", "no"])
        }
        Finding::Age | Finding::Wbc | Finding::Mrd(_) => {
            let mut limits: Vec<f64> = limits(finding).iter().filter_map(|limit| number(*limit)).collect();
            limits.sort_by(f64::total_cmp);
            limits.dedup();
            let around = limits
                .iter()
                .flat_map(|limit| [limit.next_down(), *limit, limit.next_up()]);
            around.map(Value::Number).collect()
        }
    }
}

/// Every limit that some protocol has on a finding.
fn limits(finding: Finding) -> Vec<Limit> {
    let clauses = PROTOCOLS.iter().flat_map(|protocol| protocol.clauses_with_outcomes());
    clauses
        .filter(|(_, clause)| clause.test.finding() == Some(finding))
        .filter_map(|(_, clause)| clause.test.limit())
        .collect()
}

fn number(limit: Limit) -> Option<f64> {
    match limit {
        Limit::Number(number) => Some(number),
        Limit::Age(_) => None,
    }
}

/// The same child with another value.
fn with(infant: &Infant, finding: Finding, value: Value) -> Infant {
    let mut infant = infant.clone();
    match (finding, value) {
        (Finding::Wbc, Value::Number(wbc)) => infant.wbc = Some(wbc),
        (Finding::Mrd(point), Value::Number(fraction)) => infant.mrd[point.index()] = Some(fraction),
        (Finding::Kmt2a, Value::Code(code)) => infant.kmt2a = Kmt2a::from_code(code),
        (Finding::Partner, Value::Code(code)) => infant.kmt2a_partner = Partner::from_code(code),
        (Finding::Lineage, Value::Code(code)) => infant.lineage = Lineage::from_code(code),
        (Finding::Cns, Value::Code(code)) => infant.cns = Cns::from_code(code),
        (Finding::Response, Value::Code(code)) => infant.prednisone_response = PrednisoneResponse::from_code(code),
        (Finding::Remission, Value::Code(code)) => infant.remission_eoi = Some(code == "yes"),
        (Finding::Relapse, Value::Code(code)) => infant.relapse = Some(code == "yes"),
        (Finding::SecondRemission, Value::Code(code)) => infant.salvage_remission = Some(code == "yes"),
        (Finding::DownSyndrome, Value::Code(code)) => infant.down_syndrome = Some(code == "yes"),
        _ => panic!("{finding:?} is not {value:?}"),
    }
    infant
}

fn is_known(infant: &Infant, finding: Finding) -> bool {
    match finding {
        Finding::Age => infant.age.is_some(),
        Finding::Wbc => infant.wbc.is_some(),
        Finding::Kmt2a => infant.kmt2a.is_some(),
        Finding::Partner => infant.kmt2a_partner.is_some(),
        Finding::Lineage => infant.lineage.is_some(),
        Finding::Cns => infant.cns.is_some(),
        Finding::Response => infant.prednisone_response.is_some(),
        Finding::Remission => infant.remission_eoi.is_some(),
        Finding::Mrd(point) => infant.mrd_at(point).is_some(),
        Finding::Relapse => infant.relapse.is_some(),
        Finding::SecondRemission => infant.salvage_remission.is_some(),
        Finding::DownSyndrome => infant.down_syndrome.is_some(),
    }
}

/// Whether a protocol's sources say what a KMT2A result is.
fn places(protocol: &Protocol, value: Value) -> bool {
    let stated = |handling| matches!(handling, Handling::Stated(_));
    match value {
        Value::Code("ptd") => stated(protocol.ptd),
        Value::Code("undetermined") => stated(protocol.undetermined_kmt2a),
        _ => true,
    }
}

/// Group ids, sorted, with "n/a" where the protocol may not apply.
fn ids<'p>(protocol: &Protocol<'p>, possibility: Possibility) -> Vec<&'p str> {
    let mut ids: Vec<&str> = possibility.groups(protocol).iter().map(|group| group.id).collect();
    ids.extend(possibility.may_not_apply().then_some("n/a"));
    ids.sort_unstable();
    ids
}

fn answers<'p>(assessment: &Assessment<'p>) -> Vec<&'p str> {
    match assessment.status {
        Status::Assigned(group) => vec![group.id],
        Status::Undetermined(possibility) => ids(assessment.protocol, possibility),
        Status::NotApplicable(_) => vec!["n/a"],
    }
}

/// Whether the answer waits for something, or presumes something, so that learning it may contradict.
fn is_conditional(assessment: &Assessment) -> bool {
    let waits =
        matches!(assessment.status, Status::NotApplicable(criterion) if criterion.if_unknown == IfUnknown::Wait);
    let presumes = |notice: &Notice| matches!(notice, Notice::OnCondition(_));
    waits || assessment.notices.iter().any(presumes)
}

/// Whether nothing is assigned because something has not been reported to have happened.
fn is_waiting(assessment: &Assessment) -> bool {
    matches!(
        assessment.status,
        Status::NotApplicable(criterion) if criterion.if_unknown == IfUnknown::Wait
            && assessment.clause(criterion.clause.id).map(|result| result.truth) == Some(Truth::Unknown)
    )
}

/// Returns the reported changes of a finding.
fn changes_of<'a>(assessment: &'a Assessment, finding: Finding) -> Vec<&'a Change> {
    let changes = assessment.changes.iter();
    changes.filter(|change| change.finding == finding).collect()
}

/// The nearest of some places, on each side of here, at which the answers are others than now.
fn nearest<T: PartialOrd + Copy>(
    here: T,
    now: &[&str],
    places: &[T],
    answers_at: impl Fn(T) -> Vec<&'static str>,
) -> Vec<(T, Vec<&'static str>)> {
    let trying = |&place: &T| Some((place, answers_at(place))).filter(|(_, answers)| *answers != now);
    let below = places.iter().rev().filter(|place| **place < here).find_map(trying);
    let above = places.iter().filter(|place| **place > here).find_map(trying);
    below.into_iter().chain(above).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A cohort is placed as each of its infants alone: infants that are settled together differ in nothing that counts.
    #[test]
    fn a_cohort_is_placed_as_each_infant_alone(infants in proptest::collection::vec(child(), 1..40)) {
        for classified in classify(infants.iter()) {
            let alone: Vec<Placement> = infants.iter().map(|infant| placement(classified.protocol, infant)).collect();
            assert_eq!(classified.placements, alone, "{}", classified.protocol.id);
        }
    }

    /// A number that is known: the nearest value on each side at which the answer changes, and how far its limit is.
    #[test]
    fn nearest_numbers(infant in child()) {
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &infant);
            if is_waiting(&assessment) {
                continue;
            }
            for &finding in FINDINGS {
                let here = match finding {
                    Finding::Wbc => infant.wbc,
                    Finding::Mrd(point) => infant.mrd_at(point),
                    _ => None,
                };
                let Some(here) = here else { continue };
                let said: Vec<(f64, Vec<&str>)> = changes_of(&assessment, finding)
                    .iter()
                    .map(|change| {
                        let (limit, nearest) = match &change.when {
                            SpanValue::Stretch(Span { from: Some(Edge { limit: Limit::Number(limit), inclusive }), to: None }) => {
                                (*limit, if *inclusive { *limit } else { limit.next_up() })
                            }
                            SpanValue::Stretch(Span { from: None, to: Some(Edge { limit: Limit::Number(limit), inclusive }) }) => {
                                (*limit, if *inclusive { *limit } else { limit.next_down() })
                            }
                            other => panic!("{other:?}"),
                        };
                        assert_eq!(change.distance, Some((here - limit).abs()));
                        (nearest, ids(protocol, change.leads_to))
                    })
                    .collect();
                let places: Vec<f64> = values(finding)
                    .iter()
                    .filter_map(|value| match value { Value::Number(number) => Some(*number), Value::Code(_) => None })
                    .collect();
                let mut found = nearest(here, &answers(&assessment), &places, |number| {
                    answers(&assess(protocol, &with(&infant, finding, Value::Number(number))))
                });
                if matches!(assessment.status, Status::Undetermined(_)) {
                    found.clear();
                }
                prop_assert_eq!(said, found, "{} {:?} {:?}", protocol.id, finding, infant);
            }
        }
    }

    /// The nearest day of life on each side at which the answer changes, on this child's own calendar.
    #[test]
    fn nearest_days(infant in child()) {
        let Some(Age::Dates { birth, diagnosis }) = infant.age else { unreachable!("of known age") };
        let here = u32::try_from(diagnosis.day_number() - birth.day_number()).expect("born before");
        let day_of = |limit: AgeLimit| match limit {
            AgeLimit::Days(days) => days,
            AgeLimit::Months(months) => {
                u32::try_from(birth.plus_months(months).day_number() - birth.day_number()).expect("later")
            }
        };
        let limits = limits(Finding::Age);
        let on_limits = limits.iter().filter_map(|limit| match limit { Limit::Age(limit) => Some(day_of(*limit)), Limit::Number(_) => None });
        let mut days: Vec<u32> = on_limits.flat_map(|day| [day - 1, day, day + 1]).collect();
        days.sort_unstable();
        days.dedup();
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &infant);
            if is_waiting(&assessment) {
                continue;
            }
            let said: Vec<(u32, Vec<&str>)> = changes_of(&assessment, Finding::Age)
                .iter()
                .map(|change| {
                    let (limit, nearest) = match &change.when {
                        SpanValue::Stretch(Span { from: Some(Edge { limit: Limit::Age(limit), inclusive }), to: None }) => {
                            (day_of(*limit), day_of(*limit) + u32::from(!inclusive))
                        }
                        SpanValue::Stretch(Span { from: None, to: Some(Edge { limit: Limit::Age(limit), inclusive }) }) => {
                            (day_of(*limit), day_of(*limit) - u32::from(!inclusive))
                        }
                        other => panic!("{other:?}"),
                    };
                    assert_eq!(change.distance, Some(f64::from(here.abs_diff(limit))));
                    (nearest, ids(protocol, change.leads_to))
                })
                .collect();
            let mut found = nearest(here, &answers(&assessment), &days, |day| {
                answers(&assess(protocol, &Infant { age: Some(aged(birth, day)), ..infant.clone() }))
            });
            if matches!(assessment.status, Status::Undetermined(_)) {
                found.clear();
            }
            prop_assert_eq!(said, found, "{} {:?}", protocol.id, infant);
        }
    }

    /// A category that is known and that the rule names: exactly the values that change the result are reported, with
    /// their results.
    #[test]
    fn other_categories(infant in child()) {
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &infant);
            if matches!(assessment.status, Status::Undetermined(_)) {
                prop_assert!(assessment.changes.is_empty(), "{}", protocol.id);
            }
            if matches!(assessment.status, Status::Undetermined(_)) || is_waiting(&assessment) {
                continue;
            }
            let rule = protocol.clauses();
            let named = |finding| rule.iter().any(|(role, clause)| *role != Role::Hsct && clause.test.finding() == Some(finding));
            for &finding in FINDINGS.iter().filter(|&&finding| is_known(&infant, finding) && named(finding)) {
                for value in values(finding).into_iter().filter(|value| places(protocol, *value)) {
                    let Value::Code(_) = value else { continue };
                    let said: Vec<Vec<&str>> = changes_of(&assessment, finding)
                        .iter()
                        .filter(|change| value.lies_in(&change.when))
                        .map(|change| ids(protocol, change.leads_to))
                        .collect();
                    let then = answers(&assess(protocol, &with(&infant, finding, value)));
                    let expected = if then == answers(&assessment) { vec![] } else { vec![then] };
                    prop_assert_eq!(said, expected, "{} {:?} {:?} {:?}", protocol.id, finding, value, infant);
                }
            }
        }
    }

    /// A missing finding: each of its values has the reported result; a value that is not reported changes nothing.
    #[test]
    fn what_missing_findings_lead_to(infant in child()) {
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &infant);
            if is_conditional(&assessment) {
                continue;
            }
            let now = answers(&assessment);
            for &finding in FINDINGS.iter().filter(|&&finding| !is_known(&infant, finding)) {
                let has_partner = matches!(infant.kmt2a, None | Some(Kmt2a::Rearranged));
                if finding == Finding::Partner && !has_partner {
                    prop_assert!(assessment.deciders.iter().all(|decider| decider.finding != finding));
                    continue;
                }
                let possible: Vec<Value> = values(finding)
                    .into_iter()
                    .filter(|value| places(protocol, *value))
                    .filter(|value| finding != Finding::Cns || infant.possible_cns().iter().any(|cns| Value::Code(cns.code()) == *value))
                    .collect();
                let decider = assessment.deciders.iter().find(|decider| decider.finding == finding);
                let mut settled = Vec::new();
                for value in possible {
                    let then = answers(&assess(protocol, &with(&infant, finding, value)));
                    let said = match decider {
                        None => vec![now.clone()],
                        Some(decider) => decider
                            .cases
                            .iter()
                            .filter(|(values, _)| value.lies_in(values))
                            .map(|(_, possibility)| ids(protocol, *possibility))
                            .collect(),
                    };
                    settled.push(then.len() == 1);
                    prop_assert_eq!(said, vec![then], "{} {:?} {:?} {:?}", protocol.id, finding, value, infant);
                }
                if let Some(decider) = decider {
                    prop_assert_eq!(decider.settles(), settled.iter().all(|settled| *settled));
                    prop_assert_eq!(decider.may_settle(), settled.contains(&true));
                }
            }
        }
    }

    /// The reason for which a clause is unknown is true of the child.
    #[test]
    fn reasons_are_true(infant in child(), age in select(&[None, Some(Age::Days(182)), Some(Age::CompletedMonths(5))][..])) {
        let infant = Infant { age, ..infant };
        for assessment in PROTOCOLS.iter().map(|protocol| assess(protocol, &infant)) {
            for result in assessment.clauses.iter().filter(|result| result.truth == Truth::Unknown) {
                let finding = result.clause.test.finding();
                let value = match finding {
                    Some(Finding::Wbc) => infant.wbc,
                    Some(Finding::Mrd(point)) => infant.mrd_at(point),
                    _ => None,
                };
                let is_true = match result.why {
                    None => false,
                    Some(Why::Missing(field)) => {
                        finding.is_some_and(|finding| finding.field() == field && !is_known(&infant, finding))
                    }
                    Some(Why::AgeImprecise(field)) => {
                        let asked = match infant.age {
                            Some(Age::Days(_)) => Field::BirthDate,
                            _ => Field::AgeDays,
                        };
                        finding == Some(Finding::Age) && infant.age.is_some() && field == asked
                    }
                    Some(Why::Kmt2aNotStated(kmt2a)) => {
                        infant.kmt2a == Some(kmt2a) && !places(assessment.protocol, Value::Code(kmt2a.code()))
                    }
                    Some(Why::ResponseNotAssessed) => {
                        infant.prednisone_response == Some(PrednisoneResponse::NotAssessed)
                    }
                    Some(Why::Cns2NotStated) => infant.cns == Some(Cns::Cns2),
                    Some(Why::UndefinedAtLimit) => value.is_some() && value == result.clause.test.limit().and_then(number),
                    Some(Why::NotAsked) => matches!(result.clause.test, Test::NotAsked(_)),
                };
                prop_assert!(is_true, "{} {}: {:?}", assessment.protocol.id, result.clause.id, result.why);
            }
        }
    }
}

#[test]
fn a_rule_without_groups_still_says_from_which_age_it_does_not_apply() {
    let infant = Infant {
        age: Some(Age::Days(300)),
        kmt2a: Some(Kmt2a::Rearranged),
        ..Infant::default()
    };
    let changes = |id| protocol(id).map_or(Vec::new(), |protocol| assess(protocol, &infant).changes);
    let birthday = SpanValue::Stretch(Span {
        from: Some(Edge {
            limit: Limit::Age(AgeLimit::Months(12)),
            inclusive: true,
        }),
        to: None,
    });
    let said: Vec<(Finding, SpanValue)> = changes("cog-p9407")
        .into_iter()
        .map(|change| (change.finding, change.when))
        .collect();
    assert_eq!(said, [(Finding::Age, birthday)]);
    // Not before the relapse is reported that it waits for.
    assert!(changes("japan-relapse").is_empty());
}

#[test]
fn an_unknown_cns_status_is_asked_for_with_the_values_that_the_fluid_leaves() {
    let said = |csf_blasts| -> Vec<(Field, SpanValue)> {
        let infant = Infant {
            age: Some(Age::Days(200)),
            kmt2a: Some(Kmt2a::Rearranged),
            csf_blasts,
            ..Infant::default()
        };
        let assessment = protocol("mll-10").map(|protocol| assess(protocol, &infant));
        let deciders = assessment.into_iter().flat_map(|assessment| assessment.deciders);
        deciders
            .flat_map(|decider| {
                decider
                    .cases
                    .into_iter()
                    .map(move |(values, _)| (decider.field, values))
            })
            .collect()
    };
    let each = |codes: &[&[&'static str]]| -> Vec<(Field, SpanValue)> {
        let codes = codes.iter().map(|codes| SpanValue::Codes(codes.to_vec()));
        codes.map(|codes| (Field::Cns, codes)).collect()
    };
    // CNS2 does not count as CNS disease.
    assert_eq!(said(None), each(&[&["1", "2"], &["3"]]));
    assert_eq!(said(Some(true)), each(&[&["2"], &["3"]]));
    // Without blasts in the fluid it is CNS1, or CNS3 by clinical signs.
    assert_eq!(said(Some(false)), each(&[&["1"], &["3"]]));
}

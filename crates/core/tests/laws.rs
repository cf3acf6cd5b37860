//! Properties of every infant under every protocol.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cotside_core::cohort::read_table;
use cotside_core::infant::{
    Age, Cns, Date, Entry, Field, Infant, Kind, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse, read,
};
use cotside_core::protocols::{
    Assessment, AtLimit, Clause, Finding, HsctStatus, IfUnknown, Notice, Operator, PROTOCOLS, Protocol, Role, Status,
    Test, Truth, Why, assess, assess_all, disagreements, worth_knowing_next,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Days of life around every limit of every protocol.
const DAYS: &[u32] = &[
    0, 20, 89, 90, 91, 92, 93, 179, 180, 181, 182, 183, 184, 185, 300, 364, 365, 366, 367, 392, 398, 700,
];
/// White cells around every limit, × 10⁹/L.
const WBC: &[f64] = &[0.0, 49.999, 50.0, 50.001, 299.999, 300.0, 300.001, 1100.0];
/// Residual disease around every limit, as a fraction.
const MRD: &[f64] = &[0.0, 0.99e-4, 1e-4, 1.01e-4, 5e-4, 1e-2];
/// Birth dates whose sixth month falls on days 181, 182, 183 and 184, one with a 29 February ahead.
const BIRTHS: &[(i32, u8, u8)] = &[
    (2022, 9, 1),
    (2023, 9, 1),
    (2023, 1, 15),
    (2023, 3, 1),
    (2023, 8, 31),
    (2024, 2, 29),
];

/// The age of a child born on a date, on a day of life.
fn age_on(birth: (i32, u8, u8), days: u32) -> Age {
    static DATES: LazyLock<BTreeMap<i64, Date>> = LazyLock::new(|| {
        let months = (2022..2028).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let dates = months.flat_map(|(year, month)| (1..=31).filter_map(move |day| Date::new(year, month, day)));
        dates.map(|date| (date.day_number(), date)).collect()
    });
    let birth = Date::new(birth.0, birth.1, birth.2).expect("a date");
    Age::Dates {
        birth,
        diagnosis: DATES[&(birth.day_number() + i64::from(days))],
    }
}

/// Makes a child with all findings known, age to the day.
fn complete() -> impl Strategy<Value = Infant> {
    let first = (
        (select(BIRTHS), select(DAYS)),
        select(WBC),
        select(Kmt2a::ALL),
        select(Partner::ALL),
        select(Lineage::ALL),
        select(Cns::ALL),
        select(PrednisoneResponse::ALL),
    );
    let second = (
        any::<bool>(),
        proptest::array::uniform4(select(MRD)),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    (first, second).prop_map(
        |((age, wbc, kmt2a, partner, lineage, cns, response), (remission, mrd, relapse, salvage, down))| Infant {
            age: Some(age_on(age.0, age.1)),
            wbc: Some(wbc),
            kmt2a: Some(kmt2a),
            kmt2a_partner: (kmt2a == Kmt2a::Rearranged).then_some(partner),
            lineage: Some(lineage),
            cns: Some(cns),
            prednisone_response: Some(response),
            remission_eoi: Some(remission),
            down_syndrome: Some(down),
            mrd: mrd.map(Some),
            relapse: Some(relapse),
            salvage_remission: relapse.then_some(salvage),
            ..Infant::default()
        },
    )
}

/// The findings that can be removed; a partner is removed with its rearrangement.
const REMOVABLE: &[Finding] = &[
    Finding::Age,
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

fn without(infant: &Infant, removed: &[Finding]) -> Infant {
    let mut infant = infant.clone();
    for finding in removed {
        match finding {
            Finding::Age => infant.age = None,
            Finding::Wbc => infant.wbc = None,
            Finding::Kmt2a => (infant.kmt2a, infant.kmt2a_partner) = (None, None),
            Finding::Partner => infant.kmt2a_partner = None,
            Finding::Lineage => infant.lineage = None,
            Finding::Cns => infant.cns = None,
            Finding::Response => infant.prednisone_response = None,
            Finding::Remission => infant.remission_eoi = None,
            Finding::Mrd(point) => infant.mrd[point.index()] = None,
            Finding::Relapse => (infant.relapse, infant.salvage_remission) = (None, None),
            Finding::SecondRemission => infant.salvage_remission = None,
            Finding::DownSyndrome => infant.down_syndrome = None,
        }
    }
    infant
}

/// Every way to fill in one missing finding.
fn filled(infant: &Infant, finding: Finding) -> Vec<Infant> {
    let with = |change: &dyn Fn(&mut Infant)| {
        let mut infant = infant.clone();
        change(&mut infant);
        infant
    };
    match finding {
        Finding::Age => BIRTHS
            .iter()
            .flat_map(|&birth| DAYS.iter().map(move |&days| (birth, days)))
            .map(|(birth, days)| with(&|infant| infant.age = Some(age_on(birth, days))))
            .collect(),
        Finding::Wbc => WBC.iter().map(|&wbc| with(&|infant| infant.wbc = Some(wbc))).collect(),
        Finding::Kmt2a => Kmt2a::ALL
            .iter()
            .flat_map(|&kmt2a| {
                let partners = if kmt2a == Kmt2a::Rearranged {
                    Partner::ALL
                } else {
                    &[Partner::Other]
                };
                partners.iter().map(move |&partner| (kmt2a, partner))
            })
            .map(|(kmt2a, partner)| {
                with(&|infant| {
                    infant.kmt2a = Some(kmt2a);
                    infant.kmt2a_partner = (kmt2a == Kmt2a::Rearranged).then_some(partner);
                })
            })
            .collect(),
        Finding::Partner if infant.kmt2a == Some(Kmt2a::Rearranged) => Partner::ALL
            .iter()
            .map(|&partner| with(&|infant| infant.kmt2a_partner = Some(partner)))
            .collect(),
        Finding::Partner => vec![infant.clone()],
        Finding::Lineage => Lineage::ALL
            .iter()
            .map(|&lineage| with(&|infant| infant.lineage = Some(lineage)))
            .collect(),
        Finding::Cns => Cns::ALL
            .iter()
            .map(|&cns| with(&|infant| infant.cns = Some(cns)))
            .collect(),
        Finding::Response => {
            let all = PrednisoneResponse::ALL.iter();
            all.map(|&response| with(&|infant| infant.prednisone_response = Some(response)))
                .collect()
        }
        Finding::Remission => [true, false]
            .iter()
            .map(|&yes| with(&|infant| infant.remission_eoi = Some(yes)))
            .collect(),
        Finding::Mrd(point) => MRD
            .iter()
            .map(|&value| with(&|infant| infant.mrd[point.index()] = Some(value)))
            .collect(),
        Finding::Relapse => [Some(true), Some(false)]
            .iter()
            .flat_map(|&relapse| [true, false].map(|salvage| (relapse, salvage)))
            .map(|(relapse, salvage)| {
                with(&|infant| {
                    infant.relapse = relapse;
                    infant.salvage_remission = (relapse == Some(true)).then_some(salvage);
                })
            })
            .collect(),
        Finding::DownSyndrome => [true, false]
            .iter()
            .map(|&yes| with(&|infant| infant.down_syndrome = Some(yes)))
            .collect(),
        Finding::SecondRemission => [true, false]
            .iter()
            .map(|&yes| with(&|infant| infant.salvage_remission = Some(yes)))
            .collect(),
    }
}

/// Group ids that are possible, sorted, with "n/a" where the protocol may not apply.
fn answers<'p>(assessment: &Assessment<'p>) -> Vec<&'p str> {
    let mut ids: Vec<&str> = assessment.possible().iter().map(|group| group.id).collect();
    match assessment.status {
        Status::NotApplicable(_) => ids.push("n/a"),
        Status::Undetermined(possible) if possible.may_not_apply() => ids.push("n/a"),
        _ => {}
    }
    ids.sort_unstable();
    ids
}

/// Whether the answer names a condition under which alone it is given, or waits for something to happen.
fn is_conditional(assessment: &Assessment) -> bool {
    let waits =
        matches!(assessment.status, Status::NotApplicable(criterion) if criterion.if_unknown == IfUnknown::Wait);
    let named = assessment
        .notices
        .iter()
        .any(|notice| matches!(notice, Notice::OnCondition(_)));
    waits || named
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// More information never contradicts an earlier result: the possible results only get fewer.
    #[test]
    fn more_information_only_narrows((full, removed) in (complete(), subsequence(REMOVABLE, 0..=REMOVABLE.len()))) {
        let partial = without(&full, &removed);
        // One by one, each step narrower than the one before.
        let mut before = assess_all(&partial);
        for known in (0..removed.len()).rev() {
            let after = assess_all(&without(&full, &removed[..known]));
            for (before, after) in before.iter().zip(&after) {
                if is_conditional(before) {
                    continue;
                }
                let (wide, narrow) = (answers(before), answers(after));
                prop_assert!(narrow.iter().all(|id| wide.contains(id)), "{}: {wide:?} became {narrow:?}", before.protocol.id);
                for (was, is) in before.clauses.iter().zip(&after.clauses) {
                    prop_assert!(was.truth == Truth::Unknown || was.truth == is.truth, "{}: {}", before.protocol.id, was.clause.id);
                }
            }
            before = after;
        }
    }

    /// The engine's few cases are sufficient: trying every value of the missing findings gives the same results.
    #[test]
    fn equal_to_brute_force((full, removed) in (complete(), subsequence(REMOVABLE, 0..=3))) {
        let partial = without(&full, &removed);
        let mut children = vec![partial.clone()];
        for &finding in &removed {
            children = children.iter().flat_map(|child| filled(child, finding)).collect();
        }
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &partial);
            if is_conditional(&assessment) {
                continue;
            }
            let mut tried: Vec<&str> = children.iter().flat_map(|child| answers(&assess(protocol, child))).collect();
            tried.sort_unstable();
            tried.dedup();
            prop_assert_eq!(answers(&assessment), tried, "{}", protocol.id);
        }
    }

    /// A result is assigned, undetermined or not applicable, and has reasons.
    #[test]
    fn answers_are_whole((full, removed) in (complete(), subsequence(REMOVABLE, 0..=REMOVABLE.len()))) {
        let infant = without(&full, &removed);
        let all = assess_all(&infant);
        for assessment in &all {
            let possible = assessment.possible();
            match assessment.status {
                Status::Assigned(group) => {
                    prop_assert_eq!(possible, vec![group]);
                    prop_assert!(assessment.deciders.is_empty());
                    prop_assert!(!assessment.decided_by.is_empty() || assessment.protocol.groups.len() == 1);
                }
                Status::Undetermined(_) => {
                    prop_assert!(!possible.is_empty());
                    let open = assessment.clauses.iter().any(|clause| clause.truth == Truth::Unknown);
                    prop_assert!(open && assessment.changes.is_empty());
                }
                Status::NotApplicable(criterion) => {
                    prop_assert!(possible.is_empty() && assessment.outcomes.is_empty());
                    prop_assert_eq!(assessment.hsct.status, HsctStatus::NotApplicable);
                    prop_assert!(assessment.clause(criterion.clause.id).map(|result| result.truth) != Some(Truth::True));
                }
            }
            for clause in &assessment.clauses {
                prop_assert_eq!(clause.why.is_some(), clause.truth == Truth::Unknown);
            }
            for matched in &assessment.outcomes {
                prop_assert!(matched.truth != Truth::False);
            }
        }
        for next in worth_knowing_next(&all) {
            let known = [&next.decides, &next.may_decide, &next.narrows].iter().map(|list| list.len()).sum::<usize>();
            prop_assert!(known > 0);
        }
        for disagreement in disagreements(&all) {
            prop_assert!(disagreement.views.len() > 1 || !disagreement.decides_nothing_in.is_empty());
            for view in &disagreement.views {
                for protocol in &view.protocols {
                    let answer = all.iter().find(|each| each.protocol.id == protocol.id);
                    let deciding = answer.map(|each| &each.decided_by[..]).unwrap_or_default();
                    let decides = |clause: &&Clause| clause.test.finding() == Some(disagreement.finding);
                    prop_assert!(deciding.iter().any(decides), "{}: {:?}", protocol.id, disagreement.finding);
                }
            }
        }
    }

    /// The reported results of a missing finding are its actual results.
    #[test]
    fn deciders_keep_their_word((full, removed) in (complete(), subsequence(REMOVABLE, 1..=3))) {
        let infant = without(&full, &removed);
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &infant);
            if is_conditional(&assessment) {
                continue;
            }
            for decider in assessment.deciders.iter().filter(|decider| decider.settles()) {
                for child in filled(&infant, decider.finding) {
                    let after = assess(protocol, &child);
                    // A result that the protocol's sources do not classify decides nothing.
                    let placed = |why| !matches!(why, Some(Why::Kmt2aNotStated(_) | Why::ResponseNotAssessed));
                    if !after.clauses.iter().all(|clause| placed(clause.why)) {
                        continue;
                    }
                    prop_assert!(!matches!(after.status, Status::Undetermined(_)), "{}: {:?}", protocol.id, decider.finding);
                }
            }
        }
    }

    /// A known finding set to a value reported to change the result changes it as reported.
    #[test]
    fn changes_keep_their_word(full in complete()) {
        for protocol in PROTOCOLS {
            let assessment = assess(protocol, &full);
            for change in &assessment.changes {
                let reached: Vec<&str> = filled(&full, change.finding)
                    .iter()
                    .flat_map(|child| answers(&assess(protocol, child)))
                    .collect();
                for group in change.leads_to.groups(protocol) {
                    prop_assert!(reached.contains(&group.id), "{}: {:?} does not reach {}", protocol.id, change.finding, group.id);
                }
            }
        }
    }

    /// The order in which fields are filled in does not matter, and no text makes the reader fail.
    #[test]
    fn any_text_in_any_order(pairs in proptest::collection::vec((select(Field::ALL), texts()), 0..12)) {
        let mut last: Vec<(Field, String)> = Vec::new();
        for (field, text) in pairs {
            last.retain(|(known, _)| *known != field);
            last.push((field, text));
        }
        let forwards = read(&Entry::from_pairs(last.iter().map(|(field, text)| (*field, text.as_str()))));
        let backwards = read(&Entry::from_pairs(last.iter().rev().map(|(field, text)| (*field, text.as_str()))));
        prop_assert_eq!(&forwards, &backwards);
        for issue in &forwards.issues {
            prop_assert!(!issue.fields.is_empty());
        }
        let _ = assess_all(&forwards.infant);
    }

    /// No bytes make the file reader fail without saying why.
    #[test]
    fn any_file(bytes in files()) {
        if let Ok(table) = read_table(&bytes) {
            prop_assert!(!table.patients.is_empty());
            for patient in &table.patients {
                let _ = assess_all(&patient.reading.infant);
            }
        }
    }

    /// A finding that contradicts another is never used, on either side.
    #[test]
    fn contradictions_are_not_used(cns in select(Cns::CODES), blasts in select(&["yes", "no"][..]), cells in select(&["0", "4.9", "5", "40"][..])) {
        let reading = read(&Entry::from_pairs([(Field::Cns, cns), (Field::CsfBlasts, blasts), (Field::CsfWbc, cells)]));
        let many = cells == "5" || cells == "40";
        let agree = match cns {
            "1" => blasts == "no",
            "2" => blasts == "yes" && !many,
            _ => true,
        };
        prop_assert_eq!(reading.is_sound(), agree);
        prop_assert_eq!(reading.infant.cns.is_some(), agree);
    }
}

/// Texts that come near to being values.
fn texts() -> impl Strategy<Value = String> {
    let codes: Vec<&'static str> = Field::ALL
        .iter()
        .flat_map(|field| match field.kind() {
            Kind::Code(codes) => codes.to_vec(),
            _ => Vec::new(),
        })
        .collect();
    prop_oneof![
        select(codes).prop_map(str::to_owned),
        "[0-9]{1,5}(\\.[0-9]{1,3})?(e-?[0-9]{1,3})? ?%?",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "\\PC{0,12}",
    ]
}

/// Bytes that come near to being a file of patients.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let columns = subsequence(Field::ALL, 1..=6);
    let rows = proptest::collection::vec(proptest::collection::vec(texts(), 1..7), 0..5);
    let table = (columns, rows).prop_map(|(columns, rows)| {
        let header: Vec<&str> = columns.iter().map(|field| field.column()).collect();
        let mut text = header.join(",");
        for row in rows {
            text.push('\n');
            text.push_str(&row.join(","));
        }
        text.into_bytes()
    });
    prop_oneof![table, proptest::collection::vec(any::<u8>(), 0..80)]
}

/// Every clause with a limit, just below, at and just above it, and unknown: generated from the definitions.
#[test]
fn every_cut_off_on_both_sides_and_unknown() {
    let mut tried = 0;
    for protocol in PROTOCOLS {
        for (_, clause) in protocol.clauses() {
            let truth = |infant: &Infant| assess(protocol, infant).clause(clause.id).map(|result| result.truth);
            assert_eq!(
                truth(&Infant::default()),
                Some(Truth::Unknown),
                "{} {}",
                protocol.id,
                clause.id
            );
            for (infant, expected) in sides(&clause.test) {
                assert_eq!(
                    truth(&infant),
                    Some(expected),
                    "{} {} {infant:?}",
                    protocol.id,
                    clause.id
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

/// Returns values around the limit of a test, and its expected truth.
fn sides(test: &Test) -> Vec<(Infant, Truth)> {
    use cotside_core::infant::AgeLimit::{Days, Months};
    let holds = |yes| if yes { Truth::True } else { Truth::False };
    let aged = |birth, days| Infant {
        age: Some(age_on(birth, days)),
        ..Infant::default()
    };
    let day_of = |birth: (i32, u8, u8), limit| match limit {
        Days(days) => days,
        Months(months) => {
            let birth = Date::new(birth.0, birth.1, birth.2).expect("a date");
            u32::try_from(birth.plus_months(months).day_number() - birth.day_number()).expect("later")
        }
    };
    let number = |set: &dyn Fn(f64) -> Infant, threshold: &cotside_core::protocols::Threshold| {
        let limit = threshold.limit;
        let at = match threshold.at_limit {
            AtLimit::Undefined => Truth::Unknown,
            AtLimit::Stated | AtLimit::Disputed => holds(threshold.operator == Operator::AtLeast),
        };
        vec![
            (set(limit.next_down()), Truth::False),
            (set(limit), at),
            (set(limit.next_up()), Truth::True),
        ]
    };
    match test {
        Test::YoungerThan(limit) | Test::YoungerThanOpen(limit) | Test::AtMostAged(limit) => BIRTHS
            .iter()
            .flat_map(|&birth| {
                let day = day_of(birth, *limit);
                let at = match test {
                    Test::YoungerThanOpen(_) => Truth::Unknown,
                    _ => holds(matches!(test, Test::AtMostAged(_))),
                };
                [
                    (aged(birth, day - 1), Truth::True),
                    (aged(birth, day), at),
                    (aged(birth, day + 1), Truth::False),
                ]
            })
            .collect(),
        Test::Wbc(threshold) => number(
            &|wbc| Infant {
                wbc: Some(wbc),
                ..Infant::default()
            },
            threshold,
        ),
        Test::Mrd(point, threshold) => number(
            &|fraction| {
                let mut infant = Infant::default();
                infant.mrd[point.index()] = Some(fraction);
                infant
            },
            threshold,
        ),
        Test::CnsDisease => [
            (Cns::Cns1, Truth::False),
            (Cns::Cns2, Truth::Unknown),
            (Cns::Cns3, Truth::True),
        ]
        .map(|(cns, truth)| {
            (
                Infant {
                    cns: Some(cns),
                    ..Infant::default()
                },
                truth,
            )
        })
        .to_vec(),
        Test::Cns3 => Cns::ALL
            .iter()
            .map(|&cns| {
                let infant = Infant {
                    cns: Some(cns),
                    ..Infant::default()
                };
                (infant, holds(cns == Cns::Cns3))
            })
            .collect(),
        Test::ResponseIs(asked) => PrednisoneResponse::ASSESSED
            .iter()
            .map(|&response| {
                (
                    Infant {
                        prednisone_response: Some(response),
                        ..Infant::default()
                    },
                    holds(response == *asked),
                )
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Each protocol is complete: ids are unique, the last group contains all remaining children, no text is empty.
#[test]
fn definitions_are_whole() {
    for (position, protocol) in PROTOCOLS.iter().enumerate() {
        let is_again = |later: &&Protocol| later.id == protocol.id;
        assert!(
            !PROTOCOLS[position + 1..].iter().any(is_again),
            "{} stands twice",
            protocol.id
        );
        let clauses = protocol.clauses_with_outcomes();
        for (index, (_, clause)) in clauses.iter().enumerate() {
            assert!(
                clauses[index + 1..].iter().all(|(_, later)| later.id != clause.id),
                "{} {}",
                protocol.id,
                clause.id
            );
            assert!(!clause.cite.source.reference.is_empty());
        }
        assert!(!protocol.eligible.is_empty() && clauses.iter().any(|(role, _)| *role == Role::Eligibility));
        for text in [
            protocol.name,
            protocol.organisation,
            protocol.summary,
            protocol.hsct.text,
            protocol.era.text,
        ] {
            assert!(
                !text.trim().is_empty() && !text.contains("  "),
                "{}: {text:?}",
                protocol.id
            );
        }
        for outcome in protocol.outcomes {
            assert!(
                (0.0..=100.0).contains(&outcome.estimate) && !outcome.population.is_empty(),
                "{}",
                protocol.id
            );
            if let Some(interval) = outcome.interval95() {
                let inside = interval.low <= outcome.estimate && outcome.estimate <= interval.high;
                assert!(inside, "{}: {} outside {interval:?}", protocol.id, outcome.estimate);
            }
        }
    }
}

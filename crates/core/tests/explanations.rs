//! Deciding clauses, deciding missing findings, changes, and the most informative missing finding: for single infants,
//! by hand.

#![allow(clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::infant::{AgeLimit, Entry, Field, Infant, read};
use cotside_core::protocols::{
    Assessment, Edge, Finding, HsctStatus, Limit, Notice, Span, SpanValue, Status, Truth, Why, assess, assess_all,
    disagreements, protocol, worth_knowing_next,
};

fn infant(pairs: &[(Field, &str)]) -> Infant {
    read(&Entry::from_pairs(pairs.iter().copied())).infant
}

fn answer(id: &str, pairs: &[(Field, &str)]) -> Assessment<'static> {
    let Some(protocol) = protocol(id) else {
        panic!("no {id}")
    };
    assess(protocol, &infant(pairs))
}

/// Values and the groups that they lead to; "n/a" for not applicable.
fn leads_to<'p>(
    assessment: &Assessment<'p>,
    cases: &[(SpanValue, cotside_core::protocols::Possibility)],
) -> Vec<(SpanValue, Vec<&'p str>)> {
    let each = cases.iter().map(|(values, possible)| {
        let mut ids: Vec<&str> = possible
            .groups(assessment.protocol)
            .iter()
            .map(|group| group.id)
            .collect();
        if possible.may_not_apply() {
            ids.push("n/a");
        }
        (values.clone(), ids)
    });
    each.collect()
}

const fn edge(limit: Limit, inclusive: bool) -> Option<Edge> {
    Some(Edge { limit, inclusive })
}

fn stretch(from: Option<Edge>, to: Option<Edge>) -> SpanValue {
    SpanValue::Stretch(Span { from, to })
}

const REARRANGED: (Field, &str) = (Field::Kmt2a, "rearranged");
const WBC_300: Limit = Limit::Number(300.0);
const DAYS_180: Limit = Limit::Age(AgeLimit::Days(180));
const MONTHS_6: Limit = Limit::Age(AgeLimit::Months(6));

#[test]
fn the_clauses_that_decided() {
    use Field as F;
    for (id, pairs, decided) in [
        (
            "interfant-06",
            vec![REARRANGED, (F::AgeDays, "10"), (F::Wbc, "300")],
            vec!["kmt2a-rearranged", "younger-than-6-months", "wbc-at-least-300"],
        ),
        // One of two reasons is enough.
        (
            "interfant-06",
            vec![
                REARRANGED,
                (F::AgeDays, "10"),
                (F::Wbc, "300"),
                (F::PrednisoneResponse, "poor"),
            ],
            vec!["kmt2a-rearranged", "younger-than-6-months", "wbc-at-least-300"],
        ),
        (
            "interfant-06",
            vec![(F::Kmt2a, "germline"), (F::AgeDays, "10")],
            vec!["kmt2a-germline"],
        ),
        // One failing part is why "high" failed; all failing alternatives are needed for an "or".
        (
            "interfant-06",
            vec![REARRANGED, (F::AgeDays, "300")],
            vec!["kmt2a-rearranged", "younger-than-6-months"],
        ),
        (
            "interfant-06",
            vec![
                REARRANGED,
                (F::AgeDays, "10"),
                (F::Wbc, "20"),
                (F::PrednisoneResponse, "good"),
            ],
            vec!["kmt2a-rearranged", "wbc-at-least-300", "poor-prednisone-response"],
        ),
        // Of several failing parts of an "and" the first is enough.
        (
            "interfant-06",
            vec![
                REARRANGED,
                (F::AgeDays, "300"),
                (F::Wbc, "20"),
                (F::PrednisoneResponse, "good"),
            ],
            vec!["kmt2a-rearranged", "younger-than-6-months"],
        ),
        (
            "mll-10",
            vec![REARRANGED, (F::AgeDays, "365")],
            vec!["younger-than-365-days"],
        ),
        (
            "mll03",
            vec![REARRANGED, (F::AgeDays, "100")],
            vec!["kmt2a-rearranged", "younger-than-12-months"],
        ),
        (
            "severance",
            vec![(F::Kmt2a, "ptd"), (F::AgeDays, "300"), (F::Wbc, "49")],
            vec!["younger-than-6-months", "wbc-at-least-50", "kmt2a-rearranged"],
        ),
        // A response that was not assessed is a reason where the protocol's text classifies it; age is not a reason.
        (
            "interfant-21",
            vec![
                REARRANGED,
                (F::AgeDays, "90"),
                (F::Wbc, "100"),
                (F::PrednisoneResponse, "not_assessed"),
            ],
            vec!["wbc-more-than-300", "poor-prednisone-response"],
        ),
    ] {
        let found: Vec<&str> = answer(id, &pairs).decided_by.iter().map(|clause| clause.id).collect();
        assert_eq!(found, decided, "{id} {pairs:?}");
    }
}

#[test]
fn what_a_missing_number_would_decide_is_joined_into_stretches() {
    let open = answer(
        "interfant-06",
        &[REARRANGED, (Field::AgeDays, "10"), (Field::PrednisoneResponse, "good")],
    );
    let [decider] = &open.deciders[..] else {
        panic!("{:?}", open.deciders)
    };
    assert_eq!(
        (decider.finding, decider.field, decider.settles()),
        (Finding::Wbc, Field::Wbc, true)
    );
    assert_eq!(
        leads_to(&open, &decider.cases),
        [
            (stretch(None, edge(WBC_300, false)), vec!["medium"]),
            (stretch(edge(WBC_300, true), None), vec!["high"]),
        ]
    );
}

#[test]
fn an_imprecise_age_asks_for_dates_and_months_ask_for_days() {
    let in_days = answer(
        "interfant-06",
        &[REARRANGED, (Field::AgeDays, "182"), (Field::Wbc, "400")],
    );
    assert_eq!(in_days.missing(), [Field::BirthDate]);
    let [decider] = &in_days.deciders[..] else {
        panic!("{:?}", in_days.deciders)
    };
    assert_eq!(
        leads_to(&in_days, &decider.cases),
        [
            (stretch(None, edge(MONTHS_6, false)), vec!["high"]),
            (stretch(edge(MONTHS_6, true), None), vec!["medium"])
        ]
    );
    assert_eq!(
        in_days.clause("younger-than-6-months").and_then(|clause| clause.why),
        Some(Why::AgeImprecise(Field::BirthDate))
    );
    let in_months = answer("mll-10", &[REARRANGED, (Field::AgeMonths, "5"), (Field::Cns, "1")]);
    assert_eq!(in_months.missing(), [Field::AgeDays]);
    assert_eq!(
        in_months.clause("younger-than-180-days").and_then(|clause| clause.why),
        Some(Why::AgeImprecise(Field::AgeDays))
    );
}

#[test]
fn what_the_sources_leave_open_is_not_missing() {
    for (birth, diagnosis) in [("2022-09-01", "2023-03-01"), ("2024-01-15", "2024-07-15")] {
        let on_the_day = answer(
            "interfant-21",
            &[
                REARRANGED,
                (Field::BirthDate, birth),
                (Field::DiagnosisDate, diagnosis),
                (Field::Wbc, "400"),
            ],
        );
        assert!(matches!(on_the_day.status, Status::Undetermined(_)) && on_the_day.missing().is_empty());
        assert_eq!(
            on_the_day.clause("younger-than-6-months").and_then(|clause| clause.why),
            Some(Why::UndefinedAtLimit)
        );
    }
    let exactly_300 = answer(
        "interfant-21",
        &[
            REARRANGED,
            (Field::AgeDays, "10"),
            (Field::Wbc, "300"),
            (Field::PrednisoneResponse, "good"),
        ],
    );
    assert!(matches!(exactly_300.status, Status::Undetermined(_)) && exactly_300.missing().is_empty());
    let why: Vec<Option<Why>> = exactly_300.clauses.iter().map(|clause| clause.why).collect();
    assert!(why.contains(&Some(Why::UndefinedAtLimit)), "{why:?}");
    let duplication = answer("mll03", &[(Field::Kmt2a, "ptd"), (Field::AgeDays, "10")]);
    assert!(matches!(duplication.status, Status::Undetermined(_)) && duplication.missing().is_empty());
}

#[test]
fn the_nearest_boundary_on_each_side_with_its_distance() {
    use Field as F;
    for (id, pairs, finding, when, group, distance) in [
        (
            "mll-10",
            vec![REARRANGED, (F::AgeDays, "179"), (F::Cns, "1")],
            Finding::Age,
            stretch(edge(DAYS_180, true), None),
            "intermediate",
            1.0,
        ),
        (
            "mll-10",
            vec![REARRANGED, (F::AgeDays, "200"), (F::Cns, "1")],
            Finding::Age,
            stretch(None, edge(DAYS_180, false)),
            "high",
            20.0,
        ),
        (
            "interfant-06",
            vec![
                REARRANGED,
                (F::AgeDays, "10"),
                (F::Wbc, "290"),
                (F::PrednisoneResponse, "good"),
            ],
            Finding::Wbc,
            stretch(edge(WBC_300, true), None),
            "high",
            10.0,
        ),
        (
            "interfant-06",
            vec![
                REARRANGED,
                (F::AgeDays, "10"),
                (F::Wbc, "310"),
                (F::PrednisoneResponse, "good"),
            ],
            Finding::Wbc,
            stretch(None, edge(WBC_300, false)),
            "medium",
            10.0,
        ),
        // At the limit itself the change is just below it.
        (
            "interfant-06",
            vec![
                REARRANGED,
                (F::AgeDays, "10"),
                (F::Wbc, "300"),
                (F::PrednisoneResponse, "good"),
            ],
            Finding::Wbc,
            stretch(None, edge(WBC_300, false)),
            "medium",
            0.0,
        ),
        // Six months are at least 181 days.
        (
            "interfant-06",
            vec![REARRANGED, (F::AgeDays, "171"), (F::Wbc, "310")],
            Finding::Age,
            stretch(edge(MONTHS_6, true), None),
            "medium",
            10.0,
        ),
    ] {
        let assessment = answer(id, &pairs);
        let change = assessment
            .changes
            .iter()
            .find(|change| change.finding == finding && change.when == when);
        let Some(change) = change else {
            panic!("{id} {pairs:?}: {:?}", assessment.changes)
        };
        let groups: Vec<&str> = change
            .leads_to
            .groups(assessment.protocol)
            .iter()
            .map(|group| group.id)
            .collect();
        assert_eq!(
            (groups, change.distance),
            (vec![group], Some(distance)),
            "{id} {pairs:?}"
        );
    }
}

#[test]
fn only_real_changes_are_reported() {
    let assessment = answer("mll-10", &[REARRANGED, (Field::AgeDays, "100"), (Field::Cns, "1")]);
    let changes: Vec<(Finding, Option<f64>)> = assessment
        .changes
        .iter()
        .map(|change| (change.finding, change.distance))
        .collect();
    // Not CNS disease: the child is high risk by age already.
    assert_eq!(changes, [(Finding::Age, Some(80.0)), (Finding::Kmt2a, None)]);
    let by_category: Vec<&SpanValue> = assessment.changes.iter().map(|change| &change.when).skip(1).collect();
    assert_eq!(by_category, [&SpanValue::Codes(vec!["germline"])]);
    assert!(answer("mll-10", &[]).changes.is_empty());
}

#[test]
fn known_categories_that_would_change_the_answer() {
    let codes_and_groups = |id, pairs: &[(Field, &str)], finding| -> Vec<(SpanValue, Vec<&'static str>)> {
        let assessment = answer(id, pairs);
        let changes = assessment.changes.iter().filter(|change| change.finding == finding);
        let cases: Vec<_> = changes.map(|change| (change.when.clone(), change.leads_to)).collect();
        leads_to(&assessment, &cases)
    };
    let codes = |codes: &[&'static str]| SpanValue::Codes(codes.to_vec());
    let old = [REARRANGED, (Field::AgeDays, "200"), (Field::Cns, "1")];
    assert_eq!(
        codes_and_groups("mll-10", &old, Finding::Cns),
        [(codes(&["3"]), vec!["high"])]
    );
    let aff1 = [
        REARRANGED,
        (Field::AgeDays, "200"),
        (Field::Kmt2aPartner, "AFF1"),
        (Field::RemissionEoi, "yes"),
    ];
    assert_eq!(
        codes_and_groups("mll-baby", &aff1, Finding::Partner),
        [(codes(&["MLLT1", "MLLT3", "MLLT10", "other"]), vec!["intermediate"])]
    );
}

#[test]
fn too_old_says_below_which_age_the_protocol_would_apply() {
    let assessment = answer("mll-10", &[REARRANGED, (Field::AgeDays, "366"), (Field::Cns, "1")]);
    assert!(
        matches!(assessment.status, Status::NotApplicable(criterion) if criterion.clause.id == "younger-than-365-days")
    );
    let change = assessment.changes.first().map(|change| (&change.when, change.distance));
    let below = stretch(None, edge(Limit::Age(AgeLimit::Days(365)), false));
    assert_eq!(change, Some((&below, Some(1.0))));
}

#[test]
fn a_response_that_is_not_known_yet_decides() {
    let open = answer(
        "interfant-21",
        &[REARRANGED, (Field::AgeDays, "10"), (Field::Lineage, "b")],
    );
    assert_eq!(open.missing(), [Field::Wbc, Field::PrednisoneResponse]);
    let said: Vec<_> = open
        .deciders
        .iter()
        .map(|decider| leads_to(&open, &decider.cases))
        .collect();
    let by_wbc = vec![
        (stretch(None, edge(WBC_300, true)), vec!["medium", "high"]),
        (stretch(edge(WBC_300, false), None), vec!["high"]),
    ];
    let by_response = vec![
        (SpanValue::Codes(vec!["good"]), vec!["medium", "high"]),
        (SpanValue::Codes(vec!["poor"]), vec!["high"]),
    ];
    assert_eq!(said, [by_wbc, by_response]);
}

#[test]
fn the_transplant_rule_has_a_reading_of_its_own() {
    use Field as F;
    let medium = vec![REARRANGED, (F::AgeDays, "300")];
    let remitted = |pairs: &[(Field, &'static str)]| [pairs, &[(F::RemissionEoi, "yes"), (F::Relapse, "no")]].concat();
    let with = |mrd: &'static str| [&remitted(&medium)[..], &[(F::MrdTp4, mrd)]].concat();
    let high = [REARRANGED, (F::AgeDays, "10"), (F::Wbc, "400")];
    let relapsed = |id| {
        (
            id,
            [&high[..], &[(F::Relapse, "yes")]].concat(),
            HsctStatus::NotApplicable,
            vec![],
        )
    };
    let after_blinatumomab = |age: &'static str, mrd: &'static str| {
        let child = [
            REARRANGED,
            (F::AgeDays, age),
            (F::Wbc, "400"),
            (F::PrednisoneResponse, "good"),
        ];
        [&remitted(&child)[..], &[(F::MrdBlina1, mrd)]].concat()
    };
    let at_open_limits = |age: &'static str| {
        vec![
            REARRANGED,
            (F::AgeDays, age),
            (F::Wbc, "300"),
            (F::PrednisoneResponse, "good"),
            (F::RemissionEoi, "yes"),
            (F::MrdBlina1, "1e-4"),
        ]
    };
    for (id, pairs, status, missing) in [
        (
            "interfant-06",
            medium.clone(),
            HsctStatus::Undetermined,
            vec![F::MrdTp4],
        ),
        ("interfant-06", with("9.9e-5"), HsctStatus::NotMet, vec![]),
        ("interfant-06", with("1e-4"), HsctStatus::Met, vec![]),
        ("interfant-06", with("0"), HsctStatus::NotMet, vec![]),
        (
            "interfant-06",
            vec![(F::Kmt2a, "germline"), (F::AgeDays, "300")],
            HsctStatus::NotMet,
            vec![],
        ),
        // At diagnosis it waits; in remission it is met; without remission it waits, after a relapse it is not for the
        // child.
        (
            "interfant-06",
            high.to_vec(),
            HsctStatus::Waiting,
            vec![F::RemissionEoi, F::Relapse],
        ),
        ("interfant-06", remitted(&high), HsctStatus::Met, vec![]),
        (
            "interfant-06",
            [&high[..], &[(F::RemissionEoi, "no"), (F::Relapse, "no")]].concat(),
            HsctStatus::Waiting,
            vec![],
        ),
        (
            "interfant-06",
            [&high[..], &[(F::RemissionEoi, "yes")]].concat(),
            HsctStatus::Waiting,
            vec![F::Relapse],
        ),
        relapsed("interfant-06"),
        relapsed("interfant-21"),
        relapsed("mll-10"),
        relapsed("mll98"),
        relapsed("mll03"),
        relapsed("severance"),
        relapsed("mll96"),
        relapsed("bfm-83-86-90"),
        (
            "japan-relapse",
            [&high[..], &[(F::Relapse, "yes")]].concat(),
            HsctStatus::NotSpecified,
            vec![],
        ),
        (
            "mll03",
            vec![REARRANGED, (F::AgeDays, "10")],
            HsctStatus::Waiting,
            vec![F::RemissionEoi, F::Relapse],
        ),
        (
            "mll03",
            vec![(F::Kmt2a, "germline"), (F::AgeDays, "10")],
            HsctStatus::NotApplicable,
            vec![],
        ),
        // The donor is not in the form, so that no finding decides it.
        ("mll96", high.to_vec(), HsctStatus::Depends, vec![]),
        ("ccg-1953", high.to_vec(), HsctStatus::Depends, vec![]),
        (
            "mll96",
            vec![(F::Kmt2a, "germline"), (F::AgeDays, "10")],
            HsctStatus::NotMet,
            vec![],
        ),
        ("cog-aall0631", high.to_vec(), HsctStatus::NotSpecified, vec![]),
        ("cog-p9407", high.to_vec(), HsctStatus::NoneByProtocol, vec![]),
        // High risk waits for residual disease below 10⁻⁴, and so does medium risk that was moved to its treatment.
        (
            "interfant-21",
            after_blinatumomab("10", "1e-2"),
            HsctStatus::Waiting,
            vec![],
        ),
        (
            "interfant-21",
            after_blinatumomab("10", ""),
            HsctStatus::Waiting,
            vec![F::MrdBlina1],
        ),
        (
            "interfant-21",
            after_blinatumomab("10", "1e-4"),
            HsctStatus::Waiting,
            vec![],
        ),
        (
            "interfant-21",
            after_blinatumomab("10", "9e-5"),
            HsctStatus::Met,
            vec![],
        ),
        (
            "interfant-21",
            after_blinatumomab("300", "1e-3"),
            HsctStatus::Waiting,
            vec![],
        ),
        (
            "interfant-21",
            after_blinatumomab("300", "9e-5"),
            HsctStatus::NotMet,
            vec![],
        ),
        (
            "interfant-21",
            vec![
                REARRANGED,
                (F::AgeDays, "300"),
                (F::RemissionEoi, "no"),
                (F::Relapse, "no"),
                (F::MrdBlina1, "0"),
            ],
            HsctStatus::Met,
            vec![],
        ),
        // Two limits that the text leaves open, each read either way: high risk or not, then above 10⁻⁴ or not.
        ("interfant-21", at_open_limits("10"), HsctStatus::Undetermined, vec![]),
        // From 6 months on the count does not matter; residual disease at the limit still does.
        ("interfant-21", at_open_limits("300"), HsctStatus::Undetermined, vec![]),
    ] {
        let reading = answer(id, &pairs).hsct;
        assert_eq!((reading.status, reading.missing), (status, missing), "{id} {pairs:?}");
    }
}

#[test]
fn conditions_under_which_an_answer_is_given_are_named() {
    let notices = |pairs: &[(Field, &str)], id| answer(id, pairs).notices;
    let plain = [REARRANGED, (Field::AgeDays, "100"), (Field::Cns, "1")];
    assert!(matches!(notices(&plain, "mll-10")[..], [Notice::OnCondition(_)]));
    assert!(notices(&[&plain[..], &[(Field::Lineage, "b")]].concat(), "mll-10").is_empty());
    let t_lineage = answer("mll-10", &[&plain[..], &[(Field::Lineage, "t")]].concat());
    assert!(matches!(t_lineage.status, Status::NotApplicable(criterion) if criterion.clause.id == "not-t-lineage"));
    let undetermined = answer(
        "interfant-06",
        &[
            (Field::Kmt2a, "undetermined"),
            (Field::AgeDays, "100"),
            (Field::Wbc, "400"),
        ],
    );
    assert!(matches!(undetermined.status, Status::Assigned(group) if group.id == "medium"));
    assert!(matches!(
        undetermined.notices[..],
        [Notice::Kmt2aHandled(_), Notice::IfRearranged { group, certain: true }] if group.id == "high"
    ));
    // Medium risk stays whatever the value, so that no change is reported.
    let old = answer(
        "interfant-06",
        &[(Field::Kmt2a, "undetermined"), (Field::AgeDays, "300")],
    );
    assert!(matches!(old.notices[..], [Notice::Kmt2aHandled(_)]));
    // Down syndrome not entered, then entered.
    let infant = [REARRANGED, (Field::AgeDays, "100")];
    assert!(matches!(notices(&infant, "cog-aall0631")[..], [Notice::OnCondition(_)]));
    assert!(notices(&[&infant[..], &[(Field::DownSyndrome, "no")]].concat(), "cog-aall0631").is_empty());
    let excluded = answer("cog-aall0631", &[&infant[..], &[(Field::DownSyndrome, "yes")]].concat());
    assert!(matches!(excluded.status, Status::NotApplicable(criterion) if criterion.clause.id == "no-down-syndrome"));
    // CNS2 is named where it decides.
    let with_cns2 = |days: &'static str| {
        let child = [
            REARRANGED,
            (Field::AgeDays, days),
            (Field::Cns, "2"),
            (Field::Lineage, "b"),
        ];
        notices(&child, "mll-10")
    };
    assert!(matches!(with_cns2("300")[..], [Notice::ReadAs(_)]));
    assert!(with_cns2("100").is_empty());
    // A response that was not assessed, which the text counts as not poor: reported only where it matters.
    let of_age = |days: &'static str, response: &'static str| {
        [
            REARRANGED,
            (Field::AgeDays, days),
            (Field::Wbc, "20"),
            (Field::Lineage, "b"),
            (Field::PrednisoneResponse, response),
        ]
    };
    assert!(matches!(
        notices(&of_age("100", "not_assessed"), "interfant-21")[..],
        [Notice::UnknownResponseCounted(_)]
    ));
    assert!(notices(&of_age("300", "not_assessed"), "interfant-21").is_empty());
    assert!(notices(&of_age("100", ""), "interfant-21").is_empty());
}

#[test]
fn a_response_that_was_not_assessed_is_not_missing() {
    let young = |response: &'static str| {
        [
            REARRANGED,
            (Field::AgeDays, "100"),
            (Field::Wbc, "20"),
            (Field::PrednisoneResponse, response),
        ]
    };
    for (id, possible) in [
        ("bfm-83-86-90", vec!["good-response", "poor-response"]),
        ("interfant-99", vec!["standard", "high"]),
        ("interfant-06", vec!["medium", "high"]),
        ("mann-2010", vec!["remainder", "subgroup"]),
    ] {
        let groups = |assessment: &Assessment<'static>| {
            let mut ids: Vec<&str> = assessment.possible().iter().map(|group| group.id).collect();
            ids.sort_unstable();
            ids
        };
        let mut possible = possible;
        possible.sort_unstable();
        let (open, never) = (answer(id, &young("")), answer(id, &young("not_assessed")));
        assert_eq!((groups(&open), groups(&never)), (possible.clone(), possible), "{id}");
        assert_eq!(open.missing(), [Field::PrednisoneResponse], "{id}");
        assert!(never.missing().is_empty(), "{id}");
        let why: Vec<Option<Why>> = never.clauses.iter().map(|clause| clause.why).collect();
        assert!(why.contains(&Some(Why::ResponseNotAssessed)), "{id}: {why:?}");
    }
    let group = |response| match answer("interfant-21", &young(response)).status {
        Status::Assigned(group) => Some(group.id),
        _ => None,
    };
    assert_eq!(
        ["", "good", "poor", "not_assessed"].map(group),
        [None, Some("medium"), Some("high"), Some("medium")]
    );
}

#[test]
fn outcomes_of_populations_that_the_child_belongs_to() {
    let populations = |pairs: &[(Field, &str)], wanted: Truth| -> Vec<&'static str> {
        let assessment = answer("interfant-06", pairs);
        let matching = assessment.outcomes.iter().filter(|matched| matched.truth == wanted);
        matching.map(|matched| matched.outcome.population).collect()
    };
    let germline = [(Field::Kmt2a, "germline"), (Field::AgeDays, "100")];
    assert_eq!(
        populations(&germline, Truth::True),
        [
            "low risk (KMT2A germline)",
            "low risk (KMT2A germline)",
            "all infants",
            "all infants"
        ]
    );
    assert!(populations(&germline, Truth::Unknown).is_empty());
    let open = [REARRANGED, (Field::AgeDays, "100"), (Field::Wbc, "20")];
    assert_eq!(
        populations(&open, Truth::True),
        ["KMT2A rearranged", "all infants", "all infants"]
    );
    assert_eq!(populations(&open, Truth::Unknown), ["high risk", "high risk"]);
    // Outcomes are those of infants to whom the protocol applies, also while that is not certain.
    let of_unknown_age = [(Field::Kmt2a, "germline")];
    assert_eq!(populations(&of_unknown_age, Truth::True).len(), 4);
}

#[test]
fn worth_knowing_next_ranks_by_what_it_decides() {
    let all = assess_all(&infant(&[
        REARRANGED,
        (Field::AgeDays, "100"),
        (Field::Wbc, "20"),
        (Field::Cns, "1"),
    ]));
    let next = worth_knowing_next(&all);
    let first = next.first().map(|next| {
        (
            next.field,
            next.decides.iter().map(|protocol| protocol.id).collect::<Vec<_>>(),
        )
    });
    assert_eq!(
        first,
        Some((
            Field::PrednisoneResponse,
            vec![
                "bfm-83-86-90",
                "interfant-99",
                "interfant-06",
                "interfant-21",
                "mann-2010"
            ]
        ))
    );
    let decided: Vec<usize> = next.iter().map(|next| next.decides.len()).collect();
    assert!(decided.is_sorted_by(|a, b| a >= b), "{decided:?}");
    let everything = worth_knowing_next(&assess_all(&Infant::default()));
    let known: Vec<Field> = everything.iter().map(|next| next.field).collect();
    assert!(
        known.contains(&Field::AgeDays) && known.contains(&Field::Kmt2a),
        "{known:?}"
    );
}

#[test]
fn disagreements_are_on_what_decided_somewhere() {
    // 100 days, rearranged, low count, good response: high by MLL-10 and Severance, medium or intermediate elsewhere.
    let child = infant(&[
        REARRANGED,
        (Field::AgeDays, "100"),
        (Field::Wbc, "20"),
        (Field::Cns, "1"),
        (Field::PrednisoneResponse, "good"),
    ]);
    let found = disagreements(&assess_all(&child));
    let age = found.iter().find(|disagreement| disagreement.finding == Finding::Age);
    let Some(age) = age else { panic!("{found:?}") };
    let views: Vec<(&str, Truth)> = age.views.iter().map(|view| (view.clause.id, view.truth)).collect();
    assert!(views.contains(&("younger-than-180-days", Truth::True)), "{views:?}");
    assert!(views.contains(&("younger-than-90-days", Truth::False)), "{views:?}");
    // The same question is one view, whatever the treatment of the limit itself.
    let six_months = age.views.iter().find(|view| view.clause.id == "younger-than-6-months");
    let names: Vec<&str> = six_months
        .iter()
        .flat_map(|view| &view.protocols)
        .map(|protocol| protocol.id)
        .collect();
    // Interfant-06 has the same clause and decides by the white cells.
    assert!(
        names.contains(&"severance") && !names.contains(&"interfant-06"),
        "{names:?}"
    );
    assert!(age.decides_nothing_in.iter().any(|protocol| protocol.id == "mll98"));
    // Where all agree the list is empty.
    assert!(disagreements(&[]).is_empty());
    let alone: Vec<Assessment> = assess_all(&child)
        .into_iter()
        .filter(|each| each.protocol.id == "mll-10")
        .collect();
    assert!(disagreements(&alone).is_empty());
}

//! Contents of definitions: codes, notes, sources and groups; and tests that no published protocol uses, on invented
//! ones.

use cotside_core::evidence::{Estimate, PublishedEndpoint, Source, fact, published};
use cotside_core::infant::{AgeLimit, Cns, Entry, Field, Infant, Kmt2a, MrdPoint, read};
use cotside_core::protocols::Condition::{All, Always, Is, Not};
use cotside_core::protocols::{
    Assessment, AtLimit, Clause, Edge, Family, Finding, Group, Handling, HsctRule, HsctStatus, Level, Limit, Notice,
    PROTOCOLS, Protocol, Role, Span, SpanValue, Status, Test, Truth, assess, at_least, clause, disagreements, group,
    more_than, protocol, required,
};

fn infant(pairs: &[(Field, &str)]) -> Infant {
    read(&Entry::from_pairs(pairs.iter().copied())).infant
}

#[test]
fn codes_in_json() {
    let truths = [Truth::True, Truth::False, Truth::Unknown].map(Truth::known);
    assert_eq!(truths, [Some(true), Some(false), None]);
    let transplant = [
        HsctStatus::Met,
        HsctStatus::Depends,
        HsctStatus::Waiting,
        HsctStatus::Undetermined,
        HsctStatus::NotMet,
        HsctStatus::NotSpecified,
        HsctStatus::NoneByProtocol,
        HsctStatus::NotApplicable,
    ];
    assert_eq!(
        transplant.map(HsctStatus::code),
        [
            "met",
            "depends",
            "waiting",
            "undetermined",
            "not_met",
            "not_specified",
            "none_by_protocol",
            "not_applicable"
        ]
    );
    let levels = [Level::Low, Level::Intermediate, Level::High].map(Level::code);
    assert_eq!(levels, ["low", "intermediate", "high"]);
    let families = [Family::Trial, Family::Series, Family::Prognostic].map(Family::code);
    assert_eq!(families, ["trial", "series", "prognostic"]);
    let roles = [Role::Eligibility, Role::Group, Role::Hsct, Role::Outcome].map(Role::code);
    assert_eq!(roles, ["eligibility", "group", "hsct", "outcome"]);
}

#[test]
fn groups_notes_and_sources_of_a_protocol() {
    let Some(interfant) = protocol("interfant-06") else {
        panic!("Interfant-06 is there")
    };
    let name = |id| interfant.group(id).map(|group| group.name);
    assert_eq!((name("medium"), name("intermediate")), (Some("medium risk (MR)"), None));
    let young = interfant
        .clauses()
        .into_iter()
        .find(|(_, clause)| clause.id == "younger-than-6-months");
    assert!(young.is_some_and(|(role, clause)| role == Role::Group && clause.note.contains("181 and 184 days")));
    let sources: Vec<&str> = interfant.sources().iter().map(|source| source.short).collect();
    assert_eq!(
        sources[1..4],
        ["Dutch trial register", "Interfant-06 study portal", "Stutterheim 2022"]
    );
    for protocol in PROTOCOLS {
        let sources = protocol.sources();
        assert_eq!(sources.first(), Some(&protocol.era.cite.source), "{}", protocol.id);
        for (position, source) in sources.iter().enumerate() {
            assert!(
                !sources[..position].contains(source),
                "{}: {} twice",
                protocol.id,
                source.short
            );
        }
        let clauses = protocol.clauses_with_outcomes();
        let cited = clauses.iter().map(|(_, clause)| clause.cite);
        let cited = cited.chain(protocol.outcomes.iter().map(|outcome| outcome.cite));
        for cite in cited.chain(protocol.pitfalls.iter().map(|fact| fact.cite)) {
            assert!(sources.contains(&cite.source), "{}: {}", protocol.id, cite.source.short);
        }
    }
}

#[test]
fn the_outcomes_that_speak_for_a_child_first() {
    let leading = |id, pairs: &[(Field, &str)]| -> Vec<(&'static str, PublishedEndpoint, Truth)> {
        let assessment = protocol(id).map(|protocol| assess(protocol, &infant(pairs)));
        let leading = assessment.iter().flat_map(Assessment::leading_outcomes);
        leading
            .map(|matched| (matched.outcome.population, matched.outcome.endpoint, matched.truth))
            .collect()
    };
    let (young, rearranged) = ((Field::AgeDays, "100"), (Field::Kmt2a, "rearranged"));
    // The most specific population, event-free survival before the others.
    assert_eq!(
        leading("interfant-06", &[young, (Field::Kmt2a, "germline")]),
        [(
            "low risk (KMT2A germline)",
            PublishedEndpoint::EventFreeSurvival,
            Truth::True
        )]
    );
    // Certain ones before more specific ones.
    assert_eq!(
        leading("interfant-06", &[young, rearranged]),
        [("KMT2A rearranged", PublishedEndpoint::EventFreeSurvival, Truth::True)]
    );
    // The whole group of high risk, not those who survived to transplant, who are not shown before remission.
    let high = [young, rearranged, (Field::Wbc, "400")];
    assert_eq!(
        leading("interfant-06", &high),
        [("high risk", PublishedEndpoint::EventFreeSurvival, Truth::True)]
    );
    let whole = (
        "KMT2A rearranged (MLL98)",
        PublishedEndpoint::EventFreeSurvival,
        Truth::True,
    );
    for in_remission in ["", "yes"] {
        let infant = [
            young,
            rearranged,
            (Field::RemissionEoi, in_remission),
            (Field::Relapse, "no"),
        ];
        assert_eq!(leading("mll98", &infant), [whole]);
    }
    // A study of another treatment is never the child's own for certain.
    let pilot = leading("interfant-21", &[young, rearranged, (Field::Wbc, "20")]);
    assert_eq!(
        pilot
            .iter()
            .map(|(_, endpoint, truth)| (*endpoint, *truth))
            .collect::<Vec<_>>(),
        [
            (PublishedEndpoint::DiseaseFreeSurvival, Truth::Unknown),
            (PublishedEndpoint::OverallSurvival, Truth::Unknown)
        ]
    );
    // A proportion of relapses does not lead.
    assert!(leading("interfant-mrd", &[young, (Field::MrdEoc, "1e-3")]).is_empty());
    // Two that are possible where none is certain.
    let open = leading("mll-baby", &[young]);
    assert!(
        open.len() == 2 && open.iter().all(|(_, _, truth)| *truth == Truth::Unknown),
        "{open:?}"
    );
    assert!(leading("mll-10", &[(Field::AgeDays, "400")]).is_empty());
}

static BOOK: Source = Source {
    short: "An invented book",
    reference: "Invented for the tests",
    identifier: "",
};

const fn invented(id: &'static str, test: Test<'static>) -> Clause<'static> {
    clause(id, test, BOOK.in_paper("page 1"))
}

static YOUNGER_THAN_1000_DAYS: Clause = invented("younger-than-1000-days", Test::YoungerThan(AgeLimit::Days(1000)));

/// One group for everybody; the protocols below differ from it.
const INVENTED: Protocol = Protocol {
    id: "invented",
    name: "Invented",
    organisation: "Nobody",
    family: Family::Trial,
    era: fact("Never.", BOOK.in_paper("page 1")),
    summary: "Invented.",
    eligible: &[required(&YOUNGER_THAN_1000_DAYS)],
    groups: &[group("all", "all", None, Always)],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified("None.", BOOK.in_paper("page 1")),
    outcomes: &[],
    facts: &[],
    pitfalls: &[],
    open_questions: &[],
};

fn assigned<'p>(assessment: &Assessment<'p>) -> Option<&'p str> {
    match assessment.status {
        Status::Assigned(group) => Some(group.id),
        _ => None,
    }
}

const fn edge(limit: Limit, inclusive: bool) -> Option<Edge> {
    Some(Edge { limit, inclusive })
}

#[test]
fn more_than_a_limit_leaves_the_limit_below() {
    static MANY_CELLS: Clause = invented("wbc-more-than-100", Test::Wbc(more_than(100.0)));
    static RULE: Protocol = Protocol {
        groups: &[
            group("many", "many", Some(Level::High), Is(&MANY_CELLS)),
            group("few", "few", Some(Level::Low), Always),
        ],
        ..INVENTED
    };
    let with = |cells| assess(&RULE, &infant(&[(Field::AgeDays, "100"), (Field::Wbc, cells)]));
    assert_eq!(
        ["99.9", "100", "100.1"].map(|cells| assigned(&with(cells))),
        [Some("few"), Some("few"), Some("many")]
    );
    let limit = Limit::Number(100.0);
    let change = |cells| {
        let changes = with(cells).changes;
        let change = changes.into_iter().find(|change| change.finding == Finding::Wbc);
        change.map(|change| (change.when, change.distance))
    };
    let (below, above) = (
        SpanValue::Stretch(Span {
            from: None,
            to: edge(limit, true),
        }),
        SpanValue::Stretch(Span {
            from: edge(limit, false),
            to: None,
        }),
    );
    assert_eq!(change("100"), Some((above.clone(), Some(0.0))));
    assert_eq!(change("104"), Some((below.clone(), Some(4.0))));
    // Unknown, it is one stretch up to the limit and one beyond it.
    let open = assess(&RULE, &infant(&[(Field::AgeDays, "100")]));
    let spans: Vec<&SpanValue> = open
        .deciders
        .iter()
        .flat_map(|decider| &decider.cases)
        .map(|(span, _)| span)
        .collect();
    assert_eq!(spans, [&below, &above]);
}

/// Residual disease at the end of induction against one limit, as two protocols may word it.
const fn by_residual_disease(id: &'static str, groups: &'static [Group<'static>]) -> Protocol<'static> {
    Protocol { id, groups, ..INVENTED }
}

static MRD_STATED: Clause = invented("mrd-stated", Test::Mrd(MrdPoint::EndOfInduction, at_least(1e-3)));
static MRD_DISPUTED: Clause = invented(
    "mrd-disputed",
    Test::Mrd(MrdPoint::EndOfInduction, at_least(1e-3).at_limit(AtLimit::Disputed)),
);
static MRD_LATER: Clause = invented("mrd-later", Test::Mrd(MrdPoint::EndOfConsolidation, at_least(1e-3)));
static STATED: Protocol = by_residual_disease(
    "stated",
    &[
        group("more", "more", Some(Level::High), Is(&MRD_STATED)),
        group("less", "less", Some(Level::Low), Always),
    ],
);
static DISPUTED: Protocol = by_residual_disease(
    "disputed",
    &[
        group("more", "more", Some(Level::Intermediate), Is(&MRD_DISPUTED)),
        group("less", "less", Some(Level::Low), Always),
    ],
);
static LATER: Protocol = by_residual_disease(
    "later",
    &[
        group("more", "more", Some(Level::Intermediate), Is(&MRD_LATER)),
        group("less", "less", Some(Level::Low), Always),
    ],
);

#[test]
fn a_disputed_limit_of_residual_disease_is_met_with_a_warning() {
    let with = |fraction| {
        assess(
            &DISPUTED,
            &infant(&[(Field::AgeDays, "100"), (Field::MrdEoi, fraction)]),
        )
    };
    let exactly = with("1e-3");
    assert_eq!(assigned(&exactly), Some("more"));
    assert_eq!(exactly.notices, [Notice::DisputedLimit(&MRD_DISPUTED)]);
    assert!(with("1.1e-3").notices.is_empty() && with("0.9e-3").notices.is_empty());
}

#[test]
fn the_same_limit_is_the_same_question_whatever_sources_say_of_it() {
    let child = infant(&[(Field::AgeDays, "100"), (Field::MrdEoi, "0.1"), (Field::MrdEoc, "0.1")]);
    let found = |protocols: [&'static Protocol<'static>; 2]| -> Vec<(Finding, usize)> {
        let assessments = protocols.map(|protocol| assess(protocol, &child));
        let found = disagreements(&assessments);
        found.iter().map(|each| (each.finding, each.views.len())).collect()
    };
    assert!(found([&STATED, &DISPUTED]).is_empty());
    assert_eq!(
        found([&STATED, &LATER]),
        [
            (Finding::Mrd(MrdPoint::EndOfInduction), 1),
            (Finding::Mrd(MrdPoint::EndOfConsolidation), 1)
        ]
    );
}

#[test]
fn a_year_in_days_lies_before_twelve_months() {
    static DAYS: Clause = invented("younger-than-365-days", Test::YoungerThan(AgeLimit::Days(365)));
    static MONTHS: Clause = invented("younger-than-12-months", Test::YoungerThan(AgeLimit::Months(12)));
    static RULE: Protocol = Protocol {
        groups: &[
            group("within", "within 365 days", Some(Level::Low), Is(&DAYS)),
            group("between", "on day 365", Some(Level::Intermediate), Is(&MONTHS)),
            group("older", "a year old", Some(Level::High), Always),
        ],
        ..INVENTED
    };
    // Born with a 29 February ahead: the first birthday is day 366.
    let child = infant(&[(Field::BirthDate, "2023-03-01"), (Field::DiagnosisDate, "2024-02-29")]);
    let assessment = assess(&RULE, &child);
    assert_eq!(assigned(&assessment), Some("between"));
    let changes: Vec<(&SpanValue, Option<f64>)> = assessment
        .changes
        .iter()
        .map(|change| (&change.when, change.distance))
        .collect();
    let before = SpanValue::Stretch(Span {
        from: None,
        to: edge(Limit::Age(AgeLimit::Days(365)), false),
    });
    let birthday = SpanValue::Stretch(Span {
        from: edge(Limit::Age(AgeLimit::Months(12)), true),
        to: None,
    });
    assert_eq!(changes, [(&before, Some(0.0)), (&birthday, Some(1.0))]);
}

#[test]
fn one_failing_part_explains_why_not_all_of_them_hold() {
    static GERMLINE: Clause = invented("germline", Test::Kmt2aIs(Kmt2a::Germline));
    static CNS: Clause = invented("cns-disease", Test::CnsDisease);
    static RULE: Protocol = Protocol {
        groups: &[
            group(
                "not-both",
                "not both",
                Some(Level::Low),
                Not(&All(&[Is(&GERMLINE), Is(&CNS)])),
            ),
            group("both", "both", Some(Level::High), Always),
        ],
        ..INVENTED
    };
    let decided = |kmt2a, cns| -> (Option<&str>, Vec<&str>) {
        let assessment = assess(
            &RULE,
            &Infant {
                kmt2a: Some(kmt2a),
                cns: Some(cns),
                ..infant(&[(Field::AgeDays, "100")])
            },
        );
        let clauses = assessment.decided_by.iter().map(|clause| clause.id).collect();
        (assigned(&assessment), clauses)
    };
    let (not_both, both) = (Some("not-both"), Some("both"));
    assert_eq!(decided(Kmt2a::Rearranged, Cns::Cns3), (not_both, vec!["germline"]));
    assert_eq!(decided(Kmt2a::Germline, Cns::Cns1), (not_both, vec!["cns-disease"]));
    assert_eq!(decided(Kmt2a::Rearranged, Cns::Cns1), (not_both, vec!["germline"]));
    assert_eq!(
        decided(Kmt2a::Germline, Cns::Cns3),
        (both, vec!["germline", "cns-disease"])
    );
}

/// Every outcome on a protocol's page is in the table with the same numbers and the same time.
#[test]
fn protocols_and_table_agree() {
    for protocol in PROTOCOLS {
        for outcome in protocol.outcomes {
            let agrees = |estimate: &&Estimate| {
                estimate.study.protocols.split_whitespace().any(|id| id == protocol.id)
                    && estimate.endpoint == outcome.endpoint
                    && estimate.years == outcome.years
                    && estimate.n == outcome.n
                    && estimate.estimate.value() == outcome.estimate
                    && estimate.spread() == outcome.spread
                    && estimate.cite.read == outcome.cite.read
            };
            assert!(
                published().estimates.iter().any(|estimate| agrees(&estimate)),
                "{}: {outcome:?}",
                protocol.id
            );
        }
    }
}

/// A source that protocols cite too has the same reference in both places.
#[test]
fn sources_agree_with_protocols() {
    for protocol in PROTOCOLS {
        for cite in protocol.outcomes.iter().map(|outcome| outcome.cite) {
            let cited = published()
                .estimates
                .iter()
                .find(|each| each.cite.source.short == cite.source.short);
            assert_eq!(cited.map(|each| each.cite.source), Some(cite.source));
        }
    }
}

/// The table of published studies names protocols by ids that exist.
#[test]
fn studies_name_protocols_that_exist() {
    for study in published().studies {
        for id in study.protocols.split_whitespace() {
            assert!(PROTOCOLS.iter().any(|protocol| protocol.id == id), "{}: {id}", study.id);
        }
    }
}

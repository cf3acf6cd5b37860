//! Protocols from files: a written rule reads back to the same rule, problems are reported with their places, nothing
//! panics.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::infant::{Age, Cns, Infant, Kmt2a, Lineage, Partner, PrednisoneResponse};
use cotside_core::protocols::own::{
    self, Fault, Gravity, MOST_BYTES, OwnProtocol, Problem, Shape, copy_of, parse, read, read_earlier, read_values,
};
use cotside_core::protocols::{PROTOCOLS, Protocol, assess, protocol, status_of};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::rc::{Rc, Weak};

/// Each protocol of the catalogue with its copy from a file.
fn copies() -> Vec<(&'static Protocol<'static>, Rc<OwnProtocol>)> {
    let copy = |original: &&'static Protocol<'static>| {
        let text = own::text(&copy_of(original));
        let definition = read(text.as_bytes());
        assert_eq!(definition.problems, [], "{}", original.id);
        (*original, definition.kept.expect("read without a problem"))
    };
    PROTOCOLS.iter().map(copy).collect()
}

thread_local! {
    static COPIES: Vec<(&'static Protocol<'static>, Rc<OwnProtocol>)> = copies();
}

/// Interfant-06 as a file, with one value changed.
fn changed(place: &str, value: Value) -> Vec<Problem> {
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    *values.pointer_mut(place).expect("a place of the file") = value;
    read_values(&values).problems
}

fn one(place: &str, fault: Fault) -> Vec<Problem> {
    let place = place.to_owned();
    vec![Problem { place, fault }]
}

#[test]
fn every_protocol_written_reads_back_to_the_same_definition() {
    for (original, copy) in &copies() {
        let copy = &copy.protocol();
        let renamed = Protocol {
            id: original.id,
            name: original.name,
            ..**copy
        };
        assert_eq!(renamed, **original);
        assert!(own::is_own(copy) && !own::is_own(original));
        let text = own::text(&own::values(original));
        assert_eq!(read_earlier(text.as_bytes()).protocol(), Some(*original));
        assert_eq!(
            own::text(&own::values(copy)),
            own::text(&copy_of(original)),
            "{}",
            original.id
        );
    }
}

/// Makes a child with any finding known or unknown.
fn infant() -> impl Strategy<Value = Infant> {
    let age = prop_oneof![
        Just(None),
        (0_u32..420).prop_map(|days| Some(Age::Days(days))),
        (0_u32..14).prop_map(|months| Some(Age::CompletedMonths(months)))
    ];
    let findings = (
        age,
        prop::option::of(select(&[1.0, 49.9, 50.0, 299.9, 300.0, 300.1, 1100.0][..])),
        prop::option::of(select(Kmt2a::ALL)),
        prop::option::of(select(Partner::ALL)),
        prop::option::of(select(Lineage::ALL)),
        prop::option::of(select(Cns::ALL)),
        prop::option::of(select(PrednisoneResponse::ALL)),
        prop::option::of(any::<bool>()),
        proptest::array::uniform4(prop::option::of(select(&[0.0, 1e-4, 2e-4, 5e-4, 1e-2][..]))),
        prop::option::of(any::<bool>()),
    );
    findings.prop_map(
        |(age, wbc, kmt2a, partner, lineage, cns, response, remission, mrd, relapse)| Infant {
            age,
            wbc,
            kmt2a,
            kmt2a_partner: partner.filter(|_| kmt2a == Some(Kmt2a::Rearranged)),
            lineage,
            cns,
            prednisone_response: response,
            remission_eoi: remission,
            mrd,
            relapse,
            ..Infant::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_copy_answers_as_the_original(infant in infant()) {
        COPIES.with(|copies| {
            for (original, copy) in copies {
                let (mut answered, expected) = (assess(copy.protocol(), &infant), assess(original, &infant));
                answered.protocol = original;
                prop_assert_eq!(answered, expected);
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_bytes_are_a_problem_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let definition = read(&bytes);
        prop_assert!(definition.kept.is_none() && !definition.problems.is_empty());
    }

    #[test]
    fn a_value_in_the_place_of_another_never_panics(which in 0..PROTOCOLS.len(), at in any::<prop::sample::Index>(), value in value()) {
        let mut values = copy_of(PROTOCOLS[which]);
        let places = places(&values);
        let place = &places[at.index(places.len())];
        *values.pointer_mut(place).expect("a place of the file") = value;
        let definition = read_values(&values);
        let errors = definition.problems.iter().filter(|problem| problem.fault.gravity() == Gravity::Error);
        prop_assert_eq!(definition.kept.is_none(), errors.count() > 0);
        if let Some(protocol) = definition.protocol() {
            prop_assert_eq!(assess(protocol, &Infant::default()).status, status_of(protocol, &Infant::default()));
        }
    }
}

/// Values of every kind, some of which the format has.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(|number| json!(number)),
        (0_u32..500).prop_map(|number| json!(number)),
        "[a-z0-9 -]{0,12}".prop_map(Value::String),
        Just(json!("always")),
        Just(json!([])),
        Just(json!({})),
        Just(json!({ "not": { "is": "kmt2a-germline" } })),
        Just(json!({ "in_group": "high" })),
    ]
}

/// Every place of a file.
fn places(values: &Value) -> Vec<String> {
    fn walk(value: &Value, place: &str, places: &mut Vec<String>) {
        places.push(place.to_owned());
        match value {
            Value::Array(entries) => {
                let entries = entries.iter().enumerate();
                entries.for_each(|(index, each)| walk(each, &format!("{place}/{index}"), places));
            }
            Value::Object(entries) => entries
                .iter()
                .for_each(|(key, each)| walk(each, &format!("{place}/{key}"), places)),
            _ => {}
        }
    }
    let mut places = Vec::new();
    walk(values, "", &mut places);
    places
}

#[test]
fn each_fault_is_found_at_its_place() {
    let source = json!({ "source": "nobody-1999", "place": "", "read": "primary-source" });
    for (place, value, at, fault) in [
        ("/format", json!("cotside-protocol-9"), "/format", Fault::OtherFormat),
        ("/id", json!("interfant-06"), "/id", Fault::IdTaken),
        ("/id", json!("lnterfant-o6"), "/id", Fault::IdTaken),
        (
            "/name",
            json!("INTERFANT 06"),
            "/name",
            Fault::NameTaken("Interfant-06"),
        ),
        (
            "/name",
            json!("Mine\u{202e}"),
            "/name",
            Fault::UnseenCharacter('\u{202e}'),
        ),
        (
            "/groups/0/name",
            json!("lo\u{200b}w"),
            "/groups/0/name",
            Fault::UnseenCharacter('\u{200b}'),
        ),
        ("/id", json!("My Protocol"), "/id", Fault::BadId),
        ("/name", json!(""), "/name", Fault::Missing),
        ("/name", json!(7), "/name", Fault::WrongShape(Shape::Text)),
        ("/summary", json!("two\nlines"), "/summary", Fault::ControlCharacter),
        (
            "/summary",
            json!("x".repeat(2_001)),
            "/summary",
            Fault::TextTooLong { most: 2_000 },
        ),
        (
            "/clauses/0/limit",
            json!(0),
            "/clauses/0/limit",
            Fault::OutOfRange {
                low: 1.0,
                high: 6_570.0,
            },
        ),
        (
            "/clauses/0/limit",
            json!(1.5),
            "/clauses/0/limit",
            Fault::WrongShape(Shape::WholeNumber),
        ),
        (
            "/clauses/0/limit",
            json!("6 months"),
            "/clauses/0/limit",
            Fault::WrongShape(Shape::Number),
        ),
        ("/clauses/0/cite", Value::Null, "/clauses/0/cite", Fault::NoCitation),
        (
            "/clauses/0/cite",
            source,
            "/clauses/0/cite/source",
            Fault::NoSuchSource("nobody-1999".to_owned()),
        ),
        (
            "/hsct/when",
            json!({ "in_group": "top" }),
            "/hsct/when/in_group",
            Fault::NoSuchGroup("top".to_owned()),
        ),
        (
            "/groups/0/when",
            json!({ "all": [] }),
            "/groups/0/when/all",
            Fault::EmptyCondition,
        ),
        (
            "/groups/0/when",
            json!({ "in_group": "high" }),
            "/groups/0/when/in_group",
            Fault::GroupWithinGroup,
        ),
        (
            "/groups/0/level",
            json!("high"),
            "/groups/0/level",
            Fault::LevelUnlikeName,
        ),
        (
            "/groups/0/id",
            json!("high"),
            "/groups/1/id",
            Fault::Duplicate("high".to_owned()),
        ),
    ] {
        let problems = changed(place, value);
        let expected = one(at, fault);
        assert!(problems.contains(&expected[0]), "{place}: {problems:?}");
    }
}

#[test]
fn unknown_codes_list_the_allowed_ones() {
    let problems = changed("/clauses/0/test", json!("older_than"));
    let [
        Problem {
            place,
            fault: Fault::UnknownCode { found, known },
        },
    ] = &problems[..]
    else {
        panic!("one unknown code: {problems:?}");
    };
    assert_eq!((place.as_str(), found.as_str()), ("/clauses/0/test", "older_than"));
    assert!(known.contains(&"younger_than") && known.contains(&"mrd"));
    let problems = changed("/groups/0/when", json!({ "unless": "x" }));
    assert!(matches!(&problems[0].fault, Fault::UnknownCode { found, .. } if found == "unless"));
}

#[test]
fn what_the_rule_does_is_tried() {
    // All children are in "low", so that none remains for the other groups.
    let problems = changed("/groups/0/when", json!("always"));
    let found = problems.iter().any(|problem| problem.fault == Fault::OthersNotLast);
    assert!(found, "{problems:?}");
    // The condition of the last group is that of the first.
    let problems = changed("/groups/2/when", json!({ "is": "kmt2a-germline" }));
    assert!(
        problems.contains(&one("/groups/2/when", Fault::GroupNeverReached)[0]),
        "{problems:?}"
    );
    assert!(
        problems.contains(&one("/groups", Fault::SomeInNoGroup)[0]),
        "{problems:?}"
    );
    // A clause of no rule is only remarked.
    let mut values = copy_of(protocol("mll-baby").expect("a protocol"));
    let mut more = values["clauses"][0].clone();
    more["id"] = json!("another");
    values["clauses"].as_array_mut().expect("a list").push(more);
    let definition = read_values(&values);
    assert!(definition.kept.is_some());
    assert!(
        matches!(&definition.problems[..], [Problem { place, fault: Fault::ClauseNotUsed }] if place.starts_with("/clauses/"))
    );
}

#[test]
fn missing_eligibility_groups_and_unreachable_children() {
    let without = |key: &str| changed(&format!("/{key}"), json!([]));
    assert!(without("eligible").contains(&one("/eligible", Fault::NoEligibility)[0]));
    assert!(without("groups").contains(&one("/groups", Fault::NoGroups)[0]));
    let mut values = copy_of(protocol("mll-baby").expect("a protocol"));
    values["eligible"] = json!([
        { "clause": "kmt2a-aff1", "if_unknown": "ask" },
        { "clause": "kmt2a-mllt3", "if_unknown": "ask" },
        { "clause": "younger-than-365-days", "if_unknown": "ask" }
    ]);
    assert_eq!(read_values(&values).problems, one("/eligible", Fault::NobodyEnters));
}

#[test]
fn files_that_are_none() {
    assert_eq!(
        read(b"{\n  \"format\": nothing\n}").problems,
        one("", Fault::NotJson { line: 2, column: 14 })
    );
    assert_eq!(read(b"[]").problems, one("/format", Fault::OtherFormat));
    let large = vec![b' '; MOST_BYTES + 1];
    assert_eq!(read(&large).problems, one("", Fault::TooLarge { most: MOST_BYTES }));
    let deep = "[".repeat(100_000);
    assert!(matches!(
        read(deep.as_bytes()).problems[..],
        [Problem {
            fault: Fault::NotJson { .. },
            ..
        }]
    ));
    assert!(parse(b"\xEF\xBB\xBF{}").is_ok(), "a mark of byte order is passed over");
}

#[test]
fn too_many_boundaries_and_too_deep_conditions_are_refused() {
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    let clauses = values["clauses"].as_array_mut().expect("a list");
    let wbc = clauses
        .iter()
        .find(|clause| clause["test"] == "wbc")
        .expect("a count")
        .clone();
    let mut parts = Vec::new();
    for limit in 1..70 {
        let mut more = wbc.clone();
        more["id"] = json!(format!("wbc-{limit}"));
        more["limit"] = json!(limit);
        clauses.push(more);
        parts.push(json!({ "is": format!("wbc-{limit}") }));
    }
    for point in ["mrd_eoi", "mrd_eoc", "mrd_blina1"] {
        let mrd = json!({
            "id": point.replace('_', "-"), "test": "mrd", "point": point, "operator": "at_least", "limit": 0.001,
            "unit": "fraction", "at_limit": "undefined", "cite": wbc["cite"]
        });
        parts.push(json!({ "is": mrd["id"] }));
        clauses.push(mrd);
    }
    values["groups"][0]["when"] = json!({ "any": parts });
    let problems = read_values(&values).problems;
    let too_many = |problem: &Problem| matches!(problem.fault, Fault::TooManyWays { ways, most } if ways > most);
    assert!(problems.iter().any(too_many), "{problems:?}");

    let deep = (0..20).fold(json!({ "is": "kmt2a-germline" }), |inner, _| json!({ "not": inner }));
    let problems = changed("/groups/0/when", deep);
    assert!(
        problems
            .iter()
            .any(|problem| problem.fault == Fault::TooDeep { most: 10 })
    );
}

/// MLL-Baby as written by hand from its abstract.
#[test]
fn a_rule_written_by_hand_answers() {
    let text = br#"{
      "format": "cotside-protocol-1",
      "id": "mll-baby-as-i-read-it",
      "name": "MLL-Baby, our reading",
      "organisation": "Ward 3",
      "family": "trial",
      "era": { "text": "Since 2003.", "cite": { "source": "abstract", "place": "", "read": "primary-source" } },
      "summary": "t(4;11) or no remission on day 36 is high risk.",
      "sources": [{ "id": "abstract", "short": "Abstract 2007", "reference": "Blood 2007;110:2828" }],
      "clauses": [
        { "id": "infant", "test": "younger_than", "limit": 365, "unit": "days",
          "cite": { "source": "abstract", "place": "eligibility", "read": "secondary-source" } },
        { "id": "aff1", "test": "partner_is", "value": "AFF1",
          "cite": { "source": "abstract", "place": "risk groups", "read": "primary-source" } },
        { "id": "remission", "test": "in_remission", "note": "Day 36.",
          "cite": { "source": "abstract", "place": "risk groups", "read": "primary-source" } }
      ],
      "eligible": [{ "clause": "infant", "if_unknown": "ask" }],
      "groups": [
        { "id": "high", "name": "high risk", "level": "high",
          "when": { "any": [{ "is": "aff1" }, { "not": { "is": "remission" } }] } },
        { "id": "intermediate", "name": "intermediate risk", "level": "intermediate", "when": "always" }
      ],
      "hsct": { "text": "Not written down.", "cite": { "source": "abstract", "place": "", "read": "not-verified" } }
    }"#;
    let definition = read(text);
    assert_eq!(definition.problems, []);
    let rule = definition.protocol().expect("a protocol");
    let published = protocol("mll-baby").expect("a protocol");
    fn group<'p>(rule: &'p Protocol<'p>, infant: &Infant) -> Vec<&'p str> {
        let possible = assess(rule, infant).possible();
        possible.iter().map(|group| group.id).collect()
    }
    let child = |partner, remission| Infant {
        age: Some(Age::Days(100)),
        kmt2a: Some(Kmt2a::Rearranged),
        kmt2a_partner: partner,
        remission_eoi: remission,
        ..Infant::default()
    };
    for (infant, expected) in [
        (child(Some(Partner::Aff1), None), vec!["high"]),
        (child(Some(Partner::Mllt3), Some(true)), vec!["intermediate"]),
        (child(Some(Partner::Mllt3), Some(false)), vec!["high"]),
        (child(Some(Partner::Mllt3), None), vec!["intermediate", "high"]),
    ] {
        assert_eq!(group(rule, &infant), expected);
        assert_eq!(group(published, &infant), expected);
    }
}

#[test]
fn definitions_go_with_the_last_who_holds_them() {
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    let mut held: Vec<Rc<OwnProtocol>> = Vec::new();
    let mut opened: Vec<Weak<OwnProtocol>> = Vec::new();
    for version in 0..200 {
        values["name"] = json!(format!("Version {version}"));
        let definition = read_values(&values);
        let kept = definition.kept.clone().expect("a protocol");
        assert_eq!(kept.protocol().name, format!("Version {version}"));
        opened.push(Rc::downgrade(&kept));
        held.push(kept);
        if held.len() > 3 {
            held.remove(0);
        }
        drop(definition);
        let live = opened.iter().filter(|each| each.strong_count() > 0).count();
        assert_eq!(live, held.len());
    }
    held.clear();
    assert!(opened.iter().all(|each| each.upgrade().is_none()));
}

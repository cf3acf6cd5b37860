//! The page's worker as the page uses it: drafts and findings in, HTML and what was read out.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::infant::{Entry, Field};
use cotside_core::protocols::own::{Choice, Draft, copy_of, text};
use cotside_core::protocols::{PROTOCOLS, RULES_VERSION, protocol};
use cotside_messages::{
    BesideCatalogue, DraftRead, DraftValues, PlacedProblem, ProblemGravity, ProtocolEvent, ProtocolRequest,
};
use cotside_worker::Reply;
use cotside_worker::custom_protocol::CustomProtocol;

fn part<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.parts.get(name).map(String::as_str).unwrap_or_default()
}

/// Findings as the pages hand them over.
fn findings(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs
        .iter()
        .map(|(column, typed)| (Field::from_column(column).expect("a column"), *typed));
    Entry::from_pairs(pairs).lines()
}

/// The template, filled in: two groups, by age, KMT2A and white cells.
fn written() -> Draft {
    let mut draft = Draft::template();
    for (place, typed) in [
        ("/name", "Ward rule"),
        ("/id", "ward-rule"),
        ("/organisation", "Ward 3"),
        (
            "/summary",
            "Young infants and those with many white cells are high risk.",
        ),
        ("/era/text", "Since May 2026."),
        ("/sources/0/short", "Ward rule"),
        ("/sources/0/reference", "Ward 3, rule of May 2026"),
        ("/clauses/2/limit", "90"),
        ("/clauses/3/limit", "300"),
        ("/hsct/text", "None."),
    ] {
        draft.type_into(place, typed);
    }
    draft
}

fn asked(worker: &mut CustomProtocol, draft: &Draft, copied_from: Option<&str>) -> (Reply, DraftRead) {
    let reply = worker.ask(ProtocolRequest::Draft(DraftValues {
        json: draft.values().to_string(),
        copied_from: copied_from.map(str::to_owned),
    }));
    match reply.protocol.clone() {
        Some(ProtocolEvent::Read(read)) => (reply, read),
        other => panic!("not read: {other:?}"),
    }
}

fn read(draft: &Draft) -> DraftRead {
    asked(&mut CustomProtocol::default(), draft, None).1
}

fn beside(reply: &Reply) -> &BesideCatalogue {
    match &reply.protocol {
        Some(ProtocolEvent::Beside(beside)) => beside,
        other => panic!("nothing beside: {other:?}"),
    }
}

#[test]
fn a_draft_answers_for_the_infant_that_it_is_tried_on() {
    let mut worker = CustomProtocol::default();
    worker.ask(ProtocolRequest::Try(findings(&[
        ("age_days", "28"),
        ("wbc", "1100"),
        ("kmt2a", "rearranged"),
    ])));
    let (reply, read) = asked(&mut worker, &written(), None);
    assert_eq!(read.problems, []);
    let asks = ["age_days", "wbc", "kmt2a"].map(str::to_owned);
    let columns = read.asked.expect("it can be used");
    assert!(
        columns.len() == asks.len() && asks.iter().all(|column| columns.contains(column)),
        "{columns:?}"
    );
    let answer = part(&reply, "trial");
    assert!(answer.contains("<strong>high risk</strong>"), "{answer}");
    assert!(part(&reply, "beside").contains("yours, not checked"));
    let rows = part(&reply, "beside").matches("class=\"row\"").count();
    assert_eq!(rows, PROTOCOLS.len() + 1);
    assert!(part(&reply, "rule").contains("Ward rule in full"));
    let reply = worker.ask(ProtocolRequest::Try(findings(&[
        ("age_days", "100"),
        ("wbc", "20"),
        ("kmt2a", "rearranged"),
    ])));
    assert!(
        part(&reply, "trial").contains("standard risk"),
        "{}",
        part(&reply, "trial")
    );
    assert!(!reply.parts.contains_key("rule"), "what does not change is not made");
}

#[test]
fn the_infants_to_try_it_on_are_the_examples() {
    let reply = CustomProtocol::default().ask(ProtocolRequest::Examples);
    let Some(ProtocolEvent::Examples(examples)) = reply.protocol else {
        panic!("no examples");
    };
    assert!(
        examples.len() > 10 && examples[0].findings.contains("1100"),
        "{examples:?}"
    );
    assert!(examples[1].name.contains("patient 1"));
}

#[test]
fn a_limit_above_infancy_is_pointed_out() {
    for (test, limit, unit, is_above) in [
        ("younger_than", "366", "days", false),
        ("younger_than", "367", "days", true),
        ("at_most_aged", "364", "days", false),
        ("at_most_aged", "365", "days", false),
        ("at_most_aged", "366", "days", true),
        ("younger_than", "12", "months", false),
        ("younger_than", "13", "months", true),
        ("at_most_aged", "12", "months", false),
        ("at_most_aged", "13", "months", true),
        ("at_most_aged", "", "months", false),
    ] {
        let mut draft = written();
        draft.ask("/clauses/0", test);
        assert_eq!(draft.text("/clauses/0/unit"), "days");
        draft.type_into("/clauses/0/unit", unit);
        draft.type_into("/clauses/0/limit", limit);
        let clause = &read(&draft).clauses[0];
        assert_eq!(clause.takes_older_children, is_above, "{test} {limit} {unit}");
    }
}

#[test]
fn what_is_wrong_has_its_place_and_what_is_missing_is_no_error() {
    let mut draft = written();
    draft.type_into("/clauses/3/limit", "many");
    draft.type_into("/name", "");
    let mut worker = CustomProtocol::default();
    let (reply, read) = asked(&mut worker, &draft, None);
    assert_eq!(read.asked, None);
    assert_eq!(part(&reply, "beside"), "");
    let found = |place: &str| read.problems.iter().find(|each| each.place == place).expect(place);
    let PlacedProblem {
        gravity,
        name,
        sentence,
        ..
    } = found("/clauses/3/limit");
    assert_eq!(*gravity, ProblemGravity::Error);
    assert!(
        name.contains("criterion 4") && sentence.contains("number"),
        "{name}: {sentence}"
    );
    assert_eq!(found("/name").gravity, ProblemGravity::Missing);
    draft.type_into("/clauses/3/limit", "50");
    draft.type_into("/name", "Ward rule");
    assert_eq!(asked(&mut worker, &draft, None).1.problems, []);
    draft.add("/sources");
    draft.type_into("/sources/1/short", "Paper");
    draft.type_into("/sources/1/reference", "A paper");
    let remarks = asked(&mut worker, &draft, None).1;
    assert!(remarks.asked.is_some());
    assert_eq!(remarks.problems[0].gravity, ProblemGravity::Remark);
}

#[test]
fn a_template_is_only_to_be_completed() {
    for draft in [Draft::template(), Draft::empty()] {
        let read = read(&draft);
        assert!(!read.problems.is_empty());
        for problem in read.problems {
            assert_eq!(problem.gravity, ProblemGravity::Missing, "{problem:?}");
        }
    }
}

#[test]
fn every_protocol_can_be_copied_and_answers_as_the_original() {
    let mut worker = CustomProtocol::default();
    for protocol in PROTOCOLS {
        let reply = worker.ask(ProtocolRequest::CopyOf(protocol.id.to_owned()));
        let Some(ProtocolEvent::Draft(values)) = reply.protocol else {
            panic!("no draft of {}", protocol.id);
        };
        assert_eq!(values.copied_from.as_deref(), Some(protocol.id));
        let draft = Draft::of(serde_json::from_str(&values.json).expect("JSON"));
        assert_eq!(draft.file(), text(&copy_of(protocol)));
        let (reply, read) = asked(&mut worker, &draft, Some(protocol.id));
        assert_eq!((read.problems, read.outcomes_of), (Vec::new(), None), "{}", protocol.id);
        assert!(!part(&reply, "examples").contains("differs"), "{}", protocol.id);
    }
    // A changed rule shows in the examples beside the original, whose outcomes are no longer those of its groups.
    let original = protocol("mll-baby").expect("a protocol");
    let mut draft = Draft::copy_of(original);
    let (reply, _) = asked(&mut worker, &draft, Some("mll-baby"));
    let first = part(&reply, "examples").to_owned();
    draft.choose("/groups/0/when", &Choice::Is("remission-day-36-43".to_owned()));
    let (reply, read) = asked(&mut worker, &draft, Some("mll-baby"));
    assert_ne!(part(&reply, "examples"), first);
    let has_outcomes = !original.outcomes.is_empty();
    assert_eq!(read.outcomes_of.is_some(), has_outcomes);
    assert_eq!(asked(&mut worker, &draft, None).1.outcomes_of, None);
}

#[test]
fn a_file_is_handed_to_the_page_and_a_bad_one_refused_with_its_place() {
    let mut worker = CustomProtocol::default();
    let file = written().file();
    let reply = worker.open("ward.json", file.as_bytes());
    let Some(ProtocolEvent::Draft(values)) = reply.protocol else {
        panic!("no draft");
    };
    assert_eq!((values.json, values.copied_from), (file, None));
    let reply = worker.open("notes.json", b"{ \"format\": ");
    let refused = reply.refused.expect("refused");
    assert!(
        refused.contains("notes.json") && refused.contains("line 1"),
        "{refused}"
    );
    let reply = worker.open("other.json", b"{ \"format\": \"another\" }");
    assert!(reply.refused.is_some() && reply.protocol.is_none());
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    values["clauses"][0]["test"] = "older_than".into();
    let reply = worker.open("rule.json", text(&values).as_bytes());
    assert_eq!(reply.refused, None, "what can be fixed is opened");
    let read = read(&Draft::of(values));
    assert!(
        read.problems
            .iter()
            .any(|each| each.sentence.contains("“older_than” is not known here"))
    );
    assert_eq!(read.clauses[0].words, "unfinished");
}

#[test]
fn no_draft_makes_it_fail() {
    let mut worker = CustomProtocol::default();
    for json in [
        "",
        "null",
        "[]",
        "{",
        "{\"clauses\": 3}",
        "{\"format\": \"cotside-protocol-1\", \"clauses\": [null, 1]}",
    ] {
        let reply = worker.ask(ProtocolRequest::Draft(DraftValues {
            json: json.to_owned(),
            copied_from: Some("nothing".to_owned()),
        }));
        assert!(
            matches!(reply.protocol, Some(ProtocolEvent::Read(read)) if !read.problems.is_empty()),
            "{json}"
        );
    }
}

#[test]
fn markup_in_a_file_stays_text() {
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    values["name"] = "<img src=x onerror=alert(1)>".into();
    values["groups"][0]["name"] = "\"><script>".into();
    let mut worker = CustomProtocol::default();
    let (reply, _) = asked(&mut worker, &Draft::of(values), None);
    assert!(!reply.parts.is_empty());
    for html in reply.parts.values() {
        assert!(!html.contains("<img src=x") && !html.contains("<script"), "{html}");
    }
}

#[test]
fn beside_the_catalogue_for_the_findings_that_are_entered() {
    let mut worker = CustomProtocol::default();
    let young = |wbc: &str| findings(&[("age_days", "100"), ("kmt2a", "rearranged"), ("wbc", wbc)]);
    let reply = worker.ask(ProtocolRequest::Findings(young("20")));
    assert_eq!(
        (beside(&reply).versions[0].as_str(), beside(&reply).compared.as_str()),
        (RULES_VERSION, RULES_VERSION)
    );
    assert!(part(&reply, "rows").is_empty() && beside(&reply).files.is_empty());
    let file = written().file();
    let reply = worker.open("ward.json", file.as_bytes());
    assert!(part(&reply, "rows").contains("standard risk") && part(&reply, "rows").contains("yours, not checked"));
    assert_eq!(beside(&reply).files, [("ward-rule".to_owned(), "Ward rule".to_owned())]);
    let reply = worker.ask(ProtocolRequest::Findings(young("400")));
    assert!(part(&reply, "rows").contains("high risk"));
    let reply = worker.open("bad.json", file.replace("younger_than", "older_than").as_bytes());
    assert!(
        part(&reply, "problems").contains("bad.json cannot be used"),
        "{}",
        part(&reply, "problems")
    );
    assert!(part(&reply, "rows").contains("high risk"), "the one before stays");
    let reply = worker.ask(ProtocolRequest::Rules("2026.11.1".to_owned()));
    assert!(part(&reply, "versions").contains("Corrected since"));
    assert_eq!(beside(&reply).compared, "2026.11.1");
    let reply = worker.ask(ProtocolRequest::Remove("ward-rule".to_owned()));
    assert!(part(&reply, "rows").is_empty() && beside(&reply).files.is_empty());
}

#[test]
fn a_worker_that_takes_the_place_of_another_is_told_the_last_of_each() {
    let draft = |json: &str| {
        ProtocolRequest::Draft(DraftValues {
            json: json.to_owned(),
            copied_from: None,
        })
    };
    assert!(draft("{}").replaces(&draft("[]")) && draft("{}").is_kept());
    assert!(!draft("{}").replaces(&ProtocolRequest::Try(String::new())));
    let remove = || ProtocolRequest::Remove("ward".to_owned());
    assert!(!remove().replaces(&remove()) && remove().is_kept());
    assert!(!ProtocolRequest::Examples.is_kept() && !ProtocolRequest::CopyOf("mll-10".to_owned()).is_kept());
}

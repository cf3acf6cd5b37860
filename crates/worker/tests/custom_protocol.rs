//! The page's worker as the page uses it: settings in, HTML and a file out.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::protocols::own::{copy_of, read, text};
use cotside_core::protocols::{PROTOCOLS, RULES_VERSION, protocol};
use cotside_worker::Reply;
use cotside_worker::custom_protocol::CustomProtocol;

fn part<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.parts.get(name).map(String::as_str).unwrap_or_default()
}

/// Findings as the stratify page hands them over.
fn findings(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(column, typed)| {
        let field = cotside_core::infant::Field::from_column(column).expect("a column");
        (field, *typed)
    });
    cotside_core::infant::Entry::from_pairs(pairs).lines()
}

/// A rule with two groups, written from nothing by the controls of the form.
fn written() -> (CustomProtocol, Reply) {
    let mut own = CustomProtocol::default();
    let mut last = own.start();
    for (name, value) in [
        ("/name", "Ward rule"),
        ("/id", "ward-rule"),
        ("/organisation", "Ward 3"),
        ("/summary", "Many white cells are high risk."),
        ("add", "/sources"),
        ("/sources/0/short", "Ward rule 2026"),
        ("/sources/0/reference", "Ward 3, rule of May 2026"),
        ("id:/sources/0/id", "ward"),
        ("/era/text", "Since May 2026."),
        ("/era/cite/source", "ward"),
        ("add", "/clauses"),
        ("/clauses/0/limit", "365"),
        ("/clauses/0/unit", "days"),
        ("id:/clauses/0/id", "infant"),
        ("add", "/clauses"),
        ("test:/clauses/1", "wbc"),
        ("/clauses/1/limit", "100,5"),
        ("add", "/eligible"),
        ("/eligible/0/clause", "infant"),
        ("add", "/groups"),
        ("/groups/0/name", "high risk"),
        ("/groups/0/level", "high"),
        ("id:/groups/0/id", "high"),
        ("when:/groups/0/when", "is:clause-1"),
        ("id:/clauses/1/id", "many-cells"),
        ("add", "/groups"),
        ("/groups/1/name", "standard risk"),
        ("id:/groups/1/id", "standard"),
        ("when:/groups/1/when", "always"),
        ("/hsct/text", "Transplant in the high risk group."),
        ("/hsct/cite/source", "ward"),
        ("when:/hsct/when", "group:high"),
    ] {
        last = own.set(name, value);
    }
    (own, last)
}

#[test]
fn a_rule_written_by_the_controls_answers_and_is_a_file() {
    let (mut own, reply) = written();
    assert!(
        part(&reply, "problems").contains("Nothing is wrong"),
        "{}",
        part(&reply, "problems")
    );
    // 1,100 × 10⁹/L in the first example.
    assert!(
        part(&reply, "trial").contains("<strong class=\"\">high risk</strong>"),
        "{}",
        part(&reply, "trial")
    );
    assert!(part(&reply, "beside").contains("yours, not checked"));
    assert_eq!(
        part(&reply, "beside").matches("class=\"row\"").count(),
        PROTOCOLS.len() + 1
    );
    let reply = own.set("find:wbc", "100");
    assert!(
        part(&reply, "trial").contains("standard risk"),
        "{}",
        part(&reply, "trial")
    );
    let file = own.file();
    assert_eq!(file.name, "ward-rule.json");
    let definition = read(file.text.as_bytes());
    assert_eq!(definition.problems, []);
    let rule = definition.protocol.expect("a protocol");
    assert_eq!(rule.groups[0].id, "high");
    // The clause was renamed after the group had named it.
    assert!(
        file.text.contains("\"is\": \"many-cells\"") && file.text.contains("\"limit\": 100.5"),
        "{}",
        file.text
    );
}

#[test]
fn an_age_is_in_days_and_a_limit_above_infancy_is_pointed_out() {
    let (mut own, _) = written();
    own.set("add", "/clauses");
    let file: serde_json::Value = serde_json::from_str(&own.file().text).expect("a file");
    assert_eq!(file["clauses"][2]["unit"], "days");
    own.set("test:/clauses/1", "at_most_aged");
    let file: serde_json::Value = serde_json::from_str(&own.file().text).expect("a file");
    assert_eq!(file["clauses"][1]["unit"], "days");
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
        own.set("test:/clauses/0", test);
        own.set("/clauses/0/unit", unit);
        let reply = own.set("/clauses/0/limit", limit);
        let said = part(&reply, "form").contains("no longer infants");
        assert_eq!(said, is_above, "{test} {limit} {unit}");
    }
}

#[test]
fn what_is_wrong_is_said_where_it_is_and_leaves_the_rest_standing() {
    let (mut own, _) = written();
    let reply = own.set("/clauses/1/limit", "many");
    let problems = part(&reply, "problems");
    assert!(
        problems.contains("data-focus=\"/clauses/1/limit\"") && problems.contains("clause 2"),
        "{problems}"
    );
    assert!(
        part(&reply, "form").contains("value=\"many\" aria-invalid=\"true\""),
        "what was typed stays"
    );
    assert_eq!(part(&reply, "beside"), "");
    let reply = own.set("/clauses/1/limit", "50");
    assert!(part(&reply, "problems").contains("Nothing is wrong"));
}

#[test]
fn conditions_are_built_and_taken_apart() {
    let (mut own, _) = written();
    for (name, value) in [
        ("when:/groups/0/when", "any"),
        ("add", "/groups/0/when/any"),
        ("when:/groups/0/when/any/1", "not-is:infant"),
        ("when:/groups/0/when", "all"),
    ] {
        own.set(name, value);
    }
    let compact: String = own.file().text.split_whitespace().collect();
    let expected = "\"when\":{\"all\":[{\"is\":\"many-cells\"},{\"not\":{\"is\":\"infant\"}}]}";
    assert!(compact.contains(expected), "{compact}");
    // Nobody who may enter is no infant: the group is never reached.
    let reply = own.set("remove", "/groups/9");
    assert!(
        part(&reply, "problems").contains("No child comes into this group"),
        "{}",
        part(&reply, "problems")
    );
    let reply = own.set("remove", "/groups/0/when/all/1");
    assert!(part(&reply, "problems").contains("Nothing is wrong"));
}

#[test]
fn every_protocol_can_be_copied_and_saved_without_a_fault() {
    let mut own = CustomProtocol::default();
    for protocol in PROTOCOLS {
        let reply = own.set("copy", protocol.id);
        assert!(part(&reply, "problems").contains("Nothing is wrong"), "{}", protocol.id);
        assert!(!part(&reply, "examples").contains("differs"), "{}", protocol.id);
        assert_eq!(own.file().text, text(&copy_of(protocol)));
    }
    // A changed boundary shows in the examples beside the original.
    own.set("copy", "severance");
    let reply = own.set("copy", "mll-baby");
    let first = part(&reply, "examples").to_owned();
    own.set("when:/groups/0/when", "is:remission-day-36-43");
    let reply = own.set("remove", "/nothing/0");
    assert_ne!(part(&reply, "examples"), first);
}

#[test]
fn a_bad_file_is_refused_with_its_place() {
    let mut own = CustomProtocol::default();
    let reply = own.open("notes.json", b"{ \"format\": ");
    let refused = reply.refused.expect("refused");
    assert!(
        refused.contains("notes.json") && refused.contains("line 1"),
        "{refused}"
    );
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    values["clauses"][0]["test"] = "older_than".into();
    let reply = own.open("rule.json", text(&values).as_bytes());
    assert_eq!(reply.refused, None, "what can be mended is opened");
    assert!(part(&reply, "problems").contains("“older_than” is not known here"));
}

#[test]
fn markup_in_a_file_stays_text() {
    let mut values = copy_of(protocol("interfant-06").expect("a protocol"));
    values["name"] = "<img src=x onerror=alert(1)>".into();
    values["groups"][0]["name"] = "\"><script>".into();
    let mut own = CustomProtocol::default();
    let reply = own.open("rule.json", text(&values).as_bytes());
    for html in reply.parts.values() {
        assert!(!html.contains("<img src=x") && !html.contains("<script"), "{html}");
    }
}

#[test]
fn beside_the_catalogue_for_the_findings_that_are_entered() {
    let mut own = CustomProtocol::default();
    let reply = own.set(
        "findings",
        &findings(&[("age_days", "100"), ("kmt2a", "rearranged"), ("wbc", "20")]),
    );
    assert!(part(&reply, "versions").contains(RULES_VERSION) && part(&reply, "rows").is_empty());
    let file = written().0.file();
    let reply = own.open("ward.json", file.text.as_bytes());
    assert!(part(&reply, "rows").contains("standard risk") && part(&reply, "rows").contains("yours, not checked"));
    let reply = own.set("findings", &findings(&[("age_days", "100"), ("wbc", "200")]));
    assert!(part(&reply, "rows").contains("high risk"));
    let reply = own.open("bad.json", file.text.replace("younger_than", "older_than").as_bytes());
    assert!(
        part(&reply, "problems").contains("bad.json cannot be used"),
        "{}",
        part(&reply, "problems")
    );
    assert!(part(&reply, "rows").contains("high risk"), "the one before stays");
    let reply = own.set("away", "ward-rule");
    assert!(part(&reply, "rows").is_empty());
}

#[test]
fn no_control_and_no_file_makes_it_fail() {
    let (mut own, _) = written();
    let places = [
        "/",
        "",
        "/clauses",
        "/clauses/0",
        "/groups/0/when/is",
        "/era",
        "/nothing/4/x",
        "/groups/99",
    ];
    for place in places {
        for (name, value) in [
            (place.to_owned(), "x".to_owned()),
            (format!("id:{place}"), "y".to_owned()),
            (format!("test:{place}"), "mrd".to_owned()),
            (format!("when:{place}"), "not".to_owned()),
            (format!("lineage:{place}:B"), "yes".to_owned()),
            (format!("stated:{place}"), "yes".to_owned()),
            ("add".to_owned(), place.to_owned()),
            ("up".to_owned(), place.to_owned()),
            ("remove".to_owned(), place.to_owned()),
            ("clear".to_owned(), place.to_owned()),
        ] {
            let reply = own.set(&name, &value);
            assert!(reply.refused.is_none(), "{name} {value}");
        }
    }
    assert!(!own.file().text.is_empty());
}

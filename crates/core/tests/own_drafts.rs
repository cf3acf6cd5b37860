//! A protocol written by the changes that the form makes: its file, effects of a renamed id, conditions combined and
//! split.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::protocols::own::{Asks, Choice, Draft, Fault, Gravity, SpreadKind, copy_of, read_values, text};
use cotside_core::protocols::{PROTOCOLS, protocol};
use serde_json::json;

/// Writes a rule with two groups from an empty draft.
fn written() -> Draft {
    let mut draft = Draft::empty();
    for (place, typed) in [
        ("/name", "Ward rule"),
        ("/id", "ward-rule"),
        ("/organisation", "Ward 3"),
        ("/summary", "Many white cells are high risk."),
    ] {
        draft.type_into(place, typed);
    }
    draft.add("/sources");
    draft.type_into("/sources/0/short", "Ward rule 2026");
    draft.type_into("/sources/0/reference", "Ward 3, rule of May 2026");
    draft.rename("/sources/0/id", "ward");
    draft.type_into("/era/text", "Since May 2026.");
    draft.add("/clauses");
    draft.type_into("/clauses/0/limit", "365");
    draft.rename("/clauses/0/id", "infant");
    draft.add("/clauses");
    draft.ask("/clauses/1", "wbc");
    draft.type_into("/clauses/1/limit", "100,5");
    draft.add("/eligible");
    draft.type_into("/eligible/0/clause", "infant");
    draft.add("/groups");
    draft.type_into("/groups/0/name", "high risk");
    draft.type_into("/groups/0/level", "high");
    draft.rename("/groups/0/id", "high");
    draft.choose("/groups/0/when", &Choice::Is("clause-1".to_owned()));
    draft.rename("/clauses/1/id", "many-cells");
    draft.add("/groups");
    draft.type_into("/groups/1/name", "standard risk");
    draft.rename("/groups/1/id", "standard");
    draft.choose("/groups/1/when", &Choice::Always);
    draft.type_into("/hsct/text", "Transplant in the high risk group.");
    draft.choose("/hsct/when", &Choice::InGroup("high".to_owned()));
    draft
}

#[test]
fn a_rule_written_from_nothing_is_a_protocol() {
    let draft = written();
    let definition = read_values(draft.values());
    assert_eq!(definition.problems, []);
    let rule = definition.protocol().expect("a protocol");
    assert_eq!(rule.groups[0].id, "high");
    // The clause was renamed after the group had named it; the first source is that of every statement.
    assert_eq!(draft.at("/groups/0/when"), &json!({ "is": "many-cells" }));
    assert_eq!(draft.at("/clauses/1/limit"), &json!(100.5));
    assert_eq!(draft.text("/hsct/cite/source"), "ward");
    assert_eq!(draft.text("/clauses/0/unit"), "days");
}

#[test]
fn the_template_lacks_values_and_has_no_errors() {
    let draft = Draft::template();
    let problems = read_values(draft.values()).problems;
    assert!(!problems.is_empty());
    for problem in problems {
        assert!(problem.fault.is_missing(), "{problem}");
    }
    // No limit is filled in.
    assert_eq!(draft.shown("/clauses/2/limit"), "");
    assert_eq!(draft.shown("/clauses/3/limit"), "");
    let mut draft = draft;
    for (place, typed) in [
        ("/name", "Ward rule"),
        ("/organisation", "Ward 3"),
        (
            "/summary",
            "Young infants and those with many white cells are high risk.",
        ),
        ("/era/text", "Since May 2026."),
        ("/sources/0/short", "Ward rule"),
        ("/sources/0/reference", "Ward 3, rule of May 2026"),
        ("/clauses/2/limit", "180"),
        ("/clauses/3/limit", "300"),
        ("/hsct/text", "None."),
    ] {
        draft.type_into(place, typed);
    }
    assert_eq!(read_values(draft.values()).problems, []);
}

#[test]
fn conditions_are_put_together_and_taken_apart() {
    let mut draft = written();
    draft.choose("/groups/0/when", &Choice::Any);
    draft.add("/groups/0/when/any");
    draft.choose("/groups/0/when/any/1", &Choice::IsNot("infant".to_owned()));
    draft.choose("/groups/0/when", &Choice::All);
    let expected = json!({ "all": [{ "is": "many-cells" }, { "not": { "is": "infant" } }] });
    assert_eq!(draft.at("/groups/0/when"), &expected);
    // Whoever may enter is an infant: the group is never reached.
    let problems = read_values(draft.values()).problems;
    assert!(problems.iter().any(|each| each.fault == Fault::GroupNeverReached));
    draft.choose("/groups/0/when", &Choice::Not);
    assert_eq!(draft.at("/groups/0/when"), &json!({ "not": expected }));
    draft.choose("/groups/0/when", &Choice::WithoutNot);
    draft.remove("/groups/0/when/all/1");
    assert_eq!(read_values(draft.values()).problems, []);
}

#[test]
fn a_choice_is_its_code_and_its_value() {
    let id = || "high".to_owned();
    for choice in [
        Choice::Open,
        Choice::NoRule,
        Choice::Always,
        Choice::Is(id()),
        Choice::IsNot(id()),
        Choice::InGroup(id()),
        Choice::NotInGroup(id()),
        Choice::All,
        Choice::Any,
        Choice::Not,
    ] {
        assert_eq!(Choice::from_code(&choice.code()), choice);
        let mut draft = written();
        draft.choose("/hsct/when", &choice);
        assert_eq!(Choice::of(draft.at("/hsct/when")), choice);
    }
}

#[test]
fn conditions_of_a_transplant_and_outcomes_are_written() {
    let mut draft = written();
    draft.add("/clauses");
    draft.ask("/clauses/2", "in_remission");
    draft.add("/hsct/conditions");
    draft.choose("/hsct/conditions/0/when", &Choice::Is("clause-1".to_owned()));
    draft.add("/outcomes");
    draft.type_into("/outcomes/0/population", "High risk infants");
    draft.choose("/outcomes/0/applies", &Choice::InGroup("high".to_owned()));
    draft.type_into("/outcomes/0/estimate", "41,7");
    draft.choose_spread("/outcomes/0/spread", SpreadKind::Interval95);
    assert!(!read_values(draft.values()).problems.is_empty());
    draft.type_into("/outcomes/0/spread/interval95/0", "30");
    draft.type_into("/outcomes/0/spread/interval95/1", "53.5");
    let definition = read_values(draft.values());
    assert_eq!(definition.problems, []);
    let rule = definition.protocol().expect("a protocol");
    assert_eq!((rule.hsct.conditions.len(), rule.outcomes.len()), (1, 1));
    assert_eq!(SpreadKind::of(draft.at("/outcomes/0/spread")), SpreadKind::Interval95);
}

#[test]
fn every_protocol_can_be_copied_without_a_fault() {
    for protocol in PROTOCOLS {
        let draft = Draft::copy_of(protocol);
        assert_eq!(read_values(draft.values()).problems, [], "{}", protocol.id);
        assert_eq!(draft.file(), text(&copy_of(protocol)));
    }
}

#[test]
fn no_change_at_any_place_makes_it_fail() {
    let mut draft = Draft::copy_of(protocol("interfant-06").expect("a protocol"));
    for place in [
        "/",
        "",
        "/clauses",
        "/clauses/0",
        "/groups/0/when/is",
        "/era",
        "/nothing/4/x",
        "/groups/99",
        "/hsct/conditions/0",
    ] {
        draft.type_into(place, "x");
        draft.rename(place, "y");
        draft.ask(place, "mrd");
        draft.choose(place, &Choice::Not);
        draft.choose_spread(place, SpreadKind::Unclear);
        draft.tick(place, "B", true);
        draft.state(place, true);
        draft.add(place);
        draft.move_up(place);
        draft.remove(place);
        draft.clear(place);
        let definition = read_values(draft.values());
        let errors = definition
            .problems
            .iter()
            .any(|each| each.fault.gravity() == Gravity::Error);
        assert_eq!(definition.kept.is_none(), errors);
    }
    assert_eq!(draft.asks("/nothing"), None::<Asks>);
}

//! What a person reads, for children whose answers were worked out by hand.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::infant::{Entry, Field, Form, Reading, Settled, read};
use cotside_core::protocols::{Assessment, assess, assess_all, disagreements, protocol, worth_knowing_next};
use cotside_words::en;

fn child(pairs: &[(Field, &str)]) -> Reading {
    read(&Entry::from_pairs(pairs.iter().copied()))
}

fn answer(id: &str, reading: &Reading) -> Assessment<'static> {
    let Some(protocol) = protocol(id) else {
        panic!("no {id}")
    };
    assess(protocol, &reading.infant)
}

const REARRANGED: (Field, &str) = (Field::Kmt2a, "rearranged");

#[test]
fn an_assigned_group_says_what_decided() {
    let child = child(&[
        REARRANGED,
        (Field::AgeDays, "100"),
        (Field::Wbc, "350"),
        (Field::Cns, "1"),
    ]);
    for (id, sentence) in [
        (
            "interfant-06",
            "Interfant-06 assigns high risk (HR): KMT2A rearranged, younger than 6 months, white cells ≥ 300 × 10⁹/L.",
        ),
        (
            "mll-10",
            "MLL-10 assigns high risk (HR): KMT2A rearranged, younger than 180 days.",
        ),
    ] {
        assert_eq!(en::reason(&answer(id, &child)), sentence);
    }
}

#[test]
fn all_others_says_why_it_is_not_one_of_the_others() {
    let older = child(&[REARRANGED, (Field::AgeDays, "300"), (Field::Wbc, "500")]);
    assert_eq!(
        en::reason(&answer("interfant-06", &older)),
        "Interfant-06 assigns medium risk (MR): KMT2A rearranged, 6 months old or older."
    );
}

#[test]
fn an_undetermined_answer_says_on_what_it_depends_and_what_each_value_leads_to() {
    let open = child(&[REARRANGED, (Field::AgeDays, "100"), (Field::Wbc, "20")]);
    let answer = answer("interfant-06", &open);
    assert_eq!(
        en::reason(&answer),
        "Interfant-06 may be medium risk (MR) or high risk (HR); it depends on prednisone response."
    );
    let deciders: Vec<String> = answer
        .deciders
        .iter()
        .map(|each| en::decider(each, answer.protocol))
        .collect();
    assert_eq!(
        deciders,
        ["Prednisone response: good → medium risk (MR); poor → high risk (HR)"]
    );
}

#[test]
fn what_the_sources_do_not_say_is_said() {
    let cns2 = child(&[REARRANGED, (Field::AgeDays, "300"), (Field::Cns, "2")]);
    assert_eq!(
        en::reason(&answer("mll-10", &cns2)),
        "MLL-10 assigns intermediate risk (IR): KMT2A rearranged, 180 days old or older, CNS2, which does not count as CNS \
         disease."
    );
    let notices: Vec<String> = answer("mll-10", &cns2).notices.iter().map(en::notice).collect();
    assert_eq!(
        notices[1..],
        [
            "A commentary counts 5 or more white cells per µL with blasts as CNS involvement, which leaves CNS2 out; the \
             protocol's own wording was not read."
        ]
    );
    let duplication = child(&[(Field::Kmt2a, "ptd"), (Field::AgeDays, "300")]);
    let sentence = en::reason(&answer("interfant-06", &duplication));
    assert!(sentence.contains("partial tandem duplication"), "{sentence}");
}

#[test]
fn the_nearest_boundary_is_named_with_its_distance() {
    let child = child(&[REARRANGED, (Field::AgeDays, "179"), (Field::Cns, "1")]);
    let answer = answer("mll-10", &child);
    let changes: Vec<String> = answer
        .changes
        .iter()
        .map(|each| en::change(each, answer.protocol))
        .collect();
    assert_eq!(
        changes,
        [
            "age 180 days or more → intermediate risk (IR) (1 day away)",
            "KMT2A status germline → low risk (LR)"
        ]
    );
}

#[test]
fn not_applicable_names_the_criterion() {
    let older = child(&[REARRANGED, (Field::AgeDays, "365")]);
    assert_eq!(
        en::reason(&answer("mll-10", &older)),
        "MLL-10 does not apply: it asks for younger than 365 days."
    );
}

#[test]
fn what_was_understood_is_said_in_the_other_unit() {
    let entry = Entry::from_pairs([
        (Field::Wbc, "1100"),
        (Field::AgeDays, "183"),
        (Field::MrdEoi, "0.01%"),
        (Field::Day8Blasts, "1000"),
        (Field::CsfBlasts, "yes"),
    ]);
    let reading = read(&entry);
    for (field, echo) in [
        (Field::Wbc, "1,100 × 10⁹/L = 1,100,000/µL"),
        (Field::AgeDays, "183 days: completed months depend on the dates"),
        (Field::MrdEoi, "0.01 % = 1e-4"),
        (Field::Day8Blasts, "1,000/µL: poor response"),
        (Field::CsfBlasts, "CNS2 or CNS3"),
    ] {
        assert_eq!(en::understood(field, &entry, &reading).as_deref(), Some(echo));
    }
    assert_eq!(en::understood(Field::Cns, &entry, &reading), None);
}

#[test]
fn the_note_has_findings_answers_sources_and_the_line_of_intended_use() {
    let child = child(&[
        REARRANGED,
        (Field::AgeDays, "100"),
        (Field::Wbc, "350"),
        (Field::Cns, "1"),
    ]);
    let note = en::note_for_records(&child.infant, &assess_all(&child.infant), "Cotside test");
    for part in [
        "age 100 days",
        "Not known: KMT2A partner, lineage, prednisone response",
        "MLL-10 assigns high risk (HR)",
        "3-year EFS 56.6 %",
        "doi:10.1182/blood.2019004741], abstract]",
        "Not a medical device",
        "Cotside test",
    ] {
        assert!(note.contains(part), "{part:?} is not in\n{note}");
    }
    assert!(
        !note.to_lowercase().contains("recommend") && !note.contains("should"),
        "{note}"
    );
}

#[test]
fn the_next_finding_and_the_disagreements_name_protocols() {
    let child = child(&[
        REARRANGED,
        (Field::AgeDays, "100"),
        (Field::Wbc, "20"),
        (Field::Cns, "1"),
    ]);
    let all = assess_all(&child.infant);
    let next = worth_knowing_next(&all);
    let first = next.first().map(en::next_finding).unwrap_or_default();
    assert!(
        first.starts_with("Prednisone response decides") && first.contains("Interfant-06"),
        "{first}"
    );
    let disagreements: Vec<String> = disagreements(&all).iter().map(en::disagreement).collect();
    let age = disagreements
        .iter()
        .find(|line| line.starts_with("Age:"))
        .cloned()
        .unwrap_or_default();
    assert!(
        age.contains("younger than 180 days? yes") && age.contains("younger than 90 days? no"),
        "{age}"
    );
}

#[test]
fn a_held_text_and_a_refused_one_name_their_readings() {
    for (field, text, question, choices) in [
        (
            Field::AgeDays,
            "4",
            "Days or months? Not used until you choose.",
            &["4 days", "4 months"][..],
        ),
        (
            Field::AgeMonths,
            "1",
            "Days or months? Not used until you choose.",
            &["1 day", "1 month"],
        ),
        (
            Field::Wbc,
            "33900",
            "Which count is meant? Not used until you choose.",
            &["33.9 × 10⁹/L (33,900 per µL)", "33,900 × 10⁹/L as typed"],
        ),
        (
            Field::Wbc,
            "1,234",
            "Which count is meant? Not used until you choose.",
            &["1.234 × 10⁹/L", "1,234 × 10⁹/L"],
        ),
        (
            Field::Wbc,
            "250,000",
            "Is this count meant? Not used until you confirm.",
            &["250 × 10⁹/L (250,000 per µL)"],
        ),
    ] {
        let form = Form::of(&Entry::from_pairs([(field, text)]), Settled::default());
        let said: Vec<(&str, Vec<String>)> = form
            .questions
            .iter()
            .map(|question| {
                let choices = question.choices.iter().map(en::choice).collect();
                (en::which_reading(question), choices)
            })
            .collect();
        assert_eq!(
            said,
            [(question, choices.iter().map(|&choice| choice.to_owned()).collect())]
        );
    }
    for (field, text, said) in [
        (
            Field::Wbc,
            "33900",
            "“33900” may be 33.9 × 10⁹/L (33,900 per µL) or 33,900 × 10⁹/L. Give the count per µL in wbc_per_ul; in × \
             10⁹/L, 3,000 is the most that is accepted.",
        ),
        (
            Field::Wbc,
            "-1",
            "“-1” is not accepted; give a number from 0 to 3,000 (10⁹/L).",
        ),
        (
            Field::AgeDays,
            "0.25 y",
            "“0.25 y” is not accepted; give the age in days, in completed months, or by both dates.",
        ),
    ] {
        let issues = child(&[(field, text)]).issues;
        assert_eq!(issues.iter().map(en::issue).collect::<Vec<_>>(), [said]);
    }
}

#[test]
fn every_issue_and_field_has_words() {
    for &field in Field::ALL {
        assert!(!en::field_label(field).is_empty() && !en::field_definition(field).is_empty());
        assert!(!en::field_accepts(field).is_empty());
        if let cotside_core::infant::Kind::Code(codes) = field.kind() {
            for code in codes {
                assert!(!en::option_label(field, code).is_empty(), "{field:?} {code}");
            }
        }
    }
}

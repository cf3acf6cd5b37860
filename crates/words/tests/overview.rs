//! All answers together: what fits a row, the headline, and the summary that is copied into a record.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::infant::{Entry, Field, Infant, Kind, read};
use cotside_core::protocols::{Assessment, Family, HsctStatus, RiskOverview, Status, assess_all};
use cotside_words::{en, ja, ko};

fn infant(pairs: &[(Field, &str)]) -> Infant {
    read(&Entry::from_pairs(pairs.iter().copied())).infant
}

const CASE: [(Field, &str); 6] = [
    (Field::AgeMonths, "4"),
    (Field::WbcPerUl, "250000"),
    (Field::Kmt2a, "rearranged"),
    (Field::Kmt2aPartner, "AFF1"),
    (Field::Cns, "2"),
    (Field::Day8Blasts, "1200"),
];

const VERSIONS: &str = "Rules 2026.11.2, evidence read 2026-11-29, Cotside 0.2.0, build 0123456789abcdef.";

#[test]
fn the_summary_has_raw_findings_the_date_and_a_group_and_a_transplant_state_for_each_treatment_protocol() {
    let infant = infant(&CASE);
    let all = assess_all(&infant);
    let text = en::summary(&infant, &all, "2026-11-29", VERSIONS);
    for part in [
        "2026-11-29",
        "1,200/µL",
        "250 × 10⁹/L",
        "4 completed months",
        "High risk in 8 of 9",
        "Rules 2026",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    let (risk, transplant) = text.split_once("Transplant in first remission").expect("both halves");
    for each in all.iter().filter(|each| each.protocol.family == Family::Trial) {
        let name = en::protocol_name(each.protocol);
        assert!(risk.contains(name), "no risk group of {name} in:\n{text}");
        let applies = !matches!(each.status, Status::NotApplicable(_));
        assert_eq!(
            transplant.contains(name),
            applies,
            "transplant state of {name} in:\n{text}"
        );
    }
}

/// Values of a field: those of its dictionary, or numbers around its limits.
fn values(field: Field) -> Vec<&'static str> {
    match (field, field.kind()) {
        (_, Kind::Code(codes)) => codes.to_vec(),
        (Field::AgeDays, _) => vec!["1", "89", "90", "179", "183", "364", "400"],
        (Field::AgeMonths | Field::BirthDate | Field::DiagnosisDate | Field::Id, _) => Vec::new(),
        (_, Kind::Fraction) => vec!["0", "0.0001", "0.05"],
        (_, Kind::Number { .. }) => vec!["1", "50", "300", "1200", "250000"],
        _ => Vec::new(),
    }
}

/// Infants with random findings, always the same ones.
fn infants(count: usize) -> Vec<Infant> {
    let mut state = 1_u64;
    let mut draw = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let mut one = || {
        let mut entry = Entry::default();
        for &field in Field::ALL {
            let values = values(field);
            if !values.is_empty() && draw(2) == 1 {
                entry.set(field, values[draw(values.len())]);
            }
        }
        read(&entry).infant
    };
    (0..count).map(|_| one()).collect()
}

#[test]
fn a_summary_has_at_most_1000_characters_for_any_infant() {
    for infant in infants(500) {
        let all = assess_all(&infant);
        for text in [
            en::summary(&infant, &all, "2026-11-29", VERSIONS),
            ja::summary(&infant, &all, "2026-11-29", VERSIONS),
            ko::summary(&infant, &all, "2026-11-29", VERSIONS),
        ] {
            assert!(
                text.chars().count() <= 1_000,
                "{} characters:\n{text}",
                text.chars().count()
            );
        }
    }
}

#[test]
fn the_headline_counts_each_protocol_that_grades_risk_once_for_any_infant() {
    for infant in infants(200) {
        let all = assess_all(&infant);
        let overview = RiskOverview::of(&all);
        let placed: usize = overview.levels.iter().map(|(_, protocols)| protocols.len()).sum();
        assert_eq!(placed + overview.undetermined.len(), overview.graded());
        let headline = en::headline(&overview);
        match overview.levels.first() {
            Some((_, protocols)) => {
                assert!(
                    headline.contains(&format!(" in {} of {} ", protocols.len(), overview.graded())),
                    "{headline}"
                );
            }
            None => assert!(
                headline.starts_with("Undecided") || headline.starts_with("No treatment"),
                "{headline}"
            ),
        }
    }
}

#[test]
fn reasons_fit_a_row() {
    let short = |text: &str| assert!(text.chars().count() <= 90, "{text}");
    for infant in infants(300) {
        for each in &assess_all(&infant) {
            match each.status {
                Status::Assigned(_) => short(&en::decided_brief(each)),
                Status::Undetermined(_) => {}
                Status::NotApplicable(criterion) => short(&en::test_brief(&criterion.clause.test, true)),
            }
            short(&en::hsct_brief(each));
        }
    }
}

fn answer<'a>(all: &'a [Assessment<'static>], id: &str) -> &'a Assessment<'static> {
    all.iter().find(|each| each.protocol.id == id).expect("a protocol")
}

#[test]
fn short_forms_say_which_side_of_a_limit_decided() {
    let all = assess_all(&infant(&CASE));
    assert_eq!(en::decided_brief(answer(&all, "cog-aall0631")), "KMT2A-r, ≥ 90 d");
    assert_eq!(en::decided_brief(answer(&all, "mll-10")), "KMT2A-r, < 180 d");
    assert_eq!(ja::decided_brief(answer(&all, "mll-10")), "KMT2A-r, < 180日");
    assert_eq!(en::hsct_brief(answer(&all, "interfant-06")), "waiting for remission");
    assert_eq!(en::hsct_brief(answer(&all, "cog-aall0631")), "rule not found");
    assert_eq!(answer(&all, "cog-p9407").hsct.status, HsctStatus::NoneByProtocol);
}

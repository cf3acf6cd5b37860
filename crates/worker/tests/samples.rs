//! The samples of the site: understood without a question, and the nine give the numbers that their paper prints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use cotside_core::cohort::{Endpoint, EventKind, Study, TimeSettings, TimeUnit, Values};
use cotside_core::survival::{FollowUp, kaplan_meier};
use cotside_worker::cohort_file::CohortFile;

const SEVERANCE: &[u8] = include_bytes!("../../../www/samples/severance-follow-up.csv");
const FINDINGS: &str = include_str!("../../../www/samples/severance.csv");
const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");

fn study(source: &str, bytes: &[u8]) -> Study {
    let mut intake = CohortFile::default();
    let reply = intake.open("", source, bytes);
    let columns = reply.columns.unwrap();
    assert_eq!(columns.counts.to_confirm, 0, "{source}: {columns:?}");
    assert!(!columns.blocks(), "{source}");
    assert_eq!(reply.parts["problems"], "", "{source}");
    let mut study = intake.study().unwrap();
    study.protocols = intake.protocols();
    study
}

/// Survival at 3 years and its standard error in per cent, with one decimal, of the patients that are wanted.
fn three_years(study: &Study, wanted: impl Fn(usize) -> bool) -> (String, String) {
    let settings = TimeSettings {
        unit: TimeUnit::Years,
        ..TimeSettings::default()
    };
    let followed = study.follow(Endpoint::EventFreeSurvival, settings);
    let rows: Vec<usize> = (0..followed.time.len())
        .filter(|&row| wanted(followed.patient[row]))
        .collect();
    let time = rows.iter().map(|&row| followed.time[row]).collect();
    let event = rows
        .iter()
        .map(|&row| u32::from(followed.event[row] != EventKind::None))
        .collect();
    let curve = kaplan_meier(&FollowUp::new(time, event).unwrap());
    let step = curve.step_at(3.0).unwrap();
    let percent = |value: f64| format!("{:.1}", value * 100.0);
    (percent(curve.survival()[step]), percent(curve.std_err(step).unwrap()))
}

fn pair(value: &str, error: &str) -> (String, String) {
    (value.to_owned(), error.to_owned())
}

#[test]
fn the_nine_give_what_the_paper_prints() {
    let study = study("severance", SEVERANCE);
    assert_eq!(study.name, "Severance series");
    assert!(study.has_times_alone(Endpoint::EventFreeSurvival));
    assert_eq!(three_years(&study, |_| true), pair("66.7", "15.7"));
    let rule = study.protocol("severance").unwrap();
    let high = |patient: usize| {
        rule.group(patient)
            .is_some_and(|group| group.to_lowercase().starts_with("high"))
    };
    assert_eq!((0..9).filter(|&patient| high(patient)).count(), 7);
    assert_eq!(three_years(&study, high), pair("57.1", "18.7"));
    // 6 months or older: all but the rows of infants 4 and 6.
    assert_eq!(
        three_years(&study, |patient| ![3, 5].contains(&patient)),
        pair("85.7", "13.2")
    );
}

#[test]
fn the_findings_of_the_nine_stand_in_one_place() {
    let long = std::str::from_utf8(SEVERANCE).unwrap();
    for (short, long) in FINDINGS.lines().zip(long.lines()) {
        assert!(long.starts_with(&format!("{short},")), "{short}");
    }
    assert_eq!(FINDINGS.lines().count(), long.lines().count());
}

#[test]
fn the_registry_is_understood_as_it_is() {
    let study = study("registry", REGISTRY);
    assert_eq!((study.rows, study.row.len(), study.problems), (120, 120, 0));
    let centre = study
        .variables
        .iter()
        .find(|variable| variable.name == "centre")
        .unwrap();
    assert!(matches!(&centre.values, Values::Levels { names, .. } if names.len() > 1));
}

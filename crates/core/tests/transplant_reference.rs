//! Transplant as a time-dependent event against R: tests/reference/risks/transplant.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::cox::{Design, Model, Ties, fit};
use cotside_core::survival::{TransplantComparison, Transplants, kaplan_meier};
use table::{Line, Table};

fn heart() -> Transplants {
    let set = Table::read("risks/transplant.csv");
    let transplant = (0..set.rows()).map(|row| set.number(row, "transplant")).collect();
    Transplants::new(set.column("time"), set.whole("event"), transplant).unwrap()
}

fn heart_line<'a>(table: &'a Table, row: usize, at: &'a str) -> Line<'a> {
    Line {
        topic: "transplant",
        table,
        row,
        data: "jasa",
        at,
    }
}

#[test]
fn rows_as_tmerge() {
    let expected = Table::read("risks/transplant_rows.csv");
    let found = heart().counting_rows().unwrap();
    assert_eq!(found.patient, expected.whole("patient"));
    assert_eq!(found.follow_up.entry(), Some(&expected.column("entry")[..]));
    assert_eq!(found.follow_up.time(), expected.column("time"));
    assert_eq!(found.follow_up.event(), expected.whole("event"));
    let transplanted: Vec<u32> = found.transplanted.iter().map(|&each| u32::from(each)).collect();
    assert_eq!(transplanted, expected.whole("transplanted"));
}

#[test]
fn tests_as_coxph_and_survdiff() {
    let expected = Table::read("risks/transplant_tests.csv");
    for row in 0..expected.rows() {
        let landmark = expected.number(row, "landmark");
        let comparison = landmark.map_or(TransplantComparison::MantelByar, TransplantComparison::Landmark);
        let found = heart().compare(comparison).unwrap();
        let at = landmark.map_or("Mantel and Byar".to_owned(), |day| format!("landmark at {day} days"));
        let line = heart_line(&expected, row, &at);
        line.agree("observed", Some(found.observed[1]), 0.0);
        line.agree("expected", Some(found.expected[1]), 1e-12);
        line.agree("chi2", Some(found.chi_square), 1e-9);
        line.agree("p", Some(found.p), 1e-9);
    }
}

#[test]
fn curves_as_survfit_with_delayed_entry() {
    let expected = Table::read("risks/transplant_curves.csv");
    for row in 0..expected.rows() {
        let from = expected.number(row, "from").unwrap();
        let rows = heart().counting_rows_from(from).unwrap();
        let state = usize::from(expected.text(row, "transplanted") == "1");
        let group = rows.by_state()[state].clone().unwrap();
        let curve = kaplan_meier(&group);
        let time = expected.number(row, "time").unwrap();
        let index = curve.time().iter().position(|&each| each == time).unwrap();
        let at = format!("from day {from}, transplanted {state}, at {time}");
        let line = heart_line(&expected, row, &at);
        line.agree("survival", Some(curve.survival()[index]), 1e-12);
        line.agree("std_err", curve.std_err(index), 1e-12);
        line.agree("at_risk", Some(curve.at_risk()[index]), 0.0);
    }
}

/// The rows are those of a Cox model with transplant as a time-dependent covariate, whose score test with exact ties is
/// Mantel and Byar's test.
#[test]
fn rows_for_a_time_dependent_cox_model() {
    let expected = Table::read("risks/transplant_cox.csv");
    let rows = heart().counting_rows().unwrap();
    let transplanted = rows
        .transplanted
        .iter()
        .map(|&each| f64::from(u8::from(each)))
        .collect();
    let design = Design::new().numeric("transplanted", transplanted);
    let model = |ties| Model {
        ties,
        ..Model::new(&rows.follow_up, &design)
    };
    let cox = fit(&model(Ties::Efron)).unwrap();
    let estimate = cox.estimates[0].as_ref().unwrap();
    let line = heart_line(&expected, 0, "Cox, transplanted");
    line.agree("coef", Some(estimate.coef), 1e-9);
    line.agree("std_err", Some(estimate.std_err), 1e-9);
    line.agree("score", Some(cox.score.chi2), 1e-9);
    let exact = fit(&model(Ties::Exact)).unwrap();
    let mantel_byar = heart().compare(TransplantComparison::MantelByar).unwrap();
    assert!((exact.score.chi2 / mantel_byar.chi_square - 1.0).abs() < 1e-9);
}

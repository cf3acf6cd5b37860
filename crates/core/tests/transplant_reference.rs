//! Transplant as a time-dependent event against R: tests/reference/risks/transplant.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::cox::{Design, Model, Ties, fit};
use cotside_core::survival::{TransplantComparison, Transplants, kaplan_meier};
use table::{Table, agree};

fn heart() -> Transplants {
    let set = Table::read("risks/transplant.csv");
    let transplant = (0..set.rows()).map(|row| set.number(row, "transplant")).collect();
    Transplants::new(set.column("time"), set.whole("event"), transplant).unwrap()
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
        agree(
            Some(found.observed[1]),
            expected.number(row, "observed"),
            0.0,
            &landmark,
        );
        agree(
            Some(found.expected[1]),
            expected.number(row, "expected"),
            1e-12,
            &landmark,
        );
        agree(Some(found.chi_square), expected.number(row, "chi2"), 1e-9, &landmark);
        agree(Some(found.p), expected.number(row, "p"), 1e-9, &landmark);
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
        let what = (from, state, time);
        agree(
            Some(curve.survival()[index]),
            expected.number(row, "survival"),
            1e-12,
            &what,
        );
        agree(curve.std_err(index), expected.number(row, "std_err"), 1e-12, &what);
        agree(
            Some(curve.at_risk()[index]),
            expected.number(row, "at_risk"),
            0.0,
            &what,
        );
    }
}

/// The rows feed a Cox model with transplant as its time-dependent covariate, whose score test with exact ties is Mantel
/// and Byar's test.
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
    agree(Some(estimate.coef), expected.number(0, "coef"), 1e-9, &"coef");
    agree(Some(estimate.std_err), expected.number(0, "std_err"), 1e-9, &"std_err");
    agree(Some(cox.score.chi2), expected.number(0, "score"), 1e-9, &"score");
    let exact = fit(&model(Ties::Exact)).unwrap();
    let mantel_byar = heart().compare(TransplantComparison::MantelByar).unwrap();
    agree(
        Some(exact.score.chi2),
        Some(mantel_byar.chi_square),
        1e-9,
        &"Mantel and Byar",
    );
}

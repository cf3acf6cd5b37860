//! Competing risks against R: tests/reference/risks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "risks_reference/table.rs"]
mod table;

use cotside_core::cohort::Labels;
use cotside_core::survival::{
    Confidence, CumulativeIncidence, FollowUp, IncidenceVariance, cumulative_incidence, fine_gray, gray_test,
};
use table::{Table, agree};

fn follow_up(set: &Table) -> FollowUp {
    let (time, event) = (set.column("time"), set.whole("event"));
    let follow_up = match set.try_column("entry") {
        Some(entry) => FollowUp::with_entry(entry, time, event),
        None => FollowUp::new(time, event),
    }
    .unwrap();
    match set.try_column("weight") {
        Some(weight) => follow_up.weighted(weight).unwrap(),
        None => follow_up,
    }
}

fn group_of(labels: &Labels, group: &str) -> usize {
    labels.names.iter().position(|name| name == group).unwrap()
}

#[test]
fn incidences_as_survfit_and_cuminc() {
    let expected = Table::read("risks/incidence.csv");
    let mut worst = 0.0_f64;
    for name in ["mgus", "pbc", "entered", "weighted", "awkward", "empty", "all_fail"] {
        let set = Table::read(&format!("risks/incidence_{name}.csv"));
        let follow_up = follow_up(&set);
        let groups = set.labels("group");
        let found = cumulative_incidence(&follow_up, &groups, IncidenceVariance::Jackknife).unwrap();
        let aalen = cumulative_incidence(&follow_up, &groups, IncidenceVariance::Aalen).ok();
        let rows: Vec<usize> = (0..expected.rows())
            .filter(|&row| expected.text(row, "set") == name)
            .collect();
        assert!(!rows.is_empty());
        for row in rows {
            let group = group_of(&groups, expected.text(row, "group"));
            let number = |column| expected.number(row, column);
            let place = |curves: &CumulativeIncidence| {
                let time = number("time").unwrap();
                let index = curves.time.iter().position(|&each| (each - time).abs() < 1e-9).unwrap();
                let cause: u32 = expected.text(row, "cause").parse().unwrap();
                (
                    curves.causes.iter().position(|each| each.cause == cause).unwrap(),
                    index,
                )
            };
            let curves = &found[group];
            let (k, index) = place(curves);
            let (estimate, std_err) = (curves.causes[k].estimate[index], curves.causes[k].std_err[index]);
            worst = worst.max(agree(Some(estimate), number("estimate"), 1e-12, &name));
            worst = worst.max(agree(Some(std_err), number("std_err"), 1e-10, &name));
            worst = worst.max(agree(
                Some(curves.event_free[index]),
                number("event_free"),
                1e-12,
                &name,
            ));
            let limits = curves.step(k, index).unwrap().interval(Confidence::default());
            worst = worst.max(agree(limits.map(|each| each.lower), number("lower"), 1e-10, &name));
            worst = worst.max(agree(limits.map(|each| each.upper), number("upper"), 1e-10, &name));
            if let (Some(aalen), Some(expected)) = (&aalen, number("aalen")) {
                worst = worst.max(agree(
                    Some(aalen[group].causes[k].std_err[index]),
                    Some(expected),
                    1e-12,
                    &name,
                ));
            }
        }
    }
    println!("worst {worst:e}");
}

#[test]
fn gray_as_cuminc() {
    let expected = Table::read("risks/gray.csv");
    let mut worst = 0.0_f64;
    for row in 0..expected.rows() {
        let set = Table::read(&format!("risks/incidence_{}.csv", expected.text(row, "set")));
        let follow_up = follow_up(&set);
        let strata = match expected.text(row, "strata") {
            "0" => Labels::single(set.rows(), ""),
            _ => set.labels("strata"),
        };
        let cause: u32 = expected.text(row, "cause").parse().unwrap();
        let found = gray_test(&follow_up, &set.labels("group"), &strata, cause).unwrap();
        let name = (expected.text(row, "set"), cause);
        worst = worst.max(agree(Some(found.chi_square), expected.number(row, "chi2"), 1e-9, &name));
        worst = worst.max(agree(Some(found.p), expected.number(row, "p"), 1e-9, &name));
        assert_eq!(Some(found.df as f64), expected.number(row, "df"));
    }
    println!("worst {worst:e}");
}

#[test]
fn fine_gray_as_crr() {
    let coefficients = Table::read("risks/fine_gray_coefficients.csv");
    let fits = Table::read("risks/fine_gray_fits.csv");
    let mut worst = 0.0_f64;
    for row in 0..fits.rows() {
        let (set, cause) = (fits.text(row, "set"), fits.text(row, "cause"));
        let data = Table::read(&format!("risks/fine_gray_{set}.csv"));
        let terms: Vec<usize> = (0..coefficients.rows())
            .filter(|&each| coefficients.text(each, "set") == set && coefficients.text(each, "cause") == cause)
            .collect();
        let columns: Vec<Vec<f64>> = terms
            .iter()
            .map(|&each| data.column(coefficients.text(each, "name")))
            .collect();
        let found = fine_gray(&follow_up(&data), &columns, cause.parse().unwrap()).unwrap();
        let what = (set, cause);
        for (k, &term) in terms.iter().enumerate() {
            let number = |column| coefficients.number(term, column);
            let estimate = found.estimates[k].unwrap();
            worst = worst.max(agree(Some(estimate.coef), number("coef"), 1e-8, &what));
            worst = worst.max(agree(Some(estimate.std_err), number("std_err"), 1e-8, &what));
            worst = worst.max(agree(
                Some(estimate.model_std_err),
                number("model_std_err"),
                1e-8,
                &what,
            ));
        }
        let number = |column| fits.number(row, column);
        worst = worst.max(agree(Some(found.loglik), number("loglik"), 1e-11, &what));
        worst = worst.max(agree(Some(found.loglik_null), number("loglik_null"), 1e-11, &what));
        worst = worst.max(agree(found.wald.map(|test| test.chi2), number("wald"), 1e-8, &what));
        let last = found
            .hazard(&vec![0.0; columns.len()])
            .unwrap()
            .last()
            .map(|each| each.1);
        worst = worst.max(agree(last, number("baseline_last"), 1e-8, &what));
        let first: Vec<f64> = columns.iter().map(|column| column[0]).collect();
        let predicted = found.incidence(f64::INFINITY, &first);
        worst = worst.max(agree(predicted, number("predicted"), 1e-8, &what));
    }
    println!("worst {worst:e}");
}

//! Competing risks against R: tests/reference/risks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
mod table;

use cotside_core::survival::{
    Confidence, CumulativeIncidence, FollowUp, IncidenceVariance, Labels, cumulative_incidence, fine_gray, gray_test,
};
use table::{Line, Table};

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
            let line = Line {
                topic: "incidence",
                table: &expected,
                row,
                data: name,
                at: &format!(
                    "group {} cause {} at {}",
                    expected.text(row, "group"),
                    expected.text(row, "cause"),
                    expected.text(row, "time")
                ),
            };
            line.agree("estimate", Some(curves.causes[k].estimate[index]), 1e-12);
            line.agree("std_err", Some(curves.causes[k].std_err[index]), 1e-10);
            line.agree("event_free", Some(curves.event_free[index]), 1e-12);
            let limits = curves.step(k, index).unwrap().interval(Confidence::default());
            line.agree("lower", limits.map(|each| each.lower), 1e-10);
            line.agree("upper", limits.map(|each| each.upper), 1e-10);
            if let (Some(aalen), Some(_)) = (&aalen, number("aalen")) {
                line.agree("aalen", Some(aalen[group].causes[k].std_err[index]), 1e-12);
            }
        }
    }
}

#[test]
fn gray_as_cuminc() {
    let expected = Table::read("risks/gray.csv");
    for row in 0..expected.rows() {
        let set = Table::read(&format!("risks/incidence_{}.csv", expected.text(row, "set")));
        let follow_up = follow_up(&set);
        let strata = match expected.text(row, "strata") {
            "0" => Labels::single(set.rows(), ""),
            _ => set.labels("strata"),
        };
        let cause: u32 = expected.text(row, "cause").parse().unwrap();
        let found = gray_test(&follow_up, &set.labels("group"), &strata, cause).unwrap();
        let line = Line {
            topic: "gray",
            table: &expected,
            row,
            data: expected.text(row, "set"),
            at: &format!("cause {cause}, strata {}", expected.text(row, "strata")),
        };
        line.agree("chi2", Some(found.chi_square), 1e-9);
        line.agree("p", Some(found.p), 1e-9);
        line.agree("df", Some(found.df as f64), 0.0);
    }
}

#[test]
fn fine_gray_as_crr() {
    let coefficients = Table::read("risks/fine_gray_coefficients.csv");
    let fits = Table::read("risks/fine_gray_fits.csv");
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
        let topic = "fine-gray";
        for (k, &term) in terms.iter().enumerate() {
            let line = Line {
                topic,
                table: &coefficients,
                row: term,
                data: set,
                at: &format!("cause {cause}, {}", coefficients.text(term, "name")),
            };
            let estimate = found.estimates[k].unwrap();
            line.agree("coef", Some(estimate.coef), 1e-8);
            line.agree("std_err", Some(estimate.std_err), 1e-8);
            line.agree("model_std_err", Some(estimate.model_std_err), 1e-8);
        }
        let line = Line {
            topic,
            table: &fits,
            row,
            data: set,
            at: &format!("cause {cause}"),
        };
        line.agree("loglik", Some(found.loglik), 1e-11);
        line.agree("loglik_null", Some(found.loglik_null), 1e-11);
        line.agree("wald", found.wald.map(|test| test.chi2), 1e-8);
        let last = found
            .hazard(&vec![0.0; columns.len()])
            .unwrap()
            .last()
            .map(|each| each.1);
        line.agree("baseline_last", last, 1e-8);
        let first: Vec<f64> = columns.iter().map(|column| column[0]).collect();
        line.agree("predicted", found.incidence(f64::INFINITY, &first), 1e-8);
    }
}

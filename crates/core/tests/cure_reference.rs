//! Mixture cure models against an independent fit in R: tests/reference/risks/cure.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::{CureWarning, FollowUp, TimeDistribution, cure_model};
use table::{Line, Table};

#[test]
fn models_as_an_independent_fit() {
    let coefficients = Table::read("risks/cure_coefficients.csv");
    let fits = Table::read("risks/cure_fits.csv");
    for row in 0..fits.rows() {
        let key = |table: &Table, row: usize| ["set", "dist", "model"].map(|column| table.text(row, column).to_owned());
        let what = key(&fits, row);
        let set = Table::read(&format!("risks/cure_{}.csv", what[0]));
        let follow_up = FollowUp::new(set.column("time"), set.whole("event")).unwrap();
        let distribution = match what[1].as_str() {
            "weibull" => TimeDistribution::Weibull,
            _ => TimeDistribution::LogNormal,
        };
        let (z, x) = match what[2].as_str() {
            "both" => (vec![set.column("z")], vec![set.column("x")]),
            _ => (vec![], vec![]),
        };
        let found = cure_model(&follow_up, &z, &x, distribution).unwrap();
        let estimates: Vec<f64> = found
            .incidence
            .iter()
            .chain(&found.latency)
            .copied()
            .chain(found.log_scale)
            .collect();
        let std_err = found.std_err().unwrap();
        let (topic, at) = ("cure", format!("{}, {}", what[1], what[2]));
        let terms = (0..coefficients.rows()).filter(|&each| key(&coefficients, each) == what);
        for (k, term) in terms.enumerate() {
            let line = Line {
                topic,
                table: &coefficients,
                row: term,
                data: &what[0],
                at: &format!("{at}, {}", coefficients.text(term, "name")),
            };
            line.agree("coef", Some(estimates[k]), 1e-7);
            line.agree("std_err", Some(std_err[k]), 1e-7);
        }
        let line = Line {
            topic,
            table: &fits,
            row,
            data: &what[0],
            at: &at,
        };
        line.agree("loglik", Some(found.loglik), 1e-11);
        line.agree("alpha", Some(found.plateau.alpha), 1e-10);
        line.agree("late_events", Some(found.plateau.late_events as f64), 0.0);
    }
}

/// Where the cured fraction of untreated eyes tends to 0, there is a warning, and the rest of the model is valid.
#[test]
fn a_part_without_cure_is_named() {
    let set = Table::read("risks/cure_retinopathy.csv");
    let follow_up = FollowUp::new(set.column("time"), set.whole("event")).unwrap();
    let columns = (vec![set.column("z")], vec![set.column("x")]);
    let found = cure_model(&follow_up, &columns.0, &columns.1, TimeDistribution::LogNormal).unwrap();
    assert!(
        found
            .warnings
            .iter()
            .any(|each| matches!(each, CureWarning::MayBeInfinite | CureWarning::NotIdentified))
    );
    assert!((found.loglik + 830.845_122_970).abs() < 1e-5, "{}", found.loglik);
}

//! Parametric models against R's survreg: tests/reference/risks/parametric.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
use table::{Line, Table};

fn distribution(name: &str) -> TimeDistribution {
    match name {
        "exponential" => TimeDistribution::Exponential,
        "weibull" => TimeDistribution::Weibull,
        "lognormal" => TimeDistribution::LogNormal,
        _ => TimeDistribution::LogLogistic,
    }
}

#[test]
fn models_as_survreg() {
    let coefficients = Table::read("risks/parametric_coefficients.csv");
    let fits = Table::read("risks/parametric_fits.csv");
    let topic = "parametric";
    for row in 0..fits.rows() {
        let what = (fits.text(row, "set"), fits.text(row, "dist"));
        let set = Table::read(&format!("risks/parametric_{}.csv", what.0));
        let mut follow_up = FollowUp::new(set.column("time"), set.whole("event")).unwrap();
        if let Some(weight) = set.try_column("weight") {
            follow_up = follow_up.weighted(weight).unwrap();
        }
        let terms: Vec<usize> = (0..coefficients.rows())
            .filter(|&each| (coefficients.text(each, "set"), coefficients.text(each, "dist")) == what)
            .collect();
        let names: Vec<&str> = terms.iter().map(|&term| coefficients.text(term, "name")).collect();
        let columns: Vec<Vec<f64>> = names[1..].iter().filter_map(|name| set.try_column(name)).collect();
        let found = parametric(&follow_up, &columns, distribution(what.1)).unwrap();
        let estimates: Vec<f64> = found.coefficients.iter().copied().chain(found.log_scale).collect();
        assert_eq!(estimates.len(), terms.len());
        for (k, &term) in terms.iter().enumerate() {
            let line = Line {
                topic,
                table: &coefficients,
                row: term,
                data: what.0,
                at: &format!("{}, {}", what.1, names[k]),
            };
            line.agree("coef", Some(estimates[k]), 1e-8);
            line.agree("std_err", Some(found.std_err[k]), 1e-8);
        }
        let line = Line {
            topic,
            table: &fits,
            row,
            data: what.0,
            at: what.1,
        };
        for (value, column) in [
            (found.loglik, "loglik"),
            (found.loglik_null, "loglik_null"),
            (found.aic, "aic"),
            (found.bic, "bic"),
        ] {
            line.agree(column, Some(value), 1e-11);
        }
    }
}

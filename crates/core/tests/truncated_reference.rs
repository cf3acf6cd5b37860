//! Parametric models with delayed entry, their ratios and predictions, against R: tests/reference/risks/truncated.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::{FollowUp, LogRatio, Parametric, TimeDistribution, normal_quantile, parametric};
use table::{Line, Table};

const TOPIC: &str = "parametric-entry";

fn distribution(name: &str) -> TimeDistribution {
    match name {
        "exponential" => TimeDistribution::Exponential,
        "weibull" => TimeDistribution::Weibull,
        "lognormal" => TimeDistribution::LogNormal,
        _ => TimeDistribution::LogLogistic,
    }
}

/// The rows of a table that are of a data set and a distribution.
fn rows_of(table: &Table, set: &str, dist: &str) -> Vec<usize> {
    let is_of = |&row: &usize| table.text(row, "set") == set && table.text(row, "dist") == dist;
    (0..table.rows()).filter(is_of).collect()
}

/// A line of a table of expected values.
fn line<'a>(table: &'a Table, row: usize, data: &'a str, at: &'a str) -> Line<'a> {
    Line {
        topic: TOPIC,
        table,
        row,
        data,
        at,
    }
}

#[test]
fn models_with_entry_as_their_likelihood_in_r() {
    let [coefficients, fits, ratios, predicted] = ["coefficients", "fits", "ratios", "predicted"]
        .map(|table| Table::read(&format!("risks/truncated_{table}.csv")));
    for row in 0..fits.rows() {
        let (set, dist) = (fits.text(row, "set"), fits.text(row, "dist"));
        let data = Table::read(&format!("risks/truncated_{set}.csv"));
        let (entry, time, event) = (data.column("entry"), data.column("time"), data.whole("event"));
        let mut follow_up = FollowUp::with_entry(entry, time, event).unwrap();
        if let Some(weight) = data.try_column("weight") {
            follow_up = follow_up.weighted(weight).unwrap();
        }
        let terms = rows_of(&coefficients, set, dist);
        let names: Vec<&str> = terms.iter().map(|&term| coefficients.text(term, "name")).collect();
        let columns: Vec<Vec<f64>> = names.iter().filter_map(|name| data.try_column(name)).collect();
        let model = parametric(&follow_up, &columns, distribution(dist)).unwrap();
        let estimates: Vec<f64> = model.coefficients.iter().copied().chain(model.log_scale).collect();
        assert_eq!(estimates.len(), terms.len());
        for (k, &term) in terms.iter().enumerate() {
            let at = format!("{dist}, {}", names[k]);
            let line = line(&coefficients, term, set, &at);
            line.agree("coef", Some(estimates[k]), 1e-7);
            line.agree("std_err", Some(model.std_err[k]), 1e-7);
        }
        let fit = line(&fits, row, set, dist);
        for (value, column) in [
            (model.loglik, "loglik"),
            (model.loglik_null, "loglik_null"),
            (model.aic, "aic"),
            (model.bic, "bic"),
        ] {
            fit.agree(column, Some(value), 1e-11);
        }
        for (k, &ratio) in rows_of(&ratios, set, dist).iter().enumerate() {
            let at = format!("{dist}, {}", ratios.text(ratio, "name"));
            let line = line(&ratios, ratio, set, &at);
            let z = normal_quantile(0.975);
            let of = |ratio: Option<LogRatio>| ratio.map_or([None; 3], |ratio| ratio.ratio(z));
            for (value, column) in of(model.time_ratio(k))
                .into_iter()
                .zip(["time_ratio", "time_lower", "time_upper"])
            {
                line.agree(column, value, 1e-7);
            }
            let columns = ["hazard_ratio", "hazard_lower", "hazard_upper"];
            for (value, column) in of(model.hazard_ratio(k)).into_iter().zip(columns) {
                line.agree(column, value, 1e-7);
            }
        }
        let first: Vec<f64> = columns.iter().map(|column| column[0]).collect();
        for at in rows_of(&predicted, set, dist) {
            agrees(
                &model,
                &first,
                &line(&predicted, at, set, &format!("{dist}, the first patient")),
            );
        }
    }
}

/// Holds a predicted survival or quantile against R's.
fn agrees(model: &Parametric, covariates: &[f64], line: &Line<'_>) {
    let (z, at) = (normal_quantile(0.975), line.table.number(line.row, "at").unwrap());
    let (estimate, std_err, interval) = match line.table.text(line.row, "what") {
        "survival" => {
            let found = model.survival_with_interval(at, covariates, z).unwrap();
            (found.survival, found.std_err, found.interval)
        }
        _ => {
            let found = model.quantile(at, covariates, z).unwrap();
            (found.time, found.std_err, found.interval)
        }
    };
    line.agree("estimate", Some(estimate), 1e-7);
    line.agree("std_err", Some(std_err), 1e-7);
    line.agree("lower", Some(interval.lower), 1e-7);
    line.agree("upper", Some(interval.upper), 1e-7);
}

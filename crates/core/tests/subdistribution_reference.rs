//! Fine and Gray's model by intervals, Gray's test of pairs, differences of incidences, against R:
//! tests/reference/risks/subdistribution.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;
#[path = "risks_reference/table.rs"]
#[allow(dead_code)]
mod table;

use cotside_core::survival::cox::Ties;
use cotside_core::survival::{
    Confidence, FineGray, FineGrayModel, FollowUp, IncidenceVariance, Labels, Multiplicity, cumulative_incidence,
    fine_gray_by_rows, incidence_difference, pairwise_gray,
};
use table::{Line, Table};

const MODELS: &str = "fine-gray-rows";

/// Whether a model has an entry, strata, … by its name.
fn has(model: &str, what: &str) -> bool {
    model.split('+').any(|part| part == what)
}

fn fitted(data: &Table, model: &str, cause: u32, names: [&str; 2]) -> FineGray {
    let (time, event) = (data.column("time"), data.whole("event"));
    let mut follow_up = match has(model, "entry") {
        true => FollowUp::with_entry(data.column("entry"), time, event),
        false => FollowUp::new(time, event),
    }
    .unwrap();
    if has(model, "weights") {
        follow_up = follow_up.weighted(data.column("weight")).unwrap();
    }
    let (strata, cluster) = (data.labels("stratum"), data.labels("site"));
    let covariates = names.map(|name| data.column(name));
    fine_gray_by_rows(&FineGrayModel {
        strata: has(model, "strata").then_some(&strata),
        pools_censoring: has(model, "pooled"),
        cluster: has(model, "cluster").then_some(&cluster),
        ties: if has(model, "breslow") {
            Ties::Breslow
        } else {
            Ties::Efron
        },
        ..FineGrayModel::new(&follow_up, &covariates, cause)
    })
    .unwrap()
}

/// A line of a table of expected values.
fn line<'a>(table: &'a Table, row: usize, data: &'a str, at: &'a str) -> Line<'a> {
    Line {
        topic: MODELS,
        table,
        row,
        data,
        at,
    }
}

#[test]
fn models_as_coxph_on_the_rows_of_finegray() {
    let [coefficients, fits, predicted] =
        ["coefficients", "fits", "predicted"].map(|table| Table::read(&format!("risks/subdistribution_{table}.csv")));
    let key = |table: &Table, row: usize| ["set", "model", "cause"].map(|column| table.text(row, column).to_owned());
    for row in 0..fits.rows() {
        let what = key(&fits, row);
        let [set, model, cause] = &what;
        let data = Table::read(&format!("risks/subdistribution_{set}.csv"));
        let (names, values) = match set.as_str() {
            "mgus" => (["age", "male"], [60.0, 1.0]),
            _ => (["a", "b"], [1.0, 4.0]),
        };
        let found = fitted(&data, model, cause.parse().unwrap(), names);
        let of = |table: &Table| {
            (0..table.rows())
                .filter(|&row| key(table, row) == what)
                .collect::<Vec<_>>()
        };
        let at = format!("{model}, cause {cause}");
        for (k, term) in of(&coefficients).into_iter().enumerate() {
            let estimate = found.estimates[k].unwrap();
            let at = format!("{at}, {}", names[k]);
            let line = line(&coefficients, term, set, &at);
            line.agree("coef", Some(estimate.coef), 1e-8);
            line.agree("std_err", Some(estimate.std_err), 1e-8);
            line.agree("model_std_err", Some(estimate.model_std_err), 1e-8);
        }
        let fit = line(&fits, row, set, &at);
        fit.agree("loglik_null", Some(found.loglik_null), 1e-10);
        fit.agree("loglik", Some(found.loglik), 1e-10);
        fit.agree("score", Some(found.score.chi2), 1e-8);
        fit.agree("wald", found.wald.map(|wald| wald.chi2), 1e-8);
        for place in of(&predicted) {
            let number = |column: &str| predicted.number(place, column).unwrap();
            let (stratum, time) = (number("stratum") as u32 - 1, number("time"));
            let found = found
                .predicted_at(stratum, time, &values, Confidence::default())
                .unwrap();
            let at = format!("{at}, stratum {}, time {time}", stratum + 1);
            let line = line(&predicted, place, set, &at);
            line.agree("estimate", Some(found.estimate), 1e-8);
            line.agree("std_err", Some(found.std_err), 1e-8);
            line.agree("lower", found.interval.map(|limits| limits.lower), 1e-7);
            line.agree("upper", found.interval.map(|limits| limits.upper), 1e-7);
        }
    }
}

#[test]
fn pairs_as_cuminc_of_two_groups() {
    let (data, expected) = (
        Table::read("risks/gray_pairs_pbc.csv"),
        Table::read("risks/gray_pairs.csv"),
    );
    let follow_up = FollowUp::new(data.column("time"), data.whole("event")).unwrap();
    let groups = data.labels("group");
    for row in 0..expected.rows() {
        let number = |column: &str| expected.number(row, column).unwrap();
        let strata = match number("stratified") > 0.0 {
            true => data.labels("stratum"),
            false => Labels::single(follow_up.len(), ""),
        };
        let pair = |multiplicity: Multiplicity| {
            let pairs = pairwise_gray(&follow_up, &groups, &strata, number("cause") as u32, multiplicity).unwrap();
            let is_it = |first: f64, second: f64| (first, second) == (number("first") - 1.0, number("second") - 1.0);
            let found = pairs.iter().find(|pair| is_it(pair.first as f64, pair.second as f64));
            *found.unwrap()
        };
        let holm = pair(Multiplicity::Holm);
        let at = ["stratified", "cause", "first", "second"].map(|column| format!("{column} {}", number(column)));
        let line = Line {
            topic: "gray-pairs",
            table: &expected,
            row,
            data: "pbc",
            at: &at.join(", "),
        };
        let test = holm.test.unwrap();
        line.agree("chi2", Some(test.chi_square), 1e-9);
        line.agree("p", Some(test.p), 1e-9);
        line.agree("holm", holm.adjusted_p, 1e-9);
        line.agree("bonferroni", pair(Multiplicity::Bonferroni).adjusted_p, 1e-9);
    }
}

#[test]
fn differences_as_survfit_and_cuminc() {
    let (data, expected) = (
        Table::read("risks/gray_pairs_pbc.csv"),
        Table::read("risks/incidence_differences.csv"),
    );
    let follow_up = FollowUp::new(data.column("time"), data.whole("event")).unwrap();
    let groups = data.labels("group");
    let [jackknife, aalen] = [IncidenceVariance::Jackknife, IncidenceVariance::Aalen]
        .map(|variance| cumulative_incidence(&follow_up, &groups, variance).unwrap());
    for row in 0..expected.rows() {
        let number = |column: &str| expected.number(row, column).unwrap();
        let [first, second, cause] = ["first", "second", "cause"].map(|column| number(column) as usize - 1);
        let confidence = Confidence::default();
        let of = |curves: &[cotside_core::survival::CumulativeIncidence]| {
            incidence_difference(&curves[first], &curves[second], cause, number("time"), confidence).unwrap()
        };
        let (found, gray) = (of(&jackknife), of(&aalen));
        let at = ["first", "second", "cause", "time"].map(|column| format!("{column} {}", number(column)));
        let line = Line {
            topic: "incidence-difference",
            table: &expected,
            row,
            data: "pbc",
            at: &at.join(", "),
        };
        let test = found.test.ok();
        line.agree("estimate", Some(found.estimate), 1e-10);
        line.agree("std_err", test.map(|test| test.std_err), 1e-10);
        line.agree("lower", test.map(|test| test.interval.lower), 1e-9);
        line.agree("upper", test.map(|test| test.interval.upper), 1e-9);
        line.agree("p", test.map(|test| test.p), 1e-8);
        line.agree("aalen_std_err", gray.test.ok().map(|test| test.std_err), 1e-10);
    }
}

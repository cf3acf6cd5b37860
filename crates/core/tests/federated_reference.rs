//! Pooled analyses by files against R on all rows together: the data and expected values of tests/reference/federated
//! (see federated.R there). Every number goes through the files: plan, summaries, result.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod federated_sites;
mod ledger;

use cotside_core::federated::{Analysis, CoxPlan, GroupBy, Outcome, Sharing, TablePart, TiesPlan};
use federated_sites::{Sites, base, combined, cox_plan, expected, limited_files, run, run_by};
use ledger::{Close, Place, number};
use serde_json::Value;

const TOPIC: &str = "federated";

fn list(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}

struct At<'a> {
    data: &'a str,
}

impl At<'_> {
    fn close(&self, quantity: &str, at: &str, found: Option<f64>, expected: f64, tolerance: f64) {
        let place = Place {
            topic: TOPIC,
            data: self.data,
            quantity,
            at,
        };
        number(place, found, Some(expected), Close { unit: 1.0, tolerance });
    }

    fn all(&self, quantity: &str, found: &[f64], expected: &Value, tolerance: f64) {
        let expected = list(expected);
        assert_eq!(found.len(), expected.len(), "{} {quantity}", self.data);
        for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
            self.close(quantity, &(at + 1).to_string(), Some(*found), expected, tolerance);
        }
    }
}

fn name(case: &Value) -> String {
    let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
    let flag = |key: &str| {
        if case[key] == true {
            format!(", {key}")
        } else {
            String::new()
        }
    };
    format!(
        "{} by {} {}{}{}{}",
        text("data"),
        text("site"),
        text("ties"),
        flag("entry"),
        flag("weights"),
        flag("offset")
    )
}

fn of_kind(kind: &str) -> Vec<Value> {
    let all = expected()["cases"].as_array().unwrap().clone();
    all.into_iter().filter(|case| case["kind"] == kind).collect()
}

fn coefficients(outcome: &Outcome) -> Vec<[f64; 2]> {
    let cox = outcome.cox.as_ref().unwrap();
    cox.coefficients
        .iter()
        .map(|each| [each.coef.unwrap(), each.std_err.unwrap()])
        .collect()
}

#[test]
fn stratified_model_is_that_of_all_rows() {
    for case in of_kind("cox") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        let mut design = base(&sites);
        cox_plan(&mut design, &sites);
        design.ties = if case["ties"] == "efron" {
            TiesPlan::Efron
        } else {
            TiesPlan::Breslow
        };
        design.entry = (case["entry"] == true).then(|| "entry".to_owned());
        design.weights = (case["weights"] == true).then(|| "weight".to_owned());
        design.offset = (case["offset"] == true).then(|| "offset".to_owned());
        let is_masked = sites.names.len() > 2;
        if is_masked {
            design.sharing = Sharing::Masked;
            design.cox.as_mut().unwrap().rounds_max = 8;
        }
        let name = name(&case);
        let at = At { data: &name };
        let most = design.cox.as_ref().unwrap().rounds_max;
        let rounds = run(design, &sites);
        let last = &rounds.last().unwrap().outcome;
        let cox = last.cox.as_ref().unwrap();
        // What lies beyond all coefficients that a site answers for has no estimate.
        let size = |(beta, (_, lo, hi)): (&f64, &(String, f64, f64))| beta.abs() * (hi - lo);
        if list(&case["coef"]).iter().zip(&sites.ranges).map(size).sum::<f64>() > 6.0 {
            assert!(
                cox.coefficients.iter().all(|each| each.coef.is_none()) && !last.converged,
                "{name}"
            );
            assert!(
                cox.warnings.iter().any(|warning| warning.contains("grow beyond")),
                "{name}"
            );
            continue;
        }
        // Two sites share sums of each; their four rounds may end before full precision.
        let tolerance = if last.converged { 1e-10 } else { 1e-4 };
        assert!(last.converged || !is_masked, "{name}: {:?}", cox.decrement);
        assert!(rounds.len() <= most as usize);
        let found = coefficients(last);
        at.all(
            "coefficient",
            &found.iter().map(|each| each[0]).collect::<Vec<_>>(),
            &case["coef"],
            tolerance,
        );
        at.all(
            "standard error",
            &found.iter().map(|each| each[1]).collect::<Vec<_>>(),
            &case["se"],
            tolerance.max(1e-10),
        );
        at.close(
            "score test",
            "",
            cox.score.map(|test| test.chi2),
            case["score"].as_f64().unwrap(),
            1e-10,
        );
        if is_masked {
            at.close("log-likelihood", "", cox.loglik, case["loglik"].as_f64().unwrap(), 1e-9);
            at.close(
                "log-likelihood at 0",
                "",
                cox.loglik_null,
                case["loglik_null"].as_f64().unwrap(),
                1e-9,
            );
        }
        if last.converged {
            let spread = last.heterogeneity.as_ref();
            match case["q_df"].as_f64().unwrap() {
                df if df > 0.0 => {
                    let spread = spread.unwrap();
                    assert_eq!(f64::from(spread.df), df, "{name}");
                    at.close("heterogeneity Q", "", Some(spread.q), case["q"].as_f64().unwrap(), 1e-8);
                }
                _ => assert!(spread.is_none()),
            }
        }
        // In every round the fit of all rows lies within the bound.
        for round in &rounds {
            let cox = round.outcome.cox.as_ref().unwrap();
            let Some(bound) = cox.bound_se else { continue };
            for ((each, expected), se) in cox.coefficients.iter().zip(list(&case["coef"])).zip(list(&case["se"])) {
                let off = (each.coef.unwrap() - expected).abs() / each.std_err.unwrap().min(se);
                assert!(
                    off <= bound + 1e-9,
                    "{name} round {}: {off} beyond {bound}",
                    round.outcome.rounds
                );
            }
        }
    }
}

/// Through the door of a site: sums of few patients are rounded, and small sites left out.
#[test]
fn rounded_sums_lie_within_what_is_said() {
    for case in of_kind("rounded") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        let mut design = base(&sites);
        cox_plan(&mut design, &sites);
        design.ties = if case["ties"] == "efron" {
            TiesPlan::Efron
        } else {
            TiesPlan::Breslow
        };
        design.expected_n = sites.n() as u64;
        let name = format!("{}, rounded", name(&case));
        let rounds = run_by(design, &sites, limited_files);
        let last = &rounds.last().unwrap().outcome;
        let cox = last.cox.as_ref().unwrap();
        assert!(last.converged && rounds.len() <= 4, "{name}: {:?}", cox.decrement);
        assert!(!last.exact && last.because_not_exact.contains(&"precision_bits".to_owned()));
        assert_eq!(cox.n.map(|n| n as f64), case["n"].as_f64(), "{name}");
        assert_eq!(cox.n_events.map(|n| n as f64), case["events"].as_f64(), "{name}");
        for ((each, expected), se) in cox.coefficients.iter().zip(list(&case["coef"])).zip(list(&case["se"])) {
            let off = (each.coef.unwrap() - expected).abs() / se;
            assert!(off <= 0.02, "{name}: {off} standard errors");
            assert!(off <= cox.bound_se.unwrap() + 4.0 * cox.rounding_se, "{name}: {off}");
            assert!((each.std_err.unwrap() / se - 1.0).abs() <= 0.02, "{name}");
        }
        let lr = cox.lr.unwrap();
        let expected = 2.0 * (case["loglik"].as_f64().unwrap() - case["loglik_null"].as_f64().unwrap());
        assert!(
            lr.approximate && (lr.chi2 - expected).abs() < 0.5,
            "{name}: {} {expected}",
            lr.chi2
        );
    }
}

#[test]
fn stratified_tests_are_those_of_all_rows() {
    for case in of_kind("tests") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        let mut design = base(&sites);
        design.analyses = vec![Analysis::Logrank, Analysis::Gray];
        for sharing in [Sharing::PerSite, Sharing::Masked] {
            if sharing == Sharing::Masked && sites.names.len() < 3 {
                continue;
            }
            design.sharing = sharing;
            let name = format!("{}, {sharing:?}", name(&case));
            let at = At { data: &name };
            let outcome = combined(design.clone(), &sites);
            let test = outcome.logrank.unwrap().stratified.unwrap();
            at.close("log-rank", "", Some(test.chi2), case["chi2"].as_f64().unwrap(), 1e-10);
            assert_eq!(f64::from(test.df), case["df"].as_f64().unwrap());
            if case["gray"].is_null() {
                continue;
            }
            let gray = outcome.cif.unwrap().gray.unwrap();
            at.all(
                "Gray's test",
                &gray.iter().map(|test| test.chi2).collect::<Vec<_>>(),
                &case["gray"],
                1e-9,
            );
            assert!(
                gray.iter()
                    .all(|test| f64::from(test.df) == case["gray_df"].as_f64().unwrap())
            );
        }
    }
}

#[test]
fn counts_by_day_give_the_curves_of_all_rows() {
    for case in of_kind("days") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        let mut design = base(&sites);
        design.analyses = vec![
            Analysis::Km,
            Analysis::Cif,
            Analysis::Rmst,
            Analysis::Logrank,
            Analysis::Gray,
        ];
        design.sharing = Sharing::Masked;
        let ends = list(&case["ends"]);
        let all_days = (0..=sites.last_time() as u32).map(f64::from);
        let tau = case["tau"].as_f64().unwrap();
        for (days, is_whole) in [
            (all_days.collect::<Vec<f64>>(), true),
            ((0..=tau as u32).map(f64::from).collect(), false),
        ] {
            design.grid = days;
            let name = format!("{}, days", name(&case));
            let at = At { data: &name };
            let outcome = combined(design.clone(), &sites);
            let curves = outcome.km.unwrap();
            let groups = case["groups"].as_array().unwrap();
            for (found, expected) in curves.groups.iter().zip([&case["all"]].into_iter().chain(groups)) {
                assert_eq!(found.group.as_deref(), expected["group"].as_str());
                assert_eq!(found.n as f64, expected["n"].as_f64().unwrap());
                assert!(found.at.iter().all(|at| at.exact));
                let pick = |of: fn(&cotside_core::federated::BoundedAt) -> Option<f64>| -> Vec<f64> {
                    let here = |end: &f64| found.at.iter().find(|at| at.time == *end).and_then(of);
                    ends.iter().filter_map(here).collect()
                };
                at.all("survival", &pick(|at| Some(at.survival)), &expected["surv"], 1e-10);
                for (quantity, of) in [
                    (
                        "standard error",
                        (|at| at.std_err) as fn(&cotside_core::federated::BoundedAt) -> Option<f64>,
                    ),
                    ("lower", |at| at.lower),
                    ("upper", |at| at.upper),
                ] {
                    let key = if quantity == "standard error" {
                        "std_err"
                    } else {
                        quantity
                    };
                    let ours = pick(of);
                    if ours.len() == list(&expected[key]).len() {
                        at.all(quantity, &ours, &expected[key], 1e-10);
                    }
                }
                if !is_whole {
                    let mean = found.rmst.map(|mean| mean.estimate);
                    at.close(
                        "restricted mean",
                        "",
                        mean.map(|mean| mean / tau),
                        expected["rmst"].as_f64().unwrap() / tau,
                        1e-10,
                    );
                }
            }
            let cif = outcome.cif.unwrap();
            for (cause, expected) in cif.groups[0].causes.iter().zip(case["cif"].as_array().unwrap()) {
                let here = |end: &f64| cause.at.iter().find(|at| at.time == *end).map(|at| at.estimate);
                at.all(
                    "incidence",
                    &ends.iter().filter_map(here).collect::<Vec<_>>(),
                    expected,
                    1e-10,
                );
            }
            if is_whole {
                let test = outcome.logrank.unwrap().grid.unwrap();
                assert!(test.exact);
                at.close("log-rank", "", Some(test.chi2), case["chi2"].as_f64().unwrap(), 1e-10);
                at.all("observed less expected", &test.difference, &case["difference"], 1e-10);
                let gray: Vec<f64> = cif.gray_grid.unwrap().iter().map(|test| test.chi2).collect();
                at.all("Gray's test", &gray, &case["gray"], 1e-9);
            }
        }
    }
}

#[test]
fn averaged_risk_sets_are_poisson_regression() {
    for case in of_kind("averaged") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        let mut design = base(&sites);
        cox_plan(&mut design, &sites);
        design.grid = list(&case["ends"]);
        design.sharing = Sharing::Masked;
        design.cox = Some(CoxPlan {
            stratified: false,
            rounds_max: 8,
            ..design.cox.unwrap()
        });
        let name = format!("{} of {} cells", name(&case), design.grid.len());
        let at = At { data: &name };
        let rounds = run(design, &sites);
        let last = &rounds.last().unwrap().outcome;
        assert!(last.converged && !last.exact);
        let found = coefficients(last);
        at.all(
            "coefficient",
            &found.iter().map(|each| each[0]).collect::<Vec<_>>(),
            &case["coef"],
            1e-8,
        );
        at.all(
            "standard error",
            &found.iter().map(|each| each[1]).collect::<Vec<_>>(),
            &case["se"],
            1e-8,
        );
    }
}

#[test]
fn own_fits_are_pooled_as_metafor_does() {
    for case in of_kind("two_stage") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        let mut design = base(&sites);
        cox_plan(&mut design, &sites);
        design.analyses = vec![Analysis::TwoStage];
        let name = name(&case);
        let at = At { data: &name };
        let found = combined(design, &sites).two_stage.unwrap();
        let used = sites.names.len() - found.sites_dropped.len();
        assert_eq!(
            used as f64,
            case["sites"].as_f64().unwrap(),
            "{name} {:?}",
            found.sites_dropped
        );
        at.all("coefficient", &found.coef.unwrap(), &case["coef"], 1e-8);
        at.all("standard error", &found.std_err.unwrap(), &case["se"], 1e-8);
        for (j, each) in case["each"].as_array().unwrap().iter().enumerate() {
            for (key, method, test) in [
                ("fixed", "fixed", "z"),
                ("dl", "dl", "z"),
                ("reml", "reml", "z"),
                ("knha", "reml", "knha"),
            ] {
                let of = found
                    .univariate
                    .iter()
                    .filter(|each| each.method == method && each.test == test);
                let own = of.clone().find(|each| each.name == format!("x{}", j + 1)).unwrap();
                let quantity = format!("{key} x{}", j + 1);
                at.close(
                    &quantity,
                    "coefficient",
                    Some(own.coef),
                    each[key]["coef"].as_f64().unwrap(),
                    1e-8,
                );
                at.close(
                    &quantity,
                    "standard error",
                    Some(own.std_err),
                    each[key]["se"].as_f64().unwrap(),
                    1e-8,
                );
                at.close(
                    &quantity,
                    "tau²",
                    Some(own.tau2),
                    each[key]["tau2"].as_f64().unwrap(),
                    1e-8,
                );
                at.close(&quantity, "Q", Some(own.q), each[key]["q"].as_f64().unwrap(), 1e-8);
            }
        }
    }
}

#[test]
fn table_1_is_that_of_all_rows() {
    for case in of_kind("table1") {
        let sites = Sites::read(case["data"].as_str().unwrap(), case["site"].as_str().unwrap());
        for sharing in [Sharing::PerSite, Sharing::Masked] {
            let mut design = base(&sites);
            cox_plan(&mut design, &sites);
            design.analyses = vec![Analysis::Table1];
            design.sharing = sharing;
            design.cox = None;
            design.groups = base(&sites).groups;
            design.table1.insert("x1".to_owned(), vec![-10.0, 0.0, 1.0, 10.0]);
            let name = name(&case);
            let at = At { data: &name };
            let found = combined(design, &sites).table1.unwrap();
            let TablePart::Moments(moments) = &found["x1"]["moments"] else {
                panic!()
            };
            at.close("mean", "", Some(moments.mean), case["mean"].as_f64().unwrap(), 1e-12);
            at.close(
                "variance",
                "",
                moments.variance,
                case["variance"].as_f64().unwrap(),
                1e-12,
            );
            let by_group = list(&case["means"]).into_iter().zip(list(&case["variances"]));
            for (level, (mean, variance)) in case["levels"].as_array().unwrap().iter().zip(by_group) {
                let TablePart::Moments(own) = &found["x1"][&format!("moments | {}", level.as_str().unwrap())] else {
                    panic!()
                };
                at.close("mean of a group", "", Some(own.mean), mean, 1e-12);
                at.close("variance of a group", "", own.variance, variance, 1e-12);
                assert!(own.median_from <= own.median && own.median <= own.median_to);
            }
            for (level, count) in case["levels"].as_array().unwrap().iter().zip(list(&case["counts"])) {
                let TablePart::Count(range) = &found["group"][level.as_str().unwrap()] else {
                    panic!()
                };
                assert!(
                    range.at_least as f64 <= count && count <= range.at_most as f64,
                    "{name} {range:?}"
                );
            }
        }
    }
}

/// A masked total of a group with fewer patients than a site needs would be their mean.
#[test]
fn masked_means_of_few_patients_are_not_printed() {
    let sites = Sites::read("registry", "s3");
    let of = |smallest_n: u64| {
        let mut design = base(&sites);
        design.analyses = vec![Analysis::Table1];
        design.sharing = Sharing::Masked;
        design.limits.smallest_n = smallest_n;
        design.table1.insert("x1".to_owned(), vec![-10.0, 0.0, 1.0, 10.0]);
        combined(design, &sites).table1.unwrap()["x1"].clone()
    };
    let groups = |table: &std::collections::BTreeMap<String, TablePart>| {
        table.keys().filter(|name| name.starts_with("moments | ")).count()
    };
    // 110 patients; the smaller group has fewer than 50.
    assert_eq!((groups(&of(20)), groups(&of(50))), (2, 0));
    assert!(of(50).contains_key("moments") && !of(111).contains_key("moments"));
}

#[test]
fn groups_of_the_plan_keep_its_order() {
    let sites = Sites::read("lung", "s3");
    let mut design = base(&sites);
    design.analyses = vec![Analysis::Logrank];
    let one = combined(design.clone(), &sites).logrank.unwrap().stratified.unwrap();
    let by = design.groups.unwrap();
    design.groups = Some(GroupBy {
        levels: by.levels.into_iter().rev().collect(),
        ..by
    });
    let other = combined(design, &sites).logrank.unwrap().stratified.unwrap();
    assert!((one.chi2 - other.chi2).abs() < 1e-12 && (one.difference[0] + other.difference[0]).abs() < 1e-12);
}

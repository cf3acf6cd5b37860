//! Cox's regression against R's `survival`: the data and expected values of tests/reference/cox (see cox.R there).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use cotside_core::cohort::{Expected, Sheet};
use cotside_core::survival::cox::{CoxFit, CoxWarning, Design, Fitted, Model, Ties, TimeScale, fit, fit_firth};
use cotside_core::survival::{FollowUp, Labels, concordance};
use ledger::{Close, Place, number as compare};
use serde_json::Value;

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/cox/");

struct Case {
    topic: &'static str,
    name: String,
    expected: Value,
    follow_up: FollowUp,
    design: Design,
    strata: Option<Labels>,
    cluster: Option<Labels>,
    offset: Option<Vec<f64>>,
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

impl Case {
    fn read(expected: &Value) -> Self {
        let text = |key: &str| expected[key].as_str();
        let bytes = std::fs::read(format!("{DIRECTORY}{}", text("data").unwrap())).unwrap();
        let sheet = Sheet::read(&bytes).unwrap();
        let numbers = |name: &str| -> Vec<f64> {
            let column = sheet.numbers(name, Expected::Number).unwrap();
            column.into_iter().map(Option::unwrap).collect()
        };
        let labels = |name: &str| {
            let texts: Vec<&str> = sheet.texts(name).unwrap().into_iter().map(Option::unwrap).collect();
            Labels::of(&texts)
        };
        let event = numbers(text("event").unwrap())
            .into_iter()
            .map(|event| event as u32)
            .collect();
        let time = numbers(text("time").unwrap());
        let mut follow_up = match text("entry") {
            None => FollowUp::new(time, event).unwrap(),
            Some(entry) => FollowUp::with_entry(numbers(entry), time, event).unwrap(),
        };
        if let Some(weights) = text("weights") {
            follow_up = follow_up.weighted(numbers(weights)).unwrap();
        }
        let mut design = Design::new();
        for name in names(&expected["covariates"]) {
            design = design.numeric(name, numbers(name));
        }
        for name in names(&expected["factors"]) {
            design = design.factor(name, &labels(name)).unwrap();
        }
        Self {
            topic: "cox",
            name: text("name").unwrap().to_owned(),
            follow_up,
            design,
            strata: text("strata").map(labels),
            cluster: text("cluster").map(labels),
            offset: text("offset").map(numbers),
            expected: expected.clone(),
        }
    }

    fn model(&self) -> Model<'_> {
        Model {
            strata: self.strata.as_ref(),
            cluster: self.cluster.as_ref(),
            offset: self.offset.as_deref(),
            robust: !self.expected["robust"].is_null(),
            ties: match self.expected["ties"].as_str() {
                Some("breslow") => Ties::Breslow,
                Some("exact") => Ties::Exact,
                _ => Ties::Efron,
            },
            ..Model::new(&self.follow_up, &self.design)
        }
    }

    /// Compares numbers, `None` being null; differences are relative to the larger of the number and `unit`.
    fn same(&self, what: &str, found: &[Option<f64>], expected: &Value, unit: f64, tolerance: f64) {
        let expected: Vec<Option<f64>> = match expected {
            Value::Array(values) => values.iter().map(Value::as_f64).collect(),
            one => vec![one.as_f64()],
        };
        assert_eq!(found.len(), expected.len(), "{}: {what}", self.name);
        for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
            let (quantity, of) = what
                .split_once(", column ")
                .or(what.split_once(" of "))
                .unwrap_or((what, ""));
            let at = format!("{of} {}", index + 1);
            let place = Place {
                topic: self.topic,
                data: &self.name,
                quantity,
                at: at.trim(),
            };
            compare(place, *found, *expected, Close { unit, tolerance });
        }
    }

    fn same_columns(&self, what: &str, found: &[Vec<f64>], expected: &Value, tolerance: f64) {
        for (index, (found, expected)) in found.iter().zip(expected.as_array().unwrap()).enumerate() {
            let found: Vec<Option<f64>> = found.iter().copied().map(Some).collect();
            let numbers = expected.as_array().unwrap().iter().filter_map(Value::as_f64);
            let unit = numbers.fold(1e-300, |most: f64, each| most.max(each.abs()));
            self.same(
                &format!("{what}, column {}", index + 1),
                &found,
                expected,
                unit,
                tolerance,
            );
        }
    }
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(format!("{DIRECTORY}cases.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    all["cases"].as_array().unwrap().iter().map(Case::read).collect()
}

fn each(check: impl Fn(&Case, &CoxFit, &Value)) {
    for case in cases() {
        let fit = fit(&case.model()).unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
        check(&case, &fit, &case.expected);
    }
}

#[test]
fn coefficients_and_tests() {
    each(|case, fit, r| {
        assert_eq!(
            (Some(fit.n as u64), Some(fit.n_events as u64)),
            (r["n"].as_u64(), r["events"].as_u64())
        );
        case.same(
            "loglik",
            &[Some(fit.loglik_null), Some(fit.loglik)],
            &r["loglik"],
            1.0,
            1e-12,
        );
        case.same("score", &[Some(fit.score.chi2)], &r["score"], 1e-2, 1e-10);
        case.same("wald", &[fit.wald.map(|wald| wald.chi2)], &r["wald"], 1e-2, 1e-8);
        let of = |pick: &dyn Fn(&cotside_core::survival::cox::Estimate) -> Option<f64>| {
            fit.estimates
                .iter()
                .map(|each| each.as_ref().and_then(pick))
                .collect::<Vec<_>>()
        };
        case.same("coef", &of(&|each| Some(each.coef)), &r["coef"], 1e-3, 1e-9);
        let zero_is_none =
            |values: Vec<Option<f64>>| values.into_iter().map(|each| each.or(Some(0.0))).collect::<Vec<_>>();
        case.same(
            "std_err",
            &zero_is_none(of(&|each| Some(each.std_err))),
            &r["std_err"],
            1e-6,
            1e-9,
        );
        if !r["robust"].is_null() {
            case.same("robust", &of(&|each| each.robust_std_err), &r["robust"], 1e-6, 1e-9);
        }
        case.same("lower", &of(&|each| each.lower), &r["lower"], 1e-3, 1e-9);
        case.same("upper", &of(&|each| each.upper), &r["upper"], 1e-3, 1e-9);
        case.same("p", &of(&|each| Some(each.p)), &r["p"], 1e-300, 1e-7);
    });
}

#[test]
fn concordance_of_the_fit() {
    each(|case, fit, r| {
        let scores = Fitted::new(&case.model(), fit).unwrap().linear_predictors();
        let found = concordance(&case.follow_up, &scores, case.strata.as_ref(), case.cluster.as_ref()).unwrap();
        case.same("concordance", &[found.c, found.std_err], &r["concordance"], 1e-3, 1e-10);
    });
}

#[test]
fn proportional_hazards() {
    let scales = [
        ("km", TimeScale::KaplanMeier),
        ("identity", TimeScale::Identity),
        ("rank", TimeScale::Rank),
        ("log", TimeScale::Log),
    ];
    each(|case, fit, r| {
        if r["zph"].is_null() {
            return;
        }
        let model = case.model();
        let fitted = Fitted::new(&model, fit).unwrap();
        for (key, scale) in scales {
            let found = fitted.proportionality(scale).unwrap();
            let all = || found.variables.iter().map(|(_, test)| test).chain([&found.global]);
            let r = &r["zph"][key];
            case.same(
                &format!("proportional hazards, {key}: chi-square"),
                &all().map(|test| Some(test.chi2)).collect::<Vec<_>>(),
                &r["chi2"],
                1e-3,
                1e-7,
            );
            case.same(
                &format!("proportional hazards, {key}: df"),
                &all().map(|test| Some(test.df as f64)).collect::<Vec<_>>(),
                &r["df"],
                1.0,
                0.0,
            );
            let p: Vec<_> = all().map(|test| test.p).collect();
            case.same(&format!("proportional hazards, {key}: p"), &p, &r["p"], 1e-12, 1e-6);
        }
    });
}

#[test]
fn residuals() {
    each(|case, fit, r| {
        let r = &r["residuals"];
        if r.is_null() {
            return;
        }
        let model = case.model();
        let fitted = Fitted::new(&model, fit).unwrap();
        let some = |values: Vec<f64>| values.into_iter().map(Some).collect::<Vec<_>>();
        case.same("martingale", &some(fitted.martingale()), &r["martingale"], 1.0, 1e-8);
        case.same("deviance", &some(fitted.deviance()), &r["deviance"], 1.0, 1e-7);
        case.same_columns("score residual", &fitted.score().unwrap(), &r["score"], 1e-8);
        case.same_columns("dfbeta", &fitted.dfbeta().unwrap(), &r["dfbeta"], 1e-8);
        for (what, rows) in [
            ("schoenfeld", fitted.schoenfeld().unwrap()),
            ("scaled", fitted.scaled_schoenfeld().unwrap()),
        ] {
            let column = |j: usize| rows.iter().map(|row| row.values[j]).collect::<Vec<f64>>();
            let columns: Vec<Vec<f64>> = (0..case.design.len()).map(column).collect();
            case.same_columns(what, &columns, &r[what], 1e-8);
        }
    });
}

#[test]
fn baseline_and_curves() {
    each(|case, fit, r| {
        let model = case.model();
        let fitted = Fitted::new(&model, fit).unwrap();
        if !r["baseline"].is_null() {
            let zero = fitted.curve(&vec![0.0; case.design.len()]).unwrap();
            let steps = || zero.strata.iter().flat_map(|stratum| &stratum.steps);
            case.same(
                "times",
                &steps().map(|step| Some(step.time)).collect::<Vec<_>>(),
                &r["baseline"]["time"],
                1.0,
                0.0,
            );
            let hazard: Vec<f64> = steps().map(|step| step.hazard).collect();
            case.same_columns("hazard", &[hazard], &serde_json::json!([r["baseline"]["hazard"]]), 1e-8);
        }
        if !r["at"].is_null() {
            let x: Vec<f64> = r["at"]["x"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_f64)
                .collect();
            let curve = fitted.curve(&x).unwrap();
            let steps = &curve.strata[0].steps;
            let column = |pick: &dyn Fn(&cotside_core::survival::cox::BaselineStep) -> f64| {
                steps.iter().map(|step| Some(pick(step))).collect::<Vec<_>>()
            };
            case.same(
                "survival",
                &column(&|step| step.survival),
                &r["at"]["survival"],
                1e-6,
                1e-8,
            );
            case.same(
                "std_err",
                &column(&|step| step.std_err),
                &r["at"]["std_err"],
                1e-3,
                1e-8,
            );
            case.same("lower", &column(&|step| step.lower), &r["at"]["lower"], 1e-6, 1e-8);
            case.same("upper", &column(&|step| step.upper), &r["at"]["upper"], 1e-6, 1e-8);
        }
    });
}

#[test]
fn firth_against_its_definition() {
    let sheet = Sheet::read(&std::fs::read(format!("{DIRECTORY}firth.csv")).unwrap()).unwrap();
    let text = |row: usize, name: &str| sheet.cell(row, sheet.column(name).unwrap()).to_owned();
    for row in 0..sheet.rows() {
        let covariates: Vec<String> = text(row, "covariates").split(' ').map(str::to_owned).collect();
        let entry = Some(text(row, "entry")).filter(|name| !name.is_empty());
        let mut case = Case::read(&serde_json::json!({
            "name": format!("{}, {}: {}", text(row, "data"), text(row, "ties"), covariates.join(" + ")), "data": text(row, "data") + ".csv", "time": text(row, "time"),
            "event": text(row, "event"), "entry": entry, "covariates": covariates, "ties": text(row, "ties")
        }));
        case.topic = "firth";
        let fit = fit_firth(&case.model()).unwrap();
        let at = covariates
            .iter()
            .position(|name| *name == text(row, "covariate"))
            .unwrap();
        let found = fit.estimates[at].unwrap();
        let of = |quantity: &str| format!("{quantity} of {}", text(row, "covariate"));
        let number = |name: &str| serde_json::json!(text(row, name).parse::<f64>().unwrap());
        case.same(
            "loglik_null",
            &[Some(fit.loglik_null)],
            &number("loglik_null"),
            1.0,
            1e-11,
        );
        case.same("loglik", &[Some(fit.loglik)], &number("loglik"), 1.0, 1e-11);
        case.same(&of("coef"), &[Some(found.coef)], &number("coef"), 1.0, 2e-7);
        case.same(&of("std_err"), &[Some(found.std_err)], &number("std_err"), 0.1, 2e-7);
        case.same(&of("lower"), &[found.lower], &number("lower"), 1e-3, 2e-7);
        case.same(&of("upper"), &[found.upper], &number("upper"), 1e-3, 2e-7);
        case.same(&of("chi2"), &[Some(found.z * found.z)], &number("chi2"), 0.1, 1e-9);
    }
}

/// tests/reference/cox/firth_limits.R: tiny samples in which limits are far out, or infinite; each is found, or
/// reported as infinite.
#[test]
fn firth_limits_by_brute_force() {
    let text = std::fs::read_to_string(format!("{DIRECTORY}firth_limits.csv")).unwrap();
    let numbers = |cell: &str| -> Vec<f64> { cell.split(' ').map(|number| number.parse().unwrap()).collect() };
    let mut far = 0;
    for (set, line) in text.lines().skip(2).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let event = numbers(cells[1]).into_iter().map(|event| event as u32).collect();
        let follow_up = FollowUp::new(numbers(cells[0]), event).and_then(|rows| rows.weighted(numbers(cells[2])));
        let follow_up = follow_up.unwrap();
        let columns = cells[3].split(';').enumerate();
        let design = columns.fold(Design::new(), |design, (j, column)| {
            design.numeric(&format!("x{j}"), numbers(column))
        });
        let fit = fit_firth(&Model::new(&follow_up, &design)).unwrap();
        let [coef, chi2, lower, upper] = [4, 5, 6, 7].map(|column| numbers(cells[column]));
        for (j, estimate) in fit.estimates.iter().enumerate() {
            let found = estimate.unwrap();
            let at = format!("set {}, covariate {}", set + 1, j + 1);
            let place = |quantity| Place {
                topic: "firth",
                data: "tiny samples",
                quantity,
                at: &at,
            };
            let close = |unit, tolerance| Close { unit, tolerance };
            compare(place("coef"), Some(found.coef), Some(coef[j]), close(1.0, 1e-4));
            compare(place("chi2"), Some(found.z * found.z), Some(chi2[j]), close(1.0, 1e-6));
            for (ratio, log, upwards) in [(found.lower, lower[j], false), (found.upper, upper[j], true)] {
                let said = fit
                    .warnings
                    .contains(&CoxWarning::InfiniteLimit { covariate: j, upwards });
                let found = ratio.map(libm::log);
                let expected = Some(log).filter(|log| log.is_finite());
                compare(
                    place(if upwards { "log upper" } else { "log lower" }),
                    found,
                    expected,
                    close(1.0, 1e-5),
                );
                assert_eq!(said, expected.is_none(), "set {set}, covariate {j}");
                far += u32::from(log.is_finite() && log.abs() > 15.0);
            }
        }
    }
    assert!(far >= 3, "{far}");
}

/// tests/reference/cox/smooth.R: the coefficients of two covariates of veteran.csv over time, on two scales.
#[test]
fn coefficients_over_time_as_r() {
    let bytes = std::fs::read(format!("{DIRECTORY}veteran.csv")).unwrap();
    let sheet = Sheet::read(&bytes).unwrap();
    let numbers = |name: &str| -> Vec<f64> {
        let column = sheet.numbers(name, Expected::Number).unwrap();
        column.into_iter().map(Option::unwrap).collect()
    };
    let event = numbers("status").into_iter().map(|event| event as u32).collect();
    let follow_up = FollowUp::new(numbers("time"), event).unwrap();
    let design = Design::new()
        .numeric("karno", numbers("karno"))
        .numeric("age", numbers("age"));
    let model = Model::new(&follow_up, &design);
    let found = fit(&model).unwrap();
    let fitted = Fitted::new(&model, &found).unwrap();
    let expected = std::fs::read_to_string(format!("{DIRECTORY}smooth.csv")).unwrap();
    let mut seen = 0;
    for (name, scale) in [("km", TimeScale::KaplanMeier), ("identity", TimeScale::Identity)] {
        let over_time = fitted.over_time(scale).unwrap();
        for (term, column) in ["karno", "age"].into_iter().enumerate() {
            let prefix = format!("{name},{column},");
            let rows = expected.lines().filter_map(|line| line.strip_prefix(&prefix));
            let rows: Vec<Vec<f64>> = rows
                .map(|row| row.split(',').map(|cell| cell.parse().unwrap()).collect())
                .collect();
            let (smooth, mut residuals) = (&over_time.smooth[term], over_time.residuals[term].clone());
            let mut wanted: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[1])).collect();
            for pairs in [&mut residuals, &mut wanted] {
                pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            }
            for (found, wanted) in residuals.iter().zip(&wanted) {
                assert!(
                    found.0 == wanted.0 && (found.1 - wanted.1).abs() < 1e-8,
                    "{found:?} {wanted:?}"
                );
            }
            for row in &rows {
                let at = smooth.iter().find(|at| at.time == row[0]).unwrap();
                let at_event = format!("{column}, {name}, {}", row[0]);
                let place = |quantity| Place {
                    topic: "cox-over-time",
                    data: "veteran",
                    quantity,
                    at: &at_event,
                };
                let close = Close {
                    unit: 1.0,
                    tolerance: 1e-8,
                };
                compare(place("coefficient"), Some(at.coefficient), Some(row[2]), close);
                compare(place("std_err"), Some(at.std_err), Some(row[3]), close);
                seen += 1;
            }
            assert_eq!(residuals.len(), rows.len());
        }
    }
    assert_eq!(seen, 4 * found.n_events);
}

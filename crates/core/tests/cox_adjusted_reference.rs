//! Survival adjusted by Cox's regression against R: tests/reference/cox/adjusted.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use std::collections::BTreeMap;

use cotside_core::cohort::{Expected, Sheet};
use cotside_core::survival::cox::{AdjustedSurvival, CoxError, Design, Fitted, Model, Population, Ties, fit};
use cotside_core::survival::{Confidence, FollowUp, Labels};
use ledger::{Close, Place, number as compare};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/cox/");

fn sheet(name: &str) -> Sheet {
    let text = std::fs::read_to_string(format!("{DIRECTORY}{name}")).unwrap();
    Sheet::read(text.as_bytes()).unwrap()
}

fn numbers(sheet: &Sheet, name: &str) -> Vec<Option<f64>> {
    sheet.numbers(name, Expected::Number).unwrap()
}

fn labels(values: &[f64]) -> Labels {
    let texts: Vec<String> = values.iter().map(f64::to_string).collect();
    Labels::of(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The numbers of R, by case, quantity, group and time.
struct Wanted(BTreeMap<[String; 4], f64>);

impl Wanted {
    fn read() -> Self {
        let text = std::fs::read_to_string(format!("{DIRECTORY}adjusted.csv")).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let sheet = Sheet::read(lines.join("\n").as_bytes()).unwrap();
        let text = |name: &str| {
            let cells = sheet.texts(name).unwrap().into_iter();
            cells.map(|cell| cell.unwrap().to_owned()).collect::<Vec<String>>()
        };
        let [case, quantity, group, at] = ["case", "quantity", "group", "at"].map(text);
        let value = numbers(&sheet, "value");
        let keys = (0..value.len()).map(|row| {
            let key = [&case, &quantity, &group, &at].map(|column| column[row].clone());
            (key, value[row].unwrap())
        });
        Self(keys.collect())
    }

    fn same(&mut self, case: &str, quantity: &str, group: &str, time: f64, found: Option<f64>) {
        let key = [case, quantity, group, &time.to_string()].map(str::to_owned);
        let expected = self.0.remove(&key);
        assert!(expected.is_some(), "R has no {key:?}");
        let place = Place {
            topic: "cox-adjusted",
            data: case,
            quantity,
            at: &format!("{group} at {time}"),
        };
        // Coefficients are iterated on both sides.
        let close = Close {
            unit: 1e-6,
            tolerance: 1e-8,
        };
        compare(place, found, expected, close);
    }

    fn all(&mut self, case: &str, names: [&str; 2], found: &AdjustedSurvival) {
        let confidence = Confidence::default();
        for &time in found.time() {
            for (group, name) in names.into_iter().enumerate() {
                let at = found.at(group, time, confidence).unwrap();
                self.same(case, "survival", name, time, Some(at.survival));
                self.same(case, "std_err", name, time, Some(at.std_err));
            }
            let difference = found.difference(0, 1, time, confidence).unwrap();
            let test = difference.test.ok();
            let of = format!("{} - {}", names[0], names[1]);
            self.same(case, "difference", &of, time, Some(difference.estimate));
            self.same(case, "difference std_err", &of, time, test.map(|test| test.std_err));
            self.same(case, "difference p", &of, time, test.map(|test| test.p));
        }
    }
}

fn veteran() -> (FollowUp, [Vec<f64>; 3]) {
    let sheet = sheet("veteran.csv");
    let all = |name: &str| {
        numbers(&sheet, name)
            .into_iter()
            .map(Option::unwrap)
            .collect::<Vec<f64>>()
    };
    let status = all("status").into_iter().map(|status| status as u32).collect();
    (
        FollowUp::new(all("time"), status).unwrap(),
        ["trt", "karno", "age"].map(all),
    )
}

const AT: [f64; 4] = [30.0, 90.0, 180.0, 365.0];

#[test]
fn averages_and_their_variance_are_those_of_r() {
    let mut wanted = Wanted::read();
    let (follow_up, [arm, karno, age]) = veteran();
    let n = arm.len();
    for (case, ties) in [("arms, efron", Ties::Efron), ("arms, breslow", Ties::Breslow)] {
        let design = Design::new().numeric("trt", arm.clone());
        let design = design.numeric("karno", karno.clone()).numeric("age", age.clone());
        let model = Model {
            ties,
            ..Model::new(&follow_up, &design)
        };
        let found = fit(&model).unwrap();
        let of_arm = |arm: f64| Population {
            columns: vec![vec![arm; n], karno.clone(), age.clone()],
            strata: None,
            weight: None,
        };
        let fitted = Fitted::new(&model, &found).unwrap();
        wanted.all(
            case,
            ["1", "2"],
            &fitted.adjusted(&[of_arm(1.0), of_arm(2.0)], &AT).unwrap(),
        );
    }
    let strata = labels(&arm);
    let design = Design::new()
        .numeric("karno", karno.clone())
        .numeric("age", age.clone());
    let model = Model {
        strata: Some(&strata),
        ..Model::new(&follow_up, &design)
    };
    let found = fit(&model).unwrap();
    let of_arm = |code: u32| Population {
        columns: vec![karno.clone(), age.clone()],
        strata: Some(vec![code; n]),
        weight: None,
    };
    let fitted = Fitted::new(&model, &found).unwrap();
    let adjusted = fitted.adjusted(&[of_arm(0), of_arm(1)], &AT).unwrap();
    wanted.all("arms as strata", ["1", "2"], &adjusted);
    // Followed to 553 and 999 days.
    assert_eq!([adjusted.last(0), adjusted.last(1)], [Some(553.0), Some(999.0)]);
    with_entry_weights_and_strata(&mut wanted);
    assert!(wanted.0.is_empty(), "not compared: {:?}", wanted.0.keys().next());
}

fn with_entry_weights_and_strata(wanted: &mut Wanted) {
    let sheet = sheet("sim.csv");
    let names = ["entry", "time", "status", "x1", "x2", "w", "centre"];
    let columns = names.map(|name| numbers(&sheet, name));
    let complete = |row: &usize| {
        let values = columns.each_ref().map(|column| column[*row]);
        values.iter().all(Option::is_some) && values[0] < values[1]
    };
    let rows: Vec<usize> = (0..columns[0].len()).filter(complete).collect();
    let [entry, time, status, x1, x2, weight, centre] =
        columns.map(|column| rows.iter().map(|&row| column[row].unwrap()).collect::<Vec<f64>>());
    let event = status.into_iter().map(|status| status as u32).collect();
    let follow_up = FollowUp::with_entry(entry, time, event).unwrap();
    let follow_up = follow_up.weighted(weight.clone()).unwrap();
    let strata = labels(&centre);
    let design = Design::new().numeric("x1", x1.clone()).numeric("x2", x2);
    let model = Model {
        strata: Some(&strata),
        robust: true,
        ..Model::new(&follow_up, &design)
    };
    let found = fit(&model).unwrap();
    let n = x1.len();
    let of = |value: f64| Population {
        columns: vec![x1.clone(), vec![value; n]],
        strata: Some(strata.codes.clone()),
        weight: Some(&weight),
    };
    let fitted = Fitted::new(&model, &found).unwrap();
    let adjusted = fitted.adjusted(&[of(0.0), of(1.0)], &[5.0, 10.0, 15.0]).unwrap();
    wanted.all("entry, weights, strata", ["0", "1"], &adjusted);
}

/// Averaging over one patient gives the predicted curve; without covariates between the groups the average is the same.
#[test]
fn one_patient_has_the_predicted_curve() {
    let (follow_up, [arm, karno, _]) = veteran();
    let design = Design::new().numeric("trt", arm).numeric("karno", karno);
    let model = Model::new(&follow_up, &design);
    let found = fit(&model).unwrap();
    let fitted = Fitted::new(&model, &found).unwrap();
    let curve = fitted.curve(&[2.0, 40.0]).unwrap();
    let times: Vec<f64> = curve.strata[0].steps.iter().map(|step| step.time).collect();
    let one = Population {
        columns: vec![vec![2.0], vec![40.0]],
        strata: None,
        weight: None,
    };
    let adjusted = fitted.adjusted(&[one], &times).unwrap();
    for step in &curve.strata[0].steps {
        let at = adjusted.at(0, step.time, Confidence::default()).unwrap();
        assert!((at.survival - step.survival).abs() < 1e-14);
        assert!((at.std_err - step.survival * step.std_err).abs() < 1e-14);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let (follow_up, [arm, karno, _]) = veteran();
    let design = Design::new().numeric("trt", arm).numeric("karno", karno);
    let model = Model::new(&follow_up, &design);
    let found = fit(&model).unwrap();
    let fitted = Fitted::new(&model, &found).unwrap();
    let of = |columns: Vec<Vec<f64>>| {
        let strata = None;
        fitted
            .adjusted(
                &[Population {
                    columns,
                    strata,
                    weight: None,
                }],
                &[30.0],
            )
            .map(|_| ())
    };
    let length = |expected, found| Err(CoxError::Length { expected, found });
    assert_eq!(of(vec![vec![1.0]]), length(2, 1));
    assert_eq!(of(vec![vec![1.0], vec![1.0, 2.0]]), length(1, 2));
    assert_eq!(of(vec![vec![], vec![]]), Err(CoxError::Overflow));
    assert_eq!(of(vec![vec![f64::INFINITY], vec![1.0]]), Err(CoxError::Overflow));
}

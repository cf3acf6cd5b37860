//! Tests of factors and interactions, hazard ratios within levels and splines against R: tests/reference/cox/terms.R.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use std::collections::BTreeMap;

use cotside_core::cohort::{Expected, Sheet};
use cotside_core::survival::cox::{CoxFit, Design, Estimate, Model, Test, Ties, fit, likelihood_ratio_of};
use cotside_core::survival::{FollowUp, Labels, RestrictedCubic, fine_gray};
use ledger::{Close, Place, number as compare};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/");

/// A data set by its columns.
struct Data(Sheet);

impl Data {
    fn read(name: &str) -> Self {
        let text = std::fs::read_to_string(format!("{DIRECTORY}{name}")).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        Self(Sheet::read(lines.join("\n").as_bytes()).unwrap())
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let column = self.0.numbers(name, Expected::Number).unwrap();
        column.into_iter().map(Option::unwrap).collect()
    }

    fn codes(&self, name: &str) -> Vec<u32> {
        self.numbers(name).into_iter().map(|value| value as u32).collect()
    }

    fn labels(&self, name: &str) -> Labels {
        let texts: Vec<&str> = self.0.texts(name).unwrap().into_iter().map(Option::unwrap).collect();
        Labels::of(&texts)
    }

    fn follow_up(&self, event: &str) -> FollowUp {
        FollowUp::new(self.numbers("time"), self.codes(event)).unwrap()
    }
}

/// The numbers of R that were not compared yet.
struct Wanted(BTreeMap<String, f64>);

impl Wanted {
    fn read() -> Self {
        let text = std::fs::read_to_string(format!("{DIRECTORY}cox/terms.csv")).unwrap();
        let lines = text.lines().skip(2).map(|line| {
            let (key, value) = line.rsplit_once(',').unwrap();
            (key.trim_matches('"').replace("\",\"", "|"), value.parse().unwrap())
        });
        Self(lines.collect())
    }

    fn same(&mut self, case: &str, quantity: &str, at: &str, found: Option<f64>) {
        let expected = self.0.remove(&format!("{case}|{quantity}|{at}"));
        assert!(expected.is_some(), "R has no {case}, {quantity}, {at}");
        let place = Place {
            topic: "cox-terms",
            data: case,
            quantity,
            at,
        };
        let close = Close {
            unit: 1e-3,
            tolerance: 1e-7,
        };
        compare(place, found, expected, close);
    }

    fn test(&mut self, case: &str, kind: &str, at: &str, found: Option<Test>) {
        self.same(case, &format!("{kind} chi2"), at, found.map(|test| test.chi2));
        self.same(case, &format!("{kind} p"), at, found.and_then(|test| test.p));
    }

    fn ratio(&mut self, case: &str, at: &str, found: Option<Estimate>) {
        self.same(case, "hazard ratio", at, found.and_then(|each| each.hazard_ratio));
        self.same(case, "lower", at, found.and_then(|each| each.lower));
        self.same(case, "upper", at, found.and_then(|each| each.upper));
    }
}

fn own(design: &Design, variable: &str) -> (usize, Vec<usize>) {
    let place = design.variables().iter().position(|name| name == variable).unwrap();
    (place, design.columns_of(place))
}

fn joint(wanted: &mut Wanted, case: &str, model: &Model<'_>, found: &CoxFit, variable: &str) {
    let (place, columns) = own(model.design, variable);
    wanted.test(case, "wald", variable, found.wald_of(&columns));
    ratio_test(wanted, case, model, found, place);
}

fn ratio_test(wanted: &mut Wanted, case: &str, model: &Model<'_>, found: &CoxFit, place: usize) {
    let name = model.design.variables()[place].clone();
    wanted.test(
        case,
        "likelihood ratio",
        &name,
        likelihood_ratio_of(model, found, place).ok(),
    );
}

/// Weights of a sum of coefficients, by their names.
fn weights(design: &Design, names: &[&str]) -> Vec<f64> {
    let terms = design.terms().iter().map(ToString::to_string);
    let weights: Vec<f64> = terms.map(|term| f64::from(names.contains(&term.as_str()))).collect();
    assert_eq!(weights.iter().sum::<f64>() as usize, names.len(), "{names:?}");
    weights
}

#[test]
fn factors_interactions_and_splines_as_r() {
    let mut wanted = Wanted::read();
    factors(&mut wanted);
    within_strata(&mut wanted);
    splines(&mut wanted);
    subdistribution(&mut wanted);
    assert!(wanted.0.is_empty(), "not compared: {:?}", wanted.0);
}

fn factors(wanted: &mut Wanted) {
    let data = Data::read("cox/veteran.csv");
    let follow_up = data.follow_up("status");
    let types = data.labels("celltype");
    let plain = Design::new()
        .numeric("karno", data.numbers("karno"))
        .factor("celltype", &types)
        .unwrap()
        .numeric("trt", data.numbers("trt"));
    for (case, ties) in [("factor", Ties::Efron), ("factor, breslow", Ties::Breslow)] {
        let model = Model {
            ties,
            ..Model::new(&follow_up, &plain)
        };
        let found = fit(&model).unwrap();
        joint(wanted, case, &model, &found, "celltype");
        for place in [0, 2] {
            ratio_test(wanted, case, &model, &found, place);
        }
    }
    let crossed = Design::new()
        .numeric("karno", data.numbers("karno"))
        .numeric("trt", data.numbers("trt"))
        .factor("celltype", &types)
        .unwrap()
        .interaction(1, 2);
    let model = Model::new(&follow_up, &crossed);
    let found = fit(&model).unwrap();
    joint(wanted, "interaction", &model, &found, "trt:celltype");
    ratio_test(wanted, "interaction", &model, &found, 0);
    for (place, level) in types.names.iter().enumerate() {
        let product = format!("trt:celltype={level}");
        let names = if place == 0 { vec!["trt"] } else { vec!["trt", &product] };
        let within = found.combination(&weights(&crossed, &names), 0.95);
        wanted.ratio("interaction", level, within);
    }
}

fn within_strata(wanted: &mut Wanted) {
    let data = Data::read("cox/sim.csv");
    let (groups, centres) = (data.labels("group"), data.labels("centre"));
    let entered = FollowUp::with_entry(data.numbers("entry"), data.numbers("time"), data.codes("status"));
    let weighted = entered.unwrap().weighted(data.numbers("w")).unwrap();
    let design = Design::new()
        .numeric("x1", data.numbers("x1"))
        .factor("group", &groups)
        .unwrap()
        .interaction(0, 1);
    let case = "entry, weights, strata";
    let found = fit(&Model {
        strata: Some(&centres),
        robust: true,
        ..Model::new(&weighted, &design)
    })
    .unwrap();
    let (_, columns) = own(&design, "x1:group");
    wanted.test(case, "wald", "x1:group", found.wald_of(&columns));
    for level in &groups.names[1..] {
        let names = ["x1", &format!("x1:group={level}")];
        wanted.ratio(case, level, found.combination(&weights(&design, &names), 0.95));
    }
    let follow_up = data.follow_up("status");
    let design = Design::new()
        .numeric("x1", data.numbers("x1"))
        .numeric("x2", data.numbers("x2"))
        .factor("group", &groups)
        .unwrap();
    let found = fit(&Model {
        cluster: Some(&centres),
        ..Model::new(&follow_up, &design)
    })
    .unwrap();
    wanted.test("cluster", "wald", "group", found.wald_of(&own(&design, "group").1));
}

fn splines(wanted: &mut Wanted) {
    let data = Data::read("cox/lung.csv");
    let (follow_up, age) = (data.follow_up("status"), data.numbers("age"));
    for knots in 3..=5 {
        let case = format!("spline of {knots} knots");
        let spline = RestrictedCubic::at_quantiles(&age, knots).unwrap();
        for (place, knot) in spline.knots().iter().enumerate() {
            wanted.same(&case, "knot", &(place + 1).to_string(), Some(*knot));
        }
        let design = Design::new()
            .spline("age", &spline, &age)
            .numeric("sex", data.numbers("sex"));
        let found = fit(&Model::new(&follow_up, &design)).unwrap();
        let columns = own(&design, "age").1;
        for &column in &columns {
            let coefficient = found.estimates[column].map(|each| each.coef);
            wanted.same(&case, "coefficient", &(column + 1).to_string(), coefficient);
        }
        wanted.test(&case, "wald", "age", found.wald_of(&columns));
        wanted.test(&case, "wald", "not linear", found.wald_of(&columns[1..]));
        let linear = Design::new()
            .numeric("age", age.clone())
            .numeric("sex", data.numbers("sex"));
        let linear = fit(&Model::new(&follow_up, &linear)).unwrap();
        let gain = Test::new(2.0 * (found.loglik - linear.loglik), knots - 2);
        wanted.test(&case, "likelihood ratio", "not linear", Some(gain));
        for at in [40, 50, 62, 75, 80] {
            let pairs = spline.basis(f64::from(at)).into_iter().zip(spline.basis(60.0));
            let weights: Vec<f64> = pairs.map(|(at, reference)| at - reference).chain([0.0]).collect();
            wanted.ratio(&case, &at.to_string(), found.combination(&weights, 0.95));
        }
    }
}

fn subdistribution(wanted: &mut Wanted) {
    let data = Data::read("risks/fine_gray_mgus.csv");
    let follow_up = data.follow_up("event");
    let covariates = ["age", "male", "mspike"].map(|name| data.numbers(name));
    for cause in 1..=2 {
        let found = fine_gray(&follow_up, &covariates, cause)
            .unwrap()
            .wald_of(&[0, 1])
            .unwrap();
        let case = format!("fine and gray, cause {cause}");
        wanted.same(&case, "wald chi2", "age and male", Some(found.chi2));
        wanted.same(&case, "wald p", "age and male", Some(found.p));
    }
}

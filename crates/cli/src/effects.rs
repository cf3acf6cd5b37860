//! What coefficients of a Cox model say together: tests of variables, ratios within levels, a spline.

use std::fmt::Write as _;

use cotside_core::survival::cox::{CoxFit, Design, LevelAt, Model, Test, fit, likelihood_ratio_of};
use serde::Serialize;

use crate::people::{name, number, p, p_value, ratio, shown};
use crate::terms::TermDesign;

/// The tests of a variable with several coefficients, of an interaction, or of what a spline adds to a straight line.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Joint {
    name: String,
    df: usize,
    wald: ChiSquare,
    /// `None` where the variance is robust or the likelihood penalised.
    lr: Option<ChiSquare>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChiSquare {
    chi2: Option<f64>,
    p: Option<f64>,
}

/// A hazard ratio within a level of an interacting variable.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Within {
    of: String,
    within: String,
    /// The level of a factor.
    level: Option<String>,
    /// The value of a number.
    value: Option<f64>,
    hr: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    p: Option<f64>,
}

/// A covariate as a restricted cubic spline.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Spline {
    column: String,
    knots: Vec<f64>,
    /// The median.
    reference: f64,
    nonlinearity: Joint,
    curve: Vec<Point>,
}

/// The hazard ratio at a value against the reference.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Point {
    value: f64,
    hr: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// Points of the curve of a spline.
const POINTS: u32 = 100;

fn chi_square(test: Option<Test>) -> ChiSquare {
    ChiSquare {
        chi2: test.map(|test| test.chi2),
        p: test.and_then(|test| test.p),
    }
}

/// The tests of every variable with several coefficients, and of every interaction; a variable that interacts is tested by its
/// interaction.
pub fn joint(model: &Model<'_>, found: &CoxFit, terms: &TermDesign) -> Vec<Joint> {
    let design = &terms.design;
    let interacts = |variable: &usize| {
        let mut products = terms.products.iter();
        products.any(|product| [product.of, product.within].contains(variable))
    };
    let is_product = |variable: usize| terms.products.iter().any(|product| product.product == variable);
    let wanted = |variable: &usize| design.columns_of(*variable).len() > 1 || is_product(*variable);
    let variables = 0..design.variables().len();
    let tested = variables.filter(|variable| !interacts(variable) && wanted(variable));
    tested
        .map(|variable| {
            let columns = design.columns_of(variable);
            Joint {
                name: design.variables()[variable].clone(),
                df: columns.len(),
                wald: chi_square(found.wald_of(&columns)),
                lr: likelihood_ratio_of(model, found, variable)
                    .ok()
                    .map(|test| chi_square(Some(test))),
            }
        })
        .collect()
}

/// The hazard ratios within levels of every interaction.
pub fn within(found: &CoxFit, terms: &TermDesign, conf_level: f64) -> Vec<Within> {
    let design = &terms.design;
    let products = terms.products.iter();
    let ratios = products.flat_map(|&product| found.within(design, product, conf_level));
    ratios
        .map(|ratio| Within {
            of: design.terms()[ratio.term].to_string(),
            within: design.variables()[ratio.variable].clone(),
            level: match ratio.at {
                LevelAt::Reference => terms.references.get(&ratio.variable).cloned(),
                LevelAt::Level(term) => design.terms()[term].level.clone(),
                LevelAt::Number(_) => None,
            },
            value: match ratio.at {
                LevelAt::Number(value) => Some(value),
                LevelAt::Reference | LevelAt::Level(_) => None,
            },
            hr: ratio.estimate.and_then(|each| each.hazard_ratio),
            lower: ratio.estimate.and_then(|each| each.lower),
            upper: ratio.estimate.and_then(|each| each.upper),
            p: ratio.estimate.map(|each| each.p),
        })
        .collect()
}

/// The spline with its curve; `None` where there is none.
pub fn spline(model: &Model<'_>, found: &CoxFit, terms: &TermDesign, conf_level: f64) -> Option<Spline> {
    let splined = terms.spline.as_ref()?;
    let columns = terms.design.columns_of(splined.variable);
    let curved = columns.get(1..)?;
    let reference = splined.spline.basis(splined.median);
    let at = |value: f64| {
        let mut weights = vec![0.0; terms.design.len()];
        for ((&column, at), reference) in columns.iter().zip(splined.spline.basis(value)).zip(&reference) {
            weights[column] = at - reference;
        }
        let is_reference = weights.iter().all(|weight| *weight == 0.0);
        let estimate = found.combination(&weights, conf_level);
        let one = is_reference.then_some(1.0);
        Point {
            value,
            hr: estimate.and_then(|each| each.hazard_ratio).or(one),
            lower: estimate.and_then(|each| each.lower).or(one),
            upper: estimate.and_then(|each| each.upper).or(one),
        }
    };
    let [low, high] = splined.range;
    let points = (0..=POINTS).map(|point| low + (high - low) * f64::from(point) / f64::from(POINTS));
    Some(Spline {
        column: splined.column.clone(),
        knots: splined.spline.knots().to_vec(),
        reference: splined.median,
        nonlinearity: Joint {
            name: format!("{}, not linear", splined.column),
            df: curved.len(),
            wald: chi_square(found.wald_of(curved)),
            lr: against_line(model, found, &terms.design, curved).map(|test| chi_square(Some(test))),
        },
        curve: points.map(at).collect(),
    })
}

/// The likelihood ratio of the columns that a spline adds to a straight line.
fn against_line(model: &Model<'_>, found: &CoxFit, design: &Design, curved: &[usize]) -> Option<Test> {
    if model.robust || model.cluster.is_some() || found.is_penalised {
        return None;
    }
    let kept = (0..design.len()).filter(|column| !curved.contains(column));
    let linear = kept.fold(Design::new(), |linear, column| {
        linear.numeric(&design.terms()[column].to_string(), design.columns()[column].clone())
    });
    let reduced = fit(&Model {
        design: &linear,
        ..*model
    })
    .ok()?;
    let df = found.likelihood_ratio.df.saturating_sub(reduced.likelihood_ratio.df);
    Some(Test::new(2.0 * (found.loglik - reduced.loglik), df))
}

/// All of it as lines.
pub fn for_people(joint: &[Joint], within: &[Within], spline: Option<&Spline>) -> String {
    let mut text = String::new();
    for row in joint.iter().chain(spline.map(|spline| &spline.nonlinearity)) {
        let ratio = row
            .lr
            .as_ref()
            .map(|lr| format!("; likelihood ratio chi2 = {}, {}", shown(lr.chi2), p_value(lr.p)));
        let _ = writeln!(
            text,
            "{}: Wald chi2 = {} on {} df, {}{}",
            name(&row.name),
            shown(row.wald.chi2),
            row.df,
            p_value(row.wald.p),
            ratio.unwrap_or_default()
        );
    }
    for row in within {
        let at = row.level.clone().or_else(|| row.value.map(number)).unwrap_or_default();
        let _ = writeln!(
            text,
            "hazard ratio of {} within {} = {}: {} ({} to {}), p {}",
            name(&row.of),
            name(&row.within),
            name(&at),
            ratio(row.hr),
            ratio(row.lower),
            ratio(row.upper),
            p(row.p)
        );
    }
    if let Some(spline) = spline {
        let knots: Vec<String> = spline.knots.iter().copied().map(number).collect();
        let _ = writeln!(
            text,
            "spline of {}: knots {}; reference {}; --json has the curve",
            name(&spline.column),
            knots.join(", "),
            number(spline.reference)
        );
    }
    text
}

//! `cotside parametric`: accelerated-failure-time models.

use std::fmt::Write as _;

use cotside_core::survival::{Parametric, TimeDistribution, parametric};
use cotside_words::en;
use lexopt::prelude::*;
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, Table, text_value};
use crate::arguments::{Command, HELP};
use crate::terms::Terms;
use crate::{Refusal, output};

/// Options of `parametric`.
pub struct ParametricOptions {
    common: Common,
    terms: Terms,
    distribution: TimeDistribution,
}

/// The distributions by name.
const DISTRIBUTIONS: [(&str, TimeDistribution); 4] = [
    ("exponential", TimeDistribution::Exponential),
    ("weibull", TimeDistribution::Weibull),
    ("lognormal", TimeDistribution::LogNormal),
    ("loglogistic", TimeDistribution::LogLogistic),
];

/// Reads the flags.
pub fn parse(parser: &mut lexopt::Parser) -> Result<Command, Refusal> {
    let mut common = Common::new("parametric");
    let (mut terms, mut distribution) = (Terms::default(), None);
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Short('h') | Long("help") => return Ok(Command::Help(HELP)),
            Long(name) => name.to_owned(),
            other => return Err(other.unexpected().into()),
        };
        if name == "dist" {
            distribution = Some(known(&common, &text_value(parser)?)?);
        } else if !common.accept(&name, &["weights"], parser)? && !terms.accept(&name, parser)? {
            return Err(Long(&name).unexpected().into());
        }
    }
    common.check()?;
    let missing = || common.refusal(&format!("--dist is needed; the distributions are {}", names()));
    Ok(Command::Parametric(ParametricOptions {
        distribution: distribution.ok_or_else(missing)?,
        terms,
        common,
    }))
}

fn names() -> String {
    DISTRIBUTIONS.map(|(name, _)| name).join(", ")
}

fn known(common: &Common, name: &str) -> Result<TimeDistribution, Refusal> {
    let found = DISTRIBUTIONS.iter().find(|(each, _)| *each == name);
    found.map(|(_, distribution)| *distribution).ok_or_else(|| {
        common.refusal(&format!(
            "--dist “{name}” is not known; the distributions are {}",
            names()
        ))
    })
}

#[derive(Serialize)]
struct Answer {
    dist: &'static str,
    n: usize,
    n_events: usize,
    n_excluded: usize,
    loglik_null: f64,
    loglik: f64,
    lr: Option<LikelihoodRatio>,
    coefficients: Vec<Coefficient>,
    scale: f64,
    aic: f64,
    bic: f64,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct LikelihoodRatio {
    chi2: f64,
    df: u32,
    p: f64,
}

#[derive(Serialize)]
struct Coefficient {
    name: String,
    coef: Option<f64>,
    std_err: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
}

/// Reads the file, prints the model.
pub fn run(options: &ParametricOptions) -> Result<(), Refusal> {
    let common = &options.common;
    let mut wanted = common.wanted(EventCodes::Values);
    wanted.extend(options.terms.wanted());
    let (table, columns) = Table::read(&common.input, &wanted)?;
    let mut rows = table.rows(columns);
    let chosen = Chosen::read(common, &mut rows, EventCodes::Values)?;
    let terms = options.terms.read(common, &mut rows)?;
    let complete = rows.finish();
    let data = chosen.data(common, &complete)?;
    let design = terms.design(&complete)?;
    let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
    let model = parametric(&data.follow_up, design.columns(), options.distribution).map_err(|error| {
        let words = en::parametric_error(error, &names);
        match error.row() {
            Some(row) => table.row_refusal(complete.row(row), &common.time, &words),
            None => common.refusal(&words),
        }
    })?;
    let answer = answer(&model, &names, data.n_excluded);
    data.say_note();
    if common.json {
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer))
    }
}

fn answer(model: &Parametric, covariates: &[String], n_excluded: usize) -> Answer {
    // Places of the covariates among the coefficients: a constant one has none.
    let place = |covariate: usize| {
        model
            .kept
            .iter()
            .position(|&kept| kept == covariate)
            .map(|place| place + 1)
    };
    let estimates: Vec<f64> = model.coefficients.iter().copied().chain(model.log_scale).collect();
    let coefficient = |name: &str, place: Option<usize>| {
        let z = place.and_then(|place| model.z(place));
        Coefficient {
            name: name.to_owned(),
            coef: place.map(|place| estimates[place]),
            std_err: place.map(|place| model.std_err[place]),
            z: z.map(|z| z.z),
            p: z.map(|z| z.p),
        }
    };
    let mut coefficients = vec![coefficient("(Intercept)", Some(0))];
    let named = covariates.iter().enumerate();
    coefficients.extend(named.map(|(covariate, name)| coefficient(name, place(covariate))));
    if model.log_scale.is_some() {
        coefficients.push(coefficient("log_scale", Some(model.coefficients.len())));
    }
    let left_out = (0..covariates.len()).filter(|&covariate| place(covariate).is_none());
    let dist = DISTRIBUTIONS.iter().find(|(_, each)| *each == model.distribution);
    Answer {
        dist: dist.map_or("", |(name, _)| name),
        n: model.n,
        n_events: model.n_events,
        n_excluded,
        loglik_null: model.loglik_null,
        loglik: model.loglik,
        lr: model.likelihood_ratio.map(|test| LikelihoodRatio {
            chi2: test.chi2,
            df: test.df,
            p: test.p,
        }),
        coefficients,
        scale: model.scale(),
        aic: model.aic,
        bic: model.bic,
        warnings: left_out
            .map(|covariate| en::constant_covariate(&covariates[covariate]))
            .collect(),
    }
}

fn table_for_people(answer: &Answer) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: {} events of {}", answer.dist, answer.n_events, answer.n);
    let _ = writeln!(
        text,
        "{:<24} {:>12} {:>12} {:>10} {:>10}",
        "", "coef", "std_err", "z", "p"
    );
    let cell = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.5}"));
    for row in &answer.coefficients {
        let z = row.z.map_or("-".to_owned(), |z| format!("{z:.3}"));
        let p = row.p.map_or("-".to_owned(), |p| format!("{p:.3e}"));
        let _ = writeln!(
            text,
            "{:<24} {:>12} {:>12} {z:>10} {p:>10}",
            row.name,
            cell(row.coef),
            cell(row.std_err)
        );
    }
    let _ = writeln!(
        text,
        "scale {:.5}, log-likelihood {:.4} (null {:.4}), AIC {:.3}, BIC {:.3}",
        answer.scale, answer.loglik, answer.loglik_null, answer.aic, answer.bic
    );
    for warning in &answer.warnings {
        let _ = writeln!(text, "{warning}");
    }
    if answer.n_excluded > 0 {
        let _ = writeln!(text, "{} rows left out: a value is missing", answer.n_excluded);
    }
    text
}

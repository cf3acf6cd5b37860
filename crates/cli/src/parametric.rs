//! `cotside parametric`: accelerated-failure-time models.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::survival::{Confidence, Parametric, Scale, TimeDistribution, parametric};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, EventValues, File, Source, left_out};
use crate::flags::{level, name_of, named, present};
use crate::people::{name, p, shown};
use crate::terms::{Knots, Splined, Terms};
use crate::{Refusal, output, people};

/// Options of `parametric`.
#[derive(Debug, Args)]
#[command(after_help = "\
Accelerated-failure-time form, as R's survreg has it: a coefficient above 0 means longer times. BIC counts rows.

Example:
  cotside parametric --input cohort.csv --time years --event death --dist weibull --covariates age")]
pub struct ParametricOptions {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    events: EventValues,
    /// Distribution of the times
    #[arg(long, value_name = "DIST", value_parser = named(&DISTRIBUTIONS))]
    dist: TimeDistribution,
    #[command(flatten)]
    terms: Terms,
    /// Column of case weights
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

/// The distributions by name.
pub const DISTRIBUTIONS: [(&str, TimeDistribution); 4] = [
    ("exponential", TimeDistribution::Exponential),
    ("weibull", TimeDistribution::Weibull),
    ("lognormal", TimeDistribution::LogNormal),
    ("loglogistic", TimeDistribution::LogLogistic),
];

#[derive(Serialize)]
struct ParametricAnswer {
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
    conf_level: f64,
    /// Knots of a covariate that is a spline.
    spline: Option<Knots>,
    /// Warnings to print with the numbers.
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
    /// Wald's interval of the coefficient.
    lower: Option<f64>,
    upper: Option<f64>,
}

/// Reads the file, prints the model.
pub fn run(options: &ParametricOptions) -> Result<(), Refusal> {
    let common = Common {
        weights: options.weights.clone(),
        ..Common::new("parametric", &options.source).with_events(&options.events)
    };
    let confidence = Confidence::new(Scale::Plain, options.conf_level)
        .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))?;
    let file = File::open(&common.input)?;
    let terms = options.terms.resolved(&common, &file)?;
    let mut wanted = common.wanted(EventCodes::Values);
    wanted.extend(terms.wanted());
    let (table, columns) = file.read(&wanted)?;
    let mut rows = table.rows(columns);
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Values)?;
    let terms = terms.read(&common, &mut rows)?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let terms = terms.design(&complete)?;
    let design = &terms.design;
    let names: Vec<String> = design.terms().iter().map(ToString::to_string).collect();
    let model = parametric(&data.follow_up, design.columns(), options.dist).map_err(|error| {
        let words = en::parametric_error(error, &names);
        match error.row() {
            Some(row) => table.row_refusal(complete.row(row), &common.time, &words),
            None => common.refusal(&words),
        }
    })?;
    let mut answer = answer(&model, &names, confidence);
    answer.n_excluded = data.n_excluded;
    answer.spline = terms.spline.as_ref().map(Splined::knots);
    answer.warnings.extend(data.warnings());
    data.say_notes();
    if options.source.json {
        output::json(&answer)
    } else {
        output::print(&table_for_people(&answer))
    }
}

fn answer(model: &Parametric, covariates: &[String], confidence: Confidence) -> ParametricAnswer {
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
        let estimate = place.map(|place| (estimates[place], model.std_err[place]));
        Coefficient {
            name: name.to_owned(),
            coef: estimate.map(|(coef, _)| coef),
            std_err: estimate.map(|(_, std_err)| std_err),
            z: z.map(|z| z.z),
            p: z.map(|z| z.p),
            lower: estimate.map(|(coef, std_err)| coef - confidence.z() * std_err),
            upper: estimate.map(|(coef, std_err)| coef + confidence.z() * std_err),
        }
    };
    let mut coefficients = vec![coefficient("(Intercept)", Some(0))];
    let named = covariates.iter().enumerate();
    coefficients.extend(named.map(|(covariate, name)| coefficient(name, place(covariate))));
    if model.log_scale.is_some() {
        coefficients.push(coefficient("log_scale", Some(model.coefficients.len())));
    }
    let left_out = (0..covariates.len()).filter(|&covariate| place(covariate).is_none());
    ParametricAnswer {
        dist: name_of(&DISTRIBUTIONS, model.distribution),
        n: model.n,
        n_events: model.n_events,
        n_excluded: 0,
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
        conf_level: confidence.level(),
        spline: None,
        warnings: left_out
            .map(|covariate| en::constant_covariate(&covariates[covariate]))
            .collect(),
    }
}

fn table_for_people(answer: &ParametricAnswer) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}: {} events of {}, Wald intervals of {} % of the coefficient",
        answer.dist,
        answer.n_events,
        answer.n,
        people::level(answer.conf_level)
    );
    let _ = writeln!(
        text,
        "{:<24} {:>12} {:>12} {:>12} {:>12} {:>10} {:>10}",
        "", "coef", "lower", "upper", "std. err.", "z", "p"
    );
    for row in &answer.coefficients {
        let _ = writeln!(
            text,
            "{:<24} {:>12} {:>12} {:>12} {:>12} {:>10} {:>10}",
            name(&row.name),
            shown(row.coef),
            shown(row.lower),
            shown(row.upper),
            shown(row.std_err),
            shown(row.z),
            p(row.p)
        );
    }
    let _ = writeln!(
        text,
        "scale {}, log-likelihood {} (null {}), AIC {}, BIC {}",
        people::number(answer.scale),
        people::number(answer.loglik),
        people::number(answer.loglik_null),
        people::number(answer.aic),
        people::number(answer.bic)
    );
    text.extend(answer.spline.iter().map(Knots::line));
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    if let Some(left_out) = left_out(answer.n_excluded) {
        let _ = writeln!(text, "{left_out}");
    }
    text
}

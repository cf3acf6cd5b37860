//! `cotside parametric`: accelerated-failure-time models.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::survival::{Confidence, LogRatio, Parametric, ParametricError, Scale, TimeDistribution, parametric};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, EventValues, File, NotChosen, Source};
use crate::flags::{level, name_of, named, number, present};
use crate::grouping::GroupingFlags;
use crate::people::{exact, name, p, ratio, shown};
use crate::predict::{PredictFlag, Profile};
use crate::terms::{Knots, Splined, TermDesign, Terms};
use crate::{Refusal, output, people};

/// Options of `parametric`.
#[derive(Debug, Args)]
#[command(after_help = "\
Accelerated-failure-time form, as R's survreg has it: a coefficient above 0 means longer times. BIC counts rows.
time_ratio is exp(coef); hazard_ratio is exp(-coef/scale), of the exponential and Weibull distributions alone, by the delta method.
With --entry the likelihood is that of the time given survival to the entry. Intervals of predicted survival are symmetric for
(log time - location)/scale, those of quantiles for log time. --predict without --at and --quantiles predicts the quartiles.

Examples:
  cotside parametric --input cohort.csv --time years --event death --dist weibull --covariates age
  cotside parametric --input cohort.csv --time years --event death --dist loglogistic --covariates age --factor arm --entry entered \\
    --predict age=3,arm=standard --at 1,3,5 --quantiles 0.5")]
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
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Column of delayed entry, 0 or more
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Column of case weights
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    #[command(flatten)]
    predict: PredictFlag,
    /// Times above 0 at which to predict survival
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = after_zero)]
    at: Vec<f64>,
    /// Fractions for which to predict the time by which they have had the event; without a value 0.25, 0.5 and 0.75
    #[arg(long, value_name = "P", num_args = 0.., value_delimiter = ',', default_missing_values = QUARTILES, value_parser = level)]
    quantiles: Vec<f64>,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

/// The fractions of `--quantiles` without a value.
const QUARTILES: [&str; 3] = ["0.25", "0.5", "0.75"];
const QUARTILE_FRACTIONS: [f64; 3] = [0.25, 0.5, 0.75];

/// A time at which a model predicts.
fn after_zero(text: &str) -> Result<f64, String> {
    let time = number(text)?;
    match time > 0.0 {
        true => Ok(time),
        false => Err("is not above 0, where everybody is without the event; give a time such as 1.5".into()),
    }
}

/// The distributions by name.
pub const DISTRIBUTIONS: [(&str, TimeDistribution); 4] = [
    ("exponential", TimeDistribution::Exponential),
    ("weibull", TimeDistribution::Weibull),
    ("lognormal", TimeDistribution::LogNormal),
    ("loglogistic", TimeDistribution::LogLogistic),
];

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ParametricAnswer {
    dist: &'static str,
    n: usize,
    n_events: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
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
    predictions: Vec<Prediction>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

/// What the model predicts for given covariates.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Prediction {
    covariates: std::collections::BTreeMap<String, String>,
    at: Vec<At>,
    quantiles: Vec<Quantile>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct At {
    time: f64,
    survival: Option<f64>,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Quantile {
    p: f64,
    time: Option<f64>,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// A ratio and Wald's interval of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Ratio {
    estimate: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

impl Ratio {
    fn new(ratio: LogRatio, z: f64) -> Self {
        let [estimate, lower, upper] = ratio.ratio(z);
        Self { estimate, lower, upper }
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LikelihoodRatio {
    chi2: f64,
    df: u32,
    p: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Coefficient {
    name: String,
    coef: Option<f64>,
    std_err: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    /// Wald's interval of the coefficient.
    lower: Option<f64>,
    upper: Option<f64>,
    /// Of times, for one unit more; none of the intercept and the scale.
    time_ratio: Option<Ratio>,
    /// Of hazards, where the distribution has proportional hazards.
    hazard_ratio: Option<Ratio>,
}

/// Reads the file, prints the model.
pub fn run(options: &ParametricOptions) -> Result<(), Refusal> {
    let common = Common {
        weights: options.weights.clone(),
        entry: options.entry.clone(),
        grouping: options.grouping.clone(),
        ..Common::new("parametric", &options.source).with_events(&options.events)
    };
    let confidence = Confidence::new(Scale::Plain, options.conf_level)
        .ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))?;
    if (!options.at.is_empty() || !options.quantiles.is_empty())
        && options.predict.is_empty()
        && !options.terms.is_empty()
    {
        return Err(common.refusal(
            "--at and --quantiles need --predict: the covariates for which to predict, such as --predict age=3",
        ));
    }
    let file = File::open(&common.input)?;
    let terms = options.terms.resolved(&common, &file)?;
    let profiles = options.predict.profiles(&common, &file)?;
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Values), grouped.wanted()].concat();
    wanted.extend(terms.wanted());
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    rows.group(&common, grouped, &terms.factors().iter().collect::<Vec<_>>())?;
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
            Some(row) => {
                let is_entry = matches!(error, ParametricError::EntryBeforeOrigin { .. });
                let entry = common.entry.as_ref().filter(|_| is_entry);
                table.row_refusal(complete.row(row), entry.unwrap_or(&common.time), &words)
            }
            None => common.refusal(&words),
        }
    })?;
    let mut answer = answer(&model, &names, confidence);
    answer.n_excluded = data.n_excluded;
    answer.not_chosen = data.not_chosen;
    answer.predictions = predictions(options, &common, &model, &terms, &profiles)?;
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
            time_ratio: None,
            hazard_ratio: None,
        }
    };
    let mut coefficients = vec![coefficient("(Intercept)", Some(0))];
    let named = covariates.iter().enumerate();
    coefficients.extend(named.map(|(covariate, name)| {
        let index = place(covariate).map(|place| place - 1);
        let ratio = |ratio: LogRatio| Ratio::new(ratio, confidence.z());
        Coefficient {
            time_ratio: index.and_then(|index| model.time_ratio(index)).map(ratio),
            hazard_ratio: index.and_then(|index| model.hazard_ratio(index)).map(ratio),
            ..coefficient(name, place(covariate))
        }
    }));
    if model.log_scale.is_some() {
        coefficients.push(coefficient("log_scale", Some(model.coefficients.len())));
    }
    let left_out = (0..covariates.len()).filter(|&covariate| place(covariate).is_none());
    ParametricAnswer {
        dist: name_of(&DISTRIBUTIONS, model.distribution),
        n: model.n,
        n_events: model.n_events,
        n_excluded: 0,
        not_chosen: NotChosen::default(),
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
        predictions: Vec::new(),
        warnings: left_out
            .map(|covariate| en::constant_covariate(&covariates[covariate]))
            .collect(),
    }
}

/// What the model predicts for each profile; without covariates, for everybody.
fn predictions(
    options: &ParametricOptions,
    common: &Common,
    model: &Parametric,
    terms: &TermDesign,
    profiles: &[Profile],
) -> Result<Vec<Prediction>, Refusal> {
    let everybody = [Profile(Vec::new())];
    let profiles = if options.terms.is_empty() && !(options.at.is_empty() && options.quantiles.is_empty()) {
        &everybody[..]
    } else {
        profiles
    };
    let z = Confidence::new(Scale::Plain, options.conf_level).map_or(0.0, Confidence::z);
    let fractions = if options.at.is_empty() && options.quantiles.is_empty() {
        &QUARTILE_FRACTIONS[..]
    } else {
        &options.quantiles
    };
    let mut found = Vec::new();
    for profile in profiles {
        let row = terms.row_of(profile);
        let row = row.map_err(|why| common.refusal(&format!("--predict: {why}")))?;
        let row: Vec<f64> = model.kept.iter().map(|&kept| row[kept]).collect();
        let at = options.at.iter().map(|&time| {
            let found = model.survival_with_interval(time, &row, z);
            At {
                time,
                survival: found.map(|found| found.survival),
                std_err: found.map(|found| found.std_err),
                lower: found.map(|found| found.interval.lower),
                upper: found.map(|found| found.interval.upper),
            }
        });
        let quantiles = fractions.iter().map(|&p| {
            let found = model.quantile(p, &row, z);
            Quantile {
                p,
                time: found.map(|found| found.time),
                std_err: found.map(|found| found.std_err),
                lower: found.map(|found| found.interval.lower),
                upper: found.map(|found| found.interval.upper),
            }
        });
        found.push(Prediction {
            covariates: profile.0.iter().cloned().collect(),
            at: at.collect(),
            quantiles: quantiles.collect(),
        });
    }
    Ok(found)
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
    for (what, of) in [
        (
            "time ratio",
            (|row| row.time_ratio.as_ref()) as fn(&Coefficient) -> Option<&Ratio>,
        ),
        ("hazard ratio", |row| row.hazard_ratio.as_ref()),
    ] {
        for (row, found) in answer.coefficients.iter().filter_map(|row| Some((row, of(row)?))) {
            let _ = writeln!(
                text,
                "{what}, {}: {} ({} to {})",
                name(&row.name),
                ratio(found.estimate),
                ratio(found.lower),
                ratio(found.upper)
            );
        }
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
    for prediction in &answer.predictions {
        prediction_for_people(&mut text, prediction);
    }
    text.push_str(&answer.not_chosen.line());
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    text
}

fn prediction_for_people(text: &mut String, prediction: &Prediction) {
    let values: Vec<String> = prediction
        .covariates
        .iter()
        .map(|(column, value)| format!("{} = {}", name(column), name(value)))
        .collect();
    let whom = if values.is_empty() {
        "everybody".to_owned()
    } else {
        values.join(", ")
    };
    let _ = writeln!(text, "\npredicted for {whom}");
    for at in &prediction.at {
        let _ = writeln!(
            text,
            "survival at {}: {} ({} to {}), std. err. {}",
            exact(at.time),
            shown(at.survival),
            shown(at.lower),
            shown(at.upper),
            shown(at.std_err)
        );
    }
    for each in &prediction.quantiles {
        let _ = writeln!(
            text,
            "time by which {} have had the event: {} ({} to {}), std. err. {}",
            exact(each.p),
            shown(each.time),
            shown(each.lower),
            shown(each.upper),
            shown(each.std_err)
        );
    }
}

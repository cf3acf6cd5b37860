//! `cotside cox --predict`: the survival that a model predicts for given covariates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cotside_core::survival::Confidence;
use cotside_core::survival::cox::{CoxError, CoxFit, Fitted, Model, Population};
use serde::Serialize;

use crate::Refusal;
use crate::analysis::Common;
use crate::csv::{self, PredictedCurve, flag};
use crate::km::CARRIED_ON;
use crate::people::{exact, name, number, shown};
use crate::predict::Profile;
use crate::terms::TermDesign;

/// The predicted survival of a profile in a stratum.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Prediction {
    covariates: BTreeMap<String, String>,
    stratum: Option<String>,
    at: Vec<Predicted>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Predicted {
    time: f64,
    survival: f64,
    /// Of the survival, with the estimation of the coefficients in it.
    std_err: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    /// True if follow-up ends before this time, so that the last value is carried forward.
    carried_on: bool,
}

/// The predictions of each profile in each stratum, at these times or at those of events.
///
/// # Errors
/// A refusal where a profile does not fit the model, or a coefficient has no finite estimate.
pub fn predictions(
    common: &Common,
    (model, fit, terms): (&Model<'_>, &CoxFit, &TermDesign),
    profiles: &[Profile],
    at: &[f64],
    confidence: Confidence,
) -> Result<Vec<Prediction>, Refusal> {
    let mut found = Vec::new();
    if profiles.is_empty() {
        return Ok(found);
    }
    let refuse = |error: CoxError| {
        common.refusal(&format!(
            "--predict: {}",
            cotside_words::en::cox_error(&error, model.design.terms())
        ))
    };
    let fitted = Fitted::new(model, fit).map_err(refuse)?;
    let events = model.follow_up.event_times();
    let times = if at.is_empty() { &events[..] } else { at };
    let strata: Vec<Option<u32>> = match model.strata {
        None => vec![None],
        Some(strata) => (0..strata.names.len() as u32).map(Some).collect(),
    };
    for profile in profiles {
        let row = terms
            .row_of(profile)
            .map_err(|why| common.refusal(&format!("--predict: {why}")))?;
        for &stratum in &strata {
            let one = Population {
                columns: row.iter().map(|&value| vec![value]).collect(),
                strata: stratum.map(|stratum| vec![stratum]),
                weight: None,
            };
            let curve = fitted.adjusted(&[one], times).map_err(refuse)?;
            let last = curve.last(0).unwrap_or_default();
            let predicted = |&time: &f64| {
                let at = curve.at(0, time, confidence)?;
                Some(Predicted {
                    time,
                    survival: at.survival,
                    std_err: at.std_err,
                    lower: at.interval.map(|interval| interval.lower),
                    upper: at.interval.map(|interval| interval.upper),
                    carried_on: time > last,
                })
            };
            let shown: Vec<Predicted> = if at.is_empty() {
                curve
                    .time()
                    .iter()
                    .filter(|time| **time <= last)
                    .filter_map(predicted)
                    .collect()
            } else {
                at.iter().filter_map(predicted).collect()
            };
            let names = model.strata.map(|strata| &strata.names);
            found.push(Prediction {
                covariates: profile.0.iter().cloned().collect(),
                stratum: names
                    .zip(stratum)
                    .and_then(|(names, stratum)| names.get(stratum as usize).cloned()),
                at: shown,
            });
        }
    }
    Ok(found)
}

/// The predictions as CSV.
pub fn as_csv(predictions: &[Prediction]) -> String {
    let curves = predictions.iter().map(|prediction| PredictedCurve {
        covariates: &prediction.covariates,
        stratum: prediction.stratum.as_deref(),
        points: prediction
            .at
            .iter()
            .map(|at| {
                let [time, survival, std_err] = [at.time, at.survival, at.std_err].map(Some);
                [time, survival, std_err, at.lower, at.upper, flag(at.carried_on)]
            })
            .collect(),
    });
    csv::predictions("survival", &curves.collect::<Vec<_>>())
}

/// A prediction for people.
pub fn for_people(text: &mut String, prediction: &Prediction, conf_type: &str, level: &str) {
    let values = prediction
        .covariates
        .iter()
        .map(|(column, value)| format!("{} = {}", name(column), name(value)));
    let values: Vec<String> = values.collect();
    let stratum = prediction.stratum.as_ref();
    let stratum = stratum.map_or_else(String::new, |stratum| format!(", stratum {}", name(stratum)));
    let _ = writeln!(
        text,
        "\npredicted survival, {}{stratum} ({conf_type} intervals of {level} %)\n{:>12} {:>10} {:>10} {:>10} {:>10}",
        values.join(", "),
        "time",
        "survival",
        "std. err.",
        "lower",
        "upper"
    );
    for at in &prediction.at {
        let carried_on = if at.carried_on { CARRIED_ON } else { "" };
        let _ = writeln!(
            text,
            "{:>12} {:>10} {:>10} {:>10} {:>10}{carried_on}",
            exact(at.time),
            number(at.survival),
            number(at.std_err),
            shown(at.lower),
            shown(at.upper)
        );
    }
}

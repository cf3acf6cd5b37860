//! Kaplan–Meier curves.

use cotside_core::survival::{Confidence, CurveVariance, Interval, SurvivalCurve, kaplan_meier_by};
use cotside_words::en;
use serde::{Deserialize, Serialize};

use crate::columns::{Asked, Cell, Event, Numbers, Refused, confidence, groups, level, scale};

/// Times, events and groups, and what is asked of the curves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KmRequest {
    time: Numbers,
    event: Vec<Option<Event>>,
    entry: Option<Numbers>,
    weights: Option<Numbers>,
    group: Option<Vec<Option<Cell>>>,
    #[serde(default)]
    at: Vec<f64>,
    rmst: Option<f64>,
    #[serde(default = "scale")]
    conf_type: String,
    #[serde(default = "level")]
    conf_level: f64,
}

/// A curve for each group.
#[derive(Debug, Clone, Serialize)]
pub struct KmAnswer {
    n: usize,
    n_excluded: usize,
    conf_type: String,
    conf_level: f64,
    /// Of every standard error: `greenwood`, or `robust` where a weight has a fraction.
    variance: &'static str,
    groups: Vec<Group>,
}

#[derive(Debug, Clone, Serialize)]
struct Group {
    group: String,
    n: usize,
    events: f64,
    median: Median,
    steps: Steps,
    at: Vec<At>,
    rmst: Option<Rmst>,
}

#[derive(Debug, Clone, Serialize)]
struct Median {
    time: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// Columns of equal length.
#[derive(Debug, Clone, Default, Serialize)]
struct Steps {
    time: Vec<f64>,
    at_risk: Vec<f64>,
    events: Vec<f64>,
    censored: Vec<f64>,
    survival: Vec<f64>,
    std_err: Vec<Option<f64>>,
    lower: Vec<Option<f64>>,
    upper: Vec<Option<f64>>,
}

#[derive(Debug, Clone, Serialize)]
struct At {
    time: f64,
    at_risk: f64,
    survival: f64,
    std_err: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    /// Why there is no variance, and so no interval.
    no_interval: Option<String>,
    /// True if the curve ends before this time, so that its last value is carried forward.
    carried_on: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Rmst {
    tau: f64,
    estimate: f64,
    std_err: Option<f64>,
    /// Why there is no variance.
    no_interval: Option<String>,
    carried_on: bool,
}

/// Returns the Kaplan–Meier curve of each group, with intervals as in R's `survfit`.
///
/// # Errors
/// [`Refused`] with the column and position that cannot be used.
pub fn km(request: &KmRequest) -> Result<KmAnswer, Refused> {
    let confidence = confidence(&request.conf_type, request.conf_level)?;
    let asked = Asked {
        time: &request.time,
        event: &request.event,
        entry: request.entry.as_ref(),
        weights: request.weights.as_ref(),
    };
    let mut rows = asked.rows()?;
    rows.cells("group", request.group.as_ref())?;
    let follow_up = rows.follow_up(&asked, false)?;
    let labels = groups(&rows, request.group.as_ref(), follow_up.len());
    let curves = kaplan_meier_by(&follow_up, &labels).map_err(|error| Refused::new(en::labels_error(error)))?;
    let robust = curves.iter().any(|curve| curve.variance() == CurveVariance::Robust);
    let each = labels.names.iter().zip(&curves);
    Ok(KmAnswer {
        n: follow_up.len(),
        n_excluded: rows.excluded(),
        conf_type: request.conf_type.clone(),
        conf_level: confidence.level(),
        variance: if robust { "robust" } else { "greenwood" },
        groups: each
            .map(|(name, curve)| group(request, confidence, name, curve))
            .collect(),
    })
}

fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (interval.map(|ends| ends.lower), interval.map(|ends| ends.upper))
}

fn group(request: &KmRequest, confidence: Confidence, name: &str, curve: &SurvivalCurve) -> Group {
    let median = curve.quantiles(&[0.5], confidence);
    let median = median.first();
    let at = request.at.iter().filter_map(|&time| curve.at(time, confidence));
    Group {
        group: name.to_owned(),
        n: curve.rows(),
        events: curve.all_events(),
        median: Median {
            time: median.and_then(|found| found.time),
            lower: median.and_then(|found| found.lower),
            upper: median.and_then(|found| found.upper),
        },
        steps: steps(curve, confidence),
        at: at
            .map(|found| {
                let (lower, upper) = ends(found.interval);
                let no_interval = found.no_variance.map(|why| en::no_variance("", why));
                let is_known = no_interval.is_none();
                At {
                    time: found.time,
                    at_risk: found.at_risk,
                    survival: found.survival,
                    std_err: found.std_err.filter(|_| is_known),
                    lower: lower.filter(|_| is_known),
                    upper: upper.filter(|_| is_known),
                    no_interval,
                    carried_on: found.carried_on,
                }
            })
            .collect(),
        rmst: request.rmst.and_then(|tau| curve.restricted_mean(tau)).map(|found| {
            let no_interval = found.no_variance.map(|why| en::no_variance("", why));
            Rmst {
                tau: found.tau,
                estimate: found.estimate,
                std_err: Some(found.std_err).filter(|_| no_interval.is_none()),
                no_interval,
                carried_on: found.carried_on,
            }
        }),
    }
}

fn steps(curve: &SurvivalCurve, confidence: Confidence) -> Steps {
    let mut steps = Steps {
        time: curve.time().to_vec(),
        at_risk: curve.at_risk().to_vec(),
        events: curve.events().to_vec(),
        censored: curve.censored().to_vec(),
        survival: curve.survival().to_vec(),
        ..Steps::default()
    };
    for step in 0..curve.len() {
        let (lower, upper) = ends(curve.interval(step, confidence));
        steps.std_err.push(curve.std_err(step));
        steps.lower.push(lower);
        steps.upper.push(upper);
    }
    steps
}

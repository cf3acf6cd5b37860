//! Cumulative incidence of competing causes.

use cotside_core::survival::{
    Confidence, CumulativeIncidence, IncidenceAt, IncidenceVariance, Labels, causes, cumulative_incidence, gray_test,
};
use cotside_words::en;
use serde::{Deserialize, Serialize};

use crate::columns::{Asked, Cell, Event, Numbers, Refused, confidence, groups, level, named, scale};

/// Times, causes (0 where none) and groups.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CifRequest {
    time: Numbers,
    event: Vec<Option<Event>>,
    entry: Option<Numbers>,
    weights: Option<Numbers>,
    group: Option<Vec<Option<Cell>>>,
    #[serde(default)]
    at: Vec<f64>,
    #[serde(default = "jackknife")]
    variance: String,
    #[serde(default = "scale")]
    conf_type: String,
    #[serde(default = "level")]
    conf_level: f64,
}

fn jackknife() -> String {
    "jackknife".to_owned()
}

const VARIANCES: [(&str, IncidenceVariance); 2] = [
    ("jackknife", IncidenceVariance::Jackknife),
    ("aalen", IncidenceVariance::Aalen),
];

/// The incidence of each cause in each group.
#[derive(Debug, Clone, Serialize)]
pub struct CifAnswer {
    n: usize,
    n_excluded: usize,
    conf_type: String,
    conf_level: f64,
    variance: String,
    groups: Vec<Group>,
    /// Gray's test of each cause, where there are groups.
    gray: Option<Vec<Gray>>,
}

#[derive(Debug, Clone, Serialize)]
struct Group {
    group: String,
    n: usize,
    causes: Vec<Cause>,
}

#[derive(Debug, Clone, Serialize)]
struct Cause {
    cause: u32,
    events: usize,
    steps: Points,
    /// At the times that were asked for.
    at: Points,
}

/// Columns of equal length. Where there is no variance, standard error and interval are missing.
#[derive(Debug, Clone, Default, Serialize)]
struct Points {
    time: Vec<f64>,
    at_risk: Vec<f64>,
    estimate: Vec<f64>,
    std_err: Vec<Option<f64>>,
    lower: Vec<Option<f64>>,
    upper: Vec<Option<f64>>,
}

impl Points {
    fn push(&mut self, time: f64, found: IncidenceAt, confidence: Confidence) {
        let spread = found.spread(confidence).ok();
        self.time.push(time);
        self.at_risk.push(found.at_risk);
        self.estimate.push(found.estimate);
        self.std_err.push(spread.map(|(std_err, _)| std_err));
        self.lower.push(spread.map(|(_, ends)| ends.lower));
        self.upper.push(spread.map(|(_, ends)| ends.upper));
    }
}

#[derive(Debug, Clone, Serialize)]
struct Gray {
    cause: u32,
    chi2: Option<f64>,
    df: usize,
    p: Option<f64>,
    /// Why there is no test.
    no_test: Option<String>,
}

/// Returns the Aalen–Johansen estimates of each group, with Gray's test.
///
/// # Errors
/// [`Refused`] with the column and position that cannot be used.
pub fn cif(request: &CifRequest) -> Result<CifAnswer, Refused> {
    let confidence = confidence(&request.conf_type, request.conf_level)?;
    let variance = named(&VARIANCES, "variance", &request.variance)?;
    let asked = Asked {
        time: &request.time,
        event: &request.event,
        entry: request.entry.as_ref(),
        weights: request.weights.as_ref(),
    };
    let mut rows = asked.rows()?;
    rows.cells("group", request.group.as_ref())?;
    let follow_up = rows.follow_up(&asked, true)?;
    let labels = groups(&rows, request.group.as_ref(), follow_up.len());
    let curves = cumulative_incidence(&follow_up, &labels, variance);
    let curves = curves.map_err(|error| Refused::new(en::incidence_error(error)))?;
    let strata = Labels::single(follow_up.len(), "");
    let test = |cause| {
        let found = gray_test(&follow_up, &labels, &strata, cause);
        Gray {
            cause,
            chi2: found.ok().map(|test| test.chi_square),
            df: labels.len().saturating_sub(1),
            p: found.ok().map(|test| test.p),
            no_test: found.err().map(en::gray_error),
        }
    };
    let tests = request
        .group
        .as_ref()
        .map(|_| causes(&follow_up).into_iter().map(test).collect());
    let each = labels.names.iter().zip(&curves);
    Ok(CifAnswer {
        n: follow_up.len(),
        n_excluded: rows.excluded(),
        conf_type: request.conf_type.clone(),
        conf_level: confidence.level(),
        variance: request.variance.clone(),
        groups: each
            .map(|(name, curve)| group(request, confidence, name, curve))
            .collect(),
        gray: tests,
    })
}

fn group(request: &CifRequest, confidence: Confidence, name: &str, curve: &CumulativeIncidence) -> Group {
    let cause = |place: usize| {
        let column = curve.causes.get(place)?;
        let (mut steps, mut at) = (Points::default(), Points::default());
        for (index, &time) in curve.time.iter().enumerate() {
            if let Some(found) = curve.step(place, index) {
                steps.push(time, found, confidence);
            }
        }
        for &time in &request.at {
            if let Some(found) = curve.at(place, time) {
                at.push(time, found, confidence);
            }
        }
        Some(Cause {
            cause: column.cause,
            events: column.events,
            steps,
            at,
        })
    };
    Group {
        group: name.to_owned(),
        n: curve.n,
        causes: (0..curve.causes.len()).filter_map(cause).collect(),
    }
}

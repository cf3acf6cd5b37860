//! Cox's regression.

use std::collections::BTreeMap;
use std::fmt;

use cotside_core::survival::cox::{CoxError, CoxFit, Design, Fitted, Model, Test, Ties, TimeScale, fit, fit_firth};
use cotside_core::survival::{Labels, concordance};
use cotside_words::en;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::columns::{Asked, Cell, Event, Numbers, Refused, Rows, level, named};

/// Columns by name, in the order of the request.
type Covariates = Vec<(String, Vec<Option<Cell>>)>;

/// Times, events, covariates and how the model is fitted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoxRequest {
    time: Numbers,
    event: Vec<Option<Event>>,
    /// In the order in which they are given. Numbers are one coefficient, words one for each level but the reference.
    #[serde(deserialize_with = "in_order")]
    covariates: Covariates,
    /// The reference level of covariates of words; the first in alphabetical order where none is named.
    #[serde(default)]
    reference: BTreeMap<String, String>,
    entry: Option<Numbers>,
    weights: Option<Numbers>,
    strata: Option<Vec<Option<Cell>>>,
    cluster: Option<Vec<Option<Cell>>>,
    #[serde(default = "efron")]
    ties: String,
    #[serde(default)]
    firth: bool,
    /// Also test proportional hazards, on the scale of R's `cox.zph`.
    #[serde(default)]
    zph: bool,
    #[serde(default = "level")]
    conf_level: f64,
}

fn efron() -> String {
    "efron".to_owned()
}

/// Reads an object with its keys in their order.
fn in_order<'de, D: Deserializer<'de>>(from: D) -> Result<Covariates, D::Error> {
    struct Columns;
    impl<'de> Visitor<'de> for Columns {
        type Value = Covariates;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("columns by name")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut columns = Vec::new();
            while let Some(column) = map.next_entry()? {
                columns.push(column);
            }
            Ok(columns)
        }
    }
    from.deserialize_map(Columns)
}

/// The model.
#[derive(Debug, Clone, Serialize)]
pub struct CoxAnswer {
    n: usize,
    n_events: usize,
    n_excluded: usize,
    ties: String,
    firth: bool,
    conf_level: f64,
    loglik_null: f64,
    loglik: f64,
    likelihood_ratio: ChiSquare,
    wald: Option<ChiSquare>,
    score: ChiSquare,
    concordance: Option<f64>,
    coefficients: Vec<Coefficient>,
    zph: Option<Vec<Zph>>,
    /// What to read with the numbers.
    warnings: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ChiSquare {
    chi2: f64,
    df: usize,
    p: Option<f64>,
}

#[derive(Debug, Clone, Serialize)]
struct Coefficient {
    term: String,
    coef: Option<f64>,
    hazard_ratio: Option<f64>,
    std_err: Option<f64>,
    robust_std_err: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
}

#[derive(Debug, Clone, Serialize)]
struct Zph {
    variable: String,
    chi2: f64,
    df: usize,
    p: Option<f64>,
}

const TIES: [(&str, Ties); 3] = [
    ("efron", Ties::Efron),
    ("breslow", Ties::Breslow),
    ("exact", Ties::Exact),
];

/// Name of the test of all variables together, as in R.
const GLOBAL: &str = "GLOBAL";

/// Returns Cox's regression, as R's `coxph`.
///
/// # Errors
/// [`Refused`] with the column and position that cannot be used.
pub fn cox(request: &CoxRequest) -> Result<CoxAnswer, Refused> {
    let ties = named(&TIES, "ties", &request.ties)?;
    if !(request.conf_level > 0.0 && request.conf_level < 1.0) {
        return Err(Refused::new("conf_level must lie between 0 and 1, such as 0.95"));
    }
    let asked = Asked {
        time: &request.time,
        event: &request.event,
        entry: request.entry.as_ref(),
        weights: request.weights.as_ref(),
    };
    let mut rows = asked.rows()?;
    rows.cells("strata", request.strata.as_ref())?;
    rows.cells("cluster", request.cluster.as_ref())?;
    for (name, column) in &request.covariates {
        rows.cells(name, Some(column))?;
    }
    let follow_up = rows.follow_up(&asked, false)?;
    let design = design(request, &rows)?;
    let labels = |column: &Option<Vec<Option<Cell>>>| column.as_ref().map(|column| rows.labels(column));
    let (strata, cluster) = (labels(&request.strata), labels(&request.cluster));
    let model = Model {
        strata: strata.as_ref(),
        cluster: cluster.as_ref(),
        robust: !request.firth && follow_up.has_fractional_weight(),
        ties,
        conf_level: request.conf_level,
        ..Model::new(&follow_up, &design)
    };
    let refused = |error: CoxError| Refused::new(en::cox_error(&error, design.terms()));
    let found = if request.firth { fit_firth(&model) } else { fit(&model) }.map_err(refused)?;
    let fitted = Fitted::new(&model, &found).map_err(refused)?;
    let mut warnings: Vec<String> = found
        .warnings
        .iter()
        .map(|warning| en::cox_warning(warning, design.terms()))
        .collect();
    let zph = if request.zph {
        match fitted.proportionality(TimeScale::KaplanMeier) {
            Ok(tested) => {
                let all = tested
                    .variables
                    .iter()
                    .map(|(variable, test)| zph(design.variables().get(*variable).map_or("", String::as_str), test));
                Some(all.chain([zph(GLOBAL, &tested.global)]).collect())
            }
            Err(CoxError::NoEstimate) => {
                warnings.push(format!(
                    "proportional hazards were not tested: {}",
                    en::cox_error(&CoxError::NoEstimate, design.terms())
                ));
                None
            }
            Err(error) => return Err(refused(error)),
        }
    } else {
        None
    };
    let scores = fitted.linear_predictors();
    let concordant = found
        .has_all_estimates()
        .then(|| concordance(&follow_up, &scores, model.strata, model.cluster))
        .flatten();
    Ok(CoxAnswer {
        n: found.n,
        n_events: found.n_events,
        n_excluded: rows.excluded(),
        ties: request.ties.clone(),
        firth: request.firth,
        conf_level: request.conf_level,
        loglik_null: found.loglik_null,
        loglik: found.loglik,
        likelihood_ratio: chi_square(&found.likelihood_ratio),
        wald: found.wald.as_ref().map(chi_square),
        score: chi_square(&found.score),
        concordance: concordant.and_then(|found| found.c),
        coefficients: coefficients(&found, &design),
        zph,
        warnings,
    })
}

/// The covariates as columns of numbers.
fn design(request: &CoxRequest, rows: &Rows) -> Result<Design, Refused> {
    let mut design = Design::new();
    for (name, column) in &request.covariates {
        let cells: Vec<&Cell> = rows.kept(column).map(|(_, cell)| cell).collect();
        let number = |cell: &&Cell| match cell {
            Cell::Truth(yes) => Some(f64::from(u8::from(*yes))),
            Cell::Number(number) => Some(*number),
            Cell::Text(_) => None,
        };
        let numbers: Vec<f64> = cells.iter().filter_map(number).collect();
        let named = request.reference.get(name);
        if numbers.len() == cells.len() && named.is_none() {
            design = design.numeric(name, numbers);
            continue;
        }
        if !numbers.is_empty() && numbers.len() < cells.len() {
            return Err(Refused::new(format!(
                "the covariate {name} holds numbers and words; give one kind"
            )));
        }
        let labels = rows.labels(column);
        let labels = with_reference(name, &labels, named)?;
        design = design.factor(name, &labels).map_err(|_| {
            Refused::new(format!(
                "the covariate {name} has one level among the complete rows; leave it out"
            ))
        })?;
    }
    if let Some(unknown) = request
        .reference
        .keys()
        .find(|name| !request.covariates.iter().any(|(known, _)| known == *name))
    {
        return Err(Refused::new(format!("reference: {unknown} is not a covariate")));
    }
    Ok(design)
}

fn with_reference(name: &str, labels: &Labels, wanted: Option<&String>) -> Result<Labels, Refused> {
    let Some(wanted) = wanted else {
        return Ok(labels.clone());
    };
    let place = labels.names.iter().position(|level| level == wanted);
    let place = place.and_then(|place| u32::try_from(place).ok()).ok_or_else(|| {
        Refused::new(format!(
            "reference: {name} has no level “{wanted}”; there are {}",
            labels.names.join(", ")
        ))
    })?;
    Ok(labels.with_reference(place))
}

fn chi_square(test: &Test) -> ChiSquare {
    ChiSquare {
        chi2: test.chi2,
        df: test.df,
        p: test.p,
    }
}

fn zph(variable: &str, test: &Test) -> Zph {
    Zph {
        variable: variable.to_owned(),
        chi2: test.chi2,
        df: test.df,
        p: test.p,
    }
}

fn coefficients(found: &CoxFit, design: &Design) -> Vec<Coefficient> {
    let rows = design.terms().iter().zip(&found.estimates);
    rows.map(|(term, estimate)| Coefficient {
        term: term.to_string(),
        coef: estimate.map(|each| each.coef),
        hazard_ratio: estimate.and_then(|each| each.hazard_ratio),
        std_err: estimate.map(|each| each.std_err),
        robust_std_err: estimate.and_then(|each| each.robust_std_err),
        z: estimate.map(|each| each.z),
        p: estimate.map(|each| each.p),
        lower: estimate.and_then(|each| each.lower),
        upper: estimate.and_then(|each| each.upper),
    })
    .collect()
}

//! What is known of the patients as covariates of Cox's regression, and a model of some of them.

use std::cell::OnceCell;

use cotside_core::cohort::{Factor, TimeUnit, Values, Variable};
use cotside_core::infant::Field;
use cotside_core::survival::cox::{
    CoxError, CoxFit, CoxWarning, Design, Fitted, Model, OverTime, Proportionality, TimeScale, fit, fit_firth,
};
use cotside_core::survival::{FollowUp, Labels};

use cotside_words::en::cohort_results as words;

use crate::analysis::choices::name_of;
use crate::analysis::grouping::{is_cut, is_fraction};
use crate::analysis::selection::Analysis;

/// A variable of the patients in the analysis, on the scale on which its hazard ratio is told.
pub struct Covariate {
    /// The id of the variable, or of the protocol whose groups are compared.
    pub id: String,
    /// What one unit is: "Age, per month".
    pub name: String,
    /// How R brings the variable's numbers to that scale; empty where they are as they are.
    pub r_scale: &'static str,
    /// One a patient of the analysis.
    pub values: Values,
    /// The level that was chosen as the reference; `None` for the first.
    pub reference: Option<String>,
}

impl Covariate {
    /// Whether its value is known of a patient of the analysis.
    pub fn is_known(&self, row: usize) -> bool {
        match &self.values {
            Values::Numbers(values) => values.get(row).is_some_and(Option::is_some),
            Values::Levels { codes, .. } => codes.get(row).is_some_and(Option::is_some),
        }
    }

    /// With this covariate more, of these rows; as it was where it has one level only among them.
    pub fn added_to(&self, design: Design, rows: &[usize]) -> Result<Design, Design> {
        match &self.values {
            Values::Numbers(values) => {
                let column = rows
                    .iter()
                    .filter_map(|&row| values.get(row).copied().flatten())
                    .collect();
                Ok(design.numeric(&self.name, column))
            }
            Values::Levels { names, codes } => {
                let codes: Vec<u32> = rows
                    .iter()
                    .filter_map(|&row| codes.get(row).copied().flatten())
                    .collect();
                let labels = Labels::present(names, &codes);
                let reference = labels
                    .names
                    .iter()
                    .position(|name| Some(name) == self.reference.as_ref());
                let reference = reference.and_then(|place| u32::try_from(place).ok()).unwrap_or(0);
                let labels = labels.with_reference(reference);
                design.clone().factor(&self.name, &labels).map_err(|_| design)
            }
        }
    }
}

/// The groups of a protocol where they are compared, then what is known of the patients.
pub fn covariates(analysis: &Analysis<'_>) -> Vec<Covariate> {
    let groups = analysis
        .study
        .protocol(analysis.settings.group.strip_prefix("protocol:").unwrap_or_default());
    let groups = groups.filter(|_| analysis.compares()).map(|protocol| Covariate {
        id: analysis.settings.group.clone(),
        name: protocol.name.clone(),
        r_scale: "",
        values: Values::Levels {
            names: analysis.groups.names.clone(),
            codes: analysis.groups.codes.iter().copied().map(Some).collect(),
        },
        reference: analysis.groups.names.get(analysis.reference as usize).cloned(),
    });
    let patients = analysis.patients();
    let known = analysis
        .study
        .variables
        .iter()
        .filter_map(|variable| covariate(analysis, variable, &patients));
    let mut covariates: Vec<Covariate> = groups.into_iter().chain(known).collect();
    // Estimates are found by name, and a file may have two columns of one name.
    for later in 1..covariates.len() {
        let (before, rest) = covariates.split_at_mut(later);
        let is_taken = |name: &str| before.iter().any(|each| each.name == name);
        while is_taken(&rest[0].name) {
            rest[0].name.push('′');
        }
    }
    covariates
}

/// From the unit of the dictionary to that of a hazard ratio.
type Scale = fn(f64) -> Option<f64>;

/// How the numbers of a finding enter a model: under which name, on which scale, and the same in R.
fn scale(name: &str) -> (String, Scale, &'static str) {
    match Field::from_column(name) {
        Some(Field::AgeDays) => (
            words::AGE_PER_MONTH.to_owned(),
            |days| Some(days / TimeUnit::Months.days()),
            "function(days) days / 30.4375",
        ),
        Some(Field::Wbc) => (
            words::WBC_PER_DOUBLING.to_owned(),
            |wbc| (wbc > 0.0).then(|| libm::log2(wbc)),
            "function(wbc) ifelse(wbc > 0, log2(wbc), NA)",
        ),
        // Counts with zeros among them.
        Some(Field::Day8Blasts | Field::CsfWbc) => (
            words::per_doubling(&name_of(name)),
            |count| (count >= 0.0).then(|| libm::log2(count + 1.0)),
            "function(count) ifelse(count >= 0, log2(count + 1), NA)",
        ),
        _ => (name_of(name), Some, ""),
    }
}

fn covariate(analysis: &Analysis<'_>, variable: &Variable, patients: &[usize]) -> Option<Covariate> {
    let settings = analysis.settings;
    // A fraction of cells spans powers of ten and has zeros: no unit of it tells anything.
    let is_cut = is_fraction(variable) || is_cut(settings, &variable.id);
    let mut reference = None;
    let (name, r_scale, values) = match &variable.values {
        Values::Numbers(numbers) if !is_cut => {
            let (name, scale, r_scale) = scale(&variable.name);
            let scaled = |&patient: &usize| numbers.get(patient).copied().flatten().and_then(scale);
            (name, r_scale, Values::Numbers(patients.iter().map(scaled).collect()))
        }
        values => {
            let factor = analysis.study.factor(&variable.id, &settings.levels);
            let factor = factor.or_else(|| Factor::of(values))?;
            reference.clone_from(&factor.reference);
            let codes = patients.iter().map(|&patient| factor.code(patient)).collect();
            (
                name_of(&variable.name),
                "",
                Values::Levels {
                    names: factor.names,
                    codes,
                },
            )
        }
    };
    Some(Covariate {
        id: variable.id.clone(),
        name,
        r_scale,
        values,
        reference,
    })
}

/// A model with the rows that it was fitted to.
pub struct Fit {
    /// Rows of the analysis of which everything is known.
    pub rows: Vec<usize>,
    /// Their follow-up.
    pub follow_up: FollowUp,
    /// The covariates.
    pub design: Design,
    /// Names of covariates that have one level among these rows, and so are not in the model.
    pub left_out: Vec<String>,
    /// What was found.
    pub found: Result<CoxFit, CoxError>,
    /// Why Firth's penalty, which was asked for and needed, gave nothing, so that `found` is the plain fit.
    pub firth_refused: Option<CoxError>,
    hazards: OnceCell<Result<Hazards, CoxError>>,
}

/// Whether the hazards of a model are proportional.
pub struct Hazards {
    /// The test.
    pub test: Proportionality,
    /// The coefficients over time.
    pub over_time: OverTime,
}

impl Fit {
    /// Fits a model of some covariates to the patients of whom all of them are known; with Firth's penalty where it is
    /// wanted and the plain likelihood has no finite estimate. `None` where nobody is left or nothing differs.
    pub fn new(follow_up: &FollowUp, covariates: &[&Covariate], firth: bool) -> Option<Self> {
        let is_known = |&row: &usize| covariates.iter().all(|each| each.is_known(row));
        let rows: Vec<usize> = (0..follow_up.len()).filter(is_known).collect();
        let follow_up = follow_up.subset(&rows)?;
        let mut left_out = Vec::new();
        let design = covariates.iter().fold(Design::new(), |design, each| {
            each.added_to(design, &rows).unwrap_or_else(|design| {
                left_out.push(each.name.clone());
                design
            })
        });
        if design.is_empty() {
            return None;
        }
        let model = Model::new(&follow_up, &design);
        let mut found = fit(&model);
        let mut firth_refused = None;
        if firth && found.as_ref().is_ok_and(is_separated) {
            match fit_firth(&model) {
                Ok(penalised) => found = Ok(penalised),
                Err(why) => firth_refused = Some(why),
            }
        }
        Some(Self {
            rows,
            follow_up,
            design,
            left_out,
            found,
            firth_refused,
            hazards: OnceCell::new(),
        })
    }

    /// Whether its hazards are proportional, on the scale of 1 − Kaplan–Meier; made once, where it is asked for.
    pub fn hazards(&self) -> Result<&Hazards, CoxError> {
        let make = || {
            let model = self.model();
            let fitted = Fitted::new(&model, self.found.as_ref().map_err(|error| *error)?)?;
            Ok(Hazards {
                test: fitted.proportionality(TimeScale::KaplanMeier)?,
                over_time: fitted.over_time(TimeScale::KaplanMeier)?,
            })
        };
        self.hazards.get_or_init(make).as_ref().map_err(|error| *error)
    }

    /// The model, for what is asked of it.
    pub fn model(&self) -> Model<'_> {
        Model::new(&self.follow_up, &self.design)
    }
}

/// Whether a coefficient has no finite estimate that Firth's penalty would give it.
pub fn is_separated(found: &CoxFit) -> bool {
    let separated =
        |warning: &CoxWarning| matches!(warning, CoxWarning::Separated { .. } | CoxWarning::Undetermined { .. });
    found.warnings.iter().any(separated)
}

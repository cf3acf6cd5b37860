//! What is known of the patients as covariates of Cox's regression, and a model of some of them.

use std::cell::OnceCell;

use cotside_core::cohort::{Factor, TimeUnit, Values, Variable};
use cotside_core::infant::Field;
use cotside_core::shortest;
use cotside_core::survival::cox::{
    CoxError, CoxFit, CoxWarning, Design, Fitted, Model, OverTime, Product, Proportionality, Ties, TimeScale, fit,
    fit_firth,
};
use cotside_core::survival::{CovariateScale, FollowUp, Labels, RestrictedCubic};
use cotside_messages::ModelVariable;
use cotside_words::en::cohort_results as words;
use cotside_words::en::model_results::on_scale;

use crate::analysis::choices::name_of;
use crate::analysis::grouping::{is_cut, is_fraction};
use crate::analysis::model_data::{ModelData, RowLabels};
use crate::analysis::selection::Analysis;

/// A variable of the patients in the analysis, on the scale on which its hazard ratio is told.
pub struct Covariate {
    /// The id of the variable, or of the protocol whose groups are compared.
    pub id: String,
    /// What one unit is: "Age, per month".
    pub name: String,
    /// How R brings the variable's numbers to that scale; empty where they are as they are.
    pub r_scale: String,
    /// One a patient of the analysis.
    pub values: Values,
    /// The level that was chosen as the reference; `None` for the first.
    pub reference: Option<String>,
}

impl Covariate {
    /// Whether its value is known of a row.
    pub fn is_known(&self, row: usize) -> bool {
        match &self.values {
            Values::Numbers(values) => values.get(row).is_some_and(Option::is_some),
            Values::Levels { codes, .. } => codes.get(row).is_some_and(Option::is_some),
        }
    }

    /// The levels that occur among these rows, in their order; none for a number.
    pub fn levels_among(&self, rows: &[usize]) -> Vec<&str> {
        let Values::Levels { names, .. } = &self.values else {
            return Vec::new();
        };
        let occurs = |name: &&str| rows.iter().any(|&row| self.values.level(row) == Some(*name));
        names.iter().map(String::as_str).filter(occurs).collect()
    }

    /// The level with which the others are compared among these rows: the chosen one where it occurs, else the first.
    pub fn reference_among(&self, rows: &[usize]) -> Option<&str> {
        let levels = self.levels_among(rows);
        let chosen = levels.iter().find(|level| Some(**level) == self.reference.as_deref());
        chosen.or(levels.first()).copied()
    }

    /// The numbers of these rows, all of which are known.
    pub fn numbers_of(&self, rows: &[usize]) -> Vec<f64> {
        let Values::Numbers(values) = &self.values else {
            return Vec::new();
        };
        let number = |&row: &usize| values.get(row).copied().flatten();
        rows.iter().filter_map(number).collect()
    }

    /// With this covariate more, of these rows; as it was where it has one level, or one number, only among them.
    pub fn added_to(&self, design: Design, rows: &[usize]) -> Result<Design, Design> {
        match &self.values {
            Values::Numbers(_) => {
                let column = self.numbers_of(rows);
                if column.iter().all(|value| Some(value) == column.first()) {
                    return Err(design);
                }
                Ok(design.numeric(&self.name, column))
            }
            Values::Levels { names, codes } => {
                let codes: Vec<u32> = rows
                    .iter()
                    .filter_map(|&row| codes.get(row).copied().flatten())
                    .collect();
                let labels = Labels::present(names, &codes);
                let reference = self.reference_among(rows);
                let reference = labels.names.iter().position(|name| Some(name.as_str()) == reference);
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
        r_scale: String::new(),
        values: Values::Levels {
            names: analysis.groups.names.clone(),
            codes: analysis.groups.codes.iter().copied().map(Some).collect(),
        },
        reference: analysis.groups.names.get(analysis.reference as usize).cloned(),
    });
    let patients = analysis.patients();
    let known = analysis.study.variables.iter();
    let known = known.filter_map(|variable| covariate(analysis, variable, &patients));
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

/// How the numbers of a variable enter a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberScale {
    /// As they are.
    Own,
    /// On a scale that a person chose, or that its finding has.
    Scaled(CovariateScale),
    /// Counts with zeros among them: the logarithm to the base 2 of the count + 1.
    Log2OfCount,
}

impl NumberScale {
    /// The scale of the beginning.
    fn of_field(name: &str) -> Self {
        match Field::from_column(name) {
            Some(Field::AgeDays) => Self::Scaled(CovariateScale::Per(TimeUnit::Months.days())),
            Some(Field::Wbc) => Self::Scaled(CovariateScale::Log2),
            Some(Field::Day8Blasts | Field::CsfWbc) => Self::Log2OfCount,
            _ => Self::Own,
        }
    }

    /// The scale of a variable under the settings.
    pub fn of(analysis: &Analysis<'_>, variable: &Variable) -> Self {
        let chosen = analysis.settings.model_options.scales.get(&variable.id);
        chosen.map_or_else(|| Self::of_field(&variable.name), |scale| Self::Scaled(*scale))
    }

    /// The numbers on it.
    pub fn apply(self, numbers: &[Option<f64>]) -> Vec<Option<f64>> {
        match self {
            Self::Own => numbers.to_vec(),
            Self::Scaled(scale) => scale.of(numbers),
            Self::Log2OfCount => {
                let scaled = |count: f64| (count >= 0.0).then(|| libm::log2(count + 1.0));
                numbers.iter().map(|count| count.and_then(scaled)).collect()
            }
        }
    }

    /// The same in R, as a function; empty where numbers are as they are.
    pub fn in_r(self) -> String {
        match self {
            Self::Own => String::new(),
            Self::Scaled(CovariateScale::Per(unit)) => format!("function(x) x / {}", shortest(unit)),
            Self::Scaled(CovariateScale::Log2) => "function(x) suppressWarnings(ifelse(x > 0, log2(x), NA))".to_owned(),
            Self::Scaled(CovariateScale::Log10) => {
                "function(x) suppressWarnings(ifelse(x > 0, log10(x), NA))".to_owned()
            }
            Self::Scaled(CovariateScale::Deviation) => "function(x) x / sd(x, na.rm = TRUE)".to_owned(),
            Self::Log2OfCount => "function(x) suppressWarnings(ifelse(x >= 0, log2(x + 1), NA))".to_owned(),
        }
    }
}

/// What one unit of a variable is: "Age, per month"; a name, and so the same in every language.
fn scaled_name(name: &str, chosen: Option<CovariateScale>) -> String {
    if let Some(scale) = chosen {
        return on_scale(&name_of(name), scale);
    }
    match Field::from_column(name) {
        Some(Field::AgeDays) => words::AGE_PER_MONTH.to_owned(),
        Some(Field::Wbc) => words::WBC_PER_DOUBLING.to_owned(),
        Some(Field::Day8Blasts | Field::CsfWbc) => words::per_doubling(&name_of(name)),
        _ => name_of(name),
    }
}

fn covariate(analysis: &Analysis<'_>, variable: &Variable, patients: &[usize]) -> Option<Covariate> {
    let settings = analysis.settings;
    // A fraction of cells spans powers of ten and has zeros: no unit of it tells anything.
    let is_cut = is_fraction(variable) || is_cut(settings, &variable.id);
    let mut reference = None;
    let (name, r_scale, values) = match &variable.values {
        Values::Numbers(numbers) if !is_cut => {
            let scale = NumberScale::of(analysis, variable);
            let own: Vec<Option<f64>> = patients
                .iter()
                .map(|&patient| numbers.get(patient).copied().flatten())
                .collect();
            let chosen = settings.model_options.scales.get(&variable.id).copied();
            let name = scaled_name(&variable.name, chosen);
            (name, scale.in_r(), Values::Numbers(scale.apply(&own)))
        }
        values => {
            let factor = analysis.study.factor(&variable.id, &settings.levels);
            let factor = factor.or_else(|| Factor::of(values))?;
            reference.clone_from(&factor.reference);
            let codes = patients.iter().map(|&patient| factor.code(patient)).collect();
            (
                name_of(&variable.name),
                String::new(),
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

/// The variables of the models with the scales of the beginning, for the controls.
pub fn model_variables(analysis: &Analysis<'_>, covariates: Vec<Covariate>) -> Vec<ModelVariable> {
    let variable = |covariate: Covariate| {
        let own = analysis.study.variable(&covariate.id);
        let scale = own.filter(|_| matches!(covariate.values, Values::Numbers(_)));
        let short = own.map(|own| name_of(&own.name));
        ModelVariable {
            scale: scale.map(|own| scaled_name(&own.name, None)),
            name: short.unwrap_or_else(|| covariate.name.clone()),
            id: covariate.id,
        }
    };
    covariates.into_iter().map(variable).collect()
}

/// What a model consists of.
#[derive(Default)]
pub struct Parts<'a> {
    /// Its covariates.
    pub covariates: Vec<&'a Covariate>,
    /// Pairs of them that interact, by their positions: whose ratios are told, and within whose levels.
    pub interactions: Vec<[usize; 2]>,
    /// The one that is a spline, by its position.
    pub spline: Option<(usize, &'a RestrictedCubic)>,
    /// Strata with baselines of their own.
    pub strata: Option<&'a RowLabels>,
    /// Whether Firth's penalty is used where the plain likelihood has no finite estimate.
    pub firth: bool,
}

impl<'a> Parts<'a> {
    /// The model of one covariate.
    pub fn alone(covariate: &'a Covariate, firth: bool) -> Self {
        Self {
            covariates: vec![covariate],
            firth,
            ..Self::default()
        }
    }

    /// The rows of which everything is known.
    pub fn rows(&self, data: &ModelData) -> Vec<usize> {
        let is_known = |&row: &usize| {
            let in_stratum = self
                .strata
                .is_none_or(|strata| strata.codes.get(row).copied().flatten().is_some());
            data.usable[row] && in_stratum && self.covariates.iter().all(|each| each.is_known(row))
        };
        (0..data.usable.len()).filter(is_known).collect()
    }
}

/// A model with the rows that it was fitted to.
pub struct Fit {
    /// Rows of the analysis of which everything is known.
    pub rows: Vec<usize>,
    /// Their follow-up.
    pub follow_up: FollowUp,
    /// The covariates.
    pub design: Design,
    /// Its interactions.
    pub products: Vec<Product>,
    /// Names of its factors, each with its reference level.
    pub references: Vec<(String, String)>,
    /// Names of covariates that have one level among these rows, and so are not in the model.
    pub left_out: Vec<String>,
    /// What was found.
    pub found: Result<CoxFit, CoxError>,
    /// Why Firth's penalty, which was asked for and needed, gave nothing, so that `found` is the plain fit.
    pub firth_refused: Option<CoxError>,
    /// Strata of the rows.
    pub strata: Option<Labels>,
    /// Clusters of the rows.
    pub cluster: Option<Labels>,
    is_robust: bool,
    level: f64,
    ties: Ties,
    proportionality: OnceCell<Result<Proportionality, CoxError>>,
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
    /// Fits a model to the patients of whom all of it is known; with Firth's penalty where it is wanted and the plain
    /// likelihood has no finite estimate. `None` where nobody is left or nothing differs.
    pub fn new(data: &ModelData, follow_up: &FollowUp, parts: &Parts<'_>) -> Option<Self> {
        let (rows, follow_up) = data.follow_up(follow_up, parts.rows(data))?;
        let mut left_out = Vec::new();
        // Position of each covariate among the variables of the design.
        let mut places = Vec::new();
        let mut design = Design::new();
        for (position, each) in parts.covariates.iter().enumerate() {
            let place = design.variables().len();
            let spline = parts.spline.filter(|(of, _)| *of == position);
            let added = match spline {
                Some((_, spline)) => Ok(design.spline(&each.name, spline, &each.numbers_of(&rows))),
                None => each.added_to(design, &rows),
            };
            places.push(added.is_ok().then_some(place));
            design = added.unwrap_or_else(|design| {
                left_out.push(each.name.clone());
                design
            });
        }
        if design.is_empty() {
            return None;
        }
        let mut products = Vec::new();
        for pair in &parts.interactions {
            let [Some(of), Some(within)] = pair.map(|position| places.get(position).copied().flatten()) else {
                continue;
            };
            let product = design.variables().len();
            design = design.interaction(of, within);
            products.push(Product { of, within, product });
        }
        let mut made = Self {
            strata: parts.strata.map(|strata| strata.of(&rows)),
            cluster: data.cluster(&rows),
            is_robust: data.is_robust,
            level: data.level,
            ties: data.ties,
            references: parts
                .covariates
                .iter()
                .filter_map(|each| Some((each.name.clone(), each.reference_among(&rows)?.to_owned())))
                .collect(),
            rows,
            follow_up,
            design,
            products,
            left_out,
            found: Err(CoxError::NoCovariate),
            firth_refused: None,
            proportionality: OnceCell::new(),
            hazards: OnceCell::new(),
        };
        made.found = fit(&made.model());
        if parts.firth && made.found.as_ref().is_ok_and(is_separated) {
            match fit_firth(&made.model()) {
                Ok(penalised) => made.found = Ok(penalised),
                Err(why) => made.firth_refused = Some(why),
            }
        }
        Some(made)
    }

    /// The test of proportional hazards on the scale of 1 − Kaplan–Meier; made once, where it is asked for.
    pub fn proportionality(&self) -> Result<&Proportionality, CoxError> {
        let make = || {
            let model = self.model();
            let fitted = Fitted::new(&model, self.found.as_ref().map_err(|error| *error)?)?;
            fitted.proportionality(TimeScale::KaplanMeier)
        };
        self.proportionality.get_or_init(make).as_ref().map_err(|error| *error)
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
        Model {
            strata: self.strata.as_ref(),
            cluster: self.cluster.as_ref(),
            robust: self.is_robust,
            ties: self.ties,
            conf_level: self.level,
            ..Model::new(&self.follow_up, &self.design)
        }
    }

    /// The level of its intervals.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Whether its variance is robust.
    pub fn is_robust(&self) -> bool {
        self.is_robust
    }
}

/// Whether a coefficient has no finite estimate that Firth's penalty would give it.
pub fn is_separated(found: &CoxFit) -> bool {
    let separated =
        |warning: &CoxWarning| matches!(warning, CoxWarning::Separated { .. } | CoxWarning::Undetermined { .. });
    found.warnings.iter().any(separated)
}

//! Why a method of competing risks, parametric models or transplant analyses gives no answer, in words.

use cotside_core::survival::{
    FineGrayError, FineGrayWarning, GrayError, IncidenceError, MOST_CAUSES, MOST_GRAY_GROUPS, ParametricError,
};

/// Why there is no cumulative incidence, and what would be accepted.
#[must_use]
pub fn incidence_error(error: IncidenceError) -> String {
    match error {
        IncidenceError::Groups => "groups and rows differ in number".to_owned(),
        IncidenceError::AalenNeedsPlainRows => {
            "Aalen's variance knows neither weights nor delayed entry; use --variance jackknife".to_owned()
        }
        IncidenceError::TooManyCauses { found } => {
            format!("the event column has {found} causes; give at most {MOST_CAUSES}")
        }
    }
}

/// Why there is no Gray's test.
#[must_use]
pub fn gray_error(error: GrayError) -> String {
    match error {
        GrayError::Labels => "groups or strata and rows differ in number".to_owned(),
        GrayError::OneGroup => "Gray's test needs two groups or more".to_owned(),
        GrayError::TooManyGroups { found } => {
            format!("Gray's test compares at most {MOST_GRAY_GROUPS} groups; there are {found}")
        }
        GrayError::NeedsPlainRows => "Gray's test knows neither weights nor delayed entry".to_owned(),
        GrayError::NoVariance => {
            "Gray's test has no variance: no event of this cause, or a group that cannot have one".to_owned()
        }
    }
}

/// Why there is no model of the subdistribution hazard; `names` are those of the covariates.
#[must_use]
pub fn fine_gray_error(error: FineGrayError, names: &[String], cause: u32) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        FineGrayError::NoCovariates => "name at least one covariate with --covariates or --factor".to_owned(),
        FineGrayError::BadCovariate { covariate } => {
            format!(
                "column {} holds values that are too large or not finite",
                name(covariate)
            )
        }
        FineGrayError::NeedsPlainRows => "Fine and Gray's model knows neither weights nor delayed entry".to_owned(),
        FineGrayError::NoEvents => format!("no row has cause {cause}; name a cause that occurs with --cause"),
        FineGrayError::Singular { covariate } => singular(name(covariate)),
        FineGrayError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a model of the subdistribution hazard.
#[must_use]
pub fn fine_gray_warning(warning: FineGrayWarning, names: &[String]) -> String {
    match warning {
        FineGrayWarning::MayBeInfinite { covariate } => format!(
            "the coefficient of {} may be infinite: one of its values has no event, or only events",
            names.get(covariate).map_or("?", String::as_str)
        ),
        FineGrayWarning::FewEvents => "fewer than 10 events a covariate: estimates are unsure".to_owned(),
    }
}

/// Why there is no parametric model; `names` are those of the covariates.
#[must_use]
pub fn parametric_error(error: ParametricError, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        ParametricError::BadCovariate { covariate } => {
            format!(
                "column {} holds values that are too large or not finite",
                name(covariate)
            )
        }
        ParametricError::ZeroTime { .. } => {
            "the time is 0, which has no logarithm; give a time above 0, or leave the row out".to_owned()
        }
        ParametricError::DelayedEntry => "parametric models do not know delayed entry".to_owned(),
        ParametricError::NoEvents => {
            "no row has the event; name its value with --event-value if it is not 1".to_owned()
        }
        ParametricError::Singular { covariate } => singular(name(covariate)),
        ParametricError::NoMaximum => {
            "the likelihood has no maximum: the model meets every event exactly, or a covariate parts events from \
             censoring; use fewer covariates"
                .to_owned()
        }
        ParametricError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

fn singular(name: &str) -> String {
    format!("column {name} is constant, or a combination of the columns before it; leave it out")
}

const NO_CONVERGENCE: &str = "the model did not converge; use fewer covariates, or look for extreme values";

//! Why a method of competing risks, parametric models or transplant analyses gives no answer, in words.

use cotside_core::survival::{GrayError, IncidenceError, MOST_CAUSES, MOST_GROUPS};

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
        IncidenceError::ConfidenceLevel => "the confidence level must lie between 0 and 1; give 0.95".to_owned(),
    }
}

/// Why there is no Gray's test.
#[must_use]
pub fn gray_error(error: GrayError) -> String {
    match error {
        GrayError::Labels => "groups or strata and rows differ in number".to_owned(),
        GrayError::OneGroup => "Gray's test needs two groups or more".to_owned(),
        GrayError::TooManyGroups { found } => {
            format!("Gray's test compares at most {MOST_GROUPS} groups; there are {found}")
        }
        GrayError::NeedsPlainRows => "Gray's test knows neither weights nor delayed entry".to_owned(),
        GrayError::NoVariance => {
            "Gray's test has no variance: no event of this cause, or a group that cannot have one".to_owned()
        }
    }
}

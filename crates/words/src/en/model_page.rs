//! The controls of the models of Cox's regression.

use cotside_core::survival::CovariateScale;

/// Variables of the model.
pub const MODEL: &str = "Variables of the adjusted model";
/// Firth's penalty.
pub const FIRTH: &str = "Firth’s penalised likelihood where an estimate would be infinite";
/// Residuals over time.
pub const TERM: &str = "Coefficient drawn over time";
/// One of several causes.
pub const CAUSE: &str = "One cause (Cox, Fine–Gray)";
/// No cause.
pub const NO_CAUSE: &str = "no single cause";
/// A number as a spline.
pub const SPLINE: &str = "Restricted cubic spline of";
/// No spline.
pub const NO_SPLINE: &str = "no variable";
/// Knots of the spline.
pub const KNOTS: &str = "Knots";
/// The value with which others are compared.
pub const REFERENCE: &str = "Reference value (empty: median)";
/// The fold with the scales.
pub const SCALES: &str = "Scales of numbers";
/// The label of a scale.
pub const SCALE: &str = "Hazard ratio";
/// Under it where nothing can be scaled.
pub const SCALES_NEED_NUMBERS: &str =
    "Tick a variable with numbers above to choose what one unit of its hazard ratio is.";
/// Any number of units.
pub const UNITS: &str = "per (number of units)";
/// The fold with the interactions.
pub const INTERACTIONS: &str = "Interactions";
/// Of which variable ratios are told.
pub const OF: &str = "Hazard ratios of";
/// Within whose levels.
pub const WITHIN: &str = "within levels of";
/// Nothing is chosen yet.
pub const CHOOSE: &str = "choose";
/// The button.
pub const ADD: &str = "Add interaction";
/// The button.
pub const REMOVE: &str = "Remove";
/// Under it where nothing can interact.
pub const INTERACTIONS_NEED_TWO: &str = "Tick two variables of the adjusted model first.";
/// The fold with what models take beside covariates.
pub const DESIGN: &str = "Strata, delayed entry, weights, clusters, ties";
/// A chosen column that this file, or this endpoint, does not offer.
pub const NOT_OFFERED: &str = "chosen, but not possible here";
/// Strata.
pub const STRATA: &str = "Strata of the adjusted model (numbers are cut at their median)";
/// Entry.
pub const ENTRY: &str = "At risk from";
/// From the origin.
pub const NO_ENTRY: &str = "start of follow-up";
/// The unit of a column of entry.
pub const ENTRY_UNIT: &str = "Entry in";
/// Weights.
pub const WEIGHTS: &str = "Case weights";
/// Clusters.
pub const CLUSTER: &str = "Clusters (robust variance)";
/// No column.
pub const NONE: &str = "none";
/// Ties.
pub const TIES: &str = "Ties";
/// Whom these settings concern.
pub const DESIGN_NOTE: &str = "These hold for the models of this result only, not for curves and rank tests.";

/// Words of the values of a setting, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "efron" => "Efron",
        "breslow" => "Breslow",
        "exact" => "exact likelihood",
        "days" => "days",
        "months" => "months",
        "years" => "years",
        "3" => "3",
        "4" => "4",
        "5" => "5",
        _ => "",
    }
}

/// The scales that are listed.
pub const LISTED: [CovariateScale; 6] = [
    CovariateScale::Per(1.0),
    CovariateScale::Per(10.0),
    CovariateScale::Per(12.0),
    CovariateScale::Log2,
    CovariateScale::Log10,
    CovariateScale::Deviation,
];

/// A scale in a list.
#[must_use]
pub fn scale(of: CovariateScale) -> String {
    match of {
        CovariateScale::Per(unit) if unit.to_bits() == 1.0_f64.to_bits() => "per unit".to_owned(),
        CovariateScale::Per(unit) => format!("per {unit} units"),
        CovariateScale::Log2 => "per doubling (log₂)".to_owned(),
        CovariateScale::Log10 => "per tenfold (log₁₀)".to_owned(),
        CovariateScale::Deviation => "per standard deviation".to_owned(),
    }
}

/// The scale of the beginning in a list.
#[must_use]
pub fn usual(words: &str) -> String {
    format!("{words} (usual)")
}

/// A fold with the number of its settings that are set.
#[must_use]
pub fn with_count(fold: &str, set: usize) -> String {
    if set == 0 {
        fold.to_owned()
    } else {
        format!("{fold} ({set})")
    }
}

//! The controls of curves: intervals, quantiles, conditional survival, simultaneous bands.

/// The fold of the controls.
pub const HEADING: &str = "Intervals, quantiles, bands";
/// The scale of intervals.
pub const INTERVAL: &str = "Scale of confidence intervals";
/// Their level.
pub const LEVEL: &str = "Confidence level (%)";
/// Why a level is not accepted.
pub const LEVEL_REFUSED: &str = "Give a level from 50 to 99.9.";
/// Quantiles of time.
pub const QUANTILES: &str = "Quantiles (% with the event)";
/// Why quantiles are not accepted.
pub const QUANTILES_REFUSED: &str = "Give percentages between 0 and 100, such as 25, 50, 75.";
/// Conditional survival.
pub const CONDITIONAL: &str = "Conditional survival, event-free at (years)";
/// The band of the figure.
pub const BAND: &str = "Band in the figure";
/// Where a simultaneous band begins.
pub const BAND_FROM: &str = "Band from (years)";
/// Where it ends.
pub const BAND_TO: &str = "Band to (years)";
/// The estimate of the cumulative hazard.
pub const HAZARD: &str = "Cumulative hazard by";

/// The words of a value by its code in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "log-log" => "log(−log)",
        "log" => "log",
        "plain" => "plain",
        "logit" => "logit",
        "arcsin" => "arcsine square root",
        "pointwise" => "pointwise intervals",
        "equal-precision" => "simultaneous, equal precision (Nair)",
        "hall-wellner" => "simultaneous, Hall–Wellner",
        "nelson-aalen" => "Nelson–Aalen (tied events together)",
        "fleming-harrington" => "Fleming–Harrington (tied events one by one)",
        _ => "",
    }
}

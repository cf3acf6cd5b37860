//! The words of what is asked of curves beside survival at some times: scale and level of intervals, quantiles, conditional
//! survival, simultaneous bands, the cumulative hazard, ratios of restricted means.

use cotside_core::survival::{BandKind, NoVariance, Scale};

use crate::decimal;

/// What an interval is called, of a level in per cent: "95% CI".
#[must_use]
pub fn ci(level: f64) -> String {
    format!("{}% CI", decimal(level, 6))
}

/// The name of a scale.
#[must_use]
pub const fn scale(of: Scale) -> &'static str {
    match of {
        Scale::LogLog => "log(−log)",
        Scale::Log => "log",
        Scale::Plain => "plain",
        Scale::Logit => "logit",
        Scale::Arcsin => "arcsine square root",
    }
}

/// Why survival from one time to a later one has no variance, in words that fit behind "no interval:".
#[must_use]
pub const fn conditional_no_variance(why: NoVariance) -> &'static str {
    match why {
        NoVariance::NoEvent => "no event between the two times",
        NoVariance::AllEvents => "everybody still at risk had the event",
    }
}

// ---- The figure

/// The name of the axis of the cumulative hazard.
#[must_use]
pub fn hazard_axis(endpoint: &str) -> String {
    format!("Cumulative hazard, {endpoint}")
}

/// What is estimated, in a caption.
pub const KAPLAN_MEIER_ESTIMATES: &str = "Kaplan–Meier estimates";
/// See [`KAPLAN_MEIER_ESTIMATES`].
pub const NELSON_AALEN_ESTIMATES: &str = "Nelson–Aalen estimates of the cumulative hazard";
/// See [`KAPLAN_MEIER_ESTIMATES`].
pub const FLEMING_HARRINGTON_ESTIMATES: &str = "Fleming–Harrington estimates of the cumulative hazard";

/// The pointwise intervals of a figure, behind what is estimated.
#[must_use]
pub fn with_pointwise(ci: &str, of: Scale) -> String {
    format!(", with pointwise {ci}s ({} scale) where there is a variance", scale(of))
}

const fn band_name(kind: BandKind) -> &'static str {
    match kind {
        BandKind::EqualPrecision => "equal-precision bands (Nair)",
        BandKind::HallWellner => "Hall–Wellner bands",
    }
}

/// The simultaneous bands of a figure, behind what is estimated; `range` is from [`band_range`].
#[must_use]
pub fn with_bands(kind: BandKind, level: f64, of: Scale, range: &str) -> String {
    let level = decimal(level, 6);
    format!(
        ", with simultaneous {level}% {} ({} scale) {range}: each holds its whole curve there with a probability of {level}%",
        band_name(kind),
        scale(of)
    )
}

/// Over which times a band lies.
#[must_use]
pub fn band_range(from: Option<f64>, to: Option<f64>) -> String {
    let from = from.map_or_else(
        || "from the first event".to_owned(),
        |from| format!("from {} years", decimal(from, 2)),
    );
    let to = to.map_or_else(
        || "to the last time with survival above 0".to_owned(),
        |to| format!("to {} years", decimal(to, 2)),
    );
    format!("{from} {to}")
}

/// Curves that have no band; none is named where all have none.
#[must_use]
pub fn no_band(groups: &[&str]) -> String {
    let of = if groups.is_empty() {
        String::new()
    } else {
        format!(" for {}", groups.join(", "))
    };
    format!("No band{of}: no time in its range has survival between 0 and 1. Choose other times for the band.")
}

// ---- Quantiles

/// Heading.
pub const QUANTILES: &str = "Quantiles of the time to the event";
/// Head of the shares with the event.
pub const WITH_EVENT: &str = "With event";

/// Below the name of a group: by when they have had it.
#[must_use]
pub fn years_ci(ci: &str) -> String {
    format!("y ({ci})")
}

/// A quantile: of how many per cent.
#[must_use]
pub fn quantile(percent: f64) -> String {
    if percent == 50.0 {
        return "50% (median)".to_owned();
    }
    format!("{}%", decimal(percent, 2))
}

/// A time that is not reached.
pub const NOT_REACHED: &str = "NR";
/// Below the table, where a time is not reached.
pub const NOT_REACHED_KEY: &str = "NR: not reached.";

/// A quantile, and its interval where an end of it is reached.
#[must_use]
pub fn quantile_with(time: Option<String>, lower: Option<String>, upper: Option<String>) -> (String, Option<String>) {
    let has_end = lower.is_some() || upper.is_some();
    let reached = |time: Option<String>| time.unwrap_or_else(|| NOT_REACHED.to_owned());
    let interval = has_end.then(|| format!("{}–{}", reached(lower), reached(upper)));
    (reached(time), interval)
}

// ---- Conditional survival

/// Heading.
#[must_use]
pub fn conditional_heading(endpoint: &str) -> String {
    format!("Conditional {endpoint}")
}

/// Of a table: the time at which one is without the event.
pub const EVENT_FREE_AT: &str = "Event-free at (years)";
/// Of a table: to when.
pub const TO: &str = "To (years)";

/// Why no conditional survival is told.
pub const NO_LATER_TIME: &str = "No conditional survival: no estimate is reported at a time after those chosen. Report estimates at later times too.";

/// What conditional survival is.
pub const CONDITIONAL: &str = "Of those who are followed and without the event at the first time, the share without it at the second: the \
     ratio of the two Kaplan–Meier estimates. Its variance is the part of Greenwood’s sum between the two times; where nobody has the \
     event between them, or everybody still at risk has, there is none, and so no interval.";

// ---- Restricted means

/// Of a table.
#[must_use]
pub fn ratio(ci: &str) -> String {
    format!("Ratio ({ci})")
}

/// Of a table.
pub const P_RATIO: &str = "P (ratio)";

/// What the ratio is.
pub const RATIO: &str =
    "The ratio of a group’s mean to that of the reference has its interval and P on the log scale (delta method).";

// ---- Methods

/// How survival was estimated.
#[must_use]
pub fn kaplan_meier(level: f64, of: Scale) -> String {
    format!(
        "Probabilities were estimated by the Kaplan–Meier method with Greenwood’s variance and pointwise {}% confidence intervals \
         (CIs) on the {} scale, median follow-up by the reverse Kaplan–Meier method; all other CIs have the same level.",
        decimal(level, 6),
        scale(of)
    )
}

/// How quantiles were found.
pub const QUANTILE_METHOD: &str =
    "Quantiles of the time to the event have the CIs of Brookmeyer and Crowley, which invert the pointwise ones.";

/// How conditional survival was estimated.
pub const CONDITIONAL_METHOD: &str = "Conditional survival is the ratio of two Kaplan–Meier estimates, with the part of Greenwood’s sum between \
     the two times as the variance of its logarithm; without an event between them it has neither variance nor CI.";

/// How bands were made.
#[must_use]
pub fn band_method(kind: BandKind, level: f64, of: Scale, range: &str) -> String {
    let level = decimal(level, 6);
    let name = band_name(kind);
    format!(
        "The figure has simultaneous {level}% {name} on the {} scale {range}.",
        scale(of)
    )
}

/// How the cumulative hazard was estimated.
pub const HAZARD_METHOD: &str = "The cumulative hazard was estimated by the method of Nelson and Aalen; its CIs are −log of those of e^(−hazard) \
     on the scale named above.";

/// How the cumulative hazard was estimated with tied events one after the other.
pub const FLEMING_HARRINGTON_METHOD: &str = "The cumulative hazard was estimated by the method of Fleming and Harrington, which takes tied events one after the other \
     (numbers at risk falling by one at each); its CIs are −log of those of e^(−hazard) on the scale named above.";

/// How ratios of restricted means were tested.
pub const RATIO_METHOD: &str = "Ratios of restricted means have CIs and P values on the log scale by the delta method.";

/// Sources of the methods.
pub mod source {
    /// Of intervals of quantiles.
    pub const QUANTILES: &str = "Brookmeyer R, Crowley J. Biometrics 1982;38:29–41 (interval of a quantile).";
    /// Of Nair's band.
    pub const EQUAL_PRECISION: &str = "Nair VN. Technometrics 1984;26:265–75 (equal-precision band).";
    /// Of Hall and Wellner's band.
    pub const HALL_WELLNER: &str = "Hall WJ, Wellner JA. Biometrika 1980;67:133–43 (simultaneous band).";
    /// Of the cumulative hazard.
    pub const NELSON_AALEN: &str =
        "Nelson W. Technometrics 1972;14:945–66; Aalen O. Ann Stat 1978;6:701–26 (cumulative hazard).";
    /// Of the cumulative hazard with tied events one after the other.
    pub const FLEMING_HARRINGTON: &str =
        "Fleming TR, Harrington DP. Commun Stat Theory Methods 1984;13:2469–86 (cumulative hazard with tied events).";
}

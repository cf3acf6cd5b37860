//! Names of the numbers that leave a hospital in a pooled analysis.

use cotside_core::federated::TableKind;

use crate::decimal;

/// Heading.
pub const COUNTS: &str = "Patients and events";
/// A number.
pub const PATIENTS: &str = "patients";
/// A number.
pub const EVENTS: &str = "events";
/// A number.
pub const EXCLUDED: &str = "left out for a missing value or time";
/// Heading.
pub const SCORE: &str = "Cox model: score";
/// Heading.
pub const INFORMATION: &str = "Cox model: information";
/// A number.
pub const STRATA: &str = "strata";
/// A number.
pub const EFFECTIVE_N: &str = "effective number of patients";
/// A number.
pub const LOGLIK: &str = "log-likelihood";
/// Heading.
pub const SPREAD: &str = "Cox model: part of the heterogeneity";
/// A number.
pub const Q: &str = "Q";
/// A number.
pub const RANK: &str = "rank";
/// Numbers of the one-step estimate y with weight w.
pub const MOMENTS: [&str; 4] = ["w", "w²", "wy", "wy²"];
/// Heading.
pub const AVERAGED: &str = "Cox model: sums over intervals";
/// Heading.
pub const OWN_FIT: &str = "Own fit of the Cox model";
/// Heading.
pub const LOGRANK: &str = "Log-rank test: observed less expected, covariance";
/// Everybody.
pub const ALL: &str = "all patients";
/// A number.
pub const AT_START: &str = "at the start";
/// A number.
pub const LEFT: &str = "withdrawn";
/// A number.
pub const MISSING: &str = "not known";
/// A number.
pub const VALUES: &str = "patients with a value";
/// Of a variable.
pub const SUM: &str = "sum, as coded by the plan";
/// A number.
pub const SQUARES: &str = "sum of squares";
/// Column.
pub const SECTION: &str = "What";
/// Column.
pub const HOW_MANY: &str = "Numbers";
/// Column.
pub const LEFT_OUT: &str = "Left out";

/// Two names.
#[must_use]
pub fn pair(first: &str, second: &str) -> String {
    format!("{first} × {second}")
}

/// A level of a variable.
#[must_use]
pub fn level(field: &str, level: &str) -> String {
    format!("{field} {level}")
}

/// Σ of a covariate over the events.
#[must_use]
pub fn event_sum(name: &str) -> String {
    format!("{name}, sum over events")
}

/// The end of an interval.
#[must_use]
pub fn up_to(end: f64) -> String {
    format!("up to {}", decimal(end, 2))
}

/// A sum in an interval.
#[must_use]
pub fn cell_of(cell: &str, sum: &str, name: &str) -> String {
    format!("{cell}, {sum} {name}")
}

/// Heading.
#[must_use]
pub fn gray(cause: &str) -> String {
    format!("Gray’s test, {cause}: score, variance")
}

/// Heading.
#[must_use]
pub fn grid(group: &str, carried: bool) -> String {
    let carried = if carried {
        ", few withdrawals counted in a later interval"
    } else {
        ""
    };
    format!("Time intervals, {group}{carried}")
}

/// Heading.
#[must_use]
pub fn table1(name: &str) -> String {
    format!("Characteristics: {name}")
}

/// Heading.
#[must_use]
pub fn protocol(id: &str) -> String {
    format!("Groups of {id}")
}

/// Heading.
#[must_use]
pub fn reclassified(first: &str, second: &str) -> String {
    format!("Groups of {first} by {second}")
}

/// Levels or intervals of a variable.
#[must_use]
pub fn cells(kind: &TableKind) -> Vec<String> {
    match kind {
        TableKind::Levels(levels) => levels.clone(),
        TableKind::Cuts(cuts) => cuts.windows(2).map(|pair| interval(pair[0], pair[1])).collect(),
    }
}

/// An interval of numbers.
#[must_use]
pub fn interval(low: f64, high: f64) -> String {
    format!("{} to below {}", decimal(low, 4), decimal(high, 4))
}

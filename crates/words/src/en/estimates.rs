//! The words beside the curves: estimates, tests, and the sentence for the paper.

use cotside_core::cohort::Nature;

use crate::decimal;

/// Below the name of a group.
#[must_use]
pub fn percent_ci(ci: &str) -> String {
    format!("% ({ci})")
}
/// Of a table.
pub const PROPORTIONAL_HAZARDS: &str = "Proportional hazards";
/// Of a table.
pub const MEDIAN_FOLLOW_UP: &str = "Median follow-up";
/// In place of a time that is not reached.
pub const NOT_REACHED: &str = "not reached";
/// Heading.
pub const SENTENCE: &str = "Sentence for the paper";
/// Copies it.
pub const COPY: &str = "Copy";

/// Of a table: of two groups, in percentage points.
#[must_use]
pub fn difference_from(reference: &str) -> String {
    format!("Difference from {reference}")
}

/// A column of estimates.
#[must_use]
pub fn at(years: f64) -> String {
    format!("{} y", decimal(years, 2))
}

/// A time.
#[must_use]
pub fn years(years: f64) -> String {
    format!("{} years", decimal(years, 2))
}

/// A difference of times.
#[must_use]
pub fn in_years(shown: &str) -> String {
    format!("{shown} years")
}

/// Of a table: a group against the reference.
#[must_use]
pub fn hazard_ratio(other: &str, reference: &str) -> String {
    format!("HR, {other} vs {reference}")
}

/// Of a table.
#[must_use]
pub fn rmst(tau: f64) -> String {
    format!("RMST to {} years", decimal(tau, 2))
}

/// Of a table: of two groups.
#[must_use]
pub fn rmst_difference(tau: f64) -> String {
    format!("{}, difference", rmst(tau))
}

/// Heading of a result: what is estimated, and of which groups.
#[must_use]
pub fn title(endpoint: &str, group: &str) -> String {
    if group.is_empty() {
        crate::capital(endpoint)
    } else {
        format!("{} by {group}", crate::capital(endpoint))
    }
}

/// The estimate of a group within the sentence.
#[must_use]
pub fn of_group(share: &str, (ci, interval): (&str, Option<&str>), whom: &str, patients: usize) -> String {
    let interval = interval.map_or_else(String::new, |interval| format!(" ({ci} {interval})"));
    if whom.is_empty() {
        format!("{share}%{interval} (n = {patients})")
    } else {
        format!("{share}%{interval} in {whom} (n = {patients})")
    }
}

/// The hazard ratio within the sentence; `which` names it.
#[must_use]
pub fn with_ratio(which: &str, shown: &str, ci: &str) -> String {
    format!("{which} {}", shown.replacen('(', &format!("({ci} "), 1))
}

/// The test within the sentence.
#[must_use]
pub fn tested(name: &str, p: &str) -> String {
    format!("{name} {p}")
}

/// The sentence.
#[must_use]
pub fn sentence(years: f64, endpoint: &str, groups: &[String], behind: &[String]) -> String {
    let groups = match groups {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        all => all.concat(),
    };
    let behind = if behind.is_empty() {
        String::new()
    } else {
        format!("; {}", behind.join("; "))
    };
    format!("{}-year {endpoint} was {groups}{behind}.", decimal(years, 2))
}

/// Behind the heading of results whose rows are not patients of a registry.
#[must_use]
pub const fn nature_chip(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "example data",
        Nature::Synthetic => "simulated data",
        Nature::Reconstructed => "reconstructed data",
    }
}

//! The words of what comes of digitised figures on the page: heads of tables, titles and captions of figures.

use cotside_core::evidence::{GroupAgreement, GroupTest};

use super::digitised::curve_of;
use super::p_value;
use crate::decimal;

/// Heads of the table of groups.
pub const GROUP_HEADS: [&str; 7] = [
    "Group",
    "Patients",
    "Events",
    "Competing",
    "Median",
    "Error (root mean square, most)",
    "At risk, largest difference",
];
/// Heading.
pub const BETWEEN: &str = "Between the groups";
/// A group’s ratio.
pub const HAZARD_RATIO: &str = "HR (95% CI)";
/// The cause-specific one.
pub const CAUSE_SPECIFIC: &str = "Cause-specific HR (95% CI)";
/// Of subdistributions.
pub const SUBDISTRIBUTION: &str = "Subdistribution HR (95% CI)";
/// Of a table.
pub const COMPARED: &str = "Compared";
/// Of a table.
pub const AGAINST_PRINTED: &str = "Against the printed ratio";
/// No number.
pub const NONE: &str = "–";
/// Saves the figure.
pub const SAVE_FIGURE: &str = "Save this figure (JSON)";
/// What the file needs.
pub const NEEDS_PROVENANCE: &str = "To save the figure, name study, figure, who digitised it and when.";
/// Curves of one figure in fractions and per cent.
pub const MIXED_UNITS: &str = "some curves are in per cent and others in fractions; give all in one unit";
/// The curve of an event is missing.
pub const NO_EVENT_CURVE: &str = "a group has a curve of competing events and none of the event";
/// Two tables at risk.
pub const TWO_TABLES: &str = "both curves of a group have numbers at risk, and they differ; give them once";
/// What the printed ratio needs.
pub const RATIO_NEEDS: (&str, &str) = ("hazard ratio", "numbers such as 0.62 and 0.40–0.95, and both groups");
/// There is no figure yet.
pub const NOTHING_TO_SAVE: &str = "there is no reconstruction yet";
/// The axis of incidence.
pub const INCIDENCE: &str = "Cumulative incidence (%)";
/// Heading.
pub const AGREEMENT: &str = "Agreement of two readings";
/// Heading of the drawing.
pub const TOGETHER: &str = "Drawn together";
/// Title of the drawing.
pub const TOGETHER_TITLE: &str = "Digitised figures, reconstructed";
/// What it is.
pub const TOGETHER_CAPTION: &str = "Reconstructed from published curves. Populations, eras and definitions differ: this is \
     not a comparison of treatments.";
/// Title of the drawing of two readings.
pub const AGREEMENT_TITLE: &str = "Difference between two readings";
/// The axis of differences.
pub const DIFFERENCE_AXIS: &str = "First − second (percentage points)";
/// The axis of time, in years.
pub const YEARS: &str = "Years";
/// Heads of the table of agreement.
pub const AGREEMENT_HEADS: [&str; 6] = [
    "Curve",
    "Patients, events",
    "Median",
    "Largest difference",
    "Mean difference",
    "Limits of agreement",
];
/// Heads of the table at the times of the numbers at risk.
pub const TIMES_HEADS: [&str; 5] = ["Curve", "Time", "First, %", "Second, %", "Difference, points"];
/// Heads of the table of ratios.
pub const RATIO_HEADS: [&str; 4] = ["HR", "First", "Second", "Second / first"];
/// What the two readings are.
pub const READINGS: [&str; 2] = ["First", "Second"];

/// The log-rank or Gray’s test of the groups.
#[must_use]
pub fn group_test(test: GroupTest, incidence: bool) -> String {
    let name = if incidence { "Gray’s test" } else { "Log-rank test" };
    format!(
        "{name}: χ² = {} on {} df, {}",
        decimal(test.chi2, 2),
        test.df,
        p_value(test.p)
    )
}

/// There is no test.
#[must_use]
pub fn no_group_test(incidence: bool) -> &'static str {
    if incidence {
        "Gray’s test does not exist for these rows."
    } else {
        "The log-rank test does not exist for these rows."
    }
}

/// Why groups are not compared.
#[must_use]
pub fn not_compared(why: &str) -> String {
    format!("Not compared: {why}.")
}

/// Why readings are not compared.
#[must_use]
pub fn no_agreement(why: &str) -> String {
    format!("The two are not compared as readings of one figure: {why}.")
}

/// Why a figure is not saved.
#[must_use]
pub fn not_saved(why: &str) -> String {
    format!("Not saved: {why}.")
}

/// A file of the library that is not read.
#[must_use]
pub fn not_opened(name: &str, why: &str) -> String {
    format!("{name}: {why}.")
}

/// A group against the reference.
#[must_use]
pub fn against(group: &str, reference: &str) -> String {
    format!("{group} against {reference}")
}

/// A curve that was read, in the figure.
#[must_use]
pub fn as_read(curve: &str) -> String {
    if curve.is_empty() {
        super::evidence_results::CURVE_READ.to_owned()
    } else {
        format!("{curve}, {}", super::evidence_results::CURVE_READ)
    }
}

/// Groups that only one reading has.
#[must_use]
pub fn alone(groups: &[String]) -> String {
    format!("In one reading only: {}.", groups.join(", "))
}

/// Percentage points with a sign.
#[must_use]
pub fn points(share: f64) -> String {
    let text = decimal(100.0 * share.abs(), 2);
    let sign = match text.trim_matches(['0', '.']).is_empty() {
        true => "",
        false if share < 0.0 => "−",
        false => "+",
    };
    format!("{sign}{text}")
}

/// The largest difference, where it is.
#[must_use]
pub fn largest(curve: &GroupAgreement, unit: &str) -> String {
    let found = curve.largest;
    format!(
        "{} points at {} {unit}",
        points(found.difference()),
        decimal(found.time, 2)
    )
}

/// Limits of agreement.
#[must_use]
pub fn limits((low, high): (f64, f64)) -> String {
    format!("{} to {} points", points(low), points(high))
}

/// Patients and events of both readings.
#[must_use]
pub fn counts(patients: [usize; 2], events: [usize; 2]) -> String {
    format!("{}, {} / {}, {}", patients[0], events[0], patients[1], events[1])
}

/// Medians of both readings.
#[must_use]
pub fn medians(median: [Option<f64>; 2]) -> String {
    let one = |median: Option<f64>| median.map_or_else(|| NONE.to_owned(), |median| decimal(median, 2));
    format!("{} / {}", one(median[0]), one(median[1]))
}

/// A curve of a group.
#[must_use]
pub fn curve(group: &str, of: cotside_core::evidence::CurveOf) -> String {
    match (group.trim().is_empty(), of) {
        (false, cotside_core::evidence::CurveOf::Survival) => group.to_owned(),
        (true, of) => curve_of(of).to_owned(),
        (false, of) => format!("{group}, {}", curve_of(of)),
    }
}

/// Root mean square and largest distance.
#[must_use]
pub fn error((square, largest): (f64, f64)) -> String {
    format!("{} %, {} %", decimal(100.0 * square, 2), decimal(100.0 * largest, 2))
}

/// What the drawing of two readings shows.
#[must_use]
pub fn agreement_description(curves: usize) -> String {
    format!("Difference between two readings of {curves} curves over time.")
}

/// What the drawing of several figures shows.
#[must_use]
pub fn together_description(figures: usize, curves: usize) -> String {
    format!("{curves} reconstructed curves of {figures} digitised figures.")
}

/// A curve of a study in a drawing of several.
#[must_use]
pub fn of_study(study: &str, by: &str, curve: &str) -> String {
    format!("{study} ({by}): {curve}")
}

/// The figure and its page.
#[must_use]
pub fn figure_and_page(figure: &str, page: &str) -> String {
    if page.is_empty() {
        figure.to_owned()
    } else {
        format!("{figure}, p. {page}")
    }
}

/// What the drawing of incidences shows.
#[must_use]
pub fn incidence_description(times: usize, events: u32) -> String {
    format!(
        "Cumulative incidence of {times} reconstructed times with {events} events, over the curves as they were read."
    )
}

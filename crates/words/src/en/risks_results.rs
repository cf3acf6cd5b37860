//! The words of competing risks and of transplant as a time-dependent event.

use super::p_values::p_in_sentence;
use super::survival_results::in_years;
use crate::{capital, decimal};
use cotside_core::survival::{Landmark, Scale};

// ---- Competing risks

/// Heading.
pub const COMPETING_RISKS: &str = "Competing risks";
/// Of a table.
pub const GROUP_AND_CAUSE: &str = "Group and cause";
/// Of a table.
pub const EVENTS: &str = "Events";
/// The axis of the figure.
pub const CUMULATIVE_INCIDENCE: &str = "Cumulative incidence";
/// Title of the figure.
pub const INCIDENCE_TITLE: &str = "Cumulative incidence by cause";
/// Below the table.
pub const INCIDENCE_KEY: &str = "Aalen–Johansen estimates; each cause is counted with the others competing. One minus Kaplan–Meier of one \
     cause alone would be too high.";

/// Head of the estimates at a time.
#[must_use]
pub fn at_years(years: f64, ci: &str) -> String {
    format!("At {} y, % ({ci})", decimal(years, 2))
}

/// A cause within a group.
#[must_use]
pub fn group_and_cause(group: &str, cause: &str) -> String {
    format!("{group}, {cause}")
}

/// An interval behind an incidence, in per cent.
#[must_use]
pub fn interval_behind(lower: &str, upper: &str) -> String {
    format!(" ({lower}–{upper})")
}

/// Gray’s test; `test` is its χ², df and P.
#[must_use]
pub fn gray(test: &str) -> String {
    format!("Gray’s test {test}")
}

/// What the figure shows.
#[must_use]
pub fn incidence_description(patients: usize, events: usize) -> String {
    format!("Aalen–Johansen estimates, {patients} patients, {events} events.")
}

/// Below the figure.
#[must_use]
pub fn incidence_caption(patients: usize, events: usize) -> String {
    format!("Aalen–Johansen; n = {patients}, events = {events}.")
}

/// Behind the caption, where there are bands.
#[must_use]
pub fn bands_of_incidence(ci: &str, scale: Scale) -> String {
    format!(
        " Bands: pointwise {ci}s ({} scale).",
        super::curve_results::scale(scale)
    )
}

// ---- Effect of the group on each cause

/// Of a table.
pub const CAUSE: &str = "Cause";
/// Of a table.
pub const PATIENTS_EVENTS: &str = "Patients (events)";
/// Of a table.
pub const SUBDISTRIBUTION: &str = "Subdistribution HR (Fine–Gray)";
/// Of a table.
pub const P_SUBDISTRIBUTION: &str = "P (Fine–Gray)";
/// Of a table.
pub const CAUSE_SPECIFIC: &str = "Cause-specific HR (Cox)";
/// Of a table.
pub const P_CAUSE_SPECIFIC: &str = "P (Cox)";
/// Before what is to be known of a model.
pub const FINE_GRAY: &str = "Fine–Gray";
/// Before what is to be known of a model.
pub const COX: &str = "Cox";
/// Why there is no ratio.
pub const NO_EVENT_IN_GROUP: &str = "no event in one of the groups";

/// Patients and events of a cause.
#[must_use]
pub fn patients_and_events(patients: usize, events: usize) -> String {
    format!("{patients} ({events})")
}

/// Heading.
#[must_use]
pub fn causes_heading(reference: &str) -> String {
    format!("Effect of group on each cause, reference {reference}")
}

// ---- Transplant

/// Heading.
pub const TRANSPLANT: &str = "Transplant as a time-dependent event";
/// Simon and Makuch’s curves.
pub const STATES: [&str; 2] = ["not transplanted so far", "after transplant"];
/// A test.
pub const MANTEL_BYAR: &str = "Mantel–Byar";
/// What the figure shows.
pub const SIMON_MAKUCH_DESCRIPTION: &str =
    "Each patient counts with the not transplanted until the transplant, and then with the others.";
/// Below the figure.
pub const SIMON_MAKUCH_CAPTION: &str =
    "Simon and Makuch 1984: patients change groups at transplant. Not a curve of a group of patients.";

/// Why transplants cannot be analysed.
#[must_use]
pub fn no_transplant_analysis(why: &str) -> String {
    format!("Transplant: {why}.")
}

/// A test or model with why it has no result.
#[must_use]
pub fn named(name: &str, found: &str) -> String {
    format!("{name}: {found}")
}

/// A landmark.
#[must_use]
pub fn landmark(years: f64) -> String {
    format!("Landmark at {} years", decimal(years, 2))
}

/// Events observed and expected after transplant.
#[must_use]
pub fn after_transplant(observed: f64, expected: f64, patients: usize, p: f64) -> String {
    format!(
        "observed {}, expected {} after transplant ({patients} patients), {}",
        decimal(observed, 1),
        decimal(expected, 1),
        p_in_sentence(p)
    )
}

/// Who is not in the landmark analysis.
#[must_use]
pub fn landmark_excludes(found: &Landmark) -> String {
    format!(
        "The landmark excludes {} with an event and {} no longer followed by then; {} transplanted later count as not \
         transplanted",
        found.excluded_events, found.excluded_censored, found.transplanted_later
    )
}

/// A curve whose risk set is empty for a while.
#[must_use]
pub fn empty_risk_set(curve: &str, years: f64) -> String {
    format!(
        "Curve “{curve}”: at {} years nobody is left at risk until others enter; from there the curve rests on an empty \
         risk set",
        decimal(years, 2)
    )
}

/// Title of the figure.
#[must_use]
pub fn simon_makuch_title(endpoint: &str) -> String {
    format!("{endpoint}, by transplant (Simon and Makuch)")
}

// ---- Sentences

/// What the two hazards of competing risks answer.
pub const TWO_HAZARDS: &str = "Fine and Gray’s model: how many have had this event by a time, all causes competing. Cox’s model of \
     the cause alone: the rate among those still event-free. The two can differ.";

/// Cumulative incidences of a cause at one time, each `group estimate (interval)`, with what Gray's test says where
/// there are groups.
#[must_use]
pub fn incidence_at(cause: &str, years: f64, estimates: &[String], gray: Option<&str>) -> String {
    let gray = gray.map_or_else(String::new, |gray| format!("; {gray}"));
    format!(
        "{} by {}: {}{gray}.",
        capital(cause),
        in_years(years),
        estimates.join(", ")
    )
}

//! The models of transplant as an event in time.

use cotside_core::cohort::Endpoint;

use super::survival_results::in_years;

/// Where time is counted from transplantation.
pub const ALL_TRANSPLANTED: &str = "Time is counted from transplantation, so that all patients here are transplanted and there is no \
     group to compare them with. Count time from diagnosis or first remission to compare transplant with no transplant.";

/// Name of transplant in a model in which it changes with time.
pub const TIME_DEPENDENT_TERM: &str = "transplant (time-dependent)";
/// Name of transplant in a model that begins at a landmark.
pub const LANDMARK_TERM: &str = "transplant by the landmark";

/// Of a table.
pub const TRANSPLANT_AS: &str = "Transplant as";
/// Of a table.
pub const PATIENTS_EVENTS: &str = "Patients (events)";
/// Of a table.
#[must_use]
pub fn hazard_ratio(ci: &str) -> String {
    format!("HR ({ci})")
}
/// Of a table.
pub const P: &str = "P";
/// Of a table.
pub const TERM: &str = "Variable";
/// A row of the table.
pub const AS_TIME_DEPENDENT: &str = "Time-dependent covariate";
/// In place of a hazard ratio.
pub const NOT_ESTIMABLE: &str = "not estimable";
/// In place of a hazard ratio where no patient is followed.
pub const NOBODY_LEFT: &str = "no patient left";
/// The fold with all terms.
pub const TERMS: &str = "All variables of the adjusted time-dependent model";

/// What a time-dependent covariate means.
pub const MEANING: &str = "Time-dependent: each patient counts as not transplanted until the day of transplant and as transplanted \
     from then on. The hazard ratio compares the hazards at the same time of those transplanted so far and those not (yet) \
     transplanted; it is no comparison of two groups of patients and has no survival curve of its own. Patients are chosen for \
     transplant: adjustment removes only differences in the variables of the model (confounding by indication).";

/// Where no covariate is chosen.
pub const CHOOSE_VARIABLES: &str =
    "To adjust for other variables, choose them under Cox regression, Variables of the adjusted model.";

/// A row of the table.
#[must_use]
pub fn as_landmark(years: f64) -> String {
    format!("Landmark at {}", in_years(years))
}

/// A model of transplant alone.
#[must_use]
pub fn unadjusted(name: &str) -> String {
    format!("{name}, unadjusted")
}

/// A model of transplant beside other variables.
#[must_use]
pub fn adjusted(name: &str) -> String {
    format!("{name}, adjusted")
}

/// Patients and events.
#[must_use]
pub fn patients_and_events(patients: usize, events: usize) -> String {
    format!("{patients} ({events})")
}

/// What the models are adjusted for.
#[must_use]
pub fn adjusted_for(names: &[&str]) -> String {
    format!(
        "Adjusted for the variables chosen under Cox regression: {}; patients of whom all are known.",
        names.join(", ")
    )
}

/// Covariates that are in no model.
#[must_use]
pub fn one_level(names: &[&str]) -> String {
    format!(
        "Not in the model, as all these patients have one value: {}.",
        names.join(", ")
    )
}

/// Why there is nothing to compare.
#[must_use]
pub fn none_during_follow_up(later: usize) -> String {
    if later == 0 {
        return "Nobody was transplanted during follow-up.".to_owned();
    }
    format!(
        "Nobody was transplanted before the event that ends follow-up; {later} later. Overall survival counts transplants after \
         relapse too."
    )
}

/// Which transplants count.
#[must_use]
pub fn counted(endpoint: Endpoint, later: usize, after_death: usize) -> String {
    let mut sentences = vec![match endpoint {
        Endpoint::OverallSurvival => "All transplants during follow-up count, also those after relapse.".to_owned(),
        _ => format!(
            "Only transplants before the first event count (in first remission); {later} after it count as not transplanted."
        ),
    }];
    if after_death > 0 {
        sentences.push(format!(
            "{after_death} with a date of transplantation after death are left out."
        ));
    }
    sentences.join(" ")
}

/// The sentence of the methods: what the models of transplant are adjusted for.
#[must_use]
pub fn methods(names: &[&str]) -> String {
    format!(
        "The time-dependent and the landmark model of transplant were also adjusted for {}.",
        names.join(", ")
    )
}

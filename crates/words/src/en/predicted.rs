//! The words of predictions for given values: the controls, the refusals, the tables and figures, the methods.

use cotside_core::survival::cox::Ties;
use cotside_core::survival::{Scale, TimeDistribution};

use super::curve_results::scale;
use super::parametric_results::distribution;
use crate::decimal;

// ---- The controls

/// The fold, and the heading of what is predicted.
pub const HEADING: &str = "Predicted survival for given values";
/// In the fold where no variable is chosen.
pub const NEEDS_VARIABLES: &str = "Tick variables of the adjusted model first.";
/// In the fold: what is to be given.
pub const NOTE: &str = "Give a value for each variable of the adjusted model. Nothing is predicted until then.";
/// The button for another set of values.
pub const ADD: &str = "Add a profile";
/// The button that takes one away.
pub const REMOVE: &str = "Remove";
/// No level is chosen yet.
pub const CHOOSE: &str = "choose";

/// A set of values, by its number.
#[must_use]
pub fn profile(number: usize) -> String {
    format!("Profile {number}")
}

/// A number with its unit, where its name does not end with it.
#[must_use]
pub fn with_unit(name: &str, unit: &str) -> String {
    if name.ends_with(unit) {
        name.to_owned()
    } else {
        format!("{name} ({unit})")
    }
}

/// A stratum of the model.
#[must_use]
pub fn stratum_of(name: &str) -> String {
    format!("Stratum: {name}")
}

// ---- What is said

/// Above everything that is predicted.
pub const WARNING: &str = "A prediction describes the group of patients with these values in this cohort. It is no advice for treatment, and it \
     has not been validated for a child.";

/// Where no variable is in the model.
pub const NO_MODEL: &str = "No prediction: no variable is in the adjusted model. Tick variables of the adjusted model.";

/// What is wrong with a profile, behind its name.
#[must_use]
pub fn of_profile(number: usize, why: &str) -> String {
    format!("{}: {why}", profile(number))
}

/// Values are missing.
#[must_use]
pub fn missing(names: &[String]) -> String {
    format!("give a value for {}.", names.join("; "))
}

/// A text that is not a number.
#[must_use]
pub fn no_number(name: &str, text: &str) -> String {
    format!("“{text}” is no number. Give {name} as a number such as 1.5.")
}

/// A number that has no logarithm.
#[must_use]
pub fn no_logarithm(name: &str, text: &str) -> String {
    format!("{name} is on a logarithmic scale in the model, and {text} has no logarithm. Give a number above 0.")
}

/// A level that no patient of the model has.
#[must_use]
pub fn no_level(name: &str, text: &str, levels: &[&str]) -> String {
    format!(
        "no patient of the model has {name} “{text}”. Choose one of {}.",
        levels.join(", ")
    )
}

/// A stratum in which no patient of the model is.
#[must_use]
pub fn no_stratum(stratum: &str) -> String {
    format!(
        "no patient of the model is in the stratum {stratum}, which therefore has no baseline hazard. Choose another one."
    )
}

/// A number outside the range of the patients of the model.
#[must_use]
pub fn beyond(number: usize, name: &str, value: &str, [least, most]: &[String; 2]) -> String {
    of_profile(
        number,
        &format!(
            "{name} {value} is outside the range of this cohort ({least} to {most}); its prediction is an extrapolation."
        ),
    )
}

/// No prediction: an error of the model behind it.
#[must_use]
pub fn no_prediction(why: &str) -> String {
    format!("No prediction: {why}.")
}

/// Terms without a finite estimate.
#[must_use]
pub fn not_finite(terms: &[String]) -> String {
    format!(
        "No prediction: {} has no finite estimate. Leave the variable out, or merge its levels.",
        terms.join("; ")
    )
}

/// A profile with its values: "Profile 1: Sex male; Age in days 90".
#[must_use]
pub fn told(number: usize, values: &[(String, String)]) -> String {
    let values: Vec<String> = values.iter().map(|(name, value)| format!("{name} {value}")).collect();
    of_profile(number, &values.join("; "))
}

// ---- Tables and figures

/// Head of the profiles.
pub const PROFILE: &str = "Given values";

/// Below the table of predicted survival.
pub const SURVIVAL_KEY: &str = "From the adjusted model of Cox regression; the interval holds for the group with these values, not for one patient.";

/// Heading of the predicted incidence of a cause.
#[must_use]
pub fn incidence_heading(cause: &str) -> String {
    format!("Predicted cumulative incidence: {cause}")
}

/// Below the table of predicted incidence.
pub const INCIDENCE_KEY: &str = "From the Fine–Gray model of the same variables; the variance does not include the estimation of the censoring weights.";

/// Why the model of a cause predicts nothing for a profile.
pub const NO_INCIDENCE: &str = "the Fine–Gray model has no finite estimate for these values.";

/// Heading of what the parametric model predicts.
#[must_use]
pub fn times_heading(of: TimeDistribution) -> String {
    format!("{HEADING}, {} model", distribution(of))
}

/// Heading of a column: the time by which so many per cent have had the event.
#[must_use]
pub fn quantile_years(percent: f64, ci: &str) -> String {
    if percent == 50.0 {
        return format!("Median, y ({ci})");
    }
    format!("{}% with the event, y ({ci})", decimal(percent, 2))
}

/// The value of a figure: "predicted event-free survival".
#[must_use]
pub fn predicted(what: &str) -> String {
    format!("predicted {what}")
}

/// The value of the figure of a cause.
#[must_use]
pub fn predicted_incidence(cause: &str) -> String {
    format!("predicted cumulative incidence of {cause}")
}

/// What the figure of survival shows.
pub const DESCRIPTION: &str = "Survival predicted for given values over time.";
/// What the figure of a cause shows.
pub const INCIDENCE_DESCRIPTION: &str = "Cumulative incidence of one cause, predicted for given values over time.";

/// Below a figure: the model, its patients and events, each profile with its values, and what of these is an extrapolation.
#[must_use]
pub fn caption(
    model: &str,
    variables: &[String],
    [patients, events]: [usize; 2],
    profiles: &[String],
    extrapolated: &[String],
    shaded: Option<&str>,
) -> String {
    let extrapolated: String = extrapolated.iter().map(|sentence| format!(" {sentence}")).collect();
    let shaded = shaded.map_or_else(String::new, |ci| format!(" Shaded: pointwise {ci}s."));
    format!(
        "Predicted by {model} with {} (n = {patients}, events = {events}). {}.{extrapolated}{shaded} Each curve is that of the group with these values in \
         this cohort.",
        variables.join("; "),
        profiles.join(". ")
    )
}

/// The model of a caption.
pub const BY_COX: &str = "Cox regression";
/// The model of a caption.
pub const BY_FINE_GRAY: &str = "the Fine–Gray model";

// ---- Methods

/// How survival was predicted by Cox's model.
#[must_use]
pub fn method(ties: Ties, stratified: bool, level: f64, of: Scale) -> String {
    let hazard = match ties {
        Ties::Efron => "Efron’s",
        Ties::Breslow | Ties::Exact => "Breslow’s",
    };
    let stratum = if stratified { " of the stratum" } else { "" };
    format!(
        "Survival for given values was predicted from the adjusted Cox model with {hazard} estimate of the baseline hazard{stratum}; its \
         variance (Tsiatis) includes the estimation of the coefficients, and the {}% CIs are on the {} scale.",
        decimal(level, 6),
        scale(of)
    )
}

/// How the incidence of a cause was predicted.
#[must_use]
pub fn incidence_method(cause: &str) -> String {
    format!(
        "The cumulative incidence of {cause} for these values was predicted from the Fine–Gray model as 1 − exp(−cumulative \
         subdistribution hazard), with the same variance from the robust variance of the coefficients."
    )
}

/// How the parametric model predicted.
pub const TIMES_METHOD: &str = "Survival and quantiles for given values were predicted from the parametric model by the delta method; CIs of survival \
     are symmetric for the standardised logarithm of time, those of quantiles for the logarithm of time.";

/// Source of the variance of predicted survival.
pub const SOURCE: &str = "Tsiatis AA. Ann Stat 1981;9:93–108 (variance of survival predicted by Cox regression).";

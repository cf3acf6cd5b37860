//! The words of parametric models: distributions, ratios of times and hazards, the fitted curves.

use cotside_core::survival::TimeDistribution;

use crate::capital;

/// Heading.
pub const PARAMETRIC: &str = "Parametric models";
/// Name of the setting.
pub const DISTRIBUTION: &str = "Distribution of times";
/// Of a table.
pub const DISTRIBUTION_HEAD: &str = "Distribution";
/// Of a table.
#[must_use]
pub fn time_ratio(ci: &str) -> String {
    format!("Time ratio ({ci})")
}

/// Of a table.
#[must_use]
pub fn hazard_ratio(ci: &str) -> String {
    format!("HR ({ci})")
}

/// Of a table.
pub const LOGLIK: &str = "Log-likelihood";
/// Of a table.
pub const PARAMETERS: &str = "Parameters";
/// Of a table.
pub const AIC: &str = "AIC";
/// Of a table.
pub const BIC: &str = "BIC";
/// Below an estimate of the model.
pub const BY_KAPLAN_MEIER: &str = "Kaplan–Meier";
/// Behind the distribution of the tables above.
pub const SHOWN_HERE: &str = " (above)";
/// Behind the distribution with the smallest AIC.
pub const LOWEST_AIC: &str = ", smallest AIC";
/// Heading.
pub const WHICH_FITS: &str = "Distributions compared";
/// Heading.
pub const GROUPS_HEADING: &str = "Groups";
/// Heading.
pub const ADJUSTED_HEADING: &str = "Variables together";
/// Heading.
pub const SURVIVAL_HEADING: &str = "Survival by the model and by Kaplan–Meier";
/// Below the tables.
pub const KEY: &str = "A time ratio above 1 means that times to the event are longer, by this factor. A hazard ratio exists where the \
     distribution has proportional hazards: exponential and Weibull. All Wald intervals; those of survival are symmetric on the scale of \
     the standardised logarithm of time.";
/// Below the comparison of distributions.
pub const AIC_KEY: &str = "All four of the same patients and variables. The smaller AIC fits better; differences below 2 say little. No \
     distribution of these levels off: where part of the patients is cured, a curve of them falls too low in the end.";
/// Where no variable is chosen for Cox’s regression.
pub const NO_VARIABLES: &str =
    "Choose variables of the adjusted model under Cox regression to see them together in this model.";
/// What parametric models leave out of what Cox’s model takes.
pub const NO_STRATA: &str = "Strata of the Cox model are not in this model: its patients have one distribution.";
/// What parametric models leave out of what Cox’s model takes.
pub const NO_CLUSTERS: &str = "Standard errors are those of the likelihood; clusters are not used here.";
/// Nobody has a time above 0.
pub const NOBODY: &str =
    "No patient has a time above 0 and all that the model asks for. Choose other variables, or none.";

/// A distribution.
#[must_use]
pub fn distribution(distribution: TimeDistribution) -> &'static str {
    match distribution {
        TimeDistribution::Weibull => "Weibull",
        TimeDistribution::Exponential => "exponential",
        TimeDistribution::LogNormal => "log-normal",
        TimeDistribution::LogLogistic => "log-logistic",
    }
}

/// A distribution by its code in files, for the control.
#[must_use]
pub fn distribution_choice(code: &str) -> &'static str {
    match code {
        "weibull" => "Weibull",
        "exponential" => "exponential",
        "lognormal" => "log-normal",
        "loglogistic" => "log-logistic",
        _ => "",
    }
}

/// Above the figure.
#[must_use]
pub fn caption(endpoint: &str, of: TimeDistribution, patients: usize, events: usize) -> String {
    format!(
        "{} model of {endpoint} (accelerated failure time), {patients} patients, {events} events.",
        capital(distribution(of))
    )
}

/// Heading of the ratios of groups.
#[must_use]
pub fn groups_against(reference: &str) -> String {
    format!("{GROUPS_HEADING}, reference {reference}")
}

/// Why a model of a distribution does not exist, behind its name.
#[must_use]
pub fn no_model_of(of: TimeDistribution, why: &str) -> String {
    format!("{}: no model: {why}.", capital(distribution(of)))
}

/// Title of the figure.
#[must_use]
pub fn title(endpoint: &str, of: TimeDistribution) -> String {
    format!("{}, {} model over Kaplan–Meier", capital(endpoint), distribution(of))
}

/// What the figure shows.
#[must_use]
pub fn description(of: TimeDistribution, patients: usize, events: usize) -> String {
    format!(
        "Kaplan–Meier estimates as thin steps, the {} model as full lines with bands; {patients} patients, {events} events.",
        distribution(of)
    )
}

/// Below the figure.
#[must_use]
pub fn figure_caption(
    of: TimeDistribution,
    patients: usize,
    events: usize,
    by_groups: bool,
    shaded: Option<&str>,
) -> String {
    let shaded = shaded.map_or_else(String::new, |ci| format!(", {ci} shaded"));
    let groups = if by_groups {
        ", with the groups as covariate"
    } else {
        ""
    };
    format!(
        "Thin steps: Kaplan–Meier. Full lines: {} model{groups}{shaded}; n = {patients}, events = {events}. At risk: those in the \
         model.",
        distribution(of)
    )
}

/// A group by the model.
#[must_use]
pub fn by_model(group: &str, of: TimeDistribution) -> String {
    format!("{group}, {}", distribution(of))
}

/// The methods.
#[must_use]
pub fn methods(of: TimeDistribution, adjusted: &[String], entered: bool, weighted: bool) -> String {
    let variables = if adjusted.is_empty() {
        String::new()
    } else {
        format!(" of {}", adjusted.join(", "))
    };
    let entry = if entered {
        "; with delayed entry the likelihood was that of the time given survival to entry"
    } else {
        ""
    };
    let weights = if weighted {
        "; case weights multiplied the log-likelihood"
    } else {
        ""
    };
    let hazards = if of.has_proportional_hazards() {
        ", and hazard ratios as exp(−coefficient/scale) with intervals by the delta method"
    } else {
        ""
    };
    format!(
        "A parametric ({}, accelerated failure time) model{variables} was fitted by maximum likelihood{entry}{weights}; time ratios are \
         given with Wald intervals{hazards}. Exponential, Weibull, log-normal and log-logistic distributions are ranked by AIC.",
        distribution(of)
    )
}

/// The source.
pub const SOURCE: &str = "Kalbfleisch JD, Prentice RL. The Statistical Analysis of Failure Time Data, 2nd ed. 2002 (parametric models, left truncation).";

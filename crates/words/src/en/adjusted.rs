//! The words of adjusted curves and of mixture cure models.

use crate::en::p_in_sentence;
use crate::{decimal, fixed};

/// "a, b and c", or "a, per month; b" where a name has a comma.
fn listed(names: &[String]) -> String {
    match names {
        names if names.iter().any(|name| name.contains(',')) => names.join("; "),
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}

// ---- Adjusted curves

/// The heading.
pub const ADJUSTED: &str = "Adjusted survival";
/// Nothing is compared.
pub const NEEDS_GROUPS: &str = "Adjusted curves compare groups. Choose what to group by on the left.";
/// No covariate is chosen.
pub const NEEDS_COVARIATES: &str =
    "Choose the variables to adjust for: those of the model of Cox regression, beside the groups.";
/// Nothing differs.
pub const NOTHING_DIFFERS: &str =
    "Among the patients of whom all variables are known there is one group, or no variable differs.";
/// The control of how the groups enter the model.
pub const GROUP_AS: &str = "Groups in the model as";
/// Column of the estimates without a model.
pub const UNADJUSTED: &str = "Kaplan–Meier, same patients (%)";
/// Column of the adjusted estimates.
#[must_use]
pub fn adjusted_estimate(ci: &str) -> String {
    format!("Adjusted ({ci}), %")
}

/// Column of differences.
#[must_use]
pub fn adjusted_difference(ci: &str) -> String {
    format!("Adjusted difference ({ci}), percentage points")
}

/// In place of a difference, in the row of the reference.
pub const REFERENCE: &str = "reference";
/// The description of the figure.
pub const DESCRIPTION: &str = "Adjusted survival curves of the groups over time.";

/// Words of the values of settings, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    const VALUES: &[(&str, &str)] = &[
        ("covariate", "a covariate (proportional hazards)"),
        ("strata", "strata (own baseline hazards)"),
        ("none", "none"),
        ("weibull", "Weibull"),
        ("exponential", "exponential"),
        ("lognormal", "log-normal"),
        ("loglogistic", "log-logistic"),
        ("by-group", "groups differ in both"),
        ("same", "groups differ in the fraction alone"),
    ];
    let found = VALUES.iter().find(|(known, _)| *known == code);
    found.map_or("", |(_, words)| words)
}

/// No model: an error of the regression behind it.
#[must_use]
pub fn no_adjusted(why: &str) -> String {
    format!("No adjusted curves: {why}.")
}

/// A coefficient has no finite estimate.
#[must_use]
pub fn not_finite(terms: &[String]) -> String {
    format!(
        "No adjusted curves: {} has no finite estimate. Leave the variable out, merge its levels, or take the groups as strata.",
        listed(terms)
    )
}

/// The same for the command line.
#[must_use]
pub fn no_estimate_of(terms: &[String]) -> String {
    format!(
        "no adjusted curves: {} has no finite estimate; leave the column out, or merge its levels with --levels",
        listed(terms)
    )
}

/// A group that occurs in one of the strata only.
#[must_use]
pub fn no_stratum(group: &str) -> String {
    format!(
        "No adjusted curves: in one of the strata there is nobody of {group}, so that it has no baseline hazard there. Take the \
         groups as a covariate, or fewer strata."
    )
}

/// The title of the figure.
#[must_use]
pub fn title(endpoint: &str, names: &[String]) -> String {
    format!("{endpoint}, adjusted for {}", listed(names))
}

/// The caption of the figure; `shaded` says which intervals are drawn, if any.
#[must_use]
pub fn caption(
    names: &[String],
    [patients, events]: [usize; 2],
    strata: bool,
    shaded: Option<&str>,
    few_times: Option<usize>,
) -> String {
    let groups = if strata {
        "The groups are strata of the model."
    } else {
        "The groups are a covariate of the model."
    };
    let shaded = shaded.map_or_else(String::new, |ci| format!(" Shaded: pointwise {ci}s."));
    let times = few_times.map_or_else(String::new, |count| format!(" Drawn at {count} times."));
    format!(
        "Survival predicted by Cox regression, averaged over all {patients} patients ({events} events) as if each were in the \
         group, adjusted for {}. {groups}{shaded} Below: patients observed in the group.{times}",
        listed(names)
    )
}

/// Who is in the model.
#[must_use]
pub fn included(patients: usize, events: usize, left_out: usize) -> String {
    let rest = match left_out {
        0 => String::new(),
        1 => " 1 patient with a variable not known is left out.".to_owned(),
        count => format!(" {count} patients with a variable not known are left out."),
    };
    format!("{patients} patients, {events} events.{rest}")
}

/// A sentence for the paper about one group against the reference.
#[must_use]
pub fn sentence(
    endpoint: &str,
    names: &[String],
    year: f64,
    [group, reference]: [&str; 2],
    [of_group, of_reference]: [&str; 2],
) -> String {
    format!(
        "Adjusted for {}: {endpoint} at {} years was {of_group} in {group} and {of_reference} in {reference}",
        listed(names),
        decimal(year, 2)
    )
}

/// Behind it the difference.
#[must_use]
pub fn with_difference(difference: &str, p_of: f64) -> String {
    format!(" (difference {difference} percentage points; {})", p_in_sentence(p_of))
}

/// The sentence of methods.
#[must_use]
pub fn adjusted_method(names: &[String], strata: bool) -> String {
    let groups = if strata {
        "stratified by the groups"
    } else {
        "with the groups as a covariate"
    };
    format!(
        "Adjusted survival curves are averages, over all patients, of the survival predicted by Cox regression {groups} and \
         adjusted for {}, as if each patient were in the group in question; their standard errors are those of the delta method, \
         from the baseline hazard and the coefficients, the patients’ covariates being taken as given.",
        listed(names)
    )
}

/// Under the table.
pub const ADJUSTED_KEY: &str = "Adjusted: the average over all patients of this model, not over those of the group. The differences \
     take the joint variance of both averages.";

// ---- Mixture cure models

/// The heading.
pub const CURE: &str = "Fraction cured";
/// The control of the distribution.
pub const DISTRIBUTION: &str = "Cure model, times";
/// No model is asked for.
pub const NO_MODEL: &str =
    "No model is fitted. Where the plateau is believable, choose a distribution of the times of those not cured.";
/// The control of the times of the groups.
pub const TIMES: &str = "Groups";
/// Where nobody has the event.
pub const NO_EVENT: &str = "No event: there is nothing to model.";
/// What the model says, above all numbers.
pub const WARNING: &str = "A cure model assumes that a fraction of the patients never has the event. It cannot be tested by it: it is believable only where \
     follow-up is long after the last event and the curve has a plateau. Read the plateau first.";
/// The heading of the table of plateaus.
pub const PLATEAU: &str = "Is there a plateau?";
/// Column: the last event.
pub const LAST_EVENT: &str = "Last event (years)";
/// Column: the last time.
pub const LAST_TIME: &str = "Longest follow-up (years)";
/// Column: followed beyond.
pub const BEYOND: &str = "Event-free beyond the last event";
/// Column: Maller and Zhou's alpha.
pub const ALPHA: &str = "Maller–Zhou α";
/// Under the table of plateaus.
pub const PLATEAU_KEY: &str = "α: how likely a tail so long without events would be if follow-up were too short to show late events. Above 0.05 \
     the follow-up does not support a plateau. It says nothing on whether the model fits.";
/// The heading of the table of fractions.
pub const FRACTIONS: &str = "Fraction cured by the model";
/// Column: the fraction.
#[must_use]
pub fn fraction(ci: &str) -> String {
    format!("Fraction cured ({ci}), %")
}

/// Column: odds ratio.
#[must_use]
pub fn odds_ratio(ci: &str) -> String {
    format!("Odds ratio of not being cured ({ci})")
}

/// Column: median time of those not cured.
pub const MEDIAN: &str = "Median time of those not cured (years)";
/// The heading of the comparison of distributions.
pub const DISTRIBUTIONS: &str = "Distributions compared";
/// Column: distribution.
pub const DISTRIBUTION_COLUMN: &str = "Distribution";
/// Column: log-likelihood.
pub const LOGLIK: &str = "Log-likelihood";
/// Column: Akaike's criterion.
pub const AIC: &str = "AIC";
/// Column: the same without cure.
pub const AIC_WITHOUT: &str = "AIC without cure";
/// Under that table.
pub const DISTRIBUTIONS_KEY: &str = "The smaller the AIC, the closer the model to the data for its parameters. The fraction cured depends on the \
     distribution: where the rows differ, so does what the data can say of cure.";
/// The description of the figure.
pub const CURE_DESCRIPTION: &str = "Kaplan–Meier curves with the curves of a mixture cure model over them.";
/// In place of an interval that holds every fraction.
pub const NOT_DETERMINED: &str = "not determined";
/// A model has no estimates.
pub const NONE: &str = "–";

/// No model.
#[must_use]
pub fn no_cure_model(why: &str) -> String {
    format!("No cure model: {why}.")
}

/// The title of the figure.
#[must_use]
pub fn cure_title(endpoint: &str) -> String {
    format!("{endpoint}: mixture cure model")
}

/// The caption of the figure.
#[must_use]
pub fn cure_caption(distribution: &str, [patients, events]: [usize; 2]) -> String {
    format!(
        "Mixture cure model with {distribution} times, over Kaplan–Meier curves (thin steps); {patients} patients, {events} events."
    )
}

/// What the model found.
#[must_use]
pub fn cure_sentence(endpoint: &str, group: &str, fraction: &str) -> String {
    let of = if group.is_empty() {
        String::new()
    } else {
        format!(" in {group}")
    };
    format!("By the mixture cure model for {endpoint}, the fraction cured{of} was {fraction}.")
}

/// The sentence of methods.
#[must_use]
pub fn cure_method(distribution: &str, compares: bool, by_group: bool) -> String {
    let groups = match (compares, by_group) {
        (false, _) => "",
        (true, true) => " Fraction and times may differ between groups; the shape of the times is the same in all.",
        (true, false) => " The fraction may differ between groups; the times of those not cured have one distribution.",
    };
    format!(
        "The fraction cured was estimated by a mixture cure model with {distribution} times of those not cured (maximum likelihood; \
         intervals on the logit scale).{groups} Sufficient follow-up was judged by Maller and Zhou’s α."
    )
}

/// A ratio with its interval.
#[must_use]
pub fn ratio(ratio: f64, interval: Option<(f64, f64)>, p_of: Option<f64>) -> String {
    let ends = interval.map_or_else(String::new, |(lower, upper)| {
        format!(" ({}–{})", fixed(lower, 2), fixed(upper, 2))
    });
    let p_of = p_of.map_or_else(String::new, |value| format!("; {}", p_in_sentence(value)));
    format!("{}{ends}{p_of}", fixed(ratio, 2))
}

/// Times of 0 in a model of logarithms.
#[must_use]
pub fn at_zero(count: usize) -> String {
    match count {
        1 => "1 time of 0 is taken as half a day: the model is one of logarithms of time.".to_owned(),
        count => format!("{count} times of 0 are taken as half a day: the model is one of logarithms of time."),
    }
}

/// Head of a column with the fraction of a group.
#[must_use]
pub fn fraction_of(group: &str, ci: &str) -> String {
    if group.is_empty() {
        fraction(ci)
    } else {
        format!("{group}: cured ({ci}), %")
    }
}

/// "41.2% (95% CI 32.1–50.9)".
#[must_use]
pub fn percent_with_interval(share: &str, limits: Option<(String, String)>, ci: &str) -> String {
    let limits = limits.map_or_else(String::new, |(lower, upper)| format!(" ({ci} {lower}–{upper})"));
    format!("{share}%{limits}")
}

/// The same times without cure are as close to the data.
#[must_use]
pub fn not_needed(aic: &str, without: &str) -> String {
    format!(
        "Without a cured fraction this distribution describes the data at least as well (AIC {without} against {aic}): they do not speak for \
         cure."
    )
}

/// Follow-up of groups that does not support a cured fraction.
#[must_use]
pub fn short_follow_up_of(groups: &[String]) -> String {
    format!(
        "In {} follow-up may be too short to tell cured patients from late events (Maller and Zhou's α above 0.05).",
        listed(groups)
    )
}

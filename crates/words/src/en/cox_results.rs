//! The words of Cox regression: models, the check of proportional hazards, subgroups.

use super::cox_error;
use super::p_values::p_in_sentence;
use crate::decimal;
use cotside_core::survival::Concordance;
use cotside_core::survival::cox::{CoxError, CoxFit, CoxWarning, Term};

/// Heading.
pub const COX: &str = "Cox regression";
/// Heading of the model of several variables.
pub const ADJUSTED_MODEL: &str = "Adjusted model";
/// Of a table.
pub const VARIABLE: &str = "Variable";
/// Of a table.
pub const N_EVENTS: &str = "n (events)";
/// Of a table.
#[must_use]
pub fn unadjusted(ci: &str) -> String {
    format!("Unadjusted HR ({ci})")
}
/// Of a table.
pub const P_UNADJUSTED: &str = "P (unadjusted)";
/// Of a table.
#[must_use]
pub fn adjusted(ci: &str) -> String {
    format!("Adjusted HR ({ci})")
}
/// Of a table.
pub const P_ADJUSTED: &str = "P (adjusted)";
/// The level with which the others are compared, in a figure.
pub const REFERENCE_RATIO: &str = "1";
/// In place of what does not exist.
pub const NONE: &str = "–";
/// An end of an interval that was not found.
pub const NOT_FOUND: &str = "not found";
/// There is nothing to fit.
pub const NO_EVENT: &str = "No patient has an event; no model can be fitted.";
/// Variables that have no row.
#[must_use]
pub fn not_listed(names: &[&str]) -> String {
    format!(
        "Not listed, because all patients with a known value have the same one: {}.",
        names.join(", ")
    )
}

/// Patients whose value is missing.
#[must_use]
pub fn missing(count: usize) -> String {
    if count > 0 {
        format!("missing {count}")
    } else {
        String::new()
    }
}

/// The sentence of a model with its hazard ratios.
#[must_use]
pub fn with_ratios(model: &str, ratios: &[String], ci: &str) -> String {
    if ratios.is_empty() {
        model.to_owned()
    } else {
        format!("{model} Hazard ratios ({ci}): {}.", ratios.join("; "))
    }
}

/// Why there is no model.
#[must_use]
pub fn no_model(why: &str) -> String {
    format!("No model: {why}.")
}

/// A hazard ratio with its interval.
#[must_use]
pub fn ratio_with(ratio: &str, lower: &str, upper: &str) -> String {
    format!("{ratio} ({lower}–{upper})")
}

/// A variable of which the unadjusted estimates are Firth’s.
#[must_use]
pub fn penalised_unadjusted(variable: &str) -> String {
    format!("{variable}, unadjusted")
}

/// The variables of the adjusted model whose estimates are Firth’s.
#[must_use]
pub fn penalised_adjusted(variables: &[String]) -> String {
    format!("{}, adjusted", variables.join(", "))
}

// ---- The forest of hazard ratios

/// What the ratios are of.
#[must_use]
pub const fn model_kind(adjusted: bool) -> &'static str {
    if adjusted { "adjusted" } else { "unadjusted" }
}

/// Title.
#[must_use]
pub fn forest_title(endpoint: &str, kind: &str) -> String {
    format!("Hazard ratios of {endpoint}, {kind}")
}

/// What the figure shows.
#[must_use]
pub fn forest_description(kind: &str, ci: &str) -> String {
    format!("Cox regression, {kind}; {ci}s; to the right of 1 events come earlier.")
}

/// Below the figure.
#[must_use]
pub fn forest_caption(kind: &str, penalised: bool, ci: &str) -> String {
    let firth = if penalised { "; Firth: penalised likelihood" } else { "" };
    format!(
        "Cox regression, {kind}; {ci}s{firth}; squares of levels by information (1/variance of the log ratio); hollow: reference, or an interval that is not closed."
    )
}

/// The axis of ratios.
pub const HAZARD_RATIO: &str = "Hazard ratio";
/// The same within a sentence.
pub const HAZARD_RATIO_IN_SENTENCE: &str = "hazard ratio";
/// Head of a column.
#[must_use]
pub fn hr(ci: &str) -> String {
    format!("HR ({ci})")
}
/// The sides of the axis.
pub const SIDES: [&str; 2] = ["← lower hazard", "higher hazard →"];

// ---- Proportional hazards

/// Heading.
pub const PROPORTIONAL_HAZARDS: &str = "Proportional hazards";
/// Of a table.
pub const DF: &str = "df";
/// What residuals over time show.
pub const RESIDUALS: &str = "Scaled Schoenfeld residuals; level where the hazard ratio is constant.";
/// Below residuals with a smooth line.
#[must_use]
pub fn residuals_caption(ci: &str) -> String {
    format!(
        "Scaled Schoenfeld residuals; natural spline with four degrees of freedom on 1 − Kaplan–Meier, band: pointwise {ci}; \
         dashed: the constant estimate."
    )
}
/// Below residuals without one.
pub const RESIDUALS_CAPTION_WITHOUT_LINE: &str =
    "Scaled Schoenfeld residuals; too few event times for a smooth line; dashed: the constant estimate.";
/// The axis of residuals.
pub const LOG_HAZARD_RATIO: &str = "Log hazard ratio";
/// What they show.
pub const LOG_LOG: &str = "Parallel where hazards are proportional.";
/// Below them.
pub const LOG_LOG_CAPTION: &str = "log(−log Kaplan–Meier) against time on a logarithmic axis.";
/// Below them where a group has no event.
pub const LOG_LOG_CAPTION_WITHOUT_EVENT: &str =
    "log(−log Kaplan–Meier) against time on a logarithmic axis; a group without an event has no line.";
/// Their axis.
pub const LOG_LOG_AXIS: &str = "log(−log survival)";

/// Title of the log-minus-log curves.
#[must_use]
pub fn log_log_title(endpoint: &str) -> String {
    format!("log(−log) of {endpoint}, by group")
}

/// Title of residuals over time.
#[must_use]
pub fn residuals_title(term: &str) -> String {
    format!("Coefficient over time: {term}")
}

// ---- Subgroups

/// Heading.
pub const SUBGROUPS: &str = "Subgroups";
/// The fold with the table.
pub const AS_TABLE: &str = "As a table";
/// All patients.
pub const ALL: &str = "All";
/// Of a table: the subgroups.
pub const PATIENTS: &str = "Patients";
/// Head of the names in the figure.
pub const SUBGROUP: &str = "Subgroup";
/// Of a table.
pub const P_INTERACTION: &str = "P for interaction";
/// Of a figure.
pub const P: &str = "P";
/// A level with one of the two groups.
pub const ONE_GROUP: &str = "one group only";
/// A level without an event.
pub const NO_EVENT_CELL: &str = "no event";
/// Marks of a P that is not what it seems, or of its absence, and what they mean.
pub const MARKS: [(&str, &str); 4] = [
    (
        "*",
        "a hazard ratio of the model is not estimable, and P is that of its limit",
    ),
    ("†", "too few events for a test of interaction"),
    ("‡", "the model with the interaction was not fitted"),
    ("§", "nothing to compare"),
];
/// What the figure shows.
#[must_use]
pub fn subgroups_description(ci: &str) -> String {
    format!("Hazard ratios with {ci}s within the levels of each variable, and P for interaction.")
}

/// What a mark means.
#[must_use]
pub fn mark_meaning((mark, meaning): (&str, &str)) -> String {
    format!(" {mark} {meaning}.")
}

/// The comparison among all; `ratio` is the hazard ratio with its interval and P.
#[must_use]
pub fn over_all([first, of_first]: [&str; 2], [last, of_last]: [&str; 2], ratio: &str) -> String {
    format!("Patients (events): {last} {of_last}, {first} {of_first}; {ratio}.")
}

/// Title of the figure.
#[must_use]
pub fn subgroups_title(endpoint: &str, last: &str, first: &str) -> String {
    format!("{endpoint}: {last} vs {first}, by subgroup")
}

/// Below the figure.
#[must_use]
pub fn subgroups_caption(last: &str, first: &str, marks: &str) -> String {
    format!(
        "Cox regression; patients (events); hazard ratio of {last} vs {first}, squares by information (1/variance of the log ratio); P for interaction by the likelihood ratio test, \
         not corrected for the number of variables.{marks}"
    )
}

/// The sides of the axis.
#[must_use]
pub fn sides_of(group: &str) -> [String; 2] {
    [
        format!("← lower hazard with {group}"),
        format!("higher hazard with {group} →"),
    ]
}

// ---- Sentences

/// A model of several variables: what it was fitted to, the test of all of them, how well it orders patients.
#[must_use]
pub fn cox_model(
    endpoint: &str,
    variables: &[String],
    found: &CoxFit,
    left_out: usize,
    concordance: Option<Concordance>,
) -> String {
    let kind = if found.is_penalised {
        " with Firth’s penalty"
    } else {
        ""
    };
    let mut line = format!(
        "Cox regression{kind} of {endpoint} on {}: {} patients, {} events",
        variables.join(", "),
        found.n,
        found.n_events
    );
    if left_out > 0 {
        line.push_str(&format!("; {left_out} left out because a value is missing"));
    }
    let converged = !found
        .warnings
        .iter()
        .any(|each| matches!(each, CoxWarning::NotConverged { .. }));
    if converged {
        line.push_str(&format!(
            ". Likelihood ratio χ² = {}, df = {}",
            decimal(found.likelihood_ratio.chi2, 2),
            found.likelihood_ratio.df
        ));
        if let Some(p) = found.likelihood_ratio.p {
            line.push_str(&format!(", {}", p_in_sentence(p)));
        }
    }
    line.push('.');
    if let Some((c, std_err)) = concordance.and_then(|each| Some((each.c?, each.std_err?))) {
        line.push_str(&format!(
            " Concordance {} (SE {}), on the patients that the model was fitted to.",
            decimal(c, 3),
            decimal(std_err, 3)
        ));
    }
    if found.n_events < EVENTS_A_COEFFICIENT * found.likelihood_ratio.df {
        line.push_str(&format!(
            " Fewer than {EVENTS_A_COEFFICIENT} events a coefficient: estimates are unsure."
        ));
    }
    line
}

/// Events a coefficient below which a model is called unsure, as for models of the subdistribution hazard.
const EVENTS_A_COEFFICIENT: usize = 10;

/// Why there is no model on the page, which has no command-line options.
#[must_use]
pub fn no_cox_model(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::NoEvents => "none of these patients has an event".to_owned(),
        CoxError::RobustWithFirth => {
            "Firth’s likelihood has no robust variance; leave clusters and fractional weights out".to_owned()
        }
        CoxError::NotForExact => {
            "this is not defined for the exact likelihood; choose Efron’s or Breslow’s method for ties".to_owned()
        }
        CoxError::TooManyTies => {
            "there are too many tied events for the exact likelihood; choose Efron’s method for ties".to_owned()
        }
        CoxError::TooLargeForFirth => {
            "there are too many patients and coefficients for Firth’s likelihood, which is for small samples".to_owned()
        }
        other => cox_error(other, terms),
    }
}

/// The mark of an estimate by Firth's penalised likelihood, behind its interval.
pub const FIRTH: &str = "Firth";

/// What is said of a variable whose estimates are Firth's.
pub const FIRTH_ESTIMATES: &str = "Firth’s penalised likelihood with profile interval and P";

/// Shown where a ratio does not exist.
pub const NO_ESTIMATE: &str = "not estimable";

/// Why Firth's penalty, which was asked for, gave no estimate.
#[must_use]
pub fn firth_refused(error: &CoxError, terms: &[Term]) -> String {
    format!("Firth’s penalty gave no estimate: {}", no_cox_model(error, terms))
}

/// A variable that is not in a model because it has one value among its patients.
#[must_use]
pub fn one_value(variable: &str, patients: usize) -> String {
    format!("{variable} has one value among these {patients} patients and is not in the model")
}

/// Where nothing that was chosen differs.
pub const NOTHING_DIFFERS: &str = "No model: none of the chosen variables has two values among the patients of whom all of \
     them are known.";

/// A model whose proportional hazards could not be tested.
#[must_use]
pub fn not_checked(error: &CoxError, terms: &[Term]) -> String {
    let why = match error {
        CoxError::NotForFirth => "it is not defined for Firth’s penalised likelihood".to_owned(),
        other => no_cox_model(other, terms),
    };
    format!("No test of proportional hazards: {why}.")
}

/// What Firth's penalty is for, before it is asked for and after.
#[must_use]
pub fn penalty(on: bool) -> &'static str {
    if on {
        "Where the partial likelihood has no finite maximum, estimates are by Firth’s penalised likelihood, with profile \
         intervals and P. Others are by ordinary Cox regression."
    } else {
        "Some hazard ratios are not estimable (separation): all events, or none, are on one side. Firth’s penalised likelihood \
         gives finite estimates with profile intervals."
    }
}

/// What speaks against a finding of later than diagnosis as if it had been known from diagnosis.
pub const KNOWN_LATER: &str = "measured after diagnosis (guarantee-time bias)";

/// The test of proportional hazards of all variables together; `test` is its χ², df and p.
#[must_use]
pub fn proportionality(test: &str) -> String {
    format!(
        "Score test of coefficients that change with 1 − Kaplan–Meier (Grambsch and Therneau, as R’s cox.zph), all \
         variables: {test}. A small P speaks against one hazard ratio for all times; a large one does not prove it."
    )
}

/// A hazard ratio in a sentence: `ratio` is the estimate with its interval.
#[must_use]
pub fn ratio_of(term: &str, ratio: &str, p: f64) -> String {
    format!("{term} {ratio}, {}", p_in_sentence(p))
}

/// What the forest of subgroups compares.
#[must_use]
pub fn subgroups(last: &str, first: &str, is_part: bool, variables: usize, apart: &[String]) -> String {
    let mut part = String::new();
    if is_part {
        part.push_str(" The other groups are excluded.");
    }
    if !apart.is_empty() {
        part.push_str(&format!(
            " No level has both groups, so that there is nothing to compare: {}.",
            apart.join(", ")
        ));
    }
    format!(
        "Hazard ratio of {last} vs {first} within the levels of {variables} variables; numbers are cut where their names \
         say.{part} P for interaction asks whether the ratio differs between levels; of {variables} such tests one in \
         twenty is below 0.05 by chance alone."
    )
}

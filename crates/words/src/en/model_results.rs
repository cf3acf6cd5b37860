//! The words of the models of Cox's regression beside their hazard ratios: entry, weights, clusters, strata, tests of
//! variables, interactions, splines, causes.

use cotside_core::survival::cox::Ties;
use cotside_core::survival::{CovariateScale, SplineError};

use crate::{capital, decimal};

// ---- Scales

/// A number on a scale of a model.
#[must_use]
pub fn on_scale(variable: &str, scale: CovariateScale) -> String {
    match scale {
        CovariateScale::Per(unit) => format!("{variable}, per {unit}"),
        CovariateScale::Log2 => format!("{variable}, per doubling"),
        CovariateScale::Log10 => format!("{variable}, per tenfold increase"),
        CovariateScale::Deviation => format!("{variable}, per standard deviation"),
    }
}

// ---- Who is left out

/// The settings do not fit each other.
pub const EXACT_IS_PLAIN: &str = "The exact likelihood takes neither clusters nor case weights. Choose Efron’s or Breslow’s method for \
     ties, or leave clusters and weights out.";
/// Nobody has all that is asked for.
pub const NOBODY_LEFT: &str = "No patient has all that the models ask for: delayed entry before the end of follow-up, a weight above 0, \
     a cluster. Choose another column, or none.";

fn patients(count: usize) -> String {
    match count {
        1 => "1 patient".to_owned(),
        count => format!("{count} patients"),
    }
}

fn left_out(what: &str, reasons: &[(usize, &str)]) -> Option<String> {
    let reasons: Vec<String> = reasons
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{} {why}", patients(*count)))
        .collect();
    (!reasons.is_empty()).then(|| format!("{what}: {} left out of every model.", reasons.join(", ")))
}

/// Who is left out for delayed entry.
#[must_use]
pub fn entry_left_out(unknown: usize, ended: usize) -> Option<String> {
    left_out(
        "Delayed entry",
        &[
            (unknown, "without a time of entry"),
            (ended, "whose follow-up ends at or before entry"),
        ],
    )
}

/// Who is left out for weights.
#[must_use]
pub fn weights_left_out(unknown: usize, unfit: usize) -> Option<String> {
    left_out(
        "Weights",
        &[
            (unknown, "without a weight"),
            (unfit, "with a weight that is not above 0"),
        ],
    )
}

/// Who is left out for clusters.
#[must_use]
pub fn cluster_left_out(unknown: usize) -> Option<String> {
    left_out("Clusters", &[(unknown, "without a cluster")])
}

/// A column that is no longer there, or has no numbers.
#[must_use]
pub fn no_numbers(column: &str) -> String {
    format!("{column} is no column of numbers in this file. Choose another column, or none.")
}

/// A column that is no longer there, or has no labels.
#[must_use]
pub fn no_labels(column: &str) -> String {
    format!("{column} is no column of levels in this file. Choose another column, or none.")
}

/// Entry at a day that does not come after the origin.
#[must_use]
pub fn entry_does_not_fit(endpoint: &str) -> String {
    format!("Delayed entry at this date has no meaning for {endpoint}. Choose another time of entry, or none.")
}

// ---- The table and its sentences

/// How ties were treated, within a sentence.
#[must_use]
pub const fn ties(ties: Ties) -> &'static str {
    match ties {
        Ties::Efron => "Efron’s method for ties",
        Ties::Breslow => "Breslow’s method for ties",
        Ties::Exact => "the exact likelihood of tied times",
    }
}

/// Below the table.
#[must_use]
pub fn key(of: Ties, is_robust: bool, is_penalised: bool) -> String {
    let (variance, several) = match (is_robust, is_penalised) {
        (true, _) => (", robust variance", "Wald’s"),
        (false, true) => ("", "that of the likelihood ratio test (Wald’s in the adjusted model)"),
        (false, false) => ("", "that of the likelihood ratio test"),
    };
    format!(
        "Cox regression with {}{variance}; patients with a missing value are excluded. CI and P of a level are Wald’s (where it \
         says Firth, of the penalised profile likelihood); P of a variable with several levels is {several}. P (PH) is of the \
         score test of proportional hazards in the adjusted model, without one in the model of the variable alone.",
        ties(of)
    )
}

/// Of a table: the test of proportional hazards.
pub const P_PROPORTIONAL: &str = "P (PH)";
/// Of a table.
pub const N_EVENTS: &str = "n / events";
/// The level with which the others are compared, in a cell.
pub const REFERENCE: &str = "reference";
/// The button for the table as a file.
pub const TABLE_FILE: &str = "Table as CSV";
/// The button for the sentence.
pub const COPY_SENTENCE: &str = "Copy sentence";

/// Of a variable that interacts, whose ratio is that of one level of the other.
pub const INTERACTS: &str =
    "interacts: the adjusted ratio is that at the reference level, or at 0, of the other variable";

/// The same below the forest.
pub const INTERACTS_CAPTION: &str =
    "Ratios of a variable that interacts are those at the reference level, or at 0, of the other variable.";

/// The caption of the table.
#[must_use]
pub fn caption(endpoint: &str, [patients, events]: [usize; 2], adjusted: Option<(&[String], [usize; 2])>) -> String {
    let mut caption =
        format!("Cox regression of {endpoint}: unadjusted hazard ratios ({patients} patients, {events} events)");
    if let Some((variables, [patients, events])) = adjusted {
        caption.push_str(&format!(
            ", and adjusted for each other ({patients} patients, {events} events): {}",
            variables.join(", ")
        ));
    }
    caption + "."
}

/// What the models take beside covariates, in sentences for the methods.
#[must_use]
pub fn asked(entry: Option<&str>, weights: Option<&str>, cluster: Option<&str>, strata: &[String]) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(entry) = entry {
        sentences.push(format!(
            "In Cox regression patients were at risk from {entry} on (delayed entry)."
        ));
    }
    if let Some(weights) = weights {
        sentences.push(format!("Cox models were weighted by {weights}."));
    }
    if let Some(cluster) = cluster {
        sentences.push(format!(
            "Variances of Cox models were robust, with {cluster} as clusters."
        ));
    }
    if !strata.is_empty() {
        sentences.push(format!("The adjusted model was stratified by {}.", strata.join(", ")));
    }
    sentences
}

/// First remission as time of entry.
pub const FROM_REMISSION: &str = "first remission";
/// Transplant as time of entry.
pub const FROM_TRANSPLANT: &str = "transplant";

// ---- Tests of variables

/// Heading.
pub const JOINT: &str = "Tests of variables in the adjusted model";
/// Of a table.
pub const WALD: &str = "Wald χ²";
/// Of a table.
pub const P_WALD: &str = "P (Wald)";
/// Of a table.
pub const LIKELIHOOD_RATIO: &str = "LR χ²";
/// Of a table.
pub const P_LIKELIHOOD_RATIO: &str = "P (LR)";
/// Below the table.
pub const JOINT_KEY: &str = "All coefficients of a variable together, given the other variables of the model. LR: likelihood ratio \
     test against the model without the variable. A variable that interacts is tested by its interaction.";
/// Where the variance is robust.
pub const NO_LIKELIHOOD_RATIO: &str =
    "With a robust variance, or with Firth’s penalty, there is no likelihood ratio test.";
/// Heading.
pub const WITHIN: &str = "Hazard ratios within levels";
/// Of a table: the variable of the ratio.
pub const OF: &str = "Hazard ratio of";
/// Of a table: the level.
pub const WITHIN_LEVEL: &str = "Within";
/// Below the table.
pub const WITHIN_KEY: &str = "Sums of coefficients of the adjusted model with Wald’s CI and P; other variables that interact are at \
     their reference level, or at 0.";

/// An interaction of two variables.
#[must_use]
pub fn interaction(of: &str, within: &str) -> String {
    format!("{of} × {within}")
}

/// The level of an interacting variable.
#[must_use]
pub fn at_level(variable: &str, level: &str) -> String {
    format!("{variable}: {level}")
}

/// An interaction that is not in the model.
#[must_use]
pub fn no_interaction(of: &str, within: &str) -> String {
    format!(
        "{} is not in the model: both variables must be in it, and differ",
        interaction(of, within)
    )
}

/// The interactions of the adjusted model, as a sentence of the methods.
#[must_use]
pub fn with_interactions(names: &[String]) -> String {
    format!(
        "It included the interaction{} {}; hazard ratios within levels are sums of its coefficients.",
        if names.len() == 1 { "" } else { "s" },
        names.join(", ")
    )
}

/// How several coefficients were tested.
#[must_use]
pub fn joint_method(is_robust: bool) -> &'static str {
    if is_robust {
        "Variables with several coefficients were tested by Wald’s test with the robust variance."
    } else {
        "Variables with several coefficients were tested by the likelihood ratio."
    }
}

// ---- One cause

/// Heading.
#[must_use]
pub fn cause_heading(cause: &str) -> String {
    format!("The same model for one cause: {cause}")
}

/// Where no variable is in the model.
pub const CAUSE_NEEDS_VARIABLES: &str =
    "Choose the variables of the adjusted model; the models of the cause take the same.";

/// A cause that no patient has.
#[must_use]
pub fn no_such_cause(cause: &str) -> String {
    format!("No patient in the model has the event “{cause}”. Choose another cause.")
}

/// Why there is no Fine–Gray model.
pub const FINE_GRAY_TIES: &str =
    "Fine and Gray’s model has no exact ties. Choose Efron’s or Breslow’s method for ties to see it.";
/// How Fine and Gray’s model was fitted with what Cox’s model takes.
pub const FINE_GRAY_BY_ROWS: &str = "fitted as a weighted Cox model of the intervals of R’s finegray, with the entry, weights, clusters and \
     strata of the Cox model; censoring and entry are estimated within the strata, and standard errors are robust";

/// Patients and events in it.
#[must_use]
pub fn cause_counts(patients: usize, events: usize, competing: usize) -> String {
    format!("{patients} patients, {events} with this event first, {competing} with a competing one.")
}

/// How causes were modelled.
#[must_use]
pub fn cause_method(cause: &str, fine_gray: bool, by_rows: bool) -> String {
    let subdistribution = match (fine_gray, by_rows) {
        (false, _) => "",
        (true, false) => ", and Fine and Gray’s model of the subdistribution hazard with robust variance",
        (true, true) => {
            ", and Fine and Gray’s model of the subdistribution hazard, as a Cox model of weighted intervals with the same entry, weights, \
             clusters and strata and robust variance,"
        }
    };
    format!(
        "For {cause} as the cause, Cox regression of the cause-specific hazard{subdistribution} took the same variables."
    )
}

// ---- Splines

/// Heading.
#[must_use]
pub fn spline_heading(variable: &str) -> String {
    format!("{variable} as a spline")
}

/// The variable is none, or has levels.
pub const SPLINE_NEEDS_NUMBERS: &str = "A spline needs a variable with numbers. Choose another one, or none.";

/// Nobody has a value of it and of the other variables.
pub const SPLINE_OF_NOBODY: &str =
    "No patient has a value of it and of all other variables of the model. Choose another variable, or none.";

/// Why there is no spline.
#[must_use]
pub fn no_spline(error: SplineError) -> &'static str {
    match error {
        SplineError::KnotCount => "A spline has 3, 4 or 5 knots here.",
        SplineError::NotFinite => "A value of the variable is not a finite number.",
        SplineError::EqualKnots => {
            "Too few different values: two knots fall on one. Choose fewer knots, or leave the variable linear."
        }
    }
}

/// The reference is outside of the values.
#[must_use]
pub fn reference_outside(low: &str, high: &str) -> String {
    format!("The reference value lies outside of the values in the model, {low} to {high}. Choose one within.")
}

/// What the tests found; `others` are the variables for which it is adjusted.
#[must_use]
pub fn spline_sentence(knots: &[String], others: &[String], overall: &str, curved: &str) -> String {
    let adjusted = if others.is_empty() {
        String::new()
    } else {
        format!(", adjusted for {}", others.join(", "))
    };
    format!(
        "Restricted cubic spline with knots at {}{adjusted}. Any effect: {overall}. Departure from a straight line: {curved}.",
        knots.join(", ")
    )
}

/// A variable with its unit.
#[must_use]
pub fn with_unit(variable: &str, unit: &str) -> String {
    format!("{variable} ({unit})")
}

/// The logarithm of a count with zeros.
#[must_use]
pub fn logarithm_of_count(variable: &str) -> String {
    format!("log₂({variable} + 1)")
}

/// Coefficients of the spline have no finite estimates.
pub const SPLINE_NOT_ESTIMABLE: &str = "Its coefficients have no finite estimates: too few events, or all on one side. Choose fewer \
     knots, or leave the variable linear.";
/// Of a table.
#[must_use]
pub fn against(reference: &str, ci: &str) -> String {
    format!("HR vs {reference} ({ci})")
}

/// Title of the figure.
#[must_use]
pub fn spline_title(endpoint: &str, variable: &str) -> String {
    format!("Hazard ratio of {endpoint} by {variable}")
}

/// What it shows.
#[must_use]
pub fn spline_description(ci: &str) -> String {
    format!("Hazard ratio against the reference value as a restricted cubic spline, with pointwise {ci}.")
}

/// Below it.
#[must_use]
pub fn spline_caption(reference: &str, knots: usize, others: &[String], ci: &str) -> String {
    let adjusted = if others.is_empty() {
        String::new()
    } else {
        format!(", adjusted for {}", others.join(", "))
    };
    format!(
        "Hazard ratio against {reference} by Cox regression with a restricted cubic spline of {knots} knots{adjusted}; band: {ci}; \
         marks at the foot: patients."
    )
}

/// Its axis of ratios.
#[must_use]
pub fn spline_axis(reference: &str) -> String {
    format!("Hazard ratio (reference {reference})")
}

/// How splines were made.
#[must_use]
pub fn spline_method(variable: &str, knots: usize) -> String {
    format!(
        "{} was modelled as a restricted cubic spline with {knots} knots at Harrell’s quantiles; non-linearity was tested by \
         Wald’s test.",
        capital(variable)
    )
}

/// A number of an axis in words.
#[must_use]
pub fn value(number: f64) -> String {
    let places = match number.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 0.1 => 2,
        _ => 4,
    };
    decimal(number, places)
}

//! Results of a cohort in the words of reporting guidelines: n, events, estimate, interval, test, p, what was left out.

use super::{cox_error, p_value};
use crate::decimal;
use cotside_core::cohort::FailureAt;
use cotside_core::survival::Concordance;
use cotside_core::survival::cox::{CoxError, CoxFit, Term};

/// When induction failure counts, and on whose word.
#[must_use]
pub fn failure_at(failure_at: FailureAt) -> &'static str {
    match failure_at {
        FailureAt::TimeZero => {
            "Induction failure counts as an event at time 0. That is a convention chosen here: no source that was read for \
             this page prescribes it. The setting above counts it on its date instead."
        }
        FailureAt::ItsDate => {
            "Induction failure counts on the date of the first event. No source that was read for this page prescribes when \
             it counts; time 0 is the other way."
        }
    }
}

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
        "Cox’s regression{kind} of {endpoint} on {}: {} patients, {} events",
        variables.join(", "),
        found.n,
        found.n_events
    );
    if left_out > 0 {
        line.push_str(&format!("; {left_out} left out because a value is missing"));
    }
    line.push_str(&format!(
        ". Likelihood ratio χ² = {}, df = {}",
        decimal(found.likelihood_ratio.chi2, 2),
        found.likelihood_ratio.df
    ));
    if let Some(p) = found.likelihood_ratio.p {
        line.push_str(&format!(", {}", p_value(p)));
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
        CoxError::NoEvents => "nobody of these has an event".to_owned(),
        other => cox_error(other, terms),
    }
}

/// What Firth's penalty is for, before it is asked for and after.
#[must_use]
pub fn penalty(on: bool) -> &'static str {
    if on {
        "Where the plain likelihood has no finite maximum, estimates are Firth’s: penalised likelihood, with intervals and p \
         of its profile. Others are plain."
    } else {
        "Some coefficients grow without end: all events, or none, are on one side. Firth’s penalised likelihood has finite \
         estimates, with intervals of its profile."
    }
}

/// The test of proportional hazards of all variables together; `test` is its χ², df and p.
#[must_use]
pub fn proportionality(test: &str) -> String {
    format!(
        "Score test of coefficients that change with 1 − Kaplan–Meier (Grambsch and Therneau, as R’s cox.zph), all \
         variables: {test}. A small p speaks against one hazard ratio for all times; a large one does not prove it."
    )
}

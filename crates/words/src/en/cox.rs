//! Cox's regression: what stops a fit, and what a reader of it must know, in words.

use cotside_core::survival::cox::{CoxError, CoxWarning, NoInteraction, Term};

fn name(terms: &[Term], covariate: usize) -> String {
    terms.get(covariate).map_or_else(|| "?".to_owned(), ToString::to_string)
}

/// Why the ratios of two groups within levels are not tested for a difference.
#[must_use]
pub fn no_interaction(why: &NoInteraction) -> String {
    match why {
        NoInteraction::OneLevel => "the column has one level only".to_owned(),
        NoInteraction::FewEvents => "no more events than coefficients".to_owned(),
        NoInteraction::NotConverged => "the model did not converge".to_owned(),
        NoInteraction::NoLevelWithBoth => "no level has both groups".to_owned(),
        NoInteraction::NotFitted(error) => cox_error(error, &[]),
    }
}

/// Why a model cannot be fitted, and what would be accepted. Rows are named by who knows the file.
#[must_use]
pub fn cox_error(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::Length { expected, found } => format!("a column has {found} rows, not {expected}"),
        CoxError::NoCovariate => "there is no covariate; name some with --covariates or --factor".to_owned(),
        CoxError::NoEvents => {
            "no row has the event, so there is nothing to fit; name the value of the event with --event-value"
                .to_owned()
        }
        CoxError::BadCovariate { covariate, .. } => format!(
            "{} is not finite or too large to compute with; give it in larger units",
            name(terms, *covariate)
        ),
        CoxError::BadOffset { .. } => "the offset is not accepted; give a finite number".to_owned(),
        CoxError::BadLevel => "the confidence level is not accepted; give one such as 0.95".to_owned(),
        CoxError::WeightsWithExact => {
            "the exact likelihood has no case weights; use --ties efron or leave --weights out".to_owned()
        }
        CoxError::RobustWithExact => {
            "the exact likelihood has no robust variance; use --ties efron or leave --cluster out".to_owned()
        }
        CoxError::NotForExact => {
            "this is not defined for the exact likelihood; use --ties efron or --ties breslow".to_owned()
        }
        CoxError::RobustWithFirth => {
            "Firth's likelihood has no robust variance; leave --firth or --cluster out".to_owned()
        }
        CoxError::NotForFirth => "this is not defined for Firth's likelihood; leave --firth out".to_owned(),
        CoxError::NotForRobust => {
            "the likelihood ratio is no test where the variance is robust (clusters, or weights that are not whole numbers)"
                .to_owned()
        }
        CoxError::TooLargeForFirth => {
            "there are too many rows and covariates for Firth's likelihood, which is for small samples; leave --firth out"
                .to_owned()
        }
        CoxError::NoEstimate => "a coefficient has no finite estimate".to_owned(),
        CoxError::LogOfZero => {
            "an event lies at time 0 or before, which has no logarithm; use --zph km, identity or rank".to_owned()
        }
        CoxError::TooManyTies => "there are too many tied events for the exact likelihood; use --ties efron".to_owned(),
        CoxError::Overflow => {
            "the likelihood cannot be computed in finite numbers; give covariates and weights in other units".to_owned()
        }
    }
}

/// What a reader of a fit must know.
#[must_use]
pub fn cox_warning(warning: &CoxWarning, terms: &[Term]) -> String {
    match warning {
        CoxWarning::FewEvents { events, coefficients } => {
            format!("{events} events are too few for {coefficients} coefficients; estimates are unreliable")
        }
        CoxWarning::Constant { covariate } => super::constant_covariate(&name(terms, *covariate)),
        CoxWarning::NoContrast { covariate } => format!(
            "{} does not vary among those at risk at any event and has no coefficient",
            name(terms, *covariate)
        ),
        CoxWarning::Collinear { covariate } => format!(
            "{} is a linear combination of the covariates before it and has no coefficient",
            name(terms, *covariate)
        ),
        CoxWarning::Separated { covariate, upwards } => format!(
            "{} separates those with events from those without and is not estimable (separation: its coefficient tends to \
             {}); Firth's penalised likelihood gives an estimate",
            name(terms, *covariate),
            if *upwards { "plus infinity" } else { "minus infinity" }
        ),
        CoxWarning::Undetermined { covariate } => format!(
            "{} is not estimable: other covariates separate those with events from those without and leave it undetermined; \
             Firth's penalised likelihood gives an estimate",
            name(terms, *covariate)
        ),
        CoxWarning::FewClusters { clusters: 1, .. } => {
            "all rows are of one cluster, whose robust variance is 0; there are no estimates with an interval"
                .to_owned()
        }
        CoxWarning::FewClusters { clusters, coefficients } => format!(
            "{clusters} clusters are too few for {coefficients} coefficients: the robust variance has less than full rank, \
             and intervals and p are unreliable"
        ),
        CoxWarning::InfiniteLimit { covariate, upwards } => format!(
            "the {} limit of {} is {}: its profile likelihood stays above the limit however far the coefficient goes",
            end_of_interval(*upwards),
            name(terms, *covariate),
            if *upwards {
                "infinite"
            } else {
                "a hazard ratio of 0, a coefficient of minus infinity"
            }
        ),
        CoxWarning::NoLimit { covariate, upwards } => format!(
            "the {} limit of {} was not found: a climb of its profile likelihood did not end",
            end_of_interval(*upwards),
            name(terms, *covariate)
        ),
        CoxWarning::NoProfile { covariate } => format!(
            "{} has no p and no interval: the climb of its profile likelihood at 0 did not end",
            name(terms, *covariate)
        ),
        CoxWarning::NotConverged { iterations } => {
            format!("the iterations did not converge in {iterations} steps; there are no estimates")
        }
    }
}

fn end_of_interval(upwards: bool) -> &'static str {
    if upwards { "upper" } else { "lower" }
}

//! Why a method of competing risks, parametric models or transplant analyses gives no answer, in words.

use cotside_core::decimal::fixed;
use cotside_core::survival::{
    CureError, CureWarning, FineGrayError, FineGrayWarning, GrayError, ImmortalTime, IncidenceError, MOST_CAUSES,
    MOST_FINE_GRAY_ROWS, MOST_GRAY_GROUPS, ParametricError, TransplantError,
};

/// Why there is no cumulative incidence, and what would be accepted.
#[must_use]
pub fn incidence_error(error: IncidenceError) -> String {
    match error {
        IncidenceError::Groups => "groups and rows differ in number".to_owned(),
        IncidenceError::AalenNeedsPlainRows => {
            "Aalen's variance knows neither weights nor delayed entry; use --variance jackknife".to_owned()
        }
        IncidenceError::TooManyCauses { found } => {
            format!("the event column has {found} causes; give at most {MOST_CAUSES}")
        }
    }
}

/// Why there is no Gray's test.
#[must_use]
pub fn gray_error(error: GrayError) -> String {
    match error {
        GrayError::Labels => "groups or strata and rows differ in number".to_owned(),
        GrayError::OneGroup => "Gray's test needs two groups or more".to_owned(),
        GrayError::TooManyGroups { found } => {
            format!("Gray's test compares at most {MOST_GRAY_GROUPS} groups; there are {found}")
        }
        GrayError::NeedsPlainRows => "Gray's test knows neither weights nor delayed entry".to_owned(),
        GrayError::NoVariance => {
            "Gray's test has no variance: no event of this cause, or a group that cannot have one".to_owned()
        }
    }
}

/// Why there is no model of the subdistribution hazard; `names` are those of the covariates.
#[must_use]
pub fn fine_gray_error(error: FineGrayError, names: &[String], cause: u32) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        FineGrayError::NoCovariates => "name at least one covariate with --covariates or --factor".to_owned(),
        FineGrayError::BadCovariate { covariate } => {
            format!(
                "column {} holds values that are too large or not finite",
                name(covariate)
            )
        }
        FineGrayError::NeedsPlainRows => "weights and delayed entry need the model by intervals".to_owned(),
        FineGrayError::Labels => "strata or clusters and rows differ in number".to_owned(),
        FineGrayError::NoWeight => {
            "at some time everybody at risk has just entered, or is censored, so that those with another event \
                                    before have no weight; leave out the rows before that time, or --entry"
                .to_owned()
        }
        FineGrayError::TooManyRows { .. } => {
            format!("there are more than {MOST_FINE_GRAY_ROWS} intervals of patients with other events; use fewer rows")
        }
        FineGrayError::NoEvents => format!("no row has cause {cause}; name a cause that occurs with --cause"),
        FineGrayError::Singular { covariate } => singular(name(covariate)),
        FineGrayError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a model of the subdistribution hazard.
#[must_use]
pub fn fine_gray_warning(warning: FineGrayWarning, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match warning {
        FineGrayWarning::Constant { covariate } => constant_covariate(name(covariate)),
        FineGrayWarning::NoContrast { covariate } => format!(
            "{} does not vary among those at risk at any event and has no coefficient",
            name(covariate)
        ),
        FineGrayWarning::MayBeInfinite { covariate } => format!(
            "the coefficient of {} may be infinite: one of its values has no event, or only events",
            name(covariate)
        ),
        FineGrayWarning::FewClusters => {
            "no more clusters than coefficients: robust standard errors are unsure, and with one cluster there are none"
                .to_owned()
        }
        FineGrayWarning::FewEvents => "fewer than 10 events a covariate: estimates are unsure".to_owned(),
    }
}

/// A covariate that was left out of a model because it is constant.
#[must_use]
pub fn constant_covariate(name: &str) -> String {
    format!("{name} has one value in all rows and no coefficient")
}

/// Why there is no parametric model; `names` are those of the covariates.
#[must_use]
pub fn parametric_error(error: ParametricError, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        ParametricError::BadCovariate { covariate } => {
            format!(
                "column {} holds values that are too large or not finite",
                name(covariate)
            )
        }
        ParametricError::ZeroTime { .. } => ZERO_TIME.to_owned(),
        ParametricError::EntryBeforeOrigin { .. } => {
            "the entry is below 0, before times begin; give 0 or more, or count times from an earlier day".to_owned()
        }
        ParametricError::NoEvents => NO_EVENTS.to_owned(),
        ParametricError::Singular { covariate } => singular(name(covariate)),
        ParametricError::Separation { covariate } => format!(
            "the coefficient of {} is infinite: one of its values has no event; leave the column out, or join its values",
            name(covariate)
        ),
        ParametricError::NoMaximum => {
            "the likelihood has no maximum: the model meets every event exactly; use fewer covariates".to_owned()
        }
        ParametricError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// Why transplanted and other patients cannot be compared so.
#[must_use]
pub fn transplant_error(error: TransplantError) -> String {
    match error {
        TransplantError::NoRows => "nobody was followed long enough".to_owned(),
        TransplantError::Length => "columns differ in length".to_owned(),
        TransplantError::BadTime { .. } => {
            "the time is not accepted; give a finite number that is 0 or more".to_owned()
        }
        TransplantError::BadTransplant { .. } => {
            "the time of transplant is not accepted; give a number that is 0 or more, or leave it empty".to_owned()
        }
        TransplantError::TransplantAfterEnd { .. } => {
            "the transplant is later than the end of follow-up; correct one of them".to_owned()
        }
        TransplantError::BadLandmark => {
            "the landmark is not accepted; give a finite number that is 0 or more".to_owned()
        }
        TransplantError::NothingToCompare => {
            "nobody has an event, or one of the two groups has nobody at risk when one happens; there is nothing to compare"
                .to_owned()
        }
        TransplantError::ImmortalTime(cost) => immortal_time(cost),
    }
}

/// Why grouping by “ever transplanted” is not offered.
#[must_use]
pub fn immortal_time(cost: ImmortalTime) -> String {
    format!(
        "Grouping by “ever transplanted” is not offered (immortal time bias: {}% of that follow-up, the waiting times of {} \
         patients, cannot contain an event). Use the Mantel–Byar test, a time-dependent covariate or a landmark.",
        fixed(100.0 * cost.share, 0),
        cost.patients
    )
}

/// Why there is no cure model; names are those of the covariates of the incidence and of the latency.
#[must_use]
pub fn cure_error(error: CureError, incidence: &[String], latency: &[String]) -> String {
    let not_finite = |names: &[String], covariate: usize| {
        let name = names.get(covariate).map_or("?", String::as_str);
        format!("column {name} holds values that are too large or not finite")
    };
    match error {
        CureError::BadIncidenceCovariate { covariate } => not_finite(incidence, covariate),
        CureError::BadLatencyCovariate { covariate } => not_finite(latency, covariate),
        CureError::ZeroTime { .. } => ZERO_TIME.to_owned(),
        CureError::DelayedEntry => "cure models do not know delayed entry".to_owned(),
        CureError::NoEvents => NO_EVENTS.to_owned(),
        CureError::NobodyCensored => "nobody is censored, so nobody can be cured".to_owned(),
        CureError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a cure model.
#[must_use]
pub fn cure_warning(warning: CureWarning) -> &'static str {
    match warning {
        CureWarning::InsufficientFollowUp => {
            "follow-up may be too short to tell cured patients from late events (Maller and Zhou's α above 0.05)"
        }
        CureWarning::NoPlateau => "the last time is an event: the curve has no plateau",
        CureWarning::NoCuredFraction => "everybody is estimated to have the event in the end: no sign of cure",
        CureWarning::MayBeInfinite => "a coefficient may be infinite: one of its values has no event, or only events",
        CureWarning::NotIdentified => {
            "the data do not decide between cure and late events: standard errors do not exist"
        }
        CureWarning::FewEvents => "fewer than 10 events a parameter: estimates are unsure",
    }
}

fn singular(name: &str) -> String {
    format!("column {name} is constant, or a combination of the columns before it; leave it out")
}

const NO_CONVERGENCE: &str = "the model did not converge; use fewer covariates, or look for extreme values";

const ZERO_TIME: &str = "the time is 0, which has no logarithm; give a time above 0, or leave the row out";

const NO_EVENTS: &str = "no row has the event; name its value with --event-value if it is not 1";

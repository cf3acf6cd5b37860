//! Cox's proportional-hazards regression (Cox 1972, J R Stat Soc B 34:187; 1975, Biometrika 62:269).
//!
//! [`Model`] describes the model, [`fit()`] fits it, and [`Fitted`] gives residuals, predicted curves and the test of
//! proportional hazards. Every number is that of R's `survival` 3.x.
//!
//! **No coefficient without an estimate is ever a number**: constant, collinear and separating covariates are `None`,
//! and a warning names them.
//!
//! ```
//! use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
//!
//! let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 1]).unwrap();
//! let design = Design::new().numeric("marrow", vec![0.0, 1.0, 0.0]);
//! let found = fit(&Model::new(&follow_up, &design)).unwrap();
//! // By hand: the hazard ratio h maximises 1/(2 + h) · h/(1 + h), so h² = 2.
//! let ratio = found.estimates[0].unwrap().hazard_ratio.unwrap();
//! assert!((ratio - 2.0_f64.sqrt()).abs() < 1e-8);
//! ```

mod adjusted;
mod baseline;
mod derivatives;
mod design;
mod exact;
mod exponential;
mod firth;
mod fit;
mod increments;
mod joint;
mod lanes;
mod matrix;
mod moments;
mod newton;
mod partial;
mod residuals;
mod right_censored;
mod risk_order;
mod robust;
mod separation;
mod smooth;
mod subgroups;
mod sweep;
mod zph;

use crate::survival::Labels;

use super::FollowUp;

pub use adjusted::{AdjustedAt, AdjustedSurvival, GroupsAs, NoBaseline, Population};
pub use baseline::{Baseline, BaselineStep, StratumHazard};
pub use derivatives::{Derivatives, derivatives};
pub use design::{Design, OneLevel, Term};
pub use firth::fit_firth;
pub use fit::{CoxFit, Estimate, Test, fit};
pub use joint::{LevelAt, Product, RatioWithin, likelihood_ratio_of};
pub(crate) use matrix::Factored;
pub use matrix::Symmetric;
pub(crate) use newton::DEPENDENT;
pub use residuals::{Fitted, Schoenfeld};
pub use smooth::{AtEvent, OverTime};
pub use subgroups::{InteractionTest, NoInteraction, TwoGroups, WithinLevel};
pub use zph::{Proportionality, TimeScale};

/// How events at one time are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// Efron 1977 (J Am Stat Assoc 72:557), the default of R's `coxph`.
    #[default]
    Efron,
    /// Breslow 1974 (Biometrics 30:89): all tied events share one denominator.
    Breslow,
    /// The conditional (discrete) likelihood of Cox 1972, by the recursion of Gail, Lubin & Rubinstein 1981
    /// (Biometrika 68:703).
    Exact,
}

/// A Cox model to fit. Columns have as many rows as the follow-up. Every event code other than 0 is an event.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    /// Times, events, entries and case weights.
    pub follow_up: &'a FollowUp,
    /// Covariates, one column for each coefficient.
    pub design: &'a Design,
    /// Strata, each with its own baseline hazard.
    pub strata: Option<&'a Labels>,
    /// Clusters of dependent rows; asks for the robust variance (Lin & Wei 1989).
    pub cluster: Option<&'a Labels>,
    /// Asks for the robust variance also without clusters, each row being one. R does so by default where a case weight
    /// has a fraction.
    pub robust: bool,
    /// Known part of the linear predictor, one value for each row.
    pub offset: Option<&'a [f64]>,
    /// Treatment of tied event times.
    pub ties: Ties,
    /// Level of the confidence intervals, between 0 and 1.
    pub conf_level: f64,
}

impl<'a> Model<'a> {
    /// Returns a model without strata, clusters and offset, with Efron's method for ties and 95 % intervals.
    #[must_use]
    pub fn new(follow_up: &'a FollowUp, design: &'a Design) -> Self {
        Self {
            follow_up,
            design,
            strata: None,
            cluster: None,
            robust: false,
            offset: None,
            ties: Ties::Efron,
            conf_level: 0.95,
        }
    }

    /// True if the robust variance is requested.
    fn is_robust(&self) -> bool {
        self.robust || self.cluster.is_some()
    }

    fn check(&self) -> Result<(), CoxError> {
        let n = self.follow_up.len();
        let lengths = self.design.columns().iter().map(Vec::len);
        let labels = [self.strata, self.cluster].into_iter().flatten();
        let lengths = lengths
            .chain(labels.map(|labels| labels.codes.len()))
            .chain(self.offset.map(<[f64]>::len));
        if let Some(found) = lengths.into_iter().find(|&found| found != n) {
            return Err(CoxError::Length { expected: n, found });
        }
        if self.design.is_empty() {
            return Err(CoxError::NoCovariate);
        }
        if let Some(row) = self
            .offset
            .and_then(|offset| offset.iter().position(|value| !value.is_finite()))
        {
            return Err(CoxError::BadOffset { row });
        }
        if !(self.conf_level > 0.0 && self.conf_level < 1.0) {
            return Err(CoxError::BadLevel);
        }
        if self.follow_up.event().iter().all(|&event| event == 0) {
            return Err(CoxError::NoEvents);
        }
        if self.ties == Ties::Exact && self.follow_up.weight().is_some() {
            return Err(CoxError::WeightsWithExact);
        }
        if self.ties == Ties::Exact && self.is_robust() {
            return Err(CoxError::RobustWithExact);
        }
        Ok(())
    }
}

/// Why a model cannot be fitted at all. Rows count from 0; `covariate` is a position in [`Design::terms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoxError {
    /// A column has another length than the follow-up.
    #[error("a column has {found} rows, the follow-up {expected}")]
    Length {
        /// Number of rows of the follow-up.
        expected: usize,
        /// Number of rows of the column.
        found: usize,
    },
    /// The design has no column.
    #[error("no covariate")]
    NoCovariate,
    /// No row has an event.
    #[error("no event")]
    NoEvents,
    /// A covariate that is not finite, or too large to square.
    #[error("row {row}: covariate {covariate} is not finite or too large")]
    BadCovariate {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
        /// Index of the row, from 0.
        row: usize,
    },
    /// An offset that is not finite.
    #[error("row {row}: an offset that is not finite")]
    BadOffset {
        /// Index of the row, from 0.
        row: usize,
    },
    /// The confidence level is not between 0 and 1.
    #[error("a confidence level that is not between 0 and 1")]
    BadLevel,
    /// The exact likelihood has no case weights.
    #[error("the exact likelihood has no case weights")]
    WeightsWithExact,
    /// The exact likelihood has no robust variance.
    #[error("the exact likelihood has no robust variance")]
    RobustWithExact,
    /// The exact likelihood has no such residuals or tests.
    #[error("the exact likelihood has no such residuals or tests")]
    NotForExact,
    /// Firth's likelihood has no robust variance.
    #[error("Firth's likelihood has no robust variance")]
    RobustWithFirth,
    /// Firth's likelihood has no such test.
    #[error("Firth's likelihood has no such test")]
    NotForFirth,
    /// A robust variance has no likelihood ratio.
    #[error("a robust variance has no likelihood-ratio test")]
    NotForRobust,
    /// Firth's likelihood would take too long: it is for small samples.
    #[error("Firth's likelihood would take too long")]
    TooLargeForFirth,
    /// A requested coefficient has no finite estimate.
    #[error("a coefficient without a finite estimate")]
    NoEstimate,
    /// An event at time 0 has no logarithm of time.
    #[error("an event at time 0")]
    LogOfZero,
    /// The exact likelihood would sum over too many ties.
    #[error("too many ties for the exact likelihood")]
    TooManyTies,
    /// The likelihood could not be evaluated in finite numbers.
    #[error("the likelihood is not finite")]
    Overflow,
}

/// A problem of the data or the fit that a reader must know. `covariate` is a position in [`Design::terms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoxWarning {
    /// There are at most as many events as coefficients.
    FewEvents {
        /// Number of events.
        events: usize,
        /// Number of coefficients.
        coefficients: usize,
    },
    /// The covariate has one value in all rows: no coefficient.
    Constant {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
    },
    /// The covariate does not vary among those at risk at any event: no coefficient.
    NoContrast {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
    },
    /// The covariate is a linear combination of earlier ones: no coefficient.
    Collinear {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
    },
    /// The likelihood rises without end as the coefficient grows: it has no estimate.
    Separated {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
        /// True if the coefficient grows towards +∞ (else −∞).
        upwards: bool,
    },
    /// Other covariates separate, and in that limit nothing determines this one: it has no estimate.
    Undetermined {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
    },
    /// No more clusters than coefficients: scores of clusters sum to 0, so the robust variance has less than full rank.
    /// With one cluster it is 0 up to rounding, and there are no estimates.
    FewClusters {
        /// Number of clusters.
        clusters: usize,
        /// Number of coefficients.
        coefficients: usize,
    },
    /// Firth: the profile likelihood stays above the limit for all values of the coefficient, so that this end of its
    /// interval is infinite (a hazard ratio of 0 or infinity) or outside the range of a double.
    InfiniteLimit {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
        /// True if it is the upper end (else the lower).
        upwards: bool,
    },
    /// Firth: this end of the profile interval was not found.
    NoLimit {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
        /// True if it is the upper end (else the lower).
        upwards: bool,
    },
    /// Firth: the profile likelihood at 0 was not found, so that there is neither p nor interval.
    NoProfile {
        /// Index of the covariate in [`Design::terms`].
        covariate: usize,
    },
    /// The iterations ended without convergence.
    NotConverged {
        /// Number of iterations.
        iterations: u32,
    },
}

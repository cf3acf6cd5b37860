//! How curves are adjusted, and how the fraction of the cured is modelled.

use cotside_core::survival::TimeDistribution;
use serde::{Deserialize, Serialize};

choice! {
    /// How the groups of adjusted curves enter the model.
    GroupAs {
        /// As a covariate: their hazards are proportional.
        Covariate = "covariate",
        /// As strata: each has its own baseline hazard.
        Strata = "strata",
    }
}

choice! {
    /// The distribution of the times of those who are not cured, where a mixture cure model is asked for.
    CureDistribution {
        /// No model.
        None = "none",
        /// Weibull.
        Weibull = "weibull",
        /// Exponential.
        Exponential = "exponential",
        /// Log-normal.
        LogNormal = "lognormal",
        /// Log-logistic.
        LogLogistic = "loglogistic",
    }
}

choice! {
    /// Whether groups differ in the times of those who are not cured.
    CureTimes {
        /// The groups differ in the fraction of the cured and in the times of the others.
        ByGroup = "by-group",
        /// They differ in the fraction of the cured alone.
        Same = "same",
    }
}

impl CureDistribution {
    /// The same for the engine; `None` where no model is asked for.
    #[must_use]
    pub fn distribution(self) -> Option<TimeDistribution> {
        match self {
            Self::None => None,
            Self::Weibull => Some(TimeDistribution::Weibull),
            Self::Exponential => Some(TimeDistribution::Exponential),
            Self::LogNormal => Some(TimeDistribution::LogNormal),
            Self::LogLogistic => Some(TimeDistribution::LogLogistic),
        }
    }
}

//! What is asked of competing risks and of parametric models.

use cotside_core::survival::{Multiplicity, TimeDistribution};
use serde::{Deserialize, Serialize};

choice! {
    /// The distribution of times in a parametric model.
    TimesDistribution {
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
    /// How P values of pairs of groups are corrected.
    PairCorrection {
        /// Holm's.
        Holm = "holm",
        /// Bonferroni's.
        Bonferroni = "bonferroni",
        /// Not at all.
        None = "none",
    }
}

impl TimesDistribution {
    /// The same for the engine.
    #[must_use]
    pub fn distribution(self) -> TimeDistribution {
        match self {
            Self::Weibull => TimeDistribution::Weibull,
            Self::Exponential => TimeDistribution::Exponential,
            Self::LogNormal => TimeDistribution::LogNormal,
            Self::LogLogistic => TimeDistribution::LogLogistic,
        }
    }
}

impl PairCorrection {
    /// The same for the engine.
    #[must_use]
    pub fn multiplicity(self) -> Multiplicity {
        match self {
            Self::Holm => Multiplicity::Holm,
            Self::Bonferroni => Multiplicity::Bonferroni,
            Self::None => Multiplicity::None,
        }
    }
}

/// What is asked of competing risks and of parametric models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RiskOptions {
    /// How P values of pairs are corrected.
    pub correction: PairCorrection,
    /// The distribution of the parametric model.
    pub distribution: TimesDistribution,
}

impl RiskOptions {
    /// Takes a setting by its name and value in a project file; whether it is one of these. What is not understood leaves it
    /// as it is.
    pub fn takes(&mut self, name: &str, value: &str) -> bool {
        match name {
            "correction" => self.correction = PairCorrection::from_code(value).unwrap_or(self.correction),
            "distribution" => self.distribution = TimesDistribution::from_code(value).unwrap_or(self.distribution),
            _ => return false,
        }
        true
    }

    /// The settings that are not as at the beginning, by their names in a project file.
    pub fn named(&self) -> impl Iterator<Item = (String, String)> {
        let own = Self::default();
        let pairs = [
            ("correction", self.correction.code(), self.correction != own.correction),
            (
                "distribution",
                self.distribution.code(),
                self.distribution != own.distribution,
            ),
        ];
        let differing = pairs.into_iter().filter(|(_, _, differs)| *differs);
        differing.map(|(name, value, _)| (name.to_owned(), value.to_owned()))
    }
}

//! What a parametric model says of groups and of patients: time ratios, hazard ratios, survival, quantiles.

use super::linear::dot;
use super::{Interval, Parametric, TimeDistribution};

/// Survival at a time as a model predicts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictedSurvival {
    /// P(T > t).
    pub survival: f64,
    /// Its standard error.
    pub std_err: f64,
    /// Its interval, which is symmetric for z = (log t − xᵀβ)/σ.
    pub interval: Interval,
}

/// A quantile of the times as a model predicts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictedTime {
    /// The time by which the fraction has had the event.
    pub time: f64,
    /// Standard error of the time.
    pub std_err: f64,
    /// Its interval, which is symmetric for log t.
    pub interval: Interval,
}

/// The log of a ratio with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogRatio {
    /// Log of the ratio.
    pub log: f64,
    /// Standard error of the log.
    pub std_err: f64,
}

impl LogRatio {
    /// Returns the ratio and its limits at ± `z` standard errors of its log, lower and upper; a number that overflows or
    /// underflows is `None`.
    ///
    /// ```
    /// use cotside_core::survival::LogRatio;
    ///
    /// // By hand: exp(ln 2 ± 1.96 · 0.5).
    /// let ratio = LogRatio { log: 2.0_f64.ln(), std_err: 0.5 };
    /// let [estimate, lower, upper] = ratio.ratio(1.96).map(Option::unwrap);
    /// assert!((estimate - 2.0).abs() < 1e-12);
    /// assert!((lower - 2.0 * (-0.98_f64).exp()).abs() < 1e-12 && (upper - 2.0 * 0.98_f64.exp()).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn ratio(self, z: f64) -> [Option<f64>; 3] {
        [0.0, -z, z].map(|shift| {
            let ratio = libm::exp(self.log + shift * self.std_err);
            Some(ratio).filter(|ratio| ratio.is_finite() && *ratio > 0.0)
        })
    }
}

impl TimeDistribution {
    /// True if the covariates of the model multiply the hazard: exponential and Weibull.
    ///
    /// ```
    /// use cotside_core::survival::TimeDistribution;
    ///
    /// assert!(TimeDistribution::Weibull.has_proportional_hazards());
    /// assert!(!TimeDistribution::LogNormal.has_proportional_hazards());
    /// ```
    #[must_use]
    pub fn has_proportional_hazards(self) -> bool {
        matches!(self, Self::Exponential | Self::Weibull)
    }
}

impl Parametric {
    /// Returns β of a covariate that varies, by its index in `kept`: exp β is the ratio of times for one unit more.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // R: fit <- survreg(Surv(time, event) ~ x); exp(coef(fit)[2]); exp(confint(fit)[2, ])
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = parametric(&follow_up, &[x], TimeDistribution::Weibull).unwrap();
    /// let [ratio, lower, upper] = model.time_ratio(0).unwrap().ratio(1.959_963_984_540_054).map(Option::unwrap);
    /// assert!((ratio - 0.873_538_906).abs() < 1e-7);
    /// assert!((lower - 0.555_111_895).abs() < 1e-7 && (upper - 1.374_624_157).abs() < 1e-7);
    /// ```
    #[must_use]
    pub fn time_ratio(&self, covariate: usize) -> Option<LogRatio> {
        Some(LogRatio {
            log: *self.coefficients.get(covariate + 1)?,
            std_err: *self.std_err.get(covariate + 1)?,
        })
    }

    /// Returns −β/σ of a covariate that varies, by its index in `kept`: exp(−β/σ) is the hazard ratio for one unit more.
    /// `None` where hazards of the distribution are not proportional. The standard error is that of the delta method,
    /// √(Var β − 2β·Cov(β, log σ) + β²·Var log σ)/σ.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // R: fit <- survreg(Surv(time, event) ~ x); -coef(fit)[2]/fit$scale
    /// //    g <- c(-1, coef(fit)[2])/fit$scale; sqrt(g %*% vcov(fit)[2:3, 2:3] %*% g)
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = parametric(&follow_up, &[x.clone()], TimeDistribution::Weibull).unwrap();
    /// let ratio = model.hazard_ratio(0).unwrap();
    /// assert!((ratio.log - 0.245_170_950).abs() < 1e-7 && (ratio.std_err - 0.432_876_290).abs() < 1e-7);
    /// assert_eq!(parametric(&follow_up, &[x], TimeDistribution::LogNormal).unwrap().hazard_ratio(0), None);
    /// ```
    #[must_use]
    pub fn hazard_ratio(&self, covariate: usize) -> Option<LogRatio> {
        if !self.distribution.has_proportional_hazards() {
            return None;
        }
        let beta = *self.coefficients.get(covariate + 1)?;
        let (size, scale) = (self.std_err.len(), self.scale());
        let mut slopes = vec![0.0; size];
        slopes[covariate + 1] = -1.0 / scale;
        if self.log_scale.is_some() {
            slopes[size - 1] = beta / scale;
        }
        Some(LogRatio {
            log: -beta / scale,
            std_err: self.spread(&slopes),
        })
    }

    /// Returns the survival at `time` for these values of the covariates that vary, with an interval of ± `quantile`
    /// standard errors of z = (log t − xᵀβ)/σ, which is carried over to S: with the Weibull distribution the log-log
    /// interval, with the log-logistic the logit one. `None` where [`Self::survival`] is. O(p²).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // By hand: 2 events over 4 years. log Λ(2) = log(2 · 2/4) = 0 has the standard error 1/√2.
    /// let follow_up = FollowUp::new(vec![1.0, 3.0], vec![1, 1]).unwrap();
    /// let model = parametric(&follow_up, &[], TimeDistribution::Exponential).unwrap();
    /// let found = model.survival_with_interval(2.0, &[], 1.0).unwrap();
    /// let root = 0.5_f64.sqrt();
    /// assert!((found.survival - (-1.0_f64).exp()).abs() < 1e-9 && (found.std_err - root * (-1.0_f64).exp()).abs() < 1e-9);
    /// assert!((found.interval.lower - (-root.exp()).exp()).abs() < 1e-9);
    /// assert!((found.interval.upper - (-(-root).exp()).exp()).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn survival_with_interval(&self, time: f64, covariates: &[f64], quantile: f64) -> Option<PredictedSurvival> {
        let survival = self.survival(time, covariates)?;
        let scale = self.scale();
        let z = (libm::log(time) - self.location(covariates)?) / scale;
        let mut slopes = self.slopes(covariates);
        slopes.iter_mut().for_each(|slope| *slope /= -scale);
        if self.log_scale.is_some() {
            slopes.push(-z);
        }
        let spread = self.spread(&slopes);
        let at = |z: f64| libm::exp(self.distribution.log_survival(z).value);
        Some(PredictedSurvival {
            survival,
            std_err: libm::exp(self.distribution.log_density(z).value) * spread,
            interval: Interval {
                lower: at(z + quantile * spread),
                upper: at(z - quantile * spread),
            },
        })
    }

    /// Returns the time by which a fraction `p` has had the event, for these values of the covariates that vary, with an
    /// interval of ± `quantile` standard errors of its logarithm xᵀβ + σ·z: R's `predict(fit, type = "uquantile", se.fit =
    /// TRUE)`. `None` where the number of covariates is wrong, `p` is not between 0 and 1, or the time is not finite. O(p²).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // By hand: 2 events over 4 years; the median is 2·ln 2, and its log has the standard error 1/√2.
    /// let follow_up = FollowUp::new(vec![1.0, 3.0], vec![1, 1]).unwrap();
    /// let model = parametric(&follow_up, &[], TimeDistribution::Exponential).unwrap();
    /// let median = model.quantile(0.5, &[], 1.0).unwrap();
    /// assert!((median.time - 2.0 * 2.0_f64.ln()).abs() < 1e-9);
    /// assert!((median.std_err - median.time * 0.5_f64.sqrt()).abs() < 1e-9);
    /// assert!((median.interval.upper - median.time * 0.5_f64.sqrt().exp()).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn quantile(&self, p: f64, covariates: &[f64], quantile: f64) -> Option<PredictedTime> {
        let z = self.distribution.error_quantile(p);
        let log = self.location(covariates)? + self.scale() * z;
        let mut slopes = self.slopes(covariates);
        if self.log_scale.is_some() {
            slopes.push(self.scale() * z);
        }
        let spread = self.spread(&slopes);
        let [time, lower, upper] = [0.0, -quantile, quantile].map(|shift| libm::exp(log + shift * spread));
        (p > 0.0 && p < 1.0 && upper.is_finite()).then_some(PredictedTime {
            time,
            std_err: time * spread,
            interval: Interval { lower, upper },
        })
    }

    /// xᵀβ; `None` where the number of covariates is wrong.
    fn location(&self, covariates: &[f64]) -> Option<f64> {
        let (intercept, slopes) = self.coefficients.split_first()?;
        (slopes.len() == covariates.len()).then(|| intercept + dot(slopes, covariates))
    }

    /// The derivatives of xᵀβ by the coefficients.
    fn slopes(&self, covariates: &[f64]) -> Vec<f64> {
        [&[1.0], covariates].concat()
    }

    /// The standard error of a linear combination of the coefficients and log σ.
    fn spread(&self, slopes: &[f64]) -> f64 {
        let rows = self.variance.chunks_exact(slopes.len().max(1));
        let variance: f64 = rows.zip(slopes).map(|(row, slope)| slope * dot(row, slopes)).sum();
        variance.max(0.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{FollowUp, parametric};

    #[test]
    fn what_cannot_be_predicted_is_none() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 5.0], vec![1, 1, 0, 1]).unwrap();
        let x = vec![0.0, 1.0, 0.0, 1.0];
        for distribution in [TimeDistribution::Weibull, TimeDistribution::LogLogistic] {
            let model = parametric(&follow_up, std::slice::from_ref(&x), distribution).unwrap();
            assert!(model.quantile(0.5, &[1.0], 1.96).is_some());
            assert_eq!(model.quantile(0.5, &[], 1.96), None);
            assert_eq!([0.0, 1.0, f64::NAN].map(|p| model.quantile(p, &[1.0], 1.96)), [None; 3]);
            assert_eq!(model.survival_with_interval(0.0, &[1.0], 1.96), None);
            assert_eq!(model.survival_with_interval(1.0, &[], 1.96), None);
            assert_eq!((model.time_ratio(1), model.hazard_ratio(1)), (None, None));
        }
    }

    /// A median lies where the predicted survival is a half, and so do the limits.
    #[test]
    fn quantiles_and_survival_agree() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 5.0], vec![1, 1, 0, 1]).unwrap();
        for distribution in [
            TimeDistribution::Exponential,
            TimeDistribution::Weibull,
            TimeDistribution::LogNormal,
            TimeDistribution::LogLogistic,
        ] {
            let model = parametric(&follow_up, &[vec![0.0, 1.0, 0.0, 1.0]], distribution).unwrap();
            let median = model.quantile(0.5, &[1.0], 1.96).unwrap();
            let there = model.survival_with_interval(median.time, &[1.0], 1.96).unwrap();
            assert!((there.survival - 0.5).abs() < 1e-12, "{distribution:?}");
            assert!(there.interval.lower < 0.5 && 0.5 < there.interval.upper);
        }
    }
}

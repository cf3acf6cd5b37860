//! Distributions of log time in accelerated-failure-time models: log T = xᵀβ + σ·Z.

/// A distribution of survival times, named as in R's `survreg`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeDistribution {
    /// Exponential: Weibull with σ = 1.
    Exponential,
    /// Weibull: Z has the distribution of the smallest extreme value.
    Weibull,
    /// Log-normal: Z is normal.
    LogNormal,
    /// Log-logistic: Z is logistic.
    LogLogistic,
}

/// The logarithm of a function of z, its slope and its curvature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Log {
    pub value: f64,
    pub slope: f64,
    pub curvature: f64,
}

impl TimeDistribution {
    /// True if σ is 1 by definition.
    ///
    /// ```
    /// use cotside_core::survival::TimeDistribution;
    ///
    /// assert!(TimeDistribution::Exponential.has_fixed_scale() && !TimeDistribution::Weibull.has_fixed_scale());
    /// ```
    #[must_use]
    pub fn has_fixed_scale(self) -> bool {
        self == Self::Exponential
    }

    /// Returns the z with P(Z ≤ z) = `p`; not finite for a `p` that is not between 0 and 1.
    pub(super) fn error_quantile(self, p: f64) -> f64 {
        match self {
            Self::Exponential | Self::Weibull => libm::log(-libm::log1p(-p)),
            Self::LogNormal => super::normal_quantile(p),
            Self::LogLogistic => libm::log(p / (1.0 - p)),
        }
    }

    /// Returns log f(z) of the standardised error.
    pub(super) fn log_density(self, z: f64) -> Log {
        match self {
            Self::Exponential | Self::Weibull => {
                let power = libm::exp(z);
                Log {
                    value: z - power,
                    slope: 1.0 - power,
                    curvature: -power,
                }
            }
            Self::LogNormal => Log {
                value: -0.5 * z * z - HALF_LOG_TWO_PI,
                slope: -z,
                curvature: -1.0,
            },
            Self::LogLogistic => {
                let (lower, upper) = logistic(z);
                Log {
                    value: z - 2.0 * soft_plus(z),
                    slope: upper - lower,
                    curvature: -2.0 * lower * upper,
                }
            }
        }
    }

    /// Returns log S(z), S(z) = P(Z > z).
    pub(super) fn log_survival(self, z: f64) -> Log {
        match self {
            Self::Exponential | Self::Weibull => {
                let power = libm::exp(z);
                Log {
                    value: -power,
                    slope: -power,
                    curvature: -power,
                }
            }
            Self::LogNormal => {
                let (value, hazard) = normal_upper(z);
                Log {
                    value,
                    slope: -hazard,
                    curvature: -hazard * (hazard - z),
                }
            }
            Self::LogLogistic => {
                let (lower, upper) = logistic(z);
                Log {
                    value: -soft_plus(z),
                    slope: -lower,
                    curvature: -lower * upper,
                }
            }
        }
    }
}

const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_7;

/// Returns P(Z ≤ z) and P(Z > z) of a logistic variable.
pub(super) fn logistic(z: f64) -> (f64, f64) {
    let small = libm::exp(-z.abs());
    let (near, far) = (1.0 / (1.0 + small), small / (1.0 + small));
    if z >= 0.0 { (near, far) } else { (far, near) }
}

/// Returns log(1 + eᶻ).
pub(super) fn soft_plus(z: f64) -> f64 {
    z.max(0.0) + libm::log1p(libm::exp(-z.abs()))
}

/// Returns log P(Z > z) and the hazard φ(z)/P(Z > z) of a normal variable, also where the tail underflows.
fn normal_upper(z: f64) -> (f64, f64) {
    let log_density = -0.5 * z * z - HALF_LOG_TWO_PI;
    if z < 0.0 {
        let value = libm::log1p(-0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2));
        return (value, libm::exp(log_density - value));
    }
    if z < 25.0 {
        let value = libm::log(0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2));
        return (value, libm::exp(log_density - value));
    }
    // Laplace's continued fraction: h = z + 1/(z + 2/(z + 3/(z + …))).
    let hazard = (1..=20).rev().fold(z, |rest, k| z + f64::from(k) / rest);
    (log_density - libm::log(hazard), hazard)
}

#[cfg(test)]
mod tests {
    use super::TimeDistribution::{LogLogistic, LogNormal, Weibull};
    use super::*;

    #[test]
    fn quantiles_invert_the_survival() {
        for distribution in [Weibull, LogNormal, LogLogistic] {
            for p in [1e-6, 0.1, 0.5, 0.9] {
                let survival = libm::exp(distribution.log_survival(distribution.error_quantile(p)).value);
                assert!((1.0 - survival - p).abs() < 1e-12, "{distribution:?} {p} {survival}");
            }
            assert!(!distribution.error_quantile(1.0).is_finite() && !distribution.error_quantile(-1.0).is_finite());
        }
    }

    #[test]
    fn slopes_and_curvatures_are_those_of_the_values() {
        let step = 1e-5;
        for distribution in [Weibull, LogNormal, LogLogistic] {
            for log in [TimeDistribution::log_density, TimeDistribution::log_survival] {
                for z in [-30.0, -3.0, -0.5, 0.0, 0.7, 2.0, 4.0] {
                    let (before, at, after) = (
                        log(distribution, z - step),
                        log(distribution, z),
                        log(distribution, z + step),
                    );
                    let slope = (after.value - before.value) / (2.0 * step);
                    let curvature = (after.slope - before.slope) / (2.0 * step);
                    let close = |a: f64, b: f64| (a - b).abs() <= 1e-8 * (1.0 + b.abs());
                    assert!(close(slope, at.slope), "{distribution:?} {z} {slope} {}", at.slope);
                    assert!(close(curvature, at.curvature), "{distribution:?} {z}");
                }
            }
        }
    }

    /// R: `pnorm(c(24.9, 25.1, 40), lower.tail = FALSE, log.p = TRUE)`.
    #[test]
    fn the_normal_tail_far_out() {
        for (z, expected) in [(24.9, -314.14_f64), (25.1, -319.15), (40.0, -804.608_442_013_753_8)] {
            assert!((normal_upper(z).0 - expected).abs() < 0.01, "{z} {}", normal_upper(z).0);
        }
        assert!((normal_upper(40.0).0 + 804.608_442_013_753_8).abs() < 1e-10);
        let (below, above) = (normal_upper(25.0 - 1e-9), normal_upper(25.0 + 1e-9));
        assert!((below.1 / above.1 - 1.0).abs() < 1e-9);
    }
}

//! Pooling of independent estimates: fixed and random effects.

use super::Effect;
use super::student_t::{student_quantile, student_two_sided};
use crate::survival::{Interval, chi_square_upper, normal_quantile, normal_two_sided};

/// Fewest estimates that are pooled.
pub const FEWEST_POOLED: usize = 3;

/// How the variance between studies is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolMethod {
    /// None: one effect common to all.
    Fixed,
    /// By moments (DerSimonian and Laird 1986).
    DerSimonianLaird,
    /// Random effects, τ² by restricted maximum likelihood.
    Reml,
}

/// The test and interval of the pooled estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolTest {
    /// Normal test and interval.
    Normal,
    /// Hartung and Knapp 2001, Sidik and Jonkman 2002: the variance from the weighted residuals, t on k − 1 degrees of
    /// freedom. With [`PoolMethod::Fixed`] it is not used.
    HartungKnapp,
}

impl PoolMethod {
    /// The code in flags and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::DerSimonianLaird => "dersimonian-laird",
            Self::Reml => "reml",
        }
    }
}

impl PoolTest {
    /// The code in flags and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::HartungKnapp => "hartung-knapp",
        }
    }
}

/// Why there is no pooled estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// Fewer than [`FEWEST_POOLED`] estimates.
    #[error("{found} estimates")]
    TooFew {
        /// Number of estimates.
        found: usize,
    },
    /// An estimate that is not finite, or a standard error that is not above 0 (row from 0).
    #[error("row {row}: an estimate or a standard error out of range")]
    BadEffect {
        /// Index of the row, from 0.
        row: usize,
    },
    /// A level that is not between 0 and 1.
    #[error("a confidence level that is not between 0 and 1")]
    BadLevel,
    /// Estimates so far apart that their weights are numerically 0.
    #[error("weights that are numerically 0")]
    Degenerate,
}

/// Heterogeneity between the estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heterogeneity {
    /// Cochran's Q = Σ w(y − ȳ)² with w = 1/v.
    pub q: f64,
    /// Degrees of freedom, k − 1.
    pub df: u32,
    /// P value of Q, the upper tail of chi-square.
    pub p: f64,
    /// I², per cent: 100·τ²/(τ² + s²) with s² = (k − 1)Σw/((Σw)² − Σw²), the typical variance within studies (Higgins
    /// and Thompson 2002); with fixed effects and with DerSimonian–Laird it is 100·(Q − df)/Q, not below 0.
    pub i2: f64,
    /// H² = (τ² + s²)/s²; with fixed effects Q/df.
    pub h2: f64,
    /// τ², variance between studies; 0 with fixed effects.
    pub tau2: f64,
    /// Interval of τ² by the Q-profile method (Viechtbauer 2007), the same for every method.
    pub tau2_interval: Interval,
}

/// A pooled estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Method of pooling.
    pub method: PoolMethod,
    /// Kind of test and interval.
    pub test: PoolTest,
    /// Number of estimates.
    pub k: usize,
    /// The pooled estimate.
    pub estimate: f64,
    /// Its standard error; 0, as in metafor, where `interval` is `None`.
    pub std_err: f64,
    /// Its confidence interval; `None` where all estimates are equal, so that the standard error of Hartung and Knapp
    /// is 0: then there is no statistic, p or prediction interval either.
    pub interval: Option<Interval>,
    /// Estimate over standard error; `None` where that is 0.
    pub statistic: Option<f64>,
    /// P value for no effect; `None` where there is no statistic.
    pub p: Option<f64>,
    /// Prediction interval of the effect of a further study: t on k − 2 degrees of freedom, √(SE² + τ²) (Higgins,
    /// Thompson and Spiegelhalter 2009). `None` with fixed effects.
    pub prediction: Option<Interval>,
    /// Heterogeneity between the studies, Q, I² and τ².
    pub heterogeneity: Heterogeneity,
    /// Weight of each estimate, per cent.
    pub weights: Vec<f64>,
}

/// Pools at least three independent estimates.
///
/// With w = 1/(v + τ²): μ = Σwy/Σw, SE = 1/√Σw, or by Hartung and Knapp √(Σw(y − μ)²/((k − 1)Σw)). τ² is 0, or
/// (Q − (k − 1))/(Σw₀ − Σw₀²/Σw₀) with w₀ = 1/v, not below 0, or the greatest maximum of the restricted likelihood.
/// Equal to R's `metafor::rma` to 1e-8.
///
/// # Errors
/// [`PoolError`].
pub fn pool(effects: &[Effect], method: PoolMethod, test: PoolTest, level: f64) -> Result<Pool, PoolError> {
    let sample = Sample::new(effects, level)?;
    let tau2 = match method {
        PoolMethod::Fixed => 0.0,
        PoolMethod::DerSimonianLaird => sample.moments(),
        PoolMethod::Reml => sample.restricted_likelihood(),
    };
    sample.at(tau2, method, test)
}

/// Returns the pooled estimates that omit one study each, in the order of the studies.
///
/// # Errors
/// [`PoolError`]; there must be one more than [`FEWEST_POOLED`].
pub fn leave_one_out(
    effects: &[Effect],
    method: PoolMethod,
    test: PoolTest,
    level: f64,
) -> Result<Vec<Pool>, PoolError> {
    if effects.len() <= FEWEST_POOLED {
        return Err(PoolError::TooFew { found: effects.len() });
    }
    let without = |left_out: usize| {
        let rest: Vec<Effect> = effects
            .iter()
            .enumerate()
            .filter(|&(row, _)| row != left_out)
            .map(|(_, &effect)| effect)
            .collect();
        pool(&rest, method, test, level)
    };
    (0..effects.len()).map(without).collect()
}

/// Estimates in units in which they are near 1, so that their squares are numbers.
struct Sample {
    estimates: Vec<f64>,
    variances: Vec<f64>,
    unit: f64,
    level: f64,
}

/// Weighted sums at one value of τ².
#[derive(Clone, Copy)]
struct Sums {
    /// Σw.
    weight: f64,
    /// Σw².
    squared: f64,
    mean: f64,
    /// Σw(y − μ)².
    residual: f64,
    /// Σw²(y − μ)².
    squared_residual: f64,
}

impl Sample {
    fn new(effects: &[Effect], level: f64) -> Result<Self, PoolError> {
        if !(level > 0.0 && level < 1.0) {
            return Err(PoolError::BadLevel);
        }
        if let Some(row) = effects
            .iter()
            .position(|effect| Effect::new(effect.estimate, effect.std_err).is_none())
        {
            return Err(PoolError::BadEffect { row });
        }
        if effects.len() < FEWEST_POOLED {
            return Err(PoolError::TooFew { found: effects.len() });
        }
        let unit = effects
            .iter()
            .map(|effect| effect.std_err)
            .fold(f64::INFINITY, f64::min);
        let sample = Self {
            estimates: effects.iter().map(|effect| effect.estimate / unit).collect(),
            variances: effects
                .iter()
                .map(|effect| (effect.std_err / unit) * (effect.std_err / unit))
                .collect(),
            unit,
            level,
        };
        let sums = sample.sums(0.0);
        let all = [
            sums.weight,
            sums.squared,
            sums.mean,
            sums.residual,
            sums.squared_residual,
        ];
        // Squares of distances of 1e75 standard errors, and their products, overflow.
        let numbers = all.iter().all(|sum| sum.is_finite() && sum.abs() < 1e150);
        let least = sample.variances.iter().copied().fold(0.0, f64::max) < 1e75;
        if numbers && least {
            Ok(sample)
        } else {
            Err(PoolError::Degenerate)
        }
    }

    fn k(&self) -> f64 {
        self.estimates.len() as f64
    }

    fn weight(&self, tau2: f64) -> impl Iterator<Item = f64> + '_ {
        self.variances.iter().map(move |variance| 1.0 / (variance + tau2))
    }

    fn sums(&self, tau2: f64) -> Sums {
        let weight: f64 = self.weight(tau2).sum();
        let total: f64 = self.weight(tau2).zip(&self.estimates).map(|(w, y)| w * y).sum();
        let mean = total / weight;
        let (mut squared, mut residual, mut squared_residual) = (0.0, 0.0, 0.0);
        for (w, y) in self.weight(tau2).zip(&self.estimates) {
            let part = w * (y - mean) * (y - mean);
            squared += w * w;
            residual += part;
            squared_residual += w * part;
        }
        Sums {
            weight,
            squared,
            mean,
            residual,
            squared_residual,
        }
    }

    /// Returns τ² by the method of moments.
    fn moments(&self) -> f64 {
        let sums = self.sums(0.0);
        let excess = sums.residual - (self.k() - 1.0);
        (excess / (sums.weight - sums.squared / sums.weight)).max(0.0)
    }

    /// Twice the restricted log likelihood, up to a constant.
    fn likelihood(&self, tau2: f64) -> f64 {
        let sums = self.sums(tau2);
        let logs: f64 = self.variances.iter().map(|variance| libm::log(variance + tau2)).sum();
        -logs - libm::log(sums.weight) - sums.residual
    }

    /// Returns the derivative of the restricted log-likelihood by τ².
    fn score(&self, tau2: f64) -> f64 {
        let sums = self.sums(tau2);
        sums.squared_residual - (sums.weight - sums.squared / sums.weight)
    }

    /// τ² by restricted maximum likelihood: the best point of a geometric grid from far below to above every possible
    /// value, then the root of the score next to it by bisection.
    fn restricted_likelihood(&self) -> f64 {
        const POINTS: usize = 400;
        let span = self.largest_tau2();
        let ratio = libm::pow(1e16, 1.0 / POINTS as f64);
        let mut grid = vec![0.0];
        let mut point = span * 1e-16;
        for _ in 0..=POINTS {
            grid.push(point);
            point *= ratio;
        }
        let (mut best, mut best_likelihood) = (0, self.likelihood(0.0));
        for (position, &tau2) in grid.iter().enumerate() {
            let likelihood = self.likelihood(tau2);
            if likelihood > best_likelihood {
                (best, best_likelihood) = (position, likelihood);
            }
        }
        let low = grid[best.saturating_sub(1)];
        let high = grid.get(best + 1).copied().unwrap_or(point);
        if best <= 1 && self.score(0.0) <= 0.0 {
            return 0.0;
        }
        bisect(low, high, |tau2| self.score(tau2) > 0.0)
    }

    /// Returns an upper bound of τ²: the squared range of the estimates.
    fn largest_tau2(&self) -> f64 {
        let largest = self.estimates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let smallest = self.estimates.iter().copied().fold(f64::INFINITY, f64::min);
        let spread = largest - smallest;
        (spread * spread * self.k()).max(1e-6)
    }

    /// Returns the interval of τ²: where the generalised Q has the tails of chi-square with k − 1 degrees of freedom;
    /// an end below 0 is 0.
    fn profile(&self) -> Interval {
        let tail = (1.0 - self.level) / 2.0;
        let p = |tau2: f64| chi_square_upper(self.sums(tau2).residual, self.k() - 1.0);
        let end = |wanted: f64| {
            if p(0.0) >= wanted {
                return 0.0;
            }
            let mut high = self.largest_tau2();
            for _ in 0..200 {
                if p(high) >= wanted {
                    break;
                }
                high *= 4.0;
            }
            bisect(0.0, high, |tau2| p(tau2) < wanted)
        };
        Interval {
            lower: end(tail),
            upper: end(1.0 - tail),
        }
    }

    fn at(&self, tau2: f64, method: PoolMethod, test: PoolTest) -> Result<Pool, PoolError> {
        let (k, degrees) = (self.k(), self.k() - 1.0);
        let sums = self.sums(tau2);
        let knapp = test == PoolTest::HartungKnapp && method != PoolMethod::Fixed;
        // Rounding noise between equal estimates is not heterogeneity.
        let apart = |each: &f64| (each - sums.mean).abs() > 1e-12 * each.abs().max(sums.mean.abs());
        let alike = knapp && !self.estimates.iter().any(apart);
        let variance = if alike {
            0.0
        } else if knapp {
            sums.residual / (degrees * sums.weight)
        } else {
            1.0 / sums.weight
        };
        let tail = 1.0 - self.level;
        let quantile = if knapp {
            student_quantile(tail, degrees).ok_or(PoolError::BadLevel)?
        } else {
            normal_quantile(1.0 - tail / 2.0)
        };
        let std_err = variance.sqrt();
        let around = |reach: f64| Interval {
            lower: self.unit * (sums.mean - reach),
            upper: self.unit * (sums.mean + reach),
        };
        let statistic = Some(sums.mean / std_err).filter(|statistic| !alike && statistic.is_finite());
        let prediction = match method {
            PoolMethod::Fixed => None,
            _ if alike => None,
            _ => student_quantile(tail, k - 2.0).map(|t| around(t * (variance + tau2).sqrt())),
        };
        let interval = around(quantile * std_err);
        if !(interval.lower.is_finite() && interval.upper.is_finite()) {
            return Err(PoolError::Degenerate);
        }
        Ok(Pool {
            method,
            test: if knapp { test } else { PoolTest::Normal },
            k: self.estimates.len(),
            estimate: self.unit * sums.mean,
            std_err: self.unit * std_err,
            interval: (!alike).then_some(interval),
            statistic,
            p: statistic.map(|value| match knapp {
                true => student_two_sided(value, degrees),
                false => normal_two_sided(value),
            }),
            prediction,
            heterogeneity: self.heterogeneity(tau2, method),
            weights: self.weight(tau2).map(|weight| 100.0 * weight / sums.weight).collect(),
        })
    }

    fn heterogeneity(&self, tau2: f64, method: PoolMethod) -> Heterogeneity {
        let degrees = self.k() - 1.0;
        let fixed = self.sums(0.0);
        let q = fixed.residual;
        let (i2, h2) = if method == PoolMethod::Fixed {
            let i2 = if q > 0.0 { 100.0 * (q - degrees) / q } else { 0.0 };
            (i2.max(0.0), q / degrees)
        } else {
            let typical = degrees / (fixed.weight - fixed.squared / fixed.weight);
            (100.0 * tau2 / (tau2 + typical), (tau2 + typical) / typical)
        };
        let square = self.unit * self.unit;
        let profile = self.profile();
        Heterogeneity {
            q,
            df: self.estimates.len() as u32 - 1,
            p: chi_square_upper(q, degrees),
            i2,
            h2,
            tau2: square * tau2,
            tau2_interval: Interval {
                lower: square * profile.lower,
                upper: square * profile.upper,
            },
        }
    }
}

/// The point between `low` and `high` up to which `before` holds.
fn bisect(mut low: f64, mut high: f64, before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if before(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effects(pairs: &[(f64, f64)]) -> Vec<Effect> {
        pairs
            .iter()
            .map(|&(estimate, std_err)| Effect { estimate, std_err })
            .collect()
    }

    /// Three estimates 0, 1 and 5 with variance 1: the mean is 2, Q = 4 + 1 + 9 = 14 on 2, τ² = (14 − 2)/(3 − 1) = 6,
    /// which restricted likelihood gives too (their variance 7 less 1).
    #[test]
    fn by_hand() {
        let three = effects(&[(0.0, 1.0), (1.0, 1.0), (5.0, 1.0)]);
        for method in [PoolMethod::DerSimonianLaird, PoolMethod::Reml] {
            let found = pool(&three, method, PoolTest::Normal, 0.95).unwrap();
            assert!((found.estimate - 2.0).abs() < 1e-14);
            assert!((found.heterogeneity.q - 14.0).abs() < 1e-12);
            assert!((found.heterogeneity.tau2 - 6.0).abs() < 1e-10, "{found:?}");
            assert!((found.std_err - (7.0_f64 / 3.0).sqrt()).abs() < 1e-10);
            assert!((found.heterogeneity.i2 - 600.0 / 7.0).abs() < 1e-9);
        }
        let fixed = pool(&three, PoolMethod::Fixed, PoolTest::HartungKnapp, 0.95).unwrap();
        assert_eq!((fixed.test, fixed.prediction), (PoolTest::Normal, None));
        assert!((fixed.std_err - (1.0_f64 / 3.0).sqrt()).abs() < 1e-14);
        assert_eq!(
            leave_one_out(&three, PoolMethod::Fixed, PoolTest::Normal, 0.95),
            Err(PoolError::TooFew { found: 3 })
        );
    }

    #[test]
    fn what_is_refused() {
        let refuse =
            |pairs: &[(f64, f64)], level| pool(&effects(pairs), PoolMethod::Reml, PoolTest::Normal, level).unwrap_err();
        assert_eq!(refuse(&[(1.0, 1.0), (2.0, 1.0)], 0.95), PoolError::TooFew { found: 2 });
        assert_eq!(
            refuse(&[(1.0, 1.0), (f64::NAN, 1.0), (1.0, 1.0)], 0.95),
            PoolError::BadEffect { row: 1 }
        );
        assert_eq!(
            refuse(&[(1.0, 1.0), (1.0, 0.0), (1.0, 1.0)], 0.95),
            PoolError::BadEffect { row: 1 }
        );
        assert_eq!(refuse(&[(1.0, 1.0); 3], 1.0), PoolError::BadLevel);
        assert_eq!(
            refuse(&[(1e200, 1e-100), (1.0, 1.0), (1.0, 1.0)], 0.95),
            PoolError::Degenerate
        );
    }

    #[test]
    fn no_spread_at_all() {
        let found = pool(
            &effects(&[(1.0, 0.5); 4]),
            PoolMethod::Reml,
            PoolTest::HartungKnapp,
            0.95,
        )
        .unwrap();
        assert_eq!(
            (found.heterogeneity.tau2, found.std_err, found.statistic, found.p),
            (0.0, 0.0, None, None)
        );
        assert_eq!((found.interval, found.prediction), (None, None));
        // Here 0.405 three times: rounding noise gave a standard error of 1e-16 and p < 0.0001.
        let alike = effects(&[(0.405, 0.35), (0.405, 0.11), (0.405, 0.7)]);
        for method in [PoolMethod::DerSimonianLaird, PoolMethod::Reml] {
            let found = pool(&alike, method, PoolTest::HartungKnapp, 0.95).unwrap();
            assert_eq!((found.interval, found.p, found.prediction), (None, None, None));
            let normal = pool(&alike, method, PoolTest::Normal, 0.95).unwrap();
            assert!(normal.interval.is_some() && normal.p.is_some());
        }
    }
}

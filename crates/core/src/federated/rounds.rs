//! Cox's model over several sites: Newton's method on pooled scores and informations, one step a round.
//!
//! The partial log-likelihood is self-concordant in the range of the covariates (Bach 2010, Electron J Stat 4:384), so
//! that the score and information of one round bound the distance to the fit of all rows together.

use super::plan::Round;
use crate::survival::cox::{DEPENDENT, Factored, Symmetric};

/// The step is shortened where Σ R|s| is above this.
const LONGEST_STEP: f64 = 3.0;
/// The largest Σ R|β|: coefficients beyond it have no finite estimate for these purposes.
pub const LARGEST_BETA: f64 = 6.0;
/// No bound where ν⁺ρ⁺ reaches this.
const NO_BOUND: f64 = 0.9;
/// The Newton decrement at which full-precision rounds end.
const FULL_STOP: f64 = 1e-9;

/// Score and information of all sites at common coefficients.
#[derive(Debug, Clone)]
pub struct Pooled {
    /// The coefficients.
    pub beta: Vec<f64>,
    /// Sum of the scores.
    pub score: Vec<f64>,
    /// Sum of the informations.
    pub information: Symmetric,
    /// Variance of each element of the score that rounding brings; zeros in full precision.
    pub rounding: Vec<f64>,
    /// Range R of each column.
    pub ranges: Vec<f64>,
}

/// What a round says.
#[derive(Debug, Clone)]
pub struct Step {
    /// The present estimates.
    pub estimate: Vec<f64>,
    /// The coefficients of the next round.
    pub next: Vec<f64>,
    /// √(UᵀI⁻¹U).
    pub decrement: f64,
    /// Inverse of the information.
    pub covariance: Symmetric,
    /// Every estimate lies within this many standard errors of the pooled fit.
    pub bound: Option<f64>,
    /// Largest standard deviation that rounding brings, in standard errors.
    pub rounding_se: f64,
    /// True if no further round is needed.
    pub converged: bool,
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoStep {
    /// The information is singular: this column is a linear combination of others, or nobody differs in it.
    Singular {
        /// The column.
        column: usize,
    },
    /// The coefficients grow beyond what is asked of any site.
    Unbounded,
}

impl Pooled {
    /// Takes Newton's step. `before` is the round before, `stop` the bound at which rounded rounds end.
    ///
    /// # Errors
    /// [`NoStep`].
    pub fn step(&self, before: Option<&Round>, stop: f64) -> Result<Step, NoStep> {
        let p = self.beta.len();
        let factored = Factored::new(&without_noise(&self.information, &self.ranges), DEPENDENT, 0.0);
        if let Some(column) = (0..p).find(|&column| factored.is_aliased(column)) {
            return Err(NoStep::Singular { column });
        }
        let covariance = factored.inverse();
        let full = factored.solve(&self.score);
        let decrement = dot(&full, &self.score).max(0.0).sqrt();
        let length = self.length(&full);
        let part = if length > LONGEST_STEP {
            LONGEST_STEP / length
        } else {
            1.0
        };
        let estimate: Vec<f64> = self.beta.iter().zip(&full).map(|(beta, s)| beta + part * s).collect();
        let next = self.halved(before).unwrap_or_else(|| estimate.clone());
        if self.length(&next) > LARGEST_BETA || self.length(&estimate) > LARGEST_BETA {
            return Err(NoStep::Unbounded);
        }
        let bound = if part < 1.0 {
            None
        } else {
            self.bound(&covariance, decrement, length)
        };
        let rounding = |j: usize| {
            let terms = (0..p).map(|k| covariance.at(j, k) * covariance.at(j, k) * self.rounding[k]);
            (terms.sum::<f64>() / covariance.at(j, j)).sqrt()
        };
        let trace: f64 = (0..p).map(|j| covariance.at(j, j) * self.rounding[j]).sum();
        let is_rounded = self.rounding.iter().any(|&variance| variance > 0.0);
        let converged = if is_rounded {
            let least = (p as f64).sqrt() / 32.0;
            bound.is_some_and(|bound| bound <= stop) || decrement <= least.max(3.0 * trace.sqrt())
        } else {
            decrement <= FULL_STOP
        };
        Ok(Step {
            estimate,
            next,
            decrement,
            bound,
            rounding_se: (0..p).map(rounding).fold(0.0, f64::max),
            converged: converged && part >= 1.0,
            covariance,
        })
    }

    /// Σ R|v|.
    fn length(&self, v: &[f64]) -> f64 {
        v.iter().zip(&self.ranges).map(|(v, range)| range * v.abs()).sum()
    }

    /// Where the last step s went too far (sᵀU turned by more than half), the point β + τs of the secant between.
    fn halved(&self, before: Option<&Round>) -> Option<Vec<f64>> {
        let before = before?;
        let step: Vec<f64> = self
            .beta
            .iter()
            .zip(&before.beta)
            .map(|(now, then)| now - then)
            .collect();
        let (then, now) = (dot(&step, &before.score), dot(&step, &self.score));
        if now >= -0.5 * then || then <= 0.0 {
            return None;
        }
        let part = then / (then - now);
        Some(before.beta.iter().zip(&step).map(|(beta, s)| beta + part * s).collect())
    }

    /// The root b of b·φ(ρ⁺b) = ν⁺, φ(x) = (e^−x + x − 1)/x², with ν⁺ = νe^{S/2}(e^S − 1 − S)/S and ρ⁺ = ρe^{S/2}.
    fn bound(&self, covariance: &Symmetric, decrement: f64, length: f64) -> Option<f64> {
        let p = self.ranges.len();
        let reach = (0..1_u32 << p.min(20))
            .map(|signs| {
                let v: Vec<f64> = (0..p)
                    .map(|j| {
                        if signs >> j & 1 == 1 {
                            -self.ranges[j]
                        } else {
                            self.ranges[j]
                        }
                    })
                    .collect();
                covariance.quadratic(&v)
            })
            .fold(0.0, f64::max)
            .sqrt();
        let stretch = libm::exp(length / 2.0);
        // (e^S − 1 − S)/S, whose difference loses its digits near 0.
        let tail = if length < 1e-4 {
            length * (0.5 + length / 6.0)
        } else {
            (libm::expm1(length) - length) / length
        };
        let (nu, rho) = (decrement * stretch * tail, reach * stretch);
        if nu * rho >= NO_BOUND || !(nu * rho).is_finite() {
            return None;
        }
        let value = |b: f64| {
            let x = rho * b;
            // The difference below loses its digits near 0, where φ(x) = 1/2 − x/6 + x²/24 − ….
            let phi = if x < 1e-3 {
                0.5 - x / 6.0 + x * x / 24.0
            } else {
                (libm::expm1(-x) + x) / (x * x)
            };
            b * phi
        };
        let (mut low, mut high) = (0.0, 1.0);
        while value(high) < nu {
            high *= 2.0;
            if high > 1e9 {
                return None;
            }
        }
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if value(middle) < nu {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(high)
    }
}

/// Information below this part of R² is rounding: nobody differs in the column within a stratum.
const NO_INFORMATION: f64 = 1e-10;

/// The information with zeros for columns that have none but rounding.
pub(super) fn without_noise(information: &Symmetric, ranges: &[f64]) -> Symmetric {
    let mut clean = information.clone();
    for (j, range) in ranges.iter().enumerate() {
        if information.at(j, j) <= NO_INFORMATION * range * range {
            (0..ranges.len()).for_each(|i| clean.set(i, j, 0.0));
        }
    }
    clean
}

/// Σ aᵢbᵢ.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pooled(score: &[f64], information: &[f64], ranges: &[f64]) -> Pooled {
        Pooled {
            beta: vec![0.0; score.len()],
            score: score.to_vec(),
            information: Symmetric::of_lower(score.len(), information).unwrap(),
            rounding: vec![0.0; score.len()],
            ranges: ranges.to_vec(),
        }
    }

    #[test]
    fn step_by_hand() {
        let step = pooled(&[1.0], &[4.0], &[1.0]).step(None, 1e-3).unwrap();
        assert_eq!(
            (step.estimate[0], step.decrement, step.covariance.at(0, 0)),
            (0.25, 0.5, 0.25)
        );
        assert!(!step.converged && step.bound.is_some());
        let long = pooled(&[100.0], &[4.0], &[2.0]).step(None, 1e-3).unwrap();
        assert_eq!((long.estimate[0], long.bound), (1.5, None));
    }

    #[test]
    fn singular_information_has_no_step() {
        let found = pooled(&[1.0, 1.0], &[1.0, 1.0, 1.0], &[1.0, 1.0]).step(None, 1e-3);
        assert_eq!(found.unwrap_err(), NoStep::Singular { column: 1 });
    }

    #[test]
    fn a_step_too_far_goes_back_to_the_secant() {
        let mut at = pooled(&[-3.0], &[4.0], &[1.0]);
        at.beta = vec![1.0];
        let before = Round {
            round: 1,
            sites: Vec::new(),
            beta: vec![0.0],
            score: vec![1.0],
            information_lower: vec![1.0],
            loglik: None,
            decrement: None,
        };
        assert_eq!(at.step(Some(&before), 1e-3).unwrap().next, [0.25]);
    }
}

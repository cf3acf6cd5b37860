//! Newton's method with step halving, for log-likelihoods of a few parameters.

use super::linear::{Cholesky, dot};

/// A log-likelihood and its derivatives at one point.
pub(super) trait Derivatives {
    /// Returns the log-likelihood.
    fn loglik(&self) -> f64;
    /// Returns its gradient.
    fn score(&self) -> &[f64];
    /// Returns its negative Hessian by rows.
    fn information(&self) -> &[f64];
}

/// Whether a log-likelihood is concave everywhere or only near its maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A singular information means that a parameter is not identified.
    Concave,
    /// Where the information is not positive definite, its diagonal is increased until it is.
    Any,
}

/// The maximum found.
pub(super) struct Top<D> {
    pub at: Vec<f64>,
    pub derivatives: D,
    /// Which parameters may be infinite: far away, or moving far while the likelihood gained nothing.
    pub moving: Vec<bool>,
}

/// Why there is no maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClimbError {
    /// This parameter is a linear combination of those before it.
    Singular(usize),
    /// The likelihood is not finite at the start, or the steps did not converge.
    NoConvergence,
}

const MOST_ITERATIONS: usize = 200;
const MOST_HALVINGS: usize = 40;
/// A step this small is the last; parameters are on the scale of standardised covariates.
const SMALL_STEP: f64 = 1e-7;
/// A parameter diverges where steps stay this large while the likelihood gains less than this share of itself.
const LARGE_STEP: f64 = 0.1;
const FLAT: f64 = 1e-9;
/// Steps with an expected gain below this share of the likelihood are taken in full.
const NEAR: f64 = 1e-8;
/// A parameter beyond this counts as diverging.
const FAR: f64 = 1e10;

/// Maximises the log-likelihood from `start`. The last evaluation is the one at the maximum.
pub(super) fn climb<D: Derivatives>(
    start: Vec<f64>,
    shape: Shape,
    mut evaluate: impl FnMut(&[f64]) -> D,
) -> Result<Top<D>, ClimbError> {
    let mut top = Top {
        moving: vec![false; start.len()],
        derivatives: evaluate(&start),
        at: start,
    };
    if !top.derivatives.loglik().is_finite() {
        return Err(ClimbError::NoConvergence);
    }
    let mut flat = false;
    for _ in 0..MOST_ITERATIONS {
        let (step, raised) = newton_step(&top.derivatives, shape)?;
        if flat && step.iter().any(|each| each.abs() > LARGE_STEP) {
            top.moving = step.iter().map(|each| each.abs() > LARGE_STEP).collect();
            return Ok(top);
        }
        let small = |(step, at): (&f64, &f64)| step.abs() <= SMALL_STEP * (1.0 + at.abs());
        let last = !raised && step.iter().zip(&top.at).all(small);
        let before = top.derivatives.loglik();
        if !advance(&mut top, step, &mut evaluate) {
            return Err(ClimbError::NoConvergence);
        }
        // The error after a step is of the order of its square.
        if last {
            return Ok(top);
        }
        if top.at.iter().any(|each| each.abs() > FAR) {
            top.moving = top.at.iter().map(|each| each.abs() > FAR).collect();
            return Ok(top);
        }
        flat = !raised && top.derivatives.loglik() - before < FLAT * (1.0 + before.abs());
    }
    Err(ClimbError::NoConvergence)
}

/// Returns the step, and whether the diagonal of the information had to be increased for it.
fn newton_step<D: Derivatives>(derivatives: &D, shape: Shape) -> Result<(Vec<f64>, bool), ClimbError> {
    let (score, information) = (derivatives.score(), derivatives.information());
    let n = score.len();
    let column = match Cholesky::of(information, n) {
        Ok(factor) => return Ok((factor.solve(score), false)),
        Err(column) => column,
    };
    if shape == Shape::Any {
        let largest = (0..n).map(|k| information[k * n + k].abs()).fold(1e-8, f64::max);
        let mut raise = 1e-4 * largest;
        while raise < 1e8 * largest {
            let mut raised = information.to_vec();
            (0..n).for_each(|k| raised[k * n + k] += raise);
            if let Ok(factor) = Cholesky::of(&raised, n) {
                return Ok((factor.solve(score), true));
            }
            raise *= 4.0;
        }
    }
    Err(ClimbError::Singular(column))
}

/// Takes the step, halved until the likelihood does not fall.
fn advance<D: Derivatives>(top: &mut Top<D>, mut step: Vec<f64>, evaluate: &mut impl FnMut(&[f64]) -> D) -> bool {
    let before = top.derivatives.loglik();
    let gain = dot(&step, top.derivatives.score());
    if !gain.is_finite() {
        return false;
    }
    // This near to the maximum the quadratic approximation holds, and rounding of a long sum may hide the gain.
    let noise = if gain < NEAR * (1.0 + before.abs()) {
        f64::INFINITY
    } else {
        0.0
    };
    for _ in 0..MOST_HALVINGS {
        let next: Vec<f64> = top.at.iter().zip(&step).map(|(at, step)| at + step).collect();
        let there = evaluate(&next);
        if there.loglik().is_finite() && there.loglik() >= before - noise {
            top.at = next;
            top.derivatives = there;
            return true;
        }
        step.iter_mut().for_each(|each| *each *= 0.5);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Point(f64, [f64; 1], [f64; 1]);

    impl Derivatives for Point {
        fn loglik(&self) -> f64 {
            self.0
        }
        fn score(&self) -> &[f64] {
            &self.1
        }
        fn information(&self) -> &[f64] {
            &self.2
        }
    }

    #[test]
    fn tops_of_a_poisson_and_of_a_likelihood_without_one() {
        // 3 events at rate e^x: 3x − e^x is highest at log 3.
        let poisson = |x: &[f64]| {
            let rate = libm::exp(x[0]);
            Point(3.0 * x[0] - rate, [3.0 - rate], [rate])
        };
        let top = climb(vec![0.0], Shape::Concave, poisson).unwrap();
        assert!((top.at[0] - libm::log(3.0)).abs() < 1e-14 && !top.moving[0]);
        let endless = |x: &[f64]| {
            let rate = libm::exp(-x[0]);
            Point(-rate, [rate], [rate])
        };
        assert!(climb(vec![0.0], Shape::Concave, endless).unwrap().moving[0]);
        let nothing = |_: &[f64]| Point(0.0, [0.0], [0.0]);
        assert_eq!(
            climb(vec![0.0], Shape::Concave, nothing).err(),
            Some(ClimbError::Singular(0))
        );
    }
}

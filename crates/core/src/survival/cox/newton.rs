//! Newton's method with step halving, as R's `coxph.fit` and `agreg.fit`.

use super::matrix::Factored;
use super::partial::Partial;

/// Relative change of the log-likelihood at which the iterations stop (R's `coxph.control(eps)`).
const SAME_LOGLIK: f64 = 1e-9;
/// Most iterations (R's `coxph.control(iter.max)`).
pub const MOST_ITERATIONS: u32 = 20;
/// A pivot below this part of its diagonal means a dependent covariate (R's `coxph.control(toler.chol)`).
pub const DEPENDENT: f64 = 1.818_989_403_545_856_5e-12;

/// The state at the end of the iterations.
#[derive(Debug, Clone)]
pub struct Maximum {
    pub beta: Vec<f64>,
    pub partial: Partial,
    pub factored: Factored,
    pub iterations: u32,
    pub converged: bool,
}

/// Maximises the likelihood from `beta`, where its value is `start`. The stopping rule, and so every iterate, is R's.
pub fn maximise(start: &Partial, beta: Vec<f64>, most: u32, mut at: impl FnMut(&[f64]) -> Partial) -> Maximum {
    let factored = Factored::new(&start.information, DEPENDENT, 0.0);
    let mut best = Maximum {
        beta,
        partial: start.clone(),
        factored,
        iterations: 0,
        converged: false,
    };
    let mut next = added(&best.beta, &best.factored.solve(&best.partial.score));
    let mut halvings = 0.0;
    while best.iterations < most {
        best.iterations += 1;
        let partial = at(&next);
        let finite = partial.is_finite();
        let same = finite && (1.0 - best.partial.loglik / partial.loglik).abs() <= SAME_LOGLIK;
        if same || (finite && partial.loglik >= best.partial.loglik) {
            best.factored = Factored::new(&partial.information, DEPENDENT, 0.0);
            best.partial = partial;
            best.beta = next;
            if same {
                best.converged = true;
                return best;
            }
            halvings = 0.0;
            next = added(&best.beta, &best.factored.solve(&best.partial.score));
        } else {
            halvings += 1.0;
            for (next, &beta) in next.iter_mut().zip(&best.beta) {
                *next = (*next + halvings * beta) / (halvings + 1.0);
            }
        }
    }
    best
}

fn added(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

//! The log partial likelihood of a model at given coefficients, with its derivatives: what one hospital adds to a model
//! that is fitted over several.

use super::partial::partial;
use super::risk_order::RiskOrder;
use super::{CoxError, Model, Symmetric, Ties};

/// Log partial likelihood with its gradient and its negative second derivative, in the units of the design.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivatives {
    /// Log partial likelihood.
    pub loglik: f64,
    /// Its gradient, one element for each column of the design.
    pub score: Vec<f64>,
    /// Its negative second derivative.
    pub information: Symmetric,
}

/// Computes the log partial likelihood and its derivatives at `beta`, one coefficient for each column of the design.
/// Without an event all of them are 0.
///
/// ```
/// use cotside_core::survival::{FollowUp, cox::{Design, Model, derivatives}};
///
/// // By hand, at a hazard ratio of 1: 0 − 1/3 + 1 − 1/2, and 2/9 + 1/4.
/// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 1]).unwrap();
/// let design = Design::new().numeric("marrow", vec![0.0, 1.0, 0.0]);
/// let found = derivatives(&Model::new(&follow_up, &design), &[0.0]).unwrap();
/// assert!((found.score[0] - 1.0 / 6.0).abs() < 1e-15 && (found.information.at(0, 0) - 17.0 / 36.0).abs() < 1e-15);
/// assert!((found.loglik + 6.0_f64.ln()).abs() < 1e-15);
/// ```
///
/// # Errors
/// [`CoxError`]: columns of other lengths, a covariate or offset that is not finite, the exact treatment of ties, or a
/// likelihood outside the range of a double.
pub fn derivatives(model: &Model<'_>, beta: &[f64]) -> Result<Derivatives, CoxError> {
    let p = model.design.len();
    if beta.len() != p {
        return Err(CoxError::Length {
            expected: p,
            found: beta.len(),
        });
    }
    match model.check() {
        Err(CoxError::NoEvents) => {
            return Ok(Derivatives {
                loglik: 0.0,
                score: vec![0.0; p],
                information: Symmetric::zero(p),
            });
        }
        other => other?,
    }
    if model.ties == Ties::Exact {
        return Err(CoxError::NotForExact);
    }
    let order = RiskOrder::new(model)?;
    let scaled: Vec<f64> = beta
        .iter()
        .zip(&order.spread)
        .map(|(beta, spread)| beta * spread)
        .collect();
    let found = partial(&order, model.ties, &scaled);
    if !found.is_finite() {
        return Err(CoxError::Overflow);
    }
    let mut information = Symmetric::zero(p);
    for i in 0..p {
        for j in 0..=i {
            information.set(i, j, found.information.at(i, j) * order.spread[i] * order.spread[j]);
        }
    }
    let score = found.score.iter().zip(&order.spread);
    Ok(Derivatives {
        loglik: found.loglik,
        score: score.map(|(score, spread)| score * spread).collect(),
        information,
    })
}

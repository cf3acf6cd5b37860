//! Score residuals and the robust variance that they give.

use super::Ties;
use super::increments::{Exposure, Increments};
use super::matrix::Symmetric;
use super::risk_order::RiskOrder;
use crate::survival::Labels;

/// Score residuals in units of the standardised covariates, p a place. O(n p).
pub(super) fn score_residuals(order: &RiskOrder, ties: Ties, eta: &[f64]) -> Vec<f64> {
    let p = order.p;
    let increments = Increments::new(order, ties, eta);
    let mut residuals = vec![0.0; order.row.len() * p];
    Exposure::new(order, &increments).for_each(|exposed| {
        let place = exposed.place;
        let risk = libm::exp(eta[place]);
        let row = &mut residuals[place * p..(place + 1) * p];
        for (j, (residual, x)) in row.iter_mut().zip(order.x(place)).enumerate() {
            *residual = -risk * (x * exposed.hazard - exposed.mean_hazard[j]);
            if let Some(moment) = exposed.moment.filter(|_| order.is_event[place]) {
                *residual += x - increments.mean(moment)[j];
            }
        }
    });
    residuals
}

/// The robust variance of Lin & Wei 1989 (J Am Stat Assoc 84:1074): V (Σ_clusters uᵀu) V, u being the sum of weighted
/// score residuals of a cluster; `variance` is that of the standardised coefficients.
pub(super) fn robust_variance(
    order: &RiskOrder,
    ties: Ties,
    eta: &[f64],
    variance: &Symmetric,
    cluster: Option<&Labels>,
) -> Symmetric {
    let p = order.p;
    let mut residuals = score_residuals(order, ties, eta);
    for (place, residual) in residuals.chunks_exact_mut(p.max(1)).enumerate() {
        let weight = order.weight(place);
        residual.iter_mut().for_each(|residual| *residual *= weight);
    }
    let sums = match cluster {
        None => residuals,
        Some(cluster) => {
            let clusters = cluster.codes.iter().copied().max().map_or(0, |most| most as usize + 1);
            let mut sums = vec![0.0; clusters * p];
            for (residual, &row) in residuals.chunks_exact(p.max(1)).zip(&order.row) {
                let code = cluster.codes[row as usize] as usize;
                let sum = &mut sums[code * p..(code + 1) * p];
                sum.iter_mut()
                    .zip(residual)
                    .for_each(|(sum, residual)| *sum += residual);
            }
            sums
        }
    };
    let mut robust = Symmetric::zero(p);
    for sum in sums.chunks_exact(p.max(1)) {
        let change = variance.times(sum);
        for i in 0..p {
            for j in 0..=i {
                robust.set(i, j, robust.at(i, j) + change[i] * change[j]);
            }
        }
    }
    robust
}

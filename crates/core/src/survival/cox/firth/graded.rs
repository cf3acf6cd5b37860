//! ℓ* where linear predictors are far apart, without differences of large numbers.
//!
//! Where one subject carries nearly all of a risk set its variance of the covariates is far below their squares: as a
//! difference of sums it is rounding noise, and so is ln |I|. Here the mean is taken relative to the row with the
//! largest risk, each row enters as its difference from the mean, and ln |I| comes from a QR factorisation by Givens
//! rotations, largest rows first, which keeps small elements accurate relative to themselves (Björck 1996, Numerical
//! Methods for Least Squares Problems, section 4.4).

use super::super::Ties;
use super::super::matrix::Symmetric;
use super::super::risk_order::{Moment, RiskOrder, Stratum};
use super::Penalised;

/// Predictors this far apart cost the sums of squares a digit too many.
const FAR_APART: f64 = 8.0;
/// Most rows of all risk sets together.
const MOST_ROWS: usize = 40_000;

/// True if linear predictors are so far apart that the fast method loses digits.
pub fn is_needed(eta: &[f64]) -> bool {
    let low = eta.iter().copied().fold(f64::INFINITY, f64::min);
    let high = eta.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low > FAR_APART
}

/// True if there are few enough rows in all risk sets together, each counted once an event.
pub fn is_feasible(order: &RiskOrder) -> bool {
    let of_stratum = |stratum: &Stratum| {
        let moments = order.moments()[stratum.moments.clone()].iter();
        moments
            .map(|moment| moment.events * (moment.end - stratum.places.start))
            .sum::<usize>()
    };
    order.strata().iter().map(of_stratum).sum::<usize>() <= MOST_ROWS
}

/// One row of a risk set.
struct Row {
    /// Covariates less their mean there.
    distance: Vec<f64>,
    /// Square root of its part of the information's weight.
    root: f64,
}

/// Sums over all risk sets.
struct Sums {
    loglik: f64,
    score: Vec<f64>,
    rows: Vec<Row>,
}

/// ℓ*, its gradient and the information. O(R·p² + R·log R), R being the rows of all risk sets together.
pub fn penalised(order: &RiskOrder, ties: Ties, eta: &[f64]) -> Option<Penalised> {
    let mut sums = Sums {
        loglik: 0.0,
        score: vec![0.0; order.p],
        rows: Vec::new(),
    };
    for stratum in order.strata() {
        for moment in &order.moments()[stratum.moments.clone()] {
            sums.meet(order, ties, eta, stratum.places.start, moment);
        }
    }
    sums.penalise(order.p)
}

impl Sums {
    fn meet(&mut self, order: &RiskOrder, ties: Ties, eta: &[f64], first: usize, moment: &Moment) {
        let entered = |place: &usize| {
            let entries = order.entries.as_ref();
            entries.is_none_or(|entries| entries.entry[*place] < moment.time)
        };
        let members: Vec<usize> = (first..moment.end).filter(entered).collect();
        let shift = members
            .iter()
            .fold(f64::NEG_INFINITY, |high, &place| high.max(eta[place]));
        let is_tied = |place: usize| place >= moment.first && order.is_event[place];
        let events: Vec<usize> = members.iter().copied().filter(|&place| is_tied(place)).collect();
        let d = events.len() as f64;
        let weight = events.iter().map(|&place| order.weight(place)).sum::<f64>() / d;
        for k in 0..events.len() {
            let part = if ties == Ties::Efron { k as f64 / d } else { 0.0 };
            let risk = |place: usize| {
                let left = if is_tied(place) { 1.0 - part } else { 1.0 };
                left * order.weight(place) * libm::exp(eta[place] - shift)
            };
            let risks: Vec<f64> = members.iter().map(|&place| risk(place)).collect();
            let total: f64 = risks.iter().sum();
            let start = self.rows.len();
            self.add_set(order, &members, &risks, total, weight);
            self.loglik -= weight * libm::log(total);
            for (place, row) in members.iter().zip(&self.rows[start..]) {
                if is_tied(*place) {
                    let share = order.weight(*place) / d;
                    self.loglik += share * (eta[*place] - shift);
                    let parts = self.score.iter_mut().zip(&row.distance);
                    parts.for_each(|(score, distance)| *score += share * distance);
                }
            }
        }
    }

    /// The rows of one risk set, each at its distance from the mean.
    fn add_set(&mut self, order: &RiskOrder, members: &[usize], risks: &[f64], total: f64, weight: f64) {
        let most = (0..risks.len()).max_by(|&a, &b| risks[a].total_cmp(&risks[b]));
        let mut from = vec![0.0; order.p];
        if let Some(most) = most {
            order.read(members[most], &mut from);
        }
        let mut mean = vec![0.0; order.p];
        let start = self.rows.len();
        for (&place, risk) in members.iter().zip(risks) {
            let distance: Vec<f64> = order.x(place).zip(&from).map(|(x, from)| x - from).collect();
            let share = risk / total;
            mean.iter_mut()
                .zip(&distance)
                .for_each(|(mean, distance)| *mean += share * distance);
            let root = (weight * share).sqrt();
            self.rows.push(Row { distance, root });
        }
        for row in &mut self.rows[start..] {
            row.distance
                .iter_mut()
                .zip(&mean)
                .for_each(|(distance, mean)| *distance -= mean);
        }
    }

    /// Adds ½ ln |I|, and to the score half of each row's distance times its leverage: ½ tr(I⁻¹ ∂I/∂β).
    fn penalise(mut self, p: usize) -> Option<Penalised> {
        let size = |row: &Row| row.root * row.distance.iter().fold(0.0_f64, |most, each| most.max(each.abs()));
        self.rows.retain(|row| size(row) > 0.0);
        self.rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let mut triangle = vec![0.0; p * p];
        let mut information = Symmetric::zero(p);
        let mut scaled = vec![0.0; p];
        for row in &self.rows {
            scaled
                .iter_mut()
                .zip(&row.distance)
                .for_each(|(scaled, distance)| *scaled = row.root * distance);
            for i in 0..p {
                for j in 0..=i {
                    information.add(i, j, scaled[i] * scaled[j]);
                }
            }
            turn_in(&mut triangle, &mut scaled);
        }
        for row in &self.rows {
            scaled
                .iter_mut()
                .zip(&row.distance)
                .for_each(|(scaled, distance)| *scaled = row.root * distance);
            let leverage = leverage(&triangle, &mut scaled);
            let parts = self.score.iter_mut().zip(&row.distance);
            parts.for_each(|(score, distance)| *score += 0.5 * leverage * distance);
        }
        let log_determinant: f64 = (0..p).map(|j| libm::log(triangle[j * p + j].abs())).sum();
        let loglik = self.loglik + log_determinant;
        let finite = loglik.is_finite() && self.score.iter().all(|each| each.is_finite());
        finite.then_some(Penalised {
            loglik,
            score: self.score,
            information,
        })
    }
}

/// Turns a row into the upper triangle R with RᵀR the sum of the rows' squares; the row is used up.
fn turn_in(triangle: &mut [f64], row: &mut [f64]) {
    let p = row.len();
    for j in 0..p {
        if row[j] == 0.0 {
            continue;
        }
        let diagonal = triangle[j * p + j];
        let length = libm::hypot(diagonal, row[j]);
        let (cosine, sine) = (diagonal / length, row[j] / length);
        for k in j..p {
            let (above, here) = (triangle[j * p + k], row[k]);
            triangle[j * p + k] = cosine * above + sine * here;
            row[k] = cosine * here - sine * above;
        }
        row[j] = 0.0;
    }
}

/// The squared length of R⁻ᵀ·row: the row's part of the fit, 0 to 1; the row is used up.
fn leverage(triangle: &[f64], row: &mut [f64]) -> f64 {
    let p = row.len();
    let mut sum = 0.0;
    for j in 0..p {
        let part = row[j] / triangle[j * p + j];
        for k in j + 1..p {
            row[k] -= part * triangle[j * p + k];
        }
        sum += part * part;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::super::{Design, Model};
    use super::super::{evaluated, penalised as either};
    use super::*;
    use crate::survival::FollowUp;

    fn with_order(entered: bool, check: impl Fn(&RiskOrder)) {
        let time = vec![1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0];
        let event = vec![1, 1, 1, 0, 1, 1, 0, 1];
        let follow_up = if entered {
            FollowUp::with_entry(vec![0.0, 0.0, 1.0, 0.5, 2.5, 0.0, 3.0, 1.0], time, event)
        } else {
            FollowUp::new(time, event)
        };
        let follow_up = follow_up
            .and_then(|rows| rows.weighted(vec![1.0, 2.0, 0.5, 1.5, 1.0, 3.0, 1.0, 0.7]))
            .unwrap();
        let design = Design::new()
            .numeric("a", vec![0.2, 1.1, -0.3, 0.8, 2.0, -1.0, 0.4, 0.0])
            .numeric("b", vec![1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
        check(&RiskOrder::new(&Model::new(&follow_up, &design)).unwrap());
    }

    /// Where both ways are good they are one.
    #[test]
    fn equals_the_fast_way() {
        for (entered, ties) in [(false, Ties::Efron), (true, Ties::Efron), (false, Ties::Breslow)] {
            with_order(entered, |order| {
                let beta = [0.7, -0.4];
                let mut eta = Vec::new();
                order.linear_predictor(&beta, &mut eta);
                let (fast, graded) = (
                    evaluated(order, ties, &eta).unwrap(),
                    penalised(order, ties, &eta).unwrap(),
                );
                assert!(
                    (fast.loglik - graded.loglik).abs() < 1e-12,
                    "{} {}",
                    fast.loglik,
                    graded.loglik
                );
                for j in 0..2 {
                    assert!((fast.score[j] - graded.score[j]).abs() < 1e-12);
                    assert!((fast.information.at(j, 1) - graded.information.at(j, 1)).abs() < 1e-12);
                }
            });
        }
    }

    /// Far out the gradient is still that of the function.
    #[test]
    fn the_gradient_is_right_far_out() {
        with_order(false, |order| {
            for beta in [[30.0, 25.0], [-60.0, 10.0], [15.0, -90.0]] {
                let at = |j: usize, step: f64| {
                    let mut beta = beta;
                    beta[j] += step;
                    either(order, Ties::Efron, &beta).unwrap()
                };
                for j in 0..2 {
                    let slope = (at(j, 1e-4).loglik - at(j, -1e-4).loglik) / 2e-4;
                    assert!((slope - at(j, 0.0).score[j]).abs() < 1e-6, "{beta:?} {slope}");
                }
            }
        });
    }
}

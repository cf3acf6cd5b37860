//! The exact partial likelihood for tied events: a sum over all subsets of d of the subjects at risk.

use super::Ties;
use super::matrix::Symmetric;
use super::partial::{AtMoment, Moments, Partial};
use super::risk_order::{Moment, RiskOrder};
use super::sweep::sweep;

/// Largest number of elementary steps of one evaluation.
const MOST_STEPS: f64 = 4e9;
/// Sums above this are scaled down.
const LARGE: f64 = 1e150;

/// Returns the elementary steps of one evaluation: Σ of (at risk · events · p²) over times with tied events.
fn steps(order: &RiskOrder) -> f64 {
    let size = (order.p + 1) as f64;
    let each = |moment: &Moment, start: usize| (moment.end - start) as f64 * moment.events as f64;
    let strata = order.strata().iter();
    let counts = strata.map(|stratum| {
        let moments = &order.moments()[stratum.moments.clone()];
        moments
            .iter()
            .map(|moment| each(moment, stratum.places.start))
            .sum::<f64>()
    });
    counts.sum::<f64>() * size * size
}

/// True if the exact likelihood can be evaluated in reasonable time.
pub fn is_feasible(order: &RiskOrder) -> bool {
    steps(order) <= MOST_STEPS
}

/// Sums over all subsets of size k = 0…d of those seen so far: of Π risk, of its product with the subset's Σx, and with
/// Σx Σxᵀ (Gail, Lubin & Rubinstein 1981).
struct Subsets {
    p: usize,
    total: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
    /// Logarithm by which all were scaled down.
    log_scale: f64,
}

impl Subsets {
    fn new(p: usize) -> Self {
        Self {
            p,
            total: Vec::new(),
            first: Vec::new(),
            second: Vec::new(),
            log_scale: 0.0,
        }
    }

    fn clear(&mut self, d: usize) {
        let packed = self.p * (self.p + 1) / 2;
        for (sums, width) in [
            (&mut self.total, 1),
            (&mut self.first, self.p),
            (&mut self.second, packed),
        ] {
            sums.clear();
            sums.resize((d + 1) * width, 0.0);
        }
        self.total[0] = 1.0;
        self.log_scale = 0.0;
    }

    /// Adds a subject at risk: subsets of size k that contain it are those of size k − 1 without it.
    fn add(&mut self, x: &[f64], risk: f64) {
        let (p, packed) = (self.p, self.p * (self.p + 1) / 2);
        let d = self.total.len() - 1;
        for k in (1..=d).rev() {
            let without = self.total[k - 1];
            if without == 0.0 {
                continue;
            }
            let (second_before, second) = self.second.split_at_mut(k * packed);
            let second_before = &second_before[(k - 1) * packed..];
            let (first_before, first) = self.first.split_at_mut(k * p);
            let first_before = &first_before[(k - 1) * p..];
            let mut index = 0;
            for i in 0..p {
                for j in 0..=i {
                    let cross = x[i] * first_before[j] + x[j] * first_before[i] + x[i] * x[j] * without;
                    second[index] += risk * (second_before[index] + cross);
                    index += 1;
                }
            }
            for i in 0..p {
                first[i] += risk * (first_before[i] + x[i] * without);
            }
            self.total[k] += risk * without;
        }
        let largest = self.total.iter().copied().fold(0.0, f64::max);
        if largest > LARGE {
            let factor = 1.0 / largest;
            for sums in [&mut self.total, &mut self.first, &mut self.second] {
                sums.iter_mut().for_each(|sum| *sum *= factor);
            }
            self.log_scale += libm::log(largest);
        }
    }
}

/// Evaluates the log of the exact (discrete) partial likelihood with its derivatives, as R's `ties = "exact"`. No
/// weights. O(n p²), and O(at risk · d · p²) for each time of d > 1 events.
pub fn exact(order: &RiskOrder, beta: &[f64]) -> Partial {
    let p = order.p;
    let mut eta = Vec::with_capacity(order.row.len());
    order.linear_predictor(beta, &mut eta);
    let mut sum = Partial {
        loglik: 0.0,
        score: vec![0.0; p],
        information: Symmetric::zero(p),
    };
    let mut subsets = Subsets::new(p);
    let mut x = vec![0.0; p];
    let mut alone = AtMoment::new(p, Ties::Breslow);
    let starts: Vec<usize> = order
        .strata()
        .iter()
        .flat_map(|stratum| core::iter::repeat_n(stratum.places.start, stratum.moments.len()))
        .collect();
    sweep(order, &eta, &mut Moments::zero(p), |sums, met| {
        let moment = met.moment;
        let events = (moment.first..moment.end).filter(|&place| order.is_event[place]);
        for place in events {
            sum.loglik += eta[place];
            sum.score
                .iter_mut()
                .zip(order.x(place))
                .for_each(|(score, x)| *score += x);
        }
        if moment.events == 1 {
            alone.meet(order, sums, met);
            sum.loglik -= alone.part.log + met.shift;
            sum.score
                .iter_mut()
                .zip(&alone.part.mean)
                .for_each(|(score, mean)| *score -= mean);
            let parts = sum.information.packed_mut().iter_mut().zip(&alone.part.variance);
            parts.for_each(|(sum, part)| *sum += part);
            return;
        }
        let entered = |&place: &usize| order.entries.as_ref().is_none_or(|all| all.entry[place] < moment.time);
        let at_risk = || (starts[met.index]..moment.end).filter(entered);
        let d = moment.events;
        let log_odds = balance(&at_risk().map(|place| eta[place]).collect::<Vec<f64>>(), d);
        subsets.clear(d);
        at_risk().for_each(|place| {
            order.read(place, &mut x);
            subsets.add(&x, libm::exp(eta[place] + log_odds));
        });
        sum.loglik += d as f64 * log_odds;
        take(&mut sum, &subsets, d);
    });
    sum
}

/// Returns the c with which odds exp(η + c) draw d subjects on average: subsets of size d then have the largest weight,
/// and no sum that is needed underflows.
fn balance(eta: &[f64], d: usize) -> f64 {
    let (low, high) = eta
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &each| {
            (low.min(each), high.max(each))
        });
    let rest = eta.len() - d;
    let odds = libm::log(d as f64 / rest.max(1) as f64);
    let (mut below, mut above) = (odds - high, odds - low);
    if rest == 0 || d == 1 || above - below < 1.0 {
        return below;
    }
    while above - below > 0.5 {
        let middle = f64::midpoint(below, above);
        let drawn: f64 = eta.iter().map(|each| 1.0 / (1.0 + libm::exp(-each - middle))).sum();
        if drawn < d as f64 {
            below = middle;
        } else {
            above = middle;
        }
    }
    below
}

fn take(sum: &mut Partial, subsets: &Subsets, d: usize) {
    let p = subsets.p;
    let total = subsets.total[d];
    sum.loglik -= libm::log(total) + subsets.log_scale;
    let first = &subsets.first[d * p..(d + 1) * p];
    let packed = p * (p + 1) / 2;
    let second = &subsets.second[d * packed..(d + 1) * packed];
    for (score, first) in sum.score.iter_mut().zip(first) {
        *score -= first / total;
    }
    let mut index = 0;
    for i in 0..p {
        for j in 0..=i {
            let product = (first[i] / total) * (first[j] / total);
            sum.information.add(i, j, second[index] / total - product);
            index += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Design, Model};
    use super::*;
    use crate::survival::FollowUp;

    #[test]
    fn many_ties_do_not_overflow() {
        // Where all risks are one, L = 1 / C(3000, 1400).
        let (n, d) = (3000_usize, 1400_usize);
        let follow_up = FollowUp::new(vec![1.0; n], (0..n).map(|i| u32::from(i < d)).collect()).unwrap();
        let design = Design::new().numeric("x", (0..n).map(|i| (i % 7) as f64).collect());
        let order = RiskOrder::new(&Model::new(&follow_up, &design)).unwrap();
        let choose = |n: usize, d: usize| {
            let log_factorial = |k: usize| libm::lgamma(k as f64 + 1.0);
            log_factorial(n) - log_factorial(d) - log_factorial(n - d)
        };
        let found = exact(&order, &[0.0]);
        assert!((found.loglik / -choose(n, d) - 1.0).abs() < 1e-12, "{}", found.loglik);
        assert!(exact(&order, &[30.0]).is_finite() && exact(&order, &[-100.0]).is_finite());
        // All have the event: there is one way only.
        let all = FollowUp::new(vec![1.0; 5], vec![1; 5]).unwrap();
        let design = Design::new().numeric("x", vec![1.0, 2.0, 3.0, 4.0, 5.0]);
        let order = RiskOrder::new(&Model::new(&all, &design)).unwrap();
        assert!(exact(&order, &[0.7]).loglik.abs() < 1e-12);
    }
}

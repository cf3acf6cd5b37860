//! The partial likelihood with its first two derivatives.

use super::Ties;
use super::matrix::Symmetric;
use super::risk_order::RiskOrder;
use super::sweep::{Met, RiskSums, sweep};

/// Sums over those at risk: of risks, of risk · x and of risk · x xᵀ.
#[derive(Debug, Clone)]
pub struct Moments {
    pub total: f64,
    pub first: Vec<f64>,
    /// Lower triangle, row by row.
    pub second: Vec<f64>,
}

impl Moments {
    pub fn zero(p: usize) -> Self {
        Self {
            total: 0.0,
            first: vec![0.0; p],
            second: vec![0.0; p * (p + 1) / 2],
        }
    }
}

impl Moments {
    #[inline]
    fn add_of<const P: usize>(&mut self, x: &[f64], risk: f64) {
        let (Some(x), Some(first)) = (x.first_chunk::<P>(), self.first.first_chunk_mut::<P>()) else {
            return;
        };
        let Some(second) = self.second.get_mut(..P * (P + 1) / 2) else {
            return;
        };
        self.total += risk;
        let mut index = 0;
        for i in 0..P {
            let product = risk * x[i];
            first[i] += product;
            for &other in &x[..=i] {
                second[index] += product * other;
                index += 1;
            }
        }
    }

    fn add_any(&mut self, x: &[f64], risk: f64) {
        self.total += risk;
        let mut second = self.second.as_mut_slice();
        for (i, (&value, first)) in x.iter().zip(&mut self.first).enumerate() {
            let product = risk * value;
            *first += product;
            let (row, rest) = second.split_at_mut(i + 1);
            for (sum, &other) in row.iter_mut().zip(x) {
                *sum += product * other;
            }
            second = rest;
        }
    }
}

impl RiskSums for Moments {
    fn clear(&mut self) {
        self.total = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }

    #[inline]
    fn add(&mut self, x: &[f64], risk: f64) {
        // With the number of covariates known to the compiler the loops are unrolled.
        match x.len() {
            1 => self.add_of::<1>(x, risk),
            2 => self.add_of::<2>(x, risk),
            3 => self.add_of::<3>(x, risk),
            4 => self.add_of::<4>(x, risk),
            5 => self.add_of::<5>(x, risk),
            6 => self.add_of::<6>(x, risk),
            _ => self.add_any(x, risk),
        }
    }

    fn rescale(&mut self, factor: f64) {
        self.total *= factor;
        self.first.iter_mut().for_each(|sum| *sum *= factor);
        self.second.iter_mut().for_each(|sum| *sum *= factor);
    }

    fn total(&self) -> f64 {
        self.total
    }
}

/// Log partial likelihood at some coefficients, with its gradient and its negative second derivative.
#[derive(Debug, Clone)]
pub struct Partial {
    pub loglik: f64,
    pub score: Vec<f64>,
    pub information: Symmetric,
}

impl Partial {
    /// Returns the likelihood of these covariates alone, the others having coefficient 0.
    pub fn part(&self, kept: &[usize]) -> Self {
        Self {
            loglik: self.loglik,
            score: kept.iter().map(|&j| self.score[j]).collect(),
            information: self.information.part(kept),
        }
    }

    pub fn is_finite(&self) -> bool {
        self.loglik.is_finite() && self.score.iter().all(|each| each.is_finite()) && self.information.is_finite()
    }
}

/// The terms of one moment as sums: the risk set of the k-th of d tied events is less k/d of the events' risks (Efron;
/// Breslow: k = 0 throughout).
pub struct TiedTerms {
    /// Σ 1/denominator, Σ (k/d)/denominator.
    pub inverse: [f64; 2],
    /// Σ 1/denominator², Σ (k/d)/denominator², Σ (k/d)²/denominator².
    pub square: [f64; 3],
    pub log: f64,
}

impl TiedTerms {
    pub fn new(total: f64, events_risk: f64, events: usize) -> Self {
        let mut terms = Self {
            inverse: [0.0; 2],
            square: [0.0; 3],
            log: 0.0,
        };
        let d = events as f64;
        let mut product = Product::default();
        for k in 0..events {
            let part = k as f64 / d;
            let denominator = total - part * events_risk;
            let inverse = 1.0 / denominator;
            product.take(denominator);
            terms.inverse[0] += inverse;
            terms.inverse[1] += part * inverse;
            let square = inverse * inverse;
            terms.square[0] += square;
            terms.square[1] += part * square;
            terms.square[2] += part * part * square;
        }
        terms.log = product.log();
        terms
    }
}

/// The logarithm of a product, computed for some dozen factors at once: a multiplication is cheaper than a logarithm
/// and, while the product is well inside the range of a double, not less accurate.
pub struct Product {
    log: f64,
    product: f64,
}

impl Default for Product {
    fn default() -> Self {
        Self { log: 0.0, product: 1.0 }
    }
}

impl Product {
    pub fn take(&mut self, factor: f64) {
        self.product *= factor;
        if !(1e-100..1e100).contains(&self.product) {
            self.log += libm::log(self.product);
            self.product = 1.0;
        }
    }

    pub fn log(self) -> f64 {
        self.log + libm::log(self.product)
    }
}

/// The contribution of one moment to score and information, before its weight.
pub struct Contribution {
    /// Σ over the tied terms of the mean covariates.
    pub mean: Vec<f64>,
    /// Σ over the tied terms of the covariance of the covariates, lower triangle.
    pub variance: Vec<f64>,
    /// Σ of the logarithms of the denominators.
    pub log: f64,
}

/// Buffers for the sums over the events of one moment, reused to avoid allocation.
pub struct AtMoment {
    events: Moments,
    x: Vec<f64>,
    pub part: Contribution,
    ties: Ties,
}

impl AtMoment {
    pub fn new(p: usize, ties: Ties) -> Self {
        Self {
            events: Moments::zero(p),
            x: vec![0.0; p],
            part: Contribution {
                mean: vec![0.0; p],
                variance: vec![0.0; p * (p + 1) / 2],
                log: 0.0,
            },
            ties,
        }
    }

    /// Computes the contribution of a moment; returns the mean weight of its events, by which the contribution is
    /// multiplied.
    pub fn meet(&mut self, order: &RiskOrder, sums: &Moments, met: &Met<'_>) -> f64 {
        let moment = met.moment;
        let mut weight = 0.0;
        for place in (moment.first..moment.end).filter(|&place| order.is_event[place]) {
            weight += order.weight(place);
        }
        if moment.events == 1 || self.ties == Ties::Breslow {
            let times = moment.events as f64;
            self.untied(sums, times);
        } else {
            self.events.clear();
            for place in (moment.first..moment.end).filter(|&place| order.is_event[place]) {
                order.read(place, &mut self.x);
                self.events.add(&self.x, met.risk[place - moment.first]);
            }
            self.tied(sums, moment.events);
        }
        weight / moment.events as f64
    }

    fn untied(&mut self, sums: &Moments, times: f64) {
        let inverse = 1.0 / sums.total;
        self.part.log = times * libm::log(sums.total);
        for (mean, first) in self.part.mean.iter_mut().zip(&sums.first) {
            *mean = times * (first * inverse);
        }
        let mut index = 0;
        for (i, &mean) in self.part.mean.iter().enumerate() {
            for &first in &sums.first[..=i] {
                self.part.variance[index] = (times * sums.second[index] - mean * first) * inverse;
                index += 1;
            }
        }
    }

    fn tied(&mut self, sums: &Moments, events: usize) {
        let tied = &self.events;
        let terms = TiedTerms::new(sums.total, tied.total, events);
        self.part.log = terms.log;
        for ((mean, all), some) in self.part.mean.iter_mut().zip(&sums.first).zip(&tied.first) {
            *mean = all * terms.inverse[0] - some * terms.inverse[1];
        }
        let mut index = 0;
        for i in 0..sums.first.len() {
            let (a_i, t_i) = (sums.first[i], tied.first[i]);
            for (&a_j, &t_j) in sums.first[..=i].iter().zip(&tied.first) {
                let squares = sums.second[index] * terms.inverse[0] - tied.second[index] * terms.inverse[1];
                let products = a_i * a_j * terms.square[0] - (a_i * t_j + t_i * a_j) * terms.square[1]
                    + t_i * t_j * terms.square[2];
                self.part.variance[index] = squares - products;
                index += 1;
            }
        }
    }
}

/// Evaluates the log partial likelihood by Efron's or Breslow's treatment of ties, as R's `coxph.fit` and `agreg.fit`.
///
/// ℓ = Σ w_i η_i − Σ_t w̄_t Σ_k ln(Σ_{at risk} w e^η − (k/d) Σ_{events} w e^η), w̄_t being the mean weight of the d
/// events at t. Where the risks sum to 0 at some moment, the result is not finite. O(n p²).
pub fn partial(order: &RiskOrder, ties: Ties, beta: &[f64]) -> Partial {
    let p = order.p;
    let mut eta = Vec::with_capacity(order.row.len());
    order.linear_predictor(beta, &mut eta);
    let mut loglik = 0.0;
    let mut score = vec![0.0; p];
    let mut information = Symmetric::zero(p);
    let mut at_moment = AtMoment::new(p, ties);
    sweep(order, &eta, &mut Moments::zero(p), |sums, met| {
        let moment = met.moment;
        let mean_weight = at_moment.meet(order, sums, met);
        let part = &at_moment.part;
        for place in (moment.first..moment.end).filter(|&place| order.is_event[place]) {
            let weight = order.weight(place);
            loglik += weight * (eta[place] - met.shift);
            for (score, x) in score.iter_mut().zip(order.x(place)) {
                *score += weight * x;
            }
        }
        loglik -= mean_weight * part.log;
        for (score, mean) in score.iter_mut().zip(&part.mean) {
            *score -= mean_weight * mean;
        }
        for (sum, variance) in information.packed_mut().iter_mut().zip(&part.variance) {
            *sum += mean_weight * variance;
        }
    });
    Partial {
        loglik,
        score,
        information,
    }
}

#[cfg(test)]
mod tests {
    use super::super::exact::exact;
    use super::super::{Design, Model};
    use super::*;
    use crate::survival::FollowUp;
    use proptest::prelude::*;

    /// Late entries, ties, weights; linear predictors hundreds apart.
    fn with_order(weighted: bool, spread: f64, check: impl FnOnce(&RiskOrder)) {
        let entry = vec![0.0, 0.0, 1.0, 2.5, 0.0, 3.0, 1.0, 0.0];
        let time = vec![2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 2.0, 5.0];
        let mut follow_up = FollowUp::with_entry(entry, time, vec![1, 1, 0, 1, 1, 0, 0, 1]).unwrap();
        if weighted {
            follow_up = follow_up
                .weighted(vec![1.0, 2.0, 0.5, 1.5, 1.0, 3.0, 1.0, 0.7])
                .unwrap();
        }
        let design = Design::new()
            .numeric("a", vec![1.0, 4.0, 2.0, -3.0, 0.0, 1.0, 2.0, 5.0])
            .numeric("b", vec![0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        let offset: Vec<f64> = [1.0, -2.0, 0.0, 0.5, 2.0, -1.0, 0.0, 1.0]
            .iter()
            .map(|each| each * spread)
            .collect();
        let model = Model {
            offset: Some(&offset),
            ..Model::new(&follow_up, &design)
        };
        check(&RiskOrder::new(&model).unwrap());
    }

    /// Breslow's log-likelihood at 0, by its definition, with risks as large or small as the offsets make them.
    fn by_definition(entry: &[f64], time: &[f64], event: &[u32], offset: &[f64]) -> f64 {
        let events = (0..time.len()).filter(|&i| event[i] != 0);
        let term = |i: usize| {
            let at_risk = || (0..time.len()).filter(move |&j| entry[j] < time[i] && time[i] <= time[j]);
            let top = at_risk().map(|j| offset[j]).fold(f64::NEG_INFINITY, f64::max);
            offset[i] - top - libm::log(at_risk().map(|j| libm::exp(offset[j] - top)).sum())
        };
        events.map(term).sum()
    }

    proptest! {
        #[test]
        fn leavers_leave_no_noise(
            rows in prop::collection::vec((0..40_u8, 1..15_u8, any::<bool>(), -300.0..300.0_f64), 2..80),
            mild in any::<bool>()) {
            let entry: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let time: Vec<f64> = rows.iter().map(|row| f64::from(row.0) + f64::from(row.1)).collect();
            let event: Vec<u32> = rows.iter().map(|row| u32::from(row.2)).collect();
            let offset: Vec<f64> = rows.iter().map(|row| if mild { row.3 / 20.0 } else { row.3 }).collect();
            let follow_up = FollowUp::with_entry(entry.clone(), time.clone(), event.clone()).unwrap();
            let design = Design::new().numeric("x", entry.clone());
            let order = RiskOrder::new(&Model { offset: Some(&offset), ..Model::new(&follow_up, &design) }).unwrap();
            let found = partial(&order, Ties::Breslow, &[0.0]);
            let expected = by_definition(&entry, &time, &event, &offset);
            prop_assert!((found.loglik - expected).abs() <= 1e-9 * (1.0 + expected.abs()), "{} {}", found.loglik, expected);
            let bends = (0..1).map(|j| found.information.at(j, j));
            bends.for_each(|bend| assert!(bend > -1e-9));
        }
    }

    #[test]
    fn score_and_information_are_derivatives() {
        for (weighted, spread) in [(true, 0.3), (false, 0.3), (true, 400.0), (false, 400.0)] {
            with_order(weighted, spread, |order| {
                for ties in [Ties::Efron, Ties::Breslow, Ties::Exact] {
                    if ties == Ties::Exact && weighted {
                        continue;
                    }
                    let at = |a: f64, b: f64| match ties {
                        Ties::Exact => exact(order, &[a, b]),
                        ties => partial(order, ties, &[a, b]),
                    };
                    let (here, width) = (at(0.4, -0.3), 1e-5);
                    let (above, below) = (
                        [at(0.4 + width, -0.3), at(0.4, -0.3 + width)],
                        [at(0.4 - width, -0.3), at(0.4, -0.3 - width)],
                    );
                    assert!(here.is_finite());
                    for j in 0..2 {
                        let slope = (above[j].loglik - below[j].loglik) / (2.0 * width);
                        assert!(
                            (slope - here.score[j]).abs() < 1e-6 * (1.0 + here.loglik.abs()),
                            "{ties:?} {slope} {:?}",
                            here.score
                        );
                        for i in 0..2 {
                            let bend = (below[j].score[i] - above[j].score[i]) / (2.0 * width);
                            assert!((bend - here.information.at(i, j)).abs() < 1e-6, "{ties:?} {bend}");
                        }
                    }
                }
            });
        }
    }
}

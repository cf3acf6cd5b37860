//! Increments of the baseline hazard, and of the hazard-weighted mean covariates, at each event time.

use super::Ties;
use super::partial::Moments;
use super::risk_order::RiskOrder;
use super::sweep::{RiskSums, sweep};

/// Per moment of a [`RiskOrder`], at given linear predictors. Efron's terms are summed: the k-th denominator is less
/// k/d of the events' risks, so that an event itself is exposed to 1 − k/d of it.
#[derive(Debug, Default)]
pub struct Increments {
    p: usize,
    /// Hazard of those with linear predictor 0.
    pub hazard: Vec<f64>,
    /// The part of it to which the events of the moment are exposed.
    pub hazard_of_events: Vec<f64>,
    /// Σ w̄ / denominator²: Greenwood-like variance of the hazard.
    pub variance: Vec<f64>,
    /// Hazard times mean covariates, p a moment.
    mean_hazard: Vec<f64>,
    mean_hazard_of_events: Vec<f64>,
    /// Mean covariates of those at risk, averaged over Efron's terms.
    mean: Vec<f64>,
}

impl Increments {
    /// O(n p²); the exact likelihood takes Breslow's hazard, as R does.
    pub fn new(order: &RiskOrder, ties: Ties, eta: &[f64]) -> Self {
        let (p, count) = (order.p, order.moments().len());
        let mut all = Self {
            p,
            hazard: Vec::with_capacity(count),
            hazard_of_events: Vec::with_capacity(count),
            variance: Vec::with_capacity(count),
            mean_hazard: Vec::with_capacity(count * p),
            mean_hazard_of_events: Vec::with_capacity(count * p),
            mean: Vec::with_capacity(count * p),
        };
        let mut tied = FirstMoments::zero(p);
        let mut x = vec![0.0; p];
        sweep(order, eta, &mut FirstMoments::zero(p), |sums, met| {
            tied.clear();
            let moment = met.moment;
            let mut weight = 0.0;
            for place in (moment.first..moment.end).filter(|&place| order.is_event[place]) {
                weight += order.weight(place);
                order.read(place, &mut x);
                tied.add(&x, met.risk[place - moment.first]);
            }
            all.push(sums, &tied, weight, moment.events, ties, libm::exp(-met.shift));
        });
        all
    }

    fn push(&mut self, sums: &FirstMoments, tied: &FirstMoments, weight: f64, events: usize, ties: Ties, unshift: f64) {
        let d = events as f64;
        // Σ part^i / denominator^j over the tied terms.
        let (mut inverse, mut square) = ([0.0; 2], [0.0; 3]);
        for k in 0..events {
            let part = if ties == Ties::Efron { k as f64 / d } else { 0.0 };
            let each = 1.0 / (sums.total - part * tied.total);
            inverse[0] += each;
            inverse[1] += part * each;
            square[0] += each * each;
            square[1] += part * each * each;
            square[2] += part * part * each * each;
        }
        let rate = weight / d * unshift;
        self.hazard.push(rate * inverse[0]);
        self.hazard_of_events.push(rate * (inverse[0] - inverse[1]));
        self.variance.push(rate * unshift * square[0]);
        for (all, some) in sums.first.iter().zip(&tied.first) {
            self.mean.push((all * inverse[0] - some * inverse[1]) / d);
            self.mean_hazard.push(rate * (all * square[0] - some * square[1]));
            let of_events = all * (square[0] - square[1]) - some * (square[1] - square[2]);
            self.mean_hazard_of_events.push(rate * of_events);
        }
    }

    /// Mean covariates at a moment.
    pub fn mean(&self, moment: usize) -> &[f64] {
        &self.mean[moment * self.p..(moment + 1) * self.p]
    }

    /// Hazard times mean covariates at a moment.
    pub fn mean_hazard(&self, moment: usize) -> &[f64] {
        &self.mean_hazard[moment * self.p..(moment + 1) * self.p]
    }
}

/// Sums of risks and of risk · x alone.
pub struct FirstMoments {
    pub total: f64,
    pub first: Vec<f64>,
}

impl FirstMoments {
    fn zero(p: usize) -> Self {
        let Moments { total, first, .. } = Moments::zero(p);
        Self { total, first }
    }
}

impl RiskSums for FirstMoments {
    fn clear(&mut self) {
        self.total = 0.0;
        self.first.fill(0.0);
    }

    fn add(&mut self, x: &[f64], risk: f64) {
        self.total += risk;
        for (sum, x) in self.first.iter_mut().zip(x) {
            *sum += risk * x;
        }
    }

    fn rescale(&mut self, factor: f64) {
        self.total *= factor;
        self.first.iter_mut().for_each(|sum| *sum *= factor);
    }

    fn total(&self) -> f64 {
        self.total
    }
}

/// Increments summed from the earliest moment of each stratum: the exposure of each row.
pub struct Exposure<'a> {
    order: &'a RiskOrder<'a>,
    increments: &'a Increments,
    /// Per moment, this one and all earlier ones of its stratum.
    hazard: Vec<f64>,
    mean_hazard: Vec<f64>,
}

impl<'a> Exposure<'a> {
    pub fn new(order: &'a RiskOrder<'_>, increments: &'a Increments) -> Self {
        let p = order.p;
        let mut hazard = increments.hazard.clone();
        let mut mean_hazard = increments.mean_hazard.clone();
        for stratum in order.strata() {
            for moment in stratum.moments.clone().rev().skip(1) {
                hazard[moment] += hazard[moment + 1];
                for j in 0..p {
                    mean_hazard[moment * p + j] += mean_hazard[(moment + 1) * p + j];
                }
            }
        }
        Self {
            order,
            increments,
            hazard,
            mean_hazard,
        }
    }

    /// Calls `each` for every place with its cumulative hazard and, in a reused buffer, the hazard-weighted mean
    /// covariates.
    pub fn for_each(&self, mut each: impl FnMut(Exposed<'_>)) {
        let mut mean_hazard = vec![0.0; self.order.p];
        for stratum in self.order.strata() {
            let mut moment = stratum.moments.start;
            for place in stratum.places.clone() {
                while moment < stratum.moments.end && self.order.moments()[moment].end <= place {
                    moment += 1;
                }
                let own = self
                    .order
                    .moments()
                    .get(moment)
                    .filter(|own| moment < stratum.moments.end && own.first <= place);
                let own = own.map(|_| moment);
                mean_hazard.fill(0.0);
                let is_event = self.order.is_event[place];
                let mut hazard = self.until(
                    own.filter(|_| is_event).map_or(moment, |own| own + 1),
                    stratum.moments.end,
                    1.0,
                    &mut mean_hazard,
                );
                if let Some(own) = own.filter(|_| is_event) {
                    hazard += self.increments.hazard_of_events[own];
                    let p = self.order.p;
                    let of_events = &self.increments.mean_hazard_of_events[own * p..(own + 1) * p];
                    mean_hazard
                        .iter_mut()
                        .zip(of_events)
                        .for_each(|(sum, part)| *sum += part);
                }
                if let Some(entries) = &self.order.entries {
                    let moments = &self.order.moments()[stratum.moments.clone()];
                    let later = moments.partition_point(|moment| moment.time > entries.entry[place]);
                    hazard += self.until(
                        stratum.moments.start + later,
                        stratum.moments.end,
                        -1.0,
                        &mut mean_hazard,
                    );
                }
                each(Exposed {
                    place,
                    moment: own,
                    hazard,
                    mean_hazard: &mean_hazard,
                });
            }
        }
    }

    /// Adds `sign` times the sums up to a moment; nothing for a moment before the first.
    fn until(&self, moment: usize, end: usize, sign: f64, mean_hazard: &mut [f64]) -> f64 {
        if moment >= end {
            return 0.0;
        }
        let p = self.order.p;
        for (sum, part) in mean_hazard
            .iter_mut()
            .zip(&self.mean_hazard[moment * p..(moment + 1) * p])
        {
            *sum += sign * part;
        }
        sign * self.hazard[moment]
    }
}

/// A row with its exposure.
pub struct Exposed<'a> {
    pub place: usize,
    /// The moment at its end, where events happened then.
    pub moment: Option<usize>,
    /// Cumulative baseline hazard over its time under observation.
    pub hazard: f64,
    pub mean_hazard: &'a [f64],
}

//! The partial likelihood of follow-up without delayed entry, by cumulative hazards.
//!
//! With S₀ and S₁ the sums of risk and of risk · x over those at risk, and H(i) the sum of 1/S₀ over the events that
//! row i was at risk of, the information is Σᵢ riskᵢ H(i) xᵢ xᵢᵀ − Σ_events (S₁/S₀)(S₁/S₀)ᵀ: one product x xᵀ for each
//! row and one for each event, all independent of each other. Efron's terms subtract from H(i) the share of the row's
//! own tied events.

use super::Ties;
use super::exponential::{MODERATE, exp};
use super::lanes::{
    CHUNK, Columns, add_combination, add_products, add_sums, dot, extremes, products, running, running_sums, sum, take,
    times_running_back,
};
use super::matrix::Symmetric;
use super::partial::{Partial, Product, TiedTerms};
use super::risk_order::{Moment, RiskOrder};

/// A run of rows that is processed together, latest first.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    end: u32,
    kind: Kind,
    /// True for the first run of a stratum.
    opens: bool,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// At most [`CHUNK`] rows; no other row has the time of an event among them.
    Alone,
    /// Any rows without events, then all of this moment of those that are tied, at least two.
    Tied(u32),
}

/// Evaluates the likelihood repeatedly without new allocation.
pub struct RightCensored {
    stretches: Vec<Stretch>,
    /// Moments that several rows share.
    tied: Vec<Moment>,
    /// Σ over events of weight · x and of weight · offset.
    event_x: Vec<f64>,
    event_offset: f64,
    /// Risk at each place, then risk times cumulative hazard.
    risk: Vec<f64>,
    /// Increment of the cumulative hazard at each place; at the last two places of tied events the increment of all and
    /// the part to which the tied events themselves are not exposed.
    growth: Vec<f64>,
}

impl RightCensored {
    /// Prepares the evaluation; `None` where entry is delayed.
    pub fn new(order: &RiskOrder) -> Option<Self> {
        if order.entries.is_some() {
            return None;
        }
        let n = order.row.len();
        let (stretches, tied) = stretches(order);
        let mut all = Self {
            stretches,
            tied,
            event_x: vec![0.0; order.p],
            event_offset: 0.0,
            risk: vec![0.0; n],
            growth: vec![0.0; n],
        };
        let mut weight = [0.0; CHUNK];
        for first in (0..n).step_by(CHUNK) {
            let end = (first + CHUNK).min(n);
            let weight = &mut weight[..end - first];
            order.mark_events(first, weight);
            add_sums(weight, order.columns(first, end), &mut all.event_x);
            if let Some(offset) = &order.offset {
                all.event_offset += dot(weight, &offset[first..end]);
            }
        }
        Some(all)
    }

    /// The same with only these covariates.
    pub fn keep(&mut self, kept: &[usize]) {
        self.event_x = kept.iter().map(|&j| self.event_x[j]).collect();
    }

    /// Evaluates the likelihood with Efron's or Breslow's treatment of ties. O(n p²). `None` where linear predictors
    /// are too far apart for sums without a shift.
    pub fn at(&mut self, order: &RiskOrder, ties: Ties, beta: &[f64]) -> Option<Partial> {
        let mut totals = Totals::new(order, ties);
        let (mut first, mut ready) = (0, 0);
        for stretch in &self.stretches {
            let end = stretch.end as usize;
            while ready < end {
                let next = (ready + CHUNK).min(self.risk.len());
                if !risks(order, beta, ready, &mut self.risk[ready..next]) {
                    return None;
                }
                ready = next;
            }
            if stretch.opens {
                totals.total = 0.0;
                totals.first.fill(0.0);
            }
            let (risk, growth) = (&self.risk[first..end], &mut self.growth[first..end]);
            match stretch.kind {
                Kind::Alone => totals.alone(first, risk, growth),
                Kind::Tied(moment) => totals.tied(first, risk, growth, &self.tied[moment as usize]),
            }
            first = end;
        }
        self.accumulate(order);
        let mut information = Symmetric::zero(order.p);
        for first in (0..self.risk.len()).step_by(CHUNK) {
            let end = (first + CHUNK).min(self.risk.len());
            add_products(
                &self.risk[first..end],
                order.columns(first, end),
                information.packed_mut(),
            );
        }
        for (sum, squares) in information.packed_mut().iter_mut().zip(&totals.squares) {
            *sum -= squares;
        }
        let linear: f64 = beta.iter().zip(&self.event_x).map(|(beta, x)| beta * x).sum();
        Some(Partial {
            loglik: linear + self.event_offset - (totals.log - totals.inverses.log()),
            score: self
                .event_x
                .iter()
                .zip(&totals.means)
                .map(|(x, mean)| x - mean)
                .collect(),
            information,
        })
    }

    /// Forwards in time: risks times cumulative hazards.
    fn accumulate(&mut self, order: &RiskOrder) {
        let mut hazard = 0.0;
        for (at, stretch) in self.stretches.iter().enumerate().rev() {
            let first = at
                .checked_sub(1)
                .map_or(0, |before| self.stretches[before].end as usize);
            let end = stretch.end as usize;
            if let Kind::Tied(moment) = stretch.kind {
                let start = self.tied[moment as usize].first;
                hazard += self.growth[end - 1];
                let unseen = self.growth[end - 2];
                let events = &order.is_event[start..end];
                for (risk, &is_event) in self.risk[start..end].iter_mut().zip(events) {
                    *risk *= hazard - unseen * f64::from(u8::from(is_event));
                }
                self.risk[first..start].iter_mut().for_each(|risk| *risk *= hazard);
            } else {
                hazard = times_running_back(&self.growth[first..end], hazard, &mut self.risk[first..end]);
            }
            if stretch.opens {
                hazard = 0.0;
            }
        }
    }
}

/// Divides the rows into runs; returns also the moments that several rows share.
fn stretches(order: &RiskOrder) -> (Vec<Stretch>, Vec<Moment>) {
    let (mut all, mut tied): (Vec<Stretch>, Vec<Moment>) = (Vec::new(), Vec::new());
    for places in order.places() {
        let (mut first, mut any_alone) = (places.start, false);
        let mut push = |first: usize, end: usize, kind: Kind| {
            all.push(Stretch {
                end: end as u32,
                kind,
                opens: first == places.start,
            });
        };
        let alone = |from: usize, until: usize, push: &mut dyn FnMut(usize, usize, Kind)| {
            for first in (from..until).step_by(CHUNK) {
                push(first, (first + CHUNK).min(until), Kind::Alone);
            }
        };
        for moment in order.moments_among(places.clone()) {
            if moment.end - moment.first == 1 {
                any_alone = true;
                continue;
            }
            if any_alone {
                alone(first, moment.first, &mut push);
                any_alone = false;
                first = moment.first;
            }
            push(first, moment.end, Kind::Tied(tied.len() as u32));
            first = moment.end;
            tied.push(moment);
        }
        alone(first, places.end, &mut push);
    }
    (all, tied)
}

/// Computes the risks at the places from `first` on; returns false where a linear predictor is too far from 0.
fn risks(order: &RiskOrder, beta: &[f64], first: usize, risk: &mut [f64]) -> bool {
    let end = first + risk.len();
    match &order.offset {
        Some(offset) => risk.copy_from_slice(&offset[first..end]),
        None => risk.fill(0.0),
    }
    if beta.iter().any(|&beta| beta != 0.0) {
        add_combination(beta, order.columns(first, end), risk);
    } else if order.offset.is_none() {
        match &order.weight {
            Some(weight) => risk.copy_from_slice(&weight[first..end]),
            None => risk.fill(1.0),
        }
        return true;
    }
    let (lowest, highest) = extremes(risk);
    risk.iter_mut().for_each(|eta| *eta = exp(*eta));
    if let Some(weight) = &order.weight {
        risk.iter_mut()
            .zip(&weight[first..end])
            .for_each(|(risk, weight)| *risk *= weight);
    }
    lowest >= -MODERATE && highest <= MODERATE
}

/// Sums of the backward pass: over those at risk, and over the events' terms.
struct Totals<'a> {
    order: &'a RiskOrder<'a>,
    ties: Ties,
    total: f64,
    first: Vec<f64>,
    /// Σ over the events' terms of the mean covariates.
    means: Vec<f64>,
    /// Σ over the events' terms of mean · meanᵀ, lower triangle.
    squares: Vec<f64>,
    /// Sum of logarithms of denominators.
    log: f64,
    /// More denominators, as their inverses.
    inverses: Product,
    /// The same sums over the events at one moment.
    tied_first: Vec<f64>,
    /// Sums at some events, column by column.
    each_first: Vec<f64>,
}

impl<'a> Totals<'a> {
    fn new(order: &'a RiskOrder<'_>, ties: Ties) -> Self {
        let p = order.p;
        Self {
            order,
            ties,
            total: 0.0,
            first: vec![0.0; p],
            means: vec![0.0; p],
            squares: vec![0.0; p * (p + 1) / 2],
            log: 0.0,
            inverses: Product::default(),
            tied_first: vec![0.0; p],
            each_first: vec![0.0; p * CHUNK],
        }
    }

    /// Adds events that share their time with no other row.
    fn alone(&mut self, first: usize, risk: &[f64], growth: &mut [f64]) {
        let (end, p) = (first + risk.len(), self.first.len());
        let events = &self.order.is_event[first..end];
        self.total = running(risk, self.total, growth);
        for (growth, &is_event) in growth.iter_mut().zip(events) {
            *growth = f64::from(u8::from(is_event)) / *growth;
        }
        // From here on only the events matter, one after the other.
        let (mut once, mut twice) = ([0.0; CHUNK], [0.0; CHUNK]);
        let count = take(growth, events, &mut once);
        let (once, twice) = (&mut once[..count], &mut twice[..count]);
        self.take_logarithms(first, events, once);
        twice
            .iter_mut()
            .zip(&*once)
            .for_each(|(twice, inverse)| *twice = inverse * inverse);
        if let Some(weight) = &self.order.weight {
            let weight = &weight[first..end];
            growth
                .iter_mut()
                .zip(weight)
                .for_each(|(growth, weight)| *growth *= weight);
            let mut own = [0.0; CHUNK];
            take(weight, events, &mut own);
            once.iter_mut()
                .zip(&own)
                .for_each(|(inverse, weight)| *inverse *= weight);
            twice
                .iter_mut()
                .zip(&own)
                .for_each(|(square, weight)| *square *= weight);
        }
        running_sums(
            risk,
            self.order.columns(first, end),
            events,
            &mut self.first,
            &mut self.each_first,
        );
        let sums = Columns::new(&self.each_first, CHUNK, p, 0, count);
        add_sums(once, sums, &mut self.means);
        add_products(twice, sums, &mut self.squares);
    }

    /// Logarithms of denominators, whose inverses these are.
    fn take_logarithms(&mut self, first: usize, events: &[bool], inverse: &[f64]) {
        let Some(weight) = &self.order.weight else {
            // The product of this many denominators does not overflow for moderate risks.
            products(inverse).for_each(|product| self.inverses.take(product));
            return;
        };
        let weights = weight[first..].iter().zip(events).filter(|(_, is_event)| **is_event);
        for ((weight, _), inverse) in weights.zip(inverse) {
            self.log -= weight * libm::log(*inverse);
        }
    }

    /// Adds rows without events and the rows of one moment.
    fn tied(&mut self, first: usize, risk: &[f64], growth: &mut [f64], moment: &Moment) {
        let (order, end) = (self.order, first + risk.len());
        self.total += sum(risk);
        add_sums(risk, order.columns(first, end), &mut self.first);
        let d = moment.events as f64;
        let mut weight = d;
        if let Some(weights) = &order.weight {
            let places = (moment.first..end).filter(|&place| order.is_event[place]);
            weight = places.map(|place| weights[place]).sum();
        }
        let mean_weight = weight / d;
        let terms = if moment.events == 1 || self.ties == Ties::Breslow {
            self.tied_first.fill(0.0);
            self.untied(moment.events)
        } else {
            let tied = self.sum_events(moment.first, &risk[moment.first - first..]);
            TiedTerms::new(self.total, tied, moment.events)
        };
        self.log += mean_weight * terms.log;
        let last = growth.len() - 1;
        growth[last] = mean_weight * terms.inverse[0];
        growth[last - 1] = mean_weight * terms.inverse[1];
        let parts = self.first.iter().zip(&self.tied_first);
        for (mean, (all, tied)) in self.means.iter_mut().zip(parts) {
            *mean += mean_weight * (all * terms.inverse[0] - tied * terms.inverse[1]);
        }
        let [one, two, three] = terms.square.map(|square| square * mean_weight);
        let mut index = 0;
        for (i, (&a_i, &t_i)) in self.first.iter().zip(&self.tied_first).enumerate() {
            let (a_part, t_part) = (a_i * one - t_i * two, t_i * three - a_i * two);
            for (a_j, t_j) in self.first[..=i].iter().zip(&self.tied_first) {
                self.squares[index] += a_part * a_j + t_part * t_j;
                index += 1;
            }
        }
    }

    /// Returns the terms of events that all have the whole risk set.
    fn untied(&self, events: usize) -> TiedTerms {
        let (d, inverse) = (events as f64, 1.0 / self.total);
        TiedTerms {
            inverse: [d * inverse, 0.0],
            square: [d * inverse * inverse, 0.0, 0.0],
            log: d * libm::log(self.total),
        }
    }

    /// Sums over the events at the places from `first` on; returns that of the risks.
    fn sum_events(&mut self, first: usize, risk: &[f64]) -> f64 {
        let mut total = 0.0;
        self.tied_first.fill(0.0);
        let mut own = [0.0; CHUNK];
        for (risk, first) in risk.chunks(CHUNK).zip((first..).step_by(CHUNK)) {
            let (end, own) = (first + risk.len(), &mut own[..risk.len()]);
            let events = &self.order.is_event[first..end];
            for ((own, risk), &is_event) in own.iter_mut().zip(risk).zip(events) {
                *own = risk * f64::from(u8::from(is_event));
            }
            total += sum(own);
            add_sums(own, self.order.columns(first, end), &mut self.tied_first);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::super::partial::partial;
    use super::super::{Design, Model};
    use super::*;
    use crate::survival::{FollowUp, Labels};
    use proptest::prelude::*;

    /// Rows as the tests draw them: time, event, stratum, weight, offset, and a seed of covariates.
    type Row = (f64, bool, u32, f64, f64, u64);

    fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
        let row = (
            0.0..1.0_f64,
            any::<bool>(),
            0..3_u32,
            0.2..3.0_f64,
            -2.0..2.0_f64,
            any::<u64>(),
        );
        prop::collection::vec(row, 2..most)
    }

    fn close(found: f64, expected: f64, unit: f64) -> bool {
        (found - expected).abs() <= 1e-11 * unit.max(expected.abs())
    }

    /// The likelihood by cumulative hazards and by one sweep with sums of x xᵀ.
    fn both(rows: &[Row], p: usize, parts: [bool; 3], times: f64, beta: &[f64]) -> Vec<[Partial; 2]> {
        let time = rows
            .iter()
            .map(|row| if times > 0.0 { (row.0 * times).floor() } else { row.0 });
        let mut follow_up = FollowUp::new(time.collect(), rows.iter().map(|row| u32::from(row.1)).collect()).unwrap();
        if parts[0] {
            follow_up = follow_up.weighted(rows.iter().map(|row| row.3).collect()).unwrap();
        }
        let covariate = |j: usize| {
            rows.iter()
                .map(move |row| (row.5.rotate_left(7 * j as u32) % 1000) as f64)
        };
        let design = (0..p).fold(Design::new(), |design, j| design.numeric("x", covariate(j).collect()));
        let strata = Labels {
            codes: rows.iter().map(|row| row.2).collect(),
            names: ["a", "b", "c"].map(str::to_owned).to_vec(),
        };
        let offset: Vec<f64> = rows.iter().map(|row| row.4).collect();
        let model = Model {
            strata: parts[1].then_some(&strata),
            offset: parts[2].then_some(&offset[..]),
            ..Model::new(&follow_up, &design)
        };
        let order = RiskOrder::new(&model).unwrap();
        let mut fast = RightCensored::new(&order).unwrap();
        [Ties::Efron, Ties::Breslow]
            .into_iter()
            .filter_map(|ties| Some([fast.at(&order, ties, beta)?, partial(&order, ties, beta)]))
            .collect()
    }

    proptest! {
        #[test]
        fn equals_the_sweep(rows in rows(900), p in 1..10_usize, parts in any::<[bool; 3]>(),
            times in prop_oneof![Just(0.0), Just(8.0), Just(400.0)], slope in prop_oneof![-0.5..0.5_f64, -8.0..8.0_f64]) {
            let beta: Vec<f64> = (0..p).map(|j| slope * (1.0 - 0.3 * j as f64)).collect();
            for beta in [vec![0.0; p], beta] {
                let all = both(&rows, p, parts, times, &beta);
                prop_assert!(all.len() == 2 || slope.abs() > 0.5);
                for pair in all {
                    let unit = rows.len() as f64;
                    prop_assert!(close(pair[0].loglik, pair[1].loglik, unit));
                    for i in 0..p {
                        prop_assert!(close(pair[0].score[i], pair[1].score[i], unit));
                        for j in 0..=i {
                            prop_assert!(close(pair[0].information.at(i, j), pair[1].information.at(i, j), unit));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn far_predictors_are_for_the_sweep() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 1]).unwrap();
        let design = Design::new().numeric("x", vec![0.0, 1.0, 2.0]);
        let order = RiskOrder::new(&Model::new(&follow_up, &design)).unwrap();
        let mut fast = RightCensored::new(&order).unwrap();
        assert!(fast.at(&order, Ties::Efron, &[40.0]).is_some());
        assert!(fast.at(&order, Ties::Efron, &[80.0]).is_none());
        assert!(
            fast.at(&order, Ties::Efron, &[f64::INFINITY])
                .is_none_or(|part| !part.is_finite())
        );
    }
}

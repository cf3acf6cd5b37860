//! Whether hazards are proportional: a score test of coefficients that change with time.

use super::increments::Increments;
use super::matrix::{Factored, Symmetric};
use super::newton::DEPENDENT;
use super::partial::{AtMoment, Moments};
use super::residuals::Fitted;
use super::sweep::sweep;
use super::{CoxError, Test, Ties};
use crate::survival::{FollowUp, sorted_by};

/// The scale of time on which coefficients may change linearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeScale {
    /// 1 − Kaplan–Meier estimate just before the time, over all rows without weights.
    #[default]
    KaplanMeier,
    /// Time itself.
    Identity,
    /// Rank of the time among all rows.
    Rank,
    /// Logarithm of time.
    Log,
}

/// The test of each variable and of all together.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportionality {
    /// Position in [`super::Design::variables`] and the test; variables without a coefficient are left out.
    pub variables: Vec<(usize, Test)>,
    /// All variables together.
    pub global: Test,
}

impl Fitted<'_> {
    /// The score test of Grambsch & Therneau 1994 (Biometrika 81:515) in its full form, as R's `cox.zph` from
    /// `survival` 3.0 on: each coefficient βⱼ + θⱼ g(t), θ = 0, with the information of β and θ together; a factor is
    /// one variable with as many degrees of freedom as it has coefficients.
    ///
    /// O(n p² + p³).
    ///
    /// # Errors
    /// [`CoxError::NotForExact`]; [`CoxError::NoEstimate`] where a coefficient has none, [`CoxError::LogOfZero`] where
    /// an event lies at time 0 or before on the scale of logarithms.
    pub fn proportionality(&self, scale: TimeScale) -> Result<Proportionality, CoxError> {
        if self.model.ties == Ties::Exact {
            return Err(CoxError::NotForExact);
        }
        if self.fit.kept.is_empty() || !self.fit.has_all_estimates() {
            return Err(CoxError::NoEstimate);
        }
        let values = self.scaled_times(scale)?;
        let (score, information) = self.with_time(&values);
        let p = self.order.p;
        let variable = self.model.design.variable_of();
        let mut variables = Vec::new();
        for index in 0..self.model.design.variables().len() {
            let own: Vec<usize> = (0..p).filter(|&j| variable[self.fit.kept[j]] == index).collect();
            if !own.is_empty() {
                variables.push((index, score_test(&score, &information, p, &own)));
            }
        }
        Ok(Proportionality {
            variables,
            global: score_test(&score, &information, p, &(0..p).collect::<Vec<_>>()),
        })
    }

    /// Score of θ, and the information of (β, θ).
    fn with_time(&self, values: &[f64]) -> (Vec<f64>, Symmetric) {
        let order = &self.order;
        let p = order.p;
        let mut score = vec![0.0; p];
        let mut information = Symmetric::zero(2 * p);
        let increments = Increments::new(order, self.model.ties, &self.eta);
        let mut at_moment = AtMoment::new(p, self.model.ties);
        sweep(order, &self.eta, &mut Moments::zero(p), |sums, met| {
            let value = values[met.index];
            let mean_weight = at_moment.meet(order, sums, met);
            let variance = &at_moment.part.variance;
            for i in 0..p {
                for j in 0..p {
                    let packed = i.max(j) * (i.max(j) + 1) / 2 + i.min(j);
                    let part = mean_weight * variance[packed];
                    information.add(p + i, j, value * part);
                    if j <= i {
                        information.add(i, j, part);
                        information.add(p + i, p + j, value * value * part);
                    }
                }
            }
            for place in (met.moment.first..met.moment.end).filter(|&place| order.is_event[place]) {
                let weight = order.weight(place);
                for ((score, x), mean) in score.iter_mut().zip(order.x(place)).zip(increments.mean(met.index)) {
                    *score += value * weight * (x - mean);
                }
            }
        });
        (score, information)
    }

    /// g at each moment, less its mean over the events.
    fn scaled_times(&self, scale: TimeScale) -> Result<Vec<f64>, CoxError> {
        let moments = &self.order.moments;
        let times: Vec<f64> = moments.iter().map(|moment| moment.time).collect();
        let mut values = match scale {
            TimeScale::Identity => times,
            TimeScale::Log if times.iter().any(|&time| time <= 0.0) => return Err(CoxError::LogOfZero),
            TimeScale::Log => times.into_iter().map(libm::log).collect(),
            TimeScale::Rank => middle_ranks(self.model.follow_up, &times),
            TimeScale::KaplanMeier => failed_before(self.model.follow_up, &times),
        };
        let (mut sum, mut events) = (0.0, 0.0);
        for (value, moment) in values.iter().zip(moments) {
            sum += value * moment.events as f64;
            events += moment.events as f64;
        }
        values.iter_mut().for_each(|value| *value -= sum / events);
        Ok(values)
    }
}

/// Uᵀ I⁻¹ U of these θ, with all β.
fn score_test(score: &[f64], information: &Symmetric, p: usize, own: &[usize]) -> Test {
    let rows: Vec<usize> = (0..p).chain(own.iter().map(|j| p + j)).collect();
    let mut full = vec![0.0; rows.len()];
    for (place, &j) in own.iter().enumerate() {
        full[p + place] = score[j];
    }
    let factored = Factored::new(&information.part(&rows), DEPENDENT, 0.0);
    let solved = factored.solve(&full);
    let df = (p..rows.len()).filter(|&j| !factored.is_aliased(j)).count();
    Test::new(solved.iter().zip(&full).map(|(a, b)| a * b).sum(), df)
}

/// Average rank of each of `times` among the times of all rows.
fn middle_ranks(follow_up: &FollowUp, times: &[f64]) -> Vec<f64> {
    let (order, time) = (follow_up.order(), follow_up.time());
    let rank = |&now: &f64| {
        let before = order.partition_point(|&row| time[row as usize] < now);
        let until = order.partition_point(|&row| time[row as usize] <= now);
        (before + until + 1) as f64 / 2.0
    };
    times.iter().map(rank).collect()
}

/// 1 − S(t−) at each of `times`, S being the Kaplan–Meier estimate over all rows.
fn failed_before(follow_up: &FollowUp, times: &[f64]) -> Vec<f64> {
    let (order, time, event) = (follow_up.order(), follow_up.time(), follow_up.event());
    let by_entry = follow_up.entry().map(|entry| (entry, sorted_by(entry)));
    let (mut known, mut survival): (Vec<f64>, Vec<f64>) = (Vec::new(), vec![1.0]);
    let (mut first, mut entered, mut now_surviving) = (0, 0, 1.0);
    while first < order.len() {
        let now = time[order[first] as usize];
        let end = first + order[first..].partition_point(|&row| time[row as usize] <= now);
        let mut at_risk = order.len() - first;
        if let Some((entry, by_entry)) = &by_entry {
            while entered < by_entry.len() && entry[by_entry[entered] as usize] < now {
                entered += 1;
            }
            at_risk -= by_entry.len() - entered;
        }
        let events = order[first..end]
            .iter()
            .filter(|&&row| event[row as usize] != 0)
            .count();
        now_surviving *= 1.0 - events as f64 / at_risk as f64;
        known.push(now);
        survival.push(now_surviving);
        first = end;
    }
    let before = |now: &f64| 1.0 - survival[known.partition_point(|known| known < now)];
    times.iter().map(before).collect()
}

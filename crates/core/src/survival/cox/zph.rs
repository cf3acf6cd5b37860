//! The test of proportional hazards: a score test of coefficients that change with time.

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
    /// The time itself.
    Identity,
    /// Rank of the time among all rows.
    Rank,
    /// The natural logarithm of the time.
    Log,
}

/// The test of each variable and of all together.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportionality {
    /// Position in [`super::Design::variables`] and the test; variables without a coefficient are omitted.
    pub variables: Vec<(usize, Test)>,
    /// The test of all variables together.
    pub global: Test,
}

impl Fitted<'_> {
    /// Returns the score test of Grambsch & Therneau 1994 (Biometrika 81:515) in its full form, as R's `cox.zph` from
    /// `survival` 3.0 on: each coefficient βⱼ + θⱼ g(t), θ = 0, with the information of β and θ together; a factor is
    /// one variable with as many degrees of freedom as it has coefficients.
    ///
    /// O(n p² + p³).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, TimeScale, fit}};
    ///
    /// // R: cox.zph(coxph(Surv(time, event) ~ x), transform = "km"), and "identity"
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let test = fitted.proportionality(TimeScale::KaplanMeier).unwrap().global;
    /// assert!((test.chi2 - 0.049_260_243).abs() < 1e-8 && (test.p.unwrap() - 0.824_355_541).abs() < 1e-8);
    /// assert!((fitted.proportionality(TimeScale::Identity).unwrap().global.chi2 - 0.085_320_740).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::NotForExact`], [`CoxError::NotForFirth`]; [`CoxError::NoEstimate`] where a coefficient has none,
    /// [`CoxError::LogOfZero`] where an event is at time 0 or before on the logarithmic scale.
    pub fn proportionality(&self, scale: TimeScale) -> Result<Proportionality, CoxError> {
        if self.model.ties == Ties::Exact {
            return Err(CoxError::NotForExact);
        }
        if self.fit.is_penalised {
            return Err(CoxError::NotForFirth);
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
        // Σ gᵏ V, k = 0, 1, 2.
        let mut sums_by_power = vec![vec![0.0; p * (p + 1) / 2]; 3];
        let mut at_moment = AtMoment::new(p, self.model.ties);
        sweep(order, &self.eta, &mut Moments::zero(p), |sums, met| {
            let value = values[met.index];
            let mean_weight = at_moment.meet(order, sums, met);
            let part = &at_moment.part;
            for (sums, power) in sums_by_power.iter_mut().zip([1.0, value, value * value]) {
                let factor = mean_weight * power;
                sums.iter_mut()
                    .zip(&part.variance)
                    .for_each(|(sum, variance)| *sum += factor * variance);
            }
            // Means were summed over the tied terms.
            for (score, mean) in score.iter_mut().zip(&part.mean) {
                *score -= value * mean_weight * mean;
            }
            for place in (met.moment.first..met.moment.end).filter(|&place| order.is_event[place]) {
                let weight = order.weight(place);
                score
                    .iter_mut()
                    .zip(order.x(place))
                    .for_each(|(score, x)| *score += value * weight * x);
            }
        });
        let mut information = Symmetric::zero(2 * p);
        for i in 0..p {
            for j in 0..p {
                let packed = i.max(j) * (i.max(j) + 1) / 2 + i.min(j);
                information.set(i, j, sums_by_power[0][packed]);
                information.set(p + i, j, sums_by_power[1][packed]);
                information.set(p + i, p + j, sums_by_power[2][packed]);
            }
        }
        (score, information)
    }

    /// g at each moment, less its mean over the events.
    fn scaled_times(&self, scale: TimeScale) -> Result<Vec<f64>, CoxError> {
        let moments = self.order.moments();
        let times: Vec<f64> = moments.iter().map(|moment| moment.time).collect();
        let mut values = on_scale(self.model.follow_up, &times, scale)?;
        let (mut sum, mut events) = (0.0, 0.0);
        for (value, moment) in values.iter().zip(moments) {
            sum += value * moment.events as f64;
            events += moment.events as f64;
        }
        values.iter_mut().for_each(|value| *value -= sum / events);
        Ok(values)
    }
}

/// Returns Uᵀ I⁻¹ U for these θ, adjusted for all β.
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

/// g at each of `times`.
pub(super) fn on_scale(follow_up: &FollowUp, times: &[f64], scale: TimeScale) -> Result<Vec<f64>, CoxError> {
    match scale {
        TimeScale::Identity => Ok(times.to_vec()),
        TimeScale::Log if times.iter().any(|&time| time <= 0.0) => Err(CoxError::LogOfZero),
        TimeScale::Log => Ok(times.iter().map(|&time| libm::log(time)).collect()),
        TimeScale::Rank => Ok(middle_ranks(follow_up, times)),
        TimeScale::KaplanMeier => Ok(failed_before(follow_up, times)),
    }
}

/// Returns the average rank of each of `times` among the times of all rows.
fn middle_ranks(follow_up: &FollowUp, times: &[f64]) -> Vec<f64> {
    let sorted: Vec<f64> = follow_up
        .order()
        .iter()
        .map(|&row| follow_up.time()[row as usize])
        .collect();
    let rank = |&now: &f64| {
        let before = sorted.partition_point(|&time| time < now);
        let until = sorted.partition_point(|&time| time <= now);
        (before + until + 1) as f64 / 2.0
    };
    times.iter().map(rank).collect()
}

/// Returns 1 − S(t−) at each of `times`, with S the Kaplan–Meier estimate over all rows.
fn failed_before(follow_up: &FollowUp, times: &[f64]) -> Vec<f64> {
    let (order, time, event) = (follow_up.order(), follow_up.time(), follow_up.event());
    let entries: Option<Vec<f64>> = follow_up
        .entry()
        .map(|entry| sorted_by(entry).into_iter().map(|row| entry[row as usize]).collect());
    let (mut known, mut survival): (Vec<f64>, Vec<f64>) = (Vec::new(), vec![1.0]);
    let (mut first, mut entered, mut now_surviving) = (0, 0, 1.0);
    while first < order.len() {
        let now = time[order[first] as usize];
        let (mut end, mut events) = (first, 0_usize);
        while end < order.len() && time[order[end] as usize] == now {
            events += usize::from(event[order[end] as usize] != 0);
            end += 1;
        }
        let mut at_risk = order.len() - first;
        if let Some(entries) = &entries {
            while entered < entries.len() && entries[entered] < now {
                entered += 1;
            }
            at_risk -= entries.len() - entered;
        }
        now_surviving *= 1.0 - events as f64 / at_risk as f64;
        known.push(now);
        survival.push(now_surviving);
        first = end;
    }
    let before = |now: &f64| 1.0 - survival[known.partition_point(|known| known < now)];
    times.iter().map(before).collect()
}

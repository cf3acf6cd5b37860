//! The likelihood of a mixture cure model and its derivatives, on standardised times and covariates.

use super::FollowUp;
use super::error_distribution::{TimeDistribution, logistic, soft_plus};
use super::linear::{dot, mirror};
use super::newton::{self, ClimbError};
use super::standardised::Standardised;

/// Why there is no cure model. Rows and covariates count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CureError {
    /// A covariate of the incidence has another length than the follow-up or is not finite.
    #[error("covariate {covariate} of the incidence does not fit the rows or is not finite")]
    BadIncidenceCovariate {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// A covariate of the latency has another length than the follow-up or is not finite.
    #[error("covariate {covariate} of the latency does not fit the rows or is not finite")]
    BadLatencyCovariate {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// A time of 0, which has no logarithm.
    #[error("row {row}: a time of 0")]
    ZeroTime {
        /// Index of the row, from 0.
        row: usize,
    },
    /// The follow-up has delayed entry, for which this model is not defined.
    #[error("the model is not defined for delayed entry")]
    DelayedEntry,
    /// No row has an event.
    #[error("no event")]
    NoEvents,
    /// No row is censored, so that nobody can be cured.
    #[error("no row is censored")]
    NobodyCensored,
    /// No start led to convergence.
    #[error("no convergence")]
    NoConvergence,
}

/// Rows with log times of mean 0 and standard deviation 1 among the events, and standardised covariates.
pub(super) struct CureSample<'a> {
    distribution: TimeDistribution,
    log_time: Vec<f64>,
    mean: f64,
    spread: f64,
    event: &'a [u32],
    weight: Option<&'a [f64]>,
    incidence: Standardised,
    latency: Standardised,
    /// Σ of weight·(log time + log spread) over events: the difference to the log-likelihood of the times.
    pub jacobian: f64,
}

/// The log-likelihood and its derivatives at parameters γ, β, log σ.
pub(super) struct CurePoint {
    pub loglik: f64,
    pub score: Vec<f64>,
    pub information: Vec<f64>,
}

impl<'a> CureSample<'a> {
    pub fn new(
        follow_up: &'a FollowUp,
        incidence: &[Vec<f64>],
        latency: &[Vec<f64>],
        distribution: TimeDistribution,
    ) -> Result<Self, CureError> {
        if follow_up.entry().is_some() {
            return Err(CureError::DelayedEntry);
        }
        let (time, event) = (follow_up.time(), follow_up.event());
        if let Some(row) = time.iter().position(|&time| time <= 0.0) {
            return Err(CureError::ZeroTime { row });
        }
        let rows: Vec<u32> = (0..time.len() as u32).collect();
        let events: Vec<usize> = (0..time.len()).filter(|&row| event[row] != 0).collect();
        if events.is_empty() {
            return Err(CureError::NoEvents);
        }
        let incidence =
            Standardised::new(incidence, &rows).map_err(|covariate| CureError::BadIncidenceCovariate { covariate })?;
        let latency =
            Standardised::new(latency, &rows).map_err(|covariate| CureError::BadLatencyCovariate { covariate })?;
        let mut log_time: Vec<f64> = time.iter().map(|&time| libm::log(time)).collect();
        let count = events.len() as f64;
        let mean = events.iter().map(|&row| log_time[row]).sum::<f64>() / count;
        let square = events
            .iter()
            .map(|&row| (log_time[row] - mean) * (log_time[row] - mean))
            .sum::<f64>()
            / count;
        let spread = if square > 1e-24 { square.sqrt() } else { 1.0 };
        let weight = follow_up.weight();
        let log_spread = libm::log(spread);
        let term = |&row: &usize| weight.map_or(1.0, |weight| weight[row]) * (log_time[row] + log_spread);
        let jacobian = events.iter().map(term).sum();
        log_time.iter_mut().for_each(|log| *log = (*log - mean) / spread);
        Ok(Self {
            distribution,
            log_time,
            mean,
            spread,
            event,
            weight,
            incidence,
            latency,
            jacobian,
        })
    }

    /// Returns the covariates of the incidence and of the latency that vary, where one does not.
    pub fn varying(&self) -> Option<[Vec<usize>; 2]> {
        let parts = [&self.incidence, &self.latency];
        let varying = parts.map(|part| (0..part.p()).filter(|&k| !part.is_constant[k]).collect::<Vec<_>>());
        let are_all = varying
            .iter()
            .zip(parts)
            .all(|(varying, part)| varying.len() == part.p());
        (!are_all).then_some(varying)
    }

    /// Returns the number of parameters.
    pub fn size(&self) -> usize {
        self.incidence.p() + self.latency.p() + 2 + usize::from(!self.distribution.has_fixed_scale())
    }

    /// Returns the starting points: the latency of the events alone, with the plateau of the curve as the cured
    /// fraction; and nearly everybody uncured, with a wider latency.
    pub fn starts(&self, event_free_at_the_end: f64) -> Vec<Vec<f64>> {
        let uncured = (1.0 - event_free_at_the_end).clamp(0.02, 0.98);
        let start = |uncured: f64, location: f64, log_scale: f64| {
            let mut start = vec![0.0; self.size()];
            start[0] = libm::log(uncured / (1.0 - uncured));
            start[self.incidence.p() + 1] = location;
            if !self.distribution.has_fixed_scale() {
                start[self.size() - 1] = log_scale;
            }
            start
        };
        vec![
            start(uncured, 0.3, -0.2),
            start(0.5 * (1.0 + uncured), 0.8, 0.0),
            start(0.98, 1.5, 0.3),
        ]
    }

    /// Evaluates log-likelihood, score and observed information.
    pub fn at(&self, at: &[f64]) -> CurePoint {
        let size = self.size();
        let (p, q) = (self.incidence.p() + 1, self.latency.p() + 1);
        let fixed = self.distribution.has_fixed_scale();
        let log_scale = if fixed { -libm::log(self.spread) } else { at[p + q] };
        let inverse = libm::exp(-log_scale);
        let mut point = CurePoint {
            loglik: 0.0,
            score: vec![0.0; size],
            information: vec![0.0; size * size],
        };
        let mut row_vector = vec![0.0; size];
        for (row, &log_time) in self.log_time.iter().enumerate() {
            let (z_row, x_row) = (self.incidence.row(row), self.latency.row(row));
            let logit = at[0] + dot(z_row, &at[1..p]);
            let z = inverse * (log_time - at[p] - dot(x_row, &at[p + 1..p + q]));
            // Derivatives of the logit and of z by each parameter.
            row_vector[0] = 1.0;
            row_vector[1..p].copy_from_slice(z_row);
            row_vector[p] = -inverse;
            row_vector[p + 1..p + q]
                .iter_mut()
                .zip(x_row)
                .for_each(|(cell, x)| *cell = -inverse * x);
            if !fixed {
                row_vector[p + q] = -z;
            }
            let weight = self.weight.map_or(1.0, |weight| weight[row]);
            let own = self.row(row, logit, z, log_scale);
            point.loglik += weight * own.loglik;
            point.add(weight, &own, &row_vector, p, z, fixed);
            if !fixed && self.event[row] != 0 {
                point.score[p + q] -= weight;
            }
        }
        mirror(&mut point.information, size);
        if !point
            .score
            .iter()
            .chain(&point.information)
            .all(|value| value.is_finite())
        {
            point.loglik = f64::NEG_INFINITY;
        }
        point
    }

    /// One row's likelihood and its derivatives by the logit and z.
    fn row(&self, row: usize, logit: f64, z: f64, log_scale: f64) -> Row {
        let (uncured, cured) = logistic(logit);
        let (log_uncured, log_cured) = (-soft_plus(-logit), -soft_plus(logit));
        if self.event[row] != 0 {
            let log = self.distribution.log_density(z);
            return Row {
                loglik: log_uncured + log.value - log_scale,
                logit: cured,
                logit_logit: -uncured * cured,
                z: log.slope,
                z_z: log.curvature,
                both: 0.0,
            };
        }
        let log = self.distribution.log_survival(z);
        let still_to_come = log_uncured + log.value;
        let loglik = log_cured + soft_plus(still_to_come - log_cured);
        // The chance that who was censored here is not cured.
        let chance = libm::exp(still_to_come - loglik);
        let doubt = chance * libm::exp(log_cured - loglik);
        Row {
            loglik,
            logit: chance - uncured,
            logit_logit: doubt - uncured * cured,
            z: chance * log.slope,
            z_z: chance * log.curvature + doubt * log.slope * log.slope,
            both: doubt * log.slope,
        }
    }

    /// The linear part of the map from these parameters to those of the data, by rows.
    pub fn map(&self) -> Vec<f64> {
        let size = self.size();
        let p = self.incidence.p() + 1;
        let mut map = vec![0.0; size * size];
        for (first, covariates, unit) in [(0, &self.incidence, 1.0), (p, &self.latency, self.spread)] {
            map[first * size + first] = unit;
            for k in 0..covariates.p() {
                let column = first + k + 1;
                map[column * size + column] = unit / covariates.scale[k];
                map[first * size + column] = -unit * covariates.mean[k] / covariates.scale[k];
            }
        }
        if !self.distribution.has_fixed_scale() {
            map[size * size - 1] = 1.0;
        }
        map
    }

    /// Parameters in the units of the data.
    pub fn plain(&self, at: &[f64]) -> Vec<f64> {
        let size = self.size();
        let map = self.map();
        let mut plain: Vec<f64> = (0..size).map(|row| dot(&map[row * size..][..size], at)).collect();
        plain[self.incidence.p() + 1] += self.mean;
        if !self.distribution.has_fixed_scale() {
            plain[size - 1] += libm::log(self.spread);
        }
        plain
    }
}

/// First and second derivatives of a row's likelihood.
struct Row {
    loglik: f64,
    logit: f64,
    logit_logit: f64,
    z: f64,
    z_z: f64,
    both: f64,
}

impl CurePoint {
    /// Adds a row by the chain rule; parameters before `p` move the logit, the others z. Lower triangle only.
    fn add(&mut self, weight: f64, own: &Row, vector: &[f64], p: usize, z: f64, fixed: bool) {
        let size = vector.len();
        for i in 0..size {
            let slope = if i < p { own.logit } else { own.z };
            self.score[i] += weight * slope * vector[i];
            for j in 0..=i {
                let curvature = match (i < p, j < p) {
                    (true, _) => own.logit_logit,
                    (false, true) => own.both,
                    (false, false) => own.z_z,
                };
                self.information[i * size + j] -= weight * curvature * vector[i] * vector[j];
            }
        }
        if !fixed {
            // z is not linear in log σ.
            let last = size - 1;
            for (k, derivative) in vector.iter().enumerate().take(last).skip(p) {
                self.information[last * size + k] += weight * own.z * derivative;
            }
            self.information[last * size + last] -= weight * own.z * z;
        }
    }
}

impl newton::Derivatives for CurePoint {
    fn loglik(&self) -> f64 {
        self.loglik
    }
    fn score(&self) -> &[f64] {
        &self.score
    }
    fn information(&self) -> &[f64] {
        &self.information
    }
}

/// The Kaplan–Meier estimate at the end (weights left aside: it is a start only).
pub(super) fn event_free_at_the_end(follow_up: &FollowUp) -> f64 {
    let (order, n) = (follow_up.order(), follow_up.len());
    let failed = |&(place, &row): &(usize, &u32)| follow_up.event()[row as usize] != 0 && place + 1 < n;
    let steps = order.iter().enumerate().filter(failed);
    steps.map(|(place, _)| 1.0 - 1.0 / (n - place) as f64).product()
}

impl From<ClimbError> for CureError {
    fn from(_: ClimbError) -> Self {
        Self::NoConvergence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_those_of_the_likelihood() {
        let follow_up = FollowUp::new(vec![1.0, 2.5, 3.0, 9.0, 12.0], vec![1, 1, 0, 1, 0]).unwrap();
        let z = vec![vec![0.0, 1.0, 1.0, 0.0, 2.0]];
        let x = vec![vec![1.0, 3.0, 2.0, 5.0, 4.0]];
        for distribution in [
            TimeDistribution::Weibull,
            TimeDistribution::LogNormal,
            TimeDistribution::Exponential,
        ] {
            let sample = CureSample::new(&follow_up, &z, &x, distribution).unwrap();
            let at: Vec<f64> = (0..sample.size()).map(|k| 0.3 - 0.17 * k as f64).collect();
            let here = sample.at(&at);
            let step = 1e-5;
            for k in 0..sample.size() {
                let moved = |by: f64| {
                    let mut there = at.clone();
                    there[k] += by;
                    sample.at(&there)
                };
                let (before, after) = (moved(-step), moved(step));
                let slope = (after.loglik - before.loglik) / (2.0 * step);
                assert!((slope - here.score[k]).abs() < 1e-8, "{distribution:?} {k}");
                for j in 0..sample.size() {
                    let curvature = (after.score[j] - before.score[j]) / (2.0 * step);
                    let found = here.information[j * sample.size() + k];
                    assert!(
                        (curvature + found).abs() < 1e-7,
                        "{distribution:?} {k} {j} {curvature} {found}"
                    );
                }
            }
        }
    }
}

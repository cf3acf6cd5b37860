//! Survival adjusted for covariates: predicted curves of a fitted model, averaged over patients.

use std::collections::BTreeMap;

use super::fit::CoxFit;
use super::increments::Increments;
use super::residuals::{Fitted, standardised};
use super::risk_order::RiskOrder;
use super::{CoxError, Model, Symmetric};
use crate::survival::{
    Confidence, Difference, DifferenceTest, Interval, Labels, NoVariance, NotTested, normal_two_sided,
};

/// The patients over whom predicted curves are averaged, with the covariates they are taken to have.
#[derive(Debug, Clone, PartialEq)]
pub struct Population<'a> {
    /// Covariates: one column for each term of the design, one value for each patient.
    pub columns: Vec<Vec<f64>>,
    /// Code of the stratum whose baseline hazard each patient is taken to have; `None` where the model has no strata.
    pub strata: Option<Vec<u32>>,
    /// Case weights; `None` counts each patient once.
    pub weight: Option<&'a [f64]>,
}

/// How the groups whose averages are wanted enter a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupsAs<'a> {
    /// As a factor of the design: its position in [`Design::variables`](super::Design::variables).
    Factor(usize),
    /// As strata of the model, crossed with these where there are others.
    Strata(Option<&'a Labels>),
}

/// In one of the strata there is nobody of a group, so that it has no baseline hazard there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("group {group} has nobody in one of the strata")]
pub struct NoBaseline {
    /// Position of the group.
    pub group: usize,
}

impl<'a> Population<'a> {
    /// Returns all rows of a model as if each were in a group, one population for each of `groups`, which label its rows.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, Labels, cox::{Design, GroupsAs, Model, Population}};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 0]).unwrap();
    /// let arm = Labels::of(&["a", "b", "b"]);
    /// let design = Design::new().numeric("age", vec![7.0, 8.0, 9.0]).factor("arm", &arm).unwrap();
    /// let model = Model::new(&follow_up, &design);
    /// let all = Population::of_groups(&model, &arm, GroupsAs::Factor(1)).unwrap();
    /// assert_eq!(all[0].columns, [vec![7.0, 8.0, 9.0], vec![0.0; 3]]);
    /// assert_eq!(all[1].columns, [vec![7.0, 8.0, 9.0], vec![1.0; 3]]);
    /// ```
    ///
    /// # Errors
    /// [`NoBaseline`].
    pub fn of_groups(model: &Model<'a>, groups: &Labels, place: GroupsAs<'_>) -> Result<Vec<Self>, NoBaseline> {
        let own = model.strata.map(|strata| &strata.codes);
        let weight = model.follow_up.weight();
        let of = |(group, name): (usize, &String)| match place {
            GroupsAs::Factor(variable) => Ok(Self {
                columns: model.design.with_level(variable, name),
                strata: own.cloned(),
                weight,
            }),
            GroupsAs::Strata(base) => {
                let base = |row: usize| base.and_then(|base| base.codes.get(row)).copied().unwrap_or(0);
                let rows = 0..groups.codes.len();
                let known: BTreeMap<(u32, u32), u32> = rows
                    .clone()
                    .filter_map(|row| Some(((base(row), groups.codes[row]), *own?.get(row)?)))
                    .collect();
                let code = |row: usize| known.get(&(base(row), group as u32)).copied();
                let strata: Option<Vec<u32>> = rows.map(code).collect();
                Ok(Self {
                    columns: model.design.columns().to_vec(),
                    strata: Some(strata.ok_or(NoBaseline { group })?),
                    weight,
                })
            }
        };
        groups.names.iter().enumerate().map(of).collect()
    }
}

/// Averages of predicted survival, one for each population, with their joint variance.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustedSurvival {
    /// Times, ascending.
    time: Vec<f64>,
    /// By population, one value a time.
    survival: Vec<Vec<f64>>,
    /// One matrix a time, by rows, of as many rows as populations.
    covariance: Vec<f64>,
    /// By population: the last time that is followed in each of its strata.
    last: Vec<f64>,
}

/// An average of predicted survival at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdjustedAt {
    /// The time.
    pub time: f64,
    /// Average of predicted survival.
    pub survival: f64,
    /// Its standard error.
    pub std_err: f64,
    /// Its interval; `None` where survival is 1 or 0.
    pub interval: Option<Interval>,
}

/// The baseline of one stratum at each time.
struct Baseline {
    /// Cumulative hazard at the mean covariates.
    hazard: Vec<f64>,
    /// Its variance at fixed coefficients.
    variance: Vec<f64>,
    /// Hazard-weighted mean covariates, p a time.
    mean_hazard: Vec<f64>,
    last: f64,
}

/// A patient of a population: covariates less their means, and the predicted risk.
struct Subject {
    weight: f64,
    risk: f64,
    /// Position of the stratum among those of the model that have rows.
    stratum: usize,
    away: Vec<f64>,
}

/// What a population contributes to variances at a time.
struct Slopes {
    survival: f64,
    /// −∂S̄/∂Λ by stratum.
    hazard: Vec<f64>,
    /// −∂S̄/∂β.
    beta: Vec<f64>,
}

impl Fitted<'_> {
    /// Returns the average over each of several populations of the survival that the model predicts at these times: direct
    /// adjustment (Makuch 1982, J Chronic Dis 35:437; Gail & Byar 1986, Biom J 28:587), in R the row means of
    /// `survfit(fit, newdata)$surv`. Where each population is all patients with another value of one covariate, the
    /// averages differ by that covariate alone.
    ///
    /// The variance is that of the baseline hazard (Tsiatis 1981) and of β, by the delta method; the covariates of the
    /// population are taken as given. O(n m) for n patients and m times.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, cox::{Design, Fitted, Model, Population, fit}};
    ///
    /// // R: fit <- coxph(Surv(time, event) ~ x + arm); s <- survfit(fit, data.frame(x = x, arm = 1), times = 6)
    /// // rowMeans(summary(s, times = 6)$surv)
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let arm = vec![0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0];
    /// let design = Design::new().numeric("x", x.clone()).numeric("arm", arm);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let of_arm = |arm| Population { columns: vec![x.clone(), vec![arm; 10]], strata: None, weight: None };
    /// let adjusted = fitted.adjusted(&[of_arm(0.0), of_arm(1.0)], &[6.0]).unwrap();
    /// let at = adjusted.at(1, 6.0, Confidence::default()).unwrap();
    /// assert!((at.survival - 0.625_811_133_307).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::Length`] where a population has other columns than the design or columns of different lengths,
    /// [`CoxError::NoEstimate`] where a coefficient is not finite, [`CoxError::Overflow`] where a prediction is not or a
    /// population is empty.
    pub fn adjusted(&self, populations: &[Population<'_>], times: &[f64]) -> Result<AdjustedSurvival, CoxError> {
        if !self.fit.has_all_estimates() {
            return Err(CoxError::NoEstimate);
        }
        let mut time = times.to_vec();
        time.sort_by(f64::total_cmp);
        time.dedup();
        let increments = Increments::new(&self.order, self.model.ties, &self.eta);
        let baselines: Vec<Option<Baseline>> = (0..self.order.strata().len())
            .map(|stratum| self.baseline(stratum, &increments, &time))
            .collect();
        let subjects = populations.iter().map(|each| self.subjects(each, &baselines));
        let subjects = subjects.collect::<Result<Vec<Vec<Subject>>, CoxError>>()?;
        let variance = standardised(&self.fit.variance, self.fit, &self.order);
        let count = populations.len();
        let mut found = AdjustedSurvival {
            survival: vec![Vec::with_capacity(time.len()); count],
            covariance: Vec::with_capacity(time.len() * count * count),
            last: subjects.iter().map(|each| last_known(each, &baselines)).collect(),
            time,
        };
        for at in 0..found.time.len() {
            let slopes: Vec<Slopes> = subjects
                .iter()
                .map(|each| slopes(each, &baselines, at, self.order.p))
                .collect();
            for (survival, slopes) in found.survival.iter_mut().zip(&slopes) {
                survival.push(slopes.survival);
            }
            for first in &slopes {
                for second in &slopes {
                    found
                        .covariance
                        .push(covariance(first, second, &baselines, at, &variance));
                }
            }
        }
        let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        if found.survival.iter().all(|each| is_finite(each)) && is_finite(&found.covariance) {
            Ok(found)
        } else {
            Err(CoxError::Overflow)
        }
    }

    /// The baseline of a stratum at ascending times; `None` where it has no rows.
    fn baseline(&self, stratum: usize, increments: &Increments, times: &[f64]) -> Option<Baseline> {
        let order: &RiskOrder<'_> = &self.order;
        let bounds = &order.strata()[stratum];
        let time = |place: usize| self.model.follow_up.time()[order.row[place] as usize];
        let last = bounds.places.clone().map(time).reduce(f64::max)?;
        let (mut hazard, mut variance, mut mean) = (0.0, 0.0, vec![0.0; order.p]);
        let mut found = Baseline {
            hazard: Vec::with_capacity(times.len()),
            variance: Vec::with_capacity(times.len()),
            mean_hazard: Vec::with_capacity(times.len() * order.p),
            last,
        };
        let mut moments = bounds.moments.clone().rev().peekable();
        for &now in times {
            while let Some(moment) = moments.next_if(|&moment| order.moments()[moment].time <= now) {
                hazard += increments.hazard[moment];
                variance += increments.variance[moment];
                let parts = mean.iter_mut().zip(increments.mean_hazard(moment));
                parts.for_each(|(sum, part)| *sum += part);
            }
            found.hazard.push(hazard);
            found.variance.push(variance);
            found.mean_hazard.extend(&mean);
        }
        Some(found)
    }

    fn subjects(&self, population: &Population<'_>, baselines: &[Option<Baseline>]) -> Result<Vec<Subject>, CoxError> {
        let count = population.columns.first().map_or(0, Vec::len);
        let expected = self.model.design.len();
        if population.columns.len() != expected {
            let found = population.columns.len();
            return Err(CoxError::Length { expected, found });
        }
        let lengths = population.columns.iter().map(Vec::len);
        let lengths = lengths.chain(population.strata.iter().map(Vec::len));
        let lengths = lengths.chain(population.weight.iter().map(|weight| weight.len()));
        if let Some(found) = lengths.into_iter().find(|&found| found != count) {
            return Err(CoxError::Length { expected: count, found });
        }
        let weight = |row: usize| population.weight.map_or(1.0, |weight| weight[row]);
        let total: f64 = (0..count).map(weight).sum();
        let subject = |row: usize| {
            let kept = self.fit.kept.iter().enumerate();
            let away = kept.map(|(i, &j)| (population.columns[j][row] - self.order.mean[i]) / self.order.spread[i]);
            let away: Vec<f64> = away.collect();
            let stratum = population.strata.as_ref().map_or(0, |strata| strata[row] as usize);
            let known = baselines.get(stratum).is_some_and(Option::is_some);
            let risk = libm::exp(linear_predictor(self.fit, &self.order, &away));
            (known && risk.is_finite() && total > 0.0).then_some(Subject {
                weight: weight(row) / total,
                risk,
                stratum,
                away,
            })
        };
        let subjects: Option<Vec<Subject>> = (0..count).map(subject).collect();
        subjects
            .filter(|subjects| !subjects.is_empty())
            .ok_or(CoxError::Overflow)
    }
}

fn linear_predictor(fit: &CoxFit, order: &RiskOrder<'_>, away: &[f64]) -> f64 {
    let kept = fit.kept.iter().zip(&order.spread).zip(away);
    kept.map(|((&j, spread), away)| fit.beta[j] * spread * away).sum()
}

fn last_known(subjects: &[Subject], baselines: &[Option<Baseline>]) -> f64 {
    let last = |subject: &Subject| baselines[subject.stratum].as_ref().map_or(0.0, |each| each.last);
    subjects.iter().map(last).fold(f64::INFINITY, f64::min)
}

fn slopes(subjects: &[Subject], baselines: &[Option<Baseline>], at: usize, p: usize) -> Slopes {
    let mut found = Slopes {
        survival: 0.0,
        hazard: vec![0.0; baselines.len()],
        beta: vec![0.0; p],
    };
    for subject in subjects {
        let Some(baseline) = &baselines[subject.stratum] else {
            continue;
        };
        let hazard = baseline.hazard[at];
        let survival = subject.weight * libm::exp(-hazard * subject.risk);
        found.survival += survival;
        let slope = survival * subject.risk;
        found.hazard[subject.stratum] += slope;
        let means = &baseline.mean_hazard[at * p..(at + 1) * p];
        for (sum, (away, mean)) in found.beta.iter_mut().zip(subject.away.iter().zip(means)) {
            *sum += slope * (away * hazard - mean);
        }
    }
    found
}

fn covariance(first: &Slopes, second: &Slopes, baselines: &[Option<Baseline>], at: usize, variance: &Symmetric) -> f64 {
    let of_hazard = baselines.iter().zip(first.hazard.iter().zip(&second.hazard));
    let of_hazard: f64 = of_hazard
        .filter_map(|(baseline, (one, other))| Some(baseline.as_ref()?.variance[at] * one * other))
        .sum();
    let mut of_beta = 0.0;
    for (i, one) in first.beta.iter().enumerate() {
        for (j, other) in second.beta.iter().enumerate() {
            of_beta += one * variance.at(i, j) * other;
        }
    }
    of_hazard + of_beta
}

impl AdjustedSurvival {
    /// Times at which the averages are known, ascending.
    #[must_use]
    pub fn time(&self) -> &[f64] {
        &self.time
    }

    /// The last time to which each stratum of a population is followed; later the last value is carried on.
    #[must_use]
    pub fn last(&self, population: usize) -> Option<f64> {
        self.last.get(population).copied()
    }

    /// The position of one of the times, which are ascending.
    fn position(&self, time: f64) -> Option<usize> {
        let at = self.time.partition_point(|&each| each < time);
        (*self.time.get(at)? == time).then_some(at)
    }

    fn variance(&self, first: usize, second: usize, at: usize) -> f64 {
        let count = self.survival.len();
        self.covariance[(at * count + first) * count + second]
    }

    /// Returns the average of a population at one of the times; `None` where there is no such population or the time was
    /// not asked for.
    #[must_use]
    pub fn at(&self, population: usize, time: f64, confidence: Confidence) -> Option<AdjustedAt> {
        let at = self.position(time)?;
        self.step(population, at, confidence)
    }

    /// The same by the position of the time.
    #[must_use]
    pub fn step(&self, population: usize, at: usize, confidence: Confidence) -> Option<AdjustedAt> {
        let survival = *self.survival.get(population)?.get(at)?;
        let std_err = self.variance(population, population, at).max(0.0).sqrt();
        Some(AdjustedAt {
            time: self.time[at],
            survival,
            std_err,
            interval: confidence
                .interval(survival, std_err / survival)
                .filter(|_| survival < 1.0),
        })
    }

    /// Returns the average of one population less that of another at one of the times, with a normal interval from their
    /// joint variance; `None` as [`at`](Self::at). There is no test before the first event.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, cox::{Design, Fitted, Model, Population, fit}};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap();
    /// let design = Design::new().numeric("arm", vec![0.0, 1.0, 1.0, 0.0, 1.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let of_arm = |arm| Population { columns: vec![vec![arm; 5]], strata: None, weight: None };
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let adjusted = fitted.adjusted(&[of_arm(0.0), of_arm(1.0)], &[0.5, 4.0]).unwrap();
    /// let difference = adjusted.difference(0, 1, 4.0, Confidence::default()).unwrap();
    /// assert!(difference.estimate < 0.0 && difference.test.is_ok());
    /// assert!(adjusted.difference(0, 1, 0.5, Confidence::default()).unwrap().test.is_err());
    /// ```
    #[must_use]
    pub fn difference(&self, first: usize, second: usize, time: f64, confidence: Confidence) -> Option<Difference> {
        let at = self.position(time)?;
        let estimate = self.survival.get(first)?.get(at)? - self.survival.get(second)?.get(at)?;
        let variance = self.variance(first, first, at) + self.variance(second, second, at)
            - 2.0 * self.variance(first, second, at);
        let std_err = variance.max(0.0).sqrt();
        let lacks =
            |population: usize| (self.variance(population, population, at) <= 0.0).then_some(NoVariance::NoEvent);
        let why = NotTested {
            first: lacks(first),
            second: lacks(second),
        };
        let is_tested = why.first.is_none() && why.second.is_none() && std_err > 0.0;
        let reach = confidence.z() * std_err;
        let test = is_tested.then(|| DifferenceTest {
            std_err,
            interval: Interval {
                lower: estimate - reach,
                upper: estimate + reach,
            },
            p: normal_two_sided(estimate / std_err),
        });
        Some(Difference {
            estimate,
            test: test.ok_or(why),
        })
    }
}

//! Accelerated-failure-time models: exponential, Weibull, log-normal, log-logistic.

use super::error_distribution::{Log, TimeDistribution};
use super::linear::{Cholesky, add_outer, congruence, mirror};
use super::newton::{self, ClimbError, Shape, climb};
use super::standardised::Standardised;
use super::wald::Z;
use super::{ChiSquare, FollowUp};

/// A fitted parametric model log T = xᵀβ + σ·Z.
#[derive(Debug, Clone, PartialEq)]
pub struct Parametric {
    /// Distribution of the survival times.
    pub distribution: TimeDistribution,
    /// Number of rows.
    pub n: usize,
    /// Number of rows with an event.
    pub n_events: usize,
    /// β: the intercept, then one for each covariate that varies.
    pub coefficients: Vec<f64>,
    /// Indices of the covariates that vary and so have a coefficient; the others have one value in all rows.
    pub kept: Vec<usize>,
    /// Standard errors of the coefficients, and last of log σ where it is estimated, from the observed information.
    pub std_err: Vec<f64>,
    /// log σ; `None` where σ is 1 by definition.
    pub log_scale: Option<f64>,
    /// The variance matrix of the coefficients and log σ, by rows.
    pub variance: Vec<f64>,
    /// Log-likelihood of the times (not of their logarithms).
    pub loglik: f64,
    /// Log-likelihood with the intercept alone.
    pub loglik_null: f64,
    /// Likelihood-ratio test against the intercept alone; `None` without covariates.
    pub likelihood_ratio: Option<ChiSquare>,
    /// Akaike's information criterion, −2·loglik + 2·parameters.
    pub aic: f64,
    /// −2·loglik + log(n)·parameters, n the number of rows, as R's `BIC`.
    pub bic: f64,
}

/// Why there is no model. Rows and covariates count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParametricError {
    /// A covariate has another length than the follow-up or is not finite.
    #[error("covariate {covariate} does not fit the rows or is not finite")]
    BadCovariate {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// A time of 0, which has no logarithm.
    #[error("row {row}: a time of 0")]
    ZeroTime {
        /// Index of the row, from 0.
        row: usize,
    },
    /// An entry below 0, before the origin of the times.
    #[error("row {row}: an entry before the origin of the times")]
    EntryBeforeOrigin {
        /// Index of the row, from 0.
        row: usize,
    },
    /// No row has an event.
    #[error("no event")]
    NoEvents,
    /// A covariate is a linear combination of those before it.
    #[error("covariate {covariate} is a combination of others")]
    Singular {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// The coefficient of a covariate is infinite: one of its values has no event.
    #[error("the coefficient of covariate {covariate} is infinite")]
    Separation {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// The likelihood has no maximum: the model predicts every event time exactly.
    #[error("the likelihood has no maximum")]
    NoMaximum,
    /// The iterations did not converge.
    #[error("no convergence")]
    NoConvergence,
}

impl ParametricError {
    /// Returns the row at fault, where the error is about a row.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, ParametricError, TimeDistribution, parametric};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 0.0], vec![1, 1]).unwrap();
    /// let error = parametric(&follow_up, &[], TimeDistribution::Weibull).unwrap_err();
    /// assert_eq!((error, error.row()), (ParametricError::ZeroTime { row: 1 }, Some(1)));
    /// ```
    #[must_use]
    pub fn row(self) -> Option<usize> {
        match self {
            Self::ZeroTime { row } | Self::EntryBeforeOrigin { row } => Some(row),
            _ => None,
        }
    }
}

/// 1/σ in units of the spread of log times beyond which the model is taken to predict every event time exactly.
const PERFECT: f64 = 1e7;

/// Fits a model by maximum likelihood; `covariates` are columns; there may be none.
///
/// Every event code other than 0 is the event; weights multiply the likelihood of a row. Newton's method on 1/σ and
/// β/σ, in which the likelihood is concave for all four distributions (Burridge, J R Stat Soc B 1981;43:41). Equal to
/// R's `survreg(Surv(time, event) ~ x, dist, weights)`: coefficients and standard errors to 1e-8, `loglik` to 1e-11.
/// Not defined for interval-censored times. A covariate with one value in all rows has no coefficient, as in Cox's
/// model. O(n·p²) an iteration.
///
/// With delayed entry the likelihood of a row is that of its time given survival to its entry, f(t)/S(entry) or
/// S(t)/S(entry) (left truncation; Kalbfleisch & Prentice 2002, section 3.2), an entry of 0 being none. `survreg` does
/// not take it; the reference is this likelihood, maximised in R. It need not be concave: the maximum is found by
/// Newton's method with a raised diagonal from the model of exponential times.
///
/// ```
/// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
///
/// // R: survreg(Surv(time, event) ~ x, dist = "weibull")
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
/// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
/// let model = parametric(&follow_up, &[x], TimeDistribution::Weibull).unwrap();
/// assert!((model.coefficients[0] - 2.272_850_522).abs() < 1e-8 && (model.coefficients[1] + 0.135_202_610).abs() < 1e-8);
/// assert!((model.std_err[1] - 0.231_322_089).abs() < 1e-8 && (model.loglik + 21.235_115_117).abs() < 1e-8);
/// assert!((model.aic - 48.470_230_233).abs() < 1e-8 && (model.bic - 49.377_985_512).abs() < 1e-8);
/// ```
///
/// # Errors
/// [`ParametricError`].
pub fn parametric(
    follow_up: &FollowUp,
    covariates: &[Vec<f64>],
    distribution: TimeDistribution,
) -> Result<Parametric, ParametricError> {
    let sample = Sample::new(follow_up, covariates, distribution)?;
    if sample.x.is_constant.contains(&true) {
        let kept: Vec<usize> = (0..covariates.len()).filter(|&k| !sample.x.is_constant[k]).collect();
        return without_constants(follow_up, covariates, distribution, kept);
    }
    let model = sample.fit(covariates.len())?;
    let loglik_null = if covariates.is_empty() {
        model.loglik
    } else {
        sample.fit(0)?.loglik
    };
    let parameters = model.std_err.len() as f64;
    Ok(Parametric {
        loglik_null,
        likelihood_ratio: (!covariates.is_empty()).then(|| {
            let gain = 2.0 * (model.loglik - loglik_null);
            ChiSquare::new(gain.max(0.0), covariates.len() as u32)
        }),
        aic: 2.0 * (parameters - model.loglik),
        bic: libm::log(model.n as f64) * parameters - 2.0 * model.loglik,
        ..model
    })
}

/// Fits the model of the covariates that vary.
fn without_constants(
    follow_up: &FollowUp,
    covariates: &[Vec<f64>],
    distribution: TimeDistribution,
    kept: Vec<usize>,
) -> Result<Parametric, ParametricError> {
    let varying: Vec<Vec<f64>> = kept.iter().map(|&k| covariates[k].clone()).collect();
    match parametric(follow_up, &varying, distribution) {
        Ok(model) => Ok(Parametric { kept, ..model }),
        Err(ParametricError::Singular { covariate }) => Err(ParametricError::Singular {
            covariate: kept[covariate],
        }),
        Err(ParametricError::Separation { covariate }) => Err(ParametricError::Separation {
            covariate: kept[covariate],
        }),
        Err(other) => Err(other),
    }
}

impl Parametric {
    /// Returns coefficient over standard error, and its two-sided p value, by index in `std_err` (0 is the intercept).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // By hand: without covariates the exponential rate is 2 events over 4 years, and the coefficient ln(4/2) with the
    /// // standard error 1/√2.
    /// let follow_up = FollowUp::new(vec![1.0, 3.0], vec![1, 1]).unwrap();
    /// let model = parametric(&follow_up, &[], TimeDistribution::Exponential).unwrap();
    /// assert!((model.z(0).unwrap().z - 2.0_f64.ln() * 2.0_f64.sqrt()).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn z(&self, coefficient: usize) -> Option<Z> {
        let estimates = self.coefficients.iter().chain(&self.log_scale);
        Z::new(
            *estimates.into_iter().nth(coefficient)?,
            *self.std_err.get(coefficient)?,
        )
    }

    /// Returns σ.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // R: survreg(Surv(time, event) ~ x, dist = "weibull")$scale
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = parametric(&follow_up, &[x], TimeDistribution::Weibull).unwrap();
    /// assert!((model.scale() - 0.551_462_602).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.log_scale.map_or(1.0, libm::exp)
    }

    /// Returns P(T > t) at these values of the covariates that vary; `None` where their number is wrong or the time is
    /// not above 0.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, parametric};
    ///
    /// // By hand: 2 events over 4 years, S(2) = e^(−2 · 2/4).
    /// let follow_up = FollowUp::new(vec![1.0, 3.0], vec![1, 1]).unwrap();
    /// let model = parametric(&follow_up, &[], TimeDistribution::Exponential).unwrap();
    /// assert!((model.survival(2.0, &[]).unwrap() - (-1.0_f64).exp()).abs() < 1e-8);
    /// assert_eq!(model.survival(0.0, &[]), None);
    /// ```
    #[must_use]
    pub fn survival(&self, time: f64, covariates: &[f64]) -> Option<f64> {
        let (intercept, slopes) = self.coefficients.split_first()?;
        if slopes.len() != covariates.len() || !(time > 0.0 && time.is_finite()) {
            return None;
        }
        let location = intercept + super::linear::dot(slopes, covariates);
        let log = self
            .distribution
            .log_survival((libm::log(time) - location) / self.scale());
        Some(libm::exp(log.value)).filter(|survival| survival.is_finite())
    }
}

/// Times on a scale where their logarithms have mean 0 and standard deviation 1.
struct Sample<'a> {
    distribution: TimeDistribution,
    log_time: Vec<f64>,
    /// Logarithms of the entries, −∞ for an entry of 0; `None` where no entry is above 0.
    log_entry: Option<Vec<f64>>,
    mean: f64,
    spread: f64,
    event: &'a [u32],
    weight: Option<&'a [f64]>,
    x: Standardised,
    /// Σ of weight·(log time + log spread) over events: the difference to the log-likelihood of the times.
    jacobian: f64,
    n_events: usize,
}

impl<'a> Sample<'a> {
    fn new(
        follow_up: &'a FollowUp,
        covariates: &[Vec<f64>],
        distribution: TimeDistribution,
    ) -> Result<Self, ParametricError> {
        let entry = follow_up.entry();
        if let Some(row) = entry.and_then(|entry| entry.iter().position(|&entry| entry < 0.0)) {
            return Err(ParametricError::EntryBeforeOrigin { row });
        }
        if let Some(row) = follow_up.time().iter().position(|&time| time <= 0.0) {
            return Err(ParametricError::ZeroTime { row });
        }
        let n = follow_up.len();
        let n_events = follow_up.n_events();
        if n_events == 0 {
            return Err(ParametricError::NoEvents);
        }
        let rows: Vec<u32> = (0..n as u32).collect();
        let x =
            Standardised::new(covariates, &rows).map_err(|covariate| ParametricError::BadCovariate { covariate })?;
        let mut log_time: Vec<f64> = follow_up.time().iter().map(|&time| libm::log(time)).collect();
        let mean = log_time.iter().sum::<f64>() / n as f64;
        let square = log_time.iter().map(|log| (log - mean) * (log - mean)).sum::<f64>() / n as f64;
        let spread = if square > 1e-24 { square.sqrt() } else { 1.0 };
        let weight = follow_up.weight();
        let weight_of = |row: usize| weight.map_or(1.0, |weight| weight[row]);
        let log_spread = libm::log(spread);
        let events = (0..n).filter(|&row| follow_up.event()[row] != 0);
        let jacobian = events.map(|row| weight_of(row) * (log_time[row] + log_spread)).sum();
        let standard = |log: f64| (log - mean) / spread;
        log_time.iter_mut().for_each(|log| *log = standard(*log));
        let entry = entry.filter(|entry| entry.iter().any(|&entry| entry > 0.0));
        Ok(Self {
            distribution,
            log_time,
            log_entry: entry.map(|entry| entry.iter().map(|&entry| standard(libm::log(entry))).collect()),
            mean,
            spread,
            event: follow_up.event(),
            weight,
            x,
            jacobian,
            n_events,
        })
    }

    /// Fits the intercept and the first `p` covariates.
    fn fit(&self, p: usize) -> Result<Parametric, ParametricError> {
        let fixed = self.distribution.has_fixed_scale();
        let mut start = vec![0.0; p + 1];
        start[0] = self.intercept();
        if !fixed {
            start.push(1.0);
        }
        let begin = start.clone();
        let shape = if self.log_entry.is_none() {
            Shape::Concave
        } else {
            self.check_truncated(p)?;
            Shape::Any
        };
        let top = climb(start, shape, |at| self.evaluate(p, at)).map_err(|error| match error {
            ClimbError::NoConvergence => ParametricError::NoConvergence,
            ClimbError::Singular(k) => self.why_singular(p, k, &begin),
        })?;
        if let Some(covariate) = (0..p).find(|k| top.moving[k + 1]) {
            return Err(ParametricError::Separation { covariate });
        }
        let inverse_scale = if fixed { self.spread } else { top.at[p + 1] };
        if top.moving.contains(&true) || inverse_scale > PERFECT * self.spread.max(1.0) {
            return Err(ParametricError::NoMaximum);
        }
        let location: Vec<f64> = top.at[..=p].iter().map(|each| each / inverse_scale).collect();
        let information = self.information(&location, inverse_scale);
        let size = information.1;
        let variance = Cholesky::of(&information.0, size)
            .map_err(|_| ParametricError::NoMaximum)?
            .inverse();
        Ok(self.unscaled(
            p,
            &location,
            inverse_scale,
            &variance,
            top.derivatives.loglik - self.jacobian,
        ))
    }

    /// Looks for what a singular information tells where the likelihood is concave: with delayed entry it is also singular
    /// on the way to a maximum.
    fn check_truncated(&self, p: usize) -> Result<(), ParametricError> {
        let mut squares = vec![0.0; p * p];
        if p > 0 {
            (0..self.event.len()).for_each(|row| add_outer(&mut squares, 1.0, &self.x.row(row)[..p]));
        }
        Cholesky::of(&squares, p).map_err(|covariate| ParametricError::Singular { covariate })?;
        match (0..p).find(|&covariate| self.separates(covariate)) {
            Some(covariate) => Err(ParametricError::Separation { covariate }),
            None => Ok(()),
        }
    }

    /// Returns why the information became singular in column `k` on the way from `start`. Where it is not singular at
    /// the start, a coefficient has diverged so far that its rows carry no more information: the tail of a normal
    /// distribution soon has no curvature, while with the other distributions the steps stay large.
    fn why_singular(&self, p: usize, k: usize, start: &[f64]) -> ParametricError {
        let at_start = Cholesky::of(&self.evaluate(p, start).information, start.len());
        if let Some(covariate) = (0..p).find(|&covariate| self.separates(covariate)) {
            return ParametricError::Separation { covariate };
        }
        match (k.checked_sub(1).filter(|covariate| *covariate < p), at_start) {
            (Some(covariate), Ok(_)) => ParametricError::Separation { covariate },
            (Some(covariate), Err(_)) => ParametricError::Singular { covariate },
            (None, _) => ParametricError::NoMaximum,
        }
    }

    /// True if all events have one value of a covariate, and all other rows are to one side of it: then the likelihood
    /// increases without bound as the coefficient diverges.
    fn separates(&self, covariate: usize) -> bool {
        let value = |row: usize| self.x.row(row)[covariate];
        let (with_event, without): (Vec<usize>, Vec<usize>) =
            (0..self.event.len()).partition(|&row| self.event[row] != 0);
        let Some(shared) = with_event.first().map(|&row| value(row)) else {
            return false;
        };
        let on_one_side = |is_beyond: fn(f64, f64) -> bool| {
            without
                .iter()
                .all(|&row| value(row) == shared || is_beyond(value(row), shared))
                && without.iter().any(|&row| value(row) != shared)
        };
        with_event.iter().all(|&row| value(row) == shared) && (on_one_side(|a, b| a > b) || on_one_side(|a, b| a < b))
    }

    /// Returns the start of γ₀: for extreme values its maximum at α = 1 without covariates, log Σw·e^(αu) − log Σw·d,
    /// so that the likelihood is finite for all times.
    fn intercept(&self) -> f64 {
        let alpha = match self.distribution {
            TimeDistribution::Exponential => self.spread,
            TimeDistribution::Weibull => 1.0,
            TimeDistribution::LogNormal | TimeDistribution::LogLogistic => return 0.0,
        };
        let highest = self
            .log_time
            .iter()
            .fold(f64::NEG_INFINITY, |highest, log| highest.max(alpha * log));
        let rows = self.log_time.iter().enumerate();
        let since = |log: f64| libm::exp(alpha * log - highest);
        let exposure: f64 = rows
            .map(|(row, &log)| self.weight(row) * (since(log) - self.entry(row).map_or(0.0, since)))
            .sum();
        let with_event = (0..self.event.len()).filter(|&row| self.event[row] != 0);
        let events: f64 = with_event.map(|row| self.weight(row)).sum();
        highest + libm::log(exposure) - libm::log(events)
    }

    fn weight(&self, row: usize) -> f64 {
        self.weight.map_or(1.0, |weight| weight[row])
    }

    /// Returns the logarithm of the entry of a row, where it is above 0.
    fn entry(&self, row: usize) -> Option<f64> {
        let entry = self.log_entry.as_ref()?[row];
        entry.is_finite().then_some(entry)
    }

    /// Evaluates the likelihood in γ = β/σ (intercept first) and α = 1/σ, which without entries is concave:
    /// z = α·log t − xᵀγ.
    fn evaluate(&self, p: usize, at: &[f64]) -> Point {
        let fixed = self.distribution.has_fixed_scale();
        let alpha = if fixed { self.spread } else { at[p + 1] };
        let size = at.len();
        let mut point = Point::zero(size);
        if alpha.is_nan() || alpha <= 0.0 {
            point.loglik = f64::NEG_INFINITY;
            return point;
        }
        let log_alpha = libm::log(alpha);
        let mut row_vector = vec![0.0; size];
        for (row, &log_time) in self.log_time.iter().enumerate() {
            let covariates = &self.x.row(row)[..p];
            let z = alpha * log_time - at[0] - super::linear::dot(covariates, &at[1..=p]);
            let weight = self.weight(row);
            let has_event = self.event[row] != 0;
            let log = if has_event {
                self.distribution.log_density(z)
            } else {
                self.distribution.log_survival(z)
            };
            point.loglik += weight * log.value;
            // The derivative of z by each parameter.
            row_vector[0] = -1.0;
            row_vector[1..=p]
                .iter_mut()
                .zip(covariates)
                .for_each(|(cell, x)| *cell = -x);
            if !fixed {
                row_vector[p + 1] = log_time;
            }
            point.add(weight, log.slope, log.curvature, &row_vector);
            if has_event {
                point.loglik += weight * log_alpha;
                if !fixed {
                    point.score[p + 1] += weight / alpha;
                    point.information[size * size - 1] += weight / (alpha * alpha);
                }
            }
            if let Some(entry) = self.entry(row) {
                let before = self.distribution.log_survival(z - alpha * (log_time - entry));
                point.loglik -= weight * before.value;
                if !fixed {
                    row_vector[p + 1] = entry;
                }
                point.add(-weight, before.slope, before.curvature, &row_vector);
            }
        }
        point.mirror();
        point
    }

    /// Returns the observed information of β (intercept first) and log σ at the maximum, and its size.
    fn information(&self, location: &[f64], alpha: f64) -> (Vec<f64>, usize) {
        let size = location.len() + usize::from(!self.distribution.has_fixed_scale());
        let mut point = Point::zero(size);
        for (row, &log_time) in self.log_time.iter().enumerate() {
            let covariates = &self.x.row(row)[..location.len() - 1];
            let centre = location[0] + super::linear::dot(covariates, &location[1..]);
            let z = |log: f64| alpha * (log - centre);
            let (weight, own) = (self.weight(row), z(log_time));
            let log = if self.event[row] != 0 {
                self.distribution.log_density(own)
            } else {
                self.distribution.log_survival(own)
            };
            point.add_located(weight, log, own, alpha, covariates);
            if let Some(before) = self.entry(row).map(z) {
                point.add_located(
                    -weight,
                    self.distribution.log_survival(before),
                    before,
                    alpha,
                    covariates,
                );
            }
        }
        point.mirror();
        (point.information, size)
    }

    /// Back to the units of the data.
    fn unscaled(&self, p: usize, location: &[f64], alpha: f64, variance: &[f64], loglik: f64) -> Parametric {
        let size = p + 1 + usize::from(!self.distribution.has_fixed_scale());
        // Rows of the linear map from standardised to plain parameters.
        let mut map = vec![0.0; size * size];
        map[0] = self.spread;
        for k in 1..=p {
            let unit = self.spread / self.x.scale[k - 1];
            map[k * size + k] = unit;
            map[k] = -unit * self.x.mean[k - 1];
        }
        if size > p + 1 {
            map[size * size - 1] = 1.0;
        }
        let mut coefficients: Vec<f64> = (0..=p)
            .map(|row| super::linear::dot(&map[row * size..=row * size + p], location))
            .collect();
        coefficients[0] += self.mean;
        let plain = congruence(&map, variance, size);
        Parametric {
            distribution: self.distribution,
            n: self.log_time.len(),
            n_events: self.n_events,
            coefficients,
            kept: (0..p).collect(),
            std_err: (0..size).map(|k| plain[k * size + k].max(0.0).sqrt()).collect(),
            log_scale: (!self.distribution.has_fixed_scale()).then(|| libm::log(self.spread / alpha)),
            variance: plain,
            loglik,
            loglik_null: loglik,
            likelihood_ratio: None,
            aic: 0.0,
            bic: 0.0,
        }
    }
}

/// A log-likelihood with its derivatives.
struct Point {
    loglik: f64,
    score: Vec<f64>,
    information: Vec<f64>,
}

impl Point {
    fn zero(size: usize) -> Self {
        Self {
            loglik: 0.0,
            score: vec![0.0; size],
            information: vec![0.0; size * size],
        }
    }

    /// Adds a row: `vector` holds the derivative of z by each parameter. Lower triangle only.
    fn add(&mut self, weight: f64, slope: f64, curvature: f64, vector: &[f64]) {
        for (score, derivative) in self.score.iter_mut().zip(vector) {
            *score += weight * slope * derivative;
        }
        add_outer(&mut self.information, -weight * curvature, vector);
    }

    /// Adds the information of β (intercept first) and, where there is room for it, log σ at z = (log t − xᵀβ)/σ, 1/σ being
    /// `alpha`. Lower triangle only.
    fn add_located(&mut self, weight: f64, log: Log, z: f64, alpha: f64, covariates: &[f64]) {
        let (size, p) = (self.score.len(), covariates.len());
        let mut vector = vec![0.0; size];
        vector[0] = -alpha;
        vector[1..=p]
            .iter_mut()
            .zip(covariates)
            .for_each(|(cell, x)| *cell = -alpha * x);
        if size > p + 1 {
            vector[p + 1] = -z;
            // The second derivatives of z itself: by β and log σ, and twice by log σ.
            let cross = &mut self.information[(p + 1) * size..][..=p];
            for (cell, derivative) in cross.iter_mut().zip(&vector) {
                *cell += weight * log.slope * derivative;
            }
            self.information[size * size - 1] -= weight * log.slope * z;
        }
        self.add(weight, log.slope, log.curvature, &vector);
    }

    fn mirror(&mut self) {
        mirror(&mut self.information, self.score.len());
    }
}

impl newton::Derivatives for Point {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Exponential: the rate is events over person-time, here 2/10.
    #[test]
    fn exponential_by_hand() {
        let follow_up = FollowUp::new(vec![1.0, 4.0, 5.0], vec![1, 0, 1]).unwrap();
        let found = parametric(&follow_up, &[], TimeDistribution::Exponential).unwrap();
        assert!((found.coefficients[0] - libm::log(5.0)).abs() < 1e-14);
        assert!((found.std_err[0] - 0.5_f64.sqrt()).abs() < 1e-14);
        assert!((found.loglik - (2.0 * libm::log(0.2) - 2.0)).abs() < 1e-13);
        assert!((found.aic - (2.0 - 2.0 * found.loglik)).abs() < 1e-13);
        assert!((found.survival(10.0, &[]).unwrap() - libm::exp(-2.0)).abs() < 1e-14);
        assert_eq!((found.survival(0.0, &[]), found.survival(1.0, &[1.0])), (None, None));
    }

    /// Log-normal without censoring: mean and standard deviation of the logarithms.
    #[test]
    fn log_normal_by_hand() {
        let time: Vec<f64> = [0.0, 2.0, 4.0].iter().map(|&log| libm::exp(log)).collect();
        let found = parametric(
            &FollowUp::new(time, vec![1; 3]).unwrap(),
            &[],
            TimeDistribution::LogNormal,
        )
        .unwrap();
        assert!((found.coefficients[0] - 2.0).abs() < 1e-14);
        assert!((found.log_scale.unwrap() - 0.5 * libm::log(8.0 / 3.0)).abs() < 1e-13);
    }

    #[test]
    fn what_has_no_model_is_named() {
        use ParametricError as E;
        let fit = |time: &[f64], event: &[u32], x: &[Vec<f64>]| {
            parametric(
                &FollowUp::new(time.to_vec(), event.to_vec()).unwrap(),
                x,
                TimeDistribution::Weibull,
            )
            .err()
        };
        assert_eq!(fit(&[1.0, 0.0], &[1, 1], &[]), Some(E::ZeroTime { row: 1 }));
        assert_eq!(fit(&[1.0, 2.0], &[0, 0], &[]), Some(E::NoEvents));
        assert_eq!(
            fit(&[1.0, 2.0, 3.0], &[1, 1, 0], &[vec![2.0; 3]]),
            None,
            "a constant is left out"
        );
        assert_eq!(
            fit(&[1.0, 2.0], &[1, 1], &[vec![2.0]]),
            Some(E::BadCovariate { covariate: 0 })
        );
        assert_eq!(fit(&[2.0, 2.0], &[1, 1], &[]), Some(E::NoMaximum));
        assert!(matches!(
            fit(&[2.0, 3.0], &[1, 1], &[vec![0.0, 1.0]]),
            Some(E::NoMaximum | E::Separation { .. })
        ));
        let parted = fit(
            &[1.0, 2.0, 3.0, 4.0, 5.0],
            &[1, 1, 1, 0, 0],
            &[vec![0.0, 0.0, 0.0, 1.0, 1.0]],
        );
        assert_eq!(parted, Some(E::Separation { covariate: 0 }));
    }

    /// Exponential: events over the time since entry, 2/(4 + 3).
    #[test]
    fn exponential_with_entry_by_hand() {
        let follow_up = FollowUp::with_entry(vec![1.0, 0.0], vec![5.0, 3.0], vec![1, 1]).unwrap();
        let found = parametric(&follow_up, &[], TimeDistribution::Exponential).unwrap();
        assert!((found.coefficients[0] - libm::log(3.5)).abs() < 1e-13);
        assert!((found.loglik - (2.0 * libm::log(2.0 / 7.0) - 2.0)).abs() < 1e-13);
    }

    #[test]
    fn entries_that_have_no_model_are_named() {
        use ParametricError as E;
        let fit = |entry: [f64; 5], event: [u32; 5], x: &[Vec<f64>]| {
            let time = vec![1.0, 2.0, 3.0, 4.0, 5.0];
            let follow_up = FollowUp::with_entry(entry.to_vec(), time, event.to_vec()).unwrap();
            parametric(&follow_up, x, TimeDistribution::Weibull).err()
        };
        let entry = [0.0, 0.5, 0.0, 1.0, 2.0];
        let before = [0.0, 0.5, 0.0, -1.0, 2.0];
        assert_eq!(fit(before, [1; 5], &[]), Some(E::EntryBeforeOrigin { row: 3 }));
        assert_eq!(fit(entry, [0; 5], &[]), Some(E::NoEvents));
        let twice = [vec![0.0, 1.0, 2.0, 5.0, 3.0], vec![0.0, 2.0, 4.0, 10.0, 6.0]];
        assert_eq!(fit(entry, [1; 5], &twice), Some(E::Singular { covariate: 1 }));
        let parted = [vec![0.0, 0.0, 0.0, 1.0, 1.0]];
        assert_eq!(
            fit(entry, [1, 1, 1, 0, 0], &parted),
            Some(E::Separation { covariate: 0 })
        );
        // No entry is above 0: the model without entries.
        assert_eq!(fit([0.0; 5], [1, 1, 1, 0, 0], &[]), None);
    }
}

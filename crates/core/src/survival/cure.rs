//! Mixture cure models: a fraction never has the event; the others have it after a time of one of four distributions.

use super::FollowUp;
use super::cure_likelihood::{CureError, CurePoint, CureSample, event_free_at_the_end};
use super::error_distribution::logistic;
use super::linear::{Cholesky, congruence, dot};
use super::newton::{Shape, Top, climb};
use super::{TimeDistribution, parametric};

/// A mixture cure model: S(t) = 1 − p + p·S₀(t), logit p = zᵀγ, log T₀ = xᵀβ + σ·Z.
#[derive(Debug, Clone, PartialEq)]
pub struct CureModel {
    /// Distribution of the times to the event of those not cured.
    pub distribution: TimeDistribution,
    /// Number of rows.
    pub n: usize,
    /// Number of rows with an event.
    pub n_events: usize,
    /// γ: the intercept, then one for each covariate that varies, on the logit of the probability of *not* being cured.
    pub incidence: Vec<f64>,
    /// β: the intercept, then one for each covariate that varies, on log time.
    pub latency: Vec<f64>,
    /// The covariates of the incidence that vary, in the order of γ: a constant one has no coefficient.
    pub kept_incidence: Vec<usize>,
    /// The covariates of the latency that vary, in the order of β.
    pub kept_latency: Vec<usize>,
    /// log σ; `None` for the exponential distribution.
    pub log_scale: Option<f64>,
    /// Variance matrix of γ, β and log σ by rows, from the observed information; `None` where that is singular.
    pub variance: Option<Vec<f64>>,
    /// Maximised log-likelihood.
    pub loglik: f64,
    /// Akaike's information criterion, −2·loglik + 2·parameters.
    pub aic: f64,
    /// Log-likelihood of the same latency without cure; `None` where that has no maximum.
    pub loglik_without_cure: Option<f64>,
    /// How far the follow-up supports a cured fraction.
    pub plateau: Plateau,
    /// Reasons to doubt the model.
    pub warnings: Vec<CureWarning>,
}

/// The end of the Kaplan–Meier curve, which is the evidence for a cured fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plateau {
    /// The last time of all rows.
    pub last_time: f64,
    /// The last time with an event.
    pub last_event: f64,
    /// Number of patients followed beyond the last event.
    pub censored_beyond: usize,
    /// Events in `(2·last_event − last_time, last_event]`: those that would fall on a plateau of this length.
    pub late_events: usize,
    /// Maller and Zhou's α = (1 − late_events/n)ⁿ: small where follow-up is sufficient (Biometrics 1994;50:1081).
    pub alpha: f64,
}

/// A reason to doubt a cure model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CureWarning {
    /// Maller and Zhou's α is above 0.05: follow-up may be too short to distinguish cure from late events.
    InsufficientFollowUp,
    /// The last time is an event: there is no plateau.
    NoPlateau,
    /// The estimated cured fraction is 0.
    NoCuredFraction,
    /// A coefficient may be infinite.
    MayBeInfinite,
    /// The information is singular, so that there are no standard errors.
    NotIdentified,
    /// Fewer than ten events for each parameter.
    FewEvents,
}

/// Maller and Zhou's α above which follow-up counts as insufficient.
const INSUFFICIENT: f64 = 0.05;
/// Limits of a fraction below and above which an interval holds every fraction.
const EVERY_FRACTION: (f64, f64) = (0.000_5, 0.999_5);
/// The logit of not being cured above which the cured fraction counts as 0.
const EVERYBODY: f64 = 12.0;

/// Fits a mixture cure model by maximum likelihood (Boag 1949; Farewell, Biometrics 1982;38:1041).
///
/// Newton's method on γ, β and log σ from several starts (the plateau of the Kaplan–Meier curve, and nearly everybody
/// uncured), of which the highest maximum is taken. Every event code other than 0 is the event; weights multiply the
/// likelihood of a row. Covariates of both parts are columns; either may be empty, and a constant one is left out. Agrees with an independent `optim`
/// and Newton fit in R to 1e-7. O(n·p²) an iteration.
///
/// ```
/// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
///
/// // Four events early, four infants event-free at 20 years. R: nl <- function(b) { p <- plogis(b[1]); l <- exp(-b[2])
/// //   -sum(e*(log(p) + log(l) - l*t) + (1 - e)*log(1 - p + p*exp(-l*t))) }, minimised by optim and Newton steps
/// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
/// let model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
/// assert!((model.incidence[0] - 0.000_686_01).abs() < 1e-7 && (model.latency[0] - 0.919_031_02).abs() < 1e-7);
/// assert!((model.loglik + 13.208_983_59).abs() < 1e-7);
/// // By hand: without cure the rate is 4 events over 90 years.
/// let without = 4.0 * (4.0_f64 / 90.0).ln() - 4.0;
/// assert!((model.loglik_without_cure.unwrap() - without).abs() < 1e-8);
/// ```
///
/// # Errors
/// [`CureError`].
pub fn cure_model(
    follow_up: &FollowUp,
    incidence: &[Vec<f64>],
    latency: &[Vec<f64>],
    distribution: TimeDistribution,
) -> Result<CureModel, CureError> {
    let sample = CureSample::new(follow_up, incidence, latency, distribution)?;
    if let Some([kept_incidence, kept_latency]) = sample.varying() {
        let pick = |columns: &[Vec<f64>], kept: &[usize]| kept.iter().map(|&k| columns[k].clone()).collect::<Vec<_>>();
        let (varying, times) = (pick(incidence, &kept_incidence), pick(latency, &kept_latency));
        let model = cure_model(follow_up, &varying, &times, distribution)?;
        return Ok(CureModel {
            kept_incidence,
            kept_latency,
            ..model
        });
    }
    let plateau = plateau(follow_up).ok_or(CureError::NoEvents)?;
    if follow_up.event().iter().all(|&event| event != 0) {
        return Err(CureError::NobodyCensored);
    }
    let best = sample
        .starts(event_free_at_the_end(follow_up))
        .into_iter()
        .filter_map(|start| climb(start, Shape::Any, |at| sample.at(at)).ok())
        .reduce(|best, top| {
            if top.derivatives.loglik > best.derivatives.loglik {
                top
            } else {
                best
            }
        });
    let top = best.ok_or(CureError::NoConvergence)?;
    let variance = Cholesky::of(&top.derivatives.information, sample.size())
        .ok()
        .map(|factor| congruence(&sample.map(), &factor.inverse(), sample.size()));
    let without = parametric(follow_up, latency, distribution).ok();
    let plain = sample.plain(&top.at);
    let (gamma, rest) = plain.split_at(incidence.len() + 1);
    let (beta, scale) = rest.split_at(latency.len() + 1);
    let n_events = follow_up.n_events();
    let loglik = top.derivatives.loglik - sample.jacobian;
    Ok(CureModel {
        distribution,
        n: follow_up.len(),
        n_events,
        warnings: warnings(&sample, &top, &plateau, variance.is_some(), n_events),
        incidence: gamma.to_vec(),
        latency: beta.to_vec(),
        kept_incidence: (0..incidence.len()).collect(),
        kept_latency: (0..latency.len()).collect(),
        log_scale: scale.first().copied(),
        variance,
        loglik,
        aic: 2.0 * (sample.size() as f64 - loglik),
        loglik_without_cure: without.map(|model| model.loglik),
        plateau,
    })
}

fn warnings(
    sample: &CureSample,
    top: &Top<CurePoint>,
    plateau: &Plateau,
    identified: bool,
    n_events: usize,
) -> Vec<CureWarning> {
    let nobody_cured = top.at.first().is_some_and(|&logit| logit > EVERYBODY);
    [
        (plateau.last_event >= plateau.last_time, CureWarning::NoPlateau),
        (plateau.is_insufficient(), CureWarning::InsufficientFollowUp),
        (nobody_cured, CureWarning::NoCuredFraction),
        (top.moving.contains(&true) && !nobody_cured, CureWarning::MayBeInfinite),
        (!identified, CureWarning::NotIdentified),
        (n_events < 10 * sample.size(), CureWarning::FewEvents),
    ]
    .into_iter()
    .filter_map(|(holds, warning)| holds.then_some(warning))
    .collect()
}

impl Plateau {
    /// True if follow-up may be too short to distinguish cure from late events: Maller and Zhou's α is above 0.05.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, plateau};
    ///
    /// // α is (1 − 4/8)⁸ = 0.004 with four late events, and 1 without a plateau.
    /// let ends = |times: Vec<f64>, event| plateau(&FollowUp::new(times, event).unwrap()).unwrap();
    /// let long = ends(vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0], vec![1, 1, 1, 1, 0, 0, 0, 0]);
    /// assert!(!long.is_insufficient() && ends(vec![1.0, 2.0], vec![0, 1]).is_insufficient());
    /// ```
    #[must_use]
    pub fn is_insufficient(self) -> bool {
        self.alpha > INSUFFICIENT
    }
}

/// True if limits of a cured fraction exclude any fraction: an interval from below 0.05 % to above 99.95 % says that the data do
/// not determine it.
///
/// ```
/// use cotside_core::survival::is_fraction_determined;
///
/// assert!(is_fraction_determined((0.000_5, 1.0)) && is_fraction_determined((0.0, 0.999_5)));
/// assert!(!is_fraction_determined((0.000_499, 0.999_501)));
/// ```
#[must_use]
pub fn is_fraction_determined((lower, upper): (f64, f64)) -> bool {
    !(lower < EVERY_FRACTION.0 && upper > EVERY_FRACTION.1)
}

impl CureModel {
    /// Returns the standard errors of γ, β and log σ, in that order; `None` where they do not exist.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// // R: the model of `cure_model`, sqrt(diag(solve(optimHess(b, nl))))
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// let model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
    /// let std_err = model.std_err().unwrap();
    /// assert!((std_err[0] - 0.707_354_8).abs() < 1e-5 && (std_err[1] - 0.505_551_1).abs() < 1e-5);
    /// ```
    #[must_use]
    pub fn std_err(&self) -> Option<Vec<f64>> {
        let size = self.incidence.len() + self.latency.len() + usize::from(self.log_scale.is_some());
        let variance = self.variance.as_ref()?;
        Some((0..size).map(|k| variance[k * size + k].max(0.0).sqrt()).collect())
    }

    /// Returns the cured fraction at these covariates of the incidence, and its limits at ± `z` standard errors on the
    /// logit scale (1.96 for 95 %); `None` where the number of covariates is wrong or one is not finite; limits are
    /// `None` where they do not exist.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// // R: the model of `cure_model`, 1 - plogis(b[1]) and 1 - plogis(b[1] ± 1.959964*se[1])
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// let model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
    /// let (fraction, limits) = model.cured_fraction(&[], 1.959_964).unwrap();
    /// let (lower, upper) = limits.unwrap();
    /// assert!((fraction - 0.499_828_5).abs() < 1e-6);
    /// assert!((lower - 0.199_875_0).abs() < 1e-5 && (upper - 0.799_905_5).abs() < 1e-5);
    /// ```
    #[must_use]
    pub fn cured_fraction(&self, covariates: &[f64], z: f64) -> Option<(f64, Option<(f64, f64)>)> {
        let (intercept, slopes) = self.incidence.split_first()?;
        if slopes.len() != covariates.len() || covariates.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let logit = intercept + dot(slopes, covariates);
        let size = self.incidence.len() + self.latency.len() + usize::from(self.log_scale.is_some());
        let row: Vec<f64> = std::iter::once(1.0).chain(covariates.iter().copied()).collect();
        let limits = self.variance.as_ref().map(|variance| {
            let square: f64 = (0..row.len())
                .map(|i| row[i] * dot(&variance[i * size..][..row.len()], &row))
                .sum();
            let half_width = z * square.max(0.0).sqrt();
            (logistic(logit + half_width).1, logistic(logit - half_width).1)
        });
        Some((logistic(logit).1, limits))
    }
}

impl CureModel {
    /// β·x of the latency; `None` where the number of covariates is wrong or one is not finite.
    fn location(&self, latency: &[f64]) -> Option<f64> {
        let (intercept, slopes) = self.latency.split_first()?;
        let fits = slopes.len() == latency.len() && latency.iter().all(|value| value.is_finite());
        fits.then(|| intercept + dot(slopes, latency))
    }

    /// Returns σ, which is 1 for the exponential distribution.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// assert_eq!(cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap().scale(), 1.0);
    /// ```
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.log_scale.map_or(1.0, libm::exp)
    }

    /// Returns Akaike's criterion of the same latency without cure; `None` where that has no maximum.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// let model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
    /// // By hand: one parameter, 4 events over 90 years.
    /// let loglik = 4.0 * (4.0_f64 / 90.0).ln() - 4.0;
    /// assert!((model.aic_without_cure().unwrap() - 2.0 * (1.0 - loglik)).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn aic_without_cure(&self) -> Option<f64> {
        let parameters = self.latency.len() + usize::from(self.log_scale.is_some());
        Some(2.0 * (parameters as f64 - self.loglik_without_cure?))
    }

    /// Returns Akaike's criterion of the same latency without cure where it is no larger than that with cure: then the data do
    /// not speak for cure.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// // By hand, as in `aic_without_cure`: 34.9 without cure, 30.4 with it.
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// let mut model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
    /// assert_eq!(model.aic_as_good_without_cure(), None);
    /// model.aic = model.aic_without_cure().unwrap();
    /// assert_eq!(model.aic_as_good_without_cure(), Some(model.aic));
    /// ```
    #[must_use]
    pub fn aic_as_good_without_cure(&self) -> Option<f64> {
        self.aic_without_cure().filter(|without| *without <= self.aic)
    }

    /// Returns the odds ratio of not being cured for one unit of a covariate of the incidence, and its limits at ± `z` standard
    /// errors on the log scale; `None` where there is no such covariate. Limits are `None` where they do not exist.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// // By hand: half of the first group has the event, a quarter of the second.
    /// let time = vec![1.0, 2.0, 90.0, 90.0, 1.5, 90.0, 90.0, 90.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 0, 0, 1, 0, 0, 0]).unwrap();
    /// let second = vec![0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    /// let model = cure_model(&follow_up, &[second], &[], TimeDistribution::Weibull).unwrap();
    /// assert!((model.odds_ratio(0, 1.96).unwrap().0 - 1.0 / 3.0).abs() < 1e-6);
    /// assert_eq!(model.odds_ratio(1, 1.96), None);
    /// ```
    #[must_use]
    pub fn odds_ratio(&self, covariate: usize, z: f64) -> Option<(f64, Option<(f64, f64)>)> {
        let place = covariate.checked_add(1)?;
        let log = *self.incidence.get(place)?;
        let std_err = self.std_err().and_then(|all| all.get(place).copied());
        let limits = std_err.map(|std_err| (libm::exp(log - z * std_err), libm::exp(log + z * std_err)));
        Some((libm::exp(log), limits))
    }

    /// Returns the time by which a fraction `p` of those not cured has the event, at these covariates of the latency; `None`
    /// where `p` is not between 0 and 1 or the covariates do not fit.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// let model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
    /// // R: the model of `cure_model`, qexp(0.5, exp(-b[2]))
    /// let median = model.latency_quantile(0.5, &[]).unwrap();
    /// assert!((median - 0.919_031_02_f64.exp() * 2.0_f64.ln()).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn latency_quantile(&self, p: f64, latency: &[f64]) -> Option<f64> {
        let z = self.distribution.error_quantile(p);
        let location = self.location(latency)?;
        let time = libm::exp(location + self.scale() * z);
        (p > 0.0 && p < 1.0 && time.is_finite()).then_some(time)
    }

    /// Returns the survival of all, cured and not, at a time from 0 and these covariates; `None` where they do not fit.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, TimeDistribution, cure_model};
    ///
    /// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap();
    /// let model = cure_model(&follow_up, &[], &[], TimeDistribution::Exponential).unwrap();
    /// // R: p <- plogis(b[1]); 1 - p + p * pexp(3, exp(-b[2]), lower.tail = FALSE)
    /// let survival = model.survival(3.0, &[], &[]).unwrap();
    /// let p = 1.0 / (1.0 + (-0.000_686_01_f64).exp());
    /// assert!((survival - (1.0 - p + p * (-3.0 * (-0.919_031_02_f64).exp()).exp())).abs() < 1e-7);
    /// assert_eq!(model.survival(0.0, &[], &[]), Some(1.0));
    /// ```
    #[must_use]
    pub fn survival(&self, time: f64, incidence: &[f64], latency: &[f64]) -> Option<f64> {
        let (cured, _) = self.cured_fraction(incidence, 0.0)?;
        let location = self.location(latency)?;
        if time <= 0.0 {
            return Some(1.0);
        }
        let z = (libm::log(time) - location) / self.scale();
        Some(cured + (1.0 - cured) * libm::exp(self.distribution.log_survival(z).value))
    }
}

/// Returns the end of the Kaplan–Meier curve; `None` without events. O(n).
///
/// ```
/// use cotside_core::survival::{FollowUp, plateau};
///
/// // By hand: all four events are in (2 · 4 − 20, 4], and α = (1 − 4/8)⁸.
/// let time = vec![1.0, 2.0, 3.0, 4.0, 20.0, 20.0, 20.0, 20.0];
/// let found = plateau(&FollowUp::new(time, vec![1, 1, 1, 1, 0, 0, 0, 0]).unwrap()).unwrap();
/// assert_eq!((found.last_event, found.last_time, found.censored_beyond, found.late_events), (4.0, 20.0, 4, 4));
/// assert!((found.alpha - 1.0 / 256.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn plateau(follow_up: &FollowUp) -> Option<Plateau> {
    let (time, event) = (follow_up.time(), follow_up.event());
    let last_event = (0..time.len())
        .filter(|&row| event[row] != 0)
        .map(|row| time[row])
        .reduce(f64::max)?;
    let last_time = time.iter().copied().fold(last_event, f64::max);
    let from = 2.0 * last_event - last_time;
    let late_events = (0..time.len())
        .filter(|&row| event[row] != 0 && time[row] > from && from < last_event)
        .count();
    let n = time.len() as f64;
    let alpha = libm::exp(n * libm::log1p(-(late_events as f64 / n)));
    Some(Plateau {
        last_time,
        last_event,
        censored_beyond: time.iter().filter(|&&time| time > last_event).count(),
        late_events,
        alpha,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maller_and_zhou_by_hand() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 6.0], vec![1, 1, 1, 0, 0]).unwrap();
        let found = plateau(&follow_up).unwrap();
        assert_eq!(
            (found.last_time, found.last_event, found.censored_beyond),
            (6.0, 3.0, 2)
        );
        // From 2·3 − 6 = 0 on: three of five.
        assert_eq!(found.late_events, 3);
        assert!((found.alpha - 0.4_f64 * 0.4 * 0.4 * 0.4 * 0.4).abs() < 1e-15);
        let no_plateau = plateau(&FollowUp::new(vec![1.0, 2.0], vec![0, 1]).unwrap()).unwrap();
        assert_eq!((no_plateau.late_events, no_plateau.alpha), (0, 1.0));
        assert_eq!(plateau(&FollowUp::new(vec![1.0], vec![0]).unwrap()), None);
    }

    #[test]
    fn a_clear_plateau_is_the_cured_fraction() {
        // Events from 1 to 2, then forty of a hundred followed to 100.
        let time: Vec<f64> = (0..100)
            .map(|k| if k < 60 { 1.0 + f64::from(k) / 60.0 } else { 100.0 })
            .collect();
        let event = (0..100).map(|k| u32::from(k < 60)).collect();
        let found = cure_model(
            &FollowUp::new(time, event).unwrap(),
            &[],
            &[],
            TimeDistribution::Weibull,
        )
        .unwrap();
        let (cured, limits) = found.cured_fraction(&[], 1.959_963_984_540_054).unwrap();
        assert!((cured - 0.4).abs() < 1e-9, "{cured}");
        assert!(limits.is_some_and(|(lower, upper)| lower < 0.32 && 0.48 < upper));
        assert!(found.warnings.is_empty(), "{:?}", found.warnings);
        assert!(
            found
                .loglik_without_cure
                .is_some_and(|without| without < found.loglik - 10.0)
        );
    }

    /// At, below and above the limit of Maller and Zhou's α.
    #[test]
    fn follow_up_is_insufficient_above_five_per_cent() {
        let with = |alpha: f64| Plateau {
            last_time: 2.0,
            last_event: 1.0,
            censored_beyond: 1,
            late_events: 1,
            alpha,
        };
        let found = [0.049_999_999, 0.05, 0.050_000_001].map(|alpha| with(alpha).is_insufficient());
        assert_eq!(found, [false, false, true]);
    }

    #[test]
    fn a_constant_covariate_is_left_out_of_both_parts() {
        let time: Vec<f64> = (0..100)
            .map(|k| if k < 60 { 1.0 + f64::from(k) / 60.0 } else { 100.0 })
            .collect();
        let event = (0..100).map(|k| u32::from(k < 60)).collect();
        let follow_up = FollowUp::new(time, event).unwrap();
        let x: Vec<f64> = (0..100).map(|k| f64::from(k % 7)).collect();
        let one = vec![3.0; 100];
        let fit = |incidence: &[Vec<f64>], latency: &[Vec<f64>]| {
            cure_model(&follow_up, incidence, latency, TimeDistribution::Weibull).unwrap()
        };
        let without = fit(std::slice::from_ref(&x), std::slice::from_ref(&x));
        let with = fit(&[one.clone(), x.clone()], &[x, one.clone()]);
        assert_eq!((&with.kept_incidence[..], &with.kept_latency[..]), (&[1][..], &[0][..]));
        assert_eq!((with.incidence, with.latency), (without.incidence, without.latency));
        assert_eq!((with.aic, with.variance), (without.aic, without.variance));
        assert_eq!(fit(&[one], &[]).kept_incidence, [0_usize; 0]);
    }

    #[test]
    fn no_cure_is_named() {
        // Exponential times with one censored early: nothing speaks for cure.
        let time: Vec<f64> = (1..=40).map(|k| -libm::log(1.0 - f64::from(k) / 41.0)).collect();
        let event = (1..=40).map(|k| u32::from(k != 5)).collect();
        let follow_up = FollowUp::new(time, event).unwrap();
        let found = cure_model(&follow_up, &[], &[], TimeDistribution::Weibull).unwrap();
        assert!(found.warnings.contains(&CureWarning::NoPlateau), "{:?}", found.warnings);
        assert!(found.warnings.contains(&CureWarning::InsufficientFollowUp));
        assert!(found.warnings.contains(&CureWarning::NoCuredFraction), "{found:?}");
        let all = FollowUp::new(vec![1.0, 2.0], vec![1, 1]).unwrap();
        let refused = cure_model(&all, &[], &[], TimeDistribution::Weibull);
        assert_eq!(refused, Err(CureError::NobodyCensored));
    }
}

//! Fine and Gray's proportional hazards model of a subdistribution, in linear time after the sort.

use core::ops::Range;

use super::linear::{Cholesky, add_outer, dot, mirror, sandwich};
use super::newton::{self, ClimbError, Shape, Top, climb};
use super::standardised::Standardised;
use super::wald::Z;
use super::{ChiSquare, Confidence, FollowUp, Interval};

/// A model of the subdistribution hazard of one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct FineGray {
    /// Number of rows.
    pub n: usize,
    /// Number of rows with an event of the cause of interest.
    pub n_events: usize,
    /// Number of rows with an event of another cause.
    pub n_competing: usize,
    /// One for each covariate; `None` where the coefficient may be infinite or does not exist, for which a warning
    /// gives the reason.
    pub estimates: Vec<Option<FineGrayEstimate>>,
    /// The robust variance matrix, by rows; 0 for covariates without a coefficient.
    pub variance: Vec<f64>,
    /// Pseudo log-likelihood with all coefficients 0.
    pub loglik_null: f64,
    /// Pseudo log-likelihood at the estimates.
    pub loglik: f64,
    /// Score test at coefficients of 0, with the inverse information.
    pub score: ChiSquare,
    /// bᵀ·V⁻¹·b with the robust variance; `None` where that is singular, or a coefficient may be infinite.
    pub wald: Option<ChiSquare>,
    /// Twice the gain in pseudo log-likelihood, which `summary(crr)` prints.
    pub likelihood_ratio: ChiSquare,
    /// Reasons to doubt the model.
    pub warnings: Vec<FineGrayWarning>,
    /// Coefficients as the iterations left them, and the means of the covariates.
    pub(super) beta: Vec<f64>,
    pub(super) mean: Vec<f64>,
    /// The subdistribution hazard where the covariates are at their means: for each stratum that has rows, its code and the
    /// distinct times of the cause.
    pub(super) strata: Vec<(u32, Vec<Moment>)>,
}

/// The subdistribution hazard at one time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub time: f64,
    /// Increment of the cumulative hazard where the covariates are at their means.
    pub hazard: f64,
    /// Greenwood-like variance of the increment.
    pub variance: f64,
    /// Increment times the mean covariates of those at risk, these less the overall means.
    pub mean_hazard: Vec<f64>,
}

/// The cumulative incidence at one time as a model predicts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictedIncidence {
    /// Time, in the unit of the follow-up.
    pub time: f64,
    /// P(T ≤ t, cause).
    pub estimate: f64,
    /// Its standard error.
    pub std_err: f64,
    /// Its interval; `None` before the first event.
    pub interval: Option<Interval>,
}

/// The estimate of one coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FineGrayEstimate {
    /// Log subdistribution hazard ratio for one unit more of the covariate.
    pub coef: f64,
    /// Robust standard error, from the sandwich that allows for the estimated censoring: that of `cmprsk::crr`.
    pub std_err: f64,
    /// Standard error from the inverse information alone.
    pub model_std_err: f64,
    /// Wald test of `coef` over `std_err`; `None` where the ratio is not a number.
    pub z: Option<Z>,
}

impl FineGrayEstimate {
    /// Returns the subdistribution hazard ratio (exp β) and its limits at ± `z` robust standard errors, lower and
    /// upper. A number that overflows or underflows is `None`, and so are limits where the standard error is 0.
    ///
    /// ```
    /// use cotside_core::survival::FineGrayEstimate;
    ///
    /// // By hand: exp(ln 2) and exp(ln 2 ± 1.96 · 0.5).
    /// let estimate = FineGrayEstimate { coef: 2.0_f64.ln(), std_err: 0.5, model_std_err: 0.5, z: None };
    /// let [ratio, lower, upper] = estimate.hazard_ratio(1.96).map(Option::unwrap);
    /// assert!((ratio - 2.0).abs() < 1e-12);
    /// assert!((lower - 2.0 * (-0.98_f64).exp()).abs() < 1e-12 && (upper - 2.0 * 0.98_f64.exp()).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn hazard_ratio(&self, z: f64) -> [Option<f64>; 3] {
        [0.0, -z, z].map(|shift| {
            let ratio = libm::exp(self.coef + shift * self.std_err);
            let known = shift == 0.0 || self.std_err > 0.0;
            Some(ratio).filter(|ratio| known && ratio.is_finite() && *ratio > 0.0)
        })
    }
}

impl FineGray {
    /// Returns Wald's test that the coefficients of these covariates are all 0, by the robust variance. Covariates that are
    /// constant are left out; `None` where one may be infinite, where the variance is singular, or where none is left.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, fine_gray};
    ///
    /// // R: fit <- cmprsk::crr(time, cause, cbind(x), failcode = 1); fit$coef^2 / fit$var
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = fine_gray(&follow_up, &[x], 1).unwrap();
    /// let z = model.estimates[0].unwrap().z.unwrap().z;
    /// assert!((model.wald_of(&[0]).unwrap().chi2 - z * z).abs() < 1e-10);
    /// ```
    #[must_use]
    pub fn wald_of(&self, covariates: &[usize]) -> Option<ChiSquare> {
        let p = self.beta.len();
        let varies = |&k: &usize| k < p && self.variance[k * p + k] > 0.0;
        let own: Vec<usize> = covariates.iter().copied().filter(varies).collect();
        let beta: Option<Vec<f64>> = own.iter().map(|&k| Some(self.estimates[k]?.coef)).collect();
        let beta = beta.filter(|beta| !beta.is_empty())?;
        let part = own.iter().flat_map(|&i| own.iter().map(move |&j| (i, j)));
        let variance: Vec<f64> = part.map(|(i, j)| self.variance[i * p + j]).collect();
        let factor = Cholesky::of(&variance, own.len()).ok()?;
        Some(ChiSquare::new(
            factor.quadratic_form(&beta),
            u32::try_from(own.len()).ok()?,
        ))
    }

    /// Returns the distinct times of the cause, each with the increment of the cumulative subdistribution hazard for
    /// these covariates (all 0: the baseline). `None` where the number of covariates is wrong or a hazard is not
    /// finite.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, fine_gray};
    ///
    /// // R: cmprsk::crr(time, cause, cbind(x), failcode = 1), its uftime and bfitj (the baseline)
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let jumps = fine_gray(&follow_up, &[x], 1).unwrap().hazard(&[0.0]).unwrap();
    /// assert_eq!(jumps.iter().map(|jump| jump.0).collect::<Vec<_>>(), [1.0, 4.0, 6.0, 9.0]);
    /// assert!((jumps[0].1 - 0.059_052_825).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn hazard(&self, covariates: &[f64]) -> Option<Vec<(f64, f64)>> {
        let ratio = self.ratio_to_mean(covariates)?;
        let (_, moments) = self.strata.first()?;
        Some(moments.iter().map(|at| (at.time, at.hazard * ratio)).collect())
    }

    /// exp((x − x̄)ᵀβ); `None` where the number of covariates is wrong or the ratio is not finite.
    fn ratio_to_mean(&self, covariates: &[f64]) -> Option<f64> {
        if covariates.len() != self.beta.len() {
            return None;
        }
        let distance: f64 = (0..covariates.len())
            .map(|k| (covariates[k] - self.mean[k]) * self.beta[k])
            .sum();
        Some(libm::exp(distance)).filter(|ratio| ratio.is_finite())
    }

    /// Returns the codes of the strata with rows, ascending: 0 alone where there are none.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, fine_gray};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 2, 1, 0]).unwrap();
    /// assert_eq!(fine_gray(&follow_up, &[vec![1.0, 0.0, 0.0, 1.0]], 1).unwrap().strata(), [0]);
    /// ```
    #[must_use]
    pub fn strata(&self) -> Vec<u32> {
        self.strata.iter().map(|&(code, _)| code).collect()
    }

    /// Returns the cumulative incidence for these covariates at each distinct time of the cause in a stratum (by its code),
    /// F = 1 − exp(−Λ) with Λ(t) = Λ₀(t)·exp(xᵀβ). `None` where the stratum has no rows, the number of covariates is wrong,
    /// a coefficient may be infinite, or a number is not finite.
    ///
    /// The variance of Λ is that of Tsiatis 1981, exp(2xᵀβ)·(Σ dΛ₀/Y + qᵀVq) with q = ∫(x − x̄)dΛ₀ and the robust variance
    /// V of β. The interval is that of the scale applied to 1 − F. R: `1 - survfit(fit, newdata)$surv` of a `coxph` on the
    /// rows of `finegray`; the estimate is also that of `predict.crr`. The estimation of the weights is not in the
    /// variance of Λ₀. O(events·p).
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, fine_gray};
    ///
    /// // R: predict(cmprsk::crr(time, cause, cbind(x), failcode = 1), cbind(1)): 0.30300199 at time 6
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = fine_gray(&follow_up, &[x], 1).unwrap();
    /// let curve = model.predicted(0, &[1.0], Confidence::default()).unwrap();
    /// assert_eq!(curve.iter().map(|at| at.time).collect::<Vec<_>>(), [1.0, 4.0, 6.0, 9.0]);
    /// assert!((curve[2].estimate - 0.303_001_989).abs() < 1e-8);
    /// let limits = curve[2].interval.unwrap();
    /// assert!(limits.lower < curve[2].estimate && curve[2].estimate < limits.upper);
    /// ```
    #[must_use]
    pub fn predicted(
        &self,
        stratum: u32,
        covariates: &[f64],
        confidence: Confidence,
    ) -> Option<Vec<PredictedIncidence>> {
        let ratio = self.ratio_to_mean(covariates)?;
        let infinite = |warning: &FineGrayWarning| matches!(warning, FineGrayWarning::MayBeInfinite { .. });
        let (_, moments) = self.strata.iter().find(|&&(code, _)| code == stratum)?;
        if self.warnings.iter().any(infinite) {
            return None;
        }
        let p = self.beta.len();
        let away: Vec<f64> = covariates.iter().zip(&self.mean).map(|(x, mean)| x - mean).collect();
        let (mut hazard, mut own) = (0.0, 0.0);
        let mut distance = vec![0.0; p];
        let mut curve = Vec::with_capacity(moments.len());
        for at in moments {
            hazard += at.hazard;
            own += at.variance;
            for (distance, (away, mean)) in distance.iter_mut().zip(away.iter().zip(&at.mean_hazard)) {
                *distance += away * at.hazard - mean;
            }
            let rows = self.variance.chunks_exact(p).zip(&distance);
            let of_beta: f64 = rows.map(|(row, each)| each * dot(row, &distance)).sum();
            let std_err = ratio * (own + of_beta).max(0.0).sqrt();
            let free = libm::exp(-hazard * ratio);
            let limits = confidence.interval(free, std_err);
            curve.push(PredictedIncidence {
                time: at.time,
                estimate: -libm::expm1(-hazard * ratio),
                std_err: free * std_err,
                interval: limits.map(|free| Interval {
                    lower: 1.0 - free.upper,
                    upper: 1.0 - free.lower,
                }),
            });
        }
        let finite = |at: &PredictedIncidence| at.estimate.is_finite() && at.std_err.is_finite();
        curve.iter().all(finite).then_some(curve)
    }

    /// Returns the predicted cumulative incidence at a time: the last of [`Self::predicted`] up to it, 0 before the first.
    /// `None` for a time that is not a number, and where that is.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, fine_gray};
    ///
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = fine_gray(&follow_up, &[x], 1).unwrap();
    /// let at = |time| model.predicted_at(0, time, &[1.0], Confidence::default()).unwrap();
    /// // R: predict(cmprsk::crr(time, cause, cbind(x), failcode = 1), cbind(1))
    /// assert!((at(7.5).estimate - 0.303_001_989).abs() < 1e-8);
    /// assert_eq!((at(0.5).estimate, at(0.5).interval), (0.0, None));
    /// ```
    #[must_use]
    pub fn predicted_at(
        &self,
        stratum: u32,
        time: f64,
        covariates: &[f64],
        confidence: Confidence,
    ) -> Option<PredictedIncidence> {
        let curve = self
            .predicted(stratum, covariates, confidence)
            .filter(|_| !time.is_nan())?;
        let times: Vec<f64> = curve.iter().map(|at| at.time).collect();
        let snapped = super::follow_up::snapped(&times, time);
        let passed = times.partition_point(|&each| each <= snapped).checked_sub(1);
        let before = PredictedIncidence {
            time,
            estimate: 0.0,
            std_err: 0.0,
            interval: None,
        };
        Some(passed.map_or(before, |index| PredictedIncidence { time, ..curve[index] }))
    }

    /// Returns the cumulative incidence at a time for these covariates, 1 − exp(−Λ₀(t)·exp(xᵀβ)): R's `predict.crr`.
    /// `None` where [`Self::hazard`] is. O(events).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, fine_gray};
    ///
    /// // R: predict(cmprsk::crr(time, cause, cbind(x), failcode = 1), cbind(1)): 0.30300199 from time 6 on
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let model = fine_gray(&follow_up, &[x], 1).unwrap();
    /// assert!((model.incidence(6.0, &[1.0]).unwrap() - 0.303_001_989).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn incidence(&self, time: f64, covariates: &[f64]) -> Option<f64> {
        let jumps = self.hazard(covariates).filter(|_| !time.is_nan())?;
        let hazard: f64 = jumps
            .iter()
            .take_while(|(each, _)| *each <= time)
            .map(|(_, jump)| jump)
            .sum();
        Some(-libm::expm1(-hazard))
    }
}

/// A reason to doubt a model. Covariates count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FineGrayWarning {
    /// The covariate has one value in all rows: no coefficient.
    Constant {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// The covariate does not vary among those at risk at an event of the cause: no coefficient.
    NoContrast {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// The coefficient was still growing: one side of the covariate has no event, or only events.
    MayBeInfinite {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// Fewer than ten events for each covariate.
    FewEvents,
    /// No more clusters than coefficients, for which the robust variance has less than full rank.
    FewClusters,
}

/// Why there is no model. Covariates count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FineGrayError {
    /// There is no covariate.
    #[error("no covariate")]
    NoCovariates,
    /// A covariate has another length than the follow-up or is not finite.
    #[error("covariate {covariate} does not fit the rows or is not finite")]
    BadCovariate {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// The follow-up has delayed entry or weights: [`super::fine_gray_by_rows`] takes them.
    #[error("delayed entry and weights need the rows of `finegray`")]
    NeedsPlainRows,
    /// Strata or clusters have another length than the follow-up.
    #[error("a column of labels has another length than the rows")]
    Labels,
    /// Everybody at risk at some time has just entered, or is censored, so that the weight of a row with another cause does
    /// not exist.
    #[error("the risk set empties before an event of another cause")]
    NoWeight,
    /// More rows of intervals than [`super::MOST_FINE_GRAY_ROWS`].
    #[error("{found} rows of intervals")]
    TooManyRows {
        /// How many there would be, at least.
        found: usize,
    },
    /// No row has an event of the cause.
    #[error("no row has an event of the cause")]
    NoEvents,
    /// A covariate is a linear combination of those before it, or none of them varies among the rows at risk.
    #[error("covariate {covariate} is a combination of others or constant")]
    Singular {
        /// Index of the covariate, from 0.
        covariate: usize,
    },
    /// The iterations did not converge.
    #[error("no convergence")]
    NoConvergence,
}

impl From<ClimbError> for FineGrayError {
    fn from(error: ClimbError) -> Self {
        match error {
            ClimbError::Singular(covariate) => Self::Singular { covariate },
            ClimbError::NoConvergence => Self::NoConvergence,
        }
    }
}

/// Fits Fine and Gray's model of one cause: λ(t | x) = λ₀(t)·exp(xᵀβ) for the subdistribution 1 − F.
///
/// `covariates` are columns. A row with an event of another cause at time s stays at risk with the weight G(t−)/G(s−),
/// G being the Kaplan–Meier estimate of being uncensored; ties are treated as Breslow's. With the sums of e^η over
/// those still followed taken backward, and over those with another cause (divided by G) forward, the risk set of every
/// time is two numbers (Kawaguchi, Shen, Suchard, Li: J Comput Graph Stat 2021;30:604), so an iteration is O(n·p +
/// events·p²). A covariate that has one value among the rows at risk at some event has no coefficient and is omitted,
/// as in Cox's model; rows censored before the first event are at risk at none, and their values do not count.
///
/// Equal to R's `cmprsk::crr` (coefficients, `var`, `loglik`, `loglik.null`) to 1e-8. (Fine & Gray, J Am Stat Assoc
/// 1999;94:496.)
///
/// ```
/// use cotside_core::survival::{FollowUp, fine_gray};
///
/// // Relapse is 1, death without relapse 2. R: cmprsk::crr(time, cause, cbind(x), failcode = 1)
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
/// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
/// let model = fine_gray(&follow_up, &[x], 1).unwrap();
/// let estimate = model.estimates[0].unwrap();
/// assert!((estimate.coef - 0.428_519_748).abs() < 1e-8 && (estimate.std_err - 0.369_959_421).abs() < 1e-8);
/// assert_eq!((model.n, model.n_events, model.n_competing), (10, 4, 3));
/// ```
///
/// # Errors
/// [`FineGrayError`].
pub fn fine_gray(follow_up: &FollowUp, covariates: &[Vec<f64>], cause: u32) -> Result<FineGray, FineGrayError> {
    if covariates.is_empty() {
        return Err(FineGrayError::NoCovariates);
    }
    if follow_up.entry().is_some() || follow_up.weight().is_some() {
        return Err(FineGrayError::NeedsPlainRows);
    }
    let risk = Risk::new(follow_up, cause);
    let counts = |place: usize| risk.as_ref().is_none_or(|risk| risk.is_at_risk(place));
    let x = Standardised::among(covariates, follow_up.order(), counts)
        .map_err(|covariate| FineGrayError::BadCovariate { covariate })?;
    let risk = risk.ok_or(FineGrayError::NoEvents)?;
    let p = covariates.len();
    if x.is_constant.contains(&true) {
        let kept: Vec<usize> = (0..p).filter(|&k| !x.is_constant[k]).collect();
        return without_constants(follow_up, covariates, cause, &kept);
    }
    let df = p as u32;
    let singular = |covariate| FineGrayError::Singular { covariate };
    let mut sets = RiskSets::new(&risk, p);
    let null = sets.derivatives(&risk, &x, &vec![0.0; p]);
    let score = Cholesky::of(&null.information, p)
        .map_err(singular)?
        .quadratic_form(&null.score);
    let Top {
        at: beta,
        derivatives: now,
        moving,
    } = climb(vec![0.0; p], Shape::Concave, |beta| sets.derivatives(&risk, &x, beta))?;
    let factor = Cholesky::of(&now.information, p).map_err(singular)?;
    let inverse = factor.inverse();
    let variance = sandwich(&inverse, &risk.score_variance(&x, &sets), p);
    let moments = risk.moments(follow_up, &sets, &x.scale);
    sets.mean = Vec::new();
    let mut warnings: Vec<FineGrayWarning> = (0..p)
        .filter(|&covariate| moving[covariate])
        .map(|covariate| FineGrayWarning::MayBeInfinite { covariate })
        .collect();
    if risk.n_events < 10 * p {
        warnings.push(FineGrayWarning::FewEvents);
    }
    let variance_of_beta = x.unscaled_matrix(&variance);
    let plain = x.unscaled(&beta);
    let model_variance = x.unscaled_matrix(&inverse);
    let estimate = |k: usize| {
        let root = |matrix: &[f64]| matrix[k * p + k].max(0.0).sqrt();
        let std_err = root(&variance_of_beta);
        (!moving[k]).then(|| FineGrayEstimate {
            coef: plain[k],
            std_err,
            model_std_err: root(&model_variance),
            z: Z::new(plain[k], std_err),
        })
    };
    Ok(FineGray {
        n: follow_up.len(),
        n_events: risk.n_events,
        n_competing: risk.competing.iter().filter(|&&competing| competing).count(),
        wald: Cholesky::of(&variance, p)
            .ok()
            .filter(|_| !moving.contains(&true))
            .map(|factor| ChiSquare::new(factor.quadratic_form(&beta), df)),
        likelihood_ratio: ChiSquare::new((2.0 * (now.loglik - null.loglik)).max(0.0), df),
        estimates: (0..p).map(estimate).collect(),
        loglik_null: null.loglik,
        loglik: now.loglik,
        score: ChiSquare::new(score, df),
        strata: vec![(0, moments)],
        warnings,
        variance: variance_of_beta,
        beta: plain,
        mean: x.mean,
    })
}

/// Fits the covariates that vary; fills in `None` and a warning for the others.
fn without_constants(
    follow_up: &FollowUp,
    covariates: &[Vec<f64>],
    cause: u32,
    kept: &[usize],
) -> Result<FineGray, FineGrayError> {
    if kept.is_empty() {
        return Err(FineGrayError::Singular { covariate: 0 });
    }
    let varying: Vec<Vec<f64>> = kept.iter().map(|&k| covariates[k].clone()).collect();
    let model = fine_gray(follow_up, &varying, cause).map_err(|error| match error {
        FineGrayError::Singular { covariate } => FineGrayError::Singular {
            covariate: kept[covariate],
        },
        other => other,
    })?;
    let p = covariates.len();
    let with_all = |moment: &Moment| {
        let mut mean_hazard = vec![0.0; p];
        kept.iter()
            .zip(&moment.mean_hazard)
            .for_each(|(&k, mean)| mean_hazard[k] = *mean);
        Moment {
            mean_hazard,
            ..moment.clone()
        }
    };
    let strata = model.strata.iter();
    let mut all = FineGray {
        strata: strata
            .map(|(code, moments)| (*code, moments.iter().map(with_all).collect()))
            .collect(),
        estimates: vec![None; p],
        variance: vec![0.0; p * p],
        beta: vec![0.0; p],
        mean: vec![0.0; p],
        warnings: Vec::new(),
        ..model
    };
    for covariate in (0..p).filter(|k| !kept.contains(k)) {
        let column = &covariates[covariate];
        all.warnings
            .push(if column.iter().all(|value| Some(value) == column.first()) {
                FineGrayWarning::Constant { covariate }
            } else {
                FineGrayWarning::NoContrast { covariate }
            });
    }
    for (i, &k) in kept.iter().enumerate() {
        all.estimates[k] = model.estimates[i];
        (all.beta[k], all.mean[k]) = (model.beta[i], model.mean[i]);
        for (j, &other) in kept.iter().enumerate() {
            all.variance[k * p + other] = model.variance[i * kept.len() + j];
        }
    }
    all.warnings.extend(model.warnings.iter().map(|warning| match *warning {
        FineGrayWarning::MayBeInfinite { covariate } => FineGrayWarning::MayBeInfinite {
            covariate: kept[covariate],
        },
        other => other,
    }));
    Ok(all)
}

/// The status of each row (cause of interest, other cause, censored), by ascending time.
struct Risk {
    n_events: usize,
    event: Vec<bool>,
    competing: Vec<bool>,
    times: Vec<Time>,
    /// The first row of the first time with an event of the cause.
    first: usize,
}

/// The rows of one distinct time.
struct Time {
    /// Probability of being uncensored just before, G(t−).
    uncensored: f64,
    /// Index of its first row.
    start: u32,
    /// Number of events of the cause.
    events: u32,
    censored: u32,
}

impl Risk {
    fn new(follow_up: &FollowUp, cause: u32) -> Option<Self> {
        let order = follow_up.order();
        let n = order.len();
        let mut risk = Self {
            n_events: 0,
            event: Vec::with_capacity(n),
            competing: Vec::with_capacity(n),
            times: Vec::new(),
            first: n,
        };
        let mut free = 1.0;
        for tied in order.chunk_by(|&a, &b| follow_up.time()[a as usize] == follow_up.time()[b as usize]) {
            let start = risk.event.len();
            let (mut events, mut censored) = (0, 0);
            for &row in tied {
                let code = follow_up.event()[row as usize];
                // No row is of cause 0.
                let is_event = code == cause && cause != 0;
                events += u32::from(is_event);
                censored += u32::from(code == 0);
                risk.n_events += usize::from(is_event);
                risk.event.push(is_event);
                risk.competing.push(code != 0 && !is_event);
            }
            if events > 0 {
                risk.first = risk.first.min(start);
            }
            risk.times.push(Time {
                uncensored: free,
                start: start as u32,
                events,
                censored,
            });
            free *= 1.0 - f64::from(censored) / (n - start) as f64;
        }
        (risk.n_events > 0).then_some(risk)
    }

    /// True if a row is at risk at an event of the cause: false where it was censored before the first.
    fn is_at_risk(&self, row: usize) -> bool {
        self.competing[row] || row >= self.first
    }

    /// Returns the rows of a distinct time.
    fn rows(&self, t: usize) -> Range<usize> {
        let end = self
            .times
            .get(t + 1)
            .map_or(self.event.len(), |next| next.start as usize);
        self.times[t].start as usize..end
    }

    /// Σ over subjects of (η + ψ)(η + ψ)ᵀ, in Fine and Gray's notation: the influence of each on the score, directly
    /// and through the censoring distribution.
    fn score_variance(&self, x: &Standardised, sets: &RiskSets) -> Vec<f64> {
        let p = x.p();
        // Sums of e·d/S0 and of d/S0: up to the current time, and weighted by G from the current time on.
        let (mut past, mut later) = (vec![0.0; p + 1], vec![0.0; p + 1]);
        let with_events = self.times.iter().filter(|time| time.events > 0);
        for (k, time) in with_events.enumerate() {
            add(&mut later, sets.hazard[k] * time.uncensored, sets.mean_at(k));
        }
        // Sums of e^η·x/G and e^η/G over those who had another cause before.
        let mut before = vec![0.0; p + 1];
        let (mut q, mut drift, mut influence) = (vec![0.0; p], vec![0.0; p], vec![0.0; p]);
        let mut filling = vec![0.0; p * p];
        let mut next = 0;
        for (t, time) in self.times.iter().enumerate() {
            let (rows, g) = (self.rows(t), time.uncensored);
            let at_risk = (self.event.len() - rows.start) as f64;
            if time.censored > 0 {
                for k in 0..p {
                    q[k] = before[k] * later[p] - before[p] * later[k];
                    drift[k] += q[k] * f64::from(time.censored) / (at_risk * at_risk);
                }
            }
            // Read only where there are events.
            let mean = sets.mean_at(next);
            if time.events > 0 {
                add(&mut past, sets.hazard[next], mean);
                add(&mut later, -sets.hazard[next] * g, mean);
                next += 1;
            }
            for row in rows.clone() {
                let (is_event, competing) = (self.event[row], self.competing[row]);
                for (k, &value) in x.row(row).iter().enumerate() {
                    let mut exposure = value * past[p] - past[k];
                    let mut own = -drift[k];
                    if competing {
                        exposure += (value * later[p] - later[k]) / g;
                    } else if is_event {
                        own += value - mean[k];
                    } else {
                        own += q[k] / at_risk;
                    }
                    influence[k] = own - sets.risk[row] * exposure;
                }
                add_outer(&mut filling, 1.0, &influence);
            }
            for row in rows.filter(|&row| self.competing[row]) {
                add(&mut before, sets.risk[row] / g, x.row(row));
            }
        }
        mirror(&mut filling, p);
        filling
    }

    /// Returns the distinct times of the cause with d/S0, d/S0² and d·S1/S0², S1 in units of the covariates.
    fn moments(&self, follow_up: &FollowUp, sets: &RiskSets, scale: &[f64]) -> Vec<Moment> {
        let value = |time: &Time| follow_up.time()[follow_up.order()[time.start as usize] as usize];
        let of_cause = self.times.iter().filter(|time| time.events > 0).enumerate();
        of_cause
            .map(|(k, time)| {
                let hazard = sets.hazard[k];
                let means = sets.mean_at(k).iter().zip(scale);
                Moment {
                    time: value(time),
                    hazard,
                    variance: hazard * hazard / f64::from(time.events),
                    mean_hazard: means.map(|(mean, scale)| hazard * mean * scale).collect(),
                }
            })
            .collect()
    }
}

/// The pseudo log-likelihood and its derivatives at given coefficients.
struct Derivatives {
    loglik: f64,
    score: Vec<f64>,
    information: Vec<f64>,
}

/// Sums over the risk sets at the last coefficients; buffers reused between iterations, as they are large.
struct RiskSets {
    p: usize,
    /// e^η of each row.
    risk: Vec<f64>,
    /// At each distinct time of the cause d/S0, and the mean covariates S1/S0 (by rows).
    hazard: Vec<f64>,
    mean: Vec<f64>,
}

impl RiskSets {
    fn new(risk: &Risk, p: usize) -> Self {
        let n_times = risk.times.iter().filter(|time| time.events > 0).count();
        Self {
            p,
            risk: Vec::with_capacity(risk.event.len()),
            hazard: vec![0.0; n_times],
            mean: vec![0.0; n_times * p],
        }
    }

    fn derivatives(&mut self, risk: &Risk, x: &Standardised, beta: &[f64]) -> Derivatives {
        let p = self.p;
        self.risk.clear();
        self.risk.extend((0..x.n()).map(|row| libm::exp(dot(x.row(row), beta))));
        self.sum(risk, x);
        let mut found = Derivatives {
            loglik: 0.0,
            score: vec![0.0; p],
            information: vec![0.0; p * p],
        };
        // Sums become means.
        let with_events = risk.times.iter().filter(|time| time.events > 0);
        for (k, time) in with_events.clone().enumerate() {
            let (s0, d) = (self.hazard[k], f64::from(time.events));
            found.loglik -= d * libm::log(s0);
            self.hazard[k] = d / s0;
            self.mean[k * p..(k + 1) * p].iter_mut().for_each(|each| *each /= s0);
        }
        self.add_rows(risk, x, beta, &mut found);
        for (k, time) in with_events.enumerate() {
            add_outer(&mut found.information, -f64::from(time.events), self.mean_at(k));
        }
        mirror(&mut found.information, p);
        found
    }

    /// Returns the mean covariates of the risk set at a distinct time of the cause; empty where there is no such time.
    fn mean_at(&self, k: usize) -> &[f64] {
        self.mean.get(k * self.p..(k + 1) * self.p).unwrap_or_default()
    }

    /// Writes S0 to `hazard` and S1 to `mean`: backward over those followed, forward over those with another cause.
    fn sum(&mut self, risk: &Risk, x: &Standardised) {
        let p = self.p;
        let mut sum = vec![0.0; p + 1];
        let mut k = self.hazard.len();
        for (t, time) in risk.times.iter().enumerate().rev() {
            for row in risk.rows(t) {
                add(&mut sum, self.risk[row], x.row(row));
            }
            if time.events > 0 {
                k -= 1;
                self.hazard[k] = sum[p];
                self.mean[k * p..(k + 1) * p].copy_from_slice(&sum[..p]);
            }
        }
        sum.fill(0.0);
        for (t, time) in risk.times.iter().enumerate() {
            let g = time.uncensored;
            if time.events > 0 {
                self.hazard[k] += g * sum[p];
                for (mean, sum) in self.mean[k * p..(k + 1) * p].iter_mut().zip(&sum) {
                    *mean += g * sum;
                }
                k += 1;
            }
            for row in risk.rows(t).filter(|&row| risk.competing[row]) {
                add(&mut sum, self.risk[row] / g, x.row(row));
            }
        }
    }

    /// Adds each row's contribution to the likelihood, the score and the second moments: its share of every risk set is
    /// e^η times the cumulative hazard over its time at risk.
    fn add_rows(&self, risk: &Risk, x: &Standardised, beta: &[f64], found: &mut Derivatives) {
        let with_events = risk.times.iter().filter(|time| time.events > 0);
        let jumps = self.hazard.iter().zip(with_events);
        let weighted_total: f64 = jumps.map(|(hazard, time)| hazard * time.uncensored).sum();
        let (mut hazard, mut weighted, mut k) = (0.0, 0.0, 0);
        for (t, time) in risk.times.iter().enumerate() {
            if time.events > 0 {
                hazard += self.hazard[k];
                weighted += self.hazard[k] * time.uncensored;
                k += 1;
            }
            let after = (weighted_total - weighted) / time.uncensored;
            for row in risk.rows(t) {
                let exposure = if risk.competing[row] { hazard + after } else { hazard };
                let share = self.risk[row] * exposure;
                let covariates = x.row(row);
                let is_event = risk.event[row];
                if is_event {
                    found.loglik += dot(covariates, beta);
                }
                let event = f64::from(u8::from(is_event));
                for (score, value) in found.score.iter_mut().zip(covariates) {
                    *score += (event - share) * value;
                }
                add_outer(&mut found.information, share, covariates);
            }
        }
    }
}

impl newton::Derivatives for Derivatives {
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

/// Adds a row's weight (last) and its weighted covariates.
fn add(sum: &mut [f64], weight: f64, covariates: &[f64]) {
    if let Some((total, sums)) = sum.split_last_mut() {
        *total += weight;
        for (sum, value) in sums.iter_mut().zip(covariates) {
            *sum += weight * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No censoring, no competing event before the last: Breslow's Cox model of two patients a side.
    #[test]
    fn the_null_likelihood_by_hand() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 2, 1, 0]).unwrap();
        let found = fine_gray(&follow_up, &[vec![1.0, 0.0, 0.0, 1.0]], 1).unwrap();
        // Risk sets: all four at 1; at 3 the two left and the one who died at 2, nobody censored yet.
        assert!((found.loglik_null + libm::log(12.0)).abs() < 1e-14);
        assert_eq!((found.n_events, found.n_competing), (2, 1));
    }

    #[test]
    fn no_model_without_events_or_spread() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 0, 2]).unwrap();
        let constant = fine_gray(&follow_up, &[vec![1.0; 3]], 1);
        assert_eq!(constant, Err(FineGrayError::Singular { covariate: 0 }));
        assert_eq!(
            fine_gray(&follow_up, &[vec![1.0, 2.0, 4.0]], 3),
            Err(FineGrayError::NoEvents)
        );
        assert_eq!(
            fine_gray(&follow_up, &[vec![1.0, 2.0, 4.0]], 0),
            Err(FineGrayError::NoEvents)
        );
        let bad = fine_gray(&follow_up, &[vec![1.0, f64::NAN, 4.0]], 1);
        assert_eq!(bad, Err(FineGrayError::BadCovariate { covariate: 0 }));
        assert_eq!(fine_gray(&follow_up, &[], 1), Err(FineGrayError::NoCovariates));
    }

    #[test]
    fn separation_is_named() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![1, 1, 1, 2, 0, 2]).unwrap();
        let found = fine_gray(&follow_up, &[vec![1.0, 1.0, 1.0, 0.0, 0.0, 0.0]], 1).unwrap();
        assert!(
            found
                .warnings
                .contains(&FineGrayWarning::MayBeInfinite { covariate: 0 })
        );
    }
}

//! Fitting: coefficients, tests, intervals.

use super::super::{chi_square_upper, normal_quantile, normal_two_sided};
use super::exact::{exact, is_feasible};
use super::matrix::{Factored, Symmetric};
use super::newton::{DEPENDENT, MOST_ITERATIONS, Maximum, maximise};
use super::partial::{Partial, partial};
use super::right_censored::RightCensored;
use super::risk_order::RiskOrder;
use super::robust::robust_variance;
use super::separation::{Fate, Verdict, examine};
use super::{CoxError, CoxWarning, Labels, Model, Ties};

/// A chi-square test of a Cox model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// The test statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// P(chi-square with `df` ≥ `chi2`); `None` where `df` is 0.
    pub p: Option<f64>,
}

impl Test {
    /// Returns the test of this statistic; a statistic below 0 by rounding counts as 0.
    ///
    /// ```
    /// use cotside_core::survival::cox::Test;
    ///
    /// // R: pchisq(5.99, 2, lower.tail = FALSE)
    /// assert!((Test::new(5.99, 2).p.unwrap() - 0.050_036_627_087).abs() < 1e-11);
    /// assert_eq!(Test::new(0.0, 0).p, None);
    /// ```
    #[must_use]
    pub fn new(chi2: f64, df: usize) -> Self {
        let chi2 = chi2.max(0.0);
        Self {
            chi2,
            df,
            p: (df > 0).then(|| chi_square_upper(chi2, df as f64)),
        }
    }
}

/// The estimate of one coefficient with its standard error, test and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Log hazard ratio for one unit more of the covariate.
    pub coef: f64,
    /// exp(`coef`), where it is a finite number.
    pub hazard_ratio: Option<f64>,
    /// Square root of the inverse information.
    pub std_err: f64,
    /// Standard error from the robust variance, where requested.
    pub robust_std_err: Option<f64>,
    /// `coef` over its standard error (the robust one where there is one).
    pub z: f64,
    /// Two-sided normal p value of `z`.
    pub p: f64,
    /// Lower end of the Wald interval of the hazard ratio.
    pub lower: Option<f64>,
    /// Upper end of the Wald interval of the hazard ratio.
    pub upper: Option<f64>,
}

/// A fitted Cox model.
#[derive(Debug, Clone)]
pub struct CoxFit {
    /// Number of rows.
    pub n: usize,
    /// Number of rows with an event.
    pub n_events: usize,
    /// Log partial likelihood where all coefficients are 0.
    pub loglik_null: f64,
    /// Log partial likelihood at the estimates. Where a covariate separates: the value of the last iteration, near its
    /// limit.
    pub loglik: f64,
    /// Likelihood-ratio test of all coefficients, 2(ℓ − ℓ₀).
    pub likelihood_ratio: Test,
    /// βᵀ V⁻¹ β, V being the robust variance where there is one; `None` where a coefficient has no estimate of its own.
    pub wald: Option<Test>,
    /// Uᵀ I⁻¹ U where all coefficients are 0.
    pub score: Test,
    /// One for each term; `None` where there is no estimate, for which a warning gives the reason.
    pub estimates: Vec<Option<Estimate>>,
    /// Coefficients as the iterations left them, 0 where dependent; for linear predictors.
    pub(super) beta: Vec<f64>,
    /// Terms that have a coefficient.
    pub(super) kept: Vec<usize>,
    /// Variance of the coefficients (robust where asked); zeros where there is none.
    pub variance: Symmetric,
    /// Inverse information, also where the robust variance was requested.
    pub naive_variance: Symmetric,
    /// True if Firth's penalty was in the likelihood.
    pub is_penalised: bool,
    /// Number of Newton steps.
    pub iterations: u32,
    /// Problems of the data or the fit that a reader must know.
    pub warnings: Vec<CoxWarning>,
}

impl CoxFit {
    /// Returns the positions of the terms without a finite hazard ratio.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
    ///
    /// // Only those with x = 1 have the event, each before the others: the coefficient grows without end.
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 1, 0, 0]).unwrap();
    /// let design = Design::new().numeric("x", vec![1.0, 1.0, 0.0, 0.0]);
    /// assert_eq!(fit(&Model::new(&follow_up, &design)).unwrap().without_ratio(), [0]);
    /// ```
    #[must_use]
    pub fn without_ratio(&self) -> Vec<usize> {
        let has_ratio = |term: &usize| self.estimates[*term].is_some_and(|estimate| estimate.hazard_ratio.is_some());
        (0..self.estimates.len()).filter(|term| !has_ratio(term)).collect()
    }

    /// True if every term that is not constant or collinear has a finite estimate.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
    ///
    /// // All events are where x is 1, and none where it is 0: the coefficient has no finite estimate.
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 1, 0, 0]).unwrap();
    /// let design = Design::new().numeric("x", vec![1.0, 1.0, 0.0, 0.0]);
    /// let found = fit(&Model::new(&follow_up, &design)).unwrap();
    /// assert!(found.estimates[0].is_none() && !found.has_all_estimates());
    /// ```
    #[must_use]
    pub fn has_all_estimates(&self) -> bool {
        self.kept.iter().all(|&j| self.estimates[j].is_some())
    }
}

/// The likelihood of a model at coefficients of standardised covariates.
pub(super) struct Likelihood {
    ties: Ties,
    /// The evaluation for right-censored rows, where it applies.
    right_censored: Option<RightCensored>,
}

impl Likelihood {
    fn new(order: &RiskOrder, ties: Ties) -> Self {
        let right_censored = if ties == Ties::Exact {
            None
        } else {
            RightCensored::new(order)
        };
        Self { ties, right_censored }
    }

    fn at(&mut self, order: &RiskOrder, beta: &[f64]) -> Partial {
        let fast = |fast: &mut RightCensored| fast.at(order, self.ties, beta);
        match self.ties {
            Ties::Exact => exact(order, beta),
            ties => self
                .right_censored
                .as_mut()
                .and_then(fast)
                .unwrap_or_else(|| partial(order, ties, beta)),
        }
    }
}

/// Rows in order, and which covariates can be fitted.
pub(super) struct Start<'a> {
    pub order: RiskOrder<'a>,
    pub likelihood: Likelihood,
    pub kept: Vec<usize>,
    /// The likelihood where all coefficients are 0.
    pub null: Partial,
    pub events: usize,
    pub warnings: Vec<CoxWarning>,
}

impl<'a> Start<'a> {
    pub fn new(model: &Model<'a>) -> Result<Self, CoxError> {
        let mut order = RiskOrder::new(model)?;
        if model.ties == Ties::Exact && !is_feasible(&order) {
            return Err(CoxError::TooManyTies);
        }
        let mut likelihood = Likelihood::new(&order, model.ties);
        let at_null = likelihood.at(&order, &vec![0.0; order.p]);
        if !at_null.is_finite() {
            return Err(CoxError::Overflow);
        }
        let mut warnings = Vec::new();
        let kept = independent(model, &order, &at_null, &mut warnings);
        let null = at_null.part(&kept);
        order.keep(&kept);
        if let Some(fast) = &mut likelihood.right_censored {
            fast.keep(&kept);
        }
        let events = order.is_event.iter().filter(|&&is_event| is_event).count();
        if events <= order.p {
            warnings.push(CoxWarning::FewEvents {
                events,
                coefficients: order.p,
            });
        }
        Ok(Self {
            order,
            likelihood,
            kept,
            null,
            events,
            warnings,
        })
    }
}

/// Fits the model by maximum partial likelihood, as R's `coxph`: the same start, steps and stopping rule.
///
/// Agrees with R to the last few digits. Where there is no finite estimate (a constant, collinear or separating
/// covariate) R returns some number; here the estimate is `None` and a warning names the covariate. O(n log n) for
/// entries, then O(n p²) an iteration.
///
/// ```
/// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
///
/// // R: summary(coxph(Surv(time, event) ~ x))
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
/// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
/// let found = fit(&Model::new(&follow_up, &design)).unwrap();
/// let estimate = found.estimates[0].unwrap();
/// assert!((estimate.coef - 0.283_026_776_799).abs() < 1e-10 && (estimate.std_err - 0.442_566_437_819).abs() < 1e-10);
/// assert!((estimate.hazard_ratio.unwrap() - 1.327_140_697_921).abs() < 1e-10);
/// assert!((estimate.lower.unwrap() - 0.557_447_192_509).abs() < 1e-10 && (estimate.p - 0.522_489_573_164).abs() < 1e-10);
/// assert!((found.loglik + 10.658_912_299_5).abs() < 1e-9 && (found.score.chi2 - 0.416_045_745_971).abs() < 1e-10);
/// ```
///
/// # Errors
/// [`CoxError`].
pub fn fit(model: &Model<'_>) -> Result<CoxFit, CoxError> {
    model.check()?;
    let Start {
        order,
        mut likelihood,
        kept,
        null,
        events,
        mut warnings,
    } = Start::new(model)?;
    let score = Factored::new(&null.information, DEPENDENT, 0.0).solve(&null.score);
    let score: f64 = score.iter().zip(&null.score).map(|(a, u)| a * u).sum();
    let (end, verdict) = climb(&order, &mut likelihood, &null);
    let mut estimates = Estimates::new(&order, &kept, model.design.len(), &end);
    estimates.judge(&verdict, &kept, &end, &mut warnings);
    let naive_variance = estimates.variance;
    let likelihood_ratio = Test::new(2.0 * (end.partial.loglik - null.loglik), kept.len());
    let fit = CoxFit {
        n: model.follow_up.len(),
        n_events: events,
        loglik_null: null.loglik,
        loglik: end.partial.loglik,
        likelihood_ratio: Test {
            // The last iterate is not a maximum where the iterations did not converge.
            p: likelihood_ratio.p.filter(|_| !matches!(verdict, Verdict::Unclear)),
            ..likelihood_ratio
        },
        wald: None,
        score: Test::new(score, kept.len()),
        estimates: Vec::new(),
        beta: estimates.beta.clone(),
        kept: kept.clone(),
        variance: naive_variance.clone(),
        naive_variance,
        is_penalised: false,
        iterations: end.iterations,
        warnings,
    };
    let robust = model.is_robust().then(|| {
        let mut eta = Vec::new();
        order.linear_predictor(&end.beta, &mut eta);
        let robust = robust_variance(&order, model.ties, &eta, &end.factored.inverse(), model.cluster);
        in_units(&robust, &order, &kept, model.design.len())
    });
    Ok(fit.completed(model, &estimates.known, robust))
}

fn climb(order: &RiskOrder, likelihood: &mut Likelihood, null: &Partial) -> (Maximum, Verdict) {
    let ties = likelihood.ties;
    let mut at = |beta: &[f64]| likelihood.at(order, beta);
    let end = maximise(null, vec![0.0; order.p], MOST_ITERATIONS, &mut at);
    match examine(order, ties, &end, at) {
        Verdict::Further(further) => (further, Verdict::Fine),
        verdict => (end, verdict),
    }
}

/// Returns the covariates that are linearly independent at coefficients of 0; adds a warning for each of the others.
fn independent(model: &Model<'_>, order: &RiskOrder, null: &Partial, warnings: &mut Vec<CoxWarning>) -> Vec<usize> {
    let floor = DEPENDENT * order.event_weight();
    let factored = Factored::new(&null.information, DEPENDENT, floor);
    let is_kept = |&covariate: &usize| {
        if !factored.is_aliased(covariate) {
            return true;
        }
        let column = &model.design.columns()[covariate];
        warnings.push(if column.iter().all(|value| Some(value) == column.first()) {
            CoxWarning::Constant { covariate }
        } else if null.information.at(covariate, covariate) <= floor {
            CoxWarning::NoContrast { covariate }
        } else {
            CoxWarning::Collinear { covariate }
        });
        false
    };
    (0..order.p).filter(is_kept).collect()
}

/// Coefficients and variance in the units of the design.
struct Estimates {
    beta: Vec<f64>,
    variance: Symmetric,
    /// True if the coefficient has an estimate.
    known: Vec<bool>,
}

impl Estimates {
    fn new(order: &RiskOrder, kept: &[usize], size: usize, end: &Maximum) -> Self {
        let (mut beta, mut known) = (vec![0.0; size], vec![false; size]);
        for (i, &term) in kept.iter().enumerate() {
            beta[term] = end.beta[i] / order.spread[i];
            known[term] = true;
        }
        Self {
            beta,
            known,
            variance: in_units(&end.factored.inverse(), order, kept, size),
        }
    }

    fn judge(&mut self, verdict: &Verdict, kept: &[usize], end: &Maximum, warnings: &mut Vec<CoxWarning>) {
        match verdict {
            Verdict::Fine | Verdict::Further(_) => {}
            Verdict::Recedes(fates) => {
                for (&covariate, fate) in kept.iter().zip(fates) {
                    match *fate {
                        Fate::Finite => continue,
                        Fate::Grows { upwards } => warnings.push(CoxWarning::Separated { covariate, upwards }),
                        Fate::Free => warnings.push(CoxWarning::Undetermined { covariate }),
                    }
                    self.known[covariate] = false;
                }
            }
            Verdict::Unclear => {
                self.known.fill(false);
                warnings.push(CoxWarning::NotConverged {
                    iterations: end.iterations,
                });
            }
        }
    }
}

/// The variance of standardised coefficients in the units of the design; zeros for terms that are not kept.
pub(super) fn in_units(variance: &Symmetric, order: &RiskOrder, kept: &[usize], size: usize) -> Symmetric {
    let mut all = Symmetric::zero(size);
    for (i, &row) in kept.iter().enumerate() {
        for (j, &column) in kept.iter().enumerate().take(i + 1) {
            all.set(row, column, variance.at(i, j) / (order.spread[i] * order.spread[j]));
        }
    }
    all
}

impl CoxFit {
    /// With the estimates that are known, by the robust variance where there is one.
    fn completed(mut self, model: &Model<'_>, known: &[bool], robust: Option<Symmetric>) -> Self {
        if let Some(robust) = &robust {
            self.variance = robust.clone();
        }
        let z_level = normal_quantile(0.5 + model.conf_level / 2.0);
        let clusters = model
            .cluster
            .map(|labels| Labels::present(&labels.names, &labels.codes).len());
        if let Some(clusters) = clusters.filter(|&clusters| clusters <= self.kept.len()) {
            self.warnings.push(CoxWarning::FewClusters {
                clusters,
                coefficients: self.kept.len(),
            });
        }
        self.estimates = (0..self.beta.len())
            .map(|j| {
                let robust = robust.as_ref().map(|robust| robust.at(j, j).sqrt());
                let std_err = self.naive_variance.at(j, j).sqrt();
                (known[j] && clusters != Some(1))
                    .then(|| estimate(self.beta[j], std_err, robust, z_level))
                    .flatten()
            })
            .collect();
        let kept: Vec<usize> = (0..self.beta.len())
            .filter(|&j| self.naive_variance.at(j, j) > 0.0)
            .collect();
        if !kept.is_empty() && kept.iter().all(|&j| self.estimates[j].is_some()) {
            let beta: Vec<f64> = kept.iter().map(|&j| self.beta[j]).collect();
            let factored = Factored::new(&self.variance.part(&kept), DEPENDENT, 0.0);
            let solved = factored.solve(&beta);
            let chi2: f64 = solved.iter().zip(&beta).map(|(a, b)| a * b).sum();
            // As in R, the degrees of freedom are the rank of the variance.
            let rank = (0..kept.len()).filter(|&j| !factored.is_aliased(j)).count();
            self.wald = chi2.is_finite().then(|| Test::new(chi2, rank));
        }
        self
    }
}

/// `None` where a number is not finite.
pub(super) fn estimate(coef: f64, std_err: f64, robust_std_err: Option<f64>, z_level: f64) -> Option<Estimate> {
    let used = robust_std_err.unwrap_or(std_err);
    let z = coef / used;
    let exp = |log: f64| Some(libm::exp(log)).filter(|ratio| ratio.is_finite());
    ([coef, std_err, used, z].iter().all(|value| value.is_finite())).then(|| Estimate {
        coef,
        hazard_ratio: exp(coef),
        std_err,
        robust_std_err,
        z,
        p: normal_two_sided(z),
        lower: exp(coef - z_level * used),
        upper: exp(coef + z_level * used),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Design;
    use super::*;
    use crate::survival::FollowUp;

    fn fitted(time: &[f64], x: &[f64], ties: Ties) -> CoxFit {
        let follow_up = FollowUp::new(time.to_vec(), vec![1; time.len()]).unwrap();
        let design = Design::new().numeric("x", x.to_vec());
        fit(&Model {
            ties,
            ..Model::new(&follow_up, &design)
        })
        .unwrap()
    }

    #[test]
    fn three_subjects_by_hand() {
        // L = 1/(2 + h) · h/(1 + h) with h = exp(β) is largest where h² = 2; there d²lnL/dβ² is
        // −2h/(2 + h)² − h/(1 + h)² = −0.4852814.
        let fit = fitted(&[1.0, 2.0, 3.0], &[0.0, 1.0, 0.0], Ties::Efron);
        let estimate = fit.estimates[0].unwrap();
        let h = 2.0_f64.sqrt();
        let curvature = 2.0 * h / ((2.0 + h) * (2.0 + h)) + h / ((1.0 + h) * (1.0 + h));
        assert!((estimate.coef - libm::log(2.0) / 2.0).abs() < 1e-9);
        assert!((estimate.hazard_ratio.unwrap() - h).abs() < 1e-8);
        assert!((estimate.std_err - 1.0 / curvature.sqrt()).abs() < 1e-8);
        assert!((fit.loglik_null + libm::log(6.0)).abs() < 1e-14);
        // U = 1 − 1/3 − 1/2 and I = 2/9 + 1/4 at 0.
        assert!((fit.score.chi2 - (1.0 / 36.0) / (17.0 / 36.0)).abs() < 1e-14);
    }

    #[test]
    fn two_tied_events_of_three_by_hand() {
        let time = [1.0, 1.0, 2.0];
        for (ties, ways) in [(Ties::Efron, 3.0 * 2.0), (Ties::Breslow, 9.0), (Ties::Exact, 3.0)] {
            let fit = fitted(&time, &[1.0, 0.0, 1.0], ties);
            assert!((fit.loglik_null + libm::log(ways)).abs() < 1e-14, "{ties:?}");
        }
    }
}

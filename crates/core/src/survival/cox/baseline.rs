//! The baseline hazard, and curves for given covariates.

use super::CoxError;
use super::increments::Increments;
use super::residuals::Fitted;
use crate::survival::normal_quantile;

/// Predicted cumulative hazards and survival, one curve for each stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// One for each stratum that has rows, in the order of the stratum codes.
    pub strata: Vec<StratumHazard>,
}

/// The cumulative hazard of a stratum, one step at each distinct time of its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumHazard {
    /// Code of the stratum, 0 where there are none.
    pub stratum: u32,
    /// One step for each distinct time, ascending.
    pub steps: Vec<BaselineStep>,
}

/// A step of a predicted curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BaselineStep {
    /// Time of the step, in the unit of the follow-up.
    pub time: f64,
    /// Cumulative hazard Λ(t).
    pub hazard: f64,
    /// Standard error of the cumulative hazard, which is that of ln S.
    pub std_err: f64,
    /// Predicted survival, exp(−Λ).
    pub survival: f64,
    /// Lower end of the interval of the survival, symmetric on the log scale.
    pub lower: f64,
    /// Upper end of that interval, at most 1.
    pub upper: f64,
}

impl Fitted<'_> {
    /// Returns the predicted curve of a subject with covariates `x` (one for each term), as R's `survfit(fit,
    /// newdata)`: the hazard of Breslow 1972, or Efron's where ties are his, and the variance of Tsiatis 1981 with the
    /// estimation of β in it. With `x` all zero, `hazard` is `basehaz(fit, centered = FALSE)`. The offset of the
    /// subject is 0.
    ///
    /// O(n p).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Fitted, Model, fit}};
    ///
    /// // R: survfit(coxph(Surv(time, event) ~ x), newdata = data.frame(x = 1)); the second time is 3.
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let model = Model::new(&follow_up, &design);
    /// let found = fit(&model).unwrap();
    /// let fitted = Fitted::new(&model, &found).unwrap();
    /// let step = fitted.curve(&[1.0]).unwrap().strata[0].steps[1];
    /// assert!((step.hazard - 0.205_741_751).abs() < 1e-8 && (step.std_err - 0.147_569_185).abs() < 1e-8);
    /// assert!((step.survival - 0.814_043_275).abs() < 1e-8 && (step.lower - 0.609_587_952).abs() < 1e-8);
    /// ```
    ///
    /// # Errors
    /// [`CoxError::Length`] where `x` does not have one value a term, [`CoxError::NoEstimate`] where a coefficient is
    /// not finite, [`CoxError::Overflow`] where the prediction is not.
    pub fn curve(&self, x: &[f64]) -> Result<Baseline, CoxError> {
        if x.len() != self.model.design.len() {
            return Err(CoxError::Length {
                expected: self.model.design.len(),
                found: x.len(),
            });
        }
        if !self.fit.has_all_estimates() {
            return Err(CoxError::NoEstimate);
        }
        let order = &self.order;
        let kept = self.fit.kept.iter().enumerate();
        let away: Vec<f64> = kept.map(|(i, &j)| (x[j] - order.mean[i]) / order.spread[i]).collect();
        let kept = self.fit.kept.iter().zip(&order.spread);
        let eta: f64 = kept
            .zip(&away)
            .map(|((&j, spread), away)| self.fit.beta[j] * spread * away)
            .sum();
        let risk = libm::exp(eta);
        if !risk.is_finite() {
            return Err(CoxError::Overflow);
        }
        let increments = Increments::new(order, self.model.ties, &self.eta);
        let strata = (0..order.strata().len()).filter(|&each| !order.strata()[each].places.is_empty());
        let strata: Vec<StratumHazard> = strata.map(|each| self.steps(each, &increments, &away, risk)).collect();
        let finite = |step: &BaselineStep| step.hazard.is_finite() && step.std_err.is_finite();
        if strata.iter().all(|stratum| stratum.steps.iter().all(finite)) {
            Ok(Baseline { strata })
        } else {
            Err(CoxError::Overflow)
        }
    }

    fn steps(&self, stratum: usize, increments: &Increments, away: &[f64], risk: f64) -> StratumHazard {
        let order = &self.order;
        let variance = super::residuals::standardised(&self.fit.variance, self.fit, order);
        let z = normal_quantile(0.5 + self.model.conf_level / 2.0);
        let bounds = &order.strata()[stratum];
        let (mut hazard, mut own_variance) = (0.0, 0.0);
        // ∫ (x − x̄) dΛ, by which the estimation of β enters.
        let mut distance = vec![0.0; order.p];
        let mut steps: Vec<BaselineStep> = Vec::new();
        let mut moments = bounds.moments.clone().rev().peekable();
        let time = self.model.follow_up.time();
        let mut last = f64::NAN;
        for place in bounds.places.clone().rev() {
            let now = time[order.row[place] as usize];
            if now == last {
                continue;
            }
            last = now;
            while let Some(moment) = moments.next_if(|&moment| order.moments()[moment].time <= now) {
                hazard += increments.hazard[moment];
                own_variance += increments.variance[moment];
                let parts = away.iter().zip(increments.mean_hazard(moment));
                for (distance, (away, mean)) in distance.iter_mut().zip(parts) {
                    *distance += away * increments.hazard[moment] - mean;
                }
            }
            let cumulative = hazard * risk;
            let std_err = risk * (own_variance + variance.quadratic(&distance)).max(0.0).sqrt();
            steps.push(BaselineStep {
                time: now,
                hazard: cumulative,
                std_err,
                survival: libm::exp(-cumulative),
                lower: libm::exp(-cumulative - z * std_err),
                upper: libm::exp(-cumulative + z * std_err).min(1.0),
            });
        }
        StratumHazard {
            stratum: stratum as u32,
            steps,
        }
    }
}

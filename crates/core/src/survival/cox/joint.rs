//! Tests of several coefficients together, and linear combinations of coefficients.

use super::super::normal_quantile;
use super::fit::{estimate, fit};
use super::matrix::Factored;
use super::newton::DEPENDENT;
use super::{CoxError, CoxFit, Estimate, Model, Test};

impl CoxFit {
    /// Returns Wald's test that these coefficients (positions in [`super::Design::terms`]) are all 0, by the robust variance
    /// where there is one: that of a factor with several levels, or of an interaction. Terms that are constant or collinear
    /// are left out. `None` where a coefficient has no finite estimate, or none is left.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
    ///
    /// // R: fit <- coxph(Surv(time, event) ~ x); coef(fit)^2 / vcov(fit)
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let found = fit(&Model::new(&follow_up, &design)).unwrap();
    /// let test = found.wald_of(&[0]).unwrap();
    /// assert!((test.chi2 - found.estimates[0].unwrap().z.powi(2)).abs() < 1e-12 && test.df == 1);
    /// ```
    #[must_use]
    pub fn wald_of(&self, terms: &[usize]) -> Option<Test> {
        let own: Vec<usize> = terms.iter().copied().filter(|term| self.kept.contains(term)).collect();
        let beta = own.iter().map(|&term| Some((*self.estimates.get(term)?)?.coef));
        let beta: Vec<f64> = beta.collect::<Option<_>>()?;
        if beta.is_empty() {
            return None;
        }
        let factored = Factored::new(&self.variance.part(&own), DEPENDENT, 0.0);
        let solved = factored.solve(&beta);
        let chi2: f64 = solved.iter().zip(&beta).map(|(a, b)| a * b).sum();
        chi2.is_finite().then(|| Test::new(chi2, factored.rank()))
    }

    /// Returns Σ wⱼ βⱼ with its standard error (the robust one where there is one) and Wald interval, such as a hazard ratio
    /// within a level of an interacting factor. `None` where a coefficient that counts has no finite estimate, or where no
    /// weight is given to any.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
    ///
    /// // R: fit <- coxph(Surv(time, event) ~ x); 2 * coef(fit), 2 * sqrt(vcov(fit))
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
    /// let found = fit(&Model::new(&follow_up, &design)).unwrap();
    /// let twice = found.combination(&[2.0], 0.95).unwrap();
    /// assert!((twice.coef - 0.566_053_553_598).abs() < 1e-10 && (twice.std_err - 0.885_132_875_638).abs() < 1e-10);
    /// assert_eq!(found.combination(&[0.0], 0.95), None);
    /// ```
    #[must_use]
    pub fn combination(&self, weights: &[f64], conf_level: f64) -> Option<Estimate> {
        let used: Vec<usize> = (0..weights.len()).filter(|&term| weights[term] != 0.0).collect();
        if used.is_empty() || weights.len() != self.estimates.len() {
            return None;
        }
        let (mut coef, mut is_robust) = (0.0, false);
        for &term in &used {
            let estimate = self.estimates[term]?;
            coef += weights[term] * estimate.coef;
            is_robust |= estimate.robust_std_err.is_some();
        }
        let std_err = self.naive_variance.quadratic(weights).max(0.0).sqrt();
        let robust = is_robust.then(|| self.variance.quadratic(weights).max(0.0).sqrt());
        estimate(coef, std_err, robust, normal_quantile(0.5 + conf_level / 2.0))
    }
}

/// Returns the likelihood-ratio test of a variable (a position in [`super::Design::variables`]) of the model `full` that was
/// found: twice the log-likelihood that is lost without it, with as many degrees of freedom as coefficients are lost.
///
/// ```
/// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit, likelihood_ratio_of}};
///
/// // R: drop1(coxph(Surv(time, event) ~ x), test = "Chisq")
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
/// let design = Design::new().numeric("x", vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0]);
/// let model = Model::new(&follow_up, &design);
/// let found = fit(&model).unwrap();
/// assert_eq!(likelihood_ratio_of(&model, &found, 0).unwrap().chi2, found.likelihood_ratio.chi2);
/// ```
///
/// # Errors
/// [`CoxError::NotForRobust`] where the variance is robust, [`CoxError::NotForFirth`]; others where the model without the
/// variable cannot be fitted.
pub fn likelihood_ratio_of(full: &Model<'_>, found: &CoxFit, variable: usize) -> Result<Test, CoxError> {
    if full.is_robust() {
        return Err(CoxError::NotForRobust);
    }
    if found.is_penalised {
        return Err(CoxError::NotForFirth);
    }
    let design = full.design.without(variable);
    if design.is_empty() {
        return Ok(found.likelihood_ratio);
    }
    let reduced = fit(&Model {
        design: &design,
        ..*full
    })?;
    let df = found.kept.len().saturating_sub(reduced.kept.len());
    let test = Test::new(2.0 * (found.loglik - reduced.loglik), df);
    // Where the iterations did not converge there is no maximum.
    let has_maxima = found.likelihood_ratio.p.is_some() && reduced.likelihood_ratio.p.is_some();
    Ok(Test {
        p: test.p.filter(|_| has_maxima),
        ..test
    })
}

#[cfg(test)]
mod tests {
    use super::super::Design;
    use super::*;
    use crate::survival::{FollowUp, Labels};

    #[test]
    fn what_has_no_estimate_has_no_test() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 1, 1, 1]).unwrap();
        let constant = Design::new()
            .numeric("x", vec![1.0, 0.0, 1.0, 0.0])
            .numeric("same", vec![1.0; 4]);
        let model = Model::new(&follow_up, &constant);
        let found = fit(&model).unwrap();
        assert_eq!(found.wald_of(&[1]), None);
        assert_eq!(found.wald_of(&[0, 1]), found.wald_of(&[0]));
        assert_eq!(found.combination(&[1.0, 1.0], 0.95), None);
        assert_eq!(found.combination(&[1.0], 0.95), None);
        let test = likelihood_ratio_of(&model, &found, 1).unwrap();
        assert_eq!((test.df, test.p), (0, None));
    }

    #[test]
    fn a_robust_variance_has_no_likelihood_ratio() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 1, 1, 1]).unwrap();
        let design = Design::new().numeric("x", vec![1.0, 0.0, 1.0, 0.0]);
        let cluster = Labels::of(&["a", "a", "b", "c"]);
        let model = Model {
            cluster: Some(&cluster),
            ..Model::new(&follow_up, &design)
        };
        let found = fit(&model).unwrap();
        assert_eq!(likelihood_ratio_of(&model, &found, 0), Err(CoxError::NotForRobust));
        let own = found.combination(&[1.0], 0.95).unwrap();
        assert_eq!(Some(own), found.estimates[0]);
    }
}

//! Tests of several coefficients together, and linear combinations of coefficients.

use super::super::{normal_quantile, quantile};
use super::fit::{estimate, fit};
use super::matrix::Factored;
use super::newton::DEPENDENT;
use super::{CoxError, CoxFit, Design, Estimate, Model, Test};

/// An interaction of a design, by positions in [`Design::variables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// The variable whose ratios are asked for.
    pub of: usize,
    /// The one within whose levels.
    pub within: usize,
    /// The product of both, as [`Design::interaction`] adds it.
    pub product: usize,
}

/// Where a hazard ratio holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LevelAt {
    /// Within the reference level of a factor.
    Reference,
    /// Within the level of this column.
    Level(usize),
    /// At this value of a number.
    Number(f64),
}

/// A hazard ratio within a level of an interacting variable.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioWithin {
    /// The coefficient of the ratio, by its position in [`Design::terms`].
    pub term: usize,
    /// The position of the other variable in [`Design::variables`].
    pub variable: usize,
    /// Where the ratio holds.
    pub at: LevelAt,
    /// The ratio; `None` where a coefficient has no finite estimate.
    pub estimate: Option<Estimate>,
}

impl CoxFit {
    /// Returns the hazard ratios within levels of an interacting variable, from sums of coefficients; other interactions of
    /// the variable are at their reference level, or at 0. Of a factor and a number the levels are the factor's, whichever was
    /// named; of two numbers the second is set to its quartiles in the rows of the design.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, Labels, cox::{Design, LevelAt, Model, Product, fit}};
    ///
    /// // R: fit <- coxph(Surv(time, event) ~ x * g); coef(fit)["x"], coef(fit)["x"] + coef(fit)["x:gb"]
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let group = Labels::of(&["a", "b", "a", "b", "b", "a", "b", "a", "a", "b"]);
    /// let x = vec![2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
    /// let design = Design::new().numeric("x", x).factor("g", &group).unwrap().interaction(0, 1);
    /// let found = fit(&Model::new(&follow_up, &design)).unwrap();
    /// let within = found.within(&design, Product { of: 0, within: 1, product: 2 }, 0.95);
    /// assert_eq!(within.iter().map(|each| each.at).collect::<Vec<_>>(), [LevelAt::Reference, LevelAt::Level(1)]);
    /// let [own, other] = [0, 1].map(|place| within[place].estimate.unwrap().coef);
    /// let product = found.estimates[2].unwrap().coef;
    /// assert!((own - found.estimates[0].unwrap().coef).abs() < 1e-12 && (other - own - product).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn within(&self, design: &Design, product: Product, conf_level: f64) -> Vec<RatioWithin> {
        let has_levels = |variable: usize| {
            let own = design.columns_of(variable);
            own.iter().any(|&column| design.terms()[column].level.is_some())
        };
        // Where only the first has levels, the ratios are those of the second.
        let (of, within) = if has_levels(product.of) && !has_levels(product.within) {
            (product.within, product.of)
        } else {
            (product.of, product.within)
        };
        let [own, levels, products] = [of, within, product.product].map(|variable| design.columns_of(variable));
        // In the product the columns of the variable that comes first in the design change fastest.
        let place = |own_place: usize, level: usize| {
            let place = if of < within {
                level * own.len() + own_place
            } else {
                own_place * levels.len() + level
            };
            products.get(place).copied()
        };
        let at: Vec<(LevelAt, Option<(usize, f64)>)> = if has_levels(within) {
            let others = levels.iter().enumerate();
            let others = others.map(|(level, &column)| (LevelAt::Level(column), Some((level, 1.0))));
            std::iter::once((LevelAt::Reference, None)).chain(others).collect()
        } else {
            let values = levels.first().map(|&column| quartiles(&design.columns()[column]));
            let values = values.unwrap_or_default().into_iter();
            values.map(|value| (LevelAt::Number(value), Some((0, value)))).collect()
        };
        let ratio = |own_place: usize, term: usize, at: LevelAt, added: Option<(usize, f64)>| {
            let mut weights = vec![0.0; design.len()];
            weights[term] = 1.0;
            if let Some((product, weight)) = added.and_then(|(level, weight)| Some((place(own_place, level)?, weight)))
            {
                weights[product] = weight;
            }
            RatioWithin {
                term,
                variable: within,
                at,
                estimate: self.combination(&weights, conf_level),
            }
        };
        let terms = own.iter().enumerate();
        terms
            .flat_map(|(own_place, &term)| at.iter().map(move |&(at, added)| (own_place, term, at, added)))
            .map(|(own_place, term, at, added)| ratio(own_place, term, at, added))
            .collect()
    }

    /// Returns Wald's test that these coefficients (positions in [`super::Design::terms`]) are all 0, by the robust variance
    /// where there is one: that of a factor with several levels, or of an interaction. Terms that are constant or collinear
    /// are left out. `None` where a coefficient has no finite estimate, where none is left, or where the variance has not full rank
    /// (no more clusters than coefficients).
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
        let has_full_rank = factored.rank() == own.len();
        (has_full_rank && chi2.is_finite()).then(|| Test::new(chi2, own.len()))
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

/// Quartiles of values, each once.
fn quartiles(values: &[f64]) -> Vec<f64> {
    let mut ascending = values.to_vec();
    ascending.sort_by(f64::total_cmp);
    let found = [0.25, 0.5, 0.75].iter().filter_map(|&p| quantile(&ascending, p));
    let mut found: Vec<f64> = found.collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn as_many_clusters_as_coefficients_give_no_joint_test() {
        let follow_up = FollowUp::new((1..=8).map(f64::from).collect(), vec![1; 8]).unwrap();
        let design = Design::new()
            .numeric("x", vec![1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0])
            .numeric("y", vec![0.0, 1.0, 3.0, 2.0, 1.0, 0.0, 1.0, 4.0]);
        let cluster = Labels::of(&["a", "a", "b", "b", "a", "b", "a", "b"]);
        let found = fit(&Model {
            cluster: Some(&cluster),
            ..Model::new(&follow_up, &design)
        })
        .unwrap();
        assert_eq!(found.wald_of(&[0, 1]), None);
        assert!(found.wald_of(&[0]).is_some());
    }
}

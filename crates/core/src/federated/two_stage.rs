//! The sites' own fits pooled: each coefficient alone, and all of them together with fixed effects.

use super::combine::Round;
use super::result::{Outcome, TwoStageResult, Univariate};
use super::summary::TwoStageSums;
use crate::evidence::{Effect, Pool, PoolMethod, PoolTest, pool};
use crate::survival::cox::{DEPENDENT, Factored, Symmetric};

/// Level of the intervals.
const LEVEL: f64 = 0.95;

/// Pools the fits of the sites; `None` where no site gave one.
pub(super) fn pooled(round: &Round<'_>) -> Option<TwoStageResult> {
    let design = &round.plan.design;
    let found = round.with(|sums| sums.two_stage.as_ref());
    if found.is_empty() {
        return None;
    }
    let p = design.ranges().len();
    let fits: Vec<&TwoStageSums> = found.iter().map(|(_, fit)| *fit).collect();
    let together = multivariate(p, &fits);
    let given: Vec<&String> = found.iter().map(|(part, _)| &part.site).collect();
    let univariate = design.coefficients().into_iter().enumerate();
    Some(TwoStageResult {
        coef: together.as_ref().map(|(coef, _)| coef.clone()),
        std_err: together.map(|(_, std_err)| std_err),
        distance_se: None,
        univariate: univariate.flat_map(|(j, name)| alone(&name, j, &fits)).collect(),
        sites_dropped: design
            .sites
            .iter()
            .filter(|site| !given.contains(site))
            .cloned()
            .collect(),
    })
}

/// (Σ V⁻¹)⁻¹ Σ V⁻¹β with its standard errors.
fn multivariate(p: usize, fits: &[&TwoStageSums]) -> Option<(Vec<f64>, Vec<f64>)> {
    let mut precision = Symmetric::zero(p);
    let mut weighted = vec![0.0; p];
    for fit in fits {
        let factored = Factored::new(&Symmetric::of_lower(p, &fit.covariance_lower)?, DEPENDENT, 0.0);
        if factored.rank() < p {
            return None;
        }
        let inverse = factored.inverse();
        for i in 0..p {
            for j in 0..=i {
                precision.add(i, j, inverse.at(i, j));
            }
        }
        weighted
            .iter_mut()
            .zip(inverse.times(&fit.coef))
            .for_each(|(sum, value)| *sum += value);
    }
    let factored = Factored::new(&precision, DEPENDENT, 0.0);
    let covariance = factored.inverse();
    let std_err = (0..p).map(|j| covariance.at(j, j).sqrt()).collect();
    (factored.rank() == p).then(|| (factored.solve(&weighted), std_err))
}

/// One coefficient by each method; nothing where there are fewer than three fits.
fn alone(name: &str, j: usize, fits: &[&TwoStageSums]) -> Vec<Univariate> {
    let place = j * (j + 1) / 2 + j;
    let effect = |fit: &&TwoStageSums| Effect::new(*fit.coef.get(j)?, fit.covariance_lower.get(place)?.sqrt());
    let Some(effects) = fits.iter().map(effect).collect::<Option<Vec<Effect>>>() else {
        return Vec::new();
    };
    let methods = [
        ("fixed", PoolMethod::Fixed, "z", PoolTest::Normal),
        ("dl", PoolMethod::DerSimonianLaird, "z", PoolTest::Normal),
        ("reml", PoolMethod::Reml, "z", PoolTest::Normal),
        ("reml", PoolMethod::Reml, "knha", PoolTest::HartungKnapp),
    ];
    let one = |(code, method, test_code, test): (&str, PoolMethod, &str, PoolTest)| {
        let Pool {
            estimate,
            std_err,
            interval,
            heterogeneity,
            ..
        } = pool(&effects, method, test, LEVEL).ok()?;
        Some(Univariate {
            name: name.to_owned(),
            method: code.to_owned(),
            test: test_code.to_owned(),
            coef: estimate,
            std_err,
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            tau2: heterogeneity.tau2,
            i2: heterogeneity.i2,
            q: heterogeneity.q,
        })
    };
    methods.into_iter().filter_map(one).collect()
}

/// Adds the distance to the model that was fitted by rounds.
pub(super) fn compare(outcome: &mut Outcome) {
    let Some(cox) = &outcome.cox else { return };
    let Some(two_stage) = &mut outcome.two_stage else {
        return;
    };
    let Some(coef) = &two_stage.coef else { return };
    let off = |(coefficient, &own): (&super::result::Coefficient, &f64)| {
        Some((own - coefficient.coef?).abs() / coefficient.std_err?)
    };
    let distances: Option<Vec<f64>> = cox.coefficients.iter().zip(coef).map(off).collect();
    two_stage.distance_se = distances.map(|all| all.into_iter().fold(0.0, f64::max));
}

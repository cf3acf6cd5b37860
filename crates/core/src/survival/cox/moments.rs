//! The baseline hazard at each event time, for models that are fitted as weighted Cox models.

use super::fit::CoxFit;
use super::increments::Increments;
use super::residuals::Fitted;
use crate::survival::fine_gray::Moment;

impl Fitted<'_> {
    /// Returns the mean of each covariate, and for each stratum that has rows its code and its event times, ascending, with
    /// the increments where the covariates are at these means. Covariates without a coefficient have a mean of 0. O(n p).
    pub(in crate::survival) fn moments(&self) -> (Vec<f64>, Vec<(u32, Vec<Moment>)>) {
        let (order, p) = (&self.order, self.model.design.len());
        let increments = Increments::new(order, self.model.ties, &self.eta);
        let kept = || self.fit.kept.iter().enumerate();
        let mut mean = vec![0.0; p];
        kept().for_each(|(i, &j)| mean[j] = order.mean[i]);
        let moment = |index: usize| {
            let mut mean_hazard = vec![0.0; p];
            let means = increments.mean_hazard(index);
            kept().for_each(|(i, &j)| mean_hazard[j] = means[i] * order.spread[i]);
            Moment {
                time: order.moments()[index].time,
                hazard: increments.hazard[index],
                variance: increments.variance[index],
                mean_hazard,
            }
        };
        let strata = (0_u32..).zip(order.strata());
        let strata = strata.filter(|(_, stratum)| !stratum.places.is_empty());
        let strata = strata.map(|(code, stratum)| (code, stratum.moments.clone().rev().map(moment).collect()));
        (mean, strata.collect())
    }
}

impl CoxFit {
    /// Returns the coefficients as the iterations left them, 0 where there is none.
    pub(in crate::survival) fn coefficients(&self) -> Vec<f64> {
        self.beta.clone()
    }
}

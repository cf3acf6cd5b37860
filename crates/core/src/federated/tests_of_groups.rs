//! Tests of the plan's groups that are stratified by site: sums of each site's own.

use super::combine::{Part, Round};
use super::counts;
use super::plan::Design;
use super::result::{GrayResult, LogRankResult, RankResult};
use super::rounds::dot;
use super::summary::{GraySums, RankSums};
use crate::survival::chi_square_upper;
use crate::survival::cox::{Factored, Symmetric};

/// A pivot below this part of its variance: the group's difference is determined by the others.
const NO_PIVOT: f64 = 1e-11;

/// UᵀV⁻U with its degrees of freedom; `None` where V is 0.
pub(super) fn chi_square(difference: &[f64], variance: &Symmetric) -> Option<(f64, u32, f64)> {
    let factored = Factored::new(variance, NO_PIVOT, 0.0);
    let df = factored.rank() as u32;
    let chi2 = dot(&factored.solve(difference), difference).max(0.0);
    (df > 0 && chi2.is_finite()).then(|| (chi2, df, chi_square_upper(chi2, f64::from(df))))
}

fn summed<'a>(size: usize, parts: impl Iterator<Item = (&'a [f64], &'a [f64])>) -> (Vec<f64>, Symmetric) {
    let (mut first, mut second) = (vec![0.0; size], vec![0.0; size * (size + 1) / 2]);
    for (score, variance) in parts {
        first.iter_mut().zip(score).for_each(|(sum, value)| *sum += value);
        second.iter_mut().zip(variance).for_each(|(sum, value)| *sum += value);
    }
    let variance = Symmetric::of_lower(size, &second).unwrap_or_else(|| Symmetric::zero(size));
    (first, variance)
}

impl RankSums {
    /// The same of `groups` coarser groups: `to` is that of each group here. Observed less expected events add up, and so do
    /// their covariances; both are 0 over all groups.
    fn merged(&self, to: &[usize], groups: usize) -> Self {
        let df = self.difference.len();
        let lower = Symmetric::of_lower(df, &self.covariance_lower).unwrap_or_else(|| Symmetric::zero(df));
        let (mut difference, mut covariance) = (vec![0.0; groups], vec![vec![0.0; groups]; groups]);
        // The last group's are those of all others with the other sign.
        let part = |group: usize| {
            if group == df {
                (0..df, -1.0)
            } else {
                (group..group + 1, 1.0)
            }
        };
        for (group, &coarse) in to.iter().enumerate() {
            let (own, sign) = part(group);
            difference[coarse] += own.clone().map(|at| sign * self.difference[at]).sum::<f64>();
            for (other, &second) in to.iter().enumerate() {
                let (others, turned) = part(other);
                let sum: f64 = own
                    .clone()
                    .flat_map(|i| others.clone().map(move |j| (i, j)))
                    .map(|(i, j)| lower.at(i, j))
                    .sum();
                covariance[coarse][second] += sign * turned * sum;
            }
        }
        Self {
            difference: difference[..groups - 1].to_vec(),
            covariance_lower: (0..groups - 1).flat_map(|i| covariance[i][..=i].to_vec()).collect(),
        }
    }
}

/// The log-rank test, stratified by site, and beside it that of the counts.
pub(super) fn log_rank(round: &Round<'_>) -> Option<LogRankResult> {
    let found: Vec<(&Part, &RankSums)> = round.with(|sums| sums.logrank.as_ref());
    let groups = round.design.group_count();
    let own: Vec<RankSums> = found
        .iter()
        .map(|(part, sums)| sums.merged(&round.group_of(part), groups))
        .collect();
    let sums = own
        .iter()
        .map(|sums| (sums.difference.as_slice(), sums.covariance_lower.as_slice()));
    let (difference, variance) = summed(groups - 1, sums);
    let parts: Vec<&Part> = found.iter().map(|(part, _)| *part).collect();
    let stratified = chi_square(&difference, &variance).map(|(chi2, df, p)| RankResult {
        chi2,
        df,
        p,
        sites: round.sites(&parts),
        difference,
    });
    let grid = counts::log_rank(round);
    (stratified.is_some() || grid.is_some()).then_some(LogRankResult { stratified, grid })
}

/// Gray's test of each cause, stratified by site.
pub(super) fn gray(round: &Round<'_>) -> Option<Vec<GrayResult>> {
    let found: Vec<(&Part, &[GraySums])> = round.with(|sums| sums.gray.as_deref());
    let design = &round.plan.design;
    // Sites that take groups together give no score.
    let df = design.group_count() - 1;
    gray_of_causes(design, |at| {
        let of = |(_, sums): &(&Part, &'_ [GraySums])| sums.iter().find(|sums| sums.cause as usize == at + 1).cloned();
        let own: Vec<GraySums> = found.iter().filter_map(of).collect();
        Some(summed(
            df,
            own.iter().map(|sums| (&sums.score[..], &sums.variance_lower[..])),
        ))
    })
}

/// Gray's test of each cause that has one, from score and variance of the cause at a position; `None` where none has.
pub(super) fn gray_of_causes(
    design: &Design,
    sums: impl Fn(usize) -> Option<(Vec<f64>, Symmetric)>,
) -> Option<Vec<GrayResult>> {
    let one = |(at, cause): (usize, &String)| {
        let (score, variance) = sums(at)?;
        let (chi2, df, p) = chi_square(&score, &variance)?;
        Some(GrayResult {
            cause: cause.clone(),
            chi2,
            df,
            p,
        })
    };
    let tests: Vec<GrayResult> = design.endpoint.causes.iter().enumerate().filter_map(one).collect();
    (!tests.is_empty()).then_some(tests)
}

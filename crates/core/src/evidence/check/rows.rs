//! The checks that apply to the rows of the published table.

use super::{
    CountCheck, HazardRatioCheck, IntervalCheck, MedianCheck, PercentCheck, StandardErrorCheck, Verdict,
    WeightedMeanCheck, check_interval, check_percent, check_standard_error,
};
use crate::evidence::{Estimate, PublishedStudy};

/// The answer of one check.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// A standard error against n.
    StandardError(StandardErrorCheck),
    /// An interval against estimate, standard error and n.
    Interval(IntervalCheck),
    /// A hazard ratio against its interval and p.
    HazardRatio(HazardRatioCheck),
    /// A count against its percentage.
    Count(CountCheck),
    /// A percentage against n.
    Percent(PercentCheck),
    /// A median against its range and values.
    Median(MedianCheck),
    /// A rate against those of its parts.
    WeightedMean(WeightedMeanCheck),
    /// Two rows with the same numbers at different times.
    SameNumbers(SameNumbers),
}

/// Two rows of one study and one endpoint that have the same estimate, standard error and n at different times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SameNumbers {
    /// The first row.
    pub first: &'static Estimate,
    /// The second row.
    pub second: &'static Estimate,
}

impl Finding {
    /// Returns the verdict of the check.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::StandardError(check) => check.verdict(),
            Self::Interval(check) => check.verdict(),
            Self::HazardRatio(check) => check.verdict(),
            Self::Count(check) => check.verdict(),
            Self::Percent(check) => check.verdict(),
            Self::Median(check) => check.verdict(),
            Self::WeightedMean(check) => check.verdict(),
            Self::SameNumbers(_) => Verdict::DoesNotFollow,
        }
    }

    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StandardError(_) => "standard_error",
            Self::Interval(_) => "interval",
            Self::HazardRatio(_) => "hazard_ratio",
            Self::Count(_) => "count",
            Self::Percent(_) => "percent",
            Self::Median(_) => "median",
            Self::WeightedMean(_) => "weighted_mean",
            Self::SameNumbers(_) => "same_numbers",
        }
    }
}

/// Makes every check that the numbers of a row allow. A ± of unclear meaning is checked as a standard error, which
/// shows whether it can be one.
#[must_use]
pub fn check_estimate(estimate: &Estimate) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(n), Some(error)) = (estimate.n, estimate.standard_error) {
        findings.extend(check_standard_error(n, estimate.estimate, error).map(Finding::StandardError));
    }
    // An exact interval of a proportion is on none of the scales of a curve.
    if let Some(interval) = estimate.interval.filter(|_| !estimate.endpoint.is_crude()) {
        let check = check_interval(estimate.estimate, interval, None, estimate.n, 0.95);
        findings.extend(check.map(Finding::Interval));
    }
    if let Some(n) = estimate.n.filter(|_| estimate.endpoint.is_crude()) {
        findings.extend(check_percent(estimate.estimate, n).map(Finding::Percent));
    }
    findings
}

/// Percentages of all patients of a study, each with its column: remission, death in induction, transplant. (Death in
/// remission is of those in remission, whose number is not printed.)
#[must_use]
pub fn check_study(study: &PublishedStudy) -> Vec<(&'static str, Finding)> {
    let Some(n) = study.n else { return Vec::new() };
    [
        ("complete_remission", study.complete_remission),
        ("induction_death", study.induction_death),
        ("transplanted", study.transplanted),
    ]
    .into_iter()
    .filter_map(|(column, percent)| Some((column, Finding::Percent(check_percent(percent?, n)?))))
    .collect()
}

/// Pairs of rows that print one number as of two times: the same study, endpoint, n, estimate and standard error.
#[must_use]
pub fn check_same_numbers(estimates: &'static [Estimate]) -> Vec<SameNumbers> {
    let same = |a: &Estimate, b: &Estimate| {
        a.study.id == b.study.id
            && a.endpoint == b.endpoint
            && a.n == b.n
            && a.estimate == b.estimate
            && a.standard_error.is_some()
            && a.standard_error == b.standard_error
            && a.years.zip(b.years).is_some_and(|(one, other)| one != other)
    };
    let mut pairs = Vec::new();
    for (position, first) in estimates.iter().enumerate() {
        let others = estimates.iter().skip(position + 1).filter(|second| same(first, second));
        pairs.extend(others.map(|second| SameNumbers { first, second }));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::published;

    fn ids(verdict: Verdict) -> Vec<&'static str> {
        let table = published().estimates.iter();
        table
            .filter(|estimate| {
                check_estimate(estimate)
                    .iter()
                    .any(|finding| finding.verdict() == verdict)
            })
            .map(|estimate| estimate.id)
            .collect()
    }

    /// All that the table's rows show about themselves.
    #[test]
    fn the_table_checked() {
        assert_eq!(
            ids(Verdict::DoesNotFollow),
            [
                "japan-relapse/1",
                "uk-infant-87/1",
                "mll96-98/3",
                "severance/7",
                "la-paz/1"
            ]
        );
        assert_eq!(
            ids(Verdict::Conditional),
            [
                "ccg-1953/1",
                "mll-10/6",
                "severance/3",
                "cog-p9407/2",
                "la-paz/2",
                "bfm/9",
                "ccg-1953/9",
                "interfant-99/10",
                "interfant-99/11"
            ]
        );
        assert!(ids(Verdict::Follows).contains(&"mll03/1"));
    }

    /// MLL-10: 66.2 (5.6) % of 75 infants, called 5-year in the commentary and 3-year in the abstract.
    #[test]
    fn one_number_at_two_times() {
        let pairs = check_same_numbers(&published().estimates);
        let ids: Vec<_> = pairs.iter().map(|pair| (pair.first.id, pair.second.id)).collect();
        assert_eq!(ids, [("mll-10/2", "mll-10/4")]);
        assert_eq!((pairs[0].first.years, pairs[0].second.years), (Some(5.0), Some(3.0)));
    }

    #[test]
    fn remission_in_ccg_1953() {
        let study = published().study("ccg-1953").unwrap();
        let (column, finding) = &check_study(study)[0];
        assert_eq!(
            (*column, finding.verdict()),
            ("complete_remission", Verdict::Conditional)
        );
    }
}

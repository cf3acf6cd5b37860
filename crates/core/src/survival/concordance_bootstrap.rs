//! Concordance of ordered groups with the order of events, with a bootstrap interval.

use super::quantile;
use super::random::SplitMix;
use super::{FollowUp, Interval, sorted_by};

/// Concordance of groups with a percentile interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupConcordance {
    /// Concordance in the data, from 0 to 1; 0.5 without association.
    pub c: f64,
    /// Percentile interval, or why there is none.
    pub interval: Result<Interval, NoPercentiles>,
    /// Number of bootstrap resamples drawn.
    pub resamples: usize,
}

/// Why the resamples give no percentile interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPercentiles {
    /// The number of resamples in which no pair is comparable.
    #[error("{0} resamples without a comparable pair")]
    WithoutPairs(usize),
    /// All resamples give the same value.
    #[error("all resamples give the same value")]
    AllAlike,
}

/// Largest number of elementary steps of all resamples together.
const MOST_WORK: usize = 100_000_000;

/// Returns the concordance of the groups' positions (a later group means earlier events) with the follow-up: that of
/// [`super::concordance()`] with the position as the score, and the percentile interval (Efron 1979) of `resamples`
/// bootstrap samples of the patients; fewer, but at least 20, where there are very many patients. Its ends are
/// quantiles of R's type 7.
///
/// `None` for delayed entry or weights, where the number of groups is not the number of rows, or where no pair is
/// comparable. O(resamples · n · groups) after the sort.
///
/// ```
/// use cotside_core::survival::{FollowUp, group_concordance};
///
/// // By hand: of six comparable pairs three agree, one disagrees and two are in one group: (3 + 2/2)/6.
/// // R: concordance(Surv(c(1, 2, 3, 4), c(1, 1, 1, 0)) ~ c(1, 0, 1, 0), reverse = TRUE)
/// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 1, 1, 0]).unwrap();
/// let found = group_concordance(&follow_up, &[1, 0, 1, 0], 0.95, 200, 1).unwrap();
/// assert!((found.c - 4.0 / 6.0).abs() < 1e-12);
/// assert_eq!(found.resamples, 200);
/// ```
#[must_use]
pub fn group_concordance(
    follow_up: &FollowUp,
    groups: &[u32],
    level: f64,
    resamples: usize,
    seed: u64,
) -> Option<GroupConcordance> {
    let n = follow_up.len();
    if groups.len() != n || follow_up.entry().is_some() || follow_up.weight().is_some() {
        return None;
    }
    let tail = Some((1.0 - level) / 2.0).filter(|tail| *tail > 0.0 && *tail < 0.5)?;
    let levels = groups.iter().max().map_or(0, |&most| most as usize + 1);
    let rows = Rows::new(follow_up, groups);
    let mut at_risk = vec![0_u64; levels];
    let c = rows.concordance(&vec![1; n], &mut at_risk)?;
    let resamples = resamples.min((MOST_WORK / (n * (levels + 2))).max(20));
    let mut random = SplitMix::new(seed);
    let mut times = vec![0_u32; n];
    let drawn: Vec<f64> = (0..resamples)
        .filter_map(|_| {
            times.fill(0);
            (0..n).for_each(|_| times[random.below(n)] += 1);
            rows.concordance(&times, &mut at_risk)
        })
        .collect();
    let order = sorted_by(&drawn);
    let ascending: Vec<f64> = order.into_iter().map(|place| drawn[place as usize]).collect();
    let interval = match (quantile(&ascending, tail), quantile(&ascending, 1.0 - tail)) {
        _ if drawn.len() < resamples => Err(NoPercentiles::WithoutPairs(resamples - drawn.len())),
        (Some(lower), Some(upper)) if ascending.first() < ascending.last() => Ok(Interval { lower, upper }),
        _ => Err(NoPercentiles::AllAlike),
    };
    Some(GroupConcordance { c, interval, resamples })
}

/// Rows in descending order of time.
struct Rows {
    group: Vec<u32>,
    is_event: Vec<bool>,
    /// End of each run of rows with the same time.
    ends: Vec<usize>,
}

impl Rows {
    fn new(follow_up: &FollowUp, groups: &[u32]) -> Self {
        let order: Vec<usize> = follow_up.order().iter().rev().map(|&row| row as usize).collect();
        let time: Vec<f64> = order.iter().map(|&row| follow_up.time()[row]).collect();
        let ends = (1..=time.len()).filter(|&end| end == time.len() || time[end] != time[end - 1]);
        Self {
            group: order.iter().map(|&row| groups[row]).collect(),
            is_event: order.iter().map(|&row| follow_up.event()[row] != 0).collect(),
            ends: ends.collect(),
        }
    }

    /// Returns the concordance where each row occurs `times` times; `at_risk` is a buffer with one count for each
    /// group.
    fn concordance(&self, times: &[u32], at_risk: &mut [u64]) -> Option<f64> {
        at_risk.fill(0);
        let (mut twice_concordant, mut comparable, mut all) = (0_u64, 0_u64, 0_u64);
        let mut first = 0;
        for &end in &self.ends {
            // Rows censored at the time of an event outlived it; events at the same time are not compared.
            for events in [false, true] {
                for place in (first..end).filter(|&place| self.is_event[place] == events) {
                    let count = u64::from(times[place]);
                    if events && count > 0 {
                        let group = self.group[place] as usize;
                        let below: u64 = at_risk[..group].iter().sum();
                        twice_concordant += count * (2 * below + at_risk[group]);
                        comparable += count * all;
                    }
                    if !events {
                        at_risk[self.group[place] as usize] += count;
                        all += count;
                    }
                }
            }
            for place in (first..end).filter(|&place| self.is_event[place]) {
                at_risk[self.group[place] as usize] += u64::from(times[place]);
                all += u64::from(times[place]);
            }
            first = end;
        }
        (comparable > 0).then(|| twice_concordant as f64 / (2.0 * comparable as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::concordance;
    use proptest::prelude::*;

    /// Events at 1 (group 1), 2 (group 0), the last censored in group 0 at 2: pairs are 1–2, 1–3 (both concordant) and
    /// 2–3 (tied): 5/6.
    #[test]
    fn by_hand() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 2.0], vec![1, 1, 0]).unwrap();
        let found = group_concordance(&follow_up, &[1, 0, 0], 0.95, 500, 1).unwrap();
        assert!((found.c - 5.0 / 6.0).abs() < 1e-15);
        // Three draws of one row have no pair.
        assert_eq!((found.interval.is_err(), found.resamples), (true, 500));
        assert_eq!(group_concordance(&follow_up, &[1, 0], 0.95, 500, 1), None);
        assert_eq!(group_concordance(&follow_up, &[1, 0, 0], 1.0, 500, 1), None);
        let censored = FollowUp::new(vec![1.0, 2.0], vec![0, 0]).unwrap();
        assert_eq!(group_concordance(&censored, &[1, 0], 0.95, 500, 1), None);
    }

    /// The interval of a large sample is close to that of the infinitesimal jackknife.
    #[test]
    fn the_interval_agrees_with_the_jackknife() {
        let n = 600_u32;
        let groups: Vec<u32> = (0..n).map(|row| (row * 7) % 3).collect();
        let time = (0..n).map(|row| f64::from((row * 379) % 601 + 150 * (2 - groups[row as usize])));
        let follow_up = FollowUp::new(time.collect(), (0..n).map(|row| u32::from(row % 4 != 0)).collect()).unwrap();
        let found = group_concordance(&follow_up, &groups, 0.95, 1000, 20).unwrap();
        let scores: Vec<f64> = groups.iter().map(|&group| f64::from(group)).collect();
        let jackknife = concordance(&follow_up, &scores, None, None).unwrap();
        let interval = found.interval.unwrap();
        let reach = 1.96 * jackknife.std_err.unwrap();
        assert!(
            (interval.upper - interval.lower - 2.0 * reach).abs() < 0.15 * reach,
            "{interval:?} {reach}"
        );
        assert!((found.c - jackknife.c.unwrap()).abs() < 1e-12);
        assert_eq!(Some(found), group_concordance(&follow_up, &groups, 0.95, 1000, 20));
    }

    proptest! {
        #[test]
        fn is_the_concordance_of_the_position(rows in prop::collection::vec((1_u32..9, 0_u32..2, 0_u32..4), 2..40)) {
            let follow_up = FollowUp::new(rows.iter().map(|row| f64::from(row.0)).collect(), rows.iter().map(|row| row.1).collect()).unwrap();
            let groups: Vec<u32> = rows.iter().map(|row| row.2).collect();
            let scores: Vec<f64> = groups.iter().map(|&group| f64::from(group)).collect();
            let wanted = concordance(&follow_up, &scores, None, None).and_then(|found| found.c);
            let found = group_concordance(&follow_up, &groups, 0.9, 30, 7);
            match (wanted, found) {
                (Some(wanted), Some(found)) => {
                    prop_assert!((wanted - found.c).abs() < 1e-12);
                    if let Ok(interval) = found.interval {
                        prop_assert!(0.0 <= interval.lower && interval.lower <= interval.upper && interval.upper <= 1.0);
                    }
                }
                (wanted, found) => prop_assert!(wanted.is_none() && found.is_none()),
            }
        }
    }
}

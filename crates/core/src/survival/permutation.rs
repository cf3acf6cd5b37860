//! Permutation p value of a rank test: its statistic over all assignments of the group labels to the rows, or over a
//! random sample of them.

use super::Labels;
use super::kaplan_meier::split;
use super::log_rank::{EventTime, check, quadratic_form, variance_factor, walk};
use super::random::SplitMix;
use super::{FollowUp, Interval, RankTestError, RankWeight, normal_quantile, sorted_by};

/// Up to this many assignments are enumerated; of more, a sample is drawn.
pub const MOST_ASSIGNMENTS: u64 = 2_000_000;

/// Largest number of elementary steps over all assignments (some seconds); it limits the number of assignments.
const MOST_WORK: u64 = 2_000_000_000;

/// Fewer drawn assignments than this give no p value.
pub const FEWEST_ASSIGNMENTS: u64 = 200;

/// Statistics below the observed one by at most this part of it count as reaching it,
const TIE: f64 = 1e-12;

/// and so do those below it by at most this: a statistic of 0 may be rounding noise.
const NOISE: f64 = 1e-15;

/// How a permutation p value was computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PermutationMethod {
    /// All assignments were enumerated: p is exact.
    Enumeration,
    /// A random sample of assignments was drawn.
    MonteCarlo {
        /// The seed of the random numbers; the same seed gives the same result.
        seed: u64,
        /// 95 % confidence interval of the exact p (Wilson 1927).
        interval: Interval,
    },
}

/// A permutation p value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permutation {
    /// The fraction of assignments whose chi2 reaches the observed one; for a sample, the observed one is added to both
    /// counts.
    pub p: f64,
    /// Number of assignments enumerated or drawn.
    pub assignments: u64,
    /// Number of them whose statistic reaches the observed one.
    pub reached: u64,
    /// True if fewer were drawn than requested, as more would take too long.
    pub held_down: bool,
    /// How p was computed.
    pub method: PermutationMethod,
}

/// Computes the permutation p value of [`super::log_rank()`]'s statistic over all assignments of the labels to the rows
/// of a stratum that keep the group sizes; valid where censoring does not depend on the group.
///
/// All assignments are enumerated where there are at most [`MOST_ASSIGNMENTS`]; else `replicates` are drawn. Where that
/// would take more than some seconds, fewer are drawn ([`Permutation::held_down`]). An assignment reaches the observed
/// statistic if its own is at least (1 − 1e-12) times as large. `None` where the observed statistic does not exist.
/// O(rows + event times·k²) for each assignment.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, RankWeight, permutation_test};
///
/// // By hand: 6 over 3 is 20 ways to choose a group of three; only the two that separate early from late events reach
/// // the observed statistic. R: survdiff over combn(6, 3)
/// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![1; 6]).unwrap();
/// let groups = Labels::of(&["high", "high", "high", "low", "low", "low"]);
/// let found = permutation_test(&follow_up, &groups, None, RankWeight::LogRank, 1000, 1).unwrap().unwrap();
/// assert_eq!((found.reached, found.assignments, found.p), (2, 20, 0.1));
/// ```
///
/// # Errors
/// [`RankTestError`]; [`RankTestError::TooLongToPermute`] where not even [`FEWEST_ASSIGNMENTS`] could be drawn.
pub fn permutation_test(
    follow_up: &FollowUp,
    groups: &Labels,
    strata: Option<&Labels>,
    weight: RankWeight,
    replicates: u64,
    seed: u64,
) -> Result<Option<Permutation>, RankTestError> {
    check(follow_up, groups, strata, weight)?;
    let mut plan = Plan::new(follow_up, groups, strata, weight);
    let observed = plan.chi2();
    if observed <= 0.0 && super::log_rank(follow_up, groups, strata, weight)?.test.is_none() {
        return Ok(None);
    }
    let reaches = observed * (1.0 - TIE) - NOISE;
    let most = MOST_WORK / plan.work();
    if plan.assignments(MOST_ASSIGNMENTS.min(most)).is_some() {
        return Ok(Some(plan.enumerate(reaches)));
    }
    let replicates = replicates.max(1);
    if most < replicates.min(FEWEST_ASSIGNMENTS) {
        return Err(RankTestError::TooLongToPermute { groups: groups.len() });
    }
    Ok(Some(Permutation {
        held_down: most < replicates,
        ..plan.sample(reaches, replicates.min(most), seed)
    }))
}

/// The parts of the statistic that do not depend on the labels, and the labels.
struct Plan {
    k: usize,
    /// Rows in the order of their strata, as indices of event times.
    rows: Vec<Span>,
    /// Label of each of these rows.
    labels: Vec<u32>,
    /// End of each stratum in `rows`.
    strata: Vec<usize>,
    times: Vec<Pooled>,
    // Buffers of one assignment: changes of the number at risk, and events, of each group and time.
    change: Vec<i64>,
    events: Vec<i64>,
}

/// The event times at which a row is at risk, and that of its own event.
struct Span {
    from: usize,
    to: usize,
    event: Option<usize>,
}

/// An event time of one stratum over all groups.
struct Pooled {
    weight: f64,
    n: f64,
    d: f64,
}

impl Plan {
    fn new(follow_up: &FollowUp, groups: &Labels, strata: Option<&Labels>, weight: RankWeight) -> Self {
        let one = Labels::single(follow_up.len(), "");
        let strata = strata.unwrap_or(&one);
        let mut plan = Self {
            k: groups.len(),
            rows: Vec::with_capacity(follow_up.len()),
            labels: Vec::with_capacity(follow_up.len()),
            strata: Vec::new(),
            times: Vec::new(),
            change: Vec::new(),
            events: Vec::new(),
        };
        let by_entry = follow_up.entry().map(|entry| split(&sorted_by(entry), strata));
        for (stratum, rows) in split(follow_up.order(), strata).into_iter().enumerate() {
            let start = plan.times.len();
            let mut times: Vec<f64> = Vec::new();
            let entries = by_entry.as_ref().map(|lists| lists[stratum].as_slice());
            walk(follow_up, groups, &rows, entries, weight, &mut |at| {
                let EventTime { weight, n, d, .. } = *at;
                plan.times.push(Pooled { weight, n, d });
                times.push(at.time);
            });
            for row in rows {
                let row = row as usize;
                let time = follow_up.time()[row];
                let entry = follow_up.entry().map_or(f64::NEG_INFINITY, |entry| entry[row]);
                let to = start + times.partition_point(|&each| each <= time);
                plan.rows.push(Span {
                    from: start + times.partition_point(|&each| each <= entry),
                    to,
                    event: (follow_up.event()[row] != 0).then(|| to - 1),
                });
                plan.labels.push(groups.codes[row]);
            }
            plan.strata.push(plan.rows.len());
        }
        plan.change = vec![0; plan.k * (plan.times.len() + 1)];
        plan.events = vec![0; plan.k * (plan.times.len() + 1)];
        plan
    }

    /// Returns the elementary steps of one assignment: the rows, the counts of each event time, and for three groups or
    /// more the covariances at each and their factor.
    fn work(&self) -> u64 {
        let (rows, times, k) = (self.rows.len() as u64, self.times.len() as u64, self.k as u64);
        let covariances = if k == 2 { 0 } else { times * k * k + k * k * k };
        rows + 4 * k * times + covariances
    }

    /// Returns the statistic of the current labels; 0 where it does not exist.
    fn chi2(&mut self) -> f64 {
        self.change.fill(0);
        self.events.fill(0);
        for (span, &label) in self.rows.iter().zip(&self.labels) {
            let label = label as usize;
            self.change[span.from * self.k + label] += 1;
            self.change[span.to * self.k + label] -= 1;
            if let Some(event) = span.event {
                self.events[event * self.k + label] += 1;
            }
        }
        if self.k == 2 {
            self.chi2_of_two()
        } else {
            self.chi2_of_many()
        }
    }

    fn chi2_of_two(&self) -> f64 {
        let (mut at_risk, mut difference, mut variance) = (0_i64, 0.0, 0.0);
        let columns = self.change.chunks_exact(2).zip(self.events.chunks_exact(2));
        for (time, (change, events)) in self.times.iter().zip(columns) {
            // Rows left at the end of a stratum leave the risk set at the first time of the next one.
            at_risk += change[1];
            let share = at_risk as f64 / time.n;
            difference += time.weight * (events[1] as f64 - time.d * share);
            variance += variance_factor(time.weight, time.n, time.d) * share * (1.0 - share);
        }
        if variance > 0.0 {
            difference * difference / variance
        } else {
            0.0
        }
    }

    fn chi2_of_many(&self) -> f64 {
        let k = self.k;
        let mut at_risk = vec![0_i64; k];
        let mut difference = vec![0.0; k];
        let mut covariance = vec![0.0; k * k];
        let columns = self.change.chunks_exact(k).zip(self.events.chunks_exact(k));
        for (time, (change, events)) in self.times.iter().zip(columns) {
            let factor = variance_factor(time.weight, time.n, time.d);
            at_risk
                .iter_mut()
                .zip(change)
                .for_each(|(at_risk, change)| *at_risk += change);
            for g in 0..k {
                let share = at_risk[g] as f64 / time.n;
                difference[g] += time.weight * (events[g] as f64 - time.d * share);
                if share == 0.0 {
                    continue;
                }
                let row = covariance[g * k..(g + 1) * k].iter_mut().zip(&at_risk);
                for (h, (covariance, at_risk)) in row.enumerate() {
                    *covariance += factor * share * (f64::from(g == h) - *at_risk as f64 / time.n);
                }
            }
        }
        quadratic_form(&difference, &covariance, &vec![true; k]).map_or(0.0, |test| test.chi2)
    }

    /// Returns the number of different assignments, where it is at most `most`.
    fn assignments(&self, most: u64) -> Option<u64> {
        let (mut product, mut start) = (1.0_f64, 0);
        for &end in &self.strata {
            let mut sizes = vec![0_usize; self.k];
            self.labels[start..end]
                .iter()
                .for_each(|&label| sizes[label as usize] += 1);
            let mut left = end - start;
            for size in sizes {
                product = (product * choose(left, size.min(left - size), most as f64)).round();
                left -= size;
                if product > most as f64 {
                    return None;
                }
            }
            start = end;
        }
        Some(product as u64)
    }

    fn enumerate(&mut self, reaches: f64) -> Permutation {
        let (mut reached, mut assignments) = (0, 0);
        let mut start = 0;
        for &end in &self.strata {
            self.labels[start..end].sort_unstable();
            start = end;
        }
        loop {
            assignments += 1;
            reached += u64::from(self.chi2() >= reaches);
            if !self.advance() {
                break;
            }
        }
        Permutation {
            p: reached as f64 / assignments as f64,
            assignments,
            reached,
            held_down: false,
            method: PermutationMethod::Enumeration,
        }
    }

    /// Moves to the next assignment: the first stratum whose labels have a next permutation takes it, those before it
    /// restart.
    fn advance(&mut self) -> bool {
        let mut start = 0;
        for &end in &self.strata {
            if next_order(&mut self.labels[start..end]) {
                return true;
            }
            start = end;
        }
        false
    }

    fn sample(&mut self, reaches: f64, replicates: u64, seed: u64) -> Permutation {
        let mut random = SplitMix::new(seed);
        let mut reached = 0;
        for _ in 0..replicates {
            let mut start = 0;
            for &end in &self.strata {
                random.shuffle(&mut self.labels[start..end]);
                start = end;
            }
            reached += u64::from(self.chi2() >= reaches);
        }
        Permutation {
            p: (reached + 1) as f64 / (replicates + 1) as f64,
            assignments: replicates,
            reached,
            held_down: false,
            method: PermutationMethod::MonteCarlo {
                seed,
                interval: wilson(reached as f64, replicates as f64),
            },
        }
    }
}

/// Returns n over k, or some number above `most` where it is above `most`.
fn choose(n: usize, k: usize, most: f64) -> f64 {
    let mut product = 1.0;
    for i in 0..k {
        product = product * (n - i) as f64 / (i + 1) as f64;
        if product > most {
            return product;
        }
    }
    product.round()
}

/// Moves to the next permutation of labels, some of them equal; after the last returns `false` and restores the first.
fn next_order(labels: &mut [u32]) -> bool {
    let Some(turn) = labels.windows(2).rposition(|pair| pair[0] < pair[1]) else {
        labels.reverse();
        return false;
    };
    let larger = labels.iter().rposition(|&label| label > labels[turn]).unwrap_or(turn);
    labels.swap(turn, larger);
    labels[turn + 1..].reverse();
    true
}

/// Returns Wilson's 95 % interval of a proportion.
fn wilson(reached: f64, n: f64) -> Interval {
    let z = normal_quantile(0.975);
    let (p, z2) = (reached / n, z * z);
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Interval {
        lower: (centre - reach).max(0.0),
        upper: (centre + reach).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::log_rank;

    fn exact(time: &[f64], event: &[u32], groups: &[&str], weight: RankWeight) -> Permutation {
        let follow_up = FollowUp::new(time.to_vec(), event.to_vec()).unwrap();
        permutation_test(&follow_up, &Labels::of(groups), None, weight, 1000, 1)
            .unwrap()
            .unwrap()
    }

    /// Events at 1, 2, 3, 4, the first two in a: of the six ways only aabb and bbaa are so far out.
    #[test]
    fn by_hand() {
        let found = exact(
            &[1.0, 2.0, 3.0, 4.0],
            &[1; 4],
            &["a", "a", "b", "b"],
            RankWeight::LogRank,
        );
        assert_eq!((found.assignments, found.reached), (6, 2));
        assert_eq!(found.p, 1.0 / 3.0);
    }

    /// Tests every subset, enumerated by its bits.
    #[test]
    fn equals_enumeration_by_subsets() {
        let time = [3.0, 5.0, 5.0, 8.0, 9.0, 12.0, 12.0, 13.0, 20.0];
        let event = [1, 1, 0, 1, 1, 1, 1, 0, 1];
        let groups = ["a", "b", "a", "a", "b", "a", "b", "b", "b"];
        let follow_up = FollowUp::new(time.to_vec(), event.to_vec()).unwrap();
        for weight in [RankWeight::LogRank, RankWeight::Gehan, RankWeight::Peto] {
            let chi2 = |groups: &[&str]| {
                let test = log_rank(&follow_up, &Labels::of(groups), None, weight).unwrap();
                test.test.map_or(0.0, |test| test.chi2)
            };
            let observed = chi2(&groups);
            let subsets = (0_u32..1 << 9).filter(|subset| subset.count_ones() == 4);
            let all: Vec<f64> = subsets
                .map(|subset| {
                    let groups: Vec<&str> = (0..9)
                        .map(|row| if subset >> row & 1 == 1 { "a" } else { "b" })
                        .collect();
                    chi2(&groups)
                })
                .collect();
            let reached = all.iter().filter(|&&each| each >= observed * (1.0 - TIE)).count();
            let found = exact(&time, &event, &groups, weight);
            assert_eq!((found.assignments, found.reached), (all.len() as u64, reached as u64));
        }
    }

    #[test]
    fn orders_come_round() {
        let mut labels = [0, 0, 1, 2];
        let mut count = 1;
        while next_order(&mut labels) {
            count += 1;
        }
        assert_eq!((count, labels), (12, [0, 0, 1, 2]));
    }

    /// A sample finds about the p of the enumeration, and the same again from the same seed.
    #[test]
    fn a_sample_is_near() {
        let follow_up = FollowUp::new((1..=12).map(f64::from).collect(), vec![1; 12]).unwrap();
        let groups = Labels::of(&["a", "a", "a", "b", "a", "b", "a", "b", "b", "a", "b", "b"]);
        let mut plan = Plan::new(&follow_up, &groups, None, RankWeight::LogRank);
        let reaches = plan.chi2() * (1.0 - TIE);
        assert_eq!(plan.assignments(1000), Some(924));
        let exact = plan.enumerate(reaches).p;
        let sampled = plan.sample(reaches, 20_000, 7);
        let PermutationMethod::MonteCarlo { interval, .. } = sampled.method else {
            panic!("{sampled:?}")
        };
        assert!((sampled.p - exact).abs() < 0.02 && interval.lower < exact && exact < interval.upper);
        plan.labels.sort_unstable();
        let again = plan.sample(reaches, 500, 7);
        plan.labels.sort_unstable();
        assert_eq!(plan.sample(reaches, 500, 7), again);
    }

    /// The work is that of event times and groups, not of rows: many groups are refused at once, fewer are held down.
    #[test]
    fn many_groups_are_refused_or_held_down() {
        let n = 4_000;
        let follow_up = FollowUp::new((1..=n).map(f64::from).collect(), vec![1; n as usize]).unwrap();
        let groups = |k: u32| Labels {
            codes: (0..n as u32).map(|row| row % k).collect(),
            names: (0..k).map(|group| group.to_string()).collect(),
        };
        let of = |k, replicates| permutation_test(&follow_up, &groups(k), None, RankWeight::LogRank, replicates, 1);
        assert_eq!(of(200, 10_000), Err(RankTestError::TooLongToPermute { groups: 200 }));
        assert_eq!(of(64, 10_000), Err(RankTestError::TooLongToPermute { groups: 64 }));
        let few = of(64, 3).unwrap().unwrap();
        assert_eq!((few.assignments, few.held_down), (3, false));
        let most = |k: u32| MOST_WORK / Plan::new(&follow_up, &groups(k), None, RankWeight::LogRank).work();
        assert!(most(2) > 50_000 && most(8) > 5_000 && most(64) < FEWEST_ASSIGNMENTS);
    }

    /// With strata and three groups, against a separate test for each assignment of the first stratum's labels; the
    /// second stratum has one row and so one assignment.
    #[test]
    fn strata_and_several_groups() {
        let time = [2.0, 3.0, 5.0, 7.0, 11.0, 4.0];
        let follow_up = FollowUp::new(time.to_vec(), vec![1, 1, 1, 0, 1, 1]).unwrap();
        let groups = Labels::of(&["a", "b", "c", "a", "c", "b"]);
        let strata = Labels::of(&["x", "x", "x", "x", "x", "y"]);
        let weight = RankWeight::LogRank;
        let chi2 = |groups: &Labels| {
            let test = log_rank(&follow_up, groups, Some(&strata), weight).unwrap();
            test.test.map_or(0.0, |test| test.chi2)
        };
        let observed = chi2(&groups);
        let mut labels = groups.clone();
        labels.codes[..5].sort_unstable();
        let (mut count, mut reached) = (0, 0);
        loop {
            count += 1;
            reached += u64::from(chi2(&labels) >= observed * (1.0 - TIE));
            if !next_order(&mut labels.codes[..5]) {
                break;
            }
        }
        let found = permutation_test(&follow_up, &groups, Some(&strata), weight, 1, 1)
            .unwrap()
            .unwrap();
        assert_eq!((found.assignments, found.reached), (count, reached));
        let censored = FollowUp::new(time.to_vec(), vec![0; 6]).unwrap();
        assert_eq!(permutation_test(&censored, &groups, None, weight, 1, 1), Ok(None));
    }
}

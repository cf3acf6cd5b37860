//! Weighted log-rank tests: k groups, strata, delayed entry, trend, pairs.

use super::Labels;
use super::kaplan_meier::split;
use super::{FollowUp, LabelsError, Multiplicity, check_labels, chi_square_upper, sorted_by};

/// The largest number of groups in one test; the covariance matrix grows with its square.
pub const MOST_GROUPS: usize = 200;

/// The weight W(t) of an event time, with n at risk and d events, both over all groups of the stratum.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum RankWeight {
    /// 1: the log-rank test (Mantel 1966). R: `survdiff`.
    #[default]
    LogRank,
    /// n: the generalised Wilcoxon test of Gehan and Breslow.
    Gehan,
    /// √n: the test of Tarone and Ware 1977.
    TaroneWare,
    /// S̃(t) = ∏ over t_j ≤ t of (1 − d_j/(n_j + 1)), the event at t included: Peto and Peto 1972.
    Peto,
    /// Ŝ(t−)^ρ (1 − Ŝ(t−))^γ with the pooled Kaplan–Meier estimate just before t: Fleming and Harrington. With γ = 0
    /// this is R's `survdiff(rho = ρ)`.
    FlemingHarrington {
        /// Exponent ρ of Ŝ, at least 0.
        rho: f64,
        /// Exponent γ of 1 − Ŝ, at least 0.
        gamma: f64,
    },
}

/// Why a rank test cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RankTestError {
    /// The group labels do not fit the rows.
    #[error("groups: {0}")]
    Groups(LabelsError),
    /// The stratum labels do not fit the rows.
    #[error("strata: {0}")]
    Strata(LabelsError),
    /// There are fewer than two groups.
    #[error("fewer than two groups")]
    OneGroup,
    /// More than [`MOST_GROUPS`].
    #[error("{found} groups")]
    TooManyGroups {
        /// Number of groups.
        found: usize,
    },
    /// The follow-up has case weights, for which the variance of these tests is not defined.
    #[error("the test has no variance with case weights")]
    Weighted,
    /// ρ or γ is not finite or is below 0.
    #[error("an exponent that is not finite or below 0")]
    BadExponent,
    /// Even a few permutations of this many rows and groups would take more than some seconds.
    #[error("too many rows to permute {groups} groups")]
    TooLongToPermute {
        /// Number of groups.
        groups: usize,
    },
}

/// The result of a chi-square test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquare {
    /// The test statistic.
    pub chi2: f64,
    /// Its degrees of freedom, at least 1.
    pub df: u32,
    /// P value, the upper tail of chi-square.
    pub p: f64,
}

/// Counts of one group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GroupCount {
    /// Number of rows.
    pub rows: usize,
    /// Number of events.
    pub events: u64,
    /// Weighted observed events, Σ W·d_g: the number of events where W = 1.
    pub observed: f64,
    /// Weighted expected events, Σ W·d·n_g/n.
    pub expected: f64,
}

/// The result of a weighted log-rank test.
#[derive(Debug, Clone, PartialEq)]
pub struct RankTest {
    /// Counts, in the order of the groups' names.
    pub groups: Vec<GroupCount>,
    /// The test of equal hazards; `None` where it does not exist ([`RankTest::tested`] gives the reason).
    pub test: Option<ChiSquare>,
    /// Covariance of observed less expected, row by row.
    covariance: Vec<f64>,
}

/// A test of two of several groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Position of the first group of the pair.
    pub first: usize,
    /// Position of the second group.
    pub second: usize,
    /// The test of the rows of these two groups, or why there is none.
    pub test: Result<ChiSquare, NoRankTest>,
    /// p after Holm's correction for the pairs that have a test.
    pub holm_p: Option<f64>,
}

/// Computes the weighted log-rank test of the groups, stratified where `strata` are given.
///
/// With U_g = Σ W(d_g − d·n_g/n) and V_gh = Σ W²·d(n − d)/(n − 1)·(n_g/n)(δ_gh − n_h/n) over event times (and strata),
/// chi2 = U'V⁻U; df is the rank of V: one less than the number of groups with expected events, unless groups are never
/// at risk together. Equal to R's `survdiff` (for the weights that it has) to 1e-10. Event code 0 is censoring, any
/// other an event. O(n·k + events·k²) after the sort, k groups.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, RankWeight, log_rank};
///
/// // R: survdiff(Surv(time, event) ~ group)
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
/// let groups = Labels::of(&["high", "low", "high", "high", "high", "low", "high", "low", "low", "low"]);
/// let found = log_rank(&follow_up, &groups, None, RankWeight::LogRank).unwrap();
/// assert_eq!((found.groups[0].observed, found.groups[1].observed), (4.0, 3.0));
/// assert!((found.groups[0].expected - 2.027_777_777_778).abs() < 1e-11);
/// let test = found.tested().unwrap();
/// assert_eq!(test.df, 1);
/// assert!((test.chi2 - 3.362_908_605_74).abs() < 1e-10 && (test.p - 0.066_680_199_133).abs() < 1e-11);
/// ```
///
/// # Errors
/// [`RankTestError`].
pub fn log_rank(
    follow_up: &FollowUp,
    groups: &Labels,
    strata: Option<&Labels>,
    weight: RankWeight,
) -> Result<RankTest, RankTestError> {
    check(follow_up, groups, strata, weight)?;
    let k = groups.len();
    let mut test = RankTest {
        groups: vec![GroupCount::default(); k],
        test: None,
        covariance: vec![0.0; k * k],
    };
    for (&code, &event) in groups.codes.iter().zip(follow_up.event()) {
        let group = &mut test.groups[code as usize];
        group.rows += 1;
        group.events += u64::from(event != 0);
    }
    each_event_time(follow_up, groups, strata, weight, |at| test.add(at));
    let difference: Vec<f64> = test
        .groups
        .iter()
        .map(|group| group.observed - group.expected)
        .collect();
    let present: Vec<bool> = test.groups.iter().map(|group| group.expected > 0.0).collect();
    test.test = quadratic_form(&difference, &test.covariance, &present);
    Ok(test)
}

/// An event time of one stratum.
pub(crate) struct EventTime<'a> {
    /// Time of the events.
    pub time: f64,
    /// The weight W(t) of the event time, 1 for the log-rank test.
    pub weight: f64,
    /// Number at risk in each group.
    pub at_risk: &'a [u64],
    /// Number of events in each group.
    pub events: &'a [u64],
    /// Number at risk in all groups.
    pub n: f64,
    /// Number of events in all groups.
    pub d: f64,
}

impl EventTime<'_> {
    /// W²·d(n − d)/(n − 1), 0 for a single one at risk.
    pub fn variance_factor(&self) -> f64 {
        variance_factor(self.weight, self.n, self.d)
    }
}

/// W²·d(n − d)/(n − 1), 0 for a single one at risk.
pub(crate) fn variance_factor(weight: f64, n: f64, d: f64) -> f64 {
    if n > 1.0 {
        weight * weight * d * (n - d) / (n - 1.0)
    } else {
        0.0
    }
}

/// Why a rank test has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRankTest {
    /// No row has an event.
    #[error("no event")]
    NoEvent,
    /// At each event time everybody at risk is in one group or has the event, or the weight is 0.
    #[error("the statistic has no variance")]
    NoVariance,
}

impl RankTest {
    /// Returns the test, or why there is none.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, Labels, NoRankTest, RankWeight, log_rank};
    ///
    /// // Nobody has an event.
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![0, 0]).unwrap();
    /// let found = log_rank(&follow_up, &Labels::of(&["a", "b"]), None, RankWeight::LogRank).unwrap();
    /// assert_eq!(found.tested(), Err(NoRankTest::NoEvent));
    /// ```
    ///
    /// # Errors
    /// [`NoRankTest`].
    pub fn tested(&self) -> Result<ChiSquare, NoRankTest> {
        self.test
            .ok_or_else(|| match self.groups.iter().all(|group| group.events == 0) {
                true => NoRankTest::NoEvent,
                false => NoRankTest::NoVariance,
            })
    }

    fn add(&mut self, at: &EventTime) {
        let k = self.groups.len();
        let factor = at.variance_factor();
        for (g, group) in self.groups.iter_mut().enumerate() {
            if at.at_risk[g] == 0 {
                continue;
            }
            let share = at.at_risk[g] as f64 / at.n;
            group.observed += at.weight * at.events[g] as f64;
            group.expected += at.weight * at.d * share;
            let row = &mut self.covariance[g * k..(g + 1) * k];
            for (h, cell) in row.iter_mut().enumerate() {
                let other = at.at_risk[h] as f64 / at.n;
                *cell += factor * share * (f64::from(g == h) - other);
            }
        }
    }

    /// Returns the covariance of observed less expected events of two groups; `None` for a position that does not
    /// exist.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, Labels, RankWeight, log_rank};
    ///
    /// // By hand: one event with one of each group at risk, V = 1 · (1/2) · (1 − 1/2).
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
    /// let found = log_rank(&follow_up, &Labels::of(&["a", "b"]), None, RankWeight::LogRank).unwrap();
    /// assert_eq!((found.covariance(0, 0), found.covariance(0, 1)), (Some(0.25), Some(-0.25)));
    /// ```
    #[must_use]
    pub fn covariance(&self, first: usize, second: usize) -> Option<f64> {
        let k = self.groups.len();
        (first < k && second < k).then(|| self.covariance[first * k + second])
    }

    /// Returns the test for trend over the groups with these scores (1, 2, … where there are no others):
    /// (Σ s_g U_g)²/Σ s_g s_h V_gh on one degree of freedom (Tarone 1975). Without ties it is the score test of R's
    /// `coxph` with the score as a number. `None` where the number of scores is wrong or the variance is 0.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, Labels, RankWeight, log_rank};
    ///
    /// // R: fit <- survdiff(Surv(time, event) ~ grade); U <- fit$obs - fit$exp; s <- 1:3
    /// //    sum(s * U)^2 / (t(s) %*% fit$var %*% s)
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
    /// let grade = Labels::of(&["3", "1", "2", "3", "3", "1", "2", "1", "2", "1"]);
    /// let found = log_rank(&follow_up, &grade, None, RankWeight::LogRank).unwrap();
    /// let trend = found.trend(&[1.0, 2.0, 3.0]).unwrap();
    /// assert_eq!(trend.df, 1);
    /// assert!((trend.chi2 - 1.287_741_844_19).abs() < 1e-10 && (trend.p - 0.256_464_517_4).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn trend(&self, scores: &[f64]) -> Option<ChiSquare> {
        let k = self.groups.len();
        if scores.len() != k {
            return None;
        }
        // Centred scores give the same sums and lose fewer digits.
        let mean = scores.iter().sum::<f64>() / k as f64;
        let scores: Vec<f64> = scores.iter().map(|score| score - mean).collect();
        let sum: f64 = self
            .groups
            .iter()
            .zip(&scores)
            .map(|(group, score)| score * (group.observed - group.expected))
            .sum();
        let variance: f64 = (0..k * k)
            .map(|cell| self.covariance[cell] * scores[cell / k] * scores[cell % k])
            .sum();
        let largest = (0..k)
            .map(|g| self.covariance[g * k + g] * scores[g] * scores[g])
            .fold(0.0, f64::max);
        (variance.is_finite() && variance > largest * NO_PIVOT).then(|| ChiSquare::new(sum * sum / variance, 1))
    }
}

impl ChiSquare {
    /// Returns the test of a statistic with `df` degrees of freedom.
    ///
    /// ```
    /// use cotside_core::survival::ChiSquare;
    ///
    /// // R: pchisq(5.99, 2, lower.tail = FALSE)
    /// assert!((ChiSquare::new(5.99, 2).p - 0.050_036_627_087).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn new(chi2: f64, df: u32) -> Self {
        Self {
            chi2,
            df,
            p: chi_square_upper(chi2, f64::from(df)),
        }
    }
}

/// Tests all pairs of groups, each with the rows of the two alone, in the order (0, 1), (0, 2), …, (1, 2), …; P values
/// are corrected by Holm 1979.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, RankWeight, pairwise_log_rank};
///
/// // R: survdiff of the rows of each pair; p.adjust(p, "holm")
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
/// let grade = Labels::of(&["3", "1", "2", "3", "3", "1", "2", "1", "2", "1"]);
/// let pairs = pairwise_log_rank(&follow_up, &grade, None, RankWeight::LogRank).unwrap();
/// assert_eq!(pairs.iter().map(|pair| (pair.first, pair.second)).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
/// let second = pairs[1].test.unwrap();
/// assert!((second.p - 0.221_991_873_697).abs() < 1e-10);
/// assert!((pairs[1].holm_p.unwrap() - 0.665_975_621_091).abs() < 1e-10);
/// ```
///
/// # Errors
/// [`RankTestError`].
pub fn pairwise_log_rank(
    follow_up: &FollowUp,
    groups: &Labels,
    strata: Option<&Labels>,
    weight: RankWeight,
) -> Result<Vec<Pair>, RankTestError> {
    check(follow_up, groups, strata, weight)?;
    let k = groups.len();
    let mut pairs = Vec::new();
    for first in 0..k {
        for second in first + 1..k {
            let belongs = |&row: &usize| [first, second].contains(&(groups.codes[row] as usize));
            let rows: Vec<usize> = (0..follow_up.len()).filter(belongs).collect();
            let test = match follow_up.subset(&rows) {
                Some(part) => {
                    let both = pick(groups, &rows);
                    let strata = strata.map(|strata| pick(strata, &rows));
                    log_rank(&part, &both, strata.as_ref(), weight)?.tested()
                }
                None => Err(NoRankTest::NoEvent),
            };
            pairs.push(Pair {
                first,
                second,
                test,
                holm_p: None,
            });
        }
    }
    holm(&mut pairs);
    Ok(pairs)
}

fn pick(labels: &Labels, rows: &[usize]) -> Labels {
    Labels {
        codes: rows.iter().map(|&row| labels.codes[row]).collect(),
        names: labels.names.clone(),
    }
}

fn holm(pairs: &mut [Pair]) {
    let p: Vec<Option<f64>> = pairs.iter().map(|pair| Some(pair.test.ok()?.p)).collect();
    for (pair, holm_p) in pairs.iter_mut().zip(Multiplicity::Holm.adjusted(&p)) {
        pair.holm_p = holm_p;
    }
}

pub(crate) fn check(
    follow_up: &FollowUp,
    groups: &Labels,
    strata: Option<&Labels>,
    weight: RankWeight,
) -> Result<(), RankTestError> {
    check_labels(follow_up, groups).map_err(RankTestError::Groups)?;
    if let Some(strata) = strata {
        check_labels(follow_up, strata).map_err(RankTestError::Strata)?;
    }
    if groups.len() < 2 {
        return Err(RankTestError::OneGroup);
    }
    if groups.len() > MOST_GROUPS {
        return Err(RankTestError::TooManyGroups { found: groups.len() });
    }
    if follow_up.weight().is_some() {
        return Err(RankTestError::Weighted);
    }
    if let RankWeight::FlemingHarrington { rho, gamma } = weight
        && !(rho >= 0.0 && gamma >= 0.0 && rho.is_finite() && gamma.is_finite())
    {
        return Err(RankTestError::BadExponent);
    }
    Ok(())
}

/// Calls `each` with every event time of each stratum, ascending in time.
fn each_event_time(
    follow_up: &FollowUp,
    groups: &Labels,
    strata: Option<&Labels>,
    weight: RankWeight,
    mut visit: impl FnMut(&EventTime),
) {
    let by_entry = follow_up.entry().map(sorted_by);
    match strata {
        None => walk(
            follow_up,
            groups,
            follow_up.order(),
            by_entry.as_deref(),
            weight,
            &mut visit,
        ),
        Some(strata) => {
            let by_time = split(follow_up.order(), strata);
            let by_entry = by_entry.map(|order| split(&order, strata));
            for (stratum, rows) in by_time.iter().enumerate() {
                let entries = by_entry.as_ref().map(|lists| lists[stratum].as_slice());
                walk(follow_up, groups, rows, entries, weight, &mut visit);
            }
        }
    }
}

/// Processes the rows of a stratum once, ascending in time and in entry.
pub(crate) fn walk(
    follow_up: &FollowUp,
    groups: &Labels,
    by_time: &[u32],
    by_entry: Option<&[u32]>,
    weight: RankWeight,
    visit: &mut impl FnMut(&EventTime),
) {
    let group = |row: u32| groups.codes[row as usize] as usize;
    let time = |row: u32| follow_up.time()[row as usize];
    let mut at_risk = vec![0_u64; groups.len()];
    let mut events = vec![0_u64; groups.len()];
    let mut entering = by_entry.unwrap_or_default().iter().peekable();
    if by_entry.is_none() {
        by_time.iter().for_each(|&row| at_risk[group(row)] += 1);
    }
    let mut pooled = Pooled::new(weight);
    let mut rest = by_time;
    while let Some(&first) = rest.first() {
        let now = time(first);
        if let Some(entry) = follow_up.entry() {
            while let Some(&row) = entering.next_if(|&&row| entry[row as usize] < now) {
                at_risk[group(row)] += 1;
            }
        }
        let ending = rest.iter().take_while(|&&row| time(row) == now).count();
        let (here, later) = rest.split_at(ending);
        rest = later;
        events.fill(0);
        for &row in here {
            events[group(row)] += u64::from(follow_up.event()[row as usize] != 0);
        }
        let d = events.iter().sum::<u64>();
        if d > 0 {
            let (n, d) = (at_risk.iter().sum::<u64>() as f64, d as f64);
            visit(&EventTime {
                time: now,
                weight: pooled.next(n, d),
                at_risk: &at_risk,
                events: &events,
                n,
                d,
            });
        }
        here.iter().for_each(|&row| at_risk[group(row)] -= 1);
    }
}

/// The pooled survival curve from which some weights are computed.
struct Pooled {
    weight: RankWeight,
    survival: f64,
    peto: f64,
}

impl Pooled {
    fn new(weight: RankWeight) -> Self {
        Self {
            weight,
            survival: 1.0,
            peto: 1.0,
        }
    }

    /// Returns the weight of the next event time.
    fn next(&mut self, n: f64, d: f64) -> f64 {
        let before = self.survival;
        self.survival *= (n - d) / n;
        self.peto *= 1.0 - d / (n + 1.0);
        match self.weight {
            RankWeight::LogRank => 1.0,
            RankWeight::Gehan => n,
            RankWeight::TaroneWare => n.sqrt(),
            RankWeight::Peto => self.peto,
            RankWeight::FlemingHarrington { rho, gamma } => libm::pow(before, rho) * libm::pow(1.0 - before, gamma),
        }
    }
}

/// A pivot below this part of its variance counts as 0: the group's difference is determined by the others.
const NO_PIVOT: f64 = 1e-11;

/// Returns U'V⁻U over the groups present, by elimination; groups whose difference is determined by others are skipped.
/// `None` where the rank is 0.
pub(crate) fn quadratic_form(difference: &[f64], covariance: &[f64], present: &[bool]) -> Option<ChiSquare> {
    let k = difference.len();
    let kept: Vec<usize> = (0..k).filter(|&g| present[g]).skip(1).collect();
    let m = kept.len();
    let mut matrix: Vec<f64> = Vec::with_capacity(m * m);
    for &g in &kept {
        matrix.extend(kept.iter().map(|&h| covariance[g * k + h]));
    }
    let mut u: Vec<f64> = kept.iter().map(|&g| difference[g]).collect();
    let (mut chi2, mut rank) = (0.0, 0);
    for pivot in 0..m {
        let variance = matrix[pivot * m + pivot];
        let own = covariance[kept[pivot] * k + kept[pivot]];
        if !(variance > own * NO_PIVOT && variance.is_finite()) {
            continue;
        }
        chi2 += u[pivot] * u[pivot] / variance;
        rank += 1;
        for row in pivot + 1..m {
            let factor = matrix[row * m + pivot] / variance;
            for column in pivot + 1..m {
                matrix[row * m + column] -= factor * matrix[pivot * m + column];
            }
            u[row] -= factor * u[pivot];
        }
    }
    (rank > 0 && chi2.is_finite()).then(|| ChiSquare::new(chi2, rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-13, "{found} {expected}");
    }

    /// a: 1, 3; b: 2, 4; all events. At 1: 2 of 4 at risk in a; at 2: 1 of 3; at 3: 1 of 2; at 4: 0 of 1.
    #[test]
    fn by_hand() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1; 4]).unwrap();
        let groups = Labels::of(&["a", "b", "a", "b"]);
        let test = log_rank(&follow_up, &groups, None, RankWeight::LogRank).unwrap();
        let expected = 0.5 + 1.0 / 3.0 + 0.5;
        close(test.groups[0].expected, expected);
        let variance = 0.25 + 2.0 / 9.0 + 0.25;
        close(test.covariance(0, 0).unwrap(), variance);
        let found = test.test.unwrap();
        close(found.chi2, (2.0 - expected) * (2.0 - expected) / variance);
        assert_eq!(found.df, 1);
        close(test.trend(&[1.0, 2.0]).unwrap().chi2, found.chi2);
        let gehan = log_rank(&follow_up, &groups, None, RankWeight::Gehan).unwrap();
        // 4·(1 − 1/2) + 3·(0 − 1/3) + 2·(1 − 1/2) = 2.
        close(gehan.groups[0].observed - gehan.groups[0].expected, 2.0);
    }

    #[test]
    fn without_events_or_comparable_groups_there_is_no_test() {
        let groups = Labels::of(&["a", "b", "a", "b"]);
        let weight = RankWeight::LogRank;
        let censored = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![0; 4]).unwrap();
        assert_eq!(log_rank(&censored, &groups, None, weight).unwrap().test, None);
        let together = FollowUp::new(vec![1.0; 4], vec![1; 4]).unwrap();
        let test = log_rank(&together, &groups, None, weight).unwrap();
        assert_eq!((test.test, test.trend(&[1.0, 2.0])), (None, None));
        let apart = FollowUp::with_entry(vec![0.0, 5.0, 0.0, 5.0], vec![1.0, 6.0, 2.0, 7.0], vec![1; 4]).unwrap();
        assert_eq!(log_rank(&apart, &groups, None, weight).unwrap().test, None);
    }

    #[test]
    fn what_cannot_be_tested_is_named() {
        let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1; 2]).unwrap();
        let groups = Labels::of(&["a", "b"]);
        let of = |follow_up: &FollowUp, groups: &Labels, weight| log_rank(follow_up, groups, None, weight).unwrap_err();
        assert_eq!(
            of(&follow_up, &Labels::single(2, "a"), RankWeight::LogRank),
            RankTestError::OneGroup
        );
        let bad = RankWeight::FlemingHarrington { rho: -1.0, gamma: 0.0 };
        assert_eq!(of(&follow_up, &groups, bad), RankTestError::BadExponent);
        let weighted = follow_up.weighted(vec![1.0, 2.0]).unwrap();
        assert_eq!(of(&weighted, &groups, RankWeight::LogRank), RankTestError::Weighted);
    }

    /// R: p.adjust(c(0.01, 0.04, 0.03), "holm") is 0.03, 0.06, 0.06.
    #[test]
    fn holm_steps_down() {
        let pair = |p: f64| Pair {
            first: 0,
            second: 1,
            test: Ok(ChiSquare { chi2: 1.0, df: 1, p }),
            holm_p: None,
        };
        let mut pairs = [pair(0.01), pair(0.04), pair(0.03)];
        holm(&mut pairs);
        let found: Vec<f64> = pairs.iter().filter_map(|pair| pair.holm_p).collect();
        assert_eq!(found, [0.03, 0.06, 0.06]);
    }

    /// Lee 2011: nine infants, survival without event in those younger than 6 months (patients 4 and 6) against the
    /// others. Events of patients 6 (12 months), 1 and 4 (22) in this order; the others without event at 36 months or
    /// more. The paper's P of 0.021 is Breslow's.
    #[test]
    fn severance_ages() {
        let time = vec![15.0, 40.0, 41.0, 22.0, 42.0, 12.0, 43.0, 44.0, 45.0];
        let event = vec![1, 0, 0, 1, 0, 1, 0, 0, 0];
        let age: Vec<&str> = ["old", "old", "old", "young", "old", "young", "old", "old", "old"].to_vec();
        let follow_up = FollowUp::new(time, event).unwrap();
        let p = |weight| {
            let test = log_rank(&follow_up, &Labels::of(&age), None, weight).unwrap();
            format!("{:.4}", test.test.unwrap().p)
        };
        assert_eq!(p(RankWeight::Gehan), "0.0209");
        assert_eq!(p(RankWeight::LogRank), "0.0176");
        assert_eq!(p(RankWeight::TaroneWare), "0.0192");
    }
}

//! Gray's test of equal cumulative incidence of a cause between groups.

use super::FollowUp;
use super::Labels;
use super::kaplan_meier::split;
use super::linear::Cholesky;
use super::p_value::chi_square_upper;

/// The largest number of groups in one test.
pub const MOST_GRAY_GROUPS: usize = 64;

/// The result of Gray's test of one cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrayTest {
    /// The number of the cause.
    pub cause: u32,
    /// The statistic, chi-square with `df` degrees of freedom where the incidences are the same.
    pub chi_square: f64,
    /// Degrees of freedom: number of groups less one.
    pub df: usize,
    /// P value, the upper tail of chi-square.
    pub p: f64,
}

/// Why there is no Gray's test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrayError {
    /// The number of labels differs from the number of rows.
    #[error("the labels do not fit the rows")]
    Labels,
    /// All rows are in one group.
    #[error("one group only")]
    OneGroup,
    /// More than [`MOST_GRAY_GROUPS`] groups.
    #[error("{found} groups")]
    TooManyGroups {
        /// Number of groups found.
        found: usize,
    },
    /// The follow-up has delayed entry or weights, for which the test is not defined.
    #[error("the test is defined neither for delayed entry nor for weights")]
    NeedsPlainRows,
    /// The statistic has no variance: no event of this cause, or a group that cannot have one.
    #[error("the statistic has no variance")]
    NoVariance,
}

/// Gray's K-sample test of one cause with ρ = 0, summed over strata.
///
/// Compares the groups' subdistribution hazards by weighted increments over the risk sets
/// R_g(t) = Y_g(t)·(1 − F_g(t−))/S_g(t−) (Gray, Ann Stat 1988;16:1141). Equal to the `Tests` of R's
/// `cmprsk::cuminc(time, event, group, strata)` to 1e-9. O(n·groups²) after the sort.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, gray_test};
///
/// // R: cmprsk::cuminc(time, cause, group)$Tests
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
/// let groups = Labels::of(&["high", "low", "high", "high", "high", "low", "high", "low", "low", "low"]);
/// let test = gray_test(&follow_up, &groups, &Labels::single(10, "all"), 1).unwrap();
/// assert_eq!(test.df, 1);
/// assert!((test.chi_square - 4.199_820_634_1).abs() < 1e-9 && (test.p - 0.040_428_255_3).abs() < 1e-9);
/// ```
///
/// # Errors
/// [`GrayError`].
pub fn gray_test(follow_up: &FollowUp, groups: &Labels, strata: &Labels, cause: u32) -> Result<GrayTest, GrayError> {
    let n = follow_up.len();
    if groups.codes.len() != n || strata.codes.len() != n {
        return Err(GrayError::Labels);
    }
    if follow_up.entry().is_some() || follow_up.weight().is_some() {
        return Err(GrayError::NeedsPlainRows);
    }
    let (codes, n_groups) = occurring(&groups.codes, groups.len()).ok_or(GrayError::Labels)?;
    match n_groups {
        0 | 1 => return Err(GrayError::OneGroup),
        found if found > MOST_GRAY_GROUPS => return Err(GrayError::TooManyGroups { found }),
        _ => {}
    }
    let mut rows = vec![Vec::new(); strata.len()];
    for &row in follow_up.order() {
        let stratum = strata.codes[row as usize] as usize;
        rows.get_mut(stratum).ok_or(GrayError::Labels)?.push(row as usize);
    }
    let df = n_groups - 1;
    let (mut score, mut variance) = (vec![0.0; df], vec![0.0; df * df]);
    for rows in &rows {
        Stratum::new(n_groups).add(follow_up, &codes, rows, cause, &mut score, &mut variance);
    }
    let factor = Cholesky::of(&variance, df).map_err(|_| GrayError::NoVariance)?;
    let chi_square = factor.quadratic_form(&score);
    Ok(GrayTest {
        cause,
        chi_square,
        df,
        p: chi_square_upper(chi_square, df as f64),
    })
}

/// Returns the score of the groups but the last and its variance by rows, summed over strata, for the groups that the
/// labels name: a group without rows has zeros. Rows need neither entry nor weights.
pub(crate) fn gray_sums(follow_up: &FollowUp, groups: &Labels, strata: &Labels, cause: u32) -> (Vec<f64>, Vec<f64>) {
    let df = groups.len().saturating_sub(1);
    let codes: Vec<usize> = groups.codes.iter().map(|&code| code as usize).collect();
    let (mut score, mut variance) = (vec![0.0; df], vec![0.0; df * df]);
    for rows in split(follow_up.order(), strata) {
        let rows: Vec<usize> = rows.iter().map(|&row| row as usize).collect();
        Stratum::new(groups.len()).add(follow_up, &codes, &rows, cause, &mut score, &mut variance);
    }
    (score, variance)
}

/// Returns the codes of the groups that have rows, renumbered from 0 without gaps, and the number of these groups.
pub(super) fn occurring(codes: &[u32], names: usize) -> Option<(Vec<usize>, usize)> {
    let mut place = vec![None; names];
    for &code in codes {
        *place.get_mut(code as usize)? = Some(0);
    }
    let mut next = 0;
    for place in place.iter_mut().flatten() {
        *place = next;
        next += 1;
    }
    let codes: Option<Vec<usize>> = codes.iter().map(|&code| place[code as usize]).collect();
    codes.map(|codes| (codes, next))
}

/// The state of one stratum at the current time. Names follow Gray (1988): S is the event-free fraction, F the
/// incidence of the cause, each just before the current time and after it.
struct Stratum {
    groups: usize,
    at_risk: Vec<f64>,
    free: Vec<f64>,
    free_before: Vec<f64>,
    incidence: Vec<f64>,
    incidence_before: Vec<f64>,
    /// Events of the cause and of the others at the current time, by group.
    own: Vec<f64>,
    other: Vec<f64>,
    gone: Vec<f64>,
    /// The pooled incidence before and after the current time.
    pooled_before: f64,
    pooled: f64,
    /// Covariance weights of the increments, current (a) and accumulated (c).
    a: Vec<f64>,
    c: Vec<f64>,
    /// Accumulated parts of the variance.
    v2: Vec<f64>,
    v3: Vec<f64>,
}

impl Stratum {
    fn new(groups: usize) -> Self {
        let zeros = vec![0.0; groups];
        let square = vec![0.0; groups * groups];
        Self {
            groups,
            at_risk: zeros.clone(),
            free: vec![1.0; groups],
            free_before: vec![1.0; groups],
            incidence: zeros.clone(),
            incidence_before: zeros.clone(),
            own: zeros.clone(),
            other: zeros.clone(),
            gone: zeros.clone(),
            pooled_before: 0.0,
            pooled: 0.0,
            a: square.clone(),
            c: square.clone(),
            v2: square,
            v3: zeros,
        }
    }

    /// Adds this stratum's score and variance of the groups but the last. `rows` ascend in time.
    fn add(
        &mut self,
        follow_up: &FollowUp,
        codes: &[usize],
        rows: &[usize],
        cause: u32,
        score: &mut [f64],
        variance: &mut [f64],
    ) {
        let (time, event) = (follow_up.time(), follow_up.event());
        rows.iter().for_each(|&row| self.at_risk[codes[row]] += 1.0);
        for tied in rows.chunk_by(|&a, &b| time[a] == time[b]) {
            for counts in [&mut self.own, &mut self.other, &mut self.gone] {
                counts.fill(0.0);
            }
            for &row in tied {
                let group = codes[row];
                self.gone[group] += 1.0;
                match event[row] {
                    0 => {}
                    failed if failed == cause => self.own[group] += 1.0,
                    _ => self.other[group] += 1.0,
                }
            }
            let events: f64 = self.own.iter().sum();
            if events > 0.0 || self.other.iter().any(|&count| count > 0.0) {
                self.step(events, score);
                if events > 0.0 {
                    self.add_own(events, variance);
                }
                self.add_other(variance);
                self.pooled_before = self.pooled;
                self.incidence_before.copy_from_slice(&self.incidence);
                self.free_before.copy_from_slice(&self.free);
            }
            for (at_risk, gone) in self.at_risk.iter_mut().zip(&self.gone) {
                *at_risk -= gone;
            }
        }
        let (df, groups) = (self.groups - 1, self.groups);
        for i in 0..df {
            for j in 0..df {
                for k in 0..groups {
                    let (ci, cj) = (self.c[i * groups + k], self.c[j * groups + k]);
                    variance[i * df + j] +=
                        ci * cj * self.v3[k] + ci * self.v2[j * groups + k] + cj * self.v2[i * groups + k];
                }
            }
        }
    }

    /// Updates the curves with the events of the current time, and adds the increments of the score.
    fn step(&mut self, events: f64, score: &mut [f64]) {
        let groups = self.groups;
        let (mut inverse_hazards, mut risk_total) = (0.0, 0.0);
        for g in 0..groups {
            let at_risk = self.at_risk[g];
            if at_risk > 0.0 {
                let before = self.free_before[g];
                self.free[g] = before * (at_risk - self.own[g] - self.other[g]) / at_risk;
                self.incidence[g] = self.incidence_before[g] + before * self.own[g] / at_risk;
                inverse_hazards += at_risk / before;
                risk_total += at_risk * (1.0 - self.incidence_before[g]) / before;
            }
        }
        self.pooled = self.pooled_before + events / inverse_hazards;
        let scale = events / (inverse_hazards * (1.0 - self.pooled_before));
        self.a.fill(0.0);
        // Where one group alone is at risk nothing is compared: what is left of the increments is rounding.
        if self.at_risk.iter().filter(|&&at_risk| at_risk > 0.0).count() < 2 {
            return;
        }
        for i in (0..groups).filter(|&i| self.at_risk[i] > 0.0) {
            let share = self.at_risk[i] / self.free_before[i];
            for j in (0..groups).filter(|&j| self.at_risk[j] > 0.0) {
                let other = self.at_risk[j] / self.free_before[j];
                let own = if i == j { share } else { 0.0 };
                let a = own - share * other / inverse_hazards;
                self.a[i * groups + j] = a;
                if events > 0.0 {
                    self.c[i * groups + j] += a * scale;
                }
            }
            if let Some(score) = score.get_mut(i) {
                *score += self.own[i] - events * share * (1.0 - self.incidence_before[i]) / risk_total;
            }
        }
    }

    /// Adds the variance due to events of the cause.
    fn add_own(&mut self, events: f64, variance: &mut [f64]) {
        let groups = self.groups;
        let inverse_hazards: f64 = (0..groups)
            .filter(|&g| self.at_risk[g] > 0.0)
            .map(|g| self.at_risk[g] / self.free_before[g])
            .sum();
        for k in (0..groups).filter(|&k| self.at_risk[k] > 0.0) {
            let before = self.free_before[k];
            let lead = if self.free[k] > 0.0 {
                1.0 - (1.0 - self.pooled) / self.free[k]
            } else {
                1.0
            };
            let ties = if events > 1.0 {
                1.0 - (events - 1.0) / (inverse_hazards * before - 1.0)
            } else {
                1.0
            };
            let term = ties * before * events / (inverse_hazards * self.at_risk[k]);
            let influence = |i: usize| self.a[i * groups + k] - lead * self.c[i * groups + k];
            accumulate(variance, groups - 1, term, influence);
            for i in 0..groups - 1 {
                self.v2[i * groups + k] += influence(i) * lead * term;
            }
            self.v3[k] += lead * lead * term;
        }
    }

    /// Adds the variance due to events of other causes.
    fn add_other(&mut self, variance: &mut [f64]) {
        let groups = self.groups;
        for k in (0..groups).filter(|&k| self.free[k] > 0.0 && self.other[k] > 0.0) {
            let (events, at_risk) = (self.other[k], self.at_risk[k]);
            let lead = (1.0 - self.pooled) / self.free[k];
            let ties = if events > 1.0 {
                1.0 - (events - 1.0) / (at_risk - 1.0)
            } else {
                1.0
            };
            let term = ties * self.free_before[k] * self.free_before[k] * events / (at_risk * at_risk);
            let influence = |i: usize| lead * self.c[i * groups + k];
            accumulate(variance, groups - 1, term, influence);
            for i in 0..groups - 1 {
                self.v2[i * groups + k] -= influence(i) * lead * term;
            }
            self.v3[k] += lead * lead * term;
        }
    }
}

/// variance[i, j] += term · x(i) · x(j).
fn accumulate(variance: &mut [f64], n: usize, term: f64, x: impl Fn(usize) -> f64) {
    for i in 0..n {
        for j in 0..n {
            variance[i * n + j] += term * x(i) * x(j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_are_the_same_do_not_differ() {
        let follow_up = FollowUp::new(vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0], vec![1, 1, 2, 2, 1, 1]).unwrap();
        let groups = Labels::of(&["a", "b", "a", "b", "a", "b"]);
        let found = gray_test(&follow_up, &groups, &Labels::single(6, ""), 1).unwrap();
        assert!(found.chi_square.abs() < 1e-20 && found.df == 1 && found.p > 0.999_999);
        let nothing = gray_test(&follow_up, &groups, &Labels::single(6, ""), 7);
        assert_eq!(nothing, Err(GrayError::NoVariance));
        // R: cmprsk::cuminc(time, event, group)$Tests gives -1 for cause 1, 8.949055 on 1 df for cause 2 with the last two groups
        // taken together: all events of cause 1 come when nobody of group 3 is left.
        let time: Vec<f64> = (1..=12).map(|time| 0.37 * f64::from(time)).collect();
        let late = FollowUp::new(time, vec![2, 0, 2, 1, 1, 0, 1, 1, 0, 1, 2, 1]).unwrap();
        let two = Labels::of(&["3", "3", "3", "1", "1", "1", "1", "1", "1", "1", "1", "1"]);
        let test = |cause: u32| gray_test(&late, &two, &Labels::single(12, ""), cause);
        assert_eq!(test(1), Err(GrayError::NoVariance));
        assert!((test(2).unwrap().chi_square - 8.949_055).abs() < 1e-5);
        let one = gray_test(&follow_up, &Labels::single(6, "a"), &Labels::single(6, ""), 1);
        assert_eq!(one, Err(GrayError::OneGroup));
    }
}

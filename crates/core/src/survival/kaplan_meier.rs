//! The Kaplan–Meier estimate: steps, variance, one curve for each group.

use super::Labels;
use super::follow_up::snapped;
use super::robust_variance::{CurveVariance, Influence, Row};
use super::{FollowUp, sorted_by};

/// A Kaplan–Meier curve: one step for each distinct time of an event or a censoring, ascending.
///
/// Ŝ(t) = ∏ over t_j ≤ t of (1 − d_j/n_j), with n_j the weight at risk just before t_j (entry before t_j, time at or
/// after it) and d_j the weight of events at t_j. Var Ŝ = Ŝ²·Σ d_j/(n_j(n_j − d_j)) (Greenwood) where all weights are
/// whole numbers; where a weight of the follow-up has a fraction, that of the infinitesimal jackknife
/// ([`CurveVariance::Robust`]), each row being one subject: the default of R's `survfit` (survival 3.5). Once Ŝ is 0 it
/// stays 0 and has no standard error; the robust one is 0 there, as in R.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SurvivalCurve {
    rows: usize,
    start: f64,
    time: Vec<f64>,
    at_risk: Vec<f64>,
    events: Vec<f64>,
    censored: Vec<f64>,
    event_rows: Vec<u32>,
    survival: Vec<f64>,
    log_variance: Vec<f64>,
    influence: Option<Influence>,
}

/// Labels that do not fit the follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LabelsError {
    /// The number of codes differs from the number of rows.
    #[error("{found} codes for {expected} rows")]
    Length {
        /// Number of rows of the follow-up.
        expected: usize,
        /// Number of codes.
        found: usize,
    },
    /// A row has a code without a name.
    #[error("row {row}: a code without a name")]
    UnknownCode {
        /// Index of the row, from 0.
        row: usize,
    },
}

/// Returns the Kaplan–Meier curve of all rows; any event code other than 0 is an event. O(n) after the sort of
/// [`FollowUp`] (and one sort of the entries, where there are some).
///
/// ```
/// use cotside_core::survival::{FollowUp, kaplan_meier};
///
/// // Five infants, in years. By hand: 4/5, then one censored, then 4/5 · 2/3, then 4/5 · 2/3 · 1/2.
/// // R: survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1)$surv
/// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
/// assert_eq!(curve.at_risk(), [5.0, 4.0, 3.0, 2.0, 1.0]);
/// let expected = [0.8, 0.8, 1.6 / 3.0, 0.8 / 3.0, 0.8 / 3.0];
/// assert!(curve.survival().iter().zip(expected).all(|(found, by_hand)| (found - by_hand).abs() < 1e-12));
/// ```
#[must_use]
pub fn kaplan_meier(follow_up: &FollowUp) -> SurvivalCurve {
    single(follow_up, false)
}

/// Returns the reverse Kaplan–Meier curve, in which censoring is the event: its quantiles are those of follow-up time
/// (Schemper and Smith 1996). R: `survfit(Surv(time, 1 - event) ~ 1)`.
///
/// ```
/// use cotside_core::survival::{Confidence, FollowUp, reverse_kaplan_meier};
///
/// // R: survfit(Surv(c(1, 2, 3, 4, 5), 1 - c(1, 0, 1, 1, 0)) ~ 1)
/// let curve = reverse_kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
/// assert_eq!(curve.survival(), [1.0, 0.75, 0.75, 0.75, 0.0]);
/// // The median follow-up is 5 years: the last patient was event-free then.
/// assert_eq!(curve.quantiles(&[0.5], Confidence::default())[0].time, Some(5.0));
/// ```
#[must_use]
pub fn reverse_kaplan_meier(follow_up: &FollowUp) -> SurvivalCurve {
    single(follow_up, true)
}

/// Returns one curve for each name of `groups`, in their order; a name without rows has a curve without steps.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, kaplan_meier_by};
///
/// // By hand: "low" 1 → 1/2 at time 3; "high" 1 → 1/2 at time 1 → 0 at time 2.
/// let follow_up = FollowUp::new(vec![1.0, 3.0, 2.0, 4.0], vec![1, 1, 1, 0]).unwrap();
/// let groups = Labels::of(&["high", "low", "high", "low"]);
/// let curves = kaplan_meier_by(&follow_up, &groups).unwrap();
/// assert_eq!(groups.names, ["high", "low"]);
/// assert_eq!((curves[0].survival(), curves[1].survival()), (&[0.5, 0.0][..], &[0.5, 0.5][..]));
/// ```
///
/// # Errors
/// [`LabelsError`].
pub fn kaplan_meier_by(follow_up: &FollowUp, groups: &Labels) -> Result<Vec<SurvivalCurve>, LabelsError> {
    by_group(follow_up, groups, false)
}

/// Returns the [`reverse_kaplan_meier`] curve of each group.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, reverse_kaplan_meier_by};
///
/// // By hand: only the last of the "low" group is censored.
/// let follow_up = FollowUp::new(vec![1.0, 3.0, 2.0, 4.0], vec![1, 1, 1, 0]).unwrap();
/// let curves = reverse_kaplan_meier_by(&follow_up, &Labels::of(&["high", "low", "high", "low"])).unwrap();
/// assert_eq!((curves[0].survival(), curves[1].survival()), (&[1.0, 1.0][..], &[1.0, 0.0][..]));
/// ```
///
/// # Errors
/// [`LabelsError`].
pub fn reverse_kaplan_meier_by(follow_up: &FollowUp, groups: &Labels) -> Result<Vec<SurvivalCurve>, LabelsError> {
    by_group(follow_up, groups, true)
}

/// Checks that there is one code with a name for each row.
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, LabelsError, check_labels};
///
/// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
/// assert_eq!(check_labels(&follow_up, &Labels::of(&["a", "b"])), Ok(()));
/// assert_eq!(check_labels(&follow_up, &Labels::of(&["a"])), Err(LabelsError::Length { expected: 2, found: 1 }));
/// ```
///
/// # Errors
/// [`LabelsError`].
pub fn check_labels(follow_up: &FollowUp, labels: &Labels) -> Result<(), LabelsError> {
    if labels.codes.len() != follow_up.len() {
        return Err(LabelsError::Length {
            expected: follow_up.len(),
            found: labels.codes.len(),
        });
    }
    match labels.codes.iter().position(|&code| code as usize >= labels.len()) {
        Some(row) => Err(LabelsError::UnknownCode { row }),
        None => Ok(()),
    }
}

fn single(follow_up: &FollowUp, reverse: bool) -> SurvivalCurve {
    let by_entry = follow_up.entry().map(sorted_by);
    curve(follow_up, follow_up.order(), by_entry.as_deref(), reverse)
}

fn by_group(follow_up: &FollowUp, groups: &Labels, reverse: bool) -> Result<Vec<SurvivalCurve>, LabelsError> {
    check_labels(follow_up, groups)?;
    let by_time = split(follow_up.order(), groups);
    let by_entry = follow_up.entry().map(|entry| split(&sorted_by(entry), groups));
    let curves = by_time.iter().enumerate().map(|(group, rows)| {
        let entries = by_entry.as_ref().map(|lists| lists[group].as_slice());
        curve(follow_up, rows, entries, reverse)
    });
    Ok(curves.collect())
}

/// Divides rows by group, keeping their order.
pub(crate) fn split(order: &[u32], groups: &Labels) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); groups.len()];
    for &row in order {
        lists[groups.codes[row as usize] as usize].push(row);
    }
    lists
}

/// Returns the curve of the rows `by_time`, ascending in time; `by_entry` are the same rows ascending in entry. Whether
/// the variance is robust depends on all rows of `follow_up`.
fn curve(follow_up: &FollowUp, by_time: &[u32], by_entry: Option<&[u32]>, reverse: bool) -> SurvivalCurve {
    let mut curve = ends(follow_up, by_time, reverse);
    fill_at_risk(&mut curve, follow_up, by_time, by_entry);
    let first_entry = by_entry
        .and_then(|rows| rows.first())
        .and_then(|&row| follow_up.entry().map(|entry| entry[row as usize]));
    // As R's survfit0: the curve starts at 0, or at its first time if that is negative.
    curve.start = match (first_entry, curve.time.first()) {
        (Some(_), Some(&first)) => first.min(0.0),
        _ => 0.0,
    };
    let (mut survival, mut log_variance) = (1.0, 0.0);
    for (&at_risk, &events) in curve.at_risk.iter().zip(&curve.events) {
        if events > 0.0 {
            let left = at_risk - events;
            survival *= left.max(0.0) / at_risk;
            log_variance += if left > 0.0 {
                events / (at_risk * left)
            } else {
                f64::INFINITY
            };
        }
        curve.survival.push(survival);
        curve.log_variance.push(log_variance);
    }
    if follow_up.has_fractional_weight() {
        make_robust(&mut curve, follow_up, by_time, reverse);
    }
    curve
}

/// Replaces Greenwood's variance by the robust one, where Ŝ is above 0.
fn make_robust(curve: &mut SurvivalCurve, follow_up: &FollowUp, by_time: &[u32], reverse: bool) {
    let mut end = 0;
    let rows = by_time.iter().map(|&row| {
        let row = row as usize;
        while curve.time[end] < follow_up.time()[row] {
            end += 1;
        }
        let entered = |entry: &[f64]| curve.time.partition_point(|&time| time <= entry[row]);
        Row {
            weight: follow_up.weight().map_or(1.0, |weight| weight[row]),
            entered: follow_up.entry().map_or(0, entered),
            end,
            is_event: (follow_up.event()[row] != 0) != reverse,
        }
    });
    let influence = Influence::new(rows.collect(), &curve.at_risk, &curve.events);
    for (variance, robust) in curve.log_variance.iter_mut().zip(influence.log_variances()) {
        if variance.is_finite() {
            *variance = robust;
        }
    }
    curve.influence = Some(influence);
}

/// Returns a curve with times, events and censorings, from rows ascending in time.
fn ends(follow_up: &FollowUp, by_time: &[u32], reverse: bool) -> SurvivalCurve {
    let mut curve = SurvivalCurve {
        rows: by_time.len(),
        ..SurvivalCurve::default()
    };
    let weight = |row: usize| follow_up.weight().map_or(1.0, |weight| weight[row]);
    let mut last = f64::NAN;
    for &row in by_time {
        let row = row as usize;
        let time = follow_up.time()[row];
        if time != last {
            curve.time.push(time);
            curve.events.push(0.0);
            curve.censored.push(0.0);
            curve.event_rows.push(0);
            last = time;
        }
        let is_event = (follow_up.event()[row] != 0) != reverse;
        let column = if is_event {
            &mut curve.events
        } else {
            &mut curve.censored
        };
        if let Some(sum) = column.last_mut() {
            *sum += weight(row);
        }
        if let Some(count) = curve.event_rows.last_mut() {
            *count += u32::from(is_event);
        }
    }
    curve
}

/// Fills in the weight at risk at each time, backwards from the last: rows that end at or after it, less those that
/// enter at or after it. Where everybody at risk has the event, the two sums are exactly equal.
fn fill_at_risk(curve: &mut SurvivalCurve, follow_up: &FollowUp, by_time: &[u32], by_entry: Option<&[u32]>) {
    let weight = |row: u32| follow_up.weight().map_or(1.0, |weight| weight[row as usize]);
    let entry_of = |row: u32| follow_up.entry().map_or(f64::NEG_INFINITY, |entry| entry[row as usize]);
    let mut leaving = by_time.iter().rev().peekable();
    let mut entering = by_entry.unwrap_or_default().iter().rev().peekable();
    let (mut at_risk, mut rows) = (0.0, 0_usize);
    curve.at_risk = vec![0.0; curve.time.len()];
    for step in (0..curve.time.len()).rev() {
        let time = curve.time[step];
        let mut left_here = 0;
        while let Some(&row) = leaving.next_if(|&&row| follow_up.time()[row as usize] == time) {
            at_risk += weight(row);
            left_here += 1;
        }
        rows += left_here;
        while let Some(&row) = entering.next_if(|&&row| entry_of(row) >= time) {
            at_risk -= weight(row);
            rows -= 1;
        }
        // Adding and subtracting weights leaves rounding noise; an empty risk set is exactly 0.
        if rows == left_here {
            at_risk = curve.events[step] + curve.censored[step];
        }
        curve.at_risk[step] = at_risk;
    }
}

impl SurvivalCurve {
    /// Returns the number of rows (subjects, or intervals of subjects).
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the number of steps.
    #[must_use]
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// True if there is no step, and so no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Returns where the curve starts: 0, or the first time where entries are given and it is negative.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.start
    }

    /// Returns the distinct times, ascending.
    #[must_use]
    pub fn time(&self) -> &[f64] {
        &self.time
    }

    /// Returns the weight at risk just before each time.
    #[must_use]
    pub fn at_risk(&self) -> &[f64] {
        &self.at_risk
    }

    /// Returns the weight of events at each time.
    #[must_use]
    pub fn events(&self) -> &[f64] {
        &self.events
    }

    /// Returns the weight of censorings at each time.
    #[must_use]
    pub fn censored(&self) -> &[f64] {
        &self.censored
    }

    /// Returns the number of rows with an event at each time.
    #[must_use]
    pub fn event_rows(&self) -> &[u32] {
        &self.event_rows
    }

    /// Returns Ŝ at each time.
    #[must_use]
    pub fn survival(&self) -> &[f64] {
        &self.survival
    }

    /// Returns the weight of all events.
    #[must_use]
    pub fn all_events(&self) -> f64 {
        self.events.iter().sum()
    }

    /// Returns the kind of variance from which standard errors, intervals and tests are computed.
    ///
    /// ```
    /// use cotside_core::survival::{CurveVariance, FollowUp, kaplan_meier};
    ///
    /// // R: survfit(Surv(c(1, 2, 3), c(1, 0, 1)) ~ 1, weights = c(0.5, 1, 1.5))
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 0, 1]).unwrap();
    /// let curve = kaplan_meier(&follow_up.weighted(vec![0.5, 1.0, 1.5]).unwrap());
    /// assert_eq!(curve.variance(), CurveVariance::Robust);
    /// assert!((curve.std_err(0).unwrap() - 0.171_233_722_305).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn variance(&self) -> CurveVariance {
        match self.influence {
            Some(_) => CurveVariance::Robust,
            None => CurveVariance::Greenwood,
        }
    }

    /// Returns the influence of each row, where the variance is robust.
    pub(super) fn influence(&self) -> Option<&Influence> {
        self.influence.as_ref()
    }

    /// Returns the standard error of Ŝ at a step. Where Ŝ is 0 it is `None`, or 0 as in R for a robust variance.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, kaplan_meier};
    ///
    /// // By hand: one event of two, Greenwood's variance (1/2)² · 1/(2 · 1) = 1/8.
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0], vec![1, 1]).unwrap());
    /// assert!((curve.std_err(0).unwrap() - 0.125_f64.sqrt()).abs() < 1e-12);
    /// // Ŝ is 0 at the second step.
    /// assert_eq!(curve.std_err(1), None);
    /// ```
    #[must_use]
    pub fn std_err(&self, step: usize) -> Option<f64> {
        match (*self.survival.get(step)?, &self.influence) {
            (0.0, Some(_)) => Some(0.0),
            (survival, _) => Some(survival * self.log_std_err(step)?),
        }
    }

    /// Returns the standard error of log Ŝ at a step (Greenwood's is √Σ d/(n(n − d))); `None` where Ŝ is 0.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, kaplan_meier};
    ///
    /// // By hand: √(1/(2 · 1)).
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap());
    /// assert!((curve.log_std_err(0).unwrap() - 0.5_f64.sqrt()).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn log_std_err(&self, step: usize) -> Option<f64> {
        self.log_variance
            .get(step)
            .copied()
            .filter(|variance| variance.is_finite())
            .map(f64::sqrt)
    }

    /// Returns the index of the last step at or before `time`; `None` before the first. A time that differs from that
    /// of a step only by floating-point noise is that step's.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, kaplan_meier};
    ///
    /// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap());
    /// assert_eq!([0.5, 1.0, 1.5, 9.0].map(|time| curve.step_at(time)), [None, Some(0), Some(0), Some(1)]);
    /// ```
    #[must_use]
    pub fn step_at(&self, time: f64) -> Option<usize> {
        let time = snapped(&self.time, time);
        self.time.partition_point(|&each| each <= time).checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-14, "{found} {expected}");
    }

    /// Five children: events at 1 and 3, censored at 1, 2 and 4. S(1) = 4/5; at 3 two are at risk: S(3) = 4/5 · 1/2.
    #[test]
    fn by_hand() {
        let follow_up = FollowUp::new(vec![3.0, 1.0, 1.0, 4.0, 2.0], vec![1, 0, 1, 0, 0]).unwrap();
        let curve = kaplan_meier(&follow_up);
        assert_eq!(curve.time(), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(curve.at_risk(), [5.0, 3.0, 2.0, 1.0]);
        assert_eq!(curve.events(), [1.0, 0.0, 1.0, 0.0]);
        assert_eq!(curve.censored(), [1.0, 1.0, 0.0, 1.0]);
        assert_eq!(curve.survival(), [0.8, 0.8, 0.4, 0.4]);
        close(curve.std_err(0).unwrap(), (0.8 * 0.2 / 5.0_f64).sqrt());
        close(
            curve.std_err(3).unwrap(),
            0.4 * (1.0 / 20.0 + 1.0 / (2.0 * 1.0_f64)).sqrt(),
        );
        assert_eq!((curve.step_at(0.9), curve.step_at(3.5)), (None, Some(2)));
        let reverse = reverse_kaplan_meier(&follow_up);
        assert_eq!(reverse.survival(), [0.8, 0.8 * (2.0 / 3.0), 0.8 * (2.0 / 3.0), 0.0]);
        assert_eq!(reverse.std_err(3), None);
    }

    /// Delayed entry: at 2 nobody but the one who dies is at risk, S falls to 0 and stays there.
    #[test]
    fn an_emptied_risk_set_ends_the_curve() {
        let follow_up = FollowUp::with_entry(vec![0.0, 3.0, 3.0], vec![2.0, 5.0, 6.0], vec![1, 1, 0]).unwrap();
        let curve = kaplan_meier(&follow_up);
        assert_eq!(curve.at_risk(), [1.0, 2.0, 1.0]);
        assert_eq!(curve.survival(), [0.0, 0.0, 0.0]);
        assert_eq!(curve.std_err(1), None);
    }

    #[test]
    fn groups_and_a_name_without_rows() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 0]).unwrap();
        let mut labels = Labels::of(&["b", "a", "b"]);
        labels.names.push("c".into());
        let curves = kaplan_meier_by(&follow_up, &labels).unwrap();
        assert_eq!(curves[0].survival(), [0.0]);
        assert_eq!(curves[1].survival(), [0.5, 0.5]);
        assert!(curves[2].is_empty());
        labels.codes[1] = 9;
        assert_eq!(
            kaplan_meier_by(&follow_up, &labels),
            Err(LabelsError::UnknownCode { row: 1 })
        );
        labels.codes.pop();
        assert!(matches!(
            kaplan_meier_by(&follow_up, &labels),
            Err(LabelsError::Length { .. })
        ));
    }

    /// Lee 2011, nine infants, none censored before the last event: 6 of 9 without event are 66.7 ± 15.7 %, 4 of the 7
    /// at high risk 57.1 ± 18.7 %, 6 of 7 85.7 ± 13.2 %.
    #[test]
    fn severance_rates() {
        for (n, events, published) in [(9, 3, "66.7 ± 15.7"), (7, 3, "57.1 ± 18.7"), (7, 1, "85.7 ± 13.2")] {
            let time = (0..n).map(|row| if row < events { 12.0 + row as f64 } else { 36.0 });
            let event = (0..n).map(|row| u32::from(row < events));
            let curve = kaplan_meier(&FollowUp::new(time.collect(), event.collect()).unwrap());
            let last = curve.len() - 1;
            let (survival, error) = (100.0 * curve.survival()[last], 100.0 * curve.std_err(last).unwrap());
            assert_eq!(format!("{survival:.1} ± {error:.1}"), published);
        }
    }
}

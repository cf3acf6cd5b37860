//! Cumulative incidence of competing causes: the Aalen–Johansen estimate with its standard errors.

use super::Labels;
use super::incidence_variance::{aalen_std_err, jackknife_std_err};
use super::risk_table::RiskTable;
use super::{Confidence, FollowUp, Interval, NoVariance};

/// Which variance a cumulative incidence has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IncidenceVariance {
    /// The infinitesimal jackknife, Σᵢ (wᵢ ∂F/∂wᵢ)²: R's `survfit` for several states (survival 3.x). Holds with
    /// weights and delayed entry, each row being a subject.
    #[default]
    Jackknife,
    /// Aalen's (1978) with Gray's correction for ties: R's `cmprsk::cuminc`. Right-censored rows without weights only.
    Aalen,
}

/// The largest number of different causes in one analysis.
pub const MOST_CAUSES: usize = 64;

/// Why there is no cumulative incidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IncidenceError {
    /// The number of labels differs from the number of rows, or a code has no name.
    #[error("the groups do not fit the rows")]
    Groups,
    /// [`IncidenceVariance::Aalen`] is defined neither for weights nor for delayed entry.
    #[error("Aalen's variance is defined neither for weights nor for delayed entry")]
    AalenNeedsPlainRows,
    /// More causes than [`MOST_CAUSES`]: the column probably does not hold causes.
    #[error("{found} causes")]
    TooManyCauses {
        /// Number of different causes found.
        found: usize,
    },
}

/// Cumulative incidences of one group, as columns: one entry a distinct time (of an event or of censoring), ascending.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeIncidence {
    /// Number of rows of the group.
    pub n: usize,
    /// Distinct times of events and censorings, ascending.
    pub time: Vec<f64>,
    /// Sum of the weights at risk just before each time.
    pub at_risk: Vec<f64>,
    /// Fraction without any event after each time: 1 − Σ of the incidences (the Kaplan–Meier estimate).
    pub event_free: Vec<f64>,
    /// Each cause that occurs in any group, ascending.
    pub causes: Vec<CauseIncidence>,
}

/// The cumulative incidence of one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseIncidence {
    /// Its number in the event column.
    pub cause: u32,
    /// Number of rows with this event.
    pub events: usize,
    /// Sum of their weights, counted as those at risk are; their number without weights.
    pub event_weight: f64,
    /// P(T ≤ t, cause), at each time of [`CumulativeIncidence::time`].
    pub estimate: Vec<f64>,
    /// Standard error of the estimate at each time.
    pub std_err: Vec<f64>,
}

/// The cumulative incidence of one cause at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncidenceAt {
    /// Weight at risk just before the time.
    pub at_risk: f64,
    /// Estimated probability P(T ≤ t, cause).
    pub estimate: f64,
    /// Standard error of the estimate.
    pub std_err: f64,
}

/// Aalen–Johansen estimates of the cumulative incidence of every cause, in each group of `groups`.
///
/// F_k(t) = Σ_{u ≤ t} S(u−)·d_k(u)/Y(u), with S the Kaplan–Meier estimate of being free of every event, d_k the weight
/// of events of cause k and Y that at risk (Aalen & Johansen, Scand J Stat 1978;5:141). Events go before censoring at
/// the same time; a row enters after its entry time. Equal to R's `survfit(Surv(time, factor(event)) ~ group)`, with
/// `id` one a row where entry is delayed, to 1e-10.
///
/// O(n · causes) after the sort.
///
/// ```
/// use cotside_core::survival::{FollowUp, IncidenceVariance, Labels, cumulative_incidence};
///
/// // Relapse is 1, death without relapse 2; time in years. R: summary(survfit(Surv(time, factor(cause, 0:2)) ~ 1),
/// // times = 6) has the probabilities 0.31666667 and 0.1 (SE 0.15250987 and 0.09486833).
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
/// let all = Labels::single(10, "all");
/// let found = &cumulative_incidence(&follow_up, &all, IncidenceVariance::Jackknife).unwrap()[0];
/// let relapse = found.at(0, 6.0).unwrap();
/// assert!((relapse.estimate - 0.316_666_666_667).abs() < 1e-11 && (relapse.std_err - 0.152_509_866_105).abs() < 1e-11);
/// // R: timepoints(cmprsk::cuminc(time, cause), 6)
/// let found = &cumulative_incidence(&follow_up, &all, IncidenceVariance::Aalen).unwrap()[0];
/// assert!((found.at(0, 6.0).unwrap().std_err - 0.164_480_420_5).abs() < 1e-10);
/// ```
///
/// # Errors
/// [`IncidenceError`].
pub fn cumulative_incidence(
    follow_up: &FollowUp,
    groups: &Labels,
    variance: IncidenceVariance,
) -> Result<Vec<CumulativeIncidence>, IncidenceError> {
    let plain = follow_up.entry().is_none() && follow_up.weight().is_none();
    if variance == IncidenceVariance::Aalen && !plain {
        return Err(IncidenceError::AalenNeedsPlainRows);
    }
    let rows = rows_by_group(follow_up, groups).ok_or(IncidenceError::Groups)?;
    let causes = causes(follow_up);
    if causes.len() > MOST_CAUSES {
        return Err(IncidenceError::TooManyCauses { found: causes.len() });
    }
    let mut found = Vec::with_capacity(rows.len());
    for rows in rows {
        // A label without rows has no curve.
        if let Some(group) = follow_up.subset(&rows) {
            found.push(one_group(&group, &causes, variance));
        }
    }
    Ok(found)
}

/// Returns the numbers of the causes that occur, ascending.
///
/// ```
/// use cotside_core::survival::{FollowUp, causes};
///
/// // 0 is censoring.
/// assert_eq!(causes(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![2, 0, 1, 2]).unwrap()), [1, 2]);
/// ```
#[must_use]
pub fn causes(follow_up: &FollowUp) -> Vec<u32> {
    // A cause is repeated many times: remembering the last saves most of the list.
    let mut causes: Vec<u32> = Vec::new();
    let mut last = 0;
    for &event in follow_up.event() {
        if event != 0 && event != last {
            last = event;
            if let Err(place) = causes.binary_search(&event) {
                causes.insert(place, event);
            }
        }
    }
    causes
}

/// Rows of each group, in their order; `None` where the labels do not fit.
fn rows_by_group(follow_up: &FollowUp, groups: &Labels) -> Option<Vec<Vec<usize>>> {
    if groups.codes.len() != follow_up.len() {
        return None;
    }
    let mut rows = vec![Vec::new(); groups.len()];
    for (row, &code) in groups.codes.iter().enumerate() {
        rows.get_mut(code as usize)?.push(row);
    }
    Some(rows)
}

fn one_group(group: &FollowUp, causes: &[u32], variance: IncidenceVariance) -> CumulativeIncidence {
    let risk = RiskTable::new(group, causes);
    let (event_free, estimates) = risk.curves();
    let std_err = match variance {
        IncidenceVariance::Jackknife => jackknife_std_err(group, &risk, &event_free, &estimates),
        IncidenceVariance::Aalen => aalen_std_err(&risk, &event_free, &estimates),
    };
    let mut events = vec![(0, 0.0); causes.len()];
    for (row, event) in group.event().iter().enumerate() {
        if let Ok(k) = causes.binary_search(event) {
            let weight = group.weight().map_or(1.0, |weight| weight[row]);
            events[k] = (events[k].0 + 1, events[k].1 + weight);
        }
    }
    let columns = estimates.into_iter().zip(std_err).zip(causes.iter().zip(events));
    CumulativeIncidence {
        n: group.len(),
        time: risk.time,
        at_risk: risk.at_risk,
        event_free,
        causes: columns
            .map(
                |((estimate, std_err), (&cause, (events, event_weight)))| CauseIncidence {
                    cause,
                    events,
                    event_weight,
                    estimate,
                    std_err,
                },
            )
            .collect(),
    }
}

impl IncidenceAt {
    /// Returns the confidence interval of R's `survfit` for several states, which applies the scale to F itself. On
    /// log(−log F), the scale of `conf.type = "log-log"`, it is F^exp(±z·se/(F·log F)). `None` where F is 0, and on
    /// most scales where it is 1.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, IncidenceVariance, Labels, cumulative_incidence};
    ///
    /// // R: summary(survfit(Surv(time, factor(cause, 0:2)) ~ 1, conf.type = "log-log"), times = 6)
    /// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
    /// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
    /// let all = Labels::single(10, "all");
    /// let found = &cumulative_incidence(&follow_up, &all, IncidenceVariance::Jackknife).unwrap()[0];
    /// let interval = found.at(0, 6.0).unwrap().interval(Confidence::default()).unwrap();
    /// assert!((interval.lower - 0.073_301_954_027).abs() < 1e-11 && (interval.upper - 0.602_897_795_106).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        confidence.interval(self.estimate, self.std_err / self.estimate)
    }
}

impl IncidenceAt {
    /// Returns why there is no variance (nobody or everybody has had this event); `None` where there is one.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, IncidenceVariance, Labels, NoVariance, cumulative_incidence};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
    /// let found = &cumulative_incidence(&follow_up, &Labels::single(2, "all"), IncidenceVariance::Jackknife).unwrap()[0];
    /// assert_eq!(found.at(0, 0.5).unwrap().no_variance(), Some(NoVariance::NoEvent));
    /// assert_eq!(found.at(0, 1.0).unwrap().no_variance(), None);
    /// ```
    #[must_use]
    pub fn no_variance(&self) -> Option<NoVariance> {
        match self.estimate {
            estimate if estimate <= 0.0 => Some(NoVariance::NoEvent),
            // Sums of fractions come to 1 within rounding.
            estimate if estimate >= 1.0 - 1e-12 || self.std_err <= 0.0 => Some(NoVariance::AllEvents),
            _ => None,
        }
    }

    /// Returns standard error and interval, or why there are none. Unlike R it never returns those of a variance of 0.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, FollowUp, IncidenceVariance, Labels, NoVariance, cumulative_incidence};
    ///
    /// // By hand: one event of two, √(1/2 · 1/2 · 1/2).
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
    /// let found = &cumulative_incidence(&follow_up, &Labels::single(2, "all"), IncidenceVariance::Jackknife).unwrap()[0];
    /// let (std_err, _) = found.at(0, 1.0).unwrap().spread(Confidence::default()).unwrap();
    /// assert!((std_err - 0.125_f64.sqrt()).abs() < 1e-12);
    /// let before = found.at(0, 0.5).unwrap().spread(Confidence::default());
    /// assert_eq!(before, Err(NoVariance::NoEvent));
    /// ```
    ///
    /// # Errors
    /// [`NoVariance`].
    pub fn spread(&self, confidence: Confidence) -> Result<(f64, Interval), NoVariance> {
        match (self.no_variance(), self.interval(confidence)) {
            (None, Some(interval)) => Ok((self.std_err, interval)),
            (why, _) => Err(why.unwrap_or(NoVariance::AllEvents)),
        }
    }
}

impl CumulativeIncidence {
    /// True if the incidences are known at `time`: somebody was followed until then, or nobody is left without an
    /// event.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, IncidenceVariance, Labels, cumulative_incidence};
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
    /// let found = &cumulative_incidence(&follow_up, &Labels::single(2, "all"), IncidenceVariance::Jackknife).unwrap()[0];
    /// assert!(found.is_known_at(2.0) && !found.is_known_at(3.0));
    /// ```
    #[must_use]
    pub fn is_known_at(&self, time: f64) -> bool {
        let ended = self.event_free.last().is_some_and(|&free| free <= 0.0);
        ended || self.time.last().is_some_and(|&last| time <= last)
    }

    /// Returns the incidence of a cause (by its index in `causes`) at a time, as R's `summary(survfit, times, extend =
    /// TRUE)`: 0 before the first time; after the last time the last value holds and nobody is at risk; a time that
    /// differs from a step's only by floating-point noise is that step's. `None` for an index beyond the causes and for
    /// a time that is not a number. O(log n).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, IncidenceVariance, Labels, cumulative_incidence};
    ///
    /// // By hand: cause 1 takes 1/4 at 1; event-free 3/4 then loses a third to cause 2 at 2, so that F₂ = 1/4.
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 2, 0, 0]).unwrap();
    /// let found = &cumulative_incidence(&follow_up, &Labels::single(4, "all"), IncidenceVariance::Jackknife).unwrap()[0];
    /// let of = |index, time| found.at(index, time).unwrap().estimate;
    /// assert_eq!((of(0, 0.5), of(0, 1.0), of(1, 1.0)), (0.0, 0.25, 0.0));
    /// assert!((of(1, 2.0) - 0.25).abs() < 1e-12);
    /// assert_eq!(found.at(2, 1.0), None);
    /// ```
    #[must_use]
    pub fn at(&self, cause: usize, time: f64) -> Option<IncidenceAt> {
        if time.is_nan() || cause >= self.causes.len() {
            return None;
        }
        let time = super::follow_up::snapped(&self.time, time);
        let next = self.time.partition_point(|&each| each < time);
        let at_risk = self.at_risk.get(next).copied().unwrap_or(0.0);
        let passed = self.time.partition_point(|&each| each <= time).checked_sub(1);
        let at = passed.and_then(|index| self.step(cause, index));
        let before = IncidenceAt {
            at_risk,
            estimate: 0.0,
            std_err: 0.0,
        };
        Some(at.map_or(before, |at| IncidenceAt { at_risk, ..at }))
    }

    /// Returns the incidence of a cause at a step, both by index; `None` for an index that does not exist.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, IncidenceVariance, Labels, cumulative_incidence};
    ///
    /// // By hand: one event of two, at the first of two times.
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
    /// let found = &cumulative_incidence(&follow_up, &Labels::single(2, "all"), IncidenceVariance::Jackknife).unwrap()[0];
    /// assert_eq!(found.step(0, 0).map(|at| (at.at_risk, at.estimate)), Some((2.0, 0.5)));
    /// ```
    #[must_use]
    pub fn step(&self, cause: usize, index: usize) -> Option<IncidenceAt> {
        let column = self.causes.get(cause)?;
        Some(IncidenceAt {
            at_risk: *self.at_risk.get(index)?,
            estimate: *column.estimate.get(index)?,
            std_err: *column.std_err.get(index)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single(follow_up: &FollowUp, variance: IncidenceVariance) -> CumulativeIncidence {
        let groups = Labels::single(follow_up.len(), "");
        cumulative_incidence(follow_up, &groups, variance).unwrap().remove(0)
    }

    /// Four patients: relapse at 1, death at 2, censored at 2, relapse at 3.
    #[test]
    fn four_patients_by_hand() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 2.0, 3.0], vec![1, 2, 0, 1]).unwrap();
        let found = single(&follow_up, IncidenceVariance::Jackknife);
        assert_eq!(found.at_risk, [4.0, 3.0, 1.0]);
        // 1/4; 3/4 · 1/3 die at 2; the half that is left relapses.
        assert_eq!(found.causes[0].estimate, [0.25, 0.25, 0.75]);
        assert_eq!(found.causes[1].estimate, [0.0, 0.25, 0.25]);
        assert_eq!(found.event_free, [0.75, 0.5, 0.0]);
        // Before any censoring a proportion: p(1 − p)/n.
        assert!((found.causes[0].std_err[0] - (0.25_f64 * 0.75 / 4.0).sqrt()).abs() < 1e-15);
        assert_eq!(found.at(0, 0.5).map(|at| at.estimate), Some(0.0));
        assert_eq!(found.at(0, 2.5).map(|at| at.estimate), Some(0.25));
        assert_eq!(found.at(0, 3.0).map(|at| at.estimate), Some(0.75));
        assert_eq!(found.at(0, 3.1).map(|at| (at.estimate, at.at_risk)), Some((0.75, 0.0)));
        assert_eq!(found.at(2, 1.0), None);
    }

    #[test]
    fn an_interval_lies_within_0_and_1() {
        let at = |estimate, std_err| IncidenceAt {
            at_risk: 1.0,
            estimate,
            std_err,
        };
        assert_eq!(at(0.0, 0.0).interval(Confidence::default()), None);
        assert_eq!(at(1.0, 0.1).interval(Confidence::default()), None);
        let Interval { lower, upper } = at(0.25, 0.2).interval(Confidence::default()).unwrap();
        assert!(0.0 < lower && lower < 0.25 && 0.25 < upper && upper < 1.0);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let follow_up = FollowUp::with_entry(vec![0.0], vec![1.0], vec![1]).unwrap();
        let groups = Labels::single(1, "");
        let refused = cumulative_incidence(&follow_up, &groups, IncidenceVariance::Aalen);
        assert_eq!(refused, Err(IncidenceError::AalenNeedsPlainRows));
        let refused = cumulative_incidence(&follow_up, &Labels::single(2, ""), IncidenceVariance::Jackknife);
        assert_eq!(refused, Err(IncidenceError::Groups));
    }
}

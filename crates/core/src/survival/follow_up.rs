//! Follow-up of each subject: the columns from which every method starts.

use super::order::sorted_by;

/// Two times are equal if they differ by no more than this, absolutely or in units of the mean time: R's
/// `survival::aeqSurv`, the square root of the machine's precision.
const SAME_TIME: f64 = 1.490_116_119_384_765_6e-8;

/// Follow-up of n subjects (or of n intervals of subjects) as columns of equal length, in the order of the file.
///
/// Subject i is under observation over `(entry, time]`, or from the origin on where there is no entry (then an event at
/// time 0 counts). Times that differ only by floating-point noise have been made equal, as R's `timefix` does.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    entry: Option<Vec<f64>>,
    time: Vec<f64>,
    event: Vec<u32>,
    weight: Option<Vec<f64>>,
    /// Positions in ascending order of time.
    order: Vec<u32>,
}

/// Why columns are not valid follow-up. Rows count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FollowUpError {
    /// The columns are empty.
    #[error("no row")]
    NoRows,
    /// Two columns have different lengths.
    #[error("a column has {found} rows, the times {expected}")]
    Length {
        /// Number of rows of the time column.
        expected: usize,
        /// Number of rows of the other column.
        found: usize,
    },
    /// A time that is not finite, or below 0 where there is no entry.
    #[error("row {row}: a time that is not finite or below 0")]
    BadTime {
        /// Index of the row, from 0.
        row: usize,
    },
    /// An entry that is not finite.
    #[error("row {row}: an entry that is not finite")]
    BadEntry {
        /// Index of the row, from 0.
        row: usize,
    },
    /// An entry at or after its time (also where they differ only by floating-point noise).
    #[error("row {row}: the entry is not before the time")]
    EmptyInterval {
        /// Index of the row, from 0.
        row: usize,
    },
    /// A weight that is not above 0, or so small or large (below 1e-100, above 1e100) that squares of sums of weights
    /// would underflow or overflow.
    #[error("row {row}: a weight that is not between 1e-100 and 1e100")]
    BadWeight {
        /// Index of the row, from 0.
        row: usize,
    },
    /// More rows than an index of 32 bits can count.
    #[error("more than 4,294,967,295 rows")]
    TooManyRows,
}

impl FollowUp {
    /// Makes right-censored follow-up. `event` is 0 where the subject was censored, else the number of the cause (1
    /// where there is only one).
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, FollowUpError};
    ///
    /// // Three infants: relapse (1) at 0.5 years, censored (0) at 2 years, death (2) at 1 year.
    /// let infants = FollowUp::new(vec![0.5, 2.0, 1.0], vec![1, 0, 2]).unwrap();
    /// assert_eq!((infants.len(), infants.order()), (3, &[0, 2, 1][..]));
    /// assert_eq!(FollowUp::new(vec![0.5, -1.0], vec![1, 0]), Err(FollowUpError::BadTime { row: 1 }));
    /// ```
    ///
    /// # Errors
    /// [`FollowUpError`].
    pub fn new(time: Vec<f64>, event: Vec<u32>) -> Result<Self, FollowUpError> {
        Self::build(None, time, event, None)
    }

    /// Makes follow-up with delayed entry: subject i is at risk over `(entry[i], time[i]]`.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, kaplan_meier};
    ///
    /// // R: survfit(Surv(c(0, 2, 0, 3), c(2, 4, 5, 6), c(1, 1, 0, 1)) ~ 1)
    /// // Who enters at 2 is not yet at risk at the event at 2.
    /// let follow_up = FollowUp::with_entry(vec![0.0, 2.0, 0.0, 3.0], vec![2.0, 4.0, 5.0, 6.0], vec![1, 1, 0, 1]).unwrap();
    /// assert_eq!(kaplan_meier(&follow_up).at_risk(), [2.0, 3.0, 2.0, 1.0]);
    /// ```
    ///
    /// # Errors
    /// [`FollowUpError`].
    pub fn with_entry(entry: Vec<f64>, time: Vec<f64>, event: Vec<u32>) -> Result<Self, FollowUpError> {
        Self::build(Some(entry), time, event, None)
    }

    /// Adds a weight for each row.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, kaplan_meier};
    ///
    /// // R: survfit(Surv(c(1, 2, 3), c(1, 0, 1)) ~ 1, weights = c(2, 1, 1))
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 0, 1]).unwrap();
    /// let curve = kaplan_meier(&follow_up.weighted(vec![2.0, 1.0, 1.0]).unwrap());
    /// assert_eq!((curve.at_risk(), curve.survival()), (&[4.0, 2.0, 1.0][..], &[0.5, 0.5, 0.0][..]));
    /// ```
    ///
    /// # Errors
    /// [`FollowUpError::Length`], [`FollowUpError::BadWeight`].
    pub fn weighted(self, weight: Vec<f64>) -> Result<Self, FollowUpError> {
        same_length(self.time.len(), weight.len())?;
        match weight.iter().position(|w| !(1e-100..=1e100).contains(w)) {
            Some(row) => Err(FollowUpError::BadWeight { row }),
            None => Ok(Self {
                weight: Some(weight),
                ..self
            }),
        }
    }

    fn build(
        mut entry: Option<Vec<f64>>,
        mut time: Vec<f64>,
        event: Vec<u32>,
        weight: Option<Vec<f64>>,
    ) -> Result<Self, FollowUpError> {
        if time.is_empty() {
            return Err(FollowUpError::NoRows);
        }
        if u32::try_from(time.len()).is_err() {
            return Err(FollowUpError::TooManyRows);
        }
        same_length(time.len(), event.len())?;
        let lowest = if entry.is_some() { f64::NEG_INFINITY } else { 0.0 };
        if let Some(row) = time.iter().position(|t| !(t.is_finite() && *t >= lowest)) {
            return Err(FollowUpError::BadTime { row });
        }
        if let Some(entry) = &entry {
            same_length(time.len(), entry.len())?;
            if let Some(row) = entry.iter().position(|t| !t.is_finite()) {
                return Err(FollowUpError::BadEntry { row });
            }
        }
        let mut order = sorted_by(&time);
        let merged = match &mut entry {
            None => merge_sorted(&mut time, &order),
            Some(entry) => merge_both(entry, &mut time),
        };
        if merged {
            // Times that have become equal are in the order of the file.
            let equal = order.chunk_by_mut(|&a, &b| time[a as usize] == time[b as usize]);
            equal.for_each(<[u32]>::sort_unstable);
        }
        if let Some(entry) = &entry
            && let Some(row) = entry.iter().zip(&time).position(|(start, stop)| start >= stop)
        {
            return Err(FollowUpError::EmptyInterval { row });
        }
        Ok(Self {
            entry,
            time,
            event,
            weight,
            order,
        })
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// True if there is no row, which [`FollowUp::new`] does not allow.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Returns the start of observation of each row, where entry is delayed.
    #[must_use]
    pub fn entry(&self) -> Option<&[f64]> {
        self.entry.as_deref()
    }

    /// Returns the end of observation of each row.
    #[must_use]
    pub fn time(&self) -> &[f64] {
        &self.time
    }

    /// Returns the event of each row: 0 where censored, else the number of the cause.
    #[must_use]
    pub fn event(&self) -> &[u32] {
        &self.event
    }

    /// Returns the weight of each row, where weights were given.
    #[must_use]
    pub fn weight(&self) -> Option<&[f64]> {
        self.weight.as_deref()
    }

    /// True if a weight has a fraction: then rows are not copies of subjects, and a variance that counts them as such
    /// depends on the unit of the weights. R's `survfit` and `coxph` use the same rule.
    ///
    /// ```
    /// use cotside_core::survival::FollowUp;
    ///
    /// let follow_up = FollowUp::new(vec![1.0, 2.0], vec![1, 0]).unwrap();
    /// assert!(!follow_up.has_fractional_weight());
    /// assert!(!follow_up.clone().weighted(vec![2.0, 1.0]).unwrap().has_fractional_weight());
    /// assert!(follow_up.weighted(vec![0.5, 1.0]).unwrap().has_fractional_weight());
    /// ```
    #[must_use]
    pub fn has_fractional_weight(&self) -> bool {
        let weights = self.weight.as_deref().unwrap_or_default();
        weights.iter().any(|weight| *weight != weight.floor())
    }

    /// Returns the rows in ascending order of time; equal times in the order of the file.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Returns how many rows have an event, of any code other than 0.
    ///
    /// ```
    /// use cotside_core::survival::FollowUp;
    ///
    /// assert_eq!(FollowUp::new(vec![3.0, 1.0, 2.0], vec![1, 0, 2]).unwrap().n_events(), 2);
    /// ```
    #[must_use]
    pub fn n_events(&self) -> usize {
        self.event.iter().filter(|&&event| event != 0).count()
    }

    /// Returns the distinct times of events of any code, ascending.
    ///
    /// ```
    /// use cotside_core::survival::FollowUp;
    ///
    /// let follow_up = FollowUp::new(vec![3.0, 1.0, 2.0, 1.0], vec![1, 1, 0, 2]).unwrap();
    /// assert_eq!(follow_up.event_times(), [1.0, 3.0]);
    /// ```
    #[must_use]
    pub fn event_times(&self) -> Vec<f64> {
        let ascending = self.order.iter().map(|&row| row as usize);
        let mut times: Vec<f64> = ascending
            .filter(|&row| self.event[row] != 0)
            .map(|row| self.time[row])
            .collect();
        times.dedup();
        times
    }

    /// Returns the same with `least` in place of times of 0, which have no logarithm, and how many these are; `None` where `least`
    /// is not above 0 and finite.
    ///
    /// ```
    /// use cotside_core::survival::FollowUp;
    ///
    /// let follow_up = FollowUp::new(vec![0.0, 2.0], vec![1, 0]).unwrap();
    /// let (above, at_zero) = follow_up.with_least_time(0.5).unwrap();
    /// assert_eq!((above.time(), above.event(), at_zero), (&[0.5, 2.0][..], &[1, 0][..], 1));
    /// ```
    #[must_use]
    pub fn with_least_time(&self, least: f64) -> Option<(Self, usize)> {
        let at_zero = self.time().iter().filter(|&&time| time <= 0.0).count();
        let time = self.time().iter().map(|&time| if time > 0.0 { time } else { least });
        let (time, event) = (time.collect(), self.event().to_vec());
        let made = match self.entry() {
            Some(entry) => Self::with_entry(entry.to_vec(), time, event),
            None => Self::new(time, event),
        };
        let made = made.ok().filter(|_| least > 0.0 && least.is_finite())?;
        let made = match self.weight() {
            Some(weight) => made.weighted(weight.to_vec()).ok()?,
            None => made,
        };
        Some((made, at_zero))
    }

    /// Returns the follow-up of these rows, in the order given, with weights and entries. Times stay as they were made
    /// equal over all rows. `None` where `rows` is empty.
    ///
    /// ```
    /// use cotside_core::survival::FollowUp;
    ///
    /// let follow_up = FollowUp::new(vec![3.0, 1.0, 2.0], vec![1, 0, 1]).unwrap();
    /// let part = follow_up.subset(&[2, 0]).unwrap();
    /// assert_eq!((part.time(), part.event()), (&[2.0, 3.0][..], &[1, 1][..]));
    /// assert_eq!(follow_up.subset(&[]), None);
    /// ```
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Option<Self> {
        if rows.is_empty() {
            return None;
        }
        let pick = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<f64>>();
        let time = pick(&self.time);
        Some(Self {
            entry: self.entry.as_deref().map(pick),
            order: sorted_by(&time),
            time,
            event: rows.iter().map(|&row| self.event[row]).collect(),
            weight: self.weight.as_deref().map(pick),
        })
    }
}

fn same_length(expected: usize, found: usize) -> Result<(), FollowUpError> {
    if expected == found {
        Ok(())
    } else {
        Err(FollowUpError::Length { expected, found })
    }
}

/// Makes times equal that follow each other closely: each run takes its first value, as R's `aeqSurv` does. Returns
/// whether any changed.
pub(super) fn merge_sorted(values: &mut [f64], order: &[u32]) -> bool {
    let (mut sum, mut count, mut last, mut least) = (0.0, 0.0, f64::NAN, f64::INFINITY);
    for &row in order {
        let value = values[row as usize];
        if value != last {
            sum += value.abs();
            count += 1.0;
            least = least.min(value - last);
        }
        last = value;
    }
    let mean = sum / count;
    let close = |gap: f64| gap <= SAME_TIME || gap / mean <= SAME_TIME;
    if !close(least) {
        return false;
    }
    let (mut before, mut run) = (f64::NAN, f64::NAN);
    for &row in order {
        let value = values[row as usize];
        // Each value is compared with the one before it, not with the start of the run.
        if value != before && !close(value - before) {
            run = value;
        }
        before = value;
        values[row as usize] = run;
    }
    true
}

/// Returns `time`, or the one of `times` (ascending) from which it differs only by noise: 0.3 finds
/// 0.30000000000000004. The tolerance is that by which times of a follow-up are made equal, here relative to the time
/// itself; `summary.survfit` of R compares exactly. O(log n).
pub(super) fn snapped(times: &[f64], time: f64) -> f64 {
    let next = times.partition_point(|&each| each < time);
    let around = times[next.saturating_sub(1)..].iter().take(2).copied();
    let gap = |each: &f64| (each - time).abs();
    around
        .filter(|each| time.is_finite() && gap(each) <= SAME_TIME * time.abs().max(1.0))
        .min_by(|a, b| gap(a).total_cmp(&gap(b)))
        .unwrap_or(time)
}

/// Makes entries and times together equal as [`merge_sorted`] does.
fn merge_both(entry: &mut [f64], time: &mut [f64]) -> bool {
    let mut both: Vec<f64> = entry.iter().chain(time.iter()).copied().collect();
    let order = sorted_by(&both);
    let merged = merge_sorted(&mut both, &order);
    let (starts, stops) = both.split_at(entry.len());
    entry.copy_from_slice(starts);
    time.copy_from_slice(stops);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_makes_ties_and_days_stay_apart() {
        let time = vec![0.1 + 0.2, 0.3, 1.0, 1.0 + 1e-9, 2.0];
        let follow_up = FollowUp::new(time, vec![1; 5]).unwrap();
        assert_eq!(follow_up.time(), [0.3, 0.3, 1.0, 1.0, 2.0]);
        assert_eq!(
            follow_up.order(),
            [0, 1, 2, 3, 4],
            "equal times in the order of the file"
        );
        let days = FollowUp::new(vec![1e5, 1e5 + 1.0, 0.0], vec![1; 3]).unwrap();
        assert_eq!(days.time(), [1e5, 1e5 + 1.0, 0.0]);
        assert_eq!(days.order(), [2, 0, 1]);
    }

    #[test]
    fn a_time_asked_for_is_the_one_that_differs_by_noise() {
        let times = [0.1 + 0.2, 0.7, 1000.0];
        assert_eq!(snapped(&times, 0.3), 0.1 + 0.2);
        assert_eq!(snapped(&times, 1_000.000_001), 1_000.0);
        for apart in [0.2, 0.300_001, 0.7, 999.9, 2000.0, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(snapped(&times, apart), apart);
        }
        assert_eq!(snapped(&[], 1.0), 1.0);
    }

    #[test]
    fn invalid_follow_up_is_refused() {
        use FollowUpError as E;
        assert_eq!(FollowUp::new(vec![], vec![]), Err(E::NoRows));
        assert_eq!(FollowUp::new(vec![1.0, -1.0], vec![0, 0]), Err(E::BadTime { row: 1 }));
        assert_eq!(FollowUp::new(vec![f64::NAN], vec![0]), Err(E::BadTime { row: 0 }));
        assert_eq!(
            FollowUp::new(vec![1.0], vec![]),
            Err(E::Length { expected: 1, found: 0 })
        );
        let entered = |entry| FollowUp::with_entry(vec![entry], vec![1.0], vec![1]);
        assert_eq!(entered(1.0), Err(E::EmptyInterval { row: 0 }));
        assert_eq!(entered(1.0 - 1e-12), Err(E::EmptyInterval { row: 0 }));
        assert_eq!(entered(f64::INFINITY), Err(E::BadEntry { row: 0 }));
        assert!(entered(-1.0).is_ok());
        let weighted = FollowUp::new(vec![0.0], vec![1]).and_then(|one| one.weighted(vec![0.0]));
        assert_eq!(weighted, Err(E::BadWeight { row: 0 }));
    }
}

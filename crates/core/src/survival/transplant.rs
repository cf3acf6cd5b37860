//! Transplant as a time-dependent event, which only patients who survive the waiting time can have.
//!
//! Patients are columns of end of follow-up, event and waiting time. From them are made rows of a counting process
//! ([`CountingRows`], for a time-dependent Cox model), the Mantel–Byar test, Simon and Makuch's curves and the landmark
//! analysis. Groups by “ever transplanted” are refused, with the immortal time that they would have counted
//! ([`ImmortalTime`]).

use super::Labels;
use super::follow_up::merge_sorted;
use super::{FollowUp, FollowUpError, RankWeight, log_rank, sorted_by};

/// Patients followed from a common origin, some of them transplanted during follow-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Transplants {
    time: Vec<f64>,
    event: Vec<u32>,
    transplant: Vec<Option<f64>>,
}

/// Why patients cannot be analysed, or a comparison is refused. Rows count from 0.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum TransplantError {
    /// The columns are empty.
    #[error("no patient")]
    NoRows,
    /// The columns have different lengths.
    #[error("columns of different length")]
    Length,
    /// A time that is not finite or below 0.
    #[error("row {row}: a time that is not finite or below 0")]
    BadTime {
        /// Index of the row, from 0.
        row: usize,
    },
    /// A waiting time that is not finite or below 0.
    #[error("row {row}: a waiting time that is not finite or below 0")]
    BadTransplant {
        /// Index of the row, from 0.
        row: usize,
    },
    /// A transplant after the end of follow-up.
    #[error("row {row}: a transplant after the end of follow-up")]
    TransplantAfterEnd {
        /// Index of the row, from 0.
        row: usize,
    },
    /// A landmark that is not finite or below 0.
    #[error("a landmark that is not finite or below 0")]
    BadLandmark,
    /// One of the two groups has no patient, or none at risk at any event.
    #[error("a group has no patient at risk at any event")]
    NothingToCompare,
    /// The groups would be defined by later events (immortal time).
    #[error("the groups would be defined by later events ({} patients)", .0.patients)]
    ImmortalTime(ImmortalTime),
}

/// The time that a comparison of “ever transplanted” with “never” counts wrongly: those transplanted could not die
/// before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImmortalTime {
    /// Number of patients transplanted after the origin.
    pub patients: usize,
    /// The sum of their waiting times, in the unit of the data, during which no event was possible by definition.
    pub waiting_time: f64,
    /// `waiting_time` as a fraction of the follow-up of all transplanted patients.
    pub share: f64,
}

/// How transplanted and other patients are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TransplantComparison {
    /// Mantel and Byar: each patient is in the group without transplant until the transplant, and then in the other.
    MantelByar,
    /// Of those followed beyond this time, those transplanted by then against the others.
    Landmark(f64),
    /// By transplant at any time: always refused.
    EverTransplanted,
}

/// The result of a comparison; in each pair the first value is without transplant, the second after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TransplantTest {
    /// Number of patients (Mantel–Byar: those ever at risk in that state; a patient may be in both).
    pub patients: [usize; 2],
    /// Time under observation, in the unit of the data.
    pub person_time: [f64; 2],
    /// Number of events.
    pub observed: [f64; 2],
    /// Number of events expected if the hazards are equal.
    pub expected: [f64; 2],
    /// The log-rank statistic with one degree of freedom.
    pub chi_square: f64,
    /// P value, the upper tail of chi-square.
    pub p: f64,
}

/// Rows of a counting process: one for each patient, or two for a patient with a transplant.
#[derive(Debug, Clone, PartialEq)]
pub struct CountingRows {
    /// Index of each row's patient.
    pub patient: Vec<u32>,
    /// True for each row after the transplant.
    pub transplanted: Vec<bool>,
    /// The intervals `(entry, time]` and what ended them.
    pub follow_up: FollowUp,
    /// Number of patients without follow-up (time 0), who have no row.
    pub without_follow_up: usize,
    /// Number of patients transplanted at the end of follow-up, who have no time after it.
    pub transplanted_at_the_end: usize,
}

/// The patients of a landmark analysis, followed from the landmark on.
#[derive(Debug, Clone, PartialEq)]
pub struct Landmark {
    /// Index of each row's patient.
    pub patient: Vec<u32>,
    /// True for each patient transplanted by the landmark.
    pub transplanted: Vec<bool>,
    /// Follow-up with the landmark as origin.
    pub follow_up: FollowUp,
    /// Number of patients excluded because of an event at or before the landmark.
    pub excluded_events: usize,
    /// Number of patients excluded because follow-up ended at or before the landmark without an event.
    pub excluded_censored: usize,
    /// Number of patients transplanted after the landmark, who count as not transplanted.
    pub transplanted_later: usize,
}

impl Transplants {
    /// Makes patients from the end of follow-up, the event there (0: none) and the waiting time of those transplanted.
    ///
    /// Times that differ by floating-point noise are made equal. A transplant at 0 counts from the origin.
    ///
    /// ```
    /// use cotside_core::survival::{TransplantError, Transplants};
    ///
    /// // Ends of follow-up, events and waiting times to transplant, in months from remission.
    /// assert!(Transplants::new(vec![5.0, 6.0], vec![1, 0], vec![None, Some(2.0)]).is_ok());
    /// let late = Transplants::new(vec![5.0, 6.0], vec![1, 0], vec![None, Some(7.0)]);
    /// assert_eq!(late, Err(TransplantError::TransplantAfterEnd { row: 1 }));
    /// ```
    ///
    /// # Errors
    /// [`TransplantError`] for the first row that contradicts itself.
    pub fn new(mut time: Vec<f64>, event: Vec<u32>, transplant: Vec<Option<f64>>) -> Result<Self, TransplantError> {
        let n = time.len();
        if n == 0 {
            return Err(TransplantError::NoRows);
        }
        if event.len() != n || transplant.len() != n || u32::try_from(2 * n).is_err() {
            return Err(TransplantError::Length);
        }
        let bad = |value: f64| !(value.is_finite() && value >= 0.0);
        if let Some(row) = time.iter().position(|&time| bad(time)) {
            return Err(TransplantError::BadTime { row });
        }
        if let Some(row) = transplant.iter().position(|transplant| transplant.is_some_and(bad)) {
            return Err(TransplantError::BadTransplant { row });
        }
        let mut transplant = transplant;
        let mut values = time.clone();
        values.extend(transplant.iter().flatten());
        let order = sorted_by(&values);
        merge_sorted(&mut values, &order);
        let (times, waits) = values.split_at(n);
        time.copy_from_slice(times);
        for (place, &wait) in transplant.iter_mut().flatten().zip(waits) {
            *place = wait;
        }
        let after_end = |(wait, &time): (&Option<f64>, &f64)| wait.is_some_and(|wait| wait > time);
        if let Some(row) = transplant.iter().zip(&time).position(after_end) {
            return Err(TransplantError::TransplantAfterEnd { row });
        }
        Ok(Self {
            time,
            event,
            transplant,
        })
    }

    /// Some of the patients, by their positions; `None` where there is none or a position is not one.
    ///
    /// ```
    /// use cotside_core::survival::Transplants;
    ///
    /// let patients = Transplants::new(vec![5.0, 6.0], vec![1, 1], vec![None, Some(2.0)]).unwrap();
    /// let one = patients.subset(&[1]).unwrap();
    /// // R: tmerge() of the second patient alone.
    /// assert_eq!(one.counting_rows().unwrap().transplanted, [false, true]);
    /// assert_eq!(patients.subset(&[]), None);
    /// ```
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Option<Self> {
        if rows.is_empty() {
            return None;
        }
        let mut some = Self {
            time: Vec::new(),
            event: Vec::new(),
            transplant: Vec::new(),
        };
        for &row in rows {
            some.time.push(*self.time.get(row)?);
            some.event.push(*self.event.get(row)?);
            some.transplant.push(*self.transplant.get(row)?);
        }
        Some(some)
    }

    /// Splits patients into rows: `(0, transplant]` without and `(transplant, time]` with a transplant, the event at
    /// the end.
    ///
    /// An event on the day of the transplant counts before it: as in R's `tmerge` a covariate changes just after its
    /// time. O(n log n).
    ///
    /// ```
    /// use cotside_core::survival::Transplants;
    ///
    /// // The second patient is transplanted at 2 and followed to 6: rows (0, 2] without and (2, 6] with a transplant.
    /// let patients = Transplants::new(vec![5.0, 6.0], vec![1, 1], vec![None, Some(2.0)]).unwrap();
    /// let rows = patients.counting_rows().unwrap();
    /// assert_eq!((&rows.patient[..], &rows.transplanted[..]), (&[0, 1, 1][..], &[false, false, true][..]));
    /// assert_eq!(rows.follow_up.entry(), Some(&[0.0, 0.0, 2.0][..]));
    /// assert_eq!((rows.follow_up.time(), rows.follow_up.event()), (&[5.0, 2.0, 6.0][..], &[1, 0, 1][..]));
    /// ```
    ///
    /// # Errors
    /// [`TransplantError::NoRows`] where nobody was followed beyond time 0.
    pub fn counting_rows(&self) -> Result<CountingRows, TransplantError> {
        self.counting_rows_from(0.0)
    }

    /// Splits patients into rows with observation from `from` on, for Simon and Makuch's curves of those event-free
    /// then.
    ///
    /// ```
    /// use cotside_core::survival::Transplants;
    ///
    /// // Observation from 3 on: the second patient is transplanted by then and has one row.
    /// let patients = Transplants::new(vec![5.0, 6.0], vec![1, 1], vec![None, Some(2.0)]).unwrap();
    /// let rows = patients.counting_rows_from(3.0).unwrap();
    /// assert_eq!(rows.transplanted, [false, true]);
    /// assert_eq!(rows.follow_up.entry(), Some(&[3.0, 3.0][..]));
    /// ```
    ///
    /// # Errors
    /// [`TransplantError::BadLandmark`], [`TransplantError::NoRows`].
    pub fn counting_rows_from(&self, from: f64) -> Result<CountingRows, TransplantError> {
        if !(from.is_finite() && from >= 0.0) {
            return Err(TransplantError::BadLandmark);
        }
        let (mut patient, mut transplanted) = (Vec::new(), Vec::new());
        let (mut entry, mut end, mut events) = (Vec::new(), Vec::new(), Vec::new());
        let mut push = |row: usize, start: f64, stop: f64, after: bool, event: u32| {
            if start < stop {
                patient.push(row as u32);
                transplanted.push(after);
                entry.push(start);
                end.push(stop);
                events.push(event);
            }
        };
        let (mut without_follow_up, mut at_the_end) = (0, 0);
        for (row, (&time, &event)) in self.time.iter().zip(&self.event).enumerate() {
            without_follow_up += usize::from(time <= from);
            match self.transplant[row] {
                Some(wait) if wait < time => {
                    push(row, from, wait, false, 0);
                    push(row, wait.max(from), time, true, event);
                }
                wait => {
                    at_the_end += usize::from(wait.is_some());
                    push(row, from, time, false, event);
                }
            }
        }
        // After the checks above no column is refused; noise has been merged, so that no interval is empty.
        let follow_up = FollowUp::with_entry(entry, end, events).map_err(|error| match error {
            FollowUpError::NoRows => TransplantError::NoRows,
            FollowUpError::EmptyInterval { row } | FollowUpError::BadTime { row } => TransplantError::BadTime {
                row: patient.get(row).map_or(0, |&patient| patient as usize),
            },
            _ => TransplantError::Length,
        })?;
        Ok(CountingRows {
            patient,
            transplanted,
            follow_up,
            without_follow_up,
            transplanted_at_the_end: at_the_end,
        })
    }

    /// Returns the patients followed beyond the landmark, grouped by transplant up to it (Anderson, Cain & Gelber, J
    /// Clin Oncol 1983;1:710).
    ///
    /// Patients with an event or censoring at or before the landmark are excluded and counted.
    ///
    /// ```
    /// use cotside_core::survival::Transplants;
    ///
    /// // Landmark at 3: the first patient has died by then; the last is transplanted later and counts as not transplanted.
    /// let patients = Transplants::new(vec![2.0, 6.0, 8.0], vec![1, 1, 0], vec![None, Some(2.0), Some(4.0)]).unwrap();
    /// let rows = patients.landmark(3.0).unwrap();
    /// assert_eq!((rows.excluded_events, rows.transplanted_later), (1, 1));
    /// assert_eq!((rows.follow_up.time(), &rows.transplanted[..]), (&[3.0, 5.0][..], &[true, false][..]));
    /// ```
    ///
    /// # Errors
    /// [`TransplantError::BadLandmark`]; [`TransplantError::NoRows`] where nobody is left.
    pub fn landmark(&self, landmark: f64) -> Result<Landmark, TransplantError> {
        if !(landmark.is_finite() && landmark >= 0.0) {
            return Err(TransplantError::BadLandmark);
        }
        let (mut patient, mut transplanted, mut time, mut event) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut excluded_events, mut excluded_censored, mut later) = (0, 0, 0);
        for (row, (&end, &code)) in self.time.iter().zip(&self.event).enumerate() {
            if end <= landmark {
                *(if code == 0 {
                    &mut excluded_censored
                } else {
                    &mut excluded_events
                }) += 1;
                continue;
            }
            let by_then = self.transplant[row].is_some_and(|wait| wait <= landmark);
            later += usize::from(!by_then && self.transplant[row].is_some());
            patient.push(row as u32);
            transplanted.push(by_then);
            time.push(end - landmark);
            event.push(code);
        }
        Ok(Landmark {
            patient,
            transplanted,
            follow_up: FollowUp::new(time, event).map_err(|_| TransplantError::NoRows)?,
            excluded_events,
            excluded_censored,
            transplanted_later: later,
        })
    }

    /// Returns the waiting time that a comparison by “ever transplanted” would count as time after transplant.
    ///
    /// ```
    /// use cotside_core::survival::Transplants;
    ///
    /// // By hand: waiting 2 + 3 of 6 + 8 months of follow-up.
    /// let patients = Transplants::new(vec![5.0, 6.0, 8.0], vec![1, 1, 0], vec![None, Some(2.0), Some(3.0)]).unwrap();
    /// let found = patients.immortal_time();
    /// assert_eq!((found.patients, found.waiting_time, found.share), (2, 5.0, 5.0 / 14.0));
    /// ```
    #[must_use]
    pub fn immortal_time(&self) -> ImmortalTime {
        let (mut patients, mut waiting_time, mut total) = (0, 0.0, 0.0);
        for (wait, time) in self.transplant.iter().zip(&self.time) {
            if let Some(wait) = wait {
                patients += usize::from(*wait > 0.0);
                waiting_time += wait;
                total += time;
            }
        }
        ImmortalTime {
            patients,
            waiting_time,
            share: if total > 0.0 { waiting_time / total } else { 0.0 },
        }
    }

    /// Compares transplanted patients with the others: the log-rank test over the risk sets of the comparison.
    ///
    /// Mantel and Byar (J Am Stat Assoc 1974;69:81): the score test of a Cox model with transplant as its one
    /// time-dependent covariate, R's `coxph(Surv(start, stop, event) ~ transplanted, ties = "exact")`; a landmark: R's
    /// `survdiff`. Every code other than 0 is an event. O(n log n).
    ///
    /// ```
    /// use cotside_core::survival::{TransplantComparison, TransplantError, Transplants};
    ///
    /// let time = vec![5.0, 6.0, 8.0, 9.0, 10.0, 12.0];
    /// let wait = vec![None, Some(2.0), Some(3.0), None, Some(4.0), None];
    /// let patients = Transplants::new(time, vec![1, 1, 0, 1, 1, 0], wait).unwrap();
    /// // R: coxph(Surv(start, stop, event) ~ transplanted, ties = "exact")$score
    /// let found = patients.compare(TransplantComparison::MantelByar).unwrap();
    /// assert!((found.chi_square - 0.004_618_937_644).abs() < 1e-11 && (found.p - 0.945_815_273_671).abs() < 1e-11);
    /// // R: survdiff(Surv(time - 3.5, event) ~ transplanted by 3.5, subset = time > 3.5)
    /// let found = patients.compare(TransplantComparison::Landmark(3.5)).unwrap();
    /// assert!((found.chi_square - 0.153_846_153_846).abs() < 1e-11 && (found.expected[1] - 0.733_333_333_333).abs() < 1e-11);
    /// let refused = patients.compare(TransplantComparison::EverTransplanted);
    /// assert!(matches!(refused, Err(TransplantError::ImmortalTime(_))));
    /// ```
    ///
    /// # Errors
    /// [`TransplantError::ImmortalTime`] for [`TransplantComparison::EverTransplanted`], always;
    /// [`TransplantError::NothingToCompare`]; errors of [`Self::counting_rows`] or [`Self::landmark`].
    pub fn compare(&self, comparison: TransplantComparison) -> Result<TransplantTest, TransplantError> {
        match comparison {
            TransplantComparison::MantelByar => {
                let rows = self.counting_rows()?;
                two_groups(&rows.follow_up, &rows.transplanted)
            }
            TransplantComparison::Landmark(landmark) => {
                let rows = self.landmark(landmark)?;
                two_groups(&rows.follow_up, &rows.transplanted)
            }
            TransplantComparison::EverTransplanted => Err(TransplantError::ImmortalTime(self.immortal_time())),
        }
    }
}

impl CountingRows {
    /// Returns the state of each row as labels: 0 before, 1 after transplant.
    ///
    /// ```
    /// use cotside_core::survival::Transplants;
    ///
    /// let patients = Transplants::new(vec![5.0, 6.0], vec![1, 1], vec![None, Some(2.0)]).unwrap();
    /// assert_eq!(patients.counting_rows().unwrap().states().codes, [0, 0, 1]);
    /// ```
    #[must_use]
    pub fn states(&self) -> Labels {
        states(&self.transplanted)
    }

    /// Returns the follow-up before and after transplant, each `None` where there is none: Simon and Makuch's curves
    /// (Stat Med 1984;3:35) are the Kaplan–Meier estimates of these, with patients entering the second at their
    /// transplant.
    ///
    /// ```
    /// use cotside_core::survival::{Transplants, kaplan_meier};
    ///
    /// // R: survfit(Surv(start, stop, event) ~ transplanted)
    /// let time = vec![5.0, 6.0, 8.0, 9.0, 10.0, 12.0];
    /// let wait = vec![None, Some(2.0), Some(3.0), None, Some(4.0), None];
    /// let patients = Transplants::new(time, vec![1, 1, 0, 1, 1, 0], wait).unwrap();
    /// let [without, with] = patients.counting_rows().unwrap().by_state().map(|rows| kaplan_meier(&rows.unwrap()));
    /// assert_eq!((without.time(), without.at_risk()), (&[2.0, 3.0, 4.0, 5.0, 9.0, 12.0][..], &[6.0, 5.0, 4.0, 3.0, 2.0, 1.0][..]));
    /// assert!((without.survival()[4] - 1.0 / 3.0).abs() < 1e-12 && (with.survival()[0] - 2.0 / 3.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn by_state(&self) -> [Option<FollowUp>; 2] {
        [false, true].map(|state| {
            let rows: Vec<usize> = (0..self.transplanted.len())
                .filter(|&row| self.transplanted[row] == state)
                .collect();
            self.follow_up.subset(&rows)
        })
    }
}

/// Returns the first time at which nobody is at risk while others enter later: beyond it a curve ignores the time
/// between. `None` where that never happens.
///
/// ```
/// use cotside_core::survival::{FollowUp, risk_set_empties};
///
/// // The first patient leaves at 2, the second enters at 3.
/// let gap = FollowUp::with_entry(vec![0.0, 3.0], vec![2.0, 5.0], vec![0, 1]).unwrap();
/// assert_eq!(risk_set_empties(&gap), Some(2.0));
/// ```
#[must_use]
pub fn risk_set_empties(follow_up: &FollowUp) -> Option<f64> {
    let entry = follow_up.entry()?;
    let by_entry = sorted_by(entry);
    let mut covered: Option<f64> = None;
    let mut rows = by_entry.iter().map(|&row| row as usize).peekable();
    while let Some(row) = rows.next() {
        let reach = covered.map_or(follow_up.time()[row], |covered| covered.max(follow_up.time()[row]));
        covered = Some(reach);
        if rows.peek().is_some_and(|&next| entry[next] >= reach) {
            return Some(reach);
        }
    }
    None
}

/// Computes the log-rank test of those after transplant against the others.
fn two_groups(follow_up: &FollowUp, transplanted: &[bool]) -> Result<TransplantTest, TransplantError> {
    let labels = states(transplanted);
    let found = log_rank(follow_up, &labels, None, RankWeight::LogRank).map_err(|_| TransplantError::Length)?;
    let (Some(test), [without, with]) = (found.test, &found.groups[..]) else {
        return Err(TransplantError::NothingToCompare);
    };
    let mut person_time = [0.0; 2];
    for (row, &end) in follow_up.time().iter().enumerate() {
        person_time[usize::from(transplanted[row])] += end - follow_up.entry().map_or(0.0, |entry| entry[row]);
    }
    Ok(TransplantTest {
        patients: [without.rows, with.rows],
        person_time,
        observed: [without.observed, with.observed],
        expected: [without.expected, with.expected],
        chi_square: test.chi2,
        p: test.p,
    })
}

/// Returns the states as labels 0 and 1, as in a covariate of R's `tmerge`.
fn states(transplanted: &[bool]) -> Labels {
    Labels {
        codes: transplanted.iter().map(|&each| u32::from(each)).collect(),
        names: vec!["0".to_owned(), "1".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dies at 1; transplanted at 1 and dies at 4; lives to 3; transplanted at 2 and dies there; lost at 0.
    fn five() -> Transplants {
        let transplant = vec![None, Some(1.0), None, Some(2.0), None];
        Transplants::new(vec![1.0, 4.0, 3.0, 2.0, 0.0], vec![1, 1, 0, 1, 0], transplant).unwrap()
    }

    #[test]
    fn patients_become_rows() {
        let rows = five().counting_rows().unwrap();
        assert_eq!(rows.patient, [0, 1, 1, 2, 3]);
        assert_eq!(rows.transplanted, [false, false, true, false, false]);
        assert_eq!(rows.follow_up.entry(), Some(&[0.0, 0.0, 1.0, 0.0, 0.0][..]));
        assert_eq!(rows.follow_up.time(), [1.0, 1.0, 4.0, 3.0, 2.0]);
        assert_eq!(rows.follow_up.event(), [1, 0, 1, 0, 1]);
        assert_eq!((rows.without_follow_up, rows.transplanted_at_the_end), (1, 1));
        let [before, after] = rows.by_state();
        assert_eq!((before.unwrap().len(), after.unwrap().len()), (4, 1));
    }

    #[test]
    fn mantel_byar_by_hand() {
        // At 1: four wait, one dies. At 2: one transplanted, two wait, one of them dies. At 4: one is left.
        let test = five().compare(TransplantComparison::MantelByar).unwrap();
        assert_eq!((test.observed, test.person_time), ([2.0, 1.0], [7.0, 3.0]));
        assert!((test.expected[1] - 4.0 / 3.0).abs() < 1e-15);
        // Variances 0 (all four wait), 2/9 and 0 (one is left): (1 − 4/3)² over 2/9.
        assert!((test.chi_square - 0.5).abs() < 1e-14);
    }

    #[test]
    fn a_landmark_leaves_out_and_counts() {
        let landmark = five().landmark(1.0).unwrap();
        assert_eq!((landmark.excluded_events, landmark.excluded_censored), (1, 1));
        assert_eq!(landmark.patient, [1, 2, 3]);
        assert_eq!(landmark.transplanted, [true, false, false]);
        assert_eq!(landmark.follow_up.time(), [3.0, 2.0, 1.0]);
        assert_eq!(landmark.transplanted_later, 1);
        assert_eq!(five().landmark(9.0), Err(TransplantError::NoRows));
        assert_eq!(five().landmark(-1.0), Err(TransplantError::BadLandmark));
    }

    #[test]
    fn ever_transplanted_is_refused_with_its_cost() {
        let refused = five().compare(TransplantComparison::EverTransplanted);
        let cost = ImmortalTime {
            patients: 2,
            waiting_time: 3.0,
            share: 0.5,
        };
        assert_eq!(refused, Err(TransplantError::ImmortalTime(cost)));
    }

    #[test]
    fn what_contradicts_itself_is_named() {
        let new = |time: f64, wait: f64| Transplants::new(vec![time], vec![1], vec![Some(wait)]);
        assert_eq!(new(1.0, 2.0), Err(TransplantError::TransplantAfterEnd { row: 0 }));
        assert_eq!(new(1.0, -2.0), Err(TransplantError::BadTransplant { row: 0 }));
        assert_eq!(new(f64::NAN, 1.0), Err(TransplantError::BadTime { row: 0 }));
        assert!(new(0.3, 0.1 + 0.2).is_ok());
        let alone = new(1.0, 0.0).unwrap().compare(TransplantComparison::MantelByar);
        assert_eq!(alone, Err(TransplantError::NothingToCompare));
    }

    #[test]
    fn an_empty_risk_set_is_found() {
        let entered = |entry: [f64; 3]| FollowUp::with_entry(entry.to_vec(), vec![2.0, 3.0, 6.0], vec![1; 3]).unwrap();
        assert_eq!(risk_set_empties(&entered([0.0, 1.0, 2.0])), None);
        assert_eq!(risk_set_empties(&entered([0.0, 1.0, 4.0])), Some(3.0));
        assert_eq!(risk_set_empties(&entered([0.0, 2.0, 2.5])), Some(2.0));
    }
}

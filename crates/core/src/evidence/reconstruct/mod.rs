//! Reconstruction of individual patient data from a published Kaplan–Meier curve: Guyot et al., BMC Med Res Methodol
//! 2012;12:9, refined.
//!
//! The result is not data of real patients. It is one set of times and events whose curve is the published one; it
//! contains no covariates of patients, and nothing computed from it is more certain than the figure.

mod points;
mod stretch;

use std::rc::Rc;

use crate::survival::{FollowUp, FollowUpError, SurvivalCurve, kaplan_meier};
pub use points::{AtRisk, CurvePoint};
pub(in crate::evidence) use stretch::falling;
use stretch::{Drawn, Segment, State, near, towards};

/// Most patients of a curve.
pub const MOST_PATIENTS: u32 = 100_000;

/// Most digitised points, and most numbers at risk.
pub const MOST_POINTS: usize = 100_000;

/// Above this a drawn curve is in per cent.
const LARGEST_FRACTION: f64 = 1.05;

/// The highest point of a curve in per cent is at least this.
const LEAST_PERCENT: f64 = 10.0;

/// Largest error of a height read by hand.
pub(in crate::evidence) const SLIP: f64 = 0.02;

/// A curve that rises by no more than this, twice that error, is made level; any other is not a survival curve.
const LARGEST_RISE: f64 = 2.0 * SLIP;

/// Makes points from times and heights as read; returns also whether the heights are per cent, which they are if one is
/// above
/// 1.05.
///
/// # Errors
/// [`ReconstructError::MixedHeights`] where some heights are fractions and others are not: one above 1.05 together with
/// others up to
/// 1.05 to which the curve has not come down by small per cents, or none that reaches 10 per cent.
pub fn curve_points(read: &[(f64, f64)]) -> Result<(Vec<CurvePoint>, bool), ReconstructError> {
    let percent = read.iter().any(|&(_, height)| height > LARGEST_FRACTION);
    if percent && let Some(row) = mixed(read) {
        return Err(ReconstructError::MixedHeights { row });
    }
    let unit = if percent { 100.0 } else { 1.0 };
    let point = |&(time, height): &(f64, f64)| CurvePoint {
        time,
        survival: height / unit,
    };
    Ok((read.iter().map(point).collect(), percent))
}

/// The row that does not fit the unit of the others, where one height is above 1.05.
fn mixed(read: &[(f64, f64)]) -> Option<usize> {
    let is_fraction = |height: f64| height > 0.0 && height <= LARGEST_FRACTION;
    let highest = (0..read.len()).max_by(|&a, &b| read[a].1.total_cmp(&read[b].1))?;
    if read[highest].1 < LEAST_PERCENT {
        return Some(highest);
    }
    let mut order: Vec<usize> = (0..read.len()).collect();
    order.sort_by(|&a, &b| read[a].0.total_cmp(&read[b].0).then(read[b].1.total_cmp(&read[a].1)));
    // A curve in per cent may come down to 1 % and less, by way of other small ones.
    let mut before = f64::INFINITY;
    let mut fractions = Vec::new();
    for &row in &order {
        let height = read[row].1;
        if is_fraction(height) && before > LEAST_PERCENT {
            fractions.push(row);
        } else {
            before = height;
        }
    }
    // The odd one out is of the fewer.
    if 2 * fractions.len() > read.len() {
        read.iter().position(|&(_, height)| height > LARGEST_FRACTION)
    } else {
        fractions.first().copied()
    }
}

/// Why patient data cannot be reconstructed from a curve. Rows count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReconstructError {
    /// Fewer than two digitised points.
    #[error("{found} points")]
    TooFewPoints {
        /// Number found.
        found: usize,
    },
    /// More than [`MOST_POINTS`] points or numbers at risk.
    #[error("{found} points or numbers at risk")]
    TooManyPoints {
        /// Number found.
        found: usize,
    },
    /// A point whose time is below 0 or not finite, or whose survival is not between 0 and 1 (up to 0.02 outside is
    /// accepted as reading error).
    #[error("point {row}: a time or a survival out of range")]
    BadPoint {
        /// Index of the row, from 0.
        row: usize,
    },
    /// Heights of which some are fractions and others per cent, or above 1 and below 10 only.
    #[error("point {row}: not in the unit of the others")]
    MixedHeights {
        /// The row that does not fit the others.
        row: usize,
    },
    /// A point above one before it by more than the reading error: not a survival curve.
    #[error("point {row} is above one before it")]
    Rises {
        /// Index of the row, from 0.
        row: usize,
    },
    /// The first entry of the table at risk is not at time 0 with at least one patient.
    #[error("no number at risk at time 0")]
    NoStart,
    /// An entry of the table at risk whose time is not after the one before, or with more patients than before.
    #[error("number at risk {row}: not after or above the one before")]
    BadAtRisk {
        /// Index of the row, from 0.
        row: usize,
    },
    /// More than [`MOST_PATIENTS`].
    #[error("{found} patients")]
    TooManyPatients {
        /// Number found.
        found: u32,
    },
    /// More events than patients.
    #[error("{events} events of {patients} patients")]
    TooManyEvents {
        /// Number of events.
        events: u32,
        /// Number of patients.
        patients: u32,
    },
}

/// How well the reconstructed curve fits the published one. Errors are of survival, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Number of digitised points.
    pub points: usize,
    /// Points that were moved because survival cannot rise.
    pub moved: usize,
    /// The furthest that one was moved.
    pub largest_move: f64,
    /// Largest distance of the reconstructed curve from a digitised point. Next to a drop a slip along the time axis
    /// shows as its whole height.
    pub largest: f64,
    /// Root of the mean squared distance.
    pub root_mean_square: f64,
    /// Mean distance, reconstructed less digitised.
    pub mean: f64,
    /// Numbers at risk: as published, and as reconstructed.
    pub at_risk: Vec<(AtRisk, u32)>,
    /// Number of events as published.
    pub published_events: Option<u32>,
}

/// Reconstructed times and events.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconstruction {
    /// Times, ascending.
    pub time: Vec<f64>,
    /// 1 for an event, 0 for censoring.
    pub event: Vec<u32>,
    /// Goodness of fit to the published curve.
    pub fit: Fit,
    /// True if only the number at the start was given, so that no patient is censored before the end.
    pub censoring_unknown: bool,
}

impl Reconstruction {
    /// Returns the number of reconstructed events.
    #[must_use]
    pub fn events(&self) -> u32 {
        self.event.iter().sum()
    }

    /// Returns the follow-up, for use like that of a cohort.
    ///
    /// # Errors
    /// [`FollowUpError`], which does not happen to what [`reconstruct`] returns.
    pub fn follow_up(&self) -> Result<FollowUp, FollowUpError> {
        FollowUp::new(self.time.clone(), self.event.clone())
    }
}

/// Reconstructs times and events from digitised points, the table of numbers at risk (its first entry at time 0) and,
/// where it was published, the number of events.
///
/// As Guyot et al.: between two entries of the table the censored are evenly spaced, and the number of events at each
/// point is that which brings the curve there, round(n(1 − S/Ŝ)); the number censored is the one that gives the next
/// entry. After the last entry it is the one that gives the published number of events or, without one, the same rate
/// of censoring as before, unless another number fits the curve clearly better: with few at risk the height of a drop
/// determines their number. Refinements: rising points are replaced by a falling curve by least squares (isotonic
/// regression) instead of being deleted; each entry of the table is a point of its own; the number censored is searched
/// for instead of being corrected step by step, so that the search always ends, and of numbers equally near to the next
/// entry the one with the better fit is used; the censored keep their own times; a drop drawn just after an entry of
/// the table, by at most a hundredth of the time axis, may be counted before it, if that fits the table and the curve
/// better.
///
/// On curves drawn from known data (tests/reconstruction.rs: traced at 800 by 600 and 300 by 200 pixels, or clicked
/// with a slip of half a per cent) the median is recovered within 1 % of the time axis, events within 5 %, the log
/// hazard ratio within 0.02 and the log-rank statistic within 6 %.
///
/// O((points + patients) · log patients), and 200 times the last segment where no number of events is given.
///
/// # Errors
/// [`ReconstructError`].
pub fn reconstruct(
    points: &[CurvePoint],
    at_risk: &[AtRisk],
    events: Option<u32>,
) -> Result<Reconstruction, ReconstructError> {
    check(points, at_risk, events)?;
    let curve = Drawn::new(points, at_risk);
    let start = State {
        patients: at_risk.first().map_or(0, |entry| entry.patients),
        survival: 1.0,
    };
    let mut paths = vec![Path::from(start)];
    for (position, next) in curve.table.iter().enumerate().skip(1) {
        let late: &[bool] = if curve.may_be_late(position) {
            &[false, true]
        } else {
            &[false]
        };
        let wanted = i64::from(next.published.patients);
        let mut further = Vec::new();
        for path in &paths {
            for &late in late {
                let stretch = curve.stretch(position - 1, path.late, late);
                let most = path.state.patients.saturating_sub(next.published.patients);
                let segment = towards(&stretch, path.state, most, |segment| {
                    i64::from(segment.state.patients) - wanted
                });
                further.push(path.with(segment, late, wanted));
            }
        }
        further.sort_by(|a, b| a.miss.cmp(&b.miss).then(a.squared_error.total_cmp(&b.squared_error)));
        further.truncate(PATHS);
        paths = further;
    }
    let ends = paths.iter().map(|path| path.to_the_end(&curve, events));
    let best = ends.min_by(|a, b| a.miss.cmp(&b.miss).then(a.squared_error.total_cmp(&b.squared_error)));
    let mut found = Patients::default();
    let (mut numbers, mut left) = (Vec::new(), start.patients);
    for (position, segment) in best.iter().flat_map(Path::segments).enumerate() {
        if let Some(entry) = curve.table.get(position) {
            numbers.push((entry.published, left));
        }
        left = segment.state.patients;
        found.take(segment);
    }
    // Whoever is left was under observation when the drawing ends.
    found.censored(curve.end(), left);
    let censoring_unknown = curve.table.len() == 1 && events.is_none();
    Ok(found.finish(points, &curve, numbers, events, censoring_unknown))
}

/// Ways through the curve that are followed at once.
const PATHS: usize = 8;

/// A way through the curve up to an entry of the table.
struct Path {
    last: Option<Rc<Link>>,
    state: State,
    /// True if the drop just after the entry was counted before it.
    late: bool,
    /// Distances from the numbers at risk, and from the number of events, in all.
    miss: u64,
    squared_error: f64,
}

/// A stretch of a way and the one before.
struct Link {
    segment: Segment,
    before: Option<Rc<Link>>,
}

impl Path {
    fn from(state: State) -> Self {
        Self {
            last: None,
            state,
            late: false,
            miss: 0,
            squared_error: 0.0,
        }
    }

    fn with(&self, segment: Segment, late: bool, patients: i64) -> Self {
        Self {
            state: segment.state,
            late,
            miss: self.miss + (i64::from(segment.state.patients) - patients).unsigned_abs(),
            squared_error: self.squared_error + segment.squared_error,
            last: Some(Rc::new(Link {
                segment,
                before: self.last.clone(),
            })),
        }
    }

    /// The stretches, the first one first.
    fn segments(&self) -> Vec<&Segment> {
        let mut all = Vec::new();
        let mut link = self.last.as_deref();
        while let Some(each) = link {
            all.push(&each.segment);
            link = each.before.as_deref();
        }
        all.reverse();
        all
    }

    /// Behind the last entry: the published number of events, or as many censored for the time as before, unless
    /// another number fits the curve clearly better.
    fn to_the_end(&self, curve: &Drawn, events: Option<u32>) -> Self {
        let stretch = curve.stretch(curve.table.len().saturating_sub(1), self.late, false);
        let before = self.segments();
        let Some(events) = events else {
            let censored: usize = before.iter().map(|segment| segment.censored.len()).sum();
            let expected = if stretch.start > 0.0 {
                (censored as f64 * (stretch.end - stretch.start) / stretch.start).round()
            } else {
                0.0
            };
            let expected = expected.clamp(0.0, f64::from(self.state.patients)) as u32;
            let segment = if curve.table.len() == 1 {
                stretch.with(0, self.state)
            } else {
                near(&stretch, self.state, expected)
            };
            let patients = i64::from(segment.state.patients);
            return self.with(segment, false, patients);
        };
        let deaths = |segment: &Segment| segment.events.iter().map(|&(_, count)| i64::from(count)).sum::<i64>();
        let done: i64 = before.iter().map(|segment| deaths(segment)).sum();
        let miss = |segment: &Segment| done + deaths(segment) - i64::from(events);
        let segment = towards(&stretch, self.state, self.state.patients, miss);
        let patients = i64::from(segment.state.patients) - miss(&segment);
        self.with(segment, false, patients)
    }
}

impl Drop for Link {
    /// Frees long chains without recursion.
    fn drop(&mut self) {
        let mut next = self.before.take();
        while let Some(mut link) = next.and_then(Rc::into_inner) {
            next = link.before.take();
        }
    }
}

/// Checks the points of a curve alone.
pub(in crate::evidence) fn check_points(points: &[CurvePoint]) -> Result<(), ReconstructError> {
    if points.len() < 2 {
        return Err(ReconstructError::TooFewPoints { found: points.len() });
    }
    if points.len() > MOST_POINTS {
        return Err(ReconstructError::TooManyPoints { found: points.len() });
    }
    let fits = |point: &CurvePoint| {
        point.time.is_finite()
            && (0.0..=1e100).contains(&point.time)
            && point.survival >= -SLIP
            && point.survival <= 1.0 + SLIP
    };
    if let Some(row) = points.iter().position(|point| !fits(point)) {
        return Err(ReconstructError::BadPoint { row });
    }
    match rising(points) {
        Some(row) => Err(ReconstructError::Rises { row }),
        None => Ok(()),
    }
}

fn check(points: &[CurvePoint], at_risk: &[AtRisk], events: Option<u32>) -> Result<(), ReconstructError> {
    check_points(points)?;
    if at_risk.len() > MOST_POINTS {
        return Err(ReconstructError::TooManyPoints { found: at_risk.len() });
    }
    let start = match at_risk.first() {
        Some(entry) if entry.time() == 0.0 && entry.patients > 0 => entry.patients,
        _ => return Err(ReconstructError::NoStart),
    };
    for (row, pair) in at_risk.windows(2).enumerate() {
        let rises = pair[1].patients > pair[0].patients;
        let later = pair[1].time() > pair[0].time() && pair[1].time() <= 1e100;
        if rises || !later {
            return Err(ReconstructError::BadAtRisk { row: row + 1 });
        }
    }
    if start > MOST_PATIENTS {
        return Err(ReconstructError::TooManyPatients { found: start });
    }
    match events {
        Some(events) if events > start => Err(ReconstructError::TooManyEvents {
            events,
            patients: start,
        }),
        _ => Ok(()),
    }
}

/// Returns the first point, by time, that is above one before it by more than the reading error.
fn rising(points: &[CurvePoint]) -> Option<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let key = |row: usize| (points[row].time, points[row].survival);
    order.sort_by(|&a, &b| key(a).0.total_cmp(&key(b).0).then(key(b).1.total_cmp(&key(a).1)));
    let mut lowest = f64::INFINITY;
    order.into_iter().find(|&row| {
        let height = points[row].survival;
        let rises = height > lowest + LARGEST_RISE;
        lowest = lowest.min(height);
        rises
    })
}

/// A published number that the reconstruction does not reproduce.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Miss {
    /// A number at risk.
    AtRisk {
        /// As published.
        published: AtRisk,
        /// As reconstructed.
        found: u32,
    },
    /// The number of events.
    Events {
        /// As published.
        published: u32,
        /// As reconstructed.
        found: u32,
    },
    /// Points of the curve that rose, and were moved by more than half a slip.
    Points {
        /// How many points were moved.
        moved: usize,
        /// The furthest that one was moved, of survival.
        largest: f64,
    },
}

impl Reconstruction {
    /// Returns the published numbers that are not reproduced.
    #[must_use]
    pub fn missed(&self) -> Vec<Miss> {
        let fit = &self.fit;
        let numbers = fit
            .at_risk
            .iter()
            .filter(|(published, found)| published.patients != *found);
        let mut all: Vec<Miss> = numbers
            .map(|&(published, found)| Miss::AtRisk { published, found })
            .collect();
        let found = self.events();
        all.extend(
            fit.published_events
                .filter(|&published| published != found)
                .map(|published| Miss::Events { published, found }),
        );
        let largest = fit.largest_move;
        if largest > 0.5 * SLIP {
            all.push(Miss::Points {
                moved: fit.moved,
                largest,
            });
        }
        all
    }
}

/// Patients reconstructed so far.
#[derive(Default)]
struct Patients {
    time: Vec<f64>,
    event: Vec<u32>,
}

impl Patients {
    fn take(&mut self, segment: &Segment) {
        for &(time, count) in &segment.events {
            self.add(time, 1, count);
        }
        for &time in &segment.censored {
            self.add(time, 0, 1);
        }
    }

    fn censored(&mut self, time: f64, count: u32) {
        self.add(time, 0, count);
    }

    fn add(&mut self, time: f64, event: u32, count: u32) {
        for _ in 0..count {
            self.time.push(time);
            self.event.push(event);
        }
    }

    fn finish(
        self,
        points: &[CurvePoint],
        curve: &Drawn,
        numbers: Vec<(AtRisk, u32)>,
        events: Option<u32>,
        censoring_unknown: bool,
    ) -> Reconstruction {
        let mut order: Vec<usize> = (0..self.time.len()).collect();
        // Events before censoring at one time, as everywhere.
        order.sort_by(|&a, &b| {
            self.time[a]
                .total_cmp(&self.time[b])
                .then(self.event[b].cmp(&self.event[a]))
        });
        let mut found = Reconstruction {
            time: order.iter().map(|&row| self.time[row]).collect(),
            event: order.iter().map(|&row| self.event[row]).collect(),
            fit: Fit {
                points: points.len(),
                moved: curve.moved,
                largest_move: curve.largest_move,
                largest: 0.0,
                root_mean_square: 0.0,
                mean: 0.0,
                at_risk: numbers,
                published_events: events,
            },
            censoring_unknown,
        };
        if let Ok(follow_up) = found.follow_up() {
            found.fit.measure(points, &kaplan_meier(&follow_up));
        }
        found
    }
}

impl Fit {
    /// Distances of a curve from the points.
    fn measure(&mut self, points: &[CurvePoint], curve: &SurvivalCurve) {
        let at = |time: f64| curve.step_at(time).map_or(1.0, |step| curve.survival()[step]);
        let before = |time: f64| {
            let step = curve.time().partition_point(|&each| each < time).checked_sub(1);
            step.map_or(1.0, |step| curve.survival()[step])
        };
        let (mut sum, mut squares) = (0.0, 0.0);
        for point in points {
            // A point on the vertical line of a drop is on the curve.
            let (low, high) = (at(point.time), before(point.time));
            let distance = point.survival.clamp(low, high) - point.survival;
            sum += distance;
            squares += distance * distance;
            self.largest = self.largest.max(distance.abs());
        }
        let count = points.len() as f64;
        self.mean = sum / count;
        self.root_mean_square = (squares / count).sqrt();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(pairs: &[(f64, f64)]) -> Vec<CurvePoint> {
        pairs
            .iter()
            .map(|&(time, survival)| CurvePoint { time, survival })
            .collect()
    }

    /// Ten patients: two die at 1, one is censored, three of the seven left die at 3: S = 0.8, then 0.8 · 4/7. Of the
    /// four left at 4 none dies.
    #[test]
    fn by_hand() {
        let s = 0.8 * 4.0 / 7.0;
        let drawn = points(&[(0.0, 1.0), (1.0, 1.0), (1.0, 0.8), (3.0, 0.8), (3.0, s), (5.0, s)]);
        let table = [AtRisk::at(0.0, 10), AtRisk::at(2.0, 7), AtRisk::at(4.0, 4)];
        let found = reconstruct(&drawn, &table, None).unwrap();
        assert_eq!(found.time.len(), 10);
        assert_eq!(found.events(), 5);
        let at = |time: f64, event: u32| {
            let rows = found.time.iter().zip(&found.event);
            rows.filter(|&(&t, &e)| t == time && e == event).count()
        };
        assert_eq!((at(1.0, 1), at(3.0, 1), at(5.0, 0)), (2, 3, 4));
        assert!(found.fit.largest < 1e-12, "{:?}", found.fit);
        assert_eq!(
            found.fit.at_risk.iter().map(|row| row.1).collect::<Vec<_>>(),
            [10, 7, 4]
        );
        assert!(!found.censoring_unknown);
    }

    #[test]
    fn the_published_number_of_events_is_met() {
        let drawn = points(&[(0.0, 1.0), (1.0, 0.9), (2.0, 0.7), (3.0, 0.55), (4.0, 0.3), (5.0, 0.3)]);
        let table = [AtRisk::at(0.0, 40), AtRisk::at(2.0, 30)];
        for events in [14, 18, 22] {
            let found = reconstruct(&drawn, &table, Some(events)).unwrap();
            assert_eq!((found.events(), found.time.len()), (events, 40));
        }
        let alone = reconstruct(&drawn, &table[..1], None).unwrap();
        assert!(alone.censoring_unknown);
        assert_eq!(alone.events(), 28);
    }

    #[test]
    fn rising_points_are_levelled() {
        let drawn = points(&[(0.0, 1.0), (1.0, 0.8), (2.0, 0.82), (3.0, 0.5)]);
        let found = reconstruct(&drawn, &[AtRisk::at(0.0, 20)], None).unwrap();
        assert_eq!(found.fit.moved, 2);
        assert!((found.fit.largest_move - 0.01).abs() < 1e-12);
    }

    #[test]
    fn heights_of_two_units_are_refused() {
        let row = |heights: &[f64]| {
            let read: Vec<(f64, f64)> = (0..).map(f64::from).zip(heights.iter().copied()).collect();
            match curve_points(&read) {
                Ok((_, percent)) => Ok(percent),
                Err(ReconstructError::MixedHeights { row }) => Err(row),
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(row(&[1.0, 0.8, 0.5]), Ok(false));
        assert_eq!(row(&[1.04, 0.8, 0.5]), Ok(false));
        assert_eq!(row(&[1.0, 0.8, 1.06]), Err(2));
        assert_eq!(row(&[1.07, 0.8, 0.4]), Err(0));
        assert_eq!(row(&[1.0, 0.8, 50.0, 0.4]), Err(2));
        assert_eq!(row(&[100.0, 80.0, 0.7, 60.0]), Err(2));
        assert_eq!(row(&[1.0, 80.0, 60.0]), Err(0));
        assert_eq!(row(&[1.2, 1.1]), Err(0));
        // Per cent down to 0.
        assert_eq!(row(&[100.0, 40.0, 8.0, 1.0, 0.5, 0.0]), Ok(true));
        assert_eq!(row(&[100.0, 50.0, 0.0]), Ok(true));
    }

    #[test]
    fn a_rising_curve_is_refused_and_missed_numbers_are_reported() {
        let start = AtRisk::at(0.0, 10);
        let incidence = points(&[(0.0, 0.0), (1.0, 0.2), (2.0, 0.5)]);
        assert_eq!(
            reconstruct(&incidence, &[start], None),
            Err(ReconstructError::Rises { row: 1 })
        );
        let drawn = points(&[(0.0, 1.0), (2.0, 0.8), (1.0, 0.7), (3.0, 0.5)]);
        assert_eq!(
            reconstruct(&drawn, &[start], None),
            Err(ReconstructError::Rises { row: 1 })
        );
        let slip = points(&[(0.0, 1.0), (1.0, 0.8), (2.0, 0.83), (3.0, 0.5)]);
        let found = reconstruct(&slip, &[start], None).unwrap();
        assert!(
            matches!(found.missed()[..], [Miss::Points { moved: 2, .. }]),
            "{:?}",
            found.missed()
        );
        let good = points(&[(0.0, 1.0), (5.0, 0.5)]);
        let found = reconstruct(&good, &[start, AtRisk::at(4.0, 10)], Some(9)).unwrap();
        let events = found.events();
        assert_eq!(
            found.missed(),
            [Miss::Events {
                published: 9,
                found: events
            }]
        );
        let found = reconstruct(&good, &[start], Some(5)).unwrap();
        assert_eq!(found.missed(), []);
    }

    #[test]
    fn what_is_refused() {
        let good = points(&[(0.0, 1.0), (1.0, 0.5)]);
        let refuse = |points: &[CurvePoint], table: &[AtRisk], events| reconstruct(points, table, events).unwrap_err();
        let start = AtRisk::at(0.0, 10);
        assert_eq!(
            refuse(&good[..1], &[start], None),
            ReconstructError::TooFewPoints { found: 1 }
        );
        assert_eq!(
            refuse(&points(&[(0.0, 1.0), (1.0, 50.0)]), &[start], None),
            ReconstructError::BadPoint { row: 1 }
        );
        assert_eq!(
            refuse(&points(&[(-1.0, 1.0), (1.0, 0.5)]), &[start], None),
            ReconstructError::BadPoint { row: 0 }
        );
        assert_eq!(refuse(&good, &[], None), ReconstructError::NoStart);
        assert_eq!(refuse(&good, &[AtRisk::at(1.0, 10)], None), ReconstructError::NoStart);
        assert_eq!(
            refuse(&good, &[start, AtRisk::at(1.0, 11)], None),
            ReconstructError::BadAtRisk { row: 1 }
        );
        assert_eq!(
            refuse(&good, &[start, AtRisk::at(0.0, 9)], None),
            ReconstructError::BadAtRisk { row: 1 }
        );
        assert_eq!(
            refuse(&good, &[start], Some(11)),
            ReconstructError::TooManyEvents {
                events: 11,
                patients: 10
            }
        );
        assert_eq!(
            refuse(&good, &[AtRisk::at(0.0, u32::MAX)], None),
            ReconstructError::TooManyPatients { found: u32::MAX }
        );
    }
}

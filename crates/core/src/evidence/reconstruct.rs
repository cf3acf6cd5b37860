//! Times of single patients from a published Kaplan–Meier curve: Guyot et al., BMC Med Res Methodol 2012;12:9, refined.
//!
//! What comes out is not data of patients. It is one set of times and events whose curve is the published one; it cannot
//! say who had what, and nothing computed from it is more certain than the drawing.

use crate::survival::{FollowUp, FollowUpError, SurvivalCurve, kaplan_meier};

/// Most patients of a curve.
pub const MOST_PATIENTS: u32 = 100_000;

/// Most digitised points.
pub const MOST_POINTS: usize = 100_000;

/// A point of the drawn curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Time, 0 or more.
    pub time: f64,
    /// Survival, 0 to 1.
    pub survival: f64,
}

/// An entry of the table of numbers at risk under the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtRisk {
    /// Patients under observation just before the time.
    pub patients: u32,
    /// Bits of the time, so that entries can be compared exactly; see [`AtRisk::at`].
    time_bits: u64,
}

impl AtRisk {
    /// So many patients at risk at a time.
    #[must_use]
    pub fn at(time: f64, patients: u32) -> Self {
        Self {
            patients,
            time_bits: time.to_bits(),
        }
    }

    /// The time.
    #[must_use]
    pub fn time(self) -> f64 {
        f64::from_bits(self.time_bits)
    }
}

/// Why a curve cannot be taken back to patients. Rows count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReconstructError {
    /// Fewer than two digitised points.
    TooFewPoints {
        /// How many there are.
        found: usize,
    },
    /// More than [`MOST_POINTS`].
    TooManyPoints {
        /// How many there are.
        found: usize,
    },
    /// A point whose time is below 0 or not finite, or whose survival is not between 0 and 1 (0.02 beyond is taken for
    /// a slip of the hand).
    BadPoint {
        /// The row.
        row: usize,
    },
    /// The first entry of the table at risk is not at time 0 with at least one patient.
    NoStart,
    /// An entry of the table at risk whose time is not after the one before, or with more patients than before.
    BadAtRisk {
        /// The row.
        row: usize,
    },
    /// More than [`MOST_PATIENTS`].
    TooManyPatients {
        /// How many there are.
        found: u32,
    },
    /// More events than patients.
    TooManyEvents {
        /// How many.
        events: u32,
        /// Of how many patients.
        patients: u32,
    },
}

/// How well the reconstructed curve fits the published one. Errors are of survival, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Digitised points.
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
    /// Events as published.
    pub published_events: Option<u32>,
}

/// Reconstructed times and events.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconstruction {
    /// Times, ascending.
    pub time: Vec<f64>,
    /// 1 for an event, 0 for censoring.
    pub event: Vec<u32>,
    /// How well they fit.
    pub fit: Fit,
    /// Whether nothing but the number at the start was known, so that nobody was taken as censored before the end.
    pub censoring_unknown: bool,
}

impl Reconstruction {
    /// Reconstructed events.
    #[must_use]
    pub fn events(&self) -> u32 {
        self.event.iter().sum()
    }

    /// As follow-up, usable everywhere a cohort is.
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
/// As Guyot et al.: between two entries of the table the censored lie evenly, and the events at each point are what
/// bring the curve there, round(n(1 − S/Ŝ)); the number censored is the one that leads to the next entry. Behind the
/// last entry it is the one that gives the published number of events, or where there is none, as many for the time as
/// before. Refinements: points that rise are made a falling curve by least squares (isotonic regression) instead of being
/// deleted; each entry of the table is a point of its own; the number censored is searched for instead of being
/// corrected step by step, so that the search always ends, and of numbers that lead as near to the next entry the one
/// with the better fit is taken; the censored keep their own times.
///
/// O((points + patients) · log patients).
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
    let mut found = Patients::default();
    let mut state = State {
        patients: at_risk.first().map_or(0, |entry| entry.patients),
        survival: 1.0,
    };
    let mut numbers = Vec::new();
    let table = &curve.table;
    for (position, entry) in table.iter().enumerate() {
        numbers.push((entry.published, state.patients));
        let first = entry.point;
        let segment = match table.get(position + 1) {
            Some(next) => {
                let stretch = curve.stretch(first, next.point);
                towards(&stretch, state, |segment| {
                    i64::from(segment.state.patients) - i64::from(next.published.patients)
                })
            }
            None => last_stretch(&curve, first, state, &found, events),
        };
        state = segment.state;
        found.take(segment);
    }
    // Whoever is left was under observation when the drawing ends.
    found.censored(curve.end(), state.patients);
    let censoring_unknown = table.len() == 1 && events.is_none();
    Ok(found.finish(points, &curve, numbers, events, censoring_unknown))
}

fn check(points: &[CurvePoint], at_risk: &[AtRisk], events: Option<u32>) -> Result<(), ReconstructError> {
    const SLIP: f64 = 0.02;
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

/// The drawn curve as a falling one, with a point at 0 and at each entry of the table at risk.
struct Drawn {
    time: Vec<f64>,
    survival: Vec<f64>,
    table: Vec<Entry>,
    moved: usize,
    largest_move: f64,
}

/// An entry of the table at risk and the point at its time.
struct Entry {
    published: AtRisk,
    point: usize,
}

/// Points of one stretch between entries, with the time at which it ends.
struct Stretch<'a> {
    time: &'a [f64],
    survival: &'a [f64],
    end: f64,
}

/// Where a stretch starts or ends.
#[derive(Clone, Copy)]
struct State {
    patients: u32,
    survival: f64,
}

/// What a number of censored makes of a stretch.
struct Segment {
    events: Vec<(f64, u32)>,
    censored: Vec<f64>,
    state: State,
    squared_error: f64,
}

impl Drawn {
    fn new(points: &[CurvePoint], at_risk: &[AtRisk]) -> Self {
        let mut sorted = points.to_vec();
        // At one time the upper end of a drop comes first.
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time).then(b.survival.total_cmp(&a.survival)));
        let raw: Vec<f64> = sorted.iter().map(|point| point.survival).collect();
        let falling = falling(&raw);
        let moves = raw.iter().zip(&falling).map(|(raw, falling)| (raw - falling).abs());
        let moved = moves.clone().filter(|&distance| distance > 1e-12).count();
        let largest_move = moves.fold(0.0, f64::max);
        let mut drawn = Self {
            time: Vec::new(),
            survival: Vec::new(),
            table: Vec::new(),
            moved,
            largest_move,
        };
        let mut waiting = at_risk.iter().peekable();
        let mut level = 1.0;
        for (point, &survival) in sorted.iter().zip(&falling) {
            while let Some(entry) = waiting.next_if(|entry| entry.time() <= point.time) {
                drawn.enter(*entry, level);
            }
            level = survival.clamp(0.0, 1.0);
            drawn.time.push(point.time);
            drawn.survival.push(level);
        }
        // Somebody at risk behind the last point: the drawing went on without a drop.
        for entry in waiting.filter(|entry| entry.patients > 0) {
            drawn.enter(*entry, level);
        }
        drawn
    }

    fn enter(&mut self, published: AtRisk, level: f64) {
        self.table.push(Entry {
            published,
            point: self.time.len(),
        });
        self.time.push(published.time());
        self.survival.push(level);
    }

    fn end(&self) -> f64 {
        self.time.last().copied().unwrap_or(0.0)
    }

    fn stretch(&self, from: usize, to: usize) -> Stretch<'_> {
        Stretch {
            time: self.time.get(from..to).unwrap_or_default(),
            survival: self.survival.get(from..to).unwrap_or_default(),
            end: self.time.get(to).copied().unwrap_or_else(|| self.end()),
        }
    }
}

/// The falling sequence nearest to `values` by least squares: neighbours that rise are replaced by their mean.
fn falling(values: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        blocks.push((value, 1));
        while let [.., (before, m), (last, n)] = blocks[..]
            && last > before
        {
            let mean = (before * m as f64 + last * n as f64) / (m + n) as f64;
            blocks.truncate(blocks.len() - 2);
            blocks.push((mean, m + n));
        }
    }
    blocks
        .into_iter()
        .flat_map(|(value, count)| std::iter::repeat_n(value, count))
        .collect()
}

impl Stretch<'_> {
    /// The stretch with so many censored, evenly between its ends.
    fn with(&self, censored: u32, from: State) -> Segment {
        let start = self.time.first().copied().unwrap_or(self.end);
        let step = (self.end - start) / (f64::from(censored) + 1.0);
        let mut segment = Segment {
            events: Vec::new(),
            censored: Vec::new(),
            state: from,
            squared_error: 0.0,
        };
        let mut done = 0_u32;
        for (position, (&time, &survival)) in self.time.iter().zip(self.survival).enumerate() {
            let state = &mut segment.state;
            let at_risk = f64::from(state.patients);
            if state.survival > 0.0 && state.patients > 0 {
                let deaths = (at_risk * (1.0 - survival / state.survival))
                    .round()
                    .clamp(0.0, at_risk);
                if deaths > 0.0 {
                    segment.events.push((time, deaths as u32));
                    state.survival *= 1.0 - deaths / at_risk;
                    state.patients -= deaths as u32;
                }
            }
            segment.squared_error += (state.survival - survival) * (state.survival - survival);
            let next = self.time.get(position + 1).copied().unwrap_or(f64::INFINITY);
            while done < censored && state.patients > 0 {
                let at = start + f64::from(done + 1) * step;
                if at >= next {
                    break;
                }
                segment.censored.push(at);
                state.patients -= 1;
                done += 1;
            }
        }
        segment
    }
}

/// The number of censored that brings `miss` to 0, or nearest to it: it falls as more are censored. Of numbers that come
/// as near, the one with the better fit.
fn towards(stretch: &Stretch, from: State, miss: impl Fn(&Segment) -> i64) -> Segment {
    let (mut low, mut high) = (0, from.patients);
    while low < high {
        let middle = low + (high - low) / 2;
        if miss(&stretch.with(middle, from)) > 0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    // Rounding makes the way down uneven: the neighbours are tried too.
    let nearby = low.saturating_sub(3)..=low.saturating_add(3).min(from.patients);
    let mut best = stretch.with(low, from);
    for censored in nearby {
        let other = stretch.with(censored, from);
        let (a, b) = (miss(&other).abs(), miss(&best).abs());
        if a < b || (a == b && other.squared_error < best.squared_error) {
            best = other;
        }
    }
    best
}

/// The stretch behind the last entry of the table.
fn last_stretch(curve: &Drawn, first: usize, from: State, found: &Patients, events: Option<u32>) -> Segment {
    let stretch = curve.stretch(first, curve.time.len());
    if let Some(events) = events {
        let before = i64::from(found.event.iter().sum::<u32>());
        let deaths = |segment: &Segment| segment.events.iter().map(|&(_, count)| i64::from(count)).sum::<i64>();
        return towards(&stretch, from, |segment| before + deaths(segment) - i64::from(events));
    }
    let (censored, span) = (
        found.event.iter().filter(|&&event| event == 0).count() as f64,
        curve.time.get(first).copied().unwrap_or(0.0),
    );
    let expected = if span > 0.0 {
        (censored * (stretch.end - span) / span).round()
    } else {
        0.0
    };
    stretch.with(expected.clamp(0.0, f64::from(from.patients)) as u32, from)
}

/// Patients found so far.
#[derive(Default)]
struct Patients {
    time: Vec<f64>,
    event: Vec<u32>,
}

impl Patients {
    fn take(&mut self, segment: Segment) {
        for (time, count) in segment.events {
            self.add(time, 1, count);
        }
        for time in segment.censored {
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
            // A point on the vertical line of a drop lies on the curve.
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
        assert_eq!(
            falling(&[1.0, 0.75, 1.0, 0.5, 0.625, 0.75]),
            [1.0, 0.875, 0.875, 0.625, 0.625, 0.625]
        );
        let drawn = points(&[(0.0, 1.0), (1.0, 0.8), (2.0, 0.82), (3.0, 0.5)]);
        let found = reconstruct(&drawn, &[AtRisk::at(0.0, 20)], None).unwrap();
        assert_eq!(found.fit.moved, 2);
        assert!((found.fit.largest_move - 0.01).abs() < 1e-12);
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

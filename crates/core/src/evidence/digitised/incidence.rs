//! Reconstruction of patient data from published curves of cumulative incidence with a table of numbers at risk.

use crate::evidence::reconstruct::{
    AtRisk, CurvePoint, Miss, ReconstructError, SLIP, check_points, falling, reconstruct,
};

/// A point of a curve of cumulative incidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncidencePoint {
    /// Time, 0 or more.
    pub time: f64,
    /// Cumulative incidence, 0 to 1.
    pub incidence: f64,
}

/// What was published of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncidenceCurves<'a> {
    /// The curve of the event of interest.
    pub event: &'a [IncidencePoint],
    /// The curve of all competing events together, where it was printed.
    pub competing: Option<&'a [IncidencePoint]>,
    /// Numbers at risk, the first one at time 0.
    pub at_risk: &'a [AtRisk],
    /// Published numbers of events of interest and of competing events.
    pub events: [Option<u32>; 2],
}

/// Why patient data cannot be reconstructed from curves of cumulative incidence.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum IncidenceCurveError {
    /// The curve of the event of interest or, with `competing`, of competing events. [`ReconstructError::Rises`] is a
    /// point below one before it.
    #[error("curve of {}: {error}", if *competing { "competing events" } else { "the event" })]
    Curve {
        /// Whether it is the curve of competing events.
        competing: bool,
        /// What is wrong with it.
        error: ReconstructError,
    },
    /// The two incidences together exceed 1 by more than the reading error.
    #[error("incidences of more than 1 together at {time}")]
    Sum {
        /// The first such time.
        time: f64,
    },
    /// Numbers at risk or of events.
    #[error("{0}")]
    Numbers(ReconstructError),
}

/// How well the reconstructed incidence of one cause fits the published curve. Distances are of incidence, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseFit {
    /// Number of points read.
    pub points: usize,
    /// Points that were moved because an incidence cannot fall.
    pub moved: usize,
    /// The furthest that one was moved.
    pub largest_move: f64,
    /// Largest distance of the reconstructed curve from a point.
    pub largest: f64,
    /// Root of the mean squared distance.
    pub root_mean_square: f64,
    /// Number of reconstructed events.
    pub events: u32,
    /// Number of events as published.
    pub published_events: Option<u32>,
}

/// Reconstructed times with causes.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidenceReconstruction {
    /// Times, ascending.
    pub time: Vec<f64>,
    /// 1 for the event of interest, 2 for a competing event, 0 for censoring.
    pub event: Vec<u32>,
    /// Fit of the event of interest.
    pub event_fit: CauseFit,
    /// Fit of the competing events; `None` where their curve was not given.
    pub competing_fit: Option<CauseFit>,
    /// Numbers at risk: as published, and as reconstructed.
    pub at_risk: Vec<(AtRisk, u32)>,
    /// True if only the number at the start was given, so that no patient is censored before the end.
    pub censoring_unknown: bool,
    /// Without a curve of competing events and a published number of events: between which numbers that of the events
    /// lies.
    pub event_range: Option<(u32, u32)>,
}

impl IncidenceReconstruction {
    /// Returns the published numbers that are not reproduced, as [`crate::evidence::Reconstruction::missed`].
    #[must_use]
    pub fn missed(&self) -> Vec<Miss> {
        let numbers = self
            .at_risk
            .iter()
            .filter(|(published, found)| published.patients != *found);
        let mut all: Vec<Miss> = numbers
            .map(|&(published, found)| Miss::AtRisk { published, found })
            .collect();
        for fit in [Some(&self.event_fit), self.competing_fit.as_ref()]
            .into_iter()
            .flatten()
        {
            let found = fit.events;
            let published = fit.published_events.filter(|&published| published != found);
            all.extend(published.map(|published| Miss::Events { published, found }));
            if fit.largest_move > 0.5 * SLIP {
                all.push(Miss::Points {
                    moved: fit.moved,
                    largest: fit.largest_move,
                });
            }
        }
        all
    }
}

/// A curve of incidence made rising, by time.
struct Rising {
    time: Vec<f64>,
    height: Vec<f64>,
    moved: usize,
    largest_move: f64,
}

impl Rising {
    fn of(points: &[IncidencePoint]) -> Self {
        let mut sorted = points.to_vec();
        // At one time the lower end of a rise comes first.
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.incidence.total_cmp(&b.incidence)));
        let free: Vec<f64> = sorted.iter().map(|point| 1.0 - point.incidence).collect();
        let level = falling(&free);
        let moves = free.iter().zip(&level).map(|(free, level)| (free - level).abs());
        Self {
            moved: moves.clone().filter(|&distance| distance > 1e-12).count(),
            largest_move: moves.fold(0.0, f64::max),
            time: sorted.iter().map(|point| point.time).collect(),
            height: level.iter().map(|level| (1.0 - level).clamp(0.0, 1.0)).collect(),
        }
    }

    fn before(&self, position: usize) -> f64 {
        let place = position.checked_sub(1);
        place.and_then(|place| self.height.get(place)).copied().unwrap_or(0.0)
    }

    /// The height from this time on.
    fn at(&self, time: f64) -> f64 {
        self.before(self.time.partition_point(|&each| each <= time))
    }

    /// The first height at this time: the lower end of a rise that was read there, else as [`Self::at`].
    fn first_at(&self, time: f64) -> f64 {
        let position = self.time.partition_point(|&each| each < time);
        let is_there = self.time.get(position).is_some_and(|&each| each == time);
        self.before(position + usize::from(is_there))
    }
}

/// The curves of all causes together.
struct Together {
    causes: Vec<Rising>,
    /// Times at which a point of any was read, ascending.
    time: Vec<f64>,
}

impl Together {
    fn at(&self, time: f64) -> [f64; 2] {
        let mut heights = [0.0; 2];
        for (height, cause) in heights.iter_mut().zip(&self.causes) {
            *height = cause.at(time);
        }
        heights
    }

    /// The event-free share as points of a falling curve.
    fn free(&self) -> Result<Vec<CurvePoint>, IncidenceCurveError> {
        let mut points = Vec::new();
        for &time in &self.time {
            let first: f64 = self.causes.iter().map(|cause| cause.first_at(time)).sum();
            let last: f64 = self.causes.iter().map(|cause| cause.at(time)).sum();
            if last > 1.0 + 2.0 * SLIP {
                return Err(IncidenceCurveError::Sum { time });
            }
            let point = |incidence: f64| CurvePoint {
                time,
                survival: (1.0 - incidence).max(0.0),
            };
            points.push(point(first));
            if last > first {
                points.push(point(last));
            }
        }
        Ok(points)
    }

    /// The heights that the events at `time` are to reach, which together reach `reached`. A drop that was drawn just
    /// after an entry of the table at risk may have been counted before it: then those of the next rise.
    fn wanted(&self, time: f64, reached: f64, step: f64) -> [f64; 2] {
        let now = self.at(time);
        let sum = now[0] + now[1];
        if sum + 0.5 * step >= reached {
            return now;
        }
        let later = self.time.get(self.time.partition_point(|&each| each <= time)..);
        let next = later.into_iter().flatten().map(|&time| self.at(time));
        next.into_iter().find(|next| next[0] + next[1] > sum).unwrap_or(now)
    }
}

/// Reconstructs times with causes of one group from its curves of cumulative incidence.
///
/// One minus the sum of the incidences of all causes is the share free of every event, a Kaplan–Meier curve; its times
/// are reconstructed by [`reconstruct`]. Each reconstructed event is then given the cause whose Aalen–Johansen estimate,
/// F(t) = Σ S(u−)·d(u)/n(u), is further behind its published curve: the causes of a composite curve are assigned from the
/// curves of incidence as by `CIC_reconstruct` of R's package reconstructKM (Sun R, CRAN 2020). For another method, by
/// quadratic programming, see Titman AC, Stat Med 2026, doi 10.1002/sim.70474.
///
/// Assumptions: the competing curve holds every competing event; the numbers at risk count those without any event;
/// between two of them the censored are evenly spaced.
///
/// Without a competing curve, F alone does not tell competing events from censoring, as an event at t counts
/// n(t)·ΔF/S(t−) and S is unknown. Everybody who leaves otherwise is then censored in the rows, which gives the fewest
/// events; if all of them had competing events there would be n·F events. Both ends are in
/// [`IncidenceReconstruction::event_range`].
///
/// ```
/// use cotside_core::evidence::{AtRisk, IncidenceCurves, IncidencePoint, reconstruct_incidence};
///
/// // Ten infants: two relapse at 1, one dies at 2, one relapses at 3; the others are followed for 5 years.
/// let curve = |points: &[(f64, f64)]| -> Vec<IncidencePoint> {
///     points.iter().map(|&(time, incidence)| IncidencePoint { time, incidence }).collect()
/// };
/// let found = reconstruct_incidence(IncidenceCurves {
///     event: &curve(&[(0.0, 0.0), (1.0, 0.2), (3.0, 0.3), (5.0, 0.3)]),
///     competing: Some(&curve(&[(0.0, 0.0), (2.0, 0.1), (5.0, 0.1)])),
///     at_risk: &[AtRisk::at(0.0, 10), AtRisk::at(4.0, 6)],
///     events: [None, None],
/// })
/// .unwrap();
/// assert_eq!(found.time[..4], [1.0, 1.0, 2.0, 3.0]);
/// assert_eq!(found.event, [1, 1, 2, 1, 0, 0, 0, 0, 0, 0]);
/// ```
///
/// # Errors
/// [`IncidenceCurveError`].
pub fn reconstruct_incidence(curves: IncidenceCurves<'_>) -> Result<IncidenceReconstruction, IncidenceCurveError> {
    let given: Vec<&[IncidencePoint]> = [Some(curves.event), curves.competing].into_iter().flatten().collect();
    for (position, points) in given.iter().enumerate() {
        let free = points.iter().map(|point| CurvePoint {
            time: point.time,
            survival: 1.0 - point.incidence,
        });
        let free: Vec<CurvePoint> = free.collect();
        check_points(&free).map_err(|error| IncidenceCurveError::Curve {
            competing: position == 1,
            error,
        })?;
    }
    let causes: Vec<Rising> = given.iter().map(|points| Rising::of(points)).collect();
    let mut time: Vec<f64> = causes.iter().flat_map(|cause| cause.time.iter().copied()).collect();
    time.sort_by(f64::total_cmp);
    time.dedup();
    let together = Together { causes, time };
    let total = match (curves.competing, curves.events) {
        (None, [events, _]) => events,
        (Some(_), [Some(events), Some(competing)]) => Some(events.saturating_add(competing)),
        (Some(_), _) => None,
    };
    let found = reconstruct(&together.free()?, curves.at_risk, total).map_err(IncidenceCurveError::Numbers)?;
    let (event, steps) = assign(&found.time, &found.event, &together);
    let fit = |cause: usize| {
        let points = given.get(cause)?;
        let steps: Vec<(f64, f64)> = steps.iter().map(|&(time, heights)| (time, heights[cause])).collect();
        let mut fit = distances(points, &steps);
        if let Some(rising) = together.causes.get(cause) {
            (fit.moved, fit.largest_move) = (rising.moved, rising.largest_move);
        }
        fit.events = event.iter().filter(|&&each| each == cause as u32 + 1).count() as u32;
        fit.published_events = curves.events[cause];
        Some(fit)
    };
    let event_fit = fit(0).unwrap_or_else(|| distances(&[], &[]));
    let event_range = (curves.competing.is_none() && total.is_none()).then(|| {
        let patients = curves.at_risk.first().map_or(0.0, |entry| f64::from(entry.patients));
        let end = together.causes.first().and_then(|cause| cause.height.last().copied());
        let most = (patients * end.unwrap_or(0.0)).round() as u32;
        (event_fit.events, most.max(event_fit.events))
    });
    Ok(IncidenceReconstruction {
        competing_fit: fit(1),
        event_fit,
        time: found.time,
        event,
        at_risk: found.fit.at_risk,
        censoring_unknown: found.censoring_unknown,
        event_range,
    })
}

/// Steps of the incidences of both causes.
type Steps = Vec<(f64, [f64; 2])>;

/// Gives every event a cause; returns also the Aalen–Johansen estimates of both.
fn assign(time: &[f64], any: &[u32], together: &Together) -> (Vec<u32>, Steps) {
    let mut event = vec![0; time.len()];
    let (mut row, mut free, mut done) = (0, 1.0, [0.0; 2]);
    let mut steps = Steps::new();
    while let Some(&now) = time.get(row) {
        let at_risk = (time.len() - row) as f64;
        let end = row + time[row..].partition_point(|&each| each <= now);
        let deaths = any[row..end].iter().filter(|&&each| each == 1).count();
        let step = free / at_risk;
        let wanted = together.wanted(now, done[0] + done[1] + deaths as f64 * step, step);
        for cell in event.iter_mut().skip(row).take(deaths) {
            let cause = usize::from(together.causes.len() > 1 && wanted[1] - done[1] > wanted[0] - done[0]);
            *cell = cause as u32 + 1;
            done[cause] += step;
        }
        if deaths > 0 {
            free *= 1.0 - deaths as f64 / at_risk;
            steps.push((now, done));
        }
        row = end;
    }
    (event, steps)
}

/// Distances of a curve from the points.
fn distances(points: &[IncidencePoint], steps: &[(f64, f64)]) -> CauseFit {
    let height = |steps: &[(f64, f64)]| steps.last().map_or(0.0, |step| step.1);
    let (mut largest, mut squares) = (0.0_f64, 0.0);
    for point in points {
        // A point on the vertical line of a rise is on the curve.
        let low = height(&steps[..steps.partition_point(|step| step.0 < point.time)]);
        let high = height(&steps[..steps.partition_point(|step| step.0 <= point.time)]);
        let distance = point.incidence.clamp(low, high) - point.incidence;
        squares += distance * distance;
        largest = largest.max(distance.abs());
    }
    CauseFit {
        points: points.len(),
        moved: 0,
        largest_move: 0.0,
        largest,
        root_mean_square: (squares / points.len().max(1) as f64).sqrt(),
        events: 0,
        published_events: None,
    }
}

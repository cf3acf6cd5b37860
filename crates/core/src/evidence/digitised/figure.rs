//! The curves of one published figure, with what was printed beside them, and the patients reconstructed from them.

use serde::{Deserialize, Serialize};

use super::incidence::{
    IncidenceCurveError, IncidenceCurves, IncidencePoint, IncidenceReconstruction, reconstruct_incidence,
};
use crate::cohort::TimeUnit;
use crate::decimal;
use crate::evidence::digitise::{Axes, Marks, Pixel};
use crate::evidence::reconstruct::{AtRisk, CurvePoint, MOST_PATIENTS, ReconstructError, Reconstruction, reconstruct};
use crate::survival::{
    Confidence, FollowUp, IncidenceVariance, Labels, SurvivalCurve, cumulative_incidence, kaplan_meier,
};

/// Most groups of a figure.
pub const MOST_FIGURE_GROUPS: usize = 12;

/// Most points of all curves of a figure together; patients together are at most [`MOST_PATIENTS`].
pub const MOST_FIGURE_POINTS: usize = 20_000;

/// Decimals to which times and heights are kept, so that a file gives them back exactly.
const PLACES: usize = 6;

/// The largest time or place in a picture whose decimals are exact.
const LARGEST: f64 = 1e9;

/// Where a figure was published, and who read it when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The study or publication.
    pub study: String,
    /// The figure: `Figure 2A`.
    pub figure: String,
    /// The page, where it is stated.
    pub page: String,
    /// Who digitised it.
    pub digitised_by: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// What else a reader should know.
    pub note: String,
}

/// What the curves of a figure show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FigureKind {
    /// Kaplan–Meier curves, one for each group.
    #[default]
    Survival,
    /// Cumulative incidence: for each group the curve of an event, and that of its competing events where it was printed.
    Incidence,
}

impl FigureKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Survival, Self::Incidence];

    /// The code in files and settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Survival => "survival",
            Self::Incidence => "incidence",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The unit of heights as they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum HeightUnit {
    /// 0 to 100.
    #[default]
    Percent,
    /// 0 to 1.
    Fraction,
}

impl HeightUnit {
    /// Both units.
    pub const ALL: [Self; 2] = [Self::Percent, Self::Fraction];

    /// The code in files and settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Fraction => "fraction",
        }
    }

    /// The unit with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// The height of a full axis.
    #[must_use]
    pub const fn full(self) -> f64 {
        match self {
            Self::Percent => 100.0,
            Self::Fraction => 1.0,
        }
    }
}

/// What a curve shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CurveOf {
    /// Survival.
    #[default]
    Survival,
    /// The incidence of the event of interest.
    Event,
    /// The incidence of competing events.
    Competing,
}

impl CurveOf {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Survival, Self::Event, Self::Competing];

    /// The code in files and settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Survival => "survival",
            Self::Event => "event",
            Self::Competing => "competing",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.code() == code)
    }
}

/// A curve as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DigitisedCurve {
    /// What it shows.
    pub of: CurveOf,
    /// Places in the picture of which the points were read, in pixels; empty where points were typed.
    pub places: Vec<(f64, f64)>,
    /// Times and heights, in the units of the figure.
    pub points: Vec<(f64, f64)>,
    /// Its number of events, where published.
    pub events: Option<u32>,
}

/// How far a point may be from that of its place in the picture: so many pixels, as places are kept to two decimals of a
/// pixel, and this share of an axis, as points are read to four decimals.
const PLACE_SLIP: (f64, f64) = (0.02, 1e-4);

impl DigitisedCurve {
    /// Whether the points are those that the axes give for the places, in their order.
    #[must_use]
    pub fn is_read_by(&self, axes: &Axes) -> bool {
        let places: Vec<Pixel> = self.places.iter().map(|&(x, y)| Pixel { x, y }).collect();
        let read = axes.read_all(&places);
        let Marks { corner, along, up, .. } = *axes.marks();
        let far = |a: Pixel, b: Pixel| (a.x - b.x).abs().max((a.y - b.y).abs());
        let slip = PLACE_SLIP.0 + PLACE_SLIP.1 * far(corner, along).max(far(corner, up));
        let close = |(place, point): (&(f64, f64), &(f64, f64))| {
            far(axes.place(place.0, place.1), axes.place(point.0, point.1)) <= slip
        };
        read.len() == self.points.len() && read.iter().zip(&self.points).all(close)
    }
}

/// A group of a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DigitisedGroup {
    /// Its name; may be empty where there is one group only.
    pub name: String,
    /// Its curve of survival, or that of the event and where printed that of competing events.
    pub curves: Vec<DigitisedCurve>,
    /// Its numbers at risk, the first one at time 0.
    pub at_risk: Vec<AtRisk>,
}

/// A hazard ratio printed with the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedRatio {
    /// The group whose hazard is above the line.
    pub group: String,
    /// The group whose hazard is below it.
    pub reference: String,
    /// The ratio.
    pub ratio: f64,
    /// Its interval, where printed.
    pub interval: Option<(f64, f64)>,
}

/// What was read of a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FigureInput {
    /// What the curves show.
    pub kind: FigureKind,
    /// Unit of the times.
    pub unit: TimeUnit,
    /// Unit of the heights.
    pub heights: HeightUnit,
    /// The axes of the picture, where there is one.
    pub axes: Option<Marks>,
    /// The groups.
    pub groups: Vec<DigitisedGroup>,
    /// A hazard ratio printed with it.
    pub printed: Option<PrintedRatio>,
}

/// Why curves are not a figure. Groups count from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// No group.
    #[error("no group")]
    NoGroup,
    /// More than [`MOST_FIGURE_GROUPS`].
    #[error("{found} groups")]
    TooManyGroups {
        /// Number of groups.
        found: usize,
    },
    /// More than [`MOST_FIGURE_POINTS`] points.
    #[error("{found} points")]
    TooManyPoints {
        /// Number of points.
        found: usize,
    },
    /// More than [`MOST_PATIENTS`] patients.
    #[error("{found} patients")]
    TooManyPatients {
        /// Number of patients.
        found: u64,
    },
    /// One of several groups has no name.
    #[error("group {group} has no name")]
    NoName {
        /// Position of the group.
        group: usize,
    },
    /// Two groups have this name.
    #[error("two groups named {name}")]
    SameName {
        /// The name.
        name: String,
    },
    /// A figure of survival has one curve for each group; one of incidence that of the event once, and that of competing
    /// events at most once.
    #[error("the curves of group {group} are not those of its kind of figure")]
    Curves {
        /// Position of the group.
        group: usize,
    },
    /// The survival curve of a group.
    #[error("group {group}: {error}")]
    Survival {
        /// Position of the group.
        group: usize,
        /// What is wrong with it.
        error: ReconstructError,
    },
    /// The incidence curves of a group.
    #[error("group {group}: {error}")]
    Incidence {
        /// Position of the group.
        group: usize,
        /// What is wrong with them.
        error: IncidenceCurveError,
    },
    /// The printed ratio names a group that the figure does not have, or one group twice.
    #[error("the printed ratio is not of two groups of the figure")]
    RatioGroups,
    /// The printed ratio is not above 0, or not within its interval.
    #[error("the printed ratio is not above 0 and within its interval")]
    Ratio,
}

/// The patients of a group.
#[derive(Debug, Clone, PartialEq)]
pub enum Rebuilt {
    /// Of a survival curve.
    Survival(Reconstruction),
    /// Of curves of incidence.
    Incidence(IncidenceReconstruction),
}

impl Rebuilt {
    /// Times, ascending.
    #[must_use]
    pub fn time(&self) -> &[f64] {
        match self {
            Self::Survival(found) => &found.time,
            Self::Incidence(found) => &found.time,
        }
    }

    /// 1 for an event (of interest), 2 for a competing one, 0 for censoring.
    #[must_use]
    pub fn event(&self) -> &[u32] {
        match self {
            Self::Survival(found) => &found.event,
            Self::Incidence(found) => &found.event,
        }
    }

    /// How many have this event.
    #[must_use]
    pub fn events(&self, code: u32) -> usize {
        self.event().iter().filter(|&&event| event == code).count()
    }

    /// Numbers at risk as published, and as reconstructed.
    #[must_use]
    pub fn at_risk(&self) -> &[(AtRisk, u32)] {
        match self {
            Self::Survival(found) => &found.fit.at_risk,
            Self::Incidence(found) => &found.at_risk,
        }
    }

    /// The furthest that a number at risk is from the published one.
    #[must_use]
    pub fn largest_at_risk_difference(&self) -> u32 {
        let differences = self
            .at_risk()
            .iter()
            .map(|(published, found)| published.patients.abs_diff(*found));
        differences.max().unwrap_or(0)
    }

    /// Root mean square and largest distance of the reconstructed from the read curves, 0 to 1; of several the larger.
    #[must_use]
    pub fn error(&self) -> (f64, f64) {
        match self {
            Self::Survival(found) => (found.fit.root_mean_square, found.fit.largest),
            Self::Incidence(found) => {
                let fits = [Some(&found.event_fit), found.competing_fit.as_ref()];
                fits.into_iter().flatten().fold((0.0, 0.0), |(square, largest), fit| {
                    (fit.root_mean_square.max(square), fit.largest.max(largest))
                })
            }
        }
    }

    /// True if only the number at the start was given.
    #[must_use]
    pub fn censoring_unknown(&self) -> bool {
        match self {
            Self::Survival(found) => found.censoring_unknown,
            Self::Incidence(found) => found.censoring_unknown,
        }
    }

    /// True if competing events could not be told from censoring.
    #[must_use]
    pub fn competing_unknown(&self) -> bool {
        matches!(self, Self::Incidence(found) if found.competing_fit.is_none())
    }

    /// The Kaplan–Meier curve of the rows, every event counted.
    #[must_use]
    pub fn curve(&self) -> Option<SurvivalCurve> {
        let event = self.event().iter().map(|&event| event.min(1)).collect();
        let follow_up = FollowUp::new(self.time().to_vec(), event).ok()?;
        Some(kaplan_meier(&follow_up))
    }

    /// Median survival in the unit of the times; `None` where it is not reached, and for incidences.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        if matches!(self, Self::Incidence(_)) {
            return None;
        }
        self.curve()?.quantiles(&[0.5], Confidence::default()).first()?.time
    }

    /// The steps of a reconstructed curve: times, ascending, and the height from each on, 0 to 1. Empty where there is no
    /// such curve.
    #[must_use]
    pub fn steps(&self, of: CurveOf) -> Vec<(f64, f64)> {
        let pairs = |time: &[f64], height: &[f64]| time.iter().copied().zip(height.iter().copied()).collect();
        let cause = match (self, of) {
            (Self::Survival(_), CurveOf::Survival) => {
                return self
                    .curve()
                    .map_or_else(Vec::new, |curve| pairs(curve.time(), curve.survival()));
            }
            (Self::Incidence(_), CurveOf::Event) => 1,
            (Self::Incidence(_), CurveOf::Competing) if !self.competing_unknown() => 2,
            _ => return Vec::new(),
        };
        let all = Labels::single(self.time().len(), "all");
        let found = FollowUp::new(self.time().to_vec(), self.event().to_vec())
            .ok()
            .and_then(|follow_up| cumulative_incidence(&follow_up, &all, IncidenceVariance::Jackknife).ok());
        let Some(found) = found.and_then(|groups| groups.into_iter().next()) else {
            return Vec::new();
        };
        match found.causes.iter().find(|each| each.cause == cause) {
            Some(each) => pairs(&found.time, &each.estimate),
            None => found.time.iter().map(|&time| (time, 0.0)).collect(),
        }
    }
}

/// A figure that was read, with its provenance and the patients of each group.
#[derive(Debug, Clone, PartialEq)]
pub struct DigitisedFigure {
    /// Where it was published, and who read it.
    pub provenance: Provenance,
    input: FigureInput,
    rebuilt: Vec<Rebuilt>,
}

/// A number to six decimals; out of range as it is, which the reconstruction refuses.
fn rounded(value: f64) -> f64 {
    if value.abs() > LARGEST {
        return f64::NAN;
    }
    let near = decimal::parse(&decimal::fixed(value, PLACES));
    near.map_or(value, |near| near + 0.0)
}

impl FigureInput {
    /// Numbers to six decimals, as a file keeps them.
    fn rounded(mut self) -> Self {
        let pair = |pair: &mut (f64, f64)| *pair = (rounded(pair.0), rounded(pair.1));
        for group in &mut self.groups {
            for curve in &mut group.curves {
                curve.places.iter_mut().for_each(pair);
                curve.points.iter_mut().for_each(pair);
            }
            for entry in &mut group.at_risk {
                *entry = AtRisk::at(rounded(entry.time()), entry.patients);
            }
        }
        if let Some(axes) = &mut self.axes {
            for place in [&mut axes.corner, &mut axes.along, &mut axes.up] {
                (place.x, place.y) = (rounded(place.x), rounded(place.y));
            }
            pair(&mut axes.times);
            pair(&mut axes.heights);
        }
        if let Some(printed) = &mut self.printed {
            printed.ratio = rounded(printed.ratio);
            printed.interval.iter_mut().for_each(pair);
        }
        self
    }

    fn check(&self) -> Result<(), FigureError> {
        let groups = &self.groups;
        if groups.is_empty() {
            return Err(FigureError::NoGroup);
        }
        if groups.len() > MOST_FIGURE_GROUPS {
            return Err(FigureError::TooManyGroups { found: groups.len() });
        }
        let points = groups
            .iter()
            .flat_map(|group| &group.curves)
            .map(|curve| curve.points.len());
        let found = points.sum();
        if found > MOST_FIGURE_POINTS {
            return Err(FigureError::TooManyPoints { found });
        }
        let patients = groups.iter().filter_map(|group| group.at_risk.first());
        let found = patients.map(|entry| u64::from(entry.patients)).sum();
        if found > u64::from(MOST_PATIENTS) {
            return Err(FigureError::TooManyPatients { found });
        }
        for (place, group) in groups.iter().enumerate() {
            if groups.len() > 1 && group.name.trim().is_empty() {
                return Err(FigureError::NoName { group: place });
            }
            if groups[..place].iter().any(|other| other.name == group.name) {
                let name = group.name.clone();
                return Err(FigureError::SameName { name });
            }
            let of: Vec<CurveOf> = group.curves.iter().map(|curve| curve.of).collect();
            let fits = match self.kind {
                FigureKind::Survival => of == [CurveOf::Survival],
                FigureKind::Incidence => of == [CurveOf::Event] || of == [CurveOf::Event, CurveOf::Competing],
            };
            if !fits {
                return Err(FigureError::Curves { group: place });
            }
        }
        let Some(printed) = &self.printed else {
            return Ok(());
        };
        let has = |name: &String| groups.iter().any(|group| group.name == *name);
        if printed.group == printed.reference || !has(&printed.group) || !has(&printed.reference) {
            return Err(FigureError::RatioGroups);
        }
        let (lower, upper) = printed.interval.unwrap_or((printed.ratio, printed.ratio));
        let fits = lower > 0.0 && lower <= printed.ratio && printed.ratio <= upper && upper.is_finite();
        fits.then_some(()).ok_or(FigureError::Ratio)
    }
}

impl DigitisedFigure {
    /// Reconstructs the patients of every group. Times and heights are taken to six decimals, as the file keeps them; the
    /// provenance is empty.
    ///
    /// # Errors
    /// [`FigureError`].
    pub fn new(input: FigureInput) -> Result<Self, FigureError> {
        let input = input.rounded();
        input.check()?;
        let full = input.heights.full();
        let rebuild = |(place, group): (usize, &DigitisedGroup)| match input.kind {
            FigureKind::Survival => {
                let curve = group.curves.first();
                let points = curve.into_iter().flat_map(|curve| &curve.points);
                let points = points.map(|&(time, height)| CurvePoint {
                    time,
                    survival: height / full,
                });
                let points: Vec<CurvePoint> = points.collect();
                reconstruct(&points, &group.at_risk, curve.and_then(|curve| curve.events))
                    .map(Rebuilt::Survival)
                    .map_err(|error| FigureError::Survival { group: place, error })
            }
            FigureKind::Incidence => {
                let of = |of| group.curves.iter().find(|curve| curve.of == of);
                let points = |curve: &DigitisedCurve| -> Vec<IncidencePoint> {
                    let points = curve.points.iter().map(|&(time, height)| IncidencePoint {
                        time,
                        incidence: height / full,
                    });
                    points.collect()
                };
                let (event, competing) = (of(CurveOf::Event), of(CurveOf::Competing));
                let competing_points = competing.map(points);
                let curves = IncidenceCurves {
                    event: &event.map_or_else(Vec::new, points),
                    competing: competing_points.as_deref(),
                    at_risk: &group.at_risk,
                    events: [event, competing].map(|curve| curve.and_then(|curve| curve.events)),
                };
                reconstruct_incidence(curves)
                    .map(Rebuilt::Incidence)
                    .map_err(|error| FigureError::Incidence { group: place, error })
            }
        };
        let rebuilt = input
            .groups
            .iter()
            .enumerate()
            .map(rebuild)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            provenance: Provenance::default(),
            input,
            rebuilt,
        })
    }

    /// Returns what was read.
    #[must_use]
    pub fn input(&self) -> &FigureInput {
        &self.input
    }

    /// Returns the patients, in the order of the groups.
    #[must_use]
    pub fn rebuilt(&self) -> &[Rebuilt] {
        &self.rebuilt
    }

    /// Returns the groups with their patients.
    pub fn groups(&self) -> impl Iterator<Item = (&DigitisedGroup, &Rebuilt)> {
        self.input.groups.iter().zip(&self.rebuilt)
    }

    /// Returns the position of the group of this name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<usize> {
        self.input.groups.iter().position(|group| group.name == name)
    }

    /// Number of patients of all groups.
    #[must_use]
    pub fn patients(&self) -> usize {
        self.rebuilt.iter().map(|group| group.time().len()).sum()
    }
}

//! A published figure that is being digitised, as it is typed and marked, and the library of figures.

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::{CurveOf, FigureKind, HeightUnit, Provenance};
use serde::{Deserialize, Serialize};

/// A curve as it was read, and what was published with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurveNumbers {
    /// What it shows, in a figure of incidence; else survival.
    pub of: CurveOf,
    /// Points, one a line: time, height.
    pub points: String,
    /// Numbers at risk, one a line: time: patients.
    pub at_risk: String,
    /// Number of events, where published.
    pub events: String,
    /// Name of the group, where there is one.
    pub group: String,
    /// Places in the picture of which the points were read, `x y` one a line.
    pub places: String,
}

/// A printed hazard ratio, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedNumbers {
    /// The group above the line; empty for the second one.
    pub group: String,
    /// The reference; empty for the first group.
    pub reference: String,
    /// The ratio.
    pub ratio: String,
    /// Its interval.
    pub interval: String,
}

/// A figure as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureNumbers {
    /// What the curves show.
    pub kind: FigureKind,
    /// Unit of heights of incidences. That of survival is seen from the heights.
    pub heights: HeightUnit,
    /// Unit of the times.
    pub unit: TimeUnit,
    /// The curves, at least one.
    pub curves: Vec<CurveNumbers>,
    /// A printed hazard ratio.
    pub printed: PrintedNumbers,
    /// Source and reader.
    pub source: Provenance,
}

impl Default for FigureNumbers {
    fn default() -> Self {
        Self {
            kind: FigureKind::default(),
            heights: HeightUnit::default(),
            unit: TimeUnit::Years,
            curves: vec![CurveNumbers::default()],
            printed: PrintedNumbers::default(),
            source: Provenance::default(),
        }
    }
}

impl CurveNumbers {
    /// A simulated curve of 40 patients: times in years, survival in per cent.
    #[must_use]
    pub fn example() -> Self {
        const POINTS: &str = "0, 100\n0.3, 100\n0.3, 95\n0.7, 95\n0.7, 87.5\n1.1, 87.5\n1.1, 80\n1.6, 80\n1.6, 72\n2.2, 72\n\
             2.2, 64\n3.1, 64\n3.1, 58\n4.0, 58\n4.0, 54\n6.0, 54";
        Self {
            points: POINTS.to_owned(),
            at_risk: "0: 40\n1: 34\n2: 26\n3: 20\n4: 14\n5: 9".to_owned(),
            group: "simulated".to_owned(),
            ..Self::default()
        }
    }

    /// Whether nothing was read of it yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.trim().is_empty() && self.at_risk.trim().is_empty()
    }
}

impl FigureNumbers {
    /// A figure of the one simulated curve.
    #[must_use]
    pub fn example() -> Self {
        Self {
            curves: vec![CurveNumbers::example()],
            ..Self::default()
        }
    }
}

/// The marks on a picture of a curve, and what the axes say there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureMarks {
    /// Marks, one a line, in pixels: `corner 60 420`, `along …`, `up …`, `point …`.
    pub marks: String,
    /// Position of the curve whose points are marked.
    pub curve: usize,
    /// Time at the origin.
    pub time_at_origin: String,
    /// Time at the mark on the x axis.
    pub time_at_mark: String,
    /// Survival at the origin.
    pub survival_at_origin: String,
    /// Survival at the mark on the y axis.
    pub survival_at_mark: String,
}

impl Default for PictureMarks {
    fn default() -> Self {
        Self {
            marks: String::new(),
            curve: 0,
            time_at_origin: "0".to_owned(),
            time_at_mark: String::new(),
            survival_at_origin: "0".to_owned(),
            survival_at_mark: "100".to_owned(),
        }
    }
}

/// The name of the marks of points.
const POINT: &str = "point ";

impl PictureMarks {
    /// The places of the points, `x y` one a line.
    #[must_use]
    pub fn places(&self) -> String {
        let places: Vec<&str> = self.marks.lines().filter_map(|line| line.strip_prefix(POINT)).collect();
        places.join("\n")
    }

    /// The same axes with the points of another curve.
    #[must_use]
    pub fn of_curve(&self, curve: usize, places: &str) -> Self {
        let axes = self
            .marks
            .lines()
            .filter(|line| !line.starts_with(POINT))
            .map(str::to_owned);
        let points = places
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| format!("{POINT}{line}"));
        Self {
            marks: axes.chain(points).collect::<Vec<_>>().join("\n"),
            curve,
            ..self.clone()
        }
    }
}

/// Digitised figures of a reader, in the session only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureLibrary {
    /// Each as its file.
    pub figures: Vec<String>,
    /// Positions of those that are drawn.
    pub chosen: Vec<usize>,
}

/// What the library shows of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryRow {
    /// The study.
    pub study: String,
    /// The figure and the page.
    pub figure: String,
    /// Its groups.
    pub groups: String,
    /// Number of patients.
    pub patients: String,
    /// Root mean square and largest distance of the fit.
    pub fit: String,
    /// Who digitised it, and when.
    pub digitised: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_change_their_curve() {
        let marks = PictureMarks {
            marks: "corner 1 2\nalong 3 4\nup 5 6\npoint 7 8\npoint 9 10".to_owned(),
            ..PictureMarks::default()
        };
        assert_eq!(marks.places(), "7 8\n9 10");
        let other = marks.of_curve(1, "11 12");
        assert_eq!((other.curve, other.places().as_str()), (1, "11 12"));
        assert_eq!(other.of_curve(0, &marks.places()), marks);
    }
}

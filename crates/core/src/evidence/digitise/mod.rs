//! From a picture of a curve to its points: axes by three marks, points by hand, a curve followed by its colour.
//!
//! Places in a picture are in pixels from its upper left corner, y downwards; the middle of the first pixel is (0.5,
//! 0.5).

mod trace;

pub use trace::{MOST_PIXELS, Picture, Slope, TraceError, trace};

/// A place in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pixel {
    /// Distance from the left edge, in pixels.
    pub x: f64,
    /// Distance from the upper edge, in pixels.
    pub y: f64,
}

/// The marks that a person set: the origin of the axes, a later time on the time axis, a greater height on the other
/// one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marks {
    /// The origin of the axes.
    pub corner: Pixel,
    /// A point on the time axis.
    pub along: Pixel,
    /// On the axis of heights.
    pub up: Pixel,
    /// Times at `corner` and at `along`.
    pub times: (f64, f64),
    /// Heights at `corner` and at `up`.
    pub heights: (f64, f64),
}

/// Why marks do not define axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AxesError {
    /// A number that is not finite, or the two values of an axis are the same.
    #[error("values that are not finite or the same")]
    Values,
    /// The marks are too close together, or the two axes are nearly parallel.
    #[error("marks too near each other or in one line")]
    Places,
}

/// Axes of a picture, which convert each place to a time and a height. The marks correct for a rotated or skewed
/// picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axes {
    marks: Marks,
    /// Twice the area between the two axes, with sign.
    area: f64,
}

impl Axes {
    /// Smallest length of an axis, in pixels.
    const SHORTEST: f64 = 10.0;

    /// Axes from marks.
    ///
    /// # Errors
    /// [`AxesError`].
    pub fn new(marks: Marks) -> Result<Self, AxesError> {
        let differ = |(a, b): (f64, f64)| a.is_finite() && b.is_finite() && a != b && (b - a).is_finite();
        if !differ(marks.times) || !differ(marks.heights) {
            return Err(AxesError::Values);
        }
        let (along, up) = (marks.along.from(marks.corner), marks.up.from(marks.corner));
        let lengths = (libm::hypot(along.x, along.y), libm::hypot(up.x, up.y));
        let area = along.x * up.y - along.y * up.x;
        let sine = area.abs() / (lengths.0 * lengths.1);
        if !(lengths.0 >= Self::SHORTEST && lengths.1 >= Self::SHORTEST && sine >= 0.5) {
            return Err(AxesError::Places);
        }
        Ok(Self { marks, area })
    }

    /// Returns the marks.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Time and height of a place: p = corner + a(along − corner) + b(up − corner), the time is t₀ + a(t₁ − t₀).
    #[must_use]
    pub fn read(&self, place: Pixel) -> (f64, f64) {
        let marks = &self.marks;
        let (along, up) = (marks.along.from(marks.corner), marks.up.from(marks.corner));
        let to = place.from(marks.corner);
        let share_along = (to.x * up.y - to.y * up.x) / self.area;
        let share_up = (along.x * to.y - along.y * to.x) / self.area;
        (
            marks.times.0 + share_along * (marks.times.1 - marks.times.0),
            marks.heights.0 + share_up * (marks.heights.1 - marks.heights.0),
        )
    }

    /// Returns the place of a time and a height: the inverse of [`Self::read`].
    #[must_use]
    pub fn place(&self, time: f64, height: f64) -> Pixel {
        let marks = &self.marks;
        let (along, up) = (marks.along.from(marks.corner), marks.up.from(marks.corner));
        let share_along = (time - marks.times.0) / (marks.times.1 - marks.times.0);
        let share_up = (height - marks.heights.0) / (marks.heights.1 - marks.heights.0);
        Pixel {
            x: marks.corner.x + share_along * along.x + share_up * up.x,
            y: marks.corner.y + share_along * along.y + share_up * up.y,
        }
    }

    /// Times and heights of places, ascending by time, as a falling curve is read: a time a little left of the axis is
    /// 0, and of places at one time the higher comes first.
    #[must_use]
    pub fn read_all(&self, places: &[Pixel]) -> Vec<(f64, f64)> {
        let mut read: Vec<(f64, f64)> = places
            .iter()
            .map(|&place| self.read(place))
            .map(|(time, height)| (time.max(0.0), height))
            .filter(|(time, height)| time.is_finite() && height.is_finite())
            .collect();
        read.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        read
    }
}

impl Pixel {
    fn from(self, other: Self) -> Self {
        Self {
            x: self.x - other.x,
            y: self.y - other.y,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn marks() -> Marks {
        Marks {
            corner: Pixel { x: 50.0, y: 450.0 },
            along: Pixel { x: 650.0, y: 450.0 },
            up: Pixel { x: 50.0, y: 50.0 },
            times: (0.0, 12.0),
            heights: (0.0, 100.0),
        }
    }

    /// 600 pixels are 12 years and 400 are 100 %: a place 150 right of and 300 above the corner is 3 years, 75 %.
    #[test]
    fn by_hand() {
        let axes = Axes::new(marks()).unwrap();
        let (time, height) = axes.read(Pixel { x: 200.0, y: 150.0 });
        assert!((time - 3.0).abs() < 1e-12 && (height - 75.0).abs() < 1e-12);
    }

    /// The same picture turned by 10 degrees about its corner reads the same.
    #[test]
    fn a_picture_askew() {
        let (sine, cosine) = (libm::sin(0.1745), libm::cos(0.1745));
        let turned = |place: Pixel| {
            let to = place.from(marks().corner);
            Pixel {
                x: 50.0 + cosine * to.x - sine * to.y,
                y: 450.0 + sine * to.x + cosine * to.y,
            }
        };
        let axes = Axes::new(Marks {
            along: turned(marks().along),
            up: turned(marks().up),
            ..marks()
        })
        .unwrap();
        let (time, height) = axes.read(turned(Pixel { x: 200.0, y: 150.0 }));
        assert!((time - 3.0).abs() < 1e-9 && (height - 75.0).abs() < 1e-9);
    }

    #[test]
    fn invalid_axes() {
        let with = |change: &dyn Fn(&mut Marks)| {
            let mut marks = marks();
            change(&mut marks);
            Axes::new(marks).unwrap_err()
        };
        assert_eq!(with(&|marks| marks.times.1 = 0.0), AxesError::Values);
        assert_eq!(with(&|marks| marks.heights.1 = f64::NAN), AxesError::Values);
        assert_eq!(with(&|marks| marks.up = marks.corner), AxesError::Places);
        assert_eq!(
            with(&|marks| marks.up = Pixel { x: 300.0, y: 440.0 }),
            AxesError::Places
        );
        assert_eq!(with(&|marks| marks.along.x = f64::NAN), AxesError::Places);
    }

    #[test]
    fn places_are_read_in_order() {
        let axes = Axes::new(marks()).unwrap();
        let places = [(200.0, 250.0), (48.0, 50.0), (200.0, 150.0)].map(|(x, y)| Pixel { x, y });
        let read = axes.read_all(&places);
        assert_eq!(read.iter().map(|point| point.0).collect::<Vec<_>>(), [0.0, 3.0, 3.0]);
        assert!((read[1].1 - 75.0).abs() < 1e-12 && (read[2].1 - 50.0).abs() < 1e-12);
    }
}

//! A drawing as a list of marks.

use crate::ink::{Ink, Stroke};
use crate::text::text_width;

/// A place in the drawing: CSS pixels (96 to the inch) from its left and upper edge.
pub type Point = (f64, f64);

/// CSS pixels of a length in millimetres.
#[must_use]
pub const fn mm(millimetres: f64) -> f64 {
    millimetres * 96.0 / 25.4
}

/// CSS pixels of a length in typographic points.
#[must_use]
pub const fn pt(points: f64) -> f64 {
    points * 96.0 / 72.0
}

/// Where a text hangs on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// One mark. Lengths are in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A straight line.
    Line {
        /// From.
        from: Point,
        /// To.
        to: Point,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// One or several open lines through points: a curve of steps, the ticks of the censored.
    Path {
        /// Each piece is drawn by itself.
        pieces: Vec<Vec<Point>>,
        /// How they are drawn.
        stroke: Stroke,
    },
    /// A closed area without outline: a band.
    Area {
        /// Its corners.
        points: Vec<Point>,
        /// What it is filled with.
        ink: Ink,
        /// From 0, not to be seen, to 1.
        opacity: f64,
    },
    /// A closed shape with an outline: the marker of an estimate.
    Shape {
        /// Its corners.
        points: Vec<Point>,
        /// What it is drawn in.
        ink: Ink,
        /// Only its outline.
        hollow: bool,
    },
    /// A disc.
    Disc {
        /// Centre.
        at: Point,
        /// Radius.
        radius: f64,
        /// What it is drawn in.
        ink: Ink,
        /// Only its outline.
        hollow: bool,
    },
    /// A line of text.
    Text {
        /// Base line point.
        at: Point,
        /// Height of the letters.
        size: f64,
        /// Where it hangs.
        anchor: Anchor,
        /// What it is drawn in.
        ink: Ink,
        /// Heavy letters.
        bold: bool,
        /// It runs upwards.
        turned: bool,
        /// The text.
        text: String,
    },
    /// Marks that belong together, under a name that drawing programs show.
    Group {
        /// Its name: "table".
        name: &'static str,
        /// The marks, the first lowest.
        marks: Vec<Mark>,
    },
}

/// A rectangle: left, upper, right, lower edge.
pub type Extent = (f64, f64, f64, f64);

impl Mark {
    /// Upright, light text.
    #[must_use]
    pub fn text(at: Point, size: f64, anchor: Anchor, ink: Ink, text: impl Into<String>) -> Self {
        Self::Text {
            at,
            size,
            anchor,
            ink,
            bold: false,
            turned: false,
            text: text.into(),
        }
    }

    /// Upright, heavy text.
    #[must_use]
    pub fn bold(at: Point, size: f64, anchor: Anchor, ink: Ink, text: impl Into<String>) -> Self {
        Self::Text {
            at,
            size,
            anchor,
            ink,
            bold: true,
            turned: false,
            text: text.into(),
        }
    }

    /// The rectangle which the mark covers, without the width of its lines; of text, as estimated by [`text_width`].
    /// `None` for a mark without points.
    #[must_use]
    pub fn extent(&self) -> Option<Extent> {
        match self {
            Self::Line { from, to, .. } => around([*from, *to].iter()),
            Self::Path { pieces, .. } => around(pieces.iter().flatten()),
            Self::Area { points, .. } | Self::Shape { points, .. } => around(points.iter()),
            Self::Disc { at, radius, .. } => Some((at.0 - radius, at.1 - radius, at.0 + radius, at.1 + radius)),
            Self::Text {
                at,
                size,
                anchor,
                bold,
                turned,
                text,
                ..
            } => {
                let width = text_width(text, *size, *bold);
                let before = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => width / 2.0,
                    Anchor::End => width,
                };
                let (up, down) = (0.74 * size, 0.22 * size);
                Some(if *turned {
                    (at.0 - up, at.1 - (width - before), at.0 + down, at.1 + before)
                } else {
                    (at.0 - before, at.1 - up, at.0 - before + width, at.1 + down)
                })
            }
            Self::Group { marks, .. } => marks.iter().filter_map(Self::extent).reduce(union),
        }
    }
}

fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Extent> {
    points.map(|&(x, y)| (x, y, x, y)).reduce(union)
}

fn union(a: Extent, b: Extent) -> Extent {
    (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3))
}

/// True if two rectangles share more than an edge.
#[must_use]
pub fn overlap(a: Extent, b: Extent) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// What it shows, in a few words.
    pub title: String,
    /// What a reader who does not see it should know.
    pub description: String,
    /// What stands under it in print, a paragraph each; it is also among the marks where the style asks for it.
    pub caption: Vec<String>,
    /// The marks, the first lowest.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// Calls `visit` with each mark that is no group, and with the name of the group in which it stands ("" outside).
    pub fn each<'a>(&'a self, mut visit: impl FnMut(&'static str, &'a Mark)) {
        fn walk<'a>(name: &'static str, marks: &'a [Mark], visit: &mut impl FnMut(&'static str, &'a Mark)) {
            for mark in marks {
                match mark {
                    Mark::Group { name, marks } => walk(name, marks, visit),
                    mark => visit(name, mark),
                }
            }
        }
        walk("", &self.marks, &mut visit);
    }
}

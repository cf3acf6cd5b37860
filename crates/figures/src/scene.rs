//! A drawing as a list of marks.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// The text starts at the point.
    Start,
    /// Its middle is there.
    Middle,
    /// The text ends at the point.
    End,
}

/// One mark. Lengths are in CSS pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// A straight line.
    Line {
        /// Start of the line.
        from: Point,
        /// End of the line.
        to: Point,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// One or several open lines through points: a curve of steps, the ticks of the censored.
    Path {
        /// Each piece is drawn separately.
        pieces: Vec<Vec<Point>>,
        /// How they are drawn.
        stroke: Stroke,
    },
    /// A closed area without outline: a band.
    Area {
        /// Corners of the shape.
        points: Vec<Point>,
        /// Colour of the area.
        ink: Ink,
        /// From 0, not to be seen, to 1.
        opacity: f64,
    },
    /// A closed shape with an outline: the marker of an estimate.
    Shape {
        /// Corners of the shape.
        points: Vec<Point>,
        /// Colour of the mark.
        ink: Ink,
        /// True if only the outline is drawn.
        hollow: bool,
    },
    /// A filled circle or a ring.
    Disc {
        /// Centre.
        at: Point,
        /// Radius in CSS pixels.
        radius: f64,
        /// Colour of the mark.
        ink: Ink,
        /// True if only the outline is drawn.
        hollow: bool,
    },
    /// A line of text.
    Text {
        /// Point on the base line.
        at: Point,
        /// Height of the letters.
        size: f64,
        /// Alignment of the text at the point.
        anchor: Anchor,
        /// Colour of the mark.
        ink: Ink,
        /// True for bold text.
        bold: bool,
        /// True for text turned upwards.
        turned: bool,
        /// The characters.
        text: String,
    },
    /// Marks that belong together, under a name that drawing programs show.
    Group {
        /// Its name: "table". A scene that was sent elsewhere has lost it.
        #[serde(skip)]
        name: &'static str,
        /// The marks, the first lowest.
        marks: Vec<Mark>,
    },
}

/// A rectangle: left, upper, right, lower edge.
pub type Extent = (f64, f64, f64, f64);

impl Mark {
    /// The same, moved by some pixels to the right and down.
    #[must_use]
    pub(crate) fn moved(self, by: Point) -> Self {
        let to = |at: Point| (at.0 + by.0, at.1 + by.1);
        let all = |points: Vec<Point>| points.into_iter().map(to).collect();
        let mut moved = self;
        match &mut moved {
            Self::Line { from, to: end, .. } => (*from, *end) = (to(*from), to(*end)),
            Self::Path { pieces, .. } => {
                for piece in pieces {
                    *piece = all(std::mem::take(piece));
                }
            }
            Self::Area { points, .. } | Self::Shape { points, .. } => *points = all(std::mem::take(points)),
            Self::Disc { at, .. } | Self::Text { at, .. } => *at = to(*at),
            Self::Group { marks, .. } => {
                *marks = std::mem::take(marks).into_iter().map(|mark| mark.moved(by)).collect();
            }
        }
        moved
    }

    /// Makes horizontal text of normal weight.
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

    /// Makes horizontal bold text.
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

/// A drawing: a list of marks with title and description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Accessible title.
    pub title: String,
    /// Accessible description.
    pub description: String,
    /// Paragraphs below the figure in print; they are also among the marks where the style includes them.
    pub caption: Vec<String>,
    /// The marks, the first lowest.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// Calls `visit` with each mark that is not a group, and with the name of the group that contains it ("" outside).
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

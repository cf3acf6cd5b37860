//! Where names and notes stand in a plot: beside the flat part of their curve, and where no curve is.

use crate::frame::{HAIR, Plot};
use crate::ink::{Ink, Stroke};
use crate::scene::{Anchor, Extent, Mark, Point, overlap};
use crate::text::text_width;

/// How much wider letters may be where the figures' font and those of its widths are missing.
pub(crate) const WIDER_FONT: f64 = 1.2;

/// Distance of a name from a curve that is not its own, in pixels more than from its own.
const APART: f64 = 4.0;
/// Distance of two places that are tried, in pixels.
const STEP: f64 = 4.0;
/// What a place is worse for, in pixels of height under the name: each pixel from the right edge, being below the curve.
const PER_PIXEL: f64 = 0.04;
const BELOW: f64 = 3.0;
/// A name farther from its curve has a line to it, and is worse for that.
const LED: f64 = 12.0;
/// How far such names are, in heights of the letters.
const AWAY: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.5];

/// A plot with what is in it already.
pub(crate) struct Room<'a> {
    plot: &'a Plot,
    /// Height of the letters.
    text: f64,
    /// Distance of a name from its own curve, in pixels: the marks of the censored are between.
    gap: f64,
    /// The rectangles of each curve.
    curves: &'a [Vec<Extent>],
    /// Those of everything else.
    taken: Vec<Extent>,
}

/// A place for a name, with what it is worse for.
struct Place {
    at: Point,
    extent: Extent,
    /// A line from the curve to the name, where it is not right beside it.
    leader: Option<(Point, Point)>,
    cost: f64,
}

impl<'a> Room<'a> {
    pub(crate) fn new(plot: &'a Plot, text: f64, gap: f64, curves: &'a [Vec<Extent>], taken: Vec<Extent>) -> Self {
        Self {
            plot,
            text,
            gap,
            curves,
            taken,
        }
    }

    /// The rectangle of a text that begins at a point of its base line, in the widest of fonts.
    fn extent(&self, at: Point, width: f64) -> Extent {
        (at.0, at.1 - 0.74 * self.text, at.0 + width, at.1 + 0.22 * self.text)
    }

    fn is_inside(&self, extent: Extent) -> bool {
        let plot = self.plot;
        extent.0 >= plot.left() && extent.2 <= plot.right() && extent.1 >= plot.top() && extent.3 <= plot.bottom()
    }

    fn is_free(&self, own: usize, extent: Extent) -> bool {
        let wide = grown(extent, APART + self.gap);
        let others = self.curves.iter().enumerate().filter(|(other, _)| *other != own);
        let covers_other = others.flat_map(|(_, curve)| curve).any(|other| overlap(wide, *other));
        let covers_own = self
            .curves
            .get(own)
            .is_some_and(|curve| curve.iter().any(|part| overlap(extent, *part)));
        !covers_other && !covers_own && self.is_untaken(extent)
    }

    fn is_untaken(&self, extent: Extent) -> bool {
        !self
            .taken
            .iter()
            .any(|other| overlap(grown(extent, 0.3 * self.text), *other))
    }

    /// Whether a line to a name meets nothing but the curve it is of.
    fn is_clear(&self, own: usize, (from, to): (Point, Point)) -> bool {
        let line = (from.0 - 1.0, from.1.min(to.1), from.0 + 1.0, from.1.max(to.1));
        let others = self.curves.iter().enumerate().filter(|(other, _)| *other != own);
        !others.flat_map(|(_, curve)| curve).any(|other| overlap(line, *other)) && self.is_untaken(line)
    }

    /// Upper and lower edge of what of a curve is between two positions.
    fn span(&self, own: usize, from: f64, to: f64) -> Option<(f64, f64)> {
        let curve = self.curves.get(own).map(Vec::as_slice).unwrap_or_default();
        let covered = curve.iter().filter(|part| part.0 < to && part.2 > from);
        covered
            .map(|part| (part.1, part.3))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The places of a name that begins at `x`: above its curve and below, near and farther away.
    fn places(&self, own: usize, x: f64, width: f64) -> Vec<Place> {
        let Some((upper, lower)) = self.span(own, x, x + width) else {
            return Vec::new();
        };
        let curve = self.curves.get(own).map(Vec::as_slice).unwrap_or_default();
        let ends = curve.iter().map(|part| part.2).fold(f64::NEG_INFINITY, f64::max);
        let foot = x + 0.5 * self.text;
        let cost = lower - upper + PER_PIXEL * (self.plot.right() - x - width);
        let mut places = Vec::new();
        for away in AWAY {
            let distance = self.gap + away * self.text;
            let above = (upper - distance - 0.22 * self.text, 0.0);
            let below = (lower + distance + 0.74 * self.text, BELOW);
            for (is_above, (base, worse)) in [(true, above), (false, below)] {
                let extent = self.extent((x, base), width);
                let met = self.span(own, foot - 0.5, foot + 0.5).filter(|_| away > 0.0);
                let leader = met.map(|(top, bottom)| {
                    let (from, to) = if is_above { (top, extent.3) } else { (bottom, extent.1) };
                    ((foot, from), (foot, to))
                });
                // Without a line to it, a name does not begin behind the end of its curve, nor is more than half beyond it.
                if leader.is_none() && (away > 0.0 || ends < x + 0.5 * width) {
                    continue;
                }
                places.push(Place {
                    at: (x, base),
                    extent,
                    leader,
                    cost: cost + worse + if leader.is_some() { LED + away * self.text } else { 0.0 },
                });
            }
        }
        places
    }

    /// The best place of a name beside its curve; `None` where there is none.
    fn beside(&self, own: usize, name: &str) -> Option<Place> {
        let width = WIDER_FONT * text_width(name, self.text, false);
        let mut x = self.plot.right() - width;
        let mut best: Option<Place> = None;
        while x >= self.plot.left() {
            for place in self.places(own, x, width) {
                let better = best.as_ref().is_none_or(|best| place.cost < best.cost);
                let is_clear = |place: &Place| place.leader.is_none_or(|line| self.is_clear(own, line));
                if better && self.is_inside(place.extent) && self.is_free(own, place.extent) && is_clear(&place) {
                    best = Some(place);
                }
            }
            x -= STEP;
        }
        best
    }

    /// Names beside their curves, in this order; `None` where one has no place. Empty names need none.
    fn in_order(&mut self, names: &[(&str, Ink)], order: &[usize]) -> Option<Vec<Mark>> {
        let before = self.taken.len();
        let mut marks = Vec::new();
        for &own in order {
            let Some((name, ink)) = names.get(own).copied().filter(|(name, _)| !name.is_empty()) else {
                continue;
            };
            let Some(place) = self.beside(own, name) else {
                self.taken.truncate(before);
                return None;
            };
            self.taken.push(place.extent);
            if let Some((from, to)) = place.leader {
                self.taken
                    .push((from.0 - 1.0, from.1.min(to.1), from.0 + 1.0, from.1.max(to.1)));
                let stroke = Stroke::solid(HAIR, ink);
                marks.push(Mark::Line { from, to, stroke });
            }
            marks.push(Mark::text(place.at, self.text, Anchor::Start, Ink::Strong, name));
        }
        Some(marks)
    }

    /// Names beside the flat parts of their curves, one a curve; `None` where they do not all fit.
    pub(crate) fn names(&mut self, names: &[(&str, Ink)]) -> Option<Vec<Mark>> {
        let order: Vec<usize> = (0..names.len()).collect();
        let reverse: Vec<usize> = order.iter().rev().copied().collect();
        self.in_order(names, &order).or_else(|| self.in_order(names, &reverse))
    }

    /// Lines of text where nothing is, near the upper right corner or the lower left one; `None` where there is no room.
    pub(crate) fn note(&mut self, lines: &[String]) -> Option<Vec<Mark>> {
        let (plot, line) = (self.plot, 1.3 * self.text);
        let widths = lines.iter().map(|text| text_width(text, self.text, false));
        let width = WIDER_FONT * widths.fold(0.0, f64::max);
        let height = line * lines.len() as f64;
        let (first, last) = (plot.left() + 4.0, plot.right() - width);
        let (top, bottom) = (plot.top(), plot.bottom() - height);
        let columns = ((last - first) / STEP).floor();
        let rows = ((bottom - top) / STEP).floor();
        if lines.is_empty() || columns < 0.0 || rows < 0.0 {
            return None;
        }
        let mut best: Option<(f64, Point)> = None;
        for row in 0..=rows as usize {
            for column in 0..=columns as usize {
                let (x, y) = (last - STEP * column as f64, top + STEP * row as f64);
                let from_right = last - x + y - top;
                let from_left = x - first + bottom - y + 4.0 * self.text;
                let cost = from_right.min(from_left);
                let extent = grown((x, y, x + width, y + height), 2.0 + self.gap);
                let is_taken = |other: &Extent| overlap(extent, *other);
                let better = best.is_none_or(|(least, _)| cost < least);
                if better && !self.curves.iter().flatten().any(is_taken) && !self.taken.iter().any(is_taken) {
                    best = Some((cost, (x, y)));
                }
            }
        }
        let (_, (x, y)) = best?;
        self.taken.push((x, y, x + width, y + height));
        let text = |(index, text): (usize, &String)| {
            let at = (x, y + line * index as f64 + 0.9 * self.text);
            Mark::text(at, self.text, Anchor::Start, Ink::Strong, text)
        };
        Some(lines.iter().enumerate().map(text).collect())
    }
}

/// A rectangle that reaches further on all sides.
fn grown(extent: Extent, by: f64) -> Extent {
    (extent.0 - by, extent.1 - by, extent.2 + by, extent.3 + by)
}

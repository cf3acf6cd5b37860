//! Where names and notes stand in a plot: beside the flat part of their curve, and where no curve is.

use crate::frame::Plot;
use crate::ink::Ink;
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
        !covers_other && !covers_own && !self.taken.iter().any(|other| overlap(grown(extent, 1.0), *other))
    }

    /// The two places of a name that begins at `x`: above its curve and below.
    fn places(&self, own: usize, x: f64, width: f64) -> Vec<Place> {
        let curve = self.curves.get(own).map(Vec::as_slice).unwrap_or_default();
        let covered = curve.iter().filter(|part| part.0 < x + width && part.2 > x);
        let span = covered.fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), part| {
            (top.min(part.1), bottom.max(part.3))
        });
        let ends = curve.iter().map(|part| part.2).fold(f64::NEG_INFINITY, f64::max);
        // A name does not begin behind the end of its curve, nor stand for more than half beyond it.
        if span.0 > span.1 || ends < x + 0.5 * width {
            return Vec::new();
        }
        let cost = span.1 - span.0 + PER_PIXEL * (self.plot.right() - x - width);
        let above = span.0 - self.gap - 0.22 * self.text;
        let below = span.1 + self.gap + 0.74 * self.text;
        let place = |(base, cost): (f64, f64)| Place {
            at: (x, base),
            extent: self.extent((x, base), width),
            cost,
        };
        [(above, cost), (below, cost + BELOW)].map(place).into()
    }

    /// The best place of a name beside its curve; `None` where there is none.
    fn beside(&self, own: usize, name: &str) -> Option<Place> {
        let width = WIDER_FONT * text_width(name, self.text, false);
        let mut x = self.plot.right() - width;
        let mut best: Option<Place> = None;
        while x >= self.plot.left() {
            for place in self.places(own, x, width) {
                let better = best.as_ref().is_none_or(|best| place.cost < best.cost);
                if better && self.is_inside(place.extent) && self.is_free(own, place.extent) {
                    best = Some(place);
                }
            }
            x -= STEP;
        }
        best
    }

    /// Names beside their curves, in this order; `None` where one has no place. Empty names need none.
    fn in_order(&mut self, names: &[&str], order: &[usize]) -> Option<Vec<Mark>> {
        let before = self.taken.len();
        let mut marks = Vec::new();
        for &own in order {
            let name = names.get(own).copied().unwrap_or_default();
            if name.is_empty() {
                continue;
            }
            let Some(place) = self.beside(own, name) else {
                self.taken.truncate(before);
                return None;
            };
            self.taken.push(place.extent);
            marks.push(Mark::text(place.at, self.text, Anchor::Start, Ink::Strong, name));
        }
        Some(marks)
    }

    /// Names beside the flat parts of their curves, one a curve; `None` where they do not all fit.
    pub(crate) fn names(&mut self, names: &[&str]) -> Option<Vec<Mark>> {
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

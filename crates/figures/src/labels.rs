//! Names of curves: at their ends where they fit, else in a legend.

use crate::frame::{GAP, Sheet};
use crate::ink::{Dash, Ink, Stroke};
use crate::scene::{Anchor, Mark, Point};
use crate::text::{shortened, text_width};

/// Length of the piece of line before a name.
pub(crate) const SWATCH: f64 = 16.0;

/// The marker of a published estimate.
pub(crate) fn marker(index: usize, at: Point, radius: f64, hollow: bool) -> Mark {
    let corners = |corners: &[(f64, f64)]| Mark::Shape {
        points: corners
            .iter()
            .map(|(x, y)| (at.0 + radius * x, at.1 + radius * y))
            .collect(),
        ink: Ink::Strong,
        hollow,
    };
    match index % 4 {
        0 => Mark::Disc {
            at,
            radius,
            ink: Ink::Strong,
            hollow,
        },
        1 => corners(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => corners(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
        _ => corners(&[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)]),
    }
}

/// The key before a name in a legend.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    /// A piece of the curve.
    Line(Ink, Dash),
    /// The nth marker, hollow or not.
    Marker(usize, bool),
}

impl Key {
    /// The key, its left end at `x`, for a text with this base line.
    pub(crate) fn mark(self, x: f64, base: f64, text: f64) -> Mark {
        let y = base - 0.33 * text;
        match self {
            Self::Line(ink, dash) => Mark::Line {
                from: (x, y),
                to: (x + SWATCH, y),
                stroke: Stroke::solid(2.0, ink).dashed(dash),
            },
            Self::Marker(index, hollow) => marker(index, (x + SWATCH / 2.0, y), 0.3 * text, hollow),
        }
    }
}

/// Keys and names in as many lines as they need.
pub(crate) fn legend(sheet: &mut Sheet, left: f64, names: &[(Key, &str)]) {
    let mut marks = Vec::new();
    let (mut x, full) = (left, sheet.width);
    for (index, (key, name)) in names.iter().enumerate() {
        let name = shortened(name, sheet.text, false, full - left - SWATCH - GAP);
        let width = SWATCH + GAP + text_width(&name, sheet.text, false);
        if index == 0 || x + width > full {
            (x, sheet.y) = (left, sheet.y + sheet.line);
        }
        let base = sheet.y - 0.3 * sheet.text;
        marks.push(key.mark(x, base, sheet.text));
        marks.push(Mark::text(
            (x + SWATCH + GAP, base),
            sheet.text,
            Anchor::Start,
            Ink::Strong,
            name,
        ));
        x += width + 3.0 * GAP;
    }
    if !names.is_empty() {
        sheet.y += GAP;
    }
    sheet.group("legend", marks);
}

/// Moves positions apart until each has `height`, with the smallest sum of squared moves, within the limits. `None`
/// where they do not fit.
pub(crate) fn spread(wanted: &[f64], height: f64, limits: (f64, f64)) -> Option<Vec<f64>> {
    let room = limits.1 - limits.0;
    if height * wanted.len().saturating_sub(1) as f64 > room || wanted.iter().any(|place| !place.is_finite()) {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Isotonic regression of place − rank · height: neighbours in the wrong order are pooled at their mean.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, index) in order.iter().enumerate() {
        let mut pool = (wanted[*index] - rank as f64 * height, 1_usize);
        while let Some(last) = pools.last().copied().filter(|last| last.0 > pool.0) {
            let size = last.1 + pool.1;
            pool = ((last.0 * last.1 as f64 + pool.0 * pool.1 as f64) / size as f64, size);
            pools.pop();
        }
        pools.push(pool);
    }
    let last = limits.1 - height * wanted.len().saturating_sub(1) as f64;
    let mut places = vec![0.0; wanted.len()];
    let shifts = pools.iter().flat_map(|(mean, size)| std::iter::repeat_n(*mean, *size));
    for (rank, (index, shift)) in order.iter().zip(shifts).enumerate() {
        if let Some(place) = places.get_mut(*index) {
            *place = shift.max(limits.0).min(last) + rank as f64 * height;
        }
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_move_as_little_as_needed() {
        assert_eq!(spread(&[10.0, 50.0], 10.0, (0.0, 100.0)), Some(vec![10.0, 50.0]));
        assert_eq!(spread(&[50.0, 50.0], 10.0, (0.0, 100.0)), Some(vec![45.0, 55.0]));
        assert_eq!(spread(&[99.0, 98.0], 10.0, (0.0, 100.0)), Some(vec![100.0, 90.0]));
        assert_eq!(spread(&[1.0; 12], 10.0, (0.0, 100.0)), None);
        assert_eq!(spread(&[], 10.0, (0.0, 100.0)), Some(vec![]));
    }

    proptest! {
        #[test]
        fn neighbours_keep_their_distance(wanted in prop::collection::vec(-20.0..120.0_f64, 0..11), height in 1.0..10.0_f64) {
            let mut places = spread(&wanted, height, (0.0, 100.0)).unwrap();
            places.sort_by(f64::total_cmp);
            for pair in places.windows(2) {
                prop_assert!(pair[1] - pair[0] >= height - 1e-9);
            }
            prop_assert!(places.iter().all(|place| (-1e-9..=100.0 + 1e-9).contains(place)));
        }
    }
}

//! Step functions as lines and bands within a plot.

use crate::frame::Plot;
use crate::scene::Point;

/// Steps narrower than this, in pixels, are drawn as one.
const FINE: f64 = 0.1;

/// A step function: `initial` from `start` on, then `value[i]` from `time[i]` on, ascending.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    pub(crate) start: f64,
    pub(crate) initial: f64,
    pub(crate) time: Vec<f64>,
    pub(crate) value: Vec<f64>,
    /// Pointwise interval from `time[i]` on; may be shorter.
    pub(crate) interval: Vec<Option<(f64, f64)>>,
}

impl Steps {
    /// Makes the steps that can be drawn: rows that are not finite, or before the preceding one, are omitted.
    pub(crate) fn new(
        start: f64,
        initial: f64,
        time: impl Iterator<Item = f64>,
        value: impl Iterator<Item = f64>,
        interval: impl Iterator<Item = Option<(f64, f64)>>,
    ) -> Self {
        let start = if start.is_finite() { start } else { 0.0 };
        let mut steps = Self {
            start,
            initial,
            time: Vec::new(),
            value: Vec::new(),
            interval: Vec::new(),
        };
        let numbers = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite();
        let intervals = interval
            .map(|interval| interval.filter(numbers))
            .chain(std::iter::repeat(None));
        for ((time, value), interval) in time.zip(value).zip(intervals) {
            if time.is_finite() && value.is_finite() && time >= steps.end() {
                steps.time.push(time);
                steps.value.push(value);
                steps.interval.push(interval);
            }
        }
        steps
    }

    /// Removes steps after `time`.
    pub(crate) fn end_at(&mut self, time: f64) {
        let kept = self.time.partition_point(|step| *step <= time);
        self.time.truncate(kept);
        self.value.truncate(kept);
        self.interval.truncate(kept);
    }

    /// Ends the interval at `time`, also between two steps.
    pub(crate) fn end_interval_at(&mut self, time: f64) {
        let place = self.time.partition_point(|step| *step <= time);
        if time.is_finite() && (1..self.time.len()).contains(&place) {
            self.time.insert(place, time);
            self.value.insert(place, self.value[place - 1]);
            self.interval.insert(place, None);
        }
    }

    /// The time at which it ends.
    pub(crate) fn end(&self) -> f64 {
        self.time.last().copied().unwrap_or(self.start)
    }

    /// Its value at a time.
    pub(crate) fn at(&self, time: f64) -> f64 {
        let before = self.time.partition_point(|step| *step <= time);
        before
            .checked_sub(1)
            .and_then(|index| self.value.get(index))
            .copied()
            .unwrap_or(self.initial)
    }

    /// The middle of its interval at a time; its value where it has none.
    pub(crate) fn middle_at(&self, time: f64) -> f64 {
        let before = self.time.partition_point(|step| *step <= time);
        let interval = self.interval_at(before.checked_sub(1));
        interval.map_or_else(|| self.at(time), |(low, high)| (low + high) / 2.0)
    }

    fn interval_at(&self, index: Option<usize>) -> Option<(f64, f64)> {
        match index {
            None => Some((self.initial, self.initial)),
            Some(index) => self.interval.get(index).copied().flatten(),
        }
    }

    /// The part of the line between two times, within the plot.
    pub(crate) fn line(&self, plot: &Plot, from: f64, to: f64) -> Vec<Vec<Point>> {
        let (from, to) = self.window(plot, from, to);
        let mut pieces = Vec::new();
        let mut piece: Vec<Point> = Vec::new();
        if from > to {
            return pieces;
        }
        // A drop at the very start is drawn from where all were free of the event.
        let from_start = from <= self.start;
        let mut value = if from_start { self.initial } else { self.at(from) };
        let mut inside = plot.y.holds(value);
        if inside {
            piece.push((plot.x.place(from), plot.y.place(value)));
        }
        let first = self
            .time
            .partition_point(|step| !from_start && *step <= from || *step < from);
        for (time, next) in self.time.iter().zip(&self.value).skip(first) {
            if *time > to {
                break;
            }
            let x = plot.x.place(*time);
            let holds = plot.y.holds(*next);
            if inside || holds {
                // Where the line leaves or enters, it is cut at the edge.
                push(&mut piece, (x, plot.y.place(value)), inside);
                push(&mut piece, (x, plot.y.place(*next)), true);
            }
            if !holds && !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
            }
            (value, inside) = (*next, holds);
        }
        if inside {
            push(&mut piece, (plot.x.place(to), plot.y.place(value)), true);
        }
        if piece.len() > 1 {
            pieces.push(piece);
        }
        pieces
    }

    /// The band between two times: one area for each stretch with an interval.
    pub(crate) fn band(&self, plot: &Plot, from: f64, to: f64) -> Vec<Vec<Point>> {
        let (from, to) = self.window(plot, from, to);
        let mut areas = Vec::new();
        if from > to || self.interval.iter().all(Option::is_none) {
            return areas;
        }
        let first = self.time.partition_point(|step| *step <= from);
        let mut now = (from, self.interval_at(first.checked_sub(1)));
        let (mut lower, mut upper): (Vec<Point>, Vec<Point>) = (Vec::new(), Vec::new());
        let later = self.time.iter().enumerate().skip(first);
        let stops = later
            .take_while(|(_, time)| **time <= to)
            .map(|(index, time)| (*time, self.interval_at(Some(index))))
            .chain(std::iter::once((to, None)));
        for (time, next) in stops {
            if let Some((low, high)) = now.1 {
                for (edge, value) in [(&mut lower, low), (&mut upper, high)] {
                    push(edge, (plot.x.place(now.0), plot.y.place(value)), true);
                    push(edge, (plot.x.place(time), plot.y.place(value)), true);
                }
            }
            if next.is_none() {
                upper.reverse();
                lower.append(&mut upper);
                if lower.len() > 2 {
                    areas.push(std::mem::take(&mut lower));
                }
                lower.clear();
            }
            now = (time, next);
        }
        areas
    }

    fn window(&self, plot: &Plot, from: f64, to: f64) -> (f64, f64) {
        let (low, high) = plot.x.values();
        (
            from.max(low).max(self.start),
            to.min(high).min(self.end().max(self.start)),
        )
    }
}

/// Adds a corner; one that is nearly where the last two are replaces the last.
fn push(piece: &mut Vec<Point>, at: Point, wanted: bool) {
    if !wanted && piece.is_empty() {
        piece.push(at);
        return;
    }
    if let [.., before, last] = piece.as_mut_slice() {
        let level = (before.1 - last.1).abs() < 1e-9 && (last.1 - at.1).abs() < 1e-9;
        let narrow = (before.0 - at.0).abs() < FINE;
        if level || narrow {
            *last = at;
            return;
        }
    }
    piece.push(at);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::{Scale, Spacing};
    use proptest::prelude::*;

    fn plot(values: (f64, f64)) -> Plot {
        Plot {
            x: Scale::new(Spacing::Linear, (0.0, 10.0), (0.0, 100.0)),
            y: Scale::new(Spacing::Linear, values, (100.0, 0.0)),
        }
    }

    fn steps() -> Steps {
        Steps {
            start: 0.0,
            initial: 100.0,
            time: vec![2.0, 4.0, 12.0],
            value: vec![75.0, 25.0, 25.0],
            interval: vec![Some((50.0, 90.0)), None, None],
        }
    }

    #[test]
    fn a_line_of_steps() {
        let expected = [
            (0.0, 0.0),
            (20.0, 0.0),
            (20.0, 25.0),
            (40.0, 25.0),
            (40.0, 75.0),
            (100.0, 75.0),
        ];
        assert_eq!(steps().line(&plot((0.0, 100.0)), 0.0, 99.0), [expected.to_vec()]);
        // Between 3 and 5 only.
        let part = [(30.0, 25.0), (40.0, 25.0), (40.0, 75.0), (50.0, 75.0)];
        assert_eq!(steps().line(&plot((0.0, 100.0)), 3.0, 5.0), [part.to_vec()]);
    }

    #[test]
    fn a_drop_at_the_start_is_drawn() {
        let steps = Steps {
            start: 0.0,
            initial: 100.0,
            time: vec![0.0, 5.0],
            value: vec![90.0, 50.0],
            interval: vec![],
        };
        let expected = [(0.0, 0.0), (0.0, 10.0), (50.0, 10.0), (50.0, 50.0)];
        assert_eq!(
            steps.line(&plot((0.0, 100.0)), f64::NEG_INFINITY, 99.0),
            [expected.to_vec()]
        );
        // Not where the axis begins later.
        assert_eq!(
            steps.line(&plot((0.0, 100.0)), 2.0, 4.0),
            [[(20.0, 10.0), (40.0, 10.0)].to_vec()]
        );
    }

    #[test]
    fn a_line_is_cut_at_a_raised_axis() {
        let pieces = steps().line(&plot((50.0, 100.0)), 0.0, 99.0);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].last(), Some(&(40.0, 100.0)));
    }

    #[test]
    fn a_band_ends_where_no_interval_is() {
        let areas = steps().band(&plot((0.0, 100.0)), 0.0, 99.0);
        // Without width at the start, then from 10 to 50 px below the top, up to the second step.
        let expected = [
            (0.0, 0.0),
            (20.0, 0.0),
            (20.0, 50.0),
            (40.0, 50.0),
            (40.0, 10.0),
            (20.0, 10.0),
            (20.0, 0.0),
            (0.0, 0.0),
        ];
        assert_eq!(areas, [expected.to_vec()]);
    }

    proptest! {
        #[test]
        fn whatever_comes_stays_inside(
            rows in prop::collection::vec((0.0..30.0_f64, -20.0..120.0_f64), 0..40),
            from in -5.0..15.0_f64,
            low in 0.0..90.0_f64,
        ) {
            let mut time: Vec<f64> = rows.iter().map(|row| row.0).collect();
            time.sort_by(f64::total_cmp);
            let value: Vec<f64> = rows.iter().map(|row| row.1).collect();
            let interval = value.iter().map(|value| (*value > 30.0).then_some((value - 9.0, value + 9.0))).collect();
            let steps = Steps { start: 0.0, initial: 100.0, time, value, interval };
            let plot = plot((low, 100.0));
            for piece in steps.line(&plot, from, 99.0).into_iter().chain(steps.band(&plot, from, 99.0)) {
                for (x, y) in piece {
                    prop_assert!((0.0..=100.0).contains(&x) && (0.0..=100.0).contains(&y));
                }
            }
        }
    }
}

//! A segment of a drawn curve between two entries of the table of numbers at risk, reconstructed for a number of
//! censored.

use super::points::{AtRisk, CurvePoint};

/// A drop drawn after an entry of the table by no more than this fraction of the time axis may belong before it: a
/// traced line shows it a pixel late.
const LATE: f64 = 0.01;

/// The drawn curve as a falling one, with a point at 0 and at each entry of the table at risk.
pub(super) struct Drawn {
    time: Vec<f64>,
    survival: Vec<f64>,
    pub(super) table: Vec<Entry>,
    pub(super) moved: usize,
    pub(super) largest_move: f64,
}

/// An entry of the table at risk and the point at its time.
pub(super) struct Entry {
    pub(super) published: AtRisk,
    point: usize,
}

/// Points of one stretch between entries, with the times at which it starts and ends.
pub(super) struct Stretch {
    time: Vec<f64>,
    survival: Vec<f64>,
    pub(super) start: f64,
    pub(super) end: f64,
}

/// Where a stretch starts or ends.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) patients: u32,
    pub(super) survival: f64,
}

/// A segment reconstructed with a number of censored.
pub(super) struct Segment {
    pub(super) events: Vec<(f64, u32)>,
    pub(super) censored: Vec<f64>,
    pub(super) state: State,
    pub(super) squared_error: f64,
}

impl Drawn {
    pub(super) fn new(points: &[CurvePoint], at_risk: &[AtRisk]) -> Self {
        let mut sorted = points.to_vec();
        // At one time the upper end of a drop comes first.
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time).then(b.survival.total_cmp(&a.survival)));
        let raw: Vec<f64> = sorted.iter().map(|point| point.survival).collect();
        let falling = falling(&raw);
        let moves = raw.iter().zip(&falling).map(|(raw, falling)| (raw - falling).abs());
        let moved = moves.clone().filter(|&distance| distance > 1e-12).count();
        let largest_move = moves.fold(0.0, f64::max);
        let mut drawn = Self {
            time: Vec::new(),
            survival: Vec::new(),
            table: Vec::new(),
            moved,
            largest_move,
        };
        let mut waiting = at_risk.iter().peekable();
        let mut level = 1.0;
        for (point, &survival) in sorted.iter().zip(&falling) {
            while let Some(entry) = waiting.next_if(|entry| entry.time() <= point.time) {
                drawn.enter(*entry, level);
            }
            level = survival.clamp(0.0, 1.0);
            drawn.time.push(point.time);
            drawn.survival.push(level);
        }
        // A patient at risk after the last point: the figure continues without a drop.
        for entry in waiting.filter(|entry| entry.patients > 0) {
            drawn.enter(*entry, level);
        }
        drawn
    }

    fn enter(&mut self, published: AtRisk, level: f64) {
        self.table.push(Entry {
            published,
            point: self.time.len(),
        });
        self.time.push(published.time());
        self.survival.push(level);
    }

    pub(super) fn end(&self) -> f64 {
        self.time.last().copied().unwrap_or(0.0)
    }

    /// Returns the segment from one entry of the table to the next (after the last: to the end). With `taken`, the drop
    /// drawn just after the first entry was counted before it; with `more`, so is the one just after the second.
    pub(super) fn stretch(&self, position: usize, taken: bool, more: bool) -> Stretch {
        let time_of = |entry: Option<&Entry>| entry.map_or(self.end(), |entry| entry.published.time());
        let (start, end) = (time_of(self.table.get(position)), time_of(self.table.get(position + 1)));
        let point_of = |entry: Option<&Entry>| entry.map_or(self.time.len(), |entry| entry.point);
        let from = point_of(self.table.get(position)) + usize::from(taken);
        let to = point_of(self.table.get(position + 1));
        let mut stretch = Stretch {
            time: self.time.get(from..to).unwrap_or_default().to_vec(),
            survival: self.survival.get(from..to).unwrap_or_default().to_vec(),
            start,
            end,
        };
        if more && let Some(&level) = self.survival.get(to + 1) {
            let before = stretch.time.last().copied().unwrap_or(start);
            stretch.time.push(0.5 * (before + end));
            stretch.survival.push(level);
        }
        stretch
    }

    /// True if the drop drawn just after an entry may have happened before it.
    pub(super) fn may_be_late(&self, position: usize) -> bool {
        let Some(entry) = self.table.get(position) else {
            return false;
        };
        let next = entry.point + 1;
        let other_entry = self.table.get(position + 1).is_some_and(|other| other.point <= next);
        let (Some(&time), Some(&level), Some(&before)) = (
            self.time.get(next),
            self.survival.get(next),
            self.survival.get(entry.point),
        ) else {
            return false;
        };
        !other_entry && level < before && time > entry.published.time() && {
            time - entry.published.time() <= LATE * self.end()
        }
    }
}

/// The falling sequence nearest to `values` by least squares: neighbours that rise are replaced by their mean.
pub(in crate::evidence) fn falling(values: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        blocks.push((value, 1));
        while let [.., (before, m), (last, n)] = blocks[..]
            && last > before
        {
            let mean = (before * m as f64 + last * n as f64) / (m + n) as f64;
            blocks.truncate(blocks.len() - 2);
            blocks.push((mean, m + n));
        }
    }
    blocks
        .into_iter()
        .flat_map(|(value, count)| std::iter::repeat_n(value, count))
        .collect()
}

impl Stretch {
    /// Reconstructs the segment with this number of censored, evenly between its ends.
    pub(super) fn with(&self, censored: u32, from: State) -> Segment {
        let step = (self.end - self.start) / (f64::from(censored) + 1.0);
        let mut segment = Segment {
            events: Vec::new(),
            censored: Vec::new(),
            state: from,
            squared_error: 0.0,
        };
        let mut done = 0_u32;
        for (position, (&time, &survival)) in self.time.iter().zip(&self.survival).enumerate() {
            let state = &mut segment.state;
            let at_risk = f64::from(state.patients);
            if state.survival > 0.0 && state.patients > 0 {
                let deaths = (at_risk * (1.0 - survival / state.survival))
                    .round()
                    .clamp(0.0, at_risk);
                if deaths > 0.0 {
                    segment.events.push((time, deaths as u32));
                    state.survival *= 1.0 - deaths / at_risk;
                    state.patients -= deaths as u32;
                }
            }
            segment.squared_error += (state.survival - survival) * (state.survival - survival);
            let next = self.time.get(position + 1).copied().unwrap_or(f64::INFINITY);
            while done < censored && state.patients > 0 {
                let at = self.start + f64::from(done + 1) * step;
                if at >= next {
                    break;
                }
                segment.censored.push(at);
                state.patients -= 1;
                done += 1;
            }
        }
        segment
    }
}

/// The number of censored, up to about `most`, that brings `miss` to 0, or nearest to it: it falls as more are
/// censored. Of numbers that come as near, the one with the better fit.
pub(super) fn towards(stretch: &Stretch, from: State, most: u32, miss: impl Fn(&Segment) -> i64) -> Segment {
    let (mut low, mut high) = (0, most.min(from.patients));
    while low < high {
        let middle = low + (high - low) / 2;
        if miss(&stretch.with(middle, from)) > 0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    // Rounding makes the way down uneven: the neighbours are tried too.
    let nearby = low.saturating_sub(3)..=low.saturating_add(3).min(from.patients);
    let mut best = stretch.with(low, from);
    for censored in nearby {
        let other = stretch.with(censored, from);
        let (a, b) = (miss(&other).abs(), miss(&best).abs());
        if a < b || (a == b && other.squared_error < best.squared_error) {
            best = other;
        }
    }
    best
}

/// Returns the number of censored nearest to `expected` among those that fit the curve about as well as any: with few
/// at risk the height of a drop determines their number. With many at risk some 200 numbers are tried.
pub(super) fn near(stretch: &Stretch, from: State, expected: u32) -> Segment {
    const TRIED: u32 = 200;
    const AS_WELL: f64 = 1.2;
    let step = (from.patients / TRIED).max(1);
    let mut numbers: Vec<u32> = (0..=from.patients).step_by(step as usize).collect();
    numbers.push(expected);
    let errors: Vec<f64> = numbers
        .iter()
        .map(|&censored| stretch.with(censored, from).squared_error)
        .collect();
    let least = errors.iter().copied().fold(f64::INFINITY, f64::min);
    let fits = numbers
        .iter()
        .zip(&errors)
        .filter(|&(_, &error)| error <= AS_WELL * least + 1e-12);
    let nearest = fits
        .map(|(&censored, _)| censored)
        .min_by_key(|&censored| censored.abs_diff(expected));
    stretch.with(nearest.unwrap_or(expected), from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rising_points_are_levelled() {
        assert_eq!(
            falling(&[1.0, 0.75, 1.0, 0.5, 0.625, 0.75]),
            [1.0, 0.875, 0.875, 0.625, 0.625, 0.625]
        );
    }
}

//! A drawn curve followed by its colour, column by column, from a place on it.

use super::{Axes, Pixel};

/// Most pixels of a picture.
pub const MOST_PIXELS: usize = 60_000_000;

/// A picture: four bytes a pixel (red, green, blue, opacity), row by row from above.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    width: usize,
    height: usize,
    rgba: &'a [u8],
}

/// Why no curve was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// The place is outside the axes.
    #[error("a place outside the axes")]
    OutsideAxes,
    /// No colour there differs from the background.
    #[error("no colour there differs from the background")]
    NothingThere,
    /// The curve there ends after a few columns.
    #[error("a curve of too few columns")]
    TooShort,
}

/// A colour.
type Colour = [f64; 3];

/// Rows of one colour in a column, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    top: usize,
    bottom: usize,
}

impl Run {
    fn height(self) -> usize {
        self.bottom - self.top + 1
    }

    fn middle(self) -> f64 {
        (self.top + self.bottom + 1) as f64 / 2.0
    }

    /// Continues drops across other curves.
    fn over_crossings(mut self, runs: &[Self], thickness: usize) -> Self {
        let bridge = 2 * thickness + 1;
        for other in runs {
            if self.height() > 2 * thickness && other.top > self.bottom && other.top - self.bottom <= bridge {
                self.bottom = other.bottom;
            }
        }
        for other in runs.iter().rev() {
            if self.height() > 2 * thickness && other.bottom < self.top && self.top - other.bottom <= bridge {
                self.top = other.top;
            }
        }
        self
    }
}

impl<'a> Picture<'a> {
    /// A picture; `None` where the bytes are not four a pixel, or there are none or more than [`MOST_PIXELS`].
    #[must_use]
    pub fn new(width: usize, height: usize, rgba: &'a [u8]) -> Option<Self> {
        let pixels = width.checked_mul(height)?;
        let fits = pixels > 0 && pixels <= MOST_PIXELS && rgba.len() == pixels * 4;
        fits.then_some(Self { width, height, rgba })
    }

    /// The colour of a pixel over white paper.
    fn colour(&self, x: usize, y: usize) -> Option<Colour> {
        if x >= self.width {
            return None;
        }
        let start = (y * self.width + x) * 4;
        let [red, green, blue, opacity] = *self.rgba.get(start..start + 4)? else {
            return None;
        };
        let share = f64::from(opacity) / 255.0;
        Some([red, green, blue].map(|part| f64::from(part) * share + 255.0 * (1.0 - share)))
    }
}

fn distance(a: Colour, b: Colour) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}

/// Which way a curve runs from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slope {
    /// Down, as survival does.
    #[default]
    Falling,
    /// Up, as a cumulative incidence does.
    Rising,
}

/// Follows the curve at `start` to both sides within the axes; returns its corners from left to right.
///
/// The colour is the one that differs most from the background near `start`; in each column the run of it that touches
/// the one before belongs to the curve. A run much taller than the line is a drop, a mark of censoring or a crossing:
/// the level is read only where the run is as thin as the line, and a drop is at the middle of the tall columns between
/// two levels. A curve may end with a drop: there the tall columns reach to one side of the last level only, a mark of
/// censoring to both. Dashes and crossings are bridged up to a twenty-fifth of the time axis; after one the curve may only be
/// lower or, of a rising curve, higher.
///
/// # Errors
/// [`TraceError`].
pub fn trace(picture: &Picture<'_>, axes: &Axes, start: Pixel, slope: Slope) -> Result<Vec<Pixel>, TraceError> {
    let field = Field::new(picture, axes).ok_or(TraceError::OutsideAxes)?;
    let seed = field.seed(start)?;
    let mut columns = field.follow(seed, true, slope);
    columns.reverse();
    columns.push(seed);
    columns.extend(field.follow(seed, false, slope));
    let corners = corners(&columns, slope);
    if columns.len() < 8 || corners.len() < 2 {
        return Err(TraceError::TooShort);
    }
    Ok(corners)
}

/// The picture within the axes, and the colour to follow.
struct Field<'a> {
    picture: &'a Picture<'a>,
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
    paper: Colour,
}

/// The colour of a curve, and how far another may be from it.
#[derive(Debug, Clone, Copy)]
struct Line {
    colour: Colour,
    reach: f64,
}

/// A column and its run.
type Column = (usize, Run, Line);

impl<'a> Field<'a> {
    /// Rows beyond the axes that still belong to a line drawn on them.
    const MARGIN: f64 = 4.0;

    fn new(picture: &'a Picture<'a>, axes: &Axes) -> Option<Self> {
        let marks = axes.marks();
        let within = |value: f64, most: usize| value.clamp(0.0, most as f64 - 1.0) as usize;
        let (xs, ys) = (
            [marks.corner.x, marks.along.x, marks.up.x],
            [marks.corner.y, marks.along.y, marks.up.y],
        );
        let least = |values: [f64; 3]| values.into_iter().fold(f64::INFINITY, f64::min);
        let most = |values: [f64; 3]| values.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let mut field = Self {
            picture,
            left: within(least(xs), picture.width),
            right: within(most(xs), picture.width),
            top: within(least(ys) - Self::MARGIN, picture.height),
            bottom: within(most(ys) + Self::MARGIN, picture.height),
            paper: [255.0; 3],
        };
        field.paper = field.most_common()?;
        (field.left < field.right && field.top < field.bottom).then_some(field)
    }

    /// The most common colour, of every third pixel and in 16 steps a part.
    fn most_common(&self) -> Option<Colour> {
        let mut counts = vec![0_u32; 16 * 16 * 16];
        let step = |colour: Colour| colour.map(|part| (part / 16.0).clamp(0.0, 15.0) as usize);
        let places = (self.top..=self.bottom).flat_map(|y| (self.left..=self.right).step_by(3).map(move |x| (x, y)));
        let colours = || places.clone().filter_map(|(x, y)| self.picture.colour(x, y));
        let index = |colour| {
            let [red, green, blue] = step(colour);
            (red * 16 + green) * 16 + blue
        };
        for colour in colours() {
            if let Some(count) = counts.get_mut(index(colour)) {
                *count += 1;
            }
        }
        let most = counts.iter().enumerate().max_by_key(|(_, count)| **count)?.0;
        colours().find(|&colour| index(colour) == most)
    }

    /// Returns the run at the place, of the colour that differs most from the background within eight pixels, nearer
    /// ones first.
    fn seed(&self, start: Pixel) -> Result<Column, TraceError> {
        const NEAR: usize = 8;
        const LEAST: f64 = 40.0;
        let inside = start.x >= self.left as f64
            && start.x <= self.right as f64 + 1.0
            && start.y >= self.top as f64
            && start.y <= self.bottom as f64 + 1.0;
        if !inside {
            return Err(TraceError::OutsideAxes);
        }
        let (x, y) = (start.x as usize, start.y as usize);
        let around =
            |middle: usize, low: usize, high: usize| middle.saturating_sub(NEAR).max(low)..=(middle + NEAR).min(high);
        let mut best: Option<(f64, usize, usize, Colour)> = None;
        for row in around(y, self.top, self.bottom) {
            for column in around(x, self.left, self.right) {
                let Some(colour) = self.picture.colour(column, row) else {
                    continue;
                };
                // Of equally dark pixels the nearest.
                let away = column.abs_diff(x) + row.abs_diff(y);
                let score = distance(colour, self.paper) - 4.0 * away as f64;
                if best.is_none_or(|(found, ..)| score > found) {
                    best = Some((score, column, row, colour));
                }
            }
        }
        let (_, column, row, colour) = best.ok_or(TraceError::NothingThere)?;
        let out = distance(colour, self.paper);
        if out < LEAST {
            return Err(TraceError::NothingThere);
        }
        let line = Line {
            colour,
            reach: (0.5 * out).min(90.0),
        };
        let runs = self.runs(column, line);
        let run = runs.into_iter().find(|run| run.top <= row && row <= run.bottom);
        run.map(|run| (column, run, line)).ok_or(TraceError::NothingThere)
    }

    /// Runs of the colour in a column, from above.
    fn runs(&self, x: usize, line: Line) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for y in self.top..=self.bottom {
            let colour = self.picture.colour(x, y);
            if !colour.is_some_and(|colour| distance(colour, line.colour) <= line.reach) {
                continue;
            }
            match runs.last_mut() {
                Some(last) if last.bottom + 1 == y => last.bottom = y,
                _ => runs.push(Run { top: y, bottom: y }),
            }
        }
        runs
    }

    /// The columns to one side of the seed, the nearest first.
    fn follow(&self, seed: Column, leftwards: bool, slope: Slope) -> Vec<Column> {
        let (start, first, line) = seed;
        let mut found = Vec::new();
        let bridge = ((self.right - self.left) / 25).max(12);
        let fall = (self.bottom - self.top) as f64 / 12.0;
        let thickness = first.height().max(3);
        let (mut last, mut level, mut gap) = (first, first.middle(), 0);
        let columns: Box<dyn Iterator<Item = usize>> = if leftwards {
            Box::new((self.left..start).rev())
        } else {
            Box::new(start + 1..=self.right)
        };
        for x in columns {
            // A falling curve is lower at the right and higher at the left, a rising one the other way.
            let onward = |run: &Run| {
                if leftwards == (slope == Slope::Falling) {
                    run.middle() <= level + 2.0
                } else {
                    run.middle() >= level - 2.0
                }
            };
            let joins = |run: &Run| run.top <= last.bottom + 2 && run.bottom + 2 >= last.top;
            let near = |run: &Run| onward(run) && (run.middle() - level).abs() <= fall;
            let runs = self.runs(x, line);
            let fits = runs
                .iter()
                .copied()
                .filter(|run| if gap == 0 { joins(run) } else { near(run) });
            let by_level = |a: &Run, b: &Run| {
                let away = |run: &Run| (run.middle() - level).abs();
                onward(b).cmp(&onward(a)).then(away(a).total_cmp(&away(b)))
            };
            match fits.min_by(by_level) {
                Some(run) => {
                    let run = run.over_crossings(&runs, thickness);
                    found.push((x, run, line));
                    if run.height() <= 2 * thickness {
                        level = run.middle();
                    }
                    (last, gap) = (run, 0);
                }
                None => {
                    gap += 1;
                    if gap > bridge {
                        break;
                    }
                }
            }
        }
        found
    }
}

/// A stretch of columns at one level.
struct Level {
    from: usize,
    to: usize,
    sum: f64,
    columns: f64,
}

impl Level {
    fn mean(&self) -> f64 {
        self.sum / self.columns
    }
}

/// Beginning and end of every level, and both ends of every drop.
fn corners(columns: &[Column], slope: Slope) -> Vec<Pixel> {
    let mut heights: Vec<usize> = columns.iter().map(|(_, run, _)| run.height()).collect();
    heights.sort_unstable();
    let thickness = heights.get(heights.len() / 2).copied().unwrap_or(1) as f64;
    let is_thin = |run: &Run| run.height() as f64 <= 1.6 * thickness + 0.5;
    let mut levels: Vec<Level> = Vec::new();
    for (x, run, _) in columns.iter().filter(|(_, run, _)| is_thin(run)) {
        let middle = run.middle();
        match levels.last_mut() {
            Some(level) if (level.mean() - middle).abs() <= 0.6 => {
                (level.to, level.sum, level.columns) = (*x, level.sum + middle, level.columns + 1.0);
            }
            _ => levels.push(Level {
                from: *x,
                to: *x,
                sum: middle,
                columns: 1.0,
            }),
        }
    }
    let mut corners = Vec::new();
    let mut corner = |x: f64, level: &Level| corners.push(Pixel { x, y: level.mean() });
    for pair in levels.windows(2) {
        if let [before, after] = pair {
            let tall = columns
                .iter()
                .filter(|(x, run, _)| *x > before.to && *x < after.from && !is_thin(run))
                .map(|(x, ..)| *x as f64 + 0.5);
            let (sum, count) = tall.fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
            let drop = if count > 0.0 {
                sum / count
            } else {
                (before.to + 1 + after.from) as f64 / 2.0
            };
            corner(drop, before);
            corner(drop, after);
        }
    }
    if let (Some(first), Some(last)) = (levels.first(), levels.last()) {
        let beyond: Vec<&Column> = columns
            .iter()
            .filter(|(x, run, _)| *x > last.to && !is_thin(run))
            .collect();
        let (x, fall) = match last_drop(&beyond, last.mean(), thickness, slope) {
            Some((x, y)) => (x, Some(Pixel { x, y })),
            None => (last.to as f64 + 1.0, None),
        };
        corners.insert(
            0,
            Pixel {
                x: first.from as f64,
                y: first.mean(),
            },
        );
        corners.push(Pixel { x, y: last.mean() });
        corners.extend(fall);
    }
    corners
}

/// The column of a drop behind the last level, and the row at which it ends.
fn last_drop(beyond: &[&Column], level: f64, thickness: f64, slope: Slope) -> Option<(f64, f64)> {
    let reach = |side: fn(&Run, f64) -> f64| beyond.iter().map(|(_, run, _)| side(run, level)).fold(0.0, f64::max);
    let above = reach(|run, level| level - run.top as f64);
    let below = reach(|run, level| (run.bottom + 1) as f64 - level);
    let (onward, back, sign) = match slope {
        Slope::Falling => (below, above, 1.0),
        Slope::Rising => (above, below, -1.0),
    };
    let is_drop = onward > 3.0 * thickness && back <= thickness + 1.0;
    let x = beyond.iter().map(|(x, ..)| *x as f64 + 0.5).sum::<f64>() / beyond.len() as f64;
    (is_drop && !beyond.is_empty()).then_some((x, level + sign * onward))
}

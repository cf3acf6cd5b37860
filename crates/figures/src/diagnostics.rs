//! Whether hazards are proportional, for the eye: log-minus-log curves and scaled Schoenfeld residuals.

use crate::axis::{Scale, Spacing, drawable, ratio_ticks, round_ticks, tenth};
use crate::data::{DataTable, number};
use crate::frame::{GAP, HAIR, Lettering, Plot, Sheet, Style, left_room};
use crate::ink::{Dash, Ink, Stroke};
use crate::labels::{Key, legend};
use crate::scene::{Mark, Point, Scene};
use crate::steps::Steps;
use std::collections::BTreeSet;

/// One group's survival.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LogLogInput {
    /// Name of the group.
    pub label: String,
    /// Times, ascending, in the unit that the axis label names.
    pub time: Vec<f64>,
    /// Survival from each time on, from 0 to 1.
    pub survival: Vec<f64>,
}

/// log(−log S(t)) against t on an axis of ratios: parallel where hazards are proportional.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LogLogFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// Size, text size and colours.
    pub style: Style,
    /// Places of the groups in the palette; those that are missing have their own place.
    pub colours: Vec<usize>,
    /// Label of the time axis.
    pub time_label: String,
    /// Label of the value axis.
    pub value_label: String,
    /// One curve for each group.
    pub curves: Vec<LogLogInput>,
}

impl LogLogInput {
    /// Times above 0 at which survival is between 0 and 1, with log(−log S), where it changes.
    fn rows(&self) -> Vec<Point> {
        let mut rows: Vec<Point> = Vec::new();
        for (time, survival) in self.time.iter().zip(&self.survival) {
            let value = libm::log(-libm::log(*survival));
            if drawable(*time) && *time > 0.0 && value.is_finite() && rows.last().is_none_or(|last| last.0 <= *time) {
                rows.push((*time, value));
            }
        }
        rows
    }
}

impl LogLogFigure {
    fn ink(&self, group: usize) -> Ink {
        self.style.palette.group(&self.colours, group)
    }

    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let rows: Vec<Vec<Point>> = self.curves.iter().map(LogLogInput::rows).collect();
        let mut sheet = Sheet::new(self.style);
        sheet.heading(&self.lettering);
        let names = self
            .curves
            .iter()
            .enumerate()
            .filter(|(_, curve)| !curve.label.is_empty());
        let names: Vec<_> = names
            .map(|(index, curve)| (Key::Line(self.ink(index), Dash::of_series(index)), curve.label.as_str()))
            .collect();
        legend(&mut sheet, 0.0, &names);
        let all = || rows.iter().flatten();
        let frame = Frame {
            x: (Spacing::Logarithmic, bounds(all().map(|row| row.0))),
            y: padded(bounds(all().map(|row| row.1))),
            time_label: &self.time_label,
            value_label: &self.value_label,
        };
        let plot = frame.plot(&sheet);
        frame.left_axis(&mut sheet, &plot);
        let mut curves = Vec::new();
        for (index, rows) in rows.iter().enumerate() {
            let Some((start, initial)) = rows.first().copied() else {
                continue;
            };
            let (time, value) = (rows.iter().map(|row| row.0), rows.iter().map(|row| row.1));
            let steps = Steps::new(start, initial, time, value, std::iter::empty());
            curves.push(Mark::Path {
                pieces: steps.line(&plot, f64::NEG_INFINITY, f64::INFINITY),
                stroke: Stroke::solid(1.6, self.ink(index)).dashed(Dash::of_series(index)),
            });
        }
        sheet.group("curves", curves);
        frame.finish(sheet, &plot, &self.lettering)
    }

    /// Returns the data of the figure.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["group", "time", "log_minus_log_survival"]);
        for curve in &self.curves {
            let rows = curve.rows().into_iter();
            table
                .rows
                .extend(rows.map(|(time, value)| vec![curve.label.clone(), number(time), number(value)]));
        }
        table
    }
}

/// A point of the smooth line through the residuals.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SmoothPoint {
    /// Time, as on the axis.
    pub time: f64,
    /// The smoothed value.
    pub value: f64,
    /// Its pointwise interval.
    pub interval: Option<(f64, f64)>,
}

/// Scaled Schoenfeld residuals plus the coefficient against time (Grambsch and Therneau, Biometrika 1994;81:515): level
/// where the hazard ratio is constant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchoenfeldFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// Size, text size and colours.
    pub style: Style,
    /// Label of the time axis; it names the transformation, if any.
    pub time_label: String,
    /// Label of the value axis: the coefficient over time, of which covariate.
    pub value_label: String,
    /// One point an event: time as on the axis, scaled residual plus coefficient.
    pub residuals: Vec<Point>,
    /// The smooth line, ascending.
    pub smooth: Vec<SmoothPoint>,
    /// The coefficient that the model estimated as constant.
    pub coefficient: Option<f64>,
}

impl SchoenfeldFigure {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let mut sheet = Sheet::new(self.style);
        sheet.heading(&self.lettering);
        let coefficient = self.coefficient.filter(|value| drawable(*value));
        let residuals = || {
            self.residuals
                .iter()
                .filter(|(time, value)| drawable(*time) && drawable(*value))
        };
        let smooth: Vec<&SmoothPoint> = self
            .smooth
            .iter()
            .filter(|point| drawable(point.time) && drawable(point.value))
            .collect();
        let times = residuals()
            .map(|point| point.0)
            .chain(smooth.iter().map(|point| point.time));
        let values = residuals()
            .map(|point| point.1)
            .chain(smooth.iter().map(|point| point.value));
        let (first, last) = bounds(times);
        // An axis that all but begins at 0 begins there.
        let first = if first > 0.0 && first < 0.1 * last { 0.0 } else { first };
        let frame = Frame {
            x: (Spacing::Linear, (first, last + 0.01 * (last - first))),
            y: padded(bounds(values.chain([0.0]).chain(coefficient))),
            time_label: &self.time_label,
            value_label: &self.value_label,
        };
        let plot = frame.plot(&sheet);
        frame.left_axis(&mut sheet, &plot);
        let level = |value: f64, ink, dash| Mark::Line {
            from: (plot.left(), plot.y.place(value)),
            to: (plot.right(), plot.y.place(value)),
            stroke: Stroke::solid(HAIR * 1.2, ink).dashed(dash),
        };
        let mut lines = vec![level(0.0, Ink::Soft, Dash::Solid)];
        lines.extend(coefficient.map(|value| level(value, Ink::Strong, Dash::Long)));
        sheet.group("reference", lines);
        sheet.group("bands", self.band(&smooth, &plot));
        let points: Vec<Point> = residuals()
            .map(|(time, value)| (plot.x.place(*time), plot.y.place(*value)))
            .collect();
        sheet.group("residuals", rings(&points));
        let line: Vec<Point> = smooth
            .iter()
            .map(|point| (plot.x.place(point.time), plot.y.place(point.value)))
            .collect();
        if line.len() > 1 {
            let stroke = Stroke::solid(1.6, self.style.palette.series(0));
            sheet.group(
                "smooth",
                vec![Mark::Path {
                    pieces: vec![line],
                    stroke,
                }],
            );
        }
        frame.finish(sheet, &plot, &self.lettering)
    }

    fn band(&self, smooth: &[&SmoothPoint], plot: &Plot) -> Vec<Mark> {
        let edge = |pick: fn((f64, f64)) -> f64| {
            let points = smooth
                .iter()
                .filter_map(move |point| point.interval.map(|interval| (point.time, pick(interval))));
            points
                .filter(|(_, value)| value.is_finite())
                .map(|(time, value)| (plot.x.place(time), plot.y.place(value)))
                .collect::<Vec<Point>>()
        };
        let (mut points, mut upper) = (edge(|interval| interval.0), edge(|interval| interval.1));
        upper.reverse();
        points.append(&mut upper);
        let band = Mark::Area {
            points,
            ink: self.style.palette.series(0),
            opacity: 0.15,
        };
        if smooth.len() > 1 { vec![band] } else { Vec::new() }
    }

    /// Returns the data of the figure: residuals, then the smooth line with its interval.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["kind", "time", "value", "lower", "upper"]);
        for (time, value) in &self.residuals {
            let row = [
                "residual".into(),
                number(*time),
                number(*value),
                String::new(),
                String::new(),
            ];
            table.rows.push(row.into());
        }
        for point in &self.smooth {
            let mut row = vec!["smooth".into(), number(point.time), number(point.value)];
            row.extend(crate::data::ends(point.interval));
            table.rows.push(row);
        }
        table
    }
}

/// A ring at each point; a thousand at one place are one.
fn rings(points: &[Point]) -> Vec<Mark> {
    let halves = |at: f64| (at * 2.0).round() as i64;
    let mut drawn = BTreeSet::new();
    let new = points.iter().filter(|at| drawn.insert((halves(at.0), halves(at.1))));
    new.map(|at| Mark::Disc {
        at: *at,
        radius: 1.5,
        ink: Ink::Soft,
        hollow: true,
    })
    .collect()
}

/// The smallest and the largest.
fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// Extends a range a little on both sides, so that no mark is on the axis.
fn padded((low, high): (f64, f64)) -> (f64, f64) {
    let slack = 0.04 * (high - low);
    (low - slack, high + slack)
}

/// Axes around a plot whose both ends come from the data.
struct Frame<'a> {
    x: (Spacing, (f64, f64)),
    y: (f64, f64),
    time_label: &'a str,
    value_label: &'a str,
}

impl Frame<'_> {
    fn plot(&self, sheet: &Sheet) -> Plot {
        let (top, width) = (sheet.y + 0.5 * sheet.text, sheet.width);
        let area = |left: f64, right: f64| Plot {
            x: Scale::new(self.x.0, self.x.1, (left, right)),
            y: Scale::new(Spacing::Linear, self.y, (top + 0.55 * width, top)),
        };
        let trial = area(0.0, width);
        let left = left_room(sheet, &round_ticks(&trial.y, 24.0), self.value_label).min(0.5 * width);
        let widest = self
            .lower_ticks(sheet, &trial)
            .iter()
            .map(|tick| sheet.width_of(&tick.label))
            .fold(8.0, f64::max);
        area(left, width - widest / 2.0)
    }

    fn lower_ticks(&self, sheet: &Sheet, plot: &Plot) -> Vec<crate::axis::Tick> {
        let mut widest = 22.0_f64;
        loop {
            let room = widest + GAP;
            let ticks = match self.x.0 {
                Spacing::Linear => round_ticks(&plot.x, room.max(tenth(&plot.x))),
                Spacing::Logarithmic => ratio_ticks(&plot.x, room),
            };
            let label = ticks.iter().map(|tick| sheet.width_of(&tick.label)).fold(0.0, f64::max);
            if label <= widest {
                return ticks;
            }
            widest = label;
        }
    }

    fn left_axis(&self, sheet: &mut Sheet, plot: &Plot) {
        let ticks = round_ticks(&plot.y, 24.0);
        plot.left_axis(sheet, &ticks, self.value_label, false);
    }

    fn finish(&self, mut sheet: Sheet, plot: &Plot, lettering: &Lettering) -> Scene {
        let ticks = self.lower_ticks(&sheet, plot);
        sheet.y = plot.lower_axis(&mut sheet, &ticks, self.time_label) + GAP;
        sheet.caption(lettering);
        sheet.finish(lettering)
    }
}

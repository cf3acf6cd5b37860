//! A hazard ratio as a smooth function of a number, on an axis of ratios.

use crate::axis::{Scale, Spacing, Tick, drawable, ratio_ticks, round_ticks, tenth};
use crate::data::{DataTable, ends, number};
use crate::frame::{GAP, HAIR, Lettering, Plot, Sheet, Style, left_room};
use crate::ink::{Dash, Ink, Stroke};
use crate::scene::{Mark, Point, Scene};
use std::collections::BTreeSet;

/// A point of the curve.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SplinePoint {
    /// The value of the variable, as on the axis.
    pub value: f64,
    /// The hazard ratio against the reference value.
    pub ratio: f64,
    /// Its pointwise interval.
    pub interval: Option<(f64, f64)>,
}

/// Hazard ratio against a reference value, with its band, and a mark for each patient at the foot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SplineFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// Size, text size and colours.
    pub style: Style,
    /// Label of the axis of values, with the unit.
    pub value_label: String,
    /// Label of the axis of ratios.
    pub ratio_label: String,
    /// True if equal distances on the axis of values are equal ratios; then values are above 0.
    pub logarithmic: bool,
    /// The curve, ascending by value.
    pub curve: Vec<SplinePoint>,
    /// The value at which the ratio is 1.
    pub reference: f64,
    /// The value of each patient.
    pub patients: Vec<f64>,
}

/// A band is drawn as far as this times the range of the curve; beyond, it leaves the figure.
const BAND: f64 = 6.0;
/// Length of the marks of patients.
const RUG: f64 = 5.0;

impl SplineFigure {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let mut sheet = Sheet::new(self.style);
        sheet.heading(&self.lettering);
        let curve: Vec<&SplinePoint> = self.curve.iter().filter(|point| self.is_drawable(point)).collect();
        let plot = self.plot(&sheet, &curve);
        plot.left_axis(&mut sheet, &ratio_ticks(&plot.y, 24.0), &self.ratio_label, false);
        let level = Mark::Line {
            from: (plot.left(), plot.y.place(1.0)),
            to: (plot.right(), plot.y.place(1.0)),
            stroke: Stroke::solid(HAIR * 1.2, Ink::Soft).dashed(Dash::Long),
        };
        sheet.group("reference", vec![level]);
        if curve.len() > 1 {
            let place = |value: f64, ratio: f64| (plot.x.place(value), plot.y.place(ratio));
            let edge = |pick: fn((f64, f64)) -> f64| {
                let known = curve
                    .iter()
                    .filter_map(move |point| Some((point.value, pick(point.interval?))));
                known.map(|(value, ratio)| place(value, ratio)).collect::<Vec<Point>>()
            };
            let (mut points, mut upper) = (edge(|interval| interval.0), edge(|interval| interval.1));
            upper.reverse();
            points.append(&mut upper);
            let band = Mark::Area {
                points,
                ink: self.style.palette.series(0),
                opacity: 0.15,
            };
            sheet.group("bands", vec![band]);
            let line = curve.iter().map(|point| place(point.value, point.ratio)).collect();
            let stroke = Stroke::solid(1.6, self.style.palette.series(0));
            sheet.group(
                "curve",
                vec![Mark::Path {
                    pieces: vec![line],
                    stroke,
                }],
            );
        }
        sheet.group("patients", self.rug(&plot));
        let ticks = self.lower_ticks(&sheet, &plot);
        sheet.y = plot.lower_axis(&mut sheet, &ticks, &self.value_label) + GAP;
        sheet.caption(&self.lettering);
        sheet.finish(&self.lettering)
    }

    fn is_drawable(&self, point: &SplinePoint) -> bool {
        drawable(point.value) && (!self.logarithmic || point.value > 0.0) && point.ratio > 0.0 && drawable(point.ratio)
    }

    fn spacing(&self) -> Spacing {
        if self.logarithmic {
            Spacing::Logarithmic
        } else {
            Spacing::Linear
        }
    }

    fn plot(&self, sheet: &Sheet, curve: &[&SplinePoint]) -> Plot {
        let wide = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        let values = wide(&mut curve.iter().map(|point| point.value));
        let own = wide(&mut curve.iter().map(|point| point.ratio).chain([1.0]));
        let band = wide(
            &mut curve
                .iter()
                .filter_map(|point| point.interval)
                .flat_map(|(low, high)| [low, high]),
        );
        // Half and double are on the axis, so that it has labels on both sides of 1.
        let low = own.0.min(band.0.max(own.0 / BAND)).min(0.5) / 1.05;
        let high = own.1.max(band.1.min(own.1 * BAND)).max(2.0) * 1.05;
        let (top, width) = (sheet.y + 0.5 * sheet.text, sheet.width);
        let area = |left: f64, right: f64| Plot {
            x: Scale::new(self.spacing(), values, (left, right)),
            y: Scale::new(Spacing::Logarithmic, (low, high), (top + 0.55 * width, top)),
        };
        let trial = area(0.0, width);
        let left = left_room(sheet, &ratio_ticks(&trial.y, 24.0), &self.ratio_label).min(0.5 * width);
        let widest = self
            .lower_ticks(sheet, &trial)
            .iter()
            .map(|tick| sheet.width_of(&tick.label))
            .fold(8.0, f64::max);
        area(left, width - widest / 2.0)
    }

    fn lower_ticks(&self, sheet: &Sheet, plot: &Plot) -> Vec<Tick> {
        let mut widest = 22.0_f64;
        loop {
            let room = widest + GAP;
            let ticks = if self.logarithmic {
                ratio_ticks(&plot.x, room)
            } else {
                round_ticks(&plot.x, room.max(tenth(&plot.x)))
            };
            let label = ticks.iter().map(|tick| sheet.width_of(&tick.label)).fold(0.0, f64::max);
            if label <= widest {
                return ticks;
            }
            widest = label;
        }
    }

    /// A mark for each patient; those within half a pixel are one.
    fn rug(&self, plot: &Plot) -> Vec<Mark> {
        let mut drawn = BTreeSet::new();
        let shown = self.patients.iter().filter(|value| plot.x.holds(**value));
        let places = shown.map(|value| plot.x.place(*value));
        places
            .filter(|x| drawn.insert((x * 2.0).round() as i64))
            .map(|x| Mark::Line {
                from: (x, plot.bottom()),
                to: (x, plot.bottom() - RUG),
                stroke: Stroke::solid(HAIR, Ink::Soft),
            })
            .collect()
    }

    /// Returns the data of the figure: the curve with its interval, then the patients.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["kind", "value", "hazard_ratio", "lower", "upper"]);
        for point in &self.curve {
            let mut row = vec!["curve".to_owned(), number(point.value), number(point.ratio)];
            row.extend(ends(point.interval));
            table.rows.push(row);
        }
        for patient in &self.patients {
            let mut row = vec!["patient".to_owned(), number(*patient)];
            row.extend([String::new(), String::new(), String::new()]);
            table.rows.push(row);
        }
        table
    }
}

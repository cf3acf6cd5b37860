//! Power as a function of the size of a study, one curve for each effect.

use crate::axis::{Scale, Spacing, Tick, drawable, round_ticks, tenth};
use crate::data::{DataTable, number};
use crate::frame::{GAP, HAIR, Lettering, Plot, Sheet, Style, left_room};
use crate::ink::{Dash, Ink, Stroke};
use crate::labels::{Key, legend};
use crate::scene::{Mark, Scene};

/// Power over size for one effect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PowerLine {
    /// The effect: "HR 0.6".
    pub label: String,
    /// Size, and power from 0 to 1; ascending by size.
    pub points: Vec<(f64, f64)>,
}

/// Power over size, with the planned study as a point.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PowerFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// Size, text size and colours.
    pub style: Style,
    /// Label of the axis of sizes.
    pub size_label: String,
    /// Label of the axis of power.
    pub power_label: String,
    /// The curves, in the order in which they take colours.
    pub lines: Vec<PowerLine>,
    /// The planned study: its size and power, marked by dashed lines to both axes.
    pub planned: Option<(f64, f64)>,
}

/// Height of the plot over its width.
const FLAT: f64 = 0.5;

fn is_drawable((size, power): (f64, f64)) -> bool {
    drawable(size) && size >= 0.0 && (0.0..=1.0).contains(&power)
}

impl PowerFigure {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let mut sheet = Sheet::new(self.style);
        sheet.heading(&self.lettering);
        let keys = self.lines.iter().enumerate();
        let keys: Vec<(Key, &str)> = keys
            .map(|(index, line)| (Key::Line(self.ink(index), Self::dash(index)), line.label.as_str()))
            .collect();
        legend(&mut sheet, 0.0, &keys);
        let plot = self.plot(&sheet);
        plot.left_axis(&mut sheet, &round_ticks(&plot.y, 24.0), &self.power_label, false);
        sheet.group("reference", self.planned_marks(&plot));
        for (index, line) in self.lines.iter().enumerate() {
            let points = line.points.iter().filter(|point| is_drawable(**point));
            let piece: Vec<_> = points
                .map(|(size, power)| (plot.x.place(*size), plot.y.place(100.0 * power)))
                .collect();
            if piece.len() > 1 {
                let stroke = Stroke::solid(1.6, self.ink(index)).dashed(Self::dash(index));
                let pieces = vec![piece];
                sheet.group("curve", vec![Mark::Path { pieces, stroke }]);
            }
        }
        if let Some((size, power)) = self.planned.filter(|planned| is_drawable(*planned)) {
            let disc = Mark::Disc {
                at: (plot.x.place(size), plot.y.place(100.0 * power)),
                radius: 3.0,
                ink: Ink::Strong,
                hollow: false,
            };
            sheet.group("planned", vec![disc]);
        }
        let ticks = size_ticks(&sheet, &plot);
        sheet.y = plot.lower_axis(&mut sheet, &ticks, &self.size_label) + GAP;
        sheet.caption(&self.lettering);
        sheet.finish(&self.lettering)
    }

    fn ink(&self, index: usize) -> Ink {
        self.style.palette.series(index)
    }

    fn dash(index: usize) -> Dash {
        [Dash::Solid, Dash::Long, Dash::DashDot][index % 3]
    }

    /// Lines from the planned study to both axes.
    fn planned_marks(&self, plot: &Plot) -> Vec<Mark> {
        let Some((size, power)) = self.planned.filter(|planned| is_drawable(*planned)) else {
            return Vec::new();
        };
        let at = (plot.x.place(size), plot.y.place(100.0 * power));
        let stroke = Stroke::solid(HAIR * 1.2, Ink::Soft).dashed(Dash::Short);
        [((plot.left(), at.1), at), (at, (at.0, plot.bottom()))]
            .map(|(from, to)| Mark::Line { from, to, stroke })
            .into()
    }

    fn plot(&self, sheet: &Sheet) -> Plot {
        let sizes = self.lines.iter().flat_map(|line| &line.points);
        let sizes = sizes.chain(&self.planned).filter(|point| is_drawable(**point));
        let largest = sizes.map(|(size, _)| *size).fold(1.0, f64::max);
        let (top, width) = (sheet.y + 0.5 * sheet.text, sheet.width);
        let area = |left: f64, right: f64| Plot {
            x: Scale::new(Spacing::Linear, (0.0, largest), (left, right)),
            y: Scale::new(Spacing::Linear, (0.0, 100.0), (top + FLAT * width, top)),
        };
        let trial = area(0.0, width);
        let left = left_room(sheet, &round_ticks(&trial.y, 24.0), &self.power_label).min(0.5 * width);
        let widest = size_ticks(sheet, &trial)
            .iter()
            .map(|tick| sheet.width_of(&tick.label))
            .fold(8.0, f64::max);
        area(left, width - widest / 2.0)
    }

    /// Returns the data of the figure: a row for each point of each curve, then the planned study.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["effect", "size", "power"]);
        for line in &self.lines {
            for (size, power) in &line.points {
                table.rows.push(vec![line.label.clone(), number(*size), number(*power)]);
            }
        }
        if let Some((size, power)) = self.planned {
            table.rows.push(vec!["planned".into(), number(size), number(power)]);
        }
        table
    }
}

/// Ticks of the axis of sizes with room for their labels.
fn size_ticks(sheet: &Sheet, plot: &Plot) -> Vec<Tick> {
    let mut widest = 22.0_f64;
    loop {
        let ticks = round_ticks(&plot.x, (widest + GAP).max(tenth(&plot.x)));
        let label = ticks.iter().map(|tick| sheet.width_of(&tick.label)).fold(0.0, f64::max);
        if label <= widest {
            return ticks;
        }
        widest = label;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(points: Vec<(f64, f64)>) -> PowerFigure {
        PowerFigure {
            lines: vec![PowerLine {
                label: "HR 0.6".into(),
                points,
            }],
            planned: Some((100.0, 0.8)),
            ..PowerFigure::default()
        }
    }

    fn paths(scene: &Scene) -> usize {
        let mut found = 0;
        scene.each(|_, mark| found += usize::from(matches!(mark, Mark::Path { .. })));
        found
    }

    #[test]
    fn the_planned_study_stands_on_the_axes() {
        let figure = figure((1..=20).map(|n| (f64::from(n) * 10.0, f64::from(n) / 20.0)).collect());
        let scene = figure.scene();
        assert_eq!(paths(&scene), 1);
        let mut discs = 0;
        scene.each(|_, mark| discs += usize::from(matches!(mark, Mark::Disc { .. })));
        assert_eq!(discs, 1);
        assert_eq!(figure.data().rows.len(), 21);
    }

    #[test]
    fn what_cannot_be_drawn_is_only_in_the_data() {
        let figure = figure(vec![(f64::NAN, 0.5), (f64::INFINITY, 0.5), (10.0, 1.5), (-1.0, 0.2)]);
        assert_eq!(paths(&figure.scene()), 0);
        assert_eq!(figure.data().rows.len(), 5);
        assert_eq!(paths(&PowerFigure::default().scene()), 0);
    }
}

//! Published estimates as points at their times: each with its interval, none joined to another.

use crate::axis::{Scale, Spacing, Tick, drawable, round_ticks};
use crate::data::{DataTable, ends, number};
use crate::frame::{GAP, Lettering, Plot, Sheet, Style, left_room};
use crate::ink::{Dash, Ink, Stroke};
use crate::scene::{Anchor, Mark, Scene};
use crate::text::text_width;

/// A published estimate at its time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimedPoint {
    /// Text in the list below the drawing: "Interfant-06, all infants".
    pub label: String,
    /// Time in years.
    pub years: f64,
    /// The estimate in per cent.
    pub value: f64,
    /// Its interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// The interval was computed from a printed standard error, not printed: it is dashed.
    pub computed: bool,
}

/// Points on an axis of years. Points of one time are side by side around it, the lowest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointsFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// Size, text size and colours.
    pub style: Style,
    /// Label of the time axis.
    pub time_label: String,
    /// Label of the value axis.
    pub value_label: String,
    /// The estimates, numbered in this order where numbers fit.
    pub points: Vec<TimedPoint>,
}

/// Points of one time: their positions in the list, the lowest first, and the distance between them.
struct Crowd {
    years: f64,
    members: Vec<usize>,
    step: f64,
}

/// Largest distance between neighbours of one time, in pixels.
const WIDEST_STEP: f64 = 14.0;

impl PointsFigure {
    fn usable(&self) -> impl Iterator<Item = (usize, &TimedPoint)> {
        let usable =
            |point: &TimedPoint| drawable(point.years) && point.years >= 0.0 && (0.0..=100.0).contains(&point.value);
        self.points.iter().enumerate().filter(move |(_, point)| usable(point))
    }

    fn plot(&self, sheet: &Sheet) -> Plot {
        let latest = self.usable().map(|(_, point)| point.years).fold(1.0, f64::max);
        let top = sheet.y + 1.5 * sheet.text;
        let height = (0.55 * sheet.width).clamp(120.0, 360.0);
        let area = |left: f64| Plot {
            x: Scale::new(Spacing::Linear, (0.0, latest + 0.5), (left, sheet.width - 2.0 * GAP)),
            y: Scale::new(Spacing::Linear, (0.0, 100.0), (top + height, top)),
        };
        let room = left_room(sheet, &round_ticks(&area(0.0).y, 24.0), &self.value_label);
        area(room.min(0.5 * sheet.width))
    }

    fn crowds(&self, plot: &Plot) -> Vec<Crowd> {
        let mut order: Vec<(usize, &TimedPoint)> = self.usable().collect();
        order.sort_by(|(_, a), (_, b)| a.years.total_cmp(&b.years).then(a.value.total_cmp(&b.value)));
        let mut crowds: Vec<Crowd> = Vec::new();
        for (index, point) in order {
            match crowds.last_mut() {
                Some(crowd) if crowd.years == point.years => crowd.members.push(index),
                _ => crowds.push(Crowd {
                    years: point.years,
                    members: vec![index],
                    step: 0.0,
                }),
            }
        }
        let places: Vec<f64> = crowds.iter().map(|crowd| plot.x.place(crowd.years)).collect();
        for (position, crowd) in crowds.iter_mut().enumerate() {
            let place = places.get(position).copied().unwrap_or_default();
            let before = position.checked_sub(1).and_then(|before| places.get(before));
            let after = places.get(position + 1);
            // The axis at the left is a neighbour at twice its distance, as no point is beyond it.
            let left = before.map_or(2.0 * (place - plot.left()), |before| place - before);
            let right = after.map_or(2.0 * (plot.right() - place), |after| after - place);
            crowd.step = (0.8 * left.min(right) / crowd.members.len() as f64).min(WIDEST_STEP);
        }
        crowds
    }

    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let mut sheet = Sheet::new(self.style);
        sheet.heading(&self.lettering);
        let plot = self.plot(&sheet);
        plot.left_axis(&mut sheet, &round_ticks(&plot.y, 24.0), &self.value_label, false);
        let (mut marks, mut numbers, mut key) = (Vec::new(), Vec::new(), Vec::new());
        let crowds = self.crowds(&plot);
        let mut spans = Vec::new();
        for crowd in &crowds {
            let widest = text_width(&self.points.len().to_string(), sheet.text, false);
            let numbered = crowd.members.len() == 1 || crowd.step >= widest + 1.0;
            let middle = (crowd.members.len() as f64 - 1.0) / 2.0;
            let (time, half) = (plot.x.place(crowd.years), middle * crowd.step + 3.0);
            spans.push(Mark::Line {
                from: ((time - half).max(plot.left()), plot.bottom() + 1.0),
                to: ((time + half).min(plot.right()), plot.bottom() + 1.0),
                stroke: Stroke::solid(2.5, Ink::Faint),
            });
            for (place, &index) in crowd.members.iter().enumerate() {
                let Some(point) = self.points.get(index) else { continue };
                let x = plot.x.place(crowd.years) + (place as f64 - middle) * crowd.step;
                let upper = draw(point, x, &plot, crowd.step, &mut marks);
                if numbered {
                    let at = (x, upper - 2.5);
                    numbers.push(Mark::text(
                        at,
                        sheet.text,
                        Anchor::Middle,
                        Ink::Soft,
                        (index + 1).to_string(),
                    ));
                    key.push(index);
                }
            }
        }
        sheet.group("times", spans);
        sheet.group("published", marks);
        sheet.group("numbers", numbers);
        // Ticks at the times themselves, so that the shifted position of a point is not read as its time.
        let ticks = self.ticks(&plot, &sheet, crowds.iter().map(|crowd| crowd.years));
        sheet.y = plot.lower_axis(&mut sheet, &ticks, &self.time_label) + GAP;
        sheet.caption(&self.with_key(key));
        sheet.finish(&self.lettering)
    }

    fn ticks(&self, plot: &Plot, sheet: &Sheet, times: impl Iterator<Item = f64>) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        let mut free_from = f64::NEG_INFINITY;
        for value in std::iter::once(0.0).chain(times) {
            let label = number(value);
            let half = text_width(&label, sheet.text, false) / 2.0;
            let x = plot.x.place(value);
            if x - half >= free_from {
                free_from = x + half + GAP;
                ticks.push(Tick { value, label });
            }
        }
        ticks
    }

    /// The caption with the numbered points in the order of their numbers.
    fn with_key(&self, mut key: Vec<usize>) -> Lettering {
        key.sort_by_key(|&index| index);
        let named = key
            .iter()
            .filter_map(|&index| Some(format!("{} {}", index + 1, self.points.get(index)?.label)));
        let named: Vec<String> = named.collect();
        let mut lettering = self.lettering.clone();
        if !named.is_empty() {
            lettering.caption.push(format!("{}.", named.join("; ")));
        }
        lettering
    }

    /// Returns the data of the figure.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["number", "label", "years", "estimate", "lower", "upper", "interval"]);
        for (index, point) in self.points.iter().enumerate() {
            let mut row = vec![
                (index + 1).to_string(),
                point.label.clone(),
                number(point.years),
                number(point.value),
            ];
            row.extend(ends(point.interval));
            row.push(match (point.interval, point.computed) {
                (None, _) => String::new(),
                (Some(_), true) => "computed".to_owned(),
                (Some(_), false) => "printed".to_owned(),
            });
            table.rows.push(row);
        }
        table
    }
}

/// A point with its interval; returns the uppermost pixel.
fn draw(point: &TimedPoint, x: f64, plot: &Plot, step: f64, marks: &mut Vec<Mark>) -> f64 {
    let y = plot.y.place(point.value);
    let radius = (0.4 * step).clamp(1.5, 3.0);
    let mut upper = y - radius;
    let inside = |value: f64| value.clamp(0.0, 100.0);
    if let Some((low, high)) = point.interval.filter(|(low, high)| !low.is_nan() && !high.is_nan()) {
        let (low, high) = (plot.y.place(inside(low)), plot.y.place(inside(high)));
        let dash = if point.computed { Dash::Short } else { Dash::Solid };
        marks.push(Mark::Line {
            from: (x, low),
            to: (x, high),
            stroke: Stroke::solid(1.0, Ink::Series(0)).dashed(dash),
        });
        upper = upper.min(high);
    }
    marks.push(Mark::Disc {
        at: (x, y),
        radius,
        ink: Ink::Series(0),
        hollow: point.interval.is_none(),
    });
    upper
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(years: f64, value: f64) -> TimedPoint {
        TimedPoint {
            label: "a study".to_owned(),
            years,
            value,
            interval: Some((value - 10.0, value + 10.0)),
            computed: true,
        }
    }

    fn figure(points: Vec<TimedPoint>) -> PointsFigure {
        PointsFigure {
            points,
            ..PointsFigure::default()
        }
    }

    fn discs(scene: &Scene) -> Vec<(f64, f64)> {
        let mut found = Vec::new();
        scene.each(|_, mark| {
            if let Mark::Disc { at, .. } = mark {
                found.push(*at);
            }
        });
        found
    }

    #[test]
    fn points_of_one_time_are_side_by_side_and_not_joined() {
        let scene = figure(vec![point(5.0, 60.0), point(5.0, 40.0), point(3.0, 50.0)]).scene();
        let discs = discs(&scene);
        assert_eq!(discs.len(), 3);
        // Ascending by time, then by value; the two of five years around one place.
        assert!(discs[0].0 < discs[1].0 && discs[1].0 < discs[2].0);
        assert!(discs[1].1 > discs[2].1, "40 % lies below 60 %");
        let mut slanted = 0;
        scene.each(|name, mark| {
            if let Mark::Line { from, to, .. } = mark
                && name == "published"
            {
                slanted += usize::from(from.0 != to.0);
            }
            assert!(!matches!(mark, Mark::Path { .. } | Mark::Area { .. }));
        });
        assert_eq!(slanted, 0);
    }

    #[test]
    fn what_cannot_be_drawn_is_only_in_the_data() {
        let odd = [
            point(f64::NAN, 50.0),
            point(2.0, f64::INFINITY),
            point(-1.0, 50.0),
            point(2.0, 120.0),
        ];
        let figure = figure(odd.to_vec());
        assert_eq!(discs(&figure.scene()).len(), 0);
        assert_eq!(figure.data().rows.len(), 4);
        assert!(!figure.data().to_csv().contains("NaN"));
    }

    #[test]
    fn a_crowd_is_not_numbered() {
        let many: Vec<TimedPoint> = (0..80).map(|place| point(5.0, f64::from(place))).collect();
        let scene = figure(many.into_iter().chain([point(4.0, 50.0), point(6.0, 50.0)]).collect()).scene();
        let mut numbers = Vec::new();
        scene.each(|name, mark| {
            if let Mark::Text { text, .. } = mark
                && name == "numbers"
            {
                numbers.push(text.clone());
            }
        });
        assert_eq!(numbers, ["81", "82"]);
    }
}

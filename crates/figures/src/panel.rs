//! Step curves over a time axis with a table below it, for survival and incidence.

use crate::axis::{Scale, Spacing, Tick, month_ticks, round_ticks, signed, step_ticks, tenth};
use crate::frame::{AWAY, GAP, HAIR, Lettering, Plot, Sheet, Style, left_room};
use crate::ink::{Dash, Ink, Palette, Stroke};
use crate::labels::{Key, legend, marker, spread};
use crate::placing::{Room, WIDER_FONT};
use crate::scene::{Anchor, Extent, Mark, Point, Scene, mm, overlap, pt};
use crate::steps::Steps;
use crate::table::{Few, Table, TableForm, TableRow, TableWords};
use crate::text::text_width;

/// Unit of the time axis. Input is in years everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AxisUnit {
    /// Time in years.
    #[default]
    Years,
    /// Months, twelve to a year.
    Months,
}

impl AxisUnit {
    /// How many of them are a year.
    #[must_use]
    pub const fn in_a_year(self) -> f64 {
        match self {
            Self::Years => 1.0,
            Self::Months => 12.0,
        }
    }
}

/// How curves are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PlotOptions {
    /// Size, text size and colours.
    pub style: Style,
    /// Unit of the time axis.
    pub unit: AxisUnit,
    /// Label of the time axis; it names the unit.
    pub time_label: String,
    /// Label of the value axis; it names per cent.
    pub value_label: String,
    /// Where the time axis begins, in years; `None` at the earliest start of a curve.
    pub from: Option<f64>,
    /// Where it ends, in years; `None` at the end of the longest curve.
    pub to: Option<f64>,
    /// Ends of the value axis, per cent. One that does not begin at 0 is marked as broken.
    pub percent: (f64, f64),
    /// Whether values lie above 100 too, as those of a cumulative hazard do.
    pub open_top: bool,
    /// Whether values lie below 0 too, as those of a difference do; a line marks 0.
    pub below_zero: bool,
    /// Draw pointwise intervals as bands.
    pub bands: bool,
    /// True if censored times are marked.
    pub censor_ticks: bool,
    /// Where few are at risk, the curve is thin and light.
    pub few: Few,
    /// Where few are at risk, the curve ends.
    pub few_end: bool,
    /// Distance of the ticks of the time axis in its unit, and of the value axis in per cent; `None`: automatic. Where
    /// labels would overlap, the smallest multiple without overlap is used.
    pub steps: (Option<f64>, Option<f64>),
    /// Values from 0 to 1 and not in per cent.
    pub fraction: bool,
    /// Give each series its own dash, besides its colour.
    pub dashes: bool,
    /// Places in the palette of the series, in their order; those that are missing have their own place.
    pub colours: Vec<usize>,
    /// True if curves are named beside their flat parts where possible, else in a legend.
    pub direct_labels: bool,
    /// The table below the axis.
    pub table: TableForm,
    /// Lines of text in the panel, where no curve is: hazard ratio and P. Where there is no room they are in the caption.
    pub annotation: Vec<String>,
    /// Width of curves in points.
    pub line_pt: f64,
    /// Height of the figure as a share of its width; `None` where it is as high as its parts need.
    pub ratio: Option<f64>,
    /// No more than some five ticks of time, for slides.
    pub few_ticks: bool,
    /// The words of the table.
    pub words: TableWords,
}

impl Default for PlotOptions {
    fn default() -> Self {
        Self {
            style: Style::default(),
            unit: AxisUnit::Years,
            time_label: "Years".into(),
            value_label: String::new(),
            from: None,
            to: None,
            percent: (0.0, 100.0),
            open_top: false,
            below_zero: false,
            bands: true,
            censor_ticks: true,
            few: Few::default(),
            few_end: false,
            steps: (None, None),
            fraction: false,
            dashes: true,
            colours: Vec::new(),
            direct_labels: true,
            table: TableForm::default(),
            annotation: Vec::new(),
            line_pt: 1.2,
            ratio: None,
            few_ticks: false,
            words: TableWords::default(),
        }
    }
}

impl PlotOptions {
    /// Ink of a series.
    pub(crate) fn ink(&self, index: usize) -> Ink {
        self.style.palette.group(&self.colours, index)
    }

    /// True if series differ by dashes: greys always do.
    pub(crate) fn dashed(&self) -> bool {
        self.dashes || self.style.palette == Palette::Grey
    }

    /// Dash of a series.
    pub(crate) fn dash(&self, index: usize) -> Dash {
        if self.dashed() {
            Dash::of_series(index)
        } else {
            Dash::Solid
        }
    }
}

/// A published estimate over an own curve: a point, never a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedPoint {
    /// Text in the legend: "Interfant-06, high risk (Pieters 2019)".
    pub label: String,
    /// Time in years.
    pub time: f64,
    /// The estimate from 0 to 1, on the scale of the figure (survival or incidence).
    pub value: f64,
    /// Its interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// The interval was computed from a printed standard error, not printed: it is dashed.
    pub computed: bool,
}

/// A curve ready to be drawn: times in the unit of the axis, values in per cent.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) ink: Ink,
    pub(crate) dash: Dash,
    pub(crate) steps: Steps,
    pub(crate) censored: Vec<f64>,
    pub(crate) thin_from: Option<f64>,
    /// The intervals of the steps are not uncertain: they are an area of its own, and the line is its upper edge.
    pub(crate) area: bool,
    /// Its intervals are drawn where bands are.
    pub(crate) band: bool,
}

impl Line {
    /// The line as the options want it where few are at risk: to its end, or no further.
    pub(crate) fn where_few(mut self, options: &PlotOptions) -> Self {
        if let Some(end) = self.thin_from.filter(|end| options.few_end && *end > self.steps.start) {
            self.steps.end_at(end);
            self.censored.retain(|time| *time <= end);
            self.thin_from = None;
        }
        self
    }
}

/// Everything about one plot with its table.
pub(crate) struct Panel<'a> {
    pub(crate) lettering: &'a Lettering,
    pub(crate) options: &'a PlotOptions,
    pub(crate) lines: Vec<Line>,
    pub(crate) rows: Vec<TableRow>,
    /// Time in the unit of the axis, value and interval in per cent.
    pub(crate) published: Vec<PublishedPoint>,
    /// The rows of the table name the lines, one each.
    pub(crate) table_is_key: bool,
    /// A line under the title: the test of the panel.
    pub(crate) note: &'a str,
    /// Names stand at the right edge, also those of curves that end before it.
    pub(crate) names_at_edge: bool,
}

/// Where there is no difference.
fn zero_line(plot: &Plot) -> Mark {
    let y = plot.y.place(0.0);
    Mark::Line {
        from: (plot.left(), y),
        to: (plot.right(), y),
        stroke: Stroke::solid(HAIR, Ink::Soft),
    }
}

/// Opacity of a band of uncertainty, and of an area that is the estimate itself.
const BAND: f64 = 0.15;
const AREA: f64 = 0.55;

/// Groups of fewer patients have no band: it covers most of the plot and says nothing.
pub const LEAST_FOR_BAND: f64 = 10.0;

impl Panel<'_> {
    /// First and last time of the axis, in its unit.
    fn times(&self) -> (f64, f64) {
        let unit = self.options.unit.in_a_year();
        let starts = self.lines.iter().map(|line| line.steps.start);
        let ends = self.lines.iter().map(|line| line.steps.end());
        let points = self.published.iter().map(|point| point.time);
        let earliest = starts.filter(|time| time.is_finite()).fold(f64::INFINITY, f64::min);
        let latest = ends.chain(points).filter(|time| time.is_finite()).fold(0.0, f64::max);
        let asked = |time: Option<f64>| time.filter(|time| time.is_finite()).map(|time| time * unit);
        let from = asked(self.options.from).unwrap_or(if earliest.is_finite() { earliest } else { 0.0 });
        let to = asked(self.options.to).unwrap_or(latest);
        (from, if to > from { to } else { from + unit })
    }

    /// Returns the ticks of the time axis, far enough apart for their labels and for cells of this width; and the wider
    /// of the two.
    fn ticks(&self, scale: &Scale, text: f64, cell: f64) -> (Vec<Tick>, f64) {
        let mut widest = cell;
        loop {
            let room = (widest + 2.0 * GAP).max(22.0);
            let chosen = self.options.steps.0.and_then(|step| step_ticks(scale, step, room));
            let few = room.max(tenth(scale) * if self.options.few_ticks { 2.0 } else { 1.0 });
            let ticks = chosen.unwrap_or_else(|| match self.options.unit {
                AxisUnit::Years => round_ticks(scale, few),
                AxisUnit::Months => month_ticks(scale, few),
            });
            let labels = ticks.iter().map(|tick| text_width(&tick.label, text, false));
            let label = labels.fold(0.0, f64::max);
            if label <= widest {
                return (ticks, widest);
            }
            widest = label;
        }
    }

    /// Returns the ticks of the value axis: those requested, or about six for any size.
    fn value_ticks(&self, plot: &Plot, text: f64) -> Vec<Tick> {
        let chosen = self
            .options
            .steps
            .1
            .and_then(|step| step_ticks(&plot.y, step, 1.2 * text));
        let mut ticks = chosen.unwrap_or_else(|| round_ticks(&plot.y, ((plot.bottom() - plot.top()) / 6.0).max(20.0)));
        if self.options.fraction {
            let whole = |of: f64| {
                ticks
                    .iter()
                    .all(|tick| ((tick.value / of).round() * of - tick.value).abs() < 1e-6)
            };
            let places = if whole(10.0) {
                1
            } else if whole(1.0) {
                2
            } else {
                4
            };
            for tick in &mut ticks {
                tick.label = signed(tick.value / 100.0, places);
            }
        }
        ticks
    }

    /// Returns a label as wide as any that the options allow, for any size of the plot.
    fn widest_value(&self) -> Option<Tick> {
        let label = match (self.options.fraction, self.options.steps.1) {
            (true, Some(step)) if step.fract() != 0.0 => "0.0000",
            (true, _) => "0.00",
            _ if self.options.below_zero => "−100",
            (false, Some(_)) => "99.99",
            (false, None) => return None,
        };
        Some(Tick {
            value: 0.0,
            label: label.to_owned(),
        })
    }

    /// Width of a curve in pixels; where few remain, half of it.
    fn curve_width(&self) -> f64 {
        let points = self.options.line_pt;
        pt(if points.is_finite() {
            points.clamp(0.25, 8.0)
        } else {
            1.2
        })
    }

    /// How far the mark of a censored patient reaches from the curve.
    fn tick_reach(&self) -> f64 {
        1.5 * self.curve_width()
    }

    /// The curve area with its left edge at `left`, `width` wide, under `top`.
    fn plot(&self, left: f64, width: f64, top: f64, height: Option<f64>) -> Plot {
        // Beside names at the edge the plot is narrow, and not to be low as well.
        let least = if self.names_at_edge {
            0.42 * self.options.style.width()
        } else {
            0.0
        };
        let own = (0.64 * width).max(least).clamp(90.0, mm(85.0));
        let height = height.map_or(own, |height| height.max(90.0));
        let (low, high) = self.options.percent;
        let highest = if self.options.open_top { f64::MAX } else { 100.0 };
        let lowest = if self.options.below_zero { -100.0 } else { 0.0 };
        let (low, high) = if (lowest..highest).contains(&low) && high > low && high <= highest {
            (low, high)
        } else {
            (0.0, 100.0)
        };
        Plot {
            x: Scale::new(Spacing::Linear, self.times(), (left, left + width)),
            y: Scale::new(Spacing::Linear, (low, high), (top + height, top)),
        }
    }

    /// Draws the panel; of a set shape where that is asked for and its parts leave room.
    pub(crate) fn scene(&self) -> Scene {
        let (mut scene, mut height) = self.drawn(None);
        let Some(ratio) = self.options.ratio.filter(|ratio| ratio.is_finite() && *ratio > 0.0) else {
            return scene;
        };
        // Names may leave the plot for a legend, or return from it, when its height changes.
        for _ in 0..3 {
            let missing = ratio * scene.width - scene.height;
            if missing.abs() < 1.0 {
                break;
            }
            (scene, height) = self.drawn(Some(height + missing));
        }
        if ratio * scene.width - scene.height <= -1.0 {
            scene.caption.push(self.options.words.why_higher.clone());
        }
        scene
    }

    /// The drawing with a plot of this height, or of its own; and the height that it has.
    fn drawn(&self, height: Option<f64>) -> (Scene, f64) {
        let mut sheet = Sheet::new(self.options.style);
        sheet.heading(self.lettering);
        sheet.note(self.note);
        let table = Table {
            form: self.options.table,
            words: &self.options.words,
            rows: &self.rows,
        };
        let cell = table.cell_width(sheet.text);
        // Marks of the censored at the top of the plot stay within the figure.
        let reach = if self.options.censor_ticks {
            self.tick_reach()
        } else {
            0.0
        };
        let top = (sheet.text * 0.5).max(reach);
        let mut trial = self.value_ticks(&self.plot(0.0, 200.0, 0.0, height), sheet.text);
        trial.extend(self.widest_value());
        let axis_room = left_room(&sheet, &trial, &self.options.value_label);
        let left = axis_room.max(table.left_room(&sheet)).min(0.5 * sheet.width);
        // The last tick's label and cell may extend to the right by half their width.
        let widest = self
            .ticks(&self.plot(left, sheet.width - left, 0.0, height).x, sheet.text, cell)
            .1;
        let right = sheet.width - (widest / 2.0).max(4.0);

        let mut lettering = self.lettering.clone();
        let (plot, labels) = match self.named(&sheet, (left, right, top), height) {
            Some((trial, plot, labels)) => {
                sheet.y = trial.y;
                sheet.marks.extend(trial.marks);
                (plot, labels)
            }
            None => {
                if self.options.direct_labels && !self.names_at_edge {
                    lettering.caption.push(self.options.words.why_legend.clone());
                }
                let is_named = self.names_at_edge && self.table_is_key && self.options.table != TableForm::None;
                self.legend(&mut sheet, left, !is_named);
                (self.plot(left, right - left, sheet.y + top, height), Vec::new())
            }
        };
        let note = self.annotated(&plot, sheet.text, &labels).unwrap_or_else(|| {
            lettering.caption.push(self.options.annotation.join("; ") + ".");
            Vec::new()
        });
        let (ticks, _) = self.ticks(&plot.x, sheet.text, cell);
        let broken = plot.y.values().0 > 0.0 && !self.options.below_zero;
        let value_ticks = self.value_ticks(&plot, sheet.text);
        plot.left_axis(&mut sheet, &value_ticks, &self.options.value_label, broken);
        if self.options.below_zero {
            sheet.group("zero", vec![zero_line(&plot)]);
        }
        self.draw_lines(&mut sheet, &plot);
        self.draw_published(&mut sheet, &plot);
        sheet.group("labels", labels);
        sheet.group("annotation", note);
        sheet.y = plot.lower_axis(&mut sheet, &ticks, &self.options.time_label);
        let times: Vec<f64> = ticks.iter().map(|tick| tick.value).collect();
        table.draw(&mut sheet, &plot, &times, self.options.unit.in_a_year());
        sheet.y += GAP;
        sheet.caption(&lettering);
        (sheet.finish(&lettering), plot.bottom() - plot.top())
    }

    /// The curves named in the plot: what stands above it, the plot, the names; `None` where they have no place there, or are
    /// wanted in a legend.
    fn named(
        &self,
        sheet: &Sheet,
        (left, right, top): (f64, f64, f64),
        height: Option<f64>,
    ) -> Option<(Sheet, Plot, Vec<Mark>)> {
        if !self.options.direct_labels {
            return None;
        }
        let width = if self.names_at_edge {
            self.direct_width(left, right, sheet)?
        } else {
            right - left
        };
        // A legend of published points is above the plot and moves it down: names are placed for the final plot.
        let mut trial = Sheet::new(self.options.style);
        trial.y = sheet.y;
        self.legend(&mut trial, left, false);
        let plot = self.plot(left, width, trial.y + top, height);
        let labels = if self.names_at_edge {
            self.direct(&plot, sheet)?
        } else {
            self.beside(&plot, sheet.text)?
        };
        Some((trial, plot, labels))
    }

    /// The rectangles of the published estimates.
    fn published_extents(&self, plot: &Plot) -> Vec<Extent> {
        self.published_marks(plot).iter().filter_map(Mark::extent).collect()
    }

    /// The distance of a name from its curve.
    fn name_gap(&self) -> f64 {
        self.tick_reach() + 1.5
    }

    /// Names beside the curves, where all have a place; with room for the annotation if there is some.
    fn beside(&self, plot: &Plot, text: f64) -> Option<Vec<Mark>> {
        let curves: Vec<Vec<Extent>> = self.lines.iter().map(|line| corridors(line, plot)).collect();
        let names: Vec<(&str, Ink)> = self.lines.iter().map(|line| (line.name.as_str(), line.ink)).collect();
        let room = || Room::new(plot, text, self.name_gap(), &curves, self.published_extents(plot));
        let mut with_note = room();
        let note = with_note.note(&self.options.annotation);
        note.and_then(|_| with_note.names(&names))
            .or_else(|| room().names(&names))
    }

    /// The annotation where neither curves nor names are; `None` where there is no room for it.
    fn annotated(&self, plot: &Plot, text: f64, labels: &[Mark]) -> Option<Vec<Mark>> {
        if self.options.annotation.is_empty() {
            return Some(Vec::new());
        }
        let curves: Vec<Vec<Extent>> = self.lines.iter().map(|line| corridors(line, plot)).collect();
        let mut taken = self.published_extents(plot);
        taken.extend(labels.iter().filter_map(Mark::extent));
        Room::new(plot, text, self.name_gap(), &curves, taken).note(&self.options.annotation)
    }

    fn legend(&self, sheet: &mut Sheet, left: f64, with_lines: bool) {
        let mut names: Vec<(Key, &str)> = Vec::new();
        if with_lines {
            let lines = self.lines.iter().filter(|line| !line.name.is_empty());
            names.extend(lines.map(|line| (Key::Line(line.ink, line.dash), line.name.as_str())));
        }
        for (index, point) in self.published.iter().enumerate() {
            names.push((Key::Marker(index, point.interval.is_none()), &point.label));
        }
        let widest = names
            .iter()
            .map(|(_, name)| text_width(name, sheet.text, false))
            .fold(0.0, f64::max);
        let fits = left + crate::labels::SWATCH + GAP + widest <= sheet.width;
        legend(sheet, if fits { left - AWAY } else { 0.0 }, &names);
    }

    /// Returns the width of the plot beside names at its edge; `None` where it would be too small.
    fn direct_width(&self, left: f64, right: f64, sheet: &Sheet) -> Option<f64> {
        let mut width = right - left;
        for line in &self.lines {
            // Another font than the figures' own may be wider, and the next panel or the edge of the paper is close.
            let room = sheet.width - left - 2.0 * GAP - WIDER_FONT * text_width(&line.name, sheet.text, false);
            width = width.min(room);
        }
        (width >= 0.5 * (right - left)).then_some(width)
    }

    /// Returns the names at the edge; `None` where they would overlap each other or another curve.
    fn direct(&self, plot: &Plot, sheet: &Sheet) -> Option<Vec<Mark>> {
        let ends: Vec<Point> = self
            .lines
            .iter()
            .map(|line| {
                let end = line.steps.end().min(plot.x.values().1);
                let value = if line.area {
                    line.steps.middle_at(end)
                } else {
                    line.steps.at(end)
                };
                (plot.x.place(end), plot.y.place(value))
            })
            .collect();
        let wanted: Vec<f64> = ends.iter().map(|end| end.1).collect();
        let half = 0.5 * sheet.text;
        let places = spread(
            &wanted,
            1.15 * sheet.text,
            (plot.top() + half, plot.bottom() - 0.5 * half),
        )?;
        let obstacles: Vec<Vec<Extent>> = self.lines.iter().map(|line| corridors(line, plot)).collect();
        let published: Vec<Extent> = self.published_marks(plot).iter().filter_map(Mark::extent).collect();
        let (mut names, mut marks) = (Vec::new(), Vec::new());
        for (index, ((line, end), place)) in self.lines.iter().zip(&ends).zip(&places).enumerate() {
            if line.name.is_empty() {
                continue;
            }
            if (place - end.1).abs() > 4.0 * sheet.text {
                return None;
            }
            let from = plot.right();
            let at = (from + 2.0 * GAP, place + 0.36 * sheet.text);
            let name = Mark::text(at, sheet.text, Anchor::Start, Ink::Strong, &line.name);
            let extent = name.extent()?;
            let others = obstacles.iter().enumerate().filter(|(other, _)| *other != index);
            let mut taken = others.flat_map(|(_, extents)| extents).chain(&published).chain(&names);
            if extent.2 > sheet.width || taken.any(|other| overlap(extent, *other)) {
                return None;
            }
            if (place - end.1).abs() > 0.3 * sheet.text || from - end.0 > 2.0 * GAP {
                // A long way to the name is not to look like the curve going on.
                let dash = if from - end.0 > 2.0 * GAP {
                    Dash::Dots
                } else {
                    Dash::Solid
                };
                let ink = if dash == Dash::Dots { Ink::Faint } else { line.ink };
                marks.push(Mark::Line {
                    from: (end.0 + 1.0, end.1),
                    to: (at.0 - 1.5, *place),
                    stroke: Stroke::solid(HAIR, ink).dashed(dash),
                });
            }
            names.push(extent);
            marks.push(name);
        }
        Some(marks)
    }

    fn draw_lines(&self, sheet: &mut Sheet, plot: &Plot) {
        let (mut bands, mut curves, mut ticks) = (Vec::new(), Vec::new(), Vec::new());
        let curve = self.curve_width();
        for line in &self.lines {
            let (first, last) = (f64::NEG_INFINITY, f64::INFINITY);
            let thin = line.thin_from.unwrap_or(last);
            for (from, to, width, opacity) in [(first, thin, curve, 1.0), (thin, last, curve / 2.0, 0.7)] {
                let ink = line.ink;
                if (self.options.bands && line.band) || line.area {
                    let strength = if line.area { AREA } else { BAND };
                    for points in line.steps.band(plot, from, to) {
                        bands.push(Mark::Area {
                            points,
                            ink,
                            opacity: strength * opacity,
                        });
                    }
                }
                let pieces = line.steps.line(plot, from, to);
                if !pieces.is_empty() {
                    let stroke = Stroke {
                        opacity,
                        ..Stroke::solid(width, ink).dashed(line.dash)
                    };
                    curves.push(Mark::Path { pieces, stroke });
                }
                let censored = line.censored.iter().copied();
                let pieces = censor_ticks(
                    line,
                    plot,
                    self.tick_reach(),
                    censored.filter(|time| *time > from && *time <= to),
                );
                if self.options.censor_ticks && !pieces.is_empty() {
                    let stroke = Stroke {
                        opacity,
                        ..Stroke::solid(curve / 2.0, ink)
                    };
                    ticks.push(Mark::Path { pieces, stroke });
                }
            }
        }
        sheet.group("bands", bands);
        sheet.group("curves", curves);
        sheet.group("censored", ticks);
    }

    fn published_marks(&self, plot: &Plot) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (index, point) in self.published.iter().enumerate() {
            if !plot.x.holds(point.time) || !plot.y.holds(point.value) {
                continue;
            }
            let x = plot.x.place(point.time);
            if let Some((low, high)) = point.interval {
                let (low, high) = (plot.y.place(low), plot.y.place(high));
                let stroke = Stroke::solid(1.2, Ink::Strong);
                let dash = if point.computed { Dash::Short } else { Dash::Solid };
                marks.push(Mark::Line {
                    from: (x, low),
                    to: (x, high),
                    stroke: stroke.dashed(dash),
                });
                for y in [low, high] {
                    marks.push(Mark::Line {
                        from: ((x - 2.5).max(0.0), y),
                        to: (x + 2.5, y),
                        stroke,
                    });
                }
            }
            marks.push(marker(
                index,
                (x, plot.y.place(point.value)),
                3.0,
                point.interval.is_none(),
            ));
        }
        marks
    }

    fn draw_published(&self, sheet: &mut Sheet, plot: &Plot) {
        let marks = self.published_marks(plot);
        sheet.group("published", marks);
    }
}

/// Returns the rectangles of a curve: its segments are horizontal or vertical, so that their rectangles are themselves.
fn corridors(line: &Line, plot: &Plot) -> Vec<Extent> {
    let pieces = line.steps.line(plot, f64::NEG_INFINITY, f64::INFINITY);
    let mut extents = Vec::new();
    for pair in pieces.iter().flat_map(|piece| piece.windows(2)) {
        if let [a, b] = pair {
            extents.push((
                a.0.min(b.0) - 0.8,
                a.1.min(b.1) - 0.8,
                a.0.max(b.0) + 0.8,
                a.1.max(b.1) + 0.8,
            ));
        }
    }
    extents
}

/// Small upright ticks on the curve, those at the same place once.
fn censor_ticks(line: &Line, plot: &Plot, reach: f64, times: impl Iterator<Item = f64>) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut last = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for time in times {
        let value = line.steps.at(time);
        if !plot.x.holds(time) || !plot.y.holds(value) {
            continue;
        }
        let at = (plot.x.place(time), plot.y.place(value));
        if at.0 - last.0 > 0.3 || (at.1 - last.1).abs() > 0.3 {
            pieces.push(vec![(at.0, at.1 - reach), (at.0, at.1 + reach)]);
            last = at;
        }
    }
    pieces
}

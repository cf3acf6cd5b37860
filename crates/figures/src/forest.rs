//! Forest plots: hazard ratios on an axis of ratios, differences, or percentages, with their numbers in columns.

use crate::axis::{Scale, Spacing, Tick, doubling_ticks, drawable, round_ticks};
use crate::data::{DataTable, ends, number};
use crate::frame::{GAP, HAIR, Lettering, Sheet, Style, TICK, middle_within};
use crate::ink::{Dash, Ink, Stroke};
use crate::scene::{Anchor, Mark, Point, Scene};
use crate::text::{shortened, text_width};

/// The scale of the estimates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForestScale {
    /// Ratios of hazards, odds or risks: an axis of ratios with its line at 1.
    #[default]
    Ratio,
    /// Differences: an even axis with its line at 0.
    Difference,
    /// Percentages: an even axis from 0 to 100 without a line.
    Percent,
}

/// A column of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForestColumn {
    /// Over the column; it names its unit.
    pub head: String,
    /// Right of the plot and not left of it.
    pub after: bool,
}

/// A row of a forest plot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForestRow {
    /// Label at the left.
    pub label: String,
    /// It belongs to the heading above.
    pub indented: bool,
    /// It heads the rows below it.
    pub heading: bool,
    /// Drawn as a diamond as wide as its interval: a pooled or overall estimate.
    pub overall: bool,
    /// One text for each column; missing ones are empty.
    pub cells: Vec<String>,
    /// The estimate, in the unit of the axis. In rows under a heading the area of its square is in proportion to its
    /// information, taken from the interval; of percentages all are the same.
    pub estimate: Option<f64>,
    /// Its interval; an estimate without one, such as that of the reference group, is drawn hollow.
    pub interval: Option<(f64, f64)>,
    /// The interval was computed from a printed standard error, not printed: it is dashed.
    pub computed: bool,
}

impl ForestRow {
    /// True if the row has only a label, which may extend over the plot.
    fn is_bare(&self) -> bool {
        self.estimate.is_none() && self.cells.iter().all(String::is_empty)
    }
}

/// A forest plot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForestFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// Size, text size and colours.
    pub style: Style,
    /// The scale of the estimates.
    pub scale: ForestScale,
    /// Ends of the axis; `None` derives them from the estimates. Intervals that extend beyond end in an arrow.
    pub limits: Option<(f64, f64)>,
    /// Header of the labels.
    pub label_head: String,
    /// Label below the axis.
    pub axis_label: String,
    /// Texts below the axis at the left and at the right: which side favours whom.
    pub sides: Option<(String, String)>,
    /// Columns of text.
    pub columns: Vec<ForestColumn>,
    /// The rows, the first uppermost.
    pub rows: Vec<ForestRow>,
}

/// The half side of the squares of the row that knows most and of those that know least, in heights of the letters.
const LARGEST: f64 = 0.4;
const SMALLEST: f64 = 0.15;
/// Of squares without weights.
const EVEN: f64 = 0.27;

/// Positions of all parts from left to right.
struct Layout {
    /// Labels are on a separate line above the numbers.
    stacked: bool,
    /// Width of the labels.
    labels: f64,
    /// Right edges of the columns that are drawn, with their widths.
    columns: Vec<Option<(f64, f64)>>,
    scale: Scale,
}

const INDENT: f64 = 8.0;
/// Smallest width of the plot, in pixels.
const NARROW: f64 = 80.0;

impl ForestFigure {
    /// Draws the figure. Where the width is too small for labels, numbers and plot side by side, labels are above their
    /// rows; where it is still too small, columns left of the plot are only in [`ForestFigure::data`].
    #[must_use]
    pub fn scene(&self) -> Scene {
        let mut sheet = Sheet::new(self.style);
        sheet.heading(&self.lettering);
        let layout = self.layout(&sheet);
        self.draw_heads(&mut sheet, &layout);
        let (first, mut marks, mut texts) = (sheet.y, Vec::new(), Vec::new());
        for row in &self.rows {
            self.draw_row(&mut sheet, &layout, row, &mut texts, &mut marks);
        }
        sheet.y += 0.4 * sheet.text;
        if let Some(reference) = self.reference().filter(|reference| layout.scale.holds(*reference)) {
            let line = Mark::Path {
                pieces: around_texts(layout.scale.place(reference), (first + GAP, sheet.y), &texts),
                stroke: Stroke::solid(HAIR, Ink::Soft),
            };
            sheet.group("reference", vec![line]);
        }
        sheet.group("rows", texts);
        sheet.group("estimates", marks);
        self.draw_axis(&mut sheet, &layout.scale);
        sheet.y += GAP;
        sheet.caption(&self.lettering);
        sheet.finish(&self.lettering)
    }

    /// The information of a row: the inverse of its variance, up to a factor that is the same in all rows.
    fn information(&self, row: &ForestRow) -> Option<f64> {
        let (low, high) = row.interval?;
        let width = match self.scale {
            ForestScale::Ratio => libm::log(high / low),
            ForestScale::Difference => high - low,
            ForestScale::Percent => return None,
        };
        let information = 1.0 / (width * width);
        information.is_finite().then_some(information)
    }

    /// Half the side of the square of a row, in heights of the letters. The areas of levels are in proportion to their
    /// information; that of a number depends on its unit, so that its square says nothing.
    fn half_side(&self, row: &ForestRow) -> f64 {
        if self.scale == ForestScale::Percent || row.interval.is_none() || !row.indented {
            return EVEN;
        }
        let all = self.rows.iter().filter(|row| row.indented);
        let most = all.filter_map(|row| self.information(row)).fold(0.0, f64::max);
        let share = self
            .information(row)
            .map_or(0.0, |own| own / most.max(f64::MIN_POSITIVE));
        (LARGEST * share.min(1.0).sqrt()).max(SMALLEST)
    }

    fn ink(&self) -> Ink {
        self.style.palette.series(0)
    }

    fn reference(&self) -> Option<f64> {
        match self.scale {
            ForestScale::Ratio => Some(1.0),
            ForestScale::Difference => Some(0.0),
            ForestScale::Percent => None,
        }
    }

    fn spacing(&self) -> Spacing {
        match self.scale {
            ForestScale::Ratio => Spacing::Logarithmic,
            ForestScale::Difference | ForestScale::Percent => Spacing::Linear,
        }
    }

    /// Ends of the axis: around all estimates, the line, and intervals; of ratios, intervals are followed to a tenth
    /// and tenfold only, or to half and double the outermost estimate, so that one wide interval does not squeeze the
    /// rest.
    fn ends(&self) -> (f64, f64) {
        let usable = |value: &f64| drawable(*value) && (self.scale != ForestScale::Ratio || *value > 0.0);
        if let Some(limits) = self
            .limits
            .filter(|(low, high)| usable(low) && usable(high) && low < high)
        {
            return limits;
        }
        if self.scale == ForestScale::Percent {
            return (0.0, 100.0);
        }
        let span = |values: &mut dyn Iterator<Item = f64>| {
            values
                .filter(usable)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let estimates = self.rows.iter().filter_map(|row| row.estimate);
        let (least, most) = span(&mut estimates.chain(self.reference()));
        let intervals = self.rows.iter().filter_map(|row| row.interval);
        let (low, high) = span(&mut intervals.flat_map(|(low, high)| [low, high]).chain([least, most]));
        if self.scale == ForestScale::Ratio {
            let (floor, ceiling) = ((least / 2.0).min(0.1), (most * 2.0).max(10.0));
            return ((low / 1.1).max(floor).min(0.8), (high * 1.1).max(1.25).min(ceiling));
        }
        let slack = 0.05 * (high - low).max(1e-9);
        (low - slack, high + slack)
    }

    fn layout(&self, sheet: &Sheet) -> Layout {
        let size = sheet.text;
        let indent = |row: &ForestRow| if row.indented { INDENT } else { 0.0 };
        let labels = self
            .rows
            .iter()
            .filter(|row| !row.is_bare())
            .map(|row| text_width(&row.label, size, row.heading || row.overall) + indent(row))
            // A little more than the widest, so that rounding cuts none.
            .fold(text_width(&self.label_head, size, true), f64::max)
            + 0.1;
        let widths: Vec<f64> = (0..self.columns.len())
            .map(|index| self.column_width(index, sheet))
            .collect();
        let sum = |wanted: &dyn Fn(&ForestColumn) -> bool| {
            let each = self.columns.iter().zip(&widths).filter(|(column, _)| wanted(column));
            each.map(|(_, width)| width + 3.0 * GAP).sum::<f64>()
        };
        let (all, after) = (sum(&|_| true), sum(&|column| column.after));
        let least = NARROW.max(0.24 * sheet.width);
        let stacked = labels + 3.0 * GAP + all + least > sheet.width;
        let dropped = stacked && all + least > sheet.width;
        let labels = if stacked { sheet.width } else { labels };
        let mut columns = vec![None; self.columns.len()];
        let mut left = if stacked { 2.0 * GAP } else { labels + 3.0 * GAP };
        // Columns right of the plot leave at least the smallest width of the plot.
        let squeeze = ((sheet.width - least - left) / after.max(1.0)).clamp(0.1, 1.0);
        let mut right = sheet.width;
        for (index, (column, width)) in self.columns.iter().zip(&widths).enumerate().rev() {
            if column.after {
                let width = width * squeeze;
                columns[index] = Some((right, width));
                right -= width + 3.0 * GAP * squeeze;
            }
        }
        for (index, (column, width)) in self.columns.iter().zip(&widths).enumerate() {
            if !column.after && !dropped {
                left += width;
                columns[index] = Some((left, *width));
                left += 3.0 * GAP;
            }
        }
        let right = right.min(sheet.width - 2.0 * GAP);
        Layout {
            stacked,
            labels,
            columns,
            scale: Scale::new(self.spacing(), self.ends(), (left + GAP, right.max(left + 2.0 * GAP))),
        }
    }

    fn column_width(&self, index: usize, sheet: &Sheet) -> f64 {
        let cells = self
            .rows
            .iter()
            .filter_map(|row| row.cells.get(index).map(|cell| (cell, row.overall)));
        let head = self
            .columns
            .get(index)
            .map_or(0.0, |column| text_width(&column.head, sheet.text, true));
        cells
            .map(|(cell, bold)| text_width(cell, sheet.text, bold))
            .fold(head, f64::max)
    }

    fn draw_heads(&self, sheet: &mut Sheet, layout: &Layout) {
        let mut marks = Vec::new();
        let size = sheet.text;
        let mut base = sheet.y + sheet.line;
        let first = layout.columns.iter().flatten().map(|(right, width)| right - width);
        let room = first.fold(layout.labels, f64::min) - GAP;
        if !self.label_head.is_empty() {
            let alone = layout.stacked && text_width(&self.label_head, size, true) > room;
            let head = shortened(&self.label_head, size, true, if alone { sheet.width } else { room });
            marks.push(Mark::bold((0.0, base), size, Anchor::Start, Ink::Strong, head));
            // As in the rows, numbers are below the label.
            base += if alone { sheet.line } else { 0.0 };
        }
        for (column, place) in self.columns.iter().zip(&layout.columns) {
            if let Some((right, width)) = place.filter(|_| !column.head.is_empty()) {
                let head = shortened(&column.head, size, true, width);
                marks.push(Mark::bold((right, base), size, Anchor::End, Ink::Strong, head));
            }
        }
        if marks.is_empty() {
            return;
        }
        sheet.y = base + 0.5 * size;
        marks.push(Mark::Line {
            from: (0.0, sheet.y),
            to: (sheet.width, sheet.y),
            stroke: Stroke::solid(HAIR, Ink::Soft),
        });
        sheet.group("heads", marks);
    }

    fn draw_row(
        &self,
        sheet: &mut Sheet,
        layout: &Layout,
        row: &ForestRow,
        texts: &mut Vec<Mark>,
        marks: &mut Vec<Mark>,
    ) {
        let (size, bold) = (sheet.text, row.heading || row.overall);
        let left = if row.indented { INDENT } else { 0.0 };
        sheet.y += 1.55 * size;
        let room = if row.is_bare() { sheet.width } else { layout.labels };
        let label = shortened(&row.label, size, bold, room - left);
        if !label.is_empty() {
            let at = (left, sheet.y);
            texts.push(if bold {
                Mark::bold(at, size, Anchor::Start, Ink::Strong, label)
            } else {
                Mark::text(at, size, Anchor::Start, Ink::Strong, label)
            });
        }
        if layout.stacked && !row.is_bare() {
            sheet.y += 1.3 * size;
        }
        for (cell, place) in row.cells.iter().zip(&layout.columns) {
            let Some((right, width)) = place else { continue };
            let cell = shortened(cell, size, row.overall, *width);
            if cell.is_empty() {
                continue;
            }
            let at = (*right, sheet.y);
            texts.push(if row.overall {
                Mark::bold(at, size, Anchor::End, Ink::Strong, cell)
            } else {
                Mark::text(at, size, Anchor::End, Ink::Strong, cell)
            });
        }
        self.draw_estimate(layout, row, sheet.y - 0.33 * size, size, marks);
    }

    fn draw_estimate(&self, layout: &Layout, row: &ForestRow, y: f64, size: f64, marks: &mut Vec<Mark>) {
        let scale = &layout.scale;
        let Some(estimate) = row.estimate.filter(|estimate| estimate.is_finite()) else {
            return;
        };
        let interval = row.interval.filter(|(low, high)| !low.is_nan() && !high.is_nan());
        let (x, half) = (scale.place(estimate), self.half_side(row) * size);
        if let Some((low, high)) = interval {
            let (left, right) = (scale.place(low), scale.place(high));
            if row.overall {
                marks.push(Mark::Shape {
                    points: vec![(left, y), (x, y - LARGEST * size), (right, y), (x, y + LARGEST * size)],
                    ink: self.ink(),
                    hollow: false,
                });
                return;
            }
            let dash = if row.computed { Dash::Short } else { Dash::Solid };
            marks.push(Mark::Line {
                from: (left, y),
                to: (right, y),
                stroke: Stroke::solid(1.2, self.ink()).dashed(dash),
            });
            for (value, tip, inwards) in [(low, left, 3.0), (high, right, -3.0)] {
                if !scale.holds(value) {
                    marks.push(arrow((tip, y), inwards, self.ink()));
                }
            }
        }
        if !scale.holds(estimate) {
            // The estimate itself is beyond the axis: only its arrow is drawn.
            if interval.is_none() {
                let inwards = if estimate < scale.values().0 { 3.0 } else { -3.0 };
                marks.push(arrow((x, y), inwards, self.ink()));
            }
            return;
        }
        marks.push(Mark::Shape {
            points: vec![
                (x - half, y - half),
                (x + half, y - half),
                (x + half, y + half),
                (x - half, y + half),
            ],
            ink: self.ink(),
            hollow: interval.is_none(),
        });
    }

    fn ticks(&self, scale: &Scale, size: f64) -> Vec<Tick> {
        let room = |label| text_width(label, size, false) + GAP;
        match self.scale {
            ForestScale::Ratio => doubling_ticks(scale, room("0.125")),
            ForestScale::Difference => round_ticks(scale, room("−0.05")),
            ForestScale::Percent => round_ticks(scale, room("100")),
        }
    }

    fn draw_axis(&self, sheet: &mut Sheet, scale: &Scale) {
        let (size, line, stroke) = (sheet.text, sheet.y, Stroke::solid(HAIR, Ink::Soft));
        let (left, right) = scale.pixels();
        let mut marks = vec![Mark::Line {
            from: (left, line),
            to: (right, line),
            stroke,
        }];
        let base = line + TICK + size;
        let mut free_from = f64::NEG_INFINITY;
        for tick in self.ticks(scale, size) {
            let x = scale.place(tick.value);
            marks.push(Mark::Line {
                from: (x, line),
                to: (x, line + TICK),
                stroke,
            });
            let (x, label) = middle_within(&tick.label, size, x, sheet.width);
            // Labels of odd numbers may be longer than the estimated width: a tick may have no label.
            let half = text_width(&label, size, false) / 2.0;
            if x - half >= free_from {
                free_from = x + half + GAP / 2.0;
                marks.push(Mark::text((x, base), size, Anchor::Middle, Ink::Strong, label));
            }
        }
        sheet.group("axis", marks);
        sheet.y = base + 0.3 * size;
        let mut words = Vec::new();
        if !self.axis_label.is_empty() {
            sheet.y += sheet.line;
            let (x, label) = middle_within(&self.axis_label, size, (left + right) / 2.0, sheet.width);
            words.push(Mark::text(
                (x, sheet.y - 0.2 * size),
                size,
                Anchor::Middle,
                Ink::Strong,
                label,
            ));
        }
        if let Some((below, above)) = &self.sides {
            sheet.y += sheet.line;
            let x = self
                .reference()
                .map_or((left + right) / 2.0, |reference| scale.place(reference));
            let y = sheet.y - 0.2 * size;
            let below = shortened(below, size, false, x - GAP);
            let above = shortened(above, size, false, sheet.width - x - GAP);
            words.push(Mark::text((x - GAP, y), size, Anchor::End, Ink::Soft, below));
            words.push(Mark::text((x + GAP, y), size, Anchor::Start, Ink::Soft, above));
        }
        sheet.group("axis-label", words);
    }

    /// Returns the data of the figure: the columns as printed, then estimate and interval.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut head = vec!["label"];
        head.extend(self.columns.iter().map(|column| column.head.as_str()));
        head.extend(["estimate", "lower", "upper"]);
        let mut table = DataTable::new(&head);
        for row in &self.rows {
            let mut cells = vec![row.label.clone()];
            let texts = row.cells.iter().cloned().chain(std::iter::repeat(String::new()));
            cells.extend(texts.take(self.columns.len()));
            cells.push(row.estimate.map(number).unwrap_or_default());
            cells.extend(ends(row.interval));
            table.rows.push(cells);
        }
        table
    }
}

/// Draws a vertical line in pieces that avoid texts.
fn around_texts(x: f64, (upper, lower): (f64, f64), texts: &[Mark]) -> Vec<Vec<Point>> {
    let (mut pieces, mut from) = (Vec::new(), upper);
    let crossed = texts
        .iter()
        .filter_map(Mark::extent)
        .filter(|text| text.0 - 2.0 < x && x < text.2 + 2.0);
    for text in crossed {
        if text.1 > from {
            pieces.push(vec![(x, from), (x, text.1)]);
        }
        from = from.max(text.3);
    }
    if from < lower {
        pieces.push(vec![(x, from), (x, lower)]);
    }
    pieces
}

/// The head of an arrow whose tip is at the end of the axis.
fn arrow(tip: Point, inwards: f64, ink: Ink) -> Mark {
    Mark::Path {
        pieces: vec![vec![
            (tip.0 + inwards, tip.1 - 2.5),
            tip,
            (tip.0 + inwards, tip.1 + 2.5),
        ]],
        stroke: Stroke::solid(1.2, ink),
    }
}

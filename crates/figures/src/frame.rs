//! Parts common to all figures: size, text, axes.

use crate::axis::{Scale, Tick};
use crate::ink::{Ink, Palette, Stroke};
use crate::scene::{Anchor, Mark, Scene, mm, pt};
use crate::text::{text_width, wrapped};

/// The appearance of all figures of a page or a paper: printed size, surrounding text, colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Width in millimetres, limited to 60 to 400.
    pub width_mm: f64,
    /// Font size in points, limited to 5 to 24. Journals require 5 to 8 at the printed size.
    pub text_pt: f64,
    /// Colours or greys.
    pub palette: Palette,
    /// Letter of the panel: "A".
    pub panel: Option<char>,
    /// True if the title is written over the figure; it is always the accessible title of the drawing.
    pub title: bool,
    /// Write the caption under the figure.
    pub caption: bool,
    /// Text always written below the figure where its data are not of patients: "Synthetic data".
    pub mark: &'static str,
}

impl Style {
    /// One column of a journal.
    pub const ONE_COLUMN: Self = Self {
        width_mm: 89.0,
        text_pt: 7.0,
        palette: Palette::Colour,
        panel: None,
        title: true,
        caption: true,
        mark: "",
    };
    /// One and a half columns.
    pub const MIDDLE: Self = Self {
        width_mm: 120.0,
        ..Self::ONE_COLUMN
    };
    /// Two columns.
    pub const TWO_COLUMNS: Self = Self {
        width_mm: 183.0,
        text_pt: 8.0,
        ..Self::ONE_COLUMN
    };

    /// Width in CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        let millimetres = if self.width_mm.is_nan() { 89.0 } else { self.width_mm };
        mm(millimetres.clamp(60.0, 400.0))
    }

    /// Height of the letters in CSS pixels.
    #[must_use]
    pub fn text(&self) -> f64 {
        let points = if self.text_pt.is_nan() { 7.0 } else { self.text_pt };
        pt(points.clamp(5.0, 24.0))
    }
}

impl Default for Style {
    fn default() -> Self {
        Self::ONE_COLUMN
    }
}

/// The words around a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lettering {
    /// Title over the figure, and accessible title of the drawing.
    pub title: String,
    /// Accessible description of the drawing.
    pub description: String,
    /// Paragraphs under the figure.
    pub caption: Vec<String>,
}

/// Width of the edge of every figure in which nothing is drawn, in pixels: 2 mm.
pub const QUIET: f64 = mm(2.0);
/// Space between neighbouring parts, in pixels.
pub(crate) const GAP: f64 = 4.0;
/// Length of a tick.
pub(crate) const TICK: f64 = 3.0;
/// Distance of the axes from the plot, so that a curve at 0 or at the start is not on an axis.
pub(crate) const AWAY: f64 = 3.0;
/// Width of axes: half a point.
pub(crate) const HAIR: f64 = 0.5 * 96.0 / 72.0;

/// A figure that grows downwards, without its quiet edge.
pub(crate) struct Sheet {
    style: Style,
    pub(crate) width: f64,
    pub(crate) text: f64,
    /// Distance of base lines.
    pub(crate) line: f64,
    /// Height used so far, in pixels.
    pub(crate) y: f64,
    pub(crate) marks: Vec<Mark>,
}

impl Sheet {
    pub(crate) fn new(style: Style) -> Self {
        let text = style.text();
        Self {
            style,
            width: style.width() - 2.0 * QUIET,
            text,
            line: 1.3 * text,
            y: 0.0,
            marks: Vec::new(),
        }
    }

    /// The width of a text in the letters of the figure.
    pub(crate) fn width_of(&self, text: &str) -> f64 {
        text_width(text, self.text, false)
    }

    pub(crate) fn group(&mut self, name: &'static str, marks: Vec<Mark>) {
        if !marks.is_empty() {
            self.marks.push(Mark::Group { name, marks });
        }
    }

    /// Panel letter and title.
    pub(crate) fn heading(&mut self, lettering: &Lettering) {
        let mut marks = Vec::new();
        let size = self.text * 8.0 / 7.0;
        let mut left = 0.0;
        if let Some(panel) = self.style.panel.map(String::from) {
            left = text_width(&panel, size * 1.15, true) + 2.0 * GAP;
            marks.push(Mark::bold(
                (0.0, self.y + size),
                size * 1.15,
                Anchor::Start,
                Ink::Strong,
                panel,
            ));
        }
        let title = if self.style.title { &lettering.title } else { "" };
        for line in wrapped(title, size, true, self.width - left) {
            self.y += size * 1.25;
            marks.push(Mark::bold(
                (left, self.y - 0.25 * size),
                size,
                Anchor::Start,
                Ink::Strong,
                line,
            ));
        }
        if !marks.is_empty() {
            self.y = self.y.max(size * 1.25) + GAP;
        }
        self.group("heading", marks);
    }

    /// Writes a line under the title.
    pub(crate) fn note(&mut self, note: &str) {
        if note.is_empty() {
            return;
        }
        let mut marks = Vec::new();
        for line in wrapped(note, self.text, false, self.width) {
            self.y += self.line;
            let at = (0.0, self.y - 0.3 * self.text);
            marks.push(Mark::text(at, self.text, Anchor::Start, Ink::Strong, line));
        }
        self.y += GAP;
        self.group("note", marks);
    }

    /// Writes the paragraphs below the figure, and the mark of data that are not of patients.
    pub(crate) fn caption(&mut self, lettering: &Lettering) {
        let mut marks = Vec::new();
        let shown = lettering.caption.iter().filter(|_| self.style.caption);
        let mark = Some(self.style.mark).filter(|mark| !mark.is_empty());
        for paragraph in shown.map(String::as_str).chain(mark) {
            self.y += GAP;
            for line in wrapped(paragraph, self.text, false, self.width) {
                self.y += self.line;
                marks.push(Mark::text(
                    (0.0, self.y - 0.3 * self.text),
                    self.text,
                    Anchor::Start,
                    Ink::Soft,
                    line,
                ));
            }
        }
        self.group("caption", marks);
    }

    pub(crate) fn finish(self, lettering: &Lettering) -> Scene {
        Scene {
            width: self.width + 2.0 * QUIET,
            height: (self.y + 2.0 * QUIET).ceil(),
            title: lettering.title.clone(),
            description: lettering.description.clone(),
            caption: lettering.caption.clone(),
            marks: self.marks.into_iter().map(|mark| mark.moved((QUIET, QUIET))).collect(),
        }
    }
}

/// The area in which data are drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plot {
    /// From left to right.
    pub(crate) x: Scale,
    /// The value axis, upwards.
    pub(crate) y: Scale,
}

impl Plot {
    pub(crate) fn left(&self) -> f64 {
        self.x.pixels().0
    }

    pub(crate) fn right(&self) -> f64 {
        self.x.pixels().1
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y.pixels().0
    }

    pub(crate) fn top(&self) -> f64 {
        self.y.pixels().1
    }

    /// The lower axis. Returns how far down it reaches.
    pub(crate) fn lower_axis(&self, sheet: &mut Sheet, ticks: &[Tick], label: &str) -> f64 {
        let (line, stroke) = (self.bottom() + AWAY, Stroke::solid(HAIR, Ink::Soft));
        let mut marks = vec![Mark::Line {
            from: (self.left(), line),
            to: (self.right(), line),
            stroke,
        }];
        let base = line + TICK + sheet.text;
        for tick in ticks {
            let x = self.x.place(tick.value);
            marks.push(Mark::Line {
                from: (x, line),
                to: (x, line + TICK),
                stroke,
            });
            marks.push(Mark::text(
                (x, base),
                sheet.text,
                Anchor::Middle,
                Ink::Strong,
                &tick.label,
            ));
        }
        sheet.group("axis-time", marks);
        let mut down = base + 0.3 * sheet.text;
        if !label.is_empty() {
            down += sheet.line;
            let (middle, text) = middle_within(label, sheet.text, (self.left() + self.right()) / 2.0, sheet.width);
            let at = (middle, down - 0.2 * sheet.text);
            let mark = Mark::text(at, sheet.text, Anchor::Middle, Ink::Strong, text);
            sheet.group("axis-time-label", vec![mark]);
        }
        down
    }

    /// The axis at the left, with a sign where it does not begin at its natural end.
    pub(crate) fn left_axis(&self, sheet: &mut Sheet, ticks: &[Tick], label: &str, broken: bool) {
        let (line, stroke) = (self.left() - AWAY, Stroke::solid(HAIR, Ink::Soft));
        let mut marks = vec![Mark::Line {
            from: (line, self.bottom()),
            to: (line, self.top()),
            stroke,
        }];
        let mut widest = 0.0_f64;
        for tick in ticks {
            let y = self.y.place(tick.value);
            marks.push(Mark::Line {
                from: (line - TICK, y),
                to: (line, y),
                stroke,
            });
            let at = (line - TICK - 2.0, y + 0.36 * sheet.text);
            widest = widest.max(text_width(&tick.label, sheet.text, false));
            marks.push(Mark::text(at, sheet.text, Anchor::End, Ink::Strong, &tick.label));
        }
        if broken {
            for up in [3.0, 6.0] {
                let y = self.bottom() - up;
                marks.push(Mark::Line {
                    from: (line - TICK, y + 1.5),
                    to: (line + TICK, y - 1.5),
                    stroke,
                });
            }
        }
        sheet.group("axis-value", marks);
        if !label.is_empty() {
            let room = self.bottom() - self.top();
            let text = crate::text::shortened(label, sheet.text, false, room);
            let x = line - TICK - 2.0 - widest - GAP - 0.22 * sheet.text;
            let mut mark = Mark::text(
                (x, (self.bottom() + self.top()) / 2.0),
                sheet.text,
                Anchor::Middle,
                Ink::Strong,
                text,
            );
            if let Mark::Text { turned, .. } = &mut mark {
                *turned = true;
            }
            sheet.group("axis-value-label", vec![mark]);
        }
    }
}

/// Returns the width that [`Plot::left_axis`] needs left of the plot.
pub(crate) fn left_room(sheet: &Sheet, ticks: &[Tick], label: &str) -> f64 {
    let widest = ticks
        .iter()
        .map(|tick| text_width(&tick.label, sheet.text, false))
        .fold(0.0, f64::max);
    let letters = if label.is_empty() { 0.0 } else { GAP + sheet.text };
    AWAY + TICK + 2.0 + widest + letters
}

/// Returns the position nearest to `middle` at which `text` is within the width, and the part of it that fits.
pub(crate) fn middle_within(text: &str, size: f64, middle: f64, width: f64) -> (f64, String) {
    let text = crate::text::shortened(text, size, false, width);
    let half = text_width(&text, size, false) / 2.0;
    (middle.max(half).min((width - half).max(half)), text)
}

//! The SVG of a scene: for the page, coloured by classes, and as a self-contained file.

use cotside_text::decimal::fixed;

use crate::ink::{Ink, Stroke, Theme};
use crate::scene::{Anchor, Mark, Point, Scene};

/// The fonts of figures: the one that journals require, and fonts of the same widths for systems without it.
const FONTS: &str = "Arial, Helvetica, &quot;Liberation Sans&quot;, sans-serif";

/// How a file is made from a scene.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandaloneOptions {
    /// Printed width in millimetres; `None` prints the scene at its own size (96 pixels to the inch).
    pub width_mm: Option<f64>,
    /// Paint the paper under the drawing.
    pub background: bool,
    /// Colours for light or dark surroundings.
    pub theme: Theme,
}

impl Default for StandaloneOptions {
    fn default() -> Self {
        Self {
            width_mm: None,
            background: true,
            theme: Theme::Light,
        }
    }
}

impl Scene {
    /// Returns the drawing as an SVG element for the page: classes by which a stylesheet colours it, with the light
    /// colours as presentation attributes where there is no stylesheet; text that stays text; no style attributes, no
    /// scripts.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut writer = Writer {
            svg: String::new(),
            theme: Theme::Light,
            classes: true,
        };
        writer.open("svg");
        writer.text("xmlns", "http://www.w3.org/2000/svg");
        writer.text("viewBox", &self.view_box());
        writer.number("width", self.width);
        writer.number("height", self.height);
        self.write(writer, false)
    }

    /// Returns the drawing as a file: size in millimetres, explicit colours, title and description, text as text. It
    /// refers to no other resource.
    #[must_use]
    pub fn to_standalone_svg(&self, options: StandaloneOptions) -> String {
        let own = self.width * 25.4 / 96.0;
        let width = options
            .width_mm
            .filter(|width| width.is_finite() && *width > 0.0)
            .unwrap_or(own);
        let height = if self.width > 0.0 {
            width * self.height / self.width
        } else {
            0.0
        };
        let mut writer = Writer {
            svg: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            theme: options.theme,
            classes: false,
        };
        writer.open("svg");
        writer.text("xmlns", "http://www.w3.org/2000/svg");
        writer.text("version", "1.1");
        writer.text("viewBox", &self.view_box());
        writer.text("width", &format!("{}mm", plain(width)));
        writer.text("height", &format!("{}mm", plain(height)));
        self.write(writer, options.background)
    }

    fn view_box(&self) -> String {
        format!("0 0 {} {}", plain(self.width), plain(self.height))
    }

    fn write(&self, mut writer: Writer, background: bool) -> String {
        writer.text("role", "img");
        let label = if self.description.is_empty() {
            self.title.clone()
        } else {
            format!("{}. {}", self.title, self.description)
        };
        writer.text("aria-label", &label);
        writer.raw("font-family", FONTS);
        writer.svg.push_str("><title>");
        escape(&mut writer.svg, &self.title);
        writer.svg.push_str("</title><desc>");
        escape(&mut writer.svg, &self.description);
        writer.svg.push_str("</desc>");
        if background {
            writer.open("rect");
            writer.number("width", self.width);
            writer.number("height", self.height);
            writer.raw("fill", Ink::Paper.colour(writer.theme));
            writer.close();
        }
        for mark in &self.marks {
            writer.mark(mark);
        }
        writer.svg.push_str("</svg>");
        writer.svg
    }
}

/// Writes elements; the page's form carries classes, the file's does not.
struct Writer {
    svg: String,
    theme: Theme,
    classes: bool,
}

impl Writer {
    fn open(&mut self, name: &str) {
        self.svg.push('<');
        self.svg.push_str(name);
    }

    fn close(&mut self) {
        self.svg.push_str("/>");
    }

    fn raw(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\"", value, "\""] {
            self.svg.push_str(part);
        }
    }

    fn text(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\""] {
            self.svg.push_str(part);
        }
        escape(&mut self.svg, value);
        self.svg.push('"');
    }

    fn number(&mut self, name: &str, value: f64) {
        self.raw(name, &plain(value));
    }

    fn class(&mut self, ink: Ink, more: &str) {
        if self.classes {
            self.svg.push_str(" class=\"");
            self.svg.push_str(ink.class());
            self.svg.push_str(more);
            self.svg.push('"');
        }
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.raw("stroke", stroke.ink.colour(self.theme));
        self.number("stroke-width", stroke.width);
        if let Some(pattern) = stroke.dash.pattern() {
            self.raw("stroke-dasharray", pattern);
        }
        if stroke.opacity < 1.0 {
            self.number("stroke-opacity", stroke.opacity);
        }
    }

    /// The points as a path: each piece moves, then draws.
    fn points(&mut self, piece: &[Point], closed: bool) {
        for (index, point) in piece.iter().enumerate() {
            self.svg.push(if index == 0 { 'M' } else { 'L' });
            self.svg.push_str(&plain(point.0));
            self.svg.push(' ');
            self.svg.push_str(&plain(point.1));
        }
        if closed {
            self.svg.push('Z');
        }
    }

    /// A closed path or a circle, with an outline, filled with its own ink or not at all.
    fn filled(&mut self, ink: Ink, hollow: bool) {
        self.raw("fill", if hollow { "none" } else { ink.colour(self.theme) });
        self.raw("stroke", ink.colour(self.theme));
        self.raw("stroke-width", "1.2");
        self.close();
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { from, to, stroke } => {
                self.open("line");
                self.class(stroke.ink, "");
                for (name, value) in [("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)] {
                    self.number(name, value);
                }
                self.stroke(stroke);
                self.close();
            }
            Mark::Path { pieces, stroke } => {
                self.open("path");
                self.class(stroke.ink, " line");
                self.svg.push_str(" d=\"");
                for piece in pieces {
                    self.points(piece, false);
                }
                self.svg.push_str("\" fill=\"none\"");
                self.stroke(stroke);
                self.close();
            }
            Mark::Area { points, ink, opacity } => {
                self.open("path");
                self.class(*ink, " area");
                self.svg.push_str(" d=\"");
                self.points(points, true);
                self.svg.push('"');
                self.raw("fill", ink.colour(self.theme));
                self.number("fill-opacity", *opacity);
                self.close();
            }
            Mark::Shape { points, ink, hollow } => {
                self.open("path");
                self.class(*ink, if *hollow { " hollow" } else { " disc" });
                self.svg.push_str(" d=\"");
                self.points(points, true);
                self.svg.push('"');
                self.filled(*ink, *hollow);
            }
            Mark::Disc {
                at,
                radius,
                ink,
                hollow,
            } => {
                self.open("circle");
                self.class(*ink, if *hollow { " hollow" } else { " disc" });
                for (name, value) in [("cx", at.0), ("cy", at.1), ("r", *radius)] {
                    self.number(name, value);
                }
                self.filled(*ink, *hollow);
            }
            Mark::Text { .. } => self.letters(mark),
            Mark::Group { name, marks } => {
                self.open("g");
                self.raw(if self.classes { "class" } else { "id" }, name);
                self.svg.push('>');
                for mark in marks {
                    self.mark(mark);
                }
                self.svg.push_str("</g>");
            }
        }
    }

    fn letters(&mut self, mark: &Mark) {
        let Mark::Text {
            at,
            size,
            anchor,
            ink,
            bold,
            turned,
            text,
        } = mark
        else {
            return;
        };
        self.open("text");
        self.class(*ink, " label");
        if *turned {
            let transform = format!("translate({} {}) rotate(-90)", plain(at.0), plain(at.1));
            self.raw("transform", &transform);
        } else {
            self.number("x", at.0);
            self.number("y", at.1);
        }
        self.number("font-size", *size);
        if *bold {
            self.raw("font-weight", "bold");
        }
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.raw("text-anchor", anchor);
        self.raw("fill", ink.colour(self.theme));
        self.svg.push('>');
        escape(&mut self.svg, text);
        self.svg.push_str("</text>");
    }
}

/// At most two decimals; never `NaN` or an exponent in the file.
fn plain(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = fixed(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Escapes markup; characters that XML forbids even when escaped become a replacement character.
fn escape(svg: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '"' => svg.push_str("&quot;"),
            '\t' | '\n' | '\r' => svg.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => svg.push('\u{fffd}'),
            letter => svg.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(marks: Vec<Mark>) -> Scene {
        Scene {
            width: 10.0,
            height: 1.0 / 3.0,
            title: "a < b & \"c\"".into(),
            description: String::new(),
            caption: Vec::new(),
            marks,
        }
    }

    #[test]
    fn text_is_escaped_and_numbers_are_plain() {
        let svg = scene(vec![
            Mark::Disc {
                at: (f64::NAN, 1e-9),
                radius: 2.0,
                ink: Ink::Strong,
                hollow: true,
            },
            Mark::text((1.0, 2.0), 3.0, Anchor::End, Ink::Soft, "</text><script>\u{1}"),
        ])
        .to_svg();
        assert!(
            svg.contains("a &lt; b &amp; &quot;c&quot;") && svg.contains(r#"height="0.33""#),
            "{svg}"
        );
        assert!(!svg.contains("NaN") && svg.contains(r#"cx="0" cy="0""#), "{svg}");
        assert!(svg.contains("&lt;/text&gt;&lt;script&gt;\u{fffd}</text>"), "{svg}");
    }

    #[test]
    fn a_file_needs_nothing_else() {
        let stroke = Stroke::solid(1.0, Ink::Series(1));
        let scene = scene(vec![Mark::Path {
            pieces: vec![vec![(0.0, 0.0), (1.0, 0.5)], vec![(2.0, 0.0)]],
            stroke,
        }]);
        let file = scene.to_standalone_svg(StandaloneOptions {
            width_mm: Some(89.0),
            ..StandaloneOptions::default()
        });
        assert!(file.contains(r#"width="89mm" height="2.97mm""#), "{file}");
        assert!(
            !file.contains("class=") && !file.contains("style") && !file.contains("var("),
            "{file}"
        );
        assert!(
            file.contains(r##"d="M0 0L1 0.5M2 0" fill="none" stroke="#d55e00""##),
            "{file}"
        );
        assert!(file.contains("fill=\"#ffffff\""), "{file}");
        let bare = scene.to_standalone_svg(StandaloneOptions {
            width_mm: Some(f64::NAN),
            background: false,
            theme: Theme::Dark,
        });
        assert!(bare.contains(r#"width="2.65mm""#) && !bare.contains("<rect"), "{bare}");
        assert!(bare.contains(Ink::Series(1).colour(Theme::Dark)), "{bare}");
    }
}

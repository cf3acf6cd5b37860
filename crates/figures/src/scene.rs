//! A drawing as a list of marks, and its SVG.

use std::fmt::Write as _;

use cotside_core::decimal::fixed;

/// What a mark is drawn in. The page's stylesheet and the exported file give each its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text and the estimate itself.
    Strong,
    /// Axes and secondary text.
    Soft,
    /// Grid lines.
    Faint,
    /// The one accent: what belongs to this child.
    Accent,
}

impl Ink {
    /// Class in the page, from which a stylesheet takes light and dark colours.
    const fn class(self) -> &'static str {
        match self {
            Self::Strong => "ink-strong",
            Self::Soft => "ink-soft",
            Self::Faint => "ink-faint",
            Self::Accent => "ink-accent",
        }
    }

    /// Colour where no stylesheet speaks: an exported file is always light.
    const fn colour(self) -> &'static str {
        match self {
            Self::Strong => "#1b1f24",
            Self::Soft => "#59626d",
            Self::Faint => "#d5dae0",
            Self::Accent => "#0b5a8a",
        }
    }
}

/// Where a text hangs on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// One mark. Lengths are in the scene's own unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A straight line.
    Line {
        /// From.
        from: (f64, f64),
        /// To.
        to: (f64, f64),
        /// Width of the line.
        width: f64,
        /// What it is drawn in.
        ink: Ink,
        /// Dashed: the interval was computed here and not printed in the source.
        dashed: bool,
    },
    /// A filled disc.
    Disc {
        /// Centre.
        at: (f64, f64),
        /// Radius.
        radius: f64,
        /// What it is drawn in.
        ink: Ink,
        /// Only its outline.
        hollow: bool,
    },
    /// A line of text.
    Text {
        /// Base line point.
        at: (f64, f64),
        /// Height of the letters.
        size: f64,
        /// Where it hangs.
        anchor: Anchor,
        /// What it is drawn in.
        ink: Ink,
        /// The text.
        text: String,
    },
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it shows, in a few words.
    pub title: String,
    /// What a reader who does not see it should know.
    pub description: String,
    /// The marks, the first lowest.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// The drawing as a self-contained SVG element: presentation attributes only, text that stays text.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut svg = String::new();
        let _ = write!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}" font-family="system-ui, sans-serif"><title>{title}</title><desc>{desc}</desc>"#,
            w = number(self.width),
            h = number(self.height),
            label = escaped(&format!("{}. {}", self.title, self.description)),
            title = escaped(&self.title),
            desc = escaped(&self.description),
        );
        for mark in &self.marks {
            mark.write(&mut svg);
        }
        svg.push_str("</svg>");
        svg
    }
}

impl Mark {
    fn write(&self, svg: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Line {
                from,
                to,
                width,
                ink,
                dashed,
            } => write!(
                svg,
                r#"<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>"#,
                ink.class(),
                number(from.0),
                number(from.1),
                number(to.0),
                number(to.1),
                ink.colour(),
                number(*width),
                if *dashed { r#" stroke-dasharray="3 2""# } else { "" },
            ),
            Self::Disc {
                at,
                radius,
                ink,
                hollow,
            } => write!(
                svg,
                r#"<circle class="{}{}" cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1.2"/>"#,
                ink.class(),
                if *hollow { " hollow" } else { " disc" },
                number(at.0),
                number(at.1),
                number(*radius),
                if *hollow { "none" } else { ink.colour() },
                ink.colour(),
            ),
            Self::Text {
                at,
                size,
                anchor,
                ink,
                text,
            } => write!(
                svg,
                r#"<text class="{} label" x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}">{}</text>"#,
                ink.class(),
                number(at.0),
                number(at.1),
                number(*size),
                match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                },
                ink.colour(),
                escaped(text),
            ),
        };
    }
}

/// At most two decimals; never `NaN` or an exponent in the file.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = fixed(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_numbers_are_plain() {
        let scene = Scene {
            width: 10.0,
            height: 1.0 / 3.0,
            title: "a < b & \"c\"".into(),
            description: String::new(),
            marks: vec![Mark::Disc {
                at: (f64::NAN, 1e-9),
                radius: 2.0,
                ink: Ink::Strong,
                hollow: true,
            }],
        };
        let svg = scene.to_svg();
        assert!(
            svg.contains("a &lt; b &amp; &quot;c&quot;") && svg.contains(r#"height="0.33""#),
            "{svg}"
        );
        assert!(!svg.contains("NaN") && svg.contains(r#"cx="0" cy="0""#), "{svg}");
    }
}

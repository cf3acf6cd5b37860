//! What marks are drawn in: inks, dashes, strokes. Colours stand here once, for light and for dark.

/// Light or dark surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// White paper: print, and every exported file unless asked otherwise.
    #[default]
    Light,
    /// The page at night.
    Dark,
}

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
    /// The paper under the drawing.
    Paper,
    /// One of several curves, counted from 0; after the eighth the colours begin again with other dashes.
    Series(usize),
}

/// How many colours there are for series.
pub const SERIES: usize = 8;

/// Classes of the series, in order.
const SERIES_CLASSES: [&str; SERIES] = [
    "ink-s1", "ink-s2", "ink-s3", "ink-s4", "ink-s5", "ink-s6", "ink-s7", "ink-s8",
];

/// Colours of the series on white: the set of Okabe and Ito (2008), each moved until it keeps 3:1 against white and
/// stays apart from the others under three simulated colour-vision deficiencies (see the tests of this module).
const LIGHT: [&str; SERIES] = [
    "#0072b2", "#d55e00", "#009e73", "#1b1f24", "#aa4499", "#b07d00", "#3f97d0", "#8a2f0b",
];

/// The same, on the dark paper of the page.
const DARK: [&str; SERIES] = [
    "#56b4e9", "#e8702a", "#1fb58a", "#e6eaee", "#cc79a7", "#f0e442", "#5b8fd9", "#b98a5a",
];

impl Ink {
    /// Class in the page, from which a stylesheet takes light and dark colours.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Strong => "ink-strong",
            Self::Soft => "ink-soft",
            Self::Faint => "ink-faint",
            Self::Accent => "ink-accent",
            Self::Paper => "ink-paper",
            Self::Series(index) => SERIES_CLASSES[index % SERIES],
        }
    }

    /// Colour where no stylesheet speaks.
    #[must_use]
    pub const fn colour(self, theme: Theme) -> &'static str {
        match (self, theme) {
            (Self::Strong, Theme::Light) => "#1b1f24",
            (Self::Soft, Theme::Light) => "#59626d",
            (Self::Faint, Theme::Light) => "#d5dae0",
            (Self::Accent, Theme::Light) => "#0b5a8a",
            (Self::Paper, Theme::Light) => "#ffffff",
            (Self::Series(index), Theme::Light) => LIGHT[index % SERIES],
            (Self::Strong, Theme::Dark) => "#e6eaee",
            (Self::Soft, Theme::Dark) => "#a5b0bb",
            (Self::Faint, Theme::Dark) => "#35404a",
            (Self::Accent, Theme::Dark) => "#7cc0ec",
            (Self::Paper, Theme::Dark) => "#12181d",
            (Self::Series(index), Theme::Dark) => DARK[index % SERIES],
        }
    }
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Long strokes.
    Long,
    /// Short strokes; of an interval: it was computed here and not printed in the source.
    Short,
    /// Dots.
    Dots,
    /// A stroke and a dot.
    DashDot,
}

impl Dash {
    /// The dash of a series: neighbours differ, and after the colours are used up so do series of the same colour.
    #[must_use]
    pub const fn of_series(index: usize) -> Self {
        match (index + index / SERIES) % 5 {
            0 => Self::Solid,
            1 => Self::Long,
            2 => Self::Short,
            3 => Self::DashDot,
            _ => Self::Dots,
        }
    }

    /// The value of `stroke-dasharray`.
    pub(crate) const fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Solid => None,
            Self::Long => Some("7 2"),
            Self::Short => Some("3 2"),
            Self::Dots => Some("1.5 1.5"),
            Self::DashDot => Some("6 2 1.5 2"),
        }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its width.
    pub width: f64,
    /// What it is drawn in.
    pub ink: Ink,
    /// How it is broken.
    pub dash: Dash,
    /// From 0, not to be seen, to 1.
    pub opacity: f64,
}

impl Stroke {
    /// An unbroken line.
    #[must_use]
    pub const fn solid(width: f64, ink: Ink) -> Self {
        Self {
            width,
            ink,
            dash: Dash::Solid,
            opacity: 1.0,
        }
    }

    /// The same line, broken.
    #[must_use]
    pub const fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

//! Inks, dashes and strokes of marks. Colours are defined only here, for light and for dark.

use serde::{Deserialize, Serialize};

/// Light or dark surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// White background: print, and exported files by default.
    #[default]
    Light,
    /// The page at night.
    Dark,
}

/// The role of a mark's colour. The page's stylesheet and the exported file define the colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ink {
    /// Text and the estimate itself.
    Strong,
    /// Axes and secondary text.
    Soft,
    /// Grid lines.
    Faint,
    /// The accent colour, for the current child.
    Accent,
    /// The paper under the drawing.
    Paper,
    /// One of several curves, counted from 0; after the eighth the colours begin again with other dashes.
    Series(usize),
    /// The same in the second palette.
    Second(usize),
    /// One of several curves in grey; after the third the greys begin again with other dashes (nine differ).
    Grey(usize),
}

/// The palette of several curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Palette {
    /// Colours, distinct with any colour vision.
    #[default]
    Colour,
    /// A second set of colours that are as distinct.
    Second,
    /// Three greys, distinct by dashes.
    Grey,
}

impl Palette {
    /// The ink of a series.
    #[must_use]
    pub const fn series(self, index: usize) -> Ink {
        match self {
            Self::Colour => Ink::Series(index),
            Self::Second => Ink::Second(index),
            Self::Grey => Ink::Grey(index),
        }
    }

    /// The ink of a group: `colours` are the places in the palette that groups were given, a group that is not among them has
    /// its own place.
    pub(crate) fn group(self, colours: &[usize], group: usize) -> Ink {
        self.series(colours.get(group).copied().unwrap_or(group))
    }
}

/// Stylesheet of the page: the colours of the series in light and dark, and the rules of each class of a scene.
pub const STYLESHEET: &str = include_str!("figures.css");

/// How many colours there are for series.
pub const SERIES: usize = 8;

/// Classes of the series, in order.
const SERIES_CLASSES: [&str; SERIES] = [
    "ink-s1", "ink-s2", "ink-s3", "ink-s4", "ink-s5", "ink-s6", "ink-s7", "ink-s8",
];

const SECOND_CLASSES: [&str; SERIES] = [
    "ink-t1", "ink-t2", "ink-t3", "ink-t4", "ink-t5", "ink-t6", "ink-t7", "ink-t8",
];

const GREY_CLASSES: [&str; GREYS] = ["ink-g1", "ink-g2", "ink-g3"];

/// How many greys there are for series.
const GREYS: usize = 3;

/// Greys of the series on white and on the dark paper: each keeps 3:1 against it.
const LIGHT_GREYS: [&str; GREYS] = ["#1b1b1b", "#5e5e5e", "#8f8f8f"];
const DARK_GREYS: [&str; GREYS] = ["#f0f0f0", "#b0b0b0", "#7d7d7d"];

/// Colours of the series on white, in the manner of Okabe and Ito (2008): blue and vermillion are theirs, the others
/// were chosen so that each has a contrast of 3:1 to the background and is distinct from every other one, also with
/// protanopia, deuteranopia and tritanopia (simulated by the tests of this module). Black is reserved for published
/// estimates.
const LIGHT: [&str; SERIES] = [
    "#0072b2", "#d55e00", "#00462f", "#a65790", "#0099ef", "#b78a4a", "#7f3311", "#0c398e",
];

/// The same, on the dark paper of the page.
const DARK: [&str; SERIES] = [
    "#56b4e9", "#e8702a", "#a4b18e", "#a64a7e", "#f2f359", "#3166b8", "#edbc78", "#7b7249",
];

/// The second palette: purple and orange, and others as distinct as those of the first by the same tests.
const SECOND_LIGHT: [&str; SERIES] = [
    "#5d3a9b", "#e66100", "#1ea587", "#5a2d2d", "#872d00", "#7869f0", "#c378c3", "#0f0f3c",
];

/// The same, on the dark paper of the page.
const SECOND_DARK: [&str; SERIES] = [
    "#b79cf0", "#fd8d3c", "#0fb496", "#b4e1f0", "#695aa5", "#c32d3c", "#962de1", "#f0d296",
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
            Self::Second(index) => SECOND_CLASSES[index % SERIES],
            Self::Grey(index) => GREY_CLASSES[index % GREYS],
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
            (Self::Second(index), Theme::Light) => SECOND_LIGHT[index % SERIES],
            (Self::Grey(index), Theme::Light) => LIGHT_GREYS[index % GREYS],
            (Self::Strong, Theme::Dark) => "#e6eaee",
            (Self::Soft, Theme::Dark) => "#a5b0bb",
            (Self::Faint, Theme::Dark) => "#35404a",
            (Self::Accent, Theme::Dark) => "#7cc0ec",
            (Self::Paper, Theme::Dark) => "#12181d",
            (Self::Series(index), Theme::Dark) => DARK[index % SERIES],
            (Self::Second(index), Theme::Dark) => SECOND_DARK[index % SERIES],
            (Self::Grey(index), Theme::Dark) => DARK_GREYS[index % GREYS],
        }
    }
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Dash {
    /// A solid line.
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

    /// The value of `stroke-dasharray`: lengths of strokes and gaps in CSS pixels; `None` for a solid line.
    #[must_use]
    pub const fn pattern(self) -> Option<&'static str> {
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Width in CSS pixels.
    pub width: f64,
    /// Colour of the stroke.
    pub ink: Ink,
    /// How it is broken.
    pub dash: Dash,
    /// From 0, not to be seen, to 1.
    pub opacity: f64,
}

impl Stroke {
    /// Makes a solid stroke.
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

#[cfg(test)]
mod tests {
    use super::*;

    type Triple = [f64; 3];

    /// Linear red, green and blue of `#rrggbb`.
    fn linear(colour: &str) -> Triple {
        [1, 3, 5].map(|at| {
            let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                libm::pow((share + 0.055) / 1.055, 2.4)
            }
        })
    }

    fn luminance(colour: &str) -> f64 {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(first: &str, second: &str) -> f64 {
        let (first, second) = (luminance(first), luminance(second));
        (first.max(second) + 0.05) / (first.min(second) + 0.05)
    }

    /// Simulations of full colour-vision deficiency (Machado, Oliveira and Fernandes 2009), and of none.
    const SIGHTS: [[Triple; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    /// CIE 1976 lightness and opponents of a colour as seen.
    fn lab(colour: &str, sight: &[Triple; 3]) -> Triple {
        let source = linear(colour);
        let times = |row: &Triple| row.iter().zip(&source).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0);
        let [r, g, b] = [times(&sight[0]), times(&sight[1]), times(&sight[2])];
        let part = |value: f64| {
            if value > 216.0 / 24389.0 {
                libm::cbrt(value)
            } else {
                (24389.0 / 27.0 * value + 16.0) / 116.0
            }
        };
        let x = part((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
        let y = part(0.2126 * r + 0.7152 * g + 0.0722 * b);
        let z = part((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(first: &str, second: &str) -> f64 {
        let each = SIGHTS.iter().map(|sight| {
            let (first, second) = (lab(first, sight), lab(second, sight));
            first
                .iter()
                .zip(&second)
                .map(|(a, b)| (a - b) * (a - b))
                .sum::<f64>()
                .sqrt()
        });
        each.fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn every_series_is_visible_and_distinct() {
        let both = [Theme::Light, Theme::Dark].into_iter();
        for (theme, palette) in both.flat_map(|theme| [(theme, Palette::Colour), (theme, Palette::Second)]) {
            let colour = |index| palette.series(index).colour(theme);
            for first in 0..SERIES {
                let seen = contrast(colour(first), Ink::Paper.colour(theme));
                assert!(seen >= 3.0, "{theme:?} {first}: {seen}");
                for second in 0..first {
                    // The first three, which most figures need, are more distinct.
                    let least = if first < 3 { 25.0 } else { 14.0 };
                    let apart = distance(colour(first), colour(second));
                    assert!(apart >= least, "{theme:?} {first} {second}: {apart}");
                }
            }
        }
    }

    #[test]
    fn greys_are_visible_and_distinct_by_dashes() {
        for theme in [Theme::Light, Theme::Dark] {
            for grey in 0..GREYS {
                let seen = contrast(Ink::Grey(grey).colour(theme), Ink::Paper.colour(theme));
                assert!(seen >= 3.0, "{theme:?} {grey}: {seen}");
            }
        }
        let look = |index| (Ink::Grey(index).class(), Dash::of_series(index));
        for (first, second) in (0..9).flat_map(|first| (0..first).map(move |second| (first, second))) {
            assert_ne!(look(first), look(second), "{first} {second}");
        }
    }

    #[test]
    fn series_differ_in_colour_or_dash_to_the_fortieth() {
        let look = |index| (Ink::Series(index).class(), Dash::of_series(index));
        for first in 0..5 * SERIES {
            for second in 0..first {
                assert_ne!(look(first), look(second), "{first} {second}");
            }
        }
    }

    #[test]
    fn the_stylesheet_knows_every_ink() {
        let all = [Ink::Strong, Ink::Soft, Ink::Faint, Ink::Accent, Ink::Paper];
        let series = (0..SERIES)
            .map(Ink::Series)
            .chain((0..SERIES).map(Ink::Second))
            .chain((0..GREYS).map(Ink::Grey));
        for ink in all.into_iter().chain(series) {
            assert!(STYLESHEET.contains(&format!(".{}", ink.class())), "{ink:?}");
        }
        for index in 0..SERIES {
            for theme in [Theme::Light, Theme::Dark] {
                let token = format!("--series-{}: {};", index + 1, Ink::Series(index).colour(theme));
                assert!(STYLESHEET.contains(&token), "{token}");
                let token = format!("--second-{}: {};", index + 1, Ink::Second(index).colour(theme));
                assert!(STYLESHEET.contains(&token), "{token}");
            }
        }
        for (index, theme) in (0..GREYS).flat_map(|index| [(index, Theme::Light), (index, Theme::Dark)]) {
            let token = format!("--grey-{}: {};", index + 1, Ink::Grey(index).colour(theme));
            assert!(STYLESHEET.contains(&token), "{token}");
        }
    }
}

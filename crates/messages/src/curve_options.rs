//! What is asked of survival curves beside the times of estimates: scale and level of the intervals, quantiles, conditional
//! survival, simultaneous bands, the estimate of the cumulative hazard.
//!
//! In a project file: `interval`, `level`, `quantiles`, `conditional`, `simultaneous`, `band-from`, `band-to`, `hazard`.

use cotside_core::survival::{BandKind, Confidence, HazardTies, Scale};
use serde::{Deserialize, Serialize};

use crate::{number, years};

choice! {
    /// The scale on which the interval of a probability is symmetric.
    IntervalScale {
        /// log(−log).
        LogLog = "log-log",
        /// Log.
        Log = "log",
        /// Plain.
        Plain = "plain",
        /// Logit.
        Logit = "logit",
        /// Arcsine of the square root.
        Arcsin = "arcsin",
    }
}

choice! {
    /// A simultaneous band in place of pointwise intervals in the figure.
    SimultaneousBand {
        /// None: pointwise intervals.
        Pointwise = "pointwise",
        /// Equal precision (Nair).
        EqualPrecision = "equal-precision",
        /// Hall and Wellner's.
        HallWellner = "hall-wellner",
    }
}

choice! {
    /// How the cumulative hazard is estimated where events are tied.
    HazardEstimate {
        /// Nelson and Aalen's: events at one time against the same number at risk.
        NelsonAalen = "nelson-aalen",
        /// Fleming and Harrington's: one after the other.
        FlemingHarrington = "fleming-harrington",
    }
}

/// The lowest and the highest level of intervals, in per cent.
pub const LEVELS: (f64, f64) = (50.0, 99.9);

/// What is asked of curves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CurveOptions {
    /// The scale of intervals of probabilities.
    pub scale: IntervalScale,
    /// The level of all intervals, in per cent.
    pub level: f64,
    /// Per cent with the event, of which the times are told.
    pub quantiles: Vec<f64>,
    /// Years at which one is without the event, for conditional survival; none for no such estimate.
    pub conditional: Vec<f64>,
    /// The band of the figure.
    pub band: SimultaneousBand,
    /// Years at which the band begins; `None` for the first event.
    pub band_from: Option<f64>,
    /// Years at which it ends; `None` for the last time with survival above 0.
    pub band_to: Option<f64>,
    /// The estimate of the cumulative hazard.
    pub hazard: HazardEstimate,
}

impl Default for CurveOptions {
    fn default() -> Self {
        Self {
            scale: IntervalScale::default(),
            level: 95.0,
            quantiles: vec![25.0, 50.0, 75.0],
            conditional: Vec::new(),
            band: SimultaneousBand::default(),
            band_from: None,
            band_to: None,
            hazard: HazardEstimate::default(),
        }
    }
}

impl IntervalScale {
    /// The same for the engine.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Self::LogLog => Scale::LogLog,
            Self::Log => Scale::Log,
            Self::Plain => Scale::Plain,
            Self::Logit => Scale::Logit,
            Self::Arcsin => Scale::Arcsin,
        }
    }
}

impl SimultaneousBand {
    /// The same for the engine; `None` for pointwise intervals.
    #[must_use]
    pub fn kind(self) -> Option<BandKind> {
        match self {
            Self::Pointwise => None,
            Self::EqualPrecision => Some(BandKind::EqualPrecision),
            Self::HallWellner => Some(BandKind::HallWellner),
        }
    }
}

impl HazardEstimate {
    /// The same for the engine.
    #[must_use]
    pub fn ties(self) -> HazardTies {
        match self {
            Self::NelsonAalen => HazardTies::NelsonAalen,
            Self::FlemingHarrington => HazardTies::FlemingHarrington,
        }
    }
}

/// A level of intervals in per cent, from 50 to 99.9: `90`, `99,9`, `95%`.
#[must_use]
pub fn level(text: &str) -> Option<f64> {
    let level = number(text.trim().trim_end_matches('%'))?;
    (LEVELS.0..=LEVELS.1).contains(&level).then_some(level)
}

/// Per cent with the event, at most eight, each between 0 and 100: `25, 50, 75`. `None` where a part is not such a number.
#[must_use]
pub fn quantiles(text: &str) -> Option<Vec<f64>> {
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty()).take(8);
    let percent = |part: &str| number(part).filter(|percent| *percent > 0.0 && *percent < 100.0);
    parts.map(percent).collect()
}

/// Years from which survival is conditional, at most eight, each above 0: `1, 5`.
#[must_use]
pub fn conditional(text: &str) -> Vec<f64> {
    years(text).into_iter().filter(|year| *year > 0.0).collect()
}

impl CurveOptions {
    /// The level as a fraction, of six decimals in per cent: 99.9 is 0.999.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        (self.level * 1e6).round() / 1e8
    }

    /// Scale and level for the engine.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        Confidence::new(self.scale.scale(), self.fraction()).unwrap_or_default()
    }

    /// Takes a setting by its name in a project file; whether it has one of this name.
    pub fn takes(&mut self, name: &str, value: &str) -> bool {
        match name {
            "interval" => self.scale = IntervalScale::from_code(value).unwrap_or(self.scale),
            "level" => self.level = level(value).unwrap_or(self.level),
            "quantiles" => self.quantiles = quantiles(value).unwrap_or_else(|| self.quantiles.clone()),
            "conditional" => self.conditional = conditional(value),
            "simultaneous" => self.band = SimultaneousBand::from_code(value).unwrap_or(self.band),
            "band-from" => self.band_from = number(value),
            "band-to" => self.band_to = number(value),
            "hazard" => self.hazard = HazardEstimate::from_code(value).unwrap_or(self.hazard),
            _ => return false,
        }
        true
    }

    /// The settings that are not as at the beginning, by their names in a project file.
    #[must_use]
    pub fn named(&self) -> Vec<(String, String)> {
        let own = Self::default().values();
        let differing = self.values().into_iter().zip(own).filter(|(now, own)| now.1 != own.1);
        differing.map(|((name, value), _)| (name.to_owned(), value)).collect()
    }

    fn values(&self) -> [(&'static str, String); 8] {
        let list = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join("; ");
        let optional = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        [
            ("interval", self.scale.code().to_owned()),
            ("level", self.level.to_string()),
            ("quantiles", list(&self.quantiles)),
            ("conditional", list(&self.conditional)),
            ("simultaneous", self.band.code().to_owned()),
            ("band-from", optional(self.band_from)),
            ("band-to", optional(self.band_to)),
            ("hazard", self.hazard.code().to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_quantiles_as_they_are_typed() {
        for (text, found) in [("90", Some(90.0)), (" 99,9 ", Some(99.9)), ("95%", Some(95.0))] {
            assert_eq!(level(text), found, "{text}");
        }
        for text in ["0.95", "49.9", "100", "", "x"] {
            assert_eq!(level(text), None, "{text}");
        }
        assert_eq!(quantiles("10, 50;75"), Some(vec![10.0, 50.0, 75.0]));
        assert_eq!(
            (quantiles(""), quantiles("0"), quantiles("50 x")),
            (Some(vec![]), None, None)
        );
        assert_eq!(conditional("0, 1; 5"), [1.0, 5.0]);
    }

    /// A value that is not understood leaves the setting as it is.
    #[test]
    fn what_is_not_understood_changes_nothing() {
        let mut options = CurveOptions::default();
        for (name, value) in [
            ("level", "30"),
            ("quantiles", "200"),
            ("interval", "x"),
            ("simultaneous", "x"),
            ("hazard", "x"),
        ] {
            assert!(options.takes(name, value));
        }
        assert!(!options.takes("intervals", "log"));
        assert_eq!(options, CurveOptions::default());
        assert_eq!(options.confidence(), Confidence::default());
        for (level, fraction) in [(95.0, 0.95), (99.9, 0.999), (97.25, 0.9725)] {
            options.level = level;
            assert_eq!(options.fraction().to_bits(), f64::to_bits(fraction), "{level}");
        }
    }
}

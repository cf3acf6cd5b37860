//! Confidence intervals of a survival probability on five scales.

use super::normal_quantile;

/// The scale on which a confidence interval is symmetric: `conf.type` of R's `survfit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Complementary log-log, log(−log S).
    #[default]
    LogLog,
    /// Log, log S, with the upper end at most 1.
    Log,
    /// Plain, S itself, with the ends cut at 0 and 1.
    Plain,
    /// Logit, log(S/(1 − S)).
    Logit,
    /// Arcsine, arcsin √S.
    Arcsin,
}

/// A confidence interval of a probability or of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// Scale and level of intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence {
    scale: Scale,
    level: f64,
    z: f64,
}

impl Default for Confidence {
    fn default() -> Self {
        Self {
            scale: Scale::LogLog,
            level: 0.95,
            z: normal_quantile(0.975),
        }
    }
}

impl Confidence {
    /// Makes intervals of this scale and level (0.95, not 95); `None` where the level is not between 0 and 1.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, Scale};
    ///
    /// assert!((Confidence::new(Scale::LogLog, 0.95).unwrap().z() - 1.959_963_984_540_054).abs() < 1e-14);
    /// assert_eq!(Confidence::new(Scale::LogLog, 95.0), None);
    /// ```
    #[must_use]
    pub fn new(scale: Scale, level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then(|| Self {
            scale,
            level,
            z: normal_quantile(1.0 - (1.0 - level) / 2.0),
        })
    }

    /// Returns the scale.
    #[must_use]
    pub fn scale(self) -> Scale {
        self.scale
    }

    /// Returns the level, between 0 and 1.
    #[must_use]
    pub fn level(self) -> f64 {
        self.level
    }

    /// Returns the two-sided normal quantile of the level: 1.96 for 0.95.
    #[must_use]
    pub fn z(self) -> f64 {
        self.z
    }

    /// Returns the interval of a survival probability from `log_std_err`, the standard error of its logarithm: R's
    /// `survival:::survfit_confint`. `None` where R has NA: at S = 0 on every scale; at S = 1 on the log-log, logit and
    /// arcsine scales.
    ///
    /// ```
    /// use cotside_core::survival::{Confidence, Interval, Scale};
    ///
    /// // R: survival:::survfit_confint(0.8, sqrt(0.05), logse = TRUE, conf.type = TYPE, conf.int = 0.95)
    /// let interval = |scale| Confidence::new(scale, 0.95).unwrap().interval(0.8, 0.05_f64.sqrt()).unwrap();
    /// let is = |found: Interval, [lower, upper]: [f64; 2]| {
    ///     (found.lower - lower).abs() < 1e-11 && (found.upper - upper).abs() < 1e-11
    /// };
    /// assert!(is(interval(Scale::LogLog), [0.203_809_263_268, 0.969_179_788_867]));
    /// assert!(is(interval(Scale::Log), [0.516_125_760_342, 1.0]));
    /// assert!(is(interval(Scale::Plain), [0.449_390_983_769, 1.0]));
    /// assert!(is(interval(Scale::Logit), [0.308_954_427_626, 0.972_816_907_553]));
    /// assert!(is(interval(Scale::Arcsin), [0.384_540_827_479, 0.999_355_672_240]));
    /// ```
    #[must_use]
    pub fn interval(self, survival: f64, log_std_err: f64) -> Option<Interval> {
        self.scale.interval(survival, self.z * log_std_err)
    }
}

impl Scale {
    /// Returns the interval of a probability from `reach`, the half-width on the log scale (a quantile times a standard
    /// error of log S).
    ///
    /// ```
    /// use cotside_core::survival::Scale;
    ///
    /// // By hand: 0.5·e^(∓ln 2) = 0.25 and 1.
    /// let interval = Scale::Log.interval(0.5, 2.0_f64.ln()).unwrap();
    /// assert!((interval.lower - 0.25).abs() < 1e-12 && (interval.upper - 1.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn interval(self, survival: f64, reach: f64) -> Option<Interval> {
        let s = survival;
        if !(s > 0.0 && s <= 1.0 && reach.is_finite()) {
            return None;
        }
        let (lower, upper) = match self {
            Self::Plain => ((s - reach * s).max(0.0), (s + reach * s).min(1.0)),
            Self::Log => {
                let log = libm::log(s);
                (libm::exp(log - reach), libm::exp(log + reach).min(1.0))
            }
            Self::LogLog => {
                let log = libm::log(s);
                let (centre, reach) = (libm::log(-log), reach / log);
                let back = |x: f64| libm::exp(-libm::exp(x));
                (back(centre - reach), back(centre + reach))
            }
            Self::Logit => {
                let reach = reach * (1.0 + s / (1.0 - s));
                let centre = libm::log(s / (1.0 - s));
                let back = |x: f64| 1.0 - 1.0 / (1.0 + libm::exp(x));
                (back(centre - reach), back(centre + reach))
            }
            Self::Arcsin => {
                let reach = 0.5 * reach * (s / (1.0 - s)).sqrt();
                let centre = libm::asin(s.sqrt());
                let back = |x: f64| {
                    let sine = sine(x);
                    sine * sine
                };
                let right_angle = std::f64::consts::FRAC_PI_2;
                (back((centre - reach).max(0.0)), back((centre + reach).min(right_angle)))
            }
        };
        // f64::max hides a NaN, which arises here only from S = 1.
        let undefined_at_one = s == 1.0 && matches!(self, Self::LogLog | Self::Logit | Self::Arcsin);
        (!undefined_at_one && lower.is_finite() && upper.is_finite()).then_some(Interval { lower, upper })
    }

    /// Returns the probability on this scale, and the derivative of the scale by log S there; `None` where it is
    /// infinite.
    #[must_use]
    pub(crate) fn transform(self, survival: f64) -> Option<(f64, f64)> {
        let s = survival;
        let (value, slope) = match self {
            Self::Plain => (s, s),
            Self::Log => (libm::log(s), 1.0),
            Self::LogLog => (libm::log(-libm::log(s)), 1.0 / libm::log(s)),
            Self::Logit => (libm::log(s / (1.0 - s)), 1.0 / (1.0 - s)),
            Self::Arcsin => (libm::asin(s.sqrt()), 0.5 * (s / (1.0 - s)).sqrt()),
        };
        (value.is_finite() && slope.is_finite()).then_some((value, slope))
    }
}

/// Returns the sine of an angle between 0 and π/2 by its series; that of `libm` adds 6 kB to the download.
fn sine(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for place in 1..13 {
        term *= -x * x / f64::from(2 * place * (2 * place + 1));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MLL03 (n = 62): 43.2 % is printed with 30.7 to 55.1 %. From the printed estimate and the binomial standard error
    /// the log-log interval is that to a tenth of a percent, which is what rounding the estimate leaves open.
    #[test]
    fn the_series_is_the_sine() {
        for step in 0..=1000 {
            let x = std::f64::consts::FRAC_PI_2 * f64::from(step) / 1000.0;
            assert!((sine(x) - libm::sin(x)).abs() <= 4e-16, "{x}");
        }
    }

    #[test]
    fn as_published() {
        let survival = 0.432_f64;
        let log_std_err = ((1.0 - survival) / (62.0 * survival)).sqrt();
        let interval = Confidence::default().interval(survival, log_std_err).unwrap();
        assert!((interval.lower - 0.307).abs() < 1e-3, "{interval:?}");
        assert!((interval.upper - 0.551).abs() < 1e-3, "{interval:?}");
    }

    #[test]
    fn ends_of_the_scale() {
        use Scale::{Arcsin, Log, LogLog, Logit, Plain};
        for scale in [LogLog, Log, Plain, Logit, Arcsin] {
            assert_eq!(scale.interval(0.0, 1.0), None);
            let whole = Some(Interval { lower: 1.0, upper: 1.0 });
            let expected = if matches!(scale, Log | Plain) { whole } else { None };
            assert_eq!(scale.interval(1.0, 0.0), expected);
        }
        assert_eq!(Confidence::new(Plain, 1.0), None);
    }
}

//! A confidence interval against estimate, standard error and number of patients.

use super::{Verdict, quantile};
use crate::evidence::{Printed, Range};
use crate::survival::{Interval, Scale};

/// The scales tried, the usual ones of survival first.
const SCALES: [Scale; 5] = [Scale::LogLog, Scale::Plain, Scale::Log, Scale::Logit, Scale::Arcsin];

/// Where a standard error comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The printed standard error.
    StandardError,
    /// The binomial standard error √(p(1 − p)/n), without censoring.
    Binomial,
}

/// The result of the check on one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleFit {
    /// The scale of the comparison.
    pub scale: Scale,
    /// Standard error that the lower end implies, percentage points; `None` where the end is cut or infinite.
    pub from_lower: Option<f64>,
    /// The same of the upper end.
    pub from_upper: Option<f64>,
    /// True if both ends imply one standard error, up to rounding: the interval is symmetric on this scale.
    pub symmetric: Option<bool>,
    /// True if that standard error is below the binomial one of n, which no standard error is (see
    /// [`super::check_standard_error`]).
    pub below_binomial: bool,
    /// The interval from the printed standard error, per cent, and whether it rounds to the printed one.
    pub from_standard_error: Option<(Interval, bool)>,
    /// The interval from the binomial standard error, per cent, and whether it rounds to the printed one.
    pub from_n: Option<(Interval, bool)>,
}

/// A confidence interval against estimate, standard error and number of patients.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalCheck {
    /// The rate in per cent.
    pub estimate: Printed,
    /// Ends of the interval, per cent.
    pub interval: (Printed, Printed),
    /// Level of the interval, for example 0.95.
    pub level: f64,
    /// Standard error as printed, in percentage points.
    pub standard_error: Option<Printed>,
    /// Number of patients.
    pub n: Option<u32>,
    /// True if the estimate is in the interval.
    pub ordered: bool,
    /// One result for each scale.
    pub scales: Vec<ScaleFit>,
}

impl ScaleFit {
    /// The standard error that the interval implies on this scale: the mean of its two ends.
    #[must_use]
    pub fn implied(&self) -> Option<f64> {
        match (self.from_lower, self.from_upper) {
            (Some(lower), Some(upper)) => Some((lower + upper) / 2.0),
            (one, other) => one.or(other),
        }
    }

    /// True if the interval follows from this standard error on this scale; `None` without one.
    #[must_use]
    pub fn follows_from(&self, basis: Basis) -> Option<bool> {
        let found = match basis {
            Basis::StandardError => self.from_standard_error,
            Basis::Binomial => self.from_n,
        };
        found.map(|(_, follows)| follows)
    }
}

impl IntervalCheck {
    /// Scales on which the interval follows from the standard error (or from n, where none is printed).
    pub fn followed(&self) -> impl Iterator<Item = &ScaleFit> {
        let basis = self.basis();
        self.scales
            .iter()
            .filter(move |fit| basis.is_some_and(|basis| fit.follows_from(basis) == Some(true)))
    }

    /// Scales on which the interval is symmetric.
    pub fn symmetric(&self) -> impl Iterator<Item = &ScaleFit> {
        self.scales.iter().filter(|fit| fit.symmetric == Some(true))
    }

    /// True if an end of the interval is cut at 0 or 100, so that its symmetry cannot be checked.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.scales.iter().all(|fit| fit.symmetric.is_none())
    }

    /// Returns the standard error from which the compared interval is computed.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        match (self.standard_error, self.n) {
            (Some(_), _) => Some(Basis::StandardError),
            (None, Some(_)) => Some(Basis::Binomial),
            (None, None) => None,
        }
    }

    /// Returns the verdict of the check. An interval that does not follow from the binomial standard error may still be
    /// that of censored patients, as long as it is symmetric on some scale.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if !self.ordered {
            return Verdict::DoesNotFollow;
        }
        let follows = self.followed().next().is_some();
        let possible = |fit: &ScaleFit| fit.implied().is_some() && !fit.below_binomial;
        let symmetric = if self.is_cut() {
            self.scales.iter().any(possible)
        } else {
            self.symmetric().any(possible)
        };
        match (self.basis(), follows, symmetric) {
            (_, true, _) => Verdict::Follows,
            (Some(Basis::StandardError), false, _) | (_, _, false) => Verdict::DoesNotFollow,
            _ => Verdict::Compatible,
        }
    }
}

/// Checks an interval of `level` (0.95) of a rate on the log-log, plain, log, logit and arcsine scales; `None` where
/// the numbers are not rates between 0 and 100 or the level is not between 0 and 1.
///
/// On a scale g the interval is g(p) ± z·g'(p)·SE, so each end implies SE = |g(end) − g(p)|/(z·g'(p)); the scale on
/// which both imply the same was used. Ends cut at 0 or 100 imply no standard error.
///
/// MLL03: 43.2 (30.7–55.1) %, n = 62. On the log-log scale the ends imply 6.31 and 6.30 %, on the plain scale 6.38 and
/// 6.07 %; the binomial standard error is 6.29 %.
#[must_use]
pub fn check_interval(
    estimate: Printed,
    interval: (Printed, Printed),
    standard_error: Option<Printed>,
    n: Option<u32>,
    level: f64,
) -> Option<IntervalCheck> {
    let z = quantile(level)?;
    let percent = |printed: Printed| (0.0..=100.0).contains(&printed.value());
    if !(percent(estimate) && percent(interval.0) && percent(interval.1)) {
        return None;
    }
    if standard_error.is_some_and(|error| error.value() < 0.0) || n == Some(0) {
        return None;
    }
    let ordered = interval.0.value() <= estimate.value() && estimate.value() <= interval.1.value();
    let fraction = |printed: Printed| printed.scaled(-2);
    let question = Question {
        estimate: fraction(estimate),
        lower: fraction(interval.0),
        upper: fraction(interval.1),
        standard_error: standard_error.map(fraction),
        n,
        z,
    };
    Some(IntervalCheck {
        estimate,
        interval,
        level,
        standard_error,
        n,
        ordered,
        scales: SCALES.into_iter().map(|scale| question.on(scale)).collect(),
    })
}

/// The numbers as fractions.
struct Question {
    estimate: Printed,
    lower: Printed,
    upper: Printed,
    standard_error: Option<Printed>,
    n: Option<u32>,
    z: f64,
}

impl Question {
    fn on(&self, scale: Scale) -> ScaleFit {
        let (lower, upper) = (self.implied(scale, self.lower), self.implied(scale, self.upper));
        let binomial = |share: f64, n: u32| (share * (1.0 - share) / f64::from(n)).max(0.0).sqrt();
        let smallest = self
            .n
            .and_then(|n| Range::of_function(self.estimate.range(), Range::of(0.0), |share, _| binomial(share, n)));
        let below = |implied: &Option<(f64, Range)>| match (implied, smallest) {
            (Some((_, implied)), Some(smallest)) => implied.high < smallest.low,
            _ => false,
        };
        ScaleFit {
            below_binomial: below(&lower) || below(&upper),
            scale,
            from_lower: lower.map(|(error, _)| 100.0 * error),
            from_upper: upper.map(|(error, _)| 100.0 * error),
            symmetric: match (lower, upper) {
                (Some((_, lower)), Some((_, upper))) => Some(lower.meets(upper)),
                _ => None,
            },
            from_standard_error: self
                .standard_error
                .and_then(|error| self.computed(scale, |_| error.value(), error.range())),
            from_n: self
                .n
                .and_then(|n| self.computed(scale, |share| binomial(share, n), Range::of(0.0))),
        }
    }

    /// The standard error that one end implies, and its range under rounding.
    fn implied(&self, scale: Scale, end: Printed) -> Option<(f64, Range)> {
        if end.value() <= 0.0 || end.value() >= 1.0 {
            return None;
        }
        let inside = |value: f64| value.clamp(1e-12, 1.0 - 1e-12);
        let error = |share: f64, end: f64| {
            let (share, end) = (inside(share), inside(end));
            match (scale.transform(share), scale.transform(end)) {
                (Some((centre, slope)), Some((end, _))) => share * ((end - centre) / (self.z * slope)).abs(),
                _ => f64::NAN,
            }
        };
        let exact = error(self.estimate.value(), end.value());
        let range = Range::of_function(self.estimate.range(), end.range(), error)?;
        exact.is_finite().then_some((exact, range))
    }

    /// Returns the interval, in per cent, from a standard error that may depend on the rate (`error`) or have its own
    /// range, and whether it rounds to the printed one.
    fn computed(&self, scale: Scale, error: impl Fn(f64) -> f64, errors: Range) -> Option<(Interval, bool)> {
        let ends = |share: f64, error: f64| scale.interval(share, self.z * error / share);
        let exact = ends(self.estimate.value(), error(self.estimate.value()))?;
        let depends = errors == Range::of(0.0);
        let end = |pick: fn(Interval) -> f64| {
            Range::of_function(self.estimate.range(), errors, |share, given| {
                let used = if depends { error(share) } else { given };
                ends(share, used).map_or(f64::NAN, pick)
            })
        };
        let meets = |range: Option<Range>, printed: Printed| range.is_some_and(|range| range.meets(printed.range()));
        let follows =
            meets(end(|interval| interval.lower), self.lower) && meets(end(|interval| interval.upper), self.upper);
        let percent = Interval {
            lower: 100.0 * exact.lower,
            upper: 100.0 * exact.upper,
        };
        Some((percent, follows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Printed {
        Printed::read(text).unwrap()
    }

    fn check(estimate: &str, lower: &str, upper: &str, error: Option<&str>, n: Option<u32>) -> IntervalCheck {
        let interval = (printed(lower), printed(upper));
        check_interval(printed(estimate), interval, error.map(printed), n, 0.95).unwrap()
    }

    fn scales<'a>(fits: impl Iterator<Item = &'a ScaleFit>) -> Vec<Scale> {
        fits.map(|fit| fit.scale).collect()
    }

    /// MLL03: log-log intervals of 62 infants, none censored before four years.
    #[test]
    fn mll03() {
        let found = check("43.2", "30.7", "55.1", None, Some(62));
        assert!(scales(found.followed()).contains(&Scale::LogLog), "{found:?}");
        assert!(!scales(found.symmetric()).contains(&Scale::Plain), "{found:?}");
        let fit = found.scales[0];
        assert!((fit.from_lower.unwrap() - 6.27).abs() < 0.06, "{fit:?}");
        assert!((fit.implied().unwrap() - 6.3).abs() < 0.05, "{fit:?}");
        assert_eq!(found.verdict(), Verdict::Follows);
        let overall = check("67.2", "53.8", "77.4", None, Some(62));
        assert!(scales(overall.symmetric()).contains(&Scale::LogLog), "{overall:?}");
        assert_eq!(overall.verdict(), Verdict::Compatible);
    }

    /// Dreyer 2011: ± 14.9 to both sides, a plain interval.
    #[test]
    fn plain_intervals() {
        for (estimate, lower, upper) in [("48.8", "33.9", "63.7"), ("48.7", "33.8", "63.6")] {
            let found = check(estimate, lower, upper, None, None);
            assert!(scales(found.symmetric()).contains(&Scale::Plain), "{found:?}");
            assert!(!scales(found.symmetric()).contains(&Scale::LogLog), "{found:?}");
            assert_eq!(found.verdict(), Verdict::Compatible);
            let plain = found.scales.iter().find(|fit| fit.scale == Scale::Plain).unwrap();
            assert!((plain.implied().unwrap() - 7.6).abs() < 0.01);
        }
    }

    /// The pilot's intervals are log-log, that of survival the one of 28 of 30.
    #[test]
    fn pilot() {
        let found = check("93.3", "75.9", "98.3", None, Some(30));
        assert!(scales(found.followed()).contains(&Scale::LogLog), "{found:?}");
        let found = check("81.6", "60.8", "92.0", None, None);
        assert!(scales(found.symmetric()).contains(&Scale::LogLog), "{found:?}");
    }

    /// 21 of 22: a plain interval cut at 100.
    #[test]
    fn cut_at_the_end() {
        let found = check("95.5", "86.9", "100", None, Some(22));
        assert!(scales(found.followed()).contains(&Scale::Plain), "{found:?}");
        let plain = found.scales.iter().find(|fit| fit.scale == Scale::Plain).unwrap();
        assert_eq!(plain.from_upper, None);
        assert!(!scales(found.followed()).contains(&Scale::LogLog), "{found:?}");
    }

    #[test]
    fn what_does_not_follow() {
        assert_eq!(check("50", "55", "60", None, None).verdict(), Verdict::DoesNotFollow);
        assert_eq!(
            check("50.0", "30.0", "70.0", Some("5.0"), None).verdict(),
            Verdict::DoesNotFollow
        );
        assert_eq!(
            check("50.0", "40.2", "59.8", Some("5.0"), None).verdict(),
            Verdict::Follows
        );
        assert_eq!(
            check("50.0", "49.0", "90.0", None, Some(30)).verdict(),
            Verdict::DoesNotFollow
        );
        // Symmetric and too narrow for 30: half of the binomial width.
        assert_eq!(
            check("50.0", "41.0", "59.0", None, Some(30)).verdict(),
            Verdict::DoesNotFollow
        );
        assert_eq!(
            check_interval(printed("50"), (printed("-1"), printed("60")), None, None, 0.95),
            None
        );
        assert_eq!(
            check_interval(printed("50"), (printed("40"), printed("60")), None, None, 1.0),
            None
        );
    }
}

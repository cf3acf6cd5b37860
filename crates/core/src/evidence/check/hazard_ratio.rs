//! A hazard ratio, its confidence interval and its p value against each other.

use super::{Verdict, quantile};
use crate::evidence::{Printed, Range};
use crate::survival::normal_two_sided;

/// A p value as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PrintedP {
    /// `P = .088`.
    Equal(Printed),
    /// `P < .001`.
    Below(Printed),
}

impl PrintedP {
    /// Reads `0.088`, `.088`, `=.088`, `<0.001`; `None` for a text that is not a probability.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (below, number) = match text.strip_prefix('<') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('=').unwrap_or(text)),
        };
        let printed = Printed::read(number).filter(|printed| (0.0..=1.0).contains(&printed.value()))?;
        Some(if below {
            Self::Below(printed)
        } else {
            Self::Equal(printed)
        })
    }
}

/// A hazard ratio against its interval and p value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HazardRatioCheck {
    /// The hazard ratio as printed.
    pub hazard_ratio: Printed,
    /// The confidence interval as printed, lower and upper.
    pub interval: (Printed, Printed),
    /// The p value as printed, if any.
    pub p: Option<PrintedP>,
    /// Level of the interval.
    pub level: f64,
    /// √(lower · upper), where the hazard ratio is in an interval that is symmetric on the log scale.
    pub centre: f64,
    /// True if the printed hazard ratio is there, up to rounding.
    pub centred: bool,
    /// Standard error of the log hazard ratio, from the width of the interval.
    pub std_err: f64,
    /// Wald statistic implied by the interval.
    pub z: f64,
    /// p value that follows from hazard ratio and interval.
    pub computed_p: f64,
    /// The range of p values that is compatible with rounding.
    pub p_range: Range,
    /// True if the printed p is one of them; `None` without one.
    pub p_follows: Option<bool>,
    /// True if interval and p agree about 1: an interval without 1 and a p of at most 1 − level, or neither.
    pub agree_on_one: Option<bool>,
}

impl HazardRatioCheck {
    /// Returns the verdict of the check. A p value that does not follow from the interval may be of another test
    /// (log-rank, likelihood ratio), as long as both agree about 1.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.centred, self.p_follows, self.agree_on_one) {
            (false, ..) | (_, _, Some(false)) => Verdict::DoesNotFollow,
            (true, Some(false), _) => Verdict::Conditional,
            (true, Some(true) | None, _) => Verdict::Follows,
        }
    }
}

/// Checks a hazard ratio (or odds ratio) with the interval of `level` that is symmetric on the log scale, and p of the
/// Wald test; `None` unless 0 < lower < upper and the ratio is above 0.
///
/// SE = ln(upper/lower)/(2z), Wald z = ln(ratio)/SE, p = 2Φ(−|z|).
///
/// MLL03: 1.969 (0.903–4.291). SE is .3977, z is 1.704, p is .088.
#[must_use]
pub fn check_hazard_ratio(
    hazard_ratio: Printed,
    interval: (Printed, Printed),
    p: Option<PrintedP>,
    level: f64,
) -> Option<HazardRatioCheck> {
    let quantile = quantile(level)?;
    let (lower, upper) = (interval.0.value(), interval.1.value());
    if !(hazard_ratio.value() > 0.0 && lower > 0.0 && upper > lower) {
        return None;
    }
    let log = |value: f64| libm::log(value.max(1e-300));
    let error = |lower: f64, upper: f64| ((log(upper) - log(lower)) / (2.0 * quantile)).max(1e-12);
    let std_err = error(lower, upper);
    let z = log(hazard_ratio.value()) / std_err;
    let (low_ends, high_ends) = (interval.0.range(), interval.1.range());
    let errors = Range::of_function(low_ends, high_ends, error)?;
    let centres = Range::of_function(low_ends, high_ends, |low, high| {
        low.max(0.0).sqrt() * high.max(0.0).sqrt()
    })?;
    let statistics = Range::of_function(hazard_ratio.range(), errors, |ratio, error| log(ratio) / error)?;
    let p_range = p_values(statistics);
    let p_follows = p.map(|p| match p {
        PrintedP::Equal(printed) => p_range.meets(printed.range()),
        PrintedP::Below(printed) => p_range.low < printed.value(),
    });
    Some(HazardRatioCheck {
        hazard_ratio,
        interval,
        p,
        level,
        centre: lower.sqrt() * upper.sqrt(),
        centred: centres.meets(hazard_ratio.range()),
        std_err,
        z,
        computed_p: normal_two_sided(z),
        p_range,
        p_follows,
        agree_on_one: p.and_then(|p| agree_on_one(interval, p, 1.0 - level)),
    })
}

/// p values of a range of statistics.
fn p_values(z: Range) -> Range {
    let (a, b) = (normal_two_sided(z.low), normal_two_sided(z.high));
    Range {
        low: a.min(b),
        high: if z.holds(0.0) { 1.0 } else { a.max(b) },
    }
}

/// Returns whether interval and p agree about 1; `None` where rounding makes one of the two ambiguous.
fn agree_on_one(interval: (Printed, Printed), p: PrintedP, alpha: f64) -> Option<bool> {
    let (lower, upper) = (interval.0.range(), interval.1.range());
    let excludes = if lower.low > 1.0 || upper.high < 1.0 {
        true
    } else if lower.high < 1.0 && upper.low > 1.0 {
        false
    } else {
        return None;
    };
    let significant = match p {
        PrintedP::Equal(printed) if printed.range().high < alpha => true,
        PrintedP::Equal(printed) if printed.range().low > alpha => false,
        PrintedP::Below(printed) if printed.value() <= alpha + 1e-12 => true,
        _ => return None,
    };
    Some(excludes == significant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ratio: &str, lower: &str, upper: &str, p: Option<&str>) -> HazardRatioCheck {
        let read = |text| Printed::read(text).unwrap();
        let p = p.map(|text| PrintedP::read(text).unwrap());
        check_hazard_ratio(read(ratio), (read(lower), read(upper)), p, 0.95).unwrap()
    }

    /// MLL03, age in the multivariate analysis.
    #[test]
    fn mll03() {
        let found = check("1.969", "0.903", "4.291", Some("0.088"));
        assert!((found.std_err - 0.3976).abs() < 1e-4, "{found:?}");
        assert!((found.z - 1.7039).abs() < 1e-3, "{found:?}");
        assert!((found.computed_p - 0.0884).abs() < 1e-4, "{found:?}");
        assert_eq!(
            (found.centred, found.p_follows, found.agree_on_one),
            (true, Some(true), Some(true))
        );
        assert_eq!(found.verdict(), Verdict::Follows);
    }

    #[test]
    fn what_does_not_follow() {
        assert_eq!(check("2.5", "0.9", "4.3", None).verdict(), Verdict::DoesNotFollow);
        assert_eq!(
            check("1.969", "0.903", "4.291", Some("0.03")).verdict(),
            Verdict::DoesNotFollow
        );
        assert_eq!(
            check("1.969", "0.903", "4.291", Some("0.120")).verdict(),
            Verdict::Conditional
        );
        assert_eq!(check("3.0", "1.5", "6.0", Some("<0.01")).verdict(), Verdict::Follows);
        assert_eq!(check("3.0", "1.5", "6.0", Some("<.05")).verdict(), Verdict::Follows);
    }

    #[test]
    fn invalid_ratios() {
        let read = |text| Printed::read(text).unwrap();
        assert_eq!(check_hazard_ratio(read("0"), (read("0"), read("1")), None, 0.95), None);
        assert_eq!(check_hazard_ratio(read("1"), (read("2"), read("1")), None, 0.95), None);
        // An end that may have been rounded down to 0 still gives finite numbers.
        let found = check("0.1", "0.004", "2", Some("0.1"));
        assert!(found.p_range.low.is_finite() && found.p_range.high.is_finite());
        for text in ["", "2", "-1", "x", "<"] {
            assert_eq!(PrintedP::read(text), None, "{text}");
        }
    }
}

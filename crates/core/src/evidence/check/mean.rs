//! The rate of a whole against the rates of its parts.

use super::Verdict;
use crate::evidence::{Printed, Range};

/// The rate of a whole against the mean of its parts, weighted by their numbers of patients.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedMeanCheck {
    /// Patients and rate (per cent) of each part.
    pub parts: Vec<(u32, Printed)>,
    /// The rate of the whole, per cent.
    pub whole: Printed,
    /// Weighted mean of the parts, Σ n·p/Σ n.
    pub mean: f64,
    /// The range of the mean that is compatible with rounding of the parts.
    pub range: Range,
}

impl WeightedMeanCheck {
    /// The printed rate less the mean, percentage points.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.whole.value() - self.mean
    }

    /// Returns the verdict of the check. With censoring the rate of a whole is only near the mean of its parts, so that
    /// a difference of up to two points is compatible.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self.range.meets(self.whole.range()) {
            Verdict::Follows
        } else if self.difference().abs() <= 2.0 {
            Verdict::Compatible
        } else {
            Verdict::DoesNotFollow
        }
    }
}

/// Checks the rate of a whole against those of its parts; `None` without patients or where a number is not a rate from
/// 0 to 100.
///
/// MLL-10 at three years: (19 · 94.4 + 56 · 56.6)/75 = 66.2 %, the rate printed for all 75 rearranged infants.
#[must_use]
pub fn check_weighted_mean(parts: &[(u32, Printed)], whole: Printed) -> Option<WeightedMeanCheck> {
    let total: f64 = parts.iter().map(|&(n, _)| f64::from(n)).sum();
    let rate = |printed: Printed| (0.0..=100.0).contains(&printed.value());
    if total <= 0.0 || !rate(whole) || !parts.iter().all(|&(_, part)| rate(part)) {
        return None;
    }
    let mean_of =
        |value: fn(Printed) -> f64| parts.iter().map(|&(n, rate)| f64::from(n) * value(rate)).sum::<f64>() / total;
    Some(WeightedMeanCheck {
        parts: parts.to_vec(),
        whole,
        mean: mean_of(Printed::value),
        range: Range {
            low: mean_of(|rate| rate.range().low),
            high: mean_of(|rate| rate.range().high),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[(u32, &str)], whole: &str) -> WeightedMeanCheck {
        let parts: Vec<_> = parts
            .iter()
            .map(|&(n, rate)| (n, Printed::read(rate).unwrap()))
            .collect();
        check_weighted_mean(&parts, Printed::read(whole).unwrap()).unwrap()
    }

    /// MLL-10: intermediate and high risk at three years make the rate that a commentary calls one of five years.
    #[test]
    fn mll_10() {
        let found = check(&[(19, "94.4"), (56, "56.6")], "66.2");
        assert!((found.mean - 66.176).abs() < 1e-3);
        assert_eq!(found.verdict(), Verdict::Follows);
        let all = check(&[(75, "66.2"), (15, "93.3")], "70.9");
        assert!((all.mean - 70.717).abs() < 1e-3);
        assert_eq!(all.verdict(), Verdict::Compatible);
        assert_eq!(check(&[(80, "38.6"), (22, "95.5")], "50.9").verdict(), Verdict::Follows);
        assert_eq!(
            check(&[(80, "38.6"), (22, "95.5")], "60.9").verdict(),
            Verdict::DoesNotFollow
        );
        assert_eq!(check_weighted_mean(&[], Printed::read("1").unwrap()), None);
    }
}

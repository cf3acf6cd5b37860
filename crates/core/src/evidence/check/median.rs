//! A printed median against its range and against the values of a table.

use super::Verdict;
use crate::evidence::Printed;

/// A median against the ends of its range, and against the values where they are printed.
#[derive(Debug, Clone, PartialEq)]
pub struct MedianCheck {
    /// The median as printed.
    pub median: Printed,
    /// Ends of the range as printed.
    pub range: (Printed, Printed),
    /// Midpoint of the range, (low + high)/2.
    pub midpoint: f64,
    /// True if the median is the midpoint, up to rounding.
    pub is_midpoint: bool,
    /// True if the median is in the range.
    pub in_range: bool,
    /// Number of values.
    pub n: usize,
    /// Median of the values.
    pub median_of_values: Option<f64>,
    /// Smallest and largest value.
    pub range_of_values: Option<(f64, f64)>,
}

impl MedianCheck {
    /// True if the values have the printed median; `None` without values.
    #[must_use]
    pub fn follows_from_values(&self) -> Option<bool> {
        self.median_of_values.map(|median| self.median.is_rounded(median))
    }

    /// True if the values have the printed range; `None` without values.
    #[must_use]
    pub fn range_follows(&self) -> Option<bool> {
        let (low, high) = self.range_of_values?;
        Some(self.range.0.is_rounded(low) && self.range.1.is_rounded(high))
    }

    /// Returns the verdict of the check. Without values a median at the midpoint is only remarkable.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.follows_from_values() {
            _ if !self.in_range => Verdict::DoesNotFollow,
            Some(true) => Verdict::Follows,
            Some(false) => Verdict::DoesNotFollow,
            None if self.is_midpoint => Verdict::Conditional,
            None => Verdict::Compatible,
        }
    }
}

/// Checks a median; `values` may be empty. `None` where the range has no order or a value is not finite.
///
/// Lee 2011: neutrophils recovered at a "median" of 16.5 days. The days of its table are 12, 15, 23, 11, 12, 10: their
/// median is 12, and 16.5 is (10 + 23)/2.
#[must_use]
pub fn check_median(median: Printed, range: (Printed, Printed), values: &[f64]) -> Option<MedianCheck> {
    let (low, high) = (range.0.value(), range.1.value());
    if low > high || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let midpoint = low / 2.0 + high / 2.0;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len();
    let at = |position: usize| sorted.get(position).copied();
    let median_of_values = match n {
        0 => None,
        _ if n % 2 == 1 => at(n / 2),
        _ => at(n / 2 - 1).zip(at(n / 2)).map(|(a, b)| a / 2.0 + b / 2.0),
    };
    // Ends are rounded too: the midpoint may be half a unit to either side.
    let slack = range.0.half_unit().max(range.1.half_unit());
    let exact = median.value() - midpoint;
    Some(MedianCheck {
        median,
        range,
        midpoint,
        is_midpoint: low < high && (median.is_rounded(midpoint) || exact.abs() < slack.min(median.half_unit())),
        in_range: median.range().high >= low && median.range().low <= high,
        n,
        median_of_values,
        range_of_values: at(0).zip(sorted.last().copied()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(median: &str, low: &str, high: &str, values: &[f64]) -> MedianCheck {
        let read = |text| Printed::read(text).unwrap();
        check_median(read(median), (read(low), read(high)), values).unwrap()
    }

    /// Lee 2011, table 2: the printed medians are the midpoints of the ranges.
    #[test]
    fn severance() {
        let neutrophils = [12.0, 15.0, 23.0, 11.0, 12.0, 10.0];
        let platelets = [30.0, 66.0, 29.0, 24.0, 18.0, 10.0];
        let age = [18.0, 17.0, 10.0, 13.0, 16.0, 16.0];
        for (median, low, high, values, truth) in [
            ("16.5", "10", "23", &neutrophils, 12.0),
            ("38", "10", "66", &platelets, 26.5),
            ("14", "10.0", "18.0", &age, 16.0),
        ] {
            let found = check(median, low, high, values);
            assert!(found.is_midpoint && found.range_follows() == Some(true), "{found:?}");
            assert_eq!(found.median_of_values, Some(truth));
            assert_eq!(found.verdict(), Verdict::DoesNotFollow);
        }
        // From diagnosis to transplant, printed 13.8 (9.6–18.0) months, by the ages of the tables.
        let interval = check("13.8", "9.6", "18.0", &[13.0, 6.0, 5.0, 5.0, 5.0, 7.0]);
        assert!(interval.is_midpoint);
        assert_eq!(
            (interval.median_of_values, interval.range_follows()),
            (Some(5.5), Some(false))
        );
        // Age at diagnosis, 8.0 (5.0–11.0) months, is midpoint and median.
        let ages = [6.0, 6.0, 10.0, 5.0, 11.0, 5.0, 8.0, 11.0, 9.0];
        let found = check("8.0", "5.0", "11.0", &ages);
        assert_eq!((found.is_midpoint, found.verdict()), (true, Verdict::Follows));
    }

    #[test]
    fn without_values() {
        assert_eq!(check("16.5", "10", "23", &[]).verdict(), Verdict::Conditional);
        assert_eq!(check("5", "0", "28", &[]).verdict(), Verdict::Compatible);
        assert_eq!(check("30", "0", "28", &[]).verdict(), Verdict::DoesNotFollow);
        let read = |text| Printed::read(text).unwrap();
        assert_eq!(check_median(read("5"), (read("9"), read("1")), &[]), None);
        assert_eq!(check_median(read("5"), (read("1"), read("9")), &[f64::NAN]), None);
    }
}

//! The uncertainty of a published estimate, as printed, and the interval that can be drawn for it.

use statrs::distribution::{ContinuousCDF, Normal};

/// The uncertainty as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// Standard error, percentage points.
    StandardError(f64),
    /// 95 % confidence interval, per cent.
    Interval95(f64, f64),
    /// A number after "±" or in brackets that is not, or not certainly, a standard error: shown as text, never drawn.
    Unclear(f64),
    /// No uncertainty was printed.
    NotStated,
}

/// An interval that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval95 {
    /// Lower end, per cent.
    pub low: f64,
    /// Upper end, per cent.
    pub high: f64,
    /// The origin of the interval.
    pub origin: IntervalOrigin,
}

/// Where an interval comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalOrigin {
    /// Printed in the source.
    Printed,
    /// Computed here from the printed standard error, on the log(−log) scale.
    FromStandardError,
}

impl Spread {
    /// The 95 % interval of an `estimate` in per cent: the printed one, or one computed from the printed standard
    /// error; `None` if neither exists.
    ///
    /// From a standard error `se` of the survival `s` (both as fractions), on the log(−log) scale as the seed papers'
    /// own intervals are (Kalbfleisch and Prentice 1980; R `survfit(conf.type = "log-log")`): `s^exp(±z · se / (s · ln
    /// s))`, with z the 97.5th percentile of the normal distribution. Nothing is computed for 0 and 100 %, or from a
    /// standard error of 0.
    #[must_use]
    pub fn interval95(self, estimate: f64) -> Option<Interval95> {
        match self {
            Self::Interval95(low, high) => Some(Interval95 {
                low,
                high,
                origin: IntervalOrigin::Printed,
            }),
            Self::StandardError(se) => {
                let (low, high) = log_log_interval(estimate / 100.0, se / 100.0)?;
                Some(Interval95 {
                    low: low * 100.0,
                    high: high * 100.0,
                    origin: IntervalOrigin::FromStandardError,
                })
            }
            Self::Unclear(_) | Self::NotStated => None,
        }
    }
}

/// The 95 % interval of a probability on the log(−log) scale; `None` outside (0, 1), or where the standard error is 0.
fn log_log_interval(probability: f64, standard_error: f64) -> Option<(f64, f64)> {
    if !(probability > 0.0 && probability < 1.0 && standard_error > 0.0) {
        return None;
    }
    let z = Normal::standard().inverse_cdf(0.975);
    let half_width = z * standard_error / (probability * -libm::log(probability));
    let end = |shift: f64| libm::pow(probability, libm::exp(shift));
    Some((end(half_width), end(-half_width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against `survival::survfit`'s own intervals; the script that made the file is in the same folder.
    #[test]
    fn log_log_interval_equals_r() {
        let rows: Vec<Vec<f64>> = include_str!("../../../../tests/reference/log_log_interval.csv")
            .lines()
            .skip(2)
            .map(|line| line.split(',').filter_map(|cell| cell.parse().ok()).collect())
            .collect();
        assert_eq!(rows.len(), 7);
        for row in rows {
            let [estimate, se, low, high] = row[..] else {
                unreachable!("four columns: {row:?}")
            };
            let interval = log_log_interval(estimate, se);
            let close = |a: f64, b: f64| ((a - b) / b).abs() < 1e-12;
            assert!(
                interval.is_some_and(|(l, h)| close(l, low) && close(h, high)),
                "{estimate}: {interval:?}"
            );
        }
    }

    #[test]
    fn no_interval_where_none_can_be_computed() {
        for (estimate, se) in [(0.0, 0.1), (1.0, 0.0), (0.5, f64::NAN), (f64::NAN, 0.1)] {
            assert_eq!(log_log_interval(estimate, se), None);
        }
    }
}

//! Numbers copied from a publication, and every check that they allow.

use super::{
    Finding, PrintedP, check_count, check_hazard_ratio, check_interval, check_median, check_percent,
    check_standard_error, check_weighted_mean,
};
use crate::evidence::Printed;

/// Numbers copied from a publication; `None` where a number was not printed or not copied.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TypedNumbers {
    /// A survival rate in per cent.
    pub estimate: Option<Printed>,
    /// Its standard error, percentage points.
    pub standard_error: Option<Printed>,
    /// Number of patients.
    pub n: Option<u32>,
    /// An interval of the rate or of the hazard ratio.
    pub interval: Option<(Printed, Printed)>,
    /// A hazard ratio, with `interval` and `p`.
    pub hazard_ratio: Option<Printed>,
    /// Its p value.
    pub p: Option<PrintedP>,
    /// A count of a total.
    pub count: Option<(u32, u32)>,
    /// The percentage printed with the count.
    pub percent: Option<Printed>,
    /// A median, with its range.
    pub median: Option<Printed>,
    /// The ends of its range.
    pub range: Option<(Printed, Printed)>,
    /// The values of which the median was taken.
    pub values: Vec<f64>,
    /// Patients and rate of each part of which `estimate` is the whole.
    pub parts: Vec<(u32, Printed)>,
}

impl TypedNumbers {
    /// True if there is no number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Makes every check that the numbers allow, with intervals of `level`; `None` for one whose numbers are invalid.
    /// Empty where no check applies.
    ///
    /// With a hazard ratio, the interval is that of the ratio.
    #[must_use]
    pub fn findings(&self, level: f64) -> Vec<Option<Finding>> {
        let mut found = Vec::new();
        if let (Some(estimate), None) = (self.estimate, self.hazard_ratio) {
            if let (Some(n), Some(error)) = (self.n, self.standard_error) {
                found.push(check_standard_error(n, estimate, error).map(Finding::StandardError));
            }
            if let Some(interval) = self.interval {
                let check = check_interval(estimate, interval, self.standard_error, self.n, level);
                found.push(check.map(Finding::Interval));
            }
            if !self.parts.is_empty() {
                found.push(check_weighted_mean(&self.parts, estimate).map(Finding::WeightedMean));
            }
        }
        if let (Some(ratio), Some(interval)) = (self.hazard_ratio, self.interval) {
            found.push(check_hazard_ratio(ratio, interval, self.p, level).map(Finding::HazardRatio));
        }
        match (self.percent, self.count, self.n) {
            (Some(percent), Some((count, total)), _) => {
                found.push(check_count(count, total, percent).map(Finding::Count));
            }
            (Some(percent), None, Some(n)) => found.push(check_percent(percent, n).map(Finding::Percent)),
            _ => {}
        }
        if let (Some(median), Some(range)) = (self.median, self.range) {
            found.push(check_median(median, range, &self.values).map(Finding::Median));
        }
        found
    }
}

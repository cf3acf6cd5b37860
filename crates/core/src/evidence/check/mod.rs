//! Checks whether published numbers are consistent. Every result contains its arithmetic as numbers; none says which
//! number is wrong.
//!
//! Rounding is never an error: a printed number means every number that rounds to it, and numbers are consistent if
//! some choice of those is. Percentages are per cent, as printed.

mod count;
mod hazard_ratio;
mod interval;
mod mean;
mod median;
mod rows;
mod standard_error;
mod typed;

pub use count::{CountCheck, PercentCheck, check_count, check_percent};
pub use hazard_ratio::{HazardRatioCheck, PrintedP, check_hazard_ratio};
pub use interval::{Basis, IntervalCheck, ScaleFit, check_interval};
pub use mean::{WeightedMeanCheck, check_weighted_mean};
pub use median::{MedianCheck, check_median};
pub use rows::{Finding, SameNumbers, check_estimate, check_same_numbers, check_study};
pub use standard_error::{BinomialCount, StandardErrorCheck, StandardErrorVerdict, check_standard_error};
pub use typed::TypedNumbers;

/// The verdict of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The numbers follow from each other.
    Follows,
    /// Nothing speaks against them; they do not determine each other.
    Compatible,
    /// The numbers are consistent only under a condition, which is in the numbers of the check.
    Conditional,
    /// They do not follow from each other.
    DoesNotFollow,
}

impl Verdict {
    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Follows => "follows",
            Self::Compatible => "compatible",
            Self::Conditional => "conditional",
            Self::DoesNotFollow => "does_not_follow",
        }
    }
}

/// The normal quantile of a two-sided level between 0 and 1; `None` where it would be 0 or infinite.
pub(super) fn quantile(level: f64) -> Option<f64> {
    let z = crate::survival::normal_quantile(1.0 - (1.0 - level) / 2.0);
    (level > 0.0 && level < 1.0 && z > 0.0 && z.is_finite()).then_some(z)
}

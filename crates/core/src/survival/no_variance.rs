//! Why an estimate has no variance for an interval or a test.
//!
//! Greenwood's formula gives 0 where nobody has had the event and nothing where everybody has. Neither measures the
//! uncertainty of the estimate: two survivors of two do not prove that everybody survives. R uses the 0 (`survfit`
//! prints an interval from 1 to 1 before the first event; a difference from such a group has the variance of the other
//! group alone, and a tiny p). Here a comparison needs a variance on both sides.

use super::{Confidence, Interval};

/// Why an estimate has no variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoVariance {
    /// Nobody has had the event up to this time: the variance is 0.
    #[error("no variance: no event")]
    NoEvent,
    /// Everybody at risk has had the event, so that the variance does not exist.
    #[error("no variance: everybody at risk has the event")]
    AllEvents,
}

/// A comparison that could not be tested: why each side has no variance, for at least one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a side of the comparison has no variance")]
pub struct NotTested {
    /// Why the first estimate has no variance; `None` where it has one.
    pub first: Option<NoVariance>,
    /// Why the second estimate has no variance; `None` where it has one.
    pub second: Option<NoVariance>,
}

/// Standard error, interval and test of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DifferenceTest {
    /// Standard error of the difference.
    pub std_err: f64,
    /// Confidence interval of the difference, at the requested level.
    pub interval: Interval,
    /// Two-sided p value.
    pub p: f64,
}

/// A difference of two independent estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// First estimate less second.
    pub estimate: f64,
    /// Standard error, interval and test, or why there are none.
    pub test: Result<DifferenceTest, NotTested>,
}

impl Difference {
    /// Returns the first estimate less the second, each given with its variance. The interval is the normal one with
    /// √(σ₁² + σ₂²); `p` is called only where both variances exist.
    pub(super) fn of(
        (first, first_variance): (f64, Result<f64, NoVariance>),
        (second, second_variance): (f64, Result<f64, NoVariance>),
        confidence: Confidence,
        p: impl FnOnce(f64, f64) -> Result<f64, NotTested>,
    ) -> Self {
        let estimate = first - second;
        let test = match (first_variance, second_variance) {
            (Ok(one), Ok(other)) => {
                let std_err = (one + other).sqrt();
                let reach = confidence.z() * std_err;
                p(estimate, std_err).map(|p| DifferenceTest {
                    std_err,
                    interval: Interval {
                        lower: estimate - reach,
                        upper: estimate + reach,
                    },
                    p,
                })
            }
            (one, other) => Err(NotTested {
                first: one.err(),
                second: other.err(),
            }),
        };
        Self { estimate, test }
    }
}

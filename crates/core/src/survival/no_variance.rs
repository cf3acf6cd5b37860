//! Why an estimate has no variance on which an interval or a test could rest.
//!
//! Greenwood's formula gives 0 where nobody has had the event and nothing where everybody has. Neither says how sure the
//! estimate is: two survivors of two are not known to survive. R carries the 0 on (`survfit` prints an interval from 1 to
//! 1 before the first event; a difference from such a group has the variance of the other group alone, and a tiny p).
//! Here every comparison asks both of its sides for a variance.

use super::{Confidence, Interval};

/// Why an estimate has no variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoVariance {
    /// Nobody has had the event so far: the variance is 0.
    #[error("no variance: no event")]
    NoEvent,
    /// Everybody at risk has had the event, so that nothing of the variance is left.
    #[error("no variance: everybody at risk has the event")]
    AllEvents,
}

/// The two sides of a comparison that could not be made: each with what it lacks, at least one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a side of the comparison has no variance")]
pub struct NotTested {
    /// What the first one lacks.
    pub first: Option<NoVariance>,
    /// What the second one lacks.
    pub second: Option<NoVariance>,
}

/// Standard error, interval and test of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DifferenceTest {
    /// Standard error of the difference.
    pub std_err: f64,
    /// Interval of the level asked for.
    pub interval: Interval,
    /// Two-sided p.
    pub p: f64,
}

/// A difference of two independent estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// First less second.
    pub estimate: f64,
    /// How sure it is, or why that cannot be said.
    pub test: Result<DifferenceTest, NotTested>,
}

impl Difference {
    /// First less second, each with its variance. Its interval is the normal one, √(σ₁² + σ₂²); `p` is asked for once both
    /// variances are known.
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

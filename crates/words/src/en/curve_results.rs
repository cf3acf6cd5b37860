//! The words of what is asked of curves beside survival at some times: scale and level of intervals, quantiles, conditional
//! survival, simultaneous bands, the cumulative hazard, ratios of restricted means.

use cotside_core::survival::NoVariance;

/// Why survival from one time to a later one has no variance, in words that fit behind "no interval:".
#[must_use]
pub const fn conditional_no_variance(why: NoVariance) -> &'static str {
    match why {
        NoVariance::NoEvent => "no event between the two times",
        NoVariance::AllEvents => "everybody still at risk had the event",
    }
}

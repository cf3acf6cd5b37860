//! The words of what is asked of curves beside survival at some times: scale and level of intervals, quantiles, conditional
//! survival, simultaneous bands, the cumulative hazard, ratios of restricted means.

pub use crate::en::curve_results::*;

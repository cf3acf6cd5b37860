//! The controls of curves: intervals, quantiles, conditional survival, simultaneous bands.

pub use crate::en::curve_page::*;

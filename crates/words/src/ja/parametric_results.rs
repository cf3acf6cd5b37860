//! The words of parametric models: distributions, ratios of times and hazards, the fitted curves.

pub use crate::en::parametric_results::*;

//! The words of the models of Cox's regression beside their hazard ratios: entry, weights, clusters, strata, tests of
//! variables, interactions, splines, causes.

pub use crate::en::model_results::*;

//! The words of results that describe the cohort: baseline characteristics, risk groups by protocol and how well they
//! discriminate, published estimates over the curve.

pub use crate::en::cohort_results::*;

//! The words of Cox regression: models, the check of proportional hazards, subgroups.

pub use crate::en::cox_results::*;

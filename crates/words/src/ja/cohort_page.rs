//! What the page for cohorts says around its results.

pub use crate::en::cohort_page::*;

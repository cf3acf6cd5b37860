//! The words of what leaves the page for cohorts: the methods paragraph, the report, files, saved settings.

pub use crate::en::export_results::*;

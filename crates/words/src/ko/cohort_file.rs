//! What is said of a file of patients that was opened: which it is, what could not be used, how a project fits it.

pub use crate::en::cohort_file::*;

//! Estimates of the reader's own beside the published ones: their form, their file, and what is said of them.

pub use crate::en::own_estimates::*;

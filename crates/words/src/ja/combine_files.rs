//! The words of the files of pooled analyses: what is open, what a plan asks, what a hospital's sums hold.

pub use crate::en::combine_files::*;

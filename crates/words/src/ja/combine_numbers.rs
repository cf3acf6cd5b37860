//! Names of the numbers that leave a hospital in a pooled analysis.

pub use crate::en::combine_numbers::*;

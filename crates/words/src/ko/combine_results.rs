//! The words of the results of pooled analyses by files.

pub use crate::en::combine_results::*;

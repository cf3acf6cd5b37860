//! The words of the teaching example of pooled analyses.

pub use crate::en::combine_example::*;

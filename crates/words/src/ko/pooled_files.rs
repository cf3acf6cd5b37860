//! The paragraph on a pooled analysis by files for the methods section of a paper.

pub use crate::en::pooled_files::*;

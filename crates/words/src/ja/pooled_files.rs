//! The paragraph on a pooled analysis by files for the methods section of a paper, which is printed in English.

pub use crate::en::pooled_files::methods;

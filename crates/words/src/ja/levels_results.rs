//! The words of groups and subsets in results: how levels were grouped, who was left out, which patients were chosen.

pub use crate::en::levels_results::*;

//! What the controls of groups and subsets are called.

pub use crate::en::levels_page::*;

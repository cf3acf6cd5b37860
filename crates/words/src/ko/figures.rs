//! What stands under a figure: its files and the data behind it.

pub use crate::en::figures::*;

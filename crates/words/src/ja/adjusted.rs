//! The words of adjusted curves and of mixture cure models.

pub use crate::en::adjusted::*;

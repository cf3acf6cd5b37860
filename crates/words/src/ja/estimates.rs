//! The words beside the curves: estimates, tests, and the sentence for the paper.

pub use crate::en::estimates::*;

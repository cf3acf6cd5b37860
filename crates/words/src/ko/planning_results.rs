//! Sentences of planning: for the protocol, what they assume, the formulas with their sources, and what cannot be answered.

pub use crate::en::planning_results::*;

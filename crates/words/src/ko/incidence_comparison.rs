//! The words of pairs of groups and of differences between their cumulative incidences.

pub use crate::en::incidence_comparison::*;

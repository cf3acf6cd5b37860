//! From when time is counted: the name of the day, and what an endpoint means from there.

pub use crate::en::origin::*;

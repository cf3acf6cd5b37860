//! The words of competing risks and of transplant as a time-dependent event.

pub use crate::en::risks_results::*;

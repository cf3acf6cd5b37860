//! The models of transplant as an event in time.

pub use crate::en::transplant::*;

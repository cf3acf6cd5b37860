//! The figure of competing risks: causes by their meaning for the endpoint, its layouts, its caption.

pub use crate::en::incidence::*;

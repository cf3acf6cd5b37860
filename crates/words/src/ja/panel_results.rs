//! Words of two figures: endpoints in panels, and the difference of survival over time.

pub use crate::en::panel_results::*;

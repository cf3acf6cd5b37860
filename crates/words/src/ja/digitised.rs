//! Digitised figures: why one is refused, what is known of its groups, how two readings agree. The command line and the
//! page say the same.

pub use crate::en::digitised::*;

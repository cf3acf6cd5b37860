//! What a page says while its worker loads, reads and computes, and why it could not.

pub use crate::en::working::*;

//! What the page of a custom protocol says: around its form, in it, and about what reading the draft gives.

pub use crate::en::own_page::*;

//! What is said where the columns of a file are listed: headings, labels, states.

pub use crate::en::columns_page::*;

//! The words of the page of pooled analyses by files: its controls and headings.

pub use crate::en::combine_page::*;

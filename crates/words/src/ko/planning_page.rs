//! The words of the page on which a study is planned: its controls, headings and what a field takes.

pub use crate::en::planning_page::*;

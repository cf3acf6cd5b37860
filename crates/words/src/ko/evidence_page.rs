//! The words of the page of published evidence: its views, controls, and the sentences around its results.

pub use crate::en::evidence_page::*;

//! The words of the results of the page of published evidence: heads of tables, lines of answers, captions of figures.

pub use crate::en::evidence_results::*;

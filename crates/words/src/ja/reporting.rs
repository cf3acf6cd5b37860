//! The reporting checklist: the items of STROBE (cohort studies) and REMARK in short words of our own, what the report holds
//! of each, and what the author writes.

pub use crate::en::reporting::*;

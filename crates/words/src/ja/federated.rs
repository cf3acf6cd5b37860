//! The words before a site's file of a pooled analysis is saved: what it tells, to whom, and what the program does not
//! decide.

pub use crate::en::federated::*;

//! The words of the view Digitise: curves of one figure, its provenance, the library, two readings.

pub use crate::en::digitise_page::*;

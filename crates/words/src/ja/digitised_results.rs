//! The words of what comes of digitised figures on the page: heads of tables, titles and captions of figures.

pub use crate::en::digitised_results::*;

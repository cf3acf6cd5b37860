//! The controls of the models of Cox's regression.

pub use crate::en::model_page::*;

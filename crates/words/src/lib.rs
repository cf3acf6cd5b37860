//! Sentences in English for what the core returns, and the shapes in which answers leave Cotside as JSON.
//!
//! The core has no prose; each language is one module here that turns codes and numbers into sentences by exhaustive
//! matches, so that a new kind of clause does not compile before it has words.

pub mod citing;
pub mod en;
pub mod html;
mod numbers;
mod r;
pub mod wire;

pub use cotside_core::decimal::fixed;
pub use numbers::{decimal, grouped, percent_of_fraction, signed, significant};
pub use r::r_text;

//! Sentences for what the core returns, and the shapes in which answers leave Cotside as JSON.
//!
//! The core has no prose; each language is one module here that turns codes and numbers into sentences by exhaustive
//! matches, so that a new kind of clause does not compile before it has words.

pub mod en;
mod gist;
pub mod html;
mod numbers;
pub mod wire;

/// The language of this build of the page.
pub use en as lang;
pub use numbers::{decimal, grouped, percent_of_fraction};

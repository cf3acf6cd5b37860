//! Answers and rules as HTML, for the page and for what the page loads on demand: a protocol's row and what it opens
//! into, the whole rule as a reviewer reads it, the examples.

pub mod examples;
pub mod parts;
pub mod row;
pub mod rule;

//! Numbers as text, in and out, and rows as CSV: what the engine and the figures must write alike.

pub mod decimal;
pub mod export;

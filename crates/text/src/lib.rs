//! Text that several crates must write or judge alike: numbers in and out, rows as CSV, characters that are not seen.

pub mod decimal;
pub mod export;
pub mod unseen;

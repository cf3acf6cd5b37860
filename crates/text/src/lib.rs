//! Text functions shared by several crates: reading and writing numbers, rows as CSV, invisible characters.

pub mod decimal;
pub mod export;
pub mod unseen;

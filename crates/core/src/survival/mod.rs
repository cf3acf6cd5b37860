//! Survival analysis: one module a method, each with its formula, its source and its limits.
//!
//! Everything starts from a [`FollowUp`]: columns that are valid and sorted once. Behind that door a method fails only
//! for reasons of its own (no event, no convergence), which it names.

mod concordance;
pub mod cox;
mod follow_up;
mod order;
mod p_value;

pub use concordance::{Concordance, concordance};
pub use follow_up::{FollowUp, FollowUpError};
pub use order::sorted_by;
pub use p_value::{chi_square_upper, normal_quantile, normal_two_sided};

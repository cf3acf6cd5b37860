//! Survival analysis: one module a method, each with its formula, its source and its limits.
//!
//! Everything starts from a [`FollowUp`]: columns that are valid and sorted once. Behind that door a method fails only
//! for reasons of its own (no event, no convergence), which it names.

mod bands;
mod concordance;
pub mod cox;
mod curve_summary;
mod fixed_time;
mod follow_up;
mod hazard;
mod interval;
mod kaplan_meier;
mod log_rank;
mod order;
mod p_value;
mod permutation;
mod power;

pub use bands::{Band, BandKind, band, equal_precision_quantile, hall_wellner_quantile};
pub use concordance::{Concordance, concordance};
pub use curve_summary::{AtTime, Conditional, Difference, Quantile, RestrictedMean, restricted_mean_difference};
pub use fixed_time::compare_at;
pub use follow_up::{FollowUp, FollowUpError};
pub use hazard::{HazardStep, HazardTies, cumulative_hazard};
pub use interval::{Confidence, Interval, Scale};
pub use kaplan_meier::{
    LabelsError, SurvivalCurve, check_labels, kaplan_meier, kaplan_meier_by, reverse_kaplan_meier,
    reverse_kaplan_meier_by,
};
pub use log_rank::{
    ChiSquare, GroupCount, MOST_GROUPS, Pair, RankTest, RankTestError, RankWeight, log_rank, pairwise_log_rank,
};
pub use order::sorted_by;
pub use p_value::{chi_square_upper, normal_lower, normal_quantile, normal_two_sided};
pub use permutation::{MOST_ASSIGNMENTS, Permutation, PermutationMethod, permutation_test};
pub use power::{Demand, EventsFormula, OneGroup, Sides, TwoGroups, event_probability};

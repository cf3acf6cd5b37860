//! Survival analysis: one module a method, each with its formula, its source and its limits.
//!
//! Everything starts from a [`FollowUp`]: columns that are valid and sorted once. Behind that door a method fails only
//! for reasons of its own (no event, no convergence), which it names.

mod aalen_johansen;
mod cure;
mod cure_likelihood;
mod error_distribution;
mod fine_gray;
mod follow_up;
mod gray;
mod incidence_variance;
mod linear;
mod newton;
mod order;
mod p_value;
mod parametric;
mod standardised;
mod transplant;

pub use aalen_johansen::{
    CauseIncidence, CumulativeIncidence, IncidenceAt, IncidenceError, IncidenceVariance, MOST_CAUSES, causes,
    cumulative_incidence, incidence_interval, interval_quantile,
};
pub use cure::{CureError, CureModel, CureWarning, Plateau, cure_model, plateau};
pub use error_distribution::TimeDistribution;
pub use fine_gray::{FineGray, FineGrayError, FineGrayWarning, fine_gray};
pub use follow_up::{FollowUp, FollowUpError};
pub use gray::{GrayError, GrayTest, MOST_GRAY_GROUPS, gray_test};
pub use order::sorted_by;
pub use p_value::{chi_square_upper, normal_lower, normal_quantile, normal_two_sided};
pub use parametric::{Parametric, ParametricError, parametric};
pub use transplant::{
    CountingRows, ImmortalTime, Landmark, TransplantComparison, TransplantError, TransplantTest, Transplants,
    risk_set_empties,
};

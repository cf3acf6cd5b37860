//! Survival analysis: one module for each method, with its formula, its source and its limits.
//!
//! Every method starts from a [`FollowUp`]: columns that have been checked and sorted once. A method then fails only
//! for its own reasons (no event, no convergence), which its error type lists.

mod aalen_johansen;
mod bands;
mod concordance;
mod concordance_bootstrap;
mod covariate_scale;
pub mod cox;
mod cure;
mod cure_likelihood;
mod curve_summary;
mod error_distribution;
mod fine_gray;
mod fine_gray_rows;
mod fixed_time;
mod follow_up;
mod gray;
mod gray_pairs;
mod hazard;
mod incidence_difference;
mod incidence_variance;
mod interval;
mod kaplan_meier;
mod labels;
mod linear;
mod log_rank;
mod mean_ratio;
mod multiplicity;
mod newton;
mod no_variance;
mod order;
mod p_value;
mod parametric;
mod parametric_predictions;
mod permutation;
mod planning;
mod power;
mod quantile;
mod random;
mod restricted_cubic;
mod risk_table;
mod robust_variance;
mod standardised;
mod study_plan;
mod transplant;
mod wald;

pub use aalen_johansen::{
    CauseIncidence, CumulativeIncidence, IncidenceAt, IncidenceError, IncidenceVariance, MOST_CAUSES, causes,
    cumulative_incidence,
};
pub use bands::{Band, BandKind, band, equal_precision_quantile, hall_wellner_quantile};
pub use concordance::{Concordance, concordance};
pub use concordance_bootstrap::{GroupConcordance, NoPercentiles, group_concordance};
pub use covariate_scale::{CovariateScale, standard_deviation};
pub use cure::{CureModel, CureWarning, Plateau, cure_model, is_fraction_determined, plateau};
pub use cure_likelihood::CureError;
pub use curve_summary::{AtTime, Conditional, Quantile, RestrictedMean, restricted_mean_difference};
pub use error_distribution::TimeDistribution;
pub use fine_gray::{FineGray, FineGrayError, FineGrayEstimate, FineGrayWarning, PredictedIncidence, fine_gray};
pub use fine_gray_rows::{FineGrayModel, FineGrayRows, MOST_FINE_GRAY_ROWS, fine_gray_by_rows, fine_gray_rows};
pub use fixed_time::{NotFollowed, compare_at, difference_at};
pub use follow_up::{FollowUp, FollowUpError};
pub(crate) use gray::gray_sums;
pub use gray::{GrayError, GrayTest, MOST_GRAY_GROUPS, gray_test};
pub use gray_pairs::{GrayPair, pairwise_gray};
pub use hazard::{HazardStep, HazardTies, cumulative_hazard};
pub use incidence_difference::incidence_difference;
pub use interval::{Confidence, Interval, Scale};
pub use kaplan_meier::{
    LabelsError, SurvivalCurve, check_labels, kaplan_meier, kaplan_meier_by, reverse_kaplan_meier,
    reverse_kaplan_meier_by,
};
pub use labels::Labels;
pub use log_rank::{
    ChiSquare, GroupCount, MOST_GROUPS, NoRankTest, Pair, RankTest, RankTestError, RankWeight, log_rank,
    pairwise_log_rank,
};
pub use mean_ratio::{MeanRatio, restricted_mean_ratio};
pub use multiplicity::Multiplicity;
pub use no_variance::{Difference, DifferenceTest, NoVariance, NotTested};
pub use order::sorted_by;
pub use p_value::{chi_square_upper, normal_lower, normal_quantile, normal_two_sided};
pub use parametric::{Parametric, ParametricError, parametric};
pub use parametric_predictions::{LogRatio, PredictedSurvival, PredictedTime};
pub use permutation::{FEWEST_ASSIGNMENTS, MOST_ASSIGNMENTS, Permutation, PermutationMethod, permutation_test};
pub use planning::{
    Detectable, OneGroupStudy, Schedule, TwoGroupStudy, constant_hazard, hazard_ratio_of, loss_hazard, lost_proportion,
    survival_with_ratio,
};
pub use power::{Demand, EventsFormula, OneGroup, Sides, TwoGroups, event_probability};
pub use quantile::quantile;
pub use restricted_cubic::{RestrictedCubic, SplineError};
pub use robust_variance::CurveVariance;
pub use study_plan::{
    Observed, ObservedTo, OneGroupAnswer, OneGroupQuestion, PlanError, Sought, StudySize, TwoGroupAnswer,
    TwoGroupQuestion, whole_groups, whole_number,
};
pub use transplant::{
    CountingRows, ImmortalTime, Landmark, TransplantComparison, TransplantError, TransplantTest, Transplants,
    risk_set_empties,
};
pub use wald::Z;

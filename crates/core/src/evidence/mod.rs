//! Published facts with source and reliability, and published survival estimates, which can be checked, compared,
//! pooled and converted to individual patient data.

pub mod check;
mod commentary;
mod compare;
pub mod digitise;
mod effect;
mod endpoint;
mod history;
mod over_curve;
mod own;
mod pool;
mod printed;
mod published;
mod reconstruct;
pub(crate) mod shared_sources;
mod source;
mod spread;
mod student_t;

pub use commentary::{COMMENTARY, CommentaryRow, CommentaryTable, Footnote, RateCell};
pub use compare::{Caution, Comparison, RateDifference, cautions_among, compare};
pub use effect::{Effect, EffectError, ErrorOrigin, NoEffect, Rate, percent_on, percents_on, rates_on, ratio_of};
pub use endpoint::PublishedEndpoint;
pub use history::{
    EVIDENCE_LICENCE, EVIDENCE_VERSION, HistoryEntry, RowChange, RowKind, Search, changes_since, evidence_versions,
    history, searches,
};
pub use over_curve::{OverCurve, OwnCaution, OwnCohort};
pub use own::{
    LONGEST_CELL, MOST_OWN, OWN_PREFIX, OwnColumn, OwnEstimate, OwnFault, OwnFileError, OwnProblem, OwnRead, OwnRemark,
    add_own, own_csv, own_estimates, own_template, read_own,
};
pub use pool::{FEWEST_POOLED, Heterogeneity, Pool, PoolError, PoolMethod, PoolTest, leave_one_out, pool};
pub use printed::{Printed, Range};
pub use published::{
    Estimate, Kmt2aOf, OWN_STUDY_PREFIX, Published, PublishedError, PublishedStudy, Reached, published,
};
pub use reconstruct::{
    AtRisk, CurvePoint, Fit, MOST_PATIENTS, MOST_POINTS, Miss, ReconstructError, Reconstruction, curve_points,
    reconstruct,
};
pub use shared_sources::BUCHMANN_2022;
pub use source::{Citation, Fact, Read, Source, fact};
pub use spread::{Interval95, IntervalOrigin, Spread};

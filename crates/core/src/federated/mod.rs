//! Pooled analyses by files: hospitals exchange sums, never rows.
//!
//! A coordinator writes a [`Plan`]; each site computes a [`Summary`] of its own patients; the coordinator adds the
//! summaries up and gets a [`Outcome`], and where Cox's model needs another step the plan of the next round. Every
//! file is JSON in canonical form (RFC 8785) with a hash of its own.

mod plan;
mod result;
mod summary;

pub use plan::{
    Analysis, Covariate, CoxPlan, Design, EndpointPlan, GroupBy, KIND_KEY, KIND_PLAN, Key, Limits, Plan, Round, Scaled,
    Selection, Sharing, TiesPlan, Totals, VERSION,
};
pub use result::{
    Approximate, BoundedAt, Causes, Chi2, Coefficient, CoxResult, CumulativeCause, CumulativeGroup, CurveGroup, Curves,
    GrayResult, GridTest, HeterogeneityResult, Incidences, Input, KIND_RESULT, LikelihoodRatio, LogRankResult, Moments,
    OneRound, Outcome, Range, RankResult, RestrictedMeanAt, SiteEstimate, SiteUse, TablePart, TwoStageResult,
    Univariate,
};
pub use summary::{
    CellSums, Cells, CoxSums, GraySums, GridCounts, GridGroup, KIND_SUMMARY, LogState, RankSums, Reclassified, Spread,
    Summary, TableSums, TwoStageSums, Withheld,
};

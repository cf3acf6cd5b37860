//! Pooled analyses by files: hospitals exchange sums, never rows.
//!
//! A coordinator writes a [`Plan`]; each site computes a [`Summary`] of its own patients; the coordinator adds the
//! summaries up and gets a [`Outcome`], and where Cox's model needs another step the plan of the next round. Every
//! file is JSON in canonical form (RFC 8785) with a hash of its own.

mod allow;
pub mod audit;
#[cfg(test)]
mod audit_tests;
mod canonical;
mod check;
mod check_plan;
mod choices;
mod columns;
mod combine;
mod counts;
mod fault;
mod flow;
pub mod grid_limits;
mod layout;
pub mod limits;
pub mod log;
pub mod mask;
mod members;
mod merges;
mod plan;
mod pooled_cox;
pub mod precision;
mod read;
mod refusal;
mod result;
mod rounds;
#[cfg(feature = "schema")]
pub mod schema;
mod shown_sets;
mod site;
mod site_file;
mod span;
mod summary;
pub mod suppress;
mod table_columns;
mod table_limits;
mod tables;
mod tests_of_groups;
mod two_stage;

/// An R script that computes the combination again from the plan and the summaries of a round.
pub const R_SCRIPT: &str = include_str!("combine.R");

pub use canonical::{
    FileFault, MOST_BYTES, MOST_DEPTH, canonical, document_hash, from_hex, hex, open, sealed, sha256_hex,
};
pub use choices::Choices;
pub use columns::Rows;
pub use combine::{Combined, combine};
pub use fault::{Fault, Why};
pub use layout::{ALL_SITES, Leaf, leaves, of_totals, size};
pub use merges::{Merges, merged_levels};
pub use plan::{
    Analysis, Covariate, CoxPlan, Design, EndpointPlan, GroupBy, Incidence, KIND_KEY, KIND_PLAN, Key, Limits, Plan,
    Round, STANDARD_CELLS, Scaled, Selection, Sharing, TiesPlan, Totals, VERSION, causes_of,
};
pub use result::{
    Approximate, BoundedAt, Causes, Chi2, Coefficient, CoxResult, CumulativeCause, CumulativeGroup, CurveGroup, Curves,
    GrayResult, GridTest, HeterogeneityResult, Incidences, Input, KIND_RESULT, LikelihoodRatio, LogRankResult, Moments,
    OneRound, Outcome, Range, RankResult, ReclassifiedResult, RestrictedMeanAt, SiteEstimate, SiteUse, TablePart,
    TwoStageResult, Univariate,
};
pub use site::plain_summary;
pub use site_file::{SiteFile, SiteInput, site_file};
pub use summary::{
    CellSums, Cells, CoxSums, GraySums, GridCounts, GridGroup, GroupSums, KIND_SUMMARY, LogState, RankSums,
    Reclassified, Spread, Summary, TableSums, TwoStageSums, Withheld,
};
pub use table_columns::{ProtocolColumn, TableColumn, TableKind};

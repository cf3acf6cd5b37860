//! The file of one site in one round: sums of its patients, never a row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::merges::Merges;
use super::plan::Sharing;

/// The kind of a summary's file.
pub const KIND_SUMMARY: &str = "cotside-federated-summary";

/// The sums of a site. Where sums are masked, every number is `None` and stands in `masked`; where a number is withheld,
/// it is `None` and `withheld` says why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// [`KIND_SUMMARY`].
    pub kind: String,
    /// [`VERSION`](super::VERSION).
    pub version: u32,
    /// The round of the plan.
    pub round: u32,
    /// The attempt of the plan.
    pub attempt: u32,
    /// The site.
    pub site: String,
    /// How sums are shared, as in the plan.
    pub sharing: Sharing,
    /// Name and version of the program that made the file.
    pub program: String,
    /// Levels that the site took together, as the plan allows, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub merged: Merges,
    /// Whether earlier files of the site were checked against this one.
    pub log: Option<LogState>,
    /// Patients with all the fields that are used.
    pub n: Option<u64>,
    /// Events among them.
    pub events: Option<u64>,
    /// Patients left out: a field that is used is missing, or no time to the endpoint; a count as text, `1-4` where small.
    pub n_excluded: Option<String>,
    /// Patients of each group, in the plan's order.
    pub n_by_group: Option<Vec<Option<u64>>>,
    /// Score and information of Cox's model, stratified by site.
    pub cox: Option<CoxSums>,
    /// Sums of Cox's model with risk sets averaged over the cells of time.
    pub cells: Option<Cells>,
    /// The site's own fit of Cox's model.
    pub two_stage: Option<TwoStageSums>,
    /// The log-rank test.
    pub logrank: Option<RankSums>,
    /// Gray's test of each cause.
    pub gray: Option<Vec<GraySums>>,
    /// Counts in cells of time.
    pub grid: Option<GridCounts>,
    /// Counts and sums of variables, by name.
    pub table1: Option<BTreeMap<String, TableSums>>,
    /// Patients in each group of each protocol, by the protocol's id.
    pub protocols: Option<BTreeMap<String, Vec<Option<u64>>>>,
    /// Patients by the groups of two protocols.
    pub reclassified: Option<Vec<Reclassified>>,
    /// What was left out.
    pub withheld: Vec<Withheld>,
    /// The numbers with their masks, 32 hexadecimal digits each.
    pub masked: Option<Vec<String>>,
    /// Hash of the plan.
    pub plan_sha256: String,
    /// Hash of the plan's design.
    pub design_sha256: String,
    /// Hash of this document without this field.
    pub sha256: String,
}

impl Summary {
    /// What leaves of it where sums are masked: the masked numbers, and nothing that they hold already.
    #[must_use]
    pub fn under_masks(&self, masked: Vec<String>) -> Self {
        Self {
            n: None,
            events: None,
            n_excluded: None,
            n_by_group: None,
            cox: None,
            cells: None,
            two_stage: None,
            logrank: None,
            gray: None,
            grid: None,
            table1: None,
            protocols: None,
            reclassified: None,
            withheld: Vec::new(),
            masked: Some(masked),
            ..self.clone()
        }
    }
}

/// What the site's log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LogState {
    /// Begun with this file: earlier ones could not be checked.
    New,
    /// Continued.
    Continued,
}

/// Score and information of Cox's model at the plan's coefficients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CoxSums {
    /// The coefficients, as in the plan.
    pub beta: Vec<f64>,
    /// Number of strata of the plan that have rows here.
    pub strata: u64,
    /// (Σr)²/Σr² of the relative risks r, to a whole number.
    pub effective_n: Option<u64>,
    /// Log partial likelihood; only where sums are masked.
    pub loglik: Option<f64>,
    /// The unit u to which each element of the score is rounded, the product of two with 64 that of the information;
    /// `None` in full precision.
    pub score_unit: Option<Vec<f64>>,
    /// First derivative of the log-likelihood.
    pub score: Vec<f64>,
    /// Its negative second derivative, lower triangle by rows.
    pub information_lower: Vec<f64>,
    /// This site's part of the test of heterogeneity; only where sums are masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
}

/// What a site adds to the heterogeneity between sites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// UᵀI⁻U of the site.
    pub q: f64,
    /// Rank of its information.
    pub rank: u64,
    /// For each coefficient w, w², wy, wy² of its one-step estimate y with weight w = 1/variance; 0 where there is none.
    pub moments: Vec<[f64; 4]>,
}

/// Sums of Cox's model with risk sets averaged over the cells of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cells {
    /// The coefficients, as in the plan.
    pub beta: Vec<f64>,
    /// Σ of the covariates over all events.
    pub event_sum: Vec<f64>,
    /// One a cell of the plan's grid.
    pub cells: Vec<CellSums>,
}

/// Sums in a cell: of relative risk × time in the cell (e0), that times the covariates (e1) and times their products (e2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CellSums {
    /// Events in the cell.
    pub events: u64,
    /// Σ r·a.
    pub e0: f64,
    /// Σ r·a·x.
    pub e1: Vec<f64>,
    /// Σ r·a·xxᵀ, lower triangle by rows.
    pub e2_lower: Vec<f64>,
}

/// A site's own fit, to four significant digits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TwoStageSums {
    /// The coefficients.
    pub coef: Vec<f64>,
    /// Their covariance, lower triangle by rows.
    pub covariance_lower: Vec<f64>,
}

/// Observed less expected events of the groups but the last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RankSums {
    /// Observed less expected.
    pub difference: Vec<f64>,
    /// Its covariance, lower triangle by rows.
    pub covariance_lower: Vec<f64>,
}

/// Gray's score of the groups but the last, for one cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GraySums {
    /// Number of the cause, from 1.
    pub cause: u32,
    /// The score.
    pub score: Vec<f64>,
    /// Its variance, lower triangle by rows.
    pub variance_lower: Vec<f64>,
}

/// Counts in cells of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GridCounts {
    /// Ends of the cells: some of the plan's, ascending.
    pub boundaries: Vec<f64>,
    /// Follow-up of the site ends here.
    pub cut_at: Option<f64>,
    /// One a group of the plan, or one for all patients.
    pub groups: Vec<GridGroup>,
}

/// Counts of one group in cells of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GridGroup {
    /// The level of the plan's groups; `None` for all patients.
    pub group: Option<String>,
    /// Patients of the group, as they are at risk at the start.
    pub n: u64,
    /// Events of each cell: one list for each cause of the plan, or one list for all causes together.
    pub events: Vec<Vec<u64>>,
    /// Withdrawals without an event of each cell.
    pub left: Vec<u64>,
    /// True if small numbers of withdrawals were carried to a later cell.
    pub carried: bool,
}

/// Counts and sums of a variable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TableSums {
    /// Patients whose value is not known: a count as text, `1-4` where small.
    pub missing: String,
    /// Σz of the values z as the plan codes them (those of its covariate where it is measured, else the values themselves).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<f64>,
    /// Σz².
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub squares: Option<f64>,
    /// Patients in each cell (between two of the plan's cuts), or of each level.
    pub cells: Vec<Option<u64>>,
    /// The same for each group of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_group: Option<Vec<Vec<Option<u64>>>>,
    /// Number, Σz and Σz² of the values in each group of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moments_by_group: Option<Vec<GroupSums>>,
}

/// Sums of the values z of a variable in a group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupSums {
    /// Patients of the group with a value.
    pub n: u64,
    /// Σz.
    pub sum: f64,
    /// Σz².
    pub squares: f64,
}

/// Patients by the groups of two protocols.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reclassified {
    /// The protocol of the rows.
    pub first: String,
    /// The protocol of the columns.
    pub second: String,
    /// Patients in each group of both.
    pub counts: Vec<Vec<Option<u64>>>,
}

/// What was left out, and by which limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// What: `cox`, `grid by group`, `table1.wbc cell 7` and the like.
    pub what: String,
    /// The limit, as [`Limits`](super::Limits) names it, `complement`, or `site` for a choice of the site.
    pub because: String,
    /// Its value.
    pub limit: Option<f64>,
}

//! The result of a pooled analysis, as `combine` writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::merges::Merges;
use super::plan::Sharing;

/// The kind of a result's file.
pub const KIND_RESULT: &str = "cotside-federated-result";

/// The result. Whatever was not asked for, or could not be computed, is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// [`KIND_RESULT`].
    pub kind: String,
    /// [`VERSION`](super::VERSION).
    pub version: u32,
    /// Rounds so far.
    pub rounds: u32,
    /// True if Cox's model needs no further round.
    pub converged: bool,
    /// How sums were shared.
    pub sharing: Sharing,
    /// True if every number is that of the pooled rows.
    pub exact: bool,
    /// Why not: `precision_bits`, `grid`, `time_averaged`, `sites`.
    pub because_not_exact: Vec<String>,
    /// Levels that are taken together since a site did so, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub merged: Merges,
    /// The sites, in the order of the plan.
    pub sites: Vec<SiteUse>,
    /// Cox's model.
    pub cox: Option<CoxResult>,
    /// The test that the sites have the same coefficients.
    pub heterogeneity: Option<HeterogeneityResult>,
    /// One-step estimates of each site; only where the plan lets numbers of sites be published.
    pub site_estimates: Option<Vec<SiteEstimate>>,
    /// Pooled estimates of the sites' own fits.
    pub two_stage: Option<TwoStageResult>,
    /// The log-rank test.
    pub logrank: Option<LogRankResult>,
    /// Survival.
    pub km: Option<Curves>,
    /// Cumulative incidence.
    pub cif: Option<Incidences>,
    /// Counts of the variables: cells or levels with the range of each count, by group as `cell | group`; `moments`, and by
    /// group `moments | group`.
    pub table1: Option<BTreeMap<String, BTreeMap<String, TablePart>>>,
    /// Patients in the groups of the protocols.
    pub protocols: Option<BTreeMap<String, BTreeMap<String, Range>>>,
    /// Patients by the groups of two protocols.
    pub reclassified: Option<Vec<ReclassifiedResult>>,
    /// The files that it rests on.
    pub inputs: Vec<Input>,
    /// Hash of the plan's design.
    pub design_sha256: String,
    /// Hash of this document without this field.
    pub sha256: String,
}

/// What a site gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteUse {
    /// The site.
    pub site: String,
    /// Its patients; `None` where masked or withheld.
    pub n: Option<u64>,
    /// Its events.
    pub events: Option<u64>,
    /// Rounds in which its file was used.
    pub rounds: Vec<u32>,
    /// True if its file of this round is used.
    pub used: bool,
    /// Why not: a limit, or `missing`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// What it left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
}

/// Cox's model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CoxResult {
    /// Patients.
    pub n: Option<u64>,
    /// Events.
    pub n_events: Option<u64>,
    /// `efron`, `breslow`; `time_averaged` where risk sets are averaged over cells.
    pub ties: String,
    /// Number of cells where risk sets are averaged over them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<u64>,
    /// Log-likelihood at the estimates.
    pub loglik: Option<f64>,
    /// Log-likelihood at 0.
    pub loglik_null: Option<f64>,
    /// The coefficients.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the coefficients, lower triangle by rows.
    pub covariance_lower: Option<Vec<f64>>,
    /// Each coefficient lies within this many standard errors of the fit to the pooled rows; `None` for no bound.
    pub bound_se: Option<f64>,
    /// Effect of rounding: its largest standard deviation over the coefficients, in standard errors; 0 in full precision.
    pub rounding_se: f64,
    /// √(UᵀI⁻¹U) in each round; `None` where I is singular.
    pub decrement: Vec<Option<f64>>,
    /// The estimates after one round.
    pub one_round: Option<OneRound>,
    /// Score test of no effect.
    pub score: Option<Chi2>,
    /// Wald's test of no effect.
    pub wald: Option<Chi2>,
    /// Likelihood-ratio test of no effect.
    pub lr: Option<LikelihoodRatio>,
    /// Never known from sums.
    pub concordance: Option<f64>,
    /// Never known from sums.
    pub zph: Option<f64>,
    /// What a reader must know.
    pub warnings: Vec<String>,
}

/// A coefficient; `None` where it has no finite estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Coefficient {
    /// Its name.
    pub name: String,
    /// The estimate, on the plan's scale.
    pub coef: Option<f64>,
    /// Hazard ratio.
    pub hr: Option<f64>,
    /// Standard error.
    pub std_err: Option<f64>,
    /// Never known from sums.
    pub robust_std_err: Option<f64>,
    /// Estimate over standard error.
    pub z: Option<f64>,
    /// P value of no effect.
    pub p: Option<f64>,
    /// Lower end of the 95 % interval of the hazard ratio.
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
}

/// The estimates after one round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OneRound {
    /// The coefficients.
    pub coef: Vec<f64>,
    /// Their largest distance to the present estimates, in standard errors; `None` where there was one round only.
    pub distance_se: Option<f64>,
}

/// A chi-square test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Chi2 {
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// P value.
    pub p: f64,
}

/// A likelihood-ratio test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LikelihoodRatio {
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// P value.
    pub p: f64,
    /// True if computed from scores and informations along the rounds.
    pub approximate: bool,
}

/// The test that the sites have the same coefficients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeterogeneityResult {
    /// Cochran's Q of all coefficients.
    pub q: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// P value.
    pub p: f64,
    /// For each coefficient τ² of DerSimonian and Laird and I² in per cent, of its one-step estimates alone.
    pub coefficients: Vec<Approximate>,
}

/// Heterogeneity of one coefficient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Approximate {
    /// Name of the coefficient.
    pub name: String,
    /// Q of this coefficient.
    pub q: f64,
    /// Sites with an estimate; `None` where masked.
    pub sites: Option<u64>,
    /// τ² of DerSimonian and Laird; `None` where it has no meaning.
    pub tau2: Option<f64>,
    /// I² in per cent.
    pub i2: Option<f64>,
}

/// The one-step estimate of a site: β̂ + I⁻U.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteEstimate {
    /// The site.
    pub site: String,
    /// The coefficients; `None` where the site does not determine one.
    pub coef: Vec<Option<f64>>,
    /// Their standard errors.
    pub std_err: Vec<Option<f64>>,
    /// Always true.
    pub one_step: bool,
}

/// Pooled estimates of the sites' own fits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TwoStageResult {
    /// The multivariate estimate with fixed effects; `None` where its covariance is singular.
    pub coef: Option<Vec<f64>>,
    /// Its standard errors.
    pub std_err: Option<Vec<f64>>,
    /// Largest distance to the model fitted by rounds, in standard errors.
    pub distance_se: Option<f64>,
    /// Each coefficient alone, by each method.
    pub univariate: Vec<Univariate>,
    /// Sites without a fit of their own.
    pub sites_dropped: Vec<String>,
}

/// A coefficient pooled alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Univariate {
    /// Name of the coefficient.
    pub name: String,
    /// `fixed`, `dl`, `reml`.
    pub method: String,
    /// `z`, or `knha` for Hartung and Knapp.
    pub test: String,
    /// The estimate.
    pub coef: f64,
    /// Its standard error.
    pub std_err: f64,
    /// Lower end of the 95 % interval of the coefficient.
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
    /// τ².
    pub tau2: f64,
    /// I² in per cent.
    pub i2: f64,
    /// Cochran's Q.
    pub q: f64,
}

/// The log-rank test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogRankResult {
    /// Stratified by site: exact.
    pub stratified: Option<RankResult>,
    /// Unstratified, from the counts in cells.
    pub grid: Option<GridTest>,
}

/// A test of k groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RankResult {
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// P value.
    pub p: f64,
    /// Observed less expected events of the groups but the last.
    pub difference: Vec<f64>,
    /// Sites whose sums are in it.
    pub sites: Vec<String>,
}

/// A test from counts in cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GridTest {
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// P value.
    pub p: f64,
    /// True if the counts decide it: no cell has both events and withdrawals.
    pub exact: bool,
    /// Observed less expected events of each group.
    pub difference: Vec<f64>,
    /// What it is at least, whatever the order within the cells.
    pub lower_bound: Vec<f64>,
    /// What it is at most.
    pub upper_bound: Vec<f64>,
    /// Number of cells.
    pub cells: u64,
}

/// Survival from counts in cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Curves {
    /// One for all patients, then one a group.
    pub groups: Vec<CurveGroup>,
}

/// Survival of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CurveGroup {
    /// The group; `None` for all patients.
    pub group: Option<String>,
    /// Patients.
    pub n: u64,
    /// Events in the cells.
    pub events: u64,
    /// Sites whose counts are in it.
    pub sites: Vec<String>,
    /// Survival at the end of each cell that all of them gave.
    pub at: Vec<BoundedAt>,
    /// Mean survival time up to the end of the last cell.
    pub rmst: Option<RestrictedMeanAt>,
}

/// An estimate at a time, with bounds that hold whatever the order of events and withdrawals within the cells.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BoundedAt {
    /// End of the cell.
    pub time: f64,
    /// At risk after it.
    pub at_risk: u64,
    /// Survival.
    pub survival: f64,
    /// It is at least this.
    pub lower_bound: f64,
    /// It is at most this.
    pub upper_bound: f64,
    /// Greenwood's standard error.
    pub std_err: Option<f64>,
    /// Lower end of the 95 % interval (log-log scale).
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
    /// True if the bounds meet.
    pub exact: bool,
}

/// A mean survival time up to τ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RestrictedMeanAt {
    /// τ, in the unit of time.
    pub tau: f64,
    /// The estimate.
    pub estimate: f64,
    /// It is at least this.
    pub lower_bound: f64,
    /// It is at most this.
    pub upper_bound: f64,
}

/// Cumulative incidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Incidences {
    /// One a group.
    pub groups: Vec<CumulativeGroup>,
    /// Gray's test of each cause, stratified by site: exact.
    pub gray: Option<Vec<GrayResult>>,
    /// Gray's test of each cause from the counts, all events of a cell at its end.
    pub gray_grid: Option<Vec<GrayResult>>,
}

/// Incidence of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CumulativeGroup {
    /// The group; `None` for all patients.
    pub group: Option<String>,
    /// Patients.
    pub n: u64,
    /// One a cause.
    pub causes: Vec<CumulativeCause>,
}

/// Incidence of a cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CumulativeCause {
    /// Code of the cause in the plan.
    pub cause: String,
    /// Events in the cells.
    pub events: u64,
    /// Sites whose counts are in it.
    pub sites: Vec<String>,
    /// Incidence at the end of each cell.
    pub at: Vec<Causes>,
}

/// Incidence at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Causes {
    /// End of the cell.
    pub time: f64,
    /// The estimate.
    pub estimate: f64,
    /// It is at least this.
    pub lower_bound: f64,
    /// It is at most this.
    pub upper_bound: f64,
    /// True if the bounds meet.
    pub exact: bool,
}

/// Gray's test of a cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GrayResult {
    /// Code of the cause in the plan.
    pub cause: String,
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: u32,
    /// P value.
    pub p: f64,
}

/// A count between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// At least.
    pub at_least: u64,
    /// At most.
    pub at_most: u64,
}

/// A count of a variable's level or cell, by group, or its moments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum TablePart {
    /// A count.
    Count(Range),
    /// Mean, variance and median of a measured variable.
    Moments(Moments),
}

/// Mean, variance and median of a measured variable.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Moments {
    /// Patients with a value.
    pub n: u64,
    /// Mean of the coded values.
    pub mean: f64,
    /// Their variance (n − 1).
    pub variance: Option<f64>,
    /// Median of the values themselves, linear within its cell.
    pub median: Option<f64>,
    /// Start of its cell.
    pub median_from: Option<f64>,
    /// End of its cell.
    pub median_to: Option<f64>,
}

/// Patients by the groups of two protocols.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReclassifiedResult {
    /// The protocol of the rows.
    pub first: String,
    /// Its groups.
    pub rows: Vec<String>,
    /// The protocol of the columns.
    pub second: String,
    /// Its groups.
    pub columns: Vec<String>,
    /// Patients in each group of both.
    pub counts: Vec<Vec<Range>>,
}

/// A file that the result rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The site.
    pub site: String,
    /// The round.
    pub round: u32,
    /// Hash of the file.
    pub sha256: String,
}

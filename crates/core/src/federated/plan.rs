//! The plan of a pooled analysis: what every site computes, written once by the coordinator; and the key of a ring.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cohort::Endpoint;

use super::merges::Merges;
use super::result::{CumulativeCause, GrayResult, Input, Outcome};

/// The kind of a plan's file.
pub const KIND_PLAN: &str = "cotside-federated-plan";
/// The kind of a key's file.
pub const KIND_KEY: &str = "cotside-federated-key";
/// The version of all files of pooled analyses; readers take exactly this one.
pub const VERSION: u32 = 1;

/// A plan. The design is constant over all rounds; the rest is of one round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// [`KIND_PLAN`].
    pub kind: String,
    /// [`VERSION`].
    pub version: u32,
    /// The round, from 1.
    pub round: u32,
    /// The attempt, from 1; raised where a plan is issued again from round 1.
    pub attempt: u32,
    /// What is analysed and how.
    pub design: Design,
    /// The coefficients at which score and information are asked for, one a column of the covariates.
    pub beta: Vec<f64>,
    /// What was found in earlier rounds; `None` in round 1.
    pub totals: Option<Box<Totals>>,
    /// Hash of `design`.
    pub design_sha256: String,
    /// Hash of the plan of the round before; `None` in round 1.
    pub previous_plan_sha256: Option<String>,
    /// Hash of this document without this field.
    pub sha256: String,
}

/// What is analysed, with which covariates, limits and ways of sharing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Name of the study; files are named by it.
    pub study: String,
    /// What the coordinator gets to see.
    pub sharing: Sharing,
    /// Names of the sites, in the order in which keys are passed on.
    pub sites: Vec<String>,
    /// Version of the protocol catalogue by which patients are classified.
    pub catalogue: String,
    /// From when time is counted: a code of [`Origin`](crate::cohort::Origin).
    pub origin: String,
    /// Unit of all times: `day`, `month` or `year`.
    pub time_unit: String,
    /// What is counted as an event.
    pub endpoint: EndpointPlan,
    /// Conditions that a patient must meet, all of them.
    pub selection: Vec<Selection>,
    /// The groups that are compared; `None` for all patients together.
    pub groups: Option<GroupBy>,
    /// Strata besides the site.
    pub strata: Vec<GroupBy>,
    /// Lists of levels that a site may take together in counts, curves and the log-rank test, by field.
    pub merges: Merges,
    /// Covariates of Cox's model, in the order of the coefficients.
    pub covariates: Vec<Covariate>,
    /// Treatment of tied event times.
    pub ties: TiesPlan,
    /// Field with the time of delayed entry.
    pub entry: Option<String>,
    /// Field with the weight of each row.
    pub weights: Option<String>,
    /// Field with a known part of the linear predictor of Cox's model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// Ends of the time cells, ascending; cell j is (end j − 1, end j], the first one includes 0.
    pub grid: Vec<f64>,
    /// Variables of Table 1 that are numbers, with the ends of their cells; variables with levels have an empty list.
    pub table1: BTreeMap<String, Vec<f64>>,
    /// Protocols whose groups are counted.
    pub protocols: Vec<String>,
    /// What is computed.
    pub analyses: Vec<Analysis>,
    /// Settings of Cox's model.
    pub cox: Option<CoxPlan>,
    /// Limits of disclosure; a site may be stricter, never laxer.
    pub limits: Limits,
    /// Patients expected at all sites together.
    pub expected_n: u64,
    /// Events expected at all sites together.
    pub expected_events: u64,
    /// Whether numbers of single sites may be in the result.
    pub publish_sites: bool,
}

/// What the coordinator gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// The sums of each site, under strict limits at the site.
    PerSite,
    /// Totals alone: every number carries a mask that cancels in the sum of all sites.
    Masked,
}

impl Sharing {
    /// Both ways, the standard one first.
    pub const ALL: [Self; 2] = [Self::Masked, Self::PerSite];

    /// Returns the code in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PerSite => "per_site",
            Self::Masked => "masked",
        }
    }

    /// Returns the way of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// Treatment of tied event times in Cox's model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TiesPlan {
    /// Efron 1977.
    Efron,
    /// Breslow 1974.
    Breslow,
}

/// What is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Analysis {
    /// Counts and sums of the variables in `table1`, and the groups of protocols.
    Table1,
    /// The log-rank test of the groups, stratified by site.
    Logrank,
    /// Gray's test of the groups for each cause, stratified by site.
    Gray,
    /// Survival at the ends of the cells.
    Km,
    /// Cumulative incidence of each cause at the ends of the cells.
    Cif,
    /// Mean survival time up to the end of the last cell.
    Rmst,
    /// Cox's model.
    Cox,
    /// The pooled estimates of each site's own fit.
    TwoStage,
}

impl Analysis {
    /// Every analysis.
    pub const ALL: [Self; 8] = [
        Self::Table1,
        Self::Logrank,
        Self::Gray,
        Self::Km,
        Self::Cif,
        Self::Rmst,
        Self::Cox,
        Self::TwoStage,
    ];

    /// Returns the code in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Table1 => "table1",
            Self::Logrank => "logrank",
            Self::Gray => "gray",
            Self::Km => "km",
            Self::Cif => "cif",
            Self::Rmst => "rmst",
            Self::Cox => "cox",
            Self::TwoStage => "two_stage",
        }
    }

    /// Returns the analysis of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|analysis| analysis.code() == code)
    }
}

/// Codes of the kinds of events that an endpoint counts, where a plan names none.
#[must_use]
pub const fn causes_of(endpoint: Endpoint) -> &'static [&'static str] {
    match endpoint {
        Endpoint::EventFreeSurvival => &["relapse", "death", "second_malignancy", "induction_failure"],
        Endpoint::OverallSurvival => &["death"],
        Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse => &["relapse", "death", "second_malignancy"],
        Endpoint::LeukaemiaFreeSurvival => &["relapse", "death"],
        Endpoint::GvhdFreeRelapseFreeSurvival => &["relapse", "death", "acute_gvhd", "chronic_gvhd"],
        Endpoint::AsInFile => &["event"],
    }
}

/// Ends of the cells of time in days, where a plan names none.
pub const STANDARD_CELLS: [f64; 11] = [
    91.0, 183.0, 274.0, 365.0, 548.0, 731.0, 1096.0, 1461.0, 1826.0, 2557.0, 3652.0,
];

/// What is counted as an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EndpointPlan {
    /// A code of [`Endpoint`](crate::cohort::Endpoint).
    pub id: String,
    /// Codes of [`EventKind`](crate::cohort::EventKind): cause 1 is the first one, and so on.
    pub causes: Vec<String>,
    /// Later follow-up is cut off here, in the unit of time.
    pub horizon: Option<f64>,
}

/// A condition of the selection; an unknown value never meets it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The variable.
    pub field: String,
    /// It is this or above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// It is below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// It is one of these levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Vec<String>>,
}

/// A variable by whose levels patients are grouped; `protocol:` and an id for the groups of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupBy {
    /// The variable.
    pub field: String,
    /// Its levels in the order of the results; patients of other levels are left out and counted.
    pub levels: Vec<String>,
}

/// A covariate of Cox's model. Constants are the plan's, never a site's mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
pub enum Covariate {
    /// (clip(value, lo, hi) − centre)/scale.
    Identity(Scaled),
    /// (clip(log10(value), lo, hi) − centre)/scale.
    Log10(Scaled),
    /// 1 below the cut, else 0.
    Below {
        /// The variable.
        name: String,
        /// The cut, in the unit.
        cut: f64,
        /// Unit of the variable.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// One column of 0 and 1 for each of the levels, against the reference level.
    Level {
        /// The variable.
        name: String,
        /// The reference level.
        reference: String,
        /// The levels that have a column.
        levels: Vec<String>,
    },
}

/// A measured covariate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Scaled {
    /// The variable.
    pub name: String,
    /// Unit of the variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Lowest value after the function; lower ones are set to it.
    pub lo: f64,
    /// Highest value after the function; higher ones are set to it.
    pub hi: f64,
    /// Subtracted.
    pub centre: f64,
    /// Divided by.
    pub scale: f64,
}

/// Settings of Cox's model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CoxPlan {
    /// True for strata by site (exact); false for risk sets averaged over the cells of time, all sites together.
    pub stratified: bool,
    /// Coefficients of round 1.
    pub start: Vec<f64>,
    /// Most rounds.
    pub rounds_max: u32,
    /// The bound, in standard errors, at which the rounds end where sums are rounded.
    pub stop: f64,
}

/// Limits of disclosure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The smallest count other than 0 that may leave.
    pub smallest_cell: u64,
    /// Fewest patients of a site for score and information.
    pub smallest_n: u64,
    /// Fewest events of a site for Cox's model, where there are any.
    pub smallest_events: u64,
    /// Sums are rounded to 2^-bits of a declared unit.
    pub precision_bits: u32,
    /// Largest share of one patient in the spread of a continuous covariate.
    pub largest_share: f64,
    /// Most rounds on one selection of patients, over all plans.
    pub rounds_per_selection: u32,
}

impl Limits {
    /// Those of a plan that names no others.
    pub const STANDARD: Self = Self {
        smallest_cell: 5,
        smallest_n: 20,
        smallest_events: 10,
        precision_bits: 6,
        largest_share: 0.5,
        rounds_per_selection: 8,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// What was found in the rounds before: pooled sums, and the results that are final after round 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Patients of all sites in the latest round; `None` where a site withheld its own.
    pub n: Option<u64>,
    /// Events of all sites in the latest round.
    pub events: Option<u64>,
    /// Cox's model so far, the first round first.
    pub rounds: Vec<Round>,
    /// The files so far.
    pub inputs: Vec<Input>,
    /// The result of round 1 without Cox's model, and with `cif` in `incidence`.
    pub first: Box<Outcome>,
    /// Cumulative incidence of round 1: one a group and cause.
    pub incidence: Option<Vec<Incidence>>,
    /// Gray's tests of round 1, stratified by site.
    pub gray: Option<Vec<GrayResult>>,
    /// Gray's tests of round 1 from the counts.
    pub gray_grid: Option<Vec<GrayResult>>,
}

/// Cumulative incidence of a cause in a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Incidence {
    /// The group; `None` for all patients.
    pub group: Option<String>,
    /// Patients of the group.
    pub n: u64,
    /// The cause.
    pub cause: CumulativeCause,
}

/// The pooled sums of Cox's model in a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// The round.
    pub round: u32,
    /// Sites whose sums are in it, in the order of the plan; all of them where sums are masked.
    pub sites: Vec<String>,
    /// The coefficients.
    pub beta: Vec<f64>,
    /// Σ of the scores.
    pub score: Vec<f64>,
    /// Σ of the informations, lower triangle by rows.
    pub information_lower: Vec<f64>,
    /// Σ of the log-likelihoods; `None` where they do not leave.
    pub loglik: Option<f64>,
    /// The Newton decrement √(UᵀI⁻¹U).
    pub decrement: Option<f64>,
}

/// The secret of one pair of neighbours in the ring of sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// [`KIND_KEY`].
    pub kind: String,
    /// [`VERSION`].
    pub version: u32,
    /// Hash of the design that it is for.
    pub design_sha256: String,
    /// The site that made it.
    pub from: String,
    /// The next site in the order of the plan.
    pub to: String,
    /// 64 hexadecimal digits.
    pub key: String,
}

impl Covariate {
    /// Returns the name of the variable.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Identity(scaled) | Self::Log10(scaled) => &scaled.name,
            Self::Below { name, .. } | Self::Level { name, .. } => name,
        }
    }

    /// Returns the names of its columns, which are those of the coefficients.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        match self {
            Self::Identity(scaled) | Self::Log10(scaled) => vec![scaled.name.clone()],
            Self::Below { name, cut, .. } => vec![format!("{name}<{}", crate::shortest(*cut))],
            Self::Level { name, levels, .. } => levels.iter().map(|level| format!("{name}={level}")).collect(),
        }
    }

    /// Returns the range of each of its columns: the largest difference between two rows.
    #[must_use]
    pub fn ranges(&self) -> Vec<f64> {
        match self {
            Self::Identity(scaled) | Self::Log10(scaled) => vec![(scaled.hi - scaled.lo) / scaled.scale.abs()],
            Self::Below { .. } => vec![1.0],
            Self::Level { levels, .. } => vec![1.0; levels.len()],
        }
    }
}

impl Design {
    /// Returns the names of the coefficients.
    #[must_use]
    pub fn coefficients(&self) -> Vec<String> {
        self.covariates.iter().flat_map(Covariate::columns).collect()
    }

    /// Returns the constants by which a variable's numbers are coded, and whether their log10 is; none where no covariate
    /// takes them as numbers.
    #[must_use]
    pub fn scaled(&self, name: &str) -> Option<(&Scaled, bool)> {
        self.covariates.iter().find_map(|covariate| match covariate {
            Covariate::Identity(scaled) if scaled.name == name => Some((scaled, false)),
            Covariate::Log10(scaled) if scaled.name == name => Some((scaled, true)),
            _ => None,
        })
    }

    /// Returns the range R of each column of the covariates.
    #[must_use]
    pub fn ranges(&self) -> Vec<f64> {
        self.covariates.iter().flat_map(Covariate::ranges).collect()
    }

    /// Returns the number of groups, 1 where there are none.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.groups.as_ref().map_or(1, |groups| groups.levels.len())
    }

    /// True if an analysis is asked for.
    #[must_use]
    pub fn asks(&self, analysis: Analysis) -> bool {
        self.analyses.contains(&analysis)
    }

    /// True if the groups of protocols are needed.
    #[must_use]
    pub fn uses_protocols(&self) -> bool {
        let mut by = self.groups.iter().chain(&self.strata);
        !self.protocols.is_empty() || by.any(|by| by.field.starts_with("protocol:"))
    }

    /// Returns the sites before and after a site in the ring of keys.
    #[must_use]
    pub fn neighbours(&self, site: &str) -> Option<(&str, &str)> {
        let count = self.sites.len();
        let at = self.sites.iter().position(|known| known == site)?;
        Some((&self.sites[(at + count - 1) % count], &self.sites[(at + 1) % count]))
    }
}

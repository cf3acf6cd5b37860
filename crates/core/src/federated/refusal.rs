//! Names of the limits of disclosure, and the refusal of a file by one of them.

/// A limit of disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// No count from 1 to m − 1.
    SmallestCell,
    /// A count that would give away a smaller one.
    Complement,
    /// Patients of a site.
    SmallestN,
    /// Patients of a site for score and information: 5(p + 3).
    PatientsPerColumn,
    /// Patients of all other sites together.
    OtherSites,
    /// Events of a site.
    SmallestEvents,
    /// Share of one patient in the spread of a measured covariate.
    LargestShare,
    /// The largest value in a sum of raw values.
    LargestValue,
    /// Bits of precision.
    PrecisionBits,
    /// Rounds of one plan.
    RoundsMax,
    /// Rounds on one selection of patients.
    RoundsPerSelection,
    /// Size of the coefficients asked for.
    Coefficients,
    /// Effective number of patients at the coefficients asked for.
    EffectiveN,
    /// Columns of covariates.
    Columns,
    /// Sites of a ring.
    Sites,
    /// Numbers sent about each patient.
    Numbers,
    /// A number that follows from several files.
    Difference,
    /// Files whose patients differ by few.
    ChangedRows,
    /// Rounds of one attempt over other patients or values.
    OtherData,
    /// Two different files for one round.
    SameRound,
    /// Two lists of sites that differ by one.
    SiteList,
}

impl Limit {
    /// Returns its name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::SmallestCell => "smallest_cell",
            Self::Complement => "complement",
            Self::SmallestN => "smallest_n",
            Self::PatientsPerColumn => "patients_per_column",
            Self::OtherSites => "other_sites",
            Self::SmallestEvents => "smallest_events",
            Self::LargestShare => "largest_share",
            Self::LargestValue => "largest_value",
            Self::PrecisionBits => "precision_bits",
            Self::RoundsMax => "rounds_max",
            Self::RoundsPerSelection => "rounds_per_selection",
            Self::Coefficients => "coefficients",
            Self::EffectiveN => "effective_n",
            Self::Columns => "columns",
            Self::Sites => "sites",
            Self::Numbers => "numbers",
            Self::Difference => "difference",
            Self::ChangedRows => "changed_rows",
            Self::OtherData => "other_data",
            Self::SameRound => "same_round",
            Self::SiteList => "site_list",
        }
    }

    /// What is wrong.
    fn what(self) -> &'static str {
        match self {
            Self::SmallestCell => "a small count",
            Self::Complement => "a count that gives away a small one",
            Self::SmallestN | Self::PatientsPerColumn => "too few patients",
            Self::OtherSites => "too few patients at the other sites",
            Self::SmallestEvents => "too few events",
            Self::LargestShare => "one patient is too large a part of a covariate's spread",
            Self::LargestValue => "one value is too large a part of a sum",
            Self::PrecisionBits => "too precise for so few patients",
            Self::RoundsMax => "too many rounds for a plan",
            Self::RoundsPerSelection => "too many rounds on the same patients",
            Self::Coefficients => "the coefficients asked for are too large",
            Self::EffectiveN => "the coefficients asked for single out too few patients",
            Self::Columns => "too many columns of covariates",
            Self::Sites => "the sites of a masked plan give all or nothing, and are at least 3",
            Self::Numbers => "more numbers than values of the patients",
            Self::Difference => "a sum of few patients follows",
            Self::ChangedRows => "few patients were added, removed or changed since an earlier file",
            Self::OtherData => "other patients or values than in an earlier round",
            Self::SameRound => "another file for the same round",
            Self::SiteList => "the sites differ by one from an earlier plan",
        }
    }

    /// What helps.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::SmallestN | Self::PatientsPerColumn | Self::SmallestEvents => {
                "ask for a plan with masked totals, or with fewer covariates"
            }
            Self::OtherSites => "ask for a plan with more sites",
            Self::SmallestCell | Self::Complement => "ask for a plan with coarser levels or without this analysis",
            Self::LargestShare | Self::LargestValue => {
                "ask for a plan that takes the logarithm or cuts large values off"
            }
            Self::PrecisionBits => "leave the precision to the plan's standard",
            Self::RoundsMax => "ask for a plan with fewer rounds",
            Self::RoundsPerSelection | Self::Numbers => "send no more about these patients",
            Self::Coefficients | Self::EffectiveN => "ask the coordinator how these coefficients came about",
            Self::Columns => "ask for a plan with fewer covariates",
            Self::Sites => "ask for another plan",
            Self::Difference => "ask for a plan on exactly the same patients, or on others",
            Self::ChangedRows => {
                "use the earlier data until the study ends, or ask for a new attempt after more changes"
            }
            Self::OtherData => {
                "give the same file and the same end of follow-up as then, or ask for the plan again from round 1, as a new attempt"
            }
            Self::SameRound => "send the earlier file again, or ask for a new attempt",
            Self::SiteList => "ask for a plan on the earlier list of sites",
        }
    }
}

/// Why a plan is not answered, or a file not saved.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{} ({found}, limit {limit_value}, {}){}; {}", limit.what(), limit.code(), with(earlier), limit.remedy())]
pub struct Refusal {
    /// The limit.
    pub limit: Limit,
    /// The field of the plan or of the file, or the variable.
    pub field: String,
    /// What was found.
    pub found: f64,
    /// The limit's value: the least or the most that is allowed.
    pub limit_value: f64,
    /// Names of earlier files, where they are the reason.
    pub earlier: Vec<String>,
}

/// Names of earlier files as a part of a sentence.
fn with(earlier: &[String]) -> String {
    if earlier.is_empty() {
        String::new()
    } else {
        format!(" with {}", earlier.join(", "))
    }
}

/// A number outside a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outside {
    /// The limit.
    pub limit: Limit,
    /// What was found.
    pub found: f64,
    /// The least or the most that is allowed.
    pub allowed: f64,
}

impl Outside {
    pub(super) fn new(limit: Limit, found: f64, allowed: f64) -> Self {
        Self { limit, found, allowed }
    }

    /// Names the field that is outside.
    pub fn of(self, field: impl Into<String>) -> Refusal {
        Refusal {
            limit: self.limit,
            field: field.into(),
            found: self.found,
            limit_value: self.allowed,
            earlier: Vec::new(),
        }
    }
}

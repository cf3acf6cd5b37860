//! What is known about one infant: the data dictionary, and the reader that converts typed text into findings.
//!
//! [`read()`] never fails: an [`Infant`] holds only values within their ranges that do not contradict each other.
//! Values that could not be used are in the list of [`Issue`]s.

mod age;
mod date;
mod field;
mod form;
mod issue;
mod read;
mod values;

pub use age::{Age, AgeLimit, ExactAge, LAST_DAY_IN_SCOPE, OLDEST_DAYS, month_span, week_span};
pub use date::Date;
pub use field::{Field, Kind, Stage};
pub use form::{AgeUnit, Choice, Form, Question, Settled, same_value, without_unit};
pub use issue::{Issue, IssueKind, Severity};
pub use read::{Entry, Reading, read};
pub use values::{Cd10, Cns, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse, Sex};

/// Blood blasts per µL on day 8 at which the prednisone response is poor; below it is good.
///
/// Dördelmann et al., Blood 1999;94:1209–17: good below 1,000/µL, poor at or above 1,000/µL, after seven days of
/// prednisone and one intrathecal dose of methotrexate on day 1.
pub const POOR_RESPONSE_BLASTS_PER_UL: f64 = 1_000.0;

/// White cells × 10⁹/L above which a number may be a count per µL: it is not used in 10⁹/L.
pub const MOST_WBC: f64 = 3_000.0;

/// Cells per µL of cerebrospinal fluid at which blasts make CNS3; fewer make CNS2.
pub const CNS3_CELLS_PER_UL: f64 = 5.0;

/// One infant's findings. `None` is "not known yet"; "tested and could not be established" is a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Infant {
    /// A label for the row; never interpreted.
    pub id: Option<String>,
    /// Age at diagnosis.
    pub age: Option<Age>,
    /// Sex; `None` where unknown, as for all findings.
    pub sex: Option<Sex>,
    /// White blood cells at diagnosis, 10⁹/L.
    pub wbc: Option<f64>,
    /// KMT2A status: rearranged or germline.
    pub kmt2a: Option<Kmt2a>,
    /// Fusion partner of a rearranged KMT2A.
    pub kmt2a_partner: Option<Partner>,
    /// Lineage of the blasts.
    pub lineage: Option<Lineage>,
    /// CD10 on the blasts.
    pub cd10: Option<Cd10>,
    /// CNS status; follows from the fluid where cells and blasts settle it.
    pub cns: Option<Cns>,
    /// White cells per µL of cerebrospinal fluid.
    pub csf_wbc: Option<f64>,
    /// Blasts in the cerebrospinal fluid.
    pub csf_blasts: Option<bool>,
    /// True for testicular disease at diagnosis.
    pub testis: Option<bool>,
    /// Blood blasts per µL on day 8.
    pub day8_blasts: Option<f64>,
    /// Response to the prednisone prephase; follows from `day8_blasts` where that is given.
    pub prednisone_response: Option<PrednisoneResponse>,
    /// Complete remission at the end of induction.
    pub remission_eoi: Option<bool>,
    /// Minimal residual disease as a fraction of cells, by [`MrdPoint`] (0 is negative).
    pub mrd: [Option<f64>; MrdPoint::COUNT],
    /// Relapse, or disease that never went into remission.
    pub relapse: Option<bool>,
    /// Duration of the first remission, months.
    pub first_remission_months: Option<f64>,
    /// Second remission after salvage therapy.
    pub salvage_remission: Option<bool>,
    /// True for Down syndrome.
    pub down_syndrome: Option<bool>,
}

impl Infant {
    /// Returns the possible CNS states: one if `cns` is known, else those that the fluid allows.
    #[must_use]
    pub fn possible_cns(&self) -> Vec<Cns> {
        match self.cns {
            Some(known) => vec![known],
            None => Cns::ALL
                .iter()
                .copied()
                .filter(|&cns| cns.agrees_with_fluid(self.csf_wbc, self.csf_blasts))
                .collect(),
        }
    }

    /// Minimal residual disease at a time point, as a fraction.
    #[must_use]
    pub fn mrd_at(&self, point: MrdPoint) -> Option<f64> {
        self.mrd[point.index()]
    }
}

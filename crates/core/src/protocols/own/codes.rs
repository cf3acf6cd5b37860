//! The codes of the file, each in one place for reading and for writing.

use super::super::rule::{AtLimit, Family, IfUnknown, Level, Operator};
use crate::evidence::{PublishedEndpoint, Read};

/// A value with a code in files.
pub(super) trait Coded: Copy + PartialEq + 'static {
    /// Every value with its code.
    const CODES: &'static [(Self, &'static str)];

    /// The code of a value.
    fn code_of(self) -> &'static str {
        let found = Self::CODES.iter().find(|(value, _)| *value == self);
        found.map_or("", |(_, code)| code)
    }

    /// The value of a code.
    fn with_code(code: &str) -> Option<Self> {
        let found = Self::CODES.iter().find(|(_, known)| *known == code);
        found.map(|(value, _)| *value)
    }
}

macro_rules! coded {
    ($($kind:ty { $($value:ident = $code:expr),+ $(,)? })+) => {
        $(impl Coded for $kind { const CODES: &'static [(Self, &'static str)] = &[$((Self::$value, $code)),+]; })+
    };
}

coded! {
    Family { Trial = "trial", Series = "series", Prognostic = "prognostic" }
    Level { Low = "low", Intermediate = "intermediate", High = "high" }
    IfUnknown { Ask = "ask", SayCondition = "say_condition", Wait = "wait" }
    Operator { AtLeast = "at_least", MoreThan = "more_than" }
    AtLimit { Stated = "stated", Disputed = "disputed", Undefined = "undefined" }
    Read {
        Paper = Read::Paper.code(),
        Abstract = Read::Abstract.code(),
        Register = Read::Register.code(),
        Secondary = Read::Secondary.code(),
        News = Read::News.code(),
        Derived = Read::Derived.code(),
        Unverified = Read::Unverified.code(),
    }
    PublishedEndpoint {
        EventFreeSurvival = PublishedEndpoint::EventFreeSurvival.code(),
        OverallSurvival = PublishedEndpoint::OverallSurvival.code(),
        DiseaseFreeSurvival = PublishedEndpoint::DiseaseFreeSurvival.code(),
        CumulativeIncidenceOfRelapse = PublishedEndpoint::CumulativeIncidenceOfRelapse.code(),
        CrudeRelapse = PublishedEndpoint::CrudeRelapse.code(),
        CrudeSecondRemission = PublishedEndpoint::CrudeSecondRemission.code(),
        CrudeAliveInRemission = PublishedEndpoint::CrudeAliveInRemission.code(),
        CrudeTransplantRelatedDeath = PublishedEndpoint::CrudeTransplantRelatedDeath.code(),
        CrudeDeath = PublishedEndpoint::CrudeDeath.code(),
        CrudeMrdResponse = PublishedEndpoint::CrudeMrdResponse.code(),
        Unnamed = PublishedEndpoint::Unnamed.code(),
    }
}

/// The kinds of tests of a clause, by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Younger than a limit.
    YoungerThan,
    /// A limit or younger.
    AtMostAged,
    /// White cells.
    Wbc,
    /// A KMT2A status.
    Kmt2aIs,
    /// Some KMT2A status.
    Kmt2aEstablished,
    /// A fusion partner.
    PartnerIs,
    /// One of some lineages.
    LineageIn,
    /// CNS disease at diagnosis.
    CnsDisease,
    /// CNS status CNS3.
    Cns3,
    /// Absence of Down syndrome.
    NoDownSyndrome,
    /// A prednisone response.
    ResponseIs,
    /// Remission after induction.
    InRemission,
    /// Residual disease.
    Mrd,
    /// A relapse has occurred.
    Relapsed,
    /// A second remission was reached.
    SecondRemission,
    /// A donor, which is not in the data dictionary.
    Donor,
    /// A treatment, which is not in the data dictionary.
    Treatment,
}

coded! {
    Asks {
        YoungerThan = "younger_than",
        AtMostAged = "at_most_aged",
        Wbc = "wbc",
        Kmt2aIs = "kmt2a_is",
        Kmt2aEstablished = "kmt2a_established",
        PartnerIs = "partner_is",
        LineageIn = "lineage_in",
        CnsDisease = "cns_disease",
        Cns3 = "cns3",
        NoDownSyndrome = "no_down_syndrome",
        ResponseIs = "prednisone_response_is",
        InRemission = "in_remission",
        Mrd = "mrd",
        Relapsed = "relapsed",
        SecondRemission = "second_remission",
        Donor = "donor",
        Treatment = "treatment",
    }
}

impl Asks {
    /// Every question with its code.
    pub const ALL: &'static [(Self, &'static str)] = Self::CODES;

    /// The question with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::with_code(code)
    }

    /// Returns the keys of its parameters, besides `test`.
    #[must_use]
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::YoungerThan => &["limit", "unit", "at_limit"],
            Self::AtMostAged => &["limit", "unit"],
            Self::Wbc => &["operator", "limit", "unit", "at_limit"],
            Self::Mrd => &["point", "operator", "limit", "unit", "at_limit"],
            Self::Kmt2aIs | Self::PartnerIs | Self::ResponseIs => &["value"],
            Self::LineageIn => &["values"],
            Self::Kmt2aEstablished
            | Self::CnsDisease
            | Self::Cns3
            | Self::NoDownSyndrome
            | Self::InRemission
            | Self::Relapsed
            | Self::SecondRemission
            | Self::Donor
            | Self::Treatment => &[],
        }
    }
}

/// Units of age in the file.
pub(super) const DAYS: &str = "days";
/// Months of the calendar.
pub(super) const MONTHS: &str = "months";
/// The unit of white cells in the file.
pub(super) const CELLS: &str = "10^9/L";
/// The unit of residual disease in the file.
pub(super) const FRACTION: &str = "fraction";
/// In place of a fact: the sources do not say how to classify a KMT2A result, also whether it is neither.
pub(super) const NEITHER_TOO: &str = "open_neither_too";

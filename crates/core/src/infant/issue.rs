//! Problems, contradictions and remarks about an entry.

use super::field::Field;

/// How much an issue matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth saying; the value was used.
    Notice,
    /// Findings contradict each other; none of them was used.
    Contradiction,
    /// The text is not a value of its field; it was not used.
    Invalid,
}

/// One issue, with the fields that it concerns (never empty).
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// The fields concerned; the first is the one to correct.
    pub fields: Vec<Field>,
    /// The text of the first field as it was typed.
    pub text: String,
    /// The kind of the issue.
    pub kind: IssueKind,
}

/// The kind of an issue about an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum IssueKind {
    /// A number was expected.
    NotANumber,
    /// The number is outside the accepted range.
    OutOfRange,
    /// A code of the field was expected.
    NotAnOption,
    /// A date as YYYY-MM-DD was expected.
    NotADate,
    /// Only one of birth and diagnosis date is given, and no other age.
    OneDateOnly,
    /// The date of diagnosis is before the date of birth.
    DiagnosisBeforeBirth,
    /// The ages given by different fields cannot all be true.
    AgesDisagree,
    /// The two white cell counts are not the same number.
    WbcDisagree,
    /// The CNS status contradicts the cerebrospinal fluid.
    CnsContradictsFluid,
    /// The response contradicts the day-8 blasts.
    ResponseContradictsBlasts,
    /// A fusion partner is given for a KMT2A that is not rearranged.
    PartnerWithoutRearrangement,
    /// Testicular disease is given for a girl.
    TestisInGirl,
    /// Findings at relapse are given for a child without relapse.
    SalvageWithoutRelapse,
    /// The response was derived from the day-8 blasts.
    ResponseFromBlasts,
    /// The CNS status was derived from the fluid.
    CnsFromFluid,
    /// KMT2A was set to rearranged because a partner is given.
    RearrangedFromPartner,
    /// A count so high that per µL may have been meant.
    WbcVeryHigh,
    /// "10e-4" is 0.001; some pages print it for 10⁻⁴.
    TenE,
    /// Older than the infants that the protocols are for.
    BeyondInfancy,
    /// Months were given with decimals: completed months were used.
    MonthsCutOff,
}

impl IssueKind {
    /// Returns the severity of the issue.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::NotANumber | Self::OutOfRange | Self::NotAnOption | Self::NotADate | Self::DiagnosisBeforeBirth => {
                Severity::Invalid
            }
            Self::AgesDisagree
            | Self::WbcDisagree
            | Self::CnsContradictsFluid
            | Self::ResponseContradictsBlasts
            | Self::PartnerWithoutRearrangement
            | Self::TestisInGirl
            | Self::SalvageWithoutRelapse => Severity::Contradiction,
            Self::OneDateOnly
            | Self::ResponseFromBlasts
            | Self::CnsFromFluid
            | Self::RearrangedFromPartner
            | Self::WbcVeryHigh
            | Self::TenE
            | Self::BeyondInfancy
            | Self::MonthsCutOff => Severity::Notice,
        }
    }
}

//! Values of a file that could not be used: the position, the reason, and the remedy.

use super::date_form::DateForm;
use super::lenient::RowFault;
use crate::infant::{Issue, IssueKind};

/// Something that could not be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Position of the row, from 0; `None` where a whole column is meant.
    pub row: Option<usize>,
    /// Line of the file on which the row starts; 1 for a column.
    pub line: u64,
    /// Position of the column; `None` where the whole row is meant.
    pub column: Option<usize>,
    /// Text of the cell.
    pub text: String,
    /// The reason.
    pub trouble: Trouble,
}

/// Why a value could not be used.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// The row does not fit the header; it is not used at all.
    Row(RowFault),
    /// A finding is invalid, contradicts another, or should be checked.
    Finding(Issue),
    /// No date in the form chosen for the column.
    NotADate(DateForm),
    /// No number of 0 or more in the form chosen for the column.
    NotATime,
    /// A text without a meaning; the codes that it could have.
    NoMeaning(&'static [&'static str]),
    /// A white cell count that is too high for the unit of its column; it is not used until a person chooses how to
    /// read it.
    HighCount,
    /// An age in weeks or years that leaves the completed months open.
    AgeTooCoarse,
    /// Another row of the same patient has another value, which is used.
    OtherRow {
        /// That row, from 0.
        used: usize,
        /// Its value.
        value: String,
    },
    /// This column already has the role; the second one is not read.
    RoleTwice(usize),
}

/// What a person can do about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Mend the row in the file: delimiters, quotes.
    MendRow,
    /// Delete the row or ignore it, as it is empty.
    LeaveOut,
    /// Mend the cell in the file, or empty it if the value is unknown.
    MendCell,
    /// Mend the cell, or choose another form of dates for the column.
    MendCellOrDateForm,
    /// Mend the cell, or choose another decimal mark for the column.
    MendCellOrNumberForm,
    /// Choose the meaning of the text.
    SayMeaning,
    /// Give one of the two columns another role.
    ChooseOneColumn,
    /// Empty the value that is wrong in the file.
    ChooseOneValue,
    /// Find out which of the findings is right.
    SettleContradiction,
    /// Look whether the value is in the unit of the column.
    CheckUnit,
    /// Choose how such counts are read.
    ChooseCount,
    /// Give the age in days or completed months.
    GiveDays,
}

impl Trouble {
    /// Returns what a person can do about it.
    #[must_use]
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::Row(RowFault::Blank) => Remedy::LeaveOut,
            Self::Row(_) => Remedy::MendRow,
            Self::NotADate(_) => Remedy::MendCellOrDateForm,
            Self::NotATime => Remedy::MendCellOrNumberForm,
            Self::NoMeaning(_) => Remedy::SayMeaning,
            Self::HighCount => Remedy::ChooseCount,
            Self::AgeTooCoarse => Remedy::GiveDays,
            Self::OtherRow { .. } => Remedy::ChooseOneValue,
            Self::RoleTwice(_) => Remedy::ChooseOneColumn,
            Self::Finding(issue) => match issue.kind {
                IssueKind::NotANumber => Remedy::MendCellOrNumberForm,
                IssueKind::NotADate => Remedy::MendCellOrDateForm,
                IssueKind::NotAnOption => Remedy::SayMeaning,
                IssueKind::OutOfRange | IssueKind::WbcVeryHigh | IssueKind::TenE => Remedy::CheckUnit,
                IssueKind::DiagnosisBeforeBirth
                | IssueKind::AgesDisagree
                | IssueKind::WbcDisagree
                | IssueKind::CnsContradictsFluid
                | IssueKind::ResponseContradictsBlasts
                | IssueKind::PartnerWithoutRearrangement
                | IssueKind::TestisInGirl
                | IssueKind::SalvageWithoutRelapse => Remedy::SettleContradiction,
                IssueKind::OneDateOnly
                | IssueKind::ResponseFromBlasts
                | IssueKind::CnsFromFluid
                | IssueKind::RearrangedFromPartner
                | IssueKind::BeyondInfancy
                | IssueKind::MonthsCutOff => Remedy::MendCell,
            },
        }
    }
}

//! The data dictionary: every column of a patient file, every field of the form and every finding of a rule.

use serde::{Deserialize, Serialize};

use super::values::{Cd10, Cns, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse, Sex};

/// When in the course of treatment a finding becomes known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Measured at diagnosis.
    Diagnosis,
    /// Day 8, after the prednisone prephase.
    Day8,
    /// Measured at the end of induction.
    EndOfInduction,
    /// End of consolidation and later measurements of residual disease.
    Consolidation,
    /// At relapse or failure of induction.
    Relapse,
}

impl Stage {
    /// Every stage, in the order of treatment.
    pub const ALL: &'static [Self] = &[
        Self::Diagnosis,
        Self::Day8,
        Self::EndOfInduction,
        Self::Consolidation,
        Self::Relapse,
    ];
}

/// The kind of values that a field accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A decimal number within a closed range, in the named unit.
    Number {
        /// Smallest accepted value.
        low: f64,
        /// Largest accepted value.
        high: f64,
        /// Code of the unit of the number.
        unit: &'static str,
    },
    /// A fraction of cells in 0–1, or a percentage with `%`.
    Fraction,
    /// A date as YYYY-MM-DD.
    Date,
    /// One of these codes.
    Code(&'static [&'static str]),
}

/// Codes of a yes-or-no field.
pub(super) const YES_NO: &[&str] = &["yes", "no"];

/// One column of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)] // The names are the columns' own; their meaning stands in `words`.
pub enum Field {
    Id,
    AgeDays,
    AgeMonths,
    BirthDate,
    DiagnosisDate,
    Sex,
    Wbc,
    WbcPerUl,
    Kmt2a,
    Kmt2aPartner,
    Lineage,
    Cd10,
    Cns,
    CsfWbc,
    CsfBlasts,
    Testis,
    DownSyndrome,
    Day8Blasts,
    PrednisoneResponse,
    RemissionEoi,
    MrdEoi,
    MrdEoc,
    MrdTp4,
    MrdBlina1,
    Relapse,
    FirstRemissionMonths,
    SalvageRemission,
}

impl Field {
    /// Every field, in the order of the dictionary.
    pub const ALL: &'static [Self] = &[
        Self::Id,
        Self::AgeDays,
        Self::AgeMonths,
        Self::BirthDate,
        Self::DiagnosisDate,
        Self::Sex,
        Self::Wbc,
        Self::WbcPerUl,
        Self::Kmt2a,
        Self::Kmt2aPartner,
        Self::Lineage,
        Self::Cd10,
        Self::Cns,
        Self::CsfWbc,
        Self::CsfBlasts,
        Self::Testis,
        Self::DownSyndrome,
        Self::Day8Blasts,
        Self::PrednisoneResponse,
        Self::RemissionEoi,
        Self::MrdEoi,
        Self::MrdEoc,
        Self::MrdTp4,
        Self::MrdBlina1,
        Self::Relapse,
        Self::FirstRemissionMonths,
        Self::SalvageRemission,
    ];

    /// How many fields there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Returns the position in [`Field::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Name of the column in files and of the key in JSON.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::AgeDays => "age_days",
            Self::AgeMonths => "age_months",
            Self::BirthDate => "birth_date",
            Self::DiagnosisDate => "diagnosis_date",
            Self::Sex => "sex",
            Self::Wbc => "wbc",
            Self::WbcPerUl => "wbc_per_ul",
            Self::Kmt2a => "kmt2a",
            Self::Kmt2aPartner => "kmt2a_partner",
            Self::Lineage => "lineage",
            Self::Cd10 => "cd10",
            Self::Cns => "cns",
            Self::CsfWbc => "csf_wbc",
            Self::CsfBlasts => "csf_blasts",
            Self::Testis => "testis",
            Self::DownSyndrome => "down_syndrome",
            Self::Day8Blasts => "day8_blasts",
            Self::PrednisoneResponse => "prednisone_response",
            Self::RemissionEoi => "remission_eoi",
            Self::MrdEoi => MrdPoint::EndOfInduction.code(),
            Self::MrdEoc => MrdPoint::EndOfConsolidation.code(),
            Self::MrdTp4 => MrdPoint::BeforeOctadad.code(),
            Self::MrdBlina1 => MrdPoint::AfterBlinatumomab.code(),
            Self::Relapse => "relapse",
            Self::FirstRemissionMonths => "first_remission_months",
            Self::SalvageRemission => "salvage_remission",
        }
    }

    /// The field with this column name, in any letter case.
    #[must_use]
    pub fn from_column(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.column().eq_ignore_ascii_case(name))
    }

    /// Returns the kind of values that the field accepts.
    #[must_use]
    pub const fn kind(self) -> Kind {
        const fn number(low: f64, high: f64, unit: &'static str) -> Kind {
            Kind::Number { low, high, unit }
        }
        match self {
            Self::Id => Kind::Text,
            Self::AgeDays => number(0.0, super::OLDEST_DAYS as f64, "days"),
            Self::AgeMonths => number(0.0, 216.0, "months"),
            Self::BirthDate | Self::DiagnosisDate => Kind::Date,
            Self::Sex => Kind::Code(Sex::CODES),
            Self::Wbc => number(0.0, super::MOST_WBC, "10⁹/L"),
            Self::WbcPerUl => number(0.0, 1e8, "/µL"),
            Self::Kmt2a => Kind::Code(Kmt2a::CODES),
            Self::Kmt2aPartner => Kind::Code(Partner::CODES),
            Self::Lineage => Kind::Code(Lineage::CODES),
            Self::Cd10 => Kind::Code(Cd10::CODES),
            Self::Cns => Kind::Code(Cns::CODES),
            Self::CsfWbc => number(0.0, 1e6, "/µL"),
            Self::Day8Blasts => number(0.0, 1e8, "/µL"),
            Self::PrednisoneResponse => Kind::Code(PrednisoneResponse::CODES),
            Self::MrdEoi | Self::MrdEoc | Self::MrdTp4 | Self::MrdBlina1 => Kind::Fraction,
            Self::FirstRemissionMonths => number(0.0, 240.0, "months"),
            Self::CsfBlasts
            | Self::Testis
            | Self::DownSyndrome
            | Self::RemissionEoi
            | Self::Relapse
            | Self::SalvageRemission => Kind::Code(YES_NO),
        }
    }

    /// When the finding becomes known.
    #[must_use]
    pub const fn stage(self) -> Stage {
        match self {
            Self::Day8Blasts | Self::PrednisoneResponse => Stage::Day8,
            Self::RemissionEoi | Self::MrdEoi => Stage::EndOfInduction,
            Self::MrdEoc | Self::MrdTp4 | Self::MrdBlina1 => Stage::Consolidation,
            Self::Relapse | Self::FirstRemissionMonths | Self::SalvageRemission => Stage::Relapse,
            _ => Stage::Diagnosis,
        }
    }

    /// The field of a time point of minimal residual disease.
    #[must_use]
    pub const fn of_mrd(point: MrdPoint) -> Self {
        match point {
            MrdPoint::EndOfInduction => Self::MrdEoi,
            MrdPoint::EndOfConsolidation => Self::MrdEoc,
            MrdPoint::BeforeOctadad => Self::MrdTp4,
            MrdPoint::AfterBlinatumomab => Self::MrdBlina1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_columns_are_unambiguous() {
        for (position, &field) in Field::ALL.iter().enumerate() {
            assert_eq!(field.index(), position);
            assert_eq!(Field::from_column(field.column()), Some(field));
        }
    }
}

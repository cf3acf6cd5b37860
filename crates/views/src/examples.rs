//! Examples: a published vignette, a published series, and infants at the boundaries of rules.

use cotside_core::infant::{Entry, Field};
use cotside_words::lang::page;

/// The nine patients of the Severance series.
pub const SEVERANCE_CSV: &str = include_str!("../../../www/samples/severance.csv");

/// One example; its words stand at the same place of [`page::EXAMPLE_WORDS`].
pub struct Example {
    findings: &'static [(Field, &'static str)],
}

impl Example {
    /// Its findings.
    #[must_use]
    pub fn entry(&self) -> Entry {
        Entry::from_pairs(self.findings.iter().copied())
    }
}

/// The examples; the page opens on the first.
pub const EXAMPLES: [Example; page::EXAMPLE_WORDS.len()] = [
    Example {
        findings: &[
            (Field::AgeDays, "28"),
            (Field::Sex, "male"),
            (Field::Wbc, "1100"),
            (Field::Kmt2a, "rearranged"),
            (Field::Kmt2aPartner, "MLLT1"),
            (Field::CsfWbc, "38"),
            (Field::CsfBlasts, "yes"),
        ],
    },
    Example {
        findings: &[
            (Field::AgeDays, "179"),
            (Field::Wbc, "45"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::PrednisoneResponse, "good"),
        ],
    },
    Example {
        findings: &[
            (Field::AgeDays, "183"),
            (Field::Wbc, "320"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::PrednisoneResponse, "poor"),
        ],
    },
    Example {
        findings: &[
            (Field::AgeDays, "100"),
            (Field::Wbc, "300"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::PrednisoneResponse, "good"),
        ],
    },
    Example {
        findings: &[
            (Field::AgeDays, "150"),
            (Field::Wbc, "30"),
            (Field::Kmt2a, "ptd"),
            (Field::Cns, "1"),
        ],
    },
    Example {
        findings: &[
            (Field::AgeDays, "120"),
            (Field::Wbc, "80"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::CsfWbc, "12"),
            (Field::CsfBlasts, "yes"),
            (Field::Day8Blasts, "1500"),
            (Field::PrednisoneResponse, "good"),
        ],
    },
];

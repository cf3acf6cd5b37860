//! Examples: a published vignette, a published series, and infants at the boundaries of rules.

use cotside_core::infant::{Entry, Field};

/// The nine patients of the Severance series.
pub const SEVERANCE_CSV: &str = include_str!("../../../www/samples/severance.csv");

/// One example.
pub struct Example {
    /// Its name in the menu.
    pub name: &'static str,
    /// What the banner says of it.
    pub about: &'static str,
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
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "Four-week-old boy (Blood 2019;133:205)",
        about: "Brown, Pieters and Biondi, Blood 2019;133:205, patient 1: a four-week-old boy (28 days), white cells \
                1,100 × 10⁹/L, KMT2A::MLLT1, 38 white cells/µL with lymphoblasts in the CSF.",
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
        name: "Boundary: 179 days, no CNS disease",
        about: "A made-up infant one day below MLL-10's limit of 180 days.",
        findings: &[
            (Field::AgeDays, "179"),
            (Field::Wbc, "45"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::PrednisoneResponse, "good"),
        ],
    },
    Example {
        name: "Boundary: 183 days, where six months is open",
        about: "A made-up infant of 183 days: whether six calendar months have passed depends on the dates.",
        findings: &[
            (Field::AgeDays, "183"),
            (Field::Wbc, "320"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::PrednisoneResponse, "poor"),
        ],
    },
    Example {
        name: "Boundary: white cells exactly 300 × 10⁹/L",
        about: "A made-up infant at the limit on which sources differ (300 or more, more than 300).",
        findings: &[
            (Field::AgeDays, "100"),
            (Field::Wbc, "300"),
            (Field::Kmt2a, "rearranged"),
            (Field::Cns, "1"),
            (Field::PrednisoneResponse, "good"),
        ],
    },
    Example {
        name: "Partial tandem duplication of KMT2A",
        about: "A made-up infant with a KMT2A partial tandem duplication, which is not a rearrangement.",
        findings: &[
            (Field::AgeDays, "150"),
            (Field::Wbc, "30"),
            (Field::Kmt2a, "ptd"),
            (Field::Cns, "1"),
        ],
    },
    Example {
        name: "Findings that contradict each other",
        about: "A made-up infant whose findings cannot all be true: CNS1 with blasts in the fluid, a good response with \
                1,500 blasts/µL.",
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

//! Interfant-99 by residual disease (van der Velden 2009): three groups found by analysis.
//!
//! High = minimal residual disease of 10⁻⁴ or more at the end of consolidation (time point 3). Low = below 10⁻⁴ at the
//! end of induction (time point 2) **and** at the end of consolidation. Medium = the rest. The groups describe
//! prognosis and allocated nothing.

use super::rule::{Clause, at_least, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Level, Outcome, Protocol, Test};
use crate::evidence::shared_sources::INTERFANT_99_REGISTER;
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, MrdPoint};

static VAN_DER_VELDEN_2009: Source = Source {
    short: "van der Velden 2009",
    reference: "van der Velden VH et al., Leukemia 2009",
    identifier: "doi:10.1038/leu.2009.17",
};

static INFANT: Clause = clause(
    "younger-than-366-days",
    Test::YoungerThan(Days(366)),
    INTERFANT_99_REGISTER.in_register("eligibility"),
)
.note("The limit of Interfant-99, from which the 99 infants came.");
static EOI: Clause = clause(
    "mrd-eoi-at-least-1e-4",
    Test::Mrd(MrdPoint::EndOfInduction, at_least(1e-4)),
    VAN_DER_VELDEN_2009.in_abstract("abstract"),
)
.note("Time point 2. Measured by quantitative PCR; results of flow cytometry are not interchangeable.");
static EOC: Clause = clause(
    "mrd-eoc-at-least-1e-4",
    Test::Mrd(MrdPoint::EndOfConsolidation, at_least(1e-4)),
    VAN_DER_VELDEN_2009.in_abstract("abstract"),
)
.note("Time point 3. Measured by quantitative PCR; results of flow cytometry are not interchangeable.");

/// Definition of Interfant-99 by residual disease as data; the top of this file describes it.
pub static INTERFANT_MRD: Protocol = Protocol {
    id: "interfant-mrd",
    name: "Interfant-99 MRD groups (van der Velden 2009)",
    organisation: "Interfant network",
    family: Family::Prognostic,
    era: fact(
        "Infants of Interfant-99, registered as younger than 366 days; the years of the 99 analysed were not found.",
        INTERFANT_99_REGISTER.in_register("eligibility"),
    ),
    summary: "MRD of 10⁻⁴ or more at the end of consolidation is high; below 10⁻⁴ at the end of induction and of \
              consolidation is low; the rest are medium.",
    eligible: &[required(&INFANT)],
    groups: &[
        group("mrd-high", "MRD high risk (MRD-HR)", Some(Level::High), Is(&EOC)),
        group(
            "mrd-low",
            "MRD low risk (MRD-LR)",
            Some(Level::Low),
            All(&[Not(&Is(&EOI)), Not(&Is(&EOC))]),
        ),
        group(
            "mrd-medium",
            "MRD medium risk (MRD-MR)",
            Some(Level::Intermediate),
            Always,
        ),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "None: an analysis of residual disease, which allocated no treatment.",
        VAN_DER_VELDEN_2009.in_abstract("abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "MRD high (10⁻⁴ or more at the end of consolidation)",
            applies: InGroup("mrd-high"),
            endpoint: CrudeRelapse,
            years: None,
            n: None,
            estimate: 100.0,
            spread: NotStated,
            cite: VAN_DER_VELDEN_2009.in_abstract("abstract"),
            note: "All of them; 26 % of 99 infants belonged to this group.",
        },
        Outcome {
            population: "MRD medium (the rest)",
            applies: InGroup("mrd-medium"),
            endpoint: CrudeRelapse,
            years: None,
            n: None,
            estimate: 31.0,
            spread: NotStated,
            cite: VAN_DER_VELDEN_2009.in_abstract("abstract"),
            note: "30 % of 99 infants belonged to this group.",
        },
        Outcome {
            population: "MRD low (below 10⁻⁴ at the end of induction and of consolidation)",
            applies: InGroup("mrd-low"),
            endpoint: CrudeRelapse,
            years: None,
            n: None,
            estimate: 13.0,
            spread: NotStated,
            cite: VAN_DER_VELDEN_2009.in_abstract("abstract"),
            note: "44 % of 99 infants belonged to this group.",
        },
    ],
    facts: &[fact(
        "99 infants with residual disease by quantitative PCR: 26 % high, 30 % medium, 44 % low.",
        VAN_DER_VELDEN_2009.in_abstract("abstract"),
    )],
    pitfalls: &[
        fact(
            "The percentages are infants with a relapse, not survival and not estimates at a time: they cannot be set \
             beside event-free survival.",
            VAN_DER_VELDEN_2009.in_abstract("abstract"),
        ),
        fact(
            "Both time points lie within Interfant treatment. End of early consolidation in MLL-10, start of OCTADA(D) in \
             Interfant-06 and the point after blinatumomab in Interfant-21 are other times.",
            VAN_DER_VELDEN_2009.in_abstract("abstract"),
        ),
        fact(
            "10⁻⁴ is 0.01 %. Van der Linden 2009 is another paper, on leukaemia in the first month of life.",
            VAN_DER_VELDEN_2009.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "Survival of the three groups with its uncertainty and time: the full report would give it.",
        "How infants with one of the two measurements missing were counted: the full report would say.",
        "How a positive result below the quantitative range was counted: the full report would say.",
    ],
};

//! Interfant-21 (open since December 2022): two groups by age, white cell count and prednisone response.
//!
//! For KMT2A-rearranged B-lineage and mixed-phenotype leukaemia only. High risk = younger than 6 months **and** (white
//! cells above 300 × 10⁹/L **or** a poor prednisone response). Medium risk = older than 6 months, or younger with white
//! cells below 300 × 10⁹/L and a response that is good **or unknown**. Exactly 6 months and exactly 300 are in neither
//! wording.

use super::rule::{
    AtLimit, Condition::*, Family, Handling, HsctCondition, HsctRule, Level, Outcome, Outside, Protocol, Test,
};
use super::rule::{Clause, clause, group, more_than, presumed, required};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, Lineage, MrdPoint, PrednisoneResponse};

pub(super) static PORTAL: Source = Source {
    short: "Interfant-21 study portal",
    reference: "German society for paediatric oncology (GPOH), Interfant-21, German and English pages, 2024-10-02",
    identifier: "NCT05327894",
};
static REGISTER: Source = Source {
    short: "Interfant-21 register entry",
    reference: "ClinicalTrials.gov, Interfant-21",
    identifier: "NCT05327894",
};
static VAN_DER_SLUIS_2023: Source = Source {
    short: "van der Sluis 2023",
    reference: "van der Sluis IM et al., N Engl J Med 2023;388:1572–81",
    identifier: "",
};

static BLINATUMOMAB_PILOT_2026: Source = Source {
    short: "Blinatumomab pilot 2026",
    reference: "Sustained Benefit of Blinatumomab in Infants With KMT2A-Rearranged ALL, J Clin Oncol 2026",
    identifier: "",
};

static INFANT: Clause = clause(
    "age-at-most-365-days",
    Test::AtMostAged(Days(365)),
    REGISTER.in_register("eligibility"),
)
.note("Day 365 is in, unlike MLL-10.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    REGISTER.in_register("eligibility"),
)
.note("Germline infants are excluded.");
static NOT_T: Clause = clause(
    "not-t-lineage",
    Test::LineageIn(&[Lineage::B, Lineage::Mixed]),
    REGISTER.in_register("eligibility"),
)
.note("B-cell precursor or mixed phenotype with a B component; T-cell leukaemia is excluded.")
.said_of(&["mixed"]);
static YOUNG: Clause = clause(
    "younger-than-6-months",
    Test::YoungerThanOpen(Months(6)),
    PORTAL.in_register("risk groups"),
)
.note(
    "Medium risk is worded as over 6 months: the very day on which 6 months are complete is in neither wording. No \
     source converts 6 months into days.",
);
static HIGH_WBC: Clause = clause(
    "wbc-more-than-300",
    Test::Wbc(more_than(300.0).at_limit(AtLimit::Undefined)),
    PORTAL.in_register("risk groups, German page"),
)
.note(
    "High risk is worded as over 300, medium as under 300: exactly 300 is in neither. Interfant-06 says 300 or more.",
);
static POOR_RESPONSE: Clause = clause(
    "poor-prednisone-response",
    Test::ResponseIs(PrednisoneResponse::Poor),
    PORTAL.in_register("risk groups"),
)
.note("Joined to the white cell count by “and/or”, read as or.");
static REMISSION: Clause = clause("remission-eoi", Test::InRemission, PORTAL.in_register("risk groups"));
static MRD_AFTER_BLINATUMOMAB: Clause = clause(
    "mrd-after-blinatumomab-more-than-1e-4",
    Test::Mrd(
        MrdPoint::AfterBlinatumomab,
        more_than(1e-4).at_limit(AtLimit::Undefined),
    ),
    PORTAL.in_register("risk groups"),
)
.note("Above 0.01 % after the first course; what exactly 0.01 % means is not stated.");
static RELAPSED: Clause = clause(
    "relapse",
    Test::Relapsed,
    PORTAL.unverified("not worded; transplant after the first blinatumomab course implies it"),
);
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    VAN_DER_SLUIS_2023.in_abstract("abstract"),
);

const PILOT: &str = "KMT2A rearranged, Interfant-06 backbone + one blinatumomab course (pilot, n = 30)";
const NOT_RANDOMISED: &str =
    "Pilot study before this protocol, not randomised; median follow-up 26.3 months (3.9–48.2).";

/// Definition of Interfant-21 as data; the top of this file describes it.
pub static INTERFANT_21: Protocol = Protocol {
    id: "interfant-21",
    name: "Interfant-21",
    organisation: "Interfant network",
    family: Family::Trial,
    era: fact(
        "Started December 2022; recruiting in January 2026.",
        REGISTER.in_register("status"),
    ),
    summary: "Among KMT2A rearranged infants, younger than 6 months with white cells above 300 × 10⁹/L or a poor \
              prednisone response is high risk; all others are medium risk.",
    eligible: &[required(&INFANT), required(&REARRANGED), presumed(&NOT_T)],
    groups: &[
        group(
            "high",
            "high risk (HR)",
            Some(Level::High),
            All(&[Is(&YOUNG), Any(&[Is(&HIGH_WBC), Is(&POOR_RESPONSE)])]),
        ),
        group("medium", "medium risk (MR)", Some(Level::Intermediate), Always),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: Some(fact(
        "Medium risk takes in infants younger than 6 months with white cells below 300 × 10⁹/L whose prednisone response \
         is good or unknown.",
        PORTAL.in_register("risk groups"),
    )),
    hsct: HsctRule::rule(
        Any(&[
            InGroup("high"),
            All(&[
                InGroup("medium"),
                Any(&[Not(&Is(&REMISSION)), Is(&MRD_AFTER_BLINATUMOMAB)]),
            ]),
        ]),
        &[
            HsctCondition {
                id: "first-remission",
                when: All(&[
                    Any(&[Is(&REMISSION), Not(&Is(&MRD_AFTER_BLINATUMOMAB))]),
                    Not(&Is(&RELAPSED)),
                ]),
                cite: RELAPSED.cite,
            },
            HsctCondition {
                id: "mrd-below-1e-4",
                when: Not(&Is(&MRD_AFTER_BLINATUMOMAB)),
                cite: PORTAL.in_register("risk groups"),
            },
        ],
        "High-risk infants, and medium-risk infants moved to high-risk treatment (no complete remission at the end of \
         induction, or MRD above 0.01 % after the first blinatumomab course), once MRD negative or below 0.01 %.",
        PORTAL.in_register("risk groups"),
    ),
    outcomes: &[
        Outcome {
            population: PILOT,
            applies: Is(&TREATED_SO),
            endpoint: DiseaseFreeSurvival,
            years: Some(2.0),
            n: Some(30),
            estimate: 81.6,
            spread: Interval95(60.8, 92.0),
            cite: VAN_DER_SLUIS_2023.in_abstract("abstract"),
            note: NOT_RANDOMISED,
        },
        Outcome {
            population: PILOT,
            applies: Is(&TREATED_SO),
            endpoint: OverallSurvival,
            years: Some(2.0),
            n: Some(30),
            estimate: 93.3,
            spread: Interval95(75.9, 98.3),
            cite: VAN_DER_SLUIS_2023.in_abstract("abstract"),
            note: "28 of 30. Pilot study before this protocol, not randomised; median follow-up 26.3 months (3.9–48.2).",
        },
    ],
    facts: &[
        fact(
            "Medium risk is split by MRD at the end of induction: below 0.05 % is MR-low, 0.05 % or more is MR-high.",
            PORTAL.in_register("risk groups"),
        ),
        fact(
            "Medium-risk infants move to high-risk treatment without complete remission at the end of induction, or with \
             MRD above 0.01 % after the first blinatumomab course.",
            PORTAL.in_register("risk groups"),
        ),
        fact(
            "No blinatumomab for infants with CD19-negative blasts or with CNS2 or CNS3 at the end of induction.",
            REGISTER.in_register("eligibility"),
        ),
        fact(
            "Historical controls of the pilot, from Interfant-06: 2-year disease-free survival 49.4 % (42.5–56.0), overall \
             survival 65.8 % (58.9–71.8).",
            VAN_DER_SLUIS_2023.in_abstract("abstract"),
        ),
        fact(
            "After the blinatumomab course of the pilot 28 of 30 infants (93 %) were MRD negative (16) or below 5 × 10⁻⁴ \
             (12). The dose was 15 µg/m² a day for 28 days.",
            VAN_DER_SLUIS_2023.in_abstract("abstract"),
        ),
        fact(
            "The pilot at 4 years (median follow-up 4.2 years, 3.2–6.0), not randomised: disease-free survival 83.3 % (64.5–92.7), overall survival 93.3 % (75.9–98.3); selected controls from Interfant-06 44.0 % (37.0–50.8) and 60.2 % (53.0–66.7). No event was added after the first report.",
            BLINATUMOMAB_PILOT_2026.in_news("news report and a bulletin with the abstract"),
        ),
        fact(
            "Not eligible: systemic corticosteroids for more than 1 week, or any chemotherapy, in the 4 weeks before.",
            REGISTER.in_register("eligibility"),
        ),
    ],
    pitfalls: &[
        fact(
            "The English page prints white cells “under” 300 for high risk; its German twin says over. Medium risk is \
             worded as under 300, so the English page would put the same infants into both.",
            PORTAL.in_register("risk groups, English page"),
        ),
        fact(
            "Exactly 6 months and exactly 300 × 10⁹/L are in neither group's wording; Interfant-06 counts 300 as high.",
            PORTAL.in_register("risk groups"),
        ),
        fact(
            "A prednisone response that stays unknown counts as not poor here and only here; in Interfant-06 it leaves the \
             group open. Before day 8 it is not known yet, and the group is open here too.",
            PORTAL.in_register("risk groups"),
        ),
        fact(
            "“10e-4” on the Interfant pages means 10⁻⁴ = 0.01 %, the limit here; a computer reads 10e-4 as 0.001.",
            PORTAL.in_register("risk groups"),
        ),
        fact(
            "The published outcomes are those of 30 infants of a pilot with one blinatumomab course; this protocol itself \
             has none yet.",
            VAN_DER_SLUIS_2023.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "What exactly 6 months, exactly 300 × 10⁹/L and exactly 0.01 % count as: the protocol document would say.",
        "How 6 months are counted in days: the protocol document would say.",
        "What a response that stays unknown counts as when white cells are unknown too: the protocol document would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the protocol \
         document would say.",
    ],
};

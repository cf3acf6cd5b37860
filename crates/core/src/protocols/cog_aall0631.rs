//! COG AALL0631: three groups by KMT2A and age in days.
//!
//! Standard risk = germline. High risk = rearranged and younger than 90 days. Intermediate risk = rearranged, 90 days
//! or older. Infants whose KMT2A status could not be established left the study. White cell count, prednisone response
//! and CNS status are not used.

use super::rule::{Clause, clause, group, presumed, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Level, Outcome, Outside, Protocol, Test};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static REGISTRY: Source = Source {
    short: "AALL0631 registry",
    reference: "ClinicalTrials.gov, COG AALL0631",
    identifier: "NCT00557193",
};
static TRIAL_PAGE: Source = Source {
    short: "AALL0631 trial page",
    reference: "UT Southwestern, trial page of COG AALL0631 (STU 092010-221)",
    identifier: "NCT00557193",
};
static BROWN_2021: Source = Source {
    short: "Brown 2021",
    reference: "Brown PA et al., Leukemia 2021;35:1279–90",
    identifier: "doi:10.1038/s41375-021-01177-6",
};
static FAULK_2023: Source = Source {
    short: "Faulk 2023",
    reference: "Faulk et al., Pediatr Blood Cancer 2023;70:e30467",
    identifier: "",
};
pub(super) static GUEST_2024: Source = Source {
    short: "Guest 2024",
    reference: "Guest et al., Haematologica 2024;109:3918–27",
    identifier: "doi:10.3324/haematol.2024.285158",
};
static GUEST_2022: Source = Source {
    short: "Guest 2022",
    reference: "Guest EM et al., Haematologica 2022 (letter)",
    identifier: "doi:10.3324/haematol.2021.280146",
};
pub(super) static AALL15P1_REGISTRY: Source = Source {
    short: "AALL15P1 registry",
    reference: "ClinicalTrials.gov, COG AALL15P1",
    identifier: "NCT02828358",
};

pub(super) static YALE_PAGE: Source = Source {
    short: "AALL0631 at Yale",
    reference: "Yale School of Medicine, trial page of COG AALL0631",
    identifier: "NCT00557193",
};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    REGISTRY.in_register("eligibility"),
)
.note("Printed as less than 1 year; no source converts it into days.");
static ESTABLISHED: Clause = clause(
    "kmt2a-established",
    Test::Kmt2aEstablished,
    TRIAL_PAGE.in_register("risk groups"),
)
.note("Infants whose KMT2A status stayed indeterminate were taken off study.");
static NO_DOWN_SYNDROME: Clause = clause(
    "no-down-syndrome",
    Test::NoDownSyndrome,
    YALE_PAGE.in_register("eligibility"),
)
.note("Printed as not eligible.");
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    TRIAL_PAGE.in_register("risk groups"),
);
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    TRIAL_PAGE.in_register("risk groups"),
);
static YOUNG: Clause = clause(
    "younger-than-90-days",
    Test::YoungerThan(Days(90)),
    TRIAL_PAGE.in_register("risk groups"),
)
.note("90 days is intermediate, 89 days is high. COG P9407 counts day 90 among the adverse ones.");
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    BROWN_2021.in_abstract("abstract"),
);

/// Definition of COG AALL0631 as data; the top of this file describes it.
pub static COG_AALL0631: Protocol = Protocol {
    id: "cog-aall0631",
    name: "COG AALL0631",
    organisation: "Children's Oncology Group",
    family: Family::Trial,
    era: fact(
        "Years of enrolment were not found; the registry counts 218 infants.",
        REGISTRY.in_register("enrolment"),
    ),
    summary: "KMT2A germline is standard risk; rearranged is high risk below 90 days of age and intermediate risk from 90 \
              days.",
    eligible: &[required(&INFANT), required(&ESTABLISHED), presumed(&NO_DOWN_SYNDROME)],
    groups: &[
        group("standard", "standard risk (SR)", Some(Level::Low), Is(&GERMLINE)),
        group(
            "high",
            "high risk (HR)",
            Some(Level::High),
            All(&[Is(&REARRANGED), Is(&YOUNG)]),
        ),
        group(
            "intermediate",
            "intermediate risk (IR)",
            Some(Level::Intermediate),
            Always,
        ),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::Stated(fact(
        "Infants whose KMT2A status could not be established were taken off study.",
        TRIAL_PAGE.in_register("risk groups"),
    )),
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "No rule on transplant in first remission was found in the sources that could be read.",
        REGISTRY.unverified("no rule found"),
    ),
    outcomes: &[
        Outcome {
            population: "KMT2A rearranged, chemotherapy and lestaurtinib",
            applies: All(&[Is(&REARRANGED), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(67),
            estimate: 36.0,
            spread: StandardError(6.0),
            cite: BROWN_2021.in_abstract("abstract"),
            note: "Intermediate and high risk together; P = .67 against chemotherapy alone.",
        },
        Outcome {
            population: "KMT2A rearranged, chemotherapy alone",
            applies: All(&[Is(&REARRANGED), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(54),
            estimate: 39.0,
            spread: StandardError(7.0),
            cite: BROWN_2021.in_abstract("abstract"),
            note: "Intermediate and high risk together; P = .67 against lestaurtinib.",
        },
    ],
    facts: &[
        fact(
            "Lestaurtinib arm, 3-year event-free survival by FLT3 inhibition: target inhibited 59 (10) % \
             against not inhibited 28 (7) %; blasts sensitive ex vivo 52 (8) % against resistant 5 (5) %; inhibited and \
             sensitive 88 (8) % (17 infants).",
            BROWN_2021.in_abstract("abstract"),
        ),
        fact(
            "MRD by flow, positive from 0.01 %, rearranged infants, 3-year event-free survival positive against negative: \
             time point 1 25 (6) against 49 (7) % (P = .0009), time point 2 21 (8) against 47 (7) % (P < .0001), time \
             point 3 22 (14) against 51 (6) % (P = .0178). The time points are the trial's own.",
            FAULK_2023.in_abstract("abstract"),
        ),
        fact(
            "In germline infants MRD did not tell outcome: positive against negative 88 (12) and 87 (5) % (P = .73), 100 \
             and 88 (5) % (P = .24), 100 and 87 (5) % (P = .53) at time points 1 to 3.",
            FAULK_2023.in_abstract("abstract"),
        ),
        fact(
            "T-cell leukaemia could enter; Down syndrome, mature B-cell leukaemia and acute myeloid leukaemia could not, and \
             bilineal or biphenotypic leukaemia only if predominantly lymphoid.",
            YALE_PAGE.in_register("eligibility"),
        ),
        fact(
            "MRD was measured in 175 infants, 117 of them KMT2A rearranged.",
            FAULK_2023.in_abstract("abstract"),
        ),
        fact(
            "The next trial, AALL15P1, gave azacitidine before each of four courses after induction, in a single arm of \
             rearranged infants; germline infants left after induction. Dose-limiting toxicity in 2 of 31 (6.5 %); \
             event-free survival was similar to earlier trials.",
            GUEST_2024.in_abstract("abstract"),
        ),
        fact(
            "AALL15P1 took infants younger than 1 year with B-ALL, or with leukaemia of ambiguous lineage or mixed \
             phenotype and at least 50 % B lymphoblasts; 78 were enrolled.",
            AALL15P1_REGISTRY.in_register("eligibility"),
        ),
        fact(
            "Germline infants had an outcome that the report calls outstanding; boys did worse; age of 6 months and white cells of 50 × 10⁹/L made no difference. Its estimates stand on a page that could not be read.",
            GUEST_2022.in_abstract("title and first page"),
        ),
    ],
    pitfalls: &[
        fact(
            "Day 90 is intermediate risk here; in COG P9407 it belongs to the adverse infants of 90 days or younger.",
            TRIAL_PAGE.in_register("risk groups"),
        ),
        fact(
            "An erratum to the trial report exists; its text could not be read.",
            BROWN_2021.unverified("erratum"),
        ),
        fact(
            "AALL15P1's backbone is described as that of Interfant-06 on the registry and as based on AALL0631 induction \
             on a hospital's page: one does not follow from the other.",
            AALL15P1_REGISTRY.in_register("description"),
        ),
    ],
    open_questions: &[
        "Transplant in first remission: the protocol document would say.",
        "Event-free survival of intermediate and high risk apart: the full trial report would give it.",
        "What a partial tandem duplication counts as: the protocol document would say.",
        "What the erratum to the trial report corrects: the erratum would say.",
    ],
};

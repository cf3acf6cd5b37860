//! ALL-BFM 83, 86 and 90 (1983–1995): two groups by the response to the prednisone prephase.
//!
//! Poor response = 1,000 blasts per µL or more in the blood on day 8, after seven days of prednisone and one
//! intrathecal dose of methotrexate on day 1. Good response = fewer. Age, white cell count and KMT2A are not used.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Level, Outcome, Protocol, Test};
use crate::evidence::shared_sources::{BLOOD_COMMENTARY_2020, DORDELMANN_1999};
use crate::evidence::{PublishedEndpoint::*, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, PrednisoneResponse};

static INFANT: Clause = clause(
    "age-at-most-12-months",
    Test::AtMostAged(Months(12)),
    DORDELMANN_1999.in_abstract("abstract"),
)
.note("An infant of exactly 12 months is in. No source converts 12 months into days.");
static POOR_RESPONSE: Clause = clause(
    "poor-prednisone-response",
    Test::ResponseIs(PrednisoneResponse::Poor),
    DORDELMANN_1999.in_abstract("abstract"),
)
.note(
    "1,000 blasts per µL of blood or more on day 8 is poor, fewer is good: a count of blasts, neither of all white \
     cells nor a percentage. The test includes the intrathecal methotrexate of day 1.",
);
static YOUNG: Clause = clause(
    "younger-than-6-months",
    Test::YoungerThan(Months(6)),
    DORDELMANN_1999.in_abstract("abstract"),
)
.note("Only chooses a published outcome; it does not allocate.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    DORDELMANN_1999.in_abstract("abstract"),
)
.note("Printed as an abnormality of 11q23. Only chooses a published outcome; it does not allocate.");

const SPREAD: &str = "The abstract prints ±; a commentary gives the number that both print as a standard error.";

/// ALL-BFM 83, 86 and 90.
pub static BFM_83_86_90: Protocol = Protocol {
    id: "bfm-83-86-90",
    name: "ALL-BFM 83, 86 and 90",
    organisation: "Berlin–Frankfurt–Münster (BFM) study group",
    family: Family::Trial,
    era: fact("Enrolled 1983–1995.", BLOOD_COMMENTARY_2020.secondary("table")),
    summary: "1,000 blasts per µL of blood or more on day 8 of the prednisone prephase is a poor response; fewer is a \
              good response.",
    eligible: &[required(&INFANT)],
    groups: &[
        group(
            "poor-response",
            "prednisone poor response (PPR)",
            Some(Level::High),
            Is(&POOR_RESPONSE),
        ),
        group("good-response", "prednisone good response (PGR)", None, Always),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "No rule that allocates to transplant was found. The conclusion names transplant in first remission as one \
               option for poor responders.",
        DORDELMANN_1999.in_abstract("abstract, conclusion"),
    ),
    outcomes: &[
        Outcome {
            population: "good response, 11q23 abnormality",
            applies: All(&[InGroup("good-response"), Is(&REARRANGED)]),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(17),
            estimate: 41.0,
            spread: StandardError(12.0),
            cite: DORDELMANN_1999.in_abstract("abstract"),
            note: "The abstract prints 41±12, a commentary 41 (12) as standard error.",
        },
        Outcome {
            population: "poor response, KMT2A rearranged",
            applies: All(&[InGroup("poor-response"), Is(&REARRANGED)]),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: None,
            estimate: 9.0,
            spread: StandardError(9.0),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "29 rearranged less 17 good responders leave 12 infants; 9 (9) fits 1 of 11.",
        },
        Outcome {
            population: "good response, younger than 6 months",
            applies: All(&[InGroup("good-response"), Is(&YOUNG)]),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(40),
            estimate: 44.0,
            spread: StandardError(8.0),
            cite: DORDELMANN_1999.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "good response",
            applies: InGroup("good-response"),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: None,
            estimate: 53.0,
            spread: StandardError(6.0),
            cite: DORDELMANN_1999.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "poor response",
            applies: InGroup("poor-response"),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: None,
            estimate: 15.0,
            spread: StandardError(7.0),
            cite: DORDELMANN_1999.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(106),
            estimate: 43.0,
            spread: StandardError(5.0),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(6.0),
            n: Some(106),
            estimate: 48.0,
            spread: StandardError(6.0),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "",
        },
    ],
    facts: &[
        fact(
            "106 infants: 74 % good and 26 % poor responders; white cells above 100 × 10⁹/L in 57 %, CNS leukaemia in \
             24 %, CD10 negative 59 %, 11q23 abnormality 49 %, t(4;11) 29 %.",
            DORDELMANN_1999.in_abstract("abstract"),
        ),
        fact(
            "Poor against good response: P = .0001 for event-free survival; relative risk in the multivariable model 3.3 \
             (1.9–5.8).",
            DORDELMANN_1999.in_abstract("abstract"),
        ),
        fact(
            "Good responders with CD10-negative blasts (n = 43): 6-year event-free survival 49±8 %.",
            DORDELMANN_1999.in_abstract("abstract"),
        ),
        fact(
            "Good responders had conventional, poor responders intensified chemotherapy.",
            DORDELMANN_1999.in_abstract("abstract"),
        ),
        fact(
            "KMT2A rearranged in 29 of 59 tested; complete remission 95.2 %, death in remission 3.8 %; induction death not \
             available.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
    ],
    pitfalls: &[
        fact(
            "The response is a number of blasts per µL of blood on day 8. 1,000 per µL is 1.0 × 10⁹/L; the white cell count \
             of that day is another number.",
            DORDELMANN_1999.in_abstract("abstract"),
        ),
        fact(
            "A commentary prints the outcome by response in its column for KMT2A-rearranged infants: 41 (12) and 9 (9) are \
             of rearranged infants, 53±6 and 15±7 of all.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
        fact(
            "95.2 % in complete remission fits 100 of 105 and no number of 106.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
    ],
    open_questions: &[
        "How 12 months are counted in days: the protocol documents would say.",
        "Which infants without a day-8 count were put into which group: the full report would say.",
        "How many rearranged poor responders there were (11 or 12): the full report would say.",
    ],
};

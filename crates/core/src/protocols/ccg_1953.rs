//! CCG-1953 (1996–2000): no risk groups; transplant by KMT2A and donor.
//!
//! No rule that allocates chemotherapy by risk was found. KMT2A-rearranged infants with a related or unrelated donor
//! matched 5–6/6, found within 4 months, were assigned to transplant.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctCondition, HsctRule, Outcome, Outside, Protocol, Test};
use crate::evidence::shared_sources::{BLOOD_COMMENTARY_2020, DREYER_2011};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, Partner};

static HILDEN_2006: Source = Source {
    short: "Hilden 2006",
    reference: "Hilden JM et al., Blood 2006;108:441–51",
    identifier: "PMID 16556894",
};
static ASH_2005: Source = Source {
    short: "Hilden 2005 (ASH 7)",
    reference: "Hilden JM et al., Blood 2005;106(11):7",
    identifier: "",
};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    HILDEN_2006.in_abstract("abstract"),
)
.note("No source converts 12 months into days.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    ASH_2005.in_abstract("abstract"),
)
.note("Printed as an 11q23/MLL abnormality; all 115 infants were tested.");
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    HILDEN_2006.in_abstract("abstract"),
);
static DONOR: Clause = clause(
    "donor-within-4-months",
    Test::NotAsked(Outside::Donor),
    ASH_2005.in_abstract("abstract"),
)
.note("A related or unrelated donor matched 5–6/6 as the protocol defines it, identified within 4 months.");
static AFF1: Clause = clause(
    "kmt2a-aff1",
    Test::PartnerIs(Partner::Aff1),
    ASH_2005.in_abstract("abstract"),
);
static MLLT1: Clause = clause(
    "kmt2a-mllt1",
    Test::PartnerIs(Partner::Mllt1),
    ASH_2005.in_abstract("abstract"),
)
.note("Printed as t(11;19) without the band on chromosome 19; t(11;19)(q23;p13.1) is another fusion, KMT2A::ELL.");
static MLLT3: Clause = clause(
    "kmt2a-mllt3",
    Test::PartnerIs(Partner::Mllt3),
    ASH_2005.in_abstract("abstract"),
);
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    DREYER_2011.in_abstract("abstract"),
);
static IN_REMISSION: Clause = clause("remission-eoi", Test::InRemission, DREYER_2011.in_abstract("abstract"));

const PARTNERS: &str = "Preliminary report. The partners did not differ significantly (P = .122).";
const NOT_RANDOMISED: &str =
    "CCG-1953 and POG 9407 together; not randomised. P = .60 between transplant and chemotherapy.";

/// Definition of CCG-1953 as data; the top of this file describes it.
pub static CCG_1953: Protocol = Protocol {
    id: "ccg-1953",
    name: "CCG-1953",
    organisation: "Children's Cancer Group",
    family: Family::Trial,
    era: fact(
        "Enrolled July 1996 – August 2000; a later report together with POG 9407 gives October 1996 – August 2000.",
        ASH_2005.in_abstract("abstract"),
    ),
    summary: "No risk groups were found; KMT2A rearranged infants with a donor matched 5–6/6 within 4 months were assigned \
              to transplant.",
    eligible: &[required(&INFANT)],
    groups: &[group("unstratified", "no risk groups", None, Always)],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::rule(
        Is(&REARRANGED),
        &[HsctCondition {
            id: "donor",
            when: Is(&DONOR),
            cite: DONOR.cite,
        }],
        "KMT2A-rearranged infants with a related or unrelated donor matched 5–6/6, identified within 4 months, were \
               assigned to transplant. 33.0 % of all infants were transplanted.",
        ASH_2005.in_abstract("abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "t(4;11)",
            applies: Is(&AFF1),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 29.0,
            spread: NotStated,
            cite: ASH_2005.in_abstract("abstract"),
            note: PARTNERS,
        },
        Outcome {
            population: "t(11;19)",
            applies: Is(&MLLT1),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 30.0,
            spread: NotStated,
            cite: ASH_2005.in_abstract("abstract"),
            note: PARTNERS,
        },
        Outcome {
            population: "t(9;11)",
            applies: Is(&MLLT3),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 22.2,
            spread: NotStated,
            cite: ASH_2005.in_abstract("abstract"),
            note: PARTNERS,
        },
        Outcome {
            population: "other 11q23",
            applies: All(&[Is(&REARRANGED), Not(&Is(&AFF1)), Not(&Is(&MLLT1)), Not(&Is(&MLLT3))]),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 53.5,
            spread: NotStated,
            cite: ASH_2005.in_abstract("abstract"),
            note: PARTNERS,
        },
        Outcome {
            population: "KMT2A rearranged",
            applies: Is(&REARRANGED),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: Some(79),
            estimate: 33.6,
            spread: NotStated,
            cite: HILDEN_2006.in_abstract("abstract"),
            note: "P = .006 against infants without rearrangement.",
        },
        Outcome {
            population: "KMT2A not rearranged",
            applies: Is(&GERMLINE),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: Some(36),
            estimate: 60.3,
            spread: NotStated,
            cite: HILDEN_2006.in_abstract("abstract"),
            note: "36 is 115 less the 79 rearranged.",
        },
        Outcome {
            population: "KMT2A rearranged, transplanted in first remission (with POG 9407)",
            applies: All(&[Is(&REARRANGED), Is(&IN_REMISSION), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: Some(53),
            estimate: 48.8,
            spread: Interval95(33.9, 63.7),
            cite: DREYER_2011.in_abstract("abstract"),
            note: NOT_RANDOMISED,
        },
        Outcome {
            population: "KMT2A rearranged, chemotherapy alone (with POG 9407)",
            applies: All(&[Is(&REARRANGED), Is(&IN_REMISSION), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 48.7,
            spread: Interval95(33.8, 63.6),
            cite: DREYER_2011.in_abstract("abstract"),
            note: NOT_RANDOMISED,
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: Some(115),
            estimate: 41.7,
            spread: Unclear(9.2),
            cite: HILDEN_2006.in_abstract("abstract"),
            note: "9.2 is called SD in the abstract and standard error in a commentary; it is twice the binomial standard \
                   error of 4.6.",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(5.0),
            n: Some(115),
            estimate: 44.8,
            spread: StandardError(5.6),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "The commentary calls 5.6 a standard error, as it does the unclear 9.2 of event-free survival; the \
                   binomial one is 4.6.",
        },
    ],
    facts: &[
        fact(
            "115 infants, KMT2A rearranged in 79; complete remission 82.5 %, induction death 8.7 %, transplanted 33.0 %.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
        fact(
            "Prognostic factors in the Cox model, in order: CD10-negative blasts, age younger than 6 months, KMT2A \
             rearrangement. Hazard ratios were not found.",
            HILDEN_2006.in_abstract("abstract"),
        ),
        fact(
            "Together with POG 9407 (115 and 74 infants) 53 rearranged infants were transplanted in first remission; 5-year \
             event-free survival did not differ from chemotherapy. Transplant was the preferred treatment in CCG-1953 and \
             the investigator's option in POG 9407. The report concludes that transplant is not indicated as a routine, \
             and that its numbers are small.",
            DREYER_2011.in_abstract("abstract"),
        ),
        fact(
            "Toxicity was the most frequent cause of death. The median time to relapse was 295 days, against 207 days in CCG-1883.",
            HILDEN_2006.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "The spread of 9.2 on event-free survival is not a standard error, whatever a table calls it: no interval is \
             drawn from it.",
            HILDEN_2006.in_abstract("abstract"),
        ),
        fact(
            "34.8 % under “death in remission” is every toxic death, those in induction included.",
            BLOOD_COMMENTARY_2020.secondary("table, footnote"),
        ),
        fact(
            "82.5 % in complete remission fits 94 of 114 and no number of 115.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
    ],
    open_questions: &[
        "Whether anything but KMT2A and donor allocated treatment: the full report or the protocol document would say.",
        "What 9.2 and 5.6 are: the full report would say.",
        "What the 4 months run from, and how a donor was matched: the protocol document would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the full report \
         would say.",
    ],
};

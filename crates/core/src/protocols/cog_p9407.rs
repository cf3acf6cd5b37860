//! COG P9407: no allocation by risk; a prognostic split at 90 days of age.
//!
//! No rule that allocates by risk was found. Cohort 3 reports its outcome for infants of 90 days **or
//! younger** and for older ones, and for the older ones by KMT2A.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Outcome, Outside, Protocol, Test};
use crate::evidence::shared_sources::DREYER_2011;
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static DREYER_2015: Source = Source {
    short: "Dreyer 2015",
    reference: "Dreyer ZE et al., Pediatr Blood Cancer 2015;62:419–26",
    identifier: "doi:10.1002/pbc.25322",
};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    DREYER_2015.in_abstract("abstract"),
)
.note("Printed as less than 1 year; no source converts it into days.");
static AT_MOST_90_DAYS: Clause = clause(
    "at-most-90-days",
    Test::AtMostAged(Days(90)),
    DREYER_2015.in_abstract("abstract"),
)
.note("Day 90 is on the adverse side here; AALL0631 and MLL03 draw the line below day 90.");
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    DREYER_2015.in_abstract("abstract"),
);
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    DREYER_2015.in_abstract("abstract"),
);
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    DREYER_2011.in_abstract("abstract"),
);
static IN_REMISSION: Clause = clause("remission-eoi", Test::InRemission, DREYER_2011.in_abstract("abstract"));

const SPREAD: &str =
    "The abstract does not say what ± is; for all infants it is 1.5 times the binomial standard error.";
const NOT_RANDOMISED: &str =
    "CCG-1953 and P9407 together; not randomised. P = .60 between transplant and chemotherapy.";

/// Definition of COG P9407 as data; the top of this file describes it.
pub static COG_P9407: Protocol = Protocol {
    id: "cog-p9407",
    name: "COG P9407",
    organisation: "Children's Oncology Group",
    family: Family::Trial,
    era: fact(
        "The part reported with CCG-1953 enrolled October 1996 – August 2000; the years of cohort 3 were not found.",
        DREYER_2011.in_abstract("abstract"),
    ),
    summary: "No risk groups were found; its report sets infants of 90 days or younger apart from older ones, and those by KMT2A.",
    eligible: &[required(&INFANT)],
    groups: &[group("unstratified", "no risk groups", None, Always)],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::none_by_protocol(
        "Cohort 3 had no transplant in first remission; in the part reported with CCG-1953 it was the \
               investigator's option.",
        DREYER_2015.in_abstract("abstract; Dreyer 2011 abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "older than 90 days, KMT2A rearranged (cohort 3)",
            applies: All(&[Not(&Is(&AT_MOST_90_DAYS)), Is(&REARRANGED)]),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 43.8,
            spread: Unclear(8.0),
            cite: DREYER_2015.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "older than 90 days, KMT2A germline (cohort 3)",
            applies: All(&[Not(&Is(&AT_MOST_90_DAYS)), Is(&GERMLINE)]),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 69.1,
            spread: Unclear(13.6),
            cite: DREYER_2015.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "90 days or younger (cohort 3)",
            applies: Is(&AT_MOST_90_DAYS),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 15.5,
            spread: Unclear(10.1),
            cite: DREYER_2015.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "older than 90 days (cohort 3)",
            applies: Not(&Is(&AT_MOST_90_DAYS)),
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: None,
            estimate: 48.5,
            spread: Unclear(6.7),
            cite: DREYER_2015.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "KMT2A rearranged, transplanted in first remission (with CCG-1953)",
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
            population: "KMT2A rearranged, chemotherapy alone (with CCG-1953)",
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
            population: "all infants (cohort 3)",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(5.0),
            n: Some(147),
            estimate: 42.3,
            spread: Unclear(6.0),
            cite: DREYER_2015.in_abstract("abstract"),
            note: SPREAD,
        },
        Outcome {
            population: "all infants (cohort 3)",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(5.0),
            n: Some(147),
            estimate: 52.9,
            spread: Unclear(6.5),
            cite: DREYER_2015.in_abstract("abstract"),
            note: SPREAD,
        },
    ],
    facts: &[
        fact(
            "Cohort 3: 147 infants. Adverse: age of 90 days or younger, KMT2A rearrangement, white cells of 50 × 10⁹/L or \
             more.",
            DREYER_2015.in_abstract("abstract"),
        ),
        fact(
            "CCG-1953 (115 infants) and P9407 (74) together: 53 rearranged infants were transplanted in first remission; \
             5-year event-free survival did not differ from chemotherapy (P = .60). The report concludes that transplant \
             is not indicated as a routine, and that its numbers are small.",
            DREYER_2011.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "Day 90 is adverse here (90 days or younger) and not in AALL0631 or MLL03 (younger than 90 days).",
            DREYER_2015.in_abstract("abstract"),
        ),
        fact(
            "± is not said to be a standard error: for all 147 infants it is 1.5 times the binomial one, so no interval is \
             drawn from it.",
            DREYER_2015.in_abstract("abstract"),
        ),
        fact(
            "The comparison of transplant and chemotherapy is of CCG-1953 and an early part of P9407; it is not of cohort \
             3, which had no transplant.",
            DREYER_2011.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "Years of enrolment and rules of each cohort: the protocol document would give them.",
        "What ± means, and how many infants each subgroup had: the full report of cohort 3 would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the full report \
         would say.",
    ],
};

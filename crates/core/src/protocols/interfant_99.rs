//! Interfant-99 (1999–2005): two groups by the response to the prednisone prephase.
//!
//! High risk = poor response in the blood to seven days of prednisone. Standard risk = good response. Age, white cell
//! count and KMT2A did not allocate. That the response split the groups was read; the number of blasts that makes a
//! response poor is the BFM definition and could not be read for this protocol.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Level, Outcome, Protocol, Test};
use crate::evidence::shared_sources::{
    BLOOD_COMMENTARY_2020, DORDELMANN_1999, INTERFANT_99_REGISTER, LEE_2011, MANN_2010, PIETERS_2007,
};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, PrednisoneResponse};

static ASH_2006: Source = Source {
    short: "Interfant-99 2006 (ASH 145)",
    reference: "Interfant-99, Blood 2006;108(11):145",
    identifier: "",
};
static VAN_DER_LINDEN_2009: Source = Source {
    short: "van der Linden 2009",
    reference: "van der Linden MH et al., Blood 2009;114:3764–8",
    identifier: "doi:10.1182/blood-2009-02-204214",
};

static INFANT: Clause = clause(
    "younger-than-366-days",
    Test::YoungerThan(Days(366)),
    INTERFANT_99_REGISTER.in_register("eligibility"),
)
.note("The report words it as 0–12 months. Day 365 is in, unlike MLL-10.");
static POOR_RESPONSE: Clause = clause(
    "poor-prednisone-response",
    Test::ResponseIs(PrednisoneResponse::Poor),
    PIETERS_2007.in_abstract("abstract"),
)
.note(
    "That blood response to the 7-day prephase split the groups was read. The number, 1,000 blasts per µL, is the BFM \
     definition; for this protocol it is not verified.",
);
static NEONATE: Clause = clause(
    "younger-than-1-month",
    Test::YoungerThan(Months(1)),
    VAN_DER_LINDEN_2009.in_abstract("abstract"),
)
.note("Printed as the first month of life. Only chooses a published outcome; it does not allocate.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    ASH_2006.in_abstract("abstract"),
)
.note("Only chooses a published outcome; it does not allocate.");

/// Definition of Interfant-99 as data; the top of this file describes it.
pub static INTERFANT_99: Protocol = Protocol {
    id: "interfant-99",
    name: "Interfant-99",
    organisation: "Interfant network",
    family: Family::Trial,
    era: fact("Enrolled 1999–2005 by 17 groups.", PIETERS_2007.in_abstract("abstract")),
    summary: "A poor response to the 7-day prednisone prephase is high risk; a good response is standard risk.",
    eligible: &[required(&INFANT)],
    groups: &[
        group("high", "high risk (HR)", Some(Level::High), Is(&POOR_RESPONSE)),
        group("standard", "standard risk (SR)", None, Always),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "No rule on transplant could be read. 8.5 % of all infants were transplanted.",
        BLOOD_COMMENTARY_2020.secondary("table"),
    ),
    outcomes: &[
        Outcome {
            population: "first month of life",
            applies: Is(&NEONATE),
            endpoint: EventFreeSurvival,
            years: Some(2.0),
            n: Some(30),
            estimate: 20.0,
            spread: StandardError(9.1),
            cite: VAN_DER_LINDEN_2009.in_abstract("abstract"),
            note: "",
        },
        Outcome {
            population: "KMT2A rearranged",
            applies: Is(&REARRANGED),
            endpoint: EventFreeSurvival,
            years: Some(4.0),
            n: Some(314),
            estimate: 36.9,
            spread: StandardError(3.1),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: EventFreeSurvival,
            years: Some(4.0),
            n: Some(482),
            estimate: 47.0,
            spread: StandardError(2.6),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "Standard and high risk together: their separate estimates could not be read in a source.",
        },
        Outcome {
            population: "all infants",
            applies: Always,
            endpoint: OverallSurvival,
            years: Some(4.0),
            n: Some(482),
            estimate: 55.3,
            spread: StandardError(2.7),
            cite: BLOOD_COMMENTARY_2020.secondary("table"),
            note: "",
        },
    ],
    facts: &[
        fact(
            "482 infants; KMT2A rearranged in 314 of 396 tested; complete remission 93.9 %, induction death 3.8 %, death in \
             remission 5.2 %, transplanted 8.5 %.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
        fact(
            "Independent prognostic factors: KMT2A rearrangement and age younger than 6 months, then white cells above \
             300 × 10⁹/L and a poor prednisone response; the fusion partner was not. Hazard ratios were not found.",
            ASH_2006.in_abstract("abstract"),
        ),
        fact(
            "Infants in remission were randomised to a late intensification (VIMARAM) or none; it brought no benefit.",
            ASH_2006.in_abstract("abstract"),
        ),
        fact(
            "In the first month of life (n = 30) relapse was more frequent than later: 60.0 (9.3) against 34.2 (2.3) %, \
             P < .001.",
            VAN_DER_LINDEN_2009.in_abstract("abstract"),
        ),
        fact(
            "In rearranged infants, transplant was associated with benefit only in those younger than 6 months with white \
             cells of 300 × 10⁹/L or more or a poor prednisone response.",
            MANN_2010.in_abstract("abstract"),
        ),
        fact(
            "Quoted by a later paper: 37.4 % with chemotherapy alone and 50.2 % with transplant (37 infants), P = .19. It \
             names neither endpoint nor time, so they are not shown as outcomes.",
            LEE_2011.secondary("discussion"),
        ),
        fact(
            "In the BFM studies a poor response is 1,000 blasts per µL of blood or more on day 8.",
            DORDELMANN_1999.in_abstract("abstract"),
        ),
        fact(
            "36 % relapsed, most in the marrow alone, a median of 8 months from remission; 2.3 % were not in remission at the end of induction.",
            ASH_2006.in_abstract("abstract"),
        ),
        fact(
            "Partners of rearranged infants: t(4;11) 53 %, t(11;19) 20 %, t(9;11) 11 %, others 16 %.",
            ASH_2006.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "The later paper calls the 37 transplanted infants poor responders and finds no benefit (P = .19); Mann 2010 \
             counts 37 rearranged infants in first remission and finds one after adjusting for waiting time (P = .03).",
            LEE_2011.secondary("discussion"),
        ),
        fact(
            "314 of 396 rearranged in a commentary's table, 297 of 376 in Mann 2010: different denominators, both 79 %.",
            MANN_2010.in_abstract("abstract"),
        ),
        fact(
            "93.9 % in complete remission fits 445 of 474 and no number of 482.",
            BLOOD_COMMENTARY_2020.secondary("table"),
        ),
    ],
    open_questions: &[
        "How many blasts on day 8 made a response poor here: the full report or the protocol document would say.",
        "Which infants were to be transplanted: the full report or the protocol document would say.",
        "Event-free survival of standard and high risk apart: the full report would give it.",
        "Which infants without a day-8 count were put into which group: the protocol document would say.",
    ],
};

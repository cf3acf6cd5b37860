//! Mann 2010: the subgroup of Interfant-99 in which transplant was associated with benefit.
//!
//! Among KMT2A-rearranged infants of Interfant-99: subgroup = younger than 6 months **and** (poor prednisone response
//! on day 8 **or** white cells of 300 × 10⁹/L or more); remainder = all others. Found by analysis afterwards, it
//! allocated nobody; Interfant-06 took it up as its high risk.

use super::rule::{Clause, at_least, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Level, Protocol, Test};
use crate::evidence::fact;
use crate::evidence::shared_sources::{BLOOD_COMMENTARY_2020, INTERFANT_99_REGISTER, LEE_2011, MANN_2010};
use crate::infant::{AgeLimit::*, Kmt2a, PrednisoneResponse};

static INFANT: Clause = clause(
    "younger-than-366-days",
    Test::YoungerThan(Days(366)),
    INTERFANT_99_REGISTER.in_register("eligibility"),
)
.note("The limit of Interfant-99, from which the infants came.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    MANN_2010.in_abstract("abstract"),
);
static YOUNG: Clause = clause(
    "younger-than-6-months",
    Test::YoungerThan(Months(6)),
    MANN_2010.in_abstract("abstract"),
)
.note("No source converts 6 months into days: between 181 and 184 days only the dates decide.");
static POOR_RESPONSE: Clause = clause(
    "poor-prednisone-response",
    Test::ResponseIs(PrednisoneResponse::Poor),
    MANN_2010.in_abstract("abstract"),
)
.note("Response to steroids on day 8; the number of blasts is the BFM definition and is not printed in the abstract.");
static HIGH_WBC: Clause = clause(
    "wbc-at-least-300",
    Test::Wbc(at_least(300.0)),
    MANN_2010.in_abstract("abstract"),
)
.note("The abstract prints “300 g/L”: G/L, that is 300 × 10⁹/L.");

/// Definition of Mann 2010 as data; the top of this file describes it.
pub static MANN_2010_SUBGROUP: Protocol = Protocol {
    id: "mann-2010",
    name: "Mann 2010 (Interfant-99 transplant analysis)",
    organisation: "Interfant network",
    family: Family::Prognostic,
    era: fact("Infants of Interfant-99.", MANN_2010.in_abstract("abstract")),
    summary: "Among KMT2A rearranged infants, younger than 6 months with a poor prednisone response or white cells of \
              300 × 10⁹/L or more is the subgroup; all others are the remainder.",
    eligible: &[required(&INFANT), required(&REARRANGED)],
    groups: &[
        group(
            "subgroup",
            "poor prognostic subgroup",
            Some(Level::High),
            All(&[Is(&YOUNG), Any(&[Is(&POOR_RESPONSE), Is(&HIGH_WBC)])]),
        ),
        group("remainder", "remaining infants", Some(Level::Intermediate), Always),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "An analysis, not a rule: it allocated nobody. In the subgroup transplant in first remission was \
               associated with benefit (hazard ratio 0.36, 0.15–0.86), in the remainder not. Disease-free survival of all, \
               adjusted for waiting time: P = .03.",
        MANN_2010.in_abstract("abstract"),
    ),
    outcomes: &[],
    facts: &[
        fact(
            "376 infants of known KMT2A status, 297 of them rearranged, 277 of these in first remission: 37 transplanted, \
             240 with chemotherapy alone.",
            MANN_2010.in_abstract("abstract"),
        ),
        fact(
            "The subgroup had 97 of the 297 rearranged infants; 87 of them reached remission.",
            MANN_2010.in_abstract("abstract"),
        ),
        fact(
            "A commentary names the same subgroup as the possible exception to studies in which transplant did not help.",
            BLOOD_COMMENTARY_2020.secondary("text"),
        ),
    ],
    pitfalls: &[
        fact(
            "“300 g/L” in the abstract is 300 G/L, that is 300 × 10⁹/L; no unit is to be taken from the text alone.",
            MANN_2010.in_abstract("abstract"),
        ),
        fact(
            "A later paper credits this finding to Interfant-06 and quotes the white cell limit as 30,000, ten times too \
             low; the infants are those of Interfant-99.",
            LEE_2011.secondary("discussion"),
        ),
        fact(
            "Not randomised: infants who lived in remission to a transplant are compared with the others. The waiting time \
             has to be adjusted for, as was done here.",
            MANN_2010.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "Survival of subgroup and remainder, with and without transplant: the full report would give it.",
        "How 6 months are counted in days: the full report would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the full report \
         would say.",
    ],
};

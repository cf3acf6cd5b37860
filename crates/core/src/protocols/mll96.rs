//! MLL96 (1995–1998): two groups by KMT2A alone.
//!
//! Germline infants had chemotherapy; rearranged infants had more intensive chemotherapy and, with a matched donor,
//! transplant in first remission. Infants were younger than 13 months. Age, white cell count, prednisone response and
//! CNS status did not allocate.

use super::mll96_98;
use super::rule::{Clause, Outside, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctCondition, HsctRule, Level, Outcome, Protocol, Test};
use crate::evidence::shared_sources::{ASH_EDUCATION_2013, ISOYAMA_2002, LEE_2011, TOMIZAWA_2007};
use crate::evidence::{PublishedEndpoint::*, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static INFANT: Clause = clause(
    "younger-than-13-months",
    Test::YoungerThan(Months(13)),
    ISOYAMA_2002.in_abstract("abstract"),
)
.note("One month more than MLL98.");
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    ISOYAMA_2002.in_abstract("abstract"),
)
.note("Groups were formed early, by the KMT2A status alone.");
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    ISOYAMA_2002.in_abstract("abstract"),
);
static DONOR: Clause = clause(
    "hla-matched-donor",
    Test::NotAsked(Outside::Donor),
    ASH_EDUCATION_2013.secondary("table 1"),
)
.note("The trial's abstract speaks of suitable donors, the review of HLA-matched ones. Not asked here.");
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    ASH_EDUCATION_2013.secondary("table 1"),
);
static IN_REMISSION: Clause = clause(
    "remission-eoi",
    Test::InRemission,
    ASH_EDUCATION_2013.secondary("table 1"),
);

/// Definition of MLL96 as data; the top of this file describes it.
pub static MLL96: Protocol = Protocol {
    id: "mll96",
    name: "MLL96",
    organisation: "Japan Infant Leukemia Study Group",
    family: Family::Trial,
    era: fact(
        "Enrolled December 1995 – December 1998.",
        ISOYAMA_2002.in_abstract("abstract"),
    ),
    summary: "KMT2A germline infants had chemotherapy; rearranged infants had more intensive chemotherapy and \
              transplant in first remission if a matched donor was found.",
    eligible: &[required(&INFANT)],
    groups: &[
        group("germline", "KMT2A germline (MLL−)", Some(Level::Low), Is(&GERMLINE)),
        group(
            "rearranged",
            "KMT2A rearranged (MLL+)",
            Some(Level::High),
            Is(&REARRANGED),
        ),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::rule(
        InGroup("rearranged"),
        &[HsctCondition {
            id: "donor",
            when: Is(&DONOR),
            cite: DONOR.cite,
        }],
        "Rearranged infants with an HLA-matched donor were offered transplant in first remission; germline infants \
               had chemotherapy.",
        ASH_EDUCATION_2013.secondary("table 1"),
    ),
    outcomes: &[
        Outcome {
            population: "KMT2A germline (MLL96)",
            applies: InGroup("germline"),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(13),
            estimate: 92.3,
            spread: StandardError(7.4),
            cite: ISOYAMA_2002.in_abstract("abstract"),
            note: "12 of 13.",
        },
        Outcome {
            population: "KMT2A rearranged (MLL96)",
            applies: InGroup("rearranged"),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(42),
            estimate: 34.0,
            spread: StandardError(7.5),
            cite: ISOYAMA_2002.in_abstract("abstract"),
            note: "P = .001 against germline.",
        },
        Outcome {
            population: "KMT2A rearranged, younger than 12 months (MLL96, preliminary report of both trials)",
            applies: InGroup("rearranged"),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(41),
            estimate: 34.0,
            spread: NotStated,
            cite: mll96_98::ASH_2006.in_abstract("abstract"),
            note: "One fewer than in the trial's own report: this one is of infants younger than 12 months.",
        },
        Outcome {
            population: "KMT2A rearranged, transplanted in first remission (MLL96)",
            applies: All(&[InGroup("rearranged"), Is(&IN_REMISSION), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: None,
            n: Some(19),
            estimate: 58.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: "Only infants who reached transplant are counted; not randomised, and the table gives no year.",
        },
        Outcome {
            population: "KMT2A rearranged, chemotherapy in first remission (MLL96)",
            applies: All(&[InGroup("rearranged"), Is(&IN_REMISSION), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: None,
            n: Some(8),
            estimate: 63.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: "5 of 8 would be 62.5; not randomised, and the table gives no year.",
        },
        mll96_98::GERMLINE,
        mll96_98::GERMLINE_EARLIER_CUT,
        mll96_98::REARRANGED,
        mll96_98::REARRANGED_EARLIER_CUT,
        mll96_98::ALL,
        mll96_98::ALL_EARLIER_CUT,
    ],
    facts: &[
        fact(
            "55 infants: 42 rearranged, 13 germline. Complete remission in 38 of 42 and 13 of 13.",
            ISOYAMA_2002.in_abstract("abstract"),
        ),
        fact(
            "Adverse in the multivariable model: age younger than 6 months (hazard ratio 6.87, 0.91–52.3; P = .013) and \
             CNS disease (2.92, 1.29–6.63; P = .015). Neither allocated treatment.",
            ISOYAMA_2002.in_abstract("abstract"),
        ),
        fact(
            "Final report of MLL96 and MLL98: 102 infants enrolled 1995–2001, 80 of them rearranged.",
            TOMIZAWA_2007.in_abstract("abstract"),
        ),
        fact(
            "Quoted by a later paper: short stature in 58.9 % (23 of 39) of those conditioned with total body irradiation; 23 of 39 is 59.0 %.",
            LEE_2011.secondary("discussion"),
        ),
        fact(
            "At least one late effect in 62 of 68 survivors of MLL96, MLL98 and MLL03 (91 %), at a median age of 13.5 years: underweight 69 %, hypogonadism 56 %, dental maldevelopment 52 %, short stature 52 %, bone abnormalities 28 %.",
            mll96_98::ASH_2019_LATE_EFFECTS.in_abstract("abstract"),
        ),
    ],
    pitfalls: &[
        fact(
            "The interval of the hazard ratio for age includes 1 while its P is .013: the P does not follow from the \
             interval (which gives .062), so both are shown as printed.",
            ISOYAMA_2002.in_abstract("abstract"),
        ),
        fact(
            "50.9 % at 5 years is for all 102 infants of both trials, not for the rearranged ones beside whose transplant \
             it is quoted.",
            LEE_2011.secondary("discussion"),
        ),
        fact(
            "101 or 102 infants, 79 or 80 rearranged, enrolment to 2001 or 2002: the preliminary and the final report are \
             different data cuts and are not mixed here.",
            mll96_98::ASH_2006.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "How soon transplant had to follow remission, and what a donor had to match: the trial report would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the trial report \
         would say.",
        "Which definition of CNS disease the model used: the trial report would say.",
    ],
};

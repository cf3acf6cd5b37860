//! MLL98 (1998–2002): two groups by KMT2A alone; CD10 chose the chemotherapy.
//!
//! Germline infants had chemotherapy; all rearranged infants were offered transplant in first remission. Infants were
//! younger than 12 months. Age, white cell count, prednisone response and CNS status did not allocate.

use super::mll96_98;
use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctCondition, HsctRule, Level, Outcome, Outside, Protocol, Test};
use crate::evidence::shared_sources::{ASH_EDUCATION_2013, LEE_2011, TOMIZAWA_2007};
use crate::evidence::{PublishedEndpoint::*, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a};

static INFANT: Clause = clause(
    "younger-than-12-months",
    Test::YoungerThan(Months(12)),
    mll96_98::ASH_2006.in_abstract("abstract"),
)
.note("Worded in the preliminary report of MLL96 and MLL98; MLL96 itself took infants younger than 13 months.");
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    TOMIZAWA_2007.in_abstract("abstract"),
);
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    TOMIZAWA_2007.in_abstract("abstract"),
);
static IN_REMISSION: Clause = clause(
    "remission-eoi",
    Test::InRemission,
    ASH_EDUCATION_2013.secondary("table 1"),
);
static RELAPSED: Clause = clause("relapse", Test::Relapsed, ASH_EDUCATION_2013.secondary("table 1"));
static TREATED_SO: Clause = clause(
    "treated-so",
    Test::NotAsked(Outside::Treatment),
    LEE_2011.secondary("discussion"),
);

/// Definition of MLL98 as data; the top of this file describes it.
pub static MLL98: Protocol = Protocol {
    id: "mll98",
    name: "MLL98",
    organisation: "Japan Infant Leukemia Study Group",
    family: Family::Trial,
    era: fact(
        "1998–2002 in a review; the final report gives 1995–2001 for MLL96 and MLL98 together.",
        ASH_EDUCATION_2013.secondary("table 1"),
    ),
    summary: "KMT2A germline infants had chemotherapy; rearranged infants were offered transplant in first remission.",
    eligible: &[required(&INFANT)],
    groups: &[
        group("germline", "KMT2A germline", Some(Level::Low), Is(&GERMLINE)),
        group("rearranged", "KMT2A rearranged", Some(Level::High), Is(&REARRANGED)),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::rule(
        InGroup("rearranged"),
        &[HsctCondition {
            id: "first-remission",
            when: All(&[Is(&IN_REMISSION), Not(&Is(&RELAPSED))]),
            cite: ASH_EDUCATION_2013.secondary("table 1"),
        }],
        "All rearranged infants were offered transplant in first remission; the review names no condition on the \
               donor. Germline infants had chemotherapy.",
        ASH_EDUCATION_2013.secondary("table 1"),
    ),
    outcomes: &[
        Outcome {
            population: "KMT2A rearranged, transplanted in first remission (MLL98)",
            applies: All(&[
                InGroup("rearranged"),
                Is(&IN_REMISSION),
                Not(&Is(&RELAPSED)),
                Is(&TREATED_SO),
            ]),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(29),
            estimate: 64.4,
            spread: NotStated,
            cite: LEE_2011.secondary("discussion"),
            note: "Only infants who reached transplant in first remission are counted. P = .004 against later transplant.",
        },
        Outcome {
            population: "KMT2A rearranged, transplanted beyond first remission (MLL98)",
            applies: All(&[InGroup("rearranged"), Is(&RELAPSED), Is(&TREATED_SO)]),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(9),
            estimate: 22.2,
            spread: NotStated,
            cite: LEE_2011.secondary("discussion"),
            note: "2 of 9.",
        },
        Outcome {
            population: "KMT2A rearranged (MLL98)",
            applies: InGroup("rearranged"),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(44),
            estimate: 44.0,
            spread: NotStated,
            cite: ASH_EDUCATION_2013.secondary("table 1"),
            note: "29 transplanted and 15 with chemotherapy in first remission.",
        },
        Outcome {
            population: "KMT2A rearranged, younger than 12 months (MLL98, preliminary report of both trials)",
            applies: InGroup("rearranged"),
            endpoint: EventFreeSurvival,
            years: Some(3.0),
            n: Some(38),
            estimate: 43.6,
            spread: NotStated,
            cite: mll96_98::ASH_2006.in_abstract("abstract"),
            note: "34.0 % in MLL96 at the same time.",
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
            "CD10 on the blasts chose the chemotherapy of rearranged infants; it did not decide on transplant.",
            ASH_EDUCATION_2013.secondary("table 1"),
        ),
        fact(
            "29 of 44 rearranged infants were transplanted in first remission, 15 had chemotherapy.",
            ASH_EDUCATION_2013.secondary("table 1"),
        ),
        fact(
            "Final report of MLL96 and MLL98: 102 infants, 80 of them rearranged; rearranged infants had intensive \
             chemotherapy with early transplant, germline infants chemotherapy alone.",
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
            "44 rearranged infants in the review, 38 in the preliminary report (younger than 12 months): the two counts \
             do not follow from one another, and 38 is also the number of all transplanted infants.",
            ASH_EDUCATION_2013.secondary("table 1"),
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
        "How soon transplant had to follow remission, and from which donors: the trial report (Kosaka 2004) would say.",
        "Which chemotherapy CD10 chose: the trial report would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the trial report \
         would say.",
    ],
};

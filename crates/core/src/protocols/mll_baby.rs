//! MLL-Baby: two groups by fusion partner and remission, in the words of its 2007 report.
//!
//! High risk = t(4;11)/KMT2A::AFF1 **or** no complete remission on day 36/43. Intermediate risk = all others, germline
//! infants included. Age, white cell count and prednisone response are not used.
//!
//! The groups' names are confirmed by a report of 2021; the wording could be read only in that of 2007. Their
//! published outcomes did not differ.

use super::rule::{Clause, clause, group, required};
use super::rule::{Condition::*, Family, Handling, HsctRule, Level, Outcome, Protocol, Test};
use crate::evidence::{PublishedEndpoint::*, Source, Spread::*, fact};
use crate::infant::{AgeLimit::*, Kmt2a, Partner};

pub(super) static FECHINA_2007: Source = Source {
    short: "Fechina 2007 (ASH 2828)",
    reference: "Fechina L et al., Blood 2007;110:2828",
    identifier: "",
};
static FECHINA_2023: Source = Source {
    short: "Fechina 2023",
    reference: "Fechina L et al., Leukemia 2023;37:2276–81",
    identifier: "doi:10.1038/s41375-023-02034-4",
};
static REARRANGEMENTS_2021: Source = Source {
    short: "11q23/KMT2A report 2021",
    reference: "MLL-Baby report on the prognosis of 11q23/KMT2A rearrangements in infants, abstract, 2021",
    identifier: "",
};
static POPOV_2023: Source = Source {
    short: "Popov 2023",
    reference: "Popov A et al., Pediatr Blood Cancer 2023;70:e30204",
    identifier: "doi:10.1002/pbc.30204",
};

static INFANT: Clause = clause(
    "younger-than-365-days",
    Test::YoungerThan(Days(365)),
    REARRANGEMENTS_2021.in_abstract("abstract"),
)
.note("Day 365 is out, as in MLL-10 and unlike Interfant.");
static AFF1: Clause = clause(
    "kmt2a-aff1",
    Test::PartnerIs(Partner::Aff1),
    FECHINA_2007.in_abstract("abstract"),
)
.note("Printed as t(4;11) and/or MLL/AF-4. No other protocol in this catalogue allocates by the fusion partner.");
static REMISSION: Clause = clause(
    "remission-day-36-43",
    Test::InRemission,
    FECHINA_2007.in_abstract("abstract"),
)
.note("The rule asks for complete remission on day 36/43; remission at the end of induction is taken for it.")
.said_of(&["yes", "no"]);
static REARRANGED: Clause = clause(
    "kmt2a-rearranged",
    Test::Kmt2aIs(Kmt2a::Rearranged),
    REARRANGEMENTS_2021.in_abstract("abstract"),
);
static GERMLINE: Clause = clause(
    "kmt2a-germline",
    Test::Kmt2aIs(Kmt2a::Germline),
    POPOV_2023.in_abstract("abstract"),
);
static MLLT1: Clause = clause(
    "kmt2a-mllt1",
    Test::PartnerIs(Partner::Mllt1),
    REARRANGEMENTS_2021.in_abstract("abstract"),
);
static MLLT3: Clause = clause(
    "kmt2a-mllt3",
    Test::PartnerIs(Partner::Mllt3),
    REARRANGEMENTS_2021.in_abstract("abstract"),
);
static MLLT10: Clause = clause(
    "kmt2a-mllt10",
    Test::PartnerIs(Partner::Mllt10),
    REARRANGEMENTS_2021.in_abstract("abstract"),
);

const NO_HORIZON: &str = "The abstract does not say at how many years.";
const GROUPS_ALIKE: &str = "The abstract does not say at how many years. Intermediate and high risk did not differ \
                            (P = .941).";
const NO_RELAPSE: &str = "No relapse; the abstract does not say at how many years, nor how many infants there were.";

/// MLL-Baby.
pub static MLL_BABY: Protocol = Protocol {
    id: "mll-baby",
    name: "MLL-Baby (rule as worded in 2007)",
    organisation: "MLL-Baby investigators",
    family: Family::Trial,
    era: fact(
        "Years of enrolment were not found; a first report appeared in 2007.",
        FECHINA_2007.unverified("abstract"),
    ),
    summary: "As worded in 2007: t(4;11)/KMT2A::AFF1 or no complete remission on day 36/43 is high risk; all others, \
              germline included, are intermediate risk.",
    eligible: &[required(&INFANT)],
    groups: &[
        group(
            "high",
            "high risk (HRG)",
            Some(Level::High),
            Any(&[Is(&AFF1), Not(&Is(&REMISSION))]),
        ),
        group(
            "intermediate",
            "intermediate risk (IRG)",
            Some(Level::Intermediate),
            Always,
        ),
    ],
    ptd: Handling::NotStated,
    undetermined_kmt2a: Handling::NotStated,
    unknown_response_is_not_poor: None,
    hsct: HsctRule::not_specified(
        "The reports that could be read state no rule on transplant.",
        FECHINA_2007.unverified("abstract"),
    ),
    outcomes: &[
        Outcome {
            population: "KMT2A::MLLT10, t(10;11)",
            applies: Is(&MLLT10),
            endpoint: EventFreeSurvival,
            years: None,
            n: None,
            estimate: 83.3,
            spread: StandardError(15.2),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "KMT2A::MLLT10, t(10;11)",
            applies: Is(&MLLT10),
            endpoint: CumulativeIncidenceOfRelapse,
            years: None,
            n: None,
            estimate: 0.0,
            spread: NotStated,
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_RELAPSE,
        },
        Outcome {
            population: "KMT2A::AFF1, t(4;11)",
            applies: Is(&AFF1),
            endpoint: EventFreeSurvival,
            years: None,
            n: None,
            estimate: 36.9,
            spread: StandardError(7.2),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "KMT2A::AFF1, t(4;11)",
            applies: Is(&AFF1),
            endpoint: CumulativeIncidenceOfRelapse,
            years: None,
            n: None,
            estimate: 46.3,
            spread: StandardError(7.8),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "KMT2A::MLLT1, t(11;19)",
            applies: Is(&MLLT1),
            endpoint: EventFreeSurvival,
            years: None,
            n: None,
            estimate: 32.7,
            spread: StandardError(10.4),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "KMT2A::MLLT1, t(11;19)",
            applies: Is(&MLLT1),
            endpoint: CumulativeIncidenceOfRelapse,
            years: None,
            n: None,
            estimate: 50.9,
            spread: StandardError(12.3),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "KMT2A::MLLT3, t(9;11)",
            applies: Is(&MLLT3),
            endpoint: EventFreeSurvival,
            years: None,
            n: None,
            estimate: 18.8,
            spread: StandardError(9.8),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "KMT2A::MLLT3, t(9;11)",
            applies: Is(&MLLT3),
            endpoint: CumulativeIncidenceOfRelapse,
            years: None,
            n: None,
            estimate: 75.0,
            spread: StandardError(9.7),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: NO_HORIZON,
        },
        Outcome {
            population: "intermediate risk, KMT2A rearranged",
            applies: All(&[InGroup("intermediate"), Is(&REARRANGED)]),
            endpoint: EventFreeSurvival,
            years: None,
            n: None,
            estimate: 35.1,
            spread: StandardError(6.9),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: GROUPS_ALIKE,
        },
        Outcome {
            population: "high risk, KMT2A rearranged",
            applies: All(&[InGroup("high"), Is(&REARRANGED)]),
            endpoint: EventFreeSurvival,
            years: None,
            n: None,
            estimate: 38.3,
            spread: StandardError(7.1),
            cite: REARRANGEMENTS_2021.in_abstract("abstract"),
            note: GROUPS_ALIKE,
        },
        Outcome {
            population: "KMT2A germline",
            applies: Is(&GERMLINE),
            endpoint: EventFreeSurvival,
            years: Some(6.0),
            n: Some(39),
            estimate: 74.0,
            spread: StandardError(7.0),
            cite: POPOV_2023.in_abstract("abstract"),
            note: "All germline infants of the trial, whichever group they were in.",
        },
        Outcome {
            population: "KMT2A germline",
            applies: Is(&GERMLINE),
            endpoint: OverallSurvival,
            years: Some(6.0),
            n: Some(39),
            estimate: 80.0,
            spread: StandardError(7.0),
            cite: POPOV_2023.in_abstract("abstract"),
            note: "All germline infants of the trial, whichever group they were in.",
        },
    ],
    facts: &[
        fact(
            "139 infants enrolled: 100 KMT2A rearranged, 39 germline, 77 % of the germline infants older than 6 months.",
            POPOV_2023.in_abstract("abstract"),
        ),
        fact(
            "Germline infants: cumulative incidence of relapse 13 (6) %, death in remission 8 (4) % (3 infants), second \
             malignancy 3 (4) % (1 infant).",
            POPOV_2023.in_abstract("abstract"),
        ),
        fact(
            "Adverse in the multivariable model of rearranged infants: CNS disease (P = .020), white cells above \
             300 × 10⁹/L (P = .028), more than 5 % marrow blasts on day 15 (P = .012), t(11;19) (P = .012).",
            REARRANGEMENTS_2021.in_abstract("abstract"),
        ),
        fact(
            "All-trans retinoic acid was added to chemotherapy from day 36 to 43, then in 12 (intermediate risk) or 16 \
             (high risk) two-week courses; compared, not randomised, with ALL-MB 2002.",
            FECHINA_2007.in_abstract("abstract"),
        ),
        fact(
            "The trial's final letter is on rearranged infants; neither its text nor its figures could be read.",
            FECHINA_2023.unverified("title page"),
        ),
    ],
    pitfalls: &[
        fact(
            "The two groups did not separate outcome: event-free survival 35.1 (6.9) % in intermediate and 38.3 (7.1) % \
             in high risk, P = .941.",
            REARRANGEMENTS_2021.in_abstract("abstract"),
        ),
        fact(
            "t(11;19) was adverse in the multivariable analysis (P = .012); t(9;11) has the lowest estimate, and no test of it \
             is quoted. CCG-1953 and Interfant-99 did not find partners prognostic.",
            REARRANGEMENTS_2021.in_abstract("abstract"),
        ),
        fact(
            "There is no low-risk group: a germline infant in remission is intermediate risk.",
            FECHINA_2007.in_abstract("abstract"),
        ),
    ],
    open_questions: &[
        "Whether the trial kept the 2007 wording to its end: the 2023 letter or the protocol document would say.",
        "The time of the estimates by group and partner, and how many infants each had: the full 2021 report would say.",
        "Transplant policy, MRD time points and the years of enrolment: the protocol document would say.",
        "What a partial tandem duplication and a KMT2A status that could not be established count as: the protocol \
         document would say.",
    ],
};
